// Backup and restore on real databases and real files: everything comes back, while others write too, and nothing broken is taken.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeFolderBlobs } from '../../../adapters/blobs/folder-blobs.ts';
import { type KeyedProtector, openKeys } from '../../../adapters/cryptography/sm4-protector.ts';
import { collectConsole } from '../../../../test/support/collect-console.ts';
import { asOwner, makeEmptyDatabase, makeTenant, makeTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { recordAudit, sealWaiting } from '../../../domains/audit/index.ts';
import { jobScope } from '../../../domains/permissions/index.ts';
import { inTenant, newId, openDatabase } from '../../../storage/database.ts';
import { readSchema } from '../../../storage/read-schema.ts';
import { operate } from '../operate.ts';
import { BackupError, type Manifest } from './manifest.ts';
import { checkBackup, restoreBackup } from './restore-backup.ts';
import { placeErrorOf, removeOldBackups, tablesWithRows, writeBackup } from './write-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-backup-'));
const dataFolder = join(folder, 'data');
const keysFile = join(folder, 'keys', 'wutong.keys');
let database: TestDatabase;
let protector: KeyedProtector;
let city: number;
/** A backup of a quiet system, made once. */
let backup: string;
let manifest: Manifest;

const department = (client: pg.Client, tenantId: number, code: string, name: string): Promise<unknown> =>
  client.query('insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, $3, $4, (select place_code from tenants where tenant_id = $1))', [tenantId, newId(), code, name]);

beforeAll(async () => {
  database = await makeTestDatabase();
  city = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }] });
  const neighbour = await makeTenant(database, { code: 'neighbour', name: '邻市', placeCode: '220300' });
  protector = await openKeys({ path: keysFile, hasSealedData: () => Promise.resolve(false) });
  await asOwner(database, async (client) => {
    // Whatever a text can hold.
    await department(client, city, 'odd', '样例\t局\n“二”\\N \\. 𠮷 ＆ \u0001');
    await department(client, neighbour, 'plain', '邻市样例局');
    const place = { tenantId: city, table: 'idempotency_keys', column: 'answer_sealed', row: 'ab' };
    await client.query(`insert into idempotency_keys (tenant_id, key_digest, body_digest, status, answer_sealed) values ($1, 'ab', '\\x00ff0a0d5c', 200, $2)`, [city, Buffer.from(protector.seal(place, '220202199001011234'))]);
  });
  for (const tenantId of [city, neighbour]) {
    for (let index = 0; index < 5; index++) await inTenant(database.db, tenantId, (tx) => recordAudit(tx, jobScope(tenantId, 'sample', 'department.write'), { action: 'sample.write', detail: { index } }));
    const sealing = openDatabase(database.sealerUrl, { role: 'wutong_sealer', connections: 1 });
    await sealWaiting(sealing, jobScope(tenantId, 'sealer', 'audit.seal'), protector, 3);
    await sealing.close();
  }
  const blobs = makeFolderBlobs(join(dataFolder, 'evidence'));
  for (const tenantId of [city, neighbour]) await blobs.write({ tenantId, kind: 'original', id: newId() }, blobs.makeDataKey(), Buffer.from('一份样例材料'.repeat(1000)));
  await blobs.write({ tenantId: city, kind: 'preview', id: `${newId()}.1.200` }, blobs.makeDataKey(), Buffer.from('预览'));
  ({ folder: backup, manifest } = await writeBackup({ url: database.ownerUrl, dataFolder, into: join(folder, 'backups'), program: '0.0.0', keys: protector.generations().map(({ id }) => id) }));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty database and data folder that are gone when the test is. */
