// The other pages agree with the code: every code and name is there, every figure is what the engine computes, every file named exists.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReferenceFolder } from '../../src/authoring/read-reference.ts';
import { addMonths, addYears, formatDate, parseDate, wholeYears } from '../../src/policy/calendar.ts';
import { formatYuan, splitFen, timesMicro } from '../../src/policy/money.ts';
import { problemCodes, tellProblem } from '../../src/policy/problems.ts';
import { addWorkingDays, UnpublishedYearError } from '../../src/policy/working-days.ts';
import { root } from '../tidy/tree.ts';
import { codeWords, readPage, tableBelow } from './pages.ts';

describe('problems.md', () => {
  test.each(['zh', 'en'] as const)('lists exactly the codes there are, with their words (%s)', (language) => {
    const [fact, found, more] = language === 'zh' ? ['〈事实〉', '〈写的〉', '〈要的〉'] : ['〈fact〉', '〈found〉', '〈wanted〉'];
    const rows = tableBelow(readPage('docs/problems.md'), `problems: ${language}`);
    expect(rows.map(([code, words]) => [code, words])).toEqual(problemCodes.map((code) => [`\`${code}\``, tellProblem({ code, fact, found, more }, language)]));
    for (const row of rows) expect(row[2]?.length).toBeGreaterThan(4);
  });
});

describe('glossary.md', () => {
  const known = new Set(codeWords(readPage('docs/glossary.md')));
  const model = readPage('src/policy/model.ts');
  const interpreter = readPage('src/policy/interpret.ts');

  /** The words of a type that is a choice of texts. */
  function choices(source: string, type: string): string[] {
    const body = new RegExp(`export type ${type} =([^;]+);`).exec(source)?.[1] ?? '';
    return [...body.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
  }

  test.each([
    ['SubjectKind', choices(model, 'SubjectKind'), 4],
    ['ValueType', choices(model, 'ValueType'), 14],
    ['BenefitKind', choices(model, 'BenefitKind'), 5],
    ['Per', choices(model, 'Per'), 4],
    ['Frequency', choices(model, 'Frequency'), 5],
    ['StepKind', choices(model, 'StepKind'), 15],
    ['Status', choices(interpreter, 'Status'), 4],
    ['AmountRule', [...model.matchAll(/\bkind: '(\w+)'/g)].map((match) => match[1] ?? ''), 7],
  ])('has every word of %s', (_type, words, least) => {
    expect(words.length).toBeGreaterThanOrEqual(least);
    expect(words.filter((word) => !known.has(word))).toEqual([]);
  });

  test('has every noun that model.ts exports', () => {
    const nouns = [...model.matchAll(/^export (?:interface|type) (\w+)/gm)].map((match) => match[1] ?? '');
    expect(nouns.length).toBeGreaterThan(15);
    // The parts of AmountRule are one noun.
    expect(nouns.filter((noun) => noun !== 'PlainAmountRule' && !known.has(noun))).toEqual([]);
  });

  test('has every origin of a fact', () => {
    const origins = choices(model, 'FactOrigin');
    expect(origins).toHaveLength(5);
    expect(origins.filter((origin) => !readPage('docs/glossary.md').includes(origin))).toEqual([]);
  });
});

describe('money-and-time.md', () => {
  const page = readPage('docs/money-and-time.md');
  const fen = (yuan = ''): number => Math.round(Number(yuan) * 100);
  const yuan = (amount: number): string => formatYuan(amount).replaceAll(',', '');
  const day = (text = ''): number => parseDate(text) ?? Number.NaN;
  const rows = (marker: string): string[][] => {
    const found = tableBelow(page, marker);
    expect(found.length).toBeGreaterThan(2);
    return found;
  };

  test('products', () => {
    for (const [amount, share, result] of rows('products'))
      expect([amount, share, yuan(timesMicro(fen(amount), Math.round(Number(share?.slice(0, -1)) * 10_000)))]).toEqual([amount, share, result]);
  });

  test('splits', () => {
    for (const [amount, by, parts] of rows('splits')) {
      const weights = (by ?? '').split(' ').map((weight) => Number(weight.replace('%', '')));
      expect([amount, by, splitFen(fen(amount), weights).map(yuan).join(' ')]).toEqual([amount, by, parts]);
    }
  });

  test('dates moved by months and years', () => {
    for (const [from, by, to] of rows('months')) expect([from, by, formatDate(addMonths(day(from), Number(by)))]).toEqual([from, by, to]);
    for (const [from, by, to] of rows('years')) expect([from, by, formatDate(addYears(day(from), Number(by)))]).toEqual([from, by, to]);
  });

  test('whole years', () => {
    for (const [from, to, years] of rows('whole years')) expect([from, to, String(wholeYears(day(from), day(to)))]).toEqual([from, to, years]);
  });

  test('working days', () => {
    const { calendar } = readReferenceFolder(root);
    const last = (from: number, days: number): string => {
      try {
        return formatDate(addWorkingDays(from, days, calendar));
      } catch (error) {
        if (error instanceof UnpublishedYearError) return error.code;
        throw error;
      }
    };
    for (const [from, days, to] of rows('working days')) expect([from, days, last(day(from), Number(days))]).toEqual([from, days, to]);
  });
});

describe('files that pages name', () => {
  const pages = [
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => `docs/${path}`),
  ];
  /** Paths from the root; a name with a space, a star or a bracket is a pattern or a sentence. */
  const pathsOf = (text: string): string[] => codeWords(text).filter((word) => /^\.?(src|test|web|cities|docs|tools|bin|bench|examples)\/[\w./-]*$/.test(word));

  test.each(pages)('%s names only files that exist', (page) => {
    expect(pathsOf(readPage(page)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('CONTRIBUTING.md names the places of a change, and functions that are in them', () => {
    const text = readPage('CONTRIBUTING.md');
    expect(new Set(pathsOf(text)).size).toBeGreaterThan(30);
    let count = 0;
    // `file` (`name`, `other`) or `file`: `name`
    for (const [, path = '', names = ''] of text.matchAll(/`((?:src|test)\/[\w./-]+\.ts)`(?:\s*\(|: )((?:[^().;]*?`[\w.]+`)+)/g)) {
      const source = readPage(path);
      for (const name of codeWords(names).filter((word) => /^\w+(\.\w+)?$/.test(word))) {
        expect([path, name, source.includes(name.split('.').at(-1) ?? name)]).toEqual([path, name, true]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(20);
  });

  test('a file that does not exist is noticed', () => {
    expect(pathsOf('see `src/policy/gone.ts`, `dist/packs`, `cities/<city>/city.yaml`')).toEqual(['src/policy/gone.ts']);
  });
});

test('decisions: the index lists every page, and every page has a date, a question and a decision', () => {
  const listed = [...readPage('docs/decisions/README.md').matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map((match) => match[1] ?? '');
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(listed.sort()).toEqual(pages.sort());
  for (const page of pages.filter((name) => name !== 'dependencies.md')) {
    const text = readPage(`docs/decisions/${page}`);
    expect([page, text.includes(`\n${page.slice(0, 10)}\n`), text.includes('**Question.**'), text.includes('**Decision.**'), /\*\*Refused/.test(text)]).toEqual(
      [page, true, true, true, true],
    );
  }
});
