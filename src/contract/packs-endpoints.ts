// The endpoints of packs: policies in force, their versions from draft to publication, and what is set for a year.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/).describe('内容摘要 / hash of the content');
const words = z.object({ zh: z.string(), en: z.string() });
const packId = z.object({ packId: z.uuid() });
const policyId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){0,99}$/, '政策的编号只用小写字母、数字、点和连字符 / lower-case letters, digits, dots and hyphens are expected');
const year = z.coerce.number().int().min(2000).max(2100);

const packState = z
  .enum(['draft', 'checked', 'approved', 'published', 'withdrawn'])
  .describe('草稿（还有错）、检查通过、已核准、已发布、已撤回 / a draft does not check yet; checked waits for approval, approved for publication');

const packView = z.object({
  packId: z.uuid(),
  policyId: z.string(),
  cityId: z.string(),
  state: packState,
  packHash: hash.nullable(),
  /** The version that this one sets right. */
  corrects: z.uuid().nullable(),
  draftedAt: instant,
  draftedBy: z.string().describe('账号；build 是随程序来的 / an account; build came with the program'),
  /** Whether you drafted it, so that somebody else has to approve. */
  isOwn: z.boolean(),
  checkedAt: instant.nullable(),
  approvedAt: instant.nullable(),
  approvedBy: z.string().nullable(),
  publishedAt: instant.nullable(),
  publishedBy: z.string().nullable(),
  effectiveOn: z.iso.date().nullable(),
  withdrawnAt: instant.nullable(),
  withdrawnBy: z.string().nullable(),
});

const finding = z.object({
  code: z.string(),
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  zh: z.string(),
  en: z.string(),
});

const packDetails = packView.extend({
  note: z.string().nullable(),
  reason: z.string().nullable().describe('撤回的理由 / why it was withdrawn'),
  files: z.array(z.string()),
  /** What the check found, file, line and column counted from 1; nothing found is an empty list. */
  report: z.object({ findings: z.array(finding), benefits: z.number().int(), cases: z.number().int() }).nullable(),
});

/** A version as it is answered. */
export type PackView = z.input<typeof packView>;

/** A version whole, as it is answered. */
export type PackDetails = z.input<typeof packDetails>;

const fileName = z.string().max(120).regex(/^[a-z0-9](?:[a-z0-9-]|\.(?!\.))*\.yaml$/, '文件名只用小写字母、数字和连字符，以 .yaml 结尾 / lower-case letters, digits and hyphens, ending in .yaml');
const fileText = z
  .string()
  .max(400_000)
  .refine((text) => !/\p{Cs}/u.test(text) && !text.includes('\u0000'), '文件里有不是文字的内容 / the file holds what is no text');
const changes = z
  .record(fileName, fileText.nullable())
  .describe('文件名和内容；null 是删去 / files by name; null takes one away');
const note = z.string().trim().max(2000).optional().describe('说明 / what is changed and why');

/** 现行政策 */
export const listPolicies = defineEndpoint({
  id: 'policies.list',
  method: 'GET',
  path: '/policies',
  tag: 'packs',
  summary: { zh: '某一天有效的政策和待遇', en: 'policies in force on a day, with their benefits' },
  permission: 'pack.use',
  query: z.object({ on: z.iso.date().optional().describe('哪一天，不填是今天 / the day; today if left out') }),
  response: z.object({
    on: z.iso.date(),
    items: z.array(
      z.object({
        policyId: z.string(),
        cityId: z.string(),
        packHash: hash,
        title: words,
        short: words,
        benefits: z.array(z.object({ benefitId: z.string(), title: words, kind: z.string(), subjects: z.array(z.enum(['person', 'organisation', 'project', 'team'])), clause: z.string() })),
      }),
    ),
  }),
});

/** 版本 */
export const listPacks = defineEndpoint({
  id: 'packs.list',
  method: 'GET',
  path: '/packs',
  tag: 'packs',
  summary: { zh: '政策的各个版本，新的在前', en: 'versions of policies, newest first' },
  permission: 'pack.read',
  query: z.object({ ...pageFields, policy: policyId.optional(), state: packState.optional() }),
  response: pageOf(packView),
  errors: ['cursor-invalid'],
});

/** 一个版本 */
export const getPack = defineEndpoint({
  id: 'packs.get',
  method: 'GET',
  path: '/packs/:packId',
  tag: 'packs',
  summary: { zh: '一个版本：状态、检查结果（中英文，到行和列）、文件', en: 'a version: its state, what the check found (both languages, to line and column), its files' },
  permission: 'pack.read',
  params: packId,
  response: packDetails,
  etag: true,
});

