// Breaks measured text into lines: Chinese between characters but never against the marks, other writing between words.

import { belongTogether, type CharacterKind, mayBegin, mayEnd } from './characters.ts';

/** What is never torn: a square character or a word. Widths are in points. */
export interface Unit {
  readonly text: string;
  readonly kind: CharacterKind;
  readonly width: number;
  /** The size of its type. */
  readonly em: number;
  /** It stays on the line of the unit before it: both are of one word of a heading. */
  readonly isGlued?: boolean;
}

/** A line: units `from` up to but without `to`, spaces at its ends left out. */
export interface BrokenLine {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** The thin gap between Chinese and other writing, in parts of the type's size. */
const THIN = 0.2;

/** What stands between two neighbours of a line, in points: a thin gap, or less than nothing where two blanks of marks meet. */
export function gapBetween(left: Unit, right: Unit): number {
  const isMark = (unit: Unit): boolean => unit.kind === 'opening' || unit.kind === 'closing';
  if ((left.kind === 'closing' && isMark(right)) || (left.kind === 'opening' && right.kind === 'opening')) return -Math.min(left.em, right.em) / 2;
  const meets = (one: Unit, other: Unit): boolean => one.kind === 'wide' && other.kind === 'word' && /^[\p{L}\p{N}]/u.test(one.text) && /[\p{L}\p{N}%+]/u.test(other.text);
  return meets(left, right) || meets(right, left) ? THIN * Math.min(left.em, right.em) : 0;
}

/** The blank of a mark that is cut off at the beginning of a line. */
export function trimAtStart(unit: Unit): number {
  return unit.kind === 'opening' ? unit.em / 2 : 0;
}

/** The blank of a mark that is cut off at the end of a line. */
function trimAtEnd(unit: Unit): number {
  return unit.kind === 'closing' ? unit.em / 2 : 0;
}

/** Whether a line may end before unit `at`. */
function mayBreakBefore(units: readonly Unit[], at: number): boolean {
  const right = units[at];
  let before = at - 1;
  while (units[before]?.kind === 'space') before--;
  const left = units[before];
  if (left === undefined || right === undefined || right.kind === 'space' || right.isGlued === true) return false;
  if (!mayBegin(right.text) || !mayEnd(left.text) || belongTogether(left.text, right.text)) return false;
  // Words that touch were one word, cut where it may be: after a hyphen or stroke.
  return before < at - 1 || left.kind !== 'word' || right.kind !== 'word' || /[-/]$/.test(left.text);
}

/**
 * Breaks units into lines that fit a room in points. Where nothing but a forbidden place is left, it breaks there rather than let a
 * line run out of its room; only a single unit wider than the room does.
 */
export function breakLines(units: readonly Unit[], room: number): BrokenLine[] {
  const lines: BrokenLine[] = [];
  let from = skipSpaces(units, 0);
  while (from < units.length) {
    const line = nextLine(units, from, room);
    lines.push(line);
    from = skipSpaces(units, line.to);
  }
  return keepCompany(units, lines, room);
}

function skipSpaces(units: readonly Unit[], at: number): number {
  let next = at;
  while (units[next]?.kind === 'space') next++;
  return next;
}

/** Width of a line of units `from` up to but without `to`. */
export function lineWidth(units: readonly Unit[], from: number, to: number): number {
  let width = 0;
  for (let at = from; at < to; at++) {
    const unit = units[at];
    const before = units[at - 1];
    if (unit === undefined) continue;
    width += unit.width;
    if (at === from) width -= trimAtStart(unit);
    else if (before !== undefined) width += gapBetween(before, unit);
    if (at === to - 1) width -= trimAtEnd(unit);
  }
  return width;
}

function nextLine(units: readonly Unit[], from: number, room: number): BrokenLine {
  let width = 0;
  let allowed: BrokenLine | undefined;
  let forced: BrokenLine | undefined;
  for (let at = from; at < units.length; at++) {
    const unit = units[at];
    if (unit === undefined) break;
    const before = units[at - 1];
    width += unit.width + (at === from ? -trimAtStart(unit) : before === undefined ? 0 : gapBetween(before, unit));
    if (unit.kind === 'space') continue;
    const line = { from, to: at + 1, width: width - trimAtEnd(unit) };
    if (line.width > room + 1e-6) return allowed ?? forced ?? line;
    const next = skipSpaces(units, at + 1);
    if (next >= units.length) return line;
    if (mayBreakBefore(units, next)) allowed = line;
    forced = line;
  }
  return allowed ?? forced ?? { from, to: units.length, width: lineWidth(units, from, units.length) };
}

/** A last line of one character takes another for company from the line before. */
function keepCompany(units: readonly Unit[], lines: readonly BrokenLine[], room: number): BrokenLine[] {
  const last = lines.at(-1);
  const before = lines.at(-2);
  if (last === undefined || before === undefined) return [...lines];
  const inked = units.slice(last.from, last.to).filter(({ kind }) => kind !== 'closing' && kind !== 'space');
  if (inked.length > 1 || inked[0]?.kind !== 'wide') return [...lines];
  for (let at = last.from - 1; at > before.from + (before.to - before.from) / 2; at--) {
    if (!mayBreakBefore(units, at)) continue;
    let end = at;
    while (units[end - 1]?.kind === 'space') end--;
    const width = lineWidth(units, at, last.to);
    if (width > room) return [...lines];
    return [...lines.slice(0, -2), { from: before.from, to: end, width: lineWidth(units, before.from, end) }, { from: at, to: last.to, width }];
  }
  return [...lines];
}

/** The smallest room in which units make no more lines than in `room`: lines of nearly one length, as headings should have. */
export function balancedRoom(units: readonly Unit[], room: number): number {
  const count = breakLines(units, room).length;
  if (count < 2) return room;
  let [low, high] = [room / 2, room];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (breakLines(units, middle).length <= count) high = middle;
    else low = middle;
  }
  return high;
}
