// The pages on the language are right: every example is read, checked and formatted as a real pack, and every list is complete.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCity } from '../../src/authoring/check-city.ts';
import { diagnosticCodes, Diagnostics, formatDiagnostic } from '../../src/authoring/diagnostics.ts';
import { formatExpression } from '../../src/authoring/format-expression.ts';
import { formatPack } from '../../src/authoring/format-pack.ts';
import { parseExpression } from '../../src/authoring/parse-expression.ts';
import { openWorkspace } from '../../src/authoring/workspace.ts';
import { all, any, FALSE, TRUE, type Truth, UNKNOWN } from '../../src/policy/values.ts';
import { plant, root } from '../tidy/tree.ts';
import { blocksOf, codeWords, readPage, tableBelow } from './pages.ts';

const pages = { zh: readPage('docs/language.md'), en: readPage('docs/language.en.md') };
const provisionFiles = ['goals', 'duties', 'narratives', 'procedures'];
const packFiles = ['living-subsidy', 'tax-reward', 'talent-award', ...provisionFiles];
const examples = (page: string): ReturnType<typeof blocksOf> => blocksOf(page).filter(({ mark }) => /^(yaml|wutong)\b/.test(mark));

test('both pages have the same examples', () => {
  expect(examples(pages.zh).length).toBeGreaterThan(7);
  expect(examples(pages.en)).toEqual(examples(pages.zh));
});

const blocks = examples(pages.zh);
const fileOf = (name: string): string => blocks.find(({ mark }) => mark === `yaml ${name}`)?.text ?? '';
const expressions = blocks.filter(({ mark }) => mark === 'wutong').flatMap(({ text }) => text.trim().split('\n'));
const fragments = blocks.filter(({ mark }) => mark === 'yaml fragment').map(({ text }) => text);

/** The text of a file in which a fragment takes the place of the keys that it has. */
function withFragment(text: string, fragment: string): string {
  const keys = new Set([...fragment.matchAll(/^(\S+):/gm)].map((match) => match[1]));
  const parts = text.split(/^(?=\S)/m).filter((part) => !keys.has(/^(\S+):/.exec(part)?.[1]));
  return parts.join('') + fragment;
}

/** What is wrong with the pack of the page, one line a diagnostic; fragments and expressions become parts of it. */
function checkPack(changed: Readonly<Record<string, string>> = {}): string[] {
  // A fragment stands for part of a benefit, whose own cases need not hold for it.
  const base = fileOf('living-subsidy.yaml').split(/^用例:/m)[0] ?? '';
  const ids = fragments.map((_, index) => `fragment-${index + 1}`);
  const named = expressions.map((text, index) => `  式子${index + 1}: ${JSON.stringify(text)}\n`).join('');
  const folder = 'cities/sample-city';
  const files: Record<string, string> = {
    [`${folder}/city.yaml`]: fileOf('city.yaml'),
    [`${folder}/sample-2021/policy.yaml`]: fileOf('policy.yaml')
      .replace(/^待遇: \[(.*)\]$/m, `待遇: [$1, ${ids.join(', ')}]`)
      .replace(/^定义:\n/m, `定义:\n${named}`),
    ...Object.fromEntries(packFiles.map((id) => [`${folder}/sample-2021/${id}.yaml`, fileOf(`${id}.yaml`)])),
    ...Object.fromEntries(ids.map((id, index) => [`${folder}/sample-2021/${id}.yaml`, withFragment(base, fragments[index] ?? '')])),
  };
  for (const [name, text] of Object.entries(changed)) files[`${folder}/${name}`] = text;
  const planted = plant(files);
  cpSync(join(root, 'cities/reference'), join(planted, 'cities/reference'), { recursive: true });
  const { diagnostics } = checkCity(openWorkspace(planted), 'sample-city');
  return diagnostics
    .filter(
      ({ code, values }) =>
        !(code === 'unused-name' && values['name']?.startsWith('式子')) && !(code === 'too-few-cases' && values['id']?.startsWith('fragment-')),
    )
    .map((diagnostic) => formatDiagnostic(diagnostic, 'en'));
}

describe('the examples', () => {
  test('are one pack without fault: files, fragments, expressions, cases', () => {
    expect(expressions.length).toBeGreaterThan(15);
    expect(fragments.length).toBeGreaterThan(2);
    expect(checkPack()).toEqual([]);
  });

  test('are really checked: a fault planted in a file, a fragment and an expression is found', () => {
    const broken = fileOf('tax-reward.yaml').replace('应为: 不可享', '应为: 可享');
    expect(checkPack({ 'sample-2021/tax-reward.yaml': broken })).toEqual([expect.stringContaining('[case-failed]')]);
    fragments.push('金额: 没有的事实\n');
    expressions.push('年薪 ≥ 300000');
    const found = checkPack();
    fragments.pop();
    expressions.pop();
    expect(found).toEqual([expect.stringContaining('[unknown-fact]'), expect.stringContaining('[wrong-unit]')]);
  });

  test('files are in their canonical form', () => {
    // Padding inside the brackets of a list on one line is not the point here.
    const unpadded = (text: string): string => text.replace(/\[ ?(.*?) ?\]/g, '[$1]');
    for (const name of ['city.yaml', 'policy.yaml', ...packFiles.map((id) => `${id}.yaml`)]) {
      const formatted = formatPack(name, fileOf(name));
      expect(unpadded('text' in formatted ? formatted.text : '')).toBe(unpadded(fileOf(name)));
    }
  });

  test.each(expressions)('expression in its canonical spelling: %s', (text) => {
    const diagnostics = new Diagnostics();
    const syntax = parseExpression({ text, place: () => ({ file: '', line: 1, column: 1 }) }, diagnostics);
    expect(diagnostics.list).toEqual([]);
    expect(syntax === undefined ? '' : formatExpression(syntax)).toBe(text);
  });
});

