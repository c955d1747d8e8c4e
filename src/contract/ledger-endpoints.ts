// The endpoints of the ledger: how funds stand, the transfers behind every figure, what was promised to cases, and budgets set by two people.
import { z } from 'zod';
import { MAX_FEN } from '../policy/index.ts';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const code = z.string().regex(/^\d{6}$/);
const unit = z.enum(['fen', 'post', 'room-night']).describe('单位：分、编制、间夜 / unit: fen, posts, room-nights');
const role = z.enum(['source', 'free', 'committed', 'paid', 'receivable', 'recovered', 'written-off']);
const reason = z.enum([
  'budget', 'budget-cut', 'commitment', 'withdrawn', 'changed', 'condition-unmet', 'revoked', 'lapsed', 'payment', 'payment-return', 'demand', 'recovery', 'recovery-to-free', 'write-off', 'use', 'correction',
]);
const kind = z.enum(['posted', 'pending', 'post', 'void']);
const place = z.enum(['committed', 'paying', 'paid', 'released', 'receivable', 'recovered', 'writtenOff']);
const fund = z.string().trim().min(1).max(60).describe('资金，用政策里的名称 / the fund as policies name it');
const year = z.coerce.number().int().min(2000).max(2199);
const amount = z.number().int();
const search = z.string().trim().min(1).max(60).optional().describe('资金名称或文号里的字 / part of the fund’s name or of the document number');
const format = z.enum(['xlsx', 'csv']).default('xlsx');
/** A file holds one unit, so that its columns can be added up. */
const exported = { unit: unit.default('fen'), format };
const sheetTypes = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'] as const;

const pot = { unit, jurisdictionCode: code, fund: z.string(), year: z.number().int() };

const fundState = z.object({
  ...pot,
  jurisdictionName: z.string(),
  /** Whether the year has a budget; where not, what is committed waits for one. */
  isOpen: z.boolean(),
  budget: amount,
  free: amount,
  committed: amount,
  /** At the bank. */
  paying: amount,
  paid: amount,
  receivable: amount,
  recovered: amount,
  writtenOff: amount,
});

const side = z.object({ fund: z.string(), year: z.number().int(), role });

const entry = z.object({
  id: z.uuid(),
  kind,
  /** How one that was pending ended. */
  endedAs: z.enum(['post', 'void']).nullable(),
  pendingId: z.uuid().nullable(),
  unit,
  jurisdictionCode: code,
  from: side,
  to: side,
  amount,
  reason,
  partId: z.uuid().nullable(),
  /** The payment, demand, receipt, release or budget that booked it. */
  operationId: z.uuid().nullable(),
  caseId: z.uuid().nullable(),
  decisionId: z.uuid().nullable(),
  batchId: z.uuid().nullable(),
  document: z.string().nullable(),
  recordedAt: instant,
  /** The account of an officer, or the job by name. */
  recordedBy: z.string(),
});

const part = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  decisionId: z.uuid(),
  ...pot,
  amount,
  committed: amount,
  paying: amount,
  paid: amount,
  released: amount,
  receivable: amount,
  recovered: amount,
  writtenOff: amount,
  recordedAt: instant,
});

const budget = z.object({
  id: z.uuid(),
  ...pot,
  amount,
  /** What it was before; null where the year was not open. */
  before: amount.nullable(),
  reference: z.string(),
  state: z.enum(['proposed', 'confirmed', 'withdrawn']),
  proposedAt: instant,
  proposedBy: z.uuid(),
  settledAt: instant.nullable(),
  settledBy: z.uuid().nullable(),
});

const transferId = z.object({ transferId: z.uuid() });
const partId = z.object({ partId: z.uuid() });
const budgetId = z.object({ budgetId: z.uuid() });

