// Lists of seeded cases: every combination against what the rows themselves say, page by page, and the plans under the application's role:
// walks along indexes, never the whole of a table.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../../../test/support/database.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { hearQuestions, type Statement } from '../../../test/support/watch-statements.ts';
import { makeSeededCity, SEED, type SeededCity } from '../../../test/support/seeded-city.ts';
import { seedCases } from '../../main/seed-cases.ts';
import { type Database, inTenant } from '../../storage/database.ts';
import { type Capacity, scopeFor } from '../permissions/index.ts';
import type { MatchLimits } from '../registry/index.ts';
import { type CaseFilter, lastDayWithin, listCases } from './list-cases.ts';
import { readCaseWords } from './list-words.ts';

const PEOPLE = 1500;
const CASES = 6000;
const LIMIT = 10;
/** More rows than this, looked at by one step of a plan, are a walk through the city's cases: a page takes some of each county and state. */
const MOST_ROWS = 4500;
const smallTables = new Set(['jurisdictions', 'departments', 'tenants']);
const now = new Date('2026-11-21T04:00:00Z');
const today = '2026-11-21';

interface Row {
  readonly case_id: string;
  readonly case_number: string;
  readonly status: string;
  readonly due_on: string | null;
  readonly policy_id: string;
  readonly benefit_id: string;
  readonly jurisdiction_code: string;
  readonly holds: number;
  readonly subject_id: string;
  readonly employer_id: string | null;
  readonly name: string;
  readonly employer_name: string | null;
  readonly departments: readonly string[];
}

let city: SeededCity;
let rows: readonly Row[];
let officer: Extract<Capacity, { kind: 'officer' }>;
let common: Row;

beforeAll(async () => {
  city = await makeSeededCity({ people: PEOPLE });
  await foundSamplePacks(city);
  const { database, tenantId } = city;
  await seedCases({ db: database.db, url: database.ownerUrl, tenantId, keysFile: city.options.keysFile, seed: SEED, cases: CASES, now, say: () => {} });
  rows = await asOwner(database, async (client) => {
    await client.query('analyze');
    return (
      await client.query<Row>(
        `select c.case_id, case_number, status, due_on::text, policy_id, benefit_id, c.jurisdiction_code, holds, subject_id, employer_id, p.name, o.name as employer_name,
           array(select t.department_id::text from case_tasks t where t.tenant_id = c.tenant_id and t.case_id = c.case_id) as departments
         from cases c join people p on p.tenant_id = c.tenant_id and p.party_id = c.subject_id left join organisations o on o.tenant_id = c.tenant_id and o.party_id = c.employer_id`,
      )
    ).rows;
  });
  const queued = rows.flatMap(({ departments }) => departments);
  const busiest = queued.toSorted((a, b) => queued.filter((one) => one === b).length - queued.filter((one) => one === a).length)[0] ?? '';
  const codes = [...new Set(rows.map(({ jurisdiction_code }) => jurisdiction_code))];
  officer = { kind: 'officer', departmentId: busiest, codes, roles: ['reviewer'] };
  common = rows.find(({ status, employer_name }) => status === 'in-review' && employer_name !== null) ?? nothing();
});
afterAll(() => city.drop());

function nothing(): never {
  throw new Error('there is nothing like it');
}

interface Asked extends Partial<Omit<CaseFilter, 'words' | 'dueBy'>> {
  readonly q?: string;
  readonly limits?: MatchLimits;
  readonly dueWithin?: number;
}
const county = (): Capacity => ({ ...officer, codes: ['220202'] });

/** Every page of a list, put together. */
function all({ q, limits, dueWithin, ...filter }: Asked, capacity: Capacity = officer, db: Database = city.database.db): Promise<readonly string[]> {
  const scope = scopeFor({ tenantId: city.tenantId, actor: { accountId: null, sessionId: null, capacity } }, 'case.read');
  return inTenant(db, city.tenantId, async (tx) => {
    const words = q === undefined ? undefined : await readCaseWords(tx, scope, city.tools, q, now, limits);
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listCases(tx, scope, { sort: 'newest', ...filter, words, dueBy: dueWithin === undefined ? undefined : lastDayWithin(now, dueWithin, { years: [2026], off: [], work: [] }) }, { limit: db === city.database.db ? 200 : LIMIT, cursor }, now);
      found.push(...page.rows.map(({ caseId }) => caseId));
      if ((page.total?.count ?? page.rows.length) < page.rows.length) throw new Error('fewer are told of than are shown');
      if (page.nextCursor === null || db !== city.database.db) return found;
      cursor = page.nextCursor;
    }
  });
}

