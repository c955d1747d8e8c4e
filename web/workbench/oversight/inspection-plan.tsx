// One inspection plan: its lot with the seed and how to draw it again, and those who are to be visited.
import { drawInspectionEndpoint, exportCandidates, getPlanEndpoint, listCandidatesEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { useContext } from 'preact/hooks';
import { tellDate } from '../../../src/policy/index.ts';
import { linkTo } from '../address.ts';
import { repeatCommand } from './inspection-repeat.ts';
import { useInspectionWords } from './inspection-words.ts';
import { ListPage } from '../list-page.tsx';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { ActNotice } from '../payments/payment-act-notice.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { useNames } from '../publicity/publicity-names.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Plan = Answer<typeof getPlanEndpoint>['data'];
type Candidate = Answer<typeof listCandidatesEndpoint>['data']['items'][number];

/** What a visit found, as a shape. */
const visitStatus = { yes: 'yes', no: 'no', 'not-met': 'unknown' } as const;

/** The page of a plan. */
export function PlanPage(page: SectionPage & { planId: string }) {
  const { planId, me } = page;
  const words = useInspectionWords();
  const { plan: told } = words;
  const office = useOfficeWords();
  const asked = useAsked((signal) => call(getPlanEndpoint, { params: { planId }, signal }), [planId]);
  const plan = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (plan === undefined) return <EmptyState>{office.loading}</EmptyState>;
  return (
    <>
      <p><a href={linkTo(['inspections'])}>{told.back}</a></p>
      <h1>{plan.title}</h1>
      <About plan={plan} me={me} onDrawn={asked.again} />
      {plan.state === 'drawn' ? <Candidates {...page} plan={plan} /> : <p class="soft">{told.notDrawn}</p>}
    </>
  );
}

function About({ plan, me, onDrawn }: { plan: Plan; me: Me; onDrawn: () => void }) {
  const words = useInspectionWords();
  const { plan: told } = words;
  const tellInstant = useTellInstant();
  const { placeOf, benefitOf, policyOf } = useNames();
  const { isBusy, refusal, run, forget } = useAct();
  const { planId, seed } = plan;
  return (
    <section class="card" aria-label={plan.title}>
      <p><StatusTag status={plan.state === 'drawn' ? 'yes' : 'left'} word={words.states[plan.state]} /></p>
      <dl class="pairs">
        <dt>{told.of}</dt>
        <dd>{plan.benefitId === null ? `${policyOf(plan.policyId)} · ${words.plans.all}` : benefitOf(plan.policyId, plan.benefitId)}</dd>
        <dt>{words.jurisdiction}</dt>
        <dd>{placeOf(plan.jurisdictionCode)}</dd>
        <dt>{told.wanted}</dt>
        <dd class="number">{told.count(plan.wanted)}</dd>
        {plan.candidates === null ? null : <><dt>{told.candidates}</dt><dd class="number">{told.count(plan.candidates)}</dd></>}
        {plan.state === 'drawn' ? <><dt>{told.visited}</dt><dd class="number">{told.count(plan.visited)}</dd></> : null}
        <dt>{told.planned}</dt>
        <dd class="number">{tellInstant(plan.plannedAt)}</dd>
        {plan.drawnAt === null ? null : <><dt>{told.drawn}</dt><dd class="number">{tellInstant(plan.drawnAt)}</dd></>}
        {seed === null ? null : <><dt>{told.seed}</dt><dd><code class="lot-seed">{seed}</code></dd></>}
      </dl>
      {plan.isRepeatable === true ? <Notice tone="leaf" icon="yes">{told.repeatable}</Notice> : null}
      {plan.isRepeatable === false ? <Notice tone="clay">{told.notRepeatable}</Notice> : null}
      {seed === null ? null : (
        <Disclosure label={told.repeat}>
          <p>{told.repeatWords}</p>
          <p><a href={addressOf(exportCandidates, { planId }, { who: 'all', format: 'csv' })} download>{told.repeatExport}</a></p>
          <pre class="lot-command" tabIndex={0} role="region" aria-label={told.repeat}><code>{repeatCommand(seed, plan.wanted, told.repeatFile)}</code></pre>
        </Disclosure>
      )}
      {plan.state === 'drawn' ? null : may(me, 'inspection.plan') ? (
        <AskOnce label={told.draw} tone="primary" warning={told.drawWarning(plan.wanted)} sure={told.drawSure} isBusy={isBusy} onSure={() => run(async () => {
          await call(drawInspectionEndpoint, { params: { planId } });
          onDrawn();
        })} />
      ) : <p class="soft">{told.cannotDraw}</p>}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onDrawn();
      }} />
    </section>
  );
}

