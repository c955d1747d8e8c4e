// The people of one's jurisdiction: found by name, pinyin, number or telephone, narrowed by place, education and employer.
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { exportPeople, listPeople } from '../../../src/contract/search-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useAsked } from '../use-call.ts';

type Person = Answer<typeof listPeople>['data']['items'][number];

// Values of the vocabulary, in its order.
const educations = ['博士研究生', '硕士研究生', '本科', '专科', '高中', '初中及以下'] as const;
const sorts = ['name', '-name', 'recent'] as const;

/** The list of people. */
export function PeoplePage({ me, query, onQuery }: SectionPage) {
  const words = useOfficeWords();
  const { people } = words;
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const { q = '', jurisdiction = '', education = '', employer = '', sort = 'name' } = query;
  const asked = { q, ...(jurisdiction === '' ? {} : { jurisdiction }), ...(employer === '' ? {} : { employer }), ...(education === '' ? {} : { 'fact.学历': education }), sort: sorts.find((one) => one === sort) ?? 'name' };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Person>
      heading={people.heading}
      lead={people.lead}
      search={{ label: people.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={[q, jurisdiction, education, employer].some((one) => one !== '')}
      onClear={() => onQuery({})}
      filters={
        <>
          <SelectField label={people.jurisdiction} value={jurisdiction} options={places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : []} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={people.education} value={education} options={educations.map((one) => [one, one] as const)} onChoose={(one) => change({ education: one })} />
          <SelectField label={words.sort} value={asked.sort} options={sorts.map((one) => [one, people.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'name', title: people.columns.name, cell: ({ name }) => name },
        { key: 'number', title: people.columns.number, cell: ({ maskedNumber }) => <span class="number">{maskedNumber ?? '—'}</span> },
        { key: 'birth', title: people.columns.birth, cell: ({ birthDate }) => birthDate ?? '—', isSecond: true },
        { key: 'employer', title: people.columns.employer, cell: ({ employer: one }) => one?.name ?? '—' },
        { key: 'education', title: people.columns.education, cell: ({ facts }) => facts['学历'] ?? '—', isSecond: true },
        { key: 'title', title: people.columns.title, cell: ({ facts }) => facts['职称'] ?? '—', isSecond: true },
        { key: 'place', title: people.columns.place, cell: ({ jurisdiction: one }) => one.name },
      ]}
      keyOf={({ partyId }) => partyId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listPeople, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={q === '' && jurisdiction === '' && education === '' ? people.nobody : people.empty}
      {...(may(me, 'person.export') ? { exports: { xlsx: addressOf(exportPeople, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportPeople, {}, { ...asked, format: 'csv' }) } } : {})}
    />
  );
}
