// The only SQL of messages: inbox, outbox and preferences.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { MessagesRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';

/** Both texts of a message. */
interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A message for the inbox. */
interface NewInboxMessage {
  readonly messageId: string;
  readonly accountId: string;
  readonly template: string;
  readonly title: Words;
  readonly body: Words;
  readonly about: { readonly kind: string; readonly id: string } | undefined;
  readonly at: Date;
}

/** An SMS for the outbox. */
interface NewOutboxMessage {
  readonly outboxId: string;
  readonly accountId: string | undefined;
  readonly template: string;
  readonly phoneSealed: Uint8Array;
  readonly textSealed: Uint8Array;
  readonly isUrgent: boolean;
  readonly dueAt: Date;
  readonly expiresAt: Date | undefined;
  readonly at: Date;
}

/** Which channels an account wants. */
export interface Preferences {
  readonly sms: boolean;
  readonly inApp: boolean;
}

/** A message as it stands in an inbox. */
export interface InboxMessage {
  readonly id: string;
  readonly template: string;
  readonly title: Words;
  readonly body: Words;
  readonly about: { readonly kind: string; readonly id: string } | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** An SMS that was claimed for an attempt. */
export interface ClaimedSms {
  readonly outboxId: string;
  readonly phoneSealed: Uint8Array;
  readonly textSealed: Uint8Array;
  /** This attempt included. */
  readonly attempts: number;
}

/** An SMS as the administrator sees it: neither phone nor text. */
export interface OutboxRow {
  readonly id: string;
  readonly template: string;
  readonly status: OutboxStatus;
  readonly attempts: number;
  readonly lastFault: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly endedAt: Date | null;
}

export type OutboxStatus = 'waiting' | 'sent' | 'dead' | 'expired';

/** Adds a message to an inbox. */
export async function insertInboxMessage(tx: Tx, scope: Scope<'message.send'>, message: NewInboxMessage): Promise<void> {
  await tx
    .insertInto('messages')
    .values({
      tenant_id: scope.tenantId,
      message_id: message.messageId,
      account_id: message.accountId,
      template: message.template,
      title_zh: message.title.zh,
      title_en: message.title.en,
      body_zh: message.body.zh,
      body_en: message.body.en,
      about_kind: message.about?.kind ?? null,
      about_id: message.about?.id ?? null,
      created_at: message.at,
    })
    .execute();
}

/** Adds an SMS to the outbox. */
export async function insertOutboxMessage(tx: Tx, scope: Scope<'message.send'>, message: NewOutboxMessage): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      tenant_id: scope.tenantId,
      outbox_id: message.outboxId,
      account_id: message.accountId ?? null,
      template: message.template,
      phone_sealed: Buffer.from(message.phoneSealed),
      text_sealed: Buffer.from(message.textSealed),
      is_urgent: message.isUrgent,
      status: 'waiting',
      due_at: message.dueAt,
      expires_at: message.expiresAt ?? null,
      created_at: message.at,
    })
    .execute();
}

/** What an account has switched off; undefined where it never chose. */
export async function findPreferences(tx: Tx, scope: Scope<'message.send' | 'message.read'>, accountId: string): Promise<Preferences | undefined> {
  const row = await tx.selectFrom('message_preferences').select(['sms', 'in_app']).where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).executeTakeFirst();
  return row === undefined ? undefined : { sms: row.sms, inApp: row.in_app };
}

/** Writes which channels the caller wants. */
export async function writePreferences(tx: Tx, scope: Scope<'message.read'>, { sms, inApp }: Preferences, at: Date): Promise<void> {
  const values = { sms, in_app: inApp, changed_at: at };
  await tx
    .insertInto('message_preferences')
    .values({ tenant_id: scope.tenantId, account_id: accountOf(scope), ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'account_id']).doUpdateSet(values))
    .execute();
}

/** Names of departments by id. */
export async function findDepartmentNames(tx: Tx, scope: Scope<'message.send'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('departments').select(['department_id', 'name']).where('tenant_id', '=', scope.tenantId).where('department_id', 'in', [...ids]).execute();
  return new Map(rows.map((row) => [row.department_id, row.name]));
}

/** The city's name. */
export async function findTenantName(tx: Tx, scope: Scope<'message.send'>): Promise<string> {
  const row = await tx.selectFrom('tenants').select('name').where('tenant_id', '=', scope.tenantId).executeTakeFirst();
  return row?.name ?? '';
}

