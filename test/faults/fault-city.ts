// A city to break: two servers on one database with a clock that a test sets, officers who are signed in, a fund with money, and callers who go on until they are answered.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { findAccountByLogin } from '../../src/domains/access/account-store.ts';
import { argon2id, foundAdministrators, foundSampleOfficers } from '../../src/domains/access/index.ts';
import { openSession } from '../../src/domains/access/open-session.ts';
import { searchKeys } from '../../src/domains/access/sealed-columns.ts';
import { listDepartments } from '../../src/domains/departments/index.ts';
import { openYear } from '../../src/domains/ledger/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { openParts, type Parts } from '../../src/main/api/parts.ts';
import { findDatabase } from '../../src/main/database.ts';
import { openAccess } from '../../src/main/open-access.ts';
import { placesOf } from '../../src/main/operate/open-operated.ts';
import { inTenant, newId, type Tx } from '../../src/storage/database.ts';
import { makeRunningCity, type RunningCity, type RunningServer } from '../support/running-city.ts';

/** Who works there, by department and role; each a person of their own. */
const officers = {
  intake: ['昌邑区人社局', 'intake'],
  reviewer: ['昌邑区人社局', 'reviewer'],
  accountant: ['昌邑区财政局', 'reviewer'],
  approver: ['昌邑区人社局', 'approver'],
  judge: ['昌邑区人社局', 'approver'],
  preparer: ['昌邑区财政局', 'finance'],
  first: ['昌邑区财政局', 'finance'],
  second: ['昌邑区财政局', 'finance'],
  sender: ['昌邑区财政局', 'finance'],
} as const satisfies Readonly<Record<string, readonly [department: string, role: string]>>;

/** An officer of the city; undefined stands for somebody who is not signed in. */
export type Officer = keyof typeof officers;

/** Where and for what everything happens. */
export const place = { jurisdictionCode: '220202', policyId: 'jilin-city-2021', benefitId: 'living-subsidy', fund: '县区人才专项资金' } as const;

/** The day on which the servers' clocks begin: within the published calendar, whatever day it is here. */
const BEGIN = Date.parse('2026-07-01T01:00:00Z');
const logins = Object.keys(officers) as readonly Officer[];
const clockProgram = fileURLToPath(new URL('shift-clock.ts', import.meta.url));

/** One of the two servers. */
export interface Half {
  readonly name: 'first' | 'second';
  server: RunningServer | undefined;
  readonly city: RunningCity;
}

/** The city. */
export interface FaultCity {
  readonly halves: readonly [Half, Half];
  readonly tenantId: number;
  /** The parts of a third server that answers nobody: for jobs delivered once more, and for looking afterwards. */
  readonly parts: Parts;
  /** Years and what the fund has in each, in fen. */
  readonly budgets: ReadonlyMap<number, number>;
  /** The instant at which the servers are. */
  readonly now: () => Date;
  /** Moves the servers' clocks, forward or back; sessions of everybody begin anew. */
  readonly moveClock: (milliseconds: number) => Promise<void>;
  /** Whether it was later before, by a clock that has gone back since. */
  readonly isBehind: () => boolean;
  readonly token: (officer: Officer) => string;
  readonly inCity: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly postgresPid: () => number;
  readonly remove: () => Promise<void>;
}

