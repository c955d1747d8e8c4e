// Generated SQL must say what the reference interpreter says, for random policies and random people, in a real PostgreSQL.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../test/support/postgres.ts';
import { randomPolicy, randomSetting, randomSubject, testDate, testLiterals, testReferenceData, testVocabulary } from '../../test/support/random-policies.ts';
import { loadPopulation, readRow } from '../../test/support/sql-population.ts';
import type { Subject } from '../policy/bind.ts';
import { wholeYears } from '../policy/calendar.ts';
import { interpret, makeScene, type Scene, type Setting } from '../policy/interpret.ts';
import { bitsOf, type KernelOutput, makeKernelOutput, statusOfCode, wordCount } from '../policy/kernel.ts';
import type { AmountRule, Benefit, Condition, Policy, Value, Vocabulary } from '../policy/model.ts';
import { classesOfUniversity } from '../policy/universities.ts';
import { ABSENT } from '../policy/values.ts';
import { generatePopulationTable, generateSql } from './generate-sql.ts';

const { universities } = testReferenceData;
const crowd = `people_${randomUUID()}`;
const people = Array.from({ length: 400 }, (_, i) => randomSubject(i + 1));
let client: pg.Client;

beforeAll(async () => {
  client = await connect();
  await client.query('set jit = off');
  await loadPopulation(client, testVocabulary, crowd, people);
});
afterAll(async () => {
  await client.query(`drop table "${crowd}"`);
  await client.end();
});

/** One benefit's answer in a form that a failing test shows well; the amount counts only where something may be paid. */
interface Answer {
  readonly status: string | undefined;
  readonly missing: readonly number[];
  readonly amount: { low: number; high: number; missing: readonly number[]; parameters: readonly number[] } | undefined;
}

function wantedOf(policy: Policy, scene: Scene): Answer[] {
  return policy.benefits.map((benefit) => {
    const { status, missing, amount } = interpret(benefit, scene);
    const parameters = policy.parameters.flatMap(({ name }, index) => (amount.parameters.has(name) ? [index] : []));
    const { low, high } = amount;
    return { status, missing, amount: status === 'no' ? undefined : { low, high, missing: [...amount.missing].sort((a, b) => a - b), parameters } };
  });
}

function answersOf(out: KernelOutput, policy: Policy, vocabulary: Vocabulary): Answer[] {
  const words = wordCount(vocabulary.facts.length);
  return policy.benefits.map((_, k) => {
    const status = statusOfCode[out.status[k] ?? 0];
    const [low = NaN, high = NaN] = [out.low[k], out.high[k]];
    const amount = { low, high, missing: bitsOf(out.amountMissing, k, words), parameters: bitsOf(out.amountParameters, k, wordCount(policy.parameters.length)) };
    return { status, missing: bitsOf(out.missing, k, words), amount: status === 'no' ? undefined : amount };
  });
}

async function answers(sql: string, policy: Policy, vocabulary: Vocabulary): Promise<Map<number, Answer[]>> {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
  const out = makeKernelOutput(policy.benefits.length, vocabulary.facts.length, policy.parameters.length);
  return new Map(rows.map((row) => [readRow(row, policy, vocabulary, out), answersOf(out, policy, vocabulary)]));
}

function textOf(of: readonly Answer[] | undefined): string {
  return JSON.stringify(of, (_, value: unknown) => (value === Infinity ? 'Infinity' : value));
}

/** Ids of the people whom SQL and interpreter disagree on. */
function disagreements(found: ReadonlyMap<number, Answer[]>, policy: Policy, setting: Setting): number[] {
  return people.flatMap((person, i) => {
    const wanted = wantedOf(policy, makeScene(policy, testVocabulary, person, setting, testLiterals));
    return textOf(found.get(i + 1)) === textOf(wanted) ? [] : [i + 1];
  });
}

