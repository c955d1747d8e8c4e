// Pages are filled so that nothing is lost, headings stay with what they head, and tables repeat their heads.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillPages } from '../../src/print/fill-pages.ts';
import type { Slice } from '../../src/print/slices.ts';

const sheet = { top: 80, bottom: 780 };
const head: Slice = { height: 20, marks: [] };

const slices = fc.array(
  fc.record({
    height: fc.integer({ min: 0, max: 200 }),
    above: fc.integer({ min: 0, max: 30 }),
    keepWithNext: fc.boolean(),
    newPage: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
    isRow: fc.boolean(),
  }),
  { maxLength: 60 },
).map((list) => list.map(({ isRow, ...slice }): Slice => ({ ...slice, marks: [], ...(isRow ? { head: [head] } : {}) })));

test('every slice stands once, in order, within its page, below the one before', () => {
  fc.assert(
    fc.property(slices, (list) => {
      const pages = fillPages(list, sheet);
      expect(pages.flatMap((page) => page.slices.filter(({ isRepeated }) => isRepeated !== true).map(({ slice }) => slice))).toEqual(list);
      for (const page of pages) {
        let y = sheet.top;
        for (const placed of page.slices) {
          expect(placed.y).toBeGreaterThanOrEqual(y);
          y = placed.y + placed.slice.height;
        }
        expect(y).toBeLessThanOrEqual(sheet.bottom + 1e-6);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a heading is never the last of its page, where what it heads fits one', () => {
  fc.assert(
    fc.property(slices, (list) => {
      const singles = list.map((slice, at): Slice => ({ ...slice, newPage: false, keepWithNext: slice.keepWithNext === true && list[at - 1]?.keepWithNext !== true }));
      const pages = fillPages(singles, sheet);
      pages.slice(0, -1).forEach((page) => expect(page.slices.at(-1)?.slice.keepWithNext === true).toBe(false));
    }),
    { numRuns: 1000 },
  );
});

test('a page that begins within a table begins with its head', () => {
  const row: Slice = { height: 100, marks: [], head: [head] };
  const pages = fillPages([head, ...Array.from({ length: 14 }, () => row)], sheet);
  expect(pages.map((page) => page.slices.map(({ isRepeated }) => isRepeated === true))).toEqual([
    Array.from({ length: 7 }, () => false),
    [true, ...Array.from({ length: 6 }, () => false)],
    [true, ...Array.from({ length: 2 }, () => false)],
  ]);
});

test('what is higher than a page is refused', () => {
  expect(() => fillPages([{ height: 701, marks: [] }], sheet)).toThrow('higher than a page');
});
