// The endpoints of publicity: the lists that everybody may see, objections and their receipts, and what officers do with both.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { readMobileNumber } from './identity-number.ts';
import { pageFields, pageOf } from './page.ts';

const listId = z.object({ listId: z.uuid() });
const objectionId = z.object({ objectionId: z.uuid() });
const words = z.object({ zh: z.string(), en: z.string() });
const code = z.string().regex(/^\d{6}$/);
const state = z.enum(['gathering', 'open', 'closed']).describe('编制中、公示中、已撤下 / being gathered, open, withdrawn');
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

const ownList = list.extend({ state, departmentId: z.uuid(), openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable(), objections: z.number().int(), openObjections: z.number().int() });

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
  query: z.object(pageFields),
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
    name: z.string().trim().max(100).default('').describe('可以不写 / may be left out'),
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
  method: 'GET',
  path: '/objections/receipt',
  tag: 'publicity',
  summary: { zh: '凭回执码查看异议的答复', en: 'read the answer to an objection by its receipt' },
  permission: 'objection.make',
  query: z.object({ code: z.string().min(1).max(64) }),
  response: z.object({ state: objectionState, policy: words, benefit: words, madeAt: z.iso.datetime(), answer: z.string().nullable(), answeredAt: z.iso.datetime().nullable() }),
  errors: ['objection-unknown-code'],
  rate: 'sensitive',
});

export const openList = defineEndpoint({
  id: 'publicity.open',
  method: 'POST',
  path: '/publicity/lists',
  tag: 'publicity',
  summary: { zh: '把等着公示的办件编成名单，公示若干工作日', en: 'publish the granted cases of a benefit for some working days' },
  permission: 'publicity.open',
  body: z.strictObject({ jurisdictionCode: code, policyId: z.string().min(1).max(100), benefitId: z.string().min(1).max(100) }),
  response: ownList,
  status: 201,
  errors: ['case-calendar-missing', 'publicity-nothing', 'publicity-running'],
});

export const listOwnLists = defineEndpoint({
  id: 'publicity.own-lists',
  method: 'GET',
  path: '/publicity/lists',
  tag: 'publicity',
  summary: { zh: '本辖区的公示，包括已撤下的', en: 'the lists of one’s jurisdiction, those withdrawn included' },
  permission: 'publicity.read',
  query: z.object(pageFields),
  response: pageOf(ownList),
  errors: ['cursor-invalid'],
});

export const listOwnEntries = defineEndpoint({
  id: 'publicity.own-entries',
  method: 'GET',
  path: '/publicity/lists/:listId/entries',
  tag: 'publicity',
  summary: { zh: '本辖区一份名单上的办件', en: 'the cases on a list of one’s jurisdiction' },
  permission: 'publicity.read',
  params: listId,
  query: z.object(pageFields),
  response: pageOf(entry.extend({ caseId: z.uuid() })).extend({ list: ownList }),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

const objection = z.object({
  objectionId: z.uuid(),
  listId: z.uuid(),
  entryId: z.uuid(),
  caseId: z.uuid(),
  state: objectionState,
  madeAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  policy: words,
  benefit: words,
  name: z.string(),
});

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
  summary: { zh: '本辖区的公示异议，新的在前', en: 'objections in one’s jurisdiction, newest first' },
  permission: 'objection.read',
  query: z.object({ ...pageFields, state: z.enum(['open', 'all']).default('open'), listId: z.uuid().optional() }),
  response: pageOf(objection),
  errors: ['cursor-invalid'],
  audit: 'seen',
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
  errors: ['objection-answered', 'own-hands-refused'],
});
