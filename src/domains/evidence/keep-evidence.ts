// Keeps evidence going while the server runs: checks what has arrived, and clears away leftovers now and then.

import type { Database } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';
import { checkNextPaper } from './check-paper.ts';
import type { EvidenceParts } from './evidence-parts.ts';
import { sweepEvidence } from './sweep-evidence.ts';

/** How often it looks by itself; a nudge comes sooner. */
const LOOK_EVERY_MS = 1000;
/** A call that completes an upload commits within this time after its nudge. */
const NUDGE_AFTER_MS = 25;
const SWEEP_EVERY_MS = 3_600_000;

/** The work in the background; closed when the server stops. */
export interface EvidenceKeeper {
  /** Something may be waiting. */
  nudge(): void;
  /** Stops after the paper in hand. */
  close(): Promise<void>;
}

/** Starts the work for all tenants. `failed` is told of what nobody expected; the work goes on. */
export function keepEvidence(db: Database, parts: EvidenceParts, failed: (error: unknown) => void): EvidenceKeeper {
  let isClosed = false;
  let sweptAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let isNudged = false;

  const work = async (): Promise<void> => {
    const tenants = await listTenants(db);
    const isSweeping = Date.now() - sweptAt >= SWEEP_EVERY_MS;
    if (isSweeping) sweptAt = Date.now();
    for (const { tenantId } of tenants) {
      let found: string | undefined = '';
      while (!isClosed && found !== undefined) found = await checkNextPaper(db, parts, tenantId);
      if (isSweeping && !isClosed) await sweepEvidence(db, parts, tenantId, new Date());
    }
  };
  const run = (): void => {
    if (isClosed || isRunning) {
      isNudged = isRunning;
      return;
    }
    isRunning = true;
    isNudged = false;
    running = work()
      .catch((error: unknown) => {
        if (!isClosed) failed(error);
      })
      .finally(() => {
        isRunning = false;
        wake(isNudged ? NUDGE_AFTER_MS : LOOK_EVERY_MS);
      });
  };
  const wake = (afterMs: number): void => {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(run, afterMs).unref();
  };
  wake(NUDGE_AFTER_MS);
  return {
    nudge: () => {
      isNudged = true;
      if (!isRunning) wake(NUDGE_AFTER_MS);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
