// Reading and checking whole packs: what each part refuses, and that no damage to a file ever throws, only gives diagnostics.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Chance, chanceOf } from '../../test/support/random-policies.ts';
import { benefitsForOthers, checkEdited, checkFiles, editPack, type PackEdit, projectRoot, smallPack } from '../../test/support/small-pack.ts';
import type { Policy } from '../policy/model.ts';
import { type Diagnostic, formatDiagnostic, wordDiagnostic } from './diagnostics.ts';

const C = 'city.yaml';
const P = 'talent-2025/policy.yaml';
const L = 'talent-2025/living.yaml';
const T = 'talent-2025/tax-reward.yaml';
const R = 'talent-2025/goals.yaml';
const D = 'talent-2025/duties.yaml';
const S = 'talent-2025/procedures.yaml';

const told = (edits: readonly PackEdit[]): string[] => checkEdited(edits).map((item) => formatDiagnostic(item, 'zh').replace(/^cities\/small\/(talent-2025\/)?/, ''));

/** What one edit of the small pack has the checker say. */
const refused: readonly (readonly [what: string, edits: readonly PackEdit[], said: readonly string[]])[] = [
  ['a subject of a definition that does not exist', [{ file: P, find: '  重点院校:\n', replace: '  重点院校:\n    对象: 人\n' }], ['policy.yaml:30:9 [unknown-choice] “对象”不能是“人”，只能是 个人、单位、项目、团队']],
  ['a definition of another subject', [{ file: P, find: '  每月标准:\n', replace: '  每月标准:\n    对象: 单位\n' }], [
    'living.yaml:21:11 [wrong-subject] 这里说的是个人，不能用“每月标准”，它说的是单位',
    'policy.yaml:40:14 [wrong-subject] 这里说的是单位，不能用“学历”，它说的是个人',
    'policy.yaml:41:14 [wrong-subject] 这里说的是单位，不能用“学历”，它说的是个人',
    'policy.yaml:42:14 [wrong-subject] 这里说的是单位，不能用“学历”，它说的是个人',
  ]],
  ['a circle of two', [{ file: P, find: '定义:\n', replace: '定义:\n  甲: 乙\n  乙: 非 甲\n' }], ['policy.yaml:30:8 [circular-definition] 定义绕回了自己：甲 → 乙 → 甲']],
  ['an alternative that conditions use as a key', [{ file: P, find: '      第一学历: {', replace: '      不: {' }], ['policy.yaml:26:7 [bad-name] “不”不能作名称：条件的写法里已经用了它', 'policy.yaml:35:5 [unknown-key] 不认识“第一学历”，是不是“最高学历”。这里可以写：对象、说明、英文、条款、值、表、全部、任一、不、要求、按解读、最高学历、不', 'policy.yaml:30:5 [missing-key] 缺少“不”']],
  ['an alternative without its condition', [{ file: P, find: '    第一学历: 第一学历院校类别 有 985、211 之一\n', replace: '' }], ['policy.yaml:30:5 [missing-key] 缺少“第一学历”']],
  ['an adopted alternative that is none', [{ file: P, find: '采用: 最高学历', replace: '采用: 最后学历' }], ['policy.yaml:23:9 [unknown-choice] “采用”不能是“最后学历”，只能是 最高学历、第一学历']],
  ['a group under an alternative that is none', [{ file: P, find: '    待遇: [living, tax-reward]\n\n条款', replace: '    待遇: [living, tax-reward]\n    解读: { 看哪个学历: 都看 }\n\n条款' }], ['policy.yaml:49:18 [unknown-choice] “看哪个学历”不能是“都看”，只能是 最高学历、第一学历']],
  ['a parameter of another type', [{ file: P, find: '取值: 40%', replace: '取值: 40元' }], ['policy.yaml:12:9 [wrong-shape] “取值”应当写成一个固定的比例']],
  ['a parameter that is no constant', [{ file: P, find: '取值: 40%', replace: '取值: 40% × 50%' }], ['policy.yaml:12:9 [wrong-shape] “取值”应当写成一个固定的比例']],
  ['a date moved by a part of a year that a parameter holds', [
    { file: P, find: '参数:\n', replace: '参数:\n  宽限: { 类型: 年数, 取值: 2.5年, 说明: 宽限, 英文: grace, 条款: 第五条, 由: 财政局 }\n' },
    { file: T, find: '人才类别 ≥ D\n', replace: '毕业日期 + 宽限 ≥ 基准日\n' },
  ], ['tax-reward.yaml:9:14 [bad-number] 数字“宽限”应当是整数']],
  ['a code of a city that is none', [{ file: C, find: '代码: 220200', replace: '代码: 吉林' }], ['city.yaml:4:5 [wrong-shape] “代码”应当写成六位行政区划代码']],
  ['a department without its English name', [{ file: C, find: '  财政局: { 英文: Finance Bureau }', replace: '  财政局:' }], ['city.yaml:8:7 [wrong-shape] “财政局”应当写成“名称: 内容”的几行']],
  ['an item with two kinds of condition', [{ file: T, find: '  要求: 人才类别 ≥ D', replace: '  要求: 人才类别 ≥ D\n  不: 全日制' }], ['tax-reward.yaml:9:3 [wrong-shape] “条件”应当写成含有 全部、任一、不、要求、按解读 其中一个的条目']],
  ['a list that is none', [{ file: T, find: '  要求: 人才类别 ≥ D', replace: '  全部: 人才类别 ≥ D' }], ['tax-reward.yaml:9:7 [wrong-shape] “全部”应当写成一个列表，至少一项，每项以“- ”开头']],
  ['otherwise before the last row', [{ file: P, find: '得: 2000元 }\n', replace: '得: 2000元 }\n      - { 其余: 5元 }\n' }], ['policy.yaml:40:15 [wrong-shape] “其余”应当写成表的最后一行']],
  ['a table of two types', [{ file: P, find: '得: 500元', replace: '得: 5年' }], ['policy.yaml:41:35 [wrong-type] 这里要金额（元），而“5年”是年数']],
  ['a table without rows', [{ file: T, find: '金额: 取小(留成比例 × 年缴个税, 5万元)', replace: '金额: { 表: [] }' }], ['tax-reward.yaml:12:10 [wrong-shape] “表”应当写成一个列表，每行写“当”和“得”']],
  ['an amount in years', [{ file: T, find: '金额: 取小(留成比例 × 年缴个税, 5万元)', replace: '金额: { 至多: 5年 }' }], ['tax-reward.yaml:12:11 [wrong-type] 这里要金额（元），而“5年”是年数']],
  ['months without an amount', [{ file: L, find: '每月: 每月标准, 月数: 60', replace: '月数: 60' }], ['living.yaml:21:5 [missing-key] 缺少“每月”']],
  ['an amount that says nothing', [{ file: T, find: '金额: 取小(留成比例 × 年缴个税, 5万元)', replace: '金额: { 每: 月 }' }], ['tax-reward.yaml:12:5 [wrong-shape] “金额”应当写成无、未列、一个金额，或含有 值、每月、每年、至多、至少、从和到、份额、表 其中一种的几行']],
  ['half a range', [{ file: T, find: '金额: 取小(留成比例 × 年缴个税, 5万元)', replace: '金额: { 从: 1元 }' }], ['tax-reward.yaml:12:5 [missing-key] 缺少“到”']],
  ['a span that is none', [{ file: L, find: '间隔: 1年', replace: '间隔: 1元' }], ['living.yaml:22:18 [wrong-shape] “间隔”应当写成固定的年数或月数，例如 3年，最长 100年']],
  ['instalments from a fact that is no date', [{ file: L, find: '起算: 合同起始日', replace: '起算: 在岗' }], ['living.yaml:22:26 [wrong-type] 这里要日期，而“在岗”是是或否']],
  ['a paper that proves nothing known', [{ file: L, find: '证明: [合同起始日, 合同年限]', replace: '证明: [合同起始天]' }], ['living.yaml:27:43 [unknown-fact] 没有“合同起始天”这个事实、定义、参数或解读，是不是“合同起始日”']],
  ['a share that is none', [{ file: L, find: '承担: 40%', replace: '承担: 四成' }], ['living.yaml:25:20 [wrong-shape] “承担”应当写成比例，例如 25%']],
  ['a case with an amount that is none', [{ file: T, find: '金额: 4万元', replace: '金额: 四万' }], ['tax-reward.yaml:19:9 [wrong-shape] “金额”应当写成金额，例如 120000元']],
  ['a case with a reading that is none', [{ file: T, find: '  - 名称: 到顶\n', replace: '  - 名称: 到顶\n    解读: { 看哪种学历: 第一学历 }\n' }], ['tax-reward.yaml:21:11 [unknown-fact] 没有“看哪种学历”这个事实、定义、参数或解读，是不是“看哪个学历”']],
  ['a case with a parameter that is none', [{ file: T, find: '  - 名称: 到顶\n', replace: '  - 名称: 到顶\n    参数: { 留成: 40% }\n' }], ['tax-reward.yaml:21:15 [unknown-fact] 没有“留成”这个事实、定义、参数或解读，是不是“留成比例”']],
  ['a case about a fact that is none', [{ file: T, find: '{ 人才类别: E, 年缴个税: 100000 }', replace: '{ 人才级别: E }' }], ['tax-reward.yaml:24:5 [bad-case] 用例“E 类”的事实不对：没有“人才级别”这个事实，是不是“人才类别”']],
  ['a case about a subject that the benefit is not for', [{ file: T, find: '  - 名称: 到顶\n', replace: '  - 名称: 到顶\n    对象: 单位\n' }], ['tax-reward.yaml:21:9 [unknown-choice] “对象”不能是“单位”，只能是 个人']],
  ['a subject named twice', [{ file: T, find: '对象: 个人', replace: '对象: [个人, 个人]' }], ['tax-reward.yaml:5:10 [duplicate-id] “个人”写了两次，第一次在 5:6（行:列）']],
  ['a condition that one of two subjects cannot be asked', [{ file: T, find: '对象: 个人', replace: '对象: [个人, 团队]' }], ['tax-reward.yaml:12:15 [wrong-subject] 这里说的是团队，不能用“年缴个税”，它说的是个人', 'tax-reward.yaml:9:7 [wrong-subject] 这里说的是团队，不能用“人才类别”，它说的是个人']],
  ['an empty list of subjects', [{ file: T, find: '对象: 个人', replace: '对象: []' }], ['tax-reward.yaml:5:5 [wrong-shape] “对象”应当写成个人、单位、项目、团队 中的一个，或者几个的列表']],
  ['nothing required, among other things', [{ file: T, find: '  要求: 人才类别 ≥ D', replace: '  要求: 不另要求' }], ['tax-reward.yaml:9:7 [unknown-fact] 没有“不另要求”这个事实、定义、参数或解读']],
  ['a clause without its English title', [{ file: P, find: '第一条: { 题: 为什么引才, 英文: Why talent is attracted }', replace: '第一条: { 题: 为什么引才 }' }], ['policy.yaml:51:8 [missing-key] 缺少“英文”']],
  ['a goal of no size', [{ file: R, find: '目标: 500', replace: '目标: 0' }], ['goals.yaml:12:42 [wrong-shape] “目标”应当写成一个大于零的数，不带单位']],
  ['a goal with its unit', [{ file: R, find: '目标: 500', replace: '目标: 500人' }], ['goals.yaml:12:42 [wrong-shape] “目标”应当写成一个大于零的数，不带单位']],
  ['a goal that ends before it begins', [{ file: R, find: '到: 2029', replace: '到: 2024' }], ['goals.yaml:12:80 [wrong-shape] “到”应当写成不早于“从”的一年']],
  ['a year of five digits', [{ file: R, find: '从: 2025', replace: '从: 20250' }], ['goals.yaml:12:71 [wrong-shape] “从”应当写成年份，例如 2021']],
  ['a goal by somebody unknown', [{ file: R, find: '牵头: 财政局 }', replace: '牵头: 财务局 }' }], ['goals.yaml:13:81 [unknown-department] 没有“财务局”这个部门，是不是“财政局”。部门写在 city.yaml 的“部门”里']],
  ['a goal without numbers', [{ file: R, find: (smallPack[R] ?? '').slice((smallPack[R] ?? '').indexOf('  指标:')), replace: '' }], ['goals.yaml:3:3 [missing-key] 缺少“指标”']],
  ['a target without any number', [{ file: R, find: '目标: 500, ', replace: '' }], ['goals.yaml:12:7 [missing-key] 缺少“目标”']],
  ['a year without its number', [{ file: R, find: '到: 2029, 约: 是 }', replace: '到: 2029, 现值年: 2025 }' }], ['goals.yaml:12:7 [missing-key] 缺少“现值”']],
  ['a deadline that is no day', [{ file: R, find: '到: 2029, 约: 是 }', replace: '到: 2029, 期限: 2029-02-30 }' }], ['goals.yaml:12:90 [bad-date] 没有“2029-02-30”这一天，日期写作 2021-09-01']],
  ['a duty of nobody', [{ file: D, find: '  牵头: 人社局\n', replace: '' }], ['duties.yaml:3:3 [missing-key] 缺少“牵头”']],
  ['a duty now and then', [{ file: D, find: '频次: 每年', replace: '频次: 偶尔' }], ['duties.yaml:9:7 [unknown-choice] “频次”不能是“偶尔”，只能是 每年、每两年、每三年、持续、一次']],
  ['a day that no year has', [{ file: D, find: '日期: 11月1日', replace: '日期: 11月31日' }], ['duties.yaml:10:7 [wrong-shape] “日期”应当写成几月几日，例如 11月1日']],
  ['a procedure of no steps', [{ file: S, find: (smallPack[S] ?? '').slice((smallPack[S] ?? '').indexOf('  步骤:'), (smallPack[S] ?? '').indexOf('  监督:')), replace: '  步骤: []\n' }], ['procedures.yaml:11:7 [wrong-shape] “步骤”应当写成一个列表，至少一步']],
  ['a step that takes forever', [{ file: S, find: '工作日: 10', replace: '工作日: 1000' }], ['procedures.yaml:18:12 [wrong-shape] “工作日”应当写成不超过 250 的天数']],
  ['a step of no kind', [{ file: S, find: '类型: 审定', replace: '类型: 审批' }], ['procedures.yaml:15:11 [unknown-choice] “类型”不能是“审批”，只能是 申报、报备、受理、初审、复审、评审、考察、体检、审定、公示、签约、发放、核查、考核、其他']],
  ['oversight in one language', [{ file: S, find: '  英文监督: Who cheats pays back\n', replace: '' }], ['procedures.yaml:22:3 [missing-words] 这里写了中文，没有写“英文监督”，看英文的申请人会读不懂']],
  ['a provision that is no map', [{ file: D, content: 'yearly-list: 每年公布\n' }], ['duties.yaml:1:14 [wrong-shape] “yearly-list”应当写成“名称: 内容”的几行']],
  ['a file of provisions that is a list', [{ file: D, content: '- 每年公布\n' }], ['duties.yaml:1:1 [wrong-shape] “duties.yaml”应当写成“编号: 内容”的几行']],
];

