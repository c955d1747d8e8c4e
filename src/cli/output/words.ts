// Answers as short letters: what is certain, when it is paid, what is still open; `wutong explain` tells the reasons.

import { formatYuan } from '../../policy/money.ts';
import type { Evaluation } from '../../policy/engine.ts';
import { harmless, type Language } from '../../policy/problems.ts';
import { tellAmount, tellDate } from '../../policy/tell-explanation.ts';
import type { Messages } from '../messages.ts';
import type { Request } from '../request.ts';
import { makeNames, type Names, tellMissing, tellMost } from './names.ts';
import type { Writer } from './writer.ts';

/** Makes a writer of letters. */
export function makeWordsWriter(request: Request, say: Messages, language: Language): Writer {
  const names = makeNames(request, say, language);
  return {
    begin: () => '',
    answer: (evaluation) => `${[harmless(String(evaluation.id ?? say.noId())), ...letter(evaluation, names, say, language).map((line) => `  ${line}`)].join('\n')}\n\n`,
    end: () => '',
  };
}

function letter({ benefits, plan }: Evaluation, names: Names, say: Messages, language: Language): string[] {
  const titleOf = (result: Evaluation['benefits'][number]): string => names.placed(`${result.policy}/${result.benefit}`);
  const certain = benefits.filter(({ status }) => status === 'yes');
  const open = benefits.filter(({ status }) => status === 'unknown');
  const review = benefits.filter(({ status }) => status === 'review');
  // A line for each: titles hold commas of their own.
  const lines = (results: readonly Evaluation['benefits'][number][]): string[] => results.map((result) => `· ${`${titleOf(result)} ${tellMost(result.amount, language)}`.trimEnd()}`);
  return [
    certain.length > 0 ? say.letterCertain(certain.length) : open.length + review.length > 0 ? say.letterNothing() : say.letterDenied(),
    ...certain.flatMap((result) => {
      const { amount } = result;
      const head = `· ${titleOf(result)} ${tellAmount(amount, language)}`.trimEnd();
      if (amount?.kind !== 'exact' || amount.instalments === undefined) return [head];
      return [head, `  ${say.letterDue(amount.instalments.map(({ due, fen }) => `${tellDate(due, language)} ${formatYuan(fen)}`))}`];
    }),
    ...(plan.totalFen > 0 ? [say.letterTotal(formatYuan(plan.totalFen))] : []),
    ...plan.leave.map(({ benefit, because }) => say.letterLeft(names.placed(benefit), names.placed(because))),
    ...(open.length > 0 ? [say.letterOpen(open.length), ...lines(open), say.letterMissing(tellMissing(open, names, say))] : []),
    ...(review.length > 0 ? [say.letterReview(review.length), ...lines(review)] : []),
  ];
}
