// Books payments of committed parts: on hold while they are at the bank, posted when it paid, voided when it did not, taken back when money returned.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { potOf, type Reason } from './account.ts';
import { book, type Entry } from './book.ts';
import { transferIdOf } from './operation-id.ts';
import { getPart, getParts } from './part-store.ts';
import { findAccounts, findEnds, listPendings, nameAccount } from './transfer-store.ts';

type Paying = Scope<'ledger.pay'>;

/** One payment to one payee, out of parts of any funds. */
export interface NewPayment {
  /** newId() of whoever prepares it; a payment that failed is prepared anew under another. */
  readonly paymentId: string;
  /** `amount`: all that is committed of the part where it is not given. */
  readonly parts: readonly { readonly partId: string; readonly amount?: number | undefined }[];
}

/**
 * Puts payments on hold: they go to the bank. The same payment twice is one; a part that is at the bank already, or paid, is refused.
 * @throws Refusal budget-missing: nothing is paid from a year without a budget · ledger-part: less is committed · ledger-conflict · not-found
 */
export async function beginPayment(tx: Tx, scope: Paying, { batchId, payments }: { readonly batchId?: string | null | undefined; readonly payments: readonly NewPayment[] }, now: Date): Promise<void> {
  const asked = payments.flatMap(({ paymentId, parts }) => parts.map((part) => ({ paymentId, ...part, transferId: transferIdOf(paymentId, 'begin', part.partId) })));
  const parts = await getParts(tx, scope, asked.map(({ partId }) => partId));
  const begun = new Map((await listPendings(tx, scope, payments.map(({ paymentId }) => paymentId))).map((pending) => [pending.transferId, pending]));
  const free = [...parts.values()].map((part) => ({ ...potOf(part), role: 'free' as const }));
  const accounts = await findAccounts(tx, scope, free);
  const shut = free.find((key) => (accounts.get(nameAccount(key))?.floor ?? null) === null);
  if (shut !== undefined) throw new Refusal('budget-missing', { fund: shut.fund, year: shut.year });
  const entries = asked.map(({ paymentId, partId, amount, transferId }): Entry => {
    const part = getPart(parts, partId);
    const whole = begun.get(transferId)?.amount ?? part.committed;
    // Nothing is committed any more: told as short of the part, not as an amount of nothing.
    const wanted = amount ?? (whole > 0 ? whole : part.amount);
    const reason = { kind: 'payment', caseId: part.caseId, decisionId: part.decisionId, batchId: batchId ?? undefined } as const;
    return { transferId, kind: 'pending', pendingId: null, from: { ...potOf(part), role: 'committed' }, to: { ...potOf(part), role: 'paid' }, amount: wanted, reason, partId, operationId: paymentId };
  });
  await book(tx, scope, entries, now);
}

/** Which payments; all parts of each. */
export interface Payments {
  readonly paymentIds: readonly string[];
}

/** The bank has paid: what was on hold is paid. @throws Refusal not-found: such a payment was never begun · ledger-conflict: it failed before */
export async function settlePayment(tx: Tx, scope: Paying, payments: Payments, now: Date): Promise<void> {
  await book(tx, scope, await endsOf(tx, scope, payments, 'settle'), now);
}

/** The bank has not paid: what was on hold is committed again. @throws Refusal not-found · ledger-conflict: it was settled before */
export async function failPayment(tx: Tx, scope: Paying, payments: Payments, now: Date): Promise<void> {
  await book(tx, scope, await endsOf(tx, scope, payments, 'fail'), now);
}

/**
 * Money that had been paid came back: it is committed again, to be paid once more under another id or released.
 * @throws Refusal not-found · ledger-not-paid: the payment was not settled · ledger-part: it was demanded back meanwhile
 */
export async function returnPayment(tx: Tx, scope: Paying, { paymentIds, document }: Payments & { readonly document?: string | undefined }, now: Date): Promise<void> {
  const begun = await getBegun(tx, scope, { paymentIds });
  const ends = await findEnds(tx, scope, begun.map(({ transferId }) => transferId));
  if (begun.some(({ transferId }) => ends.get(transferId)?.kind !== 'post')) throw new Refusal('ledger-not-paid');
  const entries = begun.map(({ operationId, part, amount, batchId }): Entry => {
    const reason = { kind: 'payment-return' as Reason, caseId: part.caseId, decisionId: part.decisionId, batchId: batchId ?? undefined, document };
    const transferId = transferIdOf(operationId, 'return', part.partId);
    return { transferId, kind: 'posted', pendingId: null, from: { ...potOf(part), role: 'paid' }, to: { ...potOf(part), role: 'committed' }, amount, reason, partId: part.partId, operationId };
  });
  await book(tx, scope, entries, now);
}

async function endsOf(tx: Tx, scope: Paying, payments: Payments, step: 'settle' | 'fail'): Promise<readonly Entry[]> {
  const begun = await getBegun(tx, scope, payments);
  return begun.map(({ transferId, operationId, part, amount, batchId }): Entry => {
    const reason = { kind: 'payment' as const, caseId: part.caseId, decisionId: part.decisionId, batchId: batchId ?? undefined };
    return {
      transferId: transferIdOf(operationId, step, part.partId),
      kind: step === 'settle' ? 'post' : 'void',
      pendingId: transferId,
      from: { ...potOf(part), role: 'committed' },
      to: { ...potOf(part), role: 'paid' },
      amount, reason, operationId,
      partId: part.partId,
    };
  });
}

async function getBegun(tx: Tx, scope: Paying, { paymentIds }: Payments) {
  const begun = await listPendings(tx, scope, paymentIds);
  const found = new Set(begun.map(({ operationId }) => operationId));
  if (paymentIds.some((paymentId) => !found.has(paymentId))) throw new Refusal('not-found');
  const parts = await getParts(tx, scope, begun.flatMap(({ partId }) => partId ?? []));
  return begun.map((pending) => ({ ...pending, part: getPart(parts, pending.partId ?? '') }));
}
