// Draws the menu on the server, for readers without script, and writes it as CSV; bundled by the build as dist/server/menu.js.
import { renderToString } from 'preact-render-to-string';
import { menuIndex as chinese } from 'wutong:menu-index-zh';
import { menuIndex as english } from 'wutong:menu-index-en';
import { menuShells } from 'wutong:menu-shells';
import { type MenuIndex, readMenuQuery, searchMenu, writeMenuCsv } from '../../src/manual/index.ts';
import { MenuDocument } from './menu-document.tsx';

const indexes: Readonly<Record<'zh' | 'en', MenuIndex>> = { zh: chinese, en: english };

/** The menu's document under a question, as the address gives it. */
export function drawMenu(language: 'zh' | 'en', search: string): string {
  const index = indexes[language];
  const [before, after] = menuShells[language];
  return `${before}${renderToString(<MenuDocument index={index} query={readMenuQuery(new URLSearchParams(search), index)} />)}${after}`;
}

/** All items that a question finds, as CSV. */
export function listMenu(language: 'zh' | 'en', search: string): string {
  const index = indexes[language];
  return writeMenuCsv(searchMenu(index, readMenuQuery(new URLSearchParams(search), index)).entries, index);
}
