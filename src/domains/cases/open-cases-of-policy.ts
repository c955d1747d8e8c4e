// Tells of cases that are still open, with their facts: for those who correct a policy and want to know whom it changes.

import type { Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf, factsForEvaluation } from '../registry/index.ts';
import { listUndecided } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';

/** Open cases of a policy behind a case (by id), in the order of their ids, each with the facts that are known on `now` for the day on which it was filed. */
export async function openCasesOfPolicy(tx: Tx, { tenantId }: Scope, tools: Pick<CaseTools, 'registry'>, policyId: string, after: string | undefined, limit: number, now: Date) {
  const rows = await listUndecided(tx, jobScope(tenantId, 'cases', 'case.read'), policyId, after, limit);
  const reading = jobScope(tenantId, 'cases', 'fact.read');
  const open = [];
  for (const { caseId, caseNumber, benefitId, packHash, settingsYear, filedAt, subjectId } of rows) {
    const on = dayOf(filedAt);
    const { subject, facts } = await factsForEvaluation(tx, reading, tools.registry, subjectId, { on, knownAt: now, purpose: 'eligibility', askedAt: now });
    open.push({ caseId, caseNumber, benefitId, packHash, year: settingsYear, on, facts: { subject, facts } });
  }
  return open;
}
