// Cases over the interface and on the real database: the whole way, every command, who may, two at once, lists, what is late.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { acceptedPaper } from '../../../test/support/hand-in-paper.ts';
import { bringToDecision, caseOfficers, type CaseOfficers, command, done, fileCase, filingTime, grant, recordGraduate, tryFiling } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, sampleBenefit, samplePolicy } from '../../../test/support/sample-decision.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { Refusal } from '../../contract/errors.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { fundStates } from '../ledger/index.ts';
import { jobScope, scopeFor } from '../permissions/index.ts';
import { applyCommand, type CommandInput } from './apply-command.ts';
import { tasksOf } from './case.ts';
import { type CaseRow, findCase, listEvents } from './case-store.ts';
import { commandPermissions } from './commands.ts';
import { escalateCases } from './escalate-cases.ts';
import { foldAll } from './fold-case.ts';
import { openApplication, openCases, readDirectory } from './open-cases.ts';

let api: TestApi;
let officers: CaseOfficers;
let window: TestCaller;

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(api.parts.db, api.tenantId, work);
const reading = () => jobScope(api.tenantId, 'test', 'case.read');
const later = (minutes: number): Date => new Date(filingTime.getTime() + minutes * 60_000);

async function addGraduate(name = '张三一'): Promise<string> {
  const partyId = await enterPerson(window, { name, number: sampleNumber({ birthDate: '1999-05-05' }) });
  await recordGraduate(api, partyId);
  return partyId;
}

async function readRow(caseId: string): Promise<CaseRow> {
  const row = await within((tx) => findCase(tx, reading(), caseId));
  if (row === undefined) throw new Error('no such case');
  return row;
}

/** What a job does to a case: publicity and the like. */
function byJob(caseId: string, input: CommandInput): Promise<CaseRow> {
  const permission = commandPermissions[input.kind];
  return within((tx) => applyCommand(tx, jobScope(api.tenantId, 'test', permission), api.parts.cases.tools, caseId, { command: input }, filingTime));
}

/** The events of a case add up to its row, and what waits for whom follows from it. */
async function expectWhole(caseId: string): Promise<void> {
  const row = await readRow(caseId);
  const events = await within((tx) => listEvents(tx, reading(), caseId));
  expect({ ...foldAll(events), caseId }).toEqual(row);
  const tasks = await asOwner(api.database, (client) => client.query(`select department_id, act, assignee_id, due_on::text from case_tasks where case_id = $1 order by department_id`, [caseId]));
  const told = tasksOf(row).map((task) => ({ department_id: task.departmentId, act: task.act, assignee_id: task.assigneeId, due_on: task.dueOn }));
  expect(tasks.rows).toEqual(told.sort((a, b) => (a.department_id < b.department_id ? -1 : 1)));
}

function codeOf(answer: Answered): unknown {
  return answer.status < 300 ? answer.status : answer.body.error.code;
}

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  window = api.officer('city-hrss', 'intake');
});
beforeEach(() => {
  api.setNow(filingTime);
  officers = caseOfficers(api);
});
afterAll(() => api.stop());