/** Starts it: a new database, two servers, everybody signed in. `yearFen` is what the fund has in each year. */
export async function startFaultCity({ yearFen }: { readonly yearFen: number }): Promise<FaultCity> {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-clock-'));
  const clockFile = join(folder, 'clock');
  let offset = 0;
  const setClock = (milliseconds: number): void => {
    offset = milliseconds;
    writeFileSync(`${clockFile}.new`, String(offset));
    renameSync(`${clockFile}.new`, clockFile);
  };
  setClock(BEGIN - Date.now());
  const now = (): Date => new Date(Date.now() + offset);
  let latest = 0;
  const clock = { NODE_OPTIONS: `--import=${clockProgram}`, WUTONG_TEST_CLOCK: clockFile, WUTONG_LOG: 'error' };

  const one = makeRunningCity(clock);
  const first: Half = { name: 'first', city: one, server: await one.start() };
  // Its address stays the same however often it dies.
  const database = await findDatabase({ environment: one.environment, mayShare: true, mayMigrate: false });
  const places = placesOf(one.environment);
  const other = makeRunningCity({ ...clock, DATABASE_URL: database.url, WUTONG_KEYS: places.keysFile });
  const second: Half = { name: 'second', city: other, server: await other.start() };
  const parts = await openParts({ databaseUrl: database.serverUrl, ...places, environment: {}, connections: 4 });
  const { tenant_id: tenantId } = await parts.db.kysely.selectFrom('tenants').select('tenant_id').executeTakeFirstOrThrow();
  const inCity = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(parts.db, tenantId, work);

  // Long before: a clock that goes back must not come to a day on which nobody is in office.
  const appointed = await appointAll(parts, tenantId, new Date(now().getTime() - APPOINTED_BEFORE_MS));
  const budgets = new Map([2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031].map((year) => [year, yearFen]));
  for (const [year, amount] of budgets) {
    const budget = { unit: 'fen' as const, jurisdictionCode: place.jurisdictionCode, fund: place.fund, year, amount, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() };
    await inCity((tx) => openYear(tx, jobScope(tenantId, 'faults', 'budget.record'), budget, now()));
  }
  let tokens: ReadonlyMap<Officer, string> = new Map();
  const signAllIn = async (): Promise<void> => {
    tokens = await inCity(async (tx) => {
      const made = new Map<Officer, string>();
      for (const [officer, { accountId, appointmentId }] of appointed) {
        const plan = { account: { accountId, duty: 'officer' as const }, choice: { appointmentId, agencyId: null }, client: { address: '127.0.0.1', userAgent: 'faults', language: 'zh' as const, browser: undefined }, provedAt: now() };
        made.set(officer, (await openSession(tx, jobScope(tenantId, 'faults', 'staff.found'), plan, now())).token);
      }
      return made;
    });
  };
  await signAllIn();

  return {
    halves: [first, second],
    tenantId,
    parts,
    budgets,
    now,
    isBehind: () => now().getTime() < latest,
    async moveClock(milliseconds) {
      latest = Math.max(latest, now().getTime());
      setClock(offset + milliseconds);
      await signAllIn();
    },
    token: (officer) => tokens.get(officer) ?? '',
    inCity,
    postgresPid: () => one.postgresPid(),
    async remove() {
      await parts.close();
      await other.remove();
      await database.stop();
      await one.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Appointed {
  readonly accountId: string;
  readonly appointmentId: string;
}

const APPOINTED_BEFORE_MS = 60 * 86_400_000;

async function appointAll({ db, protector, registry }: Parts, tenantId: number, now: Date): Promise<ReadonlyMap<Officer, Appointed>> {
  const scope = jobScope(tenantId, 'faults', 'staff.found');
  const administrators = {
    'system-admin': { login: 'faults-system', name: '张三一', phone: '13900000001' },
    'security-admin': { login: 'faults-security', name: '张三二', phone: '13900000002' },
    'audit-admin': { login: 'faults-audit', name: '张三三', phone: '13900000003' },
  } as const;
  return inTenant(db, tenantId, async (tx) => {
    await foundAdministrators(tx, { protector, hasher: argon2id }, scope, administrators, now);
    const departments = await listDepartments(tx, jobScope(tenantId, 'faults', 'department.read'));
    const wanted = logins.map((login, at) => {
      const [department, role] = officers[login];
      const departmentId = departments.find(({ name }) => name.endsWith(department))?.departmentId ?? '';
      return { login, name: `赵一${'一二三四五六七八九'[at] ?? ''}`, phone: `1549000009${at}`, departmentId, roles: [role] };
    });
    await foundSampleOfficers(tx, openAccess({ protector, registry }), scope, { security: 'faults-security', system: 'faults-system' }, wanted, now);
    const appointed = new Map<Officer, Appointed>();
    for (const login of logins) {
      const account = await findAccountByLogin(tx, scope, searchKeys(protector, tenantId, 'login', login));
      const { rows } = await sql<{ appointment_id: string }>`select appointment_id from appointments where tenant_id = ${tenantId} and account_id = ${account?.accountId ?? null}`.execute(tx);
      appointed.set(login, { accountId: account?.accountId ?? '', appointmentId: rows[0]?.appointment_id ?? '' });
    }
    return appointed;
  });
}
