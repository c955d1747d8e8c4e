// Which PostgreSQL programs tests run, and a folder for a server whose data are thrown away.
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgresFolder, reachablePrograms } from '../../src/storage/embedded/programs.ts';
import { canReach, type ServerUser } from '../../src/storage/embedded/server-user.ts';
import type { PostgresChoice } from './postgres-choice.ts';
import { installPackages, mayInstall } from './system-packages.ts';

/** A folder for one server that its user can reach, whatever the mode of the folders above the project and of TMPDIR. */
export function makeServerFolder(user: ServerUser): string {
  const parent = canReach(tmpdir(), user) ? tmpdir() : '/tmp';
  const folder = mkdtempSync(join(parent, 'wutong-postgres-'));
  if (user !== undefined) chmodSync(folder, 0o755);
  return folder;
}

/** The programs of a PostgreSQL, runnable for the user; Debian's are installed where they are missing and that may be done. */
export function programsOf(which: PostgresChoice, user: ServerUser, serverFolder: string): string {
  return which === 'debian-15' ? debianFolder() : reachablePrograms(findPostgresFolder(), user, join(serverFolder, 'programs'));
}

function debianFolder(): string {
  const folder = '/usr/lib/postgresql/15';
  const isThere = (): boolean => existsSync(join(folder, 'bin/initdb'));
  if (!isThere() && mayInstall()) installWithoutCluster();
  if (isThere()) return folder;
  throw new Error(
    `这些测试还要在 PostgreSQL 15 上运行，但这里没有。请安装（Debian 12）：sudo apt-get install postgresql-15\n` +
      `These tests run on PostgreSQL 15 too, which is not here. Install it (Debian 12): sudo apt-get install postgresql-15`,
  );
}

/** Debian's package would make a cluster and start it on the usual port; only the programs are wanted. */
function installWithoutCluster(): void {
  try {
    installPackages('postgresql-common');
    const settings = '/etc/postgresql-common/createcluster.conf';
    const before = readFileSync(settings, 'utf8');
    appendFileSync(settings, '\ncreate_main_cluster = false\n');
    try {
      installPackages('postgresql-15');
    } finally {
      writeFileSync(settings, before);
    }
  } catch {
    // Newer Debians have no such package; the sentence above says what is wanted.
  }
}
