// The sealed columns of messages, for the rotation of keys.
import type { SealedColumn } from '../protection/index.ts';

export const messagesSealedColumns: readonly SealedColumn[] = [
  { table: 'outbox', column: 'phone_sealed', rowColumns: ['outbox_id'] },
  { table: 'outbox', column: 'text_sealed', rowColumns: ['outbox_id'] },
];
