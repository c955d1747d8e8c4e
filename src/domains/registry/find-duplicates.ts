// Finds people who may be one: when one is entered, and by a scan over the city. A steward decides; nothing is merged by itself.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type Candidate, insertCandidates, insertExactDoubles, type Neighbour, readBirthdays, readColleagues, readNeighbours } from './duplicate-store.ts';
import { compareNames, likenessKeys } from './name-likeness.ts';
import { nameActor } from './party.ts';

/** Why two people may be one. */
export type DoubleReason =
  /** One's number is another's number of before, or stands under another kind. */
  | 'same-number'
  | 'same-name-and-birth-date'
  | 'similar-name-and-birth-date'
  | 'similar-name-and-employer';

/** All reasons. */
export const doubleReasons = ['same-number', 'same-name-and-birth-date', 'similar-name-and-birth-date', 'similar-name-and-employer'] as const;

/** A possible double of somebody. */
export interface FoundDouble {
  readonly partyId: string;
  readonly reason: DoubleReason;
  /** 1 to 100: the more, the likelier; the order in which stewards look. */
  readonly score: number;
}

/** What counts of two people: names, birth dates, and whether their numbers rule out that they are one. */
export type Comparable = Pick<Neighbour, 'name' | 'birthDate' | 'idKind'>;

/**
 * Compares two people who were born on one day or work for one organisation; undefined where nothing speaks for a double.
 * Two resident numbers that pass their check are two people (a slip of one digit never passes), so only the very same name and birth date
 * still counts then, and little.
 */
export function compareForDouble(a: Comparable, b: Comparable, shares: { readonly employer: boolean }): { readonly reason: DoubleReason; readonly score: number } | undefined {
  const haveTwoNumbers = a.idKind === 'resident' && b.idKind === 'resident';
  const likeness = compareNames(a.name, b.name);
  if (likeness === undefined) return undefined;
  if (a.birthDate !== null && a.birthDate === b.birthDate) {
    if (likeness === 'same') return { reason: 'same-name-and-birth-date', score: haveTwoNumbers ? 20 : 80 };
    if (haveTwoNumbers) return undefined;
    return { reason: 'similar-name-and-birth-date', score: likeness === 'variant' ? 70 : likeness === 'sound' ? 60 : 40 };
  }
  // Known birth dates that differ speak against it; colleagues are compared where one is not known.
  if (!shares.employer || haveTwoNumbers || (a.birthDate !== null && b.birthDate !== null)) return undefined;
  return { reason: 'similar-name-and-employer', score: likeness === 'same' ? 50 : likeness === 'variant' ? 45 : likeness === 'sound' ? 35 : 25 };
}

/** Looks for doubles of somebody who was just entered or changed, and puts them before the stewards. */
export async function findDoublesOf(tx: Tx, scope: Scope<'person.write'>, partyId: string, now: Date): Promise<readonly FoundDouble[]> {
  const { own, others } = await readNeighbours(tx, scope, partyId);
  if (own === undefined) return [];
  const found = others.flatMap((other): FoundDouble[] => {
    const compared = compareForDouble(own, other, { employer: other.sharesEmployer });
    return compared === undefined ? [] : [{ partyId: other.partyId, ...compared }];
  });
  await insertCandidates(tx, scope, found.map((double) => candidateOf(partyId, double.partyId, double)), nameActor(scope.actor), now);
  return found;
}

/** What a scan found and compared. */
export interface ScanReport {
  readonly found: number;
  readonly comparedDays: number;
  readonly comparedOrganisations: number;
}

/**
 * Scans the city: the same number in another place, then those born on one day, then colleagues. People are only compared where a key of
 * their names is shared, so a city of 1.58 million takes minutes, and may run in parts (`from` is a day of birth, the first not yet scanned).
 */
export async function scanForDoubles(tx: Tx, scope: Scope<'duplicate.scan'>, now: Date): Promise<ScanReport> {
  const by = nameActor(scope.actor);
  let found = await insertExactDoubles(tx, scope, by, now);
  let comparedDays = 0;
  for await (const people of readBirthdays(tx, scope)) {
    comparedDays++;
    found += await insertCandidates(tx, scope, compareGroup(people, { employer: false }), by, now);
  }
  let comparedOrganisations = 0;
  for await (const people of readColleagues(tx, scope)) {
    comparedOrganisations++;
    found += await insertCandidates(tx, scope, compareGroup(people, { employer: true }), by, now);
  }
  return { found, comparedDays, comparedOrganisations };
}

/** The pairs of a group that may be doubles; only those that share a key of their names are compared. */
export function compareGroup(people: readonly (Comparable & { readonly partyId: string })[], shares: { readonly employer: boolean }): readonly Candidate[] {
  const byKey = new Map<string, number[]>();
  people.forEach(({ name }, at) => {
    for (const key of likenessKeys(name)) {
      const others = byKey.get(key);
      if (others === undefined) byKey.set(key, [at]);
      else others.push(at);
    }
  });
  const candidates = new Map<string, Candidate>();
  for (const members of byKey.values()) {
    for (const [i, at] of members.entries()) {
      for (const other of members.slice(i + 1)) {
        const [a, b] = [people[at], people[other]];
        if (a === undefined || b === undefined || a.partyId === b.partyId) continue;
        const compared = compareForDouble(a, b, shares);
        if (compared === undefined) continue;
        const candidate = candidateOf(a.partyId, b.partyId, compared);
        candidates.set(`${candidate.firstPartyId}/${candidate.secondPartyId}`, candidate);
      }
    }
  }
  return [...candidates.values()];
}

function candidateOf(a: string, b: string, { reason, score }: { readonly reason: DoubleReason; readonly score: number }): Candidate {
  return a < b ? { firstPartyId: a, secondPartyId: b, reasons: [reason], score } : { firstPartyId: b, secondPartyId: a, reasons: [reason], score };
}
