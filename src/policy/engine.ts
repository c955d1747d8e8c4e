// Evaluates subjects under compiled policies: binds the facts, runs the kernels, and puts the answer in the contract's form.

import { type Binding, bind, type Subject } from './bind.ts';
import type { DateNumber } from './calendar.ts';
import { isBenefitInForce, isInForce } from './in-force.ts';
import { amountUnder, type Setting } from './interpret.ts';
import { type BenefitOutline, bitsOf, type CompiledPolicy, type Kernel, kernelRuntime, type KernelOutput, makeKernelOutput, type PlainAmountOutline, type PolicyOutline, statusOfCode, wordCount } from './kernel.ts';
import { type Instalment, layOut } from './lay-out.ts';
import type { Benefit, FundShare, Per, SubjectKind, Vocabulary, Words } from './model.ts';
import { splitFen } from './money.ts';
import { bestPlan, type ConflictGroup, type Plan, type PlanItem } from './plan.ts';
import type { Problem } from './problems.ts';
import type { Reference } from './reference.ts';
import { ABSENT, MICRO } from './values.ts';

/** What an engine is made of. */
export interface EngineOptions {
  /** In the pack's order. */
  readonly policies: readonly CompiledPolicy[];
  readonly vocabularies: Readonly<Partial<Record<SubjectKind, Vocabulary>>>;
  readonly reference: Reference;
  /** The day on which facts are judged. */
  readonly date: DateNumber;
  /** The day whose rules answer, such as that of an earlier application; `date` without it. */
  readonly under?: DateNumber;
  /** Parameters by name, encoded, instead of what the policies say; null for one that is not set. */
  readonly parameters?: ReadonlyMap<string, number | null>;
  /** The index of an alternative by reading, as `policy/reading` or by its name alone, instead of the one in force. */
  readonly readings?: ReadonlyMap<string, number>;
}

/** What keeps an amount open, and for what it is paid. */
interface AmountCommon {
  readonly per?: Per;
  /** Names of the facts and parameters that keep it from being known; never empty. */
  readonly missing?: readonly string[];
}

/** What is paid if the answer is yes. */
export type Amount = AmountCommon &
  (
    | { readonly kind: 'exact'; readonly totalFen: number; readonly instalments?: readonly Instalment[] }
    | { readonly kind: 'range'; readonly minFen: number; readonly maxFen: number; readonly settledBy: 'facts' | 'review' }
    | { readonly kind: 'upTo'; readonly maxFen: number }
    | { readonly kind: 'atLeast'; readonly minFen: number }
    | { readonly kind: 'share'; readonly percent: number }
    | { readonly kind: 'unstated' }
    | { readonly kind: 'none' }
  );

/** What one benefit is for one subject. */
export interface BenefitResult {
  readonly policy: string;
  readonly benefit: string;
  readonly status: 'yes' | 'no' | 'unknown' | 'review';
  /** Absent where the status is no. */
  readonly amount?: Amount;
  /** Names of the facts that still matter to the status. */
  readonly missing: readonly string[];
}

/** The answer for one subject, as the contract has it. */
export interface Evaluation {
  readonly id: string | number | null;
  readonly benefits: readonly BenefitResult[];
  readonly plan: Plan;
}

export type Outcome = { readonly result: Evaluation } | { readonly problems: readonly Problem[] };

/** Evaluates subjects under the policies, date, parameters and readings that it was made for. */
export interface Engine {
  /** How subjects are bound here. */
  readonly binding: Binding;
  /** The day whose rules answer: what is not in force on it has no entry in any answer. */
  readonly under: DateNumber;
  /** The setting of each policy, by its id. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Evaluates a subject in the contract's form. */
  evaluate(input: unknown): Outcome;
  /** Reads and checks a subject only. */
  bindSubject(input: unknown): { readonly subject: Subject } | { readonly problems: readonly Problem[] };
  /** Runs the kernels only, whatever is in force: an output for each policy, in order, valid until the next run for the same kind of subject. */
  run(subject: Subject): readonly KernelOutput[];
  /** The answer for a bound subject. @param only the id of a benefit: all others are left out, of the plan too, which takes a fraction of the time */
  answer(subject: Subject, only?: string): Evaluation;
  /** The same-matter groups of the policies in force that hold under the readings in force, in the policies' order. */
  readonly matters: readonly MatterInForce[];
  /** The best plan when these benefits (`policy/benefit`) are taken whatever they are worth, whether certain yet or not. */
  planKeeping(evaluation: Evaluation, keep: readonly string[]): Plan;
  /** The best plan over what is supposed to be obtained and to be worth, some of it taken whatever it is worth. */
  planSupposing(items: readonly PlanItem[], keep: readonly string[]): Plan;
}

