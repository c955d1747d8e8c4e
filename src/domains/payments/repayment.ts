// Money asked back: what is still owed, and how what comes in is divided over what it was paid from; pure.
import { type PartAmount, splitOverParts } from './instalment.ts';

/** All states of a repayment. */
export const repaymentStates = ['proposed', 'demanded', 'settled', 'cancelled'] as const;

/** proposed by one (what the program proposed, once somebody adopted it) → demanded by another → settled when nothing is owed any more; cancelled by whoever should have demanded it. */
export type RepaymentState = (typeof repaymentStates)[number];

/** The person who wants it demanded; undefined where only the program proposed it. */
export function wantedBy({ proposedBy, adoptedBy }: { readonly proposedBy: string; readonly adoptedBy: string | null }): string | undefined {
  return adoptedBy ?? (proposedBy.startsWith('job:') ? undefined : proposedBy);
}

/** How much was asked back and what became of it, in fen. */
export interface Debt {
  readonly amountFen: number;
  readonly receivedFen: number;
  readonly offsetFen: number;
  readonly writtenOffFen: number;
}

/** What is still owed. */
export function owedFen({ amountFen, receivedFen, offsetFen, writtenOffFen }: Debt): number {
  return amountFen - receivedFen - offsetFen - writtenOffFen;
}

/** One part of what is asked back: of which payment, from which part of the ledger. */
export interface DebtPart {
  readonly paymentId: string;
  readonly partId: string;
  readonly amountFen: number;
  /** What of it came back, was set off or written off. */
  readonly settledFen: number;
}

/** Divides what came in over what is still owed of each part, in proportion; by place in `parts`, nothing where a part gets nothing. */
export function divideReceipt(fen: number, parts: readonly DebtPart[]): readonly number[] {
  const left: readonly PartAmount[] = parts.map((part, at) => ({ partId: String(at), fen: part.amountFen - part.settledFen }));
  const given = new Map(splitOverParts(fen, left).map((part) => [part.partId, part.fen]));
  return parts.map((_, at) => given.get(String(at)) ?? 0);
}

/** Whether terms of payment add up to the debt and come one after another. */
export function areTermsWhole(amountFen: number, terms: readonly { readonly dueOn: string; readonly fen: number }[]): boolean {
  return terms.reduce((sum, term) => sum + term.fen, 0) === amountFen && terms.every((term, at) => term.fen > 0 && (at === 0 || (terms[at - 1]?.dueOn ?? '') < term.dueOn));
}
