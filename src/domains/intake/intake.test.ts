// Intake over the interface and on a real database: what is known before filing, several benefits at once, twice, against the engine, and a list of hires.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { acceptedPaper } from '../../../test/support/hand-in-paper.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { filingTime, recordGraduate } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, sampleBenefit, samplePolicy } from '../../../test/support/sample-decision.ts';
import { readAll } from '../../../test/support/spreadsheet-files.ts';
import { MOST_PROMISED_DAYS } from '../../contract/promised-days.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { processNext } from '../imports/index.ts';
import { jobScope } from '../permissions/index.ts';
import { recordStatements } from '../registry/index.ts';
import { type ListWork, workNextBatch } from './work-lists.ts';

let api: TestApi;
let window: TestCaller;
const chosen = { policyId: samplePolicy, benefitId: sampleBenefit };
const apartment = { policyId: samplePolicy, benefitId: 'student-apartment' };

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  window = api.officer('changyi-hrss', 'intake');
});
beforeEach(() => api.setNow(filingTime));
afterAll(() => api.stop());

async function addPerson(facts?: Readonly<Record<string, unknown>>, name = '张三一'): Promise<string> {
  const partyId = await enterPerson(window, { name, number: sampleNumber({ birthDate: '1999-05-05' }) });
  if (facts !== undefined) await recordGraduate(api, partyId, facts);
  return partyId;
}

