// Sessions and keys: what they open, and when they stop opening it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCaller, tidyAccess } from '../../src/domains/access/index.ts';
import { inTenant } from '../../src/storage/database.ts';
import { claimedPerson, enterByPhone, foundAdmins, sampleNumber, type SignedInStaff } from '../support/access.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { asOwner, makeTenant } from '../support/database.ts';

let api: TestApi;
const start = new Date('2026-06-30T01:00:00Z');
let now = start;
let security: SignedInStaff;
beforeAll(async () => {
  api = await startApi({ hosts: ['127.0.0.1'] });
  api.setNow(now);
  security = (await foundAdmins(api, now))['security-admin'];
});
afterAll(() => api.stop());

function at(minutes: number): void {
  now = new Date(start.getTime() + minutes * 60_000);
  api.setNow(now);
}

describe('sessions', () => {
  test('of staff end after half an hour without a call, and twelve hours in any case', async () => {
    const me = async (): Promise<number> => (await security.caller.get('/access/me')).status;
    for (let minute = 29; minute < 720; minute += 29) {
      at(minute);
      expect(await me()).toBe(200);
    }
    at(719);
    expect(await me()).toBe(200);
    at(720);
    expect(await me()).toBe(401);
    at(0);
  });

  test('of people end after half a day without a call', async () => {
    const caller = await enterByPhone(api, '13800000001');
    at(719);
    expect((await caller.get('/access/me')).status).toBe(200);
    at(719 + 720);
    expect((await caller.get('/access/me')).status).toBe(401);
    at(0);
  });

  test('their holder sees them, ends one or all others, and never somebody else’s', async () => {
    at(5);
    const [one, two] = [await enterByPhone(api, '13800000002'), await enterByPhone(api, '13800000002')];
    const other = await enterByPhone(api, '13800000003');
    const list = (await one.get('/access/sessions')).body.items;
    expect(list).toHaveLength(2);
    expect(list.filter((each: { isThis: boolean }) => each.isThis)).toHaveLength(1);
    const second = list.find((each: { isThis: boolean }) => !each.isThis).sessionId;
    expect((await other.delete(`/access/sessions/${second}`)).status).toBe(404);
    expect((await one.delete(`/access/sessions/${second}`)).status).toBe(204);
    expect((await two.get('/access/me')).status).toBe(401);
    const third = await enterByPhone(api, '13800000002');
    expect((await third.delete('/access/sessions')).body).toEqual({ ended: 1 });
    expect((await one.get('/access/me')).status).toBe(401);
    const out = await third.post('/access/sign-out');
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([204, expect.stringMatching(/^wutong_session=;.*Expires=Thu, 01 Jan 1970/)]);
    expect((await third.get('/access/me')).status).toBe(401);
  });

  test('only the digest of a token is stored', async () => {
    const caller = await enterByPhone(api, '13800000004');
    const rows = await asOwner(api.database, (client) => client.query('select * from sessions'));
    const stored = JSON.stringify(rows.rows, (_key, value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : value));
    expect(stored).not.toContain(caller.token);
    expect(stored).not.toContain(caller.token?.slice(4));
  });

  test('a token opens its own city only, and anything else opens nothing', async () => {
    const elsewhere = await makeTenant(api.database, { code: 'other' });
    const caller = await enterByPhone(api, '13800000005');
    const find = (tenantId: number, token: string) => inTenant(api.parts.db, tenantId, (tx) => findCaller(tx, tenantId, token, now));
    const token = caller.token ?? '';
    expect(await find(api.tenantId, token)).toMatchObject({ actor: { capacity: { kind: 'account' } } });
    expect(await find(elsewhere, token)).toBeUndefined();
    const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const wrong of ['', 'x', changed, token.toUpperCase(), `${token} `, token.replace('wts_', 'wtf_'), `${token}'; drop table sessions; --`]) expect(await find(api.tenantId, wrong)).toBeUndefined();
  });

  test('goes on with the record that was kept where the holder’s was merged, twice even', async () => {
    const people: Awaited<ReturnType<typeof claimedPerson>>[] = [];
    for (const index of [1, 2, 3]) people.push(await claimedPerson(api, { name: '张三一', number: sampleNumber('1990-03-07', 450 + index), phone: `1380000003${index}` }));
    const [first, second, kept] = people.map(({ partyId }) => partyId);
    const merge = (from = '', into = '') => asOwner(api.database, (client) => client.query(`update parties set merged_into = $2, status = 'merged' where party_id = $1`, [from, into]));
    await merge(first, second);
    await merge(second, kept);
    const found = await inTenant(api.parts.db, api.tenantId, (tx) => findCaller(tx, api.tenantId, people[0]?.caller.token ?? '', now));
    expect(found?.actor.capacity).toEqual({ kind: 'person', partyId: kept, actsFor: [], guardianOf: [] });
  });

  test('cookies of a browser: a change from another site is not carried out', async () => {
    const { token } = await enterByPhone(api, '13800000006');
    const call = (headers: Record<string, string>) => api.anyone().call('POST', '/access/sign-out', { headers: { cookie: `wutong_session=${token}`, ...headers } });
    expect((await call({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await call({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await call({ origin: api.url })).status).toBe(204);
  });
});

describe('keys of feeds', () => {
  test('are shown once, act for their department, expire, and end when they are revoked', async () => {
    const departmentId = api.departments['city-finance'];
    const made = await security.caller.post('/access/feed-keys', { departmentId, label: '样例', purpose: '社保缴费事实', validDays: 30 });
    expect(made.status).toBe(201);
    const { key, keyId } = made.body;
    expect(key).toMatch(/^wtf_/);
    const find = (instant: Date) => inTenant(api.parts.db, api.tenantId, (tx) => findCaller(tx, api.tenantId, key, instant));
    expect((await find(now))?.actor).toEqual({ accountId: null, sessionId: null, capacity: { kind: 'feed', departmentId, keyId } });
    expect(await find(new Date(now.getTime() + 30 * 86_400_000))).toBeUndefined();
    const listed = await security.caller.get('/access/feed-keys');
    expect(listed.body.items).toMatchObject([{ keyId, lastUsedOn: '2026-06-30', revokedAt: null }]);
    expect(listed.raw.toString()).not.toContain(key.slice(4));
    expect((await api.anyone(key).get('/access/me')).status).toBe(403);
    expect((await security.caller.delete(`/access/feed-keys/${keyId}`)).status).toBe(204);
    expect(await find(now)).toBeUndefined();
    expect((await security.caller.delete(`/access/feed-keys/${keyId}`)).status).toBe(404);
    expect((await security.caller.post('/access/feed-keys', { departmentId: keyId, label: '样例', purpose: '无' })).status).toBe(404);
  });

  test('of a closed department open nothing', async () => {
    const departmentId = api.departments['longtan-hrss'];
    const { key } = (await security.caller.post('/access/feed-keys', { departmentId, label: '样例', purpose: '样例' })).body;
    await asOwner(api.database, (client) => client.query(`update departments set closed_on = '2026-06-29' where department_id = $1`, [departmentId]));
    expect(await inTenant(api.parts.db, api.tenantId, (tx) => findCaller(tx, api.tenantId, key, now))).toBeUndefined();
  });
});

test('tidying removes what has run out, and nothing that still counts', async () => {
  const caller = await enterByPhone(api, '13800000009');
  const count = async (): Promise<Record<string, number>> => {
    const { rows } = await asOwner(api.database, (client) =>
      client.query(`select (select count(*)::int from phone_codes) as codes, (select count(*)::int from throttles) as throttles, (select count(*)::int from sessions) as sessions`),
    );
    return rows[0];
  };
  await inTenant(api.parts.db, api.tenantId, (tx) => tidyAccess(tx, api.tenantId, now));
  expect((await caller.get('/access/me')).status).toBe(200);
  expect((await count())['codes']).toBeGreaterThan(0);
  await inTenant(api.parts.db, api.tenantId, (tx) => tidyAccess(tx, api.tenantId, new Date(now.getTime() + 200 * 86_400_000)));
  expect(await count()).toEqual({ codes: 0, throttles: 0, sessions: 0 });
});
