// What changes something in transactions of its own writes its row of the audit trail there: one row each, and without the row no work.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activateStaff, authenticator, claimedPerson, callerFrom, cookieOf, enterByPhone, foundAdmins, noticeVersion, proveByPhone, sampleNumber, type SignedInStaff } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner } from '../support/database.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';

/** A call made ready: who sends what, what its row is about, and what must be refused and written as refused. */
interface Ready {
  readonly by?: TestCaller;
  readonly path: string;
  readonly body?: object;
  readonly wrong?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly kind: string;
  /** Whom it is about, where the test knows. */
  readonly about?: string;
}

const password = '梧桐树下有三只凤凰啊';
const another = '凤凰飞来三只落在梧桐';
const start = new Date('2026-06-30T01:00:00Z');
let now = start;
let api: TestApi;
let provider: TestProvider;
let providerId: string;
let admins: Awaited<ReturnType<typeof foundAdmins>>;
let intake: SignedInStaff;
const failures: unknown[] = [];
/** Everything typed that no row may hold. */
const typed = new Set<string>();

let sequence = 0;
/** A telephone that nobody has yet. */
function newPhone(): string {
  const phone = `138${String(10_000_000 + ++sequence)}`;
  typed.add(phone);
  return phone;
}
function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
  api.setNow(now);
}

beforeAll(async () => {
  api = await startApi({ change: { failed: (error) => failures.push(error) } });
  api.setNow(now);
  provider = await startProvider();
  admins = await foundAdmins(api, now);
  const { issuer, clientId, clientSecret, returnUrl } = provider;
  providerId = (await admins['system-admin'].caller.post('/access/identity-providers', { issuer, clientId, clientSecret, returnUrl, name: { zh: '样例', en: 'Sample' } })).body.providerId;
  const made = await newStaff('shouli', '13700000001');
  const terms = { departmentId: api.departments['changyi-hrss'], roles: ['intake'], validFrom: '2026-06-01' };
  await admins['security-admin'].caller.post(`/access/staff/${made}/appointments`, terms);
  intake = await activateStaff(api, 'shouli', '13700000001', now);
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
});

async function newStaff(login: string, phone: string): Promise<string> {
  typed.add(login).add(phone).add('张三九');
  return (await admins['security-admin'].caller.post('/access/staff', { login, name: '张三九', phone, duty: 'officer' })).body.accountId;
}

interface Entered {
  readonly phone: string;
  readonly by: TestCaller;
  readonly about: string;
}

async function person(phone = newPhone()): Promise<Entered> {
  const by = await enterByPhone(api, phone);
  return { phone, by, about: (await by.get('/access/me')).body.accountId };
}

/** A person with a password; the session goes on. */
async function withPassword(): Promise<Entered> {
  const entered = await person();
  return { ...entered, by: callerFrom(api, await entered.by.post('/access/password', { password })) };
}

/** A person with an authenticator whose next code has not been used. */
async function withFactor(): Promise<Entered & { readonly code: string }> {
  const entered = await person();
  const codeAt = authenticator((await entered.by.post('/access/second-factor')).body.secret);
  expect((await entered.by.post('/access/second-factor/confirm', { code: codeAt(now) })).status).toBe(200);
  later(61);
  // The session is seen again, so that the call to come does not write that.
  await entered.by.get('/access/me');
  return { ...entered, code: codeAt(now) };
}

/** A member of staff, activated, who must enrol next. */
async function toEnrol(): Promise<{ readonly about: string; readonly stepToken: string }> {
  const phone = newPhone();
  const about = await newStaff(`yuangong${sequence}`, phone);
  const answer = await api.anyone().post('/access/staff-activation', { login: `yuangong${sequence}`, ...(await proveByPhone(api, phone)), password: 'Fenghuang yu Wutong 9' });
  return { about, stepToken: answer.body.stepToken };
}

