// Commits what a decision promises, instalment by instalment and fund by fund, and releases what will not be paid.
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type NewPart, potOf, type ReleaseReason } from './account.ts';
import { book, type Entry, openAndLock } from './book.ts';
import { transferIdOf } from './operation-id.ts';
import { getPart, getParts, type PromisedPart } from './part-store.ts';

/** What a decision promises. */
export interface Commitment {
  readonly caseId: string;
  readonly decisionId: string;
  readonly parts: readonly NewPart[];
}

/**
 * Commits the parts of decisions: free → committed of each part's year. A year without a budget takes any amount; it shows as waiting for one.
 * Several decisions go in one call rather than one after the other, so that accounts are locked in one order.
 * @throws Refusal ledger-floor: the year's budget is not enough · ledger-conflict: a part id is there with other content · jurisdiction-unknown
 */
export async function commit(tx: Tx, scope: Scope<'ledger.commit'>, commitments: Commitment | readonly Commitment[], now: Date): Promise<void> {
  const list = 'parts' in commitments ? [commitments] : commitments;
  const promised = list.flatMap(({ caseId, decisionId, parts }) => parts.map((part): PromisedPart => ({ ...potOf(part), partId: part.partId, amount: part.amount, caseId, decisionId })));
  const entries = promised.map((part): Entry => {
    const { partId, amount, caseId, decisionId } = part;
    const reason = { kind: 'commitment', caseId, decisionId } as const;
    return { transferId: partId, kind: 'posted', pendingId: null, from: { ...potOf(part), role: 'free' }, to: { ...potOf(part), role: 'committed' }, amount, reason, partId, operationId: null };
  });
  await book(tx, scope, entries, now, promised);
}

/** What is released: all that is still committed of these parts, or amounts of them; the latter under an id, since amounts twice would be twice as much. */
export type Release = { readonly reason: ReleaseReason; readonly document?: string | undefined } & (
  | { readonly partIds: readonly string[] }
  | { readonly releaseId: string; readonly parts: readonly { readonly partId: string; readonly amount: number }[] }
);

/** What a release left. */
export interface Released {
  readonly partId: string;
  readonly amount: number;
  /** At the bank meanwhile: released by another call if it fails or comes back. */
  readonly stillPaying: number;
}

/**
 * Releases what will not be paid: committed → free. What is at the bank or paid stays.
 * @returns what was released of each part; 0 where nothing was committed any more
 * @throws Refusal not-found: no such part · ledger-part: less is committed than the amount given
 */
export async function release(tx: Tx, scope: Scope<'ledger.commit' | 'ledger.pay'>, release: Release, now: Date): Promise<readonly Released[]> {
  const asked = 'partIds' in release ? [...new Set(release.partIds)].map((partId) => ({ partId, amount: undefined })) : release.parts;
  const operationId = 'partIds' in release ? newId() : release.releaseId;
  const before = await getParts(tx, scope, asked.map(({ partId }) => partId));
  const accounts = [...before.values()].flatMap((part) => (['committed', 'free'] as const).map((role) => ({ ...potOf(part), role })));
  if (accounts.length === 0) return [];
  // Read again once nobody else can pay or release them.
  await openAndLock(tx, scope, accounts);
  const parts = await getParts(tx, scope, [...before.keys()]);
  const released = asked.map(({ partId, amount }) => {
    const part = getPart(parts, partId);
    return { part, partId, amount: amount ?? part.committed, stillPaying: part.paying };
  });
  const entries = released.filter(({ amount }) => amount > 0).map(({ part, partId, amount }): Entry => {
    const reason = { kind: release.reason, caseId: part.caseId, decisionId: part.decisionId, document: release.document };
    return { transferId: transferIdOf(operationId, 'release', partId), kind: 'posted', pendingId: null, from: { ...potOf(part), role: 'committed' }, to: { ...potOf(part), role: 'free' }, amount, reason, partId, operationId };
  });
  await book(tx, scope, entries, now);
  return released.map(({ partId, amount, stillPaying }) => ({ partId, amount, stillPaying }));
}
