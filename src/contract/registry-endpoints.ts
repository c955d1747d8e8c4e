// The endpoints of the registry: people, organisations, what is known of them, consents, doubles, and people's own rights.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { nameField } from './hidden-characters.ts';
import { pageFields, pageOf } from './page.ts';
import { purposeCodes } from './purposes.ts';
import { sensitiveGroupCodes } from './sensitive-facts.ts';

const partyParams = z.object({ partyId: z.uuid() });
const text = (most: number) => z.string().min(1).max(most);
const date = z.iso.date();
const instant = z.iso.datetime();
const jurisdictionCode = z.string().regex(/^\d{6}$/).describe('辖区，六位代码 / jurisdiction, six digits');
const origin = z.enum(['申报', '材料', '共享', '认定']).describe('从哪里来：申报 told, 材料 a paper, 共享 another department, 认定 a review');
const trustClass = z.enum(['A', 'B', 'C', 'D']).describe('可信等级：A 出具方 issuer, B 窗口核对 checked, C 上传 uploaded, D 自述 told');
const warning = z.object({ field: z.string(), zh: z.string(), en: z.string() });
const sex = z.enum(['male', 'female']);
const documentKind = z.enum(['resident', 'hong-kong-macau-taiwan', 'permanent-resident', 'permanent-resident-old', 'other']);

const document = z
  .object({
    kind: z.enum(['number', 'other']).describe('number：身份证、港澳台居民居住证、外国人永久居留身份证 / cards that are checked; other：护照等 / a passport and the like'),
    number: text(60),
  })
  .describe('证件 / document of identity');

const personFields = {
  name: text(100),
  jurisdictionCode,
  document: document.optional(),
  birthDate: date.optional().describe('证件号码里有的不用写 / not needed where the number tells it'),
  sex: sex.optional(),
  phone: text(30).optional(),
};

const double = z.object({
  partyId: z.uuid(),
  reason: z.enum(['same-number', 'number-of-another', 'same-name-and-birth-date', 'similar-name-and-birth-date', 'similar-name-and-employer']),
  score: z.number().int(),
});

const formerName = z.object({ name: z.string(), validTo: date.nullable() });

const personView = z.object({
  partyId: z.uuid(),
  name: z.string(),
  formerNames: z.array(formerName),
  jurisdictionCode: z.string(),
  idKind: documentKind.nullable(),
  maskedNumber: z.string().nullable().describe('220***********1234'),
  birthDate: date.nullable(),
  sex: sex.nullable(),
  maskedPhone: z.string().nullable(),
  version: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
});

export const createPersonEndpoint = defineEndpoint({
  id: 'people.create',
  method: 'POST',
  path: '/people',
  tag: 'registry',
  summary: { zh: '登记一个人', en: 'Enter a person' },
  permission: 'person.write',
  body: z.object(personFields),
  response: z.object({ partyId: z.uuid(), warnings: z.array(warning), doubles: z.array(double).describe('可能是同一个人的记录 / records that may be the same person') }),
  status: 201,
  errors: ['person-exists'],
});

export const getPersonEndpoint = defineEndpoint({
  id: 'people.get',
  method: 'GET',
  path: '/people/:partyId',
  tag: 'registry',
  summary: { zh: '查看一个人，证件号码隐去中间', en: 'See a person, the identity number masked' },
  permission: 'person.read',
  params: partyParams,
  response: personView,
  audit: 'seen',
  etag: true,
});

export const updatePersonEndpoint = defineEndpoint({
  id: 'people.update',
  method: 'PATCH',
  path: '/people/:partyId',
  tag: 'registry',
  summary: { zh: '修改一个人；以前的姓名和证件号码会留着', en: 'Change a person; names and numbers of before are kept' },
  permission: 'person.write',
  params: partyParams,
  body: z.object({
    name: personFields.name.optional(),
    jurisdictionCode: jurisdictionCode.optional(),
    document: personFields.document,
    birthDate: date.nullable().optional(),
    sex: sex.nullable().optional(),
    phone: text(30).nullable().optional(),
  }),
  response: z.object({ partyId: z.uuid(), version: z.number().int(), warnings: z.array(warning), doubles: z.array(double) }),
  errors: ['person-exists'],
  etag: true,
});

