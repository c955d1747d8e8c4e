// Finds people who may be one: when one is entered, and by a scan over the city. A steward decides; nothing is merged by itself.
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type Candidate, insertCandidates, insertExactDoubles, type Neighbour, readBirthdays, readColleagues, readNeighbours } from './duplicate-store.ts';
import { compareNames, likenessKeys } from './name-likeness.ts';
import { nameActor } from './party.ts';

/** Why two people may be one. */
export type DoubleReason =
  /** One's number is another's number of before, or stands under another kind. */
  | 'same-number'
  /** An employer's list gave one the number of the other, under another name. */
  | 'number-of-another'
  | 'same-name-and-birth-date'
  | 'similar-name-and-birth-date'
  | 'similar-name-and-employer';

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

/** Puts people before the stewards who have a number of somebody's. */
export async function proposeSameNumber(tx: Tx, scope: Scope<'person.write'>, partyId: string, others: readonly string[], now: Date): Promise<readonly FoundDouble[]> {
  const found = others.map((other): FoundDouble => ({ partyId: other, reason: 'same-number', score: 100 }));
  await insertCandidates(tx, scope, found.map((double) => candidateOf(partyId, double.partyId, double)), nameActor(scope.actor), now);
  return found;
}

/** Puts somebody before the stewards to whom an employer's list gave the number of another. */
export async function proposeNumberOfAnother(tx: Tx, scope: Scope<'person.write'>, partyId: string, holderId: string, now: Date): Promise<void> {
  await insertCandidates(tx, scope, [candidateOf(partyId, holderId, { reason: 'number-of-another', score: 90 })], nameActor(scope.actor), now);
}

/** What a part of a scan found. */
export interface ScanReport {
  readonly found: number;
  /** How many people were compared. */
  readonly compared: number;
  /** Where the next part begins; null after the last. */
  readonly next: string | null;
}

// Comparing a part takes some 25 ms, in which a server answers nobody.
const PEOPLE_IN_A_PART = 2000;

/**
 * Scans a part of the city: those born after a day, one day with itself. The first part (`after` null) also finds numbers that two people
 * have, and compares colleagues of whom a birth date is not known. People are compared only where a key of their names is shared.
 */
export async function scanForDoubles(tx: Tx, scope: Scope<'duplicate.scan'>, after: string | null, now: Date): Promise<ScanReport> {
  const by = nameActor(scope.actor);
  let found = 0;
  let compared = 0;
  if (after === null) {
    found += await insertExactDoubles(tx, scope, by, now);
    for await (const people of readColleagues(tx, scope)) {
      compared += people.length;
      found += await insertCandidates(tx, scope, compareGroup(people, { employer: true }), by, now);
    }
  }
  const people = await readBirthdays(tx, scope, after, PEOPLE_IN_A_PART);
  const byDay = new Map<string | null, Neighbour[]>();
  for (const one of people) byDay.set(one.birthDate, [...(byDay.get(one.birthDate) ?? []), one]);
  const candidates = [...byDay.values()].flatMap((group) => compareGroup(group, { employer: false }));
  found += await insertCandidates(tx, scope, candidates, by, now);
  return { found, compared: compared + people.length, next: people.at(-1)?.birthDate ?? null };
}

/**
 * Scans the whole city, a transaction a part, so that nothing is held up.
 * @param isStopping asked before each part; a scan that is cut short begins anew the next time.
 * @returns how many pairs are new.
 */
export async function scanCity(db: Database, scope: Scope<'duplicate.scan'>, isStopping: () => boolean = () => false): Promise<number> {
  let found = 0;
  for (let after: string | null = null; ; ) {
    if (isStopping()) return found;
    const part: ScanReport = await inTenant(db, scope.tenantId, (tx) => scanForDoubles(tx, scope, after, new Date()));
    found += part.found;
    if (part.next === null) return found;
    after = part.next;
  }
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
