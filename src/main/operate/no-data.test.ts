// Commands that are pointed at a place without data: they say what is missing and where, and leave the place as it was.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collectConsole } from '../../../test/support/collect-console.ts';
import { asOwner, makeEmptyDatabase } from '../../../test/support/database.ts';
import { makeServerFolder } from '../../../test/support/postgres-files.ts';
import { openEmbedded } from '../../storage/embedded/open-embedded.ts';
import { findServer } from '../../storage/embedded/postmaster.ts';
import { chooseServerUser } from '../../storage/embedded/server-user.ts';
import { operate } from './operate.ts';

/** Every command that works on a city's data. */
const commands: readonly (readonly string[])[] = [
  ['ledger', 'check'],
  ['audit', 'verify'],
  ['backup', '--to', '/dev/null/backups'],
  ['keys'],
  ['account', 'reset-admin', '--login', 'zhangsanyi'],
];

function makeFolder(): string {
  const folder = makeServerFolder(chooseServerUser());
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function run([name = '', ...argv]: readonly string[], environment: Readonly<Record<string, string>>): Promise<{ status: number; out: string; err: string }> {
  const console = collectConsole();
  const status = await operate(name, argv, console, 'zh', environment);
  return { status, ...console.written };
}

test.each([...commands, ['migrate', '--check']])('a folder that is not there or empty is told and stays so: %s %s', async (...command) => {
  const parent = makeFolder();
  for (const folder of [join(parent, 'missing'), join(parent, 'empty')]) {
    const isThere = folder.endsWith('empty');
    if (isThere) mkdirSync(folder);
    const { status, out, err } = await run(command, { WUTONG_DATA: folder, WUTONG_KEYS: join(parent, 'keys') });
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(`${folder} 里没有梧桐的数据（没有 ${join(folder, 'postgres')}）；什么也没有建。请核对 WUTONG_DATA。要从头开始，运行 npm start；要恢复备份，运行 wutong restore`);
    expect(err).toContain(`There are no data of Wutong in ${folder}`);
    expect(existsSync(folder)).toBe(isThere);
  }
  expect(readdirSync(parent)).toEqual(['empty']);
  expect(readdirSync(join(parent, 'empty'))).toEqual([]);
});

test.each(commands)('an empty database is told and stays so: %s %s', async (...command) => {
  const { url, drop } = await makeEmptyDatabase();
  onTestFinished(drop);
  const { status, out, err } = await run(command, { DATABASE_URL: url, WUTONG_DATA: join(makeFolder(), 'data') });
  expect([status, out]).toEqual([2, '']);
  const { port, pathname, password } = new URL(url);
  expect(err).toContain(`DATABASE_URL 指定的数据库 127.0.0.1:${port}${pathname} 里没有梧桐的表；什么也没有改。`);
  expect(err).not.toContain(password);
  const { rows } = await asOwner({ ownerUrl: url }, (client) => client.query(`select relname from pg_class where relnamespace = 'public'::regnamespace`));
  expect(rows).toEqual([]);
});

test('a cluster without tables is told, and stopped again', async () => {
  const folder = join(makeFolder(), 'data');
  await (await openEmbedded({ environment: { WUTONG_DATA: folder }, home: folder })).stop();
  const { status, err } = await run(['ledger', 'check'], { WUTONG_DATA: folder });
  expect([status, err]).toEqual([2, expect.stringContaining(`数据文件夹 ${folder} 的数据库里没有梧桐的表；什么也没有改。`)]);
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
});

test('a restore from nowhere makes no data', async () => {
  const parent = makeFolder();
  const { status, err } = await run(['restore', '--from', join(parent, 'backup')], { WUTONG_DATA: join(parent, 'data') });
  expect([status, err]).toEqual([1, expect.stringContaining(`没有这个文件夹：${join(parent, 'backup')}`)]);
  expect(readdirSync(parent)).toEqual([]);
});
