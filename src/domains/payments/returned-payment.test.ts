// A payment that is asked back and comes back from the bank: it meets the demand, or its row says what has to be done first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answered } from '../../../test/support/api.ts';
import { fine, type PayableCity, payDay, startPayableCity } from '../../../test/support/payable-city.ts';
import { checkLedger, listParts } from '../ledger/index.ts';
import { jobScope } from '../permissions/index.ts';

let city: PayableCity;
beforeAll(async () => {
  city = await startPayableCity();
});
afterAll(() => city.api.stop());

type Line = { readonly paymentId: string; readonly paymentNumber: string; readonly amountFen: number; readonly instalmentId: string };

const both = [{ fund: '县区人才专项资金', jurisdictionCode: '220202', micro: 400_000 }, { fund: '县区人才专项资金', jurisdictionCode: '220200', micro: 600_000 }];

/** People paid in one batch, each one instalment out of two funds. */
async function paidBatch(...fens: readonly number[]): Promise<{ readonly batchId: string; readonly lines: readonly (Line & { readonly caseId: string })[] }> {
  const cases = new Map<string, string>();
  for (const fen of fens) {
    const { caseId, partyId } = await city.grant({ fens: [fen], shares: both });
    cases.set(partyId, caseId);
  }
  const { batchId, payments } = await city.sent(...cases.values());
  fine(await city.answer(batchId, (payments as readonly Line[]).map(({ paymentNumber, amountFen }) => ({ paymentNumber, fen: amountFen, result: '成功' }))));
  return { batchId, lines: (payments as readonly (Line & { partyId: string })[]).map((line) => ({ ...line, caseId: cases.get(line.partyId) ?? '' })) };
}
const propose = async (paymentId: string, fen?: number): Promise<string> => fine(await city.finance[0].post('/repayments', { payments: [{ paymentId, ...(fen === undefined ? {} : { fen }) }], document: '样〔2026〕1号', reason: '查实不符合' })).body.repaymentId as string;
const demanded = async (paymentId: string, fen?: number): Promise<string> => {
  const repaymentId = await propose(paymentId, fen);
  fine(await city.finance[1].post(`/repayments/${repaymentId}/demand`));
  return repaymentId;
};
const read = async (repaymentId: string) => fine(await city.finance[0].get(`/repayments/${repaymentId}`)).body;
const backFrom = (batchId: string, lines: readonly Line[]): Promise<Answered> => city.answer(batchId, lines.map(({ paymentNumber, amountFen }) => ({ paymentNumber, fen: amountFen, result: '退汇', reason: '账户注销' })));
const messagesOf = (answered: Answered): readonly string[] => answered.body.error.details.map(({ message }: { message: string }) => message);

async function places(caseId: string): Promise<readonly number[]> {
  const parts = await city.inCity((tx) => listParts(tx, jobScope(city.api.tenantId, 'test', 'ledger.read'), { caseIds: [caseId] }));
  const sum = (of: 'committed' | 'paid' | 'receivable' | 'recovered'): number => parts.reduce((total, part) => total + part[of], 0);
  return [sum('committed'), sum('paid'), sum('receivable'), sum('recovered')];
}

test('of the whole and nothing met yet, it meets the demand; the others of the file are booked as ever', async () => {
  const { batchId, lines } = await paidBatch(100_01, 200_00);
  const [one, two] = lines as [(typeof lines)[number], (typeof lines)[number]];
  const repaymentId = await demanded(one.paymentId);
  expect(fine(await backFrom(batchId, [one, two])).body).toMatchObject({ returned: 2 });
  expect(await read(repaymentId)).toMatchObject({ state: 'settled', receivedFen: one.amountFen, owedFen: 0, receipts: [{ kind: 'received', fen: one.amountFen, on: payDay, bankReference: expect.stringContaining(one.paymentNumber) }] });
  expect([await places(one.caseId), await places(two.caseId)]).toEqual([[0, 0, 0, one.amountFen], [two.amountFen, 0, 0, 0]]);
  // What was demanded back is not paid once more.
  expect((await city.instalments(one.caseId))[0]).toMatchObject({ state: 'cancelled' });
  expect((await city.instalments(two.caseId))[0]).toMatchObject({ state: 'returned' });
  expect((await city.finance[0].get(`/payment-batches/${batchId}/payments`)).body.items.map(({ state }: { state: string }) => state)).toEqual(['returned', 'returned']);
});

