// What the composition may use of intake: the routes, the work on lists, and what it holds of people.
export { intakeParticipant } from './held-applications.ts';
export type { IntakeParts } from './intake-parts.ts';
export { intakeRoutes } from './intake-routes.ts';
export { intakeSealedColumns } from './seal-findings.ts';
export { workNextBatch } from './work-lists.ts';
