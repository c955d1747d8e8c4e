// 同一事项: of benefits that are one matter a person gets one. Finds a person's other cases of the matter, and refuses to grant a second.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { MatterInForce } from '../../policy/index.ts';
import type { PinnedPack } from '../packs/index.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, queueDecisions } from '../registry/index.ts';
import { type CaseRow, type CaseScope, listOpenOf } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';

/** Another case of the same person and matter, with the group that makes it so. */
export interface CaseOfMatter {
  readonly row: CaseRow;
  readonly matter: MatterInForce;
  /** The benefit was given there, and stands. */
  readonly isGranted: boolean;
}

/** Where a benefit is the person's. */
export const grantedStatuses: ReadonlySet<CaseRow['status']> = new Set(['granted', 'in-publication', 'settled']);

/**
 * The other cases, in reach or not, that are open or granted for a benefit of the same matter; those for another year are none.
 * @param subjectIds every id of the person
 * @param pack the version that the case pins
 */
export async function listCasesOfMatter(tx: Tx, scope: CaseScope, tools: Pick<CaseTools, 'packs'>, row: CaseRow, subjectIds: readonly string[], pack: PinnedPack, now: Date): Promise<readonly CaseOfMatter[]> {
  const matters = await mattersOf(tx, scope, tools, row, pack, now);
  return matters.length === 0 ? [] : casesOf(matters, row, await listOpenOf(tx, scope, subjectIds));
}

/** Keeps a second benefit of one matter from being granted, also by two officers in one moment. @throws Refusal case-same-matter. */
export async function refuseSecondOfMatter(tx: Tx, scope: Scope<'case.decide'>, tools: Pick<CaseTools, 'packs'>, row: CaseRow, subjectIds: readonly string[], pack: PinnedPack, now: Date): Promise<void> {
  const matters = await mattersOf(tx, scope, tools, row, pack, now);
  if (matters.length === 0) return;
  await queueDecisions(tx, scope, subjectIds);
  const first = casesOf(matters, row, await listOpenOf(tx, scope, subjectIds)).find(({ isGranted }) => isGranted);
  if (first !== undefined) throw new Refusal('case-same-matter', { number: first.row.caseNumber });
}

/** The groups that a case's benefit is in. What its own policy says was pinned with it; of other policies the version in force counts. */
async function mattersOf(tx: Tx, scope: Scope, { packs }: Pick<CaseTools, 'packs'>, row: CaseRow, pack: PinnedPack, now: Date): Promise<readonly MatterInForce[]> {
  const others = (await packs.listInForce(tx, scope, dayOf(now))).filter(({ policyId }) => policyId !== row.policyId);
  const all = [...pack.mattersOn(dayOf(row.filedAt)), ...others.flatMap((other) => other.mattersOn(dayOf(now)))];
  return all.filter(({ benefits }) => benefits.includes(`${row.policyId}/${row.benefitId}`));
}

function casesOf(matters: readonly MatterInForce[], row: CaseRow, open: readonly CaseRow[]): readonly CaseOfMatter[] {
  return open.flatMap((other) => {
    // Another year of the same benefit is no other benefit.
    if (other.policyId === row.policyId && other.benefitId === row.benefitId) return [];
    const matter = isOneTime(row.period, other.period) ? matters.find(({ benefits }) => benefits.includes(`${other.policyId}/${other.benefitId}`)) : undefined;
    return matter === undefined ? [] : [{ row: other, matter, isGranted: grantedStatuses.has(other.status) }];
  });
}

/** What is given once is given for every year. */
function isOneTime(one: string, other: string): boolean {
  return one === other || one === 'once' || other === 'once';
}
