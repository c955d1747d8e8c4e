// The menu: a search, filters, and the items that fit. The server draws it from the same parts that the browser goes on with.
import { Addresses, type AmountBand, amountBands, departmentsOf, type MenuEntry, type MenuIndex, type MenuQuery, searchMenu, type Sorting, sortings, tellDay, writeMenuQuery } from '../../src/manual/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Dated } from './draw-blocks.tsx';
import { Mark } from '../ui/mark.tsx';
import { type ManualWords, manualWords } from './manual-words.ts';

/** Items on a page. */
const PAGE_SIZE = 24;

export interface MenuPageOptions {
  readonly index: MenuIndex;
  readonly query: MenuQuery;
  /** What a change of a field leads to; without it the form is sent to the server. */
  readonly onQuery?: (query: MenuQuery, isTyped: boolean) => void;
}

/** The menu under a question. */
export function MenuPage({ index, query, onQuery }: MenuPageOptions) {
  const words = manualWords(index.language);
  const address = new Addresses(index.language).menu();
  const { entries, isLoose } = searchMenu(index, query);
  const pages = Math.max(1, Math.ceil(entries.length / PAGE_SIZE));
  const page = Math.min(query.page, pages);
  const isAsked = writeMenuQuery({ ...query, sort: 'fit', page: 1 }) !== '';
  return (
    <div class="menu">
      <header class="item-head">
        <h1>{words.titles.menu}</h1>
        <p class="lead">{words.titles.menuLead}</p>
      </header>
      <SearchForm index={index} query={query} words={words} address={address} onQuery={onQuery} />
      <Quick index={index} query={query} words={words} address={address} />
      <section class="found" aria-labelledby="found">
        <div class="found-head">
          <h2 id="found" aria-live="polite">{entries.length === 0 ? words.search.none : isAsked ? words.search.found(entries.length) : words.search.all(entries.length)}</h2>
          {entries.length === 0 ? null : <a class="csv" href={`${address}.csv${writeMenuQuery({ ...query, page: 1 })}`} download="">{words.search.csv}</a>}
        </div>
        <Chosen index={index} query={query} words={words} address={address} />
        {isLoose ? <p class="quiet">{words.search.loose}</p> : null}
        {entries.length === 0 ? <NothingFound words={words} address={address} calculator={index.language === 'zh' ? '/' : '/en/'} /> : <Entries entries={entries.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)} index={index} words={words} />}
        {pages > 1 ? <Pages page={page} pages={pages} query={query} words={words} address={address} /> : null}
      </section>
      <nav class="manuals" aria-labelledby="manuals">
        <h2 id="manuals">{words.jurisdictions}</h2>
        <ul>
          {index.cities.map(({ id, title }) => <li><a href={new Addresses(index.language).city(id)}>{title}</a></li>)}
        </ul>
      </nav>
    </div>
  );
}

interface Part {
  readonly index: MenuIndex;
  readonly query: MenuQuery;
  readonly words: ManualWords;
  readonly address: string;
}

function SearchForm({ index, query, words, address, onQuery }: Part & { onQuery: MenuPageOptions['onQuery'] }) {
  const { search } = words;
  const change = (part: Partial<Record<keyof MenuQuery, string>>): void => {
    // An empty choice is no filter.
    const kept = Object.fromEntries(Object.entries({ ...query, ...part, page: 1 }).filter(([name, value]) => value !== '' || name === 'words'));
    onQuery?.(kept as unknown as MenuQuery, 'words' in part);
  };
  return (
    <form class="search" role="search" action={address} method="get" onSubmit={onQuery === undefined ? undefined : (event) => event.preventDefault()}>
      {query.who === undefined ? null : <input type="hidden" name="who" value={query.who} />}
      {query.city === undefined ? null : <input type="hidden" name="city" value={query.city} />}
      <div class="search-line">
        <label class="unseen" for="q">{search.label}</label>
        <input
          class="input"
          id="q"
          name="q"
          type="search"
          autocomplete="off"
          maxLength={100}
          placeholder={search.placeholder}
          value={query.words}
          onInput={(event) => change({ words: event.currentTarget.value })}
        />
        <button class="button primary" type="submit">{search.go}</button>
      </div>
      <details class="filters" open={query.amount !== undefined || query.department !== undefined || query.kind !== undefined || undefined}>
        <summary><Icon name="down" /><span>{search.filters}</span></summary>
        <div class="filter-fields">
          <Choice name="amount" title={search.amount} value={query.amount} options={amountBands.map((band: AmountBand) => [band, words.bands[band]] as const)} words={words} onChoice={(amount) => change({ amount })} />
          <Choice name="kind" title={search.kind} value={query.kind} options={index.kinds.map(({ id, title }) => [id, title] as const)} words={words} onChoice={(kind) => change({ kind })} />
          <Choice name="department" title={search.department} value={query.department} options={departmentsOf(index, query.city).map((name) => [name, name] as const)} words={words} onChoice={(department) => change({ department })} />
          <Choice name="sort" title={search.sort} value={query.sort} options={sortings.map((sort: Sorting) => [sort, words.sorts[sort]] as const)} words={words} isNeeded onChoice={(sort) => change({ sort })} />
        </div>
        {onQuery === undefined ? <button class="button" type="submit">{search.apply}</button> : null}
      </details>
    </form>
  );
}

