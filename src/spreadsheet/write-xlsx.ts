// Writes xlsx workbooks as a stream: typed cells, frozen headings, drop-down lists, notes, hidden sheets.
import { columnLetters } from './sheet.ts';
import { type CellLook, type ColumnType, styleOf, stylesXml } from './workbook-styles.ts';
import { writeZip, type ZipPart } from './write-zip.ts';

/** A value to write: text as it is, a date as `YYYY-MM-DD`, money in fen, a number. */
export type WrittenValue = string | number | null | undefined;

/** A cell to write; a bare value takes its type from the column. */
export type WrittenCell = WrittenValue | { readonly value: WrittenValue; readonly type?: ColumnType; readonly look?: CellLook };

/** A column of a sheet. */
export interface WrittenColumn {
  readonly type: ColumnType;
  /** In characters of half width. */
  readonly width?: number;
}

/** A drop-down list in a column, its values taken from a column of another sheet. */
export interface Choices {
  readonly column: number;
  readonly fromRow: number;
  readonly toRow: number;
  readonly list: { readonly sheet: string; readonly column: number; readonly count: number };
  /** Whether another value is refused at once; without, the list only helps. */
  readonly isStrict: boolean;
  readonly message: { readonly title: string; readonly text: string };
}

/** A note at a cell, shown when the pointer rests on it. Rows from 1, columns from 0. */
export interface Note {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A sheet to write. */
export interface WrittenSheet {
  /** At most 31 characters, none of []:*?/\. */
  readonly name: string;
  readonly isHidden?: boolean;
  readonly columns: readonly WrittenColumn[];
  /** Rows in batches, the heading included. */
  readonly rows: AsyncIterable<readonly (readonly WrittenCell[])[]> | Iterable<readonly (readonly WrittenCell[])[]>;
  /** How many rows stay in sight. */
  readonly frozenRows?: number;
  /** Row of the heading that gets buttons to filter by. */
  readonly filterRow?: number;
  readonly choices?: readonly Choices[];
  readonly notes?: readonly Note[];
}

/** The bytes of a workbook of these sheets; the first one is open when the file is opened. */
export function writeWorkbook(sheets: readonly WrittenSheet[]): AsyncGenerator<Buffer, void, undefined> {
  return writeZip(parts(sheets));
}

/** The content type of xlsx. */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

function* parts(sheets: readonly WrittenSheet[]): Generator<ZipPart> {
  const noted = sheets.flatMap((sheet, at) => ((sheet.notes?.length ?? 0) > 0 ? [at + 1] : []));
  yield part('[Content_Types].xml', contentTypes(sheets.length, noted));
  yield part('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  yield part('xl/workbook.xml', workbookXml(sheets));
  yield part('xl/_rels/workbook.xml.rels', relations([...sheets.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]), ['styles', 'styles.xml']]));
  yield part('xl/styles.xml', stylesXml());
  for (const [at, sheet] of sheets.entries()) {
    const number = at + 1;
    yield { name: `xl/worksheets/sheet${number}.xml`, text: () => sheetXml(sheet, at === 0) };
    if (!noted.includes(number)) continue;
    yield part(`xl/worksheets/_rels/sheet${number}.xml.rels`, relations([['vmlDrawing', `../drawings/vmlDrawing${number}.vml`], ['comments', `../comments${number}.xml`]]));
    yield part(`xl/comments${number}.xml`, commentsXml(sheet.notes ?? []));
    yield part(`xl/drawings/vmlDrawing${number}.vml`, drawingXml(sheet.notes ?? []));
  }
}

function part(name: string, text: string): ZipPart {
  return { name, text: () => [text] };
}

function relations(list: readonly (readonly [type: string, target: string])[]): string {
  const items = list.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`);
  return `${head}<Relationships xmlns="${packages}/relationships">${items.join('')}</Relationships>`;
}

function contentTypes(sheets: number, noted: readonly number[]): string {
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (name: string, type: string): string => `<Override PartName="/xl/${name}.xml" ContentType="${spreadsheet}.${type}+xml"/>`;
  return [
    `${head}<Types xmlns="${packages}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    override('workbook', 'sheet.main'),
    override('styles', 'styles'),
    ...Array.from({ length: sheets }, (_, at) => override(`worksheets/sheet${at + 1}`, 'worksheet')),
    ...noted.map((number) => override(`comments${number}`, 'comments')),
    '</Types>',
  ].join('');
}

