// Generated JavaScript must say what the reference interpreter says, for random policies and random people.
import { expect, test } from 'vitest';
import { chanceOf, randomPolicy, randomSetting, randomSubject, testDate, testLiterals, testVocabulary } from '../../test/support/random-policies.ts';
import type { Subject } from '../policy/bind.ts';
import { interpret, makeScene, type Setting, type Verdict } from '../policy/interpret.ts';
import { bitsOf, type Kernel, type KernelFactory, kernelRuntime, makeKernelOutput, statusOfCode, wordCount } from '../policy/kernel.ts';
import type { Benefit, Condition, Policy, Value } from '../policy/model.ts';
import { ABSENT } from '../policy/values.ts';
import { generateKernel, literalsOf } from './generate-javascript.ts';

async function load(policy: Policy): Promise<KernelFactory> {
  const source = generateKernel(policy, testVocabulary);
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as { person: KernelFactory };
  return module.person;
}

function start(factory: KernelFactory, policy: Policy, setting: Setting): Kernel {
  return factory(kernelRuntime, {
    date: setting.date,
    parameters: policy.parameters.map(({ name }) => setting.parameters.get(name) ?? null),
    readings: policy.readings.map(({ name }) => setting.readings.get(name) ?? 0),
    literals: literalsOf(policy).map((text) => testLiterals.get(text) ?? ABSENT),
  });
}

/** What both are compared by. */
interface Answer {
  readonly status: string | undefined;
  readonly missing: readonly number[];
  readonly amount: { low: number; high: number; missing: readonly number[]; parameters: readonly number[] };
}

/** The amount of what is denied, as kernels write it. */
const nothing: Answer['amount'] = { low: 0, high: 0, missing: [], parameters: [] };

function answerOf(verdict: Verdict, policy: Policy): Answer {
  const { low, high, missing, parameters } = verdict.amount;
  const indexes = policy.parameters.flatMap(({ name }, index) => (parameters.has(name) ? [index] : []));
  const amount = { low, high, missing: [...missing].sort((a, b) => a - b), parameters: indexes };
  return { status: verdict.status, missing: verdict.missing, amount: verdict.status === 'no' ? nothing : amount };
}

function answersOf(kernel: Kernel, policy: Policy, subject: Subject, out = makeKernelOutput(policy.benefits.length, testVocabulary.facts.length, policy.parameters.length)): Answer[] {
  kernel(subject.slots, subject.places, out);
  const words = wordCount(testVocabulary.facts.length);
  return policy.benefits.map((_, index) => {
    const status = statusOfCode[out.status[index] ?? 0];
    const amount = {
      low: out.low[index] ?? NaN,
      high: out.high[index] ?? NaN,
      missing: bitsOf(out.amountMissing, index, words),
      parameters: bitsOf(out.amountParameters, index, wordCount(policy.parameters.length)),
    };
    return { status, missing: bitsOf(out.missing, index, words), amount };
  });
}

function textOf(answers: readonly Answer[]): string {
  return JSON.stringify(answers, (_, value: unknown) => (value === Infinity ? 'Infinity' : value));
}

function expectAgreement(kernel: Kernel, policy: Policy, subject: Subject, setting: Setting, out = makeKernelOutput(policy.benefits.length, testVocabulary.facts.length, policy.parameters.length)): void {
  const scene = makeScene(policy, testVocabulary, subject, setting, testLiterals);
  const wanted = policy.benefits.map((benefit) => answerOf(interpret(benefit, scene), policy));
  const found = answersOf(kernel, policy, subject, out);
  // Texts are compared far quicker than objects.
  expect(textOf(found), `${policy.id}, ${String(subject.id)}`).toBe(textOf(wanted));
}

test('on random policies and people, the kernel agrees with the interpreter', async () => {
  let compared = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const policy = randomPolicy(seed);
    const factory = await load(policy);
    for (let at = 0; at < 5; at++) {
      const setting = randomSetting(seed * 10 + at, policy);
      const kernel = start(factory, policy, setting);
      // One output for all of them: nothing of the subject before may remain.
      const out = makeKernelOutput(policy.benefits.length, testVocabulary.facts.length, policy.parameters.length);
      for (let i = 0; i < 12; i++, compared++) expectAgreement(kernel, policy, randomSubject(seed * 100 + at * 12 + i), setting, out);
    }
  }
  expect(compared).toBe(24_000);
});

const person: Policy = { ...randomPolicy(1), definitions: [], benefits: [] };
const [model] = randomPolicy(1).benefits;

function benefitOf(more: Partial<Benefit>): Benefit {
  if (model === undefined) throw new Error('the model policy has no benefit');
  return { ...model, condition: { op: 'always', value: true }, amount: { kind: 'none' }, reviewed: false, ...more };
}

const flag = (slot: number): Condition => ({ op: 'flag', slot });
const fact = (slot: number): Value => ({ op: 'fact', slot });
const constant = (value: number): Value => ({ op: 'constant', value });
const setting: Setting = {
  date: testDate,
  parameters: new Map(person.parameters.map(({ name }) => [name, null])),
  readings: new Map(person.readings.map(({ name }) => [name, 0])),
};

