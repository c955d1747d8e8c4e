// Cases on the desks of a running city: people with papers, cases filed as an intake does, officers of the departments that act, signed in as they are.
import { TOTP } from 'otpauth';
import { afterAll, beforeAll } from 'vitest';
import { foundSampleOfficers } from '../../src/domains/access/index.ts';
import { listDepartments } from '../../src/domains/departments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { openParts } from '../../src/main/api/parts.ts';
import { findDatabase } from '../../src/main/database.ts';
import { openAccess } from '../../src/main/open-access.ts';
import { placesOf } from '../../src/main/operate/open-operated.ts';
import { inTenant } from '../../src/storage/database.ts';
import type { Answered, Sent, TestApi, TestCaller } from './api.ts';
import { startBrowser, type TestBrowser, type View, type Visit } from './browser.ts';
import { makeSeededRunningCity } from './copied-city.ts';
import { acceptedPaper } from './hand-in-paper.ts';
import { enterOrganisation, enterPerson } from './registry-samples.ts';
import type { RunningCity } from './running-city.ts';
import { done, fileCase, recordGraduate } from './sample-case.ts';

/** Who works on the cases: the district's 人社 and 财政, as the procedure names them. */
type DeskOfficer = 'intake' | 'reviewer' | 'accountant' | 'approver';

/** The cases, by where they stand. */
type DeskCase = 'filed' | 'inReview' | 'inReviewToo' | 'deciding' | 'decidingToo' | 'short' | 'late' | 'granted';

/** What was made. */
interface DeskCases {
  /** A session of each officer, as the cookie has it. */
  readonly sessions: Readonly<Record<DeskOfficer, string>>;
  readonly callers: Readonly<Record<DeskOfficer, TestCaller>>;
  readonly cases: Readonly<Record<DeskCase, string>>;
}

const PASSWORD = 'Phoenix-on-Wutong-7391';
const people: Readonly<Record<DeskOfficer, readonly [name: string, department: string, role: 'intake' | 'reviewer' | 'approver']>> = {
  intake: ['赵一一', '昌邑区人社局', 'intake'],
  reviewer: ['赵一二', '昌邑区人社局', 'reviewer'],
  accountant: ['赵一三', '昌邑区财政局', 'reviewer'],
  approver: ['赵一四', '昌邑区人社局', 'approver'],
};
const officers = Object.keys(people) as readonly DeskOfficer[];


/** A running city with cases on its desks, for use inside tests. */
export interface DeskCity {
  readonly made: () => DeskCases;
  /** Of the running server: where its data are. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** Opens a page of the workbench as an officer who is signed in; `path` stands behind the #. */
  readonly visit: (officer: DeskOfficer, path: string, view: View, work: (visit: Visit) => Promise<void>) => Promise<void>;
}

/** Call it once at the top of a file of tests. */
export function useDeskCity(): DeskCity {
  let city: RunningCity | undefined;
  let browser: TestBrowser | undefined;
  let url = '';
  let made: DeskCases | undefined;
  const there = (): DeskCases => {
    if (made === undefined) throw new Error('the cases are not there');
    return made;
  };
  beforeAll(async () => {
    ({ city } = await makeSeededRunningCity(30));
    browser = await startBrowser(city.start().then((server) => (url = server.url)));
    made = await makeDeskCases(city.environment, url);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), city?.remove()]);
  });
  return {
    made: there,
    environment: () => {
      if (city === undefined) throw new Error('the city is not there');
      return city.environment;
    },
    visit: async (officer, path, view, work) => {
      if (browser === undefined) throw new Error('the browser has not started');
      const visit = await browser.open('/office/', { today: today(), ...view });
      try {
        await visit.context.addCookies([{ name: 'wutong_session', value: encodeURIComponent(there().sessions[officer]), url, httpOnly: true, sameSite: 'Strict' }]);
        await visit.page.goto(`/office/#${path}`);
        await visit.page.reload();
        await work(visit);
      } catch (error) {
        if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
        await visit.context.close();
        throw error;
      }
      await visit.end();
    },
  };
}

/** The calendar day there: deadlines run from the day of the test. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/**
 * Makes them in a city that was seeded with its sample accounts.
 * @param environment of the running server; @param url its address
 */
async function makeDeskCases(environment: Readonly<Record<string, string | undefined>>, url: string): Promise<DeskCases> {
  const database = await findDatabase({ environment, mayShare: true, mayMigrate: false });
  const parts = await openParts({ databaseUrl: database.serverUrl, ...placesOf(environment), environment: {}, connections: 3 });
  try {
    const tenant = await parts.db.kysely.selectFrom('tenants').select('tenant_id').executeTakeFirstOrThrow();
    const tenantId = tenant.tenant_id;
    const departments = await inTenant(parts.db, tenantId, (tx) => listDepartments(tx, jobScope(tenantId, 'test', 'department.read')));
    const departmentOf = (ending: string): string => departments.find(({ name }) => name.endsWith(ending))?.departmentId ?? '';
    const asked = officers.map((officer, at) => {
      const [name, department, role] = people[officer];
      return { login: `desk-${officer}`, name, phone: `1549000009${at}`, departmentId: departmentOf(department), roles: [role] };
    });
    const access = openAccess({ protector: parts.protector, registry: parts.registry });
    const made = await inTenant(parts.db, tenantId, (tx) => foundSampleOfficers(tx, access, jobScope(tenantId, 'test', 'staff.found'), { security: 'sample-security', system: 'sample-system' }, asked, new Date()));
    const sessions: Partial<Record<DeskOfficer, string>> = {};
    await Promise.all(made.map(async ({ login, oneTimePassword }, at) => (sessions[officers[at] ?? 'intake'] = await signInFirst(url, login, oneTimePassword))));
    const all = sessions as Readonly<Record<DeskOfficer, string>>;
    const callers = Object.fromEntries(officers.map((officer) => [officer, callerWith(url, all[officer])])) as unknown as Readonly<Record<DeskOfficer, TestCaller>>;
    // Filing takes the parts and the city alone.
    const api = { parts, tenantId, departments: { 'city-hrss': departmentOf('市人社局') } } as unknown as TestApi;
    return { sessions: all, callers, cases: await fileAll(api, callers) };
  } finally {
    await parts.close();
    await database.stop();
  }
}

