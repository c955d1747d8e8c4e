// The section of publicity: lists, one list, the sheet to be posted, a new list, and objections.
import { may } from '../me.ts';
import { ObjectionPage } from './objection-page.tsx';
import { ObjectionsPage } from './objection-queue.tsx';
import { Tabs } from '../payments/payment-tabs.tsx';
import { ListsPage } from './publicity-lists.tsx';
import { ListPageOf } from './publicity-list.tsx';
import { MakeListPage } from './publicity-make.tsx';
import { WithNames } from './publicity-names.tsx';
import { PostedSheet } from './publicity-sheet.tsx';
import { usePublicityWords } from './publicity-words.ts';
import type { SectionPage } from '../section-page.ts';

/** The page that the address asks for. */
export function PublicityPages(page: SectionPage) {
  const words = usePublicityWords();
  const { me } = page;
  const [what = 'lists', id, part] = page.path;
  const reads = may(me, 'objection.read');
  const isObjections = reads && (what === 'objections' || what === 'objection');
  return (
    <WithNames>
      <div class="money">
        {reads ? <Tabs label={words.tabs} current={isObjections ? 'objections' : 'lists'} tabs={[['lists', words.parts.lists, ['publicity']], ['objections', words.parts.objections, ['publicity', 'objections']]]} /> : null}
        {isObjections ? id === undefined ? <ObjectionsPage {...page} /> : <ObjectionPage key={id} objectionId={id} me={me} /> : null}
        {what === 'list' && id !== undefined ? part === 'sheet' ? <PostedSheet key={id} listId={id} /> : <ListPageOf key={id} {...page} listId={id} /> : null}
        {what === 'new' && may(me, 'publicity.open') ? <MakeListPage {...page} /> : null}
        {what === 'lists' || (what === 'new' && !may(me, 'publicity.open')) || (!reads && what.startsWith('objection')) ? <ListsPage {...page} /> : null}
      </div>
    </WithNames>
  );
}
