// One fund in one year: its figures, each the way to its entries, and what was promised from it.
import { listFundStates, listLedgerParts } from '../../../src/contract/ledger-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { FundBar, FundBarKey } from './fund-bar.tsx';
import { Worded } from './fund-cells.tsx';
import { Entries } from './fund-entries.tsx';
import { cityYear, haveFen, tellFigure, type Unit, useTellMoney } from './fund-figures.ts';
import { linkToAccount } from './fund-states-page.tsx';
import { may } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { usePages } from '../payments/payment-use-pages.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

type FundState = Answer<typeof listFundStates>['data']['items'][number];
type Part = Answer<typeof listLedgerParts>['data']['items'][number];

const main = ['paid', 'paying', 'committed', 'free'] as const;
const rare = ['receivable', 'recovered', 'written-off'] as const;
type Shown = (typeof main)[number] | (typeof rare)[number];

/** The page of an account. */
export function AccountPage({ me, query }: SectionPage) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { headline, sum } = useTellMoney();
  const { account } = words;
  const unit: Unit = query['unit'] === 'post' || query['unit'] === 'room-night' ? query['unit'] : 'fen';
  const pot = { unit, jurisdictionCode: query['jurisdictionCode'] ?? '', fund: query['fund'] ?? '', year: Number(query['year']) || cityYear() };
  const asked = useAsked((signal) => call(listFundStates, { query: { unit, jurisdictionCode: pot.jurisdictionCode, fund: pot.fund, fromYear: pot.year, toYear: pot.year }, signal }), [JSON.stringify(pot)]);
  const role = ([...main, ...rare] as const).find((one) => one === query['role']);
  const state = asked.state === 'there' ? asked.value.data.items[0] : undefined;
  // What is at the bank stands in no account of its own: it is what is pending.
  const question = { ...pot, ...(role === undefined ? {} : role === 'paying' ? { kind: 'pending' as const } : { role }) };
  const valueOf = (one: FundState, name: Shown): number => (name === 'written-off' ? one.writtenOff : one[name]);
  return (
    <div class="money">
      <p><a href={linkTo(['funds'], { year: String(pot.year) })}>{account.back}</a></p>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {asked.state === 'loading' ? <EmptyState>{office.loading}</EmptyState> : null}
      {asked.state === 'there' && state === undefined ? <EmptyState>{words.funds.empty}</EmptyState> : null}
      {state === undefined ? null : (
        <>
          <div class="list-head">
            <div>
              <h1>{state.fund}</h1>
              <p class="soft">{account.of(state.jurisdictionName, state.year)}</p>
            </div>
            {may(me, 'budget.propose') ? <a class="button secondary" href={linkTo(['funds', 'budgets'], { new: '1', unit, jurisdictionCode: pot.jurisdictionCode, fund: pot.fund, year: String(pot.year) })}>{state.isOpen ? account.change : account.propose}</a> : null}
          </div>
          {state.isOpen ? null : <Notice>{account.unplanned}</Notice>}
          <section class="card wide-card" aria-label={account.budget}>
            <p class="fund-sums-head">
              <span class="small soft">{account.budget}</span>
              <b>{state.isOpen ? headline(state.budget, unit) : '—'}</b>
              {state.isOpen && headline(state.budget, unit) !== sum(state.budget, unit) ? <span class="small soft number">{sum(state.budget, unit)}</span> : null}
            </p>
            <FundBar figures={state} />
            <ul class="fund-figures">
              {main.map((name) => (
                <li key={name}>
                  <a href={linkToAccount(state, name)} aria-current={role === name ? 'true' : undefined}>
                    <span class="small"><FundBarKey kind={name} /> {account.roles[name]}</span>
                    <b class="number">{sum(state[name], unit)}</b>
                  </a>
                </li>
              ))}
            </ul>
            {rare.every((name) => valueOf(state, name) === 0) ? null : (
              <ul class="fund-figures is-rare">
                {rare.map((name) => (
                  <li key={name}>
                    <a href={linkToAccount(state, name)} aria-current={role === name ? 'true' : undefined}>
                      <span class="small">{account.roles[name]}</span>
                      <b class="number">{sum(valueOf(state, name), unit)}</b>
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section class="money">
            <div class="list-head">
              <h2>{role === undefined ? account.entries : account.entriesOf(account.roles[role])}</h2>
              {role === undefined ? null : <a href={linkToAccount(state)}>{account.all}</a>}
            </div>
            <Entries label={account.entries} question={question} />
          </section>
          <Disclosure label={account.parts}>
            <Parts pot={pot} />
          </Disclosure>
        </>
      )}
    </div>
  );
}

function Parts({ pot }: { pot: { readonly unit: Unit; readonly jurisdictionCode: string; readonly fund: string; readonly year: number } }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { account } = words;
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Part>(JSON.stringify(pot), async (cursor, signal) => {
    const { data } = await call(listLedgerParts, { query: { ...pot, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const names = ['amount', 'committed', 'paying', 'paid', 'released'] as const;
  const withFen = haveFen(pot.unit, (rows ?? []).flatMap((part) => names.map((name) => part[name])));
  return (
    <>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : (
        <RowsTable<Part>
          label={account.parts}
          rows={rows}
          isLoading={isLoading}
          empty={account.noParts}
          keyOf={({ id }) => id}
          columns={[
            { key: 'when', title: account.partsColumns.when, cell: ({ id, recordedAt }) => <a class="number" href={linkTo(['funds', 'part', id])}>{tellInstant(recordedAt)}</a> },
            ...names.map((name) => ({
              key: name,
              title: account.partsColumns[name],
              isFigure: true,
              isSecond: name === 'released',
              cell: (part: Part) => <Worded word={account.partsColumns[name]} isQuiet={part[name] === 0}>{tellFigure(pot.unit, part[name], withFen)}</Worded>,
            })),
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}
