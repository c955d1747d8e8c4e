// Imports as an officer and an agent use them, over HTTP on a real database: checked whole, confirmed, written, corrected, sent again.
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { readAll, textsOf } from '../../../test/support/spreadsheet-files.ts';
import { creditCheckCharacter } from '../../contract/credit-code.ts';
import { identityCheckCharacter } from '../../contract/identity-number.ts';
import { writeTable } from '../../spreadsheet/index.ts';
import { newId } from '../../storage/database.ts';
import { emptyStale, type ImportParts, processNext } from './index.ts';

let api: TestApi;
let parts: ImportParts;
let steward: TestCaller;
const employerCode = `91220200MA0000005${creditCheckCharacter('91220200MA0000005')}`;

beforeAll(async () => {
  api = await startApi();
  parts = { ...api.parts.imports, batchRows: 3 };
  steward = api.officer('changyi-hrss', 'steward');
});
afterAll(() => api.stop());

let sequence = 0;
/** A valid number of nobody, another one each time. */
function freshNumber(born = `19900${1 + Math.floor(sequence / 1000)}01`): string {
  const first = `220202${born}${String(++sequence % 1000).padStart(3, '0')}`;
  return first + identityCheckCharacter(first);
}

/** A list as CSV, as people's own programs write it. */
function csv(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(`\ufeff${rows.map((row) => row.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')).join('\r\n')}\r\n`);
}

async function upload(caller: TestCaller, bytes: Buffer, kind: 'people' | 'organisations' = 'people', fileName = '名单.csv', more = ''): Promise<Answered> {
  return caller.call('POST', `/imports/${kind}?fileName=${encodeURIComponent(fileName)}${more}`, { bytes });
}

/** Lets the worker do everything that waits. */
async function work(): Promise<void> {
  while (await processNext(parts, api.tenantId, newId()));
}

async function check(caller: TestCaller, bytes: Buffer, kind: 'people' | 'organisations' = 'people', fileName = '名单.csv'): Promise<Answered['body']> {
  const made = await upload(caller, bytes, kind, fileName);
  expect(made.body).toMatchObject({ state: 'waiting' });
  expect(made.status).toBe(201);
  await work();
  return (await caller.get(`/imports/${made.body.importId}`)).body;
}

async function run(caller: TestCaller, importId: string, withDoubles = false): Promise<Answered['body']> {
  const confirmed = await caller.post(`/imports/${importId}/confirmation`, { withDoubles });
  expect(confirmed.status).toBe(202);
  await work();
  return (await caller.get(`/imports/${importId}`)).body;
}

const count = (sql: string, values: readonly unknown[] = []): Promise<number> => asOwner(api.database, async (client) => Number((await client.query(sql, [...values])).rows[0].count));

const counts = (changes: object) => ({ added: 0, updated: 0, unchanged: 0, wrong: 0, doubles: 0, ...changes });

it('does not read a column that counts in another unit than the fact, and says so', async () => {
  const number = freshNumber();
  const checked = await check(steward, csv([['姓名', '身份证号', '年薪（万元）', '合同年限（月）', '缴纳社保月数（个月）'], ['张三一', number, '12', '36', '24']]));
  expect(checked).toMatchObject({ state: 'checked', rowsTotal: 1, sheet: { ignored: expect.arrayContaining(['年薪（万元）', '合同年限（月）']) } });
});

it('does not read a unit that stands with more in the brackets of a heading, and what every figure stands for a million of', async () => {
  const checked = await check(steward, csv([['姓名', '身份证号', '年薪（税前，万元）', '创业投资额（百万元）', '合同年限（单位：年）'], ['张三一', freshNumber(), '12', '3', '3']]));
  expect(checked.sheet.ignored).toEqual(['年薪（税前，万元）', '创业投资额（百万元）']);
});

