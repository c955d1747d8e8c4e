// Rows in the binary form of PostgreSQL's COPY, which neither side has to spell out: half the work of text.

const FIRST_SIZE = 1 << 20;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** PostgreSQL counts days and microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const HIGH = 0x100000000;

/** Rows of one table; values are added column by column after `row`. */
export class CopyRows {
  #bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  // A view sets numbers without the checks that a buffer makes of each.
  #view = viewOf(this.#bytes);
  #end: number;
  #isEmpty = true;

  constructor() {
    this.#end = SIGNATURE.copy(this.#bytes);
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** No rows again, in the same memory: nobody may still be sending it. */
  clear(): void {
    this.#end = SIGNATURE.length;
    this.#isEmpty = true;
  }

  /** Begins a row. */
  row(columns: number): this {
    this.#room(2);
    this.#view.setInt16(this.#end, columns);
    this.#end += 2;
    this.#isEmpty = false;
    return this;
  }

  null(): this {
    this.#begin(0, -1);
    return this;
  }

  smallint(value: number): this {
    const at = this.#begin(2, 2);
    this.#view.setInt16(at, value);
    return this;
  }

  integer(value: number): this {
    const at = this.#begin(4, 4);
    this.#view.setInt32(at, value);
    return this;
  }

  /** A bigint; a number that holds it exactly, or a BigInt. */
  bigint(value: number | bigint): this {
    const at = this.#begin(8, 8);
    if (typeof value === 'bigint') this.#view.setBigInt64(at, value);
    else this.#setWhole(at, value);
    return this;
  }

  text(value: string | null): this {
    if (value === null) return this.null();
    if (value.length > LONGEST_SPELLED) return this.#textAfter(value, -1);
    // A short text is spelled here sooner than by a call out of JavaScript.
    this.#room(4 + value.length * 3);
    const bytes = this.#bytes;
    const start = this.#end + 4;
    let at = start;
    for (let each = 0; each < value.length; each++) {
      const unit = value.charCodeAt(each);
      if (unit < 0x80) {
        bytes[at++] = unit;
      } else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else if (unit >= 0xd800 && unit <= 0xdfff) {
        // Halves of characters beyond the first 65,536 are rare.
        return this.#textAfter(value, -1);
      } else {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      }
    }
    this.#view.setInt32(this.#end, at - start);
    this.#end = at;
    return this;
  }

  jsonb(value: unknown): this {
    // A version comes first.
    return value === null ? this.null() : this.#textAfter(JSON.stringify(value), 1);
  }

  bytes(value: Uint8Array | null): this {
    if (value === null) return this.null();
    const { length } = value;
    let at = this.#begin(length, length);
    const bytes = this.#bytes;
    for (let each = 0; each < length; each++) bytes[at++] = value[each] ?? 0;
    return this;
  }

  /** A uuid as people write it. */
  uuid(value: string | null): this {
    if (value === null) return this.null();
    if (value !== lastUuid) {
      readUuid(value, lastUuidBytes);
      lastUuid = value;
    }
    let at = this.#begin(16, 16);
    const bytes = this.#bytes;
    for (let each = 0; each < 16; each++) bytes[at++] = lastUuidBytes[each] ?? 0;
    return this;
  }

  /** A calendar day, `YYYY-MM-DD`. */
  date(value: string | null): this {
    return value === null ? this.null() : this.integer(daysSince2000(value));
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
      this.#room(SIZE_OF_TOKEN_ROW);
      this.#bytes.copyWithin(this.#end, start, start + SIZE_OF_TOKEN_ROW);
      this.#setWhole(this.#end + 14, token);
      this.#end += SIZE_OF_TOKEN_ROW;
    }
    return this;
  }

  /** All rows, ready to send; they may not be added to before they are sent and cleared. */
  finish(): Buffer {
    this.#room(TRAILER.length);
    this.#end += TRAILER.copy(this.#bytes, this.#end);
    return this.#bytes.subarray(0, this.#end);
  }

  /** Begins a value of a length (-1 for null) that takes `size` bytes. @returns where it stands. */
  #begin(size: number, length: number): number {
    this.#room(4 + size);
    this.#view.setInt32(this.#end, length);
    const at = this.#end + 4;
    this.#end = at + size;
    return at;
  }

  /** A whole number that a JavaScript number holds exactly, in eight bytes. */
  #setWhole(at: number, value: number): void {
    const high = Math.floor(value / HIGH);
    this.#view.setInt32(at, high);
    this.#view.setUint32(at + 4, value - high * HIGH);
  }

  /** Text of any length, after one byte where that is not -1. */
  #textAfter(value: string, first: number): this {
    // No character needs more than three bytes for each unit of its string.
    this.#room(5 + value.length * 3);
    let at = this.#end + 4;
    if (first !== -1) this.#bytes[at++] = first;
    at += this.#bytes.write(value, at);
    this.#view.setInt32(this.#end, at - this.#end - 4);
    this.#end = at;
    return this;
  }

  #room(needed: number): void {
    if (this.#end + needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#end + needed));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

const LONGEST_SPELLED = 24;
const SIZE_OF_TOKEN_ROW = 2 + 8 + 12 + 12 + 20;
const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

// A person's id stands in a row of each table, one after another.
let lastUuid = '';
const lastUuidBytes = new Uint8Array(16);
const DASH = 45;
const nibbles = new Uint8Array(128);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  nibbles[text.charCodeAt(0)] = digit;
  nibbles[text.toUpperCase().charCodeAt(0)] = digit;
}

function readUuid(value: string, bytes: Uint8Array): void {
  let at = 0;
  for (let place = 0; place < 36; place += 2) {
    if (value.charCodeAt(place) === DASH) place++;
    bytes[at++] = ((nibbles[value.charCodeAt(place)] ?? 0) << 4) | (nibbles[value.charCodeAt(place + 1)] ?? 0);
  }
}

/** Days from 2000-01-01 to a day of the Gregorian calendar: years counted from March, so that a leap day comes last. */
function daysSince2000(day: string): number {
  const month = twoDigits(day, 5);
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month < 3 ? 1 : 0);
  const century = Math.floor(year / 100);
  return year * 365 + Math.floor(year / 4) - century + Math.floor(century / 4) + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + twoDigits(day, 8) - DAYS_UP_TO_2000;
}

/** From March of the year 0 to 2000-01-01, counted as above. */
const DAYS_UP_TO_2000 = 730_426;
const twoDigits = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
