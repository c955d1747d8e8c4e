// Walks the chain of a tenant's audit trail and tells every place where it does not hold.
import { sql } from 'kysely';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { countWaiting, findDigest, findHead, findSpan, type HeadRow, listRoots, listSeals, listStrays, type RootRow, type SealRow } from './audit-store.ts';
import { bytesOfHead, chainStart, type Day, dayOf, digestSeal, rootOf } from './chain.ts';

/** One place where the trail does not hold. Numbers are those of the chain. */
export type Finding =
  /** No seal has these numbers. */
  | { readonly kind: 'gap'; readonly from: number; readonly to: number }
  /** The end of the chain is gone: its head knows of these seals. */
  | { readonly kind: 'tail-missing'; readonly from: number; readonly to: number }
  /** The seal is there, its entry is not. */
  | { readonly kind: 'missing'; readonly seq: number; readonly entryId: string }
  /** The entry is not what was sealed. */
  | { readonly kind: 'changed'; readonly seq: number; readonly entryId: string }
  /** The seal itself is not what was written. */
  | { readonly kind: 'seal-changed'; readonly seq: number; readonly entryId: string }
  /** What stands at `seq` was sealed as number `belongsAt`. */
  | { readonly kind: 'reordered'; readonly seq: number; readonly belongsAt: number; readonly entryId: string }
  /** Every seal holds by itself, but this one does not follow the one before it. */
  | { readonly kind: 'chain-broken'; readonly seq: number }
  /** An entry that neither waits nor was sealed: written past the system. */
  | { readonly kind: 'unaccounted'; readonly entryId: string }
  | { readonly kind: 'queued-without-entry'; readonly entryId: string }
  | { readonly kind: 'queued-though-sealed'; readonly entryId: string }
  /** Where the chain ends is not signed by this installation's keys, or is not where it ends. */
  | { readonly kind: 'head-changed' | 'head-missing' }
  /** People have signed in here, and there is no entry at all. */
  | { readonly kind: 'trail-missing' }
  /** The day's root is wrong or not signed by this installation's keys. */
  | { readonly kind: 'root-changed' | 'root-missing'; readonly onDay: string }
  /** This machine has seen the chain at number `seq`, with another digest or further on than it is now. */
  | { readonly kind: 'witness-differs'; readonly seq: number };

/** What a machine wrote down outside the database when it last sealed. */
export interface Witnessed {
  readonly seq: number;
  readonly digest: Uint8Array;
}

/** What to verify, and what there is to verify it with. */
export interface VerifyOptions {
  /** Days of Asia/Shanghai on which entries were sealed, both included; without them all. */
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  /** Undefined where there are no keys: then signatures stay unchecked. */
  readonly protector?: Protector | undefined;
  /**
   * The keys that are here, and since when. What another key signed before that counts as unchecked: the database was restored without its keys.
   * After that nothing else can have signed, so it counts as bad; without this so does everything.
   */
  readonly keys?: { readonly known: ReadonlySet<string>; readonly since: Date } | undefined;
  readonly witnessed?: Witnessed | undefined;
  /** Whether somebody has ever signed in to this city: that is on the trail, so an empty trail was emptied. */
  readonly hasVisitors?: boolean | undefined;
  readonly onProgress?: (checked: number, of: number) => void;
}

/** What verification found. */
export interface Report {
  /** Seals that were looked at, and the numbers between which they lie. */
  readonly sealed: number;
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  /** Entries that wait for the sealer. */
  readonly unsealed: number;
  readonly oldestUnsealedAt: Date | null;
  /** Unchecked: signed by a key that is not here. Waiting: days whose root comes with the next entry. */
  readonly roots: { readonly good: number; readonly bad: number; readonly unchecked: number; readonly waiting: number };
  readonly headSignature: 'good' | 'bad' | 'unchecked' | 'none';
  /** How often each kind was found. */
  readonly counts: Readonly<Partial<Record<Finding['kind'], number>>>;
  /** The places, in the chain's order; at most `mostFindings`. */
  readonly findings: readonly Finding[];
  /** Whether this machine remembered where the chain was; else an earlier state of the whole database goes unnoticed. */
  readonly isWitnessed: boolean;
  readonly isGood: boolean;
}

/** How many places a report names; `counts` tells of all. */
export const mostFindings = 1000;

