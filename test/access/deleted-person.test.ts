// A person asks what is held of their account, and then to be deleted: nothing that names them stays with access.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimedPerson, enterByPhone, sampleNumber } from '../support/access.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { asOwner } from '../support/database.ts';

let api: TestApi;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());

test('the copy names telephone, sessions and links; deleted, they are gone, and the telephone begins anew', async () => {
  const number = sampleNumber('1990-03-07', 451);
  const phone = '13800000001';
  const { caller, partyId } = await claimedPerson(api, { name: '张三一', number, phone });
  await caller.post('/access/family', { relation: 'spouse', name: '张三二', identityNumber: sampleNumber('1991-04-08', 452) });
  await caller.post('/access/password', { password: '梧桐树下有三只凤凰啊' });
  const again = await enterByPhone(api, phone);
  const held = await again.get(`/people/${partyId}/held-data`);
  const parts = Object.fromEntries(held.body.parts.map((part: { key: string; rows: unknown[] }) => [part.key, part.rows]));
  expect(parts.accounts).toMatchObject([{ phone }]);
  expect(parts.sessions.length).toBeGreaterThanOrEqual(2);
  expect(parts['family-links']).toMatchObject([{ relation: '配偶', forWhom: '张三二' }]);

  const asked = await again.post(`/people/${partyId}/data-requests`, { kind: 'delete', words: '请删除我的信息' });
  expect(asked.status).toBe(201);
  const answered = await api.officer('city-hrss', 'steward').post(`/people/${partyId}/data-requests/${asked.body.requestId}/answer`, { decision: 'agree', words: '已按您的请求删除' });
  expect(answered.status).toBe(200);
  expect((await again.get('/access/me')).status).toBe(401);
  const counts = await asOwner(api.database, async (client) => {
    const left: Record<string, number> = {};
    for (const table of ['sessions', 'passwords', 'claims', 'family_links', 'second_factors', 'pending_sign_ins']) left[table] = (await client.query(`select 1 from ${table}`)).rowCount ?? 0;
    return { ...left, named: (await client.query('select 1 from accounts where phone_sealed is not null or party_id is not null')).rowCount };
  });
  expect(counts).toEqual({ sessions: 0, passwords: 0, claims: 0, family_links: 0, second_factors: 0, pending_sign_ins: 0, named: 0 });
  const fresh = await enterByPhone(api, phone);
  expect((await fresh.get('/access/me')).body).toMatchObject({ capacity: { kind: 'account' }, claim: 'none', hasPassword: false });
});
