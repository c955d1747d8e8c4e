// Where the data of the embedded PostgreSQL lie: chosen, made, and looked at before anything starts on them.
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lchownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { DatabaseUnavailable } from '../unavailable.ts';
import { canReach, chooseServerUser, type ServerUser } from './server-user.ts';

/** A folder that is there, ours and reachable for PostgreSQL. */
export interface DataFolder {
  readonly folder: string;
  /** PostgreSQL's own folder in it; it may not be there yet. */
  readonly cluster: string;
  readonly logFile: string;
  readonly user: ServerUser;
}

const fallback = '/var/lib/wutong';

/**
 * Chooses the folder and makes it: WUTONG_DATA, else `data` in `home`; as root, where that is closed to PostgreSQL's user, /var/lib/wutong.
 * @param home the folder of the program.
 * @throws DatabaseUnavailable where nothing can be written or PostgreSQL's user cannot get there.
 */
export function prepareDataFolder(environment: Readonly<Record<string, string | undefined>>, home: string): DataFolder {
  const folder = chooseDataFolder(environment, home);
  const cluster = join(folder, 'postgres');
  try {
    // Folders above it are made as anybody makes them: PostgreSQL's user has to pass through.
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const user = chooseServerUser(existsSync(cluster) ? statSync(cluster) : undefined);
    // PostgreSQL's user only passes through; what lies beside its own folder stays closed to it.
    if (user !== undefined && !canReach(folder, user)) chmodSync(folder, 0o711);
    if (!canReach(folder, user)) throw closed(folder);
    if (existsSync(cluster)) {
      // What was copied here, by root or with other modes, is put right: PostgreSQL refuses a folder that others can read.
      if (user !== undefined && statSync(cluster).uid === 0) handOver(cluster, user);
      if ((statSync(cluster).mode & 0o077) !== 0) chmodSync(cluster, 0o700);
    }
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, '梧桐');
    rmSync(probe);
    return { folder, cluster, logFile: join(folder, 'postgres.log'), user };
  } catch (error) {
    throw explainFolder(folder, error);
  }
}

/** Which folder it would be; makes nothing. */
export function chooseDataFolder(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const said = (environment['WUTONG_DATA'] ?? '').trim();
  if (said !== '') return resolve(said);
  const isRoot = process.getuid?.() === 0;
  // npm throws away what lies beside an installed package when it brings a newer one.
  if (home.split(sep).includes('node_modules')) return isRoot ? fallback : join(homedir(), '.local', 'share', 'wutong');
  const own = join(home, 'data');
  if (existsSync(join(own, 'postgres'))) return own;
  return isRoot && !canReach(home, chooseServerUser()) ? fallback : own;
}

/** Gives a folder and all in it to the server's user. */
export function handOver(path: string, user: ServerUser): void {
  if (user === undefined) return;
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry?.isDirectory()) {
    chownSync(path, user.uid, user.gid);
    for (const name of readdirSync(path)) handOver(join(path, name), user);
  } else {
    lchownSync(path, user.uid, user.gid);
  }
}

/** The password of PostgreSQL's owner, which only this file holds; undefined where it is not there. */
export function readPassword(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'postgres.password'), 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw explainFolder(folder, error);
  }
}

/** Makes a password and keeps it. */
export function makePassword(folder: string): string {
  const password = randomBytes(24).toString('hex');
  writeFileSync(join(folder, 'postgres.password'), `${password}\n`, { mode: 0o600, flush: true });
  return password;
}

function closed(folder: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `PostgreSQL 不以 root 运行，进不了数据文件夹 ${folder}，因为上面的某一层对它关闭。请把数据放到别处：WUTONG_DATA=${fallback} npm start`,
    `PostgreSQL does not run as root and cannot get to the data folder ${folder}, because a folder above it is closed to it. Put the data elsewhere: WUTONG_DATA=${fallback} npm start`,
  );
}

const otherFolder = ['请换一个文件夹：WUTONG_DATA=… npm start', 'Choose another folder: WUTONG_DATA=… npm start'] as const;

function explainFolder(folder: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new DatabaseUnavailable(
        `没有权限写数据文件夹 ${folder}（可能属于另一个用户）。${otherFolder[0]}`,
        `No permission to write the data folder ${folder} (it may belong to another user). ${otherFolder[1]}`,
        { cause: error },
      );
    case 'EROFS':
      return new DatabaseUnavailable(`数据文件夹 ${folder} 在只读的磁盘上。${otherFolder[0]}`, `The data folder ${folder} is on a read-only disk. ${otherFolder[1]}`, { cause: error });
    case 'ENOSPC':
    case 'EDQUOT':
      return new DatabaseUnavailable(
        `数据文件夹 ${folder} 所在的磁盘满了。请先腾出空间`,
        `The disk of the data folder ${folder} is full. Make room first`,
        { cause: error },
      );
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new DatabaseUnavailable(`${folder} 不能作数据文件夹（${code}）。${otherFolder[0]}`, `${folder} cannot be a data folder (${code}). ${otherFolder[1]}`, { cause: error });
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
