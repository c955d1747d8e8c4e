// Counts over many subjects what each alternative of each open reading would change: people, benefits, yuan.
// Holds counters only, however long the list is.

import type { Evaluation, Engine } from '../policy/engine.ts';
import { type BenefitChange, mostFen, type ReadingEffect } from '../policy/reading-effects.ts';

/** What can happen to an answer: it becomes certain or stops being so, becomes possible or stops being so, waits for a review instead of for facts or the other way, or only the amount or the like differs. */
export const changeSorts = ['gained', 'lost', 'opened', 'closed', 'toReview', 'toFacts', 'adjusted'] as const;
export type ChangeSort = (typeof changeSorts)[number];

/** How many, by what happens to them. Somebody with several changes counts under each sort once. */
export type ChangeCounts = Readonly<Record<ChangeSort, number>> & { readonly subjects: number };

/** A sum in fen under the readings in force, and under the alternative. */
export interface SumChange {
  readonly beforeFen: bigint;
  readonly afterFen: bigint;
  readonly differenceFen: bigint;
}

/** What one alternative would change for all subjects counted. */
export interface AlternativeEffect extends ChangeCounts {
  /** By benefit (`policy/benefit`), in the order in which they were met. */
  readonly benefits: ReadonlyMap<string, ChangeCounts>;
  /** What the plans are worth for certain. */
  readonly plan: SumChange;
  /** The most that can come of them. */
  readonly most: SumChange;
}

type Counters = Record<ChangeSort | 'subjects', number>;

interface Tallied {
  readonly counts: Counters;
  readonly benefits: Map<string, Counters>;
  planFen: bigint;
  mostFen: bigint;
}

/** Adds up effects. */
export class ReadingTally {
  private readonly tallied = new Map<string, Tallied>();
  private planFen = 0n;
  private mostFen = 0n;
  /** How many subjects were counted, and how many of them were people. */
  subjects = 0;
  people = 0;

  add(engine: Engine, evaluation: Evaluation, effects: readonly ReadingEffect[], isPerson: boolean): void {
    this.subjects++;
    if (isPerson) this.people++;
    this.planFen += BigInt(evaluation.plan.totalFen);
    this.mostFen += BigInt(effects[0]?.mostFenBefore ?? mostFen(engine, evaluation.benefits));
    for (const effect of effects) this.count(effect);
  }

  private count(effect: ReadingEffect): void {
    const key = keyOf(effect.policy, effect.reading, effect.alternative);
    const tallied = this.tallied.get(key) ?? { counts: noCounts(), benefits: new Map<string, Counters>(), planFen: 0n, mostFen: 0n };
    this.tallied.set(key, tallied);
    tallied.planFen += BigInt(effect.totalFenAfter - effect.totalFenBefore);
    tallied.mostFen += BigInt(effect.mostFenAfter - effect.mostFenBefore);
    const sorts = new Set<ChangeSort>();
    for (const change of effect.changes) {
      const sort = sortOf(change);
      const id = `${change.policy}/${change.benefit}`;
      const counters = tallied.benefits.get(id) ?? noCounts();
      tallied.benefits.set(id, counters);
      counters.subjects++;
      counters[sort]++;
      sorts.add(sort);
    }
    // Where only the plan differs there is no benefit to say so.
    if (sorts.size === 0) sorts.add('adjusted');
    tallied.counts.subjects++;
    for (const sort of sorts) tallied.counts[sort]++;
  }

  /** What all plans are worth under the readings in force, for certain and at most. */
  totals(): { readonly planFen: bigint; readonly mostFen: bigint } {
    return { planFen: this.planFen, mostFen: this.mostFen };
  }

  effectOf(policy: string, reading: string, alternative: number): AlternativeEffect {
    const tallied = this.tallied.get(keyOf(policy, reading, alternative));
    const sum = (beforeFen: bigint, differenceFen: bigint): SumChange => ({ beforeFen, afterFen: beforeFen + differenceFen, differenceFen });
    return {
      ...(tallied?.counts ?? noCounts()),
      benefits: tallied?.benefits ?? new Map(),
      plan: sum(this.planFen, tallied?.planFen ?? 0n),
      most: sum(this.mostFen, tallied?.mostFen ?? 0n),
    };
  }
}

function keyOf(policy: string, reading: string, alternative: number): string {
  return `${policy} ${alternative} ${reading}`;
}

function noCounts(): Counters {
  return { subjects: 0, gained: 0, lost: 0, opened: 0, closed: 0, toReview: 0, toFacts: 0, adjusted: 0 };
}

function sortOf({ before, after }: BenefitChange): ChangeSort {
  if (before.status === after.status) return 'adjusted';
  if (after.status === 'yes') return 'gained';
  if (before.status === 'yes') return 'lost';
  if (before.status === 'no') return 'opened';
  if (after.status === 'no') return 'closed';
  return after.status === 'review' ? 'toReview' : 'toFacts';
}
