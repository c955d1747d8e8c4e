// How all funds stand: by jurisdiction and year, with the sum of what is shown as the headline.
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { exportFundStates, listFundStates } from '../../../src/contract/ledger-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { linkTo } from '../address.ts';
import { FundBar } from './fund-bar.tsx';
import { Worded } from './fund-cells.tsx';
import { cityYear, haveFen, tellFigure, type Unit } from './fund-figures.ts';
import { FundSums } from './fund-sums.tsx';
import { ListPage, type ListedRows } from '../list-page.tsx';
import { useMoneyWords } from '../money-words.ts';
import { Tabs } from '../payments/payment-tabs.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useAsked } from '../use-call.ts';
import { useState } from 'preact/hooks';

type FundState = Answer<typeof listFundStates>['data']['items'][number];

/** What leads from a state to its account. */
export function linkToAccount({ unit, jurisdictionCode, fund, year }: Pick<FundState, 'unit' | 'jurisdictionCode' | 'fund' | 'year'>, role?: string): string {
  return linkTo(['funds', 'account'], { unit, jurisdictionCode, fund, year: String(year), role });
}

const units: readonly Unit[] = ['fen', 'post', 'room-night'];
const YEARS_AHEAD = 5;

/** The list of funds. */
export function StatesPage({ query, onQuery }: SectionPage) {
  const words = useMoneyWords();
  const { funds } = words;
  const now = cityYear();
  const { q = '', jurisdiction = '', year = String(now) } = query;
  const unit = units.find((one) => one === query['unit']) ?? 'fen';
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const years = year === 'ahead' ? { fromYear: now, toYear: now + YEARS_AHEAD } : { fromYear: Number(year) || now, toYear: Number(year) || now };
  const asked = { unit, ...(q === '' ? {} : { search: q }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }), ...years };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  // The headline adds up what the list holds, so it stands only once all of it is there.
  const [sums, setSums] = useState<{ readonly cause: string; readonly states: readonly FundState[] }>();
  const cause = JSON.stringify(asked);
  const withFen = sums !== undefined && haveFen(unit, sums.states.flatMap(({ budget, free, committed, paying, paid }) => [budget, free, committed, paying, paid]));
  const figure = (name: 'budget' | 'free' | 'committed' | 'paying' | 'paid') => ({
    key: name,
    title: funds.columns[name],
    isFigure: true,
    cell: (state: FundState) => (
      <Worded word={funds.columns[name]} isQuiet={state[name] === 0}>{name === 'budget' && !state.isOpen ? '—' : tellFigure(unit, state[name], withFen)}</Worded>
    ),
  });
  return (
    <div class="money">
      <Tabs label={funds.heading} current="states" tabs={[['states', funds.tabs.states, ['funds']], ['budgets', funds.tabs.budgets, ['funds', 'budgets']]]} />
      <ListPage<FundState>
        heading={funds.heading}
        lead={funds.lead}
        search={{ label: funds.q, value: q }}
        onSearch={(text) => change({ q: text }, true)}
        hasFilters={q !== '' || jurisdiction !== '' || unit !== 'fen' || year !== String(now)}
        onClear={() => onQuery({})}
        filters={
          <>
            <SelectField label={words.jurisdiction} value={jurisdiction} options={places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : []} onChoose={(code) => change({ jurisdiction: code })} />
            <SelectField
              label={words.year}
              value={year}
              options={[...Array.from({ length: 9 }, (_, at) => [String(now - 3 + at), words.years(now - 3 + at)] as const), ['ahead', words.ahead(now, now + YEARS_AHEAD)] as const]}
              onChoose={(one) => change({ year: one })}
              hasAll={false}
            />
            <SelectField label={words.unit} value={unit} options={units.map((one) => [one, words.units[one]] as const)} onChoose={(one) => change({ unit: one })} hasAll={false} />
          </>
        }
        actions={sums !== undefined && sums.cause === cause && sums.states.length > 1 ? <FundSums unit={unit} label={funds.sums(year === 'ahead' ? words.ahead(years.fromYear, years.toYear) : words.years(years.fromYear))} states={sums.states} /> : undefined}
        columns={[
          { key: 'fund', title: funds.columns.fund, cell: (state) => <a href={linkToAccount(state)}>{state.fund}</a> },
          { key: 'place', title: funds.columns.place, cell: ({ jurisdictionName }) => jurisdictionName },
          { key: 'year', title: funds.columns.year, cell: (state) => <span class="number">{words.years(state.year)}</span> },
          { key: 'bar', title: funds.columns.bar, cell: (state) => (state.isOpen ? <FundBar figures={state} /> : <span class="small soft">{funds.unplanned}</span>) },
          figure('budget'),
          figure('free'),
          figure('committed'),
          figure('paying'),
          figure('paid'),
        ]}
        keyOf={(state) => `${state.jurisdictionCode} ${state.fund} ${state.unit} ${state.year}`}
        cause={cause}
        ask={async (cursor, signal) => {
          const { data } = await call(listFundStates, { query: { ...asked, limit: 200, ...(cursor === undefined ? {} : { cursor }) }, signal });
          if (cursor === undefined) setSums(data.nextCursor === null ? { cause, states: data.items } : undefined);
          return data as ListedRows<FundState>;
        }}
        empty={funds.empty}
        exports={{ xlsx: addressOf(exportFundStates, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportFundStates, {}, { ...asked, format: 'csv' }) }}
      />
    </div>
  );
}
