// Today, and working days by the calendar that the site was built with.
import { workingCalendar } from 'wutong:working-calendar';
import { lastWorkingDayBy, workingDaysBy } from './count-working-days.ts';

/** The calendar day here, `YYYY-MM-DD`. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** Working days after `from`, up to and with `to`; undefined where a year's notice is not known. */
export function countWorkingDays(from: string, to: string): number | undefined {
  return workingDaysBy(workingCalendar, from, to);
}

/** The last of so many working days after a day; where it lies in a year that is not known, the last day that is. */
export function lastWorkingDay(from: string, days: number): string {
  return lastWorkingDayBy(workingCalendar, from, days);
}
