// The SQL of organisations: their rows, and who has a credit code.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { gather } from '../../storage/gather.ts';
import { uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { AnyScope } from './party.ts';

/** An organisation's row; the telephone still sealed. */
export interface OrganisationRow {
  readonly partyId: string;
  readonly jurisdictionCode: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly registeredOn: string | null;
  readonly address: string | null;
  readonly phoneSealed: Uint8Array | null;
  readonly phoneSearch: Uint8Array | null;
}

/** An organisation as stored, with the party's version. */
export interface StoredOrganisation extends OrganisationRow {
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Adds organisations whose parties are there. */
export async function insertOrganisations(tx: Tx, scope: Scope<'organisation.write'>, organisations: readonly OrganisationRow[]): Promise<void> {
  if (organisations.length === 0) return;
  const column = <T>(pick: (organisation: OrganisationRow) => T): T[] => organisations.map(pick);
  await sql`
    insert into organisations (tenant_id, party_id, jurisdiction_code, name, credit_code, registered_on, address, phone_sealed, phone_search)
    select ${scope.tenantId}, * from unnest(
      ${column((one) => one.partyId)}::uuid[], ${column((one) => one.jurisdictionCode)}::text[], ${column((one) => one.name)}::text[],
      ${column((one) => one.creditCode)}::text[], ${column((one) => one.registeredOn)}::date[], ${column((one) => one.address)}::text[],
      ${column((one) => one.phoneSealed)}::bytea[], ${column((one) => one.phoneSearch)}::bytea[])`.execute(tx);
}

/** Writes an organisation's own data anew. */
export async function updateOrganisationRow(tx: Tx, scope: Scope<'organisation.write'>, organisation: OrganisationRow): Promise<void> {
  await tx
    .updateTable('organisations')
    .set({
      jurisdiction_code: organisation.jurisdictionCode,
      name: organisation.name,
      credit_code: organisation.creditCode,
      registered_on: organisation.registeredOn,
      address: organisation.address,
      phone_sealed: organisation.phoneSealed,
      phone_search: organisation.phoneSearch,
    })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', organisation.partyId)
    .execute();
}

/** The rows of organisations, in no order. */
export async function readOrganisations(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly StoredOrganisation[]> {
  return organisationsOf(tx, { tenantId: scope.tenantId, partyIds });
}

const organisationsOf = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyIds: readonly string[] }[]) => {
  const rows = await tx
    .selectFrom('organisations as one')
    .innerJoin('parties as party', (join) => join.onRef('party.tenant_id', '=', 'one.tenant_id').onRef('party.party_id', '=', 'one.party_id'))
    .selectAll('one')
    .select(['party.version', 'party.created_at', 'party.updated_at'])
    .where('one.tenant_id', '=', wanted[0]?.tenantId ?? 0)
    .where('one.party_id', '=', sql<string>`any(${uuidArray([...new Set(wanted.flatMap(({ partyIds }) => partyIds))])}::uuid[])`)
    .execute();
  const found = new Map(rows.map((row): [string, StoredOrganisation] => [row.party_id, {
    partyId: row.party_id,
    jurisdictionCode: row.jurisdiction_code,
    name: row.name,
    creditCode: row.credit_code,
    registeredOn: row.registered_on,
    address: row.address,
    phoneSealed: row.phone_sealed,
    phoneSearch: row.phone_search,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }]));
  return wanted.map(({ partyIds }) => [...new Set(partyIds)].flatMap((partyId) => found.get(partyId.toLowerCase()) ?? []));
});

/** What places a case with an employer. */
export interface OrganisationPlace {
  readonly partyId: string;
  readonly name: string;
  readonly jurisdictionCode: string;
}

/** Names and places of organisations, in no order. */
export async function readOrganisationPlaces(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly OrganisationPlace[]> {
  return placesOf(tx, { tenantId: scope.tenantId, partyIds });
}

const placesOf = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyIds: readonly string[] }[]) => {
  const { rows } = await sql<{ party_id: string; name: string; jurisdiction_code: string }>`
    select party_id, name, jurisdiction_code from organisations
    where tenant_id = ${wanted[0]?.tenantId ?? 0} and party_id = any(${uuidArray([...new Set(wanted.flatMap(({ partyIds }) => partyIds))])}::uuid[])`.execute(tx);
  const found = new Map(rows.map((row): [string, OrganisationPlace] => [row.party_id, { partyId: row.party_id, name: row.name, jurisdictionCode: row.jurisdiction_code }]));
  return wanted.map(({ partyIds }) => [...new Set(partyIds)].flatMap((partyId) => found.get(partyId.toLowerCase()) ?? []));
});

/** The organisations in force that have one of these codes, merged ones followed; codes are public, so reach does not matter. */
export async function findCodeHolders(
  tx: Tx,
  scope: Scope<'organisation.read' | 'organisation.write'>,
  creditCodes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (creditCodes.length === 0) return new Map();
  const { rows } = await sql<{ credit_code: string; party_id: string }>`
    with recursive up as (
      select one.credit_code, p.party_id, p.merged_into, p.status
      from organisations one join parties p on p.tenant_id = one.tenant_id and p.party_id = one.party_id
      where one.tenant_id = ${scope.tenantId} and one.credit_code = any(${[...creditCodes]}::text[])
      union all
      select up.credit_code, p.party_id, p.merged_into, p.status from up join parties p on p.tenant_id = ${scope.tenantId} and p.party_id = up.merged_into
    )
    select credit_code, party_id from up where status = 'active'`.execute(tx);
  return new Map(rows.map((row) => [row.credit_code, row.party_id]));
}
