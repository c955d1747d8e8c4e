// How many granted cases wait to be published, by place and benefit: what a department looks at before it makes a list.

import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** Granted cases of one benefit in one jurisdiction that are to be published. */
export interface GrantedCount {
  readonly jurisdictionCode: string;
  readonly policyId: string;
  readonly benefitId: string;
  /** Held by nothing. */
  readonly ready: number;
  readonly held: number;
  /** Since when the one that waits longest could be published: granted, changed, back from a list, or released; null where none is ready. */
  readonly since: Date | null;
}

/** Counts them in jurisdictions; what is not published at all is not among them. */
export async function countGranted(tx: Tx, scope: Scope<'case.read'>, jurisdictionCodes: readonly string[]): Promise<readonly GrantedCount[]> {
  if (jurisdictionCodes.length === 0) return [];
  const { rows } = await sql<{ jurisdiction_code: string; policy_id: string; benefit_id: string; ready: number; held: number; since: Date | null }>`
    select jurisdiction_code, policy_id, benefit_id, (count(*) filter (where holds = 0))::integer as ready, (count(*) filter (where holds > 0))::integer as held,
      min((
        select max(happened_at) from case_events
        where case_events.tenant_id = cases.tenant_id and case_events.case_id = cases.case_id
          and (kind in ('granted', 'publication-withdrawn', 'released') or (kind = 'changed' and data ->> 'isPublishedAgain' = 'true'))
      )) filter (where holds = 0) as since
    from cases
    where tenant_id = ${scope.tenantId} and jurisdiction_code = any(${[...jurisdictionCodes]}::text[]) and status = 'granted' and decision_id is not null
      and exists (select from procedure_plans p where p.tenant_id = cases.tenant_id and p.plan_id = cases.plan_id and p.plan ->> 'publicityDays' is not null)
    group by jurisdiction_code, policy_id, benefit_id order by jurisdiction_code, policy_id, benefit_id`.execute(tx);
  return rows.map((row) => ({ jurisdictionCode: row.jurisdiction_code, policyId: row.policy_id, benefitId: row.benefit_id, ready: row.ready, held: row.held, since: row.since }));
}
