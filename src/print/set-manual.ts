// Sets the manual of a policy as a small book: cover, contents, the table of items, every item, the other sections, the clauses.

import type { Block, ClauseInDocument, Element, Line, ManualPolicy, Section, ServiceItem } from '../manual/index.ts';
import { setBlocks } from './set-blocks.ts';
import { type Room, setHeading, type Setting, setParagraph, spansOf } from './set-paragraph.ts';
import { type Cell, columnWidths, setTable } from './set-table.ts';
import { keepWithNext, type Mark, type Slice, type Tag, withFirst } from './slices.ts';
import { BASELINE, colours, column, LEADING, page, styles, type TextStyle } from './style.ts';
import type { PrintWords } from './words.ts';

/** A manual to print. */
export interface PrintedManual {
  readonly language: 'zh' | 'en';
  readonly policy: ManualPolicy;
  /** What the document says at each clause, by the clause's number: what became of it. */
  readonly clauses: ReadonlyMap<string, ClauseInDocument>;
  /** Which pack it was made from: a version or hash. */
  readonly edition: string;
  /** The mark of Wutong: SVG path data on a ground of 32 by 32. */
  readonly mark: string;
}

const whole: Room = { x: page.left, width: page.right - page.left };
const labels: Room = { x: page.left, width: column.label };
const texts: Room = { x: page.left + column.label + column.gap, width: page.right - page.left - column.label - column.gap };

/** Names of places: where an item, a section or a clause stands. */
const placeOfSection = (id: string): string => `section:${id}`;

/** All slices of the manual, in order. `setting.placeOf` is made by `placesOf`. */
export function setManual(manual: PrintedManual, words: PrintWords, setting: Setting): Slice[] {
  return [
    ...setCover(manual, words, setting),
    ...setContents(manual, words, setting),
    ...setOverview(manual, words, setting),
    ...manual.policy.items.flatMap((item, at) => setItem(item, at, manual, words, setting)),
    ...manual.policy.sections.filter(({ id }) => id !== 'items' && id !== 'clauses').flatMap((section) => setSection(section, setting)),
    ...setClauses(manual, words, setting),
  ];
}

/** What an address of the site leads to within the printed manual: an item or a clause; undefined for anything else. */
export function placesOf({ policy }: PrintedManual): (href: string) => string | undefined {
  const own = new Set([...policy.items, ...policy.clauses].map(({ href }) => href));
  return (href) => (own.has(href) ? href : undefined);
}

function setCover({ policy, edition, mark, language }: PrintedManual, words: PrintWords, setting: Setting): Slice[] {
  const tag: Tag = { type: 'Sect' };
  const ground: Mark = { kind: 'box', x: 0, y: -page.top, width: page.width, height: page.height, fill: colours.paper };
  const leaf: Mark = { kind: 'path', x: page.left - 4, y: 6, scale: 2.6, path: mark, stroke: colours.leaf, thickness: 1.15 };
  const rule: Mark = { kind: 'box', x: page.left, y: 0, width: 46, height: 2, fill: colours.leaf };
  const line = (text: string, style: TextStyle, above: number, type = 'P'): Slice[] => setParagraph([{ text, style }], whole, style, { type, parent: tag }, setting, above);
  const facts = [`${words.inForce}${language === 'zh' ? '：' : ': '}${policy.validityTold}`, ...(policy.effect === undefined ? [] : [policy.effect]), ...(policy.source === undefined ? [] : [policy.source]), words.madeFrom(edition), words.online(policy.href)];
  const upper = [
    ...line(policy.cityTitle, styles.coverKind, 118),
    ...setHeading(policy.title, whole, styles.cover, { type: 'H1', parent: tag }, setting, 6),
    ...line(words.kind, { ...styles.coverKind, size: 17 }, 14),
  ];
  const lower = [
    ...policy.succession.flatMap((one) => setParagraph(spansOf(one, styles.note, setting), whole, styles.note, { type: 'P', parent: tag }, setting)),
    ...facts.flatMap((text) => line(text, styles.note, 1)),
  ];
  const used = [...upper, ...lower].reduce((sum, slice) => sum + slice.height + (slice.above ?? 0), 0);
  const space = page.bottom - page.top - used - 30;
  return [
    { height: 0, marks: [ground, leaf], isBare: true, newPage: true, running: '', places: [placeOfSection('cover')], outline: { level: 0, title: policy.short } },
    ...upper,
    { height: 12, above: space, marks: [rule] },
    ...lower,
  ];
}

