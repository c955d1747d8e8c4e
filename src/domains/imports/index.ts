// What others may use of imports: the routes, the loop that works through lists, and what they hold.
export { importsParticipant } from './describe-imports.ts';
export { importsRoutes } from './imports-routes.ts';
export { type ImportParts, processNext } from './process-import.ts';
export { emptyStale, startImports } from './run-imports.ts';
export { findImport, listImportedParties } from './imports-store.ts';
export { importsSealedColumns } from './sealed-columns.ts';
