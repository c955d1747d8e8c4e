// The SQL that imports of people need besides the registry's own: who has the same name and birth date.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { byteaArray, dateArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
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
    const { rows } = await sql<{ place: number }>`
      select one.place from unnest(${textArray(some.map(({ name }) => name))}::text[], ${dateArray(some.map(({ birthDate }) => birthDate))}::date[])
        with ordinality as one(name, birth_date, place)
      cross join lateral (
        select from people p join parties party on party.tenant_id = p.tenant_id and party.party_id = p.party_id and party.status = 'active' and party.created_at < ${before}
        where p.tenant_id = ${scope.tenantId} and p.birth_date = one.birth_date and p.name = one.name ${isResident ? sql`and p.id_kind is distinct from 'resident'` : sql``}
        limit 1
      ) as double`.execute(tx);
    for (const { place } of rows) {
      const one = some[place - 1];
      if (one !== undefined) found.add(one.at);
    }
  }
  return found;
}

/**
 * As findNumberHolders, for thousands of numbers of a list again and again: each looked up by its index, and merges followed only where there
 * are any. A recursive query is planned without knowing how few they are, and reads all parties each time.
 */
export async function findHolders(tx: Tx, scope: Scope<'person.write'>, searches: readonly Uint8Array[]): Promise<readonly { readonly search: Uint8Array; readonly partyId: string }[]> {
  if (searches.length === 0) return [];
  const sought = byteaArray(searches);
  // `offset 0` keeps the look-up as it stands here: into a city that fills up, of which the planner knows nothing yet, it would read everybody for each batch.
  const { rows } = await sql<{ search: Uint8Array; party_id: string }>`
    select one.search, held.party_id from unnest(${sought}::bytea[]) as one(search)
    cross join lateral (select party_id from people where tenant_id = ${scope.tenantId} and number_search = one.search offset 0) as held
    union all
    select one.search, held.party_id from unnest(${sought}::bytea[]) as one(search)
    cross join lateral (select party_id from party_identifiers where tenant_id = ${scope.tenantId} and number_search = one.search offset 0) as held`.execute(tx);
  if (rows.length === 0) return [];
  const { rows: active } = await sql<{ party_id: string }>`
    select party_id from parties where tenant_id = ${scope.tenantId} and party_id = any(${uuidArray([...new Set(rows.map(({ party_id }) => party_id))])}::uuid[]) and status = 'active'`.execute(tx);
  const isActive = new Set(active.map(({ party_id }) => party_id));
  const plain = rows.filter(({ party_id }) => isActive.has(party_id)).map(({ search, party_id }) => ({ search, partyId: party_id }));
  const merged = rows.filter(({ party_id }) => !isActive.has(party_id)).map(({ search }) => search);
  return [...plain, ...(await findNumberHolders(tx, scope, merged))];
}