async function fileAll(api: TestApi, by: Readonly<Record<DeskOfficer, TestCaller>>): Promise<Readonly<Record<DeskCase, string>>> {
  const employerId = await enterOrganisation(by.intake, { name: '吉林样例新材料有限公司' });
  const today = new Date();
  const file = async (name: string, { now = today, paper = false, facts = {} }: { readonly now?: Date; readonly paper?: boolean; readonly facts?: Readonly<Record<string, unknown>> } = {}): Promise<string> => {
    const partyId = await enterPerson(by.intake, { name });
    await recordGraduate(api, partyId, facts);
    const evidenceIds = paper ? [await acceptedPaper(by.intake, partyId, { kind: '劳动合同' })] : [];
    return fileCase(api, partyId, { employerId, now, evidenceIds });
  };
  const accepted = async (caseId: string): Promise<string> => {
    await done(by.intake, caseId, 'acceptance');
    return caseId;
  };
  const reviewed = async (caseId: string): Promise<string> => {
    await accepted(caseId);
    await done(by.reviewer, caseId, 'opinion', { opinion: 'agree', words: '合同、学历都核对过原件。' });
    await done(by.accountant, caseId, 'opinion', { opinion: 'agree' });
    return caseId;
  };
  const granted = await reviewed(await file('张三八'));
  await done(by.approver, granted, 'decision', { outcome: 'grant', reason: '条件都符合。' });
  return {
    filed: await file('张三一', { paper: true }),
    inReview: await accepted(await file('张三二', { paper: true })),
    inReviewToo: await accepted(await file('张三三')),
    deciding: await reviewed(await file('张三四')),
    decidingToo: await reviewed(await file('张三五')),
    // The contract is too short.
    short: await accepted(await file('张三六', { facts: { 合同年限: 3 } })),
    late: await file('张三七', { now: new Date('2026-07-01T02:00:00Z') }),
    granted,
  };
}

/** A caller of the running server with a session's token. */
export function callerWith(url: string, token: string): TestCaller {
  const call = async (method: string, path: string, { body, bytes, headers = {} }: Sent = {}): Promise<Answered> => {
    const all: Record<string, string> = { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID(), ...headers };
    if (body !== undefined) all['content-type'] = 'application/json';
    if (bytes !== undefined) all['content-type'] = 'application/octet-stream';
    const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${url}/api/v1${path}`, { method, headers: all, ...(sent === undefined ? {} : { body: sent as string }) });
    const raw = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && raw.length > 0;
    const parsed: unknown = isJson ? JSON.parse(raw.toString('utf8')) : undefined;
    const answered = { status: response.status, headers: response.headers, raw, body: parsed };
    return answered as Answered;
  };
  return {
    token,
    call,
    get: (path, headers = {}) => call('GET', path, { headers }),
    post: (path, body, headers = {}) => call('POST', path, { body, headers }),
    put: (path, body, headers = {}) => call('PUT', path, { body, headers }),
    patch: (path, body, headers = {}) => call('PATCH', path, { body, headers }),
    delete: (path, headers = {}) => call('DELETE', path, { headers }),
  };
}

let desks = 0;

/** The first time of an officer: one-time password, password, second factor. @returns the session. */
export async function signInFirst(url: string, login: string, password: string): Promise<string> {
  // From a desk of their own: attempts are counted by address.
  const desk = `10.0.${Math.floor(++desks / 250)}.${(desks % 250) + 1}`;
  const post = async (path: string, body: unknown): Promise<{ readonly body: Readonly<Record<string, string>>; readonly token: string | undefined }> => {
    const answer = await fetch(`${url}/api/v1/access/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'x-forwarded-for': desk } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return { body: JSON.parse(text) as Record<string, string>, token: /wutong_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] };
  };
  const first = await post('sign-in/password', { login, password });
  const second = await post('sign-in/new-password', { stepToken: first.body['stepToken'], password: PASSWORD });
  const stepToken = second.body['stepToken'];
  const { body: enrolment } = await post('sign-in/enrolment', { stepToken });
  const code = new TOTP({ secret: enrolment['secret'] ?? '' }).generate();
  const { token } = await post('sign-in/enrolment/confirm', { stepToken, code });
  if (token === undefined) throw new Error('no session');
  return decodeURIComponent(token);
}
