// A database with two sample cities and keys of its own, for tests of the audit trail.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyedProtector, openKeys } from '../../src/adapters/cryptography/sm4-protector.ts';
import { recordAudit, type Report, sealWaiting, verifyAudit, type VerifyOptions } from '../../src/domains/audit/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { type Database, inTenant, openDatabase } from '../../src/storage/database.ts';
import { makeTenant, makeTestDatabase, type TestDatabase } from './database.ts';
import type { PostgresChoice } from './postgres-choice.ts';

/** What such a test works with. */
export interface AuditTrail {
  readonly testDatabase: TestDatabase;
  readonly protector: KeyedProtector;
  /** A pool of the sealer's role. */
  readonly sealing: Database;
  readonly city: number;
  readonly neighbour: number;
  /** Adds entries, each in a transaction of its own. */
  write(count: number, tenantId?: number): Promise<void>;
  /** Seals all that waits. */
  seal(tenantId?: number, now?: Date): Promise<void>;
  verify(options?: VerifyOptions, tenantId?: number): Promise<Report>;
  close(): Promise<void>;
}

/** Sets all of it up; whoever calls closes it. */
export async function makeAuditTrail(on: PostgresChoice = 'own'): Promise<AuditTrail> {
  const testDatabase = await makeTestDatabase({ on });
  const city = await makeTenant(testDatabase);
  const neighbour = await makeTenant(testDatabase, { code: 'neighbour', name: '邻市', placeCode: '220300' });
  const folder = mkdtempSync(join(tmpdir(), 'wutong-audit-'));
  const protector = await openKeys({ path: join(folder, 'keys.json'), hasSealedData: () => Promise.resolve(false) });
  const sealing = openDatabase(testDatabase.sealerUrl, { role: 'wutong_sealer', connections: 2 });
  return {
    testDatabase, protector, sealing, city, neighbour,
    async write(count, tenantId = city) {
      for (let index = 0; index < count; index++) {
        const scope = jobScope(tenantId, 'sample', 'department.write');
        await inTenant(testDatabase.db, tenantId, (tx) => recordAudit(tx, scope, { action: 'sample.write', object: { kind: 'sample', id: String(index) }, detail: { index } }));
      }
    },
    async seal(tenantId = city, now = new Date()) {
      while ((await sealWaiting(sealing, jobScope(tenantId, 'sealer', 'audit.seal'), protector, 100, now)).count > 0);
    },
    verify: (options = {}, tenantId = city) => verifyAudit(testDatabase.db, jobScope(tenantId, 'verify', 'audit.verify'), { protector, ...options }),
    async close() {
      await sealing.close();
      await testDatabase.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
