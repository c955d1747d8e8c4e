// A demonstration: a year with every state in it, whose books and trail hold; entered by its accounts; and never made of a real city.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { asOwner, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { bare, readPdf } from '../../../test/print/read-pdf.ts';
import { LEAST_PEOPLE } from '../../demo/plan-year.ts';
import { sealWaiting, verifyAudit } from '../../domains/audit/index.ts';
import { letterOf } from '../../domains/decisions/read-decision.ts';
import { checkLedger } from '../../domains/ledger/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { inTenant, openDatabase } from '../../storage/database.ts';
import { openParts, type Parts } from '../api/parts.ts';
import { foundFirstCity } from '../found-first-city.ts';
import { makeSiteServer } from '../serve-site.ts';
import { beginDemo, readStartWish } from './begin-demo.ts';
import { makeClock, openDesk } from './demo-desk.ts';
import { type DemoAccount, markDemo, readDemoAccounts, readMark } from './demo-marks.ts';
import { demoPassword } from './demo-staff.ts';
import { fillDemo } from './fill-demo.ts';
import { clearUnfinished, DemoError, foundDemo, lookWhatThereIs } from './found-demo.ts';
import { findLastDay } from './last-day.ts';
import { runDemo } from './run-demo.ts';
import { hideDemo, serveDemo } from './serve-demo.ts';

const size = { seed: 7, people: LEAST_PEOPLE, lastOn: '2026-11-20' } as const;
const now = new Date('2026-11-20T13:00:00Z');

