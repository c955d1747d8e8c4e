// Makes the rows of people and organisations from what was checked: seals what is sealed, hashes what is searched.
import type { Protector, Sealer } from '../protection/index.ts';
import { rowOf } from '../protection/index.ts';
import type { OrganisationRow } from './organisation-store.ts';
import type { CheckedDocument, CheckedPerson } from './person.ts';
import type { IdentifierRow, PersonRow } from './person-store.ts';

/** The columns of a number: sealed, and searchable by the whole and by its last four characters. */
export function sealNumber(protector: Sealer, tenantId: number, partyId: string, canonical: string): Pick<PersonRow, 'numberSealed' | 'numberSearch' | 'lastFourSearch'> {
  return {
    numberSealed: protector.seal({ tenantId, table: 'people', column: 'number_sealed', row: rowOf(partyId) }, canonical),
    numberSearch: protector.searchKey(tenantId, 'identity-number', canonical),
    lastFourSearch: protector.searchKey(tenantId, 'last-four', canonical.slice(-4)),
  };
}

/** The columns of a telephone number of people or organisations. */
export function sealPhone(
  protector: Sealer,
  tenantId: number,
  table: 'people' | 'organisations',
  partyId: string,
  phone: string | null,
): Pick<PersonRow, 'phoneSealed' | 'phoneSearch'> {
  if (phone === null) return { phoneSealed: null, phoneSearch: null };
  return {
    phoneSealed: protector.seal({ tenantId, table, column: 'phone_sealed', row: rowOf(partyId) }, phone),
    phoneSearch: protector.searchKey(tenantId, 'phone', phone),
  };
}

/** A person's row. */
export function sealPerson(protector: Protector, tenantId: number, partyId: string, person: Omit<CheckedPerson, 'warnings'>): PersonRow {
  const { document } = person;
  const number = document === null ? { numberSealed: null, numberSearch: null, lastFourSearch: null } : sealNumber(protector, tenantId, partyId, document.canonical);
  return {
    partyId,
    jurisdictionCode: person.jurisdictionCode,
    name: person.name,
    idKind: document?.kind ?? null,
    ...number,
    birthDate: person.birthDate,
    sex: person.sex,
    ...sealPhone(protector, tenantId, 'people', partyId, person.phone),
  };
}

/** The row of a number of before. */
export function sealIdentifier(
  protector: Protector,
  tenantId: number,
  identifier: Omit<IdentifierRow, 'idKind' | 'numberSealed' | 'numberSearch'>,
  { kind, canonical }: Pick<CheckedDocument, 'kind' | 'canonical'>,
): IdentifierRow {
  const row = rowOf(identifier.partyId, identifier.identifierId);
  return {
    ...identifier,
    idKind: kind,
    numberSealed: protector.seal({ tenantId, table: 'party_identifiers', column: 'number_sealed', row }, canonical),
    numberSearch: protector.searchKey(tenantId, 'identity-number', canonical),
  };
}

/** The number in a person's row, opened; null where there is none. */
export function openNumber(protector: Protector, tenantId: number, person: Pick<PersonRow, 'partyId' | 'numberSealed'>): string | null {
  if (person.numberSealed === null) return null;
  return protector.openText({ tenantId, table: 'people', column: 'number_sealed', row: rowOf(person.partyId) }, person.numberSealed);
}

/** A number of before, opened. */
export function openIdentifier(protector: Protector, tenantId: number, identifier: IdentifierRow): string {
  const row = rowOf(identifier.partyId, identifier.identifierId);
  return protector.openText({ tenantId, table: 'party_identifiers', column: 'number_sealed', row }, identifier.numberSealed);
}

/** The telephone number of a row, opened; null where there is none. */
export function openPhone(
  protector: Protector,
  tenantId: number,
  table: 'people' | 'organisations',
  party: Pick<PersonRow | OrganisationRow, 'partyId' | 'phoneSealed'>,
): string | null {
  return party.phoneSealed === null ? null : protector.openText({ tenantId, table, column: 'phone_sealed', row: rowOf(party.partyId) }, party.phoneSealed);
}
