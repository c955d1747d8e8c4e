// What other domains and the composition may use of cases.
export { applyCommand, type CommandInput, hold, release } from './apply-command.ts';
export type { CaseState } from './case.ts';
export { openCaseNumbers } from './case-numbers.ts';
export { type Application, type CaseRow, findApplication, listCasesOf, listTakenPlaces, readCases } from './case-store.ts';
export { casesRoutes } from './cases-routes.ts';
export type { CaseTools, Commitments, DecisionRecorder } from './cases-parts.ts';
export { tellItems } from './describe-case.ts';
export { escalateCases } from './escalate-cases.ts';
export { type CaseToOpen, openApplication, type OpenedCase, openCases } from './open-cases.ts';
export { casesParticipant } from './held-cases.ts';
export { listCases } from './list-cases.ts';
export { openCasesOfPolicy } from './open-cases-of-policy.ts';
export { casesSealedColumns } from './sealed-columns.ts';
