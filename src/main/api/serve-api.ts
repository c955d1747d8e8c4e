// Puts the interface on the web server: every route under /api/v1, its documentation, and what is refused before a route is found.
import cookies from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeOpenApi } from '../../contract/openapi.ts';
import { Refusal } from '../../contract/errors.ts';
import type { Route } from '../../domains/permissions/index.ts';
import { answerCall, type ApiParts, languageOf, sendRefusal } from './answer-call.ts';
import { refuseUnreadBody } from './refuse-unread-body.ts';

/** Where the interface begins. */
const apiRoot = '/api/v1';

const MOST_JSON_BYTES = 1_048_576;
const MOST_UPLOAD_BYTES = 8_388_608;

/** Serves `routes` below /api/v1 of `server`. */
export async function serveApi(server: FastifyInstance, parts: ApiParts, routes: readonly Route[]): Promise<void> {
  await server.register(
    async (api) => {
      await api.register(cookies);
      api.removeAllContentTypeParsers();
      api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
        if (body === '') return done(null, undefined);
        try {
          done(null, JSON.parse(String(body), dropPrototype));
        } catch {
          done(new Refusal('body-malformed'));
        }
      });
      api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      // The documentation is the same for everybody and holds nothing of anybody.
      const document = JSON.stringify(makeOpenApi(routes.map(({ endpoint }) => endpoint)));
      api.get('/openapi.json', (_request, reply) => reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(document));
      for (const route of routes) {
        const { method, path, bytes } = route.endpoint;
        const isUpload = bytes === 'request' || bytes === 'both';
        const bodyLimit = isUpload ? MOST_UPLOAD_BYTES : MOST_JSON_BYTES;
        api.route({
          method,
          url: path,
          bodyLimit,
          onRequest: (request, reply) => refuseUnreadBody(parts, route.endpoint, bodyLimit, request, reply),
          preValidation: (request, _reply, done) => {
            const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
            const hasBody = request.body !== undefined && request.body !== null;
            done(hasBody && !isUpload && !isJson ? new Refusal('media-type-unsupported', { expected: 'application/json' }) : undefined);
          },
          handler: (request, reply) => answerCall(parts, route, request, reply),
        });
      }
      const answerMissing = (request: FastifyRequest, reply: FastifyReply): FastifyReply => sendRefusal(reply.header('cache-control', 'no-store'), new Refusal('not-found'), languageOf(request), request.id);
      api.setNotFoundHandler(answerMissing);
      // The site gives its files below every address that nobody else takes, and would answer programs with a page.
      api.get('/*', answerMissing);
      api.setErrorHandler((error: Error & { readonly code?: string }, request, reply) => {
        const refusal = error instanceof Refusal ? error : refusalOf(error);
        if (refusal.code === 'internal') parts.failed?.(error, request.id);
        return sendRefusal(reply, refusal, languageOf(request), request.id);
      });
    },
    { prefix: apiRoot },
  );
}

/** What the web server itself refuses, in the words of the catalogue. */
function refusalOf(error: { readonly code?: string; readonly statusCode?: number }): Refusal {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal('body-too-large', { limit: `${MOST_JSON_BYTES / 1_048_576} MiB` });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Refusal('media-type-unsupported', { expected: 'application/json' });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Refusal('body-malformed');
    default:
      return new Refusal(error.statusCode !== undefined && error.statusCode < 500 ? 'body-malformed' : 'internal');
  }
}

/** A key that would reach an object's prototype is left out, whatever it holds. */
function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
