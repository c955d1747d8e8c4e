// What expressions mean and which are refused: types and units, values of levels and kinds, places, texts, dates, suggestions.

import { expect, test } from 'vitest';
import { projectWorkspace } from '../../test/support/small-pack.ts';
import type { SubjectKind, ValueType } from '../policy/model.ts';
import { readExpression, type Typed } from './check-expression.ts';
import { Diagnostics, wordDiagnostic } from './diagnostics.ts';
import { makePlaceFinder } from './workspace.ts';

const { vocabularies, reference } = projectWorkspace();
const place = makePlaceFinder(reference);

const reading = { name: '解读“看哪个学历”', values: ['最高学历', '第一学历', '民营'] };
/** What a policy around the expression defines. */
const defined: Readonly<Record<string, Typed | 'broken'>> = {
  留成比例: { value: { op: 'parameter', parameter: '留成比例' }, type: 'share' },
  宽限年数: { value: { op: 'parameter', parameter: '宽限年数' }, type: 'years' },
  半年: { value: { op: 'parameter', parameter: '半年' }, type: 'years', isPartial: true },
  看哪个学历: { value: { op: 'chosen', reading: '看哪个学历' }, type: 'kind', domain: reading },
  重点院校: { condition: { op: 'defined', definition: '重点院校' } },
  每月标准: { value: { op: 'defined', definition: '每月标准' }, type: 'money' },
  最低学历: { value: { op: 'defined', definition: '最低学历' }, type: 'level', domain: { name: '学历', values: ['初中及以下', '高中', '专科', '本科', '硕士研究生', '博士研究生'] } },
  院校: { value: { op: 'defined', definition: '院校' }, type: 'kinds', domain: { name: '院校类别', values: ['清华北大', '985'] } },
  // Definitions that bear the names of values.
  本科: { condition: { op: 'defined', definition: '本科' } },
  吉林大学: { condition: { op: 'defined', definition: '吉林大学' } },
  坏的: 'broken',
};

function check(text: string, subject: SubjectKind = 'person'): { readonly typed: ReturnType<typeof readExpression>; readonly faults: string[] } {
  const diagnostics = new Diagnostics();
  const typed = readExpression(
    { text, place: (index) => ({ file: 'a', line: 1, column: index + 1 }) },
    { subject, vocabulary: vocabularies[subject], vocabularies, names: () => Object.keys(defined), find: (name) => defined[name], place },
    diagnostics,
  );
  return { typed, faults: diagnostics.list.map((item) => `${item.place.column} ${item.code}: ${wordDiagnostic(item, 'zh')}`) };
}

const slot = (name: string, subject: SubjectKind = 'person'): number => vocabularies[subject].facts.findIndex((fact) => fact.name === name);
const fact = (name: string): { op: 'fact'; slot: number } => ({ op: 'fact', slot: slot(name) });
const constant = (value: number): { op: 'constant'; value: number } => ({ op: 'constant', value });

