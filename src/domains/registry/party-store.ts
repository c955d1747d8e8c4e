// The SQL of parties: which rows are one party, whether a scope reaches it, and its state and version.
import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { gather } from '../../storage/gather.ts';
import { instantArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { AnyScope, PartyInReach, PartyKind } from './party.ts';

interface GroupRow {
  readonly asked: string;
  readonly party_id: string;
  readonly kind: PartyKind;
  readonly status: string;
  readonly version: number;
  readonly merged_into: string | null;
  readonly name: string | null;
  readonly jurisdiction_code: string | null;
}

/** How much of a reach counts: `own` leaves out the people of an agent's organisation. */
export type Closeness = 'any' | 'own';

/**
 * The party that an id stands for, merged ones followed to the one in force; undefined where there is none, it was deleted, or the scope
 * does not reach it. The three cannot be told apart, so that nobody learns who is registered.
 */
export async function findPartyInReach(tx: Tx, scope: AnyScope, partyId: string, closeness: Closeness = 'any'): Promise<PartyInReach | undefined> {
  const rows = await groupOf(tx, { tenantId: scope.tenantId, partyId });
  const root = rows.find((row) => row.merged_into === null);
  if (root === undefined || root.status !== 'active' || root.name === null || root.jurisdiction_code === null) return undefined;
  const party: PartyInReach = {
    partyId: root.party_id,
    kind: root.kind,
    ids: rows.map((row) => row.party_id),
    name: root.name,
    jurisdictionCode: root.jurisdiction_code,
    version: root.version,
  };
  return (await isReached(tx, scope, party, closeness)) ? party : undefined;
}

/** The rows that are one party with an id: the one in force, which alone is described, and those merged into it. */
const groupOf = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyId: string }[]) => {
  const tenantId = wanted[0]?.tenantId ?? 0;
  const { rows } = await sql<GroupRow>`
    with recursive up as (
      select p.party_id as asked, p.party_id, p.merged_into from parties p
      where p.tenant_id = ${tenantId} and p.party_id = any(${[...new Set(wanted.map(({ partyId }) => partyId))]}::uuid[])
      union all
      select up.asked, p.party_id, p.merged_into from up join parties p on p.tenant_id = ${tenantId} and p.party_id = up.merged_into
    ), down as (
      select up.asked, up.party_id from up where up.merged_into is null
      union all
      select down.asked, p.party_id from down join parties p on p.tenant_id = ${tenantId} and p.merged_into = down.party_id
    )
    select down.asked, p.party_id, p.kind, p.status, p.version, p.merged_into, coalesce(person.name, organisation.name) as name,
      coalesce(person.jurisdiction_code, organisation.jurisdiction_code) as jurisdiction_code
    from down join parties p on p.tenant_id = ${tenantId} and p.party_id = down.party_id
      left join people person on person.tenant_id = ${tenantId} and person.party_id = p.party_id and p.kind = 'person' and p.merged_into is null
      left join organisations organisation on organisation.tenant_id = ${tenantId} and organisation.party_id = p.party_id and p.kind = 'organisation' and p.merged_into is null`.execute(tx);
  const groups = Map.groupBy(rows, ({ asked }) => asked);
  return wanted.map(({ partyId }) => groups.get(partyId.toLowerCase()) ?? []);
});

/** As {@link findPartyInReach}. @throws Refusal not-found. */
export async function getPartyInReach(tx: Tx, scope: AnyScope, partyId: string, closeness: Closeness = 'any'): Promise<PartyInReach> {
  const party = await findPartyInReach(tx, scope, partyId, closeness);
  if (party === undefined) throw new Refusal('not-found');
  return party;
}

/** Whether a scope reaches a party that was read in this very transaction. */
export async function isReached(tx: Tx, { tenantId, reach }: AnyScope, party: PartyInReach, closeness: Closeness): Promise<boolean> {
  switch (reach.kind) {
    case 'tenant':
      return true;
    case 'jurisdictions':
      return reach.codes.includes(party.jurisdictionCode);
    case 'parties':
      return party.ids.some((id) => reach.partyIds.includes(id));
    case 'organisation':
      if (party.ids.includes(reach.organisationId) || party.ids.includes(reach.partyId)) return true;
      return closeness === 'any' && party.kind === 'person' && (await worksFor(tx, tenantId, party.ids, reach.organisationId));
    case 'department':
    case 'none':
      return false;
  }
}

