// What other domains and the composition may use of publicity.
export { runLists } from './close-list.ts';
export type { PublicityParts } from './publicity-parts.ts';
export { publicityRoutes } from './publicity-routes.ts';
export { publicitySealedColumns } from './sealed-columns.ts';
