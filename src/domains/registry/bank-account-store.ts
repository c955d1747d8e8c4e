// The SQL of bank accounts, which are sealed and found by a keyed hash, and of the people whose accounts an employer may give.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { byteaArray, uuidArray } from '../../storage/sql-arrays.ts';
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
  /** The employer whose list gave it; null where its holder or the window entered it. */
  readonly givenById: string | null;
}

type BankAccountReader = Scope<'bank-account.read' | 'bank-account.reveal' | 'bank-account.write' | 'held-data.read' | 'import.accounts'>;
type BankAccountWriter = Scope<'bank-account.write' | 'import.accounts'>;

/** Adds an account. */
export async function insertBankAccount(tx: Tx, scope: BankAccountWriter, account: BankAccountRow): Promise<void> {
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
      given_by_id: account.givenById,
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
    givenById: row.given_by_id,
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

/** Who has one of these account hashes in use: the same question for a whole list. */
export async function findAccountHolders(tx: Tx, scope: BankAccountReader, searches: readonly Uint8Array[]): Promise<readonly { readonly search: Uint8Array; readonly partyId: string }[]> {
  if (searches.length === 0) return [];
  const { rows } = await sql<{ search: Uint8Array; party_id: string }>`
    select number_search as search, party_id from bank_accounts
    where tenant_id = ${scope.tenantId} and number_search = any(${byteaArray(searches)}::bytea[]) and closed_at is null`.execute(tx);
  return rows.map((row) => ({ search: row.search, partyId: row.party_id }));
}

/**
 * The people who work for an organisation on a day, by any of its ids; `isConfirmed` where somebody else than the two says so (class A and B).
 * What is merely told (C and D) counts no longer once those say that it ended.
 */
export async function listStaff(tx: Tx, scope: Scope<'import.accounts'>, organisationIds: readonly string[], today: string): Promise<readonly { readonly partyId: string; readonly isConfirmed: boolean }[]> {
  const ids = uuidArray([...organisationIds]);
  const { rows } = await sql<{ party_id: string; is_confirmed: boolean }>`
    select e.party_id, bool_or(e.trust_class in ('A', 'B')) as is_confirmed from employments e
    where e.tenant_id = ${scope.tenantId} and e.organisation_id = any(${ids}::uuid[]) and e.superseded_at is null
      and e.started_on <= ${today} and (e.ended_on is null or e.ended_on >= ${today})
      and not exists (
        select from employments better
        where better.tenant_id = ${scope.tenantId} and better.party_id = e.party_id and better.organisation_id = any(${ids}::uuid[]) and better.superseded_at is null
          and better.trust_class in ('A', 'B') and better.trust_class < e.trust_class and better.ended_on < ${today} and better.ended_on >= e.started_on)
    group by e.party_id`.execute(tx);
  return rows.map((row) => ({ partyId: row.party_id, isConfirmed: row.is_confirmed }));
}

/** Locks the people whose accounts are given until the transaction ends, in the order of their ids. */
export async function lockPayees(tx: Tx, scope: Scope<'import.accounts'>, partyIds: readonly string[]): Promise<void> {
  if (partyIds.length === 0) return;
  await tx.selectFrom('parties').select('party_id').where('tenant_id', '=', scope.tenantId).where('party_id', '=', sql<string>`any(${uuidArray([...partyIds])}::uuid[])`).orderBy('party_id').forUpdate().execute();
}

/** Closes an account. @returns whether it was in use. */
export async function closeBankAccountRow(tx: Tx, scope: BankAccountWriter, partyId: string, bankAccountId: string, now: Date): Promise<boolean> {
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
