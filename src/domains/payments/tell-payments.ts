// How payments are shown: words opened, accounts masked, parties by their names.
import type { BatchDetail, BatchView, DoubtView, InstalmentView, PaymentView, RepaymentDetail, RepaymentView } from '../../contract/payments-endpoints.ts';
import { uppercaseAmount } from '../../contract/uppercase-amount.ts';
import type { Tx } from '../../storage/database.ts';
import { idsToTell } from '../registry/index.ts';
import { openAccount } from './batch-account.ts';
import { type BatchRow, type PaymentRow, readResults, sumLines } from './batch-store.ts';
import { hardDoubts } from './doubt.ts';
import type { DoubtRow } from './doubt-store.ts';
import type { InstalmentRow, PaymentScope } from './instalment-store.ts';
import type { GivenBefore } from './paid-before.ts';
import type { PaymentParts } from './ports.ts';
import { owedFen, wantedBy } from './repayment.ts';
import { readDebtParts, readReceipts, readTerms, type RepaymentRow } from './repayment-store.ts';
import { openWords } from './seal-words.ts';

/** How parties are told to whoever asks. */
interface Names {
  readonly nameOf: (partyId: string) => string | null;
  readonly idOf: (partyId: string) => string;
}
type Sealing = Pick<PaymentParts, 'protector'>;

/** Names of the parties that rows are about, and the ids by which to tell them. */
export async function namesOf(tx: Tx, scope: PaymentScope, parts: Pick<PaymentParts, 'people' | 'protector'>, rows: readonly { readonly partyId: string }[]): Promise<Names> {
  const ids = [...new Set(rows.map(({ partyId }) => partyId))];
  const names = await parts.people.readNames(tx, scope.tenantId, ids);
  return { nameOf: (partyId) => names.get(partyId) ?? null, idOf: await idsToTell(tx, scope, parts.protector, ids) };
}

