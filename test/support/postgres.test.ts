// The database that tests get is a real PostgreSQL, new enough, and one for the whole run.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from './postgres.ts';

let client: pg.Client;
beforeAll(async () => {
  client = await connect();
});
afterAll(() => client.end());

test('it answers', async () => {
  const { rows } = await client.query('select 1 as one');
  expect(rows).toEqual([{ one: 1 }]);
});

test('it is PostgreSQL 15 or newer', async () => {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  expect(Number(rows[0]?.server_version_num)).toBeGreaterThanOrEqual(150_000);
});

test('it keeps Chinese text and sees it from a second connection', async () => {
  // A name of its own: DATABASE_URL may lead to a database with tables in it.
  const seen = `seen_${randomUUID().replaceAll('-', '')}`;
  await client.query(`create table ${seen} (words text)`);
  await client.query(`insert into ${seen} values ($1)`, ['梧桐']);
  const second = await connect();
  try {
    const { rows } = await second.query(`select words, char_length(words) from ${seen}`);
    expect(rows).toEqual([{ words: '梧桐', char_length: 2 }]);
  } finally {
    await second.end();
    await client.query(`drop table ${seen}`);
  }
});
