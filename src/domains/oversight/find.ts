// Findings: recorded by one officer, which holds the case's payments at once; confirmed or dismissed by another; closed when what followed is done.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { hold, readCases, release } from '../cases/index.ts';
import { proposeRepayment, type RepaymentWish } from '../payments/index.ts';
import { jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import { nameActor, resolveParties } from '../registry/index.ts';
import { type FindingRow, getFinding, insertFinding, updateFinding } from './finding-store.ts';
import { getPlan } from './inspection-store.ts';
import type { Liability, OversightParts } from './oversight.ts';
import { getReport } from './report-store.ts';
import { sealText } from './sealed-columns.ts';

const JOB = 'oversight';

/** What was found, and on what it rests. */
export interface NewFinding {
  readonly caseId: string;
  readonly planId: string | undefined;
  readonly reportId: string | undefined;
  readonly text: string;
  readonly recommenderIds: readonly string[];
}

/**
 * Records a finding: the case is held from now on. The payee and the employer answer for it, and whoever recommended.
 * @throws Refusal not-found: the case, plan, report or recommender is not there or out of reach
 */
export async function recordFinding(tx: Tx, scope: Scope<'inspection.find'>, parts: OversightParts, found: NewFinding, now: Date): Promise<FindingRow> {
  const { tenantId, reach } = scope;
  const [row] = await readCases(tx, jobScope(tenantId, JOB, 'case.read'), [found.caseId]);
  if (row === undefined || reach.kind !== 'jurisdictions' || !reach.codes.includes(row.jurisdictionCode)) throw new Refusal('not-found');
  if (found.planId !== undefined) await getPlan(tx, scope, found.planId);
  if (found.reportId !== undefined) await getReport(tx, scopeAlso(scope, 'report.read'), found.reportId);
  const recommenders = await resolveParties(tx, scope, found.recommenderIds);
  if (found.recommenderIds.some((id) => !recommenders.has(id))) throw new Refusal('not-found');
  const liabilities: readonly Liability[] = [
    { partyId: row.subjectId, role: 'payee' },
    ...(row.employerId === null ? [] : [{ partyId: row.employerId, role: 'employer' as const }]),
    ...[...new Set(recommenders.values())].map((partyId): Liability => ({ partyId, role: 'recommender' })),
  ];
  const findingId = newId();
  const textSealed = sealText(parts.protector, tenantId, { table: 'findings', column: 'text_sealed' }, findingId, found.text);
  const { jurisdictionCode } = row;
  await insertFinding(tx, scope, { findingId, caseId: found.caseId, jurisdictionCode, planId: found.planId ?? null, reportId: found.reportId ?? null, textSealed, foundBy: nameActor(scope.actor), foundAt: now }, liabilities);
  await hold(tx, jobScope(tenantId, JOB, 'case.hold'), parts.cases, found.caseId, { reason: 'finding', referenceId: findingId }, now);
  return getFinding(tx, scope, findingId);
}

/** Confirms or dismisses what somebody else found; dismissed, the case goes on. @throws Refusal not-found, finding-state-unfit, own-hands-refused */
export async function decideFinding(tx: Tx, scope: Scope<'inspection.decide'>, parts: OversightParts, findingId: string, decision: { readonly outcome: 'confirmed' | 'dismissed'; readonly reason: string; readonly document: string | null }, now: Date): Promise<FindingRow> {
  const row = await getFinding(tx, scope, findingId, true);
  if (row.state !== 'open') throw new Refusal('finding-state-unfit', { state: row.state });
  const by = nameActor(scope.actor);
  if (row.foundBy === by) throw new Refusal('own-hands-refused');
  const sealed = sealText(parts.protector, scope.tenantId, { table: 'findings', column: 'decision_sealed' }, findingId, decision.reason);
  await updateFinding(tx, scope, findingId, { state: decision.outcome, decision: { by, at: now, sealed, document: decision.document } });
  if (decision.outcome === 'dismissed') await endHold(tx, scope, parts, row, now);
  return getFinding(tx, scope, findingId);
}

/** Closes a confirmed finding once what followed from it is done; its hold ends. @throws Refusal not-found, finding-state-unfit */
export async function closeFinding(tx: Tx, scope: Scope<'inspection.decide'>, parts: OversightParts, findingId: string, now: Date): Promise<FindingRow> {
  const row = await getFinding(tx, scope, findingId, true);
  if (row.state !== 'confirmed') throw new Refusal('finding-state-unfit', { state: row.state });
  await updateFinding(tx, scope, findingId, { state: 'closed', closed: { by: nameActor(scope.actor), at: now } });
  await endHold(tx, scope, parts, row, now);
  return getFinding(tx, scope, findingId);
}

/** Asks payments to propose a repayment on a confirmed finding, of payments of its own case. @throws Refusal not-found, finding-state-unfit, and those of payments */
export async function askBack(tx: Tx, scope: Scope<'payment.recover'>, parts: OversightParts, findingId: string, wish: Pick<RepaymentWish, 'payments' | 'reason' | 'terms'>, now: Date): Promise<{ readonly repaymentId: string; readonly amountFen: number }> {
  const row = await getFinding(tx, scopeAlso(scope, 'inspection.read'), findingId);
  if ((row.state !== 'confirmed' && row.state !== 'closed') || row.document === null) throw new Refusal('finding-state-unfit', { state: row.state });
  const repayment = await proposeRepayment(tx, scope, parts.payments, { ...wish, document: row.document, aboutId: findingId }, now);
  if (repayment.caseId !== row.caseId) throw new Refusal('not-found');
  return { repaymentId: repayment.repaymentId, amountFen: repayment.amountFen };
}

async function endHold(tx: Tx, { tenantId }: Scope<'inspection.decide'>, parts: OversightParts, { caseId, findingId }: FindingRow, now: Date): Promise<void> {
  await release(tx, jobScope(tenantId, JOB, 'case.hold'), parts.cases, caseId, { referenceId: findingId }, now);
}
