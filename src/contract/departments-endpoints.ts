// The endpoints of departments and jurisdictions.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { nameField } from './hidden-characters.ts';

const jurisdictionCode = z.string().regex(/^\d{6}$/, '应当是六位区划代码 / a division code of six digits is expected');

const department = z.object({
  departmentId: z.uuid(),
  code: z.string(),
  name: z.string(),
  jurisdictionCode,
  telephone: z.string().nullable(),
  /** The first day on which it no longer is. */
  closedOn: z.iso.date().nullable(),
});

const jurisdiction = z.object({ code: jurisdictionCode, parentCode: jurisdictionCode.nullable(), name: z.string() });

const written = {
  code: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, '小写字母开头，只用小写字母、数字和连字符 / lower-case letters, digits and hyphens, beginning with a letter'),
  name: nameField(100),
  jurisdictionCode,
  telephone: z.string().trim().regex(/^[\d+() -]{3,30}$/, '应当是电话号码 / a telephone number is expected').nullable().default(null),
};

export const listJurisdictions = defineEndpoint({
  id: 'jurisdictions.list',
  method: 'GET',
  path: '/jurisdictions',
  tag: 'departments',
  summary: { zh: '本市的辖区', en: 'jurisdictions of the city' },
  permission: 'department.read',
  response: z.object({ items: z.array(jurisdiction) }),
});

export const listDepartments = defineEndpoint({
  id: 'departments.list',
  method: 'GET',
  path: '/departments',
  tag: 'departments',
  summary: { zh: '本市的部门，按辖区和名称', en: 'departments of the city, by jurisdiction and name' },
  permission: 'department.read',
  query: z.object({ jurisdiction: jurisdictionCode.optional(), q: z.string().trim().max(100).optional().describe('名称里的字 / part of the name') }),
  response: z.object({ items: z.array(department) }),
});

export const getDepartment = defineEndpoint({
  id: 'departments.get',
  method: 'GET',
  path: '/departments/:departmentId',
  tag: 'departments',
  summary: { zh: '一个部门', en: 'a department' },
  permission: 'department.read',
  params: z.object({ departmentId: z.uuid() }),
  response: department,
  etag: true,
});

export const createDepartment = defineEndpoint({
  id: 'departments.create',
  method: 'POST',
  path: '/departments',
  tag: 'departments',
  summary: { zh: '新设一个部门', en: 'add a department' },
  permission: 'department.write',
  body: z.strictObject(written),
  response: department,
  status: 201,
  errors: ['department-code-taken', 'jurisdiction-unknown'],
});

export const updateDepartment = defineEndpoint({
  id: 'departments.update',
  method: 'PUT',
  path: '/departments/:departmentId',
  tag: 'departments',
  summary: { zh: '改一个部门的名称、辖区、电话，或者撤销它', en: 'change a department, or close it' },
  permission: 'department.write',
  params: z.object({ departmentId: z.uuid() }),
  body: z.strictObject({ ...written, closedOn: z.iso.date().nullable().default(null) }),
  response: department,
  etag: true,
  errors: ['department-code-taken', 'jurisdiction-unknown'],
});