// What a command says is for the person at the terminal.
beforeEach(() => {
  for (const method of ['log', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => {});
});

describe('a year', () => {
  let database: TestDatabase;
  let folder: string;
  let parts: Parts;
  let accounts: readonly DemoAccount[];
  const told: number[] = [];
  const place = (): Parameters<typeof fillDemo>[0] => ({ ownerUrl: database.ownerUrl, serverUrl: database.url, dataFolder: join(folder, 'data'), keysFile: join(folder, 'keys', 'wutong.keys') });

  beforeAll(async () => {
    database = await makeTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'wutong-demo-'));
    const mark = await foundDemo(database.ownerUrl, size);
    await fillDemo(place(), mark, (perCent) => told.push(perCent));
    const { dataFolder, keysFile } = place();
    parts = await openParts({ databaseUrl: database.url, dataFolder, keysFile, connections: 4, now: () => now });
    accounts = await readDemoAccounts(parts.db, parts.protector, 1);
  }, 240_000);
  afterAll(async () => {
    await parts.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const listed = async (sql: string): Promise<readonly string[]> => asOwner(database, async (client) => (await client.query<{ one: string }>(sql)).rows.map(({ one }) => one));

  test('has cases, payments and everything else in every state that somebody can meet', async () => {
    expect(await listed('select distinct status as one from cases order by 1')).toEqual(
      ['awaiting-supplement', 'deciding', 'filed', 'granted', 'in-appeal', 'in-publication', 'in-review', 'not-accepted', 'refused', 'revoked', 'settled', 'withdrawn'],
    );
    expect(await listed('select distinct state as one from payments order by 1')).toEqual(expect.arrayContaining(['failed', 'paid', 'returned', 'sent']));
    const counted = await listed(`
      select 'held' as one from cases where holds > 0 union select 'late' from cases where lateness > 1 union select 'doubt' from payment_doubts where settled_at is null
      union select 'budget ' || state from ledger_budgets union select 'objection ' || state from objections union select 'report ' || state from fraud_reports union select 'finding ' || state from findings
      union select 'import ' || state from imports union select 'pack ' || state from packs union select 'repayment ' || state from repayments union select 'message' from messages union select 'letter' from decisions where kind = 'grant'`);
    expect(counted).toEqual(expect.arrayContaining(['budget confirmed', 'budget proposed', 'doubt', 'held', 'import checked', 'import done', 'letter', 'message', 'objection open', 'report received', 'report unclear']));
    // Whatever was granted is published, but for what was granted of one benefit of late, or is held, as by an inspection that drew it: nothing lies for a year.
    expect(await listed('select distinct benefit_id as one from public_lists order by 1')).toEqual(['home-subsidy', 'internship-allowance', 'living-subsidy']);
    expect(await listed(`select case_id::text as one from cases where status = 'granted' and holds = 0 and changed_at < '2026-08-20'`)).toEqual([]);
    expect(await listed(`select distinct i.benefit_id as one from payments p join instalments i using (tenant_id, instalment_id) where p.state = 'paid' order by 1`)).toContain('internship-allowance');
    expect(told.at(-1)).toBe(100);
  });

  test('its letters say on every page, in both languages, that they are samples', async () => {
    const [decisionId = ''] = await listed(`select decision_id::text as one from decisions where kind = 'grant' order by 1 limit 1`);
    const scope = jobScope(1, 'test', 'decision.read');
    for (const [language, said] of [['zh', '样件：演示数据'], ['en', 'Sample: a demonstration']] as const) {
      const { pdf } = await inTenant(parts.db, 1, (tx) => letterOf(tx, scope, parts.decisions, decisionId, { language, host: 'localhost' }));
      const { pages } = await readPdf(pdf);
      expect(pages.map(({ plain }) => plain.includes(bare(said))), `${language}`).toEqual(pages.map(() => true));
    }
  });

  test('its ledger holds', async () => {
    expect((await inTenant(parts.db, 1, (tx) => checkLedger(tx, jobScope(1, 'test', 'ledger.check')))).findings).toEqual([]);
  });

  test('its audit trail is sealed and verified, entry by entry', async () => {
    const sealing = openDatabase(database.sealerUrl, { role: 'wutong_sealer', connections: 1 });
    try {
      const scope = jobScope(1, 'test', 'audit.seal');
      while ((await sealWaiting(sealing, scope, parts.protector, 5000, new Date())).count > 0);
      const report = await verifyAudit(parts.db, jobScope(1, 'test', 'audit.verify'), { protector: parts.protector });
      expect(report.findings).toEqual([]);
      expect(report.unsealed).toBe(0);
      expect(report.sealed).toBeGreaterThan(1000);
    } finally {
      await sealing.close();
    }
  });

  test('its accounts sign in with the password and the code that the page shows', async () => {
    expect(accounts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['person', 'agent', 'intake', 'reviewer', 'accountant', 'approver', 'finance', 'finance-second', 'finance-third', 'leader', 'policy', 'steward', 'system-admin', 'security-admin', 'audit-admin']),
    );
    const desk = await openDesk(parts, 1, makeClock(now));
    try {
      const { login, secret } = accounts.find(({ kind }) => kind === 'approver')?.shown ?? { login: '', secret: '' };
      const hand = desk.anyone();
      const first = await hand.post<{ next: string; stepToken: string }>('/access/sign-in/password', { login, password: demoPassword });
      expect(first.next).toBe('second-factor');
      const done = await hand.ask('POST', '/access/sign-in/second-factor', { stepToken: first.stepToken, code: new TOTP({ secret: secret ?? '' }).generate({ timestamp: now.getTime() }) });
      const token = done.cookies.find(({ name }) => name === 'wutong_session')?.value ?? '';
      const waiting = await desk.anyone(decodeURIComponent(token)).get<{ items: readonly unknown[] }>('/cases?queue=department');
      expect(waiting.items.length).toBeGreaterThan(0);
    } finally {
      await desk.close();
    }
  });

  test('is marked on every page, and shows its accounts; a real city has neither the mark nor the page', async () => {
    const web = join(folder, 'web');
    mkdirSync(join(web, 'demo'), { recursive: true });
    for (const file of ['index.html', '404.html', 'demo/index.html']) writeFileSync(join(web, file), '<!doctype html><html lang="en"><head></head><body><div id="app"></div></body></html>');
    const mark = await readMark(parts.db, 1);
    const ask = async (mount: (site: FastifyInstance) => void, url: string): Promise<{ readonly statusCode: number; readonly payload: string }> => {
      const site = await makeSiteServer(web, { mount: async (server) => mount(server) });
      try {
        return await site.inject({ url, headers: { 'accept-encoding': 'br' } });
      } finally {
        await site.close();
      }
    };
    if (mark === undefined) throw new Error('the demonstration has its mark');
    const demo = (site: FastifyInstance): void => serveDemo(site, { db: parts.db, protector: parts.protector, dataFolder: place().dataFolder, mark });
    for (const url of ['/', '/demo/', '/nowhere']) expect((await ask(demo, url)).payload).toMatch(/mark\.css[\s\S]*<body>\s*<aside class="demo-mark"[\s\S]*演示数据[\s\S]*<div id="app">/);
    // A server that began before the year was filled: its first page is true, without anybody having asked how far it is; while it goes on no number stands still.
    const begunWith = { ...mark, state: 'filling', perCent: 0 } as const;
    const { payload: first } = await ask((site) => serveDemo(site, { db: parts.db, protector: parts.protector, dataFolder: place().dataFolder, mark: begunWith }), '/');
    expect(first).toContain('演示数据，没有一个真人');
    expect(first).not.toContain('正在准备');
    const { payload: during } = await ask((site) => serveDemo(site, { db: parts.db, protector: parts.protector, dataFolder: place().dataFolder, mark: { ...begunWith, tenantId: 7 } }), '/');
    expect(during).toMatch(/演示数据正在准备[^%]*<\/aside>/);
    const { payload } = await ask(demo, '/demo/state.json');
    const state = JSON.parse(payload) as { state: string; accounts: readonly { kind: string; password: string | null; factorCode: string | null }[] };
    expect(state).toMatchObject({ state: 'ready', people: LEAST_PEOPLE, mark: { zh: '演示数据，没有一个真人。怎么登录' } });
    expect(state.accounts.find(({ kind }) => kind === 'finance')).toMatchObject({ password: demoPassword, factorCode: expect.stringMatching(/^\d{6}$/) });
    expect(payload).not.toContain('secret');
    for (const url of ['/demo/', '/demo', '/demo/state.json', '/demo/mark.css']) expect((await ask(hideDemo, url)).statusCode, `${url}`).toBe(404);
    expect((await ask(hideDemo, '/')).payload).not.toContain('demo-mark');
  });

  test('asked for again it says that it is there, and changes nothing; it is not cleared either', async () => {
    const before = await listed('select count(*)::text as one from case_events');
    const { dataFolder, keysFile } = place();
    expect(await runDemo(['--lang', 'en'], { DATABASE_URL: database.ownerUrl, WUTONG_DATA: dataFolder, WUTONG_KEYS: keysFile })).toBe(0);
    expect(await listed('select count(*)::text as one from case_events')).toEqual(before);
    await expect(clearUnfinished(database.ownerUrl)).rejects.toThrow(DemoError);
    await expect(beginDemo({ url: database.ownerUrl, folder: '/sample' }, { isEmpty: true, mayBeDemo: true }, now)).rejects.toThrow(/WUTONG_DATA=city npm start -- --empty/);
    expect(await beginDemo({ url: database.ownerUrl, folder: null }, { isEmpty: false, mayBeDemo: true }, now)).toMatchObject({ kind: 'demo', isToFill: false, mark: { state: 'ready', people: LEAST_PEOPLE } });
  });
});

