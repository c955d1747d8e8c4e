// Acting for others: agents of organisations and family, each agreed to by whom it concerns, and ended by either side.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endFamily } from '../../src/contract/agent-endpoints.ts';
import { errorsOf } from '../../src/contract/openapi.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { createOrganisation } from '../../src/domains/registry/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import { activateStaff, addPerson, callerFrom, claimedPerson, enterByPhone, foundAdmins, sampleNumber, smsTo } from '../support/access.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';
import { asOwner } from '../support/database.ts';
import { acceptedPaper } from '../support/hand-in-paper.ts';

let api: TestApi;
let now = new Date('2026-06-30T01:00:00Z');
let intake: TestCaller;
let organisationId: string;
let elsewhere: string;
/** The authorisation that the organisation signed. */
let authorisation: string;
const people: Record<'one' | 'two' | 'three', { caller: TestCaller; partyId: string }> = {} as never;
const numbers = { one: sampleNumber('1990-03-07', 451), two: sampleNumber('1991-04-08', 452), three: sampleNumber('1992-05-09', 453), child: sampleNumber('2015-09-01', 454), grown: sampleNumber('2008-06-30', 455) };
const phones = { one: '13800000001', two: '13800000002', three: '13800000003' };

beforeAll(async () => {
  api = await startApi();
  api.setNow(now);
  const admins = await foundAdmins(api, now);
  const made = await admins['security-admin'].caller.post('/access/staff', { login: 'shouli', name: '张三九', phone: '13700000001', duty: 'officer' });
  await admins['security-admin'].caller.post(`/access/staff/${made.body.accountId}/appointments`, { departmentId: api.departments['changyi-hrss'], roles: ['intake'], validFrom: '2026-06-01' });
  intake = (await activateStaff(api, 'shouli', '13700000001', now)).caller;
  const found = (name: string, jurisdictionCode: string) =>
    inTenant(api.parts.db, api.tenantId, async (tx) => (await createOrganisation(tx, jobScope(api.tenantId, 'test', 'organisation.write'), api.parts.registry, { name, jurisdictionCode }, now)).partyId);
  organisationId = await found('样例梧桐公司', '220202');
  elsewhere = await found('样例龙潭公司', '220203');
  authorisation = await acceptedPaper(intake, organisationId, { kind: '授权委托书' });
  for (const [key, name] of [['one', '张三一'], ['two', '张三二'], ['three', '张三三']] as const) people[key] = await claimedPerson(api, { name, number: numbers[key], phone: phones[key] });
});
afterAll(() => api.stop());

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
  api.setNow(now);
}

const codeOf = (answer: Answered): string => answer.body?.error?.code ?? String(answer.status);
const invitation = async (caller: TestCaller): Promise<{ agencyId: string; state: string } | undefined> => (await caller.get('/access/agencies')).body.items[0];
// A browser names each act; the new session comes with the first answer all the same.
const actFor = async (caller: TestCaller, agencyId: string): Promise<TestCaller> => callerFrom(api, await caller.post('/access/capacity', { kind: 'agent', agencyId }, { 'idempotency-key': newId() }));
const appointFirst = (organisation: string, more: object = {}) => intake.post(`/access/organisations/${organisation}/agents`, { phone: phones.one, evidenceId: authorisation, canManage: true, ...more });

