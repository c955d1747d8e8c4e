// Instalments: what is due, in doubt, ready, with the bank, paid; and checking what is due now.
import { useState } from 'preact/hooks';
import { checkInstalmentsEndpoint, exportInstalments, listInstalmentsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { cityDay, haveFen, tellFigure, useTellMoney } from '../funds/fund-figures.ts';
import { may } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { usePaymentNames } from './payment-names.ts';
import { Exports } from './payment-exports.tsx';
import { usePages } from './payment-use-pages.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useAct } from '../use-call.ts';

type Instalment = Answer<typeof listInstalmentsEndpoint>['data']['items'][number];

const states = ['waiting', 'in-doubt', 'ready', 'in-batch', 'paid', 'offset', 'returned', 'cancelled'] as const;
const sorts = ['due', 'due-last', 'amount'] as const;

/** How an instalment stands, as a shape. */
export const instalmentStatus = { waiting: 'left', 'in-doubt': 'unknown', ready: 'review', 'in-batch': 'review', paid: 'yes', offset: 'yes', returned: 'no', cancelled: 'no' } as const;

/** The list. */
export function InstalmentsPage({ me, query, onQuery }: SectionPage) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum, day } = useTellMoney();
  const { places, benefitOf } = usePaymentNames();
  const { payments } = words;
  const state = states.find((one) => one === query['state']);
  const sort = sorts.find((one) => one === query['sort']) ?? 'due';
  const { jurisdiction = '', dueTo = '' } = query;
  const asked = { ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }), ...(dueTo === '' ? {} : { dueTo }), sort };
  const change = (part: Readonly<Record<string, string>>): void => onQuery({ ...query, ...part });
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Instalment>(JSON.stringify(asked), async (cursor, signal) => {
    const { data } = await call(listInstalmentsEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const check = useAct();
  const [found, setFound] = useState<string>();
  const due = (rows ?? []).filter((one) => one.state === 'waiting' && one.dueOn <= cityDay());
  const withFen = haveFen('fen', (rows ?? []).map(({ amountFen }) => amountFen));
  return (
    <>
      <div class="list-head">
        <div>
          <h1>{payments.heading}</h1>
          <p class="soft">{payments.lead}</p>
        </div>
        {due.length > 0 && may(me, 'payment.check') ? (
          <Button isBusy={check.isBusy} onPress={() => check.run(async () => {
            const { data } = await call(checkInstalmentsEndpoint, { body: { instalmentIds: due.slice(0, 200).map(({ instalmentId }) => instalmentId) } });
            setFound(payments.checked(data.ready, data.inDoubt, data.waiting));
            again();
          })}>{payments.check}</Button>
        ) : null}
      </div>
      {found === undefined ? null : <Notice tone="leaf" icon="yes">{found}</Notice>}
      <RefusalNotice refusal={check.refusal} />
      <form class="list-filters" onSubmit={(event) => event.preventDefault()}>
        <SelectField label={words.state} value={state ?? ''} options={states.map((one) => [one, payments.states[one]] as const)} onChoose={(one) => change({ state: one })} />
        <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
        <label class="select-field">
          <span class="small soft">{words.batches.dueTo}</span>
          <input class="input" type="date" value={dueTo} onInput={(event) => change({ dueTo: event.currentTarget.value })} />
        </label>
        <SelectField label={office.sort} value={sort} options={sorts.map((one) => [one, payments.sort[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        {state !== undefined || jurisdiction !== '' || dueTo !== '' ? <Button tone="quiet" onPress={() => onQuery({})}>{office.clear}</Button> : null}
      </form>
      <div class="list-sum small">
        <span role="status">{rows === undefined ? office.loading : payments.shown(rows.length, sum(rows.reduce((total, { amountFen }) => total + amountFen, 0)))}</span>
        {rows === undefined || rows.length === 0 || !may(me, 'payment.export') ? null : <Exports of={exportInstalments} asked={asked} />}
      </div>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : (
        <RowsTable<Instalment>
          label={payments.heading}
          rows={rows}
          isLoading={isLoading}
          empty={payments.empty}
          keyOf={({ instalmentId }) => instalmentId}
          columns={[
            { key: 'name', title: payments.columns.name, cell: ({ instalmentId, name }) => <a href={linkTo(['payments', 'instalment', instalmentId])}>{name ?? payments.nobody}</a> },
            { key: 'state', title: payments.columns.state, cell: (one) => <StatusTag status={instalmentStatus[one.state]} word={payments.states[one.state]} /> },
            { key: 'benefit', title: payments.columns.benefit, cell: ({ benefitId }) => <span class="cell-text">{benefitOf(benefitId)}</span> },
            { key: 'number', title: payments.columns.number, cell: ({ instalmentNumber }) => payments.no(instalmentNumber) },
            { key: 'due', title: payments.columns.due, cell: ({ dueOn }) => <span class="number">{day(dueOn)}</span> },
            { key: 'case', title: payments.columns.case, cell: ({ caseNumber }) => <span class="number">{caseNumber}</span>, isSecond: true },
            { key: 'amount', title: payments.columns.amount, isFigure: true, cell: ({ amountFen }) => <Worded word={payments.columns.amount}>{tellFigure('fen', amountFen, withFen)}</Worded> },
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}
