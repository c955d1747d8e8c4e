// Feeds on a real database: taken in once, worked through in chunks, never overwriting, matched later, cleared in time, resumed after kill -9.
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { asOwner } from '../../../test/support/database.ts';
import { makeSampleRegistry, sampleName, sampleNumber, type SampleRegistry } from '../../../test/support/sample-registry.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import type { SendMessage } from '../messages/index.ts';
import { type Capacity, jobScope, type Scope, scopeFor } from '../permissions/index.ts';
import { knownFacts, recordStatements } from '../registry/index.ts';
import { findBySenderNumber, listRows } from './deliveries-store.ts';
import { getDisagreement, listDisagreements, readDisputedFacts } from './disagreements-store.ts';
import type { Delivery, Feed, FeedTerms } from './feed.ts';
import { getFeed, listFeeds, readFreshness } from './feeds-store.ts';
import { type FeedWorkParts, makeFeedRound, matchUnknown, processDeliveries, sweepFeeds } from './process-deliveries.ts';
import { receiveDelivery } from './receive-delivery.ts';
import { readHeld } from './registry-calls.ts';
import { changeFeed, createFeed } from './set-up-feed.ts';
import { answerDisagreement, askParty, openValue, settleDisagreement } from './settle-disagreement.ts';
import { openContent } from './take-rows.ts';

let city: SampleRegistry;
let tenantId: number;
let now: Date;
const noon = new Date('2026-11-21T12:00:00+08:00');
const today = '2026-11-21';
let sent: { readonly accountId: string; readonly template: string; readonly values: unknown }[] = [];
const accounts = new Map<string, string>();

// Who is told what, as the messages of this test's accounts.
const sendMessage: SendMessage = async (_tx, _scope, { to, template, values }) => {
  if ('accountId' in to) sent.push({ accountId: to.accountId, template, values });
  return ['in-app'];
};

beforeAll(async () => {
  city = await makeSampleRegistry();
  tenantId = city.tenantId;
});
afterAll(() => city.drop());
beforeEach(() => {
  now = noon;
  sent = [];
});

const parts = (): FeedWorkParts => ({ db: city.database.db, tools: city.tools, sendMessage, now: () => now });
const settling = () => ({ tools: city.tools, sendMessage, findAccounts: async (_tx: Tx, _scope: Scope, partyId: string) => [accounts.get(partyId) ?? []].flat() });
const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(city.database.db, tenantId, work);
const scopeOf = <P extends Parameters<typeof scopeFor>[1]>(capacity: Capacity, permission: P, accountId: string | null = newId()): Scope<P> =>
  scopeFor({ tenantId, actor: { accountId, sessionId: null, capacity } }, permission);
const administrator: Capacity = { kind: 'administrator', role: 'system-admin' };
const steward = (departmentId: string, codes = ['220200', '220202', '220203']): Capacity => ({ kind: 'officer', departmentId, codes, roles: ['steward'] });
const keyOf = (departmentId: string): Capacity => ({ kind: 'feed', departmentId, keyId: newId() });

const terms: FeedTerms = {
  name: '样例市教育局学历', purpose: 'eligibility', legalBasis: '样例市数据共享办法第三条', subjectKind: 'person', facts: ['学历', '全日制', '年薪'],
  asOfRule: 'delivery', everyDays: 30, keepUnknownDays: 90, contact: null, status: 'active',
};
const setUp = (departmentId = city.departments.education, more: Partial<FeedTerms> = {}): Promise<Feed> =>
  inside((tx) => createFeed(tx, scopeOf(administrator, 'feed.write'), city.tools.factBook, departmentId, { ...terms, ...more }, now));

