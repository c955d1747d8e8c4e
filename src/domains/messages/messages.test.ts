// Sending and handing over on a real database: in the caller's transaction, by preference, at the right hour, again after a failure, and after kill -9.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { type KeyedProtector, openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { type Capacity, jobScope, type Scope, scopeFor } from '../permissions/index.ts';
import { makeMessagesParticipant } from './delete-with-party.ts';
import { deliverDue, makeDeliveryRound } from './deliver-due.ts';
import { countOutbox, countUnread, listInbox, listOutbox, markRead, markReadUpTo, revive, writePreferences } from './messages-store.ts';
import { makeSendMessage, type SendMessage } from './send-message.ts';
import type { Sms, SmsOutcome, SmsPort } from './sms-port.ts';

let database: TestDatabase;
let protector: KeyedProtector;
let keyFolder: string;
let tenantId: number;
let otherTenantId: number;
const departmentId = newId();
const zhang = newId();
const li = newId();
const contacts = new Map([
  [zhang, { phone: '13800000001', language: 'zh' as const }],
  [li, { language: 'en' as const }],
]);
const noon = new Date('2026-06-30T12:00:00+08:00');
let now = noon;
let send: SendMessage;

beforeAll(async () => {
  database = await makeTestDatabase();
  tenantId = await makeTenant(database);
  otherTenantId = await makeTenant(database, { code: 'other', name: '别的市', placeCode: '220300' });
  keyFolder = mkdtempSync(join(tmpdir(), 'wutong-keys-'));
  protector = await openKeys({ path: join(keyFolder, 'wutong.keys'), hasSealedData: async () => false });
  await asOwner(database, (client) =>
    client.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, 'rsj', '市人社局', '220200')`, [tenantId, departmentId]),
  );
  send = makeSendMessage({ protector, findContact: async (_tx, _scope, accountId) => contacts.get(accountId), now: () => now });
});
afterAll(async () => {
  await database.drop();
  rmSync(keyFolder, { recursive: true, force: true });
});
beforeEach(async () => {
  now = noon;
  await asOwner(database, (client) => client.query('truncate messages, outbox, message_preferences'));
});

const person = (accountId: string, tenant = tenantId): Scope<'message.read'> =>
  scopeFor({ tenantId: tenant, actor: { accountId, sessionId: null, capacity: { kind: 'account' } } }, 'message.read');
const administrator: Capacity = { kind: 'administrator', role: 'system-admin' };
const adminScope = <P extends 'outbox.read' | 'outbox.retry'>(permission: P): Scope<P> =>
  scopeFor({ tenantId, actor: { accountId: newId(), sessionId: null, capacity: administrator } }, permission);
const inside = <T>(work: (tx: Tx) => Promise<T>, tenant = tenantId): Promise<T> => inTenant(database.db, tenant, work);
const caller = (): Scope => jobScope(tenantId, 'test', 'message.send');
const inboxOf = (accountId: string) => inside((tx) => listInbox(tx, person(accountId), { unreadOnly: false, before: undefined, limit: 50 }));

/** A gateway in this process that keeps what it is handed and answers as it is told. */
function makeGateway(answer: (sms: Sms, seen: number) => SmsOutcome | Promise<SmsOutcome> = () => ({ kind: 'accepted' })): SmsPort & { readonly taken: Sms[] } {
  const taken: Sms[] = [];
  return {
    taken,
    send: async (sms) => {
      taken.push(sms);
      return answer(sms, taken.length);
    },
  };
}
const pass = (sms: SmsPort, tenant = tenantId) => deliverDue({ db: database.db, protector, sms, now: () => now, random: () => 0 }, tenant);
const sendCode = (): Promise<unknown> => inside((tx) => send(tx, caller(), { to: { phone: '13900000002', language: 'zh' }, template: 'code.sign-in', values: { code: '012345', minutes: 5 } }));
const sendNotice = (accountId = zhang): Promise<readonly string[]> =>
  inside((tx) => send(tx, caller(), { to: { accountId }, template: 'evidence.ending', values: { date: '2026-07-31' }, about: { kind: 'evidence', id: 'e-1' } }));

test('a message goes if, and only if, its transaction is committed', async () => {
  await expect(
    inside(async (tx) => {
      await send(tx, caller(), { to: { accountId: zhang }, template: 'evidence.ending', values: { date: '2026-07-31' } });
      throw new Error('something else went wrong');
    }),
  ).rejects.toThrow('something else');
  const gateway = makeGateway();
  expect(await pass(gateway)).toEqual({ claimed: 0, sent: 0, failed: 0 });
  expect(await inboxOf(zhang)).toEqual([]);

  expect(await sendNotice()).toEqual(['in-app', 'sms']);
  expect(await pass(gateway)).toEqual({ claimed: 1, sent: 1, failed: 0 });
  expect(gateway.taken).toMatchObject([{ phone: '13800000001', text: '【样例市人才服务】您交过的一份材料 2026年7月31日到期。到期前换成新的，办事就不用再交。' }]);
  expect(await inboxOf(zhang)).toMatchObject([{ template: 'evidence.ending', about: { kind: 'evidence', id: 'e-1' }, title: { zh: '一份材料快到期', en: 'A paper is about to expire' }, readAt: null }]);
});

test('phone and text stand sealed in the outbox, and are gone once the message has', async () => {
  await sendCode();
  const look = () => asOwner(database, async (client) => (await client.query<Record<string, unknown>>('select * from outbox')).rows);
  const [before] = await look();
  const bytes = Buffer.concat([before?.['phone_sealed'] as Buffer, before?.['text_sealed'] as Buffer]);
  expect(bytes.includes('13900000002')).toBe(false);
  expect(bytes.includes('012345')).toBe(false);
  expect(JSON.stringify({ ...before, phone_sealed: '', text_sealed: '' })).not.toMatch(/13900000002|012345/);
  await pass(makeGateway());
  expect(await look()).toMatchObject([{ status: 'sent', phone_sealed: null, text_sealed: null }]);
});

test('an account without a phone gets what can be read in the inbox; one that is not there gets nothing', async () => {
  expect(await sendNotice(li)).toEqual(['in-app']);
  expect(await sendNotice(newId())).toEqual([]);
});

test('a department is named by its table; an id that names none, and a value of another kind, are faults', async () => {
  const ask = (department: string) => inside((tx) => send(tx, caller(), { to: { accountId: zhang }, template: 'record.asked', values: { department } }));
  await ask(departmentId);
  expect((await inboxOf(zhang))[0]?.body.zh).toContain('市人社局想听您说');
  await expect(ask(newId())).rejects.toThrow('the value of {department} is not a department');
  await expect(sendNoticeOn('张三一')).rejects.toThrow('the value of {date} is not a date');
});
const sendNoticeOn = (date: string) => inside((tx) => send(tx, caller(), { to: { accountId: zhang }, template: 'evidence.ending', values: { date } }));

test('channels can be switched off for notices, never for codes and what the law wants told', async () => {
  await inside((tx) => writePreferences(tx, person(zhang), { sms: false, inApp: true }, now));
  expect(await sendNotice()).toEqual(['in-app']);
  await inside((tx) => writePreferences(tx, person(zhang), { sms: false, inApp: false }, now));
  expect(await sendNotice()).toEqual([]);
  const changed = (template: 'account.password-changed' | 'code.recover') =>
    inside((tx) => (template === 'code.recover' ? send(tx, caller(), { to: { accountId: zhang }, template, values: { code: '012345', minutes: 5 } }) : send(tx, caller(), { to: { accountId: zhang }, template, values: {} })));
  expect(await changed('account.password-changed')).toEqual(['in-app', 'sms']);
  expect(await changed('code.recover')).toEqual(['sms']);
});

test('at night codes go and notices wait for 08:00', async () => {
  now = new Date('2026-06-30T21:30:00+08:00');
  await sendNotice();
  await sendCode();
  const gateway = makeGateway();
  expect(await pass(gateway)).toMatchObject({ sent: 1 });
  expect(gateway.taken[0]?.text).toContain('012345');
  now = new Date('2026-07-01T07:59:59+08:00');
  expect(await pass(gateway)).toMatchObject({ claimed: 0 });
  now = new Date('2026-07-01T08:00:00+08:00');
  expect(await pass(gateway)).toMatchObject({ sent: 1 });
});

test('a retry that comes due at night waits for the morning too', async () => {
  now = new Date('2026-06-30T20:59:58+08:00');
  await sendNotice();
  const gateway = makeGateway((_sms, seen) => (seen === 1 ? { kind: 'failed', fault: 'http-503' } : { kind: 'accepted' }));
  await pass(gateway);
  now = new Date('2026-06-30T21:10:00+08:00');
  expect(await pass(gateway)).toMatchObject({ claimed: 0 });
  now = new Date('2026-07-01T08:00:00+08:00');
  expect(await pass(gateway)).toMatchObject({ sent: 1 });
});

test('a failure is tried again later with the same id, ever later, and after ten attempts the message is dead', async () => {
  await sendNotice();
  const gateway = makeGateway(() => ({ kind: 'failed', fault: 'http-503' }));
  const rests: number[] = [];
  for (let attempt = 1; attempt <= 10; attempt++) {
    expect(await pass(gateway)).toEqual({ claimed: 1, sent: 0, failed: 1 });
    // Nothing before its time.
    expect(await pass(gateway)).toMatchObject({ claimed: 0 });
    const [row] = await asOwner(database, async (client) => (await client.query<{ due_at: Date }>(`select due_at from outbox where status = 'waiting'`)).rows);
    if (row === undefined) break;
    rests.push(row.due_at.getTime() - now.getTime());
    now = row.due_at;
  }
  expect(rests).toEqual([2.5, 5, 10, 20, 40, 80, 160, 320, 640].map((seconds) => seconds * 1000));
  expect(new Set(gateway.taken.map(({ id }) => id)).size).toBe(1);
  const dead = await inside((tx) => listOutbox(tx, adminScope('outbox.read'), { status: 'dead', before: undefined, limit: 10 }));
  expect(dead).toMatchObject([{ template: 'evidence.ending', attempts: 10, lastFault: 'http-503' }]);

  await inside((tx) => revive(tx, adminScope('outbox.retry'), dead[0]?.id ?? '', now));
  const working = makeGateway();
  expect(await pass(working)).toMatchObject({ sent: 1 });
  expect(working.taken[0]?.id).toBe(gateway.taken[0]?.id);
  await expect(inside((tx) => revive(tx, adminScope('outbox.retry'), dead[0]?.id ?? '', now))).rejects.toMatchObject({ code: 'message-not-dead' });
  await expect(inside((tx) => revive(tx, adminScope('outbox.retry'), newId(), now))).rejects.toMatchObject({ code: 'not-found' });
});

test('what a gateway refuses for good is dead at once; an adapter that throws is tried again', async () => {
  await sendNotice();
  await pass(makeGateway(() => Promise.reject(new Error('a bug of the adapter'))));
  now = new Date(now.getTime() + 60_000);
  await pass(makeGateway(() => ({ kind: 'refused', fault: 'http-400' })));
  expect(await inside((tx) => countOutbox(tx, adminScope('outbox.read')))).toMatchObject({ counts: { waiting: 0, dead: 1, sent: 0 }, oldestWaiting: null });
});

test('a code that nobody can use any more is dropped with its phone and text', async () => {
  await sendCode();
  now = new Date(noon.getTime() + 10 * 60_000);
  const gateway = makeGateway();
  expect(await pass(gateway)).toMatchObject({ claimed: 0 });
  expect(await asOwner(database, async (client) => (await client.query('select status, phone_sealed, text_sealed from outbox')).rows)).toEqual([{ status: 'expired', phone_sealed: null, text_sealed: null }]);
});

test('several processes at once hand each message over once', async () => {
  for (let count = 0; count < 60; count++) await sendNotice();
  const gateway = makeGateway();
  const reports = await Promise.all(Array.from({ length: 5 }, () => pass(gateway)));
  expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
  expect(new Set(gateway.taken.map(({ id }) => id)).size).toBe(60);
});

test('an inbox is one account’s: nobody else and no other city reads or marks it', async () => {
  await sendNotice(zhang);
  await sendNotice(zhang);
  await sendNotice(li);
  const [newest, older] = await inboxOf(zhang);
  expect(await inboxOf(zhang)).toHaveLength(2);
  expect(await inside((tx) => countUnread(tx, person(zhang), 999))).toBe(2);
  await expect(inside((tx) => markRead(tx, person(li), newest?.id ?? '', now))).rejects.toMatchObject({ code: 'not-found' });
  expect(await inside((tx) => listInbox(tx, person(zhang, otherTenantId), { unreadOnly: false, before: undefined, limit: 50 }), otherTenantId)).toEqual([]);
  await inside((tx) => markRead(tx, person(zhang), newest?.id ?? '', now));
  await inside((tx) => markRead(tx, person(zhang), newest?.id ?? '', new Date('2026-07-30T00:00:00Z')));
  expect((await inboxOf(zhang))[0]?.readAt).toEqual(now);
  expect(await inside((tx) => listInbox(tx, person(zhang), { unreadOnly: true, before: undefined, limit: 50 }))).toMatchObject([{ id: older?.id }]);
  expect(await inside((tx) => listInbox(tx, person(zhang), { unreadOnly: false, before: newest?.id, limit: 50 }))).toMatchObject([{ id: older?.id }]);
  expect(await inside((tx) => markReadUpTo(tx, person(zhang), newest?.id ?? '', now))).toBe(1);
  expect(await inside((tx) => countUnread(tx, person(li), 999))).toBe(1);
});

test('only a system administrator sees the outbox, and nobody sees phone or text there', async () => {
  await sendCode();
  const rows = await inside((tx) => listOutbox(tx, adminScope('outbox.read'), { status: 'waiting', before: undefined, limit: 10 }));
  expect(rows).toHaveLength(1);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['attempts', 'createdAt', 'dueAt', 'endedAt', 'id', 'lastFault', 'status', 'template']);
  for (const capacity of [{ kind: 'administrator', role: 'security-admin' }, { kind: 'account' }, { kind: 'officer', departmentId, codes: ['220200'], roles: ['steward', 'leader'] }] as const) {
    expect(() => scopeFor({ tenantId, actor: { accountId: zhang, sessionId: null, capacity } }, 'outbox.read')).toThrow('not-permitted');
    expect(() => scopeFor({ tenantId, actor: { accountId: zhang, sessionId: null, capacity } }, 'outbox.retry')).toThrow('not-permitted');
    expect(() => scopeFor({ tenantId, actor: { accountId: zhang, sessionId: null, capacity } }, 'message.send')).toThrow('not-permitted');
  }
  expect(() => scopeFor({ tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'anyone' } } }, 'message.read')).toThrow('sign-in-required');
});

test('a phone that was changed in the database is refused, not sent somewhere', async () => {
  await sendCode();
  await sendCode();
  await asOwner(database, async (client) => {
    const { rows } = await client.query<{ outbox_id: string; phone_sealed: Buffer }>('select outbox_id, phone_sealed from outbox order by outbox_id');
    // Sealed for one row, moved to another.
    await client.query('update outbox set phone_sealed = $1 where outbox_id = $2', [rows[0]?.phone_sealed, rows[1]?.outbox_id]);
  });
  const gateway = makeGateway();
  expect(await pass(gateway)).toEqual({ claimed: 2, sent: 1, failed: 1 });
  expect(gateway.taken).toHaveLength(1);
  expect(await inside((tx) => listOutbox(tx, adminScope('outbox.read'), { status: 'dead', before: undefined, limit: 10 }))).toMatchObject([{ lastFault: 'sealed-value-changed' }]);
});

test('whoever asks for a copy gets the inbox, and deletion takes inbox, outbox and preferences away', async () => {
  const partyId = newId();
  const participant = makeMessagesParticipant(async (_tx, _scope, id) => (id === partyId ? [zhang] : []));
  await sendNotice(zhang);
  await sendNotice(li);
  await inside((tx) => writePreferences(tx, person(zhang), { sms: true, inApp: false }, now));
  const own = scopeFor({ tenantId, actor: { accountId: zhang, sessionId: null, capacity: { kind: 'person', partyId, actsFor: [] } } }, 'held-data.read');
  const steward = scopeFor({ tenantId, actor: { accountId: newId(), sessionId: null, capacity: { kind: 'officer', departmentId, codes: ['220200'], roles: ['steward'] } } }, 'subject-request.answer');
  expect(await inside((tx) => participant.describeHeld(tx, own, [partyId]))).toMatchObject([{ key: 'messages', rows: [{ title: '一份材料快到期', at: noon.toISOString() }] }]);
  expect(await inside((tx) => participant.deleteRest(tx, steward, [partyId]))).toBe(2);
  expect(await inboxOf(zhang)).toEqual([]);
  expect(await inboxOf(li)).toHaveLength(1);
  const left = await asOwner(database, async (client) => (await client.query('select (select count(*)::int from outbox where account_id = $1) as outbox, (select count(*)::int from message_preferences where account_id = $1) as preferences', [zhang])).rows);
  expect(left).toEqual([{ outbox: 0, preferences: 0 }]);
});

test('a round serves every city, outlives a failing one, stops when told to, and deletes what is long over', async () => {
  await sendNotice();
  await asOwner(database, (client) =>
    client.query(`insert into outbox (tenant_id, outbox_id, template, is_urgent, status, due_at, created_at, ended_at) values ($1, $2, 'old', false, 'sent', $3, $3, $3)`, [tenantId, newId(), new Date('2026-01-01T00:00:00Z')]),
  );
  const gateway = makeGateway();
  const events: string[] = [];
  const round = makeDeliveryRound({ db: database.db, protector, sms: gateway, now: () => now, log: ({ event, tenantId: which }) => events.push(`${event} ${which}`) });
  expect(await round([0, tenantId], () => true)).toBe(false);
  expect(gateway.taken).toHaveLength(0);
  // No tenant has the number 0: that pass fails.
  expect(await round([0, tenantId, otherTenantId])).toBe(true);
  expect(await round([tenantId])).toBe(false);
  expect(gateway.taken).toHaveLength(1);
  expect(events).toEqual(['sms-round-failed 0']);
  expect(await asOwner(database, async (client) => (await client.query('select template, status from outbox')).rows)).toEqual([{ template: 'evidence.ending', status: 'sent' }]);
});

test('killed with -9 between handing over and writing it down: nothing is lost, and a repetition has the same id', async () => {
  for (let count = 0; count < 8; count++) await sendNotice();
  // A gateway that answers three and then never again: the process dies with five handed over and not written down.
  const ids: string[] = [];
  const stuck = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    ids.push(String(request.headers['idempotency-key']));
    if (ids.length <= 3) response.writeHead(200).end();
    // Taken, but the sender never hears of it.
    else if (ids.length === 8) stuck.resolve();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    const { openDatabase } = await import(${module('../../storage/database.ts')});
    const { openKeys } = await import(${module('../../adapters/cryptography/sm4-protector.ts')});
    const { makeHttpSms } = await import(${module('../../adapters/sms/http-sms.ts')});
    const { deliverDue } = await import(${module('./deliver-due.ts')});
    const db = openDatabase(process.env.TEST_URL, { connections: 4 });
    const protector = await openKeys({ path: process.env.TEST_KEYS, hasSealedData: async () => true });
    const sms = makeHttpSms({ url: process.env.TEST_GATEWAY, token: 't' });
    await deliverDue({ db, protector, sms, now: () => new Date(Number(process.env.TEST_NOW)) }, Number(process.env.TEST_TENANT));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      TEST_URL: database.url,
      TEST_KEYS: join(keyFolder, 'wutong.keys'),
      TEST_GATEWAY: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      TEST_NOW: String(now.getTime()),
      TEST_TENANT: String(tenantId),
    },
  });
  const gone = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, signal) => done(signal)));
  await Promise.race([stuck.promise, gone]);
  child.kill('SIGKILL');
  expect(await gone).toBe('SIGKILL');
  expect(new Set(ids).size).toBe(8);

  // Nobody else takes them while the lease lasts; afterwards another process does.
  const second = makeGateway();
  expect(await pass(second)).toMatchObject({ claimed: 0 });
  now = new Date(now.getTime() + 10 * 60_000);
  const { sent } = await pass(second);
  expect(await inside((tx) => countOutbox(tx, adminScope('outbox.read')))).toMatchObject({ counts: { waiting: 0, sent: 8 } });
  // Those that were answered went once; the others twice at most, under one id.
  expect(sent).toBe(5);
  const attempts = new Map<string, number>();
  for (const id of [...ids, ...second.taken.map((sms) => sms.id)]) attempts.set(id, (attempts.get(id) ?? 0) + 1);
  expect(attempts.size).toBe(8);
  expect(Math.max(...attempts.values())).toBe(2);
});
