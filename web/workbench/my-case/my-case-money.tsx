// The decision with its letter, and what is paid by it and when, as the applicant reads it.
import { useContext } from 'preact/hooks';
import { getDecision, getLetter } from '../../../src/contract/decisions-endpoints.ts';
import { listInstalmentsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { addressOf, call } from '../../client/call.ts';
import { Icon } from '../../ui/icon.tsx';
import { today } from '../cases/case-calendar.ts';
import { useMyCaseWords } from './my-case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

/** The decision. */
export function MyCaseDecision({ decisionId }: { decisionId: string }) {
  const { decision: words, yuan } = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const asked = useAsked((signal) => call(getDecision, { params: { decisionId }, signal }), [decisionId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return null;
  const { kind, number, departmentName, decidedAt, amountFen, reasons } = asked.value.data;
  return (
    <section class="card case-card">
      <h2>{words.heading} · {words.kinds[kind]}</h2>
      <dl class="pairs case-pairs">
        <dt>{words.number}</dt>
        <dd>{number}</dd>
        <dt>{words.by}</dt>
        <dd>{departmentName}</dd>
        <dt>{words.on}</dt>
        <dd>{tellInstant(decidedAt)}</dd>
        {amountFen === null ? null : <dt>{words.amount}</dt>}
        {amountFen === null ? null : <dd class="case-certain">{yuan(formatYuan(amountFen))}</dd>}
        <dt>{words.reasons}</dt>
        <dd>{reasons}</dd>
      </dl>
      <p><a class="button secondary" href={addressOf(getLetter, { decisionId }, { language })} target="_blank" rel="noreferrer"><Icon name="sheet" /><span>{words.letter}</span></a></p>
    </section>
  );
}

/** The instalments of a case; nothing where there are none. */
export function MyCaseMoney({ caseId, round }: { caseId: string; round: number }) {
  const { money: words, yuan } = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked((signal) => call(listInstalmentsEndpoint, { query: { caseId, limit: 200 }, signal }), [caseId, round]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading' || asked.value.data.items.length === 0) return null;
  return (
    <section class="card case-card">
      <h2>{words.heading}</h2>
      <p class="small soft">{words.lead}</p>
      <ul class="apply-lines" role="list">
        {asked.value.data.items.map(({ instalmentId, instalmentNumber, dueOn, amountFen, state }) => (
          <li key={instalmentId}>
            <span>{words.no(instalmentNumber)} · {tellDate(dueOn, language)} <span class="small soft money-line-state">{state === 'waiting' && dueOn <= today() ? words.ripe : words.states[state]}</span></span>
            <b>{yuan(formatYuan(amountFen))}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
