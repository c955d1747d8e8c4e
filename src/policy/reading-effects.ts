// Which open readings decide for a subject: what every alternative that is not in force would change, one at a time.

import type { Subject } from './bind.ts';
import { type Amount, type BenefitResult, countedFen, type Engine, type EngineOptions, type Evaluation, makeEngine } from './engine.ts';
import type { CompiledPolicy, KernelOutput, PolicyOutline } from './kernel.ts';
import type { Reading, SubjectKind } from './model.ts';
import type { Plan } from './plan.ts';

/** What one alternative of one reading would change for one subject, all other readings as they are in force. */
export interface ReadingEffect {
  readonly policy: string;
  readonly reading: string;
  /** The index of the alternative in the reading's list. */
  readonly alternative: number;
  /** Benefits whose status or amount would change, in the policies' order; a benefit that stays `no` is none. */
  readonly changes: readonly BenefitChange[];
  /** The best plan under the alternative. */
  readonly plan: Plan;
  /** What the plan is worth for certain, in fen. */
  readonly totalFenBefore: number;
  readonly totalFenAfter: number;
  /** The most that can come of it while caps are reached, reviews pass and open facts turn out well, in fen. */
  readonly mostFenBefore: number;
  readonly mostFenAfter: number;
}

/** One benefit before, under the readings in force, and after, under the alternative. */
export interface BenefitChange {
  readonly policy: string;
  readonly benefit: string;
  readonly before: BenefitResult;
  readonly after: BenefitResult;
}

/** An alternative that is not in force, tried alone. */
export interface ReadingTrial {
  readonly policy: string;
  readonly reading: Reading;
  readonly alternative: number;
}

/** Tries alternatives on many subjects of one engine. */
export interface ReadingTrials {
  /** What is tried on subjects of a kind: alternatives of the readings that something for this kind rests on. */
  trialsFor(kind: SubjectKind): readonly ReadingTrial[];
  /**
   * The alternatives under which the subject's answer would be another; none where no reading decides.
   * @param subject bound by the engine that this was made for
   * @param evaluation its answer there, where it is known already
   */
  effectsOn(subject: Subject, evaluation?: Evaluation): readonly ReadingEffect[];
}

