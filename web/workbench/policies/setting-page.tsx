// What is set of a policy for a year: parameters, readings and promised days, proposed by one person and approved by another.
import { useContext, useState } from 'preact/hooks';
import { listPacks, listPolicies, listSettables, listSettings, proposeSetting, settleSetting } from '../../../src/contract/packs-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type Status, StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { CaseField } from '../cases/case-fields.tsx';
import { cityYear } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { PackActor } from './pack-actor.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Settable = Answer<typeof listSettables>['data']['items'][number];
type Setting = Answer<typeof listSettings>['data']['items'][number];

const kinds = ['parameter', 'reading', 'promise'] as const;

const settingStatus: Readonly<Record<Setting['state'], Status>> = { proposed: 'review', approved: 'yes', declined: 'no', replaced: 'left' };

/** The page of a policy's settings. */
export function SettingsPage({ policyId, me, query, onQuery }: SectionPage & { policyId: string }) {
  const words = usePolicyWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { settings } = words;
  const { q = '' } = query;
  const year = Number(query['year'] ?? cityYear());
  const kind = kinds.find((one) => one === query['kind']) ?? 'parameter';
  const [told, setTold] = useState<string>();
  const settables = useAsked(async (signal) => {
    const [policies, published] = await Promise.all([call(listPolicies, { signal }), call(listPacks, { query: { policy: policyId, state: 'published', limit: 200 }, signal })]);
    const one = policies.data.items.find((each) => each.policyId === policyId);
    const pack = published.data.items.find(({ packHash }) => packHash === one?.packHash);
    return { title: one?.title, items: pack === undefined ? [] : (await call(listSettables, { params: { packId: pack.packId }, query: { year }, signal })).data.items };
  }, [policyId, year]);
  const proposals = useAsked((signal) => call(listSettings, { query: { policy: policyId, year, limit: 200 }, signal }), [policyId, year]);
  const { isBusy, refusal, run } = useAct();
  const found = settables.state === 'there' ? settables.value : settables.state === 'loading' ? settables.before : undefined;
  const text = q.trim().toLowerCase();
  const shown = (found?.items ?? []).filter((one) => one.kind === kind && (text === '' || one.words.zh.toLowerCase().includes(text) || one.words.en.toLowerCase().includes(text)));
  const nameOf = (ofKind: string, name: string): string => found?.items.find((one) => one.kind === ofKind && one.name === name)?.words[language] ?? name;
  const again = (outcome: string): void => {
    setTold(outcome);
    settables.again();
    proposals.again();
  };
  const settle = ({ settingId }: Setting, approve: boolean): void =>
    run(async () => {
      setTold(undefined);
      await call(settleSetting, { params: { settingId }, body: { approve } });
      again(approve ? settings.approved : settings.declined);
    });
  return (
    <div class="staff-member">
      <p class="small"><a href={linkTo(['policies', policyId])}>{found?.title?.[language] ?? policyId}</a></p>
      <div>
        <h1>{settings.heading}</h1>
        <p class="soft">{settings.lead}</p>
      </div>
      <form class="list-filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="search-field">
          <input class="input" type="search" value={q} placeholder={settings.q} aria-label={settings.q} maxLength={100} autocomplete="off" onInput={(event) => onQuery({ ...query, q: event.currentTarget.value }, true)} />
        </label>
        <SelectField label={settings.year} value={String(year)} options={Array.from({ length: 4 }, (_, at) => String(cityYear() - 1 + at)).map((one) => [one, one] as const)} onChoose={(one) => onQuery({ ...query, year: one })} hasAll={false} />
        <SelectField label={settings.kind} value={kind} options={kinds.map((one) => [one, settings.kinds[one]] as const)} onChoose={(one) => onQuery({ ...query, kind: one })} hasAll={false} />
      </form>
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      <RefusalNotice refusal={refusal} />
      <section aria-labelledby="setting-proposals">
        <h2 id="setting-proposals">{settings.proposals}</h2>
        {proposals.state === 'refused' ? <RefusalNotice refusal={proposals.refusal} onRetry={proposals.again} /> : null}
        {proposals.state !== 'there' ? null : proposals.value.data.items.length === 0 ? <EmptyState>{settings.noProposals}</EmptyState> : (
          <ul class="staff-waiting" role="list">
            {proposals.value.data.items.map((one) => <Proposal key={one.settingId} one={one} name={nameOf(one.kind, one.name)} me={me} isBusy={isBusy} onSettle={(approve) => settle(one, approve)} />)}
          </ul>
        )}
      </section>
      {settables.state === 'refused' ? <RefusalNotice refusal={settables.refusal} onRetry={settables.again} /> : null}
      {found === undefined ? (settables.state === 'refused' ? null : <EmptyState>{office.loading}</EmptyState>) : (
        <RowsTable<Settable>
          label={settings.heading}
          rows={shown}
          empty={found.items.length === 0 ? settings.none : settings.notFound}
          keyOf={({ kind, name }) => `${kind} ${name}`}
          columns={[
            { key: 'what', title: settings.columns.what, cell: ({ words: title }) => title[language] },
            { key: 'value', title: settings.columns.value, cell: ({ value }) => (value === null ? <span class="soft">{settings.unset}</span> : <b class="number">{String(value)}</b>) },
            ...(may(me, 'setting.propose') ? [{ key: 'act', title: settings.columns.act, cell: (one: Settable) => <Disclosure label={settings.propose}><ProposeForm key={year} policyId={policyId} year={year} one={one} onProposed={() => again(settings.proposed)} /></Disclosure> }] : []),
          ]}
        />
      )}
    </div>
  );
}