test('a policy is a folder of its city and nothing else', () => {
  expect(told([{ file: C, find: '政策: [talent-2025]', replace: '政策: [../small/talent-2025]' }]).join()).toContain('[bad-name] “../small/talent-2025”不能作名称');
});

test('marks of a Chinese keyboard are named', () => {
  expect(told([{ file: L, find: '牵头: 人社局', replace: '牵头：人社局' }]).join()).toContain('这里是中文的“：”，请改成英文的“:”再加一个空格');
  expect(told([{ file: P, find: '学历 ≥ 硕士研究生, 得: 2000元', replace: '学历 ≥ 硕士研究生，得: 2000元' }]).join()).toContain('中文的“，”');
});

test('a bare number in a table of amounts is blamed on its own row', () => {
  const [said, ...more] = told([{ file: P, find: '得: 2000元', replace: '得: 2000' }]);
  expect(said).toMatch(/^policy\.yaml:39:\d+ \[wrong-type\] .*“2000”/);
  expect(more).toEqual([]);
});

// Without a bound on the search this would not come to an end.
test('a table of hundreds of rows is given up', () => {
  const rows = Array.from({ length: 300 }, (_, index) => `      - { 当: 年薪 = ${index + 1}元, 得: ${index + 1}元 }`).join('\n');
  const table = `      - { 当: 学历 ≥ 硕士研究生, 得: 2000元 }
      - { 当: 学历 = 本科 且 重点院校, 得: 1000元 }
      - { 当: 学历 = 本科 且 非 重点院校, 得: 500元 }
`;
  const said = told([{ file: P, find: table, replace: `${rows}\n      - { 其余: 1元 }\n` }]);
  expect(said.some((line) => line.includes('[table-unproved]'))).toBe(true);
});

