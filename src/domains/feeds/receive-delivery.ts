// Takes a delivery in: every row sealed and staged in one transaction, worked through afterwards; sent twice, it is the same delivery.
import { setImmediate as breathe } from 'node:timers/promises';
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { type Actor, type Scope } from '../permissions/index.ts';
import { type Protector, rowOf } from '../protection/index.ts';
import { dayOf } from './day.ts';
import { findBySenderNumber, getDelivery, insertDelivery, insertRows } from './deliveries-store.ts';
import type { DeliveredRow, Delivery, Feed } from './feed.ts';
import { getFeed } from './feeds-store.ts';
import { MOST_ROWS, readDelivery, readDeliveryAsOf, type ReadDelivery } from './read-delivery.ts';

/** What a department sends. */
export interface Sending {
  readonly feedId: string;
  /** The sender's own number for the delivery. */
  readonly senderNumber: string;
  /** As written; needed where the feed has one date for a delivery. */
  readonly asOf: string | undefined;
  readonly content:
    | { readonly kind: 'file'; readonly bytes: Buffer; readonly contentType: string | undefined; readonly fileName: string }
    | { readonly kind: 'rows'; readonly rows: readonly DeliveredRow[]; readonly text: string };
}

/** A delivery that was taken in, or had been before. */
export interface Received {
  readonly delivery: Delivery;
  readonly isRepeated: boolean;
}

const STAGED_AT_ONCE = 1000;

/**
 * Takes a delivery in.
 * @throws Refusal not-found for another department's feed, feed-stopped, feed-number-reused, feed-as-of-…, feed-column…, feed-empty, feed-too-many-rows, sheet-…
 */
export async function receiveDelivery(tx: Tx, scope: Scope<'feed.deliver'>, protector: Protector, sending: Sending, now: Date): Promise<Received> {
  const { feedId, senderNumber, content } = sending;
  const feed = await getFeed(tx, scope, feedId);
  const bytes = content.kind === 'file' ? content.bytes : Buffer.from(content.text);
  const contentDigest = protector.digest(scope.tenantId, Buffer.concat([Buffer.from(`${feedId}\n${sending.asOf ?? ''}\n`), bytes]));
  const before = await findBySenderNumber(tx, scope, feedId, senderNumber);
  if (before !== undefined) return repeated(before, contentDigest);
  if (feed.status === 'stopped') throw new Refusal('feed-stopped');
  const asOf = readDeliveryAsOf(feed.asOfRule, sending.asOf, dayOf(now));
  const opened = await openContent(content, feed);
  const deliveryId = newId();
  const delivery = { deliveryId, feedId, senderNumber, contentDigest, asOf, format: opened.format, receivedAt: now, receivedBy: nameSender(scope.actor) };
  if (!(await insertDelivery(tx, scope, delivery))) {
    // The same number came in twice at the same moment; the other call was first.
    const first = await findBySenderNumber(tx, scope, feedId, senderNumber);
    if (first === undefined) throw new Refusal('changed-meanwhile');
    return repeated(first, contentDigest);
  }
  const total = await stage(tx, scope, protector, deliveryId, opened);
  if (total === 0) throw new Refusal('feed-empty');
  return { delivery: await getDelivery(tx, scope, feedId, deliveryId), isRepeated: false };
}

function repeated({ contentDigest, ...delivery }: Delivery & { readonly contentDigest: Uint8Array }, digest: Uint8Array): Received {
  if (!Buffer.from(contentDigest).equals(digest)) throw new Refusal('feed-number-reused', { number: delivery.senderNumber });
  return { delivery, isRepeated: true };
}

async function openContent(content: Sending['content'], feed: Feed): Promise<ReadDelivery> {
  if (content.kind === 'file') return readDelivery(content.bytes, content.contentType, content.fileName, feed);
  const { rows } = content;
  return {
    format: 'json',
    async *rows() {
      for (let at = 0; at < rows.length; at += STAGED_AT_ONCE) yield rows.slice(at, at + STAGED_AT_ONCE);
    },
  };
}

async function stage(tx: Tx, scope: Scope<'feed.deliver'>, protector: Protector, deliveryId: string, opened: ReadDelivery): Promise<number> {
  let total = 0;
  let waiting: { number: number; content: Uint8Array }[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await insertRows(tx, scope, deliveryId, waiting);
    waiting = [];
    // Other calls get their turn between the pieces of a large file.
    await breathe();
  };
  for await (const batch of opened.rows()) {
    for (const row of batch) {
      total++;
      if (total > MOST_ROWS) throw new Refusal('feed-too-many-rows', { limit: MOST_ROWS.toLocaleString('en-US') });
      const place = { tenantId: scope.tenantId, table: 'feed_rows', column: 'content_sealed', row: rowOf(deliveryId, row.number) };
      waiting.push({ number: row.number, content: protector.seal(place, JSON.stringify({ row })) });
      if (waiting.length >= STAGED_AT_ONCE) await flush();
    }
  }
  await flush();
  return total;
}

/** Who sent it, for the delivery's record: the key or the account. */
function nameSender({ accountId, capacity }: Actor): string {
  return capacity.kind === 'feed' ? `key:${capacity.keyId}` : `account:${accountId ?? ''}`;
}
