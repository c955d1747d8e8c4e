// What a sheet read from a file is: rows of cells with their places, whatever program wrote it.

/** The file to read: on disk, or in memory. The name decides nothing alone; it is compared with the content. */
export type SheetSource = { readonly fileName: string; readonly path: string } | { readonly fileName: string; readonly bytes: Uint8Array };

/** One cell that holds something. */
export interface Cell {
  /**
   * What the cell says, tidied: no spaces at either end (full-width and invisible ones too), no control characters. A date is
   * `YYYY-MM-DD` (with ` HH:MM:SS` where it has a time of day), a number its plain decimals without exponent, a truth `true` or `false`.
   */
  readonly text: string;
  /** What the file says the cell is; everything of a CSV file is text. */
  readonly kind: 'text' | 'number' | 'date' | 'truth' | 'error';
  /**
   * What its number format makes of a number, where that reads otherwise than `text`: `12.5万元`, `80%`, or `12.5 [#,##0.00,,]` where no unit says
   * why another number is seen. Exact, not rounded as on the screen. A column that counts something goes by this, or takes no such cell.
   */
  readonly shown?: string;
  /** The value is the last result of a formula. Nothing here computes formulas; a column that identifies somebody should not accept one. */
  readonly isFormula?: true;
  /** A number of more than 15 digits: the spreadsheet has already lost the last ones (an identity number typed into a number cell). */
  readonly lostDigits?: true;
}

/** A row with at least one filled cell. Cells stand at their column, counted from 0; an empty cell is undefined. */
export interface SheetRow {
  /** As the spreadsheet counts, from 1; of a CSV file the number of the record, from 1. */
  readonly number: number;
  readonly cells: readonly (Cell | undefined)[];
}

/** A sheet whose heading has been found; its rows come in batches, once. */
export interface Sheet {
  readonly format: 'xlsx' | 'csv';
  /** Name of the sheet; of a CSV file its file name. */
  readonly name: string;
  /** Sheets of the file that are not read, and why. */
  readonly leftOut: readonly { readonly name: string; readonly why: 'hidden' | 'not-first' }[];
  /** The heading's texts by column; '' where a column has none. */
  readonly headings: readonly string[];
  readonly headingRow: number;
  /**
   * The rows below the heading, a batch for each piece of the file that was read; may be asked for once.
   * @throws Refusal with a `sheet-…` code and the place, whenever the file turns out to be what is refused.
   */
  rows(): AsyncGenerator<readonly SheetRow[], void, undefined>;
  /** Closes the file; after the rows have ended it is closed already. */
  close(): Promise<void>;
}

/** What may differ between readers; what is not given is {@link usualLimits}. */
export interface ReadOptions {
  /** Names of sheets in the order of preference; else the first visible sheet is read. */
  readonly sheetNames?: readonly string[];
  /** Whether a text is a heading that the reader knows: the row with most of them among the first 20 is the heading; else the first filled row. */
  readonly isHeading?: (text: string) => boolean;
  readonly limits?: Partial<SheetLimits>;
}

/** How much a file may hold. */
export interface SheetLimits {
  /** Filled rows. */
  readonly rows: number;
  readonly columns: number;
  /** Bytes of the file. */
  readonly fileBytes: number;
  /** Bytes of all parts of an xlsx file, inflated. */
  readonly inflatedBytes: number;
  /** Times that a part of more than 1 MiB may be larger than it is packed. */
  readonly inflation: number;
  /** Parts of an xlsx file. */
  readonly parts: number;
  readonly sharedStrings: number;
  /** Characters of all shared strings together. */
  readonly sharedCharacters: number;
  /** Characters of one cell; Excel's own limit. */
  readonly cellCharacters: number;
}

/** Limits that a city's largest list keeps easily and a malicious file does not. */
export const usualLimits: SheetLimits = {
  rows: 200_000,
  columns: 200,
  fileBytes: 100 * 2 ** 20,
  inflatedBytes: 512 * 2 ** 20,
  inflation: 250,
  parts: 2_000,
  sharedStrings: 2_000_000,
  sharedCharacters: 64_000_000,
  cellCharacters: 32_767,
};

/** The letters of a column counted from 0: 0 is A, 27 is AB. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** A cell's place as a spreadsheet writes it: row 3, column 0 is A3. */
export function cellPlace(row: number, column: number): string {
  return `${columnLetters(column)}${row}`;
}
