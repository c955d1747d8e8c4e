// What departments send, read from real files: CSV in both encodings, xlsx, NDJSON; and what is refused as a whole.
import exceljs from 'exceljs';
import { expect, test } from 'vitest';
import { openRealPacks } from '../../../test/support/real-packs.ts';
import type { Fact } from '../../policy/model.ts';
import { identityCheckCharacter } from '../../contract/identity-number.ts';
import { openFactBook } from '../registry/index.ts';
import { type CheckedRow, checkRow } from './check-row.ts';
import type { DeliveredRow, Feed, RowFault } from './feed.ts';
import { readDelivery, readDeliveryAsOf } from './read-delivery.ts';
import { readFactCell } from './read-fact-cell.ts';

const { workspace } = openRealPacks();
const factBook = openFactBook({ vocabularies: workspace.vocabularies, reference: workspace.reference });
const numberOf = (seventeen: string): string => `${seventeen}${identityCheckCharacter(seventeen)}`;
const zhang = numberOf('22020219900101001');
const feed: Feed = {
  feedId: 'f', departmentId: 'd', version: 1, createdAt: new Date(0), createdBy: null, lastAsOf: null, lastEndedAt: null,
  name: '样例', purpose: 'eligibility', legalBasis: '样例', subjectKind: 'person', facts: ['学历', '全日制', '毕业日期', '年薪', '亲属常驻地'],
  asOfRule: 'delivery', everyDays: null, keepUnknownDays: 90, contact: null, status: 'active',
};

async function read(bytes: Buffer | string, more: { readonly contentType?: string; readonly fileName?: string; readonly feed?: Feed } = {}): Promise<DeliveredRow[]> {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const { rows } = await readDelivery(content, more.contentType, more.fileName ?? '样例.csv', more.feed ?? feed).then((opened) => ({ rows: opened.rows() }));
  const all: DeliveredRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}
const check = (row: DeliveredRow, change: Partial<Feed> = {}): CheckedRow | readonly RowFault[] => checkRow(row, { feed: { ...feed, ...change }, factBook, asOf: '2026-06-30', today: '2026-11-21' });

const csv = `证件号码,姓名,学历,全日制,毕业日期\n${zhang},张三一,本科,是,2012年7月1日\n,,,,\n${zhang},张三一,,,\n`;

test('CSV in UTF-8 with and without mark, and in GB18030 as spreadsheets save it: the same rows', async () => {
  const expected = { number: 2, key: zhang, name: '张三一', facts: { 学历: '本科', 全日制: '是', 毕业日期: '2012年7月1日' }, isText: true };
  const gb18030 = Buffer.concat([
    // 证件号码,姓名,学历 in GB18030; Node cannot write it.
    Buffer.from([0xd6, 0xa4, 0xbc, 0xfe, 0xba, 0xc5, 0xc2, 0xeb, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd1, 0xa7, 0xc0, 0xfa, 0x0d, 0x0a]),
    Buffer.from(`${zhang},`),
    // 张三一,本科
    Buffer.from([0xd5, 0xc5, 0xc8, 0xfd, 0xd2, 0xbb, 0x2c, 0xb1, 0xbe, 0xbf, 0xc6, 0x0d, 0x0a]),
  ]);
  expect((await read(csv))[0]).toMatchObject(expected);
  expect((await read(`\uFEFF${csv}`))[0]).toMatchObject(expected);
  expect(await read(gb18030)).toMatchObject([{ number: 2, key: zhang, name: '张三一', facts: { 学历: '本科' } }]);
});

