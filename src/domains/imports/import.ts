// What an import is: its states and how one leads to another, its counts, and what may be wrong with a row. Pure.
import type { ErrorCode, ErrorValues } from '../../contract/errors.ts';

/** What is imported: people, organisations, or payee accounts of an employer's own people. */
export type ImportKind = 'people' | 'organisations' | 'accounts';

/**
 * waiting to be checked → checking → checked, waiting for a person → confirmed → running → done. A file that cannot be read is refused,
 * and so is one on which the work failed too often; until it is done an import may be cancelled. What is written by then stays.
 */
export type ImportState = 'waiting' | 'checking' | 'checked' | 'confirmed' | 'running' | 'done' | 'refused' | 'cancelled';

/** Rows by what becomes of them. */
export interface RowCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly wrong: number;
  /** May be somebody who is registered already; of payee accounts, those in doubt. */
  readonly doubles: number;
}

/** No rows yet. */
export const noRows: RowCounts = { added: 0, updated: 0, unchanged: 0, wrong: 0, doubles: 0 };

/** What became of one row. */
export type RowOutcome = 'added' | 'updated' | 'unchanged' | 'wrong' | 'double';

/** Counts with some more outcomes. */
export function countRows(counts: RowCounts, outcomes: readonly RowOutcome[]): RowCounts {
  const count = (outcome: RowOutcome): number => outcomes.filter((one) => one === outcome).length;
  return {
    added: counts.added + count('added'),
    updated: counts.updated + count('updated'),
    unchanged: counts.unchanged + count('unchanged'),
    wrong: counts.wrong + count('wrong'),
    doubles: counts.doubles + count('double'),
  };
}

/** What is wrong with one cell, or with the row as a whole where there is no column. */
export interface RowProblem {
  /** Counted from 0, as in the sheet. */
  readonly column: number | null;
  readonly zh: string;
  readonly en: string;
}

/** Why a file is not read. */
export interface FileRefusal {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
}

/** What the sheet of a file is. */
export interface SheetSummary {
  readonly format: 'xlsx' | 'csv';
  readonly name: string;
  readonly headings: readonly string[];
  /** Sheets that are not read. */
  readonly leftOut: readonly { readonly name: string; readonly why: 'hidden' | 'not-first' }[];
  /** Headings of columns that mean nothing here, or are worked out by the system. */
  readonly ignored: readonly string[];
}

/** Whether a person may confirm an import in this state. */
export function mayConfirm(state: ImportState): boolean {
  return state === 'checked';
}

/** What asking to cancel means in this state: at once, as soon as the work notices, or not any more. */
export function cancelling(state: ImportState): 'at-once' | 'soon' | 'too-late' {
  switch (state) {
    case 'checked':
      return 'at-once';
    case 'waiting':
    case 'checking':
    case 'confirmed':
    case 'running':
      return 'soon';
    case 'done':
    case 'refused':
    case 'cancelled':
      return 'too-late';
  }
}
