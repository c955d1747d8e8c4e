// The only HTTP of publicity.
import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import * as endpoints from '../../contract/publicity-endpoints.ts';
import { etagOf, reply, type Route, route, scopeAlso, versionOf } from '../permissions/index.ts';
import { openList } from './gather-list.ts';
import { answerObjection, makeObjection, type OpenedObjection, openObjection, readObjection, readReceipt } from './object.ts';
import type { PublicList } from './publicity.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { countObjections, listListsOf, listObjections, listShown } from './publicity-store.ts';
import { getOwnList, getShownList, type OpenedEntry, pageEntries } from './view-lists.ts';
import { dayOf } from '../registry/index.ts';

/** The routes of publicity. */
export function publicityRoutes(parts: PublicityParts): readonly Route[] {
  return [
    route(endpoints.listPublicLists, async ({ tx, scope, now }) => ({ items: (await listShown(tx, scope, dayOf(now))).map(tellList) })),

    route(endpoints.listPublicEntries, async ({ tx, scope, params, query, now }) => {
      const list = await getShownList(tx, scope, params.listId, now);
      const { entries, next } = await pageEntries(tx, scope, parts, list, { after: placeOf(query.cursor), limit: query.limit, isPublic: true });
      return { list: tellList(list), items: entries.map(tellEntry), nextCursor: next === null ? null : writeCursor([next]) };
    }),

    route(endpoints.makeObjection, async ({ tx, scope, params, body, language, now, audit }) => {
      const { objectionId, receipt } = await makeObjection(tx, scope, parts, { ...params, text: body.text, contact: { name: body.name, reach: body.reach }, language }, now);
      audit({ object: { kind: 'objection', id: objectionId }, detail: { listId: params.listId } });
      return reply({ receipt }, { status: 201 });
    }),

    route(endpoints.readReceipt, async ({ tx, scope, query }) => {
      const { state, list, madeAt, answer, answeredAt } = await readReceipt(tx, scope, parts, query.code);
      return { state, ...list.titles, madeAt: madeAt.toISOString(), answer, answeredAt: answeredAt?.toISOString() ?? null };
    }),

    route(endpoints.openList, async ({ tx, scope, body, now, audit }) => {
      const list = await openList(tx, scope, parts, body, now);
      audit({ object: { kind: 'public-list', id: list.listId }, detail: { jurisdictionCode: list.jurisdictionCode, benefitId: list.benefitId } });
      return reply(tellOwn(list, undefined), { status: 201, location: `/api/v1/publicity/lists/${list.listId}/entries` });
    }),

    route(endpoints.listOwnLists, async ({ tx, scope, query }) => {
      const codes = scope.reach.kind === 'jurisdictions' ? scope.reach.codes : [];
      const lists = await listListsOf(tx, scope, codes, { before: idOf(query.cursor), limit: query.limit + 1 });
      const page = lists.slice(0, query.limit);
      const counts = await countObjections(tx, scope, page.map(({ listId }) => listId));
      return { items: page.map((list) => tellOwn(list, counts.get(list.listId))), nextCursor: lists.length > query.limit ? writeCursor([page.at(-1)?.listId ?? '']) : null };
    }),

    route(endpoints.listOwnEntries, async ({ tx, scope, params, query, audit }) => {
      const list = await getOwnList(tx, scope, params.listId);
      const { entries, next } = await pageEntries(tx, scope, parts, list, { after: placeOf(query.cursor), limit: query.limit, isPublic: false });
      const counts = await countObjections(tx, scope, [list.listId]);
      audit({ object: { kind: 'public-list', id: list.listId }, detail: { entries: entries.length } });
      return { list: tellOwn(list, counts.get(list.listId)), items: entries.map((entry) => ({ ...tellEntry(entry), caseId: entry.caseId })), nextCursor: next === null ? null : writeCursor([next]) };
    }),

    route(endpoints.listObjections, async ({ tx, scope, query, audit }) => {
      const rows = await listObjections(tx, scope, { onlyOpen: query.state === 'open', listId: query.listId, before: idOf(query.cursor), limit: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const items: ReturnType<typeof tellObjection>[] = [];
      for (const row of page) items.push(tellObjection(await openObjection(tx, scope, parts, row)));
      audit({ detail: { objections: items.length } });
      return { items, nextCursor: rows.length > query.limit ? writeCursor([page.at(-1)?.objectionId ?? '']) : null };
    }),

    route(endpoints.getObjection, async ({ tx, scope, params, audit }) => {
      const objection = await readObjection(tx, scope, parts, params.objectionId);
      audit({ object: { kind: 'objection', id: objection.objectionId } });
      return reply(tellWhole(objection), { etag: etagOf(objection.version) });
    }),

    route(endpoints.answerObjection, async ({ tx, scope, params, body, headers, now, audit }) => {
      await answerObjection(tx, scope, parts, params.objectionId, { ...body, version: versionOf(headers.ifMatch) }, now);
      const answered = await readObjection(tx, scopeAlso(scope, 'objection.read'), parts, params.objectionId);
      audit({ object: { kind: 'objection', id: answered.objectionId }, detail: { outcome: body.outcome } });
      return reply(tellWhole(answered), { etag: etagOf(answered.version) });
    }),
  ];
}

function tellList({ listId, jurisdictionCode, policyId, benefitId, titles, workingDays, opensOn, untilOn, entries }: PublicList) {
  return { listId, jurisdictionCode, policyId, benefitId, ...titles, workingDays, opensOn, untilOn, entries };
}

function tellOwn(list: PublicList, counts: { readonly all: number; readonly open: number } | undefined) {
  const { state, departmentId, openedAt, closedAt } = list;
  return { ...tellList(list), state, departmentId, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null, objections: counts?.all ?? 0, openObjections: counts?.open ?? 0 };
}

function tellEntry({ entryId, place, name, number, employerName, amountFen }: OpenedEntry) {
  return { entryId, place, name, number, employerName, amountFen };
}

function tellObjection({ objectionId, listId, entryId, caseId, state, madeAt, answeredAt, list, entry }: OpenedObjection) {
  return { objectionId, listId, entryId, caseId, state, madeAt: madeAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null, ...list.titles, name: entry.name };
}

function tellWhole(objection: OpenedObjection) {
  const { text, contact, entry, answer, departmentId } = objection;
  return { ...tellObjection(objection), text, contact, entry: tellEntry(entry), answer, departmentId };
}

/** The place after which a page begins. */
function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [place] = readCursor(cursor, 1) ?? [];
  if (typeof place !== 'number' || !Number.isSafeInteger(place) || place < 0 || place > 2_147_483_647) throw new Refusal('cursor-invalid');
  return place;
}

/** The id before which a page ends. */
function idOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1) ?? [];
  if (typeof id !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Refusal('cursor-invalid');
  return id;
}
