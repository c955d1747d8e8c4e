// One finding: what was found, who answers for it, which payments it holds, and the decision, the money asked back, the closing.
import { useContext, useState } from 'preact/hooks';
import { closeFindingEndpoint, getFindingEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { listInstalmentsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { AskBackForm } from './finding-ask-back.tsx';
import { DecideFinding } from './finding-decide.tsx';
import { findingStatus } from './finding-list.tsx';
import { useFindingWords } from './finding-words.ts';
import { may, type Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { ActNotice } from '../payments/payment-act-notice.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Finding = Answer<typeof getFindingEndpoint>['data'];
type Instalment = Answer<typeof listInstalmentsEndpoint>['data']['items'][number];

/** Over for payments: the finding can hold them no more. */
const ended = new Set<Instalment['state']>(['paid', 'offset', 'cancelled']);

/** The page of a finding. */
export function FindingPage({ findingId, me }: { findingId: string; me: Me }) {
  const words = useFindingWords();
  const { one: told } = words;
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const [said, setSaid] = useState<string>();
  const asked = useAsked((signal) => call(getFindingEndpoint, { params: { findingId }, signal }), [findingId]);
  const one = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (one === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const done = (text: string): void => {
    setSaid(text);
    asked.again();
  };
  return (
    <>
      <p><a href={linkTo(['inspections', 'findings'])}>{told.back}</a></p>
      <h1>{told.heading(one.name ?? one.caseNumber)}</h1>
      {said === undefined ? null : <Notice tone="leaf" icon="yes">{said}</Notice>}
      <div class="objection-columns">
        <section class="card" aria-label={told.says}>
          <p><StatusTag status={findingStatus[one.state]} word={words.states[one.state]} /></p>
          <h2>{told.says}</h2>
          <p class="written">{one.text}</p>
          <dl class="pairs">
            <dt>{told.case}</dt>
            <dd>{may(me, 'case.read') ? <a class="number" href={linkTo(['cases', one.caseId])}>{one.caseNumber}</a> : <span class="number">{one.caseNumber}</span>}</dd>
            {one.planId === null && one.reportId === null ? null : (
              <>
                <dt>{told.rests}</dt>
                <dd>
                  {one.planId === null ? null : <a href={linkTo(['inspections', 'plan', one.planId])}>{told.plan}</a>}
                  {one.planId !== null && one.reportId !== null ? ' · ' : ''}
                  {one.reportId === null ? null : may(me, 'report.read') ? <a href={linkTo(['reports', one.reportId])}>{told.report}</a> : told.report}
                </dd>
              </>
            )}
            <dt>{told.found}</dt>
            <dd class="number">{tellInstant(one.foundAt)}</dd>
            {one.decidedAt === null ? null : <><dt>{told.decided}</dt><dd class="number">{tellInstant(one.decidedAt)}</dd></>}
            {one.document === null ? null : <><dt>{told.document}</dt><dd>{one.document}</dd></>}
            {one.decision === null ? null : <><dt>{told.decisionText}</dt><dd class="written">{one.decision}</dd></>}
            {one.closedAt === null ? null : <><dt>{told.closed}</dt><dd class="number">{tellInstant(one.closedAt)}</dd></>}
          </dl>
        </section>
        <div class="objection-beside">
          <section class="card" aria-label={told.liable}>
            <h2>{told.liable}</h2>
            <dl class="pairs">
              {one.liabilities.map(({ partyId, role, name }) => [<dt key={`${partyId} ${role} role`}>{words.roles[role]}</dt>, <dd key={`${partyId} ${role}`}>{name ?? '—'}</dd>])}
            </dl>
          </section>
          {may(me, 'payment.read') ? <HeldPayments of={one} /> : null}
        </div>
      </div>
      <Acts one={one} me={me} onDone={done} onFresh={asked.again} />
    </>
  );
}

function Acts({ one, me, onDone, onFresh }: { one: Finding; me: Me; onDone: (said: string) => void; onFresh: () => void }) {
  const { one: told } = useFindingWords();
  const closing = useAct();
  const isHolding = one.state === 'open' || one.state === 'confirmed';
  return (
    <>
      {one.state === 'open' ? may(me, 'inspection.decide') && !one.isOwn ? <DecideFinding findingId={one.findingId} onDecided={() => onDone(told.decidedNow)} onFresh={onFresh} /> : <p class="soft">{one.isOwn ? told.own : told.waits}</p> : null}
      {(one.state === 'confirmed' || one.state === 'closed') && may(me, 'payment.recover') ? <AskBackForm of={one} /> : null}
      {one.state !== 'confirmed' ? null : may(me, 'inspection.decide') ? (
        <AskOnce label={told.close} warning={told.closeWarning} sure={told.closeSure} isBusy={closing.isBusy} onSure={() => closing.run(async () => {
          await call(closeFindingEndpoint, { params: { findingId: one.findingId } });
          onDone(told.closed2);
        })} />
      ) : <p class="soft">{told.waitsClosing}</p>}
      {isHolding ? <ActNotice refusal={closing.refusal} onFresh={() => {
        closing.forget();
        onFresh();
      }} /> : null}
    </>
  );
}

/** The instalments of the case: which are held, and which were paid before. */
function HeldPayments({ of }: { of: Finding }) {
  const words = useFindingWords();
  const { one: told } = words;
  const { payments } = useMoneyWords();
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked(async (signal) => (await call(listInstalmentsEndpoint, { query: { caseId: of.caseId, limit: 200 }, signal })).data.items, [of.caseId, of.state]);
  const rows = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const isHolding = of.state === 'open' || of.state === 'confirmed';
  return (
    <section class="card">
      <h2>{told.pays}</h2>
      <p class="small soft">{isHolding ? told.paysLead : told.paysEnded}</p>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {rows === undefined ? null : (
        <RowsTable<Instalment>
          label={told.pays}
          rows={rows}
          empty={told.noPays}
          keyOf={({ instalmentId }) => instalmentId}
          columns={[
            { key: 'no', title: told.columns.no, cell: ({ instalmentId, instalmentNumber }) => <a href={linkTo(['payments', 'instalment', instalmentId])}>{told.no(instalmentNumber)}</a> },
            { key: 'state', title: told.columns.state, cell: ({ state }) => <InstalmentState word={payments.states[state]} isHeld={isHolding && !ended.has(state)} isPaid={state === 'paid'} /> },
            { key: 'due', title: told.columns.due, cell: ({ dueOn }) => <span class="number">{tellDate(dueOn, language)}</span> },
            { key: 'amount', title: told.columns.amount, isFigure: true, cell: ({ amountFen }) => words.yuan(formatYuan(amountFen)) },
          ]}
        />
      )}
    </section>
  );
}

function InstalmentState({ word, isHeld, isPaid }: { word: string; isHeld: boolean; isPaid: boolean }) {
  const { one: told } = useFindingWords();
  if (isHeld) return <StatusTag status="no" word={told.isHeld} />;
  return <StatusTag status={isPaid ? 'yes' : 'left'} word={isPaid ? told.isPaid : word} />;
}
