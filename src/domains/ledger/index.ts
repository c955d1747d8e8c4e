// What other domains may use of the ledger: booking, states of funds, what was promised to cases. Amounts are whole numbers of their unit; all of it in the caller's transaction.
export type { AccountRole, FundState, NewTransfer, Pot, Unit } from './account.ts';
export { checkLedger, type LedgerFinding, type LedgerReport, MOST_FINDINGS } from './check-ledger.ts';
export { commit, release } from './commit-parts.ts';
export { ledgerRoutes } from './ledger-routes.ts';
export { listParts } from './part-store.ts';
export { beginPayment, failPayment, returnPayment, settlePayment } from './pay-parts.ts';
export { demand, settleDemand, writeOff } from './recover-parts.ts';
export { confirmBudget, openYear, setBudget, withdrawBudget } from './set-budget.ts';
export { splitByShare } from './split-by-share.ts';
export { fundStates, listEntries } from './state-store.ts';
export { transfer } from './transfer.ts';
