// The only SQL of single cases: rows, events, texts, papers, what waits for whom, and numbers.

import { type Insertable, type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Role } from '../../contract/permissions.ts';
import type { DB } from '../../storage/row-types.ts';
import type { Tx } from '../../storage/database.ts';
import { gather, gatherWrites } from '../../storage/gather.ts';
import { dateArray, instantArray, integerArray, jsonbArray, smallintArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import { listMergedIds, resolveParties } from '../registry/index.ts';
import { type CaseEvent, type CaseEventBody, type CaseProgress, type CaseState, type CaseStatus, type CaseTask, closedStatuses, type EngineStatus, type EventActor, tasksOf } from './case.ts';
import type { CommandPermission } from './commands.ts';
import { lookOn } from './decide-case.ts';
import { insertPlans, planIdOf, planOfCase, planOfEvent, readPlan } from './plan-store.ts';

/** Rights by which a case is changed. */
export type ChangingScope = Scope<CommandPermission>;
/** Rights by which a case is looked at. */
export type CaseScope = Scope<'case.read' | 'case.note' | CommandPermission>;

/** The condition of the index that keeps one place for one case: the same states as `closedStatuses`, as the index has them. */
export const isOpen = sql<boolean>`status not in ('not-accepted', 'refused', 'revoked', 'withdrawn')`;

/** A case as it stands, with its id. */
export interface CaseRow extends CaseState {
  readonly caseId: string;
}

/** An application as it begins. */
export interface NewApplication {
  readonly applicationId: string;
  readonly applicantId: string;
  readonly channel: 'person' | 'agent' | 'window' | 'list';
  readonly importId: string | null;
  readonly jurisdictionCode: string;
  readonly filedAt: Date;
  readonly filedBy: string;
}

/** An application as it is kept. */
export type Application = NewApplication;

/** An application by its id, whosever it is: whoever calls asks whether the scope reaches it. */
export async function findApplication(tx: Tx, scope: Scope<'application.file' | 'case.read'>, applicationId: string): Promise<Application | undefined> {
  const row = await tx.selectFrom('applications').selectAll().where('tenant_id', '=', scope.tenantId).where('application_id', '=', applicationId).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    applicationId: row.application_id,
    applicantId: row.applicant_id,
    channel: row.channel as Application['channel'],
    importId: row.import_id,
    jurisdictionCode: row.jurisdiction_code,
    filedAt: row.filed_at,
    filedBy: row.filed_by,
  };
}

/** Counts so many numbers further and gives the last. */
export async function takeNumbers(tx: Tx, scope: Scope<'application.file'>, jurisdictionCode: string, year: number, count: number): Promise<number> {
  const { last_number } = await tx
    .insertInto('case_numbers')
    .values({ tenant_id: scope.tenantId, jurisdiction_code: jurisdictionCode, year, last_number: count })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'jurisdiction_code', 'year']).doUpdateSet({ last_number: sql`case_numbers.last_number + ${count}` }))
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return last_number;
}

/** A case by its id, whosever it is: whoever calls asks whether the scope reaches it. */
export async function findCase(tx: Tx, scope: CaseScope, caseId: string): Promise<CaseRow | undefined> {
  const row = await cases(tx, scope).where('case_id', '=', caseId).executeTakeFirst();
  return row === undefined ? undefined : readCase(row);
}

