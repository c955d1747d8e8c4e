// The only HTTP of departments and jurisdictions.
import * as endpoints from '../../contract/departments-endpoints.ts';
import { etagOf, reply, type Route, route, versionOf } from '../permissions/index.ts';
import { addDepartment, updateDepartment } from './change-departments.ts';
import { getDepartment, listDepartments, listJurisdictions } from './departments-store.ts';

/** The routes of departments. */
export function departmentRoutes(): readonly Route[] {
  return [
    route(endpoints.listJurisdictions, async ({ tx, scope }) => ({ items: [...(await listJurisdictions(tx, scope))] })),
    route(endpoints.listDepartments, async ({ tx, scope, query: { jurisdiction, q } }) => {
      const all = await listDepartments(tx, scope);
      const wanted = q?.toLowerCase() ?? '';
      return { items: all.filter(({ name, jurisdictionCode }) => (jurisdiction === undefined || jurisdictionCode === jurisdiction) && name.toLowerCase().includes(wanted)) };
    }),
    route(endpoints.getDepartment, async ({ tx, scope, params }) => {
      const found = await getDepartment(tx, scope, params.departmentId);
      return reply(found, { etag: etagOf(found.version) });
    }),
    route(endpoints.createDepartment, async ({ tx, scope, body, audit }) => {
      const made = await addDepartment(tx, scope, { ...body, closedOn: null });
      audit({ object: { kind: 'department', id: made.departmentId } });
      return reply(made, { status: 201, etag: etagOf(made.version), location: `/api/v1/departments/${made.departmentId}` });
    }),
    route(endpoints.updateDepartment, async ({ tx, scope, params, body, headers, audit }) => {
      const changed = await updateDepartment(tx, scope, params.departmentId, versionOf(headers.ifMatch), body);
      audit({ object: { kind: 'department', id: changed.departmentId } });
      return reply(changed, { etag: etagOf(changed.version) });
    }),
  ];
}