/** A page of the caller's inbox, newest first. `before` is the id after which the page begins. */
export async function listInbox(tx: Tx, scope: Scope<'message.read'>, { unreadOnly, before, limit }: { unreadOnly: boolean; before: string | undefined; limit: number }): Promise<readonly InboxMessage[]> {
  let query = tx.selectFrom('messages').selectAll().where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountOf(scope));
  if (unreadOnly) query = query.where('read_at', 'is', null);
  if (before !== undefined) query = query.where('message_id', '<', before);
  const rows = await query.orderBy('message_id', 'desc').limit(limit).execute();
  return rows.map(messageOf);
}

/** Everything in the inboxes of accounts, for the person's own copy. */
export async function readOfAccounts(tx: Tx, scope: Scope<'held-data.read'>, accountIds: readonly string[]): Promise<readonly InboxMessage[]> {
  if (accountIds.length === 0) return [];
  const rows = await tx.selectFrom('messages').selectAll().where('tenant_id', '=', scope.tenantId).where('account_id', 'in', [...accountIds]).orderBy('message_id', 'desc').execute();
  return rows.map(messageOf);
}

/** Deletes inbox, outbox and preferences of accounts. @returns how many messages there were */
export async function deleteOfAccounts(tx: Tx, scope: Scope<'subject-request.answer'>, accountIds: readonly string[]): Promise<number> {
  if (accountIds.length === 0) return 0;
  let deleted = 0;
  for (const table of ['messages', 'outbox', 'message_preferences'] as const) {
    const { numDeletedRows } = await tx.deleteFrom(table).where('tenant_id', '=', scope.tenantId).where('account_id', 'in', [...accountIds]).executeTakeFirst();
    if (table !== 'message_preferences') deleted += Number(numDeletedRows);
  }
  return deleted;
}

