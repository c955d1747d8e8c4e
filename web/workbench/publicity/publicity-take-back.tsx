// Takes a public list back before its time: why, what follows, and asked once.
import { useState } from 'preact/hooks';
import { takeBackList } from '../../../src/contract/publicity-endpoints.ts';
import { call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ReasonField } from '../cases/case-fields.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { usePublicityWords } from './publicity-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct } from '../use-call.ts';

/** The way to take a list back, shut until somebody opens it. */
export function TakeBack({ listId, entries, onDone }: { listId: string; entries: number; onDone: () => void }) {
  const { takeBack } = usePublicityWords();
  const [reason, setReason] = useState('');
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const isReady = reason.trim().length >= 2;
  return (
    <Disclosure label={takeBack.heading}>
      <AskOnce
        label={takeBack.go}
        warning={takeBack.warning(entries)}
        sure={takeBack.sure}
        isBusy={isBusy}
        mayOpen={() => {
          setLooked(true);
          return isReady;
        }}
        onSure={() => run(async () => {
          await call(takeBackList, { params: { listId }, body: { reason: reason.trim() } });
          onDone();
        })}
      >
        <p class="soft">{takeBack.lead}</p>
        <ReasonField label={takeBack.reason} hint={isLooked && !isReady ? takeBack.missing : takeBack.reasonHint} value={reason} onInput={setReason} />
      </AskOnce>
      <RefusalNotice refusal={refusal} />
    </Disclosure>
  );
}
