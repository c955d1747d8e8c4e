// The endpoints of messages: an account's inbox and its channels, and the outbox as the system administrator sees it.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const instant = z.iso.datetime();
const messageId = z.object({ messageId: z.uuid() });

const inboxMessage = z.object({
  id: z.uuid(),
  /** Which message it is, such as evidence.ending. */
  template: z.string(),
  title: z.string(),
  body: z.string(),
  /** What it is about: the reader opens that. */
  about: z.object({ kind: z.string(), id: z.string() }).nullable(),
  createdAt: instant,
  readAt: instant.nullable(),
});

const preferences = z.object({
  sms: z.boolean().describe('短信通知 / notices by SMS'),
  inApp: z.boolean().describe('站内通知 / notices in the inbox'),
});

const outboxStatus = z.enum(['waiting', 'sent', 'dead', 'expired']);

const outboxRow = z.object({
  id: z.uuid(),
  template: z.string(),
  status: outboxStatus,
  attempts: z.number().int(),
  /** A code, such as timeout or http-503. */
  lastFault: z.string().nullable(),
  createdAt: instant,
  dueAt: instant,
  endedAt: instant.nullable(),
});

/** 收件箱 */
export const listMessages = defineEndpoint({
  id: 'messages.list',
  method: 'GET',
  path: '/messages',
  tag: 'messages',
  summary: { zh: '我的消息，新的在前', en: 'My messages, newest first' },
  permission: 'message.read',
  query: z.object({ ...pageFields, unread: z.stringbool().default(false).describe('只看没读的 / unread only') }),
  response: pageOf(inboxMessage),
  errors: ['cursor-invalid'],
});

/** 未读条数 */
export const countUnreadMessages = defineEndpoint({
  id: 'messages.count-unread',
  method: 'GET',
  path: '/messages/unread',
  tag: 'messages',
  summary: { zh: '有多少条没读，数到 999', en: 'How many are unread, counted up to 999' },
  permission: 'message.read',
  response: z.object({ unread: z.number().int().max(999) }),
});

/** 标为已读 */
export const markMessageRead = defineEndpoint({
  id: 'messages.mark-read',
  method: 'POST',
  path: '/messages/:messageId/read',
  tag: 'messages',
  summary: { zh: '把一条标为已读', en: 'Mark one as read' },
  permission: 'message.read',
  params: messageId,
  status: 204,
});

/** 全部标为已读 */
export const markMessagesRead = defineEndpoint({
  id: 'messages.mark-all-read',
  method: 'POST',
  path: '/messages/read',
  tag: 'messages',
  summary: { zh: '把这一条和更早的都标为已读', en: 'Mark this one and all before it as read' },
  permission: 'message.read',
  body: z.object({ upTo: z.uuid() }),
  response: z.object({ marked: z.number().int() }),
});

/** 通知方式 */
export const getMessagePreferences = defineEndpoint({
  id: 'messages.get-preferences',
  method: 'GET',
  path: '/messages/preferences',
  tag: 'messages',
  summary: { zh: '通知怎么发给我', en: 'How notices reach me' },
  permission: 'message.read',
  response: preferences,
});

/** 改通知方式 */
export const putMessagePreferences = defineEndpoint({
  id: 'messages.put-preferences',
  method: 'PUT',
  path: '/messages/preferences',
  tag: 'messages',
  summary: { zh: '选通知怎么发给我；验证码和法律要求告知的事照发', en: 'Choose how notices reach me; codes and what the law wants told come anyway' },
  permission: 'message.read',
  body: preferences,
  response: preferences,
});

/** 发件箱 */
export const listOutbox = defineEndpoint({
  id: 'outbox.list',
  method: 'GET',
  path: '/outbox',
  tag: 'messages',
  summary: { zh: '发件箱里某一状态的短信，不含号码和内容', en: 'Text messages in one status, without phones and texts' },
  permission: 'outbox.read',
  query: z.object({ ...pageFields, status: outboxStatus.default('dead') }),
  response: pageOf(outboxRow),
  errors: ['cursor-invalid'],
});

/** 导出发件箱 */
export const exportOutbox = defineEndpoint({
  id: 'outbox.export',
  method: 'GET',
  path: '/outbox/export',
  tag: 'messages',
  summary: { zh: '导出某一状态的短信，不含号码和内容', en: 'Export the text messages in one status, without phones and texts' },
  permission: 'outbox.read',
  query: z.object({ status: outboxStatus.default('dead'), format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'],
  errors: ['export-too-large'],
});

/** 发件箱的数 */
export const getOutboxFigures = defineEndpoint({
  id: 'outbox.get-figures',
  method: 'GET',
  path: '/outbox/figures',
  tag: 'messages',
  summary: { zh: '各状态有多少条，最早的一条从什么时候等起', en: 'How many in each status, and since when the oldest waits' },
  permission: 'outbox.read',
  response: z.object({ waiting: z.number().int(), sent: z.number().int(), dead: z.number().int(), expired: z.number().int(), oldestWaitingAt: instant.nullable() }),
});

/** 重发 */
export const retryOutbox = defineEndpoint({
  id: 'outbox.retry',
  method: 'POST',
  path: '/outbox/:messageId/retry',
  tag: 'messages',
  summary: { zh: '把停发的一条重新排队', en: 'Queue a dead message again' },
  permission: 'outbox.retry',
  params: messageId,
  status: 204,
  errors: ['message-not-dead'],
});
