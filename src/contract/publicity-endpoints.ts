// The endpoints of publicity: the lists that everybody may see, objections and their receipts, and what officers do with both.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { nameField } from './hidden-characters.ts';
import { readMobileNumber } from './identity-number.ts';
import { pageFields, pageOf } from './page.ts';

const listId = z.object({ listId: z.uuid() });
const objectionId = z.object({ objectionId: z.uuid() });
const words = z.object({ zh: z.string(), en: z.string() });
const code = z.string().regex(/^\d{6}$/);
const format = z.enum(['xlsx', 'csv']).default('xlsx').describe('文件格式 / format');
const fileTypes = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'];
const search = z.string().trim().max(100).default('').describe('姓名或单位里的字 / part of a name or of the organisation');
const state = z.enum(['gathering', 'open', 'closed', 'taken-back']).describe('编制中、公示中、到期撤下、提前撤回 / being gathered, open, withdrawn in time, taken back before');
const objectionState = z.enum(['open', 'dismissed', 'upheld', 'remedied']).describe('待答复、不成立、成立、已纠正 / waiting, dismissed, upheld, put right');

const list = z.object({
  listId: z.uuid(),
  jurisdictionCode: z.string(),
  policyId: z.string(),
  benefitId: z.string(),
  policy: words,
  benefit: words,
  workingDays: z.number().int(),
  opensOn: z.iso.date(),
  untilOn: z.iso.date().describe('公示的最后一天 / the last day on which it is shown'),
  entries: z.number().int(),
});

const takenBack = z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string() }).describe('什么时候、谁、为什么撤回 / when, by whom and why it was taken back');
const ownList = list.extend({ state, departmentId: z.uuid(), openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable(), takenBack: takenBack.nullable(), objections: z.number().int(), openObjections: z.number().int() });

const entry = z.object({
  entryId: z.uuid(),
  place: z.number().int(),
  name: z.string(),
  number: z.string().nullable().describe('中间隐去的证件号码 / the identity number, masked'),
  employerName: z.string().nullable(),
  amountFen: z.number().int().nullable(),
});

export const listPublicLists = defineEndpoint({
  id: 'publicity.lists',
  method: 'GET',
  path: '/public-lists',
  tag: 'publicity',
  summary: { zh: '正在公示的名单', en: 'the lists that are published now' },
  permission: 'publicity.view',
  response: z.object({ items: z.array(list) }),
});

export const listPublicEntries = defineEndpoint({
  id: 'publicity.entries',
  method: 'GET',
  path: '/public-lists/:listId/entries',
  tag: 'publicity',
  summary: { zh: '一份公示名单；期满以后谁也看不到', en: 'the entries of a list; once its time is over nobody sees them' },
  permission: 'publicity.view',
  params: listId,
  query: z.object({ q: search, ...pageFields }),
  response: pageOf(entry).extend({ list }),
  errors: ['cursor-invalid'],
});

export const makeObjection = defineEndpoint({
  id: 'objections.make',
  method: 'POST',
  path: '/public-lists/:listId/entries/:entryId/objections',
  tag: 'publicity',
  summary: { zh: '对名单上的一项提出异议，要留下能找到您的办法', en: 'object to an entry; leave a way to reach you' },
  permission: 'objection.make',
  params: z.object({ listId: z.uuid(), entryId: z.uuid() }),
  body: z.strictObject({
    text: z.string().trim().min(5).max(2000),
    name: nameField(100, 0).default('').describe('可以不写 / may be left out'),
    reach: z
      .string()
      .trim()
      .max(200)
      .refine((text) => readMobileNumber(text) !== undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), '请写手机号或电子邮箱 / a mobile number or an address of mail is expected'),
  }),
  response: z.object({ receipt: z.string().describe('凭它查看答复，请记下来 / keep it: the answer is read by it') }),
  status: 201,
  rate: 'sensitive',
});

export const readReceipt = defineEndpoint({
  id: 'objections.receipt',
  // The code is a secret: it comes in the body, since addresses stay in logs and histories.
  method: 'POST',
  path: '/objections/receipt',
  tag: 'publicity',
  summary: { zh: '凭回执码查看异议的答复', en: 'read the answer to an objection by its receipt' },
  permission: 'objection.make',
  body: z.strictObject({ code: z.string().min(1).max(64) }),
  response: z.object({ state: objectionState, policy: words, benefit: words, madeAt: z.iso.datetime(), answer: z.string().nullable(), answeredAt: z.iso.datetime().nullable() }),
  errors: ['objection-unknown-code'],
  rate: 'sensitive',
});

