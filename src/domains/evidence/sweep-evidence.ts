// Clears away what nobody will ask for: uploads never finished, files that no row names, pictures of papers that are gone.

import { type Database, inTenant } from '../../storage/database.ts';
import { recordAudit } from '../audit/index.ts';
import { jobScope } from '../permissions/index.ts';
import type { BlobKind, StoredBlob } from './blob-port.ts';
import type { EvidenceParts } from './evidence-parts.ts';
import { expireUploads, listCleanIds, listNamedFiles } from './evidence-store.ts';

/** A file is written before its row commits; one without a row for so long never gets one. */
const ORPHAN_LIVES_MS = 24 * 3_600_000;
const BATCH = 500;
const UUID_LENGTH = 36;

/** How much was cleared away. */
export interface Swept {
  readonly expiredUploads: number;
  readonly removedFiles: number;
}

/** Clears away one tenant's leftovers. Safe to run at any time, by several processes, and to break off. */
export async function sweepEvidence(db: Database, { blobs }: Pick<EvidenceParts, 'blobs'>, tenantId: number, now: Date): Promise<Swept> {
  const scope = jobScope(tenantId, 'sweep-evidence', 'evidence.check');
  const expired = await inTenant(db, tenantId, async (tx) => {
    const ids = await expireUploads(tx, scope, now);
    for (const id of ids) await recordAudit(tx, scope, { action: 'evidence.expire', object: { kind: 'evidence', id } });
    return ids;
  });
  let removedFiles = 0;
  const removeUnnamed = async (found: readonly StoredBlob[], kind: BlobKind): Promise<void> => {
    const ids = found.map(({ place }) => place.id.slice(0, UUID_LENGTH));
    const named = await inTenant(db, tenantId, (tx) => (kind === 'preview' ? listCleanIds : listNamedFiles)(tx, scope, ids));
    for (const { place } of found) {
      if (named.has(place.id.slice(0, UUID_LENGTH))) continue;
      await blobs.remove(place);
      removedFiles += 1;
    }
  };
  for (const kind of ['piece', 'original', 'preview'] as const) {
    let batch: StoredBlob[] = [];
    for await (const blob of blobs.list(tenantId, kind)) {
      if (now.getTime() - blob.storedAt.getTime() < ORPHAN_LIVES_MS) continue;
      batch.push(blob);
      if (batch.length < BATCH) continue;
      await removeUnnamed(batch, kind);
      batch = [];
    }
    await removeUnnamed(batch, kind);
  }
  return { expiredUploads: expired.length, removedFiles };
}
