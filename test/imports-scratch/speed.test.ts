import { expect, it } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTable } from '../../src/spreadsheet/index.ts';
import { makeTenant, makeTestDatabase, asOwner } from '../support/database.ts';
import { openKeys } from '../../src/adapters/cryptography/sm4-protector.ts';
import { openFactBook } from '../../src/domains/registry/index.ts';
import { openManifest, openReferenceData, importPack } from '../../src/main/open-packs.ts';
import { processNext } from '../../src/domains/imports/index.ts';
import { receiveImport } from '../../src/domains/imports/receive-import.ts';
import { identityCheckCharacter } from '../../src/contract/identity-number.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import { scopeFor } from '../../src/domains/permissions/index.ts';

import pg from 'pg';
const sums = new Map<string, [number, number]>();
const original = pg.Client.prototype.query;
(pg.Client.prototype as any).query = function (this: any, ...args: any[]) {
  const text = String(args[0]?.text ?? args[0]).replace(/\s+/g, ' ').slice(0, 90);
  const t = performance.now();
  const done = () => { const e = sums.get(text) ?? [0, 0]; e[0] += performance.now() - t; e[1]++; sums.set(text, e); };
  const r = (original as any).apply(this, args);
  if (r?.then) r.then(done, done); else done();
  return r;
};
const N = Number(process.env.ROWS ?? 20000);
function number(i: number) { const d = new Date(Date.UTC(1970, 0, 1 + i % 12000)).toISOString().slice(0, 10).replaceAll('-', ''); const s = '220202' + d + String(Math.floor(i / 12000) * 7 % 1000).padStart(3, '0'); return s + identityCheckCharacter(s); }
it('speed', async () => {
  const database = await makeTestDatabase();
  const tenantId = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }] });
  const departmentId = newId();
  await asOwner(database, (c) => c.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1,$2,'a','b','220202')`, [tenantId, departmentId]));
  const protector = await openKeys({ path: join(mkdtempSync(join(tmpdir(), 'k-')), 'k'), hasSealedData: async () => false });
  const manifest = await openManifest();
  const { vocabularies } = await importPack<{ vocabularies: never }>(manifest.vocabulary);
  const factBook = openFactBook({ vocabularies, reference: await openReferenceData() });
  function* rows() { for (let i = 0; i < N; i += 1000) { const b = []; for (let j = i; j < Math.min(N, i + 1000); j++) b.push(j); yield b; } }
  const xs = '张王李赵刘陈杨黄周吴', ms = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英';
  const file = await writeTable<number>({ format: 'xlsx', fileName: 'x', sheetName: '人员', rows: rows(), columns: [
    { heading: '姓名', type: 'text', value: (i) => xs[i % 10]! + ms[i % 24]! + ms[Math.floor(i / 24) % 24]! }, { heading: '证件号码', type: 'text', value: number },
    { heading: '手机号', type: 'text', value: (i) => '138' + (10000000 + i) }, { heading: '学历', type: 'text', value: (i) => ['本科', '硕士研究生', '专科'][i % 3]! },
    { heading: '全日制', type: 'text', value: () => '是' }, { heading: '毕业院校', type: 'text', value: (i) => ['吉林大学', '北华大学', '东北电力大学'][i % 3]! }, { heading: '毕业日期', type: 'date', value: () => '2012-06-30' },
    { heading: '入职日期', type: 'date', value: (i) => `2020-01-0${1 + i % 9}` }, { heading: '年薪', type: 'text', value: (i) => String(120000 + i) }, { heading: '户籍地', type: 'text', value: () => '220202' },
    { heading: '职称', type: 'text', value: () => '中级' }, { heading: '岗位', type: 'text', value: () => '工程师' }] });
  console.log('file', file.bytes.length);
  const parts = { db: database.db, tools: { protector, factBook }, vocabularies };
  const scope = scopeFor({ tenantId, actor: { accountId: newId(), sessionId: null, capacity: { kind: 'officer', departmentId, codes: ['220202'], roles: ['steward'] } } }, 'import.people');
  let t = performance.now(); const lap = (w: string) => { console.log(w, Math.round(performance.now() - t), 'ms', Math.round(process.memoryUsage().rss / 2 ** 20), 'MB', JSON.stringify(process.cpuUsage())); t = performance.now(); };
  const importId = await inTenant(database.db, tenantId, (tx) => receiveImport(tx, scope, parts, { kind: 'people', fileName: 'x.xlsx', bytes: file.bytes, asOf: undefined, purpose: 'eligibility', papersSeen: false }, new Date()));
  lap('received');
  await processNext(parts, tenantId, newId());
  lap('checked');
  await asOwner(database, (c) => c.query(`update imports set state = 'confirmed', with_doubles = false`));
  const { rows: [before] } = await asOwner(database, (c) => c.query('select found, sheet from imports'));
  console.log(JSON.stringify(before));
  await processNext(parts, tenantId, newId());
  lap('written');
  console.log([...sums].sort((a, b) => b[1][0] - a[1][0]).slice(0, 16).map(([k, [ms, n]]) => `${Math.round(ms)} ms ${n} x ${k}`).join('\n'));
  const { rows: [after] } = await asOwner(database, (c) => c.query('select state, done, refusal, (select count(*) from people) people, (select count(*) from fact_statements) st from imports'));
  console.log(JSON.stringify(after));
  await database.drop();
}, 600000);
