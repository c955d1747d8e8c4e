// The policies in force today, with how many of their versions are under way.
import { useContext } from 'preact/hooks';
import { listPacks, listPolicies } from '../../../src/contract/packs-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { linkTo } from '../address.ts';
import { ListPage } from '../list-page.tsx';
import { may } from '../me.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { usePolicyWords } from './policy-words.ts';
import type { SectionPage } from '../section-page.ts';
import { latestOf, useAsked } from '../use-call.ts';

type Policy = Answer<typeof listPolicies>['data']['items'][number];

const underWay = ['draft', 'checked', 'approved'] as const;

/** The list. */
export function PolicyList({ me, query, onQuery }: SectionPage) {
  const { list } = usePolicyWords();
  const language = useContext(OfficeLanguageContext);
  const { q = '' } = query;
  const waiting = useAsked(async (signal) => (await Promise.all(underWay.map((state) => call(listPacks, { query: { state, limit: 200 }, signal })))).flatMap(({ data }) => data.items), []);
  const countOf = (policyId: string): number => (waiting.state === 'there' ? waiting.value.filter((one) => one.policyId === policyId).length : 0);
  const inForce = latestOf(useAsked((signal) => call(listPolicies, { signal }), []))?.data.items;
  const coming = inForce === undefined || waiting.state !== 'there' ? [] : [...new Set(waiting.value.map(({ policyId }) => policyId))].filter((policyId) => inForce.every((one) => one.policyId !== policyId));
  const text = q.trim().toLowerCase();
  return (
    <ListPage<Policy>
      heading={list.heading}
      lead={list.lead}
      search={{ label: list.q, value: q }}
      onSearch={(value) => onQuery({ ...query, q: value }, true)}
      hasFilters={q !== ''}
      onClear={() => onQuery({})}
      columns={[
        { key: 'title', title: list.columns.title, cell: ({ policyId, title }) => <a href={linkTo(['policies', policyId])}>{title[language]}</a> },
        { key: 'benefits', title: list.columns.benefits, cell: ({ benefits }) => list.benefits(benefits.length), isFigure: true },
        { key: 'waiting', title: list.columns.waiting, cell: ({ policyId }) => (countOf(policyId) === 0 ? <span class="soft">{list.none}</span> : list.drafts(countOf(policyId))) },
      ]}
      keyOf={({ policyId }) => policyId}
      cause={text}
      ask={async (_cursor, signal) => {
        const { data } = await call(listPolicies, { signal });
        const items = data.items.filter(({ title, short, policyId }) => text === '' || [title.zh, title.en, short.zh, short.en, policyId].some((one) => one.toLowerCase().includes(text)));
        return { items, nextCursor: null, total: items.length };
      }}
      empty={list.empty}
      actions={may(me, 'pack.draft') ? <a class="button primary" href={linkTo(['policies', 'new'])}><span>{list.new}</span></a> : null}
      {...(coming.length === 0 ? {} : { above: <Coming ids={coming} /> })}
    />
  );
}

/** Policies of which nothing is in force yet. */
function Coming({ ids }: { ids: readonly string[] }) {
  const { list } = usePolicyWords();
  return (
    <section class="card" aria-labelledby="policies-coming">
      <h2 id="policies-coming">{list.coming}</h2>
      <ul class="case-lines">{ids.map((policyId) => <li key={policyId}><a href={linkTo(['policies', policyId])}>{policyId}</a></li>)}</ul>
    </section>
  );
}