function Choice({ name, title, value, options, words, isNeeded = false, onChoice }: {
  name: string;
  title: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  words: ManualWords;
  isNeeded?: boolean;
  onChoice: (value: string) => void;
}) {
  return (
    <div class="filter">
      <label class="small soft" for={name}>{title}</label>
      <select class="select" id={name} name={name} value={value ?? ''} onChange={(event) => onChoice(event.currentTarget.value)}>
        {isNeeded ? null : <option value="" selected={value === undefined}>{words.search.any}</option>}
        {options.map(([id, told]) => <option value={id} selected={id === value}>{told}</option>)}
      </select>
    </div>
  );
}

/** The two choices that nearly everybody makes first, one tap each. */
function Quick({ index, query, words, address }: Part) {
  const to = (part: Partial<MenuQuery>, without: keyof MenuQuery): string => {
    // Departments are those of a place: another place has others.
    const { [without]: _was, department, ...rest } = query;
    const kept = without === 'city' || department === undefined ? {} : { department };
    return `${address}${writeMenuQuery({ ...(rest as MenuQuery), ...kept, ...part, page: 1 })}`;
  };
  const row = (title: string, name: 'who' | 'city', options: readonly { readonly id: string; readonly title: string }[]) => (
    <div>
      <p class="small soft" id={`quick-${name}`}>{title}</p>
      <ul aria-labelledby={`quick-${name}`}>
        <li><a href={to({}, name)} aria-current={query[name] === undefined ? 'true' : undefined} data-query="">{words.search.everyone}</a></li>
        {options.map((option) => (
          <li>
            <a href={to({ [name]: option.id }, name)} aria-current={query[name] === option.id ? 'true' : undefined} data-query="">{option.title}</a>
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <nav class="quick" aria-label={words.search.quick}>
      {row(words.search.who, 'who', index.subjects)}
      {row(words.search.city, 'city', index.cities)}
    </nav>
  );
}

/** What is chosen besides, each with a way to take it back; and the levels that a place brings with it. */
function Chosen({ index, query, words, address }: Part) {
  const { city, amount, kind, department } = query;
  const levels = index.cities.find(({ id }) => id === city)?.levels ?? [];
  const titleOf = (id: string): string => index.cities.find((one) => one.id === id)?.title ?? id;
  const above = levels.slice(1).filter((id) => index.cities.some((one) => one.id === id));
  const chips: (readonly [keyof MenuQuery, string])[] = [
    ...(amount === undefined ? [] : [['amount', words.bands[amount]] as const]),
    ...(kind === undefined ? [] : [['kind', index.kinds.find(({ id }) => id === kind)?.title ?? kind] as const]),
    ...(department === undefined ? [] : [['department', department] as const]),
  ];
  const note = above.length === 0 ? null : <p class="quiet">{words.search.levelsNote(above.map(titleOf).join(index.language === 'zh' ? '、' : ', '))}</p>;
  if (chips.length === 0) return note;
  return (
    <>
      {note}
      <ul class="chips">
        {chips.map(([name, told]) => {
          const { [name]: _taken, ...rest } = query;
          return (
            <li>
              <a href={`${address}${writeMenuQuery({ ...(rest as MenuQuery), page: 1 })}`} aria-label={words.search.remove(told)} data-query="">
                <span>{told}</span>
                <Icon name="no" />
              </a>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Entries({ entries, index, words }: { entries: readonly MenuEntry[]; index: MenuIndex; words: ManualWords }) {
  const cities = new Map(index.cities.map(({ id, title }) => [id, title]));
  const kinds = new Map(index.kinds.map(({ id, title }) => [id, title]));
  const subjects = new Map(index.subjects.map(({ id, title }) => [id, title]));
  return (
    <ul class="entries">
      {entries.map((entry) => (
        <li key={entry.id}>
          <h3><a href={entry.href}><Dated text={entry.title} /></a></h3>
          <p class={entry.mostFen === undefined ? 'entry-amount soft' : 'entry-amount figure'}>{entry.amountTold}</p>
          <p class="small soft entry-about">
            {[cities.get(entry.city), entry.subjects.map((subject) => subjects.get(subject)).join(index.language === 'zh' ? '、' : ', '), kinds.get(entry.kind), ...(entry.departments.includes(entry.lead) ? [entry.lead] : [])].join(' · ')}
            {' · '}<Dated text={entry.to === undefined ? words.since(tellDay(entry.from, index.language)) : entry.validityTold} />
          </p>
          <p class="unseen">{words.facts.clause} <Dated text={entry.clause} /></p>
        </li>
      ))}
    </ul>
  );
}

function NothingFound({ words, address, calculator }: { words: ManualWords; address: string; calculator: string }) {
  return (
    <div class="nothing">
      <Mark size={72} />
      <ul class="lines">{words.search.noneAdvice.map((advice) => <li>{advice}</li>)}</ul>
      <p class="acts">
        <a class="button" href={address} data-query="">{words.search.clear}</a>
        <a class="button primary" href={calculator}>{words.calculateAll}</a>
      </p>
    </div>
  );
}

function Pages({ page, pages, query, words, address }: { page: number; pages: number; query: MenuQuery; words: ManualWords; address: string }) {
  const to = (target: number): string => `${address}${writeMenuQuery({ ...query, page: target })}`;
  return (
    <nav class="pages" aria-label={words.search.page(page, pages)}>
      {page > 1 ? <a class="button" href={to(page - 1)} rel="prev" data-query="">{words.search.previous}</a> : <span />}
      <span class="small soft">{words.search.page(page, pages)}</span>
      {page < pages ? <a class="button" href={to(page + 1)} rel="next" data-query="">{words.search.next}</a> : <span />}
    </nav>
  );
}
