// Calendar arithmetic against the UTC dates of the runtime and against counting anniversaries one by one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, addMonths, addYears, dateOf, daysInMonth, formatDate, isLeapYear, parseDate, wholeYears } from './calendar.ts';

const parts = (date: number): [number, number, number] => [Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100];
const fromUtc = (date: Date): number => date.getUTCFullYear() * 10000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
const toUtc = (date: number): Date => {
  const [year, month, day] = parts(date);
  return new Date(Date.UTC(year, month - 1, day));
};

const anyDay = fc.integer({ min: -25_000, max: 40_000 }).map((days) => fromUtc(new Date(days * 86_400_000)));
const leapDays = [19600229, 20000229, 20200229, 20240229];
// Leap days are rare among all days, and are where mistakes are.
const dates = fc.oneof(anyDay, fc.constantFrom(...leapDays, 20230228, 20230301, 20240301, 20261231, 20270101));

test('days are added as the calendar has them', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
      expect(addDays(date, days)).toBe(fromUtc(new Date(toUtc(date).getTime() + days * 86_400_000)));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('months keep the day, or take the last one that the month has', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -700, max: 700 }), (date, months) => {
      const [year, month, day] = parts(date);
      const last = new Date(Date.UTC(year, month + months, 0));
      expect(addMonths(date, months)).toBe(fromUtc(last) - last.getUTCDate() + Math.min(day, last.getUTCDate()));
    }),
    { seed: 2, numRuns: 1000 },
  );
});

test('years are twelve months each, and 29 February becomes 28 February in a common year', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -60, max: 60 }), (date, years) => {
      expect(addYears(date, years)).toBe(addMonths(date, years * 12));
    }),
    { seed: 3, numRuns: 1000 },
  );
  expect(addYears(20240229, 1)).toBe(20250228);
  expect(addYears(20240229, 4)).toBe(20280229);
  expect(addYears(20000229, -100)).toBe(19000228);
});

test('whole years count the anniversaries passed', () => {
  fc.assert(
    fc.property(dates, dates, (from, to) => {
      let anniversaries = 0;
      while (addYears(from, anniversaries + 1) <= to) anniversaries++;
      expect(wholeYears(from, to)).toBe(anniversaries);
    }),
    { seed: 4, numRuns: 1000 },
  );
  expect(wholeYears(20240229, 20250227)).toBe(0);
  expect(wholeYears(20240229, 20250228)).toBe(1);
  expect(wholeYears(20240229, 20280228)).toBe(3);
  expect(wholeYears(20260630, 20200101)).toBe(0);
});

test('a date that is written is read again, and a day that does not exist is not read', () => {
  fc.assert(
    fc.property(dates, (date) => {
      expect(parseDate(formatDate(date))).toBe(date);
    }),
    { seed: 5 },
  );
  for (const text of ['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '2023-1-1', '20230101', '1799-12-31', '10000-01-01', ' 2023-01-01']) {
    expect(parseDate(text), `${text} is no date`).toBeUndefined();
  }
  expect(dateOf(2024, 2, 29)).toBe(20240229);
  expect(dateOf(2024, 2, 30)).toBeUndefined();
});

test('months have the days that the calendar has', () => {
  for (let year = 1896; year <= 2104; year++) {
    for (let month = 1; month <= 12; month++) expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
    expect(isLeapYear(year)).toBe(daysInMonth(year, 2) === 29);
  }
});