/** Of a row of employments: somebody other than the two says that it holds today. */
export const isConfirmedNow = sql<boolean>`superseded_at is null and trust_class in ('A', 'B')
  and started_on <= (now() at time zone 'Asia/Shanghai')::date and (ended_on is null or ended_on >= (now() at time zone 'Asia/Shanghai')::date)`;

/**
 * Whether one of the ids works for the organisation today, as somebody other than the two says: what a person or an agent merely tells
 * (class C and D) opens nobody's data.
 */
async function worksFor(tx: Tx, tenantId: number, personIds: readonly string[], organisationId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with recursive up as (
      select p.party_id, p.merged_into from parties p where p.tenant_id = ${tenantId} and p.party_id = ${organisationId}
      union all
      select p.party_id, p.merged_into from up join parties p on p.tenant_id = ${tenantId} and p.party_id = up.merged_into
    ), down as (
      select up.party_id from up where up.merged_into is null
      union all
      select p.party_id from down join parties p on p.tenant_id = ${tenantId} and p.merged_into = down.party_id
    )
    select exists (
      select from employments e
      where e.tenant_id = ${tenantId} and e.party_id = any(${[...personIds]}::uuid[]) and e.organisation_id in (select party_id from down)
        and ${isConfirmedNow}
    ) as found`.execute(tx);
  return rows[0]?.found === true;
}

/** Ids under which rows of a party stood at an instant, merges undone since included: for what was known then. */
export async function listIdsKnownAt(tx: Tx, scope: AnyScope, partyId: string, knownAt: Date): Promise<readonly string[]> {
  return idsKnownAt(tx, { tenantId: scope.tenantId, partyId, knownAt });
}

/** A party whose ids are wanted, as they were at an instant. */
export interface IdsWanted {
  readonly tenantId: number;
  readonly partyId: string;
  readonly knownAt: Date;
}

/** The recursive query `one (at, id, known_at)`: every id of each that is wanted; `at` counts them from one. */
export function idsKnownThen(wanted: readonly IdsWanted[]): RawBuilder<unknown> {
  return sql`one(at, id, known_at) as (
      select at::integer, id, known_at
      from unnest(${uuidArray(wanted.map(({ partyId }) => partyId))}::uuid[], ${instantArray(wanted.map(({ knownAt }) => knownAt))}::timestamptz[]) with ordinality as asked (id, known_at, at)
      union
      select one.at, case when m.kept_party_id = one.id then m.merged_party_id else m.kept_party_id end, one.known_at
      from one join party_merges m on m.tenant_id = ${wanted[0]?.tenantId ?? 0} and (m.kept_party_id = one.id or m.merged_party_id = one.id)
      where m.merged_at <= one.known_at and (m.undone_at is null or m.undone_at > one.known_at)
    )`;
}

const idsKnownAt = gather('reading', async (tx, wanted: readonly IdsWanted[]) => {
  const { rows } = await sql<{ at: number; id: string }>`with recursive ${idsKnownThen(wanted)} select at, id from one`.execute(tx);
  const found = wanted.map((): string[] => []);
  for (const { at, id } of rows) found[at - 1]?.push(id);
  return found;
});

/** The parties in force behind ids that may have been merged, by the id asked for; ids of no party in use are left out. */
export async function resolveParties(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return partyIds.length === 0 ? new Map() : partiesInForce(tx, { tenantId: scope.tenantId, partyIds });
}

const partiesInForce = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyIds: readonly string[] }[]) => {
  const tenantId = wanted[0]?.tenantId ?? 0;
  const { rows } = await sql<{ asked: string; found: string }>`
    with recursive up as (
      select p.party_id as asked, p.party_id as found, p.merged_into, p.status
      from parties p where p.tenant_id = ${tenantId} and p.party_id = any(${[...new Set(wanted.flatMap(({ partyIds }) => partyIds))]}::uuid[])
      union all
      select up.asked, p.party_id, p.merged_into, p.status from up join parties p on p.tenant_id = ${tenantId} and p.party_id = up.merged_into
    )
    select asked, found from up where status = 'active'`.execute(tx);
  const inForce = new Map(rows.map((row) => [row.asked, row.found]));
  return wanted.map(({ partyIds }) => {
    const own = new Map<string, string>();
    for (const id of partyIds.map((each) => each.toLowerCase())) {
      const found = inForce.get(id);
      if (found !== undefined) own.set(id, found);
    }
    return own;
  });
});

/** Every id under which rows of parties in force stand, their own and those merged into them, each with the party that it counts as. */
export async function listMergedIds(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (partyIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; kept: string }>`
    with recursive down as (
      select id, id as kept from unnest(${[...partyIds]}::uuid[]) as asked (id)
      union
      select p.party_id, down.kept from down join parties p on p.tenant_id = ${scope.tenantId} and p.merged_into = down.id
    )
    select id, kept from down`.execute(tx);
  return new Map(rows.map(({ id, kept }) => [id, kept]));
}

/** Adds parties that are in use from now on. */
export async function insertParties(
  tx: Tx,
  scope: Scope<'person.write' | 'organisation.write'>,
  kind: PartyKind,
  partyIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    insert into parties (tenant_id, party_id, kind, created_at, updated_at)
    select ${scope.tenantId}, id, ${kind}, ${now}, ${now} from unnest(${uuidArray(partyIds)}::uuid[]) as id`.execute(tx);
}

