// Feeds over the interface: who may do what, deliveries of every kind, the list of errors, and a disagreement from the queue to its end.
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { foundAdmins } from '../../../test/support/access.ts';
import { asOwner } from '../../../test/support/database.ts';
import { sampleName, sampleNumber } from '../../../test/support/sample-registry.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { type Actor, jobScope, scopeFor } from '../permissions/index.ts';
import { createPeople, recordStatements } from '../registry/index.ts';
import { makeFeedsParticipant } from './delete-with-party.ts';
import { makeFeedRound } from './process-deliveries.ts';

let api: TestApi;
let system: TestCaller;
let feed: { readonly id: string; readonly version: number };
let made = 0;
const terms = { name: '样例市人社局参保', purpose: 'eligibility', legalBasis: '样例市数据共享办法第三条', subjectKind: 'person', facts: ['学历', '全日制', '年薪'], asOfRule: 'delivery' };

beforeAll(async () => {
  api = await startApi();
  system = api.as({ kind: 'feed', departmentId: api.departments['city-hrss'], keyId: newId() });
  feed = (await api.administrator('system-admin').post('/feeds', { ...terms, departmentId: api.departments['city-hrss'] })).body;
});
afterAll(() => api.stop());

const addPerson = async (): Promise<{ readonly number: string; readonly partyId: string }> => {
  made++;
  const number = sampleNumber(made);
  const [entered] = await inTenant(api.parts.db, api.tenantId, (tx) =>
    createPeople(tx, jobScope(api.tenantId, 'test', 'person.write'), api.parts.registry, [{ name: sampleName(made), jurisdictionCode: '220202', document: { kind: 'number', number } }], new Date()),
  );
  if (entered === undefined || !('partyId' in entered)) throw new Error('the sample person was not entered');
  return { number, partyId: entered.partyId };
};
const deliver = async (rows: readonly unknown[], number: string = newId()): Promise<{ readonly id: string }> => {
  const answer = await system.post(`/feeds/${feed.id}/deliveries`, { number, asOf: '2026-10-31', rows });
  expect(answer.status).toBe(202);
  const round = makeFeedRound({ db: api.parts.db, tools: api.parts.registry, sendMessage: api.parts.messages.sendMessage });
  while (await round([api.tenantId]));
  return (await system.get(`/feeds/${feed.id}/deliveries/${answer.body.id}`)).body;
};
const queue = async (fact: string, held: unknown, delivered: unknown) => {
  const person = await addPerson();
  await inTenant(api.parts.db, api.tenantId, (tx) =>
    recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [
      { partyId: person.partyId, origin: '共享', trustClass: 'A', departmentId: api.departments['city-finance'], purpose: 'eligibility', asOf: '2026-01-01', facts: { [fact]: held } },
    ], new Date()),
  );
  await deliver([{ key: person.number, facts: { [fact]: delivered } }]);
  const { items } = (await api.officer('changyi-hrss', 'steward').get(`/disagreements?partyId=${person.partyId}`)).body;
  expect(items).toHaveLength(1);
  return { person, id: String(items[0].id) };
};

test('a feed is set up by the system administrator or its own department’s steward, and changed with If-Match', async () => {
  const steward = api.officer('changyi-hrss', 'steward');
  expect(await steward.post('/feeds', { ...terms, departmentId: api.departments['city-hrss'] })).toMatchObject({ status: 404 });
  const created = await steward.post('/feeds', { ...terms, departmentId: api.departments['changyi-hrss'], everyDays: 7 });
  expect(created).toMatchObject({ status: 201, body: { version: 1, keepUnknownDays: 90, everyDays: 7, lastAsOf: null } });
  const path = `/feeds/${created.body.id}`;
  expect(await steward.put(path, terms)).toMatchObject({ status: 428 });
  expect(await steward.put(path, { ...terms, name: '改了名' }, { 'if-match': '"1"' })).toMatchObject({ status: 200, body: { version: 2, name: '改了名' } });
  expect(await steward.put(path, terms, { 'if-match': '"1"' })).toMatchObject({ status: 412 });
  expect(await steward.put(path, { ...terms, subjectKind: 'organisation', facts: ['规上'] }, { 'if-match': '"2"' })).toMatchObject({ status: 422 });
  expect(await steward.put(path, { ...terms, facts: ['血型'] }, { 'if-match': '"2"' })).toMatchObject({ status: 422, body: { error: { code: 'feed-facts-wrong' } } });
  expect(await api.officer('longtan-hrss', 'steward').get(path)).toMatchObject({ status: 404 });
  expect(await api.administrator('system-admin').get(path)).toMatchObject({ status: 200 });
  const listed = await api.administrator('system-admin').get('/feeds?limit=1&sort=stalest');
  expect(listed.body.items).toHaveLength(1);
  const next = await api.administrator('system-admin').get(`/feeds?limit=1&sort=stalest&cursor=${listed.body.nextCursor}`);
  expect(next.body.items[0].id).not.toBe(listed.body.items[0].id);
  expect(await api.administrator('system-admin').get('/feeds?sort=stalest&cursor=WyJ4Il0')).toMatchObject({ status: 400 });
});

