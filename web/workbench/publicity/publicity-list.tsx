// One public list for officers: its window, its entries with what is objected, and the ways to its sheet and its file.
import { useContext, useEffect, useState } from 'preact/hooks';
import { exportOwnEntries, listOwnEntries } from '../../../src/contract/publicity-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { useNames } from './publicity-names.tsx';
import { listStatus } from './publicity-lists.tsx';
import { usePublicityWords } from './publicity-words.ts';
import type { SectionPage } from '../section-page.ts';
import { StaffName } from '../staff/staff-name.tsx';
import { TakeBack } from './publicity-take-back.tsx';
import { useTellInstant } from '../tell-instant.ts';

type Page = Answer<typeof listOwnEntries>['data'];
type Entry = Page['items'][number];

/** The server gathers within some seconds; whoever has just made the list sees it fill. */
const LOOK_AGAIN_MS = 2000;

/** The list of an id. */
export function ListPageOf({ listId, me, query, onQuery }: SectionPage & { listId: string }) {
  const words = usePublicityWords();
  const { list: told } = words;
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const { placeOf } = useNames();
  const [list, setList] = useState<Page['list']>();
  const [round, setRound] = useState(0);
  const { q = '' } = query;
  const asked = q === '' ? {} : { q };
  const isGathering = list?.state === 'gathering';
  const isGoingBack = list?.state === 'taken-back' && list.closedAt === null;
  const isMoving = isGathering || isGoingBack;
  useEffect(() => {
    if (!isMoving) return;
    const timer = setTimeout(() => setRound((now) => now + 1), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isMoving, round]);
  const day = (on: string): string => tellDate(on, language);
  const exported = (format: string): string => addressOf(exportOwnEntries, { listId }, { ...asked, format });
  const window = list === undefined ? null : (
    <section class="card" aria-label={words.state}>
      <p><StatusTag status={listStatus[list.state]} word={words.states[list.state]} /> {isGathering ? <span class="soft" role="status">{told.gathering}</span> : null}{isGoingBack ? <span class="soft" role="status">{told.takingBack}</span> : null}</p>
      <dl class="pairs">
        <dt>{words.jurisdiction}</dt>
        <dd>{placeOf(list.jurisdictionCode)}</dd>
        <dt>{told.opens}</dt>
        <dd class="number">{day(list.opensOn)}</dd>
        <dt>{told.until}</dt>
        <dd class="number">{told.untilDays(day(list.untilOn), list.workingDays)}</dd>
        <dt>{told.entries}</dt>
        <dd class="number">{list.entries.toLocaleString('en')}</dd>
        <dt>{told.objections}</dt>
        <dd>{words.lists.objections(list.objections, list.openObjections)}</dd>
        {list.takenBack === null ? null : (
          <>
            <dt>{told.takenBack}</dt>
            <dd class="number">{tellInstant(list.takenBack.at)}</dd>
            <dt>{told.takenBackBy}</dt>
            <dd><StaffName accountId={list.takenBack.by} me={me} /></dd>
            <dt>{told.takenBackReason}</dt>
            <dd class="written">{list.takenBack.reason}</dd>
          </>
        )}
        {list.closedAt === null || list.takenBack !== null ? null : <><dt>{told.closed}</dt><dd class="number">{tellInstant(list.closedAt)}</dd></>}
      </dl>
      {list.openObjections > 0 ? <p class="soft">{told.heldNow}</p> : null}
      {list.takenBack !== null && !isGoingBack ? <p class="soft">{told.takenBackNow}</p> : null}
      <p class="posted-ways">
        {list.objections > 0 && may(me, 'objection.read') ? <a href={linkTo(['publicity', 'objections'], { list: listId, state: 'all' })}>{told.seeObjections}</a> : null}
        {list.state === 'closed' || list.state === 'taken-back' ? null : <a href={`/public/#/list/${listId}`} target="_blank" rel="noreferrer">{told.public}</a>}
        {list.state === 'gathering' || list.state === 'taken-back' ? null : <a href={linkTo(['publicity', 'list', listId, 'sheet'])}>{told.print}</a>}
      </p>
      {(list.state === 'gathering' || list.state === 'open') && may(me, 'publicity.take-back') ? <TakeBack listId={listId} entries={list.entries} onDone={() => setRound((now) => now + 1)} /> : null}
    </section>
  );
  return (
    <>
      <p><a href={linkTo(['publicity'])}>{told.back}</a></p>
      <div>
        <h1>{list?.benefit[language] ?? words.lists.heading}</h1>
        {list === undefined ? null : <p class="soft">{list.policy[language]}</p>}
      </div>
      {window}
      <ListPage<Entry>
        heading={told.rows}
        isBelow
        search={{ label: told.q, value: q }}
        onSearch={(text) => onQuery({ ...query, q: text }, true)}
        hasFilters={q !== ''}
        onClear={() => onQuery({})}
        columns={[
          { key: 'name', title: told.columns.name, cell: ({ name }) => name },
          { key: 'place', title: told.columns.place, cell: ({ place }) => <span class="number">{place}</span>, isSecond: true },
          { key: 'number', title: told.columns.number, cell: ({ number }) => <span class="number">{number ?? '—'}</span> },
          { key: 'employer', title: told.columns.employer, cell: ({ employerName }) => employerName ?? '—' },
          {
            key: 'objections', title: told.columns.objections,
            cell: ({ objections, openObjections }) => (objections === 0 ? <span class="soft">—</span> : <StatusTag status={openObjections > 0 ? 'unknown' : 'yes'} word={told.entryObjections(objections, openObjections)} />),
          },
          { key: 'amount', title: told.columns.amount, isFigure: true, cell: ({ amountFen }) => (amountFen === null ? '—' : words.yuan(formatYuan(amountFen))) },
          { key: 'case', title: told.columns.case, cell: ({ caseId, name }) => (may(me, 'case.read') ? <a href={linkTo(['cases', caseId])} aria-label={told.caseOf(name)}>{told.openCase}</a> : null) },
        ]}
        keyOf={({ entryId }) => entryId}
        cause={JSON.stringify([asked, round])}
        ask={async (cursor, signal) => {
          const { data } = await call(listOwnEntries, { params: { listId }, query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal });
          setList(data.list);
          return data;
        }}
        empty={isGathering ? told.gathering : told.empty}
        exports={{ xlsx: exported('xlsx'), csv: exported('csv') }}
      />
    </>
  );
}
