// Enters people: checks every entry, refuses a number that somebody has, and points out doubles.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type FoundDouble, findDoublesOf } from './find-duplicates.ts';
import { jurisdictionProblem, readWritableCodes } from './jurisdiction-store.ts';
import { dayOf } from './party.ts';
import { insertParties } from './party-store.ts';
import { type CheckedPerson, checkPerson, isRefused, type NewPerson } from './person.ts';
import { findNumberHolders, insertPeople } from './person-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { sealPerson } from './seal-person.ts';

/** What became of one person of a batch. */
export type Entered =
  | { readonly partyId: string; readonly warnings: readonly ErrorDetail[] }
  | { readonly details: readonly ErrorDetail[] }
  /** The number is registered: who has it, whether in reach or not. */
  | { readonly exists: string };

/** Enters people, each by itself: one that is refused keeps no other from being entered. Doubles are left to the scan. */
export async function createPeople(tx: Tx, scope: Scope<'person.write'>, tools: RegistryTools, inputs: readonly NewPerson[], now: Date): Promise<readonly Entered[]> {
  const { tenantId } = scope;
  const today = dayOf(now);
  const codes = await readWritableCodes(tx, scope);
  const checked = inputs.map((input): CheckedPerson | readonly ErrorDetail[] => {
    const person = checkPerson(input, tools.factBook, today);
    if (codes.has(input.jurisdictionCode)) return person;
    return [...(isRefused(person) ? person : []), jurisdictionProblem(input.jurisdictionCode)];
  });
  const numbers = new Map<string, string>();
  for (const person of checked) {
    if (isRefused(person) || person.document === null) continue;
    for (const key of tools.protector.searchKeys(tenantId, 'identity-number', person.document.canonical)) numbers.set(hexOf(key), person.document.canonical);
  }
  const held = new Map<string, string>();
  for (const { search, partyId } of await findNumberHolders(tx, scope, [...numbers.keys()].map((key) => Buffer.from(key, 'hex')))) {
    const canonical = numbers.get(hexOf(search));
    if (canonical !== undefined) held.set(canonical, partyId);
  }
  const rows: ReturnType<typeof sealPerson>[] = [];
  const entered = checked.map((person): Entered => {
    if (isRefused(person)) return { details: person };
    const holder = person.document === null ? undefined : held.get(person.document.canonical);
    if (holder !== undefined) return { exists: holder };
    const partyId = newId();
    rows.push(sealPerson(tools.protector, tenantId, partyId, person));
    // A second row with this number in the same batch is the same person.
    if (person.document !== null) held.set(person.document.canonical, partyId);
    return { partyId, warnings: person.warnings };
  });
  const ids = rows.map((row) => row.partyId);
  await insertParties(tx, scope, 'person', ids, now);
  await insertPeople(tx, scope, rows).catch(refuseTakenNumber);
  await refreshSearch(tx, scope, tools, 'person', ids);
  return entered;
}

/**
 * Enters one person and looks for doubles at once.
 * @throws Refusal input-invalid with what is wrong, person-exists where the number is registered.
 */
export async function createPerson(
  tx: Tx,
  scope: Scope<'person.write'>,
  tools: RegistryTools,
  input: NewPerson,
  now: Date,
): Promise<{ readonly partyId: string; readonly warnings: readonly ErrorDetail[]; readonly doubles: readonly FoundDouble[] }> {
  const [entered] = await createPeople(tx, scope, tools, [input], now);
  if (entered === undefined || 'exists' in entered) throw new Refusal('person-exists');
  if ('details' in entered) throw new Refusal('input-invalid', { count: entered.details.length }, entered.details);
  const doubles = await findDoublesOf(tx, scope, entered.partyId, now);
  return { ...entered, doubles };
}

/** Turns a number that was entered by somebody else at the same moment into the refusal that it is. */
export function refuseTakenNumber(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === '23505' && 'constraint' in error && error.constraint === 'people_tenant_id_number_search_key') {
    throw new Refusal('person-exists');
  }
  throw error;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
