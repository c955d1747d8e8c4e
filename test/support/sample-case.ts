// Cases of sample graduates for tests: filed as an intake does, and brought as far as a test wants them through the interface.
import { applyCommand, type CommandInput, openApplication, openCases, type OpenedCase } from '../../src/domains/cases/index.ts';
import { commandPermissions } from '../../src/domains/cases/commands.ts';
import { jobScope, scopeFor } from '../../src/domains/permissions/index.ts';
import { recordStatements } from '../../src/domains/registry/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import type { Answered, TestApi, TestCaller } from './api.ts';
import { sampleBenefit, samplePolicy } from './sample-decision.ts';

/** A working day on which samples are filed, at ten in the morning there. */
export const filingTime = new Date('2026-07-01T02:00:00Z');

const graduate = {
  学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2024-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2024-07-01', 合同年限: 5, 入住人才公寓: false,
  '用人单位.单位类型': '企业', '用人单位.所有制': '民营', '用人单位.规上': true, '用人单位.所在地': '220202',
};

/** Writes down, as a department says it, what makes a person entitled to the sample benefit. */
export async function recordGraduate(api: TestApi, partyId: string, facts: Readonly<Record<string, unknown>> = {}, at: Date = new Date('2026-06-01T02:00:00Z')): Promise<void> {
  const source = { origin: '共享', trustClass: 'A', departmentId: api.departments['city-hrss'], purpose: 'eligibility', asOf: at.toISOString().slice(0, 10) } as const;
  const statement = { partyId, ...source, facts: { ...graduate, ...facts } };
  const [recorded] = await inTenant(api.parts.db, api.tenantId, (tx) => recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [statement], at));
  if (recorded === undefined || 'details' in recorded) throw new Error(JSON.stringify(recorded));
}

/** How a sample is filed unless a test says otherwise. */
export interface CaseSample {
  readonly period?: string;
  readonly benefitId?: string;
  readonly applicantId?: string;
  readonly employerId?: string | null;
  readonly jurisdictionCode?: string;
  readonly evidenceIds?: readonly string[];
  readonly now?: Date;
}

/** Files a case of a person for the sample benefit; gives what became of it. The policies have to be there (`foundSamplePacks`). */
export async function tryFiling(api: TestApi, subjectId: string, sample: CaseSample = {}): Promise<OpenedCase> {
  const { period = '2026', benefitId = sampleBenefit, applicantId = subjectId, employerId = null, jurisdictionCode = '220202', evidenceIds = [], now = filingTime } = sample;
  const scope = jobScope(api.tenantId, 'test', 'application.file');
  const [opened] = await inTenant(api.parts.db, api.tenantId, async (tx) => {
    const pack = await api.parts.packs.inForce(tx, scope, samplePolicy, '2026-07-01');
    if (pack === undefined) throw new Error('the sample policies are not there');
    const applicationId = newId();
    await openApplication(tx, scope, { applicationId, applicantId, channel: applicantId === subjectId ? 'person' : 'agent', importId: null, jurisdictionCode, filedAt: now });
    const asked = { subjectId, employerId, benefitId, period, jurisdictionCode, pack, settingsYear: 2026, engineStatus: 'yes', expectedFen: 12_000_000, evidenceIds } as const;
    return openCases(tx, scope, api.parts.cases.tools, { applicationId, applicantId, cases: [asked], now });
  });
  if (opened === undefined) throw new Error('nothing was filed');
  return opened;
}

/** As {@link tryFiling}, for a place that is free; gives the case's id. */
export async function fileCase(api: TestApi, subjectId: string, sample: CaseSample = {}): Promise<string> {
  const opened = await tryFiling(api, subjectId, sample);
  if ('refusal' in opened) throw new Error(`there is case ${opened.caseId} already`);
  return opened.caseId;
}

/** Who works on a case, by what they do; each a person of their own. */
export interface CaseOfficers {
  readonly intake: TestCaller;
  readonly reviewer: TestCaller;
  readonly accountant: TestCaller;
  readonly approver: TestCaller;
}

/** Officers of the departments that the sample's procedure names: the county's 人社, and the city's 财政 since the county has none. */
export function caseOfficers(api: TestApi): CaseOfficers {
  return {
    intake: api.officer('changyi-hrss', 'intake'),
    reviewer: api.officer('changyi-hrss', 'reviewer'),
    accountant: api.officer('city-finance', 'reviewer'),
    approver: api.officer('changyi-hrss', 'approver'),
  };
}

/** Sends a command at the version that the caller sees. */
export async function command(by: TestCaller, caseId: string, path: string, body: unknown = {}): Promise<Answered> {
  const seen = await by.get(`/cases/${caseId}`);
  return by.post(`/cases/${caseId}/${path}`, body, { 'if-match': seen.headers.get('etag') ?? '' });
}

/** As {@link command}, and it must be carried out. */
export async function done(by: TestCaller, caseId: string, path: string, body: unknown = {}): Promise<Answered['body']> {
  const answer = await command(by, caseId, path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.raw.toString()}`);
  return answer.body;
}

/** Brings a filed case to where it waits for its decision. */
export async function bringToDecision(officers: CaseOfficers, caseId: string): Promise<void> {
  await done(officers.intake, caseId, 'acceptance');
  await done(officers.reviewer, caseId, 'opinion', { opinion: 'agree' });
  await done(officers.accountant, caseId, 'opinion', { opinion: 'agree' });
}

/** Grants a case that waits for its decision. */
export function grant(officers: CaseOfficers, caseId: string): Promise<Answered['body']> {
  return done(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '条件都符合。' });
}


/** A command with the department whose officer gives it; each is an account of its own. Without a department the server gives it. */
export type CaseMove = readonly [CommandInput, (keyof TestApi['departments'])?];

/** Files a case and brings it somewhere, without calls: for tests of what comes then. `now` is when all of it happens. */
export async function prepareCase(api: TestApi, subjectId: string, sample: CaseSample, moves: readonly CaseMove[]): Promise<string> {
  const now = sample.now ?? filingTime;
  const caseId = await fileCase(api, subjectId, sample);
  for (const [input, department] of moves) {
    const permission = commandPermissions[input.kind];
    const officer = department === undefined ? undefined : ({ kind: 'officer', departmentId: api.departments[department], codes: ['220200', '220202', '220203'], roles: ['intake', 'reviewer', 'approver'] } as const);
    const isOwn = permission === 'case.answer';
    const capacity = isOwn ? ({ kind: 'person', partyId: subjectId, actsFor: [] } as const) : officer;
    const scope = capacity === undefined ? jobScope(api.tenantId, 'test', permission) : scopeFor({ tenantId: api.tenantId, actor: { accountId: newId(), sessionId: null, capacity } }, permission);
    await inTenant(api.parts.db, api.tenantId, (tx) => applyCommand(tx, scope, api.parts.cases.tools, caseId, { command: input, words: '样例理由' }, now));
  }
  return caseId;
}

/** The moves to where a case waits for its decision. */
export const toDecision: readonly CaseMove[] = [
  [{ kind: 'accept' }, 'changyi-hrss'],
  [{ kind: 'give-opinion', opinion: 'agree' }, 'changyi-hrss'],
  [{ kind: 'give-opinion', opinion: 'agree' }, 'city-finance'],
];
