// A DATABASE_URL that does not serve is refused with the reason and the remedy, without the password; the remedy, followed, is enough.
import { createServer, type Server } from 'node:net';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeEmptyDatabase } from '../../test/support/database.ts';
import { connect, postgresChoices } from '../../test/support/postgres.ts';
import { checkDatabase } from './check-database.ts';
import { migrate } from './migrate.ts';
import { DatabaseUnavailable } from './unavailable.ts';

const password = 'not-to-be-shown';

/** The same address with other parts. */
function change(url: string, parts: Partial<Record<'username' | 'password' | 'pathname' | 'port', string>>): string {
  return Object.assign(new URL(url), parts).href;
}

async function refusal(url: string): Promise<string> {
  const error: unknown = await checkDatabase(url).then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  const { message } = error as Error;
  expect(message).not.toContain(password);
  // One line of Chinese, one of English.
  expect(message).toMatch(/^[^\n]*\p{Script=Han}[^\n]*\n[^\n\p{Script=Han}]*$/u);
  return message;
}

describe.each(postgresChoices)('on %s', (on) => {
  test('a database that fits is accepted, empty and migrated alike', async () => {
    const { url, drop } = await makeEmptyDatabase(on);
    onTestFinished(drop);
    const version = await checkDatabase(url);
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(15);
    await migrate(url);
    expect(await checkDatabase(url)).toBe(version);
  });

  test('a wrong password and a database that does not exist are told apart', async () => {
    const { url, drop } = await makeEmptyDatabase(on);
    onTestFinished(drop);
    expect(await refusal(change(url, { password }))).toMatch(/不接受这个用户名或密码[^]*does not accept this user or password/);
    expect(await refusal(change(url, { pathname: '/nowhere' }))).toMatch(/nowhere 这个数据库不存在[^]*There is no database \S+nowhere/);
  });

  test('a role without rights is refused, and what the message tells the administrator to run is enough', async () => {
    const { url, drop } = await makeEmptyDatabase(on);
    const admin = await connect(on);
    const role = `poor_${new URL(url).pathname.slice(-12)}`;
    await admin.query(`create role ${role} login password '${password}'`);
    const inside = new pg.Client({ connectionString: url });
    await inside.connect();
    onTestFinished(async () => {
      await inside.query(`reassign owned by ${role} to current_user; drop owned by ${role} cascade`);
      await inside.end();
      await drop();
      // The roles of the server belong to all databases: only ours may go.
      await admin.query(`drop role ${role}`);
      await admin.end();
    });
    const poor = change(url, { username: role, password });
    const first = await refusal(poor);
    expect(first).toMatch(/不能在 \S+ 里建表[^]*may not create tables/);
    await admin.query(/run: (.*)$/.exec(first)?.[1] ?? '');
    // The roles may be there already, from other databases of this server; membership is what lacks.
    const second = await refusal(poor);
    expect(second).toMatch(/不能建角色[^]*may not create roles[^]*wutong_app/);
    const remedy = /run: (.*)$/.exec(second)?.[1] ?? '';
    for (const statement of remedy.split(';').filter((each) => each.trim() !== '')) {
      await admin.query(statement).catch((error: unknown) => {
        if (!(error instanceof pg.DatabaseError) || error.code !== '42710') throw error;
      });
    }
    await expect(checkDatabase(poor)).resolves.toMatch(/^\d/);
    await migrate(poor);
  });

  test('an encoding or a sorting that loses Chinese is refused with the statement that makes a right one', async () => {
    const admin = await connect(on);
    const name = `latin_${Date.now()}_${process.pid}`;
    onTestFinished(async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    });
    await admin.query(`create database ${name} template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`);
    const { url, drop } = await makeEmptyDatabase(on);
    await drop();
    const message = await refusal(change(url, { pathname: `/${name}` }));
    expect(message).toMatch(/LATIN1[^]*LATIN1/);
    await admin.query(`drop database ${name}`);
    await admin.query(/Make a new database: (.*)$/.exec(message)?.[1] ?? '');
    await expect(checkDatabase(change(url, { pathname: `/${name}` }))).resolves.toMatch(/^\d/);
  });
});

