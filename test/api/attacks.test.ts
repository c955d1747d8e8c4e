// What somebody with a session of their own tries: to learn what is not theirs, to write beyond their reach, to bring the server down with a call.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/contract/endpoint.ts';
import { permissionRow } from '../../src/contract/permissions.ts';
import { makeFeedRound } from '../../src/domains/feeds/index.ts';
import { processNext } from '../../src/domains/imports/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { recordStatements } from '../../src/domains/registry/index.ts';
import { RateLimits } from '../../src/main/api/rate-limits.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import { callerFrom, claimedPerson, cookieOf, enterByPhone, foundAdmins, noticeVersion, proveByPhone, sampleNumber as numberBorn } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner } from '../support/database.ts';
import { startProvider } from '../support/identity-provider.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../support/registry-samples.ts';
import { makePdf } from '../support/sample-papers.ts';

const failures: unknown[] = [];
let api: TestApi;
let officer: TestCaller;
beforeAll(async () => {
  api = await startApi({ change: { failed: (error) => void failures.push(error) } });
  officer = api.officer('changyi-hrss', 'intake', 'reviewer', 'steward');
});
afterAll(() => api.stop());

const now = (): Date => new Date();
const job = <T>(work: Parameters<typeof inTenant<T>>[2]): Promise<T> => inTenant(api.parts.db, api.tenantId, work);

async function auditedActions(objectId: string): Promise<readonly string[]> {
  return asOwner(api.database, async (client) => (await client.query<{ action: string }>('select action from audit_entries where object_id = $1 order by entry_id', [objectId])).rows.map(({ action }) => action));
}

/** What a person and an organisation are known by. */
async function employed(number: string): Promise<{ personId: string; organisationId: string; agent: TestCaller }> {
  const personId = await enterPerson(officer, { number });
  const organisationId = await enterOrganisation(officer);
  expect((await officer.post(`/people/${personId}/employments`, { organisationId, startedOn: '2020-01-01', origin: '材料', trustClass: 'B' })).status).toBe(201);
  return { personId, organisationId, agent: api.agent(organisationId) };
}

