// Operations as an operator meets them: health, figures, and a log in which nobody is to be found.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startApi, type TestApi } from '../../test/support/api.ts';
import { openDatabase } from '../storage/database.ts';
import { listPending } from '../storage/migrate.ts';
import { closeServer } from './close-server.ts';
import { type HealthParts, makeHealth } from './health.ts';
import { openLog } from './log.ts';
import { openMetrics } from './metrics.ts';
import { repeat } from './repeat.ts';
import { serveOperations } from './serve-operations.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-operations-'));
const lines: string[] = [];
const log = openLog('info', { write: (line) => void lines.push(line) });
const metrics = openMetrics();
let api: TestApi;
beforeAll(async () => {
  api = await startApi({
    change: {
      answered: (call) => {
        log.call(call);
        metrics.call(call);
      },
      failed: (error, requestId) => log.failure('interface', error, requestId),
    },
  });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A server with the addresses of operations, that is gone when the test is. */
async function operated(parts: Partial<HealthParts> = {}, metricsToken?: string): Promise<{ url: string; server: FastifyInstance }> {
  const server = fastify();
  const health = makeHealth({ db: api.database.db, listPending: () => listPending(api.database.ownerUrl), sealerLagSeconds: async () => 0, dataFolder: folder, ...parts });
  serveOperations(server, { health, metrics, metricsToken });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  return { url, server };
}

const personal = {
  name: '张三一',
  number: '220202199001011234',
  oldNumber: '220202900101123',
  phone: '13900001234',
  account: '6222020200012345678',
  credit: '91220202MA0Y8ABCXE',
  address: '样例市昌邑区样例路一号',
  email: 'zhangsanyi@example.com',
  token: 'tok-abcdefghijklmnopqrstuvwxyz',
} as const;

test('no call of whatever kind leaves a person, a number or a token in the log', async () => {
  const steward = api.officer('city-hrss', 'intake', 'reviewer', 'steward', 'policy');
  const admin = api.administrator('system-admin');
  const question = new URLSearchParams(personal).toString();
  const value = encodeURIComponent(personal.name + personal.number);
  for (const { endpoint } of api.parts.routes) {
    const path = endpoint.path.replace(/:\w+/g, value);
    for (const caller of [steward, admin, api.anyone(personal.token)]) {
      const body = endpoint.method === 'GET' ? {} : { body: { ...personal, people: [personal] } };
      // Without them too: what is not known behind the question mark is refused before anything is done.
      for (const behind of ['', `?${question}`]) await caller.call(endpoint.method, `${path}${behind}`, { ...body, headers: { cookie: `wutong_session=${personal.token}`, 'user-agent': personal.name.length > 0 ? personal.phone : '', 'x-forwarded-for': '203.0.113.9' } });
    }
  }
  // Bodies that are none, addresses that lead nowhere.
  await admin.call('POST', '/departments', { bytes: Buffer.from(`{"name":"${personal.name}`), headers: { 'content-type': 'application/json' } });
  await admin.call('POST', '/departments', { bytes: Buffer.from(personal.number), headers: { 'content-type': 'text/plain' } });
  await admin.get(`/nowhere/${value}`);
  expect(lines.length).toBeGreaterThan(api.parts.routes.length);
  const written = lines.join('');
  for (const each of Object.values(personal)) {
    expect(written).not.toContain(each);
    expect(written).not.toContain(encodeURIComponent(each));
  }
  expect(written).not.toContain('203.0.113.9');
  expect(written).not.toMatch(/\?|%[0-9A-F]{2}/);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ event: 'call', endpoint: 'departments.get', route: '/departments/:departmentId', method: 'GET' }));
});

