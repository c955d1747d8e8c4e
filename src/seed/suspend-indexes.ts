// Takes indexes and foreign keys of empty tables away for a load and puts them back after it: building them once is several times cheaper.
import type { ClientBase } from 'pg';

/** What was taken away, with the statement that puts it back. */
interface Suspended {
  readonly table_name: string;
  readonly name: string;
  readonly kind: 'index' | 'unique' | 'key';
  readonly definition: string;
}

/** What one load fills. Its list of what was taken away exists only while it runs; a load that was cut off is finished by the next one. */
export interface LoadedSet {
  readonly list: 'seed_suspended' | 'seed_suspended_cases';
  readonly tables: readonly string[];
}

/** Ids ascend as they are loaded, so these primary keys cost little, and others refer to them. */
const keptKeys = ['parties', 'people', 'organisations', 'fact_statements', 'employments', 'person_spellings', 'organisation_spellings'];

/** Whether nothing was ever stored in the tables, by anybody. */
export async function areEmpty(client: ClientBase, { tables }: LoadedSet): Promise<boolean> {
  const { rows } = await client.query<{ size: string }>('select coalesce(sum(pg_relation_size(name::regclass)), 0)::text as size from unnest($1::text[]) as name', [tables]);
  return rows[0]?.size === '0';
}

/** Whether a load was cut off before everything was put back. */
export async function isSuspended(client: ClientBase, { list }: LoadedSet): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [list]);
  return rows[0]?.found === true;
}

/** Takes away what slows a load down, in one transaction. Row-level security stays for everybody but the owner. */
export async function suspendIndexes(client: ClientBase, { list, tables }: LoadedSet): Promise<void> {
  const { rows: constraints } = await client.query<Suspended>(
    `select c.conrelid::regclass::text as table_name, c.conname as name, case c.contype when 'f' then 'key' else 'unique' end as kind, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c
     where c.conrelid = any($1::text[]::regclass[]) and (c.contype in ('f', 'u') or (c.contype = 'p' and not c.conrelid = any($2::text[]::regclass[])))
       and not exists (select from pg_constraint other where other.contype = 'f' and other.confrelid = c.conrelid and other.conindid = c.conindid and c.contype in ('u', 'p'))
     order by c.conname`,
    [tables, keptKeys.filter((table) => tables.includes(table))],
  );
  const { rows: indexes } = await client.query<Suspended>(
    `select i.indrelid::regclass::text as table_name, c.relname as name, 'index' as kind, pg_get_indexdef(c.oid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint k where k.conindid = c.oid) order by c.relname`,
    [tables],
  );
  await client.query('begin');
  try {
    await client.query(`create table ${list} (place integer primary key, kind text not null, table_name text not null, name text not null, definition text not null)`);
    const order = { unique: 0, index: 1, key: 2 };
    const all = [...constraints, ...indexes].sort((a, b) => order[a.kind] - order[b.kind]);
    for (const [place, { kind, table_name, name, definition }] of all.entries()) {
      await client.query(`insert into ${list} values ($1, $2, $3, $4, $5)`, [place, kind, table_name, name, definition]);
      await client.query(kind === 'index' ? `drop index ${quote(name)}` : `alter table ${table_name} drop constraint ${quote(name)}`);
    }
    // COPY does not go through the wall; it stays up for the application's role, which owns nothing.
    for (const table of tables) await client.query(`alter table ${table} no force row level security`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Two connections of the owner, between which the work at the end of a load is shared. */
export type Pair = readonly [ClientBase, ClientBase];

// Sorting is most of what building an index is, and rows of one tenant differ late: many small runs that fit the processor's cache, merged
// after, take half the time of one large one.
const SORTED_AT_ONCE = '16MB';
// References are checked by one hash join each, which is quick if it stays in memory.
const JOINED_AT_ONCE = '512MB';

/** Puts everything back: indexes two at a time, then foreign keys. May be cut off and called again. `say` is told of each. */
export async function restoreIndexes(clients: Pair, { list, tables }: LoadedSet, say: (name: string) => void): Promise<void> {
  const [client] = clients;
  const { rows } = await client.query<Suspended & { place: number }>(`select * from ${list} order by place`);
  const { rows: sizes } = await client.query<{ name: string; size: string }>('select name, pg_relation_size(name::regclass)::text as size from unnest($1::text[]) as name', [tables]);
  const sizeOf = ({ table_name }: Suspended): number => Number(sizes.find(({ name }) => name === table_name)?.size ?? 0);
  // The largest first, so that neither connection is left with it at the end.
  const largestFirst = rows.sort((a, b) => sizeOf(b) - sizeOf(a));
  const indexes = largestFirst.filter(({ kind }) => kind !== 'key');
  await shareOut(clients, SORTED_AT_ONCE, indexes, (each, index) => restoreIndex(each, list, index, say));
  const keys = largestFirst.filter(({ kind }) => kind === 'key');
  // At first only for rows that are still to come, one after the other: that locks the table referred to.
  for (const key of keys) await restoreKey(client, key);
  await shareOut(clients, JOINED_AT_ONCE, keys, (each, key) => checkKey(each, list, key, say));
  await client.query('begin');
  for (const table of tables) await client.query(`alter table ${table} force row level security`);
  await client.query(`drop table ${list}`);
  await client.query('commit');
}

/** Works through jobs on both connections at once. */
export async function shareOut<Job>(clients: Pair, memory: string, jobs: readonly Job[], work: (client: ClientBase, job: Job) => Promise<void>): Promise<void> {
  const waiting = [...jobs];
  await Promise.all(
    clients.map(async (client) => {
      await client.query(`set maintenance_work_mem = '${memory}'`);
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(client, next);
    }),
  );
}

async function restoreIndex(client: ClientBase, list: LoadedSet['list'], { place, kind, table_name, name, definition }: Suspended & { place: number }, say: (name: string) => void): Promise<void> {
  say(name);
  const [, type, columns] = /^(PRIMARY KEY|UNIQUE) (\(.*\))$/.exec(definition) ?? [];
  if (type !== undefined) {
    // Made as an index first, by itself: the constraint then locks the table only for a moment, and never while holding what another waits for.
    await client.query(`create unique index if not exists ${quote(name)} on ${table_name} ${columns ?? ''}`);
  }
  await client.query('begin');
  if (kind === 'index') await client.query(definition);
  else await client.query(`alter table ${table_name} add constraint ${quote(name)} ${type === undefined ? definition : `${type} using index ${quote(name)}`}`);
  await client.query(`delete from ${list} where place = $1`, [place]);
  await client.query('commit');
}

async function restoreKey(client: ClientBase, { table_name, name, definition }: Suspended): Promise<void> {
  // A load that was cut off may have come as far as this.
  await client.query(`alter table ${table_name} drop constraint if exists ${quote(name)}, add constraint ${quote(name)} ${definition} not valid`);
}

async function checkKey(client: ClientBase, list: LoadedSet['list'], { place, table_name, name }: Suspended & { place: number }, say: (name: string) => void): Promise<void> {
  say(name);
  await client.query('begin');
  await client.query(`alter table ${table_name} validate constraint ${quote(name)}`);
  await client.query(`delete from ${list} where place = $1`, [place]);
  await client.query('commit');
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
