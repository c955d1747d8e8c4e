// Every route that names an object, against neighbours who may do the very same elsewhere: they get what a guessed id gets, and nothing changes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officerRoles, permissionRow } from '../../src/contract/permissions.ts';
import { processNext } from '../../src/domains/imports/index.ts';
import { makeFeedRound } from '../../src/domains/feeds/index.ts';
import { commit } from '../../src/domains/ledger/index.ts';
import { type Capacity, jobScope } from '../../src/domains/permissions/index.ts';
import { dayOf, recordStatements } from '../../src/domains/registry/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import { activateStaff, callerFrom, claimedPerson, enterByPhone, foundAdmins, proveByPhone, sampleNumber, type SignedInStaff } from '../support/access.ts';
import { type Answered, type Sent, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner, makeTenant } from '../support/database.ts';
import { enterOrganisation, enterPerson } from '../support/registry-samples.ts';
import { copyPack } from '../support/sample-packs.ts';
import { decideSample, foundSamplePacks } from '../support/sample-decision.ts';
import { publishSample } from '../support/sample-publicity.ts';
import { type CaseMove, prepareCase, toDecision } from '../support/sample-case.ts';
import { sampleFund } from '../support/payable-city.ts';
import { makePaymentSamples } from '../support/payment-samples.ts';
import { makePdf } from '../support/sample-papers.ts';

/** A route with an object that is really there, and whoever may have it. */
interface Row {
  readonly path: string;
  readonly by: TestCaller;
  readonly sent?: Sent;
  /** The version that a change is made from is read here first. */
  readonly etagFrom?: string;
  /** Neighbours who by the permission table may do it too; each for the reason that the table gives. */
  readonly also?: readonly Neighbour[];
  /** Somebody else's sub-object under the neighbour's own: the neighbour, and the path. */
  readonly mixed?: readonly (readonly [TestCaller, string])[];
  /** Where the outside world does not answer. */
  readonly status?: number;
}

type Neighbour = 'nobody' | 'person' | 'agent' | 'district' | 'feed' | 'system-admin' | 'security-admin' | 'audit-admin';

const otherHost = 'localhost';
const newPassword = 'Wutong shu shang 8';
const allRoles = [...officerRoles];
const failures: unknown[] = [];
let api: TestApi;
let otherTenant: number;
let rows: ReadonlyMap<string, Row>;
let neighbours: Readonly<Record<Neighbour, TestCaller>>;
/** The same capacities, in the other city. */
let foreign: readonly TestCaller[];
/** Sessions that were good, each with what takes them away. */
let endings: Readonly<Record<string, { readonly session: TestCaller; readonly end: () => Promise<unknown> }>>;

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const guessed = (path: string): string => path.replace(uuid, () => newId());

function field(answer: Answered, ...names: readonly string[]): string {
  const value: unknown = names.reduce<unknown>((body, name) => (body as Readonly<Record<string, unknown>> | undefined)?.[name], answer.body);
  if (answer.status >= 300 || typeof value !== 'string') throw new Error(`no ${names.join('.')}: ${answer.status} ${answer.raw.toString()}`);
  return value;
}

function fine(answer: Answered): Answered {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.raw.toString()}`);
  return answer;
}

/** A list as CSV. */
const csv = (...lines: readonly (readonly string[])[]): Buffer => Buffer.from(`\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`);

async function upload(caller: TestCaller, partyId: string, text: string, kind = '劳动合同'): Promise<string> {
  const content = await makePdf({ text });
  const evidenceId = field(await caller.post('/evidence', { partyId, kind, fileName: `${text}.pdf`, sizeBytes: content.length }), 'paper', 'evidenceId');
  fine(await caller.call('PATCH', `/evidence/${evidenceId}/content`, { bytes: content, headers: { 'upload-offset': '0' } }));
  fine(await caller.post(`/evidence/${evidenceId}/complete`));
  for (;;) {
    const answer = await caller.get(`/evidence/${evidenceId}`);
    if (answer.body.status === 'clean') return evidenceId;
    if (answer.body.status !== 'checking') throw new Error(`${text}: ${answer.raw.toString()}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}

let phones = 0;
const freshPhone = (): string => `138000010${String(++phones).padStart(2, '0')}`;

async function makeOfficer(security: TestCaller, login: string, department: 'changyi-hrss' | 'longtan-hrss'): Promise<SignedInStaff & { readonly appointmentId: string }> {
  const phone = freshPhone();
  const accountId = field(await security.post('/access/staff', { login, name: '张三一', phone, duty: 'officer' }), 'accountId');
  const appointmentId = await appoint(security, accountId, department);
  return { ...(await activateStaff(api, login, phone)), appointmentId };
}

/** The system administrator, who agrees to appointments that release money. */
let agrees: TestCaller;

async function appoint(security: TestCaller, accountId: string, department: 'changyi-hrss' | 'longtan-hrss'): Promise<string> {
  const terms = { departmentId: api.departments[department], roles: allRoles, validFrom: '2026-01-01' };
  const appointmentId = field(await security.post(`/access/staff/${accountId}/appointments`, terms), 'appointmentId');
  fine(await agrees.post(`/access/confirmations/appointment/${appointmentId}`, { confirm: true }));
  return appointmentId;
}

/** A person who has accepted to act for an organisation, signed in as its agent. */
async function makeAgent(officer: TestCaller, organisationId: string, evidenceId: string, sequence: number): Promise<{ caller: TestCaller; agencyId: string; partyId: string }> {
  const phone = freshPhone();
  const { caller: person, partyId } = await claimedPerson(api, { name: '张三四', number: sampleNumber('1985-05-05', sequence), phone });
  const agencyId = field(await officer.post(`/access/organisations/${organisationId}/agents`, { phone, evidenceId, canManage: true }), 'agencyId');
  fine(await person.post(`/access/agencies/${agencyId}/acceptance`));
  return { caller: callerFrom(api, fine(await person.post('/access/capacity', { kind: 'agent', agencyId }))), agencyId, partyId };
}

