// Signing in by an outside provider: a real one, walked through, and everything that must not pass.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, callerFrom, cookieOf, enterByPhone, foundAdmins, noticeVersion, sampleNumber, type SignedInStaff } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner } from '../support/database.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';

let api: TestApi;
let provider: TestProvider;
let providerId: string;
let system: SignedInStaff;
beforeAll(async () => {
  api = await startApi();
  provider = await startProvider();
  system = (await foundAdmins(api))['system-admin'];
  const { issuer, clientId, clientSecret, returnUrl } = provider;
  const added = await system.caller.post('/access/identity-providers', { issuer, clientId, clientSecret, returnUrl, name: { zh: '样例身份平台', en: 'Sample identity' } });
  providerId = added.body.providerId;
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
});

const codeOf = (answer: Answered): string => answer.body?.error?.code ?? answer.body?.next ?? String(answer.status);

/** Begins a visit in a browser. */
async function begin(by: TestCaller = api.anyone()): Promise<{ goTo: string; cookie: string }> {
  const begun = await by.post(`/access/providers/${providerId}/visit`);
  expect(begun.status).toBe(200);
  return { goTo: begun.body.goTo, cookie: `wutong_visit=${cookieOf(begun, 'wutong_visit')}` };
}

const end = (query: string, cookie: string, by: TestCaller = api.anyone(), more: object = { noticeVersion }): Promise<Answered> => by.post('/access/providers/return', { query, ...more }, { cookie });

/** A whole visit of a subject. */
async function visit(subject: string, by: TestCaller = api.anyone()): Promise<Answered> {
  provider.setSubject(subject);
  const { goTo, cookie } = await begin(by);
  return end(await provider.walk(goTo), cookie, by);
}

describe('by provider', () => {
  test('the visit carries a challenge, a state and a nonce, and asks for nothing about the person', async () => {
    const { searchParams } = new URL((await begin()).goTo);
    expect(Object.fromEntries(searchParams)).toMatchObject({ scope: 'openid', response_type: 'code', code_challenge_method: 'S256', client_id: 'wutong', redirect_uri: provider.returnUrl });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)?.length).toBeGreaterThanOrEqual(43);
  });

  test('a new subject gets an account that has claimed nothing, whatever the provider tells; the next time the same one', async () => {
    provider.setSubject('subject-one');
    const { goTo, cookie } = await begin();
    expect(codeOf(await end(await provider.walk(goTo), cookie, api.anyone(), {}))).toBe('notice-needed');
    const first = await visit('subject-one');
    const me = (await callerFrom(api, first).get('/access/me')).body;
    expect(me).toMatchObject({ duty: 'person', phone: null, capacity: { kind: 'account' }, claim: 'none' });
    const again = (await callerFrom(api, await visit('subject-one')).get('/access/me')).body;
    const other = (await callerFrom(api, await visit('subject-two')).get('/access/me')).body;
    expect([again.accountId === me.accountId, other.accountId === me.accountId]).toEqual([true, false]);
  });

  test('a record is claimed as by anybody else', async () => {
    await addPerson(api, { name: '张三一', number: sampleNumber('1990-03-07', 451), phone: '13800000001' });
    const caller = callerFrom(api, await visit('subject-one'));
    expect((await caller.post('/access/claim', { name: '张三一', identityNumber: sampleNumber('1990-03-07', 451) })).status).toBe(202);
    expect((await caller.get('/access/me')).body).toMatchObject({ capacity: { kind: 'account' }, claim: 'waiting' });
  });

  test('whoever is signed in ties a new subject to the own account; one that is known stays with its own', async () => {
    const caller = await enterByPhone(api, '13800000009');
    const own = (await caller.get('/access/me')).body.accountId;
    const tied = callerFrom(api, await visit('subject-three', caller));
    expect((await tied.get('/access/me')).body).toMatchObject({ accountId: own, phone: '138****0009' });
    expect((await callerFrom(api, await visit('subject-three')).get('/access/me')).body.accountId).toBe(own);
    expect((await callerFrom(api, await visit('subject-two', caller)).get('/access/me')).body.accountId).not.toBe(own);
  });

  test('staff who come that way still show the second factor', async () => {
    expect(codeOf(await visit('subject-staff', system.caller))).toBe('second-factor');
    const answer = await visit('subject-staff');
    expect([codeOf(answer), cookieOf(answer, 'wutong_session')]).toEqual(['second-factor', undefined]);
  });
});

