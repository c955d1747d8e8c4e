// The steps that a sign-in may still lack: the real name, second factor, its enrolment, a new password.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, findAccount, setPassword } from './account-store.ts';
import { aboutAccount } from './sign-in-by-password.ts';
import { type Identity, isSameName, readNumber } from './claims.ts';
import { confirmFactor, makeEnrolment, proveFactor } from './prove-factor.ts';
import { attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import type { Step } from './duty.ts';
import { findPending, type PendingSignIn, putPendingSteps } from './entry-store.ts';
import { writeBrowser } from './known-browser.ts';
import { type Entry, enter, isUsable, recordEntry } from './open-session.ts';
import { endSessions } from './session-store.ts';
import { refuseUnfitPassword } from './refuse-unfit-password.ts';
import { phoneOfAccount } from './sealed-columns.ts';
import { digestToken } from './token.ts';

/** A step under way: the token that the answer before gave. */
export interface StepCall {
  readonly stepToken: string;
  readonly client: Client;
}

/** The sign-in and its account, if `step` is what it lacks next. */
async function findStep(tx: Tx, scope: Scope<'access.enter'>, stepToken: string, step: Step, now: Date): Promise<{ pending: PendingSignIn; account: Account }> {
  const pending = await findPending(tx, scope, digestToken(stepToken), now);
  const account = pending === undefined ? undefined : await findAccount(tx, scope, pending.accountId);
  if (pending === undefined || account === undefined || pending.steps[0] !== step || !isUsable(account)) throw new Refusal('step-expired');
  return { pending, account };
}

/** Marks a step as done: the session opens, or the next step is named. */
async function advance(tx: Tx, scope: Scope<'access.enter'>, { stepToken, client }: StepCall, { pending, account }: { pending: PendingSignIn; account: Account }, now: Date): Promise<Entry> {
  const steps = pending.steps.slice(1);
  await putPendingSteps(tx, scope, pending.signInId, steps);
  const [next] = steps;
  if (next !== undefined) return { next, accountId: account.accountId, stepToken, session: undefined };
  return { next: 'done', accountId: account.accountId, stepToken: null, session: await enter(tx, scope, account, client, now) };
}

/**
 * The second step: a code of the authenticator, or a recovery code.
 * @throws Refusal second-factor-refused, step-expired, too-many-attempts
 */
export async function showSecondFactor(db: Database, parts: AccessParts, scope: Scope<'access.enter'>, call: StepCall & { readonly code: string }, now: Date, record: WriteAudit): Promise<Entry> {
  const outcome = await inTenant(db, scope.tenantId, async (tx): Promise<Entry | Refusal> => {
    const found = await findStep(tx, scope, call.stepToken, 'second-factor', now);
    const { accountId } = found.account;
    const attempts = [attemptAt(parts.protector, scope.tenantId, 'second-factor', accountId)];
    const { refused } = await countAttempts(tx, scope, attempts, now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    if (!(await proveFactor(tx, parts, scope, accountId, call.code, now))) {
      await record(tx, { outcome: 'refused', ...aboutAccount(found.account) });
      return new Refusal('second-factor-refused');
    }
    await takeBackAttempts(tx, scope, attempts, now);
    return recordEntry(tx, record, await advance(tx, scope, call, found, now));
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/**
 * The step after a code in a browser that nobody entered from before: name and identity number, as the registry has them. Whoever got the
 * telephone from a carrier knows neither. `browser` is a cookie by which this browser is known from now on.
 * @throws Refusal identity-differs, step-expired, too-many-attempts, input-invalid (no identity number at all)
 */
export async function showRealName(
  db: Database,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  call: StepCall & Identity,
  now: Date,
  record: WriteAudit,
): Promise<Entry & { readonly browser: string | undefined }> {
  const { protector, people } = parts;
  const { tenantId } = scope;
  const { canonical } = readNumber(parts, call.identityNumber);
  const outcome = await inTenant(db, tenantId, async (tx): Promise<(Entry & { browser: string | undefined }) | Refusal> => {
    const found = await findStep(tx, scope, call.stepToken, 'real-name', now);
    const { account } = found;
    const attempts = [attemptAt(protector, tenantId, 'identity', `enter ${account.accountId}`)];
    const { refused } = await countAttempts(tx, scope, attempts, now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    const person = account.partyId === null ? undefined : await people.findPerson(tx, scope, account.partyId);
    if (person === undefined || person.identityNumber !== canonical || !isSameName(person.name, call.name)) {
      await record(tx, { outcome: 'refused', ...aboutAccount(account) });
      return new Refusal('identity-differs');
    }
    await takeBackAttempts(tx, scope, attempts, now);
    const entry = await recordEntry(tx, record, await advance(tx, scope, call, found, now));
    const phone = phoneOfAccount(protector, tenantId, account);
    return { ...entry, browser: phone === undefined || entry.next !== 'done' ? undefined : writeBrowser(protector, tenantId, phone, call.client.browser) };
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** Gives the secret to enrol. @throws Refusal step-expired */
export async function beginEnrolment(db: Database, parts: AccessParts, scope: Scope<'access.enter'>, stepToken: string, now: Date, record: WriteAudit): Promise<{ secret: string; address: string }> {
  return inTenant(db, scope.tenantId, async (tx) => {
    const { account } = await findStep(tx, scope, stepToken, 'enrol-second-factor', now);
    await record(tx, aboutAccount(account));
    return makeEnrolment(tx, parts, scope, account);
  });
}

/**
 * Completes the enrolment with a first code; the recovery codes are shown this once.
 * @throws Refusal second-factor-refused, step-expired, too-many-attempts
 */
export async function confirmEnrolment(db: Database, parts: AccessParts, scope: Scope<'access.enter'>, call: StepCall & { readonly code: string }, now: Date, record: WriteAudit): Promise<Entry> {
  const outcome = await inTenant(db, scope.tenantId, async (tx): Promise<Entry | Refusal> => {
    const found = await findStep(tx, scope, call.stepToken, 'enrol-second-factor', now);
    const { accountId } = found.account;
    const attempts = [attemptAt(parts.protector, scope.tenantId, 'second-factor', accountId)];
    const { refused } = await countAttempts(tx, scope, attempts, now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    const recoveryCodes = await confirmFactor(tx, parts, scope, accountId, call.code, now);
    if (recoveryCodes === undefined) {
      await record(tx, { outcome: 'refused', ...aboutAccount(found.account) });
      return new Refusal('second-factor-refused');
    }
    await takeBackAttempts(tx, scope, attempts, now);
    return { ...(await recordEntry(tx, record, await advance(tx, scope, call, found, now))), recoveryCodes };
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/**
 * Takes a password of one's own in the place of a one-time or worn one; every session that there was ends.
 * @throws Refusal password-unfit, step-expired
 */
export async function chooseNewPassword(db: Database, parts: AccessParts, scope: Scope<'access.enter'>, call: StepCall & { readonly password: string }, now: Date, record: WriteAudit): Promise<Entry> {
  const { account } = await inTenant(db, scope.tenantId, (tx) => findStep(tx, scope, call.stepToken, 'new-password', now));
  await inTenant(db, scope.tenantId, (tx) => refuseUnfitPassword(tx, parts, scope, account, call.password));
  // The one that is worn does not serve again.
  if (await parts.hasher.matches(account.password?.hash, call.password)) {
    throw new Refusal('password-unfit', {}, [{ field: 'password', zh: '和现在的密码一样，请换一个', en: 'the same as the present one; choose another' }]);
  }
  const hash = await parts.hasher.hash(call.password);
  return inTenant(db, scope.tenantId, async (tx) => {
    const found = await findStep(tx, scope, call.stepToken, 'new-password', now);
    await setPassword(tx, scope, account.accountId, { hash, isOneTime: false, expiresAt: null }, now);
    await endSessions(tx, scope, { accountId: account.accountId }, 'password-changed', now);
    return recordEntry(tx, record, await advance(tx, scope, call, found, now));
  });
}
