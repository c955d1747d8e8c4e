// Makes a policy ready to run without generated code: its kernels fill their output through the reference interpreter.
// Slower than generated kernels and far smaller, so it is what a visitor's browser runs.

import { interpret, type Judgement, makeScene, type Setting } from './interpret.ts';
import { type CompiledPolicy, type Kernel, type KernelFactory, outlineOf, WORD_BITS, wordCount } from './kernel.ts';
import type { Policy, SubjectKind, Vocabulary } from './model.ts';
import type { Subject } from './bind.ts';

/** The texts that a policy compares with, in order of first mention: definitions, then benefits. */
export function literalsIn(policy: Policy): string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('op' in node && node.op === 'literal' && 'text' in node && typeof node.text === 'string') found.add(node.text);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit([policy.definitions, policy.benefits]);
  return [...found];
}

/**
 * A policy that an engine runs by interpreting it; it answers as the generated kernels do.
 * @param vocabularies of the kinds of subjects that the policy has benefits for; a kind without one gets no kernel.
 */
export function interpretPolicy(policy: Policy, vocabularies: Readonly<Partial<Record<SubjectKind, Vocabulary>>>): CompiledPolicy {
  const literals = literalsIn(policy);
  const kernels: Partial<Record<SubjectKind, KernelFactory>> = {};
  for (const { subject } of policy.benefits) {
    const vocabulary = vocabularies[subject];
    if (vocabulary !== undefined) kernels[subject] ??= kernelFactory(policy, vocabulary, literals);
  }
  return { policy: outlineOf(policy), kernels, literals };
}

function kernelFactory(policy: Policy, vocabulary: Vocabulary, texts: readonly string[]): KernelFactory {
  const benefits = policy.benefits.filter(({ subject }) => subject === vocabulary.subject);
  const words = wordCount(vocabulary.facts.length);
  const parameterWords = wordCount(policy.parameters.length);
  const parameterAt = new Map(policy.parameters.map(({ name }, index) => [name, index]));
  return (_runtime, given): Kernel => {
    const setting: Setting = {
      date: given.date,
      parameters: new Map(policy.parameters.map(({ name }, index) => [name, given.parameters[index] ?? null])),
      readings: new Map(policy.readings.map(({ name }, index) => [name, given.readings[index] ?? 0])),
    };
    const literals = new Map(texts.map((text, index) => [text, given.literals[index] ?? 0]));
    return (slots, places, out) => {
      const subject: Subject = { id: null, kind: vocabulary.subject, slots, places: [...places], texts: [], derived: new Uint8Array(0) };
      const scene = { ...makeScene(policy, vocabulary, subject, setting, literals), settled: new Map<string, Judgement>() };
      out.missing.fill(0);
      out.amountMissing.fill(0);
      out.amountParameters.fill(0);
      benefits.forEach((benefit, index) => {
        const { status, missing, amount } = interpret(benefit, scene);
        const isDenied = status === 'no';
        out.status[index] = { yes: 1, no: 2, unknown: 3, review: 4 }[status];
        out.low[index] = isDenied ? 0 : amount.low;
        out.high[index] = isDenied ? 0 : amount.high;
        if (isDenied) return;
        for (const slot of missing) setBit(out.missing, index * words, slot);
        for (const slot of amount.missing) setBit(out.amountMissing, index * words, slot);
        for (const name of amount.parameters) setBit(out.amountParameters, index * parameterWords, parameterAt.get(name) ?? 0);
      });
    };
  };
}

function setBit(masks: Int32Array, from: number, bit: number): void {
  const at = from + Math.floor(bit / WORD_BITS);
  masks[at] = (masks[at] ?? 0) | (1 << (bit % WORD_BITS));
}
