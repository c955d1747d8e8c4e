// Nobody who reaches the database bends the trail unseen: each way of doing it, on a real PostgreSQL, and what verification says.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditTrail, makeAuditTrail } from '../../../test/support/audit-trail.ts';
import { asOwner } from '../../../test/support/database.ts';
import { postgresChoices } from '../../../test/support/postgres-choice.ts';

let trail: AuditTrail;
afterEach(() => trail.close());

/** The owner past every wall: what a database administrator could do. */
const bend = (...statements: string[]): Promise<void> =>
  asOwner(trail.testDatabase, async (client) => {
    // Row-level security holds for the owner too, unless it is taken away.
    for (const table of ['audit_entries', 'audit_queue', 'audit_seals', 'audit_heads', 'audit_roots']) await client.query(`alter table ${table} no force row level security`);
    for (const statement of statements) {
      const { rowCount, command } = await client.query(statement);
      if (command !== 'ALTER') expect(rowCount).toBeGreaterThan(0);
    }
  });
const entryAt = (seq: number, tenantId = trail.city): Promise<string> =>
  asOwner(trail.testDatabase, async (client) => {
    await client.query('alter table audit_seals no force row level security');
    const { rows } = await client.query<{ entry_id: string }>('select entry_id from audit_seals where tenant_id = $1 and seq = $2', [tenantId, seq]);
    return rows[0]?.entry_id ?? '';
  });

describe.each(postgresChoices)('on PostgreSQL %s', (choice) => {
  beforeEach(async () => {
    trail = await makeAuditTrail(choice);
    await trail.write(20);
    await trail.seal();
  });

  test('a trail that nobody touched is good, and tells what waits', async () => {
    await trail.write(3);
    const report = await trail.verify();
    expect(report).toMatchObject({ sealed: 20, firstSeq: 1, lastSeq: 20, unsealed: 3, findings: [], counts: {}, isGood: true, headSignature: 'good', roots: { good: 0, bad: 0, waiting: 1 } });
    expect(report.oldestUnsealedAt).toBeInstanceOf(Date);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sealed: 23, unsealed: 0, oldestUnsealedAt: null, isGood: true });
    expect(await trail.verify({}, trail.neighbour)).toMatchObject({ sealed: 0, unsealed: 0, isGood: true, headSignature: 'none' });
  });

  test.each([
    `action = 'sample.read'`, `at = at + interval '1 microsecond'`, `outcome = 'refused'`, `detail = '{"index": 7777}'`, `object_id = null`,
    `account_id = gen_random_uuid()`, `session_id = gen_random_uuid()`, `request_id = ''`, `capacity = capacity || '{"more": null}'`,
  ])('a row is changed: %s', async (change) => {
    const entryId = await entryAt(7);
    await bend(`update audit_entries set ${change} where entry_id = '${entryId}'`);
    expect((await trail.verify()).findings).toEqual([{ kind: 'changed', seq: 7, entryId }]);
  });
});

