// The only SQL on family: who acts for whom, by consent or as a guardian.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A link as stored. */
export interface FamilyLink {
  readonly linkId: string;
  readonly partyId: string;
  readonly relation: 'child' | 'spouse' | 'parent';
  readonly nameSealed: Buffer;
  readonly numberSealed: Buffer;
  readonly forPartyId: string | null;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly basis: 'consent' | 'guardian' | null;
  readonly confirmedAt: Date | null;
  readonly validTo: string | null;
  readonly endedAt: Date | null;
}

const selectLinks = (tx: Tx, tenantId: number) =>
  tx
    .selectFrom('family_links')
    .where('tenant_id', '=', tenantId)
    .select(['link_id', 'party_id', 'relation', 'name_sealed', 'number_sealed', 'for_party_id', 'asked_by', 'asked_at', 'basis', 'confirmed_at', 'valid_to', 'ended_at']);

const asLink = (row: Awaited<ReturnType<ReturnType<typeof selectLinks>['executeTakeFirstOrThrow']>>): FamilyLink => ({
  linkId: row.link_id,
  partyId: row.party_id,
  relation: row.relation as FamilyLink['relation'],
  nameSealed: row.name_sealed,
  numberSealed: row.number_sealed,
  forPartyId: row.for_party_id,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  basis: row.basis as FamilyLink['basis'],
  confirmedAt: row.confirmed_at,
  validTo: row.valid_to,
  endedAt: row.ended_at,
});

/** Links from or to a person, newest first. */
export async function listLinks(tx: Tx, scope: Scope<'family.manage'>, partyId: string): Promise<readonly FamilyLink[]> {
  const rows = await selectLinks(tx, scope.tenantId)
    .where((where) => where.or([where('party_id', '=', partyId), where('for_party_id', '=', partyId)]))
    .orderBy('link_id', 'desc')
    .execute();
  return rows.map(asLink);
}

/** A link, locked against a second decision. */
export async function findLink(tx: Tx, scope: Scope<'family.manage' | 'family.confirm'>, linkId: string): Promise<FamilyLink | undefined> {
  const row = await selectLinks(tx, scope.tenantId).where('link_id', '=', linkId).forUpdate().executeTakeFirst();
  return row && asLink(row);
}

/** Adds a request. */
export async function insertLink(
  tx: Tx,
  scope: Scope<'family.manage'>,
  link: {
    readonly linkId: string;
    readonly partyId: string;
    readonly relation: FamilyLink['relation'];
    readonly name: Uint8Array;
    readonly number: Uint8Array;
    readonly numberSearch: Uint8Array;
    readonly forPartyId: string | null;
    readonly askedBy: string;
  },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('family_links')
    .values({
      tenant_id: scope.tenantId,
      link_id: link.linkId,
      party_id: link.partyId,
      relation: link.relation,
      name_sealed: link.name,
      number_sealed: link.number,
      number_search: link.numberSearch,
      for_party_id: link.forPartyId,
      asked_by: link.askedBy,
      asked_at: now,
    })
    .execute();
}

/** Confirms a link. */
export async function confirmLink(
  tx: Tx,
  scope: Scope<'family.manage' | 'family.confirm'>,
  linkId: string,
  how: { readonly basis: 'consent' | 'guardian'; readonly forPartyId: string; readonly evidenceId: string | null; readonly validTo: string | null },
  now: Date,
): Promise<void> {
  await tx
    .updateTable('family_links')
    .set({ basis: how.basis, for_party_id: how.forPartyId, evidence_id: how.evidenceId, valid_to: how.validTo, confirmed_by: scope.actor.accountId, confirmed_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('link_id', '=', linkId)
    .execute();
}

/** Ends a link. */
export async function closeLink(tx: Tx, scope: Scope<'family.manage'>, linkId: string, now: Date): Promise<void> {
  await tx.updateTable('family_links').set({ ended_at: now, ended_by: scope.actor.accountId }).where('tenant_id', '=', scope.tenantId).where('link_id', '=', linkId).execute();
}

/** Ties requests that named somebody by number to the record that this person turned out to have. */
export async function adoptLinks(tx: Tx, scope: Scope<'claim.make' | 'claim.decide'>, numbers: readonly Buffer[], partyId: string): Promise<void> {
  await tx
    .updateTable('family_links')
    .set({ for_party_id: partyId })
    .where('tenant_id', '=', scope.tenantId)
    .where('number_search', 'in', numbers)
    .where('for_party_id', 'is', null)
    .where('party_id', '<>', partyId)
    .execute();
}