export const addIdentifierEndpoint = defineEndpoint({
  id: 'people.add-number',
  method: 'POST',
  path: '/people/:partyId/numbers',
  tag: 'registry',
  summary: { zh: '补记以前的或另外的证件号码', en: 'Add a number of before or besides' },
  permission: 'person.write',
  params: partyParams,
  body: z.object({ document, validFrom: date.optional(), validTo: date.optional() }),
  response: z.object({ partyId: z.uuid(), doubles: z.array(double) }),
  status: 201,
});

export const revealNumberEndpoint = defineEndpoint({
  id: 'people.reveal-number',
  method: 'GET',
  path: '/people/:partyId/identity-number',
  tag: 'registry',
  summary: { zh: '查看完整的证件号码，每次都留下记录', en: 'See identity numbers in full; every look is written down' },
  permission: 'identity-number.reveal',
  params: partyParams,
  query: z.object({ purpose: z.enum(purposeCodes) }),
  response: z.object({
    number: z.object({ kind: documentKind, number: z.string() }).nullable(),
    formerNumbers: z.array(z.object({ kind: documentKind, number: z.string(), validFrom: date.nullable(), validTo: date.nullable() })),
  }),
  audit: 'seen',
  rate: 'sensitive',
});

const organisationFields = {
  name: text(200),
  jurisdictionCode,
  creditCode: text(40).optional().describe('统一社会信用代码 / credit code, GB 32100'),
  registeredOn: date.optional(),
  address: text(200).optional(),
  phone: text(30).optional(),
};

const organisationView = z.object({
  partyId: z.uuid(),
  name: z.string(),
  formerNames: z.array(formerName),
  jurisdictionCode: z.string(),
  creditCode: z.string().nullable(),
  registeredOn: date.nullable(),
  address: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  version: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
});

export const createOrganisationEndpoint = defineEndpoint({
  id: 'organisations.create',
  method: 'POST',
  path: '/organisations',
  tag: 'registry',
  summary: { zh: '登记一个单位', en: 'Enter an organisation' },
  permission: 'organisation.write',
  body: z.object(organisationFields),
  response: z.object({ partyId: z.uuid() }),
  status: 201,
  errors: ['organisation-exists'],
});

export const getOrganisationEndpoint = defineEndpoint({
  id: 'organisations.get',
  method: 'GET',
  path: '/organisations/:partyId',
  tag: 'registry',
  summary: { zh: '查看一个单位', en: 'See an organisation' },
  permission: 'organisation.read',
  params: partyParams,
  response: organisationView,
  etag: true,
});

export const updateOrganisationEndpoint = defineEndpoint({
  id: 'organisations.update',
  method: 'PATCH',
  path: '/organisations/:partyId',
  tag: 'registry',
  summary: { zh: '修改一个单位；以前的名称会留着', en: 'Change an organisation; names of before are kept' },
  permission: 'organisation.write',
  params: partyParams,
  body: z.object({
    name: organisationFields.name.optional(),
    jurisdictionCode: jurisdictionCode.optional(),
    creditCode: text(40).nullable().optional(),
    registeredOn: date.nullable().optional(),
    address: text(200).nullable().optional(),
    phone: text(30).nullable().optional(),
  }),
  response: z.object({ partyId: z.uuid(), version: z.number().int() }),
  errors: ['organisation-exists'],
  etag: true,
});

const statementView = z.object({
  statementId: z.uuid(),
  partyId: z.uuid(),
  origin,
  trustClass,
  departmentId: z.uuid().nullable(),
  evidenceId: z.uuid().nullable(),
  purpose: z.string(),
  asOf: date,
  validFrom: date.nullable(),
  validTo: date.nullable(),
  recordedAt: instant,
  corrects: z.uuid().nullable(),
  facts: z.record(z.string(), z.unknown()),
  recognised: z.record(z.string(), z.string()).nullable(),
});

