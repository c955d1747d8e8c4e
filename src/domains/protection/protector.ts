// The port of protection: what the rest of the system may ask of cryptography, whoever answers (node:crypto, or a certified module).

/** Where a sealed value stands. All four parts are in its authentication code: a value that is moved elsewhere does not open. */
export interface Place {
  readonly tenantId: number;
  /** The table, as in the database. */
  readonly table: string;
  /** The column that holds the sealed bytes, as in the database. */
  readonly column: string;
  /** The rest of the row's primary key, as text; several columns are joined by "/" (see `SealedColumn.rowColumns`). */
  readonly row: string;
}

/** A signature and the key that made it. */
export interface Signature {
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/**
 * Seals and opens personal values, makes their search keys and digests, signs roots. One instance serves a process;
 * every call is synchronous and costs a few microseconds, so that a load of a million rows need not avoid it.
 */
export interface Protector {
  /** Encrypts and authenticates a value for its place (SM4-CBC, then HMAC-SM3; the key's id is inside). Two seals of one value differ. */
  seal(place: Place, plain: Uint8Array | string): Uint8Array;

  /**
   * Opens what `seal` made for this place.
   * @throws ProtectionError `changed` where a byte differs or the place is another, `key-missing` (with its id) where the key is not there, `malformed` for other bytes.
   */
  open(place: Place, sealed: Uint8Array): Uint8Array;

  /** `open`, as text in UTF-8. */
  openText(place: Place, sealed: Uint8Array): string;

  /**
   * The keyed hash to WRITE beside a sealed value, for search by equality: 32 bytes, under the search key in force. The purpose
   * ('identity-number', 'phone', 'last-four' …) keeps equal values of different meaning apart; normalise the value first.
   */
  searchKey(tenantId: number, purpose: string, value: string): Uint8Array;

  /**
   * The keyed hashes to LOOK FOR: one for each search key that still serves, the key in force first. While keys rotate, rows stand under either, so
   * every look-up (and every check that a number is new) asks `column = any(searchKeys(…))`; one element outside rotations.
   */
  searchKeys(tenantId: number, purpose: string, value: string): Uint8Array[];

  /** A keyed digest for events and audit (32 bytes): it tells equal from different, and nothing else without the key. Its key never rotates. */
  digest(tenantId: number, value: string | Uint8Array): Uint8Array;

  /** Signs with the signing key in force (Ed25519 here). */
  sign(data: Uint8Array): Signature;

  /** Whether this signature was made over these bytes by the named key; also for keys that are retired. False where the key is unknown. */
  verify(data: Uint8Array, keyId: string, signature: Uint8Array): boolean;

  /** Whether a sealed value stands under the key in force; what does not is sealed again by the rotation. */
  isCurrent(sealed: Uint8Array): boolean;
}

/** What rows that are only written are sealed with. */
export type Sealer = Pick<Protector, 'seal' | 'searchKey'>;

/** Why a sealed value could not be opened, or the keys not be used. */
export type ProtectionProblem =
  /** A byte of the sealed value was changed, or it stands in another place than it was sealed for. */
  | 'changed'
  /** The key named in the sealed value is not in the key file. */
  | 'key-missing'
  /** The bytes are no sealed value at all. */
  | 'malformed'
  /** There are sealed data, and no key file. */
  | 'key-file-missing'
  /** The key file cannot be read as one, or others may read it. */
  | 'key-file-unusable'
  /** The key cannot be retired: something is still sealed under it. */
  | 'key-in-use';

/** A failure of protection: never holds the value itself, only which key or place it is about. */
export class ProtectionError extends Error {
  readonly problem: ProtectionProblem;
  /** The key that it is about, where one is. */
  readonly keyId: string | undefined;

  constructor(problem: ProtectionProblem, message: string, keyId?: string) {
    super(message);
    this.name = 'ProtectionError';
    this.problem = problem;
    this.keyId = keyId;
  }
}
