// Working days: the shipped notices, make-up Saturdays, and refusal where a year is not published.

import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReferenceFolder } from '../authoring/read-reference.ts';
import { addDays, parseDate } from './calendar.ts';
import { addWorkingDays, isWorkingDay, tellUnpublishedYear, UnpublishedYearError, weekdayOf, type WorkingCalendar, workingDaysBetween } from './working-days.ts';

const { calendar } = readReferenceFolder(join(import.meta.dirname, '..', '..'));
const day = (text: string): number => parseDate(text) ?? Number.NaN;

describe('a day', () => {
  it.each([
    ['2026-02-12', true],
    ['2026-02-14', true], // a Saturday worked for Spring Festival
    ['2026-02-15', false],
    ['2026-02-23', false], // a Monday
    ['2026-02-28', true],
    ['2026-03-01', false],
    ['2026-01-04', true], // a Sunday
    ['2020-01-31', false], // Spring Festival of 2020 was extended to 2 February
    ['2020-02-01', false],
    ['2020-02-02', false],
    ['2020-02-03', true],
    ['2025-10-08', false],
    ['2025-10-09', true],
    ['2025-10-11', true],
    ['2022-12-31', false],
    ['2019-01-01', false],
    ['2026-12-31', true],
  ])('%s', (text, worked) => {
    expect(isWorkingDay(day(text), calendar)).toBe(worked);
  });

  it('has its weekday', () => {
    expect([20260223, 20260301, 20240229, 20000101].map(weekdayOf)).toEqual([1, 0, 4, 6]);
  });
});

// Counted by hand from the notices; 5 working days after the first three are also what other calendars say.
const periods: readonly (readonly [string, number, string])[] = [
  ['2026-02-12', 5, '2026-02-26'],
  ['2026-09-28', 5, '2026-10-10'],
  ['2026-04-30', 5, '2026-05-11'],
  ['2026-02-13', 1, '2026-02-14'],
  ['2026-06-29', 1, '2026-06-30'],
  ['2026-06-27', 1, '2026-06-29'],
  ['2020-01-23', 1, '2020-02-03'],
  ['2025-12-31', 1, '2026-01-04'],
  ['2018-12-31', 1, '2019-01-02'],
  ['2026-12-24', 5, '2026-12-31'],
];

describe('a period', () => {
  it.each(periods)('%s and %i working days end on %s', (from, days, last) => {
    expect(addWorkingDays(day(from), days, calendar)).toBe(day(last));
    expect(workingDaysBetween(day(from), day(last), calendar)).toBe(days);
  });

  it('that ends before it begins has no days', () => {
    expect(workingDaysBetween(20260630, 20260630, calendar)).toBe(0);
    expect(workingDaysBetween(20260630, 20260601, calendar)).toBe(0);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('has a whole number of days of one or more, not %d', (days) => {
    expect(() => addWorkingDays(20260630, days, calendar)).toThrow(RangeError);
  });
});

describe('a year that is not published', () => {
  const refused = (work: () => unknown): UnpublishedYearError => {
    try {
      work();
    } catch (error) {
      if (error instanceof UnpublishedYearError) return error;
      throw error;
    }
    throw new Error('not refused');
  };

  it.each([
    ['the day itself', 2027, 20270104, () => isWorkingDay(20270104, calendar)],
    ['a weekend too', 2027, 20270102, () => isWorkingDay(20270102, calendar)],
    ['a period that begins there', 2027, 20270302, () => addWorkingDays(20270301, 1, calendar)],
    ['a period that runs into it', 2027, 20270101, () => addWorkingDays(20261224, 6, calendar)],
    ['the last day of December and one more', 2027, 20270101, () => addWorkingDays(20261231, 1, calendar)],
    ['a count that runs into it', 2027, 20270101, () => workingDaysBetween(20261230, 20270105, calendar)],
    ['a year before the first', 2018, 20181230, () => workingDaysBetween(20181229, 20190102, calendar)],
  ])('is refused: %s', (_what, year, date, work) => {
    expect(refused(work)).toMatchObject({ code: 'year-not-published', year, date, years: calendar.years });
  });

  it('says what to do, in both languages', () => {
    const error = refused(() => isWorkingDay(20270104, calendar));
    expect(tellUnpublishedYear(error, 'zh')).toMatch(/2027-01-04.*2027 年的放假通知没有录入（已录入的是 2019 到 2026 年）.*calendar\.json/);
    expect(tellUnpublishedYear(error, 'en')).toMatch(/2027-01-04.*notice of 2027 is not loaded \(loaded: 2019 to 2026\).*calendar\.json/);
    expect(error.message).toBe(`${tellUnpublishedYear(error, 'zh')} / ${tellUnpublishedYear(error, 'en')}`);
    const none: WorkingCalendar = { years: [], off: [], work: [] };
    expect(tellUnpublishedYear(refused(() => isWorkingDay(20260105, none)), 'zh')).toContain('还没有录入任何一年');
  });

  it('is refused in the middle too', () => {
    const gap: WorkingCalendar = { years: [2024, 2026], off: [], work: [] };
    expect(refused(() => addWorkingDays(20241231, 1, gap)).year).toBe(2025);
  });
});

describe('any dates', () => {
  const date = fc.integer({ min: 0, max: 365 * 7 }).map((days) => addDays(20190101, days));
  const count = fc.integer({ min: 1, max: 60 });

  it('adding and counting agree, and the last day is worked', () => {
    fc.assert(
      fc.property(date, count, (from, days) => {
        const last = addWorkingDays(from, days, calendar);
        expect(workingDaysBetween(from, last, calendar)).toBe(days);
        expect(isWorkingDay(last, calendar)).toBe(true);
        expect(workingDaysBetween(from, addDays(last, -1), calendar)).toBe(days - 1);
      }),
    );
  });

  it('more days end later, a later start never ends earlier', () => {
    fc.assert(
      fc.property(date, date, count, (one, other, days) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        expect(addWorkingDays(early, days, calendar)).toBeLessThanOrEqual(addWorkingDays(late, days, calendar));
        expect(addWorkingDays(one, days, calendar)).toBeLessThan(addWorkingDays(one, days + 1, calendar));
      }),
    );
  });

  it('counting adds up over a day between', () => {
    fc.assert(
      fc.property(date, date, date, (...dates) => {
        const [a = 0, b = 0, c = 0] = [...dates].sort((x, y) => x - y);
        expect(workingDaysBetween(a, b, calendar) + workingDaysBetween(b, c, calendar)).toBe(workingDaysBetween(a, c, calendar));
      }),
    );
  });
});
