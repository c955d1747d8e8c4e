// The only SQL of the audit trail: adding and reading entries, chaining them, and walking the chain.
import { sql, type RawBuilder } from 'kysely';
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import { gatherWrites } from '../../storage/gather.ts';
import { instantArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { SealedEntry } from './chain.ts';
import type { AuditEntry } from './entry.ts';
import { shownPeople } from './note-shown.ts';

/** Adds one entry and puts it in the sealer's queue, in one statement. */
export async function insertEntry(tx: Tx, scope: Scope<Permission>, entryId: string, at: Date, capacity: string, entry: AuditEntry): Promise<void> {
  await entered(tx, { scope, entryId, at, capacity, entry });
}

interface NewEntry {
  readonly scope: Scope<Permission>;
  readonly entryId: string;
  readonly at: Date;
  /** JSON. */
  readonly capacity: string;
  readonly entry: AuditEntry;
}

const entered = gatherWrites(async (tx, made: readonly NewEntry[]) => {
  const tenantId = made[0]?.scope.tenantId ?? 0;
  const texts = (pick: (one: NewEntry) => string | null): Buffer => textArray(made.map(pick));
  await sql`
    with entry as (
      insert into audit_entries (tenant_id, entry_id, at, account_id, session_id, capacity, action, outcome, object_kind, object_id, detail, request_id)
      select ${tenantId}, entry_id, at, account_id, session_id, capacity::jsonb, action, outcome, object_kind, object_id, detail::jsonb, request_id
      from unnest(
        ${uuidArray(made.map(({ entryId }) => entryId))}::uuid[], ${instantArray(made.map(({ at }) => at))}::timestamptz[],
        ${uuidArray(made.map(({ scope }) => scope.actor.accountId))}::uuid[], ${uuidArray(made.map(({ scope }) => scope.actor.sessionId))}::uuid[],
        ${texts(({ capacity }) => capacity)}::text[], ${texts(({ entry }) => entry.action)}::text[], ${texts(({ entry }) => entry.outcome ?? 'done')}::text[],
        ${texts(({ entry }) => entry.object?.kind ?? null)}::text[], ${texts(({ entry }) => entry.object?.id ?? null)}::text[],
        ${texts(({ entry }) => JSON.stringify(entry.detail ?? {}))}::text[], ${texts(({ entry }) => entry.requestId ?? null)}::text[]
      ) as made (entry_id, at, account_id, session_id, capacity, action, outcome, object_kind, object_id, detail, request_id)
      returning entry_id
    )
    insert into audit_queue (tenant_id, entry_id) select ${tenantId}, entry_id from entry`.execute(tx);
});

/** What somebody looks for in the trail; times are instants, the later one excluded. */
export interface EntryFilter {
  /** One of these. */
  readonly actions?: readonly string[] | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

/** An entry as it is read, with its number in the chain once it is sealed. */
export interface EntryRow {
  readonly entryId: string;
  readonly at: Date;
  readonly accountId: string | null;
  readonly sessionId: string | null;
  readonly capacity: Readonly<Record<string, unknown>>;
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly requestId: string | null;
  readonly seq: number | null;
}

/** The newest entries that fit, below the entry `after`. */
export async function listEntries(tx: Tx, scope: Scope<'audit.read'>, filter: EntryFilter, limit: number, after?: string): Promise<readonly EntryRow[]> {
  const conditions = [sql<boolean>`e.tenant_id = ${scope.tenantId}`];
  const add = (condition: RawBuilder<boolean>): void => void conditions.push(condition);
  // One is compared plainly, so that the index of actions gives the newest at once.
  if (filter.actions !== undefined) add(filter.actions.length === 1 ? sql`e.action = ${filter.actions[0]}` : sql`e.action = any(${[...filter.actions]}::text[])`);
  if (filter.objectKind !== undefined) add(sql`e.object_kind = ${filter.objectKind}`);
  if (filter.objectId !== undefined) add(sql`e.object_id = ${filter.objectId}`);
  if (filter.accountId !== undefined) add(sql`e.account_id = ${filter.accountId}`);
  // Written out, so that the index of what was refused serves.
  if (filter.outcome !== undefined) add(filter.outcome === 'refused' ? sql`e.outcome = 'refused'` : sql`e.outcome = ${filter.outcome}`);
  // Ids begin with their time, so the index finds the span; the exact instant decides.
  if (filter.from !== undefined) add(sql`e.entry_id >= ${boundOf(filter.from, -SLACK_MS)} and e.at >= ${filter.from}`);
  if (filter.before !== undefined) add(sql`e.entry_id < ${boundOf(filter.before, SLACK_MS)} and e.at < ${filter.before}`);
  if (after !== undefined) add(sql`e.entry_id < ${after}`);
  const { rows } = await sql<EntryRow>`
    select e.entry_id as "entryId", e.at, e.account_id as "accountId", e.session_id as "sessionId", e.capacity, e.action, e.outcome,
           e.object_kind as "objectKind", e.object_id as "objectId", e.detail, e.request_id as "requestId", s.seq
    from audit_entries e left join lateral (select seq from audit_seals each where each.tenant_id = e.tenant_id and each.entry_id = e.entry_id limit 1) s on true
    where ${sql.join(conditions, sql` and `)}
    order by e.entry_id desc
    limit ${limit}`.execute(tx);
  return rows;
}

/** How far back somebody's looks at lists are searched for: the newest so many lists that anybody saw. */
const MOST_LISTS = 5000;

/** What was done and seen of somebody, for themselves: the newest entries about these ids, and of the newest lists those that showed them. */
export async function listEntriesAbout(tx: Tx, scope: Scope<'held-data.read'>, objectIds: readonly string[], limit: number): Promise<readonly Pick<EntryRow, 'at' | 'capacity' | 'action' | 'outcome' | 'detail'>[]> {
  const { rows } = await sql<Pick<EntryRow, 'at' | 'capacity' | 'action' | 'outcome' | 'detail'>>`
    with own as (
      select e.entry_id, e.at, e.capacity, e.action, e.outcome, e.detail from audit_entries e
      where e.tenant_id = ${scope.tenantId} and e.object_kind in ('person', 'organisation', 'party') and e.object_id = any(${[...objectIds]}::text[])
      order by e.entry_id desc limit ${limit}
    ), lists as (
      select e.entry_id, e.at, e.capacity, e.action, e.outcome, e.detail from audit_entries e
      where e.tenant_id = ${scope.tenantId} and e.object_kind = ${shownPeople.kind} and e.object_id = ${shownPeople.id}
      order by e.entry_id desc limit ${MOST_LISTS}
    )
    select at, capacity, action, outcome, detail from (
      select * from own
      union all select * from lists where exists (select from unnest(${[...objectIds]}::text[]) as id where position(id in lists.detail ->> 'shown') > 0)
    ) found
    order by entry_id desc
    limit ${limit}`.execute(tx);
  return rows;
}

// An id is made a moment before or after the instant that its entry names.
const SLACK_MS = 60_000;

/** The lowest UUIDv7 of an instant. */
function boundOf(instant: Date, shiftMs: number): string {
  const hex = Math.max(0, instant.getTime() + shiftMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}

/** Where the chain ends, as it is stored. */
export interface HeadRow {
  readonly seq: number;
  readonly digest: Buffer;
  readonly sealedAtMicros: string;
  readonly keyId: string;
  readonly signature: Buffer;
}

const headColumns = sql`seq, digest, ${micros('sealed_at')} as "sealedAtMicros", key_id as "keyId", signature`;

/** The chain's end; undefined before the first seal. */
export async function findHead(tx: Tx, scope: Scope<'audit.read' | 'audit.seal' | 'audit.verify'>): Promise<HeadRow | undefined> {
  const { rows } = await sql<HeadRow>`select ${headColumns} from audit_heads where tenant_id = ${scope.tenantId}`.execute(tx);
  return rows[0];
}

/** Takes the chain's end until the transaction is over; undefined where another sealer has it, or none is there. */
export async function takeHead(tx: Tx, scope: Scope<'audit.seal'>): Promise<HeadRow | undefined> {
  const { rows } = await sql<HeadRow>`select ${headColumns} from audit_heads where tenant_id = ${scope.tenantId} for update skip locked`.execute(tx);
  return rows[0];
}

/** Begins a chain; without effect where one is there, or seals of one whose end is gone: that is for verification to tell. */
export async function insertHead(tx: Tx, scope: Scope<'audit.seal'>, head: HeadRow): Promise<void> {
  await sql`
    insert into audit_heads (tenant_id, seq, digest, sealed_at, key_id, signature)
    select ${scope.tenantId}, ${head.seq}, ${head.digest}, ${instantOf(head.sealedAtMicros)}, ${head.keyId}, ${head.signature}
    where not exists (select from audit_seals where tenant_id = ${scope.tenantId})
    on conflict (tenant_id) do nothing`.execute(tx);
}

/** Moves the chain's end. */
export async function moveHead(tx: Tx, scope: Scope<'audit.seal'>, head: HeadRow): Promise<void> {
  await sql`
    update audit_heads
    set seq = ${head.seq}, digest = ${head.digest}, sealed_at = ${instantOf(head.sealedAtMicros)}, key_id = ${head.keyId}, signature = ${head.signature}
    where tenant_id = ${scope.tenantId}`.execute(tx);
}

const entryColumns = sql`
  e.entry_id::text as "entryId", ${micros('e.at')} as "atMicros", e.account_id::text as "accountId", e.session_id::text as "sessionId",
  e.capacity::text as capacity, e.action, e.outcome, e.object_kind as "objectKind", e.object_id as "objectId", e.detail::text as detail, e.request_id as "requestId"`;

/** A piece of the queue. */
export interface WaitingPage {
  readonly entries: readonly SealedEntry[];
  /** Where the next piece begins; undefined at the queue's end. */
  readonly next: string | undefined;
}

/** The oldest entries that wait, behind `after`; what was sealed already, or has no entry, is left for verification to tell. */
export async function listWaiting(tx: Tx, scope: Scope<'audit.seal'>, limit: number, after: string | undefined): Promise<WaitingPage> {
  type Flat = { readonly queuedId: string; readonly isSealed: boolean } & { readonly [K in keyof SealedEntry]: SealedEntry[K] | null };
  const beyond = after === undefined ? sql`` : sql`and entry_id > ${after}`;
  const { rows } = await sql<Flat>`
    select q.entry_id::text as "queuedId", s.seq is not null as "isSealed", ${entryColumns}
    from (select tenant_id, entry_id from audit_queue where tenant_id = ${scope.tenantId} ${beyond} order by entry_id limit ${limit}) q
      -- One look into each index for each row, however large the trail is.
      left join lateral (select * from audit_entries each where each.tenant_id = q.tenant_id and each.entry_id = q.entry_id limit 1) e on true
      left join lateral (select seq from audit_seals each where each.tenant_id = q.tenant_id and each.entry_id = q.entry_id limit 1) s on true
    order by q.entry_id`.execute(tx);
  const entries = rows.flatMap(({ queuedId: _, isSealed, ...entry }) => (isSealed || entry.entryId === null ? [] : [entry as SealedEntry]));
  return { entries, next: rows.length < limit ? undefined : rows.at(-1)?.queuedId };
}

/** A seal to be written. */
export interface NewSeal {
  readonly seq: number;
  readonly entryId: string;
  readonly digest: Uint8Array;
  readonly previous: Uint8Array;
}

/** Writes seals of one instant and takes their entries from the queue. */
export async function insertSeals(tx: Tx, scope: Scope<'audit.seal'>, seals: readonly NewSeal[], sealedAtMicros: string): Promise<void> {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  await sql`
    with sealed as (
      insert into audit_seals (tenant_id, seq, entry_id, digest, previous, sealed_at)
      select ${scope.tenantId}, seq, entry_id, decode(digest, 'hex'), decode(previous, 'hex'), ${instantOf(sealedAtMicros)}
      from unnest(
        ${seals.map(({ seq }) => seq)}::bigint[], ${seals.map(({ entryId }) => entryId)}::uuid[],
        ${seals.map(({ digest }) => hex(digest))}::text[], ${seals.map(({ previous }) => hex(previous))}::text[]
      ) as made (seq, entry_id, digest, previous)
    )
    delete from audit_queue where tenant_id = ${scope.tenantId} and entry_id = any(${seals.map(({ entryId }) => entryId)}::uuid[])`.execute(tx);
}

/** The signed root of a day. */
export interface RootRow {
  readonly onDay: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly root: Buffer;
  readonly keyId: string;
  readonly signature: Buffer;
}

const rootColumns = sql`on_day as "onDay", first_seq as "firstSeq", last_seq as "lastSeq", root, key_id as "keyId", signature`;

/** The newest root. */
export async function findLastRoot(tx: Tx, scope: Scope<'audit.seal'>): Promise<RootRow | undefined> {
  const { rows } = await sql<RootRow>`select ${rootColumns} from audit_roots where tenant_id = ${scope.tenantId} order by on_day desc limit 1`.execute(tx);
  return rows[0];
}

/** Writes a day's root. */
export async function insertRoot(tx: Tx, scope: Scope<'audit.seal'>, root: RootRow): Promise<void> {
  await sql`
    insert into audit_roots (tenant_id, on_day, first_seq, last_seq, root, key_id, signature)
    values (${scope.tenantId}, ${root.onDay}, ${root.firstSeq}, ${root.lastSeq}, ${root.root}, ${root.keyId}, ${root.signature})`.execute(tx);
}

/** All roots, the oldest first. */
export async function listRoots(tx: Tx, scope: Scope<'audit.verify'>): Promise<readonly RootRow[]> {
  const { rows } = await sql<RootRow>`select ${rootColumns} from audit_roots where tenant_id = ${scope.tenantId} order by on_day`.execute(tx);
  return rows;
}

/** The newest roots, the newest first. */
export async function listLastRoots(tx: Tx, scope: Scope<'audit.read'>, limit: number): Promise<readonly RootRow[]> {
  const { rows } = await sql<RootRow>`select ${rootColumns} from audit_roots where tenant_id = ${scope.tenantId} order by on_day desc limit ${limit}`.execute(tx);
  return rows;
}

/** Numbers that no seal has, from `from` to `to`, both included; at most `limit` spans. */
export async function listGaps(tx: Tx, scope: Scope<'audit.read'>, from: number, to: number, limit: number): Promise<readonly { readonly from: number; readonly to: number }[]> {
  const { rows } = await sql<{ from: number; to: number }>`
    select before + 1 as "from", seq - 1 as "to"
    from (
      select seq, lag(seq, 1, ${from - 1}::bigint) over (order by seq) as before
      from (
        select seq from audit_seals where tenant_id = ${scope.tenantId} and seq >= ${from} and seq <= ${to}
        -- One past the end, so that a tail that is gone shows too.
        union all select ${to + 1}::bigint
      ) numbers
    ) pairs
    where seq > before + 1
    order by seq
    limit ${limit}`.execute(tx);
  return rows;
}

/** What waits to be sealed. */
export interface Waiting {
  readonly count: number;
  /** Of the oldest that waits. */
  readonly oldestAt: Date | null;
}

/** How many entries wait, counted up to `most`, and since when. */
export async function countWaiting(tx: Tx, scope: Scope<'audit.read' | 'audit.seal' | 'audit.verify'>, most = 100_000): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select (select count(*) from (select from audit_queue where tenant_id = ${scope.tenantId} limit ${most}) waiting) as count,
      (select e.at
       from (select tenant_id, entry_id from audit_queue where tenant_id = ${scope.tenantId} order by entry_id limit 100) q
         cross join lateral (select at from audit_entries each where each.tenant_id = q.tenant_id and each.entry_id = q.entry_id limit 1) e
         left join lateral (select seq from audit_seals each where each.tenant_id = q.tenant_id and each.entry_id = q.entry_id limit 1) s on true
       where s.seq is null
       order by q.entry_id limit 1) as "oldestAt"`.execute(tx);
  return rows[0] ?? { count: 0, oldestAt: null };
}

/** A seal as it is stored, and the entry that it names where that is there. */
export interface SealRow {
  readonly seq: number;
  readonly sealedEntryId: string;
  readonly digest: Buffer;
  readonly previous: Buffer;
  readonly sealedAtMicros: string;
  readonly entry: SealedEntry | undefined;
}

/** The seals behind number `after`, in order, with their entries: the next `limit` numbers, or those behind the next gap; none at the end. */
export async function listSeals(tx: Tx, scope: Scope<'audit.verify'>, after: number, limit: number): Promise<readonly SealRow[]> {
  type Flat = Omit<SealRow, 'entry'> & { readonly [K in keyof SealedEntry]: SealedEntry[K] | null };
  const { rows: [next] } = await sql<{ seq: number | null }>`select min(seq) as seq from audit_seals where tenant_id = ${scope.tenantId} and seq > ${after}`.execute(tx);
  if (next === undefined || next.seq === null) return [];
  // Between two numbers, so that the index gives just these, whatever the planner believes of a table that grew since it was last counted.
  const { rows } = await sql<Flat>`
    select s.seq, s.entry_id::text as "sealedEntryId", s.digest, s.previous, ${micros('s.sealed_at')} as "sealedAtMicros", ${entryColumns}
    from audit_seals s left join lateral (select * from audit_entries each where each.tenant_id = s.tenant_id and each.entry_id = s.entry_id limit 1) e on true
    where s.tenant_id = ${scope.tenantId} and s.seq >= ${next.seq} and s.seq < ${next.seq + limit}
    order by s.seq`.execute(tx);
  return rows.map(({ seq, sealedEntryId, digest, previous, sealedAtMicros, ...entry }) => ({
    seq, sealedEntryId, digest, previous, sealedAtMicros, entry: entry.entryId === null ? undefined : (entry as SealedEntry),
  }));
}

/** The digest of one seal; undefined where it is not there. */
export async function findDigest(tx: Tx, scope: Scope<'audit.verify'>, seq: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ digest: Buffer }>`select digest from audit_seals where tenant_id = ${scope.tenantId} and seq = ${seq}`.execute(tx);
  return rows[0]?.digest;
}

/** The number of the first seal of `from` and of the last before `before`; null where there is none. */
export async function findSpan(tx: Tx, scope: Scope<'audit.verify'>, from: Date | undefined, before: Date | undefined): Promise<{ first: number | null; last: number | null }> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(seq) as first, max(seq) as last from audit_seals
    where tenant_id = ${scope.tenantId} and sealed_at >= ${from ?? '-infinity'} and sealed_at < ${before ?? 'infinity'}`.execute(tx);
  return rows[0] ?? { first: null, last: null };
}

/** An entry or a row of the queue that does not fit. */
export interface Stray {
  readonly entryId: string;
  readonly kind: 'unaccounted' | 'queued-without-entry' | 'queued-though-sealed';
}

/** Entries that are neither queued nor sealed, and rows of the queue without an entry or sealed already; at most `limit` of each. */
export async function listStrays(tx: Tx, scope: Scope<'audit.verify'>, limit: number): Promise<readonly Stray[]> {
  const { rows } = await sql<Stray>`
    (select e.entry_id::text as "entryId", 'unaccounted' as kind from audit_entries e
     where e.tenant_id = ${scope.tenantId}
       and not exists (select from audit_seals s where s.tenant_id = e.tenant_id and s.entry_id = e.entry_id)
       and not exists (select from audit_queue q where q.tenant_id = e.tenant_id and q.entry_id = e.entry_id)
     order by e.entry_id limit ${limit})
    union all
    (select q.entry_id::text, 'queued-without-entry' from audit_queue q
     where q.tenant_id = ${scope.tenantId}
       and not exists (select from audit_entries e where e.tenant_id = q.tenant_id and e.entry_id = q.entry_id)
     order by q.entry_id limit ${limit})
    union all
    (select q.entry_id::text, 'queued-though-sealed' from audit_queue q
     where q.tenant_id = ${scope.tenantId}
       and exists (select from audit_seals s where s.tenant_id = q.tenant_id and s.entry_id = q.entry_id)
     order by q.entry_id limit ${limit})`.execute(tx);
  return rows;
}

/** An instant of the database as text of microseconds, exactly. */
function micros(column: string): RawBuilder<string> {
  return sql`((extract(epoch from ${sql.ref(column)}) * 1000000)::bigint)::text`;
}

/** Microseconds as an instant for the database, exactly. */
function instantOf(microseconds: string): RawBuilder<Date> {
  // An interval of whole microseconds loses nothing, as a float of seconds would.
  return sql`('epoch'::timestamptz + ${microseconds}::text::bigint * interval '1 microsecond')`;
}
