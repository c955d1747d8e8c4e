// The only SQL of decisions: the decisions themselves, and how far each department has counted.

import { type SqlBool, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { DecisionsRow } from '../../storage/row-types.ts';
import type { Selectable } from 'kysely';
import type { Scope } from '../permissions/index.ts';
import type { DecidedInstalment, DecisionKind, StoredDecision } from './decision.ts';

/** A decision as it stands in the table. */
export interface DecisionRow extends StoredDecision {
  readonly factsSealed: Uint8Array;
  readonly explanationSealed: Uint8Array;
  readonly letterSealed: Uint8Array;
  readonly codeSealed: Uint8Array;
  readonly codeDigest: Uint8Array;
  readonly digest: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureKey: string;
}

/** Any right to see decisions. */
export type DecisionReader = Scope<'decision.read' | 'decision.make' | 'decision.replay'>;

/** The rights with which a person's own data are told and deleted. */
type HeldScope = Scope<'subject-request.answer' | 'held-data.read'>;

/**
 * The next number of a department in a year, from 1. The counter stays locked until the transaction ends, so that no number is given twice and
 * none is left out.
 */
export async function takeNumber(tx: Tx, scope: Scope<'decision.make'>, departmentId: string, year: number): Promise<number> {
  const row = await tx
    .insertInto('decision_counters')
    .values({ tenant_id: scope.tenantId, department_id: departmentId, number_year: year, last_count: 1 })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'department_id', 'number_year']).doUpdateSet((eb) => ({ last_count: eb('decision_counters.last_count', '+', 1) })))
    .returning('last_count')
    .executeTakeFirstOrThrow();
  return row.last_count;
}

/** Adds a decision. False where the decision that it follows was followed already. */
export async function insertDecision(tx: Tx, scope: Scope<'decision.make'>, row: DecisionRow, numbered: { readonly year: number; readonly count: number }): Promise<boolean> {
  const added = await tx
    .insertInto('decisions')
    .values({
      tenant_id: scope.tenantId,
      decision_id: row.decisionId,
      case_id: row.caseId,
      case_number: row.caseNumber,
      department_id: row.departmentId,
      number_year: numbered.year,
      number_count: numbered.count,
      number: row.number,
      kind: row.kind,
      follows_decision_id: row.followsDecisionId,
      party_id: row.partyId,
      applicant_id: row.applicantId,
      employer_id: row.employerId,
      jurisdiction_code: row.jurisdictionCode,
      policy_id: row.policyId,
      benefit_id: row.benefitId,
      pack_hash: row.packHash,
      judged_on: row.on,
      parameters: JSON.stringify(row.parameters),
      readings: JSON.stringify(row.readings),
      status: row.status,
      amount_fen: row.amountFen,
      quantity: row.quantity,
      unit: row.unit,
      instalments: JSON.stringify(row.instalments),
      facts_sealed: row.factsSealed,
      explanation_sealed: row.explanationSealed,
      letter_sealed: row.letterSealed,
      decided_by: row.decidedBy,
      decided_at: row.decidedAt,
      code_digest: row.codeDigest,
      code_sealed: row.codeSealed,
      digest: row.digest,
      signature: row.signature,
      signature_key: row.signatureKey,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'follows_decision_id']).where('follows_decision_id', 'is not', null).doNothing())
    .returning('decision_id')
    .executeTakeFirst();
  return added !== undefined;
}

/** A decision that the scope reaches. @throws Refusal not-found where there is none or it is not for this caller. */
export async function getDecisionRow(tx: Tx, scope: DecisionReader, decisionId: string): Promise<DecisionRow> {
  const row = await decisions(tx, scope).where('decision_id', '=', decisionId).where(withinReach(scope)).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return read(row);
}

/** Where a page of decisions begins. */
export interface After {
  readonly decidedAt: Date;
  readonly decisionId: string;
}

/** The decisions about a party under these ids, or that it asked for; the newest first. */
export async function listDecisionsOfParty(tx: Tx, scope: DecisionReader, ids: readonly string[], { after, limit }: { readonly after: After | undefined; readonly limit: number }): Promise<readonly DecisionRow[]> {
  let query = decisions(tx, scope)
    .where((eb) => eb.or([eb('party_id', 'in', [...ids]), eb('applicant_id', 'in', [...ids])]))
    .where(withinReach(scope));
  if (after !== undefined) query = query.where(sql<SqlBool>`(decided_at, decision_id) < (${after.decidedAt}, ${after.decisionId}::uuid)`);
  const rows = await query.orderBy('decided_at', 'desc').orderBy('decision_id', 'desc').limit(limit).execute();
  return rows.map(read);
}

