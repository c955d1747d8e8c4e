// The protector on node:crypto: SM4-CBC and HMAC-SM3 (encrypt, then authenticate), keyed hashes, Ed25519 signatures.

import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv, type KeyObject, randomFillSync, sign, timingSafeEqual, verify } from 'node:crypto';
import { statSync } from 'node:fs';
import { type Place, ProtectionError, type Protector, type Signature } from '../../domains/protection/index.ts';
import { HmacSm3 } from './hmac-sm3.ts';
import { createKeyFile, type KeyFile, type KeyGeneration, readKeyFile, signingPrivateKey, signingPublicKey } from './key-file.ts';

// Sealed bytes: version (1), key id (4), IV (16), ciphertext (16 or more), authentication code (16).
const VERSION = 1;
const KEY_ID_AT = 1;
const IV_AT = 5;
const BLOCK = 16;
const CIPHERTEXT_AT = IV_AT + BLOCK;
/** HMAC-SM3 cut to its left half, as GB/T 15852.2 and RFC 2104 §5 allow: 128 bits, as strong as SM4, and 16 bytes less a value. */
const CODE_BYTES = 16;
const SMALLEST = CIPHERTEXT_AT + BLOCK + CODE_BYTES;

/** How often a process looks whether the key file has changed; a new key comes into force later than that. */
const LOOK_EVERY_MS = 2000;

/** A generation of keys, ready for use. */
interface ReadyKey {
  readonly id: string;
  readonly number: number;
  readonly inForceFrom: number;
  readonly encrypt: Cipheriv;
  readonly decrypt: Decipheriv;
  readonly authenticate: HmacSm3;
  readonly search: HmacSm3;
  readonly signing: KeyObject;
}

/** A protector that stands on a key file; `generations` is for `wutong keys`. */
export interface KeyedProtector extends Protector {
  /** The id of the key in force for new writes. */
  currentKeyId(): string;
  /** Reads the key file again, at once. */
  reload(): void;
  /** What stands in the key file now. */
  generations(): readonly KeyGeneration[];
}

/** How the keys are opened. */
export interface OpenKeysOptions {
  /** The key file (setting WUTONG_KEYS). */
  readonly path: string;
  /** Whether anything is sealed already; then a missing key file is never replaced by a new one. */
  readonly hasSealedData: () => Promise<boolean>;
  readonly now?: () => Date;
}

/**
 * Opens the key file, making it at the very first start.
 * @throws ProtectionError `key-file-missing` where sealed data exist and the file does not, `key-file-unusable` where it is damaged or others may read it.
 */
export async function openKeys({ path, hasSealedData, now = () => new Date() }: OpenKeysOptions): Promise<KeyedProtector> {
  const found = readKeyFile(path);
  if (found === undefined && (await hasSealedData())) {
    throw new ProtectionError(
      'key-file-missing',
      `库里有加密的内容，可是密钥文件 ${path} 不在。请把另外备份的密钥文件放回去，或者用 WUTONG_KEYS 说明它在哪里。没有它，加密的内容打不开。\n` +
        `The database holds sealed data, but the key file ${path} is not there. Put the copy that you keep apart back in its place, or say with WUTONG_KEYS where it is. Without it, what is sealed stays closed.`,
    );
  }
  return new Sm4Protector(path, found ?? createKeyFile(path, now()), now);
}

class Sm4Protector implements KeyedProtector {
  readonly #path: string;
  readonly #now: () => Date;
  readonly #random = Buffer.alloc(16 * 1024);
  #randomAt = this.#random.length;
  #file: KeyFile;
  #stamp: string;
  #lookedAt: number;
  #keys: ReadyKey[] = [];
  #byNumber = new Map<number, ReadyKey>();
  #digest: HmacSm3;
  /** Filled for one call and used before the next: calls are synchronous. */
  #work = Buffer.allocUnsafeSlow(4096);
  readonly #code = Buffer.alloc(CODE_BYTES);

  constructor(path: string, file: KeyFile, now: () => Date) {
    this.#path = path;
    this.#now = now;
    this.#file = file;
    this.#stamp = stampOf(path);
    this.#lookedAt = now().getTime();
    this.#digest = new HmacSm3(Buffer.from(file.digest, 'base64'));
    this.#take(file);
  }

