// The SQL of lists of cases: each walks ranges of one index, one for each jurisdiction and state, so that a page costs the same however many cases there are.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { caseStatuses, type CaseStatus } from './case.ts';
import { type CaseRow, readCases } from './case-store.ts';

/** The orders of a list: what is due first, or the newest first. */
export type CaseSort = 'deadline' | 'newest';

/** What a list shows. */
export interface CaseQuestion {
  readonly sort: CaseSort;
  /** Cases of these jurisdictions; undefined where the caller reaches a party's cases wherever they are. */
  readonly jurisdictions?: readonly string[] | undefined;
  /** Cases about these parties or asked for by them: what a person or an agent reaches. */
  readonly partyIds?: readonly string[] | undefined;
  /** Cases about this person, by all ids that mean it. */
  readonly subjectIds?: readonly string[] | undefined;
  readonly employerIds?: readonly string[] | undefined;
  readonly statuses?: readonly CaseStatus[] | undefined;
  readonly benefit?: { readonly policyId: string; readonly benefitId: string } | undefined;
  /** Only what waits for this department, of it what somebody took, or nobody. */
  readonly queue?: { readonly departmentId: string; readonly assigneeId?: string | null } | undefined;
  readonly isHeld?: boolean | undefined;
  /** Overdue on this day. */
  readonly lateOn?: string | undefined;
}

/** Where a page ended. */
export interface CasePlace {
  readonly dueOn: string | null;
  readonly caseId: string;
}

/** How many there are: exact up to a ceiling. */
export interface CaseCount {
  readonly count: number;
  readonly isAtLeast: boolean;
}

type Sql = RawBuilder<unknown>;

const MOST_COUNTED = 10_000;

/** One page of a list after a place. */
export async function findCasePage(tx: Tx, scope: Scope<'case.read'>, question: CaseQuestion, limit: number, after?: CasePlace): Promise<readonly CaseRow[]> {
  const { tenantId } = scope;
  const order = question.sort === 'newest' ? sql`order by c.case_id desc` : sql`order by c.due_on, c.case_id`;
  const beyond =
    after === undefined ? sql`true` : question.sort === 'newest' ? sql`c.case_id < ${after.caseId}::uuid` : sql`(c.due_on, c.case_id) > (${after.dueOn}::date, ${after.caseId}::uuid)`;
  const found = await sql<{ case_id: string }>`select c.case_id from (${pageOf(tenantId, question, beyond, order, limit)}) c ${order} limit ${limit}`.execute(tx);
  const ids = found.rows.map((row) => row.case_id);
  const rows = new Map((await readCases(tx, scope, ids)).map((row) => [row.caseId, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** How many a list holds, counted up to ten thousand. */
export async function countCases(tx: Tx, scope: Scope<'case.read'>, question: CaseQuestion): Promise<CaseCount> {
  const { rows } = await sql<{ counted: number }>`select count(*)::integer as counted from (select from (${pageOf(scope.tenantId, question, sql`true`, sql``, MOST_COUNTED + 1)}) page limit ${MOST_COUNTED + 1}) counted`.execute(tx);
  const counted = rows[0]?.counted ?? 0;
  return { count: Math.min(counted, MOST_COUNTED), isAtLeast: counted > MOST_COUNTED };
}

/** The rows of a page, and perhaps more: the first of each range that the list walks. */
function pageOf(tenantId: number, question: CaseQuestion, beyond: Sql, order: Sql, limit: number): Sql {
  const { jurisdictions, partyIds, subjectIds, employerIds, statuses, benefit, queue, sort, isHeld, lateOn } = question;
  const asked: Sql[] = [sql`c.tenant_id = ${tenantId}`, beyond];
  // Only open cases have a deadline; the indexes of deadlines hold nothing else.
  if (sort === 'deadline' || lateOn !== undefined) asked.push(sql`c.due_on is not null`);
  if (lateOn !== undefined) asked.push(sql`c.due_on < ${lateOn}::date`);
  if (benefit !== undefined) asked.push(sql`c.policy_id = ${benefit.policyId} and c.benefit_id = ${benefit.benefitId}`);
  if (isHeld === true) asked.push(sql`c.holds > 0`);
  if (subjectIds !== undefined) asked.push(sql`c.subject_id = any(${[...subjectIds]}::uuid[])`);
  if (employerIds !== undefined) asked.push(sql`c.employer_id = any(${[...employerIds]}::uuid[])`);
  const inStates = statuses === undefined ? sql`true` : sql`c.status = any(${[...statuses]}::text[])`;
  const inPlaces = jurisdictions === undefined ? sql`true` : sql`c.jurisdiction_code = any(${[...jurisdictions]}::text[])`;
  const all = (more: readonly Sql[]): Sql => sql.join([...asked, ...more], sql` and `);
  const columns = sql`c.case_id, c.due_on`;

  if (queue !== undefined) {
    const { departmentId, assigneeId } = queue;
    const whose = assigneeId === undefined ? sql`` : assigneeId === null ? sql`and t.assignee_id is null` : sql`and t.assignee_id = ${assigneeId}::uuid`;
    return sql`(select ${columns} from case_tasks t join cases c on c.tenant_id = ${tenantId} and c.case_id = t.case_id
      where t.tenant_id = ${tenantId} and t.department_id = ${departmentId}::uuid ${whose} and ${all([inStates, inPlaces])} ${order} limit ${limit})`;
  }
  if (partyIds !== undefined) {
    const of = (column: string): Sql => sql`(select ${columns} from cases c where ${all([inStates, inPlaces, sql`${sql.ref(`c.${column}`)} = any(${[...partyIds]}::uuid[])`])} ${order} limit ${limit})`;
    return sql`${of('subject_id')} union ${of('applicant_id')}`;
  }
  if (subjectIds !== undefined || employerIds !== undefined || jurisdictions === undefined) return sql`(select ${columns} from cases c where ${all([inStates, inPlaces])} ${order} limit ${limit})`;
  // One range of the index for each jurisdiction, and for each state where the order needs it.
  const byState = sort === 'newest' && isHeld !== true && lateOn === undefined ? (statuses ?? caseStatuses) : statuses;
  if (byState === undefined) {
    return sql`(select r.* from unnest(${[...jurisdictions]}::text[]) as j (code) cross join lateral
      (select ${columns} from cases c where ${all([sql`c.jurisdiction_code = j.code`])} ${order} limit ${limit}) r)`;
  }
  return sql`(select r.* from unnest(${[...jurisdictions]}::text[]) as j (code) cross join unnest(${[...byState]}::text[]) as s (status) cross join lateral
    (select ${columns} from cases c where ${all([sql`c.jurisdiction_code = j.code`, sql`c.status = s.status`])} ${order} limit ${limit}) r)`;
}
