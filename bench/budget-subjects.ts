// What the one-person budget is measured on: all benefits of the city, by hand and by Wutong.
import { bindAll, emptyAnswers, evaluateThreeValued, evaluateTwoValued, allBenefits, type AllAnswers, type AllFacts } from './engines/hand-all.ts';
import { isWutongBuilt } from './engines/index.ts';
import { makePeople, type PeopleOptions } from './people.ts';
import { batchPeople, missingShare, seed, setting, timedPeople } from './setting.ts';

export interface BudgetSubject {
  id: string;
  title: string;
  /** How many results one evaluation gives. */
  results: number;
  samplePeople: number;
  /** Share of the facts that are unknown. */
  missing: number;
  /** Everything that can be done beforehand; returns what is timed. */
  prepare(): Step | Promise<Step>;
}

type Step = (index: number) => void;

/** The people of the budget: all facts that the computed benefits ask. */
export function budgetPeople(options: Pick<PeopleOptions, 'missing'> = {}) {
  return makePeople({ count: timedPeople, seed, facts: 'all', ...options });
}

/** A step that goes through a batch of distinct people, and then through the next. */
export function batches<Bound>(bound: readonly Bound[], one: (person: Bound) => void): Step {
  return (index) => {
    const first = (index * batchPeople) % bound.length;
    for (let at = first; at < first + batchPeople; at++) one(bound[at]!);
  };
}

/** A step of one person, the next person each time. */
function singly<Bound>(bound: readonly Bound[], one: (person: Bound) => void): Step {
  return (index) => one(bound[index % bound.length]!);
}

function byHand(evaluate: (person: AllFacts, out: AllAnswers) => void, missing: number): Step {
  const out = emptyAnswers();
  return batches(budgetPeople({ missing }).map(bindAll), (person) => evaluate(person, out));
}

const known = 'all facts known';
const unknown = `${missingShare * 100}% unknown`;

function handSubject(id: string, title: string, missing: number, evaluate: (person: AllFacts, out: AllAnswers) => void): BudgetSubject {
  return { id, title, missing, results: allBenefits.length, samplePeople: batchPeople, prepare: () => byHand(evaluate, missing) };
}

const hand: BudgetSubject[] = [
  handSubject('hand-two', `hand-written, two-valued: status and amount; ${known}`, 0, evaluateTwoValued(setting)),
  handSubject('hand-three', `hand-written, three-valued: status, bounds, missing; ${known}`, 0, evaluateThreeValued(setting)),
  handSubject('hand-three-missing', `hand-written, three-valued: status, bounds, missing; ${unknown}`, missingShare, evaluateThreeValued(setting)),
];

async function wutongSubjects(): Promise<BudgetSubject[]> {
  const { bindSubject, openWutong } = await import('./engines/wutong.ts');
  const { makeExplainer } = await import('../src/policy/index.ts');
  const opened = await openWutong(setting);
  const { engine, benefits, vocabulary } = opened;
  const bound = (missing: number) => budgetPeople({ missing }).map((person) => bindSubject(engine, person));
  const subject = (id: string, title: string, missing: number, samplePeople: number, prepare: BudgetSubject['prepare']): BudgetSubject => ({
    id,
    title: `Wutong, ${title}; ${missing > 0 ? unknown : known}`,
    missing,
    results: benefits.length,
    samplePeople,
    prepare,
  });
  const one = (id: string, title: string, prepare: BudgetSubject['prepare']) => subject(id, title, missingShare, 1, prepare);
  const people = () => budgetPeople({ missing: missingShare });
  return [
    subject('wutong-kernel', 'kernel: status, bounds, missing', 0, batchPeople, () => batches(bound(0), engine.run)),
    subject('wutong-kernel-missing', 'kernel: status, bounds, missing', missingShare, batchPeople, () => batches(bound(missingShare), engine.run)),
    one('wutong-objects', 'from the contract’s JSON object to the kernel’s answer', () =>
      singly(people(), (person) => engine.run(bindSubject(engine, person))),
    ),
    one('wutong-answer', 'whole answer with instalments and plan, of bound facts', () => singly(bound(missingShare), engine.answer)),
    one('wutong-text', 'from a line of JSON to the whole answer as a line of JSON', () => {
      const lines = people().map((person) => JSON.stringify(person));
      return singly(lines, (line) => JSON.stringify(engine.evaluate(JSON.parse(line))));
    }),
    one('wutong-explanation', 'full explanation as JSON text, of bound facts', async () => {
      const explainer = makeExplainer(engine, { policies: [await opened.loadWhole()], vocabulary, language: 'zh' });
      return singly(bound(missingShare), explainer.toJson);
    }),
  ];
}

export async function budgetSubjects(): Promise<BudgetSubject[]> {
  return isWutongBuilt ? [...hand, ...(await wutongSubjects())] : hand;
}
