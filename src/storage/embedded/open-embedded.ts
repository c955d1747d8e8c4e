// The PostgreSQL that Wutong brings along: started on its data folder, taken over from a Wutong that was killed, stopped at the end.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseUnavailable } from '../unavailable.ts';
import { checkClusterVersion, createCluster, readProgramVersion, resetPassword } from './cluster.ts';
import { type DataFolder, makePassword, prepareDataFolder, readPassword } from './data-folder.ts';
import { keepAlone, keeperOf } from './keep-alone.ts';
import { keepRunning, type WatchOptions } from './keep-running.ts';
import { addressAt, askServer, findServer, type RunningServer, type ServerPlan, startServer, stopServer } from './postmaster.ts';
import { findPostgresFolder, reachablePrograms } from './programs.ts';

/** An embedded PostgreSQL that answers. */
export interface EmbeddedDatabase {
  /** The owner's address of the database. */
  readonly url: string;
  readonly version: string;
  /** Where everything is stored. */
  readonly folder: string;
  /** new: just made · started · adopted: had outlived the Wutong that started it · shared: another Wutong keeps it. */
  readonly how: 'new' | 'started' | 'adopted' | 'shared';
  /** Stops the server and gives the folder back; a shared one is left alone. */
  readonly stop: () => Promise<void>;
}

/** How the embedded PostgreSQL is opened. */
export interface EmbeddedOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the program, whose `data` is used when nothing is said. */
  readonly home: string;
  /** True for a command that may work beside a running server; a server wants the folder alone. */
  readonly mayShare?: boolean;
  /** Told when the start takes long, as after a crash. */
  readonly onSlow?: () => void;
  /** Told when the server died by itself and was started again, or could not be. */
  readonly watched?: WatchOptions;
}

const database = 'wutong';
const MIB = 1024 * 1024;
const ORPHAN_ANSWERS_MS = 20_000;
// Starting, too many connections, no answer yet.
const passing = new Set(['57P03', '53300', 'ECONNREFUSED', 'no answer']);

/** PostgreSQL's settings: durable, for this machine's memory, reachable from this machine alone, no personal data in its log. */
function chooseSettings(): Readonly<Record<string, string>> {
  // A container may be allowed less than the machine has; 0 or an enormous number mean no limit.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  const mib = (share: number, least: number, most: number): string => `${Math.round(Math.min(most, Math.max(least, (memory * share) / MIB)))}MB`;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // Pressing pages for the log costs more processor time than writing them; with rarer checkpoints fewer are written whole.
    wal_compression: 'off',
    checkpoint_timeout: '15min',
    shared_buffers: mib(1 / 16, 64, 2048),
    effective_cache_size: mib(1 / 2, 256, 65_536),
    maintenance_work_mem: mib(1 / 32, 64, 1024),
    work_mem: '16MB',
    max_wal_size: '4GB',
    // A log file that is used again costs nothing; a new one is filled with zeros first, and every commit waits for that.
    min_wal_size: '512MB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A statement or a detail may carry a person's data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
}

/**
 * Opens the embedded PostgreSQL, making its data on the first start.
 * @throws DatabaseUnavailable with the reason and what to do.
 */
export async function openEmbedded({ environment, home, mayShare = false, onSlow, watched = {} }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = prepareDataFolder(environment, home);
  const { folder, cluster } = place;
  if (mayShare) {
    const shared = await findShared(place);
    if (shared !== undefined) return shared;
  }
  const release = await keepAlone(folder);
  try {
    const { plan, version, isNew } = await makePlan(place, onSlow);
    const adopted = isNew ? undefined : await adopt(plan);
    const { port } = adopted ?? (await startServer(plan));
    await ensureDatabase(port, plan.password);
    const watch = keepRunning(plan, port, watched);
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await watch.stop();
      await stopServer(plan);
      release();
    };
    return {
      url: addressAt(port, plan.password, database),
      version,
      folder,
      how: isNew ? 'new' : adopted !== undefined ? 'adopted' : 'started',
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    // A server that was started, but could not be prepared, is not left behind.
    if (findServer(cluster) === undefined) release();
    else await stopServer({ programs: await programsFor(place), cluster, user: place.user }).finally(release);
    throw error;
  }
}

async function programsFor({ folder, user }: DataFolder): Promise<string> {
  return reachablePrograms(findPostgresFolder(), user, join(folder, 'programs'));
}

/** Everything a start needs; makes the data where there are none. */
async function makePlan(place: DataFolder, onSlow: (() => void) | undefined): Promise<{ plan: ServerPlan; version: string; isNew: boolean }> {
  const { folder, cluster, user, logFile } = place;
  const programs = await programsFor(place);
  const version = await readProgramVersion(programs, user, folder);
  const isNew = !existsSync(cluster);
  let password = readPassword(folder);
  if (isNew) {
    password = makePassword(folder);
    await createCluster({ programs, cluster, user, password, isDurable: true });
  } else {
    checkClusterVersion(cluster, version);
  }
  if (password === undefined) {
    await stopServer({ programs, cluster, user });
    password = makePassword(folder);
    await resetPassword(programs, cluster, user, password);
  }
  const chosen = chooseSettings();
  // Shows a later Wutong whether a server still running is one that it would start itself.
  const fingerprint = createHash('sha256').update(JSON.stringify([version, chosen])).digest('hex').slice(0, 16);
  const settings = { ...chosen, 'wutong.settings': fingerprint };
  return { plan: { programs, cluster, logFile, user, password, settings, ...(onSlow === undefined ? {} : { onSlow }) }, version, isNew };
}

/** Takes over the server that a killed Wutong left; one that does not answer, or would be started otherwise, is stopped. */
async function adopt(plan: ServerPlan): Promise<RunningServer | undefined> {
  for (let waitedMs = 0; waitedMs < ORPHAN_ANSWERS_MS; ) {
    const server = findServer(plan.cluster);
    if (server === undefined) return undefined;
    const { value, code } = server.status === 'ready' ? await askServer(server.port, plan.password, 'show wutong.settings') : {};
    if (value === plan.settings['wutong.settings']) return server;
    // Another password, other settings, or none of ours at all.
    if (value !== undefined || (code !== undefined && !passing.has(code))) break;
    await sleep(100);
    // One that reads its log after a crash is given its time.
    if (server.status !== 'starting') waitedMs += 100;
  }
  await stopServer(plan);
  return undefined;
}

/** The server of another Wutong that works on the folder now. */
async function findShared({ folder, cluster }: DataFolder): Promise<EmbeddedDatabase | undefined> {
  if (keeperOf(folder) === undefined) return undefined;
  const server = findServer(cluster);
  const password = readPassword(folder);
  const version = server === undefined || password === undefined ? undefined : (await askServer(server.port, password, 'show server_version')).value;
  if (server === undefined || password === undefined || version === undefined) return undefined;
  return { url: addressAt(server.port, password, database), version, folder, how: 'shared', stop: async () => {} };
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressAt(port, password, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
  } catch (error) {
    throw new DatabaseUnavailable(
      `PostgreSQL 启动了，但建不了数据库：${error instanceof Error ? error.message : String(error)}`,
      `PostgreSQL started, but the database could not be made: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