describe('agents', () => {
  test('the first one is appointed at the window, on evidence, within the jurisdiction, and acts only after accepting', async () => {
    expect(codeOf(await appointFirst(elsewhere))).toBe('not-found');
    expect(codeOf(await appointFirst(newId()))).toBe('not-found');
    expect(codeOf(await appointFirst(organisationId, { evidenceId: undefined }))).toBe('input-invalid');
    const kind = '授权委托书';
    const strangers = await acceptedPaper(intake, people.two.partyId, { kind });
    const expired = await acceptedPaper(intake, organisationId, { kind, expiresOn: '2026-06-29' });
    const licence = await acceptedPaper(intake, organisationId, { kind: '营业执照' });
    expect((await appointFirst(organisationId, { evidenceId: licence })).body.error.details[0].message).toMatch(/要凭授权委托书，这份是“营业执照”/);
    for (const evidenceId of [newId(), strangers, expired, licence, await acceptedPaper(intake, organisationId)]) {
      const refused = await appointFirst(organisationId, { evidenceId });
      expect([refused.status, codeOf(refused)]).toEqual([422, 'evidence-unfit']);
      expect(refused.body.error.details[0].field).toBe('evidenceId');
    }
    expect(await invitation(people.one.caller)).toBeUndefined();
    expect(await smsTo(api, phones.one)).not.toContainEqual(expect.objectContaining({ template: 'agent.asked' }));
    expect((await appointFirst(organisationId)).status).toBe(201);
    expect((await smsTo(api, phones.one))[0]?.template).toBe('agent.asked');
    const offered = await invitation(people.one.caller);
    expect(offered).toMatchObject({ state: 'invited', organisationId, canManage: true, grantedAs: 'officer', phone: '138****0001', organisationName: expect.stringContaining('样例') });
    expect(codeOf(await people.one.caller.post('/access/capacity', { kind: 'agent', agencyId: offered?.agencyId }))).toBe('capacity-missing');
    expect(await invitation(people.two.caller)).toBeUndefined();
    expect(codeOf(await people.two.caller.post(`/access/agencies/${offered?.agencyId}/acceptance`))).toBe('not-found');
    expect((await people.one.caller.post(`/access/agencies/${offered?.agencyId}/acceptance`)).status).toBe(204);
    expect(codeOf(await people.one.caller.post(`/access/agencies/${offered?.agencyId}/acceptance`))).toBe('settled-already');
    people.one.caller = await actFor(people.one.caller, offered?.agencyId ?? '');
    expect((await people.one.caller.get('/access/me')).body.capacity).toEqual({ kind: 'agent', agencyId: offered?.agencyId, organisationId, organisationName: '样例梧桐公司' });
  });

  test('an agent with that right invites others, the answer is the same for telephones that nobody registered, and never oneself', async () => {
    const invite = (phone: string) => people.one.caller.post('/access/agents', { phone });
    expect(codeOf(await invite(phones.one))).toBe('own-hands-refused');
    const [known, unknown] = [await invite(phones.two), await invite('13711110000')];
    expect([known.status, unknown.status]).toEqual([201, 201]);
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
    expect((await smsTo(api, '13711110000'))[0]?.template).toBe('agent.asked');
    expect((await people.one.caller.get('/access/agents')).body.items.map((each: { state: string }) => each.state)).toEqual(['invited', 'invited', 'accepted']);
  });

  test('an agent without the right acts, and manages nobody', async () => {
    const offered = await invitation(people.two.caller);
    await people.two.caller.post(`/access/agencies/${offered?.agencyId}/acceptance`);
    const agent = await actFor(people.two.caller, offered?.agencyId ?? '');
    expect(codeOf(await agent.post('/access/agents', { phone: '13711110001' }))).toBe('agent-cannot-manage');
    expect(codeOf(await agent.delete(`/access/agents/${offered?.agencyId}`))).toBe('agent-cannot-manage');
    people.two.caller = agent;
  });

  test('one who was invited before registering finds the offer after proving the telephone and the name', async () => {
    later(61);
    const caller = await enterByPhone(api, '13711110000');
    expect(codeOf(await caller.get('/access/agencies'))).toBe('not-permitted');
    await addPerson(api, { name: '张三七', number: sampleNumber('1993-06-10', 456), phone: '13711110000' });
    await caller.post('/access/claim', { name: '张三七', identityNumber: sampleNumber('1993-06-10', 456) });
    expect(await invitation(caller)).toMatchObject({ state: 'invited', organisationId });
  });

  test('whose authority ends is out at once, and goes on as a person', async () => {
    const offered = (await people.two.caller.get('/access/agencies')).body.items[0];
    expect((await people.one.caller.delete(`/access/agents/${offered.agencyId}`)).status).toBe(204);
    expect((await people.two.caller.get('/access/me')).status).toBe(401);
    later(61);
    people.two.caller = await enterByPhone(api, phones.two);
    expect((await people.two.caller.get('/access/me')).body).toMatchObject({ capacity: { kind: 'person' }, capacities: [{ kind: 'person' }] });
    expect(codeOf(await people.one.caller.delete(`/access/agents/${offered.agencyId}`))).toBe('not-found');
  });

  test('an offer lapses after thirty days, an authority on its last day, a day in China', async () => {
    await people.one.caller.post('/access/agents', { phone: phones.three, validTo: '2026-07-10' });
    const offered = await invitation(people.three.caller);
    await people.three.caller.post(`/access/agencies/${offered?.agencyId}/acceptance`);
    const before = now;
    now = new Date('2026-07-10T15:59:00Z');
    api.setNow(now);
    const agent = await actFor(await enterByPhone(api, phones.three), offered?.agencyId ?? '');
    expect((await agent.get('/access/me')).status).toBe(200);
    later(61);
    expect((await agent.get('/access/me')).status).toBe(401);
    people.three.caller = await enterByPhone(api, phones.three);
    expect(await invitation(people.three.caller)).toMatchObject({ state: 'ended' });
    now = new Date(before.getTime() + 31 * 86_400_000);
    api.setNow(now);
    const late = await enterByPhone(api, '13711110000', { name: '张三七', identityNumber: sampleNumber('1993-06-10', 456) });
    expect(await invitation(late)).toMatchObject({ state: 'ended' });
    expect(codeOf(await late.post(`/access/agencies/${(await invitation(late))?.agencyId}/acceptance`))).toBe('settled-already');
    const names = { one: '张三一', two: '张三二', three: '张三三' };
    for (const key of ['one', 'two', 'three'] as const) people[key].caller = await enterByPhone(api, phones[key], { name: names[key], identityNumber: numbers[key] });
  });
});

