// What people and banks write about payments: sealed in its place, opened to be shown.
import type { Protector } from '../protection/index.ts';

/** Columns that hold such words. */
type WordsColumn =
  | { readonly table: 'payment_doubts'; readonly column: 'reason_sealed' }
  | { readonly table: 'payment_batches'; readonly column: 'reason_sealed' }
  | { readonly table: 'payments'; readonly column: 'reason_sealed' | 'return_sealed' | 'account_sealed' }
  | { readonly table: 'repayments'; readonly column: 'reason_sealed' };

/** Where the column of a row is. */
const placeOf = (tenantId: number, column: WordsColumn, row: string) => ({ tenantId, ...column, row });

/** Seals words for the row of that id. */
export function sealWords(protector: Protector, tenantId: number, column: WordsColumn, row: string, words: string): Uint8Array {
  return protector.seal(placeOf(tenantId, column, row), words);
}

/** The words of a row; null where there are none. */
export function openWords(protector: Protector, tenantId: number, column: WordsColumn, row: string, sealed: Uint8Array | null): string | null {
  return sealed === null ? null : protector.openText(placeOf(tenantId, column, row), sealed);
}