describe('an employer’s agent', () => {
  test('does not learn by a file’s digest that an employee holds it, nor anything about the paper', async () => {
    const { personId, agent } = await employed(sampleNumber());
    const me = api.person(personId);
    const content = await makePdf({ text: 'of the employee alone' });
    const sha256 = createHash('sha256').update(content).digest('hex');
    const paper = { partyId: personId, kind: '劳动合同', fileName: 'a.pdf', sizeBytes: content.length };
    const begun = await me.post('/evidence', { ...paper, issuedBy: '别的单位' });
    const evidenceId = String(begun.body.paper.evidenceId);
    await me.call('PATCH', `/evidence/${evidenceId}/content`, { bytes: content, headers: { 'upload-offset': '0' } });
    await me.post(`/evidence/${evidenceId}/complete`);
    while ((await me.get(`/evidence/${evidenceId}`)).body.status === 'checking') await new Promise((done) => setTimeout(done, 30));
    expect((await me.post('/evidence', { ...paper, sha256 })).body).toMatchObject({ isHeldAlready: true, paper: { evidenceId } });
    const tried = await agent.post('/evidence', { ...paper, sha256 });
    expect(tried).toMatchObject({ status: 201, body: { isHeldAlready: false } });
    expect(tried.body.paper.evidenceId).not.toBe(evidenceId);
  });

  test('does not learn by an import which facts are known of somebody: a right guess and a wrong one look alike', async () => {
    const number = sampleNumber();
    const stranger = await enterPerson(officer, { name: '张三一', number });
    const said = { origin: '共享', trustClass: 'A', departmentId: api.departments['city-hrss'], purpose: 'eligibility', asOf: '2026-01-01' } as const;
    await job((tx) => recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [{ ...said, partyId: stranger, facts: { 学历: '硕士研究生', 年薪: 123_456 } }], now()));
    const organisationId = await enterOrganisation(officer);
    const agent = api.agent(organisationId);
    const guess = async (education: string, salary: string): Promise<unknown> => {
      const list = Buffer.from(`\ufeff姓名,身份证号,学历,年薪（元）,入职日期\r\n张三一,${number},${education},${salary},2024-01-01\r\n`);
      const made = await agent.call('POST', `/imports/people?fileName=${encodeURIComponent('名单.csv')}`, { bytes: list });
      while (await processNext(api.parts.imports, api.tenantId, newId()));
      const { found, state } = (await agent.get(`/imports/${made.body.importId}`)).body;
      await agent.post(`/imports/${made.body.importId}/cancellation`);
      return { found, state };
    };
    // With the employment said before, only the facts could make a difference.
    expect((await officer.post(`/people/${stranger}/employments`, { organisationId, startedOn: '2024-01-01', origin: '申报', trustClass: 'D' })).status).toBe(201);
    expect(await guess('硕士研究生', '123456')).toEqual(await guess('本科', '99999'));
  });

  test('who only tells of a job ties no paper of somebody else to it: its owner can still take it back', async () => {
    const { personId, organisationId } = await employed(sampleNumber());
    const me = api.person(personId);
    const content = await makePdf({ text: 'to be taken back' });
    const begun = await me.post('/evidence', { partyId: personId, kind: '劳动合同', fileName: 'a.pdf', sizeBytes: content.length });
    const { evidenceId } = begun.body.paper as { evidenceId: string };
    const etag = String((await me.get(`/evidence/${evidenceId}`)).headers.get('etag'));
    const self = await enterPerson(officer);
    const told = await api.person(self).post(`/people/${self}/employments`, { organisationId, startedOn: '2021-01-01', origin: '申报', trustClass: 'D', evidenceId });
    expect(told.status).toBe(201);
    expect(await me.delete(`/evidence/${evidenceId}`, { 'if-match': etag })).toMatchObject({ status: 204 });
  });
});

