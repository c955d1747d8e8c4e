// `npm start` on a machine whose Node is too old: the pinned Node serves in a process of its own, which never outlives the first.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { keeperOf } from '../../src/storage/embedded/keep-alone.ts';
import { isRunning } from '../../src/storage/embedded/processes.ts';
import { findServer, stopServer } from '../../src/storage/embedded/postmaster.ts';
import { findPostgresFolder, reachablePrograms } from '../../src/storage/embedded/programs.ts';
import { chooseServerUser } from '../../src/storage/embedded/server-user.ts';
import { makeServerFolder } from '../support/postgres-files.ts';

const root = dirname(dirname(import.meta.dirname));

interface Started {
  readonly first: ChildProcess;
  /** The process of the pinned Node. */
  readonly serving: number;
  readonly cluster: string;
  readonly ended: Promise<unknown[]>;
}

/** Starts as an old Node would: the first process believes that it is 20. */
async function startAsOldNode(): Promise<Started> {
  const user = chooseServerUser();
  const folder = makeServerFolder(user);
  const cluster = join(folder, 'data', 'postgres');
  const old = `if (!process.env.WUTONG_LIFELINE) Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const first = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(old)}`, join(root, 'bin/start.js'), '--empty'], {
    env: { ...process.env, PORT: '0', HOST: '', DATABASE_URL: '', WUTONG_DATA: join(folder, 'data'), WUTONG_KEYS: join(folder, 'keys') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(first, 'exit');
  onTestFinished(async () => {
    first.kill('SIGKILL');
    await stopServer({ programs: reachablePrograms(findPostgresFolder(), user, join(folder, 'programs')), cluster, user });
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  first.stderr.on('data', (chunk: Buffer) => (said += chunk));
  await new Promise<void>((done, fail) => {
    first.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('To stop: Ctrl+C')) done();
    });
    void ended.then(() => fail(new Error(said)));
  });
  return { first, serving: keeperOf(join(folder, 'data')) ?? 0, cluster, ended };
}

/** Waits for what has to come; the test's own limit ends it when it does not. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}

test('killed with -9, the first process takes the server and its database along', async () => {
  const { first, serving, cluster } = await startAsOldNode();
  expect(isRunning(serving)).toBe(true);
  expect(serving).not.toBe(first.pid);
  expect(findServer(cluster)).toBeDefined();
  first.kill('SIGKILL');
  await until(() => !isRunning(serving));
  expect(findServer(cluster)).toBeUndefined();
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s to the first process stops everything, and it ends well', async (signal) => {
  const { first, serving, cluster, ended } = await startAsOldNode();
  first.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(isRunning(serving)).toBe(false);
  expect(findServer(cluster)).toBeUndefined();
});

test('Ctrl-C, which reaches both at once, stops once and well', async () => {
  const { first, serving, cluster, ended } = await startAsOldNode();
  first.kill('SIGINT');
  process.kill(serving, 'SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(findServer(cluster)).toBeUndefined();
});

test('the server killed with -9: the first process ends too and says so by its code; the database waits for the next start', async () => {
  const { serving, cluster, ended } = await startAsOldNode();
  process.kill(serving, 'SIGKILL');
  expect(await ended).toEqual([137, null]);
  expect(findServer(cluster)).toBeDefined();
});