function newIdentity(): { readonly name: string; readonly number: string } {
  const number = sampleNumber('1990-03-07', ++sequence);
  typed.add(number).add('张三一');
  return { name: '张三一', number };
}

async function claimed(): Promise<Entered & { readonly name: string; readonly number: string }> {
  const identity = newIdentity();
  const phone = newPhone();
  const { caller } = await claimedPerson(api, { ...identity, phone });
  return { ...identity, phone, by: caller, about: (await caller.get('/access/me')).body.accountId };
}

const wrongCode = (proof: { readonly codeId: string; readonly code: string }): { readonly codeId: string; readonly code: string } => ({ ...proof, code: proof.code === '000000' ? '000001' : '000000' });

/** Every endpoint that opens its own transactions to change something, ready to be called. */
const calls: Readonly<Record<string, () => Promise<Ready>>> = {
  'codes.send': async () => ({ path: '/access/codes', body: { phone: newPhone() }, kind: 'phone-code' }),
  'sign-in.by-code': async () => {
    const { phone, about } = await person();
    const proof = await proveByPhone(api, phone);
    return { path: '/access/sign-in/code', body: { ...proof, noticeVersion }, wrong: { ...wrongCode(proof), noticeVersion }, kind: 'account', about };
  },
  'sign-in.by-password': async () => {
    const { phone, about } = await withPassword();
    return { path: '/access/sign-in/password', body: { login: phone, password }, wrong: { login: phone, password: another }, kind: 'account', about };
  },
  'sign-in.real-name': async () => {
    const { phone, name, number, about } = await claimed();
    later(61);
    const { stepToken } = (await api.anyone().post('/access/sign-in/code', await proveByPhone(api, phone))).body;
    const body = { stepToken, name, identityNumber: number };
    return { path: '/access/sign-in/real-name', body, wrong: { ...body, name: '张三二' }, kind: 'account', about };
  },
  'sign-in.second-factor': async () => {
    const { phone, code, about } = await withFactor();
    const { stepToken } = (await api.anyone().post('/access/sign-in/code', await proveByPhone(api, phone))).body;
    return { path: '/access/sign-in/second-factor', body: { stepToken, code }, wrong: { stepToken, code: '000000' }, kind: 'account', about };
  },
  'sign-in.new-password': async () => {
    const { phone, about } = await withPassword();
    await asOwner(api.database, (client) => client.query('update passwords set is_one_time = true where account_id = $1', [about]));
    const { stepToken } = (await api.anyone().post('/access/sign-in/password', { login: phone, password })).body;
    return { path: '/access/sign-in/new-password', body: { stepToken, password: another }, kind: 'account', about };
  },
  'sign-in.begin-enrolment': async () => {
    const { stepToken, about } = await toEnrol();
    return { path: '/access/sign-in/enrolment', body: { stepToken }, kind: 'account', about };
  },
  'sign-in.confirm-enrolment': async () => {
    const { stepToken, about } = await toEnrol();
    const { secret } = (await api.anyone().post('/access/sign-in/enrolment', { stepToken })).body;
    return { path: '/access/sign-in/enrolment/confirm', body: { stepToken, code: authenticator(secret)(now) }, wrong: { stepToken, code: '000000' }, kind: 'account', about };
  },
  'staff.activate': async () => {
    const phone = newPhone();
    const about = await newStaff(`yuangong${sequence}`, phone);
    const body = { login: `yuangong${sequence}`, ...(await proveByPhone(api, phone)), password: 'Fenghuang yu Wutong 9' };
    return { path: '/access/staff-activation', body, wrong: { ...body, ...wrongCode(body) }, kind: 'account', about };
  },
  'account.recover': async () => {
    const { phone, name, number, about } = await claimed();
    const body = { ...(await proveByPhone(api, phone, 'recover')), name, identityNumber: number, password: another };
    return { path: '/access/recovery', body, wrong: { ...body, name: '张三二' }, kind: 'account', about };
  },
  'sign-in.begin-provider': async () => ({ path: `/access/providers/${providerId}/visit`, kind: 'identity-provider', about: providerId }),
  'sign-in.by-provider': async () => {
    const begun = await api.anyone().post(`/access/providers/${providerId}/visit`);
    const query = await provider.walk(begun.body.goTo);
    const headers = { cookie: `wutong_visit=${cookieOf(begun, 'wutong_visit')}` };
    return { path: '/access/providers/return', body: { query, noticeVersion }, wrong: { query: query.replace('code=', 'code=x'), noticeVersion }, headers, kind: 'account' };
  },
  'session.prove': async () => {
    const { by, about } = await withPassword();
    return { by, path: '/access/proof', body: { kind: 'password', password }, wrong: { kind: 'password', password: another }, kind: 'account', about };
  },
  'account.change-password': async () => {
    const { by, about } = await withPassword();
    return { by, path: '/access/password', body: { current: password, password: another }, wrong: { current: another, password: another }, kind: 'account', about };
  },
  'account.change-phone': async () => {
    const { by, about } = await person();
    const proof = await proveByPhone(api, newPhone(), 'change-phone');
    return { by, path: '/access/phone', body: proof, wrong: wrongCode(proof), kind: 'account', about };
  },
  'second-factor.begin': async () => {
    const { by, about } = await person();
    return { by, path: '/access/second-factor', kind: 'account', about };
  },
  'second-factor.confirm': async () => {
    const { by, about } = await person();
    const { secret } = (await by.post('/access/second-factor')).body;
    return { by, path: '/access/second-factor/confirm', body: { code: authenticator(secret)(now) }, wrong: { code: '000000' }, kind: 'account', about };
  },
  'second-factor.renew-recovery-codes': async () => {
    const { by, about } = await withFactor();
    return { by, path: '/access/second-factor/recovery-codes', kind: 'account', about };
  },
  'claim.make': async () => {
    const { by } = await person();
    const { name, number } = newIdentity();
    return { by, path: '/access/claim', body: { name, identityNumber: number }, kind: 'claim' };
  },
  'family.ask': async () => {
    const { by } = await claimed();
    const { name, number } = newIdentity();
    return { by, path: '/access/family', body: { relation: 'spouse', name, identityNumber: number }, kind: 'family-link' };
  },
  'recovery.open': async () => {
    const { name, number } = await claimed();
    const body = { name, identityNumber: number, ...(await proveByPhone(api, newPhone(), 'recover')) };
    return { by: intake.caller, path: '/access/recoveries', body, wrong: { ...body, ...wrongCode(body) }, kind: 'recovery' };
  },
  'feed-key.create': async () => {
    const body = { departmentId: api.departments['city-hrss'], label: '样例', purpose: '样例' };
    return { by: admins['security-admin'].caller, path: '/access/feed-keys', body, kind: 'feed-key' };
  },
};

