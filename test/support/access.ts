// People and staff who enter as they do in life: by codes on a telephone, passwords, and an authenticator.
import { Secret, TOTP } from 'otpauth';
import { identityCheckCharacter } from '../../src/contract/identity-number.ts';
import { privacyNoticeVersion } from '../../src/contract/privacy-notice.ts';
import type { AdministratorRole } from '../../src/domains/access/index.ts';
import { argon2id, foundAdministrators } from '../../src/domains/access/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { createPerson } from '../../src/domains/registry/index.ts';
import { inTenant } from '../../src/storage/database.ts';
import type { Answered, TestApi, TestCaller } from './api.ts';
import { asOwner } from './database.ts';

/** The version of the notice that the server shows. */
export const noticeVersion = privacyNoticeVersion;

/** A text message that is on its way. */
export interface SentSms {
  readonly template: string;
  readonly text: string;
}

/** The messages that wait for a telephone, newest first, opened with the server's own keys. */
export async function smsTo(api: TestApi, phone: string): Promise<readonly SentSms[]> {
  const rows = await asOwner(api.database, async (client) => {
    const { rows } = await client.query<{ outbox_id: string; template: string; phone_sealed: Buffer; text_sealed: Buffer }>(
      'select outbox_id, template, phone_sealed, text_sealed from outbox where tenant_id = $1 and phone_sealed is not null order by outbox_id desc',
      [api.tenantId],
    );
    return rows;
  });
  const open = (column: string, row: string, sealed: Buffer): string => api.parts.protector.openText({ tenantId: api.tenantId, table: 'outbox', column, row }, sealed);
  return rows
    .filter((row) => open('phone_sealed', row.outbox_id, row.phone_sealed) === phone)
    .map((row) => ({ template: row.template, text: open('text_sealed', row.outbox_id, row.text_sealed) }));
}

/** The six digits of the newest message to a telephone. */
export async function codeSentTo(api: TestApi, phone: string): Promise<string> {
  const [newest] = await smsTo(api, phone);
  const code = /\d{6}/.exec(newest?.text ?? '')?.[0];
  if (code === undefined) throw new Error(`no code was sent to ${phone}`);
  return code;
}

/** A text of an answer. @throws Error with the whole answer where it has none. */
function field(answer: Answered, name: string): string {
  const value: unknown = (answer.body as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (typeof value !== 'string') throw new Error(`no ${name}: ${answer.status} ${answer.raw.toString()}`);
  return value;
}

/** Asks for a code and reads it from the telephone; `browser` is what a browser sends that is known. */
export async function proveByPhone(
  api: TestApi,
  phone: string,
  purpose: 'enter' | 'recover' | 'change-phone' = 'enter',
  browser: Readonly<Record<string, string>> = {},
): Promise<{ codeId: string; code: string }> {
  const sent = await api.anyone().post('/access/codes', { phone, purpose }, browser);
  if (sent.status !== 202) throw new Error(`codes: ${sent.raw.toString()}`);
  const codeId = field(sent, 'codeId');
  return { codeId, code: await codeSentTo(api, phone) };
}

/** The value that an answer gave a cookie; undefined where it set none. */
export function cookieOf(answer: Answered, name: string): string | undefined {
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    if (pair.startsWith(`${name}=`)) return decodeURIComponent(pair.slice(name.length + 1));
  }
  return undefined;
}

/** Whoever an answer signed in. */
export function callerFrom(api: TestApi, answer: Answered): TestCaller {
  const token = cookieOf(answer, 'wutong_session');
  if (token === undefined || token === '') throw new Error(`no session: ${answer.status} ${answer.raw.toString()}`);
  return api.anyone(token);
}

/** What the browsers of people keep between their visits: the cookie by which each is known for its telephone. */
const browsers = new WeakMap<TestApi, Map<string, string>>();

/** The cookie of the browser in which somebody enters by this telephone; empty before the first time. */
export function browserOf(api: TestApi, phone: string): Record<string, string> {
  const cookie = browsers.get(api)?.get(phone);
  return cookie === undefined ? {} : { cookie: `wutong_browser=${cookie}`, 'sec-fetch-site': 'same-origin' };
}

/** Keeps the cookie by which an answer made a browser known. */
function keepBrowser(api: TestApi, phone: string, answer: Answered): void {
  const cookie = cookieOf(answer, 'wutong_browser');
  if (cookie === undefined) return;
  const known = browsers.get(api) ?? new Map<string, string>();
  browsers.set(api, known.set(phone, cookie));
}

/** A person who enters by telephone, for the first time or again, always in the same browser; `identity` is told where it is asked for. */
export async function enterByPhone(api: TestApi, phone: string, identity?: { readonly name: string; readonly identityNumber: string }): Promise<TestCaller> {
  const browser = browserOf(api, phone);
  const first = await api.anyone().post('/access/sign-in/code', { ...(await proveByPhone(api, phone, 'enter', browser)), noticeVersion }, browser);
  const isAsked = field(first, 'next') === 'real-name';
  const answer = identity !== undefined && isAsked ? await api.anyone().post('/access/sign-in/real-name', { stepToken: field(first, 'stepToken'), ...identity }) : first;
  keepBrowser(api, phone, answer);
  return callerFrom(api, answer);
}

