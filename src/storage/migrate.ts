// Brings a database to the newest shape: applies the numbered SQL files in order, each once, and refuses what does not fit.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** One numbered file of SQL. */
export interface Migration {
  readonly number: number;
  /** The file's name, such as `0001-ground.sql`. */
  readonly file: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, line ends counted as LF: what `sha256sum` prints. */
  readonly digest: string;
}

/** Why a database cannot be brought to this program's shape, in both languages. */
export class MigrationError extends Error {}

/** The folder of the migrations: beside this file in the source, one up from the bundles in what is built. */
function findMigrationsFolder(): string {
  const places = ['./migrations', '../migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    throw new MigrationError(`找不到数据库升级文件（${places.join('，')}）。请重新安装或运行 npm run build\nThe database migrations are missing (${places.join(', ')}). Install again or run npm run build`);
  }
  return found;
}

/**
 * Reads the migrations of a folder, in order of their numbers.
 * @throws MigrationError for a name that is not NNNN-words.sql and for two files with one number.
 */
export function readMigrations(folder: string = findMigrationsFolder()): readonly Migration[] {
  const migrations: Migration[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.sql')) continue;
    const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]);
    if (!(number > 0)) {
      throw new MigrationError(`数据库升级文件的名字应当像 0001-ground.sql，这里是 ${file}\nA migration is named like 0001-ground.sql; found ${file}`);
    }
    const twin = migrations.find((each) => each.number === number);
    if (twin !== undefined) {
      throw new MigrationError(`两个数据库升级文件同号：${twin.file} 和 ${file}\nTwo migrations have the same number: ${twin.file} and ${file}`);
    }
    // A checkout may turn line ends into CRLF; the file means the same.
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    migrations.push({ number, file, sql, digest: createHash('sha256').update(sql).digest('hex') });
  }
  return migrations;
}

/** Applied migrations in the database; `create … if not exists` of two starters at once can collide (over the row type's name too), so the loser asks again. */
async function ensureJournal(client: pg.Client): Promise<void> {
  const collisions = new Set(['23505', '42P07', '42710']);
  for (let attempt = 0; ; attempt++) {
    try {
      // Looked for first: whoever may not create tables can still ask for what is pending.
      const { rows } = await client.query<{ found: string | null }>(`select to_regclass('public.schema_migrations')::text as found`);
      if (rows[0]?.found) return;
      await client.query(`create table public.schema_migrations (
        number integer primary key,
        file text not null,
        digest text not null,
        applied_at timestamptz not null default now()
      )`);
      return;
    } catch (error) {
      if (attempt < 5 && error instanceof pg.DatabaseError && collisions.has(error.code ?? '')) continue;
      throw error;
    }
  }
}

/** Compares what is applied with the files. @throws MigrationError where they do not fit. */
function findPending(applied: readonly { number: number; file: string; digest: string }[], migrations: readonly Migration[]): readonly Migration[] {
  const known = new Map(migrations.map((each) => [each.number, each]));
  const newest = migrations.at(-1)?.number ?? 0;
  for (const { number, file, digest } of applied) {
    const ours = known.get(number);
    if (ours === undefined && number > newest) {
      throw new MigrationError(
        `这个数据库已升级到 ${file}，比这个版本的梧桐新。请换用更新的梧桐，或者恢复升级前的备份\n` +
          `This database was brought to ${file} by a newer Wutong. Use that version or a newer one, or restore a backup from before`,
      );
    }
    if (ours === undefined) {
      throw new MigrationError(
        `数据库已执行过 ${file}，但程序里没有这个文件。请重新安装完整的梧桐\n` +
          `The database has ${file} applied, but this program lacks that file. Install a complete Wutong`,
      );
    }
    if (ours.digest !== digest) {
      throw new MigrationError(
        `${ours.file} 在执行之后被改过（执行时 ${digest.slice(0, 12)}，现在 ${ours.digest.slice(0, 12)}）。请恢复原文件，把改动写成新的文件；如果只是试用的数据，可以换一个空的数据库\n` +
          `${ours.file} was changed after it had been applied (then ${digest.slice(0, 12)}, now ${ours.digest.slice(0, 12)}). Restore it and write the change as a new file; where the data are only for trying, take an empty database`,
      );
    }
  }
  const done = new Set(applied.map((each) => each.number));
  const highest = Math.max(0, ...done);
  const pending = migrations.filter((each) => !done.has(each.number));
  const late = pending.find((each) => each.number < highest);
  if (late !== undefined) {
    throw new MigrationError(
      `${late.file} 的号码比已执行的小，不能再补。请给它一个比 ${highest} 大的号码\n` +
        `${late.file} has a lower number than one already applied. Give it a number above ${highest}`,
    );
  }
  return pending;
}

