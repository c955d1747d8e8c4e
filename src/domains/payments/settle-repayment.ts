// Settles what was asked back: money that came in, later instalments that are set against it, and what two people write off.
import { Refusal } from '../../contract/errors.ts';
import { formatYuan } from '../../policy/money.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { refuseAhead, refuseBeforeDemanded } from './bank-day.ts';
import { partsToPay, payableFen, splitOverParts, stepInstalment } from './instalment.ts';
import { addOffsets, updateInstalments } from './instalment-store.ts';
import { lookAtInstalments } from './look-before-paying.ts';
import type { PaymentParts } from './ports.ts';
import { type Debt, divideReceipt, owedFen } from './repayment.ts';
import { getRepayment, insertReceipt, isReceivedElsewhere, lockRepayment, plainReference, readDebtParts, readReceipts, type RepaymentRow, settleParts, updateRepayment } from './repayment-store.ts';

type Settler = Scope<'payment.book' | 'payment.recover' | 'payment.recover-approve'>;

/**
 * Money has come in. The same bank reference twice is one receipt.
 * @throws Refusal input-invalid: the day lies ahead, or before the demand · not-found, repayment-state-unfit, repayment-too-large, settled-already: that reference is booked with another amount, or on another repayment
 */
export async function receiveRepayment(tx: Tx, scope: Scope<'payment.book'>, parts: PaymentParts, repaymentId: string, { fen, on, bankReference: written }: { readonly fen: number; readonly on: string; readonly bankReference: string }, now: Date): Promise<RepaymentRow> {
  refuseAhead(on, now);
  const bankReference = plainReference(written);
  const row = await lockRepayment(tx, scope, repaymentId);
  const before = (await readReceipts(tx, scope, repaymentId)).find((receipt) => receipt.bankReference !== null && plainReference(receipt.bankReference) === bankReference);
  if (before !== undefined) {
    if (before.amountFen !== fen || before.kind !== 'received') throw new Refusal('settled-already');
    return row;
  }
  if (await isReceivedElsewhere(tx, scope, repaymentId, bankReference)) throw new Refusal('settled-already');
  refuseTooMuch(row, fen);
  refuseBeforeDemanded(on, row.decidedAt);
  const receiptId = newId();
  const receipt = { receiptId, repaymentId, kind: 'received', amountFen: fen, instalmentId: null, receivedOn: on, bankReference, recordedBy: nameActor(scope.actor), recordedAt: now } as const;
  // Somebody else books it at this moment.
  if (!(await insertReceipt(tx, scope, receipt))) throw new Refusal('settled-already');
  const divided = await divide(tx, scope, repaymentId, fen);
  await parts.ledger.settleDemand(tx, scope, { movementId: receiptId, parts: divided, document: row.document }, now);
  return keep(tx, scope, { ...row, receivedFen: row.receivedFen + fen }, now);
}

/**
 * Sets an instalment of the same payee that can be paid against what is owed; what is left of it goes through the bank.
 * @param fen all that can be where it is not given
 * @throws Refusal not-found, repayment-state-unfit, instalment-state-unfit, repayment-too-large, own-hands-refused
 */
export async function offsetRepayment(tx: Tx, scope: Scope<'payment.recover'>, parts: PaymentParts, repaymentId: string, wish: { readonly instalmentId: string; readonly fen: number | undefined }, now: Date): Promise<RepaymentRow> {
  const row = await lockRepayment(tx, scope, repaymentId);
  const [looked] = await lookAtInstalments(tx, scope, parts, [wish.instalmentId], () => false, now);
  if (looked === undefined || looked.row.partyId !== row.partyId) throw new Refusal('not-found');
  const instalment = looked.row;
  // An account is not needed to set something off; anything else that speaks against paying speaks against this too.
  const isHeld = looked.isEarly || instalment.dueOn > dayOf(now) || looked.doubts.some(({ kind }) => !kind.startsWith('account-'));
  const fen = wish.fen ?? Math.min(owedFen(row), payableFen(instalment));
  const next = isHeld ? undefined : stepInstalment(instalment, { do: 'offset', fen });
  if (next === undefined) throw new Refusal('instalment-state-unfit', { state: instalment.state });
  refuseTooMuch(row, fen);
  const receiptId = newId();
  const given = splitOverParts(fen, partsToPay(looked.shares));
  await parts.ledger.begin(tx, scope, null, [{ paymentId: receiptId, parts: given }], now);
  await parts.ledger.settle(tx, scope, [receiptId], now);
  await addOffsets(tx, scope, given);
  await updateInstalments(tx, scope, [{ ...instalment, ...next }], now);
  await insertReceipt(tx, scope, { receiptId, repaymentId, kind: 'offset', amountFen: fen, instalmentId: instalment.instalmentId, receivedOn: dayOf(now), bankReference: null, recordedBy: nameActor(scope.actor), recordedAt: now });
  const divided = await divide(tx, scope, repaymentId, fen);
  await parts.ledger.settleDemand(tx, scope, { movementId: receiptId, parts: divided, document: row.document }, now);
  return keep(tx, scope, { ...row, offsetFen: row.offsetFen + fen }, now);
}

