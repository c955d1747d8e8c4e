// Settles one doubt: pay, look again later or do not pay, each with a reason; what cannot be undone is asked once.
import { useId, useState } from 'preact/hooks';
import { settleDoubtEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { cityDay } from '../funds/fund-figures.ts';
import { useMoneyWords } from '../money-words.ts';
import { ActNotice } from './payment-act-notice.tsx';
import { AskOnce } from './payment-ask-once.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

type As = 'pay' | 'wait' | 'cancel';

/** The form; `onSettled` is told how. */
export function SettleDoubt({ doubt, onSettled, onFresh }: { doubt: { readonly doubtId: string; readonly isPassable: boolean }; onSettled: (as: As) => void; onFresh: () => void }) {
  const words = useMoneyWords();
  const { doubts } = words;
  const name = useId();
  const { doubtId, isPassable } = doubt;
  const ways: readonly As[] = isPassable ? ['pay', 'wait', 'cancel'] : ['wait', 'cancel'];
  const [as, setAs] = useState<As>();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [andLater, setAndLater] = useState(false);
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  const isReady = reason.trim() !== '' && (as !== 'wait' || until > cityDay());
  const look = (): boolean => {
    setLooked(true);
    return isReady;
  };
  const settle = (): void =>
    run(async () => {
      if (as === undefined) return;
      const body = as === 'pay' ? { as, reason } : as === 'wait' ? { as, reason, until } : { as, reason, andLater };
      await call(settleDoubtEndpoint, { params: { doubtId }, body });
      onSettled(as);
    });
  const fields = (
    <>
      <TextField name="reason" label={words.reasonLabel} hint={words.reasonHint} value={reason} onInput={setReason} problem={isLooked && reason.trim() === '' ? words.budgets.missing : undefined} maxLength={1000} />
      {as === 'wait' ? (
        <label class="text-field">
          <span>{doubts.until}</span>
          <input class="input" type="date" value={until} aria-invalid={isLooked && until <= cityDay()} onInput={(event) => setUntil(event.currentTarget.value)} />
        </label>
      ) : null}
      {as === 'cancel' ? (
        <label class="tick">
          <input type="checkbox" checked={andLater} onChange={(event) => setAndLater(event.currentTarget.checked)} />
          <span>{doubts.andLater}</span>
        </label>
      ) : null}
    </>
  );
  return (
    <div class="settle">
      {isPassable ? null : <p class="soft">{doubts.hard}</p>}
      <fieldset class="settle-ways">
        <legend class="small soft">{doubts.how}</legend>
        {ways.map((one) => (
          <label key={one} class={one === as ? 'settle-way is-chosen' : 'settle-way'}>
            <input type="radio" name={name} checked={one === as} onChange={() => setAs(one)} />
            <span>
              <b>{doubts.as[one]}</b>
              <span class="small soft">{doubts.asHint[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {as === 'wait' ? (
        <div class="ask-once">
          {fields}
          <div><Button isBusy={isBusy} onPress={() => (look() ? settle() : undefined)}>{doubts.sure.wait}</Button></div>
        </div>
      ) : null}
      {as === 'pay' || as === 'cancel' ? (
        <AskOnce key={as} label={doubts.go} warning={as === 'pay' ? doubts.payWarning : doubts.cancelWarning} sure={doubts.sure[as]} isBusy={isBusy} mayOpen={look} onSure={settle}>
          {fields}
        </AskOnce>
      ) : null}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onFresh();
      }} />
    </div>
  );
}
