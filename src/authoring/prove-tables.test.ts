// Tables with a gap or an overlap and benefits that nobody can get are found, good ones are left alone; brute force agrees.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkEdited, checkFiles, editPack, type PackEdit, projectWorkspace } from '../../test/support/small-pack.ts';
import { judge, makeScene } from '../policy/interpret.ts';
import { ABSENT, TRUE } from '../policy/values.ts';
import { Diagnostics, wordDiagnostic } from './diagnostics.ts';
import { proveTables } from './prove-tables.ts';

const T = 'talent-2025/tax-reward.yaml';
const P = 'talent-2025/policy.yaml';

interface Rule {
  readonly condition: string;
  /** Rows: what is asked; or 其余. */
  readonly rows: readonly string[];
}

/** The small pack with a benefit of one condition and one table; its cases say little, so that they hold whatever the table. */
function packWith({ condition, rows }: Rule): readonly PackEdit[] {
  const table = rows.map((row, index) => (row === '其余' ? `    - { 其余: ${index + 1}元 }` : `    - { 当: '${row}', 得: ${index + 1}元 }`));
  const cases = Array.from({ length: 4 }, (_, index) => `  - { 名称: 例${index + 1}, 事实: {}, 应为: 缺信息 }`);
  return [{
    file: T,
    content: `名称: 试\n英文: A trial\n种类: 补助\n对象: 个人\n条款: 第五条\n牵头: 财政局\n条件:\n  要求: ${condition}\n  说明: 试\n  英文: a trial\n金额:\n  表:\n${table.join('\n')}\n用例:\n${cases.join('\n')}\n`,
  }];
}

/** What is said of a benefit's condition and table; what the rest of the pack has to say of the edit does not matter here. */
function prove(rule: Rule, more: readonly PackEdit[] = []): string[] {
  return checkEdited([...packWith(rule), ...more])
    .filter(({ code }) => !['unused-name', 'case-failed'].includes(code))
    .map((item) => `${item.code}: ${wordDiagnostic(item, 'zh').split('例如 ')[1] ?? ''}`);
}

const good: readonly Rule[] = [
  { condition: '学历 ≥ 本科', rows: ['学历 ≥ 硕士研究生', '学历 = 本科'] },
  { condition: '年薪 ≥ 0元', rows: ['年薪 < 10万元', '10万元 ≤ 年薪 < 20万元', '年薪 ≥ 20万元'] },
  { condition: '全日制', rows: ['院校类别 有 985', '院校类别 有 211 且 非 院校类别 有 985', '非 院校类别 有 985、211 之一'] },
  { condition: '全日制', rows: ['户籍地 位于 220200', '户籍地 位于 220000 且 非 户籍地 位于 220200', '非 户籍地 位于 220000'] },
  { condition: '户籍地 位于 220200', rows: ['户籍地 位于 220202', '户籍地 位于 220203', '非 户籍地 位于 220202 且 非 户籍地 位于 220203'] },
  { condition: '全日制', rows: ['亲属常驻地 位于 220200', '非 亲属常驻地 位于 220200'] },
  { condition: '全日制', rows: ['毕业日期 < 2021-01-01', '毕业日期 ≥ 2021-01-01'] },
  { condition: '全日制', rows: ['毕业日期 + 5年 ≥ 合同起始日', '毕业日期 + 5年 < 合同起始日'] },
  { condition: '全日制', rows: ['毕业日期 至 基准日 ≥ 5年', '毕业日期 至 基准日 < 5年'] },
  { condition: '全日制', rows: ['合同年限 ≥ 3.2年', '合同年限 > 3年 且 合同年限 < 3.2年', '合同年限 ≤ 3年'] },
  { condition: '全日制', rows: ['毕业院校 = 吉林大学', '毕业院校 ≠ 吉林大学'] },
  { condition: '全日制', rows: ['创业身份 属于 法定代表人、经营者', '创业身份 = 无'] },
  { condition: '用人单位.规上', rows: ['用人单位.所有制 = 民营', '用人单位.所有制 ≠ 民营'] },
  { condition: '全日制', rows: ['年薪 ≥ 年缴个税', '年薪 < 年缴个税'] },
  { condition: '全日制', rows: ['重点院校', '非 重点院校'] },
  // 其余 leaves no gap, whatever the rows.
  { condition: '全日制', rows: ['学历 ≥ 本科', '其余'] },
  { condition: '全日制', rows: ['其余'] },
];

