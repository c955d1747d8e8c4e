// The machine of cases as properties: whatever is done in whatever order, by whomever, on whatever days.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_PROMISED_DAYS } from '../../contract/promised-days.ts';
import { isWorkingDay, parseDate, type WorkingCalendar } from '../../policy/index.ts';
import { type CaseEvent, type CaseState, closedStatuses, EVENT_SCHEMA_VERSION, type EventActor, tasksOf } from './case.ts';
import { countDays, dayAfter, daysAfter, daysToldFrom, runClock, stillClock } from './clock.ts';
import type { CaseCommand, CommandContext } from './commands.ts';
import { decide, limitsOf, lookOn } from './decide-case.ts';
import { fold, foldAll } from './fold-case.ts';
import type { Act, ProcedurePlan } from './procedure-plan.ts';

const calendar: WorkingCalendar = { years: [2026], off: [20260101, 20260102, 20260216, 20260217, 20260218, 20260219, 20260220, 20260223], work: [20260104, 20260214, 20260228] };
const hr = { departmentId: 'hr', name: '昌邑区人社局' };
const finance = { departmentId: 'finance', name: '昌邑区财政局' };
const tax = { departmentId: 'tax', name: '样例市税务局' };

const plan: ProcedurePlan = {
  procedureId: 'enterprise-hires',
  acceptBy: hr,
  steps: [
    { title: { zh: '初审', en: 'First review' }, departments: [hr], workingDays: 3 },
    { title: { zh: '联审', en: 'Joint review' }, departments: [hr, finance], workingDays: null },
  ],
  decideBy: hr,
  acceptanceDays: 5,
  promisedDays: 10,
  legalDays: 15,
  appealDays: 20,
  publicityDays: 5,
  apart: [['file', 'review'], ['file', 'decide'], ['review', 'review'], ['review', 'decide'], ['decide', 'decide'], ['accept', 'answer-appeal'], ['review', 'answer-appeal'], ['decide', 'answer-appeal']],
};

function actor(accountId: string | null, departmentId: string | null, kind: EventActor['kind'] = 'officer'): EventActor {
  return { kind, accountId, departmentId };
}

const filer = actor('filer', null, 'person');

function filed(day: string, own: ProcedurePlan = plan): CaseEvent {
  return {
    kind: 'filed',
    data: {
      caseNumber: '220202-2026-000001',
      applicationId: 'application',
      applicantId: 'person',
      subjectId: 'person',
      employerId: null,
      policyId: 'jilin-city-2021',
      benefitId: 'living-subsidy',
      period: '2026',
      jurisdictionCode: '220202',
      packHash: 'hash',
      settingsYear: 2026,
      engineStatus: 'yes',
      expectedFen: 1_200_000,
      plan: own,
      clock: runClock(stillClock, limitsOf(own, 'filed', 0), day, calendar),
    },
    number: 1,
    schemaVersion: EVENT_SCHEMA_VERSION,
    at: new Date(`${day}T01:00:00Z`),
    actor: filer,
  };
}

function contextOf(day: string, by: EventActor, roles: CommandContext['roles'] = ['intake', 'reviewer', 'approver'], minute = 0): CommandContext {
  const now = new Date(Date.parse(`${day}T01:00:00Z`) + minute * 60_000);
  return { actor: by, roles, now, today: day, calendar, textId: `text-${day}-${minute}-${by.accountId ?? 'job'}`, departments: new Map([hr, finance, tax].map(({ departmentId, name }) => [departmentId, name])) };
}

/** A case on its way: what it is, what happened, and the model that the clock is compared with. */
class Walk {
  state: CaseState;
  readonly events: CaseEvent[];
  /** Every status that it came through. */
  readonly met = new Set<string>();
  day: string;
  minute = 0;
  /** Working days that began while the clock was running, since it last began anew. */
  counted = 0;
  constructor(day: string, own: ProcedurePlan = plan) {
    this.day = day;
    this.events = [filed(day, own)];
    this.state = foldAll(this.events);
    this.met.add(this.state.status);
  }
  nextDay(): void {
    const wasRunning = this.state.progress.clock.runningSince !== null;
    this.day = dayAfter(this.day);
    this.minute = 0;
    if (wasRunning && isWorkingDay(parseDate(this.day) ?? 0, calendar)) this.counted++;
  }
  /** The code of the refusal, or undefined where it was done. */
  do(command: CaseCommand, by: EventActor, roles?: CommandContext['roles'], change: Partial<CommandContext> = {}): string | undefined {
    const decided = decide(this.state, command, { ...contextOf(this.day, by, roles, this.minute++), ...change });
    if ('refusal' in decided) return decided.refusal.code;
    for (const body of decided.events) {
      const event: CaseEvent = { ...body, number: this.state.version + 1, schemaVersion: EVENT_SCHEMA_VERSION, at: new Date(`${this.day}T01:00:00Z`), actor: by };
      this.state = fold(this.state, event);
      this.events.push(event);
      this.met.add(this.state.status);
      if (['accepted', 'appealed'].includes(event.kind) || (event.kind === 'appeal-answered' && event.data.outcome === 'reopened')) this.counted = 0;
    }
    return undefined;
  }
}

