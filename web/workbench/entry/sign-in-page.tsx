// Signing in as staff: password, the code of the authenticator, and what the first time asks for besides.
import { useState } from 'preact/hooks';
import { beginEnrolment, chooseNewPassword, confirmEnrolment, showRealName, showSecondFactor, signInByPassword } from '../../../src/contract/access-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ActivatePage } from './activate-page.tsx';
import { EnterByPhone } from './enter-by-phone.tsx';
import { NewPassword, type SignInAnswer } from './new-password.tsx';
import { useOfficeWords } from '../office-words.ts';
import { RecoveryCodes, ScanCode } from './second-factor-parts.tsx';
import { RealNameForm } from './real-name-form.tsx';
import { RecoverPage } from './recover-page.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { Door } from '../workbench-display.ts';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

type Step =
  | { readonly kind: 'password' | 'phone' | 'activate' | 'recover' }
  | { readonly kind: 'second-factor' | 'new-password' | 'real-name'; readonly stepToken: string }
  | { readonly kind: 'enrol'; readonly stepToken: string; readonly secret: string; readonly address: string }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

/** The page before the workbench; `onDone` is called once the session is open. */
export function SignInPage({ door, hasEnded, onDone }: { door: Door; hasEnded: boolean; onDone: () => void }) {
  const words = useOfficeWords();
  const first = door === 'staff' ? 'password' : 'phone';
  const [step, setStep] = useState<Step>({ kind: first });
  const { isBusy, refusal, run, forget } = useAct();

  const go = async ({ next, stepToken, recoveryCodes }: SignInAnswer): Promise<void> => {
    if (recoveryCodes !== undefined && recoveryCodes.length > 0) setStep({ kind: 'codes', codes: recoveryCodes });
    else if (next === 'done' || stepToken === null) onDone();
    else if (next === 'enrol-second-factor') {
      const { data } = await call(beginEnrolment, { body: { stepToken } });
      setStep({ kind: 'enrol', stepToken, ...data });
    } else setStep({ kind: next, stepToken });
  };
  const restart = (): void => {
    forget();
    setStep({ kind: first });
  };

  return (
    <main class="gate" id="content">
      {hasEnded && step.kind === first ? <Notice>{words.frame.ended}</Notice> : null}
      {step.kind === 'password' ? (
        <PasswordStep isBusy={isBusy} onGo={(login, password) => run(async () => go((await call(signInByPassword, { body: { login, password } })).data))} />
      ) : null}
      {step.kind === 'phone' ? <EnterByPhone onAnswer={(answer) => run(() => go(answer))} onRecover={() => setStep({ kind: 'recover' })} /> : null}
      {step.kind === 'recover' ? <RecoverPage onDone={restart} /> : null}
      {step.kind === 'activate' ? <ActivatePage onAnswer={(answer) => run(() => go(answer))} /> : null}
      {step.kind === 'second-factor' ? (
        <CodeStep isBusy={isBusy} onGo={(code) => run(async () => go((await call(showSecondFactor, { body: { stepToken: step.stepToken, code } })).data))} />
      ) : null}
      {step.kind === 'real-name' ? (
        <div class="gate-form">
          <h1>{words.signIn.realNameHeading}</h1>
          <p class="soft">{words.signIn.realNameLead}</p>
          <RealNameForm isBusy={isBusy} go={words.signIn.codeGo} onGo={(realName) => run(async () => go((await call(showRealName, { body: { stepToken: step.stepToken, ...realName } })).data))} />
        </div>
      ) : null}
      {step.kind === 'new-password' ? (
        <NewPasswordStep isBusy={isBusy} onGo={(password) => run(async () => go((await call(chooseNewPassword, { body: { stepToken: step.stepToken, password } })).data))} />
      ) : null}
      {step.kind === 'enrol' ? (
        <EnrolStep
          isBusy={isBusy}
          secret={step.secret}
          address={step.address}
          onGo={(code) => run(async () => go((await call(confirmEnrolment, { body: { stepToken: step.stepToken, code } })).data))}
        />
      ) : null}
      {step.kind === 'codes' ? <RecoveryCodes codes={step.codes} onKept={onDone} /> : null}
      <RefusalNotice refusal={refusal} />
      {step.kind === 'codes' ? null : (
        <nav class="gate-ways">
          {step.kind === first ? (
            <>
              {door === 'staff' ? <Button tone="quiet" onPress={() => setStep({ kind: 'activate' })}>{words.signIn.first}</Button> : <Button tone="quiet" onPress={() => setStep({ kind: 'recover' })}>{words.signIn.recoverHeading}</Button>}
              <a href={door === 'staff' ? '/my/' : '/office/'}>{door === 'staff' ? words.signIn.staffFirst : words.signIn.peopleFirst}</a>
            </>
          ) : (
            <Button tone="quiet" icon="back" onPress={restart}>{step.kind === 'activate' ? words.signIn.toSignIn : words.back}</Button>
          )}
          <a href="/">{words.signIn.public}</a>
        </nav>
      )}
    </main>
  );
}

function PasswordStep({ isBusy, onGo }: { isBusy: boolean; onGo: (login: string, password: string) => void }) {
  const { signIn } = useOfficeWords();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (login.trim() !== '' && password !== '') onGo(login, password);
      }}
    >
      <h1>{signIn.heading}</h1>
      <p class="soft">{signIn.lead}</p>
      <TextField name="login" label={signIn.login} hint={signIn.loginHint} value={login} onInput={setLogin} autocomplete="username" isFirst maxLength={100} />
      <TextField name="password" label={signIn.password} isSecret value={password} onInput={setPassword} autocomplete="current-password" maxLength={512} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={login.trim() === '' || password === ''}>{signIn.go}</Button>
    </form>
  );
}

function CodeStep({ isBusy, onGo }: { isBusy: boolean; onGo: (code: string) => void }) {
  const { signIn } = useOfficeWords();
  const [code, setCode] = useState('');
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        onGo(code.trim());
      }}
    >
      <h1>{signIn.secondHeading}</h1>
      <TextField name="code" label={signIn.code} hint={signIn.codeHint} value={code} onInput={setCode} autocomplete="one-time-code" isFirst maxLength={20} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={code.trim().length < 6}>{signIn.codeGo}</Button>
    </form>
  );
}

function NewPasswordStep({ isBusy, onGo }: { isBusy: boolean; onGo: (password: string) => void }) {
  const { signIn } = useOfficeWords();
  return (
    <div class="gate-form">
      <h1>{signIn.newHeading}</h1>
      <p class="soft">{signIn.newLead}</p>
      <NewPassword isBusy={isBusy} go={signIn.codeGo} onGo={onGo} />
    </div>
  );
}

function EnrolStep({ isBusy, secret, address, onGo }: { isBusy: boolean; secret: string; address: string; onGo: (code: string) => void }) {
  const { signIn } = useOfficeWords();
  const [code, setCode] = useState('');
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        onGo(code.trim());
      }}
    >
      <h1>{signIn.enrolHeading}</h1>
      <p class="soft">{signIn.enrolLead}</p>
      <ScanCode address={address} secret={secret} />
      <TextField name="code" label={signIn.code} value={code} onInput={setCode} autocomplete="one-time-code" inputMode="numeric" maxLength={6} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!/^\d{6}$/.test(code.trim())}>{signIn.codeGo}</Button>
    </form>
  );
}
