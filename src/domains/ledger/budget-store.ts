// The only SQL of budgets as people decide them; what they come to stands in the accounts.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { LedgerBudgetsRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { Budget, BudgetState, Unit } from './account.ts';

type Deciding = Scope<'budget.propose' | 'budget.confirm' | 'budget.record'>;

/** Adds a budget; false where one is proposed already for the same fund and year. */
export async function insertBudget(tx: Tx, scope: Deciding, budget: Budget): Promise<boolean> {
  const row = await tx
    .insertInto('ledger_budgets')
    .values({
      tenant_id: scope.tenantId,
      budget_id: budget.budgetId,
      unit: budget.unit,
      jurisdiction_code: budget.jurisdictionCode,
      fund: budget.fund,
      year: budget.year,
      amount: budget.amount,
      before: budget.before,
      reference: budget.reference,
      state: budget.state,
      proposed_at: budget.proposedAt,
      proposed_by: budget.proposedBy,
      settled_at: budget.settledAt,
      settled_by: budget.settledBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('budget_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A budget by its id, whoever it is of. */
export async function findBudget(tx: Tx, scope: Deciding, budgetId: string): Promise<Budget | undefined> {
  const row = await tx.selectFrom('ledger_budgets').selectAll().where('tenant_id', '=', scope.tenantId).where('budget_id', '=', budgetId).executeTakeFirst();
  return row && budgetOf(row);
}

/** A budget within reach, locked until the transaction ends. @throws Refusal not-found */
export async function lockBudget(tx: Tx, scope: Scope<'budget.confirm'>, budgetId: string): Promise<Budget> {
  const codes = codesOf(scope);
  let query = tx.selectFrom('ledger_budgets').selectAll().where('tenant_id', '=', scope.tenantId).where('budget_id', '=', budgetId);
  if (codes !== undefined) query = query.where('jurisdiction_code', 'in', [...codes]);
  const row = await query.forUpdate().executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return budgetOf(row);
}

/** Settles a proposal. */
export async function settleBudget(tx: Tx, scope: Scope<'budget.confirm'>, budgetId: string, state: Exclude<BudgetState, 'proposed'>, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('ledger_budgets')
    .set({ state, settled_at: at, settled_by: by })
    .where('tenant_id', '=', scope.tenantId)
    .where('budget_id', '=', budgetId)
    .where('state', '=', 'proposed')
    .execute();
}

/** A budget within reach. @throws Refusal not-found */
export async function getBudget(tx: Tx, scope: Scope<'ledger.read'>, budgetId: string): Promise<Budget> {
  const codes = codesOf(scope);
  let query = tx.selectFrom('ledger_budgets').selectAll().where('tenant_id', '=', scope.tenantId).where('budget_id', '=', budgetId);
  if (codes !== undefined) query = query.where('jurisdiction_code', 'in', [...codes]);
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return budgetOf(row);
}

/** Which budgets to list. */
export interface BudgetQuestion {
  readonly unit?: Unit | undefined;
  readonly jurisdictionCode?: string | undefined;
  readonly fund?: string | undefined;
  readonly year?: number | undefined;
  readonly state?: BudgetState | undefined;
  /** A part of the fund's name or of the 文号. */
  readonly search?: string | undefined;
  readonly after?: readonly [proposedAt: string, budgetId: string] | undefined;
  readonly limit: number;
}

/** Budgets within reach, the newest proposal first; a city has some dozens a year. */
export async function listBudgets(tx: Tx, scope: Scope<'ledger.read'>, question: BudgetQuestion): Promise<readonly Budget[]> {
  const { unit, jurisdictionCode, fund, year, state, search, after, limit } = question;
  const codes = codesOf(scope);
  let query = tx.selectFrom('ledger_budgets').selectAll().where('tenant_id', '=', scope.tenantId);
  if (codes !== undefined) query = query.where('jurisdiction_code', 'in', [...codes]);
  if (unit !== undefined) query = query.where('unit', '=', unit);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (fund !== undefined) query = query.where('fund', '=', fund);
  if (year !== undefined) query = query.where('year', '=', year);
  if (state !== undefined) query = query.where('state', '=', state);
  if (search !== undefined) query = query.where(sql<boolean>`(strpos(fund, ${search}) > 0 or strpos(reference, ${search}) > 0)`);
  if (after !== undefined) query = query.where(sql<boolean>`(proposed_at, budget_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return (await query.orderBy('proposed_at', 'desc').orderBy('budget_id', 'desc').limit(limit).execute()).map(budgetOf);
}

/** The jurisdictions to which a scope is bound; undefined for the whole city, none for anything else. */
function codesOf({ reach }: Scope): readonly string[] | undefined {
  return reach.kind === 'tenant' ? undefined : reach.kind === 'jurisdictions' ? reach.codes : [''];
}

function budgetOf(row: Selectable<LedgerBudgetsRow>): Budget {
  return {
    budgetId: row.budget_id,
    unit: row.unit as Unit,
    jurisdictionCode: row.jurisdiction_code,
    fund: row.fund,
    year: row.year,
    amount: row.amount,
    before: row.before,
    reference: row.reference,
    state: row.state as BudgetState,
    proposedAt: row.proposed_at,
    proposedBy: row.proposed_by,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
  };
}