const stateConditions = {
  unit: unit.optional(),
  jurisdictionCode: code.optional(),
  fund: fund.optional(),
  search,
  fromYear: year.optional().describe('从哪一年；不写就是今年 / first year; this one without it'),
  toYear: year.optional().describe('到哪一年；不写就是起始年后五年 / last year; five after the first without it'),
};
const entryConditions = {
  unit: unit.optional(),
  jurisdictionCode: code.optional(),
  fund: fund.optional(),
  year: year.optional(),
  role: role.optional().describe('账户：哪一栏的数 / which figure'),
  partId: z.uuid().optional(),
  operationId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  decisionId: z.uuid().optional(),
  batchId: z.uuid().optional(),
  document: z.string().trim().min(1).max(100).optional().describe('文号，写全 / the document number, whole'),
  reason: reason.optional(),
  kind: kind.optional(),
  fromDay: day.optional(),
  toDay: day.optional(),
};
const partConditions = {
  unit: unit.optional(),
  jurisdictionCode: code.optional(),
  fund: fund.optional(),
  year: year.optional(),
  caseId: z.uuid().optional(),
  decisionId: z.uuid().optional(),
  place: place.optional().describe('只看还有这一项的 / those of which something is there'),
};
const budgetConditions = {
  unit: unit.optional(),
  jurisdictionCode: code.optional(),
  fund: fund.optional(),
  year: year.optional(),
  state: z.enum(['proposed', 'confirmed', 'withdrawn']).optional(),
  search,
};

