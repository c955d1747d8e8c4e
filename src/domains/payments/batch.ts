// A batch of payments: its states, and who may take it a step further; pure.
import type { ErrorCode } from '../../contract/errors.ts';

/** All states of a batch. */
export const batchStates = ['prepared', 'approved-once', 'approved', 'sent', 'closed', 'cancelled'] as const;

/** prepared → approved-once → approved by a second person → sent to the bank → closed when every line has an answer; cancelled before it was sent. */
export type BatchState = (typeof batchStates)[number];

/** All states of a payment, which is a line of a batch. */
export const paymentStates = ['open', 'sent', 'paid', 'failed', 'returned', 'dropped'] as const;

/** open: not sent · sent: with the bank · paid · failed · returned: paid, and it came back · dropped: taken out before the batch went. */
export type PaymentState = (typeof paymentStates)[number];

/** Who has done what with a batch, by account. */
export interface BatchHands {
  readonly state: BatchState;
  readonly preparedBy: string;
  readonly firstApprovedBy: string | null;
}

/** The state after this account's approval, or why it may not approve: two people approve, and neither of them prepared it. */
export function approveBatch({ state, preparedBy, firstApprovedBy }: BatchHands, accountId: string): { readonly state: BatchState } | { readonly refused: ErrorCode } {
  if (state !== 'prepared' && state !== 'approved-once') return { refused: 'batch-state-unfit' };
  if (accountId === preparedBy || accountId === firstApprovedBy) return { refused: 'own-hands-refused' };
  return { state: state === 'prepared' ? 'approved-once' : 'approved' };
}

/** Whether a batch can still be cancelled: its file has not left. */
export function isCancellable(state: BatchState): boolean {
  return state === 'prepared' || state === 'approved-once' || state === 'approved';
}