interface Line {
  readonly key: string;
  readonly name?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
let numbers = 0;
const deliver = async (feed: Feed, lines: readonly Line[], more: { readonly number?: string; readonly asOf?: string; readonly capacity?: Capacity; readonly accountId?: string | null } = {}): Promise<{ delivery: Delivery; isRepeated: boolean }> => {
  const bytes = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));
  const content = { kind: 'file', bytes, contentType: 'application/x-ndjson', fileName: '样例.ndjson' } as const;
  const scope = scopeOf(more.capacity ?? keyOf(feed.departmentId), 'feed.deliver', more.accountId ?? null);
  return inside((tx) => receiveDelivery(tx, scope, city.tools.protector, { feedId: feed.feedId, senderNumber: more.number ?? `n-${++numbers}`, asOf: more.asOf ?? '2026-10-31', content }, now));
};
const work = async (): Promise<void> => {
  while ((await processDeliveries(parts(), tenantId)).isBusy);
};
const stored = async (delivery: Delivery): Promise<Delivery> => {
  const found = await inside((tx) => findBySenderNumber(tx, scopeOf(administratorFeed(delivery), 'feed.deliver'), delivery.feedId, delivery.senderNumber));
  if (found === undefined) throw new Error('the delivery is gone');
  return found;
};
const administratorFeed = (_delivery: Delivery): Capacity => keyOf(city.departments.education);
const deliverAndWork = async (feed: Feed, lines: readonly Line[], more: Parameters<typeof deliver>[2] = {}): Promise<Delivery> => {
  const { delivery } = await deliver(feed, lines, more);
  await work();
  return stored(delivery);
};
const heldOf = (partyId: string) => inside(async (tx) => (await readHeld(tx, city.tools, tenantId, [partyId], new Date('2030-01-01'))).get(partyId) ?? []);
const knownOf = async (partyId: string, fact: string, on = today): Promise<unknown> => knownFacts(await heldOf(partyId), { on, knownAt: new Date('2030-01-01') }).get(fact)?.value;
const disagreementsOf = (partyId: string) =>
  inside((tx) => listDisagreements(tx, jobScope(tenantId, 'test', 'disagreement.read'), { status: undefined, fact: undefined, feedId: undefined, partyIds: [partyId], sort: 'oldest', after: undefined, limit: 50 }));
const state = (partyId: string, facts: Readonly<Record<string, unknown>>, more: { readonly departmentId?: string; readonly asOf?: string; readonly trustClass?: 'A' | 'B' | 'D' } = {}) =>
  inside((tx) =>
    recordStatements(tx, jobScope(tenantId, 'test', 'fact.record'), city.tools, [
      { partyId, origin: '共享', trustClass: 'A', departmentId: city.departments.insurance, purpose: 'eligibility', asOf: '2026-01-01', facts, ...more },
    ], new Date('2026-01-02T00:00:00Z')),
  );

test('rows are recorded as shared facts of class A with their delivery, department, day and purpose; what is not valid says why', async () => {
  const feed = await setUp();
  const [zhang, li] = await city.addPeople(2);
  const delivery = await deliverAndWork(feed, [
    { key: zhang?.number ?? '', name: zhang?.name ?? '', facts: { 学历: '本科', 全日制: true, 年薪: 120_000.5 }, validFrom: '2026-07-01' },
    { key: li?.number ?? '', name: '王五', facts: { 学历: '本科' } },
    { key: li?.number ?? '', facts: { 学历: '博士后' } },
    { key: `${sampleNumber(800_000).slice(0, 17)}?`, facts: { 学历: '本科' } },
    { key: sampleNumber(800_001), facts: { 学历: '本科' } },
  ]);
  expect(delivery).toMatchObject({ status: 'done', total: 5, accepted: 1, unchanged: 0, unknown: 1, invalid: 3, disagreeing: 0, asOf: '2026-10-31', format: 'ndjson' });
  expect(await heldOf(zhang?.partyId ?? '')).toMatchObject([
    { origin: '共享', trustClass: 'A', departmentId: city.departments.education, deliveryId: delivery.deliveryId, purpose: 'eligibility', asOf: '2026-10-31', validFrom: '2026-07-01', validTo: null, facts: { 学历: '本科', 全日制: true, 年薪: 120_000.5 } },
  ]);
  expect(await heldOf(li?.partyId ?? '')).toEqual([]);
  const rows = await inside((tx) => listRows(tx, scopeOf(keyOf(feed.departmentId), 'feed.read'), { deliveryId: delivery.deliveryId, statuses: ['invalid', 'unknown'], after: 0, limit: 50 }));
  const told = rows.map(({ number, status, content }) => [number, status, openContent(city.tools, tenantId, { deliveryId: delivery.deliveryId, number, content: content ?? Buffer.alloc(0) }).faults?.map(({ code }) => code)]);
  expect(told).toEqual([[2, 'invalid', ['name-differs']], [3, 'invalid', ['fact-invalid']], [4, 'invalid', ['key-invalid']], [5, 'unknown', undefined]]);
  expect(rows[3]?.expiresOn).toBe('2027-02-19');
});