/** The decision with a verification code, by the code's keyed digest. */
export async function findByCode(tx: Tx, scope: Scope<'decision.verify'>, codeDigest: Uint8Array): Promise<DecisionRow | undefined> {
  const row = await decisions(tx, scope).where('code_digest', '=', Buffer.from(codeDigest)).executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

/** The decision that changed or revoked this one. */
export async function findFollower(tx: Tx, scope: DecisionReader | Scope<'decision.verify'>, decisionId: string): Promise<Pick<StoredDecision, 'decisionId' | 'number' | 'kind' | 'decidedAt'> | undefined> {
  const row = await tx
    .selectFrom('decisions')
    .select(['decision_id', 'number', 'kind', 'decided_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('follows_decision_id', '=', decisionId)
    .executeTakeFirst();
  return row === undefined ? undefined : { decisionId: row.decision_id, number: row.number, kind: row.kind as DecisionKind, decidedAt: row.decided_at };
}

/** All decisions about parties, for their own copy and for what law keeps. */
export async function listHeldDecisions(tx: Tx, scope: HeldScope, partyIds: readonly string[]): Promise<readonly DecisionRow[]> {
  const rows = await decisions(tx, scope).where('party_id', 'in', [...partyIds]).orderBy('decided_at').orderBy('decision_id').execute();
  return rows.map(read);
}

/** Where a decision is made: the city's name and division, its hosts, and the names of its jurisdictions. */
export interface CityOfDecision {
  readonly name: string;
  readonly placeCode: string;
  readonly hosts: readonly string[];
  readonly jurisdictions: ReadonlyMap<string, string>;
}

/** The city of the scope. */
export async function readCity(tx: Tx, scope: DecisionReader): Promise<CityOfDecision> {
  const tenant = await tx.selectFrom('tenants').select(['name', 'place_code', 'hosts']).where('tenant_id', '=', scope.tenantId).executeTakeFirstOrThrow();
  const rows = await tx.selectFrom('jurisdictions').select(['code', 'name']).where('tenant_id', '=', scope.tenantId).execute();
  return { name: tenant.name, placeCode: tenant.place_code, hosts: tenant.hosts, jurisdictions: new Map(rows.map(({ code, name }) => [code, name])) };
}

function decisions(tx: Tx, scope: DecisionReader | HeldScope | Scope<'decision.verify'>) {
  return tx.selectFrom('decisions').selectAll().where('tenant_id', '=', scope.tenantId);
}

/** Whose decisions a scope sees; ids merged into one that it reaches count as that one. */
function withinReach({ tenantId, reach }: DecisionReader) {
  const merged = (ids: readonly string[]) => sql`
    with recursive down as (
      select id from unnest(${[...ids]}::uuid[]) as asked (id)
      union
      select p.party_id from down join parties p on p.tenant_id = ${tenantId} and p.merged_into = down.id
    )
    select id from down`;
  const aboutOrAskedBy = (ids: ReturnType<typeof merged>) => sql<SqlBool>`(party_id in (${ids}) or applicant_id in (${ids}))`;
  switch (reach.kind) {
    case 'tenant':
      return sql<SqlBool>`true`;
    case 'jurisdictions':
      return sql<SqlBool>`jurisdiction_code = any(${[...reach.codes]}::text[])`;
    case 'parties':
      return aboutOrAskedBy(merged(reach.partyIds));
    case 'organisation':
      return aboutOrAskedBy(merged([reach.organisationId]));
    case 'department':
    case 'none':
      return sql<SqlBool>`false`;
  }
}

function read(row: Selectable<DecisionsRow>): DecisionRow {
  return {
    decisionId: row.decision_id,
    caseId: row.case_id,
    caseNumber: row.case_number,
    number: row.number,
    kind: row.kind as DecisionKind,
    followsDecisionId: row.follows_decision_id,
    partyId: row.party_id,
    applicantId: row.applicant_id,
    employerId: row.employer_id,
    jurisdictionCode: row.jurisdiction_code,
    departmentId: row.department_id,
    policyId: row.policy_id,
    benefitId: row.benefit_id,
    packHash: row.pack_hash,
    on: row.judged_on,
    parameters: row.parameters as StoredDecision['parameters'],
    readings: row.readings as StoredDecision['readings'],
    status: row.status as StoredDecision['status'],
    amountFen: row.amount_fen,
    quantity: row.quantity,
    unit: row.unit as StoredDecision['unit'],
    instalments: row.instalments as readonly DecidedInstalment[],
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    factsSealed: row.facts_sealed,
    explanationSealed: row.explanation_sealed,
    letterSealed: row.letter_sealed,
    codeSealed: row.code_sealed,
    codeDigest: row.code_digest,
    digest: row.digest,
    signature: row.signature,
    signatureKey: row.signature_key,
  };
}
