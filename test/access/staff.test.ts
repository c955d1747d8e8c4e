// Staff: three administrators who are three people, officers whom one appoints and nobody appoints themselves, two people for what is grave.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argon2id, foundAdministrators } from '../../src/domains/access/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { inTenant } from '../../src/storage/database.ts';
import { activateStaff, callerFrom, enterByPhone, foundAdmins, proveByPhone, type SignedInStaff } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner } from '../support/database.ts';
import { readAll } from '../support/spreadsheet-files.ts';

let api: TestApi;
let now = new Date('2026-06-30T01:00:00Z');
let admins: Awaited<ReturnType<typeof foundAdmins>>;
let officer: SignedInStaff;
beforeAll(async () => {
  api = await startApi();
  api.setNow(now);
  admins = await foundAdmins(api, now);
  officer = await makeOfficer('banyuan', '13700000001');
});
afterAll(() => api.stop());

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
  api.setNow(now);
}

const codeOf = (answer: Answered): string => answer.body?.error?.code ?? String(answer.status);
const security = () => admins['security-admin'].caller;
const system = () => admins['system-admin'].caller;

async function makeOfficer(login: string, phone: string): Promise<SignedInStaff> {
  const made = await security().post('/access/staff', { login, name: '张三九', phone, duty: 'officer' });
  expect(made.status).toBe(201);
  return activateStaff(api, login, phone, now);
}

