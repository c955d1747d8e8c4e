// Nothing is asked twice: which valid paper is there, which kinds are still wanted, and what rests on which paper.

import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { getPartyInReach } from '../registry/index.ts';
import { type EvidenceUse, insertUse, listPapers, listValidPapers, releaseUses } from './evidence-store.ts';
import { isValidOn, type Paper } from './paper.ts';
import { reachPaper } from './reach-paper.ts';

/**
 * The paper of a kind that proves something on a day (`YYYY-MM-DD`): the most trusted, then the one valid longest, then the newest; undefined
 * where none does. It is found for whoever reaches the party, also for an employer's agent who may not open it.
 */
export async function validEvidence(tx: Tx, scope: Scope<'evidence.use'>, partyId: string, kind: string, on: string): Promise<Paper | undefined> {
  const { ids } = await getPartyInReach(tx, scope, partyId);
  return (await listValidPapers(tx, scope, ids, [kind], on))[0];
}

/** A kind that is still wanted, and what there is of it already that does not do. */
export interface WantedKind {
  readonly kind: string;
  /** none: never handed in · checking: on its way · expired: no longer valid on the day · refused: handed in, and not accepted. */
  readonly because: 'none' | 'checking' | 'expired' | 'refused';
}

/** Of these kinds those that must still be handed in for a day, in their order; one for which a valid paper is there is left out. */
export async function listWanted(tx: Tx, scope: Scope<'evidence.read' | 'evidence.use'>, partyId: string, kinds: readonly string[], on: string): Promise<readonly WantedKind[]> {
  const { ids } = await getPartyInReach(tx, scope, partyId);
  const all = await listPapers(tx, scope, ids);
  return [...new Set(kinds)].flatMap((kind): readonly WantedKind[] => {
    const ofKind = all.filter((paper) => paper.kind === kind);
    if (ofKind.some((paper) => isValidOn(paper, on))) return [];
    const [newest] = ofKind.filter(({ status }) => status !== 'uploading');
    if (newest === undefined) return [{ kind, because: 'none' }];
    if (ofKind.some(({ status }) => status === 'checking')) return [{ kind, because: 'checking' }];
    return [{ kind, because: newest.status === 'refused' ? 'refused' : 'expired' }];
  });
}

/**
 * Something rests on a paper from now on, so that its owner cannot take it back.
 * @throws Refusal not-found, evidence-not-ready for a paper that is not accepted.
 */
export async function useEvidence(tx: Tx, scope: Scope<'evidence.use'>, evidenceId: string, use: EvidenceUse, now: Date): Promise<Paper> {
  const { paper } = await reachPaper(tx, scope, evidenceId, { lock: true });
  if (paper.status !== 'clean') throw new Refusal('evidence-not-ready', { status: paper.status });
  await insertUse(tx, scope, evidenceId, use, now);
  return paper;
}

/** Nothing of this user (a case that ended, a fact that was withdrawn) rests on papers any more. */
export async function releaseEvidence(tx: Tx, scope: Scope<'evidence.use'>, use: EvidenceUse, now: Date): Promise<void> {
  await releaseUses(tx, scope, use, now);
}
