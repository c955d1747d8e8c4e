// The only SQL that tells how funds stand, and which transfers made it so.
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccountKey, AccountRole, FundState, Pot, Reason, Side, TransferKind, Unit } from './account.ts';

type Reading = Scope<'ledger.read'>;

/** Which funds to tell of; years both included. */
export interface StateQuestion {
  readonly unit?: Unit | undefined;
  readonly jurisdictionCode?: string | undefined;
  readonly fund?: string | undefined;
  /** A part of the fund's name. */
  readonly search?: string | undefined;
  readonly fromYear: number;
  readonly toYear: number;
  /** Where the page before ended. */
  readonly after?: readonly [jurisdictionCode: string, fund: string, unit: string, year: number] | undefined;
  readonly limit?: number | undefined;
}

/** How funds stand: free, committed, at the bank, paid, for each fund, jurisdiction and year ahead, in one query. */
export async function fundStates(tx: Tx, scope: Reading | Scope<'ledger.commit' | 'ledger.pay'>, question: StateQuestion): Promise<readonly FundState[]> {
  const { unit, jurisdictionCode, fund, search, fromYear, toYear, after, limit } = question;
  const conditions = [sql`tenant_id = ${scope.tenantId}`, sql`year between ${fromYear} and ${toYear}`, withinReach(scope, 'jurisdiction_code')];
  if (unit !== undefined) conditions.push(sql`unit = ${unit}`);
  if (jurisdictionCode !== undefined) conditions.push(sql`jurisdiction_code = ${jurisdictionCode}`);
  if (fund !== undefined) conditions.push(sql`fund = ${fund}`);
  if (search !== undefined) conditions.push(sql`strpos(fund, ${search}) > 0`);
  if (after !== undefined) conditions.push(sql`(jurisdiction_code, fund, unit, year) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]}::integer)`);
  const balance = (role: AccountRole) => sql`coalesce(sum(credited - debited) filter (where role = ${role}), 0)::bigint`;
  const { rows } = await sql<FundState>`
    select unit, jurisdiction_code as "jurisdictionCode", fund, year,
      coalesce(bool_or(floor is not null) filter (where role = 'free'), false) as "isOpen",
      coalesce(sum(debited - credited) filter (where role = 'source'), 0)::bigint as budget,
      coalesce(sum(credited - debited - held) filter (where role = 'free'), 0)::bigint as free,
      coalesce(sum(credited - debited - held) filter (where role = 'committed'), 0)::bigint as committed,
      coalesce(sum(held) filter (where role = 'committed'), 0)::bigint as paying,
      ${balance('paid')} as paid, ${balance('receivable')} as receivable,
      coalesce(sum(credited) filter (where role = 'recovered'), 0)::bigint as recovered,
      ${balance('written-off')} as "writtenOff"
    from ledger_accounts
    where ${sql.join(conditions, sql` and `)}
    group by jurisdiction_code, fund, unit, year
    order by jurisdiction_code, fund, unit, year
    ${limit === undefined ? sql`` : sql`limit ${limit}`}`.execute(tx);
  return rows;
}

/** Names of jurisdictions by code. */
export async function readJurisdictionNames(tx: Tx, scope: Reading): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('jurisdictions').select(['code', 'name']).where('tenant_id', '=', scope.tenantId).execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** The names of the city's funds on which something was booked, wherever and whenever. */
export async function listFundNames(tx: Tx, scope: Scope<'ledger.read' | 'budget.propose'>): Promise<readonly string[]> {
  const rows = await tx.selectFrom('ledger_accounts').select('fund').distinct().where('tenant_id', '=', scope.tenantId).execute();
  return rows.map(({ fund }) => fund);
}

