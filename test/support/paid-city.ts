// Pays in a running city what is due: a budget, the check, a batch that two approve, and the bank's yes to all of it.
import { openYear } from '../../src/domains/ledger/index.ts';
import { checkDue } from '../../src/domains/payments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { dayOf } from '../../src/domains/registry/index.ts';
import { yuanOfFen } from '../../src/spreadsheet/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import type { Answered, TestCaller } from './api.ts';
import { besideServer, type CityPlace, grantedFund } from './granted-city.ts';
import { bodyOf, fine } from './payable-city.ts';

interface Payment {
  readonly paymentNumber: string;
  readonly amountFen: number;
}

/** Whoever prepares and sends, and two who approve. */
export type Payers = readonly [TestCaller, TestCaller, TestCaller];

/** Pays every instalment of {@link grantedFund} that is due in the district of Changyi, by `dueTo` where that is given. @returns how many payments went out */
export async function payInCity({ environment }: Pick<CityPlace, 'environment'>, [prepares, ...approve]: Payers, dueTo?: string): Promise<number> {
  const today = new Date();
  const day = dayOf(today);
  await besideServer(environment, async ({ tenantId, parts }) => {
    const budget = { unit: 'fen' as const, jurisdictionCode: '220202', fund: grantedFund, year: 2026, amount: 100_000_000_00, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() };
    await inTenant(parts.db, tenantId, (tx) => openYear(tx, jobScope(tenantId, 'test', 'budget.record'), budget, today));
    await checkDue(parts.db, parts.payments, tenantId, today);
  });
  const ready = bodyOf<{ items: readonly { instalmentId: string }[] }>(await prepares.get(`/instalments?state=ready&limit=200${dueTo === undefined ? '' : `&dueTo=${dueTo}`}`)).items.map(({ instalmentId }) => instalmentId);
  const { batchId } = bodyOf<{ batch: { batchId: string } }>(await prepares.post('/payment-batches', { jurisdictionCode: '220202', dueTo: day, instalmentIds: ready })).batch;
  const step = async (by: TestCaller, what: 'approvals' | 'sending'): Promise<Answered> => {
    const etag = fine(await by.get(`/payment-batches/${batchId}`)).headers.get('etag') ?? '';
    return fine(await by.post(`/payment-batches/${batchId}/${what}`, undefined, { 'if-match': etag }));
  };
  for (const by of approve) await step(by, 'approvals');
  await step(prepares, 'sending');
  const { items } = bodyOf<{ items: readonly Payment[] }>(await prepares.get(`/payment-batches/${batchId}/payments?limit=200`));
  const rows = items.map(({ paymentNumber, amountFen }) => `${paymentNumber},${yuanOfFen(amountFen)},成功,${day},`);
  const bytes = Buffer.from(`\ufeff付款编号,金额（元）,结果,日期,原因\r\n${rows.join('\r\n')}\r\n`);
  fine(await prepares.call('POST', `/payment-batches/${batchId}/results?fileName=${encodeURIComponent('结果.csv')}`, { bytes }));
  return items.length;
}
