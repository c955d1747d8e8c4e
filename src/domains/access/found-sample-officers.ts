// Officers of a sample city (`npm run seed -- --accounts`): with one-time passwords, where a real city's officers activate themselves by telephone.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { type Caller, type Scope, scopeFor } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { findAccountByLogin, setPassword } from './account-store.ts';
import type { OfficerRole } from './duty.ts';
import { searchKeys } from './sealed-columns.ts';
import { appointOfficer, confirmAppointment, createStaff } from './staff.ts';
import { makeOneTimePassword } from './token.ts';

/** A sample officer. */
export interface SampleOfficer {
  readonly login: string;
  readonly name: string;
  readonly phone: string;
  readonly departmentId: string;
  readonly roles: readonly OfficerRole[];
}

const HOURS = 72;

/**
 * Creates and appoints officers as the security and the system administrator of these logins would together, each with a one-time password.
 * @throws Refusal not-found (no such administrator with this login), login-taken
 */
export async function foundSampleOfficers(
  tx: Tx,
  parts: AccessParts,
  scope: Scope<'staff.found'>,
  logins: { readonly security: string; readonly system: string },
  officers: readonly SampleOfficer[],
  now: Date,
): Promise<readonly { readonly login: string; readonly oneTimePassword: string }[]> {
  const { tenantId } = scope;
  const administrator = async (login: string, role: 'security-admin' | 'system-admin'): Promise<Caller> => {
    const account = await findAccountByLogin(tx, scope, searchKeys(parts.protector, tenantId, 'login', login));
    if (account?.duty !== role) throw new Refusal('not-found');
    return { tenantId, actor: { accountId: account.accountId, sessionId: null, capacity: { kind: 'administrator', role } } };
  };
  const manage = scopeFor(await administrator(logins.security, 'security-admin'), 'staff.manage');
  const confirm = scopeFor(await administrator(logins.system, 'system-admin'), 'staff.confirm');
  const validFrom = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const expiresAt = new Date(now.getTime() + HOURS * 3_600_000);
  const made: { login: string; oneTimePassword: string }[] = [];
  for (const { login, name, phone, departmentId, roles } of officers) {
    const accountId = await createStaff(tx, parts, manage, { login, name, phone, duty: 'officer' }, now);
    const { appointmentId, isWaiting } = await appointOfficer(tx, manage, accountId, { departmentId, roles, validFrom, validTo: null }, now);
    if (isWaiting) await confirmAppointment(tx, confirm, appointmentId, true, now);
    const oneTimePassword = makeOneTimePassword();
    await setPassword(tx, scope, accountId, { hash: await parts.hasher.hash(oneTimePassword), isOneTime: true, expiresAt }, now);
    made.push({ login, oneTimePassword });
  }
  return made;
}
