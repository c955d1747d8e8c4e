// Lists and searches on a seeded city: compared with what the seeded people themselves say, page by page and for each kind of caller.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSeededCity, SEED, type SeededCity } from '../../../test/support/seeded-city.ts';
import { asOwner } from '../../../test/support/database.ts';
import { Refusal } from '../../contract/errors.ts';
import { makeOrganisation } from '../../seed/organisations.ts';
import { makePeople, type SeededPerson } from '../../seed/people.ts';
import { inTenant, type Tx } from '../../storage/database.ts';
import { type Capacity, jobScope, scopeFor } from '../permissions/index.ts';
import { createOrganisation, createPerson, mergeParties, updatePerson } from './index.ts';
import type { ListFilter, ListSort } from './list-filter.ts';
import { readFactFilters } from './list-filter.ts';
import { type ListedPerson, listOrganisations, listPeople, streamPeople } from './list-parties.ts';
import type { ListScope } from './list-store.ts';
import { nameOrder, spellName } from './name-order.ts';

const COUNT = 6000;
const now = new Date('2026-11-21T04:00:00Z');
let city: SeededCity;
let people: readonly SeededPerson[];

beforeAll(async () => {
  city = await makeSeededCity({ people: COUNT });
  people = [...makePeople({ seed: SEED, to: COUNT, schools: city.options.schools })];
});
afterAll(() => city.drop());

const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(city.database.db, city.tenantId, work);
const scopeOf = (capacity: Capacity): ListScope => scopeFor({ tenantId: city.tenantId, actor: { accountId: null, sessionId: null, capacity } }, 'person.read');
const officer = (...codes: string[]): ListScope => scopeOf({ kind: 'officer', departmentId: '00000000-0000-7000-8000-000000000001', codes, roles: ['reviewer'] });
const everybody = (): ListScope => jobScope(city.tenantId, 'test', 'person.read');

type Asked = Partial<Omit<ListFilter, 'facts'>> & { readonly facts?: Readonly<Record<string, string>> };
function filterOf({ q = '', employer, jurisdiction, facts = {} }: Asked): ListFilter {
  const read = readFactFilters('person', Object.fromEntries(Object.entries(facts).map(([name, value]) => [`fact.${name}`, value])), city.tools.factBook);
  expect(read.details).toEqual([]);
  return { q, employer, jurisdiction, facts: read.facts };
}