describe('the whole way', () => {
  test('from filing to being settled: reviewed side by side, decided, its money set aside, published', async () => {
    const personId = await addGraduate();
    const person = api.person(personId);
    const caseId = await fileCase(api, personId);
    const filed = await person.get(`/cases/${caseId}`);
    expect(filed.body).toMatchObject({
      status: 'filed', statusWords: '已提交', version: 1, subject: { name: '张三一' }, benefitTitle: { zh: '企业引才生活补贴' }, engineStatus: 'yes', expectedFen: 12_000_000,
      dueOn: '2026-07-08', acceptBy: '昌邑区人社局', decideBy: '昌邑区人社局', promisedDays: 20, can: ['withdraw'],
      steps: [{ title: { zh: '审核并确定名单' }, departments: [{ name: '昌邑区人社局' }, { name: '样例市财政局' }], state: 'later' }],
    });
    expect(filed.body.caseNumber).toMatch(/^220202-2026-\d{6}$/);

    expect((await done(officers.intake, caseId, 'acceptance')).status).toBe('in-review');
    const seen = await officers.reviewer.get(`/cases/${caseId}`);
    expect(seen.body.can).toEqual(expect.arrayContaining(['give-opinion', 'ask-supplement', 'transfer', 'add-signer', 'claim', 'note']));
    await done(officers.reviewer, caseId, 'opinion', { opinion: 'agree' });
    expect((await person.get(`/cases/${caseId}`)).body.steps[0].departments.map((each: { hasSpoken: boolean; opinion: unknown }) => [each.hasSpoken, each.opinion])).toEqual([[true, null], [false, null]]);
    expect((await done(officers.accountant, caseId, 'opinion', { opinion: 'agree', words: '资金够。' })).status).toBe('deciding');
    const granted = await grant(officers, caseId);
    expect([granted.status, (await readRow(caseId)).grantedFen]).toEqual(['granted', 12_000_000]);

    const listId = newId();
    await byJob(caseId, { kind: 'begin-publication', listId, untilOn: '2026-07-08' });
    expect((await byJob(caseId, { kind: 'end-publication', listId })).status).toBe('settled');
    await expectWhole(caseId);

    const told = await officers.approver.get(`/cases/${caseId}/history`);
    expect(told.body.items.map((item: { kind: string }) => item.kind)).toEqual(['filed', 'accepted', 'opinion-given', 'opinion-given', 'review-ended', 'granted', 'publication-begun', 'publication-ended', 'settled']);
    const own = await person.get(`/cases/${caseId}/history`);
    expect(own.body.items.map((item: { kind: string; words: string | null }) => [item.kind, item.words])).toEqual([
      ['filed', null], ['accepted', null], ['review-ended', null], ['granted', '条件都符合。'], ['publication-begun', null], ['publication-ended', null], ['settled', null],
    ]);
    expect(own.body.items.every((item: { by: { accountId: string | null } }) => item.by.accountId === null)).toBe(true);
  });

  test('a grant commits each instalment in the fund of its year; its revocation frees them', async () => {
    const caseId = await fileCase(api, await addGraduate(), { jurisdictionCode: '220203' });
    const longtan: CaseOfficers = { intake: api.officer('longtan-hrss', 'intake'), reviewer: api.officer('longtan-hrss', 'reviewer'), accountant: officers.accountant, approver: api.officer('longtan-hrss', 'approver') };
    await bringToDecision(longtan, caseId);
    await grant(longtan, caseId);
    const committed = async (): Promise<unknown> => {
      const scope = jobScope(api.tenantId, 'test', 'ledger.read');
      const states = await within((tx) => fundStates(tx, scope, { jurisdictionCode: '220203', fromYear: 2024, toYear: 2031 }));
      return states.map(({ fund, year, committed: fen }) => [fund, year, fen]);
    };
    const fund = '县区人才专项资金';
    expect(await committed()).toEqual([2025, 2026, 2027, 2028, 2029].map((year) => [fund, year, 2_400_000]));
    const early = await command(longtan.approver, caseId, 'revocation', { reason: '查实不符合。' });
    expect(codeOf(early)).toBe('own-hands-refused');
    expect((await done(api.officer('longtan-hrss', 'approver'), caseId, 'revocation', { reason: '查实不符合。' })).status).toBe('revoked');
    expect(await committed()).toEqual([2025, 2026, 2027, 2028, 2029].map((year) => [fund, year, 0]));
    await expectWhole(caseId);
  });

  test('nothing is decided for a reason that its letter could not show: one by one, of many, taken back', async () => {
    const caseId = await fileCase(api, await addGraduate());
    await bringToDecision(officers, caseId);
    for (const [reason, named] of [['同意\u0007', 'U+0007'], ['同意👍。', '👍 (U+1F44D)'], ['同意\u{2A6D0}', '\u{2A6D0} (U+2A6D0)'], ['同意\u{FE0F}', 'U+FE0F']] as const) {
      const refused = await command(officers.approver, caseId, 'decision', { outcome: 'grant', reason });
      expect(refused, `${named}`).toMatchObject({ status: 422, body: { error: { code: 'text-unprintable', message: expect.stringContaining(`：${named}。`) } } });
    }
    const { version } = await readRow(caseId);
    const many = await officers.approver.post('/cases/decisions', { items: [{ caseId, version, outcome: 'refuse', reason: '不同意🙏' }] });
    expect(many.body.items).toMatchObject([{ outcome: 'refused', error: { code: 'text-unprintable', message: expect.stringContaining('🙏') } }]);
    expect((await readRow(caseId)).status).toBe('deciding');
    // What people write by hand: rare characters that the face has, marks, two languages, lines.
    expect((await command(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '喆、㛃、𬱖：条件都符合——“同意”。\r\nAll conditions are met (5%).' })).status).toBe(200);
    const { decisionId } = (await officers.approver.get(`/cases/${caseId}`)).body;
    expect((await officers.approver.get(`/decisions/${decisionId}/letter`)).status).toBe(200);
    const second = api.officer('changyi-hrss', 'approver');
    expect(codeOf(await command(second, caseId, 'revocation', { reason: '撤销😀' }))).toBe('text-unprintable');
    expect(codeOf(await command(second, caseId, 'change', { reason: '变更😀', amountFen: 11_000_000 }))).toBe('text-unprintable');
    expect((await readRow(caseId)).status).toBe('granted');
  });

  test('an amount for each month is granted for no more months than the benefit has', async () => {
    const partyId = await addGraduate();
    const caseId = await fileCase(api, partyId, { benefitId: 'internship-allowance' });
    const { plan } = (await readRow(caseId)).progress;
    const [office] = Object.entries(api.departments).find(([, id]) => id === plan.acceptBy.departmentId) ?? [];
    const at = (role: 'intake' | 'reviewer' | 'approver'): TestCaller => api.officer(office as Parameters<typeof api.officer>[0], role);
    await done(at('intake'), caseId, 'acceptance');
    await done(at('reviewer'), caseId, 'opinion', { opinion: 'agree' });
    const given = { outcome: 'grant', reason: '实习三个月。' };
    expect(await command(at('approver'), caseId, 'decision', { ...given, amountFen: 3_000_01 })).toMatchObject({ status: 422, body: { error: { code: 'decision-amount-unfit' } } });
    expect(await command(at('approver'), caseId, 'decision', { ...given, amountFen: 3_000_00 })).toMatchObject({ status: 200 });
  });

  test('of benefits of one matter one is granted: the second names the first, waits until that is revoked, and two at once are one', async () => {
    const partyId = await addGraduate();
    const first = await fileCase(api, partyId);
    const second = await fileCase(api, partyId, { benefitId: 'student-apartment' });
    const others = async (caller: TestCaller, caseId: string): Promise<unknown> => (await caller.get(`/cases/${caseId}`)).body.sameMatter.map((one: { benefitTitle: { zh: string }; isGranted: boolean; isOpenable: boolean }) => [one.benefitTitle.zh, one.isGranted, one.isOpenable]);
    expect(await others(api.person(partyId), first)).toEqual([['学子人才公寓', false, true]]);
    await bringToDecision(officers, first);
    await grant(officers, first);
    await bringToDecision(officers, second);
    expect(await others(officers.approver, second)).toEqual([['企业引才生活补贴', true, true]]);
    const seen = (await officers.approver.get(`/cases/${second}`)).body;
    const { caseNumber } = await readRow(first);
    expect([seen.can.includes('grant'), seen.can.includes('refuse'), seen.cannot.map(({ code, words }: { code: string; words: string }) => [code, words.includes(caseNumber)])]).toEqual([false, true, [['case-same-matter', true]]]);
    const refused = await command(officers.approver, second, 'decision', { outcome: 'grant', reason: '条件都符合。' });
    expect([refused.status, refused.body.error.code, refused.body.error.message.includes(caseNumber)]).toEqual([409, 'case-same-matter', true]);

    await done(api.officer('changyi-hrss', 'approver'), first, 'revocation', { reason: '本人改要公寓。' });
    const again = await fileCase(api, partyId);
    await bringToDecision(officers, again);
    const both = await Promise.all([command(officers.approver, second, 'decision', { outcome: 'grant', reason: '条件都符合。' }), command(officers.approver, again, 'decision', { outcome: 'grant', reason: '条件都符合。' })]);
    expect(both.map((answer) => String(codeOf(answer))).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['200', 'case-same-matter']);
  });

  test('an employer learns nothing of what its people ask for beside what it filed for them; other years are no second benefit', async () => {
    const partyId = await addGraduate();
    const employerId = await enterOrganisation(window, { name: '样例科技有限公司' });
    const filed = await fileCase(api, partyId, { applicantId: employerId, employerId });
    const own = await fileCase(api, partyId, { benefitId: 'student-apartment', period: 'once' });
    const numbersIn = async (caller: TestCaller): Promise<unknown> => (await caller.get(`/cases/${filed}`)).body.sameMatter.map(({ caseId }: { caseId: string }) => caseId);
    expect([await numbersIn(api.agent(employerId)), await numbersIn(api.person(partyId)), await numbersIn(officers.reviewer)]).toEqual([[], [own], [own]]);
    await command(api.person(partyId), own, 'withdrawal');
    await fileCase(api, partyId, { benefitId: 'student-apartment', period: '2024' });
    expect(await numbersIn(officers.reviewer)).toEqual([]);
  });

  test('what is granted without a named fund waits in the list of doubts until somebody says who pays', async () => {
    const partyId = await addGraduate();
    await recordGraduate(api, partyId, { 首次创业: true, 创业身份: '法定代表人', 创业地: '220202', 创业注册日期: '2025-01-06', 仍在经营: true });
    const caseId = await fileCase(api, partyId, { benefitId: 'first-startup' });
    const city = (role: 'intake' | 'reviewer' | 'approver'): TestCaller => api.officer('city-hrss', role);
    await done(city('intake'), caseId, 'acceptance');
    await done(city('reviewer'), caseId, 'opinion', { opinion: 'agree' });
    const nothing = await command(city('approver'), caseId, 'decision', { outcome: 'grant', reason: '条件都符合。', amountFen: 0 });
    expect(nothing).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'amountFen' }] } } });
    await done(city('approver'), caseId, 'decision', { outcome: 'grant', reason: '条件都符合。' });
    const listId = newId();
    await byJob(caseId, { kind: 'begin-publication', listId, untilOn: '2026-07-08' });
    await byJob(caseId, { kind: 'end-publication', listId });
    const finance = api.officer('city-finance', 'finance');
    const { items } = (await finance.get(`/instalments?caseId=${caseId}`)).body;
    expect(items).toMatchObject([{ instalmentNumber: 1, dueOn: '2026-07-01', amountFen: 5_000_00, state: 'waiting' }]);
    await finance.post('/instalments/checks', { instalmentIds: [items[0].instalmentId] });
    const { doubts, shares } = (await finance.get(`/instalments/${items[0].instalmentId}`)).body;
    expect([shares, doubts]).toEqual([[], expect.arrayContaining([expect.objectContaining({ kind: 'fund-missing', isPassable: false })])]);
  });

  test('the engine’s explanation stands beside the case, with where each fact comes from', async () => {
    const caseId = await fileCase(api, await addGraduate());
    const { body } = await officers.reviewer.get(`/cases/${caseId}/explanation`);
    expect(body).toMatchObject({ on: '2026-07-01', status: 'yes', amount: { kind: 'exact', totalFen: 12_000_000 }, missing: [], facts: { 毕业院校: '吉林大学' }, origins: { 毕业院校: { source: 'statement', trustClass: 'A' } } });
    expect(body.explanation.benefits.map((each: { benefit: string }) => each.benefit)).toEqual(['living-subsidy']);
  });

  test('what is refused can be appealed; another approver takes it up again', async () => {
    const personId = await addGraduate();
    const caseId = await fileCase(api, personId);
    await bringToDecision(officers, caseId);
    await done(officers.approver, caseId, 'decision', { outcome: 'refuse', reason: '合同没有备案。' });
    expect((await done(api.person(personId), caseId, 'appeal', { words: '合同已经补备案了。' })).status).toBe('in-appeal');
    const answered = await command(officers.approver, caseId, 'appeal/answer', { outcome: 'reopened', reason: '属实。' });
    expect(codeOf(answered)).toBe('own-hands-refused');
    // Whoever opens it reads so before.
    const { body: seen } = await officers.approver.get(`/cases/${caseId}`);
    expect([seen.can.includes('answer-appeal'), seen.cannot]).toEqual([false, [{ command: 'answer-appeal', code: 'own-hands-refused', words: answered.body.error.message }]]);
    expect((await done(api.officer('changyi-hrss', 'approver'), caseId, 'appeal/answer', { outcome: 'reopened', reason: '属实。' })).status).toBe('deciding');
    const deputy = { ...officers, approver: api.officer('changyi-hrss', 'approver') };
    expect((await grant(deputy, caseId)).status).toBe('granted');
    await expectWhole(caseId);
  });
});