/** How many messages of the caller are unread, counted up to `ceiling`. */
export async function countUnread(tx: Tx, scope: Scope<'message.read'>, ceiling: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from messages where tenant_id = ${scope.tenantId} and account_id = ${accountOf(scope)} and read_at is null limit ${ceiling}
    ) unread`.execute(tx);
  return rows[0]?.count ?? 0;
}

/**
 * Marks one of the caller's messages as read; one that was read already keeps its first time.
 * @throws Refusal not-found where the caller has no such message
 */
export async function markRead(tx: Tx, scope: Scope<'message.read'>, messageId: string, at: Date): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('messages')
    .set((set) => ({ read_at: set.fn.coalesce('read_at', set.val(at)) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('message_id', '=', messageId)
    .where('account_id', '=', accountOf(scope))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal('not-found');
}

/** Marks the caller's messages up to `upTo`, which the caller has on the screen, as read. */
export async function markReadUpTo(tx: Tx, scope: Scope<'message.read'>, upTo: string, at: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('messages')
    .set({ read_at: at })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountOf(scope))
    .where('read_at', 'is', null)
    .where('message_id', '<=', upTo)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * Takes up to `limit` messages that are due, each for `leaseMs`: within that time nobody else takes it, and after it, should this process be gone, somebody does.
 * @param isQuiet whether only urgent ones go now
 */
export async function claimDue(tx: Tx, scope: Scope<'message.send'>, { now, isQuiet, limit, leaseMs }: { now: Date; isQuiet: boolean; limit: number; leaseMs: number }): Promise<readonly ClaimedSms[]> {
  const { rows } = await sql<{ outbox_id: string; phone_sealed: Buffer; text_sealed: Buffer; attempts: number }>`
    update outbox set attempts = attempts + 1, due_at = ${new Date(now.getTime() + leaseMs)}
    where tenant_id = ${scope.tenantId} and outbox_id in (
      select outbox_id from outbox
      where tenant_id = ${scope.tenantId} and status = 'waiting' and is_urgent in (true, ${isQuiet}) and due_at <= ${now}
      order by due_at limit ${limit} for update skip locked
    )
    returning outbox_id, phone_sealed, text_sealed, attempts`.execute(tx);
  return rows.map((row) => ({ outboxId: row.outbox_id, phoneSealed: row.phone_sealed, textSealed: row.text_sealed, attempts: row.attempts }));
}

/** Ends what is of no use any more, and what was tried too often without an answer (its process died each time). */
export async function endOverdue(tx: Tx, scope: Scope<'message.send'>, now: Date, mostAttempts: number): Promise<void> {
  await sql`
    update outbox set status = 'expired', ended_at = ${now}, phone_sealed = null, text_sealed = null
    where tenant_id = ${scope.tenantId} and status = 'waiting' and due_at <= ${now} and expires_at <= ${now}`.execute(tx);
  await sql`
    update outbox set status = 'dead', ended_at = ${now}, last_fault = coalesce(last_fault, 'interrupted')
    where tenant_id = ${scope.tenantId} and status = 'waiting' and due_at <= ${now} and attempts >= ${mostAttempts}`.execute(tx);
}

/** Ends a message that has gone; its phone and text are not needed any more. */
export async function markSent(tx: Tx, scope: Scope<'message.send'>, outboxId: string, at: Date): Promise<void> {
  await sql`
    update outbox set status = 'sent', ended_at = ${at}, phone_sealed = null, text_sealed = null, last_fault = null
    where tenant_id = ${scope.tenantId} and outbox_id = ${outboxId} and status = 'waiting'`.execute(tx);
}

/** Notes an attempt that failed; without `dueAt` the message is dead. */
export async function markFailed(tx: Tx, scope: Scope<'message.send'>, outboxId: string, { fault, dueAt, at }: { fault: string; dueAt: Date | undefined; at: Date }): Promise<void> {
  const ended = dueAt === undefined;
  await sql`
    update outbox set last_fault = ${fault}, status = ${ended ? 'dead' : 'waiting'}, ended_at = ${ended ? at : null}::timestamptz,
      due_at = coalesce(${dueAt ?? null}::timestamptz, due_at)
    where tenant_id = ${scope.tenantId} and outbox_id = ${outboxId} and status = 'waiting'`.execute(tx);
}

/** Deletes what ended before `before`. */
export async function deleteEnded(tx: Tx, scope: Scope<'message.send'>, before: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('outbox')
    .where('tenant_id', '=', scope.tenantId)
    .where('status', 'in', ['sent', 'expired', 'dead'])
    .where('ended_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** A page of the outbox in one status, newest first. */
export async function listOutbox(tx: Tx, scope: Scope<'outbox.read'>, { status, before, limit }: { status: OutboxStatus; before: string | undefined; limit: number }): Promise<readonly OutboxRow[]> {
  let query = tx
    .selectFrom('outbox')
    .select(['outbox_id', 'template', 'status', 'attempts', 'last_fault', 'created_at', 'due_at', 'ended_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('status', '=', status);
  if (before !== undefined) query = query.where('outbox_id', '<', before);
  const rows = await query.orderBy('outbox_id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    id: row.outbox_id,
    template: row.template,
    status: row.status as OutboxStatus,
    attempts: row.attempts,
    lastFault: row.last_fault,
    createdAt: row.created_at,
    dueAt: row.due_at,
    endedAt: row.ended_at,
  }));
}

/** How many messages stand in each status, and since when the oldest that is due waits. */
export async function countOutbox(tx: Tx, scope: Scope<'outbox.read'>): Promise<{ readonly counts: Readonly<Record<OutboxStatus, number>>; readonly oldestWaiting: Date | null }> {
  const { rows } = await sql<{ status: OutboxStatus; count: number; oldest: Date | null }>`
    select status, count(*)::int as count, min(created_at) filter (where status = 'waiting') as oldest
    from outbox where tenant_id = ${scope.tenantId} group by status`.execute(tx);
  const counts = { waiting: 0, sent: 0, dead: 0, expired: 0 };
  for (const row of rows) counts[row.status] = row.count;
  return { counts, oldestWaiting: rows.find((row) => row.status === 'waiting')?.oldest ?? null };
}

/**
 * Puts a dead message in the queue again, as if never tried.
 * @throws Refusal not-found, or message-not-dead where it is not dead
 */
export async function revive(tx: Tx, scope: Scope<'outbox.retry'>, outboxId: string, dueAt: Date): Promise<void> {
  const row = await tx.selectFrom('outbox').select('status').where('tenant_id', '=', scope.tenantId).where('outbox_id', '=', outboxId).forUpdate().executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  if (row.status !== 'dead') throw new Refusal('message-not-dead');
  await sql`
    update outbox set status = 'waiting', attempts = 0, due_at = ${dueAt}, ended_at = null
    where tenant_id = ${scope.tenantId} and outbox_id = ${outboxId}`.execute(tx);
}

/** The account whose inbox the scope opens. */
function accountOf(scope: Scope<'message.read'>): string {
  if (scope.actor.accountId === null) throw new Refusal('sign-in-required');
  return scope.actor.accountId;
}

function messageOf(row: Selectable<MessagesRow>): InboxMessage {
  return {
    id: row.message_id,
    template: row.template,
    title: { zh: row.title_zh, en: row.title_en },
    body: { zh: row.body_zh, en: row.body_en },
    about: row.about_kind === null || row.about_id === null ? null : { kind: row.about_kind, id: row.about_id },
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}
