// Doubles through the interface, on a real database: found on entry and by the scan, decided by a steward, merged and parted without losing anything.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { jobScope } from '../permissions/index.ts';
import { scanCity } from './index.ts';

let api: TestApi;
let intake: TestCaller;
let steward: TestCaller;
const checked = { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-01-01' };

beforeAll(async () => {
  api = await startApi();
  intake = api.officer('changyi-hrss', 'intake');
  steward = api.officer('city-hrss', 'steward');
});
afterAll(() => api.stop());

/** The open pairs that hold somebody, as reasons by the other's id. */
async function doublesOf(id: string, caller = steward): Promise<Record<string, string[]>> {
  const { status, body } = await caller.get('/duplicates?limit=200');
  expect(status).toBe(200);
  const pairs = body.items as { first: { partyId: string }; second: { partyId: string }; reasons: string[] }[];
  return Object.fromEntries(
    pairs.flatMap(({ first, second, reasons }) => (first.partyId === id ? [[second.partyId, reasons]] : second.partyId === id ? [[first.partyId, reasons]] : [])),
  );
}

const factsOf = async (id: string, query = ''): Promise<Record<string, unknown>> => {
  const { body } = await steward.get(`/people/${id}/facts${query}`);
  return Object.fromEntries((body.facts as { name: string; value: unknown }[]).map(({ name, value }) => [name, value]));
};

const instant = async (): Promise<string> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  const now = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return now;
};

