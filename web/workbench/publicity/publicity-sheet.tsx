// The list as it is posted on a wall: everything that a notice has to say, every entry, and nothing else on the paper.
import { useContext } from 'preact/hooks';
import { listDepartments } from '../../../src/contract/departments-endpoints.ts';
import { listOwnEntries } from '../../../src/contract/publicity-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { linkTo } from '../address.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { usePublicityWords } from './publicity-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAsked } from '../use-call.ts';

type Page = Answer<typeof listOwnEntries>['data'];

const AT_ONCE = 200;

/** All entries of a list: a notice that leaves somebody out is none. */
async function readWhole(listId: string, signal: AbortSignal): Promise<Page> {
  const { data: first } = await call(listOwnEntries, { params: { listId }, query: { limit: AT_ONCE }, signal });
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const { data } = await call(listOwnEntries, { params: { listId }, query: { limit: AT_ONCE, cursor }, signal });
    items.push(...data.items);
    cursor = data.nextCursor;
  }
  return { ...first, items };
}

/** The sheet. */
export function PostedSheet({ listId }: { listId: string }) {
  const words = usePublicityWords();
  const { sheet, list: told } = words;
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked((signal) => readWhole(listId, signal), [listId]);
  const departments = useAsked((signal) => call(listDepartments, { signal }), []);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return <EmptyState>{office.loading}</EmptyState>;
  const { list, items } = asked.value;
  const department = departments.state === 'there' ? departments.value.data.items.find(({ departmentId }) => departmentId === list.departmentId) : undefined;
  const day = (on: string): string => tellDate(on, language);
  const hasAmounts = items.some(({ amountFen }) => amountFen !== null);
  return (
    <>
      <p class="not-printed posted-ways">
        <a href={linkTo(['publicity', 'list', listId])}>{sheet.back}</a>
        {list.state === 'gathering' || list.state === 'taken-back' ? null : <Button onPress={() => print()}>{sheet.print}</Button>}
      </p>
      {list.state === 'gathering' || list.state === 'taken-back' ? <EmptyState>{list.state === 'gathering' ? sheet.none : sheet.over}</EmptyState> : (
        <article class="posted">
          <h1>{sheet.heading}</h1>
          <p>{sheet.text(list.policy[language], list.benefit[language], items.length)}</p>
          <p>{sheet.window(day(list.opensOn), day(list.untilOn), list.workingDays)}</p>
          <p>{sheet.object(`${location.origin}/public/`)}{department?.telephone === undefined || department.telephone === null ? '' : ` ${sheet.phone(department.telephone)}`}</p>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{told.columns.place}</th>
                <th scope="col">{told.columns.name}</th>
                <th scope="col">{told.columns.number}</th>
                <th scope="col">{told.columns.employer}</th>
                {hasAmounts ? <th scope="col" class="figure">{told.columns.amount}</th> : null}
              </tr>
            </thead>
            <tbody>
              {items.map(({ entryId, place, name, number, employerName, amountFen }) => (
                <tr key={entryId}>
                  <td class="number">{place}</td>
                  <th scope="row">{name}</th>
                  <td class="number">{number ?? '—'}</td>
                  <td>{employerName ?? '—'}</td>
                  {hasAmounts ? <td class="figure">{amountFen === null ? '—' : words.yuan(formatYuan(amountFen))}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
          <p class="posted-foot">
            {department?.name ?? ''}
            <br />
            <span class="number">{day(list.opensOn)}</span>
          </p>
        </article>
      )}
    </>
  );
}