/** A same-matter group that holds, with the full ids (`policy/benefit`) of its benefits. */
export interface MatterInForce {
  readonly policy: string;
  readonly name: string;
  readonly words: Words;
  readonly clause: string;
  readonly benefits: readonly string[];
}

/** A kernel with the benefits that it answers. */
interface Runner {
  readonly policy: PolicyOutline;
  readonly benefits: readonly BenefitOutline[];
  /** Indexes of the benefits that are in force: those that answer. */
  readonly answering: readonly number[];
  readonly kernel: Kernel | undefined;
  readonly out: KernelOutput;
  /** The amounts that hold under the readings in force, by benefit. */
  readonly amounts: readonly PlainAmountOutline[];
}

/** All that answers one kind of subject. */
interface Answerer {
  readonly vocabulary: Vocabulary;
  readonly runners: readonly Runner[];
  readonly outputs: readonly KernelOutput[];
}

/**
 * Makes an engine.
 * @throws RangeError where a reading is set to an alternative that it does not have.
 * @throws Error where a policy has benefits for a kind of subject but no kernel or no vocabulary.
 */
export function makeEngine(options: EngineOptions): Engine {
  const { policies, vocabularies, reference, date, under = date } = options;
  const literals = new Map<string, number>();
  for (const text of policies.flatMap((compiled) => compiled.literals)) if (!literals.has(text)) literals.set(text, literals.size + 1);
  const binding: Binding = { vocabularies, reference, literals, date };
  const settings = new Map(policies.map(({ policy }) => [policy.id, settingOf(policy, options)]));
  const idle = new Set(policies.flatMap(({ policy }) => policy.benefits.filter((benefit) => !isBenefitInForce(policy, benefit, under)).map(({ id }) => `${policy.id}/${id}`)));
  const isAnswered = (id: string): boolean => !idle.has(id);
  const matters = policies.flatMap(({ policy }) => (isInForce(policy, under) ? mattersOf(policy, settings.get(policy.id), isAnswered) : []));
  const answerers = new Map<SubjectKind, Answerer>();

  const answererOf = (kind: SubjectKind): Answerer => {
    let answerer = answerers.get(kind);
    if (answerer === undefined) {
      const vocabulary = vocabularies[kind] ?? { subject: kind, facts: [] };
      const isKnown = vocabularies[kind] !== undefined;
      const runners = policies.map((compiled) => makeRunner(compiled, vocabulary, isKnown, settings.get(compiled.policy.id), literals, under));
      answerer = { vocabulary, runners, outputs: runners.map(({ out }) => out) };
      answerers.set(kind, answerer);
    }
    return answerer;
  };
  for (const { policy } of policies) for (const { subject } of policy.benefits) answererOf(subject);

  const run = (subject: Subject): readonly KernelOutput[] => {
    const { runners, outputs } = answererOf(subject.kind);
    for (const { kernel, out } of runners) kernel?.(subject.slots, subject.places, out);
    return outputs;
  };
  const answer = (subject: Subject, only?: string): Evaluation => {
    run(subject);
    const { runners, vocabulary } = answererOf(subject.kind);
    const benefits: BenefitResult[] = [];
    for (const runner of runners) {
      for (const index of runner.answering) {
        const benefit = runner.benefits[index];
        if (benefit !== undefined && benefit.id === (only ?? benefit.id)) benefits.push(resultOf(runner, benefit, index, vocabulary, subject));
      }
    }
    return { id: subject.id, benefits, plan: planOf(itemsOf(benefits), [], matters) };
  };
  const bindSubject = (input: unknown): ReturnType<typeof bind> => bind(input, binding);
  return {
    binding,
    under,
    settings,
    bindSubject,
    run,
    answer,
    matters,
    planKeeping: ({ benefits }, keep) => planOf(itemsOf(benefits, keep), keep, matters),
    planSupposing: (items, keep) => planOf(items.filter(({ id }) => isAnswered(id)), keep, matters),
    evaluate(input) {
      const bound = bindSubject(input);
      return 'problems' in bound ? bound : { result: answer(bound.subject) };
    },
  };
}

