// The rules of the reference interpreter, each where it differs from what other languages do: unknown facts, above all.
import { expect, test } from 'vitest';
import { randomPolicy, testDate, testLiterals, testVocabulary } from '../../test/support/random-policies.ts';
import type { Subject } from './bind.ts';
import { interpret, judge, makeScene, measure, type Scene } from './interpret.ts';
import type { Benefit, Condition, Definition, Relation, Value } from './model.ts';
import { ABSENT, all, any, FALSE, not, TRUE, type Truth, UNKNOWN } from './values.ts';

const slotNamed = (name: string): number => testVocabulary.facts.findIndex((fact) => fact.name === name);
const fullTime = slotNamed('全日制');
const fresh = slotNamed('应届');
const atPost = slotNamed('在岗');
const salary = slotNamed('年薪');
const tax = slotNamed('年缴个税');
const home = slotNamed('户籍地');
const relatives = slotNamed('亲属常驻地');
const employerKind = slotNamed('用人单位.单位类型');
const large = slotNamed('用人单位.规上');

interface Given {
  readonly facts?: Readonly<Record<number, number>>;
  readonly places?: Readonly<Record<number, readonly number[]>>;
  readonly definitions?: readonly Definition[];
  readonly rate?: number | null;
  readonly reading?: number;
}

function sceneOf({ facts = {}, places = {}, definitions = [], rate = null, reading = 0 }: Given = {}): Scene {
  const subject: Subject = { id: 'p', kind: 'person', slots: new Float64Array(testVocabulary.facts.length).fill(ABSENT), places: [], texts: [], derived: new Uint8Array(testVocabulary.facts.length) };
  for (const [slot, value] of Object.entries(facts)) subject.slots[Number(slot)] = value;
  for (const [slot, codes] of Object.entries(places)) {
    subject.places[Number(slot)] = codes;
    subject.slots[Number(slot)] = codes.length;
  }
  const policy = { ...randomPolicy(1), definitions, benefits: [] };
  const setting = { date: testDate, parameters: new Map([['比例', rate]]), readings: new Map([['口径', reading]]) };
  return makeScene(policy, testVocabulary, subject, setting, testLiterals);
}

const flag = (slot: number): Condition => ({ op: 'flag', slot });
const fact = (slot: number): Value => ({ op: 'fact', slot });
const constant = (value: number): Value => ({ op: 'constant', value });
const compare = (relation: Relation, left: Value, right: Value): Condition => ({ op: 'compare', relation, left, right });
const row = (when: Condition, then: number): { when: Condition; then: Value } => ({ when, then: constant(then) });

function judged(condition: Condition, given?: Given): { truth: Truth; missing: number[] } {
  const { truth, missing } = judge(condition, sceneOf(given));
  return { truth, missing: [...missing] };
}

function measured(value: Value, given?: Given): { low: number; high: number; missing: number[]; parameters: string[] } {
  const { low, high, missing, parameters } = measure(value, sceneOf(given));
  return { low, high, missing: [...missing], parameters: [...parameters] };
}

const truths: readonly Truth[] = [TRUE, FALSE, UNKNOWN];

test('conjunction, disjunction and negation are those of Kleene, in words and in bits', () => {
  // Order of truth: false, unknown, true; "and" is the least, "or" the greatest.
  const rank = (truth: Truth): number => [FALSE, UNKNOWN, TRUE].indexOf(truth);
  const given = (a: Truth, b: Truth): Given => ({ facts: { [fullTime]: a === UNKNOWN ? ABSENT : a, [fresh]: b === UNKNOWN ? ABSENT : b } });
  for (const a of truths) {
    for (const b of truths) {
      const least = rank(a) < rank(b) ? a : b;
      const greatest = rank(a) < rank(b) ? b : a;
      expect(judged({ op: 'all', items: [flag(fullTime), flag(fresh)] }, given(a, b)).truth).toBe(least);
      expect(judged({ op: 'any', items: [flag(fullTime), flag(fresh)] }, given(a, b)).truth).toBe(greatest);
      expect([all([a, b]), any([a, b])]).toEqual([least, greatest]);
      expect([(a & b & 1) | ((a | b) & 2), ((a | b) & 1) | (a & b & 2)]).toEqual([least, greatest]);
    }
    expect(rank(judged({ op: 'not', item: flag(fullTime) }, given(a, TRUE)).truth)).toBe(2 - rank(a));
    expect(((a << 1) | (a >> 1)) & 3).toBe(not(a));
  }
});

