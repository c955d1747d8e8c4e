// What waits for the system administrator: administrators, appointments that release money, resets of sign-ins.
import { useContext } from 'preact/hooks';
import { listConfirmations, settleConfirmation } from '../../../src/contract/staff-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { WaitingPage } from './staff-waiting.tsx';
import { useStaffWords } from './staff-words.ts';
import { useTellInstant } from '../tell-instant.ts';

type Confirmation = Answer<typeof listConfirmations>['data']['items'][number];

/** One after the other, each confirmed or refused. */
export function ConfirmationsPage() {
  const { confirmations: words } = useStaffWords();
  return (
    <WaitingPage<Confirmation>
      words={words}
      ask={async (_, signal) => (await call(listConfirmations, { signal })).data}
      keyOf={({ id }) => id}
      nameOf={({ kind, login }) => `${words.kinds[kind]} ${login}`}
      warningOf={() => words.confirmWarning}
      describe={(one) => <Waiting one={one} />}
      settle={({ kind, id }, confirm) => call(settleConfirmation, { params: { kind, id }, body: { confirm } })}
    />
  );
}

function Waiting({ one }: { one: Confirmation }) {
  const staff = useStaffWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const { confirmations: words, member } = staff;
  const { appointment } = one;
  return (
    <>
      <h2>{words.kinds[one.kind]}</h2>
      <p>{words.of(one.login)}{one.kind === 'administrator' ? ` · ${office.roles[one.duty] ?? one.duty}` : ''}</p>
      {appointment === undefined ? null : (
        <p>
          <b>{appointment.departmentName} · {appointment.roles.map((role) => office.roles[role] ?? role).join(language === 'zh' ? '、' : ', ')}</b>{' '}
          <span class="small soft">{member.until(tellDate(appointment.validFrom, language), appointment.validTo === null ? null : tellDate(appointment.validTo, language))}</span>
        </p>
      )}
      <p class="small soft">{words.asked(tellInstant(one.askedAt))}</p>
    </>
  );
}
