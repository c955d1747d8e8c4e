// The list of inspection plans.
import { exportPlans, listPlansEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { useInspectionWords } from './inspection-words.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import { useNames } from '../publicity/publicity-names.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';

type Plan = Answer<typeof listPlansEndpoint>['data']['items'][number];

const states = ['planned', 'drawn'] as const;
const sorts = ['newest', 'oldest'] as const;

/** The list. */
export function PlansPage({ me, query, onQuery }: SectionPage) {
  const words = useInspectionWords();
  const { plans } = words;
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { places, placeOf, benefitOf, policyOf } = useNames();
  const { q = '', jurisdiction = '' } = query;
  const state = states.find((one) => one === query['state']);
  const sort = sorts.find((one) => one === query['sort']) ?? 'newest';
  const asked = { sort, ...(q === '' ? {} : { q }), ...(state === undefined ? {} : { state }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }) };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  return (
    <ListPage<Plan>
      heading={plans.heading}
      lead={plans.lead}
      search={{ label: plans.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || state !== undefined || jurisdiction !== ''}
      onClear={() => onQuery({})}
      {...(may(me, 'inspection.plan') ? { actions: <a class="button primary" href={linkTo(['inspections', 'new'])}>{plans.make}</a> } : {})}
      filters={
        <>
          <SelectField label={words.state} value={state ?? ''} options={states.map((one) => [one, words.states[one]] as const)} onChoose={(one) => change({ state: one })} />
          <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
          <SelectField label={office.sort} value={sort} options={sorts.map((one) => [one, words.sorts[one]] as const)} onChoose={(one) => change({ sort: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'title', title: plans.columns.title, cell: ({ planId, title }) => <a href={linkTo(['inspections', 'plan', planId])}>{title}</a> },
        { key: 'state', title: plans.columns.state, cell: (one) => <StatusTag status={one.state === 'drawn' ? 'yes' : 'left'} word={words.states[one.state]} /> },
        { key: 'benefit', title: plans.columns.benefit, cell: ({ policyId, benefitId }) => <span class="cell-text">{benefitId === null ? policyOf(policyId) : benefitOf(policyId, benefitId)}</span> },
        { key: 'place', title: plans.columns.place, cell: ({ jurisdictionCode }) => placeOf(jurisdictionCode), isSecond: true },
        { key: 'planned', title: plans.columns.planned, cell: ({ plannedAt }) => <span class="number">{tellInstant(plannedAt)}</span>, isSecond: true },
        { key: 'visited', title: plans.columns.visited, isFigure: true, cell: ({ visited, wanted, candidates }) => <Worded word={plans.columns.visited}>{plans.visited(visited, candidates === null ? wanted : Math.min(wanted, candidates))}</Worded> },
      ]}
      keyOf={({ planId }) => planId}
      cause={JSON.stringify(asked)}
      ask={async (cursor, signal) => (await call(listPlansEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={plans.empty}
      exports={{ xlsx: addressOf(exportPlans, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportPlans, {}, { ...asked, format: 'csv' }) }}
    />
  );
}
