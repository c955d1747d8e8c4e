// Which columns of imports are sealed.
import type { SealedColumn } from '../protection/index.ts';

/** The sealed columns of imports, for the rotation of keys. */
export const importsSealedColumns: readonly SealedColumn[] = [
  { table: 'import_pieces', column: 'content_sealed', rowColumns: ['import_id', 'piece_number'] },
  { table: 'import_problems', column: 'problems_sealed', rowColumns: ['import_id', 'row_number'] },
  { table: 'import_rows', column: 'rows_sealed', rowColumns: ['import_id', 'first_row'] },
];