test('on random policies and people, SQL agrees with the interpreter', async () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const policy = randomPolicy(seed);
    const setting = randomSetting(seed, policy);
    const found = await answers(generateSql(policy, testVocabulary, 'person', setting, { table: crowd, universities }), policy, testVocabulary);
    expect(found.size).toBe(people.length);
    // Of those who differ the first few are enough to see why.
    for (const id of disagreements(found, policy, setting).slice(0, 3)) {
      const person = people[id - 1] ?? randomSubject(0);
      expect(found.get(id), `${policy.id}, ${String(person.id)}`).toEqual(wantedOf(policy, makeScene(policy, testVocabulary, person, setting, testLiterals)));
    }
    for (const answer of found.values()) for (const { status, amount } of answer) kinds.add(`${status} ${amount === undefined ? '' : amount.low === amount.high ? 'exact' : 'open'}`);
  }
  // A comparison of nothing but "unknown" would prove little.
  expect([...kinds].sort()).toEqual(['no ', 'review exact', 'review open', 'unknown exact', 'unknown open', 'yes exact', 'yes open']);
});

test('a generated operator that is wrong is noticed', async () => {
  const policy = randomPolicy(2);
  const setting = randomSetting(2, policy);
  const sql = generateSql(policy, testVocabulary, 'person', setting, { table: crowd, universities });
  expect(disagreements(await answers(sql, policy, testVocabulary), policy, setting)).toEqual([]);
  for (const [right, wrong] of [[' >= ', ' > '], ['is not false', 'is true'], ['coalesce(least(', 'coalesce(greatest('], ['is null then', 'is not null then']] as const) {
    expect(sql).toContain(right);
    expect(disagreements(await answers(sql.replaceAll(right, wrong), policy, testVocabulary), policy, setting), `${right} as ${wrong}`).not.toEqual([]);
  }
});

const model = randomPolicy(1);
const fact = (slot: number): Value => ({ op: 'fact', slot });
const constant = (value: number): Value => ({ op: 'constant', value });
const exact = (value: Value): AmountRule => ({ kind: 'exact', value });

/** A policy with one benefit for each pair of a condition and a value to be paid. */
function policyOf(benefits: readonly { readonly condition?: Condition; readonly value?: Value; readonly amount?: AmountRule }[]): Policy {
  const [benefit] = model.benefits;
  if (benefit === undefined) throw new Error('the model policy has no benefit');
  const filled = benefits.map(({ condition = { op: 'always', value: true }, value, amount }, k): Benefit => {
    const rule: AmountRule = amount ?? (value === undefined ? { kind: 'none' } : exact(value));
    return { ...benefit, id: `benefit-${k}`, condition, amount: rule, reviewed: false };
  });
  return { ...model, definitions: [], benefits: filled };
}

interface Asked {
  readonly vocabulary?: Vocabulary;
  readonly date?: number;
  readonly universities?: readonly (readonly [string, number])[];
  readonly table?: string;
}

/** A subject with these facts, given by slot as the engine holds them; texts and places as they are. */
function subjectOf(facts: Readonly<Record<number, number | string | readonly number[]>>, vocabulary: Vocabulary, literals: ReadonlyMap<string, number>): Subject {
  const count = vocabulary.facts.length;
  const subject: Subject = { id: null, kind: 'person', slots: new Float64Array(count).fill(ABSENT), places: [], texts: [], derived: new Uint8Array(count) };
  for (const [key, value] of Object.entries(facts)) {
    const slot = Number(key);
    if (typeof value === 'string') subject.texts[slot] = value;
    if (typeof value === 'object') subject.places[slot] = value;
    subject.slots[slot] = typeof value === 'number' ? value : typeof value === 'string' ? (literals.get(value) ?? 0) : value.length;
  }
  return subject;
}

