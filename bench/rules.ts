// The figures of the six benefits as the document states them, and exact money; shared by the hand-written engines.

/** Tiers a, b, c, d in order. */
export const LIVING_FEN = [2000, 1000, 500, 300].map((monthly) => monthly * 60 * 100) as [number, number, number, number];
export const HOME_FEN = [100000, 50000, 30000, 20000].map((yuan) => yuan * 100) as [number, number, number, number];
export const HIGH_END_FEN = 200000 * 100;
export const TAX_CAP_FEN = 200000 * 100;
export const HIGH_PAY_FEN = 150000 * 100;
export const PROGRAMME_START = 20210101;

/** A share as millionths, so that its product with money is exact. */
export function micro(share: number): number {
  return Math.round(share * 1_000_000);
}

/** `fen × share`, rounded half up to the fen; exact for any money that a person has. */
export function timesMicro(fen: number, shareMicro: number): number {
  return Math.floor((fen * shareMicro + 500_000) / 1_000_000);
}