/** What the rows say. */
function expected(matches: (row: Row) => boolean, sort: CaseFilter['sort'], codes: readonly string[] = officer.codes): readonly string[] {
  const found = rows.filter((row) => codes.includes(row.jurisdiction_code) && matches(row) && (sort === 'newest' || row.due_on !== null));
  const key = ({ due_on, case_id }: Row): string => (sort === 'newest' ? case_id : `${due_on} ${case_id}`);
  const inOrder = found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ case_id }) => case_id);
  return sort === 'newest' ? inOrder.toReversed() : inOrder;
}

const benefit = (): { policyId: string; benefitId: string } => ({ policyId: common.policy_id, benefitId: common.benefit_id });
const isOfBenefit = ({ policy_id, benefit_id }: Row): boolean => policy_id === common.policy_id && benefit_id === common.benefit_id;
const isOfOfficer = ({ departments }: Row): boolean => departments.includes(officer.departmentId);

const lists: readonly (readonly [string, () => Asked, (row: Row) => boolean])[] = [
  ['everything', () => ({}), () => true],
  ['a state', () => ({ statuses: ['in-review'] }), ({ status }) => status === 'in-review'],
  ['two states', () => ({ statuses: ['settled', 'refused'] }), ({ status }) => status === 'settled' || status === 'refused'],
  ['a benefit', benefit, isOfBenefit],
  ['a benefit in a state', () => ({ ...benefit(), statuses: ['in-review'] }), (row) => isOfBenefit(row) && row.status === 'in-review'],
  ['due within five working days', () => ({ dueWithin: 5 }), ({ due_on }) => due_on !== null && due_on <= '2026-11-27'],
  ['overdue', () => ({ isLate: true }), ({ due_on }) => due_on !== null && due_on < today],
  ['overdue of a benefit', () => ({ isLate: true, ...benefit() }), (row) => isOfBenefit(row) && row.due_on !== null && row.due_on < today],
  ['the queue', () => ({ queue: 'department' }), isOfOfficer],
  ['the queue of a benefit', () => ({ queue: 'department', ...benefit() }), (row) => isOfOfficer(row) && isOfBenefit(row)],
  ['the queue in a state', () => ({ queue: 'department', statuses: ['in-review'] }), (row) => isOfOfficer(row) && row.status === 'in-review'],
  ['the queue, due within five working days', () => ({ queue: 'department', dueWithin: 5 }), (row) => isOfOfficer(row) && row.due_on !== null && row.due_on <= '2026-11-27'],
  ['held', () => ({ isHeld: true }), ({ holds }) => holds > 0],
  ['a person', () => ({ personId: common.subject_id }), ({ subject_id }) => subject_id === common.subject_id],
  ['an employer', () => ({ employerId: common.employer_id ?? '' }), ({ employer_id }) => employer_id === common.employer_id],
  ['a whole name', () => ({ q: common.name }), ({ name, employer_name }) => name === common.name || employer_name?.includes(common.name) === true],
  ['an employer by name', () => ({ q: common.employer_name ?? '' }), ({ employer_name }) => employer_name === common.employer_name],
  ['the number of a case', () => ({ q: common.case_number }), ({ case_number }) => case_number === common.case_number],
  ['a number in every county', () => ({ q: '2026-3' }), ({ case_number }) => case_number.endsWith('-2026-000003')],
  ['a name in the queue', () => ({ q: common.name, queue: 'department' }), (row) => row.name === common.name && isOfOfficer(row)],
];

describe.each(['newest', 'deadline'] as const)('%s', (sort) => {
  test.each(lists)('%s', async (_name, asked, matches) => {
    expect(await all({ ...asked(), sort })).toEqual(expected(matches, sort));
    expect(await all({ ...asked(), sort }, county())).toEqual(expected(matches, sort, ['220202']));
  });
});