it('reads a number by what its cell shows, never by what is stored alone, and gives the rest back as it is shown', async () => {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('人员');
  sheet.addRow(['姓名', '证件号码', '年薪', '合同年限', '毕业日期', '手机号', '岗位']);
  const formats: readonly (readonly [format: string, value: number, pay: number | undefined])[] = [
    ['0.00"万元"', 12.3456, 123_456],
    ['0\\.0,"万元"', 125_000, 125_000],
    ['¥#,##0.00', 125_000.5, 125_000.5],
    ['#,##0"元"', 125_000, 125_000],
    ['#,##0.00,,', 12_500_000, undefined],
    ['0.0"千元"', 125, undefined],
    ['0.00%', 0.125, undefined],
    ['[$$-409]#,##0.00', 125_000, undefined],
  ];
  const numbers = formats.map(() => freshNumber());
  for (const [at, [format, value]] of formats.entries()) {
    const row = sheet.addRow([`张三${'一二三四五六七八'[at]}`, numbers[at], value, 3, new Date(Date.UTC(2021, 5, 30)), 13_800_000_000, 12]);
    row.getCell(3).numFmt = format;
    row.getCell(4).numFmt = '0"年"';
    row.getCell(5).numFmt = 'yyyy"年"m"月"d"日"';
    row.getCell(6).numFmt = '000-0000-0000';
    row.getCell(7).numFmt = '00000';
  }
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  const checked = await check(steward, bytes, 'people', '名单.xlsx');
  expect(checked.found).toEqual(counts({ added: 4, wrong: 4 }));
  const { items } = (await steward.get(`/imports/${checked.importId}/problems`)).body;
  const told = (shown: string): string => `“年薪”这一格按它的数字格式显示为 ${shown}，和这一列的单位对不上，没有读。请把格式改成“常规”，再写上数，单位是元。`;
  expect(items.map(({ problems }: { problems: { place: string; reason: string }[] }) => problems.map(({ place, reason }) => [place, reason]))).toEqual([
    [['C6', told('12.5 [#,##0.00,,]')]], [['C7', told('125千元')]], [['C8', told('12.5%')]], [['C9', told('$125000')]],
  ]);
  const back = await steward.get(`/imports/${checked.importId}/wrong-rows.xlsx`);
  expect(textsOf((await readAll(back.raw)).rows).map((row) => row[2])).toEqual(['12.5 [#,##0.00,,]', '125千元', '12.5%', '$125000']);
  // Sent back as it is, it is as wrong as before.
  expect((await check(steward, back.raw, 'people', '要改的行.xlsx')).found).toEqual(counts({ wrong: 4 }));
  await run(steward, checked.importId);
  // Amounts are sealed; what is the same in yuan is no news.
  const inYuan = (change: number): Buffer => csv([['姓名', '证件号码', '年薪', '合同年限', '毕业日期', '手机号', '岗位'], ...formats.slice(0, 4).map(([, , pay = 0], at) => [`张三${'一二三四'[at]}`, numbers[at] ?? '', String(pay + change), '3', '2021-06-30', '13800000000', '12'])]);
  expect((await check(steward, inYuan(0))).found).toEqual(counts({ unchanged: 4 }));
  expect((await check(steward, inYuan(1))).found).toEqual(counts({ updated: 4 }));
});

it('takes a list once that is sent again under its key, and refuses another list under it', async () => {
  const number = freshNumber();
  const sent = (name: string) => steward.call('POST', '/imports/people?fileName=a.csv', { bytes: csv([['姓名', '身份证号'], [name, number]]), headers: { 'idempotency-key': 'one-list-0001' } });
  const before = await count('select count(*) from imports');
  const answers = [await sent('张三一'), await sent('张三一')];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(new Set(answers.map(({ body }) => body.importId as string)).size).toBe(1);
  expect(await sent('张三二')).toMatchObject({ status: 422, body: { error: { code: 'idempotency-key-reused' } } });
  expect(await count('select count(*) from imports')).toBe(before + 1);
  await work();
});

