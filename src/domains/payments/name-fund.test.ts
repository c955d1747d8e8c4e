// Finance names the fund of what no document names one for: who may, which funds, what the ledger promises, and how the schedule goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../../test/support/database.ts';
import { type PayableCity, payMoment, sampleFund, startPayableCity } from '../../../test/support/payable-city.ts';
import { newId } from '../../storage/database.ts';
import { checkLedger, fundStates, listParts, openYear } from '../ledger/index.ts';
import { jobScope } from '../permissions/index.ts';

let city: PayableCity;
const small = '样例小额资金';
beforeAll(async () => {
  city = await startPayableCity();
  const budget = { unit: 'fen' as const, jurisdictionCode: '220202', fund: small, year: 2026, amount: 100_00, reference: '样财〔2026〕2号', proposedBy: newId(), confirmedBy: newId() };
  await city.inCity((tx) => openYear(tx, jobScope(city.api.tenantId, 'test', 'budget.record'), budget, payMoment));
});
afterAll(() => city.api.stop());

const named = { fund: sampleFund, jurisdictionCode: '220202', document: '样财〔2026〕7号' };
/** Somebody to whom two yearly instalments are granted for which no fund is named; the first is due and in doubt. */
async function unfunded(fens: readonly number[] = [300_00, 200_00]): Promise<{ readonly caseId: string; readonly first: string; readonly second: string }> {
  const { caseId } = await city.grant({ shares: [], fens });
  await city.check();
  const [first, second] = (await city.instalments(caseId)) as readonly { instalmentId: string }[];
  return { caseId, first: first?.instalmentId ?? '', second: second?.instalmentId ?? '' };
}
const states = async (caseId: string): Promise<readonly unknown[]> => (await city.instalments(caseId)).map(({ state }) => state as unknown);
const promised = async (caseId: string): Promise<unknown> => {
  const parts = await city.inCity((tx) => listParts(tx, jobScope(city.api.tenantId, 'test', 'ledger.read'), { caseIds: [caseId] }));
  return parts.map(({ fund, jurisdictionCode, year, committed }) => [fund, jurisdictionCode, year, committed]).sort((one, other) => Number(one[2]) - Number(other[2]));
};
const codeOf = ({ status, body }: { status: number; body: { error: { code: string } } }): unknown => (status < 300 ? status : body.error.code);

test('a fund with a budget is named by finance: the money is promised, the doubt is gone, and the instalment is paid like any other', async () => {
  const { caseId, first, second } = await unfunded();
  expect(await states(caseId)).toEqual(['in-doubt', 'waiting']);
  const path = `/instalments/${first}/fund`;

  expect(codeOf(await city.api.officer('changyi-hrss', 'reviewer').post(path, named))).toBe('not-permitted');
  expect(codeOf(await city.api.officer('changyi-hrss', 'approver').post(path, named))).toBe('not-permitted');
  expect((await city.api.officer('longtan-hrss', 'finance').post(path, named)).status).toBe(404);
  expect(codeOf(await city.finance[0].post(path, { ...named, document: ' ' }))).toBe('input-invalid');
  // A fund that has no budget here, of another year's budget alone, or beyond the officer's reach.
  expect(codeOf(await city.finance[0].post(path, { ...named, fund: '没有的资金' }))).toBe('fund-not-there');
  expect(codeOf(await city.finance[0].post(`/instalments/${second}/fund`, { ...named, fund: small }))).toBe('fund-not-there');
  expect(codeOf(await city.finance[0].post(path, { ...named, jurisdictionCode: '220200' }))).toBe('fund-not-there');
  expect(await promised(caseId)).toEqual([]);

  expect((await city.finance[0].post(path, named)).body).toMatchObject({ instalmentId: first, state: 'ready' });
  expect(await promised(caseId)).toEqual([[sampleFund, '220202', 2026, 300_00]]);
  const { doubts, shares } = (await city.finance[0].get(`/instalments/${first}`)).body;
  expect([shares, doubts.map((one: { kind: string; settledAs: string }) => [one.kind, one.settledAs])]).toEqual([[{ fund: sampleFund, jurisdictionCode: '220202', year: 2026, fen: 300_00, offsetFen: 0 }], [['fund-missing', 'gone']]]);
  expect(codeOf(await city.finance[1].post(path, named))).toBe('instalment-funded');

  const { payments, batchId } = await city.sent(caseId);
  expect((await city.answer(batchId, [{ paymentNumber: String(payments[0].paymentNumber), fen: 300_00, result: '成功' }])).status).toBe(200);
  expect(await states(caseId)).toEqual(['paid', 'waiting']);
  expect(codeOf(await city.finance[0].post(path, named))).toBe('instalment-state-unfit');
  const trail = await asOwner(city.api.database, (client) => client.query(`select detail ->> 'fund' as fund, detail ->> 'document' as document from audit_entries where tenant_id = $1 and action = 'instalments.fund' and outcome = 'done'`, [city.api.tenantId]));
  expect(trail.rows).toEqual([{ fund: sampleFund, document: named.document }]);
});

