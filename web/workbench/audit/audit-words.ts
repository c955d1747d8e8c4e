// The words of the pages of the audit trail, in both languages.
import { useContext } from 'preact/hooks';
import { OfficeLanguageContext } from '../office-words.ts';

const zh = {
  heading: '审计',
  lead: '谁在什么时候看了、改了、导出了什么。只能看，不能改；您在这里看的也会记下来。',
  q: '做了什么，例如 受理、导出',
  empty: '没有符合条件的记录。换个条件试试。',
  outcome: '结果',
  outcomes: { done: '做了', refused: '被拒绝' },
  who: '谁',
  from: '从哪天',
  to: '到哪天',
  columns: { at: '时间', who: '谁', action: '做了什么', outcome: '结果', object: '对什么', seq: '链上的号', detail: '详情' },
  waits: '还没有加链',
  job: (name: string) => `系统：${name}`,
  person: '本人',
  agent: '单位经办人',
  anyone: '没有登录的人',
  feed: '部门的系统',
  account: '有账号的人',
  onlyWho: '只看这个账号',
  onlyThis: '只看这一个对象',
  details: '详情',
  request: '请求编号',
  objects: {
    account: '账号', agency: '经办人', application: '申请', appointment: '任职', budget: '预算', case: '办件', claim: '实名认领', decision: '决定', delivery: '报送', department: '部门', disagreement: '不一致', evidence: '材料',
    'family-link': '家人', feed: '数据来源', 'feed-key': '报送密钥', finding: '检查结论', 'fraud-report': '举报', 'identity-provider': '外部身份系统', import: '导入', 'inspection-plan': '检查计划', instalment: '分期', 'ledger-part': '资金约定',
    'ledger-transfer': '记账', message: '消息', objection: '异议', organisation: '单位', 'outbox-message': '发件', pack: '政策版本', 'pack-setting': '年度设定', party: '个人或单位', payment: '付款', 'payment-batch': '付款批次',
    'payment-doubt': '发放疑点', person: '个人', 'phone-code': '短信验证码', 'public-list': '公示名单', recovery: '找回账号', repayment: '追回', session: '登录',
  } as Readonly<Record<string, string>>,
  seal: {
    heading: '审计链',
    none: '还没有加过链。',
    upTo: (seq: string, when: string) => `已加链到第 ${seq} 号，${when}。`,
    waiting: (count: string, since: string) => `还有 ${count} 条在等，最早的从 ${since} 起。`,
    nothingWaits: '没有在等的。',
    whole: (from: string, to: string) => `第 ${from} 号到第 ${to} 号，一个不缺。`,
    gaps: '链上缺了这些号，请马上查：',
    gap: (from: string, to: string) => (from === to ? `第 ${from} 号` : `第 ${from} 号到第 ${to} 号`),
    command: '整条链的内容和签名，由系统管理员在服务器上用 wutong audit verify 核对。',
    roots: '每天的根',
    rootsLead: '把根抄到别处存着，以后谁动过记录，一比就知道。',
    rootColumns: { day: '哪天', numbers: '号', root: '根' },
    print: '打印',
  },
};

type AuditWords = typeof zh;

const en: AuditWords = {
  heading: 'Audit',
  lead: 'Who saw, changed or exported what, and when. It can be read and not changed; what you read here is written down too.',
  q: 'What was done, such as accept or export',
  empty: 'No entry fits. Try other filters.',
  outcome: 'Outcome',
  outcomes: { done: 'done', refused: 'refused' },
  who: 'Who',
  from: 'From',
  to: 'To',
  columns: { at: 'Time', who: 'Who', action: 'What was done', outcome: 'Outcome', object: 'To what', seq: 'Number', detail: 'Details' },
  waits: 'not sealed yet',
  job: (name) => `system: ${name}`,
  person: 'a person',
  agent: 'an employer’s agent',
  anyone: 'somebody not signed in',
  feed: 'a department’s system',
  account: 'somebody with an account',
  onlyWho: 'Only this account',
  onlyThis: 'Only this object',
  details: 'Details',
  request: 'Request',
  objects: {
    account: 'account', agency: 'agent', application: 'application', appointment: 'appointment', budget: 'budget', case: 'case', claim: 'claim', decision: 'decision', delivery: 'delivery', department: 'department',
    disagreement: 'disagreement', evidence: 'paper', 'family-link': 'family', feed: 'feed', 'feed-key': 'feed key', finding: 'finding', 'fraud-report': 'report of fraud', 'identity-provider': 'identity provider', import: 'import',
    'inspection-plan': 'inspection plan', instalment: 'instalment', 'ledger-part': 'commitment', 'ledger-transfer': 'ledger entry', message: 'message', objection: 'objection', organisation: 'organisation', 'outbox-message': 'outbox',
    pack: 'version of a policy', 'pack-setting': 'setting of a year', party: 'person or organisation', payment: 'payment', 'payment-batch': 'payment batch', 'payment-doubt': 'doubt before payment', person: 'person',
    'phone-code': 'code by text message', 'public-list': 'public list', recovery: 'recovery', repayment: 'repayment', session: 'session',
  },
  seal: {
    heading: 'Chain of the trail',
    none: 'Nothing has been sealed yet.',
    upTo: (seq, when) => `Sealed up to number ${seq}, ${when}.`,
    waiting: (count, since) => `${count} more wait, the oldest since ${since}.`,
    nothingWaits: 'Nothing waits.',
    whole: (from, to) => `From number ${from} to ${to} none is missing.`,
    gaps: 'These numbers are missing from the chain; look into it at once:',
    gap: (from, to) => (from === to ? `number ${from}` : `numbers ${from} to ${to}`),
    command: 'Contents and signatures of the whole chain are verified by the system administrator on the server, by wutong audit verify.',
    roots: 'Roots of the days',
    rootsLead: 'Keep them somewhere else: whoever changed the trail later is found out by comparing.',
    rootColumns: { day: 'Day', numbers: 'Numbers', root: 'Root' },
    print: 'Print',
  },
};

/** The words in the reader's language. */
export function useAuditWords(): AuditWords {
  return useContext(OfficeLanguageContext) === 'zh' ? zh : en;
}
