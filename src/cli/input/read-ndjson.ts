// Reads NDJSON: one subject a line, blank lines skipped, in constant memory.

import type { Messages } from '../messages.ts';
import { type Decode, withoutMark } from './decode.ts';
import type { Entries, Entry } from './entry.ts';
import { parseJson } from './parse-json.ts';
import { LineSplitter, type RawRecord } from './split-records.ts';

/** The subjects of NDJSON bytes. */
export async function* readNdjson(pieces: AsyncIterable<Buffer>, decode: Decode, notDecoded: string, say: Messages): Entries {
  const splitter = new LineSplitter();
  for await (const piece of pieces) yield readLines(splitter.push(piece), decode, notDecoded, say);
  yield readLines(splitter.end(), decode, notDecoded, say);
}

function* readLines(records: Iterable<RawRecord>, decode: Decode, notDecoded: string, say: Messages): Generator<Entry> {
  for (const { line, bytes } of records) {
    const where = { unit: 'line', number: line } as const;
    const decoded = bytes === undefined ? undefined : decode(bytes);
    if (decoded === undefined) {
      yield { where, fault: bytes === undefined ? say.lineTooLong() : notDecoded };
      continue;
    }
    const text = line === 1 ? withoutMark(decoded) : decoded;
    if (text.trim() === '') continue;
    const parsed = parseJson(text, true, say);
    yield 'fault' in parsed ? { where, fault: parsed.fault } : { where, input: parsed.value };
  }
}
