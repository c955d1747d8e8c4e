// The loop that keeps the audit trail of every city sealed: one look every half second, one sealer per city however many servers run.
import { setTimeout as sleep } from 'node:timers/promises';
import { sealWaiting } from '../domains/audit/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import type { Database } from '../storage/database.ts';
import type { AuditWitness } from './audit-witness.ts';

/** How the loop works. */
export interface SealerOptions {
  readonly witness?: AuditWitness | undefined;
  /** Told of every round that failed; the loop goes on. */
  readonly onError?: (error: unknown) => void;
  /** Told how many entries a round has sealed. */
  readonly onSealed?: (count: number) => void;
}

/** A running sealer. */
export interface Sealer {
  /** Ends the loop once the round under way is done. */
  stop(): Promise<void>;
}

const PAUSE_MS = 500;
const MOST_AT_ONCE = 2000;

/**
 * Starts sealing all cities of the database.
 * @param db a pool that works as wutong_sealer; one connection is enough.
 */
export function startSealer(db: Database, protector: Protector, { witness, onError, onSealed }: SealerOptions = {}): Sealer {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const running = (async () => {
    while (!isStopping()) {
      try {
        for (const { tenant_id: tenantId, code } of await db.kysely.selectFrom('tenants').select(['tenant_id', 'code']).execute()) {
          for (let isMore = true; isMore && !isStopping(); ) {
            const { count, head } = await sealWaiting(db, jobScope(tenantId, 'sealer', 'audit.seal'), protector, MOST_AT_ONCE);
            if (head !== undefined) witness?.note(code, head);
            if (count > 0) onSealed?.(count);
            isMore = count === MOST_AT_ONCE;
          }
        }
      } catch (error) {
        onError?.(error);
      }
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
