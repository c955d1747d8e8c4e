// Entering as people do: codes, passwords, second factors, delays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authenticator, callerFrom, codeSentTo, cookieOf, enterByPhone, noticeVersion, proveByPhone, smsTo } from '../support/access.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { asOwner } from '../support/database.ts';

let api: TestApi;
let now = new Date('2026-06-30T01:00:00Z');
beforeAll(async () => {
  api = await startApi();
  api.setNow(now);
});
afterAll(() => api.stop());

/** Time passes. */
function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
  api.setNow(now);
}

const password = '梧桐树下有三只凤凰啊';

/** A person with a password. */
async function withPassword(phone: string): Promise<void> {
  const caller = await enterByPhone(api, phone);
  expect((await caller.post('/access/password', { password })).status).toBe(200);
}

describe('by code', () => {
  test('the first time registers, once the notice was accepted; the second time finds the same account', async () => {
    const proof = await proveByPhone(api, '13800000001');
    const asked = await api.anyone().post('/access/sign-in/code', proof);
    expect([asked.status, asked.body.error.code]).toEqual([422, 'notice-needed']);
    const first = callerFrom(api, await api.anyone().post('/access/sign-in/code', { ...proof, noticeVersion }));
    const me = await first.get('/access/me');
    expect(me.body).toMatchObject({ duty: 'person', phone: '138****0001', capacity: { kind: 'account' }, claim: 'none', hasPassword: false });
    later(61);
    const again = callerFrom(api, await api.anyone().post('/access/sign-in/code', await proveByPhone(api, '13800000001')));
    expect((await again.get('/access/me')).body.accountId).toBe(me.body.accountId);
    expect((await again.get('/access/sessions')).body.items).toHaveLength(2);
  });

  test('a code serves once, for five minutes, for five tries and for one purpose', async () => {
    const phone = '13800000002';
    const used = await proveByPhone(api, phone);
    await api.anyone().post('/access/sign-in/code', { ...used, noticeVersion });
    const tries = async (typed: { codeId: string; code: string }): Promise<string> => (await api.anyone().post('/access/sign-in/code', { ...typed, noticeVersion })).body.error?.code ?? 'in';
    expect(await tries(used)).toBe('code-refused');
    later(61);
    const old = await proveByPhone(api, phone);
    later(300);
    expect(await tries(old)).toBe('code-refused');
    const fresh = await proveByPhone(api, phone);
    const wrong = fresh.code === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < 5; attempt++) expect(await tries({ codeId: fresh.codeId, code: wrong })).toBe('code-refused');
    expect(await tries(fresh)).toBe('code-refused');
    later(3600);
    expect(await tries(await proveByPhone(api, phone, 'recover'))).toBe('code-refused');
  });

  test('another code is sent only after a while, and only its digest is kept', async () => {
    const phone = '13800000003';
    await proveByPhone(api, phone);
    const again = await api.anyone().post('/access/codes', { phone });
    expect([again.status, again.body.error.code]).toEqual([429, 'too-many-attempts']);
    const code = await codeSentTo(api, phone);
    const stored = await asOwner(api.database, (client) => client.query('select * from phone_codes'));
    expect(JSON.stringify(stored.rows)).not.toContain(code);
    expect(JSON.stringify(stored.rows)).not.toContain(phone);
  });
});

