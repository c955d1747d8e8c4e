// The SQL that imports of people need besides the registry's own: who has the same name and birth date.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { DocumentKind } from './party.ts';
import { findNumberHolders } from './person-store.ts';

/** Somebody to look for doubles of; `at` is given back. */
export interface SoughtDouble {
  readonly at: number;
  readonly name: string;
  readonly birthDate: string;
  readonly idKind: DocumentKind | null;
}

/**
 * Which of the sought have a double in the registry: the same name and birth date under another kind of document. Two resident numbers that
 * pass their check are two people, so those are left to the scan.
 */
export async function findSameNamed(tx: Tx, scope: Scope<'person.write'>, sought: readonly SoughtDouble[], before: Date): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  // By two indexes: residents are compared with the few others, the few others with everybody.
  for (const isResident of [true, false]) {
    const some = sought.filter(({ idKind }) => (idKind === 'resident') === isResident);
    if (some.length === 0) continue;
    const column = <T>(pick: (one: SoughtDouble) => T): T[] => some.map(pick);
    const { rows } = await sql<{ at: number }>`
      select one.at from unnest(${column(({ at }) => at)}::integer[], ${column(({ name }) => name)}::text[], ${column(({ birthDate }) => birthDate)}::date[]) as one(at, name, birth_date)
      cross join lateral (
        select from people p join parties party on party.tenant_id = p.tenant_id and party.party_id = p.party_id and party.status = 'active' and party.created_at < ${before}
        where p.tenant_id = ${scope.tenantId} and p.birth_date = one.birth_date and p.name = one.name ${isResident ? sql`and p.id_kind is distinct from 'resident'` : sql``}
        limit 1
      ) as double`.execute(tx);
    for (const { at } of rows) found.add(at);
  }
  return found;
}

/**
 * As findNumberHolders, for thousands of numbers of a list again and again: two look-ups by index, and merges followed only where there are
 * any. A recursive query is planned without knowing how few they are, and reads all parties each time.
 */
export async function findHolders(tx: Tx, scope: Scope<'person.write'>, searches: readonly Uint8Array[]): Promise<readonly { readonly search: Uint8Array; readonly partyId: string }[]> {
  if (searches.length === 0) return [];
  const { rows } = await sql<{ search: Uint8Array; party_id: string }>`
    select number_search as search, party_id from people where tenant_id = ${scope.tenantId} and number_search = any(${[...searches]}::bytea[])
    union all
    select number_search, party_id from party_identifiers where tenant_id = ${scope.tenantId} and number_search = any(${[...searches]}::bytea[])`.execute(tx);
  if (rows.length === 0) return [];
  const { rows: active } = await sql<{ party_id: string }>`
    select party_id from parties where tenant_id = ${scope.tenantId} and party_id = any(${[...new Set(rows.map(({ party_id }) => party_id))]}::uuid[]) and status = 'active'`.execute(tx);
  const isActive = new Set(active.map(({ party_id }) => party_id));
  const plain = rows.filter(({ party_id }) => isActive.has(party_id)).map(({ search, party_id }) => ({ search, partyId: party_id }));
  const merged = rows.filter(({ party_id }) => !isActive.has(party_id)).map(({ search }) => search);
  return [...plain, ...(await findNumberHolders(tx, scope, merged))];
}
