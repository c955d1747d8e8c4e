// Sets a letter of decision: who writes, number, to whom, labelled sections, signature at the right, and the code by which it is checked.

import type { Line } from '../manual/index.ts';
import { type Room, setHeading, type Setting, setParagraph } from './set-paragraph.ts';
import { setTable } from './set-table.ts';
import { keepWithNext, type Mark, type Slice, type Tag, withFirst } from './slices.ts';
import { BASELINE, colours, LEADING, page, styles, type TextStyle } from './style.ts';

/** A part of a letter's text. */
type PrintedBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sum'; readonly figures: string; readonly words: string }
  | { readonly kind: 'list'; readonly items: readonly { readonly mark: string; readonly text: string; readonly clause: string }[] }
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly figures: readonly number[] };

/** A letter to print. */
export interface PrintedLetter {
  readonly language: 'zh' | 'en';
  readonly from: string;
  /** Where the letter is none: said first, in the colour of warnings. */
  readonly sample?: string | null;
  readonly title: string;
  readonly number: string;
  readonly to: string;
  readonly toMore: string;
  /** Of characters that the face lacks. */
  readonly missing?: string | null;
  readonly opening: string;
  readonly sections: readonly { readonly label: string; readonly blocks: readonly PrintedBlock[] }[];
  readonly signed: { readonly by: string; readonly on: string };
  readonly verification: { readonly label: string; readonly code: string; readonly told: string };
  readonly subject: string;
  readonly cityName: string;
  readonly keywords: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly madeOn: string;
  readonly pageOf: (page: number, pages: number) => string;
}

const whole: Room = { x: page.left, width: page.right - page.left };
/** Official letters are larger than a manual: their readers are of every age. */
const letterStyles = {
  sample: { ...styles.body, size: 11, weight: 'bold', colour: colours.clay },
  from: { ...styles.heading, size: 13, colour: colours.leaf },
  title: { ...styles.title, size: 22 },
  number: { ...styles.note, size: 10 },
  to: { ...styles.body, size: 12, weight: 'bold' },
  toMore: { ...styles.note, size: 9.5 },
  missing: { ...styles.note, size: 9.5, colour: colours.clay },
  body: { ...styles.body, size: 11 },
  label: { ...styles.label, size: 11 },
  sum: { ...styles.sum, size: 19 },
  sumWords: { ...styles.sum, size: 12.5, weight: 'regular' },
  mark: { ...styles.body, size: 11, weight: 'bold' },
  clause: { ...styles.note, size: 9.5 },
  signed: { ...styles.body, size: 11.5 },
  code: { ...styles.sum, size: 15, colour: colours.ink },
  note: styles.note,
} as const satisfies Readonly<Record<string, TextStyle>>;

const INDENT = 20;
const markColours: Readonly<Record<string, string>> = { '✓': colours.leaf, '×': colours.clay };

/** All slices of the letter, in order. */
export function setLetter(letter: PrintedLetter, setting: Setting): Slice[] {
  const tag: Tag = { type: 'Sect' };
  const line = (text: string, style: TextStyle, above = 0, type = 'P'): Slice[] => setParagraph([{ text, style }], whole, style, { type, parent: tag }, setting, above);
  return [
    ...(letter.sample === undefined || letter.sample === null ? [] : centred(line(letter.sample, letterStyles.sample))),
    ...centred(line(letter.from, letterStyles.from)),
    ...centred(setHeading(letter.title, whole, letterStyles.title, { type: 'H1', parent: tag }, setting, 3)),
    ...centred(line(letter.number, letterStyles.number, 4)),
    { height: 9, marks: [{ kind: 'box', x: page.left, y: 7, width: whole.width, height: 1, fill: colours.leaf }], keepWithNext: true },
    ...keepWithNext(line(letter.to, letterStyles.to, 13)),
    ...keepWithNext(line(letter.toMore, letterStyles.toMore, 1)),
    ...(letter.missing === undefined || letter.missing === null ? [] : keepWithNext(line(letter.missing, letterStyles.missing, 4))),
    ...line(letter.opening, letterStyles.body, 9),
    // The last section stays with the signature: nobody signs an empty page.
    ...letter.sections.flatMap(({ label, blocks }, at) => {
      const set = setSection(label, blocks, tag, setting);
      return at === letter.sections.length - 1 ? keepWithNext(set) : set;
    }),
    ...setEnd(letter, tag, setting),
  ];
}

/** A section: its label on a line of its own, what it says below. */
function setSection(label: string, blocks: readonly PrintedBlock[], parent: Tag, setting: Setting): Slice[] {
  const head = keepWithNext(setHeading(label, whole, letterStyles.label, { type: 'H2', parent }, setting, 13));
  return [...head, ...blocks.flatMap((block, at) => withFirst(setBlock(block, parent, setting), (first) => ({ ...first, above: at === 0 ? 2 : 5 })))];
}

