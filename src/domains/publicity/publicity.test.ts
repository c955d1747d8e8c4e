// Publicity over the interface and on the real database: lists of real cases, their window, objections that hold one case, answers.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { bringToDecision, caseOfficers, type CaseOfficers, done, fileCase, filingTime, grant, recordGraduate } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, sampleBenefit, samplePolicy } from '../../../test/support/sample-decision.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { hold, release } from '../cases/index.ts';
import { jobScope } from '../permissions/index.ts';
import { runLists } from './close-list.ts';
import { openOnce } from './opened-names.ts';
import { findList } from './publicity-store.ts';
import { pageEntries } from './view-lists.ts';
import { answerDueOn, isFoundIn, isShownOn, lastDayOf, mayAnswer, type ObjectionOutcome, type ObjectionState, waitSince } from './publicity.ts';

let api: TestApi;
let officers: CaseOfficers;
let intake: TestCaller;
const stranger = (): TestCaller => api.anyone();

/** 1 July 2026 is a Wednesday: five working days later is Wednesday, 8 July. */
const LAST_DAY = '2026-07-08';
const at = (text: string): Date => new Date(text);
/** The end of the last day, in the city's time. */
const lastMinute = at(`${LAST_DAY}T15:59:00Z`);
const afterwards = at(`${LAST_DAY}T16:01:00Z`);
const subject = { jurisdictionCode: '220202', policyId: samplePolicy, benefitId: sampleBenefit };
const complaint = { text: '这个人已经离开公司了，请查一查。', name: '李四一', reach: '13900001111' };

const run = (now: Date): Promise<void> => runLists(api.parts.db, api.parts.publicity.parts, api.tenantId, now);
const statusOf = async (caseId: string): Promise<string> => String((await officers.approver.get(`/cases/${caseId}`)).body.status);
const codeOf = ({ status, body }: Answered): unknown => (status < 300 ? status : body.error.code);

interface Granted {
  readonly caseId: string;
  readonly partyId: string;
  readonly number: string;
}

/** A graduate whose case was granted and waits to be published. */
async function addGranted(name: string, employerId: string | null = null): Promise<Granted> {
  const number = sampleNumber({ birthDate: '1999-05-05' });
  const partyId = await enterPerson(intake, { name, number, phone: '13800002222' });
  await recordGraduate(api, partyId);
  const caseId = await fileCase(api, partyId, { employerId });
  await bringToDecision(officers, caseId);
  await grant(officers, caseId);
  return { caseId, partyId, number };
}

/** Opens a list of all that waits and has it gathered; gives its id and its entries by case. */
async function publish(): Promise<{ listId: string; entryOf: (caseId: string) => string }> {
  const opened = await officers.approver.post('/publicity/lists', subject);
  expect(opened.status).toBe(201);
  await run(filingTime);
  const { body } = await officers.approver.get(`/publicity/lists/${opened.body.listId}/entries?limit=200`);
  const entries = new Map<string, string>(body.items.map(({ caseId, entryId }: { caseId: string; entryId: string }) => [caseId, entryId]));
  return { listId: String(opened.body.listId), entryOf: (caseId) => entries.get(caseId) ?? 'none' };
}

async function object(listId: string, entryId: string, body: object = complaint): Promise<Answered> {
  return stranger().post(`/public-lists/${listId}/entries/${entryId}/objections`, body);
}

/** The objection that waits for an answer to an entry, with its version. */
async function openObjection(entryId: string): Promise<{ objectionId: string; etag: string }> {
  const { body } = await officers.reviewer.get('/objections?limit=200');
  const found = body.items.find((each: { entryId: string }) => each.entryId === entryId);
  const whole = await officers.reviewer.get(`/objections/${found?.objectionId}`);
  return { objectionId: String(found?.objectionId), etag: whole.headers.get('etag') ?? '' };
}

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  intake = api.officer('city-hrss', 'intake');
});
beforeEach(() => {
  api.setNow(filingTime);
  officers = caseOfficers(api);
});
afterAll(() => api.stop());

