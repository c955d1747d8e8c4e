// The audit trail for its administrator: narrowed by time, person, action, object and outcome, taken along as a file.
import { useContext } from 'preact/hooks';
import { exportAuditEntries, listAuditActions, listAuditEntries } from '../../../src/contract/audit-endpoints.ts';
import { listColleagues } from '../../../src/contract/staff-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { AuditSeal } from './audit-seal.tsx';
import { useAuditWords } from './audit-words.ts';
import { DayField } from '../day-field.tsx';
import { ListPage } from '../list-page.tsx';
import type { Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useAsked } from '../use-call.ts';

type Entry = Answer<typeof listAuditEntries>['data']['items'][number];

const MOST_ACTIONS = 60;
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/** The trail, with the state of its seal above. */
export function AuditPage({ me, query, onQuery }: SectionPage) {
  const words = useAuditWords();
  const language = useContext(OfficeLanguageContext);
  const { q = '', outcome = '', who = '', kind = '', object = '', from = '', to = '' } = query;
  const actions = useAsked((signal) => call(listAuditActions, { signal }), []);
  const staff = useAsked((signal) => call(listColleagues, { query: { limit: 200 }, signal }), []);
  const known = actions.state === 'there' ? actions.value.data.items : [];
  const wordsOf = new Map(known.map((one) => [one.action, one.words[language]] as const));
  const text = q.trim().toLowerCase();
  const wanted = text === '' ? undefined : known.filter((one) => [one.action, one.words.zh, one.words.en].some((part) => part.toLowerCase().includes(text))).map(({ action }) => action);
  const asked = {
    ...(wanted === undefined ? {} : { action: wanted.length === 0 || wanted.length > MOST_ACTIONS ? text : wanted.join(',') }),
    ...(outcome === 'done' ? { outcome: 'done' as const } : outcome === 'refused' ? { outcome: 'refused' as const } : {}),
    ...(uuid.test(who) ? { accountId: who } : {}),
    ...(kind === '' ? {} : { objectKind: kind, ...(object === '' ? {} : { objectId: object }) }),
    ...(from === '' ? {} : { from: `${from}T00:00:00+08:00` }),
    ...(to === '' ? {} : { before: dayAfter(to) }),
  };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  const people = staff.state === 'there' ? [...staff.value.data.items].sort((a, b) => a.name.localeCompare(b.name, 'zh')).map(({ accountId, name }) => [accountId, name] as const) : [];
  const options = who === '' || people.some(([accountId]) => accountId === who) ? people : [...people, [who, `${words.account} ${who.slice(-4)}`] as const];
  return (
    <>
      <ListPage<Entry>
        heading={words.heading}
        lead={words.lead}
        search={{ label: words.q, value: q }}
        onSearch={(value) => change({ q: value }, true)}
        hasFilters={[q, outcome, who, kind, from, to].some((one) => one !== '')}
        onClear={() => onQuery({})}
        filters={
          <>
            <DayField label={words.from} value={from} onChoose={(day) => change({ from: day })} />
            <DayField label={words.to} value={to} onChoose={(day) => change({ to: day })} />
            <SelectField label={words.who} value={who} options={options} onChoose={(one) => change({ who: one })} />
            <SelectField label={words.outcome} value={outcome} options={[['done', words.outcomes.done], ['refused', words.outcomes.refused]]} onChoose={(one) => change({ outcome: one })} />
            <SelectField label={words.columns.object} value={kind} options={kindOptions(words.objects, kind)} onChoose={(one) => change({ kind: one, object: '' })} />
          </>
        }
        columns={[
          { key: 'at', title: words.columns.at, cell: ({ at }) => <span class="number">{tellSecond(at)}</span> },
          { key: 'who', title: words.columns.who, cell: (entry) => <Who entry={entry} me={me} onOnly={(accountId) => change({ who: accountId })} /> },
          { key: 'action', title: words.columns.action, cell: ({ action }) => wordsOf.get(action) ?? action },
          { key: 'outcome', title: words.columns.outcome, cell: (entry) => <StatusTag status={entry.outcome === 'done' ? 'yes' : 'no'} word={words.outcomes[entry.outcome]} /> },
          {
            key: 'object', title: words.columns.object, cell: ({ objectKind, objectId }) => (objectKind === null ? '—' : (
              <>
                {words.objects[objectKind] ?? objectKind}
                {objectId === null ? null : <button type="button" class="case-link-button" aria-label={`${words.onlyThis} ${objectId.slice(-6)}`} title={words.onlyThis} onClick={() => change({ kind: objectKind, object: objectId })}>{objectId.slice(-6)}</button>}
              </>
            )),
          },
          { key: 'seq', title: words.columns.seq, cell: ({ seq }) => (seq === null ? <span class="small soft">{words.waits}</span> : <span class="number">{seq.toLocaleString('en')}</span>), isFigure: true, isSecond: true },
          { key: 'detail', title: words.columns.detail, cell: (entry) => <Details entry={entry} />, isSecond: true },
        ]}
        keyOf={({ entryId }) => entryId}
        cause={JSON.stringify([asked, actions.state])}
        ask={async (cursor, signal) => (await call(listAuditEntries, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
        empty={words.empty}
        exports={{ xlsx: addressOf(exportAuditEntries, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportAuditEntries, {}, { ...asked, format: 'csv' }) }}
      />
      <AuditSeal />
    </>
  );
}

function Who({ entry: { accountId, capacity }, me, onOnly }: { entry: Entry; me: Me; onOnly: (accountId: string) => void }) {
  const words = useAuditWords();
  const office = useOfficeWords();
  const { kind, roles, role, name } = capacity;
  const told = ((): string => {
    switch (kind) {
      case 'officer':
        return Array.isArray(roles) ? roles.map((one) => office.roles[String(one)] ?? String(one)).join('、') : '';
      case 'administrator':
        return office.roles[String(role)] ?? String(role);
      case 'job':
        return words.job(String(name));
      case 'person':
      case 'agent':
      case 'anyone':
      case 'feed':
        return words[kind];
      default:
        return words.account;
    }
  })();
  const isStaff = kind === 'officer' || kind === 'administrator';
  return (
    <span class="audit-who">
      {isStaff && accountId !== null ? <b><StaffName accountId={accountId} me={me} /></b> : null}
      <span class={isStaff ? 'small soft' : undefined}>{told}</span>
      {accountId === null ? null : <button type="button" class="case-link-button" aria-label={`${words.onlyWho} ${accountId.slice(-4)}`} title={words.onlyWho} onClick={() => onOnly(accountId)}>{accountId.slice(-4)}</button>}
    </span>
  );
}

function Details({ entry: { detail, requestId } }: { entry: Entry }) {
  const words = useAuditWords();
  const pairs: readonly (readonly [string, string])[] = [...Object.entries(detail).map(([name, value]) => [name, String(value)] as const), ...(requestId === null ? [] : [[words.request, requestId] as const])];
  if (pairs.length === 0) return null;
  return (
    <Disclosure label={words.details} count={String(pairs.length)}>
      <dl class="pairs small">{pairs.flatMap(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}</dl>
    </Disclosure>
  );
}

function kindOptions(objects: Readonly<Record<string, string>>, chosen: string): readonly (readonly [string, string])[] {
  const known = Object.entries(objects);
  return chosen === '' || objects[chosen] !== undefined ? known : [...known, [chosen, chosen]];
}

/** The instant at which the day behind `day` begins. */
function dayAfter(day: string): string {
  const DAY_MS = 86_400_000;
  return new Date(new Date(`${day}T00:00:00+08:00`).getTime() + DAY_MS).toISOString();
}

/** 2026-06-30 10:00:00 as clocks in the city show it. */
function tellSecond(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant));
}
