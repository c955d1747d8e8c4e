// Reads one sheet of an xlsx file row by row, holding no more than a piece of it.
import { Refusal } from '../contract/errors.ts';
import { dateOfSerial, plainNumber, tidyText, unescapeExcel } from './cell-text.ts';
import { findMerges, type Merges } from './find-merges.ts';
import { openPackage, type Package } from './open-package.ts';
import { checkSheetRelations, isTrue, type NumberStyle, readNumberStyles, readSharedStrings, readWorkbook, type SheetEntry } from './read-workbook.ts';
import { type PlainCell, readPlainCell } from './read-plain-cell.ts';
import { readXml, type XmlReader } from './read-xml.ts';
import { refuseForbiddenParts, refuseReachingFormula } from './refuse-outside.ts';
import { type Cell, cellPlace, type ReadOptions, type SheetLimits, type SheetRow, type SheetSource } from './sheet.ts';

/** A source of rows before the heading is known. */
export interface RowSource {
  readonly name: string;
  readonly leftOut: readonly { readonly name: string; readonly why: 'hidden' | 'not-first' }[];
  rows(): AsyncGenerator<readonly SheetRow[], void, undefined>;
  close(): Promise<void>;
}

/** Opens the sheet that is to be read. */
export async function openXlsx(source: SheetSource, options: ReadOptions, limits: SheetLimits): Promise<RowSource> {
  const pack = await openPackage(source, limits);
  try {
    refuseForbiddenParts(pack.names);
    const workbook = await readWorkbook(pack);
    const chosen = chooseSheet(workbook.sheets, options.sheetNames ?? []);
    if (chosen === undefined || !pack.names.has(chosen.part)) throw new Refusal('sheet-empty');
    await checkSheetRelations(pack, chosen.part);
    const leftOut = workbook.sheets.filter((one) => one !== chosen).map(({ name, isHidden }) => ({ name, why: isHidden ? 'hidden' : 'not-first' }) as const);
    const numberStyles = await readNumberStyles(pack, workbook.stylesPart);
    const strings = await readSharedStrings(pack, workbook.sharedStringsPart, limits);
    const merges = await findMerges(pack.read(chosen.part));
    return {
      name: chosen.name,
      leftOut,
      rows: () => readRows(pack, chosen.part, { is1904: workbook.is1904, numberStyles, strings, merges, limits }),
      close: () => pack.close(),
    };
  } catch (error) {
    await pack.close();
    throw error;
  }
}

function chooseSheet(sheets: readonly SheetEntry[], wanted: readonly string[]): SheetEntry | undefined {
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  for (const name of wanted) {
    const found = visible.find((sheet) => sheet.name === name);
    if (found !== undefined) return found;
  }
  return visible[0];
}

interface Surroundings {
  readonly is1904: boolean;
  readonly numberStyles: readonly NumberStyle[];
  readonly strings: readonly string[];
  readonly merges: Merges;
  readonly limits: SheetLimits;
}

async function* readRows(pack: Package, part: string, around: Surroundings): AsyncGenerator<readonly SheetRow[], void, undefined> {
  let batch: SheetRow[] = [];
  const reader = readSheetPart(part, around, (row) => batch.push(row));
  try {
    for await (const piece of pack.read(part)) {
      reader.write(piece);
      if (batch.length > 0) yield batch;
      batch = [];
    }
    reader.end();
    if (batch.length > 0) yield batch;
  } finally {
    await pack.close();
  }
}

// Excel's own last row and column: what lies beyond was not written by a spreadsheet.
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_383;

