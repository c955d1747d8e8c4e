// Inspections: planned, drawn by lot once, visited; the lot can be drawn again from what is kept.
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { readCases } from '../cases/index.ts';
import { listPaidCases } from '../payments/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { nameActor } from '../registry/index.ts';
import { drawLot } from './draw-lot.ts';
import { type CandidateRow, getPlan, insertPlan, listCandidates, listJurisdictionsBelow, lockCandidate, type PlanRow, type VisitResult, writeLot, writeVisit } from './inspection-store.ts';
import type { OversightParts } from './oversight.ts';
import { sealText } from './sealed-columns.ts';

const JOB = 'oversight';
const standing: ReadonlySet<string> = new Set(['granted', 'in-publication', 'settled']);

/** What is to be inspected. */
export type NewPlan = Pick<PlanRow, 'jurisdictionCode' | 'title' | 'policyId' | 'benefitId' | 'wanted'>;

/** Plans an inspection. @throws Refusal not-found: the jurisdiction is out of reach */
export async function planInspection(tx: Tx, scope: Scope<'inspection.plan'>, plan: NewPlan, now: Date): Promise<PlanRow> {
  const planId = newId();
  await insertPlan(tx, scope, { ...plan, planId, plannedBy: nameActor(scope.actor), plannedAt: now });
  return getPlan(tx, scope, planId);
}

/**
 * Draws the lot of a plan among those who are paid and whose grant stands, once: the seed is made now, so that nobody knew it when the plan was made, and everybody who could be drawn is kept with it.
 * @throws Refusal not-found, inspection-drawn-already, inspection-nobody
 */
export async function drawInspection(tx: Tx, scope: Scope<'inspection.plan'>, planId: string, now: Date): Promise<PlanRow> {
  const plan = await getPlan(tx, scope, planId, true);
  if (plan.state === 'drawn') throw new Refusal('inspection-drawn-already');
  const jurisdictionCodes = await listJurisdictionsBelow(tx, scope, plan.jurisdictionCode);
  const paid = await listPaidCases(tx, jobScope(scope.tenantId, JOB, 'payment.read'), { jurisdictionCodes, policyId: plan.policyId, benefitId: plan.benefitId });
  const cases = new Map((await readCases(tx, jobScope(scope.tenantId, JOB, 'case.read'), paid.map(({ caseId }) => caseId))).map((each) => [each.caseId, each]));
  // What was taken back needs no visit: nothing could be found of it.
  const payees = new Map(paid.filter(({ caseId }) => standing.has(cases.get(caseId)?.status ?? '')).map(({ caseId, partyId }) => [caseId, partyId]));
  if (payees.size === 0) throw new Refusal('inspection-nobody');
  const seed = randomBytes(32).toString('hex');
  const lot = drawLot(seed, [...payees.keys()]).map((caseId, at) => ({
    caseId, place: at + 1, partyId: payees.get(caseId) ?? '', employerId: cases.get(caseId)?.employerId ?? null, isDrawn: at < plan.wanted,
  }));
  await writeLot(tx, scope, planId, { seed, by: nameActor(scope.actor), at: now }, lot);
  return getPlan(tx, scope, planId);
}

/** Whether the lot that is kept comes out of the seed again; null before it was drawn. */
export async function isRepeatable(tx: Tx, scope: Scope<'inspection.read'>, plan: PlanRow): Promise<boolean | null> {
  if (plan.seed === null) return null;
  const kept = await listCandidates(tx, scope, plan.planId, { isDrawn: undefined, visit: undefined, after: 0, limit: undefined });
  const again = drawLot(plan.seed, kept.map(({ caseId }) => caseId));
  return kept.length === plan.candidates && kept.every(({ caseId, place, isDrawn }, at) => again[at] === caseId && place === at + 1 && isDrawn === at < plan.wanted);
}

/** Records what a visit found; a later visit takes the place of an earlier one. @throws Refusal not-found, inspection-not-drawn */
export async function recordVisit(
  tx: Tx,
  scope: Scope<'inspection.record'>,
  { protector }: Pick<OversightParts, 'protector'>,
  planId: string,
  caseId: string,
  { note, ...visit }: VisitResult & { readonly note: string | undefined },
  now: Date,
): Promise<CandidateRow> {
  await getPlan(tx, scope, planId);
  const candidate = await lockCandidate(tx, scope, planId, caseId);
  if (candidate === undefined) throw new Refusal('not-found');
  if (!candidate.isDrawn) throw new Refusal('inspection-not-drawn');
  const noteSealed = note === undefined ? null : sealText(protector, scope.tenantId, { table: 'inspection_candidates', column: 'note_sealed' }, `${planId}/${caseId}`, note);
  await writeVisit(tx, scope, planId, caseId, { ...visit, noteSealed, by: nameActor(scope.actor), at: now });
  return { ...candidate, ...visit, noteSealed, recordedAt: now };
}
