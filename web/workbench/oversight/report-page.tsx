// One report of fraud: what it says, the words to and fro, the case it is about, and its answer.
import { useId, useState } from 'preact/hooks';
import { answerReportEndpoint, askReporterEndpoint, getReportEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { getPersonEndpoint } from '../../../src/contract/registry-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { type ChosenCase, FindingCase } from './finding-case.tsx';
import { may, type Me } from '../me.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from '../payments/payment-act-notice.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { useNames } from '../publicity/publicity-names.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { reportStatus, ReportThread } from './report-thread.tsx';
import { useReportWords } from './report-words.ts';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Report = Answer<typeof getReportEndpoint>['data'];

const outcomes = ['upheld', 'not-upheld', 'unclear'] as const;

/** The page of a report. */
export function ReportPage({ reportId, me }: { reportId: string; me: Me }) {
  const words = useReportWords();
  const { office: told } = words;
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { placeOf } = useNames();
  const [said, setSaid] = useState<string>();
  const asked = useAsked((signal) => call(getReportEndpoint, { params: { reportId }, signal }), [reportId]);
  const one = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (one === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const isOpen = one.answeredAt === null;
  const done = (text: string): void => {
    setSaid(text);
    asked.again();
  };
  return (
    <>
      <p><a href={linkTo(['reports'])}>{told.back}</a></p>
      <div>
        <h1>{told.one}</h1>
        <p class="soft">{placeOf(one.jurisdictionCode)} · <span class="number">{tellInstant(one.madeAt)}</span></p>
      </div>
      {said === undefined ? null : <Notice tone="leaf" icon="yes">{said}</Notice>}
      <div class="objection-columns">
        <section class="card" aria-label={told.says}>
          <p><StatusTag status={reportStatus[one.state]} word={words.states[one.state]} /></p>
          <h2>{told.says}</h2>
          <p class="written">{one.text}</p>
          <dl class="pairs">
            <dt>{told.by}</dt>
            <dd>{one.partyId === null ? told.anonymous : <Named partyId={one.partyId} me={me} />}</dd>
            <dt>{told.reach}</dt>
            <dd>{one.contact ?? <span class="soft">{told.noReach}</span>}</dd>
            <dt>{told.case}</dt>
            <dd>{one.caseId === null ? <span class="soft">{told.noCase}</span> : <a href={linkTo(['cases', one.caseId])}>{told.case}</a>}</dd>
          </dl>
          {one.caseId !== null && may(me, 'inspection.read') ? (
            <p class="posted-ways">
              <a href={linkTo(['inspections', 'findings'], { case: one.caseId })}>{told.findings}</a>
              {may(me, 'inspection.find') ? <a href={linkTo(['inspections', 'findings', 'new'], { case: one.caseId, report: one.reportId })}>{told.finding}</a> : null}
            </p>
          ) : null}
          {one.answer === null ? null : (
            <>
              <h2>{told.answered}</h2>
              <p class="written">{one.answer}</p>
              {one.answeredAt === null ? null : <p class="small soft number">{tellInstant(one.answeredAt)}</p>}
            </>
          )}
        </section>
        <section class="card" aria-label={told.messages}>
          <h2>{told.messages}</h2>
          <ReportThread messages={one.messages} sides={told.sides} empty={told.noMessages} />
          {isOpen && may(me, 'report.handle') ? <AskForm key={one.messages.length} one={one} onDone={() => done(told.asked)} onFresh={asked.again} /> : null}
        </section>
      </div>
      {isOpen ? may(me, 'report.handle') ? <AnswerForm one={one} onDone={() => done(told.done)} onFresh={asked.again} /> : <p class="soft">{told.readOnly}</p> : null}
    </>
  );
}

/** Who reported under a name, for those who may know. */
function Named({ partyId, me }: { partyId: string; me: Me }) {
  const { office: told } = useReportWords();
  const asked = useAsked(async (signal) => (may(me, 'person.read') ? (await call(getPersonEndpoint, { params: { partyId }, signal })).data.name : undefined), [partyId]);
  return <span>{told.named}{asked.state === 'there' && asked.value !== undefined ? ` · ${asked.value}` : ''}</span>;
}

function AskForm({ one, onDone, onFresh }: { one: Report; onDone: () => void; onFresh: () => void }) {
  const { office: told } = useReportWords();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ChosenCase>();
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run, forget } = useAct();
  return (
    <form
      class="case-form"
      aria-label={one.state === 'received' ? told.ask : told.askAgain}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        run(async () => {
          await call(askReporterEndpoint, { params: { reportId: one.reportId }, body: { text: text.trim(), ...(chosen === undefined ? {} : { caseId: chosen.caseId }) }, key });
          onDone();
        });
      }}
    >
      <h3>{one.state === 'received' ? told.ask : told.askAgain}</h3>
      <ReasonField label={told.askLabel} hint={told.askHint} value={text} onInput={setText} />
      {one.caseId === null ? <FindingCase label={told.findCase} chosen={chosen} onChoose={setChosen} /> : null}
      <div class="case-buttons"><Button submits isBusy={isBusy} isDisabled={text.trim() === ''}>{told.askGo}</Button></div>
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onFresh();
      }} />
    </form>
  );
}

function AnswerForm({ one, onDone, onFresh }: { one: Report; onDone: () => void; onFresh: () => void }) {
  const { office: told } = useReportWords();
  const name = useId();
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>();
  const [text, setText] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run, forget } = useAct();
  const isReady = outcome !== undefined && text.trim() !== '';
  return (
    <section class="card" aria-label={told.answer}>
      <h2>{told.answer}</h2>
      <fieldset class="settle-ways">
        <legend class="small soft">{told.how}</legend>
        {outcomes.map((way) => (
          <label key={way} class={way === outcome ? 'settle-way is-chosen' : 'settle-way'}>
            <input type="radio" name={name} checked={way === outcome} onChange={() => setOutcome(way)} />
            <span>
              <b>{told.outcomes[way]}</b>
              <span class="small soft">{told.outcomeHints[way]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {outcome === undefined ? null : (
        <AskOnce
          key={outcome}
          label={told.answerGo}
          tone="primary"
          warning={told.warning}
          sure={told.sure}
          isBusy={isBusy}
          mayOpen={() => {
            setLooked(true);
            return isReady;
          }}
          onSure={() => run(async () => {
            await call(answerReportEndpoint, { params: { reportId: one.reportId }, body: { outcome, text: text.trim() }, key });
            onDone();
          })}
        >
          <ReasonField label={told.answerLabel} hint={told.answerHint} value={text} onInput={setText} />
          {isLooked && !isReady ? <p class="field-problem" role="alert"><Icon name="information" /><span>{told.missing}</span></p> : null}
        </AskOnce>
      )}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onFresh();
      }} />
    </section>
  );
}
