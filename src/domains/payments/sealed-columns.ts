// Which columns of payments are sealed.
import type { SealedColumn } from '../protection/index.ts';

/** The sealed columns of payments, for the rotation of keys. */
export const paymentsSealedColumns: readonly SealedColumn[] = [
  { table: 'payment_doubts', column: 'reason_sealed', rowColumns: ['doubt_id'] },
  { table: 'payment_batches', column: 'reason_sealed', rowColumns: ['batch_id'] },
  { table: 'payments', column: 'account_sealed', rowColumns: ['payment_id'] },
  { table: 'payments', column: 'reason_sealed', rowColumns: ['payment_id'] },
  { table: 'payments', column: 'return_sealed', rowColumns: ['payment_id'] },
  { table: 'payment_results', column: 'content_sealed', rowColumns: ['result_id'] },
  { table: 'repayments', column: 'reason_sealed', rowColumns: ['repayment_id'] },
];