const appoint = (accountId: string, roles: readonly string[], more: object = {}) =>
  security().post(`/access/staff/${accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles, validFrom: '2026-06-01', ...more });

/** Signs an officer in again, with both factors. */
async function enterAgain({ login, password, codeAt }: SignedInStaff) {
  later(61);
  const first = await api.anyone().post('/access/sign-in/password', { login, password });
  return callerFrom(api, await api.anyone().post('/access/sign-in/second-factor', { stepToken: first.body.stepToken, code: codeAt(now) }));
}

describe('three administrators', () => {
  test('each does its own work and nothing of the others’', async () => {
    const look = async (path: string) => {
      const [a, b, c] = await Promise.all((['system-admin', 'security-admin', 'audit-admin'] as const).map(async (role) => (await admins[role].caller.get(path)).status));
      return [a, b, c];
    };
    expect(await look('/access/identity-providers')).toEqual([200, 403, 403]);
    expect(await look('/access/confirmations')).toEqual([200, 403, 403]);
    expect(await look('/access/staff')).toEqual([403, 200, 403]);
    expect(await look('/access/staff/export?format=csv')).toEqual([403, 200, 403]);
    expect(await look('/access/feed-keys')).toEqual([403, 200, 403]);
    expect(await look('/audit/entries')).toEqual([403, 403, 200]);
    expect(await look('/people')).toEqual([403, 403, 403]);
  });

  test('there are three once: they cannot be founded again', async () => {
    const scope = jobScope(api.tenantId, 'test', 'staff.found');
    const people = { login: 'another', name: '张三一', phone: '13900000009' };
    const again = inTenant(api.parts.db, api.tenantId, (tx) =>
      foundAdministrators(tx, { protector: api.parts.protector, hasher: argon2id }, scope, { 'system-admin': people, 'security-admin': people, 'audit-admin': people }, now),
    );
    await expect(again).rejects.toMatchObject({ code: 'duty-conflict' });
  });

  test('one person cannot be two of them: neither the telephone nor the login serves twice', async () => {
    for (const phone of ['13900000002', '13900000003']) expect(codeOf(await security().post('/access/staff', { login: 'second', name: '张三二', phone, duty: 'system-admin' }))).toBe('login-taken');
    expect(codeOf(await security().post('/access/staff', { login: 'xitong', name: '张三二', phone: '13900000010', duty: 'audit-admin' }))).toBe('login-taken');
  });

  test('none of them is an officer, by the interface and by the database itself', async () => {
    for (const role of ['system-admin', 'audit-admin'] as const) expect(codeOf(await appoint(admins[role].accountId, ['reviewer']))).toBe('duty-conflict');
    expect(codeOf(await appoint(admins['security-admin'].accountId, ['reviewer']))).toBe('own-hands-refused');
    const force = (accountId: string, duty: string, roles: string) =>
      asOwner(api.database, (client) =>
        client.query(
          `insert into appointments (tenant_id, appointment_id, account_id, duty, department_id, roles, valid_from, granted_by, granted_at)
           values ($1, gen_random_uuid(), $2, $3, $4, $5, '2026-01-01', $6, now())`,
          [api.tenantId, accountId, duty, api.departments['city-hrss'], roles, officer.accountId],
        ),
      );
    const administrator = admins['system-admin'].accountId;
    await expect(force(administrator, 'officer', '{reviewer}')).rejects.toThrow(/foreign key/);
    await expect(force(administrator, 'system-admin', '{reviewer}')).rejects.toThrow(/appointments_duty_check/);
    await expect(force(administrator, 'officer', '{audit-admin}')).rejects.toThrow(/roles_check/);
    await expect(force(officer.accountId, 'officer', '{reviewer}')).rejects.toThrow(/appointments_check/);
  });

  test('a new administrator serves once the system administrator agrees, and never by the same hands', async () => {
    const made = await security().post('/access/staff', { login: 'shenji-2', name: '张三八', phone: '13900000011', duty: 'audit-admin' });
    const proof = await proveByPhone(api, '13900000011');
    expect(codeOf(await api.anyone().post('/access/staff-activation', { login: 'shenji-2', ...proof, password: 'Fenghuang shenji 9' }))).toBe('sign-in-refused');
    expect((await security().get('/access/staff')).body.items.find((each: { login: string }) => each.login === 'shenji-2').state).toBe('waiting');
    expect(codeOf(await security().post(`/access/confirmations/administrator/${made.body.accountId}`, { confirm: true }))).toBe('not-permitted');
    expect((await system().get('/access/confirmations')).body.items).toMatchObject([{ kind: 'administrator', login: 'shenji-2', duty: 'audit-admin' }]);
    expect((await system().post(`/access/confirmations/administrator/${made.body.accountId}`, { confirm: true })).status).toBe(204);
    expect(codeOf(await system().post(`/access/confirmations/administrator/${made.body.accountId}`, { confirm: true }))).toBe('settled-already');
    later(121);
    const second = await activateStaff(api, 'shenji-2', '13900000011', now);
    expect((await second.caller.get('/audit/entries')).status).toBe(200);
    await expect(asOwner(api.database, (client) => client.query('update accounts set confirmed_by = created_by where account_id = $1', [made.body.accountId]))).rejects.toThrow(/accounts_check/);
  });

  test('one that was refused never serves', async () => {
    const made = await security().post('/access/staff', { login: 'shenji-3', name: '张三七', phone: '13900000012', duty: 'audit-admin' });
    await system().post(`/access/confirmations/administrator/${made.body.accountId}`, { confirm: false });
    expect(codeOf(await system().post(`/access/confirmations/administrator/${made.body.accountId}`, { confirm: true }))).toBe('settled-already');
    expect(codeOf(await api.anyone().post('/access/staff-activation', { login: 'shenji-3', ...(await proveByPhone(api, '13900000012')), password: 'Fenghuang shenji 9' }))).toBe('sign-in-refused');
  });
});

describe('officers', () => {
  test('nobody else ever knows a password: the holder activates by the telephone that was entered', async () => {
    await security().post('/access/staff', { login: 'xinren', name: '张三六', phone: '13700000002', duty: 'officer' });
    const activate = async (phone: string, password = 'Fenghuang xin 99') => codeOf(await api.anyone().post('/access/staff-activation', { login: 'xinren', ...(await proveByPhone(api, phone)), password }));
    expect(await activate('13700000009')).toBe('sign-in-refused');
    expect(await activate('13700000002', 'short')).toBe('password-unfit');
    later(61);
    const activated = await activateStaff(api, 'xinren', '13700000002', now);
    expect((await activated.caller.get('/access/me')).body).toMatchObject({ duty: 'officer', capacity: { kind: 'account' }, hasSecondFactor: true, recoveryCodesLeft: 10 });
    later(61);
    expect(await activate('13700000002')).toBe('sign-in-refused');
  });

  test('an officer’s own account is no person’s: no claim, no sign-in by code', async () => {
    expect(codeOf(await officer.caller.post('/access/claim', { name: '张三九', identityNumber: '220202199003074514' }))).toMatch(/duty-conflict|input-invalid/);
    const person = await enterByPhone(api, '13700000001');
    expect((await person.get('/access/me')).body).toMatchObject({ duty: 'person' });
    expect(codeOf(await officer.caller.delete('/access/second-factor'))).toMatch(/proof-needed|duty-conflict/);
  });

  test('an appointment works from its first to its last day, in the department and below, and ends with every session when it ends', async () => {
    const { accountId } = officer;
    expect((await appoint(accountId, ['reviewer', 'reviewer', 'intake'])).status).toBe(201);
    expect((await officer.caller.get('/access/me')).status).toBe(401);
    let caller = await enterAgain(officer);
    const me = await caller.get('/access/me');
    expect(me.body.capacity).toMatchObject({ kind: 'officer', departmentName: '昌邑区人社局', roles: ['reviewer', 'intake'] });
    expect((await caller.get('/access/recoveries')).status).toBe(200);
    const ended = await security().delete(`/access/appointments/${me.body.capacity.appointmentId}`);
    expect(ended.status).toBe(204);
    expect((await caller.get('/access/recoveries')).status).toBe(401);
    caller = await enterAgain(officer);
    expect((await caller.get('/access/recoveries')).status).toBe(403);
    await appoint(accountId, ['reviewer'], { validFrom: '2026-07-02', validTo: '2026-07-03' });
    caller = await enterAgain(officer);
    expect((await caller.get('/access/me')).body.capacities).toEqual([{ kind: 'account' }]);
  });

  test('the last day of an appointment is a day in China, and the session that rests on it ends with it', async () => {
    now = new Date('2026-07-03T15:40:00Z');
    api.setNow(now);
    const caller = await enterAgain(officer);
    expect((await caller.get('/access/recoveries')).status).toBe(200);
    now = new Date('2026-07-03T15:59:59Z');
    api.setNow(now);
    expect((await caller.get('/access/recoveries')).status).toBe(200);
    now = new Date('2026-07-03T16:00:00Z');
    api.setNow(now);
    expect((await caller.get('/access/recoveries')).status).toBe(401);
    admins = { ...admins, 'security-admin': { ...admins['security-admin'], caller: await enterAgain(admins['security-admin']) }, 'system-admin': { ...admins['system-admin'], caller: await enterAgain(admins['system-admin']) } };
  });

  test('two appointments: the officer acts in one at a time, in a new session each', async () => {
    await appoint(officer.accountId, ['reviewer'], { validFrom: '2026-07-01' });
    const money = await security().post(`/access/staff/${officer.accountId}/appointments`, { departmentId: api.departments['city-finance'], roles: ['finance'], validFrom: '2026-07-01' });
    await system().post(`/access/confirmations/appointment/${money.body.appointmentId}`, { confirm: true });
    const caller = await enterAgain(officer);
    const before = await caller.get('/access/me');
    const other = before.body.capacities.find((each: { departmentName?: string }) => each.departmentName === '样例市财政局');
      const switched = await caller.post('/access/capacity', { kind: 'officer', appointmentId: other.appointmentId });
    expect(switched.body.capacity).toMatchObject({ departmentName: '样例市财政局', roles: ['finance'] });
    expect((await caller.get('/access/me')).status).toBe(401);
    const after = await callerFrom(api, switched).get('/access/me');
    expect(after.body).toMatchObject({ capacity: { departmentName: '样例市财政局' }, sessionEndsAt: before.body.sessionEndsAt, provedAt: before.body.provedAt });
    const foreign = await callerFrom(api, switched).post('/access/capacity', { kind: 'officer', appointmentId: officer.accountId });
    expect(codeOf(foreign)).toBe('capacity-missing');
  });

  test.each(['approver', 'finance'])('an appointment as %s gives no right before the system administrator agrees, and never by the same hands', async (role) => {
    const login = `fangkuan-${role}`;
    const phone = role === 'approver' ? '13700000021' : '13700000022';
    const { accountId } = (await security().post('/access/staff', { login, name: '张三五', phone, duty: 'officer' })).body;
    const asked = await appoint(accountId, ['reviewer', role]);
    expect(asked).toMatchObject({ status: 201, body: { state: 'waiting' } });
    const { appointmentId } = asked.body;
    // Signed in, the officer has no capacity yet, and cannot take one.
    const staff = await activateStaff(api, login, phone, now);
    expect((await staff.caller.get('/access/me')).body).toMatchObject({ capacity: { kind: 'account' }, capacities: [{ kind: 'account' }] });
    expect(codeOf(await staff.caller.post('/access/capacity', { kind: 'officer', appointmentId }))).toBe('capacity-missing');
    expect((await staff.caller.get('/access/recoveries')).status).toBe(403);
    const stateOf = async () => (await security().get('/access/staff?limit=100')).body.items.find((each: { login: string }) => each.login === login).appointments;
    expect(await stateOf()).toMatchObject([{ appointmentId, state: 'waiting', roles: ['reviewer', role] }]);
    // The second administrator reads what it is about, and agrees or not; the first cannot.
    expect((await system().get('/access/confirmations')).body.items).toEqual([
      {
        kind: 'appointment', id: appointmentId, login, duty: 'officer', askedAt: expect.any(String),
        appointment: { departmentId: api.departments['changyi-hrss'], departmentName: '昌邑区人社局', roles: ['reviewer', role], validFrom: '2026-06-01', validTo: null },
      },
    ]);
    const settle = (caller: TestCaller, confirm: boolean, id = appointmentId) => caller.post(`/access/confirmations/appointment/${id}`, { confirm });
    expect(codeOf(await settle(security(), true))).toBe('not-permitted');
    const refused = (await appoint(accountId, [role])).body.appointmentId;
    expect((await settle(system(), false, refused)).status).toBe(204);
    expect((await settle(system(), true)).status).toBe(204);
    for (const id of [refused, appointmentId]) expect(codeOf(await settle(system(), true, id))).toBe('settled-already');
    // Other rights: the session that was opened without them ends.
    expect((await staff.caller.get('/access/me')).status).toBe(401);
    expect((await (await enterAgain(staff)).get('/access/me')).body).toMatchObject({ capacity: { kind: 'officer', roles: ['reviewer', role] } });
    expect(await stateOf()).toMatchObject([{ appointmentId, state: 'in-force' }]);
    const force = (set: string) => asOwner(api.database, (client) => client.query(`update appointments set ${set} where appointment_id = $1`, [appointmentId]));
    await expect(force('confirmed_by = granted_by')).rejects.toThrow(/appointments_check/);
    await expect(force('confirmed_by = account_id')).rejects.toThrow(/appointments_check/);
    await expect(force('confirmed_by = null')).rejects.toThrow(/appointments_check/);
  });

  test('an appointment without them needs nobody else', async () => {
    const made = await security().post('/access/staff', { login: 'danren', name: '张三五', phone: '13700000023', duty: 'officer' });
    const others = ['intake', 'reviewer', 'leader', 'policy', 'steward'];
    expect((await appoint(made.body.accountId, others)).body.state).toBe('in-force');
    expect((await system().get('/access/confirmations')).body.items).toEqual([]);
    const { caller } = await activateStaff(api, 'danren', '13700000023', now);
    expect((await caller.get('/access/me')).body.capacity).toMatchObject({ kind: 'officer', roles: others });
  });

  test('suspended: out at once, and in again only after it is lifted; nobody suspends themselves', async () => {
    const caller = await enterAgain(officer);
    expect(codeOf(await security().post(`/access/staff/${admins['security-admin'].accountId}/suspension`))).toBe('own-hands-refused');
    await security().post(`/access/staff/${officer.accountId}/suspension`);
    expect((await caller.get('/access/me')).status).toBe(401);
    expect(codeOf(await api.anyone().post('/access/sign-in/password', { login: officer.login, password: officer.password }))).toBe('sign-in-refused');
    await security().delete(`/access/staff/${officer.accountId}/suspension`);
    expect((await (await enterAgain(officer)).get('/access/me')).status).toBe(200);
  });

  test('a lost authenticator is reset by two administrators, and the holder activates anew by telephone', async () => {
    const asked = await security().post(`/access/staff/${officer.accountId}/recovery`, { phone: '13700000008' });
    expect(codeOf(await security().post(`/access/staff/${officer.accountId}/recovery`, {}))).toBe('settled-already');
    expect(codeOf(await security().post(`/access/staff/${admins['security-admin'].accountId}/recovery`, {}))).toBe('own-hands-refused');
    expect((await system().post(`/access/confirmations/recovery/${asked.body.recoveryId}`, { confirm: true })).status).toBe(204);
    expect(codeOf(await api.anyone().post('/access/sign-in/password', { login: officer.login, password: officer.password }))).toBe('sign-in-refused');
    officer = await activateStaff(api, officer.login, '13700000008', now);
    expect((await officer.caller.get('/access/me')).body.phone).toBe('137****0008');
  });

  test('the list is narrowed by name, login, duty, state and department, and one member is found by account', async () => {
    const found = async (query: string): Promise<string[]> => (await security().get(`/access/staff?${query}`)).body.items.map(({ login }: { login: string }) => login);
    expect(await found('q=ANYUA')).toEqual(['banyuan']);
    expect(await found(`q=${encodeURIComponent('张三九')}&limit=200`)).toContain('banyuan');
    expect(await found(`q=${encodeURIComponent('没有这个人')}`)).toEqual([]);
    expect(await found(`accountId=${officer.accountId}`)).toEqual(['banyuan']);
    expect((await found('duty=system-admin&state=active')).length).toBeGreaterThan(0);
    expect(await found('duty=system-admin&state=inactive')).not.toContain('banyuan');
    expect(await found(`department=${api.departments['longtan-hrss']}&q=banyuan`)).toEqual([]);
    const all = await found('state=active&limit=200');
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: { login: string }[]; nextCursor: string | null } } = await security().get(`/access/staff?state=active&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      pages.push(...body.items.map(({ login }) => login));
      cursor = body.nextCursor;
    }
    expect(pages).toEqual(all);
  });

  test('the list comes in pages and holds no secret', async () => {
    const first = await security().get('/access/staff?limit=2');
    const rest = await security().get(`/access/staff?limit=100&cursor=${first.body.nextCursor}`);
    const logins = [...first.body.items, ...rest.body.items].map((each: { login: string }) => each.login);
    expect(logins).toEqual(['xitong', 'anquan', 'shenji', 'banyuan', 'shenji-2', 'shenji-3', 'xinren', 'fangkuan-approver', 'fangkuan-finance', 'danren']);
    expect(first.raw.toString() + rest.raw.toString()).not.toMatch(/argon2|sealed|search|137000/);
    expect(codeOf(await security().get('/access/staff?cursor=abc'))).toBe('cursor-invalid');
  });
});

