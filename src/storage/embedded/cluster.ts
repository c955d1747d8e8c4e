// Makes a new data folder of PostgreSQL: whole or not at all, however the making is interrupted.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseUnavailable } from '../unavailable.ts';
import { handOver } from './data-folder.ts';
import { explainFailure, explainVersion } from './explain-failure.ts';
import { programEnvironment, programFile } from './programs.ts';
import type { ServerUser } from './server-user.ts';

/** The role that owns everything; the server works as wutong_app instead. */
export const ownerRole = 'wutong';

/** What to make a cluster with. */
export interface ClusterPlan {
  readonly programs: string;
  readonly cluster: string;
  readonly user: ServerUser;
  readonly password: string;
  /** False only where the data are thrown away. */
  readonly isDurable: boolean;
}

/** Makes the cluster beside its place and moves it there when it is complete. @throws DatabaseUnavailable with the reason. */
export async function createCluster({ programs, cluster, user, password, isDurable }: ClusterPlan): Promise<void> {
  const parent = dirname(cluster);
  for (const name of readdirSync(parent)) if (name.startsWith('postgres.making-')) rmSync(join(parent, name), { recursive: true, force: true });
  const making = join(parent, `postgres.making-${process.pid}`);
  const passwordFile = `${making}.password`;
  try {
    mkdirSync(making, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of [making, passwordFile]) handOver(path, user);
    // Sorted by code: the same order on every machine; Chinese is sorted by pinyin columns.
    const flags = [`--username=${ownerRole}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums', ...(isDurable ? [] : ['--no-sync'])];
    await promisify(execFile)(programFile(programs, 'initdb'), ['-D', making, '--pwfile', passwordFile, ...flags], { ...user, cwd: parent, env: programEnvironment() });
    renameSync(making, cluster);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    const words = error instanceof Error && 'stderr' in error ? `${String(error.stderr)}` || error.message : String(error);
    throw explainFailure(words, parent, join(parent, 'postgres.log'));
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Refuses data that another major version wrote. @param version that of the programs, such as 18.4. */
export function checkClusterVersion(cluster: string, version: string): void {
  const file = join(cluster, 'PG_VERSION');
  const written = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (written !== version.split('.')[0]) throw explainVersion(dirname(cluster), written || '?', version);
}

/** What version the programs are, such as 18.4. @throws DatabaseUnavailable where they cannot run. */
export async function readProgramVersion(programs: string, user: ServerUser, folder: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(programFile(programs, 'postgres'), ['--version'], { ...user, cwd: folder, env: programEnvironment() });
    return /\) (\S+)/.exec(stdout)?.[1] ?? stdout.trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOEXEC')) {
      throw new DatabaseUnavailable(
        '随梧桐安装的 PostgreSQL 在这个系统上不能运行（它需要 glibc，Alpine 等系统没有）。请用 DATABASE_URL 指定一个已有的 PostgreSQL',
        'The PostgreSQL that comes with Wutong does not run on this system (it needs glibc, which Alpine and its like lack). Name a PostgreSQL you have in DATABASE_URL',
        { cause: error },
      );
    }
    throw explainFailure(error instanceof Error ? error.message : String(error), folder, join(folder, 'postgres.log'));
  }
}

/** Gives the owner a new password while no server runs, for data whose password file was lost. */
export async function resetPassword(programs: string, cluster: string, user: ServerUser, password: string): Promise<void> {
  const child = spawn(programFile(programs, 'postgres'), ['--single', '-D', cluster, 'postgres'], { ...user, cwd: dirname(cluster), env: programEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk));
  const code = new Promise<number | null>((done, fail) => {
    child.once('close', done);
    child.once('error', fail);
  });
  // Made of letters and figures by us.
  child.stdin.end(`alter role ${ownerRole} password '${password}'\n`);
  if ((await code) !== 0 || /ERROR:|FATAL:/.test(words)) throw explainFailure(words, dirname(cluster), join(dirname(cluster), 'postgres.log'));
}