describe('whatever else is done to it', () => {
  beforeEach(async () => {
    trail = await makeAuditTrail();
    await trail.write(20);
    await trail.seal();
  });

  test('a sealed row is deleted', async () => {
    const entryId = await entryAt(7);
    await bend(`delete from audit_entries where entry_id = '${entryId}'`);
    const report = await trail.verify();
    expect(report.findings).toEqual([{ kind: 'missing', seq: 7, entryId }]);
    expect(report).toMatchObject({ isGood: false, counts: { missing: 1 }, sealed: 20 });
  });

  test('a row is deleted with its seal', async () => {
    const entryId = await entryAt(7);
    await bend(`delete from audit_entries where entry_id = '${entryId}'`, `delete from audit_seals where entry_id = '${entryId}'`);
    expect((await trail.verify()).findings).toEqual([{ kind: 'gap', from: 7, to: 7 }]);
  });

  test('a row is deleted with its seal, and all seals behind it move up', async () => {
    const entryId = await entryAt(7);
    await bend(
      `delete from audit_entries where entry_id = '${entryId}'`, `delete from audit_seals where entry_id = '${entryId}'`,
      // In two steps, as the numbers are unique.
      'update audit_seals set seq = seq + 1000 where seq > 7', 'update audit_seals set seq = seq - 1001 where seq > 1000',
    );
    const { findings } = await trail.verify();
    expect(findings).toContainEqual({ kind: 'tail-missing', from: 20, to: 20 });
    expect(findings.filter(({ kind }) => kind === 'reordered')).toHaveLength(13);
  });

  test('the first rows are deleted with their seals', async () => {
    await bend('delete from audit_entries where entry_id in (select entry_id from audit_seals where seq <= 5)', 'delete from audit_seals where seq <= 5');
    expect((await trail.verify()).findings).toEqual([{ kind: 'gap', from: 1, to: 5 }]);
  });

  test('the tail is deleted', async () => {
    await bend('delete from audit_entries where entry_id in (select entry_id from audit_seals where seq > 15)', 'delete from audit_seals where seq > 15');
    expect((await trail.verify()).findings).toEqual([{ kind: 'tail-missing', from: 16, to: 20 }]);
  });

  test('the tail is deleted and the head set back to hide it', async () => {
    await bend(
      'delete from audit_entries where entry_id in (select entry_id from audit_seals where seq > 15)', 'delete from audit_seals where seq > 15',
      'update audit_heads set seq = 15, digest = (select digest from audit_seals where seq = 15)',
    );
    expect(await trail.verify()).toMatchObject({ headSignature: 'bad', findings: [{ kind: 'head-changed' }] });
  });

  test('the tail is deleted and an old head with its signature put back: the machine remembers', async () => {
    const old = await asOwner(trail.testDatabase, async (client) => {
      await client.query('alter table audit_heads no force row level security');
      return (await client.query<{ digest: Buffer; signature: Buffer }>('select digest, signature from audit_heads')).rows[0];
    });
    await trail.write(5);
    await trail.seal();
    const digest = await asOwner(trail.testDatabase, async (client) => (await client.query<{ digest: Buffer }>('select digest from audit_heads')).rows[0]?.digest ?? Buffer.alloc(0));
    await bend(
      'delete from audit_entries where entry_id in (select entry_id from audit_seals where seq > 20)', 'delete from audit_seals where seq > 20',
      `update audit_heads set seq = 20, digest = '\\x${old?.digest.toString('hex')}', signature = '\\x${old?.signature.toString('hex')}'`,
    );
    expect((await trail.verify()).isGood).toBe(true);
    expect((await trail.verify({ witnessed: { seq: 25, digest } })).findings).toEqual([{ kind: 'witness-differs', seq: 25 }]);
  });

  test('the head is deleted, and sealing does not begin a new chain over it', async () => {
    await bend('delete from audit_heads');
    await trail.write(1);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sealed: 20, unsealed: 1, findings: [{ kind: 'head-missing' }] });
  });

  test('everything is deleted: a city to which somebody has signed in is not one that was just founded', async () => {
    await bend('delete from audit_entries', 'delete from audit_seals', 'delete from audit_heads');
    expect(await trail.verify({ hasVisitors: true })).toMatchObject({ sealed: 0, isGood: false, findings: [{ kind: 'trail-missing' }], counts: { 'trail-missing': 1 } });
    expect((await trail.verify({ hasVisitors: false })).isGood).toBe(true);
    expect((await trail.verify({ hasVisitors: true, fromDay: '2030-01-01' })).isGood).toBe(true);
    await trail.write(1);
    expect((await trail.verify({ hasVisitors: true })).isGood).toBe(true);
  });

  test('two seals trade their numbers', async () => {
    const [five, twelve] = [await entryAt(5), await entryAt(12)];
    await bend('update audit_seals set seq = 1000 where seq = 5', 'update audit_seals set seq = 5 where seq = 12', 'update audit_seals set seq = 12 where seq = 1000');
    expect((await trail.verify()).findings).toEqual([
      { kind: 'reordered', seq: 5, belongsAt: 12, entryId: twelve },
      { kind: 'reordered', seq: 12, belongsAt: 5, entryId: five },
    ]);
  });

  test('two neighbours trade their entries', async () => {
    const [five, six] = [await entryAt(5), await entryAt(6)];
    await bend(
      `update audit_seals set entry_id = gen_random_uuid() where seq = 5`,
      `update audit_seals set entry_id = '${five}' where seq = 6`, `update audit_seals set entry_id = '${six}' where seq = 5`,
    );
    expect((await trail.verify()).findings).toEqual([
      { kind: 'reordered', seq: 5, belongsAt: 6, entryId: six },
      { kind: 'reordered', seq: 6, belongsAt: 5, entryId: five },
    ]);
  });

  test('a row is inserted past the system', async () => {
    const entryId = '019d0000-0000-7000-8000-00000000abcd';
    await bend(`insert into audit_entries (tenant_id, entry_id, at, capacity, action, outcome) values (${trail.city}, '${entryId}', now(), '{}', 'sample.forged', 'done')`);
    expect((await trail.verify()).findings).toEqual([{ kind: 'unaccounted', entryId }]);
  });

  test('a row is inserted with a seal in the middle', async () => {
    const entryId = '019d0000-0000-7000-8000-00000000abcd';
    await bend(
      `insert into audit_entries (tenant_id, entry_id, at, capacity, action, outcome) values (${trail.city}, '${entryId}', now(), '{}', 'sample.forged', 'done')`,
      'update audit_seals set seq = seq + 1000 where seq >= 10', 'update audit_seals set seq = seq - 999 where seq >= 1000',
      `insert into audit_seals select tenant_id, 10, '${entryId}', digest, previous, sealed_at from audit_seals where seq = 9`,
    );
    const { findings } = await trail.verify();
    expect(findings).toContainEqual({ kind: 'changed', seq: 10, entryId });
    expect(findings).toContainEqual({ kind: 'head-changed' });
  });

  test('a digest, the digest before, an instant of a seal is changed', async () => {
    const entries = [await entryAt(5), await entryAt(9), await entryAt(14)];
    const broken = `'\\x${'ab'.repeat(32)}'`;
    await bend(`update audit_seals set digest = ${broken} where seq = 5`, `update audit_seals set previous = ${broken} where seq = 9`, `update audit_seals set sealed_at = sealed_at + interval '1 second' where seq = 14`);
    expect((await trail.verify()).findings).toEqual([
      { kind: 'seal-changed', seq: 5, entryId: entries[0] },
      { kind: 'seal-changed', seq: 9, entryId: entries[1] },
      { kind: 'changed', seq: 14, entryId: entries[2] },
    ]);
  });

  test('a whole tail is chained anew by somebody without the keys', async () => {
    const { digestSeal } = await import('./chain.ts');
    const rows = await asOwner(trail.testDatabase, async (client) => {
      await client.query('alter table audit_seals no force row level security');
      await client.query('alter table audit_entries no force row level security');
      return (
        await client.query(`select s.seq::int, s.previous, (extract(epoch from s.sealed_at) * 1000000)::bigint::text as "sealedAtMicros", e.entry_id as "entryId",
          (extract(epoch from e.at) * 1000000)::bigint::text as "atMicros", e.account_id as "accountId", e.session_id as "sessionId", e.capacity::text, e.action, e.outcome,
          e.object_kind as "objectKind", e.object_id as "objectId", e.detail::text, e.request_id as "requestId"
          from audit_seals s join audit_entries e using (tenant_id, entry_id) where s.seq >= 15 order by s.seq`)
      ).rows;
    });
    let previous = rows[0].previous as Buffer;
    const statements = rows.flatMap((row) => {
      const entry = row.seq === 15 ? { ...row, action: 'sample.other' } : row;
      const digest = Buffer.from(digestSeal({ tenantId: trail.city, seq: row.seq, previous, sealedAtMicros: row.sealedAtMicros }, entry));
      const made = `update audit_seals set previous = '\\x${previous.toString('hex')}', digest = '\\x${digest.toString('hex')}' where seq = ${row.seq}`;
      previous = digest;
      return [made];
    });
    await bend(`update audit_entries set action = 'sample.other' where entry_id = '${rows[0].entryId}'`, ...statements, `update audit_heads set digest = (select digest from audit_seals where seq = 20)`);
    expect((await trail.verify()).findings).toEqual([{ kind: 'head-changed' }]);
  });

  test('rows of two cities are traded', async () => {
    await trail.write(20, trail.neighbour);
    await trail.seal(trail.neighbour);
    const [ours, theirs] = [await entryAt(5), await entryAt(5, trail.neighbour)];
    await bend(
      `update audit_entries set tenant_id = ${trail.neighbour} where entry_id = '${ours}'`, `update audit_entries set tenant_id = ${trail.city} where entry_id = '${theirs}'`,
      `update audit_seals set entry_id = '${theirs}' where tenant_id = ${trail.city} and seq = 5`, `update audit_seals set entry_id = '${ours}' where tenant_id = ${trail.neighbour} and seq = 5`,
    );
    expect((await trail.verify()).findings).toEqual([{ kind: 'changed', seq: 5, entryId: theirs }]);
    expect((await trail.verify({}, trail.neighbour)).findings).toEqual([{ kind: 'changed', seq: 5, entryId: ours }]);
  });

  test('the seals of one city stand for those of another', async () => {
    await bend(
      `insert into audit_entries select ${trail.neighbour}, entry_id, at, account_id, session_id, capacity, action, outcome, object_kind, object_id, detail, request_id from audit_entries`,
      `insert into audit_seals select ${trail.neighbour}, seq, entry_id, digest, previous, sealed_at from audit_seals`,
      `insert into audit_heads select ${trail.neighbour}, seq, digest, sealed_at, key_id, signature from audit_heads`,
    );
    const report = await trail.verify({}, trail.neighbour);
    expect(report.counts).toEqual({ changed: 20, 'head-changed': 1 });
  });

  test('the queue is meddled with', async () => {
    const sealed = await entryAt(5);
    await trail.write(2);
    const nowhere = '019d0000-0000-7000-8000-00000000abcd';
    await bend(
      `delete from audit_queue where entry_id = (select entry_id from audit_queue order by entry_id limit 1)`,
      `insert into audit_queue values (${trail.city}, '${sealed}'), (${trail.city}, '${nowhere}')`,
    );
    const { findings, unsealed } = await trail.verify();
    expect(findings.map(({ kind }) => kind)).toEqual(['unaccounted', 'queued-without-entry', 'queued-though-sealed']);
    expect(unsealed).toBe(1);
    // It does not keep the sealer from its work, whatever stands before in the queue.
    await bend(`insert into audit_queue select ${trail.city}, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid from generate_series(1, 250) n`);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sealed: 21, unsealed: 0, counts: { 'queued-without-entry': 251 } });
  });
});

