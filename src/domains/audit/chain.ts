// What the chain of the audit trail is made of: the bytes that stand for an entry, a seal, a head and a day's root, and their SM3 digests.
import { hash } from 'node:crypto';

/** An entry exactly as the database holds it, every value as text, so that nothing is lost on the way to its digest. */
export interface SealedEntry {
  readonly entryId: string;
  /** Microseconds since 1970 as digits: whatever the time zone of the reader, the same. */
  readonly atMicros: string;
  readonly accountId: string | null;
  readonly sessionId: string | null;
  readonly capacity: string;
  readonly action: string;
  readonly outcome: string;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly detail: string;
  readonly requestId: string | null;
}

/** What a seal adds to its entry. */
export interface SealPlace {
  readonly tenantId: number;
  readonly seq: number;
  /** The digest before it; `chainStart` for the first. */
  readonly previous: Uint8Array;
  readonly sealedAtMicros: string;
}

/** Where a chain ends. */
export interface Head {
  readonly tenantId: number;
  readonly seq: number;
  readonly digest: Uint8Array;
}

/** The seals of one day. */
export interface Day {
  readonly tenantId: number;
  /** Day of Asia/Shanghai, 2026-06-30. */
  readonly onDay: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The digest of the day's last seal; it stands for all before it. */
  readonly digest: Uint8Array;
}

/** What stands before the first seal of a tenant. */
export const chainStart: Uint8Array = new Uint8Array(32);

/** The digest of a seal. */
export function digestSeal({ tenantId, seq, previous, sealedAtMicros }: SealPlace, entry: SealedEntry): Uint8Array {
  return digestOf([
    'wutong-audit-seal-1', String(tenantId), String(seq), previous, sealedAtMicros,
    entry.entryId, entry.atMicros, entry.accountId, entry.sessionId, entry.capacity, entry.action, entry.outcome, entry.objectKind, entry.objectId, entry.detail, entry.requestId,
  ]);
}

/** The bytes of a head that are signed. */
export function bytesOfHead({ tenantId, seq, digest }: Head): Uint8Array {
  return Uint8Array.from(encode(['wutong-audit-head-1', String(tenantId), String(seq), digest]));
}

/** The root of a day: what is signed, and kept outside where somebody wants to hold the trail to it. */
export function rootOf({ tenantId, onDay, firstSeq, lastSeq, digest }: Day): Uint8Array {
  return digestOf(['wutong-audit-root-1', String(tenantId), onDay, String(firstSeq), String(lastSeq), digest]);
}

/** The day in Asia/Shanghai of an instant in microseconds. */
export function dayOf(micros: string): string {
  const SHANGHAI_MS = 8 * 3_600_000;
  return new Date(Math.floor(Number(micros) / 1000) + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** An instant as the chain writes it. */
export function microsOf(instant: Date): string {
  return `${instant.getTime()}000`;
}

type Field = string | Uint8Array | null;

function digestOf(fields: readonly Field[]): Uint8Array {
  return hash('sm3', encode(fields), 'buffer');
}

const LENGTH_BYTES = 4;
/** The longest that UTF-8 makes of a character of a JavaScript string. */
const MOST_BYTES = 3;
const ABSENT = 0xffff_ffff;
/** Used again for every entry: a trail has millions, and calls are synchronous. */
let room = Buffer.allocUnsafeSlow(16 * 1024);

/** Each field by its length, so that no two lists of fields give the same bytes; what is not there is no empty text. The result is good until the next call. */
function encode(fields: readonly Field[]): Uint8Array {
  const most = fields.reduce((sum, field) => sum + LENGTH_BYTES + (field?.length ?? 0) * MOST_BYTES, 0);
  if (most > room.length) room = Buffer.allocUnsafeSlow(most);
  let at = 0;
  for (const field of fields) {
    let length = ABSENT;
    if (typeof field === 'string') length = room.write(field, at + LENGTH_BYTES, 'utf8');
    else if (field !== null) {
      room.set(field, at + LENGTH_BYTES);
      length = field.length;
    }
    room.writeUInt32BE(length, at);
    at += LENGTH_BYTES + (length === ABSENT ? 0 : length);
  }
  return room.subarray(0, at);
}