test('of one department and day there is one value: a second row is refused and names the first, a second delivery waits for a person', async () => {
  const feed = await setUp();
  const [zhang, li] = await city.addPeople(2);
  const key = zhang?.number ?? '';
  const delivery = await deliverAndWork(feed, [
    { key, facts: { 学历: '本科' } },
    { key: li?.number ?? '', facts: { 学历: '专科' } },
    { key, facts: { 学历: '专科', 全日制: true } },
    { key, facts: { 学历: '专科' }, validFrom: '2020-01-01', validTo: '2021-12-31' },
  ].map((line, at) => (at === 0 ? { ...line, validFrom: '2024-01-01' } : line)));
  expect(delivery).toMatchObject({ accepted: 3, invalid: 1, disagreeing: 0 });
  const [row] = await inside((tx) => listRows(tx, scopeOf(keyOf(feed.departmentId), 'feed.read'), { deliveryId: delivery.deliveryId, statuses: ['invalid'], after: 0, limit: 50 }));
  const [fault] = openContent(city.tools, tenantId, { deliveryId: delivery.deliveryId, number: 3, content: row?.content ?? Buffer.alloc(0) }).faults ?? [];
  expect([row?.number, fault?.code, fault?.words?.zh]).toEqual([3, 'row-contradicts', '“学历”和同一批里第 1 行说的不一样。一个人同一个截至日期只能有一个值。']);
  // Nothing of a refused row is kept.
  expect(await knownOf(zhang?.partyId ?? '', '全日制')).toBeUndefined();

  const again = [{ key: li?.number ?? '', facts: { 学历: '硕士研究生' } }];
  expect(await deliverAndWork(feed, again)).toMatchObject({ accepted: 1, invalid: 0, disagreeing: 1 });
  expect(await knownOf(li?.partyId ?? '', '学历')).toBe('专科');
  expect(await disagreementsOf(li?.partyId ?? '')).toHaveLength(1);
  expect(await deliverAndWork(feed, again, { asOf: '2026-11-01' })).toMatchObject({ accepted: 1, disagreeing: 0 });
  expect(await knownOf(li?.partyId ?? '', '学历')).toBe('硕士研究生');
});

test('nothing personal stands open in the rows that are kept', async () => {
  const feed = await setUp();
  const stranger = sampleNumber(800_100);
  await deliver(feed, [{ key: stranger, name: '张三丰', facts: { 年薪: 987_654 } }]);
  const look = () => asOwner(city.database, async (client) => (await client.query<{ whole: string; content_sealed: Buffer }>('select feed_rows::text as whole, content_sealed from feed_rows')).rows);
  const [before] = await look();
  await work();
  const after = await look();
  for (const row of [before, ...after]) {
    expect(row?.whole).not.toMatch(/张三丰|987654/);
    expect(row?.whole).not.toContain(stranger);
    expect(row?.content_sealed.includes(stranger)).toBe(false);
  }
});

test('the same delivery sent again is the same; its number for other content is refused; two at the same moment are one', async () => {
  const feed = await setUp();
  const [zhang] = await city.addPeople(1);
  const lines = [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }];
  const answers = await Promise.all([deliver(feed, lines, { number: '2026-10' }), deliver(feed, lines, { number: '2026-10' }), deliver(feed, lines, { number: '2026-10' })]);
  expect(answers.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
  expect(new Set(answers.map(({ delivery }) => delivery.deliveryId)).size).toBe(1);
  await work();
  expect(await deliver(feed, lines, { number: '2026-10' })).toMatchObject({ isRepeated: true, delivery: { status: 'done', accepted: 1 } });
  await work();
  expect(await heldOf(zhang?.partyId ?? '')).toHaveLength(1);
  await expect(deliver(feed, [...lines, ...lines], { number: '2026-10' })).rejects.toMatchObject({ code: 'feed-number-reused' });
  await expect(deliver(feed, lines, { number: '2026-10', asOf: '2026-09-30' })).rejects.toMatchObject({ code: 'feed-number-reused' });
  // Under another number the same content says nothing new.
  expect(await deliverAndWork(feed, lines)).toMatchObject({ accepted: 0, unchanged: 1 });
  expect(await heldOf(zhang?.partyId ?? '')).toHaveLength(1);
});

