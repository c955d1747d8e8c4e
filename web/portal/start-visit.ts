// A visit as plain data, how it begins and how it moves; apart from visit.ts, so that the first page needs neither the engine nor the data.
import type { FactValue, SubjectKind } from '../../src/policy/index.ts';
import type { Answers } from './answerer.ts';
import type { Choices } from './tell-choices.ts';

/** One visit, so far; plain JSON, so that a page can keep it. */
export interface Visit {
  readonly subject: SubjectKind;
  /** The id of the jurisdiction whose policies answer; empty while it is not known where somebody works and lives. */
  readonly city: string;
  /** The date asked about, `YYYY-MM-DD`. */
  readonly date: string;
  readonly answers: Answers;
  readonly skipped: readonly string[];
  /** Facts in the order in which they were answered or skipped. */
  readonly order: readonly string[];
  /** The code of the place where somebody lives, or where a project or a team is, if it was told: no rule asks for it, it only says whose policies may be hers. */
  readonly home?: string;
  /** The fact that is being asked again. */
  readonly changing?: string;
  /** The benefit (`policy/benefit`) that the person takes, by choice. */
  readonly choices: Choices;
  /** The certain figure before the last answer, and the jurisdiction that it is of. */
  readonly lastCertainFen?: number;
  readonly lastCity?: string;
  /** The fact answered last, and what had been answered before. */
  readonly lastFact?: string;
  readonly lastValue?: FactValue;
}

/** A visit that begins. @param city the jurisdiction's id; empty while it is not known. @param date the date asked about, `YYYY-MM-DD`. */
export function startVisit(subject: SubjectKind, city: string, date: string): Visit {
  return { subject, city, date, answers: {}, skipped: [], order: [], choices: {} };
}

/** The same visit under the policies of another jurisdiction: answers are facts, and stay. */
export function moveVisit({ changing: _changing, ...visit }: Visit, city: string): Visit {
  return { ...visit, city };
}

/** The fact that says what kind of employer a person works for, if any. */
const EMPLOYER_KIND = '用人单位.单位类型';

/** The fact that says where somebody works, or where an organisation is; undefined for who has none. */
function workFact(subject: SubjectKind): string | undefined {
  return subject === 'person' ? '用人单位.所在地' : subject === 'organisation' ? '所在地' : undefined;
}

/** The code of the place where the visit's subject works or is; undefined while nobody said so. */
export function workPlace({ subject, answers, home }: Visit): number | undefined {
  const fact = workFact(subject);
  const value = fact === undefined ? home : answers[fact];
  return typeof value === 'string' ? Number(value) : undefined;
}

/** The code of the place where a person lives; undefined while nobody said so. */
export function homePlace({ subject, home }: Visit): number | undefined {
  return subject !== 'person' || home === undefined ? undefined : Number(home);
}

/** The visit with the place of work told, or taken back; it counts as an answer and is not asked for again. */
export function tellWork(visit: Visit, code: string | undefined): Visit {
  const fact = workFact(visit.subject);
  if (fact === undefined) return tellHome(visit, code);
  // Who said that she has no work and now says something else is asked again what she works for.
  if (isWithoutWork(visit)) return tellWork(withoutAnswer(visit, EMPLOYER_KIND), code);
  const { [fact]: _before, ...answers } = visit.answers;
  const order = visit.order.filter((one) => one !== fact);
  const { lastCertainFen: _last, lastCity: _city, lastFact: _fact, lastValue: _value, ...rest } = visit;
  return {
    ...rest,
    answers: code === undefined ? answers : { ...answers, [fact]: code },
    // Told again, it stays where it was.
    order: code === undefined ? order : visit.order.includes(fact) ? visit.order : [fact, ...order],
    skipped: visit.skipped.filter((one) => one !== fact),
  };
}

/** The visit of a person who has no work: that is an answer, and nothing of an employer is asked. */
export function tellNoWork(visit: Visit): Visit {
  const told = withoutAnswer(tellWork(visit, undefined), EMPLOYER_KIND);
  return { ...told, answers: { ...told.answers, [EMPLOYER_KIND]: '无' }, order: [EMPLOYER_KIND, ...told.order] };
}

/** Whether a person said that she has no work, and so no place of it. */
function isWithoutWork(visit: Visit): boolean {
  return visit.subject === 'person' && visit.answers[EMPLOYER_KIND] === '无' && workPlace(visit) === undefined;
}

function withoutAnswer(visit: Visit, fact: string): Visit {
  const { [fact]: _taken, ...answers } = visit.answers;
  const others = (facts: readonly string[]): string[] => facts.filter((one) => one !== fact);
  return { ...visit, answers, order: others(visit.order), skipped: others(visit.skipped) };
}

/** The visit with the place where somebody lives told, or taken back. */
export function tellHome({ home: _home, ...visit }: Visit, code: string | undefined): Visit {
  return code === undefined ? visit : { ...visit, home: code };
}
