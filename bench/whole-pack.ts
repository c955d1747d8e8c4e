// Every benefit that has a formula, Wutong's kernel against the hand-written three-valued rules: status, bounds, and which facts are missing.
import { allBenefits, bindAll, emptyAnswers, evaluateThreeValued, restNames, REVIEW, sixNames, type AllAnswers } from './engines/hand-all.ts';
import { NO, UNKNOWN, YES } from './engines/engine.ts';
import { bindSubject, openWutong } from './engines/wutong.ts';
import { makePeople, type Person } from './people.ts';
import { agreementPeople, seed, setting } from './setting.ts';

export interface Comparison {
  missing: number;
  people: number;
  /** Answers, of one benefit for one person, that differ in anything. */
  differing: number;
  /** The first of them in words, with the person. */
  first?: { text: string; person: Person };
}

/** The kernel's codes by the hand-written ones. */
const codeOf = { [NO]: 2, [YES]: 1, [UNKNOWN]: 3, [REVIEW]: 4 } as Record<number, number>;

/** What is asked for where a derived fact is missing. */
const askedFor: Record<string, string> = { 院校类别: '毕业院校' };

function missingByHand(answers: AllAnswers, at: number): string {
  const names = [
    ...sixNames.filter((_, bit) => ((answers.missingSix[at]! >> bit) & 1) === 1),
    ...restNames.filter((_, bit) => ((answers.missingRest[at]! >> bit) & 1) === 1),
  ];
  return names
    .map((name) => askedFor[name] ?? name)
    .sort()
    .join(', ');
}

export async function compareWholePack(missing: number): Promise<Comparison> {
  const { engine, benefits } = await openWutong(setting);
  const evaluate = evaluateThreeValued(setting);
  const answers = emptyAnswers();
  const people = makePeople({ count: agreementPeople / 2, seed, missing, facts: 'all' });
  const comparison: Comparison = { missing, people: people.length, differing: 0 };
  const places = allBenefits.map((id) => benefits.indexOf(id));
  for (const person of people) {
    const subject = bindSubject(engine, person);
    const given = engine.answer(subject).benefits;
    const { status, low, high } = engine.run(subject)[0]!;
    evaluate(bindAll(person), answers);
    for (const [at, id] of allBenefits.entries()) {
      const place = places[at]!;
      const isNo = answers.status[at] === NO;
      const byHand = [codeOf[answers.status[at]!], ...(isNo ? [] : [answers.loFen[at], answers.hiFen[at]]), missingByHand(answers, at)].join(' | ');
      const byWutong = [status[place], ...(isNo ? [] : [low[place], high[place]]), [...given[place]!.missing].sort().join(', ')].join(' | ');
      if (byHand === byWutong) continue;
      comparison.differing++;
      comparison.first ??= { text: `${id}: ${byWutong}; by hand: ${byHand}`, person };
    }
  }
  return comparison;
}
