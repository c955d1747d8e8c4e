// Asks back what was paid wrongly: proposed by one person with its payments and terms, or by the program and adopted by one, demanded or cancelled by another.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { formatYuan } from '../../policy/money.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { readPayments, takeNumber } from './batch-store.ts';
import { lockInstalments, readShares } from './instalment-store.ts';
import { partsToPay, splitOverParts } from './instalment.ts';
import type { PaymentParts } from './ports.ts';
import { areTermsWhole, type DebtPart, wantedBy } from './repayment.ts';
import { getRepayment, insertRepayment, lockRepayment, readDebtParts, readTerms, type RepaymentRow, sumAskedBack, type Term, updateRepayment } from './repayment-store.ts';
import { sealWords } from './seal-words.ts';

/** What is asked back, and why. */
export interface RepaymentWish {
  /** Payments to one payee of one case; without `fen` all of each that was not asked back yet. */
  readonly payments: readonly { readonly paymentId: string; readonly fen: number | undefined }[];
  /** The number of the decision or finding that it rests on. */
  readonly document: string;
  readonly reason: string;
  /** The finding or decision itself. */
  readonly aboutId: string | null;
  /** By when how much; none for at once. */
  readonly terms: readonly Term[];
}

/**
 * Proposes to ask money back.
 * @throws Refusal input-invalid: a payment is named twice · not-found: such a payment is not in reach · payment-state-unfit: it was not made, or is another payee's · repayment-too-large ·
 *   repayment-terms-wrong, input-invalid: a term that has passed, or lies too far ahead
 */
export async function proposeRepayment(tx: Tx, scope: Scope<'payment.recover'>, parts: PaymentParts, wish: RepaymentWish, now: Date): Promise<RepaymentRow> {
  const ids = [...new Set(wish.payments.map(({ paymentId }) => paymentId))];
  // One named twice could mean both sums or one of them; nobody's guess is demanded.
  if (ids.length < wish.payments.length) throw new Refusal('input-invalid', { count: 1 }, [{ field: 'payments', zh: '同一笔付款写了两次。', en: 'A payment is named twice.' }]);
  const seen = await readPayments(tx, scope, ids);
  // Whoever else asks the same back, or books its return, waits.
  const rows = new Map((await lockInstalments(tx, scope, seen.map(({ instalmentId }) => instalmentId))).map((row) => [row.instalmentId, row]));
  const payments = await readPayments(tx, scope, ids);
  const first = rows.get(payments[0]?.instalmentId ?? '');
  if (first === undefined || payments.length !== ids.length || payments.some(({ instalmentId }) => !rows.has(instalmentId))) throw new Refusal('not-found');
  const unfit = payments.find(({ state, partyId, instalmentId }) => state !== 'paid' || partyId !== first.partyId || rows.get(instalmentId)?.caseId !== first.caseId);
  if (unfit !== undefined) throw new Refusal('payment-state-unfit', { state: unfit.state });
  const shares = await readShares(tx, scope, payments.map(({ instalmentId }) => instalmentId));
  const asked = await sumAskedBack(tx, scope, ids);
  const debts = payments.flatMap(({ paymentId, instalmentId }): readonly DebtPart[] => {
    const left = partsToPay(shares.get(instalmentId) ?? []).map(({ partId, fen }) => ({ partId, fen: fen - (asked.get(partId) ?? 0) }));
    const most = left.reduce((sum, { fen }) => sum + fen, 0);
    const fen = wish.payments.find((one) => one.paymentId === paymentId)?.fen ?? most;
    if (fen > most || fen <= 0) throw new Refusal('repayment-too-large', { amount: formatYuan(most) });
    return splitOverParts(fen, left).map((part) => ({ paymentId, partId: part.partId, amountFen: part.fen, settledFen: 0 }));
  });
  const amountFen = debts.reduce((sum, debt) => sum + debt.amountFen, 0);
  if (wish.terms.length > 0 && !areTermsWhole(amountFen, wish.terms)) throw new Refusal('repayment-terms-wrong', { amount: formatYuan(amountFen) });
  refuseUnfitTerms(wish.terms, now);
  const repaymentId = newId();
  const year = Number(dayOf(now).slice(0, 4));
  const number = await takeNumber(tx, scope, 'repayment', first.jurisdictionCode, year);
  await insertRepayment(
    tx,
    scope,
    {
      repaymentId,
      repaymentNumber: `${first.jurisdictionCode}-${year}-ZH${String(number).padStart(4, '0')}`,
      caseId: first.caseId,
      partyId: first.partyId,
      jurisdictionCode: first.jurisdictionCode,
      document: wish.document,
      aboutId: wish.aboutId,
      reasonSealed: sealWords(parts.protector, scope.tenantId, { table: 'repayments', column: 'reason_sealed' }, repaymentId, wish.reason),
      amountFen,
      proposedBy: nameActor(scope.actor),
      proposedAt: now,
    },
    debts,
    wish.terms,
  );
  return getRepayment(tx, scope, repaymentId);
}

