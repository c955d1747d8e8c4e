// Cases of one's own, or those that an organisation asked for: in plain words, with what comes next and by when.
import { useContext } from 'preact/hooks';
import { exportCasesEndpoint, listCasesEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { linkTo } from '../address.ts';
import { amountOf } from '../cases/case-amount.ts';
import { ListPage } from '../list-page.tsx';
import { useMyCaseWords, useTellNext } from './my-case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { latestOf, useAsked } from '../use-call.ts';

type Item = Answer<typeof listCasesEndpoint>['data']['items'][number];

const groups = {
  mine: 'awaiting-supplement',
  open: 'filed,in-review,awaiting-supplement,deciding,granted,in-publication,in-appeal',
  ended: 'not-accepted,refused,settled,revoked,withdrawn',
} as const;

/** The list; an agent sees the organisation's. */
export function MyCaseList({ me, query, onQuery }: SectionPage) {
  const words = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const isAgent = me.capacity.kind === 'agent';
  const group = (['mine', 'open', 'ended'] as const).find((one) => one === query['which']);
  const sort = query['sort'] === 'deadline' ? 'deadline' : 'newest';
  const { q = '', benefit = '' } = query;
  const [policyId = '', benefitId = ''] = benefit.split('/');
  const asked = { sort, ...(q === '' ? {} : { q }), ...(group === undefined ? {} : { status: groups[group] }), ...(benefitId === '' ? {} : { policyId, benefitId }) } as const;
  const tellNext = useTellNext();
  const tellAmount = (amount: ReturnType<typeof amountOf>): string => (typeof amount === 'number' ? words.yuan(formatYuan(amount)) : amount === 'open' ? words.pending : '—');
  // Benefits of which there are cases; whoever has one or two finds them without.
  const recent = latestOf(useAsked(async (signal) => (isAgent ? (await call(listCasesEndpoint, { query: { limit: 200 }, signal }, language)).data.items : []), [isAgent, language])) ?? [];
  const benefits = [...new Map(recent.map((one) => [`${one.policyId}/${one.benefitId}`, one.benefitTitle[language]] as const))];
  return (
    <ListPage<Item>
      heading={isAgent ? words.agentHeading : words.heading}
      lead={isAgent ? words.agentLead : words.lead}
      search={{ label: isAgent ? words.find : words.findOwn, value: q }}
      onSearch={(next) => onQuery({ ...query, q: next }, true)}
      hasFilters={q !== '' || benefit !== '' || group !== undefined || sort !== 'newest'}
      onClear={() => onQuery({})}
      filters={
        <>
          <SelectField label={words.which} value={group ?? ''} options={(['mine', 'open', 'ended'] as const).map((one) => [one, words.groups[one]] as const)} onChoose={(which) => onQuery({ ...query, which })} />
          {isAgent ? <SelectField label={words.benefit} value={benefit} options={benefits} onChoose={(chosen) => onQuery({ ...query, benefit: chosen })} /> : null}
          <SelectField label={words.sort} hasAll={false} value={sort} options={(['newest', 'deadline'] as const).map((one) => [one, words.sorts[one]] as const)} onChoose={(chosen) => onQuery({ ...query, sort: chosen })} />
        </>
      }
      columns={[
        ...(isAgent ? [{ key: 'who', title: words.columns.who, cell: ({ caseId, subject }: Item) => <a href={linkTo(['agent-cases', caseId])}>{subject.name}</a> }] : []),
        {
          key: 'benefit',
          title: words.columns.benefit,
          cell: ({ caseId, caseNumber, benefitTitle }) => (
            <>
              {isAgent ? benefitTitle[language] : <a href={linkTo(['my-cases', caseId])}>{benefitTitle[language]}</a>}
              <br /><span class="small soft number case-number">{caseNumber}</span>
            </>
          ),
        },
        {
          key: 'state',
          title: words.columns.state,
          cell: (item) => (
            <>
              <b class={item.status === 'awaiting-supplement' ? 'case-warn' : undefined}>{item.statusWords}</b>
              <br /><span class="small soft">{item.isHeld ? words.held : tellNext(item)}</span>
            </>
          ),
        },
        { key: 'amount', title: words.columns.amount, isFigure: true, isSecond: true, cell: (item) => tellAmount(amountOf(item)) },
      ]}
      keyOf={({ caseId }) => caseId}
      cause={JSON.stringify([asked, language])}
      ask={async (cursor, signal) => (await call(listCasesEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal }, language)).data}
      exports={{ xlsx: addressOf(exportCasesEndpoint, {}, { ...asked, format: 'xlsx' }), csv: addressOf(exportCasesEndpoint, {}, { ...asked, format: 'csv' }) }}
      empty={words.empty}
      actions={isAgent ? null : <a class="button primary" href={linkTo(['apply'])}><span>{words.apply}</span></a>}
    />
  );
}
