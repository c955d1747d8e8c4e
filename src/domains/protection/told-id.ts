// Another spelling of a record's id, which does not say when the record was made; whoever has the keys reads it back.
import type { Protector } from './protector.ts';

const HALF = 61n;
const MASK = (1n << HALF) - 1n;
const ROUNDS = 6;
const TOLD = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Entries that name a person. */
const OF_A_PERSON = /^(?:party|person|relative|subject)Id$|PartyId$/;
// Deeper than any endpoint's fields lie.
const MOST_LEVELS = 4;

type Digests = Pick<Protector, 'digest'>;

/**
 * The id (a UUIDv7, RFC 9562) as a UUIDv8 whose bits say nothing: a Feistel network over its 122 free bits, of six rounds with the keyed digest. The
 * same id always gives the same spelling.
 */
export function spellId(protector: Digests, tenantId: number, id: string): string {
  let [left, right] = halvesOf(id);
  for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ mixed(protector, tenantId, round, right)];
  return idOf(left, right, '8');
}

/** The id that was spelled so; of anything but a UUIDv8 itself. */
export function readSpelledId(protector: Digests, tenantId: number, told: string): string {
  if (!TOLD.test(told)) return told;
  let [left, right] = halvesOf(told);
  for (let round = ROUNDS - 1; round >= 0; round--) [left, right] = [right ^ mixed(protector, tenantId, round, left), left];
  return idOf(left, right, '7');
}

/** A caller's entries with every person's id that stands in the other spelling read back; ids of other things may be UUIDv8 of their own. */
export function readSpelledIds<T>(protector: Digests, tenantId: number, given: T, levels = MOST_LEVELS): T {
  if (typeof given !== 'object' || given === null || levels === 0) return given;
  if (Array.isArray(given)) return given.map((each: unknown) => readSpelledIds(protector, tenantId, each, levels - 1)) as T;
  const read = (name: string, value: unknown): unknown =>
    typeof value === 'string' && OF_A_PERSON.test(name) ? readSpelledId(protector, tenantId, value) : readSpelledIds(protector, tenantId, value, levels - 1);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, read(name, value)])) as T;
}

function mixed(protector: Digests, tenantId: number, round: number, half: bigint): bigint {
  return Buffer.from(protector.digest(tenantId, `told-id:${round}:${half.toString(16)}`)).readBigUInt64BE(0) & MASK;
}

/** The bits that are neither version nor variant, in two halves. */
function halvesOf(id: string): [bigint, bigint] {
  const hex = id.replaceAll('-', '');
  const bits = (BigInt(`0x${hex.slice(0, 12)}${hex.slice(13, 16)}`) << 62n) | (BigInt(`0x${hex.slice(16)}`) & ((1n << 62n) - 1n));
  return [bits >> HALF, bits & MASK];
}

function idOf(left: bigint, right: bigint, version: '7' | '8'): string {
  const bits = (left << HALF) | right;
  const front = (bits >> 62n).toString(16).padStart(15, '0');
  const back = ((bits & ((1n << 62n) - 1n)) | (2n << 62n)).toString(16);
  return `${front.slice(0, 8)}-${front.slice(8, 12)}-${version}${front.slice(12)}-${back.slice(0, 4)}-${back.slice(4)}`;
}
