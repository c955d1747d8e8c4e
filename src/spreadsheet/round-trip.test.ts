// What is written is read back as it was: any text, dates, amounts, in xlsx and in CSV; and Excel's way of reading it is safe.
import exceljs from 'exceljs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAll, textsOf } from '../../test/support/spreadsheet-files.ts';
import { Refusal } from '../contract/errors.ts';
import { tidyText } from './cell-text.ts';
import { type TableColumn, type TableFormat, tableFormats, writeTable } from './write-table.ts';
import { writeWorkbook } from './write-xlsx.ts';

interface Row {
  readonly text: string;
  readonly date: string;
  readonly fen: number;
  readonly count: number;
}

const columns: readonly TableColumn<Row>[] = [
  { heading: '文字', type: 'text', value: ({ text }) => text },
  { heading: '日期', type: 'date', value: ({ date }) => date },
  { heading: '金额', type: 'money', value: ({ fen }) => fen },
  { heading: '数', type: 'number', value: ({ count }) => count },
];

const someRow: fc.Arbitrary<Row> = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('=1+1', '+86', '-5', '@SUM(A1)', '\t=1', '\r', "'\r=1", " '=1", '="x"', '\u0001=1', '＝1', "'=x", '_x0041_', '__x000D_', 'a"b,c\nd', '220202199001011000', '000123', ';，', '<b>&amp;</b>', ']]>'),
  ),
  date: fc.date({ min: new Date('1850-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  fen: fc.integer({ min: -1e13, max: 1e13 }),
  count: fc.oneof(fc.integer(), fc.integer({ min: -1e9, max: 1e9 }).map((number) => number / 1000)),
});

// Half of a character is no character; CSV holds no control characters and takes an apostrophe before a sign of a formula for its own guard.
const asWritten = (text: string, format: TableFormat): string => {
  const whole = text.toWellFormed();
  return tidyText(format === 'csv' ? whole.replace(/[\p{Cc}--[\t\n\r]]/gv, '').replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '') : whole);
};

const yuan = (fen: number): string => {
  const text = (Number(fen) / 100).toFixed(2);
  return text.replace(/\.?0+$/, '').replace(/^-0$/, '0');
};

it.each(tableFormats)('gives back what was written as %s', async (format: TableFormat) => {
  await fc.assert(
    fc.asyncProperty(fc.array(someRow, { minLength: 1, maxLength: 12 }), async (rows) => {
      const file = await writeTable({ format, fileName: '样例', sheetName: '表', columns, rows: [rows.slice(0, 3), rows.slice(3)] });
      const read = await readAll(file.bytes, file.fileName);
      expect(file.rows).toBe(rows.length);
      expect(read.sheet.headings).toEqual(['文字', '日期', '金额', '数']);
      expect(textsOf(read.rows).map(([text, date, fen, count]) => [text, date, String(Number(fen)), Number(count)])).toEqual(
        rows.map(({ text, date, fen, count }) => [asWritten(text, format), date, yuan(fen), count === 0 ? 0 : count]),
      );
    }),
    { numRuns: 150 },
  );
});

it('writes text as text for Excel too: nothing is a formula, no digit is lost', async () => {
  const rows: Row[] = [{ text: '=HYPERLINK("http://x")', date: '2026-06-30', fen: 12_345_678, count: 3 }];
  const file = await writeTable({ format: 'xlsx', fileName: '样例', sheetName: '表', columns, rows: [rows] });
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(file.bytes.buffer.slice(file.bytes.byteOffset, file.bytes.byteOffset + file.bytes.byteLength) as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  expect(sheet?.getCell('A2').type).toBe(exceljs.ValueType.String);
  expect(sheet?.getCell('A2').value).toBe('=HYPERLINK("http://x")');
  expect(sheet?.getCell('A2').numFmt).toBe('@');
  expect(sheet?.getCell('B2').value).toEqual(new Date(Date.UTC(2026, 5, 30)));
  expect(sheet?.getCell('C2').value).toBe(123_456.78);
  expect(sheet?.getCell('C2').numFmt).toBe('#,##0.00');
  expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
});

it('guards every beginning of a formula in CSV, and no amount', async () => {
  const texts = ['=1', '+1', '-1', '@a', '\t=1', '\r=1', '＝1', '张三一'];
  const rows: Row[] = texts.map((text) => ({ text, date: '2026-06-30', fen: -150, count: -2 }));
  const file = await writeTable({ format: 'csv', fileName: '样例', sheetName: '表', columns, rows: [rows] });
  const lines = file.bytes.toString('utf8').slice(1).split('\r\n').slice(1);
  expect(file.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(lines[0]).toBe("'=1,2026-06-30,-1.50,-2");
  expect(lines.slice(0, 7).every((line) => /^"?'/.test(line))).toBe(true);
  expect(lines[7]).toBe('张三一,2026-06-30,-1.50,-2');
});

it('refuses to export more than the limit, and says how much', async () => {
  const rows: Row[] = Array.from({ length: 11 }, () => ({ text: 'a', date: '2026-06-30', fen: 1, count: 1 }));
  const export11 = writeTable({ format: 'csv', fileName: '样例', sheetName: '表', columns, rows: [rows], limit: 10 });
  await expect(export11).rejects.toEqual(new Refusal('export-too-large', { count: '10+', limit: 10 }));
});

it('writes drop-downs, notes and hidden sheets that Excel’s readers understand', async () => {
  const pieces: Buffer[] = [];
  const sheets = [
    {
      name: '人员',
      columns: [{ type: 'text', width: 20 }, { type: 'text' }] as const,
      rows: [[[{ value: '姓名*', look: 'required' }, { value: '学历', look: 'heading' }]]] as const,
      frozenRows: 1,
      choices: [{ column: 1, fromRow: 2, toRow: 500, list: { sheet: "选项's", column: 0, count: 2 }, isStrict: true, message: { title: '学历', text: '请从列表里选。' } }],
      notes: [{ row: 1, column: 0, text: '和证件上一样。' }],
    },
    { name: "选项's", isHidden: true, columns: [{ type: 'text' }] as const, rows: [[['本科'], ['硕士']]] },
  ];
  for await (const piece of writeWorkbook(sheets)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const sheet = workbook.getWorksheet('人员');
  expect(sheet?.getCell('B2').dataValidation).toMatchObject({ type: 'list', formulae: ["'选项''s'!$A$1:$A$2"], showErrorMessage: true });
  expect(sheet?.getCell('A1').note).toBe('和证件上一样。');
  expect(workbook.getWorksheet("选项's")?.state).toBe('hidden');
  const read = await readAll(bytes);
  expect(read.sheet.leftOut).toEqual([{ name: "选项's", why: 'hidden' }]);
});
