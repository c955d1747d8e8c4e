// The SQL of employments and family relations: who worked for whom and who belongs to whom, from when to when, and who said so.
import { type Selectable, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { gather } from '../../storage/gather.ts';
import { dateArray, instantArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { DB } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { StatementOrigin, TrustClass } from './known-facts.ts';

/** A period of work for one organisation. Dates are `YYYY-MM-DD`; the end is the last day. */
export interface Employment {
  readonly partyId: string;
  readonly employmentId: string;
  readonly organisationId: string;
  readonly post: string | null;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly departmentId: string | null;
  readonly evidenceId: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly supersededAt: Date | null;
}

/** What the relative is to the party. */
export type FamilyRelation = 'spouse' | 'parent' | 'child' | 'guardian' | 'ward';

/** One relation of a party to a relative. */
export interface Relative {
  readonly partyId: string;
  readonly relationId: string;
  readonly relativeId: string;
  readonly relation: FamilyRelation;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly evidenceId: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly supersededAt: Date | null;
}

type EmploymentReader = Scope<'fact.read' | 'fact.record' | 'held-data.read' | 'person.read' | 'subject-request.answer'>;

/** Adds employments. */
export async function insertEmployments(tx: Tx, scope: Scope<'fact.record'>, employments: readonly Employment[]): Promise<void> {
  if (employments.length === 0) return;
  const column = <T>(pick: (employment: Employment) => T): T[] => employments.map(pick);
  await sql`
    insert into employments (tenant_id, party_id, employment_id, organisation_id, post, started_on, ended_on, origin, trust_class, department_id, evidence_id,
      recorded_at, recorded_by, superseded_at)
    select ${scope.tenantId}, * from unnest(
      ${uuidArray(column((one) => one.partyId))}::uuid[], ${uuidArray(column((one) => one.employmentId))}::uuid[], ${uuidArray(column((one) => one.organisationId))}::uuid[],
      ${textArray(column((one) => one.post))}::text[], ${dateArray(column((one) => one.startedOn))}::date[], ${dateArray(column((one) => one.endedOn))}::date[],
      ${textArray(column((one) => one.origin))}::text[], ${textArray(column((one) => one.trustClass))}::text[], ${uuidArray(column((one) => one.departmentId))}::uuid[],
      ${uuidArray(column((one) => one.evidenceId))}::uuid[], ${instantArray(column((one) => one.recordedAt))}::timestamptz[], ${textArray(column((one) => one.recordedBy))}::text[],
      ${instantArray(column((one) => one.supersededAt))}::timestamptz[])`.execute(tx);
}

/** Every employment of people, superseded ones included, by their start. */
export async function readEmployments(tx: Tx, scope: EmploymentReader, partyIds: readonly string[]): Promise<readonly Employment[]> {
  return employmentsOf(tx, { tenantId: scope.tenantId, partyIds });
}

const employmentsOf = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyIds: readonly string[] }[]) => {
  const rows = await tx
    .selectFrom('employments')
    .selectAll()
    .where('tenant_id', '=', wanted[0]?.tenantId ?? 0)
    .where('party_id', '=', sql<string>`any(${uuidArray([...new Set(wanted.flatMap(({ partyIds }) => partyIds))])}::uuid[])`)
    .orderBy('started_on')
    .orderBy('employment_id')
    .execute();
  const found = rows.map(employmentOf);
  if (wanted.length === 1) return [found];
  const places = new Map(found.map((one, at) => [one, at]));
  const byParty = Map.groupBy(found, ({ partyId }) => partyId);
  const placeOf = (one: Employment): number => places.get(one) ?? 0;
  return wanted.map(({ partyIds }) => [...new Set(partyIds)].flatMap((partyId) => byParty.get(partyId.toLowerCase()) ?? []).sort((a, b) => placeOf(a) - placeOf(b)));
});

function employmentOf(row: Selectable<DB['employments']>): Employment {
  return {
    partyId: row.party_id,
    employmentId: row.employment_id,
    organisationId: row.organisation_id,
    post: row.post,
    startedOn: row.started_on,
    endedOn: row.ended_on,
    origin: row.origin as StatementOrigin,
    trustClass: row.trust_class as TrustClass,
    departmentId: row.department_id,
    evidenceId: row.evidence_id,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    supersededAt: row.superseded_at,
  };
}

/** Closes a row that another one says better. @returns whether it was still open. */
export async function supersedeEmployment(tx: Tx, scope: Scope<'fact.record'>, partyId: string, employmentId: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('employments')
    .set({ superseded_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', partyId)
    .where('employment_id', '=', employmentId)
    .where('superseded_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Adds a relation. */
export async function insertRelative(tx: Tx, scope: Scope<'fact.record'>, relative: Relative): Promise<void> {
  await tx
    .insertInto('family_relations')
    .values({
      tenant_id: scope.tenantId,
      party_id: relative.partyId,
      relation_id: relative.relationId,
      relative_id: relative.relativeId,
      relation: relative.relation,
      origin: relative.origin,
      trust_class: relative.trustClass,
      evidence_id: relative.evidenceId,
      valid_from: relative.validFrom,
      valid_to: relative.validTo,
      recorded_at: relative.recordedAt,
      recorded_by: relative.recordedBy,
      superseded_at: relative.supersededAt,
    })
    .execute();
}

/** The relatives of parties, superseded rows included. */
export async function readRelatives(tx: Tx, scope: EmploymentReader, partyIds: readonly string[]): Promise<readonly Relative[]> {
  const rows = await tx
    .selectFrom('family_relations')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .orderBy('recorded_at')
    .orderBy('relation_id')
    .execute();
  return rows.map((row) => ({
    partyId: row.party_id,
    relationId: row.relation_id,
    relativeId: row.relative_id,
    relation: row.relation as FamilyRelation,
    origin: row.origin as StatementOrigin,
    trustClass: row.trust_class as TrustClass,
    evidenceId: row.evidence_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    supersededAt: row.superseded_at,
  }));
}

/** Deletes employments and relations of parties, and relations of others to them. @returns how many rows went. */
export async function deleteRelations(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const employments = await tx.deleteFrom('employments').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  const relatives = await tx
    .deleteFrom('family_relations')
    .where('tenant_id', '=', scope.tenantId)
    .where((eb) => eb.or([eb('party_id', 'in', [...partyIds]), eb('relative_id', 'in', [...partyIds])]))
    .executeTakeFirst();
  return Number(employments.numDeletedRows + relatives.numDeletedRows);
}
