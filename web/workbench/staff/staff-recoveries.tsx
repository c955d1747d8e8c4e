// Accounts that are given back at the window: opened by whoever saw the document, and confirmed by a second official.
import { useState } from 'preact/hooks';
import { listRecoveries, openRecovery, settleRecovery } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { PhoneCode, type TypedPhoneCode } from '../entry/phone-code.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useStaffWords } from './staff-words.ts';
import { TextField } from '../text-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Recovery = Answer<typeof listRecoveries>['data']['items'][number];

/** Recoveries that wait for the second official. */
export function RecoveriesPage() {
  const { recoveries: words } = useStaffWords();
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const [told, setTold] = useState<string>();
  const asked = useAsked((signal) => call(listRecoveries, { signal }), []);
  const { isBusy, refusal, run } = useAct();
  const found = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const settle = ({ recoveryId }: Recovery, confirm: boolean): void =>
    run(async () => {
      setTold(undefined);
      await call(settleRecovery, { params: { recoveryId }, body: { confirm } });
      setTold(confirm ? words.confirmed : words.refused);
      asked.again();
    });
  return (
    <>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      <RefusalNotice refusal={refusal} />
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {found === undefined ? (asked.state === 'refused' ? null : <EmptyState>{office.loading}</EmptyState>) : found.data.items.length === 0 ? <EmptyState>{words.empty}</EmptyState> : (
        <ul class="staff-waiting" role="list">
          {found.data.items.map((one) => (
            <li key={one.recoveryId} class="card" aria-label={one.name}>
              <div>
                <h2>{one.name}</h2>
                <p class="number">{one.identityNumber}</p>
                <p>{words.newPhone(one.phone)} <span class="small soft">{tellInstant(one.openedAt)}</span></p>
              </div>
              <div class="staff-answers">
                <AskOnce label={words.confirm} tone="primary" warning={words.confirmWarning} sure={words.confirm} isBusy={isBusy} onSure={() => settle(one, true)} />
                <AskOnce label={words.refuse} tone="quiet" warning={words.refuseWarning} sure={words.refuse} isBusy={isBusy} onSure={() => settle(one, false)} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Gives somebody at the window access again: the document was seen, the new telephone is in their hand. */
export function OpenRecovery() {
  const { recoveries: words } = useStaffWords();
  const { signIn } = useOfficeWords();
  const [name, setName] = useState('');
  const [identityNumber, setIdentityNumber] = useState('');
  const [typed, setTyped] = useState<TypedPhoneCode>();
  const [isDone, setDone] = useState(false);
  const { isBusy, refusal, run } = useAct();
  if (isDone) {
    return (
      <>
        <Notice tone="leaf" icon="yes">{words.opened}</Notice>
        <Button tone="quiet" onPress={() => {
          setDone(false);
          setName('');
          setIdentityNumber('');
          setTyped(undefined);
        }}>{words.another}</Button>
      </>
    );
  }
  const isReady = name.trim() !== '' && identityNumber.trim() !== '' && typed !== undefined;
  return (
    <form
      class="staff-appoint"
      aria-label={words.open}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === undefined || !isReady) return;
        run(async () => {
          await call(openRecovery, { body: { name, identityNumber, ...typed } });
          setDone(true);
        });
      }}
    >
      <p class="soft">{words.openLead}</p>
      <TextField name="recovery-name" label={signIn.name} value={name} onInput={setName} maxLength={100} />
      <TextField name="recovery-number" label={signIn.identityNumber} hint={signIn.identityNumberHint} value={identityNumber} onInput={setIdentityNumber} maxLength={20} />
      <PhoneCode purpose="recover" onTyped={setTyped} />
      <RefusalNotice refusal={refusal} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!isReady}>{words.open}</Button>
    </form>
  );
}
