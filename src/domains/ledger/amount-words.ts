// How amounts, accounts and reasons of the ledger read to people, in both languages.
import { formatYuan, type Words } from '../../policy/index.ts';
import type { AccountRole, Reason, Unit } from './account.ts';

/** An amount as it reads in either language: ¥1,234.50; posts and room-nights by their number. */
export function tellAmount(unit: Unit, amount: number): string {
  if (unit !== 'fen') return String(amount);
  return `${amount < 0 ? '-' : ''}¥${formatYuan(Math.abs(amount))}`;
}

/** What the roles of accounts are called. */
export const roleWords: Readonly<Record<AccountRole, Words>> = {
  source: { zh: '预算来源', en: 'source of budgets' },
  free: { zh: '可用', en: 'free' },
  committed: { zh: '已约定', en: 'committed' },
  paid: { zh: '已支付', en: 'paid' },
  receivable: { zh: '应追回', en: 'receivable' },
  recovered: { zh: '已追回', en: 'recovered' },
  'written-off': { zh: '已核销', en: 'written off' },
};

/** What units are called. */
export const unitWords: Readonly<Record<Unit, Words>> = {
  fen: { zh: '元', en: 'yuan' },
  post: { zh: '编制', en: 'posts' },
  'room-night': { zh: '间夜', en: 'room-nights' },
};

/** What transfers are booked for. */
export const reasonWords: Readonly<Record<Reason, Words>> = {
  budget: { zh: '预算', en: 'budget' },
  'budget-cut': { zh: '调减预算', en: 'budget cut' },
  commitment: { zh: '约定', en: 'commitment' },
  withdrawn: { zh: '放开：本人放弃', en: 'released: given up' },
  changed: { zh: '放开：决定变更', en: 'released: decision changed' },
  'condition-unmet': { zh: '放开：不再符合条件', en: 'released: no longer entitled' },
  revoked: { zh: '放开：决定撤销', en: 'released: decision revoked' },
  lapsed: { zh: '放开：逾期未领', en: 'released: not claimed in time' },
  payment: { zh: '支付', en: 'payment' },
  'payment-return': { zh: '支付退回', en: 'payment returned' },
  demand: { zh: '追回：要求退还', en: 'demanded back' },
  recovery: { zh: '追回：已收到', en: 'recovered' },
  'recovery-to-free': { zh: '追回的钱重新可用', en: 'recovered money free again' },
  'write-off': { zh: '核销', en: 'written off' },
  use: { zh: '使用', en: 'use' },
  correction: { zh: '更正', en: 'correction' },
};
