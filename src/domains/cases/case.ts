// A case as data: its states, what its events say, and how events add up to where it stands. No database.

import { caseStatuses, type CaseStatus } from '../../contract/case-statuses.ts';
import type { Words } from '../../policy/index.ts';
import type { CaseClock } from './clock.ts';
import type { Act, ActingDepartment, ProcedurePlan } from './procedure-plan.ts';

/**
 * filed 已提交 · not-accepted 不予受理 · in-review 审核中 · awaiting-supplement 等补正, the clock stands still · deciding 待决定 · refused 不予给予 ·
 * granted 已给予, to be published · in-publication 公示中 · settled 已办结, to be paid where it is money · revoked 已撤销 · withdrawn 已撤回 · in-appeal 申诉中.
 * Whether a case is held is no state: a case is held in the state that it is in.
 */
export { caseStatuses, type CaseStatus };

/** States in which the same person may file the same benefit for the same time again. */
export const closedStatuses: readonly CaseStatus[] = ['not-accepted', 'refused', 'revoked', 'withdrawn'];

/** Who did something: references only. */
export interface EventActor {
  readonly kind: 'person' | 'agent' | 'officer' | 'job';
  readonly accountId: string | null;
  readonly departmentId: string | null;
}

/** What a department said in a step. */
export type Opinion = 'agree' | 'disagree';

/** Why a case is held: an objection to its publication, a finding of an inspection, a promise that was broken, a doubt before payment. */
export type HoldReason = 'objection' | 'finding' | 'promise' | 'doubt';

/** What the engine said. */
export type EngineStatus = 'yes' | 'no' | 'unknown' | 'review';

/** What happened. Days are `YYYY-MM-DD`; texts are ids of sealed texts; nothing here tells of a person but by reference. */
export type CaseEventBody =
  | {
      readonly kind: 'filed';
      readonly data: {
        readonly caseNumber: string;
        readonly applicationId: string;
        readonly applicantId: string;
        readonly subjectId: string;
        readonly employerId: string | null;
        readonly policyId: string;
        readonly benefitId: string;
        readonly period: string;
        readonly jurisdictionCode: string;
        readonly packHash: string;
        readonly settingsYear: number;
        readonly engineStatus: EngineStatus;
        readonly expectedFen: number | null;
        readonly plan: ProcedurePlan;
        readonly clock: CaseClock;
      };
    }
  | { readonly kind: 'accepted'; readonly data: { readonly clock: CaseClock } }
  | { readonly kind: 'promise-made'; readonly data: { readonly papers: readonly string[]; readonly dueOn: string } }
  | { readonly kind: 'promise-kept'; readonly data: { readonly paper: string; readonly evidenceId: string } }
  | { readonly kind: 'promise-broken'; readonly data: { readonly paper: string; readonly textId: string } }
  | { readonly kind: 'declined'; readonly data: { readonly textId: string; readonly closedOn: string; readonly clock: CaseClock } }
  | { readonly kind: 'supplement-asked'; readonly data: { readonly textId: string; readonly papers: readonly string[]; readonly facts: readonly string[]; readonly dueOn: string; readonly clock: CaseClock } }
  | { readonly kind: 'supplement-answered'; readonly data: { readonly textId: string | null; readonly clock: CaseClock } }
  | { readonly kind: 'opinion-given'; readonly data: { readonly departmentId: string; readonly opinion: Opinion; readonly textId: string | null } }
  | { readonly kind: 'step-begun'; readonly data: { readonly step: number; readonly clock: CaseClock } }
  | { readonly kind: 'review-ended'; readonly data: { readonly clock: CaseClock } }
  | { readonly kind: 'returned'; readonly data: { readonly step: number; readonly textId: string; readonly clock: CaseClock } }
  | { readonly kind: 'transferred'; readonly data: { readonly from: string; readonly to: ActingDepartment; readonly textId: string } }
  | { readonly kind: 'signer-added'; readonly data: { readonly department: ActingDepartment; readonly textId: string } }
  | { readonly kind: 'granted'; readonly data: { readonly decisionId: string; readonly amountFen: number | null; readonly textId: string; readonly clock: CaseClock } }
  | { readonly kind: 'refused'; readonly data: { readonly decisionId: string; readonly textId: string; readonly closedOn: string; readonly clock: CaseClock } }
  | { readonly kind: 'publication-begun'; readonly data: { readonly listId: string; readonly untilOn: string } }
  | { readonly kind: 'publication-ended'; readonly data: { readonly listId: string } }
  | { readonly kind: 'publication-withdrawn'; readonly data: { readonly listId: string } }
  | { readonly kind: 'settled'; readonly data: Readonly<Record<string, never>> }
  | { readonly kind: 'changed'; readonly data: { readonly decisionId: string; readonly amountFen: number; readonly textId: string; readonly isPublishedAgain: boolean } }
  | { readonly kind: 'revoked'; readonly data: { readonly decisionId: string; readonly textId: string; readonly closedOn: string } }
  | { readonly kind: 'withdrawn'; readonly data: { readonly clock: CaseClock; readonly undoUntil: string | null; readonly closedOn: string } }
  | { readonly kind: 'withdrawal-undone'; readonly data: { readonly clock: CaseClock } }
  | { readonly kind: 'held'; readonly data: { readonly reason: HoldReason; readonly referenceId: string } }
  | { readonly kind: 'released'; readonly data: { readonly referenceId: string } }
  | { readonly kind: 'appealed'; readonly data: { readonly textId: string; readonly clock: CaseClock } }
  | { readonly kind: 'appeal-answered'; readonly data: { readonly outcome: 'upheld' | 'reopened'; readonly textId: string; readonly clock: CaseClock } }
  | { readonly kind: 'escalated'; readonly data: { readonly lateness: number; readonly latePromises: readonly string[]; readonly isSupplementLate: boolean; readonly clock: CaseClock } }
  | { readonly kind: 'assigned'; readonly data: { readonly departmentId: string; readonly accountId: string | null } }
  | { readonly kind: 'noted'; readonly data: { readonly textId: string } };

