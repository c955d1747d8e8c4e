// Which benefits somebody chose, for which time, and what the engine says of them.
import { Refusal } from '../../contract/errors.ts';
import type { ChosenBenefit } from '../../contract/intake-endpoints.ts';
import type { Benefit, BenefitResult } from '../../policy/index.ts';
import type { EvaluatedBenefits, PinnedPack } from '../packs/index.ts';
import type { Findings, Language } from './intake-parts.ts';

/** `once` for what is given once or by instalments; the year of what is given by the year. */
export function periodOf(benefit: Pick<Benefit, 'per' | 'schedule'>, year: number | undefined, today: string): string {
  return isByYear(benefit) ? String(year ?? today.slice(0, 4)) : 'once';
}

function isByYear({ per, schedule }: Pick<Benefit, 'per' | 'schedule'>): boolean {
  return per === 'year' && schedule === undefined;
}

/** A chosen benefit with its version in force. */
export interface OfferedBenefit {
  readonly pack: PinnedPack;
  readonly benefit: Benefit;
  readonly period: string;
}

/**
 * The benefits that are meant, each once.
 * @param kind what the applicant is: a benefit for several kinds has an entry for each
 * @throws Refusal application-benefit-unfit for one that no policy in force offers to this kind, application-year-needless, application-year-ahead.
 */
export function offeredOf(packs: readonly PinnedPack[], kind: Benefit['subject'], chosen: readonly ChosenBenefit[], today: string): readonly OfferedBenefit[] {
  const offered = new Map<string, OfferedBenefit>();
  for (const { policyId, benefitId, year } of chosen) {
    const pack = packs.find((each) => each.policyId === policyId);
    const benefit = pack?.policy.benefits.find(({ id, subject }) => id === benefitId && subject === kind);
    if (pack === undefined || benefit === undefined) throw new Refusal('application-benefit-unfit', { policyId, benefitId });
    if (year !== undefined && !isByYear(benefit)) throw new Refusal('application-year-needless', { benefitId, year });
    // What a year gives follows from what happened in it.
    if (year !== undefined && year > Number(today.slice(0, 4))) throw new Refusal('application-year-ahead', { benefitId, year });
    const period = periodOf(benefit, year, today);
    offered.set(`${policyId}/${benefitId}/${period}`, { pack, benefit, period });
  }
  return [...offered.values()];
}

/** What the engine says of one benefit. @throws Refusal application-benefit-unfit where it is not in force on the day. */
export function resultOf(evaluated: EvaluatedBenefits, { pack: { policyId }, benefit }: Pick<OfferedBenefit, 'pack' | 'benefit'>): BenefitResult {
  const result = evaluated.result(benefit.id);
  if (result === undefined) throw new Refusal('application-benefit-unfit', { policyId, benefitId: benefit.id });
  return result;
}

/** What would be paid, in fen; null where it is not one amount. */
export function expectedFenOf({ amount }: BenefitResult): number | null {
  return amount?.kind === 'exact' ? amount.totalFen : null;
}

/** The conditions that are not met, in words; none where the answer is not no. */
export function reasonsOf(evaluated: EvaluatedBenefits, result: BenefitResult, language: Language): readonly string[] {
  return result.status === 'no' ? evaluated.failures(result.benefit, language) : [];
}

/** The same for both kinds of readers, with what is missing. */
export function findingsOf(evaluated: EvaluatedBenefits, result: BenefitResult): Findings {
  return { zh: reasonsOf(evaluated, result, 'zh'), en: reasonsOf(evaluated, result, 'en'), missing: result.missing };
}
