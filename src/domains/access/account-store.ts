// The only SQL on accounts and how they prove themselves: passwords, second factors, recovery codes, identities at issuers.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Duty } from './duty.ts';

/** Whoever may look at accounts and their proofs. */
export type AccountScope = Scope<
  | 'access.enter' | 'access.own' | 'access.resolve' | 'claim.make' | 'claim.decide' | 'staff.manage' | 'staff.confirm' | 'staff.found' | 'recovery.open' | 'recovery.confirm'
  | 'agent.become' | 'agent.manage' | 'agent.appoint' | 'family.manage' | 'family.confirm' | 'message.send'
>;

/** An account with what its sign-in needs. */
export interface Account {
  readonly accountId: string;
  readonly duty: Duty;
  readonly loginSealed: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly nameSealed: Buffer | null;
  readonly partyId: string | null;
  readonly createdBy: string | null;
  readonly confirmedAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly lastEntryAt: Date | null;
  readonly password: { readonly hash: string; readonly isOneTime: boolean; readonly changedAt: Date; readonly expiresAt: Date | null } | undefined;
  readonly hasSecondFactor: boolean;
}

const selectAccounts = (tx: Tx, scope: AccountScope) =>
  tx
    .selectFrom('accounts as a')
    .leftJoin('passwords as p', (join) => join.onRef('p.tenant_id', '=', 'a.tenant_id').onRef('p.account_id', '=', 'a.account_id'))
    .leftJoin('second_factors as s', (join) => join.onRef('s.tenant_id', '=', 'a.tenant_id').onRef('s.account_id', '=', 'a.account_id'))
    .where('a.tenant_id', '=', scope.tenantId)
    .select([
      'a.account_id', 'a.duty', 'a.login_sealed', 'a.phone_sealed', 'a.name_sealed', 'a.party_id', 'a.created_by', 'a.confirmed_at', 'a.suspended_at', 'a.last_entry_at',
      'p.hash', 'p.is_one_time', 'p.changed_at', 'p.expires_at', 's.confirmed_at as factor_confirmed_at',
    ]);

function asAccount(row: Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirst']>>): Account | undefined {
  if (row === undefined) return undefined;
  const { hash, is_one_time: isOneTime, changed_at: changedAt } = row;
  return {
    accountId: row.account_id,
    duty: row.duty as Duty,
    loginSealed: row.login_sealed,
    phoneSealed: row.phone_sealed,
    nameSealed: row.name_sealed,
    partyId: row.party_id,
    createdBy: row.created_by,
    confirmedAt: row.confirmed_at,
    suspendedAt: row.suspended_at,
    lastEntryAt: row.last_entry_at,
    password: hash === null || isOneTime === null || changedAt === null ? undefined : { hash, isOneTime, changedAt, expiresAt: row.expires_at },
    hasSecondFactor: row.factor_confirmed_at !== null,
  };
}

/** The person's account of a telephone. */
export async function findAccountByPhone(tx: Tx, scope: AccountScope, keys: readonly Buffer[]): Promise<Account | undefined> {
  return asAccount(await selectAccounts(tx, scope).where('a.phone_search', 'in', keys).where('a.duty', '=', 'person').executeTakeFirst());
}

/** The account of staff with a login. */
export async function findAccountByLogin(tx: Tx, scope: AccountScope, keys: readonly Buffer[]): Promise<Account | undefined> {
  return asAccount(await selectAccounts(tx, scope).where('a.login_search', 'in', keys).executeTakeFirst());
}

/** The account of a registry record. */
export async function findAccountOfParty(tx: Tx, scope: AccountScope, partyId: string): Promise<Account | undefined> {
  return asAccount(await selectAccounts(tx, scope).where('a.party_id', '=', partyId).executeTakeFirst());
}

/** An account by its id. */
export async function findAccount(tx: Tx, scope: AccountScope, accountId: string): Promise<Account | undefined> {
  return asAccount(await selectAccounts(tx, scope).where('a.account_id', '=', accountId).executeTakeFirst());
}

