// Names of colleagues: whoever works on the same cases knows them by name, department and role, and by nothing else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundAdmins } from '../support/access.ts';
import { type SampleDepartment, startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let admins: Awaited<ReturnType<typeof foundAdmins>>;
const now = new Date('2026-06-30T01:00:00Z');
const made = new Map<string, string>();
beforeAll(async () => {
  api = await startApi();
  api.setNow(now);
  admins = await foundAdmins(api, now);
  await makeOfficer('changyi', '张三一', '13700000001', 'changyi-hrss', ['reviewer', 'intake']);
  await makeOfficer('longtan', '张三二', '13700000002', 'longtan-hrss', ['reviewer']);
  await makeOfficer('city', '张三三', '13700000003', 'city-finance', ['approver']);
  await makeOfficer('gone', '张三四', '13700000004', 'changyi-hrss', ['reviewer']);
});
afterAll(() => api.stop());

const security = () => admins['security-admin'].caller;
const idOf = (login: string): string => made.get(login) ?? '';

async function makeOfficer(login: string, name: string, phone: string, department: SampleDepartment, roles: readonly string[]): Promise<void> {
  const account = await security().post('/access/staff', { login, name, phone, duty: 'officer' });
  made.set(login, account.body.accountId);
  const appointed = await security().post(`/access/staff/${account.body.accountId}/appointments`, { departmentId: api.departments[department], roles, validFrom: '2026-01-01' });
  expect([account.status, appointed.status]).toEqual([201, 201]);
  if (appointed.body.state === 'waiting') await admins['system-admin'].caller.post(`/access/confirmations/appointment/${appointed.body.appointmentId}`, { confirm: true });
}

const namesFor = async (caller: { get: (path: string) => Promise<{ body: { items: { name: string }[] } }> }, query = ''): Promise<string[]> => (await caller.get(`/access/colleagues${query}`)).body.items.map(({ name }) => name);

test('an officer knows those of the own jurisdiction and of the ones above, by name, department and role alone', async () => {
  const district = api.officer('changyi-hrss', 'reviewer');
  const { status, body, raw } = await district.get('/access/colleagues');
  expect(status).toBe(200);
  expect(body.items).toEqual([
    { accountId: idOf('changyi'), name: '张三一', duty: 'officer', isPresent: true, appointments: [{ departmentId: api.departments['changyi-hrss'], departmentName: '昌邑区人社局', roles: ['reviewer', 'intake'] }] },
    { accountId: idOf('city'), name: '张三三', duty: 'officer', isPresent: true, appointments: [{ departmentId: api.departments['city-finance'], departmentName: '样例市财政局', roles: ['approver'] }] },
    { accountId: idOf('gone'), name: '张三四', duty: 'officer', isPresent: true, appointments: [{ departmentId: api.departments['changyi-hrss'], departmentName: '昌邑区人社局', roles: ['reviewer'] }] },
  ]);
  expect(raw.toString()).not.toMatch(/1370000000|changyi"/);
  expect(await namesFor(api.officer('city-hrss', 'approver'))).toEqual(['张三一', '张三二', '张三三', '张三四']);
  // Whom a neighbour's account belongs to is not told, even to who knows its id.
  expect(await namesFor(district, `?ids=${idOf('longtan')},${idOf('changyi')}`)).toEqual(['张三一']);
});

test('administrators know all of the staff, each other included; people, agents and strangers nobody', async () => {
  expect(await namesFor(api.administrator('audit-admin'))).toHaveLength(7);
  const answers = await Promise.all([api.person(crypto.randomUUID()), api.agent(crypto.randomUUID()), api.anyone()].map((caller) => caller.get('/access/colleagues')));
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 401]);
});

test('a department’s list has whoever serves there now; whoever left is still named where the account stands', async () => {
  const { body } = await security().get('/access/staff?limit=200');
  const gone = body.items.find(({ accountId }: { accountId: string }) => accountId === idOf('gone'));
  expect((await security().delete(`/access/appointments/${gone.appointments[0].appointmentId}`)).status).toBe(204);
  const district = api.officer('changyi-hrss', 'approver');
  expect(await namesFor(district, `?department=${api.departments['changyi-hrss']}`)).toEqual(['张三一']);
  const found = await district.get(`/access/colleagues?ids=${idOf('gone')}`);
  expect(found.body.items).toEqual([{ accountId: idOf('gone'), name: '张三四', duty: 'officer', isPresent: false, appointments: [] }]);
});

test('the list goes on page by page, and refuses what names no account', async () => {
  const city = api.officer('city-hrss', 'leader');
  const first = await city.get('/access/colleagues?limit=3');
  const second = await city.get(`/access/colleagues?limit=3&cursor=${first.body.nextCursor}`);
  expect([...first.body.items, ...second.body.items].map(({ name }: { name: string }) => name)).toEqual(['张三一', '张三二', '张三三', '张三四']);
  expect(second.body.nextCursor).toBeNull();
  expect((await city.get('/access/colleagues?ids=nobody')).status).toBe(422);
});