const withheld = z
  .array(z.object({ name: z.string(), group: z.enum(sensitiveGroupCodes) }))
  .describe('有记录、没有给出的敏感事实：这个用途没有有效的单独同意 / sensitive facts that are held and not given: no consent for this purpose is in force');

const factQuery = z.object({
  on: date.optional().describe('问哪一天的，默认今天 / for which day, today where it is not given'),
  knownAt: z.iso.datetime({ offset: true }).optional().describe('按什么时候知道的，默认现在 / as known at which instant, now where it is not given'),
  purpose: z.enum(purposeCodes).optional().describe('用途；不写就不给敏感事实 / purpose; without it sensitive facts are left out'),
});

const knownFactsView = z.object({
  partyId: z.uuid(),
  on: date,
  knownAt: instant,
  facts: z.array(
    z.object({
      name: z.string(),
      value: z.unknown(),
      written: z.unknown().optional().describe('来源原来的写法，和值不同时才有 / as the source wrote it, where that differs'),
      statementId: z.uuid(),
      origin,
      trustClass,
      departmentId: z.uuid().nullable(),
      evidenceId: z.uuid().nullable(),
      asOf: date,
      validFrom: date.nullable(),
      validTo: date.nullable(),
      recordedAt: instant,
      others: z.array(z.uuid()).describe('说法不同的记录 / statements that say something else'),
    }),
  ),
  withheld,
});

const newStatement = z.object({
  origin,
  trustClass,
  evidenceId: z.uuid().optional(),
  purpose: z.enum(purposeCodes),
  asOf: date.describe('数据是哪一天的 / the day of which the source speaks'),
  validFrom: date.optional().describe('第一天 / first day'),
  validTo: date.optional().describe('最后一天 / last day'),
  corrects: z.uuid().optional().describe('更正哪一条；值写 null 就是撤回 / the statement that it corrects; null takes a value back'),
  facts: z.record(z.string().max(60), z.unknown()).describe('按词汇表的名称写 / by the names of the vocabulary'),
});

const recorded = z.object({
  partyId: z.uuid(),
  statementId: z.uuid(),
  universities: z.array(z.string()).describe('没有认出的院校，可能是哪几所 / universities that may be meant where one was not recognised'),
});
const statementList = z.object({ items: z.array(statementView), withheld });

export const getPersonFacts = defineEndpoint({
  id: 'people.facts',
  method: 'GET',
  path: '/people/:partyId/facts',
  tag: 'registry',
  summary: { zh: '某一天已知的事实，和每个事实的来源', en: 'The facts known for a day, and where each comes from' },
  permission: 'fact.read',
  params: partyParams,
  query: factQuery,
  response: knownFactsView,
  audit: 'seen',
});

export const getOrganisationFacts = defineEndpoint({ ...getPersonFacts, id: 'organisations.facts', path: '/organisations/:partyId/facts' });

export const listPersonStatements = defineEndpoint({
  id: 'people.statements',
  method: 'GET',
  path: '/people/:partyId/statements',
  tag: 'registry',
  summary: { zh: '全部记录，包括被更正的', en: 'Everything that was said, corrected statements included' },
  permission: 'fact.read',
  params: partyParams,
  query: factQuery.omit({ on: true }),
  response: statementList,
  audit: 'seen',
});

export const listOrganisationStatements = defineEndpoint({ ...listPersonStatements, id: 'organisations.statements', path: '/organisations/:partyId/statements' });

export const recordPersonStatement = defineEndpoint({
  id: 'people.record-statement',
  method: 'POST',
  path: '/people/:partyId/statements',
  tag: 'registry',
  summary: { zh: '记录或更正事实', en: 'Record or correct facts' },
  permission: 'fact.record',
  params: partyParams,
  body: newStatement,
  response: recorded,
  status: 201,
  errors: ['correction-too-weak', 'evidence-unfit'],
});

