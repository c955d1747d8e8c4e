// What publicity is: lists of granted cases with a window in working days, what is shown of each, and objections with their states. Pure.

import { addWorkingDays, formatDate, parseDate, UnpublishedYearError, type Words, type WorkingCalendar, workingDaysBetween } from '../../policy/index.ts';
import { Refusal } from '../../contract/errors.ts';

/** gathering: cases are being added · open: all are there · closed: its window is over, withdrawn from view · taken-back: withdrawn before that, by somebody. */
export type ListState = 'gathering' | 'open' | 'closed' | 'taken-back';

/** A list of cases that were granted one benefit in one jurisdiction. */
export interface PublicList {
  readonly listId: string;
  readonly jurisdictionCode: string;
  readonly departmentId: string;
  readonly policyId: string;
  readonly benefitId: string;
  readonly titles: { readonly policy: Words; readonly benefit: Words };
  readonly workingDays: number;
  readonly opensOn: string;
  readonly untilOn: string;
  readonly state: ListState;
  readonly entries: number;
  readonly openedBy: string;
  readonly openedAt: Date;
  /** When it was withdrawn from view; of one that was taken back, when the last of its cases was given back. */
  readonly closedAt: Date | null;
  readonly takenBack: { readonly by: string; readonly at: Date; readonly reasonSealed: Uint8Array } | null;
}

/** What everybody sees of an entry: the name whole, the number with its middle left out; no telephone, account or date of birth. */
export interface ShownEntry {
  readonly name: string;
  /** 220***********1234; null where no number is known. */
  readonly number: string | null;
  readonly employerName: string | null;
}

/** How somebody who objects is reached. */
export interface ObjectorContact {
  /** Empty where they do not say who they are. */
  readonly name: string;
  /** A mobile number or an address of mail. */
  readonly reach: string;
}

/** open: the case is held · dismissed: released · upheld: held until the case is revoked or put right · remedied: put right and released. */
export type ObjectionState = 'open' | 'dismissed' | 'upheld' | 'remedied';

/** What an officer's answer makes of an objection. */
export type ObjectionOutcome = Exclude<ObjectionState, 'open'>;

/** Which answers a state allows: an objection that was upheld ends when what was wrong is put right. */
export function mayAnswer(state: ObjectionState, outcome: ObjectionOutcome): boolean {
  return state === 'open' ? outcome !== 'remedied' : state === 'upheld' && outcome === 'remedied';
}

/** Whether an objection in this state holds its case. */
export function holdsCase(state: ObjectionState): boolean {
  return state === 'open' || state === 'upheld';
}

/** Working days to answer an objection: as many as the Administrative Licensing Law gives an authority to decide (article 42). */
const ANSWER_DAYS = 20;

/** The last day to answer an objection that was made on a day; null where the notice of a year is not loaded, so that nothing is guessed. */
export function answerDueOn(madeOn: string, calendar: WorkingCalendar): string | null {
  const from = parseDate(madeOn);
  if (from === undefined) throw new RangeError(`${madeOn} is no day`);
  try {
    return formatDate(addWorkingDays(from, ANSWER_DAYS, calendar));
  } catch (error) {
    if (error instanceof UnpublishedYearError) return null;
    throw error;
  }
}

/** Working days after which what is ready to be published counts as lying: the policies name no day, and so long its own window would have been. */
const WAIT_DAYS = 5;

/** How long something waits to be published: working days since then, and whether they are too many; null where the notice of a year is not loaded. */
export function waitSince(since: string, today: string, calendar: WorkingCalendar): { readonly waitedDays: number | null; readonly isLate: boolean } {
  const [from, to] = [parseDate(since), parseDate(today)];
  if (from === undefined || to === undefined) throw new RangeError(`${since} or ${today} is no day`);
  try {
    const waitedDays = workingDaysBetween(from, to, calendar);
    return { waitedDays, isLate: waitedDays > WAIT_DAYS };
  } catch (error) {
    if (error instanceof UnpublishedYearError) return { waitedDays: null, isLate: false };
    throw error;
  }
}

/** Whether one of these texts holds what somebody looks for, in half or full width, in capitals or not; nothing looked for is in every text. */
export function isFoundIn(q: string, ...texts: readonly (string | null)[]): boolean {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  return q === '' || texts.some((text) => text !== null && plain(text).includes(plain(q)));
}

/** Whether a list is shown to everybody on a day. */
export function isShownOn({ state, opensOn, untilOn }: Pick<PublicList, 'state' | 'opensOn' | 'untilOn'>, today: string): boolean {
  return (state === 'gathering' || state === 'open') && opensOn <= today && today <= untilOn;
}

/**
 * The last day of a window of working days that is opened on a day, which itself does not count.
 * @throws Refusal case-calendar-missing where the notice of a year is not loaded.
 */
export function lastDayOf(opensOn: string, workingDays: number, calendar: WorkingCalendar): string {
  const from = parseDate(opensOn);
  if (from === undefined) throw new RangeError(`${opensOn} is no day`);
  try {
    return formatDate(addWorkingDays(from, workingDays, calendar));
  } catch (error) {
    if (error instanceof UnpublishedYearError) throw new Refusal('case-calendar-missing', { year: error.year, date: opensOn });
    throw error;
  }
}