test.each(refused)('%s', (_, edits, said) => {
  expect(told(edits).sort()).toEqual([...said].sort());
});

test('what is allowed: other subjects, one-line definitions, a table with otherwise, a parameter not yet set, quotes and blocks', () => {
  expect(told([
    { file: P, find: '定义:\n', replace: '定义:\n  大额: 年缴个税 ≥ 5万元\n  民企: { 对象: 单位, 说明: 民营企业, 英文: a private enterprise, 条款: 第二条, 要求: 所有制 = 民营 }\n' },
    { file: P, find: '\n待遇: [living, tax-reward]\n', replace: '\n待遇: [living, tax-reward, firm]\n' },
    { file: T, find: '  要求: 人才类别 ≥ D', replace: '  要求: >-\n    人才类别 ≥ D\n    且 (大额 或 非 大额)' },
    { file: 'talent-2025/firm.yaml', content: `名称: "奖企业"
英文: 'A reward for firms'
种类: 评选
对象: 单位
条款: 第二条
牵头: 人社局
条件: { 要求: 民企 }
金额: { 表: [ { 当: 规上, 得: 5万元 }, { 其余: 1万元 } ] }
评定: 是
名额: 5
用例:
  - { 名称: 一, 事实: { 所有制: 民营, 规上: 是 }, 应为: 待评审, 金额: 5万元 }
  - { 名称: 二, 事实: { 所有制: 国有 }, 应为: 不可享 }
  - { 名称: 三, 事实: {}, 应为: 缺信息, 缺: [所有制] }
  - { 名称: 四, 事实: { 所有制: 民营 }, 应为: 待评审, 金额: { 从: 1万元, 到: 5万元 } }
` },
  ])).toEqual([]);
  expect(told([{ file: P, find: '    取值: 40%\n', replace: '' }, { file: T, find: '金额: 4万元', replace: '金额: { 至多: 5万元 }' }, { file: T, find: '年缴个税: 1000000 }\n    应为: 可享\n    金额: 5万元', replace: '年缴个税: 1000000 }\n    参数: { 留成比例: 2.5% }\n    应为: 可享\n    金额: 25000元' }])).toEqual([]);
});

