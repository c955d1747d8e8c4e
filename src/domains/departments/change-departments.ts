// Adds and changes departments: their jurisdiction is of this city, their code is their own.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { changeDepartment, type Department, type DepartmentEntry, getDepartment, hasJurisdiction, insertDepartment } from './departments-store.ts';

/** @throws Refusal jurisdiction-unknown, department-code-taken. */
export async function addDepartment(tx: Tx, scope: Scope<'department.write'>, entry: DepartmentEntry): Promise<Department> {
  await refuseUnknownJurisdiction(tx, scope, entry);
  const departmentId = newId();
  if (!(await insertDepartment(tx, scope, departmentId, entry))) throw new Refusal('department-code-taken', { code: entry.code });
  return getDepartment(tx, scope, departmentId);
}

/** @throws Refusal not-found, changed-meanwhile, jurisdiction-unknown, department-code-taken. */
export async function updateDepartment(tx: Tx, scope: Scope<'department.write'>, departmentId: string, version: number, entry: DepartmentEntry): Promise<Department> {
  await getDepartment(tx, scope, departmentId);
  await refuseUnknownJurisdiction(tx, scope, entry);
  const outcome = await changeDepartment(tx, scope, departmentId, version, entry);
  if (outcome === 'code-taken') throw new Refusal('department-code-taken', { code: entry.code });
  if (outcome === 'changed-meanwhile') throw new Refusal('changed-meanwhile');
  return getDepartment(tx, scope, departmentId);
}

async function refuseUnknownJurisdiction(tx: Tx, scope: Scope<'department.write'>, { jurisdictionCode }: DepartmentEntry): Promise<void> {
  if (!(await hasJurisdiction(tx, scope, jurisdictionCode))) throw new Refusal('jurisdiction-unknown', { code: jurisdictionCode });
}