describe('a stranger who asks for codes of your telephone', () => {
  interface Answer {
    readonly status: number;
    readonly codeId?: string;
    readonly resendInSeconds?: number;
    readonly browser?: string;
  }
  const from = async (remoteAddress: string, path: string, body: object, browser?: string): Promise<Answer> => {
    const cookies = browser === undefined ? {} : { wutong_browser: browser };
    const answer = await api.server.inject({ method: 'POST', url: `/api/v1${path}`, remoteAddress, payload: body, cookies });
    const known = answer.cookies.find(({ name }) => name === 'wutong_browser')?.value;
    return { status: answer.statusCode, ...answer.json<object>(), ...(known === undefined ? {} : { browser: known }) };
  };
  const ask = (address: string, phone: string, browser?: string) => from(address, '/access/codes', { phone }, browser);
  /** Asks from one address as often as it is heard, for some codes. */
  async function keepAsking(address: string, phone: string, count: number): Promise<void> {
    for (let asked = 0; asked < count; asked++) {
      const { status, resendInSeconds = 0 } = await ask(address, phone);
      expect(status).toBe(202);
      later(resendInSeconds);
    }
    // The last one is asked for just now.
    expect((await ask(address, phone)).status).toBe(202);
  }

  test('keeps you waiting nowhere but at the stranger’s own address', async () => {
    const phone = '13800000040';
    await keepAsking('203.0.113.7', phone, 8);
    expect((await ask('203.0.113.7', phone)).status).toBe(429);
    expect(await ask('198.51.100.1', phone)).toMatchObject({ status: 202, resendInSeconds: 60 });
    const code = await codeSentTo(api, phone);
    expect(code).toMatch(/^\d{6}$/);
  });

  test('takes no code away that you have been sent', async () => {
    const phone = '13800000041';
    const { codeId } = await ask('198.51.100.1', phone);
    const code = await codeSentTo(api, phone);
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) expect((await ask(address, phone)).status).toBe(202);
    expect((await from('198.51.100.1', '/access/sign-in/code', { codeId, code, noticeVersion })).status).toBe(200);
  });

  test('cannot send a flood from many addresses, and even then you wait five minutes at most; a browser of yours does not wait', async () => {
    const phone = '13800000042';
    const { codeId } = await ask('198.51.100.1', phone);
    const { browser } = await from('198.51.100.1', '/access/sign-in/code', { codeId, code: await codeSentTo(api, phone), noticeVersion });
    let sent = 0;
    for (let address = 1; address <= 40; address++) sent += (await ask(`203.0.113.${address}`, phone)).status === 202 ? 1 : 0;
    expect(sent).toBe(20);
    expect((await ask('198.51.100.1', phone)).status).toBe(429);
    expect((await ask('198.51.100.1', phone, browser)).status).toBe(202);
    // The mark is for one telephone: it opens no way to flood another.
    expect((await ask('198.51.100.2', phone, 'made.up')).status).toBe(429);
    for (let round = 0; round < 6; round++) {
      later(300);
      expect((await ask(`203.0.113.${100 + round}`, phone)).status).toBe(202);
    }
    expect((await ask('198.51.100.1', phone)).status).toBe(429);
    later(300);
    expect((await ask('198.51.100.1', phone)).status).toBe(202);
  });

  test('gets one code an hour from one address after twenty', async () => {
    const phone = '13800000043';
    await keepAsking('203.0.113.8', phone, 19);
    later(3599);
    expect((await ask('203.0.113.8', phone)).status).toBe(429);
    later(1);
    expect((await ask('203.0.113.8', phone)).status).toBe(202);
  });

  test('does not touch signing in by password', async () => {
    const phone = '13800000044';
    await withPassword(phone);
    await keepAsking('203.0.113.9', phone, 5);
    expect((await from('203.0.113.9', '/access/sign-in/password', { login: phone, password })).status).toBe(200);
  });
});

