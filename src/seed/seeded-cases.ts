// Seeded cases: each goes its way through the very machine that decides commands, so that its events add up to its row. Pure.
import { type ActingDepartment, type CaseCommand, type CaseEvent, type CaseRow, decideCommand, type EngineStatus, EVENT_SCHEMA_VERSION, foldEvent, lookOn, type ProcedurePlan, startClock, tasksOf } from '../domains/cases/index.ts';
import type { StoredDecision } from '../domains/decisions/index.ts';
import { dayOf } from '../domains/registry/index.ts';
import type { ExplainedBenefit, Language, Words, WorkingCalendar } from '../policy/index.ts';
import { Random, weighted } from './random.ts';
import { seededId } from './seeded-id.ts';

/** Somebody whose cases are made. */
export interface CaseSubject {
  readonly partyId: string;
  readonly jurisdictionCode: string;
  readonly employerId: string | null;
  readonly recordedAtMs: number;
  /** As letters name them. */
  readonly name: string;
  readonly employerName: string | null;
}

/** What decisions say of a benefit. */
interface ToldBenefit {
  readonly policyTitle: Words;
  readonly benefitTitle: Words;
  readonly clause: string;
  readonly parameters: StoredDecision['parameters'];
  readonly readings: StoredDecision['readings'];
  readonly explained: Readonly<Record<Language, Omit<ExplainedBenefit, 'status'>>>;
}

/** A benefit that cases ask for. */
export interface SeededBenefit {
  readonly policyId: string;
  readonly benefitId: string;
  readonly packHash: string;
  /** Asked for once, or for each year anew. */
  readonly isYearly: boolean;
  /** `policy/benefit` of others of the same matter: nobody has two of them. */
  readonly besides: readonly string[];
  readonly isPaid: boolean;
  /** How a case of each jurisdiction goes; none where the city lacks the departments. */
  readonly plans: ReadonlyMap<string, ProcedurePlan>;
  readonly told: ToldBenefit;
}

/** What cases are made with; all of it can be posted to a worker. */
export interface CaseSetting {
  readonly seed: number;
  readonly now: Date;
  readonly calendar: WorkingCalendar;
  /** The most asked for first. */
  readonly benefits: readonly SeededBenefit[];
}

/** Something written about a case, to be sealed. */
interface SeededText {
  readonly textId: string;
  readonly words: string;
  readonly atMs: number;
  readonly accountId: string | null;
  readonly departmentId: string | null;
}

/** What a case asks for, before it has its number. */
export interface SeededFiling {
  readonly random: Random;
  readonly caseId: string;
  readonly subject: CaseSubject;
  readonly benefit: SeededBenefit;
  readonly period: string;
  readonly plan: ProcedurePlan;
  readonly filedAtMs: number;
}

/** A case with all that belongs to it. */
export interface SeededCase {
  readonly row: CaseRow;
  readonly events: readonly CaseEvent[];
  readonly texts: readonly SeededText[];
  readonly channel: 'person' | 'agent' | 'window';
}

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;
/** The first filings: the policy of 2021 was in force, and the notices of all years since are out. */
const FIRST_FILED_MS = Date.UTC(2022, 2, 1);
const ROUNDS = 64;
const MOST_TRIES = 8;
const OFFICERS = 4;

// All of these are assumptions; docs/seeded-people.md states them.
const engineStatuses = weighted<EngineStatus>([['yes', 84], ['unknown', 9], ['review', 5], ['no', 2]]);
const channels = weighted<SeededCase['channel']>([['person', 68], ['agent', 22], ['window', 10]]);
const amountsFen = weighted<number>([[300_000, 30], [500_000, 25], [1_000_000, 20], [3_000_000, 14], [5_000_000, 8], [12_000_000, 3]]);
const chances = { declined: 0.04, supplement: 0.12, unanswered: 0.15, withdrawn: 0.02, refused: 0.07, appeals: 0.08, reopened: 0.2, revoked: 0.005, slow: 0.04, disagrees: 0.08, claimed: 0.3, held: 0.004 };
const sayings = {
  decline: '申请的事项不在受理范围内（样例）。',
  supplement: '请补交劳动合同和社保缴费证明（样例）。',
  disagree: '缴费月数不够（样例）。',
  grant: '条件都符合（样例）。',
  refuse: '不符合办法规定的条件（样例）。',
  revoke: '核查发现材料不实（样例）。',
  appeal: '缴费记录已经补全，请重新审核（样例）。',
  answer: '已经核对（样例）。',
} as const;