it('checks a list without writing, writes it once it is confirmed, and changes nothing the second time', async () => {
  const numbers = Array.from({ length: 7 }, () => freshNumber());
  const list = csv([
    ['姓名', '身份证号', '手机', '学历', '毕业院校', '毕业时间', '年薪（元）', '户籍', '全日制', '备注'],
    ...numbers.map((number, at) => [`张三一`, number, `1380000000${at}`, '本科', '吉大', '2012年6月30日', '12万元', '吉林市昌邑区', '是', '自己写的']),
  ]);
  const before = await count('select count(*) from people');
  const checked = await check(steward, list);
  expect(checked).toMatchObject({ state: 'checked', rowsTotal: 7, found: counts({ added: 7 }), done: null, sheet: { format: 'csv', ignored: ['备注'] } });
  expect(await count('select count(*) from people')).toBe(before);

  const done = await run(steward, checked.importId);
  expect(done).toMatchObject({ state: 'done', done: counts({ added: 7 }) });
  expect(await count('select count(*) from people')).toBe(before + 7);
  const { rows } = await asOwner(api.database, (client) =>
    client.query(
      `select p.name, p.birth_date::text, p.sex, p.jurisdiction_code, s.origin, s.trust_class, s.department_id, s.facts, s.recognised, s.sensitive_sealed is not null as is_sealed
       from imported_rows i join people p using (tenant_id, party_id) join fact_statements s using (tenant_id, party_id) where i.import_id = $1`,
      [checked.importId],
    ),
  );
  expect(rows).toHaveLength(7);
  expect(rows[0]).toEqual({
    name: '张三一',
    birth_date: '1990-01-01',
    sex: expect.stringMatching(/^(?:fe)?male$/),
    jurisdiction_code: '220202',
    origin: '材料',
    trust_class: 'C',
    department_id: api.departments['changyi-hrss'],
    facts: { 学历: '本科', 毕业院校: '吉大', 毕业日期: '2012-06-30', 户籍地: '220202', 全日制: true },
    recognised: { 毕业院校: '吉林大学' },
    // 年薪 is sensitive.
    is_sealed: true,
  });

  const again = await check(steward, list);
  expect(again.found).toEqual(counts({ unchanged: 7 }));
  const refused = await steward.post(`/imports/${again.importId}/confirmation`, {});
  expect(refused.body.error.code).toBe('import-nothing-to-do');
  expect(await count('select count(*) from fact_statements where facts ? $1', ['毕业院校'])).toBe(7);
});

it('adds only what differs when a corrected list comes', async () => {
  const [number, other] = [freshNumber(), freshNumber()];
  const heading = ['姓名', '证件号码', '学历', '职称'];
  const first = await check(steward, csv([heading, ['张三二', number, '本科', '初级'], ['张三三', other, '本科', '']]));
  await run(steward, first.importId);
  const second = await check(steward, csv([heading, ['张三二', number, '本科', '中级'], ['张三三', other, '本科', '']]));
  expect(second.found).toEqual(counts({ updated: 1, unchanged: 1 }));
  await run(steward, second.importId);
  const { rows } = await asOwner(api.database, (client) =>
    client.query(`select s.facts from fact_statements s join imported_rows i using (tenant_id, party_id) join people p using (tenant_id, party_id) where i.import_id = $1 and p.name = '张三二' order by s.recorded_at`, [second.importId]),
  );
  expect(rows.map(({ facts }) => facts)).toEqual([{ 学历: '本科', 职称: '初级' }, { 职称: '中级' }]);
  // The first list again is a change back, since it is no longer what was imported last.
  const third = await check(steward, csv([heading, ['张三二', number, '本科', '初级'], ['张三三', other, '本科', '']]));
  expect(third.found).toEqual(counts({ updated: 1, unchanged: 1 }));
});

it('takes what is said to pay by as said of its day: the same of a later day is news, of the same or an earlier day it is not', async () => {
  const list = csv([['姓名', '证件号码', '在岗'], ['张三二', freshNumber(), '是']]);
  const bring = async (asOf: string, purpose = 'payment'): Promise<Answered['body']> => {
    const made = await upload(steward, list, 'people', '在岗.csv', `&purpose=${purpose}&asOf=${asOf}`);
    await work();
    return (await steward.get(`/imports/${made.body.importId}`)).body;
  };
  await run(steward, (await bring('2025-03-31')).importId);
  expect((await bring('2025-03-31')).found).toEqual(counts({ unchanged: 1 }));
  const later = await bring('2025-06-30');
  expect(later.found).toEqual(counts({ updated: 1 }));
  await run(steward, later.importId);
  expect((await bring('2025-03-31')).found).toEqual(counts({ unchanged: 1 }));
  expect((await bring('2025-09-30', 'eligibility')).found).toEqual(counts({ unchanged: 1 }));
});