test('missing are the unknown members of what is neither true nor false', () => {
  const condition: Condition = { op: 'all', items: [flag(fullTime), { op: 'any', items: [flag(fresh), flag(atPost)] }] };
  expect(judged(condition)).toEqual({ truth: UNKNOWN, missing: [fullTime, fresh, atPost] });
  expect(judged(condition, { facts: { [fresh]: TRUE } })).toEqual({ truth: UNKNOWN, missing: [fullTime] });
  expect(judged(condition, { facts: { [fullTime]: FALSE } })).toEqual({ truth: FALSE, missing: [] });
  expect(judged(compare('>', fact(salary), fact(tax)), { facts: { [tax]: 1 } })).toEqual({ truth: UNKNOWN, missing: [salary] });
});

test('a derived fact is asked for by the fact that it is derived from', () => {
  expect(judged(compare('≤', fact(slotNamed('年龄')), constant(35))).missing).toEqual([slotNamed('出生日期')]);
  expect(judged({ op: 'has', slot: slotNamed('院校类别'), mask: 1 }).missing).toEqual([slotNamed('毕业院校')]);
});

test('equality and membership with what is not known are not known', () => {
  expect(judged(compare('=', fact(salary), fact(salary))).truth).toBe(UNKNOWN);
  expect(judged({ op: 'among', left: fact(slotNamed('学历')), right: [constant(3)] }).truth).toBe(UNKNOWN);
});

test('nobody has facts of an employer that there is not', () => {
  const condition: Condition = { op: 'employed', item: { op: 'not', item: flag(large) } };
  expect(judged(condition, { facts: { [employerKind]: 0 } })).toEqual({ truth: FALSE, missing: [] });
  expect(judged(condition, { facts: { [employerKind]: 1 } })).toEqual({ truth: UNKNOWN, missing: [large] });
  expect(judged(condition, { facts: { [large]: FALSE } })).toEqual({ truth: TRUE, missing: [] });
});

test('a place wider than the one asked about is not known to lie in it', () => {
  const inCity: Condition = { op: 'within', slot: home, place: 220200, many: false };
  const wanted: readonly (readonly [number, Truth])[] = [[220200, TRUE], [220202, TRUE], [220299, TRUE], [220000, UNKNOWN], [220100, FALSE], [110000, FALSE]];
  for (const [code, truth] of wanted) expect(judged(inCity, { facts: { [home]: code } }).truth, `place ${code}`).toBe(truth);
  expect(judged(inCity, { facts: { [home]: 220000 } }).missing).toEqual([home]);
  expect(judged({ ...inCity, place: 220202 }, { facts: { [home]: 220200 } }).truth).toBe(UNKNOWN);
});

test('of several places one suffices, a wide one leaves it open, and none at all is no', () => {
  const inCity: Condition = { op: 'within', slot: relatives, place: 220200, many: true };
  expect(judged(inCity, { places: { [relatives]: [220000, 220202] } }).truth).toBe(TRUE);
  expect(judged(inCity, { places: { [relatives]: [110000, 220000] } })).toEqual({ truth: UNKNOWN, missing: [relatives] });
  expect(judged(inCity, { places: { [relatives]: [110000] } }).truth).toBe(FALSE);
  expect(judged(inCity, { places: { [relatives]: [] } }).truth).toBe(FALSE);
  expect(judged(inCity).truth).toBe(UNKNOWN);
});

