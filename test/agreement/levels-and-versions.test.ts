// Levels and versions answer alike however they are run: the interpreter, generated JavaScript and SQL; the plan over levels is exact.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePolicy } from '../../src/authoring/build-packs.ts';
import { generateSql } from '../../src/authoring/generate-sql.ts';
import { loadChain } from '../../src/authoring/workspace.ts';
import {
  type Benefit, type CompiledPolicy, type Engine, interpretPolicy, makeAsker, makeEngine, makeExplainer, openReference, parseDate, type Policy, type Subject,
} from '../../src/policy/index.ts';
import { makeKernelOutput, statusOfCode } from '../../src/policy/kernel.ts';
import { levelCities, versionCity } from '../support/level-packs.ts';
import { connect } from '../support/postgres.ts';
import { randomPolicy } from '../support/random-policies.ts';
import { type Files, projectWorkspace, withCities } from '../support/small-pack.ts';
import { loadPopulation, readRow } from '../support/sql-population.ts';

const { vocabularies, reference: data } = projectWorkspace();
const vocabulary = vocabularies.person;
const reference = openReference(data);
const folder = mkdtempSync(join(tmpdir(), 'wutong-levels-'));

/** The policies of a chain, each with what the generator made of it. */
async function openChain(files: Files, city: string): Promise<readonly { readonly policy: Policy; readonly generated: CompiledPolicy }[]> {
  const policies = withCities(files, (workspace) => loadChain(workspace, city).flatMap((level) => level.policies.map(({ policy }) => policy)));
  return Promise.all(
    policies.map(async (policy) => {
      const file = join(folder, `${policy.id}.mjs`);
      writeFileSync(file, compilePolicy(policy, { vocabularies }));
      return { policy, generated: ((await import(pathToFileURL(file).href)) as { compiled: CompiledPolicy }).compiled };
    }),
  );
}

type Chain = Awaited<ReturnType<typeof openChain>>;
const levels = await openChain(levelCities, 'low-district');
const versions = await openChain(versionCity, 'turning-city');
const graduate = { id: '张三一', subject: 'person', facts: { 学历: '本科' } };
const nobody = { id: '张三二', subject: 'person', facts: {} };
let client: pg.Client;

beforeAll(async () => {
  client = await connect();
});

afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const day = (text: string): number => parseDate(text) ?? 0;

/** The engine over a chain, by interpreting and by generated code. */
function engines(chain: Chain, date: string, under?: string): readonly [Engine, Engine] {
  const options = { vocabularies, reference, date: day(date), ...(under === undefined ? {} : { under: day(under) }) };
  return [makeEngine({ ...options, policies: chain.map(({ policy }) => interpretPolicy(policy, vocabularies)) }), makeEngine({ ...options, policies: chain.map(({ generated }) => generated) })];
}

/** What is answered, and what is taken, by full ids; both ways to run must say the same. */
function answers(chain: Chain, date: string, under?: string): { readonly entries: readonly string[]; readonly take: readonly string[]; readonly totalFen: number } {
  const [interpreted, generated] = engines(chain, date, under).map((engine) => engine.evaluate(graduate));
  expect(generated).toEqual(interpreted);
  if (interpreted === undefined || !('result' in interpreted)) throw new Error('the sample is not valid');
  const { benefits, plan } = interpreted.result;
  expect(benefits.every(({ status }) => status === 'yes')).toBe(true);
  return { entries: benefits.map(({ policy, benefit }) => `${policy}/${benefit}`), take: plan.take, totalFen: plan.totalFen };
}

