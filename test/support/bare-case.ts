// A row of a case without any history, for tests of what only refers to one: whatever else a case needs is filled in by its type.
import { newId } from '../../src/storage/database.ts';
import type { TestApi } from './api.ts';
import { asOwner } from './database.ts';

/** What stands for a required column that no test cares for. */
const fillings: Readonly<Record<string, unknown>> = {
  bigint: 1,
  boolean: false,
  date: '2026-06-30',
  integer: 1,
  jsonb: '{}',
  smallint: 0,
  text: 'sample',
  'timestamp with time zone': '2026-06-30T01:00:00Z',
};

/** Adds a case of a party; gives its id. `more`: columns that the test does care for; `progress` as JSON, with the plan that the case goes by. */
export async function addBareCase({ database, tenantId }: Pick<TestApi, 'database' | 'tenantId'>, subjectId: string, { progress = '{}', ...more }: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { plan = {}, ...rest } = JSON.parse(String(progress)) as Readonly<Record<string, unknown>>;
  const [applicationId, caseId, planId] = [newId(), newId(), newId()];
  const known = { tenant_id: tenantId, application_id: applicationId, applicant_id: subjectId, subject_id: subjectId, jurisdiction_code: '220202', channel: 'person' };
  await addRow({ database }, 'applications', known);
  await addRow({ database }, 'procedure_plans', { tenant_id: tenantId, plan_id: planId, plan: JSON.stringify(plan) });
  await addRow({ database }, 'cases', { ...known, case_id: caseId, plan_id: planId, progress: JSON.stringify(rest), case_number: `样例-${caseId}`, status: 'granted', engine_status: 'yes', period: '2026', policy_id: 'jilin-city-2021', benefit_id: `sample-${caseId}`, ...more });
  return caseId;
}

async function addRow(database: Pick<TestApi, 'database'>, table: string, given: Readonly<Record<string, unknown>>): Promise<void> {
  await asOwner(database.database, async (client) => {
    const { rows } = await client.query<{ name: string; type: string; is_needed: boolean }>(
      `select column_name as name, data_type as type, is_nullable = 'NO' and column_default is null as is_needed from information_schema.columns where table_name = $1`,
      [table],
    );
    const columns = rows.filter(({ name, is_needed }) => name in given || is_needed);
    const values = columns.map(({ name, type }) => given[name] ?? (type === 'uuid' ? newId() : fillings[type]));
    await client.query(`insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`, values);
  });
}