test.each(['wang', 'zhangw', 'l', '王', '李'])('%s, which means very many, is asked of case after case', async (q) => {
  const { protector } = city.tools;
  let met = 0;
  for (const sort of ['newest', 'deadline'] as const) {
    const scope = scopeFor({ tenantId: city.tenantId, actor: { accountId: null, sessionId: null, capacity: officer } }, 'case.read');
    const [named, among, asked] = await inTenant(city.database.db, city.tenantId, async (tx) => {
      const page = async (limits?: MatchLimits) => {
        const words = await readCaseWords(tx, scope, { protector }, q, now, limits);
        const { rows: found } = await listCases(tx, scope, { sort, words }, { limit: 40 }, now);
        return [words.kind === 'parties' && words.subjects.kind, found.map(({ caseId }) => caseId)] as const;
      };
      return [await page(), await page({ named: 1, read: 20_000 }), await page({ named: 1, read: 1 })];
    });
    expect([named?.[0], among?.[0], asked?.[0]]).toEqual(['few', 'among', 'many']);
    expect(among?.[1]).toEqual(named?.[1]);
    expect(asked?.[1]).toEqual(named?.[1]);
    met += named?.[1].length ?? 0;
  }
  expect(met).toBeGreaterThan(0);
});

interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Step[];
}

/** What is wrong with the plans of a list's first page, as the application's role runs them; `change` is undone after. */
async function faultsOf(asked: Asked, change?: string): Promise<readonly string[]> {
  const sent: Statement[] = [];
  await all(asked, officer, hearQuestions(city.database.db, (statement) => void sent.push(statement)));
  expect(sent.length).toBeGreaterThan(0);
  return asOwner(city.database, async (client) => {
    await client.query('begin');
    try {
      if (change !== undefined) await client.query(change);
      // In so small a city it may be cheapest to read a whole table: what is asked is whether an index serves.
      await client.query('set local enable_seqscan = off');
      await client.query('set local role wutong_app');
      await client.query(`set local wutong.tenant_id = '${city.tenantId}'`);
      const faults: string[] = [];
      for (const { sql, parameters } of sent) {
        const { rows: told } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Step }[] }>(`explain (analyze, format json) ${sql}`, [...parameters]);
        faults.push(...judge(told[0]?.['QUERY PLAN'][0]?.Plan ?? nothing()));
      }
      return faults;
    } finally {
      await client.query('rollback');
    }
  });
}

function judge(step: Step): string[] {
  const { 'Node Type': type, 'Relation Name': table = '', Plans: parts = [] } = step;
  const faults = parts.flatMap(judge);
  const looked = (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'];
  if (type === 'Seq Scan' && !smallTables.has(table)) faults.push(`a sequential scan of ${table}`);
  // Only counting may look at so many, and stops at ten thousand.
  else if (table !== '' && looked > MOST_ROWS && type !== 'Index Only Scan') faults.push(`${type} looks at ${looked} rows of ${table}`);
  return faults;
}

describe('the plans', () => {
  test.each(lists)('%s', async (_name, asked) => {
    for (const sort of ['newest', 'deadline'] as const) expect(await faultsOf({ ...asked(), sort })).toEqual([]);
  });

  test.each([
    ['are read once', { named: 1, read: 20_000 }],
    ['are asked about one by one', { named: 1, read: 1 }],
  ])('words that mean very many, who %s', async (_name, limits) => {
    for (const sort of ['newest', 'deadline'] as const) {
      for (const asked of [{ q: '王' }, { q: 'wang' }, { q: 'lx', queue: 'department' as const }]) expect(await faultsOf({ ...asked, limits, sort })).toEqual([]);
    }
  });

  test.each([
    ['everything', 'drop index cases_newest; drop index cases_by_state'],
    ['a person', 'drop index cases_by_subject'],
    ['the number of a case', 'alter table cases drop constraint cases_tenant_id_case_number_key'],
    ['an employer', 'drop index cases_by_employer'],
  ])('%s: the judge sees that %s', async (name, change) => {
    const [, asked] = lists.find(([each]) => each === name) ?? nothing();
    expect(await faultsOf({ ...asked(), sort: 'newest' }, change)).not.toEqual([]);
  });
});