/** The version of what events say as they are stored. In 1 the plan of a case stands in its first event, since 2 that event names it. */
export const EVENT_SCHEMA_VERSION = 2;

/** An event as it is stored. */
export type CaseEvent = CaseEventBody & {
  /** 1 for the first of the case. */
  readonly number: number;
  readonly schemaVersion: number;
  readonly at: Date;
  readonly actor: EventActor;
};

/** What a department said, in the step in which it did. */
export interface GivenOpinion {
  readonly step: number;
  readonly departmentId: string;
  readonly opinion: Opinion;
  readonly textId: string | null;
}

/** A paper promised for later (容缺). */
export interface PaperPromise {
  readonly paper: string;
  readonly dueOn: string;
  readonly state: 'open' | 'kept' | 'broken';
  /** The hold that stands while it is broken. */
  readonly brokenBy: string | null;
  /** Whether somebody was told that it is late. */
  readonly isLateTold: boolean;
}

/** What is asked to be supplied, all at once. */
export interface SupplementRequest {
  readonly textId: string;
  readonly papers: readonly string[];
  readonly facts: readonly string[];
  readonly dueOn: string;
  readonly isLateTold: boolean;
}

/** What of the state has no column of its own. */
export interface CaseProgress {
  readonly plan: ProcedurePlan;
  readonly clock: CaseClock;
  /** Opinions that count; those before a return to their step no longer do. */
  readonly opinions: readonly GivenOpinion[];
  readonly promises: readonly PaperPromise[];
  /** How often a supplement was asked, and the request that is open. */
  readonly supplementsAsked: number;
  readonly supplement: SupplementRequest | null;
  readonly holdReasons: readonly { readonly reason: HoldReason; readonly referenceId: string }[];
  readonly publication: { readonly listId: string; readonly untilOn: string; readonly isEnded: boolean } | null;
  /** Who took or was given the part of each department. */
  readonly assignees: Readonly<Record<string, string>>;
  /** Who did what, by account: for what must be done by two people. */
  readonly acts: readonly { readonly act: Act; readonly step: number; readonly accountId: string }[];
  /** Where it goes on once the supplement is there, and where it stood before it was withdrawn or appealed. */
  readonly resumeAt: CaseStatus | null;
  readonly before: CaseStatus | null;
  readonly appealsMade: number;
  /** Until when a withdrawal can be undone, as an ISO instant. */
  readonly undoUntil: string | null;
  /** The day on which it was refused, declined, revoked or withdrawn. */
  readonly closedOn: string | null;
}

/** Where a case stands. */
export interface CaseState {
  readonly caseNumber: string;
  readonly applicationId: string;
  readonly applicantId: string;
  readonly subjectId: string;
  readonly employerId: string | null;
  readonly policyId: string;
  readonly benefitId: string;
  readonly period: string;
  readonly jurisdictionCode: string;
  readonly packHash: string;
  readonly settingsYear: number;
  readonly status: CaseStatus;
  readonly step: number;
  readonly lateness: number;
  readonly engineStatus: EngineStatus;
  readonly expectedFen: number | null;
  readonly decisionId: string | null;
  readonly grantedFen: number | null;
  readonly progress: CaseProgress;
  readonly version: number;
  readonly filedAt: Date;
  readonly changedAt: Date;
}

/** What waits for a department. */
export interface CaseTask {
  readonly departmentId: string;
  readonly act: 'accept' | 'review' | 'decide' | 'answer-appeal';
  readonly assigneeId: string | null;
  readonly dueOn: string | null;
}

/** What waits for whom, as the state has it: nothing is remembered elsewhere. */
export function tasksOf({ status, step, progress }: CaseState): readonly CaseTask[] {
  const { plan, clock, assignees, opinions } = progress;
  const task = (departmentId: string, act: CaseTask['act']): CaseTask => ({ departmentId, act, assigneeId: assignees[departmentId] ?? null, dueOn: clock.dueOn });
  switch (status) {
    case 'filed':
      return [task(plan.acceptBy.departmentId, 'accept')];
    case 'in-review':
      return (plan.steps[step - 1]?.departments ?? [])
        .filter(({ departmentId }) => !opinions.some((given) => given.step === step && given.departmentId === departmentId))
        .map(({ departmentId }) => task(departmentId, 'review'));
    case 'deciding':
      return [task(plan.decideBy.departmentId, 'decide')];
    case 'in-appeal':
      return [task(plan.decideBy.departmentId, 'answer-appeal')];
    default:
      return [];
  }
}

/** The step whose departments act now. */
function currentStep({ step, progress }: Pick<CaseState, 'step' | 'progress'>): ProcedurePlan['steps'][number] | undefined {
  return progress.plan.steps[step - 1];
}

/** The words of a step, for people. */
export function stepTitle(state: Pick<CaseState, 'step' | 'progress'>): Words | undefined {
  return currentStep(state)?.title;
}
