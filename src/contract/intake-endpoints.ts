// The endpoints of applications: what is known already and what is missing, filing for several benefits at once, and filing for everybody of a list.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import type { ErrorCode } from './errors.ts';
import { pageFields, pageOf } from './page.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const instant = z.iso.datetime();
const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });
const named = z.object({ partyId: z.uuid().describe('经办人看本单位自己说的人，编号是另一种写法，两种都能用 / of people of whom only its organisation says that they work there, agents get the id in another spelling; either serves'), name: z.string() });
const applicationId = z.object({ applicationId: z.uuid() });
const engineStatus = z.enum(['yes', 'no', 'unknown', 'review']).describe('符合、不符合、还缺事实、要评审 / met, not met, facts are missing, a review decides');
const amount = z.looseObject({ kind: z.string() }).nullable().describe('金额（分），没有数额时为空 / the amount, in fen; null where none is known');

const chosenBenefit = z.strictObject({
  policyId: z.string().min(1).max(100),
  benefitId: z.string().min(1).max(100),
  year: z.number().int().min(2000).max(2100).optional().describe('按年给的待遇申请哪一年的，不写是今年；只给一次的不能写 / the year, of what is given by the year; none for others'),
});

/** A benefit as it is chosen. */
export type ChosenBenefit = z.output<typeof chosenBenefit>;

const suppliers = z.array(z.enum(['self', 'employer', 'department', 'review']));

const prefilled = z.object({
  on: day,
  subject: named.extend({ kind: z.enum(['person', 'organisation']) }),
  employer: named.nullable(),
  benefits: z.array(
    z.object({
      policyId: z.string(),
      policyTitle: words,
      benefitId: z.string(),
      title: words,
      status: engineStatus,
      amount,
      amountWords: z.string(),
      period: z.string().describe('once 或者年份 / once, or the year'),
      missing: z.array(z.string()),
      /** Why the engine says no; empty otherwise. */
      reasons: z.array(z.string()),
      isChosen: z.boolean(),
      /** The case that has this benefit for this time already. */
      underWay: z.object({ caseId: z.uuid(), caseNumber: z.string() }).nullable(),
      /** Other benefits of the same matter, of which one is given. */
      sameMatter: z.array(z.object({ policyId: z.string(), benefitId: z.string(), words })).describe('同一事项的其他待遇，只享一项 / others of the same matter, of which one is given'),
    }),
  ),
  /** What is known and matters to the chosen benefits. */
  facts: z.array(
    z.object({
      name: z.string(),
      en: z.string(),
      value: z.unknown(),
      source: z.enum(['statement', 'register', 'employment']).describe('记录、证件登记、用工登记 / a statement, the register of identities, the employment'),
      origin: z.enum(['申报', '材料', '共享', '认定']).nullable(),
      trustClass: z.enum(['A', 'B', 'C', 'D']).nullable(),
      departmentId: z.uuid().nullable(),
      evidenceId: z.uuid().nullable(),
      asOf: day.nullable(),
    }),
  ),
  /** What still matters to the chosen benefits and nobody has said. */
  missing: z.array(
    z.object({
      name: z.string(),
      en: z.string(),
      type: z.string(),
      values: z.array(z.string()),
      valuesEn: z.array(z.string()),
      suppliers: suppliers.describe('谁能提供：本人、用人单位、别的部门、评审 / who can say it'),
      /** Whether the caller can declare it with the application. */
      canDeclare: z.boolean(),
      benefits: z.array(z.string()).describe('政策/待遇 / policy and benefit'),
    }),
  ),
  /** Papers that the chosen benefits ask for. */
  papers: z.array(
    z.object({
      kind: z.string(),
      en: z.string(),
      proves: z.array(z.string()),
      benefits: z.array(z.string()),
      /** The valid paper that is there already. */
      there: z.object({ evidenceId: z.uuid(), trustClass: z.enum(['A', 'B', 'C', 'D']), issuedOn: day.nullable(), expiresOn: day.nullable() }).nullable(),
      because: z.enum(['none', 'checking', 'expired', 'refused']).nullable().describe('还要交的原因：没交过、检查中、过期、没通过 / why it is still wanted'),
    }),
  ),
  /** Sensitive facts that are held and that this caller may not see. */
  withheld: z.array(z.string()),
  /** What the caller said besides and may declare: it counts here and matters to the chosen benefits. */
  told: z.array(z.object({ name: z.string(), en: z.string(), value: z.unknown() })),
  /** What the caller said besides and does not count: the record goes before it, only the employer or a review says it, or it cannot be read. */
  leftOut: z.array(z.object({ name: z.string(), en: z.string(), because: z.enum(['known', 'others', 'unfit']) })),
});

/** What is known before somebody files. */
export type Prefilled = z.input<typeof prefilled>;

