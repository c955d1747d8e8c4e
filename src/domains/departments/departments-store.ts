// The only SQL of departments and jurisdictions.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { gather, once } from '../../storage/gather.ts';
import type { Scope } from '../permissions/index.ts';

/** 辖区: a city, a county, a district or a zone. */
export interface Jurisdiction {
  readonly code: string;
  readonly parentCode: string | null;
  readonly name: string;
}

/** What a department is described by. */
export interface DepartmentEntry {
  readonly code: string;
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly telephone: string | null;
  readonly closedOn: string | null;
}

/** 部门, with the version that its ETag tells. */
export interface Department extends DepartmentEntry {
  readonly departmentId: string;
  readonly version: number;
}

type Reading = Scope<'department.read' | 'department.write'>;

/** All jurisdictions, by code: parents stand before what lies in them. */
export async function listJurisdictions(tx: Tx, scope: Reading): Promise<readonly Jurisdiction[]> {
  return allJurisdictions(tx, scope);
}

const allJurisdictions = gather('reading', once(tenantOf, async (tx, scope: Reading): Promise<readonly Jurisdiction[]> => {
  const rows = await tx.selectFrom('jurisdictions').select(['code', 'parent_code', 'name']).where('tenant_id', '=', scope.tenantId).orderBy('code').execute();
  return rows.map(({ code, parent_code, name }) => ({ code, parentCode: parent_code, name }));
}));

/** All departments, by jurisdiction and code; a city has some hundred. */
export async function listDepartments(tx: Tx, scope: Reading): Promise<readonly Department[]> {
  return allDepartments(tx, scope);
}

const allDepartments = gather('reading', once(tenantOf, async (tx, scope: Reading): Promise<readonly Department[]> => {
  const rows = await departments(tx, scope).orderBy('jurisdiction_code').orderBy('code').execute();
  return rows.map(read);
}));

/** The same for everybody who asks in one transaction. */
function tenantOf({ tenantId }: Reading): string {
  return String(tenantId);
}

/** @throws Refusal not-found. */
export async function getDepartment(tx: Tx, scope: Reading, departmentId: string): Promise<Department> {
  const row = await departments(tx, scope).where('department_id', '=', departmentId).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return read(row);
}

/**
 * The codes of a department's jurisdiction and of all below it: whose people are its business.
 * @throws Refusal not-found.
 */
export async function listCodesOf(tx: Tx, scope: Reading, departmentId: string): Promise<ReadonlySet<string>> {
  const { jurisdictionCode } = await getDepartment(tx, scope, departmentId);
  const all = await listJurisdictions(tx, scope);
  const codes = new Set([jurisdictionCode]);
  // Each round goes one level down; a city has two or three.
  for (let before = 0; before < codes.size; ) {
    before = codes.size;
    for (const { code, parentCode } of all) if (parentCode !== null && codes.has(parentCode)) codes.add(code);
  }
  return codes;
}

/** Whether the city has this jurisdiction. */
export async function hasJurisdiction(tx: Tx, scope: Reading, code: string): Promise<boolean> {
  const row = await tx.selectFrom('jurisdictions').select('code').where('tenant_id', '=', scope.tenantId).where('code', '=', code).executeTakeFirst();
  return row !== undefined;
}

/** Adds a department; false where its code is taken. */
export async function insertDepartment(tx: Tx, scope: Scope<'department.write'>, departmentId: string, entry: DepartmentEntry): Promise<boolean> {
  const row = await tx
    .insertInto('departments')
    .values({ tenant_id: scope.tenantId, department_id: departmentId, ...columnsOf(entry) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doNothing())
    .returning('department_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Changes a department of that version. */
export async function changeDepartment(
  tx: Tx,
  scope: Scope<'department.write'>,
  departmentId: string,
  version: number,
  entry: DepartmentEntry,
): Promise<'done' | 'changed-meanwhile' | 'code-taken'> {
  const twin = await departments(tx, scope).where('code', '=', entry.code).where('department_id', '!=', departmentId).executeTakeFirst();
  if (twin !== undefined) return 'code-taken';
  const { numUpdatedRows } = await tx
    .updateTable('departments')
    .set({ ...columnsOf(entry), version: version + 1 })
    .where('tenant_id', '=', scope.tenantId)
    .where('department_id', '=', departmentId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? 'done' : 'changed-meanwhile';
}

function departments(tx: Tx, scope: Reading) {
  return tx
    .selectFrom('departments')
    .select(['department_id', 'code', 'name', 'jurisdiction_code', 'telephone', 'closed_on', 'version'])
    .where('tenant_id', '=', scope.tenantId);
}

function columnsOf({ code, name, jurisdictionCode, telephone, closedOn }: DepartmentEntry) {
  return { code, name, jurisdiction_code: jurisdictionCode, telephone, closed_on: closedOn };
}

function read(row: Awaited<ReturnType<ReturnType<typeof departments>['executeTakeFirstOrThrow']>>): Department {
  return {
    departmentId: row.department_id,
    code: row.code,
    name: row.name,
    jurisdictionCode: row.jurisdiction_code,
    telephone: row.telephone,
    closedOn: row.closed_on,
    version: row.version,
  };
}
