// Counts working days between days as pages write them, by a calendar that may not know the year.
import { addWorkingDays, UnpublishedYearError, type WorkingCalendar, workingDaysBetween } from '../../../src/policy/index.ts';

/** Working days after `from`, up to and with `to`; undefined where a year's notice is not known. */
export function workingDaysBy(calendar: WorkingCalendar, from: string, to: string): number | undefined {
  try {
    return workingDaysBetween(numberOf(from), numberOf(to), calendar);
  } catch (error) {
    if (error instanceof UnpublishedYearError) return undefined;
    throw error;
  }
}

/** The last of so many working days after a day; where it lies in a year that is not known, the last day that is. */
export function lastWorkingDayBy(calendar: WorkingCalendar, from: string, days: number): string {
  try {
    const told = String(addWorkingDays(numberOf(from), days, calendar));
    return `${told.slice(0, 4)}-${told.slice(4, 6)}-${told.slice(6)}`;
  } catch (error) {
    if (error instanceof UnpublishedYearError) return `${calendar.years.at(-1) ?? from.slice(0, 4)}-12-31`;
    throw error;
  }
}

function numberOf(day: string): number {
  return Number(day.replaceAll('-', ''));
}