it('says of every wrong cell what is wrong, holds back no right row, and takes the corrected error sheet', async () => {
  const [good, bad] = [freshNumber(), freshNumber()];
  const wrongCheck = bad.slice(0, 17) + (bad.endsWith('1') ? '2' : '1');
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('Sheet1');
  sheet.addRow(['某单位人才名单']);
  sheet.addRow(['姓名*', '证件号码*', '手机号', '学历', '毕业日期', '户籍地']);
  sheet.addRow(['张三四', good, '13900000001', '硕士研究生', new Date(Date.UTC(2015, 6, 1)), '220203']);
  sheet.addRow(['张三五', wrongCheck, '123', '大本', '30/6/2015', '朝阳区']);
  sheet.addRow(['', freshNumber(), '', '', '', '']);
  sheet.addRow(['张三六', 220202199001011000, '', '', '', '']);
  sheet.addRow(['张三七', { formula: 'B3', result: good }, '', '', '', '']);
  sheet.addRow(['张三四', good, '', '本科', '', '']);
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  const checked = await check(steward, bytes, 'people', '名单.xlsx');
  expect(checked).toMatchObject({ state: 'checked', rowsTotal: 6, found: counts({ added: 1, wrong: 5 }) });

  const { body } = await steward.get(`/imports/${checked.importId}/problems`);
  const told = new Map<number, string[]>(body.items.map((item: { row: number; problems: { place: string; reason: string }[] }) => [item.row, item.problems.map(({ place, reason }) => `${place} ${reason}`)]));
  expect([...told.keys()]).toEqual([4, 5, 6, 7, 8]);
  expect(told.get(4)).toEqual([
    expect.stringContaining('B4 证件号码的最后一位和前面的数字对不上'),
    expect.stringContaining('C4 手机号是 11 位数字'),
    expect.stringMatching(/^D4 .*大本/),
    expect.stringMatching(/^E4 .*30\/6\/2015/),
    // Several places bear the name, so they are named.
    expect.stringMatching(/^F4 .*220104/),
  ]);
  expect(told.get(5)?.[0]).toContain('A5 “姓名”要填');
  expect(told.get(6)?.[0]).toContain('后面几位已经丢了');
  expect(told.get(7)?.[0]).toContain('这一格是公式');
  expect(told.get(8)?.[0]).toContain('和第 3 行是同一个人，内容不一样');

  const done = await run(steward, checked.importId);
  expect(done.done).toEqual(counts({ added: 1, wrong: 5 }));

  const errors = await steward.get(`/imports/${checked.importId}/wrong-rows.xlsx`);
  expect(errors.headers.get('content-type')).toContain('spreadsheetml');
  const returned = new exceljs.Workbook();
  await returned.xlsx.load(errors.raw.buffer.slice(errors.raw.byteOffset, errors.raw.byteOffset + errors.raw.byteLength) as ArrayBuffer);
  const errorSheet = returned.worksheets[0];
  expect(errorSheet?.getRow(2).getCell(7).text).toContain('证件号码*：证件号码的最后一位');
  expect(errorSheet?.getCell('B2').fill).not.toEqual(errorSheet?.getCell('A2').fill);
  expect(errorSheet?.getCell('B2').value).toBe(wrongCheck);
  for (const [at, [name, number]] of [['张三五', bad], ['张三八', freshNumber()], ['张三六', freshNumber()]].entries()) {
    const row = errorSheet?.getRow(at + 2);
    if (row === undefined) continue;
    row.values = [name ?? '', number ?? '', '', '本科', '2015-07-01', '220104'];
  }
  for (const at of [5, 6]) if (errorSheet !== undefined) errorSheet.getRow(at).values = [];
  const corrected = await check(steward, Buffer.from(await returned.xlsx.writeBuffer()), 'people', '要改的行.xlsx');
  expect(corrected).toMatchObject({ found: counts({ added: 3 }), sheet: { ignored: [] } });
});

it('puts aside whoever may be somebody registered under another document, until that is confirmed', async () => {
  const heading = ['姓名', '证件类型', '证件号码', '出生日期', '性别'];
  const first = await check(steward, csv([heading, ['张三九', '护照', 'E12345678', '1991-02-03', '女']]));
  await run(steward, first.importId);
  const second = await check(steward, csv([heading, ['张三九', '', freshNumber('19910203'), '', ''], ['张三十', '', freshNumber('19910203'), '', '']]));
  expect(second.found).toEqual(counts({ added: 1, doubles: 1 }));
  const { body } = await steward.get(`/imports/${second.importId}/problems`);
  expect(body.items).toEqual([{ row: 2, isDouble: true, problems: [{ heading: null, place: '2', reason: expect.stringContaining('可能已经登记过') }] }]);
  expect((await run(steward, second.importId, true)).done).toEqual(counts({ added: 2 }));
});