  seal(place: Place, plain: Uint8Array | string): Uint8Array {
    const key = this.#current();
    const plainBytes = typeof plain === 'string' ? Buffer.byteLength(plain) : plain.length;
    const padding = BLOCK - (plainBytes % BLOCK);
    const inputBytes = BLOCK + plainBytes + padding;
    const input = this.#room(inputBytes);
    this.#randomBlock(input);
    if (typeof plain === 'string') input.write(plain, BLOCK);
    else input.set(plain, BLOCK);
    input.fill(padding, BLOCK + plainBytes, inputBytes);
    // One running CBC cipher serves all values. The random block that goes first comes out as E(previous block ⊕ random): uniformly random, known
    // to nobody before, and the IV of the blocks that follow. The result is SM4-CBC as it stands in the books, without a cipher object a call.
    const encrypted = key.encrypt.update(input.subarray(0, inputBytes));
    const sealed = Buffer.allocUnsafe(IV_AT + inputBytes + CODE_BYTES);
    sealed[0] = VERSION;
    sealed.writeUInt32BE(key.number, KEY_ID_AT);
    sealed.set(encrypted, IV_AT);
    key.authenticate.writeCode(authenticated(key, place, sealed, IV_AT + inputBytes), sealed, IV_AT + inputBytes, CODE_BYTES);
    return sealed;
  }

