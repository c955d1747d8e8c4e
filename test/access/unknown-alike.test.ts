// Nobody finds out who is registered: for known and unknown the same status, body, headers and work; the clock is not looked at.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { argon2id } from '../../src/domains/access/index.ts';
import { addPerson, claimedPerson, enterByPhone, foundAdmins, proveByPhone, sampleNumber } from '../support/access.ts';
import { type Answered, startApi, type TestApi } from '../support/api.ts';
import { asOwner } from '../support/database.ts';

let api: TestApi;
let now = new Date('2026-06-30T01:00:00Z');
const password = '梧桐树下有三只凤凰啊';
const number = sampleNumber('1990-03-07', 451);
beforeAll(async () => {
  api = await startApi();
  api.setNow(now);
  await foundAdmins(api, now);
  const { caller } = await claimedPerson(api, { name: '张三一', number, phone: '13800000001' });
  await caller.post('/access/password', { password });
  await enterByPhone(api, '13800000002');
});
afterAll(() => api.stop());
afterEach(() => vi.restoreAllMocks());

/** An answer, and what the server did for it: every statement it sent, every password it compared or hashed. */
interface Told {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly work: readonly string[];
}

/** Calls while the real work is written down; ids, instants and the call's number differ by nature, and what the server does by itself is left out. */
async function observe(call: () => Promise<Answered>): Promise<Told> {
  // Spies that only watch: the real query runs, the real hash is made.
  const onQuery = vi.spyOn(pg.Client.prototype, 'query');
  const onHash = vi.spyOn(argon2id, 'hash');
  const onMatch = vi.spyOn(argon2id, 'matches');
  const { status, body, headers } = await call();
  const statements = (onQuery.mock.calls as unknown[][]).map(([first]) => (typeof first === 'string' ? first : (first as { text: string }).text));
  const own = statements.filter((each) => !/^(begin|commit|set local)/.test(each) && !/skip locked|from "tenants"/.test(each));
  const work = [...own, ...onHash.mock.calls.map(() => 'hash'), ...onMatch.mock.calls.map(() => 'compare')];
  for (const spy of [onQuery, onHash, onMatch]) spy.mockRestore();
  const plain = JSON.stringify(body ?? null).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
  const told = Object.fromEntries([...headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name)));
  return { status, body: JSON.parse(plain), headers: told, work };
}

/** All told alike, and some work was seen at all. */
function expectAlike(told: readonly Told[], status: number): void {
  const [first] = told;
  expect(first?.status).toBe(status);
  expect(first?.work.length).toBeGreaterThan(3);
  for (const each of told.slice(1)) expect(each).toEqual(first);
}

const post = (path: string, body: unknown): Promise<Answered> => api.anyone().post(path, body);

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
  api.setNow(now);
}

describe('ways in', () => {
  test.each(['enter', 'recover', 'change-phone'])('a code for %s', async (purpose) => {
    later(3700);
    const told = [];
    for (const phone of ['13800000001', '13800000002', '13711110000']) told.push(await observe(() => post('/access/codes', { phone, purpose })));
    expectAlike(told, 202);
    const again = [];
    for (const phone of ['13800000001', '13800000002', '13711110000']) again.push(await observe(() => post('/access/codes', { phone, purpose })));
    expectAlike(again, 429);
  });

  test('a wrong password, and the delays that follow', async () => {
    // A person, one without a password, nobody, an administrator by telephone; an administrator by login, nobody.
    for (const logins of [['13800000001', '13800000002', '13711110001', '13900000002'], ['anquan', 'nobody-here']]) {
      for (let attempt = 0; attempt < 5; attempt++) {
        const told = [];
        for (const login of logins) told.push(await observe(() => post('/access/sign-in/password', { login, password: 'wrong wrong wrong' })));
        expectAlike(told, 401);
        expect(told[0]?.work.filter((each) => each === 'compare')).toHaveLength(1);
      }
      const closed = [];
      for (const login of logins) closed.push(await observe(() => post('/access/sign-in/password', { login, password })));
      expectAlike(closed, 429);
    }
    later(1900);
  });

  test('the right password of somebody suspended is a wrong one', async () => {
    const suspend = (at: string | null) => asOwner(api.database, (client) => client.query(`update accounts set suspended_at = $1 where party_id is not null`, [at]));
    await suspend('2026-06-30');
    const told = [];
    for (const login of ['13800000001', '13711110001']) told.push(await observe(() => post('/access/sign-in/password', { login, password })));
    expectAlike(told, 401);
    await suspend(null);
  });

  test('activating an account of staff', async () => {
    const told = [];
    for (const login of ['anquan', 'nobody-here']) {
      later(3700);
      const proof = await proveByPhone(api, '13711110003');
      told.push(await observe(() => post('/access/staff-activation', { login, ...proof, password: 'Wutong-feng 77 x' })));
    }
    expectAlike(told, 401);
  });
});

