// The SQL that imports of people need besides the registry's own: who has the same name and birth date.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { DocumentKind } from './party.ts';

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
