// Prepares a batch: takes what can be paid, looks at it once more, and gives each payment its number.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { type BatchRow, getBatch, insertBatch, insertPayments, takeNumber } from './batch-store.ts';
import { dayAfter, payableFen, stepInstalment } from './instalment.ts';
import { findReady, type InstalmentRow, updateInstalments } from './instalment-store.ts';
import { keepDoubts, lookAtInstalments } from './look-before-paying.ts';
import type { PaymentParts } from './ports.ts';

/** What to pay: everything that is ready and due, or these instalments of it. */
export interface BatchWish {
  readonly jurisdictionCode: string;
  /** `YYYY-MM-DD`, today at the latest: nothing is paid before it is due. */
  readonly dueTo: string;
  readonly policyId: string | undefined;
  readonly benefitId: string | undefined;
  readonly instalmentIds: readonly string[] | undefined;
}

/** Payments of one batch at most: it is one transaction, and one file that people look through. */
const MOST_PAYMENTS = 5000;

// What was checked longer ago is checked whole; of the rest only what can change from one moment to the next.
const CHECK_HOLDS_MS = 7 * 86_400_000;

/**
 * Prepares a batch. What is doubtful by now is left out and goes to the list of doubts.
 * @returns the batch, and how many instalments were left out
 * @throws Refusal batch-empty, batch-too-large, input-invalid
 */
export async function prepareBatch(tx: Tx, scope: Scope<'payment.prepare'>, parts: PaymentParts, wish: BatchWish, now: Date): Promise<{ readonly batch: BatchRow; readonly leftOut: number }> {
  const { accountId, capacity } = scope.actor;
  if (accountId === null || capacity.kind !== 'officer') throw new Refusal('not-permitted');
  const today = dayOf(now);
  const dueTo = wish.dueTo < today ? wish.dueTo : today;
  const ids = wish.instalmentIds ?? (await findReady(tx, scope, { ...wish, dueTo, limit: MOST_PAYMENTS + 1 }));
  if (ids.length > MOST_PAYMENTS) throw new Refusal('batch-too-large', { limit: MOST_PAYMENTS });
  const wasCheckedLong = ({ checkedAt }: InstalmentRow): boolean => checkedAt === null || now.getTime() - checkedAt.getTime() > CHECK_HOLDS_MS;
  const looked = (await lookAtInstalments(tx, scope, parts, ids, wasCheckedLong, now)).filter(
    ({ row }) => row.state === 'ready' && row.dueOn <= dueTo && row.jurisdictionCode === wish.jurisdictionCode,
  );
  await keepDoubts(tx, scope, looked, now);
  const good = looked.filter(({ doubts, isEarly }) => doubts.length === 0 && !isEarly).sort((a, b) => a.row.dueOn.localeCompare(b.row.dueOn) || a.row.caseNumber.localeCompare(b.row.caseNumber) || a.row.instalmentNumber - b.row.instalmentNumber);
  if (good.length === 0) throw new Refusal('batch-empty');
  const left = looked.flatMap(({ row, doubts, isEarly }) => {
    const next = isEarly ? stepInstalment(row, { do: 'wait' }) : doubts.length > 0 ? stepInstalment(row, { do: 'check', isDoubtful: true }) : undefined;
    return next === undefined ? [] : [{ ...row, ...next, lookOn: isEarly ? today : dayAfter(today), checkedAt: now }];
  });
  const taken = good.flatMap(({ row }) => {
    const next = stepInstalment(row, { do: 'put-in-batch' });
    return next === undefined ? [] : [{ ...row, ...next }];
  });
  await updateInstalments(tx, scope, [...left, ...taken], now);
  const batchId = newId();
  const year = Number(today.slice(0, 4));
  const number = await takeNumber(tx, scope, 'batch', wish.jurisdictionCode, year);
  const batchNumber = `${wish.jurisdictionCode}-${year}-${String(number).padStart(4, '0')}`;
  const payments = taken.map((row, at) => ({
    paymentId: newId(),
    batchId,
    lineNumber: at + 1,
    paymentNumber: `${batchNumber}-${String(at + 1).padStart(5, '0')}`,
    instalmentId: row.instalmentId,
    attempt: row.attempts,
    partyId: row.partyId,
    amountFen: payableFen(row),
  }));
  await insertBatch(tx, scope, {
    batchId,
    batchNumber,
    jurisdictionCode: wish.jurisdictionCode,
    departmentId: capacity.departmentId,
    lineCount: payments.length,
    totalFen: payments.reduce((sum, { amountFen }) => sum + amountFen, 0),
    preparedBy: accountId,
    preparedAt: now,
  });
  await insertPayments(tx, scope, payments);
  return { batch: await getBatch(tx, scope, batchId), leftOut: left.length };
}
