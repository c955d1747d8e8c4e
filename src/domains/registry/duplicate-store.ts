// The SQL of possible doubles and merges: who is near whom, what waits for a steward, and the history of merges.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { AnyScope, DocumentKind } from './party.ts';

/** Two people who may be one, the smaller id first. */
export interface Candidate {
  readonly firstPartyId: string;
  readonly secondPartyId: string;
  readonly reasons: readonly string[];
  readonly score: number;
}

/** A candidate as stored. */
export interface StoredCandidate extends Candidate {
  readonly foundAt: Date;
  readonly foundBy: string;
  readonly state: 'open' | 'same' | 'different';
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
}

/** Somebody born on the same day or working for the same organisation. */
export interface Neighbour {
  readonly partyId: string;
  readonly name: string;
  readonly birthDate: string | null;
  readonly idKind: DocumentKind | null;
  readonly sharesEmployer: boolean;
}

/** A merge, and its undoing. */
export interface Merge {
  readonly mergeId: string;
  readonly keptPartyId: string;
  readonly mergedPartyId: string;
  readonly reason: string;
  readonly mergedAt: Date;
  readonly mergedBy: string;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoneReason: string | null;
}

interface NeighbourRow {
  readonly party_id: string;
  readonly name: string;
  readonly birth_date: string | null;
  readonly id_kind: string | null;
  readonly shares_employer: boolean;
}

const neighbourOf = (row: NeighbourRow): Neighbour => ({
  partyId: row.party_id,
  name: row.name,
  birthDate: row.birth_date,
  idKind: row.id_kind as DocumentKind | null,
  sharesEmployer: row.shares_employer,
});

// Of a very large employer only so many are compared at once; the scan and the birth date find the rest.
const MOST_COLLEAGUES = 2000;

/** A person with everybody who was born on the same day or works for the same organisation. */
export async function readNeighbours(
  tx: Tx,
  scope: Scope<'person.write'>,
  partyId: string,
): Promise<{ readonly own: Neighbour | undefined; readonly others: readonly Neighbour[] }> {
  const { rows } = await sql<NeighbourRow>`
    with own as (
      select party_id, birth_date from people where tenant_id = ${scope.tenantId} and party_id = ${partyId}
    ), near as (
      select one.party_id, false as shares_employer from people one
      where one.tenant_id = ${scope.tenantId} and one.birth_date = (select birth_date from own)
      union all
      (select distinct e.party_id, true from employments e
       where e.tenant_id = ${scope.tenantId} and e.superseded_at is null
         and e.organisation_id in (select mine.organisation_id from employments mine where mine.tenant_id = ${scope.tenantId} and mine.party_id = ${partyId} and mine.superseded_at is null)
       limit ${MOST_COLLEAGUES})
    )
    select one.party_id, one.name, one.birth_date::text, one.id_kind, bool_or(near.shares_employer) as shares_employer
    from (select * from near union all select ${partyId}::uuid, false) near
      join people one on one.tenant_id = ${scope.tenantId} and one.party_id = near.party_id
      join parties p on p.tenant_id = ${scope.tenantId} and p.party_id = near.party_id
    where p.status = 'active'
    group by one.party_id, one.name, one.birth_date, one.id_kind`.execute(tx);
  const all = rows.map(neighbourOf);
  return { own: all.find((one) => one.partyId === partyId), others: all.filter((one) => one.partyId !== partyId) };
}

/**
 * People in use who were born after a day (null: all), at least about `most` of them and whole days only, by their birth dates.
 * @returns none where nobody was born later.
 */
export async function readBirthdays(tx: Tx, scope: Scope<'duplicate.scan'>, after: string | null, most: number): Promise<readonly Neighbour[]> {
  const { rows } = await sql<NeighbourRow>`
    with part as (
      select max(birth_date) as last from (
        select birth_date from people
        where tenant_id = ${scope.tenantId} and birth_date > coalesce(${after}::date, '-infinity'::date) order by birth_date limit ${most}
      ) as soonest
    )
    select one.party_id, one.name, one.birth_date::text, one.id_kind, false as shares_employer
    from people one join parties p on p.tenant_id = one.tenant_id and p.party_id = one.party_id
    where one.tenant_id = ${scope.tenantId} and one.birth_date > coalesce(${after}::date, '-infinity'::date) and one.birth_date <= (select last from part)
      and p.status = 'active'
    order by one.birth_date`.execute(tx);
  return rows.map(neighbourOf);
}

