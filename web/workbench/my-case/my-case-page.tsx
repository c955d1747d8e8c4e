// One case as whoever asked for it follows it: where it stands in plain words, what is asked, the papers, the decision, the money, what happened.
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { caseHistory, explainCase, getCaseEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { call, CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { amountOf } from '../cases/case-amount.ts';
import { CasePapers, type OneCase } from '../cases/case-papers.tsx';
import { CaseReasons, PlaceNamesContext } from '../cases/case-reasons.tsx';
import { CaseTimeline } from '../cases/case-timeline.tsx';
import { SameMatter } from '../cases/same-matter.tsx';
import { may, type Me } from '../me.ts';
import { MyCaseActs } from './my-case-acts.tsx';
import { MyCaseDecision, MyCaseMoney } from './my-case-money.tsx';
import { MyCaseMessages } from './my-case-messages.tsx';
import { MyCasePromises } from './my-case-promises.tsx';
import type { CaseSender } from './my-case-sender.ts';
import { MyCaseSupplement } from './my-case-supplement.tsx';
import { useMyCaseWords, useTellNext } from './my-case-words.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { latestOf, useAct, useAsked } from '../use-call.ts';

/** The page of a case. */
export function MyCasePage({ caseId, me }: { caseId: string; me: Me }) {
  const words = useMyCaseWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const [round, setRound] = useState(0);
  const [told, setTold] = useState<string>();
  const [isStale, setStale] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const isAgent = me.capacity.kind === 'agent';
  const params = { caseId };
  const asked = useAsked((signal) => call(getCaseEndpoint, { params, signal }, language), [caseId, round, language]);
  const events = useAsked((signal) => call(caseHistory, { params, signal }, language), [caseId, round, language]);
  const answer = latestOf(asked);
  const of = answer?.data;
  // Whoever goes on at once goes on from what was just done.
  const newest = useRef('');
  useEffect(() => {
    if (asked.state === 'there') newest.current = asked.value.etag ?? '';
  }, [asked.state]);
  const happened = latestOf(events)?.data.items ?? [];
  const send: CaseSender = (done, act) =>
    run(async () => {
      setTold(undefined);
      setStale(false);
      try {
        newest.current = (await act(newest.current)).etag ?? '';
        setTold(done);
      } catch (error) {
        if (!(error instanceof CallRefused && error.code === 'changed-meanwhile')) throw error;
        setStale(true);
      }
      setRound((now) => now + 1);
    });
  if (of === undefined) return asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : <EmptyState>{office.loading}</EmptyState>;
  const acting = { of, isBusy, onSend: send };
  return (
    <div class="my-case">
      <Head of={of} isAgent={isAgent} />
      {isStale ? <Notice tone="clay">{words.stale}</Notice> : null}
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      {of.isHeld ? <Notice>{words.held}</Notice> : null}
      <SameMatter of={of} lead={words.sameMatter} section={isAgent ? 'agent-cases' : 'my-cases'} />
      <RefusalNotice refusal={refusal} />
      {of.supplement !== null && of.can.includes('answer-supplement') ? <MyCaseSupplement {...acting} /> : null}
      {of.promises.length === 0 ? null : <MyCasePromises {...acting} />}
      {of.decisionId !== null && may(me, 'decision.read') ? <MyCaseDecision decisionId={of.decisionId} /> : null}
      {of.grantedFen === null ? null : <MyCaseMoney caseId={caseId} round={round} />}
      <CaseTimeline of={of} events={happened} />
      <CasePapers papers={of.papers} />
      {isAgent ? null : <MyCaseMessages caseId={caseId} round={round} />}
      {isAgent ? null : <Reasons of={of} round={round} />}
      <History events={happened} />
      <MyCaseActs {...acting} />
      <p class="no-print"><Button tone="quiet" icon="print" onPress={() => print()}>{words.print}</Button></p>
    </div>
  );
}

function Head({ of, isAgent }: { of: OneCase; isAgent: boolean }) {
  const words = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const next = useTellNext()(of);
  const amount = amountOf(of);
  return (
    <div class="my-case-head">
      <p class="small no-print"><a class="case-back" href={linkTo([isAgent ? 'agent-cases' : 'my-cases'])}><Icon name="back" /> {words.back}</a></p>
      <h1>{isAgent ? `${of.subject.name} · ` : ''}{of.benefitTitle[language]}</h1>
      <p class="soft small"><span class="number">{of.caseNumber}</span> · {words.amount}{language === 'zh' ? '：' : ': '}{typeof amount === 'number' ? words.yuan(formatYuan(amount)) : amount === 'open' ? words.pending : '—'}</p>
      <p class="my-case-state"><b>{of.statusWords}</b> {next}</p>
    </div>
  );
}

function Reasons({ of, round }: { of: OneCase; round: number }) {
  const words = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const explaining = useAsked((signal) => call(explainCase, { params: { caseId: of.caseId }, signal }, language), [of.caseId, round, language]);
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const explained = latestOf(explaining)?.data;
  if (explained === undefined) return null;
  return (
    <PlaceNamesContext.Provider value={new Map((latestOf(places)?.data.items ?? []).map(({ code, name }) => [code, name] as const))}>
      <Disclosure label={words.reasonsOf}><CaseReasons explained={explained} filedAs={of.engineStatus} /></Disclosure>
    </PlaceNamesContext.Provider>
  );
}

function History({ events }: { events: readonly { readonly number: number; readonly at: string; readonly kindWords: string; readonly words: string | null }[] }) {
  const words = useMyCaseWords();
  const tellInstant = useTellInstant();
  const line = ({ number, at, kindWords, words: said }: (typeof events)[number]): ComponentChildren => (
    <li key={number}><span><b>{kindWords}</b> <span class="small soft">{tellInstant(at)}</span>{said === null || said === '' ? null : <span class="apply-reason small">{said}</span>}</span></li>
  );
  return <Disclosure label={words.history} count={String(events.length)}><ol class="apply-lines" role="list">{events.map(line)}</ol></Disclosure>;
}
