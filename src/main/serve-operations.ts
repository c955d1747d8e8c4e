// The addresses for operators: /health/live, /health/ready and /metrics.
import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';

/** What the addresses answer from. */
export interface OperationParts {
  readonly health: () => Promise<Readiness>;
  readonly metrics: Metrics;
  /** Lets others than this machine read the figures; undefined: this machine alone. */
  readonly metricsToken?: string | undefined;
}

/** Adds the addresses to a server. They need no session, and tell nothing that needs one. */
export function serveOperations(server: FastifyInstance, { health, metrics, metricsToken }: OperationParts): void {
  server.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  server.get('/health/ready', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const { isReady, checks } = await health();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'not-ready', checks });
  });
  server.get('/metrics', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!mayRead(request, metricsToken)) return reply.code(404).type('text/plain; charset=utf-8').send('');
    const { contentType, text } = await metrics.read();
    return reply.type(contentType).send(text);
  });
}

/** This very machine, asked directly; or whoever shows the token. What a proxy passes on comes from elsewhere, whatever its address. */
function mayRead({ socket, headers }: FastifyRequest, token: string | undefined): boolean {
  const shown = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (shown !== undefined) return token !== undefined && timingSafeEqual(digest(shown), digest(token));
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !isForwarded && /^(::1|127\.|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}

/** Of one length, so that comparing tells nothing. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
