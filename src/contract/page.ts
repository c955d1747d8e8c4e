// Paging of lists: a limit, an opaque cursor, and the page that answers.
import { z } from 'zod';

const MOST_ITEMS = 200;

/** The fields of a list's question; spread them into the list's own. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(50).describe('每页条数 / items per page'),
  cursor: z.string().max(2000).optional().describe('上一页给出的 nextCursor / nextCursor of the page before'),
};

/** A page of items; the last one has no cursor. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    /** How many there are in all, where counting is cheap; `total` up to a ceiling, then `totalIsAtLeast`. */
    total: z.number().int().optional(),
    totalIsAtLeast: z.boolean().optional(),
  });
}

/** Writes where a page ended as a cursor: values of the list's order, no personal data beyond them. */
export function writeCursor(values: readonly (string | number | null)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads a cursor of `length` values; undefined for one that is not of this list. */
export function readCursor(cursor: string, length: number): readonly (string | number | null)[] | undefined {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const values: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!Array.isArray(values) || values.length !== length) return undefined;
    const isPlain = values.every((value) => value === null || typeof value === 'string' || typeof value === 'number');
    return isPlain ? (values as (string | number | null)[]) : undefined;
  } catch {
    return undefined;
  }
}
