// Answers as CSV for spreadsheets: one row for each subject and benefit, UTF-8 with a mark so that Excel reads it right.

import { tellAmount } from '../../policy/tell-explanation.ts';
import { harmless, type Language } from '../../policy/problems.ts';
import type { Messages } from '../messages.ts';
import type { Request } from '../request.ts';
import { makeNames } from './names.ts';
import type { Writer } from './writer.ts';

/** Makes a writer of CSV. */
export function makeCsvWriter(request: Request, say: Messages, language: Language): Writer {
  const names = makeNames(request, say, language);
  return {
    begin: () => `\uFEFF${row(say.csvHeader)}`,
    answer({ id, benefits, plan }) {
      const taken = new Set(plan.take);
      const left = new Map(plan.leave.map(({ benefit, because }) => [benefit, because]));
      return benefits
        .map((result) => {
          const key = `${result.policy}/${result.benefit}`;
          const because = left.get(key);
          const place = taken.has(key) ? say.csvTaken() : because === undefined ? '' : say.csvLeft(names.title(because));
          return row([
            harmless(String(id ?? '')),
            result.policy,
            result.benefit,
            names.title(key),
            say.status[result.status],
            tellAmount(result.amount, language),
            names.facts(result.missing),
            names.facts(result.amount?.missing ?? []),
            names.benefit(key)?.clause ?? '',
            place,
          ]);
        })
        .join('');
    },
    end: () => '',
  };
}

/** One row; its cells are made safe for spreadsheets. */
export function row(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A cell by RFC 4180. What a spreadsheet would run as a formula gets an apostrophe before it; plain numbers stay. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
