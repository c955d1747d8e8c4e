// The whole life of a version through the interface: a real rule changed, faults with their places, two pairs of eyes, the day it takes effect.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleFiles } from '../../../test/support/sample-policy-files.ts';
import { startApi, type Answered, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { addPacks } from '../../../test/support/city-packs.ts';
import { asOwner } from '../../../test/support/database.ts';
import { makePackCompiler } from '../../main/compile-pack.ts';
import { openBuiltPacks } from '../../main/open-built-packs.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { type Capacity, scopeFor } from '../permissions/index.ts';
import { listChangedCases } from './list-changed-cases.ts';
import { makePacks } from './open-pack.ts';
import type { OpenCase } from './pack-ports.ts';

const policyId = 'jilin-city-2021';
const now = new Date('2026-06-30T02:00:00Z');
/** 北华大学本科：每月 300 元的一档 */
const bachelor = {
  subject: 'person',
  facts: {
    学历: '本科', 全日制: true, 毕业院校: '北华大学', 毕业日期: '2024-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2024-07-01', 合同年限: 5, 入住人才公寓: false,
    用人单位: { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202' },
  },
} as const;
let api: TestApi;
let drafter: TestCaller;
let second: TestCaller;
let approver: TestCaller;
let published: string;
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await startApi();
  await addPacks(api.database, new Date('2026-01-05T00:00:00Z'));
  api.setNow(now);
  [drafter, second, approver] = [api.officer('city-hrss', 'policy'), api.officer('city-hrss', 'policy'), api.officer('city-finance', 'approver')];
  published = (await drafter.get(`/packs?policy=${policyId}`)).body.items[0].packId;
  files = (await drafter.get(`/packs/${published}/files`)).body.files;
});
afterAll(() => api.stop());
beforeEach(() => api.setNow(now));

/** The lowest tier raised to 400 yuan a month, in the rule alone or in the case beside it too. */
const raised = (): Record<string, string> => ({ 'policy.yaml': files['policy.yaml']?.replace('{ 当: 丁档, 得: 300元 }', '{ 当: 丁档, 得: 400元 }') ?? '' });
const raisedWhole = (): Record<string, string> => ({ ...raised(), 'living-subsidy.yaml': files['living-subsidy.yaml']?.replace('金额: 18000元', '金额: 24000元') ?? '' });

async function draft(by: TestCaller, changes: Record<string, string | null> = raisedWhole(), note?: string): Promise<Answered> {
  return by.post('/packs', { policyId, basedOn: published, files: changes, ...(note === undefined ? {} : { note }) });
}
const step = async (by: TestCaller, packId: string, what: string, body: unknown = {}): Promise<Answered> => {
  const etag = (await drafter.get(`/packs/${packId}`)).headers.get('etag') ?? '';
  return by.post(`/packs/${packId}/${what}`, what === 'approval' ? undefined : body, { 'if-match': etag });
};

/** What the bachelor gets on a day by what is in force, in fen. */
async function paidOn(on: string): Promise<unknown> {
  const pack = await inTenant(api.database.db, api.tenantId, (tx) => api.parts.packs.inForce(tx, scopeFor({ tenantId: api.tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'anyone' } } }, 'pack.use'), policyId, on));
  const amount = pack?.evaluate(bachelor, on).results.find(({ benefit }) => benefit === 'living-subsidy')?.amount;
  return amount?.kind === 'exact' ? amount.totalFen : amount;
}

