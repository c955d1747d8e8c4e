// Days as numbers from 1900-01-01 on, and their spelling, which is looked up: a load spells tens of millions of them.

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(1900, 0, 1);
const spelled: string[] = [];

/** The number of a day; months count from 1. */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.round((Date.UTC(year, month - 1, day) - FIRST_MS) / DAY_MS);
}

/** A day as `YYYY-MM-DD`. */
export function spellDay(day: number): string {
  return (spelled[day] ??= new Date(FIRST_MS + day * DAY_MS).toISOString().slice(0, 10));
}

/** The year of a day. */
export function yearOf(day: number): number {
  return Number(spellDay(day).slice(0, 4));
}

/** Midnight of a day in Asia/Shanghai, as milliseconds. */
export function instantOf(day: number): number {
  return FIRST_MS + day * DAY_MS - 8 * 3_600_000;
}
