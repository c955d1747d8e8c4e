// One member of staff: what the account is, where its holder is appointed, and what the security administrator can do about it.
import { useContext, useState } from 'preact/hooks';
import { listDepartments } from '../../../src/contract/departments-endpoints.ts';
import { officerRoles } from '../../../src/contract/permissions.ts';
import { appoint, endAppointment, listStaff, openStaffRecovery, resumeStaff, suspendStaff } from '../../../src/contract/staff-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { DayField } from '../day-field.tsx';
import { cityDay } from '../funds/fund-figures.ts';
import type { Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { memberStatus } from './staff-list.tsx';
import { useStaffWords } from './staff-words.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

/** The page of a member. */
export function StaffMember({ accountId, me }: { accountId: string; me: Me }) {
  const words = useStaffWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { member } = words;
  const [told, setTold] = useState<string>();
  const asked = useAsked((signal) => call(listStaff, { query: { accountId }, signal }), [accountId]);
  const { isBusy, refusal, run } = useAct();
  const found = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (found === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const [one] = found.data.items;
  if (one === undefined) return <EmptyState>{member.gone}</EmptyState>;
  const isOwn = accountId === me.accountId;
  const act = (outcome: string, send: () => Promise<unknown>): void =>
    run(async () => {
      setTold(undefined);
      await send();
      setTold(outcome);
      asked.again();
    });
  const day = (text: string): string => tellDate(text, language);
  return (
    <div class="staff-member">
      <p class="small"><a href={linkTo(['staff'])}>{member.back}</a></p>
      <div>
        <h1>{one.name}</h1>
        <p class="staff-sum"><span class="number">{one.login}</span> <span>{words.duties[one.duty]}</span> <StatusTag status={memberStatus[one.state]} word={words.states[one.state]} /></p>
      </div>
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      <RefusalNotice refusal={refusal} />
      {isOwn ? <Notice>{member.own}</Notice> : null}
      {one.duty !== 'officer' ? null : (
        <section class="card" aria-labelledby="staff-appointments">
          <h2 id="staff-appointments">{member.appointments}</h2>
          {one.appointments.length === 0 ? <p class="soft">{member.noAppointments}</p> : (
            <ul class="staff-appointments" role="list">
              {one.appointments.map(({ appointmentId, departmentName, roles, validFrom, validTo, state }) => (
                <li key={appointmentId}>
                  <b>{departmentName} · {roles.map((role) => office.roles[role] ?? role).join('、')}</b>
                  <span class="small soft">{member.until(day(validFrom), validTo === null ? null : day(validTo))}</span>
                  {state === 'waiting' ? <StatusTag status="review" word={member.waiting} /> : null}
                  {isOwn ? null : <AskOnce label={member.end} tone="quiet" warning={member.endWarning(departmentName)} sure={member.end} isBusy={isBusy} onSure={() => act(words.done.ended, () => call(endAppointment, { params: { appointmentId } }))} />}
                </li>
              ))}
            </ul>
          )}
          {isOwn ? null : <AppointForm isBusy={isBusy} onAppoint={(terms) => run(async () => {
            setTold(undefined);
            const { data } = await call(appoint, { params: { accountId }, body: terms });
            setTold(data.state === 'waiting' ? words.done.waits : words.done.appointed);
            asked.again();
          })} />}
        </section>
      )}
      {isOwn ? null : (
        <section class="card" aria-labelledby="staff-account">
          <h2 id="staff-account">{member.account}</h2>
          {one.state === 'suspended' ? (
            <AskOnce label={member.resume} warning={member.resumeWarning} sure={member.resume} isBusy={isBusy} onSure={() => act(words.done.resumed, () => call(resumeStaff, { params: { accountId } }))} />
          ) : (
            <>
              <Recovery isBusy={isBusy} onAsk={(phone) => act(words.done.recovery, () => call(openStaffRecovery, { params: { accountId }, body: phone === '' ? {} : { phone } }))} />
              <AskOnce label={member.suspend} tone="quiet" warning={member.suspendWarning} sure={member.suspend} isBusy={isBusy} onSure={() => act(words.done.suspended, () => call(suspendStaff, { params: { accountId } }))} />
            </>
          )}
        </section>
      )}
    </div>
  );
}

type Role = (typeof officerRoles)[number];

interface Terms {
  departmentId: string;
  roles: Role[];
  validFrom: string;
  validTo: string | null;
}

function AppointForm({ isBusy, onAppoint }: { isBusy: boolean; onAppoint: (terms: Terms) => void }) {
  const words = useStaffWords();
  const office = useOfficeWords();
  const { member } = words;
  const departments = useAsked((signal) => call(listDepartments, { signal }), []);
  const [departmentId, setDepartmentId] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [from, setFrom] = useState(cityDay());
  const [to, setTo] = useState('');
  const options = departments.state === 'there' ? departments.value.data.items.filter(({ closedOn }) => closedOn === null).map((one) => [one.departmentId, one.name] as const) : [];
  return (
    <form
      class="staff-appoint"
      aria-label={member.appoint}
      onSubmit={(event) => {
        event.preventDefault();
        if (departmentId !== '' && roles.length > 0 && from !== '') onAppoint({ departmentId, roles: [...roles], validFrom: from, validTo: to === '' ? null : to });
      }}
    >
      <h3>{member.appoint}</h3>
      <p class="small soft">{member.appointLead}</p>
      <SelectField label={member.department} value={departmentId} options={[['', words.choose], ...options]} onChoose={setDepartmentId} hasAll={false} />
      <fieldset class="case-checks">
        <legend>{member.roles}</legend>
        {officerRoles.map((role) => (
          <label key={role} class="tick">
            <input type="checkbox" checked={roles.includes(role)} onChange={(event) => setRoles(event.currentTarget.checked ? [...roles, role] : roles.filter((one) => one !== role))} />
            <span>{office.roles[role] ?? role}</span>
          </label>
        ))}
      </fieldset>
      <div class="form-pair">
        <DayField label={member.from} value={from} onChoose={setFrom} />
        <DayField label={member.to} value={to} onChoose={setTo} />
      </div>
      <Button tone="primary" submits isBusy={isBusy} isDisabled={departmentId === '' || roles.length === 0 || from === ''}>{member.go}</Button>
    </form>
  );
}

function Recovery({ isBusy, onAsk }: { isBusy: boolean; onAsk: (phone: string) => void }) {
  const { member } = useStaffWords();
  const [phone, setPhone] = useState('');
  return (
    <AskOnce label={member.recovery} tone="quiet" warning={member.recoveryWarning} sure={member.recovery} isBusy={isBusy} onSure={() => onAsk(phone.trim())}>
      <p class="small soft">{member.recoveryLead}</p>
      <TextField name="recovery-phone" label={member.recoveryPhone} value={phone} onInput={setPhone} inputMode="tel" maxLength={11} />
    </AskOnce>
  );
}

