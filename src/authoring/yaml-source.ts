// Reads YAML so that every part, down to a character inside a scalar, knows its line and column.

import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Scalar, visit } from 'yaml';
import type { Diagnostics, Place } from './diagnostics.ts';

/** A piece of text taken from a YAML scalar, with the place of each of its characters. */
export interface Spot {
  readonly text: string;
  /** The place of the character at an index of `text`; past the end, the place after it. */
  place(index: number): Place;
}

/** A part of a YAML file: a map, a list, or a scalar. */
export interface Part {
  readonly node: Node | null;
  readonly place: Place;
}

/** A YAML file that was read. */
export interface YamlFile {
  readonly file: string;
  readonly source: string;
  readonly document: Document.Parsed;
  readonly root: Part;
  /** A map's entries in order: key, its place, the value. */
  entries(part: Part): { readonly key: string; readonly at: Place; readonly value: Part }[];
  /** A list's items in order. */
  items(part: Part): Part[];
  /** What a scalar holds as written, with places; undefined for a map, a list or nothing. */
  spot(part: Part): Spot | undefined;
  isMap(part: Part): boolean;
  isList(part: Part): boolean;
  isNothing(part: Part): boolean;
  /** The part as plain data, for facts of cases. */
  plain(part: Part): unknown;
}

/** Reads a YAML text. Faults of its format are reported and give undefined. Aliases and merge keys are refused. */
export function readYaml(file: string, source: string, diagnostics: Diagnostics): YamlFile | undefined {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, uniqueKeys: false, version: '1.2', merge: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(Math.max(0, Math.min(offset, source.length)));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const first = document.errors[0];
  if (first !== undefined) {
    diagnostics.add('bad-yaml', placeAt(first.pos[0]), { what: first.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? first.code });
    return undefined;
  }
  let hasAlias = false;
  visit(document, {
    Alias: (_, node) => {
      hasAlias = true;
      diagnostics.add('bad-yaml', placeAt(node.range?.[0] ?? 0), { what: 'alias (*, &)' });
    },
  });
  if (hasAlias) return undefined;
  const partOf = (node: unknown, fallback: Place): Part => {
    const real = isMap(node) || isSeq(node) || isScalar(node) ? (node as Node) : null;
    return { node: real, place: real?.range ? placeAt(real.range[0]) : fallback };
  };
  const yaml: YamlFile = {
    file,
    source,
    document,
    root: partOf(document.contents, placeAt(0)),
    entries: (part) =>
      isMap(part.node)
        ? part.node.items.map((pair) => {
            const at = isScalar(pair.key) && pair.key.range ? placeAt(pair.key.range[0]) : part.place;
            return { key: isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '', at, value: partOf(pair.value, at) };
          })
        : [],
    items: (part) => (isSeq(part.node) ? part.node.items.map((item) => partOf(item, part.place)) : []),
    spot: (part) => (isScalar(part.node) && !isEmpty(part.node) ? spotOf(part.node, source, placeAt) : undefined),
    isMap: (part) => isMap(part.node),
    isList: (part) => isSeq(part.node),
    isNothing: (part) => part.node === null || (isScalar(part.node) && isEmpty(part.node)),
    plain: (part) => (part.node === null || isAlias(part.node) ? null : part.node.toJS(document)),
  };
  return yaml;
}

function isEmpty(scalar: Scalar): boolean {
  return scalar.value === null && (scalar.source ?? '') === '';
}

/** The text of a scalar as its author wrote it (2021-09-01 and 0.40 stay as they are), each character with its place. */
function spotOf(scalar: Scalar, source: string, placeAt: (offset: number) => Place): Spot {
  const [start, end] = [scalar.range?.[0] ?? 0, scalar.range?.[1] ?? 0];
  const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
  const offsets = alignOffsets(text, source.slice(start, end), start);
  return { text, place: (index) => placeAt(offsets[Math.max(0, Math.min(index, text.length))] ?? start) };
}

/**
 * For each character of a scalar's text the offset in the source that it came from. Quotes, escapes, folded lines and
 * indentation shift them; the walk finds each visible character again, so no rule of YAML is written twice here.
 */
function alignOffsets(text: string, raw: string, start: number): number[] {
  const offsets: number[] = [];
  const quote = raw[0] === '"' || raw[0] === "'" ? raw[0] : '';
  let at = quote === '' ? 0 : 1;
  if (raw[0] === '|' || raw[0] === '>') at = raw.indexOf('\n') + 1;
  for (const char of text.split('')) {
    if (!/\s/.test(char)) while (at < raw.length && /\s/.test(raw[at] ?? '') ) at++;
    offsets.push(start + at);
    if (quote === '"' && raw[at] === '\\') at += raw[at + 1] === 'u' ? 6 : raw[at + 1] === 'x' ? 4 : raw[at + 1] === 'U' ? 10 : 2;
    else if (quote === "'" && raw[at] === "'" && raw[at + 1] === "'") at += 2;
    else if (/\s/.test(char)) at += /\s/.test(raw[at] ?? '') ? 1 : 0;
    else at++;
  }
  offsets.push(start + at);
  return offsets;
}