/** 文件 */
export const getPackFiles = defineEndpoint({
  id: 'packs.files',
  method: 'GET',
  path: '/packs/:packId/files',
  tag: 'packs',
  summary: { zh: '一个版本的文件内容', en: 'the files of a version' },
  permission: 'pack.read',
  params: packId,
  response: z.object({ files: z.record(z.string(), z.string()) }),
});

/** 起草 */
export const draftPack = defineEndpoint({
  id: 'packs.draft',
  method: 'POST',
  path: '/packs',
  tag: 'packs',
  summary: { zh: '上传一个新版本并检查', en: 'upload a new version; it is checked at once' },
  permission: 'pack.draft',
  body: z.strictObject({
    policyId,
    basedOn: z.uuid().optional().describe('在哪个版本上改；只传改了的文件 / the version it begins from; send what differs'),
    cityId: z.string().max(100).optional().describe('新政策属于哪里 / the jurisdiction of a policy that is new'),
    files: changes,
    note,
  }),
  response: packDetails,
  status: 201,
  etag: true,
  errors: ['pack-files-missing', 'policy-unknown'],
});

/** 修改草稿 */
export const changePack = defineEndpoint({
  id: 'packs.change',
  method: 'PUT',
  path: '/packs/:packId/files',
  tag: 'packs',
  summary: { zh: '改还没核准的版本，重新检查', en: 'change a version that is not approved; it is checked again' },
  permission: 'pack.draft',
  params: packId,
  body: z.strictObject({ files: changes, note }),
  response: packDetails,
  etag: true,
  errors: ['changed-meanwhile', 'pack-files-missing', 'pack-not-own', 'pack-state-unfit', 'precondition-required'],
});

/** 核准 */
export const approvePack = defineEndpoint({
  id: 'packs.approve',
  method: 'POST',
  path: '/packs/:packId/approval',
  tag: 'packs',
  summary: { zh: '核准别人编制的版本', en: 'approve a version that somebody else drafted' },
  permission: 'pack.approve',
  params: packId,
  response: packDetails,
  etag: true,
  errors: ['changed-meanwhile', 'own-hands-refused', 'pack-state-unfit', 'precondition-required'],
});

/** 发布 */
export const publishPack = defineEndpoint({
  id: 'packs.publish',
  method: 'POST',
  path: '/packs/:packId/publication',
  tag: 'packs',
  summary: { zh: '发布，从某一天起有效', en: 'publish, to hold from a day' },
  permission: 'pack.publish',
  params: packId,
  body: z.strictObject({ effectiveOn: z.iso.date().describe('生效日期 / the first day on which it holds') }),
  response: packDetails,
  etag: true,
  errors: ['changed-meanwhile', 'pack-date-wrong', 'pack-state-unfit', 'precondition-required'],
});

/** 撤回 */
export const withdrawPack = defineEndpoint({
  id: 'packs.withdraw',
  method: 'POST',
  path: '/packs/:packId/withdrawal',
  tag: 'packs',
  summary: { zh: '撤回还没生效的版本', en: 'withdraw a version that does not hold yet' },
  permission: 'pack.publish',
  params: packId,
  body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
  response: packDetails,
  etag: true,
  errors: ['changed-meanwhile', 'pack-state-unfit', 'precondition-required'],
});

/** 比较 */
export const comparePacks = defineEndpoint({
  id: 'packs.compare',
  method: 'GET',
  path: '/packs/:packId/difference',
  tag: 'packs',
  summary: { zh: '和另一个版本比：哪些文件、哪些待遇变了', en: 'what differs from another version, by file and by benefit' },
  permission: 'pack.read',
  params: packId,
  query: z.object({ from: z.uuid().describe('和哪个版本比 / the version before') }),
  response: z.object({
    files: z.array(
      z.object({
        file: z.string(),
        change: z.enum(['added', 'removed', 'changed']),
        lines: z.array(z.object({ oldLine: z.number().int(), newLine: z.number().int(), removed: z.array(z.string()), added: z.array(z.string()) })),
      }),
    ),
    /** Null where a version of the two does not check, so that only its text can be compared. */
    policy: z
      .object({
        parts: z.array(z.string()),
        benefits: z.array(z.object({ benefit: z.string(), title: words, change: z.enum(['added', 'removed', 'changed']), parts: z.array(z.string()) })),
      })
      .nullable(),
  }),
});

