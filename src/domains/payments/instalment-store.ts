// The SQL of instalments and of what each fund gives of them.
import { type SqlBool, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Reach, Scope } from '../permissions/index.ts';
import type { InstalmentLife, InstalmentShare, InstalmentState } from './instalment.ts';

/** An instalment as stored. Dates are `YYYY-MM-DD`. */
export interface InstalmentRow extends InstalmentLife {
  readonly instalmentId: string;
  readonly decisionId: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly instalmentNumber: number;
  readonly partyId: string;
  readonly employerId: string | null;
  readonly policyId: string;
  readonly benefitId: string;
  readonly jurisdictionCode: string;
  readonly dueOn: string;
  readonly checks: readonly string[];
  /** While it waits: when it is looked at next. */
  readonly lookOn: string | null;
  readonly checkedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Which instalments to list. */
export interface InstalmentQuestion {
  readonly states: readonly InstalmentState[] | undefined;
  readonly dueFrom: string | undefined;
  readonly dueTo: string | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly policyId: string | undefined;
  readonly benefitId: string | undefined;
  readonly partyId: string | undefined;
  readonly caseId: string | undefined;
  readonly sort: 'due' | 'due-last' | 'amount';
  readonly after: readonly (string | number | null)[] | undefined;
  readonly limit: number;
}

type Reader = Scope<'payment.read' | 'payment.check' | 'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.book' | 'payment.export' | 'payment.fund' | 'payment.recover' | 'payment.recover-approve' | 'payment.schedule'>;
type Writer = Scope<'payment.check' | 'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.book' | 'payment.recover' | 'payment.schedule'>;

/** Adds instalments with their shares. Those that are there already stay as they are. @returns the ids of those that were added. */
export async function insertInstalments(tx: Tx, scope: Scope<'payment.schedule'>, rows: readonly (InstalmentRow & { readonly shares: readonly InstalmentShare[] })[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const added = await tx
    .insertInto('instalments')
    .values(
      rows.map((row) => ({
        tenant_id: scope.tenantId,
        instalment_id: row.instalmentId,
        decision_id: row.decisionId,
        case_id: row.caseId,
        case_number: row.caseNumber,
        instalment_number: row.instalmentNumber,
        party_id: row.partyId,
        employer_id: row.employerId,
        policy_id: row.policyId,
        benefit_id: row.benefitId,
        jurisdiction_code: row.jurisdictionCode,
        due_on: row.dueOn,
        amount_fen: row.amountFen,
        offset_fen: row.offsetFen,
        checks: [...row.checks],
        state: row.state,
        look_on: row.lookOn,
        checked_at: row.checkedAt,
        attempts: row.attempts,
        created_at: row.createdAt,
        changed_at: row.changedAt,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'decision_id', 'instalment_number']).doNothing())
    .returning('instalment_id')
    .execute();
  const ids = new Set(added.map((row) => row.instalment_id));
  const shares = rows.filter(({ instalmentId }) => ids.has(instalmentId)).flatMap(({ instalmentId, shares: each }) => each.map((share, at) => ({ instalmentId, shareNumber: at + 1, share })));
  await insertShares(tx, scope, shares);
  return ids;
}

/** Adds what funds give of instalments. */
export async function insertShares(tx: Tx, scope: Scope<'payment.schedule' | 'payment.fund'>, shares: readonly { readonly instalmentId: string; readonly shareNumber: number; readonly share: InstalmentShare }[]): Promise<void> {
  if (shares.length === 0) return;
  const rows = shares.map(({ instalmentId, shareNumber, share }) => ({
    tenant_id: scope.tenantId,
    instalment_id: instalmentId,
    share_number: shareNumber,
    part_id: share.partId,
    fund: share.fund,
    jurisdiction_code: share.jurisdictionCode,
    year: share.year,
    amount_fen: share.amountFen,
    offset_fen: share.offsetFen,
  }));
  await tx.insertInto('instalment_shares').values(rows).execute();
}

/** The cases of instalments in reach. */
export async function findCasesOf(tx: Tx, scope: Reader, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('instalments')
    .select('case_id')
    .distinct()
    .where('tenant_id', '=', scope.tenantId)
    .where('instalment_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where(reachedSql(scope.reach))
    .execute();
  return rows.map((row) => row.case_id);
}

/** Instalments in reach by id, locked in the order of their ids so that nobody waits in a circle. */
export async function lockInstalments(tx: Tx, scope: Writer, ids: readonly string[]): Promise<readonly InstalmentRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('instalments')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('instalment_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where(reachedSql(scope.reach))
    .orderBy('instalment_id')
    .forUpdate()
    .execute();
  return rows.map(rowOfInstalment);
}

/** One instalment, locked. @throws Refusal not-found. */
export async function lockInstalment(tx: Tx, scope: Writer, instalmentId: string): Promise<InstalmentRow> {
  const [row] = await lockInstalments(tx, scope, [instalmentId]);
  if (row === undefined) throw new Refusal('not-found');
  return row;
}

/** Every instalment of a case, by whichever of its decisions, locked in the order of their ids. */
export async function lockSchedule(tx: Tx, scope: Scope<'payment.schedule'>, caseId: string): Promise<readonly InstalmentRow[]> {
  const rows = await tx.selectFrom('instalments').selectAll().where('tenant_id', '=', scope.tenantId).where('case_id', '=', caseId).orderBy('instalment_id').forUpdate().execute();
  return rows.map(rowOfInstalment);
}

/** The same, as they stand now, the first due first. */
export async function readSchedule(tx: Tx, scope: Scope<'payment.schedule'>, caseId: string): Promise<readonly InstalmentRow[]> {
  const rows = await tx.selectFrom('instalments').selectAll().where('tenant_id', '=', scope.tenantId).where('case_id', '=', caseId).orderBy('due_on').orderBy('instalment_id').execute();
  return rows.map(rowOfInstalment);
}

/** Every instalment of cases, as they stand now; the caller reaches one of each. */
export async function readSchedules(tx: Tx, scope: PaymentScope, caseIds: readonly string[]): Promise<readonly InstalmentRow[]> {
  const rows = await tx.selectFrom('instalments').selectAll().where('tenant_id', '=', scope.tenantId).where('case_id', 'in', [...caseIds]).execute();
  return rows.map(rowOfInstalment);
}

/** A case of which something was scheduled for a party. */
export interface ScheduledCase {
  readonly caseId: string;
  readonly partyId: string;
  readonly policyId: string;
  readonly benefitId: string;
}

/** The cases of which something was scheduled for parties, wherever they are: whoever was paid in one county may be granted the same in another. */
export async function readCasesOf(tx: Tx, scope: PaymentScope, partyIds: readonly string[]): Promise<readonly ScheduledCase[]> {
  if (partyIds.length === 0) return [];
  const rows = await tx
    .selectFrom('instalments')
    .select(['case_id', 'party_id', 'policy_id', 'benefit_id'])
    .distinct()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', sql<string>`any(${[...partyIds]}::uuid[])`)
    .execute();
  return rows.map((row) => ({ caseId: row.case_id, partyId: row.party_id, policyId: row.policy_id, benefitId: row.benefit_id }));
}

/** The numbers of cases of which something was scheduled, by case. */
export async function readCaseNumbers(tx: Tx, scope: PaymentScope, caseIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('instalments').select(['case_id', 'case_number']).distinct().where('tenant_id', '=', scope.tenantId).where('case_id', 'in', [...caseIds]).execute();
  return new Map(rows.map((row) => [row.case_id, row.case_number]));
}

/** An instalment. @throws Refusal not-found, for one out of reach too. */
export async function getInstalment(tx: Tx, scope: Reader, instalmentId: string): Promise<InstalmentRow> {
  const row = await tx
    .selectFrom('instalments')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('instalment_id', '=', instalmentId)
    .where(reachedSql(scope.reach))
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfInstalment(row);
}

/** The shares of instalments, by instalment, in their order. */
export async function readShares(tx: Tx, scope: Reader, instalmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly InstalmentShare[]>> {
  const byInstalment = new Map<string, InstalmentShare[]>(instalmentIds.map((id) => [id, []]));
  if (instalmentIds.length === 0) return byInstalment;
  const rows = await tx
    .selectFrom('instalment_shares')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('instalment_id', '=', sql<string>`any(${[...instalmentIds]}::uuid[])`)
    .orderBy('instalment_id')
    .orderBy('share_number')
    .execute();
  for (const row of rows) {
    byInstalment.get(row.instalment_id)?.push({
      partId: row.part_id,
      fund: row.fund,
      jurisdictionCode: row.jurisdiction_code,
      year: row.year,
      amountFen: row.amount_fen,
      offsetFen: row.offset_fen,
    });
  }
  return byInstalment;
}

/** What changes of an instalment. */
export interface InstalmentChange extends InstalmentLife {
  readonly instalmentId: string;
  /** When it is looked at next, while it waits or is in doubt; forgotten in any other state. */
  readonly lookOn: string | null;
  readonly checkedAt: Date | null;
}

/** Writes what changed of instalments that were locked before. */
export async function updateInstalments(tx: Tx, scope: Writer, changes: readonly InstalmentChange[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const { rows } = await sql<{ instalment_id: string }>`
    update instalments i
    set state = c.state, offset_fen = c.offset_fen, attempts = c.attempts, look_on = c.look_on, checked_at = c.checked_at, version = i.version + 1, changed_at = ${now}
    from unnest(
      ${changes.map((each) => each.instalmentId)}::uuid[], ${changes.map((each) => each.state)}::text[], ${changes.map((each) => each.offsetFen)}::bigint[],
      ${changes.map((each) => each.attempts)}::integer[], ${changes.map((each) => (isLookedAt(each) ? each.lookOn : null))}::date[], ${changes.map((each) => each.checkedAt?.toISOString() ?? null)}::timestamptz[]
    ) as c (instalment_id, state, offset_fen, attempts, look_on, checked_at)
    where i.tenant_id = ${scope.tenantId} and i.instalment_id = c.instalment_id
    returning i.instalment_id`.execute(tx);
  if (rows.length !== changes.length) throw new Error('an instalment that was locked is not there');
}

function isLookedAt({ state }: InstalmentChange): boolean {
  return state === 'waiting' || state === 'in-doubt';
}

/** Adds to what is set off of shares. */
export async function addOffsets(tx: Tx, scope: Scope<'payment.recover'>, offsets: readonly { readonly partId: string; readonly fen: number }[]): Promise<void> {
  for (const { partId, fen } of offsets) {
    await tx
      .updateTable('instalment_shares')
      .set((set) => ({ offset_fen: set('offset_fen', '+', fen) }))
      .where('tenant_id', '=', scope.tenantId)
      .where('part_id', '=', partId)
      .execute();
  }
}

/** The ids of instalments that wait or are in doubt and have to be looked at by `today`. */
export async function findDue(tx: Tx, scope: Scope<'payment.check'>, today: string, limit: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('instalments')
    .select('instalment_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('look_on', '<=', today)
    .orderBy('look_on')
    .orderBy('instalment_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.instalment_id);
}

/** The ids of instalments that can be paid by a day, the longest due first. */
export async function findReady(
  tx: Tx,
  scope: Scope<'payment.prepare'>,
  { jurisdictionCode, dueTo, policyId, benefitId, limit }: { readonly jurisdictionCode: string; readonly dueTo: string; readonly policyId: string | undefined; readonly benefitId: string | undefined; readonly limit: number },
): Promise<readonly string[]> {
  let query = tx
    .selectFrom('instalments')
    .select('instalment_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('jurisdiction_code', '=', jurisdictionCode)
    .where('state', '=', 'ready')
    .where('due_on', '<=', dueTo)
    .where(reachedSql(scope.reach));
  if (policyId !== undefined) query = query.where('policy_id', '=', policyId);
  if (benefitId !== undefined) query = query.where('benefit_id', '=', benefitId);
  const rows = await query.orderBy('due_on').orderBy('instalment_id').limit(limit).execute();
  return rows.map((row) => row.instalment_id);
}

/** Instalments in reach that match, in the order asked for. */
export async function listInstalments(tx: Tx, scope: Scope<'payment.read' | 'payment.export' | 'payment.check'>, question: InstalmentQuestion): Promise<readonly InstalmentRow[]> {
  let query = tx.selectFrom('instalments').selectAll().where('tenant_id', '=', scope.tenantId).where(reachedSql(scope.reach));
  if (question.states !== undefined) query = query.where('state', 'in', [...question.states]);
  if (question.dueFrom !== undefined) query = query.where('due_on', '>=', question.dueFrom);
  if (question.dueTo !== undefined) query = query.where('due_on', '<=', question.dueTo);
  if (question.jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', question.jurisdictionCode);
  if (question.policyId !== undefined) query = query.where('policy_id', '=', question.policyId);
  if (question.benefitId !== undefined) query = query.where('benefit_id', '=', question.benefitId);
  if (question.partyId !== undefined) query = query.where('party_id', '=', question.partyId);
  if (question.caseId !== undefined) query = query.where('case_id', '=', question.caseId);
  const [key, id] = question.after ?? [];
  switch (question.sort) {
    case 'due':
      if (question.after !== undefined) query = query.where(sql<SqlBool>`(due_on, instalment_id) > (${key}::date, ${id}::uuid)`);
      query = query.orderBy('due_on').orderBy('instalment_id');
      break;
    case 'due-last':
      if (question.after !== undefined) query = query.where(sql<SqlBool>`(due_on, instalment_id) < (${key}::date, ${id}::uuid)`);
      query = query.orderBy('due_on', 'desc').orderBy('instalment_id', 'desc');
      break;
    case 'amount':
      if (question.after !== undefined) query = query.where(sql<SqlBool>`(amount_fen, instalment_id) < (${key}::bigint, ${id}::uuid)`);
      query = query.orderBy('amount_fen', 'desc').orderBy('instalment_id', 'desc');
  }
  const rows = await query.limit(question.limit).execute();
  return rows.map(rowOfInstalment);
}

/** The conditions of a reach on rows with a payee and a jurisdiction. */
export function reachedSql(reach: Reach): ReturnType<typeof sql<SqlBool>> {
  switch (reach.kind) {
    case 'tenant':
      return sql<SqlBool>`true`;
    case 'jurisdictions':
      return sql<SqlBool>`jurisdiction_code = any(${[...reach.codes]}::text[])`;
    case 'parties':
      return sql<SqlBool>`party_id = any(${[...reach.partyIds]}::uuid[])`;
    case 'organisation':
      // What an organisation is paid itself; what its people get is theirs to see.
      return sql<SqlBool>`party_id = ${reach.organisationId}::uuid`;
    case 'department':
    case 'none':
      return sql<SqlBool>`false`;
  }
}

type DatabaseRow = Awaited<ReturnType<typeof anyRow>>;
// Only for its type: what a row of the table is.
const anyRow = (tx: Tx) => tx.selectFrom('instalments').selectAll().executeTakeFirstOrThrow();

function rowOfInstalment(row: DatabaseRow): InstalmentRow {
  return {
    instalmentId: row.instalment_id,
    decisionId: row.decision_id,
    caseId: row.case_id,
    caseNumber: row.case_number,
    instalmentNumber: row.instalment_number,
    partyId: row.party_id,
    employerId: row.employer_id,
    policyId: row.policy_id,
    benefitId: row.benefit_id,
    jurisdictionCode: row.jurisdiction_code,
    dueOn: row.due_on,
    amountFen: row.amount_fen,
    offsetFen: row.offset_fen,
    checks: row.checks,
    state: row.state as InstalmentState,
    lookOn: row.look_on,
    checkedAt: row.checked_at,
    attempts: row.attempts,
    version: row.version,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** Any scope that reads payments. */
export type PaymentScope = Scope<Extract<Permission, `payment.${string}`>>;

/** A case of which something is paid, or will be. */
export interface PaidCase {
  readonly caseId: string;
  readonly partyId: string;
}

/** The cases of a policy and jurisdiction of which something is paid or still to be paid, by their ids. */
export async function listPaidCases(
  tx: Tx,
  scope: Scope<'payment.read'>,
  { jurisdictionCodes, policyId, benefitId }: { readonly jurisdictionCodes: readonly string[]; readonly policyId: string; readonly benefitId: string | null },
): Promise<readonly PaidCase[]> {
  let query = tx
    .selectFrom('instalments')
    .select(['case_id', 'party_id'])
    .distinct()
    .where('tenant_id', '=', scope.tenantId)
    .where('jurisdiction_code', 'in', [...jurisdictionCodes])
    .where('policy_id', '=', policyId)
    .where('state', '<>', 'cancelled')
    .where(reachedSql(scope.reach));
  if (benefitId !== null) query = query.where('benefit_id', '=', benefitId);
  const rows = await query.orderBy('case_id').execute();
  return rows.map((row) => ({ caseId: row.case_id, partyId: row.party_id }));
}

/** Every instalment of parties, for what is held of them. */
export async function listHeldInstalments(tx: Tx, scope: Scope<'subject-request.answer' | 'held-data.read'>, partyIds: readonly string[]): Promise<readonly InstalmentRow[]> {
  const rows = await tx.selectFrom('instalments').selectAll().where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).orderBy('due_on').orderBy('instalment_id').execute();
  return rows.map(rowOfInstalment);
}
