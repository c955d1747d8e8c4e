// One instalment: which funds pay it, what was doubtful, what was paid; and what can still be done about it.
import { useState } from 'preact/hooks';
import { cancelInstalmentEndpoint, checkInstalmentsEndpoint, getInstalmentEndpoint, retryInstalmentEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { SettleDoubt } from './doubt-settle.tsx';
import { cityDay, useTellMoney } from '../funds/fund-figures.ts';
import { linkToAccount } from '../funds/fund-states-page.tsx';
import { may, type Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from './payment-act-notice.tsx';
import { AskOnce } from './payment-ask-once.tsx';
import { usePaymentNames } from './payment-names.ts';
import { instalmentStatus } from './payment-list-page.tsx';
import { NameFund } from './payment-name-fund.tsx';
import { paymentStatus } from './batch-lines.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

// What is in doubt is refused by settling its doubt.
const mayBeCancelled = new Set(['waiting', 'ready', 'returned']);
const mayBeFunded = new Set(['waiting', 'in-doubt', 'ready']);

/** The page of an instalment. */
export function InstalmentPage({ instalmentId, me }: { instalmentId: string; me: Me }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum, day } = useTellMoney();
  const tellInstant = useTellInstant();
  const { placeOf, benefitOf } = usePaymentNames();
  const { instalment, payments, doubts } = words;
  const asked = useAsked((signal) => call(getInstalmentEndpoint, { params: { instalmentId }, signal }), [instalmentId]);
  const [reference, setReference] = useState('');
  const [andLater, setAndLater] = useState(false);
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  const one = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (one === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const mayCheck = may(me, 'payment.check');
  const missingFen = one.shares.reduce((left, { fen }) => left - fen, one.amountFen);
  const isUnfunded = missingFen > 0 && mayBeFunded.has(one.state);
  return (
    <>
      <p><a href={linkTo(['payments'])}>{instalment.back}</a></p>
      <div>
        <h1>{one.name ?? payments.nobody} <span class="number">{sum(one.amountFen)}</span></h1>
        <p class="soft">{benefitOf(one.benefitId)} · {payments.no(one.instalmentNumber)} · {placeOf(one.jurisdictionCode)}</p>
      </div>
      <section class="card" aria-label={payments.columns.state}>
        <StatusTag status={instalmentStatus[one.state]} word={payments.states[one.state]} />
        <dl class="pairs">
          <dt>{instalment.due}</dt>
          <dd class="number">{day(one.dueOn)}</dd>
          <dt>{instalment.case}</dt>
          <dd class="number">{one.caseNumber}</dd>
          {one.lookOn === null ? null : <><dt>{instalment.lookOn}</dt><dd class="number">{day(one.lookOn)}</dd></>}
          {one.checkedAt === null ? null : <><dt>{instalment.checked}</dt><dd class="number">{tellInstant(one.checkedAt)}</dd></>}
          {one.shares.map((share) => (
            <>
              <dt>{instalment.shares}</dt>
              <dd>
                <a href={linkToAccount({ unit: 'fen', ...share })}>{share.fund}</a> <span class="number">{sum(share.fen)}</span> <span class="soft">{words.account.of(placeOf(share.jurisdictionCode), share.year)}</span>
              </dd>
            </>
          ))}
        </dl>
        {one.offsetFen === 0 ? null : <p>{instalment.offset(sum(one.offsetFen))}</p>}
        {mayCheck && one.state === 'returned' ? (
          <Button tone="primary" isBusy={isBusy} onPress={() => run(async () => {
            await call(retryInstalmentEndpoint, { params: { instalmentId } });
            asked.again();
          })}>{instalment.retry}</Button>
        ) : null}
        {mayCheck && one.state === 'waiting' && one.dueOn <= cityDay() ? (
          <Button tone="primary" isBusy={isBusy} onPress={() => run(async () => {
            await call(checkInstalmentsEndpoint, { body: { instalmentIds: [instalmentId] } });
            asked.again();
          })}>{payments.check}</Button>
        ) : null}
        <ActNotice refusal={refusal} onFresh={() => {
          forget();
          asked.again();
        }} />
      </section>
      {isUnfunded && may(me, 'payment.fund') ? (
        <section class="card" aria-label={words.nameFund.heading}>
          <h2>{words.nameFund.heading}</h2>
          <NameFund instalmentId={instalmentId} year={Number(one.dueOn.slice(0, 4))} missingFen={missingFen} onDone={asked.again} />
        </section>
      ) : null}
      {one.doubts.length === 0 ? null : (
        <section class="money" aria-label={instalment.doubts}>
          <h2>{instalment.doubts}</h2>
          <ul class="doubt-cards">
            {one.doubts.map((doubt) => (
              <li key={doubt.doubtId} class="card">
                <h3>{doubts.kinds[doubt.kind]}</h3>
                <p>{doubts.why[doubt.kind]} {doubt.earlier === null ? null : <span class="soft">{doubts.earlier(doubt.earlier.caseNumber, sum(doubt.earlier.fen))}</span>} {doubt.fact === null ? null : <span class="soft">{doubts.fact(doubt.fact)}</span>}</p>
                {doubt.settledAs !== null ? (
                  <p><StatusTag status={doubt.settledAs === 'cancel' ? 'no' : 'yes'} word={doubts.settledAs[doubt.settledAs]} /> {doubt.reason}</p>
                ) : mayCheck ? <SettleDoubt doubt={doubt} onSettled={asked.again} onFresh={asked.again} /> : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="money" aria-label={instalment.attempts}>
        <h2>{instalment.attempts}</h2>
        {one.payments.length === 0 ? <p class="soft">{instalment.noAttempts}</p> : (
          <ul class="attempts">
            {one.payments.map((payment) => (
              <li key={payment.paymentId}>
                <StatusTag status={paymentStatus[payment.state]} word={instalment.payments[payment.state]} />
                <span class="number">{sum(payment.amountFen)}</span>
                <span class="soft number">{payment.account === null ? null : `${payment.account.bankName} ${payment.account.maskedNumber}`}</span>
                <span>{payment.returnReason ?? payment.reason}</span>
                <a href={linkTo(['payments', 'batches', payment.batchId])}>{instalment.toBatch}</a>
              </li>
            ))}
          </ul>
        )}
      </section>
      {mayCheck && mayBeCancelled.has(one.state) ? (
        <Disclosure label={instalment.cancel}>
          <div class="card">
            <AskOnce
              label={instalment.cancel}
              warning={instalment.cancelWarning}
              sure={instalment.cancelSure}
              isBusy={isBusy}
              mayOpen={() => {
                setLooked(true);
                return reference.trim() !== '';
              }}
              onSure={() => run(async () => {
                await call(cancelInstalmentEndpoint, { params: { instalmentId }, body: { document: reference, andLater } });
                asked.again();
              })}
            >
              <TextField name="document" label={instalment.cancelDocument} value={reference} onInput={setReference} problem={isLooked && reference.trim() === '' ? words.budgets.missing : undefined} maxLength={200} />
              <label class="tick">
                <input type="checkbox" checked={andLater} onChange={(event) => setAndLater(event.currentTarget.checked)} />
                <span>{instalment.cancelLater}</span>
              </label>
            </AskOnce>
          </div>
        </Disclosure>
      ) : null}
    </>
  );
}
