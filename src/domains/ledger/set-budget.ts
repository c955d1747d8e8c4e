// Sets what a fund may spend in a year: proposed by one person, confirmed by another, booked from source to free.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type Budget, type Pot, potOf } from './account.ts';
import { tellAmount } from './amount-words.ts';
import { book, openAndLock } from './book.ts';
import { findBudget, insertBudget, lockBudget, settleBudget } from './budget-store.ts';
import { transferIdOf } from './operation-id.ts';
import { findBudgetBefore } from './state-store.ts';
import { nameAccount, setFloor } from './transfer-store.ts';

/** What is proposed: the whole budget of the year, not the change. */
export interface NewBudget extends Pot {
  /** The caller's own, so that a retry is no second proposal. */
  readonly budgetId?: string | undefined;
  readonly amount: number;
  /** 文号 of the decision. */
  readonly reference: string;
}

/** What a confirmed budget met. */
export interface ConfirmedBudget {
  readonly budget: Budget;
  /** What was committed of the year before, whether it was open or not. */
  readonly committedBefore: number;
}

/**
 * Proposes a budget.
 * @throws Refusal not-found: the jurisdiction is out of reach · budget-proposed: another proposal waits · budget-same · ledger-conflict: the id is another's
 */
export async function setBudget(tx: Tx, scope: Scope<'budget.propose'>, { budgetId = newId(), amount, reference, ...pot }: NewBudget, now: Date): Promise<Budget> {
  if (scope.reach.kind !== 'jurisdictions' || !scope.reach.codes.includes(pot.jurisdictionCode)) throw new Refusal('not-found');
  const proposed: Budget = {
    ...potOf(pot), budgetId, amount, reference,
    before: await findBudgetBefore(tx, scope, potOf(pot)),
    state: 'proposed',
    proposedAt: now,
    proposedBy: whoActs(scope),
    settledAt: null,
    settledBy: null,
  };
  const known = await findBudget(tx, scope, budgetId);
  if (known !== undefined) {
    if (!isSame(known, proposed)) throw new Refusal('ledger-conflict', { id: budgetId });
    return known;
  }
  if (proposed.before === amount) throw new Refusal('budget-same');
  if (!(await insertBudget(tx, scope, proposed))) throw new Refusal('budget-proposed');
  return proposed;
}

/**
 * Confirms a proposal: the year is open from now on, and `free` can no longer fall below zero.
 * @throws Refusal not-found · settled-already · own-hands-refused: the proposer confirms nothing · budget-before-changed · budget-below-committed
 */
export async function confirmBudget(tx: Tx, scope: Scope<'budget.confirm'>, budgetId: string, now: Date): Promise<ConfirmedBudget> {
  const proposed = await lockBudget(tx, scope, budgetId);
  if (proposed.state !== 'proposed') throw new Refusal('settled-already');
  const by = whoActs(scope);
  if (by === proposed.proposedBy) throw new Refusal('own-hands-refused');
  const committedBefore = await bookBudget(tx, scope, proposed, now);
  await settleBudget(tx, scope, budgetId, 'confirmed', by, now);
  return { budget: { ...proposed, state: 'confirmed', settledAt: now, settledBy: by }, committedBefore };
}

/** Takes a proposal back, or declines it. @throws Refusal not-found · settled-already */
export async function withdrawBudget(tx: Tx, scope: Scope<'budget.confirm'>, budgetId: string, now: Date): Promise<Budget> {
  const proposed = await lockBudget(tx, scope, budgetId);
  if (proposed.state !== 'proposed') throw new Refusal('settled-already');
  const by = whoActs(scope);
  await settleBudget(tx, scope, budgetId, 'withdrawn', by, now);
  return { ...proposed, state: 'withdrawn', settledAt: now, settledBy: by };
}

/**
 * Opens a year with a budget that two people have decided elsewhere: for seeded cities and what is taken over from before.
 * @throws Refusal own-hands-refused: the two are one · budget-same · budget-below-committed · ledger-conflict
 */
export async function openYear(
  tx: Tx,
  scope: Scope<'budget.record'>,
  { budgetId = newId(), amount, reference, proposedBy, confirmedBy, ...pot }: NewBudget & { readonly proposedBy: string; readonly confirmedBy: string },
  now: Date,
): Promise<ConfirmedBudget> {
  if (proposedBy === confirmedBy) throw new Refusal('own-hands-refused');
  const before = await findBudgetBefore(tx, scope, potOf(pot));
  const budget: Budget = { ...potOf(pot), budgetId, amount, reference, before, state: 'confirmed', proposedAt: now, proposedBy, settledAt: now, settledBy: confirmedBy };
  const known = await findBudget(tx, scope, budgetId);
  if (known !== undefined) {
    if (!isSame(known, budget)) throw new Refusal('ledger-conflict', { id: budgetId });
    return { budget: known, committedBefore: 0 };
  }
  if (before === amount) throw new Refusal('budget-same');
  const committedBefore = await bookBudget(tx, scope, budget, now);
  await insertBudget(tx, scope, budget);
  return { budget, committedBefore };
}

/** Books what a budget changes. @returns what was committed of the year before */
async function bookBudget(tx: Tx, scope: Scope<'budget.confirm' | 'budget.record'>, budget: Budget, now: Date): Promise<number> {
  const pot = potOf(budget);
  const [source, free] = [{ ...pot, role: 'source' }, { ...pot, role: 'free' }] as const;
  const accounts = await openAndLock(tx, scope, [source, free]);
  const [from, to] = [accounts.get(nameAccount(source)), accounts.get(nameAccount(free))];
  if (from === undefined || to === undefined) throw new Error('an account was not opened');
  const held = from.debited - from.credited;
  if ((to.floor === null ? null : held) !== budget.before) throw new Refusal('budget-before-changed');
  // Whatever is no longer free of the budget is promised, paid or owed.
  const promised = held - (to.credited - to.debited - to.held);
  if (budget.amount < promised) throw new Refusal('budget-below-committed', { fund: budget.fund, year: budget.year, committed: tellAmount(budget.unit, promised) });
  const change = budget.amount - held;
  if (change !== 0) {
    const sides = change > 0 ? { from: source, to: free } : { from: free, to: source };
    const reason = { kind: change > 0 ? 'budget' : 'budget-cut', document: budget.reference } as const;
    await book(tx, scope, [{ transferId: transferIdOf(budget.budgetId, 'budget', budget.budgetId), kind: 'posted', pendingId: null, ...sides, amount: Math.abs(change), reason, partId: null, operationId: budget.budgetId }], now);
  }
  if (to.floor === null) await setFloor(tx, scope, to.accountId, 0);
  return promised;
}

function isSame(known: Budget, given: Budget): boolean {
  return (['unit', 'jurisdictionCode', 'fund', 'year', 'amount', 'reference', 'proposedBy'] as const).every((name) => known[name] === given[name]);
}

function whoActs({ actor }: Scope): string {
  if (actor.accountId === null) throw new Refusal('own-hands-refused');
  return actor.accountId;
}
