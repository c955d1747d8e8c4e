// Claims of registry records that the system could not settle by itself: somebody sees the document and decides.
import { decideClaim, listClaims } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { may } from '../me.ts';
import type { SectionPage } from '../section-page.ts';
import { OpenRecovery } from './staff-recoveries.tsx';
import { WaitingPage } from './staff-waiting.tsx';
import { useStaffWords } from './staff-words.ts';
import { useTellInstant } from '../tell-instant.ts';

type Claim = Answer<typeof listClaims>['data']['items'][number];

/** The claims that wait, the oldest first. */
export function ClaimsPage({ me }: SectionPage) {
  const { claims: words, recoveries } = useStaffWords();
  const tellInstant = useTellInstant();
  return (
    <WaitingPage<Claim>
      words={words}
      ask={async (limit, signal) => (await call(listClaims, { query: { limit }, signal })).data}
      keyOf={({ claimId }) => claimId}
      nameOf={({ name }) => name}
      warningOf={({ name }) => words.confirmWarning(name)}
      describe={({ name, identityNumber, finding, claimedAt }) => (
        <>
          <h2>{name}</h2>
          <p class="number">{identityNumber}</p>
          <p>{words.findings[finding]} <span class="small soft">{tellInstant(claimedAt)}</span></p>
        </>
      )}
      settle={({ claimId }, confirm) => call(decideClaim, { params: { claimId }, body: { confirm } })}
    >
      {may(me, 'recovery.open') ? <Disclosure label={recoveries.open}><OpenRecovery /></Disclosure> : null}
    </WaitingPage>
  );
}
