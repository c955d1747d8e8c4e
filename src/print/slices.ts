// What pages are filled with: slices from top to bottom, each with its marks; nothing here knows pages or PDF.

import type { SetRun } from './set-text.ts';
import type { TextStyle } from './style.ts';

/** A part of the document's structure, as readers aloud walk through it: Sect, H1, P, Table … of the PDF standard. */
export interface Tag {
  readonly type: string;
  readonly parent?: Tag;
  /** What stands for it in words. */
  readonly alternative?: string;
  /** Which cells a head cell is for. */
  readonly scope?: 'Column' | 'Row';
}

/** Something drawn; places are in points from the slice's left top, text from its base line. */
export type Mark =
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly run: SetRun; readonly tag: Tag }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly fill?: string; readonly stroke?: string; readonly radius?: number; readonly thickness?: number }
  | { readonly kind: 'path'; readonly x: number; readonly y: number; readonly scale: number; readonly path: string; readonly stroke?: string; readonly fill?: string; readonly thickness: number }
  /** The number of the page on which a place is, right-aligned at `x`; with `dots`, led to by dots from there. */
  | { readonly kind: 'page-of'; readonly x: number; readonly y: number; readonly place: string; readonly style: TextStyle; readonly tag: Tag; readonly dotsFrom?: number };

/** A line of the document's outline. */
export interface OutlineEntry {
  /** 0 is the outermost. */
  readonly level: number;
  readonly title: string;
}

/** A strip that is not torn by a page's end. */
export interface Slice {
  readonly height: number;
  readonly marks: readonly Mark[];
  /** Space above it, left out at the top of a page. */
  readonly above?: number;
  /** It stands on the page of the slice after it. */
  readonly keepWithNext?: boolean;
  /** It begins a page; `needs`: it does so unless that much of the page is left. */
  readonly newPage?: boolean;
  readonly needs?: number;
  /** Names of places that links lead to. */
  readonly places?: readonly string[];
  readonly outline?: OutlineEntry;
  /** What the head of the page says from here on. */
  readonly running?: string;
  /** Repeated at the top of a page that begins with this slice: the head of a table. */
  readonly head?: readonly Slice[];
  /** A page without running head and foot. */
  readonly isBare?: boolean;
}

/** The same slices with something changed in the first. */
export function withFirst(slices: readonly Slice[], change: (first: Slice) => Slice): Slice[] {
  return slices.map((slice, at) => (at === 0 ? change(slice) : slice));
}

/** Keeps all slices on the page of what follows, as a heading is. */
export function keepWithNext(slices: readonly Slice[]): Slice[] {
  return slices.map((slice) => ({ ...slice, keepWithNext: true }));
}
