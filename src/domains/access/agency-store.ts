// The only SQL on agents: who may act for which organisation.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** An agent's authority as stored. */
export interface Agency {
  readonly agencyId: string;
  readonly organisationId: string;
  readonly phoneSealed: Buffer;
  readonly accountId: string | null;
  readonly canManage: boolean;
  readonly grantedAs: 'agent' | 'officer';
  readonly invitedBy: string;
  readonly invitedAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly validTo: string | null;
}

const selectAgencies = (tx: Tx, tenantId: number) =>
  tx
    .selectFrom('agencies')
    .where('tenant_id', '=', tenantId)
    .select(['agency_id', 'organisation_id', 'phone_sealed', 'account_id', 'can_manage', 'granted_as', 'invited_by', 'invited_at', 'accepted_at', 'revoked_at', 'valid_to'])
    .orderBy('agency_id', 'desc');

const asAgency = (row: Awaited<ReturnType<ReturnType<typeof selectAgencies>['executeTakeFirstOrThrow']>>): Agency => ({
  agencyId: row.agency_id,
  organisationId: row.organisation_id,
  phoneSealed: row.phone_sealed,
  accountId: row.account_id,
  canManage: row.can_manage,
  grantedAs: row.granted_as as 'agent' | 'officer',
  invitedBy: row.invited_by,
  invitedAt: row.invited_at,
  acceptedAt: row.accepted_at,
  revokedAt: row.revoked_at,
  validTo: row.valid_to,
});

/** The caller's agencies in force on `today`. */
export async function listActiveAgencies(tx: Tx, scope: Scope<'access.own' | 'agent.manage'>, today: string): Promise<readonly Agency[]> {
  const rows = await selectAgencies(tx, scope.tenantId)
    .where('account_id', '=', scope.actor.accountId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', today)]))
    .execute();
  return rows.map(asAgency);
}

/** Agencies of the caller: accepted, or offered to the caller's telephone. */
export async function listAgenciesFor(tx: Tx, scope: Scope<'agent.become'>, phones: readonly Buffer[]): Promise<readonly Agency[]> {
  const rows = await selectAgencies(tx, scope.tenantId)
    .where((where) =>
      where.or([where('account_id', '=', scope.actor.accountId), ...(phones.length === 0 ? [] : [where.and([where('account_id', 'is', null), where('phone_search', 'in', phones)])])]),
    )
    .execute();
  return rows.map(asAgency);
}

/** Agencies of the organisation that the caller acts for. */
export async function listAgenciesOf(tx: Tx, scope: Scope<'agent.manage'>): Promise<readonly Agency[]> {
  if (scope.reach.kind !== 'organisation') return [];
  const rows = await selectAgencies(tx, scope.tenantId).where('organisation_id', '=', scope.reach.organisationId).execute();
  return rows.map(asAgency);
}

/** Adds an invitation. */
export async function insertAgency(
  tx: Tx,
  scope: Scope<'agent.manage' | 'agent.appoint'>,
  agency: {
    readonly agencyId: string;
    readonly organisationId: string;
    readonly phone: { readonly sealed: Uint8Array; readonly search: Uint8Array };
    readonly canManage: boolean;
    readonly grantedAs: 'agent' | 'officer';
    readonly evidenceId: string | null;
    readonly validTo: string | null;
    readonly invitedBy: string;
  },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('agencies')
    .values({
      tenant_id: scope.tenantId,
      agency_id: agency.agencyId,
      organisation_id: agency.organisationId,
      phone_sealed: agency.phone.sealed,
      phone_search: agency.phone.search,
      can_manage: agency.canManage,
      granted_as: agency.grantedAs,
      evidence_id: agency.evidenceId,
      valid_to: agency.validTo,
      invited_by: agency.invitedBy,
      invited_at: now,
    })
    .execute();
}

/** Accepts an invitation for the caller's account. @returns false where it is not open any more. */
export async function takeAgency(tx: Tx, scope: Scope<'agent.become'>, agencyId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('agencies')
    .set({ account_id: scope.actor.accountId, accepted_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('agency_id', '=', agencyId)
    .where('account_id', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Ends an agency. @returns false where it had ended. */
export async function closeAgency(tx: Tx, scope: Scope<'agent.manage' | 'agent.become'>, agencyId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('agencies')
    .set({ revoked_at: now, revoked_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('agency_id', '=', agencyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
