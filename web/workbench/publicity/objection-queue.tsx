// The queue of objections: what waits for an answer and until when.
import { useContext } from 'preact/hooks';
import { exportObjections, listObjections } from '../../../src/contract/publicity-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { cityDay } from '../funds/fund-figures.ts';
import { ListPage } from '../list-page.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { useNames } from './publicity-names.tsx';
import { usePublicityWords } from './publicity-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';

type Objection = Answer<typeof listObjections>['data']['items'][number];

const states = ['open', 'upheld', 'dismissed', 'remedied'] as const;
const sorts = ['deadline', 'newest'] as const;

/** How an objection stands, as a shape. */
export const objectionStatus = { open: 'unknown', dismissed: 'yes', upheld: 'no', remedied: 'yes' } as const;

/** The queue. */
export function ObjectionsPage({ query, onQuery }: SectionPage) {
  const words = usePublicityWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const { places, placeOf } = useNames();
  const { objections } = words;
  const { q = '', jurisdiction = '', list = '' } = query;
  const state = query['state'] === 'all' ? ('all' as const) : (states.find((one) => one === query['state']) ?? 'open');
  const sort = sorts.find((one) => one === query['sort']) ?? 'deadline';
  const asked = { state, sort, ...(q === '' ? {} : { q }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }), ...(list === '' ? {} : { listId: list }) };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Objection>
      heading={objections.heading}
      lead={objections.lead}
      search={{ label: objections.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || state !== 'open' || jurisdiction !== '' || list !== ''}
      onClear={() => onQuery({})}
      filters={
        <>
          <SelectField label={words.state} value={state} options={[['all', office.all], ...states.map((one) => [one, objections.states[one]] as const)]} onChoose={(one) => change({ state: one })} hasAll={false} />
          <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={office.sort} value={sort} options={sorts.map((one) => [one, objections.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'name', title: objections.columns.name, cell: ({ objectionId, name }) => <a href={linkTo(['publicity', 'objection', objectionId])}>{name}</a> },
        { key: 'state', title: objections.columns.state, cell: (one) => <StatusTag status={objectionStatus[one.state]} word={objections.states[one.state]} /> },
        { key: 'due', title: objections.columns.due, cell: (one) => (one.state === 'open' ? <DueOn dueOn={one.dueOn} /> : <span class="soft">—</span>) },
        { key: 'benefit', title: objections.columns.benefit, cell: ({ benefit }) => <span class="cell-text">{benefit[language]}</span> },
        { key: 'place', title: objections.columns.place, cell: ({ jurisdictionCode }) => placeOf(jurisdictionCode), isSecond: true },
        { key: 'made', title: objections.columns.made, cell: ({ madeAt }) => <span class="number">{tellInstant(madeAt)}</span>, isSecond: true },
      ]}
      keyOf={({ objectionId }) => objectionId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listObjections, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={state === 'open' && q === '' ? objections.emptyOpen : objections.empty}
      exports={{ xlsx: addressOf(exportObjections, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportObjections, {}, { ...asked, format: 'csv' }) }}
    />
  );
}

/** The last day to answer, and whether it has passed. */
export function DueOn({ dueOn }: { dueOn: string | null }) {
  const { objections } = usePublicityWords();
  const language = useContext(OfficeLanguageContext);
  if (dueOn === null) return <span class="soft">{objections.noDue}</span>;
  return <span><span class="number">{tellDate(dueOn, language)}</span>{dueOn < cityDay() ? <> <StatusTag status="no" word={objections.late} /></> : null}</span>;
}