/** The keys that the reader knows, as it lists them when it meets one that it does not know. */
function knownKeys(name: string, text: string): string[] {
  const line = checkPack({ [name]: text }).find((found) => found.includes('"甲" is not known'));
  return line?.split('Known here: ')[1]?.split('、') ?? [];
}

describe.each(Object.entries(pages))('the lists of the page (%s)', (language, page) => {
  const keysIn = (marker: string): string[] => tableBelow(page, marker).flatMap(([cell]) => codeWords(cell ?? ''));

  test('diagnostics: exactly those there are, in their order', () => {
    const rows = tableBelow(page, 'codes: diagnostics');
    expect(rows.map(([cell]) => codeWords(cell ?? '')[0])).toEqual([...diagnosticCodes]);
    for (const row of rows) expect(row[1]).toMatch(language === 'zh' ? /\p{Script=Han}/u : /[a-z]{3}/);
  });

  test.each([
    ['benefit', 'sample-2021/tax-reward.yaml', `甲: 1\n${fileOf('tax-reward.yaml')}`],
    ['policy', 'sample-2021/policy.yaml', `甲: 1\n${fileOf('policy.yaml')}`],
    ['city', 'city.yaml', `甲: 1\n${fileOf('city.yaml')}`],
    ['case', 'sample-2021/tax-reward.yaml', fileOf('tax-reward.yaml').replace('    应为: 不可享', '    甲: 1\n    应为: 不可享')],
  ])('keys of a %s: exactly those that the reader knows', (marker, name, text) => {
    const known = knownKeys(name, text);
    expect(known.length).toBeGreaterThan(3);
    expect(keysIn(marker).sort()).toEqual(known.sort());
  });

  test.each([
    ['narratives', []],
    ['goals', ['goal']],
    ['duties', ['duty']],
    ['procedures', ['procedure']],
  ] as const)('keys of %s: those of every provision, and their own', (name, markers) => {
    const known = knownKeys(`sample-2021/${name}.yaml`, fileOf(`${name}.yaml`).replace('\n  条款: ', '\n  甲: 1\n  条款: '));
    expect(known.length).toBeGreaterThan(7);
    expect([...keysIn('provision'), ...markers.flatMap(keysIn)].sort()).toEqual(known.sort());
  });

  test.each([
    ['target', 'goals'],
    ['step', 'procedures'],
  ])('keys of a %s: exactly those that the reader knows', (marker, name) => {
    const known = knownKeys(`sample-2021/${name}.yaml`, fileOf(`${name}.yaml`).replace('- { ', '- { 甲: 1, '));
    expect(known.length).toBeGreaterThan(8);
    expect(keysIn(marker).sort()).toEqual(known.sort());
  });

  test('forms of an amount: every key that the reader knows', () => {
    const known = knownKeys('sample-2021/tax-reward.yaml', fileOf('tax-reward.yaml').replace(/^金额: .*$/m, '金额: { 值: 1元, 甲: 1 }'));
    const told = tableBelow(page, 'keys: amount')
      .flatMap(([cell]) => codeWords(cell ?? ''))
      .join(' ');
    expect(known.filter((key) => !told.includes(`${key}: `))).toEqual([]);
    expect(known.length).toBeGreaterThan(8);
  });

  test('tables of three values: as the engine computes them', () => {
    const truths: Readonly<Record<string, Truth>> = language === 'zh' ? { 是: TRUE, 否: FALSE, 不知道: UNKNOWN } : { yes: TRUE, no: FALSE, unknown: UNKNOWN };
    const below = page.slice(page.indexOf('<!-- kleene -->'));
    for (const [operator, combine] of [
      ['且', all],
      ['或', any],
    ] as const) {
      const start = below.indexOf(`| ${operator}`);
      const rows = below.slice(start).split('\n\n')[0]?.split('\n') ?? [];
      const cells = rows.map((row) =>
        row
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      );
      const head = cells[0]?.slice(1) ?? [];
      expect(head).toEqual(Object.keys(truths));
      expect(cells.slice(2)).toHaveLength(3);
      for (const [left = '', ...results] of cells.slice(2)) {
        for (const [column, result] of results.entries()) {
          expect([operator, left, head[column], truths[result]]).toEqual([
            operator,
            left,
            head[column],
            combine([truths[left] ?? UNKNOWN, truths[head[column] ?? ''] ?? UNKNOWN]),
          ]);
        }
      }
    }
  });
});