const types: readonly (readonly [text: string, type: ValueType | 'condition'])[] = [
  // Comparisons of every type that has an order.
  ['学历 ≥ 本科', 'condition'],
  ['本科 ≤ 学历', 'condition'],
  ['年薪 > 30万元', 'condition'],
  ['合同年限 < 2.5年', 'condition'],
  ['家庭城区住房套数 = 0', 'condition'],
  ['毕业日期 ≤ 2025-06-30', 'condition'],
  ['毕业日期 ≤ 合同起始日 ≤ 毕业日期 + 5年', 'condition'],
  ['留成比例 ≥ 40%', 'condition'],
  ['年薪 ≥ 年缴个税', 'condition'],
  // Kinds and texts are equal or not, or among others.
  ['国籍 = 中国', 'condition'],
  ['用人单位.所有制 ≠ 民营', 'condition'],
  ['创业身份 属于 法定代表人、经营者', 'condition'],
  ['学历 属于 本科、硕士研究生', 'condition'],
  ['毕业院校 = 清华大学', 'condition'],
  ['毕业院校 = “中国地质大学（武汉）”', 'condition'],
  ['职称名称 属于 教授、“研究员 二级”', 'condition'],
  ['看哪个学历 = 第一学历', 'condition'],
  // Sets, places, flags.
  ['院校类别 有 985', 'condition'],
  ['院校类别 有 985、“211”、双一流 之一', 'condition'],
  ['户籍地 位于 吉林市', 'condition'],
  ['户籍地 位于 220200', 'condition'],
  ['亲属常驻地 位于 “吉林市”', 'condition'],
  ['全日制', 'condition'],
  ['非 全日制 且 (在校生 或 应届)', 'condition'],
  ['重点院校', 'condition'],
  // Dates and spans.
  ['基准日', 'date'],
  ['毕业日期 + 5年', 'date'],
  ['毕业日期 - 6个月 + 3天', 'date'],
  ['毕业日期 + 宽限年数', 'date'],
  ['毕业日期 至 基准日', 'years'],
  ['毕业日期 至 基准日 ≥ 2年', 'condition'],
  ['取小(毕业日期, 入职日期)', 'date'],
  ['合同年限 + 0.5年', 'years'],
  ['6月', 'months'],
  // Money, shares and numbers.
  ['年薪 + 年缴个税', 'money'],
  ['年薪 × 30%', 'money'],
  ['30% × 年薪', 'money'],
  ['3 × 每月标准', 'money'],
  ['年薪 × 家庭城区住房套数', 'money'],
  ['50% × 50%', 'share'],
  ['50% × 2', 'number'],
  ['超出(年薪, 12万元)', 'money'],
  ['取小(年薪, 12万元, 每月标准 × 12)', 'money'],
  ['取大(合同年限, 3年)', 'years'],
  ['“甲 乙”', 'text'],
];

test.each(types)('%s is %s', (text, type) => {
  const { typed, faults } = check(text);
  expect(faults).toEqual([]);
  expect(typed === undefined ? undefined : 'condition' in typed ? 'condition' : typed.type).toBe(type);
});

