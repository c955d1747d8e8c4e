// Starts, finds and stops the PostgreSQL server of a data folder; it runs apart from Node, so that it outlives a Node that was killed.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { DatabaseUnavailable } from '../unavailable.ts';
import { ownerRole } from './cluster.ts';
import { handOver } from './data-folder.ts';
import { explainFailure } from './explain-failure.ts';
import { isServing } from './processes.ts';
import { programEnvironment, programFile } from './programs.ts';
import type { ServerUser } from './server-user.ts';

/** What a server is started with. */
export interface ServerPlan {
  readonly programs: string;
  readonly cluster: string;
  readonly logFile: string;
  readonly user: ServerUser;
  readonly password: string;
  /** Settings of PostgreSQL by name; they win over postgresql.conf. */
  readonly settings: Readonly<Record<string, string>>;
  /** Told once when the server takes its time, as after a crash. */
  readonly onSlow?: () => void;
}

/** A server that answers. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

const POLL_MS = 40;
const SLOW_MS = 5_000;
// What a killed server left behind goes away within this time.
const LEFTOVERS_MS = 5_000;
const STOP_SECONDS = 60;
const LARGEST_LOG = 4_000_000;
// Above what any system hands out.
const NOBODYS_PID = 2_147_483_646;
const WRONG_PASSWORD = '28P01';

/** The address of a database on a server of ours. */
export function addressAt(port: number, password: string, database: string): string {
  return `postgres://${ownerRole}:${password}@127.0.0.1:${port}/${database}`;
}

/** What the server wrote of itself into its folder; undefined where none wrote anything. */
export function readPostmasterFile(cluster: string): (RunningServer & { readonly status: string }) | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/** The server that runs on the folder, whoever started it. */
export function findServer(cluster: string): (RunningServer & { readonly status: string }) | undefined {
  const written = readPostmasterFile(cluster);
  return written !== undefined && isServing(written.pid, cluster) ? written : undefined;
}

/**
 * Starts a server and returns once it answers.
 * @param samePort the port that clients know it by already; without it, one that is free.
 * @throws DatabaseUnavailable with the reason.
 */
export async function startServer(plan: ServerPlan, samePort?: number): Promise<RunningServer> {
  disownStalePid(plan.cluster);
  const begun = performance.now();
  for (;;) {
    const port = samePort ?? (await freePort());
    const { child, words } = spawnServer(plan, port);
    if (await answers(child, port, plan)) return { pid: child.pid ?? 0, port };
    const said = words();
    const isPassing = /Address already in use|pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(said);
    if (!isPassing || performance.now() - begun > LEFTOVERS_MS) throw explainFailure(said, dirname(plan.cluster), plan.logFile);
    await sleep(100);
  }
}

/**
 * PostgreSQL refuses to start while the process named in its file lives, even when that number now belongs to another program.
 * Only the number is replaced: the rest of the file shows PostgreSQL what a killed server may have left running.
 */
function disownStalePid(cluster: string): void {
  const written = readPostmasterFile(cluster);
  if (written === undefined || isServing(written.pid, cluster)) return;
  const file = join(cluster, 'postmaster.pid');
  const { uid, gid } = statSync(file);
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(`${file}.stale`, [NOBODYS_PID, ...rest].join('\n'), { mode: 0o600 });
  if (process.getuid?.() === 0) handOver(`${file}.stale`, { uid, gid });
  renameSync(`${file}.stale`, file);
}

function spawnServer({ programs, cluster, logFile, user, settings }: ServerPlan, port: number): { child: ChildProcess; words: () => string } {
  if (existsSync(logFile) && statSync(logFile).size > LARGEST_LOG) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  const from = statSync(logFile).size;
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    const child = spawn(programFile(programs, 'postgres'), ['-D', cluster, '-p', String(port), ...flags], {
      ...user,
      cwd: dirname(cluster),
      env: programEnvironment(),
      stdio: ['ignore', log, log],
      // A session of its own: Ctrl-C reaches Node alone, which stops the server when it is done.
      detached: true,
      windowsHide: true,
    });
    child.unref();
    return { child, words: () => readFileSync(logFile).subarray(from).toString() };
  } finally {
    closeSync(log);
  }
}

/** Waits until the server answers; false when it ended instead. After a crash it first reads its log, however long that takes. */
async function answers(child: ChildProcess, port: number, plan: ServerPlan): Promise<boolean> {
  const { password, onSlow } = plan;
  let isGone = false;
  child.once('exit', () => (isGone = true));
  child.once('error', () => (isGone = true));
  let waitedMs = 0;
  while (!isGone) {
    const { value, code } = await askServer(port, password, 'select 1');
    if (value !== undefined) return true;
    // Another program may have taken the port; then our server is about to end.
    if (code === WRONG_PASSWORD && findServer(plan.cluster)?.port === port) {
      await stopServer(plan);
      throw wrongPassword(dirname(plan.cluster));
    }
    await sleep(POLL_MS);
    waitedMs += POLL_MS;
    if (waitedMs >= SLOW_MS && waitedMs < SLOW_MS + POLL_MS) onSlow?.();
  }
  return false;
}

function wrongPassword(folder: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `${folder} 里的 postgres.password 和数据不符。删除这个文件再启动，就会换上新的密码；数据不受影响`,
    `The postgres.password in ${folder} does not fit the data. Delete that file and start again to set a new one; the data are not affected`,
  );
}

/** The first value of an answer, or PostgreSQL's code for why there is none. */
export async function askServer(port: number, password: string, question: string): Promise<{ readonly value?: string; readonly code?: string }> {
  const client = new pg.Client({ connectionString: addressAt(port, password, 'postgres'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<string[]>({ text: question, rowMode: 'array' });
    return { value: String(rows[0]?.[0]) };
  } catch (error) {
    return { code: error instanceof Error && 'code' in error ? String(error.code) : 'no answer' };
  } finally {
    await client.end().catch(() => {});
  }
}

/** Stops the server of the folder and waits for its end: without waiting for clients, and at once when that takes too long. */
export async function stopServer({ programs, cluster, user }: Pick<ServerPlan, 'programs' | 'cluster' | 'user'>): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (findServer(cluster) === undefined) return;
    try {
      await promisify(execFile)(programFile(programs, 'pg_ctl'), ['stop', '-D', cluster, '-m', mode, '-w', '-t', String(STOP_SECONDS)], { ...user, cwd: dirname(cluster), env: programEnvironment() });
    } catch {
      // It may have ended by itself; else it is stopped harder.
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