function readSheetPart(part: string, around: Surroundings, take: (row: SheetRow) => void): XmlReader {
  const { limits } = around;
  const damaged = (): Refusal => new Refusal('sheet-damaged', { part });
  let rowNumber = 0;
  let count = 0;
  let cells: (Cell | undefined)[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let formula: string | undefined;
  let into: 'value' | 'formula' | undefined;
  let isPhonetic = false;
  let isCell = false;

  const place = (): string => cellPlace(rowNumber, column);

  const closeCell = (): void => {
    isCell = false;
    if (formula !== undefined) refuseReachingFormula(formula, place());
    if (value.length > limits.cellCharacters) throw new Refusal('sheet-cell-too-long', { place: place(), limit: limits.cellCharacters });
    const cell = value === '' ? undefined : makeCell(type, value, style, around);
    // A cell that only has a border counts for nothing, wherever it stands.
    if (cell === undefined || cell.text === '') return;
    if (column >= limits.columns) throw new Refusal('sheet-too-many-columns', { place: place(), limit: limits.columns });
    while (cells.length < column) cells.push(undefined);
    cells[column] = formula === undefined ? cell : { ...cell, isFormula: true };
  };

  const closeRow = (): void => {
    around.merges.fill(rowNumber, cells);
    // Rows that hold formats only, of which a sheet may have a million, are no rows.
    if (cells.length === 0) return;
    if (++count > limits.rows) throw new Refusal('sheet-too-many-rows', { limit: limits.rows });
    take({ number: rowNumber, cells });
  };

  const plain: PlainCell = { column: 0, type: '', style: 0, value: '' };

  return readXml(part, {
    shortcut(text, from) {
      if (isPhonetic) return -1;
      const end = readPlainCell(text, from, plain);
      if (end === -1) return -1;
      ({ column, type, style, value } = plain);
      if (column > LAST_COLUMN) throw new Refusal('sheet-too-many-columns', { place: place(), limit: limits.columns });
      formula = undefined;
      into = undefined;
      closeCell();
      return end;
    },
    open(element, attributes) {
      switch (element) {
        case 'c':
          column = columnOf(attributes['r'], column + 1);
          if (column > LAST_COLUMN) throw new Refusal('sheet-too-many-columns', { place: place(), limit: limits.columns });
          type = attributes['t'] ?? 'n';
          style = attributes['s'] === undefined ? 0 : Number(attributes['s']);
          value = '';
          formula = undefined;
          isCell = true;
          break;
        case 'v':
          into = isCell ? 'value' : undefined;
          break;
        case 't':
          into = isCell && !isPhonetic ? 'value' : undefined;
          break;
        case 'rPh':
          isPhonetic = true;
          break;
        case 'f':
          // Also outside a cell: a formula in a validation or a format of the sheet.
          formula = '';
          into = 'formula';
          break;
        case 'formula':
        case 'formula1':
        case 'formula2':
          formula = '';
          into = 'formula';
          break;
        case 'row': {
          const number = attributes['r'] === undefined ? rowNumber + 1 : Number(attributes['r']);
          // Rows in another order than their numbers are nobody's who means well: merges and places would be wrong.
          if (!Number.isInteger(number) || number <= rowNumber) throw damaged();
          if (number > LAST_ROW) throw new Refusal('sheet-too-many-rows', { limit: limits.rows });
          rowNumber = number;
          cells = [];
          column = -1;
          break;
        }
        default:
      }
    },
    close(element) {
      switch (element) {
        case 'c':
          closeCell();
          break;
        case 'row':
          closeRow();
          break;
        case 'v':
        case 't':
        case 'f':
          into = undefined;
          break;
        case 'rPh':
          isPhonetic = false;
          break;
        case 'formula':
        case 'formula1':
        case 'formula2':
          if (formula !== undefined) refuseReachingFormula(formula, part);
          formula = undefined;
          into = undefined;
          break;
        default:
      }
    },
    text(text) {
      if (into === 'value') value += text;
      else if (into === 'formula') formula = (formula ?? '') + text;
    },
  });
}

function makeCell(type: string, value: string, style: number, around: Surroundings): Cell | undefined {
  switch (type) {
    case 's': {
      const text = around.strings[Number(value)];
      return text === undefined ? undefined : { text, kind: 'text' };
    }
    case 'str':
    case 'inlineStr':
      return { text: tidyText(unescapeExcel(value)), kind: 'text' };
    case 'b':
      return { text: isTrue(value) ? 'true' : 'false', kind: 'truth' };
    case 'e':
      return { text: tidyText(value), kind: 'error' };
    case 'd':
      return { text: value.slice(0, 10), kind: 'date' };
    default:
      return makeNumber(value.trim(), style, around);
  }
}

function makeNumber(value: string, style: number, around: Surroundings): Cell {
  const number = plainNumber(value);
  if (number === undefined) return { text: tidyText(value), kind: 'text' };
  const shows = around.numberStyles[style];
  if (shows === 'date') {
    const date = dateOfSerial(Number(value), around.is1904);
    if (date !== undefined) return { text: date, kind: 'date' };
  }
  const shown = typeof shows === 'function' ? shows(number.text) : undefined;
  if (shown !== undefined) return { text: number.text, kind: 'number', shown, ...(number.lostDigits ? { lostDigits: true } : {}) };
  return number.lostDigits ? { text: number.text, kind: 'number', lostDigits: true } : { text: number.text, kind: 'number' };
}

/** The column of a reference such as AB12, counted from 0; cells may also stand without one, each beside the other. */
function columnOf(reference: string | undefined, next: number): number {
  if (reference === undefined) return next;
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    if (code >= 65 && code <= 90) column = column * 26 + code - 64;
    else if (code >= 97 && code <= 122) column = column * 26 + code - 96;
    else break;
    if (column > LAST_COLUMN + 1) break;
  }
  return column === 0 ? next : column - 1;
}
