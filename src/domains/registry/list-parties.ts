// Lists people and organisations: what was asked becomes conditions that indexes answer, within what the caller may see, a page at a time.
import { Refusal } from '../../contract/errors.ts';
import { maskIdentityNumber } from '../../contract/identity-number.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import type { Tx } from '../../storage/database.ts';
import { knownFacts } from './known-facts.ts';
import {
  findCodeHolder,
  findHolders,
  findInForce,
  kindOfScope,
  type ListedJurisdiction,
  readListedJurisdictions,
  readListedOrganisations,
  readListedPeople,
  readListedStatements,
} from './list-details-store.ts';
import { type ListFilter, type ListSort } from './list-filter.ts';
import { countMatches, findPage, type ListCount, type ListPlace, type ListQuestion, type ListScope } from './list-store.ts';
import { dayOf } from './party.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openNumber } from './seal-person.ts';
import { employerToken, jurisdictionToken, nameToken } from './search-tokens.ts';
import { readSearch } from './search-words.ts';

/** A person on a list. */
export interface ListedPerson {
  readonly partyId: string;
  readonly name: string;
  /** 220***********1234, or in full where that was asked for; null without a number. */
  readonly number: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly birthDate: string | null;
  readonly jurisdiction: { readonly code: string; readonly name: string };
  readonly employer: { readonly partyId: string; readonly name: string } | null;
  readonly facts: Readonly<Record<string, string>>;
}

/** An organisation on a list. */
export interface ListedOrganisation {
  readonly partyId: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly jurisdiction: { readonly code: string; readonly name: string };
  readonly facts: Readonly<Record<string, string>>;
}

/** A page of a list, and how many there are in all where it is the first. */
export interface ListedPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: ListCount | undefined;
}

