// The port of scanners: whether a file carries something harmful, whoever looks (ClamAV where it is set).

/** What a scanner found. */
export interface ScanResult {
  /** not-scanned: no scanner is set; that is written down and shown. */
  readonly verdict: 'clean' | 'infected' | 'not-scanned';
  /** What looked, for the record. */
  readonly engine: string | null;
  /** The name of what was found. */
  readonly finding?: string;
}

/** The scanner could not answer: a paper waits until it can. */
export class ScannerUnavailableError extends Error {
  override readonly name = 'ScannerUnavailableError';
}

/** Looks into files. */
export interface Scanner {
  /** @throws ScannerUnavailableError where the scanner does not answer, or refuses to look. */
  scan(content: Uint8Array): Promise<ScanResult>;
}

/** Stands in where no scanner is set: says so, and lets everything pass. */
export const noScanner: Scanner = { scan: async () => ({ verdict: 'not-scanned', engine: null }) };
