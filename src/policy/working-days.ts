// Working days by the State Council's yearly notices. A year whose notice is not loaded is refused: plain weekdays would be a guess.

import { addDays, type DateNumber, formatDate } from './calendar.ts';
import type { Language } from './problems.ts';

/** The notices as they are compiled: only what differs from Monday to Friday. */
export interface WorkingCalendar {
  /** Years whose notice is loaded, in order. */
  readonly years: readonly number[];
  /** Weekdays (Monday to Friday) that are free. */
  readonly off: readonly DateNumber[];
  /** Saturdays and Sundays that are worked. */
  readonly work: readonly DateNumber[];
}

/** A day lies in a year whose notice is not loaded, so nobody can say whether it is worked. */
export class UnpublishedYearError extends RangeError {
  readonly code = 'year-not-published';
  readonly year: number;
  /** The day that could not be told, and the years that can. */
  readonly date: DateNumber;
  readonly years: readonly number[];

  constructor(date: DateNumber, years: readonly number[]) {
    const year = Math.floor(date / 10000);
    super(`${tell(year, date, years, 'zh')} / ${tell(year, date, years, 'en')}`);
    this.name = 'UnpublishedYearError';
    this.year = year;
    this.date = date;
    this.years = years;
  }
}

/** An unpublished year in words: which day, which years there are and what to do. */
export function tellUnpublishedYear({ year, date, years }: UnpublishedYearError, language: Language): string {
  return tell(year, date, years, language);
}

function tell(year: number, date: DateNumber, years: readonly number[], language: Language): string {
  const [first, last] = [years[0], years.at(-1)];
  if (language === 'zh') {
    const known = first === undefined ? '还没有录入任何一年' : `已录入的是 ${first} 到 ${last} 年`;
    return `算不出 ${formatDate(date)} 是不是工作日：${year} 年的放假通知没有录入（${known}）。通知发布以后，请加进 cities/reference/calendar.json，再重新构建`;
  }
  const known = first === undefined ? 'no year is loaded' : `loaded: ${first} to ${last}`;
  return `cannot tell whether ${formatDate(date)} is a working day: the holiday notice of ${year} is not loaded (${known}). Once it is published, add it to cities/reference/calendar.json and build again`;
}

interface Days {
  readonly years: ReadonlySet<number>;
  readonly off: ReadonlySet<DateNumber>;
  readonly work: ReadonlySet<DateNumber>;
}

const opened = new WeakMap<WorkingCalendar, Days>();

function open(calendar: WorkingCalendar): Days {
  let days = opened.get(calendar);
  if (days === undefined) {
    days = { years: new Set(calendar.years), off: new Set(calendar.off), work: new Set(calendar.work) };
    opened.set(calendar, days);
  }
  return days;
}

/** The day of the week: 0 is Sunday, 6 is Saturday. */
export function weekdayOf(date: DateNumber): number {
  return new Date(Date.UTC(Math.floor(date / 10000), (Math.floor(date / 100) % 100) - 1, date % 100)).getUTCDay();
}

/** Whether a day is worked. @throws UnpublishedYearError where the notice of its year is not loaded. */
export function isWorkingDay(date: DateNumber, calendar: WorkingCalendar): boolean {
  const { years, off, work } = open(calendar);
  if (!years.has(Math.floor(date / 10000))) throw new UnpublishedYearError(date, calendar.years);
  const weekday = weekdayOf(date);
  return weekday === 0 || weekday === 6 ? work.has(date) : !off.has(date);
}

/**
 * The last day of a period of working days that begins the day after `date`: the day of the event itself does not count.
 * @param days how many, a whole number of one or more.
 * @throws UnpublishedYearError where the period runs into a year whose notice is not loaded; RangeError where `days` is not such a number.
 */
export function addWorkingDays(date: DateNumber, days: number, calendar: WorkingCalendar): DateNumber {
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`工作日的天数应当是正整数，这里是 ${days} / working days should be a whole number of one or more, found ${days}`);
  let day = date;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) left--;
  }
  return day;
}

/**
 * How many working days lie after `from`, up to and with `to`; 0 where `to` is not later.
 * @throws UnpublishedYearError where one of these days lies in a year whose notice is not loaded.
 */
export function workingDaysBetween(from: DateNumber, to: DateNumber, calendar: WorkingCalendar): number {
  let count = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) count++;
  }
  return count;
}
