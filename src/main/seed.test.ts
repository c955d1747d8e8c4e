// `npm run seed` as it is typed: what it fills, what it says, and what it refuses.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { asOwner, makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { argon2id } from '../domains/access/index.ts';
import { seed } from './seed.ts';

let database: TestDatabase;
let folder: string;
let environment: Record<string, string>;
let said: string[];

beforeAll(async () => {
  database = await makeTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'wutong-seed-'));
  environment = { DATABASE_URL: database.ownerUrl, WUTONG_KEYS: join(folder, 'wutong.keys'), WUTONG_DATA: folder };
});
beforeEach(() => {
  said = [];
  for (const method of ['log', 'error'] as const) vi.spyOn(console, method).mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const numberOf = (sql: string): Promise<number> => asOwner(database, async (client) => Number((await client.query<{ n: string }>(`select (${sql})::text as n`)).rows[0]?.n));

describe('npm run seed', () => {
  test('founds the city with jurisdictions and departments, fills it, and says how far it is', async () => {
    expect(await seed(['--people', '400', '--seed', '3'], environment)).toBe(0);
    expect(await numberOf('select count(*) from people')).toBe(400);
    expect(await numberOf('select count(*) from jurisdictions')).toBe(13);
    expect(await numberOf(`select count(*) from fact_statements f join departments d using (tenant_id, department_id) where d.name = '吉林市公安局'`)).toBeGreaterThan(300);
    expect(said.some((line) => /人员：400 \/ 400，每秒 [\d,]+ 人/.test(line))).toBe(true);
    expect(said.at(-1)).toMatch(/^吉林市现在有 400 位样例人员、[\d,]+ 家样例单位，用了 \d+ 秒$/);
  });

  test('goes on with more, adds accounts of every role whose passwords serve once, and never twice', async () => {
    expect(await seed(['--people', '500', '--seed', '3', '--accounts', '--lang', 'en'], environment)).toBe(0);
    const accounts = said.flatMap((line) => /^ {2}(sample-[a-z-]+) {2}(\S+)$/.exec(line)?.slice(1, 3) ?? []);
    expect(accounts.length / 2).toBe(11);
    const hashes = await asOwner(database, async (client) => (await client.query<{ hash: string }>('select hash from passwords where is_one_time and expires_at is not null')).rows.map(({ hash }) => hash));
    expect(hashes.length).toBe(11);
    const password = accounts[1] ?? '';
    expect((await Promise.all(hashes.map((hash) => argon2id.matches(hash, password)))).filter(Boolean).length).toBe(1);
    expect(await numberOf(`select count(distinct role) from appointments, unnest(roles) as role`)).toBe(7);
    expect(await seed(['--people', '500', '--seed', '3', '--accounts'], environment)).toBe(0);
    expect(said).toContain('已经有管理员或样例账号，没有再设');
    expect(await numberOf('select count(*) from accounts')).toBe(11);
    expect(await numberOf('select count(*) from people')).toBe(500);
  });

  test('loads cases of people who are there, and says how many', async () => {
    expect(await seed(['--people', '500', '--seed', '3', '--cases', '60'], environment)).toBe(0);
    expect(await numberOf('select count(*) from cases')).toBe(60);
    expect(said.at(-1)).toMatch(/^有 60 件样例办件，用了 \d+ 秒$/);
  });

  test.each([
    [['--cases', '1e6'], '--cases 应当是 0 到 10000000 的整数'],
    [['--tenant', 'siping'], '样例人口只有吉林市（jilin-city）的比例，不能装进“siping”'],
    [['--people', '0'], '--people 应当是 1 到 10000000 的整数'],
    [['--people', '1e6'], '--people 应当是 1 到 10000000 的整数'],
    [['--peple', '10'], '没有选项 --peple；--help 看全部选项'],
    [['1000'], '不认识“1000”；--help 看用法'],
  ])('%j is refused with a reason, and nothing is touched', async (argv, words) => {
    expect(await seed(argv, { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).toBe(2);
    expect(said).toEqual([words]);
  });

  test('tells its usage without touching anything', async () => {
    expect(await seed(['--help', '--lang', 'en'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).toBe(0);
    expect(said[0]).toContain('npm run seed -- --tenant jilin-city --people 1580000');
  });
});