test('a cap on all grants is an amount, for always or under one alternative of a reading', () => {
  const capped = (cap: string) => checkFiles(editPack([{ file: T, find: '\n支付: 一次\n', replace: `\n合计上限: ${cap}\n支付: 一次\n` }]));
  const capOf = (cap: string) => capped(cap).source?.policies[0]?.policy.benefits.find(({ id }) => id === 'tax-reward');
  expect(capOf('{ 金额: 20万元 }')).toMatchObject({ totalCap: { fen: 20_000_000 }, readings: [] });
  expect(capOf('{ 金额: 20万元, 解读: { 看哪个学历: 第一学历 } }')).toMatchObject({ totalCap: { fen: 20_000_000, under: { reading: '看哪个学历', alternative: 1 } }, readings: ['看哪个学历'] });
  const codes = (cap: string) => capped(cap).diagnostics.map(({ code }) => code);
  expect([codes('{ 金额: 20% }'), codes('{ 金额: 年薪 }'), codes('{ 解读: { 看哪个学历: 第一学历 } }')]).toEqual([['wrong-shape'], ['wrong-shape'], ['missing-key']]);
  expect([codes('{ 金额: 1元, 解读: { 看哪个: 第一学历 } }'), codes('{ 金额: 1元, 解读: { 看哪个学历: 别的 } }')]).toEqual([['unknown-fact'], ['unknown-choice']]);
});

