// What somebody does with their own account: looks at it, ends sessions, changes capacity, password, telephone and second factor.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, countRecoveryCodes, findAccount, isPhoneOfAnother, removeSecondFactor, setPassword, setPhone } from './account-store.ts';
import { type Agency, listActiveAgencies } from './agency-store.ts';
import { type Appointment, listOwnAppointments } from './appointment-store.ts';
import { chinaDay } from './china-day.ts';
import { type ClaimOutcome, findLatestClaim } from './claim-store.ts';
import { attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import { isStaff, RECENT_PROOF_MINUTES } from './duty.ts';
import { dropPending } from './entry-store.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { checkPhoneCode, spendPhoneCode, type TypedCode } from './phone-codes.ts';
import { confirmFactor, giveRecoveryCodes, makeEnrolment, proveFactor } from './prove-factor.ts';
import { refuseUnfitPassword } from './refuse-unfit-password.ts';
import { phoneOfAccount, rowIn, searchKey, searchKeys } from './sealed-columns.ts';
import { type CapacityChoice, endOwnSession, endSessions, listOwnSessions, markProof, type OwnSession } from './session-store.ts';
import { aboutAccount } from './sign-in-by-password.ts';

/** Whoever is signed in, about their own account. */
export type OwnScope = Scope<'access.own'>;

/** The caller's account. */
async function getOwnAccount(tx: Tx, scope: OwnScope): Promise<Account> {
  const { accountId } = scope.actor;
  const account = accountId === null ? undefined : await findAccount(tx, scope, accountId);
  if (account === undefined) throw new Refusal('sign-in-required');
  return account;
}

/** The caller's session. */
async function getOwnSession(tx: Tx, scope: OwnScope, now: Date): Promise<OwnSession> {
  const session = (await listOwnSessions(tx, scope, now)).find((each) => each.sessionId === scope.actor.sessionId);
  if (session === undefined) throw new Refusal('sign-in-required');
  return session;
}

/** Lets only somebody pass who proved not long ago who they are. @throws Refusal proof-needed */
export async function needRecentProof(tx: Tx, scope: OwnScope, now: Date): Promise<OwnSession> {
  const session = await getOwnSession(tx, scope, now);
  if (now.getTime() - session.provedAt.getTime() > RECENT_PROOF_MINUTES * 60_000) throw new Refusal('proof-needed');
  return session;
}

/** Everything that the holder may know of an account. */
export interface OwnAccount {
  readonly account: Account;
  readonly phone: string | undefined;
  readonly session: OwnSession;
  readonly appointments: readonly Appointment[];
  readonly agencies: readonly (Agency & { readonly organisationName: string })[];
  readonly recoveryCodesLeft: number;
  readonly claim: 'none' | ClaimOutcome;
}

/** The caller's account, with the capacities that it can act in. */
export async function readOwnAccount(tx: Tx, parts: AccessParts, scope: OwnScope, now: Date): Promise<OwnAccount> {
  const account = await getOwnAccount(tx, scope);
  const today = chinaDay(now);
  const agencies = account.partyId === null ? [] : await listActiveAgencies(tx, scope, today);
  const names = agencies.length === 0 ? undefined : await parts.people.namesOf(tx, scope.tenantId, agencies.map(({ organisationId }) => organisationId));
  return {
    account,
    phone: phoneOfAccount(parts.protector, scope.tenantId, account),
    session: await getOwnSession(tx, scope, now),
    appointments: account.duty === 'officer' ? await listOwnAppointments(tx, scope, today) : [],
    agencies: agencies.map((agency) => ({ ...agency, organisationName: names?.get(agency.organisationId) ?? '' })),
    recoveryCodesLeft: await countRecoveryCodes(tx, scope, account.accountId),
    claim: account.partyId === null ? ((await findLatestClaim(tx, scope)) ?? 'none') : 'confirmed',
  };
}

/** The capacity that somebody wants to act in. */
export type WantedCapacity = { readonly kind: 'own' } | { readonly kind: 'agent'; readonly agencyId: string } | { readonly kind: 'officer'; readonly appointmentId: string };

/**
 * Ends the session and opens one in another capacity, with a new id and token; it ends when the old one would have.
 * @throws Refusal capacity-missing
 */
export async function switchCapacity(tx: Tx, scope: OwnScope, wanted: WantedCapacity, client: Client, now: Date): Promise<OpenedSession & { readonly choice: CapacityChoice }> {
  const account = await getOwnAccount(tx, scope);
  const session = await getOwnSession(tx, scope, now);
  const choice = await chooseCapacity(tx, scope, account, wanted, chinaDay(now));
  if (choice === undefined) throw new Refusal('capacity-missing');
  await endOwnSession(tx, scope, session.sessionId, 'switched', now);
  return { ...(await openSession(tx, scope, { account, choice, client, provedAt: session.provedAt, endsAt: session.expiresAt }, now)), choice };
}

async function chooseCapacity(tx: Tx, scope: OwnScope, account: Account, wanted: WantedCapacity, today: string): Promise<CapacityChoice | undefined> {
  switch (wanted.kind) {
    case 'own':
      return { appointmentId: null, agencyId: null };
    case 'agent': {
      const isOwn = account.partyId !== null && (await listActiveAgencies(tx, scope, today)).some((each) => each.agencyId === wanted.agencyId);
      return isOwn ? { appointmentId: null, agencyId: wanted.agencyId } : undefined;
    }
    case 'officer': {
      const isOwn = account.duty === 'officer' && (await listOwnAppointments(tx, scope, today)).some((each) => each.appointmentId === wanted.appointmentId);
      return isOwn ? { appointmentId: wanted.appointmentId, agencyId: null } : undefined;
    }
  }
}

/** A further proof of who somebody is. */
export type Proof = { readonly kind: 'password'; readonly password: string } | { readonly kind: 'second-factor'; readonly code: string } | ({ readonly kind: 'phone-code' } & TypedCode);

/**
 * Proves once more who is there. Whoever has a second factor shows that: a password that somebody looked up is not enough.
 * @throws Refusal sign-in-refused, too-many-attempts
 */
export async function proveAgain(db: Database, parts: AccessParts, scope: OwnScope, proof: Proof & { readonly client: Client }, now: Date, record: WriteAudit): Promise<void> {
  const { tenantId } = scope;
  const { account, refused, attempts } = await inTenant(db, tenantId, async (tx) => {
    const account = await getOwnAccount(tx, scope);
    const attempts = [attemptAt(parts.protector, tenantId, 'second-factor', account.accountId)];
    return { account, attempts, refused: (await countAttempts(tx, scope, attempts, now)).refused };
  });
  if (refused > 0) throw new Refusal('too-many-attempts', { seconds: refused });
  const isPasswordRight = proof.kind === 'password' && (await parts.hasher.matches(account.password?.hash, proof.password));
  const isProved = await inTenant(db, tenantId, async (tx) => {
    const isRight = account.hasSecondFactor
      ? proof.kind === 'second-factor' && (await proveFactor(tx, parts, scope, account.accountId, proof.code, now))
      : proof.kind === 'phone-code'
        ? await provePhone(tx, parts, scope, account, proof, proof.client, now)
        : isPasswordRight;
    if (isRight) {
      await takeBackAttempts(tx, scope, attempts, now);
      await markProof(tx, scope, now);
    }
    await record(tx, { ...aboutAccount(account), outcome: isRight ? 'done' : 'refused', detail: { by: proof.kind } });
    return isRight;
  });
  if (!isProved) throw new Refusal('sign-in-refused');
}

/** A code to the account's own telephone; staff prove themselves otherwise. */
async function provePhone(tx: Tx, parts: AccessParts, scope: OwnScope, account: Account, typed: TypedCode, client: Client, now: Date): Promise<boolean> {
  const phone = await checkPhoneCode(tx, parts, scope, typed, 'enter', now);
  if (phone === undefined || isStaff(account.duty)) return false;
  if (phoneOfAccount(parts.protector, scope.tenantId, account) !== phone) return false;
  await spendPhoneCode(tx, parts, scope, typed.codeId, phone, client, now);
  return true;
}

/**
 * Sets or changes the password. Every session ends; the caller goes on in a new one.
 * @throws Refusal proof-needed (no password yet), sign-in-refused (the present one is wrong), password-unfit, too-many-attempts
 */
export async function changePassword(
  db: Database,
  parts: AccessParts,
  scope: OwnScope,
  change: { readonly current: string | undefined; readonly password: string; readonly client: Client },
  now: Date,
  record: WriteAudit,
): Promise<OpenedSession> {
  const { tenantId } = scope;
  const { account, refused, attempts } = await inTenant(db, tenantId, async (tx) => {
    const account = await getOwnAccount(tx, scope);
    if (account.password === undefined) await needRecentProof(tx, scope, now);
    const attempts = [attemptAt(parts.protector, tenantId, 'second-factor', account.accountId)];
    return { account, attempts, refused: (await countAttempts(tx, scope, attempts, now)).refused };
  });
  if (refused > 0) throw new Refusal('too-many-attempts', { seconds: refused });
  if (account.password !== undefined && !(await parts.hasher.matches(account.password.hash, change.current ?? ''))) {
    await inTenant(db, tenantId, (tx) => record(tx, { outcome: 'refused', ...aboutAccount(account) }));
    throw new Refusal('sign-in-refused');
  }
  await inTenant(db, tenantId, (tx) => refuseUnfitPassword(tx, parts, scope, account, change.password));
  const hash = await parts.hasher.hash(change.password);
  return inTenant(db, tenantId, async (tx) => {
    await takeBackAttempts(tx, scope, attempts, now);
    const session = await getOwnSession(tx, scope, now);
    await setPassword(tx, scope, account.accountId, { hash, isOneTime: false, expiresAt: null }, now);
    await endSessions(tx, scope, { accountId: account.accountId }, 'password-changed', now);
    await dropPending(tx, scope, account.accountId);
    await parts.sendMessage(tx, scope, { to: { accountId: account.accountId }, template: 'account.password-changed', values: {} });
    await record(tx, aboutAccount(account));
    return openSession(tx, scope, { account, choice: session.choice, client: change.client, provedAt: session.provedAt, endsAt: session.expiresAt }, now);
  });
}

/**
 * Gives the account another telephone, proved by a code; the old one is told.
 * @throws Refusal proof-needed, code-refused, phone-taken
 */
export async function changePhone(db: Database, parts: AccessParts, scope: OwnScope, typed: TypedCode & { readonly client: Client }, now: Date, record: WriteAudit): Promise<void> {
  const { tenantId } = scope;
  const { protector } = parts;
  const refusal = await inTenant(db, tenantId, async (tx): Promise<Refusal | undefined> => {
    await needRecentProof(tx, scope, now);
    const account = await getOwnAccount(tx, scope);
    const phone = await checkPhoneCode(tx, parts, scope, typed, 'change-phone', now);
    if (phone === undefined) {
      await record(tx, { outcome: 'refused', ...aboutAccount(account) });
      return new Refusal('code-refused');
    }
    await spendPhoneCode(tx, parts, scope, typed.codeId, phone, typed.client, now);
    if (await isPhoneOfAnother(tx, scope, account.accountId, isStaff(account.duty), searchKeys(protector, tenantId, 'phone', phone))) {
      await record(tx, { outcome: 'refused', ...aboutAccount(account) });
      return new Refusal('phone-taken');
    }
    const sealed = rowIn(protector, tenantId, 'accounts', account.accountId).seal('phone_sealed', phone);
    await setPhone(tx, scope, account.accountId, { sealed, search: searchKey(protector, tenantId, 'phone', phone) });
    const before = phoneOfAccount(protector, tenantId, account);
    await parts.sendMessage(tx, scope, { to: { accountId: account.accountId }, template: 'account.phone-changed', values: {} });
    if (before !== undefined && before !== phone) await parts.sendMessage(tx, scope, { to: { phone: before, language: 'zh' }, template: 'account.phone-changed', values: {} });
    await record(tx, aboutAccount(account));
    return undefined;
  });
  if (refusal !== undefined) throw refusal;
}

/** Begins to enrol or replace the second factor; the old one serves until the new one's first code. @throws Refusal proof-needed */
export async function beginOwnEnrolment(tx: Tx, parts: AccessParts, scope: OwnScope, now: Date, record: WriteAudit): Promise<{ secret: string; address: string }> {
  await needRecentProof(tx, scope, now);
  const account = await getOwnAccount(tx, scope);
  await record(tx, aboutAccount(account));
  return makeEnrolment(tx, parts, scope, account);
}

/** Completes it. @throws Refusal proof-needed, second-factor-refused, too-many-attempts */
export async function confirmOwnEnrolment(db: Database, parts: AccessParts, scope: OwnScope, code: string, now: Date, record: WriteAudit): Promise<readonly string[]> {
  const { tenantId } = scope;
  const outcome = await inTenant(db, tenantId, async (tx): Promise<readonly string[] | Refusal> => {
    await needRecentProof(tx, scope, now);
    const account = await getOwnAccount(tx, scope);
    const attempts = [attemptAt(parts.protector, tenantId, 'second-factor', account.accountId)];
    const { refused } = await countAttempts(tx, scope, attempts, now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    const codes = await confirmFactor(tx, parts, scope, account.accountId, code, now);
    if (codes === undefined) {
      await record(tx, { outcome: 'refused', ...aboutAccount(account) });
      return new Refusal('second-factor-refused');
    }
    await takeBackAttempts(tx, scope, attempts, now);
    await parts.sendMessage(tx, scope, { to: { accountId: account.accountId }, template: 'account.second-factor-changed', values: {} });
    await record(tx, aboutAccount(account));
    return codes;
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** Fresh recovery codes in the place of the old ones. @throws Refusal proof-needed, not-found */
export async function renewRecoveryCodes(tx: Tx, parts: AccessParts, scope: OwnScope, now: Date, record: WriteAudit): Promise<readonly string[]> {
  await needRecentProof(tx, scope, now);
  const account = await getOwnAccount(tx, scope);
  if (!account.hasSecondFactor) throw new Refusal('not-found');
  await record(tx, aboutAccount(account));
  return giveRecoveryCodes(tx, parts, scope, account.accountId);
}

/** Takes the second factor away. @throws Refusal proof-needed, duty-conflict (staff) */
export async function dropSecondFactor(tx: Tx, parts: AccessParts, scope: OwnScope, now: Date): Promise<void> {
  await needRecentProof(tx, scope, now);
  const account = await getOwnAccount(tx, scope);
  if (isStaff(account.duty)) throw new Refusal('duty-conflict');
  await removeSecondFactor(tx, scope, account.accountId);
  await parts.sendMessage(tx, scope, { to: { accountId: account.accountId }, template: 'account.second-factor-changed', values: {} });
}
