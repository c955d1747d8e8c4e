// The words of a letter, in both languages; the Chinese letter is the decision, the English one says the same for whoever does not read it.

import { formatYuan, tellDate } from '../../policy/index.ts';
import type { DecisionKind, StoredDecision } from './decision.ts';

/** What of a decision its sentences are made of, in one language. */
export interface LetterFacts {
  readonly decision: StoredDecision;
  readonly decidedOn: string;
  readonly benefit: string;
  readonly policy: string;
  readonly clause: string;
  readonly follows: { readonly number: string; readonly on: string; readonly amountFen?: number | null } | null;
  readonly appealTo: string;
  readonly checkedBefore: string | null;
  readonly address: string;
}

/** Words of one language. */
export interface LetterWords {
  /** Of a demonstration's letters, at the top and on every page. */
  readonly sample: string;
  readonly title: Readonly<Record<DecisionKind, string>>;
  readonly to: (name: string) => string;
  readonly toMore: (number: string | null, isPerson: boolean, employer: string | null, caseNumber: string) => string;
  /** Where characters stand as their codes. */
  readonly missing: (department: string) => string;
  readonly opening: (facts: LetterFacts) => string;
  readonly decided: string;
  readonly decision: (facts: LetterFacts) => string;
  readonly quantity: (facts: LetterFacts) => string | undefined;
  readonly conditions: Readonly<Record<'grant' | 'refuse', string>>;
  readonly conditionsNote: string;
  readonly noCondition: string;
  readonly reasons: string;
  readonly payment: string;
  readonly paymentNote: (facts: LetterFacts) => string;
  readonly instalmentHead: readonly [no: string, due: string, amount: string, fund: string];
  readonly noFund: string;
  readonly total: string;
  readonly appeal: string;
  readonly appealText: (facts: LetterFacts) => string;
  readonly yuan: (fen: number) => string;
  readonly date: (day: string) => string;
  readonly verification: string;
  readonly verificationTold: (address: string) => string;
  readonly translation: string | undefined;
  readonly fund: (fund: string, jurisdiction: string) => string;
  /** Between the shares of an instalment. */
  readonly between: string;
  readonly subject: (facts: LetterFacts) => string;
  readonly pageOf: (page: number, pages: number) => string;
  readonly marks: Readonly<Record<'yes' | 'no' | 'unknown', string>>;
}

const marks = { yes: '✓', no: '×', unknown: '?' } as const;

const chinese: LetterWords = {
  sample: '样件：演示数据，不是真的决定书',
  title: { grant: '准予决定书', refuse: '不予决定书', change: '变更决定书', revoke: '撤销决定书' },
  to: (name) => `${name}：`,
  toMore: (number, isPerson, employer, caseNumber) =>
    [...(number === null ? [] : [`${isPerson ? '证件号码' : '统一社会信用代码'} ${number}`]), ...(employer === null ? [] : [`用人单位 ${employer}`]), `办件编号 ${caseNumber}`].join('　'),
  missing: (department) => `“［U+…］”处是印刷字库里没有的字，以登记的字为准，括号里是它的统一码（Unicode）编码。请持本决定书和身份证件到${department}，由工作人员手写补上并盖章。`,
  opening: ({ benefit, policy, clause, decision: { on, kind }, follows }) =>
    kind === 'change' || kind === 'revoke'
      ? `本机关${follows === null ? '' : `${tellDate(follows.on, 'zh')}作出${follows.number}决定，`}涉及《${policy}》${clause}的“${benefit}”。经重新审查，现决定如下。`
      : `您申请《${policy}》${clause}的“${benefit}”。本机关按 ${tellDate(on, 'zh')}的情况作了审查，现决定如下。`,
  decided: '决定',
  decision: ({ benefit, decision: { kind, amountFen }, follows }) => {
    switch (kind) {
      case 'grant':
        return amountFen === null ? `准予享受“${benefit}”。` : `准予“${benefit}”，金额：`;
      case 'refuse':
        return `不予“${benefit}”。`;
      case 'change':
        if (amountFen === null) return `变更${follows?.number ?? ''}，准予享受“${benefit}”。`;
        if (follows?.amountFen === amountFen) return `变更${follows.number}，“${benefit}”的发放日期改为下面“发放”所列的各期；金额不变，仍为：`;
        return `变更${follows?.number ?? ''}，“${benefit}”的金额改为：`;
      case 'revoke':
        return `撤销${follows?.number ?? ''}，不再给予“${benefit}”。`;
    }
  },
  quantity: ({ decision: { quantity, unit } }) => (quantity === null ? undefined : `数量：${quantity} ${unit === 'room-night' ? '间夜' : '个岗位'}。`),
  conditions: { grant: '条件', refuse: '不符合的条件' },
  conditionsNote: '文件要求的条件，和审查的结果：',
  noCondition: '文件没有写明要符合的条件。',
  reasons: '理由',
  payment: '发放',
  paymentNote: ({ checkedBefore }) => (checkedBefore === null ? '到期后按批次拨付到您登记的账户。' : `到期后按批次拨付到您登记的账户。每次发放前要核对：${checkedBefore}。`),
  instalmentHead: ['期次', '到期日', '金额', '资金'],
  noFund: '资金来源另行通知',
  total: '合计',
  appeal: '不服怎么办',
  appealText: ({ appealTo }) =>
    `不服本决定的，可以自收到之日起六十日内向${appealTo}申请行政复议，也可以自收到之日起六个月内向人民法院提起行政诉讼。依据：《中华人民共和国行政复议法》第二十条、第二十四条，《中华人民共和国行政诉讼法》第四十六条。`,
  yuan: (fen) => `${formatYuan(fen)} 元`,
  date: (day) => tellDate(day, 'zh'),
  verification: '校验码',
  verificationTold: (address) => `真伪可查：打开 ${address}，输入校验码。本决定书以电子形式制发，有电子签名；打印件的内容以查到的为准。`,
  translation: undefined,
  fund: (fund, jurisdiction) => (jurisdiction === '' ? fund : `${fund}（${jurisdiction}）`),
  between: '；',
  subject: ({ benefit, decision: { number } }) => `${number} · ${benefit}`,
  pageOf: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  marks,
};

