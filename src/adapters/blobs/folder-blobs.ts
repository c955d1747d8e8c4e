// Blobs in a folder: one sealed file each under a random name, written beside and renamed, safe across power cuts.

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BlobError, type BlobKind, type BlobPlace, type BlobStore, type StoredBlob } from '../../domains/evidence/index.ts';
import { FrameError, makeDataKey, openFrames, sealFrames } from './sealed-frames.ts';

const folders: Readonly<Record<BlobKind, string>> = { original: 'originals', piece: 'pieces', preview: 'previews' };
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const names: Readonly<Record<BlobKind, RegExp>> = {
  original: new RegExp(`^${uuid}$`),
  piece: new RegExp(`^${uuid}$`),
  preview: new RegExp(`^${uuid}\\.\\d{1,4}\\.\\d{1,4}$`),
};
/** What a write leaves behind when it is cut off; gone an hour later. */
const temporary = /\.writing-[0-9a-f-]+$/;
const TEMPORARY_LIVES_MS = 3_600_000;
/** The last two digits of a UUIDv7 are random: they spread files evenly over 256 folders. */
const SHARD_DIGITS = 2;
const UUID_LENGTH = 36;

/** Where the blobs lie in a data folder. Previews can be made again; originals and pieces belong into the backup. */
export function blobFolders(dataFolder: string): { readonly root: string; readonly backedUp: readonly string[] } {
  const root = join(dataFolder, 'evidence');
  return { root, backedUp: [join(root, folders.original), join(root, folders.piece)] };
}

/** Keeps blobs below `root`; folders are made as they are needed, for the owner alone. */
export function makeFolderBlobs(root: string): BlobStore {
  const pathOf = ({ tenantId, kind, id }: BlobPlace): string => {
    // Ids come from the database; one that is none would be a way out of the folder.
    if (!names[kind].test(id) || !Number.isSafeInteger(tenantId) || tenantId <= 0) throw new RangeError('no such place for a blob');
    return join(root, folders[kind], String(tenantId), id.slice(UUID_LENGTH - SHARD_DIGITS, UUID_LENGTH), id);
  };
  return {
    makeDataKey,
    async write(place, dataKey, content) {
      const path = pathOf(place);
      const folder = dirname(path);
      const made = await mkdir(folder, { recursive: true, mode: 0o700 });
      const beside = `${path}.writing-${randomUUID()}`;
      try {
        const file = await open(beside, 'wx', 0o600);
        try {
          for (const part of sealFrames(dataKey, labelOf(place), content)) await file.appendFile(part);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      await syncFolder(folder);
      // Folders made on the way are entries of their parents, which must reach the disk too.
      if (made !== undefined) for (let at = folder; at.length >= made.length; at = dirname(at)) await syncFolder(dirname(at));
    },
    async *read(place, dataKey) {
      const file = createReadStream(pathOf(place), { highWaterMark: 131_072 });
      try {
        yield* openFrames(dataKey, labelOf(place), file as AsyncIterable<Buffer>);
      } catch (error) {
        if (error instanceof FrameError) throw new BlobError('damaged', place);
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new BlobError('missing', place);
        throw error;
      } finally {
        file.destroy();
      }
    },
    remove: (place) => rm(pathOf(place), { force: true }),
    list: (tenantId, kind) => listFolder(join(root, folders[kind], String(tenantId)), tenantId, kind),
  };
}

async function* listFolder(folder: string, tenantId: number, kind: BlobKind): AsyncGenerator<StoredBlob> {
  for (const shard of await namesIn(folder)) {
    let entries;
    try {
      entries = await opendir(join(folder, shard));
    } catch {
      continue;
    }
    for await (const entry of entries) {
      const path = join(folder, shard, entry.name);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) continue;
      if (temporary.test(entry.name)) {
        if (Date.now() - found.mtimeMs > TEMPORARY_LIVES_MS) await rm(path, { force: true });
      } else if (names[kind].test(entry.name)) {
        yield { place: { tenantId, kind, id: entry.name }, storedBytes: found.size, storedAt: found.mtime };
      }
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function labelOf({ tenantId, kind, id }: BlobPlace): string {
  return `${tenantId}/${kind}/${id}`;
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
