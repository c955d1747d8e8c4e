// Calendar dates as integers yyyymmdd: how they are read, written and moved by years, months and days.
// A date is never an instant; 29 February plus n years is 28 February in a common year.

/** A calendar date held as the integer yyyymmdd, e.g. 20260630. Order of integers is order of dates. */
export type DateNumber = number;

/** Whether a Gregorian year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** How many days a month (1 to 12) of a year has. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The date of a year, month and day, or undefined where there is no such day or the year is outside 1800 to 9999. */
export function dateOf(year: number, month: number, day: number): DateNumber | undefined {
  if (!(year >= 1800 && year <= 9999) || !(month >= 1 && month <= 12)) return undefined;
  if (!(day >= 1 && day <= daysInMonth(year, month))) return undefined;
  return year * 10000 + month * 100 + day;
}

/** Reads `YYYY-MM-DD`; undefined for another form or a day that does not exist. */
export function parseDate(text: string): DateNumber | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match === null ? undefined : dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Writes a date as `YYYY-MM-DD`. */
export function formatDate(date: DateNumber): string {
  const text = String(date);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** The date `years` later (or earlier, when negative); 29 February becomes 28 February in a common year. */
export function addYears(date: DateNumber, years: number): DateNumber {
  const moved = date + years * 10000;
  return moved % 10000 === 229 && !isLeapYear((moved / 10000) | 0) ? moved - 1 : moved;
}

/** The date `months` later; a day that the month lacks becomes its last day. */
export function addMonths(date: DateNumber, months: number): DateNumber {
  const count = ((date / 10000) | 0) * 12 + (((date / 100) | 0) % 100) - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return year * 10000 + month * 100 + Math.min(date % 100, daysInMonth(year, month));
}

/** The date `days` later. */
export function addDays(date: DateNumber, days: number): DateNumber {
  const moved = new Date(Date.UTC((date / 10000) | 0, (((date / 100) | 0) % 100) - 1, (date % 100) + days));
  return moved.getUTCFullYear() * 10000 + (moved.getUTCMonth() + 1) * 100 + moved.getUTCDate();
}

/** Whole years from one date to another: anniversaries passed, by the rule of {@link addYears}; 0 when `to` is earlier. */
export function wholeYears(from: DateNumber, to: DateNumber): number {
  if (to <= from) return 0;
  const years = ((to / 10000) | 0) - ((from / 10000) | 0);
  return addYears(from, years) <= to ? years : years - 1;
}