describe('an officer of a district', () => {
  test('does not settle or see what is disputed of somebody who moved away; the place they moved to does', async () => {
    const number = sampleNumber();
    const partyId = await enterPerson(officer, { number });
    await job((tx) =>
      recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [{ partyId, origin: '共享', trustClass: 'A', departmentId: api.departments['city-finance'], purpose: 'eligibility', asOf: '2026-01-01', facts: { 学历: '硕士研究生' } }], now()),
    );
    const feed = (await api.administrator('system-admin').post('/feeds', { name: '样例', purpose: 'eligibility', legalBasis: '样例', subjectKind: 'person', facts: ['学历'], asOfRule: 'delivery', departmentId: api.departments['city-hrss'] })).body.id;
    const system = api.as({ kind: 'feed', departmentId: api.departments['city-hrss'], keyId: newId() });
    expect((await system.post(`/feeds/${feed}/deliveries`, { number: '1', asOf: '2026-10-31', rows: [{ key: number, facts: { 学历: '本科' } }] })).status).toBe(202);
    const round = makeFeedRound({ db: api.parts.db, tools: api.parts.registry, sendMessage: api.parts.messages.sendMessage });
    while (await round([api.tenantId]));
    const id = String((await officer.get(`/disagreements?partyId=${partyId}`)).body.items[0].id);
    const moved = await api.officer('city-hrss', 'intake').patch(`/people/${partyId}`, { jurisdictionCode: '220203' }, { 'if-match': String((await officer.get(`/people/${partyId}`)).headers.get('etag')) });
    expect(moved.status).toBe(200);
    expect(await officer.get(`/people/${partyId}`)).toMatchObject({ status: 404 });
    expect(await officer.get(`/disagreements/${id}`)).toMatchObject({ status: 404 });
    expect((await officer.get('/disagreements')).body.items.map((one: { id: string }) => one.id)).not.toContain(id);
    const settle = { settleAs: 'held', reason: '看过原件' };
    expect(await officer.post(`/disagreements/${id}/settle`, settle, { 'if-match': '"1"' })).toMatchObject({ status: 404 });
    expect(await api.officer('longtan-hrss', 'steward').post(`/disagreements/${id}/settle`, settle, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
  });
});

describe('whoever looks at what belongs to a person', () => {
  test('is on the trail, also for consents and for what the person asked', async () => {
    const partyId = await enterPerson(officer);
    await api.person(partyId).post(`/people/${partyId}/data-requests`, { kind: 'correct', words: '样例' });
    const before = (await auditedActions(partyId)).length;
    for (const path of [`/people/${partyId}/consents`, `/people/${partyId}/data-requests`, '/data-requests']) expect((await officer.get(path)).status).toBe(200);
    expect((await auditedActions(partyId)).slice(before)).toEqual(['people.consents', 'data-requests.of-person', 'data-requests.open']);
  });

  test('is on the trail also where it is out of reach, and hears no more of it than of what is not there', async () => {
    const partyId = await enterPerson(officer);
    const { organisationId } = await employed(sampleNumber());
    const strangers: readonly TestCaller[] = [api.person(await enterPerson(officer)), api.agent(organisationId), api.officer('longtan-hrss', 'intake', 'reviewer', 'approver', 'finance', 'steward')];
    const trail = async (requestId: string | null) =>
      asOwner(api.database, async (client) => (await client.query(`select action, outcome, object_kind, object_id, account_id is not null as named, detail from audit_entries where request_id = $1`, [requestId])).rows);
    for (const stranger of strangers) {
      for (const id of [partyId, newId()]) {
        for (const [method, path, action] of [['GET', `/people/${id}`, 'people.get'], ['GET', `/people/${id}/facts`, 'people.facts'], ['GET', `/parties/${id}/bank-accounts`, 'bank-accounts.list']] as const) {
          const answer = await stranger.call(method, path);
          const { requestId, ...told } = answer.body.error as { requestId: string };
          expect([answer.status, told]).toEqual([404, { code: 'not-found', message: '没有找到，或者您不能查看。' }]);
          expect(await trail(requestId)).toEqual([{ action, outcome: 'refused', object_kind: 'out-of-reach', object_id: id, named: true, detail: {} }]);
        }
      }
    }
    // The person reads there who saw something; nobody of them did.
    const { glances } = (await api.person(partyId).get(`/people/${partyId}/held-data`)).body;
    expect(glances.map(({ by }: { by: string }) => by)).not.toContain('agent');
    // What stands in a path and is no id is not written down.
    const byNumber = await officer.get('/people/220202199001011234');
    expect([byNumber.status, await trail(byNumber.headers.get('x-request-id'))]).toEqual([422, []]);
  });
});

describe('a call that is meant to bring the server down', () => {
  test('a cookie that cannot be decoded is one that is not there', async () => {
    failures.length = 0;
    for (const cookie of ['wutong_browser=%E0%A4%A; wutong_visit=%', 'wutong_session=%E0%A4%A', 'wutong_browser==;;=; __proto__=x']) {
      const answer = await api.anyone().post('/access/sign-in/password', { login: 'nobody', password: 'x'.repeat(12) }, { cookie, 'sec-fetch-site': 'same-origin' });
      expect(`${cookie}: ${answer.status}`).toBe(`${cookie}: 401`);
    }
    const visit = await api.anyone().post('/access/providers/return', { query: 'state=x' }, { cookie: 'wutong_visit=%E0', 'sec-fetch-site': 'same-origin' });
    expect(visit.status).toBeLessThan(500);
    expect(failures).toEqual([]);
  });

  test('a cursor that somebody wrote is refused, whatever it holds', async () => {
    failures.length = 0;
    const values = [-1, 0, 2 ** 31, 2 ** 53 - 1, 1e308, '9223372036854775808', '-99999999999999999999', '2026-02-31', '9999-99-99', 'infinity', newId(), `'; select 1; --`, '\u0000', null, true, {}, []];
    const cursors = values.flatMap((value) => [[value], [value, newId()], [newId(), value], [value, newId(), newId()], ['2026-01-01', value]]).map((given) => Buffer.from(JSON.stringify(given)).toString('base64url'));
    const wrong: string[] = [];
    const callers = [officer, api.officer('city-hrss', 'intake', 'reviewer', 'finance', 'leader', 'policy', 'steward', 'approver'), api.administrator('system-admin'), api.administrator('security-admin'), api.administrator('audit-admin')];
    for (const { endpoint } of api.parts.routes) {
      if (endpoint.query === undefined || !('cursor' in endpoint.query.shape) || endpoint.path.includes(':')) continue;
      for (const caller of callers) {
        if ((await caller.get(endpoint.path)).status !== 200) continue;
        for (const sort of 'sort' in endpoint.query.shape ? ['', '&sort=stalest', '&sort=name', '&sort=recent', '&sort=-name', '&sort=newest'] : ['']) {
          for (const cursor of cursors) {
            const { status } = await caller.get(`${endpoint.path}?cursor=${cursor}${sort}`);
            if (status >= 500) wrong.push(`${endpoint.id}${sort} ${Buffer.from(cursor, 'base64url').toString()}: ${status} ${String(failures.at(-1))}`);
          }
        }
        break;
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test('JSON as deep as it gets, as wide as it gets, and with names that mean something to the program', async () => {
    failures.length = 0;
    const partyId = await enterPerson(officer);
    const base = { origin: '申报', trustClass: 'D', purpose: 'eligibility', asOf: '2026-01-01' };
    const deep = (levels: number): string => JSON.stringify({ ...base, facts: { 学历: 0 } }).replace(':0', `:${'['.repeat(levels)}${']'.repeat(levels)}`);
    const wide = JSON.stringify({ ...base, facts: Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`名${at}`, at])) });
    const named = JSON.stringify({ ...base, facts: { 学历: '本科' } }).replace('"学历"', '"__proto__":{"isAdmin":true},"constructor":{"prototype":1},"toString":1,"学历"');
    for (const body of [deep(100), deep(2000), deep(6000), deep(100_000), wide, named]) {
      for (const more of [{}, { 'idempotency-key': newId() }]) {
        const answer = await fetch(`${api.url}/api/v1/people/${partyId}/statements`, { method: 'POST', body, headers: { authorization: `Bearer ${api.person(partyId).token}`, 'content-type': 'application/json', ...more } });
        expect(`${body.length}: ${answer.status}`).toMatch(/: 4\d\d$/);
      }
    }
    expect(failures).toEqual([]);
  });
});

describe('a file that is meant to bring the server down', () => {
  test('NDJSON as deep, as long and as broken as it gets is refused line by line, or as a whole', async () => {
    failures.length = 0;
    const feed = (await api.administrator('system-admin').post('/feeds', { name: '样例', purpose: 'eligibility', legalBasis: '样例', subjectKind: 'person', facts: ['学历'], asOfRule: 'delivery', departmentId: api.departments['city-hrss'] })).body.id;
    const system = api.as({ kind: 'feed', departmentId: api.departments['city-hrss'], keyId: newId() });
    const deep = (levels: number): string => `{"key":"1","facts":{"学历":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    const objects = (levels: number): string => `{"key":"1","facts":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
    const files = [deep(3000), deep(50_000), deep(1_000_000), objects(50_000), `{"key":"1","facts":{"学历":"${'长'.repeat(2_000_000)}"}}`, '{'.repeat(1_000_000), '\n'.repeat(1_000_000), '"', '\u0000', '{"key":"1","facts":{"__proto__":{"x":1},"constructor":1}}', `{"key":${JSON.stringify('9'.repeat(1_000_000))},"facts":{}}`];
    const round = makeFeedRound({ db: api.parts.db, tools: api.parts.registry, sendMessage: api.parts.messages.sendMessage });
    for (const [at, file] of files.entries()) {
      const sent = await system.call('POST', `/feeds/${feed}/files?number=n${at}&asOf=2026-10-31&fileName=a.ndjson`, { bytes: Buffer.from(file), headers: { 'content-type': 'application/x-ndjson' } });
      expect(`${at} ${sent.status < 500}`).toBe(`${at} true`);
      while (await round([api.tenantId]));
      const delivery = sent.status === 202 ? (await system.get(`/feeds/${feed}/deliveries/${sent.body.id}`)).body : { status: 'done', accepted: 0 };
      expect(`${at} ${delivery.status} ${delivery.accepted}`).toBe(`${at} done 0`);
    }
    expect(failures).toEqual([]);
  }, 300_000);
});

describe('somebody who finds a session open', () => {
  test('ties no identity of their own to the account without a fresh proof, and a recovery unties what was tied', async () => {
    const provider = await startProvider();
    try {
      const system = (await foundAdmins(api))['system-admin'].caller;
      const { issuer, clientId, clientSecret, returnUrl } = provider;
      const { providerId } = (await system.post('/access/identity-providers', { issuer, clientId, clientSecret, returnUrl, name: { zh: '样例', en: 'Sample' } })).body;
      const visit = async (subject: string, by: TestCaller): Promise<Answered> => {
        provider.setSubject(subject);
        const begun = await by.post(`/access/providers/${providerId}/visit`);
        return by.post('/access/providers/return', { query: await provider.walk(String(begun.body.goTo)), noticeVersion }, { cookie: `wutong_visit=${cookieOf(begun, 'wutong_visit')}` });
      };
      const [phone, number] = ['13800000077', numberBorn('1988-08-08', 77)];
      const { caller } = await claimedPerson(api, { name: '张三一', number, phone });
      const accountId = async (by: TestCaller): Promise<unknown> => (await by.get('/access/me')).body.accountId;
      const own = await accountId(caller);
      api.setNow(new Date(Date.now() + 16 * 60_000));
      expect(await visit('somebody', caller)).toMatchObject({ status: 403, body: { error: { code: 'proof-needed' } } });
      // Right after signing in it is the holder.
      expect(await accountId(callerFrom(api, await visit('holder', await enterByPhone(api, phone))))).toBe(own);
      expect(await accountId(callerFrom(api, await visit('holder', api.anyone())))).toBe(own);
      expect(await accountId(callerFrom(api, await visit('somebody', api.anyone())))).not.toBe(own);
      const recovered = await api.anyone().post('/access/recovery', { ...(await proveByPhone(api, phone, 'recover')), name: '张三一', identityNumber: number, password: 'Wutong shu shang 8' });
      expect(recovered.status).toBe(202);
      expect(await accountId(callerFrom(api, await visit('holder', api.anyone())))).not.toBe(own);
    } finally {
      api.setNow(new Date());
      await provider.stop();
    }
  });
});

describe('somebody without a session', () => {
  /** The answer to the head of a call of which not one byte of the body follows. */
  async function answerToHead({ method, path }: { readonly method: string; readonly path: string }, headers: readonly string[]): Promise<string> {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.write([`${method} /api/v1${path.replace(/:\w+/g, () => newId())} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString();
  }
  const changing = (): readonly Endpoint[] => api.parts.routes.map(({ endpoint }) => endpoint).filter(({ method }) => method !== 'GET');
  const typeOf = ({ bytes }: Endpoint): string => `content-type: ${bytes === 'request' || bytes === 'both' ? 'application/octet-stream' : 'application/json'}`;
  const madeUp = ['', `authorization: Bearer wts_${'A'.repeat(43)}`, `authorization: Bearer ${newId()}`, `cookie: wutong_session=wts_${'B'.repeat(43)}`, `authorization: Bearer wtf_${'A'.repeat(43)}`];

  test('is refused a large body before a byte of it is read, with a made-up token as without one, of known size and of unknown', async () => {
    const wrong: string[] = [];
    for (const endpoint of changing()) {
      const isOpen = permissionRow(endpoint.permission).holders.anyone !== undefined;
      for (const token of madeUp) {
        for (const size of ['content-length: 8000000', 'content-length: 65537', 'transfer-encoding: chunked']) {
          const answer = await answerToHead(endpoint, [typeOf(endpoint), size, ...(token === '' ? [] : [token])]);
          const status = answer.slice(9, 12);
          if (status !== (isOpen ? '413' : '401') || !answer.includes(isOpen ? 'body-too-large' : 'sign-in-required')) wrong.push(`${endpoint.id} ${token} ${size}: ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(changing().length).toBeGreaterThan(60);
  });

  test('is heard with a small one, and hears of a large one though all of it was sent', async () => {
    const small = { login: 'x'.repeat(60_000), password: 'x' };
    expect(await api.anyone().post('/access/sign-in/password', small)).toMatchObject({ status: 422, body: { error: { code: 'input-invalid' } } });
    const large = { login: 'x'.repeat(900_000), password: 'x' };
    expect(await api.anyone().post('/access/sign-in/password', large)).toMatchObject({ status: 413, body: { error: { code: 'body-too-large', message: '发来的内容超过 64 KiB，请分开发。' } } });
    expect(await api.anyone(newId()).post('/departments', large)).toMatchObject({ status: 401 });
    // Somebody with a session is asked about what is in it.
    expect(await api.administrator('system-admin').post('/departments', large)).toMatchObject({ status: 422 });
  });

  test('cannot keep the database busy with it: such calls are counted by where they come from', async () => {
    const limited = await startApi({ change: { limits: new RateLimits(0.01) } });
    try {
      const answers = await Promise.all(Array.from({ length: 10 }, () => limited.anyone(newId()).post('/departments', { name: 'x'.repeat(100_000) })));
      expect([401, 429].map((code) => answers.filter(({ status }) => status === code).length)).toEqual([3, 7]);
    } finally {
      await limited.stop();
    }
  });
});

describe('an answer that was kept for a retry', () => {
  test('is given to nobody else, in no other capacity and for no other object, and holds no secret of a sign-in', async () => {
    const [one, other] = [await enterPerson(officer), await enterPerson(officer)];
    const key = { 'idempotency-key': newId() };
    const [first, second] = [api.person(one), api.person(other)];
    const asked = await first.post(`/people/${one}/data-requests`, { kind: 'copy' }, key);
    expect((await first.post(`/people/${one}/data-requests`, { kind: 'copy' }, key)).body).toEqual(asked.body);
    expect(await second.post(`/people/${one}/data-requests`, { kind: 'copy' }, key)).toMatchObject({ status: 404 });
    const own = await second.post(`/people/${other}/data-requests`, { kind: 'copy' }, key);
    expect(own.body.requestId).not.toBe(asked.body.requestId);
    const caller = await enterByPhone(api, '13800000078');
    const enrolKey = { 'idempotency-key': newId() };
    const secrets = [await caller.post('/access/second-factor', {}, enrolKey), await caller.post('/access/second-factor', {}, enrolKey)].map(({ body }) => String(body.secret));
    expect(secrets[0]).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(secrets).size).toBe(2);
  });
});

describe('SQL that somebody got the server to run', () => {
  test('changes and empties nothing of the trail, makes itself no owner and sees no other city', async () => {
    const told: string[] = [];
    for (const statement of [
      'update audit_entries set outcome = outcome', 'delete from audit_entries', 'truncate audit_entries', 'update audit_queue set entry_id = entry_id', 'delete from audit_queue',
      'insert into audit_seals select * from audit_seals', 'update audit_seals set seq = seq', 'delete from audit_seals', 'update audit_heads set seq = 0', 'delete from audit_heads', 'delete from audit_roots', 'update audit_roots set first_seq = 1',
      'alter table audit_entries disable row level security', 'alter table people no force row level security', 'drop policy tenant_wall on people', 'drop table people', 'create table stolen (a text)',
      'set session authorization default; reset role; select * from people', `set role ${new URL(api.database.ownerUrl).username}`, 'update tenants set hosts = hosts', 'delete from tenants', `copy people to program 'cat'`, `copy people to '/dev/null'`, `select pg_read_file('/etc/passwd')`, 'create extension dblink',
    ]) {
      const client = new pg.Client({ connectionString: api.database.url });
      await client.connect();
      try {
        await client.query('begin');
        await client.query('set local role wutong_app');
        await client.query(`select set_config('wutong.tenant_id', $1, true)`, [String(api.tenantId)]);
        const results = (await client.query(statement)) as unknown as { rowCount: number | null } | readonly { rowCount: number | null }[];
        told.push(`${statement}: ${JSON.stringify([results].flat().map(({ rowCount }) => rowCount))}`);
      } catch (error) {
        const { code } = error as { code?: string };
        // insufficient_privilege, or what only an owner or a superuser could do.
        if (code !== '42501' && code !== '0LP01') told.push(`${statement}: ${String(error)}`);
      } finally {
        await client.end();
      }
    }
    expect(told).toEqual([]);
  });
});

describe('two at the same moment', () => {
  test('one of them has it: a merge made and undone, an import confirmed, a relative’s wish agreed to, a request answered', async () => {
    const twice = async (call: () => Promise<Answered>): Promise<readonly number[]> => (await Promise.all(Array.from({ length: 6 }, call))).map(({ status }) => status);
    const counted = (statuses: readonly number[]): unknown => ({ good: statuses.filter((status) => status < 300).length, refused: statuses.filter((status) => status >= 400 && status < 500).length });
    const [kept, merged] = [await enterPerson(officer, { name: '张三五' }), await enterPerson(officer, { name: '张三六' })];
    expect(counted(await twice(() => officer.post('/merges', { keptPartyId: kept, mergedPartyId: merged, reason: '同一个人' })))).toEqual({ good: 1, refused: 5 });
    const mergeId = String((await officer.get(`/parties/${kept}/merges`)).body.items[0].mergeId);
    expect(counted(await twice(() => officer.post(`/merges/${mergeId}/undo`, { reason: '两个人' })))).toEqual({ good: 1, refused: 5 });
    // Each into the other: never a circle.
    const both = await Promise.all([officer.post('/merges', { keptPartyId: kept, mergedPartyId: merged, reason: '同一个人' }), officer.post('/merges', { keptPartyId: merged, mergedPartyId: kept, reason: '同一个人' })]);
    expect(counted(both.map(({ status }) => status))).toEqual({ good: 1, refused: 1 });
    expect((await officer.get(`/people/${kept}`)).status).toBe(200);

    const list = Buffer.from(`\ufeff姓名,身份证号\r\n张三八,${sampleNumber()}\r\n`);
    const made = await officer.call('POST', '/imports/people?fileName=a.csv', { bytes: list });
    while (await processNext(api.parts.imports, api.tenantId, newId()));
    expect(counted(await twice(() => officer.post(`/imports/${made.body.importId}/confirmation`, {})))).toEqual({ good: 1, refused: 5 });

    const { caller } = await claimedPerson(api, { name: '张三一', number: numberBorn('1988-08-08', 79), phone: '13800000079' });
    const { caller: spouse } = await claimedPerson(api, { name: '张三二', number: numberBorn('1988-08-08', 81), phone: '13800000080' });
    const asked = await caller.post('/access/family', { relation: 'spouse', name: '张三二', identityNumber: numberBorn('1988-08-08', 81) });
    expect(counted(await twice(() => spouse.post(`/access/family/${asked.body.linkId}/agreement`)))).toEqual({ good: 1, refused: 5 });
    const personId = await enterPerson(officer);
    const request = await api.person(personId).post(`/people/${personId}/data-requests`, { kind: 'copy' });
    expect(counted(await twice(() => officer.post(`/people/${personId}/data-requests/${request.body.requestId}/answer`, { decision: 'refuse', words: '样例' })))).toEqual({ good: 1, refused: 5 });
  });
});
