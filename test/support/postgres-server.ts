// A process that owns one PostgreSQL server for a test run and stops it when whoever started it is gone, however it went.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { chooseServerUser, findPostgresFolder, makeServerFolder, reachablePostgresFolder } from './postgres-files.ts';

const user = chooseServerUser();
const folder = makeServerFolder(user);
const programs = reachablePostgresFolder(findPostgresFolder(), user, folder);
const data = join(folder, 'data');
const password = randomBytes(12).toString('hex');
const attempts = 4;
const readyWithinMs = 15_000;

let server: ChildProcess | undefined;
let stopping = false;

async function createCluster(): Promise<void> {
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  const flags = ['--username=wutong', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(join(programs, 'bin/initdb'), ['-D', data, '--pwfile', passwordFile, ...flags], { ...user, cwd: folder });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Starts the server on a free port; another program may take the port in between, so it is tried again. */
async function startServer(): Promise<string> {
  let log = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = await freePort();
    const url = `postgres://wutong:${password}@127.0.0.1:${port}/postgres`;
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'timezone=Asia/Shanghai'];
    // The data are thrown away, so nothing waits for the disk.
    const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
    const flags = [...settings, ...careless].flatMap((setting) => ['-c', setting]);
    const child = spawn(join(programs, 'bin/postgres'), ['-D', data, '-p', String(port), ...flags], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log = (log + chunk).slice(-4000)));
    for (let waitedMs = 0; waitedMs < readyWithinMs && child.exitCode === null; waitedMs += 50) {
      if (await accepts(url)) return url;
      await sleep(50);
    }
    await stopServer();
  }
  throw new Error(`PostgreSQL 没有启动 / PostgreSQL did not start\n${log}`);
}

async function stopServer(): Promise<void> {
  const child = server;
  server = undefined;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
  child.kill('SIGINT');
  const forced = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(forced);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await stopServer();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

// The starter holds the other end of this pipe: it closes at the starter's end even when that was killed.
process.stdin.resume().once('close', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
// Ctrl-C reaches the whole group; the starter decides when the tests are over.
process.on('SIGINT', () => {});

try {
  await createCluster();
  process.stdout.write(`${await startServer()}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
