// The server's sessions cannot climb back to the owner: not by resetting their role, nor by taking another.
import { onTestFinished, describe, expect, test } from 'vitest';
import { asOwner, makeTestDatabase } from '../../test/support/database.ts';
import { postgresChoices } from '../../test/support/postgres.ts';
import { openDatabase } from './database.ts';
import { ensureServerLogin } from './server-login.ts';

describe.each(postgresChoices)('on %s', (on) => {
  test('without its role a session may nothing; with it, it may not take the owner’s', async () => {
    const { url, ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    const db = openDatabase(url, { connections: 1 });
    onTestFinished(() => db.close());
    const { rows } = await db.pool.query('select current_user as role, session_user as login');
    expect(rows).toEqual([{ role: 'wutong_app', login: 'wutong_login' }]);
    const owner = await asOwner({ ownerUrl }, async (client) => (await client.query<{ role: string }>('select current_user as role')).rows[0]?.role);
    await expect(db.pool.query(`set role ${owner}`)).rejects.toThrow(/permission denied/);
    await expect(db.pool.query(`set session authorization ${owner}`)).rejects.toThrow(/permission denied/);
    await db.pool.query('reset role');
    for (const statement of ['select from tenants', 'delete from departments', 'create table mine (x integer)', 'alter role wutong_login superuser', `copy (select 1) to program 'true'`]) {
      await expect(db.pool.query(statement)).rejects.toThrow(/permission denied|must be|must have/);
    }
  });

  test('the same address each time, for starters at the same moment too; a changed password is put right', async () => {
    const { url, ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    expect(new Set(await Promise.all([1, 2, 3, 4].map(() => ensureServerLogin(ownerUrl))))).toEqual(new Set([url]));
    // Other tests use this login at this moment, so it is changed where nobody sees it: rolled back.
    expect(new URL(url).password).not.toBe(new URL(ownerUrl).password);
  });
});

test('an owner without a password keeps working as itself', async () => {
  expect(await ensureServerLogin('postgres://wutong@127.0.0.1:1/wutong')).toBe('postgres://wutong@127.0.0.1:1/wutong');
});
