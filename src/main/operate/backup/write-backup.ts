// Makes a backup: every table from one snapshot, streamed and compressed, then the files of the data folder; the manifest comes last.
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readMigrations } from '../../../storage/migrate.ts';
import { readSchema, type Table } from '../../../storage/read-schema.ts';
import { copyFilesOut } from './data-files.ts';
import { BackupError, isBackup, type Manifest, type TableFile, writeManifest } from './manifest.ts';
import { makeMeasure } from './measure.ts';

/** What to back up, and where to. */
export interface BackupOptions {
  /** The owner's address. */
  readonly url: string;
  readonly dataFolder: string;
  /** The folder in which the backup becomes a folder of its own. */
  readonly into: string;
  readonly program: string;
  readonly keys: readonly string[];
  readonly now?: Date;
  readonly onProgress?: (progress: BackupProgress) => void;
}

/** How far it has come. */
export interface BackupProgress {
  readonly table?: string;
  readonly rows?: number;
  readonly files?: number;
}

/** A backup that was made. */
export interface MadeBackup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Values are written so that every version of PostgreSQL, in whatever setting, reads them alike. */
export const copySettings = `set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex';
  set extra_float_digits = 1; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set search_path = public`;

/** Tables that hold rows of their own, in an order that does not change. The list of migrations is made anew by migrating. */
export function tablesWithRows(tables: readonly Table[]): readonly Table[] {
  return tables.filter(({ kind, partitionOf, name }) => (kind === 'r' || kind === 'p') && partitionOf === null && name !== 'schema_migrations');
}

/** Whether rows of the table belong to tenants. */
export function isOfTenants({ name, columns }: Table): boolean {
  return name !== 'tenants' && columns.some((column) => column.name === 'tenant_id');
}

/** What a failure of the file system means to whoever makes the backup, which is then not there; undefined for any other failure. */
export function placeErrorOf(error: unknown, into: string): BackupError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BackupError(
      `${into} 没有地方了，这一份没有备份成，写了一半的已经删掉。请腾出地方，用 --keep 少留几份，或者换一块盘`,
      `No room is left in ${into}: nothing was backed up, and what had been written is gone. Make room, keep fewer by --keep, or take another disk`,
      { cause: error },
    );
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code)) {
    return new BackupError(`${into} 不能写（${code}）。请换一个文件夹，或者让运行服务的用户能写`, `${into} cannot be written (${code}). Take another folder, or let the service's user write there`, { cause: error });
  }
  return undefined;
}

/**
 * Makes a backup while the system works on; it is as of the moment at which it begins.
 * @throws BackupError where the place cannot take it or the database does not fit this program.
 */
export async function writeBackup({ url, dataFolder, into, program, keys, now = new Date(), onProgress = () => {} }: BackupOptions): Promise<MadeBackup> {
  const name = `wutong-${now.toISOString().slice(0, 19).replace(/\D/g, '').replace(/^(\d{8})/, '$1-')}`;
  const folder = join(into, name);
  if (existsSync(folder)) throw new BackupError(`${folder} 已经有了`, `${folder} is there already`);
  // Under another name until it is whole, so that nobody takes a part for the whole.
  const partial = `${folder}.partial`;
  try {
    clearPartials(into, now);
    mkdirSync(join(partial, 'tables'), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw placeErrorOf(error, into) ?? error;
  }
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(copySettings);
    // It ends whatever transaction is open, so it comes before the snapshot.
    const tables = tablesWithRows((await readSchema(client)).tables);
    await client.query('begin isolation level repeatable read, read only');
    const applied = await client.query<{ file: string; digest: string }>('select file, digest from schema_migrations order by number');
    const newest = readMigrations().at(-1)?.file;
    if (applied.rows.at(-1)?.file !== newest) {
      throw new BackupError(`数据库还没有升级到这个版本。请先运行 wutong migrate`, 'The database has not been brought to this version. Run wutong migrate first');
    }
    const tenants = await client.query<{ tenantId: number; code: string; name: string }>('select tenant_id as "tenantId", code, name from tenants order by tenant_id');
    const { rows: sequences } = await client.query<{ name: string; value: string; isCalled: boolean }>(
      `select sequencename as name, coalesce(last_value, start_value)::text as value, last_value is not null as "isCalled" from pg_sequences where schemaname = 'public' order by 1`,
    );
    const { rows: [version] } = await client.query<{ server_version: string }>('show server_version');
    const written: TableFile[] = [];
    for (const table of tables) {
      const tenantIds = isOfTenants(table) ? tenants.rows.map(({ tenantId }) => tenantId) : [undefined];
      written.push(await writeTable(client, table, tenantIds, partial, (rows) => onProgress({ table: table.name, rows })));
    }
    await client.query('commit');
    const files = await copyFilesOut(dataFolder, partial, (count) => onProgress({ files: count }));
    const manifest: Manifest = {
      format: 1, madeAt: now.toISOString(), program, postgres: version?.server_version ?? '', migrations: applied.rows, tenants: tenants.rows, tables: written, sequences, files, keys,
    };
    writeManifest(partial, manifest);
    renameSync(partial, folder);
    return { folder, manifest };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw placeErrorOf(error, into) ?? error;
  } finally {
    await client.end().catch(() => {});
  }
}

const LINE_END = 10;

async function writeTable(client: pg.Client, { name: table, columns }: Table, tenantIds: readonly (number | undefined)[], folder: string, onRows: (rows: number) => void): Promise<TableFile> {
  const kept = columns.filter(({ isGenerated }) => !isGenerated).map((column) => column.name);
  const file = `tables/${table}.copy.gz`;
  const { stream, measured } = makeMeasure();
  let rows = 0;
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (const tenantId of tenantIds) {
      // The wall between tenants holds for an owner that is no superuser too, and then shows one tenant at a time.
      if (tenantId !== undefined) await client.query(`set local wutong.tenant_id = '${tenantId}'`);
      const where = tenantId === undefined ? '' : ` where tenant_id = ${tenantId}`;
      const source = client.query(copyTo(`copy (select ${kept.map(pg.escapeIdentifier).join(', ')} from ${pg.escapeIdentifier(table)}${where}) to stdout`));
      for await (const piece of source as AsyncIterable<Buffer>) {
        // One line a row: line ends within values are escaped.
        for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) rows++;
        onRows(rows);
        yield piece;
      }
    }
  };
  await pipeline(pieces, createGzip({ level: 4 }), stream, createWriteStream(join(folder, file), { mode: 0o600, flush: true }));
  return { table, columns: kept, rows, file, ...measured() };
}

const PARTIAL_LIVES_MS = 86_400_000;

/** Removes what backups left that were cut off a day ago or longer; a younger one may be under way. */
function clearPartials(into: string, now: Date): void {
  if (!existsSync(into)) return;
  for (const name of readdirSync(into)) {
    const path = join(into, name);
    if (/^wutong-\d{8}-\d{6}\.partial$/.test(name) && now.getTime() - statSync(path).mtimeMs > PARTIAL_LIVES_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Removes the oldest whole backups of a folder beyond `keep`; which ones. */
export function removeOldBackups(into: string, keep: number): readonly string[] {
  const whole = readdirSync(into).filter((name) => /^wutong-\d{8}-\d{6}$/.test(name) && isBackup(join(into, name))).sort();
  const old = whole.slice(0, Math.max(0, whole.length - keep));
  for (const name of old) rmSync(join(into, name), { recursive: true, force: true });
  return old;
}
