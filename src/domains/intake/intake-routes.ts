// The HTTP of intake.
import { Refusal } from '../../contract/errors.ts';
import * as endpoints from '../../contract/intake-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import { reply, type Route, route, scopeAlso } from '../permissions/index.ts';
import { fileApplication } from './file-application.ts';
import { fileList } from './file-list.ts';
import type { IntakeParts } from './intake-parts.ts';
import { listApplications } from './intake-store.ts';
import { prefill } from './prefill.ts';
import { applicationsOf, reachApplication, tellApplication, tellApplications, tellRows, writeRows } from './tell-applications.ts';

/** The routes of intake. */
export function intakeRoutes(parts: IntakeParts): readonly Route[] {
  return [
    route(endpoints.prefillApplication, async ({ tx, scope, query, now, language, audit }) => {
      const { subjectId, benefits, year } = query;
      const told = await prefill(tx, scope, parts, { subjectId, benefits, year }, now, language);
      audit({ object: { kind: 'party', id: told.subject.partyId }, detail: { facts: told.facts.length } });
      return told;
    }),

    route(endpoints.tryApplication, async ({ tx, scope, body, now, language, audit }) => {
      const { subjectId, benefits, year, facts } = body;
      const found = await prefill(tx, scope, parts, { subjectId, benefits: benefits.join(','), year, told: facts }, now, language);
      audit({ object: { kind: 'party', id: found.subject.partyId }, detail: { facts: found.facts.length, told: found.told.length } });
      return found;
    }),

    route(endpoints.fileApplication, async ({ tx, scope, body, now, language, audit }) => {
      const { applicationId, items } = await fileApplication(tx, scope, parts, { ...body, subjectId: body.subjectId }, now, language);
      const filed = items.filter(({ outcome }) => outcome === 'filed').length;
      audit({ ...(applicationId === null ? {} : { object: { kind: 'application', id: applicationId } }), detail: { filed, exists: items.length - filed } });
      const answer = { applicationId, items: [...items] };
      return applicationId === null ? reply(answer, { status: 200 }) : reply(answer, { status: 201, location: `/applications/${applicationId}` });
    }),

    route(endpoints.listApplicationsEndpoint, async ({ tx, scope, query }) => {
      const of = await applicationsOf(tx, scope);
      if (of === undefined) return { items: [], nextCursor: null };
      const rows = await listApplications(tx, scope, of, { before: readIdCursor(query.cursor), limit: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return { items: await tellApplications(tx, scope, page), nextCursor: last === undefined ? null : writeCursor([last.applicationId]) };
    }),

    route(endpoints.getApplication, async ({ tx, scope, params, language, audit }) => {
      const found = await reachApplication(tx, scope, params.applicationId);
      audit({ object: { kind: 'application', id: found.applicationId } });
      return tellApplication(tx, scope, parts, found, language);
    }),

    route(endpoints.fileFromImport, async ({ tx, scope, body, now, audit }) => {
      const list = await fileList(tx, scope, parts, body, now);
      const { applicationId, rowsTotal } = list;
      audit({ object: { kind: 'application', id: applicationId }, detail: { rows: rowsTotal, filesUnlikely: body.filesUnlikely } });
      const reading = scopeAlso(scope, 'application.read');
      const [item] = await tellApplications(tx, reading, [await reachApplication(tx, reading, applicationId)]);
      if (item === undefined) throw new Error('the application that was just ordered is not there');
      return reply(item, { status: 202, location: `/applications/${applicationId}` });
    }),

    route(endpoints.listApplicationRows, async ({ tx, scope, params, query, language, audit }) => {
      const found = await reachApplication(tx, scope, params.applicationId);
      audit({ object: { kind: 'application', id: found.applicationId } });
      const rows = await tellRows(tx, scope, parts, found, { after: readNumberCursor(query.cursor), outcome: query.outcome, limit: query.limit + 1 }, language);
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : writeCursor([last.row]) };
    }),

    route(endpoints.exportApplicationRows, async ({ tx, scope, params, language, audit }) => {
      const found = await reachApplication(tx, scope, params.applicationId);
      const { bytes, contentType, fileName, rows } = await writeRows(tx, scope, parts, found, language);
      audit({ object: { kind: 'application', id: found.applicationId }, detail: { rows } });
      return { bytes, contentType, fileName };
    }),
  ];
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1) ?? [];
  if (typeof id !== 'string' || !ID.test(id)) throw new Refusal('cursor-invalid');
  return id;
}

function readNumberCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [number] = readCursor(cursor, 1) ?? [];
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || number > 2 ** 31 - 1) throw new Refusal('cursor-invalid');
  return number;
}
