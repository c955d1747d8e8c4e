// The only SQL on appointments and on the list of staff.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** An appointment with its department. */
export interface Appointment {
  readonly appointmentId: string;
  readonly accountId: string;
  readonly departmentId: string;
  readonly departmentName: string;
  readonly roles: readonly string[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly grantedBy: string;
  readonly grantedAt: Date;
  /** Null while a second administrator has not agreed: until then it gives no right. */
  readonly confirmedAt: Date | null;
}

const selectAppointments = (tx: Tx, tenantId: number) =>
  tx
    .selectFrom('appointments as t')
    .innerJoin('departments as d', (join) => join.onRef('d.tenant_id', '=', 't.tenant_id').onRef('d.department_id', '=', 't.department_id'))
    .where('t.tenant_id', '=', tenantId)
    .where('t.ended_at', 'is', null)
    .select(['t.appointment_id', 't.account_id', 't.department_id', 'd.name', 't.roles', 't.valid_from', 't.valid_to', 't.granted_by', 't.granted_at', 't.confirmed_at'])
    .orderBy('t.appointment_id');

const asAppointment = (row: Awaited<ReturnType<ReturnType<typeof selectAppointments>['executeTakeFirstOrThrow']>>): Appointment => ({
  appointmentId: row.appointment_id,
  accountId: row.account_id,
  departmentId: row.department_id,
  departmentName: row.name,
  roles: row.roles,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  grantedBy: row.granted_by,
  grantedAt: row.granted_at,
  confirmedAt: row.confirmed_at,
});

/** The appointment in which an officer begins: the oldest in force on `today` whose department is open. */
export async function findFirstAppointment(tx: Tx, scope: Scope<'access.enter'>, accountId: string, today: string): Promise<string | undefined> {
  const row = await selectAppointments(tx, scope.tenantId)
    .where('t.account_id', '=', accountId)
    .where('t.confirmed_at', 'is not', null)
    .where('t.valid_from', '<=', today)
    .where((where) => where.or([where('t.valid_to', 'is', null), where('t.valid_to', '>=', today)]))
    .where((where) => where.or([where('d.closed_on', 'is', null), where('d.closed_on', '>=', today)]))
    .executeTakeFirst();
  return row?.appointment_id;
}

/** The caller's own appointments in force on `today`. */
export async function listOwnAppointments(tx: Tx, scope: Scope<'access.own'>, today: string): Promise<readonly Appointment[]> {
  const rows = await selectAppointments(tx, scope.tenantId)
    .where('t.account_id', '=', scope.actor.accountId)
    .where('t.confirmed_at', 'is not', null)
    .where('t.valid_from', '<=', today)
    .where((where) => where.or([where('t.valid_to', 'is', null), where('t.valid_to', '>=', today)]))
    .where((where) => where.or([where('d.closed_on', 'is', null), where('d.closed_on', '>=', today)]))
    .execute();
  return rows.map(asAppointment);
}

/** Appointments of these accounts that have not ended, those that wait included. */
export async function listAppointmentsOf(tx: Tx, scope: Scope<'staff.manage'>, accountIds: readonly string[]): Promise<readonly Appointment[]> {
  if (accountIds.length === 0) return [];
  return (await selectAppointments(tx, scope.tenantId).where('t.account_id', 'in', accountIds).execute()).map(asAppointment);
}

/** A member of staff as stored. */
export interface StaffRow {
  readonly accountId: string;
  readonly duty: string;
  readonly loginSealed: Buffer | null;
  readonly nameSealed: Buffer | null;
  readonly confirmedAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly hasPassword: boolean;
}

/** A page of staff in the order of their creation, one more than asked for where there are more. */
export async function listStaffRows(
  tx: Tx,
  scope: Scope<'staff.manage'>,
  { accountId, duty }: { readonly accountId: string | undefined; readonly duty: string | undefined },
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly StaffRow[]> {
  let query = tx
    .selectFrom('accounts as a')
    .leftJoin('passwords as p', (join) => join.onRef('p.tenant_id', '=', 'a.tenant_id').onRef('p.account_id', '=', 'a.account_id'))
    .where('a.tenant_id', '=', scope.tenantId)
    .where('a.duty', '<>', 'person')
    .select(['a.account_id', 'a.duty', 'a.login_sealed', 'a.name_sealed', 'a.confirmed_at', 'a.suspended_at', 'p.account_id as password_of'])
    .orderBy('a.account_id')
    .limit(limit + 1);
  if (accountId !== undefined) query = query.where('a.account_id', '=', accountId);
  if (duty !== undefined) query = query.where('a.duty', '=', duty);
  if (after !== undefined) query = query.where('a.account_id', '>', after);
  const rows = await query.execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    duty: row.duty,
    loginSealed: row.login_sealed,
    nameSealed: row.name_sealed,
    confirmedAt: row.confirmed_at,
    suspendedAt: row.suspended_at,
    hasPassword: row.password_of !== null,
  }));
}

