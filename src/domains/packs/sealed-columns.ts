// Which columns of packs are sealed: what people wrote in their own words.
import type { SealedColumn } from '../protection/index.ts';

/** The sealed columns of packs, for the rotation of keys. */
export const packsSealedColumns: readonly SealedColumn[] = [
  { table: 'packs', column: 'note_sealed', rowColumns: ['pack_id'] },
  { table: 'packs', column: 'reason_sealed', rowColumns: ['pack_id'] },
];
