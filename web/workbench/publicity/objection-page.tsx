// One objection beside its case and the decision that granted it, what it holds, and the answer.
import { useContext, useId, useState } from 'preact/hooks';
import { getCaseEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { getDecision, getLetter } from '../../../src/contract/decisions-endpoints.ts';
import { answerObjection, getObjection } from '../../../src/contract/publicity-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { may, type Me } from '../me.ts';
import { DueOn, objectionStatus } from './objection-queue.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { ActNotice } from '../payments/payment-act-notice.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { usePublicityWords } from './publicity-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Objection = Answer<typeof getObjection>['data'];
type Outcome = 'dismissed' | 'upheld' | 'remedied';

/** The page of an objection. */
export function ObjectionPage({ objectionId, me }: { objectionId: string; me: Me }) {
  const words = usePublicityWords();
  const { objection } = words;
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const [isAnswered, setAnswered] = useState(false);
  const asked = useAsked((signal) => call(getObjection, { params: { objectionId }, signal }), [objectionId]);
  const answer = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (answer === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const one = answer.data;
  return (
    <>
      <p><a href={linkTo(['publicity', 'objections'])}>{objection.back}</a></p>
      <div>
        <h1>{objection.heading(one.name)}</h1>
        <p class="soft">{one.benefit[language]} · {one.policy[language]}</p>
      </div>
      {isAnswered ? <Notice tone="leaf" icon="yes">{objection.answered}</Notice> : null}
      <div class="objection-columns">
        <section class="card" aria-label={objection.says}>
          <p><StatusTag status={objectionStatus[one.state]} word={words.objections.states[one.state]} /></p>
          <h2>{objection.says}</h2>
          <p class="written">{one.text}</p>
          <dl class="pairs">
            <dt>{objection.by}</dt>
            <dd>{one.contact.name === '' ? <span class="soft">{objection.unnamed}</span> : one.contact.name}</dd>
            <dt>{objection.reach}</dt>
            <dd class="number">{one.contact.reach}</dd>
            <dt>{objection.made}</dt>
            <dd class="number">{tellInstant(one.madeAt)}</dd>
            {one.state === 'open' ? <><dt>{objection.due}</dt><dd><DueOn dueOn={one.dueOn} /></dd></> : null}
            <dt>{objection.entry}</dt>
            <dd><a href={linkTo(['publicity', 'list', one.listId], { q: one.name })}>{objection.entryIs(one.entry.place)}</a> · {one.entry.name} <span class="number">{one.entry.number ?? ''}</span>{one.entry.employerName === null ? '' : ` · ${one.entry.employerName}`}</dd>
          </dl>
          {one.answer === null ? null : (
            <>
              <h2>{objection.answerHeading}</h2>
              <p class="written">{one.answer}</p>
              {one.answeredAt === null ? null : <p class="small soft">{objection.answeredOn} <span class="number">{tellInstant(one.answeredAt)}</span></p>}
            </>
          )}
        </section>
        <div class="objection-beside">
          {may(me, 'case.read') ? <CaseBeside caseId={one.caseId} objectionId={objectionId} state={one.state} me={me} /> : null}
        </div>
      </div>
      {one.state === 'dismissed' || one.state === 'remedied' ? null : may(me, 'objection.answer') ? (
        <AnswerForm
          key={`${one.state} ${answer.etag ?? ''}`}
          one={one}
          etag={answer.etag ?? ''}
          onAnswered={() => {
            setAnswered(true);
            asked.again();
          }}
          onFresh={asked.again}
        />
      ) : <p class="soft">{objection.readOnly}</p>}
    </>
  );
}

/** The case, what holds it, and the decision. */
function CaseBeside({ caseId, objectionId, state, me }: { caseId: string; objectionId: string; state: Objection['state']; me: Me }) {
  const words = usePublicityWords();
  const { objection } = words;
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const asked = useAsked((signal) => call(getCaseEndpoint, { params: { caseId }, signal }, language), [caseId, state, language]);
  const of = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  const decisionId = of?.decisionId ?? null;
  const deciding = useAsked(async (signal) => (decisionId !== null && may(me, 'decision.read') ? (await call(getDecision, { params: { decisionId }, signal })).data : undefined), [decisionId]);
  const decision = deciding.state === 'there' ? deciding.value : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (of === undefined) return null;
  return (
    <>
      <section class="card" aria-label={objection.case}>
        <h2>{objection.case}</h2>
        <dl class="pairs">
          <dt>{objection.caseNumber}</dt>
          <dd class="number">{of.caseNumber}</dd>
          <dt>{objection.caseState}</dt>
          <dd>{of.statusWords}</dd>
          <dt>{objection.holds}</dt>
          <dd>{of.holds.length === 0 ? objection.noHolds : of.holds.map(({ reason, referenceId }) => (referenceId === objectionId ? objection.holdThis : objection.holdReasons[reason])).join(language === 'zh' ? '、' : ', ')}</dd>
        </dl>
        <p><a href={linkTo(['cases', caseId])}>{objection.open}</a></p>
      </section>
      {decision === undefined ? null : (
        <section class="card" aria-label={objection.decision}>
          <h2>{objection.decision}</h2>
          <dl class="pairs">
            <dt>{objection.number}</dt>
            <dd>{decision.number}</dd>
            <dt>{objection.decidedBy}</dt>
            <dd>{decision.departmentName}</dd>
            <dt>{objection.decidedOn}</dt>
            <dd class="number">{tellInstant(decision.decidedAt)}</dd>
            {decision.amountFen === null ? null : <><dt>{objection.amount}</dt><dd><b class="case-certain">{words.yuan(formatYuan(decision.amountFen))}</b></dd></>}
            <dt>{objection.reasons}</dt>
            <dd>{decision.reasons}</dd>
          </dl>
          <p><a class="button secondary" href={addressOf(getLetter, { decisionId: decision.decisionId }, { language })} target="_blank" rel="noreferrer"><Icon name="sheet" /><span>{objection.letter}</span></a></p>
        </section>
      )}
    </>
  );
}

function AnswerForm({ one, etag, onAnswered, onFresh }: { one: Objection; etag: string; onAnswered: () => void; onFresh: () => void }) {
  const { objection } = usePublicityWords();
  const name = useId();
  const ways: readonly Outcome[] = one.state === 'upheld' ? ['remedied'] : ['dismissed', 'upheld'];
  const [outcome, setOutcome] = useState<Outcome | undefined>(one.state === 'upheld' ? 'remedied' : undefined);
  const [text, setText] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run, forget } = useAct();
  const isReady = text.trim().length >= 2;
  return (
    <section class="card" aria-label={objection.answerHeading}>
      <h2>{objection.answerHeading}</h2>
      <fieldset class="settle-ways">
        <legend class="small soft">{objection.how}</legend>
        {ways.map((way) => (
          <label key={way} class={way === outcome ? 'settle-way is-chosen' : 'settle-way'}>
            <input type="radio" name={name} checked={way === outcome} onChange={() => setOutcome(way)} />
            <span>
              <b>{objection.ways[way]}</b>
              <span class="small soft">{objection.wayHints[way]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {outcome === undefined ? null : (
        <AskOnce
          key={outcome}
          label={objection.go}
          tone="primary"
          warning={objection.warning[outcome]}
          sure={objection.sure[outcome]}
          isBusy={isBusy}
          mayOpen={() => {
            setLooked(true);
            return isReady;
          }}
          onSure={() => run(async () => {
            await call(answerObjection, { params: { objectionId: one.objectionId }, body: { outcome, text: text.trim() }, ifMatch: etag, key });
            onAnswered();
          })}
        >
          <ReasonField label={objection.text} hint={objection.textHint} value={text} onInput={setText} rows={4} />
          {isLooked && !isReady ? <p class="field-problem" role="alert"><Icon name="information" /><span>{objection.missing}</span></p> : null}
        </AskOnce>
      )}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onFresh();
      }} />
    </section>
  );
}