test('a feed is its department’s: another’s key, a steward of another department and a stopped feed are refused', async () => {
  const feed = await setUp();
  const [zhang] = await city.addPeople(1);
  const lines = [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }];
  for (const capacity of [keyOf(city.departments.insurance), steward(city.departments.insurance)]) {
    await expect(deliver(feed, lines, { capacity })).rejects.toMatchObject({ code: 'not-found' });
    await expect(inside((tx) => getFeed(tx, scopeOf(capacity, 'feed.read'), feed.feedId))).rejects.toMatchObject({ code: 'not-found' });
  }
  const others = await inside((tx) => listFeeds(tx, scopeOf(steward(city.departments.insurance), 'feed.read'), { departmentId: undefined, status: undefined, lateOn: undefined, sort: 'newest', after: undefined, limit: 50 }));
  expect(others.every(({ departmentId }) => departmentId === city.departments.insurance)).toBe(true);
  for (const capacity of [{ kind: 'officer', departmentId: city.departments.education, codes: ['220200'], roles: ['reviewer', 'intake', 'leader'] }, { kind: 'account' }] as const) {
    expect(() => scopeOf(capacity, 'feed.deliver')).toThrow('not-permitted');
    expect(() => scopeOf(capacity, 'feed.write')).toThrow('not-permitted');
  }
  await expect(inside((tx) => createFeed(tx, scopeOf(steward(city.departments.insurance), 'feed.write'), city.tools.factBook, city.departments.education, terms, now))).rejects.toMatchObject({ code: 'not-found' });
  const own = await inside((tx) => createFeed(tx, scopeOf(steward(city.departments.insurance), 'feed.write'), city.tools.factBook, city.departments.insurance, terms, now));
  await expect(inside((tx) => changeFeed(tx, scopeOf(steward(city.departments.insurance), 'feed.write'), city.tools.factBook, feed.feedId, 1, terms, now))).rejects.toMatchObject({ code: 'not-found' });
  await inside((tx) => changeFeed(tx, scopeOf(steward(city.departments.insurance), 'feed.write'), city.tools.factBook, own.feedId, 1, { ...terms, status: 'stopped' }, now));
  await expect(inside((tx) => changeFeed(tx, scopeOf(administrator, 'feed.write'), city.tools.factBook, own.feedId, 1, terms, now))).rejects.toMatchObject({ code: 'changed-meanwhile' });
  await expect(deliver(own, lines)).rejects.toMatchObject({ code: 'feed-stopped' });
});

test('a feed may only promise facts that the vocabulary knows and does not derive', async () => {
  await expect(setUp(city.departments.education, { facts: ['学历', '年龄', '血型'] })).rejects.toMatchObject({ code: 'feed-facts-wrong', values: { facts: '年龄、血型' } });
});

test('what contradicts another department is not recorded: both values are queued, sealed, and the held one keeps serving', async () => {
  const feed = await setUp();
  const [zhang] = await city.addPeople(1);
  const id = zhang?.partyId ?? '';
  await state(id, { 学历: '硕士研究生', 年薪: 90_000 });
  expect(await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '本科', 年薪: 120_000, 全日制: true } }])).toMatchObject({ accepted: 1, disagreeing: 2 });
  expect([await knownOf(id, '学历'), await knownOf(id, '年薪'), await knownOf(id, '全日制')]).toEqual(['硕士研究生', 90_000, true]);
  const queue = await disagreementsOf(id);
  expect(queue).toMatchObject([
    { fact: '学历', status: 'open', times: 1, jurisdictionCode: '220202', held: { departmentId: city.departments.insurance, asOf: '2026-01-01', trust: 'A', origin: '共享' }, delivered: { departmentId: city.departments.education, asOf: '2026-10-31', feedId: feed.feedId } },
    { fact: '年薪' },
  ]);
  const [degree, salary] = queue;
  const open = (one: typeof degree, column: 'held_sealed' | 'delivered_sealed') => openValue(city.tools, tenantId, one?.disagreementId ?? '', column, (column === 'held_sealed' ? one?.held.sealed : one?.delivered.sealed) ?? Buffer.alloc(0));
  expect([open(degree, 'held_sealed'), open(degree, 'delivered_sealed'), open(salary, 'held_sealed'), open(salary, 'delivered_sealed')]).toEqual(['硕士研究生', '本科', 90_000, 120_000]);
  const whole = await asOwner(city.database, async (client) => (await client.query<{ text: string }>('select disagreements::text as text from disagreements')).rows.map(({ text }) => text).join('\n'));
  expect(whole).not.toMatch(/本科|硕士研究生|120000|90000/);
  expect(await inside((tx) => readDisputedFacts(tx, jobScope(tenantId, 'test', 'disagreement.read'), [id]))).toEqual(new Map([[id, ['学历', '年薪']]]));

  // The same again is counted, not queued again; another value takes its place in the question.
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }], { asOf: '2026-11-10' });
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '专科' } }], { asOf: '2026-11-20' });
  const [again] = await disagreementsOf(id);
  expect(await disagreementsOf(id)).toHaveLength(2);
  expect(again).toMatchObject({ times: 3, delivered: { asOf: '2026-11-20' } });
  expect(open(again, 'delivered_sealed')).toBe('专科');
});

