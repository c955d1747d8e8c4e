// The queue of reports of fraud.
import { exportReports, listReportsEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { ListPage } from '../list-page.tsx';
import { useOfficeWords } from '../office-words.ts';
import { useNames } from '../publicity/publicity-names.tsx';
import { reportStatus } from './report-thread.tsx';
import { useReportWords } from './report-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';

type Report = Answer<typeof listReportsEndpoint>['data']['items'][number];

const states = ['received', 'examining', 'upheld', 'not-upheld', 'unclear'] as const;
const sorts = ['newest', 'oldest'] as const;

/** The queue. */
export function ReportsPage({ query, onQuery }: SectionPage) {
  const words = useReportWords();
  const { office: told } = words;
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { places, placeOf } = useNames();
  const { q = '', jurisdiction = '' } = query;
  const state = states.find((one) => one === query['state']);
  const sort = sorts.find((one) => one === query['sort']) ?? 'newest';
  const asked = { sort, ...(q === '' ? {} : { q }), ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }) };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Report>
      heading={told.heading}
      lead={told.lead}
      search={{ label: told.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || state !== undefined || jurisdiction !== ''}
      onClear={() => onQuery({})}
      filters={
        <>
          <SelectField label={told.state} value={state ?? ''} options={states.map((one) => [one, words.states[one]] as const)} onChoose={(one) => change({ state: one })} />
          <SelectField label={told.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={office.sort} value={sort} options={sorts.map((one) => [one, told.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'excerpt', title: told.columns.excerpt, cell: ({ reportId, excerpt }) => <a class="cell-text" href={linkTo(['reports', reportId])}>{excerpt}</a> },
        { key: 'state', title: told.columns.state, cell: (one) => <StatusTag status={reportStatus[one.state]} word={words.states[one.state]} /> },
        { key: 'place', title: told.columns.place, cell: ({ jurisdictionCode }) => placeOf(jurisdictionCode) },
        { key: 'who', title: told.columns.who, cell: ({ isNamed, hasContact }) => (isNamed ? told.named : hasContact ? told.withContact : told.anonymous), isSecond: true },
        { key: 'made', title: told.columns.made, cell: ({ madeAt }) => <span class="number">{tellInstant(madeAt)}</span> },
        { key: 'answered', title: told.columns.answered, cell: ({ answeredAt }) => <span class="number">{answeredAt === null ? '—' : tellInstant(answeredAt)}</span>, isSecond: true },
      ]}
      keyOf={({ reportId }) => reportId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listReportsEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={told.empty}
      exports={{ xlsx: addressOf(exportReports, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportReports, {}, { ...asked, format: 'csv' }) }}
    />
  );
}