describe('a window', () => {
  test.each([
    ['2026-07-01', 5, '2026-07-08'],
    ['2026-07-03', 1, '2026-07-06'],
    ['2026-04-03', 1, '2026-04-07'],
    // Over the National Day holiday: Thursday 1 to Wednesday 7 October are free, Saturday 10 is worked.
    ['2026-09-29', 5, '2026-10-12'],
  ])('opened on %s for %s working days ends on %s', (opensOn, days, expected) => {
    expect(lastDayOf(opensOn, days, api.parts.cases.tools.calendar)).toBe(expected);
  });

  test('that runs into a year without a notice is refused, and no guess is made', () => {
    expect(() => lastDayOf('2035-12-30', 5, api.parts.cases.tools.calendar)).toThrow(expect.objectContaining({ code: 'case-calendar-missing', values: { year: 2035, date: '2035-12-30' } }));
  });

  test('an objection that runs into a year without a notice has no last day yet, and no guess is made', () => {
    const { calendar } = api.parts.cases.tools;
    expect([answerDueOn('2026-09-29', calendar), answerDueOn('2035-12-20', calendar)]).toEqual(['2026-11-02', null]);
    expect(isFoundIn('ｗu', 'WU TONG')).toBe(true);
    expect([isFoundIn('', null), isFoundIn('张', null), isFoundIn('三', '张三')]).toEqual([true, false, true]);
  });

  test('is shown from its first day to its last', () => {
    const list = { state: 'open', opensOn: '2026-07-01', untilOn: LAST_DAY } as const;
    expect(['2026-06-30', '2026-07-01', LAST_DAY, '2026-07-09'].map((day) => isShownOn(list, day))).toEqual([false, true, true, false]);
    expect(isShownOn({ ...list, state: 'closed' }, LAST_DAY)).toBe(false);
    expect(isShownOn({ ...list, state: 'gathering' }, LAST_DAY)).toBe(true);
  });

  test('an objection is answered once, and what was upheld is put right later', () => {
    const states: readonly ObjectionState[] = ['open', 'dismissed', 'upheld', 'remedied'];
    const outcomes: readonly ObjectionOutcome[] = ['dismissed', 'upheld', 'remedied'];
    const allowed = states.flatMap((state) => outcomes.filter((outcome) => mayAnswer(state, outcome)).map((outcome) => `${state}→${outcome}`));
    expect(allowed).toEqual(['open→dismissed', 'open→upheld', 'upheld→remedied']);
  });
});