function setBlock(block: PrintedBlock, parent: Tag, setting: Setting): Slice[] {
  switch (block.kind) {
    case 'text':
      return setParagraph([{ text: block.text, style: letterStyles.body }], whole, letterStyles.body, { type: 'P', parent }, setting);
    case 'sum':
      return setSum(block, parent, setting);
    case 'list':
      return setList(block.items, { type: 'L', parent }, setting);
    case 'table': {
      const rows = block.rows.map((row) => row.map((text): Line => [{ text }]));
      return setTable({ caption: block.caption, head: block.head, rows, figures: block.figures }, whole, parent, setting);
    }
  }
}

/** The amount: figures large, capitals below, on a ground of its own that no figure can be written into. */
function setSum({ figures, words }: Extract<PrintedBlock, { kind: 'sum' }>, parent: Tag, setting: Setting): Slice[] {
  const room = { x: whole.x + 14, width: whole.width - 28 };
  const slices = [
    ...setParagraph([{ text: figures, style: letterStyles.sum }], room, letterStyles.sum, { type: 'P', parent }, setting),
    ...setParagraph([{ text: words, style: letterStyles.sumWords }], room, letterStyles.sumWords, { type: 'P', parent }, setting),
  ];
  const pad = 7;
  const height = slices.reduce((sum, slice) => sum + slice.height, 0);
  const ground: Mark = { kind: 'box', x: whole.x, y: 0, width: whole.width, height: height + 2 * pad, fill: colours.paper, stroke: colours.hairline, radius: 4 };
  return [together([{ height: pad, marks: [ground] }, ...slices, { height: pad, marks: [] }])];
}

/** Slices as one that is never torn. */
function together(slices: readonly Slice[]): Slice {
  let y = 0;
  const marks: Mark[] = [];
  for (const slice of slices) {
    const top = y + (slice.above ?? 0);
    marks.push(...slice.marks.map((mark): Mark => ({ ...mark, y: mark.y + top })));
    y = top + slice.height;
  }
  return { height: y, marks };
}

function setList(items: Extract<PrintedBlock, { kind: 'list' }>['items'], list: Tag, setting: Setting): Slice[] {
  const inner = { x: whole.x + INDENT, width: whole.width - INDENT };
  return items.flatMap(({ mark, text, clause }, at) => {
    const item: Tag = { type: 'LI', parent: list };
    const gap = setting.setter.isChinese ? '　' : '  ';
    const spans = [{ text, style: letterStyles.body }, ...(clause === '' ? [] : [{ text: `${gap}${clause}`, style: letterStyles.clause }])];
    const slices = setParagraph(spans, inner, letterStyles.body, { type: 'LBody', parent: item }, setting, at === 0 ? 0 : 3);
    const [label] = setting.setter.set([{ text: mark, style: { ...letterStyles.mark, colour: markColours[mark] ?? colours.sky } }], INDENT);
    const height = letterStyles.body.size * LEADING;
    const labels = (label?.runs ?? []).map((run): Mark => ({ kind: 'text', x: whole.x + 2, y: height * BASELINE, run, tag: { type: 'Lbl', parent: item } }));
    return withFirst(slices, (first) => ({ ...first, marks: [...labels, ...first.marks] }));
  });
}

/** Who signs and when, at the right; below it the code. They stay together, so that no page has a code alone. */
function setEnd({ signed, verification }: PrintedLetter, parent: Tag, setting: Setting): Slice[] {
  const own = (text: string, style: TextStyle, room: Room): Slice[] => setParagraph([{ text, style }], room, style, { type: 'P', parent }, setting);
  const pad = 9;
  const inner = { x: whole.x + 14, width: whole.width - 28 };
  const box = [...own(`${verification.label}${setting.setter.isChinese ? '：' : ': '}${verification.code}`, letterStyles.code, inner), ...own(verification.told, letterStyles.note, inner)];
  const height = box.reduce((sum, slice) => sum + slice.height, 0);
  const ground: Mark = { kind: 'box', x: whole.x, y: 0, width: whole.width, height: height + 2 * pad, fill: colours.leafWash, radius: 4 };
  return [
    ...keepWithNext(withFirst(aligned(own(signed.by, letterStyles.signed, whole), 1), (first) => ({ ...first, above: 26 }))),
    ...keepWithNext(aligned(own(signed.on, letterStyles.signed, whole), 1)),
    { ...together([{ height: pad, marks: [ground] }, ...box, { height: pad, marks: [] }]), above: 20 },
  ];
}

/** Lines in the middle of the page; they stay with what follows. */
function centred(slices: readonly Slice[]): Slice[] {
  return keepWithNext(aligned(slices, 0.5));
}

/** Moves each line by a part of the room that it leaves: 0.5 to the middle, 1 to the right edge. */
function aligned(slices: readonly Slice[], part: number): Slice[] {
  return slices.map((slice) => {
    const end = Math.max(whole.x, ...slice.marks.map((mark) => (mark.kind === 'text' ? mark.x + mark.run.width : 0)));
    const shift = (whole.x + whole.width - end) * part;
    return { ...slice, marks: slice.marks.map((mark): Mark => ({ ...mark, x: mark.x + shift })) };
  });
}
