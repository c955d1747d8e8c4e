// The SQL of findings and of who answers for them.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { FindingState, Liability } from './oversight.ts';

/** A finding as stored. */
export interface FindingRow {
  readonly findingId: string;
  readonly caseId: string;
  readonly jurisdictionCode: string;
  readonly planId: string | null;
  readonly reportId: string | null;
  readonly textSealed: Uint8Array;
  readonly state: FindingState;
  readonly foundBy: string;
  readonly foundAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionSealed: Uint8Array | null;
  readonly document: string | null;
  readonly closedAt: Date | null;
}

type Reader = Scope<'inspection.read' | 'inspection.find' | 'inspection.decide'>;

/** Adds a finding with those who answer for it. */
export async function insertFinding(tx: Tx, scope: Scope<'inspection.find'>, row: Pick<FindingRow, 'findingId' | 'caseId' | 'jurisdictionCode' | 'planId' | 'reportId' | 'textSealed' | 'foundBy' | 'foundAt'>, liabilities: readonly Liability[]): Promise<void> {
  await tx
    .insertInto('findings')
    .values({
      tenant_id: scope.tenantId,
      finding_id: row.findingId,
      case_id: row.caseId,
      jurisdiction_code: row.jurisdictionCode,
      plan_id: row.planId,
      report_id: row.reportId,
      text_sealed: Buffer.from(row.textSealed),
      state: 'open',
      found_by: row.foundBy,
      found_at: row.foundAt,
    })
    .execute();
  await tx
    .insertInto('finding_liabilities')
    .values(liabilities.map(({ partyId, role }) => ({ tenant_id: scope.tenantId, finding_id: row.findingId, party_id: partyId, role })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A finding, locked where it is to be changed. @throws Refusal not-found, for one out of reach too. */
export async function getFinding(tx: Tx, scope: Reader, findingId: string, isLocked = false): Promise<FindingRow> {
  let query = tx.selectFrom('findings').selectAll().where('tenant_id', '=', scope.tenantId).where('finding_id', '=', findingId).where('jurisdiction_code', 'in', codesOf(scope));
  if (isLocked) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfFinding(row);
}

/** Who answers for a finding. */
export async function readLiabilities(tx: Tx, scope: Reader, findingId: string): Promise<readonly Liability[]> {
  const rows = await tx.selectFrom('finding_liabilities').select(['party_id', 'role']).where('tenant_id', '=', scope.tenantId).where('finding_id', '=', findingId).orderBy('role').orderBy('party_id').execute();
  return rows.map((row) => ({ partyId: row.party_id, role: row.role as Liability['role'] }));
}

/** Which findings to list; `after` is the id of the last one seen. */
export interface FindingQuestion {
  readonly state: FindingState | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly caseId: string | undefined;
  readonly sort: 'newest' | 'oldest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** Findings in reach that match. */
export async function listFindings(tx: Tx, scope: Scope<'inspection.read'>, { state, jurisdictionCode, caseId, sort, after, limit }: FindingQuestion): Promise<readonly FindingRow[]> {
  let query = tx.selectFrom('findings').selectAll().where('tenant_id', '=', scope.tenantId).where('jurisdiction_code', 'in', codesOf(scope));
  if (state !== undefined) query = query.where('state', '=', state);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (caseId !== undefined) query = query.where('case_id', '=', caseId);
  if (after !== undefined) query = query.where('finding_id', sort === 'newest' ? '<' : '>', after);
  return (await query.orderBy('finding_id', sort === 'newest' ? 'desc' : 'asc').limit(limit).execute()).map(rowOfFinding);
}

/** Writes what changed of a finding that was locked before. */
export async function updateFinding(
  tx: Tx,
  scope: Scope<'inspection.decide'>,
  findingId: string,
  change: { readonly state: FindingState; readonly decision?: { readonly by: string; readonly at: Date; readonly sealed: Uint8Array; readonly document: string | null }; readonly closed?: { readonly by: string; readonly at: Date } },
): Promise<void> {
  await tx
    .updateTable('findings')
    .set((set) => ({
      state: change.state,
      version: set('version', '+', 1),
      ...(change.decision === undefined ? {} : { decided_by: change.decision.by, decided_at: change.decision.at, decision_sealed: Buffer.from(change.decision.sealed), document: change.decision.document }),
      ...(change.closed === undefined ? {} : { closed_by: change.closed.by, closed_at: change.closed.at }),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('finding_id', '=', findingId)
    .execute();
}

function codesOf({ reach }: Reader): string[] {
  return reach.kind === 'jurisdictions' ? [...reach.codes] : [''];
}

type DatabaseRow = Awaited<ReturnType<typeof anyRow>>;
// Only for its type: what a row of the table is.
const anyRow = (tx: Tx) => tx.selectFrom('findings').selectAll().executeTakeFirstOrThrow();

function rowOfFinding(row: DatabaseRow): FindingRow {
  return {
    findingId: row.finding_id, caseId: row.case_id, jurisdictionCode: row.jurisdiction_code, planId: row.plan_id, reportId: row.report_id, textSealed: row.text_sealed, state: row.state as FindingState,
    foundBy: row.found_by, foundAt: row.found_at, decidedBy: row.decided_by, decidedAt: row.decided_at, decisionSealed: row.decision_sealed, document: row.document, closedAt: row.closed_at,
  };
}

/** What parties answer for. */
export async function listHeldLiabilities(tx: Tx, scope: Scope<'subject-request.answer' | 'held-data.read'>, partyIds: readonly string[]): Promise<readonly { readonly role: Liability['role']; readonly state: FindingState; readonly document: string | null }[]> {
  const rows = await tx
    .selectFrom('finding_liabilities as l')
    .innerJoin('findings as f', (join) => join.onRef('f.tenant_id', '=', 'l.tenant_id').onRef('f.finding_id', '=', 'l.finding_id'))
    .select(['l.role', 'f.state', 'f.document'])
    .where('l.tenant_id', '=', scope.tenantId)
    .where('f.tenant_id', '=', scope.tenantId)
    .where('l.party_id', 'in', [...partyIds])
    .orderBy('f.finding_id')
    .execute();
  return rows.map((row) => ({ role: row.role as Liability['role'], state: row.state as FindingState, document: row.document }));
}
