// Lists cases: an officer's queue, a county's cases, a person's own; narrowed, sorted, page by page.

import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import type { Tx } from '../../storage/database.ts';
import { UnpublishedYearError, type WorkingCalendar } from '../../policy/index.ts';
import { listJurisdictions } from '../departments/index.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf, findPartyInReach, listMergedIds } from '../registry/index.ts';
import type { CaseStatus } from './case.ts';
import type { CaseRow } from './case-store.ts';
import { daysAfter, workingDaysAfter } from './clock.ts';
import { type CaseCount, type CaseQuestion, type CaseSort, countCases, findCasePage } from './list-store.ts';
import type { CaseWords } from './list-words.ts';

/** What is asked of a list. */
export interface CaseFilter {
  readonly sort: CaseSort;
  /** What waits for one's department, of it one's own or what nobody took. */
  readonly queue?: 'department' | 'mine' | 'nobody' | undefined;
  readonly statuses?: readonly CaseStatus[] | undefined;
  readonly policyId?: string | undefined;
  readonly benefitId?: string | undefined;
  readonly jurisdictionCode?: string | undefined;
  readonly personId?: string | undefined;
  readonly employerId?: string | undefined;
  readonly isHeld?: boolean | undefined;
  readonly isLate?: boolean | undefined;
  /** Due on this day or before, `YYYY-MM-DD`. */
  readonly dueBy?: string | undefined;
  readonly words?: CaseWords | undefined;
}

/** A page of cases. */
export interface CasePage {
  readonly rows: readonly CaseRow[];
  readonly nextCursor: string | null;
  /** Of the first page only. */
  readonly total: CaseCount | undefined;
}

/** One page. @throws Refusal cursor-invalid. */
export async function listCases(tx: Tx, scope: Scope<'case.read'>, filter: CaseFilter, page: { readonly limit: number; readonly cursor?: string | undefined }, now: Date): Promise<CasePage> {
  const after = page.cursor === undefined ? undefined : placeOf(page.cursor, filter);
  const question = await questionOf(tx, scope, filter, now);
  if (question === undefined) return { rows: [], nextCursor: null, total: { count: 0, isAtLeast: false } };
  const { found, count } = await findCasePage(tx, scope, question, page.limit + 1, after);
  const rows = found.slice(0, page.limit);
  const last = rows.at(-1);
  const nextCursor = found.length > page.limit && last !== undefined ? writeCursor([filter.sort, last.progress.clock.dueOn, last.caseId]) : null;
  if (page.cursor !== undefined) return { rows, nextCursor, total: undefined };
  const total = nextCursor === null ? { count: rows.length, isAtLeast: false } : (count ?? (await countCases(tx, scope, question)));
  // Counting may stop early, but what is seen is there.
  return { rows, nextCursor, total: { count: Math.max(total.count, found.length), isAtLeast: total.isAtLeast } };
}

/** The last day of so many working days from today; where it lies in a year whose notice is not out, the last day of the years that are. */
export function lastDayWithin(now: Date, workingDays: number, calendar: WorkingCalendar): string {
  const today = dayOf(now);
  try {
    return workingDays === 0 ? today : workingDaysAfter(today, workingDays, calendar);
  } catch (error) {
    if (error instanceof UnpublishedYearError) return `${Math.max(Number(today.slice(0, 4)), ...calendar.years)}-12-31`;
    throw error;
  }
}

/** The question for the store; undefined where nothing can be found by it. */
async function questionOf(tx: Tx, scope: Scope<'case.read'>, filter: CaseFilter, now: Date): Promise<CaseQuestion | undefined> {
  const { reach, actor } = scope;
  const { sort, statuses, policyId, benefitId, isHeld, isLate, dueBy, words, queue } = filter;
  // A policy has many benefits and an id of a benefit may stand in several policies: half of the question would list all cases.
  if ((policyId === undefined) !== (benefitId === undefined)) {
    const field = policyId === undefined ? 'policyId' : 'benefitId';
    throw new Refusal('input-invalid', { count: 1 }, [{ field, zh: 'policyId 和 benefitId 要一起给。', en: 'Give policyId and benefitId together.' }]);
  }
  const yesterday = isLate === true ? daysAfter(dayOf(now), -1) : undefined;
  const common = {
    sort,
    statuses,
    isHeld: isHeld === true ? true : undefined,
    dueBy: yesterday !== undefined && dueBy !== undefined && dueBy < yesterday ? dueBy : (yesterday ?? dueBy),
    words,
    benefit: policyId === undefined || benefitId === undefined ? undefined : { policyId, benefitId },
    // Ids that a caller names lead to a party whose merged records count with it; one that does not exist finds nothing.
    subjectIds: filter.personId === undefined ? undefined : await idsOf(tx, scope, filter.personId),
    employerIds: filter.employerId === undefined ? undefined : await idsOf(tx, scope, filter.employerId),
  };
  if (reach.kind === 'jurisdictions') {
    const jurisdictions = filter.jurisdictionCode === undefined ? reach.codes : reach.codes.filter((code) => code === filter.jurisdictionCode);
    if (jurisdictions.length === 0) return undefined;
    if (queue === undefined) return { ...common, jurisdictions };
    const assigneeId = queue === 'department' ? undefined : queue === 'nobody' ? null : actor.accountId;
    return { ...common, jurisdictions, queue: { departmentId: reach.departmentId, ...(assigneeId === undefined ? {} : { assigneeId }) } };
  }
  const jurisdictions = filter.jurisdictionCode === undefined ? undefined : [filter.jurisdictionCode];
  const own = reach.kind === 'parties' ? reach.partyIds : reach.kind === 'organisation' ? [reach.organisationId] : undefined;
  // Lists are walked county by county, whoever sees all of them.
  if (own === undefined) return reach.kind === 'tenant' ? { ...common, jurisdictions: jurisdictions ?? (await listJurisdictions(tx, scopeAlso(scope, 'department.read'))).map(({ code }) => code) } : undefined;
  const partyIds = [...(await listMergedIds(tx, scope, own)).keys()];
  return { ...common, jurisdictions, partyIds };
}

async function idsOf(tx: Tx, scope: Scope<'case.read'>, partyId: string): Promise<readonly string[]> {
  // An officer may ask for whoever has a case in reach: which cases there are, the jurisdiction decides.
  return (await findPartyInReach(tx, scope, partyId))?.ids ?? [partyId];
}

function placeOf(cursor: string, { sort, queue }: Pick<CaseFilter, 'sort' | 'queue'>): { readonly dueOn: string | null; readonly caseId: string } {
  const values = readCursor(cursor, 3);
  const [order, dueOn, caseId] = values ?? [];
  const isDay = typeof dueOn === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(dueOn);
  if (order !== sort || typeof caseId !== 'string' || !/^[0-9a-f-]{36}$/.test(caseId) || !(isDay || (dueOn === null && (sort === 'newest' || queue !== undefined)))) throw new Refusal('cursor-invalid');
  return { dueOn: isDay ? dueOn : null, caseId };
}