/** What each fund pays of an amount; the parts add up to it. */
export function fundsOf(benefit: Pick<Benefit, 'funds'>, totalFen: number): { fund: string; fen: number }[] {
  const parts = splitFen(totalFen, benefit.funds.map(({ micro }: FundShare) => micro));
  return benefit.funds.map(({ fund }, index) => ({ fund, fen: parts[index] ?? 0 }));
}

function settingOf(policy: PolicyOutline, options: EngineOptions): Setting {
  const parameters = new Map<string, number | null>();
  for (const { name, value } of policy.parameters) {
    const given = options.parameters?.get(name);
    parameters.set(name, given === undefined ? value : given);
  }
  const readings = new Map<string, number>();
  for (const { name, inForce, alternatives } of policy.readings) {
    const index = options.readings?.get(`${policy.id}/${name}`) ?? options.readings?.get(name) ?? inForce;
    if (alternatives[index] === undefined) throw new RangeError(`reading ${name} has no alternative ${index}`);
    readings.set(name, index);
  }
  return { date: options.date, parameters, readings };
}

function mattersOf(policy: PolicyOutline, setting: Setting | undefined, isAnswered: (id: string) => boolean): MatterInForce[] {
  return policy.matters
    .filter(({ under }) => under === undefined || setting?.readings.get(under.reading) === under.alternative)
    .map(({ name, words, clause, benefits }) => ({ policy: policy.id, name, words, clause, benefits: benefits.map((id) => (id.includes('/') ? id : `${policy.id}/${id}`)).filter(isAnswered) }));
}

function makeRunner(compiled: CompiledPolicy, vocabulary: Vocabulary, isKnown: boolean, setting: Setting | undefined, literals: ReadonlyMap<string, number>, under: DateNumber): Runner {
  const { policy } = compiled;
  const benefits = policy.benefits.filter(({ subject }) => subject === vocabulary.subject);
  const factory = compiled.kernels[vocabulary.subject];
  if (benefits.length > 0 && (factory === undefined || !isKnown)) {
    throw new Error(`policy ${policy.id} has benefits for ${vocabulary.subject}, but no kernel or no vocabulary for it`);
  }
  const kernel =
    benefits.length === 0 || setting === undefined
      ? undefined
      : factory?.(kernelRuntime, {
          date: setting.date,
          parameters: policy.parameters.map(({ name }) => setting.parameters.get(name) ?? null),
          readings: policy.readings.map(({ name }) => setting.readings.get(name) ?? 0),
          literals: compiled.literals.map((text) => literals.get(text) ?? ABSENT),
        });
  const amounts = setting === undefined ? [] : benefits.map(({ amount }) => amountUnder<PlainAmountOutline>(amount, setting));
  const answering = benefits.flatMap((benefit, index) => (isBenefitInForce(policy, benefit, under) ? [index] : []));
  return { policy, benefits, answering, kernel, amounts, out: makeKernelOutput(benefits.length, vocabulary.facts.length, policy.parameters.length) };
}

function resultOf(runner: Runner, benefit: BenefitOutline, index: number, vocabulary: Vocabulary, subject: Subject): BenefitResult {
  const { policy, out } = runner;
  const status = statusOfCode[out.status[index] ?? 0] ?? 'unknown';
  const nameOf = (slot: number): string => vocabulary.facts[slot]?.name ?? '';
  const words = wordCount(vocabulary.facts.length);
  const missing = bitsOf(out.missing, index, words).map(nameOf);
  if (status === 'no') return { policy: policy.id, benefit: benefit.id, status, missing };
  const facts = bitsOf(out.amountMissing, index, words).map(nameOf);
  const parameters = bitsOf(out.amountParameters, index, wordCount(policy.parameters.length)).map((at) => policy.parameters[at]?.name ?? '');
  const measured = { low: out.low[index] ?? 0, high: out.high[index] ?? 0, facts, parameters };
  return { policy: policy.id, benefit: benefit.id, status, amount: amountOf(benefit, runner.amounts[index] ?? { kind: 'unstated' }, measured, subject), missing };
}