test('what is trusted less gives way at once, and a department may change its mind', async () => {
  const feed = await setUp();
  const [zhang] = await city.addPeople(1);
  const id = zhang?.partyId ?? '';
  await state(id, { 学历: '硕士研究生' }, { trustClass: 'B' });
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '专科' } }], { asOf: '2026-08-31' });
  expect(await knownOf(id, '学历')).toBe('专科');
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }], { asOf: '2026-09-30' });
  expect([await knownOf(id, '学历'), await knownOf(id, '学历', '2026-09-01')]).toEqual(['本科', '专科']);
  expect(await disagreementsOf(id)).toEqual([]);
});

test('two departments in one pass, and two rows about one person in one delivery, still meet', async () => {
  const education = await setUp();
  const insurance = await setUp(city.departments.insurance);
  const [zhang] = await city.addPeople(1);
  const id = zhang?.partyId ?? '';
  await deliver(education, [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }, { key: zhang?.number ?? '', facts: { 学历: '本科' } }]);
  await deliver(insurance, [{ key: zhang?.number ?? '', facts: { 学历: '专科' } }]);
  // Many at once, as several server processes are.
  await Promise.all([work(), work(), work()]);
  await work();
  expect(await heldOf(id)).toHaveLength(1);
  expect(await knownOf(id, '学历')).toBe('本科');
  expect(await disagreementsOf(id)).toMatchObject([{ fact: '学历', delivered: { departmentId: city.departments.insurance } }]);
});

test('what was said of a record that was merged counts as said of the one that stays', async () => {
  const feed = await setUp();
  const [kept, merged] = await city.addPeople(2);
  await state(merged?.partyId ?? '', { 学历: '硕士研究生' });
  await asOwner(city.database, (client) => client.query(`update parties set status = 'merged', merged_into = $1 where party_id = $2`, [kept?.partyId, merged?.partyId]));
  // Under either number it is the same person.
  expect(await deliverAndWork(feed, [{ key: merged?.number ?? '', facts: { 学历: '本科' } }])).toMatchObject({ disagreeing: 1 });
  expect(await deliverAndWork(feed, [{ key: kept?.number ?? '', facts: { 学历: '本科' } }])).toMatchObject({ disagreeing: 0 });
  const [one] = await disagreementsOf(kept?.partyId ?? '');
  expect(one).toMatchObject({ times: 2, partyId: kept?.partyId });
  await inside((tx) => settleDisagreement(tx, officer(), settling(), one?.disagreementId ?? '', one?.version ?? 0, { settleAs: 'delivered', reason: '核实过' }, now));
  expect(await knownOf(kept?.partyId ?? '', '学历')).toBe('本科');
});

const queueOne = async (heldFacts: Readonly<Record<string, unknown>> = { 学历: '硕士研究生' }, given: Readonly<Record<string, unknown>> = { 学历: '本科' }) => {
  const feed = await setUp();
  const [zhang] = await city.addPeople(1);
  const partyId = zhang?.partyId ?? '';
  await state(partyId, heldFacts);
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: given }]);
  const [one] = await disagreementsOf(partyId);
  if (one === undefined) throw new Error('nothing was queued');
  const again = (asOf: string) => deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: given }], { asOf });
  return { feed, partyId, one, again };
};
const officer = (codes = ['220202'], roles: ('steward' | 'reviewer' | 'intake')[] = ['steward']): Scope<'disagreement.settle'> =>
  scopeOf({ kind: 'officer', departmentId: city.departments.district, codes, roles }, 'disagreement.settle');
const settle = (one: { readonly disagreementId: string; readonly version: number }, decision: Parameters<typeof settleDisagreement>[5], scope = officer()) =>
  inside((tx) => settleDisagreement(tx, scope, settling(), one.disagreementId, one.version, decision, now));

test('settled for the held value: nothing changes, and the same two values do not come up again', async () => {
  const { partyId, one, again } = await queueOne();
  expect(await settle(one, { settleAs: 'held', reason: '看了毕业证原件' })).toMatchObject({ status: 'settled', settledAs: 'held' });
  expect(await knownOf(partyId, '学历')).toBe('硕士研究生');
  expect(await again('2026-11-15')).toMatchObject({ unchanged: 1, disagreeing: 0 });
  expect(await disagreementsOf(partyId)).toHaveLength(1);
  await expect(settle({ ...one, version: 2 }, { settleAs: 'delivered', reason: '再想想' })).rejects.toMatchObject({ code: 'disagreement-settled' });
});

