// A visit as plain data, and how it begins; apart from visit.ts, so that the first page needs neither the engine nor the data.
import type { FactValue, SubjectKind } from '../../src/policy/index.ts';
import type { Answers } from './answerer.ts';
import type { Choices } from './tell-choices.ts';

/** One visit, so far; plain JSON, so that a page can keep it. */
export interface Visit {
  readonly subject: SubjectKind;
  /** The city's id. */
  readonly city: string;
  /** The date asked about, `YYYY-MM-DD`. */
  readonly date: string;
  readonly answers: Answers;
  readonly skipped: readonly string[];
  /** Facts in the order in which they were answered or skipped. */
  readonly order: readonly string[];
  /** The fact that is being asked again. */
  readonly changing?: string;
  /** The benefit (`policy/benefit`) that the person takes, by choice. */
  readonly choices: Choices;
  /** The certain figure before the last answer. */
  readonly lastCertainFen?: number;
  /** The fact answered last, and what had been answered before. */
  readonly lastFact?: string;
  readonly lastValue?: FactValue;
}

/** A visit that begins. @param city the city's id. @param date the date asked about, `YYYY-MM-DD`. */
export function startVisit(subject: SubjectKind, city: string, date: string): Visit {
  return { subject, city, date, answers: {}, skipped: [], order: [], choices: {} };
}
