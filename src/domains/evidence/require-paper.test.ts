// What rests on a paper, over HTTP: nobody's, somebody else's, refused, withdrawn and expired papers prove nothing, and leave nothing behind.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { acceptedPaper, handInPaper } from '../../../test/support/hand-in-paper.ts';
import { enterOrganisation, enterPerson } from '../../../test/support/registry-samples.ts';
import { newId } from '../../storage/database.ts';

let api: TestApi;
let officer: TestCaller;
let partyId: string;
let relativeId: string;
let organisationId: string;
/** Papers that prove nothing of the person, with a word of why. */
let unfit: Readonly<Record<string, { readonly evidenceId: string; readonly why: RegExp }>>;
const expiresOn = '2024-12-31';

beforeAll(async () => {
  api = await startApi();
  officer = api.officer('changyi-hrss', 'intake', 'steward', 'reviewer');
  [partyId, relativeId] = [await enterPerson(officer), await enterPerson(officer, { name: '张三二' })];
  organisationId = await enterOrganisation(officer);
  const me = api.person(partyId);
  const stranger = await enterPerson(officer, { name: '张三三' });
  const refused = await handInPaper(me, partyId, { content: Buffer.from('no paper at all, only a few words') });
  if (refused.body.status !== 'refused') throw new Error(refused.raw.toString());
  const withdrawn = await handInPaper(me, partyId);
  const gone = await me.delete(`/evidence/${withdrawn.body.evidenceId}`, { 'if-match': String(withdrawn.headers.get('etag')) });
  if (gone.status !== 204) throw new Error(gone.raw.toString());
  const begun = await me.post('/evidence', { partyId, kind: '劳动合同', fileName: 'half.pdf', sizeBytes: 1000 });
  unfit = {
    unknown: { evidenceId: newId(), why: /没有这份材料/ },
    stranger: { evidenceId: await acceptedPaper(officer, stranger), why: /没有这份材料/ },
    unfinished: { evidenceId: String(begun.body.paper.evidenceId), why: /还没有传完/ },
    refused: { evidenceId: String(refused.body.evidenceId), why: /没有通过检查/ },
    withdrawn: { evidenceId: String(withdrawn.body.evidenceId), why: /已经撤回/ },
    expired: { evidenceId: await acceptedPaper(officer, partyId, { expiresOn }), why: /2024-12-31 到期/ },
  };
});
afterAll(() => api.stop());

const source = { origin: '材料', trustClass: 'B' };
const says = (evidenceId: string, more: object = {}) =>
  officer.post(`/people/${partyId}/statements`, { ...source, purpose: 'eligibility', asOf: '2026-01-01', facts: { 学历: '本科' }, evidenceId, ...more });
const works = (evidenceId: string, more: object = {}) => officer.post(`/people/${partyId}/employments`, { ...source, organisationId, startedOn: '2020-01-01', evidenceId, ...more });
const related = (evidenceId: string) => officer.post(`/people/${partyId}/relatives`, { ...source, relativeId, relation: 'spouse', evidenceId });
const ofOrganisation = (evidenceId: string) =>
  officer.post(`/organisations/${organisationId}/statements`, { ...source, purpose: 'eligibility', asOf: '2026-01-01', facts: { 规上: true }, evidenceId });

async function written(): Promise<readonly number[]> {
  return asOwner(api.database, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from fact_statements union all select count(*)::int from employments union all select count(*)::int from family_relations',
    );
    return rows.map(({ n }) => n);
  });
}

async function usesOf(evidenceId: string): Promise<number> {
  return Number((await api.person(partyId).get(`/evidence/${evidenceId}`)).body.uses);
}

function expectUnfit(answer: Answered, evidenceId: string, why: RegExp): void {
  expect([answer.status, answer.body.error.code]).toEqual([422, 'evidence-unfit']);
  expect(answer.body.error.message).toContain(evidenceId);
  expect(answer.body.error.details).toMatchObject([{ field: 'evidenceId', message: expect.stringMatching(why) }]);
}

describe('a paper that proves nothing', () => {
  test.each(['unknown', 'stranger', 'unfinished', 'refused', 'withdrawn', 'expired'])('%s: no statement, employment or relative rests on it', async (which) => {
    const { evidenceId, why } = unfit[which] ?? { evidenceId: '', why: /^$/ };
    const before = await written();
    for (const record of [says, works, related]) expectUnfit(await record(evidenceId), evidenceId, why);
    expect(await written()).toEqual(before);
  });

  test('a superseded employment stays in force where the new one is refused', async () => {
    const { employmentId } = (await works(await acceptedPaper(officer, partyId))).body as { employmentId: string };
    expect((await works(unfit.stranger?.evidenceId ?? '', { supersedes: employmentId, endedOn: '2025-01-31' })).body.error.code).toBe('evidence-unfit');
    const { items } = (await officer.get(`/people/${partyId}/employments`)).body as { items: { employmentId: string; supersededAt: string | null }[] };
    expect(items.find((one) => one.employmentId === employmentId)).toMatchObject({ supersededAt: null });
  });

  test('a person’s paper says nothing of an organisation', async () => {
    const evidenceId = await acceptedPaper(officer, partyId);
    expectUnfit(await ofOrganisation(evidenceId), evidenceId, /没有这份材料/);
  });
});