describe('by password', () => {
  test('a telephone with spaces or +86 is the same login; the cookie is for this site and scripts never see it', async () => {
    await withPassword('13800000010');
    for (const login of ['13800000010', '138 0000 0010', '+86 13800000010']) {
      const answer = await api.anyone().post('/access/sign-in/password', { login, password });
      expect(answer.body).toMatchObject({ next: 'done', stepToken: null });
      expect(JSON.stringify(answer.body)).not.toContain('wts_');
      const [session = ''] = answer.headers.getSetCookie();
      expect(session).toMatch(/^wutong_session=wts_[^;]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
    }
  });

  test('after five wrong ones nobody gets in for a minute, not even with the right one; then the right one does', async () => {
    const phone = '13800000011';
    await withPassword(phone);
    const attempt = async (typed: string): Promise<string> => (await api.anyone().post('/access/sign-in/password', { login: phone, password: typed })).body.error?.code ?? 'in';
    for (let count = 0; count < 5; count++) expect(await attempt('wrong')).toBe('sign-in-refused');
    const closed = await api.anyone().post('/access/sign-in/password', { login: phone, password });
    expect([closed.status, closed.body.error.code, closed.body.error.message]).toEqual([429, 'too-many-attempts', '试的次数太多，请 60 秒后再试。']);
    later(59);
    expect(await attempt(password)).toBe('too-many-attempts');
    later(1);
    expect(await attempt(password)).toBe('in');
    for (let count = 0; count < 4; count++) expect(await attempt('wrong')).toBe('sign-in-refused');
    expect(await attempt(password)).toBe('in');
  });

  test('twenty wrong ones at once count as twenty', async () => {
    const phone = '13800000012';
    await withPassword(phone);
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.anyone().post('/access/sign-in/password', { login: phone, password: 'wrong' })));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('a stranger who keeps failing does not lock the owner’s own browser out', async () => {
    const phone = '13800000013';
    await withPassword(phone);
    const browser = cookieOf(await api.anyone().post('/access/sign-in/password', { login: phone, password }), 'wutong_browser');
    for (let count = 0; count < 6; count++) await api.anyone().post('/access/sign-in/password', { login: phone, password: 'wrong' });
    const enter = (cookie: string, login = phone) => api.anyone().call('POST', '/access/sign-in/password', { body: { login, password }, headers: { cookie } });
    expect((await enter('')).status).toBe(429);
    expect((await enter(`wutong_browser=${browser}`)).status).toBe(200);
    // The mark is for one login, and nobody can make one.
    await withPassword('13800000014');
    for (let count = 0; count < 6; count++) await api.anyone().post('/access/sign-in/password', { login: '13800000014', password: 'wrong' });
    expect((await enter(`wutong_browser=${browser}`, '13800000014')).status).toBe(429);
    expect((await enter(`wutong_browser=${browser}x`)).status).toBe(429);
  });

  test('a password that is not taken is refused with every reason', async () => {
    const caller = await enterByPhone(api, '13800000015');
    const refused = await caller.post('/access/password', { password: '00000015' }, { 'accept-language': 'en' });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'password-unfit']);
    expect(refused.body.error.details.map((each: { message: string }) => each.message)).toEqual([
      'at least 10 characters',
      'too few different characters, or a run of keys',
      'must not hold your telephone, identity number, birth date, name or login',
    ]);
  });

  test('changing it needs the present one, and ends every other session', async () => {
    const phone = '13800000016';
    await withPassword(phone);
    const one = callerFrom(api, await api.anyone().post('/access/sign-in/password', { login: phone, password }));
    const other = callerFrom(api, await api.anyone().post('/access/sign-in/password', { login: phone, password }));
    const next = '凤凰飞来三只落在梧桐';
    expect((await one.post('/access/password', { password: next })).body.error.code).toBe('sign-in-refused');
    const changed = await one.post('/access/password', { current: password, password: next });
    expect(changed.status).toBe(200);
    expect([(await one.get('/access/me')).status, (await other.get('/access/me')).status]).toEqual([401, 401]);
    expect((await callerFrom(api, changed).get('/access/me')).status).toBe(200);
    expect((await api.anyone().post('/access/sign-in/password', { login: phone, password })).body.error.code).toBe('sign-in-refused');
  });
});

