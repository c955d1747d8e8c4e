// The staff of a demonstration: made and appointed by the two administrators as in a real city, each when first needed; those that are shown enter on the last day.
import { TOTP } from 'otpauth';
import { privacyNoticeVersion } from '../../contract/privacy-notice.ts';
import { foundAdministrators, resetAdministrator } from '../../domains/access/index.ts';
import { type Department, listDepartments, listJurisdictions } from '../../domains/departments/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { dayOf } from '../../domains/registry/index.ts';
import { inTenant } from '../../storage/database.ts';
import { openAccess } from '../open-access.ts';
import type { Desk, Hand } from './demo-desk.ts';
import type { DemoAccount } from './demo-marks.ts';

/** A role that an officer of the year has. */
type StaffRole = 'intake' | 'reviewer' | 'approver' | 'finance' | 'leader' | 'policy' | 'steward';

/** Everybody's password: it stands on the page of the demonstration. */
export const demoPassword = 'Fenghuang-yu-Wutong-88';

const JOB = 'demo';
const administrators = {
  'system-admin': { login: 'demo-system', name: '陈一一', phone: '15490000001' },
  'security-admin': { login: 'demo-security', name: '陈一二', phone: '15490000002' },
  'audit-admin': { login: 'demo-audit', name: '陈一三', phone: '15490000003' },
} as const;

/** Accounts that the page shows: what of, where, as what, and which of several. */
const shownOfficers: readonly (readonly [kind: string, department: string, role: StaffRole, place: number])[] = [
  ['intake', '昌邑区人社局', 'intake', 0],
  ['reviewer', '昌邑区人社局', 'reviewer', 0],
  ['accountant', '昌邑区财政局', 'reviewer', 0],
  ['approver', '昌邑区人社局', 'approver', 0],
  ['finance', '吉林市财政局', 'finance', 0],
  ['finance-second', '吉林市财政局', 'finance', 1],
  ['finance-third', '吉林市财政局', 'finance', 2],
  ['leader', '吉林市人社局', 'leader', 0],
  ['policy', '吉林市人社局', 'policy', 0],
  ['policy-second', '吉林市人社局', 'policy', 1],
  ['steward', '昌邑区人社局', 'steward', 0],
];

interface Officer {
  readonly hand: Hand;
  readonly accountId: string;
  readonly login: string;
  readonly name: string;
  readonly phone: string;
}

/** Staff at work. */
export interface Staff {
  readonly departments: readonly Department[];
  /** The officer of a department; made and appointed if nobody is there yet. `place` tells several of one role apart. */
  officer(departmentName: string, role: StaffRole, place?: number): Promise<Hand>;
  accountOf(departmentName: string, role: StaffRole): Promise<string>;
  /** The accounts that are shown, each entered as its holder does: by telephone, with a password and a second factor. */
  enterAll(): Promise<readonly DemoAccount[]>;
}

/** Founds the administrators. */
export async function openStaff(desk: Desk): Promise<Staff> {
  const { parts, tenantId, clock } = desk;
  const { protector, registry, db } = parts;
  const access = openAccess({ protector, registry, sendMessage: parts.messages.sendMessage });
  const founding = jobScope(tenantId, JOB, 'staff.found');
  await inTenant(db, tenantId, (tx) => foundAdministrators(tx, access, founding, administrators, clock.now()));
  const departments = await inTenant(db, tenantId, (tx) => listDepartments(tx, jobScope(tenantId, JOB, 'department.write')));
  const jurisdictions = await inTenant(db, tenantId, (tx) => listJurisdictions(tx, jobScope(tenantId, JOB, 'department.write')));
  const admins = await inTenant(db, tenantId, (tx) => tx.selectFrom('accounts').select(['account_id', 'duty']).where('tenant_id', '=', tenantId).where('duty', 'in', Object.keys(administrators)).execute());
  const administrator = (role: keyof typeof administrators): Hand => desk.as(admins.find(({ duty }) => duty === role)?.account_id ?? '', { kind: 'administrator', role });
  const [security, system] = [administrator('security-admin'), administrator('system-admin')];
  const made = new Map<string, Promise<Officer>>();

  const make = async (departmentName: string, role: StaffRole, place: number): Promise<Officer> => {
    const department = departments.find(({ name }) => name === departmentName);
    if (department === undefined) throw new RangeError(`no department ${departmentName}`);
    const at = made.size;
    const shown = shownOfficers.find(([, name, asRole, which]) => name === departmentName && asRole === role && which === place);
    const login = shown === undefined ? `demo-${role}-${at + 1}` : `demo-${shown[0]}`;
    const name = `${surnames[at % surnames.length] ?? ''}${spell(Math.floor(at / surnames.length) + 1)}`;
    const phone = `154900${String(10_000 + at)}`;
    const { accountId } = await security.post<{ accountId: string }>('/access/staff', { login, name, phone, duty: 'officer' });
    const validFrom = dayOf(clock.now());
    const { appointmentId, state } = await security.post<{ appointmentId: string; state: string }>(`/access/staff/${accountId}/appointments`, { departmentId: department.departmentId, roles: [role], validFrom });
    if (state === 'waiting') await system.post(`/access/confirmations/appointment/${appointmentId}`, { confirm: true });
    const below = jurisdictions.filter(({ code, parentCode }) => code === department.jurisdictionCode || parentCode === department.jurisdictionCode).map(({ code }) => code);
    return { hand: desk.as(accountId, { kind: 'officer', departmentId: department.departmentId, codes: below, roles: [role] }), accountId, login, name, phone };
  };
  const officer = (departmentName: string, role: StaffRole, place = 0): Promise<Officer> => {
    const key = `${departmentName}/${role}/${place}`;
    const there = made.get(key);
    if (there !== undefined) return there;
    const making = make(departmentName, role, place);
    made.set(key, making);
    return making;
  };

  return {
    departments,
    officer: async (departmentName, role, place) => (await officer(departmentName, role, place)).hand,
    accountOf: async (departmentName, role) => (await officer(departmentName, role)).accountId,
    async enterAll() {
      const shown: DemoAccount[] = [];
      for (const [kind, departmentName, role, place] of shownOfficers) {
        const { accountId, login, name, phone } = await officer(departmentName, role, place);
        const secret = await activate(desk, login, phone);
        shown.push({ accountId, kind, shown: { login, password: demoPassword, secret, phone, name, identityNumber: null } });
      }
      for (const [role, { login, name, phone }] of Object.entries(administrators)) {
        const { oneTimePassword } = await inTenant(db, tenantId, (tx) => resetAdministrator(tx, access, founding, login, clock.now()));
        const secret = await enterFirst(desk, login, oneTimePassword);
        shown.push({ accountId: admins.find(({ duty }) => duty === role)?.account_id ?? '', kind: role, shown: { login, password: demoPassword, secret, phone, name, identityNumber: null } });
      }
      return shown;
    },
  };
}