test('xlsx: dates, numbers and truths as cells; a key typed as a number or computed is a fault of its row', async () => {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('数据');
  sheet.addRow(['样例市教育局报送']);
  sheet.addRow(['身份证号', '学历', '全日制', '毕业日期', '年薪']);
  sheet.addRow([zhang, '本科', true, new Date('2012-07-01T00:00:00Z'), 120_000.5]);
  sheet.addRow([Number(zhang.slice(0, 17)) * 10, '本科']);
  sheet.addRow([{ formula: 'A3', result: zhang }, '本科']);
  const rows = await read(Buffer.from(await workbook.xlsx.writeBuffer()), { fileName: '样例.xlsx' });
  expect(rows).toMatchObject([
    { number: 3, key: zhang, facts: { 学历: '本科', 全日制: 'true', 毕业日期: '2012-07-01', 年薪: '120000.5' } },
    { number: 4, fault: { code: 'key-lost-digits', field: '证件号码' } },
    { number: 5, fault: { code: 'key-is-formula', field: '证件号码' } },
  ]);
  const [first] = rows;
  expect(first === undefined ? [] : check(first)).toMatchObject({ key: zhang, facts: { 学历: '本科', 全日制: true, 毕业日期: '2012-07-01', 年薪: 120_000.5 } });
});

test('xlsx: a number is read by what its cell shows, and is a fault where that fits no unit of the fact', async () => {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('数据');
  sheet.addRow(['证件号码', '年薪', '学历']);
  for (const [value, format] of [[12.5, '0.00"万元"'], [12_500_000, '#,##0.00,,'], [0.5, '0%'], [120_000, '#,##0"元"'], [120_000, '#,##0.00']] as const) sheet.addRow([zhang, value, '本科']).getCell(2).numFmt = format;
  const rows = await read(Buffer.from(await workbook.xlsx.writeBuffer()), { fileName: '样例.xlsx' });
  const outcomes = rows.map((row) => check(row));
  expect(outcomes.slice(0, 3).map((faults) => (faults as RowFault[]).map(({ field, words }) => [field, words?.zh.replace(/，和.*/, '')]))).toEqual([
    [['年薪', '“年薪”这一格按它的数字格式显示为 12.5万元']], [['年薪', '“年薪”这一格按它的数字格式显示为 12.5 [#,##0.00,,]']], [['年薪', '“年薪”这一格按它的数字格式显示为 50%']],
  ]);
  expect(outcomes.slice(3)).toMatchObject([{ facts: { 年薪: 120_000 } }, { facts: { 年薪: 120_000 } }]);
});

test('NDJSON: a line that cannot be read keeps none of the others back', async () => {
  const lines = [JSON.stringify({ key: zhang, facts: { 学历: '本科', 年薪: null } }), '', '{"key":', JSON.stringify({ key: zhang, facts: {}, extra: 1 }), JSON.stringify({ key: zhang, facts: { 全日制: false }, validTo: '2027-06-30' })];
  expect(await read(`${lines.join('\n')}\r\n`, { contentType: 'application/x-ndjson' })).toEqual([
    { number: 1, key: zhang, facts: { 学历: '本科' } },
    { number: 3, facts: {}, fault: { code: 'line-unreadable' } },
    { number: 4, facts: {}, fault: { code: 'line-unreadable' } },
    { number: 5, key: zhang, facts: { 全日制: false }, validTo: '2027-06-30' },
  ]);
  await expect(read(Buffer.from([0x7b, 0xff, 0x7d]), { contentType: 'application/x-ndjson' })).rejects.toMatchObject({ code: 'feed-not-utf8', values: { line: 1 } });
});

test('a sheet with columns that were not agreed, twice, or without the key is refused as a whole', async () => {
  await expect(read(`证件号码,学历,手机号\n${zhang},本科,13800000001\n`)).rejects.toMatchObject({ code: 'feed-columns-wrong', details: [{ field: '手机号' }] });
  await expect(read(`证件号码,学历,学历\n${zhang},本科,专科\n`)).rejects.toMatchObject({ code: 'feed-columns-wrong', details: [{ field: '学历' }] });
  await expect(read('姓名,学历\n张三一,本科\n')).rejects.toMatchObject({ code: 'feed-column-missing', values: { column: '证件号码' } });
  await expect(read(csv, { feed: { ...feed, asOfRule: 'row' } })).rejects.toMatchObject({ code: 'feed-column-missing', values: { column: '截至日期' } });
  await expect(read('%PDF-1.7\n', { fileName: '样例.pdf' })).rejects.toMatchObject({ code: expect.stringMatching(/^sheet-/) });
});

