// The server's sessions cannot climb back to the owner, nor can one kind of them become the other: not by resetting their role, nor by taking another.
import { onTestFinished, describe, expect, test } from 'vitest';
import { asOwner, makeTestDatabase } from '../../test/support/database.ts';
import { postgresChoices } from '../../test/support/postgres.ts';
import { openDatabase } from './database.ts';
import { listPending, migrate, readMigrations } from './migrate.ts';
import { ensureServerLogins } from './server-login.ts';

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

  test('the interface’s login cannot become the sealer, and the sealer’s cannot become the interface', async () => {
    const { url, sealerUrl, ownerUrl, drop } = await makeTestDatabase({ on });
    const [app, sealer] = [openDatabase(url, { connections: 1 }), openDatabase(sealerUrl, { role: 'wutong_sealer', connections: 1 })];
    onTestFinished(async () => {
      await Promise.all([app.close(), sealer.close()]);
      await drop();
    });
    const [asApp, asSealer] = [await app.pool.connect(), await sealer.pool.connect()];
    expect((await asSealer.query('select current_user as role, session_user as login')).rows).toEqual([{ role: 'wutong_sealer', login: 'wutong_sealer_login' }]);
    await asSealer.query('select from audit_queue');
    for (const [session, other, others] of [[asApp, 'wutong_sealer', 'wutong_sealer_login'], [asSealer, 'wutong_app', 'wutong_login']] as const) {
      for (const statement of [`set role ${other}`, `set role ${others}`, `set session authorization ${others}`, `grant ${other} to current_user`]) await expect(session.query(statement), `${statement}`).rejects.toThrow(/permission denied|must have admin option/);
    }
    await expect(asApp.query('delete from audit_queue')).rejects.toThrow(/permission denied/);
    await expect(asSealer.query('select from people')).rejects.toThrow(/permission denied/);
    for (const session of [asApp, asSealer]) session.release(true);

    // One login that took both, as versions before this one made it, is brought down to its own.
    await asOwner({ ownerUrl }, (client) => client.query('grant wutong_sealer to wutong_login'));
    expect(await ensureServerLogins(ownerUrl)).toEqual({ url, sealerUrl });
    const again = await app.pool.connect();
    await expect(again.query('set role wutong_sealer')).rejects.toThrow(/permission denied/);
    again.release(true);
  });

  test('the server can tell through it whether the database fits', async () => {
    const { url, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    expect(await listPending(url)).toEqual([]);
    await expect(migrate(url, [...readMigrations(), { number: 9998, file: '9998-more.sql', sql: 'select 1', digest: 'x' }])).rejects.toThrow(/permission denied/);
  });

  test('the same address each time, for starters at the same moment too, with a password of its own', async () => {
    const { url, sealerUrl, ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    const made = await Promise.all([1, 2, 3, 4].map(() => ensureServerLogins(ownerUrl)));
    expect(made).toEqual(Array.from({ length: 4 }, () => ({ url, sealerUrl })));
    expect(new Set([url, sealerUrl, ownerUrl].map((each) => new URL(each).password)).size).toBe(3);
  });
});

test('an owner without a password keeps working as itself', async () => {
  const url = 'postgres://wutong@127.0.0.1:1/wutong';
  expect(await ensureServerLogins(url)).toEqual({ url, sealerUrl: url });
});