/** Within this time what is asked back is paid back: a debt of a later generation is a slip of the year. */
const MOST_TERM_YEARS = 10;

/** @throws Refusal input-invalid for terms that have passed already, or that nobody will live to see */
function refuseUnfitTerms(terms: readonly Term[], now: Date): void {
  const today = dayOf(now);
  const last = `${Number(today.slice(0, 4)) + MOST_TERM_YEARS}${today.slice(4)}`;
  const details = terms.flatMap(({ dueOn }, at): readonly ErrorDetail[] =>
    dueOn >= today && dueOn <= last ? [] : [{ field: `terms.${at}.dueOn`, zh: `第 ${at + 1} 期的日期是 ${dueOn}，要在今天（${today}）到 ${last} 之间。已经提出的，请撤销，写对日期再提出。`, en: `Term ${at + 1} is due on ${dueOn}; it has to be between today (${today}) and ${last}. If it is proposed already, cancel the proposal and propose it with the right days.` }],
  );
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
}

/**
 * Makes what the program proposed one's own, so that two people stand behind what is demanded.
 * @throws Refusal not-found, repayment-state-unfit, repayment-adopted: somebody wants it demanded already
 */
export async function adoptRepayment(tx: Tx, scope: Scope<'payment.recover'>, repaymentId: string, now: Date): Promise<RepaymentRow> {
  const row = await lockProposed(tx, scope, repaymentId);
  const by = nameActor(scope.actor);
  const wanted = wantedBy(row);
  if (wanted === by) return row;
  if (wanted !== undefined) throw new Refusal('repayment-adopted');
  await updateRepayment(tx, scope, repaymentId, { adoptedBy: by, adoptedAt: now });
  return getRepayment(tx, scope, repaymentId);
}

/** Demands what somebody else proposed or adopted. @throws Refusal not-found, repayment-state-unfit, repayment-not-adopted, own-hands-refused, payment-state-unfit: it came back since · input-invalid: a term has passed, and those of the ledger */
export async function demandRepayment(tx: Tx, scope: Scope<'payment.recover-approve'>, parts: PaymentParts, repaymentId: string, now: Date): Promise<RepaymentRow> {
  const row = await lockProposed(tx, scope, repaymentId);
  const by = nameActor(scope.actor);
  const wanted = wantedBy(row);
  if (wanted === undefined) throw new Refusal('repayment-not-adopted');
  if (wanted === by) throw new Refusal('own-hands-refused');
  const debts = await readDebtParts(tx, scope, repaymentId);
  // What came back from the bank since it was proposed is not demanded as well.
  const back = (await readPayments(tx, scope, [...new Set(debts.map(({ paymentId }) => paymentId))])).find(({ state }) => state !== 'paid');
  if (back !== undefined) throw new Refusal('payment-state-unfit', { state: back.state });
  // Proposed long ago: nobody is asked to have paid before it was demanded.
  refuseUnfitTerms(await readTerms(tx, scope, repaymentId), now);
  await parts.ledger.demand(tx, scope, { movementId: repaymentId, parts: debts.map(({ partId, amountFen }) => ({ partId, fen: amountFen })), document: row.document }, now);
  await updateRepayment(tx, scope, repaymentId, { state: 'demanded', decidedBy: by, decidedAt: now });
  await parts.tell?.(tx, scope.tenantId, [{ kind: 'demanded', partyId: row.partyId, caseId: row.caseId, fen: row.amountFen, about: { kind: 'repayment', id: repaymentId } }]);
  return getRepayment(tx, scope, repaymentId);
}

/** Drops a proposal. @throws Refusal not-found, repayment-state-unfit */
export async function cancelRepayment(tx: Tx, scope: Scope<'payment.recover-approve'>, repaymentId: string, now: Date): Promise<RepaymentRow> {
  await lockProposed(tx, scope, repaymentId);
  await updateRepayment(tx, scope, repaymentId, { state: 'cancelled', decidedBy: nameActor(scope.actor), decidedAt: now });
  return getRepayment(tx, scope, repaymentId);
}

async function lockProposed(tx: Tx, scope: Scope<'payment.recover' | 'payment.recover-approve'>, repaymentId: string): Promise<RepaymentRow> {
  const row = await lockRepayment(tx, scope, repaymentId);
  if (row.state !== 'proposed') throw new Refusal('repayment-state-unfit', { state: row.state });
  return row;
}
