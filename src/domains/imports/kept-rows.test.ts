// Rows that the check kept: the run goes on from them without the file, and reads the file again where they are not whole or would be read otherwise.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { type ImportParts, processNext } from './index.ts';
import { receiveImport } from './receive-import.ts';

const ROWS = 30;
const NOON = new Date('2026-11-20T04:00:00Z');
const NEXT_DAY = new Date('2026-11-21T04:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'wutong-kept-'));
let database: TestDatabase;
let tenantId: number;
let departmentId: string;
let parts: ImportParts;
let lists = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  tenantId = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }] });
  departmentId = newId();
  await asOwner(database, (client) => client.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, 'hrss', '样例局', '220202')`, [tenantId, departmentId]));
  const protector = await openKeys({ path: join(folder, 'wutong.keys'), hasSealedData: () => Promise.resolve(false) });
  const { vocabularies } = await importPack<VocabularyModule>((await openManifest()).vocabulary);
  parts = { db: database.db, tools: { protector, factBook: openFactBook({ vocabularies, reference: await openReferenceData() }) }, vocabularies, readCaseSubjects: () => Promise.resolve([]), batchRows: 10, now: () => NOON };
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const numberOf = (list: number, at: number): string => {
  const first = `220202198${list}0315${String(at).padStart(3, '0')}`;
  return first + identityCheckCharacter(first);
};

/** A list that is received and checked; its fifth row repeats the fourth, its seventh is wrong. */
async function checkList(): Promise<{ readonly importId: string; readonly list: number }> {
  const list = lists++;
  const rows = Array.from({ length: ROWS }, (_, at) => csvLine(['张三一', at === 6 ? '220202' : numberOf(list, at === 4 ? 3 : at), '本科', '50000']));
  const bytes = Buffer.from(byteOrderMark + csvLine(['姓名', '证件号码', '学历', '年薪']) + rows.join(''));
  const officer = { kind: 'officer', departmentId, codes: ['220202'], roles: ['steward'] } as const;
  const scope = scopeFor({ tenantId, actor: { accountId: newId(), sessionId: null, capacity: officer } }, 'import.people');
  const file = { kind: 'people', fileName: '名单.csv', bytes, asOf: '2026-06-30', purpose: 'eligibility', papersSeen: false } as const;
  const importId = await inTenant(database.db, tenantId, (tx) => receiveImport(tx, scope, parts, file, NOON));
  expect(await processNext(parts, tenantId, newId())).toBe(true);
  return { importId, list };
}

const change = (text: string, importId: string): Promise<unknown> => asOwner(database, (client) => client.query(text, [importId]));
const rowsOf = (text: string, importId: string): Promise<readonly unknown[]> => asOwner(database, async (client) => (await client.query<Record<string, unknown>>(text, [importId])).rows);
const confirm = (importId: string): Promise<unknown> => change(`update imports set state = 'confirmed', with_doubles = false, confirmed_by = 'test', confirmed_at = created_at where import_id = $1`, importId);
const spoilFile = (importId: string): Promise<unknown> => change('update import_pieces set content_sealed = set_byte(content_sealed, 30, get_byte(content_sealed, 30) # 1) where import_id = $1', importId);
const spoilKept = (importId: string): Promise<unknown> => change('update import_rows set rows_sealed = set_byte(rows_sealed, 30, get_byte(rows_sealed, 30) # 1) where import_id = $1', importId);

/** What the run left: its counts, and that nothing is kept any more. */
async function outcomeOf(importId: string): Promise<unknown> {
  const [one] = await rowsOf('select state, done, (select count(*)::integer from import_rows r where r.import_id = i.import_id) as kept from imports i where import_id = $1', importId);
  return one;
}
const written = { state: 'done', done: { added: 28, updated: 0, unchanged: 1, wrong: 1, doubles: 0 }, kept: 0 };

it('the run goes on from the rows that the check kept, without the file', async () => {
  const { importId, list } = await checkList();
  const kept = await rowsOf('select first_row, last_row, row_count, rows_sealed from import_rows where import_id = $1 order by 1', importId);
  expect(kept).toMatchObject([{ first_row: 2, last_row: 11, row_count: 10 }, { first_row: 12, last_row: 21, row_count: 10 }, { first_row: 22, last_row: 31, row_count: 10 }]);
  for (const { rows_sealed } of kept as readonly { readonly rows_sealed: Buffer }[]) expect(rows_sealed.includes(numberOf(list, 0))).toBe(false);
  await spoilFile(importId);
  await confirm(importId);
  await processNext(parts, tenantId, newId());
  expect(await outcomeOf(importId)).toEqual(written);
  const said = await rowsOf(`select s.facts, s.sensitive_sealed is not null as "isSealed", p.birth_date::text from imported_rows i join fact_statements s using (tenant_id, party_id) join people p using (tenant_id, party_id) where i.import_id = $1`, importId);
  expect(said).toHaveLength(28);
  expect(said[0]).toEqual({ facts: { 学历: '本科' }, isSealed: true, birth_date: `198${list}-03-15` });
});

it('the same list again changes nothing, whether its rows were kept or read', async () => {
  const { importId } = await checkList();
  await confirm(importId);
  await processNext(parts, tenantId, newId());
  lists--;
  const again = await checkList();
  expect(await rowsOf('select found from imports where import_id = $1', again.importId)).toEqual([{ found: { added: 0, updated: 0, unchanged: 29, wrong: 1, doubles: 0 } }]);
  await confirm(again.importId);
  await processNext(parts, tenantId, newId());
  expect(await outcomeOf(again.importId)).toEqual({ ...written, done: { ...written.done, added: 0, unchanged: 29 } });
});

it('on another day rows may be read otherwise: the file is read again', async () => {
  const { importId } = await checkList();
  await spoilKept(importId);
  await confirm(importId);
  await processNext({ ...parts, now: () => NEXT_DAY }, tenantId, newId());
  expect(await outcomeOf(importId)).toEqual(written);
});

it('where some are missing, the file is read again', async () => {
  const { importId } = await checkList();
  await change('delete from import_rows where import_id = $1 and first_row = 12', importId);
  await spoilKept(importId);
  await confirm(importId);
  await processNext(parts, tenantId, newId());
  expect(await outcomeOf(importId)).toEqual(written);
});

it('kept rows that were changed are noticed, not written', async () => {
  const { importId } = await checkList();
  await spoilKept(importId);
  await confirm(importId);
  await expect(processNext(parts, tenantId, newId())).rejects.toThrow('changed');
  expect(await rowsOf('select 1 from imported_rows where import_id = $1', importId)).toEqual([]);
});
