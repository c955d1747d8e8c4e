// The calendar day in China of an instant: terms of appointments and agencies begin and end with it.

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** 2026-06-30; Asia/Shanghai has had no summer time since 1992. */
export function chinaDay(instant: Date): string {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
