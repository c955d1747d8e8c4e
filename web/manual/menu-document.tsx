// The menu within the frame of the manual, for the build, the server and the browser alike.
import { Addresses, type MenuQuery, writeMenuQuery } from '../../src/manual/index.ts';
import { type Language, manualWords } from './manual-words.ts';
import { MenuPage, type MenuPageOptions } from './menu-page.tsx';
import { PageFrame } from './page-frame.tsx';

/** The whole page of the menu. */
export function MenuDocument(options: MenuPageOptions) {
  const { language } = options.index;
  const other: Language = language === 'zh' ? 'en' : 'zh';
  return (
    <PageFrame language={language} otherHref={`${new Addresses(other).menu()}${otherQuery(options.query)}`} trail={[{ title: manualWords(language).menu }]}>
      <MenuPage {...options} />
    </PageFrame>
  );
}

/** What of a question is the same in the other language: names of departments are not. */
function otherQuery({ department: _name, ...query }: MenuQuery): string {
  return writeMenuQuery({ ...query, page: 1 });
}

/** The question of a page without one. */
export const openQuery: MenuQuery = { words: '', sort: 'fit', page: 1 };
