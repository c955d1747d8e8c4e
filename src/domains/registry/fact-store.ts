// The SQL of statements: adding what was said of parties, and reading it back whole.
import { type Selectable, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { gather } from '../../storage/gather.ts';
import { byteaArray, dateArray, instantArray, jsonbArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { DB } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { StatementOrigin, TrustClass } from './known-facts.ts';
import { idsKnownThen, type IdsWanted } from './party-store.ts';

/** A statement's row; sensitive values still sealed. Dates are `YYYY-MM-DD`. */
export interface StatementRow {
  readonly partyId: string;
  readonly statementId: string;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly departmentId: string | null;
  readonly evidenceId: string | null;
  readonly deliveryId: string | null;
  readonly purpose: string;
  readonly asOf: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly corrects: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sensitiveSealed: Uint8Array | null;
  readonly recognised: Readonly<Record<string, string>> | null;
}

/** Adds statements; nothing ever changes one. */
export async function insertStatements(tx: Tx, scope: Scope<'fact.record'>, statements: readonly StatementRow[]): Promise<void> {
  if (statements.length === 0) return;
  const column = <T>(pick: (statement: StatementRow) => T): T[] => statements.map(pick);
  await sql`
    insert into fact_statements (tenant_id, party_id, statement_id, origin, trust_class, department_id, evidence_id, delivery_id, purpose,
      as_of, valid_from, valid_to, recorded_at, recorded_by, corrects, facts, sensitive_sealed, recognised)
    select ${scope.tenantId}, * from unnest(
      ${uuidArray(column((one) => one.partyId))}::uuid[], ${uuidArray(column((one) => one.statementId))}::uuid[], ${textArray(column((one) => one.origin))}::text[],
      ${textArray(column((one) => one.trustClass))}::text[], ${uuidArray(column((one) => one.departmentId))}::uuid[], ${uuidArray(column((one) => one.evidenceId))}::uuid[],
      ${uuidArray(column((one) => one.deliveryId))}::uuid[], ${textArray(column((one) => one.purpose))}::text[], ${dateArray(column((one) => one.asOf))}::date[],
      ${dateArray(column((one) => one.validFrom))}::date[], ${dateArray(column((one) => one.validTo))}::date[], ${instantArray(column((one) => one.recordedAt))}::timestamptz[],
      ${textArray(column((one) => one.recordedBy))}::text[], ${uuidArray(column((one) => one.corrects))}::uuid[], ${jsonbArray(column((one) => one.facts))}::jsonb[],
      ${byteaArray(column((one) => one.sensitiveSealed))}::bytea[], ${jsonbArray(column((one) => one.recognised))}::jsonb[])`.execute(tx);
}

/** Every statement of parties recorded up to an instant, in the order of recording. */
export async function readStatements(
  tx: Tx,
  scope: Scope<'fact.read' | 'fact.record' | 'held-data.read' | 'subject-request.answer'>,
  partyIds: readonly string[],
  knownAt: Date,
): Promise<readonly StatementRow[]> {
  return partyIds.length === 0 ? [] : statementsOf(tx, { tenantId: scope.tenantId, partyIds, knownAt });
}

interface StatementsWanted {
  readonly tenantId: number;
  readonly partyIds: readonly string[];
  readonly knownAt: Date;
}

const statementsOf = gather('reading', async (tx, wanted: readonly StatementsWanted[]) => {
  const latest = new Date(Math.max(...wanted.map(({ knownAt }) => knownAt.getTime())));
  const rows = await tx
    .selectFrom('fact_statements')
    .selectAll()
    .where('tenant_id', '=', wanted[0]?.tenantId ?? 0)
    .where('party_id', '=', sql<string>`any(${uuidArray([...new Set(wanted.flatMap(({ partyIds }) => partyIds))])}::uuid[])`)
    .where('recorded_at', '<=', latest)
    .orderBy('recorded_at')
    .orderBy('statement_id')
    .execute();
  const found = Map.groupBy(rows.map(statementOf), ({ partyId }) => partyId);
  return wanted.map(({ partyIds, knownAt }) => {
    const own = [...new Set(partyIds)].flatMap((partyId) => found.get(partyId.toLowerCase()) ?? []).filter(({ recordedAt }) => recordedAt <= knownAt);
    // Those of one party stand in their order already.
    return partyIds.length === 1 ? own : own.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || (a.statementId < b.statementId ? -1 : 1));
  });
});

/** As {@link readStatements}, of a party under every id under which its rows stood at that instant, merges undone since included. */
export async function readStatementsOfParty(tx: Tx, scope: Scope<'fact.read'>, partyId: string, knownAt: Date): Promise<readonly StatementRow[]> {
  return statementsOfParty(tx, { tenantId: scope.tenantId, partyId, knownAt });
}

const statementsOfParty = gather('reading', async (tx, wanted: readonly IdsWanted[]) => {
  const { rows } = await sql<Selectable<DB['fact_statements']> & { readonly asked: number }>`
    with recursive ${idsKnownThen(wanted)}
    select one.at as asked, said.* from one join fact_statements said on said.tenant_id = ${wanted[0]?.tenantId ?? 0} and said.party_id = one.id and said.recorded_at <= one.known_at
    order by said.recorded_at, said.statement_id`.execute(tx);
  const found = wanted.map((): StatementRow[] => []);
  for (const { asked, ...row } of rows) found[asked - 1]?.push(statementOf(row));
  return found;
});

function statementOf(row: Selectable<DB['fact_statements']>): StatementRow {
  return {
    partyId: row.party_id,
    statementId: row.statement_id,
    origin: row.origin as StatementOrigin,
    trustClass: row.trust_class as TrustClass,
    departmentId: row.department_id,
    evidenceId: row.evidence_id,
    deliveryId: row.delivery_id,
    purpose: row.purpose,
    asOf: row.as_of,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    corrects: row.corrects,
    facts: row.facts as Readonly<Record<string, unknown>>,
    sensitiveSealed: row.sensitive_sealed,
    recognised: row.recognised as Readonly<Record<string, string>> | null,
  };
}

/** Deletes every statement of parties. @returns how many there were. */
export async function deleteStatements(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const result = await tx.deleteFrom('fact_statements').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  return Number(result.numDeletedRows);
}
