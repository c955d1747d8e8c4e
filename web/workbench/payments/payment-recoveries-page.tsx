// Money asked back: the list, and the form that asks one payment back.
import { useState } from 'preact/hooks';
import { exportRepayments, getInstalmentEndpoint, listRepaymentsEndpoint, proposeRepaymentEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { DayField } from '../day-field.tsx';
import { Worded } from '../funds/fund-cells.tsx';
import { haveFen, readAmount, tellFigure, useTellMoney } from '../funds/fund-figures.ts';
import { may } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { usePaymentNames } from './payment-names.ts';
import { Exports } from './payment-exports.tsx';
import { makeTerms } from './payment-terms.ts';
import { usePages } from './payment-use-pages.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Repayment = Answer<typeof listRepaymentsEndpoint>['data']['items'][number];

/** By how many monthly terms it can be repaid. */
const termCounts = [1, 2, 3, 6, 12, 24, 36] as const;
const states = ['proposed', 'demanded', 'settled', 'cancelled'] as const;

/** How a recovery stands, as a shape. */
export const recoveryStatus = { proposed: 'left', demanded: 'review', settled: 'yes', cancelled: 'no' } as const;

/** How a recovery stands, in words. */
export function recoveryWord({ state, waitsForAdoption }: Pick<Repayment, 'state' | 'waitsForAdoption'>, { states: told, adoptWaits }: ReturnType<typeof useMoneyWords>['recoveries']): string {
  return waitsForAdoption ? adoptWaits : told[state];
}

/** The list. */
export function RecoveriesPage({ me, query, onQuery }: SectionPage) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { places } = usePaymentNames();
  const { recoveries, payments } = words;
  const state = states.find((one) => one === query['state']);
  const { jurisdiction = '', payment, instalment } = query;
  const overdue = query['overdue'] === '1';
  const asked = { ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }), ...(overdue ? { overdue: 'true' } : {}) };
  const change = (part: Readonly<Record<string, string>>): void => onQuery({ ...query, ...part });
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Repayment>(JSON.stringify(asked), async (cursor, signal) => {
    const { data } = await call(listRepaymentsEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const figures = ['amountFen', 'receivedFen', 'owedFen'] as const;
  const titles = { amountFen: recoveries.columns.amount, receivedFen: recoveries.columns.received, owedFen: recoveries.columns.owed };
  const withFen = haveFen('fen', (rows ?? []).flatMap((one) => figures.map((name) => one[name])));
  return (
    <>
      <div>
        <h1>{payments.tabs.recoveries}</h1>
        <p class="soft">{recoveries.lead}</p>
      </div>
      {payment === undefined || instalment === undefined || !may(me, 'payment.recover') ? null : <AskBack key={payment} paymentId={payment} instalmentId={instalment} onClose={() => onQuery({})} />}
      <form class="list-filters" onSubmit={(event) => event.preventDefault()}>
        <SelectField label={words.state} value={state ?? ''} options={states.map((one) => [one, recoveries.states[one]] as const)} onChoose={(one) => change({ state: one })} />
        <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
        <label class="tick">
          <input type="checkbox" checked={overdue} onChange={(event) => change({ overdue: event.currentTarget.checked ? '1' : '' })} />
          <span>{recoveries.overdue}</span>
        </label>
      </form>
      <div class="list-sum small">
        <span role="status">{rows === undefined ? office.loading : office.shown(rows.length)}</span>
        {rows === undefined || rows.length === 0 || !may(me, 'payment.export') ? null : <Exports of={exportRepayments} asked={asked} />}
      </div>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : (
        <RowsTable<Repayment>
          label={payments.tabs.recoveries}
          rows={rows}
          isLoading={isLoading}
          empty={recoveries.empty}
          keyOf={({ repaymentId }) => repaymentId}
          columns={[
            { key: 'number', title: recoveries.columns.number, cell: ({ repaymentId, repaymentNumber }) => <a class="number" href={linkTo(['payments', 'recoveries', repaymentId])}>{repaymentNumber}</a> },
            { key: 'state', title: recoveries.columns.state, cell: (one) => <StatusTag status={recoveryStatus[one.state]} word={recoveryWord(one, recoveries)} /> },
            { key: 'name', title: recoveries.columns.name, cell: ({ name }) => name ?? payments.nobody },
            ...figures.map((name) => ({ key: name, title: titles[name], isFigure: true, cell: (one: Repayment) => <Worded word={titles[name]}>{tellFigure('fen', one[name], withFen)}</Worded> })),
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}

/** Looks up whose payment it is and how much, and shows the form. */
function AskBack({ paymentId, instalmentId, onClose }: { paymentId: string; instalmentId: string; onClose: () => void }) {
  const asked = useAsked((signal) => call(getInstalmentEndpoint, { params: { instalmentId }, signal }), [instalmentId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return null;
  const { name, payments } = asked.value.data;
  return <ProposeForm paymentId={paymentId} name={name ?? ''} most={payments.find((one) => one.paymentId === paymentId)?.amountFen ?? 0} onClose={onClose} />;
}

function ProposeForm({ paymentId, name, most, onClose }: { paymentId: string; name: string; most: number; onClose: () => void }) {
  const words = useMoneyWords();
  const { sum, day } = useTellMoney();
  const { recoveries } = words;
  const [amount, setAmount] = useState(most > 0 ? tellFigure('fen', most) : '');
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const [count, setCount] = useState('1');
  const [firstOn, setFirstOn] = useState('');
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const isByTerms = count !== '1';
  const fen = readAmount('fen', amount);
  const missing = (text: string): string | undefined => (isLooked && text.trim() === '' ? words.budgets.missing : undefined);
  return (
    <form
      class="card money-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setLooked(true);
        if (fen === undefined || fen === 0 || reference.trim() === '' || reason.trim() === '' || (isByTerms && firstOn === '')) return;
        run(async () => {
          const { data } = await call(proposeRepaymentEndpoint, { body: { payments: [{ paymentId, fen }], document: reference, reason, terms: isByTerms ? [...makeTerms(fen, Number(count), firstOn)] : [] } });
          location.hash = linkTo(['payments', 'recoveries', data.repaymentId]);
        });
      }}
    >
      <h2>{recoveries.newHeading}{name === '' ? '' : ` · ${name}`}</h2>
      <p class="soft">{recoveries.newLead}</p>
      <TextField name="amount" label={recoveries.fen} {...(most > 0 ? { hint: recoveries.fenHint(sum(most)) } : {})} value={amount} onInput={setAmount} problem={isLooked && (fen === undefined || fen === 0) ? words.budgets.amountWrong : undefined} maxLength={20} />
      <TextField name="document" label={recoveries.document} value={reference} onInput={setReference} problem={missing(reference)} maxLength={200} />
      <TextField name="reason" label={words.reasonLabel} hint={words.reasonHint} value={reason} onInput={setReason} problem={missing(reason)} maxLength={1000} />
      <SelectField label={recoveries.termCount} hasAll={false} value={count} options={termCounts.map((one) => [String(one), recoveries.termCounts(one)] as const)} onChoose={setCount} />
      {isByTerms ? (
        <>
          <DayField label={recoveries.firstTerm} value={firstOn} onChoose={setFirstOn} />
          <FieldProblem>{missing(firstOn)}</FieldProblem>
          {fen === undefined || fen === 0 || firstOn === '' ? null : (
            <ul class="case-lines small" aria-label={recoveries.terms}>{makeTerms(fen, Number(count), firstOn).map((term) => <li key={term.dueOn} class="number">{day(term.dueOn)} · {sum(term.fen)}</li>)}</ul>
          )}
        </>
      ) : null}
      <RefusalNotice refusal={refusal} />
      <div class="form-acts">
        <Button tone="primary" submits isBusy={isBusy}>{recoveries.propose}</Button>
        <Button tone="quiet" isDisabled={isBusy} onPress={onClose}>{words.before}</Button>
      </div>
    </form>
  );
}
