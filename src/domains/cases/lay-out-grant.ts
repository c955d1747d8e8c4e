// When what is granted is paid: by the benefit's own schedule whatever its amount, else on the days that the approver names. Pure.

import { Refusal } from '../../contract/errors.ts';
import { type Benefit, formatYuan, layOut, parseDate, type Vocabulary } from '../../policy/index.ts';

/** What the days of a grant follow from. */
export interface DaysOfGrant {
  readonly schedule: Benefit['schedule'];
  readonly subject: { readonly facts: Readonly<Record<string, unknown>> };
  readonly vocabulary: Vocabulary;
  /** The days that the approver names. */
  readonly wished: readonly { readonly due: string; readonly fen: number }[] | undefined;
  /** `YYYY-MM-DD`: when what is paid at once is due. */
  readonly today: string;
}

/**
 * The instalments of an amount, which the approver may have stated: in the shares of the benefit's schedule and from the day it counts from;
 * at once where the document has no schedule.
 * @throws Refusal case-days-open: the day that the schedule counts from is not known, and no days are named · case-change-sum: what is named is another amount ·
 *   input-invalid: days are named that the schedule gives
 */
export function layOutGrant(amountFen: number, { schedule, subject: { facts }, vocabulary, wished, today }: DaysOfGrant): readonly { readonly due: string; readonly fen: number }[] {
  const fact = schedule === undefined ? undefined : vocabulary.facts[schedule.start]?.name;
  const known = fact === undefined ? undefined : valueOf(facts, fact);
  const start = typeof known === 'string' ? parseDate(known) : undefined;
  if (wished !== undefined) {
    if (start !== undefined) throw new Refusal('input-invalid', { count: 1 }, [{ field: 'instalments', zh: `各期的日期按文件从“${fact}”算得出来，不用写。`, en: `The document gives the days of the instalments, counted from ${fact}; leave them out.` }]);
    const sumFen = wished.reduce((sum, { fen }) => sum + fen, 0);
    if (sumFen !== amountFen) throw new Refusal('case-change-sum', { left: formatYuan(amountFen), sum: formatYuan(sumFen) });
    return [...wished].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  }
  if (schedule === undefined) return [{ due: today, fen: amountFen }];
  if (start === undefined) throw new Refusal('case-days-open', { fact: fact ?? '' });
  // Of a few fen some parts are nothing.
  return layOut(amountFen, schedule, start).filter(({ fen }) => fen > 0);
}

/** A fact by its full name; what an employer is stands together under it. */
function valueOf(facts: Readonly<Record<string, unknown>>, name: string): unknown {
  const at = name.indexOf('.');
  if (at === -1) return facts[name];
  const whole = facts[name.slice(0, at)];
  return typeof whole === 'object' && whole !== null ? (whole as Readonly<Record<string, unknown>>)[name.slice(at + 1)] : undefined;
}
