// What another version would change for one subject: the benefits whose status or amount would not be the same. Pure.
import type { BenefitResult } from '../../policy/index.ts';
import type { PinnedPack, SubjectFacts } from './pinned-pack.ts';

/** A benefit that two versions answer differently; null where a version has none of it for this subject. */
export interface ChangedAnswer {
  readonly benefitId: string;
  readonly before: BenefitResult | null;
  readonly after: BenefitResult | null;
}

/**
 * The benefits that would be answered differently on a day (`YYYY-MM-DD`).
 * @throws Refusal facts-unfit.
 */
export function compareVersions(before: PinnedPack, after: PinnedPack, facts: SubjectFacts, on: string): readonly ChangedAnswer[] {
  const [old, fresh] = [resultsOf(before, facts, on), resultsOf(after, facts, on)];
  const ids = [...new Set([...old.keys(), ...fresh.keys()])];
  return ids.flatMap((benefitId): ChangedAnswer[] => {
    const [was, is] = [old.get(benefitId) ?? null, fresh.get(benefitId) ?? null];
    return tell(was) === tell(is) ? [] : [{ benefitId, before: was, after: is }];
  });
}

function resultsOf(pack: PinnedPack, facts: SubjectFacts, on: string): ReadonlyMap<string, BenefitResult> {
  return new Map(pack.evaluate(facts, on).results.map((result) => [result.benefit, result]));
}

/** What the applicant would notice: whether, and how much when. */
function tell(result: BenefitResult | null): string {
  return JSON.stringify(result === null ? null : [result.status, result.amount]);
}
