// The files that belong to the data besides the database: copied with their digests, checked, and put back.
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chown, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { blobFolders } from '../../../adapters/blobs/folder-blobs.ts';
import { BackupError, type Manifest } from './manifest.ts';
import { makeMeasure, measureFile } from './measure.ts';

const LIST = 'files.ndjson.gz';
const FOLDER = 'files';

interface Listed {
  readonly path: string;
  readonly bytes: number;
  readonly digest: string;
}

/** Copies the data folder's files into a backup. What is deleted meanwhile is left out: the snapshot of the database came first. */
export async function copyFilesOut(dataFolder: string, backup: string, onFile: (count: number) => void): Promise<Manifest['files']> {
  let [count, total] = [0, 0];
  const lines = async function* (): AsyncGenerator<string> {
    for (const folder of blobFolders(dataFolder).backedUp) {
      for await (const path of filesBelow(folder)) {
        const place = relative(dataFolder, path).split(sep).join('/');
        const copy = join(backup, FOLDER, place);
        await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
        const { stream, measured } = makeMeasure();
        try {
          await pipeline(createReadStream(path), stream, createWriteStream(copy, { mode: 0o600, flush: true }));
        } catch (error) {
          if (!isGone(error)) throw error;
          await rm(copy, { force: true });
          continue;
        }
        const { bytes, digest } = measured();
        count++;
        total += bytes;
        onFile(count);
        yield `${JSON.stringify({ path: place, bytes, digest } satisfies Listed)}\n`;
      }
    }
  };
  const { stream, measured } = makeMeasure();
  await pipeline(Readable.from(lines()), createGzip(), stream, createWriteStream(join(backup, LIST), { mode: 0o600, flush: true }));
  return { count, bytes: total, list: LIST, digest: measured().digest };
}

/**
 * Compares every file of a backup with the list.
 * @throws BackupError for one that is missing or is not what was written.
 */
export async function checkFiles(backup: string, { files }: Manifest, onFile: (count: number) => void): Promise<void> {
  const list = join(backup, files.list);
  if (!existsSync(list)) throw lacking(files.list);
  if ((await measureFile(list)).digest !== files.digest) throw differing(files.list);
  let count = 0;
  for await (const { path, bytes, digest } of readList(list)) {
    const file = join(backup, FOLDER, path);
    if (!existsSync(file)) throw lacking(`${FOLDER}/${path}`);
    const found = await measureFile(file);
    if (found.bytes !== bytes || found.digest !== digest) throw differing(`${FOLDER}/${path}`);
    onFile(++count);
  }
  if (count !== files.count) throw differing(files.list);
}

/** @throws BackupError where the data folder has files already. */
export async function refuseFiles(dataFolder: string): Promise<void> {
  for (const folder of blobFolders(dataFolder).backedUp) {
    for await (const path of filesBelow(folder)) {
      throw new BackupError(
        `数据文件夹里已经有材料（${path}）。恢复只往空的地方放；请用 WUTONG_DATA 指定另一个文件夹，或者先把它移走`,
        `The data folder has evidence in it already (${path}). A restore goes into an empty place only; name another folder by WUTONG_DATA, or move this one away`,
      );
    }
  }
}

/** Puts the files where they belong: beside first, and in their place by `finish`, once the database has taken everything. */
export async function copyFilesIn(backup: string, { files }: Manifest, dataFolder: string, onFile: (count: number) => void): Promise<{ finish(): Promise<void>; undo(): Promise<void> }> {
  const { root } = blobFolders(dataFolder);
  const beside = `${root}.restoring`;
  await rm(beside, { recursive: true, force: true });
  let count = 0;
  const made = await mkdir(beside, { recursive: true, mode: 0o700 });
  for await (const { path } of readList(join(backup, files.list))) {
    const place = join(beside, relative(root, join(dataFolder, path)));
    // The list was checked by its digest; still nothing leaves the folder.
    if (!place.startsWith(`${beside}${sep}`)) throw differing(files.list);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await pipeline(createReadStream(join(backup, FOLDER, path)), createWriteStream(place, { mode: 0o600, flush: true }));
    onFile(++count);
  }
  if (made !== undefined || count > 0) await handOverLike(dataFolder, beside);
  return {
    finish: async () => {
      await rm(root, { recursive: true, force: true });
      await rename(beside, root);
    },
    undo: () => rm(beside, { recursive: true, force: true }),
  };
}

/** As root: what is put into the data folder belongs to whoever has that folder. */
async function handOverLike(dataFolder: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await lstat(dataFolder);
  if (uid === 0) return;
  await chown(path, uid, gid);
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) await chown(join(entry.parentPath, entry.name), uid, gid);
}

async function* readList(list: string): AsyncGenerator<Listed> {
  const lines = createInterface({ input: createReadStream(list).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines) yield JSON.parse(line) as Listed;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    // Half-written files are no files yet.
    else if (entry.isFile() && !/\.writing-[0-9a-f-]+$/.test(entry.name)) yield path;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** What is said of a file of the backup that is not there. */
export function lacking(file: string): BackupError {
  return new BackupError(`这份备份缺了 ${file}，不能用。请换一份`, `This backup lacks ${file} and cannot be used. Take another one`);
}

/** What is said of a file of the backup that is not what was written. */
export function differing(file: string): BackupError {
  return new BackupError(`备份里的 ${file} 损坏了或被改过，不能用。请换一份`, `${file} of this backup is damaged or was changed, so it cannot be used. Take another one`);
}