const send = ({ by = api.anyone(), path, body, headers = {} }: Ready): Promise<Answered> => by.post(path, body, headers);

interface Row {
  readonly action: string;
  readonly outcome: string;
  readonly account_id: string | null;
  readonly object_kind: string | null;
  readonly object_id: string | null;
  readonly detail: object;
}

/** The rows of the call that was answered. */
async function rowsOf(answer: Answered): Promise<readonly Row[]> {
  const columns = 'action, outcome, account_id, object_kind, object_id, detail, capacity';
  const { rows } = await asOwner(api.database, (client) => client.query<Row>(`select ${columns} from audit_entries where request_id = $1`, [answer.headers.get('x-request-id')]));
  return rows;
}

/** What the work changes. What guards it (tries that are counted, codes and visits that are used up) is no work, and stays counted. */
const worked = [
  'accounts', 'passwords', 'second_factors', 'recovery_codes', 'sessions', 'pending_sign_ins', 'outside_identities', 'claims', 'recoveries', 'family_links', 'feed_keys', 'outbox', 'audit_entries', 'audit_queue',
];
async function workDone(): Promise<Readonly<Record<string, unknown>>> {
  const all: Record<string, unknown> = {};
  await asOwner(api.database, async (client) => {
    for (const table of worked) all[table] = (await client.query(`select md5(t::text) as row from ${table} t order by 1`)).rows;
    for (const table of ['phone_codes', 'provider_visits']) all[table] = Number((await client.query(`select count(*) from ${table}`)).rows[0].count);
  });
  return all;
}

