// HMAC-SM3 (GB/T 15852.2, RFC 2104) over a scratch buffer: two one-shot hashes, which cost a third of a createHmac of node:crypto.

import { hash } from 'node:crypto';

/** SM3 works on blocks of 64 bytes and yields 32. */
const BLOCK = 64;
const HMAC_BYTES = 32;
/** Messages up to this length come again and again: values of a few words with the place they belong to. */
const SHORT = 1024;

/**
 * One keyed hash. The message is written in place: `reserve(n)` gives room for n bytes, `code(n)` hashes what was written there. Nothing is
 * kept between calls, and calls are synchronous, so one instance serves a process.
 */
export class HmacSm3 {
  readonly #outer: Buffer;
  readonly #innerPad: Buffer;
  #inner: Buffer;
  /** By the length of the message: the part of `#inner` that is hashed. Making such a view costs as much as a block of SM3. */
  #views: (Buffer | undefined)[] = [];

  constructor(key: Uint8Array) {
    const block = Buffer.alloc(BLOCK);
    block.set(key.length > BLOCK ? hash('sm3', key, 'buffer') : key);
    this.#innerPad = Buffer.from(block.map((byte) => byte ^ 0x36));
    this.#outer = Buffer.alloc(BLOCK + HMAC_BYTES);
    this.#outer.set(block.map((byte) => byte ^ 0x5c));
    this.#inner = Buffer.alloc(0);
    this.reserve(SHORT);
  }

  /** The buffer to write a message of up to `bytes` into, beginning at `HmacSm3.start`. */
  reserve(bytes: number): Buffer {
    if (this.#inner.length < BLOCK + bytes) {
      this.#inner = Buffer.allocUnsafeSlow(BLOCK + bytes);
      this.#inner.set(this.#innerPad);
      this.#views = [];
    }
    return this.#inner;
  }

  /** Where the message begins in the reserved buffer. */
  static readonly start = BLOCK;

  /** The code (32 bytes) of the first `bytes` bytes that were written into the reserved buffer. */
  code(bytes: number): Buffer {
    return Buffer.from(this.#codeText(bytes), 'latin1');
  }

  /** Writes the first `length` bytes of such a code to a place in `target`. */
  writeCode(bytes: number, target: Buffer, at: number, length: number): void {
    target.write(this.#codeText(bytes), at, length, 'latin1');
  }

  // As text, a character a byte ('binary' is latin1): a hash that comes as bytes of its own takes twice as long, and memory that only a full collection gives back.
  #codeText(bytes: number): string {
    this.#outer.write(hash('sm3', this.#view(bytes), 'binary'), BLOCK, 'latin1');
    return hash('sm3', this.#outer, 'binary');
  }

  #view(bytes: number): Buffer {
    if (bytes > SHORT) return this.#inner.subarray(0, BLOCK + bytes);
    return (this.#views[bytes] ??= this.#inner.subarray(0, BLOCK + bytes));
  }

  /** The code of a whole message. */
  of(message: Uint8Array): Buffer {
    this.reserve(message.length).set(message, BLOCK);
    return this.code(message.length);
  }
}
