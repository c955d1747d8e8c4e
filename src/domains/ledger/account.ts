// What the ledger counts: units, accounts and their roles, transfers and what they are booked for.

/** Units of everything scarce: money, 编制, rooms by night. All amounts are whole numbers of them. */
export const units = ['fen', 'post', 'room-night'] as const;
export type Unit = (typeof units)[number];

/**
 * What an account of a fund, jurisdiction and year stands for.
 * source: where budgets come from · free: may still be promised · committed: promised, not paid · paid · receivable: demanded back ·
 * recovered: came back, not free again · written-off. What is at the bank is held on `committed` by pending transfers.
 */
export const accountRoles = ['source', 'free', 'committed', 'paid', 'receivable', 'recovered', 'written-off'] as const;
export type AccountRole = (typeof accountRoles)[number];

/** Whose money, posts or rooms, of which year. */
export interface Pot {
  readonly unit: Unit;
  readonly jurisdictionCode: string;
  /** The fund as packs name it. */
  readonly fund: string;
  readonly year: number;
}

/** An account by what it is; it is opened when first used. */
export interface AccountKey extends Pot {
  readonly role: AccountRole;
}

/** What a transfer is booked for. */
export const reasons = [
  // Budgets: more, and less.
  'budget', 'budget-cut',
  'commitment',
  // Releases: what will not be paid.
  'withdrawn', 'changed', 'condition-unmet', 'revoked', 'lapsed',
  'payment', 'payment-return',
  // What was paid wrongly.
  'demand', 'recovery', 'recovery-to-free', 'write-off',
  // Anything that is no money of a case, such as a room's night.
  'use', 'correction',
] as const;
export type Reason = (typeof reasons)[number];

/** Why a promise will not be paid: taken back, changed by another decision, no longer met, revoked, not claimed in time. */
export type ReleaseReason = Extract<Reason, 'withdrawn' | 'changed' | 'condition-unmet' | 'revoked' | 'lapsed'>;

/** What a transfer is about: references, never personal values. */
export interface TransferReason {
  readonly kind: Reason;
  readonly caseId?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly batchId?: string | undefined;
  /** 文号 of the decision behind it. */
  readonly document?: string | undefined;
}

/** How a transfer counts: at once, on hold until it is posted or voided, or as the end of one on hold. */
export type TransferKind = 'posted' | 'pending' | 'post' | 'void';

/** A side of a transfer within its unit and jurisdiction. */
export type Side = Pick<AccountKey, 'fund' | 'year' | 'role'>;

/** A transfer to book. `transferId` is the caller's own (newId()): sent again it changes nothing. */
export type NewTransfer =
  | {
      readonly transferId: string;
      readonly kind: 'posted' | 'pending';
      readonly unit: Unit;
      readonly jurisdictionCode: string;
      readonly from: Side;
      readonly to: Side;
      /** A whole number above zero. */
      readonly amount: number;
      readonly reason: TransferReason;
    }
  /** Ends the whole of a pending one. */
  | { readonly transferId: string; readonly kind: 'post' | 'void'; readonly pendingId: string; readonly reason: TransferReason };

/** One share of one instalment of a decision. */
export interface NewPart extends Pot {
  /** newId() of whoever decides; the id of its transfer too. */
  readonly partId: string;
  /** A whole number above zero: shares of nothing are left out (splitByShare does). */
  readonly amount: number;
}

/** What became of a part; together the sums are its amount. */
export interface Part extends NewPart {
  readonly caseId: string;
  readonly decisionId: string;
  readonly committed: number;
  /** At the bank. */
  readonly paying: number;
  readonly paid: number;
  readonly released: number;
  readonly receivable: number;
  readonly recovered: number;
  readonly writtenOff: number;
  readonly recordedAt: Date;
}

/** What a fund of a jurisdiction has in a year. */
export interface FundState extends Pot {
  /** Whether a budget was set; where not, what is committed waits for one (待安排) and `free` is below zero. */
  readonly isOpen: boolean;
  readonly budget: number;
  readonly free: number;
  readonly committed: number;
  readonly paying: number;
  readonly paid: number;
  readonly receivable: number;
  /** All that ever came back, whether it is free again or not. */
  readonly recovered: number;
  readonly writtenOff: number;
}

/** Where a budget's decision is. */
export type BudgetState = 'proposed' | 'confirmed' | 'withdrawn';

/** A budget as decided or proposed. */
export interface Budget extends Pot {
  readonly budgetId: string;
  /** The whole budget of the year. */
  readonly amount: number;
  /** What it was before; null where the year was not open. */
  readonly before: number | null;
  /** 文号 */
  readonly reference: string;
  readonly state: BudgetState;
  readonly proposedAt: Date;
  readonly proposedBy: string;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
}

/** The pot of anything that has one. */
export function potOf({ unit, jurisdictionCode, fund, year }: Pot): Pot {
  return { unit, jurisdictionCode, fund, year };
}