test('every fault of a row is told at once, in words', () => {
  const faults = check({ number: 7, key: `${zhang.slice(0, 17)}?`, validFrom: '2027-01-01', validTo: '2026-01-01', facts: { 学历: '博士后', 年薪: -1, 籍贯: '220000' } });
  expect(Array.isArray(faults) ? (faults as RowFault[]).map(({ code, field }) => [code, field]) : faults).toEqual([
    ['key-invalid', '证件号码'],
    ['validity-invalid', undefined],
    ['fact-not-agreed', '籍贯'],
    ['fact-invalid', '学历'],
    ['fact-invalid', '年薪'],
  ]);
  expect(check({ number: 1, facts: {} })).toMatchObject([{ code: 'key-missing' }, { code: 'no-facts' }]);
});

test('numbers of 15 digits, spaces and full width are the same person; credit codes are read by GB 32100', () => {
  const spaced = `${zhang.slice(0, 6)} ${zhang.slice(6, 14)} ${zhang.slice(14)}`;
  const short = '220202900101001';
  for (const key of [spaced, short, zhang.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))]) {
    expect(check({ number: 1, key, facts: { 学历: '本科' } })).toMatchObject({ key: zhang });
  }
  const organisation = { subjectKind: 'organisation', facts: ['规上'] } as const;
  expect(check({ number: 1, key: '91220101MA0Y2QKA00', facts: { 规上: true } }, organisation)).toMatchObject([{ code: 'key-invalid', field: '统一社会信用代码' }]);
});

test('the as-of day: one for the delivery, or one a row, never to come', () => {
  expect(readDeliveryAsOf('delivery', '2026年6月30日', '2026-11-21')).toBe('2026-06-30');
  expect(readDeliveryAsOf('row', '2026-06-30', '2026-11-21')).toBeNull();
  expect(() => readDeliveryAsOf('delivery', undefined, '2026-11-21')).toThrow('feed-as-of-missing');
  for (const wrong of ['2026-11-22', '2026-02-30', '上个月']) expect(() => readDeliveryAsOf('delivery', wrong, '2026-11-21')).toThrow('feed-as-of-wrong');
  const row = (asOf?: string): CheckedRow | readonly RowFault[] => checkRow({ number: 1, key: zhang, facts: { 学历: '本科' }, ...(asOf === undefined ? {} : { asOf }) }, { feed, factBook, asOf: null, today: '2026-11-21' });
  expect(row('2026/6/30')).toMatchObject({ asOf: '2026-06-30' });
  expect(row()).toMatchObject([{ code: 'as-of-missing' }]);
  expect(row('昨天')).toMatchObject([{ code: 'as-of-invalid' }]);
  expect(row('2026-11-22')).toMatchObject([{ code: 'as-of-later' }]);
});

test('cells are read as people write them', () => {
  const fact = (name: string): Fact => {
    const found = factBook.fact('person', name);
    if (found === undefined) throw new Error(`the vocabulary has no ${name}`);
    return found;
  };
  expect(readFactCell('是', fact('全日制'))).toBe(true);
  expect(readFactCell('否', fact('全日制'))).toBe(false);
  expect(readFactCell('也许', fact('全日制'))).toBe('也许');
  expect(readFactCell('120,000.50元', fact('年薪'))).toBe(120_000.5);
  expect(readFactCell('12,00元', fact('年薪'))).toBe('12,00元');
  expect(readFactCell('220202、220203', fact('亲属常驻地'))).toEqual(['220202', '220203']);
  expect(readFactCell('无', fact('亲属常驻地'))).toEqual([]);
  expect(readFactCell('2012.7.1', fact('毕业日期'))).toBe('2012-07-01');
});
