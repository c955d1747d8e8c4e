// Calendar days of the sample year, and instants of them in the city's time.

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;

/** The day so many days later, both as `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie between two. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The instant of a day at a time there, such as `09:30`. */
export function instantOf(day: string, time: string): Date {
  return new Date(Date.parse(`${day}T${time}:00Z`) - CHINA_MS);
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}
