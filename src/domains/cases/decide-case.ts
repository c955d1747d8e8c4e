// What may be done to a case and what follows: (state, command, context) → events, or why not. Pure.

import { MOST_PROMISED_DAYS } from '../../contract/promised-days.ts';
import { UnpublishedYearError } from '../../policy/index.ts';
import { type CaseEventBody, type CaseState, type CaseStatus, closedStatuses, tasksOf } from './case.ts';
import { beginStep, type CaseClock, type ClockLimits, dayAfter, daysAfter, firstWorkingDayFrom, runClock, stillClock, stopClock, stopClockAsTold, workingDaysAfter } from './clock.ts';
import { type CaseCommand, type CommandContext, type CommandRefusal, rolesFor } from './commands.ts';
import type { Act, ActingDepartment, ProcedurePlan } from './procedure-plan.ts';

/** What follows from a command; no events where what it wants is so already. */
export type Decided = { readonly events: readonly CaseEventBody[] } | { readonly refusal: CommandRefusal };

/** For how long a withdrawal can be undone. */
const UNDO_MS = 10 * 60_000;
/** 行政复议法 第二十条: sixty days from when one knew. */
const APPEAL_WITHIN_DAYS = 60;

const undecided: readonly CaseStatus[] = ['filed', 'in-review', 'awaiting-supplement', 'deciding'];

