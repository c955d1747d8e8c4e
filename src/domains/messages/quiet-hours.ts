// When text messages rest: from 21:00 to 08:00 in Asia/Shanghai.

/** China has kept UTC+8 without daylight saving since 1992. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const WAKES_MS = 8 * 3_600_000;
const RESTS_MS = 21 * 3_600_000;

/** Whether `instant` lies in the hours in which only urgent messages go. */
export function isQuiet(instant: Date): boolean {
  const time = timeOfDay(instant);
  return time < WAKES_MS || time >= RESTS_MS;
}

/** The first instant from `instant` on at which messages go: itself, or the next 08:00. */
export function nextWakingInstant(instant: Date): Date {
  if (!isQuiet(instant)) return instant;
  const time = timeOfDay(instant);
  return new Date(instant.getTime() - time + (time < WAKES_MS ? WAKES_MS : DAY_MS + WAKES_MS));
}

function timeOfDay(instant: Date): number {
  return (((instant.getTime() + SHANGHAI_OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS;
}
