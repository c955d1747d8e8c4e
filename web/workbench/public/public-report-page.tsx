// Reporting fraud as anybody: one question at a time, then the code by which the report is followed.
import { useState } from 'preact/hooks';
import { readMe } from '../../../src/contract/access-endpoints.ts';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { makeReportEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { call, CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import type { Me } from '../me.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useReportWords } from '../oversight/report-words.ts';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

/** Two ways: to report, and to follow. */
export function ReportWaysPage() {
  const { public: words } = useReportWords();
  return (
    <>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      <nav class="ways" aria-label={words.heading}>
        <a class="way" href={linkTo(['report', 'new'])}><span>{words.make}</span><Icon name="on" /></a>
        <a class="way" href={linkTo(['report', 'follow'])}><span>{words.follow}</span><Icon name="on" /></a>
      </nav>
    </>
  );
}

/** Who is signed in on this device, where somebody is as a person; undefined for nobody. */
async function findPerson(signal: AbortSignal): Promise<Me | undefined> {
  try {
    const { data } = await call(readMe, { signal });
    return data.capacity.kind === 'person' || data.capacity.kind === 'agent' ? data : undefined;
  } catch (error) {
    if (error instanceof CallRefused && error.status === 401) return undefined;
    throw error;
  }
}

const steps = 4;

/** The form. Nothing of it stays on the device. */
export function MakeReportPage() {
  const { public: words } = useReportWords();
  const [step, setStep] = useState(1);
  const [isNamed, setNamed] = useState(false);
  const [text, setText] = useState('');
  const [place, setPlace] = useState('');
  const [contact, setContact] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [receipt, setReceipt] = useState<string>();
  const person = useAsked(findPerson, []);
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  // One report however often it is sent.
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run } = useAct();
  const isPerson = person.state === 'there' && person.value !== undefined;
  const send = (): void =>
    run(async () => {
      const body = { text: text.trim(), isNamed, ...(place === '' ? {} : { jurisdictionCode: place }), ...(contact.trim() === '' ? {} : { contact: contact.trim() }) };
      setReceipt((await call(makeReportEndpoint, { body, key })).data.receiptCode);
    });
  if (receipt !== undefined) {
    return (
      <section class="gate">
        <h1>{words.heading}</h1>
        <Notice tone="leaf" icon="yes">{words.sent}</Notice>
        <p class="receipt"><code>{receipt}</code></p>
        <p class="soft">{words.sentLead}</p>
        <p><a class="button secondary" href={linkTo(['report', 'follow'])}>{words.toFollow}</a></p>
      </section>
    );
  }
  return (
    <form
      class="gate"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === 2 && text.trim() === '') {
          setLooked(true);
          return;
        }
        if (step === steps) send();
        else setStep(step + 1);
      }}
    >
      <p class="small soft">{words.step(step, steps)}</p>
      {step === 1 ? (
        <>
          <h1>{words.howHeading}</h1>
          <fieldset class="settle-ways">
            <legend class="unseen">{words.howHeading}</legend>
            {([false, true] as const).map((one) => {
              const way = one ? 'named' : 'anonymous';
              return (
                <label key={way} class={one === isNamed ? 'settle-way is-chosen' : 'settle-way'}>
                  <input type="radio" name="how" checked={one === isNamed} onChange={() => setNamed(one)} />
                  <span>
                    <b>{words.how[way]}</b>
                    <span class="small soft">{words.howHints[way]}</span>
                  </span>
                </label>
              );
            })}
          </fieldset>
          {isNamed && person.state === 'there' && !isPerson ? <Notice><p>{words.signIn}</p><p><a href="/my/">{words.signInGo}</a></p></Notice> : null}
          {isNamed && person.state === 'refused' ? <RefusalNotice refusal={person.refusal} onRetry={person.again} /> : null}
        </>
      ) : null}
      {step === 2 ? (
        <>
          <h1>{words.textHeading}</h1>
          <ReasonField label={words.textLabel} hint={words.textHint} value={text} onInput={setText} rows={8} isFirst />
          {isLooked && text.trim() === '' ? <p class="field-problem" role="alert"><Icon name="information" /><span>{words.tooShort}</span></p> : null}
        </>
      ) : null}
      {step === 3 ? (
        <>
          <h1>{words.whereHeading}</h1>
          <SelectField
            label={words.where}
            value={place}
            options={[['', words.whereUnknown], ...(places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : [])]}
            onChoose={setPlace}
            hasAll={false}
          />
        </>
      ) : null}
      {step === 4 ? (
        <>
          <h1>{words.contactHeading}</h1>
          <TextField name="contact" label={words.contact} hint={words.contactHint} value={contact} onInput={setContact} maxLength={200} />
        </>
      ) : null}
      <Button tone="primary" submits isBusy={isBusy} isDisabled={step === 1 && isNamed && !isPerson} {...(step === steps ? {} : { iconAfter: 'on' as const })}>{step === steps ? words.send : words.next}</Button>
      <RefusalNotice refusal={refusal} />
      {step === 1 ? null : <Button tone="quiet" icon="back" isDisabled={isBusy} onPress={() => setStep(step - 1)}>{words.back}</Button>}
    </form>
  );
}
