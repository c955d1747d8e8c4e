// What may become of an accepted paper: an officer sees the original, its owner takes it back.

import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { changeTrustRow, countUses, withdrawRow } from './evidence-store.ts';
import { type Paper, trustAfter, type TrustBasis } from './paper.ts';
import { reachPaper } from './reach-paper.ts';

/** What an officer found, with what the original says besides; what is left out stays as it was. */
export interface TrustFinding {
  readonly basis: TrustBasis;
  readonly issuedBy?: string | null | undefined;
  readonly issuedOn?: string | null | undefined;
  readonly expiresOn?: string | null | undefined;
}

/**
 * Changes how far a paper is trusted, on a ground that is written down.
 * @throws Refusal evidence-not-ready, evidence-trust-unfit where the ground changes nothing, changed-meanwhile, own-hands-refused for one's own paper.
 */
export async function changeTrust(tx: Tx, scope: Scope<'evidence.trust'>, evidenceId: string, version: number, finding: TrustFinding, now: Date): Promise<{ readonly before: Paper; readonly after: Paper }> {
  const { paper } = await reachPaper(tx, scope, evidenceId, { lock: true });
  if (paper.status !== 'clean') throw new Refusal('evidence-not-ready', { status: paper.status });
  const { accountId, capacity } = scope.actor;
  const from = paper.trustClass;
  const to = trustAfter(from, finding.basis);
  if (to === undefined) throw new Refusal('evidence-trust-unfit', { from });
  if (accountId === null || capacity.kind !== 'officer') throw new Refusal('not-permitted', { permission: scope.permission });
  // Whoever uploaded it as a person does not confirm it as an officer; an account has one duty, so this cannot happen unless that is broken.
  if (paper.origin === 'upload' && paper.createdBy === accountId) throw new Refusal('own-hands-refused');
  const read = {
    issuedBy: finding.issuedBy === undefined ? paper.issuedBy : finding.issuedBy,
    issuedOn: finding.issuedOn === undefined ? paper.issuedOn : finding.issuedOn,
    expiresOn: finding.expiresOn === undefined ? paper.expiresOn : finding.expiresOn,
  };
  const change = { changeId: newId(), from, to, basis: finding.basis, departmentId: capacity.departmentId, changedBy: accountId, changedAt: now };
  if (!(await changeTrustRow(tx, scope, evidenceId, version, change, read))) throw new Refusal('changed-meanwhile');
  return { before: paper, after: (await reachPaper(tx, scope, evidenceId)).paper };
}

/**
 * The owner takes a paper back: its key is destroyed in this transaction, so that no copy of its bytes opens any more; the file itself is swept.
 * @throws Refusal evidence-in-use, changed-meanwhile; evidence-not-ready for one that is gone already.
 */
export async function withdrawPaper(tx: Tx, scope: Scope<'evidence.withdraw'>, evidenceId: string, version: number, now: Date): Promise<void> {
  const { paper } = await reachPaper(tx, scope, evidenceId, { lock: true });
  if (paper.status === 'withdrawn' || paper.status === 'expired') throw new Refusal('evidence-not-ready', { status: paper.status });
  if (paper.version !== version) throw new Refusal('changed-meanwhile');
  const uses = (await countUses(tx, scope, [evidenceId])).get(evidenceId) ?? 0;
  if (uses > 0) throw new Refusal('evidence-in-use', { count: uses });
  await withdrawRow(tx, scope, evidenceId, now);
}
