// The endpoints of fact feeds: what was agreed, deliveries and what became of their rows, and values that disagree.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { nameField } from './hidden-characters.ts';
import type { ErrorCode } from './errors.ts';
import { pageFields, pageOf } from './page.ts';
import { purposeCodes } from './purposes.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const feedId = z.object({ feedId: z.uuid() });
const deliveryId = z.object({ feedId: z.uuid(), deliveryId: z.uuid() });
const disagreementId = z.object({ disagreementId: z.uuid() });

/** The most rows that one JSON body may hold; files hold more. */
const MOST_JSON_ROWS = 5000;

const terms = z.object({
  name: nameField(100).describe('名称，如 市医保局参保情况 / its name'),
  purpose: z.enum(purposeCodes).describe('用途 / what the facts are used for'),
  legalBasis: z.string().trim().min(1).max(1000).describe('依据：哪条规定让这个部门提供 / the rule that lets the department hand them over'),
  subjectKind: z.enum(['person', 'organisation']),
  facts: z.array(z.string().min(1).max(60)).min(1).max(100).describe('可以报送的事实，用词汇表里的名称 / facts that may be delivered'),
  asOfRule: z.enum(['delivery', 'row']).describe('截至日期：整批一个，还是每行一个 / one as-of date for a delivery, or one a row'),
  everyDays: z.number().int().min(1).max(3660).nullable().default(null).describe('多少天内应有新的一批 / a new delivery is expected within so many days'),
  keepUnknownDays: z.number().int().min(0).max(365).default(90).describe('没对上人的行留多少天 / how long rows of unknown parties are kept'),
  contact: z.string().trim().max(200).nullable().default(null).describe('找哪个科室、打哪个电话 / which office to ask'),
  status: z.enum(['active', 'stopped']).default('active'),
});

const feed = z.object({
  id: z.uuid(),
  departmentId: z.uuid(),
  ...terms.shape,
  lastAsOf: day.nullable(),
  lastEndedAt: instant.nullable(),
  createdAt: instant,
  version: z.number().int(),
});

const counts = {
  total: z.number().int(),
  /** Recorded, or queued because it disagrees. */
  accepted: z.number().int(),
  unchanged: z.number().int(),
  unknown: z.number().int(),
  invalid: z.number().int(),
  matchedLater: z.number().int(),
  expired: z.number().int(),
  waiting: z.number().int(),
  /** Single values, not rows. */
  disagreeing: z.number().int(),
};

const delivery = z.object({
  id: z.uuid(),
  feedId: z.uuid(),
  number: z.string(),
  asOf: day.nullable(),
  format: z.enum(['json', 'ndjson', 'csv', 'xlsx']),
  status: z.enum(['waiting', 'done']),
  ...counts,
  receivedAt: instant,
  endedAt: instant.nullable(),
});

const fault = z.object({ code: z.string(), field: z.string().nullable(), message: z.string() });

const rowStatus = z.enum(['unknown', 'invalid', 'expired']);

const deliveredRow = z.object({
  number: z.number().int(),
  status: rowStatus,
  /** The last day on which a row of an unknown party is kept. */
  keptUntil: day.nullable(),
  faults: z.array(fault),
});

/** The form of a delivered row; the server reads NDJSON by the same. */
export const deliveredRowSchema = z.strictObject({
  key: z.string().max(60).describe('证件号码或统一社会信用代码 / identity number or credit code'),
  name: z.string().max(200).optional().describe('姓名或单位名称，写了就核对 / the name; checked where it is given'),
  asOf: z.string().max(40).optional().describe('截至日期 / the day of which it speaks'),
  validFrom: z.string().max(40).nullish().describe('有效期起 / first day on which it holds'),
  validTo: z.string().max(40).nullish().describe('有效期止 / last day on which it holds'),
  facts: z
    .record(z.string().max(60), z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100), z.null()]))
    .describe('事实，用词汇表里的名称 / facts by the names of the vocabulary'),
});

const number = z.string().regex(/^[\x21-\x7e]{1,100}$/).describe('报送方自己的批次编号，重发时不变 / the sender’s own number of the delivery, the same when it is sent again');
const asOf = z.string().max(40).optional().describe('截至日期，如 2026-06-30 / the as-of date');

const bounds = z.object({ validFrom: day.nullable(), validTo: day.nullable() });

const side = z.object({
  origin: z.string(),
  trust: z.string(),
  departmentId: z.uuid().nullable(),
  asOf: day,
  validFrom: day.nullable(),
  validTo: day.nullable(),
});

