// Puts bound subjects into a population table, and reads what generated SQL says of them back into the form of a kernel's output.
import type pg from 'pg';
import { columnType, generatePopulationTable, quoteName } from '../../src/authoring/generate-sql.ts';
import type { Subject } from '../../src/policy/bind.ts';
import { formatDate } from '../../src/policy/calendar.ts';
import { type KernelOutput, wordCount } from '../../src/policy/kernel.ts';
import type { Fact, Policy, Vocabulary } from '../../src/policy/model.ts';
import { ABSENT, TRUE } from '../../src/policy/values.ts';

const batchSize = 10_000;

/** Creates the table and loads the subjects, with ids from 1 in their order; what was derived is left to the SQL. */
export async function loadPopulation(client: pg.Client, vocabulary: Vocabulary, table: string, subjects: readonly Subject[]): Promise<void> {
  await client.query(generatePopulationTable(vocabulary, table));
  const { facts } = vocabulary;
  // An array of arrays would be taken for one array of two dimensions, so sets of places travel as texts.
  const parameters = facts.map((fact, i) => `$${i + 2}::${fact.type === 'places' ? 'text' : columnType(fact)}[]`);
  const columns = facts.map((fact, i) => `c${i}${fact.type === 'places' ? '::integer[]' : ''}`);
  const insert = `insert into ${quoteName(table)} select ${['id', ...columns].join(', ')} from unnest(${['$1::bigint[]', ...parameters].join(', ')}) as u(${['id', ...facts.map((_, i) => `c${i}`)].join(', ')})`;
  for (let from = 0; from < subjects.length; from += batchSize) {
    const batch = subjects.slice(from, from + batchSize);
    const ids = batch.map((_, i) => from + i + 1);
    // Texts of arrays put together here are several times faster than the driver's.
    await client.query(insert, [`{${ids.join(',')}}`, ...facts.map((fact) => `{${batch.map((subject) => cellOf(fact, subject)).join(',')}}`)]);
  }
  await client.query(`analyze ${quoteName(table)}`);
}

function cellOf(fact: Fact, subject: Subject): string {
  const value = subject.slots[fact.slot] ?? ABSENT;
  if (value === ABSENT || subject.derived[fact.slot] === 1) return 'NULL';
  switch (fact.type) {
    case 'flag':
      return value === TRUE ? 't' : 'f';
    case 'date':
      return formatDate(value);
    case 'text':
      return `"${(subject.texts[fact.slot] ?? '').replace(/["\\]/g, '\\$&')}"`;
    case 'places':
      return `"{${(subject.places[fact.slot] ?? []).join(',')}}"`;
    default:
      return String(value);
  }
}

/**
 * Reads one row, queried with `rowMode: 'array'`, into a kernel's output with as many benefits.
 * @returns the row's id.
 */
export function readRow(row: readonly unknown[], policy: Policy, vocabulary: Vocabulary, out: KernelOutput): number {
  const words = wordCount(vocabulary.facts.length);
  const parameterWords = wordCount(policy.parameters.length);
  let at = 1;
  const take = (): number => Number(row[at++] ?? 0);
  for (let benefit = 0; benefit < out.status.length; benefit++) {
    out.status[benefit] = take();
    for (let word = 0; word < words; word++) out.missing[benefit * words + word] = take();
    const isPaid = row[at] !== null;
    out.low[benefit] = take();
    const isUnbounded = isPaid && row[at] === null;
    const high = take();
    out.high[benefit] = isUnbounded ? Infinity : high;
    for (let word = 0; word < words; word++) out.amountMissing[benefit * words + word] = take();
    for (let word = 0; word < parameterWords; word++) out.amountParameters[benefit * parameterWords + word] = take();
  }
  return Number(row[0]);
}
