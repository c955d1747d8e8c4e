// Keys of departments' systems: issued for a purpose and a time, shown once, revoked.
import { useContext, useState } from 'preact/hooks';
import { listDepartments } from '../../../src/contract/departments-endpoints.ts';
import { createFeedKey, listFeedKeys, revokeFeedKey } from '../../../src/contract/staff-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { CaseField } from '../cases/case-fields.tsx';
import { cityDay } from '../funds/fund-figures.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { SelectField } from '../select-field.tsx';
import { ListFrame } from './list-frame.tsx';
import { useStaffWords } from './staff-words.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

type FeedKey = Answer<typeof listFeedKeys>['data']['items'][number];

/** All keys, and a new one. */
export function FeedKeysPage() {
  const { keys: words } = useStaffWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const [shown, setShown] = useState<string>();
  const [told, setTold] = useState<string>();
  const asked = useAsked((signal) => call(listFeedKeys, { signal }), []);
  const departments = useAsked((signal) => call(listDepartments, { signal }), []);
  const { isBusy, refusal, run } = useAct();
  const offices = departments.state === 'there' ? departments.value.data.items : [];
  const nameOf = (departmentId: string): string => offices.find((one) => one.departmentId === departmentId)?.name ?? '';
  const stateOf = ({ revokedAt, expiresAt }: FeedKey): 'good' | 'over' | 'revoked' => (revokedAt !== null ? 'revoked' : new Date(expiresAt) <= new Date() ? 'over' : 'good');
  return (
    <ListFrame
      words={words}
      told={told}
      refusal={refusal}
      asked={asked}
      above={shown === undefined ? null : (
        <section class="card staff-slip" aria-labelledby="feed-key-shown">
          <h2 id="feed-key-shown">{words.shown}</h2>
          <p class="no-print">{words.shownLead}</p>
          <p><code class="staff-secret">{shown}</code></p>
          <div class="case-buttons no-print">
            <Button icon="print" onPress={() => print()}>{office.signIn.print}</Button>
            <Button tone="quiet" onPress={() => setShown(undefined)}>{words.kept}</Button>
          </div>
        </section>
      )}
      list={({ data }) => (
        <RowsTable<FeedKey>
          label={words.heading}
          rows={data.items}
          keyOf={({ keyId }) => keyId}
          empty={words.empty}
          columns={[
            { key: 'label', title: words.columns.label, cell: ({ label }) => label },
            { key: 'department', title: words.columns.department, cell: ({ departmentId }) => nameOf(departmentId) },
            { key: 'purpose', title: words.columns.purpose, cell: ({ purpose }) => purpose, isSecond: true },
            { key: 'until', title: words.columns.until, cell: ({ expiresAt }) => tellDate(cityDay(expiresAt), language) },
            { key: 'used', title: words.columns.used, cell: ({ lastUsedOn }) => (lastUsedOn === null ? <span class="soft">{words.never}</span> : tellDate(lastUsedOn, language)), isSecond: true },
            {
              key: 'state', title: words.columns.state, cell: (one) => (
                <>
                  <StatusTag status={stateOf(one) === 'good' ? 'yes' : 'no'} word={words.states[stateOf(one)]} />
                  {stateOf(one) !== 'good' ? null : <AskOnce label={words.revoke} tone="quiet" warning={words.revokeWarning} sure={words.revoke} isBusy={isBusy} onSure={() => run(async () => {
                    setTold(undefined);
                    await call(revokeFeedKey, { params: { keyId: one.keyId } });
                    setTold(words.revoked);
                    asked.again();
                  })} />}
                </>
              ),
            },
          ]}
        />
      )}
    >
      <Disclosure label={words.add}>
        <KeyForm departments={offices.filter(({ closedOn }) => closedOn === null).map(({ departmentId, name }) => [departmentId, name] as const)} onIssued={(key) => {
          setShown(key);
          setTold(undefined);
          asked.again();
        }} />
      </Disclosure>
    </ListFrame>
  );
}

function KeyForm({ departments, onIssued }: { departments: readonly (readonly [string, string])[]; onIssued: (key: string) => void }) {
  const staff = useStaffWords();
  const { keys: words } = staff;
  const [departmentId, setDepartmentId] = useState('');
  const [label, setLabel] = useState('');
  const [purpose, setPurpose] = useState('');
  const [days, setDays] = useState('366');
  const { isBusy, refusal, run } = useAct();
  const isReady = departmentId !== '' && label.trim() !== '' && purpose.trim() !== '' && /^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])$/.test(days);
  return (
    <form
      class="staff-appoint"
      aria-label={words.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        run(async () => {
          const { data } = await call(createFeedKey, { body: { departmentId, label, purpose, validDays: Number(days) } });
          setLabel('');
          setPurpose('');
          onIssued(data.key);
        });
      }}
    >
      <SelectField label={words.department} value={departmentId} options={[['', staff.choose], ...departments]} onChoose={setDepartmentId} hasAll={false} />
      <TextField name="key-label" label={words.label} hint={words.labelHint} value={label} onInput={setLabel} maxLength={100} />
      <TextField name="key-purpose" label={words.purpose} value={purpose} onInput={setPurpose} />
      <CaseField label={words.days} inputMode="numeric" value={days} onInput={setDays} />
      <RefusalNotice refusal={refusal} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!isReady}>{words.go}</Button>
    </form>
  );
}
