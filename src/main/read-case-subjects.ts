// For whom an employer has cases, as imports of payee accounts ask it.
import { listSubjectsOfEmployer } from '../domains/cases/index.ts';
import type { ImportParts } from '../domains/imports/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { listMergedIds, resolveParties } from '../domains/registry/index.ts';

/** Follows merges of the employer; the people are told by the ids that their cases name. */
export const readCaseSubjects: ImportParts['readCaseSubjects'] = async (tx, tenantId, employerId) => {
  const scope = jobScope(tenantId, 'imports', 'case.read');
  const kept = (await resolveParties(tx, scope, [employerId])).get(employerId);
  return kept === undefined ? [] : listSubjectsOfEmployer(tx, scope, [...(await listMergedIds(tx, scope, [kept])).keys()]);
};
