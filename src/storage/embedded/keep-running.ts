// Starts the embedded PostgreSQL again, under the address that clients know, when it dies while Wutong lives.
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer, type ServerPlan, startServer } from './postmaster.ts';

/** A watch over a server. */
export interface Watch {
  /** Ends the watch; a start under way is waited for. */
  stop(): Promise<void>;
}

/** What is told while a server is watched. */
export interface WatchOptions {
  /** It died and is there again. */
  readonly onRestart?: () => void;
  /** It died and does not start; tried again a little later each time. */
  readonly onFailure?: (error: unknown) => void;
}

const LOOK_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/** Watches the server of `plan` on `port`: a look four times a second, since one that was adopted is no child of this process. */
export function keepRunning(plan: ServerPlan, port: number, { onRestart, onFailure }: WatchOptions = {}): Watch {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const watching = (async () => {
    let waitMs = LOOK_MS;
    while (!isStopping()) {
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (isStopping() || findServer(plan.cluster) !== undefined) {
        waitMs = LOOK_MS;
        continue;
      }
      try {
        await startServer(plan, port);
        onRestart?.();
        waitMs = LOOK_MS;
      } catch (error) {
        onFailure?.(error);
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      }
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return watching;
    },
  };
}
