// What works in the background of a server besides the sealer: messages, feeds, imports, looking for doubles, and tidying away what has run out.
import { tidyAccess } from '../domains/access/index.ts';
import { forgetKeys } from '../domains/idempotency/index.ts';
import { startImports } from '../domains/imports/index.ts';
import { countOutbox } from '../domains/messages/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { followDays, scanCity } from '../domains/registry/index.ts';
import { type Database, inTenant } from '../storage/database.ts';
import { listTenants } from '../storage/list-tenants.ts';
import type { Parts } from './api/parts.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { repeat, type Repeated } from './repeat.ts';

/** Whom the work reports to. */
export interface BackgroundOptions {
  readonly log: Log;
  readonly metrics: Metrics;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Nobody repeats a call after that. */
const KEYS_KEPT_MS = 48 * HOUR_MS;

/** Starts all of it; to be called once the server answers. `stop` waits for what is under way. */
export function startBackground({ db, messages, feeds, imports, registry }: Pick<Parts, 'db' | 'messages' | 'feeds' | 'imports' | 'registry'>, options: BackgroundOptions): Repeated {
  const tenantIds = async (): Promise<readonly number[]> => (await listTenants(db)).map(({ tenantId }) => tenantId);
  options.metrics.watch('outbox_waiting_seconds', 'For how long the oldest message has waited to be sent, over all cities', async () => longestWait(db, await tenantIds()));
  const running = [
    messages.start(tenantIds, options),
    feeds.start(tenantIds, options),
    startImports({ ...imports, failed: (error) => options.log.failure('imports', error) }, tenantIds),
    repeat('tidy', HOUR_MS, async () => tidy(db, await tenantIds(), new Date()), options),
    repeat('days', HOUR_MS, async (isStopping) => followAll(db, registry, await tenantIds(), isStopping), options),
    repeat('doubles', DAY_MS, async (isStopping) => lookForDoubles(db, await tenantIds(), isStopping), options),
  ];
  return { stop: async () => void (await Promise.all(running.map((each) => each.stop()))) };
}

/** Removes what has run out, one city after another. */
async function tidy(db: Database, tenantIds: readonly number[], now: Date): Promise<void> {
  for (const tenantId of tenantIds) {
    await inTenant(db, tenantId, (tx) => forgetKeys(tx, jobScope(tenantId, 'tidy', 'idempotency.forget'), new Date(now.getTime() - KEYS_KEPT_MS)));
    await inTenant(db, tenantId, (tx) => tidyAccess(tx, tenantId, now));
  }
}

/** Looks for people who were entered twice, one city after another. */
async function lookForDoubles(db: Database, tenantIds: readonly number[], isStopping: () => boolean): Promise<void> {
  for (const tenantId of tenantIds) await scanCity(db, jobScope(tenantId, 'doubles', 'duplicate.scan'), isStopping);
}

/** Once a day, looked at every hour: what begins or ends today is found by it. */
async function followAll(db: Database, registry: Parts['registry'], tenantIds: readonly number[], isStopping: () => boolean): Promise<void> {
  for (const tenantId of tenantIds) await followDays(db, jobScope(tenantId, 'days', 'search.follow'), registry, new Date(), isStopping);
}

/** For how many seconds the oldest message has waited; 0 where none waits. */
async function longestWait(db: Database, tenantIds: readonly number[]): Promise<number> {
  let longest = 0;
  for (const tenantId of tenantIds) {
    const { oldestWaiting } = await inTenant(db, tenantId, (tx) => countOutbox(tx, jobScope(tenantId, 'metrics', 'outbox.read')));
    if (oldestWaiting !== null) longest = Math.max(longest, (Date.now() - oldestWaiting.getTime()) / 1000);
  }
  return longest;
}