/** Groups of people in use who work for one organisation and of whom the birth date of at least one is not known. */
export async function* readColleagues(tx: Tx, scope: Scope<'duplicate.scan'>): AsyncGenerator<readonly Neighbour[]> {
  const { rows: organisations } = await sql<{ organisation_id: string }>`
    select distinct e.organisation_id from people one join employments e on e.tenant_id = one.tenant_id and e.party_id = one.party_id
    where one.tenant_id = ${scope.tenantId} and one.birth_date is null and e.superseded_at is null`.execute(tx);
  for (const { organisation_id: organisation } of organisations) {
    const { rows } = await sql<NeighbourRow>`
      select distinct one.party_id, one.name, one.birth_date::text, one.id_kind, true as shares_employer
      from employments e
        join people one on one.tenant_id = e.tenant_id and one.party_id = e.party_id
        join parties p on p.tenant_id = e.tenant_id and p.party_id = e.party_id
      where e.tenant_id = ${scope.tenantId} and e.organisation_id = ${organisation} and e.superseded_at is null and p.status = 'active'`.execute(tx);
    yield rows.map(neighbourOf);
  }
}

/** Finds people who have one number, as theirs or as one of before. @returns how many pairs are new. */
export async function insertExactDoubles(tx: Tx, scope: Scope<'duplicate.scan'>, by: string, now: Date): Promise<number> {
  const result = await sql`
    insert into duplicate_candidates (tenant_id, first_party_id, second_party_id, reasons, score, found_at, found_by)
    select ${scope.tenantId}, least(a.party_id, b.party_id), greatest(a.party_id, b.party_id), array['same-number'], 100, ${now}, ${by}
    from party_identifiers a
      join (
        select tenant_id, party_id, number_search from people where number_search is not null
        union all
        select tenant_id, party_id, number_search from party_identifiers
      ) b on b.tenant_id = a.tenant_id and b.number_search = a.number_search and b.party_id <> a.party_id
      join parties p on p.tenant_id = a.tenant_id and p.party_id = a.party_id and p.status = 'active'
      join parties q on q.tenant_id = b.tenant_id and q.party_id = b.party_id and q.status = 'active'
    where a.tenant_id = ${scope.tenantId}
    group by 2, 3
    on conflict (tenant_id, first_party_id, second_party_id) do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

/** Puts candidates before the stewards; a pair that waits gets further reasons, one that was decided stays decided. @returns how many are new. */
export async function insertCandidates(
  tx: Tx,
  scope: Scope<'person.write' | 'duplicate.scan'>,
  candidates: readonly Candidate[],
  by: string,
  now: Date,
): Promise<number> {
  if (candidates.length === 0) return 0;
  const { rows } = await sql<{ is_new: boolean }>`
    insert into duplicate_candidates as known (tenant_id, first_party_id, second_party_id, reasons, score, found_at, found_by)
    select ${scope.tenantId}, a, b, array[reason], score, ${now}, ${by}
    from unnest(${candidates.map((one) => one.firstPartyId)}::uuid[], ${candidates.map((one) => one.secondPartyId)}::uuid[],
      ${candidates.map((one) => one.reasons[0] ?? '')}::text[], ${candidates.map((one) => one.score)}::smallint[]) as given(a, b, reason, score)
    on conflict (tenant_id, first_party_id, second_party_id) do update
      set reasons = (select array_agg(distinct reason order by reason) from unnest(known.reasons || excluded.reasons) as reason), score = greatest(known.score, excluded.score)
      where known.state = 'open' and not known.reasons @> excluded.reasons
    returning (xmax = 0) as is_new`.execute(tx);
  return rows.filter((row) => row.is_new).length;
}

type Reviewer = Scope<'duplicate.review'>;

interface CandidateRow {
  readonly first_party_id: string;
  readonly second_party_id: string;
  readonly reasons: string[];
  readonly score: number;
  readonly found_at: Date;
  readonly found_by: string;
  readonly state: string;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
}

const candidateOf = (row: CandidateRow): StoredCandidate => ({
  firstPartyId: row.first_party_id,
  secondPartyId: row.second_party_id,
  reasons: row.reasons,
  score: row.score,
  foundAt: row.found_at,
  foundBy: row.found_by,
  state: row.state as StoredCandidate['state'],
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
});

/** Where a page of candidates begins: after this one. */
export interface CandidatePosition {
  readonly score: number;
  readonly firstPartyId: string;
  readonly secondPartyId: string;
}

/** Pairs that wait, both in reach and in use, the likeliest first. */
export async function readOpenCandidates(tx: Tx, scope: Reviewer, after: CandidatePosition | undefined, limit: number): Promise<readonly StoredCandidate[]> {
  const codes = scope.reach.kind === 'jurisdictions' ? [...scope.reach.codes] : null;
  const { rows } = await sql<CandidateRow>`
    select pair.* from duplicate_candidates pair
      join parties p on p.tenant_id = pair.tenant_id and p.party_id = pair.first_party_id and p.status = 'active'
      join parties q on q.tenant_id = pair.tenant_id and q.party_id = pair.second_party_id and q.status = 'active'
      join people one on one.tenant_id = pair.tenant_id and one.party_id = pair.first_party_id
      join people other on other.tenant_id = pair.tenant_id and other.party_id = pair.second_party_id
    where pair.tenant_id = ${scope.tenantId} and pair.state = 'open'
      and (${codes}::text[] is null or (one.jurisdiction_code = any(${codes}::text[]) and other.jurisdiction_code = any(${codes}::text[])))
      and (${after?.score ?? null}::smallint is null
        or (-pair.score, pair.first_party_id, pair.second_party_id) > (${-(after?.score ?? 0)}::int, ${after?.firstPartyId ?? null}::uuid, ${after?.secondPartyId ?? null}::uuid))
    order by -pair.score, pair.first_party_id, pair.second_party_id
    limit ${limit}`.execute(tx);
  return rows.map(candidateOf);
}

/**
 * Whether it waits for a steward whose number an employer's list gave to one of these records. Only the one that was left without a number waits:
 * nobody stops another's money by a list.
 */
export async function isNumberUnsettled(tx: Tx, scope: Scope<'case.decide'>, partyIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from people one join duplicate_candidates pair on pair.tenant_id = one.tenant_id and (pair.first_party_id = one.party_id or pair.second_party_id = one.party_id)
      where one.tenant_id = ${scope.tenantId} and one.party_id = any(${uuidArray(partyIds)}::uuid[]) and one.id_kind is null
        and pair.state = 'open' and pair.reasons @> array['number-of-another']
    ) as found`.execute(tx);
  return rows[0]?.found === true;
}

