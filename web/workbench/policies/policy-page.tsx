// One policy: its benefits, its versions from draft to force, and the way to a new one.
import { useContext } from 'preact/hooks';
import { draftPack, listPacks, listPolicies } from '../../../src/contract/packs-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Status, StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { cityDay } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { PackActor } from './pack-actor.tsx';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { useAct, useAsked } from '../use-call.ts';
import { WaitLine } from '../wait-line.tsx';

type Pack = Answer<typeof listPacks>['data']['items'][number];

/** The shape beside the word of a state. */
export const packStatus: Readonly<Record<Pack['state'], Status>> = { draft: 'unknown', checked: 'review', approved: 'left', published: 'yes', withdrawn: 'no' };

/** The page of a policy. */
export function PolicyPage({ policyId, me }: { policyId: string; me: Me }) {
  const words = usePolicyWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { policy } = words;
  const inForce = useAsked((signal) => call(listPolicies, { signal }), []);
  const versions = useAsked((signal) => call(listPacks, { query: { policy: policyId, limit: 200 }, signal }), [policyId]);
  const { isBusy, refusal, run } = useAct();
  if (inForce.state === 'refused') return <RefusalNotice refusal={inForce.refusal} onRetry={inForce.again} />;
  if (inForce.state === 'loading') return <EmptyState>{office.loading}</EmptyState>;
  const one = inForce.value.data.items.find((each) => each.policyId === policyId);
  const packs = versions.state === 'there' ? versions.value.data.items : [];
  const base = packs.find(({ packHash, state }) => state === 'published' && packHash === one?.packHash) ?? packs[0];
  return (
    <div class="staff-member">
      <p class="small"><a href={linkTo(['policies'])}>{words.back}</a></p>
      <div>
        <h1>{one?.title[language] ?? policyId}</h1>
        {one === undefined ? <p class="soft">{policy.gone}</p> : null}
        <p><a href={linkTo(['policies', policyId, 'settings'])}>{policy.settings}</a></p>
      </div>
      {one === undefined ? null : (
        <Disclosure label={policy.benefits} count={String(one.benefits.length)}>
          <ul class="case-lines">{one.benefits.map(({ benefitId, title, clause }) => <li key={benefitId}>{title[language]} <span class="small soft">{policy.clause(clause)}</span></li>)}</ul>
        </Disclosure>
      )}
      <div>
        <h2>{policy.versions}</h2>
        <p class="soft">{policy.versionsLead}</p>
        {versions.state === 'refused' ? <RefusalNotice refusal={versions.refusal} onRetry={versions.again} /> : (
          <RowsTable<Pack>
            label={policy.versions}
            rows={packs}
            isLoading={versions.state === 'loading'}
            empty={policy.noVersions}
            keyOf={({ packId }) => packId}
            columns={[
              { key: 'drafted', title: policy.columns.drafted, cell: (pack) => <a href={linkTo(['policies', policyId, pack.packId])}>{tellDate(cityDay(pack.draftedAt), language)} · <PackActor by={pack.draftedBy} me={me} /></a> },
              { key: 'state', title: policy.columns.state, cell: (pack) => <><StatusTag status={packStatus[pack.state]} word={words.states[pack.state]} />{pack.packId === base?.packId && pack.state === 'published' ? <> <b>{policy.inForce}</b></> : null}</> },
              { key: 'from', title: policy.columns.from, cell: ({ effectiveOn }) => (effectiveOn === null ? '—' : tellDate(effectiveOn, language)) },
              { key: 'hash', title: policy.columns.hash, cell: ({ packHash }) => <span class="number">{packHash?.slice(0, 8) ?? '—'}</span>, isSecond: true },
            ]}
          />
        )}
      </div>
      {!may(me, 'pack.draft') || base === undefined ? null : (
        <section class="card" aria-labelledby="policy-draft">
          <h2 id="policy-draft">{policy.draft}</h2>
          <p class="soft">{policy.draftLead}</p>
          <Button tone="primary" isBusy={isBusy} onPress={() => run(async () => {
            const { data } = await call(draftPack, { body: { policyId, basedOn: base.packId, files: {} } });
            location.hash = linkTo(['policies', policyId, data.packId]);
          })}>{policy.draft}</Button>
          <WaitLine isBusy={isBusy} words={words.upload.checking} />
          <RefusalNotice refusal={refusal} />
        </section>
      )}
    </div>
  );
}
