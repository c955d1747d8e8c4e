// Books what the bank answered: whole files, and single payments that came back. A file with one wrong row books nothing.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import type { Words } from '../../policy/index.ts';
import { formatYuan } from '../../policy/money.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { isAhead, isBeforeSent, refuseAhead, refuseBeforePaid, refuseBeforeSent } from './bank-day.ts';
import { type BatchRow, getBatch, insertResult, isResultKnown, lockBatch, type PaymentRow, readLines, readPayments, sumLines, updateBatch, updatePayments } from './batch-store.ts';
import { answerOfBank, type Outcome } from './instalment.ts';
import { lockInstalments, readShares, updateInstalments } from './instalment-store.ts';
import type { PaymentNews, PaymentParts } from './ports.ts';
import { proposeAfterRevocation } from './recover-revoked.ts';
import { readResult, type ResultLine } from './read-result.ts';
import { type DebtOfPayment, lockDebtsOf } from './repayment-store.ts';
import { judgeReturn, meetDemands } from './returned-payment.ts';
import { sealWords } from './seal-words.ts';

/** What a result told. */
export interface BookedResult {
  readonly batch: BatchRow;
  readonly paid: number;
  readonly failed: number;
  readonly returned: number;
  /** Rows that said what was known. */
  readonly known: number;
}

/**
 * Imports the bank's result of a batch. Rows are matched by the number of the payment; every row must be right, or nothing is booked.
 * @throws Refusal not-found, batch-state-unfit, result-imported-already, result-rows-wrong with each row, `sheet-…`
 */
export async function importResult(tx: Tx, scope: Scope<'payment.book'>, parts: PaymentParts, batchId: string, file: { readonly fileName: string; readonly bytes: Uint8Array }, now: Date): Promise<BookedResult> {
  const { tenantId, actor } = scope;
  if (actor.accountId === null) throw new Refusal('not-permitted');
  const { lines, problems } = await readResult(file.fileName, file.bytes);
  const batch = await lockBatch(tx, scope, batchId);
  const fileDigest = parts.protector.digest(tenantId, file.bytes);
  if (await isResultKnown(tx, scope, fileDigest)) throw new Refusal('result-imported-already');
  if (batch.state !== 'sent' && batch.state !== 'closed') throw new Refusal('batch-state-unfit', { state: batch.state });
  const payments = new Map((await readLines(tx, scope, batchId, ['sent', 'paid', 'failed', 'returned'])).map((payment) => [payment.paymentNumber, payment]));
  const returned = lines.filter(({ outcome }) => outcome === 'returned').flatMap(({ paymentNumber }) => payments.get(paymentNumber) ?? []);
  const debts = await lockDebts(tx, scope, returned.filter(({ state }) => state === 'paid'));
  const judged = judgeLines(lines, payments, debts, batch.sentAt, now);
  const wrong = [...problems, ...judged.problems];
  if (wrong.length > 0) throw new Refusal('result-rows-wrong', { count: wrong.length }, wrong.slice(0, MOST_TOLD));
  if (lines.length === 0) throw new Refusal('sheet-empty');
  const resultId = newId();
  const count = (outcome: Outcome): number => judged.news.filter((one) => one.outcome === outcome).length;
  const counts = { paidCount: count('paid'), failedCount: count('failed'), returnedCount: count('returned'), knownCount: judged.known };
  await insertResult(tx, scope, {
    resultId, batchId, ...counts, fileName: file.fileName, fileDigest, importedBy: actor.accountId, importedAt: now,
    contentSealed: parts.protector.seal({ tenantId, table: 'payment_results', column: 'content_sealed', row: resultId }, file.bytes),
  });
  await bookOutcomes(tx, scope, parts, judged.news, debts, resultId, now);
  return { batch: await closeIfAnswered(tx, scope, batch, now), paid: counts.paidCount, failed: counts.failedCount, returned: counts.returnedCount, known: counts.knownCount };
}

const MOST_TOLD = 200;

type Debts = ReadonlyMap<string, readonly DebtOfPayment[]>;

/** What asks these payments back; nobody else asks them back, or demands them, until the transaction ends. */
async function lockDebts(tx: Tx, scope: Scope<'payment.book'>, payments: readonly PaymentRow[]): Promise<Debts> {
  await lockInstalments(tx, scope, payments.map(({ instalmentId }) => instalmentId));
  return lockDebtsOf(tx, scope, payments.map(({ paymentId }) => paymentId));
}

/** A payment and what became of it now. */
interface Told {
  readonly payment: PaymentRow;
  readonly outcome: Outcome;
  readonly on: string | null;
  readonly bankReference: string | null;
  readonly reason: string | null;
}

