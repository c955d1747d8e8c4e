// What works in the background of a server besides the sealer: messages, feeds, imports, cases that are late, applications for lists, looking for doubles, and tidying away what has run out.
import { tidyAccess } from '../domains/access/index.ts';
import { daysToldFrom } from '../domains/cases/index.ts';
import { forgetKeys } from '../domains/idempotency/index.ts';
import { startImports } from '../domains/imports/index.ts';
import { workNextBatch } from '../domains/intake/index.ts';
import { countOutbox } from '../domains/messages/index.ts';
import { checkDue } from '../domains/payments/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { dayOf, followDays, scanCity } from '../domains/registry/index.ts';
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

/** How long applications for lists wait at most until somebody begins. */
const LOOK_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Nobody repeats a call after that. */
const KEYS_KEPT_MS = 48 * HOUR_MS;

/** Starts all of it; to be called once the server answers. `stop` waits for what is under way. */
export function startBackground({ db, messages, feeds, imports, registry, cases, payments, publicity, intake }: Pick<Parts, 'db' | 'messages' | 'feeds' | 'imports' | 'registry' | 'cases' | 'payments' | 'publicity' | 'intake'>, options: BackgroundOptions): Repeated {
  const tenantIds = async (): Promise<readonly number[]> => (await listTenants(db)).map(({ tenantId }) => tenantId);
  options.metrics.watch('outbox_waiting_seconds', 'For how long the oldest message has waited to be sent, over all cities', async () => longestWait(db, await tenantIds()));
  options.metrics.watch('calendar_days', 'For how many days ahead the notices of holidays are loaded; below 0 nothing that counts working days goes on', async () => daysToldFrom(dayOf(new Date()), cases.tools.calendar));
  const running = [
    messages.start(tenantIds, options),
    feeds.start(tenantIds, options),
    cases.start(tenantIds, options),
    publicity.start(tenantIds, options),
    startImports({ ...imports, failed: (error) => options.log.failure('imports', error) }, tenantIds),
    repeat('lists', LOOK_MS, async (isStopping) => workLists({ db, intake }, await tenantIds(), isStopping), options),
    repeat('tidy', HOUR_MS, async () => tidy(db, await tenantIds(), new Date()), options),
    repeat('days', HOUR_MS, async (isStopping) => followAll(db, registry, await tenantIds(), isStopping), options),
    repeat('payments', HOUR_MS, async (isStopping) => checkAll(db, payments, await tenantIds(), isStopping), options),
    repeat('doubles', DAY_MS, async (isStopping) => lookForDoubles(db, await tenantIds(), isStopping), options),
  ];
  return { stop: async () => void (await Promise.all(running.map((each) => each.stop()))) };
}

/** Takes one batch of each city's applications for lists; true where there may be more. */
async function workLists({ db, intake }: Pick<Parts, 'db' | 'intake'>, tenantIds: readonly number[], isStopping: () => boolean): Promise<boolean> {
  let isMore = false;
  for (const tenantId of tenantIds) if (!isStopping()) isMore = (await workNextBatch({ db, parts: intake, tenantId, now: new Date() })) || isMore;
  return isMore;
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

/** What is due is checked, one city after another: looked at every hour, each instalment once. */
async function checkAll(db: Database, payments: Parts['payments'], tenantIds: readonly number[], isStopping: () => boolean): Promise<void> {
  for (const tenantId of tenantIds) await checkDue(db, payments, tenantId, new Date(), isStopping);
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
