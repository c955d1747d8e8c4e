// Reads YAML so that every part, down to a character inside a scalar, knows its line and column.

import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument, type Document, type ErrorCode, type Node, type Scalar, visit } from 'yaml';
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

type Fault = readonly [zh: string, en: string];

const colon: Fault = ['这一行缺少冒号，或者冒号后面没有空格', 'a colon is missing in this line, or a space behind it'];
const indentation: Fault = ['缩进和上下各行不齐', 'the indentation does not fit the lines around it'];

/** What the parser's messages mean to people who never heard of YAML; those that say more than their code come first. */
const faults: readonly (readonly [RegExp, Fault])[] = [
  [/Missing closing/, ['引号没有配对', 'a quotation mark has no other half']],
  [/Nested mappings/, ['一行里有两个“: ”，含有冒号的文字请加引号', 'there are two ": " in one line; quote a text that holds a colon']],
  [/block sequence may not/, indentation],
  [/Implicit (map )?keys/, colon],
  [/^Flow|in flow (map|sequence)|flow-(map|seq)-end/, ['花括号或方括号没有配对，里面缺少逗号，或者各行缩进不够', 'a brace or bracket has no other half, a comma is missing inside, or the lines inside are not indented enough']],
];
const faultsByCode: Readonly<Partial<Record<ErrorCode, Fault>>> = {
  BAD_DIRECTIVE: ['以“%”开头的一行是格式记号，请删去', 'a line that begins with % has a meaning of its own; remove it'],
  BAD_DQ_ESCAPE: ['双引号里的“\\”有特别的意思，请改用单引号', 'a backslash within double quotes has a meaning of its own; use single quotes'],
  BAD_INDENT: indentation,
  BAD_SCALAR_START: ['文字不能以“@”“`”或“%”开头，请加引号', 'a text cannot begin with @, ` or %; quote it'],
  KEY_OVER_1024_CHARS: ['冒号前面的名称太长', 'the name before the colon is too long'],
  MISSING_CHAR: ['缺少一个逗号、冒号或空格', 'a comma, a colon or a space is missing'],
  MULTIPLE_DOCS: ['一个文件里只能有一份内容，请删去“---”', 'a file holds one document; remove ---'],
  RESOURCE_EXHAUSTION: ['嵌套得太深', 'it is too deeply nested'],
  TAB_AS_INDENT: ['缩进用了制表符（Tab），请改用空格', 'the indentation is a tab; use spaces'],
};

function tellFault(code: ErrorCode, message: string): Fault {
  return faults.find(([pattern]) => pattern.test(message))?.[1] ?? faultsByCode[code] ?? ['写法有误，请看缩进、冒号、引号和括号', 'look at indentation, colons, quotes and brackets'];
}

/** A Chinese keyboard's marks where YAML needs the half-width ones: the commonest slip of all. */
function fullWidthFault(source: string, offset: number): Fault | undefined {
  const begin = source.lastIndexOf('\n', offset - 1) + 1;
  const end = source.indexOf('\n', offset);
  const line = source.slice(begin, end < 0 ? source.length : end);
  if (/^[ -]*\u3000/.test(line)) return ['行首是全角空格，请改成半角空格', 'the line begins with full-width spaces; use half-width ones'];
  if (/^\s*(?:- )?[^\s:：'"]+：/.test(line)) return ['这里是中文的“：”，请改成英文的“:”再加一个空格', 'the colon is full-width; write a half-width one and a space'];
  if (/[{[][^}\]]*，/.test(line)) return ['花括号或方括号里是中文的“，”，请改成英文的“,”再加一个空格', 'the comma inside the brackets is full-width; write a half-width one and a space'];
  return undefined;
}

/** Where the quoted text begins that a fault ends; the parser tells of a quote only where it gave up looking for its other half. */
function openQuote(source: string, end: number): number | undefined {
  let at = 0;
  for (const token of new Lexer().lex(source)) {
    // Marks that the lexer makes itself are no part of the source.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    if (/^["']/.test(token) && at + token.length === end) return at;
    at += token.length;
  }
  return undefined;
}

/** Finds the place of an offset. A mark of byte order is no column, and a rare character is one column though two units long. */
function placeFinder(file: string, source: string, counter: LineCounter): (offset: number) => Place {
  const mark = source.startsWith('\uFEFF') ? 1 : 0;
  const hasPairs = /[\uD800-\uDBFF]/.test(source);
  return (offset) => {
    const within = Math.max(mark, Math.min(offset, source.length));
    const { line, col } = counter.linePos(within);
    const start = line <= 1 ? mark : within - col + 1;
    return { file, line: Math.max(1, line), column: 1 + (hasPairs ? Array.from(source.slice(start, within)).length : within - start) };
  };
}

/** Reads a YAML text. Faults of its format are reported and give undefined. Aliases and merge keys are refused. */
export function readYaml(file: string, source: string, diagnostics: Diagnostics): YamlFile | undefined {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, uniqueKeys: false, version: '1.2', merge: false });
  const placeAt = placeFinder(file, source, counter);
  const first = document.errors[0];
  if (first !== undefined) {
    const [what, whatEn] = fullWidthFault(source, first.pos[0]) ?? tellFault(first.code, first.message);
    diagnostics.add('bad-yaml', placeAt(openQuote(source, first.pos[0]) ?? first.pos[0]), { what, whatEn });
    return undefined;
  }
  let hasAlias = false;
  visit(document, {
    Alias: (_, node) => {
      hasAlias = true;
      diagnostics.add('bad-yaml', placeAt(node.range?.[0] ?? 0), { what: '不能用“*”引用别处，请把内容写出来', whatEn: 'an alias (*) is not allowed; write out what it stands for' });
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
    plain: (part) => (part.node === null || isAlias(part.node) ? null : (part.node.toJS(document) as unknown)),
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
  for (const char of text) {
    const isBlank = /\s/.test(char);
    for (let before = -1; before !== at; ) {
      before = at;
      // A line that goes on behind a backslash has no trace in the text.
      if (quote === '"') at += /^\\\r?\n[ \t]*/.exec(raw.slice(at, at + 200))?.[0].length ?? 0;
      while (!isBlank && at < raw.length && /\s/.test(raw[at] ?? '')) at++;
    }
    for (let unit = 0; unit < char.length; unit++) offsets.push(start + at);
    if (quote === '"' && raw[at] === '\\') at += escapeLength(raw, at) + (char.length === 2 && raw[at + 1] === 'u' ? 6 : 0);
    else if (quote === "'" && raw[at] === "'" && raw[at + 1] === "'") at += 2;
    else if (isBlank) at += /\s/.test(raw[at] ?? '') ? 1 : 0;
    else at += char.length;
  }
  offsets.push(start + at);
  return offsets;
}

/** How long the escape of a double-quoted scalar at an index is. */
function escapeLength(raw: string, at: number): number {
  const kind = raw[at + 1];
  return kind === 'u' ? 6 : kind === 'x' ? 4 : kind === 'U' ? 10 : 2;
}
