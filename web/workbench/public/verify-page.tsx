// Checks a letter by its code: what the city says of it, with names masked.
import { useContext, useState } from 'preact/hooks';
import { verifyDecision } from '../../../src/contract/decisions-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OfficeLanguageContext } from '../office-words.ts';
import { usePublicWords } from './public-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

type Verified = Answer<typeof verifyDecision>['data'];

/** The page; a code that came with the address stands in the field. */
export function VerifyPage({ given }: { given: string }) {
  const words = usePublicWords();
  const language = useContext(OfficeLanguageContext);
  const [code, setCode] = useState(given);
  const [found, setFound] = useState<Verified>();
  const { isBusy, refusal, run } = useAct();
  const check = (): void => {
    setFound(undefined);
    run(async () => setFound((await call(verifyDecision, { query: { code: code.trim() } })).data));
  };
  return (
    <section class="gate">
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <h1>{words.verify}</h1>
        <TextField name="code" label={words.code} hint={words.codeHint} value={code} onInput={setCode} isFirst maxLength={40} />
        <Button tone="primary" submits isBusy={isBusy} isDisabled={code.trim() === ''}>{words.check}</Button>
      </form>
      <RefusalNotice refusal={refusal} />
      {found === undefined ? null : (
        <section class="card" aria-live="polite">
          <Notice tone="leaf" icon="yes">{words.real}</Notice>
          <dl class="pairs">
            <dt>{words.rows.number}</dt>
            <dd>{found.number}</dd>
            <dt>{words.rows.on}</dt>
            <dd>{found.on}</dd>
            <dt>{words.rows.department}</dt>
            <dd>{found.departmentName}</dd>
            <dt>{words.rows.name}</dt>
            <dd>{found.name}</dd>
            <dt>{words.rows.benefit}</dt>
            <dd>{found.benefit[language]}</dd>
            <dt>{words.rows.what}</dt>
            <dd>{words.kinds[found.kind]}</dd>
            {found.amountFen === null ? null : (
              <>
                <dt>{words.rows.amount}</dt>
                <dd class="number">{words.yuan(formatYuan(found.amountFen))}</dd>
              </>
            )}
          </dl>
          {found.followedBy === null ? null : <Notice tone="clay">{words.followed}：{words.kinds[found.followedBy.kind]} · {found.followedBy.number} · {found.followedBy.on}</Notice>}
        </section>
      )}
    </section>
  );
}