/** A subject of whom only these facts are known. */
function subjectOf(facts: Readonly<Record<number, number>>): Subject {
  const subject: Subject = { id: 'p', kind: 'person', slots: new Float64Array(testVocabulary.facts.length).fill(ABSENT), places: [], texts: [], derived: new Uint8Array(testVocabulary.facts.length) };
  for (const [slot, value] of Object.entries(facts)) subject.slots[Number(slot)] = value;
  return subject;
}

async function answer(benefit: Benefit, facts: Readonly<Record<number, number>>): Promise<Answer | undefined> {
  const policy = { ...person, benefits: [benefit] };
  const kernel = start(await load(policy), policy, setting);
  expectAgreement(kernel, policy, subjectOf(facts), setting);
  return answersOf(kernel, policy, subjectOf(facts))[0];
}

test('empty conjunctions, disjunctions and constants need no facts', async () => {
  expect(await answer(benefitOf({ condition: { op: 'all', items: [] } }), {})).toMatchObject({ status: 'yes' });
  expect(await answer(benefitOf({ condition: { op: 'any', items: [] } }), {})).toMatchObject({ status: 'no' });
  expect(await answer(benefitOf({ condition: { op: 'not', item: { op: 'always', value: true } } }), {})).toMatchObject({ status: 'no' });
  expect(await answer(benefitOf({ condition: { op: 'all', items: [{ op: 'always', value: false }, flag(5)] } }), {})).toMatchObject({ status: 'no' });
});

test('nothing times anything may be anything, and a benefit that names both bounds keeps them', async () => {
  const product: Value = { op: 'times', left: constant(0), right: fact(20) };
  expect(await answer(benefitOf({ amount: { kind: 'exact', value: product } }), {})).toMatchObject({ amount: { low: 0, high: Infinity, missing: [20] } });
  const bonus: Value = { op: 'least', items: [fact(13), constant(500)] };
  expect(await answer(benefitOf({ amount: { kind: 'range', from: constant(100), to: bonus } }), {})).toMatchObject({ amount: { low: 100, high: 500, missing: [13] } });
});

test('a parameter that keeps only a condition of a table open is not named for the amount', async () => {
  const limit: Value = { op: 'defined', definition: '上限' };
  const rows = [constant(1), constant(2)].map((then) => ({ when: { op: 'compare', relation: '≥', left: fact(13), right: limit } as const, then }));
  const policy = {
    ...person,
    definitions: [{ name: '上限', note: {}, type: 'money', value: { op: 'sum', items: [{ op: 'parameter', parameter: '参数money1' }, fact(14)] } } as const],
    benefits: [benefitOf({ amount: { kind: 'exact', value: { op: 'choose', rows, otherwise: constant(3) } } })],
  };
  const kernel = start(await load(policy), policy, setting);
  expectAgreement(kernel, policy, subjectOf({}), setting);
  expect(answersOf(kernel, policy, subjectOf({}))).toMatchObject([{ amount: { low: 1, high: 3, missing: [13, 14], parameters: [] } }]);
});

test('a derived fact is asked for by its base, in whichever word of the mask that is', async () => {
  const served: Condition = { op: 'compare', relation: '≥', left: fact(38), right: constant(5) };
  expect(await answer(benefitOf({ condition: { op: 'all', items: [served, flag(33)] } }), {})).toMatchObject({ status: 'unknown', missing: [11, 33] });
});

test('a leap day moves to 28 February in a common year', async () => {
  const anniversary: Value = { op: 'shift', date: fact(0), unit: 'years', by: constant(1), sign: 1 };
  const condition: Condition = { op: 'compare', relation: '=', left: anniversary, right: constant(20010228) };
  expect(await answer(benefitOf({ condition }), { 0: 20000229 })).toMatchObject({ status: 'yes' });
});

test('a policy of a thousand benefits is split into functions short enough to be optimised', async () => {
  const benefits = Array.from({ length: 40 }, (_, seed) => randomPolicy(seed + 5000)).flatMap((policy, at) =>
    policy.definitions.length === 0 && policy.parameters.length === person.parameters.length ? policy.benefits.map((benefit, i) => ({ ...benefit, id: `benefit-${at}-${i}` })) : [],
  );
  const policy: Policy = { ...person, benefits: Array.from({ length: 1000 }, (_, i) => ({ ...(benefits[i % benefits.length] ?? benefitOf({})), id: `b-${i}`, reviewed: chanceOf(i).once(2) })) };
  const source = generateKernel(policy, testVocabulary);
  const parts = source.split(/^function part/m).slice(1);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.length).toBeLessThan(71_000);
  const kernel = start(await load(policy), policy, setting);
  for (let seed = 0; seed < 20; seed++) expectAgreement(kernel, policy, randomSubject(seed), setting);
});

test('the same policy gives the same text, and a kind of subject without benefits an empty kernel', async () => {
  expect(generateKernel(randomPolicy(7), testVocabulary)).toBe(generateKernel(randomPolicy(7), testVocabulary));
  const policy = { ...person, benefits: [benefitOf({ subject: 'organisation' })] };
  const kernel = start(await load(policy), policy, setting);
  expect(() => kernel(subjectOf({}).slots, [], makeKernelOutput(0, testVocabulary.facts.length, 0))).not.toThrow();
});