const refused: readonly (readonly [text: string, fault: string])[] = [
  // Names.
  ['年缴个睡 ≥ 5元', '1 unknown-fact: 没有“年缴个睡”这个事实、定义、参数或解读，是不是“年缴个税”'],
  ['非全日制', '1 unknown-fact: 没有“非全日制”这个事实、定义、参数或解读，是不是“非 全日制”'],
  ['重点院效', '1 unknown-fact: 没有“重点院效”这个事实、定义、参数或解读，是不是“重点院校”'],
  ['留成比列 × 年薪', '1 unknown-fact: 没有“留成比列”这个事实、定义、参数或解读，是不是“留成比例”'],
  ['所有制 = 民营', '1 wrong-subject: 这里说的是个人，不能用“所有制”，它说的是单位'],
  ['年薪 ≥ 项目总投资', '6 wrong-subject: 这里说的是个人，不能用“项目总投资”，它说的是项目'],
  // Levels, kinds, sets and places.
  ['学历 ≥ 本课', '6 unknown-level: “学历”没有“本课”这个取值，是不是“本科”。可取：初中及以下、高中、专科、本科、硕士研究生、博士研究生'],
  ['学历 属于 本科、硕士', '10 unknown-level: “学历”没有“硕士”这个取值，是不是“硕士研究生”。可取：初中及以下、高中、专科、本科、硕士研究生、博士研究生'],
  ['院校类别 有 987', '8 unknown-level: “院校类别”没有“987”这个取值，是不是“985”。可取：清华北大、985、211、双一流'],
  ['看哪个学历 = 博士', '9 unknown-level: “解读“看哪个学历””没有“博士”这个取值。可取：最高学历、第一学历、民营'],
  ['户籍地 位于 朝阳区', '8 unknown-place: 叫“朝阳区”的地方不止一个，请写六位行政区划代码：110105、220104'],
  ['户籍地 位于 江城', '8 unknown-place: 没有“江城”这个地方，请写六位行政区划代码，或全国唯一的全名'],
  ['户籍地 位于 999999', '8 unknown-place: 没有“999999”这个地方，请写六位行政区划代码，或全国唯一的全名'],
  ['户籍地 = 吉林市', '1 impossible-comparison: “户籍地 = 吉林市”比不了：地方要用“位于”来问'],
  ['吉林市 = 户籍地', '1 impossible-comparison: “吉林市 = 户籍地”比不了：地方要用“位于”来问'],
  ['院校类别 = 985', '1 impossible-comparison: “院校类别 = 985”比不了：一组类别要用“有”来问'],
  ['国籍 > 中国', '1 impossible-comparison: “国籍 > 中国”比不了：没有高低之分，只能用 = 或 ≠'],
  ['毕业院校 ≥ 清华大学', '1 impossible-comparison: “毕业院校 ≥ 清华大学”比不了：没有高低之分，只能用 = 或 ≠'],
  ['学历 = 职称', '1 impossible-comparison: “学历 = 职称”比不了：“学历”和“职称”不是一回事'],
  ['毕业院校 = 第一学历院校', '1 impossible-comparison: “毕业院校 = 第一学历院校”比不了：两段文字不能互相比，只能和写定的文字比'],
  ['全日制 = 是', '1 impossible-comparison: “全日制 = 是”比不了：“全日制”只有是或否，直接写“全日制”或“非 全日制”'],
  ['是 = 全日制', '5 impossible-comparison: “是 = 全日制”比不了：“全日制”只有是或否，直接写“全日制”或“非 全日制”'],
  ['年薪 ≥ 重点院校', '6 impossible-comparison: “年薪 ≥ 重点院校”比不了：“重点院校”只有是或否，直接写“重点院校”或“非 重点院校”'],
  ['3 > 2', '1 impossible-comparison: “3 > 2”比不了：两边都是固定的，结果永远一样'],
  ['学历 有 本科', '1 wrong-type: 这里要一组类别，而“学历”是等级'],
  ['院校 有 985', '1 wrong-type: 这里要事实的名称，而“院校”是定义'],
  ['院校类别 属于 985', '1 wrong-type: 这里要等级或类别或文字，而“院校类别”是一组类别'],
  ['年薪 位于 吉林市', '1 wrong-type: 这里要地方，而“年薪”是金额（元）'],
  ['院校类别 有 5年', '8 bad-expression: 式子在这里读不下去：这里应当是一个取值，却是“5年”'],
  // Units.
  ['合同年限 ≥ 5', '8 wrong-unit: 单位不对：“合同年限”是年数，“5”是没有单位的数。改成 5年 试试'],
  ['年薪 ≥ 300000', '6 wrong-unit: 单位不对：“年薪”是金额（元），“300000”是没有单位的数。改成 300000元 试试'],
  ['留成比例 ≥ 40', '8 wrong-unit: 单位不对：“留成比例”是比例（%），“40”是没有单位的数。改成 40% 试试'],
  ['合同年限 ≥ 60月', '8 wrong-unit: 单位不对：“合同年限”是年数，“60月”是月数'],
  ['年薪 + 3年 ≥ 5元', '6 wrong-unit: 单位不对：“年薪”是金额（元），“3年”是年数'],
  ['学历 ≥ 5元', '6 wrong-unit: 单位不对：“学历”是等级，“5元”是金额（元）'],
  ['毕业日期 ≥ 2021', '8 wrong-unit: 单位不对：“毕业日期”是日期，“2021”是没有单位的数'],
  ['年薪 ≥ 毕业日期', '6 wrong-unit: 单位不对：“年薪”是金额（元），“毕业日期”是日期'],
  ['取小(年薪, 10%)', '8 wrong-unit: 单位不对：“年薪”是金额（元），“10%”是比例（%）'],
  // Types.
  ['年薪 且 全日制', '1 wrong-type: 这里要条件（是或否），而“年薪”是金额（元）'],
  ['非 年薪', '3 wrong-type: 这里要条件（是或否），而“年薪”是金额（元）'],
  ['全日制 + 5元', '1 wrong-type: 这里要金额（元）或没有单位的数，而“全日制”是条件（是或否）'],
  ['学历 + 5元 ≥ 5元', '1 wrong-type: 这里要金额（元）或没有单位的数或年数或日期，而“学历”是等级'],
  ['年薪 - 5元 ≥ 5元', '1 wrong-type: 这里要日期（求两个数的差请用 超出(甲, 乙)），而“年薪”是金额（元）'],
  ['年薪 × 5元', '6 wrong-type: 这里要比例（%）或没有单位的数，而“5元”是金额（元）'],
  ['合同年限 × 2', '1 wrong-type: 这里要比例（%）或没有单位的数或金额（元），而“合同年限”是年数'],
  ['年薪 至 基准日 ≥ 1年', '1 wrong-type: 这里要日期，而“年薪”是金额（元）'],
  ['取小(年薪)', '1 bad-expression: 式子在这里读不下去：这里应当是取小(甲, 乙)，却是“取小(年薪)”'],
  ['超出(年薪, 1元, 2元)', '1 bad-expression: 式子在这里读不下去：这里应当是超出(甲, 乙)，却是“超出(年薪, 1元, 2元)”'],
  ['超出(毕业日期, 入职日期)', '4 wrong-type: 这里要金额（元）或没有单位的数或年数或比例（%），而“毕业日期”是日期'],
  ['取小(学历, 职称)', '4 wrong-type: 这里要金额（元）或没有单位的数或年数或比例（%），而“学历”是等级'],
  // Dates move by whole years, months and days that are written down.
  ['毕业日期 + 0.5年', '8 bad-number: 数字“0.5年”应当是整数'],
  ['毕业日期 + 半年', '8 bad-number: 数字“半年”应当是整数'],
  ['毕业日期 + 201年', '8 bad-number: 数字“201年”太大'],
  ['毕业日期 + 合同年限', '8 wrong-type: 这里要写定的年数、月数、日数或参数，而“合同年限”是因人而异的年数'],
  ['毕业日期 + 5', '8 wrong-type: 这里要年数或月数或日数，而“5”是没有单位的数'],
  ['毕业日期 - 入职日期', '8 wrong-type: 这里要年数或月数或日数，而“入职日期”是日期'],
  ['毕业日期 ≤ 2025-02-29', '8 bad-date: 没有“2025-02-29”这一天，日期写作 2021-09-01'],
  ['毕业日期 ≤ 2025年13月1日', '8 bad-date: 没有“2025年13月1日”这一天，日期写作 2021-09-01'],
  // Numbers.
  ['年薪 ≥ 0.001元', '6 bad-number: 数字“0.001元”最多到分，两位小数'],
  ['年薪 ≥ 1.0000001万元', '6 bad-number: 数字“1.0000001万元”最多到分，六位小数'],
  ['年薪 ≥ 100000亿元', '6 bad-number: 数字“100000亿元”太大'],
  ['留成比例 ≥ 1.00001%', '8 bad-number: 数字“1.00001%”最多四位小数'],
  ['合同年限 ≥ 1.001年', '8 bad-number: 数字“1.001年”最多两位小数'],
  ['毕业日期 + 1.5月', '8 bad-number: 数字“1.5月”应当是整月'],
  ['毕业日期 + 1.5日', '8 bad-number: 数字“1.5日”应当是整日'],
  ['家庭城区住房套数 = 0.0000001', '12 bad-number: 数字“0.0000001”最多六位小数'],
];

