// A visit at the post, made for a telephone: one look, three answers, and the next one.
import { type ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { listCandidatesEndpoint, recordVisitEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { cityDay } from '../funds/fund-figures.ts';
import { useInspectionWords } from './inspection-words.ts';
import { may, type Me } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Candidate = Answer<typeof listCandidatesEndpoint>['data']['items'][number];

const posts = ['yes', 'no', 'not-met'] as const;
const uses = ['useful', 'partly', 'not'] as const;
const AT_ONCE = 200;

/** Those drawn, all of them: a lot is a few hundred at most. */
async function readDrawn(planId: string, signal: AbortSignal): Promise<readonly Candidate[]> {
  const items: Candidate[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { data }: Answer<typeof listCandidatesEndpoint> = await call(listCandidatesEndpoint, { params: { planId }, query: { drawn: 'true', limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) }, signal });
    items.push(...data.items);
    cursor = data.nextCursor;
  }
  return items;
}

/** The page of one visit. */
export function VisitPage({ planId, caseId, me }: { planId: string; caseId: string; me: Me }) {
  const { visit } = useInspectionWords();
  const office = useOfficeWords();
  const asked = useAsked((signal) => readDrawn(planId, signal), [planId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return <EmptyState>{office.loading}</EmptyState>;
  const one = asked.value.find((candidate) => candidate.caseId === caseId);
  const next = asked.value.find((candidate) => candidate.caseId !== caseId && candidate.atPost === null);
  return (
    <>
      <p><a href={linkTo(['inspections', 'plan', planId])}>{visit.back}</a></p>
      {one === undefined ? <EmptyState>{visit.notDrawn}</EmptyState> : <VisitForm planId={planId} one={one} next={next} me={me} />}
    </>
  );
}

function VisitForm({ planId, one, next, me }: { planId: string; one: Candidate; next: Candidate | undefined; me: Me }) {
  const words = useInspectionWords();
  const { visit, candidates } = words;
  const [atPost, setAtPost] = useState<Candidate['atPost']>(one.atPost);
  const [usefulness, setUsefulness] = useState<Candidate['usefulness']>(one.usefulness);
  const [visitedOn, setVisitedOn] = useState(one.visitedOn ?? cityDay());
  const [note, setNote] = useState(one.note ?? '');
  const [isLooked, setLooked] = useState(false);
  const [saved, setSaved] = useState<Candidate>();
  const { isBusy, refusal, run } = useAct();
  const name = one.name ?? one.caseNumber;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(visitedOn) && visitedOn <= cityDay();
  const mayRecord = may(me, 'inspection.record');
  if (saved !== undefined) {
    return (
      <section class="visit">
        <h1>{visit.heading(name)}</h1>
        <Notice tone="leaf" icon="yes"><p>{visit.saved(name)}</p></Notice>
        {saved.atPost === 'no' && may(me, 'inspection.find') ? (
          <Notice tone="clay">
            <p>{visit.findingLead}</p>
            <p><a class="button secondary" href={linkTo(['inspections', 'findings', 'new'], { case: one.caseId, plan: planId })}>{visit.finding}</a></p>
          </Notice>
        ) : null}
        {next === undefined ? <p class="soft">{visit.noneNext}</p> : <p><a class="button primary" href={linkTo(['inspections', 'plan', planId, 'visit', next.caseId])}>{visit.next(next.name ?? next.caseNumber)}</a></p>}
      </section>
    );
  }
  return (
    <form
      class="visit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setLooked(true);
        if (atPost === null || !isDay) return;
        run(async () => {
          const body = { atPost, visitedOn, ...(usefulness === null || atPost !== 'yes' ? {} : { usefulness }), ...(note.trim() === '' ? {} : { note: note.trim() }) };
          setSaved((await call(recordVisitEndpoint, { params: { planId, caseId: one.caseId }, body })).data);
        });
      }}
    >
      <div>
        <h1>{visit.heading(name)}</h1>
        <p class="soft">{one.employerName ?? ''} <span class="number">{one.caseNumber}</span></p>
        {may(me, 'case.read') ? <p class="small"><a href={linkTo(['cases', one.caseId])}>{visit.case}</a></p> : null}
      </div>
      {one.atPost === null ? null : <p class="small soft">{visit.before}: {candidates.atPost[one.atPost]} · <span class="number">{one.visitedOn}</span></p>}
      {mayRecord ? null : <p class="soft">{visit.readOnly}</p>}
      <Choices legend={visit.atPost} problem={isLooked && atPost === null ? visit.missing : undefined}>
        {(group) => posts.map((one) => <Choice key={one} group={group} isChosen={one === atPost} word={candidates.atPost[one]} hint={visit.atPostHints[one]} onChoose={() => setAtPost(one)} />)}
      </Choices>
      {atPost === 'yes' ? (
        <Choices legend={visit.usefulness} lead={visit.usefulnessLead}>
          {(group) => uses.map((one) => <Choice key={one} group={group} isChosen={one === usefulness} word={candidates.usefulness[one]} hint={visit.usefulnessHints[one]} onChoose={() => setUsefulness(one)} />)}
        </Choices>
      ) : null}
      <label class="text-field">
        <span>{visit.visitedOn}</span>
        <input class="input" type="date" value={visitedOn} max={cityDay()} aria-invalid={isLooked && !isDay} onInput={(event) => setVisitedOn(event.currentTarget.value)} />
        <FieldProblem>{isLooked && !isDay ? visit.dayWrong : undefined}</FieldProblem>
      </label>
      <ReasonField label={visit.note} hint={visit.noteHint} value={note} onInput={setNote} />
      <RefusalNotice refusal={refusal} />
      {mayRecord ? <Button tone="primary" submits isBusy={isBusy}>{visit.go}</Button> : null}
    </form>
  );
}

function Choices({ legend, lead, problem, children }: { legend: string; lead?: string; problem?: string | undefined; children: (group: string) => ComponentChildren }) {
  const group = useId();
  return (
    <fieldset class="settle-ways visit-ways">
      <legend><b>{legend}</b></legend>
      {lead === undefined ? null : <p class="small soft">{lead}</p>}
      {children(group)}
      <FieldProblem>{problem}</FieldProblem>
    </fieldset>
  );
}

function Choice({ group, isChosen, word, hint, onChoose }: { group: string; isChosen: boolean; word: string; hint: string; onChoose: () => void }) {
  return (
    <label class={isChosen ? 'settle-way is-chosen' : 'settle-way'}>
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
      <span>
        <b>{word}</b>
        <span class="small soft">{hint}</span>
      </span>
    </label>
  );
}
