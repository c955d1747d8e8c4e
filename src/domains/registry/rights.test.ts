// A person's own rights, on a real database: seeing and copying everything, asking, and being deleted as far as law allows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { inTenant } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { findPersonByNumber, type KeptByLaw, type RegistryTools } from './index.ts';
import { registryRoutes } from './registry-routes.ts';

let api: TestApi;
let intake: TestCaller;
let steward: TestCaller;
// A consent runs for a year at least, whenever the test is run.
const nextYear = `${new Date().getUTCFullYear() + 2}-01-01`;
const checked = { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-01-01' };

beforeAll(async () => {
  api = await startApi();
  intake = api.officer('changyi-hrss', 'intake');
  steward = api.officer('city-hrss', 'steward');
});
afterAll(() => api.stop());

/** Somebody of whom a bit of everything is held. */
async function enterKnownPerson(name: string): Promise<{ id: string; number: string }> {
  const number = sampleNumber({ birthDate: '1988-08-08' });
  const id = await enterPerson(intake, { name, number, phone: '13900001234' });
  const own = api.person(id);
  const organisationId = await enterOrganisation(intake, { name: '样例用人公司' });
  await intake.post(`/people/${id}/statements`, { ...checked, facts: { 学历: '本科', 年薪: 234_567 } });
  await intake.post(`/people/${id}/employments`, { organisationId, startedOn: '2020-01-01', origin: '材料', trustClass: 'B' });
  await own.post(`/parties/${id}/bank-accounts`, { bankName: '样例银行', holderName: name, number: '6222021234567890128' });
  await own.post(`/people/${id}/consents`, { purpose: 'eligibility', groups: ['income'], expiresOn: nextYear, wordingVersion: '2026-1' });
  await intake.patch(`/people/${id}`, { name: `${name}甲` }, { 'if-match': '"1"' });
  return { id, number };
}

describe('seeing and copying', () => {
  test('everything, from whom, and who looked', async () => {
    const { id, number } = await enterKnownPerson('张甲一');
    const own = api.person(id);
    await api.officer('city-hrss', 'reviewer').get(`/people/${id}/facts?purpose=eligibility`);
    const held = await own.get(`/people/${id}/held-data`);
    expect(held.status).toBe(200);
    const parts = Object.fromEntries(held.body.parts.map((part: { key: string; rows: unknown[] }) => [part.key, part.rows]));
    expect(parts).toMatchObject({
      person: [{ name: '张甲一甲', number, phone: '13900001234', birthDate: '1988-08-08' }],
      formerNames: [{ name: '张甲一' }],
      facts: [{ facts: { 学历: '本科', 年薪: 234_567 }, origin: '材料', trustClass: 'B', departmentId: api.departments['changyi-hrss'], purpose: 'eligibility' }],
      employments: [{ startedOn: '2020-01-01' }],
      bankAccounts: [{ number: '6222021234567890128' }],
      consents: [{ purpose: 'eligibility', state: 'in-force' }],
    });
    expect(held.body.glances).toContainEqual({
      at: expect.any(String) as string,
      action: 'people.facts',
      by: 'officer',
      departmentId: api.departments['city-hrss'],
      purpose: 'eligibility',
    });
    // The next look shows this one.
    expect((await own.get(`/people/${id}/held-data`)).body.glances[0]).toMatchObject({ action: 'held-data.get', by: 'person' });
  });

  test('who saw them in a list, and nobody who was not on it', async () => {
    const [{ id }, { id: other }] = [await enterKnownPerson('张甲二'), await enterKnownPerson('李乙二')];
    const leader = api.officer('city-hrss', 'leader');
    expect((await leader.get(`/people?q=${encodeURIComponent('张甲二')}`)).body.items).toHaveLength(1);
    const looks = async (partyId: string): Promise<readonly unknown[]> =>
      (await api.person(partyId).get(`/people/${partyId}/held-data`)).body.glances.filter(({ action }: { action: string }) => action === 'people.list');
    expect(await looks(id)).toEqual([{ at: expect.any(String) as string, action: 'people.list', by: 'officer', departmentId: api.departments['city-hrss'], purpose: null }]);
    expect(await looks(other)).toEqual([]);
    // One row for the page, with ids and nothing of what was asked for.
    const { rows } = await asOwner(api.database, (client) => client.query(`select object_id, detail from audit_entries where action = 'people.list' and detail ->> 'shown' = $1`, [id]));
    expect(rows).toEqual([{ object_id: 'people', detail: { count: 1, rows: 1, conditions: 'q', shown: id } }]);
  });

  test('a copy for machines and one to read, in either language', async () => {
    const { id, number } = await enterKnownPerson('张甲二');
    const json = await api.person(id).get(`/people/${id}/held-data/copy`);
    expect(json.headers.get('content-disposition')).toContain('.json');
    expect(json.body).toMatchObject({ partyId: id, person: [{ number }], facts: [{ facts: { 年薪: 234_567 } }] });
    const text = (await api.person(id).get(`/people/${id}/held-data/copy?format=text`)).raw.toString('utf8');
    expect(text).toMatch(/^关于 张甲二甲 的全部信息\n/);
    expect(text).toContain(`号码: ${number}`);
    expect(text).toContain('事实: 学历 本科；年薪 234567');
    const english = (await api.person(id).get(`/people/${id}/held-data/copy?format=text`, { 'accept-language': 'en' })).raw.toString('utf8');
    expect(english).toMatch(/^Everything held about 张甲二甲\n/);
    const trail = await api.administrator('audit-admin').get(`/audit/entries?action=held-data.copy&objectKind=person&objectId=${id}`);
    expect(trail.body.items).toHaveLength(3);
  });

  test('is nobody else’s', async () => {
    const { id } = await enterKnownPerson('张甲三');
    for (const [caller, status] of [[api.person(await enterPerson(intake)), 404], [steward, 403], [api.officer('city-hrss', 'reviewer', 'leader'), 403], [api.anyone(), 401]] as const) {
      expect(await caller.get(`/people/${id}/held-data`)).toMatchObject({ status });
      expect(await caller.get(`/people/${id}/held-data/copy`)).toMatchObject({ status });
    }
    // A guardian acts for a child; for a relative of age only the person does.
    expect(await api.person(await enterPerson(intake), [id], [id]).get(`/people/${id}/held-data`)).toMatchObject({ status: 200 });
    expect(await api.person(await enterPerson(intake), [id]).get(`/people/${id}/held-data`)).toMatchObject({ status: 403, body: { error: { code: 'person-must-act' } } });
  });
});

describe('asking', () => {
  test('a request is due in thirty days, waits before the stewards of the place, and is answered once', async () => {
    const { id } = await enterKnownPerson('张甲四');
    const own = api.person(id);
    const asked = await own.post(`/people/${id}/data-requests`, { kind: 'correct', words: '学历应当是硕士' });
    const due = new Date(Date.now() + (8 + 30 * 24) * 3_600_000).toISOString().slice(0, 10);
    expect(asked).toMatchObject({ status: 201, body: { dueOn: due } });
    const local = api.officer('changyi-hrss', 'steward');
    expect((await local.get('/data-requests')).body.items).toContainEqual(expect.objectContaining({ requestId: asked.body.requestId, words: '学历应当是硕士' }));
    expect((await api.officer('longtan-hrss', 'steward').get('/data-requests')).body.items).toEqual([]);
    const { rows } = await asOwner(api.database, (client) => client.query<{ row: string }>('select one::text as row from subject_requests one'));
    for (const { row } of rows) expect(row).not.toContain('硕士');
    const path = `/people/${id}/data-requests/${asked.body.requestId}/answer`;
    const answer = { decision: 'refuse', words: '学校回复是本科，请到窗口核对' };
    for (const [caller, status] of [[own, 403], [intake, 403], [api.officer('longtan-hrss', 'steward'), 404], [api.anyone(), 401]] as const) {
      expect(await caller.post(path, answer)).toMatchObject({ status });
    }
    expect(await local.post(path, answer)).toMatchObject({ status: 200, body: { outcome: 'refused' } });
    expect(await local.post(path, answer)).toMatchObject({ status: 409, body: { error: { code: 'request-answered' } } });
    expect((await own.get(`/people/${id}/data-requests`)).body.items).toMatchObject([{ outcome: 'refused', answer: { words: answer.words } }]);
    expect(await intake.post(`/people/${id}/data-requests`, { kind: 'delete' })).toMatchObject({ status: 403 });
  });
});

/** Asks to be deleted and has it agreed to, through these callers. */
async function haveDeleted(own: TestCaller, by: TestCaller, id: string) {
  const { body } = await own.post(`/people/${id}/data-requests`, { kind: 'delete', words: '请删除我的信息' });
  return by.post(`/people/${id}/data-requests/${body.requestId}/answer`, { decision: 'agree', words: '已按您的请求删除' });
}

/** Whether a text stands anywhere in the tables of the registry. */
async function standsAnywhere(text: string): Promise<string[]> {
  return asOwner(api.database, async (client) => {
    const { rows } = await client.query<{ name: string }>(`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'party_id'`);
    const found: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await client.query(`select 1 from ${name} one where one::text like '%' || $1 || '%'`, [text]);
      if ((rowCount ?? 0) > 0) found.push(name);
    }
    return found;
  });
}