test('a first password serves for 72 hours and only to choose one’s own', async () => {
  const other = await startApi();
  try {
    const start = new Date('2026-06-30T01:00:00Z');
    other.setNow(start);
    const scope = jobScope(other.tenantId, 'test', 'staff.found');
    const people = (login: string, phone: string) => ({ login, name: '张三一', phone });
    const made = await inTenant(other.parts.db, other.tenantId, (tx) =>
      foundAdministrators(
        tx,
        { protector: other.parts.protector, hasher: argon2id },
        scope,
        { 'system-admin': people('one', '13900000001'), 'security-admin': people('two', '13900000002'), 'audit-admin': people('three', '13900000003') },
        start,
      ),
    );
    const [{ login, oneTimePassword: password } = { login: '', oneTimePassword: '' }] = made;
    const first = await other.anyone().post('/access/sign-in/password', { login, password });
    expect(first.body).toMatchObject({ next: 'new-password', sessionId: null });
    const same = await other.anyone().post('/access/sign-in/new-password', { stepToken: first.body.stepToken, password });
    expect(codeOf(same)).toBe('password-unfit');
    other.setNow(new Date(start.getTime() + 72 * 3_600_000));
    expect(codeOf(await other.anyone().post('/access/sign-in/password', { login, password }))).toBe('sign-in-refused');
  } finally {
    await other.stop();
  }
});

