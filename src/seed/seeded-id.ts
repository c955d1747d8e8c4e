// Ids of seeded rows: UUIDv7 that follow from seed and number, so that the same seed gives the same rows.
import type { Random } from './random.ts';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUIDv7 of an instant (milliseconds) whose random part comes from the stream. */
export function seededId(random: Random, atMs: number): string {
  const high = Math.floor(atMs / 0x10000);
  const a = random.bits();
  const b = random.bits();
  const c = random.bits();
  const byte = (value: number, shift: number): string => hex[(value >>> shift) & 0xff] ?? '';
  return (
    `${byte(high, 24)}${byte(high, 16)}${byte(high, 8)}${byte(high, 0)}-${byte(atMs % 0x10000, 8)}${byte(atMs % 0x10000, 0)}` +
    `-7${byte(a, 0).charAt(0)}${byte(a, 8)}-${hex[0x80 | ((a >>> 16) & 0x3f)] ?? ''}${byte(a, 24)}-${byte(b, 0)}${byte(b, 8)}${byte(b, 16)}${byte(b, 24)}${byte(c, 0)}${byte(c, 8)}`
  );
}
