// Sets tables: columns as wide as they need, figures right-aligned, heads repeated on every page, rows torn only where they are long.

import type { Block, Line } from '../manual/index.ts';
import { type Room, type Setting, setParagraph, spansOf } from './set-paragraph.ts';
import type { Mark, Slice, Tag } from './slices.ts';
import { BASELINE, colours, LEADING, styles, type TextStyle } from './style.ts';

type TableBlock = Extract<Block, { readonly kind: 'table' }>;

const PAD = 4.5;
const GUTTER = 12;
/** A row of more lines may be torn by a page's end. */
const TORN_FROM = 12;

/** What stands in a cell beside words: the page on which a place is. */
export type Cell = Line | { readonly pageOf: string };

/** A table of the manual; a cell may be the number of a page. `places` are the names of places at each row. */
export interface PrintedTable extends Omit<TableBlock, 'rows' | 'kind'> {
  readonly rows: readonly (readonly Cell[])[];
  readonly places?: readonly (readonly string[])[];
}

const isLine = (cell: Cell): cell is Line => Array.isArray(cell);

/** A table across a room. @param widths of its columns, where another table has the same */
export function setTable(table: PrintedTable, room: Room, parent: Tag, setting: Setting, widths: readonly number[] = columnWidths([table], room.width, setting)): Slice[] {
  const tag: Tag = { type: 'Table', parent, alternative: table.caption };
  const columns = widths.map((width, at): Room => ({ x: room.x + widths.slice(0, at).reduce((sum, one) => sum + one + GUTTER, 0), width }));
  const isFigure = (at: number): boolean => table.figures.includes(at);
  const headRow: Tag = { type: 'TR', parent: { type: 'THead', parent: tag } };
  const headCells = table.head.map((text, at) => setCell([{ text }], styles.cellHead, columns[at] ?? room, isFigure(at), { type: 'TH', parent: headRow, scope: 'Column' }, setting));
  const head = rowSlices(headCells, room, colours.soft, true).map((slice) => ({ ...slice, keepWithNext: true }));
  const body: Tag = { type: 'TBody', parent: tag };
  return [
    ...head,
    ...table.rows.flatMap((cells, row): Slice[] => {
      const rowTag: Tag = { type: 'TR', parent: body };
      const set = cells.map((cell, at) => {
        const cellTag: Tag = { type: 'TD', parent: rowTag };
        const column = columns[at] ?? room;
        return isLine(cell) ? setCell(cell, styles.cell, column, isFigure(at), cellTag, setting) : [pageCell(cell.pageOf, column, cellTag)];
      });
      const slices = rowSlices(set, room, colours.hairline, false);
      const places = table.places?.[row];
      return slices.map((slice, at) => ({ ...slice, head, ...(at === 0 && places !== undefined ? { places } : {}) }));
    }),
  ];
}

function setCell(line: Line, style: TextStyle, column: Room, isFigure: boolean, tag: Tag, setting: Setting): Slice[] {
  const slices = setParagraph(spansOf(line, style, setting), column, style, tag, setting);
  if (!isFigure) return slices;
  return slices.map((slice) => {
    const end = Math.max(0, ...slice.marks.map((mark) => (mark.kind === 'text' ? mark.x + mark.run.width : 0)));
    const shift = column.x + column.width - end;
    return { ...slice, marks: slice.marks.map((mark) => ({ ...mark, x: mark.x + shift })) };
  });
}

function pageCell(place: string, column: Room, tag: Tag): Slice {
  const height = styles.cell.size * LEADING;
  return { height, marks: [{ kind: 'page-of', x: column.x + column.width, y: height * BASELINE, place, style: styles.cell, tag }] };
}

/** A row as one slice with a rule below, or as a slice a line where it is long. */
function rowSlices(cells: readonly (readonly Slice[])[], room: Room, ruleColour: string, isHead: boolean): Slice[] {
  const count = Math.max(1, ...cells.map(({ length }) => length));
  const lineHeight = Math.max(0, ...cells.flat().map(({ height }) => height));
  const rule = (y: number): Mark => ({ kind: 'box', x: room.x, y, width: room.width, height: isHead ? 0.9 : 0.5, fill: ruleColour });
  const shift = (mark: Mark, by: number): Mark => ({ ...mark, y: mark.y + by });
  const line = (at: number, by: number): Mark[] => cells.flatMap((cell) => (cell[at]?.marks ?? []).map((mark) => shift(mark, by)));
  if (count < TORN_FROM) {
    const height = count * lineHeight + 2 * PAD;
    // Cell after cell, each to its end: that is the order in which a table is read.
    const marks = cells.flatMap((cell) => cell.flatMap((slice, at) => slice.marks.map((mark) => shift(mark, PAD + at * lineHeight))));
    return [{ height, marks: [...marks, rule(height - 0.5)] }];
  }
  return Array.from({ length: count }, (_, at): Slice => {
    const above = at === 0 ? PAD : 0;
    const height = lineHeight + above + (at === count - 1 ? PAD : 0);
    return { height, marks: [...line(at, above), ...(at === count - 1 ? [rule(height - 0.5)] : [])], keepWithNext: at === 0 || at === count - 2 };
  });
}

/** Columns of tables that share them: as wide as their text where there is room; else each at least its widest word, the rest by what they would like. */
export function columnWidths(tables: readonly PrintedTable[], room: number, setting: Setting): number[] {
  const heads = tables[0]?.head ?? [];
  const available = room - GUTTER * (heads.length - 1);
  const columns = heads.map((text, at) => {
    const extents = [
      setting.setter.extent([{ text, style: styles.cellHead }]),
      ...tables.flatMap(({ rows }) => rows).map((row) => {
        const cell = row[at];
        return cell === undefined || !isLine(cell) ? { width: 18, widest: 18 } : setting.setter.extent(spansOf(cell, styles.cell, setting));
      }),
    ];
    const like = Math.max(...extents.map(({ width }) => width)) + 0.1;
    const fewest = Math.max(...extents.map(({ widest }) => widest));
    // A head of Chinese may break anywhere, but columns of one character are no columns.
    const headWidth = Math.min(extents[0]?.width ?? 0, styles.cellHead.size * 5.1);
    const least = tables.some(({ figures }) => figures.includes(at)) ? like : Math.min(like, Math.max(fewest, headWidth, styles.cell.size * 4.1));
    return { like, least: Math.min(least, available * 0.4), want: extents.reduce((sum, { width }) => sum + width ** 3, 0) ** 0.25 };
  });
  const liked = columns.reduce((sum, { like }) => sum + like, 0);
  // What is left over goes to every column by its width.
  if (liked <= available) return columns.map(({ like }) => (like * available) / liked);
  const least = columns.reduce((sum, one) => sum + one.least, 0);
  if (least >= available) return columns.map((one) => (one.least * available) / least);
  // Rows are lowest together where widths go by the fourth root of the sum of cubes of what stands in the columns
  // (the least of the sum of (text / width)³, which is near the height of the highest cell of each row).
  const widthsAt = (factor: number): number[] => columns.map((one) => Math.min(Math.max(one.want * factor, one.least), one.like));
  let [low, high] = [0, available];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (widthsAt(middle).reduce((sum, width) => sum + width, 0) > available) high = middle;
    else low = middle;
  }
  return widthsAt(low);
}
