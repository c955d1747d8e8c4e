// The only SQL of filing: applications, and their cases with the first event and what waits for whom. Those of one moment are one statement.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { gather, gatherWrites } from '../../storage/gather.ts';
import { bigintArray, dateArray, instantArray, integerArray, jsonbArray, smallintArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import { type CaseEvent, tasksOf } from './case.ts';
import { caseColumnsOf, type CaseRow, eventDataOf, isOpen, type NewApplication, writtenProgressOf } from './case-store.ts';
import { insertingPlans } from './plan-store.ts';

/** Adds an application; false where it is there already. */
export async function insertApplication(tx: Tx, scope: Scope<'application.file'>, application: NewApplication): Promise<boolean> {
  const { rows } = await insertingApplications([{ tenantId: scope.tenantId, application }], sql`on conflict (tenant_id, application_id) do nothing returning application_id`).execute(tx);
  return rows.length > 0;
}

/** Adds an application of an id that nobody else can have; nobody waits for it. */
export async function insertNewApplication(tx: Tx, scope: Scope<'application.file'>, application: NewApplication): Promise<void> {
  await newApplicationsAdded(tx, { tenantId: scope.tenantId, application });
}

interface ApplicationToInsert {
  readonly tenantId: number;
  readonly application: NewApplication;
}

const newApplicationsAdded = gatherWrites((tx, made: readonly ApplicationToInsert[]) => insertingApplications(made, sql``).execute(tx));

function insertingApplications(made: readonly ApplicationToInsert[], ending: RawBuilder<unknown>): RawBuilder<unknown> {
  const column = <T>(pick: (application: NewApplication) => T): T[] => made.map(({ application }) => pick(application));
  return sql`
    insert into applications (tenant_id, application_id, applicant_id, channel, import_id, jurisdiction_code, filed_at, filed_by)
    select ${made[0]?.tenantId ?? 0}, * from unnest(
      ${uuidArray(column((one) => one.applicationId))}::uuid[], ${uuidArray(column((one) => one.applicantId))}::uuid[], ${textArray(column((one) => one.channel))}::text[],
      ${uuidArray(column((one) => one.importId))}::uuid[], ${textArray(column((one) => one.jurisdictionCode))}::text[], ${instantArray(column((one) => one.filedAt))}::timestamptz[],
      ${textArray(column((one) => one.filedBy))}::text[]) ${ending}`;
}

/** With which a case begins. */
export type FiledEvent = Extract<CaseEvent, { readonly kind: 'filed' }>;

/**
 * What became of a case: it was added; its place is taken, by whoever was faster, and nothing was added; or its person was merged meanwhile with
 * one who has such a case, and the transaction has to be given up.
 */
export type Filing = 'filed' | 'taken' | 'doubled';

/** Adds a case with its first event and what waits for whom. */
export async function insertFiledCase(tx: Tx, scope: Scope<'application.file'>, row: CaseRow, filed: FiledEvent): Promise<Filing> {
  return casesFiled(tx, { tenantId: scope.tenantId, row, filed });
}

interface CaseToInsert {
  readonly tenantId: number;
  readonly row: CaseRow;
  readonly filed: FiledEvent;
}

const casesFiled = gather('writing', async (tx, made: readonly CaseToInsert[]): Promise<readonly Filing[]> => {
  const tenantId = made[0]?.tenantId ?? 0;
  // In one order of places, so that two transactions never wait for each other in a circle.
  const inOrder = [...made].sort((a, b) => (placeOf(a.row) < placeOf(b.row) ? -1 : 1));
  const rows = inOrder.map(({ row }) => caseColumnsOf(tenantId, row));
  const column = <T>(pick: (row: (typeof rows)[number]) => T): T[] => rows.map(pick);
  const begun = inOrder.map(({ row, filed }) => ({ caseId: row.caseId, filed, data: eventDataOf(filed) }));
  const event = <T>(pick: (one: (typeof begun)[number]) => T): T[] => begun.map(pick);
  const tasks = inOrder.flatMap(({ row }) => tasksOf(row).map((each) => ({ row, ...each })));
  const task = <T>(pick: (one: (typeof tasks)[number]) => T): T[] => tasks.map(pick);
  // Plans first: whoever waits for one that another transaction is adding holds no place yet that the other may be waiting for.
  const inserting = sql<{ case_id: string }>`
    with planned as (${insertingPlans(tenantId, inOrder.map(({ row }) => row.progress.plan))} returning plan_id), filed as (
      insert into cases (tenant_id, case_id, case_number, application_id, applicant_id, subject_id, employer_id, policy_id, benefit_id, period, jurisdiction_code, pack_hash,
        settings_year, status, step_number, due_on, look_on, missing_year, lateness, holds, engine_status, expected_fen, decision_id, granted_fen, version, filed_at, changed_at, plan_id, progress)
      select ${tenantId}, case_id, case_number, application_id, applicant_id, subject_id, employer_id, policy_id, benefit_id, period, jurisdiction_code, pack_hash,
        settings_year, status, step_number, due_on, look_on, missing_year, lateness, holds, engine_status, expected_fen, decision_id, granted_fen, version, filed_at, changed_at,
        plan_id, progress
      from (select count(*) from planned) as first, unnest(
        ${uuidArray(column((row) => row.case_id))}::uuid[], ${textArray(column((row) => row.case_number))}::text[], ${uuidArray(column((row) => row.application_id))}::uuid[],
        ${uuidArray(column((row) => row.applicant_id))}::uuid[], ${uuidArray(column((row) => row.subject_id))}::uuid[], ${uuidArray(column((row) => row.employer_id))}::uuid[],
        ${textArray(column((row) => row.policy_id))}::text[], ${textArray(column((row) => row.benefit_id))}::text[], ${textArray(column((row) => row.period))}::text[],
        ${textArray(column((row) => row.jurisdiction_code))}::text[], ${textArray(column((row) => row.pack_hash))}::text[], ${integerArray(column((row) => row.settings_year))}::integer[],
        ${textArray(column((row) => row.status))}::text[], ${integerArray(column((row) => row.step_number))}::integer[], ${dateArray(column((row) => row.due_on))}::date[],
        ${dateArray(column((row) => row.look_on))}::date[], ${integerArray(column((row) => row.missing_year))}::integer[], ${smallintArray(column((row) => row.lateness))}::smallint[],
        ${integerArray(column((row) => row.holds))}::integer[], ${textArray(column((row) => row.engine_status))}::text[], ${bigintArray(column((row) => row.expected_fen))}::bigint[],
        ${uuidArray(column((row) => row.decision_id))}::uuid[], ${bigintArray(column((row) => row.granted_fen))}::bigint[], ${integerArray(column((row) => row.version))}::integer[],
        ${instantArray(column((row) => row.filed_at))}::timestamptz[], ${instantArray(column((row) => row.changed_at))}::timestamptz[],
        ${uuidArray(column((row) => row.plan_id))}::uuid[], ${jsonbArray(inOrder.map(({ row }) => writtenProgressOf(row)))}::jsonb[]
      ) as given (case_id, case_number, application_id, applicant_id, subject_id, employer_id, policy_id, benefit_id, period, jurisdiction_code, pack_hash,
        settings_year, status, step_number, due_on, look_on, missing_year, lateness, holds, engine_status, expected_fen, decision_id, granted_fen, version, filed_at, changed_at, plan_id, progress)
      on conflict (tenant_id, subject_id, policy_id, benefit_id, period) where ${isOpen} do nothing
      returning case_id
    ), told as (
      insert into case_events (tenant_id, case_id, event_number, kind, schema_version, happened_at, actor_kind, account_id, department_id, data)
      select ${tenantId}, * from unnest(
        ${uuidArray(event(({ caseId }) => caseId))}::uuid[], ${integerArray(event(({ filed }) => filed.number))}::integer[], ${textArray(event(({ filed }) => filed.kind))}::text[],
        ${smallintArray(event(({ filed }) => filed.schemaVersion))}::smallint[], ${instantArray(event(({ filed }) => filed.at))}::timestamptz[],
        ${textArray(event(({ filed }) => filed.actor.kind))}::text[], ${uuidArray(event(({ filed }) => filed.actor.accountId))}::uuid[],
        ${uuidArray(event(({ filed }) => filed.actor.departmentId))}::uuid[], ${jsonbArray(event(({ data }) => data))}::jsonb[]
      ) as given (case_id)
      where case_id in (select case_id from filed)
    ), waiting as (
      insert into case_tasks (tenant_id, case_id, department_id, act, assignee_id, due_on, status, jurisdiction_code, policy_id, benefit_id)
      select ${tenantId}, * from unnest(
        ${uuidArray(task(({ row }) => row.caseId))}::uuid[], ${uuidArray(task((each) => each.departmentId))}::uuid[], ${textArray(task((each) => each.act))}::text[],
        ${uuidArray(task((each) => each.assigneeId))}::uuid[], ${dateArray(task((each) => each.dueOn))}::date[], ${textArray(task(({ row }) => row.status))}::text[],
        ${textArray(task(({ row }) => row.jurisdictionCode))}::text[], ${textArray(task(({ row }) => row.policyId))}::text[], ${textArray(task(({ row }) => row.benefitId))}::text[]
      ) as given (case_id)
      where case_id in (select case_id from filed)
    )
    select case_id from filed`.execute(tx);
  // Sent at once, and looked at only once the references of the first have waited for whoever merges these people.
  const [inserted, doubled] = await Promise.all([inserting, findDoubled(tx, tenantId, rows)]);
  const own = new Set(inserted.rows.map((row) => row.case_id));
  return made.map(({ row }) => (!own.has(row.caseId) ? 'taken' : doubled.has(row.caseId) ? 'doubled' : 'filed'));
});

/**
 * Of cases that were just sent those that, once written, do not have their person's place for themselves: the subject is no longer in force, or
 * a record that was merged into it has a case there. The index keeps one case of one id; this the rest.
 */
async function findDoubled(tx: Tx, tenantId: number, sent: readonly PlaceColumns[]): Promise<ReadonlySet<string>> {
  const column = <T>(pick: (row: PlaceColumns) => T): T[] => sent.map(pick);
  // Merged records are few and their cases fewer: each is looked up by its person, never by its benefit, whatever the planner believes of a table that fills.
  const { rows } = await sql<{ case_id: string }>`
    with recursive mine as materialized (
      select * from unnest(
        ${uuidArray(column((row) => row.case_id))}::uuid[], ${uuidArray(column((row) => row.subject_id))}::uuid[], ${textArray(column((row) => row.policy_id))}::text[],
        ${textArray(column((row) => row.benefit_id))}::text[], ${textArray(column((row) => row.period))}::text[]
      ) as given (case_id, subject_id, policy_id, benefit_id, period)
    ), down as (
      select mine.case_id, p.party_id from mine join parties p on p.tenant_id = ${tenantId} and p.merged_into = mine.subject_id
      union all
      select down.case_id, p.party_id from down join parties p on p.tenant_id = ${tenantId} and p.merged_into = down.party_id
    )
    select mine.case_id from mine join parties p on p.tenant_id = ${tenantId} and p.party_id = mine.subject_id where p.merged_into is not null
    union all
    select mine.case_id from down join mine using (case_id) cross join lateral (
      select other.case_id from cases other
      where other.tenant_id = ${tenantId} and other.subject_id = down.party_id and other.policy_id = mine.policy_id and other.benefit_id = mine.benefit_id
        and other.period = mine.period and ${isOpen}
      limit 1
    ) as theirs`.execute(tx);
  return new Set(rows.map((row) => row.case_id));
}

/** What is one case's place: no other of the same person has it. */
type PlaceColumns = Pick<ReturnType<typeof caseColumnsOf>, 'case_id' | 'subject_id' | 'policy_id' | 'benefit_id' | 'period'>;

function placeOf({ subjectId, policyId, benefitId, period }: CaseRow): string {
  return `${subjectId} ${policyId} ${benefitId} ${period}`;
}