describe('with a second factor', () => {
  /** A person who enrolled one. */
  async function enrolled(phone: string): Promise<{ codeAt: (now: Date) => string; recoveryCodes: string[] }> {
    const caller = await enterByPhone(api, phone);
    const begun = await caller.post('/access/second-factor');
    const codeAt = authenticator(begun.body.secret);
    const wrong = await caller.post('/access/second-factor/confirm', { code: '000000' });
    expect(wrong.body.error.code).toBe('second-factor-refused');
    const confirmed = await caller.post('/access/second-factor/confirm', { code: codeAt(now) });
    expect(confirmed.status).toBe(200);
    later(61);
    return { codeAt, recoveryCodes: confirmed.body.recoveryCodes };
  }

  const first = async (phone: string): Promise<string> => {
    const answer = await api.anyone().post('/access/sign-in/code', await proveByPhone(api, phone));
    expect(answer.body).toMatchObject({ next: 'second-factor', sessionId: null });
    expect(cookieOf(answer, 'wutong_session')).toBeUndefined();
    return answer.body.stepToken;
  };
  const second = async (stepToken: string, code: string): Promise<string> => {
    const answer = await api.anyone().post('/access/sign-in/second-factor', { stepToken, code });
    return answer.body.error?.code ?? answer.body.next;
  };

  test('the code of the authenticator counts once', async () => {
    const phone = '13800000020';
    const { codeAt } = await enrolled(phone);
    const stepToken = await first(phone);
    expect(await second(stepToken, '000000')).toBe('second-factor-refused');
    expect(await second(stepToken, codeAt(now))).toBe('done');
    expect(await second(stepToken, codeAt(now))).toBe('step-expired');
    const used = codeAt(now);
    const next = await first(phone);
    expect(await second(next, used)).toBe('second-factor-refused');
    later(61);
    expect(await second(next, codeAt(now))).toBe('done');
  });

  test('a recovery code counts once, typed freely', async () => {
    const phone = '13800000021';
    const { recoveryCodes } = await enrolled(phone);
    const [code = ''] = recoveryCodes;
    expect(await second(await first(phone), code.toLowerCase().replaceAll('-', ' '))).toBe('done');
    later(61);
    expect(await second(await first(phone), code)).toBe('second-factor-refused');
  });

  test('wrong codes close it for a while, and a step lasts ten minutes', async () => {
    const phone = '13800000022';
    const { codeAt } = await enrolled(phone);
    const stepToken = await first(phone);
    for (let count = 0; count < 5; count++) expect(await second(stepToken, '000000')).toBe('second-factor-refused');
    expect(await second(stepToken, codeAt(now))).toBe('too-many-attempts');
    later(61);
    expect(await second(stepToken, codeAt(now))).toBe('done');
    const late = await first(phone);
    later(600);
    expect(await second(late, codeAt(now))).toBe('step-expired');
  });

  test('a step’s token opens nothing but its step', async () => {
    const phone = '13800000023';
    await enrolled(phone);
    const stepToken = await first(phone);
    expect((await api.anyone(stepToken).get('/access/me')).status).toBe(401);
    expect((await api.anyone().post('/access/sign-in/enrolment', { stepToken })).body.error.code).toBe('step-expired');
    expect((await api.anyone().post('/access/sign-in/new-password', { stepToken, password })).body.error.code).toBe('step-expired');
  });

  test('replacing it leaves the old one in force until the new one has shown a code; removing it needs a fresh proof by it', async () => {
    const phone = '13800000024';
    const { codeAt } = await enrolled(phone);
    const answer = await api.anyone().post('/access/sign-in/second-factor', { stepToken: await first(phone), code: codeAt(now) });
    const caller = callerFrom(api, answer);
    await caller.post('/access/second-factor');
    later(61);
    expect(await second(await first(phone), codeAt(now))).toBe('done');
    later(16 * 60);
    expect((await caller.delete('/access/second-factor')).body.error.code).toBe('proof-needed');
    expect((await caller.post('/access/proof', { kind: 'phone-code', ...(await proveByPhone(api, phone)) })).body.error.code).toBe('sign-in-refused');
    expect((await caller.post('/access/proof', { kind: 'second-factor', code: codeAt(now) })).status).toBe(204);
    expect((await caller.delete('/access/second-factor')).status).toBe(204);
    expect((await caller.get('/access/me')).body).toMatchObject({ hasSecondFactor: false, recoveryCodesLeft: 0 });
  });
});

test('another telephone: proved by a code, the old one is told, one that is somebody else’s is refused', async () => {
  const caller = await enterByPhone(api, '13800000030');
  await enterByPhone(api, '13800000031');
  later(61);
  const taken = await caller.post('/access/phone', await proveByPhone(api, '13800000031', 'change-phone'));
  expect(taken.body.error.code).toBe('phone-taken');
  expect((await caller.post('/access/phone', await proveByPhone(api, '13800000032', 'change-phone'))).status).toBe(204);
  expect((await caller.get('/access/me')).body.phone).toBe('138****0032');
  expect((await smsTo(api, '13800000030'))[0]?.template).toBe('account.phone-changed');
});
