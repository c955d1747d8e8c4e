// Part 2: what each engine says where facts are missing, against three-valued truth and against the person with all facts.
import { emptyAnswer, NO, statusFields, UNKNOWN, YES, type Engine, type SixAnswer } from './engines/engine.ts';
import { handKleene } from './engines/hand-kleene.ts';
import { handObjects } from './engines/hand-objects.ts';
import { makePeople } from './people.ts';
import { missingPeople, missingShare, seed, setting } from './setting.ts';

export interface MissingReport {
  people: number;
  yes: number;
  no: number;
  unknown: number;
  /** Answers that never came, because the engine failed on the person. */
  failed: number;
  /** People with a yes or no that the known facts do not bear out. */
  unfoundedPeople: number;
  /** People told something definite that is false once all their facts are known. */
  falsePeople: number;
  /** Answers left open although the known facts settle them. */
  needlesslyOpen: number;
}

export async function reportMissing(engine: Engine): Promise<MissingReport> {
  const people = makePeople({ count: missingPeople, seed, missing: missingShare });
  const complete = makePeople({ count: missingPeople, seed });
  const subject = await engine.prepare(setting);
  const kleene = await handKleene.prepare(setting);
  const reference = await handObjects.prepare(setting);
  const given = emptyAnswer();
  const truth = emptyAnswer();
  const inTheEnd = emptyAnswer();
  const report: MissingReport = { people: people.length, yes: 0, no: 0, unknown: 0, failed: 0, unfoundedPeople: 0, falsePeople: 0, needlesslyOpen: 0 };
  for (const [index, person] of people.entries()) {
    kleene.evaluate(kleene.bind(person), truth);
    reference.evaluate(reference.bind(complete[index]!), inTheEnd);
    try {
      await subject.evaluate(subject.bind(person), given);
    } catch {
      report.failed += statusFields.length;
      report.needlesslyOpen += statusFields.filter((field) => truth[field] !== UNKNOWN).length;
      continue;
    }
    count(report, given, truth, inTheEnd);
  }
  return report;
}

function count(report: MissingReport, given: SixAnswer, truth: SixAnswer, inTheEnd: SixAnswer): void {
  let unfounded = false;
  let isFalse = false;
  for (const field of statusFields) {
    if (given[field] === YES) report.yes++;
    else if (given[field] === NO) report.no++;
    else report.unknown++;
    if (given[field] === UNKNOWN) {
      if (truth[field] !== UNKNOWN) report.needlesslyOpen++;
      continue;
    }
    if (given[field] !== truth[field]) unfounded = true;
    if (given[field] !== inTheEnd[field]) isFalse = true;
  }
  if (unfounded) report.unfoundedPeople++;
  if (isFalse) report.falsePeople++;
}
