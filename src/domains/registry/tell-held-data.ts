// Everything held of a person as a page to read: labels, times and amounts as people write them, in one language; pure.
import { purposes } from '../../contract/purposes.ts';
import { formatYuan } from '../../policy/index.ts';
import type { HeldData } from './held-data.ts';

type Language = 'zh' | 'en';
type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

/** What is held as plain text, so that it opens anywhere. */
export function tellHeldData({ name, parts, glances }: HeldData, language: Language, now: Date): string {
  const isChinese = language === 'zh';
  const lines = [
    isChinese ? `关于 ${name} 的全部信息` : `Everything held about ${name}`,
    isChinese ? `截至 ${inShanghai(now.toISOString())}（时间都是北京时间）` : `As of ${inShanghai(now.toISOString())}; all times are China time`,
  ];
  for (const { key: part, title, rows } of parts) {
    lines.push('', `== ${title[language]} (${rows.length}) ==`);
    if (rows.length === 0) lines.push(isChinese ? '没有' : 'None');
    // A line break inside a value never looks like a line of the page.
    for (const row of rows) lines.push('', ...Object.entries(row).map(([key, value]) => `${labelOf(key, language, part)}: ${tellValue(key, value, language).replaceAll('\n', '\n  ')}`));
  }
  lines.push('', isChinese ? `== 谁看过、改过 (${glances.length}) ==` : `== Who saw and changed it (${glances.length}) ==`);
  for (const { at, action, by, departmentId, purpose } of glances) {
    const department = departmentId === null ? '' : ` ${departmentId}`;
    const forWhat = purpose === null ? '' : `  ${tellValue('purpose', purpose, language)}`;
    lines.push(`${inShanghai(at.toISOString())}  ${action}  ${tellValue('by', by, language)}${department}${forWhat}`);
  }
  return `${lines.join('\n')}\n`;
}

const labels: Words = {
  name: ['姓名', 'name'], document: ['证件', 'document'], number: ['号码', 'number'], birthDate: ['出生日期', 'birth date'], sex: ['性别', 'sex'], phone: ['手机号', 'phone'],
  jurisdictionCode: ['辖区', 'jurisdiction'], enteredAt: ['登记时间', 'entered'], changedAt: ['最近修改', 'last changed'], kind: ['种类', 'kind'], validFrom: ['有效期从', 'valid from'],
  validTo: ['有效期到', 'valid to'], recordedAt: ['记录时间', 'recorded'], statementId: ['编号', 'id'], facts: ['事实', 'facts'], recognised: ['识别为', 'recognised as'],
  origin: ['从哪里来', 'origin'], trustClass: ['可信等级', 'trust class'], departmentId: ['部门', 'department'], evidenceId: ['材料', 'paper'], purpose: ['用途', 'purpose'],
  asOf: ['数据日期', 'as of'], corrects: ['更正了', 'corrects'], organisationId: ['单位', 'organisation'], post: ['岗位', 'post'], startedOn: ['开始', 'started'], endedOn: ['结束', 'ended'],
  supersededAt: ['被取代', 'superseded'], relativeId: ['亲属', 'relative'], relation: ['关系', 'relation'], bankName: ['开户行', 'bank'], holderName: ['户名', 'holder'],
  closedAt: ['停用时间', 'closed'], groups: ['哪些信息', 'groups'], wordingVersion: ['告知书版本', 'wording of the notice'], givenAt: ['同意时间', 'given'], expiresOn: ['有效期到', 'valid to'],
  withdrawnAt: ['撤回时间', 'withdrawn'], signedOnPaper: ['纸面签字', 'signed on paper'], state: ['状态', 'state'], askedAt: ['提出时间', 'asked'], dueOn: ['期限', 'due'], answeredAt: ['答复时间', 'answered'], outcome: ['结果', 'outcome'],
  answer: ['答复', 'answer'], mergedAt: ['合并时间', 'merged'], undoneAt: ['撤销时间', 'undone'], at: ['时间', 'at'], title: ['标题', 'title'], body: ['内容', 'text'], readAt: ['看过的时间', 'read'],
  fileName: ['文件名', 'file'], status: ['状态', 'state'], issuedBy: ['签发单位', 'issued by'], issuedOn: ['签发日期', 'issued on'], sizeBytes: ['大小（字节）', 'bytes'],
  handedInAt: ['交来时间', 'handed in'], uses: ['用过几次', 'times used'], caseNumber: ['办件编号', 'case'], department: ['部门', 'department'], benefit: ['待遇', 'benefit'],
  decidedAt: ['决定时间', 'decided'], amountYuan: ['金额（元）', 'yuan'], instalments: ['各期', 'instalments'], reasons: ['理由', 'reasons'], verificationCode: ['校验码', 'verification code'],
  no: ['第几期', 'no.'], due: ['到期', 'due'], yuan: ['元', 'yuan'], policyId: ['政策', 'policy'], benefitId: ['待遇编号', 'benefit'], period: ['时期', 'period'], filedAt: ['提交时间', 'filed'],
  expectedFen: ['预计金额', 'expected'], grantedFen: ['准予金额', 'granted'], instalmentNumber: ['第几期', 'instalment'], amountFen: ['金额', 'amount'], offsetFen: ['抵扣', 'set off'],
  receivedFen: ['已归还', 'returned'], writtenOffFen: ['核销', 'written off'], repaymentNumber: ['追回编号', 'recovery'], madeAt: ['提出时间', 'made'], since: ['从', 'since'], until: ['到', 'until'],
  noticeVersion: ['同意的告知版本', 'notice accepted'], from: ['从', 'from'], lastSeen: ['最近一次', 'last seen'], address: ['网络地址', 'address'], userAgent: ['浏览器', 'browser'],
  forWhom: ['替谁办', 'for whom'], fact: ['事实', 'fact'], held: ['已有的', 'held'], delivered: ['报送的', 'delivered'], deliveredAsOf: ['报送的日期', 'delivered as of'],
  settledAs: ['怎样定的', 'settled as'], reason: ['理由', 'reason'], importedAt: ['导入时间', 'imported'], visitedOn: ['检查日期', 'visited on'], atPost: ['在岗', 'at post'],
  usefulness: ['作用', 'usefulness'], role: ['身份', 'role'],
};

