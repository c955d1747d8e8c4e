// Payment batches, newest first; and the form that prepares one.
import { useState } from 'preact/hooks';
import { exportBatches, listBatchesEndpoint, prepareBatchEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { cityDay, haveFen, tellFigure } from '../funds/fund-figures.ts';
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
import { useTellInstant } from '../tell-instant.ts';
import { useAct } from '../use-call.ts';

type Batch = Answer<typeof listBatchesEndpoint>['data']['items'][number];

const states = ['prepared', 'approved-once', 'approved', 'sent', 'closed', 'cancelled'] as const;

/** How a batch stands, as a shape. */
export const batchStatus = { prepared: 'left', 'approved-once': 'review', approved: 'review', sent: 'review', closed: 'yes', cancelled: 'no' } as const;

/** The list. */
export function BatchesPage({ me, query, onQuery }: SectionPage) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { places, placeOf } = usePaymentNames();
  const { batches, payments } = words;
  const state = states.find((one) => one === query['state']);
  const { jurisdiction = '' } = query;
  const asked = { ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }) };
  const change = (part: Readonly<Record<string, string>>): void => onQuery({ ...query, ...part });
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Batch>(JSON.stringify(asked), async (cursor, signal) => {
    const { data } = await call(listBatchesEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const sumOf = ({ sentFen, totalFen }: Batch): number => sentFen ?? totalFen;
  const withFen = haveFen('fen', (rows ?? []).map(sumOf));
  return (
    <>
      <div>
        <h1>{payments.tabs.batches}</h1>
        <p class="soft">{batches.lead}</p>
      </div>
      {may(me, 'payment.prepare') ? <PrepareForm /> : null}
      <form class="list-filters" onSubmit={(event) => event.preventDefault()}>
        <SelectField label={words.state} value={state ?? ''} options={states.map((one) => [one, batches.states[one]] as const)} onChoose={(one) => change({ state: one })} />
        <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
      </form>
      <div class="list-sum small">
        <span role="status">{rows === undefined ? office.loading : office.shown(rows.length)}</span>
        {rows === undefined || rows.length === 0 || !may(me, 'payment.export') ? null : <Exports of={exportBatches} asked={asked} />}
      </div>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : (
        <RowsTable<Batch>
          label={payments.tabs.batches}
          rows={rows}
          isLoading={isLoading}
          empty={batches.empty}
          keyOf={({ batchId }) => batchId}
          columns={[
            { key: 'number', title: batches.columns.number, cell: ({ batchId, batchNumber }) => <a class="number" href={linkTo(['payments', 'batches', batchId])}>{batchNumber}</a> },
            { key: 'state', title: batches.columns.state, cell: (one) => <StatusTag status={batchStatus[one.state]} word={batches.states[one.state]} /> },
            { key: 'place', title: batches.columns.place, cell: ({ jurisdictionCode }) => placeOf(jurisdictionCode) },
            { key: 'when', title: batches.columns.when, cell: ({ preparedAt }) => <span class="number">{tellInstant(preparedAt)}</span>, isSecond: true },
            { key: 'lines', title: batches.columns.lines, isFigure: true, cell: ({ sentCount, lineCount }) => <Worded word={batches.columns.lines}>{(sentCount ?? lineCount).toLocaleString('en')}</Worded> },
            { key: 'sum', title: batches.columns.sum, isFigure: true, cell: (one) => <Worded word={batches.columns.sum}>{tellFigure('fen', sumOf(one), withFen)}</Worded> },
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}

function PrepareForm() {
  const words = useMoneyWords();
  const { batches } = words;
  const { places } = usePaymentNames();
  const [place, setPlace] = useState('');
  const [dueTo, setDueTo] = useState(cityDay());
  const { isBusy, refusal, run } = useAct();
  const chosen = place === '' ? (places[0]?.[0] ?? '') : place;
  return (
    <form
      class="card money-form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          const { data } = await call(prepareBatchEndpoint, { body: { jurisdictionCode: chosen, dueTo } });
          location.hash = linkTo(['payments', 'batches', data.batch.batchId], { leftOut: data.leftOut > 0 ? String(data.leftOut) : '' });
        });
      }}
    >
      <h2>{batches.new}</h2>
      <p class="soft">{batches.newLead}</p>
      <div class="form-pair">
        <SelectField label={words.jurisdiction} value={chosen} options={places} onChoose={setPlace} hasAll={false} />
        <label class="select-field">
          <span class="small soft">{batches.dueTo}</span>
          <input class="input" type="date" value={dueTo} required onInput={(event) => setDueTo(event.currentTarget.value)} />
        </label>
        <Button tone="primary" submits isBusy={isBusy} isDisabled={chosen === '' || dueTo === ''}>{batches.prepare}</Button>
      </div>
      <RefusalNotice refusal={refusal} />
    </form>
  );
}
