// What other domains ask of packs: the version in force on a day, or the one that a case pinned.
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { PinnedPack } from './pinned-pack.ts';

/** Any scope: what is published is everybody's to be judged by. */
export type AnyScope = Scope<Permission>;

/** Finds versions of policies, with what is set for the year. Days are `YYYY-MM-DD`. */
export interface Packs {
  /** The version of a policy that holds on a day, with the settings of its year; undefined where the policy does not take applications then. */
  inForce(tx: Tx, scope: AnyScope, policyId: string, on: string): Promise<PinnedPack | undefined>;
  /** A version by its hash, with the settings of a year. @throws RangeError for a hash that the city does not have. */
  pinned(tx: Tx, scope: AnyScope, packHash: string, year: number): Promise<PinnedPack>;
  /** Every version that holds on a day, by the policies' ids. */
  listInForce(tx: Tx, scope: AnyScope, on: string): Promise<readonly PinnedPack[]>;
}
