// Asking for a copy, a correction or a deletion of what is held about oneself, and the answers.
import { useState } from 'preact/hooks';
import { askForDataEndpoint, listRequestsEndpoint } from '../../../src/contract/registry-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useRecordWords } from './record-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

const kinds = ['correct', 'delete', 'copy'] as const;

/** The requests of a person. */
export function DataRequests({ partyId }: { partyId: string }) {
  const words = useRecordWords();
  const requests = useAsked((signal) => call(listRequestsEndpoint, { params: { partyId }, signal }), [partyId]);
  const [kind, setKind] = useState<(typeof kinds)[number]>('correct');
  const [text, setText] = useState('');
  const [dueOn, setDueOn] = useState<string>();
  const { isBusy, refusal, run } = useAct();
  const ask = (): void =>
    run(async () => {
      const { data } = await call(askForDataEndpoint, { params: { partyId }, body: { kind, ...(text.trim() === '' ? {} : { words: text.trim() }) } });
      setText('');
      setDueOn(data.dueOn);
      requests.again();
    });
  return (
    <section class="card">
      <h2>{words.requests}</h2>
      <p class="soft">{words.requestsLead}</p>
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <SelectField label={words.kind} value={kind} options={kinds.map((one) => [one, words.kinds[one]] as const)} onChoose={(one) => setKind(kinds.find((each) => each === one) ?? 'correct')} hasAll={false} />
        <label class="text-field">
          <span>{words.words}</span>
          <textarea class="input" rows={3} maxLength={2000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <Button submits isBusy={isBusy} isDisabled={kind === 'correct' && text.trim() === ''}>{words.ask}</Button>
        {dueOn === undefined ? null : <Notice tone="leaf">{words.asked(dueOn)}</Notice>}
        <RefusalNotice refusal={refusal} />
      </form>
      {requests.state === 'refused' ? <RefusalNotice refusal={requests.refusal} onRetry={requests.again} /> : null}
      <ul class="sessions">
        {(requests.state === 'there' ? requests.value.data.items : []).map((one) => (
          <li key={one.requestId}>
            <span>
              <b>{words.kinds[one.kind]}</b> {one.words}
              <br />
              <span class="small soft">{one.outcome === null ? words.due(one.dueOn) : `${words.outcomes[one.outcome]} · ${one.answer?.words ?? ''}`}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