test('settled for the delivered value: it takes the place of the held one, whose past stays readable', async () => {
  const { partyId, one, again } = await queueOne();
  now = new Date(noon.getTime() + 3_600_000);
  await settle(one, { settleAs: 'delivered', reason: '教育局核实过' });
  expect(await knownOf(partyId, '学历')).toBe('本科');
  const statements = await heldOf(partyId);
  expect(knownFacts(statements, { on: today, knownAt: noon }).get('学历')?.value).toBe('硕士研究生');
  expect(await again('2026-11-15')).toMatchObject({ accepted: 1, disagreeing: 0 });
});

test('settled for both: each holds for its time; spans that meet or run backwards are refused', async () => {
  const { partyId, one, again } = await queueOne();
  const both = (heldTo: string | null, deliveredFrom: string | null) => ({ settleAs: 'both', reason: '去年升的学历', held: { validFrom: null, validTo: heldTo }, delivered: { validFrom: deliveredFrom, validTo: null } }) as const;
  for (const [heldTo, deliveredFrom] of [['2026-08-31', '2026-08-31'], [null, '2026-09-01'], ['2026-08-31', null]] as const) {
    await expect(settle(one, both(heldTo, deliveredFrom))).rejects.toMatchObject({ code: 'disagreement-bounds-wrong' });
  }
  await settle(one, both('2026-08-31', '2026-09-01'));
  expect([await knownOf(partyId, '学历', '2026-08-31'), await knownOf(partyId, '学历', '2026-09-01')]).toEqual(['硕士研究生', '本科']);
  expect(await again('2026-11-15')).toMatchObject({ unchanged: 1, disagreeing: 0 });
});