describe('one person, benefit and time: one case', () => {
  test('of twenty who file at once one has it, and the others are told which', async () => {
    const personId = await addGraduate();
    const opened = await Promise.all(Array.from({ length: 20 }, () => tryFiling(api, personId)));
    const made = opened.filter((each) => !('refusal' in each));
    expect(made).toHaveLength(1);
    expect(new Set(opened.map(({ caseId }) => caseId)).size).toBe(1);
    const { rows } = await asOwner(api.database, (client) => client.query(`select count(*)::integer as count from cases where subject_id = $1`, [personId]));
    expect(rows).toEqual([{ count: 1 }]);
    // Another time, or another benefit, is another case.
    expect('refusal' in (await tryFiling(api, personId, { period: '2027' }))).toBe(false);
    expect('refusal' in (await tryFiling(api, personId, { benefitId: 'home-subsidy' }))).toBe(false);
  });

  test('twenty people at once get twenty numbers', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => addGraduate()));
    const opened = await Promise.all(people.map((personId) => tryFiling(api, personId)));
    const numbers = opened.flatMap((each) => ('caseNumber' in each ? [each.caseNumber] : []));
    expect(new Set(numbers).size).toBe(20);
  });

  test('a place that was left can be taken, and then the withdrawal cannot be undone', async () => {
    const personId = await addGraduate();
    const caseId = await fileCase(api, personId);
    await done(api.person(personId), caseId, 'withdrawal');
    await fileCase(api, personId);
    expect(codeOf(await command(api.person(personId), caseId, 'withdrawal/undo'))).toBe('case-exists');
    await expectWhole(caseId);
  });

  test('a record that was merged into another counts as the other', async () => {
    const personId = await addGraduate();
    const doubleId = await enterPerson(window, { number: null });
    await asOwner(api.database, (client) => client.query(`update parties set status = 'merged', merged_into = $1 where party_id = $2`, [personId, doubleId]));
    const caseId = await fileCase(api, doubleId);
    expect((await readRow(caseId)).subjectId).toBe(personId);
    expect(await tryFiling(api, personId)).toEqual({ refusal: 'case-exists', caseId });
  });
});

