// Keeps two records apart while both have a case for one benefit and time: of one person there would be two.
import { caseStatusWords } from '../../contract/case-statuses.ts';
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { jobScope } from '../permissions/index.ts';
import type { MergeGuard } from '../registry/index.ts';
import { listDoubledCases } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';

/** So many are named; whoever has more begins with these. */
const MOST_NAMED = 20;

/** Refuses a merge by which somebody would have two cases that are open or granted for one benefit and time, and names them. */
export function makeMergeGuard({ packs }: Pick<CaseTools, 'packs'>): MergeGuard {
  return {
    async refuseDoubled(tx, { tenantId }, kept, merged) {
      const scope = jobScope(tenantId, 'cases', 'case.read');
      const pairs = await listDoubledCases(tx, scope, kept, merged);
      if (pairs.length === 0) return;
      const details: ErrorDetail[] = [];
      for (const [one, other] of pairs.slice(0, MOST_NAMED)) {
        const { policy } = await packs.pinned(tx, scope, one.packHash, one.settingsYear);
        const { policyId, benefitId, period } = one;
        const title = policy.benefits.find(({ id }) => id === benefitId)?.title ?? { zh: `${policyId}/${benefitId}`, en: `${policyId}/${benefitId}` };
        const [a, b] = [one, other].map(({ caseNumber, status }) => ({ caseNumber, state: caseStatusWords[status] }));
        if (a === undefined || b === undefined) continue;
        const isOnce = period === 'once';
        details.push({
          field: 'mergedPartyId',
          zh: `“${title.zh}”${isOnce ? '' : `（${period} 年）`}：${a.caseNumber}（${a.state.zh}）和 ${b.caseNumber}（${b.state.zh}）。`,
          en: `${title.en}${isOnce ? '' : ` (${period})`}: ${a.caseNumber} (${a.state.en}) and ${b.caseNumber} (${b.state.en}).`,
        });
      }
      throw new Refusal('merge-cases-doubled', { count: pairs.length }, details);
    },
  };
}