/** Where a page begins. */
export interface PageWish {
  readonly sort: ListSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const factsOfPeople = ['学历', '职称', '技能等级', '人才类别'];
const factsOfOrganisations = ['单位类型', '所有制', '规上', '高新技术企业'];
const MOST_EMPLOYERS = 50;
const BATCH = 1000;

/** A page of people. @throws Refusal jurisdiction-unknown, cursor-invalid. */
export function listPeople(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, wish: PageWish, now: Date): Promise<ListedPage<ListedPerson>> {
  return listParties(tx, scope, tools, filter, wish, now, (places, jurisdictions) => describePeople(tx, scope, tools, places, jurisdictions, now, maskIdentityNumber));
}

/** A page of organisations. @throws Refusal jurisdiction-unknown, cursor-invalid. */
export function listOrganisations(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, wish: PageWish, now: Date): Promise<ListedPage<ListedOrganisation>> {
  return listParties(tx, scope, tools, filter, wish, now, (places, jurisdictions) => describeOrganisations(tx, scope, places, jurisdictions, now));
}

/** Everybody who matches, in batches; numbers in full where `isFull`. */
export async function* streamPeople(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, sort: ListSort, now: Date, isFull = false): AsyncGenerator<readonly ListedPerson[]> {
  const show = isFull ? (number: string): string => number : maskIdentityNumber;
  yield* streamParties(tx, scope, tools, filter, sort, now, (places, jurisdictions) => describePeople(tx, scope, tools, places, jurisdictions, now, show));
}

/** Every organisation that matches, in batches. */
export async function* streamOrganisations(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, sort: ListSort, now: Date): AsyncGenerator<readonly ListedOrganisation[]> {
  yield* streamParties(tx, scope, tools, filter, sort, now, (places, jurisdictions) => describeOrganisations(tx, scope, places, jurisdictions, now));
}

type Describe<Item> = (places: readonly ListPlace[], jurisdictions: readonly ListedJurisdiction[]) => Promise<readonly Item[]>;

async function listParties<Item>(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, { sort, limit, cursor }: PageWish, now: Date, describe: Describe<Item>): Promise<ListedPage<Item>> {
  const after = cursor === undefined ? undefined : readPlace(cursor, sort);
  const jurisdictions = await readListedJurisdictions(tx, scope);
  const question = await askFor(tx, scope, tools, filter, sort, jurisdictions, now);
  if (question === undefined) return { items: [], nextCursor: null, total: { count: 0, isAtLeast: false } };
  const places = await findPage(tx, scope, question, limit + 1, after);
  const shown = places.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = places.length > limit && last !== undefined;
  const isWhole = after === undefined && !hasMore;
  const total = after !== undefined ? undefined : isWhole ? { count: shown.length, isAtLeast: false } : await countMatches(tx, scope, question);
  // Counting may stop early, but what is seen is there.
  const atLeast = total === undefined || isWhole ? total : { count: Math.max(total.count, places.length), isAtLeast: total.isAtLeast };
  return { items: await describe(shown, jurisdictions), nextCursor: hasMore ? writeCursor([sort, last.nameOrder, last.partyId]) : null, total: atLeast };
}

async function* streamParties<Item>(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, sort: ListSort, now: Date, describe: Describe<Item>): AsyncGenerator<readonly Item[]> {
  const jurisdictions = await readListedJurisdictions(tx, scope);
  const question = await askFor(tx, scope, tools, filter, sort, jurisdictions, now);
  if (question === undefined) return;
  for (let after: ListPlace | undefined; ; ) {
    const places: readonly ListPlace[] = await findPage(tx, scope, question, BATCH, after);
    if (places.length > 0) yield await describe(places, jurisdictions);
    after = places.at(-1);
    if (places.length < BATCH || after === undefined) return;
  }
}

/** A cursor is a place in one order; it gives nothing that the filter would not give, so it needs no seal. @throws Refusal cursor-invalid. */
function readPlace(cursor: string, sort: ListSort): ListPlace {
  const [ofSort, nameOrder, partyId] = readCursor(cursor, 3) ?? [];
  const isPlace = ofSort === sort && typeof nameOrder === 'string' && /^-?\d{1,19}$/.test(nameOrder) && typeof partyId === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(partyId);
  if (!isPlace || BigInt.asIntN(64, BigInt(nameOrder)) !== BigInt(nameOrder)) throw new Refusal('cursor-invalid');
  return { nameOrder, partyId };
}

/** What the store is asked; undefined where nobody can match. @throws Refusal jurisdiction-unknown. */
async function askFor(tx: Tx, scope: ListScope, tools: RegistryTools, filter: ListFilter, sort: ListSort, jurisdictions: readonly ListedJurisdiction[], now: Date): Promise<ListQuestion | undefined> {
  const kind = kindOfScope(scope);
  const today = dayOf(now);
  const conditions: (readonly number[])[] = [...filter.facts];
  const within = reachOf(scope, jurisdictions);
  if (within === 'nobody') return undefined;
  if (within.codes !== undefined) conditions.push(within.codes.map((code) => jurisdictionToken(kind, code)));
  if (filter.jurisdiction !== undefined) {
    const asked = jurisdictions.find(({ code }) => code === filter.jurisdiction);
    if (asked === undefined) throw new Refusal('jurisdiction-unknown', { code: filter.jurisdiction });
    // Everybody lies in the topmost.
    if (asked.parentCode !== null) conditions.push([jurisdictionToken(kind, asked.code)]);
  }
  if (filter.employer !== undefined) {
    const employers = await findEmployers(tx, scope, filter.employer, today);
    if (employers.length === 0) return undefined;
    conditions.push(employers.map(employerToken));
  }
  const base = { kind, sort, orders: [], branches: [], ...(within.staffOf === undefined ? {} : { staffOf: { ...within.staffOf, today } }) };
  const ids = (found: readonly string[]): ListQuestion | undefined => {
    const partyIds = within.partyIds === undefined ? found : found.filter((id) => within.partyIds?.includes(id) === true);
    return partyIds.length === 0 ? undefined : { ...base, conditions, partyIds };
  };
  const own = within.partyIds === undefined ? {} : { partyIds: within.partyIds };
  const { tenantId } = scope;
  const meaning = readSearch(filter.q, kind, today);
  switch (meaning.kind) {
    case 'none':
      return undefined;
    case 'all':
      return { ...base, ...own, conditions };
    case 'pairs':
      return { ...base, ...own, conditions: [...conditions, ...meaning.pairs.map((two) => [nameToken(kind, two)])] };
    case 'spelled':
      return { ...base, ...own, conditions, orders: meaning.orders, branches: meaning.branches };
    case 'number':
      return ids(await findHolders(tx, scope, 'number', tools.protector.searchKeys(tenantId, 'identity-number', meaning.number)));
    case 'last-four':
      return ids(await findHolders(tx, scope, 'last-four', tools.protector.searchKeys(tenantId, 'last-four', meaning.characters)));
    case 'phone':
      return ids(await findHolders(tx, scope, 'phone', tools.protector.searchKeys(tenantId, 'phone', meaning.phone)));
    case 'credit-code':
      return ids(await findCodeHolder(tx, scope, meaning.code));
  }
}

interface Within {
  /** Jurisdictions, each with all below it; undefined for the whole city. */
  readonly codes?: readonly string[];
  readonly partyIds?: readonly string[];
  readonly staffOf?: { readonly organisationId: string; readonly partyId: string };
}

/** Whom the scope reaches, as conditions. */
function reachOf({ reach }: ListScope, jurisdictions: readonly ListedJurisdiction[]): Within | 'nobody' {
  switch (reach.kind) {
    case 'tenant':
      return {};
    case 'jurisdictions': {
      const reached = jurisdictions.filter(({ code }) => reach.codes.includes(code));
      if (reached.length === 0) return 'nobody';
      if (reached.some(({ parentCode }) => parentCode === null)) return {};
      // A reach holds all below what it holds, so its uppermost say it all.
      return { codes: reached.filter(({ parentCode }) => parentCode === null || !reach.codes.includes(parentCode)).map(({ code }) => code) };
    }
    case 'parties':
      return { partyIds: reach.partyIds };
    case 'organisation':
      return { staffOf: { organisationId: reach.organisationId, partyId: reach.partyId } };
    case 'department':
    case 'none':
      return 'nobody';
  }
}

/** The organisations that an id or words of a name mean. */
async function findEmployers(tx: Tx, scope: ListScope, employer: string, today: string): Promise<readonly string[]> {
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(employer)) return findInForce(tx, scope, employer);
  const meaning = readSearch(employer, 'organisation', today);
  if (meaning.kind === 'credit-code') return findCodeHolder(tx, scope, meaning.code);
  const base = { kind: 'organisation', sort: 'name', conditions: [], orders: [], branches: [] } as const;
  const question: ListQuestion | undefined =
    meaning.kind === 'pairs' ? { ...base, conditions: meaning.pairs.map((two) => [nameToken('organisation', two)]) } : meaning.kind === 'spelled' ? { ...base, orders: meaning.orders, branches: meaning.branches } : undefined;
  if (question === undefined) return [];
  return (await findPage(tx, scope, question, MOST_EMPLOYERS)).map(({ partyId }) => partyId);
}

