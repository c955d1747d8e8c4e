// What intake works with, and what it makes of a list.
import type { CaseTools } from '../cases/index.ts';

/** Made once when the server starts: cases are filed by it, and facts, packs and keys are the same. */
export type IntakeParts = Pick<CaseTools, 'protector' | 'registry' | 'packs'> & { readonly cases: CaseTools };

/** A language of the interface. */
export type Language = 'zh' | 'en';

/** Why something is not met and what is missing, for both kinds of readers. */
export interface Findings {
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** Names of the facts. */
  readonly missing: readonly string[];
}
