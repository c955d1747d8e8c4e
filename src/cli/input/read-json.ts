// Reads a JSON file whole: one subject, or an array of subjects.

import type { Messages } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { type Decode, withoutMark } from './decode.ts';
import type { Entries } from './entry.ts';
import { parseJson } from './parse-json.ts';

const MAX_MEGABYTES = 100;
const BATCH = 1000;

/** The subjects of JSON bytes. @throws UsageError where the file is too large or is not JSON. */
export async function* readJson(pieces: AsyncIterable<Buffer>, decode: Decode, notDecoded: string, say: Messages): Entries {
  const held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MAX_MEGABYTES * 1024 * 1024) throw new UsageError(say.jsonTooLarge(`${MAX_MEGABYTES} MB`));
    held.push(Buffer.from(piece));
  }
  const decoded = decode(Buffer.concat(held));
  if (decoded === undefined) throw new UsageError(notDecoded);
  const text = withoutMark(decoded);
  if (text.trim() === '') return;
  const parsed = parseJson(text, false, say);
  if ('fault' in parsed) throw new UsageError(parsed.fault);
  const items: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  if (typeof parsed.value !== 'object' || parsed.value === null) throw new UsageError(say.jsonShape());
  for (let from = 0; from < items.length; from += BATCH) {
    yield items.slice(from, from + BATCH).map((input, index) => ({ where: { unit: 'item', number: from + index + 1 }, input }));
  }
}
