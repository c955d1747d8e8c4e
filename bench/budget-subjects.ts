// What the one-person budget is measured on: all benefits of the city, by hand and by Wutong.
import { bindAll, emptyAnswers, evaluateThreeValued, evaluateTwoValued, allBenefits, type AllAnswers, type AllFacts } from './engines/hand-all.ts'
import { makePeople, type PeopleOptions } from './people.ts'
import { batchPeople, missingShare, seed, setting, timedPeople } from './setting.ts'

export interface BudgetSubject {
  id: string
  title: string
  /** How many results one evaluation gives. */
  results: number
  samplePeople: number
  /** Everything that can be done beforehand; returns what is timed. */
  prepare(): ((index: number) => void) | Promise<(index: number) => void>
}

/** The people of the budget: all facts that the computed benefits ask. */
export function budgetPeople(options: Pick<PeopleOptions, 'missing'> = {}) {
  return makePeople({ count: timedPeople, seed, facts: 'all', ...options })
}

/** A step that goes through a batch of distinct people, and then through the next. */
export function batches<Bound>(bound: readonly Bound[], one: (person: Bound) => void): (index: number) => void {
  return (index) => {
    const first = (index * batchPeople) % bound.length
    for (let at = first; at < first + batchPeople; at++) one(bound[at]!)
  }
}

function byHand(evaluate: (person: AllFacts, out: AllAnswers) => void, missing: number): (index: number) => void {
  const out = emptyAnswers()
  return batches(budgetPeople({ missing }).map(bindAll), (person) => evaluate(person, out))
}

const hand: BudgetSubject[] = [
  { id: 'hand-two', title: 'hand-written, two-valued, all facts known', prepare: () => byHand(evaluateTwoValued(setting), 0) },
  { id: 'hand-three', title: 'hand-written, three-valued with what is missing, all facts known', prepare: () => byHand(evaluateThreeValued(setting), 0) },
  {
    id: 'hand-three-missing', title: `hand-written, three-valued with what is missing, ${missingShare * 100}% unknown`,
    prepare: () => byHand(evaluateThreeValued(setting), missingShare),
  },
].map((subject) => ({ ...subject, results: allBenefits.length, samplePeople: batchPeople }))

export async function budgetSubjects(): Promise<BudgetSubject[]> {
  return hand
}
