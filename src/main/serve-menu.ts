// Answers the menu for readers without script, and as a table for spreadsheets; drawn by what the build bundled from web/manual.
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';

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
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(drawMenu(language, search));
    };
    // Whoever adds a slash means the same page.
    for (const path of [paths[language], `${paths[language]}/`]) server.get(path, draw);
    server.get(`${paths[language]}.csv`, (request, reply) =>
      reply
        .header('cache-control', 'no-cache')
        .header('content-disposition', `attachment; filename="menu.csv"; filename*=UTF-8''${encodeURIComponent(names[language])}`)
        .type('text/csv; charset=utf-8')
        .send(listMenu(language, searchOf(request.url))),
    );
  }
}

function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 || at === url.length - 1 ? '' : url.slice(at);
}
