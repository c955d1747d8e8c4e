// The server's sessions cannot climb back to the owner: not by resetting their role, nor by taking another.
import { onTestFinished, describe, expect, test } from 'vitest';
import { asOwner, makeTestDatabase } from '../../test/support/database.ts';
import { postgresChoices } from '../../test/support/postgres.ts';
import { openDatabase } from './database.ts';
import { listPending, migrate, readMigrations } from './migrate.ts';
import { ensureServerLogin } from './server-login.ts';

describe.each(postgresChoices)('on %s', (on) => {
  test('without its role a session may nothing; with it, it may not take the owner’s', async () => {
    const { url, ownerUrl, drop } = await makeTestDatabase({ on });
    const db = openDatabase(url, { connections: 1 });
    onTestFinished(async () => {
      await db.close();
      await drop();
    });
    const { rows } = await db.pool.query('select current_user as role, session_user as login');
    expect(rows).toEqual([{ role: 'wutong_app', login: 'wutong_login' }]);
    const owner = await asOwner({ ownerUrl }, async (client) => (await client.query<{ role: string }>('select current_user as role')).rows[0]?.role);
    // One session throughout: the pool would replace it after an error.
    const session = await db.pool.connect();
    await expect(session.query(`set role ${owner}`)).rejects.toThrow(/permission denied/);
    await expect(session.query(`set session authorization ${owner}`)).rejects.toThrow(/permission denied/);
    await session.query('set role none');
    for (const statement of ['select from tenants', 'delete from departments', 'create table mine (x integer)', 'alter role wutong_login superuser', `copy (select 1) to program 'true'`]) {
      await expect(session.query(statement)).rejects.toThrow(/permission denied|must be|must have/);
    }
    session.release(true);
  });

  test('the server can tell through it whether the database fits', async () => {
    const { url, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    expect(await listPending(url)).toEqual([]);
    await expect(migrate(url, [...readMigrations(), { number: 9998, file: '9998-more.sql', sql: 'select 1', digest: 'x' }])).rejects.toThrow(/permission denied/);
  });

  test('the same address each time, for starters at the same moment too, with a password of its own', async () => {
    const { url, ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    expect(new Set(await Promise.all([1, 2, 3, 4].map(() => ensureServerLogin(ownerUrl))))).toEqual(new Set([url]));
    expect(new URL(url).password).not.toBe(new URL(ownerUrl).password);
  });
});

test('an owner without a password keeps working as itself', async () => {
  expect(await ensureServerLogin('postgres://wutong@127.0.0.1:1/wutong')).toBe('postgres://wutong@127.0.0.1:1/wutong');
});
