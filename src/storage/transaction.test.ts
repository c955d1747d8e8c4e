// A transaction whose statements leave before the answers of those before have come: what fails is told with its cause, and nothing of it is kept.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTenant, makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { inTenant, newId, type Tx } from './database.ts';
import { gatherWrites } from './gather.ts';
import { SharedTransactions } from './share-transaction.ts';
import { answeredLater } from './transaction.ts';

let city: TestDatabase;
let tenantId: number;

beforeAll(async () => {
  city = await makeTestDatabase();
  tenantId = await makeTenant(city);
});

afterAll(() => city.drop());

const add = (tx: Tx, id: string) => tx.insertInto('idempotency_keys').values({ tenant_id: tenantId, key_digest: id, body_digest: Buffer.from(id) }).execute();
const count = (id: string): Promise<number> =>
  inTenant(city.db, tenantId, async (tx) => (await tx.selectFrom('idempotency_keys').select('key_digest').where('tenant_id', '=', tenantId).where('key_digest', '=', id).execute()).length);
/** Adds keys of one moment together; the same key twice fails. */
const addTogether = gatherWrites((tx, ids: readonly string[]) =>
  sql`insert into idempotency_keys (tenant_id, key_digest, body_digest) select ${tenantId}, id, '\\x00' from unnest(${[...ids]}::text[]) as given (id)`.execute(tx),
);

test('statements that are asked at once are answered in their order, each with its own rows', async () => {
  const numbers = Array.from({ length: 40 }, (_, at) => at);
  const answers = await inTenant(city.db, tenantId, (tx) => Promise.all(numbers.map(async (at) => (await sql<{ at: number }>`select ${at}::integer as at`.execute(tx)).rows[0]?.at)));
  expect(answers).toEqual(numbers);
});

test('what was written without waiting is there for whoever reads later in the transaction, and is kept with it', async () => {
  const id = newId();
  const seen = await inTenant(city.db, tenantId, async (tx) => {
    await addTogether(tx, id);
    return (await tx.selectFrom('idempotency_keys').select('key_digest').where('tenant_id', '=', tenantId).where('key_digest', '=', id).execute()).length;
  });
  expect([seen, await count(id)]).toEqual([1, 1]);
});

test('a write that nobody waited for and that fails takes the transaction with it, with its own error', async () => {
  const [id, other] = [newId(), newId()];
  await inTenant(city.db, tenantId, (tx) => add(tx, id));
  await expect(
    inTenant(city.db, tenantId, async (tx) => {
      await add(tx, other);
      await addTogether(tx, id);
    }),
  ).rejects.toMatchObject({ code: '23505' });
  expect(await count(other)).toBe(0);
});

test('a statement after one that failed unnoticed tells of the first', async () => {
  const id = newId();
  await inTenant(city.db, tenantId, (tx) => add(tx, id));
  await expect(
    inTenant(city.db, tenantId, async (tx) => {
      await addTogether(tx, id);
      await sql`select 1`.execute(tx);
    }),
  ).rejects.toMatchObject({ code: '23505' });
});

test('where a shared transaction fails at its end, each piece is done again alone, and only the one fails', async () => {
  const shared = new SharedTransactions(city.db);
  const [taken, free] = [newId(), newId()];
  await inTenant(city.db, tenantId, (tx) => add(tx, taken));
  const outcomes = await Promise.allSettled([taken, free].map((id) => shared.run(tenantId, (tx) => addTogether(tx, id))));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await count(free)).toBe(1);
});

test('a statement that comes when the transaction is over is refused, and reaches nobody else’s', async () => {
  const id = newId();
  let late: Tx | undefined;
  await inTenant(city.db, tenantId, (tx) => {
    late = tx;
    return Promise.resolve();
  });
  if (late === undefined) throw new Error('the transaction was not run');
  await expect(add(late, id)).rejects.toThrow('the transaction is over');
  await expect(addTogether(late, id)).rejects.toThrow('the transaction is over');
  expect(() => answeredLater(late ?? {}, Promise.resolve())).toThrow('the transaction is over');
  expect(await count(id)).toBe(0);
});

test('work that fails while its statements are under way leaves nothing, and its connection serves on', async () => {
  const id = newId();
  for (let time = 0; time < 40; time++) {
    await expect(
      inTenant(city.db, tenantId, (tx) => {
        void add(tx, id).catch(() => {});
        return Promise.reject(new RangeError('changed my mind'));
      }),
    ).rejects.toThrow('changed my mind');
  }
  expect(await count(id)).toBe(0);
});

test('a connection that breaks in the middle fails its transaction, and the next one has another', async () => {
  const id = newId();
  await expect(
    inTenant(city.db, tenantId, async (tx) => {
      await add(tx, id);
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    }),
  ).rejects.toThrow(/terminat/);
  expect(await count(id)).toBe(0);
});
