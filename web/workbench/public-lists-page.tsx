// The lists that are published now, and the entries of one of them with an objection beside each.
import { useContext, useState } from 'preact/hooks';
import { listPublicEntries, listPublicLists } from '../../src/contract/publicity-endpoints.ts';
import { formatYuan } from '../../src/policy/index.ts';
import { type Answer, call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { linkTo } from './address.ts';
import { ObjectionForm } from './objection-form.tsx';
import { OfficeLanguageContext, useOfficeWords } from './office-words.ts';
import { usePublicWords } from './public-words.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { RowsTable } from './rows-table.tsx';
import { useAct, useAsked } from './use-call.ts';

type Entries = Answer<typeof listPublicEntries>['data'];
type Entry = Entries['items'][number];

/** All lists. */
export function PublicListsPage() {
  const words = usePublicWords();
  const language = useContext(OfficeLanguageContext);
  const lists = useAsked((signal) => call(listPublicLists, { signal }), []);
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
                  <span class="small soft">{words.until(one.untilOn)} · {words.entries(one.entries)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** One list. */
export function PublicListPage({ listId }: { listId: string }) {
  const words = usePublicWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const [pages, setPages] = useState<readonly Entries[]>([]);
  const [objected, setObjected] = useState<Entry>();
  const first = useAsked(async (signal) => setPages([(await call(listPublicEntries, { params: { listId }, signal })).data]), [listId]);
  const { isBusy, refusal, run } = useAct();
  const list = pages[0]?.list;
  const next = pages.at(-1)?.nextCursor ?? null;
  if (objected !== undefined) return <ObjectionForm listId={listId} entryId={objected.entryId} name={objected.name} onBack={() => setObjected(undefined)} />;
  return (
    <>
      <p><a href={linkTo([])}>{words.back}</a></p>
      {first.state === 'refused' ? <RefusalNotice refusal={first.refusal} onRetry={first.again} /> : null}
      {list === undefined ? null : (
        <>
          <div>
            <h1>{list.benefit[language]}</h1>
            <p class="soft">{list.policy[language]}</p>
            <p>{words.until(list.untilOn)} · {words.days(list.workingDays)} · {words.entries(list.entries)}</p>
          </div>
          <RowsTable<Entry>
            label={list.benefit[language]}
            rows={pages.flatMap(({ items }) => items)}
            empty={words.noLists}
            keyOf={({ entryId }) => entryId}
            columns={[
              { key: 'name', title: words.columns.name, cell: ({ name }) => name },
              { key: 'number', title: words.columns.number, cell: ({ number }) => <span class="number">{number ?? '—'}</span> },
              { key: 'employer', title: words.columns.employer, cell: ({ employerName }) => employerName ?? '—' },
              { key: 'amount', title: words.columns.amount, cell: ({ amountFen }) => (amountFen === null ? '—' : words.yuan(formatYuan(amountFen))), isFigure: true },
              { key: 'object', title: words.object, cell: (entry) => <Button tone="quiet" label={words.objectTo(entry.name)} onPress={() => setObjected(entry)}>{words.object}</Button> },
            ]}
          />
        </>
      )}
      <RefusalNotice refusal={refusal} />
      {next === null ? null : (
        <p class="list-more">
          <Button isBusy={isBusy} onPress={() => run(async () => {
            const { data } = await call(listPublicEntries, { params: { listId }, query: { cursor: next } });
            setPages((now) => [...now, data]);
          })}>{office.more}</Button>
        </p>
      )}
    </>
  );
}
