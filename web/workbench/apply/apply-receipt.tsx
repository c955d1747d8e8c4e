// The receipt of an application: the case numbers, what happens next and by when; made to be printed.
import { useContext, useEffect } from 'preact/hooks';
import { getApplication } from '../../../src/contract/intake-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { linkTo } from '../address.ts';
import { useApplyWords } from './apply-words.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

/** What was filed. */
export function ApplyReceipt({ applicationId }: { applicationId: string }) {
  const words = useApplyWords();
  const { receipt } = words;
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const asked = useAsked((signal) => call(getApplication, { params: { applicationId }, signal }, language), [applicationId, language]);
  useEffect(() => {
    if (asked.state === 'there') document.getElementById('title')?.focus({ preventScroll: true });
  }, [asked.state]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return <EmptyState>{office.loading}</EmptyState>;
  const { applicant, filedAt, cases } = asked.value.data;
  const due = cases.flatMap(({ dueOn }) => (dueOn === null ? [] : [dueOn])).sort().at(-1);
  return (
    <div class="apply receipt-sheet">
      <h1 id="title" tabIndex={-1}><Icon name="yes" /> {receipt.heading}</h1>
      <p>{receipt.lead(tellInstant(filedAt))}</p>
      <p class="soft small">{receipt.applicant}{language === 'zh' ? '：' : ': '}{applicant.name} · {receipt.application} <span class="number">{applicationId.slice(0, 8)}</span></p>
      <ul class="receipt-cases" role="list">
        {cases.map(({ caseId, caseNumber, title, statusWords, isUnlikely }) => (
          <li key={caseId} class="card">
            <b>{title[language]}</b>
            <span class="receipt-number number">{caseNumber}</span>
            <span class="small soft">{statusWords}{isUnlikely ? ` · ${receipt.unlikely}` : ''}</span>
            <a class="no-print" href={linkTo(['my-cases', caseId])}>{words.choose.toCase(caseNumber)}</a>
          </li>
        ))}
      </ul>
      <section class="apply-group">
        <h2>{receipt.next}</h2>
        <p><b>{due === undefined ? receipt.noDay : receipt.by(tellDate(due, language))}</b></p>
        <ol class="receipt-steps">{receipt.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        <p class="small soft">{receipt.account}</p>
      </section>
      <div class="apply-foot no-print">
        <Button tone="primary" icon="print" onPress={() => print()}>{receipt.print}</Button>
        <a class="button secondary" href={linkTo(['my-cases'])}><span>{receipt.all}</span></a>
        <a class="button quiet" href={linkTo(['apply'])}><span>{receipt.more}</span></a>
      </div>
    </div>
  );
}
