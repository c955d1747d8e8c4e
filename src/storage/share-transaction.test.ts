// Work of the same moment in one transaction: all of it is kept, or each piece is done again alone; and questions that are asked together.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { makeTenant, makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { inTenant, newId, openDatabase, type Tx } from './database.ts';
import { gather } from './gather.ts';
import { SharedTransactions } from './share-transaction.ts';

let city: TestDatabase;
let tenantId: number;
let shared: SharedTransactions;

beforeAll(async () => {
  city = await makeTestDatabase();
  tenantId = await makeTenant(city);
  shared = new SharedTransactions(city.db);
});

afterAll(() => city.drop());

const add = (tx: Tx, id: string) => tx.insertInto('idempotency_keys').values({ tenant_id: tenantId, key_digest: id, body_digest: Buffer.from(id) }).execute();
const transactionOf = async (tx: Tx): Promise<string> => (await sql<{ id: string }>`select txid_current()::text as id`.execute(tx)).rows[0]?.id ?? '';
const kept = (id: string): Promise<boolean> =>
  shared.run(tenantId, async (tx) => (await tx.selectFrom('idempotency_keys').select('key_digest').where('tenant_id', '=', tenantId).where('key_digest', '=', id).execute()).length === 1);

test('what comes together shares a transaction, and what comes alone has one of its own', async () => {
  const together = await Promise.all(Array.from({ length: 5 }, () => shared.run(tenantId, transactionOf)));
  expect(new Set(together).size).toBeLessThan(5);
  expect(await shared.run(tenantId, transactionOf)).not.toBe(together[0]);
});

test('they have connections of their own, fewer than the others, and a database is closed once however often it is asked to', async () => {
  const db = openDatabase(city.url, { connections: 8 });
  const own = new SharedTransactions(db);
  await Promise.all(Array.from({ length: 100 }, () => own.run(tenantId, transactionOf)));
  expect([db.pool.totalCount, db.planned.totalCount > 0, db.planned.totalCount <= 2]).toEqual([0, true, true]);
  await Promise.all([db.close(), db.close()]);
  expect(db.planned.ended).toBe(true);
});

test.each(['only in transactions', 'also outside of them'])('a database that was used %s has no connection left once it is closed', async (how) => {
  const db = openDatabase(city.url, { connections: 2 });
  await inTenant(db, tenantId, transactionOf);
  if (how === 'also outside of them') await sql`select`.execute(db.kysely);
  expect(db.pool.totalCount).toBe(1);
  await db.close();
  expect([db.pool.ended, db.pool.totalCount]).toEqual([true, 0]);
});

test('statements are planned as for a large table: what is planned once holds while an empty one fills', async () => {
  const look = sql<{ 'QUERY PLAN': string }>`explain select from cases where tenant_id = ${sql.lit(tenantId)} and case_id = ${sql.lit(newId())}`;
  const planOf = async (tx: Tx): Promise<string> => (await look.execute(tx)).rows.map((row) => row['QUERY PLAN']).join('\n');
  const owner = new pg.Client({ connectionString: city.ownerUrl });
  await owner.connect();
  onTestFinished(() => owner.end());
  await owner.query('analyze cases');
  expect(await shared.run(tenantId, planOf)).toMatch(/Index (Only )?Scan using/);
  expect(await inTenant(city.db, tenantId, planOf)).toContain('Seq Scan on cases');
});

