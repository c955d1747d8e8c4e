// Books transfers of any unit: rooms, posts, money that belongs to no case.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { NewTransfer } from './account.ts';
import { book, type Entry } from './book.ts';
import { type Booking, findAccountKeys, findTransfers } from './transfer-store.ts';

/**
 * Books all transfers or none. A transfer that was booked before with the same content is left as it is.
 * @throws Refusal ledger-floor · ledger-conflict: the id has other content, or the pending one has ended · not-found: no such pending one
 */
export async function transfer(tx: Tx, scope: Booking, transfers: readonly NewTransfer[], now: Date): Promise<void> {
  const pendingIds = transfers.flatMap((each) => ('pendingId' in each ? each.pendingId : []));
  const pendings = await findTransfers(tx, scope, pendingIds);
  const keys = await findAccountKeys(tx, scope, [...pendings.values()].flatMap(({ fromAccountId, toAccountId }) => [fromAccountId, toAccountId]));
  const entries = transfers.map((each): Entry => {
    const { transferId, kind, reason } = each;
    if (!('pendingId' in each)) {
      const side = { unit: each.unit, jurisdictionCode: each.jurisdictionCode };
      return { transferId, kind, pendingId: null, from: { ...side, ...each.from }, to: { ...side, ...each.to }, amount: each.amount, reason, partId: null, operationId: null };
    }
    const pending = pendings.get(each.pendingId);
    const [from, to] = [keys.get(pending?.fromAccountId ?? ''), keys.get(pending?.toAccountId ?? '')];
    // What belongs to a case's part is settled by the functions for parts, which know the payment.
    if (pending?.kind !== 'pending' || pending.partId !== null || from === undefined || to === undefined) throw new Refusal('not-found');
    return { transferId, kind, pendingId: pending.transferId, from, to, amount: pending.amount, reason, partId: null, operationId: null };
  });
  await book(tx, scope, entries, now);
}
