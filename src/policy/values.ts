// The one place for how values are held inside: three-valued truth, unknown numbers, unbounded ends of intervals.

/** Truth by Kleene. Bit 1: can be true, bit 2: can be false; so "unknown" is both, and "and" is `a & b & 1 | (a | b) & 2`. */
export type Truth = 1 | 2 | 3;
export const TRUE: Truth = 1;
export const FALSE: Truth = 2;
export const UNKNOWN: Truth = 3;

/** A slot that holds no known value. Every known value is zero or more: dates are calendar integers, money is fen. */
export const ABSENT = -1;

/** A share (比例) or plain number (数) is held in millionths, so that products with money are exact. */
export const MICRO = 1_000_000;

/** Largest money accepted anywhere, in fen: a trillion yuan; keeps every product exact in a double. */
export const MAX_FEN = 100_000_000_000_000;

/** Largest number of years accepted as a fact. */
export const MAX_YEARS = 999;

/** Largest plain number accepted as a fact. */
export const MAX_NUMBER = 1_000_000_000;

/** Kleene's negation. */
export function not(a: Truth): Truth {
  return a === TRUE ? FALSE : a === FALSE ? TRUE : UNKNOWN;
}

/** A truth from a plain boolean. */
export function truth(value: boolean): Truth {
  return value ? TRUE : FALSE;
}

/** Kleene's conjunction of any number of truths; of none it is true. */
export function all(items: readonly Truth[]): Truth {
  let result: Truth = TRUE;
  for (const item of items) {
    if (item === FALSE) return FALSE;
    if (item === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

/** Kleene's disjunction of any number of truths; of none it is false. */
export function any(items: readonly Truth[]): Truth {
  let result: Truth = FALSE;
  for (const item of items) {
    if (item === TRUE) return TRUE;
    if (item === UNKNOWN) result = UNKNOWN;
  }
  return result;
}
