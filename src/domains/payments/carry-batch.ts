// Carries a batch on: approved by two people, sent to the bank, or cancelled before that; each time every line is looked at again.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { approveBatch as approveHands, isCancellable } from './batch.ts';
import { type BatchRow, getBatch, lockBatch, type PaymentRow, readLines, updateBatch, updatePayments } from './batch-store.ts';
import { type BatchAccount, sealAccount } from './batch-account.ts';
import { dayAfter, partsToPay, stepInstalment } from './instalment.ts';
import { lockInstalments, updateInstalments } from './instalment-store.ts';
import { keepDoubts, type Looked, lookAtInstalments } from './look-before-paying.ts';
import type { PaymentParts } from './ports.ts';
import { sealWords } from './seal-words.ts';

/** A batch after a step, and how many payments were taken out of it since they no longer may be paid. */
export interface CarriedBatch {
  readonly batch: BatchRow;
  readonly takenOut: number;
}

/**
 * Approves a batch: the first approval freezes the account of every payment, the second is another person's; neither is who prepared it.
 * @param version the one that whoever acts has seen
 * @throws Refusal not-found, changed-meanwhile, batch-state-unfit, own-hands-refused, batch-empty
 */
export async function approveBatch(tx: Tx, scope: Scope<'payment.approve'>, parts: PaymentParts, batchId: string, version: number, now: Date): Promise<CarriedBatch> {
  const accountId = accountOf(scope);
  const batch = await lockSeen(tx, scope, batchId, version);
  const approved = approveHands(batch, accountId);
  if ('refused' in approved) throw new Refusal(approved.refused, { state: batch.state });
  const { good, takenOut } = await lookAtLines(tx, scope, parts, batchId, now);
  if (approved.state === 'approved-once') {
    await updatePayments(tx, scope, good.map(({ payment, account }) => ({ ...payment, ...sealAccount(parts.protector, scope.tenantId, payment.paymentId, account) })));
    await updateBatch(tx, scope, batchId, { state: 'approved-once', firstApprovedBy: accountId, firstApprovedAt: now });
  } else {
    await updateBatch(tx, scope, batchId, { state: 'approved', secondApprovedBy: accountId, secondApprovedAt: now });
  }
  return { batch: await getBatch(tx, scope, batchId), takenOut };
}

/**
 * Hands an approved batch to the bank: from now on its money is on its way and its file can be had.
 * @param version the one that whoever acts has seen
 * @throws Refusal not-found, changed-meanwhile, batch-state-unfit, batch-empty, and those of the ledger
 */
export async function sendBatch(tx: Tx, scope: Scope<'payment.send'>, parts: PaymentParts, batchId: string, version: number, now: Date): Promise<CarriedBatch> {
  const accountId = accountOf(scope);
  const batch = await lockSeen(tx, scope, batchId, version);
  if (batch.state !== 'approved') throw new Refusal('batch-state-unfit', { state: batch.state });
  const { good, takenOut } = await lookAtLines(tx, scope, parts, batchId, now);
  const movements = good.map(({ payment, looked }) => ({ paymentId: payment.paymentId, parts: partsToPay(looked.shares) }));
  await parts.ledger.begin(tx, scope, batchId, movements, now);
  await updatePayments(tx, scope, good.map(({ payment }) => ({ ...payment, state: 'sent' })));
  const sentFen = good.reduce((sum, { payment }) => sum + payment.amountFen, 0);
  await updateBatch(tx, scope, batchId, { state: 'sent', sentBy: accountId, sentAt: now, sentCount: good.length, sentFen });
  return { batch: await getBatch(tx, scope, batchId), takenOut };
}

/**
 * Cancels a batch that has not been sent: its instalments can be paid by another.
 * @param version the one that whoever acts has seen
 * @throws Refusal not-found, changed-meanwhile, batch-state-unfit
 */
