// The HTTP of messages: inbox, channels, outbox.
import { Refusal } from '../../contract/errors.ts';
import {
  countUnreadMessages,
  exportOutbox,
  getMessagePreferences,
  getOutboxFigures,
  listMessages,
  listOutbox as listOutboxEndpoint,
  markMessageRead,
  markMessagesRead,
  putMessagePreferences,
  retryOutbox,
} from '../../contract/messages-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import { writeTable } from '../../spreadsheet/index.ts';
import { type Route, route } from '../permissions/index.ts';
import { countOutbox, countUnread, findPreferences, listInbox, listOutbox, markRead, markReadUpTo, type OutboxRow, revive, writePreferences } from './messages-store.ts';

const MOST_COUNTED = 999;
const BATCH = 1000;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The routes of messages. */
export function messagesRoutes(): readonly Route[] {
  return [
    route(listMessages, async ({ tx, scope, query, language }) => {
      const found = await listInbox(tx, scope, { unreadOnly: query.unread, before: readIdCursor(query.cursor), limit: query.limit + 1 });
      const page = pageById(found, query.limit);
      return {
        ...page,
        items: page.items.map(({ title, body, createdAt, readAt, ...rest }) => ({
          ...rest,
          title: title[language],
          body: body[language],
          createdAt: createdAt.toISOString(),
          readAt: readAt?.toISOString() ?? null,
        })),
      };
    }),
    route(countUnreadMessages, async ({ tx, scope }) => ({ unread: await countUnread(tx, scope, MOST_COUNTED) })),
    route(markMessageRead, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'message', id: params.messageId } });
      await markRead(tx, scope, params.messageId, now);
      return undefined;
    }),
    route(markMessagesRead, async ({ tx, scope, body, now }) => ({ marked: await markReadUpTo(tx, scope, body.upTo, now) })),
    route(getMessagePreferences, async ({ tx, scope }) => (await findPreferences(tx, scope, scope.actor.accountId ?? '')) ?? { sms: true, inApp: true }),
    route(putMessagePreferences, async ({ tx, scope, body, now, audit }) => {
      audit({ detail: { sms: body.sms, inApp: body.inApp } });
      await writePreferences(tx, scope, body, now);
      return body;
    }),
    route(listOutboxEndpoint, async ({ tx, scope, query }) => {
      const found = await listOutbox(tx, scope, { status: query.status, before: readIdCursor(query.cursor), limit: query.limit + 1 });
      const page = pageById(found, query.limit);
      return {
        ...page,
        items: page.items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), dueAt: row.dueAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null })),
      };
    }),
    route(exportOutbox, async ({ tx, scope, query: { status, format }, language, audit }) => {
      const isChinese = language === 'zh';
      async function* rows(): AsyncGenerator<readonly OutboxRow[], void, undefined> {
        for (let before: string | undefined; ; ) {
          const found: readonly OutboxRow[] = await listOutbox(tx, scope, { status, before, limit: BATCH });
          yield found;
          before = found.at(-1)?.id;
          if (found.length < BATCH) return;
        }
      }
      const file = await writeTable({
        format,
        fileName: isChinese ? '发件箱' : 'outbox',
        sheetName: isChinese ? '发件箱' : 'Outbox',
        columns: [
          { heading: isChinese ? '编号' : 'Id', type: 'text', value: (row: OutboxRow) => row.id },
          { heading: isChinese ? '消息' : 'Message', type: 'text', value: (row: OutboxRow) => row.template },
          { heading: isChinese ? '试过几次' : 'Attempts', type: 'number', value: (row: OutboxRow) => row.attempts },
          { heading: isChinese ? '最近的故障' : 'Last fault', type: 'text', value: (row: OutboxRow) => row.lastFault },
          { heading: isChinese ? '写下' : 'Created', type: 'text', value: (row: OutboxRow) => row.createdAt.toISOString() },
          { heading: isChinese ? '结束' : 'Ended', type: 'text', value: (row: OutboxRow) => row.endedAt?.toISOString() ?? null },
        ],
        rows: rows(),
      });
      audit({ detail: { rows: file.rows, status } });
      return file;
    }),
    route(getOutboxFigures, async ({ tx, scope }) => {
      const { counts, oldestWaiting } = await countOutbox(tx, scope);
      return { ...counts, oldestWaitingAt: oldestWaiting?.toISOString() ?? null };
    }),
    route(retryOutbox, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'outbox-message', id: params.messageId } });
      await revive(tx, scope, params.messageId, now);
      return undefined;
    }),
  ];
}

/** The id that a cursor holds. @throws Refusal cursor-invalid */
function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = readCursor(cursor, 1)?.[0];
  if (typeof id !== 'string' || !ID.test(id)) throw new Refusal('cursor-invalid');
  return id;
}

/** A page of what was found with one more than its limit. */
function pageById<Item extends { readonly id: string }>(found: readonly Item[], limit: number): { items: readonly Item[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? writeCursor([last.id]) : null };
}