const running: readonly CaseState['status'][] = ['filed', 'in-review', 'deciding', 'in-appeal'];

/** Everything that no state may be. */
function faultsOf(state: CaseState): string[] {
  const { status, step, progress } = state;
  const faults: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || faults.push(`${status}: ${what}`));
  const tasks = tasksOf(state);
  must(running.includes(status) === (progress.clock.runningSince !== null), 'the clock runs in exactly the states in which somebody has to act');
  must(running.includes(status) === tasks.length > 0, 'where somebody has to act, somebody is named');
  must(status !== 'in-review' || (step >= 1 && step <= progress.plan.steps.length), 'the review is in one of its steps');
  must(status !== 'deciding' || progress.plan.steps.every(({ departments }, at) => departments.every(({ departmentId }) => progress.opinions.some((given) => given.step === at + 1 && given.departmentId === departmentId))), 'nothing is decided before everybody has spoken');
  must((status === 'awaiting-supplement') === (progress.supplement !== null) || status === 'withdrawn', 'a supplement is waited for exactly while it is asked');
  must(!['granted', 'in-publication', 'settled'].includes(status) || state.decisionId !== null, 'what is granted has a decision');
  must(status !== 'settled' || progress.plan.publicityDays === null || progress.publication?.isEnded === true, 'what must be published is settled after its publication');
  must(status !== 'granted' || progress.promises.every((promise) => promise.state !== 'open'), 'nothing is granted on an open promise');
  must(!closedStatuses.includes(status) || progress.closedOn !== null, 'what is closed has its day');
  must(status !== 'in-appeal' || progress.before !== null, 'an appeal knows what it is about');
  must(progress.clock.usedDays >= progress.clock.stepUsedDays && progress.clock.stepUsedDays >= 0, 'a step takes no longer than the whole');
  must(new Set(progress.holdReasons.map(({ referenceId }) => referenceId)).size === progress.holdReasons.length, 'nothing holds it twice');
  return faults;
}

/** Pairs of acts that one account did and must not have, read from the events alone. */
function clashesOf(events: readonly CaseEvent[], apart: ProcedurePlan['apart']): string[] {
  const acts: { act: Act; account: string; step: number }[] = [];
  let step = 0;
  for (const event of events) {
    const { accountId } = event.actor;
    const kind = actOf(event);
    if (kind !== undefined && accountId !== null) acts.push({ act: kind, account: accountId, step });
    if (event.kind === 'accepted') step = 1;
    if (event.kind === 'step-begun' || event.kind === 'returned') step = event.data.step;
  }
  return acts.flatMap((a, at) =>
    acts.slice(at + 1).flatMap((b) => {
      const isApart = a.account === b.account && apart.some(([one, other]) => (one === a.act && other === b.act) || (other === a.act && one === b.act));
      return isApart && !(a.act === 'review' && b.act === 'review' && a.step === b.step) ? [`${a.account}: ${a.act} and ${b.act}`] : [];
    }),
  );
}

function actOf({ kind }: CaseEvent): Act | undefined {
  switch (kind) {
    case 'filed':
      return 'file';
    case 'accepted':
    case 'declined':
      return 'accept';
    case 'opinion-given':
      return 'review';
    case 'granted':
    case 'refused':
    case 'changed':
    case 'revoked':
      return 'decide';
    case 'appeal-answered':
      return 'answer-appeal';
    default:
      return undefined;
  }
}

