// Statements that come often are prepared, answer as before, and outlive a table that changes under a running server.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTenant, makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { inTenant, type Tx } from './database.ts';

let city: TestDatabase;
let tenantId: number;
let owner: pg.Client;

beforeAll(async () => {
  city = await makeTestDatabase();
  tenantId = await makeTenant(city);
  owner = new pg.Client({ connectionString: city.ownerUrl });
  await owner.connect();
  await owner.query(`create table samples (place integer primary key, word text not null)`);
  await owner.query(`insert into samples values (1, '一'), (2, '二')`);
  await owner.query(`grant select on samples to wutong_app`);
});

afterAll(async () => {
  await owner.end();
  await city.drop();
});

const read = async (tx: Tx, place: number): Promise<unknown> => (await sql`select * from samples where place = ${place}`.execute(tx)).rows[0];
const readMany = async (times: number): Promise<unknown[]> => {
  const answers: unknown[] = [];
  for (let at = 0; at < times; at++) answers.push(await inTenant(city.db, tenantId, (tx) => read(tx, 1 + (at % 2))));
  return answers;
};
const prepared = (): Promise<readonly { statement: string }[]> =>
  inTenant(city.db, tenantId, async (tx) => (await sql<{ statement: string }>`select statement from pg_prepared_statements where statement like '%from samples%'`.execute(tx)).rows);

test('a statement that comes often is prepared once a connection and answers each time for what was asked', async () => {
  expect(await prepared()).toEqual([]);
  const answers = await readMany(40);
  expect(answers).toEqual(answers.map((_, at) => ({ place: 1 + (at % 2), word: at % 2 === 0 ? '一' : '二' })));
  expect(await prepared()).toEqual([{ statement: 'select * from samples where place = $1' }]);
});

test('a column that another server adds meanwhile is in the next answer, and no call fails for it', async () => {
  await readMany(20);
  await owner.query(`alter table samples add column mark text default '新'`);
  expect(await readMany(4)).toEqual(['一', '二', '一', '二'].map((word, at) => ({ place: 1 + (at % 2), word, mark: '新' })));
  const many = await Promise.all(Array.from({ length: 30 }, () => inTenant(city.db, tenantId, (tx) => read(tx, 1))));
  expect(many).toEqual(many.map(() => ({ place: 1, word: '一', mark: '新' })));
});
