// Parses JSON of people; what is wrong comes out in words with a place, never as an exception.

import type { Messages } from '../messages.ts';
import { locateJsonError } from './locate-json-error.ts';

const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;

/** The value, or the fault in words. `isOneLine` leaves the line out: the caller names it. A key written twice is a fault. */
export function parseJson(text: string, isOneLine: boolean, say: Messages): { readonly value: unknown } | { readonly fault: string } {
  try {
    const value: unknown = JSON.parse(text);
    // The parser silently keeps the last of two; where there are more colons than keys, one was lost.
    if (countKeys(value) !== countColons(text)) return { fault: say.keyTwice(findTwice(text) ?? '') };
    return { value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) return { fault: say.tooDeep() };
    const { line, column, expected } = locateJsonError(text);
    return { fault: say.badJson(isOneLine ? undefined : line, column, expected) };
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countKeys(item);
  else for (const item of Object.values(value)) count += 1 + countKeys(item);
  return count;
}

/** Colons outside texts: one for every key. The text is known to be JSON. */
function countColons(text: string): number {
  let count = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isText && code === BACKSLASH) at++;
    else if (code === QUOTE) isText = !isText;
    else if (code === COLON && !isText) count++;
  }
  return count;
}

/** The first key that an object has twice. */
function findTwice(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (match[0] === '{') open.push(new Set());
    else if (match[0] === '}') open.pop();
    else if (match[2] !== undefined) {
      const key = JSON.parse(match[1] ?? '""') as string;
      const keys = open.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