function Proposal({ one, name, me, isBusy, onSettle }: { one: Setting; name: string; me: Me; isBusy: boolean; onSettle: (approve: boolean) => void }) {
  const { settings } = usePolicyWords();
  const tellInstant = useTellInstant();
  const isWaiting = one.state === 'proposed';
  return (
    <li class="card" aria-label={name}>
      <div>
        <h3>{name}{' '}<span class="number">{String(one.value)}</span></h3>
        <p><StatusTag status={settingStatus[one.state]} word={settings.states[one.state]} /> <span class="small soft">{one.decisionReference} · <PackActor by={one.proposedBy} me={me} /> · {tellInstant(one.proposedAt)}</span></p>
      </div>
      {isWaiting && one.isOwn ? (
        <div class="staff-answers">
          <p class="soft">{settings.own}</p>
          <AskOnce label={settings.takeBack} tone="quiet" warning={settings.takeBackWarning} sure={settings.takeBack} isBusy={isBusy} onSure={() => onSettle(false)} />
        </div>
      ) : null}
      {isWaiting && !one.isOwn && may(me, 'setting.approve') ? (
        <div class="staff-answers">
          <AskOnce label={settings.approve} tone="primary" warning={settings.approveWarning(name, String(one.value))} sure={settings.approve} isBusy={isBusy} onSure={() => onSettle(true)} />
          <AskOnce label={settings.decline} tone="quiet" warning={settings.declineWarning} sure={settings.decline} isBusy={isBusy} onSure={() => onSettle(false)} />
        </div>
      ) : null}
    </li>
  );
}

function ProposeForm({ policyId, year, one, onProposed }: { policyId: string; year: number; one: Settable; onProposed: () => void }) {
  const { settings } = usePolicyWords();
  const [value, setValue] = useState(one.alternatives[0] ?? '');
  const [reference, setReference] = useState('');
  const { isBusy, refusal, run } = useAct();
  const isReady = value.trim() !== '' && reference.trim() !== '';
  return (
    <form
      class="staff-appoint"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        run(async () => {
          const written = value.trim();
          await call(proposeSetting, { body: { policyId, kind: one.kind, name: one.name, year, value: /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : written, decisionReference: reference } });
          setReference('');
          onProposed();
        });
      }}
    >
      {one.alternatives.length > 0 ? <SelectField label={settings.value} value={value} options={one.alternatives.map((each) => [each, each] as const)} onChoose={setValue} hasAll={false} /> : <CaseField label={settings.value} hint={settings.valueHint} value={value} onInput={setValue} />}
      <TextField name={`reference-${one.kind}-${one.name}`} label={settings.reference} value={reference} onInput={setReference} />
      <RefusalNotice refusal={refusal} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!isReady}>{settings.go}</Button>
    </form>
  );
}