/** 资金情况 */
export const listFundStates = defineEndpoint({
  id: 'ledger.list-funds',
  method: 'GET',
  path: '/ledger/funds',
  tag: 'ledger',
  summary: { zh: '各项资金逐年还有多少、约定多少、支付多少', en: 'What each fund has free, committed and paid, year by year' },
  permission: 'ledger.read',
  query: z.object({ ...pageFields, ...stateConditions }),
  response: pageOf(fundState),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

/** 导出资金情况 */
export const exportFundStates = defineEndpoint({
  id: 'ledger.export-funds',
  method: 'GET',
  path: '/ledger/funds/export',
  tag: 'ledger',
  summary: { zh: '导出资金情况', en: 'Export how funds stand' },
  permission: 'ledger.read',
  query: z.object({ ...stateConditions, ...exported }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 分录 */
export const listLedgerEntries = defineEndpoint({
  id: 'ledger.list-entries',
  method: 'GET',
  path: '/ledger/entries',
  tag: 'ledger',
  summary: { zh: '总账分录，新的在前；按账户、办件、批次、文号查', en: 'Transfers of the ledger, newest first; by account, case, batch or document' },
  permission: 'ledger.read',
  query: z.object({ ...pageFields, ...entryConditions }),
  response: pageOf(entry),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

/** 导出分录 */
export const exportLedgerEntries = defineEndpoint({
  id: 'ledger.export-entries',
  method: 'GET',
  path: '/ledger/entries/export',
  tag: 'ledger',
  summary: { zh: '导出符合条件的分录', en: 'Export the transfers that match' },
  permission: 'ledger.read',
  query: z.object({ ...entryConditions, ...exported }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 一笔分录 */
export const getLedgerEntry = defineEndpoint({
  id: 'ledger.get-entry',
  method: 'GET',
  path: '/ledger/entries/:transferId',
  tag: 'ledger',
  summary: { zh: '一笔分录', en: 'One transfer' },
  permission: 'ledger.read',
  params: transferId,
  response: entry,
  audit: 'seen',
});

/** 约定 */
export const listLedgerParts = defineEndpoint({
  id: 'ledger.list-parts',
  method: 'GET',
  path: '/ledger/parts',
  tag: 'ledger',
  summary: { zh: '约定的每一笔和它的去向，新的在前', en: 'What was promised, part by part, and what became of it; newest first' },
  permission: 'ledger.read',
  query: z.object({ ...pageFields, ...partConditions }),
  response: pageOf(part),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

/** 导出约定 */
export const exportLedgerParts = defineEndpoint({
  id: 'ledger.export-parts',
  method: 'GET',
  path: '/ledger/parts/export',
  tag: 'ledger',
  summary: { zh: '导出符合条件的约定', en: 'Export the promised parts that match' },
  permission: 'ledger.read',
  query: z.object({ ...partConditions, ...exported }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 一笔约定 */
export const getLedgerPart = defineEndpoint({
  id: 'ledger.get-part',
  method: 'GET',
  path: '/ledger/parts/:partId',
  tag: 'ledger',
  summary: { zh: '一笔约定；它的分录按 partId 查', en: 'One promised part; its transfers are listed by partId' },
  permission: 'ledger.read',
  params: partId,
  response: part,
  audit: 'seen',
});

/** 预算 */
export const listBudgets = defineEndpoint({
  id: 'budgets.list',
  method: 'GET',
  path: '/ledger/budgets',
  tag: 'ledger',
  summary: { zh: '提出和定下的预算，新的在前', en: 'Budgets proposed and set, newest first' },
  permission: 'ledger.read',
  query: z.object({ ...pageFields, ...budgetConditions }),
  response: pageOf(budget),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

/** 导出预算 */
export const exportBudgets = defineEndpoint({
  id: 'budgets.export',
  method: 'GET',
  path: '/ledger/budgets/export',
  tag: 'ledger',
  summary: { zh: '导出符合条件的预算', en: 'Export the budgets that match' },
  permission: 'ledger.read',
  query: z.object({ ...budgetConditions, ...exported }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 一份预算 */
export const getBudget = defineEndpoint({
  id: 'budgets.get',
  method: 'GET',
  path: '/ledger/budgets/:budgetId',
  tag: 'ledger',
  summary: { zh: '一份预算：数额、文号、谁提出、谁复核', en: 'One budget: amount, document, who proposed and who confirmed it' },
  permission: 'ledger.read',
  params: budgetId,
  response: budget,
  audit: 'seen',
});

/** 知道的资金 */
export const listKnownFunds = defineEndpoint({
  id: 'ledger.known-funds',
  method: 'GET',
  path: '/ledger/fund-names',
  tag: 'ledger',
  summary: { zh: '有哪些资金：政策写到的，和账上有的', en: 'Which funds there are: those that policies name, and those on the books' },
  permission: 'ledger.read',
  response: z.object({ items: z.array(z.object({ fund: z.string(), isInPolicies: z.boolean(), isOnBooks: z.boolean() })) }),
});

/** 提出预算 */
export const proposeBudget = defineEndpoint({
  id: 'budgets.propose',
  method: 'POST',
  path: '/ledger/budgets',
  tag: 'ledger',
  summary: { zh: '提出一项资金一年的预算（全年总数），由另一个人复核', en: 'Propose what a fund may spend in a year, in all; somebody else confirms' },
  permission: 'budget.propose',
  body: z.strictObject({
    unit,
    jurisdictionCode: code,
    fund,
    year: z.number().int().min(2000).max(2199),
    amount: z.number().int().min(0).max(MAX_FEN).describe('全年总数，单位的整数（钱是分） / the whole year, in whole units (money in fen)'),
    reference: z.string().trim().min(1).max(100).describe('文号 / document number of the decision'),
    isNewFund: z.boolean().default(false).describe('名称没有写错：是政策和账上都还没有的一项资金 / the name is right: a fund that is neither in a policy nor on the books yet'),
  }),
  response: budget,
  status: 201,
  errors: ['budget-proposed', 'budget-same', 'fund-unknown'],
});

/** 复核预算 */
export const confirmBudget = defineEndpoint({
  id: 'budgets.confirm',
  method: 'POST',
  path: '/ledger/budgets/:budgetId/confirmation',
  tag: 'ledger',
  summary: { zh: '复核预算，当即生效；提出的人不能自己复核', en: 'Confirm a budget, which counts at once; never by who proposed it' },
  permission: 'budget.confirm',
  params: budgetId,
  response: z.object({
    budget,
    /** What was promised of this year before. */
    committedBefore: amount,
    state: fundState,
  }),
  errors: ['budget-before-changed', 'budget-below-committed', 'own-hands-refused', 'settled-already'],
});

/** 撤回预算 */
export const withdrawBudget = defineEndpoint({
  id: 'budgets.withdraw',
  method: 'POST',
  path: '/ledger/budgets/:budgetId/withdrawal',
  tag: 'ledger',
  summary: { zh: '撤回或退回还没复核的预算', en: 'Take back or decline a budget that is not confirmed' },
  permission: 'budget.confirm',
  params: budgetId,
  response: budget,
  errors: ['settled-already'],
});
