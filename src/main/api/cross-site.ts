// Refuses changes that another site asks for with a visitor's cookie.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../contract/errors.ts';

/**
 * Lets a call with a cookie pass only where the browser says that it comes from this very site.
 * @throws Refusal cross-site; also where neither header is there, since every browser of the last years sends one with a change.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  if (origin !== undefined) {
    if (!isOwn(origin, request)) throw new Refusal('cross-site');
    return;
  }
  if (site !== 'same-origin') throw new Refusal('cross-site');
}

function isOwn(origin: string, request: FastifyRequest): boolean {
  try {
    const { host, protocol } = new URL(origin);
    return host === request.host && protocol === `${request.protocol}:`;
  } catch {
    return false;
  }
}
