// Confirms or dismisses what somebody else found, with reasons; a confirmed one has the number of its document.
import { useId, useState } from 'preact/hooks';
import { decideFindingEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { call } from '../../client/call.ts';
import { FieldProblem } from '../../ui/field.tsx';
import { ReasonField } from '../cases/case-fields.tsx';
import { useFindingWords } from './finding-words.ts';
import { ActNotice } from '../payments/payment-act-notice.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

/** The form. */
export function DecideFinding({ findingId, onDecided, onFresh }: { findingId: string; onDecided: () => void; onFresh: () => void }) {
  const words = useFindingWords();
  const { one: told } = words;
  const name = useId();
  const [outcome, setOutcome] = useState<'confirmed' | 'dismissed'>();
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run, forget } = useAct();
  const isReady = reason.trim() !== '' && (outcome === 'dismissed' || document.trim() !== '');
  return (
    <section class="card" aria-label={told.decide}>
      <h2>{told.decide}</h2>
      <fieldset class="settle-ways">
        <legend class="small soft">{told.how}</legend>
        {(['confirmed', 'dismissed'] as const).map((way) => (
          <label key={way} class={way === outcome ? 'settle-way is-chosen' : 'settle-way'}>
            <input type="radio" name={name} checked={way === outcome} onChange={() => setOutcome(way)} />
            <span>
              <b>{told.ways[way]}</b>
              <span class="small soft">{told.wayHints[way]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {outcome === undefined ? null : (
        <AskOnce
          key={outcome}
          label={told.go}
          tone="primary"
          warning={told.warning[outcome]}
          sure={told.sure[outcome]}
          isBusy={isBusy}
          mayOpen={() => {
            setLooked(true);
            return isReady;
          }}
          onSure={() => run(async () => {
            const body = outcome === 'confirmed' ? { outcome, reason: reason.trim(), document: document.trim() } : { outcome, reason: reason.trim() };
            await call(decideFindingEndpoint, { params: { findingId }, body, key });
            onDecided();
          })}
        >
          <ReasonField label={told.reason} hint={told.reasonHint} value={reason} onInput={setReason} />
          <FieldProblem>{isLooked && reason.trim() === '' ? words.missing : undefined}</FieldProblem>
          {outcome === 'confirmed' ? <TextField name="document" label={told.documentLabel} value={document} onInput={setDocument} problem={isLooked && document.trim() === '' ? words.missing : undefined} maxLength={200} /> : null}
        </AskOnce>
      )}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onFresh();
      }} />
    </section>
  );
}
