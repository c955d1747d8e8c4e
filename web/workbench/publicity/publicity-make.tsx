// A new public list: what waits to be published, whom the list would take and until when, and then publishing it.
import { useContext, useState } from 'preact/hooks';
import { listWaiting, openList, previewList } from '../../../src/contract/publicity-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { usePages } from '../payments/payment-use-pages.ts';
import { useNames } from './publicity-names.tsx';
import { usePublicityWords } from './publicity-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { useAct, useAsked } from '../use-call.ts';

type Waiting = Answer<typeof listWaiting>['data']['items'][number];
type Preview = Answer<typeof previewList>['data'];

/** The page: one choice, then the list as it would be. */
export function MakeListPage({ query }: SectionPage) {
  const { make } = usePublicityWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { placeOf, benefitOf, policyOf } = useNames();
  const waiting = useAsked((signal) => call(listWaiting, { signal }), []);
  const { place, policy, benefit } = query;
  const items = waiting.state === 'there' ? waiting.value.data.items : undefined;
  const chosen = items?.find((one) => one.jurisdictionCode === place && one.policyId === policy && one.benefitId === benefit);
  return (
    <>
      <p><a href={linkTo(['publicity'])}>{make.back}</a></p>
      <div>
        <h1>{make.heading}</h1>
        <p class="soft">{make.lead}</p>
      </div>
      {waiting.state === 'refused' ? <RefusalNotice refusal={waiting.refusal} onRetry={waiting.again} /> : null}
      {waiting.state === 'loading' ? <EmptyState>{office.loading}</EmptyState> : null}
      {items === undefined ? null : items.length === 0 ? <EmptyState>{make.none}</EmptyState> : (
        <nav class="ways" aria-label={make.which}>
          {items.map((one) => (
            <a
              key={`${one.jurisdictionCode} ${one.policyId} ${one.benefitId}`}
              class="way"
              aria-current={one === chosen ? 'true' : undefined}
              href={linkTo(['publicity', 'new'], { place: one.jurisdictionCode, policy: one.policyId, benefit: one.benefitId })}
            >
              <span>
                {benefitOf(one.policyId, one.benefitId)}
                <span class="small soft posted-policy">{placeOf(one.jurisdictionCode)} · {policyOf(one.policyId)}</span>
                <span class="small posted-policy">{make.ready(one.ready, one.held)}</span>
                {one.since === null ? null : <span class="small posted-policy">{make.waited(one.waitedDays, tellDate(one.since, language))}</span>}
                {one.isLate ? <span class="small posted-policy"><StatusTag status="no" word={make.late} /></span> : null}
              </span>
              <Icon name={one === chosen ? 'yes' : 'on'} />
            </a>
          ))}
        </nav>
      )}
      {chosen === undefined || chosen.ready === 0 ? null : <WouldBe key={JSON.stringify([place, policy, benefit])} of={chosen} />}
    </>
  );
}

/** The list as it would be, and the button that makes it. */
function WouldBe({ of }: { of: Waiting }) {
  const words = usePublicityWords();
  const { make } = words;
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { placeOf, benefitOf } = useNames();
  const { jurisdictionCode, policyId, benefitId, ready } = of;
  const subject = { jurisdictionCode, policyId, benefitId };
  const [window, setWindow] = useState<Pick<Preview, 'workingDays' | 'untilOn'>>();
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Preview['items'][number]>(JSON.stringify(subject), async (cursor, signal) => {
    const { data } = await call(previewList, { query: { ...subject, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    setWindow(data);
    return data;
  });
  const [key] = useState(() => crypto.randomUUID());
  const act = useAct();
  const until = window === undefined ? '' : tellDate(window.untilOn, language);
  return (
    <>
      <section class="card" aria-label={make.willHeading}>
        <h2>{make.willHeading}</h2>
        <RefusalNotice refusal={refusal} onRetry={again} />
        {window === undefined ? null : (
          <>
            <dl class="pairs">
              <dt>{words.lists.columns.benefit}</dt>
              <dd>{benefitOf(policyId, benefitId)}</dd>
              <dt>{make.place}</dt>
              <dd>{placeOf(jurisdictionCode)}</dd>
              <dt>{make.days}</dt>
              <dd>{make.daysIs(window.workingDays, until)}</dd>
              <dt>{make.count}</dt>
              <dd>{make.countIs(ready)}</dd>
            </dl>
            <AskOnce
              label={make.open}
              tone="primary"
              warning={make.warning(ready, until)}
              sure={make.sure}
              isBusy={act.isBusy}
              onSure={() => act.run(async () => {
                const { data } = await call(openList, { body: subject, key });
                location.hash = linkTo(['publicity', 'list', data.listId]);
              })}
            />
            <RefusalNotice refusal={act.refusal} />
          </>
        )}
      </section>
      {rows === undefined ? null : (
        <RowsTable<Preview['items'][number]>
          label={make.who}
          rows={rows}
          isLoading={isLoading}
          empty={make.none}
          keyOf={({ caseId }) => caseId}
          columns={[
            { key: 'name', title: make.columns.name, cell: ({ name, caseId }) => <a href={linkTo(['cases', caseId])}>{name}</a> },
            { key: 'taken', title: make.columns.isTaken, cell: ({ leftOut }) => (leftOut === null ? make.taken : <span class="soft">{make.leftOut[leftOut]}</span>) },
            { key: 'number', title: make.columns.number, cell: ({ number }) => <span class="number">{number ?? '—'}</span> },
            { key: 'employer', title: make.columns.employer, cell: ({ employerName }) => employerName ?? '—' },
            { key: 'case', title: make.columns.case, cell: ({ caseNumber }) => <span class="number">{caseNumber}</span>, isSecond: true },
            { key: 'amount', title: make.columns.amount, isFigure: true, cell: ({ amountFen }) => (amountFen === null ? '—' : words.yuan(formatYuan(amountFen))) },
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}
