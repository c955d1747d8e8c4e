// Every diagnostic: one bad edit of a good pack that provokes it and nothing else, its exact place, and its words in both languages.

import { expect, test } from 'vitest';
import { checkEdited, checkFiles, type PackEdit, smallPack } from '../../test/support/small-pack.ts';
import { type DiagnosticCode, diagnosticCodes, formatDiagnostic, wordDiagnostic } from './diagnostics.ts';

const C = 'city.yaml';
const P = 'talent-2025/policy.yaml';
const L = 'talent-2025/living.yaml';
const T = 'talent-2025/tax-reward.yaml';
const R = 'talent-2025/goals.yaml';
const D = 'talent-2025/duties.yaml';
const N = 'talent-2025/narratives.yaml';
const S = 'talent-2025/procedures.yaml';

const tax = smallPack[T] ?? '';
const copies = Array.from({ length: 39 }, (_, index) => `copy-${index + 1}`);

interface Fault {
  readonly code: DiagnosticCode;
  readonly edits: readonly PackEdit[];
  /** File, line and column of what is reported; files of the policy without their folder. */
  readonly at: string;
  readonly zh: string;
  readonly en: string;
}

const faults: readonly Fault[] = [
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '    - 要求: 合同年限 ≥ 5年', replace: '   - 要求: 合同年限 ≥ 5年' }],
    at: 'living.yaml:14:1',
    zh: '这里的书写格式（YAML）读不懂：缩进和上下各行不齐',
    en: 'the YAML cannot be read here: the indentation does not fit the lines around it',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '英文: a contract of five years', replace: '英文: a contract: five years' }],
    at: 'living.yaml:16:11',
    zh: '这里的书写格式（YAML）读不懂：一行里有两个“: ”，含有冒号的文字请加引号',
    en: 'the YAML cannot be read here: there are two ": " in one line; quote a text that holds a colon',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '    - 要求: 合同年限 ≥ 5年', replace: '\t- 要求: 合同年限 ≥ 5年' }],
    at: 'living.yaml:14:1',
    zh: '这里的书写格式（YAML）读不懂：缩进用了制表符（Tab），请改用空格',
    en: 'the YAML cannot be read here: the indentation is a tab; use spaces',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '名称: 劳动合同', replace: "名称: '劳动合同" }],
    at: 'living.yaml:27:11',
    zh: '这里的书写格式（YAML）读不懂：引号没有配对',
    en: 'the YAML cannot be read here: a quotation mark has no other half',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '金额: { 每月: 每月标准, 月数: 60 }', replace: '金额: { 每月: 每月标准, 月数: 60' }],
    at: 'living.yaml:22:1',
    zh: '这里的书写格式（YAML）读不懂：花括号或方括号没有配对，里面缺少逗号，或者各行缩进不够',
    en: 'the YAML cannot be read here: a brace or bracket has no other half, a comma is missing inside, or the lines inside are not indented enough',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '金额: { 每月: 每月标准, 月数: 60 }', replace: '金额: { 每月: &x 每月标准, 月数: *x }' }],
    at: 'living.yaml:21:24',
    zh: '这里的书写格式（YAML）读不懂：不能用“*”引用别处，请把内容写出来',
    en: 'the YAML cannot be read here: an alias (*) is not allowed; write out what it stands for',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '条款: 第二条', replace: '条款 第二条' }],
    at: 'living.yaml:17:7',
    zh: '这里的书写格式（YAML）读不懂：这一行缺少冒号，或者冒号后面没有空格',
    en: 'the YAML cannot be read here: a colon is missing in this line, or a space behind it',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '条款: 第二条', replace: '条款: @第二条' }],
    at: 'living.yaml:17:11',
    zh: '这里的书写格式（YAML）读不懂：文字不能以“@”“`”或“%”开头，请加引号',
    en: 'the YAML cannot be read here: a text cannot begin with @, ` or %; quote it',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '条款: 第二条', replace: '条款: "第二条\\d"' }],
    at: 'living.yaml:17:15',
    zh: '这里的书写格式（YAML）读不懂：双引号里的“\\”有特别的意思，请改用单引号',
    en: 'the YAML cannot be read here: a backslash within double quotes has a meaning of its own; use single quotes',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '支付: {', replace: '---\n支付: {' }],
    at: 'living.yaml:22:1',
    zh: '这里的书写格式（YAML）读不懂：一个文件里只能有一份内容，请删去“---”',
    en: 'the YAML cannot be read here: a file holds one document; remove ---',
  },
  {
    code: 'bad-yaml',
    edits: [{ file: L, find: '条件:\n', replace: '条件: }\n' }],
    at: 'living.yaml:9:5',
    zh: '这里的书写格式（YAML）读不懂：花括号或方括号没有配对，里面缺少逗号，或者各行缩进不够',
    en: 'the YAML cannot be read here: a brace or bracket has no other half, a comma is missing inside, or the lines inside are not indented enough',
  },
  {
    code: 'not-utf8',
    edits: [{ file: T, content: new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6]) }],
    at: 'tax-reward.yaml:1:1',
    zh: '文件不是 UTF-8 编码，请另存为 UTF-8',
    en: 'the file is not UTF-8; save it as UTF-8',
  },
  {
    code: 'wrong-shape',
    edits: [{ file: C, find: '代码: 220200', replace: '代码: 22020' }],
    at: 'city.yaml:4:5',
    zh: '“代码”应当写成六位行政区划代码',
    en: '"代码" should be a six-digit division code',
  },
  {
    code: 'wrong-shape',
    edits: [{ file: T, find: '支付: 一次', replace: '支付: 两次' }],
    at: 'tax-reward.yaml:13:5',
    zh: '“支付”应当写成“名称: 内容”的几行',
    en: '"支付" should be lines of "name: content"',
  },
  {
    code: 'wrong-shape',
    edits: [{ file: L, find: '金额: { 每月: 每月标准, 月数: 60 }', replace: '金额: { 每月: 每月标准, 月数: 60, 至多: 5万元 }' }],
    at: 'living.yaml:21:5',
    zh: '“金额”应当写成无、未列、一个金额，或含有 值、每月、每年、至多、至少、从和到、份额、表 其中一种的几行',
    en: '"金额" should be 无, 未列, an amount, or lines with exactly one of 值, 每月, 每年, 至多, 至少, 从 and 到, 份额, 表',
  },
  {
    code: 'wrong-shape',
    edits: [{ file: P, find: '    按解读: 看哪个学历\n', replace: '    按解读: 看哪个学历\n    值: 5元\n' }],
    at: 'policy.yaml:30:5',
    zh: '“重点院校”应当写成含有 值、表、全部、任一、不、要求、按解读 其中一个的几行',
    en: '"重点院校" should be lines with exactly one of 值, 表, 全部, 任一, 不, 要求, 按解读',
  },
  {
    code: 'wrong-shape',
    edits: [{ file: P, find: '得: 500元 }', replace: '得: 500元, 其余: 100元 }' }],
    at: 'policy.yaml:41:11',
    zh: '“其余”应当写成单独一行，不带“当”和“得”',
    en: '"其余" should be a row of its own, without 当 and 得',
  },
  {
    code: 'wrong-shape',
    edits: [{ file: L, find: '  全部:\n', replace: '' }],
    at: 'living.yaml:10:5',
    zh: '“条件”应当写成“名称: 内容”的几行',
    en: '"条件" should be lines of "name: content"',
  },
  {
    code: 'missing-key',
    edits: [{ file: T, find: '牵头: 财政局\n', replace: '' }],
    at: 'tax-reward.yaml:2:1',
    zh: '缺少“牵头”',
    en: '"牵头" is missing',
  },
  {
    code: 'missing-key',
    edits: [{ file: L, find: '月数: 60', replace: '每: 月' }],
    at: 'living.yaml:21:5',
    zh: '缺少“月数”',
    en: '"月数" is missing',
  },
  {
    code: 'unknown-key',
    edits: [{ file: T, find: '支付: 一次', replace: '支负: 一次' }],
    at: 'tax-reward.yaml:13:1',
    zh: '不认识“支负”，是不是“支付”。这里可以写：名称、英文、种类、对象、条款、又见、施行、截止、牵头、配合、条件、金额、合计上限、期限、支付、资金、名额、评定、办理、事项、材料、解读、备注、英文备注、用例',
    en: '"支负" is not known; did you mean "支付"? Known here: 名称、英文、种类、对象、条款、又见、施行、截止、牵头、配合、条件、金额、合计上限、期限、支付、资金、名额、评定、办理、事项、材料、解读、备注、英文备注、用例',
  },
  {
    code: 'missing-file',
    edits: [{ file: C, find: '[talent-2025]', replace: '[talent-2025, talent-2026]' }],
    at: 'city.yaml:5:19',
    zh: '列出了“talent-2026”，但没有文件 talent-2026/policy.yaml',
    en: '"talent-2026" is listed, but there is no file talent-2026/policy.yaml',
  },
  {
    code: 'missing-file',
    edits: [{ file: T, content: null }],
    at: 'policy.yaml:7:14',
    zh: '列出了“tax-reward”，但没有文件 tax-reward.yaml',
    en: '"tax-reward" is listed, but there is no file tax-reward.yaml',
  },
  {
    code: 'unlisted-file',
    edits: [{ file: 'talent-2025/award.yaml', content: tax }],
    at: 'award.yaml:2:1',
    zh: '这个文件没有列在 policy.yaml 的“待遇”里，请在那里加上 award',
    en: 'this file is not listed under 待遇 in policy.yaml; add award there',
  },
  {
    code: 'duplicate-id',
    edits: [{ file: C, find: '[talent-2025]', replace: '[talent-2025, talent-2025]' }],
    at: 'city.yaml:5:19',
    zh: '“talent-2025”写了两次，第一次在 5:6（行:列）',
    en: '"talent-2025" is written twice, first at 5:6 (line:column)',
  },
  {
    code: 'duplicate-id',
    edits: [{ file: T, find: '支付: 一次', replace: '支付: 一次\n牵头: 人社局' }],
    at: 'tax-reward.yaml:14:1',
    zh: '“牵头”写了两次，第一次在 7:1（行:列）',
    en: '"牵头" is written twice, first at 7:1 (line:column)',
  },
  {
    code: 'bad-name',
    edits: [{ file: P, find: '定义:\n', replace: '定义:\n  年薪: 5元\n' }],
    at: 'policy.yaml:29:3',
    zh: '“年薪”不能作名称：事实已经用了它',
    en: '"年薪" cannot be a name: a fact has it',
  },
  {
    code: 'bad-name',
    edits: [{ file: P, find: '定义:\n', replace: '定义:\n  属于: 5元\n' }],
    at: 'policy.yaml:29:3',
    zh: '“属于”不能作名称：它是式子里的词',
    en: '"属于" cannot be a name: expressions use it as a word',
  },
  {
    code: 'bad-name',
    edits: [{ file: P, find: '定义:\n', replace: '定义:\n  Ａ档: 5元\n' }],
    at: 'policy.yaml:29:3',
    zh: '“Ａ档”不能作名称：式子里的全角字母和数字读作半角，这里请写半角',
    en: '"Ａ档" cannot be a name: expressions read full-width letters and digits as half-width; write it half-width',
  },
  {
    code: 'bad-name',
    edits: [{ file: P, find: '定义:\n', replace: '定义:\n  985 院校: 5元\n' }],
    at: 'policy.yaml:29:3',
    zh: '“985 院校”不能作名称：名称只能是连在一起的文字和数字，以文字开头',
    en: '"985 院校" cannot be a name: a name is letters and digits without spaces or marks, a letter first',
  },
  {
    code: 'bad-name',
    edits: [{ file: P, find: '定义:\n', replace: '定义:\n  留成比例: 5元\n' }],
    at: 'policy.yaml:29:3',
    zh: '“留成比例”不能作名称：参数或解读已经用了它',
    en: '"留成比例" cannot be a name: a parameter or a reading has it',
  },
  {
    code: 'bad-name',
    edits: [{ file: D, find: 'yearly-list:', replace: '公布名单:' }],
    at: 'duties.yaml:2:1',
    zh: '“公布名单”不能作名称：编号只能是小写字母、数字和“-”',
    en: '"公布名单" cannot be a name: an id is small letters, digits and -',
  },
  {
    code: 'duplicate-id',
    edits: [{ file: D, find: 'yearly-list:', replace: 'living:' }],
    at: 'duties.yaml:2:1',
    zh: '“living”写了两次，第一次在 policy.yaml:7:6（行:列）',
    en: '"living" is written twice, first at policy.yaml:7:6 (line:column)',
  },
  {
    code: 'missing-clause',
    edits: [{ file: D, find: '  条款: 第六条\n', replace: '' }],
    at: 'duties.yaml:2:1',
    zh: '“公布享受名单”没有写条款，请写“条款: …”，让人知道依据哪一条',
    en: '"公布享受名单" names no clause; write 条款: … so that people know what it rests on',
  },
  {
    code: 'unknown-clause',
    edits: [{ file: R, find: '又见: [第三条]', replace: '又见: [第三条, 第九条]' }],
    at: 'goals.yaml:6:13',
    zh: '条款“第九条”不在本政策的条款目录里，是不是“第一条”',
    en: `clause "第九条" is not in this policy's list of clauses; did you mean "第一条"?`,
  },
  {
    code: 'clause-gap',
    edits: [{ file: P, find: '  第六条: 不重复享受', replace: '  第六条: 不重复享受\n  第八条: 附则' }, { file: N, find: '条款: 第一条', replace: '条款: 第一条\n  又见: [第八条]' }],
    at: 'policy.yaml:57:3',
    zh: '条款目录跳号了：“第八条”的前面应当是“第七条”',
    en: 'the list of clauses skips a number: "第七条" should stand before "第八条"',
  },
  {
    code: 'uncovered-clause',
    edits: [{ file: P, find: '  第六条: 不重复享受', replace: '  第六条: 不重复享受\n  第七条: { 题: 附则, 英文: Final words }' }],
    at: 'policy.yaml:57:3',
    zh: '条款“第七条”（附则）没有着落：写成待遇、目标、职责或流程，没有要办的事就写进 narratives.yaml',
    en: 'nothing was made of clause "第七条" (Final words): write it as a benefit, a goal, a duty or a procedure, or, where there is nothing to run, in narratives.yaml',
  },
  {
    code: 'unknown-procedure',
    edits: [{ file: L, find: '办理: living-claim\n', replace: '办理: living-claims\n' }],
    at: 'living.yaml:55:5',
    zh: 'procedures.yaml 里没有“living-claims”这个流程，是不是“living-claim”',
    en: 'procedures.yaml has no procedure "living-claims"; did you mean "living-claim"?',
  },
  {
    code: 'procedure-differs',
    edits: [{ file: S, find: '待遇: [living]', replace: '待遇: [living, tax-reward]' }],
    at: 'procedures.yaml:8:16',
    zh: '“tax-reward”和流程“living-claim”两边写得不一样：请在 tax-reward.yaml 的“办理”里写上 living-claim，或者删去这里的',
    en: 'benefit "tax-reward" and procedure "living-claim" do not say the same of each other: add living-claim to 办理 of tax-reward.yaml, or remove it here',
  },
  {
    code: 'procedure-differs',
    edits: [{ file: S, find: '待遇: [living]', replace: '待遇: []' }],
    at: 'living.yaml:55:5',
    zh: '“living”和流程“living-claim”两边写得不一样：请在 procedures.yaml 里“living-claim”的“待遇”里写上 living，或者删去这里的',
    en: 'benefit "living" and procedure "living-claim" do not say the same of each other: add living to 待遇 of "living-claim" in procedures.yaml, or remove it here',
  },
  {
    code: 'unknown-parent',
    edits: [{ file: C, find: '代码: 220200\n', replace: '代码: 220200\n上级: big-province\n' }],
    at: 'city.yaml:5:5',
    zh: '没有“big-province”这个上级。上级写它在 cities 下的文件夹名',
    en: 'there is no jurisdiction "big-province" above this one. 上级 is the name of its folder below cities',
  },
  {
    code: 'circular-parents',
    edits: [{ file: C, find: '代码: 220200\n', replace: '代码: 220200\n上级: small\n' }],
    at: 'city.yaml:5:5',
    zh: '上级绕回了自己：small → small',
    en: 'the jurisdictions above lead back to this one: small → small',
  },
  {
    code: 'unknown-policy',
    edits: [{ file: P, find: '施行: 2025-02-01\n', replace: '施行: 2025-02-01\n取代: { talent-2024: 全部 }\n' }],
    at: 'policy.yaml:6:7',
    zh: '没有“talent-2024”这个政策，是不是“talent-2025”。可以取代的是 city.yaml 里“政策”和“只有名称”列出的',
    en: 'there is no policy "talent-2024"; did you mean "talent-2025"? What can be superseded is listed in city.yaml under 政策 and 只有名称',
  },
  {
    code: 'bad-supersession',
    edits: [{ file: P, find: '施行: 2025-02-01\n', replace: '施行: 2025-02-01\n取代: { talent-2025: 全部 }\n' }],
    at: 'policy.yaml:6:7',
    zh: '不能取代“talent-2025”：政策不能取代自己',
    en: '"talent-2025" cannot be superseded: a policy does not supersede itself',
  },
  {
    code: 'unknown-actor',
    edits: [{ file: S, find: '由: 申请人', replace: '由: 申请者' }],
    at: 'procedures.yaml:12:45',
    zh: '这一步不能由“申请者”来办，是不是“申请人”。可以是 city.yaml 里的部门，或者申请人、用人单位、推荐单位、专家组',
    en: '"申请者" cannot take this step; did you mean "申请人"? It is a department of city.yaml, or one of 申请人、用人单位、推荐单位、专家组',
  },
  {
    code: 'unknown-benefit',
    edits: [{ file: S, find: '待遇: [living]', replace: '待遇: [living, livings]' }],
    at: 'procedures.yaml:8:16',
    zh: '没有“livings”这项待遇，是不是“living”',
    en: 'there is no benefit "livings"; did you mean "living"?',
  },
  {
    code: 'missing-clause',
    edits: [{ file: T, find: '条款: 第五条\n', replace: '' }],
    at: 'tax-reward.yaml:2:1',
    zh: '“个税奖励”没有写条款，请写“条款: …”，让人知道依据哪一条',
    en: '"个税奖励" names no clause; write 条款: … so that people know what it rests on',
  },
  {
    code: 'unknown-clause',
    edits: [{ file: T, find: '条款: 第五条', replace: '条款: 第八条' }],
    at: 'tax-reward.yaml:6:5',
    zh: '条款“第八条”不在本政策的条款目录里，是不是“第一条”',
    en: `clause "第八条" is not in this policy's list of clauses; did you mean "第一条"?`,
  },
  {
    code: 'missing-words',
    edits: [{ file: T, find: '  说明: 认定为 D 类以上\n  英文: recognised as category D or above\n', replace: '' }],
    at: 'tax-reward.yaml:9:7',
    zh: '这一条没有“说明”，申请人会看不懂',
    en: 'this item has no "说明", so applicants could not read it',
  },
  {
    code: 'missing-words',
    edits: [{ file: T, find: '  英文: recognised as category D or above\n', replace: '' }],
    at: 'tax-reward.yaml:10:3',
    zh: '这里写了中文，没有写“英文”，看英文的申请人会读不懂',
    en: 'this item has no "英文", so applicants could not read it in English',
  },
  {
    code: 'unknown-department',
    edits: [{ file: T, find: '牵头: 财政局', replace: '牵头: 市财政局' }],
    at: 'tax-reward.yaml:7:5',
    zh: '没有“市财政局”这个部门，是不是“财政局”。部门写在 city.yaml 的“部门”里',
    en: 'there is no department "市财政局"; did you mean "财政局"? Departments stand in city.yaml under 部门',
  },
  {
    code: 'unknown-fund',
    edits: [{ file: T, find: '资金: 人才资金', replace: '资金: 人才专项资金' }],
    at: 'tax-reward.yaml:14:5',
    zh: '没有“人才专项资金”这项资金，是不是“人才资金”。资金写在 city.yaml 的“资金”里',
    en: 'there is no fund "人才专项资金"; did you mean "人才资金"? Funds stand in city.yaml under 资金',
  },
  {
    code: 'unknown-benefit',
    edits: [{ file: P, find: '    待遇: [living, tax-reward]', replace: '    待遇: [living, tax-award]' }],
    at: 'policy.yaml:48:18',
    zh: '没有“tax-award”这项待遇，是不是“tax-reward”',
    en: 'there is no benefit "tax-award"; did you mean "tax-reward"?',
  },
  {
    code: 'unknown-choice',
    edits: [{ file: T, find: '种类: 补助', replace: '种类: 补贴' }],
    at: 'tax-reward.yaml:4:5',
    zh: '“种类”不能是“补贴”，只能是 补助、贷款、权益、评选、招录',
    en: '"种类" cannot be "补贴", only 补助、贷款、权益、评选、招录',
  },
  {
    code: 'bad-character',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 人才类别 ≥ D；' }],
    at: 'tax-reward.yaml:9:15',
    zh: '式子里有不认识的符号“；”',
    en: 'the expression has an unknown character "；"',
  },
  {
    code: 'bad-character',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 人才类别 ≥ “D' }],
    at: 'tax-reward.yaml:9:14',
    zh: '式子里的引号没有配对，缺少另一半',
    en: 'a quotation mark of the expression has no other half',
  },
  {
    code: 'bad-expression',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 人才类别 ≥ D 学历 ≥ 本科' }],
    at: 'tax-reward.yaml:9:16',
    zh: '式子在这里读不下去：这里应当是“且”“或”或结尾，却是“学历”',
    en: 'the expression cannot be read here: expected 且, 或 or the end, found "学历"',
  },
  {
    code: 'bad-expression',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 人才类别 ≥' }],
    at: 'tax-reward.yaml:9:13',
    zh: '式子在这里读不下去：这里应当是名称、数字、日期或括号，却是结尾',
    en: 'the expression cannot be read here: expected a name, a number, a date or a bracket, found the end',
  },
  {
    code: 'expression-too-deep',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: `要求: ${'('.repeat(61)}人才类别 ≥ D${')'.repeat(61)}` }],
    at: 'tax-reward.yaml:9:68',
    zh: '式子太长或嵌套得太深，请拆成几条，或用“定义”',
    en: 'the expression is too long or nested too deeply; split it or use a definition',
  },
  {
    code: 'expression-too-deep',
    edits: [{ file: T, find: '× 年缴个税', replace: `× 年缴个税${' + 1元'.repeat(100)}` }],
    at: 'tax-reward.yaml:12:515',
    zh: '式子太长或嵌套得太深，请拆成几条，或用“定义”',
    en: 'the expression is too long or nested too deeply; split it or use a definition',
  },
  {
    code: 'bad-date',
    edits: [{ file: P, find: '发文: 2025-01-01', replace: '发文: 2025-02-29' }],
    at: 'policy.yaml:4:5',
    zh: '没有“2025-02-29”这一天，日期写作 2021-09-01',
    en: 'there is no day "2025-02-29"; a date is written 2021-09-01',
  },
  {
    code: 'bad-number',
    edits: [{ file: T, find: '× 年缴个税, 5万元', replace: '× 年缴个税, 5.0000001万元' }],
    at: 'tax-reward.yaml:12:21',
    zh: '数字“5.0000001万元”最多到分，六位小数',
    en: 'the number "5.0000001万元" can have at most six decimals (fen)',
  },
  {
    code: 'unknown-fact',
    edits: [{ file: T, find: '× 年缴个税', replace: '× 年交个税' }],
    at: 'tax-reward.yaml:12:15',
    zh: '没有“年交个税”这个事实、定义、参数或解读，是不是“年缴个税”',
    en: 'there is no fact, definition, parameter or reading "年交个税"; did you mean "年缴个税"?',
  },
  {
    code: 'unknown-fact',
    edits: [{ file: P, find: '按解读: 看哪个学历', replace: '按解读: 看哪种学历' }],
    at: 'policy.yaml:33:10',
    zh: '没有“看哪种学历”这个事实、定义、参数或解读，是不是“看哪个学历”',
    en: 'there is no fact, definition, parameter or reading "看哪种学历"; did you mean "看哪个学历"?',
  },
  {
    code: 'unknown-level',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 人才类别 ≥ F' }],
    at: 'tax-reward.yaml:9:14',
    zh: '“人才类别”没有“F”这个取值。可取：无、E、D、C、B、A',
    en: '"人才类别" has no value "F". Possible: 无、E、D、C、B、A',
  },
  {
    code: 'unknown-level',
    edits: [{ file: L, find: '学历 ≥ 本科', replace: '学历 ≥ 硕士' }],
    at: 'living.yaml:11:16',
    zh: '“学历”没有“硕士”这个取值，是不是“硕士研究生”。可取：初中及以下、高中、专科、本科、硕士研究生、博士研究生',
    en: '"学历" has no value "硕士"; did you mean "硕士研究生"? Possible: 初中及以下、高中、专科、本科、硕士研究生、博士研究生',
  },
  {
    code: 'unknown-place',
    edits: [{ file: L, find: '位于 吉林市', replace: '位于 朝阳区' }],
    at: 'living.yaml:18:23',
    zh: '叫“朝阳区”的地方不止一个，请写六位行政区划代码：110105、220104',
    en: 'more than one place is named "朝阳区"; write its six-digit division code: 110105、220104',
  },
  {
    code: 'unknown-place',
    edits: [{ file: L, find: '位于 吉林市', replace: '位于 江城' }],
    at: 'living.yaml:18:23',
    zh: '没有“江城”这个地方，请写六位行政区划代码，或全国唯一的全名',
    en: 'there is no place "江城"; write a six-digit division code, or a full name that is unique in the country',
  },
  {
    code: 'wrong-unit',
    edits: [{ file: L, find: '要求: 合同年限 ≥ 5年', replace: '要求: 合同年限 ≥ 5' }],
    at: 'living.yaml:14:18',
    zh: '单位不对：“合同年限”是年数，“5”是没有单位的数。改成 5年 试试',
    en: 'wrong unit: "合同年限" is a number of years, "5" is a number without unit. Try 5年',
  },
  {
    code: 'wrong-unit',
    edits: [{ file: T, find: '× 年缴个税, 5万元', replace: '× 年缴个税, 50%' }],
    at: 'tax-reward.yaml:12:21',
    zh: '单位不对：“留成比例 × 年缴个税”是金额（元），“50%”是比例（%）',
    en: 'wrong unit: "留成比例 × 年缴个税" is money (yuan), "50%" is a share (%)',
  },
  {
    code: 'impossible-comparison',
    edits: [{ file: L, find: '用人单位.所在地 位于 吉林市', replace: '用人单位.所在地 = 吉林市' }],
    at: 'living.yaml:18:11',
    zh: '“用人单位.所在地 = 吉林市”比不了：地方要用“位于”来问',
    en: '"用人单位.所在地 = 吉林市" cannot be compared: a place is asked with 位于',
  },
  {
    code: 'impossible-comparison',
    edits: [{ file: L, find: '要求: 学历 ≥ 本科', replace: '要求: 学历 ≥ 本科 且 全日制 = 是' }],
    at: 'living.yaml:11:21',
    zh: '“全日制 = 是”比不了：“全日制”只有是或否，直接写“全日制”或“非 全日制”',
    en: '"全日制 = 是" cannot be compared: "全日制" is true or false; write it alone or with 非 before it',
  },
  {
    code: 'wrong-type',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 年薪' }],
    at: 'tax-reward.yaml:9:7',
    zh: '这里要条件（是或否），而“年薪”是金额（元）',
    en: 'expected a condition (true or false) here, but "年薪" is money (yuan)',
  },
  {
    code: 'wrong-type',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 年薪 - 年缴个税 ≥ 10万元' }],
    at: 'tax-reward.yaml:9:7',
    zh: '这里要日期（求两个数的差请用 超出(甲, 乙)），而“年薪”是金额（元）',
    en: 'expected a date (for the difference of two amounts use 超出(a, b)) here, but "年薪" is money (yuan)',
  },
  {
    code: 'wrong-type',
    edits: [{ file: T, find: '要求: 人才类别 ≥ D', replace: '要求: 毕业日期 + 合同年限 ≥ 基准日' }],
    at: 'tax-reward.yaml:9:14',
    zh: '这里要写定的年数、月数、日数或参数，而“合同年限”是因人而异的年数',
    en: 'expected a fixed number of years, months or days, or a parameter here, but "合同年限" is a number of years that differs from person to person',
  },
  {
    code: 'wrong-subject',
    edits: [{ file: T, find: '× 年缴个税', replace: '× 项目总投资' }],
    at: 'tax-reward.yaml:12:15',
    zh: '这里说的是个人，不能用“项目总投资”，它说的是项目',
    en: 'this is about a person; it cannot use "项目总投资", which is about a project',
  },
  {
    code: 'circular-definition',
    edits: [{ file: P, find: '最高学历: 院校类别 有 985、211 之一', replace: '最高学历: 重点院校' }],
    at: 'policy.yaml:34:11',
    zh: '定义绕回了自己：重点院校 → 重点院校',
    en: 'the definition leads back to itself: 重点院校 → 重点院校',
  },
  {
    code: 'table-gap',
    edits: [{ file: P, find: '当: 学历 ≥ 硕士研究生', replace: '当: 学历 ≥ 博士研究生' }],
    at: 'policy.yaml:39:7',
    zh: '表有缺口：符合条件的人可能一行也对不上，例如 学历 = 硕士研究生，合同年限 = 5 年，用人单位.所在地 = 昌邑区',
    en: 'the table has a gap: somebody who meets the conditions may match no row, for example 学历 = 硕士研究生，合同年限 = 5 年，用人单位.所在地 = 昌邑区',
  },
  {
    code: 'table-overlap',
    edits: [{ file: P, find: '当: 学历 = 本科 且 重点院校', replace: '当: 学历 ≥ 本科 且 重点院校' }],
    at: 'policy.yaml:39:7',
    zh: '表有重叠：第 1 行和第 2 行会同时成立，例如 学历 = 硕士研究生，院校类别 = 985',
    en: 'the table overlaps: rows 1 and 2 can both hold, for example 学历 = 硕士研究生，院校类别 = 985',
  },
  {
    code: 'table-unproved',
    edits: [{ file: T, find: '金额: 取小(留成比例 × 年缴个税, 5万元)', replace: '金额:\n  表:\n    - { 当: 年缴个税 × 40% ≥ 5万元, 得: 5万元 }\n    - { 当: 年缴个税 × 40% < 5万元, 得: 留成比例 × 年缴个税 }' }],
    at: 'tax-reward.yaml:14:5',
    zh: '这张表太复杂，无法证明没有缺口和重叠，请拆小，或加“其余”一行',
    en: 'this table is too complex to prove that it has no gap and no overlap; split it, or add a row 其余',
  },
  {
    code: 'never-met',
    edits: [{ file: T, content: tax.replace('人才类别 ≥ D', '人才类别 ≥ D 且 人才类别 < E').replace(/应为: 可享\n    金额: .*/g, '应为: 不可享') }],
    at: 'tax-reward.yaml:8:1',
    zh: '“个税奖励”的条件互相矛盾，没有人能满足',
    en: 'the conditions of "个税奖励" contradict each other; nobody can ever meet them',
  },
  {
    code: 'unused-name',
    edits: [{ file: P, find: '定义:\n', replace: '定义:\n  大专: 学历 = 专科\n' }],
    at: 'policy.yaml:29:3',
    zh: '“大专”没有用到',
    en: '"大专" is never used',
  },
  {
    code: 'shares-not-whole',
    edits: [{ file: L, find: '承担: 40%', replace: '承担: 30%' }],
    at: 'living.yaml:23:1',
    zh: '各方承担的比例加起来是 90%，应当正好是 100%',
    en: 'the shares add up to 90%; they should be exactly 100%',
  },
  {
    code: 'matter-too-large',
    edits: [
      { file: P, find: '\n待遇: [living, tax-reward]', replace: `\n待遇: [living, tax-reward, ${copies.join(', ')}]` },
      { file: P, find: '    待遇: [living, tax-reward]', replace: `    待遇: [living, tax-reward, ${copies.join(', ')}]` },
      ...copies.map((copy) => ({ file: `talent-2025/${copy}.yaml`, content: tax })),
    ],
    at: 'policy.yaml:2:1',
    zh: '“同一事项”牵连了 41 项待遇，超过 40 项就不能保证算出最优组合，请拆开',
    en: 'the same-matter groups tie 41 benefits together; beyond 40 the best combination cannot be guaranteed, so split them',
  },
  {
    code: 'too-few-cases',
    edits: [{ file: T, find: '  - 名称: 没有认定\n    事实: { 年缴个税: 100000 }\n    应为: 待评审\n    缺: [人才类别]\n', replace: '' }],
    at: 'tax-reward.yaml:15:1',
    zh: '“tax-reward”只有 3 个用例，至少写 4 个：可享、不可享、缺信息、边界',
    en: '"tax-reward" has too few cases (3); write at least 4: yes, no, unknown, boundary',
  },
  {
    code: 'too-few-cases',
    edits: [{ file: T, find: tax.slice(tax.indexOf('用例:')), replace: '评定: 是\n用例:\n  - { 名称: E 类, 事实: { 人才类别: E }, 应为: 不可享 }\n' }],
    at: 'tax-reward.yaml:16:1',
    zh: '“tax-reward”只有 1 个用例，至少写 2 个：待评审、不可享',
    en: '"tax-reward" has too few cases (1); write at least 2: review, no',
  },
  {
    code: 'too-few-cases',
    edits: [
      { file: T, find: '条件:\n  要求: 人才类别 ≥ D\n  说明: 认定为 D 类以上\n  英文: recognised as category D or above\n', replace: '条件: 不另要求\n评定: 是\n' },
      { file: T, find: tax.slice(tax.indexOf('用例:')), replace: '' },
    ],
    at: 'tax-reward.yaml:2:1',
    zh: '“tax-reward”只有 0 个用例，至少写 1 个',
    en: '"tax-reward" has too few cases (0); write at least 1',
  },
  {
    code: 'bad-case',
    edits: [{ file: T, find: '人才类别: A, 年缴个税: 1000000', replace: '人才类别: A, 年缴个税: 1000000.001' }],
    at: 'tax-reward.yaml:20:5',
    zh: '用例“到顶”的事实不对：“年缴个税”最多 2 位小数，这里是 1000000.001',
    en: 'the facts of case "到顶" are not valid: "年缴个税" can have at most 2 decimals, found 1000000.001',
  },
  {
    code: 'case-failed',
    edits: [{ file: T, find: '金额: 4万元', replace: '金额: 4.5万元' }],
    at: 'tax-reward.yaml:16:5',
    zh: '用例“交 10 万元”没有通过：金额应为 45,000 元，算出来是 40,000 元',
    en: 'case "交 10 万元" failed: expected the amount 45,000 元, computed 40,000 元',
  },
  {
    code: 'case-failed',
    edits: [{ file: L, find: '事实: { 学历: 专科 }\n    应为: 不可享', replace: '事实: {}\n    应为: 不可享' }],
    at: 'living.yaml:39:5',
    zh: '用例“专科”没有通过：结果应为 不可享，算出来是 缺信息（缺 学历、合同年限、用人单位.所在地）',
    en: 'case "专科" failed: expected the outcome 不可享, computed 缺信息（缺 学历、合同年限、用人单位.所在地）',
  },
];

