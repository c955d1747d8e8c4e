// An organisation's list of people leads to the same answers whether they were registered or not, under this name or another; stewards see what does not fit.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { bringToDecision, caseOfficers, command, filingTime } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, sampleBenefit, samplePolicy } from '../../../test/support/sample-decision.ts';
import { newId } from '../../storage/database.ts';
import { workNextBatch } from '../intake/work-lists.ts';
import { processNext } from './index.ts';

let api: TestApi;
let steward: TestCaller;
let organisationId: string;
let agent: TestCaller;

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  steward = api.officer('changyi-hrss', 'steward');
  organisationId = await enterOrganisation(api.officer('changyi-hrss', 'intake'));
  agent = api.agent(organisationId);
});
afterAll(() => api.stop());

function fine(answer: Answered): Answered['body'] {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.raw.toString('utf8')}`);
  return answer.body;
}

const counts = (changes: object) => ({ added: 0, updated: 0, unchanged: 0, wrong: 0, doubles: 0, ...changes });

/** Checks a list; `run` writes it too. What the answers say, counts and problems. */
async function bring(by: TestCaller, rows: readonly (readonly string[])[], more = '', isRun = true): Promise<{ readonly importId: string; readonly found: unknown; readonly done: unknown; readonly problems: unknown }> {
  const lines = [['姓名', '身份证号', '入职日期', '学历'], ...rows].map((row) => row.join(','));
  const parts = { ...api.parts.imports, now: () => filingTime };
  const work = async (): Promise<void> => {
    while (await processNext(parts, api.tenantId, newId()));
  };
  const { importId } = fine(await by.call('POST', `/imports/people?fileName=a.csv${more}`, { bytes: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`) }));
  await work();
  const { found } = fine(await by.get(`/imports/${importId}`));
  const problems = fine(await by.get(`/imports/${importId}/problems`)).items;
  if (!isRun) return { importId, found, done: null, problems };
  fine(await by.post(`/imports/${importId}/confirmation`, {}));
  await work();
  return { importId, found, done: fine(await by.get(`/imports/${importId}`)).done, problems };
}

const said = (name: string, number: string, education = '本科'): readonly string[] => [name, number, '2024-07-01', education];

it('answers alike for a number that is registered, one under another name, and one of nobody, from the first list to the last', async () => {
  const officer = api.officer('changyi-hrss', 'intake');
  const [registered, otherwise, nobody] = [sampleNumber(), sampleNumber(), sampleNumber()];
  await enterPerson(officer, { name: '张三一', number: registered });
  const holder = await enterPerson(officer, { name: '李四一', number: otherwise });
  const steps: readonly (readonly [name: string, education: string])[] = [['张三一', '本科'], ['张三一', '本科'], ['张三一', '硕士研究生'], ['张三二', '硕士研究生']];
  for (const [at, outcome] of ['added', 'unchanged', 'updated', 'wrong'].entries()) {
    const [name = '', education = ''] = steps[at] ?? [];
    const told = [];
    for (const number of [registered, otherwise, nobody]) {
      const { found, done, problems } = await bring(agent, [said(name, number, education)], '', at === 0 || at === 2);
      told.push({ found, done, problems });
    }
    expect(told[0], `${outcome}`).toMatchObject({ found: counts({ [outcome]: 1 }) });
    expect(told[1], `${outcome}`).toEqual(told[0]);
    expect(told[2], `${outcome}`).toEqual(told[0]);
  }
  // Who has the number is untouched, and a steward is told at once.
  const { items } = fine(await steward.get('/duplicates?limit=100'));
  expect(items).toEqual([expect.objectContaining({ reasons: ['number-of-another'], score: 90 })]);
  const pair = [items[0].first, items[0].second];
  expect(pair.map(({ name }: { name: string }) => name).sort()).toEqual(['张三一', '李四一']);
  const standIn = pair.find(({ partyId }: { partyId: string }) => partyId !== holder);
  expect(standIn).toMatchObject({ name: '张三一', maskedNumber: null });
  expect(fine(await officer.get(`/people/${holder}/statements`)).items).toEqual([]);
  expect(fine(await officer.get(`/people/${holder}`))).toMatchObject({ name: '李四一' });
});

it('is not told of somebody of the same name and birth date under another document; stewards are', async () => {
  const number = sampleNumber({ birthDate: '1991-02-03' });
  const officer = api.officer('changyi-hrss', 'intake');
  api.setNow(new Date(filingTime.getTime() - 3_600_000));
  const { partyId } = fine(await officer.post('/people', { name: '张三三', jurisdictionCode: '220202', document: { kind: 'other', number: 'E12345678' }, birthDate: '1991-02-03' }));
  api.setNow(filingTime);
  const { found, done, problems } = await bring(agent, [said('张三三', number)]);
  expect([found, done, problems]).toEqual([counts({ added: 1 }), counts({ added: 1 }), []]);
  const { items } = fine(await steward.get('/duplicates?limit=100'));
  expect(items).toContainEqual(expect.objectContaining({ reasons: ['same-name-and-birth-date'] }));
  expect(JSON.stringify(items)).toContain(partyId);
});

