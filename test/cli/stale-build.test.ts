// Answers by an old build are warned of once, and a build without packs is told of.

import { cpSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root, stackTrace, temporaryFolder } from './run-wutong.ts';

/** A copy of the built program that a test may change. */
function copyOfProgram(): string {
  const folder = temporaryFolder();
  for (const part of ['bin', 'dist', 'cities', 'examples', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true, preserveTimestamps: true });
  return folder;
}

function evaluateIn(folder: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [join(folder, 'bin/wutong.js'), 'evaluate', '--city', 'jilin-city', '--date', '2026-06-30', join(folder, 'examples/people.ndjson')], { encoding: 'utf8' });
}

test('a source that changed after the build is warned of once, and the answers still come', () => {
  const folder = copyOfProgram();
  const before = evaluateIn(folder);
  expect(before).toMatchObject({ status: 0, stderr: '' });
  const source = 'cities/jilin-city/jilin-city-2021/living-subsidy.yaml';
  utimesSync(join(folder, source), new Date(), new Date());
  const after = evaluateIn(folder);
  expect(after).toMatchObject({ status: 0, stdout: before.stdout });
  expect(after.stderr).toMatch(new RegExp(`^注意：${source} 在构建以后改过.*npm run build\n$`));
});

test('a program that came without its sources, or with older ones, warns of nothing', () => {
  const folder = copyOfProgram();
  const longAgo = new Date('1985-10-26T08:15:00Z');
  utimesSync(join(folder, 'cities/jilin-city/city.yaml'), longAgo, longAgo);
  expect(evaluateIn(folder)).toMatchObject({ status: 0, stderr: '' });
  rmSync(join(folder, 'cities'), { recursive: true });
  expect(evaluateIn(folder)).toMatchObject({ status: 0, stderr: '' });
});

test('packs that are not built are told of, without a stack trace', () => {
  const folder = copyOfProgram();
  rmSync(join(folder, 'dist/packs'), { recursive: true });
  const { status, stderr } = evaluateIn(folder);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '还没有构建，请先运行 npm run build\n' });
  expect(stderr).not.toMatch(stackTrace);
  expect(readFileSync(join(folder, 'examples/people.ndjson'), 'utf8')).not.toBe('');
});
