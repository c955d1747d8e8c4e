// Who reaches a paper: whoever reaches its party; an employer's agent only what agents of that employer brought.

import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { getPartyInReach, type PartyInReach } from '../registry/index.ts';
import { findPaper, lockPaper, type PaperScope } from './evidence-store.ts';
import type { Paper } from './paper.ts';

/** A paper and the party that it belongs to. */
export interface ReachedPaper {
  readonly paper: Paper;
  readonly party: PartyInReach;
}

/**
 * The paper, within reach of the scope; with `lock` its row stays locked until the transaction ends.
 * @throws Refusal not-found where there is none or it is not the caller's to see: the two cannot be told apart.
 */
export async function reachPaper(tx: Tx, scope: PaperScope, evidenceId: string, { lock = false } = {}): Promise<ReachedPaper> {
  const paper = await (lock ? lockPaper : findPaper)(tx, scope, evidenceId);
  if (paper === undefined) throw new Refusal('not-found');
  const party = await getPartyInReach(tx, scope, paper.partyId);
  if (!isShownTo(scope, party, paper)) throw new Refusal('not-found');
  return { paper, party };
}

/** Whether a paper of a reached party is shown: an agent has a right to an employee's case, not to the employee's drawer. */
export function isShownTo({ reach }: PaperScope, party: PartyInReach, paper: Paper): boolean {
  if (reach.kind !== 'organisation') return true;
  if (party.ids.includes(reach.organisationId) || party.ids.includes(reach.partyId)) return true;
  return paper.organisationId === reach.organisationId;
}
