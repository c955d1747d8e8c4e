// How failed attempts slow further ones down: growing delays that always end by themselves, the same for names that nobody has.

/** What is counted apart. */
export type Gate =
  /** Passwords for one login. */
  | 'password'
  /** Passwords for one login from a browser that has entered before: a stranger's failures do not lock its owner out. */
  | 'known-browser'
  /** Anything secret from one network address. */
  | 'address'
  /** Codes for one telephone asked for from one address, or one browser that has entered before. */
  | 'code-sent'
  /** The same over a day, since each costs money. */
  | 'code-sent-daily'
  /** Codes for one telephone, from wherever: against a flood of messages from many addresses. */
  | 'code-sent-phone'
  /** Codes asked for from one address. */
  | 'code-sent-address'
  /** Codes of the second factor for one account. */
  | 'second-factor'
  /** Claims and recoveries by one account or telephone. */
  | 'identity'
  /** Requests to act for family members by one account. */
  | 'family';

/** A rule of a gate. */
interface GateRule {
  /** So many failures cost nothing. */
  readonly free: number;
  /** The first delay; it doubles with every further failure. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** After so long without a failure all is forgotten. */
  readonly forgottenSeconds: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** 等保2.0 三级 asks for a limit on failed attempts; offices share an address, so an address has more of them. */
const rules: Readonly<Record<Gate, GateRule>> = {
  password: { free: 4, firstSeconds: 60, longestSeconds: HOUR / 2, forgottenSeconds: DAY },
  'known-browser': { free: 9, firstSeconds: 60, longestSeconds: HOUR / 2, forgottenSeconds: DAY },
  address: { free: 49, firstSeconds: 60, longestSeconds: HOUR / 4, forgottenSeconds: HOUR },
  'code-sent': { free: 0, firstSeconds: 60, longestSeconds: HOUR / 12, forgottenSeconds: DAY },
  'code-sent-daily': { free: 19, firstSeconds: HOUR, longestSeconds: HOUR, forgottenSeconds: DAY },
  'code-sent-phone': { free: 19, firstSeconds: 60, longestSeconds: HOUR / 12, forgottenSeconds: DAY },
  'code-sent-address': { free: 29, firstSeconds: 60, longestSeconds: HOUR / 4, forgottenSeconds: HOUR },
  'second-factor': { free: 4, firstSeconds: 60, longestSeconds: HOUR / 2, forgottenSeconds: DAY },
  family: { free: 9, firstSeconds: 600, longestSeconds: DAY, forgottenSeconds: DAY },
  identity: { free: 2, firstSeconds: 600, longestSeconds: DAY, forgottenSeconds: 7 * DAY },
};

/** What is known of earlier failures. */
export interface ThrottleState {
  readonly failures: number;
  readonly lastFailedAt: Date;
  readonly blockedUntil: Date | null;
}

/** Whole seconds until the next attempt is heard; 0 where it may come now. */
export function secondsToWait(state: ThrottleState | undefined, now: Date): number {
  if (state?.blockedUntil === undefined || state.blockedUntil === null) return 0;
  return Math.max(0, Math.ceil((state.blockedUntil.getTime() - now.getTime()) / 1000));
}

/**
 * The state after one more failure. An attempt is counted before it is looked at and taken back when it succeeds,
 * so that many at once cannot slip through; one that came while blocked is not counted, so waiting always helps.
 */
export function countFailure(gate: Gate, state: ThrottleState | undefined, now: Date): ThrottleState {
  const rule = rules[gate];
  const isForgotten = state === undefined || now.getTime() - state.lastFailedAt.getTime() > rule.forgottenSeconds * 1000;
  const failures = isForgotten ? 1 : state.failures + 1;
  const over = failures - rule.free;
  if (over <= 0) return { failures, lastFailedAt: now, blockedUntil: null };
  const delay = Math.min(rule.longestSeconds, rule.firstSeconds * 2 ** Math.min(over - 1, 20));
  return { failures, lastFailedAt: now, blockedUntil: new Date(now.getTime() + delay * 1000) };
}

/** After this many seconds without a failure no gate remembers anything. */
export const longestMemorySeconds = Math.max(...Object.values(rules).map((rule) => rule.forgottenSeconds));
