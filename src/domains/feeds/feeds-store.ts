// The only SQL of feeds: what was agreed, and how fresh it is.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Purpose } from '../../contract/purposes.ts';
import type { Tx } from '../../storage/database.ts';
import type { FeedsRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { AsOfRule, Feed, FeedSubject, FeedTerms } from './feed.ts';

/** Permissions whose scope may look at feeds. */
type Looking = Scope<'feed.read' | 'feed.write' | 'feed.deliver' | 'feed.process'>;

/** Which feeds to list. */
export interface FeedQuestion {
  readonly departmentId: string | undefined;
  readonly status: 'active' | 'stopped' | undefined;
  /** Today, where only those are wanted that are late on it. */
  readonly lateOn: string | undefined;
  /** newest: by when they were set up · stalest: those that are longest without a delivery first. */
  readonly sort: 'newest' | 'stalest';
  /** Values of the order of the last feed of the page before. */
  readonly after: readonly (string | null)[] | undefined;
  readonly limit: number;
}

/** How fresh a feed is. */
export interface FeedFreshness {
  readonly feedId: string;
  readonly name: string;
  readonly departmentId: string;
  readonly lastAsOf: string | null;
  readonly lastEndedAt: Date | null;
  readonly everyDays: number | null;
  /** The day by which the next delivery is expected; null where there is no rhythm. */
  readonly dueOn: string | null;
  readonly isLate: boolean;
  /** Deliveries that are not worked through yet, rows of unknown parties, open disagreements. */
  readonly waitingDeliveries: number;
  readonly unknownRows: number;
  readonly openDisagreements: number;
}

/** Adds a feed. */
export async function insertFeed(tx: Tx, scope: Scope<'feed.write'>, feed: { readonly feedId: string; readonly departmentId: string; readonly terms: FeedTerms; readonly at: Date }): Promise<void> {
  await tx
    .insertInto('feeds')
    .values({
      tenant_id: scope.tenantId,
      feed_id: feed.feedId,
      department_id: feed.departmentId,
      created_at: feed.at,
      created_by: scope.actor.accountId,
      changed_at: feed.at,
      ...columnsOf(feed.terms),
    })
    .execute();
}

/**
 * Writes a feed's terms anew.
 * @throws Refusal changed-meanwhile where somebody was faster
 */
export async function updateFeed(tx: Tx, scope: Scope<'feed.write'>, feedId: string, expected: number, terms: FeedTerms, at: Date): Promise<number> {
  const row = await tx
    .updateTable('feeds')
    .set({ ...columnsOf(terms), changed_at: at, version: expected + 1 })
    .where('tenant_id', '=', scope.tenantId)
    .where('feed_id', '=', feedId)
    .where('version', '=', expected)
    .returning('version')
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('changed-meanwhile');
  return row.version;
}

/**
 * A feed within reach.
 * @throws Refusal not-found where there is none, or it is another department's
 */
export async function getFeed(tx: Tx, scope: Looking, feedId: string): Promise<Feed> {
  let query = tx.selectFrom('feeds').selectAll().where('tenant_id', '=', scope.tenantId).where('feed_id', '=', feedId);
  const department = departmentOf(scope);
  if (department !== undefined) query = query.where('department_id', '=', department);
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return feedOf(row);
}

/** A page of feeds within reach. */
export async function listFeeds(tx: Tx, scope: Scope<'feed.read'>, { departmentId, status, lateOn, sort, after, limit }: FeedQuestion): Promise<readonly Feed[]> {
  let query = tx.selectFrom('feeds').selectAll().where('tenant_id', '=', scope.tenantId);
  const own = departmentOf(scope);
  if (own !== undefined) query = query.where('department_id', '=', own);
  if (departmentId !== undefined) query = query.where('department_id', '=', departmentId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (lateOn !== undefined) query = query.where(isLateOn(lateOn));
  if (sort === 'newest') {
    if (after !== undefined) query = query.where('feed_id', '<', String(after[0]));
    query = query.orderBy('feed_id', 'desc');
  } else {
    // A feed that never delivered is the stalest of all.
    if (after !== undefined) query = query.where(sql<boolean>`(coalesce(last_as_of, '-infinity'), feed_id) > (coalesce(${after[0] ?? null}::date, '-infinity'), ${after[1]}::uuid)`);
    query = query.orderBy(sql`coalesce(last_as_of, '-infinity')`).orderBy('feed_id');
  }
  return (await query.limit(limit).execute()).map(feedOf);
}

/** Names of departments by id, for lists that people read. */
export async function readDepartmentNames(tx: Tx, scope: Scope<'feed.read' | 'disagreement.read'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('departments').select(['department_id', 'name']).where('tenant_id', '=', scope.tenantId).where('department_id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((row) => [row.department_id, row.name]));
}

/** Notes that a delivery has been worked through. */
export async function noteDelivered(tx: Tx, scope: Scope<'feed.process'>, feedId: string, asOf: string | null, at: Date): Promise<void> {
  await sql`
    update feeds set last_as_of = greatest(last_as_of, ${asOf}::date), last_ended_at = ${at}, late_told_on = null
    where tenant_id = ${scope.tenantId} and feed_id = ${feedId}`.execute(tx);
}

/** How fresh the active feeds within reach are, the latest first. */
export async function readFreshness(tx: Tx, scope: Scope<'feed.read'>, today: string): Promise<readonly FeedFreshness[]> {
  const own = departmentOf(scope);
  const { rows } = await sql<{
    feed_id: string; name: string; department_id: string; last_as_of: string | null; last_ended_at: Date | null; every_days: number | null;
    due_on: string | null; is_late: boolean; waiting: number; unknown: number; open: number;
  }>`
    select f.feed_id, f.name, f.department_id, f.last_as_of, f.last_ended_at, f.every_days, ${dueOn} as due_on, coalesce(${isLateOn(today)}, false) as is_late,
      (select count(*)::int from feed_deliveries d where d.tenant_id = f.tenant_id and d.feed_id = f.feed_id and d.status = 'waiting') as waiting,
      (select coalesce(sum(d.unknown), 0)::int from feed_deliveries d where d.tenant_id = f.tenant_id and d.feed_id = f.feed_id) as unknown,
      (select count(*)::int from disagreements g where g.tenant_id = f.tenant_id and g.feed_id = f.feed_id and g.status in ('open', 'asked')) as open
    from feeds f
    where f.tenant_id = ${scope.tenantId} and f.status = 'active' and (${own ?? null}::uuid is null or f.department_id = ${own ?? null})
    order by is_late desc, f.last_as_of nulls first, f.feed_id limit 500`.execute(tx);
  return rows.map((row) => ({
    feedId: row.feed_id,
    name: row.name,
    departmentId: row.department_id,
    lastAsOf: row.last_as_of,
    lastEndedAt: row.last_ended_at,
    everyDays: row.every_days,
    dueOn: row.due_on,
    isLate: row.is_late,
    waitingDeliveries: row.waiting,
    unknownRows: row.unknown,
    openDisagreements: row.open,
  }));
}

/** Takes the active feeds that are late today and of which nobody was told since their last delivery; they count as told. */
export async function takeLateFeeds(tx: Tx, scope: Scope<'feed.process'>, today: string): Promise<readonly { readonly feedId: string; readonly lastAsOf: string | null; readonly createdBy: string | null }[]> {
  const { rows } = await sql<{ feed_id: string; last_as_of: string | null; created_by: string | null }>`
    update feeds set late_told_on = ${today}::date
    where tenant_id = ${scope.tenantId} and status = 'active' and late_told_on is null and ${isLateOn(today)}
    returning feed_id, last_as_of, created_by`.execute(tx);
  return rows.map((row) => ({ feedId: row.feed_id, lastAsOf: row.last_as_of, createdBy: row.created_by }));
}

/** The day by which the next delivery is expected, counted from the last one's day, and from the day of set-up before the first. */
const dueOn = sql<string | null>`coalesce(last_as_of, (created_at at time zone 'Asia/Shanghai')::date) + every_days`;

function isLateOn(today: string) {
  return sql<boolean>`${dueOn} < ${today}::date`;
}

/** The only department whose feeds a scope reaches; undefined for all. */
function departmentOf({ reach }: Looking): string | undefined {
  if (reach.kind === 'tenant') return undefined;
  if (reach.kind === 'department') return reach.departmentId;
  throw new Refusal('not-found');
}

function columnsOf(terms: FeedTerms) {
  return {
    name: terms.name,
    purpose: terms.purpose,
    legal_basis: terms.legalBasis,
    subject_kind: terms.subjectKind,
    facts: [...terms.facts],
    as_of_rule: terms.asOfRule,
    every_days: terms.everyDays,
    keep_unknown_days: terms.keepUnknownDays,
    contact: terms.contact,
    status: terms.status,
  };
}

function feedOf(row: Selectable<FeedsRow>): Feed {
  return {
    feedId: row.feed_id,
    departmentId: row.department_id,
    name: row.name,
    purpose: row.purpose as Purpose,
    legalBasis: row.legal_basis,
    subjectKind: row.subject_kind as FeedSubject,
    facts: row.facts,
    asOfRule: row.as_of_rule as AsOfRule,
    everyDays: row.every_days,
    keepUnknownDays: row.keep_unknown_days,
    contact: row.contact,
    status: row.status as Feed['status'],
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastAsOf: row.last_as_of,
    lastEndedAt: row.last_ended_at,
  };
}
