// What banks write as the outcome of a payment: a word that holds 成功 or paid is no success by that alone.
import exceljs from 'exceljs';
import { expect, test } from 'vitest';
import { readResult } from './read-result.ts';

const read = (outcome: string) => readResult('结果.csv', Buffer.from(`付款编号,金额（元）,结果\r\n220202-2026-0001-00001,24000.00,"${outcome}"\r\n`));

test.each([
  ['成功', 'paid'], ['交易成功', 'paid'], ['支付成功（0000）', 'paid'], ['已付', 'paid'], ['已支付', 'paid'], ['Success', 'paid'], ['paid', 'paid'],
  ['失败', 'failed'], ['失败：户名账号不符', 'failed'], ['不成功', 'failed'], ['交易不成功', 'failed'], ['付款未成功', 'failed'], ['unsuccessful', 'failed'], ['rejected', 'failed'],
  ['退汇', 'returned'], ['已退回', 'returned'], ['returned', 'returned'],
])('%s is %s', async (outcome, expected) => {
  expect(await read(outcome)).toMatchObject({ lines: [{ outcome: expected, fen: 24_000_00 }], problems: [] });
});

test.each(['部分成功', 'unpaid', 'not paid', '未支付', '处理中', '待成功', ''])('%j says nothing that may be booked', async (outcome) => {
  expect(await read(outcome)).toMatchObject({ lines: [], problems: [{ field: 'C2' }] });
});

test('an amount whose cell shows another unit is told with its place, and never booked as the bare number', async () => {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('结果');
  sheet.addRow(['付款编号', '金额', '结果']);
  for (const format of ['0.00"万元"', '0.00,', '0%', '#,##0.00', '¥0.00', '0.00"元"', '[$¥-804]#,##0.00']) sheet.addRow(['220202-2026-0001-00001', 24_000, '成功']).getCell(2).numFmt = format;
  const { lines, problems } = await readResult('结果.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
  expect(problems.map(({ field, zh }) => [field, zh.split('，')[0]])).toEqual([['B2', '金额按它的数字格式显示为 24000万元'], ['B3', '金额按它的数字格式显示为 24 [0.00,]'], ['B4', '金额按它的数字格式显示为 2400000%']]);
  expect(lines.map(({ row, fen }) => [row, fen])).toEqual([5, 6, 7, 8].map((row) => [row, 24_000_00]));
});
