// Recovering an account: the telephone, name and identity number, and a new password.
import { useState } from 'preact/hooks';
import { recoverBySelf } from '../../../src/contract/access-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NewPassword } from './new-password.tsx';
import { useOfficeWords } from '../office-words.ts';
import { PhoneCode, type TypedPhoneCode } from './phone-code.tsx';
import { type RealName, RealNameForm } from './real-name-form.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct } from '../use-call.ts';

/** The page; `onDone` leads back to the door. */
export function RecoverPage({ onDone }: { onDone: () => void }) {
  const { signIn } = useOfficeWords();
  const [typed, setTyped] = useState<TypedPhoneCode>();
  const [realName, setRealName] = useState<RealName>();
  const [isDone, setDone] = useState(false);
  const { isBusy, refusal, run } = useAct();
  if (isDone) {
    return (
      <section class="gate-form">
        <Notice tone="leaf">{signIn.recovered}</Notice>
        <Button tone="primary" onPress={onDone}>{signIn.toSignInAgain}</Button>
      </section>
    );
  }
  const recover = (password: string): void =>
    run(async () => {
      if (typed === undefined || realName === undefined) return;
      await call(recoverBySelf, { body: { ...typed, ...realName, password } });
      setDone(true);
    });
  return (
    <div class="gate-form">
      <h1>{signIn.recoverHeading}</h1>
      <p class="soft">{signIn.recoverLead}</p>
      {realName === undefined ? (
        <RealNameForm isBusy={false} go={signIn.codeGo} onGo={setRealName} />
      ) : (
        <>
          <PhoneCode purpose="recover" isFirst onTyped={setTyped} />
          <NewPassword isBusy={isBusy} isReady={typed !== undefined} go={signIn.recoverGo} onGo={recover} />
        </>
      )}
      <RefusalNotice refusal={refusal} />
    </div>
  );
}
