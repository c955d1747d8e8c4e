// Answers as a table for terminals: who; what is certain and how much, what waits for a review, what is possible; what is still to be known.

import { formatYuan } from '../../policy/money.ts';
import { harmless, type Language } from '../../policy/problems.ts';
import { tellAmount } from '../../policy/tell-explanation.ts';
import type { Messages } from '../messages.ts';
import type { Request } from '../request.ts';
import { padTo, wrap } from './columns.ts';
import { makeNames, tellMissing, tellMost } from './names.ts';
import type { Writer } from './writer.ts';

const GAP = '  ';

/** Makes a writer of a table as wide as the terminal, between 60 and 120 columns; 96 where there is none. */
export function makeTableWriter(request: Request, say: Messages, language: Language, terminal: number | undefined): Writer {
  const names = makeNames(request, say, language);
  const total = Math.min(120, Math.max(60, terminal ?? 96));
  const widths = [12, Math.floor((total - 16) * 0.55), total - 16 - Math.floor((total - 16) * 0.55)];
  const line = (cells: readonly (readonly string[])[]): string => {
    const wrapped = cells.map((paragraphs, column) => paragraphs.flatMap((text) => wrap(text, widths[column] ?? 1)));
    const height = Math.max(...wrapped.map(({ length }) => length));
    const rows = Array.from({ length: height }, (_, index) => wrapped.map((lines, column) => padTo(lines[index] ?? '', widths[column] ?? 1)).join(GAP).trimEnd());
    return `${rows.join('\n')}\n`;
  };
  const rule = `${widths.map((width) => '-'.repeat(width)).join(GAP)}\n`;
  return {
    begin: () => line(say.tableHeader.map((text) => [text])) + rule,
    answer({ id, benefits, plan }) {
      const taken = new Set(plan.take);
      const certain = benefits
        .filter(({ policy, benefit }) => taken.has(`${policy}/${benefit}`))
        .map(({ policy, benefit, amount }) => `${names.placed(`${policy}/${benefit}`)} ${tellAmount(amount, language)}`.trimEnd());
      const open = benefits.filter(({ status }) => status === 'unknown');
      const listed = (status: 'unknown' | 'review', tell: (count: number) => string): string[] => {
        const found = benefits.filter((result) => result.status === status);
        return found.length === 0 ? [] : [tell(found.length), ...found.map(({ policy, benefit, amount }) => `· ${`${names.placed(`${policy}/${benefit}`)} ${tellMost(amount, language)}`.trimEnd()}`)];
      };
      const sum = plan.totalFen > 0 ? [say.total(formatYuan(plan.totalFen))] : [];
      return (
        line([
          [harmless(String(id ?? say.noId()))],
          [...(certain.length === 0 ? [say.nothingCertain()] : [...certain, ...sum]), ...listed('review', say.tableReview), ...listed('unknown', say.tablePossible)],
          [open.length === 0 ? say.nothingMissing() : tellMissing(open, names, say)],
        ]) + rule
      );
    },
    end: () => '',
  };
}
