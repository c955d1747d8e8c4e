// Several cases taken, given back or assigned together: each is told what became of it, and all of them can be put back as they were.
import { useContext, useState } from 'preact/hooks';
import { assignCases, claimCases, giveBackCases } from '../../../src/contract/cases-endpoints.ts';
import { listColleagues } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { batchActOf, type ListedCase } from './case-batch.tsx';
import { Deadline } from './case-deadline.tsx';
import { useCaseWords } from './case-words.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { latestOf, useAct, useAsked } from '../use-call.ts';

/** Who has a case, changed: taken by oneself, given back, or assigned by whoever may. */
export type HandAct = 'claim' | 'giveBack' | 'assign';

type Outcome = Answer<typeof claimCases>['data']['items'][number];

/** What became of a case, and whether it was put back since. */
interface Result {
  readonly outcome: Outcome;
  readonly isBack: boolean;
}

const AT_ONCE = 200;
/** Chosen in place of a colleague: whoever is free takes it. */
const NOBODY = 'nobody';
/** What a colleague has to be to do what a case in this state waits for. */
const roleFor: Readonly<Record<string, string>> = { filed: 'intake', 'in-review': 'reviewer', deciding: 'approver', 'in-appeal': 'approver' };

/** What somebody has taken goes back; what nobody has is taken by whoever can do what it waits for, so that it does not lie with others. */
export function canTake(row: ListedCase, me: Pick<Me, 'capacity'>): boolean {
  return row.assignee === 'me' || (row.assignee === 'nobody' && (batchActOf(row, me) !== undefined || (row.status === 'in-appeal' && may(me, 'case.decide'))));
}

/** How a case of the list can change hands. */
export function handActsOf(row: ListedCase, me: Pick<Me, 'capacity'>): readonly HandAct[] {
  return [...(canTake(row, me) ? [row.assignee === 'me' ? ('giveBack' as const) : ('claim' as const)] : []), ...(may(me, 'case.assign') && row.assignee !== null ? (['assign'] as const) : [])];
}

/** The cases with who has them; carried out for all, then each with its outcome. */
export function CaseHandOut({ act, cases, me, onClose }: { act: HandAct; cases: readonly ListedCase[]; me: Me; onClose: () => void }) {
  const words = useCaseWords();
  const { hand } = words;
  const [to, setTo] = useState('');
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const { isBusy, refusal, run } = useAct();
  const isDone = (caseId: string): boolean => results.get(caseId)?.outcome.outcome === 'done';
  const open = cases.filter(({ caseId }) => !isDone(caseId));
  const done = cases.filter(({ caseId }) => isDone(caseId) && results.get(caseId)?.isBack === false);
  const back = cases.filter(({ caseId }) => results.get(caseId)?.isBack === true).length;
  const refused = open.filter(({ caseId }) => results.has(caseId)).length;
  const keep = (items: readonly Outcome[], isBack: boolean): void => setResults((now) => new Map([...now, ...items.map((outcome) => [outcome.caseId, { outcome, isBack }] as const)]));
  const send = (): void =>
    run(async () => {
      await inParts(open, async (part) => keep(await handOver(act, part.map((one) => ({ ...one, accountId: to === NOBODY ? null : to }))), false));
    });
  const putBack = (): void =>
    run(async () => {
      const changed = done.map((one) => ({ ...one, version: results.get(one.caseId)?.outcome.version ?? one.version, accountId: one.assigneeId }));
      await inParts(changed, async (part) => {
        const items = await handOver(act === 'claim' ? 'giveBack' : act === 'giveBack' ? 'claim' : 'assign', part);
        // One that somebody else has changed since stays as it is now, and says why.
        setResults((now) => new Map([...now, ...items.map((outcome) => [outcome.caseId, outcome.outcome === 'done' ? { outcome, isBack: true } : { outcome: { ...(now.get(outcome.caseId)?.outcome ?? outcome), error: outcome.error }, isBack: false }] as const)]));
      });
    });
  return (
    <>
      <div>
        <h1>{hand.headings[act]}</h1>
        <p class="soft">{hand.lead[act]}</p>
      </div>
      <div role="status">
        {results.size === 0 ? null : (
          <Notice tone={refused > 0 ? 'clay' : 'leaf'}>
            {[...(done.length > 0 ? [hand.done[act](done.length)] : []), ...(back > 0 ? [hand.back(back)] : []), ...(refused > 0 ? [hand.refused(refused)] : [])].join(' ')}
          </Notice>
        )}
      </div>
      {act === 'assign' && open.length > 0 ? <ChooseAmong cases={open} me={me} value={to} onChoose={setTo} /> : null}
      <ol class="case-batch" role="list">
        {cases.map((one) => <HandRow key={one.caseId} of={one} act={act} result={results.get(one.caseId)} me={me} />)}
      </ol>
      <RefusalNotice refusal={refusal} />
      <div class="case-bar is-foot">
        {open.length === 0 ? null : <Button tone="primary" isBusy={isBusy} isDisabled={act === 'assign' && to === ''} onPress={send}>{hand.go[act](open.length)}</Button>}
        {done.length === 0 ? null : <Button isBusy={isBusy} onPress={putBack}>{hand.undo(done.length)}</Button>}
        <Button tone={open.length === 0 ? 'primary' : 'quiet'} isBusy={isBusy} onPress={onClose}>{words.batch.back}</Button>
      </div>
    </>
  );
}

