// An import whose process is killed in the middle goes on from where it was, and ends exactly as one that nobody disturbed.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { identityCheckCharacter } from '../../contract/identity-number.ts';
import { importPack, openManifest, openReferenceData } from '../../main/open-packs.ts';
import type { VocabularyModule } from '../../policy/manifest.ts';
import { byteOrderMark, csvLine } from '../../spreadsheet/index.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { scopeFor } from '../permissions/index.ts';
import { openFactBook } from '../registry/index.ts';
import { type ImportParts, processNext, startImports } from './index.ts';
import { receiveImport } from './receive-import.ts';

const ROWS = 600;
/** A lease far longer than the tests, so that none runs out on a slow machine: a test that needs one to be over says so. */
const LEASE_SECONDS = 600;
const folders: string[] = [];
const databases: TestDatabase[] = [];

interface City {
  readonly database: TestDatabase;
  readonly parts: ImportParts;
  readonly tenantId: number;
  readonly keysFile: string;
  readonly importId: string;
}

let list: Buffer;

beforeAll(() => {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const first = `22020219${String(60 + (at % 40))}0${1 + (at % 9)}15${String(at).padStart(3, '0')}`;
    // Every fiftieth is wrong, and every hundredth repeats the one before.
    const number = first + (at % 50 === 7 ? '' : identityCheckCharacter(first));
    return at % 100 === 99 ? `${csvLine(['张三一', number, '本科', '初级'])}${csvLine(['张三一', number, '本科', '中级'])}` : csvLine(['张三一', number, at % 2 === 0 ? '本科' : '专科', '初级']);
  });
  list = Buffer.from(byteOrderMark + csvLine(['姓名', '证件号码', '学历', '职称']) + rows.join(''));
});