test('a benefit for several kinds of subject is an entry for each, asks nothing where nothing is written, and counts once', () => {
  const { diagnostics, source, benefits, cases } = checkFiles(editPack(benefitsForOthers));
  expect(diagnostics).toEqual([]);
  expect({ benefits, cases }).toEqual({ benefits: 4, cases: 11 });
  const policy = source?.policies[0]?.policy;
  expect(policy?.benefits.map(({ id, subject, also, procedure, condition }) => [id, subject, also, procedure, condition.op])).toEqual([
    ['living', 'person', [], 'living-claim', 'all'],
    ['tax-reward', 'person', [], undefined, 'compare'],
    ['prize', 'organisation', ['第三条'], 'living-claim', 'always'],
    ['prize', 'person', ['第三条'], 'living-claim', 'always'],
    ['team-room', 'team', [], undefined, 'always'],
  ]);
  expect(source?.policies[0]?.benefits.map((each) => each.cases.length)).toEqual([4, 4, 1, 1, 1]);
});

test('what is wrong with a case of one kind of subject is told of that kind', () => {
  expect(told([...benefitsForOthers, { file: 'talent-2025/prize.yaml', find: '对象: 个人, 事实: { 学历: 本科 }', replace: '对象: 个人, 事实: { 所有制: 民营 }' }])).toEqual([
    'prize.yaml:16:5 [bad-case] 用例“个人”的事实不对：没有“所有制”这个事实',
  ]);
});

test('goals, duties, narratives, procedures and the clauses of a policy are read as they are written', () => {
  const policy = checkFiles(smallPack).source?.policies[0]?.policy;
  expect(policy?.goals).toEqual([
    {
      id: 'five-years',
      title: { zh: '五年引才', en: 'Talent of five years' },
      clause: '第二条',
      also: ['第三条'],
      lead: '人社局',
      support: ['财政局'],
      words: { zh: '五年约引进 500 人，每年至少 100 人', en: 'About 500 people in five years, at least 100 a year' },
      file: 'cities/small/talent-2025/goals.yaml',
      line: 2,
      targets: [
        { title: { zh: '五年引进', en: 'In five years' }, target: 500, unit: { zh: '人', en: 'people' }, from: 2025, to: 2029, isAbout: true, isLeast: false },
        { title: { zh: '每年引进', en: 'A year' }, target: 100, unit: { zh: '人', en: '人' }, every: 'yearly', isAbout: false, isLeast: true, base: 80, clause: '第四条', lead: '财政局' },
      ],
    },
  ]);
  expect(policy?.duties).toMatchObject([{ id: 'yearly-list', clause: '第六条', lead: '人社局', support: [], frequency: 'yearly', day: { month: 11, day: 1 }, whom: { zh: '享受补贴的人', en: '享受补贴的人' } }]);
  expect(policy?.narratives.map(({ id, clause, lead }) => [id, clause, lead])).toEqual([['purpose', '第一条', undefined]]);
  expect(policy?.procedures).toMatchObject([
    {
      id: 'living-claim',
      benefits: ['living'],
      steps: [
        { title: { zh: '申报', en: 'Application' }, kind: 'application', by: '申请人', jointly: [] },
        { title: { zh: '审定', en: 'Decision' }, kind: 'decision', by: '人社局', jointly: ['财政局', '专家组'], workingDays: 10, clause: '第六条', words: { zh: '两家一起看材料', en: 'The two look at the papers together' } },
      ],
      oversight: { zh: '弄虚作假的退回补贴', en: 'Who cheats pays back' },
    },
  ]);
  expect(policy?.clauses.slice(0, 2)).toEqual([
    { id: '第一条', title: { zh: '为什么引才', en: 'Why talent is attracted' } },
    { id: '第二条', title: { zh: '引才对象', en: '引才对象' } },
  ]);
});