class Unfit extends Error {
  readonly refusal: CommandRefusal;
  constructor(refusal: CommandRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Decides a command. It must be the present state that it is decided on: the caller holds the row. */
export function decide(state: CaseState, command: CaseCommand, context: CommandContext): Decided {
  try {
    return { events: eventsOf(state, command, context) };
  } catch (error) {
    if (error instanceof Unfit) return { refusal: error.refusal };
    if (error instanceof UnpublishedYearError) {
      const day = String(error.date);
      return { refusal: { code: 'case-calendar-missing', values: { year: error.year, date: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` } } };
    }
    throw error;
  }
}

function eventsOf(state: CaseState, command: CaseCommand, context: CommandContext): readonly CaseEventBody[] {
  const { progress, status } = state;
  const { plan, clock } = progress;
  const { actor, today, calendar, textId } = context;
  const stopped = (): CaseClock => stopClock(clock, today, calendar);
  const runFor = (used: Pick<CaseClock, 'usedDays' | 'stepUsedDays'>, at: CaseStatus, step = state.step): CaseClock => runClock(used, limitsOf(plan, at, step), today, calendar);

  switch (command.kind) {
    case 'accept':
    case 'accept-with-promise': {
      be(state, 'filed');
      keepApart(state, 'accept', context);
      leaveToAssignee(state, plan.acceptBy.departmentId, context);
      const accepted: CaseEventBody = { kind: 'accepted', data: { clock: runFor(stillClock, 'in-review', 1) } };
      if (command.kind === 'accept') return [accepted];
      const last = daysAfter(today, MOST_PROMISED_DAYS);
      if (command.dueOn <= today || command.dueOn > last) {
        throw new Unfit({ code: 'input-invalid', values: { count: 1 }, details: [{ field: 'promise.dueOn', zh: `补交的日期要在今天以后，最晚 ${last}。`, en: `The day has to be after today and ${last} at the latest.` }] });
      }
      return [accepted, { kind: 'promise-made', data: { papers: [...new Set(command.papers)], dueOn: command.dueOn } }];
    }
    case 'decline':
      be(state, 'filed');
      keepApart(state, 'accept', context);
      leaveToAssignee(state, plan.acceptBy.departmentId, context);
      return [{ kind: 'declined', data: { textId: written(textId), closedOn: today, clock: stopped() } }];
    case 'keep-promise': {
      if (closedStatuses.includes(status)) throw unfit(state);
      const promise = progress.promises.find(({ paper }) => paper === command.paper);
      if (promise === undefined) throw new Unfit({ code: 'case-promise-unknown' });
      return promise.state === 'kept' ? [] : [{ kind: 'promise-kept', data: { paper: command.paper, evidenceId: command.evidenceId } }];
    }
    case 'break-promise': {
      if (closedStatuses.includes(status)) throw unfit(state);
      const promise = progress.promises.find(({ paper }) => paper === command.paper);
      if (promise === undefined || promise.state === 'kept') throw new Unfit({ code: 'case-promise-unknown' });
      if (promise.state === 'broken') return [];
      if (today <= promise.dueOn) throw new Unfit({ code: 'case-too-early', values: { date: promise.dueOn } });
      return [{ kind: 'promise-broken', data: { paper: command.paper, textId: written(textId) } }];
    }
    case 'ask-supplement': {
      be(state, 'filed', 'in-review', 'deciding');
      if (status !== 'filed') beAtWork(state, context);
      if (progress.supplementsAsked > 0 && !context.roles.includes('approver')) throw new Unfit({ code: 'case-supplement-once' });
      const dueOn = workingDaysAfter(today, command.workingDays, calendar);
      return [{ kind: 'supplement-asked', data: { textId: written(textId), papers: command.papers, facts: command.facts, dueOn, clock: stopped() } }];
    }
    case 'answer-supplement':
      be(state, 'awaiting-supplement');
      return [{ kind: 'supplement-answered', data: { textId, clock: runFor(clock, progress.resumeAt ?? 'filed') } }];
    case 'lapse': {
      be(state, 'awaiting-supplement');
      const dueOn = progress.supplement?.dueOn ?? today;
      if (today <= dueOn) throw new Unfit({ code: 'case-too-early', values: { date: dueOn } });
      return [{ kind: 'withdrawn', data: { clock, undoUntil: null, closedOn: today } }];
    }
    case 'give-opinion': {
      be(state, 'in-review');
      const departmentId = ownTask(state, context);
      keepApart(state, 'review', context);
      leaveToAssignee(state, departmentId, context);
      const given: CaseEventBody = { kind: 'opinion-given', data: { departmentId, opinion: command.opinion, textId: command.opinion === 'disagree' ? written(textId) : textId } };
      if (tasksOf(state).some((task) => task.departmentId !== departmentId)) return [given];
      const next = state.step + 1;
      if (next > plan.steps.length) return [given, { kind: 'review-ended', data: { clock: runFor(beginStep(stopped()), 'deciding') } }];
      return [given, { kind: 'step-begun', data: { step: next, clock: runFor(beginStep(stopped()), 'in-review', next) } }];
    }
    case 'return-to-step': {
      be(state, 'in-review', 'deciding');
      beAtWork(state, context);
      const last = status === 'deciding' ? plan.steps.length : state.step - 1;
      if (last < 1) throw new Unfit({ code: 'case-step-first' });
      if (command.step < 1 || command.step > last) throw new Unfit({ code: 'case-step-unfit', values: { last } });
      return [{ kind: 'returned', data: { step: command.step, textId: written(textId), clock: runFor(beginStep(stopped()), 'in-review', command.step) } }];
    }
    case 'transfer': {
      be(state, 'in-review');
      const from = ownTask(state, context);
      leaveToAssignee(state, from, context);
      return [{ kind: 'transferred', data: { from, to: newcomer(state, command.departmentId, context), textId: written(textId) } }];
    }
    case 'add-signer':
      be(state, 'in-review');
      beAtWork(state, context);
      return [{ kind: 'signer-added', data: { department: newcomer(state, command.departmentId, context), textId: written(textId) } }];
    case 'grant': {
      decideAs(state, context);
      const held = progress.holdReasons.length;
      if (held > 0) throw new Unfit({ code: 'case-held', values: { count: held } });
      const open = progress.promises.filter((promise) => promise.state === 'open').length;
      if (open > 0) throw new Unfit({ code: 'case-promise-open', values: { count: open } });
      const { decisionId, amountFen } = command;
      const granted: CaseEventBody = { kind: 'granted', data: { decisionId, amountFen, textId: written(textId), clock: stopped() } };
      return plan.publicityDays === null ? [granted, settled] : [granted];
    }
    case 'refuse':
      decideAs(state, context);
      return [{ kind: 'refused', data: { decisionId: command.decisionId, textId: written(textId), closedOn: today, clock: stopped() } }];
    case 'change': {
      be(state, 'granted', 'in-publication', 'settled');
      beOf(plan.decideBy, context);
      keepApart(state, 'decide', context);
      // What is given has to be what was published: more than that, or another amount while the list is out, is published anew.
      const isOnList = status === 'in-publication' && command.amountFen !== state.grantedFen;
      const isMore = status === 'settled' && plan.publicityDays !== null && command.amountFen > (state.grantedFen ?? 0);
      return [{ kind: 'changed', data: { decisionId: command.decisionId, amountFen: command.amountFen, textId: written(textId), isPublishedAgain: isOnList || isMore } }];
    }
    case 'revoke':
      be(state, 'granted', 'in-publication', 'settled');
      beOf(plan.decideBy, context);
      keepApart(state, 'decide', context);
      return [{ kind: 'revoked', data: { decisionId: command.decisionId, textId: written(textId), closedOn: today } }];
    case 'withdraw':
      be(state, ...undecided);
      // Whoever asked may stop asking, whether or not next year's notice is out.
      return [{ kind: 'withdrawn', data: { clock: stopClockAsTold(clock, today, calendar), undoUntil: new Date(context.now.getTime() + UNDO_MS).toISOString(), closedOn: today } }];
    case 'undo-withdraw': {
      be(state, 'withdrawn');
      const until = progress.undoUntil;
      if (until === null || progress.before === null || context.now.toISOString() > until) throw new Unfit({ code: 'case-undo-late' });
      return [{ kind: 'withdrawal-undone', data: { clock: progress.before === 'awaiting-supplement' ? clock : runFor(clock, progress.before) } }];
    }
    case 'hold':
      if (closedStatuses.includes(status)) throw unfit(state);
      return isHeldBy(state, command.referenceId) ? [] : [{ kind: 'held', data: { reason: command.reason, referenceId: command.referenceId } }];
    case 'release': {
      if (!isHeldBy(state, command.referenceId)) return [];
      const released: CaseEventBody = { kind: 'released', data: { referenceId: command.referenceId } };
      const isLast = progress.holdReasons.every(({ referenceId }) => referenceId === command.referenceId);
      return isLast && status === 'in-publication' && progress.publication?.isEnded === true ? [released, settled] : [released];
    }
    case 'begin-publication': {
      if (status === 'in-publication' && progress.publication?.listId === command.listId) return [];
      be(state, 'granted');
      if (progress.holdReasons.length > 0) throw new Unfit({ code: 'case-held', values: { count: progress.holdReasons.length } });
      return [{ kind: 'publication-begun', data: { listId: command.listId, untilOn: command.untilOn } }];
    }
    case 'end-publication': {
      if (progress.publication?.listId === command.listId && progress.publication.isEnded) return [];
      be(state, 'in-publication');
      if (progress.publication?.listId !== command.listId) throw unfit(state);
      const ended: CaseEventBody = { kind: 'publication-ended', data: { listId: command.listId } };
      return progress.holdReasons.length === 0 ? [ended, settled] : [ended];
    }
    case 'withdraw-publication':
      // One that was changed or revoked meanwhile is on that list no more.
      return status === 'in-publication' && progress.publication?.listId === command.listId ? [{ kind: 'publication-withdrawn', data: { listId: command.listId } }] : [];
    case 'appeal': {
      be(state, 'refused', 'not-accepted');
      if (progress.appealsMade > 0) throw new Unfit({ code: 'case-appeal-once' });
      const last = firstWorkingDayFrom(daysAfter(progress.closedOn ?? today, APPEAL_WITHIN_DAYS), calendar);
      if (today > last) throw new Unfit({ code: 'case-appeal-late', values: { date: last } });
      return [{ kind: 'appealed', data: { textId: written(textId), clock: runFor(stillClock, 'in-appeal') } }];
    }
    case 'answer-appeal': {
      be(state, 'in-appeal');
      beOf(plan.decideBy, context);
      leaveToAssignee(state, plan.decideBy.departmentId, context);
      keepApart(state, 'answer-appeal', context);
      const { outcome } = command;
      const reopened = progress.before === 'refused' ? 'deciding' : 'filed';
      return [{ kind: 'appeal-answered', data: { outcome, textId: written(textId), clock: outcome === 'upheld' ? stopped() : runFor(stillClock, reopened) } }];
    }
    case 'escalate':
      return lateEvents(state, context);
    case 'claim': {
      const departmentId = ownTask(state, context);
      const holder = progress.assignees[departmentId];
      if (holder === actor.accountId) return [];
      if (holder !== undefined) throw new Unfit({ code: 'case-claimed' });
      carryStep(state, departmentId, context);
      return [{ kind: 'assigned', data: { departmentId, accountId: actor.accountId } }];
    }
    case 'assign': {
      const departmentId = ownTask(state, context);
      if (departmentId !== command.departmentId) throw new Unfit({ code: 'case-not-yours' });
      return (progress.assignees[departmentId] ?? null) === command.accountId ? [] : [{ kind: 'assigned', data: { departmentId, accountId: command.accountId } }];
    }
    case 'give-back': {
      const departmentId = ownTask(state, context);
      const holder = progress.assignees[departmentId];
      if (holder === undefined || holder !== actor.accountId) throw new Unfit({ code: 'case-not-claimed' });
      return [{ kind: 'assigned', data: { departmentId, accountId: null } }];
    }
    case 'note':
      return [{ kind: 'noted', data: { textId: written(textId) } }];
  }
}

const settled: CaseEventBody = { kind: 'settled', data: {} };

/** The limits of the clock in a state. */
export function limitsOf(plan: ProcedurePlan, status: CaseStatus, step: number): ClockLimits {
  if (status === 'filed') return { totalDays: plan.acceptanceDays, stepDays: null, legalDays: null };
  if (status === 'in-appeal') return { totalDays: plan.appealDays, stepDays: null, legalDays: null };
  return { totalDays: plan.promisedDays, stepDays: status === 'in-review' ? (plan.steps[step - 1]?.workingDays ?? null) : null, legalDays: plan.legalDays };
}

/** The day on which somebody has to look whether a case is late; null where nothing can become late. */
export function lookOn({ lateness, progress, status }: Pick<CaseState, 'lateness' | 'progress' | 'status'>): string | null {
  if (closedStatuses.includes(status)) return null;
  const { clock, promises, supplement } = progress;
  const days: string[] = [];
  if (clock.dueOn !== null) {
    if (lateness < 1) days.push(clock.dueOn);
    else if (lateness < 2) days.push(dayAfter(clock.dueOn));
    else if (lateness < 3 && clock.legalDueOn !== null) days.push(dayAfter(clock.legalDueOn));
  }
  if (supplement !== null && !supplement.isLateTold) days.push(dayAfter(supplement.dueOn));
  for (const promise of promises) if (promise.state === 'open' && !promise.isLateTold) days.push(dayAfter(promise.dueOn));
  return days.sort()[0] ?? null;
}

/** What has become late since somebody looked; the clock where its due day can be told by now. */
function lateEvents(state: CaseState, { today, calendar }: CommandContext): readonly CaseEventBody[] {
  const { progress, status, step, lateness } = state;
  if (closedStatuses.includes(status)) return [];
  const clock = progress.clock.missingYear === null ? progress.clock : runClock(stopClock(progress.clock, today, calendar), limitsOf(progress.plan, status, step), today, calendar);
  const { dueOn, legalDueOn } = clock;
  const now = dueOn === null ? 0 : legalDueOn !== null && today > legalDueOn ? 3 : today > dueOn ? 2 : today === dueOn ? 1 : 0;
  const latePromises = progress.promises.filter((promise) => promise.state === 'open' && !promise.isLateTold && today > promise.dueOn).map(({ paper }) => paper);
  const isSupplementLate = progress.supplement !== null && !progress.supplement.isLateTold && today > progress.supplement.dueOn;
  const isClockKnown = clock.missingYear !== progress.clock.missingYear;
  if (now <= lateness && latePromises.length === 0 && !isSupplementLate && !isClockKnown) return [];
  return [{ kind: 'escalated', data: { lateness: Math.max(now, lateness), latePromises, isSupplementLate, clock: isClockKnown ? clock : progress.clock } }];
}

function be(state: CaseState, ...allowed: readonly CaseStatus[]): void {
  if (!allowed.includes(state.status)) throw unfit(state);
}

function unfit({ status }: CaseState): Unfit {
  return new Unfit({ code: 'case-status-unfit', values: { status } });
}

function isHeldBy({ progress }: CaseState, id: string): boolean {
  return progress.holdReasons.some(({ referenceId }) => referenceId === id);
}

function written(textId: string | null): string {
  if (textId === null) throw new Unfit({ code: 'case-reason-needed' });
  return textId;
}

/** The department of the caller, which has something to do with the case now. */
function ownTask(state: CaseState, { actor }: CommandContext): string {
  const { departmentId } = actor;
  if (departmentId !== null) {
    if (tasksOf(state).some((task) => task.departmentId === departmentId)) return departmentId;
    const hasSpoken = state.status === 'in-review' && state.progress.opinions.some((given) => given.step === state.step && given.departmentId === departmentId);
    if (hasSpoken) throw new Unfit({ code: 'case-opinion-given' });
  }
  throw new Unfit({ code: 'case-not-yours' });
}

/** What somebody takes, that person may do: it would lie, kept from those who can. */
function carryStep(state: CaseState, departmentId: string, { roles }: CommandContext): void {
  const task = tasksOf(state).find((each) => each.departmentId === departmentId);
  if (task !== undefined && !rolesFor(task.act).some((role) => roles.includes(role))) throw new Unfit({ code: 'case-role-unfit' });
}

/** The caller's department acts in the present step, whether it has spoken or not, or decides. */
function beAtWork({ status, step, progress }: CaseState, context: CommandContext): void {
  if (status === 'deciding') return beOf(progress.plan.decideBy, context);
  const departments = progress.plan.steps[step - 1]?.departments ?? [];
  if (!departments.some(({ departmentId }) => departmentId === context.actor.departmentId)) throw new Unfit({ code: 'case-not-yours' });
}

function beOf({ departmentId }: ActingDepartment, { actor }: CommandContext): void {
  if (actor.departmentId !== departmentId) throw new Unfit({ code: 'case-not-yours' });
}

function decideAs(state: CaseState, context: CommandContext): void {
  be(state, 'deciding');
  beOf(state.progress.plan.decideBy, context);
  keepApart(state, 'decide', context);
  leaveToAssignee(state, state.progress.plan.decideBy.departmentId, context);
}

/** What a colleague took is the colleague's until it is given back. */
function leaveToAssignee({ progress }: CaseState, departmentId: string, { actor }: CommandContext): void {
  const holder = progress.assignees[departmentId];
  if (holder !== undefined && holder !== actor.accountId) throw new Unfit({ code: 'case-claimed' });
}

/** Refuses an act to whoever did one that it must be apart from. Of one kind of act, only those of another step count, or of an earlier decision. */
function keepApart({ progress, step }: CaseState, act: Act, { actor }: CommandContext): void {
  const { accountId } = actor;
  if (accountId === null) return;
  const clash = progress.acts.some(
    (done) =>
      done.accountId === accountId &&
      progress.plan.apart.some(([one, other]) => ((one === act && other === done.act) || (other === act && one === done.act)) && !(act === 'review' && done.act === 'review' && done.step === step)),
  );
  if (clash) throw new Unfit({ code: 'own-hands-refused' });
}

/** A department that is to act in the present step and does not yet. */
function newcomer(state: CaseState, departmentId: string, { departments }: CommandContext): ActingDepartment {
  const name = departments.get(departmentId);
  if (name === undefined) throw new Unfit({ code: 'case-department-unfit' });
  if (state.progress.plan.steps[state.step - 1]?.departments.some((each) => each.departmentId === departmentId) === true) throw new Unfit({ code: 'case-department-acting' });
  return { departmentId, name };
}