test('typed in by itself it meets the demand too', async () => {
  const { lines: [one] } = await paidBatch(60_00);
  const repaymentId = await demanded(one?.paymentId ?? '');
  expect(fine(await city.finance[0].post(`/payments/${one?.paymentId}/return`, { on: payDay, reason: '退汇' })).body).toMatchObject({ state: 'returned' });
  expect(await read(repaymentId)).toMatchObject({ state: 'settled', receivedFen: 60_00 });
});

test('met in part already, its row says so, and nothing of the file is booked', async () => {
  const { batchId, lines } = await paidBatch(100_00, 200_00);
  const [one, two] = lines as [(typeof lines)[number], (typeof lines)[number]];
  const repaymentId = await demanded(two.paymentId);
  fine(await city.finance[0].post(`/repayments/${repaymentId}/receipts`, { fen: 30_00, on: payDay, bankReference: `部分-${repaymentId}` }));
  const { repaymentNumber } = await read(repaymentId);
  const refused = await backFrom(batchId, [one, two]);
  expect(refused).toMatchObject({ status: 422, body: { error: { code: 'result-rows-wrong', details: [{ field: '3' }] } } });
  expect(messagesOf(refused)).toEqual([
    `第 3 行，${two.paymentNumber}：这笔付款已经要求归还（${repaymentNumber}），其中 30 元已经收回、抵扣或核销，不能整笔登记退汇。请去掉这一行再导入；银行退回的钱在追回里登记收款，最多 ${(two.amountFen - 30_00) / 100} 元，多出的退给本人。`,
  ]);
  expect(await places(one.caseId)).toEqual([0, one.amountFen, 0, 0]);
  expect(await city.finance[0].post(`/payments/${two.paymentId}/return`, { on: payDay, reason: '退汇' })).toMatchObject({ status: 409, body: { error: { code: 'payment-asked-back', details: [{ field: 'paymentId' }] } } });
});

test('asked back in part, its row says what is missing; asked back whole by two demands, it meets both', async () => {
  const { batchId, lines } = await paidBatch(100_00);
  const [one] = lines as [(typeof lines)[number]];
  const first = await demanded(one.paymentId, 40_00);
  const [message = ''] = messagesOf(await backFrom(batchId, [one]));
  expect(message).toContain('只要求归还了 40 元');
  expect(message).toContain('其余的 60 元');
  const second = await demanded(one.paymentId);
  expect(fine(await backFrom(batchId, [one])).body).toMatchObject({ returned: 1 });
  expect([await read(first), await read(second)]).toMatchObject([{ state: 'settled', receivedFen: 40_00 }, { state: 'settled', receivedFen: 60_00 }]);
  expect(await places(one.caseId)).toEqual([0, 0, 0, 100_00]);
});

test('only proposed, the proposal falls with it and the money is promised again; beside other payments it is cancelled first', async () => {
  const { batchId, lines } = await paidBatch(100_00, 200_00);
  const [one, two] = lines as [(typeof lines)[number], (typeof lines)[number]];
  const alone = await propose(one.paymentId);
  fine(await backFrom(batchId, [one]));
  expect(await read(alone)).toMatchObject({ state: 'cancelled' });
  expect(await places(one.caseId)).toEqual([one.amountFen, 0, 0, 0]);
  expect(await city.finance[1].post(`/repayments/${alone}/demand`)).toMatchObject({ status: 409, body: { error: { code: 'repayment-state-unfit' } } });

  await demanded(two.paymentId, 50_00);
  await propose(two.paymentId);
  const [message = ''] = messagesOf(await backFrom(batchId, [one, two]));
  expect(message).toContain('请先撤销那份提议');
});

test('after all of this every balance of the ledger is the sum of its transfers', async () => {
  expect((await city.inCity((tx) => checkLedger(tx, jobScope(city.api.tenantId, 'test', 'ledger.check')))).findings).toEqual([]);
});
