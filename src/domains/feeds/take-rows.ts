// Takes rows of a delivery: checks them, finds whom they are about, compares them with what is held, records what may be recorded and queues what disagrees.
import { newId, type Tx } from '../../storage/database.ts';
import { listCodesOf } from '../departments/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { rowOf } from '../protection/index.ts';
import type { FactStatement, RegistryTools } from '../registry/index.ts';
import { type CheckedRow, checkRow, isSameName } from './check-row.ts';
import { compareDelivered, DELIVERED_TRUST, type DeliveredValue } from './compare-delivered.ts';
import { addDays, dayOf } from './day.ts';
import { addCounts, deleteRows, markInvalid, markUnknown, type SealedRow } from './deliveries-store.ts';
import { insertDisagreement, type KnownDisagreement, type NewDisagreement, readKnown, updateDelivered } from './disagreements-store.ts';
import { type DeliveredRow, type DeliveryCounts, factFault, type Feed, type RowFault } from './feed.ts';
import { noteDelivered } from './feeds-store.ts';
import { findParties, type FoundParty, type NewDeliveredStatement, readHeld, recordDelivered } from './registry-calls.ts';

/** What a row's sealed content holds: the row while it may be taken, else what is wrong with it. */
export interface RowContent {
  readonly row?: DeliveredRow;
  readonly faults?: readonly RowFault[];
}

/** Rows of one delivery. */
export interface RowsToTake {
  readonly deliveryId: string;
  readonly asOf: string | null;
  readonly feed: Feed;
  readonly rows: readonly SealedRow[];
  /** These rows were of unknown parties until now; those that still are stay as they are. */
  readonly isLater: boolean;
}

/** Reads a row's content. */
export function openContent({ protector }: Pick<RegistryTools, 'protector'>, tenantId: number, { deliveryId, number, content }: SealedRow): RowContent {
  return JSON.parse(protector.openText(placeOf(tenantId, deliveryId, number), content)) as RowContent;
}

/** Seals a row's content for its place. */
export function sealContent({ protector }: Pick<RegistryTools, 'protector'>, tenantId: number, deliveryId: string, number: number, content: RowContent): SealedRow {
  return { deliveryId, number, content: protector.seal(placeOf(tenantId, deliveryId, number), JSON.stringify(content)) };
}

function placeOf(tenantId: number, deliveryId: string, number: number) {
  return { tenantId, table: 'feed_rows', column: 'content_sealed', row: rowOf(deliveryId, number) };
}

