// Oversight through the interface: reports with a receipt, lots that can be drawn again, findings that stop payments by two people's hands.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../../../test/support/database.ts';
import { fine, type PayableCity, startPayableCity } from '../../../test/support/payable-city.ts';
import { enterOrganisation } from '../../../test/support/registry-samples.ts';
import { newId } from '../../storage/database.ts';
import { drawLot } from './draw-lot.ts';

let city: PayableCity;
beforeAll(async () => {
  city = await startPayableCity();
});
afterAll(() => city.api.stop());

const reviewer = () => city.api.officer('changyi-hrss', 'reviewer', 'leader', 'finance');
const approver = () => city.api.officer('changyi-hrss', 'approver', 'finance');

describe('the lot', () => {
  test('the same seed and candidates give the same order, whatever order they come in; every candidate stands in it once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 }), fc.stringMatching(/^[0-9a-f]{64}$/), (ids, seed) => {
        const lot = drawLot(seed, ids);
        expect(drawLot(seed, [...ids].reverse())).toEqual(lot);
        expect([...lot].sort()).toEqual([...ids].sort());
      }),
    );
  });

  test('everybody is drawn about as often as anybody else', () => {
    const ids = Array.from({ length: 10 }, (_, at) => `case ${at}`);
    const first = new Map(ids.map((id) => [id, 0]));
    for (let at = 0; at < 5000; at++) {
      const [drawn = ''] = drawLot(at.toString(16).padStart(64, '0'), ids);
      first.set(drawn, (first.get(drawn) ?? 0) + 1);
    }
    // 500 each is expected; beyond 400 to 600 chance alone would come less than once in a hundred thousand.
    expect([...first.values()].every((count) => count > 400 && count < 600)).toBe(true);
  });
});

describe('a report of fraud', () => {
  test('anonymous: followed and added to by its code alone, examined and answered by officers of the place', async () => {
    const { receiptCode } = fine(await city.api.anyone().post('/reports', { text: '某公司的张三一没有上班', jurisdictionCode: '220202', contact: '13800000001' })).body as { receiptCode: string };
    const follow = (code: string) => city.api.anyone().post('/reports/follow', { receiptCode: code });
    expect(fine(await follow(receiptCode.toLowerCase().replaceAll('-', ' '))).body).toMatchObject({ state: 'received', answer: null, messages: [] });
    expect(await follow('2345-2345-2345-2345')).toMatchObject({ status: 404, body: { error: { code: 'report-code-unknown' } } });
    expect(await follow('x')).toMatchObject({ status: 404, body: { error: { code: 'report-code-unknown' } } });
    const officer = reviewer();
    const [{ reportId }] = (await officer.get('/reports?state=received')).body.items;
    expect((await officer.get(`/reports/${reportId}`)).body).toMatchObject({ isNamed: false, partyId: null, text: '某公司的张三一没有上班', contact: '13800000001' });
    expect((await city.api.officer('longtan-hrss', 'reviewer').get(`/reports/${reportId}`)).status).toBe(404);
    fine(await officer.post(`/reports/${reportId}/messages`, { text: '请问是哪几个月' }));
    fine(await city.api.anyone().post('/reports/messages', { receiptCode, text: '三月到五月' }));
    fine(await officer.post(`/reports/${reportId}/answer`, { outcome: 'upheld', text: '已经核实，停发并追回' }));
    expect(fine(await follow(receiptCode)).body).toMatchObject({ state: 'upheld', answer: '已经核实，停发并追回', messages: [{ side: 'office' }, { side: 'reporter', text: '三月到五月' }] });
    expect(await city.api.anyone().post('/reports/messages', { receiptCode, text: '再说一句' })).toMatchObject({ status: 409, body: { error: { code: 'report-over' } } });
    expect(await officer.post(`/reports/${reportId}/answer`, { outcome: 'unclear', text: '改一改' })).toMatchObject({ status: 409 });
    // What stands in the tables tells nothing without the keys, and the trail not even the code.
    const kept = await asOwner(city.api.database, async (client) => [
      await client.query({ text: 'select * from fraud_reports', rowMode: 'array' }),
      await client.query({ text: `select * from audit_entries where action like 'reports.%'`, rowMode: 'array' }),
    ]);
    for (const { rows } of kept) {
      expect(rows).not.toEqual([]);
      // The bytes of a sealed column are read as they stand: any byte may occur in them.
      const text = (rows as unknown[][]).flat().map((value) => (Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value))).join('\n');
      for (const word of ['没有上班', '13800000001', receiptCode, receiptCode.replaceAll('-', '')]) expect(text).not.toContain(word);
    }
  });

  test('named: the person is recorded; nobody is named without signing in, and no place is made up', async () => {
    const { partyId } = await city.grant();
    fine(await city.api.person(partyId).post('/reports', { text: '样例', isNamed: true }));
    expect(await city.api.anyone().post('/reports', { text: '样例', isNamed: true })).toMatchObject({ status: 401 });
    expect(await city.api.anyone().post('/reports', { text: '样例', jurisdictionCode: '220299' })).toMatchObject({ status: 422, body: { error: { code: 'jurisdiction-unknown' } } });
    const cityOfficer = city.api.officer('city-hrss', 'reviewer');
    const items = (await cityOfficer.get('/reports')).body.items as { reportId: string; isNamed: boolean; jurisdictionCode: string }[];
    const named = items.find((one) => one.isNamed);
    expect(named?.jurisdictionCode).toBe('220200');
    expect((await cityOfficer.get(`/reports/${named?.reportId ?? ''}`)).body.partyId).toBe(partyId);
    expect(fine(await cityOfficer.get('/reports/export?format=csv')).raw.toString('utf8').trim().split('\r\n')).toHaveLength(items.length + 1);
  });
});

