// 合计上限: of a benefit whose grants to one person are capped in all, no case gives more than the others leave.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterPerson } from '../../../test/support/registry-samples.ts';
import { bringToDecision, caseOfficers, type CaseOfficers, command, done, fileCase, filingTime, recordGraduate } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, samplePolicy } from '../../../test/support/sample-decision.ts';

let api: TestApi;
let officers: CaseOfficers;
const over = { status: 409, body: { error: { code: 'case-total-over' } } };
const yuan = (amount: number): number => amount * 100;

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  officers = caseOfficers(api);
});
afterAll(() => api.stop());

/** Somebody who asked for the reward of several years; each case waits for its decision. */
async function asked(periods: readonly string[]): Promise<readonly string[]> {
  api.setNow(filingTime);
  const personId = await enterPerson(api.officer('changyi-hrss', 'intake'));
  await recordGraduate(api, personId);
  const ids: string[] = [];
  for (const period of periods) {
    const caseId = await fileCase(api, personId, { period });
    await bringToDecision(officers, caseId);
    // The departments of its own procedure are none of the sample's.
    await asOwner(api.database, (client) => client.query(`update cases set benefit_id = 'income-tax-reward' where case_id = $1`, [caseId]));
    ids.push(caseId);
  }
  return ids;
}

const give = (caseId: string, amount: number) => command(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '缴税属实。', amountFen: yuan(amount) });
const seen = async (caseId: string) => (await officers.approver.get(`/cases/${caseId}`)).body;

async function read(alternative: string): Promise<void> {
  const [one, two] = [api.officer('city-hrss', 'policy'), api.officer('city-hrss', 'policy')];
  const { body } = await one.post('/pack-settings', { policyId: samplePolicy, kind: 'reading', name: '个税奖励封顶', year: 2026, value: alternative, decisionReference: '吉市税发〔2026〕1号' });
  expect((await two.post(`/pack-settings/${body.settingId}/decision`, { approve: true })).body).toMatchObject({ state: 'approved' });
}

test('under the reading of the document each year has its own cap, and no more is looked at', async () => {
  const [first = '', second = ''] = await asked(['2024', '2025']);
  expect((await give(first, 200_000)).status).toBe(200);
  expect((await seen(second)).totalCap).toBeNull();
  expect((await give(second, 200_000)).status).toBe(200);
});

test('read as the cap for life, years share it: what is left is told, more is refused with the figures, what is revoked is free again', async () => {
  await read('一生');
  const [first = '', second = '', third = ''] = await asked(['2023', '2024', '2025']);
  expect(await seen(first)).toMatchObject({ totalCap: { capFen: yuan(200_000), grantedFen: 0, leftFen: yuan(200_000) } });
  expect((await give(first, 150_000)).status).toBe(200);
  expect(await seen(second)).toMatchObject({ totalCap: { capFen: yuan(200_000), grantedFen: yuan(150_000), leftFen: yuan(50_000) }, can: expect.arrayContaining(['grant']) });
  const refused = await give(second, 50_000.01);
  expect(refused).toMatchObject(over);
  expect(refused.body.error.message).toBe('这项待遇历次一共最多 200,000 元，别的办件已经给了 150,000 元，这一件最多还能给 50,000 元。');
  expect((await give(second, 50_000)).status).toBe(200);
  // Nothing is left: granting is no longer offered, and says why.
  const last = await seen(third);
  expect(last.can).not.toContain('grant');
  expect([last.totalCap, last.cannot]).toMatchObject([{ leftFen: 0 }, [{ command: 'grant', code: 'case-total-over' }]]);
  expect(await give(third, 1)).toMatchObject(over);
  // A change gives no more than is left either; the person reads nothing of it.
  const other = api.officer('changyi-hrss', 'approver');
  expect(await command(other, second, 'change', { reason: '多缴。', amountFen: yuan(60_000) })).toMatchObject(over);
  expect((await api.person((last as { subject: { partyId: string } }).subject.partyId).get(`/cases/${third}`)).body.totalCap).toBeNull();
  await done(other, first, 'revocation', { reason: '查实不符合。' });
  expect((await give(third, 150_000)).status).toBe(200);
});

test('of two years that are decided in one moment no more is given than the cap', async () => {
  const ids = await asked(['2024', '2025']);
  const answers = await Promise.all(ids.map((caseId) => give(caseId, 120_000)));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
});
