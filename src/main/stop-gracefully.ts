// Stops a server without cutting anybody off: no new calls, those under way are answered, then loops, connections and database, in that order.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** What is stopped, in this order, once no call is under way any more. */
export interface StopStep {
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

/** How to stop. */
export interface StopOptions {
  /** How long calls under way may take; longer ones are cut off. */
  readonly limitMs?: number;
  readonly steps: readonly StopStep[];
  /** Told of a step that failed; the others follow all the same. */
  readonly onError?: (step: string, error: unknown) => void;
}

const LIMIT_MS = 20_000;
const STEP_LIMIT_MS = 15_000;

/**
 * Stops the server; resolves once nothing of it runs.
 * @returns whether every call was answered and every step was done in time.
 */
export async function stopGracefully(server: Pick<FastifyInstance, 'close' | 'server'>, { limitMs = LIMIT_MS, steps, onError }: StopOptions): Promise<boolean> {
  let isClean = true;
  const done = async (name: string, limit: number, work: Promise<unknown>): Promise<boolean> => {
    const timer = new AbortController();
    try {
      return await Promise.race([work.then(() => true), sleep(limit, false, { signal: timer.signal })]);
    } catch (error) {
      onError?.(name, error);
      isClean = false;
      return true;
    } finally {
      timer.abort();
    }
  };
  const closing = Promise.resolve(server.close());
  // Connections that wait for a next call have none under way.
  server.server.closeIdleConnections();
  const sweeping = setInterval(() => server.server.closeIdleConnections(), 200);
  if (!(await done('calls', limitMs, closing))) {
    isClean = false;
    server.server.closeAllConnections();
    await done('calls', 1000, closing);
  }
  clearInterval(sweeping);
  for (const { name, stop } of steps) {
    const isInTime = await done(name, STEP_LIMIT_MS, (async () => stop())());
    if (!isInTime) {
      isClean = false;
      onError?.(name, new Error('not stopped in time'));
    }
  }
  return isClean;
}
