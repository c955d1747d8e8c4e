// What holds for every call of the interface: retries, limits, languages, other sites, bodies that are none.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEndpoint, keepsAnswers } from '../../src/contract/endpoint.ts';
import { Refusal, tellError } from '../../src/contract/errors.ts';
import { permissions } from '../../src/contract/permissions.ts';
import { route } from '../../src/domains/permissions/index.ts';
import { RateLimits } from '../../src/main/api/rate-limits.ts';
import { newId } from '../../src/storage/database.ts';
import { asOwner, makeTenant } from '../support/database.ts';
import { startApi, type TestApi, type TestCaller } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  const fails = defineEndpoint({
    id: 'sample.fail',
    method: 'POST',
    path: '/sample/fail',
    tag: 'test',
    summary: { zh: '失败', en: 'fails' },
    permission: 'department.write',
    body: z.object({ how: z.enum(['refusal', 'fault', 'zero', 'second-right']) }),
  });
  const takes = defineEndpoint({
    id: 'sample.take',
    method: 'POST',
    path: '/sample/file',
    tag: 'test',
    summary: { zh: '收文件', en: 'takes a file' },
    permission: 'department.write',
    query: z.object({ fileName: z.string() }),
    bytes: 'request',
    response: z.object({ size: z.number(), hash: z.string() }),
  });
  api = await startApi({
    more: [
      route(takes, async ({ tx, scope, bytes }) => {
        await tx.insertInto('jurisdictions').values({ tenant_id: scope.tenantId, code: bytes.toString('utf8', 0, 6), parent_code: '220200', name: '样例县' }).execute();
        if (bytes.includes('fails')) throw new Refusal('not-found');
        return { size: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') };
      }),
      route(fails, async ({ tx, scope, body }) => {
        await tx.insertInto('jurisdictions').values({ tenant_id: scope.tenantId, code: '220299', parent_code: '220200', name: body.how === 'zero' ? 'a\0b' : '写了一半' }).execute();
        if (body.how === 'second-right') throw new Refusal('not-permitted', { permission: '样例' });
        throw body.how === 'refusal' ? new Refusal('not-found') : new Error('张三一 220202199001011234');
      }),
    ],
    change: { failed: () => {} },
  });
});
afterAll(() => api.stop());

const bureau = (code: string) => ({ code, name: '样例局', jurisdictionCode: '220200' });
const countOf = async (code: string): Promise<number> => {
  const { rows } = await asOwner(api.database, (client) => client.query<{ n: number }>(`select count(*)::int as n from departments where code = $1`, [code]));
  return rows[0]?.n ?? -1;
};

describe('a retry with the same key', () => {
  test('does the work once and gives the same answer', async () => {
    const admin = api.administrator('system-admin');
    const key = { 'idempotency-key': 'retry-0001' };
    const first = await admin.post('/departments', bureau('once'), key);
    const second = await admin.post('/departments', bureau('once'), key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await countOf('once')).toBe(1);
  });

  test('sent twenty times at once, does the work once', async () => {
    const admin = api.administrator('system-admin');
    const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post('/departments', bureau('crowd'), { 'idempotency-key': 'crowd-0001' })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.departmentId as string)).size).toBe(1);
    expect(await countOf('crowd')).toBe(1);
  });

  test('with other content is refused; another caller may use the same key', async () => {
    const admin = api.administrator('system-admin');
    const key = { 'idempotency-key': 'other-0001' };
    await admin.post('/departments', bureau('other'), key);
    const changed = await admin.post('/departments', bureau('other-two'), key);
    expect([changed.status, changed.body.error.code]).toEqual([422, 'idempotency-key-reused']);
    const another = await api.administrator('system-admin').post('/departments', bureau('other-three'), key);
    expect(another.status).toBe(201);
  });

  test('after a refusal the key is free again: nothing was done under it', async () => {
    const admin = api.administrator('system-admin');
    const key = { 'idempotency-key': 'again-0001' };
    expect((await admin.post('/departments', { ...bureau('again'), jurisdictionCode: '220102' }, key)).status).toBe(422);
    expect((await admin.post('/departments', bureau('again'), key)).status).toBe(201);
  });

  test('a key of blanks or too short is refused', async () => {
    expect((await api.administrator('system-admin').post('/departments', bureau('short'), { 'idempotency-key': 'x' })).body.error.details[0].field).toBe('Idempotency-Key');
  });
});