describe('the life of a version', () => {
  test('what does not check stays a draft, with every finding in both languages and its place; corrected it is approved by another, published, and holds from its day', async () => {
    const first = await draft(drafter, raised(), '丁档每月提高到 400 元');
    expect([first.status, first.body.state, first.body.packHash]).toEqual([201, 'draft', null]);
    const line = files['living-subsidy.yaml']?.split('\n').findIndex((each) => each.includes('18000元')) ?? -1;
    expect(first.body.report.findings).toEqual([expect.objectContaining({ code: 'case-failed', file: 'living-subsidy.yaml', column: 5, zh: expect.stringMatching(/^用例“其他院校本科”没有通过/), en: expect.stringMatching(/^case "其他院校本科" failed/) })]);
    expect(line - first.body.report.findings[0].line).toBeLessThan(20);
    expect(first.body.note).toBe('丁档每月提高到 400 元');
    const { packId } = first.body;
    expect((await approver.get(`/packs/${packId}/difference?from=${published}`)).body).toMatchObject({ files: [expect.objectContaining({ file: 'policy.yaml' })], policy: null });
    expect((await step(second, packId, 'approval')).body.error.code).toBe('pack-state-unfit');

    const changed = await drafter.put(`/packs/${packId}/files`, { files: { 'living-subsidy.yaml': raisedWhole()['living-subsidy.yaml'] } }, { 'if-match': first.headers.get('etag') ?? '' });
    expect(changed.body).toMatchObject({ state: 'checked', note: '丁档每月提高到 400 元', corrects: published, report: { findings: [], benefits: expect.any(Number), cases: expect.any(Number) } });
    expect(changed.body.packHash).toMatch(/^[0-9a-f]{64}$/);

    // Two pairs of eyes, both ways: not the one who drafted, and any other who may.
    expect((await step(drafter, packId, 'approval')).body.error.code).toBe('own-hands-refused');
    expect((await step(drafter, packId, 'publication', { effectiveOn: '2026-07-15' })).body.error.code).toBe('pack-state-unfit');
    const approved = await step(second, packId, 'approval');
    expect([approved.status, approved.body.state]).toEqual([200, 'approved']);

    expect((await step(drafter, packId, 'publication', { effectiveOn: '2026-06-29' })).body.error.code).toBe('pack-date-wrong');
    const out = await step(drafter, packId, 'publication', { effectiveOn: '2026-07-15' });
    expect(out.body).toMatchObject({ state: 'published', effectiveOn: '2026-07-15' });
    expect([await paidOn('2026-07-14'), await paidOn('2026-07-15')]).toEqual([1_800_000, 2_400_000]);
    const policies = (await api.anyone().get('/policies?on=2026-07-15')).body.items;
    expect(policies).toEqual([expect.objectContaining({ policyId, packHash: changed.body.packHash })]);
    expect(policies[0].benefits.length).toBeGreaterThan(40);

    // Until that day nothing rests on it, and it can be taken back; then no more.
    api.setNow(new Date('2026-07-15T02:00:00Z'));
    expect((await step(drafter, packId, 'withdrawal', { reason: '写错了' })).body.error.code).toBe('pack-state-unfit');
    api.setNow(now);
    expect((await step(drafter, packId, 'withdrawal', { reason: '市里另有安排' })).body).toMatchObject({ state: 'withdrawn', reason: '市里另有安排' });
    expect(await paidOn('2026-07-15')).toBe(1_800_000);

    const { rows: steps } = await asOwner(api.database, (client) => client.query<{ action: string; outcome: string }>(`select * from audit_entries where object_id = $1 order by entry_id`, [packId]));
    const done = steps.filter(({ outcome }) => outcome === 'done').map(({ action }) => action);
    expect(done).toEqual(['packs.draft', 'packs.change', 'packs.approve', 'packs.publish', 'packs.withdraw']);
    expect(JSON.stringify(steps)).not.toContain('丁档');
  });

  test('the author of a draft is one: others begin their own from it; and nobody changes what is approved or changed meanwhile', async () => {
    const mine = await draft(drafter);
    const path = `/packs/${mine.body.packId}/files`;
    const etag = mine.headers.get('etag') ?? '';
    expect((await second.put(path, { files: {} }, { 'if-match': etag })).body.error.code).toBe('pack-not-own');
    expect((await drafter.put(path, { files: {} })).body.error.code).toBe('precondition-required');
    expect((await drafter.put(path, { files: {}, note: '再看一遍' }, { 'if-match': etag })).status).toBe(200);
    // Somebody who looked before the change approves nothing that they did not see.
    expect((await second.post(`/packs/${mine.body.packId}/approval`, undefined, { 'if-match': etag })).body.error.code).toBe('changed-meanwhile');
    expect((await step(approver, mine.body.packId, 'approval')).status).toBe(200);
    const late = (await drafter.get(`/packs/${mine.body.packId}`)).headers.get('etag') ?? '';
    expect((await drafter.put(path, { files: {} }, { 'if-match': late })).body.error.code).toBe('pack-state-unfit');
  });

  test('the program’s own files are the program’s version, by hash, whoever uploads them; of two who approve at once one does, the other is told that it changed', async () => {
    const theirs = await draft(second, {});
    expect(theirs.body).toMatchObject({ state: 'checked', isOwn: true, packHash: (await drafter.get(`/packs/${published}`)).body.packHash });
    expect((await step(second, theirs.body.packId, 'approval')).body.error.code).toBe('own-hands-refused');
    const sent = { 'if-match': theirs.headers.get('etag') ?? '' };
    const answers = await Promise.all([drafter, approver].map((each) => each.post(`/packs/${theirs.body.packId}/approval`, undefined, sent)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412]);
  });

  test('what cannot be a version is refused: no policy.yaml, a policy that is nowhere, a name that leads out', async () => {
    expect((await draft(drafter, { 'policy.yaml': null })).body.error.code).toBe('pack-files-missing');
    expect((await drafter.post('/packs', { policyId: 'siping-2025', files: { 'policy.yaml': '' } })).body.error.code).toBe('policy-unknown');
    expect((await draft(drafter, { '../policy.yaml': '' })).body.error.code).toBe('input-invalid');
    expect((await draft(drafter, { 'a..yaml': '' })).body.error.code).toBe('input-invalid');
    for (const text of ['a\u0000', '\ud800']) expect((await draft(drafter, { 'policy.yaml': text })).body.error.code).toBe('input-invalid');
    expect((await draft(drafter, { 'policy.yaml': '名称: [' })).body).toMatchObject({ state: 'draft', report: { findings: [{ code: 'bad-yaml', file: 'policy.yaml' }] } });
    expect((await api.officer('city-hrss', 'reviewer').post('/packs', { policyId, files: {} })).body.error.code).toBe('not-permitted');
    const { rows: refused } = await asOwner(api.database, (client) => client.query(`select action from audit_entries where outcome = 'refused'`));
    expect(refused).toEqual([{ action: 'packs.draft' }]);
    expect((await api.anyone().get('/packs')).status).toBe(401);
  });

  test('a policy that is new in the city is drafted beside the others and holds from a day that may be past', async () => {
    const made = await drafter.post('/packs', { policyId: 'sample-2026', cityId: 'jilin-city', files: sampleFiles });
    expect(made.body.report.findings).toEqual([]);
    expect(made.body).toMatchObject({ state: 'checked', corrects: null });
    await step(second, made.body.packId, 'approval');
    expect((await step(second, made.body.packId, 'publication', { effectiveOn: '1999-01-01' })).body.error.code).toBe('pack-date-wrong');
    expect((await step(second, made.body.packId, 'publication', { effectiveOn: '2026-01-01' })).status).toBe(200);
    expect((await api.anyone().get('/policies?on=2026-02-01')).body.items.map((item: { policyId: string }) => item.policyId)).toEqual([policyId, 'sample-2026']);
  });

  test('lists are paged, newest first', async () => {
    const first = await drafter.get(`/packs?limit=2&policy=${policyId}`);
    const rest = await drafter.get(`/packs?limit=200&policy=${policyId}&cursor=${first.body.nextCursor}`);
    const all = (await drafter.get(`/packs?limit=200&policy=${policyId}`)).body.items;
    expect([...first.body.items, ...rest.body.items]).toEqual(all);
    expect(all.at(-1)).toMatchObject({ packId: published, draftedBy: 'build', state: 'published' });
    const cursor = Buffer.from(JSON.stringify(['2026-02-31T00:00:00.000Z', newId()])).toString('base64url');
    expect((await drafter.get(`/packs?cursor=${cursor}`)).body.error.code).toBe('cursor-invalid');
  });
});

