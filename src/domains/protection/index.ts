// What other domains and the adapters may use of protection.

export { ProtectionError } from './protector.ts';
export type { Place, ProtectionProblem, Protector, Signature } from './protector.ts';
export { rowOf, sealAgain } from './sealed-columns.ts';
export type { SealedColumn, SearchColumn } from './sealed-columns.ts';
