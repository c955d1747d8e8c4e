// What the use cases of cases stand on, and the ports that later work of the city is called through.

import type { WorkingCalendar } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { EvaluatedBenefits, Packs, PinnedPack } from '../packs/index.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { EvaluationSubject, RegistryTools } from '../registry/index.ts';
import type { SendMessage } from '../messages/index.ts';
import type { CaseNumbers } from './case-numbers.ts';

/** A fund that pays, with the jurisdiction whose fund it is, and its part in millionths. */
export interface PayingFund {
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly micro: number;
}

/** What a decision gives. */
export type GivenOutcome =
  | {
      readonly kind: 'money';
      readonly amountFen: number;
      readonly instalments: readonly { readonly due: string; readonly fen: number }[];
      readonly funds: readonly PayingFund[];
      /** Of a change: what was given by the decisions before it, and stays; the first of what the decision lists. */
      readonly given?: readonly Omit<RecordedInstalment, 'no'>[];
    }
  | { readonly kind: 'none' };

/** A decision to be recorded whole, in the transaction of the case's event. */
export interface DecisionToRecord {
  readonly decisionId: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly kind: 'grant' | 'refuse' | 'change' | 'revoke';
  /** The decision that is changed or revoked. */
  readonly followsDecisionId?: string;
  readonly subject: { readonly partyId: string; readonly name: string };
  /** Who asked for it: the person, or the organisation whose agents see the decision then. */
  readonly applicantId: string;
  readonly employer: { readonly partyId: string; readonly name: string } | null;
  readonly jurisdictionCode: string;
  readonly pack: PinnedPack;
  readonly benefitId: string;
  readonly facts: EvaluationSubject;
  /** The day on which the facts were judged. */
  readonly on: string;
  readonly evaluated: EvaluatedBenefits;
  readonly outcome: GivenOutcome;
  /** In the decider's own words. */
  readonly reasons: string;
  readonly decidedBy: string;
  readonly departmentId: string;
  readonly now: Date;
}

/** One part of an instalment, as it was recorded: what one fund pays. */
export interface RecordedInstalment {
  readonly no: number;
  readonly due: string;
  readonly fen: number;
  readonly shares: readonly { readonly fund: string; readonly jurisdictionCode: string; readonly fen: number }[];
}

/** Records decisions. */
export interface DecisionRecorder {
  record(tx: Tx, scope: Scope<'case.decide'>, decision: DecisionToRecord): Promise<{ readonly decisionId: string; readonly instalments: readonly RecordedInstalment[] }>;
}

/** What a fund undertakes to pay of an instalment; it is paid under the same id. */
export interface CommittedPart {
  readonly partId: string;
  readonly instalmentNo: number;
  readonly dueOn: string;
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly year: number;
  readonly unit: 'fen';
  readonly amount: number;
}

/** A grant whose money is to be set aside. */
export interface Commitment {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly decisionId: string;
  readonly subjectId: string;
  readonly employerId: string | null;
  readonly policyId: string;
  readonly benefitId: string;
  readonly jurisdictionCode: string;
  /** What is to be paid, less what an employer pays by itself; `dueOn` is `YYYY-MM-DD`. */
  readonly instalments: readonly { readonly no: number; readonly dueOn: string; readonly amount: number }[];
  /** What funds give of the instalments; nothing of those for which the document names no fund. */
  readonly parts: readonly CommittedPart[];
}

/** How far the money of a case is; days are `YYYY-MM-DD`. */
export interface MoneyStanding {
  /** Paid, or with the bank now, less what is asked back: stays whatever is decided. What each fund gave, by instalment. */
  readonly given: readonly { readonly due: string; readonly shares: readonly { readonly fund: string; readonly jurisdictionCode: string; readonly fen: number }[] }[];
  /** What can still be decided otherwise, without what an employer pays by itself. */
  readonly left: readonly { readonly due: string; readonly fen: number }[];
}

/** The money of grants, as far as a case needs it. */
export interface Commitments {
  /** Sets aside what funds will pay, part by part; the same grant twice is one. @throws Refusal where a budget has not enough. */
  commit(tx: Tx, scope: Scope<'case.decide'>, commitment: Commitment, now: Date): Promise<void>;
  /** How far the money of a case is. */
  standing(tx: Tx, scope: Scope<'case.decide'>, caseId: string): Promise<MoneyStanding>;
  /** Gives back what is neither paid nor with the bank of a case whose decision is revoked or changed. */
  release(tx: Tx, scope: Scope<'case.decide'>, caseId: string, why: 'revoked' | 'changed', now: Date): Promise<void>;
}

/** Ports and settings of this domain. */
export interface CaseTools {
  readonly protector: Protector;
  readonly registry: RegistryTools;
  readonly packs: Packs;
  readonly calendar: WorkingCalendar;
  readonly numbers: CaseNumbers;
  readonly decisions: DecisionRecorder;
  readonly commitments: Commitments;
  readonly sendMessage: SendMessage;
  /** The characters of a text that the letter of a decision could not show. */
  readonly findUnprintable: (text: string) => readonly string[];
}
