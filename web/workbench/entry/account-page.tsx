// One's own account: how one signs in, where one is signed in, and changing either.
import { useState } from 'preact/hooks';
import { changePassword, listSessions, proveAgain, revokeOtherSessions, revokeSession } from '../../../src/contract/access-endpoints.ts';
import { call, CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Me } from '../me.ts';
import { NewPassword } from './new-password.tsx';
import { useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

/** The account. */
export function AccountPage({ me, onChange }: { me: Me; onChange: () => void }) {
  const { account } = useOfficeWords();
  return (
    <>
      <h1>{account.heading}</h1>
      <section class="card">
        <h2>{account.security}</h2>
        <dl class="pairs">
          <dt>{account.phone}</dt>
          <dd>{me.phone ?? account.noPhone}</dd>
          <dt>{account.factor}</dt>
          <dd>{me.hasSecondFactor ? `${account.set} · ${account.recovery(me.recoveryCodesLeft)}` : account.unset}</dd>
          <dt>{account.password}</dt>
          <dd>{me.hasPassword ? account.set : account.unset}</dd>
        </dl>
        <ChangePassword me={me} onChange={onChange} />
      </section>
      <Sessions />
    </>
  );
}

function ChangePassword({ me, onChange }: { me: Me; onChange: () => void }) {
  const words = useOfficeWords();
  const { account } = words;
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const [needsProof, setNeedsProof] = useState(false);
  const [current, setCurrent] = useState('');
  const [code, setCode] = useState('');
  const { isBusy, refusal, run } = useAct();
  if (isDone) return <Notice tone="leaf">{account.changed}</Notice>;
  if (!isOpen) return <Button onPress={() => setOpen(true)}>{account.change}</Button>;
  if (needsProof) {
    return (
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            await call(proveAgain, { body: { kind: 'second-factor', code: code.trim() } });
            setNeedsProof(false);
          });
        }}
      >
        <h3>{account.proveHeading}</h3>
        <p class="soft">{account.proveLead}</p>
        <TextField name="code" label={words.signIn.code} value={code} onInput={setCode} autocomplete="one-time-code" isFirst maxLength={20} />
        <Button tone="primary" submits isBusy={isBusy} isDisabled={code.trim().length < 6}>{words.signIn.codeGo}</Button>
        <RefusalNotice refusal={refusal} />
      </form>
    );
  }
  const change = (password: string): void =>
    run(async () => {
      try {
        await call(changePassword, { body: { password, ...(me.hasPassword ? { current } : {}) } });
        setDone(true);
        onChange();
      } catch (error) {
        if (error instanceof CallRefused && error.code === 'proof-needed') setNeedsProof(true);
        else throw error;
      }
    });
  return (
    <div class="gate-form">
      {me.hasPassword ? <TextField name="current" label={account.current} isSecret value={current} onInput={setCurrent} autocomplete="current-password" isFirst maxLength={512} /> : null}
      <NewPassword isBusy={isBusy} go={account.change} onGo={change} />
      <RefusalNotice refusal={refusal} />
      <Button tone="quiet" onPress={() => setOpen(false)}>{words.cancel}</Button>
    </div>
  );
}

function Sessions() {
  const words = useOfficeWords();
  const { account } = words;
  const tellInstant = useTellInstant();
  const sessions = useAsked((signal) => call(listSessions, { signal }), []);
  const [ended, setEnded] = useState<number>();
  const { isBusy, refusal, run } = useAct();
  return (
    <section class="card">
      <h2>{account.sessions}</h2>
      <p class="soft">{account.sessionsLead}</p>
      {sessions.state === 'refused' ? <RefusalNotice refusal={sessions.refusal} onRetry={sessions.again} /> : null}
      <RefusalNotice refusal={refusal} />
      {ended === undefined ? null : <Notice tone="leaf">{account.ended(ended)}</Notice>}
      {sessions.state !== 'there' ? null : (
        <ul class="sessions">
          {sessions.value.data.items.map((one) => (
            <li key={one.sessionId}>
              <span>
                {nameBrowser(one.userAgent)} · {one.address}
                <br />
                <span class="small soft">{account.last} {tellInstant(one.lastSeenAt)}</span>
              </span>
              {one.isThis ? <span class="small">{account.here}</span> : (
                <Button tone="quiet" isBusy={isBusy} onPress={() => run(async () => {
                  await call(revokeSession, { params: { sessionId: one.sessionId } });
                  setEnded(1);
                  sessions.again();
                })}>{account.end}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {sessions.state === 'there' && sessions.value.data.items.length > 1 ? (
        <Button isBusy={isBusy} onPress={() => run(async () => {
          const { data } = await call(revokeOtherSessions);
          setEnded(data.ended);
          sessions.again();
        })}>{account.endOthers}</Button>
      ) : null}
    </section>
  );
}

/** The browser and the system that a long line of theirs names. */
function nameBrowser(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|MicroMessenger|Chrome|Safari)/.exec(userAgent)?.[1] ?? '';
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1] ?? '';
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', MicroMessenger: '微信' };
  const told = [names[browser] ?? browser, system].filter((part) => part !== '').join(' · ');
  return told === '' ? userAgent.slice(0, 40) : told;
}