/** An instalment. */
export function tellInstalment(row: InstalmentRow, names: Names): InstalmentView {
  const { instalmentId, caseId, caseNumber, decisionId, instalmentNumber, partyId, employerId, policyId, benefitId, jurisdictionCode, dueOn, amountFen, offsetFen, state, lookOn, attempts } = row;
  return {
    instalmentId, caseId, caseNumber, decisionId, instalmentNumber, employerId, policyId, benefitId, jurisdictionCode, dueOn, amountFen, offsetFen, state, lookOn, attempts,
    partyId: names.idOf(partyId),
    name: names.nameOf(partyId),
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}

/** A doubt. @param earlier cases that doubts may be about, by case */
export function tellDoubt({ protector }: Sealing, tenantId: number, row: DoubtRow, earlier: ReadonlyMap<string, GivenBefore>): DoubtView {
  const { doubtId, instalmentId, kind, fact, aboutId, settledAs } = row;
  return {
    doubtId, instalmentId, kind, fact, aboutId, settledAs,
    openedAt: row.openedAt.toISOString(),
    reason: openWords(protector, tenantId, { table: 'payment_doubts', column: 'reason_sealed' }, doubtId, row.reasonSealed),
    settledAt: row.settledAt?.toISOString() ?? null,
    isPassable: !hardDoubts.includes(kind),
    earlier: aboutId === null ? null : (earlier.get(aboutId) ?? null),
  };
}

/** A payment, its account masked. */
export function tellPayment({ protector }: Sealing, tenantId: number, row: PaymentRow, names: Names): PaymentView {
  const { paymentId, paymentNumber, batchId, lineNumber, instalmentId, attempt, partyId, amountFen, state, settledOn, bankReference, returnedOn } = row;
  const account = openAccount(protector, tenantId, row);
  return {
    paymentId, paymentNumber, batchId, lineNumber, instalmentId, attempt, amountFen, state, settledOn, bankReference, returnedOn,
    partyId: names.idOf(partyId),
    name: names.nameOf(partyId),
    account: account === undefined ? null : { bankName: account.bankName, holderName: account.holderName, maskedNumber: `**** ${account.number.slice(-4)}` },
    reason: openWords(protector, tenantId, { table: 'payments', column: 'reason_sealed' }, paymentId, row.reasonSealed),
    returnReason: openWords(protector, tenantId, { table: 'payments', column: 'return_sealed' }, paymentId, row.returnSealed),
  };
}

/** A batch. */
export function tellBatch({ protector }: Sealing, tenantId: number, row: BatchRow): BatchView {
  const { batchId, batchNumber, jurisdictionCode, state, lineCount, totalFen, preparedBy, firstApprovedBy, secondApprovedBy, sentBy, sentCount, sentFen } = row;
  const at = (instant: Date | null): string | null => instant?.toISOString() ?? null;
  return {
    batchId, batchNumber, jurisdictionCode, state, lineCount, totalFen, preparedBy, firstApprovedBy, secondApprovedBy, sentBy, sentCount, sentFen,
    preparedAt: row.preparedAt.toISOString(),
    firstApprovedAt: at(row.firstApprovedAt),
    secondApprovedAt: at(row.secondApprovedAt),
    sentAt: at(row.sentAt),
    closedAt: at(row.closedAt),
    cancelledAt: at(row.cancelledAt),
    reason: openWords(protector, tenantId, { table: 'payment_batches', column: 'reason_sealed' }, batchId, row.reasonSealed),
  };
}

/** A batch with its sums and results. */
export async function tellBatchWhole(tx: Tx, scope: PaymentScope, parts: Sealing, row: BatchRow): Promise<BatchDetail> {
  const results = await readResults(tx, scope, row.batchId);
  return {
    ...tellBatch(parts, scope.tenantId, row),
    totalCapitals: uppercaseAmount(row.sentFen ?? row.totalFen),
    sums: Object.fromEntries(await sumLines(tx, scope, row.batchId)),
    results: results.map((each) => ({
      resultId: each.resultId, fileName: each.fileName, paid: each.paidCount, failed: each.failedCount, returned: each.returnedCount, known: each.knownCount, importedAt: each.importedAt.toISOString(),
    })),
  };
}

/** A repayment. */
export function tellRepayment(row: RepaymentRow, names: Names): RepaymentView {
  const { repaymentId, repaymentNumber, caseId, partyId, jurisdictionCode, document, state, amountFen, receivedFen, offsetFen, writtenOffFen } = row;
  return {
    repaymentId, repaymentNumber, caseId, jurisdictionCode, document, state, amountFen, receivedFen, offsetFen, writtenOffFen,
    partyId: names.idOf(partyId),
    name: names.nameOf(partyId),
    owedFen: state === 'cancelled' ? 0 : owedFen(row),
    proposedAt: row.proposedAt.toISOString(),
    waitsForAdoption: state === 'proposed' && wantedBy(row) === undefined,
    adoptedAt: row.adoptedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

/** A repayment with all that belongs to it. */
export async function tellRepaymentWhole(tx: Tx, scope: Parameters<typeof readDebtParts>[1], parts: PaymentParts, row: RepaymentRow): Promise<RepaymentDetail> {
  const { repaymentId } = row;
  const names = await namesOf(tx, scope, parts, [row]);
  const payments = new Map<string, { fen: number; settledFen: number }>();
  for (const debt of await readDebtParts(tx, scope, repaymentId)) {
    const { fen, settledFen } = payments.get(debt.paymentId) ?? { fen: 0, settledFen: 0 };
    payments.set(debt.paymentId, { fen: fen + debt.amountFen, settledFen: settledFen + debt.settledFen });
  }
  const receipts = await readReceipts(tx, scope, repaymentId);
  return {
    ...tellRepayment(row, names),
    reason: openWords(parts.protector, scope.tenantId, { table: 'repayments', column: 'reason_sealed' }, repaymentId, row.reasonSealed) ?? '',
    aboutId: row.aboutId,
    payments: [...payments].map(([paymentId, sums]) => ({ paymentId, ...sums })),
    terms: [...(await readTerms(tx, scope, repaymentId))],
    receipts: receipts.map(({ receiptId, kind, amountFen, receivedOn, instalmentId, bankReference }) => ({ receiptId, kind, fen: amountFen, on: receivedOn, instalmentId, bankReference })),
    writeOff: row.writeOff === null ? null : { document: row.writeOff.document, fen: row.writeOff.fen, at: row.writeOff.at.toISOString() },
  };
}
