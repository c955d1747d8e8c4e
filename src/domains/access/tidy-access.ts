// Removes what has run out: codes, steps, visits, forgotten failures, sessions that ended long ago.
import type { Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { deleteExpired } from './entry-store.ts';
import { longestMemorySeconds } from './throttle.ts';

/** Ended sessions stay this long, so that a person can be told where the account was used. */
const SESSION_DAYS = 180;

/** Tidies a tenant; run once an hour. */
export async function tidyAccess(tx: Tx, tenantId: number, now: Date): Promise<void> {
  const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  await deleteExpired(tx, jobScope(tenantId, 'tidy-access', 'access.tidy'), { now, throttles: before(longestMemorySeconds * 1000), sessions: before(SESSION_DAYS * 86_400_000) });
}