test('failures tell where and of which kind, never in words that quote somebody', async () => {
  const collected: string[] = [];
  const own = openLog('info', { write: (line) => void collected.push(line) });
  const client = new pg.Client({ connectionString: api.database.ownerUrl });
  await client.connect();
  onTestFinished(() => client.end());
  // PostgreSQL quotes values in its messages and details.
  const failing = [
    client.query('select $1::integer', [personal.name]),
    client.query(`insert into tenants (tenant_id, code, name, place_code) select tenant_id, code, $1, '220200' from tenants`, [personal.name]),
    client.query(`select '${personal.number}${personal.name}' from no_such_table_${personal.phone}`),
  ];
  for (const each of await Promise.allSettled(failing)) own.failure('test', each.status === 'rejected' ? each.reason : undefined);
  const wrapped = new Error(`cannot take ${personal.name}\n    at ${personal.name} (${personal.email}:1:1)\n    at ${personal.address}`, { cause: new Error(personal.address) });
  own.failure('test', wrapped, 'request-1');
  own.failure('test', personal.name);
  own.event('sample', { text: `${personal.number} ${personal.oldNumber} ${personal.phone} ${personal.account} ${personal.credit} ${personal.email} Bearer ${personal.token}` });
  expect(collected).toHaveLength(6);
  const written = collected.join('');
  for (const each of Object.values(personal)) expect(written).not.toContain(each);
  const [wrongText, taken, , cause] = collected.map((line) => JSON.parse(line));
  expect(wrongText.error).toMatchObject({ code: '22P02' });
  expect(taken.error).toMatchObject({ code: '23505', table: 'tenants', constraint: 'tenants_pkey' });
  expect(cause.error.frames[0]).toMatch(/operations\.test\.ts/);
  expect(cause).toMatchObject({ level: 'error', requestId: 'request-1', error: { kind: 'Error', cause: { kind: 'Error' } } });
  // Ids, instants and digests stay readable.
  own.event('sample', { id: '019d0000-0000-7000-8000-139000012345', at: '2026-06-30T10:00:00.123Z', digest: 'ab12'.repeat(16), port: 65_432 });
  expect(JSON.parse(collected[6] ?? '')).toMatchObject({ id: '019d0000-0000-7000-8000-139000012345', digest: 'ab12'.repeat(16), port: 65_432 });
});

test('less is written at a higher level, and nothing when it is off', () => {
  const collected: string[] = [];
  const call = { endpoint: { id: 'a.b', method: 'GET', path: '/a' }, milliseconds: 5, requestId: 'r' };
  for (const level of ['warn', 'error', 'off'] as const) {
    const own = openLog(level, { write: (line) => void collected.push(`${level} ${JSON.parse(line).level}`) });
    own.call({ ...call, status: 200 });
    own.call({ ...call, status: 200, milliseconds: 5000 });
    own.call({ ...call, status: 503 });
  }
  expect(collected).toEqual(['warn warn', 'warn error', 'error error']);
});