/** Compares rows with payments: what is new, what was known, and what cannot be. */
function judgeLines(lines: readonly ResultLine[], payments: ReadonlyMap<string, PaymentRow>, debts: Debts, sentAt: Date | null, now: Date): { readonly news: readonly Told[]; readonly known: number; readonly problems: readonly ErrorDetail[] } {
  const news: Told[] = [];
  const problems: ErrorDetail[] = [];
  const seen = new Map<string, number>();
  let known = 0;
  for (const line of lines) {
    const { row, paymentNumber } = line;
    const wrong = (zh: string, en: string): void => void problems.push({ field: String(row), zh: `第 ${row} 行，${paymentNumber}：${zh}`, en: `Row ${row}, ${paymentNumber}: ${en}` });
    const payment = payments.get(paymentNumber);
    const before = seen.get(paymentNumber);
    seen.set(paymentNumber, row);
    if (payment === undefined) wrong('这个批次里没有这个付款编号。', 'this batch has no such payment.');
    else if (before !== undefined) wrong(`和第 ${before} 行重复。`, `the same as row ${before}.`);
    else if (payment.amountFen !== line.fen) wrong(`金额是 ${formatYuan(line.fen)} 元，应当是 ${formatYuan(payment.amountFen)} 元。`, `the amount is ${formatYuan(line.fen)} yuan; it should be ${formatYuan(payment.amountFen)}.`);
    else if (line.on !== null && isAhead(line.on, now)) wrong(`日期是 ${line.on}，还没有到。`, `the day is ${line.on}, which has not come yet.`);
    // What came back before it was ever paid is booked as failed; the bank goes on calling it returned.
    else if (payment.state === line.outcome || (payment.state === 'failed' && line.outcome === 'returned')) known++;
    else if (line.on !== null && sentAt !== null && isBeforeSent(line.on, sentAt)) {
      const sentOn = dayOf(sentAt);
      wrong(`日期是 ${line.on}，早于这一批交银行的那天（${sentOn}）。请看是不是别的批次的结果；是这一批的，照银行回单改对日期再导入。`, `the day is ${line.on}, before this batch was handed to the bank (${sentOn}). See whether it is another batch's result; if it is this one's, put the day right by the bank's slip and import it again.`);
    } else if (payment.state === 'sent') news.push({ ...line, payment, outcome: line.outcome === 'paid' ? 'paid' : 'failed' });
    else if (payment.state === 'paid' && line.outcome === 'returned' && line.on !== null && payment.settledOn !== null && line.on < payment.settledOn) {
      wrong(`日期是 ${line.on}，早于付出去的那天（${payment.settledOn}）。请照银行回单改对日期再导入。`, `the day is ${line.on}, before the payment was made (${payment.settledOn}). Put the day right by the bank's slip and import it again.`);
    } else if (payment.state === 'paid' && line.outcome === 'returned') {
      const fit = judgeReturn(payment.amountFen, debts.get(payment.paymentId) ?? []);
      if (typeof fit === 'object') wrong(fit.first.zh, fit.first.en);
      else news.push({ ...line, payment });
    } else wrong(`已经登记为“${words[payment.state].zh}”，不能再登记为“${words[line.outcome].zh}”。`, `it is booked as ${words[payment.state].en} and cannot become ${words[line.outcome].en}.`);
  }
  return { news, known, problems };
}

const words: Readonly<Record<PaymentRow['state'], Words>> = {
  open: { zh: '未发出', en: 'not sent' },
  sent: { zh: '银行处理中', en: 'with the bank' },
  paid: { zh: '成功', en: 'paid' },
  failed: { zh: '失败', en: 'failed' },
  returned: { zh: '退汇', en: 'returned' },
  dropped: { zh: '已取出', en: 'taken out' },
};

/** A payment that was made and came back. @throws Refusal input-invalid: the day lies ahead, or before the batch was sent or paid · not-found, payment-state-unfit, payment-asked-back: the demand has to be seen to first */
export async function bookReturn(tx: Tx, scope: Scope<'payment.book'>, parts: PaymentParts, paymentId: string, { on, reason, bankReference }: { readonly on: string; readonly reason: string; readonly bankReference: string | null }, now: Date): Promise<PaymentRow> {
  refuseAhead(on, now);
  const [seen] = await readPayments(tx, scope, [paymentId]);
  if (seen === undefined) throw new Refusal('not-found');
  const { sentAt } = await lockBatch(tx, scope, seen.batchId);
  const [payment] = await readPayments(tx, scope, [paymentId]);
  if (payment?.state !== 'paid') throw new Refusal('payment-state-unfit', { state: payment?.state ?? 'open' });
  if (sentAt !== null) refuseBeforeSent(on, sentAt);
  refuseBeforePaid(on, payment.settledOn);
  const debts = await lockDebts(tx, scope, [payment]);
  const fit = judgeReturn(payment.amountFen, debts.get(paymentId) ?? []);
  if (typeof fit === 'object') throw new Refusal('payment-asked-back', {}, [{ field: 'paymentId', ...fit.first }]);
  await bookOutcomes(tx, scope, parts, [{ payment, outcome: 'returned', on, bankReference, reason }], debts, null, now);
  const [booked] = await readPayments(tx, scope, [paymentId]);
  return booked ?? payment;
}

