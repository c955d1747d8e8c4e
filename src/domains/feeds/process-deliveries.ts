// Works through what was delivered, in the background: a chunk of rows in each transaction, so that a process that dies loses nothing and the next goes on.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { SendMessage } from '../messages/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { ProtectionError } from '../protection/index.ts';
import type { RegistryTools } from '../registry/index.ts';
import { dayOf } from './day.ts';
import { addCounts, type DeliveryAtWork, endDelivery, expireRows, findWaitingDelivery, getDeliveryAtWork, markInvalid, readUnknownRows, readWaitingRows, type SealedRow, takeSweep, takeTurn } from './deliveries-store.ts';
import { getFeed, takeLateFeeds } from './feeds-store.ts';
import { sealContent, takeRows } from './take-rows.ts';

/** What working through stands on. */
export interface FeedWorkParts {
  readonly db: Database;
  readonly tools: RegistryTools;
  readonly sendMessage: SendMessage;
  readonly now?: () => Date;
  /** Told of what went wrong; never of what a row says. */
  readonly log?: (event: { readonly event: 'feed-chunk-failed' | 'feed-row-failed' | 'feed-round-failed'; readonly tenantId: number; readonly deliveryId?: string; readonly row?: number; readonly fault: string }) => void;
}

/** What a pass did. */
export interface FeedReport {
  /** Rows worked through. */
  readonly rows: number;
  /** The delivery that ended with this pass. */
  readonly ended: string | undefined;
  /** Whether another pass may find work at once. */
  readonly isBusy: boolean;
}

/** Sizes that are tried: a chunk that fails is tried in smaller ones, down to the row that is to blame. */
const CHUNK = 500;
const SMALL_CHUNK = 25;
const HOUR_MS = 3_600_000;
const idle: FeedReport = { rows: 0, ended: undefined, isBusy: false };

/** One pass over a tenant: the next chunk of the delivery that has waited longest, in one transaction. */
export async function processDeliveries(parts: FeedWorkParts, tenantId: number): Promise<FeedReport> {
  for (const size of [CHUNK, SMALL_CHUNK, 1]) {
    try {
      return await inTenant(parts.db, tenantId, (tx) => processChunk(tx, parts, tenantId, size));
    } catch (error) {
      // What the database or the program says of the data themselves; anything else is not the row's fault and passes.
      if (!isAboutData(error)) throw error;
      parts.log?.({ event: 'feed-chunk-failed', tenantId, fault: nameFault(error) });
      if (size === 1) return inTenant(parts.db, tenantId, (tx) => giveUpRow(tx, parts, tenantId));
    }
  }
  return idle;
}

async function processChunk(tx: Tx, parts: FeedWorkParts, tenantId: number, size: number): Promise<FeedReport> {
  const scope = jobScope(tenantId, 'feeds', 'feed.process');
  const now = nowOf(parts);
  // Most of the time there is nothing, and nothing has to be locked to see that.
  if ((await findWaitingDelivery(tx, scope)) === undefined || !(await takeTurn(tx, scope))) return idle;
  const delivery = await findWaitingDelivery(tx, scope);
  if (delivery === undefined) return idle;
  const { deliveryId, asOf } = delivery;
  const rows = await readWaitingRows(tx, scope, deliveryId, size);
  if (rows.length > 0) await takeRows(tx, scope, parts.tools, { deliveryId, asOf, feed: await getFeed(tx, scope, delivery.feedId), rows, isLater: false }, now);
  const isLast = rows.length < size;
  if (isLast) await end(tx, scope, parts, delivery, now);
  return { rows: rows.length, ended: isLast ? deliveryId : undefined, isBusy: true };
}

async function end(tx: Tx, scope: Scope<'feed.process'>, { sendMessage }: FeedWorkParts, { deliveryId, accountId }: DeliveryAtWork, now: Date): Promise<void> {
  const { accepted, unchanged, unknown, invalid, disagreeing } = await endDelivery(tx, scope, deliveryId, now);
  if (accountId === null) return;
  await sendMessage(tx, scope, {
    to: { accountId },
    template: 'delivery.ended',
    values: { accepted: accepted + unchanged, unknown, invalid, disagreeing },
    about: { kind: 'delivery', id: deliveryId },
  });
}

/** Marks the row on which the work stops as failed, so that the others go on. */
async function giveUpRow(tx: Tx, parts: FeedWorkParts, tenantId: number): Promise<FeedReport> {
  const scope = jobScope(tenantId, 'feeds', 'feed.process');
  if (!(await takeTurn(tx, scope))) return idle;
  const delivery = await findWaitingDelivery(tx, scope);
  const [row] = delivery === undefined ? [] : await readWaitingRows(tx, scope, delivery.deliveryId, 1);
  if (row === undefined) return idle;
  await markInvalid(tx, scope, [sealContent(parts.tools, tenantId, row.deliveryId, row.number, { faults: [{ code: 'row-failed' }] })]);
  await addCounts(tx, scope, row.deliveryId, { invalid: 1 });
  parts.log?.({ event: 'feed-row-failed', tenantId, deliveryId: row.deliveryId, row: row.number, fault: 'row-failed' });
  return { rows: 1, ended: undefined, isBusy: true };
}

