// What the use cases of evidence stand on.

import type { Protector } from '../protection/index.ts';
import { rowOf } from '../protection/index.ts';
import type { BlobStore } from './blob-port.ts';
import type { EvidenceKinds } from './evidence-kinds.ts';
import type { Inspector } from './inspector-port.ts';
import type { Scanner } from './scanner-port.ts';

/** Ports and settings of this domain. */
export interface EvidenceParts {
  readonly protector: Protector;
  readonly blobs: BlobStore;
  readonly inspector: Inspector;
  readonly scanner: Scanner;
  readonly kinds: EvidenceKinds;
}

/** Where a paper's data key is sealed. */
export function dataKeyPlace(tenantId: number, evidenceId: string) {
  return { tenantId, table: 'evidence', column: 'data_key_sealed', row: rowOf(evidenceId) };
}

/** Where the name of a paper's file is sealed. */
export function fileNamePlace(tenantId: number, evidenceId: string) {
  return { tenantId, table: 'evidence', column: 'file_name_sealed', row: rowOf(evidenceId) };
}
