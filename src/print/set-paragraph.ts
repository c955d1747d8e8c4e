// Sets a paragraph: runs of the manual become runs of print, lines become slices.

import type { Line } from '../manual/index.ts';
import type { SetLine, Span, TextSetter } from './set-text.ts';
import type { Mark, Slice, Tag } from './slices.ts';
import { BASELINE, colours, LEADING, styles, type TextStyle } from './style.ts';

/** Where text stands: its left edge and how wide it may be, in points. */
export interface Room {
  readonly x: number;
  readonly width: number;
}

/** What setting blocks needs to know. */
export interface Setting {
  readonly setter: TextSetter;
  /** The place in this document that an address of the site leads to; undefined for what stands elsewhere. */
  readonly placeOf: (href: string) => string | undefined;
}

/** Runs of the manual as runs of print. */
export function spansOf(line: Line, style: TextStyle, { placeOf }: Pick<Setting, 'placeOf'>): Span[] {
  return line.map(({ text, tone, href }) => {
    const link = href === undefined ? undefined : placeOf(href);
    const toned = {
      ...style,
      ...(tone === 'strong' || tone === 'figure' ? { weight: 'bold' as const } : {}),
      ...(tone === 'soft' ? { colour: colours.soft } : tone === 'figure' ? { colour: colours.gold } : link === undefined ? {} : { colour: colours.leaf }),
    };
    // In the narrow cells of a table even a clause's number has to be broken.
    return { text, style: toned, ...(link === undefined ? {} : { link }), ...(href !== undefined && style !== styles.cell ? { isWhole: true } : {}) };
  });
}

/** Lines below each other, one slice each; the first two and the last two stay together. */
function linesToSlices(lines: readonly SetLine[], room: Room, style: TextStyle, tag: Tag, above = 0): Slice[] {
  // Large type needs less between its lines.
  const height = style.size * (style.size > 16 ? 1.45 : LEADING);
  return lines.map((line, at) => ({
    height,
    above: at === 0 ? above : 0,
    keepWithNext: lines.length > 1 && (at === 0 || at === lines.length - 2),
    marks: line.runs.map((run): Mark => ({ kind: 'text', x: room.x + run.x, y: height * BASELINE, run, tag })),
  }));
}

/** A paragraph. */
export function setParagraph(spans: readonly Span[], room: Room, style: TextStyle, tag: Tag, setting: Setting, above = 0): Slice[] {
  return linesToSlices(setting.setter.set(spans, room.width), room, style, tag, above);
}

/** A title or heading, which breaks between words. */
export function setHeading(text: string, room: Room, style: TextStyle, tag: Tag, setting: Setting, above = 0): Slice[] {
  return linesToSlices(setting.setter.setHeading([{ text, style }], room.width), room, style, tag, above);
}
