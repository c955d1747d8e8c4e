// Parses JSON of people; what is wrong comes out in words with a place, never as an exception.

import type { Messages } from '../messages.ts';
import { locateJsonError } from './locate-json-error.ts';

/** The value, or the fault in words. `isOneLine` leaves the line out: the caller names it. */
export function parseJson(text: string, isOneLine: boolean, say: Messages): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) return { fault: say.tooDeep() };
    const { line, column, expected } = locateJsonError(text);
    return { fault: say.badJson(isOneLine ? undefined : line, column, expected) };
  }
}