const policyAfter = (...edits: readonly PackEdit[]): Policy | undefined => checkFiles(editPack(edits)).source?.policies[0]?.policy;

test('a target has a deadline, and its base and what was reached have their years; duties may have targets and a deadline', () => {
  const policy = policyAfter(
    { file: R, find: '到: 2029, 约: 是 }', replace: '到: 2029, 期限: 2029-12-31, 约: 是, 基数: 10, 基数年: 2024, 现值: 12.5, 现值年: 2025 }' },
    { file: R, find: '目标: 100, 单位: 人, 每: 年, 至少: 是, 基数: 80,', replace: '单位: 人, 每: 年, 现值: 80,' },
    { file: D, find: '  日期: 11月1日\n', replace: '  日期: 11月1日\n  期限: 2025-12-31\n  指标: [{ 名称: 公布几次, 英文: Times, 目标: 1, 单位: 次, 条款: 第四条 }]\n' },
  );
  const [whole, yearly] = policy?.goals[0]?.targets ?? [];
  expect(whole).toMatchObject({ target: 500, by: 20291231, base: 10, baseYear: 2024, reached: 12.5, reachedYear: 2025 });
  expect(yearly).toMatchObject({ reached: 80, every: 'yearly' });
  expect(yearly).not.toHaveProperty('target');
  expect(policy?.duties).toMatchObject([{ due: 20251231, day: { month: 11, day: 1 }, targets: [{ target: 1, title: { zh: '公布几次' }, clause: '第四条' }] }]);
});

test('a benefit states what a catalogue of services does, and its own days', () => {
  const service = '事项: { 基本编码: 000114000000, 实施编码: A-1, 法定时限: 20, 承诺时限: 0, 跑动次数: 1, 收费: 不收费, 英文收费: free }\n';
  const policy = policyAfter({ file: L, find: '材料:\n', replace: `施行: 2025-03-01\n截止: 2025-12-31\n${service}材料:\n` }, { file: T, find: '支付: 一次\n', replace: '支付: 一次\n施行: 2025-02-01\n' });
  expect(policy?.benefits[0]).toMatchObject({
    from: 20250301, to: 20251231, service: { basicCode: '000114000000', implementingCode: 'A-1', legalDays: 20, promisedDays: 0, visits: 1, fee: { zh: '不收费', en: 'free' } },
  });
  // The policy's own first day says nothing more.
  expect(policy?.benefits[1]).not.toHaveProperty('from');
  expect(told([{ file: L, find: '材料:\n', replace: '事项: { 承诺时限: 5天 }\n材料:\n' }])).toEqual(['living.yaml:26:13 [wrong-shape] “承诺时限”应当写成一个整数，不带单位']);
});

test('a clause says what it provides, a policy what is at hand of it and which reading its first day rests on', () => {
  const source: PackEdit = { file: P, find: '发文: 2025-01-01\n', replace: '来源: { 说明: 只有一篇报道, 英文: Only a press report }\n发文: 2025-01-01\n施行解读: 看哪个学历\n' };
  const clause: PackEdit = { file: P, find: 'Why talent is attracted }\n  第二条', replace: 'Why talent is attracted, 说明: 先要有人, 英文说明: People come first }\n  第二条' };
  const policy = policyAfter(source, clause);
  expect(policy).toMatchObject({ source: { zh: '只有一篇报道', en: 'Only a press report' }, effectReading: '看哪个学历' });
  expect(policy?.clauses[0]).toEqual({ id: '第一条', title: { zh: '为什么引才', en: 'Why talent is attracted' }, words: { zh: '先要有人', en: 'People come first' } });
  // Where nothing is written nothing is there.
  expect(policyAfter()).not.toHaveProperty('source');
  expect(policyAfter()).not.toHaveProperty('effectReading');
  const half = (found: string, replace: string): string[] => told([{ ...clause, replace: clause.replace.replace(found, replace) }]);
  expect(half(', 英文说明: People come first', '')).toEqual(['policy.yaml:51:49 [missing-words] 这里写了中文，没有写“英文说明”，看英文的申请人会读不懂']);
  expect(half(', 说明: 先要有人', '')).toEqual(['policy.yaml:51:49 [missing-words] 这一条没有“说明”，申请人会看不懂']);
  expect(told([{ ...source, replace: source.replace.replace('看哪个学历', '看哪天') }])).toEqual(['policy.yaml:6:7 [unknown-choice] “施行解读”不能是“看哪天”，只能是 看哪个学历']);
  expect(told([{ ...source, replace: source.replace.replace(', 英文: Only a press report', '') }])).toEqual(['policy.yaml:4:5 [missing-key] 缺少“英文”']);
});