/** Adds an appointment. @returns false where there is no such department. */
export async function insertAppointment(
  tx: Tx,
  scope: Scope<'staff.manage'>,
  appointment: Pick<Appointment, 'appointmentId' | 'accountId' | 'departmentId' | 'roles' | 'validFrom' | 'validTo' | 'confirmedAt'>,
  now: Date,
): Promise<boolean> {
  const department = await tx.selectFrom('departments').where('tenant_id', '=', scope.tenantId).where('department_id', '=', appointment.departmentId).select('department_id').executeTakeFirst();
  if (department === undefined || scope.actor.accountId === null) return false;
  await tx
    .insertInto('appointments')
    .values({
      tenant_id: scope.tenantId,
      appointment_id: appointment.appointmentId,
      account_id: appointment.accountId,
      department_id: appointment.departmentId,
      roles: [...appointment.roles],
      valid_from: appointment.validFrom,
      valid_to: appointment.validTo,
      granted_by: scope.actor.accountId,
      granted_at: now,
      confirmed_at: appointment.confirmedAt,
    })
    .execute();
  return true;
}

/** Ends an appointment. @returns whose it was; undefined where there is none such in force. */
export async function closeAppointment(tx: Tx, scope: Scope<'staff.manage' | 'staff.confirm'>, appointmentId: string, now: Date): Promise<string | undefined> {
  const row = await tx
    .updateTable('appointments')
    .set({ ended_at: now, ended_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('appointment_id', '=', appointmentId)
    .where('ended_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst();
  return row?.account_id;
}

/** Appointments that wait for a second administrator, each with the sealed login of whom it is for. */
export async function listWaitingAppointments(tx: Tx, scope: Scope<'staff.confirm'>): Promise<readonly (Appointment & { readonly loginSealed: Buffer | null })[]> {
  const rows = await selectAppointments(tx, scope.tenantId)
    .innerJoin('accounts as a', (join) => join.onRef('a.tenant_id', '=', 't.tenant_id').onRef('a.account_id', '=', 't.account_id'))
    .where('t.confirmed_at', 'is', null)
    .select('a.login_sealed')
    .execute();
  return rows.map((row) => ({ ...asAppointment(row), loginSealed: row.login_sealed }));
}

/** An appointment that waits, locked against a second decision. */
export async function findWaitingAppointment(tx: Tx, scope: Scope<'staff.confirm'>, appointmentId: string): Promise<Appointment | undefined> {
  const row = await selectAppointments(tx, scope.tenantId).where('t.appointment_id', '=', appointmentId).where('t.confirmed_at', 'is', null).forUpdate('t').executeTakeFirst();
  return row && asAppointment(row);
}

/** Puts an appointment in force by the caller's yes. */
export async function putAppointmentInForce(tx: Tx, scope: Scope<'staff.confirm'>, appointmentId: string, now: Date): Promise<void> {
  await tx
    .updateTable('appointments')
    .set({ confirmed_at: now, confirmed_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('appointment_id', '=', appointmentId)
    .execute();
}
