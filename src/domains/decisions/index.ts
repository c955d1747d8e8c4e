// What other domains and the composition may use of decisions.
export { appealBody } from './appeal-body.ts';
export type { NewDecision, StoredDecision } from './decision.ts';
export type { DecisionParts, RecordingTools } from './decision-parts.ts';
export { decisionsRoutes } from './decisions-routes.ts';
export { decisionsParticipant } from './held-decisions.ts';
export { openInReach as getDecision } from './read-decision.ts';
export { numberOfDecision, recordDecision } from './record-decision.ts';
export { getDecisionRow } from './decisions-store.ts';
export { sealDecision } from './seal-decision.ts';
export { decisionsSealedColumns } from './sealed-columns.ts';
export { groupCode, makeCode, readCode } from './verification-code.ts';