test.each(refused)('%s is refused', (text, fault) => {
  const { typed, faults } = check(text);
  expect(typed).toBeUndefined();
  expect(faults).toEqual([fault]);
});

test('what hangs on a definition that could not be read is not reported again', () => {
  expect(check('坏的 且 全日制')).toEqual({ typed: undefined, faults: [] });
});

test('a value beside a level is the value, even where a definition bears its name', () => {
  expect(check('学历 ≥ 本科').typed).toMatchObject({ condition: { op: 'compare', relation: '≥', left: fact('学历'), right: constant(3) } });
  expect(check('用人单位.所有制 = 民营').typed).toMatchObject({ condition: { op: 'employed', item: { op: 'compare', right: constant(0) } } });
  expect(check('看哪个学历 = 民营').typed).toMatchObject({ condition: { op: 'compare', right: constant(2) } });
  expect(check('本科').typed).toMatchObject({ condition: { op: 'defined', definition: '本科' } });
  // A definition that is a level is no value of it.
  expect(check('学历 ≥ 最低学历').typed).toMatchObject({ condition: { op: 'compare', left: fact('学历'), right: { op: 'defined', definition: '最低学历' } } });
});

test('a text in quotes is a text, even where a fact or a definition bears its name', () => {
  expect(check('毕业院校 = “学历”').typed).toMatchObject({ condition: { op: 'compare', right: { op: 'literal', text: '学历' } } });
  expect(check('毕业院校 = “吉林大学”').typed).toMatchObject({ condition: { op: 'compare', right: { op: 'literal', text: '吉林大学' } } });
  expect(check('毕业院校 = 吉林大学').faults).toEqual(['8 impossible-comparison: “毕业院校 = 吉林大学”比不了：“吉林大学”只有是或否，直接写“吉林大学”或“非 吉林大学”']);
});

