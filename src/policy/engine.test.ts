// The engine against the contract: order, statuses, every kind of amount, instalments, funds and the plan.
import { expect, test } from 'vitest';
import { randomPolicy, testDate, testLiterals, testReferenceData, testVocabulary } from '../../test/support/random-policies.ts';
import { generateKernel, literalsOf } from '../authoring/generate-javascript.ts';
import { type Engine, type EngineOptions, type Evaluation, fundsOf, makeEngine } from './engine.ts';
import { type CompiledPolicy, type KernelFactory, outlineOf } from './kernel.ts';
import type { AmountRule, Benefit, Condition, Policy, Value } from './model.ts';
import { openReference } from './reference.ts';

const slotNamed = (name: string): number => testVocabulary.facts.findIndex((fact) => fact.name === name);
const flag = (name: string): Condition => ({ op: 'flag', slot: slotNamed(name) });
const fact = (name: string): Value => ({ op: 'fact', slot: slotNamed(name) });
const constant = (value: number): Value => ({ op: 'constant', value });
const rate: Value = { op: 'parameter', parameter: '比例' };

const sample = randomPolicy(1);
const words = { zh: '字', en: 'word' };

function benefitOf(id: string, amount: AmountRule, more: Partial<Benefit> = {}): Benefit {
  return {
    id, title: words, kind: 'grant', subject: 'person', clause: '一', also: [], condition: { op: 'always', value: true }, amount,
    funds: [{ fund: '市级', micro: 600_000 }, { fund: '区级', micro: 400_000 }],
    reviewed: false, lead: '人社局', support: [], evidence: [], readings: [], file: `${id}.yaml`, ...more,
  };
}

function policyOf(id: string, benefits: readonly Benefit[], more: Partial<Policy> = {}): Policy {
  return {
    ...sample, id, benefits, definitions: [], matters: [],
    parameters: [{ name: '比例', type: 'share', value: null, words, clause: '一', setBy: '办公室' }],
    readings: [{ name: '口径', question: words, clause: '一', alternatives: [{ name: '宽', words }, { name: '严', words }], inForce: 0 }],
    ...more,
  };
}