it('does not tell whose number was typed, and changes nobody of another jurisdiction', async () => {
  const number = freshNumber();
  const heading = ['姓名', '证件号码', '手机号'];
  const first = await check(steward, csv([heading, ['张三一', number, '13900000002']]));
  await run(steward, first.importId);
  const otherName = await check(steward, csv([heading, ['张三二', number, '']]));
  const told = await steward.get(`/imports/${otherName.importId}/problems`);
  expect(otherName.found).toEqual(counts({ wrong: 1 }));
  expect(told.raw.toString()).not.toContain('张三一');
  const elsewhere = api.officer('longtan-hrss', 'steward');
  const foreign = await check(elsewhere, csv([heading, ['张三一', number, '13900000003']]));
  expect(foreign.found).toEqual(counts({ wrong: 1 }));
  const named = await check(elsewhere, csv([[...heading, '所属辖区'], ['张三二', freshNumber(), '', '昌邑区']]));
  expect(named.found).toEqual(counts({ wrong: 1 }));
});

it('imports organisations, and people who work for them', async () => {
  const organisations = csv([
    ['单位名称', '统一社会信用代码', '成立日期', '地址', '联系电话', '单位类型', '规上', '重点产业'],
    ['吉林样例一有限公司', employerCode, '2015/5/6', '样例路 1 号', '0432-62012345', '企业', '是', '先进材料、生物'],
    ['样例二', '91220200MA0000002X', '', '', '', '企业', '', ''],
  ]);
  const checked = await check(steward, organisations, 'organisations');
  expect(checked.found).toEqual(counts({ added: 1, wrong: 1 }));
  expect((await run(steward, checked.importId)).done).toEqual(counts({ added: 1, wrong: 1 }));
  const { rows } = await asOwner(api.database, (client) =>
    client.query(`select o.name, o.registered_on::text, s.facts from organisations o join fact_statements s using (tenant_id, party_id) where o.credit_code = $1`, [employerCode]),
  );
  expect(rows).toEqual([{ name: '吉林样例一有限公司', registered_on: '2015-05-06', facts: { 单位类型: '企业', 规上: true, 重点产业: ['先进材料', '生物'] } }]);

  const people = csv([
    ['姓名', '证件号码', '用人单位代码', '岗位', '入职日期'],
    ['张三一', freshNumber(), employerCode, '工程师', '2024-03-01'],
    ['张三二', freshNumber(), employerCode, '工程师', ''],
    ['张三三', freshNumber(), `91220200MA0000009${creditCheckCharacter('91220200MA0000009')}`, '', '2024-03-01'],
  ]);
  const hires = await check(steward, people);
  expect(hires.found).toEqual(counts({ added: 1, wrong: 2 }));
  await run(steward, hires.importId);
  expect(await count(`select count(*) from employments e join organisations o on o.tenant_id = e.tenant_id and o.party_id = e.organisation_id where o.credit_code = $1 and post = '工程师' and started_on = '2024-03-01'`, [employerCode])).toBe(1);
});

it('lets an agent import the organisation’s own people, as told by the organisation, and nobody else', async () => {
  const { rows } = await asOwner(api.database, (client) => client.query<{ party_id: string }>(`select party_id from organisations where credit_code = $1`, [employerCode]));
  const agent = api.agent(rows[0]?.party_id ?? '');
  const heading = ['姓名', '证件号码', '入职日期', '学历', '用人单位代码', '人才类别'];
  const checked = await check(agent, csv([heading, ['张三五', freshNumber(), '2025-01-06', '本科', '', ''], ['张三六', freshNumber(), '2025-01-06', '', '', 'A'], ['张三七', freshNumber(), '2025-01-06', '', `91220200MA0000009${creditCheckCharacter('91220200MA0000009')}`, '']]));
  expect(checked.found).toEqual(counts({ added: 1, wrong: 2 }));
  await run(agent, checked.importId);
  const { rows: said } = await asOwner(api.database, (client) =>
    client.query(`select s.origin, s.trust_class, s.department_id, e.trust_class as employed from imported_rows i join fact_statements s using (tenant_id, party_id) join employments e using (tenant_id, party_id) where i.import_id = $1`, [checked.importId]),
  );
  expect(said).toEqual([{ origin: '申报', trust_class: 'D', department_id: null, employed: 'D' }]);
  expect((await upload(agent, csv([['单位名称', '统一社会信用代码'], ['a', 'b']]), 'organisations')).status).toBe(403);
});

