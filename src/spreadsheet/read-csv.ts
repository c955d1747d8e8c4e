// Reads CSV row by row: UTF-8, UTF-16 or GB18030, separated by commas, semicolons or tabs, quoted as RFC 4180 says.
import { createReadStream, statSync } from 'node:fs';
import { Refusal } from '../contract/errors.ts';
import { tidyText } from './cell-text.ts';
import type { RowSource } from './read-xlsx.ts';
import { type Cell, cellPlace, type SheetLimits, type SheetRow, type SheetSource } from './sheet.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'gb18030';
const separators = [',', '\t', ';', '，'] as const;

/** Opens a file whose content is text. */
export async function openCsv(source: SheetSource, limits: SheetLimits): Promise<RowSource> {
  const encoding = await findEncoding(source);
  return {
    name: source.fileName,
    leftOut: [],
    rows: () => readRows(source, encoding, limits),
    close: async () => {},
  };
}

const PIECE = 2 ** 18;

async function* pieces(source: SheetSource): AsyncGenerator<Uint8Array, void, undefined> {
  if ('path' in source) {
    if (statSync(source.path).size === 0) return;
    for await (const chunk of createReadStream(source.path, { highWaterMark: PIECE })) yield chunk as Buffer;
    return;
  }
  for (let at = 0; at < source.bytes.length; at += PIECE) yield source.bytes.subarray(at, at + PIECE);
}

/** UTF-8 is recognised by reading all of it: hardly any text in another encoding happens to be valid UTF-8. */
async function findEncoding(source: SheetSource): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const piece of pieces(source)) {
      if (isFirst && piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le';
      isFirst = false;
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

async function* readRows(source: SheetSource, encoding: Encoding, limits: SheetLimits): AsyncGenerator<readonly SheetRow[], void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const records = readRecords(limits);
  let batch: SheetRow[] = [];
  let count = 0;
  const take = (fields: readonly string[], number: number): void => {
    const row = makeRow(fields, number, limits);
    if (row === undefined) return;
    if (++count > limits.rows) throw new Refusal('sheet-too-many-rows', { limit: limits.rows });
    batch.push(row);
  };
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new Refusal('sheet-text-unreadable', { row: records.number() });
    }
  };
  for await (const piece of pieces(source)) {
    records.write(decode(piece), take);
    if (batch.length > 0) yield batch;
    batch = [];
  }
  records.write(decode(), take);
  records.end(take);
  if (batch.length > 0) yield batch;
}

/** Whether a separator shall be looked for in a line: the one that occurs most in the first. */
function chooseSeparator(line: string): string {
  let best: string = separators[0];
  let most = 0;
  const plain = line.replace(/"(?:[^"]|"")*"/g, '');
  for (const separator of separators) {
    const count = plain.split(separator).length - 1;
    if (count > most) [best, most] = [separator, count];
  }
  return best;
}

interface Records {
  write(text: string, take: (fields: readonly string[], number: number) => void): void;
  end(take: (fields: readonly string[], number: number) => void): void;
  /** The number of the record being read. */
  number(): number;
}

function readRecords(limits: SheetLimits): Records {
  let separator: string | undefined;
  let rest = '';
  let number = 1;

  /** Reads as many whole records of `text` as there are; gives back where the first unfinished one begins. */
  const readAll = (text: string, isLast: boolean, take: (fields: readonly string[], number: number) => void): number => {
    let begin = 0;
    let at = 0;
    const mark = separator ?? ',';
    let fields: string[] = [];
    const field = (value: string): void => {
      if (value.length > limits.cellCharacters) throw new Refusal('sheet-cell-too-long', { place: cellPlace(number, fields.length), limit: limits.cellCharacters });
      if (fields.length >= limits.columns && value !== '') throw new Refusal('sheet-too-many-columns', { place: cellPlace(number, fields.length), limit: limits.columns });
      if (fields.length < limits.columns) fields.push(value);
    };
    const endRecord = (next: number): void => {
      take(fields, number);
      number += 1;
      fields = [];
      begin = at = next;
    };
    for (;;) {
      if (at >= text.length && !isLast) return begin;
      let value: string;
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1);
        if (end === undefined || (end + 1 >= text.length && !isLast)) {
          if (isLast) throw new Refusal('sheet-damaged', { part: cellPlace(number, fields.length) });
          return begin;
        }
        value = text.slice(at + 1, end).replaceAll('""', '"');
        at = end + 1;
      } else {
        let end = at;
        while (end < text.length && text[end] !== mark && text[end] !== '\n' && text[end] !== '\r') end += 1;
        // A CR at the very end may be followed by its LF in the next piece.
        if (end >= text.length && !isLast) return begin;
        value = text.slice(at, end);
        at = end;
      }
      const next = text[at];
      if (next === '\r' && at + 1 >= text.length && !isLast) return begin;
      field(value);
      if (next === mark) {
        at += 1;
        // A separator at the very end of the file ends an empty field.
        if (at >= text.length && isLast) field('');
        else continue;
      }
      if (next === undefined || at >= text.length) {
        endRecord(text.length);
        return text.length;
      }
      if (next === '\r' || next === '\n') {
        endRecord(at + (next === '\r' && text[at + 1] === '\n' ? 2 : 1));
        if (at >= text.length) return text.length;
        continue;
      }
      // Something stands behind a closing quote.
      throw new Refusal('sheet-damaged', { part: cellPlace(number, fields.length - 1) });
    }
  };

  const longest = limits.cellCharacters * 4 + limits.columns;
  return {
    write(text, take) {
      let all = rest + text;
      if (separator === undefined) {
        all = all.replace(/^\ufeff/, '');
        const line = /^(?:[^"\r\n]|"(?:[^"]|"")*")*(?=[\r\n])/.exec(all)?.[0];
        if (line === undefined && all.length < longest) {
          rest = all;
          return;
        }
        // Excel may name its separator in a line of its own.
        const named = /^sep=(.)$/.exec(line ?? '')?.[1];
        separator = named ?? chooseSeparator(line ?? all);
        if (named !== undefined) all = all.slice((line ?? '').length).replace(/^\r?\n/, '');
      }
      rest = all.slice(readAll(all, false, take));
      // An opening quote that nothing closes would take in the whole file.
      if (rest.length > limits.cellCharacters * 8 + PIECE) throw new Refusal('sheet-cell-too-long', { place: cellPlace(number, 0), limit: limits.cellCharacters });
    },
    end(take) {
      if (separator === undefined) separator = chooseSeparator(rest);
      if (rest !== '') readAll(rest, true, take);
      rest = '';
    },
    number: () => number,
  };
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

function makeRow(fields: readonly string[], number: number, limits: SheetLimits): SheetRow | undefined {
  const cells: (Cell | undefined)[] = [];
  for (let column = 0; column < fields.length && column < limits.columns; column++) {
    const text = readField(fields[column] ?? '');
    if (text === '') continue;
    while (cells.length < column) cells.push(undefined);
    cells[column] = { text, kind: 'text' };
  }
  return cells.length === 0 ? undefined : { number, cells };
}

// How Excel users keep a number text in CSV: ="220202…".
const quotedFormula = /^="([^"]*)"$/;
// How write-csv.ts keeps text from being taken for a formula.
const guarded = /^'(?=[=+\-@\t\r＝＋－＠])/;

function readField(field: string): string {
  // Looked for before tidying: what the apostrophe guards may itself be something that tidying takes away.
  if (guarded.test(field)) return tidyText(field.slice(1));
  const text = tidyText(field);
  return tidyText(quotedFormula.exec(text)?.[1] ?? text);
}