/** Takes the rows within `tx`; the tenant's turn has to be held, so that nothing else is recorded in between. */
export async function takeRows(tx: Tx, scope: Scope<'feed.process'>, tools: RegistryTools, { deliveryId, asOf, feed, rows, isLater }: RowsToTake, now: Date): Promise<Omit<DeliveryCounts, 'total'>> {
  const { tenantId } = scope;
  const { factBook } = tools;
  const today = dayOf(now);
  const invalid: SealedRow[] = [];
  const refuse = (number: number, faults: readonly RowFault[]): void => void invalid.push(sealContent(tools, tenantId, deliveryId, number, { faults }));

  const checked: CheckedRow[] = [];
  for (const sealed of rows) {
    const given = openContent(tools, tenantId, sealed).row ?? { number: sealed.number, facts: {} };
    const result = checkRow(given, { feed, factBook, asOf, today });
    if ('key' in result) checked.push(result);
    else refuse(sealed.number, result);
  }

  const parties = await findParties(tx, tools, tenantId, feed.subjectKind, [...new Set(checked.map(({ key }) => key))], now);
  // What a department says counts for the people of its own jurisdiction; to it, others are as good as not there.
  const codes = await listCodesOf(tx, jobScope(tenantId, 'feeds', 'department.read'), feed.departmentId);
  const found: { readonly row: CheckedRow; readonly party: FoundParty }[] = [];
  const unknown: number[] = [];
  for (const row of checked) {
    const party = parties.get(row.key);
    if (party === undefined || !codes.has(party.jurisdictionCode)) unknown.push(row.number);
    else if (row.name !== undefined && !isSameName(row.name, party.name)) refuse(row.number, [{ code: 'name-differs' }]);
    else found.push({ row, party });
  }

  const partyIds = [...new Set(found.map(({ party }) => party.partyId))];
  const held = await readHeld(tx, tools, tenantId, partyIds, now);
  const known = groupKnown(await readKnown(tx, scope, partyIds));
  const statements: { readonly number: number; readonly statement: NewDeliveredStatement }[] = [];
  let unchanged = 0;
  let disagreeing = 0;
  const failed = new Set<number>();
  /** By the statements that rows of this call make, which number they have. */
  const numbers = new Map<string, number>();
  for (const { row, party } of found) {
    const before = held.get(party.partyId) ?? [];
    const recognised = factBook.recognise(row.facts);
    const recorded: Record<string, unknown> = {};
    let isNews = false;
    const compared = Object.entries(row.facts).map(([fact, written]) => {
      const delivered: DeliveredValue = { fact, value: recognised?.[fact] ?? written, departmentId: feed.departmentId, asOf: row.asOf, validFrom: row.validFrom, validTo: row.validTo };
      return { fact, written, delivered, verdict: compareDelivered(before, delivered) };
    });
    // What one delivery says twice in two ways is for whoever made it to put right.
    const doubled = compared.flatMap(({ fact, verdict }) => (verdict.kind === 'disagrees' && verdict.held.deliveryId === deliveryId ? [doubledFault(fact, numbers.get(verdict.held.statementId))] : []));
    if (doubled.length > 0) {
      failed.add(row.number);
      refuse(row.number, doubled);
      continue;
    }
    for (const { fact, written, delivered, verdict } of compared) {
      if (verdict.kind === 'record') recorded[fact] = written;
      else if (verdict.kind === 'disagrees') {
        const isNew = await queue(tx, scope, tools, { feed, deliveryId, party, delivered, held: verdict.held, heldValue: verdict.heldValue, known, at: now });
        if (isNew) disagreeing++;
        isNews ||= isNew;
      }
    }
    if (Object.keys(recorded).length > 0) {
      const statement: NewDeliveredStatement = {
        partyId: party.partyId, departmentId: feed.departmentId, deliveryId, purpose: feed.purpose, asOf: row.asOf, validFrom: row.validFrom, validTo: row.validTo, corrects: null, facts: recorded,
      };
      statements.push({ number: row.number, statement });
      // A second row about the same party meets what the first one said.
      const said = asHeld(statement, recognised, now);
      numbers.set(said.statementId, row.number);
      held.set(party.partyId, [...before, said]);
    } else if (!isNews) unchanged++;
  }
  const results = await recordDelivered(tx, tools, tenantId, statements.map(({ statement }) => statement), now);
  results.forEach((result, at) => {
    const number = statements[at]?.number;
    if (number === undefined || !('details' in result)) return;
    failed.add(number);
    refuse(number, result.details.map(factFault));
  });
  const taken = found.filter(({ row }) => !failed.has(row.number));
  await deleteRows(tx, scope, taken.map(({ row }) => ({ deliveryId, number: row.number })));
  await markInvalid(tx, scope, invalid);
  if (!isLater) await markUnknown(tx, scope, deliveryId, unknown, addDays(today, feed.keepUnknownDays));
  const latest = taken.reduce<string | null>((day, { row }) => (day === null || row.asOf > day ? row.asOf : day), null);
  if (latest !== null) await noteDelivered(tx, scope, feed.feedId, latest, now);

  const counts = isLater
    ? { accepted: 0, unchanged: 0, unknown: -(taken.length + invalid.length), invalid: invalid.length, matchedLater: taken.length, expired: 0, disagreeing }
    : { accepted: taken.length - unchanged, unchanged, unknown: unknown.length, invalid: invalid.length, matchedLater: 0, expired: 0, disagreeing };
  await addCounts(tx, scope, deliveryId, counts);
  return counts;
}

/** A value that an earlier row of the same delivery contradicts; `number` where that row came along. */
function doubledFault(field: string, number: number | undefined): RowFault {
  const [zh, en] = number === undefined ? ['前面的一行', 'an earlier row'] : [`第 ${number} 行`, `row ${number}`];
  return { code: 'row-contradicts', field, words: { zh: `“${field}”和同一批里${zh}说的不一样。一个人同一个截至日期只能有一个值。`, en: `${field}: ${en} of this delivery says something else. There is one value for one as-of date.` } };
}

