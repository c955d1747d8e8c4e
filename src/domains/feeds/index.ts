// What other domains, jobs and the composition may use of feeds.
export { makeFeedsParticipant } from './delete-with-party.ts';
export { feedsRoutes } from './feeds-routes.ts';
export { makeFeedRound } from './process-deliveries.ts';
export { feedsSealedColumns } from './sealed-columns.ts';
export type { FindAccounts } from './settle-disagreement.ts';