describe('family', () => {
  const reaches = async (caller: TestCaller): Promise<readonly string[]> => {
    const { body } = await caller.get('/access/family');
    return body.items.filter((each: { side: string; state: string }) => each.side === 'mine' && each.state === 'confirmed').map((each: { name: string }) => each.name);
  };
  const sees = async (caller: TestCaller, partyId: string): Promise<number> => (await caller.get(`/people/${partyId}`)).status;

  /** What becomes of what only the person, or a child's guardian, may do. */
  async function deciding(caller: TestCaller, partyId: string): Promise<Readonly<Record<string, string>>> {
    const today = now.toISOString().slice(0, 10);
    const told = { origin: '申报', trustClass: 'D' };
    const calls = {
      consent: [`/people/${partyId}/consents`, { purpose: 'eligibility', groups: ['income'], expiresOn: '2027-01-01', wordingVersion: '1' }],
      account: [`/parties/${partyId}/bank-accounts`, { bankName: '样例银行', holderName: '张三二', number: '6222020200000000000' }],
      correction: [`/people/${partyId}/data-requests`, { kind: 'correct', words: '样例' }],
      deletion: [`/people/${partyId}/data-requests`, { kind: 'delete' }],
      fact: [`/people/${partyId}/statements`, { ...told, purpose: 'eligibility', asOf: today, facts: { 学历: '本科' } }],
      employment: [`/people/${partyId}/employments`, { ...told, organisationId, startedOn: '2026-01-01' }],
    } as const;
    const became: Record<string, string> = {};
    for (const [name, [path, body]] of Object.entries(calls)) {
      const answer = await caller.post(path, body);
      became[name] = answer.status < 300 ? 'done' : codeOf(answer);
    }
    // What is held of somebody, whole, and the number in full.
    for (const [name, path] of [['held', 'held-data'], ['copy', 'held-data/copy'], ['number', 'identity-number?purpose=eligibility']] as const) {
      const answer = await caller.get(`/people/${partyId}/${path}`);
      became[name] = answer.status < 300 ? 'done' : codeOf(answer);
    }
    return became;
  }
  const everyDecision = (word: string): Readonly<Record<string, string>> => ({ consent: word, account: word, correction: word, deletion: word, fact: word, employment: word, held: word, copy: word, number: word });

  test('a spouse agrees, is then acted for, and may end it', async () => {
    const { one, two } = people;
    expect(codeOf(await one.caller.post('/access/family', { relation: 'spouse', name: '张三一', identityNumber: numbers.one }))).toBe('own-hands-refused');
    const asked = await one.caller.post('/access/family', { relation: 'spouse', name: '张三二', identityNumber: numbers.two });
    expect(asked.status).toBe(201);
    const { linkId } = asked.body;
    expect(await sees(one.caller, two.partyId)).toBe(404);
    expect((await two.caller.get('/access/family')).body.items).toMatchObject([{ linkId, side: 'theirs', name: '张三一', state: 'asked' }]);
    expect(codeOf(await one.caller.post(`/access/family/${linkId}/agreement`))).toBe('not-found');
    expect(codeOf(await people.three.caller.post(`/access/family/${linkId}/agreement`))).toBe('not-found');
    expect((await two.caller.post(`/access/family/${linkId}/agreement`)).status).toBe(204);
    expect(await reaches(one.caller)).toEqual(['张三二']);
    expect(await sees(one.caller, two.partyId)).toBe(200);
    // Whoever is of age decides alone: the relative helps, and is told why not where it is not for a relative to do.
    expect(await deciding(one.caller, two.partyId)).toEqual(everyDecision('person-must-act'));
    expect(await deciding(two.caller, two.partyId)).toEqual(everyDecision('done'));
    // Closing and withdrawing what the person made is the person's too.
    const consentId = (await two.caller.get(`/people/${two.partyId}/consents`)).body.items[0].consentId;
    expect(codeOf(await one.caller.post(`/people/${two.partyId}/consents/${consentId}/withdrawal`))).toBe('person-must-act');
    const { bankAccountId } = (await two.caller.get(`/parties/${two.partyId}/bank-accounts`)).body.items[0];
    expect(codeOf(await one.caller.delete(`/parties/${two.partyId}/bank-accounts/${bankAccountId}`))).toBe('person-must-act');
    expect((await two.caller.post(`/people/${two.partyId}/consents/${consentId}/withdrawal`)).status).toBe(200);
    // A paper that the relative sees is the person's to take back.
    intake = await reopen();
    const { evidenceId } = (await intake.get(`/evidence/${await acceptedPaper(intake, two.partyId, { kind: '学位证书' })}`)).body;
    const takeBack = async (caller: TestCaller): Promise<string> => {
      const seen = await caller.get(`/evidence/${evidenceId}`);
      expect(seen.status).toBe(200);
      const answer = await caller.delete(`/evidence/${evidenceId}`, { 'if-match': seen.headers.get('etag') ?? '' });
      return answer.status < 300 ? 'done' : codeOf(answer);
    };
    expect([await takeBack(one.caller), await takeBack(two.caller)]).toEqual(['not-found', 'done']);
    // Nobody else hears that there is such a person.
    expect(await deciding(people.three.caller, two.partyId)).toEqual(everyDecision('not-found'));
    expect((await one.caller.get(`/people/${two.partyId}/facts`)).status).toBe(200);
    expect(await sees(two.caller, one.partyId)).toBe(404);
    expect((await two.caller.delete(`/access/family/${linkId}`)).status).toBe(204);
    expect(await sees(one.caller, two.partyId)).toBe(404);
    expect(codeOf(await two.caller.delete(`/access/family/${linkId}`))).toBe('settled-already');
    expect(errorsOf(endFamily)).toContain('settled-already');
  });

  test('a child needs the window, and only while a minor', async () => {
    const { one } = people;
    intake = await reopen();
    const child = await one.caller.post('/access/family', { relation: 'child', name: '张小一', identityNumber: numbers.child });
    const grown = await one.caller.post('/access/family', { relation: 'child', name: '张小二', identityNumber: numbers.grown });
    const certificate = await acceptedPaper(intake, one.partyId, { kind: '户口簿' });
    const confirm = (linkId: string, evidenceId = certificate) => intake.post(`/access/family/${linkId}/guardian`, { evidenceId });
    const known = async () => (await asOwner(api.database, (client) => client.query('select count(*)::int as n from people'))).rows[0].n;
    const before = await known();
    for (const unfit of [newId(), await acceptedPaper(intake, people.two.partyId, { kind: '户口簿' }), await acceptedPaper(intake, one.partyId, { kind: '结婚证' })]) expect(codeOf(await confirm(child.body.linkId, unfit))).toBe('evidence-unfit');
    expect(await known()).toBe(before);
    expect(codeOf(await confirm(grown.body.linkId))).toBe('guardian-of-age');
    expect((await confirm(child.body.linkId)).status).toBe(204);
    expect(codeOf(await confirm(child.body.linkId))).toBe('settled-already');
    expect((await one.caller.get('/access/family')).body.items.find((each: { name: string }) => each.name === '张小一')).toMatchObject({ basis: 'guardian', state: 'confirmed', validTo: '2033-08-31' });
    const { rows } = await asOwner(api.database, (client) => client.query('select for_party_id from family_links where link_id = $1', [child.body.linkId]));
    expect(await sees(one.caller, rows[0].for_party_id)).toBe(200);
    // For a child the guardian decides, until the child is of age.
    expect(await deciding(one.caller, rows[0].for_party_id)).toEqual(everyDecision('done'));
    expect(await deciding(people.three.caller, rows[0].for_party_id)).toEqual(everyDecision('not-found'));
  });

  test('nobody confirms a guardian for themselves, and the database agrees', async () => {
    await expect(asOwner(api.database, (client) => client.query(`update family_links set confirmed_by = asked_by where basis = 'guardian'`))).rejects.toThrow(/family_links_check/);
  });

  test('one who registers later finds the request that waited', async () => {
    const late = { name: '张三八', identityNumber: sampleNumber('1994-07-11', 457) };
    await people.one.caller.post('/access/family', { relation: 'spouse', ...late });
    await addPerson(api, { name: late.name, number: late.identityNumber, phone: '13800000008' });
    const caller = await enterByPhone(api, '13800000008');
    await caller.post('/access/claim', late);
    expect((await caller.get('/access/family')).body.items).toMatchObject([{ side: 'theirs', name: '张三一', state: 'asked' }]);
  });

  /** The officer's session of a month ago is over. */
  async function reopen(): Promise<TestCaller> {
    const { rows } = await asOwner(api.database, (client) => client.query<{ account_id: string }>(`select account_id from accounts where duty = 'officer'`));
    const { accountId } = { accountId: rows[0]?.account_id ?? '' };
    await asOwner(api.database, (client) => client.query(`delete from passwords where account_id = $1`, [accountId]));
    await asOwner(api.database, (client) => client.query(`delete from second_factors where account_id = $1`, [accountId]));
    return (await activateStaff(api, 'shouli', '13700000001', now)).caller;
  }
});
