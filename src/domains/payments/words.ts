// What states and doubts are called in sheets, in both languages.
import type { Words } from '../../policy/index.ts';
import type { BatchState } from './batch.ts';
import type { DoubtKind } from './doubt.ts';
import type { InstalmentState } from './instalment.ts';
import type { RepaymentState } from './repayment.ts';

/** States of instalments. */
export const instalmentStateWords: Readonly<Record<InstalmentState, Words>> = {
  waiting: { zh: '未到期或待核对', en: 'waiting' },
  'in-doubt': { zh: '有疑点', en: 'in doubt' },
  ready: { zh: '可发放', en: 'ready' },
  'in-batch': { zh: '在批次里', en: 'in a batch' },
  paid: { zh: '已付', en: 'paid' },
  offset: { zh: '已抵扣', en: 'set off' },
  returned: { zh: '退汇', en: 'returned' },
  cancelled: { zh: '不再发放', en: 'cancelled' },
};

/** States of batches. */
export const batchStateWords: Readonly<Record<BatchState, Words>> = {
  prepared: { zh: '已编制', en: 'prepared' },
  'approved-once': { zh: '一人已核准', en: 'approved by one' },
  approved: { zh: '两人已核准', en: 'approved by two' },
  sent: { zh: '已交银行', en: 'with the bank' },
  closed: { zh: '已办结', en: 'closed' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
};

/** Kinds of doubts. */
export const doubtWords: Readonly<Record<DoubtKind, Words>> = {
  'case-held': { zh: '被异议或检查暂停', en: 'the case is held' },
  'case-not-payable': { zh: '决定不再有效', en: 'the decision holds no more' },
  'fund-missing': { zh: '没有资金', en: 'no fund pays it' },
  'fact-false': { zh: '核对不符', en: 'does not hold' },
  'fact-unknown': { zh: '没有记录', en: 'not known' },
  'fact-told': { zh: '只有申报，没有核实', en: 'told, not proved' },
  'fact-stale': { zh: '记录太旧', en: 'said too long ago' },
  'left-employer': { zh: '已离开用人单位', en: 'left the employer' },
  'employer-unknown': { zh: '用人单位不明', en: 'employer not known' },
  'payee-gone': { zh: '记录已删除', en: 'the entry was deleted' },
  'account-missing': { zh: '没有收款账户', en: 'no account' },
  'account-name-differs': { zh: '户名不符', en: 'account in another name' },
  'account-shared': { zh: '账户另有他人登记', en: 'account entered by others too' },
  'paid-before': { zh: '同一待遇或事项以前付过', en: 'paid before for the same benefit or matter' },
};

/** States of repayments. */
export const repaymentStateWords: Readonly<Record<RepaymentState, Words>> = {
  proposed: { zh: '已提出', en: 'proposed' },
  demanded: { zh: '已要求归还', en: 'demanded' },
  settled: { zh: '已结清', en: 'settled' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
};