const subject = { jurisdictionCode: code, policyId: z.string().min(1).max(100), benefitId: z.string().min(1).max(100) };

export const listWaiting = defineEndpoint({
  id: 'publicity.waiting',
  method: 'GET',
  path: '/publicity/waiting',
  tag: 'publicity',
  summary: { zh: '等着公示的办件，按辖区和待遇数，等得最久的在前', en: 'granted cases that wait to be published, counted by jurisdiction and benefit, what waits longest first' },
  permission: 'publicity.open',
  response: z.object({
    items: z.array(
      z.object({
        jurisdictionCode: z.string(),
        policyId: z.string(),
        benefitId: z.string(),
        ready: z.number().int(),
        held: z.number().int().describe('被暂停的，这次不上 / held by something, left out'),
        since: z.iso.date().nullable().describe('等得最久的一件从哪天起可以公示 / since when the one that waits longest could be published'),
        waitedDays: z.number().int().nullable().describe('等了几个工作日；那一年的放假通知没装时没有 / working days since then; none where the calendar of the year is missing'),
        isLate: z.boolean().describe('等了超过 5 个工作日 / waits for more than five working days'),
      }),
    ),
  }),
});

export const previewList = defineEndpoint({
  id: 'publicity.preview',
  method: 'GET',
  path: '/publicity/waiting/cases',
  tag: 'publicity',
  summary: { zh: '发起之前看：会上哪些人、公示几天、到哪天', en: 'before a list is made: whom it would take, for how long, until when' },
  permission: 'publicity.open',
  query: z.object({ ...subject, ...pageFields }),
  response: pageOf(
    z.object({
      caseId: z.uuid(),
      caseNumber: z.string(),
      name: z.string(),
      number: z.string().nullable(),
      employerName: z.string().nullable(),
      amountFen: z.number().int().nullable(),
      leftOut: z.enum(['held', 'longer']).nullable().describe('为什么这次不上：被暂停、要公示得更久 / why it is not taken: held, or promised a longer window'),
    }),
  ).extend({ workingDays: z.number().int(), opensOn: z.iso.date(), untilOn: z.iso.date() }),
  errors: ['case-calendar-missing', 'cursor-invalid', 'publicity-nothing'],
  audit: 'seen',
});

export const openList = defineEndpoint({
  id: 'publicity.open',
  method: 'POST',
  path: '/publicity/lists',
  tag: 'publicity',
  summary: { zh: '把等着公示的办件编成名单，公示若干工作日', en: 'publish the granted cases of a benefit for some working days' },
  permission: 'publicity.open',
  body: z.strictObject(subject),
  response: ownList,
  status: 201,
  errors: ['case-calendar-missing', 'publicity-nothing', 'publicity-running'],
});

export const takeBackList = defineEndpoint({
  id: 'publicity.take-back',
  method: 'POST',
  path: '/publicity/lists/:listId/taking-back',
  tag: 'publicity',
  summary: { zh: '到期以前撤回公示：马上谁也看不到；办件等下一次公示，异议照样要答复', en: 'take a list back before its time: nobody sees it at once; its cases wait for another list, objections are still answered' },
  permission: 'publicity.take-back',
  params: listId,
  body: z.strictObject({ reason: z.string().trim().min(2).max(2000).describe('为什么撤回，工作人员看得到 / why; officers see it') }),
  response: ownList,
  errors: ['publicity-over'],
});

const listConditions = {
  state: state.optional(),
  jurisdictionCode: code.optional(),
  q: z.string().trim().max(100).default('').describe('待遇或政策名称里的字 / part of the benefit’s or the policy’s name'),
  sort: z.enum(['newest', 'ending']).default('newest').describe('newest 新的在前，ending 先到期的在前 / the newest first, or what ends first'),
};

export const listOwnLists = defineEndpoint({
  id: 'publicity.own-lists',
  method: 'GET',
  path: '/publicity/lists',
  tag: 'publicity',
  summary: { zh: '本辖区的公示，包括已撤下的', en: 'the lists of one’s jurisdiction, those withdrawn included' },
  permission: 'publicity.read',
  query: z.object({ ...listConditions, ...pageFields }),
  response: pageOf(ownList),
  errors: ['cursor-invalid'],
});