/** A title that begins a chapter. */
function setChapter(title: string, id: string, tag: Tag, setting: Setting): Slice[] {
  const slices = setHeading(title, whole, styles.chapter, { type: 'H1', parent: tag }, setting);
  const rule: Slice = { height: 16, marks: [{ kind: 'box', x: page.left, y: 4, width: 30, height: 2, fill: colours.leaf }], keepWithNext: true };
  const first = withFirst(keepWithNext(slices), (slice) => ({ ...slice, newPage: true, running: title, places: [placeOfSection(id)], outline: { level: 0, title } }));
  return [...first, rule];
}

function setContents({ policy }: PrintedManual, words: PrintWords, setting: Setting): Slice[] {
  const tag: Tag = { type: 'TOC' };
  const entries: readonly { level: number; title: string; place: string; number?: string }[] = [
    ...policy.sections.filter(({ id }) => id === 'items').map(({ id, label }) => ({ level: 0, title: label, place: placeOfSection(id) })),
    ...policy.items.map(({ title, href }, at) => ({ level: 1, title, place: href, number: `${at + 1}` })),
    ...policy.sections.filter(({ id }) => id !== 'items').map(({ id, label }) => ({ level: 0, title: label, place: placeOfSection(id) })),
  ];
  const slices = entries.flatMap(({ level, title, place, number: counted }): Slice[] => {
    const style: TextStyle = level === 0 ? { ...styles.contents, weight: 'bold' } : styles.contents;
    const left = page.left + level * 26;
    const entry: Tag = { type: 'TOCI', parent: tag };
    const lines = setParagraph([{ text: title, style, link: place }], { x: left, width: page.right - left - 50 }, style, { type: 'Reference', parent: entry }, setting, level === 0 ? 4 : 0);
    const [number] = counted === undefined ? [] : setting.setter.set([{ text: counted, style: styles.note }], 24);
    const height = style.size * LEADING;
    return lines.map((slice, at) => {
      const end = Math.max(0, ...slice.marks.map((mark) => (mark.kind === 'text' ? mark.x + mark.run.width : 0)));
      const before: Mark[] = at > 0 ? [] : (number?.runs ?? []).map((run): Mark => ({ kind: 'text', x: left - 8 - (number?.width ?? 0), y: height * BASELINE, run, tag: { type: 'Lbl', parent: entry } }));
      const after: Mark[] = at < lines.length - 1 ? [] : [{ kind: 'page-of', x: page.right, y: height * BASELINE, place, style, tag: { type: 'Reference', parent: entry }, dotsFrom: end }];
      return { ...slice, marks: [...before, ...slice.marks, ...after] };
    });
  });
  return [...setChapter(words.contents, 'contents', { type: 'Sect' }, setting), ...slices];
}

/** The manual's own table of items, with the page of each. */
function setOverview({ policy }: PrintedManual, words: PrintWords, setting: Setting): Slice[] {
  const section = policy.sections.find(({ id }) => id === 'items');
  if (section === undefined) return [];
  const tag: Tag = { type: 'Sect' };
  const places = new Set(policy.items.map(({ href }) => href));
  // One width for each column, whichever table it stands in.
  const tables = section.blocks.filter((block) => block.kind === 'table');
  const like = tables.map(({ rows, ...table }) => ({ ...table, head: [...table.head, words.page], rows: rows.map((row): Cell[] => [...row, []]), figures: table.figures }));
  const widths = columnWidths(like, whole.width, setting);
  const blocks = section.blocks.flatMap((block, at): Slice[] => {
    if (block.kind !== 'table') return withFirst(setBlocks([block], whole, tag, setting), (first) => ({ ...first, above: at === 0 ? 0 : 18 }));
    const rows = block.rows.map((row): Cell[] => {
      const href = row.flat().find((piece) => piece.href !== undefined && places.has(piece.href))?.href;
      return [...row, href === undefined ? [] : { pageOf: href }];
    });
    return setTable({ ...block, head: [...block.head, words.page], rows, figures: [...block.figures, block.head.length] }, whole, tag, setting, widths);
  });
  return [...setChapter(section.label, section.id, tag, setting), ...blocks];
}

