// The endpoints of payments: instalments and their doubts, batches for the bank and its results, and money asked back.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { sheetErrors } from './imports-endpoints.ts';
import { pageFields, pageOf } from './page.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const fen = z.number().int().describe('分 / fen');
const wishedFen = z.number().int().min(1).max(100_000_000_000).describe('分 / fen');
const words = z.string().trim().min(1).max(1000);
const code = z.string().regex(/^\d{6}$/).describe('辖区 / jurisdiction');
const format = z.enum(['xlsx', 'csv']).default('xlsx').describe('文件格式 / format');
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const fileTypes = [xlsx, 'text/csv; charset=utf-8'];

const instalmentState = z
  .enum(['waiting', 'in-doubt', 'ready', 'in-batch', 'paid', 'offset', 'returned', 'cancelled'])
  .describe('未到期或待核对、有疑点、可发放、在批次里、已付、已抵扣、退汇、不再发放 / waiting to in-batch: before the bank has paid; offset: set against what the payee owes');
const batchState = z.enum(['prepared', 'approved-once', 'approved', 'sent', 'closed', 'cancelled']).describe('已编制、一人已核准、两人已核准、已交银行、已办结、已撤销 / from prepared to closed, or cancelled');
const paymentState = z.enum(['open', 'sent', 'paid', 'failed', 'returned', 'dropped']).describe('未发出、银行处理中、成功、失败、退汇、已取出 / dropped: taken out before the batch went');
const doubtKind = z
  .enum(['case-held', 'case-not-payable', 'fund-missing', 'fact-false', 'fact-unknown', 'fact-told', 'fact-stale', 'left-employer', 'employer-unknown', 'payee-gone', 'account-missing', 'account-name-differs', 'account-shared', 'paid-before'])
  .describe('被异议或检查暂停、决定不再有效、没有资金、核对不符、没有记录、只有申报没有核实、记录太旧、已离开用人单位、用人单位不明、记录已删除、没有收款账户、户名不符、账户另有他人登记、同一待遇或事项以前付过 / why a person looks first');
const repaymentState = z.enum(['proposed', 'demanded', 'settled', 'cancelled']).describe('已提出、已要求归还、已结清、已撤销 / proposed to settled, or cancelled');

const instalmentView = z.object({
  instalmentId: z.uuid(),
  caseId: z.uuid(),
  caseNumber: z.string(),
  decisionId: z.uuid(),
  instalmentNumber: z.number().int(),
  partyId: z.uuid(),
  name: z.string().nullable(),
  employerId: z.uuid().nullable(),
  policyId: z.string(),
  benefitId: z.string(),
  jurisdictionCode: z.string(),
  dueOn: day,
  amountFen: fen,
  offsetFen: fen,
  state: instalmentState,
  /** While it waits: when it is looked at next. */
  lookOn: day.nullable(),
  checkedAt: instant.nullable(),
  attempts: z.number().int(),
});

const doubtView = z.object({
  doubtId: z.uuid(),
  instalmentId: z.uuid(),
  kind: doubtKind,
  fact: z.string().nullable(),
  aboutId: z.uuid().nullable(),
  openedAt: instant,
  settledAs: z.enum(['pay', 'wait', 'cancel', 'gone']).nullable(),
  reason: z.string().nullable(),
  settledAt: instant.nullable(),
  /** Whether it can be passed over; else what it is about has to be settled first. */
  isPassable: z.boolean(),
  earlier: z.object({ caseId: z.uuid(), caseNumber: z.string(), fen }).nullable().describe('以前付过的：哪一件，已付而没有要回的多少 / of what was paid before: by which case, and how much was not asked back'),
});

const paymentView = z.object({
  paymentId: z.uuid(),
  paymentNumber: z.string(),
  batchId: z.uuid(),
  lineNumber: z.number().int(),
  instalmentId: z.uuid(),
  attempt: z.number().int(),
  partyId: z.uuid(),
  name: z.string().nullable(),
  amountFen: fen,
  state: paymentState,
  account: z.object({ bankName: z.string(), holderName: z.string(), maskedNumber: z.string() }).nullable().describe('核准时的账户 / the account as it was approved'),
  settledOn: day.nullable(),
  bankReference: z.string().nullable(),
  reason: z.string().nullable(),
  returnedOn: day.nullable(),
  returnReason: z.string().nullable(),
});

const sum = z.object({ count: z.number().int(), fen });