describe('finding', () => {
  test('on entry: the same name and birth date, a variant, the same sound, one character', async () => {
    const id = await enterPerson(intake, { name: '李国强', number: null, birthDate: '1971-02-03' });
    const entered = await intake.post('/people', { name: '李國強', jurisdictionCode: '220202', birthDate: '1971-02-03' });
    expect(entered.body.doubles).toEqual([{ partyId: id, reason: 'similar-name-and-birth-date', score: 70 }]);
    const same = await enterPerson(intake, { name: '李国强', number: null, birthDate: '1971-02-03' });
    const slip = await enterPerson(intake, { name: '李国祥', number: null, birthDate: '1971-02-03' });
    await enterPerson(intake, { name: '李国强', number: null, birthDate: '1971-02-04' });
    expect(await doublesOf(id)).toEqual({
      [entered.body.partyId]: ['similar-name-and-birth-date'],
      [same]: ['same-name-and-birth-date'],
      [slip]: ['similar-name-and-birth-date'],
    });
  });

  test('a number of before that somebody else has', async () => {
    const id = (await intake.post('/people', { name: 'Zhang Sanba', jurisdictionCode: '220202', document: { kind: 'other', number: 'FRA110185060712' } })).body.partyId;
    const now = await enterPerson(intake, { name: '张三八', number: sampleNumber({ division: '911840', birthDate: '1985-06-07' }) });
    const added = await intake.post(`/people/${now}/numbers`, { document: { kind: 'number', number: 'FRA110185060712' } });
    expect(added).toMatchObject({ status: 201, body: { doubles: [{ partyId: id, reason: 'same-number', score: 100 }] } });
    expect((await steward.get('/duplicates')).body.items[0]).toMatchObject({ reasons: ['same-number'], score: 100 });
  });

  test('by a scan of what was loaded past the interface, in parts, once', async () => {
    const first = await enterPerson(intake, { name: '王样本一', number: null, birthDate: '1960-01-01' });
    const second = await enterPerson(intake, { name: '王样本一', number: null, birthDate: '1960-01-01' });
    const organisation = await enterOrganisation(intake, { name: '样例扫描公司' });
    const [known, unknown] = [await enterPerson(intake, { name: '赵样本', birthDate: '1961-01-01' }), await enterPerson(intake, { name: '赵樣本', number: null })];
    for (const id of [known, unknown]) await intake.post(`/people/${id}/employments`, { organisationId: organisation, startedOn: '2020-01-01', origin: '材料', trustClass: 'B' });
    await asOwner(api.database, (client) => client.query('delete from duplicate_candidates'));
    const found = await scanCity(api.parts.db, jobScope(api.tenantId, 'scan', 'duplicate.scan'));
    expect(await doublesOf(first)).toEqual({ [second]: ['same-name-and-birth-date'] });
    expect(await doublesOf(unknown)).toEqual({ [known]: ['similar-name-and-employer'] });
    expect(found).toBeGreaterThanOrEqual(6);
    expect((await steward.post('/duplicates/scan', {})).body).toMatchObject({ found: 0, next: expect.any(String) as string });
    expect((await steward.post('/duplicates/scan', { after: '2026-11-21' })).body).toEqual({ found: 0, compared: 0, next: null });
  });

  test('a steward sees pairs of their own jurisdiction, page by page; nobody else sees any', async () => {
    const near = [await enterPerson(intake, { name: '孙样本', number: null, birthDate: '1962-01-01' }), await enterPerson(intake, { name: '孙样本', number: null, birthDate: '1962-01-01' })];
    await enterPerson(api.officer('longtan-hrss', 'intake'), { name: '孙样本', number: null, birthDate: '1962-01-01', jurisdictionCode: '220203' });
    const local = api.officer('changyi-hrss', 'steward');
    expect(Object.keys(await doublesOf(near[0] ?? '', local))).toEqual([near[1]]);
    expect(Object.keys(await doublesOf(near[0] ?? ''))).toHaveLength(2);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await steward.get(`/duplicates?limit=2${cursor}`);
      seen.push(...page.body.items.map((one: { first: { partyId: string }; second: { partyId: string } }) => `${one.first.partyId}/${one.second.partyId}`));
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength((await steward.get('/duplicates?limit=200')).body.items.length);
    for (const [caller, status] of [[intake, 403], [api.person(near[0] ?? ''), 403], [api.anyone(), 401]] as const) {
      expect(await caller.get('/duplicates')).toMatchObject({ status });
      expect(await caller.post('/duplicates/scan', {})).toMatchObject({ status });
      expect(await caller.post('/merges', { keptPartyId: near[0], mergedPartyId: near[1], reason: '同一人' })).toMatchObject({ status });
    }
    expect(await steward.get('/duplicates?cursor=bm9uZQ')).toMatchObject({ status: 400 });
  });

  test('two that are not one are not asked about again', async () => {
    const [first, second] = [await enterPerson(intake, { name: '周样本', number: null, birthDate: '1963-01-01' }), await enterPerson(intake, { name: '周样本', number: null, birthDate: '1963-01-01' })];
    const pair = { firstPartyId: second, secondPartyId: first };
    expect(await steward.post('/duplicates/different', pair)).toMatchObject({ status: 204 });
    expect(await steward.post('/duplicates/different', pair)).toMatchObject({ status: 409, body: { error: { code: 'duplicate-decided' } } });
    await steward.post('/duplicates/scan', {});
    expect(await doublesOf(first)).toEqual({});
  });
});

