// The help pages, the version, the first look, and that every example of the help runs.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, temporaryFolder, wutong } from './run-wutong.ts';

const commands = ['evaluate', 'explain', 'next', 'check', 'format', 'where', 'coverage', 'readings', 'goals'];

test('help tells of every command, in Chinese by default', async () => {
  const [zh, en, none] = await Promise.all([wutong(['--help']), wutong(['--help', '--lang', 'en']), wutong([])]);
  expect(zh).toMatchObject({ status: 0, err: '' });
  expect(zh.out).toContain('用法：');
  expect(en.out).toContain('Usage:');
  for (const command of commands) for (const { out } of [zh, en]) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(none).toMatchObject({ status: 2, out: '', err: zh.out });
});

test('every example of every help page runs', async () => {
  const pages = await Promise.all(commands.flatMap((command) => [wutong([command, '--help']), wutong([command, '--help', '--lang', 'en'])]));
  const examples = pages.flatMap(({ status, out }) => {
    expect(status).toBe(0);
    return [...out.slice(out.search(/^(例子|Examples)$/m)).matchAll(/^ {2}wutong (.+)$/gm)].map((match) => (match[1] ?? '').split(' '));
  });
  expect(examples.length).toBeGreaterThan(10);
  const ran = await Promise.all(examples.map((args) => wutong(args)));
  // Whether the packs are in canonical form is not this test's matter.
  const failed = ran.flatMap(({ status, out }, index) => (examples[index]?.[0] === 'format' || (status === 0 && out !== '') ? [] : [examples[index]]));
  expect(failed).toEqual([]);
});

test('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(await wutong(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' });
});

test('a program that is not built says so in both languages', () => {
  const folder = temporaryFolder();
  spawnSync('cp', ['-r', join(root, 'bin'), folder]);
  for (const file of ['wutong.js', 'start.js']) {
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin', file)], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/npm run build[^]*npm run build/);
  }
});