const outcome = z.object({
  status: z.enum(['yes', 'no', 'unknown', 'review']),
  amount: z
    .object({
      kind: z.enum(['exact', 'range', 'upTo', 'atLeast', 'share', 'unstated', 'none']),
      fen: z.number().int().optional().describe('确定的、至多的或者至少的数 / exact, at most or at least'),
      toFen: z.number().int().optional(),
      percent: z.number().optional(),
    })
    .nullable(),
});

/** 影响哪些在办的件 */
export const listChangedCases = defineEndpoint({
  id: 'packs.changed-cases',
  method: 'GET',
  path: '/packs/:packId/changed-cases',
  tag: 'packs',
  summary: { zh: '按这个版本，哪些在办的件结果会变', en: 'open cases that this version would answer differently' },
  permission: 'pack.read',
  params: packId,
  query: z.object(pageFields),
  response: z.object({
    /** How many open cases this page looked at. */
    examined: z.number().int(),
    items: z.array(
      z.object({
        caseId: z.uuid(),
        caseNumber: z.string(),
        benefitId: z.string(),
        before: outcome.nullable(),
        /** Null where this version has no such benefit, or cannot judge the facts of the case. */
        after: outcome.nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  errors: ['cursor-invalid', 'pack-state-unfit'],
  audit: 'seen',
});

const settingKind = z.enum(['parameter', 'reading', 'promise']).describe('参数、解读、承诺时限（工作日） / parameter, reading, promised working days');
const settingValue = z.union([z.number(), z.string().max(200)]).describe('比例写 0.4，金额写元，日期写 2026-06-30，解读写取法的名称 / a share as 0.4, money in yuan, a date, the name of an alternative');

const settingView = z.object({
  settingId: z.uuid(),
  policyId: z.string(),
  kind: settingKind,
  name: z.string(),
  year: z.number().int(),
  value: z.union([z.number(), z.string()]),
  /** 文号 */
  decisionReference: z.string(),
  state: z.enum(['proposed', 'approved', 'declined', 'replaced']),
  proposedAt: instant,
  proposedBy: z.string(),
  isOwn: z.boolean(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
});

/** A setting as it is answered. */
export type SettingView = z.input<typeof settingView>;

/** 可以设定什么 */
export const listSettables = defineEndpoint({
  id: 'packs.settings',
  method: 'GET',
  path: '/packs/:packId/settings',
  tag: 'packs',
  summary: { zh: '一个版本可以设定什么，某一年是多少', en: 'what of a version can be set, and what holds in a year' },
  permission: 'pack.read',
  params: packId,
  query: z.object({ year: year.optional() }),
  response: z.object({
    year: z.number().int(),
    items: z.array(
      z.object({
        kind: settingKind,
        name: z.string(),
        type: z.string().nullable(),
        alternatives: z.array(z.string()),
        words,
        /** What holds; null while nobody has set it. */
        value: z.union([z.number(), z.string()]).nullable(),
      }),
    ),
  }),
  errors: ['pack-state-unfit'],
});

/** 设定 */
export const listSettings = defineEndpoint({
  id: 'pack-settings.list',
  method: 'GET',
  path: '/pack-settings',
  tag: 'packs',
  summary: { zh: '年度设定，新的在前', en: 'what is set for years, newest first' },
  permission: 'pack.read',
  query: z.object({ ...pageFields, policy: policyId.optional(), year: year.optional(), state: settingView.shape.state.optional() }),
  response: pageOf(settingView),
  errors: ['cursor-invalid'],
});

/** 提出设定 */
export const proposeSetting = defineEndpoint({
  id: 'pack-settings.propose',
  method: 'POST',
  path: '/pack-settings',
  tag: 'packs',
  summary: { zh: '提出一项年度设定', en: 'propose what to set for a year' },
  permission: 'setting.propose',
  body: z.strictObject({
    policyId,
    kind: settingKind,
    name: z.string().min(1).max(200),
    year: z.number().int().min(2000).max(2100),
    value: settingValue,
    decisionReference: z.string().trim().min(1).max(200).describe('决定的文号 / the number of the decision'),
  }),
  response: settingView,
  status: 201,
  errors: ['policy-unknown', 'setting-unknown', 'setting-value-wrong'],
});

/** 核准设定 */
export const settleSetting = defineEndpoint({
  id: 'pack-settings.settle',
  method: 'POST',
  path: '/pack-settings/:settingId/decision',
  tag: 'packs',
  summary: { zh: '核准或者不同意别人提出的设定', en: 'approve or decline what somebody else proposed' },
  permission: 'setting.approve',
  params: z.object({ settingId: z.uuid() }),
  body: z.strictObject({ approve: z.boolean() }),
  response: settingView,
  errors: ['own-hands-refused', 'settled-already'],
});
