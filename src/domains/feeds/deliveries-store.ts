// The only SQL of deliveries: the deliveries, their rows, and whose turn it is to work through them.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { FeedDeliveriesRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { Delivery, DeliveryCounts, DeliveryFormat } from './feed.ts';

/** A delivery that has just come. */
export interface NewDelivery {
  readonly deliveryId: string;
  readonly feedId: string;
  readonly senderNumber: string;
  readonly contentDigest: Uint8Array;
  readonly asOf: string | null;
  readonly format: DeliveryFormat;
  readonly receivedAt: Date;
  readonly receivedBy: string;
}

/** A row whose content is sealed. */
export interface SealedRow {
  readonly deliveryId: string;
  readonly number: number;
  readonly content: Uint8Array;
}

/** A delivery that is being worked through. */
export interface DeliveryAtWork {
  readonly deliveryId: string;
  readonly feedId: string;
  readonly asOf: string | null;
  readonly accountId: string | null;
}

/**
 * Adds a delivery without rows yet.
 * @returns false where the feed has one with the same number
 */
export async function insertDelivery(tx: Tx, scope: Scope<'feed.deliver'>, delivery: NewDelivery): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('feed_deliveries')
    .values({
      tenant_id: scope.tenantId,
      delivery_id: delivery.deliveryId,
      feed_id: delivery.feedId,
      sender_number: delivery.senderNumber,
      content_digest: Buffer.from(delivery.contentDigest),
      as_of: delivery.asOf,
      format: delivery.format,
      status: 'waiting',
      total: 0,
      received_at: delivery.receivedAt,
      received_by: delivery.receivedBy,
      account_id: scope.actor.accountId,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'feed_id', 'sender_number']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Adds rows that wait to be worked through. */
export async function insertRows(tx: Tx, scope: Scope<'feed.deliver'>, deliveryId: string, rows: readonly { readonly number: number; readonly content: Uint8Array }[]): Promise<void> {
  await sql`
    insert into feed_rows (tenant_id, delivery_id, row_number, status, content_sealed)
    select ${scope.tenantId}, ${deliveryId}, number, 'waiting', content
    from unnest(${rows.map(({ number }) => number)}::integer[], ${rows.map(({ content }) => Buffer.from(content))}::bytea[]) as given (number, content)`.execute(tx);
  await sql`update feed_deliveries set total = total + ${rows.length} where tenant_id = ${scope.tenantId} and delivery_id = ${deliveryId}`.execute(tx);
}

/** The delivery that a feed has under a sender's number, with the digest of its content. */
export async function findBySenderNumber(tx: Tx, scope: Scope<'feed.deliver'>, feedId: string, senderNumber: string): Promise<(Delivery & { readonly contentDigest: Uint8Array }) | undefined> {
  const row = await tx
    .selectFrom('feed_deliveries')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('feed_id', '=', feedId)
    .where('sender_number', '=', senderNumber)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...deliveryOf(row), contentDigest: row.content_digest };
}

/**
 * A delivery of a feed that the caller may see.
 * @throws Refusal not-found
 */
export async function getDelivery(tx: Tx, scope: Scope<'feed.read' | 'feed.deliver'>, feedId: string, deliveryId: string): Promise<Delivery> {
  const row = await tx
    .selectFrom('feed_deliveries')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('feed_id', '=', feedId)
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return deliveryOf(row);
}

/** A page of a feed's deliveries, newest first; `before` is the id of the last of the page before. */
export async function listDeliveries(
  tx: Tx,
  scope: Scope<'feed.read'>,
  { feedId, status, before, limit }: { feedId: string; status: 'waiting' | 'done' | undefined; before: string | undefined; limit: number },
): Promise<readonly Delivery[]> {
  let query = tx.selectFrom('feed_deliveries').selectAll().where('tenant_id', '=', scope.tenantId).where('feed_id', '=', feedId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (before !== undefined) query = query.where('delivery_id', '<', before);
  return (await query.orderBy('delivery_id', 'desc').limit(limit).execute()).map(deliveryOf);
}

/** A page of the rows of a delivery that were not taken, by their numbers. */
export async function listRows(
  tx: Tx,
  scope: Scope<'feed.read'>,
  { deliveryId, statuses, after, limit }: { deliveryId: string; statuses: readonly ('unknown' | 'invalid' | 'expired')[]; after: number; limit: number },
): Promise<readonly { readonly number: number; readonly status: 'unknown' | 'invalid' | 'expired'; readonly content: Uint8Array | null; readonly expiresOn: string | null }[]> {
  const rows = await tx
    .selectFrom('feed_rows')
    .select(['row_number', 'status', 'content_sealed', 'expires_on'])
    .where('tenant_id', '=', scope.tenantId)
    .where('delivery_id', '=', deliveryId)
    .where('status', 'in', [...statuses])
    .where('row_number', '>', after)
    .orderBy('row_number')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ number: row.row_number, status: row.status as 'unknown' | 'invalid' | 'expired', content: row.content_sealed, expiresOn: row.expires_on }));
}

