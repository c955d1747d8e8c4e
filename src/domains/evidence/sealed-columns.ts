// The sealed columns of this domain, for the rotation of keys.

import type { SealedColumn } from '../protection/index.ts';

/** Data keys are sealed again, the files under them stay as they are: rotation touches no blob. */
export const evidenceSealedColumns: readonly SealedColumn[] = [
  { table: 'evidence', column: 'file_name_sealed', rowColumns: ['evidence_id'] },
  { table: 'evidence', column: 'data_key_sealed', rowColumns: ['evidence_id'] },
];
