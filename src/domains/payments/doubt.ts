// Why a payment is doubtful: what has to hold before money goes, compared with what is known on the day; pure.

/** All kinds of doubts. */
export const doubtKinds = [
  'case-held', 'case-not-payable', 'fund-missing', 'fact-false', 'fact-unknown', 'fact-told', 'fact-stale', 'left-employer', 'employer-unknown',
  'payee-gone', 'account-missing', 'account-name-differs', 'account-shared', 'paid-before',
] as const;

/**
 * case-held: an objection or a finding is open · case-not-payable: it is not granted any more · fund-missing: no
 * fund is named that pays it · fact-false, fact-unknown, fact-told, fact-stale: a flag
 * of the pack's 发前核对 does not hold, is not known, is what the payee or the employer says alone, was said too long ago · left-employer, employer-unknown · payee-gone: the entry was
 * deleted · account-missing · account-name-differs: its holder is somebody else by name · account-shared: somebody else entered it too ·
 * paid-before: a grant of the same benefit or matter that holds no more gave as much already, and it was not asked back.
 */
export type DoubtKind = (typeof doubtKinds)[number];

/** Doubts that nobody can set aside here: the case is held or over, or there is nowhere to pay to. */
export const hardDoubts: readonly DoubtKind[] = ['case-held', 'case-not-payable', 'fund-missing', 'payee-gone', 'account-missing'];

/** A reason to look before it is paid. */
export interface FoundDoubt {
  readonly kind: DoubtKind;
  readonly fact: string | null;
  /** What it rests on: the hold, the account, the statement, the earlier case. A settled doubt comes back where this is another one. */
  readonly aboutId: string | null;
}

/** A flag as it is known on a day. */
export interface KnownFlag {
  readonly value: unknown;
  /** The day of which its source speaks, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly statementId: string | null;
  /** False where nobody says so but those who profit from it (申报, trust class D). */
  readonly isProved: boolean;
  /** What the payee or the employer said later to the contrary. */
  readonly deniedBy: string | null;
}

/** What is known of a payee on the day of the check. */
export interface PayeeState {
  /** False once the entry was deleted. */
  readonly isThere: boolean;
  readonly name: string;
  readonly facts: ReadonlyMap<string, KnownFlag>;
  /** With whom the payee is, by every id of those organisations; undefined where nothing is known. */
  readonly employerIds: readonly string[] | undefined;
}

/** The account that is paid to: the latest one that is open. */
export interface PayeeAccount {
  readonly bankAccountId: string;
  readonly holderName: string;
  /** Others who entered the same number. */
  readonly otherHolders: number;
}

/** How a case stands, as far as paying is concerned. */
export interface CaseStanding {
  /** payable: granted, published, settled · not-yet: on its way there · over: not granted, or not any more. */
  readonly stage: 'payable' | 'not-yet' | 'over';
  /** What holds it, by the ids of the objections, findings and the like. */
  readonly holds: readonly string[];
}

/** What is asked of an instalment. */
export interface Conditions {
  readonly checks: readonly string[];
  readonly employerId: string | null;
  /** Whether funds give the whole of it. */
  readonly isFunded: boolean;
}

/** How old a flag may be that a payment rests on, in days: social insurance is paid by the month, and reports come late. */
const FRESH_DAYS = 92;

/** Everything that speaks against paying on `today`, `YYYY-MM-DD`. */
export function findDoubts({ checks, employerId, isFunded }: Conditions, payee: PayeeState, account: PayeeAccount | undefined, standing: CaseStanding, today: string): readonly FoundDoubt[] {
  const found: FoundDoubt[] = standingDoubts(standing);
  if (!isFunded) found.push({ kind: 'fund-missing', fact: null, aboutId: null });
  if (!payee.isThere) return [...found, { kind: 'payee-gone', fact: null, aboutId: null }];
  for (const fact of checks) {
    const known = payee.facts.get(fact);
    if (known === undefined) found.push({ kind: 'fact-unknown', fact, aboutId: null });
    else if (known.value !== true) found.push({ kind: 'fact-false', fact, aboutId: known.statementId });
    else if (known.deniedBy !== null) found.push({ kind: 'fact-false', fact, aboutId: known.deniedBy });
    else if (!known.isProved) found.push({ kind: 'fact-told', fact, aboutId: known.statementId });
    else if (daysBetween(known.asOf, today) > FRESH_DAYS) found.push({ kind: 'fact-stale', fact, aboutId: known.statementId });
  }
  if (employerId !== null) {
    if (payee.employerIds === undefined) found.push({ kind: 'employer-unknown', fact: null, aboutId: employerId });
    else if (!payee.employerIds.includes(employerId)) found.push({ kind: 'left-employer', fact: null, aboutId: employerId });
  }
  return [...found, ...accountDoubts(payee.name, account)];
}

/** What of the case speaks against paying. */
export function standingDoubts({ stage, holds }: CaseStanding): FoundDoubt[] {
  const found: FoundDoubt[] = holds.map((referenceId) => ({ kind: 'case-held', fact: null, aboutId: referenceId }));
  if (stage === 'over') found.push({ kind: 'case-not-payable', fact: null, aboutId: null });
  return found;
}

/** What of the account speaks against paying to it. */
export function accountDoubts(name: string, account: PayeeAccount | undefined): FoundDoubt[] {
  if (account === undefined) return [{ kind: 'account-missing', fact: null, aboutId: null }];
  const found: FoundDoubt[] = [];
  if (plainName(account.holderName) !== plainName(name)) found.push({ kind: 'account-name-differs', fact: null, aboutId: account.bankAccountId });
  if (account.otherHolders > 0) found.push({ kind: 'account-shared', fact: null, aboutId: account.bankAccountId });
  return found;
}

/** The doubts that nobody has settled with “pay all the same” for the very same thing. */
export function withoutSettled(found: readonly FoundDoubt[], settled: readonly FoundDoubt[]): readonly FoundDoubt[] {
  return found.filter((doubt) => hardDoubts.includes(doubt.kind) || !settled.some((one) => isSameDoubt(one, doubt)));
}

/** Whether two doubts are about the same thing. */
export function isSameDoubt(one: FoundDoubt, other: FoundDoubt): boolean {
  return one.kind === other.kind && one.fact === other.fact && one.aboutId === other.aboutId;
}

/** Banks write names with and without spaces and dots between foreign name parts. */
function plainName(name: string): string {
  return name.normalize('NFKC').replace(/[\s·•‧・.]/gu, '').toUpperCase();
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