const PAGE = 5000;
/** Mismatches among which places that were traded are looked for; the work grows by their square. */
const MOST_COMPARED = 400;

/**
 * Verifies one tenant's trail against one snapshot of the database; changes nothing.
 * @throws RangeError for days that are none.
 */
export async function verifyAudit(db: Database, scope: Scope<'audit.verify'>, options: VerifyOptions = {}): Promise<Report> {
  const { fromDay, toDay } = options;
  const from = fromDay === undefined ? undefined : startOf(fromDay);
  const before = toDay === undefined ? undefined : new Date(startOf(toDay).getTime() + DAY_MS);
  return inTenant(db, scope.tenantId, async (tx) => {
    // Sealing goes on meanwhile; one snapshot makes the counts fit each other.
    await sql`set transaction isolation level repeatable read, read only`.execute(tx);
    const span = from === undefined && before === undefined ? undefined : await findSpan(tx, scope, from, before);
    const head = await findHead(tx, scope);
    const walk = await walkSeals(tx, scope, span, head?.seq ?? 0, options);
    const isWhole = span === undefined;
    const findings: Finding[] = [...walk.findings];
    const endsAt = before === undefined;
    if (endsAt) findings.push(...checkTail(head, walk, isWhole));
    const headSignature = checkSignature(head === undefined ? undefined : { ...head, bytes: bytesOfHead({ tenantId: scope.tenantId, ...head }), at: new Date(Number(head.sealedAtMicros) / 1000) }, options);
    if (headSignature === 'bad') findings.push({ kind: 'head-changed' });
    if (endsAt) findings.push(...(await checkWitness(tx, scope, options.witnessed)));
    const roots = checkRoots(await listRoots(tx, scope), walk, scope.tenantId, options, isWhole);
    findings.push(...roots.findings);
    const strays = isWhole ? await listStrays(tx, scope, mostFindings) : [];
    findings.push(...strays.map(({ kind, entryId }) => ({ kind, entryId })));
    const { count: unsealed, oldestAt: oldestUnsealedAt } = await countWaiting(tx, scope, Number.MAX_SAFE_INTEGER);
    if (isWhole && options.hasVisitors === true && head === undefined && walk.sealed === 0 && unsealed === 0 && strays.length === 0) findings.push({ kind: 'trail-missing' });
    const counts: Partial<Record<Finding['kind'], number>> = { ...walk.uncounted };
    const unique = withoutTwins(findings);
    for (const { kind } of unique) counts[kind] = (counts[kind] ?? 0) + 1;
    return {
      sealed: walk.sealed, firstSeq: walk.firstSeq, lastSeq: walk.lastSeq,
      // Rows of the queue that are strays do not wait for anything.
      unsealed: unsealed - strays.filter(({ kind }) => kind !== 'unaccounted').length, oldestUnsealedAt,
      roots: roots.tally, headSignature, counts, findings: unique.slice(0, mostFindings), isWitnessed: (options.witnessed?.seq ?? 0) > 0, isGood: Object.keys(counts).length === 0,
    };
  });
}

const DAY_MS = 86_400_000;

/** The instant at which a day begins in Asia/Shanghai. */
function startOf(day: string): Date {
  const start = new Date(`${day}T00:00:00+08:00`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(start.getTime()) || dayOf(`${start.getTime()}000`) !== day) throw new RangeError(day);
  return start;
}

/** What is known once all seals were looked at. */
interface Walk {
  readonly sealed: number;
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  readonly lastDigest: Uint8Array | undefined;
  /** The seals of each day. */
  readonly days: readonly Day[];
  readonly findings: readonly Finding[];
  /** Findings beyond those that are kept, by kind. */
  readonly uncounted: Readonly<Partial<Record<Finding['kind'], number>>>;
}

/** A seal whose digest is not that of its entry, with its neighbours' part of the matter. */
interface Mismatch {
  readonly row: SealRow;
  /** The digest stored before it. */
  readonly before: Uint8Array;
  /** What the seal after it says came before; undefined for the last. */
  after: Uint8Array | undefined;
}

