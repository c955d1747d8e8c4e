// What people write into fields is read forgivingly, and what makes no sense is told.
import { expect, test } from 'vitest';
import { groupFigures, readDate, readNumber, splitDate } from './read-field.ts';

test.each([
  [['2021', '7', '1'], '2021-07-01'],
  [['２０２１', '０７', ' 01 '], '2021-07-01'],
  [['2024', '2', '29'], '2024-02-29'],
] as const)('the date %j is %s', (parts, value) => {
  expect(readDate(parts, '1950-01-01', '2026-11-21')).toEqual({ value });
});

test.each([
  [['2021', '', '1'], { code: 'dateIncomplete' }],
  [['21', '7', '1'], { code: 'dateIncomplete' }],
  [['2023', '2', '29'], { code: 'dateImpossible', text: '2023-02-29' }],
  [['2023', '13', '1'], { code: 'dateImpossible', text: '2023-13-01' }],
  [['1949', '12', '31'], { code: 'dateEarly', text: '1950-01-01' }],
  [['2026', '11', '22'], { code: 'dateLate', text: '2026-11-21' }],
] as const)('the date %j is refused with %j', (parts, problem) => {
  expect(readDate(parts, '1950-01-01', '2026-11-21')).toEqual({ problem });
});

test.each(['2021-07-01', '2021/7/1', '2021.07.01', '2021年7月1日', '20210701', ' 2021 - 07 - 01 '])('%s is pasted as three parts', (text) => {
  expect(splitDate(text)?.map(Number)).toEqual([2021, 7, 1]);
});

test('what is no date is not split', () => {
  expect(splitDate('2021')).toBeUndefined();
  expect(splitDate('去年七月')).toBeUndefined();
});

test.each([
  ['120,000', 0, { value: 120000 }],
  ['１２００００', 0, { value: 120000 }],
  ['0', 0, { value: 0 }],
  ['12.50', 2, { value: 12.5 }],
  ['', 0, { problem: { code: 'numberMissing' } }],
  ['三年', 0, { problem: { code: 'numberMissing' } }],
  ['1.5', 0, { problem: { code: 'numberWhole' } }],
  ['1.555', 2, { problem: { code: 'numberDecimals' } }],
  ['-1', 0, { problem: { code: 'numberNegative' } }],
  ['1000001', 0, { problem: { code: 'numberMost', text: '1,000,000' } }],
] as const)('the number %j with %i decimals', (text, decimals, read) => {
  expect(readNumber(text, decimals, 1_000_000)).toEqual(read);
});

test('figures are grouped while they are written', () => {
  expect(groupFigures('1234567.5')).toBe('1,234,567.5');
  expect(groupFigures('1,2345')).toBe('12,345');
  expect(groupFigures('abc')).toBe('abc');
});