test('whoever was slower, of another district, or without the right to see such facts does not settle', async () => {
  const { one } = await queueOne();
  await expect(settle({ ...one, version: 9 }, { settleAs: 'held', reason: 'x' })).rejects.toMatchObject({ code: 'changed-meanwhile' });
  await expect(settle(one, { settleAs: 'held', reason: 'x' }, officer(['220203']))).rejects.toMatchObject({ code: 'not-found' });
  expect(() => officer(['220202'], ['intake'])).toThrow('not-permitted');
  expect(() => scopeOf(administrator, 'disagreement.settle')).toThrow('not-permitted');
  expect(() => scopeOf({ kind: 'person', partyId: one.partyId, actsFor: [] }, 'disagreement.settle')).toThrow('not-permitted');
  await expect(inside((tx) => getDisagreement(tx, scopeOf({ kind: 'officer', departmentId: newId(), codes: ['220203'], roles: ['reviewer'] }, 'disagreement.read'), one.disagreementId))).rejects.toMatchObject({ code: 'not-found' });
  const both = await Promise.allSettled([settle(one, { settleAs: 'held', reason: 'a' }), settle(one, { settleAs: 'delivered', reason: 'b' })]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the person is asked by a message, sees both values, answers once asked, and is told what was settled; nobody else answers', async () => {
  const { partyId, one } = await queueOne();
  await expect(inside((tx) => askParty(tx, officer(), settling(), one.disagreementId, 1, now))).rejects.toMatchObject({ code: 'disagreement-unreachable' });
  const account = newId();
  accounts.set(partyId, account);
  const own = scopeOf({ kind: 'person', partyId, actsFor: [] }, 'disagreement.answer');
  const answer = (version: number, scope = own, ids = [partyId]) => inside((tx) => answerDisagreement(tx, scope, city.tools, ids, { disagreementId: one.disagreementId, version, answer: 'delivered', words: '毕业证上写的是本科' }, now));
  await expect(answer(1)).rejects.toMatchObject({ code: 'disagreement-not-asked' });
  expect(await inside((tx) => askParty(tx, officer(), settling(), one.disagreementId, 1, now))).toMatchObject({ status: 'asked', version: 2 });
  const stranger = newId();
  await expect(answer(2, scopeOf({ kind: 'person', partyId: stranger, actsFor: [] }, 'disagreement.answer'), [stranger])).rejects.toMatchObject({ code: 'not-found' });
  expect(await answer(2)).toMatchObject({ answer: 'delivered', version: 3, status: 'asked' });
  await settle({ ...one, version: 3 }, { settleAs: 'delivered', reason: '本人认可' });
  expect(sent.filter(({ accountId }) => accountId === account)).toEqual([
    { accountId: account, template: 'record.asked', values: { department: city.departments.district } },
    { accountId: account, template: 'record.corrected', values: { department: city.departments.district } },
  ]);
});

test('rows of people who are not registered wait sealed, are taken once they are, and are cleared when their time is over', async () => {
  const feed = await setUp(city.departments.education, { keepUnknownDays: 30 });
  const coming = await city.addPeople(0);
  expect(coming).toEqual([]);
  const next = await city.addPeople(1);
  const base = Number(next.length);
  const strangers = Array.from({ length: 3 }, (_, at) => sampleNumber(700_000 + base + at));
  const delivery = await deliverAndWork(feed, strangers.map((key) => ({ key, facts: { 学历: '本科' } })));
  expect(delivery).toMatchObject({ unknown: 3, accepted: 0 });
  const enter = async (number: string, name: string): Promise<void> => {
    const { createPeople } = await import('../registry/index.ts');
    await inside((tx) => createPeople(tx, jobScope(tenantId, 'test', 'person.write'), city.tools, [{ name, jurisdictionCode: '220202', document: { kind: 'number', number } }], now));
  };
  expect(await matchUnknown(parts(), tenantId)).toBe(0);
  await enter(strangers[0] ?? '', sampleName(1));
  expect(await matchUnknown(parts(), tenantId)).toBe(1);
  expect(await stored(delivery)).toMatchObject({ unknown: 2, matchedLater: 1 });
  // The round looks again once an hour has passed, and only then.
  const round = makeFeedRound(parts());
  await round([tenantId]);
  await enter(strangers[1] ?? '', sampleName(2));
  now = new Date(noon.getTime() + 3_599_000);
  await round([tenantId]);
  expect(await stored(delivery)).toMatchObject({ unknown: 2, matchedLater: 1 });
  now = new Date(noon.getTime() + 3_600_000);
  await round([tenantId]);
  expect(await stored(delivery)).toMatchObject({ unknown: 1, matchedLater: 2, expired: 0 });
  now = new Date(noon.getTime() + 32 * 86_400_000);
  expect(await sweepFeeds(parts(), tenantId)).toBe(true);
  expect(await sweepFeeds(parts(), tenantId)).toBe(false);
  expect(await stored(delivery)).toMatchObject({ unknown: 0, matchedLater: 2, expired: 1 });
  const left = await asOwner(city.database, async (client) => (await client.query('select status, content_sealed from feed_rows where delivery_id = $1', [delivery.deliveryId])).rows);
  expect(left).toEqual([{ status: 'expired', content_sealed: null }]);
});

test('freshness: a feed is late once its rhythm has passed, its founder is told once, and a delivery ends that', async () => {
  const account = newId();
  const feed = await inside((tx) => createFeed(tx, scopeOf(administrator, 'feed.write', account), city.tools.factBook, city.departments.district, { ...terms, everyDays: 30 }, now));
  const figures = (day: string) => inside(async (tx) => (await readFreshness(tx, scopeOf(steward(city.departments.district), 'feed.read'), day)).filter(({ feedId }) => feedId === feed.feedId));
  const [zhang] = await city.addPeople(1);
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }], { asOf: '2026-11-01' });
  expect(await figures('2026-12-01')).toMatchObject([{ lastAsOf: '2026-11-01', dueOn: '2026-12-01', isLate: false, waitingDeliveries: 0, unknownRows: 0, openDisagreements: 0 }]);
  expect(await figures('2026-12-02')).toMatchObject([{ isLate: true }]);
  now = new Date('2027-03-02T12:00:00+08:00');
  await sweepFeeds(parts(), tenantId);
  now = new Date('2027-03-03T12:00:00+08:00');
  await sweepFeeds(parts(), tenantId);
  expect(sent.filter(({ accountId }) => accountId === account)).toEqual([{ accountId: account, template: 'feed.late', values: { date: '2026-11-01' } }]);
  const late = await inside((tx) => listFeeds(tx, scopeOf(administrator, 'feed.read'), { departmentId: city.departments.district, status: 'active', lateOn: '2026-12-02', sort: 'stalest', after: undefined, limit: 10 }));
  expect(late.map(({ feedId }) => feedId)).toEqual([feed.feedId]);
  await deliverAndWork(feed, [{ key: zhang?.number ?? '', facts: { 学历: '本科' } }], { asOf: '2027-03-01' });
  expect(await figures('2027-03-03')).toMatchObject([{ lastAsOf: '2027-03-01', isLate: false }]);
});

test('whoever delivered is told the end; a round serves every city, outlives a failing one and stops when told to', async () => {
  const feed = await setUp();
  const people = await city.addPeople(3);
  const account = newId();
  const { delivery } = await deliver(feed, people.map(({ number }) => ({ key: number, facts: { 学历: '本科' } })), { capacity: steward(city.departments.education), accountId: account });
  const events: string[] = [];
  const round = makeFeedRound({ ...parts(), log: ({ event, tenantId: which }) => events.push(`${event} ${which}`) });
  expect(await round([tenantId], () => true)).toBe(false);
  // No tenant has the number 0: that pass fails.
  while (await round([0, tenantId]));
  expect(new Set(events)).toEqual(new Set(['feed-round-failed 0']));
  expect(sent).toContainEqual({ accountId: account, template: 'delivery.ended', values: { accepted: 3, unknown: 0, invalid: 0, disagreeing: 0 } });
  expect(await stored(delivery)).toMatchObject({ status: 'done', accepted: 3 });
});

