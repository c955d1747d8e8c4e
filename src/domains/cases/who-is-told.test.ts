// Who hears of a case: the applicant what became of it, officers what is late; with real accounts and real messages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activateStaff, claimedPerson, foundAdmins, sampleNumber } from '../../../test/support/access.ts';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { done, fileCase, filingTime } from '../../../test/support/sample-case.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { escalateCases } from './escalate-cases.ts';

let api: TestApi;
let person: TestCaller;
let personId: string;
const staff: Record<string, { readonly caller: TestCaller; readonly accountId: string }> = {};

async function hire({ security, system }: { readonly security: TestCaller; readonly system: TestCaller }, login: string, roles: readonly string[], phone: string): Promise<void> {
  const made = await security.post('/access/staff', { login, name: '张三一', phone, duty: 'officer' });
  const { accountId } = made.body as { accountId: string };
  const appointed = await security.post(`/access/staff/${accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles, validFrom: '2026-01-01' });
  const { appointmentId, state } = appointed.body as { appointmentId: string; state: string };
  if (state === 'waiting') await system.post(`/access/confirmations/appointment/${appointmentId}`, { confirm: true });
  staff[login] = { caller: (await activateStaff(api, login, phone, filingTime)).caller, accountId };
}

function of(login: string): { readonly caller: TestCaller; readonly accountId: string } {
  const found = staff[login];
  if (found === undefined) throw new Error(`nobody is called ${login}`);
  return found;
}

async function messagesOf(reader: TestCaller, caseId: string): Promise<string[]> {
  const { body } = await reader.get('/messages?limit=100');
  return body.items.filter((item: { about: { id: string } | null }) => item.about?.id === caseId).map((item: { title: string }) => item.title).reverse();
}

beforeAll(async () => {
  api = await startApi();
  api.setNow(filingTime);
  await foundSamplePacks(api);
  const admins = await foundAdmins(api, filingTime);
  const by = { security: admins['security-admin'].caller, system: admins['system-admin'].caller };
  await hire(by, 'chuangkou', ['intake'], '13800000101');
  await hire(by, 'shenhe', ['reviewer'], '13800000102');
  await hire(by, 'shenpi', ['approver'], '13800000103');
  await hire(by, 'lingdao', ['leader'], '13800000104');
  ({ caller: person, partyId: personId } = await claimedPerson(api, { name: '张三二', number: sampleNumber('1999-05-05', 1), phone: '13800000105' }));
});
afterAll(() => api.stop());

test('the applicant is told of acceptance, of a supplement that is asked, of a lapse, and each once', async () => {
  const caseId = await fileCase(api, personId, { period: '2031', now: filingTime });
  const intake = of('chuangkou').caller;
  await done(intake, caseId, 'supplement-request', { words: '请补劳动合同。', papers: ['劳动合同'], workingDays: 3 });
  await done(person, caseId, 'supplement', { words: '单位还没有给。' });
  await done(intake, caseId, 'acceptance');
  expect(await messagesOf(person, caseId)).toEqual(['请补正', '申请已受理']);
  const other = await fileCase(api, personId, { period: '2032', now: filingTime });
  await done(intake, other, 'declination', { reason: '不属于本项。' });
  expect(await messagesOf(person, other)).toEqual(['申请没有受理']);
});

test('an approver assigns a case to a colleague, who finds it; what is overdue is told to whoever took it and to the approver, and not to the leader', async () => {
  const caseId = await fileCase(api, personId, { period: '2033', now: filingTime });
  const { caller: intake } = of('chuangkou');
  await done(intake, caseId, 'acceptance');
  const assigned = await done(of('shenpi').caller, caseId, 'assignment', { accountId: of('shenhe').accountId });
  expect(assigned.status).toBe('in-review');
  const mine = await of('shenhe').caller.get('/cases?queue=mine');
  expect(mine.body.items.map((item: { caseId: string; assignee: string }) => [item.caseId, item.assignee])).toEqual([[caseId, 'me']]);
  // Colleagues are told who has it, the applicant is not.
  expect((await of('shenpi').caller.get(`/cases/${caseId}`)).body).toMatchObject({ assignee: 'colleague', assigneeId: of('shenhe').accountId });
  expect((await api.person(personId).get(`/cases/${caseId}`)).body).toMatchObject({ assignee: null, assigneeId: null });

  const { tools } = api.parts.cases;
  const found = await escalateCases(api.parts.db, tools, api.tenantId, new Date('2026-08-03T01:00:00Z'));
  expect(found).toBeGreaterThan(0);
  for (const login of ['shenhe', 'shenpi']) expect(await messagesOf(of(login).caller, caseId), `${login} is told`).toEqual(['有一件要抓紧办']);
  expect(await messagesOf(of('lingdao').caller, caseId)).toEqual([]);
  expect((await of('shenpi').caller.get(`/cases/${caseId}`)).body.lateness).toBe(2);
});