/** The same, with the row locked until the transaction ends. */
export async function lockCase(tx: Tx, scope: ChangingScope, caseId: string): Promise<CaseRow | undefined> {
  const row = await cases(tx, scope).where('case_id', '=', caseId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : readCase(row);
}

/** Cases by their ids, in no order. */
export async function readCases(tx: Tx, scope: CaseScope, caseIds: readonly string[]): Promise<readonly CaseRow[]> {
  if (caseIds.length === 0) return [];
  const rows = await cases(tx, scope).where('case_id', 'in', [...caseIds]).execute();
  return rows.map(readCase);
}

/** The cases of a person, under any of its ids, that have not come to nothing; the oldest first. */
export async function listOpenOf(tx: Tx, scope: CaseScope, subjectIds: readonly string[]): Promise<readonly CaseRow[]> {
  const rows = await cases(tx, scope).where('subject_id', '=', sql<string>`any(${uuidArray([...subjectIds])}::uuid[])`).where(isOpen).orderBy('case_id').execute();
  return rows.map(readCase);
}

/** The first cases of an application, in the order in which they were filed, and how many there are. */
export async function listCasesOf(tx: Tx, scope: Scope<'case.read'>, applicationId: string, limit: number): Promise<{ readonly rows: readonly CaseRow[]; readonly total: number }> {
  const rows = await cases(tx, scope).where('application_id', '=', applicationId).orderBy('case_id').limit(limit).execute();
  if (rows.length < limit) return { rows: rows.map(readCase), total: rows.length };
  const { count } = await tx
    .selectFrom('cases')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('tenant_id', '=', scope.tenantId)
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow();
  return { rows: rows.map(readCase), total: count };
}

/** The case that has somebody's place for a benefit and a time; undefined where none has. */
export async function findOpenCase(tx: Tx, scope: Scope<'application.file' | CommandPermission>, slot: Pick<CaseState, 'subjectId' | 'policyId' | 'benefitId' | 'period'>): Promise<string | undefined> {
  const row = await tx
    .selectFrom('cases')
    .select('case_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('subject_id', '=', slot.subjectId)
    .where('policy_id', '=', slot.policyId)
    .where('benefit_id', '=', slot.benefitId)
    .where('period', '=', slot.period)
    .where(isOpen)
    .executeTakeFirst();
  return row?.case_id;
}

/** A place that a case has: nothing can be filed there. */
export interface TakenPlace extends Pick<CaseRow, 'caseId' | 'caseNumber' | 'policyId' | 'benefitId' | 'period' | 'applicantId'> {
  readonly subjectId: string;
}

/** The places that cases of these subjects have now. */
export async function listTakenPlaces(tx: Tx, scope: Scope<'application.file'>, subjectIds: readonly string[]): Promise<readonly TakenPlace[]> {
  return subjectIds.length === 0 ? [] : takenPlaces(tx, { tenantId: scope.tenantId, subjectIds });
}

const takenPlaces = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly subjectIds: readonly string[] }[]) => {
  // Each looks up its own cases by an index: of a table that fills, the planner may believe that reading another index whole is as good.
  const { rows } = await sql<Selectable<Pick<DB['cases'], 'subject_id' | 'case_id' | 'case_number' | 'policy_id' | 'benefit_id' | 'period' | 'applicant_id'>>>`
    select theirs.* from unnest(${uuidArray([...new Set(wanted.flatMap(({ subjectIds }) => subjectIds.map((id) => id.toLowerCase())))])}::uuid[]) as wanted (subject_id) cross join lateral (
      select c.subject_id, c.case_id, c.case_number, c.policy_id, c.benefit_id, c.period, c.applicant_id from cases c
      where c.tenant_id = ${wanted[0]?.tenantId ?? 0} and c.subject_id = wanted.subject_id and ${isOpen} offset 0
    ) as theirs`.execute(tx);
  const places = rows.map((row): TakenPlace => ({ subjectId: row.subject_id, caseId: row.case_id, caseNumber: row.case_number, policyId: row.policy_id, benefitId: row.benefit_id, period: row.period, applicantId: row.applicant_id }));
  const bySubject = Map.groupBy(places, ({ subjectId }) => subjectId);
  return wanted.map(({ subjectIds }) => [...new Set(subjectIds)].flatMap((subjectId) => bySubject.get(subjectId.toLowerCase()) ?? []));
});

