// The SQL of what a list shows of each party on a page, and of who has a number that was typed.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { FactStatement } from './known-facts.ts';
import type { FindScope, ListScope } from './list-store.ts';
import type { PartyKind } from './party.ts';

/** A jurisdiction of the city. */
export interface ListedJurisdiction {
  readonly code: string;
  readonly parentCode: string | null;
  readonly name: string;
}

/** What a list shows of a person, the number still sealed. */
export interface ListedPersonRow {
  readonly partyId: string;
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly numberSealed: Uint8Array | null;
  readonly sex: 'male' | 'female' | null;
  readonly birthDate: string | null;
  readonly employer: { readonly partyId: string; readonly name: string } | null;
}

/** What a list shows of an organisation. */
export interface ListedOrganisationRow {
  readonly partyId: string;
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly creditCode: string | null;
}

/** All jurisdictions of the city. */
export async function readListedJurisdictions(tx: Tx, { tenantId }: ListScope): Promise<readonly ListedJurisdiction[]> {
  const rows = await tx.selectFrom('jurisdictions').select(['code', 'parent_code', 'name']).where('tenant_id', '=', tenantId).execute();
  return rows.map(({ code, parent_code, name }) => ({ code, parentCode: parent_code, name }));
}

/** People of a page with their present employers, in no order. */
export async function readListedPeople(tx: Tx, scope: ListScope, partyIds: readonly string[], today: string): Promise<readonly ListedPersonRow[]> {
  const { tenantId } = scope;
  if (partyIds.length === 0) return [];
  const { rows } = await sql<{
    party_id: string;
    name: string;
    jurisdiction_code: string;
    number_sealed: Uint8Array | null;
    sex: 'male' | 'female' | null;
    birth_date: string | null;
    employer_id: string | null;
  }>`
    select p.party_id, p.name, p.jurisdiction_code, p.number_sealed, p.sex, p.birth_date, work.employer_id
    from people p left join lateral (
      select coalesce(o.merged_into, o.party_id) as employer_id
      from employments e join parties o on o.tenant_id = ${tenantId} and o.party_id = e.organisation_id
      where e.tenant_id = ${tenantId} and e.party_id = p.party_id and e.superseded_at is null and e.started_on <= ${today} and (e.ended_on is null or e.ended_on >= ${today})
      order by e.trust_class, e.started_on desc limit 1) work on true
    where p.tenant_id = ${tenantId} and p.party_id = any(${[...partyIds]}::uuid[])`.execute(tx);
  const employers = await readListedOrganisations(tx, scope, [...new Set(rows.flatMap(({ employer_id }) => employer_id ?? []))]);
  const names = new Map(employers.map(({ partyId, name }) => [partyId, name]));
  return rows.map((row) => ({
    partyId: row.party_id,
    name: row.name,
    jurisdictionCode: row.jurisdiction_code,
    numberSealed: row.number_sealed,
    sex: row.sex,
    birthDate: row.birth_date,
    employer: row.employer_id === null ? null : { partyId: row.employer_id, name: names.get(row.employer_id) ?? '' },
  }));
}

/** Organisations of a page, in no order. */
export async function readListedOrganisations(tx: Tx, { tenantId }: ListScope, partyIds: readonly string[]): Promise<readonly ListedOrganisationRow[]> {
  if (partyIds.length === 0) return [];
  const rows = await tx
    .selectFrom('organisations')
    .select(['party_id', 'name', 'jurisdiction_code', 'credit_code'])
    .where('tenant_id', '=', tenantId)
    .where('party_id', 'in', [...partyIds])
    .execute();
  return rows.map((row) => ({ partyId: row.party_id, name: row.name, jurisdictionCode: row.jurisdiction_code, creditCode: row.credit_code }));
}

/** What was said of the parties of a page and of those merged into them, by the party in force. */
export async function readListedStatements(tx: Tx, { tenantId }: ListScope, partyIds: readonly string[]): Promise<ReadonlyMap<string, readonly FactStatement[]>> {
  if (partyIds.length === 0) return new Map();
  const { rows } = await sql<FactStatement & { readonly keptId: string }>`
    with recursive members as (
      select id as kept_id, id as party_id from unnest(${[...partyIds]}::uuid[]) as id
      union
      select m.kept_id, p.party_id from members m join parties p on p.tenant_id = ${tenantId} and p.merged_into = m.party_id
    )
    select m.kept_id as "keptId", f.party_id as "partyId", f.statement_id as "statementId", f.trust_class as "trustClass", f.as_of as "asOf", f.valid_from as "validFrom",
      f.valid_to as "validTo", f.recorded_at as "recordedAt", f.corrects, f.facts, f.recognised
    from members m join fact_statements f on f.tenant_id = ${tenantId} and f.party_id = m.party_id`.execute(tx);
  const found = new Map<string, FactStatement[]>();
  for (const { keptId, ...statement } of rows) {
    const said = found.get(keptId);
    if (said === undefined) found.set(keptId, [statement]);
    else said.push(statement);
  }
  return found;
}

const columns = { number: 'number_search', 'last-four': 'last_four_search', phone: 'phone_search' } as const;
const MOST_HOLDERS = 1000;

/** The parties in force that have a number, its last four, or a telephone, by their keyed hashes; numbers of before count too. */
export async function findHolders(tx: Tx, { tenantId }: FindScope, by: keyof typeof columns, searches: readonly Uint8Array[]): Promise<readonly string[]> {
  const former = by === 'number' ? sql`union all select i.party_id from party_identifiers i where i.tenant_id = ${tenantId} and i.number_search = any(${[...searches]}::bytea[])` : sql``;
  return followMerges(tx, tenantId, sql`select p.party_id from people p where p.tenant_id = ${tenantId} and ${sql.ref(`p.${columns[by]}`)} = any(${[...searches]}::bytea[]) ${former} limit ${MOST_HOLDERS}`);
}

/** The organisation in force that has a credit code. */
export async function findCodeHolder(tx: Tx, { tenantId }: FindScope, code: string): Promise<readonly string[]> {
  return followMerges(tx, tenantId, sql`select o.party_id from organisations o where o.tenant_id = ${tenantId} and o.credit_code = ${code}`);
}

/** The party in force of an id. */
export async function findInForce(tx: Tx, { tenantId }: ListScope, partyId: string): Promise<readonly string[]> {
  return followMerges(tx, tenantId, sql`select ${partyId}::uuid as party_id`);
}

async function followMerges(tx: Tx, tenantId: number, found: ReturnType<typeof sql>): Promise<readonly string[]> {
  const { rows } = await sql<{ party_id: string }>`
    with recursive found as (${found}), up as (
      select p.party_id, p.merged_into, p.status from found join parties p on p.tenant_id = ${tenantId} and p.party_id = found.party_id
      union
      select p.party_id, p.merged_into, p.status from up join parties p on p.tenant_id = ${tenantId} and p.party_id = up.merged_into
    )
    select distinct party_id from up where status = 'active'`.execute(tx);
  return rows.map(({ party_id }) => party_id);
}

/** Which kind a list is of, by its permission. */
export function kindOfScope({ permission }: ListScope): PartyKind {
  return permission === 'person.read' || permission === 'person.export' ? 'person' : 'organisation';
}