/** Where in the file a statement failed: PostgreSQL counts characters from 1. */
function lineOf(sql: string, position: string | undefined): number | undefined {
  return position === undefined ? undefined : Array.from(sql).slice(0, Number(position) - 1).filter((each) => each === '\n').length + 1;
}

/** Applies the next pending migration in a transaction of its own; undefined when there is none left. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | undefined> {
  await client.query('begin');
  try {
    // Two processes that start together queue here; the second finds the work done. Readers are not held up.
    await client.query('lock table public.schema_migrations in share row exclusive mode');
    const { rows } = await client.query<{ number: number; file: string; digest: string }>('select number, file, digest from public.schema_migrations order by number');
    const next = findPending(rows, migrations)[0];
    if (next !== undefined) {
      await client.query(next.sql).catch((error: unknown) => {
        if (!(error instanceof pg.DatabaseError)) throw error;
        const line = lineOf(next.sql, error.position);
        const place = line === undefined ? next.file : `${next.file}:${line}`;
        throw new MigrationError(
          [`数据库升级失败，${place}：`, `The migration failed, ${place}:`, `${error.code}: ${error.message}`, error.detail, error.hint, error.where].filter(Boolean).join('\n'),
          { cause: error },
        );
      });
      await client.query('insert into public.schema_migrations (number, file, digest) values ($1, $2, $3)', [next.number, next.file, next.digest]);
    }
    await client.query('commit');
    return next?.file;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * Applies every pending migration, in order, each in its own transaction; safe when several processes do it at once.
 * @param url a role that owns the database's objects.
 * @returns the files applied now; empty where nothing was pending.
 * @throws MigrationError where the database and the files do not fit or a statement fails; what was applied before stays.
 */
export async function migrate(url: string, migrations: readonly Migration[] = readMigrations()): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  // A connection lost between two statements is told by the next one.
  client.on('error', () => {});
  await client.connect();
  try {
    await ensureJournal(client);
    const applied: string[] = [];
    for (;;) {
      const file = await applyNext(client, migrations);
      if (file === undefined) return applied;
      applied.push(file);
    }
  } finally {
    await client.end();
  }
}

/**
 * The migrations that the database still lacks; changes nothing, and works through the server's login too.
 * @throws MigrationError where the database and the files do not fit.
 */
export async function listPending(url: string, migrations: readonly Migration[] = readMigrations()): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ found: string | null }>(`select to_regclass('public.schema_migrations')::text as found`);
    if (!rows[0]?.found) return migrations.map((each) => each.file);
    const { rows: rights } = await client.query<{ reads: boolean }>(`select has_table_privilege('public.schema_migrations', 'select') as reads`);
    // The server's own login has no right until it takes a role.
    if (rights[0]?.reads === false) await client.query('set role wutong_app');
    const applied = await client.query<{ number: number; file: string; digest: string }>('select number, file, digest from public.schema_migrations order by number');
    return findPending(applied.rows, migrations).map((each) => each.file);
  } finally {
    await client.end();
  }
}
