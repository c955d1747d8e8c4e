// Merges two records of one person or organisation, and undoes it: nothing that belongs to either is moved, changed or lost.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { closeMerge, decideCandidate, findMerge, insertMerge, markDifferent } from './duplicate-store.ts';
import { nameActor } from './party.ts';
import { countChange, findPartyInReach, getPartyInReach, lockParties, setMergedInto } from './party-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';

/** Which of two parties stays, and why they are one. */
export interface MergeInput {
  readonly keptPartyId: string;
  readonly mergedPartyId: string;
  readonly reason: string;
}

/**
 * Merges a party into another: from now on both are found under the one that stays, with the facts, papers and history of both.
 * @throws Refusal not-found, merge-impossible, and what the guard of merges refuses.
 */
export async function mergeParties(tx: Tx, scope: Scope<'duplicate.review'>, tools: RegistryTools, { keptPartyId, mergedPartyId, reason }: MergeInput, now: Date): Promise<{ readonly mergeId: string }> {
  await lockParties(tx, scope, [keptPartyId, mergedPartyId]);
  const kept = await getPartyInReach(tx, scope, keptPartyId);
  const merged = await getPartyInReach(tx, scope, mergedPartyId);
  // Only parties in force are merged: an id that was merged already names another party than the steward saw.
  const isFit = kept.partyId === keptPartyId && merged.partyId === mergedPartyId && keptPartyId !== mergedPartyId && kept.kind === merged.kind;
  if (!isFit) throw new Refusal('merge-impossible');
  await tools.mergeGuard?.refuseDoubled(tx, scope, kept.ids, merged.ids, now);
  const by = nameActor(scope.actor);
  const mergeId = newId();
  await insertMerge(tx, scope, { mergeId, keptPartyId, mergedPartyId, reason, mergedAt: now, mergedBy: by, undoneAt: null, undoneBy: null, undoneReason: null });
  await setMergedInto(tx, scope, mergedPartyId, keptPartyId, now);
  await countChange(tx, scope, keptPartyId, undefined, now);
  await decideCandidate(tx, scope, keptPartyId, mergedPartyId, 'same', by, now);
  await refreshSearch(tx, scope, tools, kept.kind, [...kept.ids, ...merged.ids]);
  return { mergeId };
}

/**
 * Undoes a merge: the merged party is one of its own again, with everything that stood under its id, and what was recorded since under the
 * one that stayed remains there.
 * @throws Refusal not-found, merge-undone.
 */
export async function undoMerge(tx: Tx, scope: Scope<'duplicate.review'>, tools: RegistryTools, mergeId: string, reason: string, now: Date): Promise<{ readonly partyId: string }> {
  const merge = await findMerge(tx, scope, mergeId);
  // In reach while merged means that the one that stayed is.
  const kept = merge === undefined ? undefined : await findPartyInReach(tx, scope, merge.keptPartyId);
  if (merge === undefined || kept === undefined) throw new Refusal('not-found');
  await lockParties(tx, scope, [merge.keptPartyId, merge.mergedPartyId]);
  const by = nameActor(scope.actor);
  if (!(await closeMerge(tx, scope, mergeId, by, reason, now))) throw new Refusal('merge-undone');
  await setMergedInto(tx, scope, merge.mergedPartyId, null, now);
  await countChange(tx, scope, merge.keptPartyId, undefined, now);
  await markDifferent(tx, scope, merge.keptPartyId, merge.mergedPartyId, by, now);
  await refreshSearch(tx, scope, tools, kept.kind, kept.ids);
  return { partyId: merge.mergedPartyId };
}

/** Decides that a pair is two people. @throws Refusal not-found, duplicate-decided. */
export async function keepApart(tx: Tx, scope: Scope<'duplicate.review'>, a: string, b: string, now: Date): Promise<void> {
  await getPartyInReach(tx, scope, a);
  await getPartyInReach(tx, scope, b);
  if (!(await decideCandidate(tx, scope, a, b, 'different', nameActor(scope.actor), now))) throw new Refusal('duplicate-decided');
}
