// Versions of the sample city's policy in any state, without compiling one: copies of what the program brought.
import { newId } from '../../src/storage/database.ts';
import { asOwner, type TestDatabase } from './database.ts';

/** Adds a copy of the published version that is still to take a step. @returns its id. */
export function copyPack(database: Pick<TestDatabase, 'ownerUrl'>, tenantId: number, { state, draftedBy }: { readonly state: 'checked' | 'approved'; readonly draftedBy: string }): Promise<string> {
  const packId = newId();
  return asOwner(database, async (client) => {
    const approved = state === 'approved' ? [new Date(), newId()] : [null, null];
    await client.query(
      `insert into packs (tenant_id, pack_id, policy_id, city_id, state, source, pack_hash, drafted_at, drafted_by, checked_at, approved_at, approved_by)
       select tenant_id, $2, policy_id, city_id, $3, source, pack_hash, now(), $4, now(), $5, $6 from packs where tenant_id = $1 and state = 'published' limit 1`,
      [tenantId, packId, state, draftedBy, ...approved],
    );
    return packId;
  });
}