test('alive and ready', async () => {
  const { url } = await operated();
  expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'ok' });
  const ready = await fetch(`${url}/health/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ status: 'ok', checks: { database: 'ok', migrations: 'ok', sealer: 'ok', disk: 'ok' } });
});

test('not ready, and why: a database that is gone, migrations that are pending, a sealer that is late, a folder that is not there', async () => {
  const gone = openDatabase('postgres://nobody@127.0.0.1:1/none');
  onTestFinished(() => gone.close());
  const cases: readonly (readonly [Partial<HealthParts>, Record<string, string>])[] = [
    [{ db: gone, listPending: () => listPending('postgres://nobody@127.0.0.1:1/none') }, { database: 'down', migrations: 'down', sealer: 'ok', disk: 'ok' }],
    [{ listPending: async () => ['9999-later.sql'] }, { database: 'ok', migrations: 'pending', sealer: 'ok', disk: 'ok' }],
    [{ sealerLagSeconds: async () => 61 }, { database: 'ok', migrations: 'ok', sealer: 'late', disk: 'ok' }],
    [{ dataFolder: join(folder, 'nowhere') }, { database: 'ok', migrations: 'ok', sealer: 'ok', disk: 'down' }],
  ];
  for (const [parts, checks] of cases) {
    const { url } = await operated(parts);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not-ready', checks });
  }
});

test('a database that hangs does not make whoever asks hang', async () => {
  const { url } = await operated({ sealerLagSeconds: () => new Promise(() => {}) });
  expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({ checks: { database: 'ok', sealer: 'down' } });
});

test('figures for this machine, or whoever shows the token', async () => {
  const token = 'a-token-for-the-figures';
  const { url } = await operated({}, token);
  metrics.watchPool('sample', api.database.db.pool);
  metrics.watch('sample_waiting_seconds', 'a sample', async () => 42);
  metrics.watch('sample_broken', 'a sample', () => Promise.reject(new Error('gone')));
  metrics.job('sample', 12, true);
  const read = await fetch(`${url}/metrics`);
  expect(read.status).toBe(200);
  const text = await read.text();
  expect(text).toMatch(/^wutong_http_request_seconds_count\{method="GET",route="\/departments\/:departmentId",status="\d+"\} \d+$/m);
  expect(text).toMatch(/^wutong_http_refusals_total\{code="sign-in-required"\} \d+$/m);
  expect(text).toContain('wutong_sample_waiting_seconds 42');
  expect(text).toContain('wutong_sample_broken Nan');
  expect(text).toMatch(/^wutong_database_connections\{pool="sample",state="idle"\} \d+$/m);
  expect(text).toContain('wutong_job_seconds_count{job="sample",outcome="done"} 1');
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  for (const each of Object.values(personal)) expect(text).not.toContain(each);
  // What a proxy of this machine passes on comes from elsewhere.
  for (const headers of [{ 'x-forwarded-for': '203.0.113.9' }, { forwarded: 'for=203.0.113.9' }, { authorization: 'Bearer wrong' }, { authorization: `Bearer ${token}x` }]) {
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(404);
  }
  expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${token}` } })).status).toBe(200);
  const closed = await operated();
  expect((await fetch(`${closed.url}/metrics`, { headers: { authorization: 'Bearer undefined' } })).status).toBe(404);
});

test('a server that closes answers the calls under way and takes no new ones', async () => {
  const server = fastify();
  const begun = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  server.get('/slow', async () => {
    begun.resolve();
    await mayEnd.promise;
    return { answered: true };
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const slow = fetch(`${url}/slow`);
  await begun.promise;
  const closing = closeServer(server);
  let isClosed = false;
  void closing.then(() => (isClosed = true));
  while (await fetch(`${url}/slow-not-there`).then(() => true, () => false)) await sleep(20);
  expect(isClosed).toBe(false);
  mayEnd.resolve();
  expect(await (await slow).json()).toEqual({ answered: true });
  expect(await closing).toBe(true);
});

test('a call that never ends is cut off once the limit is over', async () => {
  const server = fastify();
  const begun = Promise.withResolvers<void>();
  server.get('/endless', () => {
    begun.resolve();
    return new Promise(() => {});
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const endless = fetch(`${url}/endless`).then(() => 'answered', () => 'cut off');
  await begun.promise;
  expect(await closeServer(server, 100)).toBe(false);
  expect(await endless).toBe('cut off');
});

test('repeated work goes on after a failure, and its end waits for what is under way', async () => {
  const failures: string[] = [];
  const jobs: boolean[] = [];
  let rounds = 0;
  let isUnderWay = false;
  const work = repeat('sample', 1, async () => {
    isUnderWay = true;
    await sleep(5);
    isUnderWay = false;
    if (++rounds === 2) throw new Error('once');
  }, { log: { failure: (place) => void failures.push(place) }, metrics: { job: (_name, _milliseconds, isDone) => void jobs.push(isDone) } });
  while (rounds < 4) await sleep(1);
  await work.stop();
  expect(isUnderWay).toBe(false);
  const ended = rounds;
  await sleep(30);
  expect(rounds).toBe(ended);
  expect(failures).toEqual(['sample']);
  expect(jobs.slice(0, 3)).toEqual([true, false, true]);
});