/** The budget of a year as it is now; null where the year is not open. */
export async function findBudgetBefore(tx: Tx, scope: Scope<'budget.propose' | 'budget.record'>, { unit, jurisdictionCode, fund, year }: Pot): Promise<number | null> {
  const rows = await tx
    .selectFrom('ledger_accounts')
    .select(['role', 'floor', 'credited', 'debited'])
    .where('tenant_id', '=', scope.tenantId)
    .where('jurisdiction_code', '=', jurisdictionCode)
    .where('fund', '=', fund)
    .where('unit', '=', unit)
    .where('year', '=', year)
    .where('role', 'in', ['source', 'free'])
    .execute();
  const [source, free] = [rows.find(({ role }) => role === 'source'), rows.find(({ role }) => role === 'free')];
  return (free?.floor ?? null) === null ? null : (source?.debited ?? 0) - (source?.credited ?? 0);
}

/** A transfer as people see it. */
export interface LedgerEntry {
  readonly transferId: string;
  readonly kind: TransferKind;
  /** How one that was pending ended; null while it has not, and for all others. */
  readonly endedAs: 'post' | 'void' | null;
  readonly pendingId: string | null;
  readonly unit: Unit;
  readonly jurisdictionCode: string;
  readonly from: Side;
  readonly to: Side;
  readonly amount: number;
  readonly reason: Reason;
  readonly partId: string | null;
  readonly operationId: string | null;
  readonly caseId: string | null;
  readonly decisionId: string | null;
  readonly batchId: string | null;
  readonly document: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** Which transfers to list; what is given has to hold, `account` for either side. */
export interface EntryQuestion {
  readonly transferId?: string | undefined;
  readonly account?: { readonly [K in keyof AccountKey]?: AccountKey[K] | undefined } | undefined;
  readonly partId?: string | undefined;
  readonly operationId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly document?: string | undefined;
  readonly reason?: Reason | undefined;
  readonly kind?: TransferKind | undefined;
  /** The first instant, and the first after the last. */
  readonly since?: Date | undefined;
  readonly before?: Date | undefined;
  /** Where the page before ended: the newest stand first. */
  readonly after?: readonly [recordedAt: string, transferId: string] | undefined;
  readonly limit: number;
}

/** Transfers within reach, newest first. */
export async function listEntries(tx: Tx, scope: Reading, question: EntryQuestion): Promise<readonly LedgerEntry[]> {
  const { account = {}, limit } = question;
  const asked = Object.entries(account).filter(([, value]) => value !== undefined);
  const conditions = conditionsOf(scope, question);
  const where = sql.join(conditions, sql` and `);
  const order = sql`order by t.recorded_at desc, t.transfer_id desc limit ${limit}`;
  // Each account's newest by its own index, then the newest of those: an account with a million transfers is no slower than one with ten.
  const found = asked.length === 0
    ? sql`(select t.* from ledger_transfers t where ${where} ${order}) t`
    : sql`(select x.* from chosen c cross join lateral (select t.* from ledger_transfers t where t.from_account_id = c.account_id and ${where} ${order}) x
           union select x.* from chosen c cross join lateral (select t.* from ledger_transfers t where t.to_account_id = c.account_id and ${where} ${order}) x) t`;
  const { rows } = await sql<EntryRow>`
    with chosen as materialized (select account_id from ledger_accounts where tenant_id = ${scope.tenantId} and ${withinReach(scope, 'jurisdiction_code')}
      ${asked.length === 0 ? sql`and false` : sql`and ${sql.join(asked.map(([name, value]) => sql`${sql.ref(columnOf[name as keyof AccountKey])} = ${value}`), sql` and `)}`})
    select t.transfer_id, t.kind, e.kind as ended_as, t.pending_id, t.unit, t.jurisdiction_code, t.amount, t.reason, t.part_id, t.operation_id, t.case_id, t.decision_id,
      t.batch_id, t.document, t.recorded_at, t.recorded_by,
      f.fund as from_fund, f.year as from_year, f.role as from_role, o.fund as to_fund, o.year as to_year, o.role as to_role
    from ${found}
    join ledger_accounts f on f.tenant_id = t.tenant_id and f.account_id = t.from_account_id
    join ledger_accounts o on o.tenant_id = t.tenant_id and o.account_id = t.to_account_id
    left join ledger_transfers e on e.tenant_id = t.tenant_id and e.pending_id = t.transfer_id
    ${order}`.execute(tx);
  return rows.map(entryOf);
}

const columnOf: Readonly<Record<keyof AccountKey, string>> = { unit: 'unit', jurisdictionCode: 'jurisdiction_code', fund: 'fund', year: 'year', role: 'role' };

function conditionsOf(scope: Reading, question: EntryQuestion): RawBuilder<unknown>[] {
  const { transferId, partId, operationId, caseId, decisionId, batchId, document, reason, kind, since, before, after } = question;
  const conditions = [sql`t.tenant_id = ${scope.tenantId}`, withinReach(scope, 't.jurisdiction_code')];
  if (transferId !== undefined) conditions.push(sql`t.transfer_id = ${transferId}::uuid`);
  if (partId !== undefined) conditions.push(sql`t.part_id = ${partId}::uuid`);
  if (operationId !== undefined) conditions.push(sql`t.operation_id = ${operationId}::uuid`);
  if (caseId !== undefined) conditions.push(sql`t.case_id = ${caseId}::uuid`);
  if (decisionId !== undefined) conditions.push(sql`t.decision_id = ${decisionId}::uuid`);
  if (batchId !== undefined) conditions.push(sql`t.batch_id = ${batchId}::uuid`);
  if (document !== undefined) conditions.push(sql`t.document = ${document}`);
  if (reason !== undefined) conditions.push(sql`t.reason = ${reason}`);
  if (kind !== undefined) conditions.push(sql`t.kind = ${kind}`);
  if (since !== undefined) conditions.push(sql`t.recorded_at >= ${since}`);
  if (before !== undefined) conditions.push(sql`t.recorded_at < ${before}`);
  if (after !== undefined) conditions.push(sql`(t.recorded_at, t.transfer_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return conditions;
}

/** What an officer may see: accounts of the own jurisdiction and those below it. */
function withinReach({ reach }: Scope, column: string): RawBuilder<unknown> {
  if (reach.kind === 'tenant') return sql`true`;
  return reach.kind === 'jurisdictions' ? sql`${sql.ref(column)} = any(${[...reach.codes]}::text[])` : sql`false`;
}

interface EntryRow {
  readonly transfer_id: string;
  readonly kind: TransferKind;
  readonly ended_as: 'post' | 'void' | null;
  readonly pending_id: string | null;
  readonly unit: Unit;
  readonly jurisdiction_code: string;
  readonly amount: number;
  readonly reason: Reason;
  readonly part_id: string | null;
  readonly operation_id: string | null;
  readonly case_id: string | null;
  readonly decision_id: string | null;
  readonly batch_id: string | null;
  readonly document: string | null;
  readonly recorded_at: Date;
  readonly recorded_by: string;
  readonly from_fund: string;
  readonly from_year: number;
  readonly from_role: AccountRole;
  readonly to_fund: string;
  readonly to_year: number;
  readonly to_role: AccountRole;
}

function entryOf(row: EntryRow): LedgerEntry {
  return {
    transferId: row.transfer_id,
    kind: row.kind,
    endedAs: row.ended_as,
    pendingId: row.pending_id,
    unit: row.unit,
    jurisdictionCode: row.jurisdiction_code,
    from: { fund: row.from_fund, year: row.from_year, role: row.from_role },
    to: { fund: row.to_fund, year: row.to_year, role: row.to_role },
    amount: row.amount,
    reason: row.reason,
    partId: row.part_id,
    operationId: row.operation_id,
    caseId: row.case_id,
    decisionId: row.decision_id,
    batchId: row.batch_id,
    document: row.document,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}
