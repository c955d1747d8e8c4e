// The contract between generated code and the engine: what a kernel is given, what it writes, and how bits mean facts.
// A kernel answers all benefits of one policy for one kind of subject; it is made once for a setting and run for many subjects.

import { addDays, addMonths, addYears, type DateNumber, wholeYears } from './calendar.ts';
import type { Benefit, PlainAmountRule, Policy, SubjectKind } from './model.ts';
import { timesMicro } from './money.ts';
import { placeWithin } from './reference.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from './values.ts';

/** What generated code calls. */
export interface KernelRuntime {
  readonly addYears: (date: DateNumber, years: number) => DateNumber;
  readonly addMonths: (date: DateNumber, months: number) => DateNumber;
  readonly addDays: (date: DateNumber, days: number) => DateNumber;
  readonly wholeYears: (from: DateNumber, to: DateNumber) => number;
  readonly timesMicro: (fen: number, micro: number) => number;
  /** Whether any of the places lies in the wanted one. */
  readonly placesWithin: (codes: readonly number[] | undefined, wanted: number) => Truth;
}

/** The one runtime there is. */
export const kernelRuntime: KernelRuntime = { addYears, addMonths, addDays, wholeYears, timesMicro, placesWithin };

function placesWithin(codes: readonly number[] | undefined, wanted: number): Truth {
  let result: Truth = FALSE;
  for (const code of codes ?? []) {
    const inside = placeWithin(code, wanted);
    if (inside === TRUE) return TRUE;
    if (inside === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

/** What is fixed for all subjects of a run. */
export interface KernelSetting {
  readonly date: DateNumber;
  /** In the order of the policy's parameters; null while not set. */
  readonly parameters: readonly (number | null)[];
  /** The index of the alternative in force, in the order of the policy's readings. */
  readonly readings: readonly number[];
  /** Numbers of the policy's literals, in their order. */
  readonly literals: readonly number[];
}

/** Codes of a status as kernels write them; the index into this list is the code. */
export const statusOfCode = [undefined, 'yes', 'no', 'unknown', 'review'] as const;

/** Bits in a word of a mask: 31, so that every word is a small integer without a sign. */
export const WORD_BITS = 31;

/**
 * What a kernel writes, each array by benefit in the policy's order, benefits of other kinds of subjects left out.
 * Masks take {@link wordCount} words a benefit; a bit is a slot of the vocabulary (the slot to be asked for), or a parameter.
 * The amount of a benefit that is denied is written as 0, whatever its rule says.
 */
export interface KernelOutput {
  /** 1 yes, 2 no, 3 unknown, 4 review. */
  readonly status: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Facts that keep the status open. */
  readonly missing: Int32Array;
  /** Facts that keep the amount open. */
  readonly amountMissing: Int32Array;
  /** Parameters that keep the amount open. */
  readonly amountParameters: Int32Array;
}

/** Answers for one subject: its slots, its sets of places, and where to write. */
export type Kernel = (slots: Float64Array, places: readonly (readonly number[] | undefined)[], out: KernelOutput) => void;

/** Makes a kernel for a setting; generated code exports one for each kind of subject. */
export type KernelFactory = (runtime: KernelRuntime, setting: KernelSetting) => Kernel;

/** How many words a mask of so many bits takes. */
export function wordCount(bits: number): number {
  return Math.ceil(bits / WORD_BITS);
}

/** An output of the right sizes, all zero as kernels expect to find it the first time. */
export function makeKernelOutput(benefits: number, facts: number, parameters: number): KernelOutput {
  return {
    status: new Uint8Array(benefits),
    low: new Float64Array(benefits),
    high: new Float64Array(benefits),
    missing: new Int32Array(benefits * wordCount(facts)),
    amountMissing: new Int32Array(benefits * wordCount(facts)),
    amountParameters: new Int32Array(benefits * wordCount(parameters)),
  };
}

/** The bits set in the mask of one benefit, in ascending order. */
export function bitsOf(masks: Int32Array, benefit: number, words: number): number[] {
  const bits: number[] = [];
  for (let word = 0; word < words; word++) {
    for (let rest = masks[benefit * words + word] ?? 0; rest !== 0; rest &= rest - 1) {
      bits.push(word * WORD_BITS + 31 - Math.clz32(rest & -rest));
    }
  }
  return bits;
}

/** An amount without its formula, or one for each alternative of a reading. */
export type AmountOutline = PlainAmountOutline | { readonly kind: 'byReading'; readonly reading: string; readonly rules: readonly PlainAmountOutline[] };

/** An amount without its formula. */
export type PlainAmountOutline = { readonly kind: Exclude<PlainAmountRule['kind'], 'share'> } | { readonly kind: 'share'; readonly micro: number };

/** A benefit without its formulas: they are in the kernel. */
export type BenefitOutline = Omit<Benefit, 'condition' | 'amount'> & { readonly amount: AmountOutline };

/** A policy without its formulas, which are in the kernels, and without what no answer needs: its source, clauses and provisions. */
export type PolicyOutline = Omit<Policy, 'definitions' | 'benefits' | 'goals' | 'duties' | 'narratives' | 'procedures' | 'clauses' | 'source'> & { readonly benefits: readonly BenefitOutline[] };

/** A policy ready to run. */
export interface CompiledPolicy {
  readonly policy: PolicyOutline;
  readonly kernels: Readonly<Partial<Record<SubjectKind, KernelFactory>>>;
  /** The texts that the policy compares with, in the order in which its kernels expect their numbers. */
  readonly literals: readonly string[];
}

/** What is left of a policy once its formulas are compiled. */
export function outlineOf(policy: Policy): PolicyOutline {
  const { definitions: _definitions, goals: _goals, duties: _duties, narratives: _narratives, procedures: _procedures, clauses: _clauses, source: _source, benefits, ...rest } = policy;
  return {
    ...rest,
    benefits: benefits.map(({ condition: _condition, amount, ...benefit }) => ({
      ...benefit,
      amount: amount.kind === 'byReading' ? { kind: amount.kind, reading: amount.reading, rules: amount.rules.map(outlineOfAmount) } : outlineOfAmount(amount),
    })),
  };
}

function outlineOfAmount(amount: PlainAmountRule): PlainAmountOutline {
  return amount.kind === 'share' ? { kind: amount.kind, micro: amount.micro } : { kind: amount.kind };
}
