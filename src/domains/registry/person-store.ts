// The SQL of people: their rows, numbers and names of before, and who has a number.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { gather } from '../../storage/gather.ts';
import { byteaArray, dateArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { AnyScope, DocumentKind } from './party.ts';

/** A person's row; sealed values still sealed. */
export interface PersonRow {
  readonly partyId: string;
  readonly jurisdictionCode: string;
  readonly name: string;
  readonly idKind: DocumentKind | null;
  readonly numberSealed: Uint8Array | null;
  readonly numberSearch: Uint8Array | null;
  readonly lastFourSearch: Uint8Array | null;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly phoneSealed: Uint8Array | null;
  readonly phoneSearch: Uint8Array | null;
}

/** A person as stored, with the party's version. */
export interface StoredPerson extends PersonRow {
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A number that a person had before or has besides. */
export interface IdentifierRow {
  readonly partyId: string;
  readonly identifierId: string;
  readonly idKind: DocumentKind;
  readonly numberSealed: Uint8Array;
  readonly numberSearch: Uint8Array;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** A name of before. */
export interface NameRow {
  readonly partyId: string;
  readonly nameId: string;
  readonly name: string;
  readonly validTo: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** Adds people whose parties are there. */
export async function insertPeople(tx: Tx, scope: Scope<'person.write'>, people: readonly PersonRow[]): Promise<void> {
  if (people.length === 0) return;
  const column = <T>(pick: (person: PersonRow) => T): T[] => people.map(pick);
  await sql`
    insert into people (tenant_id, party_id, jurisdiction_code, name, id_kind, number_sealed, number_search, last_four_search, birth_date, sex, phone_sealed, phone_search)
    select ${scope.tenantId}, * from unnest(
      ${uuidArray(column((one) => one.partyId))}::uuid[], ${textArray(column((one) => one.jurisdictionCode))}::text[], ${textArray(column((one) => one.name))}::text[],
      ${textArray(column((one) => one.idKind))}::text[], ${byteaArray(column((one) => one.numberSealed))}::bytea[], ${byteaArray(column((one) => one.numberSearch))}::bytea[],
      ${byteaArray(column((one) => one.lastFourSearch))}::bytea[], ${dateArray(column((one) => one.birthDate))}::date[], ${textArray(column((one) => one.sex))}::text[],
      ${byteaArray(column((one) => one.phoneSealed))}::bytea[], ${byteaArray(column((one) => one.phoneSearch))}::bytea[])`.execute(tx);
}

/** Writes a person's own data anew. */
export async function updatePersonRow(tx: Tx, scope: Scope<'person.write'>, person: PersonRow): Promise<void> {
  await tx
    .updateTable('people')
    .set({
      jurisdiction_code: person.jurisdictionCode,
      name: person.name,
      id_kind: person.idKind,
      number_sealed: person.numberSealed,
      number_search: person.numberSearch,
      last_four_search: person.lastFourSearch,
      birth_date: person.birthDate,
      sex: person.sex,
      phone_sealed: person.phoneSealed,
      phone_search: person.phoneSearch,
    })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', person.partyId)
    .execute();
}

/** The rows of people, in no order. */
export async function readPeople(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly StoredPerson[]> {
  return partyIds.length === 0 ? [] : peopleOf(tx, { tenantId: scope.tenantId, partyIds });
}

const peopleOf = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyIds: readonly string[] }[]) => {
  const rows = await tx
    .selectFrom('people as one')
    .innerJoin('parties as party', (join) => join.onRef('party.tenant_id', '=', 'one.tenant_id').onRef('party.party_id', '=', 'one.party_id'))
    .selectAll('one')
    .select(['party.version', 'party.created_at', 'party.updated_at'])
    .where('one.tenant_id', '=', wanted[0]?.tenantId ?? 0)
    .where('one.party_id', '=', sql<string>`any(${uuidArray([...new Set(wanted.flatMap(({ partyIds }) => partyIds))])}::uuid[])`)
    .execute();
  const found = new Map(rows.map((row): [string, StoredPerson] => [row.party_id, {
    partyId: row.party_id,
    jurisdictionCode: row.jurisdiction_code,
    name: row.name,
    idKind: row.id_kind as DocumentKind | null,
    numberSealed: row.number_sealed,
    numberSearch: row.number_search,
    lastFourSearch: row.last_four_search,
    birthDate: row.birth_date,
    sex: row.sex as 'male' | 'female' | null,
    phoneSealed: row.phone_sealed,
    phoneSearch: row.phone_search,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }]));
  return wanted.map(({ partyIds }) => [...new Set(partyIds)].flatMap((partyId) => found.get(partyId.toLowerCase()) ?? []));
});

/** What a person's entry tells the rules. */
export interface RegisterEntry {
  readonly partyId: string;
  readonly idKind: DocumentKind | null;
  readonly birthDate: string | null;
  readonly createdAt: Date;
}

/** What the entries of people tell the rules: nothing of what is sealed in them is read. */
export async function readRegisterEntries(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly RegisterEntry[]> {
  return partyIds.length === 0 ? [] : entriesOf(tx, { tenantId: scope.tenantId, partyIds });
}

const entriesOf = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyIds: readonly string[] }[]) => {
  const tenantId = wanted[0]?.tenantId ?? 0;
  const { rows } = await sql<{ party_id: string; id_kind: string | null; birth_date: string | null; created_at: Date }>`
    select one.party_id, one.id_kind, one.birth_date, party.created_at
    from people one join parties party on party.tenant_id = one.tenant_id and party.party_id = one.party_id
    where one.tenant_id = ${tenantId} and one.party_id = any(${uuidArray([...new Set(wanted.flatMap(({ partyIds }) => partyIds))])}::uuid[])`.execute(tx);
  const found = new Map(rows.map((row): [string, RegisterEntry] => [row.party_id, { partyId: row.party_id, idKind: row.id_kind as DocumentKind | null, birthDate: row.birth_date, createdAt: row.created_at }]));
  return wanted.map(({ partyIds }) => [...new Set(partyIds)].flatMap((partyId) => found.get(partyId.toLowerCase()) ?? []));
});