test('an amount that is so many months or years of something keeps which', () => {
  expect(policyAfter()?.benefits[0]?.amount).toMatchObject({ kind: 'exact', each: 'month' });
  expect(policyAfter({ file: L, find: '每月: 每月标准, 月数: 60', replace: '每年: 每月标准, 年数: 5' })?.benefits[0]?.amount).toMatchObject({ kind: 'exact', each: 'year' });
  expect(policyAfter()?.benefits[1]?.amount).not.toHaveProperty('each');
});

test('files with nothing in them are told of', () => {
  expect(told([{ file: C, content: '' }])).toEqual(['city.yaml:1:1 [wrong-shape] “city.yaml”应当写成“名称: 内容”的几行']);
  expect(told([{ file: P, content: '' }])).toContain('policy.yaml:1:1 [wrong-shape] “policy.yaml”应当写成“名称: 内容”的几行');
});

const real = Object.fromEntries(
  globSync('cities/jilin-city/**/*.yaml', { cwd: projectRoot }).map((file) => [file.replaceAll('\\', '/').replace('cities/jilin-city/', ''), readFileSync(join(projectRoot, file), 'utf8').replace(/^上级: .*\n/m, '')]),
);

/** Damages of a text, as hands and programs do them. */
const damages: readonly ((text: string, chance: Chance) => string)[] = [
  (text, chance) => onLine(text, chance, () => []),
  (text, chance) => onLine(text, chance, (line) => [line, line]),
  (text, chance) => onLine(text, chance, (line) => [chance.once(2) ? `  ${line}` : line.replace(/^ {1,2}/, '')]),
  (text, chance) => onLine(text, chance, (line) => [`\t${line.trimStart()}`]),
  (text, chance) => onLine(text, chance, (line) => [line.replace(/: .*/, ':')]),
  (text, chance) => onLine(text, chance, (line) => [line.replace(/: .*/, `: ${chance.pick(['{}', '[]', '[[]]', '{ a: [b, { c: d }] }', 'null', '~', '-1', '1e99', '"\\u0000"', '|', '>-', '2021-02-30', '是', '？', '5年', '50%', '学历', '非', "''", '!!binary x', '!甲 乙', '&甲 乙'])}`)]),
  (text, chance) => onLine(text, chance, (line) => [line.replace(/^( *(?:- )?)[^:]+:/, `$1${chance.pick(['不', '全部', '表', '按解读', '值', '对象', '条款', '? ', '[甲]', '{}', '甲', '__proto__', 'constructor', ''])}:`)]),
  ...[1, 2, 3, 4].map((count) => (text: string, chance: Chance) => {
    for (let left = count; left > 0; left--) text = onLine(text, chance, (line) => [damageRule(line, chance)], (line) => /[≥=]|位于| 有 |\d元|×/.test(line));
    return text;
  }),
  (text, chance) => swapLines(text, chance),
  (text, chance) => text.slice(0, chance.below(text.length)),
  (text, chance) => text.slice(chance.below(text.length)),
  (text, chance) => insert(text, chance, chance.pick(['"', "'", '{', '}', '[', ']', ':', ': ', '- ', '#', '&a ', '*a', '|', '>', '%', '@', '\t', '\n', '\r', '\u0000', '😀', '\ud800', '\uFEFF', '（', '“', '甲'])),
  (text, chance) => insert(text, chance, Array.from({ length: 8 }, () => String.fromCharCode(chance.below(0x3000))).join('')),
  (text, chance) => insert(text, chance, '\n---\n'),
  (text, chance) => insert(text, chance, chance.pick(['[', '{ 不: ', '(']).repeat(300)),
];

const words = ['≥', '=', '有', '且', '或', '非', '、', '(', ')', '“', '至', '位于', '属于', '×', '+', '-', '；', '5', '3年', '2元', '10%', '2021-02-30', '基准日', '学历', '本科', '年薪', '取小(', '超出(年薪, 1元)', '重点院校', '每月标准', '留成比例', '看哪个学历'];

