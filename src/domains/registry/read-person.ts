// What others see of a person and an organisation: numbers masked; a number in full is a permission of its own.
import { Refusal } from '../../contract/errors.ts';
import { maskIdentityNumber, maskPhone } from '../../contract/identity-number.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { readOrganisations, type StoredOrganisation } from './organisation-store.ts';
import type { DocumentKind } from './party.ts';
import { getPartyInReach } from './party-store.ts';
import { readFormerNames, readIdentifiers, readPeople, type StoredPerson } from './person-store.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openIdentifier, openNumber, openPhone } from './seal-person.ts';

/** A person as others see it. */
export interface PersonView {
  readonly partyId: string;
  readonly name: string;
  readonly formerNames: readonly { readonly name: string; readonly validTo: string | null }[];
  readonly jurisdictionCode: string;
  readonly idKind: DocumentKind | null;
  /** 220***********1234; null without a number. */
  readonly maskedNumber: string | null;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  /** 138****5678; null without a telephone. */
  readonly maskedPhone: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A person. @throws Refusal not-found. */
export async function readPerson(tx: Tx, scope: Scope<'person.read'>, tools: RegistryTools, partyId: string): Promise<PersonView> {
  const { person, ids } = await getPersonRow(tx, scope, partyId);
  const names = await readFormerNames(tx, scope, ids);
  return viewPerson(tools, scope.tenantId, person, names.map(({ name, validTo }) => ({ name, validTo })));
}

/** The row of the person in force, and every id of the person. @throws Refusal not-found, for an organisation too. */
export async function getPersonRow(
  tx: Tx,
  scope: Scope<'person.read' | 'person.write' | 'identity-number.reveal' | 'held-data.read'>,
  partyId: string,
): Promise<{ readonly person: StoredPerson; readonly ids: readonly string[] }> {
  const party = await getPartyInReach(tx, scope, partyId);
  const [person] = party.kind === 'person' ? await readPeople(tx, scope, [party.partyId]) : [];
  if (person === undefined) throw new Refusal('not-found');
  return { person, ids: party.ids };
}

/** Masks a person's row. */
function viewPerson({ protector }: RegistryTools, tenantId: number, person: StoredPerson, formerNames: PersonView['formerNames']): PersonView {
  const number = openNumber(protector, tenantId, person);
  const phone = openPhone(protector, tenantId, 'people', person);
  return {
    partyId: person.partyId,
    name: person.name,
    formerNames,
    jurisdictionCode: person.jurisdictionCode,
    idKind: person.idKind,
    maskedNumber: number === null ? null : maskIdentityNumber(number),
    birthDate: person.birthDate,
    sex: person.sex,
    maskedPhone: phone === null ? null : maskPhone(phone),
    version: person.version,
    createdAt: person.createdAt,
    updatedAt: person.updatedAt,
  };
}

/** Numbers in full. */
export interface RevealedNumbers {
  readonly number: { readonly kind: DocumentKind; readonly number: string } | null;
  readonly formerNumbers: readonly { readonly kind: DocumentKind; readonly number: string; readonly validFrom: string | null; readonly validTo: string | null }[];
}

/** The numbers of a person in full, those of before included. @throws Refusal not-found. */
export async function revealNumbers(
  tx: Tx,
  scope: Scope<'identity-number.reveal' | 'held-data.read'>,
  { protector }: RegistryTools,
  partyId: string,
): Promise<RevealedNumbers> {
  const { person, ids } = await getPersonRow(tx, scope, partyId);
  const number = openNumber(protector, scope.tenantId, person);
  const former = await readIdentifiers(tx, scope, ids);
  const merged = (await readPeople(tx, scope, ids.filter((id) => id !== person.partyId))).flatMap((other) => {
    const theirs = openNumber(protector, scope.tenantId, other);
    return theirs === null || other.idKind === null ? [] : [{ kind: other.idKind, number: theirs, validFrom: null, validTo: null }];
  });
  return {
    number: number === null || person.idKind === null ? null : { kind: person.idKind, number },
    formerNumbers: [
      ...former.map((one) => ({ kind: one.idKind, number: openIdentifier(protector, scope.tenantId, one), validFrom: one.validFrom, validTo: one.validTo })),
      ...merged,
    ],
  };
}

/** An organisation as others see it. */
export interface OrganisationView extends Omit<StoredOrganisation, 'phoneSealed' | 'phoneSearch'> {
  readonly formerNames: readonly { readonly name: string; readonly validTo: string | null }[];
  readonly maskedPhone: string | null;
}

/** An organisation. @throws Refusal not-found, for a person too. */
export async function readOrganisation(tx: Tx, scope: Scope<'organisation.read' | 'organisation.write'>, tools: RegistryTools, partyId: string): Promise<OrganisationView> {
  const party = await getPartyInReach(tx, scope, partyId);
  const [organisation] = party.kind === 'organisation' ? await readOrganisations(tx, scope, [party.partyId]) : [];
  if (organisation === undefined) throw new Refusal('not-found');
  const names = await readFormerNames(tx, scope, party.ids);
  const phone = openPhone(tools.protector, scope.tenantId, 'organisations', organisation);
  const { phoneSealed: _sealed, phoneSearch: _search, ...plain } = organisation;
  return { ...plain, formerNames: names.map(({ name, validTo }) => ({ name, validTo })), maskedPhone: phone === null ? null : maskPhone(phone) };
}
