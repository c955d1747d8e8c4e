// An instalment of a decision: its states, and what may become of it; pure, so that every fen can be followed.
import { splitFen } from '../../policy/money.ts';

/** All states of an instalment, in the order of its life. */
export const instalmentStates = ['waiting', 'in-doubt', 'ready', 'in-batch', 'paid', 'offset', 'returned', 'cancelled'] as const;

/**
 * waiting: not due, or not looked at yet · in-doubt: a person has to look · ready: checked, nothing against it · in-batch: a payment of it is
 * prepared or with the bank · paid · offset: set off against what the payee owes, whole · returned: it was paid and came back · cancelled.
 */
export type InstalmentState = (typeof instalmentStates)[number];

/** What the machine knows of an instalment; amounts in fen. */
export interface InstalmentLife {
  readonly state: InstalmentState;
  readonly amountFen: number;
  /** What of it is set off against what the payee owes. */
  readonly offsetFen: number;
  readonly attempts: number;
}

/** What can happen to an instalment. */
export type InstalmentStep =
  /** Its conditions were looked at. */
  | { readonly do: 'check'; readonly isDoubtful: boolean }
  /** A person settled its last doubt. */
  | { readonly do: 'settle' }
  /** It is looked at again on a later day. */
  | { readonly do: 'wait' }
  | { readonly do: 'offset'; readonly fen: number }
  | { readonly do: 'put-in-batch' }
  /** Taken out of a batch that has not gone. */
  | { readonly do: 'take-out' }
  /** What the bank said. */
  | { readonly do: 'succeed' }
  | { readonly do: 'fail' }
  | { readonly do: 'come-back' }
  /** What came back is looked at anew. */
  | { readonly do: 'retry' }
  | { readonly do: 'cancel' };

/** The day after, `YYYY-MM-DD`: when what waits or is in doubt is looked at again. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** What of it goes through the bank. */
export function payableFen({ amountFen, offsetFen }: Pick<InstalmentLife, 'amountFen' | 'offsetFen'>): number {
  return amountFen - offsetFen;
}

/** The instalment after a step; undefined where the step cannot be taken in its state. */
export function stepInstalment(life: InstalmentLife, step: InstalmentStep): InstalmentLife | undefined {
  const { state } = life;
  const to = (next: InstalmentState): InstalmentLife => ({ ...life, state: next });
  switch (step.do) {
    case 'check':
      return isBefore(state) ? to(step.isDoubtful ? 'in-doubt' : 'ready') : undefined;
    case 'settle':
      return state === 'in-doubt' ? to('ready') : undefined;
    case 'wait':
      return isBefore(state) ? to('waiting') : undefined;
    case 'offset': {
      if (state !== 'ready' || step.fen <= 0 || step.fen > payableFen(life)) return undefined;
      const offsetFen = life.offsetFen + step.fen;
      return { ...life, offsetFen, state: offsetFen === life.amountFen ? 'offset' : state };
    }
    case 'put-in-batch':
      return state === 'ready' ? { ...life, state: 'in-batch', attempts: life.attempts + 1 } : undefined;
    case 'take-out':
      return state === 'in-batch' ? to('ready') : undefined;
    case 'succeed':
      return state === 'in-batch' ? to('paid') : undefined;
    case 'fail':
      return state === 'in-batch' ? to('ready') : undefined;
    case 'come-back':
      return state === 'paid' ? to('returned') : undefined;
    case 'retry':
      return state === 'returned' ? to('waiting') : undefined;
    case 'cancel':
      return isBefore(state) || state === 'returned' ? to('cancelled') : undefined;
  }
}

/** What the bank may say of a payment. */
export type Outcome = 'paid' | 'failed' | 'returned';

/**
 * The instalment after the bank's word; undefined where that cannot be in its state.
 * @param isOver what it rested on was revoked meanwhile: not paid, or come back, it is not paid again
 */
export function answerOfBank(life: InstalmentLife, outcome: Outcome, isOver: boolean): InstalmentLife | undefined {
  const next = stepInstalment(life, ({ paid: { do: 'succeed' }, failed: { do: 'fail' }, returned: { do: 'come-back' } } as const)[outcome]);
  return next === undefined || outcome === 'paid' || !isOver ? next : stepInstalment(next, { do: 'cancel' });
}

/** Whether no payment of it is under way or done. */
export function isBefore(state: InstalmentState): boolean {
  return state === 'waiting' || state === 'in-doubt' || state === 'ready';
}

/** What one fund gives of an instalment, in fen. */
export interface InstalmentShare {
  /** Under which the ledger holds it committed. */
  readonly partId: string;
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly year: number;
  readonly amountFen: number;
  readonly offsetFen: number;
}

/** An amount of one part of the ledger, in fen. */
export interface PartAmount {
  readonly partId: string;
  readonly fen: number;
}

/** What each fund gives of what still goes through the bank; parts with nothing are left out. */
export function partsToPay(shares: readonly InstalmentShare[]): readonly PartAmount[] {
  return shares.map(({ partId, amountFen, offsetFen }) => ({ partId, fen: amountFen - offsetFen })).filter(({ fen }) => fen > 0);
}

/** Splits `fen` over what is left of each part, in proportion; nobody gives more than is left, and no fen is lost. */
export function splitOverParts(fen: number, left: readonly PartAmount[]): readonly PartAmount[] {
  const given = left.filter((part) => part.fen > 0);
  if (given.length === 0) return [];
  const parts = splitFen(fen, given.map((part) => part.fen));
  return given.map(({ partId }, at) => ({ partId, fen: parts[at] ?? 0 })).filter((part) => part.fen > 0);
}
