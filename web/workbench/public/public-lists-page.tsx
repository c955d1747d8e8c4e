// The lists that are published now, and the entries of one of them with an objection beside each.
import { useContext, useState } from 'preact/hooks';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { listPublicEntries, listPublicLists } from '../../../src/contract/publicity-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { type Answer, call, CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { linkTo } from '../address.ts';
import { ListPage } from '../list-page.tsx';
import { ObjectionForm } from './objection-form.tsx';
import { OfficeLanguageContext } from '../office-words.ts';
import { usePublicWords } from './public-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAsked } from '../use-call.ts';

type Entries = Answer<typeof listPublicEntries>['data'];
type Entry = Entries['items'][number];

/** All lists. */
export function PublicListsPage() {
  const words = usePublicWords();
  const language = useContext(OfficeLanguageContext);
  const lists = useAsked((signal) => call(listPublicLists, { signal }), []);
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const placeOf = (code: string): string => (places.state === 'there' ? (places.value.data.items.find((one) => one.code === code)?.name ?? '') : '');
  return (
    <>
      <div>
        <h1>{words.lists}</h1>
        <p class="soft">{words.listsLead}</p>
      </div>
      {lists.state === 'refused' ? <RefusalNotice refusal={lists.refusal} onRetry={lists.again} /> : null}
      {lists.state === 'there' && lists.value.data.items.length === 0 ? <EmptyState>{words.noLists}</EmptyState> : null}
      {lists.state !== 'there' ? null : (
        <ul class="ways">
          {lists.value.data.items.map((one) => (
            <li key={one.listId}>
              <a class="way" href={linkTo(['list', one.listId])}>
                <span>
                  {one.benefit[language]}
                  <br />
                  <span class="small soft">{placeOf(one.jurisdictionCode)} · {words.until(tellDate(one.untilOn, language))} · {words.entries(one.entries)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** One list: searched by name, an objection beside each entry; once it is withdrawn nothing of it is shown. */
export function PublicListPage({ listId }: { listId: string }) {
  const words = usePublicWords();
  const language = useContext(OfficeLanguageContext);
  const [list, setList] = useState<Entries['list']>();
  const [isGone, setGone] = useState(false);
  const [q, setQ] = useState('');
  const [objected, setObjected] = useState<Entry>();
  if (objected !== undefined) return <ObjectionForm listId={listId} entryId={objected.entryId} name={objected.name} onBack={() => setObjected(undefined)} />;
  if (isGone) {
    return (
      <>
        <p><a href={linkTo([])}>{words.toLists}</a></p>
        <h1>{words.goneHeading}</h1>
        <EmptyState>{words.gone}</EmptyState>
      </>
    );
  }
  const ask = async (cursor: string | undefined, signal: AbortSignal): Promise<Entries> => {
    try {
      const { data } = await call(listPublicEntries, { params: { listId }, query: { q, ...(cursor === undefined ? {} : { cursor }) }, signal });
      setList(data.list);
      return data;
    } catch (error) {
      if (error instanceof CallRefused && error.status === 404) setGone(true);
      throw error;
    }
  };
  return (
    <>
      <p><a href={linkTo([])}>{words.toLists}</a></p>
      <ListPage<Entry>
        heading={list?.benefit[language] ?? words.lists}
        {...(list === undefined ? {} : { lead: `${list.policy[language]} · ${words.until(tellDate(list.untilOn, language))} · ${words.days(list.workingDays)} · ${words.entries(list.entries)}` })}
        search={{ label: words.q, value: q }}
        onSearch={setQ}
        hasFilters={q !== ''}
        onClear={() => setQ('')}
        columns={[
          { key: 'name', title: words.columns.name, cell: ({ name }) => name },
          { key: 'number', title: words.columns.number, cell: ({ number }) => <span class="number">{number ?? '—'}</span> },
          { key: 'employer', title: words.columns.employer, cell: ({ employerName }) => employerName ?? '—' },
          { key: 'amount', title: words.columns.amount, cell: ({ amountFen }) => (amountFen === null ? '—' : words.yuan(formatYuan(amountFen))), isFigure: true },
          { key: 'object', title: words.object, cell: (entry) => <Button tone="quiet" label={words.objectTo(entry.name)} onPress={() => setObjected(entry)}>{words.object}</Button> },
        ]}
        keyOf={({ entryId }) => entryId}
        cause={JSON.stringify([listId, q])}
        ask={ask}
        empty={q === '' ? words.noEntries : words.notOnList}
      />
    </>
  );
}