const english: LetterWords = {
  sample: 'Sample: a demonstration, no real decision',
  title: { grant: 'Decision: granted', refuse: 'Decision: refused', change: 'Decision: changed', revoke: 'Decision: revoked' },
  to: (name) => `To ${name}`,
  toMore: (number, isPerson, employer, caseNumber) =>
    [...(number === null ? [] : [`${isPerson ? 'Identity number' : 'Credit code'} ${number}`]), ...(employer === null ? [] : [`Employer ${employer}`]), `Case ${caseNumber}`].join('  ·  '),
  missing: (department) => `“[U+…]” stands for a character that the printing face lacks; the registered character counts, of which this is the Unicode number. Bring this letter and your identity document to ${department}, where it is written in by hand and stamped.`,
  opening: ({ benefit, policy, clause, decision: { on, kind }, follows }) =>
    kind === 'change' || kind === 'revoke'
      ? `${follows === null ? 'An earlier decision' : `Decision ${follows.number} of ${tellDate(follows.on, 'en')}`} was about “${benefit}” under ${policy}, ${clause}. After a new review we decide as follows.`
      : `You applied for “${benefit}” under ${policy}, ${clause}. We reviewed your application by the facts as of ${tellDate(on, 'en')} and decide as follows.`,
  decided: 'Decision',
  decision: ({ benefit, decision: { kind, amountFen }, follows }) => {
    switch (kind) {
      case 'grant':
        return amountFen === null ? `“${benefit}” is granted.` : `“${benefit}” is granted. Amount:`;
      case 'refuse':
        return `“${benefit}” is refused.`;
      case 'change':
        if (amountFen === null) return `${follows?.number ?? ''} is changed: “${benefit}” is granted.`;
        if (follows?.amountFen === amountFen) return `${follows.number} is changed. “${benefit}” is paid on the days that stand under “Payment”; the amount stays:`;
        return `${follows?.number ?? ''} is changed. The amount of “${benefit}” is now:`;
      case 'revoke':
        return `${follows?.number ?? ''} is revoked: “${benefit}” is no longer given.`;
    }
  },
  quantity: ({ decision: { quantity, unit } }) => (quantity === null ? undefined : `Quantity: ${quantity} ${unit === 'room-night' ? 'room-nights' : 'posts'}.`),
  conditions: { grant: 'Conditions', refuse: 'Not met' },
  conditionsNote: 'What the document asks, and what the review found:',
  noCondition: 'The document names no condition.',
  reasons: 'Reasons',
  payment: 'Payment',
  paymentNote: ({ checkedBefore }) => `Paid in batches to the account on record once due.${checkedBefore === null ? '' : ` Checked before each payment: ${checkedBefore}.`}`,
  instalmentHead: ['No.', 'Due', 'Amount', 'Fund'],
  noFund: 'The fund will be told separately',
  total: 'Total',
  appeal: 'If you disagree',
  appealText: ({ appealTo }) =>
    `You may apply to ${appealTo} for administrative reconsideration within 60 days of receiving this decision, or bring an action before the people’s court within six months of receiving it (Administrative Reconsideration Law, articles 20 and 24; Administrative Litigation Law, article 46).`,
  yuan: (fen) => `${formatYuan(fen)} yuan`,
  date: (day) => tellDate(day, 'en'),
  verification: 'Verification code',
  verificationTold: (address) => `To check this letter open ${address} and enter the code. It was issued electronically with a signature; of a printed copy, what is found there counts.`,
  translation: 'This is a translation for your information. The decision is the Chinese letter.',
  fund: (fund, jurisdiction) => (jurisdiction === '' ? fund : `${fund} (${jurisdiction})`),
  between: '; ',
  subject: ({ benefit, decision: { number } }) => `${number} · ${benefit}`,
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  marks,
};

/** Words by language. */
export const letterWords: Readonly<Record<'zh' | 'en', LetterWords>> = { zh: chinese, en: english };
