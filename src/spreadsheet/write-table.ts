// Writes a list as a file to download, xlsx or CSV, with typed columns; every export of the system goes through here.
import { Refusal } from '../contract/errors.ts';
import type { ColumnType } from './workbook-styles.ts';
import { byteOrderMark, type CsvField, csvLine, csvType } from './write-csv.ts';
import { writeWorkbook, type WrittenCell, type WrittenValue, xlsxType, yuanOfFen } from './write-xlsx.ts';

/** Formats of an export. */
export const tableFormats = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** One column of an export. */
export interface TableColumn<Row> {
  readonly heading: string;
  /** Identity numbers, codes and telephone numbers are text: as typed, no digit lost. */
  readonly type: ColumnType;
  /** In characters of half width. */
  readonly width?: number;
  /** Text as it is, a date as `YYYY-MM-DD`, money in fen, a number. */
  value(row: Row): WrittenValue;
}

/** What to export. */
export interface TableOptions<Row> {
  readonly format: TableFormat;
  /** Without extension; the day is added by whoever wants it. */
  readonly fileName: string;
  readonly sheetName: string;
  readonly columns: readonly TableColumn<Row>[];
  /** Batches as the store gives them. */
  readonly rows: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
  /** Rows at most; {@link MOST_EXPORTED} if not given. */
  readonly limit?: number;
}

/** A written file; packed, so that even the longest is a few megabytes. */
export interface TableFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly fileName: string;
  /** Rows in it, for the audit trail. */
  readonly rows: number;
}

/** More in one file is not looked at by anybody, and is a copy of the register. */
export const MOST_EXPORTED = 200_000;

/**
 * Writes the list. It is whole before it is answered: what the audit trail says was exported, was; a refusal comes as words, not as half a file.
 * @throws Refusal export-too-large
 */
export async function writeTable<Row>(options: TableOptions<Row>): Promise<TableFile> {
  const { columns, limit = MOST_EXPORTED } = options;
  let count = 0;
  const counted = async function* (): AsyncGenerator<readonly Row[]> {
    for await (const batch of options.rows) {
      count += batch.length;
      if (count > limit) throw new Refusal('export-too-large', { count: `${limit}+`, limit });
      yield batch;
    }
  };
  const pieces = options.format === 'xlsx' ? xlsxPieces(options.sheetName, columns, counted()) : csvPieces(columns, counted());
  const chunks: Buffer[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return {
    bytes: Buffer.concat(chunks),
    contentType: options.format === 'xlsx' ? xlsxType : csvType,
    fileName: `${options.fileName}.${options.format}`,
    rows: count,
  };
}

function xlsxPieces<Row>(sheetName: string, columns: readonly TableColumn<Row>[], batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Buffer> {
  const rows = async function* (): AsyncGenerator<readonly (readonly WrittenCell[])[]> {
    yield [columns.map(({ heading }) => ({ value: heading, type: 'text', look: 'heading' }) as const)];
    for await (const batch of batches) yield batch.map((row) => columns.map((column) => column.value(row)));
  };
  return writeWorkbook([{ name: sheetName, columns, rows: rows(), frozenRows: 1, filterRow: 1 }]);
}

async function* csvPieces<Row>(columns: readonly TableColumn<Row>[], batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(byteOrderMark + csvLine(columns.map(({ heading }) => heading)));
  for await (const batch of batches) {
    yield Buffer.from(batch.map((row) => csvLine(columns.map((column) => csvValue(column.value(row), column.type)))).join(''));
  }
}

function csvValue(value: WrittenValue, type: ColumnType): CsvField {
  // An amount is written bare, its minus too: it is a number, no text that could be a formula.
  return type === 'money' && typeof value === 'number' && Number.isSafeInteger(value) ? { bare: yuanOfFen(value) } : value;
}
