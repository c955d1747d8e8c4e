// The only SQL of publicity: lists, what is on them, objections.

import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { ObjectionsRow, PublicListsRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { ListState, ObjectionOutcome, ObjectionState, PublicList } from './publicity.ts';

/** Rights of whoever looks at lists or runs them. */
export type ListScope = Scope<'publicity.view' | 'publicity.read' | 'publicity.open' | 'publicity.run' | 'publicity.take-back' | 'objection.make' | 'objection.read' | 'objection.answer'>;
type ObjectionScope = Scope<'objection.make' | 'objection.read' | 'objection.answer' | 'publicity.read'>;

/** An entry as it is stored. */
export interface EntryRow {
  readonly entryId: string;
  readonly place: number;
  readonly caseId: string;
  readonly decisionId: string;
  readonly amountFen: number | null;
  readonly shownSealed: Uint8Array;
}

/** An objection as it is stored. */
export interface ObjectionRow {
  readonly objectionId: string;
  readonly listId: string;
  readonly entryId: string;
  readonly caseId: string;
  readonly jurisdictionCode: string;
  readonly state: ObjectionState;
  readonly textSealed: Uint8Array;
  readonly contactSealed: Uint8Array;
  readonly language: 'zh' | 'en';
  readonly answerSealed: Uint8Array | null;
  readonly answeredBy: string | null;
  readonly departmentId: string | null;
  readonly answeredAt: Date | null;
  readonly madeAt: Date;
  readonly version: number;
}

/** Adds a list that is being gathered; false where one of the same benefit and jurisdiction is. */
export async function insertList(tx: Tx, scope: Scope<'publicity.open'>, list: PublicList): Promise<boolean> {
  const row = await tx
    .insertInto('public_lists')
    .values({
      tenant_id: scope.tenantId,
      list_id: list.listId,
      jurisdiction_code: list.jurisdictionCode,
      department_id: list.departmentId,
      policy_id: list.policyId,
      benefit_id: list.benefitId,
      titles: JSON.stringify(list.titles),
      working_days: list.workingDays,
      opens_on: list.opensOn,
      until_on: list.untilOn,
      state: list.state,
      entries: list.entries,
      opened_by: list.openedBy,
      opened_at: list.openedAt,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'jurisdiction_code', 'policy_id', 'benefit_id']).where('state', '=', 'gathering').doNothing())
    .returning('list_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A list by its id, whosever it is. */
export async function findList(tx: Tx, scope: ListScope, listId: string): Promise<PublicList | undefined> {
  const row = await lists(tx, scope).where('list_id', '=', listId).executeTakeFirst();
  return row === undefined ? undefined : readList(row);
}

/** The same, with its row locked until the transaction ends. */
export async function lockList(tx: Tx, scope: Scope<'publicity.run' | 'publicity.take-back' | 'objection.make'>, listId: string): Promise<PublicList | undefined> {
  const row = await lists(tx, scope).where('list_id', '=', listId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : readList(row);
}

/** Lists that everybody may see on a day, the one that ends first before the others. */
export async function listShown(tx: Tx, scope: Scope<'publicity.view'>, today: string): Promise<readonly PublicList[]> {
  const rows = await lists(tx, scope).where('state', '<>', 'closed').where('state', '<>', 'taken-back').where('until_on', '>=', today).where('opens_on', '<=', today).orderBy('until_on').orderBy('list_id').execute();
  return rows.map(readList);
}

/** Which lists to show; `after` is where the page before ended. */
export interface ListQuestion {
  readonly state: ListState | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly q: string;
  readonly sort: 'newest' | 'ending';
  readonly after: { readonly untilOn: string; readonly listId: string } | undefined;
  readonly limit: number;
}

/** Lists of the jurisdictions in reach that match, whatever their state. */
export async function listListsOf(tx: Tx, scope: Scope<'publicity.read'>, { state, jurisdictionCode, q, sort, after, limit }: ListQuestion): Promise<readonly PublicList[]> {
  let query = lists(tx, scope).where(withinReach(scope));
  if (state !== undefined) query = query.where('state', '=', state);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (q !== '') query = query.where(sql<SqlBool>`position(lower(${q}) in lower(concat_ws(' ', titles -> 'benefit' ->> 'zh', titles -> 'benefit' ->> 'en', titles -> 'policy' ->> 'zh', titles -> 'policy' ->> 'en'))) > 0`);
  if (after !== undefined) query = query.where(sort === 'newest' ? sql<SqlBool>`list_id < ${after.listId}::uuid` : sql<SqlBool>`(until_on, list_id) > (${after.untilOn}::date, ${after.listId}::uuid)`);
  query = sort === 'newest' ? query.orderBy('list_id', 'desc') : query.orderBy('until_on').orderBy('list_id');
  return (await query.limit(limit).execute()).map(readList);
}

/** Lists by their ids, in no order. */
export async function readLists(tx: Tx, scope: ListScope, listIds: readonly string[]): Promise<readonly PublicList[]> {
  if (listIds.length === 0) return [];
  return (await lists(tx, scope).where('list_id', 'in', [...listIds]).execute()).map(readList);
}

/** Lists on which there is something to do: those being gathered, those whose window is over, and those taken back whose cases are not all back. */
export async function listToRun(tx: Tx, scope: Scope<'publicity.run'>, today: string): Promise<readonly PublicList[]> {
  const rows = await lists(tx, scope)
    .where((eb) => eb.or([eb('state', '=', 'gathering'), eb.and([eb('state', '=', 'open'), eb('until_on', '<', today)]), eb.and([eb('state', '=', 'taken-back'), eb('closed_at', 'is', null)])]))
    .where('state', '<>', 'closed')
    .orderBy('until_on')
    .orderBy('list_id')
    .execute();
  return rows.map(readList);
}

/** Moves a list on. */
export async function setListState(tx: Tx, scope: Scope<'publicity.run'>, listId: string, state: ListState, at: Date): Promise<void> {
  await tx
    .updateTable('public_lists')
    .set({ state, closed_at: state === 'closed' ? at : null })
    .where('tenant_id', '=', scope.tenantId)
    .where('list_id', '=', listId)
    .execute();
}

/** Withdraws a list from view before its time; the caller holds its row. */
export async function takeListBack(tx: Tx, scope: Scope<'publicity.take-back'>, listId: string, { by, at, reasonSealed }: NonNullable<PublicList['takenBack']>): Promise<void> {
  await tx
    .updateTable('public_lists')
    .set({ state: 'taken-back', taken_back_by: by, taken_back_at: at, taken_back_reason_sealed: Buffer.from(reasonSealed) })
    .where('tenant_id', '=', scope.tenantId)
    .where('list_id', '=', listId)
    .execute();
}

/** All cases of a list that was taken back are back; the caller holds its row. */
export async function endTakingBack(tx: Tx, scope: Scope<'publicity.run'>, listId: string, at: Date): Promise<void> {
  await tx.updateTable('public_lists').set({ closed_at: at }).where('tenant_id', '=', scope.tenantId).where('list_id', '=', listId).where('state', '=', 'taken-back').execute();
}

/** Adds entries behind those that are there; the caller holds the list's row. */
export async function insertEntries(tx: Tx, scope: Scope<'publicity.run'>, list: PublicList, entries: readonly Omit<EntryRow, 'place'>[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry, at) => ({
    tenant_id: scope.tenantId,
    list_id: list.listId,
    entry_id: entry.entryId,
    place: list.entries + at + 1,
    case_id: entry.caseId,
    decision_id: entry.decisionId,
    amount_fen: entry.amountFen,
    shown_sealed: entry.shownSealed,
  }));
  await tx.insertInto('public_entries').values(rows).execute();
  await tx
    .updateTable('public_lists')
    .set((eb) => ({ entries: eb('entries', '+', entries.length) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('list_id', '=', list.listId)
    .execute();
}

/** Entries of a list after a place, in their order. */
export async function listEntries(tx: Tx, scope: ListScope, listId: string, { after, limit }: { readonly after: number; readonly limit: number }): Promise<readonly EntryRow[]> {
  const rows = await tx
    .selectFrom('public_entries')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('list_id', '=', listId)
    .where('place', '>', after)
    .orderBy('place')
    .limit(limit)
    .execute();
  return rows.map(readEntry);
}

/** One entry of a list. */
export async function findEntry(tx: Tx, scope: ListScope, listId: string, entryId: string): Promise<EntryRow | undefined> {
  const row = await tx.selectFrom('public_entries').selectAll().where('tenant_id', '=', scope.tenantId).where('list_id', '=', listId).where('entry_id', '=', entryId).executeTakeFirst();
  return row === undefined ? undefined : readEntry(row);
}

/** Entries of these lists by their ids, in no order. */
export async function readEntries(tx: Tx, scope: ListScope, listIds: readonly string[], entryIds: readonly string[]): Promise<readonly EntryRow[]> {
  if (entryIds.length === 0) return [];
  const rows = await tx.selectFrom('public_entries').selectAll().where('tenant_id', '=', scope.tenantId).where('list_id', 'in', [...listIds]).where('entry_id', 'in', [...entryIds]).execute();
  return rows.map(readEntry);
}

/** Adds an objection. */
export async function insertObjection(tx: Tx, scope: Scope<'objection.make'>, objection: ObjectionRow, codeDigest: Uint8Array): Promise<void> {
  await tx
    .insertInto('objections')
    .values({
      tenant_id: scope.tenantId,
      objection_id: objection.objectionId,
      list_id: objection.listId,
      entry_id: objection.entryId,
      case_id: objection.caseId,
      jurisdiction_code: objection.jurisdictionCode,
      state: objection.state,
      text_sealed: objection.textSealed,
      contact_sealed: objection.contactSealed,
      language: objection.language,
      code_digest: codeDigest,
      made_at: objection.madeAt,
    })
    .execute();
}

/** The objection of a receipt. */
export async function findByReceipt(tx: Tx, scope: Scope<'objection.make'>, codeDigest: Uint8Array): Promise<ObjectionRow | undefined> {
  const row = await objections(tx, scope).where('code_digest', '=', Buffer.from(codeDigest)).executeTakeFirst();
  return row === undefined ? undefined : readObjection(row);
}

/** An objection in an officer's reach; undefined where there is none or it is another jurisdiction's. */
export async function findObjection(tx: Tx, scope: Scope<'objection.read'>, objectionId: string): Promise<ObjectionRow | undefined> {
  const row = await objections(tx, scope).where('objection_id', '=', objectionId).where(withinReach(scope)).executeTakeFirst();
  return row === undefined ? undefined : readObjection(row);
}

/** The same, with its row locked until the transaction ends. */
export async function lockObjection(tx: Tx, scope: Scope<'objection.answer'>, objectionId: string): Promise<ObjectionRow | undefined> {
  const row = await objections(tx, scope).where('objection_id', '=', objectionId).where(withinReach(scope)).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : readObjection(row);
}

/** Which objections to list; `after` is the id of the last one seen. */
export interface ObjectionQuestion {
  readonly state: ObjectionState | 'all';
  readonly listId: string | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly sort: 'newest' | 'deadline';
  readonly after: string | undefined;
  readonly limit: number;
}

/** Objections in reach that match. All have as many days to be answered, so what is due first was made first. */
export async function listObjections(tx: Tx, scope: Scope<'objection.read'>, { state, listId, jurisdictionCode, sort, after, limit }: ObjectionQuestion): Promise<readonly ObjectionRow[]> {
  let query = objections(tx, scope).where(withinReach(scope));
  if (state !== 'all') query = query.where('state', '=', state);
  if (listId !== undefined) query = query.where('list_id', '=', listId);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (after !== undefined) query = query.where('objection_id', sort === 'newest' ? '<' : '>', after);
  return (await query.orderBy('objection_id', sort === 'newest' ? 'desc' : 'asc').limit(limit).execute()).map(readObjection);
}

/** How many objections there are to each entry of a list, and how many of them wait for an answer. */
export async function countByEntry(tx: Tx, scope: Scope<'publicity.read'>, listId: string): Promise<ReadonlyMap<string, { readonly all: number; readonly open: number }>> {
  const { rows } = await sql<{ entry_id: string; all: number; open: number }>`
    select entry_id, count(*)::integer as all, (count(*) filter (where state = 'open'))::integer as open
    from objections where tenant_id = ${scope.tenantId} and list_id = ${listId}::uuid group by entry_id`.execute(tx);
  return new Map(rows.map((row) => [row.entry_id, { all: row.all, open: row.open }]));
}

/** How many objections there are to each of these lists, and how many of them wait for an answer. */
export async function countObjections(tx: Tx, scope: Scope<'publicity.read'>, listIds: readonly string[]): Promise<ReadonlyMap<string, { readonly all: number; readonly open: number }>> {
  if (listIds.length === 0) return new Map();
  const { rows } = await sql<{ list_id: string; all: number; open: number }>`
    select list_id, count(*)::integer as all, (count(*) filter (where state = 'open'))::integer as open
    from objections where tenant_id = ${scope.tenantId} and list_id = any(${[...listIds]}::uuid[]) group by list_id`.execute(tx);
  return new Map(rows.map((row) => [row.list_id, { all: row.all, open: row.open }]));
}

/** Writes an answer; the caller holds the row. */
export async function writeAnswer(
  tx: Tx,
  scope: Scope<'objection.answer'>,
  objectionId: string,
  { state, answerSealed, answeredBy, departmentId, at }: { readonly state: ObjectionOutcome; readonly answerSealed: Uint8Array; readonly answeredBy: string; readonly departmentId: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('objections')
    .set((eb) => ({ state, answer_sealed: answerSealed, answered_by: answeredBy, department_id: departmentId, answered_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('objection_id', '=', objectionId)
    .execute();
}

function lists(tx: Tx, scope: ListScope) {
  return tx.selectFrom('public_lists').selectAll().where('tenant_id', '=', scope.tenantId);
}

function objections(tx: Tx, scope: ObjectionScope) {
  return tx.selectFrom('objections').selectAll().where('tenant_id', '=', scope.tenantId);
}

/** Officers reach the lists and objections of their jurisdictions. */
function withinReach({ reach }: ObjectionScope) {
  if (reach.kind === 'jurisdictions') return sql<SqlBool>`jurisdiction_code = any(${[...reach.codes]}::text[])`;
  return reach.kind === 'tenant' ? sql<SqlBool>`true` : sql<SqlBool>`false`;
}

function readList(row: Selectable<PublicListsRow>): PublicList {
  return {
    listId: row.list_id,
    jurisdictionCode: row.jurisdiction_code,
    departmentId: row.department_id,
    policyId: row.policy_id,
    benefitId: row.benefit_id,
    titles: row.titles as PublicList['titles'],
    workingDays: row.working_days,
    opensOn: row.opens_on,
    untilOn: row.until_on,
    state: row.state as ListState,
    entries: row.entries,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    takenBack: row.taken_back_at === null || row.taken_back_by === null || row.taken_back_reason_sealed === null ? null : { by: row.taken_back_by, at: row.taken_back_at, reasonSealed: row.taken_back_reason_sealed },
  };
}

function readEntry(row: { entry_id: string; place: number; case_id: string; decision_id: string; amount_fen: number | null; shown_sealed: Buffer }): EntryRow {
  return { entryId: row.entry_id, place: row.place, caseId: row.case_id, decisionId: row.decision_id, amountFen: row.amount_fen, shownSealed: row.shown_sealed };
}

function readObjection(row: Selectable<ObjectionsRow>): ObjectionRow {
  return {
    objectionId: row.objection_id,
    listId: row.list_id,
    entryId: row.entry_id,
    caseId: row.case_id,
    jurisdictionCode: row.jurisdiction_code,
    state: row.state as ObjectionState,
    textSealed: row.text_sealed,
    contactSealed: row.contact_sealed,
    language: row.language as ObjectionRow['language'],
    answerSealed: row.answer_sealed,
    answeredBy: row.answered_by,
    departmentId: row.department_id,
    answeredAt: row.answered_at,
    madeAt: row.made_at,
    version: row.version,
  };
}