/** How many cases the person at a place of `people` has, of `cases` in all: spread evenly. */
export function casesOfPlace(place: number, people: number, cases: number): number {
  return Math.floor(((place + 1) * cases) / people) - Math.floor((place * cases) / people);
}

/** What a person asks for, `count` times, never twice the same for the same time nor two of one matter; each of the same seed alike. */
export function makeFilings(setting: CaseSetting, subject: CaseSubject, count: number): readonly SeededFiling[] {
  const { seed, now, benefits } = setting;
  const taken = new Set<string>();
  const chosen = new Set<string>();
  const filings: SeededFiling[] = [];
  // A person is told apart by the random part of the id.
  const base = Number.parseInt(subject.partyId.slice(-11), 16) * ROUNDS;
  for (let round = 0; round < Math.min(count, ROUNDS); round++) {
    const random = new Random(seed, 'case', base + round);
    const filedAtMs = drawWorkingTime(random, Math.max(FIRST_FILED_MS, subject.recordedAtMs), now.getTime(), setting.calendar);
    const caseId = seededId(random, filedAtMs);
    for (let attempt = 0; attempt < MOST_TRIES + benefits.length; attempt++) {
      const benefit = benefits[attempt < MOST_TRIES ? Math.floor(benefits.length * random.share() ** 2.5) : attempt - MOST_TRIES];
      const plan = benefit?.plans.get(subject.jurisdictionCode);
      if (benefit === undefined || plan === undefined) continue;
      const period = benefit.isYearly ? dayOf(new Date(filedAtMs)).slice(0, 4) : 'once';
      const slot = `${benefit.policyId} ${benefit.benefitId} ${period}`;
      if (taken.has(slot) || benefit.besides.some((id) => chosen.has(id))) continue;
      taken.add(slot);
      chosen.add(`${benefit.policyId}/${benefit.benefitId}`);
      filings.push({ random, caseId, subject, benefit, period, plan, filedAtMs });
      break;
    }
  }
  return filings;
}

