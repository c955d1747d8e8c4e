// What a decision is: what it is made from, what is stored of it whole, and what of it is shown to whom.

import type { BenefitResult, ExplainedCondition, Explanation, Language, Words } from '../../policy/index.ts';
import type { EvaluatedBenefits, PinnedPack } from '../packs/index.ts';
import type { factsForEvaluation } from '../registry/index.ts';

/** A subject as the registry knew it, each fact with where it comes from. */
export type EvaluationSubject = Awaited<ReturnType<typeof factsForEvaluation>>;

/** grant 准予 · refuse 不予 · change 变更 and revoke 撤销 an earlier decision of the same case. */
export type DecisionKind = 'grant' | 'refuse' | 'change' | 'revoke';

/** A fund that pays, with the jurisdiction whose fund it is, and its part in millionths; the parts of a decision add up to one million. */
export interface PayingFund {
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly micro: number;
}

/** What is given: money in parts by funds, a number of something, or a right without a number. */
export type DecidedOutcome =
  | {
      readonly kind: 'money';
      /** In all, what was given by the decisions before it included. */
      readonly amountFen: number;
      /** What is still to be paid. */
      readonly instalments: readonly { readonly due: string; readonly fen: number }[];
      readonly funds: readonly PayingFund[];
      /** Of a change: what was given before, as it was; these come first. */
      readonly given?: readonly Omit<DecidedInstalment, 'no'>[];
    }
  | { readonly kind: 'quantity'; readonly quantity: number; readonly unit: 'post' | 'room-night' }
  | { readonly kind: 'none' };

/** What one fund pays of one instalment. */
export interface InstalmentShare {
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly fen: number;
}

/** One part of what is paid: `no` counts from 1, `due` is `YYYY-MM-DD`; the shares add up to `fen`, and are none where no fund is named. */
export interface DecidedInstalment {
  readonly no: number;
  readonly due: string;
  readonly fen: number;
  readonly shares: readonly InstalmentShare[];
}

/** A decision to be recorded. */
export interface NewDecision {
  /** Made here where it is not given. */
  readonly decisionId?: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly kind: DecisionKind;
  /** The decision that is changed or revoked; needed for these kinds, and for no other. */
  readonly followsDecisionId?: string;
  readonly subject: { readonly partyId: string; readonly name: string };
  /** Who asked for it, where that is not the subject: their agents may see the decision. What employees ask for themselves is not their employer's. */
  readonly applicantId?: string;
  readonly employer: { readonly partyId: string; readonly name: string } | null;
  /** Whose business the case is. */
  readonly jurisdictionCode: string;
  readonly pack: PinnedPack;
  readonly benefitId: string;
  /** What was known, each fact with where it comes from. */
  readonly facts: EvaluationSubject;
  /** The day on which the facts were judged, `YYYY-MM-DD`. */
  readonly on: string;
  readonly evaluated: EvaluatedBenefits;
  /** What is given; for a refusal or revocation `{ kind: 'none' }`. */
  readonly outcome: DecidedOutcome;
  /** Why, in the decider's own words; the letter shows it. May be empty for a grant. */
  readonly reasons: string;
  readonly decidedBy: string;
  readonly departmentId: string;
  readonly now: Date;
}

/** The part of an explanation that is about one benefit, as it is kept. */
export type KeptExplanation = Pick<Explanation, 'definitions' | 'facts' | 'date'> & { readonly benefit: Explanation['benefits'][number] };

/** A condition as the letter tells it. */
export interface ToldCondition {
  readonly outcome: ExplainedCondition['outcome'];
  readonly text: string;
  /** '' where the condition names none of its own. */
  readonly clause: string;
}

/** What the letter says besides the row's own columns: kept, so that it says the same for ever. */
export interface LetterMatter {
  readonly toName: string;
  /** The number of the document of identity, or the credit code, masked; null where none is known. */
  readonly toNumber: string | null;
  readonly employerName: string | null;
  readonly departmentName: string;
  /** Where the city's pack has an English name for it; letters of before have none. */
  readonly departmentNameEn?: string;
  readonly cityName: string;
  readonly policyTitle: Words;
  readonly benefitTitle: Words;
  readonly clause: string;
  readonly conditions: Readonly<Record<Language, readonly ToldCondition[]>>;
  /** The flag that is checked before each payment, by its name. */
  readonly checkedBefore: Words | null;
  readonly reasons: string;
  /** Names of the jurisdictions whose funds pay, by code. */
  readonly jurisdictions: Readonly<Record<string, string>>;
  /** To whom an appeal goes: the people's government of the department's own level. */
  readonly appealTo: string;
  /** The number and day of the decision that is changed or revoked, and what that gave; letters of before do not say. */
  readonly follows: { readonly number: string; readonly on: string; readonly amountFen?: number | null } | null;
}

/** A stored decision without what is sealed: no personal values. */
export interface StoredDecision {
  readonly decisionId: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly number: string;
  readonly kind: DecisionKind;
  readonly followsDecisionId: string | null;
  readonly partyId: string;
  readonly applicantId: string | null;
  readonly employerId: string | null;
  readonly jurisdictionCode: string;
  readonly departmentId: string;
  readonly policyId: string;
  readonly benefitId: string;
  readonly packHash: string;
  readonly on: string;
  readonly parameters: Readonly<Record<string, number | null>>;
  readonly readings: Readonly<Record<string, string>>;
  /** The engine's answer at the time. */
  readonly status: BenefitResult['status'];
  readonly amountFen: number | null;
  readonly quantity: number | null;
  readonly unit: 'fen' | 'post' | 'room-night' | null;
  readonly instalments: readonly DecidedInstalment[];
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** A decision whole, opened. */
export interface OpenedDecision extends StoredDecision {
  readonly facts: EvaluationSubject;
  readonly explanation: Readonly<Record<Language, KeptExplanation>>;
  readonly letter: LetterMatter;
  /** As it stands on the letter, in groups. */
  readonly verificationCode: string;
  /** Whether it is what was signed when it was made. */
  readonly isIntact: boolean;
}
