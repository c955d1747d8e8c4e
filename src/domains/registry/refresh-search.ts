// Keeps what searches and lists read in step with the registry: called at the end of every change, in its transaction.
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, type PartyKind } from './party.ts';
import type { RegistryTools } from './registry-tools.ts';
import { addSearchRows, type Newcomer, writeSearchRows } from './search-store.ts';

const MOST_AT_ONCE = 5000;

/** Writes the search rows of parties anew, for today. */
export async function refreshSearch(tx: Tx, scope: Scope<Permission>, { factBook }: Pick<RegistryTools, 'factBook'>, kind: PartyKind, partyIds: readonly string[]): Promise<void> {
  const now = new Date();
  for (let at = 0; at < partyIds.length; at += MOST_AT_ONCE) {
    await writeSearchRows(tx, scope, factBook, kind, partyIds.slice(at, at + MOST_AT_ONCE), { today: dayOf(now), now });
  }
}

/** Writes the search rows of parties that were added in this transaction, of which everything that is known is given. */
export async function enterSearch(tx: Tx, scope: Scope<Permission>, { factBook }: Pick<RegistryTools, 'factBook'>, kind: PartyKind, newcomers: readonly Newcomer[]): Promise<void> {
  const now = new Date();
  await addSearchRows(tx, scope, factBook, kind, newcomers, { today: dayOf(now), now });
}
