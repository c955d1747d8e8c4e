// What other domains and the adapters may use of evidence.
export { BlobError, type BlobKind, type BlobPlace, type BlobStore, type StoredBlob } from './blob-port.ts';
export { type Inspection, type InspectionRefusal, type Inspector, InspectorFailedError, type PaperType, paperTypes, type Remark } from './inspector-port.ts';
export { noScanner, type Scanner, ScannerUnavailableError, type ScanResult } from './scanner-port.ts';
