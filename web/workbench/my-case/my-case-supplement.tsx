// What was asked of the applicant, all at once: each paper with its upload, a line of words, and handing it in.
import { useContext, useState } from 'preact/hooks';
import { answerSupplement } from '../../../src/contract/cases-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PaperField } from '../apply/apply-paper-field.tsx';
import { ReasonField } from '../cases/case-fields.tsx';
import type { OneCase } from '../cases/case-papers.tsx';
import type { CaseSender } from './my-case-sender.ts';
import { useMyCaseWords } from './my-case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { useEvidenceKind } from '../apply/use-evidence-kind.ts';

/** The request and its answer. */
export function MyCaseSupplement({ of, isBusy, onSend }: { of: OneCase; isBusy: boolean; onSend: CaseSender }) {
  const { supplement: words } = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [others, setOthers] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const kindOf = useEvidenceKind();
  const { supplement, caseId, subject } = of;
  if (supplement === null) return null;
  const missing = supplement.papers.filter((paper) => given[paper] === undefined);
  const evidenceIds = [...new Set([...Object.values(given), ...others])];
  const hasNothing = evidenceIds.length === 0 && text.trim() === '';
  const send = (): void => {
    onSend(words.done, (ifMatch) => call(answerSupplement, { params: { caseId }, body: { evidenceIds, ...(text.trim() === '' ? {} : { words: text }) }, ifMatch }));
  };
  return (
    <section class="card my-case-ask" aria-labelledby="supplement">
      <h2 id="supplement">{words.heading}</h2>
      <p>{supplement.words}</p>
      <p class="small soft">{words.due(tellDate(supplement.dueOn, language))}</p>
      {supplement.papers.map((paper) => (
        <div key={paper} class="my-case-paper">
          <b>{paper}</b>
          <PaperField partyId={subject.partyId} kind={kindOf(paper)} label={paper} onReady={({ evidenceId }) => setGiven((now) => ({ ...now, [paper]: evidenceId }))} />
        </div>
      ))}
      {supplement.facts.length === 0 ? null : (
        <div>
          <b>{words.facts}</b>
          <ul class="case-lines">{supplement.facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>
        </div>
      )}
      <Disclosure label={words.other}>
        <PaperField partyId={subject.partyId} kind={kindOf('')} label={words.other} onReady={({ evidenceId }) => setOthers((now) => [...now, evidenceId])} />
      </Disclosure>
      <ReasonField label={words.words} hint={words.hint} value={text} onInput={setText} />
      {missing.length === 0 ? null : <p class="small soft">{words.needs(missing.join(language === 'zh' ? '、' : ', '))}</p>}
      <div><Button tone="primary" isBusy={isBusy} isDisabled={hasNothing} onPress={send}>{words.send}</Button></div>
    </section>
  );
}
