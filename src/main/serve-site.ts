// The web server: the site's files as the build left them, headers, pages for what is not there, and whatever is mounted besides.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import helmet from '@fastify/helmet';
import fileServer from '@fastify/static';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { newId } from '../storage/database.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import { permissionsPolicy, securityHeaders } from './security-headers.ts';
import { type Menu, searchOf, serveMenu } from './serve-menu.ts';

const YEAR_SECONDS = 31_536_000;
const REQUEST_MS = 30_000;
// The pages only give; whoever sends them something has mistaken the address.
const MOST_BYTES_TAKEN = 1024;
// As long as a whole address may be: what is too long for an id is refused by whoever reads it, in the interface's own words and with its headers.
const LONGEST_PART_OF_PATH = 16_384;

/** What a server has besides the pages. */
export interface SiteOptions {
  /** What the build left in dist/server/menu.js; without it the menu answers in the browser alone. */
  readonly menu?: Menu;
  /** Adds the interface and whatever else is not a page. */
  readonly mount?: (server: FastifyInstance) => Promise<void>;
  /** Addresses of proxies whose word on who calls is believed; none where it is not set. */
  readonly trustProxy?: string;
}

/**
 * Makes the server of a built site; the pages keep no log, set no cookie and know no reader.
 * @param folder what the build left in dist/web.
 */
export async function makeSiteServer(folder: string, { menu, mount, trustProxy }: SiteOptions = {}): Promise<FastifyInstance> {
  const missing = readFileSync(join(folder, '404.html'), 'utf8');
  const answerMissing = (reply: FastifyReply, status: number): FastifyReply =>
    reply.code(status).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(missing);

  const server = fastify({
    logger: false,
    bodyLimit: MOST_BYTES_TAKEN,
    requestTimeout: REQUEST_MS,
    // A call on a connection that is still open is answered like any other; then the connection is closed.
    return503OnClosing: false,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: LONGEST_PART_OF_PATH },
    ...(trustProxy === undefined ? {} : { trustProxy }),
    clientErrorHandler: answerUnreadable,
    // An address that cannot be read, such as /%ff, is like one that leads nowhere, and gets the same headers.
    rewriteUrl: ({ url = '/' }) => (isReadable(url) ? fileOf(url, menu !== undefined) : '/unreadable-address'),
  });

  await server.register(helmet, securityHeaders);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('permissions-policy', permissionsPolicy);
    // Only a proxy that ends TLS sets this; by plain HTTP browsers ignore the header anyway.
    if (request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https') reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}`);
    const { method, originalUrl } = request;
    const only = method === 'GET' || method === 'HEAD' ? oneAddressOf(originalUrl) : undefined;
    if (only === undefined) done();
    else reply.redirect(only, 301);
  });

  const assets = `${join(folder, 'assets')}${sep}`;
  await server.register(fileServer, {
    root: folder,
    preCompressed: true,
    // Only folders that are pages lead to themselves; see below.
    redirect: false,
    dotfiles: 'ignore',
    // Compressed copies are answers to Accept-Encoding, not pages of their own.
    allowedPath: (path) => !/\.(br|gz)$/.test(path),
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.startsWith(assets) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });

  for (const page of pageFolders(folder)) server.get(`/${page}`, (request, reply) => reply.redirect(`/${page}/${searchOf(request.url)}`, 301));
  if (menu !== undefined) serveMenu(server, menu);
  await mount?.(server);

  server.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return answerMissing(reply, 404);
    return answerMissing(reply.header('allow', 'GET, HEAD'), 405);
  });
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => answerMissing(reply, error.statusCode ?? 500));
  return server;
}

/** Where a page of the manual or the menu is found that was asked for by another address; undefined for its own. A page has one address. */
function oneAddressOf(url: string): string | undefined {
  const [, path = '', search = ''] = /^([^?]*)(\?.*)?$/s.exec(url) ?? [];
  // Whoever shortens an address to where all jurisdictions would stand wants the menu.
  const shortened = /^(\/en)?\/[bc]\/*$/.exec(path);
  if (shortened !== null) return `${shortened[1] ?? ''}/menu${search}`;
  return /^\/(en\/)?([bc]\/.*[^/]|menu)\/+$/.test(path) ? `${path.replace(/\/+$/, '')}${search}` : undefined;
}

/** Pages of the manual have addresses without an ending: `/b/siping` is the file b/siping.html beside the folder b/siping. */
function fileOf(url: string, isMenuServed: boolean): string {
  const [, path = '', search = ''] = /^([^?]*)(\?.*)?$/s.exec(url) ?? [];
  const isPage = /^\/(en\/)?[bc]\/./.test(path) && !/\.(pdf|html)$/.test(path);
  const isMenu = /^\/(en\/)?menu$/.test(path) && !isMenuServed;
  return isPage || isMenu ? `${path}.html${search}` : url;
}

/** Folders of the site that are pages themselves, such as /en/. */
function pageFolders(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.html')));
}

/** Whether the path can be decoded; a question behind it is read as far as it can be. */
function isReadable(url: string): boolean {
  try {
    decodeURI(url.replace(/\?.*$/s, ''));
    return true;
  } catch {
    return false;
  }
}
