// Writes CSV: UTF-8 with a mark that Excel needs, every field safe to open in a spreadsheet.

/** The content type of CSV. */
export const csvType = 'text/csv; charset=utf-8';

/** Without it Excel takes UTF-8 for the code page of the machine. */
export const byteOrderMark = '\ufeff';

// What a spreadsheet takes for the beginning of a formula, or drops to come to one; full-width forms count in Chinese and Japanese Excel.
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

/** A field: text, a number, or digits that are written as they are. */
export type CsvField = string | number | null | undefined | { readonly bare: string };

/** One line of fields, with its end. Numbers are written bare; text that looks like a formula gets an apostrophe, which the reader takes off again. */
export function csvLine(fields: readonly CsvField[]): string {
  return `${fields.map(writeField).join(',')}\r\n`;
}

function writeField(field: CsvField): string {
  if (field === null || field === undefined) return '';
  if (typeof field === 'number') return String(field);
  return typeof field === 'string' ? quote(guard(field)) : field.bare;
}

// Nothing that a text file should not hold.
const control = /[\p{Cc}--[\t\n\r]]/gv;

function guard(text: string): string {
  const sound = text.toWellFormed().replace(control, '');
  return formulaStart.test(sound) ? `'${sound}` : sound;
}

function quote(text: string): string {
  return /[",\r\n;\t，]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
