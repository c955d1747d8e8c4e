// Splits what is paid over instalments and funds: every instalment adds up, every fund adds up, and no fen is lost.

import { splitFen } from '../../policy/money.ts';
import type { DecidedInstalment, PayingFund } from './decision.ts';

/**
 * What each fund pays of each instalment. The shares of an instalment add up to it, and what a fund pays in all is its part of the total
 * by largest remainders, as the engine has it.
 * @param funds parts in millionths that add up to one million; none where the policy names no fund
 * @throws RangeError where an instalment is no whole number of fen above zero, or the parts do not add up
 */
export function shareInstalments(instalments: readonly { readonly due: string; readonly fen: number }[], funds: readonly PayingFund[]): DecidedInstalment[] {
  if (instalments.some(({ fen }) => !Number.isSafeInteger(fen) || fen <= 0)) throw new RangeError('an instalment is a whole number of fen above zero');
  if (funds.length > 0 && (funds.some(({ micro }) => !Number.isSafeInteger(micro) || micro < 0) || sum(funds.map(({ micro }) => micro)) !== 1_000_000)) {
    throw new RangeError('the parts of the funds add up to one million');
  }
  const totals = funds.length === 0 ? [] : splitFen(sum(instalments.map(({ fen }) => fen)), funds.map(({ micro }) => micro));
  // Fund by fund over what is left of each instalment: no part can be larger than what is left, and the last fund takes the rest.
  const left = instalments.map(({ fen }) => fen);
  const byFund = totals.map((total) => {
    const parts = total === 0 ? left.map(() => 0) : splitFen(total, left);
    parts.forEach((part, at) => void (left[at] = (left[at] ?? 0) - part));
    return parts;
  });
  return instalments.map(({ due, fen }, at) => ({
    no: at + 1,
    due,
    fen,
    shares: funds.map(({ fund, jurisdictionCode }, index) => ({ fund, jurisdictionCode, fen: byFund[index]?.[at] ?? 0 })).filter((share) => share.fen > 0),
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
