// The rotation of keys over a real database: nothing is forgotten, search works throughout, a kill in the middle costs nothing, retired is retired.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { readKeyFile } from '../../adapters/cryptography/key-file.ts';
import { type KeyedProtector, openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { rowOf } from '../../domains/protection/index.ts';
import { type Database, inTenant, newId, openDatabase } from '../../storage/database.ts';
import { allSealedColumns } from '../sealed-columns.ts';
import { addKey, countKeyUse, hasSealedData, retireKey, sealEverythingAgain } from './rotate-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-rotation-'));
const keysFile = join(folder, 'keys', 'wutong.keys');
const PEOPLE = 900;

let database: TestDatabase;
let owner: Database;
let protector: KeyedProtector;
let tenants: readonly number[];

beforeAll(async () => {
  database = await makeTestDatabase();
  owner = openDatabase(database.ownerUrl, { connections: 3, role: null });
  tenants = [await makeTenant(database, { code: 'sample-one' }), await makeTenant(database, { code: 'sample-two' })];
  protector = await openKeys({ path: keysFile, hasSealedData: async () => false });
});
afterAll(async () => {
  await owner.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const numberOf = (at: number): string => `2202021990${String(at).padStart(8, '0')}`;

/** People with sealed numbers and their keyed hashes, and answers under keys that are text. */
async function fill(): Promise<void> {
  await asOwner(database, async (client) => {
    for (const tenantId of tenants) {
      for (let at = 0; at < PEOPLE; at++) {
        const partyId = newId();
        const number = numberOf(at);
        const place = { tenantId, table: 'people', column: 'number_sealed', row: rowOf(partyId) };
        await client.query(`insert into parties (tenant_id, party_id, kind, created_at, updated_at) values ($1, $2, 'person', now(), now())`, [tenantId, partyId]);
        await client.query(
          `insert into people (tenant_id, party_id, jurisdiction_code, name, id_kind, number_sealed, number_search, last_four_search) values ($1, $2, '220200', '张三一', 'resident', $3, $4, $5)`,
          [tenantId, partyId, protector.seal(place, number), protector.searchKey(tenantId, 'identity-number', number), protector.searchKey(tenantId, 'last-four', number.slice(-4))],
        );
      }
      for (let at = 0; at < 250; at++) {
        const key = `digest/${at}`;
        const place = { tenantId, table: 'idempotency_keys', column: 'answer_sealed', row: key };
        await client.query(`insert into idempotency_keys (tenant_id, key_digest, body_digest, status, answer_sealed) values ($1, $2, '\\x00', 200, $3)`, [tenantId, key, protector.seal(place, `answer ${at}`)]);
      }
    }
  });
}

/** How many people of a tenant are found by a number, as the application looks for it. */
async function find(tenantId: number, number: string, with_ = protector): Promise<number> {
  const keys = with_.searchKeys(tenantId, 'identity-number', number).map((key) => Buffer.from(key));
  const rows = await inTenant(database.db, tenantId, (tx) => tx.selectFrom('people').select('party_id').where('tenant_id', '=', tenantId).where('number_search', 'in', keys).execute());
  return rows.length;
}

async function expectEverythingOpens(): Promise<void> {
  for (const tenantId of tenants) {
    const people = await inTenant(database.db, tenantId, (tx) => tx.selectFrom('people').selectAll().where('tenant_id', '=', tenantId).execute());
    const opened = people.map((row) => protector.openText({ tenantId, table: 'people', column: 'number_sealed', row: row.party_id }, row.number_sealed ?? Buffer.alloc(0)));
    expect(new Set(opened)).toEqual(new Set(Array.from({ length: PEOPLE }, (_, at) => numberOf(at))));
    for (const [at, row] of people.entries()) {
      expect(row.number_search?.equals(protector.searchKey(tenantId, 'identity-number', opened[at] ?? ''))).toBe(true);
      expect(row.last_four_search?.equals(protector.searchKey(tenantId, 'last-four', (opened[at] ?? '').slice(-4)))).toBe(true);
    }
    const answers = await inTenant(database.db, tenantId, (tx) => tx.selectFrom('idempotency_keys').selectAll().where('tenant_id', '=', tenantId).execute());
    const texts = answers.map((row) => protector.openText({ tenantId, table: 'idempotency_keys', column: 'answer_sealed', row: row.key_digest }, row.answer_sealed ?? Buffer.alloc(0)));
    expect(new Set(texts)).toEqual(new Set(Array.from({ length: 250 }, (_, at) => `answer ${at}`)));
  }
}

const usedKeys = async (): Promise<readonly string[]> => (await countKeyUse(owner, allSealedColumns)).map(({ keyId }) => keyId);

describe('the list of sealed columns', () => {
  test('names every column of the schema called …_sealed, and feeds every one called …_search', async () => {
    const columns = await asOwner(database, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns where table_schema = current_schema() and data_type = 'bytea' and column_name ~ '_(sealed|search)$' order by 1`,
      );
      return rows.map(({ name }) => name);
    });
    const listed = allSealedColumns.flatMap(({ table, column, searches = [] }) => [`${table}.${column}`, ...searches.map((search) => `${table}.${search.column}`)]);
    expect([...listed].toSorted()).toEqual([...columns].toSorted());
    expect(columns.length).toBeGreaterThan(20);
  });

  test('knows the primary key of every such table, which is what a value is bound to', async () => {
    const keys = await asOwner(database, async (client) => {
      const { rows } = await client.query<{ table: string; columns: string[] }>(
        `select c.relname as table, array_agg(a.attname::text order by array_position(i.indkey::int[], a.attnum::int)) as columns
         from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indisprimary group by 1`,
      );
      return new Map(rows.map(({ table, columns }) => [table, columns]));
    });
    for (const { table, rowColumns } of allSealedColumns) expect([table, 'tenant_id', ...rowColumns]).toEqual([table, ...(keys.get(table) ?? [])]);
  });
});

describe('a rotation', () => {
  test('an empty database holds nothing sealed; a filled one does, and then no key file is made in place of a missing one', async () => {
    expect(await hasSealedData(database.db, allSealedColumns)).toBe(false);
    await fill();
    expect(await hasSealedData(database.db, allSealedColumns)).toBe(true);
    const missing = join(folder, 'elsewhere', 'wutong.keys');
    await expect(openKeys({ path: missing, hasSealedData: () => hasSealedData(database.db, allSealedColumns) })).rejects.toMatchObject({ problem: 'key-file-missing' });
    expect(readKeyFile(missing)).toBeUndefined();
  });

  test('seals every value again, and a search finds everybody at every moment', async () => {
    const oldId = protector.currentKeyId();
    const { id: newKeyId } = addKey(keysFile, new Date(), 0);
    protector.reload();
    expect([protector.currentKeyId(), await usedKeys()]).toEqual([newKeyId, [oldId]]);
    let isRunning = true;
    const rotation = sealEverythingAgain(owner, protector, allSealedColumns).finally(() => (isRunning = false));
    let looked = 0;
    const misses: string[] = [];
    while (isRunning) {
      const number = numberOf((looked * 37) % PEOPLE);
      for (const tenantId of tenants) if ((await find(tenantId, number)) !== 1) misses.push(`${tenantId} ${number}`);
      looked += 1;
    }
    expect(misses).toEqual([]);
    expect(looked).toBeGreaterThan(5);
    expect(await rotation).toBe(tenants.length * (PEOPLE + 250));
    expect(await usedKeys()).toEqual([newKeyId]);
    await expectEverythingOpens();
    // Done is done: a second run finds nothing to do.
    expect(await sealEverythingAgain(owner, protector, allSealedColumns)).toBe(0);
  });

  test('killed in the middle, three times, it goes on where it was', async () => {
    const oldId = protector.currentKeyId();
    const { id: newKeyId } = addKey(keysFile, new Date(), 0);
    protector.reload();
    for (let kill = 0; kill < 3; kill++) {
      await runAndKill(2 + kill);
      const use = await countKeyUse(owner, allSealedColumns);
      expect(use.map(({ keyId }) => keyId).toSorted()).toEqual([oldId, newKeyId].toSorted());
      expect(use.reduce((sum, { total }) => sum + total, 0)).toBe(tenants.length * (PEOPLE + 250));
      for (const tenantId of tenants) for (const at of [0, 450, 899]) expect(await find(tenantId, numberOf(at))).toBe(1);
    }
    await expect(retireKey(owner, protector, keysFile, allSealedColumns, oldId, new Date())).rejects.toMatchObject({ problem: 'key-in-use', keyId: oldId });
    const rest = await sealEverythingAgain(owner, protector, allSealedColumns);
    expect(rest).toBeLessThan(tenants.length * (PEOPLE + 250));
    expect(await usedKeys()).toEqual([newKeyId]);
    await expectEverythingOpens();
  });

  test('a key is retired once nothing is sealed under it; the one in force never', async () => {
    const generations = protector.generations().map(({ id }) => id);
    const current = protector.currentKeyId();
    await expect(retireKey(owner, protector, keysFile, allSealedColumns, current, new Date())).rejects.toMatchObject({ problem: 'key-in-use' });
    await expect(retireKey(owner, protector, keysFile, allSealedColumns, '00000000', new Date())).rejects.toMatchObject({ problem: 'key-missing' });
    for (const id of generations.filter((each) => each !== current)) await retireKey(owner, protector, keysFile, allSealedColumns, id, new Date());
    expect(protector.searchKeys(1, 'phone', '1')).toHaveLength(1);
    expect(readKeyFile(keysFile)?.generations.map(({ id, secrets, retiredAt }) => [id, secrets !== undefined, retiredAt !== undefined])).toEqual(generations.map((id) => [id, id === current, id !== current]));
    await expectEverythingOpens();
  });

  test('a value that was put in another row is told with its place and stays as it is, and the others are done', async () => {
    const [tenantId = 0] = tenants;
    const before = protector.currentKeyId();
    addKey(keysFile, new Date(), 0);
    protector.reload();
    const moved = await asOwner(database, async (client) => {
      const { rows } = await client.query<{ party_id: string }>(
        `update people set number_sealed = (select number_sealed from people where tenant_id = $1 order by party_id limit 1)
         where tenant_id = $1 and party_id = (select party_id from people where tenant_id = $1 order by party_id offset 5 limit 1) returning party_id`,
        [tenantId],
      );
      return rows[0]?.party_id ?? '';
    });
    const done = sealEverythingAgain(owner, protector, allSealedColumns);
    await expect(done).rejects.toMatchObject({ problem: 'changed', message: expect.stringContaining(`people.number_sealed, tenant ${tenantId}, row ${moved} (changed)`) });
    const use = await countKeyUse(owner, allSealedColumns);
    expect(new Map(use.map(({ keyId, total }) => [keyId, total]))).toEqual(new Map([[before, 1], [protector.currentKeyId(), tenants.length * (PEOPLE + 250) - 1]]));
  });
});

/** Starts the rotation in a process of its own and kills it after some batches. */
async function runAndKill(batches: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../test/support/rotate-program.ts'), database.ownerUrl, keysFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  let dots = 0;
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, signal) => done(signal)));
  child.stdout.on('data', (data: Buffer) => {
    dots += data.length;
    if (dots >= batches) child.kill('SIGKILL');
  });
  expect(await ended).toBe('SIGKILL');
}