const disagreementStatus = z.enum(['open', 'asked', 'settled']);
const answer = z.enum(['held', 'delivered', 'neither']);

const disagreementItem = z.object({
  id: z.uuid(),
  partyId: z.uuid(),
  /** Whose record it is. */
  partyName: z.string(),
  jurisdictionCode: z.string(),
  fact: z.string(),
  status: disagreementStatus,
  held: side,
  delivered: side.extend({ feedId: z.uuid(), deliveryId: z.uuid() }),
  /** How many deliveries said it. */
  times: z.number().int(),
  answer: answer.nullable(),
  settledAs: z.enum(['held', 'delivered', 'both']).nullable(),
  createdAt: instant,
  askedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  settledAt: instant.nullable(),
  version: z.number().int(),
});

const disagreement = disagreementItem.extend({
  /** The fact is sensitive and the caller may not see such; both values are null then. */
  isWithheld: z.boolean(),
  heldValue: z.unknown(),
  heldStatementId: z.uuid(),
  heldEvidenceId: z.uuid().nullable(),
  deliveredValue: z.unknown(),
  words: z.string().nullable(),
  reason: z.string().nullable(),
});

const format = z.enum(['xlsx', 'csv']).default('xlsx');
const sheetTypes = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'] as const;
const feedConditions = {
  departmentId: z.uuid().optional(),
  status: z.enum(['active', 'stopped']).optional(),
  late: z.stringbool().default(false).describe('只看晚了的 / late ones only'),
  sort: z.enum(['newest', 'stalest']).default('newest'),
};
const deliveryConditions = { status: z.enum(['waiting', 'done']).optional() };
const disagreementConditions = {
  status: disagreementStatus.optional(),
  fact: z.string().max(60).optional(),
  feedId: z.uuid().optional(),
  partyId: z.uuid().optional(),
  sort: z.enum(['oldest', 'newest']).default('oldest'),
};

const sheetErrors = [
  'sheet-calls-out', 'sheet-cell-too-long', 'sheet-damaged', 'sheet-empty', 'sheet-encrypted', 'sheet-entities', 'sheet-has-macros', 'sheet-inflates', 'sheet-is-csv', 'sheet-is-html', 'sheet-is-old-excel',
  'sheet-not-a-table', 'sheet-parts-forged', 'sheet-text-unreadable', 'sheet-too-large', 'sheet-too-many-columns', 'sheet-too-many-parts', 'sheet-too-many-rows',
] as const satisfies readonly ErrorCode[];
const deliveryErrors = ['feed-as-of-missing', 'feed-as-of-wrong', 'feed-empty', 'feed-number-reused', 'feed-stopped', 'feed-too-many-rows', 'changed-meanwhile'] as const satisfies readonly ErrorCode[];

/** 数据来源 */
export const listFeeds = defineEndpoint({
  id: 'feeds.list',
  method: 'GET',
  path: '/feeds',
  tag: 'feeds',
  summary: { zh: '数据来源', en: 'Feeds' },
  permission: 'feed.read',
  query: z.object({ ...pageFields, ...feedConditions }),
  response: pageOf(feed),
  errors: ['cursor-invalid'],
});

