// What a case is given by a decision that changes an earlier one: what was given stays, the rest of the new amount goes by new days or by those it had. Pure.

import { Refusal } from '../../contract/errors.ts';
import { formatYuan } from '../../policy/index.ts';
import { splitFen } from '../../policy/money.ts';
import type { GivenOutcome, MoneyStanding, PayingFund } from './cases-parts.ts';

/** A fund that is no public money: the employer pays by itself. */
export const EMPLOYER_FUND = '用人单位';

const WHOLE_MICRO = 1_000_000;

/** What is to be changed: the new amount in all, in fen, and the days of what is left, where they are to be others. */
export interface WishedChange {
  readonly beforeFen: number | null;
  readonly amountFen: number;
  readonly instalments: readonly { readonly due: string; readonly fen: number }[] | undefined;
}

/**
 * The outcome of a change.
 * @param today `YYYY-MM-DD`: when what has no day of its own is due
 * @throws Refusal case-change-nothing: it is so already · case-change-below-given: more than that was paid · case-change-sum: the instalments are not what is left
 */
export function changeOutcome({ beforeFen, amountFen, instalments }: WishedChange, standing: MoneyStanding, funds: readonly PayingFund[], today: string): GivenOutcome {
  const employerMicro = funds.filter(({ fund }) => fund === EMPLOYER_FUND).reduce((sum, { micro }) => sum + micro, 0);
  const given = standing.given.map(({ due, shares }) => withEmployer(due, shares, funds, employerMicro));
  const givenFen = sumFen(given);
  if (amountFen < givenFen) throw new Refusal('case-change-below-given', { given: formatYuan(givenFen), amount: formatYuan(amountFen) });
  const leftFen = amountFen - givenFen;
  const planned = instalments === undefined ? spread(leftFen, standing.left, today) : [...instalments].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  if (sumFen(planned) !== leftFen) throw new Refusal('case-change-sum', { left: formatYuan(leftFen), sum: formatYuan(sumFen(planned)) });
  const isSame = instalments === undefined || JSON.stringify(planned) === JSON.stringify(spread(leftFen, standing.left, today));
  if (amountFen === beforeFen && isSame) throw new Refusal('case-change-nothing');
  return { kind: 'money', amountFen, instalments: planned, funds, given };
}

/** An amount by the days that it had, in the same proportions; at once where there were none. */
function spread(fen: number, days: MoneyStanding['left'], today: string): readonly { readonly due: string; readonly fen: number }[] {
  if (fen === 0) return [];
  if (days.length === 0) return [{ due: today, fen }];
  const parts = splitFen(fen, days.map((each) => each.fen));
  return days.map(({ due }, at) => ({ due, fen: parts[at] ?? 0 })).filter((each) => each.fen > 0);
}

/** An instalment that was given, with what the employer gives of it besides: nobody's budget, and in the same proportion. */
function withEmployer(due: string, shares: MoneyStanding['given'][number]['shares'], funds: readonly PayingFund[], employerMicro: number): { due: string; fen: number; shares: MoneyStanding['given'][number]['shares'] } {
  const publicFen = sumFen(shares);
  const own = funds.find(({ fund }) => fund === EMPLOYER_FUND);
  if (own === undefined || employerMicro >= WHOLE_MICRO) return { due, fen: publicFen, shares };
  const employerFen = Math.round((publicFen * employerMicro) / (WHOLE_MICRO - employerMicro));
  return { due, fen: publicFen + employerFen, shares: [...shares, { fund: own.fund, jurisdictionCode: own.jurisdictionCode, fen: employerFen }] };
}

function sumFen(each: readonly { readonly fen: number }[]): number {
  return each.reduce((total, { fen }) => total + fen, 0);
}