function fine(answer: Answered): Answered['body'] {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.raw.toString('utf8')}`);
  return answer.body;
}

const codeOf = (answer: Answered): unknown => (answer.status < 300 ? answer.status : answer.body.error.code);

const countCases = (subjectId: string): Promise<number> =>
  asOwner(api.database, async (client) => Number((await client.query(`select count(*) from cases where subject_id = $1`, [subjectId])).rows[0].count));

interface Named {
  readonly name: string;
}

describe('before filing', () => {
  test('what is known stands there with its origin, what is missing with who can supply it, and which papers are there', async () => {
    const partyId = await addPerson({ 合同年限: 5 });
    const person = api.person(partyId);
    await asOwner(api.database, (client) => client.query(`update fact_statements set facts = facts - '初次就业' where party_id = $1`, [partyId]));
    const told = fine(await person.get(`/applications/prefill?benefits=${samplePolicy}/${sampleBenefit}`));
    expect(told).toMatchObject({ on: '2026-07-01', subject: { partyId, kind: 'person' }, employer: null });
    const benefit = told.benefits.find((one: { isChosen: boolean }) => one.isChosen);
    expect(benefit).toMatchObject({ ...chosen, status: 'unknown', period: 'once', underWay: null, missing: ['初次就业'], reasons: [] });
    expect(told.missing).toEqual([expect.objectContaining({ name: '初次就业', suppliers: ['self', 'department'], canDeclare: true, benefits: [`${samplePolicy}/${sampleBenefit}`] })]);
    expect(told.facts.find(({ name }: Named) => name === '毕业院校')).toMatchObject({ value: '吉林大学', source: 'statement', origin: '共享', trustClass: 'A', asOf: '2026-06-01' });
    expect(told.facts.find(({ name }: Named) => name === '用人单位.单位类型')).toMatchObject({ value: '企业' });
    // What the chosen benefit does not look at is not shown.
    expect(told.facts.some(({ name }: Named) => name === '国籍')).toBe(false);

    expect(told.papers).toEqual([]);
    const askPapers = async (): Promise<unknown> => fine(await person.get(`/applications/prefill?benefits=${samplePolicy}/home-subsidy,${samplePolicy}/${sampleBenefit}`)).papers;
    const invoice = { kind: '购房发票', proves: expect.arrayContaining(['购房地']), benefits: [`${samplePolicy}/home-subsidy`] };
    expect(await askPapers()).toMatchObject([{ ...invoice, there: null, because: 'none' }]);
    const evidenceId = await acceptedPaper(person, partyId, { kind: '购房发票' });
    expect(await askPapers()).toMatchObject([{ ...invoice, there: { evidenceId, trustClass: 'C' }, because: null }]);
  });

  test('what somebody says before filing counts where no department has said it, tells what follows, and nothing of it is kept', async () => {
    const partyId = await addPerson({});
    const person = api.person(partyId);
    await asOwner(api.database, (client) => client.query(`update fact_statements set facts = facts - '初次就业' - '合同年限' where party_id = $1`, [partyId]));
    const key = `${samplePolicy}/${sampleBenefit}`;
    const facts = { 初次就业: true, 合同年限: 5, 学历: '专科', 毕业日期: '很久以前', 没有这一项: 1, 年龄: 20 };
    const ask = async (by: TestCaller, body: object): Promise<Answered> => by.post('/applications/prefill', body);
    const told = fine(await ask(person, { benefits: [key], facts }));
    expect(told.benefits.find((one: { isChosen: boolean }) => one.isChosen)).toMatchObject({ status: 'yes', missing: [] });
    expect(told.told).toMatchObject([{ name: '初次就业', value: true }, { name: '合同年限', value: 5 }]);
    // A department's word goes before it.
    expect(told.leftOut).toContainEqual(expect.objectContaining({ name: '学历', because: 'known' }));
    expect(told.leftOut).toContainEqual(expect.objectContaining({ name: '没有这一项', because: 'unfit' }));
    expect(told.facts.find(({ name }: Named) => name === '学历')).toMatchObject({ value: '硕士研究生', origin: '共享' });
    expect(told.facts.some(({ name }: Named) => name === '合同年限')).toBe(false);
    const short = fine(await ask(person, { benefits: [key], facts: { ...facts, 合同年限: 1 } }));
    expect(short.benefits.find((one: { isChosen: boolean }) => one.isChosen)).toMatchObject({ status: 'no', reasons: [expect.any(String)] });
    const unread = fine(await ask(person, { benefits: [key], facts: { 初次就业: '也许' } }));
    expect(unread.leftOut).toMatchObject([{ name: '初次就业', because: 'unfit' }]);

    expect(fine(await person.get(`/applications/prefill?benefits=${key}`))).toMatchObject({ told: [], leftOut: [], missing: expect.arrayContaining([expect.objectContaining({ name: '合同年限' })]) });
    expect(await countCases(partyId)).toBe(0);
    const { rows } = await asOwner(api.database, (client) => client.query(`select count(*)::int as told from fact_statements where party_id = $1 and trust_class = 'D'`, [partyId]));
    expect(rows).toEqual([{ told: 0 }]);
    for (const by of [api.person(await addPerson()), api.officer('longtan-hrss', 'intake')]) expect(codeOf(await ask(by, { subjectId: partyId, facts }))).toBe('not-found');
    expect(codeOf(await ask(api.officer('changyi-hrss', 'reviewer'), { subjectId: partyId }))).toBe('not-permitted');
  });

  test('what the engine says no to says why, in the reader’s language', async () => {
    const person = api.person(await addPerson({ 学历: '专科' }));
    const of = async (language: string): Promise<{ status: string; reasons: string[] }> => {
      const { benefits } = fine(await person.get(`/applications/prefill?benefits=${samplePolicy}/${sampleBenefit}`, { 'accept-language': language }));
      return benefits.find((one: { isChosen: boolean }) => one.isChosen);
    };
    const [zh, en] = [await of('zh'), await of('en')];
    expect([zh.status, en.status]).toEqual(['no', 'no']);
    expect(zh.reasons.join('')).toMatch(/[\u4e00-\u9fff]/u);
    expect(en.reasons.join('')).not.toBe(zh.reasons.join(''));
  });

  test('nobody asks about a stranger, and no benefit that is not offered', async () => {
    const [mine, theirs] = [await addPerson(), await addPerson({})];
    const person = api.person(mine);
    expect(codeOf(await person.get(`/applications/prefill?subjectId=${theirs}`))).toBe('not-found');
    expect(codeOf(await person.post('/applications', { subjectId: theirs, benefits: [chosen] }))).toBe('not-found');
    expect(codeOf(await person.get(`/applications/prefill?benefits=${samplePolicy}/nothing`))).toBe('application-benefit-unfit');
    expect(codeOf(await person.post('/applications', { benefits: [{ policyId: 'nothing', benefitId: 'x' }] }))).toBe('application-benefit-unfit');
  });
});

describe('filing', () => {
  test('several benefits at once, with facts declared, papers and promises; filed twice it is the same cases', async () => {
    const partyId = await addPerson({});
    const person = api.person(partyId);
    await asOwner(api.database, (client) => client.query(`update fact_statements set facts = facts - '初次就业' where party_id = $1`, [partyId]));
    const evidenceId = await acceptedPaper(person, partyId);
    const promises = [{ paper: '毕业证书', dueOn: '2026-07-20' }];
    const body = { benefits: [chosen, apartment, chosen], facts: { 初次就业: true }, evidenceIds: [evidenceId], promises };
    const filed = await person.post('/applications', body);
    expect(filed.status).toBe(201);
    const { applicationId, items } = filed.body;
    expect(items).toMatchObject([
      { ...chosen, period: 'once', outcome: 'filed', engineStatus: 'yes', isUnlikely: false, reasons: [], missing: [], expectedFen: 12_000_000 },
      { ...apartment, outcome: 'filed' },
    ]);
    expect(filed.headers.get('location')).toContain(applicationId);
    const { rows } = await asOwner(api.database, (client) => client.query(`select origin, trust_class, facts from fact_statements where party_id = $1 and trust_class = 'D'`, [partyId]));
    expect(rows).toEqual([{ origin: '申报', trust_class: 'D', facts: { 初次就业: true } }]);

    const seen = fine(await person.get(`/applications/${applicationId}`));
    expect(seen).toMatchObject({ applicant: { partyId }, channel: 'person', jurisdictionCode: '220202', list: null, casesTotal: 2, promises });
    expect(seen.cases.map((one: { caseId: string }) => one.caseId).sort()).toEqual(items.map((one: { caseId: string }) => one.caseId).sort());
    expect(fine(await person.get(`/cases/${items[0].caseId}`)).papers).toMatchObject([{ evidenceId, occasion: 'filing' }]);
    expect(fine(await person.get('/applications')).items).toMatchObject([{ applicationId }]);
    expect(fine(await window.get(`/applications/${applicationId}`))).toMatchObject({ applicationId });
    expect(codeOf(await api.person(await addPerson()).get(`/applications/${applicationId}`))).toBe('not-found');
    expect(codeOf(await api.officer('longtan-hrss', 'intake').get(`/applications/${applicationId}`))).toBe('not-found');

    const again = await person.post('/applications', body);
    expect(again.status).toBe(200);
    expect(again.body.applicationId).toBe(null);
    expect(again.body.items.map((one: { outcome: string; caseId: string; caseNumber: string }) => [one.outcome, one.caseId, one.caseNumber])).toEqual(
      items.map((one: { caseId: string; caseNumber: string }) => ['exists', one.caseId, one.caseNumber]),
    );
    expect(await countCases(partyId)).toBe(2);
    const told = fine(await person.get('/applications/prefill'));
    expect(told.benefits.find((one: { benefitId: string }) => one.benefitId === sampleBenefit).underWay).toMatchObject({ caseId: items[0].caseId });
  });

  test('whoever applied reads what became of it, and nothing that officers write among themselves', async () => {
    const partyId = await addPerson({});
    const person = api.person(partyId);
    const { items } = fine(await person.post('/applications', { benefits: [chosen] }));
    const path = `/cases/${items[0].caseId}`;
    const act = async (by: TestCaller, what: string, body: object): Promise<void> => {
      const seen = await by.get(path);
      fine(await by.post(`${path}/${what}`, body, { 'if-match': seen.headers.get('etag') ?? '' }));
    };
    fine(await window.post(`${path}/notes`, { words: '同事之间的话一' }));
    await act(window, 'acceptance', {});
    await act(api.officer('changyi-hrss', 'reviewer'), 'opinion', { opinion: 'disagree', words: '同事之间的话二' });
    await act(api.officer('changyi-hrss', 'reviewer'), 'supplement-request', { words: '请补毕业证书', papers: ['毕业证书'] });
    const answers = await Promise.all([path, `${path}/history`, `${path}/explanation`, '/cases', '/applications', '/messages'].map((one) => person.get(one)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const read = answers.map(({ raw }) => raw.toString('utf8')).join('');
    expect(read).not.toContain('同事之间的话');
    expect(read).toContain('请补毕业证书');
    expect(answers[0]?.body).toMatchObject({ holds: [], assignee: null });
    expect(answers[0]?.body.steps.flatMap(({ departments }: { departments: readonly { opinion: unknown }[] }) => departments.map(({ opinion }) => opinion)).every((opinion: unknown) => opinion === null)).toBe(true);
    expect(answers[1]?.body.items.filter(({ kind }: { kind: string }) => ['noted', 'opinion-given', 'assigned'].includes(kind))).toEqual([]);
    expect(codeOf(await person.get(`${path}/notes`))).toBe('not-permitted');
  });

  test('one’s own cases and those of one’s organisation can be taken along as a table, and nobody else’s', async () => {
    const { agent } = await addEmployer();
    const person = api.person(await addPerson({}));
    fine(await person.post('/applications', { benefits: [chosen, apartment] }));
    const file = await person.get('/cases/export');
    expect(file.headers.get('content-type')).toContain('spreadsheetml');
    const { rows } = await readAll(file.raw);
    expect(rows).toHaveLength(2);
    expect((await readAll((await person.get('/cases/export?status=settled')).raw)).rows).toHaveLength(0);
    expect((await person.get('/cases/export?format=csv')).raw.toString('utf8')).toMatch(/张三一.*120000/);
    // An officer takes along what the list shows, as it is filtered.
    const reviewer = api.officer('changyi-hrss', 'reviewer');
    const shown = (await reviewer.get('/cases?limit=200&status=filed')).body.items as { caseNumber: string }[];
    const taken = (await reviewer.get('/cases/export?format=csv&status=filed')).raw.toString('utf8');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter(({ caseNumber }) => !taken.includes(caseNumber))).toEqual([]);
    expect(taken.trim().split('\r\n')).toHaveLength(shown.length + 1);
    expect((await readAll((await reviewer.get('/cases/export?status=settled')).raw)).rows).toHaveLength(0);
    expect((await readAll((await agent.get('/cases/export')).raw)).rows).toHaveLength(0);
    expect(codeOf(await window.get('/cases/export'))).toBe('not-permitted');
    expect(codeOf(await api.anyone().get('/cases/export'))).toBe('sign-in-required');
  });

  test('one under way does not stop the others', async () => {
    const person = api.person(await addPerson({}));
    const before = fine(await person.post('/applications', { benefits: [chosen] }));
    const { items } = fine(await person.post('/applications', { benefits: [chosen, apartment] }));
    expect(items).toMatchObject([{ outcome: 'exists', caseId: before.items[0].caseId }, { ...apartment, outcome: 'filed' }]);
  });

  test('what the engine says no to is filed, marked, with the reason; whoever accepts sees it', async () => {
    const person = api.person(await addPerson({ 学历: '专科' }));
    const { applicationId, items } = fine(await person.post('/applications', { benefits: [chosen] }));
    expect(items).toMatchObject([{ outcome: 'filed', engineStatus: 'no', isUnlikely: true, expectedFen: null }]);
    expect(items[0].reasons.length).toBeGreaterThan(0);
    expect(fine(await window.get(`/applications/${applicationId}`)).cases).toMatchObject([{ engineStatus: 'no', isUnlikely: true }]);
    expect(fine(await window.get(`/cases/${items[0].caseId}`))).toMatchObject({ engineStatus: 'no', status: 'filed' });
  });

  test('what is given by the year has a case for each year; a year that has not come, or for what has none, is refused', async () => {
    const partyId = await addPerson({});
    const person = api.person(partyId);
    const reward = { policyId: samplePolicy, benefitId: 'income-tax-reward' };
    for (const [code, name] of [['city-tax', '样例市税务局'], ['city-technology', '样例市科技局']]) fine(await api.administrator('system-admin').post('/departments', { code, name, jurisdictionCode: '220200' }));
    const file = async (more: object): Promise<unknown> => {
      const answer = await person.post('/applications', { benefits: [{ ...reward, ...more }] });
      return answer.status < 300 ? [answer.body.items[0].outcome, answer.body.items[0].period] : answer.body.error.code;
    };
    expect(await file({})).toEqual(['filed', '2026']);
    expect(await file({ year: 2025 })).toEqual(['filed', '2025']);
    expect([await file({ year: 2025 }), await file({ year: 2026 })]).toEqual([['exists', '2025'], ['exists', '2026']]);
    expect(await file({ year: 2027 })).toBe('application-year-ahead');
    const refused = await person.post('/applications', { benefits: [{ ...chosen, year: 2026 }] });
    expect([refused.status, codeOf(refused)]).toEqual([422, 'application-year-needless']);
    expect(await countCases(partyId)).toBe(2);
    const told = fine(await person.get(`/applications/prefill?year=2025&benefits=${samplePolicy}/${sampleBenefit},${samplePolicy}/income-tax-reward`));
    expect(told.benefits.filter((one: { isChosen: boolean }) => one.isChosen).map((one: { benefitId: string; period: string }) => [one.benefitId, one.period]).sort()).toEqual([['income-tax-reward', '2025'], [sampleBenefit, 'once']]);
  });

  test('the same call again is answered as before, and twenty at once open one case', async () => {
    const partyId = await addPerson({});
    const person = api.person(partyId);
    const key = { 'idempotency-key': newId() };
    const [one, two] = [await person.post('/applications', { benefits: [apartment] }, key), await person.post('/applications', { benefits: [apartment] }, key)];
    expect(two.body).toEqual(one.body);
    const answers = await Promise.all(Array.from({ length: 20 }, () => person.post('/applications', { benefits: [chosen] })));
    expect(new Set(answers.map((answer) => fine(answer).items[0].caseId)).size).toBe(1);
    expect(answers.filter((answer) => answer.body.items[0].outcome === 'filed')).toHaveLength(1);
    expect(await countCases(partyId)).toBe(2);
  });

  test('a wrong fact, a promise without a day to come, somebody else’s paper: nothing is filed', async () => {
    const partyId = await addPerson({});
    const person = api.person(partyId);
    const other = await addPerson();
    const paper = await acceptedPaper(api.person(other), other);
    const refused = async (more: object): Promise<unknown> => codeOf(await person.post('/applications', { benefits: [chosen], ...more }));
    expect(await refused({ facts: { 合同年限: '五年多' } })).toBe('input-invalid');
    expect(await refused({ promises: [{ paper: '毕业证书', dueOn: '2026-07-01' }] })).toBe('input-invalid');
    const lastDay = Date.parse(filingTime.toISOString().slice(0, 10)) + MOST_PROMISED_DAYS * 86_400_000;
    const tooLate = await person.post('/applications', { benefits: [chosen], promises: [{ paper: '毕业证书', dueOn: new Date(lastDay + 86_400_000).toISOString().slice(0, 10) }] });
    expect(tooLate.body.error.details).toEqual([{ field: 'promises.0.dueOn', message: `补交的日期要在今天以后，最晚 ${new Date(lastDay).toISOString().slice(0, 10)}。` }]);
    expect(await refused({ evidenceIds: [paper] })).toBe('evidence-unfit');
    expect(await countCases(partyId)).toBe(0);
    expect(fine(await person.get('/applications')).items).toEqual([]);
  });

  test('at the window an officer files for somebody of the jurisdiction, who then sees it', async () => {
    const partyId = await addPerson({});
    const unnamed = await window.post('/applications', { benefits: [chosen] });
    expect([unnamed.status, unnamed.body.error.details]).toEqual([422, [{ field: 'subjectId', message: '窗口替人申请，要写明为谁：subjectId 填这个人或单位的编号。' }]]);
    const { applicationId } = fine(await window.post('/applications', { subjectId: partyId, benefits: [chosen] }));
    expect(fine(await api.person(partyId).get(`/applications/${applicationId}`))).toMatchObject({ channel: 'window', applicant: { partyId } });
    expect(codeOf(await api.officer('longtan-hrss', 'intake').post('/applications', { subjectId: partyId, benefits: [apartment] }))).toBe('not-found');
  });

  test('an employer files for its people by what it told itself, and learns nothing else of them', async () => {
    const { agent, organisationId } = await addEmployer();
    // A department knows that the person studied somewhere else.
    const partyId = await addPerson({ 学历: '专科' });
    fine(await window.post(`/people/${partyId}/employments`, { organisationId, startedOn: '2024-07-01', origin: '材料', trustClass: 'B' }));
    const told = fine(await agent.get(`/applications/prefill?subjectId=${partyId}&benefits=${samplePolicy}/${sampleBenefit}`));
    expect(told).toMatchObject({ employer: { partyId: organisationId } });
    expect(told.facts.some(({ name }: Named) => name === '学历')).toBe(false);
    expect(told.benefits.find((one: { isChosen: boolean }) => one.isChosen).status).toBe('unknown');
    const { items, applicationId } = fine(await agent.post('/applications', { subjectId: partyId, benefits: [chosen], facts: { ...hire, '用人单位.所有制': '民营' } }));
    expect(items).toMatchObject([{ outcome: 'filed', engineStatus: 'yes' }]);
    expect(fine(await agent.get(`/applications/${applicationId}`))).toMatchObject({ channel: 'agent', applicant: { partyId: organisationId } });
    const officers = fine(await window.get(`/cases/${items[0].caseId}/explanation`));
    expect(officers).toMatchObject({ status: 'no', facts: { 学历: '专科' } });
  });
});

const hire = { 学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2024-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2024-07-01', 合同年限: 5, 入住人才公寓: false };

async function addEmployer(): Promise<{ agent: TestCaller; organisationId: string }> {
  const organisationId = await enterOrganisation(window);
  const facts = { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202' };
  const said = { partyId: organisationId, origin: '共享', trustClass: 'A', departmentId: api.departments['city-hrss'], purpose: 'eligibility', asOf: '2026-06-01', facts } as const;
  const [recorded] = await inTenant(api.parts.db, api.tenantId, (tx) => recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [said], new Date('2026-06-01T02:00:00Z')));
  expect(recorded).toHaveProperty('statementId');
  return { agent: api.agent(organisationId), organisationId };
}

const headings = ['姓名', '身份证号', '入职日期', '学历', '全日制', '毕业院校', '毕业日期', '初次就业', '缴纳社保', '合同起始日', '合同年限', '入住人才公寓'];
const work = (more: Partial<ListWork> = {}): ListWork => ({ db: api.parts.db, parts: api.parts.intake, tenantId: api.tenantId, now: filingTime, ...more });

/** Brings a list of hires in, as an agent does; `lines` differ from the sample hire. */
async function importHires(agent: TestCaller, lines: readonly Readonly<Record<string, string>>[]): Promise<string> {
  const sample: Readonly<Record<string, string>> = { 姓名: '张三一', 入职日期: '2024-07-01', 学历: '硕士研究生', 全日制: '是', 毕业院校: '吉林大学', 毕业日期: '2024-06-30', 初次就业: '是', 缴纳社保: '是', 合同起始日: '2024-07-01', 合同年限: '5', 入住人才公寓: '否' };
  const rows = lines.map((line, at) => headings.map((heading) => ({ ...sample, 身份证号: sampleNumber({ birthDate: `199${at % 9}-0${1 + (at % 8)}-1${Math.floor(at / 100)}` }), ...line })[heading] ?? ''));
  const bytes = Buffer.from(`\ufeff${[headings, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`);
  const { importId } = fine(await agent.call('POST', `/imports/people?fileName=${encodeURIComponent('新招人员.csv')}`, { bytes }));
  const parts = { ...api.parts.imports, now: () => filingTime };
  while (await processNext(parts, api.tenantId, newId()));
  fine(await agent.post(`/imports/${importId}/confirmation`, { withDoubles: true }));
  while (await processNext(parts, api.tenantId, newId()));
  expect(fine(await agent.get(`/imports/${importId}`))).toMatchObject({ state: 'done', done: { added: lines.length, wrong: 0 } });
  return importId as string;
}

describe('for everybody of a list', () => {
  test('300 hires become cases, also when the server is lost in the middle; asked again, nothing is filed twice', async () => {
    const { agent, organisationId } = await addEmployer();
    const lines = Array.from({ length: 300 }, (_, at) => (at === 7 ? { 学历: '专科', 姓名: '张三七' } : at === 8 ? { 初次就业: '', 姓名: '张三八' } : {}));
    const importId = await importHires(agent, lines);
    const ordered = await agent.post('/applications/from-import', { importId, benefits: [chosen] });
    expect(ordered.status).toBe(202);
    const path = `/applications/${ordered.body.applicationId}`;
    expect(ordered.body).toMatchObject({ channel: 'list', applicant: { partyId: organisationId }, list: { importId, state: 'waiting', rowsTotal: 300, rowsDone: 0 } });
    // Ordered twice while it is under way, it is one.
    expect(fine(await agent.post('/applications/from-import', { importId, benefits: [chosen] })).applicationId).toBe(ordered.body.applicationId);

    expect(await workNextBatch(work({ batchRows: 100 }))).toBe(true);
    expect(fine(await agent.get(path)).list).toMatchObject({ state: 'running', rowsDone: 100 });
    // The second batch loses its connection, as when the server is killed: it leaves nothing behind.
    const [lost] = await Promise.allSettled([workNextBatch(work({ batchRows: 100 })), killWorker()]);
    expect(lost.status).toBe('rejected');
    expect(fine(await agent.get(path)).list).toMatchObject({ rowsDone: 100 });
    expect(await countOf(path)).toBe(fine(await agent.get(path)).list.counts.filed);

    // Two servers go on from there at once.
    const goOn = async (): Promise<void> => {
      while (await workNextBatch(work({ batchRows: 50 })));
    };
    await Promise.all([goOn(), goOn()]);
    await goOn();
    const { list, casesTotal } = fine(await agent.get(path));
    expect(list).toMatchObject({ state: 'done', rowsTotal: 300, rowsDone: 300, counts: { filed: 299, exists: 0, unlikely: 1, left: 0, refused: 0, missing: 1 } });
    expect([casesTotal, await countOf(path)]).toEqual([299, 299]);

    const unlikely = fine(await agent.get(`${path}/rows?outcome=unlikely`));
    expect(unlikely.items).toMatchObject([{ subject: { name: '张三七' }, ...chosen, caseId: null, caseNumber: null, missing: [] }]);
    expect(unlikely.items[0].reasons.length).toBeGreaterThan(0);
    const rows = fine(await agent.get(`${path}/rows?limit=200`));
    const rest = fine(await agent.get(`${path}/rows?limit=200&cursor=${rows.nextCursor}`));
    const all = [...rows.items, ...rest.items] as readonly { subject: Named; caseNumber: string | null; missing: string[] }[];
    expect(all).toHaveLength(300);
    expect(all.find(({ subject }) => subject.name === '张三八')).toMatchObject({ outcome: 'filed', missing: ['初次就业'], caseNumber: expect.stringMatching(/^220202-2026-\d{6}$/) });
    expect(new Set(all.flatMap(({ caseNumber }) => caseNumber ?? [])).size).toBe(299);

    const file = await agent.get(`${path}/rows.xlsx`);
    expect(file.headers.get('content-type')).toContain('spreadsheetml');
    const sheet = await readAll(file.raw);
    expect(sheet.rows).toHaveLength(300);

    const again = fine(await agent.post('/applications/from-import', { importId, benefits: [chosen] }));
    expect(again.applicationId).not.toBe(ordered.body.applicationId);
    await goOn();
    expect(fine(await agent.get(`/applications/${again.applicationId}`)).list).toMatchObject({ state: 'done', counts: { filed: 0, exists: 299, unlikely: 1 } });
    expect(await countOf(`/applications/${again.applicationId}`)).toBe(0);

    // What the engine says no to is filed where the organisation wants it.
    const all2 = fine(await agent.post('/applications/from-import', { importId, benefits: [chosen], filesUnlikely: true }));
    await goOn();
    expect(fine(await agent.get(`/applications/${all2.applicationId}`)).list.counts).toMatchObject({ filed: 1, exists: 299, unlikely: 0 });
    // Neither another organisation nor the people themselves see the list.
    const [{ partyId }] = (await asOwner(api.database, (client) => client.query(`select party_id as "partyId" from application_rows where application_id = $1 limit 1`, [ordered.body.applicationId]))).rows;
    for (const other of [(await addEmployer()).agent, api.person(String(partyId))]) expect(codeOf(await other.get(`${path}/rows`))).toBe('not-found');
  });

  test('who has left is left out, and what cannot be done stops nobody else', async () => {
    const { agent } = await addEmployer();
    const importId = await importHires(agent, [{ 姓名: '张三一' }, { 姓名: '张三二' }, { 姓名: '张三三' }]);
    const people = (await asOwner(api.database, (client) => client.query(`select p.party_id as id, p.name from imported_rows r join people p using (tenant_id, party_id) where r.import_id = $1 order by p.name collate "C"`, [importId]))).rows as { id: string; name: string }[];
    const { applicationId } = fine(await agent.post('/applications/from-import', { importId, benefits: [chosen] }));
    await asOwner(api.database, async (client) => {
      await client.query(`update employments set ended_on = '2026-01-31' where party_id = $1`, [people[0]?.id]);
      // Kept as no program would: a fact that the engine cannot read.
      await client.query(`update fact_statements set facts = facts || '{"合同年限": "很长"}' where party_id = $1`, [people[1]?.id]);
    });
    while (await workNextBatch(work()));
    const rows = fine(await agent.get(`/applications/${applicationId}/rows`)).items as readonly (Readonly<Record<string, unknown>> & { subject: Named; reasons: readonly string[] })[];
    expect(Object.fromEntries(rows.map(({ subject, outcome }) => [subject.name, outcome]))).toEqual({ 张三一: 'left', 张三三: 'refused', 张三二: 'filed' });
    expect(rows.find(({ outcome }) => outcome === 'refused')?.reasons.join('')).toContain('合同年限');
  });

  test('an import that is not finished, or somebody else’s, is refused', async () => {
    const [{ agent }, other] = [await addEmployer(), await addEmployer()];
    const bytes = Buffer.from('\ufeff姓名,身份证号\r\n张三一,1\r\n');
    const { importId } = fine(await agent.call('POST', `/imports/people?fileName=a.csv`, { bytes }));
    expect(codeOf(await agent.post('/applications/from-import', { importId, benefits: [chosen] }))).toBe('application-import-unfit');
    expect(codeOf(await other.agent.post('/applications/from-import', { importId, benefits: [chosen] }))).toBe('import-not-found');
    expect(codeOf(await window.post('/applications/from-import', { importId, benefits: [chosen] }))).toBe('not-permitted');
  });
});

function countOf(path: string): Promise<number> {
  return asOwner(api.database, async (client) => Number((await client.query(`select count(*) from cases where application_id = $1`, [path.split('/').at(-1)])).rows[0].count));
}

/** Waits until a batch is under way and has written something, then ends its connection. */
async function killWorker(): Promise<void> {
  await asOwner(api.database, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        `select pg_terminate_backend(a.pid) as killed from pg_stat_activity a join pg_locks l on l.pid = a.pid join pg_class c on c.oid = l.relation
         where a.datname = current_database() and c.relname = 'cases' and l.mode = 'RowExclusiveLock' and a.pid <> pg_backend_pid() limit 1`,
      );
      if (rows.length > 0) return;
      await sleep(2);
    }
  });
}