/** An authenticator that knows a secret. */
export function authenticator(secret: string): (now: Date) => string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return (now) => totp.generate({ timestamp: now.getTime() });
}

/** Somebody of the staff, signed in, with what signing in again needs. */
export interface SignedInStaff {
  readonly caller: TestCaller;
  readonly accountId: string;
  readonly login: string;
  readonly password: string;
  readonly codeAt: (now: Date) => string;
  readonly recoveryCodes: readonly string[];
}

/** Enrols the second factor that a sign-in asks for. */
export async function enrol(api: TestApi, stepToken: string, now: Date): Promise<{ answer: Answered; codeAt: (now: Date) => string }> {
  const begun = await api.anyone().post('/access/sign-in/enrolment', { stepToken });
  const codeAt = authenticator(field(begun, 'secret'));
  return { codeAt, answer: await api.anyone().post('/access/sign-in/enrolment/confirm', { stepToken, code: codeAt(now) }) };
}

async function signedIn(api: TestApi, answer: Answered, login: string, password: string, codeAt: (now: Date) => string): Promise<SignedInStaff> {
  const caller = callerFrom(api, answer);
  const me = await caller.get('/access/me');
  return { caller, accountId: field(me, 'accountId'), login, password, codeAt, recoveryCodes: (answer.body as { recoveryCodes: string[] }).recoveryCodes };
}

const administrators: Readonly<Record<AdministratorRole, { login: string; name: string; phone: string }>> = {
  'system-admin': { login: 'xitong', name: '张三一', phone: '13900000001' },
  'security-admin': { login: 'anquan', name: '张三二', phone: '13900000002' },
  'audit-admin': { login: 'shenji', name: '张三三', phone: '13900000003' },
};

/** Founds the three administrators as the command line does, and signs each in for the first time. */
export async function foundAdmins(api: TestApi, now: Date = new Date()): Promise<Readonly<Record<AdministratorRole, SignedInStaff>>> {
  const scope = jobScope(api.tenantId, 'test', 'staff.found');
  const made = await inTenant(api.parts.db, api.tenantId, (tx) => foundAdministrators(tx, { protector: api.parts.protector, hasher: argon2id }, scope, administrators, now));
  const all: Partial<Record<AdministratorRole, SignedInStaff>> = {};
  for (const { role, login, oneTimePassword } of made) {
    const first = await api.anyone().post('/access/sign-in/password', { login, password: oneTimePassword });
    const password = `Wutong-feng ${role} 7`;
    const chosen = await api.anyone().post('/access/sign-in/new-password', { stepToken: field(first, 'stepToken'), password });
    const { answer, codeAt } = await enrol(api, field(chosen, 'stepToken'), now);
    all[role] = await signedIn(api, answer, login, password, codeAt);
  }
  return all as Record<AdministratorRole, SignedInStaff>;
}

/** A member of staff whom the security administrator makes, and who then activates the account. */
export async function activateStaff(api: TestApi, login: string, phone: string, now: Date = new Date()): Promise<SignedInStaff> {
  const password = 'Fenghuang yu Wutong 9';
  const begun = await api.anyone().post('/access/staff-activation', { login, ...(await proveByPhone(api, phone)), password });
  const { answer, codeAt } = await enrol(api, field(begun, 'stepToken'), now);
  return signedIn(api, answer, login, password, codeAt);
}

/** A person of the registry, entered by an officer. @returns the party's id. */
export async function addPerson(api: TestApi, person: { readonly name: string; readonly number: string; readonly phone?: string }): Promise<string> {
  const scope = jobScope(api.tenantId, 'test', 'person.write');
  const { name, number, phone } = person;
  const input = { name, jurisdictionCode: '220202', document: { kind: 'number' as const, number }, phone };
  const { partyId } = await inTenant(api.parts.db, api.tenantId, (tx) => createPerson(tx, scope, api.parts.registry, input, new Date()));
  return partyId;
}

/** A valid number of somebody born on a day; the sequence tells people of one day apart. */
export function sampleNumber(birthDate: string, sequence: number): string {
  const body = `220202${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return body + identityCheckCharacter(body);
}

/** A person whose claim an officer has confirmed, signed in as that person. */
export async function claimedPerson(api: TestApi, { name, number, phone }: { readonly name: string; readonly number: string; readonly phone: string }): Promise<{ caller: TestCaller; partyId: string }> {
  const partyId = await addPerson(api, { name, number, phone });
  const caller = await enterByPhone(api, phone);
  const claimed = await caller.post('/access/claim', { name, identityNumber: number });
  if (claimed.status !== 202) throw new Error(`claim: ${claimed.raw.toString()}`);
  return { caller, partyId };
}