test('an address that is none is refused, and shows how one looks', async () => {
  for (const url of ['wutong', 'mysql://root:not-to-be-shown@localhost/wutong', 'localhost:5432/wutong', 'postgres://a b:not-to-be-shown@[/wutong']) {
    expect(await refusal(url)).toMatch(/postgres:\/\/用户:密码@主机:5432\/wutong[^]*postgres:\/\/user:password@host/);
  }
});

test('where nothing listens, and where no host is, that is said', async () => {
  const { port, server } = await listen(() => {});
  await new Promise((done) => server.close(done));
  expect(await refusal(`postgres://wutong:${password}@127.0.0.1:${port}/wutong`)).toMatch(/上没有数据库在运行[^]*No database answers at 127\.0\.0\.1/);
  expect(await refusal(`postgres://wutong:${password}@nowhere.invalid/wutong`)).toMatch(/找不到[^]*There is no host nowhere\.invalid:5432/);
});

test('a database that speaks the protocol of PostgreSQL and says that it is 9.2 is refused by its version', async () => {
  // As openGauss does: it accepts the session and answers with the version that it grew from.
  const { port } = await listen((chunk, write) => {
    const kind = chunk.subarray(0, 1).toString();
    if (kind === '\0') write(message('R', int32(0)), message('Z', Buffer.from('I')));
    else if (kind === 'P') {
      const columns = ['version', 'number', 'database', 'role', 'encoding', 'collation', 'hasPublic', 'mayCreateTables', 'mayCreateRoles', 'closedRoles'];
      const values = ['9.2.4', '90204', 'wutong', 'wutong', 'UTF8', 'C', 't', 't', 't', '{}'];
      const fields = columns.map((name, at) => Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(at < 6 ? 25 : at < 9 ? 16 : 1009), int16(-1), int32(-1), int16(0)]));
      const cells = values.map((value) => Buffer.concat([int32(value.length), Buffer.from(value)]));
      write(
        message('1'),
        message('2'),
        message('T', int16(columns.length), ...fields),
        message('D', int16(values.length), ...cells),
        message('C', Buffer.from('SELECT 1\0')),
        message('Z', Buffer.from('I')),
      );
    }
  });
  expect(await refusal(`postgres://wutong:${password}@127.0.0.1:${port}/wutong`)).toMatch(/是 PostgreSQL 9\.2\.4，梧桐需要 15[^]*needs 15 or newer/);
});

test('a server that is still starting is waited for', async () => {
  const { url, drop } = await makeEmptyDatabase();
  onTestFinished(drop);
  const { hostname, port } = new URL(url);
  let asked = 0;
  const { createConnection } = await import('node:net');
  // A door before the real database that says "starting up" three times.
  const door = createServer((socket) => {
    socket.on('error', () => {});
    if (++asked <= 3) {
      socket.once('data', () => socket.end(message('E', Buffer.from('SFATAL\0C57P03\0Mthe database system is starting up\0\0'))));
      return;
    }
    const real = createConnection({ host: hostname, port: Number(port) });
    real.on('error', () => socket.destroy());
    socket.pipe(real).pipe(socket);
  });
  const place = await start(door);
  await expect(checkDatabase(change(url, { port: String(place) }))).resolves.toMatch(/^\d/);
  expect(asked).toBe(4);
});

const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number): Buffer => Buffer.from([(value >> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255]);

/** A message of PostgreSQL's protocol. */
function message(kind: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
}

async function listen(answer: (chunk: Buffer, write: (...messages: Buffer[]) => void) => void): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => answer(chunk, (...messages) => void socket.write(Buffer.concat(messages))));
  });
  return { port: await start(server), server };
}

async function start(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
