// Following a report of fraud by its code: how far it is, what was answered and asked, and saying more.
import { useState } from 'preact/hooks';
import { addToReportEndpoint, followReportEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { ReasonField } from '../cases/case-fields.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { reportStatus, ReportThread } from '../oversight/report-thread.tsx';
import { useReportWords } from '../oversight/report-words.ts';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

type Followed = Answer<typeof followReportEndpoint>['data'];

/** The page. The code is kept in this page alone and is gone with it. */
export function FollowReportPage() {
  const words = useReportWords();
  const { public: told } = words;
  const tellInstant = useTellInstant();
  const [code, setCode] = useState('');
  const [found, setFound] = useState<Followed>();
  const { isBusy, refusal, run } = useAct();
  return (
    <section class="gate">
      <h1>{told.codeHeading}</h1>
      {found === undefined ? (
        <form
          class="gate-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (code.trim() !== '') run(async () => setFound((await call(followReportEndpoint, { body: { receiptCode: code.trim() } })).data));
          }}
        >
          <TextField name="receipt" label={told.code} hint={told.codeHint} value={code} onInput={setCode} isFirst maxLength={60} />
          <Button tone="primary" submits isBusy={isBusy} isDisabled={code.trim() === ''}>{told.look}</Button>
          <RefusalNotice refusal={refusal} />
        </form>
      ) : (
        <>
          <section class="card" aria-live="polite" aria-label={told.stateNow}>
            <p><StatusTag status={reportStatus[found.state]} word={words.states[found.state]} /></p>
            <dl class="pairs">
              <dt>{words.made}</dt>
              <dd class="number">{tellInstant(found.madeAt)}</dd>
              {found.answeredAt === null ? null : <><dt>{told.answered}</dt><dd class="number">{tellInstant(found.answeredAt)}</dd></>}
              {found.answer === null ? null : <><dt>{told.answer}</dt><dd class="written">{found.answer}</dd></>}
            </dl>
          </section>
          <section aria-label={told.messages}>
            <h2>{told.messages}</h2>
            <ReportThread messages={found.messages} sides={told.sides} empty={told.noMessages} />
          </section>
          {found.answeredAt === null ? <Add code={code} onAdded={setFound} /> : <p class="soft">{told.over}</p>}
          <Button tone="quiet" icon="back" onPress={() => {
            setFound(undefined);
            setCode('');
          }}>{told.another}</Button>
        </>
      )}
    </section>
  );
}

function Add({ code, onAdded }: { code: string; onAdded: (found: Followed) => void }) {
  const { public: told } = useReportWords();
  const [text, setText] = useState('');
  const [isAdded, setAdded] = useState(false);
  // The same words sent again are one message.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run } = useAct();
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        run(async () => {
          onAdded((await call(addToReportEndpoint, { body: { receiptCode: code.trim(), text: text.trim() }, key })).data);
          setText('');
          setKey(crypto.randomUUID());
          setAdded(true);
        });
      }}
    >
      <ReasonField label={told.add} hint={told.addHint} value={text} onInput={(words) => {
        setText(words);
        setAdded(false);
      }} rows={4} />
      <Button submits isBusy={isBusy} isDisabled={text.trim() === ''}>{told.addGo}</Button>
      {isAdded ? <Notice tone="leaf" icon="yes">{told.added}</Notice> : null}
      <RefusalNotice refusal={refusal} />
    </form>
  );
}