describe('versions', () => {
  // Each line is the last day before a change, or the first after it.
  test.each([
    ['2020-12-31', []],
    ['2021-01-01', ['rules-1/living', 'rules-1/card']],
    ['2022-12-31', ['rules-1/living', 'rules-1/card']],
    ['2023-01-01', ['rules-2/living', 'rules-2/home']],
    ['2023-12-31', ['rules-2/living', 'rules-2/home']],
    ['2024-01-01', ['rules-2/living', 'rules-2/home', 'rules-2/prize']],
    ['2024-06-30', ['rules-2/living', 'rules-2/home', 'rules-2/prize']],
    ['2024-07-01', ['rules-2/living', 'rules-2/home']],
    ['2024-12-31', ['rules-2/living', 'rules-2/home']],
    ['2025-01-01', ['rules-3/home', 'rules-2/living']],
  ])('on %s', (date, expected) => {
    expect(answers(versions, date).entries).toEqual(expected);
    // The rules of that day answer the same when it is long past.
    expect(answers(versions, '2026-06-30', date)).toEqual(answers(versions, date));
  });

  test('the plan, what is kept in it and what is supposed for it hold nothing that is not in force', () => {
    const [engine] = engines(versions, '2024-03-01');
    const outcome = engine.evaluate(graduate);
    if (!('result' in outcome)) throw new Error('the sample is not valid');
    // The two of the group are both in force, and the prize is worth more.
    expect(outcome.result.plan.take).toEqual(['rules-2/living', 'rules-2/prize']);
    expect(outcome.result.plan.leave).toEqual([{ benefit: 'rules-2/home', because: 'rules-2/prize' }]);
    const kept = engine.planKeeping(outcome.result, ['rules-2/home', 'rules-3/home', 'rules-1/living']);
    expect(kept).toEqual({ take: ['rules-2/living', 'rules-2/home'], leave: [{ benefit: 'rules-2/prize', because: 'rules-2/home' }], totalFen: 500_000 });
    expect(engine.planSupposing([{ id: 'rules-3/home', fen: 900_000 }, { id: 'rules-2/home', fen: 1 }], []).take).toEqual(['rules-2/home']);
    expect(engine.matters).toMatchObject([{ policy: 'rules-2', benefits: ['rules-2/home', 'rules-2/prize'] }]);
    const [later] = engines(versions, '2024-07-01');
    expect(later.matters).toMatchObject([{ benefits: ['rules-2/home'] }]);
  });

  test('explanations and questions are about what is in force only', () => {
    const policies = versions.map(({ policy }) => policy);
    for (const [date, under, serves] of [['2025-06-01', undefined, ['rules-3/home', 'rules-2/living']], ['2025-06-01', '2022-06-01', ['rules-1/living', 'rules-1/card']]] as const) {
      const [engine] = engines(versions, date, under);
      const bound = engine.bindSubject(nobody);
      if (!('subject' in bound)) throw new Error('the sample is not valid');
      const explanation = makeExplainer(engine, { policies, vocabulary, language: 'zh' }).explain(bound.subject);
      expect(explanation.benefits.map(({ policy, benefit }) => `${policy}/${benefit}`)).toEqual(serves);
      expect([explanation.date, explanation.under]).toEqual([date, under]);
      expect(makeAsker(engine, { policies, vocabulary }).next(bound.subject, [])).toMatchObject({ fact: '学历', serves });
    }
    const [engine] = engines(versions, '2020-06-01');
    const bound = engine.bindSubject(nobody);
    expect('subject' in bound && makeAsker(engine, { policies, vocabulary }).next(bound.subject, [])).toBeUndefined();
  });

  test('facts are judged on the date, whatever day the rules are of', () => {
    const [engine] = engines(versions, '2026-06-30', '2022-06-01');
    expect([engine.binding.date, engine.under]).toEqual([20260630, 20220601]);
    for (const { policy } of versions) expect(engine.settings.get(policy.id)?.date).toBe(20260630);
  });
});

test('SQL and the kernels answer every benefit, in force or not, alike', async () => {
  for (const { policy, generated } of [...levels, ...versions]) {
    const engine = makeEngine({ policies: [generated], vocabularies, reference, date: 20260630 });
    const subjects = [graduate, nobody, { id: '张三三', subject: 'person', facts: { 学历: '专科' } }].flatMap((input): Subject[] => {
      const bound = engine.bindSubject(input);
      return 'subject' in bound ? [bound.subject] : [];
    });
    const table = `levels_${policy.id.replaceAll('-', '_')}`;
    await loadPopulation(client, vocabulary, table, subjects);
    const setting = engine.settings.get(policy.id);
    if (setting === undefined) throw new Error(`no setting for ${policy.id}`);
    const query = generateSql(policy, vocabulary, 'person', setting, { table, universities: data.universities });
    const { rows } = await client.query<unknown[]>({ text: `select * from (${query}) as answers order by id`, rowMode: 'array' });
    await client.query(`drop table "${table}"`);
    expect(rows).toHaveLength(3);
    for (const [index, subject] of subjects.entries()) {
      const out = makeKernelOutput(policy.benefits.length, vocabulary.facts.length, policy.parameters.length);
      readRow(rows[index] ?? [], policy, vocabulary, out);
      const [ran] = engine.run(subject);
      expect([out.status, out.low, out.high]).toEqual([ran?.status, ran?.low, ran?.high]);
      expect(statusOfCode[out.status[0] ?? 0]).toBe(['yes', 'unknown', 'no'][index]);
    }
  }
});

