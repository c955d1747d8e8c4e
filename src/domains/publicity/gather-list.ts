// Opens a list of granted cases and gathers them, batch by batch; a server that dies in between goes on where it was.

import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import { applyCommand, type CaseRow, listCases } from '../cases/index.ts';
import { getDecision } from '../decisions/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { lastDayOf, type PublicList, type ShownEntry } from './publicity.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { type EntryRow, insertEntries, insertList, lockList, setListState } from './publicity-store.ts';
import { entryPlace } from './sealed-columns.ts';

const JOB = 'publicity';
/** Cases that one transaction takes up. */
const BATCH = 50;

/** Which cases a list is of. */
export interface ListSubject {
  readonly jurisdictionCode: string;
  readonly policyId: string;
  readonly benefitId: string;
}

/**
 * Opens a list of what waits to be published. Its window is the longest that one of the first cases was promised; cases that were promised a
 * longer one wait for another list. The cases are added by {@link gatherList}.
 * @throws Refusal not-found for a jurisdiction beyond reach; publicity-nothing; publicity-running; case-calendar-missing.
 */
export async function openList(tx: Tx, scope: Scope<'publicity.open'>, parts: PublicityParts, subject: ListSubject, now: Date): Promise<PublicList> {
  const { reach } = scope;
  if (reach.kind !== 'jurisdictions' || !reach.codes.includes(subject.jurisdictionCode)) throw new Refusal('not-found');
  const { first, workingDays } = await findFirst(tx, scope.tenantId, subject, now);
  if (first?.decisionId === undefined || first.decisionId === null) throw new Refusal('publicity-nothing');
  const { letter } = await getDecision(tx, jobScope(scope.tenantId, JOB, 'decision.read'), parts.decisions, first.decisionId);
  const opensOn = dayOf(now);
  const list: PublicList = {
    listId: newId(),
    ...subject,
    departmentId: reach.departmentId,
    titles: { policy: letter.policyTitle, benefit: letter.benefitTitle },
    workingDays,
    opensOn,
    untilOn: lastDayOf(opensOn, workingDays, parts.cases.calendar),
    state: 'gathering',
    entries: 0,
    openedBy: nameActor(scope.actor),
    openedAt: now,
    closedAt: null,
    takenBack: null,
  };
  if (!(await insertList(tx, scope, list))) throw new Refusal('publicity-running');
  return list;
}

/** A case that a list would take, or why not. */
export interface PreviewedCase extends ShownEntry {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly amountFen: number | null;
  /** held: something holds it · longer: it was promised a longer window than the list has. */
  readonly leftOut: 'held' | 'longer' | null;
}

/** What a list would be if it were opened now. */
export interface PreviewedList {
  readonly workingDays: number;
  readonly opensOn: string;
  readonly untilOn: string;
  readonly cases: readonly PreviewedCase[];
  readonly nextCursor: string | null;
}

/**
 * Shows what {@link openList} would publish, page by page; nothing is written.
 * @throws Refusal not-found for a jurisdiction beyond reach; publicity-nothing; case-calendar-missing; cursor-invalid.
 */
export async function previewList(tx: Tx, scope: Scope<'publicity.open'>, parts: PublicityParts, subject: ListSubject, page: { readonly cursor: string | undefined; readonly limit: number }, now: Date): Promise<PreviewedList> {
  const { tenantId, reach } = scope;
  if (reach.kind !== 'jurisdictions' || !reach.codes.includes(subject.jurisdictionCode)) throw new Refusal('not-found');
  const { first, workingDays } = await findFirst(tx, tenantId, subject, now);
  if (first === undefined) throw new Refusal('publicity-nothing');
  const opensOn = dayOf(now);
  const found = await pageOf(tx, tenantId, subject, page.cursor, now, page.limit);
  const cases: PreviewedCase[] = [];
  for (const row of found.rows) {
    const { caseId, caseNumber, decisionId, progress } = row;
    if (decisionId === null || progress.plan.publicityDays === null) continue;
    const { letter, amountFen } = await getDecision(tx, jobScope(tenantId, JOB, 'decision.read'), parts.decisions, decisionId);
    const leftOut = progress.holdReasons.length > 0 ? 'held' : isReady(row, workingDays) ? null : 'longer';
    cases.push({ caseId, caseNumber, name: letter.toName, number: letter.toNumber, employerName: letter.employerName, amountFen, leftOut });
  }
  return { workingDays, opensOn, untilOn: lastDayOf(opensOn, workingDays, parts.cases.calendar), cases, nextCursor: found.nextCursor };
}

