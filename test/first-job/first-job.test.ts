// The first job of the city, whole: annex 1 from two thousand rows of a spreadsheet to money in accounts, two years of it, over the interface with real files.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sealWaiting, verifyAudit } from '../../src/domains/audit/index.ts';
import { makeFeedRound } from '../../src/domains/feeds/process-deliveries.ts';
import { processNext } from '../../src/domains/imports/index.ts';
import { workNextBatch } from '../../src/domains/intake/index.ts';
import { checkLedger } from '../../src/domains/ledger/index.ts';
import { checkDue } from '../../src/domains/payments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { runLists } from '../../src/domains/publicity/close-list.ts';
import { yuanOfFen } from '../../src/spreadsheet/index.ts';
import { inTenant, newId, openDatabase } from '../../src/storage/database.ts';
import { bare, readPdf } from '../print/read-pdf.ts';
import { activateStaff, callerFrom, claimedPerson, enterByPhone, foundAdmins, sampleNumber as personalNumber } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { acceptedPaper } from '../support/hand-in-paper.ts';
import { enterOrganisation } from '../support/registry-samples.ts';
import { foundSamplePacks } from '../support/sample-decision.ts';
import { readAll, textsOf } from '../support/spreadsheet-files.ts';
import { FundBook } from './fund-book.ts';
import { correctErrorSheet, fillTemplate, insuranceSheet, isMistaken, presenceSheet } from './hire-sheets.ts';
import { accountOf, dueDays, EARLY, type Hire, hires, HIRES, isEntitled, yearFen } from './hires.ts';

const COUNTY = '220202';
const FUND = '县区人才专项资金';
const subsidy = { policyId: 'jilin-city-2021', benefitId: 'living-subsidy' };
const agentPhone = '13800000001';

let api: TestApi;
let now: Date;
/** Officers of the county: 人社, 财政, 社保; each an account of its own. */
let desk: Readonly<Record<'intake' | 'reviewer' | 'approver' | 'secondApprover' | 'accountant' | 'cashier' | 'firstSigner' | 'secondSigner' | 'leader' | 'insurance' | 'drafter' | 'policyChief', TestCaller>>;
let agencyId: string;
let organisationId: string;
let insuranceFeed: string;
/** The enterprise's contracts, scanned. */
let contracts: string;
const book = new FundBook();
/** The imports that are applied for: of each workbook first the right rows, then those that were corrected. */
const imports: string[] = [];
const applications: string[] = [];
/** The case of each hire, by name. */
const caseOf = new Map<string, string>();
/** The party of each hire, by name. */
const partyOf = new Map<string, string>();

interface Found {
  readonly subject: { readonly name: string; readonly partyId: string };
  readonly caseId: string;
  readonly version: number;
}
interface ListedRow extends Pick<Found, 'subject'> {
  readonly outcome: string;
  readonly caseId: string | null;
  readonly reasons: readonly string[];
}
interface Instalment {
  readonly instalmentId: string;
  readonly instalmentNumber: number;
  readonly name: string;
  readonly state: string;
  readonly amountFen: number;
  readonly dueOn: string;
}
interface Doubt {
  readonly doubtId: string;
  readonly name: string;
  readonly kind: string;
  readonly fact: string | null;
}
interface Payment {
  readonly paymentId: string;
  readonly paymentNumber: string;
  readonly name: string;
  readonly amountFen: number;
}

/** People of whom something is told below; all are early hires who are entitled. */
const who = {
  supplemented: hireAt(20), refused: hireAt(23), objectedTo: hireAt(24), leftAfterYear: hireAt(25), bankRefuses: hireAt(26), leavesBeforeYear: hireAt(27), wronglyPaid: hireAt(40), letter: hireAt(0),
};

function hireAt(at: number): Hire {
  const hire = hires[at];
  if (hire === undefined) throw new RangeError(`there is no hire ${at}`);
  return hire;
}

/** For whom is applied: those whose first full year is over (年底申请兑现); with FIRST_JOB=all for everybody, which takes minutes. */
const isWhole = process.env['FIRST_JOB'] === 'all';
if (isWhole) vi.setConfig({ testTimeout: 1_800_000 });
const listed = isWhole ? hires : hires.slice(0, EARLY);
const entitled = listed.filter(isEntitled);
/** To whom the document gives nothing: 大专, or a contract of three years. */
const unlikely = listed.filter((hire) => !isEntitled(hire));
const granted = entitled.filter((hire) => hire !== who.refused);
const early = granted.filter(({ at }) => at < EARLY);
const sumOf = (some: readonly Hire[]): number => some.reduce((sum, hire) => sum + yearFen(hire), 0);

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  setDay('2026-06-01');
  const system = api.administrator('system-admin');
  const department = async (code: string, name: string): Promise<string> => fine(await system.post('/departments', { code, name, jurisdictionCode: COUNTY })).departmentId as string;
  const [finance, insurance] = [await department('changyi-finance', '昌邑区财政局'), await department('changyi-insurance', '昌邑区社保局')];
  const officer = (departmentId: string, ...roles: string[]): TestCaller => api.as({ kind: 'officer', departmentId, codes: [COUNTY], roles: roles as never });
  const hrss = api.departments['changyi-hrss'];
  desk = {
    intake: officer(hrss, 'intake'), reviewer: officer(hrss, 'reviewer'), approver: officer(hrss, 'approver'), secondApprover: officer(hrss, 'approver'),
    accountant: officer(finance, 'reviewer'), cashier: officer(finance, 'finance'), firstSigner: officer(finance, 'finance'), secondSigner: officer(finance, 'approver'), leader: officer(finance, 'leader'),
    insurance: officer(insurance, 'steward'), drafter: officer(hrss, 'policy'), policyChief: officer(hrss, 'policy'),
  };
  const feed = { name: '昌邑区社保局参保', purpose: 'payment', legalBasis: '样例市数据共享办法第三条', subjectKind: 'person', facts: ['缴纳社保'], asOfRule: 'delivery', departmentId: insurance };
  insuranceFeed = fine(await desk.insurance.post('/feeds', feed)).id as string;
});
afterAll(() => api.stop());