test('a connection plans its statements anew twice: what was planned among a few rows is not kept for good', async () => {
  const db = openDatabase(city.url, { connections: 1 });
  onTestFinished(() => db.close());
  const own = new SharedTransactions(db);
  const found: string[] = [];
  for (let count = 1; count <= 40; count++) {
    await own.run(tenantId, async (tx) => {
      // Stands for a plan that was the best there was.
      if (count === 1) await sql`prepare look (uuid) as select from parties where tenant_id = ${sql.lit(tenantId)} and party_id = $1`.execute(tx);
      const isHindered = count === 1 || count === 20;
      await sql`set local enable_indexscan = ${sql.lit(isHindered ? 'off' : 'on')}; set local enable_indexonlyscan = ${sql.lit(isHindered ? 'off' : 'on')}`.execute(tx);
      if (count === 20) await sql`discard plans`.execute(tx);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain execute look (${sql.lit(newId())})`.execute(tx);
      found.push(rows.some((row) => row['QUERY PLAN'].includes('Bitmap')) ? 'kept' : 'anew');
    });
  }
  const changes = found.flatMap((how, at) => (how === found[at - 1] ? [] : [`${how} from ${at + 1}`]));
  expect(changes).toEqual(['kept from 1', 'anew from 8', 'kept from 20', 'anew from 32']);
});

test('where many come, the next transaction waits for those who were answered just now, and for no longer than a moment', async () => {
  // Only this test lets time go by.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const own = new SharedTransactions(city.db);
  const breath = (): Promise<void> => new Promise((go) => setImmediate(go));
  const [first, ...others] = Array.from({ length: 16 }, () => own.run(tenantId, transactionOf));
  await Promise.all([first, ...others]);
  const early = own.run(tenantId, transactionOf);
  for (let turn = 0; turn < 5; turn++) await breath();
  const together = [early, ...Array.from({ length: 15 }, () => own.run(tenantId, transactionOf))];
  expect(new Set(await Promise.all(together)).size).toBe(1);

  const alone = own.run(tenantId, transactionOf);
  for (let turn = 0; turn < 5; turn++) await breath();
  vi.advanceTimersByTime(5);
  const late = own.run(tenantId, transactionOf);
  expect(await alone).not.toBe((await Promise.all(together))[0]);
  await late;
});

test('where one fails nothing of that transaction is kept, each is done again alone, and only the one fails', async () => {
  const ids = Array.from({ length: 6 }, () => newId());
  const runs = new Map<string, string[]>();
  const outcomes = await Promise.allSettled(
    ids.map((id, at) =>
      shared.run(tenantId, async (tx) => {
        runs.set(id, [...(runs.get(id) ?? []), await transactionOf(tx)]);
        await add(tx, id);
        if (at === 2) throw new RangeError('this one is wrong');
        return id;
      }),
    ),
  );
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual(ids.map((id, at) => (at === 2 ? 'this one is wrong' : id)));
  expect(await Promise.all(ids.map(kept))).toEqual(ids.map((_, at) => at !== 2));
  // Those beside the wrong one ran twice, the second time each in a transaction of its own.
  const again = ids.flatMap((id) => runs.get(id)?.slice(1) ?? []);
  expect(again.length).toBeGreaterThan(1);
  expect(new Set(again).size).toBe(again.length);
});

test('a statement that the database refuses spoils nobody else’s work', async () => {
  const [first, second] = [newId(), newId()];
  const outcomes = await Promise.allSettled([
    shared.run(tenantId, (tx) => add(tx, first)),
    shared.run(tenantId, (tx) => sql`select 1 / 0`.execute(tx)),
    shared.run(tenantId, (tx) => add(tx, second)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await Promise.all([kept(first), kept(second)])).toEqual([true, true]);
});

test('somebody who waits for another’s row keeps the others waiting for a moment only', async () => {
  const [row, other] = [newId(), newId()];
  await shared.run(tenantId, (tx) => add(tx, row));
  let letGo = (): void => {};
  const isHeld = new Promise<void>((held) => {
    void city.db.kysely.transaction().execute(async (tx) => {
      await sql.raw(`set local wutong.tenant_id = '${tenantId}'`).execute(tx);
      await sql`select from idempotency_keys where tenant_id = ${tenantId} and key_digest = ${row} for update`.execute(tx);
      held();
      await new Promise<void>((go) => (letGo = go));
    });
  });
  await isHeld;
  const waits = shared.run(tenantId, (tx) => sql`update idempotency_keys set status = 200 where tenant_id = ${tenantId} and key_digest = ${row}`.execute(tx));
  await shared.run(tenantId, (tx) => add(tx, other));
  // The other's work is done while the row is still held.
  expect(await kept(other)).toBe(true);
  letGo();
  await expect(waits).resolves.toMatchObject({ numAffectedRows: 1n });
});

test('one that waits for another’s row alone keeps nobody waiting who comes later, and does its work once', async () => {
  const row = newId();
  await shared.run(tenantId, (tx) => add(tx, row));
  let letGo = (): void => {};
  let holder: Promise<void> = Promise.resolve();
  const isHeld = new Promise<void>((held) => {
    holder = inTenant(city.db, tenantId, async (tx) => {
      await sql`select from idempotency_keys where tenant_id = ${tenantId} and key_digest = ${row} for update`.execute(tx);
      held();
      await new Promise<void>((go) => (letGo = go));
    });
  });
  await isHeld;
  const waits = Array.from({ length: 3 }, () => shared.run(tenantId, (tx) => sql`update idempotency_keys set status = coalesce(status, 0) + 1 where tenant_id = ${tenantId} and key_digest = ${row}`.execute(tx)));
  for (const id of [newId(), newId(), newId()]) {
    await shared.run(tenantId, (tx) => add(tx, id));
    expect(await kept(id)).toBe(true);
  }
  letGo();
  await Promise.all([...waits, holder]);
  const status = await shared.run(tenantId, (tx) => tx.selectFrom('idempotency_keys').select('status').where('tenant_id', '=', tenantId).where('key_digest', '=', row).executeTakeFirstOrThrow());
  expect(status).toEqual({ status: 3 });
});

test('one that fails by itself is not done again', async () => {
  let runs = 0;
  const fails = shared.run(tenantId, () => {
    runs++;
    return Promise.reject(new RangeError('this one is wrong'));
  });
  await expect(fails).rejects.toThrow('this one is wrong');
  expect(runs).toBe(1);
});

test('what is asked at once is answered by one statement, each with its own answer', async () => {
  const statements: number[] = [];
  const double = gather('reading', async (tx, questions: readonly number[]) => {
    statements.push(questions.length);
    const { rows } = await sql<{ twice: number }>`select value * 2 as twice from unnest(${[...questions]}::integer[]) with ordinality as given (value, at) order by at`.execute(tx);
    return rows.map(({ twice }) => twice);
  });
  expect(await shared.run(tenantId, (tx) => Promise.all([1, 2, 3].map((each) => double(tx, each))))).toEqual([2, 4, 6]);
  expect(statements).toEqual([3]);
});

test('whoever writes waits for those who read still', async () => {
  const order: string[] = [];
  const ask = (kind: 'reading' | 'writing', name: string) =>
    gather(kind, async (tx: Tx, questions: readonly number[]) => {
      order.push(`${name} ${questions.length}`);
      await sql`select 1`.execute(tx);
      return questions;
    });
  const [look, lookAgain, write] = [ask('reading', 'look'), ask('reading', 'look again'), ask('writing', 'write')];
  const work = async (tx: Tx, hasMore: boolean): Promise<void> => {
    await look(tx, 1);
    if (hasMore) await lookAgain(tx, 1);
    await write(tx, 1);
  };
  await shared.run(tenantId, (tx) => Promise.all([work(tx, false), work(tx, true), work(tx, false)]));
  expect(order).toEqual(['look 3', 'look again 1', 'write 3']);
});

test('where the statement fails all who asked are told', async () => {
  const fail = gather('reading', async (tx, questions: readonly number[]) => {
    await sql`select 1 / 0`.execute(tx);
    return questions;
  });
  await expect(shared.run(tenantId, (tx) => Promise.all([fail(tx, 1), fail(tx, 2)]))).rejects.toThrow('division by zero');
});
