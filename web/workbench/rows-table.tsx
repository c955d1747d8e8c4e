// Rows with a heading: the table that every list at the desk is drawn with.
import type { ComponentChildren } from 'preact';
import { EmptyState } from '../ui/empty-state.tsx';

/** One column. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Figures stand at the right, so that they line up. */
  readonly isFigure?: boolean;
  /** Left out where the screen is narrow. */
  readonly isSecond?: boolean;
}

/** The rows, or why there are none. */
export function RowsTable<Row>({ label, rows, columns, keyOf, empty, isLoading = false }: {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  empty: string;
  isLoading?: boolean;
}) {
  if (rows.length === 0) return isLoading ? null : <EmptyState>{empty}</EmptyState>;
  return (
    <div class={isLoading ? 'table-frame waits' : 'table-frame'} tabIndex={0} role="region" aria-label={label} aria-busy={isLoading}>
      <table class="table">
        <thead>
          <tr>
            {columns.map(({ key, title, isFigure, isSecond }) => (
              <th key={key} scope="col" class={classOf(isFigure, isSecond)}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, cell, isFigure, isSecond }, at) =>
                at === 0 ? <th key={key} scope="row" class={classOf(isFigure, isSecond)}>{cell(row)}</th> : <td key={key} class={classOf(isFigure, isSecond)}>{cell(row)}</td>,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(isFigure: boolean | undefined, isSecond: boolean | undefined): string | undefined {
  const names = [...(isFigure === true ? ['figure'] : []), ...(isSecond === true ? ['second'] : [])];
  return names.length === 0 ? undefined : names.join(' ');
}
