// The clock of a case: working days of a promised time, counted while it runs and not while it stands still. Pure.

import { addDays, addWorkingDays, type DateNumber, formatDate, isWorkingDay, parseDate, UnpublishedYearError, type WorkingCalendar, workingDaysBetween } from '../../policy/index.ts';

/** A clock as it is kept with the case. Days are `YYYY-MM-DD`. */
export interface CaseClock {
  /** Days after this one count; null while it stands still. */
  readonly runningSince: string | null;
  /** Working days that counted before, of the whole time and of the present step. */
  readonly usedDays: number;
  readonly stepUsedDays: number;
  /** The day by which whoever has the case is to be done; null while it stands still. */
  readonly dueOn: string | null;
  /** The last day that the law allows; null where it says nothing, while the clock stands still, or where that year's notice is not out. */
  readonly legalDueOn: string | null;
  /** The year whose notice of holidays is missing, so that the due day cannot be told yet; null where it can. */
  readonly missingYear: number | null;
}

/** How many working days there are. */
export interface ClockLimits {
  readonly totalDays: number;
  readonly stepDays: number | null;
  readonly legalDays: number | null;
}

/** A clock that was never started. */
export const stillClock: CaseClock = { runningSince: null, usedDays: 0, stepUsedDays: 0, dueOn: null, legalDueOn: null, missingYear: null };

/** Lets a clock run from a day on, with what it counted before: the day itself does not count. A due day that cannot be told yet is left open. */
export function runClock(clock: Pick<CaseClock, 'usedDays' | 'stepUsedDays'>, limits: ClockLimits, today: string, calendar: WorkingCalendar): CaseClock {
  const { usedDays, stepUsedDays } = clock;
  const left = Math.min(limits.totalDays - usedDays, limits.stepDays === null ? Infinity : limits.stepDays - stepUsedDays);
  const due = ifPublished(() => moveWorkingDays(today, left, calendar));
  const legal = limits.legalDays === null ? null : ifPublished(() => moveWorkingDays(today, (limits.legalDays ?? 0) - usedDays, calendar));
  const missingYear = typeof due === 'number' ? due : null;
  return { runningSince: today, usedDays, stepUsedDays, dueOn: typeof due === 'string' ? due : null, legalDueOn: typeof legal === 'string' ? legal : null, missingYear };
}

/** Stops a clock on a day that still counts. @throws UnpublishedYearError. */
export function stopClock(clock: CaseClock, today: string, calendar: WorkingCalendar): CaseClock {
  const counted = clock.runningSince === null ? 0 : workingDaysBetween(dateOf(clock.runningSince), dateOf(today), calendar);
  return { ...stillClock, usedDays: clock.usedDays + counted, stepUsedDays: clock.stepUsedDays + counted };
}

/** The same with a step beginning anew. */
export function beginStep(clock: CaseClock): CaseClock {
  return { ...clock, stepUsedDays: 0 };
}

/** Working days that counted up to and with a day. @throws UnpublishedYearError. */
export function countDays(clock: CaseClock, today: string, calendar: WorkingCalendar): number {
  return stopClock(clock, today, calendar).usedDays;
}

/** The day after. */
export function dayAfter(day: string): string {
  return formatDate(addDays(dateOf(day), 1));
}

/** A calendar day so many days later. */
export function daysAfter(day: string, days: number): string {
  return formatDate(addDays(dateOf(day), days));
}

/** The longest that offices were ever closed in a row, with a weekend: no holiday of a year whose notice is not out lasts longer. */
const LONGEST_HOLIDAY_DAYS = 10;

/**
 * The last day on which somebody may still come whose time ends on a day: where that is free, the first working day after it (民事诉讼法 第八十五条，
 * 行政复议法 第八十八条). Where nobody can tell yet what is free, as late as it could be: whoever comes in time is not turned away for a missing notice.
 */
export function firstWorkingDayFrom(day: string, calendar: WorkingCalendar): string {
  const end = dateOf(day);
  const found = ifPublished(() => {
    let date = end;
    while (!isWorkingDay(date, calendar)) date = addDays(date, 1);
    return formatDate(date);
  });
  return typeof found === 'string' ? found : formatDate(addDays(end, LONGEST_HOLIDAY_DAYS));
}

/** As {@link stopClock}, for what may not fail; of a year whose notice is not out no days are counted. */
export function stopClockAsTold(clock: CaseClock, today: string, calendar: WorkingCalendar): CaseClock {
  const lastTold = `${calendar.years.at(-1) ?? 0}-12-31`;
  const until = today <= lastTold ? today : lastTold;
  return stopClock(clock, clock.runningSince !== null && clock.runningSince > until ? clock.runningSince : until, calendar);
}

/** For how many days from one on working days can be told; from then on no deadline is, and officers' work that counts days is refused. */
export function daysToldFrom(today: string, calendar: WorkingCalendar): number {
  return Math.round((Date.parse(`${calendar.years.at(-1) ?? 0}-12-31`) - Date.parse(today)) / 86_400_000);
}

/** The last of so many working days after a day. @throws UnpublishedYearError. */
export function workingDaysAfter(day: string, days: number, calendar: WorkingCalendar): string {
  return formatDate(addWorkingDays(dateOf(day), days, calendar));
}

/** So many working days after a day; for none or fewer the working day on which the time had run out. */
function moveWorkingDays(today: string, days: number, calendar: WorkingCalendar): string {
  if (days > 0) return workingDaysAfter(today, days, calendar);
  let day = dateOf(today);
  for (let back = -days; ; day = addDays(day, -1)) if (isWorkingDay(day, calendar) && back-- <= 0) return formatDate(day);
}

/** The day, or the year whose notice is not loaded. */
function ifPublished(find: () => string): string | number {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnpublishedYearError) return error.year;
    throw error;
  }
}

function dateOf(day: string): DateNumber {
  const date = parseDate(day);
  if (date === undefined) throw new RangeError(`${day} is no day`);
  return date;
}
