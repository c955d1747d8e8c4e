// Facts through the interface, on a real database: recording, correcting, asking as of a day and an instant, consents, and what rules are asked with.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { acceptedPaper } from '../../../test/support/hand-in-paper.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { bind } from '../../policy/bind.ts';
import { importPack, openManifest } from '../../main/open-packs.ts';
import type { VocabularyModule } from '../../policy/index.ts';
import { inTenant } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { factsForEvaluation, recordStatements } from './index.ts';

let api: TestApi;
let intake: TestCaller;
let reviewer: TestCaller;

beforeAll(async () => {
  api = await startApi();
  intake = api.officer('changyi-hrss', 'intake');
  reviewer = api.officer('city-hrss', 'reviewer');
});
afterAll(() => api.stop());

const checked = { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-01-01' };
const told = { ...checked, origin: '申报', trustClass: 'D' };

/** Facts by name, as an officer sees them. */
async function factsOf(id: string, query = '', caller: TestCaller = reviewer): Promise<Record<string, unknown>> {
  const { status, body } = await caller.get(`/people/${id}/facts${query}`);
  expect(status).toBe(200);
  return Object.fromEntries((body.facts as { name: string; value: unknown }[]).map(({ name, value }) => [name, value]));
}

async function record(caller: TestCaller, id: string, statement: object): Promise<string> {
  const { status, body } = await caller.post(`/people/${id}/statements`, statement);
  expect(body).toMatchObject({ statementId: expect.any(String) as string });
  expect(status).toBe(201);
  return body.statementId;
}

/** A later instant, so that what follows is recorded after what came before. */
async function later(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  const instant = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return instant;
}

describe('recording', () => {
  test('a wrong name or value is refused with what was expected, everything at once', async () => {
    const id = await enterPerson(intake);
    const { status, body } = await intake.post(`/people/${id}/statements`, { ...checked, facts: { 学厉: '本科', 学历: '大学', 全日制: '是', 年薪: 1.234, 户籍地: '昌邑区', 年龄: 30 } });
    expect(status).toBe(422);
    expect(Object.fromEntries(body.error.details.map((one: { field: string; message: string }) => [one.field, one.message]))).toEqual({
      'facts.学厉': '没有“学厉”这个事实，是不是“学历”。',
      'facts.学历': '“学历”应当是 初中及以下、高中、专科、本科、硕士研究生、博士研究生 之一，这里是 "大学"。',
      'facts.全日制': '“全日制”应当是 true（是）或 false（否），这里是 "是"。',
      'facts.年薪': '“年薪”最多 2 位小数，这里是 1.234。',
      'facts.户籍地': expect.stringContaining('请写 "220202"（吉林省吉林市昌邑区）') as string,
      'facts.年龄': '“年龄”由“出生日期”推算，每天会变，请记录“出生日期”。',
    });
    expect(await factsOf(id)).toEqual({});
  });

  test('people tell (D), officers check papers (B), reviewers decide (A); nobody says more than they may', async () => {
    const id = await enterPerson(intake);
    const own = api.person(id);
    await record(own, id, { ...told, facts: { 学历: '硕士研究生' } });
    for (const [caller, statement] of [
      [own, { ...checked, facts: { 学历: '博士研究生' } }],
      [own, { ...told, facts: { 人才类别: 'A' } }],
      [intake, { ...checked, origin: '共享', trustClass: 'A', facts: { 学历: '本科' } }],
      [intake, { ...checked, origin: '认定', trustClass: 'A', facts: { 人才类别: 'A' } }],
      [intake, { ...checked, asOf: '2099-01-01', facts: { 学历: '本科' } }],
      [intake, { ...checked, validFrom: '2026-02-01', validTo: '2026-01-01', facts: { 学历: '本科' } }],
      [intake, { ...checked, facts: {} }],
      [intake, { ...checked, facts: { 学历: null } }],
    ] as const) {
      expect(await caller.post(`/people/${id}/statements`, statement)).toMatchObject({ status: 422, body: { error: { details: [expect.anything()] } } });
    }
    await record(intake, id, { ...checked, facts: { 学历: '本科' } });
    await record(reviewer, id, { ...checked, origin: '认定', trustClass: 'A', facts: { 人才类别: 'E' } });
    expect(await factsOf(id)).toEqual({ 学历: '本科', 人才类别: 'E' });
    const seen = await reviewer.get(`/people/${id}/facts`);
    expect(seen.body.facts).toMatchObject([
      { name: '人才类别', origin: '认定', trustClass: 'A', departmentId: api.departments['city-hrss'] },
      { name: '学历', origin: '材料', trustClass: 'B', departmentId: api.departments['changyi-hrss'], others: [expect.any(String)] },
    ]);
  });

  test('a university is recognised, and what was written is kept', async () => {
    const id = await enterPerson(intake);
    await record(intake, id, { ...checked, facts: { 毕业院校: '吉大' } });
    expect((await reviewer.get(`/people/${id}/facts`)).body.facts).toMatchObject([{ name: '毕业院校', value: '吉林大学', written: '吉大' }]);
    const slip = await intake.post(`/people/${id}/statements`, { ...checked, facts: { 毕业院校: '吉林大雪' } });
    expect(slip).toMatchObject({ status: 201, body: { universities: ['吉林大学'] } });
  });

  test('who may not read may not write either', async () => {
    const [id, other] = [await enterPerson(intake), await enterPerson(intake)];
    const statement = { ...told, facts: { 学历: '本科' } };
    for (const [caller, status] of [
      [api.person(other), 404],
      [api.officer('longtan-hrss', 'intake'), 404],
      [api.officer('changyi-hrss', 'finance'), 403],
      [api.administrator('security-admin'), 403],
      [api.anyone(), 401],
    ] as const) {
      expect(await caller.post(`/people/${id}/statements`, statement)).toMatchObject({ status });
    }
    expect(await api.person(other).get(`/people/${id}/facts`)).toMatchObject({ status: 404 });
    expect(await api.officer('changyi-hrss', 'policy').get(`/people/${id}/facts`)).toMatchObject({ status: 403 });
    expect(await intake.get(`/organisations/${id}/facts`)).toMatchObject({ status: 404 });
    const [organisation, another] = [await enterOrganisation(intake, { name: '样例丁公司' }), await enterOrganisation(intake, { name: '样例戊公司' })];
    const agent = api.agent(organisation);
    expect(await agent.post(`/organisations/${organisation}/statements`, { ...told, facts: { 规上: true } })).toMatchObject({ status: 201 });
    expect(await agent.get(`/organisations/${organisation}/facts`)).toMatchObject({ status: 200, body: { facts: [{ name: '规上', value: true, trustClass: 'D' }] } });
    expect(await agent.post(`/organisations/${another}/statements`, { ...told, facts: { 规上: true } })).toMatchObject({ status: 404 });
    expect(await agent.get(`/organisations/${another}/facts`)).toMatchObject({ status: 404 });
  });
});

describe('what was known', () => {
  test('on a day and at an instant; a correction changes neither the past nor what it does not name', async () => {
    const id = await enterPerson(intake);
    const before = await later();
    const wrong = await record(intake, id, { ...checked, facts: { 学历: '硕士研究生', 全日制: true } });
    const between = await later();
    await record(intake, id, { ...checked, corrects: wrong, facts: { 学历: '本科' } });
    expect(await factsOf(id)).toEqual({ 学历: '本科', 全日制: true });
    expect(await factsOf(id, `?knownAt=${before}`)).toEqual({});
    expect(await factsOf(id, `?knownAt=${between}`)).toEqual({ 学历: '硕士研究生', 全日制: true });
    const history = await reviewer.get(`/people/${id}/statements`);
    expect(history.body.items).toMatchObject([{ statementId: wrong, facts: { 学历: '硕士研究生', 全日制: true } }, { corrects: wrong, facts: { 学历: '本科' } }]);
  });

  test('only within its bounds', async () => {
    const id = await enterPerson(intake);
    await record(intake, id, { ...checked, validFrom: '2026-02-01', validTo: '2026-03-31', facts: { 缴纳社保: true } });
    expect(await factsOf(id, '?on=2026-01-31')).toEqual({});
    expect(await factsOf(id, '?on=2026-03-31')).toEqual({ 缴纳社保: true });
  });

  test('a correction is made by a source as trusted, of facts that were said, for the same party', async () => {
    const [id, other] = [await enterPerson(intake), await enterPerson(intake)];
    const statement = await record(intake, id, { ...checked, facts: { 学历: '本科', 全日制: true } });
    expect(await api.person(id).post(`/people/${id}/statements`, { ...told, corrects: statement, facts: { 学历: '博士研究生' } })).toMatchObject({
      status: 409,
      body: { error: { code: 'correction-too-weak' } },
    });
    expect(await intake.post(`/people/${id}/statements`, { ...checked, corrects: statement, facts: { 职称: '中级' } })).toMatchObject({ status: 422 });
    expect(await intake.post(`/people/${other}/statements`, { ...checked, corrects: statement, facts: { 学历: '专科' } })).toMatchObject({ status: 404 });
    await record(intake, id, { ...checked, corrects: statement, facts: { 学历: null } });
    expect(await factsOf(id)).toEqual({ 全日制: true });
  });
});

describe('what rules are asked with', () => {
  const evaluate = (id: string, on = '2026-06-01', knownAt = new Date()) =>
    inTenant(api.parts.db, api.tenantId, (tx) => factsForEvaluation(tx, jobScope(api.tenantId, 'evaluate', 'fact.read'), api.parts.registry, id, { on, knownAt, purpose: 'eligibility' }));

  test('facts with their origins, the employer of the day, and what the register itself tells', async () => {
    const number = sampleNumber({ birthDate: '1990-05-06' });
    const id = await enterPerson(intake, { number });
    const [first, second] = [await enterOrganisation(intake, { name: '样例甲公司' }), await enterOrganisation(intake, { name: '样例乙公司' })];
    await intake.post(`/organisations/${first}/statements`, { ...checked, facts: { 单位类型: '企业', 规上: true, 所在地: '220202' } });
    await intake.post(`/organisations/${second}/statements`, { ...checked, facts: { 单位类型: '高校' } });
    await intake.post(`/people/${id}/employments`, { organisationId: first, startedOn: '2020-01-01', endedOn: '2025-12-31', origin: '材料', trustClass: 'B' });
    await intake.post(`/people/${id}/employments`, { organisationId: second, startedOn: '2026-01-01', origin: '材料', trustClass: 'B' });
    await record(api.person(id), id, { ...told, facts: { 学历: '本科', 用人单位: { 单位类型: '机关' }, 年薪: 100_000 } });
    const subject = await evaluate(id);
    expect(subject).toMatchObject({ id, subject: 'person', facts: { 出生日期: '1990-05-06', 国籍: '中国', 学历: '本科', 入职日期: '2026-01-01', 用人单位: { 单位类型: '高校' } } });
    expect(subject.origins).toMatchObject({
      出生日期: { source: 'register', partyId: id },
      学历: { source: 'statement', origin: '申报', trustClass: 'D' },
      入职日期: { source: 'employment' },
      '用人单位.单位类型': { source: 'statement', partyId: second, trustClass: 'B' },
    });
    expect(subject.withheld).toEqual([{ name: '年薪', group: 'income' }]);
    expect((await evaluate(id, '2025-06-01')).facts).toMatchObject({ 入职日期: '2020-01-01', 用人单位: { 单位类型: '企业', 规上: true, 所在地: '220202' } });
    // Before any employment what the person said of an employer counts.
    expect((await evaluate(id, '2019-06-01')).facts).toMatchObject({ 用人单位: { 单位类型: '机关' } });
    const { vocabularies } = await importPack<VocabularyModule>((await openManifest()).vocabulary);
    const { factBook } = api.parts.registry;
    expect(bind({ id, subject: subject.subject, facts: subject.facts }, { vocabularies, reference: factBook.reference, literals: new Map(), date: 20260601 })).toHaveProperty('subject');
  });

  test('the end of an employment takes the place of the row without one, and then is known as it was', async () => {
    const id = await enterPerson(intake);
    const organisationId = await enterOrganisation(intake, { name: '样例丙公司' });
    await intake.post(`/organisations/${organisationId}/statements`, { ...checked, facts: { 单位类型: '企业' } });
    const open = await intake.post(`/people/${id}/employments`, { organisationId, startedOn: '2020-01-01', origin: '材料', trustClass: 'B' });
    const before = new Date(await later());
    const ended = { organisationId, startedOn: '2020-01-01', endedOn: '2025-12-31', supersedes: open.body.employmentId };
    expect(await api.person(id).post(`/people/${id}/employments`, { ...ended, origin: '申报', trustClass: 'D' })).toMatchObject({ status: 409 });
    expect(await intake.post(`/people/${id}/employments`, { ...ended, origin: '材料', trustClass: 'B' })).toMatchObject({ status: 201 });
    expect((await evaluate(id)).facts).not.toHaveProperty('用人单位');
    expect((await evaluate(id, '2026-06-01', before)).facts).toMatchObject({ 用人单位: { 单位类型: '企业' } });
    expect((await reviewer.get(`/people/${id}/employments`)).body.items).toMatchObject([
      { organisationName: '样例丙公司', supersededAt: expect.any(String) as string },
      { endedOn: '2025-12-31', supersededAt: null },
    ]);
  });

  test('a delivery of many is recorded at once, each by itself', async () => {
    const ids = [await enterPerson(intake), await enterPerson(intake)];
    const scope = jobScope(api.tenantId, 'deliver', 'fact.record');
    const source = { origin: '共享', trustClass: 'A', purpose: 'eligibility', asOf: '2026-01-01' } as const;
    const recorded = await inTenant(api.parts.db, api.tenantId, (tx) =>
      recordStatements(tx, scope, api.parts.registry, [
        { ...source, partyId: ids[0] ?? '', facts: { 学历: '本科' } },
        { ...source, partyId: ids[1] ?? '', facts: { 学历: '大学' } },
        { ...source, partyId: api.departments['city-hrss'], facts: { 学历: '本科' } },
      ], new Date()),
    );
    expect(recorded).toMatchObject([{ statementId: expect.any(String) as string }, { details: [{ field: 'facts.学历' }] }, { details: [{ field: 'partyId' }] }]);
    expect(await factsOf(ids[0] ?? '')).toEqual({ 学历: '本科' });
    expect(await factsOf(ids[1] ?? '')).toEqual({});
  });
});

test('a relative is another person in reach', async () => {
  const [id, child] = [await enterPerson(intake), await enterPerson(intake)];
  const relative = { relativeId: child, relation: 'child', origin: '材料', trustClass: 'B' };
  expect(await intake.post(`/people/${id}/relatives`, relative)).toMatchObject({ status: 201 });
  expect(await intake.post(`/people/${id}/relatives`, { ...relative, relativeId: id })).toMatchObject({ status: 422 });
  // Nobody ties a stranger to themselves.
  expect(await api.person(id).post(`/people/${id}/relatives`, { ...relative, origin: '申报', trustClass: 'D' })).toMatchObject({ status: 404 });
  expect((await api.person(id).get(`/people/${id}/relatives`)).body.items).toMatchObject([{ relativeId: child, relation: 'child' }]);
});

// Last, because it moves the server's clock.
describe('sensitive facts', () => {
  const today = new Date('2026-11-21T10:00:00+08:00');
  beforeAll(() => api.setNow(today));

  const facts = { 年薪: 300_000, 家庭城区住房套数: 0, 学历: '本科' };

  test('are sealed at rest', async () => {
    const id = await enterPerson(intake);
    await record(intake, id, { ...checked, facts: { ...facts, 年薪: 765_432.1 } });
    const { rows } = await asOwner(api.database, (client) => client.query<{ row: string }>(`select s::text as row from fact_statements s where party_id = $1`, [id]));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toMatch(/年薪|765432|住房/);
    expect(rows[0]?.row).toContain('本科');
  });

  test('are read by their subject, by consent for its purpose and its days, and not otherwise', async () => {
    const id = await enterPerson(intake);
    const own = api.person(id);
    await record(intake, id, { ...checked, facts });
    expect(await factsOf(id, '', own)).toEqual(facts);
    const withheld = async (query: string, caller = reviewer) => (await caller.get(`/people/${id}/facts${query}`)).body.withheld.map((one: { name: string }) => one.name).sort();
    expect(await withheld('?purpose=eligibility')).toEqual(['家庭城区住房套数', '年薪']);
    const consent = { purpose: 'eligibility', groups: ['income'], expiresOn: '2027-12-31', wordingVersion: '2026-1' };
    const given = await own.post(`/people/${id}/consents`, consent);
    expect(given.status).toBe(201);
    expect(await factsOf(id, '?purpose=eligibility')).toEqual({ 年薪: 300_000, 学历: '本科' });
    expect(await withheld('?purpose=eligibility')).toEqual(['家庭城区住房套数']);
    // Another purpose, no purpose, a role that has no use for them, and a duty that is not one's own.
    for (const [query, caller] of [['?purpose=payment', reviewer], ['', reviewer], ['?purpose=eligibility', intake], ['?purpose=supervision', reviewer], ['?purpose=own-request', reviewer]] as const) {
      expect(await withheld(query, caller)).toEqual(['家庭城区住房套数', '年薪']);
    }
    expect(await factsOf(id, '?purpose=supervision', api.officer('city-hrss', 'leader'))).toEqual(facts);
    api.setNow(new Date('2027-12-31T12:00:00+08:00'));
    expect(await withheld('?purpose=eligibility')).toEqual(['家庭城区住房套数']);
    api.setNow(new Date('2028-01-01T00:00:01+08:00'));
    expect(await withheld('?purpose=eligibility')).toEqual(['家庭城区住房套数', '年薪']);
    expect((await own.get(`/people/${id}/consents`)).body.items).toMatchObject([{ state: 'expired' }]);
    api.setNow(today);
    const path = `/people/${id}/consents/${given.body.consentId}/withdrawal`;
    expect(await api.person(await enterPerson(intake)).post(path)).toMatchObject({ status: 404 });
    expect(await own.post(path)).toMatchObject({ status: 200 });
    expect(await withheld('?purpose=eligibility')).toEqual(['家庭城区住房套数', '年薪']);
    expect(await own.post(path)).toMatchObject({ status: 409, body: { error: { code: 'consent-withdrawn' } } });
  });

  test('whoever takes a consent down at the window names the paper that the person signed', async () => {
    const id = await enterPerson(intake);
    const consent = { purpose: 'eligibility', groups: ['income'], expiresOn: '2027-12-31', wordingVersion: '2026-1' };
    expect(await intake.post(`/people/${id}/consents`, consent)).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'evidenceId' }] } } });
    const ofAnother = await acceptedPaper(intake, await enterPerson(intake), { kind: '单独同意书' });
    expect(await intake.post(`/people/${id}/consents`, { ...consent, evidenceId: ofAnother })).toMatchObject({ status: 422, body: { error: { code: 'evidence-unfit' } } });
    const evidenceId = await acceptedPaper(intake, id, { kind: '单独同意书' });
    expect(await intake.post(`/people/${id}/consents`, { ...consent, evidenceId })).toMatchObject({ status: 201 });
    expect((await api.person(id).get(`/people/${id}/consents`)).body.items).toMatchObject([{ evidenceId, state: 'in-force' }]);
  });

  test('of a child everything is sensitive, and a guardian consents', async () => {
    const child = await enterPerson(intake, { number: sampleNumber({ birthDate: '2014-06-01' }) });
    const guardian = api.person(await enterPerson(intake), [child], [child]);
    await record(intake, child, { ...checked, facts: { 学历: '初中及以下' } });
    expect((await reviewer.get(`/people/${child}/facts?purpose=service`)).body).toMatchObject({ facts: [], withheld: [{ name: '学历', group: 'minor' }] });
    const consent = { purpose: 'service', groups: ['minor'], expiresOn: '2027-01-01', wordingVersion: '2026-1' };
    expect(await api.person(child).post(`/people/${child}/consents`, consent)).toMatchObject({ status: 422 });
    expect(await guardian.post(`/people/${child}/consents`, consent)).toMatchObject({ status: 201 });
    expect(await factsOf(child, '?purpose=service')).toEqual({ 学历: '初中及以下' });
    // On the fourteenth birthday it is a fact like any other.
    api.setNow(new Date('2028-06-01T00:00:01+08:00'));
    expect(await factsOf(child)).toEqual({ 学历: '初中及以下' });
    api.setNow(today);
  });

  test('nobody consents for five years and a day, for the past, or where law asks for no consent', async () => {
    const id = await enterPerson(intake);
    const consent = { purpose: 'eligibility', groups: ['income'], expiresOn: '2020-01-01', wordingVersion: '2026-1' };
    for (const wrong of [consent, { ...consent, expiresOn: '2099-01-01' }, { ...consent, expiresOn: '2027-01-01', purpose: 'supervision' }, { ...consent, groups: [] }]) {
      expect(await api.person(id).post(`/people/${id}/consents`, wrong)).toMatchObject({ status: 422 });
    }
    expect(await reviewer.post(`/people/${id}/consents`, { ...consent, expiresOn: '2027-01-01' })).toMatchObject({ status: 403 });
  });
});
