// The plans of every list on 100,000 people under the application's role: walks along indexes, never the whole of a table. It is the plan
// that is judged, not the time.
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSeededCity, SEED, type SeededCity } from '../../../test/support/seeded-city.ts';
import { asOwner } from '../../../test/support/database.ts';
import { hearQuestions, type Statement } from '../../../test/support/watch-statements.ts';
import { makeOrganisation } from '../../seed/organisations.ts';
import { makePeople } from '../../seed/people.ts';
import { inTenant } from '../../storage/database.ts';
import { type Capacity, jobScope, scopeFor } from '../permissions/index.ts';
import { type ListFilter, readFactFilters, type ListSort } from './list-filter.ts';
import { listOrganisations, listPeople } from './list-parties.ts';
import type { ListScope } from './list-store.ts';

const PEOPLE = 100_000;
/** More rows than this, looked at or sorted by one step of a plan, are a walk through the city and not along an index. */
const MOST_ROWS = 25_000;
/** A handful of rows in any city. */
const smallTables = new Set(['jurisdictions', 'tenants']);
const now = new Date('2026-11-21T04:00:00Z');
let city: SeededCity;
let number = '';

beforeAll(async () => {
  city = await makeSeededCity({ people: PEOPLE });
  const [first] = makePeople({ seed: SEED, to: 1, schools: city.options.schools });
  number = first?.number ?? '';
}, 600_000);
afterAll(() => city.drop());

/** A step of a plan, as PostgreSQL tells it. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Step[];
}

/** A list to look at. */
interface Listed {
  readonly name: string;
  readonly kind?: 'person' | 'organisation';
  readonly q?: string;
  readonly employer?: string;
  readonly jurisdiction?: string;
  readonly facts?: Readonly<Record<string, string>>;
  readonly sort?: ListSort;
  readonly capacity?: Capacity;
}

const district: Capacity = { kind: 'officer', departmentId: '00000000-0000-7000-8000-000000000001', codes: ['220202'], roles: ['reviewer'] };
const lists: readonly Listed[] = [
  { name: 'everybody by name' },
  { name: 'everybody, backwards', sort: '-name' },
  { name: 'everybody, the latest first', sort: 'recent' },
  { name: 'a district', capacity: district },
  { name: 'a district, the latest first', capacity: district, sort: 'recent' },
  { name: 'a jurisdiction of the city', jurisdiction: '220281' },
  { name: 'a surname', q: '王' },
  { name: 'a surname in a district', q: '王', capacity: district },
  { name: 'two characters', q: '志强' },
  { name: 'a name', q: '王志强' },
  { name: 'a letter', q: 'z' },
  { name: 'a syllable', q: 'zhang' },
  { name: 'a syllable that is two', q: 'xian' },
  { name: 'a syllable, the latest first', q: 'zhang', sort: 'recent' },
  { name: 'a syllable in a district, backwards', q: 'li', sort: '-name', capacity: district },
  { name: 'two syllables', q: 'zhangwei' },
  { name: 'two initials', q: 'lx' },
  { name: 'two initials in a district', q: 'lx', capacity: district },
  { name: 'three initials', q: 'zxy' },
  { name: 'a syllable and initials', q: 'wangzq' },
  { name: 'a name in letters', q: 'john' },
  { name: 'an identity number' },
  { name: 'the last four', q: '0016' },
  { name: 'a telephone', q: '15400000001' },
  { name: 'a rare fact', facts: { 学历: '博士研究生' } },
  { name: 'a rare fact, the latest first', facts: { 学历: '博士研究生' }, sort: 'recent' },
  { name: 'a common fact', facts: { 学历: '初中及以下' } },
  { name: 'a common fact, the latest first', facts: { 学历: '初中及以下' }, sort: 'recent' },
  { name: 'a common fact in a district', facts: { 学历: '初中及以下' }, capacity: district },
  { name: 'a common fact in a district, the latest first', facts: { 学历: '本科' }, capacity: district, sort: 'recent' },
  { name: 'one of several values', facts: { 学历: '本科,硕士研究生,博士研究生' } },
  { name: 'two common facts', facts: { 国籍: '中国', 缴纳社保: '是' } },
  { name: 'facts that hardly go together', facts: { 学历: '高中', 职称: '中级' } },
  { name: 'facts, a surname and a district', q: '李', facts: { 学历: '本科', 缴纳社保: '是' }, capacity: district },
  { name: 'initials and a rare fact', q: 'lx', facts: { 人才类别: 'C' } },
  { name: 'an employer', employer: makeOrganisation(SEED, 0).partyId },
  { name: 'an employer by words', employer: '机械制造' },
  { name: 'an employer, a fact and the latest first', employer: makeOrganisation(SEED, 0).partyId, facts: { 学历: '本科' }, sort: 'recent' },
  { name: 'the staff of an agent', capacity: { kind: 'agent', organisationId: makeOrganisation(SEED, 0).partyId, partyId: makeOrganisation(SEED, 1).partyId } },
  { name: 'the staff of an agent, by name', q: '王', capacity: { kind: 'agent', organisationId: makeOrganisation(SEED, 0).partyId, partyId: makeOrganisation(SEED, 1).partyId } },
  { name: 'oneself', capacity: { kind: 'person', partyId: makeOrganisation(SEED, 1).partyId, actsFor: [] } },
  { name: 'organisations by name', kind: 'organisation' },
  { name: 'organisations, the latest first', kind: 'organisation', sort: 'recent' },
  { name: 'organisations by words', kind: 'organisation', q: '机械' },
  { name: 'organisations by pinyin', kind: 'organisation', q: 'jilinshi' },
  { name: 'organisations by initials', kind: 'organisation', q: 'jls' },
  { name: 'organisations by code', kind: 'organisation', q: makeOrganisation(SEED, 0).creditCode },
  { name: 'organisations by a fact', kind: 'organisation', facts: { 所有制: '国有', 规上: '是' } },
];

