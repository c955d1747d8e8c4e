// The form of a sealed file: frames of SM4-CBC with HMAC-SM3, each bound to its place, its number and whether it is the last.

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

// A file is: "WTB1", then frames. A frame is: length of the plain text and the mark of the last (4), IV (16), ciphertext, code (32).
const MAGIC = Buffer.from('WTB1');
const HEAD = 4;
const IV = 16;
const CODE = 32;
const BLOCK = 16;
const IS_LAST = 0x8000_0000;

/** Plain bytes of a frame; the last one may hold less. */
const FRAME_BYTES = 65_536;

/** SM4 takes 16 bytes of a data key, HMAC-SM3 the other 32. */
const CIPHER_KEY_BYTES = 16;
const DATA_KEY_BYTES = 48;

/** Thrown where a file is not what was written: a byte changed, frames moved, the end cut off or something added. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** A new data key, random. */
export function makeDataKey(): Buffer {
  return randomBytes(DATA_KEY_BYTES);
}

interface FrameKeys {
  readonly cipher: Uint8Array;
  readonly code: KeyObject;
  readonly label: Buffer;
}

function keysOf(dataKey: Uint8Array, label: string): FrameKeys {
  if (dataKey.length !== DATA_KEY_BYTES) throw new RangeError(`a data key has ${DATA_KEY_BYTES} bytes, not ${dataKey.length}`);
  return { cipher: dataKey.subarray(0, CIPHER_KEY_BYTES), code: createSecretKey(dataKey.subarray(CIPHER_KEY_BYTES)), label: Buffer.from(`${label}\n`) };
}

/** Seals `content` frame by frame; `label` says where the file belongs. */
export function* sealFrames(dataKey: Uint8Array, label: string, content: Uint8Array): Generator<Buffer> {
  const keys = keysOf(dataKey, label);
  yield MAGIC;
  const frames = Math.max(1, Math.ceil(content.length / FRAME_BYTES));
  for (let number = 0; number < frames; number++) {
    const plain = content.subarray(number * FRAME_BYTES, (number + 1) * FRAME_BYTES);
    const start = Buffer.allocUnsafe(HEAD + IV);
    start.writeUInt32BE((plain.length | (number === frames - 1 ? IS_LAST : 0)) >>> 0, 0);
    randomBytes(IV).copy(start, HEAD);
    const cipher = createCipheriv('sm4-cbc', keys.cipher, start.subarray(HEAD));
    const sealed = Buffer.concat([start, cipher.update(plain), cipher.final()]);
    yield Buffer.concat([sealed, codeOf(keys, number, sealed)]);
  }
}

/**
 * Opens a sealed file as it is read, a frame at a time; no byte is given out before its frame is authentic.
 * @throws FrameError where anything is not as it was written.
 */
export async function* openFrames(dataKey: Uint8Array, label: string, file: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const keys = keysOf(dataKey, label);
  const input = new ByteReader(file);
  const magic = await input.take(MAGIC.length);
  if (magic?.equals(MAGIC) !== true) throw new FrameError('not a sealed file');
  for (let number = 0; ; number++) {
    const head = await input.take(HEAD);
    if (head === undefined) throw new FrameError('the end is missing');
    const word = head.readUInt32BE();
    const [isLast, plainBytes] = [word >= IS_LAST, word % IS_LAST];
    if (plainBytes > FRAME_BYTES) throw new FrameError('a frame is too long');
    const sealedBytes = IV + plainBytes + (BLOCK - (plainBytes % BLOCK));
    const rest = await input.take(sealedBytes + CODE);
    if (rest === undefined) throw new FrameError('a frame is cut off');
    const sealed = rest.subarray(0, sealedBytes);
    if (!timingSafeEqual(codeOf(keys, number, head, sealed), rest.subarray(sealedBytes))) throw new FrameError('a frame was changed');
    const decipher = createDecipheriv('sm4-cbc', keys.cipher, sealed.subarray(0, IV));
    const plain = Buffer.concat([decipher.update(sealed.subarray(IV)), decipher.final()]);
    if (isLast && (await input.take(1)) !== undefined) throw new FrameError('something follows the end');
    yield plain;
    if (isLast) return;
  }
}

function codeOf(keys: FrameKeys, number: number, ...parts: readonly Uint8Array[]): Buffer {
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(number);
  const hmac = createHmac('sm3', keys.code).update(keys.label).update(counted);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Takes exact numbers of bytes from chunks of any size. */
class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** The next `bytes` bytes, or undefined where there are not as many. */
  async take(bytes: number): Promise<Buffer | undefined> {
    while (this.#held.length < bytes) {
      const next = await this.#chunks.next();
      if (next.done === true) return undefined;
      this.#held = this.#held.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#held, next.value]);
    }
    const taken = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    return taken;
  }
}