/** Decides a pair that waits. @returns whether it was open. */
export async function decideCandidate(tx: Tx, scope: Reviewer, a: string, b: string, state: 'same' | 'different', by: string, now: Date): Promise<boolean> {
  const [first, second] = a < b ? [a, b] : [b, a];
  const result = await tx
    .updateTable('duplicate_candidates')
    .set({ state, decided_at: now, decided_by: by })
    .where('tenant_id', '=', scope.tenantId)
    .where('first_party_id', '=', first)
    .where('second_party_id', '=', second)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** After a merge was undone its pair is two people, whatever was decided before. */
export async function markDifferent(tx: Tx, scope: Reviewer, a: string, b: string, by: string, now: Date): Promise<void> {
  const [first, second] = a < b ? [a, b] : [b, a];
  await tx
    .updateTable('duplicate_candidates')
    .set({ state: 'different', decided_at: now, decided_by: by })
    .where('tenant_id', '=', scope.tenantId)
    .where('first_party_id', '=', first)
    .where('second_party_id', '=', second)
    .execute();
}

/** Writes a merge down. */
export async function insertMerge(tx: Tx, scope: Reviewer, merge: Merge): Promise<void> {
  await tx
    .insertInto('party_merges')
    .values({
      tenant_id: scope.tenantId,
      merge_id: merge.mergeId,
      kept_party_id: merge.keptPartyId,
      merged_party_id: merge.mergedPartyId,
      reason: merge.reason,
      merged_at: merge.mergedAt,
      merged_by: merge.mergedBy,
    })
    .execute();
}

/** Writes down that a merge was undone. @returns whether it was in force. */
export async function closeMerge(tx: Tx, scope: Reviewer, mergeId: string, by: string, reason: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('party_merges')
    .set({ undone_at: now, undone_by: by, undone_reason: reason })
    .where('tenant_id', '=', scope.tenantId)
    .where('merge_id', '=', mergeId)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** One merge; undefined where there is none. */
export async function findMerge(tx: Tx, scope: Reviewer, mergeId: string): Promise<Merge | undefined> {
  const row = await tx.selectFrom('party_merges').selectAll().where('tenant_id', '=', scope.tenantId).where('merge_id', '=', mergeId).executeTakeFirst();
  return row === undefined ? undefined : mergeOf(row);
}

/** Every merge that parties took part in, undone ones included, the latest first. */
export async function readMerges(tx: Tx, scope: AnyScope, partyIds: readonly string[]): Promise<readonly Merge[]> {
  const rows = await tx
    .selectFrom('party_merges')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where((eb) => eb.or([eb('kept_party_id', 'in', [...partyIds]), eb('merged_party_id', 'in', [...partyIds])]))
    .orderBy('merged_at', 'desc')
    .execute();
  return rows.map(mergeOf);
}

function mergeOf(row: {
  merge_id: string;
  kept_party_id: string;
  merged_party_id: string;
  reason: string;
  merged_at: Date;
  merged_by: string;
  undone_at: Date | null;
  undone_by: string | null;
  undone_reason: string | null;
}): Merge {
  return {
    mergeId: row.merge_id,
    keptPartyId: row.kept_party_id,
    mergedPartyId: row.merged_party_id,
    reason: row.reason,
    mergedAt: row.merged_at,
    mergedBy: row.merged_by,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
    undoneReason: row.undone_reason,
  };
}
