// Accounts that are given back at the window: opened by whoever saw the document, and confirmed by a second official.
import { useState } from 'preact/hooks';
import { listRecoveries, openRecovery, settleRecovery } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useOfficeWords } from '../office-words.ts';
import { PhoneCode, type TypedPhoneCode } from '../entry/phone-code.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { WaitingPage } from './staff-waiting.tsx';
import { useStaffWords } from './staff-words.ts';
import { TextField } from '../text-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct } from '../use-call.ts';

type Recovery = Answer<typeof listRecoveries>['data']['items'][number];

/** Recoveries that wait for the second official. */
export function RecoveriesPage() {
  const { recoveries: words } = useStaffWords();
  const tellInstant = useTellInstant();
  return (
    <WaitingPage<Recovery>
      words={words}
      ask={async (_, signal) => (await call(listRecoveries, { signal })).data}
      keyOf={({ recoveryId }) => recoveryId}
      nameOf={({ name }) => name}
      warningOf={() => words.confirmWarning}
      describe={({ name, identityNumber, phone, openedAt }) => (
        <>
          <h2>{name}</h2>
          <p class="number">{identityNumber}</p>
          <p>{words.newPhone(phone)} <span class="small soft">{tellInstant(openedAt)}</span></p>
        </>
      )}
      settle={({ recoveryId }, confirm) => call(settleRecovery, { params: { recoveryId }, body: { confirm } })}
    />
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
