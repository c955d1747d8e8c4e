// Keeps search rows true from day to day: statements and employments begin and end by the calendar, without anybody writing anything.
import { type Database, inTenant } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf } from './party.ts';
import type { RegistryTools } from './registry-tools.ts';
import { listTurning, readFollowedDay, writeFollowedDay, writeSearchRows } from './search-store.ts';

const PARTIES_AT_ONCE = 2000;

/**
 * Writes the search rows anew of everybody of whom something began or ended since the last day that was followed; a transaction a part.
 * @returns how many parties; none where today was followed already.
 */
export async function followDays(
  db: Database,
  scope: Scope<'search.follow'>,
  tools: Pick<RegistryTools, 'factBook'>,
  now: Date,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const today = dayOf(now);
  const followed = await inTenant(db, scope.tenantId, (tx) => readFollowedDay(tx, scope));
  let refreshed = 0;
  // A city that is followed for the first time has rows as of the day on which each was written; the search rows of that day are right.
  for (let after: string | null = followed === undefined || followed >= today ? null : ''; after !== null; ) {
    if (isStopping()) return refreshed;
    const from: string = after;
    after = await inTenant(db, scope.tenantId, async (tx) => {
      const turning = await listTurning(tx, scope, { since: followed ?? today, to: today, after: from === '' ? undefined : from, limit: PARTIES_AT_ONCE });
      for (const kind of ['person', 'organisation'] as const) {
        const ids = turning.filter((party) => party.kind === kind).map(({ partyId }) => partyId);
        if (ids.length > 0) await writeSearchRows(tx, scope, tools.factBook, kind, ids, { today, now });
      }
      refreshed += turning.length;
      return turning.length < PARTIES_AT_ONCE ? null : (turning.at(-1)?.partyId ?? null);
    });
  }
  if (followed !== today) await inTenant(db, scope.tenantId, (tx) => writeFollowedDay(tx, scope, today));
  return refreshed;
}
