// Messages over the interface: an account's own inbox and channels, and the outbox that one administrator sees.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { makeSendMessage } from './send-message.ts';

let api: TestApi;
let reader: TestCaller;
let accountId: string;
const about = newId();

beforeAll(async () => {
  api = await startApi();
  reader = api.as({ kind: 'account' });
  // Reading the preferences tells the audit trail nothing; changing them names the account.
  await reader.put('/messages/preferences', { sms: true, inApp: true });
  accountId = await asOwner(api.database, async (client) => (await client.query<{ account_id: string }>('select account_id from message_preferences')).rows[0]?.account_id ?? '');
  const send = makeSendMessage({ protector: api.parts.protector, findContact: async () => ({ phone: '13800000001', language: 'zh' }), now: () => new Date('2026-06-30T04:00:00Z') });
  for (const date of ['2026-07-01', '2026-07-02', '2026-07-03']) {
    await inTenant(api.parts.db, api.tenantId, (tx) =>
      send(tx, jobScope(api.tenantId, 'test', 'message.send'), { to: { accountId }, template: 'evidence.ending', values: { date }, about: { kind: 'evidence', id: about } }),
    );
  }
});
afterAll(() => api.stop());

test('the inbox in the reader’s language, in pages, newest first', async () => {
  const first = await reader.get('/messages?limit=2');
  expect(first).toMatchObject({ status: 200, body: { items: [{ title: '一份材料快到期', body: expect.stringContaining('2026年7月3日'), about: { kind: 'evidence', id: about }, readAt: null, createdAt: '2026-06-30T04:00:00.000Z' }, {}] } });
  const second = await reader.get(`/messages?limit=2&cursor=${first.body.nextCursor}`, { 'accept-language': 'en' });
  expect(second.body).toMatchObject({ items: [{ title: 'A paper is about to expire', body: expect.stringContaining('1 July 2026') }], nextCursor: null });
  expect(await reader.get('/messages?cursor=bm9wZQ')).toMatchObject({ status: 400, body: { error: { code: 'cursor-invalid' } } });
});

test('unread ones are counted, one or all up to one are marked, and a message of somebody else is not there', async () => {
  expect((await reader.get('/messages/unread')).body).toEqual({ unread: 3 });
  const { items } = (await reader.get('/messages')).body;
  const stranger = api.as({ kind: 'account' });
  expect(await stranger.post(`/messages/${items[0].id}/read`)).toMatchObject({ status: 404 });
  expect((await stranger.get('/messages')).body).toEqual({ items: [], nextCursor: null });
  expect((await stranger.post('/messages/read', { upTo: items[0].id })).body).toEqual({ marked: 0 });
  expect(await reader.post(`/messages/${items[2].id}/read`)).toMatchObject({ status: 204 });
  expect((await reader.get('/messages?unread=true')).body.items).toHaveLength(2);
  expect((await reader.post('/messages/read', { upTo: items[1].id })).body).toEqual({ marked: 1 });
  expect((await reader.get('/messages/unread')).body).toEqual({ unread: 1 });
});

test('channels: everything comes until it is switched off', async () => {
  const other = api.as({ kind: 'account' });
  expect((await other.get('/messages/preferences')).body).toEqual({ sms: true, inApp: true });
  expect((await other.put('/messages/preferences', { sms: false, inApp: true })).body).toEqual({ sms: false, inApp: true });
  expect((await other.get('/messages/preferences')).body).toEqual({ sms: false, inApp: true });
  expect(await other.put('/messages/preferences', { sms: 'off', inApp: true })).toMatchObject({ status: 422 });
});

test('the outbox: figures, dead ones and sending again are the system administrator’s alone; nobody reads phone or text', async () => {
  const administrator = api.administrator('system-admin');
  expect((await administrator.get('/outbox/figures')).body).toMatchObject({ waiting: 3, dead: 0, oldestWaitingAt: '2026-06-30T04:00:00.000Z' });
  const [first] = (await administrator.get('/outbox?status=waiting')).body.items;
  expect(await administrator.post(`/outbox/${first.id}/retry`)).toMatchObject({ status: 409, body: { error: { code: 'message-not-dead' } } });
  await asOwner(api.database, (client) => client.query(`update outbox set status = 'dead', ended_at = now(), last_fault = 'http-400' where outbox_id = $1`, [first.id]));
  const dead = await administrator.get('/outbox');
  expect(dead.body.items).toMatchObject([{ id: first.id, lastFault: 'http-400', template: 'evidence.ending' }]);
  expect(dead.raw.toString()).not.toMatch(/13800000001|一份材料/);
  const sheet = (await administrator.get('/outbox/export?format=csv')).raw.toString('utf8');
  expect(sheet).toMatch(/编号,消息,试过几次,最近的故障,写下,结束\r?\n/);
  expect(sheet).toContain(`${first.id},evidence.ending,0,http-400,2026-06-30T04:00:00.000Z`);
  for (const caller of [api.administrator('security-admin'), api.administrator('audit-admin'), api.officer('city-hrss', 'steward', 'leader'), reader]) {
    for (const call of [caller.get('/outbox'), caller.get('/outbox/figures'), caller.get('/outbox/export'), caller.post(`/outbox/${first.id}/retry`)]) expect((await call).status).toBe(403);
  }
  for (const path of ['/messages', '/messages/unread', '/messages/preferences', '/outbox']) expect((await api.anyone().get(path)).status).toBe(401);
  expect(await administrator.post(`/outbox/${first.id}/retry`)).toMatchObject({ status: 204 });
  expect((await administrator.get('/outbox/figures')).body).toMatchObject({ waiting: 3, dead: 0 });
});
