// How events add up: the state after an event follows from the state before it and the event alone.

import { type CaseEvent, type CaseProgress, type CaseState, type CaseStatus, EVENT_SCHEMA_VERSION, type EventActor } from './case.ts';
import type { Act } from './procedure-plan.ts';

/**
 * The state after an event.
 * @param state undefined before the first event, which files the case
 * @throws RangeError where the event is not the next one, or of a schema that this version does not read
 */
export function fold(state: CaseState | undefined, event: CaseEvent): CaseState {
  if (event.number !== (state?.version ?? 0) + 1) throw new RangeError(`event ${event.number} does not follow ${state?.version ?? 0}`);
  if (event.schemaVersion < 1 || event.schemaVersion > EVENT_SCHEMA_VERSION) throw new RangeError(`events of schema ${event.schemaVersion} are not known here`);
  if (event.kind === 'filed') return file(event);
  if (state === undefined) throw new RangeError('a case begins with being filed');
  return { ...after(state, event), version: event.number, changedAt: event.at };
}

/** The state that all events of a case add up to. @throws RangeError for none, or for events that do not follow each other. */
export function foldAll(events: readonly CaseEvent[]): CaseState {
  let state: CaseState | undefined;
  for (const event of events) state = fold(state, event);
  if (state === undefined) throw new RangeError('no events');
  return state;
}

function file({ data, at, actor, number }: Extract<CaseEvent, { kind: 'filed' }>): CaseState {
  const { plan, clock, ...named } = data;
  const progress: CaseProgress = {
    plan,
    clock,
    opinions: [],
    promises: [],
    supplementsAsked: 0,
    supplement: null,
    holdReasons: [],
    publication: null,
    assignees: {},
    acts: actsWith([], 'file', 0, actor),
    resumeAt: null,
    before: null,
    appealsMade: 0,
    undoUntil: null,
    closedOn: null,
  };
  return { ...named, status: 'filed', step: 0, lateness: 0, decisionId: null, grantedFen: null, progress, version: number, filedAt: at, changedAt: at };
}

type Later = Exclude<CaseEvent, { kind: 'filed' }>;

