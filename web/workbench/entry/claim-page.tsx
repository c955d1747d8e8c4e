// Saying who one is: until then an account can look around, and nothing of a person's is opened by it.
import { makeClaim } from '../../../src/contract/access-endpoints.ts';
import { call } from '../../client/call.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Me } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import { RealNameForm } from './real-name-form.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct } from '../use-call.ts';

/** The claim: not made, being checked, or refused. */
export function ClaimPage({ me, onChange }: { me: Me; onChange: () => void }) {
  const { claim } = useOfficeWords();
  const { isBusy, refusal, run } = useAct();
  if (me.claim === 'waiting') {
    return (
      <section class="card">
        <h1>{claim.waitingHeading}</h1>
        <p>{claim.waiting}</p>
      </section>
    );
  }
  return (
    <section class="card">
      <h1>{claim.heading}</h1>
      {me.claim === 'refused' ? <Notice tone="clay">{claim.refused}</Notice> : null}
      <p class="soft">{claim.lead}</p>
      <RealNameForm isBusy={isBusy} go={claim.go} onGo={(realName) => run(async () => {
        await call(makeClaim, { body: realName });
        onChange();
      })} />
      <RefusalNotice refusal={refusal} />
    </section>
  );
}