describe('two records of one person', () => {
  let steward: TestCaller;
  beforeEach(() => {
    steward = api.officer('city-hrss', 'steward');
  });

  async function addDouble(): Promise<{ keptPartyId: string; mergedPartyId: string }> {
    const mergedPartyId = await enterPerson(window, { name: '张三一', number: null });
    await recordGraduate(api, mergedPartyId);
    return { keptPartyId: await addGraduate(), mergedPartyId };
  }
  const merge = (pair: { keptPartyId: string; mergedPartyId: string }): Promise<Answered> => steward.post('/merges', { ...pair, reason: '同一个人。' });

  test('are not merged while both have a case for one benefit and time; the refusal names both, and one of them has to end', async () => {
    const pair = await addDouble();
    const mergedCase = await fileCase(api, pair.mergedPartyId);
    const keptCase = await fileCase(api, pair.keptPartyId);
    await bringToDecision(officers, keptCase);
    await grant(officers, keptCase);
    const [open, granted] = [(await readRow(mergedCase)).caseNumber, (await readRow(keptCase)).caseNumber];
    expect(await merge(pair)).toMatchObject({
      status: 409,
      body: { error: { code: 'merge-cases-doubled', details: [{ field: 'mergedPartyId', message: `${granted}（企业引才生活补贴，2026 年，已给予）；${open}（企业引才生活补贴，2026 年，已提交）。` }] } },
    });
    expect(codeOf(await merge({ keptPartyId: pair.mergedPartyId, mergedPartyId: pair.keptPartyId }))).toBe('merge-cases-doubled');
    await done(officers.intake, mergedCase, 'declination', { reason: '同一个人已经有一件。' });
    expect(codeOf(await merge(pair))).toBe(201);
    // What was declined under the other record has lost its place for good.
    expect(codeOf(await command(api.person(pair.mergedPartyId), mergedCase, 'appeal', { words: '不服。' }))).toBe('case-exists');
    await expectWhole(mergedCase);
  });

  test('with cases for other benefits or times are merged, and after the merge is undone each files for itself', async () => {
    const pair = await addDouble();
    await fileCase(api, pair.mergedPartyId);
    await fileCase(api, pair.keptPartyId, { period: '2025' });
    const { body } = await merge(pair);
    expect(await tryFiling(api, pair.keptPartyId).catch((error: unknown) => (error as Refusal).code)).toBe('changed-meanwhile');
    expect((await steward.post(`/merges/${body.mergeId}/undo`, { reason: '不是同一个人。' })).status).toBe(200);
    expect(await tryFiling(api, pair.keptPartyId)).toHaveProperty('caseNumber');
  });

  test('are not merged while two benefits of one matter are granted, one to each; open ones are no hindrance', async () => {
    const pair = await addDouble();
    const keptCase = await fileCase(api, pair.keptPartyId);
    const mergedCase = await fileCase(api, pair.mergedPartyId, { benefitId: 'student-apartment' });
    for (const caseId of [keptCase, mergedCase]) await bringToDecision(officers, caseId);
    await grant(officers, keptCase);
    const opened = await merge(pair);
    expect(opened.status).toBe(201);
    expect((await steward.post(`/merges/${opened.body.mergeId}/undo`, { reason: '再看看。' })).status).toBe(200);
    expect((await command(officers.approver, mergedCase, 'decision', { outcome: 'grant', reason: '条件都符合。' })).status).toBe(200);
    const refused = await merge(pair);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'merge-cases-doubled', details: [{ message: expect.stringContaining('学子人才公寓') }] } } });
    await done(api.officer('changyi-hrss', 'approver'), keptCase, 'revocation', { reason: '同一个人。' });
    expect((await merge(pair)).status).toBe(201);
  });

  test('of a merge and a filing at one moment one waits for the other, and there is one case', async () => {
    for (let round = 0; round < 4; round++) {
      const pair = await addDouble();
      await fileCase(api, pair.mergedPartyId);
      const [merged] = await Promise.all([merge(pair), tryFiling(api, pair.keptPartyId).catch((error: unknown) => error)]);
      const { rows } = await asOwner(api.database, (client) => client.query(`select status from cases where subject_id in ($1, $2)`, [pair.keptPartyId, pair.mergedPartyId]));
      expect([merged.status, rows.length]).toEqual(merged.status === 201 ? [201, 1] : [409, 2]);
    }
  });

  test('a case that is filed while a merge is under way is refused once the merge is there', async () => {
    const pair = await addDouble();
    await fileCase(api, pair.mergedPartyId);
    const free = Promise.withResolvers<undefined>();
    const looked = Promise.withResolvers<undefined>();
    // Has looked who is one with whom, and only then goes on to file.
    const filing = within(async (tx) => {
      const scope = jobScope(api.tenantId, 'test', 'application.file');
      const pack = await api.parts.packs.inForce(tx, scope, samplePolicy, '2026-07-01');
      if (pack === undefined) throw new Error('the sample policies are not there');
      const applicationId = newId();
      const directory = await readDirectory(tx, scope);
      looked.resolve(undefined);
      await free.promise;
      await openApplication(tx, scope, { applicationId, applicantId: pair.keptPartyId, channel: 'person', importId: null, jurisdictionCode: '220202', filedAt: filingTime });
      const asked = { subjectId: pair.keptPartyId, employerId: null, benefitId: sampleBenefit, period: '2026', jurisdictionCode: '220202', pack, settingsYear: 2026, engineStatus: 'yes', expectedFen: null, evidenceIds: [] } as const;
      return openCases(tx, scope, api.parts.cases.tools, { applicationId, applicantId: pair.keptPartyId, cases: [asked], now: filingTime, read: { directory, inForce: [pair.keptPartyId] } });
    });
    await looked.promise;
    expect(codeOf(await merge(pair))).toBe(201);
    free.resolve(undefined);
    await expect(filing).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });
});

