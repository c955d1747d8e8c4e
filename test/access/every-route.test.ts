// Every route with every capacity, over HTTP: the table's answer is the server's, for those it names and for all others.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionRow, type Role, roles } from '../../src/contract/permissions.ts';
import type { Capacity, Route } from '../../src/domains/permissions/index.ts';
import { newId } from '../../src/storage/database.ts';
import { startApi, type TestApi, type TestCaller } from '../support/api.ts';

let api: TestApi;
let callers: ReadonlyMap<Role, TestCaller>;
beforeAll(async () => {
  api = await startApi();
  callers = new Map(roles.filter((role) => role !== 'job').map((role) => [role, role === 'anyone' ? api.anyone() : api.as(capacityOf(role))]));
});
afterAll(() => api.stop());

function capacityOf(role: Role): Capacity {
  const partyId = newId();
  switch (role) {
    case 'person':
      return { kind: 'person', partyId, actsFor: [] };
    case 'agent':
      return { kind: 'agent', organisationId: newId(), partyId };
    case 'system-admin':
    case 'security-admin':
    case 'audit-admin':
      return { kind: 'administrator', role };
    case 'feed':
      return { kind: 'feed', departmentId: api.departments['city-hrss'], keyId: newId() };
    case 'account':
      return { kind: 'account' };
    default:
      return { kind: 'officer', departmentId: api.departments['city-hrss'], codes: ['220200', '220202', '220203'], roles: [role] };
  }
}

/** Whether the table lets a role do what the route does; whoever is signed in may what an account may. */
function isNamed({ endpoint }: Route, role: Role): boolean {
  const { holders } = permissionRow(endpoint.permission);
  const implied: Role[] = role === 'feed' ? ['feed'] : role === 'anyone' ? ['anyone'] : ['anyone', 'account', role];
  return implied.some((each) => holders[each] !== undefined);
}

/** The route's path with ids that nothing has. */
const pathOf = ({ endpoint }: Route): string => endpoint.path.replace(/:(\w+)/g, (_, name: string) => (name === 'kind' ? 'administrator' : newId()));

describe('every route', () => {
  test('is answered as the table says, for every role', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const route of api.parts.routes) {
      const { method, id } = route.endpoint;
      for (const [role, caller] of callers) {
        const { status, body } = await caller.call(method, pathOf(route), method === 'GET' || method === 'DELETE' ? {} : { body: {} });
        const code: unknown = body?.error?.code;
        asked++;
        const isRefused = code === 'not-permitted' || code === 'sign-in-required';
        const expected = isNamed(route, role) ? !isRefused || code === 'sign-in-required' && role !== 'anyone' : code === (role === 'anyone' ? 'sign-in-required' : 'not-permitted');
        if (!expected || status >= 500) wrong.push(`${id} by ${role}: ${status} ${String(code)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBe(api.parts.routes.length * callers.size);
    expect(api.parts.routes.length).toBeGreaterThan(60);
  });

  test('is closed to a token that is unknown, malformed or of another kind', async () => {
    const tokens = ['wts_' + 'A'.repeat(43), 'wtf_' + 'A'.repeat(43), 'wtp_' + 'A'.repeat(43), 'null', '../../etc/passwd', "' or 1=1 --"];
    const open: string[] = [];
    for (const route of api.parts.routes.filter((each) => !isNamed(each, 'anyone'))) {
      for (const token of tokens) {
        const { status } = await api.anyone(token).call(route.endpoint.method, pathOf(route));
        if (status !== 401) open.push(`${route.endpoint.id} by ${token}: ${status}`);
      }
    }
    expect(open).toEqual([]);
  });
});
