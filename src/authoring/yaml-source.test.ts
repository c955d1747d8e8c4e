// The exact place of every character of a scalar, however the scalar is written.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Diagnostics, wordDiagnostic } from './diagnostics.ts';
import { type Part, readYaml, type YamlFile } from './yaml-source.ts';

function read(source: string): YamlFile {
  const diagnostics = new Diagnostics();
  const yaml = readYaml('a.yaml', source, diagnostics);
  if (yaml === undefined) throw new Error(diagnostics.list.map((item) => wordDiagnostic(item, 'en')).join());
  return yaml;
}

/** The first scalar of a file whose text holds a text, depth first. */
function spotWith(yaml: YamlFile, text: string, part: Part = yaml.root): ReturnType<YamlFile['spot']> {
  const own = yaml.spot(part);
  if (own !== undefined) return own.text.includes(text) ? own : undefined;
  const below = yaml.isMap(part) ? yaml.entries(part).map(({ value }) => value) : yaml.items(part);
  for (const item of below) {
    const found = spotWith(yaml, text, item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where a text stands in a source, counted by hand: lines, and whole characters within the line. */
function placeIn(source: string, text: string): string {
  const before = source.replace(/^\uFEFF/, '').split(text)[0] ?? '';
  const lines = before.split('\n');
  return `${lines.length}:${Array.from(lines[lines.length - 1] ?? '').length + 1}`;
}

/** Where the reader says that a text stands. */
function placeOf(source: string, text: string): string {
  const spot = spotWith(read(source), text);
  const place = spot?.place(spot.text.indexOf(text));
  return `${place?.line}:${place?.column}`;
}

const forms: Readonly<Record<string, string>> = {
  plain: '甲: 学历 ≥ ◎本科\n',
  'plain, indented': '甲:\n  乙:\n    - 丙: 学历 ≥ ◎本科\n',
  'plain, several spaces before': '甲:     学历 ≥   ◎本科\n',
  'plain, a tab before': '甲:\t学历\t≥ ◎本科\n',
  'plain, with a comment behind': '甲: 学历 ≥ ◎本科 # ◎ 不算\n',
  'plain over lines': '甲: 学历 ≥\n  本科 且\n\n  年龄 < ◎35年\n',
  'plain over lines in a flow map': '{ 甲: 学历 ≥\n    本科 且 ◎乙, 丙: 丁 }\n',
  'single quotes': "甲: '学历 ≥ ◎本科'\n",
  'single quotes, doubled inside': "甲: 'it''s ''it'' ◎本科'\n",
  'single quotes over lines': "甲: '学历 ≥\n\n    it''s\n  ◎本科'\n",
  'double quotes': '甲: "学历 ≥ ◎本科"\n',
  'double quotes, escapes before': '甲: "\\u5b66\\u5386\\t\\x41\\"\\\\\\n \\U0001F600 ◎本科"\n',
  'double quotes, an escaped pair before': '甲: "\\ud83d\\ude00 乙 ◎本科"\n',
  'double quotes, a line that goes on': '甲: "学历 \\\n    ≥ ◎本科"\n',
  'double quotes over lines': '甲: "学历\n\n  ≥\n    ◎本科"\n',
  'double quotes, blanks before a fold': '甲: "学历   \n   ≥ ◎本科"\n',
  literal: '甲: |\n  学历\n    ≥\n\n  ◎本科\n',
  'literal with marks and a comment': '甲: |2-  # 说明\n    学历 ≥\n  ◎本科\n',
  folded: '甲: >\n  学历 ≥\n  本科\n\n  且\n  ◎乙\n',
  'folded, more indented': '甲: >-\n  学历\n     ≥ 乙\n  ◎本科\n',
  'flow map': '甲: { 乙: 学历 ≥ ◎本科, 丙: 丁 }\n',
  'flow list': '[甲, [乙, "丙◎丁"]]\n',
  'behind rare characters': '甲: 𠮷𠮷 且 ◎本科\n',
  'behind rare characters in a key': '𠮷😀: { 乙: ◎本科 }\n',
  'behind an emoji in quotes': '甲: "😀😀 ◎本科"\n',
  'behind an emoji lines before': '甲: 😀\n乙: ◎本科\n',
  'below comments and blank lines': '# 说明\n\n\n甲: ◎本科\n',
  'behind a tag and an anchor': '甲: !!str &乙 学历 ≥ ◎本科\n',
  'a key of two words': '甲 乙: ◎本科\n',
};

test.each(Object.entries(forms))('%s', (_, source) => {
  expect(placeOf(source, '◎')).toBe(placeIn(source, '◎'));
});

test.each(Object.entries(forms))('%s, with CR LF', (_, source) => {
  const windows = source.replaceAll('\n', '\r\n');
  expect(placeOf(windows, '◎')).toBe(placeIn(windows, '◎'));
});

test.each(Object.entries(forms))('%s, behind a mark of byte order', (_, source) => {
  expect(placeOf(`\uFEFF${source}`, '◎')).toBe(placeIn(source, '◎'));
});

test('what an escape stands for has the place of the escape', () => {
  const source = '甲: "乙\\u0040丙\\"丁\\n@"\n';
  const spot = spotWith(read(source), '@');
  expect(spot?.text).toBe('乙@丙"丁\n@');
  expect(Array.from(spot?.text ?? '', (_, index) => spot?.place(index).column)).toEqual([5, 6, 12, 13, 15, 16, 18]);
});

test('past its end a scalar has the place after it', () => {
  expect(spotWith(read('甲: 本科\n'), '本科')?.place(2)).toEqual({ file: 'a.yaml', line: 1, column: 6 });
  expect(spotWith(read('甲: 本科\n'), '本科')?.place(99)).toEqual({ file: 'a.yaml', line: 1, column: 6 });
  expect(spotWith(read("甲: '本科'\n"), '本科')?.place(2)).toEqual({ file: 'a.yaml', line: 1, column: 7 });
});

test('keys, lists and maps have the place where they begin', () => {
  const yaml = read('甲: 1\n乙:\n  - 2\n  - { 丙: 3 }\n');
  const [first, second] = yaml.entries(yaml.root);
  expect([first?.at, second?.at].map((at) => `${at?.line}:${at?.column}`)).toEqual(['1:1', '2:1']);
  const items = second === undefined ? [] : yaml.items(second.value);
  expect(items.map(({ place }) => `${place.line}:${place.column}`)).toEqual(['3:5', '4:5']);
});

test('what was written is kept: dates, decimals, codes and words of other languages are no numbers and no flags', () => {
  const yaml = read('a: 2021-09-01\nb: 0.40\nc: 0123\nd: yes\ne: ~\nf: "985"\ng: 1e3\n');
  expect(yaml.entries(yaml.root).map(({ value }) => yaml.spot(value)?.text)).toEqual(['2021-09-01', '0.40', '0123', 'yes', '~', '985', '1e3']);
});

test('nothing under a key is nothing; an empty text is a text', () => {
  const yaml = read("甲:\n乙: ''\n丙: {}\n");
  expect(yaml.entries(yaml.root).map(({ value }) => [yaml.isNothing(value), yaml.spot(value)?.text])).toEqual([[true, undefined], [false, ''], [false, undefined]]);
});

const broken: readonly (readonly [source: string, at: string, en: string])[] = [
  ['甲: 1\n乙: *丙\n', '2:4', 'an alias (*) is not allowed; write out what it stands for'],
  ['甲: 1\n\t乙: 2\n', '2:1', 'the indentation is a tab; use spaces'],
  ["甲: 1\n乙: 'it\n丙: 3\n", '2:4', 'a quotation mark has no other half'],
  ['😀: 1\n乙: { 😀: "丙\n', '2:9', 'a quotation mark has no other half'],
  ['甲: 1\n乙 2\n丙: 3\n', '2:1', 'a colon is missing in this line, or a space behind it'],
  ['甲: 乙: 丙\n', '1:4', 'there are two ": " in one line; quote a text that holds a colon'],
  ['甲: 1\n乙: [1, 2\n丙: 3\n', '3:1', 'a brace or bracket has no other half, a comma is missing inside, or the lines inside are not indented enough'],
  ['甲:\n    乙: 1\n  丙: 2\n', '3:1', 'the indentation does not fit the lines around it'],
  ['甲: %乙\n', '1:4', 'a text cannot begin with @, ` or %; quote it'],
  ['甲: "\\d"\n', '1:5', 'a backslash within double quotes has a meaning of its own; use single quotes'],
  ['甲: 1\n---\n乙: 2\n', '2:1', 'a file holds one document; remove ---'],
];

test.each(broken)('a file that cannot be read: %j', (source, at, en) => {
  const diagnostics = new Diagnostics();
  expect(readYaml('a.yaml', source, diagnostics)).toBeUndefined();
  expect(diagnostics.list.map((item) => [`${item.place.line}:${item.place.column}`, wordDiagnostic(item, 'en')])).toEqual([[at, `the YAML cannot be read here: ${en}`]]);
});

test('random texts in any quotes: the place of every visible character is a place where that character stands', () => {
  const char = fc.constantFrom('甲', 'a', '"', "'", '@', '😀', '𠮷', ' ', '≥', '\\', '：', '1');
  const text = fc.array(char, { minLength: 1, maxLength: 30 }).map((chars) => `甲${chars.join('')}乙`);
  fc.assert(
    fc.property(text, fc.boolean(), fc.integer({ min: 0, max: 5 }), (content, isDouble, indent) => {
      const quoted = isDouble ? JSON.stringify(content) : `'${content.replaceAll("'", "''")}'`;
      const source = `甲:\n${' '.repeat(indent + 1)}乙: ${quoted}\n`;
      const lines = source.split('\n').map((line) => Array.from(line));
      const spot = spotWith(read(source), '甲');
      expect(spot?.text).toBe(content);
      let index = 0;
      for (const letter of content) {
        const place = spot?.place(index);
        const there = lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1) ?? [];
        const written = there[0] === '\\' && isDouble ? there[1] : there[0];
        expect(letter === ' ' ? ' ' : written).toBe(letter);
        index += letter.length;
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});
