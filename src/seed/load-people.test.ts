// The load of seeded people: everything that the registry would have written itself, once, whatever was there before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../../test/support/database.ts';
import { makeSeededCity, SEED, type SeededCity } from '../../test/support/seeded-city.ts';
import { type LoadProgress, loadPeople } from './load-people.ts';
import { makeOrganisation } from './organisations.ts';
import { makePeople } from './people.ts';
import { registrySealedColumns } from '../domains/registry/index.ts';
import { refreshSearch } from '../domains/registry/refresh-search.ts';
import { inTenant } from '../storage/database.ts';
import { jobScope } from '../domains/permissions/index.ts';

let city: SeededCity;
beforeAll(async () => {
  city = await makeSeededCity({ people: 1200 });
});
afterAll(() => city.drop());

const rowsOf = <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> => asOwner(city.database, async (client) => (await client.query<Row>(sql, [...values])).rows);
const numberOf = async (sql: string): Promise<number> => Number((await rowsOf<{ n: string }>(`select (${sql})::text as n`))[0]?.n);
/** Everything that guards the tables: constraints, indexes, and the wall before the owner too. */
const guards = (): Promise<readonly object[]> =>
  rowsOf(`select conrelid::regclass::text as place, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where connamespace = current_schema()::regnamespace
    union all select tablename, indexname, indexdef from pg_indexes where schemaname = current_schema()
    union all select relname, 'wall', relrowsecurity::text || relforcerowsecurity::text from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace order by 1, 2, 3`);

describe('a load', () => {
  test('holds everybody and their employers, each with what is known, and says how many', async () => {
    expect(city.outcome).toMatchObject({ people: 1200, already: 0 });
    expect(await numberOf('select count(*) from people')).toBe(1200);
    expect(await numberOf(`select count(*) from organisations`)).toBe(city.outcome.employers);
    expect(await numberOf('select count(*) from fact_statements f join people p using (tenant_id, party_id)')).toBe([...makePeople({ seed: SEED, to: 1200, schools: city.options.schools })].flatMap(({ statements }) => statements).length);
  });

  test('seals numbers and telephones as the registry does, and keeps sensitive facts out of sight', async () => {
    const [person] = makePeople({ seed: SEED, to: 1, schools: city.options.schools });
    const [row] = await rowsOf<{ number_sealed: Buffer; phone_sealed: Buffer; number_search: Buffer }>('select number_sealed, phone_sealed, number_search from people where party_id = $1', [person?.partyId]);
    const { protector } = city.tools;
    const place = { tenantId: city.tenantId, table: 'people', row: person?.partyId ?? '' };
    expect(protector.openText({ ...place, column: 'number_sealed' }, row?.number_sealed ?? new Uint8Array())).toBe(person?.number);
    expect(protector.openText({ ...place, column: 'phone_sealed' }, row?.phone_sealed ?? new Uint8Array())).toBe(person?.phone);
    expect(row?.number_search).toEqual(Buffer.from(protector.searchKey(city.tenantId, 'identity-number', person?.number ?? '')));
    expect(await numberOf(`select count(*) from fact_statements where facts ? '家庭城区住房套数' or facts ? '购房地' or facts ? '亲属常驻地'`)).toBe(0);
    expect(await numberOf('select count(*) from fact_statements where sensitive_sealed is not null')).toBeGreaterThan(50);
    expect(registrySealedColumns.map(({ table }) => table)).toContain('people');
  });

  test('writes the very search rows that the registry writes for the same people', async () => {
    const rows = (): Promise<readonly object[]> =>
      rowsOf(`select party_id::text, token::text, name_order::text as place from search_tokens union all select party_id::text, pinyin || ' ' || initials || ' ' || spelling_no, name_order::text from person_spellings
        union all select party_id::text, pinyin || ' ' || initials || ' ' || spelling_no, name_order::text from organisation_spellings order by 1, 2, 3`);
    const loaded = await rows();
    expect(loaded.length).toBeGreaterThan(10_000);
    const ids = async (kind: string): Promise<string[]> => (await rowsOf<{ party_id: string }>('select party_id from parties where kind = $1', [kind])).map(({ party_id }) => party_id);
    const [people, organisations] = [await ids('person'), await ids('organisation')];
    await inTenant(city.database.db, city.tenantId, async (tx) => {
      const scope = jobScope(city.tenantId, 'test', 'person.write');
      await refreshSearch(tx, scope, city.tools, 'person', people);
      await refreshSearch(tx, scope, city.tools, 'organisation', organisations);
    });
    expect(await rows()).toEqual(loaded);
  });
});

describe('again', () => {
  test('changes nothing, and more people are added to those that are there', async () => {
    const before = await guards();
    expect(before.length).toBeGreaterThan(100);
    const same = await loadPeople(city.options);
    expect(same).toMatchObject({ people: 1200, already: 1200 });
    const steps: LoadProgress[] = [];
    const more = await loadPeople({ ...city.options, people: 3000, onProgress: (step) => void steps.push(step) });
    expect(more.people).toBe(3000);
    expect(await numberOf('select count(*) from people')).toBe(3000);
    expect(steps.at(-1)).toEqual({ step: 'statistics' });
    expect(await guards()).toEqual(before);
  });

  test('the same people are there as of one load, and none twice', async () => {
    const stored = (await rowsOf<{ party_id: string; name: string }>('select party_id, name from people order by party_id')).map(({ party_id, name }) => [party_id, name]);
    expect(stored).toEqual([...makePeople({ seed: SEED, to: 3000, schools: city.options.schools })].map(({ partyId, name }) => [partyId, name]));
    const first = makeOrganisation(SEED, 0);
    expect(await rowsOf('select name, credit_code from organisations where party_id = $1', [first.partyId])).toEqual([{ name: first.name, credit_code: first.creditCode }]);
  });
});

describe('cut off', () => {
  test('a load that fails while indexes are away is finished by the next one, with all of them back', async () => {
    const other = await makeSeededCity({ people: 10 });
    try {
      const expected = await asOwner(city.database, async (client) => (await client.query(`select indexname from pg_indexes where schemaname = current_schema() order by 1`)).rows);
      await asOwner(other.database, (client) => client.query('truncate parties cascade; truncate people, fact_statements, person_spellings, organisation_spellings, search_tokens cascade'));
      // The load is cut off once the first people are in.
      const stopped = loadPeople({
        ...other.options,
        people: 900,
        batchSize: 100,
        workers: 1,
        onProgress: ({ step }) => {
          if (step === 'index') throw new Error('cut off');
        },
      });
      await expect(stopped).rejects.toThrow('cut off');
      const left = await asOwner(other.database, async (client) => (await client.query<{ found: boolean }>(`select to_regclass('seed_suspended') is not null as found`)).rows[0]?.found);
      expect(left).toBe(true);
      const outcome = await loadPeople({ ...other.options, people: 900, batchSize: 100 });
      expect(outcome).toMatchObject({ people: 900, already: 900 });
      const found = await asOwner(other.database, async (client) => (await client.query(`select indexname from pg_indexes where schemaname = current_schema() order by 1`)).rows);
      expect(found).toEqual(expected);
    } finally {
      await other.drop();
    }
  });
});
