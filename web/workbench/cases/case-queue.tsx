// The queue of cases: which wait for whom and how long there is, found, narrowed, taken, and several of them done at once.
import { useContext, useRef, useState } from 'preact/hooks';
import { caseStatusWords } from '../../../src/contract/case-statuses.ts';
import { claimCase, exportCasesEndpoint, giveBackCase, listCasesEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { addressOf, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { linkTo } from '../address.ts';
import { amountOf } from './case-amount.ts';
import { batchActOf, type BatchAct, CaseBatch, type ListedCase } from './case-batch.tsx';
import { Deadline } from './case-deadline.tsx';
import { canTake, CaseHandOut, type HandAct, handActsOf } from './case-hand-out.tsx';
import { CaseKeys } from './case-keys.tsx';
import { useCaseWords } from './case-words.ts';
import { type ListedRows, ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Question = NonNullable<Parameters<typeof call<typeof listCasesEndpoint>>[1]>['query'];

const views = ['department', 'mine', 'nobody', 'all'] as const;
const SOON_DAYS = 5;
/** Of all that match, so many are looked at when all are selected; each page of the list brings so many. */
const MOST_SELECTED = 1000;
const AT_ONCE = 200;

/** The queue; several cases that are done together stand in its place until that is finished. */
export function CaseQueue(page: SectionPage) {
  const [selected, setSelected] = useState<ReadonlyMap<string, ListedCase>>(new Map());
  const [batch, setBatch] = useState<BatchAct>();
  const [hand, setHand] = useState<HandAct>();
  if (batch === undefined && hand === undefined) return <Queue {...page} selected={selected} onSelect={setSelected} onBatch={setBatch} onHand={setHand} />;
  const close = (): void => {
    setSelected(new Map());
    setBatch(undefined);
    setHand(undefined);
  };
  if (hand !== undefined) return <CaseHandOut act={hand} cases={[...selected.values()].filter((one) => handActsOf(one, page.me).includes(hand))} me={page.me} onClose={close} />;
  if (batch === undefined) return null;
  return <CaseBatch act={batch} cases={[...selected.values()].filter((one) => batchActOf(one, page.me) === batch)} onClose={close} />;
}

interface QueueOptions extends SectionPage {
  readonly selected: ReadonlyMap<string, ListedCase>;
  readonly onSelect: (selected: ReadonlyMap<string, ListedCase>) => void;
  readonly onBatch: (act: BatchAct) => void;
  readonly onHand: (act: HandAct) => void;
}

function Queue({ me, query, onQuery, selected, onSelect, onBatch, onHand }: QueueOptions) {
  const words = useCaseWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const [round, setRound] = useState(0);
  const [told, setTold] = useState<{ readonly words: string; readonly label: string; readonly undo: () => void }>();
  const shown = useRef<readonly ListedCase[]>([]);
  const matching = useRef<{ readonly count: number; readonly words: string }>({ count: 0, words: '' });
  const [isPartly, setPartly] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const works = may(me, 'case.claim');
  const { q = '', status = '', benefit = '', jurisdiction = '', due = '', sort = '' } = query;
  const view = works ? (views.find((one) => one === query['view']) ?? 'department') : 'all';
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  // Benefits of which there are cases.
  const recent = useAsked(async (signal) => (await call(listCasesEndpoint, { query: { limit: 200 }, signal })).data.items, []);
  const placeNames = new Map(places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : []);
  const order = due === 'soon' ? 'deadline' : sort === 'deadline' || sort === 'newest' ? sort : view === 'all' ? 'newest' : 'deadline';
  const [policyId, benefitId] = benefit.split('/');
  const asked: Question = {
    sort: order,
    ...(view === 'all' ? {} : { queue: view }),
    ...(status === '' ? {} : { status }),
    ...(policyId === undefined || benefitId === undefined ? {} : { policyId, benefitId }),
    ...(jurisdiction === '' ? {} : { jurisdiction }),
    ...(due === 'late' ? { late: 'true' } : due === 'soon' ? { dueWithin: SOON_DAYS } : {}),
    ...(q.trim() === '' ? {} : { q: q.trim() }),
  };
  const ask = async (cursor: string | undefined, signal: AbortSignal): Promise<ListedRows<ListedCase>> => {
    const { data } = await call(listCasesEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal });
    shown.current = cursor === undefined ? data.items : [...shown.current, ...data.items];
    if (cursor === undefined) matching.current = { count: data.total ?? 0, words: `${(data.total ?? 0).toLocaleString('en')}${data.totalIsAtLeast === true ? '+' : ''}` };
    return data;
  };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  const select = (rows: readonly ListedCase[], isWanted: boolean): void => {
    const next = new Map(selected);
    for (const row of rows) if (isWanted) next.set(row.caseId, row);
    else next.delete(row.caseId);
    onSelect(next);
  };
  const take = (row: ListedCase, isBack: boolean): void =>
    run(async () => {
      setTold(undefined);
      const { data } = await call(isBack ? giveBackCase : claimCase, { params: { caseId: row.caseId }, ifMatch: `"${row.version}"` });
      const after = { ...row, version: data.version };
      setTold({ words: isBack ? words.givenBack(row.subject.name) : words.claimed(row.subject.name), label: isBack ? words.claim : words.giveBack, undo: () => take(after, !isBack) });
      select([row], false);
      setRound((now) => now + 1);
    });
  const isSelectable = (row: ListedCase): boolean => batchActOf(row, me) !== undefined || handActsOf(row, me).length > 0;
  const selectMatching = (): void =>
    run(async () => {
      const found: ListedCase[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await call(listCasesEndpoint, { query: { ...asked, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) } });
        found.push(...data.items);
        cursor = data.nextCursor ?? undefined;
      } while (cursor !== undefined && found.length < MOST_SELECTED);
      setPartly(cursor !== undefined);
      onSelect(new Map(found.filter(isSelectable).map((row) => [row.caseId, row] as const)));
    });
  const options = [...new Map((recent.state === 'there' ? recent.value : []).map((one) => [`${one.policyId}/${one.benefitId}`, one.benefitTitle[language]] as const))];
  const hasFilters = [q, status, benefit, jurisdiction, due].some((one) => one !== '');
  const able = shown.current.filter(isSelectable);
  const byAct = (['accept', 'opinion', 'decide'] as const).map((act) => [act, [...selected.values()].filter((row) => batchActOf(row, me) === act).length] as const).filter(([, count]) => count > 0);
  const byHand = (['claim', 'giveBack', 'assign'] as const).map((act) => [act, [...selected.values()].filter((row) => handActsOf(row, me).includes(act)).length] as const).filter(([, count]) => count > 0);
  return (
    <>
      <ListPage<ListedCase>
        heading={words.heading}
        lead={view === 'all' ? words.leadAll : words.lead}
        search={{ label: words.q, value: q }}
        {...(may(me, 'case.export') ? { exports: { xlsx: addressOf(exportCasesEndpoint, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportCasesEndpoint, {}, { ...asked, format: 'csv' }) } } : {})}
        onSearch={(text) => change({ q: text }, true)}
        hasFilters={hasFilters}
        onClear={() => onQuery({ view: query['view'] })}
        actions={
          <div class="case-tools">
            {works ? <Views view={view} query={query} round={round} /> : null}
            <CaseKeys table="list" acts={keysOf(shown, { select: (row) => isSelectable(row) && (select([row], !selected.has(row.caseId)), true), take: (row) => canTake(row, me) && (take(row, row.assignee === 'me'), true) })} />
          </div>
        }
        filters={
          <>
            <SelectField label={words.due} value={due} options={[['late', words.dues.late], ['soon', words.dues.soon]]} onChoose={(one) => change({ due: one })} />
            <SelectField label={words.state} value={status} options={statusOptions(language)} onChoose={(one) => change({ status: one })} />
            <SelectField label={words.benefit} value={benefit} options={options} onChoose={(one) => change({ benefit: one })} />
            <SelectField label={words.county} value={jurisdiction} options={[...placeNames]} onChoose={(one) => change({ jurisdiction: one })} />
            <SelectField label={office.sort} value={order} options={(['deadline', 'newest'] as const).map((one) => [one, words.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
          </>
        }
        columns={[
          { key: 'who', title: words.columns.who, cell: (row) => <Who row={row} isSelectable={isSelectable(row)} isSelected={selected.has(row.caseId)} onSelect={(isWanted) => select([row], isWanted)} /> },
          { key: 'due', title: words.columns.due, cell: (row) => <Deadline of={row} /> },
          { key: 'where', title: words.columns.where, cell: (row) => <Where row={row} /> },
          { key: 'benefit', title: words.columns.benefit, cell: ({ benefitTitle, period }) => <span class="case-benefit">{benefitTitle[language]}{period === 'once' ? null : <span class="soft"> {period}</span>}</span> },
          { key: 'employer', title: words.columns.employer, cell: ({ employer }) => employer?.name ?? '—', isSecond: true },
          { key: 'place', title: words.columns.place, cell: ({ jurisdictionCode }) => placeNames.get(jurisdictionCode) ?? jurisdictionCode, isSecond: true },
          { key: 'amount', title: words.columns.amount, cell: (row) => <Money row={row} />, isFigure: true },
          ...(works ? [{ key: 'assignee', title: words.columns.assignee, cell: (row: ListedCase) => <Assignee row={row} me={me} isTakeable={canTake(row, me)} isBusy={isBusy} onTake={() => take(row, row.assignee === 'me')} /> }] : []),
        ]}
        keyOf={({ caseId }) => caseId}
        cause={JSON.stringify([asked, round, language])}
        ask={ask}
        empty={hasFilters ? words.notFound : words.empty}
      />
      {order === 'deadline' && view === 'all' ? <p class="small soft">{words.deadlineNote}</p> : null}
      <RefusalNotice refusal={refusal} />
      <div class="case-bar" role="status">
        {told === undefined ? null : (
          <p class="case-told">
            <Icon name="yes" />
            <span>{told.words}</span>
            <button type="button" class="case-link-button" disabled={isBusy} onClick={told.undo}>{told.label}</button>
          </p>
        )}
        {selected.size === 0 ? null : (
          <p class="case-selected">
            <b>{words.selected(selected.size)}</b>
            {byAct.map(([act, count]) => <Button key={act} tone="primary" onPress={() => onBatch(act)}>{words.batch[act](count)}</Button>)}
            {byHand.map(([act, count]) => <Button key={act} onPress={() => onHand(act)}>{words.hand[act](count)}</Button>)}
            <Button tone="quiet" onPress={() => onSelect(new Map())}>{words.selectNone}</Button>
          </p>
        )}
        {works && selected.size > 0 && able.some(({ caseId }) => !selected.has(caseId)) ? <Button tone="quiet" onPress={() => select(able, true)}>{words.selectAll}</Button> : null}
        {works && selected.size > 0 && matching.current.count > shown.current.length ? <Button tone="quiet" isBusy={isBusy} onPress={selectMatching}>{words.selectMatching(matching.current.words)}</Button> : null}
        {isPartly && selected.size > 0 ? <span class="small soft">{words.selectedFirst(selected.size, MOST_SELECTED.toLocaleString('en'))}</span> : null}
      </div>
    </>
  );
}

/** Which cases, with how many there are. */
function Views({ view, query, round }: { view: string; query: Readonly<Record<string, string>>; round: number }) {
  const words = useCaseWords();
  const counts = useAsked(async (signal) => {
    const ask = async (queue: 'department' | 'mine' | 'nobody'): Promise<readonly [string, string]> => {
      const { data } = await call(listCasesEndpoint, { query: { queue, limit: 1 }, signal });
      return [queue, `${(data.total ?? 0).toLocaleString('en')}${data.totalIsAtLeast === true ? '+' : ''}`];
    };
    return new Map(await Promise.all([ask('department'), ask('mine'), ask('nobody')]));
  }, [round]);
  const known = counts.state === 'there' ? counts.value : counts.state === 'loading' ? counts.before : undefined;
  return (
    <nav class="case-views" aria-label={words.viewsLabel}>
      {views.map((one) => (
        <a key={one} href={linkTo(['cases'], { ...query, view: one })} aria-current={one === view ? 'page' : undefined}>
          {words.views[one]} <span class="case-count">{known?.get(one) ?? ''}</span>
        </a>
      ))}
    </nav>
  );
}

function Who({ row, isSelectable, isSelected, onSelect }: { row: ListedCase; isSelectable: boolean; isSelected: boolean; onSelect: (isWanted: boolean) => void }) {
  const words = useCaseWords();
  return (
    <span class="case-who">
      <label class="case-tick">
        {isSelectable ? <input type="checkbox" aria-label={words.select(row.subject.name)} checked={isSelected} onChange={(event) => onSelect(event.currentTarget.checked)} /> : null}
      </label>
      <a class="case-link" data-case={row.caseId} href={linkTo(['cases', row.caseId])}>{row.subject.name}</a>
    </span>
  );
}

function Where({ row }: { row: ListedCase }) {
  const words = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  return (
    <span>
      {caseStatusWords[row.status][language]}
      {row.stepTitle === null ? null : <span class="soft case-step">&nbsp;· {row.stepTitle[language]}</span>}
      {row.isHeld ? <span class="case-held"> {words.held}</span> : null}
    </span>
  );
}

function Money({ row }: { row: ListedCase }) {
  const words = useCaseWords();
  const amount = amountOf(row);
  if (typeof amount !== 'number') return <span class="soft">{amount === 'open' ? words.noAmount : '—'}</span>;
  const isGranted = row.grantedFen !== null;
  return <span class={isGranted ? 'case-certain' : undefined} title={isGranted ? words.granted : words.expected}>{words.yuan(formatYuan(amount))}</span>;
}

function Assignee({ row, me, isTakeable, isBusy, onTake }: { row: ListedCase; me: SectionPage['me']; isTakeable: boolean; isBusy: boolean; onTake: () => void }) {
  const words = useCaseWords();
  if (row.assignee === null) return <span class="soft">—</span>;
  return (
    <span class="case-assignee">
      <span class={row.assignee === 'nobody' ? 'soft' : undefined}>{row.assignee === 'colleague' && row.assigneeId !== null ? <StaffName accountId={row.assigneeId} me={me} withDepartment={false} /> : words.assignee[row.assignee]}</span>
      {isTakeable ? <button type="button" class="case-link-button" disabled={isBusy} aria-label={`${row.assignee === 'me' ? words.giveBack : words.claim} ${row.subject.name}`} onClick={onTake}>{row.assignee === 'me' ? words.giveBack : words.claim}</button> : null}
    </span>
  );
}

/** Keys of the list: they move the keyboard's focus, so that Enter opens what is in focus. */
function keysOf(shown: { readonly current: readonly ListedCase[] }, { select, take }: { readonly select: (row: ListedCase) => boolean; readonly take: (row: ListedCase) => boolean }): Readonly<Record<string, () => boolean>> {
  const links = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>('.case-link'));
  const place = (): number => links().findIndex((link) => link.closest('tr')?.contains(document.activeElement) === true);
  const move = (by: 1 | -1): boolean => {
    const all = links();
    const link = all[Math.min(all.length - 1, Math.max(0, place() + by))];
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
    return link !== undefined;
  };
  const onRow = (act: (row: ListedCase) => boolean) => (): boolean => {
    const id = links()[place()]?.dataset['case'];
    const row = shown.current.find(({ caseId }) => caseId === id);
    return row !== undefined && act(row);
  };
  return {
    j: () => move(1),
    k: () => move(-1),
    x: onRow(select),
    c: onRow(take),
    '/': () => {
      document.querySelector<HTMLElement>('.search-field input')?.focus();
      return true;
    },
  };
}

function statusOptions(language: 'zh' | 'en'): readonly (readonly [string, string])[] {
  return Object.entries(caseStatusWords).map(([code, name]) => [code, name[language]] as const);
}
