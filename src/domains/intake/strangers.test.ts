// An employer that names people who are not its own learns nothing of them, and they hear of it; its real hires go on as ever.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activateStaff, claimedPerson, foundAdmins, sampleNumber } from '../../../test/support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { enterOrganisation } from '../../../test/support/registry-samples.ts';
import { bringToDecision, caseOfficers, command, filingTime, recordGraduate } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, sampleBenefit, samplePolicy } from '../../../test/support/sample-decision.ts';
import { readAll } from '../../../test/support/spreadsheet-files.ts';
import { readPdf } from '../../../test/print/read-pdf.ts';
import { newId } from '../../storage/database.ts';
import { processNext } from '../imports/index.ts';
import { workNextBatch } from './work-lists.ts';

let api: TestApi;
let window: TestCaller;
/** Accepts applications, with an account that messages reach. */
let desk: TestCaller;
const chosen = { policyId: samplePolicy, benefitId: sampleBenefit };

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  window = api.officer('changyi-hrss', 'intake');
  const { 'security-admin': security } = await foundAdmins(api, filingTime);
  const { accountId } = fine(await security.caller.post('/access/staff', { login: 'shouli', name: '张三九', phone: '13700000001', duty: 'officer' }));
  fine(await security.caller.post(`/access/staff/${accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles: ['intake'], validFrom: '2026-06-01' }));
  desk = (await activateStaff(api, 'shouli', '13700000001', filingTime)).caller;
});
afterAll(() => api.stop());

function fine(answer: Answered): Answered['body'] {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.raw.toString('utf8')}`);
  return answer.body;
}

interface Stranger {
  readonly name: string;
  readonly number: string;
  readonly partyId: string;
  readonly caller: TestCaller;
}

let count = 0;

/** Somebody with an account of their own, of whom departments know much. */
async function addStranger(facts: Readonly<Record<string, unknown>> = {}): Promise<Stranger> {
  const [name, number] = ['张三二', sampleNumber('1999-05-05', ++count)];
  const { caller, partyId } = await claimedPerson(api, { name, number, phone: `1390000${String(1000 + count)}` });
  await recordGraduate(api, partyId, facts);
  return { name, number, partyId, caller };
}

interface Row {
  readonly outcome: string;
  readonly outcomeWords: string;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly reasons: readonly string[];
}