/** Puts words of the language into a rule, for one of its own or between two. */
function damageRule(line: string, chance: Chance): string {
  const start = line.search(/: /) + 2;
  const parts = line.slice(start).split(' ');
  parts.splice(chance.below(parts.length), chance.below(2), chance.pick(words));
  return line.slice(0, start) + parts.join(' ');
}

/** Changes one line of a text, of those that fit. */
function onLine(text: string, chance: Chance, change: (line: string) => string[], fits: (line: string) => boolean = () => true): string {
  const lines = text.split('\n');
  const fitting = lines.flatMap((line, index) => (fits(line) ? [index] : []));
  if (fitting.length === 0) return text;
  const at = chance.pick(fitting);
  return [...lines.slice(0, at), ...change(lines[at] ?? ''), ...lines.slice(at + 1)].join('\n');
}

function swapLines(text: string, chance: Chance): string {
  const lines = text.split('\n');
  const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return lines.join('\n');
}

function insert(text: string, chance: Chance, what: string): string {
  const at = chance.below(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
}

/** Everything reported stands at a place that is there, in words without holes. */
function expectSound(diagnostics: readonly Diagnostic[], files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const item of diagnostics) {
    const content = files[item.place.file.replace('cities/small/', '')] ?? '';
    const lines = (typeof content === 'string' ? content : '').split('\n');
    expect(item.place.line).toBeGreaterThanOrEqual(1);
    expect(item.place.line).toBeLessThanOrEqual(lines.length);
    expect(item.place.column).toBeGreaterThanOrEqual(1);
    expect(item.place.column).toBeLessThanOrEqual((lines[item.place.line - 1]?.length ?? 0) + 1);
    for (const language of ['zh', 'en'] as const) expect(wordDiagnostic(item, language)).not.toMatch(/undefined|NaN|\[object|^$/);
  }
}

const provisions = [R, D, S, 'talent-2025/narratives.yaml'];

// A comment, a word that changed or a line that need not be there is no damage, and provisions are mostly words.
test.each<readonly [what: string, names: readonly string[], count: number, silentAtMost: number, codes: readonly string[]]>([
  ['rules', Object.keys(smallPack).filter((name) => !provisions.includes(name)), 300, 75, ['bad-yaml', 'bad-expression', 'wrong-type', 'wrong-unit', 'unknown-fact', 'unknown-key', 'wrong-shape', 'case-failed']],
  ['provisions', provisions, 150, 75, ['bad-yaml', 'missing-key', 'unknown-key', 'wrong-shape', 'unknown-clause']],
])('seeded damages of the %s of the small pack: diagnostics only', (_, names, count, silentAtMost, codes) => {
  const seen = new Map<string, number>();
  let silent = 0;
  for (let seed = 0; seed < count; seed++) {
    const chance = chanceOf(seed);
    const file = chance.pick(names);
    let text = smallPack[file] ?? '';
    for (let left = 1 + chance.below(2); left > 0; left--) text = chance.pick(damages)(text, chance);
    const files = editPack([{ file, content: text }]);
    const { diagnostics } = checkFiles(files);
    if (diagnostics.length === 0) silent++;
    for (const { code } of diagnostics) seen.set(code, (seen.get(code) ?? 0) + 1);
    expectSound(diagnostics, files);
  }
  expect(silent).toBeLessThan(silentAtMost);
  // Not only the YAML was hit.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([...codes]));
});

test('seeded damages of the real pack: diagnostics only', () => {
  const names = Object.keys(real);
  expect(names.length).toBeGreaterThan(10);
  for (let seed = 1000; seed < 1020; seed++) {
    const chance = chanceOf(seed);
    const file = chance.pick(names);
    const files = editPack([{ file, content: chance.pick(damages)(real[file] ?? '', chance) }], real);
    expectSound(checkFiles(files).diagnostics, files);
  }
});

test('conditions nested as deeply as files may be do not exhaust anything', () => {
  for (const depth of [50, 300, 700]) {
    const nested = `条件: ${'{ 不: '.repeat(depth)}人才类别 ≥ D${' }'.repeat(depth)}`;
    const files = editPack([{ file: T, find: '条件:\n  要求: 人才类别 ≥ D\n  说明: 认定为 D 类以上\n  英文: recognised as category D or above', replace: nested }]);
    const codes = new Set(checkFiles(files).diagnostics.map(({ code }) => code));
    expect([...codes].filter((code) => code !== 'missing-words' && code !== 'bad-yaml')).toEqual([]);
  }
});

test('bytes that are no text', () => {
  for (const file of Object.keys(smallPack)) {
    const { diagnostics } = checkFiles(editPack([{ file, content: new Uint8Array([0xff, 0xfe, 0x00, 0x80]) }]));
    expect(diagnostics.map(({ code, place }) => `${code} ${place.line}:${place.column}`)).toEqual(['not-utf8 1:1']);
  }
});
