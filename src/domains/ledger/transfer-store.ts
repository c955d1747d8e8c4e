// The only SQL that books: accounts with their balances, and transfers, which are only ever added.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { LedgerAccountsRow, LedgerTransfersRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccountKey, AccountRole, Reason, TransferKind, Unit } from './account.ts';

/** Who may book: whoever decides, pays, sets budgets, or the server for them. */
export type Booking = Scope<'ledger.commit' | 'ledger.pay' | 'budget.confirm' | 'budget.record'>;

/** An account with its balances. */
export interface Account extends AccountKey {
  readonly accountId: string;
  readonly credited: number;
  readonly debited: number;
  readonly held: number;
  readonly floor: number | null;
}

/** A transfer as it is stored. */
export interface StoredTransfer {
  readonly transferId: string;
  readonly kind: TransferKind;
  readonly pendingId: string | null;
  readonly unit: Unit;
  readonly jurisdictionCode: string;
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly amount: number;
  readonly reason: Reason;
  readonly partId: string | null;
  readonly operationId: string | null;
  readonly caseId: string | null;
  readonly decisionId: string | null;
  readonly batchId: string | null;
  readonly document: string | null;
}

/** By how much the balances of an account change. */
export interface BalanceChange {
  readonly accountId: string;
  readonly credited: number;
  readonly debited: number;
  readonly held: number;
}

const ROWS_AT_ONCE = 1000;
/** `free` has no floor before its year's budget is set; budgets come out of `source`, which is below zero by nature. */
const floorless: readonly AccountRole[] = ['source', 'free'];

/** The key of an account as one text. */
export function nameAccount({ jurisdictionCode, fund, unit, year, role }: AccountKey): string {
  return JSON.stringify([jurisdictionCode, fund, unit, year, role]);
}

/** Accounts that are there, by {@link nameAccount}; not locked. */
export async function findAccounts(tx: Tx, scope: Booking, keys: readonly AccountKey[]): Promise<ReadonlyMap<string, Account>> {
  const { rows } = await sql<Selectable<LedgerAccountsRow>>`
    select a.* from unnest(${keys.map((key) => key.jurisdictionCode)}::text[], ${keys.map((key) => key.fund)}::text[], ${keys.map((key) => key.unit)}::text[], ${keys.map((key) => key.year)}::integer[], ${keys.map((key) => key.role)}::text[])
      as k (jurisdiction_code, fund, unit, year, role)
    join ledger_accounts a on a.tenant_id = ${scope.tenantId} and a.jurisdiction_code = k.jurisdiction_code and a.fund = k.fund and a.unit = k.unit and a.year = k.year and a.role = k.role`.execute(tx);
  return new Map(rows.map((row) => accountOf(row)).map((account) => [nameAccount(account), account]));
}

/** What accounts are, by id; not locked. */
export async function findAccountKeys(tx: Tx, scope: Booking, accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountKey>> {
  const rows = await tx
    .selectFrom('ledger_accounts')
    .select(['account_id', 'unit', 'jurisdiction_code', 'fund', 'year', 'role'])
    .where('tenant_id', '=', scope.tenantId)
    .where(sql<boolean>`account_id = any(${[...new Set(accountIds)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.account_id, { unit: row.unit as Unit, jurisdictionCode: row.jurisdiction_code, fund: row.fund, year: row.year, role: row.role as AccountRole }]));
}

/**
 * Opens accounts that are not there yet, in one order for everybody: whoever waits for another's new account holds none that the other waits for.
 * @throws Refusal jurisdiction-unknown
 */
export async function insertAccounts(tx: Tx, scope: Booking, keys: readonly AccountKey[]): Promise<void> {
  const codes = [...new Set(keys.map(({ jurisdictionCode }) => jurisdictionCode))];
  const known = await tx.selectFrom('jurisdictions').select('code').where('tenant_id', '=', scope.tenantId).where('code', 'in', codes).execute();
  const unknown = codes.find((code) => !known.some((row) => row.code === code));
  if (unknown !== undefined) throw new Refusal('jurisdiction-unknown', { code: unknown });
  const sorted = keys.map((key) => [nameAccount(key), key] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  await tx
    .insertInto('ledger_accounts')
    .values(
      sorted.map(([, { jurisdictionCode, fund, unit, year, role }]) => ({
        tenant_id: scope.tenantId,
        account_id: newId(),
        jurisdiction_code: jurisdictionCode,
        fund,
        unit,
        year,
        role,
        floor: floorless.includes(role) ? null : 0,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Locks accounts until the transaction ends, in one order for everybody, and reads their balances. */
export async function lockAccounts(tx: Tx, scope: Booking, accountIds: readonly string[]): Promise<readonly Account[]> {
  const rows = await tx
    .selectFrom('ledger_accounts')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', 'in', [...accountIds])
    .orderBy('account_id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(accountOf);
}

/** Transfers that are there, by id. */
export async function findTransfers(tx: Tx, scope: Booking, transferIds: readonly string[]): Promise<ReadonlyMap<string, StoredTransfer>> {
  const rows = await tx.selectFrom('ledger_transfers').selectAll().where('tenant_id', '=', scope.tenantId).where(sql<boolean>`transfer_id = any(${[...transferIds]}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.transfer_id, transferOf(row)]));
}

