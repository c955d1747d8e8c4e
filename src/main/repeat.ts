// Work that a server does again and again while it runs, with its figures, its log, and an end that waits for what is under way.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Running work. */
export interface Repeated {
  /** Ends it once what is under way is done. */
  stop(): Promise<void>;
}

/** Whom work reports to. */
export interface RepeatOptions {
  readonly log?: Pick<Log, 'failure'> | undefined;
  readonly metrics?: Pick<Metrics, 'job'> | undefined;
}

/**
 * Runs `work` with a pause of `pauseMs` after each time; whatever it throws is logged, and it is tried again.
 * @param work true where there is more to do at once; `isStopping` says when to come to an end early.
 */
export function repeat(name: string, pauseMs: number, work: (isStopping: () => boolean) => Promise<boolean | void>, { log, metrics }: RepeatOptions = {}): Repeated {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const once = async (): Promise<boolean> => {
    const start = performance.now();
    try {
      const isMore = (await work(isStopping)) === true;
      metrics?.job(name, performance.now() - start, true);
      return isMore;
    } catch (error) {
      metrics?.job(name, performance.now() - start, false);
      log?.failure(name, error);
      return false;
    }
  };
  const running = (async () => {
    while (!isStopping()) if (!(await once())) await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
  })();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
