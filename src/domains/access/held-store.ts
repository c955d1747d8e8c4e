// The only SQL on what access holds of people who ask for a copy of it, or to be deleted.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** What access holds of a person. */
export interface HeldAccess {
  readonly accounts: readonly { readonly accountId: string; readonly phoneSealed: Buffer | null; readonly createdAt: Date; readonly noticeVersion: string | null }[];
  readonly sessions: readonly { readonly createdAt: Date; readonly lastSeenAt: Date; readonly address: string; readonly userAgent: string }[];
  readonly links: readonly { readonly linkId: string; readonly relation: string; readonly nameSealed: Buffer; readonly isMine: boolean; readonly askedAt: Date; readonly endedAt: Date | null }[];
  readonly agencies: readonly { readonly organisationId: string; readonly acceptedAt: Date | null; readonly revokedAt: Date | null }[];
}

/** Everything of the accounts, sessions, links and agencies of these parties, which are one person. */
export async function readHeld(tx: Tx, scope: Scope<'held-data.read'>, partyIds: readonly string[]): Promise<HeldAccess> {
  const { tenantId } = scope;
  const ids = [...partyIds];
  const accounts = await tx
    .selectFrom('accounts')
    .where('tenant_id', '=', tenantId)
    .where('party_id', 'in', ids)
    .select(['account_id', 'phone_sealed', 'created_at', 'notice_version'])
    .execute();
  const own = accounts.map((row) => row.account_id);
  const sessions =
    own.length === 0
      ? []
      : await tx.selectFrom('sessions').where('tenant_id', '=', tenantId).where('account_id', 'in', own).select(['created_at', 'last_seen_at', 'address', 'user_agent']).orderBy('session_id').execute();
  const agencies =
    own.length === 0
      ? []
      : await tx.selectFrom('agencies').where('tenant_id', '=', tenantId).where('account_id', 'in', own).select(['organisation_id', 'accepted_at', 'revoked_at']).orderBy('agency_id').execute();
  const links = await tx
    .selectFrom('family_links')
    .where('tenant_id', '=', tenantId)
    .where((where) => where.or([where('party_id', 'in', ids), where('for_party_id', 'in', ids)]))
    .select(['link_id', 'party_id', 'relation', 'name_sealed', 'asked_at', 'ended_at'])
    .orderBy('link_id')
    .execute();
  return {
    accounts: accounts.map((row) => ({ accountId: row.account_id, phoneSealed: row.phone_sealed, createdAt: row.created_at, noticeVersion: row.notice_version })),
    sessions: sessions.map((row) => ({ createdAt: row.created_at, lastSeenAt: row.last_seen_at, address: row.address, userAgent: row.user_agent })),
    agencies: agencies.map((row) => ({ organisationId: row.organisation_id, acceptedAt: row.accepted_at, revokedAt: row.revoked_at })),
    links: links.map((row) => ({ linkId: row.link_id, relation: row.relation, nameSealed: row.name_sealed, isMine: ids.includes(row.party_id), askedAt: row.asked_at, endedAt: row.ended_at })),
  };
}

/**
 * Deletes all of it. The account's row stays, empty and closed: what others did by it refers to its number, which then means nobody.
 * @returns how many things went
 */
export async function deleteHeld(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const { tenantId } = scope;
  const ids = [...partyIds];
  const accounts = await tx.selectFrom('accounts').where('tenant_id', '=', tenantId).where('party_id', 'in', ids).select('account_id').execute();
  const own = accounts.map((row) => row.account_id);
  let gone = own.length;
  const links = await tx
    .deleteFrom('family_links')
    .where('tenant_id', '=', tenantId)
    .where((where) => where.or([where('party_id', 'in', ids), where('for_party_id', 'in', ids)]))
    .executeTakeFirst();
  gone += Number(links.numDeletedRows);
  // A claim of somebody else on this record keeps what they wrote of themselves, and loses whose record it was.
  await tx.updateTable('claims').set({ party_id: null }).where('tenant_id', '=', tenantId).where('party_id', 'in', ids).where('outcome', '<>', 'confirmed').execute();
  if (own.length === 0) return gone;
  // Sessions rest on agencies, so they go first.
  for (const table of ['sessions', 'pending_sign_ins', 'passwords', 'second_factors', 'recovery_codes', 'outside_identities', 'claims', 'recoveries', 'agencies'] as const) {
    const done = await tx.deleteFrom(table).where('tenant_id', '=', tenantId).where('account_id', 'in', own).executeTakeFirst();
    gone += Number(done.numDeletedRows);
  }
  await tx
    .updateTable('accounts')
    .set({ party_id: null, phone_sealed: null, phone_search: null, suspended_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('account_id', 'in', own)
    .execute();
  return gone;
}
