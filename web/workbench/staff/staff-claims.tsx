// Claims of registry records that the system could not settle by itself: somebody sees the document and decides.
import { useState } from 'preact/hooks';
import { decideClaim, listClaims } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { may } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { SectionPage } from '../section-page.ts';
import { OpenRecovery } from './staff-recoveries.tsx';
import { useStaffWords } from './staff-words.ts';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Claim = Answer<typeof listClaims>['data']['items'][number];

/** The claims that wait, the oldest first. */
export function ClaimsPage({ me }: SectionPage) {
  const { claims: words, recoveries } = useStaffWords();
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const [told, setTold] = useState<string>();
  const [limit, setLimit] = useState(50);
  const asked = useAsked((signal) => call(listClaims, { query: { limit }, signal }), [limit]);
  const { isBusy, refusal, run } = useAct();
  const found = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const settle = ({ claimId }: Claim, confirm: boolean): void =>
    run(async () => {
      setTold(undefined);
      await call(decideClaim, { params: { claimId }, body: { confirm } });
      setTold(confirm ? words.confirmed : words.refused);
      asked.again();
    });
  return (
    <>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      <RefusalNotice refusal={refusal} />
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {found === undefined ? (asked.state === 'refused' ? null : <EmptyState>{office.loading}</EmptyState>) : found.data.items.length === 0 ? <EmptyState>{words.empty}</EmptyState> : (
        <ul class="staff-waiting" role="list">
          {found.data.items.map((one) => (
            <li key={one.claimId} class="card" aria-label={one.name}>
              <div>
                <h2>{one.name}</h2>
                <p class="number">{one.identityNumber}</p>
                <p>{words.findings[one.finding]} <span class="small soft">{tellInstant(one.claimedAt)}</span></p>
              </div>
              <div class="staff-answers">
                <AskOnce label={words.confirm} tone="primary" warning={words.confirmWarning(one.name)} sure={words.confirm} isBusy={isBusy} onSure={() => settle(one, true)} />
                <AskOnce label={words.refuse} tone="quiet" warning={words.refuseWarning} sure={words.refuse} isBusy={isBusy} onSure={() => settle(one, false)} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {may(me, 'recovery.open') ? <Disclosure label={recoveries.open}><OpenRecovery /></Disclosure> : null}
      {found !== undefined && found.data.nextCursor !== null && limit < 200 ? <p class="list-more"><Button onPress={() => setLimit(200)}>{office.more}</Button></p> : null}
    </>
  );
}