test('another county’s fund does not pay, whoever names it; the city’s does', async () => {
  for (const jurisdictionCode of ['220203', '220200']) {
    const budget = { unit: 'fen' as const, jurisdictionCode, fund: '样例统筹资金', year: 2026, amount: 1_000_00, reference: '样财〔2026〕3号', proposedBy: newId(), confirmedBy: newId() };
    await city.inCity((tx) => openYear(tx, jobScope(city.api.tenantId, 'test', 'budget.record'), budget, payMoment));
  }
  const { caseId, first } = await unfunded();
  const treasury = city.api.officer('city-finance', 'finance');
  const wish = { fund: '样例统筹资金', document: '样财〔2026〕8号' };
  const neighbour = await treasury.post(`/instalments/${first}/fund`, { ...wish, jurisdictionCode: '220203' });
  expect(neighbour).toMatchObject({ status: 422, body: { error: { code: 'fund-elsewhere', message: expect.stringContaining('只能由本地或上级的资金付') } } });
  expect(codeOf(await city.finance[0].post(`/instalments/${first}/fund`, { ...wish, jurisdictionCode: '220203' }))).toBe('fund-elsewhere');
  expect(await promised(caseId)).toEqual([]);
  expect((await treasury.post(`/instalments/${first}/fund`, { ...wish, jurisdictionCode: '220200' })).body).toMatchObject({ state: 'ready' });
  expect(await promised(caseId)).toEqual([['样例统筹资金', '220200', 2026, 300_00]]);
});

test('more than the fund has is refused and nothing is promised; two at once promise once; the later ones can be named along', async () => {
  const { caseId, first } = await unfunded();
  expect(codeOf(await city.finance[0].post(`/instalments/${first}/fund`, { ...named, fund: small }))).toBe('ledger-floor');
  expect([await promised(caseId), await states(caseId)]).toEqual([[], ['in-doubt', 'waiting']]);

  const both = await Promise.all([city.finance[0], city.finance[1]].map((by) => by.post(`/instalments/${first}/fund`, { ...named, andLater: true })));
  expect(both.map(codeOf).map(String).sort()).toEqual(['200', 'instalment-funded']);
  expect(await promised(caseId)).toEqual([[sampleFund, '220202', 2026, 300_00], [sampleFund, '220202', 2027, 200_00]]);
  expect(await states(caseId)).toEqual(['ready', 'waiting']);
  const [left] = await city.inCity((tx) => fundStates(tx, jobScope(city.api.tenantId, 'test', 'ledger.read'), { unit: 'fen', jurisdictionCode: '220202', fund: small, fromYear: 2026, toYear: 2026 }));
  expect(left).toMatchObject({ free: 100_00, committed: 0 });
  expect((await city.inCity((tx) => checkLedger(tx, jobScope(city.api.tenantId, 'test', 'ledger.check')))).findings).toEqual([]);
});
