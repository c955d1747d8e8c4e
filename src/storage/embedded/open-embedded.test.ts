// The life of the embedded PostgreSQL: made, started, killed, taken over, stopped, refused; nothing acknowledged is ever lost.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeServerFolder } from '../../../test/support/postgres-files.ts';
import { DatabaseUnavailable } from '../unavailable.ts';
import { chooseDataFolder, handOver, prepareDataFolder } from './data-folder.ts';
import { explainFailure } from './explain-failure.ts';
import { type EmbeddedDatabase, openEmbedded } from './open-embedded.ts';
import { findServer, readPostmasterFile, startServer, stopServer } from './postmaster.ts';
import { findPostgresFolder, reachablePrograms } from './programs.ts';
import { chooseServerUser } from './server-user.ts';

const user = chooseServerUser();
const isRoot = process.getuid?.() === 0;

/** A folder for the data of one test; whatever still runs on it at the end is stopped. */
function makeFolder(): string {
  const parent = makeServerFolder(user);
  onTestFinished(async () => {
    await stopServer({ programs: programsFor(parent), cluster: join(parent, 'data', 'postgres'), user });
    rmSync(parent, { recursive: true, force: true });
  });
  return join(parent, 'data');
}

/** Data that one start made, stopped well; copied, because making them takes longest. */
const prepared = makeServerFolder(user);
beforeAll(async () => {
  const database = await open(join(prepared, 'data'));
  await query(database.url, `create table kept (words text); insert into kept values ('梧桐')`);
  await database.stop();
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

/** A folder with data in it; as root they belong to root now, as after a restore. */
function copyFolder(): string {
  const folder = makeFolder();
  cpSync(join(prepared, 'data'), folder, { recursive: true });
  return folder;
}

const programsFor = (folder: string): string => reachablePrograms(findPostgresFolder(), user, join(folder, 'programs'));

const open = (folder: string): Promise<EmbeddedDatabase> => openEmbedded({ environment: { WUTONG_DATA: folder }, home: folder });

async function query(url: string, text: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** Another Node that opens the folder, tells how, and then adds rows as fast as it can, telling each that was acknowledged. */
async function openElsewhere(folder: string, work: 'write' | 'wait'): Promise<{ child: ChildProcess; told: string[]; lines: AsyncIterator<string> }> {
  const program = `
    import { openEmbedded } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'open-embedded.ts')).href)};
    import pg from ${JSON.stringify(import.meta.resolve('pg'))};
    const { url, how, stop } = await openEmbedded({ environment: process.env, home: '.' }).catch((error) => { console.log('refused ' + error.message.replaceAll('\\n', ' ')); process.exit(1); });
    process.once('SIGTERM', () => stop().then(() => process.exit(0)));
    console.log(how);
    if (${work === 'wait'}) await new Promise((done) => setTimeout(done, 600_000));
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    await client.query('create table if not exists acknowledged (number integer primary key)');
    const { rows } = await client.query('select coalesce(max(number), 0) as last from acknowledged');
    for (let number = rows[0].last + 1; ; number++) {
      await client.query('insert into acknowledged values ($1)', [number]);
      console.log(String(number));
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, WUTONG_DATA: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const told: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => told.push(line));
  const lines = reader[Symbol.asyncIterator]();
  await lines.next();
  return { child, told, lines };
}

async function kill(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
}

test('the first start makes durable data that this machine alone can reach, with a password that only its owner can read', async () => {
  const folder = makeFolder();
  const database = await open(folder);
  expect(database).toMatchObject({ how: 'new', folder });
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'unix_socket_directories', 'server_encoding', 'log_min_error_statement'];
  const shown = await query(database.url, `select ${settings.map((name) => `current_setting('${name}')`).join(', ')}, (select datcollate from pg_database where datname = current_database())`);
  expect(shown).toEqual([['on', 'on', 'on', 'on', '127.0.0.1', '', 'UTF8', 'panic', 'C']]);
  expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'postgres')).uid).toBe(user?.uid ?? process.getuid?.());
  expect(statSync(join(folder, 'postgres')).uid).not.toBe(0);
  await expect(query(database.url.replace(/:[0-9a-f]+@/, ':guessed@'), 'select 1')).rejects.toThrow(/password authentication failed/);
  await database.stop();
});

test('stopped and started again: the rows are there, and between the two nothing runs', async () => {
  const folder = copyFolder();
  const first = await open(folder);
  await query(first.url, `insert into kept values ('凤凰')`);
  await first.stop();
  await first.stop();
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
  await expect(query(first.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  const second = await open(folder);
  expect(second.how).toBe('started');
  expect(await query(second.url, 'select words from kept')).toEqual([['梧桐'], ['凤凰']]);
  await second.stop();
});

test('stopping does not wait for a client that stays', async () => {
  const folder = copyFolder();
  const database = await open(folder);
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => {});
  const broken = new Promise<void>((done) => client.once('end', done));
  await client.connect();
  await client.query('begin; create table half (x integer)');
  await database.stop();
  await broken;
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
});

test('Node killed while it writes, four times: the next start takes the server over, and every acknowledged row is there', async () => {
  const folder = copyFolder();
  const cluster = join(folder, 'postgres');
  let pid: number | undefined;
  let last = 0;
  for (let round = 0; round < 4; round++) {
    const { child, told, lines } = await openElsewhere(folder, 'write');
    expect(told[0]).toBe(round === 0 ? 'started' : 'adopted');
    for (let rows = 0; rows < 30; rows++) await lines.next();
    await kill(child, 'SIGKILL');
    const orphan = findServer(cluster);
    expect(orphan).toBeDefined();
    // It is the very same server each time.
    expect(orphan?.pid).toBe((pid ??= orphan?.pid));
    last = Number(told.at(-1));
    expect(last).toBeGreaterThanOrEqual(30 * (round + 1));
  }
  const database = await open(folder);
  expect(database.how).toBe('adopted');
  expect(await query(database.url, `select count(*)::integer, min(number) from acknowledged where number <= ${last}`)).toEqual([[last, 1]]);
  await database.stop();
  expect(findServer(cluster)).toBeUndefined();
});

test('Node and PostgreSQL killed at once while rows are written: the next start recovers every acknowledged row', async () => {
  const folder = copyFolder();
  const cluster = join(folder, 'postgres');
  let last = 0;
  for (let round = 0; round < 3; round++) {
    const { child, told, lines } = await openElsewhere(folder, 'write');
    expect(told[0]).toBe('started');
    for (let rows = 0; rows < 10; rows++) await lines.next();
    const server = findServer(cluster);
    expect(server).toBeDefined();
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await kill(child, 'SIGKILL');
    last = Number(told.at(-1));
  }
  const database = await open(folder);
  expect(await query(database.url, `select count(*)::integer from acknowledged where number <= ${last}`)).toEqual([[last]]);
  await database.stop();
});

test('a server that was started with other settings is stopped and started with ours', async () => {
  const folder = copyFolder();
  await (await open(folder)).stop();
  const plan = { programs: programsFor(folder), cluster: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), user };
  const password = readFileSync(join(folder, 'postgres.password'), 'utf8').trim();
  const stray = await startServer({ ...plan, password, settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', 'wutong.settings': 'of another version' } });
  const database = await open(folder);
  expect(database.how).toBe('started');
  expect(findServer(plan.cluster)?.pid).not.toBe(stray.pid);
  expect(await query(database.url, 'show fsync')).toEqual([['on']]);
  await database.stop();
});

test('a second Wutong on the same data says who has them, and the first goes on', async () => {
  const folder = copyFolder();
  const { child } = await openElsewhere(folder, 'wait');
  const second = open(folder);
  await expect(second).rejects.toThrow(DatabaseUnavailable);
  await expect(second).rejects.toThrow(new RegExp(`进程 ${child.pid}[^]*process ${child.pid}[^]*WUTONG_DATA=`));
  // A command may work beside it, and leaves it running.
  const beside = await openEmbedded({ environment: { WUTONG_DATA: folder }, home: folder, mayShare: true });
  expect(beside.how).toBe('shared');
  await beside.stop();
  expect(await query(beside.url, 'select 1')).toEqual([[1]]);
  await kill(child, 'SIGTERM');
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
  const third = await open(folder);
  expect(third.how).toBe('started');
  await third.stop();
});

test('three that start at the same moment: one gets the data, two are refused', async () => {
  const folder = copyFolder();
  const started = await Promise.all([1, 2, 3].map(() => openElsewhere(folder, 'wait')));
  const told = started.map((each) => each.told[0] ?? '');
  expect(told.filter((words) => words === 'started')).toHaveLength(1);
  expect(told.filter((words) => words.startsWith('refused 另一个梧桐'))).toHaveLength(2);
});

test('numbers of processes that now belong to other programs stop nothing and kill nobody', async () => {
  const folder = copyFolder();
  const cluster = join(folder, 'postgres');
  // As PostgreSQL's own user, because PostgreSQL believes a file that names a process of that user.
  const unrelated = spawn('sleep', ['600'], { ...user, stdio: 'ignore' });
  onTestFinished(() => void unrelated.kill('SIGKILL'));
  const stale = [unrelated.pid, cluster, 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready   ', ''].join('\n');
  writeFileSync(join(cluster, 'postmaster.pid'), stale, { mode: 0o600 });
  handOver(join(cluster, 'postmaster.pid'), user);
  writeFileSync(join(folder, 'wutong.pid'), JSON.stringify({ pid: unrelated.pid, beginning: 'long ago' }));
  const database = await open(folder);
  expect(database.how).toBe('started');
  await database.stop();
  expect(unrelated.exitCode).toBeNull();
  expect(unrelated.signalCode).toBeNull();
});

test('a first start that was cut short leaves nothing in the way of the next', async () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'postgres.making-1/base'), { recursive: true });
  writeFileSync(join(folder, 'postgres.making-1/PG_VERSION'), '18\n');
  writeFileSync(join(folder, 'postgres.password'), 'of the start before\n');
  const database = await open(folder);
  expect(database.how).toBe('new');
  expect(readdirSync(folder).filter((name) => name.includes('making'))).toEqual([]);
  await database.stop();
});

test('a lost password is set anew; one that does not fit is explained; the data stay', async () => {
  const folder = copyFolder();
  const file = join(folder, 'postgres.password');
  writeFileSync(file, 'wrong\n');
  await expect(open(folder)).rejects.toThrow(/postgres\.password 和数据不符[^]*does not fit the data/);
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
  rmSync(file);
  const second = await open(folder);
  expect(await query(second.url, 'select words from kept')).toEqual([['梧桐']]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await second.stop();
});

test('data of another major version are left alone, and the way out is told', async () => {
  const folder = copyFolder();
  writeFileSync(join(folder, 'postgres/PG_VERSION'), '17\n');
  await expect(open(folder)).rejects.toThrow(/PostgreSQL 17 写的[^]*wutong backup[^]*written by PostgreSQL 17/);
  expect(readPostmasterFile(join(folder, 'postgres'))).toBeUndefined();
  // The refused start holds nothing.
  expect(existsSync(join(folder, 'wutong.pid'))).toBe(false);
});

test('a folder that cannot be written or reached is refused with what to set', async () => {
  const folder = makeFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'file'), '');
  await expect(open(join(folder, 'file/data'))).rejects.toThrow(/不能作数据文件夹[^]*WUTONG_DATA=[^]*cannot be a data folder/);
  const shut = join(folder, 'shut');
  // To root it is open, but not to PostgreSQL's user; to anybody else it is read-only.
  mkdirSync(shut, { mode: isRoot ? 0o700 : 0o500 });
  const refused = open(join(shut, 'data'));
  await expect(refused).rejects.toThrow(DatabaseUnavailable);
  await expect(refused).rejects.toThrow(isRoot ? /进不了数据文件夹[^]*WUTONG_DATA=[^]*cannot get to/ : /没有权限[^]*WUTONG_DATA=[^]*No permission/);
  chmodSync(shut, 0o755);
  expect(prepareDataFolder({ WUTONG_DATA: join(shut, 'data') }, '/').folder).toBe(join(shut, 'data'));
});

test('where the data lie when nothing is said: beside the program, never inside what npm replaces', () => {
  const open = makeServerFolder(user);
  onTestFinished(() => rmSync(open, { recursive: true, force: true }));
  expect(chooseDataFolder({}, open)).toBe(join(open, 'data'));
  expect(chooseDataFolder({ WUTONG_DATA: '  ' }, open)).toBe(join(open, 'data'));
  expect(chooseDataFolder({ WUTONG_DATA: '/srv/wutong' }, open)).toBe('/srv/wutong');
  expect(chooseDataFolder({}, join(open, 'node_modules/wutong'))).not.toContain('node_modules');
  // A checkout that only root may enter: PostgreSQL's user could not get to data in it.
  const closed = join(open, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  expect(chooseDataFolder({}, closed)).toBe(isRoot ? '/var/lib/wutong' : join(closed, 'data'));
});

test.each([
  ['FATAL:  could not write to file "base/4/1249": No space left on device', /磁盘满了[^]*disk is full/],
  ['postgres: error while loading shared libraries: libstdc++.so.6: cannot open shared object file', /apt-get install libstdc\+\+6[^]*apt-get install libstdc\+\+6/],
  ['FATAL:  data directory "/x/postgres" has wrong ownership', /没有权限[^]*no permission/],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', /内存不足[^]*too little memory/],
  ['DETAIL:  The data directory was initialized by PostgreSQL version 17, which is not compatible with this version 18.4.', /PostgreSQL 17 写的[^]*PostgreSQL 18\.4/],
  ['something that nobody foresaw', /日志在 \/x\/postgres\.log[^]*something that nobody foresaw/],
])('PostgreSQL says "%s"', (words, explained) => {
  expect(explainFailure(`LOG:  starting\n${words}`, '/x', '/x/postgres.log').message).toMatch(explained);
});

test('a server that ends while it is being waited for is told with its own words', async () => {
  const folder = copyFolder();
  writeFileSync(join(folder, 'postgres/postgresql.conf'), "nonsense = 'yes'\n", { flag: 'a' });
  await expect(open(folder)).rejects.toThrow(/PostgreSQL 没有启动[^]*unrecognized configuration parameter "nonsense"/);
  await sleep(0);
  expect(existsSync(join(folder, 'wutong.pid'))).toBe(false);
});

test('a PostgreSQL that is killed while its Wutong lives is there again under the same address, with what it had acknowledged', async () => {
  const folder = copyFolder();
  const database = await open(folder);
  await query(database.url, `insert into kept values ('凤凰')`);
  const before = findServer(join(folder, 'postgres'));
  process.kill(before?.pid ?? 0, 'SIGKILL');
  await expect
    .poll(() => query(database.url, 'select words from kept').catch(() => undefined), { timeout: 20_000 })
    .toEqual([['梧桐'], ['凤凰']]);
  expect(findServer(join(folder, 'postgres'))?.pid).not.toBe(before?.pid);
  await database.stop();
  expect(findServer(join(folder, 'postgres'))).toBeUndefined();
});

test('a data folder below folders that are not there yet is made with them', async () => {
  const folder = join(makeFolder(), 'srv', 'wutong', 'data');
  const database = await open(folder);
  expect(database).toMatchObject({ how: 'new', folder });
  await database.stop();
});