export const recordOrganisationStatement = defineEndpoint({ ...recordPersonStatement, id: 'organisations.record-statement', path: '/organisations/:partyId/statements' });

const employmentView = z.object({
  employmentId: z.uuid(),
  partyId: z.uuid(),
  organisationId: z.uuid(),
  organisationName: z.string(),
  post: z.string().nullable(),
  startedOn: date,
  endedOn: date.nullable(),
  origin,
  trustClass,
  evidenceId: z.uuid().nullable(),
  recordedAt: instant,
  supersededAt: instant.nullable(),
});

export const listEmploymentsEndpoint = defineEndpoint({
  id: 'people.employments',
  method: 'GET',
  path: '/people/:partyId/employments',
  tag: 'registry',
  summary: { zh: '任职，包括被取代的记录', en: 'Employments, superseded rows included' },
  permission: 'fact.read',
  params: partyParams,
  response: z.object({ items: z.array(employmentView) }),
  audit: 'seen',
});

export const recordEmploymentEndpoint = defineEndpoint({
  id: 'people.record-employment',
  method: 'POST',
  path: '/people/:partyId/employments',
  tag: 'registry',
  summary: { zh: '记录任职；supersedes 写被取代的那一条', en: 'Record an employment; supersedes names the row it takes the place of' },
  permission: 'fact.record',
  params: partyParams,
  body: z.object({
    organisationId: z.uuid(),
    post: text(100).optional(),
    startedOn: date,
    endedOn: date.optional().describe('最后一天 / last day'),
    origin,
    trustClass,
    evidenceId: z.uuid().optional(),
    supersedes: z.uuid().optional(),
  }),
  response: z.object({ partyId: z.uuid(), employmentId: z.uuid() }),
  status: 201,
  errors: ['correction-too-weak', 'evidence-unfit'],
});

const relation = z.enum(['spouse', 'parent', 'child', 'guardian', 'ward']).describe('亲属是本人的什么人 / what the relative is to the person');

export const listRelativesEndpoint = defineEndpoint({
  id: 'people.relatives',
  method: 'GET',
  path: '/people/:partyId/relatives',
  tag: 'registry',
  summary: { zh: '亲属', en: 'Relatives' },
  permission: 'fact.read',
  params: partyParams,
  response: z.object({
    items: z.array(
      z.object({
        relationId: z.uuid(),
        relativeId: z.uuid(),
        relation,
        origin,
        trustClass,
        evidenceId: z.uuid().nullable(),
        validFrom: date.nullable(),
        validTo: date.nullable(),
        recordedAt: instant,
        supersededAt: instant.nullable(),
      }),
    ),
  }),
  audit: 'seen',
});

export const recordRelativeEndpoint = defineEndpoint({
  id: 'people.record-relative',
  method: 'POST',
  path: '/people/:partyId/relatives',
  tag: 'registry',
  summary: { zh: '记录亲属', en: 'Record a relative' },
  permission: 'fact.record',
  params: partyParams,
  body: z.object({ relativeId: z.uuid(), relation, origin, trustClass, evidenceId: z.uuid().optional(), validFrom: date.optional(), validTo: date.optional() }),
  response: z.object({ partyId: z.uuid(), relationId: z.uuid() }),
  status: 201,
  errors: ['evidence-unfit'],
});

const consentView = z.object({
  consentId: z.uuid(),
  purpose: z.string(),
  factGroups: z.array(z.string()),
  wordingVersion: z.string(),
  givenAt: instant,
  /** The signed paper; null where the person gave it by an own account. */
  evidenceId: z.uuid().nullable(),
  expiresOn: date,
  withdrawnAt: instant.nullable(),
  state: z.enum(['in-force', 'expired', 'withdrawn']),
});

export const listConsentsEndpoint = defineEndpoint({
  id: 'people.consents',
  method: 'GET',
  path: '/people/:partyId/consents',
  tag: 'registry',
  summary: { zh: '单独同意', en: 'Separate consents' },
  permission: 'consent.read',
  params: partyParams,
  response: z.object({ items: z.array(consentView) }),
  audit: 'seen',
});