async function compile(policy: Policy): Promise<CompiledPolicy> {
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(generateKernel(policy, testVocabulary))}`)) as { person: KernelFactory };
  return { policy: outlineOf(policy), kernels: { person: module.person }, literals: literalsOf(policy) };
}

async function engineOf(policies: readonly Policy[], more: Partial<EngineOptions> = {}): Promise<Engine> {
  return makeEngine({ policies: await Promise.all(policies.map(compile)), vocabularies: { person: testVocabulary }, reference: openReference(testReferenceData), date: testDate, ...more });
}

function evaluated(engine: Engine, facts: Readonly<Record<string, unknown>> = {}): Evaluation {
  const outcome = engine.evaluate({ id: 'p1', subject: 'person', facts });
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  return outcome.result;
}

/** The amount of one benefit. */
async function amountFor(rule: AmountRule, facts: Readonly<Record<string, unknown>> = {}, more: Partial<Benefit> = {}): Promise<unknown> {
  return evaluated(await engineOf([policyOf('a', [benefitOf('b', rule, more)])]), facts).benefits[0]?.amount;
}

const exactly = (value: Value): AmountRule => ({ kind: 'exact', value });

test('the answer has the form of the contract, benefits in the order of the pack', async () => {
  const subsidy = benefitOf('subsidy', exactly(constant(12_000_000)), { condition: flag('全日制'), schedule: { count: 5, months: 12, start: slotNamed('入职日期') } });
  const flat = benefitOf('flat', { kind: 'none' }, { kind: 'right' });
  const denied = benefitOf('denied', exactly(constant(1)), { condition: { op: 'not', item: flag('全日制') } });
  const open = benefitOf('open', { kind: 'unstated' }, { condition: { op: 'all', items: [flag('用人单位.规上'), flag('应届')] } });
  const engine = await engineOf([policyOf('a', [subsidy, flat, denied, open], { matters: [{ name: '同一事项', words, clause: '二', benefits: ['flat', 'subsidy'] }] })]);
  const dues = ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28'];
  expect(engine.evaluate({ id: 'p1', subject: 'person', facts: { 全日制: true, 入职日期: '2024-02-29' } })).toEqual({
    result: {
      id: 'p1',
      benefits: [
        { policy: 'a', benefit: 'subsidy', status: 'yes', amount: { kind: 'exact', totalFen: 12_000_000, instalments: dues.map((due) => ({ due, fen: 2_400_000 })) }, missing: [] },
        { policy: 'a', benefit: 'flat', status: 'yes', amount: { kind: 'none' }, missing: [] },
        { policy: 'a', benefit: 'denied', status: 'no', missing: [] },
        { policy: 'a', benefit: 'open', status: 'unknown', amount: { kind: 'unstated' }, missing: ['应届', '用人单位.规上'] },
      ],
      plan: { take: ['a/subsidy'], leave: [{ benefit: 'a/flat', because: 'a/subsidy' }], totalFen: 12_000_000 },
    },
  });
});

test('an amount is exact only where everything is known', async () => {
  const tax: Value = { op: 'least', items: [fact('年缴个税'), constant(500)] };
  expect(await amountFor(exactly(tax), { 年缴个税: 3 })).toEqual({ kind: 'exact', totalFen: 300 });
  expect(await amountFor(exactly(tax))).toEqual({ kind: 'range', minFen: 0, maxFen: 500, settledBy: 'facts', missing: ['年缴个税'] });
  expect(await amountFor(exactly(fact('年薪')), {}, { per: 'year' })).toEqual({ kind: 'atLeast', minFen: 0, per: 'year', missing: ['年薪'] });
});

test('an amount that waits for a parameter has a ceiling, or is not stated', async () => {
  const share: Value = { op: 'times', left: fact('年薪'), right: rate };
  expect(await amountFor(exactly({ op: 'least', items: [share, constant(700)] }), { 年薪: 1000 })).toEqual({ kind: 'upTo', maxFen: 700, missing: ['比例'] });
  expect(await amountFor(exactly(share))).toEqual({ kind: 'unstated', missing: ['年薪', '比例'] });
});

test('rules that name no exact sum keep their kind', async () => {
  const bonus: Value = { op: 'greatest', items: [fact('奖金'), constant(200)] };
  expect(await amountFor({ kind: 'upTo', value: constant(900) })).toEqual({ kind: 'upTo', maxFen: 900 });
  expect(await amountFor({ kind: 'upTo', value: bonus })).toEqual({ kind: 'unstated', missing: ['奖金'] });
  expect(await amountFor({ kind: 'atLeast', value: bonus })).toEqual({ kind: 'atLeast', minFen: 200, missing: ['奖金'] });
  expect(await amountFor({ kind: 'range', from: constant(100), to: constant(300) })).toEqual({ kind: 'range', minFen: 100, maxFen: 300, settledBy: 'review' });
  expect(await amountFor({ kind: 'range', from: constant(100), to: bonus })).toEqual({ kind: 'atLeast', minFen: 100, missing: ['奖金'] });
  expect(await amountFor({ kind: 'share', micro: 125_000 }, {}, { per: 'project' })).toEqual({ kind: 'share', percent: 12.5, per: 'project' });
  expect(await amountFor({ kind: 'unstated' })).toEqual({ kind: 'unstated' });
});

test('parts are dated only where the start is known, and lose no fen', async () => {
  const more = { schedule: { count: 3, months: 6, start: slotNamed('入职日期') } };
  expect(await amountFor(exactly(constant(100)), {}, more)).toEqual({ kind: 'exact', totalFen: 100 });
  expect(await amountFor(exactly(constant(100)), { 入职日期: '2025-08-31' }, more)).toEqual({
    kind: 'exact',
    totalFen: 100,
    instalments: [{ due: '2026-02-28', fen: 34 }, { due: '2026-08-31', fen: 33 }, { due: '2027-02-28', fen: 33 }],
  });
});

test('the plan counts what is sure, and a reviewed benefit is never promised', async () => {
  const benefits = [
    benefitOf('range', { kind: 'range', from: constant(100), to: constant(900) }),
    benefitOf('ceiling', { kind: 'upTo', value: constant(5000) }),
    benefitOf('floor', { kind: 'atLeast', value: constant(30) }),
    benefitOf('reviewed', exactly(constant(9999)), { reviewed: true }),
  ];
  const { benefits: results, plan } = evaluated(await engineOf([policyOf('a', benefits)]));
  expect(results.map(({ status }) => status)).toEqual(['yes', 'yes', 'yes', 'review']);
  expect(plan).toEqual({ take: ['a/range', 'a/ceiling', 'a/floor'], leave: [], totalFen: 130 });
});

test('benefits of two policies can exclude each other, and some only under a reading', async () => {
  const first = policyOf('a', [benefitOf('x', exactly(constant(10)))], {
    matters: [{ name: '同一事项', words, clause: '二', benefits: ['x', 'b/y', 'elsewhere/z'], under: { reading: '口径', alternative: 1 } }],
  });
  const second = policyOf('b', [benefitOf('y', exactly(constant(20)))]);
  expect(evaluated(await engineOf([first, second])).plan).toEqual({ take: ['a/x', 'b/y'], leave: [], totalFen: 30 });
  expect(evaluated(await engineOf([first, second], { readings: new Map([['口径', 1]]) })).plan).toEqual({
    take: ['b/y'],
    leave: [{ benefit: 'a/x', because: 'b/y' }],
    totalFen: 20,
  });
});

test('parameters given win over those of the policy, and null unsets one', async () => {
  const policy = policyOf('a', [benefitOf('b', exactly({ op: 'times', left: constant(1000), right: rate }))]);
  expect(evaluated(await engineOf([policy], { parameters: new Map([['比例', 400_000]]) })).benefits[0]?.amount).toEqual({ kind: 'exact', totalFen: 400 });
  const set = { ...policy, parameters: policy.parameters.map((parameter) => ({ ...parameter, value: 500_000 })) };
  expect(evaluated(await engineOf([set])).benefits[0]?.amount).toEqual({ kind: 'exact', totalFen: 500 });
  expect(evaluated(await engineOf([set], { parameters: new Map([['比例', null]]) })).benefits[0]?.amount).toEqual({ kind: 'unstated', missing: ['比例'] });
});

test('texts have one number in all policies', async () => {
  const isTitled = (text: string): Condition => ({ op: 'compare', relation: '=', left: fact('职称名称'), right: { op: 'literal', text } });
  const [one = '', two = ''] = testLiterals.keys();
  const engine = await engineOf([
    policyOf('a', [benefitOf('x', { kind: 'none' }, { condition: isTitled(one) })]),
    policyOf('b', [benefitOf('y', { kind: 'none' }, { condition: { op: 'any', items: [isTitled(two), isTitled(one)] } })]),
  ]);
  const statuses = (title: string): string[] => evaluated(engine, { 职称名称: title }).benefits.map(({ status }) => status);
  expect([statuses(one), statuses(two), statuses('别的')]).toEqual([['yes', 'yes'], ['no', 'yes'], ['no', 'no']]);
});

test('a subject of a kind without benefits gets none, and a bad one its problems', async () => {
  const engine = await engineOf([policyOf('a', [benefitOf('b', { kind: 'none' })])]);
  expect(engine.evaluate({ subject: 'team', facts: {} })).toEqual({ result: { id: null, benefits: [], plan: { take: [], leave: [], totalFen: 0 } } });
  expect(engine.evaluate({ id: 'p', subject: 'person', facts: { 全日制: 'yes' } })).toMatchObject({ problems: [{ code: 'not-a-flag', fact: '全日制' }] });
});

test('a run gives the bare outputs of the kernels', async () => {
  const engine = await engineOf([policyOf('a', [benefitOf('b', exactly(constant(7)))])]);
  const bound = engine.bindSubject({ subject: 'person', facts: {} });
  if ('problems' in bound) throw new Error('not bound');
  const [out] = engine.run(bound.subject);
  expect([out?.status[0], out?.low[0], out?.high[0]]).toEqual([1, 7, 7]);
});

test('an engine that cannot answer is not made', async () => {
  const policy = policyOf('a', [benefitOf('b', { kind: 'none' })]);
  await expect(engineOf([policy], { readings: new Map([['口径', 2]]) })).rejects.toThrow(RangeError);
  await expect(engineOf([policy], { vocabularies: {} })).rejects.toThrow('no kernel or no vocabulary');
});

test('funds pay their parts of an amount to the fen', () => {
  expect(fundsOf(benefitOf('b', { kind: 'none' }), 101)).toEqual([{ fund: '市级', fen: 61 }, { fund: '区级', fen: 40 }]);
});