it('shows an import to its own department only', async () => {
  const checked = await check(steward, csv([['姓名', '证件号码'], ['张三一', freshNumber()]]));
  const path = `/imports/${checked.importId}`;
  const others = [api.officer('city-finance', 'steward'), api.agent(newId())];
  for (const other of others) {
    for (const answer of [await other.get(path), await other.get(`${path}/problems`), await other.get(`${path}/wrong-rows.xlsx`), await other.post(`${path}/confirmation`, {}), await other.post(`${path}/cancellation`)]) {
      expect(answer.body.error.code).toBe('import-not-found');
    }
    expect((await other.get('/imports')).body.items).toEqual([]);
  }
  expect((await api.officer('changyi-hrss', 'reviewer').get(path)).status).toBe(403);
  expect((await api.anyone().get(path)).status).toBe(401);
  expect((await steward.get('/imports?limit=1')).body.items).toEqual([expect.objectContaining({ importId: checked.importId })]);
});

it('refuses at once what is no list, and keeps nothing of it', async () => {
  const before = await count('select count(*) from imports');
  const answers = [
    await upload(steward, Buffer.from('%PDF-1.7'), 'people', '名单.xlsx'),
    await upload(steward, Buffer.from('姓名,年龄\n张三一,3\n'), 'people', '名单.xlsx'),
    await upload(steward, csv([['姓名', '年龄'], ['张三一', '3']])),
  ];
  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([[422, 'sheet-not-a-table'], [422, 'sheet-is-csv'], [422, 'sheet-columns-missing']]);
  expect(answers[2]?.body.error.message).toContain('证件号码');
  expect(await count('select count(*) from imports')).toBe(before);
});

it('says why a file cannot be read further in', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => ['张三一', freshNumber(), String(at)]);
  const broken = Buffer.concat([csv([['姓名', '证件号码', '说明'], ...rows]), Buffer.from('张三一,"没有结束')]);
  const found = await check(steward, broken);
  expect(found).toMatchObject({ state: 'refused', refusal: { code: 'sheet-damaged', message: expect.stringContaining('文件打不开') } });
});

it('stops when it is cancelled, and keeps what was written by then', async () => {
  const list = csv([['姓名', '证件号码'], ...Array.from({ length: 9 }, () => ['张三一', freshNumber()])]);
  const checked = await check(steward, list);
  const cancelled = await steward.post(`/imports/${checked.importId}/cancellation`);
  expect([cancelled.status, cancelled.body.state]).toEqual([202, 'cancelled']);
  expect((await steward.post(`/imports/${checked.importId}/cancellation`)).body.error.code).toBe('import-over');
  expect((await steward.post(`/imports/${checked.importId}/confirmation`, {})).body.error.code).toBe('import-not-checked');

  const other = await check(steward, list);
  await steward.post(`/imports/${other.importId}/confirmation`, {});
  await steward.post(`/imports/${other.importId}/cancellation`);
  await work();
  expect((await steward.get(`/imports/${other.importId}`)).body).toMatchObject({ state: 'cancelled', done: counts({}) });
});

