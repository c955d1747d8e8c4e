// Officers and administrators: made and appointed by the security administrator, never for oneself; administrators, and officers who release money, need a second administrator's yes.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { type Account, clearProofs, confirmAccount, countAdministrators, findAccount, findAccountByLogin, insertAccount, isStaffKnown, listUnconfirmed, refuseAccount, setPassword, setSuspension } from './account-store.ts';
import { type Appointment, closeAppointment, findWaitingAppointment, insertAppointment, listAppointmentsOf, listStaffRows, listWaitingAppointments, putAppointmentInForce } from './appointment-store.ts';
import { type AdministratorRole, type Duty, isAdministrator, isStaff, type OfficerRole, releasesMoney } from './duty.ts';
import { dropPending } from './entry-store.ts';
import { rowIn, searchKey, searchKeys } from './sealed-columns.ts';
import { endSessions } from './session-store.ts';
import { makeOneTimePassword } from './token.ts';

/** A new member of staff. */
export interface NewStaff {
  readonly login: string;
  readonly name: string;
  readonly phone: string;
  readonly duty: Exclude<Duty, 'person'>;
}

/**
 * Creates an account of staff. Its holder activates it by telephone, so nobody else ever knows a password; an administrator's waits besides
 * for the system administrator.
 * @throws Refusal login-taken (login or telephone)
 */
export async function createStaff(tx: Tx, parts: AccessParts, scope: Scope<'staff.manage'>, staff: NewStaff, now: Date): Promise<string> {
  const confirmedAt = isAdministrator(staff.duty) ? null : now;
  return addStaff(tx, parts, scope, staff, { createdBy: scope.actor.accountId, confirmedAt }, now);
}

async function addStaff(
  tx: Tx,
  { protector }: Pick<AccessParts, 'protector'>,
  scope: Scope<'staff.manage' | 'staff.found'>,
  { login, name, phone, duty }: NewStaff,
  made: { readonly createdBy: string | null; readonly confirmedAt: Date | null },
  now: Date,
): Promise<string> {
  const { tenantId } = scope;
  if (await isStaffKnown(tx, scope, searchKeys(protector, tenantId, 'phone', phone), searchKeys(protector, tenantId, 'login', login))) throw new Refusal('login-taken');
  const accountId = newId();
  const row = rowIn(protector, tenantId, 'accounts', accountId);
  const isNew = await insertAccount(
    tx,
    scope,
    {
      accountId,
      duty,
      login: { sealed: row.seal('login_sealed', login), search: searchKey(protector, tenantId, 'login', login) },
      phone: { sealed: row.seal('phone_sealed', phone), search: searchKey(protector, tenantId, 'phone', phone) },
      nameSealed: row.seal('name_sealed', name),
      ...made,
    },
    now,
  );
  if (!isNew) throw new Refusal('login-taken');
  return accountId;
}

/** How long the first one-time passwords serve. */
const FIRST_PASSWORD_HOURS = 72;

/** One of the first three, with the password that leads to choosing one's own. */
export interface FirstAdministrator {
  readonly role: AdministratorRole;
  readonly login: string;
  readonly oneTimePassword: string;
  readonly expiresAt: Date;
}

/**
 * Creates the first three administrators, from the server's own command line: three people with three logins and three telephones.
 * @throws Refusal login-taken, duty-conflict (there is one of a kind already)
 */
export async function foundAdministrators(
  tx: Tx,
  parts: Pick<AccessParts, 'protector' | 'hasher'>,
  scope: Scope<'staff.found'>,
  people: Readonly<Record<AdministratorRole, Omit<NewStaff, 'duty'>>>,
  now: Date,
): Promise<readonly FirstAdministrator[]> {
  if ((await countAdministrators(tx, scope)).size > 0) throw new Refusal('duty-conflict');
  const expiresAt = new Date(now.getTime() + FIRST_PASSWORD_HOURS * 3_600_000);
  const made: FirstAdministrator[] = [];
  for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const) {
    const accountId = await addStaff(tx, parts, scope, { ...people[role], duty: role }, { createdBy: null, confirmedAt: now }, now);
    const oneTimePassword = makeOneTimePassword();
    await setPassword(tx, scope, accountId, { hash: await parts.hasher.hash(oneTimePassword), isOneTime: true, expiresAt }, now);
    made.push({ role, login: people[role].login, oneTimePassword, expiresAt });
  }
  return made;
}

/**
 * Gives an administrator a new one-time password and takes the second factor away, from the server's own command line: the way out where
 * no second administrator is left to confirm.
 * @throws Refusal not-found (no administrator with this login)
 */
