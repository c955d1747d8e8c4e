// What an applicant can do with a case now: withdraw it, take that back, appeal.
import { useState } from 'preact/hooks';
import { appealCase, undoWithdrawal, withdrawCase } from '../../../src/contract/cases-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PaperField } from '../apply/apply-paper-field.tsx';
import { useEvidenceKind } from '../apply/use-evidence-kind.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import type { OneCase } from '../cases/case-papers.tsx';
import type { CaseSender } from './my-case-sender.ts';
import { useMyCaseWords } from './my-case-words.ts';
import { useTellInstant } from '../tell-instant.ts';

/** The acts that the case allows now; nothing where there are none. */
export function MyCaseActs({ of, isBusy, onSend }: { of: OneCase; isBusy: boolean; onSend: CaseSender }) {
  const { withdraw, undo, appeal } = useMyCaseWords();
  const tellInstant = useTellInstant();
  const [open, setOpen] = useState<'withdraw' | 'appeal'>();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [papers, setPapers] = useState<readonly string[]>([]);
  const kindOf = useEvidenceKind();
  const params = { caseId: of.caseId };
  const { can } = of;
  const close = (): void => setOpen(undefined);
  const sendAppeal = (): void => {
    if (text.trim() === '') return setProblem(appeal.needs);
    close();
    onSend(appeal.done, (ifMatch) => call(appealCase, { params, body: { words: text, evidenceIds: [...papers] }, ifMatch }));
  };
  return (
    <div class="my-case-acts no-print">
      {can.includes('undo-withdraw') ? (
        <div>
          {of.undoUntil === null ? null : <p class="small soft">{undo.until(tellInstant(of.undoUntil))}</p>}
          <Button isBusy={isBusy} onPress={() => onSend(undo.done, (ifMatch) => call(undoWithdrawal, { params, ifMatch }))}>{undo.button}</Button>
        </div>
      ) : null}
      {can.includes('appeal') && open !== 'appeal' ? <Button onPress={() => setOpen('appeal')}>{appeal.button}</Button> : null}
      {can.includes('withdraw') && open !== 'withdraw' ? <Button tone="quiet" onPress={() => setOpen('withdraw')}>{withdraw.button}</Button> : null}
      {open === 'appeal' ? (
        <section class="card my-case-ask" aria-labelledby="appeal">
          <h2 id="appeal">{appeal.heading}</h2>
          <p class="small soft">{appeal.lead}</p>
          <ReasonField label={appeal.words} value={text} rows={6} isFirst onInput={(next) => {
            setText(next);
            setProblem(undefined);
          }} />
          <FieldProblem>{problem}</FieldProblem>
          <Disclosure label={appeal.papers} {...(papers.length === 0 ? {} : { count: String(papers.length) })}>
            <PaperField partyId={of.subject.partyId} kind={kindOf('')} label={appeal.paper} onReady={({ evidenceId }) => setPapers((now) => [...new Set([...now, evidenceId])])} />
          </Disclosure>
          <div class="apply-foot">
            <Button tone="primary" isBusy={isBusy} onPress={sendAppeal}>{appeal.send}</Button>
            <Button tone="quiet" onPress={close}>{appeal.cancel}</Button>
          </div>
        </section>
      ) : null}
      {open === 'withdraw' ? (
        <Notice tone="clay">
          <p>{withdraw.ask}</p>
          <div class="apply-foot">
            <Button isBusy={isBusy} onPress={() => {
              close();
              onSend(withdraw.done, (ifMatch) => call(withdrawCase, { params, ifMatch }));
            }}>{withdraw.yes}</Button>
            <Button tone="quiet" onPress={close}>{withdraw.no}</Button>
          </div>
        </Notice>
      ) : null}
    </div>
  );
}