describe('lists of oversight', () => {
  const names = (items: unknown): string[] => (items as { name: string }[]).map(({ name }) => name);
  const lines = (raw: Buffer): string[] => raw.toString('utf8').trim().split('\r\n');

  test('reports are found by what they say, in both orders, page by page; the queue shows how each begins', async () => {
    for (const text of ['甲公司有人挂名领补贴，请查一查他们去年下半年的考勤记录和社保缴费是不是对得上，谢谢你们了', '乙公司有人挂名', '丙公司 ＶＩＰ 名额']) fine(await city.api.anyone().post('/reports', { text, jurisdictionCode: '220202' }));
    const officer = reviewer();
    const found = async (query: string): Promise<string[]> => ((await officer.get(`/reports?jurisdictionCode=220202&${query}`)).body.items as { excerpt: string }[]).map(({ excerpt }) => excerpt);
    expect(await found(`q=${encodeURIComponent('挂名')}`)).toEqual(['乙公司有人挂名', '甲公司有人挂名领补贴，请查一查他们去年下半年的考勤记录和社保缴费是不是对得上，谢…']);
    expect(await found('q=vip')).toEqual(['丙公司 ＶＩＰ 名额']);
    expect(await found(`q=${encodeURIComponent('没有这句话')}`)).toEqual([]);
    const first = await officer.get(`/reports?q=${encodeURIComponent('挂名')}&sort=oldest&limit=1`);
    expect((await found(`q=${encodeURIComponent('挂名')}&sort=oldest&limit=1&cursor=${first.body.nextCursor}`))).toEqual(['乙公司有人挂名']);
    const csv = fine(await officer.get(`/reports/export?format=csv&q=${encodeURIComponent('挂名')}`));
    expect(lines(csv.raw)).toHaveLength(3);
    expect(csv.raw.toString('utf8')).not.toContain('挂名');
  });

  test('plans, candidates and findings are found, sorted and leave as they were filtered; visits are counted', async () => {
    const [one, two] = [await city.grant({ name: '钱六一', fens: [100] }), await city.grant({ name: '钱六二', fens: [100] })];
    const officer = reviewer();
    const plan = async (title: string): Promise<string> => fine(await officer.post('/inspection-plans', { jurisdictionCode: '220202', title, policyId: 'jilin-city-2021', wanted: 10_000 })).body.planId;
    const [first, second] = [await plan('春季抽查'), await plan('秋季抽查')];
    const plans = async (query: string): Promise<string[]> => ((await officer.get(`/inspection-plans?limit=200&${query}`)).body.items as { planId: string }[]).map(({ planId }) => planId);
    expect(await plans(`q=${encodeURIComponent('季抽查')}`)).toEqual([second, first]);
    expect(await plans(`q=${encodeURIComponent('季抽查')}&sort=oldest`)).toEqual([first, second]);
    expect(lines(fine(await officer.get(`/inspection-plans/export?format=csv&q=${encodeURIComponent('春季')}`)).raw)).toHaveLength(2);
    fine(await officer.post(`/inspection-plans/${first}/draw`));
    const candidates = (query: string) => officer.get(`/inspection-plans/${first}/candidates?limit=200&${query}`);
    expect(names((await candidates(`q=${encodeURIComponent('钱六')}`)).body.items).sort()).toEqual(['钱六一', '钱六二']);
    const [seen] = (await candidates(`q=${encodeURIComponent('钱六一')}`)).body.items;
    expect(seen).toMatchObject({ caseId: one.caseId, employerName: expect.stringMatching(/./), caseNumber: expect.stringMatching(/^样例-/) });
    fine(await officer.post(`/inspection-plans/${first}/candidates/${one.caseId}/visit`, { atPost: 'no', visitedOn: '2026-06-30' }));
    expect(names((await candidates('visit=done')).body.items)).toEqual(['钱六一']);
    expect(names((await candidates('visit=waiting')).body.items)).not.toContain('钱六一');
    expect((await officer.get(`/inspection-plans/${first}`)).body.visited).toBe(1);
    expect((await officer.get('/inspection-plans?state=drawn&limit=200')).body.items.find(({ planId }: { planId: string }) => planId === first).visited).toBe(1);
    expect(lines(fine(await officer.get(`/inspection-plans/${first}/candidates/export?format=csv&visit=done`)).raw)[1]).toContain('钱六一');

    fine(await officer.post('/findings', { caseId: one.caseId, planId: first, text: '不在岗，样例' }));
    fine(await officer.post('/findings', { caseId: two.caseId, text: '待查，样例' }));
    const findings = async (query: string): Promise<string[]> => names((await officer.get(`/findings?limit=200&${query}`)).body.items);
    expect(await findings(`q=${encodeURIComponent('钱六')}`)).toEqual(['钱六二', '钱六一']);
    expect(await findings(`q=${encodeURIComponent('钱六')}&sort=oldest`)).toEqual(['钱六一', '钱六二']);
    const csv = fine(await officer.get(`/findings/export?format=csv&q=${encodeURIComponent('钱六')}&state=open`));
    expect(lines(csv.raw)).toHaveLength(3);
    expect(csv.raw.toString('utf8')).not.toContain('待查');
    const [{ findingId }] = (await officer.get(`/findings?caseId=${one.caseId}`)).body.items;
    expect((await officer.get(`/findings/${findingId}`)).body).toMatchObject({ isOwn: true, name: '钱六一' });
    expect((await approver().get(`/findings/${findingId}`)).body.isOwn).toBe(false);
  });
});

