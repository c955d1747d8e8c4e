// The SQL of parties found by their names for lists of what belongs to them: ids where they are few, else the query of the ids, else a condition.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { asksOf, type FindScope, holdsOfParty, type ListQuestion, type PartyQuestion, setsOfNames } from './list-store.ts';

/** Parties that a text means. */
export type PartyMatches =
  /** These, with the ids of what was merged into them. */
  | { readonly kind: 'few'; readonly partyIds: readonly string[] }
  /** Too many to name: the ids are read by `ids`, with those of what was merged into them; whoever lists asks whether an id is among these. */
  | { readonly kind: 'among'; readonly ids: RawBuilder<unknown> }
  /** So many that even that would take long: `holds` is the condition that an id is one of them. */
  | { readonly kind: 'many'; readonly holds: PartyQuestion };

/** Up to how many are named, and up to how many are read to be looked among. */
export interface MatchLimits {
  readonly named: number;
  readonly read: number;
}

/** The planner looks something up among the ids by hash where it knows that they are no more than these. */
const MOST_HASHED = 100_000;

/** Everybody. */
export const everyParty: PartyMatches = { kind: 'many', holds: () => sql`true` };

/** Whose names a question asks for; where they are few, those whose names they are, without what was merged into them. */
export async function findNamed(tx: Tx, scope: FindScope, question: ListQuestion, { named, read }: MatchLimits): Promise<PartyMatches> {
  const sets = await setsOfNames(tx, scope, question);
  if (sets.length === 0) return { kind: 'few', partyIds: [] };
  const parts = sets.map((_, at) => sql.ref(`part_${at}`));
  const found = await sql<{ largest: number; size: number; ids: readonly string[] | null }>`
    with ${sql.join(sets.map((set, at) => sql`${sql.ref(`part_${at}`)} as materialized (select s.party_id from (${set}) s limit ${read + 1})`))},
      found as materialized (${sql.join(parts.map((part) => sql`select party_id from ${part}`), sql` union `)}),
      sized as materialized (select (select count(*) from found)::integer as size, greatest(${sql.join(parts.map((part) => sql`(select count(*) from ${part})`))})::integer as largest)
    select size, largest, case when size <= ${named}::integer then array(select party_id::text from found) end as ids from sized`.execute(tx);
  const { largest = 0, size = 0, ids = null } = found.rows[0] ?? {};
  if (ids !== null && largest <= read) return { kind: 'few', partyIds: ids };
  if (size <= read && largest <= read) return { kind: 'among', ids: withMerged(scope.tenantId, sets) };
  return { kind: 'many', holds: holdsOfParty(scope, question.kind, await asksOf(tx, scope, question)) };
}

/** The ids of sets, and of all that was merged into one of them: merges are few, so each is followed to where it leads. */
function withMerged(tenantId: number, sets: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`with recursive kept as materialized (${sql.join(sets, sql` union `)}), up as (
      select p.party_id, p.merged_into as kept_id from parties p where p.tenant_id = ${tenantId} and p.merged_into is not null
      union all
      select up.party_id, o.merged_into from up join parties o on o.tenant_id = ${tenantId} and o.party_id = up.kept_id where o.merged_into is not null
    )
    select a.party_id from (select kept.party_id from kept union all select up.party_id from up where up.kept_id in (select kept.party_id from kept)) a limit ${MOST_HASHED}`;
}
