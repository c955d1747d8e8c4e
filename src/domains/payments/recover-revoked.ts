// Proposes to ask back what the bank paid although the grant was revoked while the money was on its way; one person adopts it, another demands it.
import type { Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { proposeRepayment } from './ask-back.ts';
import type { PaymentParts } from './ports.ts';

const REASON = '钱交给银行以后，决定撤销了；银行后来还是付了。 / The grant was revoked once the money was with the bank, which paid it all the same.';

/** Proposes one repayment a case of payments that were booked as paid in this transaction. */
export async function proposeAfterRevocation(tx: Tx, tenantId: number, parts: PaymentParts, paid: readonly { readonly caseId: string; readonly caseNumber: string; readonly paymentId: string }[], now: Date): Promise<void> {
  const scope = jobScope(tenantId, 'payments', 'payment.recover');
  for (const [caseId, payments] of Map.groupBy(paid, (one) => one.caseId)) {
    const decision = await parts.cases.findDecision(tx, tenantId, caseId);
    const wish = { payments: payments.map(({ paymentId }) => ({ paymentId, fen: undefined })), document: decision?.number ?? payments[0]?.caseNumber ?? '', reason: REASON, aboutId: decision?.decisionId ?? null, terms: [] };
    await proposeRepayment(tx, scope, parts, wish, now);
  }
}
