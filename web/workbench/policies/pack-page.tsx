// One version of a policy: how far it is, what the check found, its files, what it changes and for whom, and what to do now.
import { useContext, useState } from 'preact/hooks';
import { approvePack, getPack, listPacks, listPolicies, publishPack, withdrawPack } from '../../../src/contract/packs-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { call, CallRefused } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { DayField } from '../day-field.tsx';
import { cityDay } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { PackActor } from './pack-actor.tsx';
import { PackCases } from './pack-cases.tsx';
import { PackDifference } from './pack-difference.tsx';
import { type OnePack, PackFiles } from './pack-files.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { packStatus } from './policy-page.tsx';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

/** The page of a version. */
export function PackPage({ packId, policyId, me }: { packId: string; policyId: string; me: Me }) {
  const words = usePolicyWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { pack } = words;
  const [told, setTold] = useState<string>();
  const [isStale, setStale] = useState(false);
  const asked = useAsked((signal) => call(getPack, { params: { packId }, signal }), [packId]);
  const base = useAsked(async (signal) => {
    const [policies, published] = await Promise.all([call(listPolicies, { signal }), call(listPacks, { query: { policy: policyId, state: 'published', limit: 200 }, signal })]);
    const one = policies.data.items.find((each) => each.policyId === policyId);
    return { title: one?.title, packId: published.data.items.find(({ packHash }) => packHash === one?.packHash)?.packId };
  }, [policyId]);
  const { isBusy, refusal, run } = useAct();
  const answer = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (answer === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const one = answer.data;
  // What was read again meanwhile has another version, so nothing is done until it is here.
  const ifMatch = answer.etag ?? '';
  const inForce = base.state === 'there' ? base.value : undefined;
  const act = (done: string, send: () => Promise<unknown>): void =>
    run(async () => {
      setTold(undefined);
      setStale(false);
      try {
        await send();
        setTold(done);
      } catch (error) {
        if (!(error instanceof CallRefused && error.code === 'changed-meanwhile')) throw error;
        setStale(true);
      }
      asked.again();
    });
  return (
    <div class="staff-member">
      <p class="small"><a href={linkTo(['policies', policyId])}>{inForce?.title?.[language] ?? policyId}</a></p>
      <div>
        <h1>{pack.version(tellDate(cityDay(one.draftedAt), language))} <span class="number soft">{one.packHash?.slice(0, 8) ?? ''}</span></h1>
        <p><StatusTag status={packStatus[one.state]} word={words.states[one.state]} /> {one.effectiveOn === null ? null : pack.from(tellDate(one.effectiveOn, language))}</p>
      </div>
      {isStale ? <Notice tone="clay">{pack.stale}</Notice> : null}
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      <Steps one={one} me={me} />
      <RefusalNotice refusal={refusal} />
      <Acts one={one} me={me} isBusy={isBusy || asked.state === 'loading'} onApprove={() => act(pack.done.approved, () => call(approvePack, { params: { packId }, ifMatch }))} onPublish={(effectiveOn) => act(pack.done.published, () => call(publishPack, { params: { packId }, ifMatch, body: { effectiveOn } }))} onWithdraw={(reason) => act(pack.done.withdrawn, () => call(withdrawPack, { params: { packId }, ifMatch, body: { reason } }))} />
      {base.state === 'there' ? <PackDifference packId={packId} from={base.value.packId} round={ifMatch} /> : null}
      {one.packHash === null || one.state === 'withdrawn' ? null : <PackCases packId={packId} />}
      <PackFiles one={one} ifMatch={ifMatch} mayEdit={may(me, 'pack.draft')} onSaved={() => {
        setTold(pack.saved);
        asked.again();
      }} />
    </div>
  );
}

function Steps({ one, me }: { one: OnePack; me: Me }) {
  const { pack } = usePolicyWords();
  const tellInstant = useTellInstant();
  const { steps } = pack;
  const rows: readonly (readonly [word: string, by: string | null, at: string | null])[] = [
    [steps.drafted, one.draftedBy, one.draftedAt],
    [steps.checked, null, one.checkedAt],
    [steps.approved, one.approvedBy, one.approvedAt],
    [steps.published, one.publishedBy, one.publishedAt],
    ...(one.withdrawnAt === null ? [] : [[steps.withdrawn, one.withdrawnBy, one.withdrawnAt] as const]),
  ];
  return (
    <section class="card">
      <ol class="batch-steps">
        {rows.map(([word, by, at]) => (
          <li key={word} class={at === null ? 'is-ahead' : undefined}>
            <span class="batch-step-shape">{at === null ? null : <Icon name="yes" />}</span>
            <span>
              <b>{word}</b>
              <span class="small soft">{at === null ? pack.notYet : <>{by === null ? null : <><PackActor by={by} me={me} /> · </>}<span class="number">{tellInstant(at)}</span></>}</span>
            </span>
          </li>
        ))}
      </ol>
      {one.report === null ? null : <p class={one.report.findings.length === 0 ? undefined : 'case-warn'}>{one.report.findings.length === 0 ? pack.good(one.report.benefits, one.report.cases) : pack.bad(one.report.findings.length)}</p>}
      {one.note === null ? null : <p><span class="small soft">{pack.note}</span><br />{one.note}</p>}
      {one.reason === null ? null : <p><span class="small soft">{pack.reason}</span><br />{one.reason}</p>}
    </section>
  );
}

/** What the reader can do now, or why not. */
function Acts({ one, me, isBusy, onApprove, onPublish, onWithdraw }: { one: OnePack; me: Me; isBusy: boolean; onApprove: () => void; onPublish: (day: string) => void; onWithdraw: (reason: string) => void }) {
  const { pack } = usePolicyWords();
  const language = useContext(OfficeLanguageContext);
  const [day, setDay] = useState(cityDay());
  const [reason, setReason] = useState('');
  const { state, isOwn, effectiveOn } = one;
  const canApprove = state === 'checked' && may(me, 'pack.approve');
  const canPublish = state === 'approved' && may(me, 'pack.publish');
  const canWithdraw = may(me, 'pack.publish') && (['draft', 'checked', 'approved'].includes(state) || (state === 'published' && effectiveOn !== null && effectiveOn > cityDay()));
  return (
    <section class="card" aria-labelledby="pack-acts">
      <h2 id="pack-acts">{pack.acts}</h2>
      {canApprove ? (isOwn ? <p>{pack.approveOwn}</p> : <AskOnce label={pack.approve} tone="primary" warning={pack.approveWarning} sure={pack.approve} isBusy={isBusy} onSure={onApprove} />) : null}
      {canPublish ? (
        <AskOnce label={pack.publish} tone="primary" warning={pack.publishWarning(day === '' ? '' : tellDate(day, language))} sure={pack.publish} isBusy={isBusy} mayOpen={() => day !== ''} onSure={() => onPublish(day)}>
          <DayField label={pack.publishFrom} value={day} onChoose={setDay} />
        </AskOnce>
      ) : null}
      {one.report !== null && one.report.findings.length > 0 && isOwn ? <p>{pack.mendFirst}</p> : null}
      {canWithdraw ? (
        <Disclosure label={pack.withdraw}>
          <AskOnce label={pack.withdraw} tone="quiet" warning={pack.withdrawWarning} sure={pack.withdraw} isBusy={isBusy} mayOpen={() => reason.trim() !== ''} onSure={() => onWithdraw(reason)}>
            <ReasonField label={pack.withdrawReason} value={reason} onInput={setReason} rows={2} />
          </AskOnce>
        </Disclosure>
      ) : null}
      {canApprove || canPublish || canWithdraw ? null : <p class="soft">{pack.nothing}</p>}
    </section>
  );
}
