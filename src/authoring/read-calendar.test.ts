// The working-day calendar that is shipped, and the errors of one that is not well made.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weekdayOf } from '../policy/working-days.ts';
import { readCalendar } from './read-calendar.ts';

const text = readFileSync(join(import.meta.dirname, '..', '..', 'cities', 'reference', 'calendar.json'), 'utf8');

describe('the calendar that is shipped', () => {
  const { years, off, work } = readCalendar(text);

  it('has the years that were announced, each with the address of its notice', () => {
    expect(years).toEqual([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    const written = JSON.parse(text) as Record<string, { notice: string[] }>;
    for (const { notice } of Object.values(written)) for (const address of notice) expect(address).toMatch(/^https?:\/\/www\.gov\.cn\//);
  });

  it('keeps only what differs from Monday to Friday', () => {
    expect(off.filter((date) => [0, 6].includes(weekdayOf(date)))).toEqual([]);
    expect(work.filter((date) => ![0, 6].includes(weekdayOf(date)))).toEqual([]);
    expect(work.filter((date) => date > 20260000)).toEqual([20260104, 20260214, 20260228, 20260509, 20260920, 20261010]);
    expect(off).toContain(20200131);
  });

  it('frees as many weekdays of a year as there are statutory holidays and worked weekends', () => {
    // 11 days by law until 2024, 13 from 2025; a make-up day is worked for each further free weekday, holidays on a weekend are moved.
    for (const [year, lawful] of [[2021, 11], [2022, 11], [2024, 11], [2025, 13], [2026, 13]] as const) {
      const within = (dates: readonly number[]): number => dates.filter((date) => Math.floor(date / 10000) === year).length;
      expect([year, within(off) - within(work)]).toEqual([year, lawful]);
    }
  });
});

describe('a calendar with a mistake', () => {
  const calendar = (days: readonly (readonly string[])[], notice: unknown = ['https://www.gov.cn/a.htm']): string =>
    `{\n"2026": {\n"notice": ${JSON.stringify(notice)},\n"days": [\n${days.map((one) => JSON.stringify(one)).join(',\n')}\n]}}`;
  const newYear = ['2026-01-01', '元旦', 'off'];

  it('is none when it is well made; a free day on a plain weekend is allowed', () => {
    expect(readCalendar(calendar([['2025-12-31', '元旦', 'off'], newYear, ['2026-01-03', '元旦', 'off'], ['2026-01-04', '元旦', 'work']]))).toEqual({
      years: [2026],
      off: [20251231, 20260101],
      work: [20260104],
    });
  });

  it.each([
    [calendar([newYear, ['2026-02-30', '春节', 'off']]), '第 6 行：没有 2026-02-30 这一天 / line 6: there is no day 2026-02-30'],
    [calendar([['2025-11-30', '元旦', 'off']]), '第 5 行：2025-11-30 不在 2026 年，也不在上一年 12 月'],
    [calendar([['2027-01-01', '元旦', 'off']]), 'line 5: 2027-01-01 is neither in 2026 nor in December before'],
    [calendar([newYear, newYear]), '第 6 行：2026-01-01 重复，或者没有按先后排列'],
    [calendar([['2026-01-02', '元旦', 'off'], newYear]), 'line 6: 2026-01-01 is there twice or out of order'],
    [calendar([newYear, ['2026-01-05', '元旦', 'work']]), '第 6 行：2026-01-05 本来就是工作日，不用写 work / line 6: 2026-01-05 is a weekday, which is worked anyway'],
    [calendar([['2026-01-01', '元旦', 'free']]), 'the last being off or work'],
    [calendar([['2026-01-01', 'off']]), '最后一项是 off 或 work'],
    [calendar([['2026-01-01', '元旦', 'off', '']]), '最后一项是 off 或 work'],
    [calendar([]), '2026 年没有列出日期'],
    [calendar([newYear], []), '2026 年缺少通知的网址'],
    [calendar([newYear], ['a notice']), '2026 lacks the addresses of its notice'],
    [calendar([newYear]).replace('"2026"', '"next"'), 'line 2: "next" is not a year'],
    ['{"2026": 1}', '2026 年缺少通知的网址'],
    [`${calendar([newYear]).slice(0, -1)},\n"2026": {}}`, 'line 7: 2026 is there twice'],
    ['[]', 'expected an object by year'],
    ['{', 'not valid JSON'],
  ])('%s', (wrong, message) => {
    expect(() => readCalendar(wrong)).toThrow(message);
  });
});
