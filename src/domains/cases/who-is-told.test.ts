// Who hears of a case: the applicant what became of it, officers what is late; with real accounts and real messages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activateStaff, claimedPerson, foundAdmins, sampleNumber } from '../../../test/support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { command, done, fileCase, filingTime } from '../../../test/support/sample-case.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { escalateCases } from './escalate-cases.ts';

let api: TestApi;
let person: TestCaller;
let personId: string;
let unconfirmedId: string;
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

/** Whom messages about a case's deadline were written to. */
async function toldOf(caseId: string): Promise<string[]> {
  const { rows } = await asOwner(api.database, (client) => client.query<{ account_id: string }>(`select account_id from messages where template = 'case.late' and about_id = $1 order by account_id`, [caseId]));
  return rows.map((row) => row.account_id);
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
  // An approver whom the system administrator has not confirmed yet.
  const { accountId } = (await by.security.post('/access/staff', { login: 'weiqueren', name: '张三三', phone: '13800000106', duty: 'officer' })).body as { accountId: string };
  await by.security.post(`/access/staff/${accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles: ['approver'], validFrom: '2026-01-01' });
  unconfirmedId = accountId;
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
  expect(await toldOf(caseId)).toEqual(['shenhe', 'shenpi'].map((login) => of(login).accountId).sort());
  expect((await of('shenpi').caller.get(`/cases/${caseId}`)).body.lateness).toBe(2);
});

test('several are taken, given back and assigned at once, each with its own outcome; nobody is assigned who is no officer of the department', async () => {
  const { caller: intake } = of('chuangkou');
  const { caller: approver } = of('shenpi');
  const ids = await Promise.all(['2034', '2035', '2036'].map((period) => fileCase(api, personId, { period, now: filingTime })));
  const [one = '', two = '', three = ''] = ids;
  const outcomes = (answer: Answered): string[] => answer.body.items.map((each: { outcome: string; error: { code: string } | null }) => each.error?.code ?? each.outcome);
  const seen = async (by: TestCaller): Promise<{ caseId: string; version: number; assigneeId: string | null }[]> => Promise.all(ids.map(async (id) => (await by.get(`/cases/${id}`)).body));
  const now = async (): Promise<{ caseId: string; version: number }[]> => (await seen(intake)).map(({ caseId, version }) => ({ caseId, version }));
  const holders = async (): Promise<(string | null)[]> => (await seen(intake)).map(({ assigneeId }) => assigneeId);

  const taken = await intake.post('/cases/claims', { items: [{ caseId: one, version: 1 }, { caseId: two, version: 9 }] });
  expect([taken.status, outcomes(taken)]).toEqual([200, ['done', 'changed-meanwhile']]);
  expect(await holders()).toEqual([of('chuangkou').accountId, null, null]);
  // Nor does anybody take what their office does not carry, of many or alone.
  expect(outcomes(await of('shenhe').caller.post('/cases/claims', { items: await now() }))).toEqual(['case-claimed', 'case-role-unfit', 'case-role-unfit']);
  expect(await command(approver, two, 'claim')).toMatchObject({ status: 403, body: { error: { code: 'case-role-unfit', message: '这一步要由别的岗位来办，您领了也办不了。请留给能办这一步的同事。' } } });
  expect(outcomes(await intake.post('/cases/claims/returns', { items: await now() }))).toEqual(['done', 'case-not-claimed', 'case-not-claimed']);
  expect(await holders()).toEqual([null, null, null]);

  // The third is accepted already: another step, which the window has no part in.
  await done(intake, three, 'acceptance');
  const to = [of('chuangkou').accountId, unconfirmedId, of('shenhe').accountId];
  const assigned = await approver.post('/cases/assignments', { items: (await now()).map((item, at) => ({ ...item, accountId: to[at] })) });
  expect(outcomes(assigned)).toEqual(['done', 'case-officer-unfit', 'done']);
  expect(await holders()).toEqual([of('chuangkou').accountId, null, of('shenhe').accountId]);
  // Nobody is given what their office does not carry, of many or alone.
  const crossed = await approver.post('/cases/assignments', { items: (await now()).map((item, at) => ({ ...item, accountId: of(at === 2 ? 'chuangkou' : 'shenhe').accountId })) });
  expect(outcomes(crossed)).toEqual(['case-officer-unfit', 'case-officer-unfit', 'case-officer-unfit']);
  for (const [caseId, login] of [[two, 'shenhe'], [two, 'lingdao'], [three, 'chuangkou'], [three, 'shenpi']] as const) {
    const refused = await command(approver, caseId, 'assignment', { accountId: of(login).accountId });
    expect([refused.status, refused.body.error.code], `${login}`).toEqual([422, 'case-officer-unfit']);
  }
  expect(await holders()).toEqual([of('chuangkou').accountId, null, of('shenhe').accountId]);
  // Back as it was.
  const back = await approver.post('/cases/assignments', { items: (await now()).map((item) => ({ ...item, accountId: null })) });
  expect([outcomes(back), await holders()]).toEqual([['done', 'done', 'done'], [null, null, null]]);

  const items = (await now()).map((item) => ({ ...item, accountId: of('chuangkou').accountId }));
  expect([await intake.post('/cases/assignments', { items }), await person.post('/cases/claims', { items: await now() }), await of('lingdao').caller.post('/cases/claims/returns', { items: await now() })].map(({ status }) => status)).toEqual([403, 403, 403]);
  // Officers of another place do not learn that there is such a case.
  const elsewhere = api.officer('longtan-hrss', 'approver');
  expect([outcomes(await elsewhere.post('/cases/claims', { items: [{ caseId: three, version: 1 }] })), outcomes(await elsewhere.post('/cases/assignments', { items: [{ caseId: three, version: 1, accountId: null }] }))]).toEqual([['not-found'], ['not-found']]);
});
