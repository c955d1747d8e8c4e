// The port by which the registry asks whether two records may become one; what they would have twice then is kept by domains above it.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** Looks before two records become one. Both are locked: nothing is written under either until the transaction ends. */
export interface MergeGuard {
  /**
   * @param kept every id of the one that stays, @param merged of the other
   * @throws Refusal where they have something that one party cannot have twice.
   */
  refuseDoubled(tx: Tx, scope: Scope<'duplicate.review'>, kept: readonly string[], merged: readonly string[], now: Date): Promise<void>;
}