export async function resetAdministrator(tx: Tx, parts: Pick<AccessParts, 'protector' | 'hasher'>, scope: Scope<'staff.found'>, login: string, now: Date): Promise<FirstAdministrator> {
  const account = await findAccountByLogin(tx, scope, searchKeys(parts.protector, scope.tenantId, 'login', login));
  if (account === undefined || !isAdministrator(account.duty)) throw new Refusal('not-found');
  const { accountId, duty } = account;
  const oneTimePassword = makeOneTimePassword();
  const expiresAt = new Date(now.getTime() + FIRST_PASSWORD_HOURS * 3_600_000);
  await clearProofs(tx, scope, accountId);
  await setPassword(tx, scope, accountId, { hash: await parts.hasher.hash(oneTimePassword), isOneTime: true, expiresAt }, now);
  await endSessions(tx, scope, { accountId }, 'recovered', now);
  await dropPending(tx, scope, accountId);
  return { role: duty, login, oneTimePassword, expiresAt };
}

/** A member of staff as the security administrator sees it. */
export interface StaffMember {
  readonly accountId: string;
  readonly login: string;
  readonly name: string;
  readonly duty: Exclude<Duty, 'person'>;
  readonly state: 'waiting' | 'inactive' | 'active' | 'suspended';
  readonly appointments: readonly Appointment[];
}

/** Which members of staff are asked for. */
export interface StaffFilter {
  readonly accountId?: string | undefined;
  /** Part of a name or a login. */
  readonly q?: string | undefined;
  readonly duty?: StaffMember['duty'] | undefined;
  readonly state?: StaffMember['state'] | undefined;
  readonly departmentId?: string | undefined;
}

/** How many are opened at once while names are looked through: they are sealed, so the database cannot. */
const LOOK_THROUGH = 200;