/** Proposes to give up what cannot be had; `fen` all that is owed where it is not given. @throws Refusal not-found, repayment-state-unfit, repayment-too-large */
export async function proposeWriteOff(tx: Tx, scope: Scope<'payment.recover'>, repaymentId: string, { document, fen }: { readonly document: string; readonly fen: number | undefined }, now: Date): Promise<RepaymentRow> {
  const row = await lockRepayment(tx, scope, repaymentId);
  const amount = fen ?? owedFen(row);
  refuseTooMuch(row, amount);
  await updateRepayment(tx, scope, repaymentId, { writeOff: { document, fen: amount, by: nameActor(scope.actor), at: now } });
  return getRepayment(tx, scope, repaymentId);
}

/**
 * Writes off what somebody else proposed to.
 * @param version the one that was read: a proposal that was replaced since is not approved unread
 * @throws Refusal not-found, changed-meanwhile, repayment-state-unfit, own-hands-refused, repayment-too-large: some of it came in meanwhile
 */
export async function writeOffRepayment(tx: Tx, scope: Scope<'payment.recover-approve'>, parts: PaymentParts, repaymentId: string, version: number, now: Date): Promise<RepaymentRow> {
  const row = await lockRepayment(tx, scope, repaymentId);
  if (row.version !== version) throw new Refusal('changed-meanwhile');
  const by = nameActor(scope.actor);
  if (row.writeOff === null) throw new Refusal('repayment-state-unfit', { state: row.state });
  if (row.writeOff.by === by) throw new Refusal('own-hands-refused');
  const { fen, document } = row.writeOff;
  refuseTooMuch(row, fen);
  const receiptId = newId();
  const isNew = await insertReceipt(tx, scope, { receiptId, repaymentId, kind: 'written-off', amountFen: fen, instalmentId: null, receivedOn: dayOf(now), bankReference: document, recordedBy: by, recordedAt: now });
  // One decision writes off once.
  if (!isNew) throw new Refusal('settled-already');
  const divided = await divide(tx, scope, repaymentId, fen);
  await parts.ledger.writeOff(tx, scope, { movementId: receiptId, parts: divided, document }, now);
  return keep(tx, scope, { ...row, writtenOffFen: row.writtenOffFen + fen, writeOff: null }, now);
}

function refuseTooMuch(row: RepaymentRow, fen: number): void {
  if (row.state !== 'demanded') throw new Refusal('repayment-state-unfit', { state: row.state });
  if (fen <= 0 || fen > owedFen(row)) throw new Refusal('repayment-too-large', { amount: formatYuan(owedFen(row)) });
}

/** Divides an amount over what is owed of each part, and writes that down. */
async function divide(tx: Tx, scope: Settler, repaymentId: string, fen: number): Promise<readonly { readonly partId: string; readonly fen: number }[]> {
  const debts = await readDebtParts(tx, scope, repaymentId);
  const given = divideReceipt(fen, debts);
  const settled = debts.map((part, at) => ({ part, fen: given[at] ?? 0 })).filter((one) => one.fen > 0);
  await settleParts(tx, scope, repaymentId, settled);
  return settled.map((one) => ({ partId: one.part.partId, fen: one.fen }));
}

async function keep(tx: Tx, scope: Settler, row: RepaymentRow & Debt, now: Date): Promise<RepaymentRow> {
  const { receivedFen, offsetFen, writtenOffFen, writeOff } = row;
  const isOver = owedFen(row) === 0;
  await updateRepayment(tx, scope, row.repaymentId, { receivedFen, offsetFen, writtenOffFen, writeOff: isOver ? null : writeOff, ...(isOver ? { state: 'settled' as const, settledAt: now } : {}) });
  return getRepayment(tx, scope, row.repaymentId);
}