const filedItem = z.object({
  policyId: z.string(),
  benefitId: z.string(),
  title: words,
  period: z.string(),
  outcome: z.enum(['filed', 'exists']).describe('已提交、已经有一件 / filed, or there is one already'),
  caseId: z.uuid(),
  caseNumber: z.string().nullable(),
  engineStatus: engineStatus.nullable(),
  /** Filed although the engine says no. */
  isUnlikely: z.boolean(),
  reasons: z.array(z.string()),
  missing: z.array(z.string()),
  expectedFen: z.number().int().nullable(),
});

/** What became of one benefit of an application. */
export type FiledItem = z.input<typeof filedItem>;

const filed = z.object({
  applicationId: z.uuid().nullable().describe('每一项都已经有一件时没有 / null where every benefit was under way already'),
  items: z.array(filedItem),
});

const counts = z.object({
  filed: z.number().int().describe('已提交 / filed'),
  exists: z.number().int().describe('已经有一件 / there already'),
  unlikely: z.number().int().describe('不符合，没有提交 / the engine says no, not filed'),
  left: z.number().int().describe('已经不在本单位，没有提交 / not with the organisation any more'),
  refused: z.number().int().describe('办不了，见原因 / refused, with the reason'),
  checking: z.number().int().describe('没有提交，由受理部门核对 / not filed, an officer looks at it'),
  missing: z.number().int().describe('已提交、还缺事实 / filed while facts are missing'),
});

const list = z.object({
  importId: z.uuid(),
  state: z.enum(['waiting', 'running', 'done', 'stopped']).describe('等开始、进行中、完成、出错停下 / stopped: failed again and again; send it once more'),
  rowsTotal: z.number().int(),
  rowsDone: z.number().int(),
  counts,
  finishedAt: instant.nullable(),
});

const application = z.object({
  applicationId: z.uuid(),
  applicant: named,
  channel: z.enum(['person', 'agent', 'window', 'list']).describe('本人、单位经办人、窗口、名单 / by whom it came'),
  jurisdictionCode: z.string(),
  filedAt: instant,
  /** How far it is, of an application for a list. */
  list: list.nullable(),
});

/** An application in a list. */
export type ApplicationItem = z.input<typeof application>;

const applicationCase = z.object({
  caseId: z.uuid(),
  caseNumber: z.string(),
  subject: named,
  policyId: z.string(),
  benefitId: z.string(),
  title: words,
  period: z.string(),
  status: z.string(),
  statusWords: z.string(),
  engineStatus,
  isUnlikely: z.boolean(),
  expectedFen: z.number().int().nullable(),
  grantedFen: z.number().int().nullable(),
  dueOn: day.nullable(),
});

const detail = application.extend({
  cases: z.array(applicationCase).describe('最多 200 件，其余在逐行结果里 / 200 at most, the rest by the rows'),
  casesTotal: z.number().int(),
  /** Papers that the applicant offers to bring later (容缺); whoever accepts the case decides. */
  promises: z.array(z.object({ paper: z.string(), dueOn: day })),
});

/** One application. */
export type ApplicationDetail = z.input<typeof detail>;

const listRow = z.object({
  row: z.number().int(),
  subject: named,
  policyId: z.string(),
  benefitId: z.string(),
  title: words,
  period: z.string(),
  outcome: z.enum(['filed', 'exists', 'unlikely', 'left', 'refused', 'checking']).nullable().describe('还没办到时为空 / null while it waits'),
  outcomeWords: z.string(),
  caseId: z.uuid().nullable(),
  caseNumber: z.string().nullable(),
  reasons: z.array(z.string()),
  missing: z.array(z.string()),
});

/** What became of one person and benefit of a list. */
export type ListRow = z.input<typeof listRow>;

const filingErrors = ['application-benefit-unfit', 'application-year-ahead', 'application-year-needless', 'case-department-missing', 'evidence-not-ready', 'evidence-unfit', 'facts-unfit', 'input-invalid', 'not-found'] as const satisfies readonly ErrorCode[];

/** 预填 */
export const prefillApplication = defineEndpoint({
  id: 'applications.prefill',
  method: 'GET',
  path: '/applications/prefill',
  tag: 'intake',
  summary: { zh: '申请前：哪些待遇可以申请，哪些事实和材料已经有了、从哪里来，还缺什么、谁能提供', en: 'Before filing: which benefits, what is known and from where, what is missing and who can supply it' },
  permission: 'application.file',
  query: z.object({
    subjectId: z.uuid().optional().describe('为谁；不写是自己或者本单位 / for whom; oneself or one’s organisation if left out'),
    benefits: z.string().max(2000).optional().describe('选的待遇：政策/待遇，逗号分开 / the chosen ones: policy/benefit, separated by commas'),
    year: z.coerce.number().int().min(2000).max(2100).optional(),
  }),
  response: prefilled,
  errors: ['application-benefit-unfit', 'facts-unfit', 'not-found'],
  audit: 'seen',
});