test('a choice table takes the first true row, and spans the rows that unknown facts still allow', () => {
  const table: Value = { op: 'choose', rows: [row(flag(fullTime), 300), row(flag(fresh), 100)], otherwise: constant(50) };
  expect(measured(table, { facts: { [fullTime]: TRUE } })).toMatchObject({ low: 300, high: 300, missing: [] });
  expect(measured(table, { facts: { [fullTime]: FALSE, [fresh]: FALSE } })).toMatchObject({ low: 50, high: 50 });
  expect(measured(table, { facts: { [fresh]: TRUE } })).toMatchObject({ low: 100, high: 300, missing: [fullTime] });
  expect(measured(table, { facts: { [fullTime]: FALSE } })).toMatchObject({ low: 50, high: 100, missing: [fresh] });
  const same: Value = { op: 'choose', rows: [row(flag(fullTime), 100)], otherwise: constant(100) };
  expect(measured(same)).toMatchObject({ low: 100, high: 100, missing: [] });
  expect(measured({ op: 'choose', rows: [row(flag(fullTime), 100)] }, { facts: { [fullTime]: FALSE } })).toMatchObject({ low: 0, high: 0 });
});

test('unknown numbers lie anywhere from zero up, and bounds follow through sums, least, greatest and products', () => {
  expect(measured({ op: 'sum', items: [fact(salary), constant(5)] })).toEqual({ low: 5, high: Infinity, missing: [salary], parameters: [] });
  expect(measured({ op: 'least', items: [fact(salary), constant(5)] })).toMatchObject({ low: 0, high: 5, missing: [salary] });
  expect(measured({ op: 'greatest', items: [fact(salary), constant(5)] })).toMatchObject({ low: 5, high: Infinity });
  expect(measured({ op: 'above', left: constant(5), right: fact(salary) })).toMatchObject({ low: 0, high: 5 });
  const share: Value = { op: 'times', left: constant(1000), right: { op: 'parameter', parameter: '比例' } };
  expect(measured(share)).toEqual({ low: 0, high: Infinity, missing: [], parameters: ['比例'] });
  expect(measured(share, { rate: 400_000 })).toEqual({ low: 400, high: 400, missing: [], parameters: [] });
});

test('definitions and readings stand for what they name', () => {
  const definitions: Definition[] = [
    { name: '条件', note: {}, condition: { op: 'reading', reading: '口径', branches: [flag(fullTime), flag(fresh)] } },
    { name: '金额', note: {}, type: 'money', value: { op: 'choose', rows: [row({ op: 'defined', definition: '条件' }, 7)], otherwise: constant(3) } },
  ];
  const facts = { [fullTime]: TRUE, [fresh]: FALSE };
  expect(measured({ op: 'defined', definition: '金额' }, { definitions, facts })).toMatchObject({ low: 7, high: 7 });
  expect(measured({ op: 'defined', definition: '金额' }, { definitions, facts, reading: 1 })).toMatchObject({ low: 3, high: 3 });
  expect(judged(compare('=', { op: 'chosen', reading: '口径' }, constant(1)), { reading: 1 }).truth).toBe(TRUE);
});

test('what only a review decides is for the review; anything else that is missing is asked for', () => {
  const [model] = randomPolicy(1).benefits;
  const statusOf = (condition: Condition, reviewed: boolean, given?: Given): string =>
    interpret({ ...(model as Benefit), condition, amount: { kind: 'none' }, reviewed }, sceneOf(given)).status;
  const both: Condition = { op: 'all', items: [flag(atPost), flag(fullTime)] };
  expect(statusOf(both, false)).toBe('unknown');
  expect(statusOf(both, false, { facts: { [fullTime]: TRUE } })).toBe('review');
  expect(statusOf(both, false, { facts: { [fullTime]: TRUE, [atPost]: TRUE } })).toBe('yes');
  expect(statusOf(both, true, { facts: { [fullTime]: TRUE, [atPost]: TRUE } })).toBe('review');
  expect(statusOf(both, true, { facts: { [atPost]: FALSE } })).toBe('no');
});