async function walkSeals(tx: Tx, scope: Scope<'audit.verify'>, span: { first: number | null; last: number | null } | undefined, endSeq: number, { onProgress }: VerifyOptions): Promise<Walk> {
  const { tenantId } = scope;
  const findings: Finding[] = [];
  const uncounted: Partial<Record<Finding['kind'], number>> = {};
  const add = (finding: Finding): void => {
    if (findings.length < mostFindings) findings.push(finding);
    else uncounted[finding.kind] = (uncounted[finding.kind] ?? 0) + 1;
  };
  const mismatches: Mismatch[] = [];
  const broken: number[] = [];
  const days = new Map<string, Day>();
  if (span?.first === null) return { sealed: 0, firstSeq: null, lastSeq: null, lastDigest: undefined, days: [], findings, uncounted };

  const start = (span?.first ?? 1) - 1;
  let expected = start + 1;
  let before: Uint8Array | undefined = start === 0 ? chainStart : await findDigest(tx, scope, start);
  let lastMismatch: Mismatch | undefined;
  let sealed = 0;
  let firstSeq: number | null = null;
  let lastSeq: number | null = null;
  for (let after = start; ; ) {
    const page = (await listSeals(tx, scope, after, PAGE)).filter(({ seq }) => seq <= (span?.last ?? Infinity));
    for (const row of page) {
      const { seq, digest, previous, sealedAtMicros, entry, sealedEntryId } = row;
      if (seq > expected) {
        add({ kind: 'gap', from: expected, to: seq - 1 });
        // What came before the gap is not there to be compared with.
        before = undefined;
      }
      if (lastMismatch !== undefined && lastMismatch.row.seq === seq - 1) lastMismatch.after = previous;
      lastMismatch = undefined;
      const follows = before === undefined || equal(previous, before);
      if (!follows) broken.push(seq);
      if (entry === undefined) add({ kind: 'missing', seq, entryId: sealedEntryId });
      else if (!equal(digestSeal({ tenantId, seq, previous, sealedAtMicros }, entry), digest)) {
        const mismatch: Mismatch = { row, before: before ?? previous, after: undefined };
        if (mismatches.length < MOST_COMPARED) {
          mismatches.push(mismatch);
          lastMismatch = mismatch;
        } else add({ kind: 'changed', seq, entryId: sealedEntryId });
      }
      const onDay = dayOf(sealedAtMicros);
      days.set(onDay, { tenantId, onDay, firstSeq: days.get(onDay)?.firstSeq ?? seq, lastSeq: seq, digest });
      firstSeq ??= seq;
      lastSeq = seq;
      before = digest;
      expected = seq + 1;
      sealed++;
    }
    onProgress?.(sealed, Math.max(sealed, (span?.last ?? endSeq) - start));
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.seq;
  }
  const explained = new Set<number>();
  const freeNumbers = findings.flatMap((finding) => (finding.kind === 'gap' ? numbersOf(finding.from, finding.to) : []));
  for (const mismatch of mismatches) {
    const finding = explain(mismatch, mismatches, [...freeNumbers, ...numbersOf(expected, endSeq)], tenantId);
    add(finding);
    explained.add(mismatch.row.seq);
  }
  // A link is broken beside every seal that was changed; only one that nothing else explains is told.
  for (const seq of broken) if (!explained.has(seq) && !explained.has(seq - 1)) add({ kind: 'chain-broken', seq });
  return { sealed, firstSeq, lastSeq, lastDigest: before, days: [...days.values()], findings: findings.sort((one, other) => placeOf(one) - placeOf(other)), uncounted };
}

/** What was done to a seal that does not fit its entry. */
function explain({ row, before, after }: Mismatch, all: readonly Mismatch[], free: readonly number[], tenantId: number): Finding {
  const { seq, digest, previous, sealedAtMicros, entry, sealedEntryId: entryId } = row;
  if (entry === undefined) return { kind: 'missing', seq, entryId };
  const others = all.filter((other) => other.row !== row);
  // The whole seal stands under another number.
  for (const belongsAt of [...others.map((other) => other.row.seq), ...free]) {
    if (equal(digestSeal({ tenantId, seq: belongsAt, previous, sealedAtMicros }, entry), digest)) return { kind: 'reordered', seq, belongsAt, entryId };
  }
  // The seal stands where it did, and names an entry that was sealed under another number.
  for (const { row: other } of others) {
    if (other.entry !== undefined && equal(digestSeal({ tenantId, seq, previous, sealedAtMicros }, other.entry), digest)) return { kind: 'reordered', seq, belongsAt: other.seq, entryId };
  }
  const isOnlySeal =
    // What the next seal took over is what the entry gives: only the digest is another.
    (after !== undefined && equal(digestSeal({ tenantId, seq, previous, sealedAtMicros }, entry), after)) ||
    // With the digest that really stands before it, it holds.
    (!equal(previous, before) && equal(digestSeal({ tenantId, seq, previous: before, sealedAtMicros }, entry), digest));
  return { kind: isOnlySeal ? 'seal-changed' : 'changed', seq, entryId };
}