/** What is known of a party's disagreements, by party and fact. */
type Known = Map<string, KnownDisagreement[]>;

function groupKnown(all: readonly KnownDisagreement[]): Known {
  const known: Known = new Map();
  for (const one of all) {
    const key = `${one.partyId} ${one.fact}`;
    known.set(key, [...(known.get(key) ?? []), one]);
  }
  return known;
}

interface Contradiction {
  readonly feed: Feed;
  readonly deliveryId: string;
  readonly party: FoundParty;
  readonly delivered: DeliveredValue;
  readonly held: FactStatement;
  readonly heldValue: unknown;
  readonly known: Known;
  readonly at: Date;
}

/**
 * Queues a contradiction for a person. One that is open already takes the new value; one that was settled for the held value, or for both, stays
 * settled as long as both sides say the same again.
 * @returns whether there is something new to look at
 */
async function queue(tx: Tx, scope: Scope<'feed.process'>, { protector }: RegistryTools, { feed, deliveryId, party, delivered, held, heldValue, known, at }: Contradiction): Promise<boolean> {
  const { tenantId } = scope;
  const { fact } = delivered;
  const key = `${party.partyId} ${fact}`;
  const before = (known.get(key) ?? []).filter(({ departmentId }) => departmentId === feed.departmentId);
  const digestOf = (value: unknown): Uint8Array => protector.digest(tenantId, JSON.stringify([party.partyId, fact, plainOrder(value)]));
  const digest = digestOf(delivered.value);
  const heldDigest = digestOf(heldValue);
  const isSaidAgain = (one: KnownDisagreement): boolean => Buffer.from(one.deliveredDigest).equals(digest) && Buffer.from(one.heldDigest).equals(heldDigest);
  if (before.some((one) => (one.settledAs === 'held' || one.settledAs === 'both') && isSaidAgain(one))) return false;
  const open = before.find(({ status }) => status !== 'settled');
  const disagreementId = open?.disagreementId ?? newId();
  const seal = (column: string, value: unknown): Uint8Array => protector.seal({ tenantId, table: 'disagreements', column, row: disagreementId }, JSON.stringify(value));
  const side: NewDisagreement['delivered'] = {
    sealed: seal('delivered_sealed', delivered.value),
    digest,
    feedId: feed.feedId,
    departmentId: feed.departmentId,
    deliveryId,
    asOf: delivered.asOf,
    validFrom: delivered.validFrom,
    validTo: delivered.validTo,
  };
  if (open !== undefined) {
    await updateDelivered(tx, scope, disagreementId, side);
    return !isSaidAgain(open);
  }
  await insertDisagreement(tx, scope, {
    disagreementId,
    partyId: party.partyId,
    jurisdictionCode: party.jurisdictionCode,
    fact,
    held: {
      sealed: seal('held_sealed', heldValue),
      digest: heldDigest,
      statementId: held.statementId,
      origin: held.origin,
      trust: held.trustClass,
      departmentId: held.departmentId,
      evidenceId: held.evidenceId,
      asOf: held.asOf,
      validFrom: held.validFrom,
      validTo: held.validTo,
    },
    delivered: side,
    at,
  });
  const entry: KnownDisagreement = { disagreementId, partyId: party.partyId, fact, departmentId: feed.departmentId, status: 'open', settledAs: null, heldDigest, deliveredDigest: digest };
  known.set(key, [...(known.get(key) ?? []), entry]);
  return true;
}

/** A set in one order, so that it digests alike. */
function plainOrder(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).sort((a, b) => (a < b ? -1 : 1)) : value;
}

/** A statement that is about to be recorded, as the rows after it meet it. */
function asHeld(statement: NewDeliveredStatement, recognised: Readonly<Record<string, string>> | null, at: Date): FactStatement {
  return { ...statement, statementId: newId(), origin: '共享', trustClass: DELIVERED_TRUST, evidenceId: null, recordedAt: at, recordedBy: 'feeds', recognised };
}

