// Lists and their exports over HTTP: what a caller may narrow by, what is written to the trail, and what a spreadsheet holds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { identityCheckCharacter } from '../../contract/identity-number.ts';

let api: TestApi;
let steward: TestCaller;
const numberIn = (division: string): string => `${division}19900101001${identityCheckCharacter(`${division}19900101001`)}`;

beforeAll(async () => {
  api = await startApi();
  steward = api.officer('city-hrss', 'steward', 'intake');
  for (const [name, division] of [['张三一', '220202'], ['单三二', '220203'], ['John Sample', '220281']] as const) {
    const { status, body } = await steward.post('/people', { name, document: { kind: 'number', number: numberIn(division) }, jurisdictionCode: division === '220281' ? '220203' : division });
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
});
afterAll(() => api.stop());

const names = ({ body }: { readonly body: { readonly items: readonly { readonly name: string }[] } }): string[] => body.items.map(({ name }) => name);

test('people are found by what is typed, with masked numbers and how many there are', async () => {
  const found = await steward.get('/people?q=shan');
  expect(found.status).toBe(200);
  expect(names(found)).toEqual(['单三二']);
  const number = numberIn('220203');
  expect(found.body).toMatchObject({ total: 1, totalIsAtLeast: false, nextCursor: null, items: [{ maskedNumber: `220***********${number.slice(-4)}`, jurisdiction: { code: '220203' }, employer: null, facts: {} }] });
  expect(found.raw.toString()).not.toContain(number);
  expect(names(await steward.get(`/people?q=${number}`))).toEqual(['单三二']);
});

test('pages go on where the one before ended', async () => {
  const first = await steward.get('/people?limit=2');
  const second = await steward.get(`/people?limit=2&cursor=${first.body.nextCursor}`);
  expect([...names(first), ...names(second)].toSorted()).toEqual(['John Sample', '单三二', '张三一']);
  expect(second.body.nextCursor).toBeNull();
  expect((await steward.get('/people?cursor=made-up')).body.error.code).toBe('cursor-invalid');
});

test('officers of a district find theirs alone', async () => {
  expect(names(await api.officer('changyi-hrss', 'reviewer').get('/people'))).toEqual(['张三一']);
  expect((await api.anyone().get('/people')).status).toBe(401);
  expect((await api.administrator('system-admin').get('/people')).status).toBe(403);
});

test('a condition that is not known is refused, never passed over', async () => {
  const wrong = await steward.get(`/people?${new URLSearchParams({ 'fact.年薪': '1', something: '2' }).toString()}`);
  expect(wrong.status).toBe(422);
  expect(wrong.body.error.details.map(({ field }: { field: string }) => field)).toEqual(['fact.年薪', 'something']);
  expect((await steward.get(`/people?${new URLSearchParams({ 'fact.学历': '本科' }).toString()}`)).body.items).toEqual([]);
});

test('what is exported is what is listed, and it is written down', async () => {
  const file = await steward.get('/people/export?format=csv');
  expect(file.status).toBe(200);
  const text = file.raw.toString('utf8');
  expect(text).toContain('姓名,证件号码');
  expect(text.trim().split(/\r?\n/)).toHaveLength(4);
  expect(text).not.toContain(numberIn('220202'));
  expect((await steward.get('/people/export?format=csv&numbers=full')).raw.toString('utf8')).toContain(numberIn('220202'));
  expect((await steward.get('/people/export')).raw.subarray(0, 2).toString()).toBe('PK');
  // Leaders see lists, and no number in full.
  const leader = api.officer('city-hrss', 'leader');
  expect((await leader.get('/people/export?format=csv')).status).toBe(200);
  expect((await leader.get('/people/export?format=csv&numbers=full')).status).toBe(403);
  expect((await api.officer('city-hrss', 'intake').get('/people/export')).status).toBe(403);
  const { rows } = await asOwner(api.database, (client) => client.query<{ detail: Record<string, unknown> }>(`select detail from audit_entries where action = 'people.export' and outcome = 'done' order by entry_id`));
  expect(rows.map(({ detail }) => [detail['rows'], detail['numbers']])).toEqual([[3, 'masked'], [3, 'full'], [3, 'masked'], [3, 'masked']]);
});

test('organisations are listed and exported alike', async () => {
  const { status } = await steward.post('/organisations', { name: '吉林市三一机械有限公司', jurisdictionCode: '220202' });
  expect(status).toBe(201);
  expect(names(await steward.get('/organisations?q=%E6%9C%BA%E6%A2%B0'))).toEqual(['吉林市三一机械有限公司']);
  expect((await steward.get('/organisations/export?format=csv')).raw.toString('utf8')).toContain('吉林市三一机械有限公司');
});