describe('merging', () => {
  test('both are found under the one that stays with everything of both, and parted again as they were', async () => {
    const numbers = [sampleNumber({ birthDate: '1964-01-01' }), 'GBR110164010112'];
    const kept = await enterPerson(intake, { name: '吴样本', number: numbers[0] ?? '' });
    const merged = (await steward.post('/people', { name: 'Wu Yangben', jurisdictionCode: '220203', document: { kind: 'other', number: numbers[1] } })).body.partyId;
    await intake.post(`/people/${kept}/statements`, { ...checked, facts: { 学历: '本科' } });
    const theirs = await steward.post(`/people/${merged}/statements`, { ...checked, trustClass: 'C', facts: { 学历: '硕士研究生', 全日制: true } });
    const before = await instant();
    const { body, status } = await steward.post('/merges', { keptPartyId: kept, mergedPartyId: merged, reason: '换过证件，是同一人' });
    expect(status).toBe(201);
    const between = await instant();
    // Everything of both, under either id.
    for (const id of [kept, merged]) {
      expect(await steward.get(`/people/${id}`)).toMatchObject({ status: 200, body: { partyId: kept, name: '吴样本' } });
      expect(await factsOf(id)).toEqual({ 学历: '本科', 全日制: true });
      expect((await steward.get(`/people/${id}/identity-number?purpose=eligibility`)).body).toMatchObject({ number: { number: numbers[0] }, formerNumbers: [{ number: numbers[1] }] });
    }
    for (const number of numbers) expect(await steward.post('/people', { name: '吴样本', jurisdictionCode: '220202', document: { kind: 'number', number } })).toMatchObject({ status: 409 });
    expect(await api.person(merged).get(`/people/${kept}`)).toMatchObject({ status: 200 });
    // What was known before the merge is still known as it was.
    expect(await factsOf(kept, `?knownAt=${before}`)).toEqual({ 学历: '本科' });
    // A correction of what came with the merged one stands with it.
    expect(await steward.post(`/people/${kept}/statements`, { ...checked, corrects: theirs.body.statementId, facts: { 全日制: false } })).toMatchObject({ status: 201 });
    expect(await factsOf(kept)).toEqual({ 学历: '本科', 全日制: false });
    const undo = `/merges/${body.mergeId}/undo`;
    expect(await intake.post(undo, { reason: '不是同一人' })).toMatchObject({ status: 403 });
    expect(await steward.post(undo, { reason: '不是同一人' })).toMatchObject({ status: 200, body: { partyId: merged } });
    expect(await steward.post(undo, { reason: '不是同一人' })).toMatchObject({ status: 409, body: { error: { code: 'merge-undone' } } });
    expect(await factsOf(kept)).toEqual({ 学历: '本科' });
    expect(await factsOf(merged)).toEqual({ 学历: '硕士研究生', 全日制: false });
    expect(await factsOf(kept, `?knownAt=${between}`)).toEqual({ 学历: '本科', 全日制: true });
    // What was once mixed in by mistake is not shown to the wrong person again.
    const own = await api.person(kept).get(`/people/${kept}/facts?knownAt=${between}`);
    expect(own.body.facts).toMatchObject([{ name: '学历', value: '本科' }]);
    expect(await api.person(kept).get(`/people/${merged}`)).toMatchObject({ status: 404 });
    expect((await steward.get(`/parties/${kept}/merges`)).body.items).toMatchObject([{ mergeId: body.mergeId, undoneReason: '不是同一人' }]);
  });

  test('a merge of one that others were merged into takes them along, and is undone alone', async () => {
    const [a, b, c] = [await enterPerson(intake, { name: '郑样本' }), await enterPerson(intake, { name: '郑样本' }), await enterPerson(intake, { name: '郑样本' })];
    await intake.post(`/people/${a}/statements`, { ...checked, facts: { 学历: '本科' } });
    await steward.post('/merges', { keptPartyId: b, mergedPartyId: a, reason: '同一人' });
    const second = await steward.post('/merges', { keptPartyId: c, mergedPartyId: b, reason: '同一人' });
    expect(await factsOf(c)).toEqual({ 学历: '本科' });
    await steward.post(`/merges/${second.body.mergeId}/undo`, { reason: '不是同一人' });
    expect(await factsOf(c)).toEqual({});
    expect(await factsOf(b)).toEqual({ 学历: '本科' });
  });

  test('is impossible with oneself, across kinds, with one that is merged, or out of reach', async () => {
    const [a, b] = [await enterPerson(intake, { name: '冯样本' }), await enterPerson(intake, { name: '冯样本' })];
    const organisation = await enterOrganisation(intake, { name: '样例合并公司' });
    const merge = (keptPartyId: string, mergedPartyId: string, by = steward) => by.post('/merges', { keptPartyId, mergedPartyId, reason: '同一人' });
    expect(await merge(a, a)).toMatchObject({ status: 409, body: { error: { code: 'merge-impossible' } } });
    expect(await merge(a, organisation)).toMatchObject({ status: 409 });
    expect(await merge(a, b, api.officer('longtan-hrss', 'steward'))).toMatchObject({ status: 404 });
    // Two stewards who decide at once, each the other way round: one merge.
    const answers = await Promise.all([merge(a, b), merge(b, a), merge(a, b)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
  });
});
