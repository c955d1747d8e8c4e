import { test } from 'vitest';
import { makeAuditTrail } from '../../test/support/audit-trail.ts';
import { asOwner } from '../../test/support/database.ts';
import { sealWaiting } from '../domains/audit/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
test('x', async () => {
  const t = await makeAuditTrail();
  await asOwner(t.testDatabase, async (c) => {
    await c.query(`insert into audit_entries select $1, ('019d0000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, now(), gen_random_uuid(), gen_random_uuid(), '{"kind":"officer","departmentId":"019d0000-0000-7000-8000-000000000001","roles":["intake"]}', 'people.get', 'done', 'person', gen_random_uuid()::text, '{"count": 3}', gen_random_uuid()::text from generate_series(1, 100000) g`, [t.city]);
    await c.query('insert into audit_queue select tenant_id, entry_id from audit_entries');
  });
  let s = performance.now();
  let n = 0;
  for (;;) { const { count } = await sealWaiting(t.sealing, jobScope(t.city, 's', 'audit.seal'), t.protector, 2000); n += count; if (count < 2000) break; if (n % 20000 === 0) console.log(n, Math.round(performance.now() - s)); }
  console.log('seal', n, Math.round(performance.now() - s), 'ms');
  s = performance.now(); const r = await t.verify(); console.log('verify', r.sealed, r.isGood, Math.round(performance.now() - s), 'ms');
  await t.close();
}, 300000);
