// One recovery: why, how much has come, and the next act: approve, book a receipt, write off by decision.
import { useState } from 'preact/hooks';
import {
  adoptRepaymentEndpoint, approveWriteOffEndpoint, cancelRepaymentEndpoint, demandRepaymentEndpoint, getRepaymentEndpoint, proposeWriteOffEndpoint, receiveRepaymentEndpoint,
} from '../../../src/contract/payments-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { cityDay, readAmount, useTellMoney } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from './payment-act-notice.tsx';
import { AskOnce } from './payment-ask-once.tsx';
import { usePaymentNames } from './payment-names.ts';
import { OffsetPart } from './payment-offset.tsx';
import { recoveryStatus, recoveryWord } from './payment-recoveries-page.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Repayment = Answer<typeof getRepaymentEndpoint>['data'];

/** The page of a recovery. */
export function RecoveryPage({ repaymentId, me }: { repaymentId: string; me: Me }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum, day } = useTellMoney();
  const tellInstant = useTellInstant();
  const { placeOf } = usePaymentNames();
  const { recoveries, payments } = words;
  const asked = useAsked((signal) => call(getRepaymentEndpoint, { params: { repaymentId }, signal }), [repaymentId]);
  const answer = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const one = answer?.data;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (one === undefined) return <EmptyState>{office.loading}</EmptyState>;
  return (
    <>
      <p><a href={linkTo(['payments', 'recoveries'])}>{recoveries.back}</a></p>
      <div>
        <h1>{recoveries.heading(one.repaymentNumber)}</h1>
        <p class="soft">{one.name ?? payments.nobody} · {placeOf(one.jurisdictionCode)}</p>
      </div>
      <section class="card" aria-label={recoveries.heading(one.repaymentNumber)}>
        <StatusTag status={recoveryStatus[one.state]} word={recoveryWord(one, recoveries)} />
        <dl class="sums money-sums">
          <div class="sum"><dt>{recoveries.columns.amount}</dt><dd>{sum(one.amountFen)}</dd></div>
          <div class="sum"><dt>{recoveries.columns.received}</dt><dd>{sum(one.receivedFen)}</dd></div>
          <div class={one.owedFen > 0 ? 'sum is-wrong' : 'sum'}><dt>{recoveries.columns.owed}</dt><dd>{sum(one.owedFen)}</dd></div>
        </dl>
        <dl class="pairs">
          <dt>{recoveries.reason}</dt>
          <dd>{one.reason}</dd>
          <dt>{recoveries.document}</dt>
          <dd>{one.document}</dd>
          <dt>{recoveries.proposedAt}</dt>
          <dd class="number">{tellInstant(one.proposedAt)}</dd>
          {one.adoptedAt === null ? null : <><dt>{recoveries.adoptedAt}</dt><dd class="number">{tellInstant(one.adoptedAt)}</dd></>}
          {one.decidedAt === null ? null : <><dt>{recoveries.decidedAt}</dt><dd class="number">{tellInstant(one.decidedAt)}</dd></>}
          {one.terms.map((term, at) => (
            <>
              <dt>{at === 0 ? recoveries.terms : ''}</dt>
              <dd class="number">{day(term.dueOn)} · {sum(term.fen)}</dd>
            </>
          ))}
        </dl>
        <Acts one={one} etag={answer?.etag ?? ''} me={me} onChange={asked.again} />
      </section>
      <section class="money" aria-label={recoveries.receipts}>
        <h2>{recoveries.receipts}</h2>
        {one.receipts.length === 0 ? <p class="soft">{recoveries.noReceipts}</p> : (
          <ul class="attempts">
            {one.receipts.map((receipt) => (
              <li key={receipt.receiptId}>
                <b>{recoveries.receiptKinds[receipt.kind]}</b>
                <span class="number">{sum(receipt.fen)}</span>
                <span class="soft number">{day(receipt.on)}</span>
                <span class="soft number">{receipt.bankReference}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Acts({ one, etag, me, onChange }: { one: Repayment; etag: string; me: Me; onChange: () => void }) {
  const words = useMoneyWords();
  const { sum } = useTellMoney();
  const { recoveries } = words;
  const params = { repaymentId: one.repaymentId };
  const [amount, setAmount] = useState('');
  const demandedOn = one.decidedAt === null ? undefined : cityDay(one.decidedAt);
  // A clock that is behind here is not before the day on which it was demanded.
  const today = demandedOn !== undefined && demandedOn > cityDay() ? demandedOn : cityDay();
  const [on = today, setOn] = useState<string>();
  const [bankReference, setReference] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [writeOff, setWriteOff] = useState('');
  const [isWriteOffLooked, setWriteOffLooked] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  const fen = readAmount('fen', amount) ?? 0;
  const act = (work: () => Promise<unknown>): void =>
    run(async () => {
      await work();
      onChange();
    });
  return (
    <div class="batch-acts">
      {one.waitsForAdoption ? <p>{recoveries.adoptLead}</p> : null}
      {one.waitsForAdoption && may(me, 'payment.recover') ? (
        <AskOnce label={recoveries.adopt} tone="primary" warning={recoveries.adoptWarning(sum(one.amountFen))} sure={recoveries.adoptSure} isBusy={isBusy} onSure={() => act(() => call(adoptRepaymentEndpoint, { params }))} />
      ) : null}
      {one.state === 'proposed' && may(me, 'payment.recover-approve') ? (
        <>
          {one.waitsForAdoption ? null : <AskOnce label={recoveries.demand} tone="primary" warning={recoveries.demandWarning(sum(one.amountFen))} sure={recoveries.demandSure} isBusy={isBusy} onSure={() => act(() => call(demandRepaymentEndpoint, { params }))} />}
          <AskOnce label={recoveries.cancel} tone="quiet" warning={recoveries.cancelWarning} sure={recoveries.cancelSure} isBusy={isBusy} onSure={() => act(() => call(cancelRepaymentEndpoint, { params }))} />
        </>
      ) : null}
      {one.state === 'demanded' && may(me, 'payment.book') ? (
        <Disclosure label={recoveries.receive}>
          <AskOnce
            key={one.receipts.length}
            label={recoveries.receiveGo}
            warning={recoveries.receiveWarning(sum(fen))}
            sure={recoveries.receiveSure}
            isBusy={isBusy}
            mayOpen={() => {
              setLooked(true);
              return fen > 0 && on !== '' && bankReference.trim() !== '';
            }}
            onSure={() => act(async () => {
              await call(receiveRepaymentEndpoint, { params, body: { fen, on, bankReference } });
              setAmount('');
              setReference('');
              setLooked(false);
            })}
          >
            <TextField name="amount" label={recoveries.receiveFen} hint={recoveries.fenHint(sum(one.owedFen))} value={amount} onInput={setAmount} problem={isLooked && fen === 0 ? words.budgets.amountWrong : undefined} maxLength={20} />
            <label class="text-field">
              <span>{recoveries.receiveOn}</span>
              <input class="input" type="date" value={on} {...(demandedOn === undefined ? {} : { min: demandedOn })} max={today} onInput={(event) => setOn(event.currentTarget.value)} />
            </label>
            <TextField name="reference" label={recoveries.receiveReference} value={bankReference} onInput={setReference} problem={isLooked && bankReference.trim() === '' ? words.budgets.missing : undefined} maxLength={100} />
          </AskOnce>
        </Disclosure>
      ) : null}
      {one.state === 'demanded' && one.owedFen > 0 && may(me, 'payment.recover') ? <OffsetPart repaymentId={one.repaymentId} partyId={one.partyId} owedFen={one.owedFen} isBusy={isBusy} onAct={act} /> : null}
      {one.writeOff === null ? null : <p>{recoveries.writeOffWaits(sum(one.writeOff.fen), one.writeOff.document)}</p>}
      {one.writeOff !== null && may(me, 'payment.recover-approve') ? (
        <AskOnce label={recoveries.writeOffApprove} warning={recoveries.writeOffWarning(sum(one.writeOff.fen))} sure={recoveries.writeOffSure} isBusy={isBusy} onSure={() => act(() => call(approveWriteOffEndpoint, { params, ifMatch: etag }))} />
      ) : null}
      {one.state === 'demanded' && one.writeOff === null && may(me, 'payment.recover') ? (
        <Disclosure label={recoveries.writeOff}>
          <form
            class="ask-once"
            onSubmit={(event) => {
              event.preventDefault();
              setWriteOffLooked(true);
              if (writeOff.trim() !== '') act(() => call(proposeWriteOffEndpoint, { params, body: { document: writeOff } }));
            }}
          >
            <p class="soft">{recoveries.writeOffLead(sum(one.owedFen))}</p>
            <TextField name="document" label={recoveries.writeOffDocument} value={writeOff} onInput={setWriteOff} problem={isWriteOffLooked && writeOff.trim() === '' ? words.budgets.missing : undefined} maxLength={200} />
            <div><Button submits isBusy={isBusy}>{recoveries.writeOffGo}</Button></div>
          </form>
        </Disclosure>
      ) : null}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onChange();
      }} />
    </div>
  );
}
