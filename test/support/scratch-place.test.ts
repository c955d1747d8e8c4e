// Tests throw away in memory only where there is room for it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findScratchInMemory } from './scratch-place.ts';

test('a folder serves where there is room in it and in memory, and is left as it was; none that is full, small or not there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-scratch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const isLinux = process.platform === 'linux';
  expect(findScratchInMemory({ folder, roomBytes: 1, spareBytes: 1 })).toBe(isLinux ? folder : undefined);
  expect(readdirSync(folder)).toEqual([]);
  expect(findScratchInMemory({ folder, roomBytes: Number.MAX_SAFE_INTEGER, spareBytes: 1 })).toBeUndefined();
  expect(findScratchInMemory({ folder, roomBytes: 1, spareBytes: Number.MAX_SAFE_INTEGER })).toBeUndefined();
  expect(findScratchInMemory({ folder: join(folder, 'nothing'), roomBytes: 1, spareBytes: 1 })).toBeUndefined();
});
