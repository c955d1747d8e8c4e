// The port of blobs: sealed files outside the database, whoever keeps them (a folder here).

/** What a blob is: the paper itself, a piece of an upload under way, or a picture of a page that can be made again. */
export type BlobKind = 'original' | 'piece' | 'preview';

/** Names one blob; all of it is bound into what is written, so a file put in another's place does not open. */
export interface BlobPlace {
  readonly tenantId: number;
  readonly kind: BlobKind;
  /** A UUID; that of a preview is followed by `.page.width`. */
  readonly id: string;
}

/** A blob as it lies in the store. */
export interface StoredBlob {
  readonly place: BlobPlace;
  readonly storedBytes: number;
  readonly storedAt: Date;
}

/** Why a blob could not be read. */
export class BlobError extends Error {
  override readonly name = 'BlobError';
  /** missing: no such blob · damaged: a byte was changed, or the end is missing. */
  readonly problem: 'missing' | 'damaged';
  readonly place: BlobPlace;

  constructor(problem: 'missing' | 'damaged', place: BlobPlace) {
    super(`blob ${problem}: ${place.kind} ${place.id} of tenant ${place.tenantId}`);
    this.problem = problem;
    this.place = place;
  }
}

/** Keeps blobs sealed under a data key that the caller holds. */
export interface BlobStore {
  /** A new data key, random. */
  makeDataKey(): Uint8Array;
  /** Writes a blob whole; when this returns it outlives a power cut, and before that nothing is seen of it. */
  write(place: BlobPlace, dataKey: Uint8Array, content: Uint8Array): Promise<void>;
  /**
   * Reads a blob piece by piece; every piece is authentic before it is given out, and the end is checked too.
   * @throws BlobError missing or damaged.
   */
  read(place: BlobPlace, dataKey: Uint8Array): AsyncIterable<Uint8Array>;
  /** Removes a blob; one that is not there is removed already. */
  remove(place: BlobPlace): Promise<void>;
  /** All blobs of a kind of one tenant, in no order. */
  list(tenantId: number, kind: BlobKind): AsyncIterable<StoredBlob>;
}