/** Brings the people in as hires of a new organisation; then it can apply for all of them. */
async function claim(people: readonly Pick<Stranger, 'name' | 'number'>[]): Promise<{ agent: TestCaller; organisationId: string; file: () => Promise<{ applicationId: string; rows: readonly Row[]; counts: Readonly<Record<string, number>> }> }> {
  const organisationId = await enterOrganisation(window);
  fine(await window.post(`/organisations/${organisationId}/statements`, { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-06-01', facts: { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202' } }));
  const agent = api.agent(organisationId);
  const told = '2024-07-01,硕士研究生,是,吉林大学,2024-06-30,是,是,2024-07-01,5,否';
  const lines = ['姓名,身份证号,入职日期,学历,全日制,毕业院校,毕业日期,初次就业,缴纳社保,合同起始日,合同年限,入住人才公寓', ...people.map(({ name, number }) => `${name},${number},${told}`)];
  const { importId } = fine(await agent.call('POST', `/imports/people?fileName=a.csv`, { bytes: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`) }));
  const parts = { ...api.parts.imports, now: () => filingTime };
  while (await processNext(parts, api.tenantId, newId()));
  fine(await agent.post(`/imports/${importId}/confirmation`, {}));
  while (await processNext(parts, api.tenantId, newId()));
  const file = async () => {
    const { applicationId } = fine(await agent.post('/applications/from-import', { importId, benefits: [chosen] }));
    while (await workNextBatch({ db: api.parts.db, parts: api.parts.intake, tenantId: api.tenantId, now: filingTime }));
    return { applicationId: applicationId as string, rows: fine(await agent.get(`/applications/${applicationId}/rows`)).items as readonly Row[], counts: fine(await agent.get(`/applications/${applicationId}`)).list.counts };
  };
  return { agent, organisationId, file };
}

const messagesOf = async (reader: TestCaller): Promise<readonly string[]> => fine(await reader.get('/messages?limit=100')).items.map(({ title }: { title: string }) => title);

test('a case that somebody asked for alone is not told to whoever names that person; an officer finds it', async () => {
  const stranger = await addStranger();
  const { items } = fine(await stranger.caller.post('/applications', { benefits: [chosen] }));
  const { agent, file } = await claim([stranger]);
  const { applicationId, rows, counts } = await file();
  expect(rows).toMatchObject([{ outcome: 'checking', outcomeWords: '没有提交，由受理部门核对', caseId: null, caseNumber: null, reasons: [] }]);
  expect(counts).toMatchObject({ filed: 0, exists: 0, checking: 1 });
  const sheet = await agent.get(`/applications/${applicationId}/rows.xlsx`);
  expect(JSON.stringify((await readAll(sheet.raw)).rows)).not.toContain(items[0].caseNumber);
  for (const path of [`/cases/${items[0].caseId}`, `/people/${stranger.partyId}`, `/people/${stranger.partyId}/facts`, `/applications/prefill?subjectId=${stranger.partyId}`]) expect((await agent.get(path)).status, `${path}`).toBe(404);
  expect((await agent.post('/applications', { subjectId: stranger.partyId, benefits: [chosen] })).status).toBe(404);
  expect(fine(await agent.get('/cases')).items).toEqual([]);
  expect(fine(await window.get(`/applications/${applicationId}/rows?outcome=checking`)).items).toMatchObject([{ caseId: items[0].caseId, caseNumber: items[0].caseNumber }]);
  expect(await messagesOf(desk)).toContain('名单申请里有要核对的人');
});

test('whoever is employed there, as somebody else says, has cases that the employer may know of', async () => {
  const hire = await addStranger();
  const { items } = fine(await hire.caller.post('/applications', { benefits: [chosen] }));
  const { organisationId, file } = await claim([hire]);
  fine(await window.post(`/people/${hire.partyId}/employments`, { organisationId, startedOn: '2024-07-01', origin: '材料', trustClass: 'B' }));
  expect((await file()).rows).toMatchObject([{ outcome: 'exists', caseId: items[0].caseId, caseNumber: items[0].caseNumber }]);
});

test('the person is told, may take it back, and is asked before that employer gets anything under way again', async () => {
  const stranger = await addStranger();
  const { agent, file } = await claim([stranger]);
  const { rows } = await file();
  expect(rows).toMatchObject([{ outcome: 'filed' }]);
  const caseId = rows[0]?.caseId ?? '';
  expect(await messagesOf(stranger.caller)).toContain('有单位替您申请了待遇');
  expect(fine(await agent.get(`/cases/${caseId}`))).toMatchObject({ status: 'filed' });
  // Filed once more while it is under way, it is the employer's own.
  expect((await file()).rows).toMatchObject([{ outcome: 'exists', caseId }]);
  expect((await command(stranger.caller, caseId, 'withdrawal')).status).toBe(200);
  expect((await file()).rows).toMatchObject([{ outcome: 'checking', caseId: null, outcomeWords: '没有提交，由受理部门核对' }]);
  // The person alone, or the window with the person, applies again.
  expect(fine(await stranger.caller.post('/applications', { benefits: [chosen] })).items).toMatchObject([{ outcome: 'filed' }]);
});

test('a refusal tells the employer what failed, and not what is known of the person', async () => {
  const stranger = await addStranger({ 学历: '专科' });
  const { agent, file } = await claim([stranger]);
  const caseId = (await file()).rows[0]?.caseId ?? '';
  const officers = caseOfficers(api);
  await bringToDecision(officers, caseId);
  expect((await command(officers.approver, caseId, 'decision', { outcome: 'refuse', reason: '不符合条件。' })).status).toBe(200);
  const { decisionId } = fine(await agent.get(`/cases/${caseId}`));
  const told = async (reader: TestCaller): Promise<string> => JSON.stringify(fine(await reader.get(`/decisions/${decisionId}`)));
  expect(await told(stranger.caller)).toContain('专科');
  expect(await told(agent)).not.toContain('专科');
  const letter = async (reader: TestCaller): Promise<string> => (await readPdf((await reader.get(`/decisions/${decisionId}/letter`)).raw)).pages.map(({ plain }) => plain).join('');
  expect(await letter(stranger.caller)).toContain('专科');
  expect(await letter(agent)).not.toContain('专科');
});
