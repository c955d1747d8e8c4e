// Opens a file as a sheet: finds out by its content what it is, refuses what it should not be, and finds the heading.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Refusal } from '../contract/errors.ts';
import { openCsv } from './read-csv.ts';
import { openXlsx, type RowSource } from './read-xlsx.ts';
import { type ReadOptions, type Sheet, type SheetLimits, type SheetRow, type SheetSource, usualLimits } from './sheet.ts';

/**
 * Opens the sheet of an xlsx or CSV file and reads as far as its heading.
 * @throws Refusal with a `sheet-…` code where the file is not what it should be; the values say where.
 */
export async function readSheet(source: SheetSource, options: ReadOptions = {}): Promise<Sheet> {
  const limits: SheetLimits = { ...usualLimits, ...options.limits };
  const size = 'path' in source ? statSync(source.path).size : source.bytes.byteLength;
  if (size > limits.fileBytes) throw new Refusal('sheet-too-large', { limit: Math.floor(limits.fileBytes / 2 ** 20) });
  if (size === 0) throw new Refusal('sheet-empty');
  const format = recognise(source);
  const opened = format === 'xlsx' ? await openXlsx(source, options, limits) : await openCsv(source, limits);
  try {
    return await findHeading(opened, format, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

const BEGINNING = 4096;
// No text holds a byte below a tab.
const TAB = 9;

function readBeginning(source: SheetSource): Buffer {
  if ('bytes' in source) return Buffer.from(source.bytes.subarray(0, BEGINNING));
  const file = openSync(source.path, 'r');
  try {
    const buffer = Buffer.alloc(BEGINNING);
    return buffer.subarray(0, readSync(file, buffer, 0, BEGINNING, 0));
  } finally {
    closeSync(file);
  }
}

/** What a file is by its first bytes; the name only tells what somebody took it for. */
function recognise(source: SheetSource): 'xlsx' | 'csv' {
  const { fileName } = source;
  const bytes = readBeginning(source);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return 'xlsx';
  // Compound files: old Excel, and new Excel behind a password. The names inside are UTF-16.
  if (bytes.subarray(0, 8).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))) throw isEncrypted(source) ? new Refusal('sheet-encrypted') : new Refusal('sheet-is-old-excel', { format: extensionOf(fileName) || 'xls' });
  const text = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const known = kinds.find(({ begins }) => begins.test(text));
  if (known?.format === 'html') throw new Refusal('sheet-is-html');
  if (known !== undefined) throw new Refusal('sheet-not-a-table', { format: known.format });
  if (!isWide && bytes.some((byte) => byte < TAB)) throw new Refusal('sheet-not-a-table', { format: extensionOf(fileName) || '?' });
  if (/^(?:xls|xlsx|xlsm|et|ods)$/.test(extensionOf(fileName))) throw new Refusal('sheet-is-csv');
  return 'csv';
}

const kinds: readonly { readonly begins: RegExp; readonly format: string }[] = [
  { begins: /^(?:<!doctype html|<html|<table|<head|<body|<meta|mime-version:)/i, format: 'html' },
  { begins: /^<\?xml/, format: 'XML' },
  { begins: /^%PDF-/, format: 'PDF' },
  { begins: /^\{\\rtf/, format: 'RTF' },
  { begins: /^PK/, format: 'zip' },
  { begins: /^Rar!/, format: 'RAR' },
  { begins: /^7z\u00bc\u00af/, format: '7z' },
  { begins: /^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8)/, format: '图片 / image' },
];

/** Whether a compound file is an xlsx behind a password (MS-OFFCRYPTO): it names a stream so; else it is an old Excel file. */
function isEncrypted(source: SheetSource): boolean {
  const bytes = 'bytes' in source ? source.bytes : readFileSync(source.path);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function extensionOf(fileName: string): string {
  return /\.([^.\\/]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

// Titles, units and notes may stand above a heading, hardly more of them.
const ROWS_ABOVE = 20;

async function findHeading(source: RowSource, format: 'xlsx' | 'csv', options: ReadOptions): Promise<Sheet> {
  const batches = source.rows();
  const first: SheetRow[] = [];
  let isEnded = false;
  while (first.length < ROWS_ABOVE && !isEnded) {
    const next = await batches.next();
    if (next.done === true) isEnded = true;
    else first.push(...next.value);
  }
  const at = headingAmong(first.slice(0, ROWS_ABOVE), options.isHeading);
  const heading = first[at];
  if (heading === undefined) throw new Refusal('sheet-empty');
  const headings = Array.from(heading.cells, (cell) => cell?.text ?? '');
  return {
    format,
    name: source.name,
    leftOut: source.leftOut,
    headings,
    headingRow: heading.number,
    async *rows() {
      try {
        const below = first.splice(0).slice(at + 1);
        if (below.length > 0) yield below;
        if (!isEnded) yield* batches;
      } finally {
        await source.close();
      }
    },
    close: async () => {
      await batches.return();
      await source.close();
    },
  };
}

function headingAmong(rows: readonly SheetRow[], isHeading: ((text: string) => boolean) | undefined): number {
  if (isHeading === undefined) return 0;
  let best = 0;
  let most = 0;
  for (const [at, row] of rows.entries()) {
    const count = row.cells.filter((cell) => cell !== undefined && isHeading(cell.text)).length;
    if (count > most) [best, most] = [at, count];
  }
  return best;
}