/** Labels that mean something else in one part. */
const labelsOfParts: Readonly<Record<string, Words>> = { consents: { expiresOn: ['同意到', 'until'] }, requests: { dueOn: ['答复期限', 'answer due'] }, instalments: { dueOn: ['到期', 'due'] } };

const states: Words = {
  'in-force': ['有效', 'in force'], expired: ['过期', 'expired'], withdrawn: ['已撤回', 'withdrawn'], uploading: ['正在传', 'uploading'], checking: ['正在检查', 'being checked'],
  clean: ['已收下', 'accepted'], refused: ['没有收', 'refused'],
};

/** Codes by the key under which they stand. */
const values: Readonly<Record<string, Words>> = {
  sex: { male: ['男', 'male'], female: ['女', 'female'] },
  document: {
    resident: ['居民身份证', 'resident identity card'], 'hong-kong-macau-taiwan': ['港澳台居民居住证', 'residence permit for Hong Kong, Macao and Taiwan'],
    'permanent-resident': ['外国人永久居留身份证', 'permanent residence card'], 'permanent-resident-old': ['外国人永久居留身份证（旧版）', 'permanent residence card, older form'], other: ['其他证件', 'other'],
  },
  purpose: Object.fromEntries(Object.entries(purposes).map(([code, { zh, en }]) => [code, [zh, en] as const])),
  state: states,
  status: states,
  kind: {
    copy: ['复制', 'copy'], correct: ['更正', 'correction'], delete: ['删除', 'deletion'], grant: ['准予', 'grant'], refuse: ['不予', 'refusal'], change: ['变更', 'change'], revoke: ['撤销', 'revocation'],
  },
  outcome: { done: ['办了', 'done'], partly: ['办了一部分', 'partly done'], refused: ['没有办', 'refused'] },
  groups: { income: ['收入和纳税', 'income and tax'], property: ['住房和财产', 'homes and property'], family: ['家庭', 'family'], minor: ['不满十四周岁', 'under fourteen'] },
  origin: { upload: ['上传', 'uploaded'] },
  by: { person: ['本人', 'yourself'], agent: ['单位经办人', 'an employer’s agent'], officer: ['工作人员', 'an officer'], job: ['系统', 'the system'], feed: ['部门的系统', 'a department’s system'], administrator: ['管理员', 'an administrator'] },
};

function labelOf(key: string, language: Language, part = ''): string {
  const label = labelsOfParts[part]?.[key] ?? labels[key];
  return label?.[language === 'zh' ? 0 : 1] ?? key;
}

function tellValue(key: string, value: unknown, language: Language): string {
  const isChinese = language === 'zh';
  if (value === null || value === undefined) return isChinese ? '没有' : 'none';
  if (typeof value === 'boolean') return isChinese ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((item) => tellValue(key, item, language)).join(isChinese ? '、' : ', ');
  if (typeof value === 'object') return Object.entries(value).map(([inner, held]) => `${labelOf(inner, language)} ${tellValue(inner, held, language)}`).join(isChinese ? '；' : '; ');
  if (typeof value === 'number') return key.endsWith('Fen') ? `${formatYuan(value)} ${isChinese ? '元' : 'yuan'}` : String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isInstant.test(value)) return inShanghai(value);
  return values[key]?.[value]?.[isChinese ? 0 : 1] ?? value;
}

const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** 2026-06-30 10:00, as clocks in China show it. */
function inShanghai(instant: string): string {
  const SHANGHAI_MS = 8 * 3_600_000;
  return new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().replace('T', ' ').slice(0, 16);
}