function HandRow({ of, act, result, me }: { of: ListedCase; act: HandAct; result: Result | undefined; me: Me }) {
  const words = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const outcome = result?.outcome;
  const isDone = outcome?.outcome === 'done';
  return (
    <li class={isDone ? 'is-done' : undefined}>
      <div class="case-batch-head">
        <a href={linkTo(['cases', of.caseId])}>{of.subject.name}</a>
        <span>{of.benefitTitle[language]}</span>
        {of.stepTitle === null ? null : <span class="soft">{of.stepTitle[language]}</span>}
        <Deadline of={of} />
        {of.assignee === null || isDone ? null : <span class="soft">{words.columns.assignee}{language === 'zh' ? '：' : ': '}{of.assignee === 'colleague' && of.assigneeId !== null ? <StaffName accountId={of.assigneeId} me={me} withDepartment={false} /> : words.assignee[of.assignee]}</span>}
      </div>
      {isDone ? <p class="case-told"><Icon name="yes" /> <span>{result?.isBack === true ? words.hand.backOne : words.hand.doneOne[act]}</span></p> : null}
      {outcome?.error === null || outcome === undefined ? null : <p class="field-problem"><Icon name="information" /><span>{outcome.error.message}</span></p>}
    </li>
  );
}

/** Colleagues of the department who can do what every one of the cases waits for. */
function ChooseAmong({ cases, me, value, onChoose }: { cases: readonly ListedCase[]; me: Me; value: string; onChoose: (accountId: string) => void }) {
  const { acts, hand } = useCaseWords();
  const departmentId = me.capacity.kind === 'officer' ? me.capacity.departmentId : '';
  const asked = useAsked((signal) => call(listColleagues, { query: { department: departmentId, limit: AT_ONCE }, signal }), [departmentId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  const roles = [...new Set(cases.map(({ status }) => roleFor[status] ?? ''))];
  const able = (latestOf(asked)?.data.items ?? []).filter(({ appointments }) => appointments.some((one) => one.departmentId === departmentId && roles.every((role) => one.roles.includes(role))));
  const byName = [...able].sort((a, b) => a.name.localeCompare(b.name, 'zh'));
  const options = byName.map(({ accountId, name }) => [accountId, accountId === me.accountId ? acts.assignMe(name) : name] as const);
  return (
    <div class="card case-common">
      <SelectField label={acts.assignTo} value={value} options={[['', acts.choosePerson], ...options, [NOBODY, hand.toNobody]]} onChoose={onChoose} hasAll={false} />
      {asked.state === 'there' && able.length === 0 ? <p class="small case-warn">{roles.length > 1 ? hand.stepsDiffer : acts.assignNobody}</p> : null}
    </div>
  );
}

/** Sends some after the others, as many at once as the interface takes. */
async function inParts<Row>(rows: readonly Row[], send: (part: readonly Row[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) await send(rows.slice(at, at + AT_ONCE));
}

async function handOver(act: HandAct, rows: readonly { readonly caseId: string; readonly version: number; readonly accountId: string | null }[]): Promise<readonly Outcome[]> {
  const items = rows.map(({ caseId, version }) => ({ caseId, version }));
  if (act === 'claim') return (await call(claimCases, { body: { items } })).data.items;
  if (act === 'giveBack') return (await call(giveBackCases, { body: { items } })).data.items;
  return (await call(assignCases, { body: { items: rows.map(({ caseId, version, accountId }) => ({ caseId, version, accountId })) } })).data.items;
}
