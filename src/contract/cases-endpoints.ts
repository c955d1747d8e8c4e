// The endpoints of cases: lists and queues, one case with its history, and everything that can be done to it.
import { z } from 'zod';
import { caseStatuses } from './case-statuses.ts';
import { defineEndpoint } from './endpoint.ts';
import type { ErrorCode } from './errors.ts';
import { pageFields, pageOf } from './page.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const caseId = z.object({ caseId: z.uuid() });
const words = z.object({ zh: z.string(), en: z.string() });
const MOST_CHARACTERS = 4000;
const text = z.string().trim().max(MOST_CHARACTERS);
const reason = text.min(1).describe('理由 / the reason');
const papers = z.array(z.string().trim().min(1).max(100)).max(30);

const status = z
  .enum(caseStatuses)
  .describe('已提交、不予受理、审核中、等补正、待决定、不予给予、已给予、公示中、已办结、已撤销、已撤回、申诉中 / filed to in-appeal');

const summary = {
  caseId: z.uuid(),
  caseNumber: z.string(),
  version: z.number().int(),
  status,
  statusWords: z.string(),
  stepTitle: words.nullable().describe('现在的步骤 / the step of the review'),
  dueOn: day.nullable().describe('现在这一步的期限；停表或算不出时没有 / due day of what is to be done now'),
  lateness: z.number().int().describe('0 未到期、1 今天到期、2 已超期、3 超过法定期限 / how late it is'),
};

const item = z.object({
  ...summary,
  applicationId: z.uuid(),
  subject: z.object({ partyId: z.uuid().describe('经办人看本单位自己说的人，编号是另一种写法，两种都能用 / of people of whom only its organisation says that they work there, agents get the id in another spelling; either serves'), name: z.string() }),
  employer: z.object({ partyId: z.uuid(), name: z.string() }).nullable(),
  policyId: z.string(),
  benefitId: z.string(),
  benefitTitle: words,
  period: z.string(),
  jurisdictionCode: z.string(),
  isHeld: z.boolean(),
  engineStatus: z.enum(['yes', 'no', 'unknown', 'review']).describe('提交时系统怎么算 / what the engine said when it was filed'),
  expectedFen: z.number().int().nullable(),
  grantedFen: z.number().int().nullable(),
  /** Who has taken the department's part; officers only. */
  assignee: z.enum(['me', 'colleague', 'nobody']).nullable(),
  /** Who that is, for officers; names stand at colleagues.list. */
  assigneeId: z.uuid().nullable(),
  acceptBy: z.string().describe('由谁受理 / who accepts it'),
  decideBy: z.string().describe('由谁决定 / who decides it'),
  waitsUntil: day.nullable().describe('等到哪天：现在这一步、补正或公示的最后一天 / the last day of what is waited for now: a step, a supplement, a publication'),
  filedAt: instant,
  changedAt: instant,
});

/** A case in a list. */
export type CaseItem = z.input<typeof item>;

const detail = item.extend({
  decisionId: z.uuid().nullable(),
  steps: z.array(
    z.object({
      title: words,
      workingDays: z.number().int().nullable(),
      departments: z.array(
        z.object({
          departmentId: z.uuid(),
          name: z.string(),
          /** Officers only; null before it is given. */
          opinion: z.object({ opinion: z.enum(['agree', 'disagree']), words: z.string().nullable() }).nullable(),
          hasSpoken: z.boolean(),
        }),
      ),
      state: z.enum(['done', 'now', 'later']),
    }),
  ),
  promisedDays: z.number().int(),
  legalDueOn: day.nullable(),
  /** The year whose holiday notice is missing, so that no deadline can be told. */
  missingYear: z.number().int().nullable(),
  isClockStopped: z.boolean(),
  supplement: z.object({ words: z.string(), papers: z.array(z.string()), facts: z.array(z.string()), dueOn: day }).nullable(),
  promises: z.array(z.object({ paper: z.string(), dueOn: day, state: z.enum(['open', 'kept', 'broken']) })),
  holds: z.array(z.object({ reason: z.enum(['objection', 'finding', 'promise', 'doubt']), referenceId: z.string() })),
  publication: z.object({ listId: z.uuid(), untilOn: day, isEnded: z.boolean() }).nullable(),
  papers: z.array(z.object({ evidenceId: z.uuid(), occasion: z.enum(['filing', 'supplement', 'promise', 'appeal']) })),
  undoUntil: instant.nullable(),
  /** Open or granted cases of the same person for benefits of the same matter, of which one is given; of those who are no officers only what is theirs to see. */
  sameMatter: z.array(z.object({ caseId: z.uuid(), caseNumber: z.string(), benefitTitle: words, status, statusWords: z.string(), isGranted: z.boolean(), words: words.describe('为什么是同一事项 / what makes them one matter'), isOpenable: z.boolean().describe('看得到那一件 / within reach') })).describe('同一事项的其他办件 / other cases of the same matter'),
  /** Where all grants of the benefit to one person are capped, what the cap is, what other cases gave and what is left for this one, in fen; for officers. */
  totalCap: z.object({ capFen: z.number().int(), grantedFen: z.number().int(), leftFen: z.number().int() }).nullable().describe('历次合计的上限、别的办件已给、这一件还能给（分）；没有上限的是 null / the cap of all grants, what others gave, what is left'),
  /** What the caller can do now. */
  can: z.array(z.string()),
  /** What the caller could do but for what the words say; what is only not the caller's turn is left out. */
  cannot: z.array(z.object({ command: z.string(), code: z.string(), words: z.string() })),
});

