// The first time of a member of staff: the telephone is proved, then a password chosen.
import { useState } from 'preact/hooks';
import { activateStaff } from '../../../src/contract/access-endpoints.ts';
import { call } from '../../client/call.ts';
import { NewPassword, type SignInAnswer } from './new-password.tsx';
import { useOfficeWords } from '../office-words.ts';
import { PhoneCode, type TypedPhoneCode } from './phone-code.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

/** Activation of an account; `onAnswer` gets what is still wanted after it. */
export function ActivatePage({ onAnswer }: { onAnswer: (answer: SignInAnswer) => void }) {
  const { signIn } = useOfficeWords();
  const [login, setLogin] = useState('');
  const [typed, setTyped] = useState<TypedPhoneCode>();
  const { isBusy, refusal, run } = useAct();
  const activate = (password: string): void =>
    run(async () => {
      if (typed !== undefined) onAnswer((await call(activateStaff, { body: { login, ...typed, password } })).data);
    });
  return (
    <div class="gate-form">
      <h1>{signIn.activateHeading}</h1>
      <p class="soft">{signIn.activateLead}</p>
      <TextField name="login" label={signIn.login} value={login} onInput={setLogin} autocomplete="username" isFirst maxLength={100} />
      <PhoneCode purpose="enter" onTyped={setTyped} />
      <p class="soft">{signIn.newLead}</p>
      <NewPassword isBusy={isBusy} isReady={typed !== undefined && login.trim() !== ''} go={signIn.activateGo} onGo={activate} />
      <RefusalNotice refusal={refusal} />
    </div>
  );
}