export const giveConsentEndpoint = defineEndpoint({
  id: 'people.give-consent',
  method: 'POST',
  path: '/people/:partyId/consents',
  tag: 'registry',
  summary: { zh: '给出单独同意', en: 'Give a separate consent' },
  permission: 'consent.write',
  params: partyParams,
  body: z.object({
    purpose: z.enum(purposeCodes),
    groups: z.array(z.enum(sensitiveGroupCodes)).min(1),
    expiresOn: date.describe('最后一天，最多五年 / the last day, at most five years ahead'),
    wordingVersion: text(50).describe('看到的告知书是哪一版 / which wording of the notice was shown'),
    evidenceId: z.uuid().optional().describe('本人签字的同意书，工作人员代为登记时要有 / the signed paper, needed where an officer takes it down'),
  }),
  response: z.object({ partyId: z.uuid(), consentId: z.uuid() }),
  status: 201,
  errors: ['evidence-unfit'],
});

export const withdrawConsentEndpoint = defineEndpoint({
  id: 'people.withdraw-consent',
  method: 'POST',
  path: '/people/:partyId/consents/:consentId/withdrawal',
  tag: 'registry',
  summary: { zh: '撤回单独同意', en: 'Withdraw a separate consent' },
  permission: 'consent.write',
  params: partyParams.extend({ consentId: z.uuid() }),
  response: z.object({ partyId: z.uuid() }),
  errors: ['consent-withdrawn'],
});

const bankAccountView = z.object({
  bankAccountId: z.uuid(),
  bankName: z.string(),
  holderName: z.string(),
  maskedNumber: z.string(),
  isNumberChecked: z.boolean(),
  recordedAt: instant,
  closedAt: instant.nullable(),
});

export const listBankAccountsEndpoint = defineEndpoint({
  id: 'bank-accounts.list',
  method: 'GET',
  path: '/parties/:partyId/bank-accounts',
  tag: 'registry',
  summary: { zh: '收款账户，账号只显示末四位', en: 'Bank accounts, by their last four digits' },
  permission: 'bank-account.read',
  params: partyParams,
  response: z.object({ items: z.array(bankAccountView) }),
  audit: 'seen',
});

export const addBankAccountEndpoint = defineEndpoint({
  id: 'bank-accounts.add',
  method: 'POST',
  path: '/parties/:partyId/bank-accounts',
  tag: 'registry',
  summary: { zh: '登记收款账户', en: 'Enter a bank account' },
  permission: 'bank-account.write',
  params: partyParams,
  body: z.object({ bankName: text(100), holderName: nameField(100), number: text(60) }),
  response: z.object({ partyId: z.uuid(), bankAccountId: z.uuid(), warnings: z.array(warning) }),
  status: 201,
});

const bankAccountParams = partyParams.extend({ bankAccountId: z.uuid() });

export const revealBankAccountEndpoint = defineEndpoint({
  id: 'bank-accounts.reveal',
  method: 'GET',
  path: '/parties/:partyId/bank-accounts/:bankAccountId/number',
  tag: 'registry',
  summary: { zh: '查看完整的账号，每次都留下记录', en: 'See an account number in full; every look is written down' },
  permission: 'bank-account.reveal',
  params: bankAccountParams,
  response: z.object({ number: z.string() }),
  audit: 'seen',
  rate: 'sensitive',
});

export const closeBankAccountEndpoint = defineEndpoint({
  id: 'bank-accounts.close',
  method: 'DELETE',
  path: '/parties/:partyId/bank-accounts/:bankAccountId',
  tag: 'registry',
  summary: { zh: '停用收款账户', en: 'Close a bank account' },
  permission: 'bank-account.write',
  params: bankAccountParams,
});

export const suggestUniversitiesEndpoint = defineEndpoint({
  id: 'universities.suggest',
  method: 'GET',
  path: '/universities',
  tag: 'registry',
  summary: { zh: '按写法找院校', en: 'Find universities by what people write' },
  permission: 'university.suggest',
  query: z.object({ text: text(60), limit: z.coerce.number().int().min(1).max(20).default(5) }),
  response: z.object({
    official: z.string().nullable().describe('这个写法就是哪所院校 / the university that this name stands for'),
    suggestions: z.array(z.string()),
  }),
});

