// Keeps two records apart while both have a case for one benefit and time, or for one matter: of one person there would be two.
import { caseStatusWords } from '../../contract/case-statuses.ts';
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import type { Words } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import type { MergeGuard } from '../registry/index.ts';
import { type DoubledCase, listDoubledCases, listOpenOf } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';
import { grantedStatuses, listCasesOfMatter } from './same-matter.ts';

/** So many are named; whoever has more begins with these. */
const MOST_NAMED = 20;

/**
 * Refuses a merge by which somebody would have two cases that are open or granted for one benefit and time, or two benefits granted that are one
 * matter, and names them.
 */
export function makeMergeGuard({ packs }: Pick<CaseTools, 'packs'>): MergeGuard {
  return {
    async refuseDoubled(tx, { tenantId }, kept, merged, now) {
      const scope = jobScope(tenantId, 'cases', 'case.read');
      const pairs = [...(await listDoubledCases(tx, scope, kept, merged)), ...(await doubledMatters(tx, scope, packs, kept, merged, now))];
      if (pairs.length === 0) return;
      const details: ErrorDetail[] = [];
      for (const [one, other] of pairs.slice(0, MOST_NAMED)) {
        const [a, b] = [await tell(tx, scope, packs, one), await tell(tx, scope, packs, other)];
        details.push({ field: 'mergedPartyId', zh: `${a.zh}；${b.zh}。`, en: `${a.en}; ${b.en}.` });
      }
      throw new Refusal('merge-cases-doubled', { count: pairs.length }, details);
    },
  };
}

/** Of benefits of one matter a person is granted one: of the one record and of the other, both granted. */
async function doubledMatters(tx: Tx, scope: Scope<'case.read'>, packs: CaseTools['packs'], kept: readonly string[], merged: readonly string[], now: Date): Promise<readonly (readonly [DoubledCase, DoubledCase])[]> {
  const pairs: (readonly [DoubledCase, DoubledCase])[] = [];
  for (const row of await listOpenOf(tx, scope, kept)) {
    if (!grantedStatuses.has(row.status)) continue;
    const pack = await packs.pinned(tx, scope, row.packHash, row.settingsYear);
    const others = await listCasesOfMatter(tx, scope, { packs }, row, merged, pack, now);
    pairs.push(...others.filter(({ isGranted }) => isGranted).map((other) => [row, other.row] as const));
  }
  return pairs;
}

/** A case by its number, with what it is for and where it stands. */
async function tell(tx: Tx, scope: Scope<'case.read'>, packs: CaseTools['packs'], { caseNumber, status, packHash, settingsYear, policyId, benefitId, period }: DoubledCase): Promise<Words> {
  const { policy } = await packs.pinned(tx, scope, packHash, settingsYear);
  const title = policy.benefits.find(({ id }) => id === benefitId)?.title ?? { zh: `${policyId}/${benefitId}`, en: `${policyId}/${benefitId}` };
  const words = caseStatusWords[status];
  const isOnce = period === 'once';
  return { zh: `${caseNumber}（${title.zh}${isOnce ? '' : `，${period} 年`}，${words.zh}）`, en: `${caseNumber} (${title.en}${isOnce ? '' : `, ${period}`}, ${words.en})` };
}
