// Payments and oversight of one person in every state that somebody can do something with.
import { openYear } from '../../src/domains/ledger/index.ts';
import { checkDue, proposeRepayment, scheduleInstalments } from '../../src/domains/payments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { dayOf } from '../../src/domains/registry/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import type { Answered, TestApi, TestCaller } from './api.ts';
import { addBareCase } from './bare-case.ts';
import { bodyOf, fine, sampleFund, settledProgress } from './payable-city.ts';

/** Ids of what there is, named by what can be done with it. */
export interface PaymentSamples {
  readonly instalment: { readonly paid: string; readonly returned: string; readonly later: string; readonly ready: string; readonly unfunded: string };
  readonly doubtId: string;
  readonly batch: { readonly toApprove: string; readonly toSend: string; readonly toCancel: string; readonly sent: string };
  /** What the bank answers about the batch that was sent. */
  readonly result: Buffer;
  readonly paymentId: string;
  readonly repayment: Readonly<Record<'toAdopt' | 'toDemand' | 'toCancel' | 'toReceive' | 'toSetOff' | 'toGiveUp' | 'givenUp', string>>;
  readonly reportId: string;
  readonly plan: { readonly toDraw: string; readonly drawn: string; readonly caseId: string };
  readonly finding: { readonly toDecide: string; readonly toClose: string; readonly toAskBack: string; readonly paymentId: string };
}

type Listed<Item> = { readonly items: readonly Item[] };

const now = new Date();

