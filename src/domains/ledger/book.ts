// The one way anything is booked: accounts locked in one order, what is known skipped, floors looked at, and only then written.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { nameActor } from '../registry/index.ts';
import type { AccountKey, AccountRole, Part, TransferReason } from './account.ts';
import { tellAmount } from './amount-words.ts';
import { changeParts, insertParts, lockParts, type PartChange, type PartPlace, type PromisedPart } from './part-store.ts';
import { type Account, type BalanceChange, type Booking, changeBalances, findAccounts, findEnds, findTransfers, insertAccounts, insertTransfers, lockAccounts, nameAccount, type StoredTransfer } from './transfer-store.ts';

/** A transfer whose sides and amount are known. */
export interface Entry {
  readonly transferId: string;
  readonly kind: StoredTransfer['kind'];
  readonly pendingId: string | null;
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly amount: number;
  readonly reason: TransferReason;
  readonly partId: string | null;
  readonly operationId: string | null;
}

/**
 * Books all entries or none; those booked before with the same content are left as they are. New parts are added with their commitments.
 * Where it refuses, nothing was written yet, so that the transaction may go on with something else; only after ledger-conflict it may be lost.
 * A floor holds for what all entries together leave.
 * @throws Refusal ledger-floor, ledger-part, ledger-conflict, jurisdiction-unknown
 */
export async function book(tx: Tx, scope: Booking, entries: readonly Entry[], now: Date, promised: readonly PromisedPart[] = []): Promise<void> {
  if (entries.length === 0) return;
  refuseDoubles(entries);
  const accounts = await openAndLock(tx, scope, entries.flatMap(({ from, to }) => [from, to]));
  const transfers = entries.map((entry) => stored(entry, accounts));
  const known = await findTransfers(tx, scope, transfers.map(({ transferId }) => transferId));
  const fresh = transfers.filter((transfer) => {
    const before = known.get(transfer.transferId);
    if (before !== undefined && !isSame(before, transfer)) throw new Refusal('ledger-conflict', { id: transfer.transferId });
    return before === undefined;
  });
  if (fresh.length === 0) return;
  const ended = fresh.flatMap(({ pendingId }) => pendingId ?? []);
  const [end] = ended.length === 0 ? [] : (await findEnds(tx, scope, ended)).values();
  if (end !== undefined) throw new Refusal('ledger-conflict', { id: end.transferId });

  const isFresh = new Set(fresh.map(({ transferId }) => transferId));
  const partChanges = partChangesOf(entries.filter(({ transferId }) => isFresh.has(transferId)));
  if (partChanges.length > 0) refuseMissing(await lockParts(tx, scope, partChanges.map(({ partId }) => partId)), partChanges);
  const byId = new Map([...accounts.values()].map((account) => [account.accountId, account]));
  const changes = balanceChanges(fresh);
  for (const change of changes) refuseBelowFloor(byId.get(change.accountId), change);

  const newParts = promised.filter(({ partId }) => isFresh.has(partId));
  if (newParts.length > 0) await insertParts(tx, scope, newParts, now);
  await insertTransfers(tx, scope, fresh, nameActor(scope.actor), now);
  await changeBalances(tx, scope, changes);
  if (partChanges.length > 0) await changeParts(tx, scope, partChanges);
}

/** Accounts by {@link nameAccount}, opened where they are not there yet, and locked. */
export async function openAndLock(tx: Tx, scope: Booking, keys: readonly AccountKey[]): Promise<ReadonlyMap<string, Account>> {
  const wanted = new Map(keys.map((key) => [nameAccount(key), key]));
  let found = await findAccounts(tx, scope, [...wanted.values()]);
  if (found.size < wanted.size) {
    await insertAccounts(tx, scope, [...wanted].filter(([name]) => !found.has(name)).map(([, key]) => key));
    found = await findAccounts(tx, scope, [...wanted.values()]);
  }
  const locked = await lockAccounts(tx, scope, [...found.values()].map(({ accountId }) => accountId));
  return new Map(locked.map((account) => [nameAccount(account), account]));
}

function refuseDoubles(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { transferId, amount, from, to } of entries) {
    if (seen.has(transferId)) throw new Refusal('ledger-conflict', { id: transferId });
    seen.add(transferId);
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`an amount is a whole number above zero, not ${amount}`);
    if (from.unit !== to.unit || from.jurisdictionCode !== to.jurisdictionCode) throw new RangeError('both sides of a transfer have one unit and one jurisdiction');
  }
}