describe('being deleted', () => {
  test('everything goes that law does not keep; what it keeps is named with reason and end; the trail keeps ids', async () => {
    const { id, number } = await enterKnownPerson('张甲五');
    const other = await enterKnownPerson('张甲六');
    const key = Buffer.from(api.parts.protector.searchKey(api.tenantId, 'identity-number', number)).toString('hex');
    expect(await standsAnywhere(key)).toEqual(['people']);
    const answered = await haveDeleted(api.person(id), steward, id);
    expect(answered).toMatchObject({ status: 200, body: { outcome: 'done', answer: { words: '已按您的请求删除' } } });
    expect(answered.body.answer.deleted).toBeGreaterThanOrEqual(5);
    for (const { what, why } of answered.body.answer.kept) {
      for (const words of [what, why]) {
        expect(words.zh).toMatch(/[一-鿿]/);
        expect(words.en).toMatch(/^[a-zA-Z]/);
      }
    }
    expect(answered.body.answer.kept).toMatchObject([{ until: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string }, { until: null }]);
    expect(await standsAnywhere('张甲五')).toEqual([]);
    expect(await standsAnywhere(key)).toEqual([]);
    for (const caller of [api.person(id), steward, intake]) expect(await caller.get(`/people/${id}`)).toMatchObject({ status: 404 });
    const trail = await api.administrator('audit-admin').get(`/audit/entries?objectKind=person&objectId=${id}`);
    expect(trail.body.items.length).toBeGreaterThan(5);
    expect(trail.raw.toString()).not.toContain('张甲五');
    // The number is free again, and nobody else lost anything.
    expect(await intake.post('/people', { name: '张甲五', jurisdictionCode: '220202', document: { kind: 'number', number } })).toMatchObject({ status: 201 });
    expect((await api.person(other.id).get(`/people/${other.id}/facts`)).body.facts).toHaveLength(2);
  });

  test('with those merged into one', async () => {
    const [kept, merged] = [await enterKnownPerson('张甲七'), await enterKnownPerson('张甲八')];
    await steward.post('/merges', { keptPartyId: kept.id, mergedPartyId: merged.id, reason: '同一人' });
    expect(await haveDeleted(api.person(kept.id), steward, kept.id)).toMatchObject({ status: 200, body: { outcome: 'done' } });
    expect([...(await standsAnywhere('张甲七')), ...(await standsAnywhere('张甲八'))]).toEqual([]);
  });

  test('what another domain must keep keeps the identity with it, and says so', async () => {
    const { id, number } = await enterKnownPerson('张甲九');
    const kept: KeptByLaw = {
      what: { zh: '发放记录', en: 'payments' },
      why: { zh: '会计档案保管三十年', en: 'accounts are kept for thirty years' },
      until: '2056-12-31',
      needsIdentity: true,
    };
    let deletedElsewhere = 0;
    const tools: RegistryTools = {
      ...api.parts.registry,
      participants: [
        {
          findKept: async () => Promise.resolve([kept]),
          deleteRest: async (_tx, _scope, ids) => Promise.resolve((deletedElsewhere += ids.length)),
          describeHeld: async () => Promise.resolve([{ key: 'payments', title: kept.what, rows: [{ fen: 100 }] }]),
        },
      ],
    };
    const answering = registryRoutes(tools).find(({ endpoint }) => endpoint.id === 'data-requests.answer');
    const asked = await api.person(id).post(`/people/${id}/data-requests`, { kind: 'delete' });
    const now = new Date();
    const answer = await inTenant(api.parts.db, api.tenantId, (tx) => {
      const scope = { ...jobScope(api.tenantId, 'test', 'person.match'), permission: 'subject-request.answer' as const };
      const call = { tx, scope, params: { partyId: id, requestId: asked.body.requestId }, body: { decision: 'agree', words: '已删除其余信息' }, now, audit: () => {} };
      return answering?.handle(call as never) ?? Promise.resolve(undefined);
    });
    expect(answer).toMatchObject({ outcome: 'partly', answer: { kept: [{}, {}, { what: kept.what, until: '2056-12-31' }] } });
    expect(deletedElsewhere).toBe(1);
    expect(await steward.get(`/people/${id}`)).toMatchObject({ status: 200, body: { name: '张甲九甲', formerNames: [], maskedPhone: null } });
    expect((await api.person(id).get(`/people/${id}/facts`)).body.facts).toEqual([]);
    const holder = await inTenant(api.parts.db, api.tenantId, (tx) => findPersonByNumber(tx, jobScope(api.tenantId, 'claim', 'person.match'), tools, { number, name: '张甲九甲' }, now));
    expect(holder).toBe(id);
  });
});

test('a number alone finds nobody: the name has to fit, now or before, in any of its characters', async () => {
  const number = sampleNumber({ birthDate: '1977-07-07' });
  const id = await enterPerson(intake, { name: '李国强', number });
  const find = (name: string, given = number) =>
    inTenant(api.parts.db, api.tenantId, (tx) => findPersonByNumber(tx, jobScope(api.tenantId, 'claim', 'person.match'), api.parts.registry, { number: given, name }, new Date()));
  expect(await find('李国强')).toBe(id);
  expect(await find('李國強', ` ${number.slice(0, 6)}${number.slice(8, 17)}`)).toBe(id);
  expect(await find('李国')).toBeUndefined();
  expect(await find('李国强', sampleNumber())).toBeUndefined();
  await intake.patch(`/people/${id}`, { name: '李样本' }, { 'if-match': '"1"' });
  expect(await find('李国强')).toBe(id);
});