test.each(good)('$rows is a good table', (rule) => {
  expect(prove(rule)).toEqual([]);
});

const bad: readonly (Rule & { readonly found: readonly string[] })[] = [
  // Levels.
  { condition: '学历 ≥ 本科', rows: ['学历 ≥ 博士研究生', '学历 = 本科'], found: ['table-gap: 学历 = 硕士研究生'] },
  { condition: '学历 ≥ 专科', rows: ['学历 ≥ 本科', '学历 ≤ 本科'], found: ['table-overlap: 学历 = 本科'] },
  { condition: '学历 ≥ 专科', rows: ['学历 ≥ 硕士研究生', '学历 ≤ 专科'], found: ['table-gap: 学历 = 本科'] },
  // Sets.
  { condition: '全日制', rows: ['院校类别 有 985', '非 院校类别 有 985、211 之一'], found: ['table-gap: 全日制 = 是，院校类别 = 211'] },
  { condition: '全日制', rows: ['院校类别 有 985', '院校类别 有 211', '非 院校类别 有 985、211 之一'], found: ['table-overlap: 院校类别 = 985、211'] },
  // A boundary of one fen, of one day, of a part of a year.
  { condition: '年薪 ≥ 0元', rows: ['年薪 < 10万元', '年薪 > 10万元'], found: ['table-gap: 年薪 = 100,000 元'] },
  { condition: '年薪 ≥ 0元', rows: ['年薪 < 10万元', '年薪 ≥ 100000.01元'], found: ['table-gap: 年薪 = 100,000 元'] },
  { condition: '年薪 ≥ 0元', rows: ['年薪 ≤ 10万元', '年薪 ≥ 10万元'], found: ['table-overlap: 年薪 = 100,000 元'] },
  { condition: '全日制', rows: ['毕业日期 < 2021-01-01', '毕业日期 > 2021-01-01'], found: ['table-gap: 全日制 = 是，毕业日期 = 2021-01-01'] },
  { condition: '全日制', rows: ['毕业日期 ≤ 2021-01-01', '毕业日期 ≥ 2021-01-01'], found: ['table-overlap: 毕业日期 = 2021-01-01'] },
  { condition: '全日制', rows: ['毕业日期 + 7年 ≥ 2021-01-01', '毕业日期 + 7年 < 2020-12-31'], found: ['table-gap: 全日制 = 是，毕业日期 = 2013-12-31'] },
  { condition: '全日制', rows: ['毕业日期 + 12年 ≥ 合同起始日', '毕业日期 + 13年 < 合同起始日'], found: ['table-gap: 全日制 = 是，毕业日期 = 2013-06-29，合同起始日 = 2025-06-30'] },
  { condition: '全日制', rows: ['毕业日期 + 90日 ≥ 基准日', '毕业日期 + 91日 < 基准日'], found: ['table-gap: 全日制 = 是，毕业日期 = 2026-03-31'] },
  { condition: '全日制', rows: ['合同年限 ≥ 3.2年', '合同年限 ≤ 3年'], found: ['table-gap: 全日制 = 是，合同年限 = 3.1 年'] },
  // Places: a sibling within the wider place; two homes of relatives at once.
  { condition: '户籍地 位于 220200', rows: ['户籍地 位于 220202', '户籍地 位于 220203'], found: ['table-gap: 户籍地 = 船营区'] },
  { condition: '全日制', rows: ['户籍地 位于 220202', '户籍地 位于 220200', '非 户籍地 位于 220200'], found: ['table-overlap: 户籍地 = 昌邑区'] },
  { condition: '全日制', rows: ['亲属常驻地 位于 220200', '亲属常驻地 位于 220100', '非 亲属常驻地 位于 220200 且 非 亲属常驻地 位于 220100'], found: ['table-overlap: 亲属常驻地 = 南关区、昌邑区'] },
  // Texts and kinds.
  { condition: '全日制', rows: ['毕业院校 = 吉林大学', '毕业院校 = 北华大学'], found: ['table-gap: 全日制 = 是，毕业院校 = 其他'] },
  { condition: '全日制', rows: ['创业身份 = 法定代表人', '创业身份 = 经营者'], found: ['table-gap: 全日制 = 是，创业身份 = 无'] },
  // A reading: the gap is there only under the alternative that is not in force.
  { condition: '全日制', rows: ['看哪个学历 = 最高学历 且 学历 ≥ 本科', '看哪个学历 = 最高学历 且 学历 < 本科'], found: ['table-gap: 解读“看哪个学历”取“第一学历”，全日制 = 是'] },
  // Two facts compared with each other.
  { condition: '全日制', rows: ['年薪 > 年缴个税', '年薪 < 年缴个税'], found: ['table-gap: 全日制 = 是，年薪 = 0 元，年缴个税 = 0 元'] },
  // What is computed from facts is not searched through, and not called proved.
  { condition: '全日制', rows: ['年薪 × 50% ≥ 5万元', '年薪 × 50% < 5万元'], found: ['table-unproved: '] },
  { condition: '全日制', rows: ['年薪 + 年缴个税 ≥ 5万元', '其余'], found: [] },
  // Nobody.
  { condition: '学历 ≥ 本科 且 学历 < 本科', rows: ['其余'], found: ['never-met: '] },
  { condition: '年薪 > 5元 且 年薪 < 5.01元', rows: ['其余'], found: ['never-met: '] },
  { condition: '户籍地 位于 220202 且 非 户籍地 位于 220200', rows: ['其余'], found: ['never-met: '] },
  { condition: '用人单位.单位类型 = 无 且 用人单位.规上', rows: ['其余'], found: ['never-met: '] },
  { condition: '重点院校 且 非 院校类别 有 985、211 之一 且 非 第一学历院校类别 有 985、211 之一', rows: ['其余'], found: ['never-met: '] },
  // Met under the reading that is not in force is met.
  { condition: '重点院校 且 非 院校类别 有 985、211 之一', rows: ['其余'], found: [] },
  { condition: '年薪 > 年缴个税', rows: ['其余'], found: [] },
  // Only one fen lies between.
  { condition: '年薪 > 7元 且 年薪 < 7.02元', rows: ['其余'], found: [] },
  { condition: '全日制', rows: ['年薪 > 7元', '年薪 < 7.02元'], found: ['table-overlap: 年薪 = 7.01 元'] },
];

