// The endpoints of decisions: a decision and its letter, those of a party, checking a letter by its code, working one out again.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const decisionId = z.object({ decisionId: z.uuid() });
const kind = z.enum(['grant', 'refuse', 'change', 'revoke']).describe('准予、不予、变更、撤销 / granted, refused, changed, revoked');
const unit = z.enum(['fen', 'post', 'room-night']).describe('元（以分计）、岗位、间夜 / money in fen, posts, room-nights').nullable();
const words = z.object({ zh: z.string(), en: z.string() });
const status = z.enum(['yes', 'no', 'unknown', 'review']).describe('规则的答复 / what the rules answered');

const instalment = z.object({
  no: z.number().int(),
  due: z.iso.date(),
  fen: z.number().int(),
  shares: z.array(z.object({ fund: z.string(), jurisdictionCode: z.string(), fen: z.number().int() })),
});

const row = z.object({
  decisionId: z.uuid(),
  caseId: z.uuid(),
  caseNumber: z.string(),
  number: z.string().describe('文书号 / number of the document'),
  kind,
  partyId: z.uuid(),
  name: z.string(),
  departmentId: z.uuid(),
  departmentName: z.string(),
  policyId: z.string(),
  benefitId: z.string(),
  benefit: words,
  amountFen: z.number().int().nullable(),
  quantity: z.number().int().nullable(),
  unit,
  decidedAt: z.iso.datetime(),
});

const condition = z.object({ outcome: z.enum(['yes', 'no', 'unknown']), text: z.string(), clause: z.string() });

const whole = row.extend({
  followsDecisionId: z.uuid().nullable(),
  /** A later decision that changed or revoked it. */
  followedBy: z.object({ decisionId: z.uuid(), number: z.string(), kind, decidedAt: z.iso.datetime() }).nullable(),
  employerId: z.uuid().nullable(),
  jurisdictionCode: z.string(),
  policy: words,
  clause: z.string(),
  packHash: z.string(),
  on: z.iso.date().describe('按哪一天的情况判断 / the day on which the facts were judged'),
  parameters: z.record(z.string(), z.number().nullable()),
  readings: z.record(z.string(), z.string()),
  status,
  instalments: z.array(instalment),
  conditions: z.array(condition),
  reasons: z.string(),
  appealTo: z.string(),
  verificationCode: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.unknown(), origin: z.unknown().optional() })),
  withheld: z.array(z.string()).describe('没有给出的敏感事实的类别 / groups of sensitive facts that are not given'),
});

export const getDecision = defineEndpoint({
  id: 'decisions.get',
  method: 'GET',
  path: '/decisions/:decisionId',
  tag: 'decisions',
  summary: { zh: '一份决定：结果、理由、依据的事实和条件', en: 'a decision: outcome, reasons, the facts and conditions that it rests on' },
  permission: 'decision.read',
  params: decisionId,
  response: whole,
  errors: ['decision-damaged'],
  audit: 'seen',
});

export const getLetter = defineEndpoint({
  id: 'decisions.letter',
  method: 'GET',
  path: '/decisions/:decisionId/letter',
  tag: 'decisions',
  summary: { zh: '决定书，PDF', en: 'the letter as a PDF' },
  permission: 'decision.read',
  params: decisionId,
  query: z.object({ language: z.enum(['zh', 'en']).optional().describe('默认按 Accept-Language；英文是译文 / by Accept-Language unless given; English is a translation') }),
  bytes: 'response',
  contentTypes: ['application/pdf'],
  errors: ['decision-damaged'],
  audit: 'exported',
});

export const listDecisions = defineEndpoint({
  id: 'decisions.list',
  method: 'GET',
  path: '/parties/:partyId/decisions',
  tag: 'decisions',
  summary: { zh: '一个人或单位的决定，新的在前；经办人看得到经本单位申请的', en: 'the decisions about a party, newest first; agents see those applied for through their organisation' },
  permission: 'decision.read',
  params: z.object({ partyId: z.uuid() }),
  query: z.object(pageFields),
  response: pageOf(row),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

export const verifyDecision = defineEndpoint({
  id: 'decisions.verify',
  method: 'GET',
  path: '/decisions/verify',
  tag: 'decisions',
  summary: { zh: '凭校验码核对决定书；姓名隐去中间', en: 'check a letter by its code; names are masked' },
  permission: 'decision.verify',
  query: z.object({ code: z.string().min(1).max(64).describe('决定书上的校验码，大小写和分隔都可以 / the code on the letter, in any case, with or without separators') }),
  response: z.object({
    number: z.string(),
    kind,
    on: z.iso.date(),
    departmentName: z.string(),
    name: z.string(),
    benefit: words,
    policy: words,
    amountFen: z.number().int().nullable(),
    quantity: z.number().int().nullable(),
    unit,
    followedBy: z.object({ number: z.string(), kind, on: z.iso.date() }).nullable().describe('后来的变更或者撤销 / a later change or revocation'),
  }),
  errors: ['decision-damaged', 'decision-unknown-code'],
  rate: 'sensitive',
});

const answered = z.object({ status, amount: z.unknown() });

export const replayDecision = defineEndpoint({
  id: 'decisions.replay',
  method: 'GET',
  path: '/decisions/:decisionId/replay',
  tag: 'decisions',
  summary: { zh: '重算：按当时的事实和规则应当同样；按现在的，说明变了什么', en: 'work it out again: by what it rested on it must be the same; by what holds now, what changed' },
  permission: 'decision.replay',
  params: decisionId,
  response: z.object({
    decisionId: z.uuid(),
    number: z.string(),
    before: answered,
    again: answered.nullable(),
    isSame: z.boolean(),
    now: answered.nullable(),
    changes: z.array(z.object({ what: z.enum(['pack', 'parameter', 'reading', 'fact']), name: z.string(), before: z.unknown(), now: z.unknown() })),
    withheld: z.array(z.string()),
  }),
  errors: ['decision-damaged'],
  audit: 'seen',
});