/** The highest total of a set without two of one group, tried out set by set. */
function bruteForce(worth: ReadonlyMap<string, number>, groups: readonly (readonly string[])[]): number {
  const ids = [...worth.keys()];
  let best = 0;
  for (let set = 0; set < 2 ** ids.length; set++) {
    const chosen = ids.filter((_, bit) => Math.floor(set / 2 ** bit) % 2 === 1);
    if (groups.some((group) => chosen.filter((id) => group.includes(id)).length > 1)) continue;
    best = Math.max(best, chosen.reduce((sum, id) => sum + (worth.get(id) ?? 0), 0));
  }
  return best;
}

describe('levels', () => {
  test('a district answers with its own benefits first, then the city’s; one plan is held over both', () => {
    const { entries, take, totalFen } = answers(levels, '2026-06-30');
    expect(entries).toEqual(['low-talent/home', 'low-talent/living', 'low-talent/rent', 'mid-talent/home', 'mid-talent/living', 'mid-talent/card', 'mid-talent/prize']);
    // The city's home puts out the district's home and rent and the city's prize; of equal living subsidies the nearer one is held.
    expect(take).toEqual(['low-talent/living', 'mid-talent/home', 'mid-talent/card']);
    const worth = new Map(levels.flatMap(({ policy }) => policy.benefits.map((benefit) => [`${policy.id}/${benefit.id}`, benefit.amount.kind === 'exact' && benefit.amount.value.op === 'constant' ? benefit.amount.value.value : Number.NaN] as const)));
    const [engine] = engines(levels, '2026-06-30');
    expect(totalFen).toBe(bruteForce(worth, engine.matters.map(({ benefits }) => benefits)));
    expect(totalFen).toBe(8_200_000);
  });

  test('before the district’s policy takes force the city answers alone, and the district’s groups do not hold', () => {
    expect(answers(levels, '2024-06-30')).toEqual({ entries: ['mid-talent/home', 'mid-talent/living', 'mid-talent/card', 'mid-talent/prize'], take: ['mid-talent/home', 'mid-talent/living', 'mid-talent/card'], totalFen: 8_200_000 });
  });

  test('the plan is exact for any groups over any levels', () => {
    const base = randomPolicy(1);
    const [sample] = base.benefits;
    if (sample === undefined) throw new Error('the random policy has no benefit');
    const benefitOf = (id: string, fen: number): Benefit => ({ ...sample, id, condition: { op: 'always', value: true }, amount: { kind: 'exact', value: { op: 'constant', value: fen } }, reviewed: false });
    const policyOf = (id: string, amounts: readonly number[], groups: readonly (readonly string[])[]): Policy => ({
      ...base, id, parameters: [], readings: [], definitions: [], benefits: amounts.map((fen, index) => benefitOf(`b${index}`, fen)),
      matters: groups.map((benefits, index) => ({ name: `g${index}`, words: { zh: '', en: '' }, clause: '一', benefits })),
    });
    const amounts = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 });
    const chosen = fc.array(fc.record({ by: fc.nat(2), of: fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 1, maxLength: 4 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.tuple(amounts, amounts, amounts), chosen, (all, groups) => {
        const names = ['district', 'city', 'province'];
        const idOf = ([level, index]: readonly [number, number]): string => `${names[level]}/b${index % (all[level]?.length ?? 1)}`;
        // A group names benefits of its own level by their id alone.
        const spelled = (by: number): string[][] => groups.filter((group) => group.by === by).map(({ of }) => of.map((one) => (one[0] === by ? idOf(one).split('/')[1] ?? '' : idOf(one))));
        const policies = all.map((fens, level) => interpretPolicy(policyOf(names[level] ?? '', fens, spelled(level)), vocabularies));
        const outcome = makeEngine({ policies, vocabularies, reference, date: 20260630 }).evaluate(nobody);
        if (!('result' in outcome)) throw new Error('the sample is not valid');
        const { plan } = outcome.result;
        const worth = new Map<string, number>(all.flatMap((fens, level) => fens.map((fen, index) => [`${names[level]}/b${index}`, fen] as const)));
        const full = groups.map(({ of }) => [...new Set(of.map(idOf))]);
        expect(plan.totalFen).toBe(bruteForce(worth, full));
        expect(plan.take.reduce((sum, id) => sum + (worth.get(id) ?? 0), 0)).toBe(plan.totalFen);
        for (const group of full) expect(plan.take.filter((id) => group.includes(id)).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60, seed: 20261121 },
    );
  });
});
