// The sealed columns of access, for the rotation of keys, and how each is sealed and opened.
import type { Protector, SealedColumn } from '../protection/index.ts';

/** Purposes of the keyed hashes; people's telephones and numbers hash as in the registry's, but stay apart by purpose. */
const PHONE = 'account-phone';
const LOGIN = 'account-login';
const NUMBER = 'access-identity-number';

const same = (column: string, purpose: string): { column: string; purpose: string } => ({ column, purpose });

/** Every sealed column of access. */
export const accessSealedColumns: readonly SealedColumn[] = [
  { table: 'accounts', column: 'login_sealed', rowColumns: ['account_id'], searches: [same('login_search', LOGIN)] },
  { table: 'accounts', column: 'phone_sealed', rowColumns: ['account_id'], searches: [same('phone_search', PHONE)] },
  { table: 'accounts', column: 'name_sealed', rowColumns: ['account_id'] },
  { table: 'second_factors', column: 'secret_sealed', rowColumns: ['account_id'] },
  { table: 'second_factors', column: 'pending_sealed', rowColumns: ['account_id'] },
  { table: 'identity_providers', column: 'secret_sealed', rowColumns: ['provider_id'] },
  { table: 'provider_visits', column: 'verifier_sealed', rowColumns: ['visit_id'] },
  { table: 'phone_codes', column: 'phone_sealed', rowColumns: ['code_id'] },
  { table: 'agencies', column: 'phone_sealed', rowColumns: ['agency_id'], searches: [same('phone_search', PHONE)] },
  { table: 'family_links', column: 'name_sealed', rowColumns: ['link_id'] },
  { table: 'family_links', column: 'number_sealed', rowColumns: ['link_id'], searches: [same('number_search', NUMBER)] },
  { table: 'claims', column: 'name_sealed', rowColumns: ['claim_id'] },
  { table: 'claims', column: 'number_sealed', rowColumns: ['claim_id'], searches: [same('number_search', NUMBER)] },
  { table: 'recoveries', column: 'phone_sealed', rowColumns: ['recovery_id'] },
];

/** A table of access with sealed columns. */
export type SealedTable = 'accounts' | 'second_factors' | 'identity_providers' | 'provider_visits' | 'phone_codes' | 'agencies' | 'family_links' | 'claims' | 'recoveries';

/** Seals and opens the values of one row. */
export interface Row {
  seal(column: string, plain: string): Uint8Array;
  open(column: string, sealed: Uint8Array): string;
}

/** The values of row `id` of `table`. */
export function rowIn(protector: Protector, tenantId: number, table: SealedTable, id: string): Row {
  const place = (column: string): { tenantId: number; table: string; column: string; row: string } => ({ tenantId, table, column, row: id });
  return {
    seal: (column, plain) => protector.seal(place(column), plain),
    open: (column, sealed) => protector.openText(place(column), sealed),
  };
}

const purposes = { phone: PHONE, login: LOGIN, number: NUMBER } as const;

/** The keyed hash to write. */
export function searchKey(protector: Protector, tenantId: number, what: keyof typeof purposes, value: string): Uint8Array {
  return protector.searchKey(tenantId, purposes[what], value);
}

/** The keyed hashes to look for, while keys rotate more than one. */
export function searchKeys(protector: Protector, tenantId: number, what: keyof typeof purposes, value: string): Buffer[] {
  return protector.searchKeys(tenantId, purposes[what], value).map((each) => Buffer.from(each));
}

/** The telephone of an account; undefined without one. */
export function phoneOfAccount(protector: Protector, tenantId: number, account: { readonly accountId: string; readonly phoneSealed: Buffer | null } | undefined): string | undefined {
  if (account === undefined || account.phoneSealed === null) return undefined;
  return rowIn(protector, tenantId, 'accounts', account.accountId).open('phone_sealed', account.phoneSealed);
}
