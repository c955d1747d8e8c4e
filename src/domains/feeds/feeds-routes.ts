// The HTTP of feeds: agreements, deliveries, rows that were not taken, disagreements.
import { z } from 'zod';
import { Refusal } from '../../contract/errors.ts';
import {
  answerDisagreement as answerEndpoint,
  askDisagreement as askEndpoint,
  createFeed as createEndpoint,
  deliverFile,
  deliverRows,
  exportDeliveries,
  exportDeliveryRows,
  exportDisagreements,
  exportFeeds,
  getDelivery as getDeliveryEndpoint,
  getDisagreement as getDisagreementEndpoint,
  getFeed as getFeedEndpoint,
  getFeedFigures,
  listDeliveries as listDeliveriesEndpoint,
  listDeliveryRows,
  listDisagreements as listDisagreementsEndpoint,
  listDisputedFacts,
  listFeeds as listFeedsEndpoint,
  putFeed,
  settleDisagreement as settleEndpoint,
} from '../../contract/feeds-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import { sensitiveGroupOf } from '../../contract/sensitive-facts.ts';
import type { Tx } from '../../storage/database.ts';
import { writeTable } from '../../spreadsheet/index.ts';
import { noteShown } from '../audit/index.ts';
import { etagOf, reply, type Route, route, type Scope, scopeAlso, versionOf } from '../permissions/index.ts';
import { getPartyInReach, type RegistryTools } from '../registry/index.ts';
import { dayOf } from './day.ts';
import { getDelivery, listDeliveries, listRows } from './deliveries-store.ts';
import { type Disagreement, getDisagreement, listDisagreements, readDisputedFacts } from './disagreements-store.ts';
import { writeDeliveries, writeDisagreements, writeFeeds } from './export-lists.ts';
import { type Delivery, type Feed, partyFault, type RowFault, tellRowFault } from './feed.ts';
import { getFeed, listFeeds, readFreshness } from './feeds-store.ts';
import { namePartiesOf } from './name-parties.ts';
import { rowFromJson } from './read-delivery.ts';
import { receiveDelivery } from './receive-delivery.ts';
import { changeFeed, createFeed } from './set-up-feed.ts';
import { answerDisagreement, askParty, openValue, openWords, settleDisagreement, type SettlingParts } from './settle-disagreement.ts';
import { openContent } from './take-rows.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The routes of feeds. */
export function feedsRoutes(parts: SettlingParts): readonly Route[] {
  const { tools } = parts;
  const { factBook, protector } = tools;
  return [
    route(listFeedsEndpoint, async ({ tx, scope, query, now }) => {
      const { limit, sort } = query;
      const after = query.cursor === undefined ? undefined : readFeedCursor(query.cursor, sort);
      const found = await listFeeds(tx, scope, { departmentId: query.departmentId, status: query.status, lateOn: query.late ? dayOf(now) : undefined, sort, after, limit: limit + 1 });
      return pageOf(found, limit, (feed) => (sort === 'newest' ? [feed.feedId] : [feed.lastAsOf, feed.feedId]), tellFeed);
    }),
    route(exportFeeds, async ({ tx, scope, query, language, now, audit }) => {
      const { departmentId, status, sort, late, format } = query;
      const file = await writeFeeds(tx, scope, { departmentId, status, lateOn: late ? dayOf(now) : undefined, sort }, format, language);
      audit({ detail: { rows: file.rows, departmentId: departmentId ?? null, status: status ?? null, late } });
      return file;
    }),
    route(getFeedFigures, async ({ tx, scope, now }) => {
      const feeds = await readFreshness(tx, scope, dayOf(now));
      return { late: feeds.filter(({ isLate }) => isLate).length, feeds: feeds.map(({ feedId, lastEndedAt, ...feed }) => ({ id: feedId, ...feed, lastEndedAt: lastEndedAt?.toISOString() ?? null })) };
    }),
    route(getFeedEndpoint, async ({ tx, scope, params }) => withEtag(tellFeed(await getFeed(tx, scope, params.feedId)))),
    route(createEndpoint, async ({ tx, scope, body: { departmentId, ...terms }, now, audit }) => {
      const feed = await createFeed(tx, scope, factBook, departmentId, terms, now);
      audit({ object: { kind: 'feed', id: feed.feedId }, detail: { departmentId, facts: feed.facts.join('、'), purpose: feed.purpose } });
      return reply(tellFeed(feed), { etag: etagOf(feed.version), location: `/api/v1/feeds/${feed.feedId}` });
    }),
    route(putFeed, async ({ tx, scope, params, headers, body, now, audit }) => {
      const feed = await changeFeed(tx, scope, factBook, params.feedId, versionOf(headers.ifMatch), body, now);
      audit({ object: { kind: 'feed', id: feed.feedId }, detail: { facts: feed.facts.join('、'), purpose: feed.purpose, status: feed.status } });
      return withEtag(tellFeed(feed));
    }),
    route(deliverRows, async ({ tx, scope, params, body, now, audit }) => {
      const rows = body.rows.map((row, at) => rowFromJson(row, at + 1));
      const content = { kind: 'rows', rows, text: JSON.stringify(body.rows) } as const;
      const { delivery, isRepeated } = await receiveDelivery(tx, scope, protector, { feedId: params.feedId, senderNumber: body.number, asOf: body.asOf, content }, now);
      audit({ object: { kind: 'delivery', id: delivery.deliveryId }, detail: { feedId: params.feedId, rows: delivery.total, isRepeated } });
      return reply(tellDelivery(delivery), { status: isRepeated ? 200 : 202, location: locationOf(delivery) });
    }),
    route(deliverFile, async ({ tx, scope, params, query, bytes, headers, now, audit }) => {
      const content = { kind: 'file', bytes, contentType: headers.contentType, fileName: query.fileName } as const;
      const { delivery, isRepeated } = await receiveDelivery(tx, scope, protector, { feedId: params.feedId, senderNumber: query.number, asOf: query.asOf, content }, now);
      audit({ object: { kind: 'delivery', id: delivery.deliveryId }, detail: { feedId: params.feedId, rows: delivery.total, isRepeated } });
      return reply(tellDelivery(delivery), { status: isRepeated ? 200 : 202, location: locationOf(delivery) });
    }),
    route(listDeliveriesEndpoint, async ({ tx, scope, params, query: { limit, cursor, status } }) => {
      await getFeed(tx, scope, params.feedId);
      const found = await listDeliveries(tx, scope, { feedId: params.feedId, status, before: readIdCursor(cursor), limit: limit + 1 });
      return pageOf(found, limit, ({ deliveryId }) => [deliveryId], tellDelivery);
    }),
    route(exportDeliveries, async ({ tx, scope, params, query, language, audit }) => {
      await getFeed(tx, scope, params.feedId);
      const file = await writeDeliveries(tx, scope, { feedId: params.feedId, status: query.status }, query.format, language);
      audit({ object: { kind: 'feed', id: params.feedId }, detail: { rows: file.rows, status: query.status ?? null } });
      return file;
    }),
    route(getDeliveryEndpoint, async ({ tx, scope, params }) => {
      await getFeed(tx, scope, params.feedId);
      return tellDelivery(await getDelivery(tx, scope, params.feedId, params.deliveryId));
    }),
    route(listDeliveryRows, async ({ tx, scope, params, query: { limit, cursor, status }, language }) => {
      await getFeed(tx, scope, params.feedId);
      await getDelivery(tx, scope, params.feedId, params.deliveryId);
      const after = cursor === undefined ? 0 : readCursor(cursor, 1)?.[0];
      if (typeof after !== 'number' || !Number.isInteger(after) || after < 0 || after > MOST_ROW_NUMBER) throw new Refusal('cursor-invalid');
      const found = await listRows(tx, scope, { deliveryId: params.deliveryId, statuses: statusesOf(status), after, limit: limit + 1 });
      return pageOf(found, limit, ({ number }) => [number], (row) => ({
        number: row.number,
        status: row.status,
        keptUntil: row.expiresOn,
        faults: faultsOf(tools, scope.tenantId, params.deliveryId, row).map((fault) => ({ code: fault.code, field: fault.field ?? null, message: tellRowFault(fault, language) })),
      }));
    }),
    route(exportDeliveryRows, async ({ tx, scope, params, query, language, audit }) => {
      await getFeed(tx, scope, params.feedId);
      const delivery = await getDelivery(tx, scope, params.feedId, params.deliveryId);
      const file = await writeTable({
        format: query.format,
        fileName: language === 'zh' ? `没收下的行-${delivery.senderNumber}` : `rows-not-taken-${delivery.senderNumber}`,
        sheetName: language === 'zh' ? '没收下的行' : 'Rows not taken',
        columns: [
          { heading: language === 'zh' ? '行号' : 'Row', type: 'number', value: (row: ErrorLine) => row.number },
          { heading: language === 'zh' ? '列' : 'Column', type: 'text', value: (row: ErrorLine) => row.field },
          { heading: language === 'zh' ? '原因' : 'Reason', type: 'text', width: 80, value: (row: ErrorLine) => row.message },
        ],
        rows: errorLines(tx, scope, tools, params.deliveryId, statusesOf(query.status), language),
      });
      audit({ object: { kind: 'delivery', id: params.deliveryId }, detail: { rows: file.rows, status: query.status ?? null } });
      return file;
    }),
    route(listDisagreementsEndpoint, async ({ tx, scope, query, audit }) => {
      const { limit, sort, status, fact, feedId } = query;
      const partyIds = await idsAsked(tx, scope, query.partyId);
      const found = await listDisagreements(tx, scope, { status, fact, feedId, partyIds, sort, after: readIdCursor(query.cursor), limit: limit + 1 });
      const names = await namePartiesOf(tx, scope, found);
      // A name of a fact that nothing was found by may be anything.
      audit(noteShown(found.slice(0, limit).map(({ partyId }) => partyId), { status: status ?? null, fact: found.length === 0 ? null : (fact ?? null), feedId: feedId ?? null, partyId: query.partyId ?? null }));
      return pageOf(found, limit, ({ disagreementId }) => [disagreementId], (one) => tellItem(one, names));
    }),
    route(exportDisagreements, async ({ tx, scope, query, language, audit }) => {
      const { sort, status, fact, feedId, partyId, format } = query;
      const file = await writeDisagreements(tx, scope, { status, fact, feedId, partyIds: await idsAsked(tx, scope, partyId), sort }, format, language);
      audit({ detail: { rows: file.rows, status: status ?? null, fact: file.rows === 0 ? null : (fact ?? null), feedId: feedId ?? null, partyId: partyId ?? null } });
      return file;
    }),
    route(listDisputedFacts, async ({ tx, scope, query }) => {
      const { ids } = await getPartyInReach(tx, scope, query.partyId, 'own');
      const disputed = await readDisputedFacts(tx, scope, ids);
      return { facts: [...new Set([...disputed.values()].flat())].sort() };
    }),
    route(getDisagreementEndpoint, async ({ tx, scope, params, audit }) => {
      const found = await getDisagreement(tx, scope, params.disagreementId, await idsAsked(tx, scope, undefined));
      audit({ object: { kind: 'disagreement', id: found.disagreementId }, detail: { partyId: found.partyId, fact: found.fact } });
      return withEtag(await tellWhole(tx, tools, scope, found));
    }),
    route(askEndpoint, async ({ tx, scope, params, headers, now, audit }) => {
      const found = await askParty(tx, scope, parts, params.disagreementId, versionOf(headers.ifMatch), now);
      audit({ object: { kind: 'disagreement', id: found.disagreementId }, detail: { partyId: found.partyId, fact: found.fact } });
      return withEtag(await tellWhole(tx, tools, scope, found));
    }),
    route(answerEndpoint, async ({ tx, scope, params, headers, body, now, audit }) => {
      const given = { disagreementId: params.disagreementId, version: versionOf(headers.ifMatch), answer: body.answer, words: body.words };
      const found = await answerDisagreement(tx, scope, tools, (await idsAsked(tx, scope, undefined)) ?? [], given, now);
      audit({ object: { kind: 'disagreement', id: found.disagreementId }, detail: { answer: body.answer } });
      return withEtag(await tellWhole(tx, tools, scope, found));
    }),
    route(settleEndpoint, async ({ tx, scope, params, headers, body, now, audit }) => {
      const before = await getDisagreement(tx, scope, params.disagreementId);
      // Nobody decides on what they may not see.
      if (sensitiveGroupOf(before.fact) !== undefined) scopeAlso(scope, 'fact.read-sensitive');
      const found = await settleDisagreement(tx, scope, parts, params.disagreementId, versionOf(headers.ifMatch), body, now);
      audit({ object: { kind: 'disagreement', id: found.disagreementId }, detail: { partyId: found.partyId, fact: found.fact, settledAs: body.settleAs } });
      return withEtag(await tellWhole(tx, tools, scope, found));
    }),
  ];
}

