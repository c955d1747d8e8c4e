// The payments of a batch one by one, accounts masked; what came back is booked here, and what was paid wrongly asked back.
import { useId, useState } from 'preact/hooks';
import { bookReturnEndpoint, listPaymentsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { cityDay, haveFen, tellFigure, useTellMoney } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from './payment-act-notice.tsx';
import { AskOnce } from './payment-ask-once.tsx';
import { usePages } from './payment-use-pages.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

type Payment = Answer<typeof listPaymentsEndpoint>['data']['items'][number];

const states = ['open', 'sent', 'paid', 'failed', 'returned', 'dropped'] as const;

/** How a payment stands, as a shape. */
export const paymentStatus = { open: 'left', sent: 'review', paid: 'yes', failed: 'no', returned: 'no', dropped: 'left' } as const;

/** The lines; `version` changes whenever the batch has, `sentOn` is the day on which the bank was given it. */
export function BatchLines({ batchId, version, sentOn, me, onChange }: { batchId: string; version: string; sentOn: string | undefined; me: Me; onChange: () => void }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { batch, instalment, payments } = words;
  const [state, setState] = useState<(typeof states)[number]>();
  const [returned, setReturned] = useState<Payment>();
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Payment>(`${version} ${state ?? ''}`, async (cursor, signal) => {
    const query = { ...(state === undefined ? {} : { state }), ...(cursor === undefined ? {} : { cursor }) };
    const { data } = await call(listPaymentsEndpoint, { params: { batchId }, query, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const withFen = haveFen('fen', (rows ?? []).map(({ amountFen }) => amountFen));
  const isAnswered = (rows ?? []).some((one) => one.state !== 'open' && one.state !== 'sent');
  return (
    <section class="money">
      <div class="list-head">
        <h2>{batch.payments}</h2>
        <SelectField label={batch.paymentsOf} value={state ?? ''} options={states.map((one) => [one, instalment.payments[one]] as const)} onChoose={(one) => setState(states.find((each) => each === one))} />
      </div>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : (
        <RowsTable<Payment>
          label={batch.payments}
          rows={rows}
          isLoading={isLoading}
          empty={batch.noPayments}
          keyOf={({ paymentId }) => paymentId}
          columns={[
            {
              key: 'name',
              title: batch.paymentColumns.name,
              cell: ({ lineNumber, instalmentId, name }) => <><span class="soft number line-number">{lineNumber}</span> <a href={linkTo(['payments', 'instalment', instalmentId])}>{name ?? payments.nobody}</a></>,
            },
            { key: 'state', title: batch.paymentColumns.state, cell: (one) => <StatusTag status={paymentStatus[one.state]} word={instalment.payments[one.state]} /> },
            {
              key: 'account',
              title: batch.paymentColumns.account,
              cell: ({ account }) => (account === null ? '—' : <>{account.bankName} <span class="number">{account.maskedNumber}</span> <span class="soft">{account.holderName}</span></>),
            },
            { key: 'number', title: batch.paymentColumns.number, cell: ({ paymentNumber }) => <span class="number">{paymentNumber}</span>, isSecond: true },
            ...(isAnswered
              ? [
                  {
                    key: 'why',
                    title: batch.paymentColumns.why,
                    cell: (one: Payment) => (
                      <span class="cell-text">
                        {one.returnReason ?? one.reason ?? one.bankReference ?? ''}
                        {one.state !== 'paid' ? null : (
                          <span class="cell-acts">
                            {may(me, 'payment.book') ? <button type="button" class="text-act" onClick={() => setReturned(one)} aria-label={`${batch.return} ${one.name ?? ''}`}>{batch.return}</button> : null}
                            {may(me, 'payment.recover') ? <a href={linkTo(['payments', 'recoveries'], { payment: one.paymentId, instalment: one.instalmentId })} aria-label={`${batch.recover} ${one.name ?? ''}`}>{batch.recover}</a> : null}
                          </span>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
            { key: 'amount', title: batch.paymentColumns.amount, isFigure: true, cell: ({ amountFen }) => <Worded word={batch.paymentColumns.amount}>{tellFigure('fen', amountFen, withFen)}</Worded> },
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
      {returned === undefined ? null : (
        <ReturnForm key={returned.paymentId} payment={returned} sentOn={sentOn} onClose={() => setReturned(undefined)} onDone={() => {
          setReturned(undefined);
          again();
          onChange();
        }} />
      )}
    </section>
  );
}

function ReturnForm({ payment, sentOn, onDone, onClose }: { payment: Payment; sentOn: string | undefined; onDone: () => void; onClose: () => void }) {
  const words = useMoneyWords();
  const { sum, day } = useTellMoney();
  const { batch } = words;
  const id = useId();
  // A clock that is behind here is not before the day on which the bank was given the batch.
  const today = sentOn !== undefined && sentOn > cityDay() ? sentOn : cityDay();
  const [on, setOn] = useState(today);
  const [reason, setReason] = useState('');
  const [bankReference, setReference] = useState('');
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  const isDay = on !== '' && on <= today && on >= (sentOn ?? on);
  const refusedDay = refusal?.details.find(({ field }) => field === 'on')?.message;
  const dayProblem = isLooked && !isDay ? batch.returnOnWrong(day(sentOn ?? today), day(today)) : refusedDay;
  return (
    <section class="card" aria-label={batch.return}>
      <h3>{batch.return} · {payment.name ?? words.payments.nobody} <span class="number">{sum(payment.amountFen)}</span></h3>
      <AskOnce
        label={batch.return}
        warning={batch.returnWarning}
        sure={batch.returnSure}
        isBusy={isBusy}
        mayOpen={() => {
          setLooked(true);
          return isDay && reason.trim() !== '';
        }}
        onSure={() => isDay && run(async () => {
          await call(bookReturnEndpoint, { params: { paymentId: payment.paymentId }, body: { on, reason, ...(bankReference.trim() === '' ? {} : { bankReference }) } });
          onDone();
        })}
      >
        <div class="text-field">
          <label for={id}>{batch.returnOn}</label>
          <input class="input" id={id} type="date" value={on} {...(sentOn === undefined ? {} : { min: sentOn })} max={today} aria-invalid={dayProblem !== undefined} aria-describedby={`${id}-problem`} onInput={(event) => {
            setOn(event.currentTarget.value);
            forget();
          }} />
          <FieldProblem id={`${id}-problem`}>{dayProblem}</FieldProblem>
        </div>
        <TextField name="reason" label={batch.returnReason} value={reason} onInput={setReason} problem={isLooked && reason.trim() === '' ? words.budgets.missing : undefined} maxLength={500} />
        <TextField name="reference" label={batch.returnReference} value={bankReference} onInput={setReference} maxLength={100} />
      </AskOnce>
      <ActNotice refusal={refusedDay === undefined ? refusal : undefined} onFresh={onDone} />
      <Button tone="quiet" isDisabled={isBusy} onPress={onClose}>{words.before}</Button>
    </section>
  );
}