/** Every page of a list, put together. */
async function all(asked: Asked, { sort = 'name', scope = everybody(), limit = 200 }: { sort?: ListSort; scope?: ListScope; limit?: number } = {}): Promise<ListedPerson[]> {
  const items: ListedPerson[] = [];
  let cursor: string | undefined;
  do {
    const page = await run((tx) => listPeople(tx, scope, city.tools, filterOf(asked), { sort, limit, cursor }, now));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const nobody = (): never => {
  throw new Error('there is nobody');
};
const ids = (found: readonly { readonly partyId: string }[]): string[] => found.map(({ partyId }) => partyId).sort();
const seededIds = (matches: (person: SeededPerson) => boolean): string[] => ids(people.filter(matches));
const factOf = (person: SeededPerson, name: string): unknown => person.statements.map(({ facts }) => facts[name]).find((value) => value !== undefined);
/** Where somebody works on the day of the tests. */
const employerOf = ({ employment }: SeededPerson): number | undefined => (employment !== null && (employment.endedOn === null || employment.endedOn >= '2026-11-21') ? employment.organisation : undefined);

describe('the order', () => {
  test('by pinyin, every person once, whatever the size of the pages', async () => {
    const listed = await all({}, { limit: 137 });
    expect(ids(listed)).toEqual(ids(people));
    const orders = listed.map(({ name }) => nameOrder(name));
    expect(orders).toEqual(orders.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  test('backwards is the other way round, and the latest come first where that is asked', async () => {
    const forwards = await all({ facts: { 学历: '博士研究生,硕士研究生' } });
    expect(forwards.length).toBeGreaterThan(50);
    expect((await all({ facts: { 学历: '博士研究生,硕士研究生' } }, { sort: '-name', limit: 20 })).toReversed()).toEqual(forwards);
    const recent = await all({}, { sort: 'recent', limit: 200 });
    expect(recent.map(({ partyId }) => partyId)).toEqual(people.map(({ partyId }) => partyId).toReversed());
  });

  test('stays while people are entered and renamed between two pages', async () => {
    const first = await run((tx) => listPeople(tx, everybody(), city.tools, filterOf({ q: 'zhao' }), { sort: 'name', limit: 5 }, now));
    const scope = jobScope(city.tenantId, 'test', 'person.write');
    const { partyId } = await run((tx) => createPerson(tx, scope, city.tools, { name: '赵阿一', jurisdictionCode: '220202' }, now));
    const second = await run((tx) => listPeople(tx, everybody(), city.tools, filterOf({ q: 'zhao' }), { sort: 'name', limit: 200, cursor: first.nextCursor ?? '' }, now));
    const seen = [...first.items, ...second.items].map((item) => item.partyId);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain(partyId);
    expect(seen.length).toBe(people.filter(({ name }) => name.startsWith('赵') || spellName(name).some(({ pinyin }) => pinyin.startsWith('zhao'))).length);
    await asOwner(city.database, (client) => client.query('delete from person_spellings where party_id = $1', [partyId]));
    await asOwner(city.database, (client) => client.query('delete from search_tokens where party_id = $1', [partyId]));
  });
});

describe('words', () => {
  test.each(['王', '张', '欧', '志强', '王志', '国', '尉', '单'])('%s finds whose name begins so, or holds the characters side by side', async (q) => {
    expect(ids(await all({ q }))).toEqual(seededIds(({ name }) => (q.length === 1 ? name.startsWith(q) : name.includes(q))));
  });

  test.each(['zhang', 'zh', 'x', 'shan', 'di', 'zhangwei', 'wangzhi', 'ouyang'])('%s finds whose pinyin begins so, by any reading of the surname', async (q) => {
    const found = await all({ q });
    const expected = seededIds(({ name }) => spellName(name).some(({ pinyin }) => pinyin.startsWith(q)));
    for (const id of expected) expect(found.map(({ partyId }) => partyId)).toContain(id);
    // Initials are found besides: zh is zh- and z.h.
    const others = found.filter(({ partyId }) => !expected.includes(partyId));
    const isFoundByInitials = (name: string): boolean => spellName(name).some(({ pinyin, initials }) => initials.startsWith(q) || (pinyin.startsWith(q.slice(0, -1)) && initials.endsWith(q.slice(-1))));
    expect(others.filter(({ name }) => !isFoundByInitials(name))).toEqual([]);
  });

  test.each(['zw', 'wzq', 'lxx'])('%s finds by initials', async (q) => {
    expect(ids(await all({ q }))).toEqual(seededIds(({ name }) => spellName(name).some(({ initials }) => initials.startsWith(q))));
  });

  test('syllables may be followed by initials', async () => {
    const found = await all({ q: 'wangzq' });
    expect(found.every(({ name }) => /^(wangz[a-z]*q)/.test(spellName(name)[0].pinyin))).toBe(true);
    expect(ids(found)).toEqual(seededIds(({ name }) => spellName(name)[0].pinyin.startsWith('wang') && spellName(name)[0].initials.startsWith('wzq')));
  });

  test('a whole identity number finds one person, its last four find few, a telephone finds its holder', async () => {
    const person = people.find(({ number, phone, idKind }) => number !== null && phone !== null && idKind === 'resident');
    if (typeof person?.number !== 'string' || person.phone === null) throw new Error('nobody has a number');
    expect(ids(await all({ q: person.number }))).toEqual([person.partyId]);
    expect(ids(await all({ q: person.phone }))).toEqual(seededIds(({ phone }) => phone === person.phone));
    const last = person.number.slice(-4);
    expect(ids(await all({ q: last }))).toEqual(seededIds(({ number }) => number?.endsWith(last) === true));
    expect(await all({ q: '110101199003074514' })).toEqual([]);
  });

  test('what cannot be a name is nobody, and does no harm', async () => {
    for (const q of ["'; drop table people; --", '%', '_', '\\', '\u0000', '😀'.repeat(60), 'zz'.repeat(50)]) expect(await all({ q })).toEqual([]);
  });
});

describe('conditions', () => {
  test.each([
    ['学历', '博士研究生'],
    ['学历', '本科,硕士研究生'],
    ['职称', '副高级'],
    ['缴纳社保', '是'],
    ['缴纳社保', '否'],
    ['户籍地', '220281'],
    ['毕业院校', '吉林大学'],
  ])('%s = %s', async (name, value) => {
    const spelled = (fact: unknown): string => (fact === true ? '是' : fact === false ? '否' : String(fact));
    const found = ids(await all({ facts: { [name]: value } }));
    const expected = seededIds((person) => value.split(',').includes(spelled(factOf(person, name))));
    for (const id of expected) expect(found).toContain(id);
    // 吉大 counts as 吉林大学: what was recognised is what is known.
    const besides = found.filter((id) => !expected.includes(id)).map((id) => factOf(people.find(({ partyId }) => partyId === id) ?? nobody(), name));
    expect(new Set(besides)).toEqual(new Set(besides.length > 0 ? ['吉大'] : []));
    expect(found.length).toBeGreaterThan(0);
  });

  test('classes of universities are known from the name, and a place holds what lies in it', async () => {
    const top = await all({ facts: { 院校类别: '985' } });
    expect(top.length).toBeGreaterThan(20);
    expect(ids(top)).toEqual(expect.arrayContaining(seededIds((person) => factOf(person, '毕业院校') === '吉林大学')));
    expect(ids(await all({ facts: { 户籍地: '220200' } }))).toEqual(seededIds((person) => String(factOf(person, '户籍地')).startsWith('2202')));
  });

  test('all of them hold at once, with words and jurisdiction', async () => {
    const found = await all({ q: '王', jurisdiction: '220202', facts: { 学历: '本科,专科', 缴纳社保: '是' } }, { limit: 3 });
    expect(ids(found)).toEqual(seededIds((person) => person.name.startsWith('王') && person.jurisdictionCode === '220202' && ['本科', '专科'].includes(String(factOf(person, '学历'))) && factOf(person, '缴纳社保') === true));
    expect(found.length).toBeGreaterThan(3);
    const spelled = await all({ q: 'zhangw', jurisdiction: '220204' });
    expect(ids(spelled)).toEqual(seededIds((person) => person.jurisdictionCode === '220204' && spellName(person.name).some(({ pinyin, initials }) => pinyin.startsWith('zhangw') || (pinyin.startsWith('zhang') && initials.startsWith('zw')))));
  });

  test('by employer: its id, its code or words of its name', async () => {
    const { partyId, name, creditCode } = makeOrganisation(SEED, 3);
    const expected = seededIds((person) => employerOf(person) === 3);
    expect(expected.length).toBeGreaterThan(3);
    for (const employer of [partyId, name, creditCode]) expect(ids(await all({ employer }))).toEqual(expected);
    expect((await all({ employer: partyId })).every((person) => person.employer?.partyId === partyId)).toBe(true);
    expect(await all({ employer: '没有这样的单位' })).toEqual([]);
  });

  test('sensitive facts, amounts, dates and unknown names are refused with a reason, never passed over', () => {
    const refused = (query: Record<string, string>): string[] => readFactFilters('person', query, city.tools.factBook).details.map(({ field }) => field);
    expect(refused({ 'fact.家庭城区住房套数': '1', 'fact.年薪': '1', 'fact.毕业日期': '2020-01-01', 'fact.没有': '1', 学历: '本科' })).toEqual(['fact.家庭城区住房套数', 'fact.年薪', 'fact.毕业日期', 'fact.没有', '学历']);
    expect(refused({ 'fact.学历': '大学' })).toEqual(['fact.学历']);
    expect(refused({ 'fact.学历': '本科', 'fact.缴纳社保': 'true' })).toEqual([]);
  });

  test('a jurisdiction that is not of this city is refused', async () => {
    await expect(all({ jurisdiction: '110101' })).rejects.toMatchObject(new Refusal('jurisdiction-unknown'));
  });
});

describe('who sees whom', () => {
  test('officers of a district see theirs alone, of the city everybody', async () => {
    expect(ids(await all({}, { scope: officer('220281') }))).toEqual(seededIds(({ jurisdictionCode }) => jurisdictionCode === '220281'));
    expect(ids(await all({}, { scope: officer('220271', '220273') }))).toEqual(seededIds(({ jurisdictionCode }) => ['220271', '220273'].includes(jurisdictionCode)));
    expect((await all({}, { scope: officer('220200', '220202', '220281') })).length).toBe(COUNT);
    expect(await all({}, { scope: officer() })).toEqual([]);
    expect(await all({}, { scope: officer('330106') })).toEqual([]);
  });

  test('and find nobody else by number, telephone, words or by asking for another jurisdiction', async () => {
    const person = people.find(({ number, phone, jurisdictionCode }) => number !== null && phone !== null && jurisdictionCode === '220202');
    if (typeof person?.number !== 'string' || person.phone === null) throw new Error('nobody has a number');
    for (const q of [person.number, person.phone, person.name, spellName(person.name)[0].pinyin]) {
      expect(ids(await all({ q }, { scope: officer('220202') }))).toContain(person.partyId);
      expect(ids(await all({ q }, { scope: officer('220281') }))).not.toContain(person.partyId);
    }
    expect(await all({ jurisdiction: '220202' }, { scope: officer('220281') })).toEqual([]);
  });

  test('a person sees only themselves, and whom they act for', async () => {
    const [one, two, three] = people;
    const scope = scopeOf({ kind: 'person', partyId: one?.partyId ?? '', actsFor: [two?.partyId ?? ''] });
    expect(ids(await all({}, { scope }))).toEqual(ids([one, two].flatMap((person) => (person === undefined ? [] : [person]))));
    expect(await all({ q: three?.name ?? '' }, { scope })).toEqual([]);
    expect(ids(await all({ q: two?.name ?? '' }, { scope }))).toEqual([two?.partyId]);
  });

  test('an agent sees who works there now, and nobody who only says so', async () => {
    const employer = makeOrganisation(SEED, 5).partyId;
    const agent = people.find((person) => employerOf(person) !== 5)?.partyId ?? '';
    const scope = scopeOf({ kind: 'agent', organisationId: employer, partyId: agent });
    const staff = seededIds((person) => employerOf(person) === 5);
    expect(staff.length).toBeGreaterThan(2);
    expect(ids(await all({}, { scope }))).toEqual([...staff, agent].sort());
    const claims = staff[0] ?? '';
    await asOwner(city.database, (client) => client.query(`update employments set trust_class = 'D' where party_id = $1`, [claims]));
    expect(ids(await all({}, { scope }))).not.toContain(claims);
    expect(ids(await all({ employer }, { scope: everybody() }))).toContain(claims);
  });

  test('another city sees nothing of this one', async () => {
    const other = await asOwner(city.database, async (client) => {
      const { rows } = await client.query<{ tenant_id: number }>(`insert into tenants values (99, 'other-city', '别的市', '220300') returning tenant_id`);
      await client.query(`insert into jurisdictions values (99, '220300', null, '别的市')`);
      return rows[0]?.tenant_id ?? 0;
    });
    const scope = jobScope(other, 'test', 'person.read');
    for (const q of ['', '王', 'zhang', 'zw', people[0]?.number ?? '']) {
      const page = await inTenant(city.database.db, other, (tx) => listPeople(tx, scope, city.tools, filterOf({ q }), { sort: 'name', limit: 50 }, now));
      expect(page.items).toEqual([]);
    }
  });
});

describe('pages', () => {
  test('show what officers need, the number masked', async () => {
    const person = people.find(({ number, employment, idKind }) => number !== null && idKind === 'resident' && employment !== null && employment.endedOn === null);
    if (typeof person?.number !== 'string') throw new Error('nobody has a number');
    const [found] = await all({ q: person.number });
    expect(found).toMatchObject({ name: person.name, number: `${person.number.slice(0, 3)}***********${person.number.slice(-4)}`, birthDate: person.birthDate, jurisdiction: { code: person.jurisdictionCode } });
    expect(found?.employer?.name).toBe(makeOrganisation(SEED, person.employment?.organisation ?? 0).name);
    expect(found?.jurisdiction.name).not.toBe(person.jurisdictionCode);
  });

  test('tell how many there are up to a thousand, and on later pages no more', async () => {
    const page = (asked: Asked, cursor?: string) => run((tx) => listPeople(tx, everybody(), city.tools, filterOf(asked), { sort: 'name', limit: 10, cursor }, now));
    expect((await page({})).total).toEqual({ count: 1000, isAtLeast: true });
    const rare = await page({ facts: { 学历: '博士研究生' } });
    expect(rare.total).toEqual({ count: seededIds((person) => factOf(person, '学历') === '博士研究生').length, isAtLeast: false });
    const two = await page({ facts: { 学历: '硕士研究生' }, jurisdiction: '220202' });
    expect(two.total?.count).toBe(seededIds((person) => factOf(person, '学历') === '硕士研究生' && person.jurisdictionCode === '220202').length);
    const next = await page({}, (await page({})).nextCursor ?? '');
    expect(next.total).toBeUndefined();
  });

  test('of another order, or made up, are refused', async () => {
    const { nextCursor } = await run((tx) => listPeople(tx, everybody(), city.tools, filterOf({}), { sort: 'name', limit: 3 }, now));
    const made = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const cursor of ['', 'x', made([]), made(['-name', '1', people[0]?.partyId]), made(['name', '1', 'x']), made(['name', '9'.repeat(19), people[0]?.partyId]), made(['name', "1'; --", people[0]?.partyId]), made(['name', 1, 2])]) {
      await expect(run((tx) => listPeople(tx, everybody(), city.tools, filterOf({}), { sort: 'name', limit: 3, cursor }, now))).rejects.toMatchObject(new Refusal('cursor-invalid'));
    }
    await expect(run((tx) => listPeople(tx, everybody(), city.tools, filterOf({}), { sort: 'recent', limit: 3, cursor: nextCursor ?? '' }, now))).rejects.toMatchObject(new Refusal('cursor-invalid'));
  });
});

describe('what is streamed for an export', () => {
  test('is everybody whom the list holds, in its order, in batches', async () => {
    const streamed: ListedPerson[] = [];
    await run(async (tx) => {
      for await (const batch of streamPeople(tx, officer('220202'), city.tools, filterOf({ facts: { 学历: '高中,初中及以下' } }), 'name', now)) streamed.push(...batch);
    });
    expect(streamed).toEqual(await all({ facts: { 学历: '高中,初中及以下' } }, { scope: officer('220202') }));
    expect(streamed.length).toBeGreaterThan(100);
  });

  test('has numbers in full where that was asked for', async () => {
    const person = people.find(({ number }) => number !== null);
    const batches: ListedPerson[] = [];
    await run(async (tx) => {
      for await (const batch of streamPeople(tx, everybody(), city.tools, filterOf({ q: person?.number ?? '' }), 'name', now, true)) batches.push(...batch);
    });
    expect(batches.map(({ number }) => number)).toEqual([person?.number]);
  });
});

describe('organisations', () => {
  const list = (q: string, facts: Readonly<Record<string, string>> = {}) =>
    run((tx) => {
      const read = readFactFilters('organisation', Object.fromEntries(Object.entries(facts).map(([name, value]) => [`fact.${name}`, value])), city.tools.factBook);
      return listOrganisations(tx, jobScope(city.tenantId, 'test', 'organisation.read'), city.tools, { q, employer: undefined, jurisdiction: undefined, facts: read.facts }, { sort: 'name', limit: 200 }, now);
    });

  test('are found by words, pinyin, initials and code, and narrowed by facts', async () => {
    const { name, creditCode, partyId, facts } = makeOrganisation(SEED, 0);
    const trade = name.slice(3, 6);
    for (const q of [name, creditCode, trade, spellName(name)[0].pinyin.slice(0, 20), spellName(name)[0].initials.slice(0, 6)]) expect((await list(q)).items.map((item) => item.partyId)).toContain(partyId);
    const private_ = await list('', { 所有制: '外资' });
    expect(private_.items.length).toBeGreaterThan(10);
    expect(private_.items.every((item) => item.facts['所有制'] === '外资')).toBe(true);
    expect(facts['单位类型']).toBe((await list(creditCode)).items[0]?.facts['单位类型']);
  });

  test.each([
    ['重庆长安样例一有限公司', ['chongqing', 'cqca', 'chongqingca', 'chong', 'zhongqing']],
    ['厦门行知ABC样例一银行', ['xiamenxingzhi', 'xmxza', 'xiamenxingzhiabcyangliyiyinhang', 'shamen']],
  ] as const)('%s is found as it is read aloud, and a character at a time', async (name, spelled) => {
    const { partyId } = await run((tx) => createOrganisation(tx, jobScope(city.tenantId, 'test', 'organisation.write'), city.tools, { name, jurisdictionCode: '220202' }, now));
    for (const q of spelled) expect([q, (await list(q)).items.map((item) => item.partyId).includes(partyId)]).toEqual([q, true]);
  });
});

describe('in step with the registry', () => {
  test('a new name is found at once, the old one still, and the old tokens are gone', async () => {
    const person = people.find(({ name, number, jurisdictionCode }) => number !== null && jurisdictionCode !== '220284' && /^李..$/.test(name));
    if (person === undefined) throw new Error('nobody is called so');
    const scope = jobScope(city.tenantId, 'test', 'person.write');
    await run((tx) => updatePerson(tx, scope, city.tools, person.partyId, { name: '曾阿四', jurisdictionCode: '220284' }, undefined, now));
    for (const q of ['曾阿四', 'zengasi', 'zas', person.name]) expect(ids(await all({ q }))).toContain(person.partyId);
    expect(ids(await all({}, { scope: officer('220284') }))).toContain(person.partyId);
    expect(ids(await all({}, { scope: officer(person.jurisdictionCode) }))).not.toContain(person.partyId);
    const { rows } = await asOwner(city.database, (client) => client.query<{ orders: string }>('select count(distinct name_order)::text as orders from search_tokens where party_id = $1', [person.partyId]));
    expect(rows[0]?.orders).toBe('1');
  });

  test('a merged person is listed once, with the facts and names of both', async () => {
    const double = people.find((person) => person.double?.how === 'misspelled' && person.name !== people[person.double.of]?.name);
    const kept = people[double?.double?.of ?? -1];
    if (double === undefined || kept === undefined) throw new Error('there is no such double');
    const scope = scopeFor({ tenantId: city.tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'officer', departmentId: '00000000-0000-7000-8000-000000000001', codes: ['220200', kept.jurisdictionCode, double.jurisdictionCode], roles: ['steward'] } } }, 'duplicate.review');
    await run((tx) => mergeParties(tx, scope, city.tools, { keptPartyId: kept.partyId, mergedPartyId: double.partyId, reason: '同一个人' }, now));
    expect(ids(await all({ q: double.name }))).toContain(kept.partyId);
    expect(ids(await all({ q: kept.name }))).toContain(kept.partyId);
    for (const q of ['', double.name, double.phone ?? '']) expect(ids(await all({ q }))).not.toContain(double.partyId);
  });
});
