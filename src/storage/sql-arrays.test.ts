// Arrays in PostgreSQL's binary form: the database reads the very values that were given, of every type.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { bigintArray, byteaArray, dateArray, instantArray, integerArray, jsonbArray, smallintArray, textArray, uuidArray } from './sql-arrays.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await makeTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl, options: '-c timezone=UTC' });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const written = async (type: string, array: Buffer): Promise<readonly unknown[]> =>
  (await client.query<{ one: unknown }>(`select one::text as one from unnest($1::${type}[]) as one`, [array])).rows.map(({ one }) => one);

test.each<[string, Buffer, readonly (string | null)[]]>([
  ['uuid', uuidArray(['0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', null, '0198A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B']), ['0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', null, '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b']],
  ['bigint', bigintArray([0, -1, 2 ** 52 + 1, -(2 ** 40), -(2n ** 63n), 2n ** 63n - 1n]), ['0', '-1', '4503599627370497', '-1099511627776', '-9223372036854775808', '9223372036854775807']],
  ['smallint', smallintArray([0, -32_768, 32_767]), ['0', '-32768', '32767']],
  ['integer', integerArray([0, -1, -2_147_483_648, 2_147_483_647]), ['0', '-1', '-2147483648', '2147483647']],
  ['text', textArray(['', '张三', '𠮷 a"b\\c{},', null, 'NULL']), ['', '张三', '𠮷 a"b\\c{},', null, 'NULL']],
  ['text', textArray(['220202', 'ab张', '\u007f', 'é', 'x'.repeat(64), 'x'.repeat(65), `${'x'.repeat(63)}文`, '𠮷'.repeat(40)]), ['220202', 'ab张', '\u007f', 'é', 'x'.repeat(64), 'x'.repeat(65), `${'x'.repeat(63)}文`, '𠮷'.repeat(40)]],
  ['bytea', byteaArray([new Uint8Array(), Uint8Array.of(0, 255, 92), null]), ['\\x', '\\x00ff5c', null]],
  ['date', dateArray(['2000-01-01', '1964-02-29', null, '2026-11-21', '1964-02-29']), ['2000-01-01', '1964-02-29', null, '2026-11-21', '1964-02-29']],
  ['timestamptz', instantArray([new Date('2026-11-21T04:00:00.123Z'), new Date('1969-12-31T23:59:59.999Z'), null]), ['2026-11-21 04:00:00.123+00', '1969-12-31 23:59:59.999+00', null]],
  ['jsonb', jsonbArray([{ 学历: '本科' }, ['"', '\\'], null, 3, true]), ['{"学历": "本科"}', '["\\"", "\\\\"]', null, '3', 'true']],
  ['text', textArray([]), []],
])('%s', async (type, array, expected) => {
  expect(await written(type, array)).toEqual(expected);
});

test.each(['today', '2026-02-30', '2026-6-1', ''])('%s is no day', (text) => {
  expect(() => dateArray([text])).toThrow(RangeError);
});