describe('a real city', () => {
  async function emptyDatabase(): Promise<TestDatabase> {
    const database = await makeTestDatabase();
    onTestFinished(() => database.drop());
    return database;
  }

  test('is never marked afterwards, by the program or by hand, and shows no account', async () => {
    const database = await emptyDatabase();
    await foundFirstCity(database.ownerUrl);
    await expect(foundDemo(database.ownerUrl, size)).rejects.toThrow(DemoError);
    expect(await runDemo([], { DATABASE_URL: database.ownerUrl })).toBe(1);
    const owner = openDatabase(database.ownerUrl, { connections: 1, role: null });
    try {
      await expect(inTenant(owner, 1, (tx) => markDemo(tx, 1, size))).rejects.toThrow(/foreign key/);
      expect(await readMark(owner, 1)).toBeUndefined();
    } finally {
      await owner.close();
    }
    expect(await lookWhatThereIs(database.ownerUrl)).toEqual({ kind: 'city' });
    expect(await beginDemo({ url: database.ownerUrl, folder: null }, { isEmpty: false, mayBeDemo: true }, now)).toEqual({ kind: 'city' });
  });

  test('is what an empty database becomes with --empty, and wherever somebody named a database, a city or production', async () => {
    const database = await emptyDatabase();
    for (const [argv, environment] of [[['--empty'], {}], [[], { DATABASE_URL: 'postgres://x' }], [[], { WUTONG_CITY: 'siping' }], [[], { NODE_ENV: 'production' }]] as const) {
      expect(await beginDemo({ url: database.ownerUrl, folder: null }, readStartWish(argv, environment), now)).toEqual({ kind: 'city' });
    }
    expect(readStartWish([], {})).toEqual({ isEmpty: false, mayBeDemo: true });
    expect(await lookWhatThereIs(database.ownerUrl)).toEqual({ kind: 'nothing' });
  });
});

test('a filling that was cut off is cleared away and begins anew; one under way is left alone', async () => {
  const database = await makeTestDatabase();
  onTestFinished(() => database.drop());
  const first = await beginDemo({ url: database.ownerUrl, folder: null }, { isEmpty: false, mayBeDemo: true }, now);
  expect(first).toMatchObject({ kind: 'demo', isToFill: true, mark: { state: 'filling', perCent: 0, lastOn: '2026-11-19' } });
  await asOwner(database, (client) => client.query(`update tenants set hosts = '{half.example}'`));
  await asOwner(database, async (client) => {
    await client.query('select pg_advisory_lock(7240024)');
    expect(await beginDemo({ url: database.ownerUrl, folder: null }, { isEmpty: false, mayBeDemo: true }, now)).toMatchObject({ isToFill: false });
  });
  const again = await beginDemo({ url: database.ownerUrl, folder: null }, { isEmpty: false, mayBeDemo: true }, now);
  expect(again).toMatchObject({ kind: 'demo', isToFill: true });
  const { rows } = await asOwner(database, (client) => client.query('select hosts from tenants'));
  expect(rows).toEqual([{ hosts: [] }]);
});

test('a command that is called wrongly says so', async () => {
  expect(await runDemo(['--people', '3'], {})).toBe(2);
  expect(await runDemo(['--cases', '3'], {})).toBe(2);
  expect(await runDemo(['--help', '--lang', 'en'], {})).toBe(0);
});

test('the year ends yesterday as China counts days; without the holidays of the next year it ends while deadlines can be counted', async () => {
  expect(await findLastDay(new Date('2026-03-05T15:59:00Z'))).toBe('2026-03-04');
  expect(await findLastDay(new Date('2026-03-05T16:00:00Z'))).toBe('2026-03-05');
  expect(await findLastDay(new Date('2199-06-01T04:00:00Z'))).toMatch(/^20\d\d-11-30$/);
});
