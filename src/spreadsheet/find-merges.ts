// Finds a sheet's merged cells before its rows are read, and lets a value merged over several rows hold for each of them.
import type { Cell } from './sheet.ts';

/** The merged cells of a sheet. */
export interface Merges {
  /** Fills the cells of a row from the first row of a merge that reaches down to it; called row by row, downwards. */
  fill(row: number, cells: (Cell | undefined)[]): void;
}

const marker = Buffer.from('mergeCell');
// A list that merges more than this is a form, not a list; further merges are left as they are.
const MOST_MERGES = 50_000;
const reference = /mergeCell\b[^>]*\bref="([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})"/g;

interface Merge {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  cell: Cell | undefined;
}

/**
 * Looks through the bytes of a sheet for its merges, which stand behind all rows. A merge across columns keeps its value in the first:
 * two columns never mean the same.
 */
export async function findMerges(pieces: AsyncIterable<Buffer>): Promise<Merges> {
  let tail: Buffer[] | undefined;
  let carry: Buffer = Buffer.alloc(0);
  let kept = 0;
  for await (const piece of pieces) {
    if (tail !== undefined) {
      // What follows the merges is short; should it not be, it is not needed either.
      if (kept < 8 * 2 ** 20) tail.push(piece);
      kept += piece.length;
      continue;
    }
    const joined = Buffer.concat([carry, piece.subarray(0, marker.length)]);
    const across = joined.indexOf(marker);
    const inside = piece.indexOf(marker);
    if (across !== -1 && across < carry.length) tail = [carry.subarray(across), piece];
    else if (inside !== -1) tail = [piece.subarray(inside)];
    else carry = Buffer.from(piece.subarray(Math.max(0, piece.length - marker.length)));
  }
  const merges: Merge[] = [];
  for (const [, left, top, , bottom] of (tail === undefined ? '' : Buffer.concat(tail).toString('utf8')).matchAll(reference)) {
    const [from, to] = [Number(top), Number(bottom)];
    if (to > from && merges.length < MOST_MERGES) merges.push({ from, to, column: columnNumber(left ?? ''), cell: undefined });
  }
  return openMerges(merges);
}

function openMerges(merges: Merge[]): Merges {
  merges.sort((a, b) => a.from - b.from);
  let next = 0;
  let open: Merge[] = [];
  return {
    fill(row, cells) {
      if (merges.length === 0) return;
      // A row in between may be missing in the file: what began above it is open all the same.
      for (let merge = merges[next]; merge !== undefined && merge.from <= row; merge = merges[++next]) {
        if (merge.from === row) merge.cell = cells[merge.column];
        open.push(merge);
      }
      open = open.filter((merge) => merge.to >= row);
      // A blank row stays blank: a merge alone makes nobody.
      if (cells.length === 0) return;
      for (const { from, column, cell } of open) {
        if (from === row || cell === undefined || cells[column] !== undefined) continue;
        while (cells.length < column) cells.push(undefined);
        cells[column] = cell;
      }
    },
  };
}

function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
