// The public lists of the jurisdiction: those being gathered, those published, those withdrawn in time or taken back before.
import { useContext } from 'preact/hooks';
import { exportOwnLists, listOwnLists, listWaiting } from '../../../src/contract/publicity-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { useNames } from './publicity-names.tsx';
import { usePublicityWords } from './publicity-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { latestOf, useAsked } from '../use-call.ts';

type List = Answer<typeof listOwnLists>['data']['items'][number];

const states = ['gathering', 'open', 'closed', 'taken-back'] as const;
const sorts = ['newest', 'ending'] as const;

/** How a list stands, as a shape. */
export const listStatus = { gathering: 'left', open: 'review', closed: 'yes', 'taken-back': 'no' } as const;

/** The lists. */
export function ListsPage({ me, query, onQuery }: SectionPage) {
  const words = usePublicityWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { places, placeOf } = useNames();
  const { lists } = words;
  const { q = '', jurisdiction = '' } = query;
  const state = states.find((one) => one === query['state']);
  const sort = sorts.find((one) => one === query['sort']) ?? 'newest';
  const asked = { ...(q === '' ? {} : { q }), ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }), sort };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<List>
      heading={lists.heading}
      lead={lists.lead}
      search={{ label: lists.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || state !== undefined || jurisdiction !== ''}
      onClear={() => onQuery({})}
      {...(may(me, 'publicity.open') ? { actions: <a class="button primary" href={linkTo(['publicity', 'new'])}>{lists.make}</a> } : {})}
      filters={
        <>
          <SelectField label={words.state} value={state ?? ''} options={states.map((one) => [one, words.states[one]] as const)} onChoose={(one) => change({ state: one })} />
          <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={office.sort} value={sort} options={sorts.map((one) => [one, words.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      {...(may(me, 'publicity.open') ? { above: <LateNotice /> } : {})}
      columns={[
        { key: 'benefit', title: lists.columns.benefit, cell: ({ listId, benefit, policy }) => <><a href={linkTo(['publicity', 'list', listId])}>{benefit[language]}</a><span class="small soft posted-policy">{policy[language]}</span></> },
        { key: 'state', title: lists.columns.state, cell: (one) => <StatusTag status={listStatus[one.state]} word={words.states[one.state]} /> },
        { key: 'window', title: lists.columns.window, cell: ({ untilOn }) => <span class="number">{tellDate(untilOn, language)}</span> },
        { key: 'place', title: lists.columns.place, cell: ({ jurisdictionCode }) => placeOf(jurisdictionCode), isSecond: true },
        { key: 'objections', title: lists.columns.objections, cell: ({ objections, openObjections }) => lists.objections(objections, openObjections) },
        { key: 'entries', title: lists.columns.entries, isFigure: true, cell: ({ entries }) => <Worded word={lists.columns.entries}>{entries.toLocaleString('en')}</Worded> },
      ]}
      keyOf={({ listId }) => listId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listOwnLists, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={lists.empty}
      exports={{ xlsx: addressOf(exportOwnLists, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportOwnLists, {}, { ...asked, format: 'csv' }) }}
    />
  );
}

/** How many lists nobody has made although their cases wait for too long; nothing where none does. */
function LateNotice() {
  const { lists } = usePublicityWords();
  const asked = useAsked((signal) => call(listWaiting, { signal }), []);
  const late = latestOf(asked)?.data.items.filter(({ isLate }) => isLate).length ?? 0;
  return late === 0 ? null : <Notice><p>{lists.late(late)} <a href={linkTo(['publicity', 'new'])}>{lists.make}</a></p></Notice>;
}