afterAll(async () => {
  for (const database of databases) await database.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A city with the list received, checked and confirmed. */
async function makeCity(): Promise<City> {
  const database = await makeTestDatabase();
  databases.push(database);
  const folder = mkdtempSync(join(tmpdir(), 'wutong-import-'));
  folders.push(folder);
  const tenantId = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }] });
  const departmentId = newId();
  await asOwner(database, (client) => client.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, 'hrss', '样例局', '220202')`, [tenantId, departmentId]));
  const keysFile = join(folder, 'wutong.keys');
  const protector = await openKeys({ path: keysFile, hasSealedData: () => Promise.resolve(false) });
  const { vocabularies } = await importPack<VocabularyModule>((await openManifest()).vocabulary);
  const parts: ImportParts = { db: database.db, tools: { protector, factBook: openFactBook({ vocabularies, reference: await openReferenceData() }) }, vocabularies, readCaseSubjects: () => Promise.resolve([]), batchRows: 10, leaseSeconds: LEASE_SECONDS };
  const officer = { kind: 'officer', departmentId, codes: ['220202'], roles: ['steward'] } as const;
  const scope = scopeFor({ tenantId, actor: { accountId: newId(), sessionId: null, capacity: officer } }, 'import.people');
  const file = { kind: 'people', fileName: '名单.csv', bytes: list, asOf: '2026-06-30', purpose: 'eligibility', papersSeen: false } as const;
  const importId = await inTenant(database.db, tenantId, (tx) => receiveImport(tx, scope, parts, file, new Date()));
  return { database, parts, tenantId, keysFile, importId };
}

const confirm = ({ database }: City): Promise<unknown> => asOwner(database, (client) => client.query(`update imports set state = 'confirmed', with_doubles = false, confirmed_by = 'test', confirmed_at = now()`));

interface Progress {
  readonly state: string;
  readonly written_to: number;
  readonly rows_read: number;
  readonly found: unknown;
  readonly done: unknown;
}

const readProgress = 'select state, written_to, rows_read, found, done from imports where import_id = $1';

const progress = ({ database, importId }: City): Promise<Progress | undefined> =>
  asOwner(database, async (client) => (await client.query<Progress>(readProgress, [importId])).rows[0]);

/** Everything that an import leaves, without ids, instants and sealed values. */
const left = ({ database }: City): Promise<unknown> =>
  asOwner(database, async (client) => ({
    people: (await client.query(`select name, birth_date::text, sex, id_kind, jurisdiction_code, count(*)::integer as count from people group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`)).rows,
    facts: (await client.query(`select facts, origin, trust_class, count(*)::integer as count from fact_statements group by 1, 2, 3 order by 1, 2, 3`)).rows,
    parties: (await client.query(`select kind, status, version, count(*)::integer as count from parties group by 1, 2, 3 order by 1, 2, 3`)).rows,
    spellings: (await client.query(`select count(*)::integer as count, count(distinct party_id)::integer as parties from person_spellings`)).rows,
    tokens: (await client.query(`select token::text, count(*)::integer as count from search_tokens group by 1 order by 1`)).rows,
    remembered: (await client.query(`select count(*)::integer as count, count(distinct party_id)::integer as parties from imported_rows`)).rows,
    problems: (await client.query(`select row_number from import_problems order by 1`)).rows,
    imports: (await client.query(`select state, rows_total, rows_read, found, done, written_to from imports`)).rows,
  }));

/** A server's worker in a process of its own, to be killed. */
function startWorker({ database, tenantId, keysFile }: City): ChildProcess {
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { openDatabase, newId } = await import(${module('../../storage/database.ts')});
    const { openKeys } = await import(${module('../../adapters/cryptography/sm4-protector.ts')});
    const { importPack, openManifest, openReferenceData } = await import(${module('../../main/open-packs.ts')});
    const { openFactBook } = await import(${module('../registry/index.ts')});
    const { processNext } = await import(${module('./index.ts')});
    const db = openDatabase(${JSON.stringify(database.url)}, { connections: 2 });
    const protector = await openKeys({ path: ${JSON.stringify(keysFile)}, hasSealedData: async () => true });
    const { vocabularies } = await importPack((await openManifest()).vocabulary);
    const parts = { db, tools: { protector, factBook: openFactBook({ vocabularies, reference: await openReferenceData() }) }, vocabularies, batchRows: 10, leaseSeconds: ${LEASE_SECONDS} };
    await processNext(parts, ${tenantId}, newId());
    await db.close();`;
  const folder = mkdtempSync(join(tmpdir(), 'wutong-worker-'));
  folders.push(folder);
  const file = join(folder, 'worker.mts');
  writeFileSync(file, script);
  return spawn(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Kills the worker, with no chance to tidy up, as soon as it is `far`. */
async function killWhen(city: City, far: (now: Progress) => boolean): Promise<void> {
  const worker = startWorker(city);
  const ended = new Promise<number | null>((resolve) => {
    worker.once('exit', (code) => resolve(code));
  });
  // One connection for all looks: the worker does not wait.
  await asOwner(city.database, async (client) => {
    for (;;) {
      const { rows: [now] } = await client.query<Progress>(readProgress, [city.importId]);
      if (now !== undefined && far(now)) break;
      if (worker.exitCode !== null) throw new Error(`the worker ended before it was killed: ${JSON.stringify(now)}`);
      await sleep(2);
    }
  });
  worker.kill('SIGKILL');
  expect(await ended).toBe(null);
}

it('is killed in the check and three times in the run, and ends as if undisturbed', { timeout: 180_000 }, async () => {
  const calm = await makeCity();
  await processNext(calm.parts, calm.tenantId, newId());
  await confirm(calm);
  await processNext(calm.parts, calm.tenantId, newId());

  const disturbed = await makeCity();
  await killWhen(disturbed, ({ rows_read }) => rows_read >= 200);
  // The lease of the dead worker has to run out.
  expect(await processNext(disturbed.parts, disturbed.tenantId, newId())).toBe(false);
  await leaseRunsOut(disturbed);
  expect(await processNext(disturbed.parts, disturbed.tenantId, newId())).toBe(true);
  expect((await progress(disturbed))?.found).toEqual((await progress(calm))?.found);
  await confirm(disturbed);
  for (const row of [50, 200, 400]) {
    await killWhen(disturbed, ({ written_to }) => written_to >= row);
    expect((await progress(disturbed))?.state).toBe('running');
    await leaseRunsOut(disturbed);
  }
  expect(await processNext(disturbed.parts, disturbed.tenantId, newId())).toBe(true);

  expect(await left(disturbed)).toEqual(await left(calm));
  expect((await progress(calm))?.done).toEqual({ added: 588, updated: 0, unchanged: 0, wrong: 18, doubles: 0 });
});

/** The time of the lease passes: whoever holds it still stands there. */
async function leaseRunsOut({ database }: City): Promise<void> {
  const { rowCount } = await asOwner(database, (client) => client.query(`update imports set lease_until = now() - interval '1 second' where lease_until is not null`));
  expect(rowCount).toBe(1);
}

it('lets two workers at once never write a row twice', async () => {
  const city = await makeCity();
  await processNext(city.parts, city.tenantId, newId());
  await confirm(city);
  const taken = await Promise.all([1, 2, 3].map(() => processNext(city.parts, city.tenantId, newId())));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect((await progress(city))?.done).toEqual({ added: 588, updated: 0, unchanged: 0, wrong: 18, doubles: 0 });
});

it('goes on at once after a server that was stopped in order', async () => {
  const city = await makeCity();
  const tenants = (): Promise<readonly number[]> => Promise.resolve([city.tenantId]);
  const { parts } = city;
  const first = startImports(parts, tenants, 10);
  while ((await progress(city))?.state !== 'checked') await sleep(10);
  await confirm(city);
  while (((await progress(city))?.written_to ?? 0) < 20) await sleep(2);
  await first.stop();
  const stopped = await progress(city);
  expect(stopped?.state).toBe('running');
  const second = startImports(parts, tenants, 10);
  while ((await progress(city))?.state !== 'done') await sleep(10);
  await second.stop();
  expect((await progress(city))?.done).toEqual({ added: 588, updated: 0, unchanged: 0, wrong: 18, doubles: 0 });
});

/** The lease of whoever failed has run out. */
const leaseOver = ({ database }: City): Promise<unknown> => asOwner(database, (client) => client.query('update imports set lease_by = null, lease_until = null'));

const spoilFile = ({ database }: City): Promise<unknown> => asOwner(database, (client) => client.query(`update import_pieces set content_sealed = set_byte(content_sealed, 30, get_byte(content_sealed, 30) # 1)`));

const refusalOf = ({ database, importId }: City): Promise<unknown> =>
  asOwner(database, async (client) => (await client.query(`select state, refusal, finished_at is not null as "isOver", lease_by from imports where import_id = $1`, [importId])).rows[0]);

const refusedInAudit = ({ database, importId }: City): Promise<unknown> =>
  asOwner(database, async (client) => (await client.query(`select detail from audit_entries where action = 'import.refused' and object_id = $1`, [importId])).rows);

it('ends an import that fails for a reason nobody expected, after five attempts', async () => {
  const city = await makeCity();
  await spoilFile(city);
  for (let attempt = 1; attempt <= 5; attempt++) {
    expect((await progress(city))?.state).toBe('waiting');
    await expect(processNext(city.parts, city.tenantId, newId())).rejects.toThrow('changed');
    if (attempt < 5) await leaseOver(city);
  }
  expect(await refusalOf(city)).toEqual({ state: 'refused', refusal: { code: 'import-failed', values: { attempts: 5 } }, isOver: true, lease_by: null });
  expect(await refusedInAudit(city)).toEqual([{ detail: { code: 'import-failed' } }]);
  await leaseOver(city);
  expect(await processNext(city.parts, city.tenantId, newId())).toBe(false);
});

it('ends an import with which its server died five times, without trying again; what was written stays', async () => {
  const city = await makeCity();
  await processNext(city.parts, city.tenantId, newId());
  await confirm(city);
  await killWhen(city, ({ written_to }) => written_to >= 50);
  const { done } = (await progress(city)) ?? {};
  await asOwner(city.database, (client) => client.query('update imports set attempts = 5'));
  await leaseOver(city);
  expect(await processNext(city.parts, city.tenantId, newId())).toBe(true);
  expect(await refusalOf(city)).toMatchObject({ state: 'refused', refusal: { code: 'import-failed', values: { attempts: 5 } } });
  expect((await progress(city))?.done).toEqual(done);
});

it('counts attempts anew once rows were written', async () => {
  const city = await makeCity();
  await processNext(city.parts, city.tenantId, newId());
  await confirm(city);
  await asOwner(city.database, (client) => client.query('update imports set attempts = 4'));
  await killWhen(city, ({ written_to }) => written_to >= 50);
  await leaseOver(city);
  expect(await processNext(city.parts, city.tenantId, newId())).toBe(true);
  expect((await progress(city))?.state).toBe('done');
});