describe('the list of accounts as a sheet', () => {
  test('holds what is filtered and nothing else, names nobody in the trail, and is no officer’s to have', async () => {
    const { accountId } = (await security().post('/access/staff', { login: 'daochu', name: '=张三一', phone: '13700000060', duty: 'officer' })).body;
    expect((await appoint(accountId, ['reviewer', 'finance'], { validTo: '2026-12-31' })).status).toBe(201);
    const read = async (query: string, language = 'zh'): Promise<readonly string[]> => {
      const answer = await security().get(`/access/staff/export?${query}`, { 'accept-language': language });
      expect(answer.status).toBe(200);
      return answer.raw.toString('utf8').replace('\ufeff', '').trim().split('\r\n');
    };
    const { name } = (await security().get('/departments')).body.items.find((one: { departmentId: string }) => one.departmentId === api.departments['changyi-hrss']);
    const [head, row, ...more] = await read('format=csv&q=daochu');
    expect([head, more]).toEqual(['姓名,登录名,用途,状态,任职', []]);
    // What begins like a formula is text.
    expect(row).toBe(`'=张三一,daochu,工作人员,本人还没有启用,"${name}：审核、财务（2026-06-01 起，到 2026-12-31，等确认）"`);
    expect(await read('format=csv&q=daochu', 'en')).toEqual(['Name,Login,Kind,State,Appointments', expect.stringContaining(`'=张三一,daochu,officer,not activated yet,"${name}: reviewer, finance (from 2026-06-01 to 2026-12-31, waits for confirmation)"`)]);
    // As many as the list has, under the same conditions.
    for (const query of ['', 'duty=officer', 'duty=audit-admin', 'state=inactive', `department=${api.departments['changyi-hrss']}`, `department=${api.departments['city-hrss']}`]) {
      const { items } = (await security().get(`/access/staff?limit=200&${query}`)).body as { items: readonly { login: string }[] };
      const logins = (await read(`format=csv&${query}`)).slice(1).map((line) => line.split(',')[1]);
      expect(logins, `conditions: ${query}`).toEqual(items.map(({ login }) => login));
    }
    const book = await security().get('/access/staff/export?q=daochu');
    const { sheet, rows } = await readAll(book.raw);
    expect(sheet.headings).toEqual(['姓名', '登录名', '用途', '状态', '任职']);
    expect(rows.map(({ cells }) => cells[1])).toMatchObject([{ kind: 'text', text: 'daochu' }]);
    expect((await officer.caller.get('/access/staff/export')).status).toBe(403);
    expect((await api.anyone().get('/access/staff/export')).status).toBe(401);
    const trail = await asOwner(api.database, (client) => client.query(`select outcome, detail, to_jsonb(a)::text as entry from audit_entries a where action = 'staff.export' order by entry_id`));
    expect(trail.rows.filter(({ outcome }) => outcome === 'done').map(({ detail }) => detail)).toContainEqual({ rows: 1, conditions: 'q' });
    expect(trail.rows.map(({ entry }) => entry).join()).not.toContain('daochu');
  });
});
