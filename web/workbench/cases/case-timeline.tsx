// How far a case has come: a face for each step, who has it, since when and until when.
import { useContext } from 'preact/hooks';
import type { caseHistory } from '../../../src/contract/cases-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import type { Answer } from '../../client/call.ts';
import { Icon } from '../../ui/icon.tsx';
import { Deadline } from './case-deadline.tsx';
import type { OneCase } from './case-papers.tsx';
import { useCaseWords } from './case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';

/** What happened to a case. */
export type CaseEvents = Answer<typeof caseHistory>['data']['items'];

type Stand = 'done' | 'now' | 'later' | 'no';

interface Part {
  readonly key: string;
  readonly title: string;
  readonly stand: Stand;
  readonly people: readonly { readonly name: string; readonly said?: string; readonly words?: string | null; readonly isOver?: boolean }[];
  readonly since?: string | undefined;
  readonly doneOn?: string | undefined;
  readonly note?: string;
}

/** The steps from filing to the end. */
export function CaseTimeline({ of, events }: { of: OneCase; events: CaseEvents }) {
  const { timeline: words } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const parts = usePartsOf(of, events);
  const day = (instant: string): string => tellDate(dayOf(instant), language);
  return (
    <section class="card case-card">
      <h2>{words.heading}</h2>
      <ol class="case-timeline" role="list">
        {parts.map((part) => (
          <li key={part.key} class={`is-${part.stand}`} aria-current={part.stand === 'now' ? 'step' : undefined}>
            <span class="case-face" aria-hidden="true">{part.stand === 'done' ? <Icon name="yes" /> : part.stand === 'no' ? <Icon name="no" /> : faceOf(part.people.find(({ isOver }) => isOver !== true)?.name ?? (language === 'zh' ? part.title : ''))}</span>
            <div>
              <b>{part.title}</b>
              {part.people.map(({ name, said, words: told }) => (
                <span key={name} class="case-person">
                  {name}{said === undefined ? null : <span class="soft"> {said}</span>}
                  {told === null || told === undefined || told === '' ? null : <q class="small">{told}</q>}
                </span>
              ))}
              {part.doneOn === undefined ? null : <span class="small soft">{words.doneOn(day(part.doneOn))}</span>}
              {part.stand === 'now' && part.since !== undefined ? <span class="small soft">{words.since(day(part.since))}</span> : null}
              {part.stand === 'now' && (of.dueOn !== null || part.note === undefined) ? <Deadline of={of} isWhole /> : null}
              {part.note === undefined ? null : <span class="small soft">{part.note}</span>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const decided = ['refused', 'granted', 'in-publication', 'settled', 'revoked'];
const stopped = ['not-accepted', 'withdrawn', 'refused', 'revoked'];

function usePartsOf(of: OneCase, events: CaseEvents): readonly Part[] {
  const { timeline: words, history } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const last = (...kinds: readonly string[]): string | undefined => events.findLast(({ kind }) => kinds.includes(kind))?.at;
  const filing = events.find(({ kind }) => kind === 'filed');
  const acceptedAt = last('accepted');
  const begun = last('step-begun', 'accepted', 'returned', 'supplement-answered', 'transferred', 'withdrawal-undone', 'appeal-answered');
  const { status } = of;
  const isOver = stopped.includes(status);
  const acceptStand: Stand = acceptedAt !== undefined && status !== 'filed' ? 'done' : status === 'not-accepted' ? 'no' : status === 'filed' ? 'now' : 'later';
  const reviews = of.steps.map(({ title, departments, state, workingDays }, at): Part => {
    const ids = departments.map(({ departmentId }) => departmentId);
    const isNow = state === 'now' && status === 'in-review';
    const doneOn = events.findLast(({ kind, by }) => kind === 'opinion-given' && by.departmentId !== null && ids.includes(by.departmentId))?.at;
    return {
      key: `step-${at}`,
      title: title[language],
      stand: state === 'done' && departments.every(({ hasSpoken }) => hasSpoken) ? 'done' : isNow ? 'now' : state === 'now' && isOver ? 'no' : 'later',
      people: departments.map(({ name, opinion, hasSpoken }) => ({
        name,
        isOver: hasSpoken,
        ...(opinion === null ? (isNow ? { said: words.waiting } : {}) : { said: words[opinion.opinion], words: opinion.words }),
      })),
      since: begun,
      ...(state === 'done' ? { doneOn } : {}),
      ...(workingDays === null || state === 'done' ? {} : { note: words.days(workingDays) }),
    };
  });
  const decisionAt = last('granted', 'refused', 'changed', 'revoked');
  const isDecided = decided.includes(status);
  return [
    { key: 'filed', title: words.filed, stand: 'done', people: [{ name: filing === undefined ? words.applicant : history.by[filing.by.kind] }], doneOn: of.filedAt },
    { key: 'accept', title: words.accept, stand: acceptStand, people: [{ name: of.acceptBy }], since: of.filedAt, doneOn: acceptStand === 'done' ? acceptedAt : undefined },
    ...reviews,
    ...(status === 'awaiting-supplement' ? [{ key: 'supplement', title: words.supplement, stand: 'now' as const, people: [{ name: words.applicant }], since: last('supplement-asked') }] : []),
    {
      key: 'decide',
      title: isDecided ? `${words.decide} · ${events.findLast(({ kind }) => ['granted', 'refused', 'changed', 'revoked'].includes(kind))?.kindWords ?? of.statusWords}` : words.decide,
      stand: isDecided ? (status === 'refused' || status === 'revoked' ? 'no' : 'done') : status === 'deciding' ? 'now' : 'later',
      people: [{ name: of.decideBy }],
      since: last('review-ended', 'returned', 'appeal-answered'),
      doneOn: isDecided ? decisionAt : undefined,
    },
    ...(status === 'withdrawn' || status === 'in-appeal' ? [{ key: 'now', title: of.statusWords, stand: status === 'in-appeal' ? ('now' as const) : ('no' as const), people: status === 'in-appeal' ? [{ name: of.decideBy }] : [], since: of.changedAt }] : []),
    ...(status === 'granted' || status === 'in-publication' || of.publication !== null
      ? [{ key: 'publish', title: words.publish, stand: of.publication === null ? ('later' as const) : of.publication.isEnded ? ('done' as const) : ('now' as const), people: [], ...(of.publication === null ? {} : { note: words.until(tellDate(of.publication.untilOn, language)) }) }]
      : []),
    ...(isOver ? [] : [{ key: 'settle', title: words.settle, stand: status === 'settled' ? ('done' as const) : ('later' as const), people: [], ...(status === 'settled' ? { doneOn: of.changedAt } : {}) }]),
  ];
}

/** Two characters of a department that tell it from others: 昌邑区人社局 is 人社. */
function faceOf(name: string): string {
  const office = /([\u4e00-\u9fff]{2})(?:局|委|部|办|中心|厅)$/.exec(name)?.[1];
  return office ?? name.slice(0, 2);
}

/** The calendar day of an instant here. */
function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(instant));
}