  open(place: Place, sealed: Uint8Array): Uint8Array {
    const end = sealed.length - CODE_BYTES;
    if (sealed.length < SMALLEST || sealed[0] !== VERSION || (end - IV_AT) % BLOCK !== 0) {
      throw new ProtectionError('malformed', `not a sealed value (${sealed.length} bytes) in ${place.table}.${place.column}`);
    }
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
    const key = this.#keyNumbered(bytes.readUInt32BE(KEY_ID_AT), place);
    key.authenticate.writeCode(authenticated(key, place, bytes, end), this.#code, 0, CODE_BYTES);
    if (!timingSafeEqual(this.#code, bytes.subarray(end))) {
      throw new ProtectionError('changed', `the sealed value in ${place.table}.${place.column} was changed, or belongs to another place`, key.id);
    }
    // The first block that comes out depends on what was opened before and is left; the rest is the plain text and its padding.
    const opened = key.decrypt.update(bytes.subarray(IV_AT, end));
    const padding = opened[opened.length - 1] ?? 0;
    return opened.subarray(BLOCK, opened.length - padding);
  }

  openText(place: Place, sealed: Uint8Array): string {
    const opened = this.open(place, sealed);
    return Buffer.from(opened.buffer, opened.byteOffset, opened.length).toString('utf8');
  }

  searchKey(tenantId: number, purpose: string, value: string): Uint8Array {
    return keyedHash(this.#current().search, tenantId, purpose, value);
  }

  searchKeys(tenantId: number, purpose: string, value: string): Uint8Array[] {
    const current = this.#current();
    if (this.#keys.length === 1) return [keyedHash(current.search, tenantId, purpose, value)];
    const others = this.#keys.filter((key) => key !== current);
    return [current, ...others].map((key) => keyedHash(key.search, tenantId, purpose, value));
  }

  digest(tenantId: number, value: string | Uint8Array): Uint8Array {
    return keyedHash(this.#digest, tenantId, '', value);
  }

  sign(data: Uint8Array): Signature {
    const key = this.#current();
    return { keyId: key.id, signature: sign(null, data, key.signing) };
  }

  verify(data: Uint8Array, keyId: string, signature: Uint8Array): boolean {
    const generation = this.#file.generations.find(({ id }) => id === keyId) ?? this.#reloaded().find(({ id }) => id === keyId);
    return generation !== undefined && verify(null, data, signingPublicKey(generation), signature);
  }

  isCurrent(sealed: Uint8Array): boolean {
    if (sealed.length < SMALLEST || sealed[0] !== VERSION) return false;
    return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length).readUInt32BE(KEY_ID_AT) === this.#current().number;
  }

  currentKeyId(): string {
    return this.#current().id;
  }

  generations(): readonly KeyGeneration[] {
    return this.#file.generations;
  }

  reload(): void {
    this.#stamp = stampOf(this.#path);
    const file = readKeyFile(this.#path);
    // While a process runs it keeps the keys it has: a file that is away for a moment must not stop the city.
    if (file !== undefined) this.#take(file);
  }

  #reloaded(): readonly KeyGeneration[] {
    this.reload();
    return this.#file.generations;
  }

  /** The key for new writes; looks now and then whether the file names a newer one. */
  #current(): ReadyKey {
    const now = this.#now().getTime();
    if (now - this.#lookedAt >= LOOK_EVERY_MS || now < this.#lookedAt) {
      this.#lookedAt = now;
      if (stampOf(this.#path) !== this.#stamp) this.reload();
    }
    for (let at = this.#keys.length - 1; at > 0; at--) {
      const key = this.#keys[at];
      if (key !== undefined && key.inForceFrom <= now) return key;
    }
    const first = this.#keys[0];
    if (first === undefined) throw new ProtectionError('key-missing', `no key in force in ${this.#path}`);
    return first;
  }

  #keyNumbered(number: number, place: Place): ReadyKey {
    let key = this.#byNumber.get(number);
    if (key === undefined) {
      // Another process may have made a key a moment ago.
      this.reload();
      key = this.#byNumber.get(number);
    }
    if (key !== undefined) return key;
    const id = number.toString(16).padStart(8, '0');
    throw new ProtectionError('key-missing', `the value in ${place.table}.${place.column} is sealed under the key ${id}, which is not in ${this.#path}`, id);
  }

  #take(file: KeyFile): void {
    const before = new Map(this.#keys.map((key) => [key.id, key]));
    this.#keys = file.generations.flatMap((generation) => before.get(generation.id) ?? makeReady(generation) ?? []);
    // A key retired meanwhile goes, also where it was ready before.
    this.#keys = this.#keys.filter((key) => file.generations.some(({ id, secrets }) => id === key.id && secrets !== undefined));
    this.#byNumber = new Map(this.#keys.map((key) => [key.number, key]));
    if (file.digest !== this.#file.digest) this.#digest = new HmacSm3(Buffer.from(file.digest, 'base64'));
    this.#file = file;
  }

  #room(bytes: number): Buffer {
    if (this.#work.length < bytes) this.#work = Buffer.allocUnsafeSlow(bytes);
    return this.#work;
  }

  /** Sixteen random bytes from a pool; none is ever used twice. */
  #randomBlock(target: Buffer): void {
    if (this.#randomAt === this.#random.length) {
      randomFillSync(this.#random);
      this.#randomAt = 0;
    }
    this.#random.copy(target, 0, this.#randomAt, this.#randomAt + BLOCK);
    this.#randomAt += BLOCK;
  }
}

function makeReady(generation: KeyGeneration): ReadyKey | undefined {
  const { secrets } = generation;
  if (secrets === undefined) return undefined;
  const encryption = Buffer.from(secrets.encryption, 'base64');
  const start = randomFillSync(Buffer.alloc(BLOCK));
  return {
    id: generation.id,
    number: Number.parseInt(generation.id, 16),
    inForceFrom: Date.parse(generation.inForceFrom),
    encrypt: createCipheriv('sm4-cbc', encryption, start).setAutoPadding(false),
    decrypt: createDecipheriv('sm4-cbc', encryption, start).setAutoPadding(false),
    authenticate: new HmacSm3(Buffer.from(secrets.authentication, 'base64')),
    search: new HmacSm3(Buffer.from(secrets.search, 'base64')),
    signing: signingPrivateKey(secrets),
  };
}

/**
 * Writes what is authenticated where the key hashes it: the place (its length first, so that nothing can move between place and value) and the
 * sealed bytes up to `end`. @returns its length.
 */
function authenticated(key: ReadyKey, place: Place, sealed: Buffer, end: number): number {
  // Names of tables and columns hold no "/", so the three strokes part the four pieces; the row is whatever follows.
  const context = `${place.tenantId}/${place.table}/${place.column}/${place.row}`;
  const message = key.authenticate.reserve(4 + context.length * 3 + end);
  const contextBytes = message.write(context, HmacSm3.start + 4);
  message.writeUInt32BE(contextBytes, HmacSm3.start);
  sealed.copy(message, HmacSm3.start + 4 + contextBytes, 0, end);
  return 4 + contextBytes + end;
}

function keyedHash(hmac: HmacSm3, tenantId: number, purpose: string, value: string | Uint8Array): Buffer {
  const context = `${tenantId}/${purpose}/`;
  const valueRoom = typeof value === 'string' ? value.length * 3 : value.length;
  const message = hmac.reserve(4 + context.length * 3 + valueRoom);
  const contextBytes = message.write(context, HmacSm3.start + 4);
  message.writeUInt32BE(contextBytes, HmacSm3.start);
  const valueAt = HmacSm3.start + 4 + contextBytes;
  let valueBytes = valueRoom;
  if (typeof value === 'string') valueBytes = message.write(value, valueAt);
  else message.set(value, valueAt);
  return hmac.code(4 + contextBytes + valueBytes);
}

/** Changes whenever the key file is replaced. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? 'missing' : `${found.ino}/${found.mtimeNs}/${found.size}`;
}