test('nobody else delivers, sets up or looks: every role that has no right is refused, and nobody without a session', async () => {
  const others = [api.officer('city-hrss', 'intake', 'reviewer', 'approver', 'finance', 'leader', 'policy'), api.administrator('security-admin'), api.administrator('audit-admin'), api.person(newId()), api.agent(newId()), api.as({ kind: 'account' })];
  for (const caller of others) {
    for (const call of [caller.get('/feeds'), caller.get('/feeds/figures'), caller.get(`/feeds/${feed.id}`), caller.post('/feeds', { ...terms, departmentId: newId() }), caller.post(`/feeds/${feed.id}/deliveries`, { number: 'x', asOf: '2026-10-31', rows: [] })]) {
      expect((await call).status).toBe(403);
    }
  }
  for (const path of ['/feeds', `/feeds/${feed.id}`, '/disagreements', `/feeds/${feed.id}/deliveries`]) expect((await api.anyone().get(path)).status).toBe(401);
  const stranger = api.as({ kind: 'feed', departmentId: api.departments['city-finance'], keyId: newId() });
  expect(await stranger.post(`/feeds/${feed.id}/deliveries`, { number: 'x', asOf: '2026-10-31', rows: [{ key: '1', facts: {} }] })).toMatchObject({ status: 404 });
  expect((await stranger.get('/feeds')).body.items).toEqual([]);
  // A department's system delivers; it neither sets up nor settles.
  expect(await system.post('/feeds', { ...terms, departmentId: api.departments['city-hrss'] })).toMatchObject({ status: 403 });
  expect(await system.get('/disagreements')).toMatchObject({ status: 403 });
});

test('an xlsx goes in, its errors come back as xlsx and CSV without numbers or values; whoever took them is on the trail', async () => {
  const person = await addPerson();
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('数据');
  sheet.addRow(['证件号码', '学历', '年薪']);
  sheet.addRow([person.number, '本科', 98_765]);
  sheet.addRow([person.number, '=HYPERLINK("x")', 98_765]);
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  const path = `/feeds/${feed.id}/files?number=${newId()}&asOf=2026-10-31&fileName=data.xlsx`;
  const sent = await system.call('POST', path, { bytes, headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } });
  expect(sent).toMatchObject({ status: 202, body: { total: 2, waiting: 2, format: 'xlsx', status: 'waiting' } });
  await deliver([{ key: person.number, facts: { 全日制: true } }]);
  const base = `/feeds/${feed.id}/deliveries/${sent.body.id}`;
  expect((await system.get(base)).body).toMatchObject({ status: 'done', accepted: 1, invalid: 1, waiting: 0 });
  const csv = await system.get(`${base}/error-list?format=csv`);
  expect(csv.headers.get('content-type')).toMatch(/text\/csv/);
  expect(csv.raw.toString('utf8')).toMatch(/行号,列,原因\r?\n3,学历,/);
  expect(csv.raw.toString('utf8')).not.toContain(person.number);
  const book = new exceljs.Workbook();
  const written = (await system.get(`${base}/error-list`)).raw;
  await book.xlsx.load(written.buffer.slice(written.byteOffset, written.byteOffset + written.byteLength) as ArrayBuffer);
  expect(book.worksheets[0]?.getRow(2).getCell(2).text).toBe('学历');
  const trail = await asOwner(api.database, async (client) => (await client.query<{ action: string; object_id: string }>(`select action, object_id, detail from audit_entries where object_id = $1 order by entry_id`, [sent.body.id])).rows);
  expect(trail.map(({ action }) => action)).toEqual(['deliveries.send-file', 'deliveries.export-rows', 'deliveries.export-rows']);
  expect(await system.call('POST', path.replace('fileName=data.xlsx', 'fileName=data.pdf').replace(/number=[^&]+/, 'number=pdf'), { bytes: Buffer.from('%PDF-1.7 x') })).toMatchObject({ status: 422 });
});

