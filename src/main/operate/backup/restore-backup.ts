// Restores a backup into an empty database: everything is checked first, and the rows come in one transaction or not at all.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate, readMigrations } from '../../../storage/migrate.ts';
import { readSchema, type Table } from '../../../storage/read-schema.ts';
import { checkFiles, copyFilesIn, differing, lacking, refuseFiles } from './data-files.ts';
import { BackupError, type Manifest, readManifest } from './manifest.ts';
import { measureFile } from './measure.ts';
import { copySettings, isOfTenants, tablesWithRows } from './write-backup.ts';

/** What to restore, and where to. */
export interface RestoreOptions {
  readonly backup: string;
  /** The owner's address of an empty database. */
  readonly url: string;
  readonly dataFolder: string;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** How far it has come. */
export interface RestoreProgress {
  readonly step: 'checking' | 'table' | 'constraints' | 'files';
  readonly name?: string;
  readonly count?: number;
}

/**
 * Checks a backup against its manifest, and whether this program can take it.
 * @throws BackupError with what is missing, damaged or too new.
 */
export async function checkBackup(backup: string, onProgress: (progress: RestoreProgress) => void = () => {}): Promise<Manifest> {
  const manifest = readManifest(backup);
  const ours = readMigrations();
  for (const { file, digest } of manifest.migrations) {
    const own = ours.find((each) => each.file === file);
    if (own === undefined || own.digest !== digest) {
      throw new BackupError(
        `这份备份的数据库是 ${file} 那一版，这个梧桐${own === undefined ? '还没有它' : '里的它不一样'}。请用做备份时的版本（${manifest.program}）或更新的版本恢复`,
        `The database of this backup has ${file}, ${own === undefined ? 'which this Wutong lacks' : 'of which this Wutong has another one'}. Restore it with the version that made it (${manifest.program}) or a newer one`,
      );
    }
  }
  for (const { table, file, bytes, digest } of manifest.tables) {
    onProgress({ step: 'checking', name: table });
    const path = join(backup, file);
    if (!existsSync(path)) throw lacking(file);
    const found = await measureFile(path);
    if (found.bytes !== bytes || found.digest !== digest) throw differing(file);
  }
  await checkFiles(backup, manifest, (count) => onProgress({ step: 'checking', name: 'files', count }));
  return manifest;
}

/**
 * Restores a backup.
 * @throws BackupError where the backup is not whole, this program too old, or the place not empty; then nothing was changed.
 */
export async function restoreBackup({ backup, url, dataFolder, onProgress = () => {} }: RestoreOptions): Promise<Manifest> {
  const manifest = await checkBackup(backup, onProgress);
  await refuseFiles(dataFolder);
  await refuseRows(url, manifest);
  // To the shape that the backup has; the way on to the newest is the usual one.
  const then = new Set(manifest.migrations.map(({ file }) => file));
  await migrate(url, readMigrations().filter(({ file }) => then.has(file)));
  const files = await copyFilesIn(backup, manifest, dataFolder, (count) => onProgress({ step: 'files', count }));
  try {
    await restoreRows(url, backup, manifest, onProgress);
  } catch (error) {
    await files.undo();
    throw error;
  }
  await files.finish();
  await migrate(url);
  return manifest;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  await client.query(copySettings);
  return client;
}

/** An empty database has no tables, or those of Wutong without a city. */
async function refuseRows(url: string, manifest: Manifest): Promise<void> {
  const client = await connect(url);
  try {
    const { tables } = await readSchema(client);
    if (tables.length === 0) return;
    const hasCities = tables.some(({ name }) => name === 'tenants');
    const { rows } = hasCities ? await client.query<{ name: string }>('select name from tenants order by tenant_id limit 3') : { rows: [] };
    const isOurs = tables.some(({ name }) => name === 'schema_migrations');
    if (isOurs && rows.length === 0) {
      const { rows: applied } = await client.query<{ file: string }>('select file from schema_migrations order by number');
      const newer = applied.find(({ file }) => !manifest.migrations.some((each) => each.file === file));
      if (newer === undefined) return;
      throw new BackupError(
        `这个数据库已经升级到 ${newer.file}，比备份新。请给一个完全空的数据库或文件夹，恢复以后会自己升级`,
        `This database was brought to ${newer.file}, further than the backup. Name an entirely empty database or folder; it is brought further once the backup is in`,
      );
    }
    const held = rows.length > 0 ? rows.map(({ name }) => name).join('、') : tables.slice(0, 3).map(({ name }) => name).join('、');
    throw new BackupError(
      `这个数据库不是空的（有 ${held}），没有恢复，也没有改动它。请先建一个空数据库，再用 DATABASE_URL 指定；或者用 WUTONG_DATA 指定一个空文件夹`,
      `This database is not empty (it has ${held}); nothing was restored or changed. Create an empty one and name it in DATABASE_URL, or name an empty folder by WUTONG_DATA`,
    );
  } finally {
    await client.end();
  }
}

async function restoreRows(url: string, backup: string, manifest: Manifest, onProgress: (progress: RestoreProgress) => void): Promise<void> {
  const client = await connect(url);
  try {
    // It ends whatever transaction is open, so it comes before ours.
    const tables = new Map(tablesWithRows((await readSchema(client)).tables).map((table) => [table.name, table]));
    await client.query('begin');
    const absent = [...tables.keys()].filter((name) => !manifest.tables.some(({ table }) => table === name));
    const unknown = manifest.tables.find(({ table }) => !tables.has(table));
    if (unknown !== undefined || absent.length > 0) throw differing(`tables/${unknown?.table ?? absent[0]}`);
    // References are checked for all rows at once, which also makes the order of the tables no matter.
    const references = [...tables.values()].flatMap((table) => table.constraints.filter(({ kind }) => kind === 'f').map((constraint) => ({ table: pg.escapeIdentifier(table.name), ...constraint })));
    for (const { table, name } of references) await client.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`);
    for (const file of manifest.tables) {
      const table = tables.get(file.table);
      if (table !== undefined) await restoreTable(client, backup, table, file, onProgress);
    }
    onProgress({ step: 'constraints' });
    for (const { table, name, definition } of references) await client.query(`alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`);
    for (const { name, value, isCalled } of manifest.sequences) await client.query('select setval($1::regclass, $2, $3)', [pg.escapeIdentifier(name), value, isCalled]);
    await client.query('commit');
    await client.query('analyze').catch(() => {});
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

async function restoreTable(client: pg.Client, backup: string, table: Table, { columns, rows, file }: Manifest['tables'][number], onProgress: (progress: RestoreProgress) => void): Promise<void> {
  const name = pg.escapeIdentifier(table.name);
  onProgress({ step: 'table', name: table.name, count: 0 });
  // Migrations may have put rows into tables of no tenant; those of the backup take their place.
  if (!isOfTenants(table)) await client.query(`delete from ${name}`);
  // Behind the wall an owner that is no superuser could not write rows of several tenants.
  if (table.isRowSecurityForced) await client.query(`alter table ${name} no force row level security`);
  const target = client.query(copyFrom(`copy ${name} (${columns.map(pg.escapeIdentifier).join(', ')}) from stdin`));
  await pipeline(createReadStream(join(backup, file)), createGunzip(), target);
  if (table.isRowSecurityForced) await client.query(`alter table ${name} force row level security`);
  if (target.rowCount !== rows) throw differing(file);
  onProgress({ step: 'table', name: table.name, count: rows });
}