export async function cancelBatch(tx: Tx, scope: Scope<'payment.prepare'>, parts: PaymentParts, batchId: string, version: number, reason: string, now: Date): Promise<BatchRow> {
  const accountId = accountOf(scope);
  const batch = await lockSeen(tx, scope, batchId, version);
  if (!isCancellable(batch.state)) throw new Refusal('batch-state-unfit', { state: batch.state });
  const seen = await readLines(tx, scope, batchId, ['open']);
  const rows = await lockInstalments(tx, scope, seen.map(({ instalmentId }) => instalmentId));
  const lines = await readLines(tx, scope, batchId, ['open']);
  const open = new Set(lines.map(({ instalmentId }) => instalmentId));
  await updatePayments(tx, scope, lines.map((line) => ({ ...line, state: 'dropped' })));
  await updateInstalments(tx, scope, rows.filter(({ instalmentId }) => open.has(instalmentId)).flatMap((row) => {
    const next = stepInstalment(row, { do: 'take-out' });
    return next === undefined ? [] : [{ ...row, ...next }];
  }), now);
  const reasonSealed = sealWords(parts.protector, scope.tenantId, { table: 'payment_batches', column: 'reason_sealed' }, batchId, reason);
  await updateBatch(tx, scope, batchId, { state: 'cancelled', cancelledBy: accountId, cancelledAt: now, reasonSealed });
  return getBatch(tx, scope, batchId);
}

/** The batch, locked, as whoever acts has seen it. @throws Refusal not-found, changed-meanwhile */
async function lockSeen(tx: Tx, scope: Scope<'payment.approve' | 'payment.send' | 'payment.prepare'>, batchId: string, version: number): Promise<BatchRow> {
  const batch = await lockBatch(tx, scope, batchId);
  if (batch.version !== version) throw new Refusal('changed-meanwhile');
  return batch;
}

/** A line that may still be paid. */
interface GoodLine {
  readonly payment: PaymentRow;
  readonly looked: Looked;
  readonly account: BatchAccount;
}

/** Looks at the open lines of a batch and takes out those that may not be paid any more. @throws Refusal batch-empty where none is left */
async function lookAtLines(tx: Tx, scope: Scope<'payment.approve' | 'payment.send'>, parts: PaymentParts, batchId: string, now: Date): Promise<{ readonly good: readonly GoodLine[]; readonly takenOut: number }> {
  const seen = await readLines(tx, scope, batchId, ['open']);
  const all = await lookAtInstalments(tx, scope, parts, seen.map(({ instalmentId }) => instalmentId), () => false, now);
  const byInstalment = new Map(all.map((one) => [one.row.instalmentId, one]));
  // Read again, now that nobody else can take one out.
  const lines = await readLines(tx, scope, batchId, ['open']);
  const good: GoodLine[] = [];
  const out: { readonly payment: PaymentRow; readonly looked: Looked }[] = [];
  for (const payment of lines) {
    const looked = byInstalment.get(payment.instalmentId);
    if (looked === undefined) throw new Error('a payment of a batch is out of its reach');
    const { account, doubts, isEarly } = looked;
    // An account that is another one than what was approved is not paid to.
    const isSame = payment.accountId === null || payment.accountId === account?.bankAccountId;
    if (doubts.length === 0 && !isEarly && account !== undefined && isSame) good.push({ payment, looked, account });
    else out.push({ payment, looked });
  }
  if (good.length === 0) throw new Refusal('batch-empty');
  await keepDoubts(tx, scope, out.map(({ looked }) => looked), now);
  await updatePayments(tx, scope, out.map(({ payment }) => ({ ...payment, state: 'dropped' })));
  await updateInstalments(tx, scope, out.flatMap(({ looked: { row, doubts, isEarly } }) => {
    const free = stepInstalment(row, { do: 'take-out' });
    const next = free && (isEarly ? stepInstalment(free, { do: 'wait' }) : stepInstalment(free, { do: 'check', isDoubtful: doubts.length > 0 }));
    return next === undefined ? [] : [{ ...row, ...next, lookOn: isEarly ? dayOf(now) : dayAfter(dayOf(now)), checkedAt: now }];
  }), now);
  return { good, takenOut: out.length };
}

function accountOf({ actor }: Scope<'payment.approve' | 'payment.send' | 'payment.prepare'>): string {
  if (actor.accountId === null) throw new Refusal('not-permitted');
  return actor.accountId;
}