beforeAll(async () => {
  api = await startApi({ hosts: ['127.0.0.1'], change: { failed: (error) => void failures.push(error) } });
  otherTenant = await makeTenant(api.database, { code: 'second', name: '另一市', hosts: [otherHost], jurisdictions: [{ code: '220202', name: '昌邑区' }, { code: '220203', name: '龙潭区' }] });
  const otherDepartment = newId();
  await asOwner(api.database, (client) =>
    client.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, 'changyi-hrss', '另一市人社局', '220200')`, [otherTenant, otherDepartment]),
  );

  // Those who may.
  const admins = await foundAdmins(api);
  const [system, security] = [admins['system-admin'].caller, admins['security-admin'].caller];
  agrees = system;
  const { caller: officer, accountId: officerAccount } = await makeOfficer(security, 'changyi.yi', 'changyi-hrss');
  const second = await makeOfficer(security, 'changyi.er', 'changyi-hrss');
  const district = await makeOfficer(security, 'longtan.yi', 'longtan-hrss');
  const mePhone = freshPhone();
  const { caller: me, partyId } = await claimedPerson(api, { name: '张三一', number: sampleNumber('1990-01-01', 1), phone: mePhone });
  const { caller: stranger, partyId: strangerId } = await claimedPerson(api, { name: '张三二', number: sampleNumber('1990-01-01', 3), phone: freshPhone() });
  const spouseNumber = sampleNumber('1991-01-01', 5);
  const { caller: spouse } = await claimedPerson(api, { name: '张三三', number: spouseNumber, phone: freshPhone() });
  const organisationId = await enterOrganisation(officer);
  const otherOrganisationId = await enterOrganisation(officer, { name: '样例二公司' });
  const evidenceId = await upload(me, partyId, 'shown');
  // Agents are appointed on the organisation's own paper.
  const authorisation = await upload(officer, organisationId, 'authorisation', '授权委托书');
  const agent = await makeAgent(officer, organisationId, authorisation, 7);
  const otherAgent = await makeAgent(officer, otherOrganisationId, await upload(officer, otherOrganisationId, 'authorisation too', '授权委托书'), 9);
  neighbours = {
    nobody: api.anyone(),
    person: stranger,
    agent: otherAgent.caller,
    district: district.caller,
    feed: api.as({ kind: 'feed', departmentId: api.departments['longtan-hrss'], keyId: newId() }),
    'system-admin': system,
    'security-admin': security,
    'audit-admin': admins['audit-admin'].caller,
  };
  const abroad: readonly Capacity[] = [
    { kind: 'person', partyId, actsFor: [strangerId] },
    { kind: 'agent', organisationId, partyId: agent.partyId },
    { kind: 'officer', departmentId: otherDepartment, codes: ['220200', '220202', '220203'], roles: allRoles },
    { kind: 'officer', departmentId: api.departments['changyi-hrss'], codes: ['220200', '220202', '220203'], roles: allRoles },
    { kind: 'feed', departmentId: api.departments['changyi-hrss'], keyId: newId() },
    { kind: 'administrator', role: 'system-admin' },
    { kind: 'administrator', role: 'security-admin' },
  ];
  foreign = abroad.map((capacity) => api.as(capacity, otherTenant));

  // What they have.
  const today = new Date().toISOString().slice(0, 10);
  const nextYear = `${Number(today.slice(0, 4)) + 1}-01-01`;
  const statement = { origin: '申报', trustClass: 'D', purpose: 'eligibility', asOf: '2026-01-01' };
  const own = `/people/${partyId}`;
  const register = await upload(me, partyId, 'register', '户口簿');
  const [toTrust, toWithdraw] = [await upload(me, partyId, 'to trust'), await upload(me, partyId, 'to withdraw')];
  const half = await makePdf({ text: 'half' });
  const uploading = field(await me.post('/evidence', { partyId, kind: '劳动合同', fileName: 'half.pdf', sizeBytes: half.length }), 'paper', 'evidenceId');
  const consent = { purpose: 'eligibility', groups: ['income'], expiresOn: nextYear, wordingVersion: '1' };
  const consentOf = async (caller: TestCaller, id: string): Promise<string> => field(await caller.post(`/people/${id}/consents`, consent), 'consentId');
  const account = { bankName: '样例银行', holderName: '张三一', number: '6222020200000000000' };
  const accountOf = async (caller: TestCaller, id: string): Promise<string> => field(await caller.post(`/parties/${id}/bank-accounts`, account), 'bankAccountId');
  const requestOf = async (caller: TestCaller, id: string): Promise<string> => field(await caller.post(`/people/${id}/data-requests`, { kind: 'copy' }), 'requestId');
  const [consentId, bankAccountId, requestId] = [await consentOf(me, partyId), await accountOf(me, partyId), await requestOf(me, partyId)];
  const doubles = [await enterPerson(officer, { name: '张三五' }), await enterPerson(officer, { name: '张三六' })];
  const mergeId = field(await officer.post('/merges', { keptPartyId: doubles[0], mergedPartyId: doubles[1], reason: '同一个人' }), 'mergeId');

  // A feed whose delivery disagrees with what was said of the person before.
  const terms = { name: '样例参保', purpose: 'eligibility', legalBasis: '样例办法第三条', subjectKind: 'person', facts: ['学历', '全日制'], asOfRule: 'delivery' };
  const feedId = field(await officer.post('/feeds', { ...terms, departmentId: api.departments['changyi-hrss'] }), 'id');
  const strangersFeed = field(await district.caller.post('/feeds', { ...terms, departmentId: api.departments['longtan-hrss'] }), 'id');
  await inTenant(api.parts.db, api.tenantId, (tx) =>
    recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [{ partyId, origin: '共享', trustClass: 'A', departmentId: api.departments['city-finance'], purpose: 'eligibility', asOf: '2026-01-01', facts: { 学历: '硕士研究生', 全日制: true } }], new Date()),
  );
  await foundSamplePacks(api);
  const { decisionId } = await decideSample(api, partyId);
  const sent = { number: '1', asOf: '2026-10-31', rows: [{ key: sampleNumber('1990-01-01', 1), facts: { 学历: '本科', 全日制: false } }, { key: sampleNumber('1999-01-01', 99), facts: { 学历: '本科' } }] };
  const deliveryId = field(await officer.post(`/feeds/${feedId}/deliveries`, sent), 'id');
  const round = makeFeedRound({ db: api.parts.db, tools: api.parts.registry, sendMessage: api.parts.messages.sendMessage });
  while (await round([api.tenantId]));
  const { items: disagreements } = (await officer.get(`/disagreements?partyId=${partyId}`)).body as { items: { id: string }[] };
  const [asked, open] = [disagreements[0]?.id ?? '', disagreements[1]?.id ?? ''];
  fine(await officer.post(`/disagreements/${asked}/ask`, {}, { 'if-match': '"1"' }));
  const messageId = String(((await me.get('/messages')).body as { items: { id: string }[] }).items[0]?.id);

  const importOf = async (name: string): Promise<string> => {
    const list = csv(['姓名', '身份证号', '学历'], [name, sampleNumber('1992-02-02', name.length * 2 + 1), '本科'], ['张三九', '220202199001019999', '本科']);
    const made = await officer.call('POST', `/imports/people?fileName=${encodeURIComponent('名单.csv')}`, { bytes: list });
    while (await processNext(api.parts.imports, api.tenantId, newId()));
    return field(made, 'importId');
  };
  const [toConfirm, toCancel] = [await importOf('张三七'), await importOf('张三八八')];

  // Versions of a policy, of which each waits for another step; they are the whole city's.
  const packId = String(((await officer.get('/packs?limit=1')).body as { items: { packId: string }[] }).items[0]?.packId);
  const packOf = (state: 'checked' | 'approved', draftedBy = newId()): Promise<string> => copyPack(api.database, api.tenantId, { state, draftedBy });
  const [toChange, toApprove, toPublish, toTakeBack] = [await packOf('checked', officerAccount), await packOf('checked'), await packOf('approved'), await packOf('checked')];
  const setting = { policyId: 'jilin-city-2021', kind: 'parameter', name: '最低工资', year: 2027, value: 1880, decisionReference: '样例〔2026〕1号' };
  const settingId = field(await second.caller.post('/pack-settings', setting), 'settingId');

  // Accounts, agencies, family, staff.
  const more = await enterByPhone(api, mePhone);
  const sessionId = String(((await more.get('/access/sessions')).body as { items: { sessionId: string; isThis: boolean }[] }).items.find(({ isThis }) => isThis)?.sessionId);
  // The agent-to-be may have handed the authorisation in.
  const offered = field(await officer.post(`/access/organisations/${organisationId}/agents`, { phone: mePhone, evidenceId: authorisation }), 'agencyId');
  const invited = field(await agent.caller.post('/access/agents', { phone: freshPhone() }), 'agencyId');
  const linkId = field(await me.post('/access/family', { relation: 'spouse', name: '张三三', identityNumber: spouseNumber }), 'linkId');
  const childLink = field(await me.post('/access/family', { relation: 'child', name: '张三十', identityNumber: sampleNumber('2020-01-01', 11) }), 'linkId');
  const colleague = field(await security.post('/access/staff', { login: 'tongshi', name: '张三二', phone: freshPhone(), duty: 'officer' }), 'accountId');
  const appointmentId = await appoint(security, colleague, 'changyi-hrss');
  const waiting = field(await security.post('/access/staff', { login: 'xitong.er', name: '张三二', phone: freshPhone(), duty: 'system-admin' }), 'accountId');
  const claimer = await enterByPhone(api, freshPhone());
  fine(await claimer.post('/access/claim', { name: '张三零', identityNumber: sampleNumber('1993-03-03', 13) }));
  const claimId = String(((await officer.get('/access/claims')).body as { items: { claimId: string }[] }).items[0]?.claimId);
  const recoveryId = field(await officer.post('/access/recoveries', { name: '张三三', identityNumber: spouseNumber, ...(await proveByPhone(api, freshPhone(), 'recover')) }), 'recoveryId');
  const keyId = field(await security.post('/access/feed-keys', { departmentId: api.departments['changyi-hrss'], label: '样例', purpose: '样例' }), 'keyId');
  const provider = { issuer: 'http://127.0.0.1:9', clientId: 'sample', returnUrl: 'http://127.0.0.1/return', name: { zh: '样例', en: 'Sample' } };
  const providerId = field(await system.post('/access/identity-providers', provider), 'providerId');
  const dead = await asOwner(api.database, async (client) => {
    const { rows: [row] } = await client.query<{ outbox_id: string }>(`update outbox set status = 'dead', ended_at = now() where outbox_id = (select min(outbox_id::text)::uuid from outbox where tenant_id = $1) returning outbox_id`, [api.tenantId]);
    return row?.outbox_id ?? '';
  });

  // The ledger: a budget to confirm, one to take back, and what was promised of a fund.
  const budgetOf = async (fund: string): Promise<string> => field(await officer.post('/ledger/budgets', { unit: 'fen', jurisdictionCode: '220202', fund, year: 2026, amount: 100, reference: '样〔2026〕1号', isNewFund: true }), 'id');
  const [budgetToSet, budgetToDrop, partId] = [await budgetOf('样例资金'), await budgetOf('样例二资金'), newId()];
  const promised = { unit: 'fen', jurisdictionCode: '220202', fund: '样例资金', year: 2026, partId, amount: 1 } as const;
  await inTenant(api.parts.db, api.tenantId, (tx) => commit(tx, jobScope(api.tenantId, 'test', 'ledger.commit'), { caseId: newId(), decisionId: newId(), parts: [promised] }, new Date()));

  // The notice of a year to come may not be out on the day on which this runs.
  (api.parts.cases.tools.calendar.years as number[]).push(new Date().getUTCFullYear(), new Date().getUTCFullYear() + 1);
  // Cases, each where the command that it is for can be given.
  const longAgo = new Date('2026-07-01T02:00:00Z');
  let period = 2030;
  // A right, so that no amount has to be known.
  const caseAt = (moves: readonly CaseMove[] = [], now = new Date()): Promise<string> => prepareCase(api, partyId, { benefitId: 'student-apartment', period: String(period++), now }, moves);
  const accepted: CaseMove = [{ kind: 'accept' }, 'changyi-hrss'];
  const asked3: CaseMove = [{ kind: 'ask-supplement', papers: ['劳动合同'], facts: [], workingDays: 3 }, 'changyi-hrss'];
  const promised1: CaseMove = [{ kind: 'accept-with-promise', papers: ['毕业证书'], dueOn: '2026-07-02' }, 'changyi-hrss'];
  const declined: CaseMove = [{ kind: 'decline' }, 'changyi-hrss'];
  const caseId = await caseAt();
  const caseClaimed = await caseAt([accepted]);
  fine(await officer.post(`/cases/${caseClaimed}/claim`, {}, { 'if-match': '"2"' }));
  const caseRow = (path: string, id: string, by: TestCaller, given: unknown = {}): Row => ({ path: `/cases/${id}/${path}`, by, etagFrom: `/cases/${id}`, sent: { body: given } });

  // An application for everybody of a list of the organisation.
  const hires = csv(['姓名', '身份证号', '入职日期'], ['张三十', sampleNumber('1999-05-05', 11), '2024-07-01']);
  const hiresId = field(await agent.caller.call('POST', '/imports/people?fileName=hires.csv', { bytes: hires }), 'importId');
  while (await processNext(api.parts.imports, api.tenantId, newId()));
  fine(await agent.caller.post(`/imports/${hiresId}/confirmation`, {}));
  while (await processNext(api.parts.imports, api.tenantId, newId()));
  const wish = { importId: hiresId, benefits: [{ policyId: 'jilin-city-2021', benefitId: 'student-apartment' }] };
  const applicationId = field(await agent.caller.post('/applications/from-import', wish), 'applicationId');

  // Payments and oversight, each waiting for another step; somebody else prepared what has to be two people's.
  const pays = await makePaymentSamples(api, partyId);
  const batchPath = (id: string): string => `/payment-batches/${id}`;

  const everybody: readonly Neighbour[] = ['person', 'agent', 'district', 'system-admin', 'security-admin', 'audit-admin'];
  const body = (given: unknown): Sent => ({ body: given });
  const given = { kind: 'grant', amountFen: 6_000_000, instalments: [{ due: '2027-07-01', fen: 6_000_000 }] } as const;
  const publishedCase = await prepareCase(api, partyId, { period: '1801', now: new Date() }, [...toDecision, [given, 'changyi-hrss']]);
  const { listId, entryId } = await publishSample(api, publishedCase, field(await officer.get(`/cases/${publishedCase}`), 'decisionId'));
  const takenCase = await prepareCase(api, partyId, { period: '1802', now: new Date() }, [...toDecision, [given, 'changyi-hrss']]);
  const takenBack = await publishSample(api, takenCase, field(await officer.get(`/cases/${takenCase}`), 'decisionId'));
  const objection = { text: '样例异议，请核对。', reach: '13900001111' };
  fine(await api.anyone().post(`/public-lists/${listId}/entries/${entryId}/objections`, objection));
  const objectionId = String(((await officer.get('/objections')).body as { items: { objectionId: string }[] }).items[0]?.objectionId);
  const list: readonly (readonly [string, Row])[] = [
    ['instalments.get', { path: `/instalments/${pays.instalment.paid}`, by: me }],
    ['instalments.retry', { path: `/instalments/${pays.instalment.returned}/retry`, by: officer }],
    ['instalments.cancel', { path: `/instalments/${pays.instalment.later}/cancellation`, by: officer, sent: body({ document: '样〔2026〕4号' }) }],
    ['instalments.fund', { path: `/instalments/${pays.instalment.unfunded}/fund`, by: officer, sent: body({ fund: sampleFund, jurisdictionCode: '220202', document: '样〔2026〕6号' }) }],
    ['payment-doubts.settle', { path: `/payment-doubts/${pays.doubtId}/settlement`, by: officer, sent: body({ as: 'pay', reason: '样例' }) }],
    ['payment-batches.get', { path: batchPath(pays.batch.sent), by: officer }],
    ['payment-batches.payments', { path: `${batchPath(pays.batch.sent)}/payments`, by: officer }],
    ['payment-batches.bank-file', { path: `${batchPath(pays.batch.sent)}/bank-file`, by: officer }],
    ['payment-batches.approve', { path: `${batchPath(pays.batch.toApprove)}/approvals`, by: officer, etagFrom: batchPath(pays.batch.toApprove) }],
    ['payment-batches.send', { path: `${batchPath(pays.batch.toSend)}/sending`, by: officer, etagFrom: batchPath(pays.batch.toSend) }],
    ['payment-batches.cancel', { path: `${batchPath(pays.batch.toCancel)}/cancellation`, by: officer, etagFrom: batchPath(pays.batch.toCancel), sent: body({ reason: '样例' }) }],
    ['payment-batches.import-result', { path: `${batchPath(pays.batch.sent)}/results?fileName=r.csv`, by: officer, sent: { bytes: pays.result } }],
    ['payments.return', { path: `/payments/${pays.paymentId}/return`, by: officer, sent: body({ on: dayOf(new Date()), reason: '样例' }) }],
    ['repayments.get', { path: `/repayments/${pays.repayment.toDemand}`, by: me }],
    ['repayments.adopt', { path: `/repayments/${pays.repayment.toAdopt}/adoption`, by: officer }],
    ['repayments.demand', { path: `/repayments/${pays.repayment.toDemand}/demand`, by: officer }],
    ['repayments.cancel', { path: `/repayments/${pays.repayment.toCancel}/cancellation`, by: officer }],
    ['repayments.receive', { path: `/repayments/${pays.repayment.toReceive}/receipts`, by: officer, sent: body({ fen: 1, on: dayOf(new Date()), bankReference: 'r1' }) }],
    ['repayments.offset', { path: `/repayments/${pays.repayment.toSetOff}/offsets`, by: officer, sent: body({ instalmentId: pays.instalment.ready }) }],
    ['repayments.propose-write-off', { path: `/repayments/${pays.repayment.toGiveUp}/write-off`, by: officer, sent: body({ document: '样〔2026〕5号' }) }],
    ['repayments.write-off', { path: `/repayments/${pays.repayment.givenUp}/write-off/approval`, by: officer, etagFrom: `/repayments/${pays.repayment.givenUp}` }],
    ['reports.get', { path: `/reports/${pays.reportId}`, by: officer }],
    ['reports.ask', { path: `/reports/${pays.reportId}/messages`, by: officer, sent: body({ text: '样例' }) }],
    ['reports.answer', { path: `/reports/${pays.reportId}/answer`, by: officer, sent: body({ outcome: 'unclear', text: '样例' }) }],
    ['inspections.get', { path: `/inspection-plans/${pays.plan.drawn}`, by: officer }],
    ['inspections.draw', { path: `/inspection-plans/${pays.plan.toDraw}/draw`, by: officer }],
    ['inspections.candidates', { path: `/inspection-plans/${pays.plan.drawn}/candidates`, by: officer }],
    ['inspections.export', { path: `/inspection-plans/${pays.plan.drawn}/candidates/export`, by: officer }],
    ['inspections.record', { path: `/inspection-plans/${pays.plan.drawn}/candidates/${pays.plan.caseId}/visit`, by: officer, sent: body({ atPost: 'yes', visitedOn: '2026-02-01' }) }],
    ['findings.get', { path: `/findings/${pays.finding.toDecide}`, by: officer }],
    ['findings.decide', { path: `/findings/${pays.finding.toDecide}/decision`, by: officer, sent: body({ outcome: 'dismissed', reason: '样例' }) }],
    ['findings.close', { path: `/findings/${pays.finding.toClose}/closing`, by: officer }],
    ['findings.ask-back', { path: `/findings/${pays.finding.toAskBack}/repayment`, by: officer, sent: body({ payments: [{ paymentId: pays.finding.paymentId }], reason: '样例' }) }],

    ['departments.get', { path: `/departments/${api.departments['changyi-hrss']}`, by: officer, also: ['nobody', ...everybody] }],
    ['departments.update', { path: `/departments/${api.departments['city-finance']}`, by: system, also: ['system-admin'], etagFrom: `/departments/${api.departments['city-finance']}`, sent: body({ code: 'city-finance', name: '样例市财政局', jurisdictionCode: '220200' }) }],

    ['people.get', { path: own, by: me }],
    ['people.update', { path: own, by: officer, etagFrom: own, sent: body({ sex: 'male' }) }],
    ['people.add-number', { path: `${own}/numbers`, by: officer, sent: body({ document: { kind: 'other', number: 'W1234567' } }) }],
    ['people.reveal-number', { path: `${own}/identity-number?purpose=eligibility`, by: officer }],
    ['people.facts', { path: `${own}/facts`, by: me }],
    ['people.statements', { path: `${own}/statements`, by: me }],
    ['people.record-statement', { path: `${own}/statements`, by: me, sent: body({ ...statement, facts: { 职称: '中级' } }) }],
    ['people.employments', { path: `${own}/employments`, by: me }],
    ['people.record-employment', { path: `${own}/employments`, by: me, sent: body({ organisationId, startedOn: '2020-01-01', origin: '申报', trustClass: 'D' }) }],
    ['people.relatives', { path: `${own}/relatives`, by: me }],
    ['people.record-relative', { path: `${own}/relatives`, by: officer, sent: body({ relativeId: strangerId, relation: 'spouse', origin: '申报', trustClass: 'D' }) }],
    ['people.consents', { path: `${own}/consents`, by: me }],
    ['people.give-consent', { path: `${own}/consents`, by: me, sent: body(consent) }],
    ['people.withdraw-consent', { path: `${own}/consents/${consentId}/withdrawal`, by: me, mixed: [[stranger, `/people/${strangerId}/consents/${consentId}/withdrawal`]] }],
    ['organisations.get', { path: `/organisations/${organisationId}`, by: agent.caller, also: ['person', 'agent', 'district'] }],
    ['organisations.update', { path: `/organisations/${organisationId}`, by: officer, etagFrom: `/organisations/${organisationId}`, sent: body({ name: '样例一公司' }) }],
    ['organisations.facts', { path: `/organisations/${organisationId}/facts`, by: agent.caller }],
    ['organisations.statements', { path: `/organisations/${organisationId}/statements`, by: agent.caller }],
    ['organisations.record-statement', { path: `/organisations/${organisationId}/statements`, by: agent.caller, sent: body({ ...statement, facts: { 规上: true } }) }],
    ['bank-accounts.list', { path: `/parties/${partyId}/bank-accounts`, by: me }],
    ['bank-accounts.add', { path: `/parties/${partyId}/bank-accounts`, by: me, sent: body({ ...account, number: '6222020200000000018' }) }],
    ['bank-accounts.reveal', { path: `/parties/${partyId}/bank-accounts/${bankAccountId}/number`, by: officer }],
    ['bank-accounts.close', { path: `/parties/${partyId}/bank-accounts/${bankAccountId}`, by: me, mixed: [[stranger, `/parties/${strangerId}/bank-accounts/${bankAccountId}`]] }],
    ['merges.list', { path: `/parties/${doubles[0]}/merges`, by: officer }],
    ['merges.undo', { path: `/merges/${mergeId}/undo`, by: officer, sent: body({ reason: '两个人' }) }],
    ['held-data.get', { path: `${own}/held-data`, by: me }],
    ['held-data.copy', { path: `${own}/held-data/copy`, by: me }],
    ['data-requests.ask', { path: `${own}/data-requests`, by: me, sent: body({ kind: 'copy' }) }],
    ['data-requests.of-person', { path: `${own}/data-requests`, by: me }],
    ['data-requests.answer', { path: `${own}/data-requests/${requestId}/answer`, by: officer, sent: body({ decision: 'refuse', words: '样例' }) }],

    ['evidence.list', { path: `/parties/${partyId}/evidence`, by: me }],
    ['evidence.wanted', { path: `/parties/${partyId}/wanted-evidence?kinds=${encodeURIComponent('劳动合同')}`, by: me }],
    ['evidence.get', { path: `/evidence/${evidenceId}`, by: me }],
    ['evidence.download', { path: `/evidence/${evidenceId}/original`, by: me }],
    ['evidence.preview', { path: `/evidence/${evidenceId}/previews/1`, by: me }],
    ['evidence.trust-changes', { path: `/evidence/${evidenceId}/trust-changes`, by: me }],
    ['evidence.trust', { path: `/evidence/${toTrust}/trust`, by: officer, etagFrom: `/evidence/${toTrust}`, sent: body({ basis: 'original-seen' }) }],
    ['evidence.withdraw', { path: `/evidence/${toWithdraw}`, by: me, etagFrom: `/evidence/${toWithdraw}` }],
    ['evidence.upload-state', { path: `/evidence/${uploading}/content`, by: me }],
    ['evidence.piece', { path: `/evidence/${uploading}/content`, by: me, sent: { bytes: half, headers: { 'upload-offset': '0' } } }],
    ['evidence.complete', { path: `/evidence/${uploading}/complete`, by: me }],

    ['decisions.get', { path: `/decisions/${decisionId}`, by: me }],
    ['decisions.letter', { path: `/decisions/${decisionId}/letter`, by: me }],
    ['decisions.list', { path: `/parties/${partyId}/decisions`, by: me }],
    ['decisions.replay', { path: `/decisions/${decisionId}/replay`, by: officer }],

    ['publicity.entries', { path: `/public-lists/${listId}/entries`, by: api.anyone(), also: ['nobody', ...everybody] }],
    ['objections.make', { path: `/public-lists/${listId}/entries/${entryId}/objections`, by: api.anyone(), also: ['nobody', ...everybody], sent: body(objection) }],
    ['publicity.take-back', { path: `/publicity/lists/${takenBack.listId}/taking-back`, by: officer, sent: body({ reason: '样例' }) }],
    ['publicity.own-entries', { path: `/publicity/lists/${listId}/entries`, by: officer }],
    ['publicity.export-entries', { path: `/publicity/lists/${listId}/entries/export`, by: officer }],
    ['objections.get', { path: `/objections/${objectionId}`, by: officer }],
    ['objections.answer', { path: `/objections/${objectionId}/answer`, by: officer, etagFrom: `/objections/${objectionId}`, sent: body({ outcome: 'dismissed', text: '样例' }) }],

    ['cases.get', { path: `/cases/${caseId}`, by: me }],
    ['cases.history', { path: `/cases/${caseId}/history`, by: me }],
    ['cases.explanation', { path: `/cases/${caseId}/explanation`, by: me }],
    ['cases.notes', { path: `/cases/${caseId}/notes`, by: officer }],
    ['cases.note', { path: `/cases/${caseId}/notes`, by: officer, sent: body({ words: '样例' }) }],
    ['cases.accept', caseRow('acceptance', await caseAt(), officer)],
    ['cases.decline', caseRow('declination', await caseAt(), officer, { reason: '样例' })],
    ['cases.ask-supplement', caseRow('supplement-request', await caseAt(), officer, { words: '样例', workingDays: 3 })],
    ['cases.answer-supplement', caseRow('supplement', await caseAt([asked3]), me, { words: '样例' })],
    ['cases.lapse', caseRow('lapse', await caseAt([asked3], longAgo), officer)],
    ['cases.give-opinion', caseRow('opinion', await caseAt([accepted]), officer, { opinion: 'agree' })],
    ['cases.return', caseRow('return', await caseAt(toDecision), officer, { step: 1, reason: '样例' })],
    ['cases.transfer', caseRow('transfer', await caseAt([accepted]), officer, { departmentId: api.departments['city-hrss'], reason: '样例' })],
    ['cases.add-signer', caseRow('signers', await caseAt([accepted]), officer, { departmentId: api.departments['city-hrss'], reason: '样例' })],
    ['cases.decide', caseRow('decision', await caseAt(toDecision), officer, { outcome: 'refuse', reason: '样例' })],
    ['cases.change', caseRow('change', await caseAt([...toDecision, [{ kind: 'grant' }, 'changyi-hrss']]), officer, { amountFen: 100, reason: '样例' })],
    ['cases.revoke', caseRow('revocation', await caseAt([...toDecision, [{ kind: 'grant' }, 'changyi-hrss']]), officer, { reason: '样例' })],
    ['cases.withdraw', caseRow('withdrawal', await caseAt(), me)],
    ['cases.undo-withdrawal', caseRow('withdrawal/undo', await caseAt([[{ kind: 'withdraw' }]]), me)],
    ['cases.keep-promise', caseRow('promises/kept', await caseAt([promised1], longAgo), me, { paper: '毕业证书', evidenceId })],
    ['cases.break-promise', caseRow('promises/broken', await caseAt([promised1], longAgo), officer, { paper: '毕业证书', reason: '样例' })],
    ['cases.appeal', caseRow('appeal', await caseAt([declined]), me, { words: '样例' })],
    ['cases.answer-appeal', caseRow('appeal/answer', await caseAt([declined, [{ kind: 'appeal' }]]), officer, { outcome: 'upheld', reason: '样例' })],
    ['cases.claim', caseRow('claim', await caseAt([accepted]), officer)],
    ['cases.give-back', caseRow('claim/return', caseClaimed, officer)],
    ['cases.assign', caseRow('assignment', await caseAt([accepted]), officer, { accountId: officerAccount })],

    ['feeds.get', { path: `/feeds/${feedId}`, by: officer, also: ['system-admin'] }],
    ['feeds.put', { path: `/feeds/${feedId}`, by: officer, also: ['system-admin'], etagFrom: `/feeds/${feedId}`, sent: body(terms) }],
    ['deliveries.send-rows', { path: `/feeds/${feedId}/deliveries`, by: officer, sent: body({ ...sent, number: '2' }) }],
    ['deliveries.send-file', { path: `/feeds/${feedId}/files?number=3&asOf=2026-10-31`, by: officer, sent: { bytes: csv(['证件号码', '学历'], [spouseNumber, '本科']), headers: { 'content-type': 'text/csv' } } }],
    ['deliveries.list', { path: `/feeds/${feedId}/deliveries`, by: officer, also: ['system-admin'] }],
    ['deliveries.export', { path: `/feeds/${feedId}/deliveries/export`, by: officer, also: ['system-admin'] }],
    ['deliveries.get', { path: `/feeds/${feedId}/deliveries/${deliveryId}`, by: officer, also: ['system-admin'], mixed: [[district.caller, `/feeds/${strangersFeed}/deliveries/${deliveryId}`]] }],
    ['deliveries.list-rows', { path: `/feeds/${feedId}/deliveries/${deliveryId}/rows`, by: officer, also: ['system-admin'], mixed: [[district.caller, `/feeds/${strangersFeed}/deliveries/${deliveryId}/rows`]] }],
    ['deliveries.export-rows', { path: `/feeds/${feedId}/deliveries/${deliveryId}/error-list`, by: officer, also: ['system-admin'], mixed: [[district.caller, `/feeds/${strangersFeed}/deliveries/${deliveryId}/error-list`]] }],
    ['disagreements.get', { path: `/disagreements/${asked}`, by: me }],
    ['disagreements.answer', { path: `/disagreements/${asked}/answer`, by: me, etagFrom: `/disagreements/${asked}`, sent: body({ answer: 'held' }) }],
    ['disagreements.ask', { path: `/disagreements/${open}/ask`, by: officer, etagFrom: `/disagreements/${open}` }],
    ['disagreements.settle', { path: `/disagreements/${open}/settle`, by: officer, etagFrom: `/disagreements/${open}`, sent: body({ settleAs: 'held', reason: '看过原件' }) }],
    ['messages.mark-read', { path: `/messages/${messageId}/read`, by: me }],
    ['outbox.retry', { path: `/outbox/${dead}/retry`, by: system, also: ['system-admin'] }],
    ['imports.get', { path: `/imports/${toConfirm}`, by: officer }],
    ['imports.problems', { path: `/imports/${toConfirm}/problems`, by: officer }],
    ['imports.wrong-rows', { path: `/imports/${toConfirm}/wrong-rows.xlsx`, by: officer }],
    ['imports.confirm', { path: `/imports/${toConfirm}/confirmation`, by: officer, sent: body({}) }],
    ['imports.cancel', { path: `/imports/${toCancel}/cancellation`, by: officer }],

    ['packs.get', { path: `/packs/${packId}`, by: officer, also: ['district'] }],
    ['packs.files', { path: `/packs/${packId}/files`, by: officer, also: ['district'] }],
    ['packs.change', { path: `/packs/${toChange}/files`, by: officer, also: ['district'], etagFrom: `/packs/${toChange}`, sent: body({ files: {} }) }],
    ['packs.approve', { path: `/packs/${toApprove}/approval`, by: officer, also: ['district'], etagFrom: `/packs/${toApprove}` }],
    ['packs.publish', { path: `/packs/${toPublish}/publication`, by: officer, also: ['district'], etagFrom: `/packs/${toPublish}`, sent: body({ effectiveOn: nextYear }) }],
    ['packs.withdraw', { path: `/packs/${toTakeBack}/withdrawal`, by: officer, also: ['district'], etagFrom: `/packs/${toTakeBack}`, sent: body({ reason: '不用了' }) }],
    ['applications.get', { path: `/applications/${applicationId}`, by: agent.caller }],
    ['applications.rows', { path: `/applications/${applicationId}/rows`, by: agent.caller }],
    ['applications.rows-sheet', { path: `/applications/${applicationId}/rows.xlsx`, by: agent.caller }],

    ['packs.compare', { path: `/packs/${toApprove}/difference?from=${packId}`, by: officer, also: ['district'] }],
    ['packs.changed-cases', { path: `/packs/${packId}/changed-cases`, by: officer, also: ['district'] }],
    ['packs.settings', { path: `/packs/${packId}/settings`, by: officer, also: ['district'] }],
    ['pack-settings.settle', { path: `/pack-settings/${settingId}/decision`, by: officer, also: ['district'], sent: body({ approve: true }) }],

    ['ledger.get-entry', { path: `/ledger/entries/${partId}`, by: officer }],
    ['ledger.get-part', { path: `/ledger/parts/${partId}`, by: officer }],
    ['budgets.get', { path: `/ledger/budgets/${budgetToSet}`, by: officer }],
    ['budgets.confirm', { path: `/ledger/budgets/${budgetToSet}/confirmation`, by: second.caller }],
    ['budgets.withdraw', { path: `/ledger/budgets/${budgetToDrop}/withdrawal`, by: second.caller }],

    ['sign-in.begin-provider', { path: `/access/providers/${providerId}/visit`, by: api.anyone(), also: ['nobody', ...everybody], status: 502 }],
    ['session.revoke', { path: `/access/sessions/${sessionId}`, by: me }],
    ['agent.appoint', { path: `/access/organisations/${organisationId}/agents`, by: officer, sent: body({ phone: freshPhone(), evidenceId: authorisation }) }],
    ['agent.end', { path: `/access/agents/${invited}`, by: agent.caller }],
    ['agent.accept', { path: `/access/agencies/${offered}/acceptance`, by: me }],
    ['agent.leave', { path: `/access/agencies/${offered}`, by: me }],
    ['family.agree', { path: `/access/family/${linkId}/agreement`, by: spouse }],
    ['family.end', { path: `/access/family/${linkId}`, by: me }],
    ['family.confirm-guardian', { path: `/access/family/${childLink}/guardian`, by: officer, also: ['district'], sent: body({ evidenceId: register }) }],
    ['staff.appoint', { path: `/access/staff/${colleague}/appointments`, by: security, also: ['security-admin'], sent: body({ departmentId: api.departments['city-hrss'], roles: ['leader'], validFrom: '2026-01-01' }) }],
    ['staff.end-appointment', { path: `/access/appointments/${appointmentId}`, by: security, also: ['security-admin'] }],
    ['staff.suspend', { path: `/access/staff/${colleague}/suspension`, by: security, also: ['security-admin'] }],
    ['staff.resume', { path: `/access/staff/${colleague}/suspension`, by: security, also: ['security-admin'] }],
    ['staff.open-recovery', { path: `/access/staff/${colleague}/recovery`, by: security, also: ['security-admin'], sent: body({}) }],
    ['confirmation.settle', { path: `/access/confirmations/administrator/${waiting}`, by: system, also: ['system-admin'], sent: body({ confirm: false }) }],
    // The window of any district sees the document and decides; the records are the city's.
    ['claim.decide', { path: `/access/claims/${claimId}/decision`, by: officer, also: ['district'], sent: body({ confirm: true }) }],
    ['recovery.settle', { path: `/access/recoveries/${recoveryId}/decision`, by: second.caller, also: ['district'], sent: body({ confirm: false }) }],
    ['feed-key.revoke', { path: `/access/feed-keys/${keyId}`, by: security, also: ['security-admin'] }],
    ['identity-provider.change', { path: `/access/identity-providers/${providerId}`, by: system, also: ['system-admin'], sent: body({ isOpen: false }) }],
  ];
  rows = new Map(list);

  const sessionOf = async (caller: TestCaller): Promise<string> =>
    String(((await caller.get('/access/sessions')).body as { items: { sessionId: string; isThis: boolean }[] }).items.find(({ isThis }) => isThis)?.sessionId);
  const [left, kept] = [await makeOfficer(security, 'zhize.yi', 'changyi-hrss'), await makeOfficer(security, 'zhize.er', 'changyi-hrss')];
  const leaverPhone = freshPhone();
  const leaver = await claimedPerson(api, { name: '张三一', number: sampleNumber('1986-06-06', 15), phone: leaverPhone });
  const elsewhere = [await enterByPhone(api, leaverPhone), await enterByPhone(api, leaverPhone)] as const;
  const ending = await makeAgent(officer, organisationId, authorisation, 17);
  endings = {
    'its holder revoked it': { session: elsewhere[0], end: async () => leaver.caller.delete(`/access/sessions/${await sessionOf(elsewhere[0])}`) },
    'its holder signed out': { session: elsewhere[1], end: () => elsewhere[1].post('/access/sign-out') },
    'the password was changed': { session: leaver.caller, end: async () => (await enterByPhone(api, leaverPhone)).post('/access/password', { password: newPassword }) },
    'the roles were changed': { session: left.caller, end: () => appoint(security, left.accountId, 'longtan-hrss') },
    'the account was suspended': { session: kept.caller, end: () => security.post(`/access/staff/${kept.accountId}/suspension`) },
    'the agency ended': { session: ending.caller, end: () => agent.caller.delete(`/access/agents/${ending.agencyId}`) },
  };
}, 300_000);
afterAll(() => api.stop());

/** Tables that a refused call may write: who called and how often; never what anybody has. */
const ofCalling = new Set(['audit_entries', 'audit_queue', 'sessions', 'throttles', 'idempotency_keys', 'phone_codes']);

/** A digest of everything that any city has, by table. */
async function everything(): Promise<Readonly<Record<string, string>>> {
  return asOwner(api.database, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
    const asked = tables.filter(({ name }) => !ofCalling.has(name)).map(({ name }) => `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} t`);
    const { rows: digests } = await client.query<{ name: string; digest: string }>(asked.join(' union all '));
    return Object.fromEntries(digests.map(({ name, digest }) => [name, digest]));
  });
}

/** The call of a row by somebody, at a host. */
async function callAt(host: string, caller: TestCaller, method: string, path: string, row: Row, etag: string | undefined): Promise<string> {
  const headers: Record<string, string> = { ...row.sent?.headers, ...(caller.token === undefined ? {} : { authorization: `Bearer ${caller.token}` }), ...(etag === undefined ? {} : { 'if-match': etag }) };
  const { bytes, body } = row.sent ?? {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (bytes !== undefined) headers['content-type'] ??= 'application/octet-stream';
  const given = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${api.url.replace('127.0.0.1', host)}/api/v1${path}`, { method, headers, ...(given === undefined ? {} : { body: given as string }) });
  const text = await response.text();
  const told = [...response.headers].filter(([name]) => !['x-request-id', 'date', 'content-length'].includes(name)).map((pair) => pair.join(': ')).sort((a, b) => (a < b ? -1 : 1));
  return `${response.status} ${text.replace(/"requestId":"[^"]*"/, '')} ${JSON.stringify(told)}`;
}