const surnames = Array.from('赵钱孙周吴郑冯褚卫蒋沈韩杨');

function spell(number: number): string {
  const digits = Array.from('〇一二三四五六七八九');
  return `${digits[Math.floor(number / 10)] ?? ''}${digits[number % 10] ?? ''}`.replace(/^〇/, '一');
}

/** The six digits of the newest message to a telephone. */
async function codeSentTo({ parts, tenantId }: Desk, phone: string): Promise<string> {
  const rows = await inTenant(parts.db, tenantId, (tx) =>
    tx.selectFrom('outbox').select(['outbox_id', 'phone_sealed', 'text_sealed']).where('tenant_id', '=', tenantId).where('phone_sealed', 'is not', null).orderBy('outbox_id', 'desc').limit(10).execute(),
  );
  for (const { outbox_id: row, phone_sealed: sealedPhone, text_sealed: sealedText } of rows) {
    const open = (column: string, sealed: Uint8Array): string => parts.protector.openText({ tenantId, table: 'outbox', column, row }, sealed);
    if (sealedPhone === null || sealedText === null || open('phone_sealed', sealedPhone) !== phone) continue;
    const code = /\d{6}/.exec(open('text_sealed', sealedText))?.[0];
    if (code !== undefined) return code;
  }
  throw new Error('no code was sent');
}

interface Step {
  readonly next: string;
  readonly stepToken: string;
}

/** Asks for a code and reads it from the telephone. */
export async function proveByPhone(desk: Desk, hand: Hand, phone: string): Promise<{ readonly codeId: string; readonly code: string; readonly noticeVersion: string }> {
  const { codeId } = await hand.post<{ codeId: string }>('/access/codes', { phone, purpose: 'enter' });
  return { codeId, code: await codeSentTo(desk, phone), noticeVersion: privacyNoticeVersion };
}

async function activate(desk: Desk, login: string, phone: string): Promise<string> {
  const hand = desk.anyone();
  const { codeId, code } = await proveByPhone(desk, hand, phone);
  const { stepToken } = await hand.post<Step>('/access/staff-activation', { login, codeId, code, password: demoPassword });
  return enrol(desk, hand, stepToken);
}

async function enterFirst(desk: Desk, login: string, oneTimePassword: string): Promise<string> {
  const hand = desk.anyone();
  const first = await hand.post<Step>('/access/sign-in/password', { login, password: oneTimePassword });
  const { stepToken } = await hand.post<Step>('/access/sign-in/new-password', { stepToken: first.stepToken, password: demoPassword });
  return enrol(desk, hand, stepToken);
}

/** Enrols the second factor. @returns its secret */
async function enrol({ clock }: Desk, hand: Hand, stepToken: string): Promise<string> {
  const { secret } = await hand.post<{ secret: string }>('/access/sign-in/enrolment', { stepToken });
  // With the step before last, so that a code of now is still good for whoever comes at once.
  const code = new TOTP({ secret }).generate({ timestamp: clock.now().getTime() - 30_000 });
  await hand.post('/access/sign-in/enrolment/confirm', { stepToken, code });
  return secret;
}