/**
 * Books what the bank said. Of a case that was revoked meanwhile nothing is paid again: what was not paid, or came back, is free; what was
 * paid all the same is proposed to be asked back. What came back and is demanded meets the demand.
 */
async function bookOutcomes(tx: Tx, scope: Scope<'payment.book'>, parts: PaymentParts, told: readonly Told[], debts: Debts, resultId: string | null, now: Date): Promise<void> {
  const { tenantId } = scope;
  const rows = new Map((await lockInstalments(tx, scope, told.map(({ payment }) => payment.instalmentId))).map((row) => [row.instalmentId, row]));
  // Read once they are locked: whoever revokes at this moment was before, or finds what is booked here.
  const standings = await parts.cases.readStandings(tx, tenantId, [...new Set([...rows.values()].map(({ caseId }) => caseId))]);
  const of = (outcome: Outcome): readonly string[] => told.filter((one) => one.outcome === outcome).map(({ payment }) => payment.paymentId);
  if (of('paid').length > 0) await parts.ledger.settle(tx, scope, of('paid'), now);
  if (of('failed').length > 0) await parts.ledger.fail(tx, scope, of('failed'), now);
  const isDemanded = (paymentId: string): boolean => (debts.get(paymentId) ?? []).some(({ repayment }) => repayment.state === 'demanded');
  const back = of('returned').filter((paymentId) => !isDemanded(paymentId));
  if (back.length > 0) await parts.ledger.takeBack(tx, scope, back, now);
  const met = told.filter(({ outcome }) => outcome === 'returned').map(({ payment: { paymentId, paymentNumber }, on }) => ({ on: on ?? dayOf(now), paymentNumber, debts: debts.get(paymentId) ?? [] }));
  await meetDemands(tx, scope, parts, met, now);
  const changes = told.map(({ payment, outcome, on, bankReference, reason }) => {
    const row = rows.get(payment.instalmentId);
    // What was demanded back and came back is not paid again either.
    const isOver = isDemanded(payment.paymentId) || (standings.get(row?.caseId ?? '')?.stage ?? 'over') === 'over';
    const next = row && answerOfBank(row, outcome, isOver);
    if (row === undefined || next === undefined) throw new Error(`a payment that is ${outcome} has an instalment that cannot be`);
    return { row: { ...row, ...next }, isOver, payment, outcome, on: on ?? dayOf(now), bankReference, reason };
  });
  await updateInstalments(tx, scope, changes.map(({ row }) => row), now);
  await updatePayments(tx, scope, changes.map(({ payment, outcome, on, bankReference, reason }) => {
    const seal = (column: 'reason_sealed' | 'return_sealed'): Uint8Array | null => (reason === null ? null : sealWords(parts.protector, tenantId, { table: 'payments', column }, payment.paymentId, reason));
    if (outcome === 'returned') return { ...payment, state: outcome, returnedOn: on, returnSealed: seal('return_sealed') };
    return { ...payment, state: outcome, resultId, settledOn: on, bankReference, reasonSealed: seal('reason_sealed') };
  }));
  const ended = changes.filter(({ row }) => row.state === 'cancelled').map(({ row }) => row.instalmentId);
  const partIds = [...(await readShares(tx, scope, ended)).values()].flatMap((shares) => shares.map(({ partId }) => partId));
  if (partIds.length > 0) await parts.ledger.release(tx, scope, { partIds, reason: 'revoked' }, now);
  await proposeAfterRevocation(tx, tenantId, parts, changes.filter(({ isOver, outcome }) => isOver && outcome === 'paid').map(({ row: { caseId, caseNumber }, payment: { paymentId } }) => ({ caseId, caseNumber, paymentId })), now);
  const news = changes.map(({ row, payment, outcome }): PaymentNews => ({ kind: row.state === 'cancelled' ? 'cancelled' : outcome, partyId: row.partyId, caseId: row.caseId, fen: payment.amountFen, about: { kind: 'instalment', id: row.instalmentId } }));
  await parts.tell?.(tx, tenantId, news);
}

/** Closes a batch once every line has an answer. */
async function closeIfAnswered(tx: Tx, scope: Scope<'payment.book'>, batch: BatchRow, now: Date): Promise<BatchRow> {
  if (batch.state === 'sent' && !(await sumLines(tx, scope, batch.batchId)).has('sent')) await updateBatch(tx, scope, batch.batchId, { state: 'closed', closedAt: now });
  return getBatch(tx, scope, batch.batchId);
}
