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
import { ABSENT, TRUE } from '../policy/values.ts';
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
    const [wrong] = disagreements(found, policy, setting);
    if (wrong !== undefined) {
      const person = people[wrong - 1] ?? randomSubject(0);
      const wanted = wantedOf(policy, makeScene(policy, testVocabulary, person, setting, testLiterals));
      expect(found.get(wrong), `${policy.id}, ${String(person.id)}`).toEqual(wanted);
    }
    for (const answer of found.values()) for (const { status, amount } of answer) kinds.add(`${status} ${amount === undefined ? '' : amount.low === amount.high ? 'exact' : 'open'}`);
  }
  // A comparison of nothing but "unknown" would prove little.
  expect([...kinds].sort()).toEqual(['no ', 'review exact', 'review open', 'unknown exact', 'unknown open', 'yes exact', 'yes open']);
});
