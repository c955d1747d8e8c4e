// Opens publicity: the domain with the cases and decisions that it publishes, and the round that gathers lists and withdraws them.
import { type PublicityParts, publicityRoutes, runLists } from '../domains/publicity/index.ts';
import type { Route } from '../domains/permissions/index.ts';
import type { Database } from '../storage/database.ts';
import { repeat, type Repeated, type RepeatOptions } from './repeat.ts';

/** Publicity, ready to be worked with. */
export interface OpenedPublicity {
  readonly parts: PublicityParts;
  readonly routes: readonly Route[];
  /** Starts gathering and withdrawing; a server process does so once it answers. */
  start(tenantIds: () => Promise<readonly number[]>, options?: RepeatOptions): Repeated;
}

/** Whoever opens a list sees it filled before they have read its head. */
const LOOK_EVERY_MS = 10_000;

/** Opens publicity. */
export function openPublicity(db: Database, parts: PublicityParts): OpenedPublicity {
  return {
    parts,
    routes: publicityRoutes(parts),
    start: (tenantIds, options = {}) =>
      repeat('publicity', LOOK_EVERY_MS, async (isStopping) => {
        for (const tenantId of await tenantIds()) await runLists(db, parts, tenantId, new Date(), isStopping);
      }, options),
  };
}