/** Looks whether rows of unknown parties can be matched now. @returns how many rows were */
export async function matchUnknown(parts: FeedWorkParts, tenantId: number, isStopping: () => boolean = () => false): Promise<number> {
  let matched = 0;
  let after: readonly [string, number] | undefined;
  while (!isStopping()) {
    const from = after;
    const chunk = await inTenant(parts.db, tenantId, async (tx) => {
      const scope = jobScope(tenantId, 'feeds', 'feed.process');
      const rows = await readUnknownRows(tx, scope, from, CHUNK);
      // Another process may be at work; then the next hour finds them.
      if (rows.length === 0 || !(await takeTurn(tx, scope))) return { last: undefined, matched: 0 };
      return { last: rows.length < CHUNK ? undefined : rows.at(-1), matched: await matchRows(tx, scope, parts, tenantId, rows) };
    });
    matched += chunk.matched;
    if (chunk.last === undefined) break;
    after = [chunk.last.deliveryId, chunk.last.number];
  }
  return matched;
}

async function matchRows(tx: Tx, scope: Scope<'feed.process'>, parts: FeedWorkParts, tenantId: number, rows: readonly SealedRow[]): Promise<number> {
  let matched = 0;
  const byDelivery = Map.groupBy(rows, ({ deliveryId }) => deliveryId);
  for (const [deliveryId, its] of byDelivery) {
    const delivery = await getDeliveryAtWork(tx, scope, deliveryId);
    const feed = await getFeed(tx, scope, delivery.feedId);
    // A stopped feed's rows are not taken any more; they expire.
    if (feed.status === 'stopped') continue;
    const counts = await takeRows(tx, scope, parts.tools, { deliveryId, asOf: delivery.asOf, feed, rows: its, isLater: true }, nowOf(parts));
    matched += counts.matchedLater;
  }
  return matched;
}

/** What is due once a day: rows whose time is over are emptied, late feeds told of. */
export async function sweepFeeds(parts: FeedWorkParts, tenantId: number): Promise<boolean> {
  const { db, sendMessage } = parts;
  return inTenant(db, tenantId, async (tx) => {
    const scope = jobScope(tenantId, 'feeds', 'feed.process');
    const today = dayOf(nowOf(parts));
    if (!(await takeTurn(tx, scope)) || !(await takeSweep(tx, scope, today))) return false;
    await expireRows(tx, scope, today);
    for (const { feedId, lastAsOf, createdBy } of await takeLateFeeds(tx, scope, today)) {
      if (createdBy === null || lastAsOf === null) continue;
      await sendMessage(tx, scope, { to: { accountId: createdBy }, template: 'feed.late', values: { date: lastAsOf }, about: { kind: 'feed', id: feedId } });
    }
    return true;
  });
}

/** One round over cities; gives whether there may be more to do at once. */
export type FeedRound = (tenantIds: readonly number[], isStopping?: () => boolean) => Promise<boolean>;

/**
 * Makes the round that every server process runs again and again, as many processes as there are: a chunk of every city, once a day its sweep, and
 * once an hour a look whether unknown parties have come.
 * A city that fails is told of, and keeps no other waiting.
 */
export function makeFeedRound(parts: FeedWorkParts): FeedRound {
  // The day on which this process last swept each city, so that it asks the database once a day and not in every round.
  const swept = new Map<number, string>();
  const matchedAt = new Map<number, number>();
  return async (tenantIds, isStopping = () => false) => {
    let isMore = false;
    for (const tenantId of tenantIds) {
      if (isStopping()) break;
      try {
        const today = dayOf(nowOf(parts));
        if (swept.get(tenantId) !== today) {
          await sweepFeeds(parts, tenantId);
          swept.set(tenantId, today);
        }
        const at = nowOf(parts).getTime();
        if (at - (matchedAt.get(tenantId) ?? 0) >= HOUR_MS) {
          matchedAt.set(tenantId, at);
          await matchUnknown(parts, tenantId, isStopping);
        }
        isMore = (await processDeliveries(parts, tenantId)).isBusy || isMore;
      } catch (error) {
        parts.log?.({ event: 'feed-round-failed', tenantId, fault: nameFault(error) });
      }
    }
    return isMore;
  };
}

function nowOf({ now = () => new Date() }: FeedWorkParts): Date {
  return now();
}

/** Whether an error speaks of data: a refusal, or PostgreSQL's classes 22 (data exception) and 23 (integrity). */
function isAboutData(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) return true;
  if (error instanceof ProtectionError) return error.problem !== 'key-missing';
  const code = codeOf(error);
  return code !== undefined && /^2[23]/.test(code);
}

function nameFault(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