/** The bounds of an amount, and what keeps them apart. */
interface Measured {
  readonly low: number;
  readonly high: number;
  readonly facts: readonly string[];
  readonly parameters: readonly string[];
}

function amountOf(benefit: BenefitOutline, rule: PlainAmountOutline, measured: Measured, subject: Subject): Amount {
  const names = [...measured.facts, ...measured.parameters];
  const common: AmountCommon = { ...(benefit.per === undefined ? {} : { per: benefit.per }), ...(names.length === 0 ? {} : { missing: names }) };
  const { low, high } = measured;
  switch (rule.kind) {
    case 'exact': {
      if (low !== high) return { ...openAmount(measured), ...common };
      const instalments = instalmentsOf(benefit, low, subject);
      return { kind: 'exact', totalFen: low, ...(instalments === undefined ? {} : { instalments }), ...common };
    }
    case 'upTo':
      return { ...(high === Infinity ? { kind: 'unstated' } : { kind: 'upTo', maxFen: high }), ...common };
    case 'atLeast':
      return { kind: 'atLeast', minFen: low, ...common };
    case 'range':
      return { ...(high === Infinity ? { kind: 'atLeast', minFen: low } : { kind: 'range', minFen: low, maxFen: high, settledBy: 'review' }), ...common };
    case 'share':
      return { kind: 'share', percent: (rule.micro * 100) / MICRO, ...common };
    default:
      return { kind: rule.kind, ...common };
  }
}

/** An amount that would be exact if more were known. */
function openAmount({ low, high, facts, parameters }: Measured): Amount {
  // What the office has yet to set, no fact that the applicant gives can settle.
  if (parameters.length > 0) return high === Infinity ? { kind: 'unstated' } : { kind: 'upTo', maxFen: high };
  if (high === Infinity) return { kind: 'atLeast', minFen: low };
  return { kind: 'range', minFen: low, maxFen: high, settledBy: facts.length > 0 ? 'facts' : 'review' };
}

function instalmentsOf(benefit: BenefitOutline, totalFen: number, subject: Subject): Instalment[] | undefined {
  const { schedule } = benefit;
  const start = schedule === undefined ? ABSENT : (subject.slots[schedule.start] ?? ABSENT);
  if (schedule === undefined || start === ABSENT) return undefined;
  return layOut(totalFen, schedule, start);
}

/** What the subject is entitled to, and what is kept besides though it is not certain, each with what it counts. */
function itemsOf(benefits: readonly BenefitResult[], keep: readonly string[] = []): PlanItem[] {
  return benefits
    .map(({ policy, benefit, status, amount }) => ({ id: `${policy}/${benefit}`, status, fen: countedFen(amount) }))
    .filter(({ id, status }) => status === 'yes' || (status !== 'no' && keep.includes(id)))
    .map(({ id, fen }) => ({ id, fen }));
}

/** The best combination of the items, among those that hold what is kept. */
function planOf(items: readonly PlanItem[], keep: readonly string[], matters: readonly MatterInForce[]): Plan {
  const places = new Map(items.map(({ id }, place) => [id, place]));
  const groups: ConflictGroup[] = matters.map(({ benefits }) => benefits.flatMap((id) => places.get(id) ?? []));
  return bestPlan(items, groups, keep.flatMap((id) => places.get(id) ?? []));
}

/** What an amount counts in a plan: what is sure. */
export function countedFen(amount: Amount | undefined): number {
  switch (amount?.kind) {
    case 'exact':
      return amount.totalFen;
    case 'range':
    case 'atLeast':
      return amount.minFen;
    default:
      return 0;
  }
}
