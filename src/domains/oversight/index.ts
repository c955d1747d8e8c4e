// What the composition may use of oversight.
export { oversightParticipant } from './held-oversight.ts';
export { oversightRoutes } from './oversight-routes.ts';
export { oversightSealedColumns } from './sealed-columns.ts';