/** 导出数据来源 */
export const exportFeeds = defineEndpoint({
  id: 'feeds.export',
  method: 'GET',
  path: '/feeds/export',
  tag: 'feeds',
  summary: { zh: '导出符合条件的数据来源', en: 'Export the feeds that match' },
  permission: 'feed.read',
  query: z.object({ ...feedConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 新鲜程度 */
export const getFeedFigures = defineEndpoint({
  id: 'feeds.get-figures',
  method: 'GET',
  path: '/feeds/figures',
  tag: 'feeds',
  summary: { zh: '各路数据新不新：最近的截至日期、晚没晚、还有多少没处理', en: 'How fresh each feed is: last day, late or not, what is left to do' },
  permission: 'feed.read',
  response: z.object({
    late: z.number().int(),
    feeds: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        departmentId: z.uuid(),
        lastAsOf: day.nullable(),
        lastEndedAt: instant.nullable(),
        everyDays: z.number().int().nullable(),
        dueOn: day.nullable(),
        isLate: z.boolean(),
        waitingDeliveries: z.number().int(),
        unknownRows: z.number().int(),
        openDisagreements: z.number().int(),
      }),
    ),
  }),
});

/** 一路数据 */
export const getFeed = defineEndpoint({
  id: 'feeds.get',
  method: 'GET',
  path: '/feeds/:feedId',
  tag: 'feeds',
  summary: { zh: '一路数据的约定', en: 'What was agreed for a feed' },
  permission: 'feed.read',
  params: feedId,
  response: feed,
  etag: true,
});

/** 新设一路数据 */
export const createFeed = defineEndpoint({
  id: 'feeds.create',
  method: 'POST',
  path: '/feeds',
  tag: 'feeds',
  summary: { zh: '和一个部门约定报送哪些事实', en: 'Agree with a department on what it delivers' },
  permission: 'feed.write',
  body: terms.extend({ departmentId: z.uuid() }),
  response: feed,
  status: 201,
  errors: ['feed-facts-wrong'],
});

/** 修改约定 */
export const putFeed = defineEndpoint({
  id: 'feeds.put',
  method: 'PUT',
  path: '/feeds/:feedId',
  tag: 'feeds',
  summary: { zh: '修改或停用一路数据', en: 'Change or stop a feed' },
  permission: 'feed.write',
  params: feedId,
  body: terms,
  response: feed,
  etag: true,
  errors: ['feed-facts-wrong', 'changed-meanwhile', 'precondition-required'],
});

/** 报送：JSON */
export const deliverRows = defineEndpoint({
  id: 'deliveries.send-rows',
  method: 'POST',
  path: '/feeds/:feedId/deliveries',
  tag: 'feeds',
  summary: { zh: `用 JSON 报送一批，最多 ${MOST_JSON_ROWS} 行`, en: `Deliver rows as JSON, ${MOST_JSON_ROWS} at most` },
  permission: 'feed.deliver',
  params: feedId,
  body: z.strictObject({ number, asOf, rows: z.array(deliveredRowSchema).max(MOST_JSON_ROWS) }),
  response: delivery,
  status: 202,
  rate: 'upload',
  errors: deliveryErrors,
});

/** 报送：文件 */
export const deliverFile = defineEndpoint({
  id: 'deliveries.send-file',
  method: 'POST',
  path: '/feeds/:feedId/files',
  tag: 'feeds',
  summary: { zh: '用 xlsx、CSV 或 NDJSON 文件报送一批', en: 'Deliver a file: xlsx, CSV or NDJSON' },
  permission: 'feed.deliver',
  params: feedId,
  query: z.object({ number, asOf, fileName: z.string().min(1).max(200).default('data.csv') }),
  response: delivery,
  status: 202,
  bytes: 'request',
  rate: 'upload',
  errors: [...deliveryErrors, 'feed-column-missing', 'feed-columns-wrong', 'feed-not-utf8', ...sheetErrors],
});

/** 批次 */
export const listDeliveries = defineEndpoint({
  id: 'deliveries.list',
  method: 'GET',
  path: '/feeds/:feedId/deliveries',
  tag: 'feeds',
  summary: { zh: '一路数据的各批，新的在前', en: 'The deliveries of a feed, newest first' },
  permission: 'feed.read',
  params: feedId,
  query: z.object({ ...pageFields, ...deliveryConditions }),
  response: pageOf(delivery),
  errors: ['cursor-invalid'],
});

/** 导出批次 */
export const exportDeliveries = defineEndpoint({
  id: 'deliveries.export',
  method: 'GET',
  path: '/feeds/:feedId/deliveries/export',
  tag: 'feeds',
  summary: { zh: '导出一路数据的各批', en: 'Export the deliveries of a feed' },
  permission: 'feed.read',
  params: feedId,
  query: z.object({ ...deliveryConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 一批 */
export const getDelivery = defineEndpoint({
  id: 'deliveries.get',
  method: 'GET',
  path: '/feeds/:feedId/deliveries/:deliveryId',
  tag: 'feeds',
  summary: { zh: '一批的进度和结果', en: 'How far a delivery is and what became of it' },
  permission: 'feed.read',
  params: deliveryId,
  response: delivery,
});

/** 没收下的行 */
export const listDeliveryRows = defineEndpoint({
  id: 'deliveries.list-rows',
  method: 'GET',
  path: '/feeds/:feedId/deliveries/:deliveryId/rows',
  tag: 'feeds',
  summary: { zh: '没收下的行和原因', en: 'Rows that were not taken, and why' },
  permission: 'feed.read',
  params: deliveryId,
  query: z.object({ ...pageFields, status: rowStatus.optional() }),
  response: pageOf(deliveredRow),
  errors: ['cursor-invalid'],
});

/** 错误清单 */
export const exportDeliveryRows = defineEndpoint({
  id: 'deliveries.export-rows',
  method: 'GET',
  path: '/feeds/:feedId/deliveries/:deliveryId/error-list',
  tag: 'feeds',
  summary: { zh: '下载没收下的行和原因', en: 'Download the rows that were not taken, and why' },
  permission: 'feed.read',
  params: deliveryId,
  query: z.object({ status: rowStatus.optional(), format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 不一致的记录 */
export const listDisagreements = defineEndpoint({
  id: 'disagreements.list',
  method: 'GET',
  path: '/disagreements',
  tag: 'feeds',
  summary: { zh: '报送的和已有的不一致的地方', en: 'Where deliveries disagree with what is held' },
  permission: 'disagreement.read',
  query: z.object({ ...pageFields, ...disagreementConditions }),
  response: pageOf(disagreementItem),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

/** 导出不一致的记录 */
export const exportDisagreements = defineEndpoint({
  id: 'disagreements.export',
  method: 'GET',
  path: '/disagreements/export',
  tag: 'feeds',
  summary: { zh: '导出符合条件的不一致记录，不含两边的值', en: 'Export the disagreements that match, without their values' },
  permission: 'disagreement.read',
  query: z.object({ ...disagreementConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: sheetTypes,
  errors: ['export-too-large'],
});

/** 有争议的事实 */
export const listDisputedFacts = defineEndpoint({
  id: 'disagreements.list-facts',
  method: 'GET',
  path: '/disagreements/facts',
  tag: 'feeds',
  summary: { zh: '一个人或单位有哪些事实还没有定下来', en: 'Which facts of a person or organisation are in dispute' },
  permission: 'disagreement.read',
  query: z.object({ partyId: z.uuid() }),
  response: z.object({ facts: z.array(z.string()) }),
});

/** 一处不一致 */
export const getDisagreement = defineEndpoint({
  id: 'disagreements.get',
  method: 'GET',
  path: '/disagreements/:disagreementId',
  tag: 'feeds',
  summary: { zh: '一处不一致：两个值、来源、材料', en: 'One disagreement: both values, their origins, evidence' },
  permission: 'disagreement.read',
  params: disagreementId,
  response: disagreement,
  audit: 'seen',
  etag: true,
});

/** 问本人 */
export const askDisagreement = defineEndpoint({
  id: 'disagreements.ask',
  method: 'POST',
  path: '/disagreements/:disagreementId/ask',
  tag: 'feeds',
  summary: { zh: '请本人或单位说哪个对', en: 'Ask the party which one is right' },
  permission: 'disagreement.settle',
  params: disagreementId,
  response: disagreement,
  etag: true,
  errors: ['changed-meanwhile', 'disagreement-settled', 'disagreement-unreachable', 'precondition-required'],
});

/** 答复 */
export const answerDisagreement = defineEndpoint({
  id: 'disagreements.answer',
  method: 'POST',
  path: '/disagreements/:disagreementId/answer',
  tag: 'feeds',
  summary: { zh: '本人或单位答复哪个对', en: 'The party answers which one is right' },
  permission: 'disagreement.answer',
  params: disagreementId,
  body: z.object({ answer, words: z.string().trim().max(2000).optional() }),
  response: disagreement,
  etag: true,
  errors: ['changed-meanwhile', 'disagreement-not-asked', 'precondition-required'],
});

/** 处理 */
export const settleDisagreement = defineEndpoint({
  id: 'disagreements.settle',
  method: 'POST',
  path: '/disagreements/:disagreementId/settle',
  tag: 'feeds',
  summary: { zh: '定下来：原有的、报送的，或者各管一段时间', en: 'Settle it: what is held, what was delivered, or each for its time' },
  permission: 'disagreement.settle',
  params: disagreementId,
  body: z.discriminatedUnion('settleAs', [
    z.object({ settleAs: z.enum(['held', 'delivered']), reason: z.string().trim().min(1).max(2000) }),
    z.object({ settleAs: z.literal('both'), reason: z.string().trim().min(1).max(2000), held: bounds, delivered: bounds }),
  ]),
  response: disagreement,
  etag: true,
  errors: ['changed-meanwhile', 'disagreement-bounds-wrong', 'disagreement-settled', 'precondition-required'],
});
