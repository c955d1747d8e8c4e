// What other domains and the adapters may use of evidence.
export { BlobError, type BlobKind, type BlobPlace, type BlobStore, type StoredBlob } from './blob-port.ts';
export { checkNextPaper } from './check-paper.ts';
export { type EvidenceKind, gatherKinds } from './evidence-kinds.ts';
export type { EvidenceParts } from './evidence-parts.ts';
export { evidenceRoutes } from './evidence-routes.ts';
export { evidenceParticipant } from './held-evidence.ts';
export { type Inspection, type InspectionRefusal, type Inspector, InspectorFailedError, type PaperType, paperTypes, type Remark } from './inspector-port.ts';
export { keepEvidence } from './keep-evidence.ts';
export { makePapers } from './require-paper.ts';
export { listWanted, releaseEvidence, useEvidence, validEvidence } from './reuse-evidence.ts';
export { noScanner, type Scanner, ScannerUnavailableError, type ScanResult } from './scanner-port.ts';
export { evidenceSealedColumns } from './sealed-columns.ts';
export { sweepEvidence } from './sweep-evidence.ts';
export { listBlobs, verifyBlob } from './verify-evidence.ts';
