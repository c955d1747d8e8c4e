// 合计上限: what all grants of one benefit to one person may come to. Finds what was granted by other cases, and refuses to grant more than is left.
import { Refusal } from '../../contract/errors.ts';
import { formatYuan } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { PinnedPack } from '../packs/index.ts';
import type { Scope } from '../permissions/index.ts';
import { queueDecisions } from '../registry/index.ts';
import { type CaseRow, type CaseScope, listOpenOf } from './case-store.ts';
import { grantedStatuses } from './same-matter.ts';

/** What a cap leaves for a case, in fen. */
export interface CapStanding {
  readonly capFen: number;
  /** What the person's other cases of the benefit give, whichever year they are for. */
  readonly grantedFen: number;
  readonly leftFen: number;
}

/**
 * How much of its benefit's cap other cases leave for a case; undefined where the rules that it pins cap nothing under the readings in force.
 * @param subjectIds every id of the person
 */
export async function findCapStanding(tx: Tx, scope: CaseScope, row: CaseRow, subjectIds: readonly string[], pack: PinnedPack): Promise<CapStanding | undefined> {
  const cap = capOf(pack, row.benefitId);
  if (cap === undefined) return undefined;
  const others = (await listOpenOf(tx, scope, subjectIds)).filter((one) => one.caseId !== row.caseId && one.policyId === row.policyId && one.benefitId === row.benefitId && grantedStatuses.has(one.status));
  const grantedFen = others.reduce((sum, one) => sum + (one.grantedFen ?? 0), 0);
  return { capFen: cap, grantedFen, leftFen: Math.max(0, cap - grantedFen) };
}

/** Keeps all that is granted within the cap, also by two officers in one moment. @throws Refusal case-total-over. */
export async function refuseOverCap(tx: Tx, scope: Scope<'case.decide'>, row: CaseRow, subjectIds: readonly string[], pack: PinnedPack, amountFen: number): Promise<void> {
  if (capOf(pack, row.benefitId) === undefined) return;
  await queueDecisions(tx, scope, subjectIds);
  const standing = await findCapStanding(tx, scope, row, subjectIds, pack);
  if (standing !== undefined && amountFen > standing.leftFen) throw new Refusal('case-total-over', tellCap(standing));
}

/** A standing as the refusal tells it. */
export function tellCap({ capFen, grantedFen, leftFen }: CapStanding): { readonly cap: string; readonly granted: string; readonly left: string } {
  return { cap: formatYuan(capFen), granted: formatYuan(grantedFen), left: formatYuan(leftFen) };
}

/** What all grants of a benefit to one person may come to, in fen; undefined where the readings in force cap nothing. */
export function capOf({ policy, readings }: Pick<PinnedPack, 'policy' | 'readings'>, benefitId: string): number | undefined {
  const cap = policy.benefits.find(({ id }) => id === benefitId)?.totalCap;
  if (cap?.under === undefined) return cap?.fen;
  const { reading, alternative } = cap.under;
  return policy.readings.find(({ name }) => name === reading)?.alternatives[alternative]?.name === readings[reading] ? cap.fen : undefined;
}