/** A line of the list of errors: a row may have several. */
interface ErrorLine {
  readonly number: number;
  readonly field: string;
  readonly message: string;
}

type RowStatus = 'unknown' | 'invalid' | 'expired';
const allStatuses: readonly RowStatus[] = ['unknown', 'invalid', 'expired'];

function statusesOf(status: RowStatus | undefined): readonly RowStatus[] {
  return status === undefined ? allStatuses : [status];
}

const ROWS_AT_ONCE = 1000;
// The largest integer of the column.
const MOST_ROW_NUMBER = 2 ** 31 - 1;

async function* errorLines(tx: Tx, scope: Scope<'feed.read'>, tools: RegistryTools, deliveryId: string, statuses: readonly RowStatus[], language: 'zh' | 'en'): AsyncGenerator<readonly ErrorLine[], void, undefined> {
  for (let after = 0; ; ) {
    const rows = await listRows(tx, scope, { deliveryId, statuses, after, limit: ROWS_AT_ONCE });
    yield rows.flatMap((row) =>
      faultsOf(tools, scope.tenantId, deliveryId, row).map((fault) => ({ number: row.number, field: fault.field ?? '', message: tellRowFault(fault, language) })),
    );
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = last.number;
  }
}

/** What is wrong with a row: its own faults, or that nobody is known for it. */
function faultsOf(tools: RegistryTools, tenantId: number, deliveryId: string, row: { readonly number: number; readonly status: RowStatus; readonly content: Uint8Array | null; readonly expiresOn: string | null }): readonly RowFault[] {
  if (row.status !== 'invalid' || row.content === null) return [partyFault(row.status === 'expired' ? 'expired' : 'unknown', row.expiresOn)];
  return openContent(tools, tenantId, { deliveryId, number: row.number, content: row.content }).faults ?? [];
}