function workbookXml(sheets: readonly WrittenSheet[]): string {
  const items = sheets.map(({ name, isHidden }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}"${isHidden === true ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`);
  // A filter needs its name, else Excel repairs the file.
  const filters = sheets.flatMap(({ name, columns, filterRow }, at) =>
    filterRow === undefined
      ? []
      : [`<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${escapeXml(sheetReference(name))}!$A$${filterRow}:$${columnLetters(columns.length - 1)}$${filterRow}</definedName>`],
  );
  const names = filters.length === 0 ? '' : `<definedNames>${filters.join('')}</definedNames>`;
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${items.join('')}</sheets>${names}</workbook>`;
}

function sheetReference(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

async function* sheetXml(sheet: WrittenSheet, isFirst: boolean): AsyncGenerator<string> {
  const { columns, frozenRows = 0, filterRow, choices = [], notes = [] } = sheet;
  const selected = isFirst ? ' tabSelected="1"' : '';
  const pane = frozenRows === 0 ? '' : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`;
  const cols = columns.map(({ type, width = 14 }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${styleOf('plain', type)}" customWidth="1"/>`);
  yield `${head}<worksheet xmlns="${main}" xmlns:r="${office}"><sheetViews><sheetView workbookViewId="0"${selected}>${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>${cols.join('')}</cols><sheetData>`;
  const letters = columns.map((_, at) => columnLetters(at));
  let number = 0;
  for await (const batch of sheet.rows) {
    const pieces: string[] = [];
    for (const row of batch) {
      number += 1;
      pieces.push(`<row r="${number}">`);
      for (const [at, cell] of row.entries()) {
        const letter = letters[at] ?? columnLetters(at);
        pieces.push(cellXml(cell, `${letter}${number}`, columns[at]?.type ?? 'text'));
      }
      pieces.push('</row>');
    }
    yield pieces.join('');
  }
  yield '</sheetData>';
  if (filterRow !== undefined) yield `<autoFilter ref="A${filterRow}:${columnLetters(columns.length - 1)}${Math.max(number, filterRow)}"/>`;
  if (choices.length > 0) yield `<dataValidations count="${choices.length}">${choices.map(choicesXml).join('')}</dataValidations>`;
  if (notes.length > 0) yield '<legacyDrawing r:id="rId1"/>';
  yield '</worksheet>';
}

function choicesXml({ column, fromRow, toRow, list, isStrict, message }: Choices): string {
  const letter = columnLetters(column);
  const source = columnLetters(list.column);
  const cut = (text: string, most: number): string => escapeXml(text.slice(0, most));
  return [
    `<dataValidation type="list" allowBlank="1" showInputMessage="1"${isStrict ? ' showErrorMessage="1"' : ''}`,
    ` errorTitle="${cut(message.title, 32)}" error="${cut(message.text, 225)}" promptTitle="${cut(message.title, 32)}" prompt="${cut(message.text, 255)}"`,
    ` sqref="${letter}${fromRow}:${letter}${toRow}"><formula1>${escapeXml(sheetReference(list.sheet))}!$${source}$1:$${source}$${list.count}</formula1></dataValidation>`,
  ].join('');
}

function cellXml(cell: WrittenCell, reference: string, columnType: ColumnType): string {
  const given = typeof cell === 'object' && cell !== null ? cell : { value: cell };
  const { value, look = 'plain' } = given;
  const type = given.type ?? columnType;
  if (value === null || value === undefined || value === '') {
    // An empty cell is written only where its look says something.
    return look === 'plain' ? '' : `<c r="${reference}" s="${styleOf(look, type)}"/>`;
  }
  const number = numberOf(value, type);
  if (number !== undefined) return `<c r="${reference}" s="${styleOf(look, type)}"><v>${number}</v></c>`;
  return `<c r="${reference}" s="${styleOf(look, type === 'date' ? 'date' : 'text')}" t="inlineStr"><is><t xml:space="preserve">${escapeText(String(value))}</t></is></c>`;
}

/** What is stored for a value of a type; undefined where it is stored as text. */
function numberOf(value: string | number, type: ColumnType): string | undefined {
  switch (type) {
    case 'text':
      return undefined;
    case 'date':
      return typeof value === 'string' ? serialOfDate(value) : undefined;
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value) ? yuanOfFen(value) : undefined;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
  }
}

const EPOCH_MS = Date.UTC(1899, 11, 30);
// 1900-03-01: the first day on which Excel's count and the calendar agree.
const FIRST_SERIAL = 61;

/** A date as Excel counts it; undefined for what it cannot count, which is then written as text. */
function serialOfDate(date: string): string | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (found === null) return undefined;
  const instant = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  const serial = (instant - EPOCH_MS) / 86_400_000;
  return serial < FIRST_SERIAL || new Date(instant).toISOString().slice(0, 10) !== date ? undefined : String(serial);
}

/** Fen as yuan with two decimals, without going through a fraction. */
export function yuanOfFen(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const LONGEST_CELL = 32_767;

/** Text of a cell: what XML cannot hold is left out, `_x0041_` is protected from being read as A, and Excel's longest cell is kept to. */
function escapeText(text: string): string {
  const cut = text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL) : text;
  return escapeXml(cut.includes('_x') ? cut.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : cut);
}

const forbidden = /[[\p{Cc}\ufffe\uffff]--[\t\n\r]]/gv;
const special = /[<>"]|&|[[\p{Cc}\ufffe\uffff]--[\t\n]]/v;

function escapeXml(text: string): string {
  const sound = text.isWellFormed() ? text : text.toWellFormed();
  if (!special.test(sound)) return sound;
  return sound.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;').replace(forbidden, '');
}

function commentsXml(notes: readonly Note[]): string {
  const items = notes.map(({ row, column, text }) => `<comment ref="${columnLetters(column)}${row}" authorId="0"><text><r><t xml:space="preserve">${escapeText(text)}</t></r></text></comment>`);
  return `${head}<comments xmlns="${main}"><authors><author>梧桐</author></authors><commentList>${items.join('')}</commentList></comments>`;
}

/** Where the boxes of notes stand: Excel shows none without this drawing. */
function drawingXml(notes: readonly Note[]): string {
  const shapes = notes.map(
    ({ row, column, text }, at) =>
      `<v:shape id="_x0000_s${1025 + at}" type="#note" style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:${Math.min(200, 40 + Math.ceil(text.length / 18) * 16)}pt;z-index:${at + 1};visibility:hidden" fillcolor="#FAF7F0" o:insetmode="auto"><v:fill color2="#FAF7F0"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
  );
  return [
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">',
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>',
    '<v:shapetype id="note" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>',
    ...shapes,
    '</xml>',
  ].join('');
}