describe('time', () => {
  test('a withdrawal is undone within ten minutes, and not after', async () => {
    const personId = await addGraduate();
    const person = api.person(personId);
    const caseId = await fileCase(api, personId);
    await done(person, caseId, 'withdrawal');
    expect((await person.get(`/cases/${caseId}`)).body).toMatchObject({ status: 'withdrawn', can: ['undo-withdraw'], undoUntil: '2026-07-01T02:10:00.000Z' });
    api.setNow(later(10));
    expect((await done(person, caseId, 'withdrawal/undo')).status).toBe('filed');
    await done(person, caseId, 'withdrawal');
    api.setNow(new Date(later(20).getTime() + 1));
    expect(codeOf(await command(person, caseId, 'withdrawal/undo'))).toBe('case-undo-late');
    await expectWhole(caseId);
  });

  test('the Spring Festival counts for nothing, the Saturdays worked before and after it count', async () => {
    const at = (day: string): Date => new Date(`${day}T02:00:00Z`);
    const personId = await addGraduate();
    // Thursday 12 February 2026: 13, 14 (a Saturday that is worked), 24, 25 and 26 are five working days.
    api.setNow(at('2026-02-12'));
    const caseId = await fileCase(api, personId, { now: at('2026-02-12') });
    const seen = async () => (await officers.intake.get(`/cases/${caseId}`)).body;
    expect(await seen()).toMatchObject({ dueOn: '2026-02-26' });
    // Filed in the middle of the holiday: 24 to 28, of which the last is a Saturday that is worked.
    expect((await officers.intake.get(`/cases/${await fileCase(api, personId, { period: '2025', now: at('2026-02-18') })}`)).body).toMatchObject({ dueOn: '2026-02-28' });
    api.setNow(at('2026-02-13'));
    expect(await done(officers.intake, caseId, 'supplement-request', { words: '请补劳动合同。', papers: ['劳动合同'], workingDays: 5 })).toMatchObject({ status: 'awaiting-supplement' });
    expect(await seen()).toMatchObject({ supplement: { dueOn: '2026-02-27' } });
    // One of the five was used on the 13th; four are left after the holiday.
    api.setNow(at('2026-02-20'));
    await done(api.person(personId), caseId, 'supplement', { words: '补好了。' });
    expect(await seen()).toMatchObject({ status: 'filed', dueOn: '2026-02-27' });
    for (const [day, lateness] of [['2026-02-26', 0], ['2026-02-27', 1], ['2026-02-28', 2]] as const) {
      await escalateCases(api.parts.db, api.parts.cases.tools, api.tenantId, at(day));
      expect((await readRow(caseId)).lateness, `${day}`).toBe(lateness);
    }
    await expectWhole(caseId);
  });

  test('before the notice of the next year is out a deadline in it is left open; whoever asked can still take it back, officers are told what is missing', async () => {
    const personId = await addGraduate();
    const [kept, taken] = [await fileCase(api, personId, { now: new Date('2026-12-29T02:00:00Z') }), await fileCase(api, personId, { period: '2025', now: new Date('2026-12-29T02:00:00Z') })];
    api.setNow(new Date('2027-01-05T02:00:00Z'));
    const seen = async (caseId: string) => (await officers.intake.get(`/cases/${caseId}`)).body;
    expect(await seen(kept)).toMatchObject({ dueOn: null, missingYear: 2027 });
    expect(await escalateCases(api.parts.db, api.parts.cases.tools, api.tenantId, new Date('2027-01-05T02:00:00Z'))).toBeGreaterThanOrEqual(0);
    // What waits for a department is in its queue, behind what has a day, page by page, also for one person alone.
    for (const query of ['', `&personId=${personId}`]) {
      const all: { caseId: string; dueOn: string | null }[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await officers.intake.get(`/cases?queue=department&sort=deadline&limit=3${query}${cursor}`);
        all.push(...body.items);
        if (body.nextCursor === null) break;
        cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
      }
      expect(all.filter(({ dueOn }) => dueOn === null).map(({ caseId }) => caseId).sort()).toEqual([kept, taken].sort());
      expect(all.slice(-2).map(({ dueOn }) => dueOn)).toEqual([null, null]);
      expect(new Set(all.map(({ caseId }) => caseId)).size).toBe(all.length);
      expect(all.map(({ dueOn }) => dueOn ?? '9')).toEqual(all.map(({ dueOn }) => dueOn ?? '9').sort());
    }
    expect((await done(api.person(personId), taken, 'withdrawal')).status).toBe('withdrawn');
    expect((await done(api.person(personId), taken, 'withdrawal/undo')).status).toBe('filed');
    expect((await done(officers.intake, kept, 'acceptance')).status).toBe('in-review');
    api.setNow(new Date('2027-01-06T02:00:00Z'));
    expect(await command(officers.reviewer, kept, 'opinion', { opinion: 'agree' })).toMatchObject({ status: 200 });
    expect(await command(officers.accountant, kept, 'opinion', { opinion: 'agree' })).toMatchObject({ status: 409, body: { error: { code: 'case-calendar-missing' } } });
    for (const caseId of [kept, taken]) await expectWhole(caseId);
  });

  test('a withdrawal before midnight is undone after it, and ten minutes later no more, also not from the page', async () => {
    const personId = await addGraduate();
    const person = api.person(personId);
    const caseId = await fileCase(api, personId);
    const evening = new Date('2026-07-01T15:55:00Z');
    const after = (ms: number): void => api.setNow(new Date(evening.getTime() + ms));
    after(0);
    await done(person, caseId, 'withdrawal');
    after(9 * 60_000);
    // The day on which it goes on does not count.
    expect(await done(person, caseId, 'withdrawal/undo')).toMatchObject({ status: 'filed', dueOn: '2026-07-09' });
    after(9 * 60_000);
    await done(person, caseId, 'withdrawal');
    after(19 * 60_000);
    expect((await person.get(`/cases/${caseId}`)).body.can).toEqual(['undo-withdraw']);
    after(19 * 60_000 + 1);
    expect((await person.get(`/cases/${caseId}`)).body).toMatchObject({ can: [], cannot: [{ command: 'undo-withdraw', code: 'case-undo-late' }] });
    expect(codeOf(await command(person, caseId, 'withdrawal/undo'))).toBe('case-undo-late');
    // Whoever meant it otherwise applies anew.
    await fileCase(api, personId);
    await expectWhole(caseId);
  });

  test('an appeal comes until the last minute of its last day, which is a working day', async () => {
    const [first, second] = [await addGraduate(), await addGraduate('张三二')];
    const refused = async (personId: string): Promise<string> => {
      api.setNow(new Date('2026-08-02T02:00:00Z'));
      const caseId = await fileCase(api, personId, { now: new Date('2026-07-30T02:00:00Z') });
      await done(officers.intake, caseId, 'declination', { reason: '材料不全。' });
      return caseId;
    };
    const [inTime, late] = [await refused(first), await refused(second)];
    // The sixtieth day is 1 October; the holiday ends on the 7th. Until midnight there, which is 16:00 in UTC.
    api.setNow(new Date('2026-10-08T15:59:59Z'));
    expect((await api.person(first).get(`/cases/${inTime}`)).body.can).toEqual(['appeal']);
    expect((await done(api.person(first), inTime, 'appeal', { words: '材料是齐的。' })).status).toBe('in-appeal');
    api.setNow(new Date('2026-10-08T16:00:00Z'));
    expect(await command(api.person(second), late, 'appeal', { words: '材料是齐的。' })).toMatchObject({ status: 409, body: { error: { code: 'case-appeal-late', message: '申诉的期限是 2026-10-08，已经过了。' } } });
    for (const caseId of [inTime, late]) await expectWhole(caseId);
  });

  test('what is late is found from the rows, told once, by whichever server looks', async () => {
    const caseId = await fileCase(api, await addGraduate());
    await done(officers.intake, caseId, 'claim');
    const look = (day: string): Promise<number[]> => Promise.all([1, 2].map(() => escalateCases(api.parts.db, api.parts.cases.tools, api.tenantId, new Date(`${day}T01:00:00Z`))));
    await look('2026-07-07');
    expect((await readRow(caseId)).lateness).toBe(0);
    await look('2026-07-08');
    await look('2026-07-08');
    expect((await readRow(caseId)).lateness).toBe(1);
    await look('2026-07-09');
    const events = await within((tx) => listEvents(tx, reading(), caseId));
    expect([(await readRow(caseId)).lateness, events.filter(({ kind }) => kind === 'escalated').length]).toEqual([2, 2]);
    api.setNow(new Date('2026-07-09T01:00:00Z'));
    const late = await officers.intake.get('/cases?late=true&sort=deadline&limit=200');
    expect(late.body.items.map((item: { caseId: string }) => item.caseId)).toContain(caseId);
    await expectWhole(caseId);
  });
});

