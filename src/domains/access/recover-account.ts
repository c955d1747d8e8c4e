// Gives access back: by the telephone and the identity together, or at a window by two officials; staff always by two administrators.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, clearProofs, findAccount, findAccountByPhone, findAccountOfParty, isPhoneOfAnother, markEntry, setPassword, setPhone, takePhoneFromUnclaimed } from './account-store.ts';
import { type Identity, isSameName, readNumber } from './claims.ts';
import { attemptAt, countAttempts } from './count-attempts.ts';
import { dropPending } from './entry-store.ts';
import { isStaff } from './duty.ts';
import { findPasswordFaults } from './password-rules.ts';
import { checkPhoneCode, spendPhoneCode, type TypedCode } from './phone-codes.ts';
import { refusalOfFaults } from './refuse-unfit-password.ts';
import { closeRecovery, findOpenRecovery, insertRecovery, listOpenRecoveries, type Recovery, type SettleScope } from './recovery-store.ts';
import { phoneOfAccount, rowIn, searchKey, searchKeys } from './sealed-columns.ts';
import { endSessions } from './session-store.ts';
import { aboutAccount } from './sign-in-by-password.ts';

/**
 * Sets a new password and takes a lost second factor away, for whoever has the telephone and says name and number right.
 * Whether there is such an account is told to nobody; the work is the same.
 * @throws Refusal code-refused, password-unfit, too-many-attempts, input-invalid
 */
