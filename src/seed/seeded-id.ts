// Ids of seeded rows: UUIDv7 that follow from seed and number, so that the same seed gives the same rows.
import type { Random } from './random.ts';

/** Four hexadecimal digits of each 16 bits: few pieces make a text that is quickly read again. */
const digits = Array.from({ length: 0x10000 }, (_, bits) => bits.toString(16).padStart(4, '0'));
const spell = (bits: number): string => digits[bits & 0xffff] ?? '';
/** The lower or upper two bytes of 32 bits, the lower byte first. */
const lower = (bits: number): string => spell(((bits & 0xff) << 8) | ((bits >>> 8) & 0xff));
const upper = (bits: number): string => lower(bits >>> 16);

/** A UUIDv7 of an instant (milliseconds) whose random part comes from the stream. */
export function seededId(random: Random, atMs: number): string {
  const high = Math.floor(atMs / 0x10000);
  const a = random.bits();
  const b = random.bits();
  const c = random.bits();
  const version = 0x7000 | (((a >>> 4) & 0xf) << 8) | ((a >>> 8) & 0xff);
  const variant = 0x8000 | (((a >>> 16) & 0x3f) << 8) | (a >>> 24);
  return `${spell(high >>> 16)}${spell(high)}-${spell(atMs % 0x10000)}-${spell(version)}-${spell(variant)}-${lower(b)}${upper(b)}${lower(c)}`;
}
