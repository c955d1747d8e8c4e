// Departments over the interface: who may read and change them, and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { inTenant } from '../../storage/database.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const bureau = { code: 'changyi-housing', name: '昌邑区住建局', jurisdictionCode: '220202', telephone: '0432-12345' };

test('anyone may read jurisdictions and departments, filtered by place and words', async () => {
  const visitor = api.anyone();
  const { body } = await visitor.get('/jurisdictions');
  expect(body.items.map((item: { code: string }) => item.code)).toEqual(['220200', '220202', '220203']);
  const found = await visitor.get('/departments?jurisdiction=220202&q=人社');
  expect(found.body.items.map((item: { code: string }) => item.code)).toEqual(['changyi-hrss']);
});

test('the system administrator adds a department, changes it, closes it', async () => {
  const admin = api.administrator('system-admin');
  const made = await admin.post('/departments', bureau);
  expect([made.status, made.body.name, made.headers.get('etag')]).toEqual([201, '昌邑区住建局', '"1"']);
  const path = `/departments/${made.body.departmentId}`;
  const changed = await admin.put(path, { ...bureau, name: '昌邑区住房局', closedOn: '2027-01-01' }, { 'if-match': '"1"' });
  expect([changed.status, changed.body.closedOn, changed.headers.get('etag')]).toEqual([200, '2027-01-01', '"2"']);
  const late = await admin.put(path, bureau, { 'if-match': '"1"' });
  expect([late.status, late.body.error.code]).toEqual([412, 'changed-meanwhile']);
  const blind = await admin.put(path, bureau);
  expect([blind.status, blind.body.error.code]).toEqual([428, 'precondition-required']);
});

test.each([
  ['a code that is taken', { ...bureau, code: 'city-hrss' }, 409, 'department-code-taken'],
  ['a place outside the city', { ...bureau, code: 'elsewhere', jurisdictionCode: '220102' }, 422, 'jurisdiction-unknown'],
  ['a field that is not there', { ...bureau, code: 'more', tenantId: 2 }, 422, 'input-invalid'],
  ['a name of blanks', { ...bureau, code: 'blank', name: '  ' }, 422, 'input-invalid'],
])('%s is refused', async (_what, body, status, code) => {
  const answer = await api.administrator('system-admin').post('/departments', body);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test('nobody else adds one', async () => {
  const others = [api.officer('city-hrss', 'steward', 'leader'), api.administrator('security-admin'), api.administrator('audit-admin'), api.person('0190a5c2-0000-7000-8000-000000000001')];
  for (const other of others) expect((await other.post('/departments', { ...bureau, code: 'no' })).status).toBe(403);
  expect((await api.anyone().post('/departments', { ...bureau, code: 'no' })).status).toBe(401);
});

test('a department is closed, never deleted: the server itself may not', async () => {
  await expect(inTenant(api.database.db, api.tenantId, (tx) => tx.deleteFrom('departments').where('tenant_id', '=', api.tenantId).execute())).rejects.toThrow('permission denied for table departments');
});
