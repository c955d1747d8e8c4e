// What other domains and the composition may use of payments.
export { proposeRepayment, type RepaymentWish } from './ask-back.ts';
export { employersOn } from './still-employed.ts';
export { checkDue } from './check-instalments.ts';
export type { CaseStanding, KnownFlag } from './doubt.ts';
export { listPaidCases } from './instalment-store.ts';
export { paymentsParticipant } from './held-payments.ts';
export { paymentsRoutes } from './payments-routes.ts';
export type { BankAccounts, FactsOfPerson, HoldsOfCases, LedgerOfPayments, OpenedAccount, PaymentNews, PaymentParts } from './ports.ts';
export { cancelSchedule, type DecisionToPay, scheduleInstalments, standingOf } from './schedule-instalments.ts';
export { paymentsSealedColumns } from './sealed-columns.ts';