/**
 * Counts a change of the party's own data.
 * @param expected the version that the change was made from; undefined where it does not matter.
 * @throws Refusal changed-meanwhile where somebody was faster.
 * @returns the new version.
 */
export async function countChange(
  tx: Tx,
  scope: Scope<'person.write' | 'organisation.write' | 'duplicate.review' | 'subject-request.answer'>,
  partyId: string,
  expected: number | undefined,
  now: Date,
): Promise<number> {
  let query = tx
    .updateTable('parties')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: now }))
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', partyId);
  if (expected !== undefined) query = query.where('version', '=', expected);
  const row = await query.returning('version').executeTakeFirst();
  if (row === undefined) throw new Refusal('changed-meanwhile');
  return row.version;
}

/** Marks a party as merged into another, or as in use again. */
export async function setMergedInto(tx: Tx, scope: Scope<'duplicate.review'>, partyId: string, keptId: string | null, now: Date): Promise<void> {
  await tx
    .updateTable('parties')
    .set((eb) => ({ merged_into: keptId, status: keptId === null ? 'active' : 'merged', version: eb('version', '+', 1), updated_at: now }))
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', partyId)
    .execute();
}

/** Marks parties as deleted; those merged into another are told apart by their own rows no longer. */
export async function markDeleted(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[], now: Date): Promise<void> {
  await tx
    .updateTable('parties')
    .set((eb) => ({ status: 'deleted', deleted_at: now, merged_into: null, version: eb('version', '+', 1), updated_at: now }))
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .execute();
}

/** Locks parties until the transaction ends, in the order of their ids, so that two changes of one pair never wait for each other. */
export async function lockParties(tx: Tx, scope: Scope<'duplicate.review' | 'subject-request.answer'>, partyIds: readonly string[]): Promise<void> {
  await rowsInOrder(tx, scope, partyIds).forUpdate().execute();
}

/** Lets what is decided about a party come one after another until the transaction ends; applications and facts need not wait for it. */
export async function queueDecisions(tx: Tx, scope: Scope<'case.decide'>, partyIds: readonly string[]): Promise<void> {
  await rowsInOrder(tx, scope, partyIds).forNoKeyUpdate().execute();
}

function rowsInOrder(tx: Tx, { tenantId }: AnyScope, partyIds: readonly string[]) {
  return tx.selectFrom('parties').select('party_id').where('tenant_id', '=', tenantId).where('party_id', 'in', [...partyIds]).orderBy('party_id');
}

/** The kinds of parties in use, by id; others are left out. */
export async function readKinds(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<ReadonlyMap<string, PartyKind>> {
  if (partyIds.length === 0) return new Map();
  const { rows } = await sql<{ party_id: string; kind: PartyKind }>`
    select party_id, kind from parties
    where tenant_id = ${scope.tenantId} and party_id = any(${[...new Set(partyIds)]}::uuid[]) and status <> 'deleted'`.execute(tx);
  return new Map(rows.map((row) => [row.party_id, row.kind]));
}
