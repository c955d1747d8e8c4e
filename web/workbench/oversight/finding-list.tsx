// The list of findings.
import { exportFindings, listFindingsEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { useFindingWords } from './finding-words.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import { useNames } from '../publicity/publicity-names.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';

type Finding = Answer<typeof listFindingsEndpoint>['data']['items'][number];

const states = ['open', 'confirmed', 'dismissed', 'closed'] as const;
const sorts = ['newest', 'oldest'] as const;

/** How a finding stands, as a shape. */
export const findingStatus = { open: 'unknown', confirmed: 'no', dismissed: 'left', closed: 'yes' } as const;

/** The list. */
export function FindingsPage({ me, query, onQuery }: SectionPage) {
  const words = useFindingWords();
  const { list } = words;
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { places, placeOf } = useNames();
  const { q = '', jurisdiction = '' } = query;
  const caseId = /^[0-9a-f-]{36}$/.test(query['case'] ?? '') ? query['case'] : undefined;
  const state = states.find((one) => one === query['state']);
  const sort = sorts.find((one) => one === query['sort']) ?? 'newest';
  const asked = { sort, ...(q === '' ? {} : { q }), ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }), ...(caseId === undefined ? {} : { caseId }) };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Finding>
      heading={list.heading}
      lead={caseId === undefined ? list.lead : list.oneCase}
      search={{ label: list.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || state !== undefined || jurisdiction !== '' || caseId !== undefined}
      onClear={() => onQuery({})}
      {...(may(me, 'inspection.find') ? { actions: <a class="button primary" href={linkTo(['inspections', 'findings', 'new'])}>{list.make}</a> } : {})}
      filters={
        <>
          <SelectField label={words.state} value={state ?? ''} options={states.map((one) => [one, words.states[one]] as const)} onChoose={(one) => change({ state: one })} />
          <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={office.sort} value={sort} options={sorts.map((one) => [one, words.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'name', title: list.columns.name, cell: ({ findingId, name, caseNumber }) => <a href={linkTo(['inspections', 'findings', findingId])}>{name ?? caseNumber}</a> },
        { key: 'state', title: list.columns.state, cell: (one) => <StatusTag status={findingStatus[one.state]} word={words.states[one.state]} /> },
        { key: 'document', title: list.columns.document, cell: ({ document }) => document ?? '—' },
        { key: 'case', title: list.columns.case, cell: ({ caseNumber }) => <span class="number">{caseNumber}</span>, isSecond: true },
        { key: 'place', title: list.columns.place, cell: ({ jurisdictionCode }) => placeOf(jurisdictionCode), isSecond: true },
        { key: 'found', title: list.columns.found, cell: ({ foundAt }) => <span class="number">{tellInstant(foundAt)}</span> },
      ]}
      keyOf={({ findingId }) => findingId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listFindingsEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={list.empty}
      exports={{ xlsx: addressOf(exportFindings, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportFindings, {}, { ...asked, format: 'csv' }) }}
    />
  );
}
