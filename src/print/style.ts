// Sizes, colours and measures of print, in points: the only place where they are written. Colours are those of web/ui/tokens.css on paper.

import type { Weight } from './typeface.ts';

export const page = { width: 595.28, height: 841.89, left: 64, right: 531.28, top: 80, bottom: 780 } as const;
/** The column of labels, and the column of text beside it: at most 35 Chinese characters a line. */
export const column = { label: 86, gap: 14 } as const;

export const colours = {
  ink: '#20261F',
  soft: '#55604F',
  leaf: '#2E6B45',
  leafWash: '#EDF3EC',
  gold: '#8A5A00',
  clay: '#A63A1E',
  sky: '#2B5C8A',
  hairline: '#DDD6C6',
  paper: '#FAF7F0',
  white: '#FFFFFF',
} as const;

/** How a run of text looks. */
export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
  readonly colour: string;
}

const style = (size: number, weight: Weight = 'regular', colour: string = colours.ink): TextStyle => ({ size, weight, colour });

export const styles = {
  cover: style(30, 'bold'),
  coverKind: style(15, 'regular', colours.leaf),
  chapter: style(23, 'bold'),
  title: style(18, 'bold'),
  kicker: style(9, 'regular', colours.leaf),
  heading: style(10.5, 'bold'),
  label: style(9.5, 'bold', colours.leaf),
  body: style(10),
  contents: style(9.3),
  sum: style(12.5, 'bold', colours.gold),
  note: style(8.8, 'regular', colours.soft),
  cell: style(8.8),
  cellHead: style(8.4, 'bold', colours.soft),
  running: style(8, 'regular', colours.soft),
} as const;

/** The distance from one base line to the next, in parts of the size. */
export const LEADING = 1.64;
/** The base line within a line, from its top, in parts of the line. */
export const BASELINE = 0.67;