/** Makes them. The person needs an account in the own name. */
export async function makePaymentSamples(api: TestApi, partyId: string): Promise<PaymentSamples> {
  const { tenantId } = api;
  const [one, two, three] = [0, 1, 2].map(() => api.officer('changyi-hrss', 'finance', 'approver', 'reviewer')) as [TestCaller, TestCaller, TestCaller];
  const pot = { unit: 'fen' as const, jurisdictionCode: '220202', fund: sampleFund, year: 2026 };
  await inTenant(api.parts.db, tenantId, (tx) => openYear(tx, jobScope(tenantId, 'test', 'budget.record'), { ...pot, amount: 1_000_000_00, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() }, now));
  const schedule = async (caseId: string, days: readonly string[], checks: readonly string[] = [], isFunded = true): Promise<void> => {
    const instalments = days.map((due, at) => ({ no: at + 1, due, fen: 1_00, shares: isFunded ? [{ fund: sampleFund, jurisdictionCode: '220202', fen: 1_00 }] : [] }));
    const decision = { decisionId: newId(), caseId, caseNumber: `样例-${caseId.slice(-6)}`, partyId, employerId: null, policyId: 'jilin-city-2021', benefitId: 'living-subsidy', jurisdictionCode: '220202', instalments, checks };
    await inTenant(api.parts.db, tenantId, (tx) => scheduleInstalments(tx, jobScope(tenantId, 'test', 'payment.schedule'), api.parts.payments, decision, now));
  };
  const settled = { status: 'settled', progress: settledProgress(api.departments['changyi-hrss'], []) };
  const [paidCase, heldCase, doubtful] = [await addBareCase(api, partyId, settled), await addBareCase(api, partyId, settled), await addBareCase(api, partyId, settled)];
  await schedule(paidCase, [...Array.from({ length: 13 }, () => '2026-01-01'), '2099-01-01']);
  await schedule(heldCase, ['2026-01-01']);
  await schedule(doubtful, ['2026-01-01'], ['在岗']);
  const unfunded = await addBareCase(api, partyId, settled);
  await schedule(unfunded, ['2026-01-01'], [], false);
  await checkDue(api.parts.db, api.parts.payments, tenantId, now);
  const listed = async (caseId: string): Promise<readonly string[]> => bodyOf<Listed<{ instalmentId: string }>>(await one.get(`/instalments?caseId=${caseId}&limit=50`)).items.map(({ instalmentId }) => instalmentId);
  const [ids, [held = '']] = [await listed(paidCase), await listed(heldCase)];
  const id = (at: number): string => ids[at] ?? '';

  const prepare = async (...instalmentIds: readonly string[]): Promise<string> => bodyOf<{ batch: { batchId: string } }>(await one.post('/payment-batches', { jurisdictionCode: '220202', dueTo: '2026-01-01', instalmentIds })).batch.batchId;
  const step = async (by: TestCaller, batchId: string, what: 'approvals' | 'sending'): Promise<Answered> =>
    fine(await by.post(`/payment-batches/${batchId}/${what}`, undefined, { 'if-match': (await by.get(`/payment-batches/${batchId}`)).headers.get('etag') ?? '' }));
  const approve = async (batchId: string): Promise<string> => {
    await step(two, batchId, 'approvals');
    await step(three, batchId, 'approvals');
    return batchId;
  };
  const send = async (batchId: string): Promise<string> => {
    await step(one, await approve(batchId), 'sending');
    return batchId;
  };
  type Line = { readonly paymentId: string; readonly paymentNumber: string; readonly instalmentId: string };
  const linesOf = async (batchId: string): Promise<readonly Line[]> => bodyOf<Listed<Line>>(await one.get(`/payment-batches/${batchId}/payments?limit=200`)).items;
  const answer = async (batchId: string): Promise<Buffer> => Buffer.from(`\ufeff付款编号,金额,结果\r\n${(await linesOf(batchId)).map(({ paymentNumber }) => `${paymentNumber},1.00,成功\r\n`).join('')}`);
  const toBank = await send(await prepare(...ids.slice(0, 8), held));
  fine(await one.call('POST', `/payment-batches/${toBank}/results?fileName=r.csv`, { bytes: await answer(toBank) }));
  const payments = new Map((await linesOf(toBank)).map(({ instalmentId, paymentId }) => [instalmentId, paymentId]));
  const paid = (at: number): string => payments.get(id(at)) ?? '';
  fine(await one.post(`/payments/${paid(1)}/return`, { on: dayOf(now), reason: '样例' }));

  const propose = async (at: number): Promise<string> => bodyOf<{ repaymentId: string }>(await one.post('/repayments', { payments: [{ paymentId: paid(at) }], document: '样〔2026〕1号', reason: '样例' })).repaymentId;
  // Half of one, by the program; the other half is asked back by a person.
  const byJob = { payments: [{ paymentId: paid(3), fen: 50 }], document: '样〔2026〕1号', reason: '样例', aboutId: null, terms: [] };
  const { repaymentId: toAdopt } = await inTenant(api.parts.db, tenantId, (tx) => proposeRepayment(tx, jobScope(tenantId, 'test', 'payment.recover'), api.parts.payments, byJob, now));
  const demand = async (at: number): Promise<string> => {
    const repaymentId = await propose(at);
    fine(await two.post(`/repayments/${repaymentId}/demand`));
    return repaymentId;
  };
  const givenUp = await demand(7);
  fine(await one.post(`/repayments/${givenUp}/write-off`, { document: '样〔2026〕2号' }));
  const repayment = { toAdopt, toDemand: await propose(2), toCancel: await propose(3), toReceive: await demand(4), toSetOff: await demand(5), toGiveUp: await demand(6), givenUp };
  const batch = { toApprove: await prepare(id(8)), toSend: await approve(await prepare(id(9))), toCancel: await prepare(id(10)), sent: await send(await prepare(id(11))) };

  fine(await api.anyone().post('/reports', { text: '样例', jurisdictionCode: '220202' }));
  const reportId = bodyOf<Listed<{ reportId: string }>>(await one.get('/reports')).items[0]?.reportId ?? '';
  const planOf = async (title: string): Promise<string> => bodyOf<{ planId: string }>(await one.post('/inspection-plans', { jurisdictionCode: '220202', title, policyId: 'jilin-city-2021', wanted: 100 })).planId;
  const plan = { toDraw: await planOf('样例一'), drawn: await planOf('样例二'), caseId: paidCase };
  fine(await one.post(`/inspection-plans/${plan.drawn}/draw`));
  const find = async (): Promise<string> => bodyOf<{ findingId: string }>(await one.post('/findings', { caseId: heldCase, text: '样例' })).findingId;
  const confirm = async (): Promise<string> => {
    const findingId = await find();
    fine(await two.post(`/findings/${findingId}/decision`, { outcome: 'confirmed', reason: '样例', document: '样〔2026〕3号' }));
    return findingId;
  };
  return {
    instalment: { paid: id(0), returned: id(1), later: id(13), ready: id(12), unfunded: (await listed(unfunded))[0] ?? '' },
    doubtId: bodyOf<Listed<{ caseId: string; doubtId: string }>>(await one.get('/payment-doubts?status=open')).items.find((each) => each.caseId === doubtful)?.doubtId ?? '',
    batch,
    result: await answer(batch.sent),
    paymentId: paid(0),
    repayment,
    reportId,
    plan,
    finding: { toDecide: await find(), toClose: await confirm(), toAskBack: await confirm(), paymentId: payments.get(held) ?? '' },
  };
}
