// Real names and lost access: what matches is settled at once, everything else by officers, recoveries by two.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activateStaff, addPerson, authenticator, browserOf, callerFrom, claimedPerson, cookieOf, enterByPhone, foundAdmins, noticeVersion, proveByPhone, sampleNumber, type SignedInStaff, smsTo } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner } from '../support/database.ts';

let api: TestApi;
let now = new Date('2026-06-30T01:00:00Z');
let intake: SignedInStaff;
let reviewer: SignedInStaff;
beforeAll(async () => {
  api = await startApi();
  api.setNow(now);
  const admins = await foundAdmins(api, now);
  const officer = async (login: string, phone: string, roles: string[]): Promise<SignedInStaff> => {
    const security = admins['security-admin'].caller;
    const made = await security.post('/access/staff', { login, name: '张三九', phone, duty: 'officer' });
    await security.post(`/access/staff/${made.body.accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles, validFrom: '2026-06-01' });
    return activateStaff(api, login, phone, now);
  };
  intake = await officer('shouli', '13700000001', ['intake', 'reviewer']);
  reviewer = await officer('shenhe', '13700000002', ['reviewer']);
});
afterAll(() => api.stop());

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
  api.setNow(now);
}

const codeOf = (answer: Answered): string => answer.body?.error?.code ?? String(answer.status);
const stateOf = async (caller: TestCaller): Promise<unknown> => {
  const { capacity, claim } = (await caller.get('/access/me')).body;
  return [capacity.kind, claim];
};

describe('claims', () => {
  const number = (sequence: number): string => sampleNumber('1990-03-07', sequence);

  test('name, number and telephone of the record: settled at once; written as 15 digits or with another dot it is the same person', async () => {
    const { caller, partyId } = await claimedPerson(api, { name: '张三一', number: number(451), phone: '13800000001' });
    expect((await caller.get('/access/me')).body).toMatchObject({ capacity: { kind: 'person', partyId }, claim: 'confirmed' });
    expect((await caller.get(`/people/${partyId}`)).body.name).toBe('张三一');
    expect(codeOf(await caller.post('/access/claim', { name: '张三一', identityNumber: number(451) }))).toBe('already-claimed');
    await addPerson(api, { name: '阿依古丽·买买提', number: sampleNumber('1968-04-01', 102), phone: '13800000002' });
    const other = await enterByPhone(api, '13800000002');
    const full = sampleNumber('1968-04-01', 102);
    await other.post('/access/claim', { name: '阿依古丽•买买提', identityNumber: full.slice(0, 6) + full.slice(8, 17) });
    expect(await stateOf(other)).toEqual(['person', 'confirmed']);
  });

  test('a text that is no number is told so, which says nothing about anybody', async () => {
    const caller = await enterByPhone(api, '13800000003');
    const answer = await caller.post('/access/claim', { name: '张三三', identityNumber: '220202199003074510' });
    expect([answer.status, answer.body.error.details[0].field]).toEqual([422, 'identityNumber']);
  });

  test('an officer who saw the document confirms: the record is found, or made where there is none', async () => {
    const partyId = await addPerson(api, { name: '张三四', number: number(454), phone: '13711110000' });
    const known = await enterByPhone(api, '13800000004');
    await known.post('/access/claim', { name: '张三四', identityNumber: number(454) });
    const fresh = await enterByPhone(api, '13800000005');
    await fresh.post('/access/claim', { name: '张三五', identityNumber: number(455) });
    expect(codeOf(await fresh.post('/access/claim', { name: '张三五', identityNumber: number(455) }))).toBe('already-claimed');
    expect(codeOf(await reviewer.caller.get('/access/claims'))).toBe('not-permitted');
    const { items } = (await intake.caller.get('/access/claims')).body;
    expect(items).toMatchObject([
      { name: '张三四', identityNumber: number(454), finding: 'phone-differs', partyId },
      { name: '张三五', identityNumber: number(455), finding: 'no-record', partyId: null },
    ]);
    for (const { claimId } of items) expect((await intake.caller.post(`/access/claims/${claimId}/decision`, { confirm: true })).status).toBe(204);
    expect((await known.get('/access/me')).body.capacity).toEqual({ kind: 'person', partyId });
    const made = (await fresh.get('/access/me')).body.capacity.partyId;
    expect((await fresh.get(`/people/${made}`)).body).toMatchObject({ name: '张三五', jurisdictionCode: '220202' });
    expect(codeOf(await intake.caller.post(`/access/claims/${items[0].claimId}/decision`, { confirm: true }))).toBe('settled-already');
    const trail = await asOwner(api.database, (client) => client.query(`select account_id, object_kind, object_id, detail from audit_entries where action = 'claim.decide'`));
    expect(trail.rows[0]).toEqual({ account_id: intake.accountId, object_kind: 'claim', object_id: items[0].claimId, detail: { confirm: true } });
  });

  test('a record that somebody holds is not given a second time, by anybody', async () => {
    const second = await enterByPhone(api, '13800000006');
    await second.post('/access/claim', { name: '张三一', identityNumber: number(451) });
    const { items } = (await intake.caller.get('/access/claims')).body;
    const { claimId } = items.find((each: { finding: string }) => each.finding === 'already-claimed');
    expect(codeOf(await intake.caller.post(`/access/claims/${claimId}/decision`, { confirm: true }))).toBe('already-claimed');
    expect((await intake.caller.post(`/access/claims/${claimId}/decision`, { confirm: false })).status).toBe(204);
    expect(await stateOf(second)).toEqual(['account', 'refused']);
    const force = asOwner(api.database, (client) => client.query(`update accounts set party_id = (select party_id from accounts where party_id is not null limit 1) where party_id is null and duty = 'person'`));
    await expect(force).rejects.toThrow(/accounts_tenant_id_party_id_key/);
  });

  test('two accounts that claim one record at the same moment: one has it', async () => {
    await addPerson(api, { name: '张三七', number: number(457), phone: '13800000007' });
    const one = await enterByPhone(api, '13800000007');
    const answers = await Promise.all([1, 2, 3].map(() => one.post('/access/claim', { name: '张三七', identityNumber: number(457) })));
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    expect(await stateOf(one)).toEqual(['person', 'confirmed']);
  });

  test('guessing slows down, and ends by itself', async () => {
    const caller = await enterByPhone(api, '13800000008');
    const claim = async (): Promise<string> => codeOf(await caller.post('/access/claim', { name: '张三八', identityNumber: number(458) }));
    for (let count = 0; count < 3; count++) {
      expect(await claim()).toBe('202');
      const { items } = (await intake.caller.get('/access/claims')).body;
      await intake.caller.post(`/access/claims/${items.at(-1).claimId}/decision`, { confirm: false });
    }
    expect(await claim()).toBe('too-many-attempts');
    later(600);
    expect(await claim()).toBe('202');
  });
});

describe('recovery', () => {
  const password = '梧桐树下有三只凤凰啊';
  const number = sampleNumber('1991-04-08', 461);
  const phone = '13800000021';
  let partyId: string;
  const signIn = async (login: string, typed: string): Promise<string> => {
    const answer = await api.anyone().post('/access/sign-in/password', { login, password: typed });
    return answer.body.error?.code ?? answer.body.next;
  };

  test('by telephone and identity: a new password, no second factor, every session ended, and the owner is told', async () => {
    const claimed = await claimedPerson(api, { name: '张三二', number, phone });
    partyId = claimed.partyId;
    await claimed.caller.post('/access/password', { password });
    later(61);
    const answer = await api.anyone().post('/access/recovery', { ...(await proveByPhone(api, phone, 'recover')), name: '张三二', identityNumber: number, password: '凤凰飞来三只落在梧桐' });
    expect(answer.status).toBe(202);
    expect((await claimed.caller.get('/access/me')).status).toBe(401);
    expect([await signIn(phone, password), await signIn(phone, '凤凰飞来三只落在梧桐')]).toEqual(['sign-in-refused', 'done']);
    expect((await smsTo(api, phone))[0]?.template).toBe('account.recovered');
  });

  test('a code alone is not enough, and a code for signing in is none for recovering', async () => {
    later(3601);
    const wrong = await api.anyone().post('/access/recovery', { ...(await proveByPhone(api, phone, 'enter')), name: '张三二', identityNumber: number, password });
    expect(codeOf(wrong)).toBe('code-refused');
    expect(await signIn(phone, '凤凰飞来三只落在梧桐')).toBe('done');
  });

  test('a lost telephone: one officer opens, another confirms, the new telephone has the account', async () => {
    const caller = await enterByPhone(api, '13800000022');
    expect(await stateOf(caller)).toEqual(['account', 'none']);
    later(61);
    intake = { ...intake, caller: await again(intake) };
    const open = async (name: string) => intake.caller.post('/access/recoveries', { name, identityNumber: number, ...(await proveByPhone(api, '13800000022', 'recover')) });
    expect(codeOf(await open('张三三'))).toBe('not-found');
    later(121);
    const opened = await open('张三二');
    expect(opened.status).toBe(201);
    const path = `/access/recoveries/${opened.body.recoveryId}/decision`;
    // The same officer is a reviewer too, and still may not confirm what that officer opened.
    expect(codeOf(await intake.caller.post(path, { confirm: true }))).toBe('own-hands-refused');
    await expect(asOwner(api.database, (client) => client.query(`update recoveries set settled_by = opened_by, settled_at = now(), outcome = 'done'`))).rejects.toThrow(/recoveries_check/);
    reviewer = { ...reviewer, caller: await again(reviewer) };
    expect((await reviewer.caller.get('/access/recoveries')).body.items).toMatchObject([{ name: '张三二', identityNumber: `${number.slice(0, 3)}***********${number.slice(-4)}`, phone: '138****0022' }]);
    expect((await reviewer.caller.post(path, { confirm: true })).status).toBe(204);
    expect(codeOf(await reviewer.caller.post(path, { confirm: true }))).toBe('not-found');
    // The account that was begun with the new telephone meanwhile held nothing, and is out.
    expect((await caller.get('/access/me')).status).toBe(401);
    later(3601);
    const back = await enterByPhone(api, '13800000022');
    expect((await back.get('/access/me')).body).toMatchObject({ capacity: { kind: 'person', partyId }, hasPassword: false, phone: '138****0022' });
    expect((await smsTo(api, phone))[0]?.template).toBe('account.recovered');
    expect(await signIn(phone, '凤凰飞来三只落在梧桐')).toBe('sign-in-refused');
  });

  describe('a telephone that a carrier gave to somebody else', () => {
    const [phone, name, identityNumber] = ['13800000061', '张三六', sampleNumber('1993-06-10', 464)];
    const typed = { name, identityNumber };
    let partyId: string;
    beforeAll(async () => {
      ({ partyId } = await claimedPerson(api, { name, number: identityNumber, phone }));
    });
    const code = async (headers: Readonly<Record<string, string>> = {}) => {
      later(61);
      return api.anyone().post('/access/sign-in/code', await proveByPhone(api, phone, 'enter', headers), headers);
    };
    const realName = (stepToken: string, said: object = {}, headers: Readonly<Record<string, string>> = {}) => api.anyone().post('/access/sign-in/real-name', { stepToken, ...typed, ...said }, headers);

    test('opens no named account by its codes alone: name and number are asked for, and neither session nor cookie is given before', async () => {
      const first = await code();
      expect(first).toMatchObject({ status: 200, body: { next: 'real-name', sessionId: null } });
      expect(first.headers.getSetCookie()).toEqual([]);
      const { stepToken } = first.body;
      expect(codeOf(await realName(stepToken, { name: '张三七' }))).toBe('identity-differs');
      expect(codeOf(await realName(stepToken, { identityNumber: sampleNumber('1993-06-10', 465) }))).toBe('identity-differs');
      // Not a number at all is told at once, and is no attempt.
      expect(codeOf(await realName(stepToken, { identityNumber: '220202199306104640' }))).toBe('input-invalid');
      const cookies = (await realName(stepToken, { name: '张三八' })).headers.getSetCookie();
      expect(cookies).toEqual([]);
      // Three guesses; then even the truth waits, in this sign-in and in the next.
      expect(codeOf(await realName(stepToken))).toBe('too-many-attempts');
      expect(codeOf(await realName((await code()).body.stepToken))).toBe('too-many-attempts');
      expect(codeOf(await api.anyone().post('/access/sign-in/second-factor', { stepToken, code: '000000' }))).toBe('step-expired');
      later(601);
      expect(codeOf(await realName(stepToken))).toBe('step-expired');
    });

    test('its owner says both once in a browser, and is then known there for a month', async () => {
      const first = await code();
      const entered = await realName(first.body.stepToken, { name: ` ${name} ` });
      expect(entered).toMatchObject({ status: 200, body: { next: 'done' } });
      expect((await callerFrom(api, entered).get('/access/me')).body.capacity).toEqual({ kind: 'person', partyId });
      expect(codeOf(await realName(first.body.stepToken))).toBe('step-expired');
      const known = { cookie: `wutong_browser=${cookieOf(entered, 'wutong_browser')}`, 'sec-fetch-site': 'same-origin' };
      expect((await code(known)).body.next).toBe('done');
      // Another browser is asked, also one that is known for another telephone.
      expect((await code()).body.next).toBe('real-name');
      expect((await code(browserOf(api, '13800000001'))).body.next).toBe('real-name');
      const before = now;
      later(30 * 86_400 - 300);
      expect((await code(known)).body.next).toBe('done');
      later(31 * 86_400);
      expect((await code(known)).body.next).toBe('real-name');
      now = before;
      api.setNow(now);
    });

    test('a family shares a browser: it stays known for each of the last five who entered there, and for nobody whom it only names', async () => {
      const sameBrowser = (answer: Answered) => ({ cookie: `wutong_browser=${cookieOf(answer, 'wutong_browser')}`, 'sec-fetch-site': 'same-origin' });
      const mine = sameBrowser(await realName((await code()).body.stepToken));
      const enterAs = async (who: string, headers: Readonly<Record<string, string>>): Promise<Answered> => {
        later(61);
        return api.anyone().post('/access/sign-in/code', { ...(await proveByPhone(api, who, 'enter', headers)), noticeVersion }, headers);
      };
      let shared = mine;
      for (const who of ['13800000071', '13800000072', '13800000073', '13800000074']) shared = sameBrowser(await enterAs(who, shared));
      expect((await code(shared)).body.next).toBe('done');
      shared = sameBrowser(await enterAs('13800000075', shared));
      expect((await code(shared)).body.next).toBe('real-name');
      // Another city's or a changed mark is none.
      const changed = { ...mine, cookie: mine.cookie.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')) };
      expect((await code(changed)).body.next).toBe('real-name');
    });

    test('an account that said no name, and one with a second factor, open as before', async () => {
      const unnamed = await enterByPhone(api, '13800000062');
      later(61);
      expect((await api.anyone().post('/access/sign-in/code', await proveByPhone(api, '13800000062'))).body.next).toBe('done');
      const claimed = await claimedPerson(api, { name: '张三二', number: sampleNumber('1993-06-10', 466), phone: '13800000063' });
      const codeAt = authenticator((await claimed.caller.post('/access/second-factor')).body.secret);
      expect((await claimed.caller.post('/access/second-factor/confirm', { code: codeAt(now) })).status).toBe(200);
      later(61);
      const first = await api.anyone().post('/access/sign-in/code', await proveByPhone(api, '13800000063'));
      expect(first.body.next).toBe('second-factor');
      // A code to the telephone alone makes no browser known.
      expect(first.headers.getSetCookie()).toEqual([]);
      expect((await unnamed.get('/access/me')).status).toBe(200);
    });
  });

  test('a named account that was quiet for half a year does not open to whoever has the telephone now; name and number do', async () => {
    const quiet = sampleNumber('1992-05-09', 462);
    const { caller } = await claimedPerson(api, { name: '张三三', number: quiet, phone: '13800000033' });
    const unnamed = await enterByPhone(api, '13800000034');
    expect((await unnamed.get('/access/me')).status).toBe(200);
    const before = now;
    later(181 * 86_400);
    const proof = await proveByPhone(api, '13800000033');
    expect(codeOf(await api.anyone().post('/access/sign-in/code', proof))).toBe('recovery-needed');
    await enterByPhone(api, '13800000034');
    await api.anyone().post('/access/recovery', { ...(await proveByPhone(api, '13800000033', 'recover')), name: '张三三', identityNumber: quiet, password });
    const back = await enterByPhone(api, '13800000033');
    expect((await back.get('/access/me')).body.capacity.kind).toBe('person');
    expect((await caller.get('/access/me')).status).toBe(401);
    now = before;
    api.setNow(now);
  });

  test('refused: nothing changes', async () => {
    later(3601);
    intake = { ...intake, caller: await again(intake) };
    reviewer = { ...reviewer, caller: await again(reviewer) };
    const opened = await intake.caller.post('/access/recoveries', { name: '张三二', identityNumber: number, ...(await proveByPhone(api, '13800000023', 'recover')) });
    expect((await reviewer.caller.post(`/access/recoveries/${opened.body.recoveryId}/decision`, { confirm: false })).status).toBe(204);
    const back = await enterByPhone(api, '13800000022');
    expect((await back.get('/access/me')).body.capacity).toEqual({ kind: 'person', partyId });
  });

  /** Signs an officer in again. */
  async function again({ login, password: typed, codeAt }: SignedInStaff): Promise<TestCaller> {
    const first = await api.anyone().post('/access/sign-in/password', { login, password: typed });
    later(61);
    return callerFrom(api, await api.anyone().post('/access/sign-in/second-factor', { stepToken: first.body.stepToken, code: codeAt(now) }));
  }
});
