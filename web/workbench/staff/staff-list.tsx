// Everybody of the staff: found by name or login, narrowed by kind of account, state and department.
import { listDepartments } from '../../../src/contract/departments-endpoints.ts';
import { exportStaff, listStaff } from '../../../src/contract/staff-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { type Status, StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { ListPage } from '../list-page.tsx';
import { useOfficeWords } from '../office-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useStaffWords } from './staff-words.ts';
import { useAsked } from '../use-call.ts';

/** A member of staff. */
type Member = Answer<typeof listStaff>['data']['items'][number];

/** The shape beside the word of a state. */
export const memberStatus: Readonly<Record<Member['state'], Status>> = { active: 'yes', inactive: 'left', waiting: 'review', suspended: 'no' };

const duties = ['officer', 'system-admin', 'security-admin', 'audit-admin'] as const;
const states = ['active', 'inactive', 'waiting', 'suspended'] as const;

/** The list. */
export function StaffList({ query, onQuery }: SectionPage) {
  const words = useStaffWords();
  const office = useOfficeWords();
  const { list } = words;
  const { q = '', duty = '', state = '', department = '' } = query;
  const departments = useAsked((signal) => call(listDepartments, { signal }), []);
  const dutyAsked = duties.find((one) => one === duty);
  const stateAsked = states.find((one) => one === state);
  const asked = { ...(q === '' ? {} : { q }), ...(dutyAsked === undefined ? {} : { duty: dutyAsked }), ...(stateAsked === undefined ? {} : { state: stateAsked }), ...(department === '' ? {} : { department }) };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Member>
      heading={list.heading}
      lead={list.lead}
      search={{ label: list.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={[q, duty, state, department].some((one) => one !== '')}
      onClear={() => onQuery({})}
      actions={<a class="button primary" href={linkTo(['staff', 'new'])}><span>{list.add}</span></a>}
      filters={
        <>
          <SelectField label={list.department} value={department} options={departments.state === 'there' ? departments.value.data.items.map(({ departmentId, name }) => [departmentId, name] as const) : []} onChoose={(one) => change({ department: one })} />
          <SelectField label={list.duty} value={duty} options={duties.map((one) => [one, words.duties[one]] as const)} onChoose={(one) => change({ duty: one })} />
          <SelectField label={list.state} value={state} options={states.map((one) => [one, words.states[one]] as const)} onChoose={(one) => change({ state: one })} />
        </>
      }
      columns={[
        { key: 'name', title: list.columns.name, cell: ({ accountId, name }) => <a href={linkTo(['staff', accountId])}>{name}</a> },
        { key: 'login', title: list.columns.login, cell: ({ login }) => <span class="number">{login}</span> },
        { key: 'duty', title: list.columns.duty, cell: (one) => words.duties[one.duty], isSecond: true },
        { key: 'state', title: list.columns.state, cell: (one) => <StatusTag status={memberStatus[one.state]} word={words.states[one.state]} /> },
        {
          key: 'appointments', title: list.columns.appointments, isSecond: true, cell: ({ duty: kind, appointments }) => (kind !== 'officer' ? '—' : appointments.length === 0 ? <span class="soft">{list.none}</span> : (
            <ul class="case-lines">{appointments.map(({ appointmentId, departmentName, roles }) => <li key={appointmentId}>{departmentName} · {roles.map((role) => office.roles[role] ?? role).join('、')}</li>)}</ul>
          )),
        },
      ]}
      keyOf={({ accountId }) => accountId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listStaff, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={list.empty}
      exports={{ xlsx: addressOf(exportStaff, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportStaff, {}, { ...asked, format: 'csv' }) }}
    />
  );
}
