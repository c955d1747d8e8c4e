// Several cases done together: each with its own outcome and reason, and each told what became of it.
import { useContext, useState } from 'preact/hooks';
import { acceptCases, decideCases, giveOpinions, type listCasesEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { fenOfYuan, formatYuan } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { Deadline } from './case-deadline.tsx';
import { useCaseWords } from './case-words.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct } from '../use-call.ts';

/** A case in the list. */
export type ListedCase = Answer<typeof listCasesEndpoint>['data']['items'][number];

/** What can be done to several cases at once. */
export type BatchAct = 'accept' | 'opinion' | 'decide';

type Outcome = Answer<typeof decideCases>['data']['items'][number];

interface Entry {
  readonly isYes: boolean;
  readonly reason: string;
  readonly amount: string;
}

/** What somebody can do to a case of the list together with others; undefined where nothing waits for them. */
export function batchActOf({ status, assignee }: Pick<ListedCase, 'status' | 'assignee'>, me: Pick<Me, 'capacity'>): BatchAct | undefined {
  if (assignee !== 'me' && assignee !== 'nobody') return undefined;
  if (status === 'filed') return may(me, 'case.accept') ? 'accept' : undefined;
  if (status === 'in-review') return may(me, 'case.review') ? 'opinion' : undefined;
  if (status === 'deciding') return may(me, 'case.decide') ? 'decide' : undefined;
  return undefined;
}

/** The cases, each with its opinion or decision; what was refused stays for another try. */
export function CaseBatch({ act, cases, onClose }: { act: BatchAct; cases: readonly ListedCase[]; onClose: () => void }) {
  const words = useCaseWords();
  const { batch } = words;
  const [entries, setEntries] = useState<ReadonlyMap<string, Entry>>(new Map());
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [common, setCommon] = useState('');
  const { isBusy, refusal, run } = useAct();
  const entryOf = (caseId: string): Entry => entries.get(caseId) ?? { isYes: true, reason: '', amount: '' };
  const change = (ids: readonly string[], part: Partial<Entry>): void => setEntries((now) => new Map([...now, ...ids.map((id) => [id, { ...(now.get(id) ?? { isYes: true, reason: '', amount: '' }), ...part }] as const)]));
  const open = cases.filter(({ caseId }) => outcomes.get(caseId)?.outcome !== 'done');
  const openIds = open.map(({ caseId }) => caseId);
  const without = open.filter(({ caseId }) => needsReason(act, entryOf(caseId)) && entryOf(caseId).reason.trim() === '').length;
  const wrongAmounts = open.filter(({ caseId }) => !isAmountFit(entryOf(caseId).amount)).length;
  const doneCount = cases.length - open.length;
  const refusedCount = open.filter(({ caseId }) => outcomes.has(caseId)).length;
  const send = (): void =>
    run(async () => {
      const items = await sendBatch(act, open, entryOf);
      setOutcomes((now) => new Map([...now, ...items.map((item) => [item.caseId, item] as const)]));
    });
  return (
    <>
      <div>
        <h1>{batch.headings[act]}</h1>
        <p class="soft">{batch.lead[act]}</p>
      </div>
      {outcomes.size === 0 ? null : <Notice tone={refusedCount > 0 ? 'clay' : 'leaf'}>{[...(doneCount > 0 ? [batch.done(doneCount)] : []), ...(refusedCount > 0 ? [batch.refused(refusedCount)] : [])].join(' ')}</Notice>}
      {act === 'accept' || open.length < 2 ? null : (
        <div class="card case-common">
          <label class="case-field">
            <span>{batch.common}</span>
            <textarea class="input" rows={2} maxLength={4000} value={common} onInput={(event) => setCommon(event.currentTarget.value)} />
          </label>
          <p class="case-buttons">
            <Button isDisabled={common.trim() === ''} onPress={() => change(openIds, { reason: common })}>{batch.useCommon}</Button>
            <Button tone="quiet" onPress={() => change(openIds, { isYes: true })}>{batch.allYes[act]}</Button>
          </p>
        </div>
      )}
      <ol class="case-batch" role="list">
        {cases.map((one) => (
          <BatchRow key={one.caseId} act={act} of={one} entry={entryOf(one.caseId)} outcome={outcomes.get(one.caseId)} onChange={(part) => change([one.caseId], part)} />
        ))}
      </ol>
      <RefusalNotice refusal={refusal} />
      <div class="case-bar is-foot">
        {open.length === 0 ? null : <Button tone="primary" isBusy={isBusy} isDisabled={without + wrongAmounts > 0} onPress={send}>{batch.go(open.length)}</Button>}
        {without + wrongAmounts > 0 ? <span class="small soft" role="status">{without > 0 ? batch.missing(without) : words.acts.amountUnfit}</span> : null}
        <Button tone={open.length === 0 ? 'primary' : 'quiet'} isBusy={isBusy} onPress={onClose}>{batch.back}</Button>
      </div>
    </>
  );
}

function BatchRow({ act, of, entry, outcome, onChange }: { act: BatchAct; of: ListedCase; entry: Entry; outcome: Outcome | undefined; onChange: (part: Partial<Entry>) => void }) {
  const words = useCaseWords();
  const { batch, acts } = words;
  const language = useContext(OfficeLanguageContext);
  const { name } = of.subject;
  const isDone = outcome?.outcome === 'done';
  const answers = act === 'opinion' ? ([[true, acts.agree], [false, acts.disagree]] as const) : ([[true, acts.grant], [false, acts.refuse]] as const);
  return (
    <li class={isDone ? 'is-done' : undefined}>
      <div class="case-batch-head">
        <a href={linkTo(['cases', of.caseId])}>{name}</a>
        <span>{of.benefitTitle[language]}</span>
        <span class="soft">{of.employer?.name}</span>
        <Deadline of={of} />
        {of.expectedFen === null ? null : <span class="case-batch-sum">{words.yuan(formatYuan(of.expectedFen))}</span>}
      </div>
      {isDone ? <p class="case-told"><Icon name="yes" /> <span>{batch.doneOne}</span></p> : null}
      {outcome?.error === null || outcome === undefined ? null : <p class="field-problem"><Icon name="information" /><span>{outcome.error.message}</span></p>}
      {act === 'accept' || isDone ? null : (
        <div class="case-batch-entry">
          <fieldset class="switch">
            <legend class="unseen">{name}</legend>
            <div class="switch-options">
              {answers.map(([isYes, told]) => (
                <label key={told}>
                  <input type="radio" name={`answer-${of.caseId}`} checked={entry.isYes === isYes} onChange={() => onChange({ isYes })} />
                  <span>{told}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <input class="input case-batch-reason" aria-label={batch.reasonOf(name)} placeholder={needsReason(act, entry) ? acts.reason : acts.reasonAgreeHint} maxLength={4000} value={entry.reason} onInput={(event) => onChange({ reason: event.currentTarget.value })} />
          {act === 'decide' && entry.isYes && of.expectedFen === null ? (
            <input class="input case-batch-amount" inputMode="decimal" aria-label={batch.amountOf(name)} placeholder={acts.grantAmount} maxLength={15} aria-invalid={!isAmountFit(entry.amount)} value={entry.amount} onInput={(event) => onChange({ amount: event.currentTarget.value })} />
          ) : null}
        </div>
      )}
    </li>
  );
}

function needsReason(act: BatchAct, { isYes }: Entry): boolean {
  return act === 'decide' || (act === 'opinion' && !isYes);
}

async function sendBatch(act: BatchAct, cases: readonly ListedCase[], entryOf: (caseId: string) => Entry): Promise<readonly Outcome[]> {
  const one = ({ caseId, version }: ListedCase) => ({ caseId, version });
  if (act === 'accept') return (await call(acceptCases, { body: { items: cases.map(one) } })).data.items;
  if (act === 'opinion') {
    const items = cases.map((each) => {
      const { isYes, reason } = entryOf(each.caseId);
      return { ...one(each), opinion: isYes ? ('agree' as const) : ('disagree' as const), ...(reason.trim() === '' ? {} : { words: reason }) };
    });
    return (await call(giveOpinions, { body: { items } })).data.items;
  }
  const items = cases.map((each) => {
    const { isYes, reason, amount } = entryOf(each.caseId);
    const fen = amount.trim() === '' ? undefined : readFen(amount);
    return { ...one(each), outcome: isYes ? ('grant' as const) : ('refuse' as const), reason, ...(fen === undefined || !isYes ? {} : { amountFen: fen }) };
  });
  return (await call(decideCases, { body: { items } })).data.items;
}

/** An amount in yuan as people write it, in fen; undefined where it is none. */
export function readFen(text: string): number | undefined {
  const plain = text.replaceAll(/[,，\s]/g, '');
  return /^\d{1,10}(\.\d{1,2})?$/.test(plain) ? fenOfYuan(Number(plain)) : undefined;
}

/** Whether an amount is left out or can be read. */
export function isAmountFit(text: string): boolean {
  return text.trim() === '' || readFen(text) !== undefined;
}
