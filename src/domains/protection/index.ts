// What other domains and the adapters may use of protection.

export { ProtectionError } from './protector.ts';
export type { Place, Protector, Sealer, Signature } from './protector.ts';
export { rowOf, sealAgain } from './sealed-columns.ts';
export type { SealedColumn } from './sealed-columns.ts';
export { readSpelledIds, spellId } from './told-id.ts';
