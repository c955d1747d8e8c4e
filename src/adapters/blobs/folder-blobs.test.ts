// Sealed files in a folder: what comes back is what was written, and nothing that was changed, moved, cut or extended opens.

import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { BlobError, type BlobPlace, type BlobStore, type StoredBlob } from '../../domains/evidence/index.ts';
import { newId } from '../../storage/database.ts';
import { makeFolderBlobs } from './folder-blobs.ts';

const root = mkdtempSync(join(tmpdir(), 'wutong-blobs-'));
afterAll(() => rmSync(root, { recursive: true }));
const blobs = makeFolderBlobs(root);

const original = (id: string = newId(), tenantId = 1): BlobPlace => ({ tenantId, kind: 'original', id });
const pathOf = ({ tenantId, kind, id }: BlobPlace): string => join(root, `${kind}s`, String(tenantId), id.slice(34, 36), id);

async function readAll(place: BlobPlace, key: Uint8Array, store: BlobStore = blobs): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of store.read(place, key)) parts.push(part);
  return Buffer.concat(parts);
}

async function problemOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof BlobError ? error.problem : `no BlobError: ${String(error)}`;
}

async function listed(tenantId: number, kind: BlobPlace['kind']): Promise<StoredBlob[]> {
  const all: StoredBlob[] = [];
  for await (const each of blobs.list(tenantId, kind)) all.push(each);
  return all;
}

describe('a blob', () => {
  test('comes back as it was written, at every length around the edge of a frame', async () => {
    for (const bytes of [0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 131_072, 300_001]) {
      const [place, key, content] = [original(), blobs.makeDataKey(), randomBytes(bytes)];
      await blobs.write(place, key, content);
      expect((await readAll(place, key)).equals(content), `${bytes} bytes`).toBe(true);
    }
  });

  test('is unreadable on the disk, and for its owner alone', async () => {
    const [place, key] = [original(), blobs.makeDataKey()];
    await blobs.write(place, key, Buffer.from('样例劳动合同'.repeat(50_000)));
    const stored = readFileSync(pathOf(place));
    expect(stored.includes('样例劳动合同')).toBe(false);
    expect(stored.subarray(1000, 4000).equals(stored.subarray(5000, 8000))).toBe(false);
    expect(statSync(pathOf(place)).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(pathOf(place))).mode & 0o777).toBe(0o700);
  });

  test('any changed byte is found, before the frame that holds it is given out', async () => {
    const [key, content] = [blobs.makeDataKey(), randomBytes(140_000)];
    const place = original();
    await blobs.write(place, key, content);
    const stored = readFileSync(pathOf(place));
    await fc.assert(
      fc.asyncProperty(fc.nat(stored.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(stored);
        changed[at] = (changed[at] ?? 0) ^ mask;
        writeFileSync(pathOf(place), changed);
        const given: Uint8Array[] = [];
        const reading = (async () => {
          for await (const part of blobs.read(place, key)) given.push(part);
        })();
        expect(await problemOf(reading)).toBe('damaged');
        // Whatever was given out before is the beginning of what was written.
        const before = Buffer.concat(given);
        expect(before.equals(content.subarray(0, before.length))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('cut off at any length, extended, or with two frames in each other’s place it does not open', async () => {
    const [place, key] = [original(), blobs.makeDataKey()];
    await blobs.write(place, key, randomBytes(65_536 * 3));
    const stored = readFileSync(pathOf(place));
    const frame = (stored.length - 4) / 3;
    for (const length of [0, 3, 4, 7, 100, 4 + frame, 4 + frame * 2, stored.length - 1]) {
      writeFileSync(pathOf(place), stored);
      truncateSync(pathOf(place), length);
      expect(await problemOf(readAll(place, key)), `cut to ${length}`).toBe('damaged');
    }
    writeFileSync(pathOf(place), Buffer.concat([stored, Buffer.from('x')]));
    expect(await problemOf(readAll(place, key))).toBe('damaged');
    const [first, second, third] = [0, 1, 2].map((at) => stored.subarray(4 + at * frame, 4 + (at + 1) * frame));
    writeFileSync(pathOf(place), Buffer.concat([stored.subarray(0, 4), second ?? stored, first ?? stored, third ?? stored]));
    expect(await problemOf(readAll(place, key))).toBe('damaged');
  });

  test('put in the place of another, of another kind or tenant, it does not open, under its own key neither', async () => {
    const [place, key] = [original(), blobs.makeDataKey()];
    await blobs.write(place, key, Buffer.from('one'));
    for (const other of [original(), original(place.id, 2), { ...place, kind: 'piece' as const }]) {
      mkdirSync(dirname(pathOf(other)), { recursive: true });
      copyFileSync(pathOf(place), pathOf(other));
      expect(await problemOf(readAll(other, key))).toBe('damaged');
    }
    expect(await problemOf(readAll(place, blobs.makeDataKey()))).toBe('damaged');
  });

  test('that is not there is missing, and removing it again is no mistake', async () => {
    const [place, key] = [original(), blobs.makeDataKey()];
    expect(await problemOf(readAll(place, key))).toBe('missing');
    await blobs.write(place, key, Buffer.from('one'));
    await blobs.remove(place);
    await blobs.remove(place);
    expect(await problemOf(readAll(place, key))).toBe('missing');
  });
});

describe('the folder', () => {
  test('no name leads out of it', async () => {
    const key = blobs.makeDataKey();
    for (const id of ['../../../etc/passwd', '..', '', `${newId()}/../x`, `${newId()}\0`, newId().toUpperCase(), `${newId()}.1.2`]) {
      await expect(blobs.write(original(id), key, Buffer.from('x'))).rejects.toThrow('no such place');
      await expect(readAll(original(id), key)).rejects.toThrow('no such place');
    }
    await expect(blobs.write(original(newId(), 1.5), key, Buffer.from('x'))).rejects.toThrow('no such place');
  });

  test('lists what is there, per tenant and kind; half-written files are no blobs and go after an hour', async () => {
    const key = blobs.makeDataKey();
    const [mine, theirs] = [original(newId(), 7), original(newId(), 8)];
    const preview: BlobPlace = { tenantId: 7, kind: 'preview', id: `${newId()}.12.1024` };
    for (const place of [mine, theirs, preview]) await blobs.write(place, key, Buffer.from('content'));
    const [young, old] = [`${pathOf(mine)}.writing-${newId()}`, `${pathOf(mine)}.writing-${newId()}`];
    for (const path of [young, old]) writeFileSync(path, 'half');
    utimesSync(old, new Date(), new Date(Date.now() - 2 * 3_600_000));
    expect((await listed(7, 'original')).map(({ place }) => place)).toEqual([mine]);
    expect((await listed(7, 'preview')).map(({ place }) => place)).toEqual([preview]);
    expect(await listed(9, 'original')).toEqual([]);
    expect([existsSync(young), existsSync(old)]).toEqual([true, false]);
  });

  test('a write that fails leaves nothing behind', async () => {
    const place = original(newId(), 11);
    mkdirSync(pathOf(place), { recursive: true });
    await expect(blobs.write(place, blobs.makeDataKey(), Buffer.from('x'))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(dirname(pathOf(place)))).toEqual([place.id]);
  });
});
