// Money in fen: exact products with shares, and splits that lose nothing.

import { MICRO } from './values.ts';

/** `fen × factor` where the factor is in millionths, rounded half up to the fen; exact while the result is below 2^53. */
export function timesMicro(fen: number, micro: number): number {
  if (fen === Infinity || micro === Infinity) return Infinity;
  const high = Math.floor(fen / MICRO);
  const low = fen - high * MICRO;
  // Split so that no partial product leaves the exact range of a double, even for factors above one.
  const microHigh = Math.floor(micro / MICRO);
  const microLow = micro - microHigh * MICRO;
  return high * micro + low * microHigh + Math.floor((low * microLow + MICRO / 2) / MICRO);
}

/**
 * Splits an amount by weights so that the parts add up to it: each part rounded down, the fen left over go to the
 * largest remainders, the earlier part first where they tie.
 */
export function splitFen(totalFen: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts: number[] = [];
  const remainders: { index: number; rest: bigint }[] = [];
  let left = totalFen;
  weights.forEach((weight, index) => {
    const scaled = BigInt(totalFen) * BigInt(weight);
    const part = Number(scaled / BigInt(sum));
    parts.push(part);
    left -= part;
    remainders.push({ index, rest: scaled % BigInt(sum) });
  });
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of remainders.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Reads yuan given as a JSON number into fen; undefined where it has more than two decimals or is not finite. */
export function fenOfYuan(yuan: number): number | undefined {
  const fen = Math.round(yuan * 100);
  return Number.isFinite(yuan) && fen / 100 === yuan ? fen : undefined;
}

/** Writes fen as yuan for people, with separators: 12000000 becomes `120,000`, 123 becomes `1.23`. */
export function formatYuan(fen: number): string {
  const size = Math.abs(fen);
  const yuan = Math.floor(size / 100);
  const rest = size - yuan * 100;
  const whole = `${fen < 0 ? '-' : ''}${String(yuan).replace(/\B(?=(\d{3})+$)/g, ',')}`;
  return rest === 0 ? whole : `${whole}.${String(rest).padStart(2, '0')}`;
}
