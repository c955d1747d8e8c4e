// Chooses the reader for the input: by --input, else by the file's extension.

import { type Arguments, chooseOf, valueOf } from '../arguments.ts';
import type { Console } from '../console.ts';
import type { Messages } from '../messages.ts';
import { encodings, makeDecoder } from './decode.ts';
import type { Entries } from './entry.ts';
import { readBytes } from './read-bytes.ts';
import type { Vocabularies } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';

/** What the input options ask for, checked before anything is read. */
export interface InputChoice {
  readonly format: 'ndjson' | 'json' | 'csv';
  readonly encoding: (typeof encodings)[number];
}

/** Reads --input and --encoding. @throws UsageError for a choice that does not exist. */
export function chooseInput(args: Arguments, file: string, say: Messages): InputChoice {
  const extension = /\.(json|csv)$/i.exec(file)?.[1]?.toLowerCase();
  return {
    format: chooseOf(valueOf(args, 'input') ?? extension ?? 'ndjson', ['ndjson', 'json', 'csv'], '--input', say),
    encoding: chooseOf(encodingOf(valueOf(args, 'encoding') ?? 'utf-8'), encodings, '--encoding', say),
  };
}

/** GB18030 reads GBK and GB2312 too, and names are written in many ways. */
function encodingOf(name: string): string {
  const plain = name.toLowerCase();
  return plain === 'gbk' || plain === 'gb2312' ? 'gb18030' : plain === 'utf8' ? 'utf-8' : plain;
}

/** The subjects of a file or of standard input. */
export async function readEntries(file: string, choice: InputChoice, vocabularies: Vocabularies, console: Console, say: Messages): Promise<Entries> {
  const decode = makeDecoder(choice.encoding);
  const notDecoded = choice.encoding === 'utf-8' ? say.notUtf8() : say.notGb18030();
  const pieces = readBytes(file, console, say);
  switch (choice.format) {
    case 'ndjson':
      return readNdjson(pieces, decode, notDecoded, say);
    case 'json':
      return (await import('./read-json.ts')).readJson(pieces, decode, notDecoded, say);
    case 'csv':
      return (await import('./read-csv.ts')).readCsv(pieces, decode, notDecoded, vocabularies, say);
  }
}
