// The SQL of inspections: plans, everybody who could be drawn in the order of the lot, and what was found.
import { type SqlBool, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A plan as stored. */
export interface PlanRow {
  readonly planId: string;
  readonly jurisdictionCode: string;
  readonly title: string;
  readonly policyId: string;
  readonly benefitId: string | null;
  readonly wanted: number;
  readonly state: 'planned' | 'drawn';
  readonly seed: string | null;
  readonly candidates: number | null;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly drawnBy: string | null;
  readonly drawnAt: Date | null;
}

/** What was found at a visit. */
export interface VisitResult {
  readonly atPost: 'yes' | 'no' | 'not-met';
  readonly usefulness: 'useful' | 'partly' | 'not' | null;
  readonly visitedOn: string;
}

/** Somebody who could be drawn. */
export interface CandidateRow {
  readonly planId: string;
  readonly caseId: string;
  readonly place: number;
  readonly partyId: string;
  readonly employerId: string | null;
  readonly isDrawn: boolean;
  readonly atPost: VisitResult['atPost'] | null;
  readonly usefulness: VisitResult['usefulness'];
  readonly noteSealed: Uint8Array | null;
  readonly visitedOn: string | null;
  readonly recordedAt: Date | null;
}

type Reader = Scope<'inspection.read' | 'inspection.plan' | 'inspection.record' | 'inspection.find'>;

/** Adds a plan. */
export async function insertPlan(tx: Tx, scope: Scope<'inspection.plan'>, plan: Pick<PlanRow, 'planId' | 'jurisdictionCode' | 'title' | 'policyId' | 'benefitId' | 'wanted' | 'plannedBy' | 'plannedAt'>): Promise<void> {
  if (!codesOf(scope).includes(plan.jurisdictionCode)) throw new Refusal('not-found');
  await tx
    .insertInto('inspection_plans')
    .values({
      tenant_id: scope.tenantId,
      plan_id: plan.planId,
      jurisdiction_code: plan.jurisdictionCode,
      title: plan.title,
      policy_id: plan.policyId,
      benefit_id: plan.benefitId,
      wanted: plan.wanted,
      state: 'planned',
      planned_by: plan.plannedBy,
      planned_at: plan.plannedAt,
    })
    .execute();
}

/** A plan, locked where it is to be changed. @throws Refusal not-found, for one out of reach too. */
export async function getPlan(tx: Tx, scope: Reader, planId: string, isLocked = false): Promise<PlanRow> {
  let query = tx.selectFrom('inspection_plans').selectAll().where('tenant_id', '=', scope.tenantId).where('plan_id', '=', planId).where('jurisdiction_code', 'in', codesOf(scope));
  if (isLocked) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfPlan(row);
}

/** The jurisdictions of a plan: its own and all below. */
export async function listJurisdictionsBelow(tx: Tx, scope: Scope<'inspection.plan'>, code: string): Promise<readonly string[]> {
  const rows = await tx.selectFrom('jurisdictions').select(['code', 'parent_code']).where('tenant_id', '=', scope.tenantId).execute();
  const found = [code];
  for (const each of found) found.push(...rows.filter((row) => row.parent_code === each).map((row) => row.code));
  return found;
}

const AT_ONCE = 1000;

/** Writes the lot of a plan that was locked before. */
export async function writeLot(
  tx: Tx,
  scope: Scope<'inspection.plan'>,
  planId: string,
  drawn: { readonly seed: string; readonly by: string; readonly at: Date },
  lot: readonly Pick<CandidateRow, 'caseId' | 'place' | 'partyId' | 'employerId' | 'isDrawn'>[],
): Promise<void> {
  await tx
    .updateTable('inspection_plans')
    .set({ state: 'drawn', seed: drawn.seed, candidates: lot.length, drawn_by: drawn.by, drawn_at: drawn.at })
    .where('tenant_id', '=', scope.tenantId)
    .where('plan_id', '=', planId)
    .execute();
  for (let from = 0; from < lot.length; from += AT_ONCE) {
    await tx
      .insertInto('inspection_candidates')
      .values(lot.slice(from, from + AT_ONCE).map((one) => ({ tenant_id: scope.tenantId, plan_id: planId, case_id: one.caseId, place: one.place, party_id: one.partyId, employer_id: one.employerId, is_drawn: one.isDrawn })))
      .execute();
  }
}

/** Which plans to list; `after` is the id of the last one seen. */
export interface PlanQuestion {
  readonly state: PlanRow['state'] | undefined;
  readonly jurisdictionCode: string | undefined;
  /** Part of the title. */
  readonly q: string;
  readonly sort: 'newest' | 'oldest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** Plans in reach that match. */
export async function listPlans(tx: Tx, scope: Scope<'inspection.read'>, { state, jurisdictionCode, q, sort, after, limit }: PlanQuestion): Promise<readonly PlanRow[]> {
  let query = tx.selectFrom('inspection_plans').selectAll().where('tenant_id', '=', scope.tenantId).where('jurisdiction_code', 'in', codesOf(scope));
  if (state !== undefined) query = query.where('state', '=', state);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (q !== '') query = query.where(sql<SqlBool>`position(lower(${q}) in lower(title)) > 0`);
  if (after !== undefined) query = query.where('plan_id', sort === 'newest' ? '<' : '>', after);
  return (await query.orderBy('plan_id', sort === 'newest' ? 'desc' : 'asc').limit(limit).execute()).map(rowOfPlan);
}

/** How many of each plan's candidates were visited. */
export async function countVisits(tx: Tx, scope: Reader, planIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (planIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('inspection_candidates')
    .select((select) => ['plan_id', select.fn.countAll<number>().as('visited')])
    .where('tenant_id', '=', scope.tenantId)
    .where('plan_id', 'in', [...planIds])
    .where('recorded_at', 'is not', null)
    .groupBy('plan_id')
    .execute();
  return new Map(rows.map((row) => [row.plan_id, Number(row.visited)]));
}

/** Which candidates of a plan to list; `after` is the place of the last one seen. */
export interface CandidateQuestion {
  readonly isDrawn: boolean | undefined;
  readonly visit: 'waiting' | 'done' | undefined;
  readonly after: number;
  readonly limit: number | undefined;
}

/** The candidates of a plan in the order of the lot. */
export async function listCandidates(tx: Tx, scope: Reader, planId: string, { isDrawn, visit, after, limit }: CandidateQuestion): Promise<readonly CandidateRow[]> {
  let query = tx.selectFrom('inspection_candidates').selectAll().where('tenant_id', '=', scope.tenantId).where('plan_id', '=', planId).where('place', '>', after);
  if (isDrawn !== undefined) query = query.where('is_drawn', '=', isDrawn);
  if (visit !== undefined) query = query.where('recorded_at', visit === 'done' ? 'is not' : 'is', null);
  if (limit !== undefined) query = query.limit(limit);
  return (await query.orderBy('place').execute()).map(rowOfCandidate);
}

/** A candidate, locked; undefined where the plan has none of that case. */
export async function lockCandidate(tx: Tx, scope: Scope<'inspection.record'>, planId: string, caseId: string): Promise<CandidateRow | undefined> {
  const row = await tx.selectFrom('inspection_candidates').selectAll().where('tenant_id', '=', scope.tenantId).where('plan_id', '=', planId).where('case_id', '=', caseId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : rowOfCandidate(row);
}

/** Writes what was found at a visit; a later visit takes the place of an earlier one. */
export async function writeVisit(tx: Tx, scope: Scope<'inspection.record'>, planId: string, caseId: string, visit: VisitResult & { readonly noteSealed: Uint8Array | null; readonly by: string; readonly at: Date }): Promise<void> {
  await tx
    .updateTable('inspection_candidates')
    .set((set) => ({
      at_post: visit.atPost,
      usefulness: visit.usefulness,
      visited_on: visit.visitedOn,
      note_sealed: visit.noteSealed === null ? null : Buffer.from(visit.noteSealed),
      recorded_by: visit.by,
      recorded_at: visit.at,
      version: set('version', '+', 1),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('plan_id', '=', planId)
    .where('case_id', '=', caseId)
    .execute();
}

function codesOf({ reach }: Reader): string[] {
  return reach.kind === 'jurisdictions' ? [...reach.codes] : [''];
}

type PlanDatabaseRow = Awaited<ReturnType<typeof anyPlan>>;
type CandidateDatabaseRow = Awaited<ReturnType<typeof anyCandidate>>;
// Only for their types: what rows of the tables are.
const anyPlan = (tx: Tx) => tx.selectFrom('inspection_plans').selectAll().executeTakeFirstOrThrow();
const anyCandidate = (tx: Tx) => tx.selectFrom('inspection_candidates').selectAll().executeTakeFirstOrThrow();

function rowOfPlan(row: PlanDatabaseRow): PlanRow {
  return {
    planId: row.plan_id, jurisdictionCode: row.jurisdiction_code, title: row.title, policyId: row.policy_id, benefitId: row.benefit_id, wanted: row.wanted, state: row.state as PlanRow['state'],
    seed: row.seed, candidates: row.candidates, plannedBy: row.planned_by, plannedAt: row.planned_at, drawnBy: row.drawn_by, drawnAt: row.drawn_at,
  };
}

function rowOfCandidate(row: CandidateDatabaseRow): CandidateRow {
  return {
    planId: row.plan_id, caseId: row.case_id, place: row.place, partyId: row.party_id, employerId: row.employer_id, isDrawn: row.is_drawn, atPost: row.at_post as CandidateRow['atPost'],
    usefulness: row.usefulness as CandidateRow['usefulness'], noteSealed: row.note_sealed, visitedOn: row.visited_on, recordedAt: row.recorded_at,
  };
}

/** Visits of parties that were recorded. */
export async function listHeldVisits(tx: Tx, scope: Scope<'subject-request.answer' | 'held-data.read'>, partyIds: readonly string[]): Promise<readonly CandidateRow[]> {
  const rows = await tx
    .selectFrom('inspection_candidates')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .where('recorded_at', 'is not', null)
    .orderBy('recorded_at')
    .execute();
  return rows.map(rowOfCandidate);
}
