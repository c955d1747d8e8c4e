// Changes a person's own data; names and numbers of before are kept, so that the person is still found by them.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { refuseTakenNumber } from './create-person.ts';
import { type FoundDouble, findDoublesOf, proposeSameNumber } from './find-duplicates.ts';
import { checkWritable } from './jurisdiction-store.ts';
import { dayOf, nameActor } from './party.ts';
import { countChange } from './party-store.ts';
import { checkDocument, checkPerson, type DocumentInput, isRefused } from './person.ts';
import { findNumberHolders, insertFormerName, insertIdentifiers, updatePersonRow } from './person-store.ts';
import { getPersonRow } from './read-person.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openNumber, sealIdentifier, sealNumber, sealPhone } from './seal-person.ts';

/** What is changed; what is not given stays. Null takes a telephone or a date away. */
export interface PersonChanges {
  readonly name?: string | undefined;
  readonly jurisdictionCode?: string | undefined;
  /** The number from now on; the one of before is kept. */
  readonly document?: DocumentInput | undefined;
  readonly birthDate?: string | null | undefined;
  readonly sex?: 'male' | 'female' | null | undefined;
  readonly phone?: string | null | undefined;
}

/**
 * Changes a person.
 * @param version that the change was made from; undefined where it does not matter.
 * @throws Refusal not-found, changed-meanwhile, input-invalid, person-exists.
 * @returns the new version, and doubles that the change revealed.
 */
export async function updatePerson(
  tx: Tx,
  scope: Scope<'person.write'>,
  tools: RegistryTools,
  partyId: string,
  changes: PersonChanges,
  version: number | undefined,
  now: Date,
): Promise<{ readonly partyId: string; readonly version: number; readonly warnings: readonly ErrorDetail[]; readonly doubles: readonly FoundDouble[] }> {
  const { tenantId } = scope;
  const { protector } = tools;
  const { person, ids } = await getPersonRow(tx, scope, partyId);
  // First of all: whoever was slower learns so before anything is written.
  const newVersion = await countChange(tx, scope, person.partyId, version, now);
  if (changes.jurisdictionCode !== undefined && changes.jurisdictionCode !== person.jurisdictionCode) await checkWritable(tx, scope, changes.jurisdictionCode);
  const before = openNumber(protector, tenantId, person);
  const checked = checkPerson(
    {
      name: changes.name ?? person.name,
      jurisdictionCode: changes.jurisdictionCode ?? person.jurisdictionCode,
      document: changes.document ?? (before === null ? undefined : { kind: person.idKind === 'other' ? 'other' : 'number', number: before }),
      birthDate: wanted(changes.birthDate, changes.document === undefined ? person.birthDate : null),
      sex: wanted(changes.sex, changes.document === undefined ? person.sex : null),
      ...(typeof changes.phone === 'string' ? { phone: changes.phone } : {}),
    },
    tools.factBook,
    dayOf(now),
  );
  if (isRefused(checked)) throw new Refusal('input-invalid', { count: checked.length }, checked);
  const by = nameActor(scope.actor);
  const hasNewNumber = checked.document !== null && checked.document.canonical !== before;
  if (hasNewNumber && checked.document !== null) {
    const holders = await findNumberHolders(tx, scope, protector.searchKeys(tenantId, 'identity-number', checked.document.canonical));
    if (holders.some((holder) => !ids.includes(holder.partyId))) throw new Refusal('person-exists');
    if (before !== null && person.idKind !== null) {
      const row = { partyId: person.partyId, identifierId: newId(), validFrom: null, validTo: dayOf(now), recordedAt: now, recordedBy: by };
      await insertIdentifiers(tx, scope, [sealIdentifier(protector, tenantId, row, { kind: person.idKind, canonical: before })]);
    }
  }
  if (checked.name !== person.name) {
    await insertFormerName(tx, scope, { partyId: person.partyId, nameId: newId(), name: person.name, validTo: dayOf(now), recordedAt: now, recordedBy: by });
  }
  await updatePersonRow(tx, scope, {
    ...person,
    jurisdictionCode: checked.jurisdictionCode,
    name: checked.name,
    idKind: checked.document?.kind ?? null,
    ...(hasNewNumber && checked.document !== null ? sealNumber(protector, tenantId, person.partyId, checked.document.canonical) : {}),
    birthDate: checked.birthDate,
    sex: checked.sex,
    ...(changes.phone === undefined ? {} : sealPhone(protector, tenantId, 'people', person.partyId, checked.phone)),
  }).catch(refuseTakenNumber);
  await refreshSearch(tx, scope, tools, 'person', ids);
  const mayBeDouble = hasNewNumber || checked.name !== person.name || checked.birthDate !== person.birthDate;
  const doubles = mayBeDouble ? await findDoublesOf(tx, scope, person.partyId, now) : [];
  return { partyId: person.partyId, version: newVersion, warnings: checked.warnings, doubles };
}

/** What a change asks for: the value given, none where null was given, else what is there. */
function wanted<T>(given: T | null | undefined, present: T | null): T | undefined {
  return given === undefined ? (present ?? undefined) : (given ?? undefined);
}

/**
 * Adds a number that the person had before or has besides, such as the one on an old card. Where somebody else has it, the two are put
 * before the stewards as possible doubles.
 * @throws Refusal not-found, input-invalid.
 */
export async function addIdentifier(
  tx: Tx,
  scope: Scope<'person.write'>,
  tools: RegistryTools,
  partyId: string,
  input: { readonly document: DocumentInput; readonly validFrom?: string | undefined; readonly validTo?: string | undefined },
  now: Date,
): Promise<{ readonly partyId: string; readonly doubles: readonly FoundDouble[] }> {
  const { protector, factBook } = tools;
  const { person, ids } = await getPersonRow(tx, scope, partyId);
  const checked = checkDocument(input.document, factBook, dayOf(now));
  if ('field' in checked) throw new Refusal('input-invalid', { count: 1 }, [checked]);
  const holders = await findNumberHolders(tx, scope, protector.searchKeys(scope.tenantId, 'identity-number', checked.canonical));
  // One that is known already stays as it was recorded first.
  if (!holders.some((holder) => ids.includes(holder.partyId))) {
    const row = {
      partyId: person.partyId,
      identifierId: newId(),
      validFrom: input.validFrom ?? null,
      validTo: input.validTo ?? null,
      recordedAt: now,
      recordedBy: nameActor(scope.actor),
    };
    await insertIdentifiers(tx, scope, [sealIdentifier(protector, scope.tenantId, row, checked)]);
    await countChange(tx, scope, person.partyId, undefined, now);
    await refreshSearch(tx, scope, { factBook }, 'person', ids);
  }
  const others = holders.map((holder) => holder.partyId).filter((id) => !ids.includes(id));
  return { partyId: person.partyId, doubles: await proposeSameNumber(tx, scope, person.partyId, others, now) };
}