/** Lets nobody write the trail meanwhile. */
async function withoutTrail<T>(work: () => Promise<T>): Promise<T> {
  await asOwner(api.database, (client) => client.query('revoke insert on audit_entries from wutong_app'));
  try {
    return await work();
  } finally {
    await asOwner(api.database, (client) => client.query('grant insert on audit_entries to wutong_app'));
  }
}

describe('an endpoint with transactions of its own', () => {
  test('that changes something is audited inside of them, and stands in this test', () => {
    const own = api.parts.routes.map(({ endpoint }) => endpoint).filter(({ ownTransaction, method }) => ownTransaction === true && method !== 'GET');
    expect(own.filter(({ audited }) => audited !== 'inside').map(({ id }) => id)).toEqual([]);
    expect(own.map(({ id }) => id).toSorted()).toEqual(Object.keys(calls).toSorted());
    // Elsewhere the server writes the row itself; saying otherwise would lose it.
    expect(api.parts.routes.filter(({ endpoint }) => endpoint.audited !== undefined && endpoint.ownTransaction !== true)).toEqual([]);
  });
});

describe.each(Object.entries(calls))('%s', (id, prepare) => {
  test('leaves one row, with the call and whom it is about, and nothing that was typed', async () => {
    const ready = await prepare();
    const answer = await send(ready);
    expect(answer.status).toBeLessThan(300);
    const rows = await rowsOf(answer);
    expect(rows).toMatchObject([{ action: id, outcome: 'done', object_kind: ready.kind }]);
    expect(rows[0]?.object_id).toBe(ready.about ?? rows[0]?.object_id);
    expect(rows[0]?.object_id).toMatch(/^[0-9a-f-]{36}$/);
    for (const value of typed) expect(JSON.stringify(rows)).not.toContain(value);
  });

  test('does nothing where its row cannot be written', async () => {
    const ready = await prepare();
    const before = await workDone();
    failures.length = 0;
    const answer = await withoutTrail(() => send(ready));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([500, []]);
    expect(String(failures[0])).toContain('permission denied for table audit_entries');
    const { provider_visits: visits, ...rest } = await workDone();
    expect(rest).toEqual({ ...before, provider_visits: undefined });
    // A visit to an issuer serves once, whatever becomes of it; none is begun.
    expect(visits).toBe(Number(before['provider_visits']) - (id === 'sign-in.by-provider' ? 1 : 0));
  });
});

const refusable = ['sign-in.by-code', 'sign-in.by-password', 'sign-in.real-name', 'sign-in.second-factor', 'sign-in.confirm-enrolment', 'staff.activate', 'account.recover', 'sign-in.by-provider', 'session.prove',
  'account.change-password', 'account.change-phone', 'second-factor.confirm', 'recovery.open'];
test.each(refusable)('%s: a proof that is wrong leaves one row, as refused', async (id) => {
  const ready = await calls[id]?.();
  if (ready?.wrong === undefined) throw new Error(`${id} has no wrong proof`);
  const answer = await send({ ...ready, body: ready.wrong });
  // Recovering answers alike, so that it tells nobody who has an account.
  expect(id === 'account.recover' ? answer.status === 202 : answer.status >= 400 && answer.status < 500).toBe(true);
  const rows = await rowsOf(answer);
  expect(rows).toMatchObject([{ action: id, outcome: 'refused' }]);
  for (const value of typed) expect(JSON.stringify(rows)).not.toContain(value);
});
