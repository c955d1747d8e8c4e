// For backups and for peace of mind: every file that the database names, and whether it opens from the first byte to the last.

import { type Database, inTenant } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { BlobError, type BlobPlace } from './blob-port.ts';
import { dataKeyPlace, type EvidenceParts } from './evidence-parts.ts';
import { lastPaperOf, listFiles, type NamedFile } from './evidence-store.ts';

/** A file that must be there, with the paper that it belongs to. */
export interface ExpectedBlob {
  readonly place: BlobPlace;
  readonly evidenceId: string;
  /** Sealed; opens with the keys only. */
  readonly dataKeySealed: Uint8Array;
}

const BATCH = 500;

/** All files of a tenant that the database names, in the order of their papers: what a backup must hold. */
export async function* listBlobs(db: Database, tenantId: number): AsyncGenerator<ExpectedBlob> {
  const scope = jobScope(tenantId, 'list-evidence', 'evidence.check');
  let after: string | undefined;
  for (;;) {
    const page: { readonly files: readonly NamedFile[]; readonly last: string | undefined } = await inTenant(db, tenantId, async (tx) => ({
      files: await listFiles(tx, scope, after, BATCH),
      last: await lastPaperOf(tx, scope, after, BATCH),
    }));
    for (const { kind, id, evidenceId, dataKeySealed } of page.files) yield { place: { tenantId, kind, id }, evidenceId, dataKeySealed };
    if (page.last === undefined) return;
    after = page.last;
  }
}

/** What is wrong with a file: nothing, not there, or not as it was written. */
export type BlobState = 'whole' | 'missing' | 'damaged';

/**
 * Reads a file from the first byte to the last.
 * @throws ProtectionError where the keys that opened it are not there.
 */
export async function verifyBlob({ protector, blobs }: Pick<EvidenceParts, 'protector' | 'blobs'>, { place, evidenceId, dataKeySealed }: ExpectedBlob): Promise<BlobState> {
  const dataKey = protector.open(dataKeyPlace(place.tenantId, evidenceId), dataKeySealed);
  try {
    for await (const part of blobs.read(place, dataKey)) void part;
    return 'whole';
  } catch (error) {
    if (error instanceof BlobError) return error.problem;
    throw error;
  }
}
