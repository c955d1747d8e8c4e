// The only HTTP of publicity.
import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import * as endpoints from '../../contract/publicity-endpoints.ts';
import { etagOf, jobScope, reply, type Route, route, scopeAlso, versionOf } from '../permissions/index.ts';
import { countGranted } from '../cases/index.ts';
import { writeEntries, writeLists, writeObjections } from './export-publicity.ts';
import { openList, previewList } from './gather-list.ts';
import { answerObjection, makeObjection, type OpenedObjection, pageObjections, readObjection, readReceipt } from './object.ts';
import { answerDueOn, type PublicList, waitSince } from './publicity.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { countByEntry, countObjections, listListsOf, listShown } from './publicity-store.ts';
import { listPlace } from './sealed-columns.ts';
import { takeBackList } from './take-back.ts';
import { getOwnList, getShownList, type OpenedEntry, pageEntries } from './view-lists.ts';
import { dayOf } from '../registry/index.ts';
import { parseDate, type WorkingCalendar } from '../../policy/index.ts';

/** The routes of publicity. */
export function publicityRoutes(parts: PublicityParts): readonly Route[] {
  const { calendar } = parts.cases;
  return [
    route(endpoints.listPublicLists, async ({ tx, scope, now }) => ({ items: (await listShown(tx, scope, dayOf(now))).map(tellList) })),

    route(endpoints.listPublicEntries, async ({ tx, scope, params, query, now }) => {
      const list = await getShownList(tx, scope, params.listId, now);
      const { entries, next } = await pageEntries(tx, scope, parts, list, { after: placeOf(query.cursor), limit: query.limit, isPublic: true, q: query.q });
      return { list: tellList(list), items: entries.map(tellEntry), nextCursor: next === null ? null : writeCursor([next]) };
    }),

    route(endpoints.makeObjection, async ({ tx, scope, params, body, language, now, audit }) => {
      const { objectionId, receipt } = await makeObjection(tx, scope, parts, { ...params, text: body.text, contact: { name: body.name, reach: body.reach }, language }, now);
      audit({ object: { kind: 'objection', id: objectionId }, detail: { listId: params.listId } });
      return reply({ receipt }, { status: 201 });
    }),

    route(endpoints.readReceipt, async ({ tx, scope, body }) => {
      const { state, list, madeAt, answer, answeredAt } = await readReceipt(tx, scope, parts, body.code);
      return { state, ...list.titles, madeAt: madeAt.toISOString(), answer, answeredAt: answeredAt?.toISOString() ?? null };
    }),

    route(endpoints.openList, async ({ tx, scope, body, now, audit }) => {
      const list = await openList(tx, scope, parts, body, now);
      audit({ object: { kind: 'public-list', id: list.listId }, detail: { jurisdictionCode: list.jurisdictionCode, benefitId: list.benefitId } });
      return reply(tellOwn(parts, scope.tenantId, list, undefined), { status: 201, location: `/api/v1/publicity/lists/${list.listId}/entries` });
    }),

    route(endpoints.takeBackList, async ({ tx, scope, params, body, now, audit }) => {
      const list = await takeBackList(tx, scope, parts, params.listId, body.reason, now);
      audit({ object: { kind: 'public-list', id: list.listId }, detail: { entries: list.entries } });
      return tellOwn(parts, scope.tenantId, list, (await countObjections(tx, scopeAlso(scope, 'publicity.read'), [list.listId])).get(list.listId));
    }),

    route(endpoints.listWaiting, async ({ tx, scope, now }) => {
      const codes = scope.reach.kind === 'jurisdictions' ? scope.reach.codes : [];
      const counted = await countGranted(tx, jobScope(scope.tenantId, 'publicity', 'case.read'), codes);
      const items = counted.map(({ since, ...counts }) => {
        const day = since === null ? null : dayOf(since);
        return { ...counts, since: day, ...(day === null ? { waitedDays: null, isLate: false } : waitSince(day, dayOf(now), calendar)) };
      });
      // What waits longest stands first, what only held cases wait for last.
      return { items: items.sort((one, other) => (one.since ?? '9999').localeCompare(other.since ?? '9999')) };
    }),

    route(endpoints.previewList, async ({ tx, scope, query: { jurisdictionCode, policyId, benefitId, cursor, limit }, now, audit }) => {
      const { cases, ...preview } = await previewList(tx, scope, parts, { jurisdictionCode, policyId, benefitId }, { cursor, limit }, now);
      audit({ detail: { cases: cases.length, jurisdictionCode, benefitId } });
      return { ...preview, items: [...cases] };
    }),

    route(endpoints.listOwnLists, async ({ tx, scope, query: { state, jurisdictionCode, q, sort, cursor, limit } }) => {
      const lists = await listListsOf(tx, scope, { state, jurisdictionCode, q, sort, after: placeOfList(cursor), limit: limit + 1 });
      const page = lists.slice(0, limit);
      const counts = await countObjections(tx, scope, page.map(({ listId }) => listId));
      const last = lists.length > limit ? page.at(-1) : undefined;
      return { items: page.map((list) => tellOwn(parts, scope.tenantId, list, counts.get(list.listId))), nextCursor: last === undefined ? null : writeCursor([last.untilOn, last.listId]) };
    }),

    route(endpoints.exportOwnLists, async ({ tx, scope, query: { state, jurisdictionCode, q, sort, format }, language, audit }) => {
      const file = await writeLists(tx, scope, { state, jurisdictionCode, q, sort }, format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),

    route(endpoints.listOwnEntries, async ({ tx, scope, params, query, audit }) => {
      const list = await getOwnList(tx, scope, params.listId);
      const { entries, next } = await pageEntries(tx, scope, parts, list, { after: placeOf(query.cursor), limit: query.limit, isPublic: false, q: query.q });
      const counts = await countObjections(tx, scope, [list.listId]);
      const byEntry = await countByEntry(tx, scope, list.listId);
      audit({ object: { kind: 'public-list', id: list.listId }, detail: { entries: entries.length } });
      const items = entries.map((entry) => ({ ...tellEntry(entry), caseId: entry.caseId, objections: byEntry.get(entry.entryId)?.all ?? 0, openObjections: byEntry.get(entry.entryId)?.open ?? 0 }));
      return { list: tellOwn(parts, scope.tenantId, list, counts.get(list.listId)), items, nextCursor: next === null ? null : writeCursor([next]) };
    }),

    route(endpoints.exportOwnEntries, async ({ tx, scope, params, query, language, audit }) => {
      const list = await getOwnList(tx, scope, params.listId);
      const file = await writeEntries(tx, scope, parts, list, query.q, query.format, language);
      audit({ object: { kind: 'public-list', id: list.listId }, detail: { rows: file.rows } });
      return file;
    }),

    route(endpoints.listObjections, async ({ tx, scope, query: { state, listId, jurisdictionCode, q, sort, cursor, limit }, audit }) => {
      const { objections, next } = await pageObjections(tx, scope, parts, { state, listId, jurisdictionCode, q, sort, after: idOf(cursor), limit });
      audit({ detail: { objections: objections.length } });
      return { items: objections.map((one) => tellObjection(one, calendar)), nextCursor: next === null ? null : writeCursor([next]) };
    }),

    route(endpoints.exportObjections, async ({ tx, scope, query: { state, listId, jurisdictionCode, q, sort, format }, language, audit }) => {
      const file = await writeObjections(tx, scope, parts, { state, listId, jurisdictionCode, q, sort }, format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),

    route(endpoints.getObjection, async ({ tx, scope, params, audit }) => {
      const objection = await readObjection(tx, scope, parts, params.objectionId);
      audit({ object: { kind: 'objection', id: objection.objectionId } });
      return reply(tellWhole(objection, calendar), { etag: etagOf(objection.version) });
    }),

    route(endpoints.answerObjection, async ({ tx, scope, params, body, headers, now, audit }) => {
      await answerObjection(tx, scope, parts, params.objectionId, { ...body, version: versionOf(headers.ifMatch) }, now);
      const answered = await readObjection(tx, scopeAlso(scope, 'objection.read'), parts, params.objectionId);
      audit({ object: { kind: 'objection', id: answered.objectionId }, detail: { outcome: body.outcome } });
      return reply(tellWhole(answered, calendar), { etag: etagOf(answered.version) });
    }),
  ];
}

function tellList({ listId, jurisdictionCode, policyId, benefitId, titles, workingDays, opensOn, untilOn, entries }: PublicList) {
  return { listId, jurisdictionCode, policyId, benefitId, ...titles, workingDays, opensOn, untilOn, entries };
}

function tellOwn({ protector }: Pick<PublicityParts, 'protector'>, tenantId: number, list: PublicList, counts: { readonly all: number; readonly open: number } | undefined) {
  const { state, departmentId, openedAt, closedAt, takenBack, listId } = list;
  const told = takenBack === null ? null : { at: takenBack.at.toISOString(), by: takenBack.by, reason: protector.openText(listPlace(tenantId, listId), takenBack.reasonSealed) };
  return { ...tellList(list), state, departmentId, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null, takenBack: told, objections: counts?.all ?? 0, openObjections: counts?.open ?? 0 };
}

function tellEntry({ entryId, place, name, number, employerName, amountFen }: OpenedEntry) {
  return { entryId, place, name, number, employerName, amountFen };
}

function tellObjection({ objectionId, listId, entryId, caseId, jurisdictionCode, state, madeAt, answeredAt, list, entry }: OpenedObjection, calendar: WorkingCalendar) {
  return { objectionId, listId, entryId, caseId, jurisdictionCode, state, madeAt: madeAt.toISOString(), dueOn: answerDueOn(dayOf(madeAt), calendar), answeredAt: answeredAt?.toISOString() ?? null, ...list.titles, name: entry.name };
}

function tellWhole(objection: OpenedObjection, calendar: WorkingCalendar) {
  const { text, contact, entry, answer, departmentId } = objection;
  return { ...tellObjection(objection, calendar), text, contact, entry: tellEntry(entry), answer, departmentId };
}

/** The place after which a page begins. */
function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [place] = readCursor(cursor, 1) ?? [];
  if (typeof place !== 'number' || !Number.isSafeInteger(place) || place < 0 || place > 2_147_483_647) throw new Refusal('cursor-invalid');
  return place;
}

/** Where a page of lists ended. */
function placeOfList(cursor: string | undefined): { readonly untilOn: string; readonly listId: string } | undefined {
  if (cursor === undefined) return undefined;
  const [untilOn, listId] = readCursor(cursor, 2) ?? [];
  if (typeof untilOn !== 'string' || parseDate(untilOn) === undefined || typeof listId !== 'string' || !uuid.test(listId)) throw new Refusal('cursor-invalid');
  return { untilOn, listId };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id at which a page ended. */
function idOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1) ?? [];
  if (typeof id !== 'string' || !uuid.test(id)) throw new Refusal('cursor-invalid');
  return id;
}
