// What an organisation's list says of people who were there before: of those whom only it calls its own nobody tells it that they were.
import type { ErrorDetail } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { readEmployments } from './employment-store.ts';
import type { BroughtBefore, ImportManner } from './import-facts.ts';
import { dayOf } from './party.ts';
import type { CheckedPerson } from './person.ts';
import { readPeople } from './person-store.ts';

/** The rows of an organisation's list whose number somebody has, by their place in the batch. */
interface ListedHolders {
  readonly organisationId: string;
  readonly people: ReadonlyMap<number, CheckedPerson>;
  readonly holders: ReadonlyMap<number, string>;
}

/** Whom the rows are about, and what the organisation may be told of it. */
interface SortedHolders {
  /** Whom a row is about; not those of somebody who stands for another. */
  readonly holders: ReadonlyMap<number, string>;
  readonly before: BroughtBefore;
  /** Rows that go on without saying that somebody was there. */
  readonly silent: ReadonlySet<number>;
  /** Rows about somebody of its own, since who has the number goes by another name: by whose number it is. */
  readonly standsFor: ReadonlyMap<number, string>;
  readonly refused: ReadonlyMap<number, readonly ErrorDetail[]>;
}

/** The name is not told: whoever typed a wrong number must not learn whose it is. */
export const otherName: ErrorDetail = { field: 'name', zh: '姓名和这个证件号码登记的不一致，请对照证件核对姓名和号码。', en: 'The name differs from the one registered for this number; compare both with the document.' };

/**
 * Sorts them so that a number which is registered, under this name or another, and one that is not lead to the same answers, unless the
 * organisation brought the person in before, or somebody better (class A or B) says that they work there.
 */
export async function sortStrangers(
  tx: Tx,
  scopes: { readonly person: Scope<'person.write'>; readonly fact: Scope<'fact.record'> },
  { organisationId, people, holders: found }: ListedHolders,
  manner: Pick<ImportManner, 'before' | 'standIns' | 'now'>,
): Promise<SortedHolders> {
  const holders = new Map(found);
  const refused = new Map<number, readonly ErrorDetail[]>();
  const standIns = await manner.standIns([...new Set(found.values())]);
  const ids = [...new Set([...found.values(), ...[...standIns.values()].flat()])];
  const names = new Map((await readPeople(tx, scopes.person, ids)).map(({ partyId, name }) => [partyId, name]));
  for (const [at, holder] of found) {
    const own = standIns.get(holder) ?? [];
    const same = own.find((one) => names.get(one) === people.get(at)?.name);
    if (same !== undefined) holders.set(at, same);
    // As where the list itself brought in the number: its own word stands until a window puts it right.
    else if (own.length > 0) refused.set(at, [otherName]);
  }
  const before = await manner.before(holders);
  const employed = await listEmployed(tx, scopes.fact, organisationId, [...new Set(holders.values())], manner.now);
  const silent = new Set<number>();
  const standsFor = new Map<number, string>();
  for (const [at, holder] of holders) {
    if (refused.has(at) || before.any.has(at) || employed.has(holder)) continue;
    if (names.get(holder) === people.get(at)?.name) silent.add(at);
    else {
      holders.delete(at);
      standsFor.set(at, holder);
    }
  }
  return { holders, before, silent, standsFor, refused };
}

/** Those of whom somebody better than the organisation says that they work there today. */
async function listEmployed(tx: Tx, scope: Scope<'fact.record'>, organisationId: string, partyIds: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  const today = dayOf(now);
  const employments = partyIds.length === 0 ? [] : await readEmployments(tx, scope, partyIds);
  return new Set(employments.flatMap((one) => {
    const isNow = one.supersededAt === null && one.startedOn <= today && (one.endedOn === null || one.endedOn >= today);
    return isNow && one.organisationId === organisationId && (one.trustClass === 'A' || one.trustClass === 'B') ? [one.partyId] : [];
  }));
}
