// The working days that the pages of cases know are those of the reference data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countWorkingDays, lastWorkingDay, workingCalendar } from './case-calendar.ts';

type Notices = Readonly<Record<string, { readonly days: readonly (readonly [string, string, 'off' | 'work'])[] }>>;

const root = join(import.meta.dirname, '../../..');
const notices = JSON.parse(readFileSync(join(root, 'cities/reference/calendar.json'), 'utf8')) as Notices;

test('every year from 2025 on is known as the reference has it', () => {
  const years = Object.keys(notices).map(Number).filter((year) => year >= 2025);
  expect(workingCalendar.years, 'add the year to case-calendar.ts').toEqual(years);
  // What falls on a weekend is free anyway, and a worked day counts only on one.
  const told = years.flatMap((year) => notices[year]?.days ?? []).map(([day, , kind]) => ({ day: Number(day.replaceAll('-', '')), isWeekend: [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()), kind }));
  expect(workingCalendar.off).toEqual(told.filter(({ kind, isWeekend }) => kind === 'off' && !isWeekend).map(({ day }) => day));
  expect(workingCalendar.work).toEqual(told.filter(({ kind, isWeekend }) => kind === 'work' && isWeekend).map(({ day }) => day));
});

test('days are counted over holidays, and not into a year whose notice is not out', () => {
  expect(countWorkingDays('2026-09-30', '2026-10-09')).toBe(2);
  expect(countWorkingDays('2026-07-01', '2026-07-01')).toBe(0);
  expect(countWorkingDays('2026-12-30', '2027-01-05')).toBeUndefined();
  expect(lastWorkingDay('2026-09-30', 3)).toBe('2026-10-10');
  expect(lastWorkingDay('2026-12-30', 5)).toBe('2026-12-31');
});
