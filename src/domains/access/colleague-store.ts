// The only SQL on the names of colleagues: who acts in the departments of one's reach, and of those above.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A colleague as stored. */
interface ColleagueRow {
  readonly accountId: string;
  readonly duty: string;
  readonly nameSealed: Buffer | null;
  readonly suspendedAt: Date | null;
}

/** Which colleagues are asked for. */
export interface ColleagueFilter {
  /** Jurisdictions above the caller's, whose departments act in the same cases. */
  readonly above: readonly string[];
  readonly ids: readonly string[] | undefined;
  readonly departmentId: string | undefined;
  readonly today: string;
  readonly after: string | undefined;
  readonly limit: number;
}

/** A page of colleagues in the order of their accounts, one more than asked for where there are more. Whoever has left stands among them, as long as no department is asked for. */
export async function listColleagueRows(tx: Tx, scope: Scope<'colleague.read'>, { above, ids, departmentId, today, after, limit }: ColleagueFilter): Promise<readonly ColleagueRow[]> {
  const { tenantId, reach } = scope;
  const codes = reach.kind === 'jurisdictions' ? [...reach.codes, ...above] : [];
  let query = tx
    .selectFrom('accounts as a')
    .where('a.tenant_id', '=', tenantId)
    .where('a.duty', '<>', 'person')
    .where('a.confirmed_at', 'is not', null)
    .select(['a.account_id', 'a.duty', 'a.name_sealed', 'a.suspended_at'])
    .orderBy('a.account_id')
    .limit(limit + 1);
  if (reach.kind !== 'tenant') {
    query = query.where((of) =>
      of.exists(
        of.selectFrom('appointments as t')
          .innerJoin('departments as d', (join) => join.onRef('d.tenant_id', '=', 't.tenant_id').onRef('d.department_id', '=', 't.department_id'))
          .where('t.tenant_id', '=', tenantId)
          .whereRef('t.account_id', '=', 'a.account_id')
          .where('t.confirmed_at', 'is not', null)
          .where('d.jurisdiction_code', 'in', codes)
          .select('t.appointment_id'),
      ),
    );
  }
  if (departmentId !== undefined) {
    query = query.where('a.suspended_at', 'is', null).where((of) =>
      of.exists(
        of.selectFrom('appointments as t')
          .where('t.tenant_id', '=', tenantId)
          .whereRef('t.account_id', '=', 'a.account_id')
          .where('t.department_id', '=', departmentId)
          .where('t.ended_at', 'is', null)
          .where('t.confirmed_at', 'is not', null)
          .where('t.valid_from', '<=', today)
          .where((where) => where.or([where('t.valid_to', 'is', null), where('t.valid_to', '>=', today)]))
          .select('t.appointment_id'),
      ),
    );
  }
  if (ids !== undefined) query = query.where('a.account_id', 'in', [...ids]);
  if (after !== undefined) query = query.where('a.account_id', '>', after);
  const rows = await query.execute();
  return rows.map((row) => ({ accountId: row.account_id, duty: row.duty, nameSealed: row.name_sealed, suspendedAt: row.suspended_at }));
}

/** What these accounts are appointed to on a day. */
export async function listPresentAppointments(
  tx: Tx,
  scope: Scope<'colleague.read'>,
  accountIds: readonly string[],
  today: string,
): Promise<readonly { readonly accountId: string; readonly departmentId: string; readonly departmentName: string; readonly roles: string[] }[]> {
  if (accountIds.length === 0) return [];
  const rows = await tx
    .selectFrom('appointments as t')
    .innerJoin('departments as d', (join) => join.onRef('d.tenant_id', '=', 't.tenant_id').onRef('d.department_id', '=', 't.department_id'))
    .where('t.tenant_id', '=', scope.tenantId)
    .where('t.account_id', 'in', [...accountIds])
    .where('t.ended_at', 'is', null)
    .where('t.confirmed_at', 'is not', null)
    .where('t.valid_from', '<=', today)
    .where((where) => where.or([where('t.valid_to', 'is', null), where('t.valid_to', '>=', today)]))
    .select(['t.account_id', 't.department_id', 'd.name', 't.roles'])
    .orderBy('t.appointment_id')
    .execute();
  return rows.map((row) => ({ accountId: row.account_id, departmentId: row.department_id, departmentName: row.name, roles: row.roles }));
}
