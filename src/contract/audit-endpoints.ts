// Reading the audit trail: who did, saw and exported what, for the audit administrator alone.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const name = z.string().min(1).max(200);

/** By what the trail is looked through. */
const filterFields = {
  action: name.optional().describe('做了什么，例如 people.get / what was done, such as people.get'),
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
