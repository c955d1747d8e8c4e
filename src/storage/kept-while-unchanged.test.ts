// What is kept from one transaction to the next: never longer than the rows are the same, whoever changes them and however.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { inTenant, newId, type Tx } from './database.ts';
import { KeptWhileUnchanged } from './kept-while-unchanged.ts';

let city: TestDatabase;
let tenantId: number;
let neighbour: number;
let kept: KeptWhileUnchanged<readonly string[]>;
let reads = 0;

beforeAll(async () => {
  city = await makeTestDatabase();
  tenantId = await makeTenant(city);
  neighbour = await makeTenant(city, { code: 'neighbour', name: '邻市', placeCode: '220300' });
  kept = new KeptWhileUnchanged(['departments', 'jurisdictions']);
});
afterAll(() => city.drop());

/** The names of departments as a transaction gets them. */
async function names(tx: Tx, of = tenantId): Promise<readonly string[]> {
  return kept.get(tx, of, 'names', async () => {
    reads++;
    return (await tx.selectFrom('departments').select('name').where('tenant_id', '=', of).orderBy('code').execute()).map(({ name }) => name);
  });
}

/** The names, and how often they were read for it. */
async function ask(of = tenantId): Promise<readonly [readonly string[], number]> {
  reads = 0;
  return [await inTenant(city.db, of, (tx) => names(tx, of)), reads];
}

const add = (code: string, of = tenantId) => asOwner(city, (client) =>
  client.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) select $1, $2, $3, $3, min(code) from jurisdictions where tenant_id = $1`, [of, newId(), code]));
const owned = (sql: string) => asOwner(city, (client) => client.query(sql, [tenantId]));

test('is read once, and anew after every kind of change, also one that leaves as many rows as before', async () => {
  await add('a-1');
  expect(await ask()).toEqual([['a-1'], 1]);
  expect(await ask()).toEqual([['a-1'], 0]);
  await add('b-1');
  expect(await ask()).toEqual([['a-1', 'b-1'], 1]);
  await owned(`update departments set name = 'b-2' where tenant_id = $1 and code = 'b-1'`);
  expect(await ask()).toEqual([['a-1', 'b-2'], 1]);
  await owned(`delete from departments where tenant_id = $1 and code = 'a-1'`);
  await add('c-1');
  expect(await ask()).toEqual([['b-2', 'c-1'], 1]);
  await owned(`update departments set name = name where tenant_id = $1`);
  expect(await ask()).toEqual([['b-2', 'c-1'], 1]);
  expect(await ask()).toEqual([['b-2', 'c-1'], 0]);
});

test('is each city’s own', async () => {
  await ask();
  await add('n-1', neighbour);
  expect(await ask(neighbour)).toEqual([['n-1'], 1]);
  expect((await ask())[1]).toBe(0);
  await owned(`update departments set name = name where tenant_id = $1`);
  expect((await ask(neighbour))[1]).toBe(0);
  expect((await ask())[1]).toBe(1);
});

test('a transaction sees what it wrote itself, nobody else does before it commits, and what was taken back is forgotten', async () => {
  const [before] = await ask();
  const seen: (readonly string[])[] = [];
  const undone = inTenant(city.db, tenantId, async (tx) => {
    await tx.updateTable('departments').set({ name: 'other' }).where('tenant_id', '=', tenantId).where('code', '=', 'b-1').execute();
    seen.push(await names(tx), (await ask())[0]);
    throw new Error('taken back');
  });
  await expect(undone).rejects.toThrow('taken back');
  expect(seen).toEqual([expect.arrayContaining(['other']), before]);
  expect((await ask())[0]).toEqual(before);
});

test('what changes while it is being read is not kept', async () => {
  await owned(`update departments set name = 'early' where tenant_id = $1 and code = 'b-1'`);
  const slow = await inTenant(city.db, tenantId, (tx) => kept.get(tx, tenantId, 'names', async () => {
    const rows = await tx.selectFrom('departments').select('name').where('tenant_id', '=', tenantId).orderBy('code').execute();
    await owned(`update departments set name = 'late' where tenant_id = $1 and code = 'b-1'`);
    return rows.map(({ name }) => name);
  }));
  expect(slow).toContain('early');
  const [now, read] = await ask();
  expect([now.includes('late'), read]).toEqual([true, 1]);
});
