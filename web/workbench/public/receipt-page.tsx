// Reads the answer to an objection by its receipt.
import { useContext, useState } from 'preact/hooks';
import { readReceipt } from '../../../src/contract/publicity-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { OfficeLanguageContext } from '../office-words.ts';
import { usePublicWords } from './public-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

/** The page. */
export function ReceiptPage() {
  const words = usePublicWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const [code, setCode] = useState('');
  const [found, setFound] = useState<Answer<typeof readReceipt>['data']>();
  const { isBusy, refusal, run } = useAct();
  return (
    <section class="gate">
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          setFound(undefined);
          run(async () => setFound((await call(readReceipt, { body: { code: code.trim() } })).data));
        }}
      >
        <h1>{words.receipt}</h1>
        <TextField name="receipt" label={words.receiptCode} value={code} onInput={setCode} isFirst maxLength={64} />
        <Button tone="primary" submits isBusy={isBusy} isDisabled={code.trim() === ''}>{words.receiptCheck}</Button>
      </form>
      <RefusalNotice refusal={refusal} />
      {found === undefined ? null : (
        <section class="card" aria-live="polite">
          <h2>{words.objectionStates[found.state]}</h2>
          <dl class="pairs">
            <dt>{words.rows.benefit}</dt>
            <dd>{found.benefit[language]}</dd>
            <dt>{words.made}</dt>
            <dd>{tellInstant(found.madeAt)}</dd>
            {found.answer === null ? null : (
              <>
                <dt>{words.answer}</dt>
                <dd>{found.answer}</dd>
              </>
            )}
          </dl>
        </section>
      )}
    </section>
  );
}