const duplicateView = z.object({
  first: personView,
  second: personView,
  reasons: z.array(z.string()),
  score: z.number().int(),
  foundAt: instant,
});

export const listDuplicatesEndpoint = defineEndpoint({
  id: 'duplicates.list',
  method: 'GET',
  path: '/duplicates',
  tag: 'registry',
  summary: { zh: '等待核对的疑似重复，最像的在前', en: 'Possible doubles that wait for a steward, the likeliest first' },
  permission: 'duplicate.review',
  query: z.object(pageFields),
  response: pageOf(duplicateView),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

export const scanDuplicatesEndpoint = defineEndpoint({
  id: 'duplicates.scan',
  method: 'POST',
  path: '/duplicates/scan',
  tag: 'registry',
  summary: { zh: '查找疑似重复；一次查一段，next 写进下一次的 after', en: 'Look for possible doubles, a part at a time: next is the after of the next call' },
  permission: 'duplicate.scan',
  body: z.object({ after: date.nullable().default(null) }),
  response: z.object({ found: z.number().int(), compared: z.number().int(), next: date.nullable() }),
});

export const keepApartEndpoint = defineEndpoint({
  id: 'duplicates.keep-apart',
  method: 'POST',
  path: '/duplicates/different',
  tag: 'registry',
  summary: { zh: '核对后认定不是同一个', en: 'Decide that two are not one' },
  permission: 'duplicate.review',
  body: z.object({ firstPartyId: z.uuid(), secondPartyId: z.uuid() }),
  errors: ['duplicate-decided'],
});

export const mergePartiesEndpoint = defineEndpoint({
  id: 'merges.create',
  method: 'POST',
  path: '/merges',
  tag: 'registry',
  summary: { zh: '把两条记录合并成一个，历史都留着，可以撤销', en: 'Merge two records into one; the history of both stays, and it can be undone' },
  permission: 'duplicate.review',
  body: z.object({ keptPartyId: z.uuid(), mergedPartyId: z.uuid(), reason: text(500) }),
  response: z.object({ mergeId: z.uuid() }),
  status: 201,
  errors: ['merge-cases-doubled', 'merge-impossible'],
});

export const listMergesEndpoint = defineEndpoint({
  id: 'merges.list',
  method: 'GET',
  path: '/parties/:partyId/merges',
  tag: 'registry',
  summary: { zh: '合并和撤销的历史', en: 'The history of merges and their undoing' },
  permission: 'duplicate.review',
  params: partyParams,
  response: z.object({
    items: z.array(
      z.object({
        mergeId: z.uuid(),
        keptPartyId: z.uuid(),
        mergedPartyId: z.uuid(),
        reason: z.string(),
        mergedAt: instant,
        undoneAt: instant.nullable(),
        undoneReason: z.string().nullable(),
      }),
    ),
  }),
});

export const undoMergeEndpoint = defineEndpoint({
  id: 'merges.undo',
  method: 'POST',
  path: '/merges/:mergeId/undo',
  tag: 'registry',
  summary: { zh: '撤销合并', en: 'Undo a merge' },
  permission: 'duplicate.review',
  params: z.object({ mergeId: z.uuid() }),
  body: z.object({ reason: text(500) }),
  response: z.object({ partyId: z.uuid().describe('又独立出来的记录 / the record that is its own again') }),
  errors: ['merge-undone'],
});

export const getHeldData = defineEndpoint({
  id: 'held-data.get',
  method: 'GET',
  path: '/people/:partyId/held-data',
  tag: 'registry',
  summary: { zh: '系统里关于自己的全部信息：有什么、从哪里来、谁看过', en: 'Everything held about oneself: what, from whom, and who saw it' },
  permission: 'held-data.read',
  params: partyParams,
  response: z.object({
    partyId: z.uuid(),
    name: z.string(),
    parts: z.array(
      z.object({ key: z.string(), title: z.object({ zh: z.string(), en: z.string() }), rows: z.array(z.record(z.string(), z.unknown())) }),
    ),
    glances: z.array(
      z.object({ at: instant, action: z.string(), by: z.string(), departmentId: z.uuid().nullable(), purpose: z.string().nullable() }),
    ),
  }),
  audit: 'seen',
  rate: 'sensitive',
});

export const copyHeldData = defineEndpoint({
  id: 'held-data.copy',
  method: 'GET',
  path: '/people/:partyId/held-data/copy',
  tag: 'registry',
  summary: { zh: '复制关于自己的全部信息：json 给机器读，text 给人读', en: 'Copy everything held about oneself: json for machines, text for people' },
  permission: 'held-data.read',
  params: partyParams,
  query: z.object({ format: z.enum(['json', 'text']).default('json') }),
  audit: 'exported',
  rate: 'sensitive',
  bytes: 'response',
  contentTypes: ['application/json', 'text/plain'],
});

const requestView = z.object({
  requestId: z.uuid(),
  partyId: z.uuid(),
  kind: z.enum(['copy', 'correct', 'delete']),
  words: z.string().nullable(),
  askedAt: instant,
  dueOn: date.describe('最迟答复的日期 / the day by which it is answered'),
  answeredAt: instant.nullable(),
  outcome: z.enum(['done', 'partly', 'refused']).nullable(),
  answer: z
    .object({
      words: z.string(),
      deleted: z.number().int().optional(),
      kept: z
        .array(
          z.object({
            what: z.object({ zh: z.string(), en: z.string() }),
            why: z.object({ zh: z.string(), en: z.string() }),
            until: date.nullable(),
          }),
        )
        .optional(),
    })
    .nullable(),
});

export const askForDataEndpoint = defineEndpoint({
  id: 'data-requests.ask',
  method: 'POST',
  path: '/people/:partyId/data-requests',
  tag: 'registry',
  summary: { zh: '请求复制、更正或删除自己的信息', en: 'Ask for a copy, a correction or a deletion of one’s data' },
  permission: 'subject-request.ask',
  params: partyParams,
  body: z.object({ kind: z.enum(['copy', 'correct', 'delete']), words: text(2000).optional() }),
  response: z.object({ partyId: z.uuid(), requestId: z.uuid(), dueOn: date }),
  status: 201,
});

export const listRequestsEndpoint = defineEndpoint({
  id: 'data-requests.of-person',
  method: 'GET',
  path: '/people/:partyId/data-requests',
  tag: 'registry',
  summary: { zh: '一个人的请求和答复', en: 'A person’s requests and their answers' },
  permission: 'subject-request.read',
  params: partyParams,
  response: z.object({ items: z.array(requestView) }),
  audit: 'seen',
});

export const listOpenRequestsEndpoint = defineEndpoint({
  id: 'data-requests.open',
  method: 'GET',
  path: '/data-requests',
  tag: 'registry',
  summary: { zh: '等待答复的请求，最急的在前', en: 'Requests that wait for an answer, the most urgent first' },
  permission: 'subject-request.read',
  query: z.object(pageFields),
  response: pageOf(requestView),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

export const answerRequestEndpoint = defineEndpoint({
  id: 'data-requests.answer',
  method: 'POST',
  path: '/people/:partyId/data-requests/:requestId/answer',
  tag: 'registry',
  summary: { zh: '答复请求；同意删除就立即删除，法律要求保留的逐项说明', en: 'Answer a request; agreeing to a deletion deletes at once and names what law keeps' },
  permission: 'subject-request.answer',
  params: partyParams.extend({ requestId: z.uuid() }),
  body: z.object({ decision: z.enum(['agree', 'refuse']), words: text(2000) }),
  response: z.object({ partyId: z.uuid(), outcome: z.enum(['done', 'partly', 'refused']), answer: requestView.shape.answer }),
  errors: ['request-answered'],
});
