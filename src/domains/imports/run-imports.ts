// The loop that works through imports: every server process runs one; an import that loses its process is taken up by another.
import { setTimeout as sleep } from 'node:timers/promises';
import { inTenant, newId } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { emptyImports, listStale } from './imports-store.ts';
import { type ImportParts, processNext } from './process-import.ts';

/** A loop that can be stopped. */
interface RunningImports {
  /** Lets the batch under way finish, and starts nothing more: what is left goes on when a server runs again. */
  stop(): Promise<void>;
}

// The file is kept so long after the end, for whoever wants the wrong rows; then it goes.
const KEPT_MS = 30 * 86_400_000;

/**
 * Works through imports of all tenants until it is stopped.
 * @param tenantIds which tenants there are now
 * @param pauseMs how long to rest when nothing waits
 */
export function startImports(parts: ImportParts, tenantIds: () => Promise<readonly number[]>, pauseMs = 1000): RunningImports {
  const stopping = new AbortController();
  const worker = newId();
  const now = parts.now ?? (() => new Date());
  const loop = async (): Promise<void> => {
    let tidiedOn = '';
    while (!stopping.signal.aborted) {
      let isBusy = false;
      try {
        const today = now().toISOString().slice(0, 10);
        for (const tenantId of await tenantIds()) {
          if (stopping.signal.aborted) break;
          if (tidiedOn !== today) await emptyStale(parts, tenantId);
          isBusy = (await processNext({ ...parts, signal: stopping.signal }, tenantId, worker)) || isBusy;
        }
        tidiedOn = today;
      } catch (error) {
        // The database is away for a moment, or an import failed: its lease runs out before anybody tries it again.
        parts.failed?.(error);
      }
      if (!isBusy) await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

const AT_ONCE = 100;

/** Deletes the files of imports that were over long ago. */
export async function emptyStale(parts: ImportParts, tenantId: number): Promise<void> {
  const scope = jobScope(tenantId, 'imports', 'import.run');
  const now = (parts.now ?? (() => new Date()))();
  for (let emptied = AT_ONCE; emptied === AT_ONCE; ) {
    emptied = await inTenant(parts.db, tenantId, async (tx) => emptyImports(tx, scope, await listStale(tx, scope, new Date(now.getTime() - KEPT_MS), AT_ONCE), now));
  }
}