test('an officer of the place sees both values with their origins, settles with a reason, and the trail names no value', async () => {
  const { person, id } = await queue('学历', '硕士研究生', '本科');
  const steward = api.officer('changyi-hrss', 'steward');
  const seen = await steward.get(`/disagreements/${id}`);
  expect(seen.body).toMatchObject({
    partyId: person.partyId, fact: '学历', status: 'open', heldValue: '硕士研究生', deliveredValue: '本科', isWithheld: false, times: 1,
    held: { departmentId: api.departments['city-finance'], trust: 'A', asOf: '2026-01-01' }, delivered: { departmentId: api.departments['city-hrss'], asOf: '2026-10-31', feedId: feed.id },
  });
  expect(await api.officer('longtan-hrss', 'steward').get(`/disagreements/${id}`)).toMatchObject({ status: 404 });
  expect((await api.officer('longtan-hrss', 'steward').get('/disagreements')).body.items).toEqual([]);
  // Whoever judges the person sees the flag.
  const flagged = async (caller: TestCaller): Promise<unknown> => (await caller.get(`/disagreements/facts?partyId=${person.partyId}`)).body;
  expect(await flagged(api.officer('changyi-hrss', 'reviewer'))).toEqual({ facts: ['学历'] });
  expect(await api.officer('longtan-hrss', 'reviewer').get(`/disagreements/facts?partyId=${person.partyId}`)).toMatchObject({ status: 404 });
  expect(await api.officer('changyi-hrss', 'intake').post(`/disagreements/${id}/settle`, { settleAs: 'held', reason: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 403 });
  expect(await steward.post(`/disagreements/${id}/settle`, { settleAs: 'held', reason: ' ' }, { 'if-match': '"1"' })).toMatchObject({ status: 422 });
  expect(await steward.post(`/disagreements/${id}/settle`, { settleAs: 'held', reason: '看过毕业证原件' })).toMatchObject({ status: 428 });
  const settled = await steward.post(`/disagreements/${id}/settle`, { settleAs: 'held', reason: '看过毕业证原件' }, { 'if-match': seen.headers.get('etag') ?? '' });
  expect(settled).toMatchObject({ status: 200, body: { status: 'settled', settledAs: 'held', reason: '看过毕业证原件', version: 2 } });
  expect(await steward.post(`/disagreements/${id}/settle`, { settleAs: 'held', reason: 'x' }, { 'if-match': '"2"' })).toMatchObject({ status: 409 });
  expect(await flagged(steward)).toEqual({ facts: [] });
  const trail = await asOwner(api.database, async (client) => (await client.query<{ text: string }>(`select audit_entries::text as text from audit_entries where object_id = $1 and outcome = 'done'`, [id])).rows.map(({ text }) => text));
  expect(trail).toHaveLength(2);
  expect(trail.join()).toContain('disagreements.settle');
  expect(trail.join()).not.toMatch(/本科|硕士|毕业证/);
});

test('sensitive values are withheld from officers who may not see such facts, and they cannot settle them; a reviewer can', async () => {
  const { id } = await queue('年薪', 90_000, 120_000);
  const steward = api.officer('changyi-hrss', 'steward');
  expect((await steward.get(`/disagreements/${id}`)).body).toMatchObject({ isWithheld: true, heldValue: null, deliveredValue: null });
  expect(await steward.post(`/disagreements/${id}/settle`, { settleAs: 'held', reason: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 403 });
  const reviewer = api.officer('changyi-hrss', 'reviewer');
  expect((await reviewer.get(`/disagreements/${id}`)).body).toMatchObject({ isWithheld: false, heldValue: 90_000, deliveredValue: 120_000 });
  expect(await reviewer.post(`/disagreements/${id}/settle`, { settleAs: 'delivered', reason: '税务局核实过' }, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
});

test('a person sees and answers what is asked about the own record, and nothing of others', async () => {
  const { person, id } = await queue('学历', '硕士研究生', '本科');
  const owner = api.person(person.partyId);
  expect((await owner.get('/disagreements')).body.items).toMatchObject([{ id }]);
  expect((await owner.get(`/disagreements/${id}`)).body).toMatchObject({ heldValue: '硕士研究生', deliveredValue: '本科' });
  expect(await owner.post(`/disagreements/${id}/answer`, { answer: 'delivered' }, { 'if-match': '"1"' })).toMatchObject({ status: 409, body: { error: { code: 'disagreement-not-asked' } } });
  const steward = api.officer('changyi-hrss', 'steward');
  expect(await steward.post(`/disagreements/${id}/ask`, undefined, { 'if-match': '"1"' })).toMatchObject({ status: 409, body: { error: { code: 'disagreement-unreachable' } } });
  const accountId = newId();
  await asOwner(api.database, (client) => client.query(`insert into accounts (tenant_id, account_id, duty, party_id, created_at) values ($1, $2, 'person', $3, now())`, [api.tenantId, accountId, person.partyId]));
  expect(await steward.post(`/disagreements/${id}/ask`, undefined, { 'if-match': '"1"' })).toMatchObject({ status: 200, body: { status: 'asked', version: 2 } });
  const told = await asOwner(api.database, async (client) => (await client.query('select template, about_kind, about_id, body_zh from messages where account_id = $1', [accountId])).rows);
  expect(told).toMatchObject([{ template: 'record.asked', about_kind: 'disagreement', about_id: id, body_zh: expect.stringContaining('昌邑区人社局') }]);
  const other = await addPerson();
  for (const call of [api.person(other.partyId).get(`/disagreements/${id}`), api.person(other.partyId).post(`/disagreements/${id}/answer`, { answer: 'held' }, { 'if-match': '"2"' }), api.person(other.partyId).get(`/disagreements?partyId=${person.partyId}`)]) {
    expect((await call).status).toBe(404);
  }
  expect(await owner.post(`/disagreements/${id}/answer`, { answer: 'delivered', words: '毕业证上是本科' }, { 'if-match': '"2"' })).toMatchObject({ status: 200, body: { answer: 'delivered', words: '毕业证上是本科', version: 3 } });
  expect((await steward.get(`/disagreements?status=asked&fact=${encodeURIComponent('学历')}&feedId=${feed.id}&sort=newest`)).body.items).toMatchObject([{ id, answer: 'delivered' }]);
});

test('every list is exported as it is filtered, with the names that people read and none of the values', async () => {
  const { person, id } = await queue('学历', '硕士研究生', '本科');
  const steward = api.officer('changyi-hrss', 'steward');
  const text = async (caller: TestCaller, path: string, language = 'zh'): Promise<string> => {
    const answer = await caller.get(path, { 'accept-language': language });
    expect(answer.status).toBe(200);
    return answer.raw.toString('utf8').replace(/^\uFEFF/, '');
  };
  const disagreements = await text(steward, `/disagreements/export?format=csv&partyId=${person.partyId}`);
  expect(disagreements.split(/\r?\n/)[0]).toBe('姓名或单位,辖区,事实,状态,原有记录来自,原有记录截至,报送部门,报送截至,报过几次,本人答复,结果,出现');
  expect(disagreements).toContain(`${sampleName(made)},220202,学历,待处理,样例市财政局,2026-01-01,样例市人社局,2026-10-31,1,,,`);
  expect(disagreements).not.toMatch(/本科|硕士/);
  expect((await steward.get(`/disagreements?partyId=${person.partyId}`)).body.items).toMatchObject([{ id, partyName: sampleName(made) }]);
  expect((await text(steward, '/disagreements/export?format=csv&status=settled', 'en')).split(/\r?\n/)[0]).toMatch(/^Person or organisation,/);
  expect((await text(api.officer('longtan-hrss', 'steward'), '/disagreements/export?format=csv')).trim().split('\n')).toHaveLength(1);

  const feeds = await text(system, '/feeds/export?format=csv');
  expect(feeds).toContain('样例市人社局参保,样例市人社局,学历、全日制、年薪,样例市数据共享办法第三条,,2026-10-31,在用,');
  expect(feeds.trim().split('\n')).toHaveLength(2);
  const total = (await system.get(`/feeds/${feed.id}/deliveries?limit=200`)).body.items.length;
  expect((await text(system, `/feeds/${feed.id}/deliveries/export?format=csv&status=done`)).trim().split('\n')).toHaveLength(total + 1);
  expect((await text(system, `/feeds/${feed.id}/deliveries/export?format=csv&status=waiting`)).trim().split('\n')).toHaveLength(1);
  expect(await api.officer('longtan-hrss', 'steward').get(`/feeds/${feed.id}/deliveries/export`)).toMatchObject({ status: 404 });
  expect((await system.get(`/feeds/${feed.id}/deliveries/export`)).raw.subarray(0, 2).toString()).toBe('PK');
});

test('deliveries come in pages, newest first', async () => {
  const all = (await system.get(`/feeds/${feed.id}/deliveries?limit=200`)).body.items.map(({ id }: { id: string }) => id);
  const paged: string[] = [];
  let cursor = '';
  do {
    const { items, nextCursor } = (await system.get(`/feeds/${feed.id}/deliveries?limit=2${cursor}`)).body;
    paged.push(...items.map(({ id }: { id: string }) => id));
    cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
  } while (cursor !== '');
  expect(all.length).toBeGreaterThan(4);
  expect(paged).toEqual(all);
  expect(paged).toEqual([...paged].sort((a, b) => (a < b ? 1 : -1)));
});

test('whoever asks for a copy gets both values, and deletion takes them away', async () => {
  const { person } = await queue('学历', '硕士研究生', '本科');
  const participant = makeFeedsParticipant(api.parts.registry);
  const steward = api.departments['changyi-hrss'];
  const officer: Actor = { accountId: newId(), sessionId: null, capacity: { kind: 'officer', departmentId: steward, codes: ['220202'], roles: ['steward'] } };
  const own: Actor = { accountId: newId(), sessionId: null, capacity: { kind: 'person', partyId: person.partyId, actsFor: [] } };
  const { tenantId } = api;
  const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(api.parts.db, tenantId, work);
  const copy = () => inside((tx) => participant.describeHeld(tx, scopeFor({ tenantId, actor: own }, 'held-data.read'), [person.partyId]));
  expect(await copy()).toMatchObject([{ key: 'disagreements', rows: [{ fact: '学历', held: '硕士研究生', delivered: '本科', settledAs: null }] }]);
  expect(await inside((tx) => participant.deleteRest(tx, scopeFor({ tenantId, actor: officer }, 'subject-request.answer'), [person.partyId]))).toBe(1);
  expect(await copy()).toEqual([]);
});

test('a key that the security administrator issued delivers its own department’s feeds, until it is revoked', async () => {
  const { 'security-admin': security } = await foundAdmins(api);
  const issue = async (departmentId: string): Promise<{ readonly keyId: string; readonly key: string }> =>
    (await security.caller.post('/access/feed-keys', { departmentId, label: '样例业务系统', purpose: '学历事实', validDays: 30 })).body;
  const own = await issue(api.departments['city-hrss']);
  const others = await issue(api.departments['city-finance']);
  const person = await addPerson();
  const send = (key: string) => api.anyone(key).post(`/feeds/${feed.id}/deliveries`, { number: newId(), asOf: '2026-10-31', rows: [{ key: person.number, facts: { 学历: '本科' } }] });
  expect((await send(own.key)).status).toBe(202);
  expect((await send(others.key)).status).toBe(404);
  const [trail] = await asOwner(api.database, async (client) => (await client.query<{ capacity: { keyId?: string } }>(`select capacity from audit_entries where action = 'deliveries.send-rows' and outcome = 'done' order by entry_id desc limit 1`)).rows);
  expect(trail?.capacity).toMatchObject({ kind: 'feed', keyId: own.keyId });
  expect((await security.caller.delete(`/access/feed-keys/${own.keyId}`)).status).toBe(204);
  expect((await send(own.key)).status).toBe(401);
});

test('figures count what is left to do, for the own department only', async () => {
  const steward = api.officer('city-hrss', 'steward');
  const { body } = await steward.get('/feeds/figures');
  expect(body.feeds).toMatchObject([{ id: feed.id, lastAsOf: '2026-10-31', isLate: false, openDisagreements: 2, waitingDeliveries: 1 }]);
});