/** Who has or had one of these numbers (hashes of `searchKeys`), whether in reach or not: deleted parties left out, merged ones followed. */
export async function findNumberHolders(
  tx: Tx,
  scope: Scope<'person.match' | 'person.write'>,
  searches: readonly Uint8Array[],
): Promise<readonly { readonly search: Uint8Array; readonly partyId: string }[]> {
  if (searches.length === 0) return [];
  const { rows } = await sql<{ search: Uint8Array; party_id: string }>`
    with recursive holders as (
      select one.number_search as search, one.party_id from people one
      where one.tenant_id = ${scope.tenantId} and one.number_search = any(${[...searches]}::bytea[])
      union
      select other.number_search, other.party_id from party_identifiers other
      where other.tenant_id = ${scope.tenantId} and other.number_search = any(${[...searches]}::bytea[])
    ), up as (
      select holders.search, p.party_id, p.merged_into, p.status from holders join parties p on p.tenant_id = ${scope.tenantId} and p.party_id = holders.party_id
      union all
      select up.search, p.party_id, p.merged_into, p.status from up join parties p on p.tenant_id = ${scope.tenantId} and p.party_id = up.merged_into
    )
    select distinct search, party_id from up where status = 'active'`.execute(tx);
  return rows.map((row) => ({ search: row.search, partyId: row.party_id }));
}

/** Adds numbers of before; one that is there already stays as it is. */
export async function insertIdentifiers(tx: Tx, scope: Scope<'person.write'>, identifiers: readonly IdentifierRow[]): Promise<void> {
  if (identifiers.length === 0) return;
  await tx
    .insertInto('party_identifiers')
    .values(
      identifiers.map((one) => ({
        tenant_id: scope.tenantId,
        party_id: one.partyId,
        identifier_id: one.identifierId,
        id_kind: one.idKind,
        number_sealed: one.numberSealed,
        number_search: one.numberSearch,
        valid_from: one.validFrom,
        valid_to: one.validTo,
        recorded_at: one.recordedAt,
        recorded_by: one.recordedBy,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'party_id', 'number_search']).doNothing())
    .execute();
}

/** Numbers of before, the latest first. */
export async function readIdentifiers(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly IdentifierRow[]> {
  const rows = await tx
    .selectFrom('party_identifiers')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .orderBy('recorded_at', 'desc')
    .orderBy('identifier_id', 'desc')
    .execute();
  return rows.map((row) => ({
    partyId: row.party_id,
    identifierId: row.identifier_id,
    idKind: row.id_kind as DocumentKind,
    numberSealed: row.number_sealed,
    numberSearch: row.number_search,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }));
}

/** Adds a name of before. */
export async function insertFormerName(tx: Tx, scope: Scope<'person.write' | 'organisation.write'>, name: NameRow): Promise<void> {
  await tx
    .insertInto('party_names')
    .values({
      tenant_id: scope.tenantId,
      party_id: name.partyId,
      name_id: name.nameId,
      name: name.name,
      valid_to: name.validTo,
      recorded_at: name.recordedAt,
      recorded_by: name.recordedBy,
    })
    .execute();
}

/** Names of before, the latest first. */
export async function readFormerNames(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly NameRow[]> {
  const rows = await tx
    .selectFrom('party_names')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .orderBy('recorded_at', 'desc')
    .orderBy('name_id', 'desc')
    .execute();
  return rows.map((row) => ({
    partyId: row.party_id,
    nameId: row.name_id,
    name: row.name,
    validTo: row.valid_to,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }));
}
