// What oversight knows: reports, inspections by lot, findings; their states and who may end them.
import type { CaseTools } from '../cases/index.ts';
import type { PaymentParts } from '../payments/index.ts';
import type { Protector } from '../protection/index.ts';

/** received → examining → what came of it. */
const reportStates = ['received', 'examining', 'upheld', 'not-upheld', 'unclear'] as const;
export type ReportState = (typeof reportStates)[number];

/** Whether a report has its answer. */
export function isAnswered(state: ReportState): boolean {
  return state !== 'received' && state !== 'examining';
}

/** open: the case is held · confirmed by a second person, held on · dismissed: released · closed: what followed is done, released. */
const findingStates = ['open', 'confirmed', 'dismissed', 'closed'] as const;
export type FindingState = (typeof findingStates)[number];

/** Who answers for what a finding says. */
const liabilityRoles = ['payee', 'employer', 'recommender'] as const;
export interface Liability {
  readonly partyId: string;
  readonly role: (typeof liabilityRoles)[number];
}

/** What oversight works with; made once when the server starts. */
export interface OversightParts {
  readonly protector: Protector;
  /** Cases are held and released through their own functions. */
  readonly cases: CaseTools;
  readonly payments: PaymentParts;
}
