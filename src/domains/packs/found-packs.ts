// Puts the policies that came with the program into a city: published at first, later ones as checked drafts for people to decide.
import { createHash } from 'node:crypto';
import { formatDate } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { hashPolicy, hashVocabularies } from './hash-pack.ts';
import { theBuild } from './pack.ts';
import type { BuiltPack, BuiltPacks } from './pack-ports.ts';
import { addModel, insertBuilt, listHashes } from './packs-store.ts';

/**
 * Adds what the city lacks; may be called again, and by two at once. A policy that the city has nothing of is published from its first day; of
 * one that it has, another version comes in as a draft that checks.
 */
export async function foundPacks(tx: Tx, scope: Scope<'pack.found'>, built: Pick<BuiltPacks, 'vocabularies'> & { readonly packs: readonly BuiltPack[] }, now: Date): Promise<void> {
  const known = await listHashes(tx, scope);
  const missing = built.packs.filter(({ policyId, packHash }) => known.get(policyId)?.includes(packHash) !== true);
  if (missing.length === 0) return;
  const vocabulary = hashVocabularies(built.vocabularies);
  for (const { policyId, cityId, packHash, policy, source } of missing) {
    await addModel(tx, scope, { packHash, policyId, model: hashPolicy(policy, vocabulary.hash).text, vocabulary });
    const isFirst = known.get(policyId) === undefined;
    await insertBuilt(tx, scope, {
      packId: idOf(scope.tenantId, policyId, packHash),
      policyId,
      cityId,
      packHash,
      source,
      by: theBuild,
      now,
      effectiveOn: isFirst ? formatDate(policy.from) : null,
    });
  }
}

/** The same for the same content of a city, so that two who found at once add one version; no id of one city is another's. */
function idOf(tenantId: number, policyId: string, packHash: string): string {
  const digits = createHash('sha256').update(`${tenantId}\n${policyId}\n${packHash}`).digest('hex');
  // A UUID of version 8: what stands in it is the maker's own.
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
