// The only SQL on the way in: counted attempts, codes on their way to a telephone, sign-ins with a step left, visits to issuers.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Step } from './duty.ts';
import type { Gate, ThrottleState } from './throttle.ts';

/** Whoever's attempts are counted. */
export type EntryScope = Scope<'access.enter' | 'access.own' | 'claim.make' | 'family.manage' | 'recovery.open'>;

/** The earlier failures at a gate, locked so that attempts at once queue here. */
export async function findThrottle(tx: Tx, scope: EntryScope, gate: Gate, subject: Uint8Array): Promise<ThrottleState | undefined> {
  const row = await tx
    .selectFrom('throttles')
    .where('tenant_id', '=', scope.tenantId)
    .where('gate', '=', gate)
    .where('subject_digest', '=', Buffer.from(subject))
    .select(['failures', 'last_failed_at', 'blocked_until'])
    .forUpdate()
    .executeTakeFirst();
  return row && { failures: row.failures, lastFailedAt: row.last_failed_at, blockedUntil: row.blocked_until };
}

/** Makes sure that there is a row to lock. */
export async function openThrottle(tx: Tx, scope: EntryScope, gate: Gate, subject: Uint8Array, now: Date): Promise<void> {
  await tx
    .insertInto('throttles')
    .values({ tenant_id: scope.tenantId, gate, subject_digest: subject, failures: 0, last_failed_at: now, blocked_until: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'gate', 'subject_digest']).doNothing())
    .execute();
}

/** Writes the failures at a gate. */
export async function putThrottle(tx: Tx, scope: EntryScope, gate: Gate, subject: Uint8Array, state: ThrottleState): Promise<void> {
  await tx
    .updateTable('throttles')
    .set({ failures: state.failures, last_failed_at: state.lastFailedAt, blocked_until: state.blockedUntil })
    .where('tenant_id', '=', scope.tenantId)
    .where('gate', '=', gate)
    .where('subject_digest', '=', Buffer.from(subject))
    .execute();
}