/** What is told of a case that stands in another one's way. */
export type DoubledCase = Pick<CaseRow, 'caseId' | 'caseNumber' | 'policyId' | 'benefitId' | 'period' | 'status' | 'packHash' | 'settingsYear'>;

/** Pairs of cases for one benefit and time, open or granted: of the one party's, and of the other's. */
export async function listDoubledCases(tx: Tx, scope: Scope<'case.read'>, some: readonly string[], others: readonly string[]): Promise<readonly (readonly [DoubledCase, DoubledCase])[]> {
  const rows = (await cases(tx, scope).where('subject_id', 'in', [...some, ...others]).where(isOpen).orderBy('filed_at').orderBy('case_id').execute()).map(readCase);
  const key = ({ policyId, benefitId, period }: CaseRow): string => `${policyId}/${benefitId}/${period}`;
  const ofOthers = Map.groupBy(rows.filter(({ subjectId }) => others.includes(subjectId)), key);
  return rows.filter(({ subjectId }) => some.includes(subjectId)).flatMap((row) => (ofOthers.get(key(row)) ?? []).map((other) => [row, other] as const));
}

/** The places of these subjects' cases that one of these applicants asked for and the subject took back: the person's own no. */
export async function listTakenBack(tx: Tx, scope: Scope<'application.file'>, subjectIds: readonly string[], applicantIds: readonly string[]): Promise<readonly TakenPlace[]> {
  if (subjectIds.length === 0) return [];
  const rows = await tx
    .selectFrom('cases')
    .select(['subject_id', 'case_id', 'case_number', 'policy_id', 'benefit_id', 'period', 'applicant_id'])
    .where('tenant_id', '=', scope.tenantId)
    .where('subject_id', '=', sql<string>`any(${uuidArray([...new Set(subjectIds)])}::uuid[])`)
    .where('applicant_id', 'in', [...applicantIds])
    .where('status', '=', 'withdrawn')
    .where((eb) =>
      eb.exists(
        eb.selectFrom('case_events').select('event_number').where('case_events.tenant_id', '=', scope.tenantId).whereRef('case_events.case_id', '=', 'cases.case_id').where('kind', '=', 'withdrawn').where('actor_kind', '=', 'person'),
      ),
    )
    .execute();
  return rows.map((row): TakenPlace => ({ subjectId: row.subject_id, caseId: row.case_id, caseNumber: row.case_number, policyId: row.policy_id, benefitId: row.benefit_id, period: row.period, applicantId: row.applicant_id }));
}

/**
 * For whom an employer, under any of its ids, has cases that have not come to nothing; `isGranted` where one of them was granted that the
 * employer asked for itself: that somebody's own case names it may rest on nothing but its own word.
 */
export async function listSubjectsOfEmployer(tx: Tx, scope: Scope<'case.read'>, employerIds: readonly string[]): Promise<readonly { readonly partyId: string; readonly isGranted: boolean }[]> {
  const rows = await tx
    .selectFrom('cases')
    .select(['subject_id', sql<boolean>`bool_or(status in ('granted', 'in-publication', 'settled') and applicant_id = any(${uuidArray([...employerIds])}::uuid[]))`.as('is_granted')])
    .where('tenant_id', '=', scope.tenantId)
    .where('employer_id', '=', sql<string>`any(${uuidArray([...employerIds])}::uuid[])`)
    .where(isOpen)
    .groupBy('subject_id')
    .execute();
  return rows.map((row) => ({ partyId: row.subject_id, isGranted: row.is_granted }));
}

/**
 * Writes a changed case; the caller holds its row.
 * @throws Refusal changed-meanwhile where it is of another version, case-exists where its place was taken while it was closed.
 */
