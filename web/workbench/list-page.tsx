// A list at the desk: what to look for, the order, how many, the rows, more of them, and the file.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallRefused } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { useOfficeWords } from './office-words.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { type Column, RowsTable } from './rows-table.tsx';
import { useBackAgain } from './use-call.ts';

/** A page of an answer. */
export interface ListedRows<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
  readonly total?: number | undefined;
  readonly totalIsAtLeast?: boolean | undefined;
}

export interface ListPageOptions<Row> {
  readonly heading: string;
  readonly lead?: string;
  readonly search: { readonly label: string; readonly value: string };
  /** Drop-downs and the like beside the search. */
  readonly filters?: ComponentChildren;
  readonly hasFilters: boolean;
  readonly onSearch: (q: string) => void;
  readonly onClear: () => void;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** Asks for a page; its identity says when the list is another. */
  readonly ask: (cursor: string | undefined, signal: AbortSignal) => Promise<ListedRows<Row>>;
  /** Changes with what is asked for. */
  readonly cause: string;
  readonly empty: string;
  readonly exports?: { readonly xlsx: string; readonly csv: string };
  readonly actions?: ComponentChildren;
  /** Stands between the heading and the search. */
  readonly above?: ComponentChildren;
  /** Below what has the page's heading. */
  readonly isBelow?: boolean;
}

const TYPING_MS = 300;

/** The list, with its states: on its way, nothing there, nothing found, refused. */
export function ListPage<Row>(options: ListPageOptions<Row>) {
  const { heading, lead, search, filters, hasFilters, onSearch, onClear, columns, keyOf, empty, exports, actions, above, isBelow = false } = options;
  const words = useOfficeWords();
  const { rows, total, isMore, isLoading, refusal, more, again } = useRows(options);
  return (
    <>
      <div class="list-head">
        <div>
          {isBelow ? <h2>{heading}</h2> : <h1>{heading}</h1>}
          {lead === undefined ? null : <p class="soft">{lead}</p>}
        </div>
        {actions}
      </div>
      {above}
      <form class="list-filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField label={search.label} value={search.value} onSearch={onSearch} />
        {filters}
        {hasFilters ? <Button tone="quiet" onPress={onClear}>{words.clear}</Button> : null}
      </form>
      <div class="list-sum small">
        <span role="status">{rows === undefined ? words.loading : (total ?? words.shown(rows.length))}</span>
        {exports === undefined || rows === undefined || rows.length === 0 ? null : (
          <span class="list-exports">
            {words.export} <a href={exports.xlsx} download>{words.excel}</a> <a href={exports.csv} download>{words.csv}</a>
          </span>
        )}
      </div>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined || (rows.length === 0 && refusal !== undefined) ? null : <RowsTable label={heading} rows={rows} columns={columns} keyOf={keyOf} empty={empty} isLoading={isLoading} />}
      {isMore ? <p class="list-more"><Button isBusy={isLoading} onPress={more}>{words.more}</Button></p> : null}
    </>
  );
}

function SearchField({ label, value, onSearch }: { label: string; value: string; onSearch: (q: string) => void }) {
  const words = useOfficeWords();
  const [text, setText] = useState(value);
  const said = useRef(value);
  // The way back or a cleared filter changes it from outside.
  if (said.current !== value && text === said.current) setText(value);
  said.current = value;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSearch(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <label class="search-field">
      <span class="unseen">{words.search}</span>
      <input class="input" type="search" value={text} placeholder={label} aria-label={label} maxLength={100} autocomplete="off" spellcheck={false} onInput={(event) => setText(event.currentTarget.value)} />
    </label>
  );
}

function useRows<Row>({ ask, cause }: ListPageOptions<Row>) {
  const words = useOfficeWords();
  const [found, setFound] = useState<ListedRows<Row>>();
  const [isLoading, setLoading] = useState(true);
  const [refusal, setRefusal] = useState<CallRefused>();
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  const under = useRef<AbortController | undefined>(undefined);
  const load = (cursor: string | undefined, before: readonly Row[]): void => {
    under.current?.abort();
    const abort = (under.current = new AbortController());
    setLoading(true);
    setRefusal(undefined);
    latest.current(cursor, abort.signal).then(
      (page) => {
        if (abort.signal.aborted) return;
        setFound((now) => ({ ...page, items: [...before, ...page.items], total: cursor === undefined ? page.total : now?.total, totalIsAtLeast: cursor === undefined ? page.totalIsAtLeast : now?.totalIsAtLeast }));
        setLoading(false);
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setRefusal(error as CallRefused);
        setLoading(false);
      },
    );
  };
  useEffect(() => {
    load(undefined, []);
    return () => under.current?.abort();
  }, [cause, round, words]);
  const again = (): void => setRound((now) => now + 1);
  useBackAgain(refusal, again);
  const { items, nextCursor, total, totalIsAtLeast } = found ?? {};
  return {
    rows: items,
    total: total === undefined ? undefined : words.total(total, totalIsAtLeast === true),
    isMore: nextCursor !== undefined && nextCursor !== null,
    isLoading,
    refusal,
    more: () => load(nextCursor ?? undefined, items ?? []),
    again,
  };
}