/**
 * Takes the tenant's turn until the transaction ends: whoever has it alone records what was delivered.
 */
export async function takeTurn(tx: Tx, scope: Scope<'feed.process'>): Promise<boolean> {
  await tx.insertInto('feed_turns').values({ tenant_id: scope.tenantId }).onConflict((conflict) => conflict.columns(['tenant_id']).doNothing()).execute();
  const row = await tx.selectFrom('feed_turns').select('tenant_id').where('tenant_id', '=', scope.tenantId).forUpdate().skipLocked().executeTakeFirst();
  return row !== undefined;
}

/** Whether the daily sweep of `today` is still to be done; if so, it counts as done when the transaction ends. */
export async function takeSweep(tx: Tx, scope: Scope<'feed.process'>, today: string): Promise<boolean> {
  const { rows } = await sql`update feed_turns set swept_on = ${today}::date where tenant_id = ${scope.tenantId} and swept_on is distinct from ${today}::date returning tenant_id`.execute(tx);
  return rows.length > 0;
}

/** The delivery that has waited longest. */
export async function findWaitingDelivery(tx: Tx, scope: Scope<'feed.process'>): Promise<DeliveryAtWork | undefined> {
  const row = await tx
    .selectFrom('feed_deliveries')
    .select(['delivery_id', 'feed_id', 'as_of', 'account_id'])
    .where('tenant_id', '=', scope.tenantId)
    .where('status', '=', 'waiting')
    .orderBy('delivery_id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { deliveryId: row.delivery_id, feedId: row.feed_id, asOf: row.as_of, accountId: row.account_id };
}

/** A delivery whose rows of unknown parties are looked at again. */
export async function getDeliveryAtWork(tx: Tx, scope: Scope<'feed.process'>, deliveryId: string): Promise<DeliveryAtWork> {
  const row = await tx
    .selectFrom('feed_deliveries')
    .select(['delivery_id', 'feed_id', 'as_of', 'account_id'])
    .where('tenant_id', '=', scope.tenantId)
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirstOrThrow();
  return { deliveryId: row.delivery_id, feedId: row.feed_id, asOf: row.as_of, accountId: row.account_id };
}

/** The next rows of a delivery that wait, by their numbers. */
export async function readWaitingRows(tx: Tx, scope: Scope<'feed.process'>, deliveryId: string, limit: number): Promise<readonly SealedRow[]> {
  const rows = await tx
    .selectFrom('feed_rows')
    .select(['row_number', 'content_sealed'])
    .where('tenant_id', '=', scope.tenantId)
    .where('delivery_id', '=', deliveryId)
    .where('status', '=', 'waiting')
    .orderBy('row_number')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => (row.content_sealed === null ? [] : [{ deliveryId, number: row.row_number, content: row.content_sealed }]));
}

/** Rows of unknown parties, those after (delivery, number). */
export async function readUnknownRows(tx: Tx, scope: Scope<'feed.process'>, after: readonly [string, number] | undefined, limit: number): Promise<readonly SealedRow[]> {
  let query = tx.selectFrom('feed_rows').select(['delivery_id', 'row_number', 'content_sealed']).where('tenant_id', '=', scope.tenantId).where('status', '=', 'unknown');
  if (after !== undefined) query = query.where(sql<boolean>`(delivery_id, row_number) > (${after[0]}::uuid, ${after[1]}::integer)`);
  const rows = await query.orderBy('delivery_id').orderBy('row_number').limit(limit).execute();
  return rows.flatMap((row) => (row.content_sealed === null ? [] : [{ deliveryId: row.delivery_id, number: row.row_number, content: row.content_sealed }]));
}

