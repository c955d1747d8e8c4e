// Every route of the interface against those who have no business there: no session, a wrong one, a wrong capacity, and nonsense for input.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/contract/endpoint.ts';
import { administratorRoles, officerRoles, permissionRow, type Role } from '../../src/contract/permissions.ts';
import type { Capacity } from '../../src/domains/permissions/index.ts';
import { newId } from '../../src/storage/database.ts';
import { makeTenant } from '../support/database.ts';
import { type Answered, startApi, type TestApi, type TestCaller } from '../support/api.ts';

let api: TestApi;
let otherTenant: number;
const failures: unknown[] = [];
beforeAll(async () => {
  api = await startApi({ hosts: ['127.0.0.1'], change: { failed: (error) => void failures.push(error) } });
  otherTenant = await makeTenant(api.database, { code: 'second', name: '另一市', placeCode: '220100', hosts: ['second.example'] });
});
afterAll(() => api.stop());

/** A capacity for each role that can come over the interface. */
function capacities(): ReadonlyMap<Role, Capacity> {
  const department = { departmentId: api.departments['city-hrss'], codes: ['220200', '220202', '220203'] };
  return new Map<Role, Capacity>([
    ['account', { kind: 'account' }],
    ['person', { kind: 'person', partyId: newId(), actsFor: [] }],
    ['agent', { kind: 'agent', organisationId: newId(), partyId: newId() }],
    ['feed', { kind: 'feed', departmentId: department.departmentId, keyId: newId() }],
    ...officerRoles.map((role) => [role, { kind: 'officer', ...department, roles: [role] }] as const),
    ...administratorRoles.map((role) => [role, { kind: 'administrator', role }] as const),
  ]);
}

/** Roles that a capacity of `role` carries besides. */
const carried = (role: Role): readonly Role[] => (role === 'feed' ? ['feed'] : role === 'account' ? ['anyone', 'account'] : ['anyone', 'account', role]);

const isAllowed = (endpoint: Endpoint, role: Role): boolean => carried(role).some((each) => permissionRow(endpoint.permission).holders[each] !== undefined);

/** Calls an endpoint with `word` wherever something can be put. */
function callWith(caller: TestCaller, endpoint: Endpoint, word: string, body: unknown = {}): Promise<Answered> {
  const path = endpoint.path.replace(/:\w+/g, () => encodeURIComponent(word) || '-');
  const fields = Object.keys(endpoint.query?.shape ?? {}).map((name) => `${name}=${encodeURIComponent(word)}`);
  const url = fields.length === 0 ? path : `${path}?${fields.join('&')}`;
  const headers = { 'if-match': `"${word.replace(/[^\x20-\x7e]/g, '')}"` };
  if (endpoint.method === 'GET') return caller.call('GET', url);
  if (endpoint.bytes === 'request' || endpoint.bytes === 'both') return caller.call(endpoint.method, url, { bytes: Buffer.from(word), headers });
  return caller.call(endpoint.method, url, { body, headers });
}

test('without a session, with one that is made up, and with one of another city: nothing but what anyone may', async () => {
  const foreign = [...capacities().values()].map((capacity) => api.as(capacity, otherTenant));
  for (const { endpoint } of api.parts.routes) {
    if (isAllowed(endpoint, 'account') && permissionRow(endpoint.permission).holders.anyone !== undefined) continue;
    for (const caller of [api.anyone(), api.anyone(randomUUID()), api.anyone('0'.repeat(500)), ...foreign]) {
      const answer = await callWith(caller, endpoint, newId());
      expect(`${endpoint.id} ${answer.status} ${answer.body?.error?.code}`).toBe(`${endpoint.id} 401 sign-in-required`);
    }
  }
});

test('in every capacity: what the permission table does not name is refused before anything is read', async () => {
  const told: string[] = [];
  const expected: string[] = [];
  const faults: string[] = [];
  for (const [role, capacity] of capacities()) {
    const caller = api.as(capacity);
    for (const { endpoint } of api.parts.routes) {
      const { status, body } = await callWith(caller, endpoint, newId());
      const code = String(body?.error?.code ?? '');
      const name = `${role} ${endpoint.id}`;
      if (status >= 500) faults.push(`${name} ${String((failures.at(-1) as Error | undefined)?.stack)}`);
      // Where the table allows it, a use case may still refuse for reasons of its own, but never for want of a session; only access looks up
      // the account itself, which these callers do not have.
      if (isAllowed(endpoint, role)) told.push(`${name} ${code === 'sign-in-required' && endpoint.tag !== 'access' ? code : 'let in'}`);
      else told.push(`${name} ${status} ${code}`);
      expected.push(isAllowed(endpoint, role) ? `${name} let in` : `${name} 403 not-permitted`);
    }
  }
  expect(faults).toEqual([]);
  expect(told).toEqual(expected);
  expect(expected.filter((line) => line.endsWith('not-permitted')).length).toBeGreaterThan(api.parts.routes.length);
});

describe('nonsense and malice wherever something can be put', () => {
  const words: readonly [string, string][] = [
    ['SQL', `' or '1'='1'; drop table parties; --`],
    ['SQL in a number', `1; select pg_sleep(5)`],
    ['HTML', `<script>alert(1)</script><img src=x onerror=alert(1)>`],
    ['a path', `../../../../etc/passwd`],
    ['a path of Windows', `..\\..\\windows\\win.ini`],
    ['a zero byte', `a\0b`],
    ['half a character', `\ud800`.toWellFormed()],
    ['a formula', `=cmd|'/c calc'!A1`],
    ['a header', `a\r\nset-cookie: wutong_session=x`],
    ['a template', '${7*7}{{7*7}}'],
    ['a long word', '长'.repeat(3000)],
    ['an id of nobody', '0190a5c2-0000-7000-8000-00000000dead'],
    ['a negative number', '-1'],
    ['a huge number', '99999999999999999999999999'],
    ['nothing', ' '],
  ];
  test.each(words)('%s', async (_what, word) => {
    failures.length = 0;
    const wrong: string[] = [];
    const all = capacities();
    for (const { endpoint } of api.parts.routes) {
      const role = [...all.keys()].find((each) => isAllowed(endpoint, each));
      const caller = role === undefined ? api.anyone() : api.as(all.get(role) ?? { kind: 'anyone' });
      const body = Object.fromEntries(namesOf(endpoint).map((name) => [name, word]));
      for (const sent of [body, [word], word, { ...body, __proto__x: word, constructor: { prototype: word } }]) {
        const answer = await callWith(caller, endpoint, word, sent);
        const isFine = answer.status < 500 && !/wutong_session=x/.test(answer.headers.get('set-cookie') ?? '') && !/html/.test(answer.headers.get('content-type') ?? '');
        if (!isFine) wrong.push(`${endpoint.id} as ${role}: ${answer.status} ${answer.raw.toString().slice(0, 200)} ${String((failures.at(-1) as Error | undefined)?.stack ?? '')}`);
      }
    }
    // What was sent is never given back as a page, sets nothing, and is never more than refused.
    expect(wrong).toEqual([]);
    expect(failures).toEqual([]);
  });
});

/** Names of an endpoint's body, as its schema tells them. */
function namesOf({ body }: Endpoint): readonly string[] {
  const shape = body !== undefined && 'shape' in body ? (body.shape as Readonly<Record<string, unknown>>) : {};
  return Object.keys(shape);
}