test('the small pack has no fault, and all its cases run', () => {
  const { diagnostics, policies, benefits, cases } = checkFiles(smallPack);
  expect(diagnostics).toEqual([]);
  expect({ policies, benefits, cases }).toEqual({ policies: 1, benefits: 2, cases: 8 });
});

test.each(faults.map((fault, index) => ({ ...fault, name: `${fault.code} (${index + 1})` })))('$name', ({ code, edits, at, zh, en }) => {
  const found = checkEdited(edits).map((item) => ({
    code: item.code,
    at: `${item.place.file.replace(/^cities\/small\/(talent-2025\/)?/, '')}:${item.place.line}:${item.place.column}`,
    zh: wordDiagnostic(item, 'zh'),
    en: wordDiagnostic(item, 'en'),
  }));
  expect(found).toEqual([{ code, at, zh, en }]);
});

test('what is nested too deeply for the parser is told of where it gave up', () => {
  const [found, ...more] = checkEdited([{ file: L, find: '牵头: 人社局', replace: `牵头: ${'['.repeat(5000)}${']'.repeat(5000)}` }]);
  expect(more).toEqual([]);
  expect(found?.place.line).toBe(7);
  expect(found === undefined ? '' : wordDiagnostic(found, 'zh')).toBe('这里的书写格式（YAML）读不懂：嵌套得太深');
  expect(found === undefined ? '' : wordDiagnostic(found, 'en')).toBe('the YAML cannot be read here: it is too deeply nested');
});