describe('a paper of a kind', () => {
  test('that proves other facts does not prove this one; what no kind is known to prove, every paper may', async () => {
    const contract = await acceptedPaper(officer, partyId, { kind: '劳动合同' });
    const before = await written();
    expectUnfit(await says(contract), contract, /^“劳动合同”不能证明“学历”，可以用：学历证书、其他材料。$/);
    // Of several facts each has to be proved.
    expectUnfit(await says(contract, { facts: { 全日制: true, 学历: '本科' } }), contract, /“学历”/);
    expect(await written()).toEqual(before);
    expect((await says(contract, { facts: { 全日制: true } })).status).toBe(201);
    // What a city's pack asks for counts besides what every city knows.
    const bought = { 购房日期: '2023-05-01' };
    expectUnfit(await says(contract, { facts: bought }), contract, /“购房日期”，可以用：.*购房发票.*其他材料/);
    const [invoice, education, other] = [await acceptedPaper(officer, partyId, { kind: '购房发票' }), await acceptedPaper(officer, partyId, { kind: '学历证书' }), await acceptedPaper(officer, partyId, { kind: '其他材料' })];
    expect((await says(invoice, { facts: bought })).status).toBe(201);
    expectUnfit(await says(invoice), invoice, /“购房发票”不能证明“学历”/);
    const made = await says(education);
    expect([made.status, (await says(other)).status]).toEqual([201, 201]);
    // To take a value back no paper proves anything.
    expect((await says(contract, { facts: { 学历: null }, corrects: made.body.statementId })).status).toBe(201);
    const english = await officer.post(`/people/${partyId}/statements`, { ...source, purpose: 'eligibility', asOf: '2026-01-01', facts: { 学历: '本科' }, evidenceId: contract }, { 'accept-language': 'en' });
    expect(english.body.error.details[0].message).toBe('A paper of the kind "Labour contract" does not prove 学历; these do: Certificate of education, Other paper.');
  });

  test('serves for an employment or a relation whatever it is: nothing says which kinds do', async () => {
    const contract = await acceptedPaper(officer, partyId, { kind: '劳动合同' });
    for (const record of [works, related]) expect((await record(contract)).status).toBe(201);
  });
});

describe('the rightful paper', () => {
  test('carries what is recorded on it, and its owner cannot take it back', async () => {
    const evidenceId = await acceptedPaper(officer, partyId);
    for (const record of [says, works, related]) expect((await record(evidenceId)).status).toBe(201);
    expect(await usesOf(evidenceId)).toBe(3);
    const me = api.person(partyId);
    const etag = String((await me.get(`/evidence/${evidenceId}`)).headers.get('etag'));
    expect((await me.delete(`/evidence/${evidenceId}`, { 'if-match': etag })).body.error.code).toBe('evidence-in-use');
  });

  test('may be the employer’s for an employment, the relative’s for a relation, the organisation’s for its facts', async () => {
    const employers = await acceptedPaper(officer, organisationId);
    expect((await works(employers)).status).toBe(201);
    expect((await ofOrganisation(employers)).status).toBe(201);
    expect((await related(await acceptedPaper(officer, relativeId))).status).toBe(201);
  });

  test('proves what ended while it was valid, and a correction may rest on it after it expired', async () => {
    const evidenceId = unfit.expired?.evidenceId ?? '';
    expect((await works(evidenceId, { endedOn: '2025-01-01' })).body.error.code).toBe('evidence-unfit');
    expect((await works(evidenceId, { endedOn: expiresOn })).status).toBe(201);
    const made = await says(evidenceId, { asOf: '2024-01-01', validTo: expiresOn });
    expect(made.status).toBe(201);
    const corrected = await says(evidenceId, { asOf: '2024-01-01', corrects: made.body.statementId, facts: { 学历: '硕士研究生' } });
    expect(corrected.status).toBe(201);
  });

  test('stays the person’s after two records of one person became one', async () => {
    const twin = await enterPerson(officer, { name: '张三一' });
    const evidenceId = await acceptedPaper(officer, twin);
    expect((await says(evidenceId)).body.error.code).toBe('evidence-unfit');
    expect((await officer.post('/merges', { keptPartyId: partyId, mergedPartyId: twin, reason: '同一个人' })).status).toBeLessThan(300);
    expect((await says(evidenceId)).status).toBe(201);
  });

  test('is not asked for where people tell of themselves: that rests on none', async () => {
    const told = await api.person(partyId).post(`/people/${partyId}/employments`, { organisationId, startedOn: '2021-01-01', origin: '申报', trustClass: 'D', evidenceId: newId() });
    expect(told.status).toBe(201);
    const { items } = (await officer.get(`/people/${partyId}/employments`)).body as { items: { employmentId: string; evidenceId: string | null }[] };
    expect(items.find((one) => one.employmentId === told.body.employmentId)).toMatchObject({ evidenceId: null });
  });
});
