// Tables once as aligned text for the terminal, once as markdown for the results page.

export interface Table {
  title: string;
  /** Sentences under the title: what the numbers are. */
  notes: string[];
  columns: string[];
  rows: string[][];
}

/** Columns that a monospaced terminal uses: wide characters count twice. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(character) ? 2 : 1;
  return columns;
}

export function asText({ title, notes, columns, rows }: Table): string {
  const widths = columns.map((column, at) => Math.max(width(column), ...rows.map((row) => width(row[at] ?? ''))));
  const line = (cells: string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell + ' '.repeat(widths[at]! - width(cell)) : ' '.repeat(widths[at]! - width(cell)) + cell))
      .join('  ')
      .trimEnd();
  return [title, ...notes.map((note) => `  ${note}`), '', line(columns), line(widths.map((size) => '-'.repeat(size))), ...rows.map(line), ''].join('\n');
}

export function asMarkdown({ title, notes, columns, rows }: Table): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    ...notes.flatMap((note) => [note, '']),
    line(columns),
    `| --- |${' ---: |'.repeat(columns.length - 1)}`,
    ...rows.map(line),
    '',
  ].join('\n');
}