/** One case. */
export type CaseDetail = z.input<typeof detail>;

const changed = z.object(summary);

/** What a command answers. */
export type CaseSummary = z.input<typeof changed>;

const entry = z.object({
  number: z.number().int(),
  kind: z.string(),
  kindWords: z.string(),
  at: instant,
  by: z.object({ kind: z.enum(['person', 'agent', 'officer', 'job']), departmentId: z.uuid().nullable(), accountId: z.uuid().nullable().describe('只给工作人员看 / officers only') }),
  words: z.string().nullable(),
});

/** One event of a history. */
export type CaseHistoryEntry = z.input<typeof entry>;

const flag = z.stringbool().optional();

const filterFields = {
  sort: z.enum(['deadline', 'newest']).default('newest').describe('deadline 只有有期限的；待办里还算不出期限的排在最后 / deadline shows only what has one; in a queue, what cannot be told yet comes last'),
  queue: z.enum(['department', 'mine', 'nobody']).optional().describe('本部门的待办、我领的、没人领的 / what waits for one’s department'),
  status: z.string().max(300).optional().describe('状态，逗号分开 / states, separated by commas'),
  policyId: z.string().max(100).optional(),
  benefitId: z.string().max(100).optional(),
  jurisdiction: z.string().regex(/^\d{6}$/).optional(),
  personId: z.uuid().optional(),
  employerId: z.uuid().optional(),
  held: flag,
  late: flag.describe('已超期的 / overdue'),
  dueWithin: z.coerce.number().int().min(0).max(60).optional().describe('几个工作日以内到期，含已超期的 / due within so many working days, or overdue'),
  q: z.string().trim().max(100).optional().describe('办件编号，或者人、单位的名称、拼音、号码 / a case number, or a person or an organisation as its own list finds them'),
};

const filters = z.object(filterFields);

/** What a list of cases is filtered and sorted by. */
export type CaseListQuery = z.output<typeof filters>;

/** 办件列表 */
export const listCasesEndpoint = defineEndpoint({
  id: 'cases.list',
  method: 'GET',
  path: '/cases',
  tag: 'cases',
  summary: { zh: '办件：自己的，或者本辖区的；按期限或新旧排', en: 'Cases: one’s own, or those of one’s jurisdiction; by deadline or newest first' },
  permission: 'case.read',
  query: z.object({ ...pageFields, ...filterFields }),
  response: pageOf(item),
  errors: ['cursor-invalid'],
});

/** 导出办件 */
export const exportCasesEndpoint = defineEndpoint({
  id: 'cases.export',
  method: 'GET',
  path: '/cases/export',
  tag: 'cases',
  summary: { zh: '按筛选导出办件：自己的、本单位申请的，或者本辖区的', en: 'Export cases as filtered: one’s own, those that one’s organisation asked for, or those of one’s jurisdiction' },
  permission: 'case.export',
  query: z.object({
    ...filterFields,
    format: z.enum(['xlsx', 'csv']).default('xlsx').describe('文件格式 / format'),
  }),
  bytes: 'response',
  contentTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'],
  rate: 'sensitive',
  errors: ['export-too-large'],
  audit: 'exported',
});