export const exportOwnLists = defineEndpoint({
  id: 'publicity.export',
  method: 'GET',
  path: '/publicity/lists/export',
  tag: 'publicity',
  summary: { zh: '导出符合条件的公示名单目录', en: 'export which lists there are, as far as they match' },
  permission: 'publicity.read',
  query: z.object({ ...listConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

export const listOwnEntries = defineEndpoint({
  id: 'publicity.own-entries',
  method: 'GET',
  path: '/publicity/lists/:listId/entries',
  tag: 'publicity',
  summary: { zh: '本辖区一份名单上的办件', en: 'the cases on a list of one’s jurisdiction' },
  permission: 'publicity.read',
  params: listId,
  query: z.object({ q: search, ...pageFields }),
  response: pageOf(
    entry.extend({
      caseId: z.uuid(),
      objections: z.number().int().describe('对这一项的异议 / objections to this entry'),
      openObjections: z.number().int().describe('还没答复的 / of them, those that wait for an answer'),
    }),
  ).extend({ list: ownList }),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

export const exportOwnEntries = defineEndpoint({
  id: 'publicity.export-entries',
  method: 'GET',
  path: '/publicity/lists/:listId/entries/export',
  tag: 'publicity',
  summary: { zh: '导出一份名单上的各项，和公示的一样隐去号码', en: 'export the entries of a list, numbers masked as they are published' },
  permission: 'publicity.read',
  params: listId,
  query: z.object({ q: search, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

const objection = z.object({
  objectionId: z.uuid(),
  listId: z.uuid(),
  entryId: z.uuid(),
  caseId: z.uuid(),
  state: objectionState,
  jurisdictionCode: z.string(),
  madeAt: z.iso.datetime(),
  dueOn: z.iso.date().nullable().describe('最晚哪天答复；那一年的放假通知没装时没有 / the last day to answer; none where the calendar of the year is missing'),
  answeredAt: z.iso.datetime().nullable(),
  policy: words,
  benefit: words,
  name: z.string(),
});

const objectionConditions = {
  state: z.enum(['open', 'dismissed', 'upheld', 'remedied', 'all']).default('open'),
  listId: z.uuid().optional(),
  jurisdictionCode: code.optional(),
  q: search,
  sort: z.enum(['deadline', 'newest']).default('newest').describe('newest 新的在前，deadline 先到期的在前 / the newest first, or what is due first'),
};

const wholeObjection = objection.extend({
  text: z.string(),
  contact: z.object({ name: z.string(), reach: z.string() }),
  entry,
  answer: z.string().nullable(),
  departmentId: z.uuid().nullable(),
});

export const listObjections = defineEndpoint({
  id: 'objections.list',
  method: 'GET',
  path: '/objections',
  tag: 'publicity',
  summary: { zh: '本辖区的公示异议', en: 'objections in one’s jurisdiction' },
  permission: 'objection.read',
  query: z.object({ ...objectionConditions, ...pageFields }),
  response: pageOf(objection),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

export const exportObjections = defineEndpoint({
  id: 'objections.export',
  method: 'GET',
  path: '/objections/export',
  tag: 'publicity',
  summary: { zh: '导出异议清单，不含内容和联系方式', en: 'export the list of objections, without what they say and who made them' },
  permission: 'objection.read',
  query: z.object({ ...objectionConditions, format }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: fileTypes,
  rate: 'sensitive',
  errors: ['export-too-large'],
});

export const getObjection = defineEndpoint({
  id: 'objections.get',
  method: 'GET',
  path: '/objections/:objectionId',
  tag: 'publicity',
  summary: { zh: '一项异议：内容、怎么联系、答复', en: 'an objection: what it says, how to reach whoever made it, the answer' },
  permission: 'objection.read',
  params: objectionId,
  response: wholeObjection,
  etag: true,
  audit: 'seen',
});

export const answerObjection = defineEndpoint({
  id: 'objections.answer',
  method: 'POST',
  path: '/objections/:objectionId/answer',
  tag: 'publicity',
  summary: { zh: '答复异议：不成立的放行，成立的继续暂停，纠正以后放行', en: 'answer an objection: dismissed releases the case, upheld keeps it held, put right releases it' },
  permission: 'objection.answer',
  params: objectionId,
  body: z.strictObject({ outcome: z.enum(['dismissed', 'upheld', 'remedied']), text: z.string().trim().min(2).max(2000) }),
  response: wholeObjection,
  etag: true,
  errors: ['objection-answered', 'objection-not-upheld', 'own-hands-refused'],
});