it('tells of its own people what it told before: once somebody better says that they work there, the list is compared with the record', async () => {
  const officer = api.officer('changyi-hrss', 'intake');
  const number = sampleNumber();
  const partyId = await enterPerson(officer, { name: '张三四', number });
  fine(await officer.post(`/people/${partyId}/employments`, { organisationId, startedOn: '2024-07-01', origin: '材料', trustClass: 'B' }));
  expect((await bring(agent, [said('张三四', number)], '', false)).found).toEqual(counts({ updated: 1 }));
  const { found, problems } = await bring(agent, [said('张三五', number)], '', false);
  expect(found).toEqual(counts({ wrong: 1 }));
  expect(JSON.stringify(problems)).toContain('姓名和这个证件号码登记的不一致');
  // Somebody else's say counts, the person's and the organisation's own do not.
  const otherNumber = sampleNumber();
  const other = await enterPerson(officer, { name: '张三六', number: otherNumber });
  const claimed = api.person(other);
  fine(await claimed.post(`/people/${other}/employments`, { organisationId, startedOn: '2024-07-01', origin: '申报', trustClass: 'D' }));
  expect(await bring(agent, [said('张三七', otherNumber)], '', false)).toMatchObject({ found: counts({ added: 1 }), problems: [] });
});

it('applies for everybody of the list in the order of the file, under ids that do not tell when a record was made', async () => {
  const officer = api.officer('changyi-hrss', 'intake');
  const known = sampleNumber();
  const holderNumber = sampleNumber();
  const knownId = await enterPerson(officer, { name: '张三八', number: known });
  await enterPerson(officer, { name: '李四二', number: holderNumber });
  const ownNumber = sampleNumber();
  const own = await enterPerson(officer, { name: '张三九', number: ownNumber });
  fine(await officer.post(`/people/${own}/employments`, { organisationId, startedOn: '2024-07-01', origin: '材料', trustClass: 'B' }));
  const { importId } = await bring(agent, [said('张一零', sampleNumber()), said('张三八', known), said('张一一', holderNumber), said('张三九', ownNumber), said('张一二', sampleNumber())]);
  const { applicationId } = fine(await agent.post('/applications/from-import', { importId, benefits: [{ policyId: samplePolicy, benefitId: sampleBenefit }], filesUnlikely: true }));
  while (await workNextBatch({ db: api.parts.db, parts: api.parts.intake, tenantId: api.tenantId, now: filingTime }));
  const { items: rows } = fine(await agent.get(`/applications/${applicationId}/rows`));
  expect(rows.map(({ subject, outcome }: { subject: { name: string }; outcome: string }) => [subject.name, outcome])).toEqual(['张一零', '张三八', '张一一', '张三九', '张一二'].map((name) => [name, 'filed']));
  const versions = rows.map(({ subject }: { subject: { partyId: string } }) => subject.partyId.charAt(14));
  expect(versions).toEqual(['8', '8', '8', '7', '8']);
  const officers = fine(await officer.get(`/applications/${applicationId}/rows`)).items;
  expect(officers[1].subject.partyId).toBe(knownId);
  expect(rows[3].subject.partyId).toBe(own);
  // The same person has the same id on every page; officers find the record under it, the agent does not.
  const item = fine(await agent.get(`/cases/${rows[1].caseId}`));
  expect(item.subject).toEqual(rows[1].subject);
  expect(fine(await agent.get(`/applications/${applicationId}`)).cases.find(({ caseId }: { caseId: string }) => caseId === rows[1].caseId).subject).toEqual(rows[1].subject);
  expect((await agent.get(`/people/${rows[1].subject.partyId}`)).status).toBe(404);
  expect(fine(await officer.get(`/people/${rows[1].subject.partyId}`)).partyId).toBe(knownId);
  const findings = rows.map(({ reasons, missing }: { reasons: unknown; missing: unknown }) => ({ reasons, missing }));
  expect(findings[2]).toEqual(findings[0]);
  expect(findings[1]).toEqual(findings[0]);

  // Whose number it is has to be settled before anything is given; it is, once a steward has decided.
  const deciders = caseOfficers(api);
  await bringToDecision(deciders, rows[2].caseId);
  const grant = (): Promise<Answered> => command(deciders.approver, rows[2].caseId, 'decision', { outcome: 'grant', reason: '符合条件。', amountFen: 100_00 });
  expect(await grant()).toMatchObject({ status: 409, body: { error: { code: 'person-number-unsettled' } } });
  const { partyId: standIn } = officers[2].subject;
  const pair = fine(await steward.get('/duplicates?limit=100')).items.find(({ first, second }: { first: { partyId: string }; second: { partyId: string } }) => [first.partyId, second.partyId].includes(standIn));
  fine(await steward.post('/duplicates/different', { firstPartyId: pair.first.partyId, secondPartyId: pair.second.partyId }));
  expect((await grant()).body?.error?.code).not.toBe('person-number-unsettled');
});