const officers = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((account) => ['hr', 'finance', 'tax'].map((department) => actor(account, department)));
const anyActor = fc.constantFrom(...officers, filer, actor('filer', 'hr'), actor(null, null, 'job'));
const ids = fc.constantFrom('one', 'two');
const anyCommand: fc.Arbitrary<CaseCommand> = fc.oneof(
  fc.constantFrom<CaseCommand>(
    { kind: 'accept' }, { kind: 'decline' }, { kind: 'answer-supplement' }, { kind: 'lapse' }, { kind: 'withdraw' }, { kind: 'undo-withdraw' }, { kind: 'appeal' }, { kind: 'escalate' },
    { kind: 'claim' }, { kind: 'give-back' }, { kind: 'note' }, { kind: 'accept' }, { kind: 'give-opinion', opinion: 'agree' }, { kind: 'give-opinion', opinion: 'agree' },
    { kind: 'give-opinion', opinion: 'disagree' }, { kind: 'refuse', decisionId: 'refusal' }, { kind: 'revoke', decisionId: 'revocation' }, { kind: 'change', decisionId: 'another', amountFen: 50 }, { kind: 'change', decisionId: 'another', amountFen: 2_000_000 },
    { kind: 'grant', decisionId: 'decision', amountFen: 1_200_000 }, { kind: 'grant', decisionId: 'decision', amountFen: null },
  ),
  fc.record({ kind: fc.constant('accept-with-promise' as const), papers: fc.constant(['毕业证书']), dueOn: fc.constantFrom('2026-01-20', '2026-02-10', '2026-03-20') }),
  fc.record({ kind: fc.constant('keep-promise' as const), paper: fc.constant('毕业证书'), evidenceId: ids }),
  fc.record({ kind: fc.constant('break-promise' as const), paper: fc.constant('毕业证书') }),
  fc.record({ kind: fc.constant('ask-supplement' as const), papers: fc.constant(['社保记录']), facts: fc.constant([]), workingDays: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('return-to-step' as const), step: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('transfer' as const), departmentId: fc.constantFrom('hr', 'finance', 'tax', 'nobody') }),
  fc.record({ kind: fc.constant('add-signer' as const), departmentId: fc.constantFrom('finance', 'tax', 'nobody') }),
  fc.record({ kind: fc.constant('hold' as const), reason: fc.constantFrom('objection' as const, 'finding' as const), referenceId: ids }),
  fc.record({ kind: fc.constant('release' as const), referenceId: ids }),
  fc.record({ kind: fc.constant('begin-publication' as const), listId: ids, untilOn: fc.constant('2026-03-01') }),
  fc.record({ kind: fc.constant('end-publication' as const), listId: ids }),
  fc.record({ kind: fc.constant('withdraw-publication' as const), listId: ids }),
  fc.record({ kind: fc.constant('answer-appeal' as const), outcome: fc.constantFrom('upheld' as const, 'reopened' as const) }),
  fc.record({ kind: fc.constant('assign' as const), departmentId: fc.constantFrom('hr', 'finance'), accountId: fc.constantFrom('a', 'b', null) }),
);
/** What would go on, tried after each random command, so that walks come far. */
const onward: readonly CaseCommand[] = [
  { kind: 'accept' }, { kind: 'answer-supplement' }, { kind: 'give-opinion', opinion: 'agree' }, { kind: 'grant', decisionId: 'decision', amountFen: 100 },
  { kind: 'begin-publication', listId: 'one', untilOn: '2026-03-01' }, { kind: 'end-publication', listId: 'one' },
  { kind: 'refuse', decisionId: 'refusal' }, { kind: 'appeal' }, { kind: 'answer-appeal', outcome: 'reopened' }, { kind: 'revoke', decisionId: 'revocation' },
];
const anyMove = fc.record({ command: anyCommand, by: anyActor, roles: fc.constantFrom<CommandContext['roles']>(['intake'], ['reviewer'], ['approver'], ['intake', 'reviewer', 'approver']), days: fc.nat({ max: 4 }), helps: fc.nat({ max: 19 }) });

const movesOfAWalk = fc.array(anyMove, { maxLength: 40 });

/** Makes a move as far as it is allowed, and now and then what goes on after it; gives the state before and the refusal. */
function makeMove(walk: Walk, { command, by, roles, days, helps }: typeof anyMove extends fc.Arbitrary<infer Move> ? Move : never): { before: CaseState; refused: unknown; after: CaseState } {
  for (let left = days; left > 0; left--) walk.nextDay();
  const before = walk.state;
  const refused = walk.do(command, by, roles);
  const after = walk.state;
  // What helps begins anywhere in the list of what goes on; half of the moves are left alone.
  for (const next of helps < onward.length ? [...onward.slice(helps), ...onward.slice(0, helps)] : []) {
    const helper = officers.find((officer) => 'events' in decide(walk.state, next, contextOf(walk.day, officer)));
    if (helper === undefined) continue;
    walk.do(next, helper);
    break;
  }
  return { before, refused, after };
}

