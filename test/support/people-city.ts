// A running city in which people and enterprises apply by themselves: officers at the window and at their desks, text messages that can be read, pages in a browser.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { foundSampleOfficers } from '../../src/domains/access/index.ts';
import { listDepartments } from '../../src/domains/departments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { openParts } from '../../src/main/api/parts.ts';
import { findDatabase } from '../../src/main/database.ts';
import { openAccess } from '../../src/main/open-access.ts';
import { placesOf } from '../../src/main/operate/open-operated.ts';
import { inTenant } from '../../src/storage/database.ts';
import type { TestApi, TestCaller } from './api.ts';
import { startBrowser, type TestBrowser, type View, type Visit } from './browser.ts';
import { makeSeededRunningCity } from './copied-city.ts';
import { callerWith, signInFirst } from './desk-cases.ts';
import type { RunningCity } from './running-city.ts';

const PATIENCE_MS = 15_000;
const officers = { intake: ['赵二一', 'intake'], reviewer: ['赵二二', 'reviewer'] } as const;

/** The city, for use inside tests. */
export interface PeopleCity {
  /** The window and the desk of 昌邑区人社局. */
  readonly officer: (name: keyof typeof officers) => TestCaller;
  /** What fills the city beside its server. */
  readonly api: () => TestApi;
  readonly visit: (path: string, view: View, work: (visit: Visit) => Promise<void>) => Promise<void>;
  /** Enters by telephone, to the page behind the gate. */
  readonly enter: (page: Page, phone: string) => Promise<void>;
}

/** Call it once at the top of a file of tests. */
export function usePeopleCity(): PeopleCity {
  let city: RunningCity | undefined;
  let browser: TestBrowser | undefined;
  let close = async (): Promise<void> => {};
  let api: TestApi | undefined;
  const callers = new Map<string, TestCaller>();
  beforeAll(async () => {
    ({ city } = await makeSeededRunningCity(30));
    let url = '';
    browser = await startBrowser(city.start().then((server) => (url = server.url)));
    const { environment } = city;
    const database = await findDatabase({ environment, mayShare: true, mayMigrate: false });
    const parts = await openParts({ databaseUrl: database.serverUrl, ...placesOf(environment), environment: {}, connections: 3 });
    close = async () => {
      await parts.close();
      await database.stop();
    };
    const { tenant_id: tenantId } = await parts.db.kysely.selectFrom('tenants').select('tenant_id').executeTakeFirstOrThrow();
    const departments = await inTenant(parts.db, tenantId, (tx) => listDepartments(tx, jobScope(tenantId, 'test', 'department.read')));
    const departmentOf = (ending: string): string => departments.find(({ name }) => name.endsWith(ending))?.departmentId ?? '';
    const asked = Object.entries(officers).map(([login, [name, role]], at) => ({ login: `people-${login}`, name, phone: `1549000019${at}`, departmentId: departmentOf('昌邑区人社局'), roles: [role] }));
    const access = openAccess({ protector: parts.protector, registry: parts.registry });
    const made = await inTenant(parts.db, tenantId, (tx) => foundSampleOfficers(tx, access, jobScope(tenantId, 'test', 'staff.found'), { security: 'sample-security', system: 'sample-system' }, asked, new Date()));
    await Promise.all(made.map(async ({ login, oneTimePassword }) => callers.set(login, callerWith(url, await signInFirst(url, login, oneTimePassword)))));
    // Facts are told by the parts, the city and a department alone.
    api = { parts, tenantId, departments: { 'city-hrss': departmentOf('市人社局') } } as unknown as TestApi;
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), close()]);
    await city?.remove();
  });
  const there = <T>(found: T | undefined): T => {
    if (found === undefined) throw new Error('the city is not there');
    return found;
  };
  const codeSentTo = async (phone: string, before: string | undefined): Promise<string> => {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
      const code = await newestCode(there(city).dataFolder, phone);
      if (code !== undefined && code !== before) return code;
    }
    throw new Error(`no code was sent to ${phone}`);
  };
  return {
    officer: (name) => there(callers.get(`people-${name}`)),
    api: () => there(api),
    visit: async (path, view, work) => {
      const visit = await there(browser).open(path, { today: todayThere(), ...view });
      try {
        await work(visit);
      } catch (error) {
        if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
        await visit.context.close();
        throw error;
      }
      await visit.end();
    },
    enter: async (page, phone) => {
      await page.getByLabel('手机号').fill(phone);
      const before = await newestCode(there(city).dataFolder, phone);
      await page.getByRole('button', { name: '发验证码' }).click();
      await page.getByText('已经发出').waitFor();
      await page.getByLabel('短信里的 6 位数字').fill(await codeSentTo(phone, before));
      await page.getByRole('button', { name: '登录', exact: true }).click();
    },
  };
}

/** The calendar day there: deadlines run from the day of the test. */
function todayThere(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** The newest code in the messages to a telephone. */
async function newestCode(dataFolder: string, phone: string): Promise<string | undefined> {
  const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
  const lines = await readFile(join(dataFolder, 'messages', 'outbox.ndjson'), 'utf8').catch(() => '');
  const sent = lines.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { to: string; text: string });
  // Another message, such as an invitation, may come after it.
  return sent.flatMap(({ to, text }) => (to === masked ? (/(?<!\d)\d{6}(?!\d)/.exec(text) ?? []) : [])).at(-1);
}