function stored({ transferId, kind, pendingId, from, to, amount, reason, partId, operationId }: Entry, accounts: ReadonlyMap<string, Account>): StoredTransfer {
  const [fromAccount, toAccount] = [accounts.get(nameAccount(from)), accounts.get(nameAccount(to))];
  if (fromAccount === undefined || toAccount === undefined) throw new Error('an account was not opened');
  return {
    transferId, kind, pendingId, amount, partId, operationId,
    unit: from.unit,
    jurisdictionCode: from.jurisdictionCode,
    fromAccountId: fromAccount.accountId,
    toAccountId: toAccount.accountId,
    reason: reason.kind,
    caseId: reason.caseId ?? null,
    decisionId: reason.decisionId ?? null,
    batchId: reason.batchId ?? null,
    document: reason.document ?? null,
  };
}

function isSame(before: StoredTransfer, now: StoredTransfer): boolean {
  return (Object.keys(now) as (keyof StoredTransfer)[]).every((name) => before[name] === now[name]);
}

/** What transfers do to balances. */
function balanceChanges(transfers: readonly StoredTransfer[]): readonly BalanceChange[] {
  const changes = new Map<string, { accountId: string; credited: number; debited: number; held: number }>();
  const of = (accountId: string) => {
    const change = changes.get(accountId) ?? { accountId, credited: 0, debited: 0, held: 0 };
    changes.set(accountId, change);
    return change;
  };
  for (const { kind, fromAccountId, toAccountId, amount } of transfers) {
    if (kind === 'posted' || kind === 'post') {
      of(fromAccountId).debited += amount;
      of(toAccountId).credited += amount;
    }
    if (kind === 'pending') of(fromAccountId).held += amount;
    if (kind === 'post' || kind === 'void') of(fromAccountId).held -= amount;
  }
  return [...changes.values()];
}

function refuseBelowFloor(account: Account | undefined, change: BalanceChange): void {
  if (account === undefined || account.floor === null) return;
  const available = account.credited - account.debited - account.held - account.floor;
  const needed = change.debited + change.held - change.credited;
  if (needed <= available) return;
  const { unit, fund, year } = account;
  throw new Refusal('ledger-floor', { fund, year, available: tellAmount(unit, available), needed: tellAmount(unit, needed) });
}

const places: Readonly<Partial<Record<AccountRole, PartPlace>>> = { committed: 'committed', free: 'released', paid: 'paid', receivable: 'receivable', recovered: 'recovered', 'written-off': 'writtenOff' };

/** Where the amount of a part goes from and to; undefined where the part stays as it is: its commitment, and what is free again after it came back. */
function placesOf({ kind, from, to }: Entry): readonly [PartPlace, PartPlace] | undefined {
  const [out, into] = [places[from.role], places[to.role]];
  if (out === undefined || into === undefined || from.role === 'free' || from.role === 'recovered') return undefined;
  switch (kind) {
    case 'posted':
      return [out, into];
    case 'pending':
      return [out, 'paying'];
    case 'post':
      return ['paying', into];
    case 'void':
      return ['paying', out];
  }
}

function partChangesOf(entries: readonly Entry[]): readonly PartChange[] {
  const changes = new Map<string, { partId: string } & Record<PartPlace, number>>();
  for (const entry of entries) {
    const moved = entry.partId === null ? undefined : placesOf(entry);
    if (entry.partId === null || moved === undefined) continue;
    const change = changes.get(entry.partId) ?? { partId: entry.partId, committed: 0, paying: 0, paid: 0, released: 0, receivable: 0, recovered: 0, writtenOff: 0 };
    change[moved[0]] -= entry.amount;
    change[moved[1]] += entry.amount;
    changes.set(entry.partId, change);
  }
  return [...changes.values()];
}

const allPlaces: readonly PartPlace[] = ['committed', 'paying', 'paid', 'released', 'receivable', 'recovered', 'writtenOff'];

function refuseMissing(parts: readonly Part[], changes: readonly PartChange[]): void {
  const byId = new Map(parts.map((part) => [part.partId, part]));
  for (const change of changes) {
    const part = byId.get(change.partId);
    if (part === undefined) throw new Refusal('not-found');
    const short = allPlaces.find((place) => part[place] + change[place] < 0);
    if (short === undefined) continue;
    throw new Refusal('ledger-part', { available: tellAmount(part.unit, part[short]), needed: tellAmount(part.unit, -change[short]) });
  }
}
