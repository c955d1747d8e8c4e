// Answers the menu for readers without script, and as a table for spreadsheets; drawn by what the build bundled from web/manual.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';

/** What dist/server/menu.js exports; `search` is the question as the address has it, such as `?q=…`. */
export interface Menu {
  readonly drawMenu: (language: 'zh' | 'en', search: string) => string;
  readonly listMenu: (language: 'zh' | 'en', search: string) => string;
}

const paths = { zh: '/menu', en: '/en/menu' } as const;
const names = { zh: '待遇菜单.csv', en: 'benefits.csv' } as const;

/** Adds the addresses of the menu that depend on a question. */
export function serveMenu(server: FastifyInstance, { drawMenu, listMenu }: Menu): void {
  for (const language of ['zh', 'en'] as const) {
    const draw: RouteHandlerMethod = (request, reply) => {
      const search = searchOf(request.url);
      // Without a question it is one of the pages that the build drew.
      if (search === '') return reply.header('cache-control', 'no-cache').sendFile(`${paths[language].slice(1)}.html`);
      // An answer to one reader's question is no page of its own to whoever searches the web.
      reply.header('x-robots-tag', 'noindex');
      return sendCompressed(request, reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8'), drawMenu(language, search));
    };
    server.get(paths[language], draw);
    server.get(`${paths[language]}.csv`, (request, reply) => {
      reply
        .header('cache-control', 'no-cache')
        .header('content-disposition', `attachment; filename="menu.csv"; filename*=UTF-8''${encodeURIComponent(names[language])}`)
        .type('text/csv; charset=utf-8');
      return sendCompressed(request, reply, listMenu(language, searchOf(request.url)));
    });
  }
}

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];
// Half as large again as what the build compresses at leisure, in a hundredth of the time.
const BROTLI_QUICK = 4;

/** Sends a text as the browser can read it, compressed where it can. */
async function sendCompressed({ headers }: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
  const accepted = (headers['accept-encoding'] ?? '').toString().toLowerCase().split(',').map((each) => each.trim());
  const takes = (name: string): boolean => accepted.some((each) => new RegExp(`^(${name}|\\*)(\\s*;\\s*q=(1|0\\.\\d*[1-9]\\d*).*)?$`).test(each));
  reply.header('vary', 'accept-encoding');
  if (takes('br')) return reply.header('content-encoding', 'br').send(await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUICK } }));
  return takes('gzip') ? reply.header('content-encoding', 'gzip').send(await zip(text)) : reply.send(text);
}

/** The question of an address with its `?`; empty where there is none. */
export function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 || at === url.length - 1 ? '' : url.slice(at);
}
