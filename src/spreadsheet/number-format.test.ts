// Number formats that change what a number says, as Excel shows them, and those that do not.
import { expect, test } from 'vitest';
import { readNumberFormat, shiftPoint } from './number-format.ts';

const shown = (code: string, text: string): string | undefined => readNumberFormat(200, code)?.(text);

test.each([
  // A unit behind the number, in quotes, escaped, or as it stands.
  ['0.00"万元"', '12.5', '12.5万元'],
  ['0.0"万"', '-12.5', '-12.5万'],
  ['0.00\\万\\元', '12.5', '12.5万元'],
  ['#,##0.00万元', '12.5', '12.5万元'],
  ['General"万元"', '12.5', '12.5万元'],
  ['G/通用格式"万元"', '12.5', '12.5万元'],
  ['0.00_ "万元"', '12.5', '12.5万元'],
  ['0"元"', '12', '12元'],
  ['#,##0"天"', '46203', '46203天'],
  // Thousands that are not shown, with a unit and without.
  ['0.0,"千元"', '12500', '12.5千元'],
  ['#,##0.00,,"百万"', '12500000', '12.5百万'],
  ['0,,.00"m"', '12500000', '12.5m'],
  ['#,##0.00,,', '12500000', '12.5 [#,##0.00,,]'],
  ['0,', '12500', '12.5 [0,]'],
  // A point that is written, not counted: the usual way to show 万 in Excel.
  ['0\\.0,"万元"', '125000', '12.5万元'],
  ['0!.0000"万"', '125000', '12.5万'],
  ['0"."00', '1250', '12.5 [0"."00]'],
  ['[>=10000]0\\.0,"万";0', '125000', '12.5万'],
  ['[>=10000]0\\.0,"万";0', '9000', undefined],
  ['[<1000]0;[<1000000]0.0,"千";0.0,,"百万"', '12500', '12.5千'],
  ['[<1000]0;[<1000000]0.0,"千";0.0,,"百万"', '12500000', '12.5百万'],
  // Percentages, counted and written.
  ['0%', '0.8', '80%'],
  ['0.00%', '0.0575', '5.75%'],
  ['0"%"', '80', '80%'],
  // Other money.
  ['[$$-409]#,##0.00', '12.5', '$12.5'],
  ['"US$"0.00', '12.5', 'US$12.5'],
  ['[$€-2] 0.00', '12.5', '€12.5'],
  // Two units in one cell.
  ['0"年"00"个月"', '306', '306 [0"年"00"个月"]'],
  ['0"万"0000"元"', '125000', '125000 [0"万"0000"元"]'],
  // By the sign.
  ['0.00"万元";-0.00"万元";"-"', '-3', '-3万元'],
  ['0.00;0.00"万元"', '3', undefined],
])('format %s shows %s as %s', (code, text, expected) => {
  expect(shown(code, text)).toBe(expected);
});

test.each([
  '0', '0.00', '#,##0', '#,##0.00', '00000', '000-0000-0000', '@', 'General', '[Red]0.00', '0.00E+00', '# ?/?', '0.00_);(0.00)', '¥#,##0.00', '"￥"#,##0.00', '[$¥-804]#,##0.00', '[$￥-804]#,##0.00;-[$￥-804]#,##0.00',
  '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', '[DBNum2][$-804]General', ';;;', '"已付"', 'h:mm',
])('format %s says nothing more than the number', (code) => {
  expect(['0', '12.5', '-12.5', '125000'].map((text) => shown(code, text))).toEqual([undefined, undefined, undefined, undefined]);
});

test('built-in formats: percentages are two of them', () => {
  expect([0, 1, 2, 3, 4, 9, 10, 11, 12, 37, 44, 48, 49].map((id) => readNumberFormat(id, undefined)?.('0.125'))).toEqual([undefined, undefined, undefined, undefined, undefined, '12.5%', '12.5%', undefined, undefined, undefined, undefined, undefined, undefined]);
});

test.each([
  ['12.5', 4, '125000'], ['12.3456789', 4, '123456.789'], ['0.1', 2, '10'], ['125000', -4, '12.5'], ['5', -3, '0.005'], ['-0.05', 1, '-0.5'], ['0', 4, '0'], ['100', -2, '1'], ['0.29', 2, '29'], ['999999999999999', 8, '99999999999999900000000'],
])('%s with its point moved by %i is %s', (text, places, expected) => {
  expect(shiftPoint(text, places)).toBe(expected);
});
