// A small, good pack for tests of the policy language, and a way to check it after edits to its text.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Checked, checkCity } from '../../src/authoring/check-city.ts';
import type { Diagnostic } from '../../src/authoring/diagnostics.ts';
import { openWorkspace, type Workspace } from '../../src/authoring/workspace.ts';

const city = `# 小城：测试用的一座城。
名称: 小城
英文: Small City
代码: 220200
政策: [talent-2025]
部门:
  人社局: { 英文: Human Resources Bureau }
  财政局: { 英文: Finance Bureau }
资金:
  人才资金: { 英文: Talent fund }
  用人单位: { 英文: The employer }
`;

const policy = `# 小城引才办法：一个参数、一处解读、两条定义、一组同一事项、两项待遇。
名称: 小城引才办法
英文: Measures of Small City to attract talent
发文: 2025-01-01
施行: 2025-02-01
牵头: 人社局
待遇: [living, tax-reward]

参数:
  留成比例:
    类型: 比例
    取值: 40%
    说明: 个人所得税中留给本级的部分
    英文: the part of income tax that stays at this level
    条款: 第五条
    由: 财政局

解读:
  看哪个学历:
    问题: 看最高学历还是第一学历的学校
    英文: whether the university of the highest or of the first degree counts
    条款: 第三条
    采用: 最高学历
    可选:
      最高学历: { 说明: 看最高学历的学校, 英文: the university of the highest degree }
      第一学历: { 说明: 看第一学历的学校, 英文: the university of the first degree }

定义:
  重点院校:
    说明: 学校是 985 或 211
    英文: the university is 985 or 211
    条款: 第三条
    按解读: 看哪个学历
    最高学历: 院校类别 有 985、211 之一
    第一学历: 第一学历院校类别 有 985、211 之一
  每月标准:
    条款: 第四条
    表:
      - { 当: 学历 ≥ 硕士研究生, 得: 2000元 }
      - { 当: 学历 = 本科 且 重点院校, 得: 1000元 }
      - { 当: 学历 = 本科 且 非 重点院校, 得: 500元 }

同一事项:
  只享一项:
    说明: 两项待遇只享一项
    英文: one of the two
    条款: 第六条
    待遇: [living, tax-reward]

条款:
  第一条: { 题: 为什么引才, 英文: Why talent is attracted }
  第二条: 引才对象
  第三条: 重点院校
  第四条: 生活补贴
  第五条: 个税奖励
  第六条: 不重复享受
`;

const narratives = `# 只作说明的条款。
purpose:
  名称: 为什么引才
  英文: Why talent is attracted
  条款: 第一条
  说明: 小城要发展，先要有人
  英文说明: A small city that wants to grow needs people first
`;

const goals = `# 目标：五年引进多少人。
five-years:
  名称: 五年引才
  英文: Talent of five years
  条款: 第二条
  又见: [第三条]
  牵头: 人社局
  配合: [财政局]
  说明: 五年约引进 500 人，每年至少 100 人
  英文说明: About 500 people in five years, at least 100 a year
  指标:
    - { 名称: 五年引进, 英文: In five years, 目标: 500, 单位: 人, 英文单位: people, 从: 2025, 到: 2029, 约: 是 }
    - { 名称: 每年引进, 英文: A year, 目标: 100, 单位: 人, 每: 年, 至少: 是, 基数: 80, 条款: 第四条, 牵头: 财政局 }
`;

const duties = `# 职责：每年公布名单。
yearly-list:
  名称: 公布享受名单
  英文: Publishing the list
  条款: 第六条
  牵头: 人社局
  说明: 每年公布享受补贴的人
  英文说明: Every year the list of those who are paid is published
  频次: 每年
  日期: 11月1日
  对象: 享受补贴的人
`;

