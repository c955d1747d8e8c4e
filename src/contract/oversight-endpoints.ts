// The endpoints of oversight: reports of fraud, inspections by lot, and findings that hold payments.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const words = z.string().trim().min(1).max(4000);
const code = z.string().regex(/^\d{6}$/).describe('辖区 / jurisdiction');
const format = z.enum(['xlsx', 'csv']).default('xlsx').describe('文件格式 / format');
const fileTypes = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'];
const search = z.string().trim().max(100).default('');
const order = z.enum(['newest', 'oldest']).default('newest');
const receiptCode = z.string().trim().min(1).max(60).describe('回执码 / the code on the receipt');

const reportState = z.enum(['received', 'examining', 'upheld', 'not-upheld', 'unclear']).describe('已收到、核查中、属实、不属实、查不清 / from received to what came of it');
const message = z.object({ side: z.enum(['reporter', 'office']), text: z.string(), writtenAt: instant });
const followed = z.object({ state: reportState, madeAt: instant, answer: z.string().nullable(), answeredAt: instant.nullable(), messages: z.array(message) });
const reportView = z.object({ reportId: z.uuid(), jurisdictionCode: z.string(), isNamed: z.boolean(), hasContact: z.boolean(), caseId: z.uuid().nullable(), state: reportState, madeAt: instant, answeredAt: instant.nullable() });
const listedReport = reportView.extend({ excerpt: z.string().describe('开头几十个字 / how it begins') });
const reportDetail = reportView.extend({ partyId: z.uuid().nullable(), text: z.string(), contact: z.string().nullable(), answer: z.string().nullable(), messages: z.array(message) });

/** A report as officers see it. */
export type ReportView = z.input<typeof reportView>;
/** A report in the queue. */
export type ListedReport = z.input<typeof listedReport>;
/** A report with its words. */
export type ReportDetail = z.input<typeof reportDetail>;
/** A report as whoever made it sees it. */
export type FollowedReport = z.input<typeof followed>;

/** 举报 */
export const makeReportEndpoint = defineEndpoint({
  id: 'reports.make',
  method: 'POST',
  path: '/reports',
  tag: 'oversight',
  summary: { zh: '举报骗取待遇；可以匿名，凭回执码查看答复', en: 'Report fraud; anonymously if you like, followed by the code on the receipt' },
  permission: 'report.make',
  body: z.object({
    text: words.describe('什么人、什么事、怎么知道的 / who, what, and how you know'),
    jurisdictionCode: code.optional(),
    contact: z.string().trim().min(1).max(200).optional().describe('怎么找到您，可以不填 / how to reach you, if you like'),
    isNamed: z.boolean().default(false).describe('实名：登录的人以本人名义举报 / under your own name, if you are signed in'),
  }),
  response: z.object({ receiptCode: z.string().describe('只显示这一次，请记下 / shown once; write it down') }),
  status: 201,
  rate: 'sensitive',
  errors: ['jurisdiction-unknown'],
});

/** 查看答复 */
export const followReportEndpoint = defineEndpoint({
  id: 'reports.follow',
  method: 'POST',
  path: '/reports/follow',
  tag: 'oversight',
  summary: { zh: '凭回执码查看举报办到哪一步', en: 'See by the receipt how far your report is' },
  permission: 'report.make',
  body: z.object({ receiptCode }),
  response: followed,
  rate: 'sensitive',
  errors: ['report-code-unknown'],
});

/** 补充 */
export const addToReportEndpoint = defineEndpoint({
  id: 'reports.add',
  method: 'POST',
  path: '/reports/messages',
  tag: 'oversight',
  summary: { zh: '凭回执码补充情况、回答询问', en: 'Add to your report or answer a question, by the receipt' },
  permission: 'report.make',
  body: z.object({ receiptCode, text: words }),
  response: followed,
  rate: 'sensitive',
  errors: ['report-code-unknown', 'report-over'],
});

const reportConditions = {
  state: reportState.optional(),
  jurisdictionCode: code.optional(),
  q: search.describe('举报里的字 / part of what it says'),
  sort: order,
};
const reportId = z.object({ reportId: z.uuid() });

