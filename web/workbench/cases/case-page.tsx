// One case: what was asked and where it stands, the facts and papers it rests on, what the engine says, and what to do now.
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { caseHistory, claimCase, explainCase, getCaseEndpoint, giveBackCase, listCasesEndpoint, listNotes, noteCase } from '../../../src/contract/cases-endpoints.ts';
import { getDecision, getLetter } from '../../../src/contract/decisions-endpoints.ts';
import { listDepartments, listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { getPersonEndpoint } from '../../../src/contract/registry-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { addressOf, call, CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { type ActName, actsOf, CaseActs } from './case-acts.tsx';
import { CaseFacts } from './case-facts.tsx';
import { ReasonField } from './case-fields.tsx';
import { CaseKeys } from './case-keys.tsx';
import { CasePapers, type OneCase } from './case-papers.tsx';
import { CaseReasons, explanationOf, PlaceNamesContext } from './case-reasons.tsx';
import { type CaseEvents, CaseTimeline } from './case-timeline.tsx';
import { SameMatter } from './same-matter.tsx';
import { useCaseWords } from './case-words.ts';
import { cityDay } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { type Asked, useAct, useAsked } from '../use-call.ts';

/** The page of a case. */
export function CasePage({ caseId, me }: { caseId: string; me: Me }) {
  const words = useCaseWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const [round, setRound] = useState(0);
  const [opened, setOpened] = useState<ActName>();
  const [told, setTold] = useState<string>();
  const [isStale, setStale] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  const params = { caseId };
  const asked = useAsked((signal) => call(getCaseEndpoint, { params, signal }, language), [caseId, round, language]);
  const explaining = useAsked((signal) => call(explainCase, { params, signal }, language), [caseId, round, language]);
  const events = useAsked((signal) => call(caseHistory, { params, signal }, language), [caseId, round, language]);
  const departments = useAsked((signal) => call(listDepartments, { signal }), []);
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const answer = known(asked);
  const of = answer?.data;
  const explained = known(explaining)?.data;
  const happened = known(events)?.data.items ?? [];
  const placeNames = new Map((known(places)?.data.items ?? []).map(({ code, name }) => [code, name] as const));
  const offices = known(departments)?.data.items ?? [];
  const nameOf = (departmentId: string): string => offices.find((one) => one.departmentId === departmentId)?.name ?? '';
  const acted = (name: string, send: (etag: string) => Promise<unknown>): void =>
    run(async () => {
      setTold(undefined);
      setStale(false);
      try {
        await send(answer?.etag ?? '');
      } catch (error) {
        if (!(error instanceof CallRefused && error.code === 'changed-meanwhile')) throw error;
        setStale(true);
        setRound((now) => now + 1);
        return;
      }
      setOpened(undefined);
      setTold(name);
      setRound((now) => now + 1);
    });
  const take = (): boolean => {
    const isBack = of?.can.includes('give-back') === true;
    if (of === undefined || (!isBack && !isTakeable(of))) return false;
    acted(isBack ? words.acts.done.giveBack : words.acts.done.claim, (etag) => call(isBack ? giveBackCase : claimCase, { params, ifMatch: etag }));
    return true;
  };
  const openFirst = (...names: readonly ActName[]) => (): boolean => {
    const name = of === undefined ? undefined : names.find((one) => actsOf(of).has(one));
    if (name === undefined) return false;
    forget();
    setOpened(name);
    return true;
  };
  if (of === undefined) return asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : <EmptyState>{office.loading}</EmptyState>;
  const keyActs = {
    a: openFirst('agree', 'accept', 'grant'),
    d: openFirst('disagree', 'decline', 'refuse'),
    s: openFirst('supplement'),
    c: take,
    n: () => {
      const field = document.querySelector<HTMLElement>('.case-notes textarea');
      field?.focus();
      return field !== null;
    },
    u: () => {
      location.hash = linkTo(['cases']);
      return true;
    },
  };
  // The version that an act names is the one that is shown, so none is sent while the case is read again.
  const isReading = isBusy || asked.state === 'loading';
  const kinds = explained === undefined ? [] : (explanationOf(explained)?.benefits[0]?.evidence ?? []).map(({ name }) => name);
  const departmentId = me.capacity.kind === 'officer' ? me.capacity.departmentId : '';
  return (
    <PlaceNamesContext.Provider value={placeNames}>
      <div class="case">
        <CaseHead of={of} me={me} isBusy={isReading} onTake={take} keys={<CaseKeys table="page" acts={keyActs} />} />
        {isStale ? <Notice tone="clay">{words.page.reloaded}</Notice> : null}
        {told === undefined ? null : <Done told={told} caseId={caseId} round={round} me={me} />}
        {of.isHeld ? <Holds of={of} /> : null}
        <SameMatter of={of} lead={words.sameMatter} section="cases" />
        {of.totalCap === null ? null : <Notice tone={of.totalCap.leftFen === 0 ? 'clay' : 'plain'}>{words.totalCap(formatYuan(of.totalCap.capFen), formatYuan(of.totalCap.grantedFen), formatYuan(of.totalCap.leftFen))}</Notice>}
        <div class="case-columns">
          <div class="case-column is-left">
            <AskedFor of={of} placeName={placeNames.get(of.jurisdictionCode) ?? of.jurisdictionCode} />
            <CaseTimeline of={of} events={happened} />
          </div>
          <div class="case-column is-middle">
            {of.supplement === null ? null : (
              <section class="card case-card">
                <h2>{words.supplement.heading}</h2>
                <p>{of.supplement.words}</p>
                <SupplementLines of={of.supplement} />
              </section>
            )}
            {of.promises.length === 0 ? null : <Promises of={of} />}
            {explaining.state === 'refused' ? <RefusalNotice refusal={explaining.refusal} onRetry={explaining.again} /> : null}
            {explained === undefined ? null : <CaseFacts explained={explained} nameOf={nameOf} />}
            {may(me, 'evidence.read') ? <CasePapers papers={of.papers} /> : null}
            {of.decisionId !== null && may(me, 'decision.read') ? <Decided key={of.decisionId} decisionId={of.decisionId} /> : null}
          </div>
          <div class="case-column is-right">{explained === undefined ? null : <CaseReasons explained={explained} filedAs={of.engineStatus} />}</div>
        </div>
        {opened !== undefined && actsOf(of).has(opened) ? null : <RefusalNotice refusal={refusal} />}
        <CaseActs
          of={of}
          explained={explained}
          departments={offices}
          departmentId={departmentId}
          me={me}
          paperKinds={kinds}
          isBusy={isReading}
          refusal={refusal}
          opened={opened}
          onOpen={(name) => {
            forget();
            setOpened(name);
          }}
          onSend={(name, send) => acted(words.acts.done[name], send)}
        />
        <div class="case-foot">
          {may(me, 'case.note') ? <Notes caseId={caseId} me={me} nameOf={nameOf} round={round} onWritten={() => setRound((now) => now + 1)} /> : null}
          <History events={happened} nameOf={nameOf} me={me} />
        </div>
      </div>
    </PlaceNamesContext.Provider>
  );
}

/** What is there, or was before it was asked again. */
function known<T>(asked: Asked<T>): T | undefined {
  return asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
}

function CaseHead({ of, me, isBusy, onTake, keys }: { of: OneCase; me: Me; isBusy: boolean; onTake: () => boolean; keys: ComponentChildren }) {
  const words = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const isBack = of.can.includes('give-back');
  return (
    <div class="case-head">
      <div>
        <p class="small"><a class="case-back" href={linkTo(['cases'])}><Icon name="back" /> {words.page.back}</a> <span class="soft number">{of.caseNumber}</span></p>
        <h1>{of.subject.name} · {of.benefitTitle[language]}</h1>
      </div>
      <div class="case-tools">
        {of.assignee === null ? null : <span class="small soft">{words.columns.assignee}{language === 'zh' ? '：' : ': '}{of.assignee === 'colleague' && of.assigneeId !== null ? <StaffName accountId={of.assigneeId} me={me} withDepartment={false} /> : words.assignee[of.assignee]}</span>}
        {isBack || isTakeable(of) ? <Button isBusy={isBusy} onPress={() => void onTake()}>{isBack ? words.giveBack : words.claim}</Button> : null}
        {keys}
      </div>
    </div>
  );
}

/** Taken by whoever can do what it waits for, so that it does not lie with others. */
function isTakeable({ assignee, can }: OneCase): boolean {
  return assignee === 'nobody' && can.includes('claim') && ['accept', 'give-opinion', 'grant', 'refuse', 'answer-appeal'].some((command) => can.includes(command));
}

/** What was done, and the next case that waits. */
function Done({ told, caseId, round, me }: { told: string; caseId: string; round: number; me: Me }) {
  const { page } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const next = useAsked(async (signal) => (may(me, 'case.claim') ? (await call(listCasesEndpoint, { query: { queue: 'department', sort: 'deadline', limit: 2 }, signal })).data.items.find((one) => one.caseId !== caseId) : undefined), [round]);
  const found = known(next);
  return (
    <Notice tone="leaf" icon="yes">
      <p>{told}</p>
      {found === undefined ? (next.state === 'there' ? <p class="small soft">{page.noneNext}</p> : null) : <p><a href={linkTo(['cases', found.caseId])}>{page.next}{language === 'zh' ? '：' : ': '}{found.subject.name} · {found.benefitTitle[language]}</a></p>}
    </Notice>
  );
}

function Holds({ of }: { of: OneCase }) {
  const { hold } = useCaseWords();
  return (
    <Notice tone="clay">
      <b>{hold.heading}</b>
      <ul>{of.holds.map(({ reason, referenceId }) => <li key={referenceId}>{hold.reasons[reason]}</li>)}</ul>
      <p class="small">{hold.lead}</p>
    </Notice>
  );
}

function AskedFor({ of, placeName }: { of: OneCase; placeName: string }) {
  const words = useCaseWords();
  const { page, reasons } = words;
  const language = useContext(OfficeLanguageContext);
  const person = useAsked((signal) => call(getPersonEndpoint, { params: { partyId: of.subject.partyId }, signal }), [of.subject.partyId]);
  const number = known(person)?.data.maskedNumber ?? null;
  const money = (fen: number | null): string => (fen === null ? words.noAmount : words.yuan(formatYuan(fen)));
  const pairs: readonly (readonly [string, ComponentChildren])[] = [
    [page.who, of.subject.name],
    ...(known(person) === undefined ? [] : [[page.identityNumber, number === null ? page.noIdentityNumber : <span class="number">{number}</span>] as const]),
    ...(of.employer === null ? [] : [[page.employer, of.employer.name] as const]),
    [page.benefit, of.benefitTitle[language]],
    [page.period, of.period === 'once' ? page.periodOnce : of.period],
    [words.columns.place, placeName],
    [page.filed, tellDate(cityDay(of.filedAt), language)],
    [page.expected, `${money(of.expectedFen)} · ${reasons.status[of.engineStatus]}`],
    ...(of.grantedFen === null ? [] : [[page.granted, <b class="case-certain">{money(of.grantedFen)}</b>] as const]),
  ];
  return (
    <section class="card case-card">
      <h2>{page.asked}</h2>
      <dl class="pairs case-pairs">
        {pairs.flatMap(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      </dl>
    </section>
  );
}

function SupplementLines({ of }: { of: NonNullable<OneCase['supplement']> }) {
  const { supplement } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  return (
    <>
      <ul class="case-lines">{[...of.papers, ...of.facts].map((one) => <li key={one}>{one}</li>)}</ul>
      <p class="small soft">{supplement.due(tellDate(of.dueOn, language))}</p>
    </>
  );
}

function Promises({ of }: { of: OneCase }) {
  const { promises } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  return (
    <section class="card case-card">
      <h2>{promises.heading}</h2>
      <ul class="case-lines">
        {of.promises.map(({ paper, dueOn, state }) => (
          <li key={paper}>{paper} <span class="small soft">{promises.due(tellDate(dueOn, language))} · {promises.states[state]}</span></li>
        ))}
      </ul>
    </section>
  );
}

function Decided({ decisionId }: { decisionId: string }) {
  const words = useCaseWords();
  const { decision } = words;
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked((signal) => call(getDecision, { params: { decisionId }, signal }), [decisionId]);
  const one = known(asked)?.data;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (one === undefined) return null;
  return (
    <section class="card case-card">
      <h2>{decision.heading} · {decision.kinds[one.kind]}</h2>
      <dl class="pairs case-pairs">
        <dt>{decision.number}</dt>
        <dd>{one.number}</dd>
        <dt>{decision.by}</dt>
        <dd>{one.departmentName}</dd>
        <dt>{decision.on}</dt>
        <dd>{tellDate(cityDay(one.decidedAt), language)}</dd>
        {one.amountFen === null ? null : <dt>{decision.amount}</dt>}
        {one.amountFen === null ? null : <dd class="case-certain">{words.yuan(formatYuan(one.amountFen))}</dd>}
        <dt>{decision.reasons}</dt>
        <dd>{one.reasons}</dd>
      </dl>
      {one.instalments.length === 0 ? null : (
        <Disclosure label={decision.pays} count={String(one.instalments.length)}>
          <ul class="case-lines">{one.instalments.map(({ no, due, fen }) => <li key={no}>{decision.instalment(no, tellDate(due, language))} <b>{words.yuan(formatYuan(fen))}</b></li>)}</ul>
        </Disclosure>
      )}
      <p><a class="button secondary" href={addressOf(getLetter, { decisionId }, { language })} target="_blank" rel="noreferrer"><Icon name="sheet" /><span>{decision.letter}</span></a></p>
    </section>
  );
}

function Notes({ caseId, me, nameOf, round, onWritten }: { caseId: string; me: Me; nameOf: (departmentId: string) => string; round: number; onWritten: () => void }) {
  const words = useCaseWords();
  const { notes } = words;
  const tellInstant = useTellInstant();
  const asked = useAsked((signal) => call(listNotes, { params: { caseId }, signal }), [caseId, round]);
  const [text, setText] = useState('');
  const { isBusy, refusal, run } = useAct();
  // The same note sent again is one note; another text is another.
  const key = useRef(crypto.randomUUID());
  useEffect(() => {
    key.current = crypto.randomUUID();
  }, [text]);
  const items = known(asked)?.data.items;
  return (
    <section class="card case-card case-notes">
      <div>
        <h2>{notes.heading}</h2>
        <p class="small soft">{notes.lead}</p>
      </div>
      <form
        class="case-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '') return;
          run(async () => {
            await call(noteCase, { params: { caseId }, body: { words: text }, key: key.current });
            setText('');
            // A note is part of the case, so its version is another now.
            onWritten();
          });
        }}
      >
        <ReasonField label={notes.write} value={text} onInput={setText} rows={2} />
        <div class="case-buttons"><Button submits isBusy={isBusy} isDisabled={text.trim() === ''}>{notes.go}</Button></div>
        <RefusalNotice refusal={refusal} />
      </form>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {items === undefined ? null : items.length === 0 ? <p class="soft">{notes.none}</p> : (
        <ul class="case-events" role="list">
          {items.map(({ noteId, words: note, at, accountId, departmentId }) => (
            <li key={noteId}>
              <span class="case-note">{note}</span>
              <span class="small soft">{accountId === null ? null : <><StaffName accountId={accountId} me={me} withDepartment={false} /> · </>}{[departmentId === null ? '' : nameOf(departmentId), tellInstant(at)].filter((part) => part !== '').join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function History({ events, nameOf, me }: { events: CaseEvents; nameOf: (departmentId: string) => string; me: Me }) {
  const { history } = useCaseWords();
  const tellInstant = useTellInstant();
  return (
    <section class="card case-card">
      <h2>{history.heading}</h2>
      <ol class="case-events" role="list">
        {[...events].reverse().map(({ number, kindWords, at, by, words }) => (
          <li key={number}>
            <span><b>{kindWords}</b> <span class="small soft">{by.departmentId === null || by.accountId === null ? null : <><StaffName accountId={by.accountId} me={me} withDepartment={false} /> · </>}{[by.departmentId === null ? history.by[by.kind] : nameOf(by.departmentId), tellInstant(at)].join(' · ')}</span></span>
            {words === null ? null : <q class="small">{words}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
