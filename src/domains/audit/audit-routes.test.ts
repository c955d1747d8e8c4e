// Reading the trail: every call leaves its row, the audit administrator finds it, nobody else reads, and looking is written down too.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTenant, openDatabase } from '../../storage/database.ts';
import { jobScope, scopeFor } from '../permissions/index.ts';
import { type EntryFilter, listEntries } from './audit-store.ts';
import { sealWaiting } from './seal-audit.ts';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';

let api: TestApi;
let auditor: TestCaller;
beforeAll(async () => {
  api = await startApi();
  auditor = api.administrator('audit-admin');
});
afterAll(() => api.stop());

test('a change is in the trail: who, in which capacity, what, and the request’s number', async () => {
  const officer = api.administrator('system-admin');
  const made = await officer.post('/departments', { code: 'chuanying', name: '船营区人社局', jurisdictionCode: '220202' });
  expect(made.status).toBe(201);
  const { status, body } = await auditor.get('/audit/entries?limit=1');
  expect(status).toBe(200);
  expect(body.items).toEqual([
    expect.objectContaining({ action: 'departments.create', outcome: 'done', capacity: { kind: 'administrator', role: 'system-admin' }, requestId: made.headers.get('x-request-id'), seq: null }),
  ]);
  expect(body.items[0].accountId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a refused attempt is in the trail', async () => {
  const reviewer = api.officer('changyi-hrss', 'reviewer');
  expect((await reviewer.post('/departments', { code: 'mine', name: '我的局', jurisdictionCode: '220202' })).status).toBe(403);
  const { body } = await auditor.get('/audit/entries?limit=5&outcome=refused');
  expect(body.items[0]).toMatchObject({ outcome: 'refused', capacity: { kind: 'officer', departmentId: api.departments['changyi-hrss'], roles: ['reviewer'] } });
});

test('nobody but the audit administrator reads it', async () => {
  const person = api.person('019d0000-0000-7000-8000-000000000001');
  const everyone = [api.administrator('system-admin'), api.administrator('security-admin'), api.officer('city-hrss', 'intake', 'reviewer', 'approver', 'finance', 'leader', 'policy', 'steward'), person];
  for (const caller of everyone) for (const path of ['/audit/entries', '/audit/entries/export']) expect((await caller.get(path)).status).toBe(403);
  expect((await api.anyone().get('/audit/entries')).status).toBe(401);
});

test('pages follow each other without a hole, newest first; whoever looks is written down', async () => {
  const before = await auditor.get('/audit/entries?limit=200');
  for (let index = 0; index < 7; index++) await auditor.get(`/audit/entries?limit=1&action=none-${index}`);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const filter = `action=audit-entries.list&limit=3&before=${encodeURIComponent(new Date().toISOString())}`;
    const { body }: { body: { items: { entryId: string }[]; nextCursor: string | null } } = await auditor.get(`/audit/entries?${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    seen.push(...body.items.map(({ entryId }) => entryId));
    cursor = body.nextCursor;
    if (seen.length > 100) break;
  }
  expect(seen.length).toBeGreaterThanOrEqual(8);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual([...seen].sort().reverse());
  const { body } = await auditor.get('/audit/entries?action=audit-entries.list&limit=200');
  const looked = body.items.map((item: { detail: { action?: string } }) => item.detail.action);
  for (let index = 0; index < 7; index++) expect(looked).toContain(`none-${index}`);
  expect(before.body.items.length).toBeGreaterThan(0);
});

test('filters by object, account and time; a wrong one is refused with its place', async () => {
  const { body } = await auditor.get('/audit/entries?limit=1');
  const [entry] = body.items;
  const by = async (query: string): Promise<number> => (await auditor.get(`/audit/entries?${query}`)).body.items.length;
  expect(await by(`accountId=${entry.accountId}&action=${entry.action}`)).toBeGreaterThan(0);
  expect(await by('accountId=019d0000-0000-7000-8000-000000000001')).toBe(0);
  expect(await by(`from=${encodeURIComponent('2099-01-01T00:00:00+08:00')}`)).toBe(0);
  expect(await by(`before=${encodeURIComponent('2020-01-01T00:00:00+08:00')}`)).toBe(0);
  expect(await by('objectKind=nothing')).toBe(0);
  for (const wrong of ['accountId=1', 'from=yesterday', 'limit=0', 'outcome=maybe']) {
    const refused = await auditor.get(`/audit/entries?${wrong}`);
    expect(refused.status).toBe(422);
    expect(refused.body.error.details[0].field).toBe(wrong.split('=')[0]);
  }
  expect((await auditor.get('/audit/entries?objectId=1')).body.error.details[0].field).toBe('objectKind');
  expect((await auditor.get('/audit/entries?cursor=WyJ4Il0')).body.error.code).toBe('cursor-invalid');
});

test('several actions are found at once, and every action of the interface has its words', async () => {
  await api.administrator('system-admin').post('/departments', { code: 'fengman', name: '丰满区人社局', jurisdictionCode: '220202' });
  await auditor.get('/audit/entries?limit=1');
  const { body } = await auditor.get('/audit/entries?action=departments.create,audit-entries.list&limit=200');
  expect(new Set(body.items.map(({ action }: { action: string }) => action))).toEqual(new Set(['departments.create', 'audit-entries.list']));
  const words = await auditor.get('/audit/actions');
  expect(words.body.items.find(({ action }: { action: string }) => action === 'audit-entries.list')).toEqual({ action: 'audit-entries.list', words: { zh: '查看审计记录，新的在前', en: 'Read the audit trail, the newest first' } });
  expect(words.body.items.length).toBe(api.parts.routes.length);
});

test('the state of the seal tells how far it is, what waits, and which numbers are missing', async () => {
  for (let index = 0; index < 6; index++) await auditor.get('/audit/entries?limit=1');
  const before = await auditor.get('/audit/seal');
  expect(before.body).toMatchObject({ lastSeq: null, sealedAt: null, gaps: [], roots: [] });
  expect(before.body.waiting.count).toBeGreaterThan(5);
  const sealing = openDatabase(api.database.sealerUrl, { role: 'wutong_sealer', connections: 1 });
  await sealWaiting(sealing, jobScope(api.tenantId, 'sealer', 'audit.seal'), api.parts.protector);
  await sealing.close();
  const sealed = await auditor.get('/audit/seal');
  const { lastSeq } = sealed.body;
  expect(sealed.body).toMatchObject({ gaps: [], lookedFrom: 1 });
  expect(lastSeq).toBeGreaterThan(5);
  await asOwner(api.database, async (client) => {
    await client.query('alter table audit_seals no force row level security');
    await client.query('delete from audit_seals where tenant_id = $1 and seq in (2, 3, $2)', [api.tenantId, lastSeq]);
  });
  expect((await auditor.get('/audit/seal')).body.gaps).toEqual([{ from: 2, to: 3 }, { from: lastSeq, to: lastSeq }]);
  expect((await api.administrator('security-admin').get('/audit/seal')).status).toBe(403);
});

test('an export holds what the filter leaves, as CSV with text that no spreadsheet runs, and is written down with its count', async () => {
  const csv = await auditor.get('/audit/entries/export?format=csv&outcome=refused');
  expect(csv.status).toBe(200);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  const lines = csv.raw.toString('utf8').trim().split('\r\n');
  expect(lines[0]).toContain('做了什么');
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.slice(1).every((line) => line.includes('被拒绝'))).toBe(true);
  const english = await api.administrator('audit-admin').get('/audit/entries/export?format=xlsx', { 'accept-language': 'en' });
  expect(english.raw.subarray(0, 2).toString()).toBe('PK');
  const { body } = await auditor.get('/audit/entries?action=audit-entries.export');
  expect(body.items[1]).toMatchObject({ detail: { format: 'csv', outcome: 'refused', count: lines.length - 1 } });
});

test('another city’s trail is not there', async () => {
  const neighbour = await asOwner(api.database, async (client) => {
    const { rows } = await client.query(`insert into tenants (tenant_id, code, name, place_code, hosts) values (77, 'neighbour', '邻市', '220300', '{neighbour.example}') returning tenant_id`);
    return rows[0].tenant_id as number;
  });
  await asOwner(api.database, (client) =>
    client.query(`insert into audit_entries (tenant_id, entry_id, at, capacity, action, outcome) values ($1, '019d0000-0000-7000-8000-00000000abcd', now(), '{}', 'neighbour.secret', 'done')`, [neighbour]),
  );
  const { body } = await auditor.get('/audit/entries?action=neighbour.secret');
  expect(body.items).toEqual([]);
});

test('on a long trail every look takes its way through an index', async () => {
  await asOwner(api.database, async (client) => {
    await client.query(
      `insert into audit_entries (tenant_id, entry_id, at, account_id, capacity, action, outcome, object_kind, object_id)
       select $1, ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), gen_random_uuid(), '{}', 'bulk.' || n % 50, 'done', 'bulk', n::text
       from generate_series(1, 60000) n`,
      [api.tenantId],
    );
    await client.query('analyze audit_entries');
  });
  const scope = scopeFor({ tenantId: api.tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'administrator', role: 'audit-admin' } } }, 'audit.read');
  const looks: readonly EntryFilter[] = [
    {}, { actions: ['departments.create'] }, { actions: ['departments.create', 'departments.update'] }, { actions: ['bulk.7'], objectKind: 'bulk' }, { objectKind: 'bulk', objectId: '777' }, { accountId: '019d0000-0000-7000-8000-000000000001' },
    { outcome: 'refused' }, { from: new Date(Date.now() - 3_600_000) }, { from: new Date('2024-01-01'), before: new Date('2024-02-01') },
  ];
  for (const filter of looks) {
    const plan: string[] = await inTenant(api.database.db, api.tenantId, async (tx) => {
      // What the list runs, explained in its own words.
      const explaining = tx.withPlugin({
        transformQuery: ({ node }) => (node.kind === 'RawNode' ? { ...node, sqlFragments: [`explain ${node.sqlFragments[0] ?? ''}`, ...node.sqlFragments.slice(1)] } : node),
        transformResult: ({ result }) => Promise.resolve(result),
      });
      const rows = (await listEntries(explaining, scope, filter, 51)) as unknown as readonly { 'QUERY PLAN': string }[];
      return rows.map((row) => row['QUERY PLAN']);
    });
    expect(plan.join('\n')).toMatch(/Index/);
    expect(plan.filter((line) => line.includes('Seq Scan on audit_entries'))).toEqual([]);
  }
});