/** 一件 */
export const getCaseEndpoint = defineEndpoint({
  id: 'cases.get',
  method: 'GET',
  path: '/cases/:caseId',
  tag: 'cases',
  summary: { zh: '一件办到哪一步、要补什么、能做什么', en: 'Where a case stands, what is missing, what can be done' },
  permission: 'case.read',
  params: caseId,
  response: detail,
  etag: true,
  audit: 'seen',
});

/** 经过 */
export const caseHistory = defineEndpoint({
  id: 'cases.history',
  method: 'GET',
  path: '/cases/:caseId/history',
  tag: 'cases',
  summary: { zh: '一件的经过', en: 'What happened to a case' },
  permission: 'case.read',
  params: caseId,
  response: z.object({ items: z.array(entry) }),
  audit: 'seen',
});

/** 解释 */
export const explainCase = defineEndpoint({
  id: 'cases.explanation',
  method: 'GET',
  path: '/cases/:caseId/explanation',
  tag: 'cases',
  summary: { zh: '系统按现在知道的事实怎么算，每个条件、事实从哪里来', en: 'What the engine says by what is known now: every condition, and where each fact comes from' },
  permission: 'case.read',
  params: caseId,
  response: z.object({
    on: day,
    status: z.enum(['yes', 'no', 'unknown', 'review', 'not-in-force']),
    amount: z.looseObject({}).nullable(),
    missing: z.array(z.string()),
    explanation: z.looseObject({}).nullable(),
    facts: z.record(z.string(), z.unknown()),
    origins: z.record(z.string(), z.unknown()),
    withheld: z.array(z.string()),
  }),
  audit: 'seen',
});

/** 备注 */
export const listNotes = defineEndpoint({
  id: 'cases.notes',
  method: 'GET',
  path: '/cases/:caseId/notes',
  tag: 'cases',
  summary: { zh: '工作人员写的备注，申请人看不到', en: 'Notes among officers, which the applicant does not see' },
  permission: 'case.note',
  params: caseId,
  response: z.object({ items: z.array(z.object({ noteId: z.uuid(), words: z.string(), at: instant, accountId: z.uuid().nullable(), departmentId: z.uuid().nullable() })) }),
  audit: 'seen',
});

const common = ['case-calendar-missing', 'case-claimed', 'case-not-yours', 'case-reason-needed', 'case-status-unfit', 'changed-meanwhile', 'own-hands-refused', 'precondition-required'] as const satisfies readonly ErrorCode[];
const change = { method: 'POST', tag: 'cases', params: caseId, response: changed, etag: true } as const;

/** 受理 */
export const acceptCase = defineEndpoint({
  ...change,
  id: 'cases.accept',
  path: '/cases/:caseId/acceptance',
  summary: { zh: '受理；缺的材料可以承诺后补（容缺受理）', en: 'Accept; papers may be promised for later' },
  permission: 'case.accept',
  body: z.strictObject({ promise: z.strictObject({ papers: papers.min(1), dueOn: day }).optional() }).default({}),
  errors: [...common],
});

/** 不予受理 */
export const declineCase = defineEndpoint({
  ...change,
  id: 'cases.decline',
  path: '/cases/:caseId/declination',
  summary: { zh: '不予受理', en: 'Decline' },
  permission: 'case.accept',
  body: z.strictObject({ reason }),
  errors: [...common],
});

/** 补正 */
export const askSupplement = defineEndpoint({
  ...change,
  id: 'cases.ask-supplement',
  path: '/cases/:caseId/supplement-request',
  summary: { zh: '要求补正：缺什么一次说全，等的时间不算', en: 'Ask for everything that is missing, at once; the time of waiting is not counted' },
  permission: 'case.ask-supplement',
  body: z.strictObject({ words: reason, papers: papers.default([]), facts: papers.default([]), workingDays: z.number().int().min(1).max(60).default(10) }),
  errors: [...common, 'case-supplement-once'],
});

