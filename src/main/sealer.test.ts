// Sealing while many write: nothing is lost or sealed twice, however many sealers run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../test/support/database.ts';
import { type AuditTrail, makeAuditTrail } from '../../test/support/audit-trail.ts';
import { recordAudit } from '../domains/audit/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { inTenant, openDatabase } from '../storage/database.ts';
import { openAuditWitness } from './audit-witness.ts';
import { startSealer } from './sealer.ts';

let trail: AuditTrail;
const folder = mkdtempSync(join(tmpdir(), 'wutong-witness-'));
beforeAll(async () => {
  trail = await makeAuditTrail();
});
afterAll(async () => {
  await trail.close();
  rmSync(folder, { recursive: true, force: true });
});

const untilSealed = async (tenantId: number): Promise<void> => {
  while ((await trail.verify({}, tenantId)).unsealed > 0) await sleep(50);
};

test('twenty writers, two sealers, two cities: contiguous, complete, nothing of what was rolled back', async () => {
  const errors: unknown[] = [];
  const witness = openAuditWitness(join(folder, 'witness'));
  const other = openDatabase(trail.testDatabase.sealerUrl, { role: 'wutong_sealer', connections: 1 });
  const sealers = [trail.sealing, other].map((db) => startSealer(db, trail.protector, { witness, log: { failure: (_place, error) => void errors.push(error) } }));
  let kept = 0;
  try {
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      const tenantId = writer % 4 === 0 ? trail.neighbour : trail.city;
      for (let index = 0; index < 25; index++) {
        const isKept = (writer + index) % 5 !== 0;
        const work = inTenant(trail.testDatabase.db, tenantId, async (tx) => {
          await recordAudit(tx, jobScope(tenantId, `writer ${writer}`, 'department.write'), { action: 'sample.write', detail: { writer, index } });
          if (!isKept) throw new Error('given up');
        });
        const isWritten = await work.then(() => true, () => false);
        if (isWritten) kept++;
      }
    });
    await Promise.all(writers);
    await Promise.all([untilSealed(trail.city), untilSealed(trail.neighbour)]);
  } finally {
    await Promise.all(sealers.map((sealer) => sealer.stop()));
    await other.close();
  }
  expect(errors).toEqual([]);
  expect(kept).toBe(400);
  const [ours, theirs] = [await trail.verify(), await trail.verify({}, trail.neighbour)];
  expect(ours).toMatchObject({ isGood: true, findings: [], firstSeq: 1, lastSeq: ours.sealed, unsealed: 0 });
  expect(theirs).toMatchObject({ isGood: true, findings: [], firstSeq: 1, lastSeq: theirs.sealed, unsealed: 0 });
  expect(ours.sealed + theirs.sealed).toBe(kept);
  // What the machine remembers fits too.
  const witnessed = openAuditWitness(join(folder, 'witness')).last('sample');
  expect(witnessed?.seq).toBe(ours.sealed);
  expect(await trail.verify({ witnessed })).toMatchObject({ isGood: true });
});

test('entries are sealed in the order in which they were written, never before', async () => {
  const sealer = startSealer(trail.sealing, trail.protector);
  const before = (await trail.verify()).sealed;
  try {
    for (let index = 0; index < 5; index++) {
      await trail.write(1);
      await sleep(100);
    }
    await untilSealed(trail.city);
  } finally {
    await sealer.stop();
  }
  const { order, isLater } = await asOwner(trail.testDatabase, async (client) => {
    await client.query('alter table audit_seals no force row level security');
    await client.query('alter table audit_entries no force row level security');
    const { rows } = await client.query(`select e.at, s.sealed_at from audit_seals s join audit_entries e using (tenant_id, entry_id) where tenant_id = $1 and seq > $2 order by seq`, [trail.city, before]);
    return { order: rows.map((row) => row.at.getTime() as number), isLater: rows.every((row) => row.sealed_at >= row.at) };
  });
  expect(order).toHaveLength(5);
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(isLater).toBe(true);
});

test('neither the server nor the sealer can change or take back what is written', async () => {
  await trail.write(1);
  await trail.seal();
  const tryAs = (role: string, statement: string): Promise<unknown> =>
    asOwner(trail.testDatabase, async (client) => {
      await client.query(`begin; set local role ${role}; set local wutong.tenant_id = '${trail.city}'`);
      return client.query(statement);
    });
  const statements = {
    wutong_app: ['update audit_entries set action = \'x\'', 'delete from audit_entries', 'truncate audit_entries', 'delete from audit_queue', 'insert into audit_seals select * from audit_seals', 'update audit_seals set seq = 9', 'delete from audit_seals', 'update audit_heads set seq = 1', 'insert into audit_roots select * from audit_roots'],
    wutong_sealer: ['update audit_entries set action = \'x\'', 'delete from audit_entries', 'insert into audit_entries select * from audit_entries', 'insert into audit_queue select * from audit_queue', 'update audit_seals set seq = 9', 'delete from audit_seals', 'delete from audit_heads', 'delete from audit_roots', 'update audit_roots set last_seq = 9'],
  };
  for (const [role, each] of Object.entries(statements)) for (const statement of each) await expect(tryAs(role, statement), `${role}: ${statement}`).rejects.toThrow(/permission denied/);
});
