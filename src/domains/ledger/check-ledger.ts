// Checks the whole ledger of a city: balances against transfers, units against nothing, parts, ends and budgets against what made them.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type LedgerTotals, listWrongAccounts, listWrongBudgets, listWrongEnds, listWrongParts, readTotals, type WrongAccount } from './check-store.ts';

/** Findings of one kind are told up to so many. */
export const MOST_FINDINGS = 100;

/** One place that does not hold. */
export type LedgerFinding =
  /** The balances are not the sums of the transfers, or less than the floor. */
  | { readonly kind: 'balance-differs' | 'below-floor'; readonly account: WrongAccount }
  /** Debits and credits of a unit are not equal. */
  | { readonly kind: 'unit-unbalanced'; readonly unit: string; readonly sum: number }
  | { readonly kind: 'part-differs'; readonly partId: string }
  | { readonly kind: 'end-differs'; readonly transferId: string }
  | { readonly kind: 'budget-differs'; readonly jurisdictionCode: string; readonly fund: string; readonly unit: string; readonly year: number; readonly budget: number; readonly decided: number };

/** What a check found. */
export interface LedgerReport extends LedgerTotals {
  readonly isGood: boolean;
  readonly findings: readonly LedgerFinding[];
}

/** Checks; others may go on booking meanwhile. */
export async function checkLedger(tx: Tx, scope: Scope<'ledger.check'>): Promise<LedgerReport> {
  const totals = await readTotals(tx, scope);
  const accounts = await listWrongAccounts(tx, scope, MOST_FINDINGS);
  const findings: readonly LedgerFinding[] = [
    ...totals.units.filter(({ sum }) => sum !== 0).map(({ unit, sum }) => ({ kind: 'unit-unbalanced', unit, sum }) as const),
    ...accounts.map((account) => ({ kind: isSummed(account) ? 'below-floor' : 'balance-differs', account }) as const),
    ...(await listWrongParts(tx, scope, MOST_FINDINGS)).map((partId) => ({ kind: 'part-differs', partId }) as const),
    ...(await listWrongEnds(tx, scope, MOST_FINDINGS)).map((transferId) => ({ kind: 'end-differs', transferId }) as const),
    ...(await listWrongBudgets(tx, scope, MOST_FINDINGS)).map((budget) => ({ kind: 'budget-differs', ...budget }) as const),
  ];
  return { ...totals, isGood: findings.length === 0, findings };
}

function isSummed(account: WrongAccount): boolean {
  return account.credited === account.creditedByTransfers && account.debited === account.debitedByTransfers && account.held === account.heldByTransfers;
}
