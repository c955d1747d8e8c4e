// Who reaches a case: the person it is about or who asked for it, the organisation that asked, and officers of its jurisdiction.

import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Actor } from '../permissions/index.ts';
import { resolveParties } from '../registry/index.ts';
import type { EventActor } from './case.ts';
import { type CaseRow, type CaseScope, type ChangingScope, findCase, lockCase } from './case-store.ts';

/** The case, within reach of the scope. @throws Refusal not-found where there is none or it is not the caller's to see: the two cannot be told apart. */
export async function reachCase(tx: Tx, scope: CaseScope, caseId: string): Promise<CaseRow> {
  const row = await findCase(tx, scope, caseId);
  if (row === undefined || !(await isReached(tx, scope, row))) throw new Refusal('not-found');
  return row;
}

/** The same, with its row locked until the transaction ends. */
export async function reachCaseToChange(tx: Tx, scope: ChangingScope, caseId: string): Promise<CaseRow> {
  const row = await lockCase(tx, scope, caseId);
  if (row === undefined || !(await isReached(tx, scope, row))) throw new Refusal('not-found');
  return row;
}

/** Whether a case is within reach. */
export async function isReached(tx: Tx, scope: CaseScope, { subjectId, applicantId, jurisdictionCode }: CaseRow): Promise<boolean> {
  const { reach } = scope;
  switch (reach.kind) {
    case 'tenant':
      return true;
    case 'jurisdictions':
      return reach.codes.includes(jurisdictionCode);
    case 'parties':
      return isSameParty(tx, scope, [subjectId, applicantId], reach.partyIds);
    case 'organisation':
      // What employees ask for themselves is not their employer's.
      return isSameParty(tx, scope, [subjectId, applicantId], [reach.organisationId]);
    case 'department':
    case 'none':
      return false;
  }
}

/** Whether one of the ids means the same party as one of the others; merged records count as what they were merged into. */
async function isSameParty(tx: Tx, scope: CaseScope, ids: readonly string[], others: readonly string[]): Promise<boolean> {
  if (ids.some((id) => others.includes(id))) return true;
  const inForce = await resolveParties(tx, scope, [...ids, ...others]);
  return ids.some((id) => inForce.has(id) && others.some((other) => inForce.get(other) === inForce.get(id)));
}

/** Whoever acts, as events name them. */
export function eventActorOf({ accountId, capacity }: Actor): EventActor {
  switch (capacity.kind) {
    case 'officer':
      return { kind: 'officer', accountId, departmentId: capacity.departmentId };
    case 'person':
    case 'agent':
      return { kind: capacity.kind, accountId, departmentId: null };
    default:
      return { kind: 'job', accountId: null, departmentId: null };
  }
}
