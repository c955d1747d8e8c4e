// Coverage: how clauses are numbered and stand below one another, what rests on each, and that a planted gap is found.

import { expect, test } from 'vitest';
import { checkFiles, editPack, type PackEdit, smallPack } from '../../test/support/small-pack.ts';
import { findGaps, parentsOf } from './clause-number.ts';
import { type CoverageRow, coverageOf } from './coverage.ts';

const P = 'talent-2025/policy.yaml';
const digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

test.each<readonly [what: string, clauses: readonly string[], gaps: readonly string[]]>([
  ['headings with clauses numbered through', ['前言', '一', '（一）', '（二）', '二', '（三）', '三', '（四）', '附言'], []],
  ['a clause left out', ['一', '（一）', '（三）'], ['（二） before （三）']],
  ['the first left out', ['二', '三'], ['一 before 二']],
  ['two in the wrong order', ['（一）', '（三）', '（二）'], ['（二） before （三）', '（四） before （二）']],
  ['each annex begins anew', ['附件1', '附件1一', '附件1一（一）', '附件1一（一）1', '附件1一（一）2', '附件1一（二）', '附件1一（二）1', '附件2', '附件2一'], []],
  ['an annex left out', ['附件1', '附件3'], ['附件2 before 附件3']],
  ['a tenth annex is no item of the first', ['附件1', ...Array.from({ length: 9 }, (_, index) => `附件${index + 2}`), '附件10一'], []],
  ['a gap deep down', ['附件1三（一）3（1）', '附件1三（一）3（3）', '附件1三（一）3（3）②'], ['附件1三（一）3（2） before 附件1三（一）3（3）', '附件1三（一）3（3）① before 附件1三（一）3（3）②']],
  ['articles', ['第一章', '第一条', '第二条', '第二章', '第三条'], []],
  ['tens', digits.map((digit) => `（${digit}）`).concat('（十）', '（十一）', '（十三）'), ['（十二） before （十三）']],
])('numbering: %s', (_, clauses, gaps) => {
  expect(findGaps(clauses).map(({ clause, expected }) => `${expected} before ${clause}`)).toEqual(gaps);
});

test('numbering goes on through the tens and hundreds', () => {
  const write = (text: string): string => `第${text}条`;
  const tens = ['', '十', '二十', '三十', '四十', '五十', '六十', '七十', '八十', '九十'];
  const ones = ['', ...digits];
  const below = tens.flatMap((ten) => ones.map((one) => ten + one)).slice(1);
  const beyond = ['一百', '一百零一', '一百零二', '一百零三', '一百零四', '一百零五', '一百零六', '一百零七', '一百零八', '一百零九', '一百一十', '一百一十一'];
  const all = [...below, ...beyond].map(write);
  expect(findGaps(all)).toEqual([]);
  // Each but the last, left out, is the one that is missed.
  const missed = all.slice(0, -1).map((left) => findGaps(all.filter((each) => each !== left))[0]?.expected);
  expect(missed).toEqual(all.slice(0, -1));
});

test('a clause stands below the longest listed number that it begins with, and （一） below the heading before it', () => {
  const clauses = ['前言', '一', '（一）', '二', '（二）', '附言', '附件1', '附件1前言', '附件1一', '附件1一（一）', '附件1一（一）1（2）', '附件10', '附件10一'];
  expect(Object.fromEntries(parentsOf(clauses))).toEqual({
    前言: undefined,
    一: undefined,
    '（一）': '一',
    二: undefined,
    '（二）': '二',
    附言: undefined,
    附件1: undefined,
    附件1前言: '附件1',
    附件1一: '附件1',
    '附件1一（一）': '附件1一',
    '附件1一（一）1（2）': '附件1一（一）',
    附件10: undefined,
    附件10一: '附件10',
  });
});

function rowsOf(edits: readonly PackEdit[] = []): readonly CoverageRow[] {
  const policy = checkFiles(editPack(edits)).source?.policies[0]?.policy;
  if (policy === undefined) throw new Error('the pack cannot be read');
  return coverageOf(policy);
}

const became = (rows: readonly CoverageRow[]): Readonly<Record<string, string>> => Object.fromEntries(rows.map(({ clause, citations }) => [clause, citations.map(({ sort, id }) => `${sort} ${id}`).join(', ')]));

test('what rests on each clause: benefits, their conditions, goals and their numbers, duties, steps, definitions, parameters, readings, groups', () => {
  const rows = rowsOf();
  expect(became(rows)).toEqual({
    第一条: 'narrative purpose',
    第二条: 'benefit living, goal five-years',
    第三条: 'goal five-years, definition 重点院校, reading 看哪个学历',
    第四条: 'benefit living, goal five-years, procedure living-claim, definition 每月标准',
    第五条: 'benefit tax-reward, parameter 留成比例',
    第六条: 'duty yearly-list, procedure living-claim, matter 只享一项',
  });
  expect(rows.map(({ isCovered, isHeading, depth }) => [isCovered, isHeading, depth])).toEqual(Array.from({ length: 6 }, () => [true, false, 0]));
  expect(rows[3]?.citations[0]).toEqual({ sort: 'benefit', id: 'living', title: { zh: '生活补贴', en: 'Living subsidy' }, kind: 'grant' });
});

test('a heading is covered by what stands below it; what nothing rests on is not, and the check says so', () => {
  const edits: readonly PackEdit[] = [{ file: P, find: '  第六条: 不重复享受', replace: '  第六条: 不重复享受\n  附件1: 细则\n  附件1一: 甲\n  附件1二: 乙\n  附件1二（一）: 丙' }, { file: 'talent-2025/narratives.yaml', find: '条款: 第一条', replace: '条款: 第一条\n  又见: [附件1二（一）]' }];
  const rows = rowsOf(edits).slice(6);
  expect(rows.map(({ clause, isHeading, isCovered, depth }) => [clause, isHeading, isCovered, depth])).toEqual([
    ['附件1', true, true, 0],
    ['附件1一', false, false, 1],
    ['附件1二', true, true, 1],
    ['附件1二（一）', false, true, 2],
  ]);
  expect(checkFiles(editPack(edits)).diagnostics.map(({ code, values }) => [code, values['clause']])).toEqual([['uncovered-clause', '附件1一']]);
});

test('a clause that only what was taken away rested on is found at its place in the directory', () => {
  const found = checkFiles(editPack([{ file: 'talent-2025/narratives.yaml', content: null }])).diagnostics;
  const lines = (smallPack[P] ?? '').split('\n');
  expect(found.map(({ code, place }) => [code, lines[place.line - 1]?.trim().split(':')[0]])).toEqual([['uncovered-clause', '第一条']]);
});
