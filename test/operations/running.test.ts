// The built server in operation, as a process of its own: ready, watched, its trail sealed, stopped while calls are under way.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operate } from '../../src/main/operate/operate.ts';
import { collectConsole } from '../support/collect-console.ts';
import { asOwner, makeEmptyDatabase } from '../support/database.ts';
import { type Site, startSite, tryToStart } from '../support/site.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-running-'));
const places = { WUTONG_DATA: join(folder, 'data'), WUTONG_KEYS: join(folder, 'keys/wutong.keys') };
let database: { url: string; drop(): Promise<void> };
let site: Site;
beforeAll(async () => {
  database = await makeEmptyDatabase();
  site = await startSite({ DATABASE_URL: database.url, ...places, WUTONG_METRICS_TOKEN: 'sample-token-for-tests' });
});
afterAll(async () => {
  await site.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const phone = '13900001234';
/** In the body, as it should be; and in the address, where it is refused and on no account logged. */
const sendCode = async (address = '/api/v1/access/codes'): Promise<Response> => fetch(`${site.url}${address}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ phone }) });

test('it is ready, and says so to whoever watches', async () => {
  const ready = await fetch(`${site.url}/health/ready`);
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', checks: { database: 'ok', migrations: 'ok', sealer: 'ok', disk: 'ok' } }]);
  expect((await fetch(`${site.url}/health/live`)).status).toBe(200);
});

test('what is done is sealed, and the machine remembers where the trail ends', async () => {
  expect((await sendCode()).status).toBeLessThan(500);
  expect((await sendCode(`/api/v1/access/codes?phone=${phone}`)).status).toBe(422);
  const sealed = async (): Promise<number> => {
    const { rows } = await asOwner({ ownerUrl: database.url }, (client) => client.query<{ count: number }>('select count(*)::int as count from audit_seals'));
    return rows[0]?.count ?? 0;
  };
  while ((await sealed()) === 0) await sleep(50);
  const console = collectConsole();
  expect(await operate('audit', ['verify', '--json'], console, 'zh', { DATABASE_URL: database.url, ...places })).toBe(0);
  const [report] = Object.values(JSON.parse(console.written.out));
  expect(report).toMatchObject({ isGood: true, headSignature: 'good', sealed: await sealed() });
  // Cut off its end, with the mark of the end set back: the database alone would not show it.
  await asOwner({ ownerUrl: database.url }, (client) => client.query('delete from audit_entries where entry_id in (select entry_id from audit_seals); delete from audit_seals; delete from audit_heads'));
  const after = collectConsole();
  expect(await operate('audit', ['verify'], after, 'en', { DATABASE_URL: database.url, ...places })).toBe(1);
  expect(after.written.out).toContain('this machine remembers number');
});

test('its figures tell of calls, connections, jobs and what waits', async () => {
  const text = await (await fetch(`${site.url}/metrics`, { headers: { authorization: 'Bearer sample-token-for-tests' } })).text();
  expect(text).toMatch(/^wutong_http_request_seconds_count\{method="POST",route="\/access\/codes",status="\d+"\} \d+$/m);
  for (const job of ['sealer', 'messages', 'feeds', 'tidy']) expect(text).toMatch(new RegExp(`^wutong_job_seconds_count\\{job="${job}",outcome="done"\\} [1-9]`, 'm'));
  for (const name of ['audit_waiting_seconds', 'outbox_waiting_seconds']) expect(text).toMatch(new RegExp(`^wutong_${name} [\\d.]+$`, 'm'));
  expect(text).toMatch(/^wutong_audit_sealed_total [1-9]/m);
});

test('stopped while calls come in, it answers those that it took, and ends well; its log knows nobody', async () => {
  const answers: string[] = [];
  let isStopped = false;
  const callers = Array.from({ length: 8 }, async () => {
    while (!isStopped) {
      // A connection that is refused was never taken; an answer that breaks off would be a call cut short.
      const answer = await fetch(`${site.url}/api/v1/departments`).then(
        async (response) => ((await response.text()).endsWith('}') ? String(response.status) : 'broken'),
        (error: unknown) => (error instanceof Error && /ECONNREFUSED|ECONNRESET|EPIPE|other side closed/.test(`${String(error.cause)} ${JSON.stringify(error.cause)}`) ? 'refused' : 'broken'),
      );
      answers.push(answer);
      if (answer === 'refused') return;
    }
  });
  while (answers.length < 40) await sleep(5);
  const ended = site.stop();
  expect(await ended).toBe(0);
  isStopped = true;
  await Promise.all(callers);
  expect(new Set(answers.filter((answer) => answer !== 'refused'))).toEqual(new Set(['200']));

  const printed = site.printed();
  const lines = printed.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(lines.filter(({ event }) => event === 'call').length).toBeGreaterThan(40);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  expect(printed).not.toContain(phone);
  expect(printed).not.toMatch(/127\.0\.0\.1.*event|user-agent/);
});

test('with sealed values in the database and no key file it does not start, and says what to do', async () => {
  await asOwner({ ownerUrl: database.url }, (client) =>
    client.query(`insert into idempotency_keys (tenant_id, key_digest, body_digest, answer_sealed) select tenant_id, 'ab', '\\xab', '\\x0100000000' from tenants`),
  );
  const elsewhere = join(folder, 'elsewhere/wutong.keys');
  const started = await tryToStart({ DATABASE_URL: database.url, ...places, WUTONG_KEYS: elsewhere });
  expect(started).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/密钥文件.*不在[^]*key file/) });
  expect(existsSync(elsewhere)).toBe(false);
});
