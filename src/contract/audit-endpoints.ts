// Reading the audit trail: who did, saw and exported what, for the audit administrator alone.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const name = z.string().min(1).max(200);

/** By what the trail is looked through. */
const filterFields = {
  action: z.string().min(1).max(4000).optional().describe('做了什么，例如 people.get；几样用逗号分开 / what was done, such as people.get; several separated by commas'),
  objectKind: name.optional().describe('对什么，例如 person / to what kind of thing, such as person'),
  objectId: name.optional(),
  accountId: z.uuid().optional(),
  outcome: z.enum(['done', 'refused']).optional().describe('refused：没有权限，没有做 / refused by the permission table'),
  from: z.iso.datetime({ offset: true }).optional().describe('从这一刻起 / from this instant on'),
  before: z.iso.datetime({ offset: true }).optional().describe('到这一刻为止，不含 / up to, and without, this instant'),
};

/** One entry. Ids only: names are asked from where they are kept, by whoever may. */
const auditEntry = z.object({
  entryId: z.uuid(),
  at: z.iso.datetime(),
  accountId: z.uuid().nullable(),
  sessionId: z.uuid().nullable(),
  capacity: z.record(z.string(), z.unknown()).describe('以什么身份 / in which capacity'),
  action: z.string(),
  outcome: z.enum(['done', 'refused']),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  requestId: z.string().nullable(),
  seq: z.number().int().nullable().describe('链上的号；还在等的没有 / number in the chain; null while it waits'),
});

export const listAuditEntries = defineEndpoint({
  id: 'audit-entries.list',
  method: 'GET',
  path: '/audit/entries',
  tag: 'audit',
  summary: { zh: '查看审计记录，新的在前', en: 'Read the audit trail, the newest first' },
  permission: 'audit.read',
  query: z.object({ ...pageFields, ...filterFields }),
  response: pageOf(auditEntry),
  errors: ['cursor-invalid'],
  audit: 'seen',
});

export const exportAuditEntries = defineEndpoint({
  id: 'audit-entries.export',
  method: 'GET',
  path: '/audit/entries/export',
  tag: 'audit',
  summary: { zh: '导出审计记录', en: 'Export the audit trail' },
  permission: 'audit.read',
  query: z.object({ ...filterFields, format: z.enum(['xlsx', 'csv']).default('csv') }),
  errors: ['export-too-large'],
  audit: 'exported',
  // A long list is work for the whole server, and a copy of the register.
  rate: 'sensitive',
  bytes: 'response',
  contentTypes: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
});

/** 能做的事，和它们的名称 */
export const listAuditActions = defineEndpoint({
  id: 'audit-actions.list',
  method: 'GET',
  path: '/audit/actions',
  tag: 'audit',
  summary: { zh: '审计记录里的动作叫什么', en: 'What the actions of the trail are called' },
  permission: 'audit.read',
  response: z.object({ items: z.array(z.object({ action: z.string(), words: z.object({ zh: z.string(), en: z.string() }) })) }),
});

/** 加链的情况 */
export const readAuditSeal = defineEndpoint({
  id: 'audit-seal.read',
  method: 'GET',
  path: '/audit/seal',
  tag: 'audit',
  summary: { zh: '审计链到哪里、有没有断号、还有多少在等', en: 'How far the trail is sealed, whether numbers are missing, and how much waits' },
  permission: 'audit.read',
  response: z.object({
    lastSeq: z.number().int().nullable().describe('链上最后的号 / the last number of the chain'),
    sealedAt: z.iso.datetime().nullable(),
    waiting: z.object({ count: z.number().int(), isAtLeast: z.boolean(), oldestAt: z.iso.datetime().nullable() }),
    gaps: z.array(z.object({ from: z.number().int(), to: z.number().int() })).describe('缺的号 / numbers that are missing'),
    lookedFrom: z.number().int().nullable().describe('从哪个号起看过断号；整条链用 wutong audit verify 核对 / from which number gaps were looked for; wutong audit verify goes over the whole chain'),
    roots: z.array(z.object({ onDay: z.iso.date(), firstSeq: z.number().int(), lastSeq: z.number().int(), root: z.string() })).describe('最近几天的根，可以抄出来另存 / roots of the last days, to be kept elsewhere'),
  }),
});