export async function updateCase(tx: Tx, scope: ChangingScope, before: CaseRow, row: CaseRow): Promise<void> {
  if (closedStatuses.includes(before.status) && !closedStatuses.includes(row.status)) {
    const others = await lockAllRecords(tx, scope, row.subjectId);
    for (const subjectId of others) {
      const other = await findOpenCase(tx, scope, { ...row, subjectId });
      if (other !== undefined && other !== row.caseId) throw new Refusal('case-exists');
    }
  }
  const { tenant_id, case_id, ...changed } = caseColumnsOf(scope.tenantId, row);
  if (changed.plan_id !== planIdOf(before.progress.plan)) await insertPlans(tx, scope, [row.progress.plan]);
  try {
    const { numUpdatedRows } = await tx
      .updateTable('cases')
      .set({ ...changed, progress: JSON.stringify(writtenProgressOf(row)) })
      .where('tenant_id', '=', tenant_id)
      .where('case_id', '=', case_id)
      .where('version', '=', before.version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Refusal('changed-meanwhile');
  } catch (error) {
    // Somebody took the place between the look and the change.
    if (error instanceof Error && 'constraint' in error && error.constraint === 'cases_one_open') throw new Refusal('case-exists');
    throw error;
  }
}

/** Every id of a case's person. Until the transaction ends nobody merges any of them, nor files for them. */
async function lockAllRecords(tx: Tx, scope: ChangingScope, subjectId: string): Promise<readonly string[]> {
  for (let known: readonly string[] = [subjectId]; ; ) {
    await tx.selectFrom('parties').select('party_id').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...known]).orderBy('party_id').forUpdate().execute();
    const inForce = [...(await resolveParties(tx, scope, [subjectId])).values()];
    const all = [...(await listMergedIds(tx, scope, inForce)).keys()];
    // Somebody merged them between the look and the lock: those that came are locked too.
    if (all.every((id) => known.includes(id))) return known;
    known = [...new Set([...known, ...all])];
  }
}

/** Adds events of a case. */
export async function insertEvents(tx: Tx, scope: ChangingScope, caseId: string, events: readonly CaseEvent[]): Promise<void> {
  if (events.length > 0) await eventsAdded(tx, { tenantId: scope.tenantId, caseId, events });
}

const eventsAdded = gatherWrites(async (tx, made: readonly { readonly tenantId: number; readonly caseId: string; readonly events: readonly CaseEvent[] }[]) => {
  const rows = made.flatMap(({ caseId, events }) => events.map((event) => ({ caseId, ...event })));
  const column = <T>(pick: (row: (typeof rows)[number]) => T): T[] => rows.map(pick);
  await sql`
    insert into case_events (tenant_id, case_id, event_number, kind, schema_version, happened_at, actor_kind, account_id, department_id, data)
    select ${made[0]?.tenantId ?? 0}, * from unnest(
      ${uuidArray(column((row) => row.caseId))}::uuid[], ${integerArray(column((row) => row.number))}::integer[], ${textArray(column((row) => row.kind))}::text[],
      ${smallintArray(column((row) => row.schemaVersion))}::smallint[], ${instantArray(column((row) => row.at))}::timestamptz[], ${textArray(column((row) => row.actor.kind))}::text[],
      ${uuidArray(column((row) => row.actor.accountId))}::uuid[], ${uuidArray(column((row) => row.actor.departmentId))}::uuid[], ${jsonbArray(column((row) => row.data))}::jsonb[])`.execute(tx);
});

/** All events of a case, in their order. */
export async function listEvents(tx: Tx, scope: CaseScope, caseId: string): Promise<readonly CaseEvent[]> {
  const rows = await tx.selectFrom('case_events').selectAll().select(planOfEvent.as('plan')).where('tenant_id', '=', scope.tenantId).where('case_id', '=', caseId).orderBy('event_number').execute();
  return rows.map((row) => {
    // What was written by insertEvents or as eventDataOf has it: the kind says what the data are.
    const body = { kind: row.kind, data: eventDataFrom(row.data, row.plan) } as unknown as CaseEventBody;
    const actor: EventActor = { kind: row.actor_kind as EventActor['kind'], accountId: row.account_id, departmentId: row.department_id };
    return { ...body, number: row.event_number, schemaVersion: row.schema_version, at: row.happened_at, actor };
  });
}

