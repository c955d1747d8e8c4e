// What waits for the system administrator: administrators, appointments that release money, resets of sign-ins.
import { useContext, useState } from 'preact/hooks';
import { listConfirmations, settleConfirmation } from '../../../src/contract/staff-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useStaffWords } from './staff-words.ts';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Confirmation = Answer<typeof listConfirmations>['data']['items'][number];

/** One after the other, each confirmed or refused. */
export function ConfirmationsPage() {
  const { confirmations: words } = useStaffWords();
  const office = useOfficeWords();
  const [told, setTold] = useState<string>();
  const asked = useAsked((signal) => call(listConfirmations, { signal }), []);
  const { isBusy, refusal, run } = useAct();
  const found = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const settle = ({ kind, id }: Confirmation, confirm: boolean): void =>
    run(async () => {
      setTold(undefined);
      await call(settleConfirmation, { params: { kind, id }, body: { confirm } });
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
          {found.data.items.map((one) => <Waiting key={one.id} one={one} isBusy={isBusy} onSettle={(confirm) => settle(one, confirm)} />)}
        </ul>
      )}
    </>
  );
}

function Waiting({ one, isBusy, onSettle }: { one: Confirmation; isBusy: boolean; onSettle: (confirm: boolean) => void }) {
  const staff = useStaffWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const { confirmations: words, member } = staff;
  const { appointment } = one;
  return (
    <li class="card" aria-label={`${words.kinds[one.kind]} ${one.login}`}>
      <div>
        <h2>{words.kinds[one.kind]}</h2>
        <p>{words.of(one.login)}{one.kind === 'administrator' ? ` · ${office.roles[one.duty] ?? one.duty}` : ''}</p>
        {appointment === undefined ? null : (
          <p>
            <b>{appointment.departmentName} · {appointment.roles.map((role) => office.roles[role] ?? role).join('、')}</b>{' '}
            <span class="small soft">{member.until(tellDate(appointment.validFrom, language), appointment.validTo === null ? null : tellDate(appointment.validTo, language))}</span>
          </p>
        )}
        <p class="small soft">{words.asked(tellInstant(one.askedAt))}</p>
      </div>
      <div class="staff-answers">
        <AskOnce label={words.confirm} tone="primary" warning={words.confirmWarning} sure={words.confirm} isBusy={isBusy} onSure={() => onSettle(true)} />
        <AskOnce label={words.refuse} tone="quiet" warning={words.refuseWarning} sure={words.refuse} isBusy={isBusy} onSure={() => onSettle(false)} />
      </div>
    </li>
  );
}
