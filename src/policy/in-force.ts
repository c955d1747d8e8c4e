// Whether a policy, or one benefit of it, takes applications on a day.

import type { DateNumber } from './calendar.ts';

/** First and last day of something; open where a side is not said. */
interface Span {
  readonly from?: DateNumber | undefined;
  readonly to?: DateNumber | undefined;
}

/** Whether a policy, or a document known by name only, is in force on a day; both its first and its last day count. */
export function isInForce({ from, to }: Span, day: DateNumber): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

/** Whether a benefit of a policy is in force on a day: on its own days where it has them, else on the policy's. */
export function isBenefitInForce(policy: Span, benefit: Span, day: DateNumber): boolean {
  return isInForce({ from: benefit.from ?? policy.from, to: benefit.to ?? policy.to }, day);
}
