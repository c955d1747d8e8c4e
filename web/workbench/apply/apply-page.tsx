// A person applies, one decision at a time: which benefits, what is still to be said, the papers, a last look, and filing.
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { fileApplication, tryApplication } from '../../../src/contract/intake-endpoints.ts';
import { call } from '../../client/call.ts';
import { type CarriedAnswers, dropCarried, keepCarried, recallCarried } from '../../client/carried-answers.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VeinProgress } from '../../ui/mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { ApplyCarried } from './apply-carried.tsx';
import { ApplyChoose } from './apply-choose.tsx';
import { ApplyKnown } from './apply-known.tsx';
import { ApplyPapers, type PapersGiven } from './apply-papers.tsx';
import { ApplyQuestion } from './apply-question.tsx';
import { loadQuestions } from './apply-questions.ts';
import { ApplySummary } from './apply-summary.tsx';
import { useApplyWords } from './apply-words.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { latestOf, useAct, useAsked } from '../use-call.ts';

type Stage = 'choose' | 'questions' | 'known' | 'papers' | 'summary';
const stages: readonly Stage[] = ['choose', 'questions', 'known', 'papers', 'summary'];
const nothing: CarriedAnswers = { answers: {}, benefits: [], calculated: [], isAgreed: true };

/** The way from choosing to filing; everything entered stays in this tab until it is filed. */
export function ApplyPage() {
  const words = useApplyWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const [draft, setDraft] = useState<CarriedAnswers>(() => recallCarried() ?? nothing);
  const [stage, setStage] = useState<Stage>('choose');
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<string>();
  const [papers, setPapers] = useState<PapersGiven>({ own: [], promises: [] });
  const [isLeft, setLeft] = useState(false);
  const [isExisting, setExisting] = useState(false);
  const { isBusy, refusal, run } = useAct();
  // The same application sent again is one application.
  const key = useRef(crypto.randomUUID());
  const isAgreed = draft.isAgreed;
  // What the calculator knew may be offered elsewhere only: nothing is chosen before she has seen what is offered here.
  const chosen = stage === 'choose' ? [] : draft.benefits;
  const asked = useAsked(
    async (signal) => (isAgreed ? (await call(tryApplication, { body: { benefits: [...chosen], facts: draft.answers }, signal }, language)).data : undefined),
    [isAgreed, chosen.join(','), JSON.stringify(draft.answers), language],
  );
  const outlook = latestOf(asked);
  const kind = outlook?.subject.kind ?? 'person';
  const questions = latestOf(useAsked(() => loadQuestions(language, kind), [language, kind]));
  const keep = (next: CarriedAnswers): void => {
    setDraft(next);
    keepCarried(next);
  };
  const go = (next: Stage): void => {
    setStage(next);
    setAsking(undefined);
  };
  const answer = (name: string, value: unknown): void => {
    keep({ ...draft, answers: { ...draft.answers, [name]: value }, calculated: draft.calculated.filter((one) => one !== name) });
    setSkipped((now) => now.filter((one) => one !== name));
    if (asking !== undefined) go('known');
  };
  const open = questions === undefined || outlook === undefined ? [] : questions.inOrder(outlook.missing.filter(({ canDeclare, name }) => canDeclare && !skipped.includes(name) && !Object.hasOwn(draft.answers, name)).map(({ name }) => name));
  const shown: Stage = stage === 'questions' && asking === undefined && outlook !== undefined && asked.state === 'there' && open.length === 0 ? 'known' : stage;
  const question = asking ?? (shown === 'questions' ? open[0] : undefined);
  useHeading(`${shown} ${question ?? ''} ${String(isAgreed)}`);

  if (isLeft) return <Notice tone="leaf">{words.left}</Notice>;
  if (!draft.isAgreed) {
    return <ApplyCarried draft={draft} questions={questions} onUse={() => keep({ ...draft, isAgreed: true })} onDrop={() => {
      dropCarried();
      setDraft(nothing);
    }} />;
  }
  if (asked.state === 'refused') {
    return (
      <>
        <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />
        <Button tone="quiet" onPress={() => {
          dropCarried();
          setDraft(nothing);
        }}>{words.carried.drop}</Button>
      </>
    );
  }
  if (outlook === undefined || questions === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const at = stages.indexOf(shown);
  const file = (): void =>
    run(async () => {
      const facts = Object.fromEntries(outlook.told.map(({ name, value }) => [name, value]));
      const evidenceIds = [...new Set([...outlook.papers.flatMap(({ there }) => (there === null ? [] : [there.evidenceId])), ...papers.own.map(({ evidenceId }) => evidenceId)])];
      const benefits = draft.benefits.map((one) => {
        const [policyId = '', benefitId = ''] = one.split('/');
        return { policyId, benefitId };
      });
      const { data } = await call(fileApplication, { body: { benefits, facts, evidenceIds, promises: [...papers.promises] }, key: key.current }, language);
      dropCarried(true);
      if (data.applicationId === null) setExisting(true);
      else location.hash = linkTo(['apply', data.applicationId]);
    });
  const previous: Partial<Record<Stage, Stage>> = { questions: 'choose', known: 'choose', papers: 'known', summary: 'papers' };
  const before = previous[shown];
  return (
    <div class="apply">
      <div class="apply-head">
        <VeinProgress done={at + 1} total={stages.length} label={words.step(at + 1, stages.length, words.steps[shown])} />
        <p class="small soft" aria-hidden="true">{words.step(at + 1, stages.length, words.steps[shown])}</p>
      </div>
      {shown === 'choose' ? <ApplyChoose outlook={outlook} chosen={draft.benefits} isBusy={asked.state === 'loading'} onOn={(benefits) => {
        keep({ ...draft, benefits });
        go('questions');
      }} /> : null}
      {shown === 'questions' && question === undefined ? <EmptyState>{words.questions.loading}</EmptyState> : null}
      {question === undefined ? null : (
        <ApplyQuestion
          key={question}
          name={question}
          questions={questions}
          given={draft.answers[question]}
          left={open.length}
          onAnswer={(value) => answer(question, value)}
          onSkip={() => {
            setSkipped((now) => [...now, question]);
            if (asking !== undefined) go('known');
          }}
        />
      )}
      {shown === 'known' && question === undefined ? <ApplyKnown outlook={outlook} questions={questions} calculated={draft.calculated} onAsk={setAsking} /> : null}
      {shown === 'papers' ? <ApplyPapers outlook={outlook} given={papers} onGiven={setPapers} /> : null}
      {shown === 'summary' ? (
        <ApplySummary outlook={outlook} questions={questions} chosen={draft.benefits} calculated={draft.calculated} papers={papers} isBusy={isBusy} onGo={go} onFile={file} />
      ) : null}
      <RefusalNotice refusal={refusal} />
      {isExisting ? <Notice><p>{words.summary.exist}</p><p><a href={linkTo(['my-cases'])}>{words.receipt.all}</a></p></Notice> : null}
      <div class="apply-foot">
        {asking === undefined && before === undefined ? null : <Button tone="quiet" icon="back" onPress={() => (asking === undefined ? go(before ?? 'choose') : go('known'))}>{words.back}</Button>}
        <Button tone="quiet" onPress={() => {
          dropCarried();
          setLeft(true);
        }}>{words.leave}</Button>
        {question !== undefined || (shown !== 'known' && shown !== 'papers') ? null : <OnButton onPress={() => go(shown === 'known' ? 'papers' : 'summary')}>{words.on}</OnButton>}
      </div>
    </div>
  );
}

function OnButton({ onPress, children }: { onPress: () => void; children: ComponentChildren }) {
  return <Button tone="primary" iconAfter="on" onPress={onPress}>{children}</Button>;
}

/** A new step begins at its top, and its heading is read out. */
function useHeading(step: string): void {
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById('title')?.focus({ preventScroll: true });
  }, [step]);
}