describe('papers', () => {
  test('a supplement stops the clock, and the case rests on what is handed in', async () => {
    const personId = await addGraduate();
    const person = api.person(personId);
    const evidenceId = await acceptedPaper(window, personId);
    const caseId = await fileCase(api, personId);
    await done(officers.intake, caseId, 'supplement-request', { words: '请补劳动合同。', papers: ['劳动合同'], workingDays: 5 });
    expect((await person.get(`/cases/${caseId}`)).body).toMatchObject({ status: 'awaiting-supplement', isClockStopped: true, dueOn: null, supplement: { words: '请补劳动合同。', papers: ['劳动合同'], dueOn: '2026-07-08' }, can: ['answer-supplement', 'withdraw'] });
    api.setNow(new Date('2026-07-06T02:00:00Z'));
    for (const nothing of [{}, { words: '  ' }, { evidenceIds: [] }]) {
      expect((await command(person, caseId, 'supplement', nothing)).body.error.details).toEqual([{ field: 'evidenceIds', message: '什么都没有交：请附上材料，或者写明情况。' }]);
    }
    expect(await done(person, caseId, 'supplement', { evidenceIds: [evidenceId] })).toMatchObject({ status: 'filed', dueOn: '2026-07-13' });
    expect((await person.get(`/cases/${caseId}`)).body.papers).toEqual([{ evidenceId, occasion: 'supplement' }]);
    expect((await window.get(`/evidence/${evidenceId}`)).body.uses).toBe(1);
    await done(person, caseId, 'withdrawal');
    expect((await window.get(`/evidence/${evidenceId}`)).body.uses).toBe(0);
    await done(person, caseId, 'withdrawal/undo');
    expect((await window.get(`/evidence/${evidenceId}`)).body.uses).toBe(1);
  });

  test('a paper that was taken back while the case was withdrawn keeps nobody from taking it up again', async () => {
    const personId = await addGraduate();
    const person = api.person(personId);
    const evidenceId = await acceptedPaper(person, personId);
    const caseId = await fileCase(api, personId, { evidenceIds: [evidenceId] });
    const etag = async (): Promise<string> => (await person.get(`/evidence/${evidenceId}`)).headers.get('etag') ?? '';
    expect(codeOf(await person.delete(`/evidence/${evidenceId}`, { 'if-match': await etag() }))).toBe('evidence-in-use');
    await done(person, caseId, 'withdrawal');
    expect((await person.delete(`/evidence/${evidenceId}`, { 'if-match': await etag() })).status).toBe(204);
    expect((await done(person, caseId, 'withdrawal/undo')).status).toBe('filed');
    await expectWhole(caseId);
  });

  test('somebody else’s paper is none for this case', async () => {
    const personId = await addGraduate();
    const evidenceId = await acceptedPaper(window, await addGraduate('张三二'));
    const caseId = await fileCase(api, personId);
    await done(officers.intake, caseId, 'supplement-request', { words: '请补劳动合同。', papers: ['劳动合同'] });
    expect((await command(api.person(personId), caseId, 'supplement', { evidenceIds: [evidenceId] })).status).toBe(422);
    expect((await readRow(caseId)).status).toBe('awaiting-supplement');
  });

  test('what is promised for later has to come before the grant', async () => {
    const personId = await addGraduate();
    const caseId = await fileCase(api, personId);
    await done(officers.intake, caseId, 'acceptance', { promise: { papers: ['毕业证书'], dueOn: '2026-07-10' } });
    await done(officers.reviewer, caseId, 'opinion', { opinion: 'agree' });
    await done(officers.accountant, caseId, 'opinion', { opinion: 'agree' });
    expect(codeOf(await command(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '符合。' }))).toBe('case-promise-open');
    const evidenceId = await acceptedPaper(window, personId);
    await done(api.person(personId), caseId, 'promises/kept', { paper: '毕业证书', evidenceId });
    expect((await grant(officers, caseId)).status).toBe('granted');
    await expectWhole(caseId);
  });
});

describe('two at once', () => {
  test('of two officers who answer the same version one is told that it changed', async () => {
    const caseId = await fileCase(api, await addGraduate());
    const other = api.officer('changyi-hrss', 'intake');
    const answers = await Promise.all([officers.intake, other].map((by) => by.post(`/cases/${caseId}/acceptance`, {}, { 'if-match': '"1"' })));
    expect(new Set(answers.map(codeOf))).toEqual(new Set([200, 'changed-meanwhile']));
    const blind = await other.post(`/cases/${caseId}/claim`);
    expect(codeOf(blind)).toBe('precondition-required');
    await expectWhole(caseId);
  });

  test('a retry with the same key is the same command', async () => {
    const caseId = await fileCase(api, await addGraduate());
    const key = newId();
    const headers = { 'if-match': '"1"', 'idempotency-key': key };
    const [first, second] = [await officers.intake.post(`/cases/${caseId}/acceptance`, {}, headers), await officers.intake.post(`/cases/${caseId}/acceptance`, {}, headers)];
    expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
    expect((await readRow(caseId)).version).toBe(2);
  });
});

describe('many at once', () => {
  test('each has its reason and its outcome; what one is refused for leaves the others alone', async () => {
    const ids = await Promise.all(['一', '二', '三'].map(async () => fileCase(api, await addGraduate())));
    const item = (caseId: string, version: number, more: object = {}) => ({ caseId, version, ...more });
    const outcomes = (answer: Answered): unknown => answer.body.items.map((each: { outcome: string; error: { code: string } | null }) => each.error?.code ?? each.outcome);
    const accepted = await officers.intake.post('/cases/acceptances', { items: ids.map((id) => item(id, 1)) });
    expect([accepted.status, outcomes(accepted)]).toEqual([200, ['done', 'done', 'done']]);
    for (const [by, version] of [[officers.reviewer, 2], [officers.accountant, 3]] as const) {
      expect(outcomes(await by.post('/cases/opinions', { items: ids.map((id) => item(id, version, { opinion: 'agree' })) }))).toEqual(['done', 'done', 'done']);
    }
    const [one = '', two = '', three = ''] = ids;
    await byJob(two, { kind: 'hold', reason: 'finding', referenceId: newId() });
    const decided = await officers.approver.post('/cases/decisions', {
      items: [item(three, 5, { outcome: 'refuse', reason: '三：不符合。' }), item(two, 6, { outcome: 'grant', reason: '二：符合。' }), item(one, 5, { outcome: 'grant', reason: '一：符合。' })],
    });
    expect(outcomes(decided)).toEqual(['done', 'case-held', 'done']);
    expect(await Promise.all(ids.map(async (id) => (await readRow(id)).status))).toEqual(['granted', 'deciding', 'refused']);
    for (const id of ids) await expectWhole(id);
    const twice = await officers.intake.post('/cases/acceptances', { items: [item(one, 1), item(one, 1)] });
    expect(codeOf(twice)).toBe('input-invalid');
  });
});

describe('what only officers see', () => {
  test('a note is read by officers and by nobody else, and stands sealed', async () => {
    const personId = await addGraduate();
    const caseId = await fileCase(api, personId);
    const finance = api.officer('city-finance', 'finance');
    expect((await finance.post(`/cases/${caseId}/notes`, { words: '电话核实过。' })).status).toBe(200);
    expect((await officers.reviewer.get(`/cases/${caseId}/notes`)).body.items).toMatchObject([{ words: '电话核实过。', departmentId: api.departments['city-finance'] }]);
    for (const other of [api.person(personId), api.officer('city-hrss', 'leader')]) expect((await other.get(`/cases/${caseId}/notes`)).status).toBe(403);
    const own = await api.person(personId).get(`/cases/${caseId}/history`);
    expect(own.raw.toString()).not.toContain('电话核实过');
    const { rows } = await asOwner(api.database, (client) => client.query(`select text_sealed from case_texts where case_id = $1`, [caseId]));
    expect(Buffer.from((rows[0] as { text_sealed: Buffer }).text_sealed).toString('utf8')).not.toContain('核实');
  });

  test('events and rows hold no name, no number and nothing that anybody wrote', async () => {
    const number = sampleNumber({ birthDate: '1999-05-05' });
    const personId = await enterPerson(window, { name: '张三五七', number });
    await recordGraduate(api, personId);
    const caseId = await fileCase(api, personId);
    await bringToDecision(officers, caseId);
    await done(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '张三五七符合条件。' });
    const { rows } = await asOwner(api.database, (client) =>
      client.query<{ written: string }>(`select e.data::text || c.progress::text as written from case_events e join cases c using (tenant_id, case_id) where case_id = $1`, [caseId]),
    );
    expect(rows).toHaveLength(6);
    for (const { written } of rows) for (const secret of ['张三五七', number, '符合条件', '吉林大学', '1999-05-05']) expect(written).not.toContain(secret);
  });
});

