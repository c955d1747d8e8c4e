// How long a message rests after an attempt that failed, and how often it is tried.

/** After this many attempts a message is dead and waits for an administrator. */
export const MOST_ATTEMPTS = 10;

const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/**
 * Milliseconds until the next attempt: 5 s, doubled with each attempt up to an hour, then somewhere between half of that and all of it, so that
 * a thousand messages that failed together do not come back together.
 * @param attempts how often it was tried, from 1
 * @param random a number from 0 up to 1
 * @param askedMs what the receiver asked for, which counts where it is longer, up to an hour
 */
export function retryDelayMs(attempts: number, random: number, askedMs = 0): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  return Math.max(Math.round(full / 2 + (full / 2) * random), Math.min(askedMs, LONGEST_MS));
}