async function emptyPlace(): Promise<{ url: string; dataFolder: string }> {
  const { url, drop } = await makeEmptyDatabase();
  onTestFinished(drop);
  const place = mkdtempSync(join(tmpdir(), 'wutong-restored-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  mkdirSync(join(place, 'data'));
  return { url, dataFolder: join(place, 'data') };
}

/** Every row of every table as text. */
async function allRows(url: string): Promise<Record<string, string[]>> {
  return asOwner({ ownerUrl: url }, async (client) => {
    const found: Record<string, string[]> = {};
    for (const { name } of tablesWithRows((await readSchema(client)).tables)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${pg.escapeIdentifier(name)} t order by 1`);
      found[name] = rows.map(({ row }) => row);
    }
    return found;
  });
}

/** A copy of the quiet system's backup that a test may break. */
function copyOfBackup(): string {
  const copy = mkdtempSync(join(tmpdir(), 'wutong-broken-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(backup, copy, { recursive: true });
  return copy;
}

const isUntouched = async (place: { url: string; dataFolder: string }): Promise<boolean> => {
  const count = await asOwner({ ownerUrl: place.url }, async (client) => (await readSchema(client)).tables.length);
  return count === 0 && readdirSync(place.dataFolder).length === 0;
};

test('every row of every table, every file and the schema come back', async () => {
  const place = await emptyPlace();
  const progress: string[] = [];
  await restoreBackup({ ...place, backup, onProgress: ({ step }) => progress.push(step) });
  expect(await allRows(place.url)).toEqual(await allRows(database.ownerUrl));
  const schemaOf = (url: string): Promise<unknown> => asOwner({ ownerUrl: url }, readSchema);
  expect(await schemaOf(place.url)).toEqual(await schemaOf(database.ownerUrl));
  const filesIn = (below: string): string[] => readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
  // Previews can be made again; the papers themselves are all there.
  expect(filesIn(join(place.dataFolder, 'evidence'))).toEqual(filesIn(join(dataFolder, 'evidence', 'originals')));
  expect(manifest.files.count).toBe(2);
  expect(new Set(progress)).toEqual(new Set(['checking', 'files', 'table', 'constraints']));
  // Row-level security stands as before.
  const app = openDatabase(place.url, { connections: 1 });
  expect(await inTenant(app, city, (tx) => tx.selectFrom('departments').select('name').execute())).toHaveLength(1);
  await app.close();
});

test('a backup holds neither the keys nor a sealed value in the clear', () => {
  const holding = readdirSync(backup, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const secrets = [...protector.generations().flatMap(({ secrets: own }) => Object.values(own ?? {})), '220202199001011234', '一份样例材料'];
  expect(secrets.length).toBeGreaterThan(5);
  for (const entry of holding) {
    const text = readFileSync(join(entry.parentPath, entry.name)).toString('latin1');
    for (const secret of secrets) expect(text.includes(Buffer.from(secret).toString('latin1'))).toBe(false);
    expect(statSync(join(entry.parentPath, entry.name)).mode & 0o077).toBe(0);
  }
});

test('while others write, a backup is of one moment', async () => {
  let isWriting = true;
  let written = 0;
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let index = 0; isWriting; index++) {
      const code = `load-${writer}-${index}`;
      // Two tables far apart in the backup's order tell of the same thing.
      await inTenant(database.db, city, async (tx) => {
        await recordAudit(tx, jobScope(city, 'load', 'department.write'), { action: 'load.write', object: { kind: 'department', id: code } });
        await tx.insertInto('departments').values({ tenant_id: city, department_id: newId(), code, name: '样例', jurisdiction_code: '220202' }).execute();
      });
      written++;
    }
  });
  while (written < 50) await new Promise((resolve) => setTimeout(resolve, 5));
  const before = written;
  const made = await writeBackup({ url: database.ownerUrl, dataFolder, into: join(folder, 'under-load'), program: '0.0.0', keys: [] });
  const after = written;
  isWriting = false;
  await Promise.all(writers);
  const place = await emptyPlace();
  await restoreBackup({ ...place, backup: made.folder });
  const restored = await allRows(place.url);
  const departments = restored['departments']?.filter((row) => row.includes('load-')).map((row) => /load-\d+-\d+/.exec(row)?.[0]).sort() ?? [];
  const entries = restored['audit_entries']?.filter((row) => row.includes('load.write')).map((row) => /load-\d+-\d+/.exec(row)?.[0]).sort() ?? [];
  expect(departments).toEqual(entries);
  expect(departments.length).toBeGreaterThanOrEqual(before);
  expect(departments.length).toBeLessThanOrEqual(after + 4);
});

/** Changes one bit. */
function flip(file: string, at = 12): void {
  const bytes = readFileSync(file);
  const place = Math.min(at, bytes.length - 1);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** Some paper of a backup. */
function paperIn(copy: string): string {
  const [entry] = readdirSync(join(copy, 'files'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return join(entry?.parentPath ?? '', entry?.name ?? '');
}

/** Changes the manifest's text. */
function rewrite(copy: string, from: string, to: string): void {
  writeFileSync(join(copy, 'manifest.json'), readFileSync(join(copy, 'manifest.json'), 'utf8').replace(from, to));
}

test.each<readonly [string, (copy: string) => void, RegExp]>([
  ['a table is changed', (copy) => flip(join(copy, 'tables/audit_entries.copy.gz')), /audit_entries.copy.gz .*damaged/],
  ['a table is cut off', (copy) => truncateSync(join(copy, 'tables/departments.copy.gz'), 30), /departments.copy.gz .*damaged/],
  ['a table is gone', (copy) => rmSync(join(copy, 'tables/jurisdictions.copy.gz')), /lacks tables\/jurisdictions/],
  ['a paper is changed', (copy) => flip(paperIn(copy), 400), /files\/evidence\/.* damaged/],
  ['a paper is gone', (copy) => rmSync(paperIn(copy)), /lacks files\/evidence/],
  ['the list of papers is changed', (copy) => flip(join(copy, 'files.ndjson.gz')), /files.ndjson.gz .*damaged/],
  ['the manifest is changed', (copy) => rewrite(copy, '样例市', '别的市'), /manifest.json is damaged/],
  ['the manifest is no JSON', (copy) => truncateSync(join(copy, 'manifest.json'), 100), /manifest.json is damaged/],
  ['it was cut off before its manifest', (copy) => rmSync(join(copy, 'manifest.json')), /no whole backup/],
  ['a newer program wrote it', (copy) => rewrite(copy, '"format": 1', '"format": 2'), /made by a newer Wutong \(0\.0\.0\)/],
])('a backup that is not whole is refused, and nothing is touched: %s', async (_what, breakIt, message) => {
  const place = await emptyPlace();
  const copy = copyOfBackup();
  breakIt(copy);
  const refused = await restoreBackup({ ...place, backup: copy }).catch((error: unknown) => error as Error);
  expect(refused).toBeInstanceOf(BackupError);
  const [zh = '', en = ''] = (refused as Error).message.split('\n');
  expect(zh).toMatch(/[\u4e00-\u9fff]/);
  expect(en).toMatch(message);
  expect(await isUntouched(place)).toBe(true);
});

test('a place without a backup is told as such', async () => {
  await expect(checkBackup(join(folder, 'nowhere'))).rejects.toThrow(/no such folder/);
});

test('a backup of a shape that this program does not have is refused', async () => {
  const { writeManifest } = await import('./manifest.ts');
  const copy = copyOfBackup();
  writeManifest(copy, { ...manifest, migrations: [...manifest.migrations, { file: '9999-later.sql', digest: 'ab' }] });
  await expect(checkBackup(copy)).rejects.toThrow(/9999-later\.sql, which this Wutong lacks/);
  writeManifest(copy, { ...manifest, migrations: manifest.migrations.map((each, index) => (index === 0 ? { ...each, digest: 'ab' } : each)) });
  await expect(checkBackup(copy)).rejects.toThrow(/0001-ground\.sql, of which this Wutong has another one/);
});

test('a database with a city, other tables, or papers in the folder is left alone', async () => {
  const before = await allRows(database.ownerUrl);
  const place = await emptyPlace();
  await expect(restoreBackup({ url: database.ownerUrl, dataFolder: place.dataFolder, backup })).rejects.toThrow(/not empty \(it has 样例市、邻市\)/);
  expect(await allRows(database.ownerUrl)).toEqual(before);
  await expect(restoreBackup({ url: place.url, dataFolder, backup })).rejects.toThrow(/evidence in it already/);
  expect(await isUntouched(place)).toBe(true);
  await asOwner({ ownerUrl: place.url }, (client) => client.query('create table somebody_elses (id integer)'));
  await expect(restoreBackup({ ...place, backup })).rejects.toThrow(/it has somebody_elses/);
  // Of Wutong itself, without a city: as the first start leaves it.
  const migrated = await makeTestDatabase();
  onTestFinished(() => migrated.drop());
  await restoreBackup({ url: migrated.ownerUrl, dataFolder: place.dataFolder, backup });
  expect((await allRows(migrated.ownerUrl))['tenants']).toHaveLength(2);
});

test('rows that do not fit each other bring nothing in, and the papers are taken back', async () => {
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const { measureFile } = await import('./measure.ts');
  const { writeManifest } = await import('./manifest.ts');
  const copy = copyOfBackup();
  const file = join(copy, 'tables/departments.copy.gz');
  // A department of a place that is not there, in a backup whose digests all fit.
  writeFileSync(file, gzipSync(gunzipSync(readFileSync(file)).toString('utf8').replace('\t220200\t', '\t999999\t')));
  const measured = await measureFile(file);
  writeManifest(copy, { ...manifest, tables: manifest.tables.map((table) => (table.table === 'departments' ? { ...table, ...measured } : table)) });
  const place = await emptyPlace();
  await expect(restoreBackup({ ...place, backup: copy })).rejects.toThrow(/foreign key/);
  expect(Object.values(await allRows(place.url)).flat()).toEqual([]);
  expect(existsSync(join(place.dataFolder, 'evidence'))).toBe(false);
  // The place is as good as before.
  await restoreBackup({ ...place, backup });
  expect((await allRows(place.url))['departments']).toHaveLength(2);
});

test('an owner that is no superuser backs up and restores all cities all the same', async () => {
  const place = await emptyPlace();
  await restoreBackup({ ...place, backup });
  const role = `owner_${newId().replaceAll('-', '')}`;
  const own = await asOwner({ ownerUrl: place.url }, async (client) => {
    await client.query(`create role ${role} login password 'sample' nosuperuser; grant wutong_app, wutong_sealer to ${role}`);
    const { tables } = await readSchema(client);
    for (const { name } of tables) await client.query(`alter table ${pg.escapeIdentifier(name)} owner to ${role}`);
    const url = new URL(place.url);
    url.username = role;
    url.password = 'sample';
    return url.href;
  });
  onTestFinished(() => asOwner({ ownerUrl: place.url }, (client) => client.query(`reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`)).then(() => undefined));
  const into = join(folder, 'no-superuser');
  const made = await writeBackup({ url: own, dataFolder: place.dataFolder, into, program: '0.0.0', keys: [] });
  expect(made.manifest.tables.map(({ table, rows }) => [table, rows])).toEqual(manifest.tables.map(({ table, rows }) => [table, rows]));
  await asOwner({ ownerUrl: place.url }, async (client) => {
    const { tables } = await readSchema(client);
    await client.query(`truncate ${tables.filter(({ kind, name }) => kind === 'r' && name !== 'schema_migrations').map(({ name }) => pg.escapeIdentifier(name)).join(', ')}`);
  });
  rmSync(join(place.dataFolder, 'evidence'), { recursive: true });
  await restoreBackup({ url: own, dataFolder: place.dataFolder, backup: made.folder });
  expect((await allRows(place.url))['departments']).toEqual((await allRows(database.ownerUrl))['departments']?.filter((row) => !row.includes('load-')));
});

test('many cities in one database leave nothing behind in the program', async () => {
  const many = await makeTestDatabase();
  onTestFinished(() => many.drop());
  for (let number = 1; number <= 24; number++) await makeTenant(many, { code: `city-${number}`, name: `样例${number}市` });
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));
  const made = await writeBackup({ url: many.ownerUrl, dataFolder: join(folder, 'none'), into: join(folder, 'many'), program: '0.0.0', keys: [] });
  const place = await emptyPlace();
  await restoreBackup({ ...place, backup: made.folder });
  expect((await allRows(place.url))['jurisdictions']).toHaveLength(24);
  expect(warnings.map(({ name }) => name)).not.toContain('MaxListenersExceededWarning');
});

test('what a backup left that was cut off goes a day later, not before', async () => {
  const into = join(folder, 'cut-off');
  for (const name of ['wutong-20260601-020000.partial', 'wutong-20260602-020000.partial', 'mine.partial']) mkdirSync(join(into, name), { recursive: true });
  const now = new Date();
  utimesSync(join(into, 'wutong-20260601-020000.partial'), now, new Date(now.getTime() - 90_000_000));
  utimesSync(join(into, 'mine.partial'), now, new Date(now.getTime() - 90_000_000));
  const made = await writeBackup({ url: database.ownerUrl, dataFolder, into, program: '0.0.0', keys: [], now });
  expect(readdirSync(into).sort()).toEqual(['mine.partial', 'wutong-20260602-020000.partial', basename(made.folder)].sort());
  // Two in one second would be one.
  await expect(writeBackup({ url: database.ownerUrl, dataFolder, into, program: '0.0.0', keys: [], now })).rejects.toThrow(BackupError);
});

test('only whole backups are counted and deleted', () => {
  const into = mkdtempSync(join(tmpdir(), 'wutong-old-'));
  onTestFinished(() => rmSync(into, { recursive: true, force: true }));
  for (const name of ['wutong-20260601-020000', 'wutong-20260602-020000', 'wutong-20260603-020000', 'wutong-20260604-020000.partial', 'mine']) mkdirSync(join(into, name));
  for (const name of ['wutong-20260601-020000', 'wutong-20260602-020000', 'wutong-20260603-020000', 'mine']) writeFileSync(join(into, name, 'manifest.json'), '{}');
  expect(removeOldBackups(into, 2)).toEqual(['wutong-20260601-020000']);
  expect(readdirSync(into)).toHaveLength(4);
});

test('the commands: backup, restore without the keys and what it says, restore with them', async () => {
  const run = async (name: string, environment: Record<string, string>, ...args: string[]): Promise<{ status: number; out: string; err: string }> => {
    const console = collectConsole();
    const status = await operate(name, args, console, 'zh', environment);
    return { status, ...console.written };
  };
  const into = join(folder, 'by-command');
  const here = { DATABASE_URL: database.ownerUrl, WUTONG_DATA: dataFolder, WUTONG_KEYS: keysFile };
  const made = await run('backup', here, '--to', into, '--keys-to', join(folder, 'safe', 'wutong.keys'));
  expect(made).toMatchObject({ status: 0, err: '' });
  const [name = ''] = readdirSync(into);
  const copy = join(into, name);
  expect(made.out).toContain(`备份好了：${copy}`);
  expect(readFileSync(join(folder, 'safe', 'wutong.keys'))).toEqual(readFileSync(keysFile));
  expect(statSync(join(folder, 'safe', 'wutong.keys')).mode & 0o077).toBe(0);
  // The export of everything stands in the trail of every city.
  expect((await allRows(database.ownerUrl))['audit_entries']?.filter((row) => row.includes('backup.make'))).toHaveLength(2);
  expect((await run('backup', here, '--to', into, '--keys-to', join(into, 'keys'))).err).toContain('密钥不能和备份放在一起');
  expect(await run('backup', here)).toMatchObject({ status: 2 });

  const bare = await emptyPlace();
  const without = { DATABASE_URL: bare.url, WUTONG_DATA: bare.dataFolder, WUTONG_KEYS: join(bare.dataFolder, '..', 'keys', 'wutong.keys') };
  const closed = await run('restore', without, '--from', copy);
  expect(closed).toMatchObject({ status: 0, err: '' });
  expect(closed.out).toContain(`idempotency_keys.answer_sealed：1 个，密钥 ${protector.currentKeyId()}`);
  expect(closed.out).toContain(without.WUTONG_KEYS);
  expect(closed.out).toMatch(/怎么办：找到另外存放的密钥文件/);
  expect(closed.out).toContain('没有核对：链尾的签名，签名用的密钥不在这里');
  expect(closed.out).toMatch(/sample：没有问题/);
  // The key file put in its place is enough.
  mkdirSync(join(bare.dataFolder, '..', 'keys'));
  cpSync(keysFile, without.WUTONG_KEYS);
  const verified = await run('audit', without, 'verify', '--tenant', 'sample');
  expect(verified).toMatchObject({ status: 0 });
  expect(verified.out).not.toContain('没有核对');

  const whole = await emptyPlace();
  const withKeys = { DATABASE_URL: whole.url, WUTONG_DATA: whole.dataFolder, WUTONG_KEYS: join(whole.dataFolder, '..', 'keys', 'wutong.keys') };
  const open = await run('restore', withKeys, '--from', copy, '--keys', join(folder, 'safe', 'wutong.keys'));
  expect(open).toMatchObject({ status: 0 });
  expect(open.out).toContain('加密的内容都能打开');
  const again = await openKeys({ path: withKeys.WUTONG_KEYS, hasSealedData: () => Promise.resolve(true) });
  const sealed = await asOwner({ ownerUrl: whole.url }, async (client) => (await client.query<{ answer_sealed: Buffer }>('select answer_sealed from idempotency_keys')).rows[0]?.answer_sealed ?? Buffer.alloc(0));
  expect(again.openText({ tenantId: city, table: 'idempotency_keys', column: 'answer_sealed', row: 'ab' }, sealed)).toBe('220202199001011234');
  expect((await allRows(whole.url))['audit_entries']?.filter((row) => row.includes('backup.restore'))).toHaveLength(2);

  expect(await run('restore', {}, '--from', copy, '--check')).toMatchObject({ status: 0 });
  expect((await run('restore', here, '--from', copy)).status).toBe(1);
  expect((await run('restore', {}, '--from', join(folder, 'nowhere'), '--check'))).toMatchObject({ status: 1, out: '' });
  expect(await run('audit', here, 'check')).toMatchObject({ status: 2 });
  expect((await run('audit', here, 'verify', '--tenant', 'nowhere')).err).toContain('sample、neighbour');
  expect((await run('audit', here, 'verify', '--from', '2026-02-30'))).toMatchObject({ status: 2 });
});

test('audit verify tells each place and ends with status 1', async () => {
  const place = await emptyPlace();
  await restoreBackup({ ...place, backup });
  await asOwner({ ownerUrl: place.url }, (client) => client.query(`update audit_entries set action = 'x' where tenant_id = $1 and entry_id = (select entry_id from audit_seals where tenant_id = $1 and seq = 2)`, [city]));
  const environment = { DATABASE_URL: place.url, WUTONG_DATA: place.dataFolder, WUTONG_KEYS: keysFile };
  const console = collectConsole();
  expect(await operate('audit', ['verify'], console, 'en', environment)).toBe(1);
  expect(console.written.out).toMatch(/sample: does not hold[^]*number 2: its entry was changed[^]*neighbour: holds/);
  const json = collectConsole();
  expect(await operate('audit', ['verify', '--json'], json, 'zh', environment)).toBe(1);
  expect(JSON.parse(json.written.out)).toMatchObject({ sample: { isGood: false, findings: [{ kind: 'changed', seq: 2 }] }, neighbour: { isGood: true } });
});

test('a place without room or that cannot be written is told in words', async () => {
  const noFolder = join(folder, 'no-folder');
  writeFileSync(noFolder, '');
  await expect(writeBackup({ url: database.ownerUrl, dataFolder, into: join(noFolder, 'below'), program: '0.0.0', keys: [] })).rejects.toThrow(/不能写（ENOTDIR）[\s\S]*cannot be written \(ENOTDIR\)/);
  const full = placeErrorOf(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), '/var/backups');
  expect(full).toBeInstanceOf(BackupError);
  expect(full?.message).toMatch(/^\/var\/backups 没有地方了.*\nNo room is left in \/var\/backups/);
  expect(placeErrorOf(new Error('something else'), '/var/backups')).toBeUndefined();
});
