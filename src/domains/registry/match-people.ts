// Finds who has an identity number, in any of its forms: for real-name claims, deliveries and imports.
import { readIdentityNumber, spellIdentityNumber } from '../../contract/identity-number.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { foldName } from './name-likeness.ts';
import { dayOf } from './party.ts';
import { findNumberHolders, readFormerNames, readPeople } from './person-store.ts';
import type { RegistryTools } from './registry-tools.ts';

/**
 * The people who have these numbers, now or before, in the order asked: null where nobody has it, and where several do (a double that a
 * steward has not yet decided).
 */
export async function matchPeople(
  tx: Tx,
  scope: Scope<'person.match'>,
  { protector, factBook }: RegistryTools,
  numbers: readonly string[],
  now: Date,
): Promise<readonly (string | null)[]> {
  const check = { today: dayOf(now), knowsDivision: factBook.knowsDivision };
  const keysOf = numbers.map((number) => {
    const read = readIdentityNumber(number, check);
    return protector.searchKeys(scope.tenantId, 'identity-number', read.ok ? read.canonical : spellIdentityNumber(number)).map((key) => Buffer.from(key).toString('hex'));
  });
  const holders = new Map<string, Set<string>>();
  for (const { search, partyId } of await findNumberHolders(tx, scope, [...new Set(keysOf.flat())].map((key) => Buffer.from(key, 'hex')))) {
    const key = Buffer.from(search).toString('hex');
    holders.set(key, (holders.get(key) ?? new Set()).add(partyId));
  }
  return keysOf.map((keys) => {
    const found = new Set(keys.flatMap((key) => [...(holders.get(key) ?? [])]));
    return found.size === 1 ? ([...found][0] ?? null) : null;
  });
}

/**
 * The person who has a number and goes, or went, by a name: both must fit, so that a number alone tells nobody who is registered.
 * Variant characters of a name count as one.
 */
export async function findPersonByNumber(
  tx: Tx,
  scope: Scope<'person.match'>,
  tools: RegistryTools,
  { number, name }: { readonly number: string; readonly name: string },
  now: Date,
): Promise<string | undefined> {
  const [partyId] = await matchPeople(tx, scope, tools, [number], now);
  if (partyId === undefined || partyId === null) return undefined;
  const people = await readPeople(tx, scope, [partyId]);
  const names = [...people.map((person) => person.name), ...(await readFormerNames(tx, scope, [partyId])).map((former) => former.name)];
  return names.some((one) => foldName(one) === foldName(name)) ? partyId : undefined;
}
