// A new account of staff, and the slip that is printed for its holder.
import { useState } from 'preact/hooks';
import { createStaff } from '../../../src/contract/staff-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useStaffWords } from './staff-words.ts';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

const duties = ['officer', 'system-admin', 'security-admin', 'audit-admin'] as const;

/** The form; once the account is made, its slip. */
export function StaffForm() {
  const words = useStaffWords();
  const { form, slip } = words;
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [phone, setPhone] = useState('');
  const [duty, setDuty] = useState<(typeof duties)[number]>('officer');
  const [made, setMade] = useState<{ readonly accountId: string; readonly name: string; readonly login: string }>();
  const { isBusy, refusal, run } = useAct();
  const problem = (field: string): string | undefined => refusal?.details.find((one) => one.field === field)?.message;
  if (made !== undefined) {
    return (
      <>
        <Notice tone="leaf" icon="yes">{words.done.created}</Notice>
        <section class="card staff-slip" aria-labelledby="staff-slip">
          <h1 id="staff-slip">{slip.heading}</h1>
          <p class="soft no-print">{slip.lead}</p>
          <dl class="pairs">
            <dt>{form.name}</dt>
            <dd>{made.name}</dd>
            <dt>{form.login}</dt>
            <dd><b class="number">{made.login}</b></dd>
          </dl>
          <p>{slip.how}</p>
          <div class="case-buttons no-print">
            <Button icon="print" onPress={() => print()}>{words.print}</Button>
            {duty === 'officer' ? <a class="button primary" href={linkTo(['staff', made.accountId])}><span>{slip.toMember}</span></a> : null}
            <Button tone="quiet" onPress={() => {
              setMade(undefined);
              setName('');
              setLogin('');
              setPhone('');
            }}>{slip.another}</Button>
          </div>
        </section>
      </>
    );
  }
  return (
    <>
      <p class="small"><a href={linkTo(['staff'])}>{form.back}</a></p>
      <div>
        <h1>{form.heading}</h1>
        <p class="soft">{form.lead}</p>
      </div>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            const { data } = await call(createStaff, { body: { name, login, phone, duty } });
            setMade({ accountId: data.accountId, name, login });
          });
        }}
      >
        <TextField name="staff-name" label={form.name} value={name} onInput={setName} isFirst problem={problem('name')} maxLength={100} />
        <TextField name="staff-login" label={form.login} hint={form.loginHint} value={login} onInput={setLogin} problem={problem('login')} maxLength={40} />
        <TextField name="staff-phone" label={form.phone} hint={form.phoneHint} value={phone} onInput={setPhone} inputMode="tel" problem={problem('phone')} maxLength={11} />
        <fieldset class="case-checks">
          <legend>{form.duty}</legend>
          {duties.map((one) => (
            <label key={one} class="tick">
              <input type="radio" name="staff-duty" checked={duty === one} onChange={() => setDuty(one)} />
              <span>{words.duties[one]}</span>
            </label>
          ))}
          <p class="small soft">{form.dutyHint}</p>
        </fieldset>
        <RefusalNotice refusal={refusal} />
        <Button tone="primary" submits isBusy={isBusy} isDisabled={name.trim() === '' || login === '' || phone === ''}>{form.go}</Button>
      </form>
    </>
  );
}