/** What SQL says of each subject, after making sure that the interpreter says the same; derived facts are left to the SQL. */
async function ask(policy: Policy, facts: readonly Parameters<typeof subjectOf>[0][], derive: (subject: Subject) => void, asked: Asked = {}, literals = testLiterals): Promise<(Answer[] | undefined)[]> {
  const { vocabulary = testVocabulary, date = testDate, table = `few_${randomUUID()}` } = asked;
  const setting: Setting = { date, parameters: new Map(), readings: new Map() };
  const subjects = facts.map((given) => subjectOf(given, vocabulary, literals));
  await loadPopulation(client, vocabulary, table, subjects);
  const sql = generateSql(policy, vocabulary, 'person', setting, { table, universities: asked.universities ?? universities });
  const found = await answers(sql, policy, vocabulary);
  await client.query(`drop table "${table.replaceAll('"', '""')}"`);
  subjects.forEach((subject, i) => {
    derive(subject);
    expect(found.get(i + 1)).toEqual(wantedOf(policy, makeScene(policy, vocabulary, subject, setting, literals)));
  });
  return subjects.map((_, i) => found.get(i + 1));
}

const nothing = (): void => {};

test('29 February plus n years is 28 February of a common year, in ages and in moved dates', async () => {
  const births = [20000228, 20000229, 20000301];
  const moved = ([unit, by, sign]: readonly ['years' | 'months' | 'days', number, 1 | -1]): { value: Value } => ({ value: { op: 'shift', date: fact(0), unit, by: constant(by), sign } });
  const policy = policyOf([
    { value: fact(1) },
    { value: { op: 'elapsed', from: fact(0), to: fact(8) } },
    ...([['years', 21, 1], ['years', 20, 1], ['years', 100, -1], ['months', 11, 1], ['months', 252, 1], ['months', 48, 1], ['months', 1, -1], ['days', 365, 1], ['days', 60, -1]] as const).map(moved),
  ]);
  const ages = { 20210227: [20, 20, 20], 20210228: [21, 21, 20], 20210301: [21, 21, 21], 20240228: [24, 23, 23], 20240229: [24, 24, 23] };
  for (const [key, wanted] of Object.entries(ages)) {
    const date = Number(key);
    const born = births.map((birth) => ({ 0: birth, 8: date }));
    const found = await ask(policy, born, (subject) => (subject.slots[1] = wholeYears(subject.slots[0] ?? 0, date)), { date });
    expect(found.map((of) => of?.[0]?.amount?.low)).toEqual(wanted);
    expect(found.map((of) => of?.[1]?.amount?.low)).toEqual(wanted);
    expect(found[1]?.slice(2).map((of) => of.amount?.low)).toEqual([20210228, 20200229, 19000228, 20010129, 20210228, 20040229, 20000129, 20010228, 19991231]);
  }
});

test('shares of money are rounded half up, and what is unbounded stays so', async () => {
  const times = (left: Value, right: Value): Value => ({ op: 'times', left, right });
  const half = constant(500_000);
  const policy = policyOf([
    { value: times(fact(13), half) },
    { value: times(fact(13), fact(20)) },
    { value: times(half, fact(13)) },
    { value: times(fact(13), constant(0)) },
    { value: { op: 'above', left: constant(700), right: times(fact(13), half) } },
    { value: { op: 'above', left: times(fact(13), half), right: constant(700) } },
    { amount: { kind: 'range', from: constant(5), to: fact(13) } },
    { value: { op: 'least', items: [times(fact(13), half), constant(700)] } },
    { value: { op: 'sum', items: [fact(13), fact(14)] } },
  ]);
  const found = await ask(policy, [{ 13: 1, 20: 499_999 }, { 13: 3, 20: 1_500_000 }, { 13: 100_000_000_000_001, 20: 333_333 }, {}], nothing);
  const bounds = found.map((of) => of?.map(({ amount }) => (amount?.low === amount?.high ? amount?.low : [amount?.low, amount?.high])));
  expect(bounds.map((of) => of?.slice(0, 3))).toEqual([[1, 0, 1], [2, 5, 2], [50_000_000_000_001, 33_333_300_000_000, 50_000_000_000_001], [[0, Infinity], [0, Infinity], [0, Infinity]]]);
  expect(bounds[3]?.slice(3)).toEqual([[0, Infinity], [0, 700], [0, Infinity], [5, Infinity], [0, 700], [0, Infinity]]);
});

