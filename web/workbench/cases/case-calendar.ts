// Which days are worked, for telling how many working days are left: the notices of the years in which cases are open now.
import { addWorkingDays, UnpublishedYearError, type WorkingCalendar, workingDaysBetween } from '../../../src/policy/index.ts';

/** As cities/reference/calendar.json has it; the test beside this file holds the two together and says when a year is missing. */
export const workingCalendar: WorkingCalendar = {
  years: [2025, 2026],
  off: [
    20250101, 20250128, 20250129, 20250130, 20250131, 20250203, 20250204, 20250404, 20250501, 20250502, 20250505, 20250602, 20251001, 20251002, 20251003, 20251006, 20251007, 20251008,
    20260101, 20260102, 20260216, 20260217, 20260218, 20260219, 20260220, 20260223, 20260406, 20260501, 20260504, 20260505, 20260619, 20260925, 20261001, 20261002, 20261005, 20261006, 20261007,
  ],
  work: [20250126, 20250208, 20250427, 20250928, 20251011, 20260104, 20260214, 20260228, 20260509, 20260920, 20261010],
};

/** The calendar day here, `YYYY-MM-DD`. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** Working days after `from`, up to and with `to`; undefined where a year's notice is not known. */
export function countWorkingDays(from: string, to: string): number | undefined {
  try {
    return workingDaysBetween(numberOf(from), numberOf(to), workingCalendar);
  } catch (error) {
    if (error instanceof UnpublishedYearError) return undefined;
    throw error;
  }
}

/** The last of so many working days after a day; where it lies in a year that is not known, the last day that is. */
export function lastWorkingDay(from: string, days: number): string {
  try {
    const told = String(addWorkingDays(numberOf(from), days, workingCalendar));
    return `${told.slice(0, 4)}-${told.slice(4, 6)}-${told.slice(6)}`;
  } catch (error) {
    if (error instanceof UnpublishedYearError) return `${workingCalendar.years.at(-1) ?? from.slice(0, 4)}-12-31`;
    throw error;
  }
}

function numberOf(day: string): number {
  return Number(day.replaceAll('-', ''));
}
