// The sealed columns of feeds, for the rotation of keys.
import type { SealedColumn } from '../protection/index.ts';

export const feedsSealedColumns: readonly SealedColumn[] = [
  { table: 'feed_rows', column: 'content_sealed', rowColumns: ['delivery_id', 'row_number'] },
  { table: 'disagreements', column: 'held_sealed', rowColumns: ['disagreement_id'] },
  { table: 'disagreements', column: 'delivered_sealed', rowColumns: ['disagreement_id'] },
  { table: 'disagreements', column: 'words_sealed', rowColumns: ['disagreement_id'] },
  { table: 'disagreements', column: 'reason_sealed', rowColumns: ['disagreement_id'] },
];