test('amounts beyond what a bigint holds count as unbounded instead of failing', async () => {
  const policy = policyOf([{ value: { op: 'times', left: fact(13), right: fact(19) } }]);
  const table = `huge_${randomUUID()}`;
  await loadPopulation(client, testVocabulary, table, [subjectOf({ 13: 1e14, 19: 1e15 }, testVocabulary, testLiterals)]);
  const sql = generateSql(policy, testVocabulary, 'person', { date: testDate, parameters: new Map(), readings: new Map() }, { table, universities });
  const { rows } = await client.query<{ l0: string; h0: string | null }>(sql);
  await client.query(`drop table "${table}"`);
  expect(rows).toMatchObject([{ l0: '9000000000000000000', h0: null }]);
});

test('names and texts with quotes, backslashes and the look of our own columns stay what they are', async () => {
  const texts = ["O'Neil", 'c0', "'; drop table f1; --", String.raw`a\'b`, '"f6"', '$1'];
  const literals = new Map(texts.map((text, i) => [text, i + 1]));
  const vocabulary: Vocabulary = { subject: 'person', facts: [{ name: `职称"名'称; --`, slot: 0, type: 'text', from: '申报', en: 'title' }] };
  const policy = policyOf(texts.map((text) => ({ condition: { op: 'compare', relation: '=', left: fact(0), right: { op: 'literal', text } } })));
  const found = await ask(policy, [...texts, 'else'].map((text) => ({ 0: text })), nothing, { vocabulary, table: `a"b'${randomUUID()}` }, literals);
  expect(found.map((of) => of?.map(({ status }) => status === 'yes'))).toEqual([...texts, 'else'].map((text) => texts.map((other) => other === text)));
  expect(() => generatePopulationTable(vocabulary, '名'.repeat(22))).toThrow('63 bytes');
});

test('universities are found by any spelling of spaces and brackets; one not listed has no class', async () => {
  const listed = [["Queen's(北京)大学", 2], ['c0大学', 4], ["Queen's(北京)大学", 1]] as const;
  const policy = policyOf([{ condition: { op: 'has', slot: 7, mask: 1 } }, { condition: { op: 'has', slot: 7, mask: 4 } }]);
  const classes = [1, 1, 4, 4, 0, 0];
  const names = ["Queen's(北京)大学", " Queen's （北京\u3000）大\u00a0学", 'c0 大学', 'c0\u200b大\u00ad学\u2060', '无名', ' '];
  const studied = names.map((name, i) => ({ 6: name, 13: i }));
  const derive = (subject: Subject): void => void (subject.slots[7] = classes[subject.slots[13] ?? 0] ?? 0);
  const found = await ask(policy, studied, derive, { universities: listed });
  expect(found.map((of) => of?.map(({ status }) => status))).toEqual([['yes', 'no'], ['yes', 'no'], ['no', 'yes'], ['no', 'yes'], ['no', 'no'], ['no', 'no']]);
  expect(await ask(policy, [{ 6: '清华大学' }, {}, { 6: '无名', 7: 5 }], (subject) => subject.texts[6] === '清华大学' && (subject.slots[7] = 0), { universities: [] })).toMatchObject([
    [{ status: 'no' }, { status: 'no' }],
    [{ status: 'unknown', missing: [6] }, { status: 'unknown', missing: [6] }],
    [{ status: 'yes' }, { status: 'yes' }],
  ]);
});