/** 带上还没申报的说法预填 */
export const tryApplication = defineEndpoint({
  id: 'applications.prefill-told',
  method: 'POST',
  path: '/applications/prefill',
  tag: 'intake',
  summary: {
    zh: '申请前，带上本人还没申报的说法（比如计算器里的回答）：哪些算数、结果怎样、还缺什么；什么也不保存',
    en: 'Before filing, with what the caller says and has not declared, such as answers of the calculator: which of it counts, what follows, what is missing; nothing is kept',
  },
  permission: 'application.file',
  body: z.strictObject({
    subjectId: z.uuid().optional().describe('为谁；不写是自己或者本单位 / for whom; oneself or one’s organisation if left out'),
    benefits: z.array(z.string().min(3).max(201)).max(20).default([]).describe('选的待遇：政策/待遇 / the chosen ones: policy/benefit'),
    year: z.number().int().min(2000).max(2100).optional(),
    facts: z.record(z.string().max(100), z.unknown()).default({}).describe('还没申报的说法 / what is said and not declared yet'),
  }),
  response: prefilled,
  errors: ['application-benefit-unfit', 'facts-unfit', 'not-found'],
});

/** 提交 */
export const fileApplication = defineEndpoint({
  id: 'applications.file',
  method: 'POST',
  path: '/applications',
  tag: 'intake',
  summary: { zh: '一次申请几项待遇，一项一件；已经在办的告诉是哪一件', en: 'File for several benefits at once, a case for each; what is under way already is told' },
  permission: 'application.file',
  body: z.strictObject({
    subjectId: z.uuid().optional().describe('为谁；不写是自己或者本单位 / for whom; oneself or one’s organisation if left out'),
    benefits: z.array(chosenBenefit).min(1).max(20),
    facts: z.record(z.string().max(100), z.unknown()).default({}).describe('申报的事实（可信等级 D） / facts declared, class D'),
    evidenceIds: z.array(z.uuid()).max(30).default([]),
    promises: z.array(z.strictObject({ paper: z.string().trim().min(1).max(100), dueOn: day })).max(10).default([]).describe('承诺后补的材料（容缺受理） / papers promised for later'),
  }),
  response: filed,
  status: 201,
  errors: [...filingErrors],
  sharesTransaction: true,
});

/** 申请记录 */
export const listApplicationsEndpoint = defineEndpoint({
  id: 'applications.list',
  method: 'GET',
  path: '/applications',
  tag: 'intake',
  summary: { zh: '申请：自己的、本单位的，或者本辖区的，新的在前', en: 'Applications: one’s own, one’s organisation’s, or those of one’s jurisdiction, newest first' },
  permission: 'application.read',
  query: z.object(pageFields),
  response: pageOf(application),
  errors: ['cursor-invalid'],
});

/** 一次申请 */
export const getApplication = defineEndpoint({
  id: 'applications.get',
  method: 'GET',
  path: '/applications/:applicationId',
  tag: 'intake',
  summary: { zh: '一次申请和它的办件', en: 'An application with its cases' },
  permission: 'application.read',
  params: applicationId,
  response: detail,
  errors: ['not-found'],
  audit: 'seen',
});

/** 名单申请 */
export const fileFromImport = defineEndpoint({
  id: 'applications.file-list',
  method: 'POST',
  path: '/applications/from-import',
  tag: 'intake',
  summary: { zh: '报备：为一次导入里的每个人申请，在后台办，随时看进度', en: 'File for everybody of an import; worked through behind, with progress' },
  permission: 'application.file-list',
  body: z.strictObject({
    importId: z.uuid(),
    benefits: z.array(chosenBenefit).min(1).max(10),
    evidenceIds: z.array(z.uuid()).max(10).default([]).describe('本单位的材料，每件都用 / the organisation’s papers, for every case'),
    filesUnlikely: z.boolean().default(false).describe('系统说不符合的也提交 / file what the engine says no to as well'),
  }),
  response: application,
  status: 202,
  errors: ['application-benefit-unfit', 'application-import-unfit', 'application-year-ahead', 'application-year-needless', 'evidence-unfit', 'import-not-found'],
});

/** 逐行结果 */
export const listApplicationRows = defineEndpoint({
  id: 'applications.rows',
  method: 'GET',
  path: '/applications/:applicationId/rows',
  tag: 'intake',
  summary: { zh: '名单申请的逐行结果', en: 'What became of each person and benefit of a list' },
  permission: 'application.read',
  params: applicationId,
  query: z.object({ ...pageFields, outcome: z.enum(['filed', 'exists', 'unlikely', 'left', 'refused', 'checking']).optional() }),
  response: pageOf(listRow),
  errors: ['cursor-invalid', 'not-found'],
  audit: 'seen',
});

/** 逐行结果表 */
export const exportApplicationRows = defineEndpoint({
  id: 'applications.rows-sheet',
  method: 'GET',
  path: '/applications/:applicationId/rows.xlsx',
  tag: 'intake',
  summary: { zh: '名单申请的逐行结果，表格', en: 'What became of each person and benefit of a list, as a sheet' },
  permission: 'application.read',
  params: applicationId,
  bytes: 'response',
  contentTypes: [xlsx],
  errors: ['export-too-large', 'not-found'],
  audit: 'exported',
});