describe('the way of a case', () => {
  const plansOf = async (caseId: string): Promise<{ readonly planId: string; readonly named: string; readonly plans: number; readonly written: string }> => {
    const { rows } = await asOwner(api.database, (client) =>
      client.query(
        `select c.plan_id as "planId", e.data ->> 'planId' as named, c.progress::text || e.data::text as written, (select count(*)::integer from procedure_plans p where p.plan_id in (c.plan_id, (e.data ->> 'planId')::uuid)) as plans
         from cases c join case_events e using (tenant_id, case_id) where c.case_id = $1 and e.event_number = 1`,
        [caseId],
      ),
    );
    return rows[0];
  };

  test('is kept once for all who go it; a department that joins one of them changes that one alone', async () => {
    const [one, other] = [await fileCase(api, await addGraduate()), await fileCase(api, await addGraduate())];
    const before = await plansOf(one);
    expect(before).toMatchObject({ named: before.planId, plans: 1 });
    expect(before.written).not.toContain('acceptBy');
    expect((await plansOf(other)).planId).toBe(before.planId);
    expect(await plansOf(await fileCase(api, await addGraduate(), { benefitId: 'internship-allowance' }))).not.toMatchObject({ planId: before.planId });

    await done(officers.intake, one, 'acceptance');
    expect((await plansOf(one)).planId).toBe(before.planId);
    await done(officers.reviewer, one, 'signers', { departmentId: api.departments['city-hrss'], reason: '请市里也看一看。' });
    const { planId, named, plans } = await plansOf(one);
    expect([planId === before.planId, named, plans]).toEqual([false, before.planId, 2]);
    expect([await readRow(one), await readRow(other)].map(({ progress }) => progress.plan.steps[0]?.departments.length)).toEqual([3, 2]);
    await expectWhole(one);
    await expectWhole(other);
  });

  test('stands in the first event of cases that were filed before; they are read as all others', async () => {
    const caseId = await fileCase(api, await addGraduate());
    const row = await readRow(caseId);
    await asOwner(api.database, (client) =>
      client.query(
        `update case_events e set schema_version = 1, data = (e.data - 'planId') || jsonb_build_object('plan', p.plan) from procedure_plans p
         where e.case_id = $1 and p.tenant_id = e.tenant_id and p.plan_id = (e.data ->> 'planId')::uuid`,
        [caseId],
      ),
    );
    expect(await plansOf(caseId)).toMatchObject({ named: null });
    await expectWhole(caseId);
    expect(await readRow(caseId)).toEqual(row);
  });
});

describe('lists', () => {
  test('a queue, by deadline, by state, by benefit, by county, by person, newest; page by page', async () => {
    const people = await Promise.all(['张三一', '张三二', '张三三'].map((name) => addGraduate(name)));
    const [first = '', second = '', third = ''] = people;
    const employerId = await enterOrganisation(window, { name: '样例列表公司' });
    const ids = [await fileCase(api, first, { employerId, period: '2031' }), await fileCase(api, second, { employerId, period: '2031' }), await fileCase(api, third, { employerId, period: '2031', jurisdictionCode: '220203' })];
    const [one = '', two = '', three = ''] = ids;
    await done(officers.intake, one, 'acceptance');
    const list = async (by: TestCaller, query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const answer = await by.get(`/cases?${query}&limit=2${cursor}`);
        expect(answer.status).toBe(200);
        found.push(...answer.body.items.map((item: { caseId: string }) => item.caseId));
        if (answer.body.nextCursor === null) return found.filter((id) => ids.includes(id));
        cursor = `&cursor=${answer.body.nextCursor}`;
      }
    };
    const city = api.officer('city-hrss', 'reviewer');
    expect(await list(city, `employerId=${employerId}`)).toEqual([three, two, one]);
    expect(await list(city, `employerId=${employerId}&sort=deadline`)).toEqual([two, three, one]);
    expect(await list(city, 'sort=deadline')).toEqual([two, three, one]);
    expect(await list(city, 'status=in-review')).toEqual([one]);
    expect(await list(city, 'status=filed,in-review&sort=deadline')).toEqual([two, three, one]);
    expect(await list(city, 'policyId=jilin-city-2021&benefitId=living-subsidy')).toEqual([three, two, one]);
    expect(await list(city, 'policyId=jilin-city-2021&benefitId=living-subsidy&sort=deadline&status=filed')).toEqual([two, three]);
    expect(await list(city, 'policyId=jilin-city-2021&benefitId=home-subsidy')).toEqual([]);
    expect(await list(city, 'jurisdiction=220203')).toEqual([three]);
    expect(await list(city, `personId=${second}`)).toEqual([two]);
    expect(await list(officers.reviewer, '')).toEqual([two, one]);
    expect(await list(officers.reviewer, 'queue=department')).toEqual([two, one]);
    expect(await list(officers.reviewer, 'queue=department&sort=deadline')).toEqual([two, one]);
    await done(officers.reviewer, one, 'claim');
    expect(await list(officers.reviewer, 'queue=mine')).toEqual([one]);
    expect(await list(officers.reviewer, 'queue=nobody')).toEqual([two]);
    await byJob(two, { kind: 'hold', reason: 'finding', referenceId: newId() });
    expect(await list(city, 'held=true')).toEqual([two]);
    expect(await list(api.person(first), '')).toEqual([one]);
    expect(await list(api.person(third), 'status=settled')).toEqual([]);
    const counted = await api.person(first).get('/cases');
    expect(counted.body).toMatchObject({ total: 1, totalIsAtLeast: false });
    expect((await city.get('/cases?status=nowhere')).body.error.code).toBe('input-invalid');
    expect((await city.get('/cases?cursor=WyJuZXdlc3QiXQ')).body.error.code).toBe('cursor-invalid');
    // Half of a benefit would list everything.
    for (const half of ['benefitId=living-subsidy', 'policyId=jilin-city-2021']) for (const list of ['/cases', '/cases/export']) expect(await city.get(`${list}?${half}`)).toMatchObject({ status: 422, body: { error: { code: 'input-invalid' } } });
  });

  test('an agent sees what the organisation asked for, and not what its people ask for themselves', async () => {
    const employerId = await enterOrganisation(window, { name: '样例代办公司' });
    const [hired, other] = [await addGraduate('张三一'), await addGraduate('张三二')];
    const asked = await fileCase(api, hired, { applicantId: employerId, employerId });
    const ownCase = await fileCase(api, other, { employerId });
    const agent = api.agent(employerId);
    expect((await agent.get('/cases')).body.items.map((item: { caseId: string }) => item.caseId)).toEqual([asked]);
    expect([(await agent.get(`/cases/${asked}`)).status, (await agent.get(`/cases/${ownCase}`)).status, (await api.person(hired).get(`/cases/${asked}`)).status]).toEqual([200, 404, 200]);
  });
});

