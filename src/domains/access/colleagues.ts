// Names of colleagues, for whoever works with them on the same cases: no telephone, no login.
import type { Tx } from '../../storage/database.ts';
import { listJurisdictions } from '../departments/index.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { chinaDay } from './china-day.ts';
import { type ColleagueFilter, listColleagueRows, listPresentAppointments } from './colleague-store.ts';
import type { Duty } from './duty.ts';
import { rowIn } from './sealed-columns.ts';

/** A colleague by name. */
interface Colleague {
  readonly accountId: string;
  readonly name: string;
  readonly duty: Exclude<Duty, 'person'>;
  /** Whether in office now. */
  readonly isPresent: boolean;
  readonly appointments: { readonly departmentId: string; readonly departmentName: string; readonly roles: string[] }[];
}

/** A page of colleagues, one more than asked for where there are more: those of the caller's jurisdictions and of the ones above. */
export async function listColleagues(tx: Tx, { protector }: Pick<AccessParts, 'protector'>, scope: Scope<'colleague.read'>, filter: Omit<ColleagueFilter, 'above' | 'today'>, now: Date): Promise<readonly Colleague[]> {
  const today = chinaDay(now);
  const rows = await listColleagueRows(tx, scope, { ...filter, today, above: await listCodesAbove(tx, scope) });
  const appointments = await listPresentAppointments(tx, scope, rows.map(({ accountId }) => accountId), today);
  return rows.map(({ accountId, duty, nameSealed, suspendedAt }) => {
    const own = appointments.filter((each) => each.accountId === accountId).map(({ departmentId, departmentName, roles }) => ({ departmentId, departmentName, roles }));
    return {
      accountId,
      name: nameSealed === null ? '' : rowIn(protector, scope.tenantId, 'accounts', accountId).open('name_sealed', nameSealed),
      duty: duty as Colleague['duty'],
      isPresent: suspendedAt === null && (duty !== 'officer' || own.length > 0),
      appointments: own,
    };
  });
}

/** The jurisdictions above those of the caller. */
async function listCodesAbove(tx: Tx, scope: Scope<'colleague.read'>): Promise<readonly string[]> {
  if (scope.reach.kind !== 'jurisdictions') return [];
  const parents = new Map((await listJurisdictions(tx, scopeAlso(scope, 'department.read'))).map(({ code, parentCode }) => [code, parentCode] as const));
  const above = new Set<string>();
  for (const own of scope.reach.codes) {
    for (let code = parents.get(own) ?? null; code !== null && !above.has(code); code = parents.get(code) ?? null) above.add(code);
  }
  return Array.from(above);
}
