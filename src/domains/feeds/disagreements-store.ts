// The only SQL of disagreements: values that contradict what is held, until somebody has settled them.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { DisagreementsRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';

/** How a disagreement was settled: the held value stands, the delivered one takes its place, or each for its time. */
export type Settlement = 'held' | 'delivered' | 'both';

export type DisagreementStatus = 'open' | 'asked' | 'settled';

/** One side of a disagreement; the value sealed. Dates are `YYYY-MM-DD`. */
export interface Side {
  readonly sealed: Uint8Array;
  readonly asOf: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A disagreement that has just come up. */
export interface NewDisagreement {
  readonly disagreementId: string;
  readonly partyId: string;
  readonly jurisdictionCode: string;
  readonly fact: string;
  readonly held: Side & { readonly digest: Uint8Array; readonly statementId: string; readonly origin: string; readonly trust: string; readonly departmentId: string | null; readonly evidenceId: string | null };
  readonly delivered: Side & { readonly feedId: string; readonly departmentId: string; readonly deliveryId: string; readonly digest: Uint8Array };
  readonly at: Date;
}

/** A disagreement as stored. */
export interface Disagreement extends Omit<NewDisagreement, 'at'> {
  readonly status: DisagreementStatus;
  /** How many deliveries said it. */
  readonly times: number;
  readonly answer: 'held' | 'delivered' | 'neither' | null;
  readonly wordsSealed: Uint8Array | null;
  readonly askedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly settledAs: Settlement | null;
  readonly reasonSealed: Uint8Array | null;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly version: number;
  readonly createdAt: Date;
}

/** Which disagreements to list. */
export interface DisagreementQuestion {
  readonly status: DisagreementStatus | undefined;
  readonly fact: string | undefined;
  readonly feedId: string | undefined;
  /** Ids of the parties asked about; all within reach where it is not given. */
  readonly partyIds: readonly string[] | undefined;
  readonly sort: 'oldest' | 'newest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** What is known of a party's disagreements before a row is compared: open ones by fact and department, and what was settled for the held value. */
export interface KnownDisagreement {
  readonly disagreementId: string;
  readonly partyId: string;
  readonly fact: string;
  readonly departmentId: string;
  readonly status: DisagreementStatus;
  readonly settledAs: Settlement | null;
  readonly heldDigest: Uint8Array;
  readonly deliveredDigest: Uint8Array;
}

/** The disagreements of parties, settled ones too. */
export async function readKnown(tx: Tx, scope: Scope<'feed.process'>, partyIds: readonly string[]): Promise<readonly KnownDisagreement[]> {
  if (partyIds.length === 0) return [];
  const rows = await tx
    .selectFrom('disagreements')
    .select(['disagreement_id', 'party_id', 'fact', 'department_id', 'status', 'settled_as', 'held_digest', 'delivered_digest'])
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .execute();
  return rows.map((row) => ({
    disagreementId: row.disagreement_id,
    partyId: row.party_id,
    fact: row.fact,
    departmentId: row.department_id,
    status: row.status as DisagreementStatus,
    settledAs: row.settled_as as Settlement | null,
    heldDigest: row.held_digest,
    deliveredDigest: row.delivered_digest,
  }));
}

/** Adds a disagreement. */
export async function insertDisagreement(tx: Tx, scope: Scope<'feed.process'>, { disagreementId, partyId, jurisdictionCode, fact, held, delivered, at }: NewDisagreement): Promise<void> {
  await tx
    .insertInto('disagreements')
    .values({
      tenant_id: scope.tenantId,
      disagreement_id: disagreementId,
      party_id: partyId,
      jurisdiction_code: jurisdictionCode,
      fact,
      status: 'open',
      held_statement_id: held.statementId,
      held_sealed: Buffer.from(held.sealed),
      held_digest: Buffer.from(held.digest),
      held_origin: held.origin,
      held_trust: held.trust,
      held_department_id: held.departmentId,
      held_evidence_id: held.evidenceId,
      held_as_of: held.asOf,
      held_from: held.validFrom,
      held_to: held.validTo,
      created_at: at,
      feed_id: delivered.feedId,
      department_id: delivered.departmentId,
      ...deliveredColumns(delivered),
    })
    .execute();
}

/** Takes what an open disagreement is about from a later delivery: the same value again, or another one. */
export async function updateDelivered(tx: Tx, scope: Scope<'feed.process'>, disagreementId: string, delivered: NewDisagreement['delivered']): Promise<void> {
  await tx
    .updateTable('disagreements')
    .set((set) => ({ ...deliveredColumns(delivered), feed_id: delivered.feedId, times: set('times', '+', 1), version: set('version', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('disagreement_id', '=', disagreementId)
    .execute();
}

/** A page of disagreements within reach. */
export async function listDisagreements(tx: Tx, scope: Scope<'disagreement.read'>, { status, fact, feedId, partyIds, sort, after, limit }: DisagreementQuestion): Promise<readonly Disagreement[]> {
  let query = tx.selectFrom('disagreements').selectAll().where('tenant_id', '=', scope.tenantId);
  const codes = codesOf(scope);
  if (codes !== undefined) query = query.where(livesIn(codes));
  else if (scope.reach.kind !== 'tenant' && partyIds === undefined) return [];
  if (partyIds !== undefined) query = query.where('party_id', 'in', [...partyIds]);
  if (status !== undefined) query = query.where('status', '=', status);
  if (fact !== undefined) query = query.where('fact', '=', fact);
  if (feedId !== undefined) query = query.where('feed_id', '=', feedId);
  if (after !== undefined) query = query.where('disagreement_id', sort === 'oldest' ? '>' : '<', after);
  return (await query.orderBy('disagreement_id', sort === 'oldest' ? 'asc' : 'desc').limit(limit).execute()).map(disagreementOf);
}

/**
 * A disagreement within reach.
 * @param partyIds ids of the caller's own parties, where the caller is one
 * @throws Refusal not-found
 */
export async function getDisagreement(tx: Tx, scope: Scope<'disagreement.read' | 'disagreement.settle' | 'disagreement.answer'>, disagreementId: string, partyIds?: readonly string[]): Promise<Disagreement> {
  let query = tx.selectFrom('disagreements').selectAll().where('tenant_id', '=', scope.tenantId).where('disagreement_id', '=', disagreementId);
  const codes = codesOf(scope);
  if (codes !== undefined) query = query.where(livesIn(codes));
  else if (scope.reach.kind !== 'tenant') query = query.where('party_id', 'in', [...(partyIds ?? [])]);
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return disagreementOf(row);
}

/** Notes that the party was asked. @throws Refusal changed-meanwhile */
export async function markAsked(tx: Tx, scope: Scope<'disagreement.settle'>, disagreementId: string, expected: number, at: Date): Promise<void> {
  await change(tx, scope, disagreementId, expected, { status: 'asked', asked_at: at, answer: null, words_sealed: null, answered_at: null });
}

/** Notes what the party answered. @throws Refusal changed-meanwhile */
export async function markAnswered(
  tx: Tx,
  scope: Scope<'disagreement.answer'>,
  disagreementId: string,
  expected: number,
  { answer, wordsSealed, at }: { readonly answer: 'held' | 'delivered' | 'neither'; readonly wordsSealed: Uint8Array | null; readonly at: Date },
): Promise<void> {
  await change(tx, scope, disagreementId, expected, { answer, words_sealed: wordsSealed === null ? null : Buffer.from(wordsSealed), answered_at: at });
}

/** Settles a disagreement. @throws Refusal changed-meanwhile */
export async function markSettled(
  tx: Tx,
  scope: Scope<'disagreement.settle'>,
  disagreementId: string,
  expected: number,
  { settledAs, reasonSealed, at }: { readonly settledAs: Settlement; readonly reasonSealed: Uint8Array; readonly at: Date },
): Promise<void> {
  await change(tx, scope, disagreementId, expected, { status: 'settled', settled_as: settledAs, reason_sealed: Buffer.from(reasonSealed), settled_at: at, settled_by: scope.actor.accountId });
}

/** Which facts of parties are in dispute, by party; for whoever decides on them. */
export async function readDisputedFacts(tx: Tx, scope: Scope<'disagreement.read'>, partyIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const disputed = new Map<string, string[]>();
  if (partyIds.length === 0) return disputed;
  const rows = await tx
    .selectFrom('disagreements')
    .select(['party_id', 'fact'])
    .distinct()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .where('status', 'in', ['open', 'asked'])
    .orderBy('fact')
    .execute();
  for (const row of rows) disputed.set(row.party_id, [...(disputed.get(row.party_id) ?? []), row.fact]);
  return disputed;
}

/** Everything about parties, for the person's own copy. */
export async function readOfParties(tx: Tx, scope: Scope<'held-data.read'>, partyIds: readonly string[]): Promise<readonly Disagreement[]> {
  const rows = await tx.selectFrom('disagreements').selectAll().where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).orderBy('disagreement_id').execute();
  return rows.map(disagreementOf);
}

/** Deletes everything about parties. @returns how many there were */
export async function deleteOfParties(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('disagreements').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  return Number(numDeletedRows);
}

type Change = Readonly<Partial<Pick<DisagreementsRow, 'status' | 'answer' | 'settled_as'>>> & {
  readonly asked_at?: Date;
  readonly answered_at?: Date | null;
  readonly words_sealed?: Buffer | null;
  readonly reason_sealed?: Buffer;
  readonly settled_at?: Date;
  readonly settled_by?: string | null;
};

async function change(tx: Tx, scope: Scope, disagreementId: string, expected: number, values: Change): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('disagreements')
    .set({ ...values, version: expected + 1 })
    .where('tenant_id', '=', scope.tenantId)
    .where('disagreement_id', '=', disagreementId)
    .where('version', '=', expected)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal('changed-meanwhile');
}

function deliveredColumns({ deliveryId, sealed, digest, asOf, validFrom, validTo }: NewDisagreement['delivered']) {
  return {
    delivery_id: deliveryId,
    delivered_sealed: Buffer.from(sealed),
    delivered_digest: Buffer.from(digest),
    delivered_as_of: asOf,
    delivered_from: validFrom,
    delivered_to: validTo,
  };
}

/** Whether the party is of one of the jurisdictions today, whatever it was when the disagreement came up; a merged one where the one kept is. */
function livesIn(codes: readonly string[]) {
  return sql<boolean>`exists (
    select from parties p
      left join people person on person.tenant_id = p.tenant_id and person.party_id = coalesce(p.merged_into, p.party_id)
      left join organisations one on one.tenant_id = p.tenant_id and one.party_id = coalesce(p.merged_into, p.party_id)
    where p.tenant_id = disagreements.tenant_id and p.party_id = disagreements.party_id
      and coalesce(person.jurisdiction_code, one.jurisdiction_code) = any(${[...codes]}::text[]))`;
}

/** The jurisdictions to which a scope is bound; undefined where something else bounds it. */
function codesOf({ reach }: Scope): readonly string[] | undefined {
  return reach.kind === 'jurisdictions' ? reach.codes : undefined;
}

function disagreementOf(row: Selectable<DisagreementsRow>): Disagreement {
  return {
    disagreementId: row.disagreement_id,
    partyId: row.party_id,
    jurisdictionCode: row.jurisdiction_code,
    fact: row.fact,
    status: row.status as DisagreementStatus,
    times: row.times,
    held: {
      statementId: row.held_statement_id,
      sealed: row.held_sealed,
      digest: row.held_digest,
      origin: row.held_origin,
      trust: row.held_trust,
      departmentId: row.held_department_id,
      evidenceId: row.held_evidence_id,
      asOf: row.held_as_of,
      validFrom: row.held_from,
      validTo: row.held_to,
    },
    delivered: {
      sealed: row.delivered_sealed,
      digest: row.delivered_digest,
      feedId: row.feed_id,
      departmentId: row.department_id,
      deliveryId: row.delivery_id,
      asOf: row.delivered_as_of,
      validFrom: row.delivered_from,
      validTo: row.delivered_to,
    },
    answer: row.answer as Disagreement['answer'],
    wordsSealed: row.words_sealed,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
    settledAs: row.settled_as as Settlement | null,
    reasonSealed: row.reason_sealed,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
    version: row.version,
    createdAt: row.created_at,
  };
}
