// What other domains, jobs and the composition may use of feeds.
export { makeFeedsParticipant } from './delete-with-party.ts';
export { readDisputedFacts } from './disagreements-store.ts';
export { feedsRoutes } from './feeds-routes.ts';
export { type FeedRound, type FeedWorkParts, makeFeedRound, matchUnknown } from './process-deliveries.ts';
export { readFactCell } from './read-fact-cell.ts';
export { feedsSealedColumns } from './sealed-columns.ts';
export type { FindAccounts, SettlingParts } from './settle-disagreement.ts';
