// Puts payable instalments into a running city, beside its server: people at their posts with accounts, entered as at the window, and what was granted to them.
import { TOTP } from 'otpauth';
import { foundSampleOfficers } from '../../src/domains/access/index.ts';
import { listDepartments } from '../../src/domains/departments/index.ts';
import { scheduleInstalments } from '../../src/domains/payments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { openParts } from '../../src/main/api/parts.ts';
import { findDatabase } from '../../src/main/database.ts';
import { openAccess } from '../../src/main/open-access.ts';
import { placesOf } from '../../src/main/operate/open-operated.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import { addBareCase } from './bare-case.ts';
import type { TestDatabase } from './database.ts';
import { settledProgress } from './payable-city.ts';
import { sampleCode, sampleNumber } from './registry-samples.ts';

/** Where a city runs. */
export interface CityPlace {
  readonly url: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Somebody who is granted yearly instalments; what is not said is as it should be. */
interface Granted {
  readonly name: string;
  readonly fen: number;
  readonly holderName?: string;
  readonly isAtPost?: boolean;
  /** False where no document names the fund that pays. */
  readonly isFunded?: boolean;
  /** When the instalments are due. */
  readonly due?: readonly string[];
}

/** The fund that pays them, of the district of Changyi. */
export const grantedFund = '县区人才专项资金';

const PASSWORD = 'Phoenix-on-Wutong-7391';
const DUE = ['2026-06-01', '2027-06-01', '2028-06-01'] as const;
let sequence = 0;

/** Signs somebody in for the first time. @returns what calls the interface for them. */
async function signIn(url: string, login: string, oneTime: string): Promise<(path: string, body: unknown) => Promise<Record<string, string>>> {
  const post = async (path: string, body: unknown, token?: string): Promise<{ readonly body: Record<string, string>; readonly token: string | undefined }> => {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}`, 'idempotency-key': newId() }) };
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return { body: text === '' ? {} : (JSON.parse(text) as Record<string, string>), token: /wutong_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] };
  };
  const first = await post('/access/sign-in/password', { login, password: oneTime });
  const second = await post('/access/sign-in/new-password', { stepToken: first.body['stepToken'], password: PASSWORD });
  const { stepToken } = second.body;
  const { body: enrolment } = await post('/access/sign-in/enrolment', { stepToken });
  const { token } = await post('/access/sign-in/enrolment/confirm', { stepToken, code: new TOTP({ secret: enrolment['secret'] ?? '' }).generate() });
  if (token === undefined) throw new Error('no session');
  return async (path, body) => (await post(path, body, decodeURIComponent(token))).body;
}

/** A card number by Luhn's check; each call gives another. */
function sampleAccount(): string {
  const digits = `622202${String(1_000_000_000 + ++sequence)}`;
  const sum = Array.from(digits).reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Enters people and grants them instalments. `window`: the one-time password of the sample account of intake, which is used up. */
export async function grantInCity({ url, environment }: CityPlace, window: string, people: readonly Granted[]): Promise<void> {
  const post = await signIn(url, 'sample-intake', window);
  const today = new Date().toISOString().slice(0, 10);
  const { partyId: employerId = '' } = await post('/organisations', { name: '样例一公司', jurisdictionCode: '220202', creditCode: sampleCode() });
  await besideServer(environment, async ({ tenantId, ownerUrl, parts }) => {
    const departments = await inTenant(parts.db, tenantId, (tx) => listDepartments(tx, jobScope(tenantId, 'test', 'department.read')));
    const progress = settledProgress(departments.find(({ name }) => name.endsWith('昌邑区人社局'))?.departmentId ?? '', []);
    const pack = await inTenant(parts.db, tenantId, (tx) => parts.packs.inForce(tx, jobScope(tenantId, 'test', 'application.file'), 'jilin-city-2021', today));
    if (pack === undefined) throw new Error('the policy is not in force');
    const pinned = { pack_hash: pack.packHash, settings_year: Number(today.slice(0, 4)), version: 1, step_number: 0 };
    for (const { name, fen, holderName = name, isAtPost = true, isFunded = true, due = DUE } of people) {
      const { partyId = '' } = await post('/people', { name, jurisdictionCode: '220202', document: { kind: 'number', number: sampleNumber() } });
      await post(`/people/${partyId}/employments`, { organisationId: employerId, startedOn: '2025-07-01', origin: '材料', trustClass: 'B' });
      await post(`/parties/${partyId}/bank-accounts`, { bankName: '样例银行昌邑支行', holderName, number: sampleAccount() });
      await post(`/people/${partyId}/statements`, { origin: '材料', trustClass: 'B', purpose: 'payment', asOf: today, facts: { 在岗: isAtPost, 缴纳社保: true } });
      const database = { ownerUrl } as TestDatabase;
      const caseId = await addBareCase({ database, tenantId }, partyId, { status: 'settled', employer_id: employerId, progress, benefit_id: 'living-subsidy', ...pinned });
      const decision = {
        decisionId: newId(), caseId, partyId, employerId, caseNumber: `样例-${caseId.slice(-8)}`, policyId: 'jilin-city-2021', benefitId: 'living-subsidy', jurisdictionCode: '220202', checks: ['在岗', '缴纳社保'],
        instalments: due.map((day, at) => ({ no: at + 1, due: day, fen, shares: isFunded ? [{ fund: grantedFund, jurisdictionCode: '220202', fen }] : [] })),
      };
      await inTenant(parts.db, tenantId, (tx) => scheduleInstalments(tx, jobScope(tenantId, 'test', 'payment.schedule'), parts.payments, decision, new Date()));
    }
  });
}

/** Adds two more officers of finance, `sample-second` and `sample-third`. @returns their one-time passwords by name. */
export async function addFinanceOfficers({ environment }: CityPlace): Promise<ReadonlyMap<string, string>> {
  return besideServer(environment, async ({ tenantId, parts }) => {
    const { db, protector, registry } = parts;
    const made = await inTenant(db, tenantId, async (tx) => {
      const departments = await listDepartments(tx, jobScope(tenantId, 'test', 'department.write'));
      const departmentId = departments.find(({ name }) => name.endsWith('市财政局'))?.departmentId ?? '';
      const officers = ['second', 'third'].map((name, at) => ({ login: `sample-${name}`, name: `赵六${'一二'[at] ?? ''}`, phone: `1549000005${at}`, departmentId, roles: ['finance'] as const }));
      return foundSampleOfficers(tx, openAccess({ protector, registry }), jobScope(tenantId, 'test', 'staff.found'), { security: 'sample-security', system: 'sample-system' }, officers, new Date());
    });
    return new Map(made.map(({ login, oneTimePassword }) => [login.replace('sample-', ''), oneTimePassword]));
  });
}

interface Beside {
  readonly tenantId: number;
  readonly ownerUrl: string;
  readonly parts: Awaited<ReturnType<typeof openParts>>;
}

/** Opens the parts of the interface on the data of a running server. */
export async function besideServer<T>(environment: CityPlace['environment'], work: (beside: Beside) => Promise<T>): Promise<T> {
  const database = await findDatabase({ environment, mayShare: true, mayMigrate: false });
  try {
    const parts = await openParts({ databaseUrl: database.url, ...placesOf(environment), connections: 2 });
    try {
      const { tenant_id: tenantId } = await parts.db.kysely.selectFrom('tenants').select('tenant_id').executeTakeFirstOrThrow();
      return await work({ tenantId, ownerUrl: database.url, parts });
    } finally {
      await parts.close();
    }
  } finally {
    await database.stop();
  }
}