describe('between two versions', () => {
  let body: Answered['body'];
  beforeAll(async () => void ({ body } = await draft(drafter)));

  test('the files’ lines and the benefits that changed are told', async () => {
    const { files: changed, policy } = (await approver.get(`/packs/${body.packId}/difference?from=${published}`)).body;
    expect(changed.map(({ file }: { file: string }) => file)).toEqual(['living-subsidy.yaml', 'policy.yaml']);
    const line = 1 + (files['policy.yaml']?.split('\n').findIndex((each) => each.includes('{ 当: 丁档, 得: 300元 }')) ?? 0);
    expect(changed[1].lines).toEqual([{ oldLine: line, newLine: line, removed: ['      - { 当: 丁档, 得: 300元 }'], added: ['      - { 当: 丁档, 得: 400元 }'] }]);
    expect(policy).toEqual({ parts: [], benefits: [expect.objectContaining({ benefit: 'living-subsidy', change: 'changed', parts: ['amount'] })] });
  });

  test('open cases that a correction changes are listed, whatever version they pin', async () => {
    const { packHash } = (await drafter.get(`/packs/${published}`)).body;
    const sample = (facts: OpenCase['facts'], pinned: string = packHash): OpenCase => ({ caseId: newId(), caseNumber: '样例', benefitId: 'living-subsidy', packHash: pinned, year: 2026, on: '2026-06-30', facts });
    const master = { ...bachelor, facts: { ...bachelor.facts, 学历: '硕士研究生' } };
    const unfit = { ...bachelor, facts: { ...bachelor.facts, 毕业日期: '不是日期' } };
    const cases = [sample(bachelor), sample(master), sample(unfit), sample(bachelor, body.packHash)];
    const capacity: Capacity = { kind: 'officer', departmentId: newId(), codes: ['220200'], roles: ['policy'] };
    const scope = scopeFor({ tenantId: api.tenantId, actor: { accountId: newId(), sessionId: newId(), capacity } }, 'pack.read');
    const openCases = { list: (_tx: unknown, _scope: unknown, policy: string, after: string | undefined, limit: number) => Promise.resolve(policy === policyId ? cases.filter(({ caseId }) => after === undefined || caseId > after).slice(0, limit) : []) };
    const parts = { packs: makePacks(openBuiltPacks), compiler: makePackCompiler(), protector: api.parts.protector, openCases };
    const page = (after: string | undefined, limit: number) => inTenant(api.database.db, api.tenantId, (tx) => listChangedCases(tx, scope, parts, body.packId, { after, limit }));
    const all = await page(undefined, 50);
    expect(all).toMatchObject({ examined: 4, last: undefined });
    expect(all.items.map(({ caseId }) => caseId)).toEqual([cases[0]?.caseId, cases[2]?.caseId]);
    expect(all.items[0]).toMatchObject({ before: { amount: { totalFen: 1_800_000 } }, after: { amount: { totalFen: 2_400_000 } } });
    expect(all.items[1]).toMatchObject({ before: null, after: null });
    const first = await page(undefined, 2);
    expect([first.items.length, first.last]).toEqual([1, cases[1]?.caseId]);
    expect((await page(first.last, 2)).items.map(({ caseId }) => caseId)).toEqual([cases[2]?.caseId]);
    expect((await drafter.get(`/packs/${body.packId}/changed-cases`)).status).toBe(200);
  });
});