test('a campus is its university; a listed name that goes on is not settled, as in the engine', async () => {
  const listed = [['甲乙大学', 4], ['甲大', 4], ['甲乙大学丙学院', 0], ['丁大学', 0], ['戊大学(某地)', 4], ['己大', -1]] as const;
  const list = { universities: listed, universityClasses: [] };
  const policy = policyOf([{ condition: { op: 'has', slot: 7, mask: 4 } }]);
  const names =
    '甲乙大学 甲乙大学南校区 甲乙大学（南校区） 甲乙大学南（校区） 甲乙大学学院路校区 甲乙大学大学城校区 甲大南校\u3000区 甲乙大学丙学院 甲乙大学丙学院南校区 甲乙大学丁学院 甲乙大学丁学院南校区 ' +
    '甲乙大学(某地) 甲乙大学一二三四五六七八九校区 甲乙大学𠮷𠮷𠮷𠮷𠮷𠮷𠮷校区 丁大学 丁大学学院 戊大学（某地）校区 戊大学 己大 己大东校区 校区 大学 大学校区 无大学名 JiayiUniversity 甲乙大學 MIT南校区';
  const classes = names.split(' ').map((name) => classesOfUniversity(name, list));
  expect(new Set(classes)).toEqual(new Set([4, 0, -1]));
  const derive = (subject: Subject): void => void (subject.slots[7] = classes[subject.slots[13] ?? 0] ?? 0);
  const found = await ask(policy, names.split(' ').map((name, i) => ({ 6: name, 13: i })), derive, { universities: listed });
  const expected = classes.map((bits) => (bits === 4 ? 'yes' : bits === 0 ? 'no' : 'unknown'));
  expect(names.split(' ').map((name, i) => [name, found[i]?.[0]?.status])).toEqual(names.split(' ').map((name, i) => [name, expected[i]]));
});

test('a wider place than asked about is unknown, of one place and of many', async () => {
  const wanted = [220000, 220200, 220202];
  const policy = policyOf([false, true].flatMap((many) => wanted.map((place) => ({ condition: { op: 'within', slot: many ? 3 : 2, place, many } as const }))));
  const found = await ask(policy, [220000, 220200, 220202, 220203, 220271, 110105].map((code) => ({ 2: code, 3: [110000, code] })), nothing);
  const signs = found.map((of) => of?.map(({ status }) => status).join(' '));
  expect(signs).toEqual(['yes unknown unknown', 'yes yes unknown', 'yes yes yes', 'yes yes no', 'yes yes no', 'no no no'].map((line) => `${line} ${line}`));
  expect((await ask(policy, [{ 3: [] }], nothing))[0]?.slice(3).map(({ status }) => status)).toEqual(['no', 'no', 'no']);
});

test('a table without a row that fits gives the date 0, and the query goes on', async () => {
  const never: Condition = { op: 'compare', relation: '<', left: fact(13), right: constant(0) };
  const date: Value = { op: 'choose', rows: [{ when: never, then: { op: 'today' } }] };
  const condition: Condition = { op: 'compare', relation: '<', left: { op: 'shift', date, unit: 'days', by: constant(1), sign: 1 }, right: { op: 'today' } };
  const policy = policyOf([{ condition }]);
  const sql = generateSql(policy, testVocabulary, 'person', { date: testDate, parameters: new Map(), readings: new Map() }, { table: crowd, universities });
  await expect(client.query(sql)).resolves.toMatchObject({ rowCount: people.length });
});

test('other kinds of subjects are left out, and a derived fact that is given wins', async () => {
  const policy = policyOf([{ value: fact(1) }, {}]);
  const [first, second] = policy.benefits;
  if (first === undefined || second === undefined) throw new Error('no benefits');
  const mixed: Policy = { ...policy, benefits: [{ ...first, subject: 'project' }, second] };
  const sql = generateSql(mixed, testVocabulary, 'person', { date: testDate, parameters: new Map(), readings: new Map() }, { table: crowd, universities });
  expect(sql).toMatch(/ as s0\b/);
  expect(sql).not.toMatch(/ as s1\b/);
  const found = await ask(policyOf([{ value: fact(1) }]), [{ 0: 20000101, 1: 7 }, {}], nothing);
  expect(found[0]?.[0]?.amount).toMatchObject({ low: 7, high: 7 });
  expect(found[1]?.[0]?.amount).toMatchObject({ low: 0, high: Infinity, missing: [0] });
});
