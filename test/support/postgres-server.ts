// A process that owns one PostgreSQL server for a test run and stops it when whoever started it is gone, however it went.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCluster } from '../../src/storage/embedded/cluster.ts';
import { addressAt, startServer, stopServer } from '../../src/storage/embedded/postmaster.ts';
import { chooseServerUser } from '../../src/storage/embedded/server-user.ts';
import { postgresChoices } from './postgres-choice.ts';
import { makeServerFolder, programsOf } from './postgres-files.ts';

const user = chooseServerUser();
const folder = makeServerFolder(user);
const cluster = join(folder, 'postgres');
const password = randomBytes(12).toString('hex');
// The data are thrown away, so nothing waits for the disk.
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const settings = { ...careless, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', timezone: 'Asia/Shanghai' };
const which = postgresChoices.find((each) => each === process.argv[2]) ?? 'own';

let programs: string | undefined;
let stopping = false;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (programs !== undefined) await stopServer({ programs, cluster, user });
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

// The starter holds the other end of this pipe: it closes at the starter's end even when that was killed.
process.stdin.resume().once('close', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
// Ctrl-C reaches the whole group; the starter decides when the tests are over.
process.on('SIGINT', () => {});

try {
  programs = programsOf(which, user, folder);
  await createCluster({ programs, cluster, user, password, isDurable: false });
  const { port } = await startServer({ programs, cluster, logFile: join(folder, 'postgres.log'), user, password, settings });
  process.stdout.write(`${addressAt(port, password, 'postgres')}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
