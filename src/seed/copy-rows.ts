// Rows in the binary form of PostgreSQL's COPY, which neither side has to spell out: half the work of text.

const FIRST_SIZE = 1 << 20;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** PostgreSQL counts days and microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
const HIGH = 0x100000000;

/** Rows of one table; values are added column by column after `row`. */
export class CopyRows {
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  #end: number;
  #isEmpty = true;

  constructor() {
    this.#end = SIGNATURE.copy(this.#bytes);
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Begins a row. */
  row(columns: number): this {
    this.#room(2);
    this.#end = this.#bytes.writeInt16BE(columns, this.#end);
    this.#isEmpty = false;
    return this;
  }

  null(): this {
    this.#room(4);
    this.#end = this.#bytes.writeInt32BE(-1, this.#end);
    return this;
  }

  smallint(value: number): this {
    this.#room(6);
    this.#end = this.#bytes.writeInt16BE(value, this.#bytes.writeInt32BE(2, this.#end));
    return this;
  }

  integer(value: number): this {
    this.#room(8);
    this.#end = this.#bytes.writeInt32BE(value, this.#bytes.writeInt32BE(4, this.#end));
    return this;
  }

  /** A bigint; a number that holds it exactly, or a BigInt. */
  bigint(value: number | bigint): this {
    this.#room(12);
    this.#bytes.writeInt32BE(8, this.#end);
    if (typeof value === 'bigint') {
      this.#end = this.#bytes.writeBigInt64BE(value, this.#end + 4);
      return this;
    }
    const high = Math.floor(value / HIGH);
    this.#end = this.#bytes.writeUInt32BE(value - high * HIGH, this.#bytes.writeInt32BE(high, this.#end + 4));
    return this;
  }

  /** Text; the same short texts come again and again, so their bytes are kept. */
  text(value: string | null): this {
    if (value === null) return this.null();
    if (value.length <= LONGEST_KEPT) {
      let bytes = keptTexts.get(value);
      if (bytes === undefined) {
        bytes = Buffer.from(value);
        if (keptTexts.size < MOST_KEPT) keptTexts.set(value, bytes);
      }
      return this.bytes(bytes);
    }
    // No character needs more than three bytes for each unit of its string.
    this.#room(4 + value.length * 3);
    const length = this.#bytes.write(value, this.#end + 4);
    this.#bytes.writeInt32BE(length, this.#end);
    this.#end += 4 + length;
    return this;
  }

  jsonb(value: unknown): this {
    if (value === null) return this.null();
    const text = JSON.stringify(value);
    this.#room(5 + text.length * 3);
    // A version comes first.
    this.#bytes[this.#end + 4] = 1;
    const length = this.#bytes.write(text, this.#end + 5) + 1;
    this.#bytes.writeInt32BE(length, this.#end);
    this.#end += 4 + length;
    return this;
  }

  bytes(value: Uint8Array | null): this {
    if (value === null) return this.null();
    const { length } = value;
    this.#room(4 + length);
    const bytes = this.#bytes;
    let at = bytes.writeInt32BE(length, this.#end);
    for (let each = 0; each < length; each++) bytes[at++] = value[each] ?? 0;
    this.#end = at;
    return this;
  }

  /** A uuid as people write it. */
  uuid(value: string | null): this {
    if (value === null) return this.null();
    this.#room(20);
    const bytes = this.#bytes;
    let at = bytes.writeInt32BE(16, this.#end);
    for (let place = 0; place < 36; place += 2) {
      if (value.charCodeAt(place) === DASH) place++;
      bytes[at++] = ((nibbles[value.charCodeAt(place)] ?? 0) << 4) | (nibbles[value.charCodeAt(place + 1)] ?? 0);
    }
    this.#end = at;
    return this;
  }

  /** A calendar day, `YYYY-MM-DD`. */
  date(value: string | null): this {
    if (value === null) return this.null();
    let day = keptDays.get(value);
    if (day === undefined) keptDays.set(value, (day = Math.round((Date.parse(`${value}T00:00:00Z`) - EPOCH_MS) / DAY_MS)));
    return this.integer(day);
  }

  /** An instant, as milliseconds. */
  instant(atMs: number): this {
    return this.bigint((atMs - EPOCH_MS) * 1000);
  }

  /** One row again for each token, with the token in its second column. */
  repeatFor(tokens: readonly number[], tenantId: number, nameOrder: bigint, partyId: string): this {
    const start = this.#end;
    for (const [at, token] of tokens.entries()) {
      if (at === 0) {
        this.row(4).integer(tenantId).bigint(token).bigint(nameOrder).uuid(partyId);
        continue;
      }
      const size = 2 + 8 + 12 + 12 + 20;
      this.#room(size);
      this.#bytes.copy(this.#bytes, this.#end, start, start + size);
      const high = Math.floor(token / HIGH);
      this.#bytes.writeUInt32BE(token - high * HIGH, this.#bytes.writeInt32BE(high, this.#end + 14));
      this.#end += size;
    }
    return this;
  }

  /** All rows, ready to send; they may not be added to any more. */
  finish(): Buffer {
    this.#room(TRAILER.length);
    this.#end += TRAILER.copy(this.#bytes, this.#end);
    return this.#bytes.subarray(0, this.#end);
  }

  #room(needed: number): void {
    if (this.#end + needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + needed));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

const DASH = 45;
const nibbles = new Uint8Array(128);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  nibbles[text.charCodeAt(0)] = digit;
  nibbles[text.toUpperCase().charCodeAt(0)] = digit;
}

const LONGEST_KEPT = 20;
const MOST_KEPT = 50_000;
const keptTexts = new Map<string, Buffer>();
const keptDays = new Map<string, number>();
