// Looks for what a PDF could do when it is opened: scripts, programs to start, media players; also inside compressed objects and behind escapes.

import { constants, inflateSync } from 'node:zlib';

/** What was found. */
export interface ActiveContent {
  /** Scripts, launches or media: reasons to refuse. */
  readonly isActive: boolean;
  /** Names of embedded files. */
  readonly hasAttachments: boolean;
  /** Some compressed objects could not be looked into, as in a PDF whose author restricted it. */
  readonly isPartlyClosed: boolean;
}

/** Every action that runs a script has the name /JavaScript; any letter of a name may be written as #xx. */
const active = nameOf('JavaScript', 'Launch', 'RichMedia');
const attached = nameOf('EmbeddedFile', 'EmbeddedFiles');
const objectStream = nameOf('ObjStm');
const deflated = nameOf('FlateDecode', 'Fl');
const otherFilters = nameOf('LZWDecode', 'LZW', 'ASCIIHexDecode', 'AHx', 'ASCII85Decode', 'A85', 'RunLengthDecode', 'RL', 'Crypt', 'DecodeParms', 'DP');

/** How far back and forth the dictionary of a stream is looked for. */
const DICTIONARY_CHARACTERS = 4096;
/** More than any honest file unpacks to; beyond it the rest counts as closed. */
const MOST_INFLATED_BYTES = 64 * 1_048_576;

/** A pattern of names in a PDF, letters escaped or not. */
function nameOf(...names: readonly string[]): RegExp {
  const letter = (character: string): string => {
    const hex = character.charCodeAt(0).toString(16);
    return `(?:${character}|#${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
  };
  const written = names.map((name) => name.split('').map(letter).join(''));
  return new RegExp(`/(?:${written.join('|')})(?=[\\s\\0()<>\\[\\]{}/%]|$)`);
}

/** Looks through a whole PDF. */
export function findActiveContent(content: Uint8Array): ActiveContent {
  const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
  const found = { isActive: active.test(text), hasAttachments: attached.test(text), isPartlyClosed: false };
  let allowance = MOST_INFLATED_BYTES;
  const everywhere = new RegExp(objectStream, 'g');
  for (let match = everywhere.exec(text); match !== null; match = everywhere.exec(text)) {
    const inner = inflate(content, text, match.index, allowance);
    if (inner === undefined) {
      found.isPartlyClosed = true;
    } else {
      allowance -= inner.length;
      found.isActive ||= active.test(inner);
      found.hasAttachments ||= attached.test(inner);
    }
  }
  return found;
}

/** The objects inside the stream whose dictionary stands around `at`; undefined where they cannot be read. */
function inflate(content: Uint8Array, text: string, at: number, mostBytes: number): string | undefined {
  const dictionaryStart = Math.max(text.lastIndexOf('obj', at), at - DICTIONARY_CHARACTERS, 0);
  const keyword = text.indexOf('stream', at);
  if (keyword < 0 || keyword - at > DICTIONARY_CHARACTERS || mostBytes <= 0) return undefined;
  const dictionary = text.slice(dictionaryStart, keyword);
  let start = keyword + 'stream'.length;
  if (text[start] === '\r') start += 1;
  if (text[start] === '\n') start += 1;
  const end = text.indexOf('endstream', start);
  const body = content.subarray(start, end < 0 ? content.length : end);
  if (otherFilters.test(dictionary)) return undefined;
  if (!deflated.test(dictionary)) return Buffer.from(body).toString('latin1');
  try {
    return inflateSync(body, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes }).toString('latin1');
  } catch {
    return undefined;
  }
}
