// A process of one subject of the one-person budget: it times the subject for as long as it is asked to.
import { budgetSubjects } from './budget-subjects.ts';
import { repeat } from './repeat.ts';

const subject = (await budgetSubjects()).find(({ id }) => id === process.argv[2]);
if (subject === undefined) throw new Error(`no subject ${process.argv[2]}`);
const step = await subject.prepare();

process.on('message', ({ ms }: { ms: number }) => {
  void repeat(ms, subject.samplePeople, step).then((timing) => process.send?.(timing));
});
process.send?.('ready');
