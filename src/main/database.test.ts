// The database that a start finds: its own or the one named, migrated, told of without secrets, and stopped when it cannot be used.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asOwner, makeEmptyDatabase } from '../../test/support/database.ts';
import { makeServerFolder } from '../../test/support/postgres-files.ts';
import { openDatabase } from '../storage/database.ts';
import { keeperOf } from '../storage/embedded/keep-alone.ts';
import { findServer } from '../storage/embedded/postmaster.ts';
import { chooseServerUser } from '../storage/embedded/server-user.ts';
import { listPending, MigrationError, readMigrations } from '../storage/migrate.ts';
import { DatabaseUnavailable } from '../storage/unavailable.ts';
import { findDatabase } from './database.ts';

function makeFolder(): string {
  const folder = makeServerFolder(chooseServerUser());
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data');
}

async function whoami(url: string): Promise<unknown> {
  const db = openDatabase(url, { connections: 1 });
  try {
    return (await db.pool.query('select current_user as role, session_user as login')).rows[0];
  } finally {
    await db.close();
  }
}

test('without DATABASE_URL: its own, in the folder of WUTONG_DATA, shared with commands, refused where the data are newer', async () => {
  const folder = makeFolder();
  const environment = { WUTONG_DATA: folder, DATABASE_URL: ' ' };
  const said: string[] = [];
  const database = await findDatabase({ environment, say: (zh, en) => said.push(zh, en) });
  // Whatever fails below, nothing stays running.
  onTestFinished(() => database.stop());
  expect(database.folder).toBe(folder);
  expect(database.told.zh).toMatch(new RegExp(`^数据：${folder}（PostgreSQL 18\\.\\d+，新建）$`));
  expect(database.told.en).toMatch(new RegExp(`^Data: ${folder} \\(PostgreSQL 18\\.\\d+, new\\)$`));
  expect(await listPending(database.url)).toEqual([]);
  expect(await whoami(database.serverUrl)).toEqual({ role: 'wutong_app', login: 'wutong_login' });

  const beside = await findDatabase({ environment, mayShare: true });
  expect(beside.url).toBe(database.url);
  expect(beside.told.en).toContain('in use by another Wutong');
  await beside.stop();
  expect(await whoami(database.serverUrl)).toEqual({ role: 'wutong_app', login: 'wutong_login' });

  await asOwner({ ownerUrl: database.url }, (client) => client.query(`insert into schema_migrations (number, file, digest) values (9999, '9999-of-tomorrow.sql', 'x')`));
  await database.stop();
  await expect(findDatabase({ environment })).rejects.toThrow(MigrationError);
  // The refused start left neither a server nor a claim on the folder.
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
  expect(keeperOf(folder)).toBeUndefined();
});

test('with DATABASE_URL: that one, migrated unless one must not, and no word of its password', async () => {
  const { url, drop } = await makeEmptyDatabase();
  onTestFinished(drop);
  const environment = { DATABASE_URL: url, WUTONG_DATA: '/dev/null/nowhere' };
  const untouched = await findDatabase({ environment, mayMigrate: false });
  expect(await listPending(url)).toEqual(readMigrations().map((each) => each.file));
  await untouched.stop();
  const database = await findDatabase({ environment });
  expect(await listPending(url)).toEqual([]);
  expect(database.folder).toBeNull();
  const { password, port, pathname } = new URL(url);
  for (const told of Object.values(database.told)) {
    expect(told).toContain(`127.0.0.1:${port}${pathname}`);
    expect(told).not.toContain(password);
  }
  expect(await whoami(database.serverUrl)).toEqual({ role: 'wutong_app', login: 'wutong_login' });
  await database.stop();
  // It is not ours to stop.
  expect(await listPending(url)).toEqual([]);
});

test('a DATABASE_URL that does not answer is refused', async () => {
  await expect(findDatabase({ environment: { DATABASE_URL: 'postgres://wutong:secret@nowhere.invalid/wutong' } })).rejects.toThrow(DatabaseUnavailable);
});
