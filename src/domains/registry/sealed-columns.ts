// Which columns of the registry are sealed, and which keyed hashes are made from them.
import type { SealedColumn } from '../protection/index.ts';

/** The sealed columns of the registry, for the rotation of keys. */
export const registrySealedColumns: readonly SealedColumn[] = [
  {
    table: 'people',
    column: 'number_sealed',
    rowColumns: ['party_id'],
    searches: [
      { column: 'number_search', purpose: 'identity-number' },
      { column: 'last_four_search', purpose: 'last-four', of: (number) => number.slice(-4) },
    ],
  },
  { table: 'people', column: 'phone_sealed', rowColumns: ['party_id'], searches: [{ column: 'phone_search', purpose: 'phone' }] },
  { table: 'organisations', column: 'phone_sealed', rowColumns: ['party_id'], searches: [{ column: 'phone_search', purpose: 'phone' }] },
  {
    table: 'party_identifiers',
    column: 'number_sealed',
    rowColumns: ['party_id', 'identifier_id'],
    searches: [{ column: 'number_search', purpose: 'identity-number' }],
  },
  {
    table: 'bank_accounts',
    column: 'number_sealed',
    rowColumns: ['party_id', 'bank_account_id'],
    searches: [{ column: 'number_search', purpose: 'bank-account' }],
  },
  { table: 'fact_statements', column: 'sensitive_sealed', rowColumns: ['party_id', 'statement_id'] },
  { table: 'subject_requests', column: 'words_sealed', rowColumns: ['party_id', 'request_id'] },
];