/** What an event says as it is written: the plan that a case begins with is named by its id. */
export function eventDataOf(event: CaseEvent): object {
  if (event.kind !== 'filed') return event.data;
  const { plan, ...data } = event.data;
  return { ...data, planId: planIdOf(plan) };
}

/** The same as it is read. Those of schema 1 have the plan in themselves. */
function eventDataFrom(written: unknown, plan: unknown): unknown {
  if (typeof written !== 'object' || written === null || !('planId' in written)) return written;
  const { planId, ...data } = written;
  return { ...data, plan: readPlan(String(planId), plan) };
}

/** Puts what waits for whom in the place of what waited before. */
export async function replaceTasks(tx: Tx, scope: ChangingScope, row: CaseRow): Promise<void> {
  await tx.deleteFrom('case_tasks').where('tenant_id', '=', scope.tenantId).where('case_id', '=', row.caseId).execute();
  const tasks = tasksOf(row);
  if (tasks.length > 0) await tasksAdded(tx, { tenantId: scope.tenantId, row, tasks });
}

const tasksAdded = gatherWrites(async (tx, made: readonly { readonly tenantId: number; readonly row: CaseRow; readonly tasks: readonly CaseTask[] }[]) => {
  const rows = made.flatMap(({ row, tasks }) => tasks.map((task) => ({ row, ...task })));
  const column = <T>(pick: (task: (typeof rows)[number]) => T): T[] => rows.map(pick);
  await sql`
    insert into case_tasks (tenant_id, case_id, department_id, act, assignee_id, due_on, status, jurisdiction_code, policy_id, benefit_id)
    select ${made[0]?.tenantId ?? 0}, * from unnest(
      ${uuidArray(column(({ row }) => row.caseId))}::uuid[], ${uuidArray(column((task) => task.departmentId))}::uuid[], ${textArray(column((task) => task.act))}::text[],
      ${uuidArray(column((task) => task.assigneeId))}::uuid[], ${dateArray(column((task) => task.dueOn))}::date[], ${textArray(column(({ row }) => row.status))}::text[],
      ${textArray(column(({ row }) => row.jurisdictionCode))}::text[], ${textArray(column(({ row }) => row.policyId))}::text[], ${textArray(column(({ row }) => row.benefitId))}::text[])`.execute(tx);
});

/** Something that was written about a case. */
export interface CaseText {
  readonly caseId: string;
  readonly textId: string;
  readonly audience: 'everybody' | 'officers';
  readonly textSealed: Uint8Array;
  readonly writtenAt: Date;
  readonly accountId: string | null;
  readonly departmentId: string | null;
}

/** Adds what was written. */
export async function insertText(tx: Tx, scope: ChangingScope, text: CaseText): Promise<void> {
  await tx
    .insertInto('case_texts')
    .values({
      tenant_id: scope.tenantId,
      case_id: text.caseId,
      text_id: text.textId,
      audience: text.audience,
      text_sealed: Buffer.from(text.textSealed),
      written_at: text.writtenAt,
      account_id: text.accountId,
      department_id: text.departmentId,
    })
    .execute();
}

/** What was written about a case, the earliest first; without `all` only what the applicant reads too. */
export async function listTexts(tx: Tx, scope: Scope<'case.read' | 'case.note'>, caseId: string, all: boolean): Promise<readonly CaseText[]> {
  let query = tx.selectFrom('case_texts').selectAll().where('tenant_id', '=', scope.tenantId).where('case_id', '=', caseId);
  if (!all) query = query.where('audience', '=', 'everybody');
  const rows = await query.orderBy('text_id').execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    textId: row.text_id,
    audience: row.audience as CaseText['audience'],
    textSealed: row.text_sealed,
    writtenAt: row.written_at,
    accountId: row.account_id,
    departmentId: row.department_id,
  }));
}

