// Writes the wrong rows of an import as they were given, each wrong cell coloured, with a column that says why: to be corrected and sent again.
import { columnLetters, type SheetRow, writeWorkbook, type WrittenCell, type WrittenSheet } from '../../spreadsheet/index.ts';
import { type ColumnMatch, columnsOf, matchColumns, reasonHeadings } from './columns.ts';
import type { RowProblem } from './import.ts';
import type { ImportRow } from './imports-store.ts';
import { type ImportParts, openImportSheet, sheetNames } from './process-import.ts';
import { textOfCell } from './read-row.ts';
import { choiceLists, type ChoiceSource } from './template-parts.ts';

/** What is wrong with a row, in one text: each cell by its heading. */
function tellProblems(problems: readonly RowProblem[], headings: readonly string[], language: 'zh' | 'en'): string {
  return problems
    .map(({ column, ...words }) => {
      const heading = column === null ? '' : (headings[column] ?? columnLetters(column));
      return heading === '' ? words[language] : `${heading}${language === 'zh' ? '：' : ': '}${words[language]}`;
    })
    .join('\n');
}

/** The bytes of the error sheet. */
export async function writeWrongRows(
  parts: ImportParts,
  found: ImportRow,
  bytes: Buffer,
  wrong: ReadonlyMap<number, readonly RowProblem[]>,
  source: ChoiceSource,
): Promise<{ readonly bytes: Buffer; readonly rows: number }> {
  const { language } = source;
  const sheet = await openImportSheet(parts, found, bytes);
  const { headings } = sheet;
  const match = matchColumns(headings, columnsOf(found.kind, parts.vocabularies[found.kind === 'people' ? 'person' : 'organisation']));
  // A sheet that comes back for the second time brings its column of reasons along.
  const kept = headings.flatMap((heading, at) => (Object.values<string>(reasonHeadings).includes(heading) ? [] : [at]));
  const lists = choiceLists(kept.map((at) => match.columns[at]), source, 2);
  let count = 0;
  const rows = async function* (): AsyncGenerator<readonly (readonly WrittenCell[])[]> {
    yield [[...kept.map((at) => headingOf(headings[at] ?? '', match.columns[at]?.isRequired === true)), { value: reasonHeadings[language], type: 'text', look: 'heading' }]];
    for await (const batch of sheet.rows()) {
      const found = batch.filter(({ number }) => wrong.has(number));
      count += found.length;
      yield found.map((row) => rowOf(row, kept, { headings, columns: match.columns }, wrong.get(row.number) ?? [], language));
    }
  };
  const written: WrittenSheet = {
    name: sheetNames[found.kind][language === 'zh' ? 0 : 1],
    columns: [...kept.map((at) => ({ type: match.columns[at]?.type ?? 'text', width: 18 }) as const), { type: 'text', width: 60 }],
    rows: rows(),
    frozenRows: 1,
    filterRow: 1,
    choices: lists.choices,
  };
  const pieces: Buffer[] = [];
  for await (const piece of writeWorkbook(lists.choices.length > 0 ? [written, lists.sheet] : [written])) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), rows: count };
}

function headingOf(value: string, isRequired: boolean): WrittenCell {
  return { value, type: 'text', look: isRequired ? 'required' : 'heading' };
}

function rowOf(row: SheetRow, kept: readonly number[], { headings, columns }: { readonly headings: readonly string[] } & Pick<ColumnMatch, 'columns'>, problems: readonly RowProblem[], language: 'zh' | 'en'): readonly WrittenCell[] {
  const isWrong = new Set(problems.map(({ column }) => column));
  return [
    ...kept.map((at): WrittenCell => {
      const cell = row.cells[at];
      const look = isWrong.has(at) ? 'wrong' : 'plain';
      return { value: cell === undefined ? null : textOfCell(cell, columns[at]), type: cell?.kind === 'date' ? 'date' : 'text', look };
    }),
    { value: tellProblems(problems, headings, language), type: 'text', look: 'reason' },
  ];
}
