// Migrations: applied once, in order, all or nothing, by however many starters, and never over what does not fit.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeEmptyDatabase } from '../../test/support/database.ts';
import { postgresChoices } from '../../test/support/postgres.ts';
import { listPending, migrate, type Migration, MigrationError, readMigrations } from './migrate.ts';

describe.each(postgresChoices)('on %s', (on) => {
  let url: string;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ url, drop } = await makeEmptyDatabase(on));
  });
  afterEach(() => drop());

  async function query(text: string): Promise<unknown[][]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
    } finally {
      await client.end();
    }
  }

  test('the server is the version that the name promises', async () => {
    const version = Number((await query('show server_version_num'))[0]?.[0]);
    expect(version).toBeGreaterThanOrEqual(150_000);
    expect(on === 'debian-15' ? Math.floor(version / 10_000) : 15).toBe(15);
  });

  test("the project's own migrations apply to an empty database, and a second time nothing happens", async () => {
    const files = readMigrations().map((each) => each.file);
    expect(files[0]).toBe('0001-ground.sql');
    expect(await listPending(url)).toEqual(files);
    expect(await migrate(url)).toEqual(files);
    expect(await listPending(url)).toEqual([]);
    expect(await migrate(url)).toEqual([]);
    expect(await query(`select to_regclass('tenants')::text`)).toEqual([['tenants']]);
  });

  test('four starters at the same moment: each migration is applied once', async () => {
    // Without "if not exists": a second application would fail.
    const migrations = planted({ '0001-a.sql': 'create table a (x integer);', '0002-b.sql': 'insert into a values (1);', '0003-c.sql': 'insert into a values (2);' });
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, migrations)));
    expect(applied.flat().sort()).toEqual(['0001-a.sql', '0002-b.sql', '0003-c.sql']);
    expect(await query('select x from a order by x')).toEqual([[1], [2]]);
    expect(await query('select count(*)::integer from schema_migrations')).toEqual([[3]]);
  });

  test('a migration that fails leaves nothing of itself, keeps those before, and says file and line', async () => {
    const broken = { '0001-a.sql': 'create table a (x integer);', '0002-b.sql': '-- 中文\ncreate table b (y integer);\ninsert into nowhere values (1);', '0003-c.sql': 'create table c (z integer);' };
    const failing = migrate(url, planted(broken));
    await expect(failing).rejects.toThrow(MigrationError);
    await expect(failing).rejects.toThrow(/0002-b\.sql:3：[^]*0002-b\.sql:3:[^]*nowhere/);
    expect(await query(`select to_regclass('a')::text, to_regclass('b')::text, to_regclass('c')::text`)).toEqual([['a', null, null]]);
    // Put right, the rest goes on from there.
    const mended = planted({ ...broken, '0002-b.sql': 'create table b (y integer);' });
    expect(await migrate(url, mended)).toEqual(['0002-b.sql', '0003-c.sql']);
  });

  test('what cases had in themselves of their plan is kept once, in every city, also where the owner of the tables is no superuser', async () => {
    const all = readMigrations();
    const at = all.findIndex(({ file }) => file === '0039-procedure-plans.sql');
    await migrate(url, all.slice(0, at));
    const [plan, other] = [JSON.stringify({ promisedDays: 20, steps: [{ title: { zh: '审核' } }] }), '{"promisedDays": 5}'];
    await query(`
      set session_replication_role = replica;
      insert into tenants (tenant_id, code, name, place_code) values (1, 'sample-a', '样例甲市', '220200'), (2, 'sample-b', '样例乙市', '220300');
      insert into cases (tenant_id, case_id, case_number, application_id, applicant_id, subject_id, policy_id, benefit_id, period, jurisdiction_code, pack_hash, settings_year, status, step_number,
        engine_status, progress, version, filed_at, changed_at)
      select tenant_id, gen_random_uuid(), number, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'a', 'b', 'once', '220202', 'x', 2026, 'filed', 0, 'yes', jsonb_build_object('plan', plan::jsonb, 'acts', '[]'::jsonb), 1, now(), now()
      from (values (1, '1', '${plan}'), (1, '2', '${plan}'), (1, '3', '${other}'), (2, '4', '${plan}')) as given (tenant_id, number, plan)`);
    const owner = `wutong_owner_${randomUUID().replaceAll('-', '')}`;
    onTestFinished(async () => {
      const client = new pg.Client({ connectionString: new URL('/postgres', url).href });
      await client.connect();
      try {
        await client.query(`drop role ${owner}`);
      } finally {
        await client.end();
      }
    });
    await query(`
      create role ${owner};
      grant create, usage on schema public to ${owner};
      do $$ declare each text; begin for each in select format('alter table %I owner to ${owner}', tablename) from pg_tables where schemaname = 'public' loop execute each; end loop; end $$;
      set role ${owner};
      ${all[at]?.sql}`);
    const rows = await query(`select c.case_number, p.plan, c.progress, c.plan_id from cases c left join procedure_plans p using (tenant_id, plan_id) order by 1`);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([plan, plan, other, plan].map((each, place) => [String(place + 1), JSON.parse(each), { acts: [] }]));
    expect(await query('select tenant_id, count(*)::integer from procedure_plans group by 1 order by 1')).toEqual([[1, 2], [2, 1]]);
    expect(await query(`select relname from pg_class where relname in ('cases', 'procedure_plans') and relforcerowsecurity order by 1`)).toEqual([['cases'], ['procedure_plans']]);
  });

  test('a file changed after it was applied is refused, with nothing done', async () => {
    await migrate(url, planted({ '0001-a.sql': 'create table a (x integer);' }));
    const changed = planted({ '0001-a.sql': 'create table a (x bigint);', '0002-b.sql': 'create table b (y integer);' });
    await expect(migrate(url, changed)).rejects.toThrow(/0001-a\.sql 在执行之后被改过[^]*0001-a\.sql was changed after it had been applied/);
    await expect(listPending(url, changed)).rejects.toThrow(MigrationError);
    expect(await query(`select to_regclass('b')::text`)).toEqual([[null]]);
  });

  test('a file applied but missing, a newer database and a number that comes late are refused', async () => {
    const all = { '0001-a.sql': 'select 1;', '0002-b.sql': 'select 2;', '0003-c.sql': 'select 3;' };
    await migrate(url, planted(all));
    await expect(migrate(url, planted({ '0001-a.sql': 'select 1;', '0003-c.sql': 'select 3;' }))).rejects.toThrow(/0002-b\.sql，但程序里没有这个文件[^]*lacks that file/);
    await expect(migrate(url, planted({ '0001-a.sql': 'select 1;', '0002-b.sql': 'select 2;' }))).rejects.toThrow(/比这个版本的梧桐新[^]*newer Wutong/);
    const late = await makeEmptyDatabase(on);
    onTestFinished(() => late.drop());
    await migrate(late.url, planted({ '0001-a.sql': 'select 1;', '0003-c.sql': 'select 3;' }));
    await expect(migrate(late.url, planted(all))).rejects.toThrow(/0002-b\.sql 的号码[^]*above 3/);
  });
});

test('names that are no migration and two files with one number are refused', () => {
  expect(() => planted({ '1-a.sql': '' })).toThrow(/0001-ground\.sql，这里是 1-a\.sql/);
  expect(() => planted({ '0000-a.sql': '' })).toThrow(MigrationError);
  expect(() => planted({ '0001-a.sql': '', '0001-b.sql': '' })).toThrow(/0001-a\.sql 和 0001-b\.sql/);
});

test('the digest is what sha256sum prints, and line ends of Windows do not change it', () => {
  const text = 'select 1;\nselect 2;\n';
  const digests = [text, text.replaceAll('\n', '\r\n')].map((each) => planted({ '0001-a.sql': each })[0]?.digest);
  const expected = createHash('sha256').update(text).digest('hex');
  expect(digests).toEqual([expected, expected]);
});

test("the project's migrations leave transactions to the program", () => {
  const found = readMigrations().filter(({ sql }) => /^\s*(begin|commit|rollback|start transaction)\s*;|\bconcurrently\b/im.test(sql));
  expect(found.map((each) => each.file)).toEqual([]);
});

/** Migrations from files of their own. */
function planted(files: Readonly<Record<string, string>>): readonly Migration[] {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readMigrations(folder);
}
