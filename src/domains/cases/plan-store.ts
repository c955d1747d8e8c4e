// The only SQL of procedure plans: each is kept once, named by what it says, however many cases go that way.

import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { textArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { CommandPermission } from './commands.ts';
import type { ProcedurePlan } from './procedure-plan.ts';

/** A plan as it is kept: its id and its JSON. */
interface KeptPlan {
  readonly planId: string;
  readonly text: string;
}

/** Plans do not change, and cases that are filed for one benefit share theirs: each is spelled once. */
const spelled = new WeakMap<ProcedurePlan, KeptPlan>();
/** The ids of plans that came from the database. */
const read = new WeakMap<ProcedurePlan, string>();

/** Half of a SHA-256 over JSON with its names in order: as good as any id, and the same for the same plan. */
function spell(plan: ProcedurePlan): KeptPlan {
  const known = spelled.get(plan);
  if (known !== undefined) return known;
  const text = JSON.stringify(plan, (_name, value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
  const digits = createHash('sha256').update(text).digest('hex');
  const planId = digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  spelled.set(plan, { planId, text });
  return { planId, text };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The id of a plan; one that was read keeps the id that it had. */
export function planIdOf(plan: ProcedurePlan): string {
  return read.get(plan) ?? spell(plan).planId;
}

/** Adds plans that are not there yet; whoever adds a case that names one does it in the same statement or after it. */
export function insertingPlans(tenantId: number, plans: readonly ProcedurePlan[]): RawBuilder<unknown> {
  // In one order, so that two transactions never wait for each other in a circle.
  const kept = [...new Map([...new Set(plans)].map((plan) => [planIdOf(plan), plan]))].sort(([a], [b]) => (a < b ? -1 : 1));
  return sql`
    insert into procedure_plans (tenant_id, plan_id, plan)
    select ${tenantId}, plan_id, plan::jsonb from unnest(${uuidArray(kept.map(([planId]) => planId))}::uuid[], ${textArray(kept.map(([, plan]) => spell(plan).text))}::text[]) as given (plan_id, plan)
    on conflict (tenant_id, plan_id) do nothing`;
}

/** Adds plans that cases go by from now on, those that are not there yet. */
export async function insertPlans(tx: Tx, scope: Scope<'application.file' | CommandPermission>, plans: readonly ProcedurePlan[]): Promise<void> {
  await insertingPlans(scope.tenantId, plans).execute(tx);
}

/** Of each row of `cases` its plan, for {@link readPlan}. */
export const planOfCase = sql<unknown>`(select p.plan from procedure_plans p where p.tenant_id = cases.tenant_id and p.plan_id = cases.plan_id)`;

/** Of each row of `case_events` the plan that it names, for {@link readPlan}; null where it names none. */
export const planOfEvent = sql<unknown>`(select p.plan from procedure_plans p where p.tenant_id = case_events.tenant_id and p.plan_id = (case_events.data ->> 'planId')::uuid)`;

/** A plan as the database gave it. @throws Error where it is not there: nobody deletes plans. */
export function readPlan(planId: string, plan: unknown): ProcedurePlan {
  if (!isRecord(plan)) throw new Error(`no procedure plan ${planId}`);
  // Written by insertingPlans, and by nothing else.
  const found = plan as unknown as ProcedurePlan;
  read.set(found, planId);
  return found;
}
