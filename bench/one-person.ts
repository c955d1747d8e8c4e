// Loads one engine and evaluates one person: what a cold start costs. With `--memory`, then more people, and prints what is held.
import { emptyAnswer } from './engines/engine.ts';
import { loadEngine } from './engines/index.ts';
import { makePeople } from './people.ts';
import { seed, setting } from './setting.ts';

const [id, option] = process.argv.slice(2);
const engine = await loadEngine(id!);
const prepared = await engine.prepare(setting);
const people = makePeople({ count: option === '--memory' ? 1000 : 1, seed });
const out = emptyAnswer();
for (const person of people) await prepared.evaluate(prepared.bind(person), out);
if (option === '--memory') {
  people.length = 0;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  console.log(JSON.stringify({ heapBytes: heapUsed, rssBytes: rss }));
} else {
  console.log(out.planFen);
}
process.exit(0);