/** Deletes rows that were taken. */
export async function deleteRows(tx: Tx, scope: Scope<'feed.process'>, rows: readonly { readonly deliveryId: string; readonly number: number }[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    delete from feed_rows using unnest(${rows.map((row) => row.deliveryId)}::uuid[], ${rows.map((row) => row.number)}::integer[]) as gone (delivery_id, row_number)
    where feed_rows.tenant_id = ${scope.tenantId} and feed_rows.delivery_id = gone.delivery_id and feed_rows.row_number = gone.row_number`.execute(tx);
}

/** Keeps rows of parties that nobody knows yet. */
export async function markUnknown(tx: Tx, scope: Scope<'feed.process'>, deliveryId: string, numbers: readonly number[], expiresOn: string): Promise<void> {
  if (numbers.length === 0) return;
  await sql`
    update feed_rows set status = 'unknown', expires_on = ${expiresOn}::date
    where tenant_id = ${scope.tenantId} and delivery_id = ${deliveryId} and row_number = any(${[...numbers]}::integer[])`.execute(tx);
}

/** Marks rows as not valid; what they said gives way to what is wrong with them. */
export async function markInvalid(tx: Tx, scope: Scope<'feed.process'>, rows: readonly SealedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update feed_rows set status = 'invalid', content_sealed = given.content, expires_on = null
    from unnest(${rows.map((row) => row.deliveryId)}::uuid[], ${rows.map((row) => row.number)}::integer[], ${rows.map((row) => Buffer.from(row.content))}::bytea[]) as given (delivery_id, row_number, content)
    where feed_rows.tenant_id = ${scope.tenantId} and feed_rows.delivery_id = given.delivery_id and feed_rows.row_number = given.row_number`.execute(tx);
}

/** Adds to the counts of a delivery. */
export async function addCounts(tx: Tx, scope: Scope<'feed.process'>, deliveryId: string, more: Readonly<Partial<Omit<DeliveryCounts, 'total'>>>): Promise<void> {
  const { accepted = 0, unchanged = 0, unknown = 0, invalid = 0, matchedLater = 0, expired = 0, disagreeing = 0 } = more;
  await sql`
    update feed_deliveries set accepted = accepted + ${accepted}, unchanged = unchanged + ${unchanged}, unknown = unknown + ${unknown}, invalid = invalid + ${invalid},
      matched_later = matched_later + ${matchedLater}, expired = expired + ${expired}, disagreeing = disagreeing + ${disagreeing}
    where tenant_id = ${scope.tenantId} and delivery_id = ${deliveryId}`.execute(tx);
}

/** Ends a delivery that has no row waiting; gives it as it stands. */
export async function endDelivery(tx: Tx, scope: Scope<'feed.process'>, deliveryId: string, at: Date): Promise<Delivery> {
  const row = await tx
    .updateTable('feed_deliveries')
    .set({ status: 'done', ended_at: at })
    .where('tenant_id', '=', scope.tenantId)
    .where('delivery_id', '=', deliveryId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return deliveryOf(row);
}

/** Empties rows of unknown parties whose time is over, and counts them with their deliveries. @returns how many */
export async function expireRows(tx: Tx, scope: Scope<'feed.process'>, today: string): Promise<number> {
  const { rows } = await sql<{ delivery_id: string; count: number }>`
    with gone as (
      update feed_rows set status = 'expired', content_sealed = null, expires_on = null
      where tenant_id = ${scope.tenantId} and status = 'unknown' and expires_on < ${today}::date returning delivery_id
    )
    select delivery_id, count(*)::int as count from gone group by delivery_id`.execute(tx);
  for (const row of rows) await addCounts(tx, scope, row.delivery_id, { unknown: -row.count, expired: row.count });
  return rows.reduce((sum, row) => sum + row.count, 0);
}

function deliveryOf(row: Selectable<FeedDeliveriesRow>): Delivery {
  return {
    deliveryId: row.delivery_id,
    feedId: row.feed_id,
    senderNumber: row.sender_number,
    asOf: row.as_of,
    format: row.format as DeliveryFormat,
    status: row.status as Delivery['status'],
    total: row.total,
    accepted: row.accepted,
    unchanged: row.unchanged,
    unknown: row.unknown,
    invalid: row.invalid,
    matchedLater: row.matched_later,
    expired: row.expired,
    disagreeing: row.disagreeing,
    receivedAt: row.received_at,
    endedAt: row.ended_at,
  };
}
