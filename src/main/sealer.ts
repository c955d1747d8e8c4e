// The loop that keeps the audit trail of every city sealed: one look every half second, one sealer per city however many servers run.
import { sealWaiting } from '../domains/audit/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import type { Database } from '../storage/database.ts';
import { listTenants } from '../storage/list-tenants.ts';
import type { AuditWitness } from './audit-witness.ts';
import { repeat, type Repeated, type RepeatOptions } from './repeat.ts';

/** How the loop works. */
export interface SealerOptions extends RepeatOptions {
  readonly witness?: AuditWitness | undefined;
  /** Told how many entries a round has sealed. */
  readonly onSealed?: (count: number) => void;
}

const PAUSE_MS = 500;
const MOST_AT_ONCE = 2000;

/**
 * Starts sealing all cities of the database.
 * @param db a pool that works as wutong_sealer; one connection is enough.
 */
export function startSealer(db: Database, protector: Protector, { witness, onSealed, ...options }: SealerOptions = {}): Repeated {
  return repeat(
    'sealer',
    PAUSE_MS,
    async (isStopping) => {
      let isMore = false;
      for (const { tenantId, code } of await listTenants(db)) {
        if (isStopping()) return;
        const { count, head } = await sealWaiting(db, jobScope(tenantId, 'sealer', 'audit.seal'), protector, MOST_AT_ONCE);
        if (head !== undefined) witness?.note(code, head);
        if (count > 0) onSealed?.(count);
        // Entries come in while one seals; a round that found many is followed by another at once.
        isMore ||= count > MOST_AT_ONCE / 2;
      }
      return isMore;
    },
    options,
  );
}
