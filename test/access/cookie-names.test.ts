// Cookies behind a proxy that speaks HTTPS: prefixed names alone, so that no sibling host can plant a session.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, enterByPhone, foundAdmins, noticeVersion, proveByPhone } from '../support/access.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';

const https = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'wutong.example', origin: 'https://wutong.example' };
let api: TestApi;
let provider: TestProvider;
beforeAll(async () => {
  api = await startApi({ trustProxy: true });
  provider = await startProvider();
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
});

async function signInByCode(headers: Readonly<Record<string, string>>, phone: string) {
  return api.anyone().post('/access/sign-in/code', { ...(await proveByPhone(api, phone)), noticeVersion }, headers);
}

test('a session over HTTPS is __Host-, and is ended under that name', async () => {
  const [session = ''] = (await signInByCode(https, '13800000001')).headers.getSetCookie();
  expect(session).toMatch(/^__Host-wutong_session=wts_[^;]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  const [cookie = ''] = session.split(';');
  expect((await api.anyone().get('/access/me', { ...https, cookie })).status).toBe(200);
  const out = await api.anyone().post('/access/sign-out', undefined, { ...https, cookie });
  expect([out.status, out.headers.getSetCookie()[0]]).toEqual([204, expect.stringMatching(/^__Host-wutong_session=;.*Path=\/;.*Expires=Thu, 01 Jan 1970.*Secure/)]);
  expect((await api.anyone().get('/access/me', { ...https, cookie })).status).toBe(401);
});

test('a bare name is not read over HTTPS, and a prefixed one not over HTTP', async () => {
  const plain = await signInByCode({}, '13800000002');
  const token = cookieOf(plain, 'wutong_session') ?? '';
  expect(token).toMatch(/^wts_/);
  expect(plain.headers.getSetCookie().join()).not.toMatch(/__Host-|Secure/);
  const statusOf = async (headers: Record<string, string>) => (await api.anyone().get('/access/me', headers)).status;
  expect(await statusOf({ ...https, cookie: `__Host-wutong_session=${token}` })).toBe(200);
  expect(await statusOf({ ...https, cookie: `wutong_session=${token}` })).toBe(401);
  expect(await statusOf({ cookie: `wutong_session=${token}` })).toBe(200);
  expect(await statusOf({ cookie: `__Host-wutong_session=${token}` })).toBe(401);
  // What a sibling host planted beside the real one changes nothing.
  expect(await statusOf({ ...https, cookie: `wutong_session=planted; __Host-wutong_session=${token}` })).toBe(200);
});

test('a known browser and a visit to a provider are __Secure- with their path, and read under that name alone', async () => {
  const entered = await enterByPhone(api, '13800000003');
  const password = 'Fenghuang yu Wutong 9';
  expect((await entered.post('/access/password', { password })).status).toBe(200);
  const browserSet = async (cookie?: string) => {
    const answer = await api.anyone().post('/access/sign-in/password', { login: '13800000003', password }, { ...https, ...(cookie === undefined ? {} : { cookie }) });
    expect(answer.body.next).toBe('done');
    return answer.headers.getSetCookie().find((line) => line.includes('wutong_browser'));
  };
  const browser = await browserSet();
  expect(browser).toMatch(/^__Secure-wutong_browser=[^;]+; Max-Age=\d+; Path=\/api\/v1\/access; HttpOnly; Secure; SameSite=Strict$/);
  const [pair = ''] = browser?.split(';') ?? [];
  expect(await browserSet(pair)).toBeUndefined();
  expect(await browserSet(pair.replace('__Secure-', ''))).toBeDefined();

  const { issuer, clientId, clientSecret, returnUrl } = provider;
  const system = (await foundAdmins(api))['system-admin'].caller;
  const { body: { providerId } } = await system.post('/access/identity-providers', { issuer, clientId, clientSecret, returnUrl, name: { zh: '样例', en: 'sample' } });
  const visit = async (name: string) => {
    provider.setSubject('subject-one');
    const begun = await api.anyone().post(`/access/providers/${providerId}/visit`, undefined, https);
    const query = await provider.walk(begun.body.goTo);
    const value = cookieOf(begun, '__Secure-wutong_visit');
    return api.anyone().post('/access/providers/return', { query, noticeVersion }, { ...https, cookie: `${name}=${value}` });
  };
  expect((await visit('wutong_visit')).body.error.code).toBe('provider-refused');
  const done = await visit('__Secure-wutong_visit');
  expect(done.body.next).toBe('done');
  expect(done.headers.getSetCookie().some((line) => line.startsWith('__Secure-wutong_visit=;'))).toBe(true);
});
