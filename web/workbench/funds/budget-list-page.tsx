// Budgets proposed and set; and the form with which one is proposed.
import { useId, useRef, useState } from 'preact/hooks';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { exportBudgets, listBudgets, listKnownFunds, proposeBudget } from '../../../src/contract/ledger-endpoints.ts';
import { uppercaseAmount } from '../../../src/contract/uppercase-amount.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { Worded } from './fund-cells.tsx';
import { cityYear, haveFen, readAmount, tellFigure, type Unit } from './fund-figures.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { Tabs } from '../payments/payment-tabs.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Budget = Answer<typeof listBudgets>['data']['items'][number];
type Places = readonly (readonly [code: string, name: string])[];

const states = ['proposed', 'confirmed', 'withdrawn'] as const;
const units: readonly Unit[] = ['fen', 'post', 'room-night'];

/** How a budget stands, as a shape. */
export const budgetStatus = { proposed: 'review', confirmed: 'yes', withdrawn: 'no' } as const;

/** The list, with the form for those who may propose. */
export function BudgetsPage({ me, query, onQuery }: SectionPage) {
  const words = useMoneyWords();
  const tellInstant = useTellInstant();
  const { budgets } = words;
  const { q = '', state = '' } = query;
  const unit = units.find((one) => one === query['unit']) ?? 'fen';
  const jurisdictions = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const places: Places = jurisdictions.state === 'there' ? jurisdictions.value.data.items.map(({ code, name }) => [code, name] as const) : [];
  const nameOf = (code: string): string => places.find(([one]) => one === code)?.[1] ?? code;
  const [isProposed, setProposed] = useState(false);
  const [withFen, setWithFen] = useState(false);
  const wished = states.find((one) => one === state);
  const asked = { unit, ...(q === '' ? {} : { search: q }), ...(wished === undefined ? {} : { state: wished }) };
  const isNew = query['new'] === '1' && may(me, 'budget.propose');
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  if (isNew) {
    return (
      <div class="money">
        <p><a href={linkTo(['funds', 'budgets'])}>{budgets.back}</a></p>
        <ProposeForm key={JSON.stringify(query)} query={query} places={places} onClose={() => onQuery({})} onDone={() => {
          setProposed(true);
          onQuery({});
        }} />
      </div>
    );
  }
  return (
    <div class="money">
      <Tabs label={words.funds.heading} current="budgets" tabs={[['states', words.funds.tabs.states, ['funds']], ['budgets', words.funds.tabs.budgets, ['funds', 'budgets']]]} />
      {isProposed ? <Notice tone="leaf" icon="yes">{budgets.proposed}</Notice> : null}
      <ListPage<Budget>
        heading={budgets.heading}
        lead={budgets.lead}
        search={{ label: budgets.q, value: q }}
        onSearch={(text) => change({ q: text }, true)}
        hasFilters={q !== '' || state !== ''}
        onClear={() => onQuery({})}
        filters={
          <>
            <SelectField label={words.state} value={state} options={states.map((one) => [one, budgets.states[one]] as const)} onChoose={(one) => change({ state: one })} />
            <SelectField label={words.unit} value={unit} options={units.map((one) => [one, words.units[one]] as const)} onChoose={(one) => change({ unit: one })} hasAll={false} />
          </>
        }
        actions={may(me, 'budget.propose') ? <a class="button primary" href={linkTo(['funds', 'budgets'], { new: '1' })}>{budgets.new}</a> : undefined}
        columns={[
          { key: 'fund', title: budgets.columns.fund, cell: ({ id, fund }) => <a href={linkTo(['funds', 'budgets', id])}>{fund}</a> },
          { key: 'place', title: budgets.columns.place, cell: ({ jurisdictionCode }) => nameOf(jurisdictionCode) },
          { key: 'year', title: budgets.columns.year, cell: ({ year }) => <span class="number">{words.years(year)}</span> },
          { key: 'state', title: budgets.columns.state, cell: (one) => <StatusTag status={budgetStatus[one.state]} word={budgets.states[one.state]} /> },
          { key: 'reference', title: budgets.columns.reference, cell: ({ reference }) => reference },
          { key: 'when', title: budgets.columns.when, cell: ({ proposedAt }) => <span class="number">{tellInstant(proposedAt)}</span>, isSecond: true },
          { key: 'before', title: budgets.columns.before, isFigure: true, isSecond: true, cell: ({ before }) => <Worded word={budgets.columns.before}>{before === null ? '—' : tellFigure(unit, before, withFen)}</Worded> },
          { key: 'amount', title: budgets.columns.amount, isFigure: true, cell: ({ amount }) => <Worded word={budgets.columns.amount}>{tellFigure(unit, amount, withFen)}</Worded> },
        ]}
        keyOf={({ id }) => id}
        cause={JSON.stringify(asked)}
        ask={async (cursor, signal) => {
          const { data } = await call(listBudgets, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal });
          const some = haveFen(unit, data.items.flatMap(({ before, amount }) => [before ?? 0, amount]));
          setWithFen((now) => some || (cursor !== undefined && now));
          return data;
        }}
        empty={budgets.empty}
        exports={{ xlsx: addressOf(exportBudgets, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportBudgets, {}, { ...asked, format: 'csv' }) }}
      />
    </div>
  );
}

