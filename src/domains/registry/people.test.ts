// People and organisations through the interface, on a real database: entering, finding by number, changing, masks, and who may not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterOrganisation, enterPerson, sampleCode, sampleNumber } from '../../../test/support/registry-samples.ts';
import { newId } from '../../storage/database.ts';

let api: TestApi;
let intake: TestCaller;
let steward: TestCaller;

beforeAll(async () => {
  api = await startApi();
  intake = api.officer('changyi-hrss', 'intake');
  steward = api.officer('city-hrss', 'steward');
});
afterAll(() => api.stop());

const entry = (number: string, more: object = {}) => ({ name: '张三一', jurisdictionCode: '220202', document: { kind: 'number', number }, ...more });

describe('entering a person', () => {
  test('the number tells birth date and sex, and is shown masked', async () => {
    const number = sampleNumber({ birthDate: '1991-02-03', sex: 'female' });
    const entered = await intake.post('/people', entry(`${number.slice(0, 6)} ${number.slice(6)}`, { phone: '+86 138-0000-0001' }));
    expect(entered).toMatchObject({ status: 201, body: { warnings: [], doubles: [] } });
    const seen = await intake.get(`/people/${entered.body.partyId}`);
    expect(seen).toMatchObject({
      status: 200,
      body: { name: '张三一', birthDate: '1991-02-03', sex: 'female', idKind: 'resident', maskedNumber: `220***********${number.slice(-4)}`, maskedPhone: '138****0001' },
    });
    expect(seen.headers.get('etag')).toBe('"1"');
    expect(seen.raw.toString()).not.toContain(number);
  });

  test('nothing that is sealed stands in the database as it was typed', async () => {
    const number = sampleNumber({ birthDate: '1992-05-06' });
    await intake.post('/people', entry(number, { phone: '13800000002' }));
    const rows = await asOwner(api.database, (client) => client.query<{ row: string }>(`select one::text as row from people one`));
    for (const { row } of rows.rows) {
      expect(row).not.toContain(number);
      expect(row).not.toContain('13800000002');
      expect(row).not.toContain(Buffer.from(number).toString('hex'));
    }
  });

  test('the same number in its 15-digit form, or as another document, is the same person', async () => {
    const number = sampleNumber({ birthDate: '1967-04-01' });
    await enterPerson(intake, { number });
    const old = `${number.slice(0, 6)}${number.slice(8, 17)}`;
    for (const document of [{ kind: 'number', number: old }, { kind: 'other', number: number.toLowerCase() }]) {
      expect(await steward.post('/people', { ...entry(number), document })).toMatchObject({ status: 409, body: { error: { code: 'person-exists' } } });
    }
  });

  test('everything that is wrong is said at once', async () => {
    const number = sampleNumber({ birthDate: '1993-01-01', sex: 'male' });
    const wrong = await intake.post('/people', { ...entry(number), name: '张1', jurisdictionCode: '220203', birthDate: '1993-01-02', sex: 'female', phone: '123' });
    expect(wrong.status).toBe(422);
    expect(wrong.body.error.details.map((detail: { field: string }) => detail.field).sort()).toEqual(['birthDate', 'jurisdictionCode', 'name', 'phone', 'sex']);
    const digit = `${number.slice(0, 17)}${number.endsWith('0') ? '1' : '0'}`;
    expect(await intake.post('/people', entry(digit))).toMatchObject({
      status: 422,
      body: { error: { details: [{ field: 'document.number', message: '证件号码的最后一位和前面的数字对不上，多半有一位写错了，请逐位核对。' }] } },
    });
  });

  test('a division that no table holds is doubted and taken', async () => {
    expect(await intake.post('/people', entry(sampleNumber({ division: '220299' })))).toMatchObject({ status: 201, body: { warnings: [{ field: 'document.number' }] } });
  });

  test('two who enter one number at the same moment: one is entered', async () => {
    const number = sampleNumber({ birthDate: '1994-01-01' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => intake.post('/people', entry(number))));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  test('a passport is taken as written, a person without any document too', async () => {
    const foreign = await intake.post('/people', { name: 'Zhang Sanyi', jurisdictionCode: '220202', document: { kind: 'other', number: 'E 1234 5678' }, birthDate: '1980-01-01' });
    expect(await intake.get(`/people/${foreign.body.partyId}`)).toMatchObject({ body: { idKind: 'other', maskedNumber: 'E******78' } });
    expect(await intake.post('/people', { name: '买买提 • 样例', jurisdictionCode: '220202' })).toMatchObject({ status: 201 });
  });
});

describe('changing a person', () => {
  test('who was slower is told, and nothing is lost', async () => {
    const id = await enterPerson(intake);
    expect(await intake.patch(`/people/${id}`, { name: '张三二' })).toMatchObject({ status: 428 });
    expect(await intake.patch(`/people/${id}`, { name: '张三二' }, { 'if-match': '"1"' })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await intake.patch(`/people/${id}`, { name: '张三三' }, { 'if-match': '"1"' })).toMatchObject({ status: 412, body: { error: { code: 'changed-meanwhile' } } });
    expect(await intake.get(`/people/${id}`)).toMatchObject({ body: { name: '张三二', formerNames: [{ name: '张三一' }], version: 2 } });
  });

  test('a person with three documents over time is one, found by each of them', async () => {
    const id = (await intake.post('/people', { name: 'Zhang Sansi', jurisdictionCode: '220202', document: { kind: 'other', number: 'P7654321' } })).body.partyId;
    await intake.patch(`/people/${id}`, { document: { kind: 'number', number: 'USA110185060712' } }, { 'if-match': '"1"' });
    const now = sampleNumber({ division: '911840', birthDate: '1985-06-07' });
    expect(await intake.patch(`/people/${id}`, { document: { kind: 'number', number: now } }, { 'if-match': '"2"' })).toMatchObject({ status: 200 });
    for (const number of ['P7654321', 'usa110185060712', now]) {
      expect(await intake.post('/people', { name: 'Zhang Sansi', jurisdictionCode: '220202', document: { kind: 'other', number } })).toMatchObject({ status: 409 });
    }
    const revealed = await steward.get(`/people/${id}/identity-number?purpose=eligibility`);
    expect(revealed.body).toMatchObject({ number: { kind: 'permanent-resident', number: now }, formerNumbers: [{ number: 'USA110185060712' }, { number: 'P7654321' }] });
  });

  test('an officer does not move somebody out of reach', async () => {
    const id = await enterPerson(intake);
    expect(await intake.patch(`/people/${id}`, { jurisdictionCode: '220203' }, { 'if-match': '"1"' })).toMatchObject({ status: 422 });
    expect(await steward.patch(`/people/${id}`, { jurisdictionCode: '220203' }, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
    expect(await intake.get(`/people/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('who sees whom', () => {
  test('a person themselves, officers of the jurisdiction and above, and nobody else', async () => {
    const id = await enterPerson(intake);
    const allowed = [api.person(id), intake, steward, api.officer('changyi-hrss', 'leader')];
    const refused = [
      [api.person(newId()), 404],
      [api.officer('longtan-hrss', 'intake'), 404],
      [api.officer('changyi-hrss', 'policy'), 403],
      [api.agent(newId()), 404],
      [api.administrator('system-admin'), 403],
      [api.administrator('audit-admin'), 403],
      [api.anyone(), 401],
    ] as const;
    for (const caller of allowed) expect(await caller.get(`/people/${id}`)).toMatchObject({ status: 200 });
    for (const [caller, status] of refused) expect(await caller.get(`/people/${id}`)).toMatchObject({ status });
    expect(await intake.get(`/people/${newId()}`)).toMatchObject({ status: 404 });
  });

  test('an agent sees the people that somebody else says work there, not those who only say so', async () => {
    const organisation = await enterOrganisation(intake, { name: '样例二公司' });
    const [checked, told] = [await enterPerson(intake), await enterPerson(intake)];
    const employment = { organisationId: organisation, startedOn: '2020-01-01' };
    await intake.post(`/people/${checked}/employments`, { ...employment, origin: '材料', trustClass: 'B' });
    await api.person(told).post(`/people/${told}/employments`, { ...employment, origin: '申报', trustClass: 'D' });
    const agent = api.agent(organisation);
    expect(await agent.get(`/people/${checked}`)).toMatchObject({ status: 200 });
    expect(await agent.get(`/people/${told}`)).toMatchObject({ status: 404 });
    // What is known of an employee is the employee's.
    expect(await agent.get(`/people/${checked}/facts`)).toMatchObject({ status: 404 });
  });

  test('the number in full is a permission of its own, and every look stands in the trail with its purpose', async () => {
    const number = sampleNumber({ birthDate: '1995-01-01' });
    const id = await enterPerson(intake, { number });
    expect(await intake.get(`/people/${id}/identity-number?purpose=payment`)).toMatchObject({ status: 403 });
    expect(await steward.get(`/people/${id}/identity-number`)).toMatchObject({ status: 422 });
    expect(await steward.get(`/people/${id}/identity-number?purpose=payment`)).toMatchObject({ status: 200, body: { number: { number } } });
    expect(await api.officer('longtan-hrss', 'reviewer').get(`/people/${id}/identity-number?purpose=payment`)).toMatchObject({ status: 404 });
    const trail = await api.administrator('audit-admin').get(`/audit/entries?action=people.reveal-number&objectKind=person&objectId=${id}`);
    expect(trail.body.items).toMatchObject([{ outcome: 'done', objectKind: 'person', detail: { purpose: 'payment' } }]);
    expect(trail.raw.toString()).not.toContain(number);
  });

  test('people enter and change nobody by themselves', async () => {
    const id = await enterPerson(intake);
    expect(await api.person(id).post('/people', entry(sampleNumber()))).toMatchObject({ status: 403 });
    expect(await api.person(id).patch(`/people/${id}`, { name: '张三五' }, { 'if-match': '"1"' })).toMatchObject({ status: 403 });
  });
});

describe('organisations', () => {
  test('a code is checked, belongs to one, and a name of before is kept', async () => {
    const creditCode = sampleCode();
    const id = await enterOrganisation(intake, { name: '吉林 样例(三)公司', creditCode });
    const seen = await api.person(newId()).get(`/organisations/${id}`);
    expect(seen).toMatchObject({ status: 200, body: { name: '吉林样例（三）公司', creditCode } });
    expect(await intake.post('/organisations', { name: '样例四公司', jurisdictionCode: '220202', creditCode: ` ${creditCode.toLowerCase()}` })).toMatchObject({
      status: 409,
      body: { error: { code: 'organisation-exists' } },
    });
    const last = creditCode.endsWith('0') ? '1' : '0';
    const wrong = await intake.post('/organisations', { name: '样例五公司', jurisdictionCode: '220202', creditCode: `${creditCode.slice(0, 17)}${last}` });
    expect(wrong.body.error.details).toMatchObject([{ field: 'creditCode', message: expect.stringContaining(`应当是 ${creditCode[17]}`) as string }]);
    expect(await intake.patch(`/organisations/${id}`, { name: '样例六公司', phone: '0432-62012345' }, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
    expect(await intake.get(`/organisations/${id}`)).toMatchObject({ body: { formerNames: [{ name: '吉林样例（三）公司' }], maskedPhone: '043*****2345', version: 2 } });
    expect(await intake.patch(`/organisations/${id}`, { phone: null }, { 'if-match': '"2"' })).toMatchObject({ status: 200 });
    expect(await intake.get(`/organisations/${id}`)).toMatchObject({ body: { maskedPhone: null } });
  });

  test('are entered by officers of the place alone, and a person is none', async () => {
    const organisation = { name: '样例七公司', jurisdictionCode: '220203', creditCode: sampleCode() };
    expect(await intake.post('/organisations', organisation)).toMatchObject({ status: 422 });
    expect(await api.agent(newId()).post('/organisations', organisation)).toMatchObject({ status: 403 });
    expect(await api.anyone().post('/organisations', organisation)).toMatchObject({ status: 401 });
    expect(await intake.get(`/organisations/${await enterPerson(intake)}`)).toMatchObject({ status: 404 });
  });
});

describe('bank accounts', () => {
  test('are entered by their holder, shown by four digits, opened to pay, and doubtful ones are told', async () => {
    const id = await enterPerson(intake, { name: '张三六' });
    const own = api.person(id);
    const card = '6222021234567890128';
    const added = await own.post(`/parties/${id}/bank-accounts`, { bankName: '样例银行', holderName: '张三六', number: '6222 0212 3456 7890 128' });
    expect(added).toMatchObject({ status: 201, body: { warnings: [] } });
    expect((await own.get(`/parties/${id}/bank-accounts`)).body.items).toMatchObject([{ maskedNumber: '**** 0128', isNumberChecked: true, closedAt: null }]);
    const path = `/parties/${id}/bank-accounts/${added.body.bankAccountId}`;
    expect(await api.officer('changyi-hrss', 'finance').get(`${path}/number`)).toMatchObject({ status: 200, body: { number: card } });
    expect(await intake.get(`${path}/number`)).toMatchObject({ status: 403 });
    expect(await own.get(`${path}/number`)).toMatchObject({ status: 403 });
    const other = await enterPerson(intake, { name: '张三七' });
    const doubtful = await api.person(other).post(`/parties/${other}/bank-accounts`, { bankName: '样例银行', holderName: '张三六', number: card });
    const fieldsOf = (answered: typeof doubtful): readonly string[] => answered.body.warnings.map((one: { field: string }) => one.field);
    // Nobody finds out by an own account whether a number is registered for somebody else; the window is told.
    expect(fieldsOf(doubtful)).toEqual(['holderName']);
    expect(fieldsOf(await intake.post(`/parties/${other}/bank-accounts`, { bankName: '样例银行', holderName: '张三七', number: card }))).toEqual(['number']);
    expect(await api.person(other).get(`/parties/${id}/bank-accounts`)).toMatchObject({ status: 404 });
    expect(await own.delete(path)).toMatchObject({ status: 204 });
    expect(await own.delete(path)).toMatchObject({ status: 404 });
  });

  test('an agent enters none for an employee', async () => {
    const organisation = await enterOrganisation(intake, { name: '样例八公司' });
    const employee = await enterPerson(intake);
    await intake.post(`/people/${employee}/employments`, { organisationId: organisation, startedOn: '2020-01-01', origin: '材料', trustClass: 'B' });
    const account = { bankName: '样例银行', holderName: '样例八公司', number: '220000000001' };
    expect(await api.agent(organisation).post(`/parties/${employee}/bank-accounts`, account)).toMatchObject({ status: 404 });
    expect(await api.agent(organisation).post(`/parties/${organisation}/bank-accounts`, account)).toMatchObject({ status: 201, body: { warnings: [] } });
  });
});

test('universities are suggested to anyone by what they type', async () => {
  const asked = await api.anyone().get(`/universities?text=${encodeURIComponent('吉大')}`);
  expect(asked).toMatchObject({ status: 200, body: { official: '吉林大学' } });
  expect((await api.anyone().get(`/universities?text=${encodeURIComponent('吉林大')}&limit=3`)).body.suggestions[0]).toBe('吉林大学');
});
