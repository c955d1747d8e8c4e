// Working days as the pages of cases count them, by the notices of the reference data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCalendar } from '../../../src/authoring/read-calendar.ts';
import type { WorkingCalendar } from '../../../src/policy/index.ts';
import { lastWorkingDayBy, workingDaysBy } from './count-working-days.ts';

const reference = readCalendar(readFileSync(join(import.meta.dirname, '../../../cities/reference/calendar.json'), 'utf8'));
/** The notices up to a year, so that the test says the same when the next is out. */
const until2026: WorkingCalendar = { ...reference, years: reference.years.filter((year) => year <= 2026) };

test('days are counted over holidays, and not into a year whose notice is not out', () => {
  expect(workingDaysBy(until2026, '2026-09-30', '2026-10-09')).toBe(2);
  expect(workingDaysBy(until2026, '2026-07-01', '2026-07-01')).toBe(0);
  expect(workingDaysBy(until2026, '2026-12-30', '2027-01-05')).toBeUndefined();
  expect(lastWorkingDayBy(until2026, '2026-09-30', 3)).toBe('2026-10-10');
  expect(lastWorkingDayBy(until2026, '2026-12-30', 5)).toBe('2026-12-31');
});
