// Medians, percentiles, and numbers as people read them.

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Three significant digits, with separators above a thousand. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 1000) return Number(value.toPrecision(3)).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** A time given in nanoseconds, in the unit in which it has one to three digits before the point. */
export function time(ns: number): string {
  if (!Number.isFinite(ns)) return '-';
  if (ns < 1000) return `${significant(ns)} ns`;
  if (ns < 1_000_000) return `${significant(ns / 1000)} µs`;
  return `${significant(ns / 1_000_000)} ms`;
}

export function ratio(value: number): string {
  return Number.isFinite(value) ? `${significant(value)} ×` : '-';
}
