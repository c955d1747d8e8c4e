// The sealed columns of this domain, for the rotation of keys, and where each value stands.

import { rowOf, type SealedColumn } from '../protection/index.ts';

export const publicitySealedColumns: readonly SealedColumn[] = [
  { table: 'public_lists', column: 'taken_back_reason_sealed', rowColumns: ['list_id'] },
  { table: 'public_entries', column: 'shown_sealed', rowColumns: ['list_id', 'entry_id'] },
  { table: 'objections', column: 'text_sealed', rowColumns: ['objection_id'] },
  { table: 'objections', column: 'contact_sealed', rowColumns: ['objection_id'] },
  { table: 'objections', column: 'answer_sealed', rowColumns: ['objection_id'] },
];

/** Where the reason is sealed for which a list was taken back. */
export function listPlace(tenantId: number, listId: string) {
  return { tenantId, table: 'public_lists', column: 'taken_back_reason_sealed', row: rowOf(listId) };
}

/** Where what is shown of an entry is sealed. */
export function entryPlace(tenantId: number, listId: string, entryId: string) {
  return { tenantId, table: 'public_entries', column: 'shown_sealed', row: rowOf(listId, entryId) };
}

/** Where a part of an objection is sealed. */
export function objectionPlace(tenantId: number, objectionId: string, column: 'text_sealed' | 'contact_sealed' | 'answer_sealed') {
  return { tenantId, table: 'objections', column, row: rowOf(objectionId) };
}