it('gives a template that is filled in and imported as it is, in both languages', async () => {
  for (const [language, sheetName] of [['zh', '人员'], ['en', 'People']] as const) {
    const answer = await steward.get('/imports/templates/people.xlsx', { 'accept-language': language });
    expect(answer.status).toBe(200);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(answer.raw.buffer.slice(answer.raw.byteOffset, answer.raw.byteOffset + answer.raw.byteLength) as ArrayBuffer);
    const sheet = workbook.worksheets[0];
    expect(sheet?.name).toBe(sheetName);
    const headings = ((sheet?.getRow(1).values ?? []) as string[]).slice(1);
    const column = (heading: string): number => headings.findIndex((one) => one.startsWith(heading)) + 1;
    const education = column(language === 'zh' ? '学历' : 'education');
    expect(headings.filter((heading) => heading.endsWith('*'))).toHaveLength(2);
    expect(sheet?.getCell(2, education).dataValidation).toMatchObject({ type: 'list', showErrorMessage: true });
    expect(sheet?.getCell(5000, 2).numFmt ?? sheet?.getColumn(2).numFmt).toBe('@');
    const row = sheet?.getRow(3);
    if (row === undefined) throw new Error('no row');
    row.getCell(1).value = '张三一';
    row.getCell(2).value = freshNumber();
    row.getCell(education).value = language === 'zh' ? '博士研究生' : 'doctor';
    row.getCell(column(language === 'zh' ? '全日制' : 'full-time')).value = language === 'zh' ? '是' : 'yes';
    // The sample row is passed over, the filled one counts.
    // Of sheets that were not read only somebody's own are told.
    workbook.addWorksheet('备用').getCell('A1').value = '张三二';
    const checked = await check(steward, Buffer.from(await workbook.xlsx.writeBuffer()), 'people', '模板.xlsx');
    expect(checked).toMatchObject({ rowsTotal: 1, found: counts({ added: 1 }), sheet: { leftOut: [{ name: '备用', why: 'not-first' }] } });
    await run(steward, checked.importId);
    expect(await count(`select count(*) from fact_statements s join imported_rows i using (tenant_id, party_id) where i.import_id = $1 and s.facts = '{"学历": "博士研究生", "全日制": true}'`, [checked.importId])).toBe(1);
  }
  const organisations = await steward.get('/imports/templates/organisations.xlsx');
  const { sheet, rows } = await readAll(organisations.raw, '模板.xlsx');
  expect(sheet.headings.slice(0, 2)).toEqual(['单位名称*', '统一社会信用代码*']);
  expect(textsOf(rows)[0]?.[0]).toBe('吉林样例一有限公司');
});

it('keeps no identity number in the clear, and deletes files when their time is over', async () => {
  const number = freshNumber();
  const checked = await check(steward, csv([['姓名', '证件号码'], ['张三一', number], ['张三二', '22020219900101']]));
  const bytes = await asOwner(api.database, async (client) => {
    const pieces = await client.query<{ content_sealed: Buffer }>('select content_sealed from import_pieces where import_id = $1', [checked.importId]);
    const problems = await client.query<{ problems_sealed: Buffer }>('select problems_sealed from import_problems where import_id = $1', [checked.importId]);
    return Buffer.concat([...pieces.rows.map((row) => row.content_sealed), ...problems.rows.map((row) => row.problems_sealed)]);
  });
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.includes(Buffer.from(number))).toBe(false);
  await run(steward, checked.importId);
  const later: ImportParts = { ...parts, now: () => new Date(Date.now() + 31 * 86_400_000) };
  await emptyStale(later, api.tenantId);
  expect((await steward.get(`/imports/${checked.importId}`)).body).toMatchObject({ state: 'done', isFileKept: false });
  expect((await steward.get(`/imports/${checked.importId}/wrong-rows.xlsx`)).status).toBe(410);
});

it('writes what it did to the audit trail, without personal values', async () => {
  const number = freshNumber();
  const checked = await check(steward, csv([['姓名', '证件号码', '手机号'], ['张三一', number, '13900000009']]));
  await run(steward, checked.importId);
  const { rows } = await asOwner(api.database, (client) => client.query<{ entry: string }>(`select to_jsonb(a)::text as entry from audit_entries a where to_jsonb(a)::text like '%' || $1 || '%'`, [checked.importId]));
  const all = rows.map(({ entry }) => entry).join('\n');
  expect(all).toMatch(/imports\.people[^]*import\.checked[^]*imports\.confirm[^]*import\.done/);
  expect(all).not.toMatch(new RegExp(`${number}|13900000009|张三一`));
});

it('reads what the system itself writes, xlsx and CSV alike', async () => {
  const rows = Array.from({ length: 10 }, () => ({ name: '张三一', number: freshNumber() }));
  for (const format of ['xlsx', 'csv'] as const) {
    const file = await writeTable({
      format,
      fileName: '名单',
      sheetName: '人员',
      columns: [
        { heading: 'Name', type: 'text', value: (row: (typeof rows)[number]) => row.name },
        { heading: 'ID number', type: 'text', value: (row) => row.number },
      ],
      rows: [rows],
    });
    expect((await check(steward, file.bytes, 'people', file.fileName)).found).toEqual(counts({ added: 10 }));
  }
});