/** Up to as many numbers as are compared. */
function numbersOf(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(MOST_COMPARED, to - from + 1)) }, (_, index) => from + index);
}

function checkTail(head: HeadRow | undefined, { lastSeq, lastDigest }: Walk, isWhole: boolean): readonly Finding[] {
  if (head === undefined) return lastSeq === null ? [] : [{ kind: 'head-missing' }];
  // Of a span that ends today and is empty, nothing can be said.
  const endsAt = lastSeq ?? (isWhole ? 0 : head.seq);
  if (head.seq > endsAt) return [{ kind: 'tail-missing', from: endsAt + 1, to: head.seq }];
  if (head.seq < endsAt || (lastDigest !== undefined && lastSeq !== null && !equal(head.digest, lastDigest))) return [{ kind: 'head-changed' }];
  return [];
}

/** Compares with what this machine saw, which nobody who can only reach the database can bend. */
async function checkWitness(tx: Tx, scope: Scope<'audit.verify'>, witnessed: Witnessed | undefined): Promise<readonly Finding[]> {
  if (witnessed === undefined || witnessed.seq === 0) return [];
  const digest = await findDigest(tx, scope, witnessed.seq);
  return digest !== undefined && equal(digest, witnessed.digest) ? [] : [{ kind: 'witness-differs', seq: witnessed.seq }];
}

type SignatureState = 'good' | 'bad' | 'unchecked' | 'none';

function checkSignature(signed: { readonly bytes: Uint8Array; readonly keyId: string; readonly signature: Uint8Array; readonly at: Date } | undefined, { protector, keys }: VerifyOptions): SignatureState {
  if (signed === undefined) return 'none';
  const isForeign = keys !== undefined && !keys.known.has(signed.keyId) && signed.at < keys.since;
  if (protector === undefined || isForeign) return 'unchecked';
  return protector.verify(signed.bytes, signed.keyId, signed.signature) ? 'good' : 'bad';
}

function checkRoots(roots: readonly RootRow[], { days, lastSeq }: Walk, tenantId: number, options: VerifyOptions, isWhole: boolean): { tally: Report['roots']; findings: readonly Finding[] } {
  const tally = { good: 0, bad: 0, unchecked: 0, waiting: 0 };
  const findings: Finding[] = [];
  const byDay = new Map(roots.map((root) => [root.onDay, root]));
  for (const day of days) {
    const root = byDay.get(day.onDay);
    if (root === undefined) {
      // The root of the last day comes once the day is over and the next entry is sealed.
      if (day.lastSeq === lastSeq) tally.waiting++;
      else {
        tally.bad++;
        findings.push({ kind: 'root-missing', onDay: day.onDay });
      }
      continue;
    }
    const signature = checkSignature({ bytes: root.root, keyId: root.keyId, signature: root.signature, at: startOf(root.onDay) }, options);
    const isRight = root.firstSeq === day.firstSeq && root.lastSeq === day.lastSeq && equal(root.root, rootOf({ ...day, tenantId }));
    if (!isRight || signature === 'bad') {
      tally.bad++;
      findings.push({ kind: 'root-changed', onDay: day.onDay });
    } else tally[signature === 'good' ? 'good' : 'unchecked']++;
  }
  const seen = new Set(days.map(({ onDay }) => onDay));
  // A root of a day on which nothing is sealed any more was forged, or its seals are gone.
  for (const { onDay } of isWhole ? roots : []) {
    if (seen.has(onDay)) continue;
    tally.bad++;
    findings.push({ kind: 'root-changed', onDay });
  }
  return { tally, findings };
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function placeOf(finding: Finding): number {
  return 'seq' in finding ? finding.seq : 'from' in finding ? finding.from : Infinity;
}

/** A head can be wrong for two reasons; it is told once. */
function withoutTwins(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return !seen.has(key) && seen.add(key);
  });
}