describe('what is set for a year', () => {
  const propose = (by: TestCaller, more: object = {}): Promise<Answered> =>
    by.post('/pack-settings', { policyId, kind: 'parameter', name: '最低工资', year: 2026, value: 1880, decisionReference: '吉市人社发〔2026〕1号', ...more });
  const settle = (by: TestCaller, { settingId }: { settingId: string }, approve = true): Promise<Answered> => by.post(`/pack-settings/${settingId}/decision`, { approve });
  const held = async (year: number, name: string): Promise<unknown> =>
    (await drafter.get(`/packs/${published}/settings?year=${year}`)).body.items.find((item: { name: string }) => item.name === name)?.value;

  test('a parameter holds for its year once another approved it, and an answer uses it', async () => {
    const first = await propose(drafter);
    expect([first.status, first.body.state, first.body.value]).toEqual([201, 'proposed', 1880]);
    expect(await held(2026, '最低工资')).toBeNull();
    expect((await settle(drafter, first.body)).body.error.code).toBe('own-hands-refused');
    expect((await settle(approver, first.body)).body).toMatchObject({ state: 'approved' });
    expect((await settle(approver, first.body)).body.error.code).toBe('settled-already');
    expect([await held(2025, '最低工资'), await held(2026, '最低工资'), await held(2027, '最低工资')]).toEqual([null, 1880, null]);
    const scope = scopeFor({ tenantId: api.tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'anyone' } } }, 'pack.use');
    const pack = await inTenant(api.database.db, api.tenantId, (tx) => api.parts.packs.inForce(tx, scope, policyId, '2026-06-30'));
    expect(pack?.parameters).toMatchObject({ 最低工资: 188_000, 同级留成比例: null });
    const { results } = pack?.evaluate({ subject: 'person', facts: { 学历: '本科', 用人单位: { 单位类型: '无' } } }, '2026-06-30') ?? { results: [] };
    expect(results.find(({ benefit }) => benefit === 'apprenticeship-allowance')?.amount).toMatchObject({ kind: 'exact', totalFen: 188_000 });

    // Another decision for the same year takes its place; the first is kept.
    const next = await propose(second, { value: 1950.5 });
    expect((await settle(drafter, next.body)).status).toBe(200);
    expect(await held(2026, '最低工资')).toBe(1950.5);
    expect((await drafter.get('/pack-settings?year=2026')).body.items.map(({ state }: { state: string }) => state)).toEqual(['approved', 'replaced']);
  });

  test('two approved at once for one thing leave one in force', async () => {
    const both = await Promise.all([propose(drafter, { year: 2030, value: 2000 }), propose(drafter, { year: 2030, value: 2100 })]);
    const answers = await Promise.all(both.map(({ body }) => settle(approver, body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const states = (await drafter.get('/pack-settings?year=2030')).body.items.map(({ state }: { state: string }) => state);
    expect(states.sort()).toEqual(['approved', 'replaced']);
    const { rows } = await asOwner(api.database, (client) => client.query(`select count(*)::int as count from pack_settings where year = 2030 and state = 'approved'`));
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('readings and promises hold until another decision; what was declined does not', async () => {
    const reading = await propose(drafter, { kind: 'reading', name: '合同从何时起算', value: '不限' });
    await settle(second, reading.body);
    expect([await held(2025, '合同从何时起算'), await held(2026, '合同从何时起算'), await held(2031, '合同从何时起算')]).toEqual(['年初', '不限', '不限']);
    const publicity = await propose(drafter, { kind: 'promise', name: 'enterprise-hires/publicity', value: 5 });
    await settle(second, publicity.body);
    expect([await held(2025, 'enterprise-hires/publicity'), await held(2027, 'enterprise-hires/publicity')]).toEqual([null, 5]);
    const declined = await propose(drafter, { kind: 'promise', name: 'enterprise-hires/2', value: 10 });
    expect((await settle(approver, declined.body, false)).body.state).toBe('declined');
    const own = await propose(drafter, { kind: 'promise', name: 'enterprise-hires/2', value: 10, year: 2028 });
    expect((await settle(drafter, own.body, false)).body.state).toBe('declined');
    expect(await held(2028, 'enterprise-hires/2')).toBeNull();
  });

  test.each([
    ['a policy that nobody published', { policyId: 'siping-2025' }, 'policy-unknown'],
    ['a name that the policy does not have', { name: '最高工资' }, 'setting-unknown'],
    ['an alternative that the reading does not have', { kind: 'reading', name: '合同从何时起算', value: '明年' }, 'setting-value-wrong'],
    ['more places than fen', { value: 1.234 }, 'setting-value-wrong'],
    ['a share beyond the whole', { name: '同级留成比例', value: 1.2 }, 'setting-value-wrong'],
    ['no working day', { kind: 'promise', name: 'enterprise-hires/1', value: 0 }, 'setting-value-wrong'],
    ['a text for money', { value: '很多' }, 'setting-value-wrong'],
  ])('%s is refused', async (_, more, code) => {
    expect((await propose(drafter, more)).body.error.code).toBe(code);
  });

  test('the list is paged', async () => {
    const first = await drafter.get('/pack-settings?limit=1');
    const next = await drafter.get(`/pack-settings?limit=200&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...next.body.items]).toEqual((await drafter.get('/pack-settings?limit=200')).body.items);
    expect((await drafter.get('/pack-settings?state=declined')).body.items.length).toBe(2);
  });
});