/** 交补正 */
export const answerSupplement = defineEndpoint({
  ...change,
  id: 'cases.answer-supplement',
  path: '/cases/:caseId/supplement',
  summary: { zh: '交补正', en: 'Supply what was missing' },
  permission: 'case.answer',
  body: z.strictObject({ words: text.optional(), evidenceIds: z.array(z.uuid()).max(30).default([]) }).refine(({ words = '', evidenceIds }) => words !== '' || evidenceIds.length > 0, {
    message: '什么都没有交：请附上材料，或者写明情况。 / Nothing was given: add the papers, or write how it stands.',
    path: ['evidenceIds'],
  }),
  errors: [...common, 'evidence-unfit', 'evidence-not-ready'],
});

/** 逾期未补正 */
export const lapseCase = defineEndpoint({
  ...change,
  id: 'cases.lapse',
  path: '/cases/:caseId/lapse',
  summary: { zh: '到期没有补正，按撤回处理', en: 'Nothing was supplied in time: it counts as withdrawn' },
  permission: 'case.steer',
  errors: [...common, 'case-too-early'],
});

/** 审核意见 */
export const giveOpinion = defineEndpoint({
  ...change,
  id: 'cases.give-opinion',
  path: '/cases/:caseId/opinion',
  summary: { zh: '本部门的审核意见', en: 'Give the department’s opinion' },
  permission: 'case.review',
  body: z.strictObject({ opinion: z.enum(['agree', 'disagree']), words: text.optional().describe('不同意要写理由 / needed to disagree') }),
  errors: [...common, 'case-opinion-given'],
});

/** 退回 */
export const returnCase = defineEndpoint({
  ...change,
  id: 'cases.return',
  path: '/cases/:caseId/return',
  summary: { zh: '退回到前面的步骤', en: 'Return to an earlier step' },
  permission: 'case.steer',
  body: z.strictObject({ step: z.number().int().min(1), reason }),
  errors: [...common, 'case-step-first', 'case-step-unfit'],
});

/** 转办 */
export const transferCase = defineEndpoint({
  ...change,
  id: 'cases.transfer',
  path: '/cases/:caseId/transfer',
  summary: { zh: '转给另一个部门办', en: 'Pass on to another department' },
  permission: 'case.review',
  body: z.strictObject({ departmentId: z.uuid(), reason }),
  errors: [...common, 'case-department-acting', 'case-department-unfit', 'case-opinion-given'],
});

/** 加签 */
export const addSigner = defineEndpoint({
  ...change,
  id: 'cases.add-signer',
  path: '/cases/:caseId/signers',
  summary: { zh: '加一个部门会签', en: 'Have another department give an opinion too' },
  permission: 'case.review',
  body: z.strictObject({ departmentId: z.uuid(), reason }),
  errors: [...common, 'case-department-acting', 'case-department-unfit'],
});

const amountFen = z.number().int().min(0).max(1_000_000_000_000).optional().describe('金额（分）；不写就按系统算的 / amount in fen; without it what the engine works out');
const wishedInstalments = z.array(z.strictObject({ due: z.iso.date(), fen: z.number().int().min(1).max(100_000_000_000) })).max(60);
const decisionBody = z.strictObject({
  outcome: z.enum(['grant', 'refuse']),
  reason,
  amountFen,
  instalments: wishedInstalments.min(1).optional().describe('各期；只在按文件算不出日期时写 / the instalments, only where their days cannot be worked out from the document'),
});
const decisionErrors = [...common, 'case-amount-open', 'case-change-sum', 'case-days-open', 'case-held', 'case-promise-open', 'case-same-matter', 'case-total-over', 'decision-amount-unfit', 'facts-unfit', 'ledger-conflict', 'ledger-floor', 'person-number-unsettled', 'text-unprintable'] as const satisfies readonly ErrorCode[];

/** 决定 */
export const decideCase = defineEndpoint({
  ...change,
  id: 'cases.decide',
  path: '/cases/:caseId/decision',
  summary: { zh: '决定给予或者不予', en: 'Decide: grant or refuse' },
  permission: 'case.decide',
  body: decisionBody,
  errors: [...decisionErrors],
});

