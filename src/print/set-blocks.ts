// Sets the blocks of the manual (src/manual/model.ts) into slices: text, lists, pairs, tables, trees and diagrams.

import type { Block, Line, TreeNode } from '../manual/index.ts';
import { setFlow } from './set-flow.ts';
import { type Room, setHeading, type Setting, setParagraph, spansOf } from './set-paragraph.ts';
import { setTable } from './set-table.ts';
import { keepWithNext, type Mark, type Slice, type Tag, withFirst } from './slices.ts';
import { BASELINE, colours, LEADING, styles } from './style.ts';

const GAP = 6;
const INDENT = 15;

/** Sets blocks one below the other. */
export function setBlocks(blocks: readonly Block[], room: Room, parent: Tag, setting: Setting): Slice[] {
  return blocks.flatMap((block, at) => {
    const slices = setBlock(block, room, parent, setting);
    const above = at === 0 ? 0 : block.kind === 'heading' ? 2 * GAP : block.kind === 'table' || block.kind === 'flow' ? GAP + 3 : GAP;
    return withFirst(slices, (first) => ({ ...first, above }));
  });
}

function setBlock(block: Block, room: Room, parent: Tag, setting: Setting): Slice[] {
  switch (block.kind) {
    case 'text':
      return setParagraph(spansOf(block.line, styles.body, setting), room, styles.body, { type: 'P', parent }, setting);
    case 'note':
      return setParagraph(spansOf(block.line, styles.note, setting), room, styles.note, { type: 'P', parent }, setting);
    case 'heading':
      return keepWithNext(setHeading(block.text, room, styles.heading, { type: 'H4', parent }, setting));
    case 'list':
      return setList(block.items.map((line) => ({ mark: '•', lines: [line] })), room, { type: 'L', parent }, setting);
    case 'steps':
      return setList(block.items.map(({ title, notes }, at) => ({ mark: `${at + 1}`, lines: [title, ...notes] })), room, { type: 'L', parent }, setting);
    case 'pairs':
      return setPairs(block.rows, room, { type: 'L', parent }, setting);
    case 'table':
      return setTable(block, room, parent, setting);
    case 'tree':
      return setTree(block.nodes, room, { type: 'L', parent }, setting, []);
    case 'flow':
      return setFlow(block.flow, block.alternative, room, parent, setting.setter);
  }
}

/** A list: marks hang at the left; lines after the first of an item are said quietly. */
function setList(items: readonly { readonly mark: string; readonly lines: readonly Line[] }[], room: Room, list: Tag, setting: Setting): Slice[] {
  const inner = { x: room.x + INDENT, width: room.width - INDENT };
  return items.flatMap(({ mark, lines }, at) => {
    const item: Tag = { type: 'LI', parent: list };
    const label: Tag = { type: 'Lbl', parent: item };
    const body: Tag = { type: 'LBody', parent: item };
    const slices = lines.flatMap((line, place) => {
      const style = place === 0 ? styles.body : styles.note;
      return setParagraph(spansOf(line, style, setting), inner, style, body, setting, place === 0 && at > 0 ? 2 : 0);
    });
    return withFirst(slices, (first) => ({ ...first, marks: [...marksOfLabel(mark, room.x, styles.body.size * LEADING, label, setting), ...first.marks] }));
  });
}

function marksOfLabel(text: string, x: number, height: number, tag: Tag, { setter }: Setting): Mark[] {
  const [line] = setter.set([{ text, style: { ...styles.note, colour: colours.leaf } }], INDENT);
  return (line?.runs ?? []).map((run) => ({ kind: 'text', x, y: height * BASELINE, run, tag }));
}

/** Names at the left, what belongs to them at the right. */
function setPairs(rows: readonly { readonly name: string; readonly value: Line }[], room: Room, list: Tag, setting: Setting): Slice[] {
  const nameStyle = { ...styles.body, colour: colours.soft };
  const widest = Math.max(0, ...rows.map(({ name }) => setting.setter.extent([{ text: name, style: nameStyle }]).width));
  const nameWidth = Math.min(widest, room.width * 0.38);
  const left = nameWidth + 14;
  const slices = rows.flatMap(({ name, value }, at) => {
    const item: Tag = { type: 'LI', parent: list };
    const above = at === 0 ? 0 : 2.5;
    const names = setParagraph([{ text: name, style: nameStyle }], { x: room.x, width: nameWidth }, nameStyle, { type: 'Lbl', parent: item }, setting, above);
    const values = setParagraph(spansOf(value, styles.body, setting), { x: room.x + left, width: room.width - left }, styles.body, { type: 'LBody', parent: item }, setting, above);
    return besideEachOther(names, values);
  });
  // A short list is not torn.
  return slices.length > 4 ? slices : slices.map((slice, at) => ({ ...slice, keepWithNext: at < slices.length - 1 }));
}

/** Slices of two columns, line by line; each column is read to its end, for a line of one is drawn before that of the other. */
function besideEachOther(left: readonly Slice[], right: readonly Slice[]): Slice[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const [one, other] = [left[at], right[at]];
    return {
      ...(other ?? one),
      height: Math.max(one?.height ?? 0, other?.height ?? 0),
      marks: [...(one?.marks ?? []), ...(other?.marks ?? [])],
      keepWithNext: one?.keepWithNext === true || other?.keepWithNext === true || (at + 1 < left.length && at < 3),
    };
  });
}

const outcomeMarks = { yes: ['✓', colours.leaf], no: ['×', colours.clay], unknown: ['?', colours.sky] } as const;

/** Conditions and what stands below them, indented, with a line at the left that says what belongs together. */
function setTree(nodes: readonly TreeNode[], room: Room, list: Tag, setting: Setting, rules: readonly number[]): Slice[] {
  return nodes.flatMap((node, at) => {
    const item: Tag = { type: 'LI', parent: list };
    const [sign, colour] = node.outcome === undefined ? ['•', colours.leaf] : outcomeMarks[node.outcome];
    const inner = { x: room.x + INDENT, width: room.width - INDENT };
    const own = setParagraph(spansOf(node.line, styles.body, setting), inner, styles.body, { type: 'LBody', parent: item }, setting, at === 0 ? 1 : 2);
    const [label] = setting.setter.set([{ text: sign, style: { ...styles.note, colour } }], INDENT);
    const height = styles.body.size * LEADING;
    const labelled = withFirst(own, (first) => ({
      ...first,
      marks: [...(label?.runs ?? []).map((run): Mark => ({ kind: 'text', x: room.x, y: height * BASELINE, run, tag: { type: 'Lbl', parent: item } })), ...first.marks],
    }));
    const ruled = labelled.map((slice): Slice => ({
      ...slice,
      marks: [...rules.map((x): Mark => ({ kind: 'box', x, y: -(slice.above ?? 0), width: 0.6, height: slice.height + (slice.above ?? 0), fill: colours.hairline })), ...slice.marks],
    }));
    const below = node.items.length === 0 ? [] : setTree(node.items, inner, { type: 'L', parent: item }, setting, [...rules, room.x + 3]);
    return [...(below.length === 0 ? ruled : ruled.map((slice, place) => (place === ruled.length - 1 ? { ...slice, keepWithNext: true } : slice))), ...below];
  });
}