describe('who may', () => {
  /** Every command with who gives it, and what it answers an officer who may but whose case it is not. */
  const bodies = {
    acceptance: ['intake', {}],
    declination: ['intake', { reason: '不属于本项。' }],
    'supplement-request': ['intake', { words: '请补。' }],
    supplement: ['person', { words: '补好了。' }],
    lapse: ['reviewer', {}],
    opinion: ['reviewer', { opinion: 'agree' }],
    return: ['reviewer', { step: 1, reason: '再看。' }],
    transfer: ['reviewer', { departmentId: '0190a5c2-0000-7000-8000-000000000001', reason: '归他们。' }],
    signers: ['reviewer', { departmentId: '0190a5c2-0000-7000-8000-000000000001', reason: '一起看。' }],
    decision: ['approver', { outcome: 'grant', reason: '符合。' }],
    revocation: ['approver', { reason: '不符合。' }],
    withdrawal: ['person', {}],
    'withdrawal/undo': ['person', {}],
    'promises/kept': ['person', { paper: '毕业证书', evidenceId: '0190a5c2-0000-7000-8000-000000000001' }],
    'promises/broken': ['reviewer', { paper: '毕业证书', reason: '没交。' }],
    appeal: ['person', { words: '不服。' }],
    'appeal/answer': ['approver', { outcome: 'upheld', reason: '维持。' }],
    claim: ['reviewer', {}],
    'claim/return': ['reviewer', {}],
    assignment: ['approver', { accountId: '0190a5c2-0000-7000-8000-000000000001' }],
    notes: ['reviewer', { words: '备注。' }],
  } as const;

  test.each(Object.entries(bodies))('%s: for those whom the table names, in their place, and for nobody else', async (path, [role, body]) => {
    const personId = await addGraduate();
    const caseId = await fileCase(api, personId);
    const send = (by: TestCaller): Promise<Answered> => by.post(`/cases/${caseId}/${path}`, body, { 'if-match': '"1"' });
    // Those who may do it elsewhere learn nothing of it, those who may do it nowhere are turned away, and nothing changes.
    const elsewhere = role === 'person' ? [api.person(newId()), api.agent(newId())] : [api.officer('longtan-hrss', role)];
    for (const by of elsewhere) expect((await send(by)).status).toBe(404);
    const nobody = [api.administrator('system-admin'), api.officer('changyi-hrss', 'leader'), api.officer('changyi-hrss', 'policy'), ...(role === 'person' ? [] : [api.person(personId)])];
    for (const by of nobody) expect((await send(by)).status).toBe(403);
    expect((await send(api.anyone())).status).toBe(401);
    expect((await readRow(caseId)).version).toBe(1);
    const allowed = await send(role === 'person' ? api.person(personId) : api.officer('changyi-hrss', role));
    expect([403, 404].includes(allowed.status) && codeOf(allowed) === 'not-permitted').toBe(false);
    expect(allowed.status).not.toBe(404);
  });

  test.each(['', '/history', '/explanation', '/notes'])('reading a case%s: those of its jurisdiction and the person, and nobody else', async (path) => {
    const personId = await addGraduate();
    const caseId = await fileCase(api, personId);
    const statuses = async (callers: readonly TestCaller[]): Promise<number[]> => Promise.all(callers.map(async (by) => (await by.get(`/cases/${caseId}${path}`)).status));
    const isNote = path === '/notes';
    expect(await statuses([officers.intake, officers.accountant, api.officer('city-hrss', 'approver'), api.officer('changyi-hrss', 'finance')])).toEqual([200, 200, 200, 200]);
    expect(await statuses([api.person(personId), api.officer('changyi-hrss', 'leader')])).toEqual(isNote ? [403, 403] : [200, 200]);
    expect(await statuses([api.officer('longtan-hrss', 'intake', 'reviewer', 'approver'), api.person(newId()), api.agent(newId())])).toEqual(isNote ? [404, 403, 403] : [404, 404, 404]);
    expect(await statuses([api.officer('changyi-hrss', 'policy', 'steward'), api.administrator('audit-admin'), api.anyone()])).toEqual([403, 403, 401]);
  });

  test('a case is assigned to who is an officer of the department, and to nobody else', async () => {
    const caseId = await fileCase(api, await addGraduate());
    expect(codeOf(await command(officers.approver, caseId, 'assignment', { accountId: newId() }))).toBe('case-officer-unfit');
  });

  test('what only the server does nobody else has a right to', () => {
    const caller = { tenantId: api.tenantId, actor: { accountId: newId(), sessionId: newId(), capacity: { kind: 'officer', departmentId: api.departments['changyi-hrss'], codes: ['220202'], roles: ['approver', 'reviewer', 'intake'] } } } as const;
    for (const permission of ['case.hold', 'case.publish', 'case.escalate'] as const) expect(() => scopeFor(caller, permission)).toThrow(Refusal);
  });
});

test('any commands over the database: events add up to the row, and a refused command leaves nothing', async () => {
  const personId = await addGraduate();
  const accounts = Array.from({ length: 4 }, () => newId());
  const roles = ['intake', 'reviewer', 'approver'] as const;
  const anyInput = fc.oneof(
    fc.constantFrom<CommandInput>(
      { kind: 'accept' }, { kind: 'give-opinion', opinion: 'agree' }, { kind: 'give-opinion', opinion: 'agree' }, { kind: 'give-opinion', opinion: 'disagree' }, { kind: 'grant' }, { kind: 'grant' }, { kind: 'refuse' },
      { kind: 'withdraw' }, { kind: 'undo-withdraw' }, { kind: 'ask-supplement', papers: ['毕业证书'], facts: [], workingDays: 3 }, { kind: 'answer-supplement' }, { kind: 'return-to-step', step: 1 },
      { kind: 'claim' }, { kind: 'give-back' }, { kind: 'note' }, { kind: 'appeal' }, { kind: 'answer-appeal', outcome: 'reopened' }, { kind: 'decline' },
    ),
  );
  const anyMove = fc.record({ input: anyInput, account: fc.nat({ max: 3 }), department: fc.constantFrom('changyi-hrss' as const, 'city-finance' as const), minutes: fc.nat({ max: 6 }) });
  let periods = 2040;
  await fc.assert(
    fc.asyncProperty(fc.array(anyMove, { minLength: 10, maxLength: 25 }), async (moves) => {
      const caseId = await fileCase(api, personId, { period: String(periods++) });
      let minutes = 0;
      for (const { input, account, department, minutes: more } of moves) {
        minutes += more;
        const before = await readRow(caseId);
        const capacity = { kind: 'officer', departmentId: api.departments[department], codes: ['220202'], roles } as const;
        const scope = scopeFor({ tenantId: api.tenantId, actor: { accountId: accounts[account] ?? null, sessionId: null, capacity } }, commandPermissions[input.kind]);
        const refused = await within((tx) => applyCommand(tx, scope, api.parts.cases.tools, caseId, { command: input, words: '样例理由' }, later(minutes))).then(() => false, (error: unknown) => {
          if (error instanceof Refusal) return true;
          throw error;
        });
        expect(refused ? await readRow(caseId) : undefined).toEqual(refused ? before : undefined);
      }
      await expectWhole(caseId);
    }),
    { numRuns: 25 },
  );
});
