// Everyday work among many people reads by indexes under the application's role: no table of the registry is read from end to end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';

let api: TestApi;
const PEOPLE = 15_000;

beforeAll(async () => {
  api = await startApi();
  // Enough rows that reading all of them is never the better plan; what they hold does not matter here.
  await asOwner(api.database, async (client) => {
    await client.query(`
      insert into parties (tenant_id, party_id, kind, created_at, updated_at)
      select ${api.tenantId}, gen_random_uuid(), case when n % 10 = 0 then 'organisation' else 'person' end, now(), now() from generate_series(1, ${PEOPLE}) n`);
    await client.query(`
      insert into people (tenant_id, party_id, jurisdiction_code, name, id_kind, number_sealed, number_search, last_four_search, birth_date)
      select tenant_id, party_id, '220203', '样例' || left(party_id::text, 4), 'resident', '\\x00', sha256(party_id::text::bytea), '\\x00', date '1950-01-01' + (row_number() over ())::int % 20000
      from parties where kind = 'person'`);
    await client.query(`
      insert into organisations (tenant_id, party_id, jurisdiction_code, name) select tenant_id, party_id, '220203', '样例公司' || left(party_id::text, 6) from parties where kind = 'organisation'`);
    await client.query(`
      insert into fact_statements (tenant_id, party_id, statement_id, origin, trust_class, purpose, as_of, recorded_at, recorded_by, facts)
      select tenant_id, party_id, gen_random_uuid(), '共享', 'A', 'eligibility', '2026-01-01', now(), 'job:load', '{"学历": "本科"}' from people`);
    await client.query(`
      insert into employments (tenant_id, party_id, employment_id, organisation_id, started_on, origin, trust_class, recorded_at, recorded_by)
      select tenant_id, party_id, gen_random_uuid(), (array(select party_id from organisations limit 1000))[1 + (row_number() over ())::int % 1000], '2020-01-01', '共享', 'A', now(), 'job:load' from people`);
    await client.query(`
      insert into party_identifiers (tenant_id, party_id, identifier_id, id_kind, number_sealed, number_search, recorded_at, recorded_by)
      select tenant_id, party_id, gen_random_uuid(), 'other', '\\x00', sha256(('before' || party_id)::bytea), now(), 'job:load' from people limit 5000`);
    await client.query('vacuum analyze');
  });
});
afterAll(() => api.stop());

const tables = ['parties', 'people', 'organisations', 'fact_statements', 'employments', 'party_identifiers'];

/** How often each table was read from end to end, once every session has told. */
async function countWholeReads(): Promise<Record<string, number>> {
  // A session tells its counts when it has nothing to do for a while; closing them makes them tell at once.
  await asOwner(api.database, (client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`),
  );
  return asOwner(api.database, async (client) => {
    // They tell before they are gone, and are gone when they are no longer listed.
    for (;;) {
      const { rows } = await client.query(`select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`);
      if (rows.length === 0) break;
      await client.query('select pg_sleep(0.05)');
    }
    const { rows } = await client.query<{ name: string; reads: string }>(`select relname as name, seq_scan as reads from pg_stat_user_tables where relname = any($1)`, [tables]);
    return Object.fromEntries(rows.map(({ name, reads }) => [name, Number(reads)]));
  });
}

test('entering, finding by number, changing, recording, asking, merging', async () => {
  const before = await countWholeReads();
  const intake = api.officer('changyi-hrss', 'intake');
  const steward = api.officer('city-hrss', 'steward');
  const organisation = await enterOrganisation(intake);
  const number = sampleNumber({ birthDate: '1966-06-06' });
  const [id, other] = [await enterPerson(intake, { number }), await enterPerson(intake)];
  expect(await intake.post('/people', { name: '张三一', jurisdictionCode: '220202', document: { kind: 'number', number } })).toMatchObject({ status: 409 });
  expect(await intake.patch(`/people/${id}`, { name: '张三二' }, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
  expect(await intake.post(`/people/${id}/employments`, { organisationId: organisation, startedOn: '2020-01-01', origin: '材料', trustClass: 'B' })).toMatchObject({ status: 201 });
  expect(await intake.post(`/people/${id}/statements`, { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-01-01', facts: { 学历: '本科' } })).toMatchObject({ status: 201 });
  expect(await intake.get(`/people/${id}/facts`)).toMatchObject({ status: 200 });
  expect(await api.agent(organisation).get(`/people/${id}`)).toMatchObject({ status: 200 });
  expect(await api.person(id).get(`/people/${id}/held-data`)).toMatchObject({ status: 200 });
  expect(await steward.post('/merges', { keptPartyId: id, mergedPartyId: other, reason: '同一人' })).toMatchObject({ status: 201 });
  expect(await steward.get(`/people/${other}`)).toMatchObject({ status: 200 });
  const after = await countWholeReads();
  expect(after).toEqual(before);
});