test.each(bad)('$condition, $rows: $found', ({ found, ...rule }) => {
  expect(prove(rule)).toEqual(found);
});

test('more members of a set than can be tried are not called proved', () => {
  const { policy, table } = tableOf({ condition: '全日制', rows: ['称号 有 江城工匠', '非 称号 有 江城工匠'] });
  const vocabulary = projectWorkspace().vocabularies.person;
  const facts = vocabulary.facts.map((fact) => (fact.name === '称号' ? { ...fact, values: Array.from({ length: 20 }, (_, index) => `名号${index}`) } : fact));
  const slot = vocabulary.facts.findIndex((fact) => fact.name === '称号');
  for (const [index, row] of table.rows.entries()) Object.assign(row, { when: index === 0 ? { op: 'has', slot, mask: 0xfffff } : { op: 'not', item: { op: 'has', slot, mask: 0xfffff } } });
  const diagnostics = new Diagnostics();
  proveTables(policy, { ...projectWorkspace().vocabularies, person: { ...vocabulary, facts } }, projectWorkspace().reference, diagnostics);
  expect(diagnostics.list.map(({ code }) => code)).toContain('table-unproved');
});

function tableOf(rule: Rule): { readonly policy: Parameters<typeof proveTables>[0]; readonly table: { readonly rows: readonly { readonly when: Parameters<typeof judge>[0] }[] } } {
  const { source } = checkFiles(editPack(packWith(rule)));
  const policy = source?.policies[0];
  const amount = policy?.benefits.find(({ benefit }) => benefit.id === 'tax-reward')?.benefit.amount;
  if (policy === undefined || amount?.kind !== 'exact' || amount.value.op !== 'choose') throw new Error('no table');
  return { policy, table: amount.value };
}