/** A code on its way. */
export interface PhoneCode {
  readonly codeId: string;
  readonly phoneSealed: Buffer;
  readonly codeDigest: Buffer;
  readonly tries: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Adds a code. */
export async function insertPhoneCode(
  tx: Tx,
  scope: EntryScope,
  code: { readonly codeId: string; readonly phoneSealed: Uint8Array; readonly codeDigest: Uint8Array; readonly sentAt: Date; readonly expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('phone_codes')
    .values({ tenant_id: scope.tenantId, code_id: code.codeId, phone_sealed: code.phoneSealed, code_digest: code.codeDigest, sent_at: code.sentAt, expires_at: code.expiresAt })
    .execute();
}

/** Counts a try at a code and gives it as it then is. */
export async function tryPhoneCode(tx: Tx, scope: EntryScope, codeId: string): Promise<PhoneCode | undefined> {
  const row = await tx
    .updateTable('phone_codes')
    .set((set) => ({ tries: set('tries', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('code_id', '=', codeId)
    .returning(['code_id', 'phone_sealed', 'code_digest', 'tries', 'expires_at', 'used_at'])
    .executeTakeFirst();
  return row && { codeId: row.code_id, phoneSealed: row.phone_sealed, codeDigest: row.code_digest, tries: row.tries, expiresAt: row.expires_at, usedAt: row.used_at };
}

/** Uses a code up. */
export async function usePhoneCode(tx: Tx, scope: EntryScope, codeId: string, now: Date): Promise<void> {
  await tx.updateTable('phone_codes').set({ used_at: now }).where('tenant_id', '=', scope.tenantId).where('code_id', '=', codeId).execute();
}

/** A sign-in with steps left. */
export interface PendingSignIn {
  readonly signInId: string;
  readonly accountId: string;
  readonly steps: readonly Step[];
  readonly method: string;
}

/** Adds a sign-in with steps left. */
export async function insertPending(
  tx: Tx,
  scope: Scope<'access.enter'>,
  pending: PendingSignIn & { readonly tokenDigest: Uint8Array; readonly createdAt: Date; readonly expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('pending_sign_ins')
    .values({
      tenant_id: scope.tenantId,
      sign_in_id: pending.signInId,
      account_id: pending.accountId,
      token_digest: pending.tokenDigest,
      steps: [...pending.steps],
      method: pending.method,
      created_at: pending.createdAt,
      expires_at: pending.expiresAt,
    })
    .execute();
}

/** The sign-in that a step's token stands for, locked, if it still counts. */
export async function findPending(tx: Tx, scope: Scope<'access.enter'>, tokenDigest: Uint8Array, now: Date): Promise<PendingSignIn | undefined> {
  const row = await tx
    .selectFrom('pending_sign_ins')
    .where('tenant_id', '=', scope.tenantId)
    .where('token_digest', '=', Buffer.from(tokenDigest))
    .where('expires_at', '>', now)
    .select(['sign_in_id', 'account_id', 'steps', 'method'])
    .forUpdate()
    .executeTakeFirst();
  return row && { signInId: row.sign_in_id, accountId: row.account_id, steps: row.steps as Step[], method: row.method };
}

/** Writes which steps are left; none ends the sign-in. */
export async function putPendingSteps(tx: Tx, scope: Scope<'access.enter'>, signInId: string, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) await tx.deleteFrom('pending_sign_ins').where('tenant_id', '=', scope.tenantId).where('sign_in_id', '=', signInId).execute();
  else await tx.updateTable('pending_sign_ins').set({ steps: [...steps] }).where('tenant_id', '=', scope.tenantId).where('sign_in_id', '=', signInId).execute();
}

/** Drops every sign-in of an account that has steps left. */
export async function dropPending(tx: Tx, scope: Scope<'access.enter' | 'access.own' | 'staff.manage' | 'staff.confirm' | 'staff.found' | 'recovery.confirm'>, accountId: string): Promise<void> {
  await tx.deleteFrom('pending_sign_ins').where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).execute();
}

/** A visit to an issuer. */
export interface StoredVisit {
  readonly visitId: string;
  readonly providerId: string;
  readonly verifierSealed: Buffer;
  readonly nonce: string;
}

/** Adds a visit to an issuer. */
export async function insertVisit(
  tx: Tx,
  scope: Scope<'access.enter'>,
  visit: { readonly visitId: string; readonly providerId: string; readonly stateDigest: Uint8Array; readonly browserDigest: Uint8Array; readonly verifierSealed: Uint8Array; readonly nonce: string; readonly expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('provider_visits')
    .values({
      tenant_id: scope.tenantId,
      visit_id: visit.visitId,
      provider_id: visit.providerId,
      state_digest: visit.stateDigest,
      browser_digest: visit.browserDigest,
      verifier_sealed: visit.verifierSealed,
      nonce: visit.nonce,
      expires_at: visit.expiresAt,
    })
    .execute();
}

/** Takes a visit out, so that it serves once; only for the browser that began it. */
export async function takeVisit(tx: Tx, scope: Scope<'access.enter'>, stateDigest: Uint8Array, browserDigest: Uint8Array, now: Date): Promise<StoredVisit | undefined> {
  const row = await tx
    .deleteFrom('provider_visits')
    .where('tenant_id', '=', scope.tenantId)
    .where('state_digest', '=', Buffer.from(stateDigest))
    .where('browser_digest', '=', Buffer.from(browserDigest))
    .where('expires_at', '>', now)
    .returning(['visit_id', 'provider_id', 'verifier_sealed', 'nonce'])
    .executeTakeFirst();
  return row && { visitId: row.visit_id, providerId: row.provider_id, verifierSealed: row.verifier_sealed, nonce: row.nonce };
}

/** Removes what has expired; sessions that ended stay for half a year, the audit trail for longer. */
export async function deleteExpired(tx: Tx, scope: Scope<'access.tidy'>, before: { readonly now: Date; readonly throttles: Date; readonly sessions: Date }): Promise<void> {
  const { tenantId } = scope;
  for (const table of ['pending_sign_ins', 'provider_visits', 'phone_codes'] as const) {
    await tx.deleteFrom(table).where('tenant_id', '=', tenantId).where('expires_at', '<', before.now).execute();
  }
  await tx.deleteFrom('throttles').where('tenant_id', '=', tenantId).where('last_failed_at', '<', before.throttles).execute();
  await tx.deleteFrom('sessions').where('tenant_id', '=', tenantId).where('expires_at', '<', before.sessions).execute();
}