/** 变更 */
export const changeCase = defineEndpoint({
  ...change,
  id: 'cases.change',
  path: '/cases/:caseId/change',
  summary: { zh: '变更已经作出的决定：金额，或者还没付的各期；由没有作过这件决定的人作', en: 'Change a grant: its amount, or the instalments not paid yet; by somebody who did not decide it' },
  permission: 'case.decide',
  body: z.strictObject({
    reason,
    amountFen: z.number().int().min(1).max(100_000_000_000).optional().describe('变更后一共给多少，包括已经付的；不写就不变 / in all, what is paid included; unchanged without it'),
    instalments: wishedInstalments
      .optional()
      .describe('还没付的各期；不写就按原来的日子和比例 / what is not paid yet; without it by the days and proportions that it had'),
  }),
  errors: [...common, 'case-change-below-given', 'case-change-nothing', 'case-change-sum', 'case-total-over', 'decision-amount-unfit', 'decision-followed', 'facts-unfit', 'ledger-conflict', 'ledger-floor', 'text-unprintable'],
});

/** 撤销 */
export const revokeCase = defineEndpoint({
  ...change,
  id: 'cases.revoke',
  path: '/cases/:caseId/revocation',
  summary: { zh: '撤销已经作出的决定，没付的钱退回资金', en: 'Revoke a grant; what is not paid goes back to the fund' },
  permission: 'case.decide',
  body: z.strictObject({ reason }),
  errors: [...common, 'text-unprintable'],
});

/** 撤回 */
export const withdrawCase = defineEndpoint({
  ...change,
  id: 'cases.withdraw',
  path: '/cases/:caseId/withdrawal',
  summary: { zh: '撤回申请，10 分钟内可以恢复', en: 'Withdraw; it can be undone for ten minutes' },
  permission: 'case.answer',
  errors: [...common],
});

/** 恢复撤回 */
export const undoWithdrawal = defineEndpoint({
  ...change,
  id: 'cases.undo-withdrawal',
  path: '/cases/:caseId/withdrawal/undo',
  summary: { zh: '恢复刚撤回的申请', en: 'Undo a withdrawal' },
  permission: 'case.answer',
  errors: [...common, 'case-exists', 'case-undo-late'],
});

/** 兑现承诺 */
export const keepPromise = defineEndpoint({
  ...change,
  id: 'cases.keep-promise',
  path: '/cases/:caseId/promises/kept',
  summary: { zh: '交承诺后补的材料', en: 'Hand in a promised paper' },
  permission: 'case.answer',
  body: z.strictObject({ paper: z.string().trim().min(1).max(100), evidenceId: z.uuid() }),
  errors: [...common, 'case-promise-unknown', 'evidence-unfit', 'evidence-not-ready'],
});

/** 未兑现承诺 */
export const breakPromise = defineEndpoint({
  ...change,
  id: 'cases.break-promise',
  path: '/cases/:caseId/promises/broken',
  summary: { zh: '认定承诺的材料没有按期交，暂停办理', en: 'Find that a promised paper did not come; the case is held' },
  permission: 'case.steer',
  body: z.strictObject({ paper: z.string().trim().min(1).max(100), reason }),
  errors: [...common, 'case-promise-unknown', 'case-too-early'],
});

/** 申诉 */
export const appealCase = defineEndpoint({
  ...change,
  id: 'cases.appeal',
  path: '/cases/:caseId/appeal',
  summary: { zh: '对不予受理、不予给予申诉', en: 'Appeal against a refusal' },
  permission: 'case.answer',
  body: z.strictObject({ words: reason, evidenceIds: z.array(z.uuid()).max(30).default([]) }),
  errors: [...common, 'case-appeal-late', 'case-appeal-once', 'case-exists', 'evidence-unfit', 'evidence-not-ready'],
});

/** 答复申诉 */
export const answerAppeal = defineEndpoint({
  ...change,
  id: 'cases.answer-appeal',
  path: '/cases/:caseId/appeal/answer',
  summary: { zh: '答复申诉：维持，或者重新办', en: 'Answer an appeal: uphold, or take the case up again' },
  permission: 'case.decide',
  body: z.strictObject({ outcome: z.enum(['upheld', 'reopened']), reason }),
  errors: [...common],
});

/** 领取 */
export const claimCase = defineEndpoint({
  ...change,
  id: 'cases.claim',
  path: '/cases/:caseId/claim',
  summary: { zh: '领取待办', en: 'Take a case' },
  permission: 'case.claim',
  errors: [...common, 'case-opinion-given', 'case-role-unfit'],
});

/** 交还 */
export const giveBackCase = defineEndpoint({
  ...change,
  id: 'cases.give-back',
  path: '/cases/:caseId/claim/return',
  summary: { zh: '交还待办', en: 'Give a case back' },
  permission: 'case.claim',
  errors: [...common, 'case-not-claimed', 'case-opinion-given'],
});