/** When a paper came to a case. */
export type PaperOccasion = 'filing' | 'supplement' | 'promise' | 'appeal';

/** A paper that a case rests on. */
export interface CasePaper {
  readonly evidenceId: string;
  readonly occasion: PaperOccasion;
  readonly addedAt: Date;
}

/** Adds papers that a case rests on; those there already stay as they are. */
export async function insertPapers(tx: Tx, scope: Scope<'application.file' | CommandPermission>, caseId: string, evidenceIds: readonly string[], occasion: PaperOccasion, now: Date): Promise<void> {
  if (evidenceIds.length === 0) return;
  await tx
    .insertInto('case_papers')
    .values(evidenceIds.map((evidenceId) => ({ tenant_id: scope.tenantId, case_id: caseId, evidence_id: evidenceId, occasion, added_at: now })))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'case_id', 'evidence_id']).doNothing())
    .execute();
}

/** The papers of a case, the earliest first. */
export async function listPapersOf(tx: Tx, scope: Scope<'case.read'>, caseId: string): Promise<readonly CasePaper[]> {
  const rows = await tx.selectFrom('case_papers').selectAll().where('tenant_id', '=', scope.tenantId).where('case_id', '=', caseId).orderBy('added_at').orderBy('evidence_id').execute();
  return rows.map((row) => ({ evidenceId: row.evidence_id, occasion: row.occasion as PaperOccasion, addedAt: row.added_at }));
}

/** The next case that somebody has to look at on a day, or whose deadline can be told by now; its row is locked, those that others hold are left out. */
export async function lockNextToLookAt(tx: Tx, scope: Scope<'case.escalate'>, today: string, knownYears: readonly number[]): Promise<CaseRow | undefined> {
  const due = await cases(tx, scope).where('look_on', '<=', today).orderBy('look_on').orderBy('case_id').limit(1).forUpdate().skipLocked().executeTakeFirst();
  if (due !== undefined) return readCase(due);
  if (knownYears.length === 0) return undefined;
  const told = await cases(tx, scope).where('missing_year', 'in', [...knownYears]).orderBy('case_id').limit(1).forUpdate().skipLocked().executeTakeFirst();
  return told === undefined ? undefined : readCase(told);
}

/** Whether an account is an officer of a department on a day, with one of these roles. */
export async function isAppointedTo(tx: Tx, scope: Scope<'case.assign'>, accountId: string, departmentId: string, roles: readonly Role[], today: string): Promise<boolean> {
  const row = await tx
    .selectFrom('appointments')
    .select('appointment_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', accountId)
    .where('department_id', '=', departmentId)
    .where(sql<boolean>`roles && ${[...roles]}::text[]`)
    .where('ended_at', 'is', null)
    .where('confirmed_at', 'is not', null)
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The accounts of officers who have one of these roles in one of these departments on a day. */
export async function listOfficersOf(tx: Tx, scope: Scope<'application.work' | 'case.escalate'>, departmentIds: readonly string[], roles: readonly Role[], today: string): Promise<readonly string[]> {
  if (departmentIds.length === 0) return [];
  const rows = await tx
    .selectFrom('appointments')
    .select('account_id')
    .distinct()
    .where('tenant_id', '=', scope.tenantId)
    .where('department_id', 'in', [...departmentIds])
    .where(sql<boolean>`roles && ${[...roles]}::text[]`)
    .where('ended_at', 'is', null)
    .where('confirmed_at', 'is not', null)
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)]))
    .orderBy('account_id')
    .execute();
  return rows.map((row) => row.account_id);
}

