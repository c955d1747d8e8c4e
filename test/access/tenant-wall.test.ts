// The wall between cities, table by table: what one city's transaction sees, changes and adds of another's is nothing.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../support/database.ts';

/** A value that fits a type; checks are taken away first, so it need not mean anything. */
const values: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: "'x'",
  varchar: "'x'",
  bpchar: "'x'",
  int2: '1',
  int4: '1',
  int8: '1',
  numeric: '1',
  float8: '1',
  bool: 'false',
  date: "date '2026-06-30'",
  timestamptz: "timestamptz '2026-06-30 08:00+08'",
  bytea: "'\\x00'::bytea",
  jsonb: "'{}'::jsonb",
  json: "'{}'::json",
};

interface Table {
  readonly name: string;
  readonly isPartition: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

let database: TestDatabase;
let mine: number;
let theirs: number;
let tables: readonly Table[] = [];

/** Every table with a tenant_id, as the database has it; tenants themselves are no city's rows. */
async function readTables(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name, c.relispartition as "isPartition",
      json_agg(json_build_object('name', a.attname, 'type', t.typname) order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
    join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and c.relname <> 'tenants'
    group by c.relname, c.relispartition
    having bool_or(a.attname = 'tenant_id')
    order by c.relname`);
  return rows;
}

/** The statement that adds a row of a city. */
function insertion({ name, columns }: Table, tenantId: number): string {
  const filled = columns.map(({ name: column, type }) => {
    if (column === 'tenant_id') return String(tenantId);
    if (type.startsWith('_')) return `'{}'::${type.slice(1)}[]`;
    const value = values[type];
    if (value === undefined) throw new Error(`${name}.${column} has the type ${type}, which this test does not know`);
    return value;
  });
  return `insert into ${name} (${columns.map((column) => column.name).join(', ')}) values (${filled.join(', ')})`;
}

beforeAll(async () => {
  database = await makeTestDatabase();
  mine = await makeTenant(database, { code: 'mine' });
  theirs = await makeTenant(database, { code: 'theirs' });
  await asOwner(database, async (client) => {
    tables = await readTables(client);
    // The wall alone is looked at: checks and references would refuse the rows before it could.
    const { rows } = await client.query<{ statement: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
       where contype in ('f', 'c') and connamespace = 'public'::regnamespace and conparentid = 0 and conrelid <> 0 order by contype desc`,
    );
    for (const { statement } of rows) await client.query(statement);
    for (const table of tables.filter(({ isPartition }) => !isPartition)) for (const tenantId of [mine, theirs]) await client.query(insertion(table, tenantId));
  });
});
afterAll(() => database.drop());

/** What a statement does as the application within a city: how many rows, or the error's code. All is taken back. */
async function within(tenantId: number | undefined, statement: string): Promise<number | string> {
  const client = await database.db.pool.connect();
  try {
    await client.query('begin');
    if (tenantId !== undefined) await client.query(`set local wutong.tenant_id = '${tenantId}'`);
    return (await client.query(statement)).rowCount ?? 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? '';
    throw error;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** insufficient_privilege: a right that the application was not given, or the wall itself. */
const DENIED = '42501';

test('there are tables, of every domain that has landed', () => {
  const names = tables.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(names).toEqual(expect.arrayContaining(['accounts', 'sessions', 'people', 'audit_entries', 'appointments']));
});

describe('from one city', () => {
  test('nothing of another is seen, and nothing at all outside of a city', async () => {
    const seen: Record<string, (number | string)[]> = {};
    for (const { name } of tables) {
      const other = await within(mine, `select 1 from ${name} where tenant_id = ${theirs}`);
      const none = await within(undefined, `select 1 from ${name}`);
      if (![other, none].every((each) => each === 0 || each === DENIED)) seen[name] = [other, none];
    }
    expect(seen).toEqual({});
  });

  test('one’s own is seen, so that the test before says something', async () => {
    const blind = [];
    for (const { name, isPartition } of tables) {
      const own = await within(mine, `select 1 from ${name} where tenant_id = ${mine}`);
      if (!isPartition && own !== DENIED && !(Number(own) >= 1)) blind.push(name);
    }
    expect(blind).toEqual([]);
  });

  test('nothing of another is changed or deleted, by name or by leaving the name out', async () => {
    const changed: Record<string, (number | string)[]> = {};
    for (const { name, columns } of tables) {
      const column = columns.find((each) => each.name !== 'tenant_id')?.name ?? 'tenant_id';
      const results = [await within(mine, `update ${name} set ${column} = ${column} where tenant_id = ${theirs}`), await within(mine, `delete from ${name} where tenant_id = ${theirs}`)];
      if (!results.every((each) => each === 0 || each === DENIED)) changed[name] = results;
      await within(mine, `delete from ${name}`);
    }
    expect(changed).toEqual({});
    const left = await asOwner(database, async (client) => {
      const missing = [];
      for (const { name, isPartition } of tables) {
        if (isPartition) continue;
        const { rows } = await client.query(`select 1 from ${name} where tenant_id = ${theirs}`);
        if (rows.length === 0) missing.push(name);
      }
      return missing;
    });
    expect(left).toEqual([]);
  });

  test('nothing is added to another, and nothing of one’s own handed over', async () => {
    const added: Record<string, (number | string)[]> = {};
    for (const table of tables) {
      const results = [await within(mine, insertion(table, theirs)), await within(mine, `update ${table.name} set tenant_id = ${theirs} where tenant_id = ${mine}`)];
      if (!results.every((each) => each === DENIED)) added[table.name] = results;
    }
    expect(added).toEqual({});
  });
});

test('a table whose wall is down is found', async () => {
  const look = () => within(mine, `select 1 from departments where tenant_id = ${theirs}`);
  expect(await look()).toBe(0);
  await asOwner(database, (client) => client.query('alter table departments disable row level security'));
  expect(await look()).toBe(1);
  await asOwner(database, (client) => client.query('alter table departments enable row level security'));
  expect(await look()).toBe(0);
});
