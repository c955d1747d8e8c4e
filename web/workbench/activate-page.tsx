// The first time of a member of staff: the telephone is proved, then a password chosen.
import { useEffect, useState } from 'preact/hooks';
import { activateStaff, sendCode } from '../../src/contract/access-endpoints.ts';
import { call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { NewPassword, type SignInAnswer } from './new-password.tsx';
import { useOfficeWords } from './office-words.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { TextField } from './text-field.tsx';
import { useAct } from './use-call.ts';

const phonePattern = /^1[3-9]\d{9}$/;

/** Activation of an account; `onAnswer` gets what is still wanted after it. */
export function ActivatePage({ onAnswer }: { onAnswer: (answer: SignInAnswer) => void }) {
  const { signIn } = useOfficeWords();
  const [login, setLogin] = useState('');
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [codeId, setCodeId] = useState<string>();
  const [wait, setWait] = useState(0);
  const { isBusy, refusal, run } = useAct();

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const send = (): void =>
    run(async () => {
      const { data } = await call(sendCode, { body: { phone, purpose: 'enter' } });
      setCodeId(data.codeId);
      setWait(data.resendInSeconds);
    });
  const activate = (password: string): void =>
    run(async () => {
      if (codeId === undefined) return;
      onAnswer((await call(activateStaff, { body: { login, codeId, code: code.trim(), password } })).data);
    });

  return (
    <div class="gate-form">
      <h1>{signIn.activateHeading}</h1>
      <p class="soft">{signIn.activateLead}</p>
      <TextField name="login" label={signIn.login} value={login} onInput={setLogin} autocomplete="username" isFirst maxLength={100} />
      <div class="with-button">
        <TextField name="phone" label={signIn.phone} inputMode="tel" value={phone} onInput={(value) => setPhone(value.replaceAll(/\s/g, ''))} autocomplete="tel-national" maxLength={13} />
        <Button isBusy={isBusy} isDisabled={!phonePattern.test(phone) || wait > 0} onPress={send}>{wait > 0 ? signIn.resend(wait) : signIn.send}</Button>
      </div>
      {codeId === undefined ? null : <Notice tone="leaf">{signIn.sent}</Notice>}
      <TextField name="code" label={signIn.phoneCode} inputMode="numeric" value={code} onInput={setCode} autocomplete="one-time-code" maxLength={6} />
      <p class="soft">{signIn.newLead}</p>
      <NewPassword isBusy={isBusy} go={signIn.activateGo} onGo={activate} />
      <RefusalNotice refusal={refusal} />
    </div>
  );
}
