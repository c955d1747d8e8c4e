// Papers that the applicant promised for later: by when, and handing them in.
import { useContext } from 'preact/hooks';
import { keepPromise } from '../../../src/contract/cases-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { PaperField } from '../apply/apply-paper-field.tsx';
import type { OneCase } from '../cases/case-papers.tsx';
import type { CaseSender } from './my-case-sender.ts';
import { useMyCaseWords } from './my-case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { useEvidenceKind } from '../apply/use-evidence-kind.ts';

/** The promises; each that is open is kept by its paper. */
export function MyCasePromises({ of, onSend }: { of: OneCase; onSend: CaseSender }) {
  const { promise: words } = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const kindOf = useEvidenceKind();
  const { caseId, subject, promises, can } = of;
  return (
    <section class="card my-case-ask" aria-labelledby="promises">
      <h2 id="promises">{words.heading}</h2>
      {promises.map(({ paper, dueOn, state }) => (
        <div key={paper} class="my-case-paper">
          <b>{paper}</b>
          <span class="small soft">{words.due(tellDate(dueOn, language))} · {words.states[state]}</span>
          {state === 'kept' || !can.includes('keep-promise') ? null : (
            <PaperField
              partyId={subject.partyId}
              kind={kindOf(paper)}
              label={paper}
              onReady={({ evidenceId }) => onSend(words.done, (ifMatch) => call(keepPromise, { params: { caseId }, body: { paper, evidenceId }, ifMatch }))}
            />
          )}
        </div>
      ))}
    </section>
  );
}