describe('an inspection', () => {
  test('is drawn once, by a seed that gives the same lot again; visits of those drawn are recorded, of others not', async () => {
    for (let at = 0; at < 6; at++) await city.grant({ fens: [100] });
    const revoked = await city.grant({ fens: [100], status: 'revoked' });
    const officer = reviewer();
    const { planId } = fine(await officer.post('/inspection-plans', { jurisdictionCode: '220202', title: '年末在岗抽查', policyId: 'jilin-city-2021', benefitId: 'living-subsidy', wanted: 3 })).body;
    const draws = await Promise.all([officer.post(`/inspection-plans/${planId}/draw`), approver().post(`/inspection-plans/${planId}/draw`)]);
    expect(draws.map(({ status }) => `${status}`).sort()).toEqual(['200', '409']);
    const plan = (await officer.get(`/inspection-plans/${planId}`)).body;
    expect(plan).toMatchObject({ state: 'drawn', isRepeatable: true, seed: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const all = (await officer.get(`/inspection-plans/${planId}/candidates?limit=200`)).body.items as { caseId: string; isDrawn: boolean; name: string }[];
    expect(all).toHaveLength(plan.candidates as number);
    expect(all.map(({ caseId }) => caseId)).not.toContain(revoked.caseId);
    // Anybody can draw it again.
    expect(drawLot(plan.seed as string, all.map(({ caseId }) => caseId))).toEqual(all.map(({ caseId }) => caseId));
    expect(all.map(({ isDrawn }) => isDrawn)).toEqual(all.map((_, at) => at < 3));
    const [drawn, other] = [all[0]?.caseId ?? '', all[3]?.caseId ?? ''];
    expect(fine(await officer.post(`/inspection-plans/${planId}/candidates/${drawn}/visit`, { atPost: 'yes', usefulness: 'useful', visitedOn: '2026-06-30', note: '在生产线上' })).body).toMatchObject({ atPost: 'yes', note: '在生产线上', name: all[0]?.name });
    expect(await officer.post(`/inspection-plans/${planId}/candidates/${other}/visit`, { atPost: 'no', visitedOn: '2026-06-30' })).toMatchObject({ status: 422, body: { error: { code: 'inspection-not-drawn' } } });
    expect(fine(await officer.get(`/inspection-plans/${planId}/candidates/export?format=csv`)).raw.toString('utf8').trim().split('\r\n')).toHaveLength(4);
    // Somebody who changes the lot afterwards is found out.
    await asOwner(city.api.database, (client) => client.query(`update inspection_candidates set place = 9999 where plan_id = $1 and place = 1`, [planId]));
    expect((await officer.get(`/inspection-plans/${planId}`)).body.isRepeatable).toBe(false);
    expect(await officer.post('/inspection-plans', { jurisdictionCode: '220203', title: '别的区', policyId: 'jilin-city-2021', wanted: 1 })).toMatchObject({ status: 404 });
    const empty = fine(await officer.post('/inspection-plans', { jurisdictionCode: '220202', title: '没人', policyId: 'nothing', wanted: 1 })).body;
    expect(await officer.post(`/inspection-plans/${empty.planId}/draw`)).toMatchObject({ status: 422, body: { error: { code: 'inspection-nobody' } } });
  });
});

describe('a finding', () => {
  test('stops the payment at once, is decided by another, and ends in money asked back', async () => {
    const { caseId, partyId, employerId } = await city.grant({ fens: [100_00, 200_00] });
    const first = await city.sent(caseId);
    fine(await city.answer(first.batchId, [{ paymentNumber: first.payments[0].paymentNumber as string, fen: 100_00, result: '成功' }]));
    const next = await city.grant({ fens: [50_00] });
    await city.check();
    const officer = reviewer();
    const recommender = await enterOrganisation(city.intake, { name: '样例推荐单位' });
    const found = fine(await officer.post('/findings', { caseId, text: '三月起没有上班', recommenderIds: [recommender] })).body;
    expect(found).toMatchObject({ state: 'open', text: '三月起没有上班' });
    expect(found.liabilities).toEqual(expect.arrayContaining([{ partyId, name: '张三一', role: 'payee' }, { partyId: employerId, name: expect.any(String), role: 'employer' }, { partyId: recommender, name: '样例推荐单位', role: 'recommender' }]));
    // The other case goes on; a finding on it while its batch waits takes it out.
    const { batchId } = await city.prepare(next.caseId);
    const second = fine(await officer.post('/findings', { caseId: next.caseId, text: '待查' })).body;
    expect(await city.approve(city.finance[1], batchId)).toMatchObject({ status: 422, body: { error: { code: 'batch-empty' } } });
    expect(await officer.post(`/findings/${second.findingId}/decision`, { outcome: 'dismissed', reason: '自己说了算' })).toMatchObject({ status: 403 });
    const both = city.api.officer('changyi-hrss', 'reviewer', 'approver');
    const own = fine(await both.post('/findings', { caseId: next.caseId, text: '另一条' })).body;
    expect(await both.post(`/findings/${own.findingId}/decision`, { outcome: 'confirmed', reason: '属实', document: '样〔2026〕1号' })).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
    const decider = approver();
    fine(await decider.post(`/findings/${own.findingId}/decision`, { outcome: 'dismissed', reason: '查无实据' }));
    // One finding is left, so it is held still.
    expect(await city.approve(city.finance[1], batchId)).toMatchObject({ status: 422 });
    fine(await decider.post(`/findings/${second.findingId}/decision`, { outcome: 'dismissed', reason: '查无实据' }));
    expect(await city.approve(city.finance[1], batchId)).toMatchObject({ status: 200, body: { takenOut: 0 } });

    expect(await officer.post(`/findings/${found.findingId}/repayment`, { payments: [{ paymentId: first.payments[0].paymentId }], reason: '不在岗' })).toMatchObject({ status: 409, body: { error: { code: 'finding-state-unfit' } } });
    fine(await decider.post(`/findings/${found.findingId}/decision`, { outcome: 'confirmed', reason: '属实', document: '样人社〔2026〕12号' }));
    const asked = fine(await officer.post(`/findings/${found.findingId}/repayment`, { payments: [{ paymentId: first.payments[0].paymentId }], reason: '不在岗' })).body;
    expect(asked.amountFen).toBe(100_00);
    expect((await officer.get(`/repayments/${asked.repaymentId}`)).body).toMatchObject({ state: 'proposed', document: '样人社〔2026〕12号', aboutId: found.findingId, caseId });
    expect((await officer.get(`/findings?caseId=${caseId}`)).body.items).toMatchObject([{ state: 'confirmed' }]);
    expect(fine(await decider.post(`/findings/${found.findingId}/closing`)).body.state).toBe('closed');
    expect(await decider.post(`/findings/${found.findingId}/closing`)).toMatchObject({ status: 409 });
  });

  test('rests on cases, plans, reports and people that are there and in reach', async () => {
    const { caseId } = await city.grant();
    const officer = reviewer();
    expect(await officer.post('/findings', { caseId: newId(), text: '样例' })).toMatchObject({ status: 404 });
    expect(await officer.post('/findings', { caseId, text: '样例', planId: newId() })).toMatchObject({ status: 404 });
    expect(await officer.post('/findings', { caseId, text: '样例', reportId: newId() })).toMatchObject({ status: 404 });
    expect(await officer.post('/findings', { caseId, text: '样例', recommenderIds: [newId()] })).toMatchObject({ status: 404 });
    expect(await city.api.officer('longtan-hrss', 'reviewer').post('/findings', { caseId, text: '样例' })).toMatchObject({ status: 404 });
    expect((await officer.get(`/findings?caseId=${caseId}`)).body.items).toEqual([]);
  });
});