describe('refused', () => {
  test('in another browser, a second time, and after ten minutes', async () => {
    provider.setSubject('subject-one');
    const one = await begin();
    const query = await provider.walk(one.goTo);
    const two = await begin();
    expect(codeOf(await end(query, ''))).toBe('provider-refused');
    expect(codeOf(await end(query, two.cookie))).toBe('provider-refused');
    expect(codeOf(await end(query, one.cookie))).toBe('done');
    expect(codeOf(await end(query, one.cookie))).toBe('provider-refused');
    const late = await begin();
    const lateQuery = await provider.walk(late.goTo);
    api.setNow(new Date(Date.now() + 600_000));
    expect(codeOf(await end(lateQuery, late.cookie))).toBe('provider-refused');
    api.setNow(new Date());
  });

  test.each<[string, (params: URLSearchParams, stolen: URLSearchParams) => void]>([
    ['another state', (params) => params.set('state', 'x'.repeat(43))],
    ['another’s code in one’s own visit', (params, stolen) => params.set('code', stolen.get('code') ?? '')],
    ['a code that nobody gave', (params) => params.set('code', 'invented')],
    ['another issuer', (params) => params.set('iss', 'https://evil.example')],
    ['no code', (params) => params.delete('code')],
    ['an error of the provider', (params) => (params.delete('code'), params.set('error', 'access_denied'))],
  ])('%s', async (_what, change) => {
    const [own, other] = [await begin(), await begin()];
    const params = new URLSearchParams(await provider.walk(own.goTo));
    change(params, new URLSearchParams(await provider.walk(other.goTo)));
    expect(codeOf(await end(params.toString(), own.cookie))).toBe('provider-refused');
  });

  test('an account that is suspended', async () => {
    await visit('subject-four');
    await asOwner(api.database, (client) => client.query(`update accounts a set suspended_at = now() from outside_identities o where o.account_id = a.account_id and o.subject = 'subject-four'`));
    expect(codeOf(await visit('subject-four'))).toBe('provider-refused');
  });
});

describe('issuers', () => {
  const add = (issuer: string, headers: Record<string, string> = {}) =>
    system.caller.post('/access/identity-providers', { issuer, clientId: 'x', returnUrl: 'https://wutong.example/return', name: { zh: '样例', en: 'sample' } }, headers);

  test.each([
    'http://issuer.example', 'http://10.0.0.1', 'https://10.0.0.1', 'https://172.16.3.4', 'https://192.168.1.1/realm', 'https://169.254.169.254', 'https://100.64.0.1', 'https://0.0.0.0', 'https://167772161',
    'https://[fe80::1]', 'https://[fd00::1]', 'https://[::ffff:10.0.0.1]', 'https://[64:ff9b::a00:1]', 'https://[::]',
  ])('%s is not called', async (issuer) => {
    const answer = await add(issuer);
    expect([answer.status, codeOf(answer)]).toEqual([422, 'provider-issuer-unfit']);
    expect(answer.body.error.message).toContain('https://');
  });
});

describe('settings', () => {
  test('the secret is never shown, and is not in the database as it is', async () => {
    const listed = await system.caller.get('/access/identity-providers');
    expect(listed.body.items).toMatchObject([{ providerId, hasSecret: true, isOpen: true }]);
    expect(listed.raw.toString()).not.toContain(provider.clientSecret);
    const { rows } = await asOwner(api.database, (client) => client.query('select secret_sealed from identity_providers'));
    expect(rows[0].secret_sealed.toString('latin1')).not.toContain(provider.clientSecret);
    const twice = await system.caller.post('/access/identity-providers', { issuer: provider.issuer, clientId: 'wutong', returnUrl: provider.returnUrl, name: { zh: '又', en: 'again' } });
    expect(codeOf(twice)).toBe('settled-already');
  });

  test('a wrong secret refuses, a silent provider is told as such, a closed one is offered to nobody', async () => {
    const change = (body: object) => system.caller.patch(`/access/identity-providers/${providerId}`, body);
    await change({ clientSecret: 'wrong' });
    expect(codeOf(await visit('subject-one'))).toBe('provider-refused');
    await change({ clientSecret: provider.clientSecret });
    expect(codeOf(await visit('subject-one'))).toBe('done');
    const silent = await system.caller.post('/access/identity-providers', { issuer: 'http://127.0.0.1:9', clientId: 'x', returnUrl: provider.returnUrl, name: { zh: '没人答', en: 'nobody' } });
    const begun = await api.anyone().post(`/access/providers/${silent.body.providerId}/visit`);
    expect([begun.status, codeOf(begun)]).toEqual([502, 'provider-unreachable']);
    await change({ isOpen: false });
    expect((await api.anyone().get('/access/providers')).body.items.map((each: { name: { en: string } }) => each.name.en)).toEqual(['nobody']);
    expect(codeOf(await api.anyone().post(`/access/providers/${providerId}/visit`))).toBe('not-found');
  });
});
