// When a session is alive, and how a call keeps it so.
import type { SessionLife } from './duty.ts';

/** The instants of a session. */
export interface SessionTimes {
  readonly lastSeenAt: Date;
  readonly idleExpiresAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

const minutesAfter = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * 60_000);

/** The times of a session that begins now. */
export function beginSession(life: SessionLife, now: Date): SessionTimes {
  return { lastSeenAt: now, idleExpiresAt: minutesAfter(now, life.idleMinutes), expiresAt: minutesAfter(now, life.longestMinutes), endedAt: null };
}

/** Whether a session still opens anything. */
export function isAlive(times: SessionTimes, now: Date): boolean {
  return times.endedAt === null && now < times.idleExpiresAt && now < times.expiresAt;
}

/** Written at most this often: a page of twenty calls is one look. */
const RENEWAL_SECONDS = 60;

/** The times after a call, or undefined where the last look is recent enough; the absolute end never moves. */
export function renewSession(times: SessionTimes, life: SessionLife, now: Date): SessionTimes | undefined {
  if (now.getTime() - times.lastSeenAt.getTime() < RENEWAL_SECONDS * 1000) return undefined;
  return { ...times, lastSeenAt: now, idleExpiresAt: minutesAfter(now, life.idleMinutes) };
}
