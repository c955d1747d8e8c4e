// Splits an amount of any unit over funds, losing nothing.
import { splitFen } from '../../policy/money.ts';

/** What each share of an amount is, by its weight; together they are the amount, and shares of nothing are left out. */
export function splitByShare<S extends { readonly micro: number }>(amount: number, shares: readonly S[]): readonly (S & { readonly amount: number })[] {
  const parts = splitFen(amount, shares.map(({ micro }) => micro));
  return shares.map((share, at) => ({ ...share, amount: parts[at] ?? 0 })).filter((share) => share.amount > 0);
}
