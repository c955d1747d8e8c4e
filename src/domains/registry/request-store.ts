// The SQL of people's requests about their data, and of what a deletion takes away.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** What a person may ask for. */
export type RequestKind = 'copy' | 'correct' | 'delete';

/** How a request ended. */
export type RequestOutcome = 'done' | 'partly' | 'refused';

/** A request as stored; the person's words still sealed. */
export interface RequestRow {
  readonly partyId: string;
  readonly requestId: string;
  readonly kind: RequestKind;
  readonly wordsSealed: Uint8Array | null;
  readonly askedAt: Date;
  readonly askedBy: string;
  /** The day by which it has to be answered. */
  readonly dueOn: string;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly outcome: RequestOutcome | null;
  readonly answer: RequestAnswer | null;
}

/** What a person is told; no personal values. */
export interface RequestAnswer {
  /** In staff's words. */
  readonly words: string;
  /** How many things were deleted. */
  readonly deleted?: number;
  /** What is kept, why, and until when. */
  readonly kept?: readonly { readonly what: { readonly zh: string; readonly en: string }; readonly why: { readonly zh: string; readonly en: string }; readonly until: string | null }[];
}

type RequestReader = Scope<'subject-request.read' | 'subject-request.answer' | 'subject-request.ask' | 'held-data.read'>;

/** Adds a request. */
export async function insertRequest(tx: Tx, scope: Scope<'subject-request.ask'>, request: RequestRow): Promise<void> {
  await tx
    .insertInto('subject_requests')
    .values({
      tenant_id: scope.tenantId,
      party_id: request.partyId,
      request_id: request.requestId,
      kind: request.kind,
      words_sealed: request.wordsSealed,
      asked_at: request.askedAt,
      asked_by: request.askedBy,
      due_on: request.dueOn,
    })
    .execute();
}

/** The requests of parties, the latest first. */
export async function readRequests(tx: Tx, scope: RequestReader, partyIds: readonly string[]): Promise<readonly RequestRow[]> {
  const rows = await tx
    .selectFrom('subject_requests')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .orderBy('asked_at', 'desc')
    .orderBy('request_id', 'desc')
    .execute();
  return rows.map(requestOf);
}

/** Requests that wait for an answer, of people in reach, the most urgent first. */
export async function readOpenRequests(
  tx: Tx,
  scope: Scope<'subject-request.read'>,
  after: { readonly dueOn: string; readonly requestId: string } | undefined,
  limit: number,
): Promise<readonly RequestRow[]> {
  const { reach } = scope;
  const codes = reach.kind === 'jurisdictions' ? [...reach.codes] : null;
  const own = reach.kind === 'parties' ? [...reach.partyIds] : null;
  const { rows } = await sql<Parameters<typeof requestOf>[0]>`
    select request.* from subject_requests request
      left join people one on one.tenant_id = request.tenant_id and one.party_id = request.party_id
    where request.tenant_id = ${scope.tenantId} and request.answered_at is null
      and (${codes}::text[] is null or one.jurisdiction_code = any(${codes}::text[]))
      and (${own}::uuid[] is null or request.party_id = any(${own}::uuid[]))
      and (${after?.dueOn ?? null}::date is null or (request.due_on, request.request_id) > (${after?.dueOn ?? null}::date, ${after?.requestId ?? null}::uuid))
    order by request.due_on, request.request_id
    limit ${limit}`.execute(tx);
  return rows.map(requestOf);
}

function requestOf(row: {
  party_id: string;
  request_id: string;
  kind: string;
  words_sealed: Uint8Array | null;
  asked_at: Date;
  asked_by: string;
  due_on: string;
  answered_at: Date | null;
  answered_by: string | null;
  outcome: string | null;
  answer: unknown;
}): RequestRow {
  return {
    partyId: row.party_id,
    requestId: row.request_id,
    kind: row.kind as RequestKind,
    wordsSealed: row.words_sealed,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    dueOn: row.due_on,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    outcome: row.outcome as RequestOutcome | null,
    answer: row.answer as RequestAnswer | null,
  };
}

/** Answers a request. @returns whether it still waited. */
export async function answerRequestRow(
  tx: Tx,
  scope: Scope<'subject-request.answer'>,
  partyId: string,
  requestId: string,
  { outcome, answer, by, now }: { readonly outcome: RequestOutcome; readonly answer: RequestAnswer; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('subject_requests')
    .set({ answered_at: now, answered_by: by, outcome, answer: JSON.stringify(answer) })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', partyId)
    .where('request_id', '=', requestId)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes away the words that people wrote with their requests. */
export async function clearRequestWords(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<void> {
  await tx.updateTable('subject_requests').set({ words_sealed: null }).where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).execute();
}

/**
 * Takes a person's own data away: telephone, names and numbers of before; without `keepIdentity` name, number and birth date too.
 * @param name what stands in place of the name.
 * @returns how many rows lost something.
 */
export async function erasePeople(
  tx: Tx,
  scope: Scope<'subject-request.answer'>,
  partyIds: readonly string[],
  { keepIdentity, name }: { readonly keepIdentity: boolean; readonly name: string },
): Promise<number> {
  const erased = await tx
    .updateTable('people')
    .set({
      phone_sealed: null,
      phone_search: null,
      ...(keepIdentity ? {} : { name, id_kind: null, number_sealed: null, number_search: null, last_four_search: null, birth_date: null, sex: null }),
    })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .executeTakeFirst();
  const names = await tx.deleteFrom('party_names').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  const numbers = await tx.deleteFrom('party_identifiers').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  const candidates = await tx
    .deleteFrom('duplicate_candidates')
    .where('tenant_id', '=', scope.tenantId)
    .where((eb) => eb.or([eb('first_party_id', 'in', [...partyIds]), eb('second_party_id', 'in', [...partyIds])]))
    .executeTakeFirst();
  return Number(erased.numUpdatedRows + names.numDeletedRows + numbers.numDeletedRows + candidates.numDeletedRows);
}
