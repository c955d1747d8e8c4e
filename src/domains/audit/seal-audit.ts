// Chains the entries that wait, in order, and signs where the chain ends and each day's root.
import { type Database, inTenant } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { findHead, findLastRoot, type HeadRow, insertHead, insertRoot, insertSeals, listWaiting, moveHead, type NewSeal, takeHead } from './audit-store.ts';
import { bytesOfHead, chainStart, dayOf, digestSeal, microsOf, rootOf, type SealedEntry } from './chain.ts';

/** What one round of sealing did. */
export interface Sealed {
  /** How many entries were chained; some means that more may wait. */
  readonly count: number;
  /** Where the chain ends now; undefined where another sealer was at work. */
  readonly head: { readonly seq: number; readonly digest: Uint8Array } | undefined;
}

/**
 * Chains up to `most` waiting entries of a tenant in one transaction. Where another process is sealing the same tenant it does nothing.
 * @param db a pool that works as wutong_sealer.
 */
export function sealWaiting(db: Database, scope: Scope<'audit.seal'>, protector: Protector, most = 2000, now: Date = new Date()): Promise<Sealed> {
  const { tenantId } = scope;
  const signed = (seq: number, digest: Uint8Array, sealedAtMicros: string): HeadRow => {
    const { keyId, signature } = protector.sign(bytesOfHead({ tenantId, seq, digest }));
    return { seq, digest: Buffer.from(digest), sealedAtMicros, keyId, signature: Buffer.from(signature) };
  };
  return inTenant(db, tenantId, async (tx) => {
    if ((await findHead(tx, scope)) === undefined) await insertHead(tx, scope, signed(0, chainStart, microsOf(now)));
    const head = await takeHead(tx, scope);
    if (head === undefined) return { count: 0, head: undefined };
    // The chain's time never goes back, whatever the clocks of several servers say.
    const sealedAtMicros = Number(microsOf(now)) < Number(head.sealedAtMicros) ? head.sealedAtMicros : microsOf(now);
    if (head.seq > 0 && dayOf(sealedAtMicros) > dayOf(head.sealedAtMicros)) await closeDay(head);
    const waiting = await findWaiting();
    if (waiting.length === 0) return { count: 0, head };
    const seals: NewSeal[] = [];
    let previous: Uint8Array = head.digest;
    for (const [index, entry] of waiting.entries()) {
      const seq = head.seq + 1 + index;
      const digest = digestSeal({ tenantId, seq, previous, sealedAtMicros }, entry);
      seals.push({ seq, entryId: entry.entryId, digest, previous });
      previous = digest;
    }
    await insertSeals(tx, scope, seals, sealedAtMicros);
    const moved = signed(head.seq + seals.length, previous, sealedAtMicros);
    await moveHead(tx, scope, moved);
    return { count: seals.length, head: moved };

    /** Rows of the queue that nobody can seal must not keep those behind them from it. */
    async function findWaiting(): Promise<readonly SealedEntry[]> {
      for (let after: string | undefined; ; ) {
        const { entries, next } = await listWaiting(tx, scope, most, after);
        if (entries.length > 0 || next === undefined) return entries;
        after = next;
      }
    }

    async function closeDay({ seq: lastSeq, digest, sealedAtMicros: lastSealed }: HeadRow): Promise<void> {
      const onDay = dayOf(lastSealed);
      const before = await findLastRoot(tx, scope);
      if (before?.onDay === onDay) return;
      const firstSeq = (before?.lastSeq ?? 0) + 1;
      const root = rootOf({ tenantId, onDay, firstSeq, lastSeq, digest });
      const { keyId, signature } = protector.sign(root);
      await insertRoot(tx, scope, { onDay, firstSeq, lastSeq, root: Buffer.from(root), keyId, signature: Buffer.from(signature) });
    }
  });
}