/** Makes the case of a filing, as far as it has come by now. */
export function makeCase({ now, calendar }: CaseSetting, filing: SeededFiling, caseNumber: string): SeededCase {
  const { random, caseId, subject, benefit, period, plan, filedAtMs } = filing;
  const { policyId, benefitId, packHash } = benefit;
  const drawn = random.draw(channels);
  const channel = drawn === 'agent' && subject.employerId === null ? 'person' : drawn;
  const texts: SeededText[] = [];
  const events: CaseEvent[] = [];
  const ownAccount = seededId(random, subject.recordedAtMs);
  const filer = channel === 'window' ? officerOf(plan.acceptBy, OFFICERS, 'intake') : ({ kind: channel, accountId: ownAccount, departmentId: null } as const);
  const filed: CaseEvent = {
    kind: 'filed',
    data: {
      caseNumber,
      applicationId: seededId(random, filedAtMs),
      applicantId: channel === 'agent' ? (subject.employerId ?? subject.partyId) : subject.partyId,
      subjectId: subject.partyId,
      employerId: subject.employerId,
      policyId,
      benefitId,
      period,
      jurisdictionCode: subject.jurisdictionCode,
      packHash,
      settingsYear: Number(dayOf(new Date(filedAtMs)).slice(0, 4)),
      engineStatus: random.draw(engineStatuses),
      expectedFen: benefit.isPaid ? random.draw(amountsFen) : null,
      plan,
      clock: startClock(plan, dayOf(new Date(filedAtMs)), calendar),
    },
    number: 1,
    schemaVersion: EVENT_SCHEMA_VERSION,
    at: new Date(filedAtMs),
    actor: filer,
  };
  events.push(filed);
  let state = foldEvent(undefined, filed);
  let atMs = filedAtMs;

  /** Carries out a command where the machine lets it; with words where it says something. */
  const act = (command: CaseCommand, actor: CaseEvent['actor'], words?: string): boolean => {
    const at = new Date(atMs);
    const textId = words === undefined ? null : seededId(random, atMs);
    const decided = decideCommand(state, command, { actor, roles: ['intake', 'reviewer', 'approver'], now: at, today: dayOf(at), calendar, textId, departments: new Map() });
    if ('refusal' in decided) return false;
    for (const body of decided.events) {
      const event: CaseEvent = { ...body, number: events.length + 1, schemaVersion: EVENT_SCHEMA_VERSION, at, actor };
      state = foldEvent(state, event);
      events.push(event);
    }
    if (textId !== null && words !== undefined) texts.push({ textId, words, atMs, accountId: actor.accountId, departmentId: actor.departmentId });
    return true;
  };
  const isSlow = random.chance(chances.slow);
  /** Lets some of the time go by that an act has; false where that is still to come. */
  const wait = (workingDays: number): boolean => {
    const share = isSlow ? 0.9 + random.share() * 0.8 : 0.15 + random.share() * 0.75;
    // Five days of seven are worked.
    const next = atMs + Math.max(0.05, workingDays * share * 1.4) * DAY_MS;
    if (next > now.getTime()) return false;
    atMs = toWorkingTime(next, calendar);
    return atMs <= now.getTime();
  };
  const applicant = { kind: channel === 'agent' ? 'agent' : 'person', accountId: ownAccount, departmentId: null } as const;
  goOn();
  if (tasksOf(state).length > 0) {
    for (const { departmentId, act: waiting } of tasksOf(state)) if (random.chance(chances.claimed)) act({ kind: 'claim' }, officerOf({ departmentId }, random.between(0, OFFICERS - 1), waiting));
    if (random.chance(chances.held)) act({ kind: 'hold', reason: 'doubt', referenceId: seededId(random, atMs) }, job);
  }
  atMs = now.getTime();
  if ((lookOn(state) ?? '9999') <= dayOf(now)) act({ kind: 'escalate' }, job);
  return { row: { ...state, caseId }, events, texts, channel };

  function goOn(): void {
    const leavesAt = random.chance(chances.withdrawn) ? random.between(0, 2) : 3;
    const supplementAt = random.chance(chances.supplement) ? random.between(0, 1) : 2;
    const supplement = (by: ActingDepartment, role: string): boolean => {
      if (!wait(2) || !act({ kind: 'ask-supplement', papers: ['劳动合同', '社保缴费证明'], facts: [], workingDays: 10 }, officerOf(by, 0, role), sayings.supplement)) return false;
      if (random.chance(chances.unanswered)) {
        if (wait(24)) act({ kind: 'lapse' }, officerOf(by, 0, role));
        return false;
      }
      return wait(9) && act({ kind: 'answer-supplement' }, applicant);
    };
    if (leavesAt === 0) return void (wait(3) && act({ kind: 'withdraw' }, applicant));
    if (supplementAt === 0 && !supplement(plan.acceptBy, 'accept')) return;
    if (!wait(plan.acceptanceDays)) return;
    if (random.chance(chances.declined)) return void act({ kind: 'decline' }, officerOf(plan.acceptBy, 0, 'accept'), sayings.decline);
    if (!act({ kind: 'accept' }, officerOf(plan.acceptBy, 0, 'accept'))) return;
    if (leavesAt === 1) return void (wait(5) && act({ kind: 'withdraw' }, applicant));
    const stepDays = plan.promisedDays / (plan.steps.length + 1);
    for (const [at, step] of plan.steps.entries()) {
      if (supplementAt === 1 && at === 0 && step.departments[0] !== undefined && !supplement(step.departments[0], `review-${at}`)) return;
      for (const department of step.departments) {
        if (!wait((step.workingDays ?? stepDays) / step.departments.length)) return;
        const disagrees = random.chance(chances.disagrees);
        if (!act({ kind: 'give-opinion', opinion: disagrees ? 'disagree' : 'agree' }, officerOf(department, 0, `review-${at}`), disagrees ? sayings.disagree : undefined)) return;
      }
    }
    if (leavesAt === 2) return void (wait(3) && act({ kind: 'withdraw' }, applicant));
    if (!wait(stepDays)) return;
    decideIt(0);
  }

  function decideIt(times: number): void {
    const decider = officerOf(plan.decideBy, times, 'decide');
    const decisionId = seededId(random, atMs);
    if (times === 0 && random.chance(chances.refused)) {
      if (!act({ kind: 'refuse', decisionId }, decider, sayings.refuse) || !random.chance(chances.appeals)) return;
      if (!wait(15) || !act({ kind: 'appeal' }, applicant, sayings.appeal) || !wait(plan.appealDays)) return;
      const outcome = random.chance(chances.reopened) ? 'reopened' : 'upheld';
      if (!act({ kind: 'answer-appeal', outcome }, officerOf(plan.decideBy, OFFICERS, 'answer'), sayings.answer) || outcome === 'upheld' || !wait(3)) return;
      return decideIt(times + 1);
    }
    if (!act({ kind: 'grant', decisionId, amountFen: state.expectedFen }, decider, sayings.grant)) return;
    if (plan.publicityDays !== null) {
      if (!wait(5)) return;
      const listId = seededId(random, atMs);
      const ends = toWorkingTime(atMs + plan.publicityDays * 1.4 * DAY_MS, calendar);
      // A list that is out would have to be there to end.
      if (ends > now.getTime()) return;
      if (!act({ kind: 'begin-publication', listId, untilOn: dayOf(new Date(ends)) }, job)) return;
      atMs = ends;
      act({ kind: 'end-publication', listId }, job);
    }
    if (random.chance(chances.revoked) && wait(60)) act({ kind: 'revoke', decisionId: seededId(random, atMs) }, officerOf(plan.decideBy, OFFICERS + 1, 'revoke'), sayings.revoke);
  }
}

