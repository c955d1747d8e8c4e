// Bytes to text, strictly: a byte that does not belong is an error, never a replacement character.

import { isUtf8 } from 'node:buffer';

export const encodings = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

/** Decodes a whole line or file; undefined where the bytes are not of the encoding. */
export type Decode = (bytes: Buffer) => string | undefined;

const BOM = '\uFEFF';

/** The decoder of an encoding. */
export function makeDecoder(encoding: Encoding): Decode {
  if (encoding === 'utf-8') return (bytes) => (isUtf8(bytes) ? bytes.toString('utf8') : undefined);
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  };
}

/** The text without a byte order mark before it. */
export function withoutMark(text: string): string {
  return text.startsWith(BOM) ? text.slice(1) : text;
}
