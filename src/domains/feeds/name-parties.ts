// The names of those whom disagreements are about, for lists that officers read.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { readOrganisations, readPeople } from '../registry/index.ts';

/** Names by party; the disagreements have to be within reach already. */
export async function namePartiesOf(tx: Tx, scope: Scope<'disagreement.read' | 'disagreement.settle' | 'disagreement.answer'>, disagreements: readonly { readonly partyId: string }[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(disagreements.map(({ partyId }) => partyId))];
  if (ids.length === 0) return new Map();
  const people = await readPeople(tx, scope, ids);
  const organisations = await readOrganisations(tx, scope, ids);
  return new Map([...people, ...organisations].map(({ partyId, name }) => [partyId, name]));
}