const job = { kind: 'job', accountId: null, departmentId: null } as const;

/** An officer of a department who does one kind of work: nobody does two acts of a case that are kept apart. */
function officerOf({ departmentId }: Pick<ActingDepartment, 'departmentId'>, number: number, work: string): CaseEvent['actor'] {
  const key = `${departmentId} ${number} ${work}`;
  let accountId = officers.get(key);
  if (accountId === undefined) {
    let hash = 0;
    for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 0x1fffffffffff;
    officers.set(key, (accountId = seededId(new Random(0, 'case', hash), FIRST_FILED_MS)));
  }
  return { kind: 'officer', accountId, departmentId };
}

const officers = new Map<string, string>();

/** An instant in the hours of an office. */
function drawWorkingTime(random: Random, fromMs: number, toMs: number, calendar: WorkingCalendar): number {
  const drawn = toWorkingTime(fromMs + Math.max(0, toMs - fromMs) * random.share(), calendar);
  return drawn <= toMs ? drawn : toWorkingTime(toMs - 7 * DAY_MS, calendar);
}

/** The same instant if an office is open, else one of its next hours. */
function toWorkingTime(atMs: number, calendar: WorkingCalendar): number {
  const whole = Math.floor(atMs);
  const local = whole + CHINA_MS;
  let day = Math.floor(local / DAY_MS);
  const inDay = local - day * DAY_MS;
  const open = 9 * 3_600_000 + Math.floor(inDay / 3);
  while (!isWorked(day, calendar)) day++;
  return day * DAY_MS + open - CHINA_MS;
}

const worked = new Map<number, boolean>();

function isWorked(day: number, { off, work }: WorkingCalendar): boolean {
  let known = worked.get(day);
  if (known === undefined) {
    const date = new Date(day * DAY_MS);
    const number = Number(date.toISOString().slice(0, 10).replaceAll('-', ''));
    const weekday = date.getUTCDay();
    worked.set(day, (known = work.includes(number) || (weekday !== 0 && weekday !== 6 && !off.includes(number))));
  }
  return known;
}