describe('who somebody is', () => {
  test('recovery: no account, another number, another name, an account that never claimed anything but has a second factor', async () => {
    await asOwner(api.database, (client) =>
      client.query(`insert into second_factors (tenant_id, account_id, secret_sealed, confirmed_at) select tenant_id, account_id, '\\x00', now() from accounts where duty = 'person' and party_id is null`),
    );
    const tries = [
      { phone: '13711110004', name: '张三一', identityNumber: number },
      { phone: '13800000001', name: '张三一', identityNumber: sampleNumber('1990-03-07', 452) },
      { phone: '13800000001', name: '张三二', identityNumber: number },
      { phone: '13800000002', name: '张三一', identityNumber: number },
    ];
    const told = [];
    for (const { phone, ...identity } of tries) {
      later(90_000);
      const proof = await proveByPhone(api, phone, 'recover');
      told.push(await observe(() => post('/access/recovery', { ...proof, ...identity, password: '凤凰飞来三只落在梧桐' })));
    }
    expectAlike(told, 202);
    later(90_000);
    const proof = await proveByPhone(api, '13800000001', 'recover');
    const right = await observe(() => post('/access/recovery', { ...proof, name: '张三一', identityNumber: number, password: '凤凰飞来三只落在梧桐' }));
    expect({ ...right, work: [] }).toEqual({ ...told[0], work: [] });
    expect((await post('/access/sign-in/password', { login: '13800000001', password: '凤凰飞来三只落在梧桐' })).body.next).toBe('done');
  });

  test('a claim: no record, a record with another name, another telephone or none, one that is claimed', async () => {
    const other = sampleNumber('1991-04-08', 453);
    await addPerson(api, { name: '张三五', number: other, phone: '13711110009' });
    const bare = sampleNumber('1991-04-08', 454);
    await addPerson(api, { name: '张三六', number: bare });
    const claims = [
      { name: '张三四', identityNumber: sampleNumber('1992-05-09', 455) },
      { name: '张三四', identityNumber: other },
      { name: '张三五', identityNumber: other },
      { name: '张三六', identityNumber: bare },
      { name: '张三一', identityNumber: number },
    ];
    const told: Told[] = [];
    const looks: unknown[] = [];
    for (const [index, claim] of claims.entries()) {
      later(61);
      const caller = await enterByPhone(api, `1380000010${index}`);
      told.push(await observe(() => caller.post('/access/claim', claim)));
      const { capacity, claim: state } = (await caller.get('/access/me')).body;
      looks.push({ capacity, state });
    }
    expectAlike(told, 202);
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(1);
    expect(looks[0]).toEqual({ capacity: { kind: 'account' }, state: 'waiting' });
    const { rows } = await asOwner(api.database, (client) => client.query('select finding from claims where outcome = $1 order by claim_id', ['waiting']));
    expect(rows.map((row: { finding: string }) => row.finding)).toEqual(['no-record', 'name-differs', 'phone-differs', 'phone-differs', 'already-claimed']);
  });

  test('asking to act for somebody whom the registry knows or not', async () => {
    later(61);
    const caller = await enterByPhone(api, '13800000001');
    const told = [];
    for (const identityNumber of [sampleNumber('1991-04-08', 453), sampleNumber('1993-06-10', 456)]) {
      told.push(await observe(() => caller.post('/access/family', { relation: 'spouse', name: '张三五', identityNumber })));
    }
    expectAlike(told, 201);
  });
});