describe('any commands, in any order, by anybody', () => {
  test('events add up to the state; no state is impossible; the clock counts the days on which it ran; what must be two people is two people', () => {
    fc.assert(
      fc.property(movesOfAWalk, (moves) => {
        const walk = new Walk('2026-01-05');
        for (const move of moves) {
          const { before, refused, after } = makeMove(walk, move);
          expect(refused === undefined ? before : after).toBe(before);
          expect(faultsOf(walk.state)).toEqual([]);
          const { clock } = walk.state.progress;
          expect(clock.runningSince === null ? walk.counted : countDays(clock, walk.day, calendar)).toBe(walk.counted);
        }
        expect(foldAll(walk.events)).toEqual(walk.state);
        // As the database holds them: through JSON and back.
        expect(foldAll(walk.events.map((event) => ({ ...(JSON.parse(JSON.stringify(event)) as CaseEvent), at: event.at })))).toEqual(walk.state);
        expect(clashesOf(walk.events, plan.apart)).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  test('such walks come to every state', () => {
    const states = new Set<string>();
    // The same walks every time: which of them come how far is no matter of luck.
    for (const moves of fc.sample(movesOfAWalk, { numRuns: 500, seed: 3 })) {
      // As they are and helped after each move: the one comes to every turn, the other to the end.
      for (const helpOf of [(helps: number) => helps, (helps: number) => helps % onward.length]) {
        const walk = new Walk('2026-01-05');
        for (const move of moves) makeMove(walk, { ...move, helps: helpOf(move.helps) });
        for (const status of walk.met) states.add(status);
      }
    }
    expect([...states].sort()).toEqual(['awaiting-supplement', 'deciding', 'filed', 'granted', 'in-appeal', 'in-publication', 'in-review', 'not-accepted', 'refused', 'revoked', 'settled', 'withdrawn']);
  });
});

const intake = actor('intake', 'hr');
const reviewer = actor('reviewer', 'hr');
const second = actor('second', 'hr');
const accountant = actor('accountant', 'finance');
const approver = actor('approver', 'hr');
const job = actor(null, null, 'job');

/** A case that waits for its decision. */
function toDecision(walk = new Walk('2026-01-05')): Walk {
  walk.do({ kind: 'accept' }, intake);
  walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer);
  walk.do({ kind: 'give-opinion', opinion: 'agree' }, accountant);
  walk.do({ kind: 'give-opinion', opinion: 'agree' }, second);
  expect(walk.state.status).toBe('deciding');
  return walk;
}

const grant: CaseCommand = { kind: 'grant', decisionId: 'decision', amountFen: 100 };

describe('deadlines', () => {
  test('the day of filing does not count, free days and worked Saturdays do as the notice says', () => {
    // Monday 5 January: the fifth working day after it is Monday 12.
    expect(new Walk('2026-01-05').state.progress.clock.dueOn).toBe('2026-01-12');
    // Friday 13 February: Saturday 14 is worked, the week of 16 and Monday 23 are free.
    expect(new Walk('2026-02-13').state.progress.clock.dueOn).toBe('2026-02-27');
    expect(new Walk('2026-02-23').state.progress.clock.dueOn).toBe('2026-02-28');
  });

  test('a step has its own days, within those of the whole', () => {
    const walk = new Walk('2026-01-05');
    walk.do({ kind: 'accept' }, intake);
    expect(walk.state.progress.clock).toMatchObject({ dueOn: '2026-01-08', legalDueOn: '2026-01-26' });
    walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer);
    expect(walk.state.progress.clock).toMatchObject({ dueOn: '2026-01-19', stepUsedDays: 0 });
  });

  test('the time for which a supplement is waited for moves the deadline by as many working days', () => {
    const walk = toDecision();
    expect(walk.state.progress.clock.dueOn).toBe('2026-01-19');
    walk.nextDay();
    walk.do({ kind: 'ask-supplement', papers: ['社保记录'], facts: [], workingDays: 5 }, approver);
    expect(walk.state.progress).toMatchObject({ supplement: { dueOn: '2026-01-13' }, clock: { runningSince: null, usedDays: 1, dueOn: null } });
    for (let days = 7; days > 0; days--) walk.nextDay();
    walk.do({ kind: 'answer-supplement' }, filer);
    // From 6 to 13 January five working days passed.
    expect([walk.day, walk.state.status, walk.state.progress.clock.dueOn]).toEqual(['2026-01-13', 'deciding', '2026-01-26']);
  });

  test('time that ran out while nobody looked is told as the day on which it did', () => {
    const walk = new Walk('2026-01-05');
    for (let days = 10; days > 0; days--) walk.nextDay();
    walk.do({ kind: 'withdraw' }, filer);
    walk.do({ kind: 'undo-withdraw' }, filer);
    expect([walk.day, walk.state.progress.clock.dueOn]).toEqual(['2026-01-15', '2026-01-12']);
  });

  test('a deadline in a year whose notice is not out is left open and told as such, and found once the notice is there', () => {
    const walk = new Walk('2026-12-28');
    expect(walk.state.progress.clock).toMatchObject({ dueOn: null, missingYear: 2027, runningSince: '2026-12-28' });
    expect(walk.do({ kind: 'escalate' }, job)).toBeUndefined();
    expect(walk.events).toHaveLength(1);
    const later = { ...calendar, years: [2026, 2027], off: [...calendar.off, 20270101] };
    walk.do({ kind: 'escalate' }, job, [], { calendar: later });
    expect(walk.state.progress.clock).toMatchObject({ dueOn: '2027-01-05', missingYear: null });
  });

  test('a day that somebody sets in such a year is refused, and so is counting in it', () => {
    const walk = new Walk('2026-12-28');
    const ask: CaseCommand = { kind: 'ask-supplement', papers: [], facts: ['学历'], workingDays: 5 };
    expect(decide(walk.state, ask, contextOf(walk.day, intake))).toEqual({ refusal: { code: 'case-calendar-missing', values: { year: 2027, date: '2027-01-01' } } });
    walk.do({ kind: 'accept' }, intake);
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer, undefined, { today: '2027-01-08' })).toBe('case-calendar-missing');
  });

  test('somebody looks on the day, the day after, and the day after the law’s last; nothing is told twice', () => {
    const walk = new Walk('2026-01-05');
    walk.do({ kind: 'accept' }, intake);
    const seen: (string | number | null)[][] = [];
    for (let on = lookOn(walk.state); on !== null && seen.length < 9; on = lookOn(walk.state)) {
      while (walk.day < on) walk.nextDay();
      walk.do({ kind: 'escalate' }, job);
      seen.push([on, walk.state.lateness]);
      const count = walk.events.length;
      walk.do({ kind: 'escalate' }, job);
      expect(walk.events).toHaveLength(count);
    }
    expect(seen).toEqual([['2026-01-08', 1], ['2026-01-09', 2], ['2026-01-27', 3]]);
    expect(lookOn(walk.state)).toBeNull();
    walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer);
    expect(walk.state.lateness).toBe(0);
  });
});