/** Cases of a policy that no decision has closed, behind a case, in the order of their ids. */
export async function listUndecided(tx: Tx, scope: Scope<'case.read'>, policyId: string, after: string | undefined, limit: number): Promise<readonly CaseRow[]> {
  let query = cases(tx, scope).where('policy_id', '=', policyId).where('status', 'in', ['filed', 'in-review', 'awaiting-supplement', 'deciding', 'in-appeal']);
  if (after !== undefined) query = query.where('case_id', '>', after);
  const rows = await query.orderBy('case_id').limit(limit).execute();
  return rows.map(readCase);
}

/** Cases about these parties or asked for by them, for the person's own copy and for deleting the rest. */
export async function listHeldCases(tx: Tx, scope: Scope<'subject-request.answer' | 'held-data.read'>, partyIds: readonly string[]): Promise<readonly CaseRow[]> {
  if (partyIds.length === 0) return [];
  const rows = await cases(tx, scope).where((eb) => eb.or([eb('subject_id', 'in', [...partyIds]), eb('applicant_id', 'in', [...partyIds])])).orderBy('case_id').execute();
  return rows.map(readCase);
}

function cases(tx: Tx, scope: Scope) {
  return tx.selectFrom('cases').selectAll().select(planOfCase.as('plan')).where('tenant_id', '=', scope.tenantId);
}

type Row = Awaited<ReturnType<ReturnType<typeof cases>['executeTakeFirstOrThrow']>>;

/** A row as the machine sees it. */
function readCase(row: Row): CaseRow {
  return {
    caseId: row.case_id,
    caseNumber: row.case_number,
    applicationId: row.application_id,
    applicantId: row.applicant_id,
    subjectId: row.subject_id,
    employerId: row.employer_id,
    policyId: row.policy_id,
    benefitId: row.benefit_id,
    period: row.period,
    jurisdictionCode: row.jurisdiction_code,
    packHash: row.pack_hash,
    settingsYear: row.settings_year,
    status: row.status as CaseStatus,
    step: row.step_number,
    lateness: row.lateness,
    engineStatus: row.engine_status as EngineStatus,
    expectedFen: row.expected_fen,
    decisionId: row.decision_id,
    grantedFen: row.granted_fen,
    // As writtenProgressOf has it: nothing else writes it.
    progress: { ...(row.progress as unknown as Omit<CaseProgress, 'plan'>), plan: readPlan(row.plan_id, row.plan) },
    version: row.version,
    filedAt: row.filed_at,
    changedAt: row.changed_at,
  };
}

/** A case as its row has it, but for {@link writtenProgressOf}. */
export function caseColumnsOf(tenantId: number, row: CaseRow) {
  const { progress } = row;
  return {
    tenant_id: tenantId,
    case_id: row.caseId,
    case_number: row.caseNumber,
    application_id: row.applicationId,
    applicant_id: row.applicantId,
    subject_id: row.subjectId,
    employer_id: row.employerId,
    policy_id: row.policyId,
    benefit_id: row.benefitId,
    period: row.period,
    jurisdiction_code: row.jurisdictionCode,
    pack_hash: row.packHash,
    settings_year: row.settingsYear,
    status: row.status,
    step_number: row.step,
    due_on: progress.clock.dueOn,
    look_on: lookOn(row),
    missing_year: closedStatuses.includes(row.status) ? null : progress.clock.missingYear,
    lateness: row.lateness,
    holds: progress.holdReasons.length,
    engine_status: row.engineStatus,
    expected_fen: row.expectedFen,
    decision_id: row.decisionId,
    granted_fen: row.grantedFen,
    plan_id: planIdOf(progress.plan),
    version: row.version,
    filed_at: row.filedAt,
    changed_at: row.changedAt,
  } satisfies Omit<Insertable<DB['cases']>, 'progress'>;
}

/** What the column `progress` has of a case: the rest of its state, without the plan, which the case names. */
export function writtenProgressOf({ progress }: CaseRow): Omit<CaseProgress, 'plan'> {
  const { plan: _, ...rest } = progress;
  return rest;
}
