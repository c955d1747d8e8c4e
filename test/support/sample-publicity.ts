// A list that is shown today with one real case on it, for tests to which the window's days do not matter.
import { applyCommand } from '../../src/domains/cases/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { dayOf } from '../../src/domains/registry/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import type { TestApi } from './api.ts';
import { asOwner } from './database.ts';
import { sampleBenefit, samplePolicy } from './sample-decision.ts';

const DAY_MS = 86_400_000;

/** Puts a granted case on a list of its own. */
export async function publishSample(api: TestApi, caseId: string, decisionId: string): Promise<{ listId: string; entryId: string }> {
  const [listId, entryId] = [newId(), newId()];
  const [opensOn, untilOn] = [dayOf(new Date(Date.now() - DAY_MS)), dayOf(new Date(Date.now() + 30 * DAY_MS))];
  const titles = { policy: { zh: '样例政策', en: 'Sample policy' }, benefit: { zh: '样例补贴', en: 'Sample subsidy' } };
  const shown = api.parts.protector.seal({ tenantId: api.tenantId, table: 'public_entries', column: 'shown_sealed', row: `${listId}/${entryId}` }, JSON.stringify({ name: '张三一', number: null, employerName: null }));
  await asOwner(api.database, async (client) => {
    await client.query(
      `insert into public_lists (tenant_id, list_id, jurisdiction_code, department_id, policy_id, benefit_id, titles, working_days, opens_on, until_on, state, entries, opened_by, opened_at)
       values ($1, $2, '220202', $3, $4, $5, $6, 5, $7, $8, 'open', 1, 'sample', now())`,
      [api.tenantId, listId, api.departments['changyi-hrss'], samplePolicy, sampleBenefit, JSON.stringify(titles), opensOn, untilOn],
    );
    await client.query(`insert into public_entries (tenant_id, list_id, entry_id, place, case_id, decision_id, shown_sealed) values ($1, $2, $3, 1, $4, $5, $6)`, [api.tenantId, listId, entryId, caseId, decisionId, Buffer.from(shown)]);
  });
  const scope = jobScope(api.tenantId, 'test', 'case.publish');
  await inTenant(api.parts.db, api.tenantId, (tx) => applyCommand(tx, scope, api.parts.cases.tools, caseId, { command: { kind: 'begin-publication', listId, untilOn } }, new Date()));
  return { listId, entryId };
}