export async function recoverBySelf(
  db: Database,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  typed: TypedCode & Identity & { readonly password: string; readonly client: Client },
  now: Date,
  record: WriteAudit,
): Promise<void> {
  const { protector, people } = parts;
  const { tenantId } = scope;
  const { canonical } = readNumber(parts, typed.identityNumber);
  const phone = await inTenant(db, tenantId, async (tx): Promise<string | Refusal> => {
    const proved = await checkPhoneCode(tx, parts, scope, typed, 'recover', now);
    if (proved === undefined) {
      await record(tx, { outcome: 'refused' });
      return new Refusal('code-refused');
    }
    // Judged by what was typed, not by what is stored.
    const faults = findPasswordFaults(typed.password, { phone: proved, identityNumber: canonical, name: typed.name }, false);
    if (faults.length > 0) return refusalOfFaults(faults, false);
    const { refused } = await countAttempts(tx, scope, [attemptAt(protector, tenantId, 'identity', `recover ${proved}`)], now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    await spendPhoneCode(tx, parts, scope, typed.codeId, proved, typed.client, now);
    return proved;
  });
  if (phone instanceof Refusal) throw phone;
  const hash = await parts.hasher.hash(typed.password);
  await inTenant(db, tenantId, async (tx) => {
    const account = await findAccountByPhone(tx, scope, searchKeys(protector, tenantId, 'phone', phone));
    // Asked in every case, so that the work is the same.
    const person = await people.findPerson(tx, scope, account?.partyId ?? newId());
    const isTheirs = account !== undefined && account.suspendedAt === null && isRight(account, person, typed.name, canonical);
    if (!isTheirs) return record(tx, { outcome: 'refused', ...aboutAccount(account) });
    await clearProofs(tx, scope, account.accountId);
    await setPassword(tx, scope, account.accountId, { hash, isOneTime: false, expiresAt: null }, now);
    await markEntry(tx, scope, account.accountId, now);
    await endSessions(tx, scope, { accountId: account.accountId }, 'recovered', now);
    await dropPending(tx, scope, account.accountId);
    await parts.sendMessage(tx, scope, { to: { accountId: account.accountId }, template: 'account.recovered', values: {} });
    await record(tx, aboutAccount(account));
  });
}

/** An account that never said who it is has its telephone alone to go by; with a second factor that is not enough. */
function isRight(account: Account, record: { readonly name: string; readonly identityNumber: string | null } | undefined, name: string, canonical: string): boolean {
  if (account.partyId === null) return !account.hasSecondFactor;
  return record !== undefined && record.identityNumber === canonical && isSameName(record.name, name);
}

/**
 * At the window: the document was seen, the new telephone is proved by a code; somebody else must confirm.
 * @throws Refusal code-refused, not-found, settled-already (one is open)
 */
export async function openRecovery(db: Database, parts: AccessParts, scope: Scope<'recovery.open'>, seen: Identity & TypedCode & { readonly client: Client }, now: Date, record: WriteAudit): Promise<string> {
  const { tenantId, actor } = scope;
  const { canonical } = readNumber(parts, seen.identityNumber);
  const outcome = await inTenant(db, tenantId, async (tx): Promise<string | Refusal> => {
    const phone = await checkPhoneCode(tx, parts, scope, seen, 'recover', now);
    const refuse = async (code: 'code-refused' | 'not-found' | 'settled-already'): Promise<Refusal> => {
      await record(tx, { outcome: 'refused' });
      return new Refusal(code);
    };
    if (phone === undefined || actor.accountId === null) return refuse('code-refused');
    const records = await parts.people.findByNumber(tx, scope, canonical);
    const person = records.find((each) => isSameName(each.name, seen.name));
    const account = person === undefined ? undefined : await findAccountOfParty(tx, scope, person.partyId);
    if (account === undefined) return refuse('not-found');
    await spendPhoneCode(tx, parts, scope, seen.codeId, phone, seen.client, now);
    const recoveryId = newId();
    const phoneSealed = rowIn(parts.protector, tenantId, 'recoveries', recoveryId).seal('phone_sealed', phone);
    const isOpened = await insertRecovery(tx, scope, { recoveryId, accountId: account.accountId, phoneSealed, openedBy: actor.accountId }, now);
    if (!isOpened) return refuse('settled-already');
    await record(tx, { object: { kind: 'recovery', id: recoveryId }, detail: { accountId: account.accountId } });
    return recoveryId;
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/**
 * Asks for the reset of a member of staff; the system administrator confirms, and the holder activates the account anew by telephone.
 * @throws Refusal not-found, own-hands-refused, settled-already (one is open)
 */
export async function openStaffRecovery(tx: Tx, parts: AccessParts, scope: Scope<'staff.manage'>, accountId: string, phone: string | undefined, now: Date): Promise<string> {
  const openedBy = scope.actor.accountId;
  const account = await findAccount(tx, scope, accountId);
  if (account === undefined || openedBy === null || !isStaff(account.duty)) throw new Refusal('not-found');
  if (accountId === openedBy) throw new Refusal('own-hands-refused');
  const recoveryId = newId();
  const phoneSealed = phone === undefined ? null : rowIn(parts.protector, scope.tenantId, 'recoveries', recoveryId).seal('phone_sealed', phone);
  if (!(await insertRecovery(tx, scope, { recoveryId, accountId, phoneSealed, openedBy }, now))) throw new Refusal('settled-already');
  return recoveryId;
}

/** A recovery that waits, with whom it is about. */
export interface OpenRecovery extends Recovery {
  readonly account: Account;
  readonly phone: string | undefined;
}

/** Recoveries that wait, of people or of staff as the permission says. */
export async function listRecoveries(tx: Tx, parts: AccessParts, scope: SettleScope): Promise<readonly OpenRecovery[]> {
  const open: OpenRecovery[] = [];
  for (const recovery of await listOpenRecoveries(tx, scope)) {
    const account = await findAccount(tx, scope, recovery.accountId);
    if (account !== undefined) open.push({ ...recovery, account, phone: phoneOf(parts, scope, recovery) });
  }
  return open;
}

function phoneOf({ protector }: AccessParts, scope: SettleScope, recovery: Recovery): string | undefined {
  return recovery.phoneSealed === null ? undefined : rowIn(protector, scope.tenantId, 'recoveries', recovery.recoveryId).open('phone_sealed', recovery.phoneSealed);
}

/**
 * Confirms or refuses a recovery. Confirmed: the new telephone holds, all proofs and sessions are gone, old and new telephone are told.
 * @throws Refusal not-found, own-hands-refused, phone-taken
 */
export async function settleRecovery(tx: Tx, parts: AccessParts, scope: SettleScope, recoveryId: string, confirm: boolean, now: Date): Promise<void> {
  const { protector } = parts;
  const { tenantId } = scope;
  const recovery = await findOpenRecovery(tx, scope, recoveryId);
  if (recovery === undefined) throw new Refusal('not-found');
  const { accountId } = recovery;
  if (recovery.openedBy === scope.actor.accountId || accountId === scope.actor.accountId) throw new Refusal('own-hands-refused');
  await closeRecovery(tx, scope, recoveryId, confirm ? 'done' : 'refused', now);
  if (!confirm) return;
  const account = await findAccount(tx, scope, accountId);
  if (account === undefined) throw new Refusal('not-found');
  const row = rowIn(protector, tenantId, 'accounts', accountId);
  const before = phoneOfAccount(protector, tenantId, account);
  const phone = phoneOf(parts, scope, recovery);
  if (phone !== undefined && phone !== before) {
    const keys = searchKeys(protector, tenantId, 'phone', phone);
    // Whoever lost a telephone may have begun a second account with the new one meanwhile; it held nothing.
    if (scope.permission === 'recovery.confirm') {
      for (const lost of await takePhoneFromUnclaimed(tx, scope, keys, accountId)) await endSessions(tx, scope, { accountId: lost }, 'recovered', now);
    }
    if (await isPhoneOfAnother(tx, scope, accountId, isStaff(account.duty), keys)) throw new Refusal('phone-taken');
    await setPhone(tx, scope, accountId, { sealed: row.seal('phone_sealed', phone), search: searchKey(protector, tenantId, 'phone', phone) });
  }
  await clearProofs(tx, scope, accountId);
  await markEntry(tx, scope, accountId, now);
  await endSessions(tx, scope, { accountId }, 'recovered', now);
  await dropPending(tx, scope, accountId);
  await parts.sendMessage(tx, scope, { to: { accountId }, template: 'account.recovered', values: {} });
  if (before !== undefined && phone !== undefined && phone !== before) await parts.sendMessage(tx, scope, { to: { phone: before, language: 'zh' }, template: 'account.recovered', values: {} });
}
