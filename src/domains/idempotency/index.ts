// What the server uses of idempotency keys.
import type { SealedColumn } from '../protection/index.ts';

export { answerOnce, type KeptAnswer } from './answer-once.ts';
export { forgetKeys } from './idempotency-store.ts';

/** The sealed column of this domain, for the rotation of keys. */
export const sealedColumns: readonly SealedColumn[] = [{ table: 'idempotency_keys', column: 'answer_sealed', rowColumns: ['key_digest'] }];