function after(state: CaseState, event: Later): CaseState {
  const { progress, step } = state;
  const { actor } = event;
  /** The state with some of it changed; a new clock is in time until somebody looks. */
  const to = (changed: Partial<CaseProgress>, row: Partial<CaseState> = {}): CaseState => ({
    ...state,
    ...(changed.clock === undefined ? {} : { lateness: 0 }),
    ...row,
    progress: { ...progress, ...changed },
  });
  const act = (kind: Act) => actsWith(progress.acts, kind, step, actor);

  switch (event.kind) {
    case 'accepted':
      return to({ clock: event.data.clock, acts: act('accept'), assignees: {} }, { status: 'in-review', step: 1 });
    case 'promise-made':
      return to({ promises: [...progress.promises, ...event.data.papers.map((paper) => ({ paper, dueOn: event.data.dueOn, state: 'open' as const, isLateTold: false, brokenBy: null }))] });
    case 'promise-kept': {
      const kept = progress.promises.find(({ paper }) => paper === event.data.paper);
      const promises = progress.promises.map((each) => (each.paper === event.data.paper ? { ...each, state: 'kept' as const, brokenBy: null } : each));
      return to({ promises, holdReasons: progress.holdReasons.filter(({ referenceId }) => referenceId !== kept?.brokenBy) });
    }
    case 'promise-broken': {
      const { textId } = event.data;
      const promises = progress.promises.map((each) => (each.paper === event.data.paper ? { ...each, state: 'broken' as const, brokenBy: textId } : each));
      return to({ promises, holdReasons: [...progress.holdReasons, { reason: 'promise', referenceId: textId }] });
    }
    case 'declined':
      return to({ clock: event.data.clock, acts: act('accept'), assignees: {}, closedOn: event.data.closedOn }, { status: 'not-accepted' });
    case 'supplement-asked': {
      const { clock, ...request } = event.data;
      return to({ clock, supplementsAsked: progress.supplementsAsked + 1, supplement: { ...request, isLateTold: false }, resumeAt: state.status }, { status: 'awaiting-supplement' });
    }
    case 'supplement-answered':
      return to({ clock: event.data.clock, supplement: null, resumeAt: null }, { status: progress.resumeAt ?? 'filed' });
    case 'opinion-given': {
      const { departmentId, opinion, textId } = event.data;
      return to({ opinions: [...progress.opinions, { step, departmentId, opinion, textId }], acts: act('review'), assignees: without(progress.assignees, departmentId) });
    }
    case 'step-begun':
      return to({ clock: event.data.clock, assignees: {} }, { status: 'in-review', step: event.data.step });
    case 'review-ended':
      return to({ clock: event.data.clock, assignees: {} }, { status: 'deciding' });
    case 'returned': {
      const opinions = progress.opinions.filter((given) => given.step < event.data.step);
      return to({ clock: event.data.clock, assignees: {}, opinions }, { status: 'in-review', step: event.data.step });
    }
    case 'transferred':
      return to({ plan: withDepartments(state, (departments) => departments.map((each) => (each.departmentId === event.data.from ? event.data.to : each))), assignees: without(progress.assignees, event.data.from) });
    case 'signer-added':
      return to({ plan: withDepartments(state, (departments) => [...departments, event.data.department]) });
    case 'granted':
      return to({ clock: event.data.clock, acts: act('decide'), assignees: {} }, { status: 'granted', decisionId: event.data.decisionId, grantedFen: event.data.amountFen });
    case 'refused':
      return to({ clock: event.data.clock, acts: act('decide'), assignees: {}, closedOn: event.data.closedOn }, { status: 'refused', decisionId: event.data.decisionId });
    case 'publication-begun':
      return to({ publication: { ...event.data, isEnded: false } }, { status: 'in-publication' });
    case 'publication-ended':
      return to({ publication: progress.publication === null ? null : { ...progress.publication, isEnded: true } });
    case 'publication-withdrawn':
      return to({ publication: null }, { status: 'granted' });
    case 'settled':
      return to({}, { status: 'settled' });
    case 'changed': {
      const { decisionId, amountFen, isPublishedAgain } = event.data;
      const row = { decisionId, grantedFen: amountFen };
      return isPublishedAgain ? to({ acts: act('decide'), publication: null }, { ...row, status: 'granted' }) : to({ acts: act('decide') }, row);
    }
    case 'revoked':
      return to({ acts: act('decide'), closedOn: event.data.closedOn }, { status: 'revoked', decisionId: event.data.decisionId });
    case 'withdrawn':
      return to({ clock: event.data.clock, before: state.status, undoUntil: event.data.undoUntil, closedOn: event.data.closedOn }, { status: 'withdrawn' });
    case 'withdrawal-undone':
      return to({ clock: event.data.clock, before: null, undoUntil: null, closedOn: null }, { status: statusBefore(progress) });
    case 'held':
      return to({ holdReasons: [...progress.holdReasons, event.data] });
    case 'released':
      return to({ holdReasons: progress.holdReasons.filter(({ referenceId }) => referenceId !== event.data.referenceId) });
    case 'appealed':
      return to({ clock: event.data.clock, before: state.status, appealsMade: progress.appealsMade + 1, assignees: {} }, { status: 'in-appeal' });
    case 'appeal-answered': {
      const decided = statusBefore(progress);
      const changed = { clock: event.data.clock, acts: act('answer-appeal'), assignees: {}, before: null };
      if (event.data.outcome === 'upheld') return to(changed, { status: decided });
      return to({ ...changed, closedOn: null }, { status: decided === 'refused' ? 'deciding' : 'filed' });
    }
    case 'escalated': {
      const { clock, lateness, latePromises, isSupplementLate } = event.data;
      const promises = progress.promises.map((each) => (latePromises.includes(each.paper) ? { ...each, isLateTold: true } : each));
      const supplement = progress.supplement !== null && isSupplementLate ? { ...progress.supplement, isLateTold: true } : progress.supplement;
      return to({ clock, promises, supplement }, { lateness });
    }
    case 'assigned': {
      const { departmentId, accountId } = event.data;
      return to({ assignees: accountId === null ? without(progress.assignees, departmentId) : { ...progress.assignees, [departmentId]: accountId } });
    }
    case 'noted':
      return state;
  }
}

/** Who did what, once for each account, act and step; what the server does by itself is nobody's act. */
function actsWith(acts: CaseProgress['acts'], act: Act, step: number, { accountId }: EventActor): CaseProgress['acts'] {
  if (accountId === null || acts.some((each) => each.act === act && each.step === step && each.accountId === accountId)) return acts;
  return [...acts, { act, step, accountId }];
}

function withDepartments({ progress, step }: CaseState, change: (departments: CaseProgress['plan']['steps'][number]['departments']) => CaseProgress['plan']['steps'][number]['departments']): CaseProgress['plan'] {
  return { ...progress.plan, steps: progress.plan.steps.map((each, at) => (at === step - 1 ? { ...each, departments: change(each.departments) } : each)) };
}

function without(assignees: CaseProgress['assignees'], departmentId: string): CaseProgress['assignees'] {
  return Object.fromEntries(Object.entries(assignees).filter(([id]) => id !== departmentId));
}

function statusBefore({ before }: CaseProgress): CaseStatus {
  if (before === null) throw new RangeError('it stood nowhere before');
  return before;
}
