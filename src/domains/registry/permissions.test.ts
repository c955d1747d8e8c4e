// Every endpoint of the registry against every role: whom the table names is let in, everybody else is refused, whatever the body.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { permissionRow, type Role, roles } from '../../contract/permissions.ts';
import * as endpoints from '../../contract/registry-endpoints.ts';
import { newId } from '../../storage/database.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

function callerOf(role: Role): TestCaller {
  switch (role) {
    case 'anyone':
      return api.anyone();
    case 'account':
      return api.as({ kind: 'account' });
    case 'person':
      return api.person(newId());
    case 'agent':
      return api.agent(newId());
    case 'system-admin':
    case 'security-admin':
    case 'audit-admin':
      return api.administrator(role);
    case 'feed':
      return api.as({ kind: 'feed', departmentId: newId(), keyId: newId() });
    case 'job':
      return api.as({ kind: 'job', name: 'test' });
    default:
      return api.officer('city-hrss', role);
  }
}

/** Whether the table lets a role in: somebody who is signed in may besides do what anyone and any account may. */
function mayEnter(endpoint: Endpoint, role: Role): boolean {
  const { holders } = permissionRow(endpoint.permission);
  const carried: Role[] = role === 'feed' || role === 'job' || role === 'anyone' ? [role] : ['anyone', 'account', role];
  return carried.some((one) => holders[one] !== undefined);
}

test.each(Object.values(endpoints).map((endpoint): [string, Endpoint] => [endpoint.id, endpoint as unknown as Endpoint]))('%s', async (_id, endpoint) => {
  const path = endpoint.path.replace(/:\w+/g, () => newId());
  const wrong: string[] = [];
  for (const role of roles) {
    const { status } = await callerOf(role).call(endpoint.method, path, endpoint.method === 'GET' ? {} : { body: {}, headers: { 'if-match': '"1"' } });
    // Nobody is there by these ids and the body is empty: whoever is let in is told so, and nobody is told anything else.
    const expected = mayEnter(endpoint, role) ? [200, 404, 422] : [role === 'anyone' ? 401 : 403];
    if (!expected.includes(status)) wrong.push(`${role} ${status}`);
  }
  expect(wrong).toEqual([]);
});
