// The small pack with five readings, each of which decides for somebody else: what a reading changes can be counted by hand.
import { editPack, type PackEdit } from './small-pack.ts';

/** Readings that decide what is met, what is paid, what is at most paid, who may be considered, and what can be had together. */
const edits: readonly PackEdit[] = [
  {
    file: 'talent-2025/policy.yaml',
    find: '\n定义:\n',
    replace: `
  合同签几年:
    问题: 合同要签几年
    英文: for how many years the contract has to be
    条款: 第二条
    采用: 五年
    可选:
      五年: { 说明: 签满五年, 英文: five years }
      三年: { 说明: 签满三年, 英文: three years }
  奖给谁:
    问题: 引才奖给谁
    英文: who is considered for the prize
    条款: 第二条
    采用: 硕士
    可选:
      硕士: { 说明: 只给硕士, 英文: masters only }
      本科以上: { 说明: 本科以上都给, 英文: bachelors and above }
  奖最多多少:
    问题: 引才奖最多多少
    英文: how much the prize can be
    条款: 第二条
    采用: 五万
    可选:
      五万: { 说明: 最多五万元, 英文: '50,000 yuan at most' }
      十万: { 说明: 最多十万元, 英文: '100,000 yuan at most' }
  能不能同享:
    问题: 两项待遇能不能同享
    英文: whether both can be had
    条款: 第六条
    采用: 不能
    可选:
      不能: { 说明: 只享一项, 英文: one of the two }
      能: { 说明: 可以同享, 英文: both }

定义:
`,
  },
  { file: 'talent-2025/policy.yaml', find: '    待遇: [living, tax-reward]\n', replace: '    待遇: [living, tax-reward]\n    解读: { 能不能同享: 不能 }\n' },
  { file: 'talent-2025/policy.yaml', find: '\n待遇: [living, tax-reward]\n', replace: '\n待遇: [living, tax-reward, prize]\n' },
  {
    file: 'talent-2025/living.yaml',
    find: `    - 要求: 合同年限 ≥ 5年
      说明: 合同签满五年
      英文: a contract of five years
      条款: 第二条
`,
    replace: `    - 按解读: 合同签几年
      五年: { 要求: 合同年限 ≥ 5年, 说明: 合同签满五年, 英文: a contract of five years, 条款: 第二条 }
      三年: { 要求: 合同年限 ≥ 3年, 说明: 合同签满三年, 英文: a contract of three years, 条款: 第二条 }
`,
  },
  {
    file: 'talent-2025/prize.yaml',
    content: `# 引才奖：评出来的人给，最多五万元。
名称: 引才奖
英文: Prize for talent
种类: 评选
对象: 个人
条款: 第二条
牵头: 人社局
条件:
  按解读: 奖给谁
  硕士: { 要求: 学历 = 硕士研究生, 说明: 是硕士, 英文: a master }
  本科以上: { 要求: 学历 ≥ 本科, 说明: 本科以上, 英文: a bachelor or above }
金额: { 按解读: 奖最多多少, 五万: { 至多: 5万元 }, 十万: { 至多: 10万元 } }
资金: 人才资金
评定: 是
用例:
  - { 名称: 硕士, 事实: { 学历: 硕士研究生 }, 应为: 待评审, 金额: { 至多: 5万元 } }
  - { 名称: 专科, 事实: { 学历: 专科 }, 应为: 不可享 }
`,
  },
];

/** The files of the pack. */
export const readingsPack = editPack(edits);

const employer = { 单位类型: '企业', 所在地: '220202' };
const settled = { 人才类别: 'E', 合同年限: 5, 合同起始日: '2025-03-01', 用人单位: employer };

/**
 * Six people. As things stand 甲 gets 60,000, 乙 30,000, 丙 120,000 and up to 50,000 for the prize, 戊 60,000 (or 40,000: the
 * greater counts), 丁 and 己 nothing: 270,000 for certain, 320,000 at most.
 */
export const readingsPeople: readonly { readonly id: string; readonly subject: 'person'; readonly facts: Readonly<Record<string, unknown>> }[] = [
  { id: '甲', facts: { ...settled, 学历: '本科', 院校类别: ['985'], 第一学历院校类别: [] } },
  { id: '乙', facts: { ...settled, 学历: '本科', 院校类别: [], 第一学历院校类别: ['211'] } },
  { id: '丙', facts: { ...settled, 学历: '硕士研究生', 院校类别: ['985'], 第一学历院校类别: ['985'] } },
  { id: '丁', facts: { ...settled, 学历: '专科' } },
  { id: '戊', facts: { ...settled, 学历: '本科', 院校类别: ['985'], 第一学历院校类别: [], 人才类别: 'D', 年缴个税: 100000 } },
  { id: '己', facts: { ...settled, 学历: '本科', 院校类别: [], 第一学历院校类别: [], 合同年限: 4 } },
].map((person) => ({ ...person, subject: 'person' as const }));