describe('a list', () => {
  test('shows what was granted and is not held, masked, for its working days; then nobody but officers sees it', async () => {
    const employerId = await enterOrganisation(intake, { name: '样例九公司' });
    const [one, two, held] = [await addGranted('张三一', employerId), await addGranted('张三二'), await addGranted('张三三')];
    await inTenant(api.parts.db, api.tenantId, (tx) => hold(tx, jobScope(api.tenantId, 'test', 'case.hold'), api.parts.cases.tools, held.caseId, { reason: 'finding', referenceId: newId() }, filingTime));

    const opened = await officers.approver.post('/publicity/lists', subject);
    expect(opened.body).toMatchObject({ ...subject, state: 'gathering', opensOn: '2026-07-01', untilOn: LAST_DAY, workingDays: 5, benefit: { zh: '企业引才生活补贴' } });
    // Another one is not opened beside it.
    expect(codeOf(await officers.approver.post('/publicity/lists', subject))).toBe('publicity-running');
    // However many servers work on it, a case stands on it once.
    await Promise.all([run(filingTime), run(filingTime), run(filingTime)]);
    const { listId } = opened.body;

    const shown = await stranger().get(`/public-lists/${listId}/entries`);
    expect(shown.body.items.map(({ entryId: _id, ...entry }: { entryId: string }) => entry)).toEqual([
      { place: 1, name: '张三一', number: `${one.number.slice(0, 3)}***********${one.number.slice(-4)}`, employerName: '样例九公司', amountFen: 12_000_000 },
      { place: 2, name: '张三二', number: `${two.number.slice(0, 3)}***********${two.number.slice(-4)}`, employerName: null, amountFen: 12_000_000 },
    ]);
    const everything = shown.raw.toString();
    for (const secret of [one.number, '13800002222', '1999-05-05', '19990505', one.caseId, one.partyId]) expect(everything).not.toContain(secret);
    expect((await stranger().get('/public-lists')).body.items.find((list: { listId: string }) => list.listId === listId)).toMatchObject({ entries: 2, untilOn: LAST_DAY });
    expect([await statusOf(one.caseId), await statusOf(two.caseId), await statusOf(held.caseId)]).toEqual(['in-publication', 'in-publication', 'granted']);
    expect(codeOf(await officers.approver.post('/publicity/lists', subject))).toBe('publicity-nothing');

    api.setNow(lastMinute);
    expect((await stranger().get(`/public-lists/${listId}/entries`)).status).toBe(200);
    await run(lastMinute);
    expect(await statusOf(one.caseId)).toBe('in-publication');
    // Over is over, whether the round has come by or not.
    api.setNow(afterwards);
    const gone = await stranger().get(`/public-lists/${listId}/entries`);
    const never = await stranger().get(`/public-lists/${newId()}/entries`);
    expect({ ...gone.body.error, requestId: '' }).toEqual({ ...never.body.error, requestId: '' });
    expect((await stranger().get('/public-lists')).body.items).toEqual([]);
    await run(afterwards);
    await run(afterwards);
    expect([await statusOf(one.caseId), await statusOf(two.caseId)]).toEqual(['settled', 'settled']);
    const own = await officers.reviewer.get(`/publicity/lists/${listId}/entries`);
    expect(own.body.list).toMatchObject({ state: 'closed', entries: 2, objections: 0 });
    expect(own.body.items.map(({ caseId }: { caseId: string }) => caseId)).toEqual([one.caseId, two.caseId]);
    expect((await api.officer('longtan-hrss', 'approver').get(`/publicity/lists/${listId}/entries`)).status).toBe(404);
  });

  test('leaves no name in the database that can be read', async () => {
    const granted = await addGranted('张三四四');
    const { listId } = await publish();
    const text = await asOwner(api.database, async (client) => (await client.query<{ text: string }>('select string_agg(e::text, $1) as text from public_entries e where list_id = $2', ['|', listId])).rows[0]?.text ?? '');
    expect(text).toContain(granted.caseId);
    for (const secret of ['张三四四', Buffer.from('张三四四').toString('hex'), granted.number]) expect(text).not.toContain(secret);
  });

  test('goes page by page in its order, and what is revoked meanwhile is shown no more', async () => {
    const made: Granted[] = [];
    for (const name of ['张三五', '张三六', '张三七']) made.push(await addGranted(name));
    const { listId, entryOf } = await publish();
    const first = await stranger().get(`/public-lists/${listId}/entries?limit=2`);
    const second = await stranger().get(`/public-lists/${listId}/entries?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ name }: { name: string }) => name)).toEqual(['张三五', '张三六', '张三七']);
    expect(second.body.nextCursor).toBe(null);
    expect((await stranger().get(`/public-lists/${listId}/entries?cursor=WyJ4Il0`)).body.error.code).toBe('cursor-invalid');
    const revoked = made[1]?.caseId ?? '';
    await done(api.officer('changyi-hrss', 'approver'), revoked, 'revocation', { reason: '核查以后发现不符合条件。' });
    expect((await stranger().get(`/public-lists/${listId}/entries`)).body.items.map(({ name }: { name: string }) => name)).toEqual(['张三五', '张三七']);
    expect(codeOf(await object(listId, entryOf(revoked)))).toBe('not-found');
    // The end of the list leaves it alone.
    await run(afterwards);
    expect([await statusOf(revoked), await statusOf(made[0]?.caseId ?? '')]).toEqual(['revoked', 'settled']);
  });

  test('is searched by name or organisation by everybody; found, filtered, sorted and exported by officers', async () => {
    const employerId = await enterOrganisation(intake, { name: '样例十一公司' });
    for (const name of ['王五一', '王五二', '李五三']) await addGranted(name, name === '李五三' ? employerId : null);
    const { listId } = await publish();
    const names = async (by: TestCaller, path: string): Promise<string[]> => ((await by.get(path)).body.items as { name: string }[]).map(({ name }) => name);
    const open = `/public-lists/${listId}/entries`;
    expect(await names(stranger(), `${open}?q=${encodeURIComponent('王五')}`)).toEqual(['王五一', '王五二']);
    const first = await stranger().get(`${open}?q=${encodeURIComponent('王五')}&limit=1`);
    expect(await names(stranger(), `${open}?q=${encodeURIComponent('王五')}&limit=1&cursor=${first.body.nextCursor}`)).toEqual(['王五二']);
    expect(await names(stranger(), `${open}?q=${encodeURIComponent('十一公司')}`)).toEqual(['李五三']);
    expect(await names(stranger(), `${open}?q=${encodeURIComponent('无此人')}`)).toEqual([]);

    const own = (query: string) => officers.reviewer.get(`/publicity/lists?${query}`);
    const ids = async (query: string): Promise<string[]> => ((await own(query)).body.items as { listId: string }[]).map((one) => one.listId);
    expect(await ids('state=open&limit=200')).toContain(listId);
    expect(await ids('state=closed&limit=200')).not.toContain(listId);
    expect(await ids(`q=${encodeURIComponent('引才生活')}&jurisdictionCode=220202&limit=200`)).toContain(listId);
    expect(await ids(`q=${encodeURIComponent('没有这一项')}`)).toEqual([]);
    expect(await ids('jurisdictionCode=220203')).toEqual([]);
    const ends = ((await own('sort=ending&limit=200')).body.items as { untilOn: string }[]).map(({ untilOn }) => untilOn);
    expect(ends).toEqual([...ends].sort());
    const page = await own('sort=ending&limit=1');
    expect(((await own(`sort=ending&limit=1&cursor=${page.body.nextCursor}`)).body.items as unknown[])).toHaveLength(1);
    expect((await own('cursor=WyIyMDI2LTAyLTMxIiwieCJd')).body.error.code).toBe('cursor-invalid');

    const lines = async (path: string): Promise<string[]> => (await officers.reviewer.get(path)).raw.toString('utf8').trim().split('\r\n');
    expect(await lines('/publicity/lists/export?format=csv&state=open')).toHaveLength((await ids('state=open&limit=200')).length + 1);
    const [heading, ...entries] = await lines(`/publicity/lists/${listId}/entries/export?format=csv&q=${encodeURIComponent('王五')}`);
    expect(heading).toContain('姓名或单位');
    expect(entries.map((line) => line.split(',')[1])).toEqual(['王五一', '王五二']);
    expect(entries[0]).toMatch(/\d{3}\*{11}\d{3}[\dX].*120000\.00/);
    const sheet = await officers.reviewer.get(`/publicity/lists/${listId}/entries/export`);
    expect(sheet.raw.subarray(0, 2).toString('latin1')).toBe('PK');
    expect((await api.officer('longtan-hrss', 'approver').get(`/publicity/lists/${listId}/entries/export`)).status).toBe(404);
  });

  test('is shown before it is made: whom it takes, whom it leaves out and why, and until when', async () => {
    const [ready, held] = [await addGranted('赵五一'), await addGranted('赵五二')];
    await inTenant(api.parts.db, api.tenantId, (tx) => hold(tx, jobScope(api.tenantId, 'test', 'case.hold'), api.parts.cases.tools, held.caseId, { reason: 'finding', referenceId: newId() }, filingTime));
    const waiting = (await officers.approver.get('/publicity/waiting')).body.items as { benefitId: string; ready: number; held: number }[];
    const counted = waiting.find(({ benefitId }) => benefitId === sampleBenefit);
    expect(counted).toMatchObject({ since: '2026-07-01', waitedDays: 0, isLate: false });
    const preview = (more = '') => officers.approver.get(`/publicity/waiting/cases?jurisdictionCode=220202&policyId=${samplePolicy}&benefitId=${sampleBenefit}&limit=200${more}`);
    const { body } = await preview();
    expect(body).toMatchObject({ workingDays: 5, opensOn: '2026-07-01', untilOn: LAST_DAY });
    const items = body.items as { caseId: string; leftOut: string | null }[];
    expect(items.find(({ caseId }) => caseId === ready.caseId)).toMatchObject({ name: '赵五一', leftOut: null, amountFen: 12_000_000 });
    expect(items.find(({ caseId }) => caseId === held.caseId)).toMatchObject({ leftOut: 'held' });
    expect([items.filter(({ leftOut }) => leftOut === null).length, items.filter(({ leftOut }) => leftOut === 'held').length]).toEqual([counted?.ready, counted?.held]);
    expect(body.items[0].number).toMatch(/^\d{3}\*{11}\d{3}[\dX]$/);
    // Looking changes nothing, and what was shown is what is made.
    expect(await statusOf(ready.caseId)).toBe('granted');
    const { listId } = await publish();
    const made = (await officers.approver.get(`/publicity/lists/${listId}/entries?limit=200`)).body.items as { caseId: string }[];
    expect(made.map(({ caseId }) => caseId).sort()).toEqual(items.filter(({ leftOut }) => leftOut === null).map(({ caseId }) => caseId).sort());
    expect(codeOf(await officers.reviewer.get('/publicity/waiting'))).toBe('not-permitted');
    expect(codeOf(await preview())).toBe('publicity-nothing');
    expect(codeOf(await api.officer('longtan-hrss', 'approver').get(`/publicity/waiting/cases?jurisdictionCode=220202&policyId=${samplePolicy}&benefitId=${sampleBenefit}`))).toBe('not-found');
  });

  test('that nobody makes does not lie unseen: how long its cases wait is told, and longer than five working days is marked', async () => {
    const { caseId } = await addGranted('赵五三');
    const waits = async (day: string): Promise<unknown> => {
      api.setNow(at(`${day}T02:00:00Z`));
      const { items } = (await officers.approver.get('/publicity/waiting')).body as { items: { benefitId: string }[] };
      return items.find(({ benefitId }) => benefitId === sampleBenefit);
    };
    expect(await waits('2026-07-08')).toMatchObject({ ready: 1, since: '2026-07-01', waitedDays: 5, isLate: false });
    expect(await waits('2026-07-09')).toMatchObject({ since: '2026-07-01', waitedDays: 6, isLate: true });
    // A note does not begin the wait anew; being held and released does, and what is held waits for somebody else.
    expect((await officers.reviewer.post(`/cases/${caseId}/notes`, { words: '等名单。' })).status).toBeLessThan(300);
    expect(await waits('2026-07-09')).toMatchObject({ since: '2026-07-01', isLate: true });
    const referenceId = newId();
    const carry = (change: typeof hold | typeof release, day: string) => inTenant(api.parts.db, api.tenantId, (tx) => change(tx, jobScope(api.tenantId, 'test', 'case.hold'), api.parts.cases.tools, caseId, { reason: 'finding', referenceId }, at(`${day}T02:00:00Z`)));
    await carry(hold, '2026-07-09');
    expect(await waits('2026-07-20')).toMatchObject({ ready: 0, since: null, waitedDays: null, isLate: false });
    await carry(release, '2026-07-20');
    expect(await waits('2026-07-21')).toMatchObject({ ready: 1, since: '2026-07-20', waitedDays: 1, isLate: false });
    const { calendar } = api.parts.cases.tools;
    expect(waitSince('2035-12-20', '2036-02-01', calendar)).toEqual({ waitedDays: null, isLate: false });
    api.setNow(filingTime);
    await publish();
  });

  test('that was withdrawn is in no answer, and no answer was ever to be kept', async () => {
    const granted = await addGranted('孙五一');
    const { listId, entryOf } = await publish();
    await object(listId, entryOf(granted.caseId));
    const paths = ['/public-lists', `/public-lists/${listId}/entries`, `/public-lists/${listId}/entries?q=${encodeURIComponent('孙五一')}`];
    const before = await Promise.all(paths.map((path) => stranger().get(path)));
    expect(before.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(before.map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store', 'no-store']);
    const { receipt } = (await object(listId, entryOf(granted.caseId))).body;
    api.setNow(afterwards);
    await run(afterwards);
    // A copy that somebody holds on to is not confirmed either.
    const held = { 'if-none-match': '*', 'if-modified-since': new Date(0).toUTCString() };
    const later = [...paths, `/public-lists/${listId}/entries?limit=1`].map((path) => stranger().get(path, held));
    for (const answer of await Promise.all([...later, stranger().post('/objections/receipt', { code: receipt })])) {
      expect(answer.status).not.toBe(304);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      for (const secret of ['孙五一', '***********', entryOf(granted.caseId)]) expect(answer.raw.toString('utf8')).not.toContain(secret);
    }
    expect((await stranger().get(paths[1] ?? '')).status).toBe(404);
  });

  test('is opened by approvers of the jurisdiction alone', async () => {
    await addGranted('张三八');
    expect(codeOf(await officers.reviewer.post('/publicity/lists', subject))).toBe('not-permitted');
    expect(codeOf(await stranger().post('/publicity/lists', subject))).toBe('sign-in-required');
    expect(codeOf(await api.officer('longtan-hrss', 'approver').post('/publicity/lists', subject))).toBe('not-found');
    expect(codeOf(await officers.approver.post('/publicity/lists', { ...subject, benefitId: 'no-such-benefit' }))).toBe('publicity-nothing');
  });
});

describe('an objection', () => {
  test('holds that case and no other beyond the window, until it is answered', async () => {
    const [disputed, quiet] = [await addGranted('张三一'), await addGranted('张三二')];
    const { listId, entryOf } = await publish();
    const made = await object(listId, entryOf(disputed.caseId));
    expect(made.status).toBe(201);
    expect(made.body.receipt).toMatch(/^.{4}-.{4}-.{4}-.{4}$/);
    const seen = await officers.approver.get(`/cases/${disputed.caseId}`);
    expect(seen.body.holds).toHaveLength(1);
    expect((await officers.approver.get(`/cases/${quiet.caseId}`)).body.holds).toEqual([]);
    // The public list does not say that somebody objected.
    expect((await stranger().get(`/public-lists/${listId}/entries`)).raw.toString()).not.toContain('bjection');

    await run(afterwards);
    expect([await statusOf(disputed.caseId), await statusOf(quiet.caseId)]).toEqual(['in-publication', 'settled']);
    const { objectionId, etag } = await openObjection(entryOf(disputed.caseId));
    const answered = await officers.reviewer.post(`/objections/${objectionId}/answer`, { outcome: 'dismissed', text: '社保还在缴，本人在岗。' }, { 'if-match': etag });
    expect(answered.body).toMatchObject({ state: 'dismissed', answer: '社保还在缴，本人在岗。' });
    expect(await statusOf(disputed.caseId)).toBe('settled');
    // Answered once: a second answer changes nothing.
    const again = await officers.reviewer.post(`/objections/${objectionId}/answer`, { outcome: 'upheld', text: '再想想' }, { 'if-match': answered.headers.get('etag') ?? '' });
    expect(codeOf(again)).toBe('objection-answered');
    expect((await officers.approver.get(`/cases/${disputed.caseId}`)).body.status).toBe('settled');
  });

  test('has twenty working days to be answered, is found by name and state, and leaves as a sheet without what was written', async () => {
    const [one, two] = [await addGranted('周五一'), await addGranted('周五二')];
    const { listId, entryOf } = await publish();
    for (const granted of [one, two]) await object(listId, entryOf(granted.caseId));
    const list = async (query: string): Promise<{ name: string; dueOn: string; state: string }[]> => (await officers.reviewer.get(`/objections?limit=200&listId=${listId}&${query}`)).body.items;
    // 29 July is the twentieth working day after 1 July 2026.
    expect(await list('sort=deadline')).toMatchObject([{ name: '周五一', dueOn: '2026-07-29' }, { name: '周五二', dueOn: '2026-07-29' }]);
    expect((await list('sort=newest')).map(({ name }) => name)).toEqual(['周五二', '周五一']);
    expect((await list(`q=${encodeURIComponent('五二')}`)).map(({ name }) => name)).toEqual(['周五二']);
    const { objectionId, etag } = await openObjection(entryOf(one.caseId));
    await officers.reviewer.post(`/objections/${objectionId}/answer`, { outcome: 'upheld', text: '确实要核对。' }, { 'if-match': etag });
    expect((await list('state=upheld')).map(({ name }) => name)).toEqual(['周五一']);
    expect((await list('state=all')).length).toBe(2);
    expect(await list('jurisdictionCode=220203')).toEqual([]);
    const own = (await officers.reviewer.get(`/publicity/lists/${listId}/entries?limit=200`)).body.items as { name: string; objections: number; openObjections: number }[];
    expect(own.filter(({ name }) => name.startsWith('周五')).map(({ name, objections, openObjections }) => [name, objections, openObjections])).toEqual([['周五一', 1, 0], ['周五二', 1, 1]]);
    const csv = (await officers.reviewer.get(`/objections/export?format=csv&state=all&listId=${listId}`)).raw.toString('utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    for (const secret of [complaint.text, complaint.name, complaint.reach, '确实要核对']) expect(csv).not.toContain(secret);
  });

  test('of two to one case each holds it; one that is upheld holds it until it is put right', async () => {
    const { caseId } = await addGranted('张三三');
    const { listId, entryOf } = await publish();
    await object(listId, entryOf(caseId));
    const first = await openObjection(entryOf(caseId));
    // What nobody has upheld is not put right: nothing was answered, and the refusal does not say so.
    const early = await officers.reviewer.post(`/objections/${first.objectionId}/answer`, { outcome: 'remedied', text: '材料补正过了。' }, { 'if-match': first.etag });
    expect([early.status, codeOf(early)]).toEqual([409, 'objection-not-upheld']);
    expect((await officers.reviewer.get(`/objections/${first.objectionId}`)).body).toMatchObject({ state: 'open', answer: null });
    await officers.reviewer.post(`/objections/${first.objectionId}/answer`, { outcome: 'upheld', text: '确实要核对。' }, { 'if-match': first.etag });
    await object(listId, entryOf(caseId), { text: '还有一件事要说。', reach: 'lisi@example.com' });
    const second = await openObjection(entryOf(caseId));
    await officers.reviewer.post(`/objections/${second.objectionId}/answer`, { outcome: 'dismissed', text: '查过了，没有这回事。' }, { 'if-match': second.etag });
    await run(afterwards);
    expect(await statusOf(caseId)).toBe('in-publication');
    const etag = (await officers.reviewer.get(`/objections/${first.objectionId}`)).headers.get('etag') ?? '';
    await officers.reviewer.post(`/objections/${first.objectionId}/answer`, { outcome: 'remedied', text: '材料补正过了。' }, { 'if-match': etag });
    expect(await statusOf(caseId)).toBe('settled');
  });

  test('asks for a way to reach whoever makes it, seals it with what they wrote, and shows both to officers of the jurisdiction alone', async () => {
    const { caseId } = await addGranted('张三四');
    const { listId, entryOf } = await publish();
    const entryId = entryOf(caseId);
    for (const wrong of [{ text: complaint.text }, { ...complaint, reach: 'nobody' }, { ...complaint, reach: '' }, { ...complaint, text: '不' }]) expect(codeOf(await object(listId, entryId, wrong))).toBe('input-invalid');
    expect((await officers.approver.get(`/cases/${caseId}`)).body.holds).toEqual([]);
    await object(listId, entryId);
    const { objectionId } = await openObjection(entryId);
    const whole = await officers.reviewer.get(`/objections/${objectionId}`);
    expect(whole.body).toMatchObject({ text: complaint.text, contact: { name: '李四一', reach: '13900001111' }, caseId, answer: null, state: 'open', entry: { name: '张三四' } });
    for (const other of [api.officer('longtan-hrss', 'reviewer', 'approver'), api.officer('changyi-hrss', 'finance', 'leader'), api.person(newId())]) expect((await other.get(`/objections/${objectionId}`)).status).toBeGreaterThanOrEqual(403);
    const text = await asOwner(api.database, async (client) => (await client.query<{ text: string }>('select o::text as text from objections o where objection_id = $1', [objectionId])).rows[0]?.text ?? '');
    for (const secret of [complaint.text, '李四一', '13900001111', Buffer.from('李四一').toString('hex')]) expect(text).not.toContain(secret);
  });

  test('is followed by its receipt, without an account, and a text message tells that it was answered', async () => {
    const { caseId } = await addGranted('张三五');
    const { listId, entryOf } = await publish();
    const { receipt } = (await object(listId, entryOf(caseId))).body;
    const ask = (code: string): Promise<Answered> => stranger().post('/objections/receipt', { code });
    expect((await ask(receipt)).body).toMatchObject({ state: 'open', answer: null, answeredAt: null, benefit: { zh: '企业引才生活补贴' } });
    const sent = (): Promise<number> => asOwner(api.database, async (client) => (await client.query(`select from outbox where template = 'objection.answered'`)).rowCount ?? 0);
    const before = await sent();
    const { objectionId, etag } = await openObjection(entryOf(caseId));
    await officers.reviewer.post(`/objections/${objectionId}/answer`, { outcome: 'dismissed', text: '核对过，符合条件。' }, { 'if-match': etag });
    expect((await ask(receipt.toLowerCase())).body).toMatchObject({ state: 'dismissed', answer: '核对过，符合条件。' });
    expect((await sent()) - before).toBe(1);
    // The code is a secret: no address takes it.
    const inAddress = [stranger().get(`/objections/receipt?code=${receipt}`), stranger().post(`/objections/receipt?code=${receipt}`), officers.reviewer.get(`/objections/receipt?code=${receipt}`)];
    expect((await Promise.all(inAddress)).map(({ status, body }) => [status >= 400, body.answer])).toEqual([[true, undefined], [true, undefined], [true, undefined]]);
    const answers = [await ask('ACDE-FHJK-MN23-4567'), await ask('x')];
    for (const { status, body } of answers) expect([status, body.error.code, body.error.message]).toEqual([404, 'objection-unknown-code', answers[0]?.body.error.message]);
  });

  test('is not answered by whoever decided the case, nor from an old version, nor made once the list is withdrawn', async () => {
    const { caseId } = await addGranted('张三六');
    const { listId, entryOf } = await publish();
    await object(listId, entryOf(caseId));
    const { objectionId, etag } = await openObjection(entryOf(caseId));
    const answer = (by: TestCaller, version: string) => by.post(`/objections/${objectionId}/answer`, { outcome: 'dismissed', text: '没有问题。' }, { 'if-match': version });
    expect(codeOf(await answer(officers.approver, etag))).toBe('own-hands-refused');
    expect(codeOf(await answer(officers.reviewer, '"7"'))).toBe('changed-meanwhile');
    expect(codeOf(await answer(api.officer('longtan-hrss', 'reviewer'), etag))).toBe('not-found');
    expect((await officers.approver.get(`/cases/${caseId}`)).body.holds).toHaveLength(1);
    api.setNow(afterwards);
    expect(codeOf(await object(listId, entryOf(caseId)))).toBe('not-found');
  });
});

describe('a name on a long list', () => {
  test('is looked for a part at a time: a call ends after so many entries, and the next page goes on', async () => {
    for (const name of ['周八一', '周八二', '周八三']) await addGranted(name);
    const { listId } = await publish();
    const viewing = jobScope(api.tenantId, 'test', 'publicity.run');
    const found = await inTenant(api.parts.db, api.tenantId, async (tx) => {
      const list = await findList(tx, viewing, listId);
      if (list === undefined) throw new Error('no such list');
      const pages: unknown[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const page: Awaited<ReturnType<typeof pageEntries>> = await pageEntries(tx, viewing, api.parts.publicity.parts, list, { after, limit: 50, isPublic: true, q: '周八三' }, { atOnce: 1, most: 2 });
        pages.push(page.entries.map(({ name }) => name));
        after = page.next;
      }
      return pages.flat().length === 1 ? pages.length : pages;
    });
    expect(found).toBe(2);
  });

  test('what was opened is kept for the next search, the latest first to stay', () => {
    const opened: string[] = [];
    const shown = (name: string) => openOnce(api.parts.protector, api.tenantId, name, () => {
      opened.push(name);
      return { name, number: null, employerName: null };
    });
    expect([shown('甲').name, shown('甲').name, opened]).toEqual(['甲', '甲', ['甲']]);
    for (let at = 0; at < 20_000; at++) shown(`乙${at}`);
    shown('乙19999');
    shown('甲');
    expect([opened.filter((name) => name === '乙19999').length, opened.filter((name) => name === '甲').length]).toEqual([1, 2]);
  });
});

describe('a list that is taken back before its time', () => {
  test('is seen by nobody at once; its cases wait for another list with a window of its own, and what was objected is still to be answered', async () => {
    const [one, two, gone] = [await addGranted('赵六一'), await addGranted('赵六二'), await addGranted('赵六三')];
    const { listId, entryOf } = await publish();
    const receipt = String((await object(listId, entryOf(two.caseId))).body.receipt);
    await done(api.officer('changyi-hrss', 'approver'), gone.caseId, 'revocation', { reason: '查实不符合。' });
    const path = `/publicity/lists/${listId}/taking-back`;
    const body = { reason: '名单编错了待遇，整份撤回。' };

    // Approvers of its place, and of those above; nobody else, and not without a reason.
    expect(codeOf(await officers.reviewer.post(path, body))).toBe('not-permitted');
    expect(codeOf(await stranger().post(path, body))).toBe('sign-in-required');
    expect((await api.officer('longtan-hrss', 'approver').post(path, body)).status).toBe(404);
    expect(codeOf(await officers.approver.post(path, { reason: ' ' }))).toBe('input-invalid');
    expect((await stranger().get(`/public-lists/${listId}/entries`)).status).toBe(200);

    const taken = await api.officer('city-hrss', 'approver').post(path, body);
    expect(taken.body).toMatchObject({ state: 'taken-back', closedAt: null, takenBack: { reason: body.reason } });
    expect((await stranger().get(`/public-lists/${listId}/entries`)).status).toBe(404);
    expect((await stranger().get('/public-lists')).body.items.map((list: { listId: string }) => list.listId)).not.toContain(listId);
    expect((await object(listId, entryOf(one.caseId))).status).toBe(404);
    expect(codeOf(await officers.approver.post(path, body))).toBe('publicity-over');

    // Two servers at once give each case back once.
    await Promise.all([run(filingTime), run(filingTime)]);
    expect([await statusOf(one.caseId), await statusOf(two.caseId), await statusOf(gone.caseId)]).toEqual(['granted', 'granted', 'revoked']);
    const told = (await officers.approver.get(`/cases/${one.caseId}/history`)).body.items.map((item: { kind: string }) => item.kind);
    expect(told.slice(-2)).toEqual(['publication-begun', 'publication-withdrawn']);
    const { list } = (await officers.approver.get(`/publicity/lists/${listId}/entries`)).body;
    expect(list).toMatchObject({ state: 'taken-back', closedAt: filingTime.toISOString(), openObjections: 1 });
    const trail = await asOwner(api.database, (client) => client.query(`select object_id from audit_entries where tenant_id = $1 and action = 'publicity.take-back' and outcome = 'done'`, [api.tenantId]));
    expect(trail.rows).toEqual([{ object_id: listId }]);
    const { rows: sealed } = await asOwner(api.database, (client) => client.query(`select position(convert_to('整份撤回', 'UTF8') in taken_back_reason_sealed) as at from public_lists where list_id = $1`, [listId]));
    expect(sealed).toEqual([{ at: 0 }]);

    // Some days later the next list takes the one, whose window is counted from its own day, and leaves out the other until it is answered.
    const later = at('2026-07-06T02:00:00Z');
    api.setNow(later);
    const again = await officers.approver.post('/publicity/lists', subject);
    expect(again.body).toMatchObject({ opensOn: '2026-07-06', untilOn: '2026-07-13' });
    await run(later);
    const { items } = (await officers.approver.get(`/publicity/lists/${again.body.listId}/entries?limit=200`)).body;
    expect(items.map((entry: { caseId: string }) => entry.caseId)).toEqual([one.caseId]);
    const { objectionId, etag } = await openObjection(entryOf(two.caseId));
    expect((await officers.reviewer.post(`/objections/${objectionId}/answer`, { outcome: 'dismissed', text: '查过了，人还在岗。' }, { 'if-match': etag })).status).toBe(200);
    expect((await stranger().post('/objections/receipt', { code: receipt })).body).toMatchObject({ state: 'dismissed', answer: '查过了，人还在岗。' });
    expect((await officers.approver.get('/publicity/waiting')).body.items).toEqual([expect.objectContaining({ benefitId: sampleBenefit, ready: 1 })]);
    // What ran out is over and cannot be taken back.
    api.setNow(at('2026-07-13T16:01:00Z'));
    expect(codeOf(await officers.approver.post(`/publicity/lists/${again.body.listId}/taking-back`, body))).toBe('publicity-over');
    await run(at('2026-07-13T16:01:00Z'));
    expect([await statusOf(one.caseId), await statusOf(two.caseId)]).toEqual(['settled', 'granted']);
  });

  test('one whose amount changes meanwhile leaves the list, and stands on the next one with the new amount', async () => {
    const changed = await addGranted('孙七一');
    const { listId } = await publish();
    const shown = async (id: string): Promise<unknown> => (await stranger().get(`/public-lists/${id}/entries?limit=200&q=孙七一`)).body.items.map((entry: { amountFen: number }) => entry.amountFen);
    expect(await shown(listId)).toEqual([12_000_000]);
    await done(api.officer('changyi-hrss', 'approver'), changed.caseId, 'change', { amountFen: 6_000_000, reason: '核实后减半。' });
    expect([await statusOf(changed.caseId), await shown(listId)]).toEqual(['granted', []]);
    const next = await publish();
    expect([await shown(listId), await shown(next.listId)]).toEqual([[], [6_000_000]]);
  });
});