function ProposeForm({ query, places, onDone, onClose }: { query: Readonly<Record<string, string>>; places: Places; onDone: () => void; onClose: () => void }) {
  const words = useMoneyWords();
  const { budgets } = words;
  const fundId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [unit, setUnit] = useState<Unit>(units.find((one) => one === query['unit']) ?? 'fen');
  const [place, setPlace] = useState(query['jurisdictionCode'] ?? '');
  const [fund, setFund] = useState(query['fund'] ?? '');
  const [year, setYear] = useState(query['year'] ?? String(cityYear()));
  const [amountText, setAmount] = useState('');
  const [reference, setReference] = useState('');
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const funds = useAsked((signal) => call(listKnownFunds, { signal }), []);
  const known = funds.state === 'there' ? funds.value.data.items.map((one) => one.fund) : [];
  // Said before it is sent, and asked once: a misspelt name would be a budget that nothing is paid from.
  const isUnknown = funds.state === 'there' && fund.trim() !== '' && !known.includes(fund.trim());
  const [newFund, setNewFund] = useState('');
  const isNewFund = isUnknown && newFund === fund.trim();
  const amount = readAmount(unit, amountText);
  const chosen = place === '' ? (places[0]?.[0] ?? '') : place;
  const missing = (text: string): string | undefined => (isLooked && text.trim() === '' ? budgets.missing : undefined);
  const amountProblem = missing(amountText) ?? (isLooked && amount === undefined ? budgets.amountWrong : undefined);
  const propose = (): void => {
    setLooked(true);
    if (fund.trim() === '' || amount === undefined || reference.trim() === '' || chosen === '' || (isUnknown && !isNewFund)) {
      // After the page has said what is wrong, the first field of it has the keyboard.
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    run(async () => {
      await call(proposeBudget, { body: { unit, jurisdictionCode: chosen, fund, year: Number(year), amount, reference, isNewFund } });
      onDone();
    });
  };
  return (
    <form
      ref={form}
      class="card money-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        propose();
      }}
    >
      <h1>{budgets.new}</h1>
      <p class="soft">{budgets.lead}</p>
      <div class="form-pair">
        <SelectField label={words.jurisdiction} value={chosen} options={places} onChoose={setPlace} hasAll={false} />
        <SelectField label={words.year} value={year} options={Array.from({ length: 8 }, (_, at) => cityYear() - 2 + at).map((one) => [String(one), words.years(one)] as const)} onChoose={setYear} hasAll={false} />
        <SelectField label={words.unit} value={unit} options={units.map((one) => [one, words.units[one]] as const)} onChoose={(one) => setUnit(units.find((each) => each === one) ?? 'fen')} hasAll={false} />
      </div>
      <div class="text-field">
        <label for={fundId}>{budgets.fund}</label>
        <input class="input" id={fundId} list={`${fundId}-known`} value={fund} maxLength={60} autocomplete="off" aria-invalid={missing(fund) !== undefined || (isLooked && isUnknown && !isNewFund)} aria-describedby={`${fundId}-problem ${fundId}-hint`} onInput={(event) => setFund(event.currentTarget.value)} />
        <datalist id={`${fundId}-known`}>
          {known.map((one) => <option key={one} value={one} />)}
        </datalist>
        <FieldProblem id={`${fundId}-problem`}>{missing(fund) ?? (isLooked && isUnknown && !isNewFund ? budgets.fundUnknown(fund.trim()) : undefined)}</FieldProblem>
        <p class="small soft" id={`${fundId}-hint`}>{budgets.fundHint}</p>
        {isUnknown && isLooked ? (
          <label class="tick">
            <input type="checkbox" checked={isNewFund} onChange={(event) => setNewFund(event.currentTarget.checked ? fund.trim() : '')} />
            <span>{budgets.fundNew}</span>
          </label>
        ) : null}
      </div>
      <div>
        <TextField name="amount" label={budgets.amount(words.units[unit])} hint={budgets.amountHint} value={amountText} onInput={setAmount} problem={amountProblem} maxLength={24} />
        {unit === 'fen' && amount !== undefined && amount > 0 ? <p class="small" role="status">{words.with(tellFigure(unit, amount), words.units[unit])} · {uppercaseAmount(amount)}</p> : null}
      </div>
      <TextField name="reference" label={budgets.reference} hint={budgets.referenceHint} value={reference} onInput={setReference} problem={missing(reference)} maxLength={100} />
      <RefusalNotice refusal={refusal} />
      <div class="form-acts">
        <Button tone="primary" submits isBusy={isBusy}>{budgets.propose}</Button>
        <Button tone="quiet" isDisabled={isBusy} onPress={onClose}>{words.before}</Button>
      </div>
    </form>
  );
}