describe('roots of days', () => {
  const day = (number: number): Date => new Date(`2026-06-${number}T10:00:00+08:00`);

  beforeEach(async () => {
    trail = await makeAuditTrail();
    for (const number of [10, 11, 13]) {
      await trail.write(4);
      await trail.seal(trail.city, day(number));
    }
  });

  test('every finished day has one, without gaps', async () => {
    expect(await trail.verify()).toMatchObject({ isGood: true, sealed: 12, roots: { good: 2, bad: 0, unchecked: 0, waiting: 1 } });
    const roots = await asOwner(trail.testDatabase, async (client) => {
      await client.query('alter table audit_roots no force row level security');
      return (await client.query('select to_char(on_day, \'YYYY-MM-DD\') as day, first_seq::int as first, last_seq::int as last from audit_roots order by on_day')).rows;
    });
    expect(roots).toEqual([{ day: '2026-06-10', first: 1, last: 4 }, { day: '2026-06-11', first: 5, last: 8 }]);
  });

  test('the day changes at midnight in Shanghai, with or without anything to seal', async () => {
    await trail.seal(trail.city, new Date('2026-06-13T23:59:59+08:00'));
    expect((await trail.verify()).roots).toMatchObject({ good: 2, waiting: 1 });
    await trail.seal(trail.city, new Date('2026-06-14T00:00:01+08:00'));
    await trail.seal(trail.city, new Date('2026-06-14T00:00:02+08:00'));
    expect(await trail.verify()).toMatchObject({ isGood: true, roots: { good: 3, waiting: 0 } });
  });

  test('a clock that goes back does not bring the chain out of order', async () => {
    await trail.write(1);
    await trail.seal(trail.city, day(12));
    await trail.write(1);
    await trail.seal(trail.city, day(14));
    expect(await trail.verify()).toMatchObject({ isGood: true, sealed: 14, roots: { good: 3, waiting: 1 } });
  });

  test.each([
    [`root = '\\x${'ab'.repeat(32)}'`], [`signature = '\\x${'ab'.repeat(64)}'`], ['last_seq = 7'], ['first_seq = 4'], [`key_id = 'ffffffff'`], [`on_day = '2026-06-12'`],
  ])('a root is forged: %s', async (change) => {
    await bend(`update audit_roots set ${change} where on_day = '2026-06-11'`);
    const { findings, roots } = await trail.verify();
    const missing = { kind: 'root-missing', onDay: '2026-06-11' };
    expect(findings).toEqual(change.startsWith('on_day') ? [missing, { kind: 'root-changed', onDay: '2026-06-12' }] : [{ kind: 'root-changed', onDay: '2026-06-11' }]);
    expect(roots.good).toBe(1);
  });

  test('a root is deleted', async () => {
    await bend(`delete from audit_roots where on_day = '2026-06-10'`);
    expect((await trail.verify()).findings).toEqual([{ kind: 'root-missing', onDay: '2026-06-10' }]);
  });

  test('some days alone, from their first seal to their last', async () => {
    expect(await trail.verify({ fromDay: '2026-06-11', toDay: '2026-06-12' })).toMatchObject({ isGood: true, sealed: 4, firstSeq: 5, lastSeq: 8, roots: { good: 1, waiting: 0 } });
    expect(await trail.verify({ fromDay: '2026-06-12' })).toMatchObject({ isGood: true, sealed: 4, firstSeq: 9, lastSeq: 12 });
    expect(await trail.verify({ fromDay: '2026-07-01' })).toMatchObject({ isGood: true, sealed: 0, firstSeq: null });
    const entryId = await entryAt(6);
    await bend(`update audit_entries set action = 'x' where entry_id = '${entryId}'`);
    expect((await trail.verify({ toDay: '2026-06-10' })).isGood).toBe(true);
    expect((await trail.verify({ toDay: '2026-06-11' })).findings).toEqual([{ kind: 'changed', seq: 6, entryId }]);
    await expect(trail.verify({ fromDay: '2026-02-30' })).rejects.toThrow(RangeError);
  });

  test('without the keys the chain is checked all the same, and signatures are said to be unchecked', async () => {
    expect(await trail.verify({ protector: undefined })).toMatchObject({ isGood: true, headSignature: 'unchecked', roots: { good: 0, unchecked: 2 } });
    // Restored without its keys on the 14th: what others signed before cannot be checked, what they signed after is forged.
    const others = { known: new Set(['00000000']), since: day(14) };
    expect(await trail.verify({ keys: others })).toMatchObject({ isGood: true, headSignature: 'unchecked', roots: { good: 0, unchecked: 2 } });
    await bend(`update audit_roots set key_id = 'ffffffff'`);
    expect(await trail.verify({ keys: { ...others, since: day(10) } })).toMatchObject({ headSignature: 'good', roots: { unchecked: 1, bad: 1 }, findings: [{ kind: 'root-changed', onDay: '2026-06-11' }] });
  });
});