const procedures = `# 流程：生活补贴怎么申请。
living-claim:
  名称: 申请生活补贴
  英文: Claiming the living subsidy
  条款: 第四条
  牵头: 人社局
  配合: [财政局]
  待遇: [living]
  说明: 先申报，再审定，然后发放
  英文说明: Application, decision, payment
  步骤:
    - { 名称: 申报, 英文: Application, 类型: 申报, 由: 申请人 }
    - 名称: 审定
      英文: Decision
      类型: 审定
      由: 人社局
      会同: [财政局, 专家组]
      工作日: 10
      条款: 第六条
      说明: 两家一起看材料
      英文说明: The two look at the papers together
  监督: 弄虚作假的退回补贴
  英文监督: Who cheats pays back
`;

const living = `# 生活补贴：本科以上、签满五年的人，每月按学历和学校给，发五年。
名称: 生活补贴
英文: Living subsidy
种类: 补助
对象: 个人
条款: 第四条
牵头: 人社局
配合: [财政局]
条件:
  全部:
    - 要求: 学历 ≥ 本科
      说明: 学历是本科以上
      英文: a bachelor's degree or above
    - 要求: 合同年限 ≥ 5年
      说明: 合同签满五年
      英文: a contract of five years
      条款: 第二条
    - 要求: 用人单位.所在地 位于 吉林市
      说明: 用人单位在本市
      英文: the employer is in the city
金额: { 每月: 每月标准, 月数: 60 }
支付: { 次数: 5, 间隔: 1年, 起算: 合同起始日, 发前核对: 在岗 }
资金:
  - { 由: 人才资金, 承担: 60% }
  - { 由: 用人单位, 承担: 40% }
材料:
  - { 名称: 劳动合同, 英文: Labour contract, 证明: [合同起始日, 合同年限] }
用例:
  - 名称: 重点院校的本科
    事实:
      学历: 本科
      院校类别: [985]
      合同年限: 5
      合同起始日: 2025-03-01
      用人单位: { 单位类型: 企业, 所在地: 220202 }
    应为: 可享
    金额: 60000元
    发放日: [2026-03-01, 2027-03-01, 2028-03-01, 2029-03-01, 2030-03-01]
  - 名称: 专科
    事实: { 学历: 专科 }
    应为: 不可享
  - 名称: 不知道是哪个学校
    事实:
      学历: 本科
      合同年限: 5
      用人单位: { 单位类型: 企业, 所在地: 220202 }
    应为: 可享
    金额: { 从: 3万元, 到: 6万元 }
  - 名称: 合同差一点到五年
    事实:
      学历: 硕士研究生
      合同年限: 4.99
      用人单位: { 单位类型: 企业, 所在地: 220202 }
    应为: 不可享
办理: living-claim
`;

const taxReward = `# 个税奖励：D 类以上人才，按留成部分给，最多五万元。
名称: 个税奖励
英文: Income tax reward
种类: 补助
对象: 个人
条款: 第五条
牵头: 财政局
条件:
  要求: 人才类别 ≥ D
  说明: 认定为 D 类以上
  英文: recognised as category D or above
金额: 取小(留成比例 × 年缴个税, 5万元)
支付: 一次
资金: 人才资金
用例:
  - 名称: 交 10 万元
    事实: { 人才类别: D, 年缴个税: 100000 }
    应为: 可享
    金额: 4万元
  - 名称: 到顶
    事实: { 人才类别: A, 年缴个税: 1000000 }
    应为: 可享
    金额: 5万元
  - 名称: E 类
    事实: { 人才类别: E, 年缴个税: 100000 }
    应为: 不可享
  - 名称: 没有认定
    事实: { 年缴个税: 100000 }
    应为: 待评审
    缺: [人才类别]
`;

/** The files of the small pack by their short names; they are written below `cities/small`. */
export const smallPack: Readonly<Record<string, string>> = {
  'city.yaml': city,
  'talent-2025/policy.yaml': policy,
  'talent-2025/goals.yaml': goals,
  'talent-2025/duties.yaml': duties,
  'talent-2025/narratives.yaml': narratives,
  'talent-2025/procedures.yaml': procedures,
  'talent-2025/living.yaml': living,
  'talent-2025/tax-reward.yaml': taxReward,
};