const batchView = z.object({
  batchId: z.uuid(),
  batchNumber: z.string(),
  jurisdictionCode: z.string(),
  state: batchState,
  lineCount: z.number().int(),
  totalFen: fen,
  preparedBy: z.uuid(),
  preparedAt: instant,
  firstApprovedBy: z.uuid().nullable(),
  firstApprovedAt: instant.nullable(),
  secondApprovedBy: z.uuid().nullable(),
  secondApprovedAt: instant.nullable(),
  sentBy: z.uuid().nullable(),
  sentAt: instant.nullable(),
  sentCount: z.number().int().nullable(),
  sentFen: fen.nullable(),
  closedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  reason: z.string().nullable(),
});

const batchDetail = batchView.extend({
  totalCapitals: z.string().describe('合计大写 / the sum in capitals'),
  sums: z.record(z.string(), sum).describe('各状态的笔数和金额 / count and sum by state of the payments'),
  results: z.array(z.object({ resultId: z.uuid(), fileName: z.string(), paid: z.number().int(), failed: z.number().int(), returned: z.number().int(), known: z.number().int(), importedAt: instant })),
});

const repaymentView = z.object({
  repaymentId: z.uuid(),
  repaymentNumber: z.string(),
  caseId: z.uuid(),
  partyId: z.uuid(),
  name: z.string().nullable(),
  jurisdictionCode: z.string(),
  document: z.string(),
  state: repaymentState,
  amountFen: fen,
  receivedFen: fen,
  offsetFen: fen,
  writtenOffFen: fen,
  owedFen: fen,
  proposedAt: instant,
  waitsForAdoption: z.boolean().describe('系统提出的，等一位工作人员认可，再由另一位核准 / proposed by the program: one person adopts it, another approves'),
  adoptedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  settledAt: instant.nullable(),
});

const repaymentDetail = repaymentView.extend({
  reason: z.string(),
  aboutId: z.uuid().nullable(),
  payments: z.array(z.object({ paymentId: z.uuid(), fen, settledFen: fen })),
  terms: z.array(z.object({ dueOn: day, fen })),
  receipts: z.array(z.object({ receiptId: z.uuid(), kind: z.enum(['received', 'offset', 'written-off']), fen, on: day, instalmentId: z.uuid().nullable(), bankReference: z.string().nullable() })),
  writeOff: z.object({ document: z.string(), fen, at: instant }).nullable().describe('等第二人核准的核销 / a write-off that waits for its second person'),
});

/** An instalment as it is answered. */
export type InstalmentView = z.input<typeof instalmentView>;
/** A doubt as it is answered. */
export type DoubtView = z.input<typeof doubtView>;
/** A payment as it is answered. */
export type PaymentView = z.input<typeof paymentView>;
/** A batch as it is answered. */
export type BatchView = z.input<typeof batchView>;
/** A batch with its sums and results. */
export type BatchDetail = z.input<typeof batchDetail>;
/** A repayment as it is answered. */
export type RepaymentView = z.input<typeof repaymentView>;
/** A repayment with all that belongs to it. */
export type RepaymentDetail = z.input<typeof repaymentDetail>;

const instalmentConditions = {
  state: instalmentState.optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
  jurisdictionCode: code.optional(),
  policyId: z.string().max(100).optional(),
  benefitId: z.string().max(100).optional(),
  partyId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  sort: z.enum(['due', 'due-last', 'amount']).default('due').describe('先到期的在前、后到期的在前、金额大的在前 / order'),
};
const instalmentId = z.object({ instalmentId: z.uuid() });