async function etagOf(row: Row): Promise<string | undefined> {
  return row.etagFrom === undefined ? undefined : ((await row.by.get(row.etagFrom)).headers.get('etag') ?? undefined);
}

test('every route that names an object has a row here', () => {
  const named = api.parts.routes.filter(({ endpoint }) => endpoint.path.includes(':')).map(({ endpoint }) => endpoint.id);
  expect([...rows.keys()].sort()).toEqual([...named].sort());
  const wrong = api.parts.routes.filter(({ endpoint }) => {
    const row = rows.get(endpoint.id);
    return row !== undefined && !new RegExp(`^${endpoint.path.replace(/:\w+/g, '[^/]+')}(\\?|$)`).test(row.path);
  });
  expect(wrong.map(({ endpoint }) => endpoint.id)).toEqual([]);
});

test('a neighbour gets what a guessed id gets, and nothing changes', async () => {
  const wrong: string[] = [];
  const before = await everything();
  let asked = 0;
  for (const { endpoint } of api.parts.routes) {
    const row = rows.get(endpoint.id);
    if (row === undefined) continue;
    const etag = await etagOf(row);
    const compare = async (who: string, host: string, caller: TestCaller, path: string): Promise<void> => {
      asked++;
      const [real, unknown] = [await callAt(host, caller, endpoint.method, path, row, etag), await callAt(host, caller, endpoint.method, guessed(path), row, etag)];
      // 409 is for what is decided already, and says so of an id that nobody has too.
      const isRefused = /^(401|403|404|409) /.test(real);
      if (!isRefused || real !== unknown) wrong.push(`${endpoint.id} by ${who}: ${real.slice(0, 300)} — a guessed id: ${unknown.slice(0, 300)}`);
    };
    for (const [who, caller] of Object.entries(neighbours)) if (row.also?.includes(who as Neighbour) !== true) await compare(who, '127.0.0.1', caller, row.path);
    for (const [at, caller] of foreign.entries()) await compare(`the other city's ${at}`, otherHost, caller, row.path);
    // The same sessions, shown to this city.
    for (const caller of foreign.slice(0, 1)) if (row.also?.includes('nobody') !== true) await compare('a session of the other city', '127.0.0.1', caller, row.path);
    for (const [caller, path] of row.mixed ?? []) {
      asked++;
      const answer = await callAt('127.0.0.1', caller, endpoint.method, path, row, etag);
      if (!answer.startsWith('404 ')) wrong.push(`${endpoint.id} at ${path}: ${answer.slice(0, 300)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(1000);
  expect(await everything()).toEqual(before);
  expect(failures).toEqual([]);
}, 300_000);

test('a cursor that somebody wrote for a list of an object is refused, whatever it holds', async () => {
  const values = [-1, 2 ** 31, -(2 ** 53) + 1, 2 ** 53 - 1, 1e308, '9223372036854775808', '2026-02-31', newId(), `'; select 1; --`, null, true, {}, []];
  const wrong: string[] = [];
  let asked = 0;
  for (const { endpoint } of api.parts.routes) {
    const row = rows.get(endpoint.id);
    if (row === undefined || endpoint.query === undefined || !('cursor' in endpoint.query.shape)) continue;
    for (const given of values.flatMap((value) => [[value], [value, newId()], [newId(), value]])) {
      asked++;
      const { status } = await row.by.get(`${row.path}?cursor=${Buffer.from(JSON.stringify(given)).toString('base64url')}`);
      if (status >= 500) wrong.push(`${endpoint.id} ${JSON.stringify(given)}: ${status} ${String(failures.at(-1))}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(0);
});

describe('whoever may', () => {
  test('gets it, so that the refusals before say something', async () => {
    const wrong: string[] = [];
    for (const [id, row] of rows) {
      const method = api.parts.routes.find(({ endpoint }) => endpoint.id === id)?.endpoint.method ?? '';
      const answer = await callAt('127.0.0.1', row.by, method, row.path, row, await etagOf(row));
      const status = Number(answer.slice(0, 3));
      if (row.status === undefined ? status >= 300 : status !== row.status) wrong.push(`${id}: ${answer.slice(0, 400)}`);
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe('a session that was good', () => {
  /** What every route that is not for anyone answers; whether there is the object or not. */
  async function answersTo(session: TestCaller): Promise<readonly string[]> {
    const told: string[] = [];
    for (const { endpoint } of api.parts.routes) {
      if (permissionRow(endpoint.permission).holders.anyone !== undefined) continue;
      const row = rows.get(endpoint.id);
      const answer = await callAt('127.0.0.1', session, endpoint.method, row?.path ?? endpoint.path, row ?? { path: endpoint.path, by: session }, '"1"');
      if (!/^401 .*"sign-in-required"/.test(answer)) told.push(`${endpoint.id}: ${answer.slice(0, 200)}`);
    }
    return told;
  }

  test('opens nothing any more once it was ended, on any route', async () => {
    const wrong: string[] = [];
    for (const [why, { session, end }] of Object.entries(endings)) {
      if ((await session.get('/access/me')).status !== 200) wrong.push(`${why}: it was not good before`);
      const ended = (await end()) as Answered | string;
      if (typeof ended !== 'string' && ended.status >= 300) wrong.push(`${why}: ${ended.raw.toString()}`);
      wrong.push(...(await answersTo(session)).map((line) => `${why} ${line}`));
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test('opens nothing after half an hour without a call, nor after twelve hours with calls, on any route', async () => {
    const [idle, busy] = [neighbours['system-admin'], neighbours['security-admin']];
    const start = Date.now();
    const after = (minutes: number): void => api.setNow(new Date(start + minutes * 60_000));
    const entered: number[] = [];
    try {
      // However long the tests before took, both have just been seen.
      after(0);
      expect([(await idle.get('/access/me')).status, (await busy.get('/access/me')).status]).toEqual([200, 200]);
      after(29);
      expect([(await idle.get('/access/me')).status, (await busy.get('/access/me')).status]).toEqual([200, 200]);
      after(58);
      entered.push((await busy.get('/access/me')).status);
      after(60);
      expect(await answersTo(idle)).toEqual([]);
      for (let minutes = 87; minutes < 12 * 60; minutes += 29) {
        after(minutes);
        entered.push((await busy.get('/access/me')).status);
      }
      expect(entered).toEqual(entered.map(() => 200));
      after(12 * 60 + 1);
      expect(await answersTo(busy)).toEqual([]);
    } finally {
      api.setNow(new Date());
    }
  }, 300_000);
});
