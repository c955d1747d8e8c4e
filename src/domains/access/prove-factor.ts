// Proves and enrols a second factor: codes of the authenticator, and recovery codes.
import { maskPhone } from '../../contract/identity-number.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { type Account, findSecondFactor, putPendingSecret, putSecret, replaceRecoveryCodes, useRecoveryCode, useStep } from './account-store.ts';
import { digestRecoveryCode } from './open-session.ts';
import { rowIn } from './sealed-columns.ts';
import { enrolmentAddress, findStep, makeRecoveryCodes, makeSecret, readRecoveryCode } from './second-factor.ts';

/** Either way into an account: before a session, or in one. */
export type FactorScope = Scope<'access.enter' | 'access.own'>;

/** Whether `code` is the authenticator's, or a recovery code; either is used up by it. */
export async function proveFactor(tx: Tx, parts: AccessParts, scope: FactorScope, accountId: string, code: string, now: Date): Promise<boolean> {
  const recovery = readRecoveryCode(code);
  if (recovery !== undefined) return useRecoveryCode(tx, scope, accountId, digestRecoveryCode(parts, scope.tenantId, accountId, recovery), now);
  const factor = await findSecondFactor(tx, scope, accountId);
  if (factor === undefined || factor.secretSealed === null) return false;
  const secret = rowIn(parts.protector, scope.tenantId, 'second_factors', accountId).open('secret_sealed', factor.secretSealed);
  const step = findStep(secret, code.trim(), now, factor.lastStep);
  // The database decides who was first where one code comes twice at once.
  return step !== undefined && (await useStep(tx, scope, accountId, step));
}

/** Makes a new secret, not in force yet, and gives what an authenticator needs. */
export async function makeEnrolment(tx: Tx, parts: AccessParts, scope: FactorScope, account: Account): Promise<{ secret: string; address: string }> {
  const { tenantId } = scope;
  const secret = makeSecret();
  await putPendingSecret(tx, scope, account.accountId, rowIn(parts.protector, tenantId, 'second_factors', account.accountId).seal('pending_sealed', secret));
  const row = rowIn(parts.protector, tenantId, 'accounts', account.accountId);
  const label = account.loginSealed !== null ? row.open('login_sealed', account.loginSealed) : account.phoneSealed !== null ? maskPhone(row.open('phone_sealed', account.phoneSealed)) : account.accountId;
  return { secret, address: enrolmentAddress(secret, parts.issuerName, label) };
}

/** Confirms an enrolment by its first code. @returns fresh recovery codes; undefined where the code is wrong. */
export async function confirmFactor(tx: Tx, parts: AccessParts, scope: FactorScope, accountId: string, code: string, now: Date): Promise<readonly string[] | undefined> {
  const factor = await findSecondFactor(tx, scope, accountId);
  if (factor === undefined || factor.pendingSealed === null) return undefined;
  const row = rowIn(parts.protector, scope.tenantId, 'second_factors', accountId);
  const secret = row.open('pending_sealed', factor.pendingSealed);
  const step = findStep(secret, code, now, 0);
  if (step === undefined) return undefined;
  await putSecret(tx, scope, accountId, row.seal('secret_sealed', secret), step, now);
  return giveRecoveryCodes(tx, parts, scope, accountId);
}

/** Replaces the recovery codes. @returns the new ones, which stand nowhere but here. */
export async function giveRecoveryCodes(tx: Tx, parts: AccessParts, scope: FactorScope, accountId: string): Promise<readonly string[]> {
  const codes = makeRecoveryCodes();
  await replaceRecoveryCodes(tx, scope, accountId, codes.map((each) => digestRecoveryCode(parts, scope.tenantId, accountId, each.replaceAll('-', ''))));
  return codes;
}
