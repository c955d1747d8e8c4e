// Looks which cases are late and tells the officers who have them; what is to be looked at is found from the rows, whatever was lost.

import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { applyCommand } from './apply-command.ts';
import { type CaseState, tasksOf } from './case.ts';
import { listOfficersOf, lockNextToLookAt } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';

/**
 * Looks at every case of a city whose day has come, each in a transaction of its own; two servers never look at the same one.
 * @returns how many were found late
 */
export async function escalateCases(db: Database, tools: CaseTools, tenantId: number, now: Date, isStopping: () => boolean = () => false): Promise<number> {
  const scope = jobScope(tenantId, 'cases', 'case.escalate');
  let found = 0;
  while (!isStopping()) {
    const isMore = await inTenant(db, tenantId, async (tx) => {
      const row = await lockNextToLookAt(tx, scope, dayOf(now), tools.calendar.years);
      if (row === undefined) return false;
      const after = await applyCommand(tx, scope, tools, row.caseId, { command: { kind: 'escalate' } }, now);
      // A case of which nothing can be told would be met again and again.
      if (after.version === row.version) throw new RangeError(`case ${row.caseId} is to be looked at, and nothing is late`);
      await tellOfficers(tx, scope, tools, row.caseId, after, now);
      return true;
    });
    if (!isMore) return found;
    found++;
  }
  return found;
}

/** Due today: whoever took it. Overdue: the department's approvers too. Beyond the law: its leaders too. */
async function tellOfficers(tx: Tx, scope: Scope<'case.escalate'>, { sendMessage }: Pick<CaseTools, 'sendMessage'>, caseId: string, state: CaseState, now: Date): Promise<void> {
  const tasks = tasksOf(state);
  const { plan } = state.progress;
  const departmentIds = tasks.length > 0 ? tasks.map(({ departmentId }) => departmentId) : [plan.decideBy.departmentId];
  const today = dayOf(now);
  const above = state.lateness >= 3 ? (['approver', 'leader'] as const) : state.lateness >= 2 || tasks.length === 0 ? (['approver'] as const) : [];
  const officers = above.length === 0 ? [] : await listOfficersOf(tx, scope, departmentIds, above, today);
  const accounts = new Set([...tasks.flatMap(({ assigneeId }) => assigneeId ?? []), ...officers]);
  for (const accountId of accounts) await sendMessage(tx, scope, { to: { accountId }, template: 'case.late', values: { date: state.progress.clock.dueOn ?? today }, about: { kind: 'case', id: caseId } });
}
