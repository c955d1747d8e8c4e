// The sealed columns of this domain, for the rotation of keys.

import type { SealedColumn } from '../protection/index.ts';

/** What a decision rests on and says; its proof is over the opened values, so that sealing them again changes nothing of it. */
export const decisionsSealedColumns: readonly SealedColumn[] = [
  { table: 'decisions', column: 'facts_sealed', rowColumns: ['decision_id'] },
  { table: 'decisions', column: 'explanation_sealed', rowColumns: ['decision_id'] },
  { table: 'decisions', column: 'letter_sealed', rowColumns: ['decision_id'] },
  { table: 'decisions', column: 'code_sealed', rowColumns: ['decision_id'] },
];