test('the faults above show every code, and only codes that exist', () => {
  expect([...new Set(faults.map(({ code }) => code))].sort()).toEqual([...diagnosticCodes].sort());
});

test('a diagnostic is one line as compilers write it', () => {
  const [found] = checkEdited([{ file: T, find: '人才类别 ≥ D\n', replace: '人才类别 ≥ F\n' }]);
  expect(found === undefined ? '' : formatDiagnostic(found, 'en')).toBe(
    'cities/small/talent-2025/tax-reward.yaml:9:14 [unknown-level] "人才类别" has no value "F". Possible: 无、E、D、C、B、A',
  );
});

test('a fault has no consequences: what hangs on a broken part is not reported besides', () => {
  // A benefit that cannot be read is still known to its group, and what it uses is not called unused.
  const broken = checkEdited([{ file: T, find: '留成比例 × 年缴个税', replace: '年交个税' }]);
  expect(broken.map(({ code }) => code)).toEqual(['unknown-fact']);
  // Keys of something that is no map at all are not missing.
  const shapeless = checkEdited([{ file: L, find: '支付: { 次数: 5, 间隔: 1年, 起算: 合同起始日, 发前核对: 在岗 }', replace: '支付: [1, 2]' }]);
  expect(shapeless.map(({ code }) => code)).toEqual(['wrong-shape']);
});
