// Copies of a city are as many cities: each begins whole and stopped, and none sees what happens in another.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyEmptyCity } from './copied-city.ts';

test('two copies are alike at first, nothing runs on them, and what is written into one is in no other, earlier or later', async () => {
  const copy = async (): Promise<string> => {
    const folder = mkdtempSync(join(tmpdir(), 'wutong-copy-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await copyEmptyCity(folder);
    return folder;
  };
  const [one, two] = [await copy(), await copy()];
  const has = (folder: string): readonly boolean[] => ['data/postgres/PG_VERSION', 'data/postgres/postmaster.pid', 'data/wutong.pid'].map((file) => existsSync(join(folder, file)));
  expect([has(one), has(two)]).toEqual([[true, false, false], [true, false, false]]);
  const versionOf = (folder: string): string => readFileSync(join(folder, 'data/postgres/PG_VERSION'), 'utf8');
  const before = versionOf(one);
  writeFileSync(join(one, 'data/postgres/PG_VERSION'), 'changed');
  expect([versionOf(two), versionOf(await copy())]).toEqual([before, before]);
});