/** How pending transfers ended, by the id of the pending one. */
export async function findEnds(tx: Tx, scope: Booking, pendingIds: readonly string[]): Promise<ReadonlyMap<string, StoredTransfer>> {
  const rows = await tx.selectFrom('ledger_transfers').selectAll().where('tenant_id', '=', scope.tenantId).where(sql<boolean>`pending_id = any(${[...pendingIds]}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.pending_id ?? '', transferOf(row)]));
}

/** The pending transfers of payments. */
export async function listPendings(tx: Tx, scope: Booking, operationIds: readonly string[]): Promise<readonly (StoredTransfer & { readonly operationId: string })[]> {
  const rows = await tx
    .selectFrom('ledger_transfers')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where(sql<boolean>`operation_id = any(${[...operationIds]}::uuid[])`)
    .where('kind', '=', 'pending')
    .execute();
  return rows.map((row) => ({ ...transferOf(row), operationId: row.operation_id ?? '' }));
}

/**
 * Adds transfers, in the order of their ids.
 * @throws Refusal ledger-conflict where one of them was added meanwhile with other content; the transaction is lost then
 */
export async function insertTransfers(tx: Tx, scope: Booking, transfers: readonly StoredTransfer[], by: string, at: Date): Promise<void> {
  const sorted = [...transfers].sort((a, b) => (a.transferId < b.transferId ? -1 : 1));
  for (let from = 0; from < sorted.length; from += ROWS_AT_ONCE) {
    const rows = sorted.slice(from, from + ROWS_AT_ONCE).map((transfer) => ({
      tenant_id: scope.tenantId,
      transfer_id: transfer.transferId,
      kind: transfer.kind,
      pending_id: transfer.pendingId,
      unit: transfer.unit,
      jurisdiction_code: transfer.jurisdictionCode,
      from_account_id: transfer.fromAccountId,
      to_account_id: transfer.toAccountId,
      amount: transfer.amount,
      reason: transfer.reason,
      part_id: transfer.partId,
      operation_id: transfer.operationId,
      case_id: transfer.caseId,
      decision_id: transfer.decisionId,
      batch_id: transfer.batchId,
      document: transfer.document,
      recorded_at: at,
      recorded_by: by,
    }));
    await tx
      .insertInto('ledger_transfers')
      .values(rows)
      .execute()
      .catch((error: unknown) => {
        throw isDoubled(error) ? new Refusal('ledger-conflict', { id: rows.length === 1 ? (rows[0]?.transfer_id ?? '') : '' }) : error;
      });
  }
}

/** Changes balances; the database refuses what falls below a floor. */
export async function changeBalances(tx: Tx, scope: Booking, changes: readonly BalanceChange[]): Promise<void> {
  await sql`
    update ledger_accounts a set credited = a.credited + c.credited, debited = a.debited + c.debited, held = a.held + c.held
    from unnest(${changes.map(({ accountId }) => accountId)}::uuid[], ${changes.map(({ credited }) => credited)}::bigint[], ${changes.map(({ debited }) => debited)}::bigint[], ${changes.map(({ held }) => held)}::bigint[])
      as c (account_id, credited, debited, held)
    where a.tenant_id = ${scope.tenantId} and a.account_id = c.account_id`.execute(tx);
}

/** Gives an account its floor. */
export async function setFloor(tx: Tx, scope: Scope<'budget.confirm' | 'budget.record'>, accountId: string, floor: number): Promise<void> {
  await tx.updateTable('ledger_accounts').set({ floor }).where('tenant_id', '=', scope.tenantId).where('account_id', '=', accountId).execute();
}

/** unique_violation */
export function isDoubled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

function accountOf(row: Selectable<LedgerAccountsRow>): Account {
  return {
    accountId: row.account_id,
    unit: row.unit as Unit,
    jurisdictionCode: row.jurisdiction_code,
    fund: row.fund,
    year: row.year,
    role: row.role as AccountRole,
    // Raw rows come through the pool's own parsers, as all others do.
    credited: row.credited,
    debited: row.debited,
    held: row.held,
    floor: row.floor,
  };
}

function transferOf(row: Selectable<LedgerTransfersRow>): StoredTransfer {
  return {
    transferId: row.transfer_id,
    kind: row.kind as TransferKind,
    pendingId: row.pending_id,
    unit: row.unit as Unit,
    jurisdictionCode: row.jurisdiction_code,
    fromAccountId: row.from_account_id,
    toAccountId: row.to_account_id,
    amount: row.amount,
    reason: row.reason as Reason,
    partId: row.part_id,
    operationId: row.operation_id,
    caseId: row.case_id,
    decisionId: row.decision_id,
    batchId: row.batch_id,
    document: row.document,
  };
}