/** Asks for the first and the second page as the server does. @returns every statement that was sent, once. */
async function statementsOf({ kind = 'person', q = '', employer, jurisdiction, facts = {}, sort = 'name', capacity, name }: Listed): Promise<readonly Statement[]> {
  const sent: Statement[] = [];
  const db = hearQuestions(city.database.db, (statement) => void sent.push(statement));
  const permission = kind === 'person' ? 'person.read' : 'organisation.read';
  const scope: ListScope = capacity === undefined ? jobScope(city.tenantId, 'test', permission) : scopeFor({ tenantId: city.tenantId, actor: { accountId: null, sessionId: null, capacity } }, permission);
  const read = readFactFilters(kind, Object.fromEntries(Object.entries(facts).map(([fact, value]) => [`fact.${fact}`, value])), city.tools.factBook);
  const filter: ListFilter = { q: name === 'an identity number' ? number : q, employer, jurisdiction, facts: read.facts };
  const list = kind === 'person' ? listPeople : listOrganisations;
  await inTenant(db, city.tenantId, async (tx) => {
    const first = await list(tx, scope, city.tools, filter, { sort, limit: 50 }, now);
    if (first.nextCursor !== null) await list(tx, scope, city.tools, filter, { sort, limit: 50, cursor: first.nextCursor }, now);
  });
  return sent;
}

/** What is wrong with the plans of statements, as the application's role runs them; `change` is undone after. */
function faultsOf(statements: readonly Statement[], change?: string): Promise<readonly string[]> {
  return asOwner(city.database, async (client) => {
    await client.query('begin');
    try {
      if (change !== undefined) await client.query(change);
      await client.query('set local role wutong_app');
      await client.query(`set local wutong.tenant_id = '${city.tenantId}'`);
      const faults: string[] = [];
      for (const { sql, parameters } of statements) faults.push(...(await planOf(client, sql, parameters)));
      return faults;
    } finally {
      await client.query('rollback');
    }
  });
}

async function planOf(client: pg.Client, sql: string, parameters: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Step }[] }>(`explain (analyze, format json) ${sql}`, [...parameters]);
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) throw new Error('there is no plan');
  return judge(plan);
}

function judge(step: Step): string[] {
  const { 'Node Type': type, 'Relation Name': table = '', Plans: parts = [] } = step;
  const faults = parts.flatMap(judge);
  const looked = (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'];
  if (type === 'Seq Scan' && !smallTables.has(table)) faults.push(`a sequential scan of ${table}`);
  else if (table !== '' && looked > MOST_ROWS) faults.push(`${type} looks at ${looked} rows of ${table}`);
  if (type.endsWith('Sort')) {
    const sorted = parts.reduce((sum, part) => sum + part['Actual Rows'] * part['Actual Loops'], 0);
    if (sorted > MOST_ROWS) faults.push(`${type} of ${sorted} rows`);
  }
  return faults;
}

describe('every list', () => {
  test.each(lists)('$name', async (listed) => {
    const statements = await statementsOf(listed);
    expect(statements.length).toBeGreaterThan(1);
    expect(await faultsOf(statements)).toEqual([]);
  });

  test('is read behind the tenant’s wall', async () => {
    const { rows } = await asOwner(city.database, async (client) => {
      await client.query('begin');
      await client.query('set local role wutong_app');
      return client.query<{ n: string }>('select count(*)::text as n from search_tokens');
    });
    expect(rows[0]?.n).toBe('0');
  });
});

describe('the judge', () => {
  const named = (name: string): Listed => lists.find((listed) => listed.name === name) ?? { name };
  test.each([
    ['everybody by name', 'drop index person_spellings_order'],
    ['a surname', 'drop index person_spellings_order'],
    ['everybody, the latest first', 'alter table person_spellings drop constraint person_spellings_pkey'],
    ['a common fact', 'alter table search_tokens drop constraint search_tokens_pkey'],
    ['a common fact, the latest first', 'alter table person_spellings drop constraint person_spellings_pkey'],
    ['a rare fact, the latest first', 'alter table search_tokens drop constraint search_tokens_pkey'],
    ['two syllables', 'drop index person_spellings_pinyin'],
    ['two initials', 'drop index person_spellings_initials'],
    ['a syllable', 'drop index person_spellings_others; drop index person_spellings_other_initials; drop index person_spellings_pinyin'],
    ['the last four', 'drop index people_last_four'],
    ['a telephone', 'drop index people_phone'],
    ['an identity number', 'alter table people drop constraint people_tenant_id_number_search_key'],
    ['the staff of an agent', 'drop index employments_organisation'],
  ])('%s: sees that %s', async (name, change) => {
    const statements = await statementsOf(named(name));
    expect(await faultsOf(statements, change)).not.toEqual([]);
  });
});
