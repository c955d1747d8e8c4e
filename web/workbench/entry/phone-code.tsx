// A code by text message: the number, sending it, and writing it down.
import { useEffect, useState } from 'preact/hooks';
import { sendCode } from '../../../src/contract/access-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

const phonePattern = /^1[3-9]\d{9}$/;

/** What was typed; complete once there are six digits for a code that was sent. */
export interface TypedPhoneCode {
  readonly codeId: string;
  readonly code: string;
}

/** The fields; `onTyped` gets undefined while something is missing. */
export function PhoneCode({ purpose, isFirst = false, onTyped }: { purpose: 'enter' | 'recover'; isFirst?: boolean; onTyped: (typed: TypedPhoneCode | undefined) => void }) {
  const { signIn } = useOfficeWords();
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
  const type = (text: string, id: string | undefined): void => {
    const digits = text.replaceAll(/\s/g, '');
    setCode(digits);
    onTyped(id !== undefined && /^\d{6}$/.test(digits) ? { codeId: id, code: digits } : undefined);
  };
  const send = (): void =>
    run(async () => {
      const { data } = await call(sendCode, { body: { phone, purpose } });
      setCodeId(data.codeId);
      setWait(data.resendInSeconds);
      type('', data.codeId);
    });
  return (
    <>
      <div class="with-button">
        <TextField name="phone" label={signIn.phone} inputMode="tel" value={phone} onInput={(value) => setPhone(value.replaceAll(/\s/g, ''))} autocomplete="tel-national" isFirst={isFirst} maxLength={13} />
        <Button isBusy={isBusy} isDisabled={!phonePattern.test(phone) || wait > 0} onPress={send}>{wait > 0 ? signIn.resend(wait) : signIn.send}</Button>
      </div>
      {codeId === undefined ? null : <Notice tone="leaf">{signIn.sent}</Notice>}
      <RefusalNotice refusal={refusal} />
      <TextField name="code" label={signIn.phoneCode} inputMode="numeric" value={code} onInput={(text) => type(text, codeId)} autocomplete="one-time-code" maxLength={8} />
    </>
  );
}