describe('who may do what to a case', () => {
  test('departments speak side by side, each once; the step ends with the last of them', () => {
    const walk = new Walk('2026-01-05');
    walk.do({ kind: 'accept' }, intake);
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, accountant)).toBe('case-not-yours');
    walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer);
    walk.do({ kind: 'give-opinion', opinion: 'disagree' }, accountant);
    expect(tasksOf(walk.state).map(({ departmentId }) => departmentId)).toEqual(['hr']);
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, accountant)).toBe('case-opinion-given');
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer)).toBe('own-hands-refused');
    walk.do({ kind: 'give-opinion', opinion: 'agree' }, second);
    expect([walk.state.status, walk.state.progress.opinions.map(({ opinion }) => opinion)]).toEqual(['deciding', ['agree', 'disagree', 'agree']]);
  });

  test('whoever reviewed does not decide, whoever decided does not answer the appeal nor decide again', () => {
    const walk = toDecision();
    expect(walk.do(grant, second)).toBe('own-hands-refused');
    walk.do({ kind: 'refuse', decisionId: 'refusal' }, approver);
    walk.do({ kind: 'appeal' }, filer);
    for (const by of [approver, reviewer, intake]) expect(walk.do({ kind: 'answer-appeal', outcome: 'reopened' }, by)).toBe('own-hands-refused');
    walk.do({ kind: 'answer-appeal', outcome: 'reopened' }, actor('director', 'hr'));
    expect(walk.state.status).toBe('deciding');
    expect(walk.do(grant, approver)).toBe('own-hands-refused');
    expect(walk.do(grant, actor('deputy', 'hr'))).toBeUndefined();
  });

  test('an appeal whose sixtieth day is free comes on the first working day after it; where nobody can tell that day yet, as late as it could be', () => {
    const refusedOn = (day: string): Walk => {
      const walk = new Walk(day);
      walk.do({ kind: 'decline' }, intake);
      return walk;
    };
    const lastOf = (day: string, more: Partial<CommandContext> = {}): string => {
      const walk = refusedOn(day);
      const decided = decide(walk.state, { kind: 'appeal' }, { ...contextOf('2027-12-01', filer), ...more });
      return 'refusal' in decided && decided.refusal.code === 'case-appeal-late' ? String(decided.refusal.values?.['date']) : JSON.stringify(decided);
    };
    // 60 days after Tuesday 16 December 2025 begin the Spring Festival's nine free days, Saturday 14 February being worked.
    expect([lastOf('2025-12-15'), lastOf('2025-12-16'), lastOf('2025-12-17')]).toEqual(['2026-02-13', '2026-02-14', '2026-02-24']);
    expect([lastOf('2025-12-25'), lastOf('2025-12-26')]).toEqual(['2026-02-24', '2026-02-24']);
    // National Day: 60 days after 2 August is Thursday 1 October, and the holiday goes to the 7th.
    const autumn = { calendar: { ...calendar, off: [...calendar.off, 20261001, 20261002, 20261005, 20261006, 20261007], work: [...calendar.work, 20260920, 20261010] } };
    expect([lastOf('2026-08-02', autumn), lastOf('2026-08-08', autumn)]).toEqual(['2026-10-08', '2026-10-08']);
    // A Saturday that is worked is a day like others, a Saturday that is not runs into Monday.
    expect([lastOf('2026-08-11', autumn), lastOf('2026-07-14', autumn)]).toEqual(['2026-10-10', '2026-09-14']);
    const walk = refusedOn('2025-12-17');
    expect(walk.do({ kind: 'appeal' }, filer, [], { today: '2026-02-25' })).toBe('case-appeal-late');
    expect(walk.do({ kind: 'appeal' }, filer, [], { today: '2026-02-24' })).toBeUndefined();
    // The notice of 2027 is not out: 1 January is free whatever it says, and whoever comes in time is heard.
    expect(lastOf('2026-11-02')).toBe('2027-01-11');
    const next = { ...calendar, years: [...calendar.years, 2027], off: [...calendar.off, 20270101] };
    expect(lastOf('2026-11-02', { calendar: next })).toBe('2027-01-04');
  });

  test('for how long working days can be told', () => {
    expect([daysToldFrom('2026-12-01', calendar), daysToldFrom('2026-12-31', calendar), daysToldFrom('2027-01-02', calendar)]).toEqual([30, 0, -2]);
  });

  test('whoever asked takes it back also in a year whose notice is not out, and undoes that', () => {
    const walk = new Walk('2026-12-28');
    const later = { today: '2027-01-08', now: new Date('2027-01-08T01:00:00Z') };
    expect(walk.do({ kind: 'withdraw' }, filer, [], later)).toBeUndefined();
    // 29, 30 and 31 December counted.
    expect(walk.state).toMatchObject({ status: 'withdrawn', progress: { clock: { runningSince: null, usedDays: 3 } } });
    expect(walk.do({ kind: 'undo-withdraw' }, filer, [], later)).toBeUndefined();
    expect(walk.state).toMatchObject({ status: 'filed', progress: { clock: { runningSince: '2027-01-08', usedDays: 3, dueOn: null, missingYear: 2027 } } });
    const lateFiled = new Walk('2027-01-05');
    expect(lateFiled.do({ kind: 'withdraw' }, filer, [], later)).toBeUndefined();
    expect(lateFiled.state.progress.clock).toMatchObject({ runningSince: null, usedDays: 0 });
  });

  test('an appeal comes within sixty days, once; upheld, all stays as it was', () => {
    const walk = toDecision();
    walk.do({ kind: 'refuse', decisionId: 'refusal' }, approver);
    expect(walk.do({ kind: 'appeal' }, filer, [], { today: '2026-03-07' })).toBe('case-appeal-late');
    expect(walk.do({ kind: 'appeal' }, filer, [], { today: '2026-03-06' })).toBeUndefined();
    walk.do({ kind: 'answer-appeal', outcome: 'upheld' }, actor('director', 'hr'), undefined, { today: '2026-03-09' });
    expect([walk.state.status, walk.state.decisionId, walk.state.progress.clock.runningSince]).toEqual(['refused', 'refusal', null]);
    expect(walk.do({ kind: 'appeal' }, filer)).toBe('case-appeal-once');
  });

  test('a second supplement is the approver’s, and each needs its words', () => {
    const walk = new Walk('2026-01-05');
    const ask: CaseCommand = { kind: 'ask-supplement', papers: ['毕业证书'], facts: [], workingDays: 5 };
    expect(walk.do(ask, intake, ['intake'], { textId: null })).toBe('case-reason-needed');
    expect(walk.do(ask, intake, ['intake'])).toBeUndefined();
    walk.do({ kind: 'answer-supplement' }, filer);
    expect(walk.do(ask, intake, ['intake'])).toBe('case-supplement-once');
    expect(walk.do(ask, approver, ['approver'])).toBeUndefined();
  });

  test('what was not supplied in time lapses, and not before; a lapse is not undone', () => {
    const walk = new Walk('2026-01-05');
    walk.do({ kind: 'ask-supplement', papers: ['毕业证书'], facts: [], workingDays: 5 }, intake);
    expect(walk.do({ kind: 'lapse' }, reviewer, undefined, { today: '2026-01-12' })).toBe('case-too-early');
    expect(walk.do({ kind: 'lapse' }, reviewer, undefined, { today: '2026-01-13' })).toBeUndefined();
    expect(walk.state.status).toBe('withdrawn');
    expect(walk.do({ kind: 'undo-withdraw' }, filer)).toBe('case-undo-late');
  });

  test('a withdrawal is undone for ten minutes, to the very state before', () => {
    const walk = toDecision();
    const { progress } = walk.state;
    walk.do({ kind: 'withdraw' }, filer, [], { now: new Date('2026-01-05T02:00:00Z') });
    expect(walk.do({ kind: 'undo-withdraw' }, filer, [], { now: new Date('2026-01-05T02:10:00.001Z') })).toBe('case-undo-late');
    expect(walk.do({ kind: 'undo-withdraw' }, filer, [], { now: new Date('2026-01-05T02:10:00Z') })).toBeUndefined();
    expect([walk.state.status, walk.state.progress]).toEqual(['deciding', progress]);
  });

  test('a paper that was promised has to be there before a grant; one that does not come holds the case until it does', () => {
    const walk = new Walk('2026-01-05');
    for (const dueOn of ['2026-01-05', '2026-12-31', '9999-12-31']) expect(walk.do({ kind: 'accept-with-promise', papers: ['毕业证书'], dueOn }, intake), `${dueOn}`).toBe('input-invalid');
    // As long as at filing, and not a day longer.
    expect(new Walk('2026-01-05').do({ kind: 'accept-with-promise', papers: ['毕业证书'], dueOn: daysAfter('2026-01-05', MOST_PROMISED_DAYS + 1) }, intake)).toBe('input-invalid');
    expect(new Walk('2026-01-05').do({ kind: 'accept-with-promise', papers: ['毕业证书'], dueOn: daysAfter('2026-01-05', MOST_PROMISED_DAYS) }, intake)).toBeUndefined();
    walk.do({ kind: 'accept-with-promise', papers: ['毕业证书'], dueOn: '2026-01-09' }, intake);
    for (const by of [reviewer, accountant, second]) walk.do({ kind: 'give-opinion', opinion: 'agree' }, by);
    expect(walk.do(grant, approver)).toBe('case-promise-open');
    expect(walk.do({ kind: 'break-promise', paper: '毕业证书' }, reviewer)).toBe('case-too-early');
    walk.do({ kind: 'break-promise', paper: '毕业证书' }, reviewer, undefined, { today: '2026-01-10' });
    expect(walk.do(grant, approver)).toBe('case-held');
    walk.do({ kind: 'keep-promise', paper: '毕业证书', evidenceId: 'paper' }, filer);
    expect(walk.do(grant, approver)).toBeUndefined();
  });

  test('an objection holds what is published until it is answered, and then the case goes on by itself', () => {
    const walk = toDecision();
    walk.do(grant, approver);
    walk.do({ kind: 'begin-publication', listId: 'list', untilOn: '2026-01-12' }, job);
    walk.do({ kind: 'hold', reason: 'objection', referenceId: 'objection' }, job);
    walk.do({ kind: 'hold', reason: 'objection', referenceId: 'objection' }, job);
    walk.do({ kind: 'end-publication', listId: 'list' }, job);
    expect([walk.state.status, walk.state.progress.holdReasons]).toEqual(['in-publication', [{ reason: 'objection', referenceId: 'objection' }]]);
    walk.do({ kind: 'release', referenceId: 'objection' }, job);
    expect(walk.state.status).toBe('settled');
  });

  test('what is not published is settled with its grant', () => {
    const walk = toDecision(new Walk('2026-01-05', { ...plan, publicityDays: null }));
    walk.do(grant, approver);
    expect(walk.state.status).toBe('settled');
  });

  test('what a colleague took is the colleague’s until it is given back or assigned anew', () => {
    const walk = new Walk('2026-01-05');
    walk.do({ kind: 'accept' }, intake);
    walk.do({ kind: 'claim' }, reviewer);
    expect(walk.do({ kind: 'claim' }, second)).toBe('case-claimed');
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, second)).toBe('case-claimed');
    expect(walk.do({ kind: 'give-back' }, second)).toBe('case-not-claimed');
    walk.do({ kind: 'assign', departmentId: 'hr', accountId: 'second' }, approver);
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer)).toBe('case-claimed');
    walk.do({ kind: 'give-back' }, second);
    expect(tasksOf(walk.state)).toEqual([{ departmentId: 'hr', act: 'review', assigneeId: null, dueOn: '2026-01-08' }]);
    // Whoever assigned it can leave it to whoever takes it.
    walk.do({ kind: 'assign', departmentId: 'hr', accountId: 'second' }, approver);
    walk.do({ kind: 'assign', departmentId: 'hr', accountId: null }, approver);
    expect(tasksOf(walk.state)).toMatchObject([{ departmentId: 'hr', assigneeId: null }]);
  });

  test('a step is taken by whoever has the office for it, and by nobody else', () => {
    const walk = new Walk('2026-01-05');
    expect([walk.do({ kind: 'claim' }, reviewer, ['reviewer', 'approver']), walk.do({ kind: 'claim' }, intake, ['intake'])]).toEqual(['case-role-unfit', undefined]);
    walk.do({ kind: 'accept' }, intake);
    expect([walk.do({ kind: 'claim' }, intake, ['intake', 'approver']), walk.do({ kind: 'claim' }, reviewer, ['intake', 'reviewer'])]).toEqual(['case-role-unfit', undefined]);
    for (const by of [reviewer, accountant, second]) walk.do({ kind: 'give-opinion', opinion: 'agree' }, by);
    expect(walk.state.status).toBe('deciding');
    expect([walk.do({ kind: 'claim' }, reviewer, ['reviewer', 'intake']), walk.do({ kind: 'claim' }, approver, ['approver'])]).toEqual(['case-role-unfit', undefined]);
  });

  test('another department acts instead, or besides; a return asks everybody of that step again', () => {
    const walk = new Walk('2026-01-05');
    walk.do({ kind: 'accept' }, intake);
    expect(walk.do({ kind: 'return-to-step', step: 1 }, reviewer)).toBe('case-step-first');
    expect(walk.do({ kind: 'transfer', departmentId: 'elsewhere' }, reviewer)).toBe('case-department-unfit');
    walk.do({ kind: 'transfer', departmentId: 'tax' }, reviewer);
    expect(walk.do({ kind: 'give-opinion', opinion: 'agree' }, reviewer)).toBe('case-not-yours');
    walk.do({ kind: 'give-opinion', opinion: 'agree' }, actor('taxer', 'tax'));
    walk.do({ kind: 'add-signer', departmentId: 'tax' }, reviewer);
    expect(walk.do({ kind: 'add-signer', departmentId: 'tax' }, reviewer)).toBe('case-department-acting');
    expect(tasksOf(walk.state).map(({ departmentId }) => departmentId)).toEqual(['hr', 'finance', 'tax']);
    expect(walk.do({ kind: 'return-to-step', step: 2 }, reviewer)).toBe('case-step-unfit');
    walk.do({ kind: 'return-to-step', step: 1 }, accountant);
    expect([walk.state.step, walk.state.progress.opinions]).toEqual([1, []]);
  });
});

test('events that do not follow each other, or of a later schema, are no case', () => {
  const first = filed('2026-01-05');
  expect(() => foldAll([])).toThrow('no events');
  expect(() => foldAll([{ ...first, number: 2 }])).toThrow('event 2 does not follow 0');
  expect(() => foldAll([{ ...first, schemaVersion: 3 }])).toThrow('events of schema 3 are not known here');
});