/** A case that may be published, and the longest window among those of its page. */
async function findFirst(tx: Tx, tenantId: number, subject: ListSubject, now: Date): Promise<{ first: CaseRow | undefined; workingDays: number }> {
  for (let cursor: string | undefined; ; ) {
    const page = await pageOf(tx, tenantId, subject, cursor, now);
    const ready = page.rows.filter((row) => isReady(row, Number.POSITIVE_INFINITY));
    if (ready.length > 0 || page.nextCursor === null) return { first: ready[0], workingDays: Math.max(1, ...ready.map((row) => row.progress.plan.publicityDays ?? 0)) };
    cursor = page.nextCursor;
  }
}

/** Granted, to be published for at most so many days, and held by nothing. */
function isReady({ progress, decisionId }: CaseRow, mostDays: number): boolean {
  const days = progress.plan.publicityDays;
  return days !== null && days <= mostDays && decisionId !== null && progress.holdReasons.length === 0;
}

function pageOf(tx: Tx, tenantId: number, { jurisdictionCode, policyId, benefitId }: ListSubject, cursor: string | undefined, now: Date, limit = BATCH) {
  return listCases(tx, jobScope(tenantId, JOB, 'case.read'), { sort: 'newest', statuses: ['granted'], jurisdictionCode, policyId, benefitId }, { limit, cursor }, now);
}

/**
 * Adds every case that is ready to a list that is being gathered, each with the beginning of its publication in one transaction; then the list
 * is complete. Cases that were taken up before are not granted any more but in publication, so nothing is added twice.
 */
export async function gatherList(db: Database, parts: PublicityParts, tenantId: number, listId: string, now: Date, isStopping: () => boolean = () => false): Promise<void> {
  const running = jobScope(tenantId, JOB, 'publicity.run');
  for (let cursor: string | null | undefined; cursor !== null; ) {
    if (isStopping()) return;
    const from: string | undefined = cursor;
    cursor = await inTenant(db, tenantId, async (tx) => {
      const list = await lockList(tx, running, listId);
      if (list?.state !== 'gathering') return null;
      const page = await pageOf(tx, tenantId, list, from, now);
      const entries: Omit<EntryRow, 'place'>[] = [];
      // The list's first place is the case that was filed first among those of the batch.
      for (const row of page.rows.filter((each) => isReady(each, list.workingDays)).reverse()) entries.push(await takeUp(tx, parts, tenantId, list, row, now));
      await insertEntries(tx, running, list, entries);
      if (page.nextCursor === null) await setListState(tx, running, listId, 'open', now);
      return page.nextCursor;
    });
  }
}

/** Begins a case's publication and makes its entry from the decision. */
async function takeUp(tx: Tx, parts: PublicityParts, tenantId: number, { listId, untilOn }: PublicList, row: CaseRow, now: Date): Promise<Omit<EntryRow, 'place'>> {
  const decision = await getDecision(tx, jobScope(tenantId, JOB, 'decision.read'), parts.decisions, row.decisionId ?? '');
  await applyCommand(tx, jobScope(tenantId, JOB, 'case.publish'), parts.cases, row.caseId, { command: { kind: 'begin-publication', listId, untilOn }, version: row.version }, now);
  const entryId = newId();
  const { toName, toNumber, employerName } = decision.letter;
  const shown: ShownEntry = { name: toName, number: toNumber, employerName };
  return {
    entryId,
    caseId: row.caseId,
    decisionId: decision.decisionId,
    amountFen: decision.amountFen,
    shownSealed: parts.protector.seal(entryPlace(tenantId, listId, entryId), JSON.stringify(shown)),
  };
}