/** Ids of the parties that a question is about: the caller's own, where the caller is one; else those of the party named. */
async function idsAsked(tx: Tx, scope: Scope<'disagreement.read' | 'disagreement.answer'>, partyId: string | undefined): Promise<readonly string[] | undefined> {
  if (partyId !== undefined) return (await getPartyInReach(tx, scope, partyId, 'own')).ids;
  const { reach } = scope;
  const own = reach.kind === 'parties' ? reach.partyIds : reach.kind === 'organisation' ? [reach.organisationId] : undefined;
  if (own === undefined) return undefined;
  const ids: string[] = [];
  for (const id of own) ids.push(...(await getPartyInReach(tx, scope, id, 'own')).ids);
  return ids;
}

function tellFeed({ feedId, createdAt, lastEndedAt, createdBy: _createdBy, ...feed }: Feed) {
  return { id: feedId, ...feed, facts: [...feed.facts], createdAt: createdAt.toISOString(), lastEndedAt: lastEndedAt?.toISOString() ?? null };
}

function tellDelivery({ deliveryId, senderNumber, receivedAt, endedAt, ...delivery }: Delivery) {
  const { total, accepted, unchanged, unknown, invalid, matchedLater, expired } = delivery;
  const waiting = total - accepted - unchanged - unknown - invalid - matchedLater - expired;
  return { id: deliveryId, number: senderNumber, ...delivery, waiting, receivedAt: receivedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

function locationOf({ feedId, deliveryId }: Delivery): string {
  return `/api/v1/feeds/${feedId}/deliveries/${deliveryId}`;
}

function tellItem(one: Disagreement, names: ReadonlyMap<string, string>) {
  const { origin, trust, departmentId } = one.held;
  const datesOf = ({ asOf, validFrom, validTo }: Disagreement['held'] | Disagreement['delivered']) => ({ asOf, validFrom, validTo });
  return {
    id: one.disagreementId,
    partyId: one.partyId,
    partyName: names.get(one.partyId) ?? '',
    jurisdictionCode: one.jurisdictionCode,
    fact: one.fact,
    status: one.status,
    held: { origin, trust, departmentId, ...datesOf(one.held) },
    delivered: { origin: '共享', trust: 'A', departmentId: one.delivered.departmentId, ...datesOf(one.delivered), feedId: one.delivered.feedId, deliveryId: one.delivered.deliveryId },
    times: one.times,
    answer: one.answer,
    settledAs: one.settledAs,
    createdAt: one.createdAt.toISOString(),
    askedAt: one.askedAt?.toISOString() ?? null,
    answeredAt: one.answeredAt?.toISOString() ?? null,
    settledAt: one.settledAt?.toISOString() ?? null,
    version: one.version,
  };
}

async function tellWhole(tx: Tx, tools: RegistryTools, scope: Scope<'disagreement.read' | 'disagreement.settle' | 'disagreement.answer'>, one: Disagreement) {
  const isWithheld = !maySeeValues(scope, one.fact);
  const { tenantId } = scope;
  const valueIn = (column: 'held_sealed' | 'delivered_sealed', sealed: Uint8Array): unknown => (isWithheld ? null : openValue(tools, tenantId, one.disagreementId, column, sealed));
  return {
    ...tellItem(one, await namePartiesOf(tx, scope, [one])),
    isWithheld,
    heldValue: valueIn('held_sealed', one.held.sealed),
    heldStatementId: one.held.statementId,
    heldEvidenceId: one.held.evidenceId,
    deliveredValue: valueIn('delivered_sealed', one.delivered.sealed),
    words: openWords(tools, tenantId, one.disagreementId, 'words_sealed', one.wordsSealed),
    reason: openWords(tools, tenantId, one.disagreementId, 'reason_sealed', one.reasonSealed),
  };
}

/** Sensitive values are for the party itself and for those who may read such facts: to keep them right is a duty (个人信息保护法 第八条). */
function maySeeValues(scope: Scope, fact: string): boolean {
  if (sensitiveGroupOf(fact) === undefined || scope.reach.kind === 'parties' || scope.reach.kind === 'organisation') return true;
  try {
    scopeAlso(scope, 'fact.read-sensitive');
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function withEtag<T extends { readonly version: number }>(body: T) {
  return reply(body, { etag: etagOf(body.version) });
}

function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = readCursor(cursor, 1)?.[0];
  if (typeof id !== 'string' || !ID.test(id)) throw new Refusal('cursor-invalid');
  return id;
}

function readFeedCursor(cursor: string, sort: 'newest' | 'stalest'): readonly (string | null)[] {
  if (sort === 'newest') return [readIdCursor(cursor) ?? null];
  const values = readCursor(cursor, 2);
  const [day, id] = values ?? [];
  const isFit = (day === null || (typeof day === 'string' && z.iso.date().safeParse(day).success)) && typeof id === 'string' && ID.test(id);
  if (!isFit) throw new Refusal('cursor-invalid');
  return [day, id];
}

/** A page of what was found with one more than its limit. */
function pageOf<Found, Told>(found: readonly Found[], limit: number, order: (one: Found) => readonly (string | number | null)[], tell: (one: Found) => Told) {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(tell), nextCursor: found.length > limit && last !== undefined ? writeCursor(order(last)) : null };
}
