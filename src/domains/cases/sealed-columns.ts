// The sealed columns of this domain, for the rotation of keys.

import type { SealedColumn } from '../protection/index.ts';

/** What people wrote about cases. */
export const casesSealedColumns: readonly SealedColumn[] = [{ table: 'case_texts', column: 'text_sealed', rowColumns: ['case_id', 'text_id'] }];
