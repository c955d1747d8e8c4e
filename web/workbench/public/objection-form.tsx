// An objection to an entry of a public list, and the receipt by which its answer is read.
import { useState } from 'preact/hooks';
import { makeObjection } from '../../../src/contract/publicity-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePublicWords } from './public-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

/** The form; `onBack` leads to the list. */
export function ObjectionForm({ listId, entryId, name, onBack }: { listId: string; entryId: string; name: string; onBack: () => void }) {
  const words = usePublicWords();
  const [text, setText] = useState('');
  const [reach, setReach] = useState('');
  const [own, setOwn] = useState('');
  const [receipt, setReceipt] = useState<string>();
  // One objection however often it is sent.
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run } = useAct();
  if (receipt !== undefined) {
    return (
      <section class="gate">
        <h1>{words.objectTo(name)}</h1>
        <Notice tone="leaf" icon="yes">{words.sent}</Notice>
        <p class="receipt"><code>{receipt}</code></p>
        <Button onPress={onBack}>{words.back}</Button>
      </section>
    );
  }
  return (
    <form
      class="gate"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => setReceipt((await call(makeObjection, { params: { listId, entryId }, body: { text: text.trim(), reach: reach.trim(), name: own.trim() }, key })).data.receipt));
      }}
    >
      <h1>{words.objectTo(name)}</h1>
      <p class="soft">{words.objectLead}</p>
      <label class="text-field">
        <span>{words.reason}</span>
        <textarea class="input" rows={5} maxLength={2000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <TextField name="reach" label={words.reach} hint={words.reachHint} value={reach} onInput={setReach} maxLength={200} />
      <TextField name="own-name" label={words.yourName} value={own} onInput={setOwn} autocomplete="name" maxLength={100} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={text.trim().length < 5 || reach.trim() === ''}>{words.send}</Button>
      <RefusalNotice refusal={refusal} />
      <Button tone="quiet" icon="back" onPress={onBack}>{words.back}</Button>
    </form>
  );
}
