// Counts calls by caller and kind, and refuses those that come too often.
import { Refusal } from '../../contract/errors.ts';

/** Calls allowed in a minute. */
const perMinute = { normal: 1200, sensitive: 30, upload: 600, unknown: 300 } as const;

/** A kind of limit; unknown is for callers that showed no valid session, counted by address. */
export type RateKind = keyof typeof perMinute;

const WINDOW_MS = 60_000;
const MOST_KEYS = 100_000;

/** Limits of one server process; every process counts for itself. */
export class RateLimits {
  #windowStart = 0;
  #counts = new Map<string, number>();
  readonly #factor: number;

  /** @param factor multiplies every limit, for installations behind one address. */
  constructor(factor = 1) {
    this.#factor = factor;
  }

  /**
   * Counts one call of `who`.
   * @throws Refusal too-many-requests once the minute's calls are used up.
   */
  count(kind: RateKind, who: string, now: Date): void {
    const time = now.getTime();
    const since = time - this.#windowStart;
    // A clock that was put back would else keep everybody out until it has caught up.
    const isOver = since >= WINDOW_MS || since < 0;
    // Too many different callers at once is an attack itself: counting starts anew rather than filling the memory.
    if (isOver || this.#counts.size > MOST_KEYS) {
      this.#windowStart = time;
      this.#counts = new Map();
    }
    const key = `${kind} ${who}`;
    const used = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, used);
    if (used > perMinute[kind] * this.#factor) {
      throw new Refusal('too-many-requests', { seconds: Math.max(1, Math.ceil((this.#windowStart + WINDOW_MS - time) / 1000)) });
    }
  }
}