async function describePeople(tx: Tx, scope: ListScope, tools: RegistryTools, places: readonly ListPlace[], jurisdictions: readonly ListedJurisdiction[], now: Date, show: (number: string) => string): Promise<readonly ListedPerson[]> {
  const ids = places.map(({ partyId }) => partyId);
  const people = new Map((await readListedPeople(tx, scope, ids, dayOf(now))).map((person) => [person.partyId, person]));
  const facts = await readShownFacts(tx, scope, ids, factsOfPeople, now);
  return ids.flatMap((id): ListedPerson[] => {
    const person = people.get(id);
    if (person === undefined) return [];
    const number = openNumber(tools.protector, scope.tenantId, person);
    const { partyId, name, sex, birthDate, employer } = person;
    return [{ partyId, name, number: number === null ? null : show(number), sex, birthDate, employer, jurisdiction: placeOf(person.jurisdictionCode, jurisdictions), facts: facts(id) }];
  });
}

async function describeOrganisations(tx: Tx, scope: ListScope, places: readonly ListPlace[], jurisdictions: readonly ListedJurisdiction[], now: Date): Promise<readonly ListedOrganisation[]> {
  const ids = places.map(({ partyId }) => partyId);
  const organisations = new Map((await readListedOrganisations(tx, scope, ids)).map((organisation) => [organisation.partyId, organisation]));
  const facts = await readShownFacts(tx, scope, ids, factsOfOrganisations, now);
  return ids.flatMap((id): ListedOrganisation[] => {
    const organisation = organisations.get(id);
    if (organisation === undefined) return [];
    const { partyId, name, creditCode, jurisdictionCode } = organisation;
    return [{ partyId, name, creditCode, jurisdiction: placeOf(jurisdictionCode, jurisdictions), facts: facts(id) }];
  });
}

function placeOf(code: string, jurisdictions: readonly ListedJurisdiction[]): { readonly code: string; readonly name: string } {
  return { code, name: jurisdictions.find((jurisdiction) => jurisdiction.code === code)?.name ?? code };
}

async function readShownFacts(tx: Tx, scope: ListScope, ids: readonly string[], names: readonly string[], now: Date): Promise<(id: string) => Readonly<Record<string, string>>> {
  const said = await readListedStatements(tx, scope, ids);
  return (id) => {
    const known = knownFacts(said.get(id) ?? [], { on: dayOf(now), knownAt: now });
    return Object.fromEntries(names.flatMap((name) => {
      const value = known.get(name)?.value;
      return typeof value === 'boolean' ? [[name, value ? '是' : '否']] : typeof value === 'string' ? [[name, value]] : [];
    }));
  };
}