test('numbers are held exactly: fen, millionths, years', () => {
  const values = (text: string): unknown => {
    const { typed } = check(text);
    return typed !== undefined && 'value' in typed && typed.value.op === 'constant' ? typed.value.value : undefined;
  };
  expect(['0.01元', '15万元', '0.000001万元', '1亿元', '10000亿元', '33.3333%', '2.5年', '18个月', '3天', '0.000001', '2021-09-01'].map(values)).toEqual([
    1, 15_000_000, 1, 10_000_000_000, 100_000_000_000_000, 333_333, 2.5, 18, 3, 1, 20210901,
  ]);
});

test('sets are bits, places are codes, chains are conjunctions', () => {
  expect(check('院校类别 有 985、211 之一').typed).toMatchObject({ condition: { op: 'has', slot: slot('院校类别'), mask: 0b110 } });
  expect(check('户籍地 位于 吉林市').typed).toMatchObject({ condition: { op: 'within', slot: slot('户籍地'), place: 220200, many: false } });
  expect(check('亲属常驻地 位于 220200').typed).toMatchObject({ condition: { op: 'within', slot: slot('亲属常驻地'), place: 220200, many: true } });
  expect(check('毕业日期 ≤ 入职日期 < 2025-01-01').typed).toMatchObject({
    condition: { op: 'all', items: [{ relation: '≤', left: fact('毕业日期'), right: fact('入职日期') }, { relation: '<', left: fact('入职日期'), right: constant(20250101) }] },
  });
});

test('conditions on the employer are false without one, except the question whether there is one', () => {
  expect(check('用人单位.规上').typed).toMatchObject({ condition: { op: 'employed', item: { op: 'flag' } } });
  expect(check('用人单位.所在地 位于 吉林市').typed).toMatchObject({ condition: { op: 'employed', item: { op: 'within' } } });
  expect(check('用人单位.单位类型 = 无').typed).toMatchObject({ condition: { op: 'compare' } });
  // Only the employer's own link of a chain or a conjunction.
  expect(check('全日制 且 用人单位.规上').typed).toMatchObject({ condition: { op: 'all', items: [{ op: 'flag' }, { op: 'employed' }] } });
});

test('an organisation has its own facts without the name of the employer before them', () => {
  expect(check('所有制 = 民营 且 规上', 'organisation').faults).toEqual([]);
  expect(check('学历 ≥ 专科', 'organisation').faults).toEqual(['1 wrong-subject: 这里说的是单位，不能用“学历”，它说的是个人']);
  expect(check('项目总投资 ≥ 1元', 'project').faults).toEqual([]);
});

test('the canonical spelling comes with what was read', () => {
  expect(check('（学历>=本科）且 非(全日制)').typed?.text).toBe('学历 ≥ 本科 且 非 全日制');
});
