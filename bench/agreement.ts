// Part 1: with all facts known, every engine must give the answer of the hand-written reference for every person.
import { answerFields, emptyAnswer, type Engine, type SixAnswer } from './engines/engine.ts';
import { handObjects } from './engines/hand-objects.ts';
import { makePeople, type Person } from './people.ts';
import { agreementPeople, seed, setting } from './setting.ts';

export interface Disagreement {
  engine: string;
  person: Person;
  /** Each field that differs: what the engine says and what the reference says. */
  fields: string[];
}

/** How many people the engine was asked about, or the first person on whom it differs. */
export async function checkAgreement(engine: Engine): Promise<number | Disagreement> {
  const people = makePeople({ count: Math.min(agreementPeople, engine.agreementPeople), seed });
  const reference = await handObjects.prepare(setting);
  const subject = await engine.prepare(setting);
  const expected = emptyAnswer();
  const given = emptyAnswer();
  const differs = (person: Person): Disagreement | undefined => {
    reference.evaluate(reference.bind(person), expected);
    const fields = answerFields.filter((field) => given[field] !== expected[field]);
    return fields.length === 0 ? undefined : { engine: engine.id, person, fields: fields.map((field) => describe(field, given, expected)) };
  };
  for (const person of people) {
    await subject.evaluate(subject.bind(person), given);
    const found = differs(person);
    if (found !== undefined) return found;
  }
  if (subject.batch !== undefined) {
    const columns = subject.batch.bind(people);
    subject.batch.evaluate(columns);
    for (const [index, person] of people.entries()) {
      subject.batch.read(columns, index, given);
      const found = differs(person);
      if (found !== undefined) return found;
    }
  }
  return people.length;
}

const describe = (field: keyof SixAnswer, given: SixAnswer, expected: SixAnswer): string => `${field}: ${given[field]}, the reference says ${expected[field]}`;