/** 分派 */
export const assignCase = defineEndpoint({
  ...change,
  id: 'cases.assign',
  path: '/cases/:caseId/assignment',
  summary: { zh: '分派给本部门的同事', en: 'Assign to a colleague of one’s department' },
  permission: 'case.assign',
  body: z.strictObject({ accountId: z.uuid() }),
  errors: [...common, 'case-opinion-given', 'case-officer-unfit'],
});

/** 记备注 */
export const noteCase = defineEndpoint({
  id: 'cases.note',
  method: 'POST',
  tag: 'cases',
  params: caseId,
  response: changed,
  path: '/cases/:caseId/notes',
  summary: { zh: '记一条备注', en: 'Write a note' },
  permission: 'case.note',
  body: z.strictObject({ words: reason }),
  errors: ['case-reason-needed'],
});

const MOST_AT_ONCE = 200;
const one = { caseId: z.uuid(), version: z.number().int().min(1) };
const outcomes = z.object({
  items: z.array(
    z.object({ caseId: z.uuid(), outcome: z.enum(['done', 'refused']), version: z.number().int().nullable(), status: status.nullable(), error: z.object({ code: z.string(), message: z.string() }).nullable() }),
  ),
});
const batch = { method: 'POST', tag: 'cases', response: outcomes } as const;

/** 批量受理 */
export const acceptCases = defineEndpoint({
  ...batch,
  id: 'cases.accept-many',
  path: '/cases/acceptances',
  summary: { zh: '批量受理，一件一个结果', en: 'Accept many, each with its own outcome' },
  permission: 'case.accept',
  body: z.strictObject({ items: z.array(z.strictObject(one)).min(1).max(MOST_AT_ONCE) }),
});

/** 批量领取 */
export const claimCases = defineEndpoint({
  ...batch,
  id: 'cases.claim-many',
  path: '/cases/claims',
  summary: { zh: '批量领取，一件一个结果', en: 'Take many, each with its own outcome' },
  permission: 'case.claim',
  body: z.strictObject({ items: z.array(z.strictObject(one)).min(1).max(MOST_AT_ONCE) }),
});

/** 批量交还 */
export const giveBackCases = defineEndpoint({
  ...batch,
  id: 'cases.give-back-many',
  path: '/cases/claims/returns',
  summary: { zh: '批量交还，一件一个结果', en: 'Give many back, each with its own outcome' },
  permission: 'case.claim',
  body: z.strictObject({ items: z.array(z.strictObject(one)).min(1).max(MOST_AT_ONCE) }),
});

/** 批量分派 */
export const assignCases = defineEndpoint({
  ...batch,
  id: 'cases.assign-many',
  path: '/cases/assignments',
  summary: { zh: '批量分派给本部门的同事，或者改成没人领，一件一个结果', en: 'Assign many to colleagues of one’s department, or to nobody, each with its own outcome' },
  permission: 'case.assign',
  body: z.strictObject({ items: z.array(z.strictObject({ ...one, accountId: z.uuid().nullable().describe('null 是改成没人领 / null leaves it to whoever takes it') })).min(1).max(MOST_AT_ONCE) }),
});

/** 批量意见 */
export const giveOpinions = defineEndpoint({
  ...batch,
  id: 'cases.give-opinions',
  path: '/cases/opinions',
  summary: { zh: '批量提审核意见，一件一个理由、一个结果', en: 'Give opinions on many, each with its reason and outcome' },
  permission: 'case.review',
  body: z.strictObject({ items: z.array(z.strictObject({ ...one, opinion: z.enum(['agree', 'disagree']), words: text.optional() })).min(1).max(MOST_AT_ONCE) }),
});

/** 批量决定 */
export const decideCases = defineEndpoint({
  ...batch,
  id: 'cases.decide-many',
  path: '/cases/decisions',
  summary: { zh: '批量决定，一件一个理由、一个结果', en: 'Decide many, each with its reason and outcome' },
  permission: 'case.decide',
  body: z.strictObject({ items: z.array(z.strictObject({ ...one, outcome: z.enum(['grant', 'refuse']), reason, amountFen })).min(1).max(MOST_AT_ONCE) }),
});