/** A page of staff, one more than asked for where there are more. */
export async function listStaff(
  tx: Tx,
  parts: Pick<AccessParts, 'protector'>,
  scope: Scope<'staff.manage'>,
  { accountId, q = '', duty, state, departmentId }: StaffFilter,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly StaffMember[]> {
  const wanted = q.toLowerCase();
  const fits = (member: StaffMember): boolean =>
    (wanted === '' || member.name.toLowerCase().includes(wanted) || member.login.includes(wanted)) &&
    (state === undefined || member.state === state) &&
    (departmentId === undefined || member.appointments.some((each) => each.departmentId === departmentId));
  const isNarrow = wanted !== '' || state !== undefined || departmentId !== undefined;
  const found: StaffMember[] = [];
  for (let from = after; ; ) {
    const size = isNarrow ? LOOK_THROUGH : limit;
    const rows = await listStaffRows(tx, scope, { accountId, duty }, { after: from, limit: size });
    found.push(...(await openStaff(tx, parts, scope, rows.slice(0, isNarrow ? size : undefined))).filter(fits));
    from = rows[size - 1]?.accountId;
    if (!isNarrow || rows.length <= size || found.length > limit) return found;
  }
}

async function openStaff(tx: Tx, parts: Pick<AccessParts, 'protector'>, scope: Scope<'staff.manage'>, rows: Awaited<ReturnType<typeof listStaffRows>>): Promise<readonly StaffMember[]> {
  const appointments = await listAppointmentsOf(tx, scope, rows.map((row) => row.accountId));
  return rows.map((row) => {
    const sealed = rowIn(parts.protector, scope.tenantId, 'accounts', row.accountId);
    return {
      accountId: row.accountId,
      login: row.loginSealed === null ? '' : sealed.open('login_sealed', row.loginSealed),
      name: row.nameSealed === null ? '' : sealed.open('name_sealed', row.nameSealed),
      duty: row.duty as StaffMember['duty'],
      state: row.suspendedAt !== null ? 'suspended' : row.confirmedAt === null ? 'waiting' : row.hasPassword ? 'active' : 'inactive',
      appointments: appointments.filter((each) => each.accountId === row.accountId),
    };
  });
}

/** Somebody else's account of staff. @throws Refusal not-found, own-hands-refused */
async function getOther(tx: Tx, scope: Scope<'staff.manage'>, accountId: string): Promise<Account> {
  const account = await findAccount(tx, scope, accountId);
  if (account === undefined || !isStaff(account.duty)) throw new Refusal('not-found');
  if (accountId === scope.actor.accountId) throw new Refusal('own-hands-refused');
  return account;
}

/** Where, as what and how long somebody is appointed. */
export interface AppointmentTerms {
  readonly departmentId: string;
  readonly roles: readonly OfficerRole[];
  readonly validFrom: string;
  readonly validTo: string | null;
}

/**
 * Appoints an officer; sessions opened with other rights end. An appointment that releases money gives no right before the system administrator
 * has agreed: see {@link confirmAppointment}.
 * @throws Refusal not-found, own-hands-refused, duty-conflict (an administrator is no officer)
 */
export async function appointOfficer(tx: Tx, scope: Scope<'staff.manage'>, accountId: string, terms: AppointmentTerms, now: Date): Promise<{ readonly appointmentId: string; readonly isWaiting: boolean }> {
  const account = await getOther(tx, scope, accountId);
  if (account.duty !== 'officer') throw new Refusal('duty-conflict');
  const appointmentId = newId();
  const roles = [...new Set(terms.roles)];
  const isWaiting = releasesMoney(roles);
  if (!(await insertAppointment(tx, scope, { ...terms, appointmentId, accountId, roles, confirmedAt: isWaiting ? null : now }, now))) throw new Refusal('not-found');
  if (!isWaiting) await endSessions(tx, scope, { accountId }, 'rights-changed', now);
  return { appointmentId, isWaiting };
}

/** Ends an appointment and its holder's sessions. @throws Refusal settled-already */
export async function endAppointment(tx: Tx, scope: Scope<'staff.manage'>, appointmentId: string, now: Date): Promise<void> {
  const accountId = await closeAppointment(tx, scope, appointmentId, now);
  if (accountId === undefined) throw new Refusal('settled-already');
  await endSessions(tx, scope, { accountId }, 'rights-changed', now);
}

/** Suspends an account of staff, or lifts the suspension. @throws Refusal not-found, own-hands-refused */
export async function suspendStaff(tx: Tx, scope: Scope<'staff.manage'>, accountId: string, isSuspended: boolean, now: Date): Promise<void> {
  await getOther(tx, scope, accountId);
  await setSuspension(tx, scope, accountId, isSuspended ? now : null);
  await endSessions(tx, scope, { accountId }, 'rights-changed', now);
  await dropPending(tx, scope, accountId);
}

/** An administrator's account that waits for a second administrator. */
export interface WaitingAdministrator {
  readonly accountId: string;
  readonly login: string;
  readonly duty: string;
  readonly createdAt: Date;
}

/** Administrators' accounts that wait. */
export async function listWaitingAdministrators(tx: Tx, parts: AccessParts, scope: Scope<'staff.confirm'>): Promise<readonly WaitingAdministrator[]> {
  return (await listUnconfirmed(tx, scope)).map(({ accountId, duty, loginSealed, createdAt }) => ({
    accountId,
    duty,
    createdAt,
    login: loginSealed === null ? '' : rowIn(parts.protector, scope.tenantId, 'accounts', accountId).open('login_sealed', loginSealed),
  }));
}

/** An appointment that waits for the system administrator, with the login of whom it is for. */
export type WaitingAppointment = Appointment & { readonly login: string };

/** Appointments that release money and wait. */
export async function listAppointmentsToConfirm(tx: Tx, parts: AccessParts, scope: Scope<'staff.confirm'>): Promise<readonly WaitingAppointment[]> {
  return (await listWaitingAppointments(tx, scope)).map(({ loginSealed, ...appointment }) => ({
    ...appointment,
    login: loginSealed === null ? '' : rowIn(parts.protector, scope.tenantId, 'accounts', appointment.accountId).open('login_sealed', loginSealed),
  }));
}

/** Agrees to an appointment that waits, or refuses it. @throws Refusal own-hands-refused, settled-already */
export async function confirmAppointment(tx: Tx, scope: Scope<'staff.confirm'>, appointmentId: string, confirm: boolean, now: Date): Promise<void> {
  const waiting = await findWaitingAppointment(tx, scope, appointmentId);
  if (waiting === undefined) throw new Refusal('settled-already');
  const { accountId, grantedBy } = waiting;
  if (grantedBy === scope.actor.accountId || accountId === scope.actor.accountId) throw new Refusal('own-hands-refused');
  if (!confirm) {
    await closeAppointment(tx, scope, appointmentId, now);
    return;
  }
  await putAppointmentInForce(tx, scope, appointmentId, now);
  await endSessions(tx, scope, { accountId }, 'rights-changed', now);
}

/** Confirms or refuses an administrator's account. @throws Refusal own-hands-refused, settled-already */
export async function confirmAdministrator(tx: Tx, scope: Scope<'staff.confirm'>, accountId: string, confirm: boolean, now: Date): Promise<void> {
  const account = await findAccount(tx, scope, accountId);
  if (account !== undefined && account.createdBy !== null && account.createdBy === scope.actor.accountId) throw new Refusal('own-hands-refused');
  const isDone = confirm ? await confirmAccount(tx, scope, accountId, now) : await refuseAccount(tx, scope, accountId, now);
  if (!isDone) throw new Refusal('settled-already');
}
