// Sets runs of text into lines of glyphs, ready to draw: units are cut and measured here, and broken by break-lines.ts.

import { balancedRoom, breakLines, gapBetween, trimAtStart, type Unit } from './break-lines.ts';
import { type CharacterKind, kindOf } from './characters.ts';
import type { TextStyle } from './style.ts';
import type { SetGlyph, Typeface } from './typeface.ts';

/** A run of text of one look; `link` is the name of the place in this document that it leads to. */
export interface Span {
  readonly text: string;
  readonly style: TextStyle;
  readonly link?: string;
  /** It is not broken while it fits a line: a clause's number. */
  readonly isWhole?: boolean;
}

/** Glyphs of one span in a line. `advance` of each includes gaps, in points. */
export interface SetRun {
  readonly x: number;
  readonly width: number;
  readonly text: string;
  readonly style: TextStyle;
  readonly link?: string;
  readonly glyphs: readonly SetGlyph[];
}

export interface SetLine {
  readonly width: number;
  /** The largest size in it. */
  readonly size: number;
  readonly runs: readonly SetRun[];
}

interface MeasuredUnit extends Unit {
  readonly span: Span;
  readonly glyphs: readonly SetGlyph[];
}

/** Sets text by the rules of one language. */
export class TextSetter {
  readonly isChinese: boolean;
  private readonly typeface: Typeface;

  constructor(typeface: Typeface, language: 'zh' | 'en') {
    this.typeface = typeface;
    this.isChinese = language === 'zh';
  }

  /** Breaks spans into lines of at most `room` points. */
  set(spans: readonly Span[], room: number): SetLine[] {
    const units = this.measure(spans, room);
    return breakLines(units, room).map(({ from, to, width }) => placeUnits(units, from, to, width));
  }

  /** Breaks a heading: between words, into lines of nearly one length. */
  setHeading(spans: readonly Span[], room: number): SetLine[] {
    const units = glueWords(this.measure(spans, room), room);
    return breakLines(units, balancedRoom(units, room)).map(({ from, to, width }) => placeUnits(units, from, to, width));
  }

  /** Width of spans on one line, and of their widest unit, in points. */
  extent(spans: readonly Span[]): { readonly width: number; readonly widest: number } {
    const units = this.measure(spans, Number.POSITIVE_INFINITY);
    const width = breakLines(units, Number.POSITIVE_INFINITY).reduce((widest, line) => Math.max(widest, line.width), 0);
    return { width, widest: Math.max(0, ...units.map((unit) => unit.width)) };
  }

  private measure(spans: readonly Span[], room: number): MeasuredUnit[] {
    return spans.flatMap((span) => {
      const units = cutUnits(span.text, this.isChinese).flatMap(({ text, kind }) => this.measureUnit(text, kind, span, room));
      return span.isWhole === true ? units.map((unit, at) => (at === 0 ? unit : { ...unit, isGlued: true })) : units;
    });
  }

  private measureUnit(text: string, kind: CharacterKind, span: Span, room: number): MeasuredUnit[] {
    const em = span.style.size;
    const glyphs = this.typeface.glyphsOf(text, span.style.weight, kind === 'word');
    const width = (glyphs.reduce((sum, { advance }) => sum + advance, 0) * em) / 1000;
    // A word wider than its room has to be torn somewhere.
    if (kind === 'word' && width > room && text.length > 1) {
      const letters = Array.from(text);
      const middle = Math.ceil(letters.length / 2);
      return [letters.slice(0, middle), letters.slice(middle)].flatMap((half) => this.measureUnit(half.join(''), kind, span, room));
    }
    return [{ text, kind, width, em, span, glyphs }];
  }
}

/** Cuts a text into square characters, words and spaces; a space between Chinese and other writing is left to the thin gap. */
export function cutUnits(text: string, isChinese: boolean): { text: string; kind: CharacterKind }[] {
  const units: { text: string; kind: CharacterKind }[] = [];
  for (const character of text.normalize('NFC').replace(/\p{Cf}/gu, '')) {
    const kind = /^\p{M}$/u.test(character) ? (units.at(-1)?.kind ?? 'word') : kindOf(character, isChinese);
    const last = units.at(-1);
    const mayJoin = last !== undefined && (kind === 'word' || kind === 'space' || /^\p{M}$/u.test(character)) && last.kind === kind;
    // After a hyphen or a stroke a long word may be broken, but no date or number.
    const isJoint = kind === 'word' && last !== undefined && /[\p{L}\d]\/$|\p{L}-$/u.test(last.text) && /\p{L}/u.test(character);
    if (mayJoin && !isJoint) last.text += kind === 'space' ? '' : character;
    else units.push({ text: kind === 'space' ? ' ' : character, kind });
  }
  return units;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** What is quoted stays together where it is short: a name, a slogan. */
const quoted = /[“《「][^”》」]{1,10}[”》」]/gu;

/** Marks the characters of each Chinese word as belonging together; words longer than half the room stay as they are. */
function glueWords(units: readonly MeasuredUnit[], room: number): MeasuredUnit[] {
  const inside = new Set<number>();
  const text = units.map((unit) => unit.text).join('');
  for (const { 0: words, index } of text.matchAll(quoted)) for (let place = 1; place < words.length; place++) inside.add(index + place);
  let at = 0;
  for (const { segment } of segmenter.segment(text)) {
    const length = Array.from(segment).length;
    if (length * (units[0]?.em ?? 0) < room / 2) for (let place = 1; place < segment.length; place++) inside.add(at + place);
    at += segment.length;
  }
  at = 0;
  return units.map((unit) => {
    const isGlued = unit.kind !== 'space' && unit.kind !== 'word' && inside.has(at);
    at += unit.text.length;
    return isGlued ? { ...unit, isGlued } : unit;
  });
}

function placeUnits(units: readonly MeasuredUnit[], from: number, to: number, width: number): SetLine {
  const runs: { x: number; width: number; text: string; span: Span; glyphs: SetGlyph[] }[] = [];
  let x = 0;
  let size = 0;
  for (let at = from; at < to; at++) {
    const unit = units[at];
    if (unit === undefined) continue;
    const before = at === from ? undefined : units[at - 1];
    const gap = before === undefined ? -trimAtStart(unit) : gapBetween(before, unit);
    let run = runs.at(-1);
    if (run === undefined || run.span !== unit.span) {
      x += gap;
      run = { x, width: 0, text: '', span: unit.span, glyphs: [] };
      runs.push(run);
    } else {
      x += gap;
      const last = run.glyphs.pop();
      if (last !== undefined) run.glyphs.push({ ...last, advance: last.advance + (gap * 1000) / unit.em });
    }
    run.glyphs.push(...unit.glyphs);
    run.text += unit.text;
    x += unit.width;
    run.width = x - run.x;
    size = Math.max(size, unit.em);
  }
  return {
    width,
    size,
    runs: runs.map(({ span, ...run }) => ({ ...run, style: span.style, ...(span.link === undefined ? {} : { link: span.link }) })),
  };
}