describe('a retry of a file with the same key', () => {
  const sendFile = (caller: TestCaller, bytes: Uint8Array, key: string, more: Readonly<Record<string, string>> = {}, fileName = 'a.csv') =>
    caller.call('POST', `/sample/file?fileName=${fileName}`, { bytes, headers: { 'idempotency-key': key, ...more } });
  const places = async (code: string): Promise<number> =>
    (await asOwner(api.database, (client) => client.query(`select from jurisdictions where code = $1`, [code]))).rowCount ?? -1;

  test('does the work once and gives the same answer, also where twenty come at once', async () => {
    const admin = api.administrator('system-admin');
    const file = Buffer.concat([Buffer.from('220281'), randomBytes(3_000_000)]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendFile(admin, file, 'crowd-of-files')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(({ body }) => body.hash as string))).toEqual(new Set([createHash('sha256').update(file).digest('hex')]));
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(19);
    expect(await places('220281')).toBe(1);
  });

  test('with another byte, offset, type or body is refused; under another name it is another call', async () => {
    const admin = api.administrator('system-admin');
    const file = Buffer.from('220282,a');
    expect((await sendFile(admin, file, 'file-other')).status).toBe(200);
    for (const [bytes, more] of [[Buffer.from('220282,b'), {}], [file, { 'upload-offset': '1' }], [file, { 'content-type': 'text/csv' }], [Buffer.from('"220282"'), { 'content-type': 'application/json' }]] as const) {
      const changed = await sendFile(admin, bytes, 'file-other', more);
      expect([changed.status, changed.body.error?.code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect((await sendFile(admin, Buffer.from('220283'), 'file-other', {}, 'b.csv')).headers.get('idempotency-replayed')).toBeNull();
  });

  test('after a refusal is free: nothing of it was kept', async () => {
    const admin = api.administrator('system-admin');
    expect((await sendFile(admin, Buffer.from('220284 fails'), 'file-again')).status).toBe(404);
    expect(await places('220284')).toBe(0);
    expect((await sendFile(admin, Buffer.from('220284'), 'file-again')).status).toBe(200);
  });

  test('is promised of every write but those that open their own transactions', () => {
    const writes = api.parts.routes.map(({ endpoint }) => endpoint).filter(({ method }) => method !== 'GET');
    const kept = writes.filter((endpoint) => keepsAnswers(endpoint)).map(({ id }) => id);
    expect(kept).toEqual(expect.arrayContaining(['imports.people', 'imports.organisations', 'imports.accounts', 'evidence.piece', 'deliveries.send-file', 'payment-batches.import-result']));
    expect(writes.filter(({ id, ownTransaction }) => !kept.includes(id) && ownTransaction !== true)).toEqual([]);
  });
});

describe('a call that fails', () => {
  test.each(['refusal', 'fault', 'zero'] as const)('by %s leaves nothing behind and tells nothing of the inside', async (how) => {
    const answer = await api.administrator('system-admin').post('/sample/fail', { how });
    expect(answer.status).toBe({ refusal: 404, fault: 500, zero: 422 }[how]);
    expect(answer.raw.toString()).not.toMatch(/张三|at .*\.ts|select|insert/);
    expect(answer.body.error.requestId).toBe(answer.headers.get('x-request-id'));
    const { body } = await api.anyone().get('/jurisdictions');
    expect(body.items.map((item: { code: string }) => item.code)).not.toContain('220299');
  });
});

test('a handler that asks for a second right and does not get it leaves a row on the trail, and nothing else', async () => {
  const answer = await api.administrator('system-admin').post('/sample/fail', { how: 'second-right' });
  expect(answer.status).toBe(403);
  const requestId = answer.headers.get('x-request-id');
  const { rows } = await asOwner(api.database, (client) => client.query(`select action, outcome from audit_entries where request_id = $1`, [requestId]));
  expect(rows).toEqual([{ action: 'sample.fail', outcome: 'refused' }]);
});

test('words come in the language that was asked for', async () => {
  const zh = await api.anyone().post('/departments', bureau('x'));
  const en = await api.anyone().post('/departments', bureau('x'), { 'accept-language': 'en-GB,en;q=0.9' });
  expect([zh.body.error.message, en.body.error.message]).toEqual(['请先登录。', 'Sign in first.']);
});

test('a refusal names what was not allowed in the language that was asked for, of every permission', async () => {
  const steward = api.officer('changyi-hrss', 'steward');
  const [zh, en] = [await steward.get('/audit/entries'), await steward.get('/audit/entries', { 'accept-language': 'en' })];
  expect([zh.status, zh.body.error.message, en.body.error.message]).toEqual([403, '您现在的身份不能做这件事（查看审计记录）。', 'Your present capacity does not allow this (read the audit trail).']);
  for (const [permission, words] of Object.entries(permissions)) expect(tellError('not-permitted', { permission }, 'en')).toBe(`Your present capacity does not allow this (${words.en}).`);
  expect([tellError('not-permitted', {}, 'zh'), tellError('not-permitted', {}, 'en')]).toEqual(['您现在的身份不能做这件事。', 'Your present capacity does not allow this.']);
});

describe('what stands behind the question mark', () => {
  test('is refused where a list does not know it, with what it knows', async () => {
    const { status, body } = await api.officer('changyi-hrss', 'reviewer').get('/cases?limit=5&offset=10&Cursor=x', { 'accept-language': 'en' });
    expect([status, body.error.code]).toEqual([422, 'input-invalid']);
    expect(body.error.details.map(({ field }: { field: string }) => field)).toEqual(['offset', 'Cursor']);
    expect(body.error.details[0].message).toMatch(/^There is no such query parameter\. There are: .*\blimit\b/);
  });

  test('is refused by every call that takes nothing there, and by every list', async () => {
    const callers = [api.officer('city-hrss', 'intake', 'reviewer', 'finance', 'leader', 'policy', 'steward', 'approver'), api.administrator('system-admin'), api.administrator('security-admin'), api.administrator('audit-admin')];
    const taken: string[] = [];
    let refused = 0;
    for (const { endpoint } of api.parts.routes.filter(({ endpoint: { method } }) => method === 'GET')) {
      const path = endpoint.path.replace(/:\w+/g, newId());
      const answers = await Promise.all(callers.map((caller) => caller.get(`${path}?nonsense=1`)));
      refused += answers.filter(({ body }) => body.error?.details?.[0]?.field === 'nonsense').length;
      if (answers.some(({ status }) => status < 300)) taken.push(endpoint.id);
    }
    expect(taken).toEqual([]);
    expect(refused).toBeGreaterThan(100);
  });
});

test('a zero byte is told with the field that holds it', async () => {
  const admin = api.administrator('system-admin');
  const inBody = await admin.post('/departments', { ...bureau('zero'), name: '样例\0局' });
  const inQuery = await api.officer('changyi-hrss', 'steward').get('/people?q=%E5%BC%A0%00');
  expect([inBody, inQuery].map(({ status, body }) => [status, body.error.details.map(({ field }: { field: string }) => field)])).toEqual([[422, ['name']], [422, ['q']]]);
});

test.each(['\u202e', '\u2066', '\u200b', '\u200d', '\u00ad', '\u0007', '\u{e0041}'])('a name that hides %j is refused and says so', async (hidden) => {
  const { status, body } = await api.administrator('system-admin').post('/departments', { ...bureau('hides'), name: `样例${hidden}局` });
  expect([status, body.error.details]).toEqual([422, [{ field: 'name', message: '里面有看不见的字符（控制符、零宽字符或者改变书写方向的符号），请删掉，照证件重新填。' }]]);
  const intake = api.officer('changyi-hrss', 'intake', 'steward');
  const organisation = await intake.post('/organisations', { name: `吉林样例${hidden}有限公司`, jurisdictionCode: '220202' });
  expect([organisation.status, organisation.body.error?.details[0]]).toEqual([422, { field: 'name', message: '里面有看不见的字符（控制符、零宽字符或者改变书写方向的符号），请删掉，照证件重新填。' }]);
  const person = await intake.post('/people', { name: `张三${hidden}一`, jurisdictionCode: '220202' });
  expect([person.status, person.body.error?.details[0].field]).toEqual([422, 'name']);
});

describe('a body', () => {
  const send = (body: string | Uint8Array, type = 'application/json'): Promise<{ status: number; code: string }> =>
    fetch(`${api.url}/api/v1/departments`, { method: 'POST', body: body as string, headers: { 'content-type': type, authorization: `Bearer ${admin()}` } }).then(async (answer) => ({
      status: answer.status,
      code: ((await answer.json()) as { error: { code: string } }).error.code,
    }));
  const admin = (): string => api.administrator('system-admin').token ?? '';

  test.each([
    ['half of one', '{"code": "a"', 400, 'body-malformed'],
    ['an empty one', '', 422, 'input-invalid'],
    ['a list', '[]', 422, 'input-invalid'],
    ['null', 'null', 422, 'input-invalid'],
    ['a number', '1e999', 422, 'input-invalid'],
    ['a prototype', '{"__proto__": {"code": "x"}, "constructor": {"prototype": 1}}', 422, 'input-invalid'],
    ['a deep one', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'body-malformed'],
    ['one that is too large', JSON.stringify({ name: '大'.repeat(400_000) }), 413, 'body-too-large'],
  ])('%s is refused', async (_what, body, status, code) => {
    expect(await send(body)).toEqual({ status, code });
  });

  test('of another type is refused', async () => {
    expect(await send('code=a', 'application/x-www-form-urlencoded')).toEqual({ status: 415, code: 'media-type-unsupported' });
    expect(await send('<a/>', 'text/xml')).toEqual({ status: 415, code: 'media-type-unsupported' });
  });
});

test('an address that leads nowhere, a wrong method and a wrong id are told as JSON', async () => {
  expect((await api.anyone().get('/nowhere')).body.error.code).toBe('not-found');
  expect((await api.anyone().delete('/departments')).status).toBe(404);
  for (const id of ['1', "' or 1=1 --", '..%2f..%2fetc', '%00']) {
    const answer = await api.anyone().get(`/departments/${encodeURIComponent(id)}`);
    expect([404, 422]).toContain(answer.status);
  }
  expect((await api.anyone().get('/departments/0190a5c2-0000-7000-8000-000000000001')).body.error.code).toBe('not-found');
});

test('a day before all calendars is refused wherever a day can be asked for', async () => {
  const callers = [api.officer('city-hrss', 'intake', 'reviewer', 'finance', 'leader', 'policy', 'steward', 'approver'), api.administrator('system-admin'), api.administrator('security-admin'), api.administrator('audit-admin')];
  const asked: string[] = [];
  const wrong: string[] = [];
  for (const { endpoint } of api.parts.routes) {
    if (endpoint.method !== 'GET' || endpoint.query === undefined || endpoint.path.includes(':')) continue;
    const days = Object.entries(endpoint.query.shape as Readonly<Record<string, z.ZodType>>).filter(([, field]) => field.safeParse('0000-01-01').success && !field.safeParse('x').success);
    for (const [name] of days) {
      for (const caller of callers) {
        const { status } = await caller.get(`${endpoint.path}?${name}=0000-01-01`);
        if (status === 403) continue;
        asked.push(endpoint.id);
        if (status >= 500) wrong.push(`${endpoint.id} ${name}: ${status}`);
        break;
      }
    }
  }
  expect(asked).toContain('instalments.list');
  expect(wrong).toEqual([]);
});

test('what somebody types into any filter or search is not on the trail where nothing was found by it', async () => {
  const typed = '220202199001011234';
  const callers = [api.officer('city-hrss', 'intake', 'reviewer', 'finance', 'leader', 'policy', 'steward', 'approver'), api.administrator('system-admin'), api.administrator('security-admin'), api.administrator('audit-admin')];
  const asked: string[] = [];
  for (const { endpoint } of api.parts.routes) {
    if (endpoint.method !== 'GET' || endpoint.query === undefined || endpoint.path.includes(':')) continue;
    const free = Object.entries(endpoint.query.shape as Readonly<Record<string, z.ZodType>>).filter(([name, field]) => name !== 'cursor' && field.safeParse(typed).success);
    for (const [name] of free) {
      for (const caller of callers) {
        if ((await caller.get(`${endpoint.path}?${name}=${typed}`)).status !== 200) continue;
        asked.push(`${endpoint.id} ${name}`);
        break;
      }
    }
  }
  expect(asked).toEqual(expect.arrayContaining(['ledger.list-funds fund', 'disagreements.list fact', 'people.list q']));
  const { rows } = await asOwner(api.database, (client) => client.query<{ action: string }>(`select distinct action from audit_entries where detail::text like $1`, [`%${typed}%`]));
  expect(rows.map(({ action }) => action)).toEqual([]);
});

test('a host belongs to one city; an unknown host to none; a token of one city opens nothing in another', async () => {
  const two = await startApi({ hosts: ['first.example'] });
  try {
    const second = await makeTenant(two.database, { code: 'second', name: '另一市', placeCode: '220100', hosts: ['second.example'] });
    const codes = async (host: string, path = '/jurisdictions', headers: Record<string, string> = {}): Promise<unknown> => {
      const answer = await two.server.inject({ method: 'GET', url: `/api/v1${path}`, headers: { ...headers, host } });
      return answer.statusCode === 200 ? answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code) : answer.statusCode;
    };
    expect(await codes('second.example')).toEqual(['220100']);
    expect(await codes('first.example:8080')).toEqual(['220200', '220202', '220203']);
    expect(await codes('third.example')).toBe(404);
    const [here, there] = [two.tenantId, second].map((tenant) => two.as({ kind: 'administrator', role: 'system-admin' }, tenant));
    const post = async (caller: TestCaller | undefined, host: string): Promise<number> => {
      const headers = { host, authorization: `Bearer ${caller?.token}` };
      const entry = { ...bureau('wall'), jurisdictionCode: host.startsWith('second') ? '220100' : '220200' };
      return (await two.server.inject({ method: 'POST', url: '/api/v1/departments', headers, payload: entry })).statusCode;
    };
    expect([await post(here, 'first.example'), await post(here, 'second.example'), await post(there, 'first.example'), await post(there, 'second.example')]).toEqual([201, 401, 401, 201]);
  } finally {
    await two.stop();
  }
});

describe('limits', () => {
  test('the minute’s calls are counted by kind and caller, and begin anew', () => {
    const limits = new RateLimits();
    const at = new Date('2026-06-30T00:00:00Z');
    for (let call = 0; call < 30; call++) limits.count('sensitive', 'a', at);
    expect(() => limits.count('sensitive', 'a', at)).toThrow(Refusal);
    expect(() => limits.count('sensitive', 'b', at)).not.toThrow();
    expect(() => limits.count('normal', 'a', at)).not.toThrow();
    expect(() => limits.count('sensitive', 'a', new Date(at.getTime() + 60_000))).not.toThrow();
  });

  test('a clock that is put back keeps nobody out', () => {
    const limits = new RateLimits();
    const at = new Date('2026-06-30T00:00:00Z');
    for (let call = 0; call < 30; call++) limits.count('sensitive', 'a', at);
    const dayBefore = new Date(at.getTime() - 86_400_000);
    for (let call = 0; call < 30; call++) limits.count('sensitive', 'a', dayBefore);
    // It counts from there.
    expect(() => limits.count('sensitive', 'a', dayBefore)).toThrow(Refusal);
  });

  test('over the interface: 429, when to come again, and nothing done', async () => {
    const limited = await startApi({ change: { limits: new RateLimits(0.01) } });
    try {
      const answers = await Promise.all(Array.from({ length: 10 }, () => limited.anyone().get('/jurisdictions')));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBe(7);
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused[0]?.body.error.code).toBe('too-many-requests');
    } finally {
      await limited.stop();
    }
  });
});

describe('another site', () => {
  const post = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${api.url}/api/v1/departments`, { method: 'POST', body: JSON.stringify(bureau(`site-${Math.random().toString(36).slice(2)}`)), headers: { 'content-type': 'application/json', ...headers } });
  const cookie = (): string => `wutong_session=${api.administrator('system-admin').token}`;

  test('cannot change anything with a visitor’s cookie', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}, { origin: 'not an origin' }]) {
      const answer = await post({ cookie: cookie(), ...(headers as Record<string, string>) });
      expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([403, 'cross-site']);
    }
  });

  test('this very site can, and so can a program with a token', async () => {
    expect((await post({ cookie: cookie(), origin: api.url })).status).toBe(201);
    expect((await post({ authorization: `Bearer ${api.administrator('system-admin').token}`, origin: 'https://evil.example' })).status).toBe(201);
  });
});
