// Arrays of values as PostgreSQL's binary form of them, to be given where `unnest` takes many rows: neither side has to spell a value out.

/** PostgreSQL counts days and microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
const HIGH = 0x100000000;
const DASH = 45;
const HEAD_BYTES = 20;

// Numbers of PostgreSQL's own types; they never change.
const types = { bytea: 17, bigint: 20, smallint: 21, integer: 23, text: 25, date: 1082, timestamptz: 1184, uuid: 2950, jsonb: 3802 } as const;

const nibbles = new Uint8Array(128);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  nibbles[text.charCodeAt(0)] = digit;
  nibbles[text.toUpperCase().charCodeAt(0)] = digit;
}

/** An array of one type; `most` is how many bytes its values need at most, `write` gives how many one took. */
function arrayOf<T>(type: keyof typeof types, values: readonly (T | null)[], most: number, write: (bytes: Buffer, at: number, value: T) => number): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + values.length * 4 + most);
  putInteger(bytes, 0, values.length === 0 ? 0 : 1);
  putInteger(bytes, 4, 0);
  putInteger(bytes, 8, types[type]);
  // An empty array has no dimensions.
  if (values.length === 0) return bytes.subarray(0, 12);
  putInteger(bytes, 12, values.length);
  putInteger(bytes, 16, 1);
  let end = HEAD_BYTES;
  let hasNull = false;
  for (const value of values) {
    if (value === null) {
      hasNull = true;
      end = putInteger(bytes, end, -1);
      continue;
    }
    const length = write(bytes, end + 4, value);
    end = putInteger(bytes, end, length) + length;
  }
  if (hasNull) putInteger(bytes, 4, 1);
  return bytes.subarray(0, end);
}

/** Writes 32 bits, the highest first, and gives where they end; lists are full of them, and what Buffer has for it looks at each twice. */
function putInteger(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
  return at + 4;
}

/** Longer texts are written faster by whoever calls the runtime for it. */
const SHORT = 64;

/** Writes a text in UTF-8 and gives how many bytes it took; short ones of ASCII, which most are, without a call of the runtime. */
function putText(bytes: Buffer, at: number, text: string): number {
  const { length } = text;
  if (length > SHORT) return bytes.write(text, at);
  for (let place = 0; place < length; place++) {
    const unit = text.charCodeAt(place);
    if (unit > 127) return bytes.write(text, at);
    bytes[at + place] = unit;
  }
  return length;
}

function lengthOf<T>(values: readonly (T | null)[], of: (value: T) => number): number {
  let sum = 0;
  for (const value of values) if (value !== null) sum += of(value);
  return sum;
}

function writeBigint(bytes: Buffer, at: number, value: number | bigint): number {
  if (typeof value === 'bigint') {
    bytes.writeBigInt64BE(value, at);
  } else {
    const high = Math.floor(value / HIGH);
    bytes.writeInt32BE(high, at);
    bytes.writeUInt32BE(value - high * HIGH, at + 4);
  }
  return 8;
}

/** Ids as people write them, for `::uuid[]`. */
export function uuidArray(values: readonly (string | null)[]): Buffer {
  return arrayOf('uuid', values, values.length * 16, (bytes, start, value) => {
    let at = start;
    for (let place = 0; place < 36; place += 2) {
      if (value.charCodeAt(place) === DASH) place++;
      bytes[at++] = ((nibbles[value.charCodeAt(place)] ?? 0) << 4) | (nibbles[value.charCodeAt(place + 1)] ?? 0);
    }
    return 16;
  });
}

/** Whole numbers, for `::bigint[]`; a number must hold its value exactly. */
export function bigintArray(values: readonly (number | bigint | null)[]): Buffer {
  return arrayOf('bigint', values, values.length * 8, writeBigint);
}

/** Small whole numbers, for `::smallint[]`. */
export function smallintArray(values: readonly number[]): Buffer {
  return arrayOf('smallint', values, values.length * 2, (bytes, at, value) => bytes.writeInt16BE(value, at) - at);
}

/** Whole numbers of 32 bits, for `::integer[]`. */
export function integerArray(values: readonly (number | null)[]): Buffer {
  return arrayOf('integer', values, values.length * 4, (bytes, at, value) => bytes.writeInt32BE(value, at) - at);
}

/** Texts, for `::text[]`. */
export function textArray(values: readonly (string | null)[]): Buffer {
  // No character needs more than three bytes for each unit of its string.
  return arrayOf('text', values, lengthOf(values, ({ length }) => length * 3), putText);
}

/** Bytes, for `::bytea[]`. */
export function byteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  return arrayOf('bytea', values, lengthOf(values, ({ length }) => length), (bytes, at, value) => {
    bytes.set(value, at);
    return value.length;
  });
}

/** Calendar days, `YYYY-MM-DD`, for `::date[]`. @throws RangeError for what is no day. */
export function dateArray(values: readonly (string | null)[]): Buffer {
  const days = new Map<string, number>();
  return arrayOf('date', values, values.length * 4, (bytes, at, value) => {
    let day = days.get(value);
    if (day === undefined) days.set(value, (day = dayOf(value)));
    return bytes.writeInt32BE(day, at) - at;
  });
}

/** Days since PostgreSQL's first. */
function dayOf(text: string): number {
  const instant = Date.parse(`${text}T00:00:00Z`);
  // The 30th of February would be taken for a day in March.
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text) throw new RangeError('not a calendar day');
  return Math.round((instant - EPOCH_MS) / DAY_MS);
}

/** Instants, for `::timestamptz[]`. */
export function instantArray(values: readonly (Date | null)[]): Buffer {
  return arrayOf('timestamptz', values, values.length * 8, (bytes, at, value) => writeBigint(bytes, at, (value.getTime() - EPOCH_MS) * 1000));
}

/** Whatever JSON can say, for `::jsonb[]`; null is SQL's null. */
export function jsonbArray(values: readonly unknown[]): Buffer {
  const texts = values.map((value) => (value === null ? null : JSON.stringify(value)));
  return arrayOf('jsonb', texts, lengthOf(texts, ({ length }) => 1 + length * 3), (bytes, at, text) => {
    // A version comes first.
    bytes[at] = 1;
    return 1 + bytes.write(text, at + 1);
  });
}