/** 分期 */
export const listInstalmentsEndpoint = defineEndpoint({
  id: 'instalments.list',
  method: 'GET',
  path: '/instalments',
  tag: 'payments',
  summary: { zh: '要发的、已发的分期', en: 'Instalments to be paid, and paid' },
  permission: 'payment.read',
  query: z.object({ ...instalmentConditions, ...pageFields }),
  response: pageOf(instalmentView),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

/** 导出分期 */
export const exportInstalments = defineEndpoint({
  id: 'instalments.export',
  method: 'GET',
  path: '/instalments/export',
  tag: 'payments',
  summary: { zh: '导出符合条件的分期', en: 'Export the instalments that match' },
  permission: 'payment.export',
  query: z.object({ ...instalmentConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 一期 */
export const getInstalmentEndpoint = defineEndpoint({
  id: 'instalments.get',
  method: 'GET',
  path: '/instalments/:instalmentId',
  tag: 'payments',
  summary: { zh: '一期：资金、疑点、各次付款', en: 'An instalment: its funds, doubts and payments' },
  permission: 'payment.read',
  params: instalmentId,
  response: instalmentView.extend({
    shares: z.array(z.object({ fund: z.string(), jurisdictionCode: z.string(), year: z.number().int(), fen, offsetFen: fen })),
    doubts: z.array(doubtView),
    payments: z.array(paymentView),
  }),
  audit: 'seen',
});

/** 核对 */
export const checkInstalmentsEndpoint = defineEndpoint({
  id: 'instalments.check',
  method: 'POST',
  path: '/instalments/checks',
  tag: 'payments',
  summary: { zh: '现在核对这些到期的分期', en: 'Check these due instalments now' },
  permission: 'payment.check',
  body: z.strictObject({ instalmentIds: z.array(z.uuid()).min(1).max(200) }),
  response: z.object({ ready: z.number().int(), inDoubt: z.number().int(), waiting: z.number().int() }),
});

/** 再发一次 */
export const retryInstalmentEndpoint = defineEndpoint({
  id: 'instalments.retry',
  method: 'POST',
  path: '/instalments/:instalmentId/retry',
  tag: 'payments',
  summary: { zh: '退汇以后重新核对，再发一次', en: 'Check anew after the money came back, to pay once more' },
  permission: 'payment.check',
  params: instalmentId,
  response: instalmentView,
  errors: ['instalment-state-unfit'],
});

/** 不再发放 */
export const cancelInstalmentEndpoint = defineEndpoint({
  id: 'instalments.cancel',
  method: 'POST',
  path: '/instalments/:instalmentId/cancellation',
  tag: 'payments',
  summary: { zh: '这一期不再发放；要写明依据', en: 'Do not pay this instalment; name what that rests on' },
  permission: 'payment.check',
  params: instalmentId,
  body: z.strictObject({ document: words.describe('依据文号或凭证号 / the number of the decision or paper'), andLater: z.boolean().default(false).describe('以后各期也不发 / the later ones too') }),
  response: instalmentView,
  errors: ['instalment-state-unfit'],
});

/** 定资金 */
export const nameFundEndpoint = defineEndpoint({
  id: 'instalments.fund',
  method: 'POST',
  path: '/instalments/:instalmentId/fund',
  tag: 'payments',
  summary: { zh: '文件没有写明资金的，定由哪项资金付；从此占用它的预算', en: 'Name the fund of what no fund pays yet; its budget is committed from then on' },
  permission: 'payment.fund',
  params: instalmentId,
  body: z.strictObject({
    fund: z.string().trim().min(1).max(60).describe('资金，那一年要有预算 / a fund with a budget in that year'),
    jurisdictionCode: code.describe('哪个辖区的资金 / whose fund it is'),
    document: words.describe('依据文号 / the number of the paper that it rests on'),
    andLater: z.boolean().default(false).describe('以后各期也由它付 / the later ones too'),
  }),
  response: instalmentView,
  errors: ['fund-elsewhere', 'fund-not-there', 'instalment-funded', 'instalment-state-unfit', 'ledger-conflict', 'ledger-floor'],
});

const doubtConditions = {
  status: z.enum(['open', 'settled']).optional(),
  kind: doubtKind.optional(),
  jurisdictionCode: code.optional(),
  sort: z.enum(['oldest', 'newest']).default('oldest'),
};
const listedDoubt = doubtView.extend({
  caseId: z.uuid(), caseNumber: z.string(), partyId: z.uuid(), name: z.string().nullable(), instalmentNumber: z.number().int(), benefitId: z.string(), dueOn: day, amountFen: fen, jurisdictionCode: z.string(),
});

/** 疑点 */
export const listDoubtsEndpoint = defineEndpoint({
  id: 'payment-doubts.list',
  method: 'GET',
  path: '/payment-doubts',
  tag: 'payments',
  summary: { zh: '发放前要人核对的疑点', en: 'What people look at before something is paid' },
  permission: 'payment.check',
  query: z.object({ ...doubtConditions, ...pageFields }),
  response: pageOf(listedDoubt),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

/** 导出疑点 */
export const exportDoubts = defineEndpoint({
  id: 'payment-doubts.export',
  method: 'GET',
  path: '/payment-doubts/export',
  tag: 'payments',
  summary: { zh: '导出符合条件的疑点', en: 'Export the doubts that match' },
  permission: 'payment.export',
  query: z.object({ ...doubtConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 处理疑点 */
export const settleDoubtEndpoint = defineEndpoint({
  id: 'payment-doubts.settle',
  method: 'POST',
  path: '/payment-doubts/:doubtId/settlement',
  tag: 'payments',
  summary: { zh: '处理疑点：照发、改天再核对、不发，都要写理由', en: 'Settle a doubt: pay, look again later, or do not pay; with a reason' },
  permission: 'payment.check',
  params: z.object({ doubtId: z.uuid() }),
  body: z.discriminatedUnion('as', [
    z.strictObject({ as: z.literal('pay'), reason: words }),
    z.strictObject({ as: z.literal('wait'), reason: words, until: day }),
    z.strictObject({ as: z.literal('cancel'), reason: words, andLater: z.boolean().default(false) }),
  ]),
  response: instalmentView,
  errors: ['doubt-not-passable', 'settled-already'],
});

const batchId = z.object({ batchId: z.uuid() });
const batchConditions = { state: batchState.optional(), jurisdictionCode: code.optional(), sort: z.enum(['newest', 'oldest']).default('newest') };

/** 编制批次 */
export const prepareBatchEndpoint = defineEndpoint({
  id: 'payment-batches.prepare',
  method: 'POST',
  path: '/payment-batches',
  tag: 'payments',
  summary: { zh: '编制付款批次：把可以发的分期放进去', en: 'Prepare a batch of what can be paid' },
  permission: 'payment.prepare',
  body: z.strictObject({
    jurisdictionCode: code,
    dueTo: day.describe('到这一天为止到期的 / due by that day'),
    policyId: z.string().max(100).optional(),
    benefitId: z.string().max(100).optional(),
    instalmentIds: z.array(z.uuid()).min(1).max(5000).optional().describe('只要这些 / only these'),
  }),
  response: z.object({ batch: batchDetail, leftOut: z.number().int().describe('因疑点没有放进来的 / left out for doubts') }),
  status: 201,
  errors: ['batch-empty', 'batch-too-large'],
});

/** 批次 */
export const listBatchesEndpoint = defineEndpoint({
  id: 'payment-batches.list',
  method: 'GET',
  path: '/payment-batches',
  tag: 'payments',
  summary: { zh: '付款批次', en: 'Payment batches' },
  permission: 'payment.read',
  query: z.object({ ...batchConditions, ...pageFields }),
  response: pageOf(batchView),
  errors: ['cursor-invalid'],
});

/** 导出批次 */
export const exportBatches = defineEndpoint({
  id: 'payment-batches.export',
  method: 'GET',
  path: '/payment-batches/export',
  tag: 'payments',
  summary: { zh: '导出符合条件的批次', en: 'Export the batches that match' },
  permission: 'payment.export',
  query: z.object({ ...batchConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 一个批次 */
export const getBatchEndpoint = defineEndpoint({
  id: 'payment-batches.get',
  method: 'GET',
  path: '/payment-batches/:batchId',
  tag: 'payments',
  summary: { zh: '一个批次：到哪一步了，合计，银行结果', en: 'A batch: how far it is, its sums, the bank’s results' },
  permission: 'payment.read',
  params: batchId,
  response: batchDetail,
  etag: true,
});

/** 批次里的付款 */
export const listPaymentsEndpoint = defineEndpoint({
  id: 'payment-batches.payments',
  method: 'GET',
  path: '/payment-batches/:batchId/payments',
  tag: 'payments',
  summary: { zh: '批次里的各笔付款', en: 'The payments of a batch' },
  permission: 'payment.read',
  params: batchId,
  query: z.object({ state: paymentState.optional(), ...pageFields }),
  response: pageOf(paymentView),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

const carried = z.object({ batch: batchDetail, takenOut: z.number().int().describe('刚刚因疑点取出的 / taken out just now for doubts') });
const step = { method: 'POST', tag: 'payments', params: batchId, etag: true } as const;

/** 核准 */
export const approveBatchEndpoint = defineEndpoint({
  ...step,
  id: 'payment-batches.approve',
  path: '/payment-batches/:batchId/approvals',
  summary: { zh: '核准批次：要两个人，都不是编制的人', en: 'Approve a batch: two people, neither of whom prepared it' },
  permission: 'payment.approve',
  response: carried,
  errors: ['batch-empty', 'batch-state-unfit', 'changed-meanwhile', 'own-hands-refused', 'precondition-required'],
});

/** 交银行 */
export const sendBatchEndpoint = defineEndpoint({
  ...step,
  id: 'payment-batches.send',
  path: '/payment-batches/:batchId/sending',
  summary: { zh: '把批次交给银行；从这一刻起可以下载银行文件', en: 'Hand a batch to the bank; from now on its file can be had' },
  permission: 'payment.send',
  response: carried,
  errors: ['batch-empty', 'batch-state-unfit', 'budget-missing', 'changed-meanwhile', 'ledger-part', 'precondition-required'],
});

/** 撤销 */
export const cancelBatchEndpoint = defineEndpoint({
  ...step,
  id: 'payment-batches.cancel',
  path: '/payment-batches/:batchId/cancellation',
  summary: { zh: '撤销还没交银行的批次，写明理由', en: 'Cancel a batch that has not been sent, with a reason' },
  permission: 'payment.prepare',
  body: z.strictObject({ reason: words }),
  response: batchDetail,
  errors: ['batch-state-unfit', 'changed-meanwhile', 'precondition-required'],
});

/** 银行文件 */
export const bankFileEndpoint = defineEndpoint({
  id: 'payment-batches.bank-file',
  method: 'GET',
  path: '/payment-batches/:batchId/bank-file',
  tag: 'payments',
  summary: { zh: '下载给银行的文件（完整账号）', en: 'Download the file for the bank, with account numbers in full' },
  permission: 'payment.send',
  params: batchId,
  query: z.object({ format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['batch-state-unfit'],
});

/** 银行结果 */
export const importResultEndpoint = defineEndpoint({
  id: 'payment-batches.import-result',
  method: 'POST',
  path: '/payment-batches/:batchId/results',
  tag: 'payments',
  summary: { zh: '导入银行结果（xlsx 或 CSV）；有一行不对就都不登记', en: 'Import the bank’s result (xlsx or CSV); one wrong row and nothing is booked' },
  permission: 'payment.book',
  params: batchId,
  query: z.object({ fileName: z.string().min(1).max(200) }),
  bytes: 'request',
  rate: 'upload',
  response: z.object({ batch: batchDetail, paid: z.number().int(), failed: z.number().int(), returned: z.number().int(), known: z.number().int() }),
  errors: ['batch-state-unfit', 'ledger-part', 'result-imported-already', 'result-rows-wrong', ...sheetErrors],
});

/** 退汇 */
export const bookReturnEndpoint = defineEndpoint({
  id: 'payments.return',
  method: 'POST',
  path: '/payments/:paymentId/return',
  tag: 'payments',
  summary: { zh: '登记退汇：付出去的钱退回来了', en: 'Book that a payment came back' },
  permission: 'payment.book',
  params: z.object({ paymentId: z.uuid() }),
  body: z.strictObject({ on: day, reason: words, bankReference: z.string().trim().min(1).max(100).optional() }),
  response: paymentView,
  errors: ['payment-asked-back', 'payment-state-unfit'],
});

const repaymentId = z.object({ repaymentId: z.uuid() });
const repaymentConditions = {
  state: repaymentState.optional(),
  jurisdictionCode: code.optional(),
  partyId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  overdue: z.stringbool().default(false).describe('只看过期没还的 / only those with a term past and not met'),
  sort: z.enum(['newest', 'oldest']).default('newest'),
};

/** 提出追回 */
export const proposeRepaymentEndpoint = defineEndpoint({
  id: 'repayments.propose',
  method: 'POST',
  path: '/repayments',
  tag: 'payments',
  summary: { zh: '提出追回付错的钱，可以分期还', en: 'Propose to ask back what was paid wrongly, by terms if need be' },
  permission: 'payment.recover',
  body: z.strictObject({
    payments: z.array(z.strictObject({ paymentId: z.uuid(), fen: wishedFen.optional() })).min(1).max(100),
    document: words.describe('依据文号 / the number of the decision or finding'),
    reason: words,
    aboutId: z.uuid().optional().describe('检查结论或决定的编号 / the finding or decision itself'),
    terms: z.array(z.strictObject({ dueOn: day, fen: wishedFen })).max(60).default([]),
  }),
  response: repaymentDetail,
  status: 201,
  errors: ['payment-state-unfit', 'repayment-terms-wrong', 'repayment-too-large'],
});

/** 追回 */
export const listRepaymentsEndpoint = defineEndpoint({
  id: 'repayments.list',
  method: 'GET',
  path: '/repayments',
  tag: 'payments',
  summary: { zh: '追回的钱：要还多少，还了多少', en: 'Money asked back: how much, and how much has come' },
  permission: 'payment.read',
  query: z.object({ ...repaymentConditions, ...pageFields }),
  response: pageOf(repaymentView),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

/** 导出追回 */
export const exportRepayments = defineEndpoint({
  id: 'repayments.export',
  method: 'GET',
  path: '/repayments/export',
  tag: 'payments',
  summary: { zh: '导出符合条件的追回', en: 'Export the repayments that match' },
  permission: 'payment.export',
  query: z.object({ ...repaymentConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 一笔追回 */
export const getRepaymentEndpoint = defineEndpoint({
  id: 'repayments.get',
  method: 'GET',
  path: '/repayments/:repaymentId',
  tag: 'payments',
  summary: { zh: '一笔追回：理由、分期、收到的钱', en: 'A repayment: why, its terms, what has come' },
  permission: 'payment.read',
  params: repaymentId,
  response: repaymentDetail,
  etag: true,
  audit: 'seen',
});

const repaymentStep = { method: 'POST', tag: 'payments', params: repaymentId, response: repaymentDetail } as const;

/** 认可系统提出的追回 */
export const adoptRepaymentEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.adopt',
  path: '/repayments/:repaymentId/adoption',
  summary: { zh: '认可系统提出的追回，再由另一位核准', en: 'Adopt what the program proposed to ask back; another person approves it' },
  permission: 'payment.recover',
  errors: ['repayment-adopted', 'repayment-state-unfit'],
});

/** 核准追回 */
export const demandRepaymentEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.demand',
  path: '/repayments/:repaymentId/demand',
  summary: { zh: '核准别人提出的追回', en: 'Demand what somebody else proposed to ask back' },
  permission: 'payment.recover-approve',
  errors: ['ledger-part', 'own-hands-refused', 'payment-state-unfit', 'repayment-not-adopted', 'repayment-state-unfit'],
});

/** 撤销追回 */
export const cancelRepaymentEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.cancel',
  path: '/repayments/:repaymentId/cancellation',
  summary: { zh: '撤销还没核准的追回', en: 'Drop a repayment that was only proposed' },
  permission: 'payment.recover-approve',
  errors: ['repayment-state-unfit'],
});

/** 收到还款 */
export const receiveRepaymentEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.receive',
  path: '/repayments/:repaymentId/receipts',
  summary: { zh: '登记收到的还款；同一个银行流水号只登记一次', en: 'Book money that came in; one bank reference is booked once' },
  permission: 'payment.book',
  body: z.strictObject({ fen: wishedFen, on: day, bankReference: z.string().trim().min(1).max(100) }),
  errors: ['repayment-state-unfit', 'repayment-too-large', 'settled-already'],
});

/** 抵扣 */
export const offsetRepaymentEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.offset',
  path: '/repayments/:repaymentId/offsets',
  summary: { zh: '用同一个人可以发的一期抵扣', en: 'Set an instalment of the same payee against it' },
  permission: 'payment.recover',
  body: z.strictObject({ instalmentId: z.uuid(), fen: wishedFen.optional() }),
  errors: ['budget-missing', 'instalment-state-unfit', 'repayment-state-unfit', 'repayment-too-large'],
});

/** 提出核销 */
export const proposeWriteOffEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.propose-write-off',
  path: '/repayments/:repaymentId/write-off',
  summary: { zh: '提出核销收不回来的钱', en: 'Propose to write off what cannot be had' },
  permission: 'payment.recover',
  body: z.strictObject({ document: words.describe('核销决定文号 / the number of the decision'), fen: wishedFen.optional() }),
  errors: ['repayment-state-unfit', 'repayment-too-large'],
});

/** 核准核销 */
export const approveWriteOffEndpoint = defineEndpoint({
  ...repaymentStep,
  id: 'repayments.write-off',
  path: '/repayments/:repaymentId/write-off/approval',
  summary: { zh: '核准别人提出的核销；要带着看到的版本', en: 'Write off what somebody else proposed to, at the version that was seen' },
  permission: 'payment.recover-approve',
  etag: true,
  errors: ['changed-meanwhile', 'own-hands-refused', 'precondition-required', 'repayment-state-unfit', 'repayment-too-large', 'settled-already'],
});
