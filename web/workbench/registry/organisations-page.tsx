// The organisations of the city: found by name, pinyin or credit code.
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { exportOrganisations, listOrganisations } from '../../../src/contract/search-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useAsked } from '../use-call.ts';

type Organisation = Answer<typeof listOrganisations>['data']['items'][number];

const sorts = ['name', '-name', 'recent'] as const;

/** The list of organisations. */
export function OrganisationsPage({ me, query, onQuery }: SectionPage) {
  const words = useOfficeWords();
  const { organisations, people } = words;
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const { q = '', jurisdiction = '', sort = 'name' } = query;
  const asked = { q, ...(jurisdiction === '' ? {} : { jurisdiction }), sort: sorts.find((one) => one === sort) ?? 'name' };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Organisation>
      heading={organisations.heading}
      lead={organisations.lead}
      search={{ label: organisations.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || jurisdiction !== ''}
      onClear={() => onQuery({})}
      filters={
        <>
          <SelectField label={people.jurisdiction} value={jurisdiction} options={places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : []} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={words.sort} value={asked.sort} options={sorts.map((one) => [one, people.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'name', title: organisations.columns.name, cell: ({ name }) => name },
        { key: 'code', title: organisations.columns.code, cell: ({ creditCode }) => <span class="number">{creditCode ?? '—'}</span> },
        { key: 'kind', title: organisations.columns.kind, cell: ({ facts }) => facts['单位类型'] ?? '—', isSecond: true },
        { key: 'ownership', title: organisations.columns.ownership, cell: ({ facts }) => facts['所有制'] ?? '—', isSecond: true },
        { key: 'scale', title: organisations.columns.scale, cell: ({ facts }) => facts['规上'] ?? '—', isSecond: true },
        { key: 'place', title: organisations.columns.place, cell: ({ jurisdiction: one }) => one.name },
      ]}
      keyOf={({ partyId }) => partyId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listOrganisations, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={organisations.empty}
      {...(may(me, 'organisation.export') ? { exports: { xlsx: addressOf(exportOrganisations, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportOrganisations, {}, { ...asked, format: 'csv' }) } } : {})}
    />
  );
}
