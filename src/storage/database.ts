// The one way to the database: a pool that works as the application's role, and transactions behind a tenant's wall.
import { randomFillSync } from 'node:crypto';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { v7 } from 'uuid';
import { isOutOfDate, prepareRepeated } from './prepare-repeated.ts';
import type { DB } from './row-types.ts';
import { runTransaction } from './transaction.ts';

/** The database as use cases see it. */
export interface Database {
  readonly kysely: Kysely<DB>;
  /** For COPY and other work below SQL statements; whoever takes a client gives it back. */
  readonly pool: pg.Pool;
  /** The few connections whose transactions keep plans: what is planned is planned on these alone. */
  readonly planned: pg.Pool;
  close(): Promise<void>;
}

/** A running transaction of one tenant. */
export type Tx = Transaction<DB>;

/** How a pool is set up. */
export interface DatabaseOptions {
  /** Most connections at once. */
  readonly connections?: number;
  /** The role to work as; null keeps that of the connection string (migrations, restore). */
  readonly role?: string | null;
}

const DATE = 1082;
const BIGINT = 20;
const types = new pg.TypeOverrides();
// A calendar date is no instant: it stays as written, 2026-06-30.
types.setTypeParser(DATE, (text: string) => text);
// Fen and sequence numbers: beyond 2^53 a number would lie, so it fails instead.
types.setTypeParser(BIGINT, (text: string) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint ${text} is beyond what a number holds exactly`);
  return number;
});

/**
 * Opens a pool on `url`. Sessions work as role wutong_app, in UTC, with sentences that end after a limit.
 * The caller closes it.
 */
export function openDatabase(url: string, { connections = 16, role = 'wutong_app' }: DatabaseOptions = {}): Database {
  // Sentences are short and many: compiling one to machine code takes longer than running it.
  const settings = ['-c timezone=UTC', '-c client_min_messages=warning', '-c idle_in_transaction_session_timeout=60000', '-c jit=off'];
  // Which index is best for a list hangs on what is asked: repeated statements are planned each time, unless a transaction says otherwise.
  settings.push('-c plan_cache_mode=force_custom_plan');
  if (role !== null) settings.push(`-c role=${role}`);
  const open = (max: number): pg.Pool => {
    const pool = new pg.Pool({ connectionString: url, max, options: settings.join(' '), types, application_name: 'wutong', keepAlive: true, pipeline: true });
    // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => {});
    // The same for one that breaks between two statements of a transaction: the next statement fails and is told of.
    pool.on('connect', (client) => {
      client.on('error', () => {});
      prepareRepeated(client);
    });
    return pool;
  };
  const pool = open(connections);
  const planned = open(Math.max(1, Math.floor(connections / 4)));
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const close = async (): Promise<void> => {
    await Promise.all([kysely.destroy(), planned.end()]);
    // The query builder ends only the pool of a driver that it started, and transactions go past it.
    if (!pool.ending) await pool.end();
  };
  // Closed once, however often it is asked for.
  let closed: Promise<void> | undefined;
  return { kysely, pool, planned, close: () => (closed ??= close()) };
}

/** How a transaction is run. */
export interface Manner {
  /** How long a statement waits for somebody else's row before it fails; as long as it takes where it is not said. */
  readonly lockTimeoutMs?: number;
  /** Statements are planned once, not for each set of parameters: for those that find their rows by key, whatever the parameters. */
  readonly keepsPlans?: boolean;
}

/**
 * Runs `work` in one transaction in which only the tenant's rows exist.
 * A deadlock or a serialization failure is tried again, so `work` must do nothing outside the transaction.
 * @param manner how it is run, where not as usual
 */
export async function inTenant<T>(db: Database, tenantId: number, work: (tx: Tx) => Promise<T>, { lockTimeoutMs, keepsPlans = false }: Manner = {}): Promise<T> {
  const patience = lockTimeoutMs === undefined ? '' : `; set local lock_timeout = ${Math.max(1, Math.round(lockTimeoutMs))}`;
  // A plan that was made while a table was empty would go on reading all of it, also for each reference that is checked.
  const plans = keepsPlans ? '; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off' : '';
  const settings = `set local wutong.tenant_id = '${tenantId}'${patience}${plans}`;
  if (!Number.isInteger(tenantId) || tenantId <= 0) throw new RangeError(`no tenant has the number ${tenantId}`);
  for (let attempt = 1; ; attempt++) {
    try {
      // An integer, so nothing can be injected; SET takes no parameters and set_config() is not passed on by Citus.
      return await runTransaction(db.kysely, keepsPlans ? db.planned : db.pool, keepsPlans ? (client) => settings + plansAnew(client) : settings, work);
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !isPassing(error)) throw error;
    }
  }
}

const MOST_ATTEMPTS = 4;

/**
 * Transactions of a connection before which it plans its statements anew. Among a few rows every index of a table looks as good as the one that finds
 * a row by its key, and PostgreSQL counts the rows of a new city only after a minute.
 */
const PLANNED_ANEW_AT = [8, 32];
const transactions = new WeakMap<object, number>();

function plansAnew(client: object): string {
  const count = (transactions.get(client) ?? 0) + 1;
  transactions.set(client, count);
  return PLANNED_ANEW_AT.includes(count) ? '; discard plans' : '';
}

/** serialization_failure, deadlock_detected, or a statement prepared for tables as they were: the same work may succeed at once. */
function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === '40001' || code === '40P01' || isOutOfDate(error);
}

// What asking for random bytes costs is the asking: a store of them serves a thousand ids.
const random = Buffer.alloc(16 * 1024);
let randomAt = random.length;
const bytes = Buffer.alloc(16);

/** A new id: UUIDv7, so that rows of one time lie together in every index; those of one process rise, also within a millisecond. */
export function newId(): string {
  if (randomAt === random.length) {
    randomFillSync(random);
    randomAt = 0;
  }
  random.copy(bytes, 0, randomAt, (randomAt += 16));
  const now = Date.now();
  // RFC 9562, 6.2 method 1: a counter that begins anew, at random and with room above, each millisecond.
  if (now > lastId.msecs) lastId = { msecs: now, seq: bytes.readUInt32BE(6) & 0x7fff_ffff };
  else lastId.seq += 1;
  return v7({ random: bytes, ...lastId });
}

let lastId = { msecs: 0, seq: 0 };
