// Temporary measurement of generated SQL.
import { test } from 'vitest';
import { connect } from '../../test/support/postgres.ts';
import { randomPolicy, randomSetting, randomSubject, testReferenceData, testVocabulary } from '../../test/support/random-policies.ts';
import { loadPopulation, readRow } from '../../test/support/sql-population.ts';
import { makeKernelOutput } from '../policy/kernel.ts';
import type { Policy } from '../policy/model.ts';
import { generateSql } from './generate-sql.ts';
test('bench', async () => {
  const client = await connect();
  await client.query('set jit = off');
  const N = 100_000;
  const people = Array.from({ length: N }, (_, i) => randomSubject(i + 1));
  let t = performance.now();
  const lap = (what: string) => { const now = performance.now(); console.log(what, Math.round(now - t)); t = performance.now(); };
  await loadPopulation(client, testVocabulary, 'bench_p', people);
  lap('load');
  for (const base of [100, 200, 300]) {
    const parts = Array.from({ length: 10 }, (_, i) => JSON.parse(JSON.stringify(randomPolicy(base + i)).replaceAll('定义', `${i}定义`).replaceAll('参数', `${i}参数`).replaceAll('问题', `${i}问题`)) as Policy);
    const [first] = parts;
    if (first === undefined) return;
    const policy: Policy = { ...first, parameters: parts.flatMap((p) => p.parameters), readings: parts.flatMap((p) => p.readings), definitions: parts.flatMap((p) => p.definitions), benefits: parts.flatMap((p) => p.benefits).slice(0, 20) };
    t = performance.now();
    const sql = generateSql(policy, testVocabulary, 'person', randomSetting(base, policy), { table: 'bench_p', universities: testReferenceData.universities });
    lap(`${policy.benefits.length} benefits, generate, ${sql.length} chars, ${sql.split('offset 0').length} layers`);
    await client.query(`explain ${sql}`);
    lap('plan');
    const names = [...sql.slice(0, sql.indexOf('\nfrom')).matchAll(/ as ([a-z]\d+(?:_\d+)?),?$/gm)].map((m) => m[1]);
    await client.query(`select ${names.map((n) => `count(${n})`).join(', ')} from (${sql} offset 0) as x`);
    lap('run in server, counting');
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    lap('run and transfer');
    const out = makeKernelOutput(policy.benefits.length, testVocabulary.facts.length, policy.parameters.length);
    for (const row of rows) readRow(row, policy, testVocabulary, out);
    lap('read rows');
    const plan = await client.query<{ 'QUERY PLAN': string }>(`explain analyze ${sql}`); console.log(plan.rows.map((r) => r['QUERY PLAN']).join('\n'));
  }
  await client.query('drop table bench_p');
  await client.end();
}, 200_000);