/** An edit to one file: a text that stands there exactly once is replaced, or the whole file is, or (null) removed. */
export type PackEdit =
  | { readonly file: string; readonly find: string; readonly replace: string }
  | { readonly file: string; readonly content: string | Uint8Array | null };

/** Two more benefits: one that organisations and people alike may get, and one for teams; both ask nothing. */
export const benefitsForOthers: readonly PackEdit[] = [
  { file: 'talent-2025/policy.yaml', find: '\n待遇: [living, tax-reward]\n', replace: '\n待遇: [living, tax-reward, prize, team-room]\n' },
  { file: 'talent-2025/procedures.yaml', find: '待遇: [living]', replace: '待遇: [living, prize]' },
  { file: 'talent-2025/prize.yaml', content: `名称: 引才奖
英文: Prize for attracting talent
种类: 评选
对象: [单位, 个人]
条款: 第二条
又见: [第三条]
牵头: 人社局
条件: 不另要求
金额: 1万元
支付: 一次
资金: 人才资金
评定: 是
办理: living-claim
用例:
  - { 名称: 单位, 事实: { 所有制: 民营 }, 应为: 待评审, 金额: 1万元, 缺: [] }
  - { 名称: 个人, 对象: 个人, 事实: { 学历: 本科 }, 应为: 待评审, 金额: 1万元 }
` },
  { file: 'talent-2025/team-room.yaml', content: `名称: 团队办公室
英文: A room for the team
种类: 权益
对象: 团队
条款: 第二条
牵头: 人社局
条件: 不另要求
金额: 无
用例:
  - { 名称: 什么也不知道, 应为: 可享, 金额: 无 }
` },
];

/** The content of files by their path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** The files of a pack after edits. @throws Error where a text to be replaced does not stand there exactly once. */
export function editPack(edits: readonly PackEdit[], files: Files = smallPack): Files {
  const result: Record<string, string | Uint8Array> = { ...files };
  for (const edit of edits) {
    if ('content' in edit) {
      if (edit.content === null) delete result[edit.file];
      else result[edit.file] = edit.content;
      continue;
    }
    const text = result[edit.file];
    if (typeof text !== 'string') throw new Error(`no text ${edit.file}`);
    const pieces = text.split(edit.find);
    if (pieces.length !== 2) throw new Error(`"${edit.find}" stands ${pieces.length - 1} times in ${edit.file}`);
    result[edit.file] = pieces.join(edit.replace);
  }
  return result;
}

/** The root of this project. */
export const projectRoot = join(import.meta.dirname, '..', '..');

let opened: Workspace | undefined;

/** The project's vocabularies and reference data, read once. */
export function projectWorkspace(): Workspace {
  opened ??= openWorkspace(projectRoot);
  return opened;
}

/** Writes files below `cities` beside the real reference data into a new folder, uses them, and removes them. */
export function withCities<T>(files: Files, use: (workspace: Workspace) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'wutong-pack-'));
  try {
    mkdirSync(join(root, 'cities'));
    symlinkSync(join(projectRoot, 'cities', 'reference'), join(root, 'cities', 'reference'), 'dir');
    for (const [name, content] of Object.entries(files)) {
      const path = join(root, 'cities', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    return use({ ...projectWorkspace(), root });
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Checks a pack made of files. */
export function checkFiles(files: Files): Checked {
  return withCities(Object.fromEntries(Object.entries(files).map(([name, content]) => [`small/${name}`, content])), (workspace) => checkCity(workspace, 'small'));
}

/** What is wrong with the small pack after edits. */
export function checkEdited(edits: readonly PackEdit[]): readonly Diagnostic[] {
  return checkFiles(editPack(edits)).diagnostics;
}