/** Ten in the morning of a day there. */
function setDay(day: string): void {
  now = new Date(`${day}T02:00:00Z`);
  api.setNow(now);
}

function fine(answer: Answered): Answered['body'] {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.raw.toString('utf8').slice(0, 2000)}`);
  return answer.body;
}

/** The agent's session, and the day for which it is. */
let session: { readonly day: Date; readonly agent: TestCaller } | undefined;

/** The agent, who signs in by telephone on each day of work and acts for the enterprise. */
async function signInAgent(): Promise<TestCaller> {
  session = session?.day === now ? session : { day: now, agent: await actForEnterprise(await enterByPhone(api, agentPhone)) };
  return session.agent;
}

async function actForEnterprise(person: TestCaller): Promise<TestCaller> {
  return callerFrom(api, await person.post('/access/capacity', { kind: 'agent', agencyId }));
}

/** An officer of the window with an account: whoever appoints an agent stands in the agent's record. */
async function signInWindow(): Promise<TestCaller> {
  const { 'security-admin': security } = await foundAdmins(api, now);
  const { accountId } = fine(await security.caller.post('/access/staff', { login: 'shouli', name: '张三九', phone: '13700000001', duty: 'officer' }));
  fine(await security.caller.post(`/access/staff/${accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles: ['intake'], validFrom: '2026-06-01' }));
  return (await activateStaff(api, 'shouli', '13700000001', now)).caller;
}