test('a row that was changed in the database is given up by itself; the others are taken', async () => {
  const feed = await setUp();
  const people = await city.addPeople(3);
  const { delivery } = await deliver(feed, people.map(({ number }) => ({ key: number, facts: { 学历: '本科' } })));
  await asOwner(city.database, (client) => client.query(`update feed_rows set content_sealed = set_byte(content_sealed, 40, get_byte(content_sealed, 40) # 1) where delivery_id = $1 and row_number = 2`, [delivery.deliveryId]));
  await work();
  expect(await stored(delivery)).toMatchObject({ status: 'done', accepted: 2, invalid: 1 });
});

test('killed with -9 again and again while it works: every row is taken exactly once', async () => {
  const feed = await setUp();
  const people = await city.addPeople(2500);
  const { delivery } = await deliver(feed, people.map(({ number }) => ({ key: number, facts: { 学历: '本科', 全日制: true } })));
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    const { openDatabase } = await import(${module('../../storage/database.ts')});
    const { openKeys } = await import(${module('../../adapters/cryptography/sm4-protector.ts')});
    const { openFactBook } = await import(${module('../registry/index.ts')});
    const { processDeliveries } = await import(${module('./process-deliveries.ts')});
    const { openRealPacks } = await import(${module('../../../test/support/real-packs.ts')});
    const { workspace } = openRealPacks();
    const factBook = openFactBook({ vocabularies: workspace.vocabularies, reference: workspace.reference });
    const protector = await openKeys({ path: process.env.TEST_KEYS, hasSealedData: async () => true });
    const db = openDatabase(process.env.TEST_URL, { connections: 2 });
    const parts = { db, tools: { protector, factBook }, sendMessage: async () => [], now: () => new Date(Number(process.env.TEST_NOW)) };
    while ((await processDeliveries(parts, Number(process.env.TEST_TENANT))).isBusy) process.stdout.write('.');
    await db.close();
  `;
  let kills = 0;
  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TEST_URL: city.database.url, TEST_KEYS: city.keysFile, TEST_NOW: String(now.getTime()), TEST_TENANT: String(tenantId) },
    });
    const gone = new Promise<boolean>((done) => child.once('exit', (_code, signal) => done(signal === 'SIGKILL')));
    // Killed in the middle of the chunk after the first that it finished.
    child.stdout.once('data', () => setImmediate(() => child.kill('SIGKILL')));
    if (!(await gone)) break;
    kills++;
  }
  expect(kills).toBeGreaterThanOrEqual(3);
  await work();
  expect(await stored(delivery)).toMatchObject({ status: 'done', total: 2500, accepted: 2500, unchanged: 0, unknown: 0, invalid: 0 });
  const [counted] = await asOwner(city.database, async (client) =>
    (await client.query(`select count(*)::int as statements, count(distinct party_id)::int as people from fact_statements where delivery_id = $1`, [delivery.deliveryId])).rows,
  );
  expect(counted).toEqual({ statements: 2500, people: 2500 });
  expect(await asOwner(city.database, async (client) => (await client.query('select count(*)::int as rows from feed_rows where delivery_id = $1', [delivery.deliveryId])).rows)).toEqual([{ rows: 0 }]);
  // Each round starts a process anew.
}, 180_000);

test('a district’s department says nothing about people of another district, and does not learn that they are registered', async () => {
  const feed = await setUp(city.departments.district);
  const [own] = await city.addPeople(1, '220202');
  const [other] = await city.addPeople(1, '220203');
  const lines = [own?.number, other?.number, sampleNumber(800_777)].map((number) => ({ key: number ?? '', facts: { 学历: '本科' } }));
  await deliver(feed, lines, { number: 'district-1' });
  await work();
  const found = await inside((tx) => findBySenderNumber(tx, scopeOf(keyOf(city.departments.district), 'feed.deliver'), feed.feedId, 'district-1'));
  expect(found).toMatchObject({ status: 'done', accepted: 1, unknown: 2, invalid: 0 });
  expect(await knownOf(other?.partyId ?? '', '学历')).toBeUndefined();
  expect(await knownOf(own?.partyId ?? '', '学历')).toBe('本科');
});