/** 举报列表 */
export const listReportsEndpoint = defineEndpoint({
  id: 'reports.list',
  method: 'GET',
  path: '/reports',
  tag: 'oversight',
  summary: { zh: '举报', en: 'Reports of fraud' },
  permission: 'report.read',
  query: z.object({ ...reportConditions, ...pageFields }),
  response: pageOf(listedReport),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

/** 导出举报 */
export const exportReports = defineEndpoint({
  id: 'reports.export',
  method: 'GET',
  path: '/reports/export',
  tag: 'oversight',
  summary: { zh: '导出举报清单，不含内容', en: 'Export the list of reports, without what they say' },
  permission: 'report.read',
  query: z.object({ ...reportConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 一个举报 */
export const getReportEndpoint = defineEndpoint({
  id: 'reports.get',
  method: 'GET',
  path: '/reports/:reportId',
  tag: 'oversight',
  summary: { zh: '一个举报', en: 'A report' },
  permission: 'report.read',
  params: reportId,
  response: reportDetail,
  audit: 'seen',
});

/** 询问举报人 */
export const askReporterEndpoint = defineEndpoint({
  id: 'reports.ask',
  method: 'POST',
  path: '/reports/:reportId/messages',
  tag: 'oversight',
  summary: { zh: '开始核查，向举报人说明或询问', en: 'Examine a report: tell or ask whoever made it' },
  permission: 'report.handle',
  params: reportId,
  body: z.object({ text: words, caseId: z.uuid().optional().describe('查明是哪个办件 / the case that it is about') }),
  response: reportDetail,
  errors: ['report-over'],
});

/** 答复 */
export const answerReportEndpoint = defineEndpoint({
  id: 'reports.answer',
  method: 'POST',
  path: '/reports/:reportId/answer',
  tag: 'oversight',
  summary: { zh: '办结举报，写明结果', en: 'Settle a report and say what came of it' },
  permission: 'report.handle',
  params: reportId,
  body: z.object({ outcome: z.enum(['upheld', 'not-upheld', 'unclear']), text: words }),
  response: reportDetail,
  errors: ['report-over'],
});

const planView = z.object({
  planId: z.uuid(),
  jurisdictionCode: z.string(),
  title: z.string(),
  policyId: z.string(),
  benefitId: z.string().nullable(),
  wanted: z.number().int(),
  state: z.enum(['planned', 'drawn']),
  seed: z.string().nullable().describe('抽取用的随机数；和候选名单一起可以重算 / with the candidates it gives the same lot again'),
  candidates: z.number().int().nullable(),
  plannedAt: instant,
  drawnAt: instant.nullable(),
  visited: z.number().int().describe('已登记检查结果的 / how many were visited'),
});
const candidateView = z.object({
  caseId: z.uuid(),
  caseNumber: z.string(),
  place: z.number().int().describe('抽取的顺序 / place in the lot'),
  partyId: z.uuid(),
  name: z.string().nullable(),
  employerId: z.uuid().nullable(),
  employerName: z.string().nullable(),
  isDrawn: z.boolean(),
  atPost: z.enum(['yes', 'no', 'not-met']).nullable(),
  usefulness: z.enum(['useful', 'partly', 'not']).nullable(),
  note: z.string().nullable(),
  visitedOn: day.nullable(),
});

/** A plan as it is answered. */
export type PlanView = z.input<typeof planView>;
/** A candidate as it is answered. */
export type CandidateView = z.input<typeof candidateView>;

const planId = z.object({ planId: z.uuid() });

/** 检查计划 */
export const planInspectionEndpoint = defineEndpoint({
  id: 'inspections.plan',
  method: 'POST',
  path: '/inspection-plans',
  tag: 'oversight',
  summary: { zh: '编制检查计划：查哪项待遇，抽几个', en: 'Plan an inspection: of which benefit, how many by lot' },
  permission: 'inspection.plan',
  body: z.object({ jurisdictionCode: code, title: z.string().trim().min(1).max(100), policyId: z.string().min(1).max(100), benefitId: z.string().min(1).max(100).optional(), wanted: z.number().int().min(1).max(10_000) }),
  response: planView,
  status: 201,
});

/** 抽取 */
export const drawInspectionEndpoint = defineEndpoint({
  id: 'inspections.draw',
  method: 'POST',
  path: '/inspection-plans/:planId/draw',
  tag: 'oversight',
  summary: { zh: '随机抽取，只抽一次', en: 'Draw the lot, once' },
  permission: 'inspection.plan',
  params: planId,
  response: planView,
  errors: ['inspection-drawn-already', 'inspection-nobody'],
});

const planConditions = { state: z.enum(['planned', 'drawn']).optional(), jurisdictionCode: code.optional(), q: search.describe('名称里的字 / part of its title'), sort: order };
const candidateConditions = {
  drawn: z.stringbool().optional(),
  visit: z.enum(['waiting', 'done']).optional().describe('还没查的、查过的 / not visited yet, visited'),
  q: search.describe('姓名、单位或办件编号里的字 / part of a name, an organisation or a case number'),
};

/** 计划列表 */
export const listPlansEndpoint = defineEndpoint({
  id: 'inspections.list',
  method: 'GET',
  path: '/inspection-plans',
  tag: 'oversight',
  summary: { zh: '检查计划', en: 'Inspection plans' },
  permission: 'inspection.read',
  query: z.object({ ...planConditions, ...pageFields }),
  response: pageOf(planView),
  errors: ['cursor-invalid'],
});

/** 导出计划 */
export const exportPlans = defineEndpoint({
  id: 'inspections.export-plans',
  method: 'GET',
  path: '/inspection-plans/export',
  tag: 'oversight',
  summary: { zh: '导出符合条件的检查计划', en: 'Export the inspection plans that match' },
  permission: 'inspection.read',
  query: z.object({ ...planConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 一个计划 */
export const getPlanEndpoint = defineEndpoint({
  id: 'inspections.get',
  method: 'GET',
  path: '/inspection-plans/:planId',
  tag: 'oversight',
  summary: { zh: '一个检查计划；已抽的按随机数重算一遍', en: 'An inspection plan; a lot that was drawn is drawn again from its seed' },
  permission: 'inspection.read',
  params: planId,
  response: planView.extend({ isRepeatable: z.boolean().nullable().describe('重算和当时一致 / whether the lot comes out the same again') }),
});

/** 候选名单 */
export const listCandidatesEndpoint = defineEndpoint({
  id: 'inspections.candidates',
  method: 'GET',
  path: '/inspection-plans/:planId/candidates',
  tag: 'oversight',
  summary: { zh: '候选名单，按抽取的顺序', en: 'Everybody who could be drawn, in the order of the lot' },
  permission: 'inspection.read',
  params: planId,
  query: z.object({ ...candidateConditions, ...pageFields }),
  response: pageOf(candidateView),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

/** 导出名单 */
export const exportCandidates = defineEndpoint({
  id: 'inspections.export',
  method: 'GET',
  path: '/inspection-plans/:planId/candidates/export',
  tag: 'oversight',
  summary: { zh: '导出抽中的名单（或者全部候选）和检查结果', en: 'Export who was drawn (or all candidates) and what was found' },
  permission: 'inspection.read',
  params: planId,
  query: z.object({
    who: z.enum(['drawn', 'all']).default('drawn').describe('抽中的、全部候选 / who was drawn, or everybody who could be'),
    visit: candidateConditions.visit,
    q: candidateConditions.q,
    format,
  }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 检查结果 */
export const recordVisitEndpoint = defineEndpoint({
  id: 'inspections.record',
  method: 'POST',
  path: '/inspection-plans/:planId/candidates/:caseId/visit',
  tag: 'oversight',
  summary: { zh: '登记检查结果：在不在岗，起不起作用', en: 'Record a visit: at the post, and of use there?' },
  permission: 'inspection.record',
  params: z.object({ planId: z.uuid(), caseId: z.uuid() }),
  body: z.object({ atPost: z.enum(['yes', 'no', 'not-met']), usefulness: z.enum(['useful', 'partly', 'not']).optional(), visitedOn: day, note: words.optional() }),
  response: candidateView,
  errors: ['inspection-not-drawn'],
});

const findingState = z.enum(['open', 'confirmed', 'dismissed', 'closed']).describe('待决定、已认定、不成立、已了结 / the case is held while open and confirmed');
const liability = z.object({ partyId: z.uuid(), name: z.string().nullable(), role: z.enum(['payee', 'employer', 'recommender']).describe('领取人、用人单位、推荐单位 / who answers for it') });
const findingView = z.object({
  findingId: z.uuid(), caseId: z.uuid(), caseNumber: z.string(), name: z.string().nullable(), jurisdictionCode: z.string(), planId: z.uuid().nullable(), reportId: z.uuid().nullable(), state: findingState, document: z.string().nullable(), foundAt: instant, decidedAt: instant.nullable(), closedAt: instant.nullable(),
});
const findingDetail = findingView.extend({
  isOwn: z.boolean().describe('是您提出的，要请别人决定 / you recorded it, so that somebody else decides'),
  text: z.string(),
  decision: z.string().nullable(),
  liabilities: z.array(liability),
});

/** A finding as it is answered. */
export type FindingView = z.input<typeof findingView>;
/** A finding with its words and who answers for it. */
export type FindingDetail = z.input<typeof findingDetail>;

const findingId = z.object({ findingId: z.uuid() });

/** 提出结论 */
export const recordFindingEndpoint = defineEndpoint({
  id: 'findings.record',
  method: 'POST',
  path: '/findings',
  tag: 'oversight',
  summary: { zh: '提出检查结论：这个办件马上暂停发放', en: 'Record a finding: the case is held at once' },
  permission: 'inspection.find',
  body: z.object({ caseId: z.uuid(), planId: z.uuid().optional(), reportId: z.uuid().optional(), text: words, recommenderIds: z.array(z.uuid()).max(10).default([]).describe('推荐单位 / who recommended') }),
  response: findingDetail,
  status: 201,
});

const findingConditions = { state: findingState.optional(), jurisdictionCode: code.optional(), caseId: z.uuid().optional(), q: search.describe('姓名或办件编号里的字 / part of a name or of a case number'), sort: order };

/** 结论列表 */
export const listFindingsEndpoint = defineEndpoint({
  id: 'findings.list',
  method: 'GET',
  path: '/findings',
  tag: 'oversight',
  summary: { zh: '检查结论', en: 'Findings' },
  permission: 'inspection.read',
  query: z.object({ ...findingConditions, ...pageFields }),
  response: pageOf(findingView),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

/** 导出结论 */
export const exportFindings = defineEndpoint({
  id: 'findings.export',
  method: 'GET',
  path: '/findings/export',
  tag: 'oversight',
  summary: { zh: '导出符合条件的检查结论，不含内容', en: 'Export the findings that match, without what they say' },
  permission: 'inspection.read',
  query: z.object({ ...findingConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

/** 一条结论 */
export const getFindingEndpoint = defineEndpoint({
  id: 'findings.get',
  method: 'GET',
  path: '/findings/:findingId',
  tag: 'oversight',
  summary: { zh: '一条检查结论', en: 'A finding' },
  permission: 'inspection.read',
  params: findingId,
  response: findingDetail,
  audit: 'seen',
});

/** 认定 */
export const decideFindingEndpoint = defineEndpoint({
  id: 'findings.decide',
  method: 'POST',
  path: '/findings/:findingId/decision',
  tag: 'oversight',
  summary: { zh: '认定或不认定别人提出的结论；不成立就恢复发放', en: 'Confirm or dismiss what somebody else found; dismissed, the case goes on' },
  permission: 'inspection.decide',
  params: findingId,
  body: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('confirmed'), reason: words, document: z.string().trim().min(1).max(200).describe('文号 / its number') }), z.object({ outcome: z.literal('dismissed'), reason: words })]),
  response: findingDetail,
  errors: ['finding-state-unfit', 'own-hands-refused'],
});

/** 了结 */
export const closeFindingEndpoint = defineEndpoint({
  id: 'findings.close',
  method: 'POST',
  path: '/findings/:findingId/closing',
  tag: 'oversight',
  summary: { zh: '该办的都办了：了结，解除暂停', en: 'What followed is done: close it and end the hold' },
  permission: 'inspection.decide',
  params: findingId,
  response: findingDetail,
  errors: ['finding-state-unfit'],
});

/** 追回 */
export const askBackEndpoint = defineEndpoint({
  id: 'findings.ask-back',
  method: 'POST',
  path: '/findings/:findingId/repayment',
  tag: 'oversight',
  summary: { zh: '按认定的结论提出追回这个办件已付的钱', en: 'Propose to ask back what was paid of the case, on a confirmed finding' },
  permission: 'payment.recover',
  params: findingId,
  body: z.object({
    payments: z.array(z.object({ paymentId: z.uuid(), fen: z.number().int().min(1).optional() })).min(1).max(100),
    reason: words,
    terms: z.array(z.object({ dueOn: day, fen: z.number().int().min(1) })).max(60).default([]),
  }),
  response: z.object({ repaymentId: z.uuid(), amountFen: z.number().int() }),
  status: 201,
  errors: ['finding-state-unfit', 'payment-state-unfit', 'repayment-terms-wrong', 'repayment-too-large'],
});