function Candidates({ plan, query, onQuery }: SectionPage & { plan: Plan }) {
  const { candidates } = useInspectionWords();
  const language = useContext(OfficeLanguageContext);
  const { planId } = plan;
  const { q = '' } = query;
  const who = query['who'] === 'all' ? 'all' : 'drawn';
  const visit = (['waiting', 'done'] as const).find((one) => one === query['visit']);
  const found = { ...(q === '' ? {} : { q }), ...(visit === undefined ? {} : { visit }) };
  const asked = { ...found, ...(who === 'drawn' ? { drawn: 'true' } : {}) };
  const change = (part: Readonly<Record<string, string>>, replaces = false): void => onQuery({ ...query, ...part }, replaces);
  const exported = (format: string): string => addressOf(exportCandidates, { planId }, { ...found, who, format });
  return (
    <ListPage<Candidate>
      heading={who === 'all' ? candidates.all : candidates.heading}
      isBelow
      search={{ label: candidates.q, value: q }}
      onSearch={(text) => change({ q: text }, true)}
      hasFilters={q !== '' || visit !== undefined || who === 'all'}
      onClear={() => onQuery({})}
      filters={
        <>
          <SelectField label={candidates.visit} value={visit ?? ''} options={(['waiting', 'done'] as const).map((one) => [one, candidates.visits[one]] as const)} onChoose={(one) => change({ visit: one })} />
          <SelectField label={candidates.who} value={who} options={(['drawn', 'all'] as const).map((one) => [one, candidates.whose[one]] as const)} onChoose={(one) => change({ who: one })} hasAll={false} />
        </>
      }
      columns={[
        { key: 'name', title: candidates.columns.name, cell: (one) => (one.isDrawn ? <a href={linkTo(['inspections', 'plan', planId, 'visit', one.caseId])}>{one.name ?? one.caseNumber}</a> : (one.name ?? one.caseNumber)) },
        { key: 'result', title: candidates.columns.result, cell: (one) => <Result of={one} /> },
        { key: 'employer', title: candidates.columns.employer, cell: ({ employerName }) => employerName ?? '—' },
        { key: 'on', title: candidates.columns.on, cell: ({ visitedOn }) => <span class="number">{visitedOn === null ? '—' : tellDate(visitedOn, language)}</span>, isSecond: true },
        { key: 'case', title: candidates.columns.case, cell: ({ caseNumber }) => <span class="number">{caseNumber}</span>, isSecond: true },
        { key: 'place', title: candidates.columns.place, isFigure: true, cell: ({ place }) => place, isSecond: true },
      ]}
      keyOf={({ caseId }) => caseId}
      cause={JSON.stringify([asked, planId])}
      ask={async (cursor, signal) => (await call(listCandidatesEndpoint, { params: { planId }, query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal })).data}
      empty={candidates.empty}
      exports={{ xlsx: exported('xlsx'), csv: exported('csv') }}
    />
  );
}

function Result({ of }: { of: Candidate }) {
  const { candidates } = useInspectionWords();
  if (!of.isDrawn) return <span class="soft">{candidates.notDrawn}</span>;
  if (of.atPost === null) return <StatusTag status="left" word={candidates.waiting} />;
  return <span><StatusTag status={visitStatus[of.atPost]} word={candidates.atPost[of.atPost]} />{of.usefulness === null ? null : <span class="soft"> {candidates.usefulness[of.usefulness]}</span>}</span>;
}
