// A grant revoked while its money is with the bank: what the bank does not pay is free, what it pays is proposed to be asked back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Answered, type TestApi } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { bodyOf, fine, type Payable, type PayableCity, payDay, payMoment, startPayableCity } from '../../../test/support/payable-city.ts';
import { enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { command, filingTime, prepareCase, recordGraduate, toDecision } from '../../../test/support/sample-case.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { checkLedger, listParts, openYear } from '../ledger/index.ts';
import { jobScope } from '../permissions/index.ts';
import { checkDue } from './check-instalments.ts';
import { cancelSchedule } from './schedule-instalments.ts';

let city: PayableCity;
beforeAll(async () => {
  city = await startPayableCity();
});
afterAll(() => city.api.stop());

type Line = { readonly paymentId: string; readonly paymentNumber: string; readonly amountFen: number };

/** Hands the first instalment to the bank and revokes what it rested on. */
async function revokedAtBank(fens: readonly number[]): Promise<Payable & Line & { readonly batchId: string }> {
  const granted = await city.grant({ fens });
  const { batchId, payments } = await city.sent(granted.caseId);
  await revoke(granted.caseId);
  return { ...granted, batchId, ...(payments[0] as Line) };
}

async function revoke(caseId: string): Promise<void> {
  await asOwner(city.api.database, (client) => client.query(`update cases set status = 'revoked' where case_id = $1`, [caseId]));
  await city.inCity((tx) => cancelSchedule(tx, jobScope(city.api.tenantId, 'test', 'payment.schedule'), city.api.parts.payments, caseId, 'revoked', payMoment));
}

async function places(caseId: string): Promise<readonly number[]> {
  const parts = await city.inCity((tx) => listParts(tx, jobScope(city.api.tenantId, 'test', 'ledger.read'), { caseIds: [caseId] }));
  const sum = (of: 'committed' | 'paying' | 'paid' | 'released' | 'receivable'): number => parts.reduce((total, part) => total + part[of], 0);
  return [sum('committed'), sum('paying'), sum('paid'), sum('released'), sum('receivable')];
}
const states = async (caseId: string): Promise<readonly string[]> => (await city.instalments(caseId)).map(({ state }) => state as string);
const told = ({ paymentNumber, amountFen: fen }: Line, result: string) => ({ paymentNumber, fen, result });
const repaymentsOf = async (caseId: string) => (await city.finance[0].get(`/repayments?caseId=${caseId}`)).body.items;

test.each(['失败', '退汇'])('told %s, it is free at once and never paid again', async (result) => {
  const gone = await revokedAtBank([100_00, 200_00]);
  expect(await places(gone.caseId)).toEqual([0, 100_00, 0, 200_00, 0]);
  expect(fine(await city.answer(gone.batchId, [told(gone, result)])).body).toMatchObject({ failed: 1, batch: { state: 'closed' } });
  expect(await places(gone.caseId)).toEqual([0, 0, 0, 300_00, 0]);
  expect(await states(gone.caseId)).toEqual(['cancelled', 'cancelled']);
  await city.check();
  expect(await states(gone.caseId)).toEqual(['cancelled', 'cancelled']);
  expect(await repaymentsOf(gone.caseId)).toEqual([]);
});

test('told paid, it is proposed to be asked back; one person adopts that, another demands it', async () => {
  const gone = await revokedAtBank([100_00, 200_00]);
  fine(await city.answer(gone.batchId, [told(gone, '成功')]));
  expect(await places(gone.caseId)).toEqual([0, 0, 100_00, 200_00, 0]);
  const [proposed, ...more] = await repaymentsOf(gone.caseId);
  expect([proposed, more]).toMatchObject([{ state: 'proposed', amountFen: 100_00, document: `样例-${gone.caseId.slice(-8)}` }, []]);
  const path = `/repayments/${proposed.repaymentId}`;
  const [one, two] = city.finance;
  expect(proposed).toMatchObject({ waitsForAdoption: true, adoptedAt: null });
  expect(await one.post(`${path}/demand`)).toMatchObject({ status: 409, body: { error: { code: 'repayment-not-adopted' } } });
  expect(fine(await one.post(`${path}/adoption`)).body).toMatchObject({ state: 'proposed', waitsForAdoption: false, adoptedAt: payMoment.toISOString() });
  fine(await one.post(`${path}/adoption`));
  expect(await two.post(`${path}/adoption`)).toMatchObject({ status: 409, body: { error: { code: 'repayment-adopted' } } });
  expect(await one.post(`${path}/demand`)).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
  expect(await places(gone.caseId)).toEqual([0, 0, 100_00, 200_00, 0]);
  expect(fine(await two.post(`${path}/demand`)).body).toMatchObject({ state: 'demanded', waitsForAdoption: false, reason: expect.stringContaining('决定撤销了') });
  expect(await places(gone.caseId)).toEqual([0, 0, 0, 200_00, 100_00]);
});

test('what a person proposed nobody adopts, and the database keeps the two apart too', async () => {
  const granted = await city.grant({ fens: [100_00] });
  const { batchId, payments } = await city.sent(granted.caseId);
  const [line] = payments as [Line];
  fine(await city.answer(batchId, [told(line, '成功')]));
  const asked = fine(await city.finance[0].post('/repayments', { payments: [{ paymentId: line.paymentId }], document: '样〔2026〕1号', reason: '查实不符合' })).body;
  const path = `/repayments/${asked.repaymentId}`;
  expect(asked).toMatchObject({ waitsForAdoption: false, adoptedAt: null });
  expect(await city.finance[1].post(`${path}/adoption`)).toMatchObject({ status: 409, body: { error: { code: 'repayment-adopted' } } });
  const alone = `update repayments set state = 'demanded', proposed_by = 'job:payments', adopted_by = 'one', adopted_at = now(), decided_by = 'one', decided_at = now() where repayment_id = $1`;
  await expect(asOwner(city.api.database, (client) => client.query(alone, [asked.repaymentId]))).rejects.toThrow('violates check constraint');
  expect(fine(await city.finance[1].post(`${path}/demand`)).body).toMatchObject({ state: 'demanded' });
});

test('paid before the revocation and come back after it, it is free and not tried again', async () => {
  const granted = await city.grant({ fens: [100_00] });
  const { batchId, payments } = await city.sent(granted.caseId);
  const [line] = payments as [Line];
  fine(await city.answer(batchId, [told(line, '成功')]));
  await revoke(granted.caseId);
  expect(await repaymentsOf(granted.caseId)).toEqual([]);
  fine(await city.finance[0].post(`/payments/${line.paymentId}/return`, { on: payDay, reason: '账户注销' }));
  expect(await places(granted.caseId)).toEqual([0, 0, 0, 100_00, 0]);
  const [{ instalmentId, state }] = (await city.instalments(granted.caseId)) as [{ instalmentId: string; state: string }];
  expect(state).toBe('cancelled');
  expect((await city.finance[0].post(`/instalments/${instalmentId}/retry`)).status).toBe(409);
});

test('at the same moment as the bank’s word: nothing stays committed', async () => {
  for (const result of ['失败', '成功', '失败', '成功']) {
    const granted = await city.grant({ fens: [100_00, 200_00] });
    const { batchId, payments } = await city.sent(granted.caseId);
    const [line] = payments as [Line];
    const revoking = city.inCity(async (tx) => {
      await cancelSchedule(tx, jobScope(city.api.tenantId, 'test', 'payment.schedule'), city.api.parts.payments, granted.caseId, 'revoked', payMoment);
      await asOwner(city.api.database, (client) => client.query(`update cases set status = 'revoked' where case_id = $1`, [granted.caseId]));
    });
    const [answered] = await Promise.all([city.answer(batchId, [told(line, result)]), revoking]);
    fine(answered);
    const isPaid = result === '成功';
    expect(await places(granted.caseId)).toEqual([0, 0, isPaid ? 100_00 : 0, isPaid ? 200_00 : 300_00, 0]);
    expect(await states(granted.caseId)).toEqual([isPaid ? 'paid' : 'cancelled', 'cancelled']);
  }
});

test('after all of this every balance of the ledger is the sum of its transfers', async () => {
  expect((await city.inCity((tx) => checkLedger(tx, jobScope(city.api.tenantId, 'test', 'ledger.check')))).findings).toEqual([]);
});

test('of a real case the proposal names the revocation that it rests on', async () => {
  const api: TestApi = await startApi();
  try {
    await foundSamplePacks(api);
    api.setNow(filingTime);
    const within = <T>(work: Parameters<typeof inTenant<T>>[2]): Promise<T> => inTenant(api.parts.db, api.tenantId, work);
    await within((tx) => openYear(tx, jobScope(api.tenantId, 'test', 'budget.record'), { unit: 'fen', jurisdictionCode: '220202', fund: '县区人才专项资金', year: 2026, amount: 100_000_00, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() }, filingTime));
    const window = api.officer('city-hrss', 'intake');
    const personId = await enterPerson(window, { name: '张三一', number: sampleNumber({ birthDate: '1999-05-05' }) });
    await recordGraduate(api, personId, { 在岗: true, 合同起始日: '2025-07-01' });
    fine(await window.post(`/parties/${personId}/bank-accounts`, { bankName: '样例银行昌邑支行', holderName: '张三一', number: '6222020200000000018' }));
    const listId = newId();
    const caseId = await prepareCase(api, personId, {}, [...toDecision, [{ kind: 'grant' }, 'changyi-hrss'], [{ kind: 'begin-publication', listId, untilOn: '2026-07-08' }], [{ kind: 'end-publication', listId }]]);
    await checkDue(api.parts.db, api.parts.payments, api.tenantId, filingTime);
    const [one, two, three] = [0, 1, 2].map(() => api.officer('changyi-hrss', 'finance')) as [PayableCity['intake'], PayableCity['intake'], PayableCity['intake']];
    const { batch } = bodyOf<{ batch: { batchId: string } }>(await one.post('/payment-batches', { jurisdictionCode: '220202', dueTo: '2026-07-01' }));
    const path = `/payment-batches/${batch.batchId}`;
    const step = async (by: typeof one, what: string): Promise<Answered> => fine(await by.post(`${path}/${what}`, undefined, { 'if-match': (await by.get(path)).headers.get('etag') ?? '' }));
    await step(two, 'approvals');
    await step(three, 'approvals');
    await step(one, 'sending');
    expect((await command(api.officer('changyi-hrss', 'approver'), caseId, 'revocation', { reason: '查实不符合。' })).body.status).toBe('revoked');
    const [line] = bodyOf<{ items: Line[] }>(await one.get(`${path}/payments`)).items;
    fine(await one.call('POST', `${path}/results?fileName=r.csv`, { bytes: Buffer.from(`付款编号,金额,结果\r\n${line?.paymentNumber},24000.00,成功\r\n`) }));
    const { decisionId } = (await api.officer('changyi-hrss', 'approver').get(`/cases/${caseId}`)).body as { decisionId: string };
    const { number, kind } = (await api.officer('changyi-hrss', 'approver').get(`/decisions/${decisionId}`)).body as { number: string; kind: string };
    const [proposed] = bodyOf<{ items: { repaymentId: string; document: string }[] }>(await one.get(`/repayments?caseId=${caseId}`)).items;
    expect([kind, proposed]).toMatchObject(['revoke', { state: 'proposed', document: number, amountFen: 24_000_00 }]);
    expect((await one.get(`/repayments/${proposed?.repaymentId ?? ''}`)).body.aboutId).toBe(decisionId);
  } finally {
    await api.stop();
  }
});
