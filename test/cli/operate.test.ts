// How `wutong` reaches the commands that work on the database: with a Node new enough, by help, by a name that is nearly right, and where nothing is built.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operateCommands } from '../../src/main/operate/commands.ts';
import { root, temporaryFolder, wutong } from './run-wutong.ts';

const names = Object.keys(operateCommands);

test('every one of them has its help, either way round, in both languages, and stands in the overview', async () => {
  const [overview, english] = await Promise.all([wutong(['--help']), wutong(['--help', '--lang', 'en'])]);
  expect(names.length).toBeGreaterThanOrEqual(5);
  for (const name of names) {
    for (const { out } of [overview, english]) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    const [one, other, en] = await Promise.all([wutong([name, '--help']), wutong(['help', name]), wutong(['--lang', 'en', name, '--help'])]);
    expect(one).toMatchObject({ status: 0, err: '' });
    expect(one.out).toMatch(new RegExp(`^wutong ${name}( verify| check)?：`));
    expect(other).toEqual(one);
    expect(en.out).toMatch(new RegExp(`^wutong ${name}( verify| check)?: `));
  }
});

test('a Node that is too old for them hands over to the one that came along', () => {
  // This process says that it is an older one; the one it starts is what it is.
  const older = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })")}`;
  const run = (...args: string[]): ReturnType<typeof spawnSync> => spawnSync(process.execPath, ['--import', older, join(root, 'bin/wutong.js'), ...args], { encoding: 'utf8' });
  const help = run('backup', '--help', '--lang', 'en');
  expect([help.status, help.stdout, help.stderr]).toEqual([0, expect.stringMatching(/^wutong backup: copies/), '']);
  const wrong = run('backup');
  expect([wrong.status, wrong.stdout, wrong.stderr]).toEqual([2, '', '请写出备份放在哪里：wutong backup --to 文件夹\n']);
});

test('a name that is nearly right is told', async () => {
  expect(await wutong(['bakcup'])).toMatchObject({ status: 2, out: '', err: expect.stringContaining('backup') });
});

test('where the server is not built, it says so', () => {
  const folder = temporaryFolder();
  for (const part of ['bin', 'dist/cli', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin/wutong.js'), 'audit', 'verify'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, '还没有构建，请先运行 npm run build\n']);
});
