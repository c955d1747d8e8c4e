// Signing in as a person: a code by text message; whoever comes for the first time reads the notice on personal information.
import { useContext, useState } from 'preact/hooks';
import { signInByCode } from '../../../src/contract/access-endpoints.ts';
import { privacyNotice, privacyNoticeVersion } from '../../../src/contract/privacy-notice.ts';
import { call, CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import type { SignInAnswer } from './new-password.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { PhoneCode, type TypedPhoneCode } from './phone-code.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct } from '../use-call.ts';

/** The door for people and for those who act for an organisation. */
export function EnterByPhone({ onAnswer, onRecover }: { onAnswer: (answer: SignInAnswer) => void; onRecover: () => void }) {
  const { signIn } = useOfficeWords();
  const [typed, setTyped] = useState<TypedPhoneCode>();
  const [isNew, setNew] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const enter = (accepted: boolean): void =>
    run(async () => {
      if (typed === undefined) return;
      try {
        onAnswer((await call(signInByCode, { body: { ...typed, ...(accepted ? { noticeVersion: privacyNoticeVersion } : {}) } })).data);
      } catch (error) {
        // The code still serves once the notice is accepted.
        if (error instanceof CallRefused && error.code === 'notice-needed' && !accepted) setNew(true);
        else throw error;
      }
    });
  if (isNew) return <NoticeStep isBusy={isBusy} refusal={refusal} onAccept={() => enter(true)} />;
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        enter(false);
      }}
    >
      <h1>{signIn.peopleHeading}</h1>
      <p class="soft">{signIn.peopleLead}</p>
      <PhoneCode purpose="enter" isFirst onTyped={setTyped} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={typed === undefined}>{signIn.go}</Button>
      <RefusalNotice refusal={refusal} />
      {refusal?.code === 'recovery-needed' ? <Button onPress={onRecover}>{signIn.recoverHeading}</Button> : null}
    </form>
  );
}

function NoticeStep({ isBusy, refusal, onAccept }: { isBusy: boolean; refusal: CallRefused | undefined; onAccept: () => void }) {
  const { signIn } = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  return (
    <section class="gate-form">
      <h1>{signIn.noticeHeading}</h1>
      <p class="soft">{signIn.noticeLead}</p>
      <dl class="notice-text">
        {privacyNotice[language].map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Button tone="primary" isBusy={isBusy} onPress={onAccept}>{signIn.noticeAccept}</Button>
      <RefusalNotice refusal={refusal} />
    </section>
  );
}