/** Everything of a list, page after page. */
async function allOf<Item = unknown>(by: TestCaller, path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor = ''; ; ) {
    const page = fine(await by.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`));
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

/** Does something to every case in a state, two hundred at a time. @returns the names of those that it was done to */
async function doToAll(by: TestCaller, status: string, path: string, what: (found: Found) => object): Promise<readonly string[]> {
  const done: string[] = [];
  for (;;) {
    const { items } = fine(await by.get(`/cases?status=${status}&queue=department&limit=200`)) as { items: readonly Found[] };
    if (items.length === 0) return done;
    const outcomes = fine(await by.post(path, { items: items.map((found) => ({ caseId: found.caseId, version: found.version, ...what(found) })) })).items as readonly { outcome: string; error: unknown }[];
    expect(outcomes.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
    done.push(...items.map(({ subject }) => subject.name));
  }
}

/** Lets the server's own work on spreadsheets come to its end. */
async function workImports(): Promise<void> {
  const parts = { ...api.parts.imports, now: () => now };
  while (await processNext(parts, api.tenantId, newId()));
}

/** Brings a list of people in: uploaded, checked. */
async function upload(agent: TestCaller, fileName: string, bytes: Buffer, more = ''): Promise<Answered['body']> {
  const { importId } = fine(await agent.call('POST', `/imports/people?fileName=${encodeURIComponent(fileName)}${more}`, { bytes }));
  await workImports();
  return fine(await agent.get(`/imports/${importId}`));
}

async function confirm(agent: TestCaller, importId: string): Promise<Answered['body']> {
  fine(await agent.post(`/imports/${importId}/confirmation`, {}));
  await workImports();
  return fine(await agent.get(`/imports/${importId}`));
}

/** The fund by the ledger is the fund by the test's own book, and the ledger finds nothing wrong with itself. */
async function compareFund(): Promise<void> {
  const { items } = fine(await desk.cashier.get(`/ledger/funds?jurisdictionCode=${COUNTY}&fund=${encodeURIComponent(FUND)}&fromYear=2025&toYear=2035`));
  const own = { jurisdictionCode: COUNTY, jurisdictionName: '昌邑区', fund: FUND, unit: 'fen' };
  expect(items).toEqual(book.years().map((year) => ({ ...own, ...year })));
  const report = await inTenant(api.parts.db, api.tenantId, (tx) => checkLedger(tx, jobScope(api.tenantId, 'test', 'ledger.check')));
  expect(report.findings).toEqual([]);
}

test('the agent of an enterprise is appointed at the window and signs in by telephone', async () => {
  organisationId = await enterOrganisation(desk.intake, { name: '吉林样例新材料有限公司' });
  const facts = { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: COUNTY };
  fine(await desk.intake.post(`/organisations/${organisationId}/statements`, { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-06-01', facts }));
  const { caller } = await claimedPerson(api, { name: '张三一', number: personalNumber('1988-03-07', 451), phone: agentPhone });
  const window = await signInWindow();
  const evidenceId = await acceptedPaper(window, organisationId, { kind: '授权委托书' });
  ({ agencyId } = fine(await window.post(`/access/organisations/${organisationId}/agents`, { phone: agentPhone, evidenceId, canManage: true })));
  fine(await caller.post(`/access/agencies/${agencyId}/acceptance`));
  expect(fine(await (await actForEnterprise(caller)).get('/access/me')).capacity).toMatchObject({ kind: 'agent', agencyId, organisationId, organisationName: expect.stringMatching(/\S/) });
});

test('two thousand hires come from the city’s template; what is wrong comes back as a sheet, is corrected and comes again', async () => {
  setDay('2026-06-02');
  const agent = await signInAgent();
  const template = await agent.get('/imports/templates/people.xlsx');
  for (const [title, rows] of [['2025年招聘名单', hires.slice(0, EARLY)], ['2026年招聘名单', hires.slice(EARLY)]] as const) {
    const mistaken = rows.filter(isMistaken);
    const checked = await upload(agent, `${title}.xlsx`, await fillTemplate(template.raw, rows));
    expect(checked).toMatchObject({ state: 'checked', rowsTotal: rows.length, found: { added: rows.length - mistaken.length, wrong: mistaken.length, updated: 0, doubles: 0 }, sheet: { ignored: [] } });
    expect(await allOf(agent, `/imports/${checked.importId}/problems`)).toHaveLength(mistaken.length);
    expect((await confirm(agent, checked.importId)).done).toMatchObject({ added: rows.length - mistaken.length });

    const errors = await agent.get(`/imports/${checked.importId}/wrong-rows.xlsx`);
    const { bytes, corrected } = await correctErrorSheet(errors.raw, rows);
    expect(corrected).toEqual(mistaken);
    const again = await upload(agent, `${title}改好的行.xlsx`, bytes);
    expect(again).toMatchObject({ state: 'checked', found: { added: mistaken.length, wrong: 0 } });
    await confirm(agent, again.importId);
    if (rows.every((hire) => listed.includes(hire))) imports.push(checked.importId, again.importId);
  }

  contracts = await acceptedPaper(agent, organisationId, { kind: '劳动合同' });
  for (const importId of imports) {
    const filed = await agent.post('/applications/from-import', { importId, benefits: [subsidy], evidenceIds: [contracts] });
    expect(filed.status).toBe(202);
    applications.push(filed.body.applicationId);
  }
});

test('everybody whom the document entitles has a case with its papers, and nobody else; one more is filed against the engine', async () => {
  const work = { db: api.parts.db, parts: api.parts.intake, tenantId: api.tenantId, now };
  while (await workNextBatch(work));
  const agent = await signInAgent();
  const rows: ListedRow[] = [];
  for (const id of applications) rows.push(...(await allOf<ListedRow>(agent, `/applications/${id}/rows`)));
  expect(rows).toHaveLength(listed.length);
  const named = (outcome: string): readonly string[] => rows.filter((row) => row.outcome === outcome).map(({ subject }) => subject.name).sort();
  expect(named('filed')).toEqual(entitled.map(({ name }) => name).sort());
  expect(named('unlikely')).toEqual(unlikely.map(({ name }) => name).sort());
  expect(rows.filter(({ outcome, reasons }) => outcome === 'unlikely' && reasons.length === 0)).toEqual([]);
  // The enterprise has ids of its own for people of whom nobody else says yet that they work there; the office has those of their records.
  for (const id of applications) for (const { subject } of await allOf<ListedRow>(desk.intake, `/applications/${id}/rows`)) partyOf.set(subject.name, subject.partyId);
  for (const { subject, caseId } of rows) {
    if (caseId !== null) caseOf.set(subject.name, caseId);
  }
  const sheet = await agent.get(`/applications/${applications[0]}/rows.xlsx`);
  expect((await readAll(sheet.raw)).rows).toHaveLength(EARLY - hires.slice(0, EARLY).filter(isMistaken).length);

  // The enterprise may know better than the engine: asked for once more, with those to whom it says no; what is under way stays as it is.
  for (const importId of imports) {
    const { applicationId } = fine(await agent.post('/applications/from-import', { importId, benefits: [subsidy], evidenceIds: [contracts], filesUnlikely: true }));
    while (await workNextBatch(work));
    for (const { subject, caseId, outcome } of await allOf<ListedRow>(agent, `/applications/${applicationId}/rows`)) {
      expect(outcome, `${subject.name}`).toBe(caseOf.has(subject.name) ? 'exists' : 'filed');
      caseOf.set(subject.name, caseId ?? '');
    }
  }
  const one = fine(await desk.intake.get(`/cases/${caseOf.get(who.letter.name)}`));
  expect(one).toMatchObject({ engineStatus: 'yes', expectedFen: 5 * yearFen(who.letter), jurisdictionCode: COUNTY, papers: [{ evidenceId: contracts, occasion: 'filing' }] });
  // Five working days to accept: 3, 4, 5, 8 and 9 June.
  expect(one.dueOn).toBe('2026-06-09');
});

test('one supplement is asked for and given; then all are accepted', async () => {
  setDay('2026-06-03');
  const caseId = caseOf.get(who.supplemented.name);
  const change = async (by: TestCaller, path: string, body: object): Promise<Answered> =>
    by.post(`/cases/${caseId}/${path}`, body, { 'if-match': (await by.get(`/cases/${caseId}`)).headers.get('etag') ?? '' });
  expect(fine(await change(desk.intake, 'supplement-request', { words: '请补交博士学位证书。', papers: ['学位证书'] })).status).toBe('awaiting-supplement');
  setDay('2026-06-05');
  const agent = await signInAgent();
  expect(fine(await agent.get(`/cases/${caseId}`)).supplement).toMatchObject({ words: '请补交博士学位证书。', papers: ['学位证书'] });
  const evidenceId = await acceptedPaper(agent, organisationId, { kind: '学位证书' });
  expect(fine(await change(agent, 'supplement', { words: '已补交。', evidenceIds: [evidenceId] }))).toMatchObject({ status: 'filed' });
  expect((await doToAll(desk.intake, 'filed', '/cases/acceptances', () => ({}))).toSorted()).toEqual(listed.map(({ name }) => name).sort());
});

test('人社 and 财政 give their opinions with reasons, and somebody else decides; the money of five years is promised', async () => {
  setDay('2026-06-08');
  const isUnlikely = (name: string): boolean => unlikely.some((hire) => hire.name === name);
  await doToAll(desk.reviewer, 'in-review', '/cases/opinions', ({ subject }) => (isUnlikely(subject.name) ? { opinion: 'disagree', words: '学历或者合同年限没有达到附件1的要求。' } : { opinion: 'agree', words: '合同、学历核对无误。' }));
  await doToAll(desk.accountant, 'in-review', '/cases/opinions', ({ subject }) => (subject.name === who.refused.name ? { opinion: 'disagree', words: '工资由外区分公司发放。' } : { opinion: 'agree', words: '资金来源落实。' }));
  setDay('2026-06-10');
  const { items } = fine(await desk.approver.get('/cases?status=deciding&limit=1'));
  const byReviewer = await desk.reviewer.post('/cases/decisions', { items: [{ caseId: items[0].caseId, version: items[0].version, outcome: 'grant', reason: '同意。' }] });
  expect(byReviewer.status).toBe(403);
  const isRefused = (name: string): boolean => isUnlikely(name) || name === who.refused.name;
  const decided = await doToAll(desk.approver, 'deciding', '/cases/decisions', ({ subject }) =>
    isRefused(subject.name) ? { outcome: 'refuse', reason: '不符合附件1的条件。' } : { outcome: 'grant', reason: '符合附件1三（二）1（1）。' },
  );
  expect(decided).toHaveLength(listed.length);
  for (const hire of granted) for (const day of dueDays(hire)) book.promise(Number(day.slice(0, 4)), yearFen(hire));
  await compareFund();
});

test('a letter says it in figures and capitals, is verified by its code, and replays to the same answer', async () => {
  const { decisionId } = fine(await desk.approver.get(`/cases/${caseOf.get(who.letter.name)}`));
  const decision = fine(await desk.approver.get(`/decisions/${decisionId}`));
  // A doctor of a 985 university: 2000 yuan a month for five years.
  expect(decision).toMatchObject({ kind: 'grant', amountFen: 120_000_00, reasons: '符合附件1三（二）1（1）。' });
  expect(decision.instalments.map(({ due, fen, shares }: { due: string; fen: number; shares: unknown }) => ({ due, fen, shares }))).toEqual(
    ['2026-03-03', '2027-03-03', '2028-03-03', '2029-03-03', '2030-03-03'].map((due) => ({ due, fen: 24_000_00, shares: [{ fund: FUND, jurisdictionCode: COUNTY, fen: 24_000_00 }] })),
  );
  const agent = await signInAgent();
  const letter = await agent.get(`/decisions/${decisionId}/letter`);
  expect([letter.headers.get('content-type'), letter.raw.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  const text = (await readPdf(letter.raw)).pages.map(({ plain }) => plain).join('');
  for (const words of ['120,000', '壹拾贰万元整', who.letter.name, decision.verificationCode]) expect(text).toContain(bare(words));
  expect(fine(await api.anyone().get(`/decisions/verify?code=${encodeURIComponent(decision.verificationCode)}`))).toMatchObject({ number: decision.number, kind: 'grant', amountFen: 120_000_00, followedBy: null });
  for (const hire of [who.letter, who.refused, ...unlikely.slice(0, 2), hireAt(1), hireAt(2), hireAt(3), hireAt(6), ...granted.slice(-1)]) {
    const one = fine(await desk.approver.get(`/cases/${caseOf.get(hire.name)}`));
    expect(fine(await desk.reviewer.get(`/decisions/${one.decisionId}/replay`)), `${hire.name}`).toMatchObject({ isSame: true, changes: [] });
    expect(one.grantedFen, `${hire.name}`).toBe(granted.includes(hire) ? 5 * yearFen(hire) : null);
  }
});

/** Lets the server do what it does to public lists by itself. */
const runPublicity = (): Promise<void> => runLists(api.parts.db, api.parts.publicity.parts, api.tenantId, now);
/** Lets the server check what is due, as it does every hour. */
const runChecks = (): Promise<number> => checkDue(api.parts.db, api.parts.payments, api.tenantId, now);
const stateOf = async (hire: Hire): Promise<{ status: string; isHeld: boolean }> => fine(await desk.approver.get(`/cases/${caseOf.get(hire.name)}`));
const instalmentsOf = (hire: Hire): Promise<readonly Instalment[]> => allOf<Instalment>(desk.cashier, `/instalments?caseId=${caseOf.get(hire.name)}`);
const openDoubts = (): Promise<readonly Doubt[]> => allOf<Doubt>(desk.cashier, '/payment-doubts?status=open');
const named = (some: readonly { readonly name: string }[]): readonly string[] => some.map(({ name }) => name).sort();

test('the list is public for five working days, masked; an objection holds its case and no other; then nobody sees it any more', async () => {
  // Thursday; the five working days after it are 12, 15, 16, 17 and 18 June.
  setDay('2026-06-11');
  const list = fine(await desk.approver.post('/publicity/lists', { jurisdictionCode: COUNTY, ...subsidy }));
  expect(list).toMatchObject({ opensOn: '2026-06-11', untilOn: '2026-06-18', workingDays: 5 });
  await runPublicity();
  const path = `/public-lists/${list.listId}/entries`;
  const entries = await allOf<{ entryId: string; name: string; number: string; amountFen: number; employerName: string }>(api.anyone(), path);
  const shown = (hire: Hire): object => ({ name: hire.name, number: `${hire.number.slice(0, 3)}***********${hire.number.slice(-4)}`, amountFen: 5 * yearFen(hire), employerName: '吉林样例新材料有限公司' });
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(entries.map(({ name, number, amountFen, employerName }) => ({ name, number, amountFen, employerName })).sort(byName)).toEqual(granted.toSorted(byName).map(shown));

  setDay('2026-06-15');
  const entry = entries.find(({ name }) => name === who.objectedTo.name);
  const { receipt } = fine(await api.anyone().post(`${path}/${entry?.entryId}/objections`, { text: '这个人没有在这家公司上班，请查一查。', reach: '13900001111' }));
  setDay('2026-06-18');
  await runPublicity();
  expect((await api.anyone().get(path)).status).toBe(200);
  setDay('2026-06-22');
  expect([(await api.anyone().get(path)).status, fine(await api.anyone().get('/public-lists')).items]).toEqual([404, []]);
  await runPublicity();
  expect(named((await allOf<Found>(desk.approver, '/cases?status=settled')).map(({ subject }) => subject))).toEqual(named(granted.filter((hire) => hire !== who.objectedTo)));
  expect(await stateOf(who.objectedTo)).toMatchObject({ status: 'in-publication', isHeld: true });

  // The first year of the early hires is over, but nobody has said yet that they are at their posts, nor where to pay to.
  await runChecks();
  const doubts = await openDoubts();
  expect([...new Set(named(doubts))]).toEqual(named(early));
  expect(doubts.filter(({ kind }) => kind === 'case-held').map(({ name }) => name)).toEqual([who.objectedTo.name]);

  setDay('2026-06-24');
  const [objection] = fine(await desk.secondApprover.get('/objections')).items;
  const etag = (await desk.secondApprover.get(`/objections/${objection.objectionId}`)).headers.get('etag') ?? '';
  fine(await desk.secondApprover.post(`/objections/${objection.objectionId}/answer`, { outcome: 'dismissed', text: '已到现场核实，本人在岗。' }, { 'if-match': etag }));
  expect(fine(await api.anyone().post('/objections/receipt', { code: receipt }))).toMatchObject({ state: 'dismissed', answer: '已到现场核实，本人在岗。' });
  expect(await stateOf(who.objectedTo)).toMatchObject({ status: 'settled', isHeld: false });
});

/** A year's budget, proposed by one and confirmed by another. */
async function openBudget(year: number, fen: number, reference: string): Promise<void> {
  const { id } = fine(await desk.cashier.post('/ledger/budgets', { unit: 'fen', jurisdictionCode: COUNTY, fund: FUND, year, amount: fen, reference }));
  expect((await desk.cashier.post(`/ledger/budgets/${id}/confirmation`)).status).toBe(403);
  expect(fine(await desk.leader.post(`/ledger/budgets/${id}/confirmation`))).toMatchObject({ committedBefore: book.promisedOf(year) });
  book.open(year, fen);
}

/** 人社 has looked who is at the post, the bureau knows who is insured. */
async function sayWhoIsThere(asOf: string, there: readonly Hire[]): Promise<void> {
  const presence = await upload(desk.intake, `在岗名单${asOf}.xlsx`, await presenceSheet(there), `&purpose=payment&papersSeen=true&asOf=${asOf}`);
  expect(presence.found, `${asOf}`).toMatchObject({ updated: there.length, wrong: 0 });
  await confirm(desk.intake, presence.importId);
  const bytes = await insuranceSheet(early, (hire) => there.includes(hire));
  const delivery = await desk.insurance.call('POST', `/feeds/${insuranceFeed}/files?number=${asOf}&asOf=${asOf}&fileName=${encodeURIComponent('参保.xlsx')}`, { bytes });
  expect(delivery.status).toBe(202);
  const round = makeFeedRound({ db: api.parts.db, tools: api.parts.registry, sendMessage: api.parts.messages.sendMessage, now: () => now });
  while (await round([api.tenantId]));
  expect(fine(await desk.insurance.get(`/feeds/${insuranceFeed}/deliveries/${delivery.body.id}`)), `${asOf}`).toMatchObject({ status: 'done', accepted: early.length });
}

/** The window writes down that somebody has left the enterprise. */
async function leave(hire: Hire, endedOn: string): Promise<void> {
  const path = `/people/${partyOf.get(hire.name)}/employments`;
  const [row] = fine(await desk.intake.get(path)).items.filter(({ supersededAt }: { supersededAt: string | null }) => supersededAt === null);
  fine(await desk.intake.post(path, { organisationId, startedOn: hire.startedOn, endedOn, origin: '材料', trustClass: 'B', supersedes: row.employmentId }));
}

/** A batch of everything that can be paid: prepared by one, approved by two others, handed to the bank. */
async function sendBatch(dueTo: string, payees: readonly Hire[], year: number): Promise<{ readonly batchId: string; readonly batchNumber: string; readonly payments: readonly Payment[] }> {
  const { batch, leftOut } = fine(await desk.cashier.post('/payment-batches', { jurisdictionCode: COUNTY, dueTo, ...subsidy }));
  expect([leftOut, batch.lineCount, batch.totalFen]).toEqual([0, payees.length, sumOf(payees)]);
  const path = `/payment-batches/${batch.batchId}`;
  const step = async (by: TestCaller, what: string): Promise<Answered> => by.post(`${path}/${what}`, undefined, { 'if-match': (await by.get(path)).headers.get('etag') ?? '' });
  expect((await step(desk.cashier, 'approvals')).status).toBe(403);
  fine(await step(desk.firstSigner, 'approvals'));
  expect((await step(desk.firstSigner, 'approvals')).status).toBe(403);
  fine(await step(desk.secondSigner, 'approvals'));
  await compareFund();
  fine(await step(desk.cashier, 'sending'));
  book.move(year, 'committed', 'paying', sumOf(payees));
  await compareFund();
  const payments = await allOf<Payment>(desk.cashier, `${path}/payments`);
  expect(named(payments)).toEqual(named(payees));
  return { batchId: batch.batchId, batchNumber: batch.batchNumber, payments };
}

/** The bank's answer to a batch: all are paid but those for whom it gives a reason. */
async function answerOfBank(batchId: string, payments: readonly Payment[], on: string, refused: ReadonlyMap<string, string> = new Map()): Promise<Answered> {
  const lines = payments.map(({ paymentNumber, amountFen, name }) => [paymentNumber, yuanOfFen(amountFen), refused.has(name) ? '失败' : '成功', on, refused.get(name) ?? ''].join(','));
  const bytes = Buffer.from(`\ufeff${['付款编号,金额（元）,结果,日期,原因', ...lines].join('\r\n')}\r\n`);
  return desk.cashier.call('POST', `/payment-batches/${batchId}/results?fileName=${encodeURIComponent('银行结果.csv')}`, { bytes });
}

/** A year of each tier in yuan, and as a bank's clerk reads it. */
const capitals: Readonly<Record<string, string>> = { '24000.00': '贰万肆仟元整', '12000.00': '壹万贰仟元整', '6000.00': '陆仟元整', '3600.00': '叁仟陆佰元整' };

test('the county’s budget is opened by two; who is at the post is known before anybody is paid; one who has left is looked at by a person', async () => {
  setDay('2026-06-25');
  // 八百万 a year at least (二十九).
  await openBudget(2026, 8_000_000_00, '昌财〔2026〕12号');
  await compareFund();

  setDay('2026-07-01');
  await leave(who.leftAfterYear, '2026-06-20');
  const there = early.filter((hire) => hire !== who.leftAfterYear);
  // Being at the post is found by a look; the employer's own word does not count.
  const bySelf = await upload(await signInAgent(), '在岗名单.xlsx', await presenceSheet(there), '&purpose=payment&asOf=2026-06-30');
  expect(bySelf.found).toMatchObject({ updated: 0, wrong: there.length });
  await sayWhoIsThere('2026-06-30', there);
  for (const hire of early) {
    const partyId = partyOf.get(hire.name) ?? '';
    fine(await api.person(partyId).post(`/parties/${partyId}/bank-accounts`, { bankName: '样例银行昌邑支行', holderName: hire.name, number: accountOf(hire) }));
  }
  await runChecks();
  const doubts = await openDoubts();
  expect(doubts.map(({ name, kind, fact }) => `${name} ${kind} ${fact ?? ''}`).sort()).toEqual(['fact-false 缴纳社保', 'fact-unknown 在岗', 'left-employer '].map((doubt) => `${who.leftAfterYear.name} ${doubt}`));
  // The year that is paid for was worked in full: 每满一年发一次.
  for (const { doubtId } of doubts) fine(await desk.cashier.post(`/payment-doubts/${doubtId}/settlement`, { as: 'pay', reason: '第一年已经做满，离职在满一年以后。' }));
  expect((await instalmentsOf(who.leftAfterYear)).map(({ state }) => state)).toEqual(['ready', 'waiting', 'waiting', 'waiting', 'waiting']);
});

test('the first year is paid: two others approve, the bank’s file says what is due, one payment fails and goes again', async () => {
  setDay('2026-07-02');
  const { batchId, batchNumber, payments } = await sendBatch('2026-07-02', early, 2026);
  for (const format of ['xlsx', 'csv'] as const) {
    const file = await desk.cashier.get(`/payment-batches/${batchId}/bank-file?format=${format}`);
    const { sheet, rows } = await readAll(file.raw, `付款.${format}`);
    expect(sheet.headings).toEqual(['付款编号', '收款户名', '开户银行', '收款账号', '金额（元）', '金额大写', '批次号或校验码']);
    const lines = textsOf(rows).map((cells) => cells.map((cell, at) => (at === 4 ? Number(cell.replaceAll(',', '')).toFixed(2) : cell)));
    const total = lines.pop();
    expect(total?.slice(0, 2), `${format}`).toEqual(['合计', `共 ${early.length} 笔`]);
    expect(total?.[4], `${format}`).toBe((sumOf(early) / 100).toFixed(2));
    const expected = early.map((hire) => {
      const yuan = (yearFen(hire) / 100).toFixed(2);
      return [payments.find(({ name }) => name === hire.name)?.paymentNumber, hire.name, '样例银行昌邑支行', accountOf(hire), yuan, `人民币${capitals[yuan]}`, batchNumber].join(' ');
    });
    expect(lines.map((cells) => cells.join(' ')).sort(), `${format}`).toEqual(expected.sort());
  }
  const answered = await answerOfBank(batchId, payments, '2026-07-03', new Map([[who.bankRefuses.name, '账号已销户']]));
  expect(fine(answered)).toMatchObject({ paid: early.length - 1, failed: 1, batch: { state: 'closed' } });
  // The same file once more books nothing.
  expect((await answerOfBank(batchId, payments, '2026-07-03', new Map([[who.bankRefuses.name, '账号已销户']]))).body.error.code).toBe('result-imported-already');
  book.move(2026, 'paying', 'paid', sumOf(early) - yearFen(who.bankRefuses));
  book.move(2026, 'paying', 'committed', yearFen(who.bankRefuses));
  await compareFund();
  // The ledger names who sent and who booked.
  const entries = await allOf<{ recordedBy: string }>(desk.cashier, `/ledger/entries?batchId=${batchId}`);
  expect([...new Set(entries.map(({ recordedBy }) => recordedBy))]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)]);

  setDay('2026-07-06');
  const partyId = partyOf.get(who.bankRefuses.name) ?? '';
  const [account] = fine(await api.person(partyId).get(`/parties/${partyId}/bank-accounts`)).items;
  fine(await api.person(partyId).delete(`/parties/${partyId}/bank-accounts/${account.bankAccountId}`));
  fine(await api.person(partyId).post(`/parties/${partyId}/bank-accounts`, { bankName: '样例银行龙潭支行', holderName: who.bankRefuses.name, number: accountOf(hireAt(HIRES - 1)) }));
  const again = await sendBatch('2026-07-06', [who.bankRefuses], 2026);
  fine(await answerOfBank(again.batchId, again.payments, '2026-07-06'));
  book.move(2026, 'paying', 'paid', yearFen(who.bankRefuses));
  await compareFund();
  expect([...new Set((await Promise.all(early.map(instalmentsOf))).map(([first]) => first?.state))]).toEqual(['paid']);
});

test('what was paid wrongly is found, asked back, returned in parts, and nothing more is paid on that decision', async () => {
  setDay('2026-09-01');
  const caseId = caseOf.get(who.wronglyPaid.name);
  const { findingId } = fine(await desk.reviewer.post('/findings', { caseId, text: '现场检查：本人从未到岗，由他人代签。' }));
  expect(await stateOf(who.wronglyPaid)).toMatchObject({ isHeld: true });
  fine(await desk.secondApprover.post(`/findings/${findingId}/decision`, { outcome: 'confirmed', reason: '查证属实。', document: '昌人社查〔2026〕3号' }));
  const [first] = await instalmentsOf(who.wronglyPaid);
  const [payment] = fine(await desk.cashier.get(`/instalments/${first?.instalmentId}`)).payments;
  const { repaymentId } = fine(await desk.cashier.post(`/findings/${findingId}/repayment`, { payments: [{ paymentId: payment.paymentId }], reason: '没有到岗，第一年的补贴应当退回。' }));
  expect((await desk.cashier.post(`/repayments/${repaymentId}/demand`)).status).toBe(403);
  fine(await desk.firstSigner.post(`/repayments/${repaymentId}/demand`));
  const owed = yearFen(who.wronglyPaid);
  book.move(2026, 'paid', 'receivable', owed);
  await compareFund();
  fine(await desk.cashier.post(`/repayments/${repaymentId}/receipts`, { fen: 10_000_00, on: '2026-09-01', bankReference: 'HK-1' }));
  book.recover(2026, 10_000_00);
  await compareFund();
  expect(fine(await desk.cashier.post(`/repayments/${repaymentId}/receipts`, { fen: owed - 10_000_00, on: '2026-09-01', bankReference: 'HK-2' }))).toMatchObject({ state: 'settled', owedFen: 0 });
  book.recover(2026, owed - 10_000_00);

  const etag = (await desk.secondApprover.get(`/cases/${caseId}`)).headers.get('etag') ?? '';
  fine(await desk.secondApprover.post(`/cases/${caseId}/revocation`, { reason: '查证没有到岗，撤销原决定。' }, { 'if-match': etag }));
  fine(await desk.secondApprover.post(`/findings/${findingId}/closing`));
  for (const day of dueDays(who.wronglyPaid).slice(1)) book.move(Number(day.slice(0, 4)), 'committed', 'free', owed);
  await compareFund();
  expect((await instalmentsOf(who.wronglyPaid)).map(({ state }) => state)).toEqual(['paid', 'cancelled', 'cancelled', 'cancelled', 'cancelled']);
});

test('the next year has its settings, its budget and its list; who has left is not paid and the money is free again', async () => {
  setDay('2026-12-15');
  const proposal = { policyId: subsidy.policyId, kind: 'promise', name: 'enterprise-hires/publicity', year: 2027, value: 7, decisionReference: '吉人才办〔2026〕9号' };
  const { settingId } = fine(await desk.drafter.post('/pack-settings', proposal));
  expect((await desk.drafter.post(`/pack-settings/${settingId}/decision`, { approve: true })).status).toBe(403);
  expect(fine(await desk.policyChief.post(`/pack-settings/${settingId}/decision`, { approve: true }))).toMatchObject({ state: 'approved', value: 7 });

  setDay('2027-01-11');
  // Less than what is promised cannot be the budget.
  const short = fine(await desk.cashier.post('/ledger/budgets', { unit: 'fen', jurisdictionCode: COUNTY, fund: FUND, year: 2027, amount: book.promisedOf(2027) - 100, reference: '昌财〔2027〕1号' }));
  expect((await desk.leader.post(`/ledger/budgets/${short.id}/confirmation`)).body.error.code).toBe('budget-below-committed');
  fine(await desk.leader.post(`/ledger/budgets/${short.id}/withdrawal`));
  await openBudget(2027, Math.max(8_000_000_00, book.promisedOf(2027)), '昌财〔2027〕2号');
  await compareFund();

  setDay('2027-03-08');
  await leave(who.leavesBeforeYear, '2026-12-31');
  const gone = [who.leftAfterYear, who.leavesBeforeYear];
  const there = early.filter((hire) => !gone.includes(hire) && hire !== who.wronglyPaid);
  await sayWhoIsThere('2027-02-28', there);
  await runChecks();
  const doubts = await openDoubts();
  expect([...new Set(named(doubts))]).toEqual(named(gone));
  expect(doubts.filter(({ kind }) => kind === 'left-employer')).toHaveLength(2);
  for (const { doubtId } of doubts.filter(({ kind }) => kind === 'left-employer')) {
    fine(await desk.cashier.post(`/payment-doubts/${doubtId}/settlement`, { as: 'cancel', reason: '没有做满这一年就离职。', andLater: true }));
  }
  for (const hire of gone) for (const day of dueDays(hire).slice(1)) book.move(Number(day.slice(0, 4)), 'committed', 'free', yearFen(hire));
  await compareFund();

  const { batchId, payments } = await sendBatch('2027-03-08', there, 2027);
  fine(await answerOfBank(batchId, payments, '2027-03-09'));
  book.move(2027, 'paying', 'paid', sumOf(there));
  await compareFund();
  expect((await instalmentsOf(who.letter)).map(({ state, amountFen, dueOn }) => [state, amountFen, dueOn])).toEqual([
    ['paid', 24_000_00, '2026-03-03'], ['paid', 24_000_00, '2027-03-03'], ['waiting', 24_000_00, '2028-03-03'], ['waiting', 24_000_00, '2029-03-03'], ['waiting', 24_000_00, '2030-03-03'],
  ]);
  expect((await instalmentsOf(who.leavesBeforeYear)).map(({ state }) => state)).toEqual(['paid', 'cancelled', 'cancelled', 'cancelled', 'cancelled']);
});

test('afterwards the trail of everything is one unbroken chain, and decisions of the year before still replay to what they said', async () => {
  for (const hire of [who.letter, who.refused, who.leavesBeforeYear, hireAt(1), ...granted.slice(-1)]) {
    const { decisionId } = fine(await desk.approver.get(`/cases/${caseOf.get(hire.name)}`));
    expect(fine(await desk.reviewer.get(`/decisions/${decisionId}/replay`)).isSame, `${hire.name}`).toBe(true);
  }
  const sealing = openDatabase(api.database.sealerUrl, { role: 'wutong_sealer', connections: 1 });
  try {
    while ((await sealWaiting(sealing, jobScope(api.tenantId, 'sealer', 'audit.seal'), api.parts.protector, 2000, new Date())).count > 0);
  } finally {
    await sealing.close();
  }
  const trail = await verifyAudit(api.parts.db, jobScope(api.tenantId, 'verify', 'audit.verify'), { protector: api.parts.protector });
  expect(trail).toMatchObject({ findings: [], unsealed: 0, headSignature: 'good' });
  // Whatever else is written down, each case was at least accepted, reviewed twice and decided.
  expect(trail.sealed).toBeGreaterThan(4 * listed.length);
});