function setItem(item: ServiceItem, at: number, { policy, language }: PrintedManual, words: PrintWords, setting: Setting): Slice[] {
  const tag: Tag = { type: 'Sect' };
  const own = (text: string, style: TextStyle, type: string, above = 0): Slice[] => setParagraph([{ text, style }], whole, style, { type, parent: tag }, setting, above);
  const join = language === 'zh' ? '　' : '  ·  ';
  // Gold is for money alone.
  const isMoney = item.amount.kind !== 'none' && item.amount.kind !== 'unstated';
  const head = [
    ...own(`${words.itemOf(at + 1, policy.items.length)}${join}${item.kindTold}${join}${item.clause.id}`, styles.kicker, 'P'),
    ...setHeading(item.title, whole, styles.title, { type: 'H2', parent: tag }, setting),
    ...own(item.amountTold, isMoney ? styles.sum : { ...styles.sum, colour: colours.soft }, 'P', 1),
    ...own(`${item.subjectsTold}${join}${item.lead}${join}${item.href}`, styles.note, 'P', 1),
    { height: 8, marks: [] },
  ];
  const first = withFirst(keepWithNext(head), (slice) => ({
    ...slice,
    newPage: true,
    places: [item.href],
    running: item.title,
    outline: { level: 1, title: item.title },
  }));
  return [...first, ...item.elements.filter(({ id }) => id !== 'name').flatMap((element) => setElement(element, tag, setting))];
}

/** An element: its name in the column of labels, what it says beside it, a hairline above. */
function setElement({ label, blocks }: Element, parent: Tag, setting: Setting): Slice[] {
  const names = setParagraph([{ text: label, style: styles.label }], labels, styles.label, { type: 'H3', parent }, setting);
  const slices = setBlocks(blocks, texts, { type: 'Div', parent }, setting);
  const height = names.reduce((sum, slice) => sum + slice.height, 0);
  const rule: Mark = { kind: 'box', x: page.left, y: -6.5, width: page.right - page.left, height: 0.5, fill: colours.hairline };
  let y = 0;
  const marks = names.flatMap((slice) => {
    const moved = slice.marks.map((mark): Mark => ({ ...mark, y: mark.y + y }));
    y += slice.height;
    return moved;
  });
  const labelled = withFirst(slices, (first) => ({ ...first, above: 12, marks: [rule, ...marks, ...first.marks] }));
  // A name of several lines may be higher than what it names.
  const total = slices.reduce((sum, slice) => sum + slice.height + (slice.above ?? 0), 0);
  return height <= total ? labelled : [...labelled.map((slice) => ({ ...slice, keepWithNext: true })), { height: height - total, marks: [] }];
}

function setSection({ id, label, blocks }: Section, setting: Setting): Slice[] {
  const tag: Tag = { type: 'Sect' };
  // Tables use the whole page; text keeps to a line that the eye can follow.
  const slices = blocks.flatMap((block, at) => {
    const room = block.kind === 'table' ? whole : { x: page.left, width: texts.width };
    const above = at === 0 ? 0 : block.kind === 'heading' ? 16 : block.kind === 'table' || block.kind === 'flow' ? 9 : 5;
    return withFirst(setBlocks([block], room, tag, setting), (first) => ({ ...first, above }));
  });
  return [...setChapter(label, id, tag, setting), ...slices];
}

/** Every clause, what it is about, and what it became. */
function setClauses({ policy, clauses }: PrintedManual, words: PrintWords, setting: Setting): Slice[] {
  const section = policy.sections.find(({ id }) => id === 'clauses');
  if (section === undefined) return [];
  const tag: Tag = { type: 'Sect' };
  const rows = policy.clauses.map(({ id }): readonly Line[] => {
    const told = clauses.get(id);
    const title = { text: told?.title ?? '', ...((told?.above.length ?? 0) === 0 || told?.words !== undefined ? { tone: 'strong' as const } : {}) };
    return [[{ text: id }], [title, ...(told?.words === undefined ? [] : [{ text: `　${told.words}` }])], becameLine(told?.sections ?? [], policy)];
  });
  const table = { caption: section.label, head: [words.part, words.about, words.became], rows, figures: [], places: policy.clauses.map(({ href }) => [href]) };
  return [...setChapter(section.label, section.id, tag, setting), ...setTable(table, whole, tag, setting)];
}

/** The items that a clause gives, by name, and the other things that rest on it, by their kind. */
function becameLine(sections: readonly Section[], policy: ManualPolicy): Line {
  const items = new Set(policy.items.map(({ href }) => href));
  const parts = sections.map(({ id, label, blocks }): Line => {
    const links = id === 'items' ? blocks.flatMap(linksOf).filter(({ href }) => href !== undefined && items.has(href)) : [];
    return links.length > 0 ? links.flatMap((piece, at) => (at === 0 ? [piece] : [{ text: '、' }, piece])) : [{ text: policy.sections.find((section) => section.id === id)?.label ?? label }];
  });
  return parts.flatMap((part, at) => (at === 0 ? part : [{ text: '；' }, ...part]));
}

function linksOf(block: Block): Line {
  if (block.kind === 'table') return block.rows.flatMap((row) => row[0] ?? []);
  return block.kind === 'list' ? block.items.flat() : [];
}