/** Whether a telephone or login is in use among staff. */
export async function isStaffKnown(tx: Tx, scope: Scope<'staff.manage' | 'staff.found'>, phones: readonly Buffer[], logins: readonly Buffer[]): Promise<boolean> {
  const row = await tx
    .selectFrom('accounts')
    .where('tenant_id', '=', scope.tenantId)
    .where('duty', '<>', 'person')
    .where((where) => where.or([where('phone_search', 'in', phones), where('login_search', 'in', logins)]))
    .select('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The values of a new account. */
export interface NewAccount {
  readonly accountId: string;
  readonly duty: Duty;
  readonly login?: { readonly sealed: Uint8Array; readonly search: Uint8Array };
  readonly phone?: { readonly sealed: Uint8Array; readonly search: Uint8Array };
  readonly nameSealed?: Uint8Array;
  readonly noticeVersion?: string;
  readonly createdBy: string | null;
  readonly confirmedAt: Date | null;
}

/** Adds an account. @returns false where login or telephone belong to another one. */
export async function insertAccount(tx: Tx, scope: Scope<'access.enter' | 'staff.manage' | 'staff.found'>, account: NewAccount, now: Date): Promise<boolean> {
  const done = await tx
    .insertInto('accounts')
    .values({
      tenant_id: scope.tenantId,
      account_id: account.accountId,
      duty: account.duty,
      login_sealed: account.login?.sealed ?? null,
      login_search: account.login?.search ?? null,
      phone_sealed: account.phone?.sealed ?? null,
      phone_search: account.phone?.search ?? null,
      name_sealed: account.nameSealed ?? null,
      notice_version: account.noticeVersion ?? null,
      created_at: now,
      created_by: account.createdBy,
      confirmed_at: account.confirmedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Writes when somebody last entered by an account, or proved to be its holder. */
export async function markEntry(tx: Tx, scope: Scope<'access.enter' | 'recovery.confirm' | 'staff.confirm'>, accountId: string, now: Date): Promise<void> {
  await tx.updateTable('accounts').set({ last_entry_at: now }).where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).execute();
}

/** Gives an account another telephone. @returns false where it is another account's. */
export async function setPhone(tx: Tx, scope: Scope<'access.own' | 'recovery.confirm' | 'staff.confirm'>, accountId: string, phone: { readonly sealed: Uint8Array; readonly search: Uint8Array }): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ phone_sealed: phone.sealed, phone_search: phone.search })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .execute();
}

/** Takes a telephone from the accounts of people who never said who they are. @returns the accounts that lost it. */
export async function takePhoneFromUnclaimed(tx: Tx, scope: Scope<'recovery.confirm' | 'staff.confirm'>, phones: readonly Buffer[], except: string): Promise<readonly string[]> {
  const rows = await tx
    .updateTable('accounts')
    .set({ phone_sealed: null, phone_search: null })
    .where('tenant_id', '=', scope.tenantId)
    .where('phone_search', 'in', phones)
    .where('duty', '=', 'person')
    .where('party_id', 'is', null)
    .where('account_id', '<>', except)
    .returning('account_id')
    .execute();
  return rows.map((row) => row.account_id);
}

/** Whether a telephone belongs to an account of the same side (people or staff) other than `accountId`. */
export async function isPhoneOfAnother(tx: Tx, scope: AccountScope, accountId: string, isStaff: boolean, phones: readonly Buffer[]): Promise<boolean> {
  const row = await tx
    .selectFrom('accounts')
    .where('tenant_id', '=', scope.tenantId)
    .where('phone_search', 'in', phones)
    .where('duty', isStaff ? '<>' : '=', 'person')
    .where('account_id', '<>', accountId)
    .select('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ties an account to the registry record that is its holder's. @returns false where the record or the account is taken already. */
export async function tieToParty(tx: Tx, scope: Scope<'claim.make' | 'claim.decide'>, accountId: string, partyId: string): Promise<boolean> {
  const done = await tx
    .updateTable('accounts as a')
    .set({ party_id: partyId })
    .where('a.tenant_id', '=', scope.tenantId)
    .where('a.account_id', '=', accountId)
    .where('a.duty', '=', 'person')
    .where('a.party_id', 'is', null)
    .where((where) => where.not(where.exists(where.selectFrom('accounts as o').where('o.tenant_id', '=', scope.tenantId).where('o.party_id', '=', partyId).select('o.account_id'))))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Suspends or resumes an account of staff. @returns false where there is none such. */
export async function setSuspension(tx: Tx, scope: Scope<'staff.manage'>, accountId: string, at: Date | null): Promise<boolean> {
  const done = await tx
    .updateTable('accounts')
    .set({ suspended_at: at, suspended_by: at === null ? null : scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('duty', '<>', 'person')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Confirms an administrator's account. @returns false where nothing waited. */
export async function confirmAccount(tx: Tx, scope: Scope<'staff.confirm'>, accountId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('accounts')
    .set({ confirmed_at: now, confirmed_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Suspends an account that was not confirmed. @returns false where nothing waited. */
export async function refuseAccount(tx: Tx, scope: Scope<'staff.confirm'>, accountId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('accounts')
    .set({ suspended_at: now, suspended_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Administrators whose accounts wait for confirmation. */
export async function listUnconfirmed(tx: Tx, scope: Scope<'staff.confirm'>): Promise<readonly { accountId: string; duty: string; loginSealed: Buffer | null; createdAt: Date }[]> {
  const rows = await tx
    .selectFrom('accounts')
    .where('tenant_id', '=', scope.tenantId)
    .where('confirmed_at', 'is', null)
    .where('suspended_at', 'is', null)
    .where('duty', 'in', ['system-admin', 'security-admin', 'audit-admin'])
    .select(['account_id', 'duty', 'login_sealed', 'created_at'])
    .orderBy('account_id')
    .execute();
  return rows.map((row) => ({ accountId: row.account_id, duty: row.duty, loginSealed: row.login_sealed, createdAt: row.created_at }));
}

/** Confirmed administrators of each kind that are not suspended. */
export async function countAdministrators(tx: Tx, scope: Scope<'staff.found'>): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('accounts')
    .where('tenant_id', '=', scope.tenantId)
    .where('duty', 'in', ['system-admin', 'security-admin', 'audit-admin'])
    .where('suspended_at', 'is', null)
    .where('confirmed_at', 'is not', null)
    .select(({ fn }) => ['duty', fn.countAll<number>().as('count')])
    .groupBy('duty')
    .execute();
  return new Map(rows.map((row) => [row.duty, Number(row.count)]));
}

/** Sets or replaces the password. */
export async function setPassword(
  tx: Tx,
  scope: AccountScope,
  accountId: string,
  password: { readonly hash: string; readonly isOneTime: boolean; readonly expiresAt: Date | null },
  now: Date,
): Promise<void> {
  const values = { hash: password.hash, is_one_time: password.isOneTime, expires_at: password.expiresAt, changed_at: now };
  await tx
    .insertInto('passwords')
    .values({ tenant_id: scope.tenantId, account_id: accountId, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'account_id']).doUpdateSet(values))
    .execute();
}

/** Writes a stronger hash of the same password, if it is still the same. */
export async function renewHash(tx: Tx, scope: Scope<'access.enter'>, accountId: string, before: string, after: string): Promise<void> {
  await tx.updateTable('passwords').set({ hash: after }).where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).where('hash', '=', before).execute();
}

/** Takes password, second factor, recovery codes and outside identities away: whoever recovers sets them anew. */
export async function clearProofs(tx: Tx, scope: Scope<'access.enter' | 'recovery.confirm' | 'staff.confirm' | 'staff.found'>, accountId: string): Promise<void> {
  for (const table of ['passwords', 'second_factors', 'recovery_codes', 'outside_identities'] as const) {
    await tx.deleteFrom(table).where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).execute();
  }
}

/** The second factor of an account, and the secret of an enrolment under way. */
export async function findSecondFactor(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, accountId: string): Promise<{ secretSealed: Buffer | null; pendingSealed: Buffer | null; lastStep: number } | undefined> {
  const row = await tx
    .selectFrom('second_factors')
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .select(['secret_sealed', 'pending_sealed', 'last_step'])
    .executeTakeFirst();
  return row && { secretSealed: row.secret_sealed, pendingSealed: row.pending_sealed, lastStep: row.last_step };
}

/** Writes the secret of an enrolment that begins; the factor in force stays. */
export async function putPendingSecret(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, accountId: string, pendingSealed: Uint8Array): Promise<void> {
  await tx
    .insertInto('second_factors')
    .values({ tenant_id: scope.tenantId, account_id: accountId, pending_sealed: pendingSealed })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'account_id']).doUpdateSet({ pending_sealed: pendingSealed }))
    .execute();
}

/** Puts a secret whose first code was shown in force. */
export async function putSecret(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, accountId: string, secretSealed: Uint8Array, step: number, now: Date): Promise<void> {
  await tx
    .updateTable('second_factors')
    .set({ secret_sealed: secretSealed, confirmed_at: now, last_step: step, pending_sealed: null })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .execute();
}

/** Uses a step up. @returns false where this step or a later one was used meanwhile. */
export async function useStep(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, accountId: string, step: number): Promise<boolean> {
  const done = await tx
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Takes the second factor and its recovery codes away. */
export async function removeSecondFactor(tx: Tx, scope: Scope<'access.own'>, accountId: string): Promise<void> {
  for (const table of ['second_factors', 'recovery_codes'] as const) {
    await tx.deleteFrom(table).where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).execute();
  }
}

/** Replaces the recovery codes. */
export async function replaceRecoveryCodes(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, accountId: string, digests: readonly Uint8Array[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).execute();
  await tx.insertInto('recovery_codes').values(digests.map((digest) => ({ tenant_id: scope.tenantId, account_id: accountId, code_digest: digest }))).execute();
}

/** Uses a recovery code up. @returns false where there is none such, or it was used. */
export async function useRecoveryCode(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, accountId: string, digest: Uint8Array, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('code_digest', '=', Buffer.from(digest))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(tx: Tx, scope: Scope<'access.own'>, accountId: string): Promise<number> {
  const row = await tx
    .selectFrom('recovery_codes')
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The account of a subject at an issuer. */
export async function findOutsideIdentity(tx: Tx, scope: Scope<'access.enter'>, providerId: string, subject: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('outside_identities')
    .where('tenant_id', '=', scope.tenantId)
    .where('provider_id', '=', providerId)
    .where('subject', '=', subject)
    .select('account_id')
    .executeTakeFirst();
  return row?.account_id;
}

/** Writes which account a subject at an issuer is. */
export async function insertOutsideIdentity(tx: Tx, scope: Scope<'access.enter' | 'access.own'>, identity: { readonly providerId: string; readonly subject: string; readonly accountId: string }, now: Date): Promise<void> {
  await tx
    .insertInto('outside_identities')
    .values({ tenant_id: scope.tenantId, provider_id: identity.providerId, subject: identity.subject, account_id: identity.accountId, linked_at: now })
    .execute();
}
