// Fills pages with slices: headings stay with what they head, tables repeat their heads, no line is left alone.

import type { Slice } from './slices.ts';

/** A slice in its place: `y` is its top. */
export interface PlacedSlice {
  readonly y: number;
  readonly slice: Slice;
  /** A table's head that is shown again. */
  readonly isRepeated?: boolean;
}

export interface FilledPage {
  readonly slices: readonly PlacedSlice[];
  /** What its head says. */
  readonly running: string;
  readonly isBare: boolean;
}

/**
 * Fills pages between `top` and `bottom`. Slices that are kept together and longer than a page are torn where the page ends.
 * @throws Error where one slice is higher than a page: whoever makes slices cuts them smaller
 */
export function fillPages(slices: readonly Slice[], { top, bottom }: { readonly top: number; readonly bottom: number }): FilledPage[] {
  const pages: { slices: PlacedSlice[]; running: string; isBare: boolean }[] = [];
  let running = '';
  let y = bottom;
  let kept = 0;
  const begin = (slice: Slice): void => {
    pages.push({ slices: [], running: slice.running ?? running, isBare: slice.isBare === true });
    y = top;
    for (const head of slice.head ?? []) place(head, true);
  };
  const place = (slice: Slice, isRepeated: boolean): void => {
    const page = pages.at(-1);
    if (page === undefined) return;
    y += page.slices.length === 0 ? 0 : (slice.above ?? 0);
    page.slices.push({ y, slice, ...(isRepeated ? { isRepeated } : {}) });
    y += slice.height;
  };
  slices.forEach((slice, at) => {
    if (slice.height > bottom - top) throw new Error(`a slice of ${Math.round(slice.height)} points is higher than a page`);
    const page = pages.at(-1);
    const isKept = at < kept;
    if (!isKept) kept = at + chainLength(slices, at);
    const chain = isKept ? heightOf([slice]) : heightOf(slices.slice(at, kept));
    const needed = chain > bottom - top ? heightOf([slice]) : Math.max(chain, slice.needs ?? 0);
    if (page === undefined || slice.newPage === true || (page.slices.length > 0 && y + needed > bottom + 1e-6)) begin(slice);
    running = slice.running ?? running;
    place(slice, false);
  });
  return pages;
}

/** How many slices from `at` on belong together. */
function chainLength(slices: readonly Slice[], at: number): number {
  let length = 1;
  while (slices[at + length - 1]?.keepWithNext === true && slices[at + length] !== undefined && slices[at + length]?.newPage !== true) length++;
  return length;
}

function heightOf(slices: readonly Slice[]): number {
  return slices.reduce((sum, { height, above }) => sum + height + (above ?? 0), 0);
}