test('a table that two benefits use is told of once', () => {
  const found = checkEdited([
    { file: P, find: '当: 学历 = 本科 且 重点院校', replace: '当: 学历 ≥ 本科 且 重点院校' },
    { file: T, find: '取小(留成比例 × 年缴个税, 5万元)', replace: '取小(留成比例 × 年缴个税, 5万元, 每月标准 × 25)' },
  ]);
  expect(found.filter(({ code }) => code === 'table-overlap')).toHaveLength(1);
});

// One level and one set of two: brute force over all their values, against what is proved.
const degrees = ['初中及以下', '高中', '专科', '本科', '硕士研究生', '博士研究生'];
const levelPart = fc.tuple(fc.constantFrom('≥', '≤', '=', '≠'), fc.constantFrom('专科', '本科', '硕士研究生')).map(([relation, value]) => `学历 ${relation} ${value}`);
const setPart = fc.constantFrom('院校类别 有 985', '院校类别 有 211', '院校类别 有 985、211 之一').chain((part) => fc.constantFrom(part, `非 ${part}`));
const rowText = fc.oneof(levelPart, setPart, fc.tuple(levelPart, fc.constantFrom('且', '或'), setPart).map((parts) => parts.join(' ')));

test('random tables of a level and a set: gaps and overlaps are those that brute force finds', () => {
  const { vocabularies, reference } = projectWorkspace();
  const vocabulary = vocabularies.person;
  const slotOf = (name: string): number => vocabulary.facts.findIndex((fact) => fact.name === name);
  const [level, set] = [slotOf('学历'), slotOf('院校类别')];
  const seen = { gap: 0, overlap: 0, good: 0 };
  fc.assert(
    fc.property(fc.array(rowText, { minLength: 1, maxLength: 3 }), levelPart, (rows, condition) => {
      const { policy: source, table } = tableOf({ condition, rows });
      const { policy } = source;
      const own = { ...source, benefits: source.benefits.filter(({ benefit }) => benefit.id === 'tax-reward') };
      const diagnostics = new Diagnostics();
      proveTables(own, vocabularies, reference, diagnostics);
      const benefit = own.benefits[0]?.benefit;
      const setting = { date: 20260630, parameters: new Map(), readings: new Map() };
      let [hasGap, hasOverlap] = [false, false];
      degrees.forEach((_, degree) => {
        for (const classes of [0, 2, 4, 6]) {
          const slots = new Float64Array(vocabulary.facts.length).fill(ABSENT);
          slots[level] = degree;
          slots[set] = classes;
          const scene = makeScene(policy, vocabulary, { id: null, kind: 'person', slots, places: [], texts: [], derived: new Uint8Array(slots.length) }, setting, new Map());
          const holding = table.rows.filter(({ when }) => judge(when, scene).truth === TRUE).length;
          if (holding > 1) hasOverlap = true;
          if (holding === 0 && benefit !== undefined && judge(benefit.condition, scene).truth === TRUE) hasGap = true;
        }
      });
      seen[hasGap ? 'gap' : hasOverlap ? 'overlap' : 'good']++;
      const codes = new Set(diagnostics.list.map(({ code }) => code));
      expect([codes.has('table-gap'), codes.has('table-overlap'), codes.has('table-unproved')]).toEqual([hasGap, hasOverlap, false]);
    }),
    { numRuns: 150, seed: 3 },
  );
  // All sorts came up.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(3);
});
