// Closes a web server without cutting anybody off: no new calls, those under way are answered within a limit.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const LIMIT_MS = 20_000;
const SWEEP_MS = 100;

/**
 * Closes the server once the calls under way are answered; those that take longer than the limit are cut off.
 * @returns whether all were answered.
 */
export async function closeServer(server: Pick<FastifyInstance, 'close' | 'server'>, limitMs: number = LIMIT_MS): Promise<boolean> {
  const closing = Promise.resolve(server.close()).then(() => true);
  // A connection that is kept for a next call has none under way, however often that changes meanwhile.
  const sweeping = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS);
  const timer = new AbortController();
  try {
    if (await Promise.race([closing, sleep(limitMs, false, { signal: timer.signal })])) return true;
    server.server.closeAllConnections();
    await closing;
    return false;
  } finally {
    timer.abort();
    clearInterval(sweeping);
  }
}
