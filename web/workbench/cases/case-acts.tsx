// What an officer can do to a case now: the one clear next act first, the other ways behind it, each with its form.
import { useContext, useState } from 'preact/hooks';
import {
  acceptCase, addSigner, answerAppeal, answerSupplement, appealCase, askSupplement, assignCase, breakPromise, changeCase, decideCase, declineCase, giveOpinion, keepPromise, lapseCase, returnCase, revokeCase, transferCase, undoWithdrawal,
  withdrawCase,
} from '../../../src/contract/cases-endpoints.ts';
import type { listDepartments } from '../../../src/contract/departments-endpoints.ts';
import { listColleagues } from '../../../src/contract/staff-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { type Answer, call, type CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { isAmountFit, readFen } from './case-batch.tsx';
import { lastWorkingDay, today } from './case-calendar.ts';
import { Deadline } from './case-deadline.tsx';
import { ChangeFields, changeOf, noChange, type WishedChange } from './case-change.tsx';
import { emptyInstalment, InstalmentFields, instalmentsOf, type WrittenInstalment } from './case-instalments.tsx';
import { CaseField, ChecksField, ReasonField } from './case-fields.tsx';
import { type HandedIn, HandInPapers } from './case-hand-in.tsx';
import type { OneCase } from './case-papers.tsx';
import { type CaseExplanation, explanationOf, factsOf } from './case-reasons.tsx';
import { useCaseWords } from './case-words.ts';
import type { Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

/** The acts that have a form; the ones that are two answers of one command stand apart. */
export type ActName =
  | 'accept' | 'decline' | 'agree' | 'disagree' | 'supplement' | 'answer' | 'return' | 'transfer' | 'signer' | 'assign' | 'grant' | 'refuse' | 'appeal' | 'upheld' | 'reopened' | 'change' | 'revoke' | 'lapse'
  | 'keepPromise' | 'breakPromise' | 'withdraw' | 'undo';

type Departments = Answer<typeof listDepartments>['data']['items'];

/** Sends an act at the version that was seen; `etag` is that version. */
type SendAct = (name: ActName, send: (etag: string) => Promise<unknown>) => void;

interface ActsOptions {
  readonly of: OneCase;
  readonly explained: CaseExplanation | undefined;
  readonly departments: Departments;
  /** The caller's own department. */
  readonly departmentId: string;
  readonly me: Me;
  readonly paperKinds: readonly string[];
  readonly isBusy: boolean;
  /** Why the act that was sent last was refused: it stands beside the button that was pressed. */
  readonly refusal: CallRefused | undefined;
  readonly opened: ActName | undefined;
  readonly onOpen: (name: ActName | undefined) => void;
  readonly onSend: SendAct;
}

const firsts: readonly ActName[] = ['accept', 'agree', 'disagree', 'grant', 'refuse', 'upheld', 'reopened', 'answer', 'undo', 'decline', 'supplement'];
const seconds: readonly ActName[] = ['keepPromise', 'assign', 'return', 'transfer', 'signer', 'breakPromise', 'lapse', 'withdraw', 'appeal', 'change', 'revoke'];

/** Acts that want no reason, and those that show no field for one. */
const withoutReason: readonly ActName[] = ['accept', 'withdraw', 'lapse', 'undo', 'assign', 'keepPromise'];
const reasonMayLack: readonly ActName[] = [...withoutReason, 'agree', 'answer'];
const MOST_PAPERS = 30;

const byCommand: Readonly<Record<string, readonly ActName[]>> = {
  accept: ['accept'], decline: ['decline'], 'give-opinion': ['agree', 'disagree'], 'ask-supplement': ['supplement'], 'answer-supplement': ['answer'], 'return-to-step': ['return'], transfer: ['transfer'],
  'add-signer': ['signer'], assign: ['assign'], grant: ['grant'], refuse: ['refuse'], appeal: ['appeal'], 'answer-appeal': ['upheld', 'reopened'], change: ['change'], revoke: ['revoke'], lapse: ['lapse'], 'keep-promise': ['keepPromise'],
  'break-promise': ['breakPromise'], withdraw: ['withdraw'], 'undo-withdraw': ['undo'],
};

/** Which acts the interface offers, by the commands that it names. */
export function actsOf({ can, promises }: Pick<OneCase, 'can' | 'promises'>): ReadonlySet<ActName> {
  const names = can.flatMap((command) => byCommand[command] ?? []);
  return new Set(names.filter((name) => name !== 'breakPromise' || promises.some(({ state }) => state === 'open')));
}

/** What is only kept from being done, by the reason: several acts may have the same. */
function kept({ cannot }: Pick<OneCase, 'cannot'>): ReadonlyMap<string, readonly ActName[]> {
  const byReason = new Map<string, readonly ActName[]>();
  for (const { command, words } of cannot) byReason.set(words, [...(byReason.get(words) ?? []), ...(byCommand[command] ?? [])]);
  return new Map([...byReason].filter(([, names]) => names.length > 0));
}

/** The acts with whose turn it is. */
export function CaseActs(options: ActsOptions) {
  const { of, opened, onOpen, isBusy } = options;
  const { acts } = useCaseWords();
  const possible = actsOf(of);
  const first = firsts.filter((name) => possible.has(name));
  const second = seconds.filter((name) => possible.has(name));
  const leading = first[0];
  return (
    <section class="card case-acts" aria-labelledby="case-acts">
      <div class="case-acts-head">
        <h2 id="case-acts">{acts.heading}</h2>
        <Turn {...options} hasActs={first.length > 0} />
      </div>
      {opened !== undefined && possible.has(opened) ? (
        <ActForm key={opened} {...options} name={opened} />
      ) : (
        <div class="case-ways">
          {first.length === 0 ? null : (
            <div class="case-buttons">
              {first.map((name) => <Button key={name} tone={name === leading ? 'primary' : 'secondary'} isBusy={isBusy} onPress={() => onOpen(name)}>{acts[name]}</Button>)}
            </div>
          )}
          {second.length === 0 ? null : (
            <div class="case-buttons is-second">
              <span class="small soft">{acts.more}</span>
              {second.map((name) => <Button key={name} tone="quiet" isBusy={isBusy} onPress={() => onOpen(name)}>{acts[name]}</Button>)}
            </div>
          )}
        </div>
      )}
      {opened === undefined ? <Kept of={of} /> : null}
    </section>
  );
}

/** Why something that somebody may look for is not offered. */
function Kept({ of }: { of: OneCase }) {
  const { acts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const reasons = Array.from(kept(of));
  if (reasons.length === 0) return null;
  return (
    <div class="case-kept">
      <p class="small soft">{acts.cannotHeading}</p>
      <ul class="case-lines small">
        {reasons.map(([words, names]) => <li key={words}><b>{names.map((name) => acts[name]).join(language === 'zh' ? '、' : ', ')}</b>{language === 'zh' ? '：' : ': '}{words}</li>)}
      </ul>
    </div>
  );
}

function Turn({ of, hasActs, departmentId, me }: ActsOptions & { hasActs: boolean }) {
  const { acts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const waiting = of.steps.find(({ state }) => state === 'now')?.departments.filter(({ hasSpoken }) => !hasSpoken) ?? [];
  const own = waiting.find((one) => one.departmentId === departmentId)?.name;
  const told = ((): string => {
    switch (of.status) {
      case 'filed':
        return hasActs ? acts.task.accept(of.acceptBy) : acts.waitFor(of.acceptBy);
      case 'in-review':
        return own === undefined ? acts.waitFor(waiting.map(({ name }) => name).join('、')) : acts.task.review(own);
      case 'deciding':
        return hasActs ? acts.task.decide(of.decideBy) : acts.waitFor(of.decideBy);
      case 'in-appeal':
        return hasActs ? acts.task.appeal(of.decideBy) : acts.waitFor(of.decideBy);
      case 'awaiting-supplement':
        return of.supplement === null ? acts.notYours : acts.waitApplicant(tellDate(of.supplement.dueOn, language));
      case 'withdrawn':
        return of.undoUntil !== null && hasActs ? acts.undoUntil(tellInstant(of.undoUntil)) : acts.ended(of.statusWords);
      default:
        return acts.ended(of.statusWords);
    }
  })();
  const isRunning = ['filed', 'in-review', 'deciding', 'in-appeal'].includes(of.status);
  const deadline = isRunning ? <Deadline of={of} isWhole /> : null;
  if (isRunning && of.assignee === 'colleague' && of.assigneeId !== null) {
    return <p>{acts.takenBy}{language === 'zh' ? '' : ' '}<b><StaffName accountId={of.assigneeId} me={me} withDepartment={false} /></b>{language === 'zh' ? '。' : '. '}{acts.takenByThen} {deadline}</p>;
  }
  return <p>{told} {deadline}</p>;
}

/** The form of one act. */
function ActForm(options: ActsOptions & { name: ActName }) {
  const { name, of, explained, departments, departmentId, paperKinds, me, isBusy, refusal, onOpen, onSend } = options;
  const { acts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const [reason, setReason] = useState('');
  const [isEdited, setEdited] = useState(false);
  const [departmentTo, setDepartmentTo] = useState('');
  const [step, setStep] = useState('1');
  const [amount, setAmount] = useState('');
  const [isPromised, setPromised] = useState(false);
  const [lines, setLines] = useState('');
  const [dueOn, setDueOn] = useState(() => lastWorkingDay(today(), 10));
  const [papers, setPapers] = useState<readonly string[]>([]);
  const [facts, setFacts] = useState<readonly string[]>(() => [...(explained?.missing ?? [])]);
  const [workingDays, setWorkingDays] = useState('10');
  const [personTo, setPersonTo] = useState('');
  const [handed, setHanded] = useState<readonly HandedIn[]>([]);
  const [changed, setChanged] = useState<WishedChange>(noChange);
  const [days, setDays] = useState<readonly WrittenInstalment[]>();
  const openPromises = of.promises.filter(({ state }) => (name === 'keepPromise' ? state !== 'kept' : state === 'open')).map(({ paper }) => paper);
  const [promise, setPromise] = useState(openPromises[0] ?? '');
  const params = { caseId: of.caseId };
  const others = lines.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const wanted = [...papers, ...others, ...facts];
  const words = name === 'supplement' && !isEdited ? (wanted.length === 0 ? '' : acts.supplementDraft(wanted)) : reason;
  const fen = amount.trim() === '' ? undefined : readFen(amount);
  const needsReason = !reasonMayLack.includes(name);
  const lastStep = of.status === 'deciding' ? of.steps.length : of.steps.findIndex(({ state }) => state === 'now');
  const steps = of.steps.slice(0, Math.max(0, lastStep)).map(({ title }, at) => [String(at + 1), `${at + 1}. ${title[language]}`] as const);
  const elsewhere = departments.filter((one) => one.departmentId !== departmentId && one.closedOn === null).map((one) => [one.departmentId, one.name] as const);
  const isReady =
    (!needsReason || words.trim() !== '') &&
    ((name !== 'transfer' && name !== 'signer') || departmentTo !== '') &&
    (name !== 'supplement' || (wanted.length > 0 && /^([1-9]|[1-5]\d|60)$/.test(workingDays))) &&
    (name !== 'accept' || !isPromised || (others.length > 0 && dueOn !== '')) &&
    (name !== 'assign' || personTo !== '') &&
    (name !== 'answer' || words.trim() !== '' || handed.length > 0) &&
    (name !== 'keepPromise' || handed.length > 0) &&
    (name !== 'change' || changeOf(changed) !== undefined) &&
    (name !== 'grant' || (isAmountFit(amount) && (days === undefined || instalmentsOf(days) !== undefined)));
  const send = (etag: string): Promise<unknown> => {
    const at = { params, ifMatch: etag };
    switch (name) {
      case 'accept':
        return call(acceptCase, { ...at, body: isPromised ? { promise: { papers: others, dueOn } } : {} });
      case 'decline':
        return call(declineCase, { ...at, body: { reason: words } });
      case 'agree':
      case 'disagree':
        return call(giveOpinion, { ...at, body: { opinion: name, ...(words.trim() === '' ? {} : { words }) } });
      case 'supplement':
        return call(askSupplement, { ...at, body: { words, papers: [...papers, ...others], facts: [...facts], workingDays: Number(workingDays) } });
      case 'answer':
        return call(answerSupplement, { ...at, body: { ...(words.trim() === '' ? {} : { words }), evidenceIds: handed.map(({ evidenceId }) => evidenceId) } });
      case 'keepPromise':
        return call(keepPromise, { ...at, body: { paper: promise, evidenceId: handed[0]?.evidenceId ?? '' } });
      case 'appeal':
        return call(appealCase, { ...at, body: { words, evidenceIds: handed.map(({ evidenceId }) => evidenceId) } });
      case 'assign':
        return call(assignCase, { ...at, body: { accountId: personTo } });
      case 'return':
        return call(returnCase, { ...at, body: { step: Number(step), reason: words } });
      case 'transfer':
        return call(transferCase, { ...at, body: { departmentId: departmentTo, reason: words } });
      case 'signer':
        return call(addSigner, { ...at, body: { departmentId: departmentTo, reason: words } });
      case 'grant':
      case 'refuse':
        return call(decideCase, { ...at, body: { outcome: name, reason: words, ...(name === 'grant' ? { amountFen: fen, instalments: days === undefined ? undefined : instalmentsOf(days) } : {}) } });
      case 'upheld':
      case 'reopened':
        return call(answerAppeal, { ...at, body: { outcome: name, reason: words } });
      case 'change':
        return call(changeCase, { ...at, body: { reason: words, ...changeOf(changed) } });
      case 'revoke':
        return call(revokeCase, { ...at, body: { reason: words } });
      case 'lapse':
        return call(lapseCase, at);
      case 'breakPromise':
        return call(breakPromise, { ...at, body: { paper: promise, reason: words } });
      case 'withdraw':
        return call(withdrawCase, at);
      case 'undo':
        return call(undoWithdrawal, at);
    }
  };
  const isGrave = name === 'revoke' || name === 'lapse';
  const leads: Readonly<Partial<Record<ActName, string>>> = {
    supplement: acts.supplementLead, transfer: acts.transferLead, change: acts.changeLead, revoke: acts.revokeLead, lapse: acts.lapseLead, breakPromise: acts.breakLead, withdraw: acts.withdrawLead,
    answer: acts.answerLead, keepPromise: acts.keepLead, appeal: acts.appealLead, assign: acts.assignLead,
  };
  const labels: Readonly<Partial<Record<ActName, string>>> = { supplement: acts.supplementWords, return: acts.returnReason, answer: acts.answerWords, appeal: acts.appealWords };
  const { inwardHint } = acts;
  const hints: Readonly<Partial<Record<ActName, string>>> = { agree: acts.reasonAgreeHint, disagree: inwardHint, transfer: inwardHint, signer: inwardHint, return: inwardHint, answer: acts.answerWordsHint, appeal: acts.appealWordsHint };
  const exact = explained?.status === 'yes' && (explained.amount as { readonly kind?: string } | null)?.kind === 'exact';
  return (
    <form
      class="case-form"
      aria-label={acts[name]}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend(name, send);
      }}
    >
      <h3>{acts[name]}</h3>
      {leads[name] === undefined ? null : <p class={isGrave ? 'case-warn' : 'soft'}>{leads[name]}</p>}
      {name === 'accept' ? (
        <>
          <label class="tick">
            <input type="checkbox" checked={isPromised} onChange={(event) => setPromised(event.currentTarget.checked)} />
            <span>{acts.acceptPromise}</span>
          </label>
          {isPromised ? (
            <>
              <ReasonField label={acts.promisePapers} value={lines} onInput={setLines} rows={2} />
              <CaseField label={acts.promiseDue} type="date" value={dueOn} onInput={setDueOn} />
            </>
          ) : null}
        </>
      ) : null}
      {name === 'supplement' ? (
        <div class="case-pair">
          <div class="case-form">
            {paperKinds.length === 0 ? null : <ChecksField label={acts.supplementPapers} options={paperKinds} chosen={papers} onChoose={setPapers} />}
            <ReasonField label={acts.supplementOther} value={lines} onInput={setLines} rows={2} />
          </div>
          <div class="case-form">
            {missingFacts(explained).length === 0 ? null : <ChecksField label={acts.supplementFacts} options={missingFacts(explained)} chosen={facts} onChoose={setFacts} />}
            <CaseField label={acts.supplementDays} inputMode="numeric" value={workingDays} onInput={setWorkingDays} />
          </div>
        </div>
      ) : null}
      {name === 'return' ? <SelectField label={acts.returnStep} value={step} options={steps} onChoose={setStep} hasAll={false} /> : null}
      {name === 'transfer' || name === 'signer' ? <SelectField label={name === 'transfer' ? acts.transferTo : acts.signerTo} value={departmentTo} options={[['', acts.choose], ...elsewhere]} onChoose={setDepartmentTo} hasAll={false} /> : null}
      {name === 'assign' ? <ChooseColleague of={of} departmentId={departmentId} me={me} value={personTo} onChoose={setPersonTo} /> : null}
      {name === 'breakPromise' || name === 'keepPromise' ? <SelectField label={acts.promisePaper} value={promise} options={openPromises.map((one) => [one, one] as const)} onChoose={setPromise} hasAll={false} /> : null}
      {name === 'grant' && !exact ? <CaseField label={acts.grantAmount} hint={isAmountFit(amount) ? acts.grantAmountHint : acts.amountUnfit} isWrong={!isAmountFit(amount)} inputMode="decimal" value={amount} onInput={setAmount} /> : null}
      {name === 'grant' && !exact ? (
        <>
          <label class="tick">
            <input type="checkbox" checked={days !== undefined} onChange={(event) => setDays(event.currentTarget.checked ? [emptyInstalment] : undefined)} />
            <span>{acts.grantDays}</span>
          </label>
          {days === undefined ? null : <InstalmentFields heading={acts.grantDaysHeading} days={days} totalFen={fen} onChange={setDays} />}
        </>
      ) : null}
      {name === 'change' ? <ChangeFields of={of} me={me} value={changed} onChange={setChanged} /> : null}
      {withoutReason.includes(name) ? null : (
        <ReasonField
          label={labels[name] ?? acts.reason}
          hint={hints[name] ?? acts.reasonHint}
          value={words}
          onInput={(text) => {
            setReason(text);
            setEdited(true);
          }}
          isFirst={name !== 'supplement' && name !== 'change'}
        />
      )}
      {name === 'answer' || name === 'appeal' || name === 'keepPromise' ? (
        <HandInPapers partyId={of.subject.partyId} wanted={name === 'answer' ? (of.supplement?.papers ?? []) : name === 'keepPromise' ? [promise] : []} papers={handed} onPapers={setHanded} most={name === 'keepPromise' ? 1 : MOST_PAPERS} />
      ) : null}
      <RefusalNotice refusal={refusal} />
      <div class="case-buttons">
        <Button tone="primary" submits isBusy={isBusy} isDisabled={!isReady}>{acts[name]}</Button>
        <Button tone="quiet" onPress={() => onOpen(undefined)}>{acts.cancel}</Button>
      </div>
    </form>
  );
}

/** Facts that the engine still asks for, and those that it looked at without a value. */
function missingFacts(explained: CaseExplanation | undefined): readonly string[] {
  if (explained === undefined) return [];
  const seen = explanationOf(explained)?.facts ?? {};
  return factsOf(explained).filter((name) => (seen[name]?.value ?? null) === null);
}

/** What a role is needed for in a state. */
const roleFor: Readonly<Record<string, string>> = { filed: 'intake', 'in-review': 'reviewer', deciding: 'approver', 'in-appeal': 'approver' };

/** Colleagues of the department who can do what the case waits for, by name. */
function ChooseColleague({ of, departmentId, me, value, onChoose }: { of: OneCase; departmentId: string; me: Me; value: string; onChoose: (accountId: string) => void }) {
  const { acts } = useCaseWords();
  const office = useOfficeWords();
  const asked = useAsked((signal) => call(listColleagues, { query: { department: departmentId, limit: 200 }, signal }), [departmentId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return <p class="soft">{office.loading}</p>;
  const role = roleFor[of.status] ?? '';
  const able = asked.value.data.items.filter(({ accountId, appointments }) => accountId !== of.assigneeId && appointments.some((one) => one.departmentId === departmentId && one.roles.includes(role)));
  if (able.length === 0) return <p class="case-warn">{acts.assignNobody}</p>;
  const byName = [...able].sort((a, b) => a.name.localeCompare(b.name, 'zh'));
  return <SelectField label={acts.assignTo} value={value} options={[['', acts.choosePerson], ...byName.map(({ accountId, name }) => [accountId, accountId === me.accountId ? acts.assignMe(name) : name] as const)]} onChoose={onChoose} hasAll={false} />;
}
