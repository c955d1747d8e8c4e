// The SQL of bank accounts, which are sealed and found by a keyed hash.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A bank account as stored; the number still sealed. */
export interface BankAccountRow {
  readonly partyId: string;
  readonly bankAccountId: string;
  readonly bankName: string;
  readonly holderName: string;
  readonly numberSealed: Uint8Array;
  readonly numberSearch: Uint8Array;
  readonly isNumberChecked: boolean;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly closedAt: Date | null;
}

type BankAccountReader = Scope<'bank-account.read' | 'bank-account.reveal' | 'bank-account.write' | 'held-data.read'>;

/** Adds an account. */
export async function insertBankAccount(tx: Tx, scope: Scope<'bank-account.write'>, account: BankAccountRow): Promise<void> {
  await tx
    .insertInto('bank_accounts')
    .values({
      tenant_id: scope.tenantId,
      party_id: account.partyId,
      bank_account_id: account.bankAccountId,
      bank_name: account.bankName,
      holder_name: account.holderName,
      number_sealed: account.numberSealed,
      number_search: account.numberSearch,
      is_number_checked: account.isNumberChecked,
      recorded_at: account.recordedAt,
      recorded_by: account.recordedBy,
      closed_at: account.closedAt,
    })
    .execute();
}

/** The accounts of parties, closed ones included, the latest first. */
export async function readBankAccounts(tx: Tx, scope: BankAccountReader, partyIds: readonly string[]): Promise<readonly BankAccountRow[]> {
  const rows = await tx
    .selectFrom('bank_accounts')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .orderBy('recorded_at', 'desc')
    .orderBy('bank_account_id', 'desc')
    .execute();
  return rows.map((row) => ({
    partyId: row.party_id,
    bankAccountId: row.bank_account_id,
    bankName: row.bank_name,
    holderName: row.holder_name,
    numberSealed: row.number_sealed,
    numberSearch: row.number_search,
    isNumberChecked: row.is_number_checked,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    closedAt: row.closed_at,
  }));
}

/** How many other parties have one of these account hashes in use: the same account under several people is looked into before money is paid. */
export async function countOtherHolders(tx: Tx, scope: BankAccountReader, searches: readonly Uint8Array[], partyIds: readonly string[]): Promise<number> {
  const row = await tx
    .selectFrom('bank_accounts')
    .select((eb) => eb.fn.count<number>('party_id').distinct().as('holders'))
    .where('tenant_id', '=', scope.tenantId)
    .where('number_search', 'in', searches.map((search) => Buffer.from(search)))
    .where('party_id', 'not in', [...partyIds])
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.holders ?? 0);
}

/** Closes an account. @returns whether it was in use. */
export async function closeBankAccountRow(tx: Tx, scope: Scope<'bank-account.write'>, partyId: string, bankAccountId: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('bank_accounts')
    .set({ closed_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', partyId)
    .where('bank_account_id', '=', bankAccountId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Deletes the accounts of parties. @returns how many there were. */
export async function deleteBankAccounts(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const result = await tx.deleteFrom('bank_accounts').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  return Number(result.numDeletedRows);
}
