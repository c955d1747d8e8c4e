// The ids by which people are told: whoever acts for an organisation gets those of strangers in another spelling, since an id says when its record was made.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { uuidArray } from '../../storage/sql-arrays.ts';
import { type Protector, spellId } from '../protection/index.ts';
import type { AnyScope } from './party.ts';
import { isConfirmedNow, listMergedIds } from './party-store.ts';

/**
 * How to tell these parties' ids to whoever asks: as they are, but to an organisation those of people of whom only it says that they work there
 * in the other spelling, which does not say when the record was made. Calls may be made by either.
 */
export async function idsToTell(tx: Tx, scope: AnyScope, protector: Pick<Protector, 'digest'>, partyIds: readonly string[]): Promise<(partyId: string) => string> {
  const { tenantId, reach } = scope;
  if (reach.kind !== 'organisation') return (partyId) => partyId;
  const { organisationId } = reach;
  const asked = [...new Set(partyIds)];
  const own = [...(await listMergedIds(tx, scope, [organisationId, reach.partyId])).keys()];
  const { rows } = await sql<{ party_id: string }>`
    select party_id from parties where tenant_id = ${tenantId} and party_id = any(${uuidArray(asked)}::uuid[]) and kind = 'organisation'
    union
    select party_id from employments
    where tenant_id = ${tenantId} and party_id = any(${uuidArray(asked)}::uuid[]) and organisation_id = any(${uuidArray(own)}::uuid[]) and ${isConfirmedNow}`.execute(tx);
  const known = new Set([...own, ...rows.map(({ party_id }) => party_id)]);
  return (partyId) => (known.has(partyId) ? partyId : spellId(protector, tenantId, partyId));
}
