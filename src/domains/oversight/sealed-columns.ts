// Which columns of oversight are sealed, and how their words are sealed and opened.
import type { Protector, SealedColumn } from '../protection/index.ts';

/** The sealed columns of oversight, for the rotation of keys. */
export const oversightSealedColumns: readonly SealedColumn[] = [
  { table: 'fraud_reports', column: 'text_sealed', rowColumns: ['report_id'] },
  { table: 'fraud_reports', column: 'contact_sealed', rowColumns: ['report_id'] },
  { table: 'fraud_reports', column: 'answer_sealed', rowColumns: ['report_id'] },
  { table: 'report_messages', column: 'text_sealed', rowColumns: ['report_id', 'message_id'] },
  { table: 'inspection_candidates', column: 'note_sealed', rowColumns: ['plan_id', 'case_id'] },
  { table: 'findings', column: 'text_sealed', rowColumns: ['finding_id'] },
  { table: 'findings', column: 'decision_sealed', rowColumns: ['finding_id'] },
];

/** Where words of oversight stand. */
export type OversightColumn =
  | { readonly table: 'fraud_reports'; readonly column: 'text_sealed' | 'contact_sealed' | 'answer_sealed' }
  | { readonly table: 'report_messages'; readonly column: 'text_sealed' }
  | { readonly table: 'inspection_candidates'; readonly column: 'note_sealed' }
  | { readonly table: 'findings'; readonly column: 'text_sealed' | 'decision_sealed' };

/** Seals words for a row. */
export function sealText(protector: Protector, tenantId: number, column: OversightColumn, row: string, words: string): Uint8Array {
  return protector.seal({ tenantId, ...column, row }, words);
}

/** The words of a row; null where there are none. */
export function openText(protector: Protector, tenantId: number, column: OversightColumn, row: string, sealed: Uint8Array | null): string | null {
  return sealed === null ? null : protector.openText({ tenantId, ...column, row }, sealed);
}