/** A trial with the engine that answers under it. */
interface Trial extends ReadingTrial {
  readonly kinds: ReadonlySet<SubjectKind>;
  /** Where the policy stands among the engine's. */
  readonly at: number;
  readonly engine: Engine;
  /** True where the sort of an amount hangs on it, which kernels do not write. */
  readonly decidesAmounts: boolean;
  /** The same-matter groups that hang on it, with full ids. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Prepares the trials of an engine. Engines for alternatives are made when they are first needed, and kept.
 * @param engine the one that answers under the readings in force
 * @param options the very options that it was made with
 */
export function makeReadingTrials(engine: Engine, options: EngineOptions): ReadingTrials {
  const policies = options.policies.map((compiled) => settled(compiled, options.readings));
  const trials = policies.flatMap(({ policy }, at) => policy.readings.flatMap((reading) => trialsOf(policies, options, at, policy, reading)));
  const ofKind = new Map<SubjectKind, readonly Trial[]>();
  const trialsFor = (kind: SubjectKind): readonly Trial[] => {
    const known = ofKind.get(kind) ?? trials.filter(({ kinds }) => kinds.has(kind));
    ofKind.set(kind, known);
    return known;
  };
  return {
    trialsFor,
    effectsOn(subject, evaluation = engine.answer(subject)) {
      const outputs = engine.run(subject);
      let most: number | undefined;
      const open = evaluation.benefits.filter(({ status }) => status !== 'no').map(({ policy, benefit }) => `${policy}/${benefit}`);
      const before: Before = { evaluation, open: new Set(open), mostFen: () => (most ??= mostFen(engine, evaluation.benefits)) };
      return trialsFor(subject.kind).flatMap((trial) => effectOf(trial, subject, before, outputs[trial.at]) ?? []);
    },
  };
}

/** The policy with the readings that were chosen as the ones in force, so that each can be changed alone, whatever its name. */
function settled(compiled: CompiledPolicy, chosen: EngineOptions['readings']): CompiledPolicy {
  const readings = compiled.policy.readings.map((reading) => ({ ...reading, inForce: chosen?.get(`${compiled.policy.id}/${reading.name}`) ?? chosen?.get(reading.name) ?? reading.inForce }));
  return { ...compiled, policy: { ...compiled.policy, readings } };
}

function trialsOf(policies: readonly CompiledPolicy[], options: EngineOptions, at: number, policy: PolicyOutline, reading: Reading): Trial[] {
  const { name, alternatives, inForce } = reading;
  const groups = policy.matters.filter(({ under }) => under?.reading === name).map(({ benefits }) => benefits.map((id) => (id.includes('/') ? id : `${policy.id}/${id}`)));
  const kinds = new Set<SubjectKind>();
  for (const { policy: other } of policies) {
    for (const { id, subject, readings } of other.benefits) {
      if ((other.id === policy.id && readings.includes(name)) || groups.some((group) => group.includes(`${other.id}/${id}`))) kinds.add(subject);
    }
  }
  const decidesAmounts = policy.benefits.some(({ amount }) => amount.kind === 'byReading' && amount.reading === name);
  return alternatives.flatMap((_, alternative) => {
    if (alternative === inForce || kinds.size === 0) return [];
    let made: Engine | undefined;
    return {
      policy: policy.id, reading, alternative, kinds, at, decidesAmounts, groups,
      get engine() { return (made ??= engineUnder(policies, options, at, name, alternative)); },
    };
  });
}

/** An engine that answers the policy's own benefits under the alternative; of the others it knows the groups and the texts only. */
function engineUnder(policies: readonly CompiledPolicy[], options: EngineOptions, at: number, name: string, alternative: number): Engine {
  const changed = policies.map((compiled, index): CompiledPolicy => {
    const { policy } = compiled;
    if (index !== at) return { ...compiled, policy: { ...policy, benefits: [] } };
    return { ...compiled, policy: { ...policy, readings: policy.readings.map((reading) => (reading.name === name ? { ...reading, inForce: alternative } : reading)) } };
  });
  const { readings: _readings, ...rest } = options;
  return makeEngine({ ...rest, policies: changed });
}

/** The answer under the readings in force. */
interface Before {
  readonly evaluation: Evaluation;
  /** Full ids of the benefits that are not denied. */
  readonly open: ReadonlySet<string>;
  readonly mostFen: () => number;
}

function effectOf(trial: Trial, subject: Subject, { evaluation: before, open, mostFen: mostBefore }: Before, output: KernelOutput | undefined): ReadingEffect | undefined {
  const { engine, policy, decidesAmounts, groups } = trial;
  const after = engine.run(subject)[trial.at];
  // Most subjects are not touched by most readings: their kernels write the same.
  const isUntouched = !decidesAmounts && output !== undefined && after !== undefined && isSame(output, after);
  // And a group says nothing to somebody who can have one of it at most.
  if (isUntouched && groups.every((group) => group.filter((id) => open.has(id)).length < 2)) return undefined;
  const own = isUntouched ? [] : engine.answer(subject).benefits;
  let next = 0;
  const benefits = isUntouched ? before.benefits : before.benefits.map((result) => (result.policy === policy ? (own[next++] ?? result) : result));
  const changes = before.benefits.flatMap((result, index): BenefitChange[] => {
    const now = benefits[index];
    if (now === undefined || now === result || (now.status === result.status && isSameAmount(now.amount, result.amount))) return [];
    return [{ policy: result.policy, benefit: result.benefit, before: result, after: now }];
  });
  if (changes.length === 0 && groups.length === 0) return undefined;
  const plan = engine.planKeeping({ ...before, benefits }, []);
  const [mostFenBefore, mostFenAfter] = [mostBefore(), mostFen(engine, benefits)];
  // A group that holds under one alternative only changes what is taken, or can be taken, and no benefit.
  if (changes.length === 0 && plan.take.join() === before.plan.take.join() && mostFenBefore === mostFenAfter) return undefined;
  return { policy, reading: trial.reading.name, alternative: trial.alternative, changes, plan, totalFenBefore: before.plan.totalFen, totalFenAfter: plan.totalFen, mostFenBefore, mostFenAfter };
}

function isSame(a: KernelOutput, b: KernelOutput): boolean {
  return isEqual(a.status, b.status) && isEqual(a.low, b.low) && isEqual(a.high, b.high) && isEqual(a.amountMissing, b.amountMissing) && isEqual(a.amountParameters, b.amountParameters);
}

function isEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Whether the same is paid, for the same benefit of the same subject; which facts keep it open is no part of what is paid. */
function isSameAmount(a: Amount | undefined, b: Amount | undefined): boolean {
  if (a?.kind !== b?.kind || countedFen(a) !== countedFen(b) || highestOf(a) !== highestOf(b)) return false;
  if (a?.kind === 'share' && b?.kind === 'share') return a.percent === b.percent;
  return a?.kind !== 'range' || b?.kind !== 'range' || a.settledBy === b.settledBy;
}

/**
 * The most that the best combination of all that is not denied can be worth, in fen: exact amounts, caps, upper bounds.
 * Where the document states no upper bound, what is sure is counted.
 */
export function mostFen(engine: Engine, benefits: readonly BenefitResult[]): number {
  const open = benefits.filter(({ status }) => status !== 'no');
  return engine.planSupposing(open.map(({ policy, benefit, amount }) => ({ id: `${policy}/${benefit}`, fen: highestOf(amount) })), []).totalFen;
}

function highestOf(amount: Amount | undefined): number {
  return amount !== undefined && 'maxFen' in amount ? amount.maxFen : countedFen(amount);
}
