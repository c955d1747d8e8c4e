// The SQL of lists: walks along one index in the order of the list, and asks other tokens row by row. Every statement has the same plan
// whatever the planner believes: what must be small first is materialized, what is asked row by row stands behind `offset 0`.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { ListSort } from './list-filter.ts';
import { type OrderRange, ordersOfSyllable, ordersOfTwoSyllables, ordersOfWholeSyllable } from './name-order.ts';
import type { PartyKind } from './party.ts';
import type { SpelledBranch } from './search-words.ts';

/** Scopes that may list. */
export type ListScope = Scope<'person.read' | 'person.export' | 'organisation.read' | 'organisation.export'>;

/** Scopes that may find parties by a name: lists of what belongs to them too, which are narrowed by their own reach. */
export type FindScope = ListScope | Scope<'case.read'>;

/** The condition that an id, given as SQL, is one of the parties of a question. */
export type PartyQuestion = (partyId: RawBuilder<unknown>) => RawBuilder<unknown>;

/** What a list shows, as the rows that searches read say it. */
export interface ListQuestion {
  readonly kind: PartyKind;
  readonly sort: ListSort;
  /** Sets of tokens: one of each set must hold. */
  readonly conditions: readonly (readonly number[])[];
  /** Names in one of these ranges; with `branches` empty and no range, every name. */
  readonly orders: readonly OrderRange[];
  readonly branches: readonly SpelledBranch[];
  /** Only these parties. */
  readonly partyIds?: readonly string[];
  /** Only who works for the organisation today as somebody other than the two says, and the agent. */
  readonly staffOf?: { readonly organisationId: string; readonly partyId: string; readonly today: string };
}

/** A row of a list, by which the next page begins. */
export interface ListPlace {
  /** As text: larger than a number holds exactly. */
  readonly nameOrder: string;
  readonly partyId: string;
}

/** How many there are: `isAtLeast` where counting stopped. */
export interface ListCount {
  readonly count: number;
  readonly isAtLeast: boolean;
}

type Sql = RawBuilder<unknown>;

const LARGE_SET = 10_000;
const SMALL_SET = 2000;
const DENSE_SET = 8000;
// How many of the latest are asked for each row of a page, at first and if that was promising. Names in a range are soon put into order.
const LATEST_WINDOWS = [40, 400];
const LATEST_NAMED = [20];
const LEAST_SHARE = 10;
const MOST_COUNTED = 1000;
const MOST_LOOKED_AT = 1000;
const spellingTables = { person: 'person_spellings', organisation: 'organisation_spellings' } as const;

/** One page of a list after a place, in the list's order. */
export async function findPage(tx: Tx, scope: FindScope, question: ListQuestion, limit: number, after?: ListPlace): Promise<readonly ListPlace[]> {
  const { sort } = question;
  const { walks: planned, asks, isCommon } = await planWalks(tx, scope, question);
  if (sort === 'recent' && isCommon) {
    const found = await findAmongLatest(tx, scope, question, asks, limit, after);
    if (found !== undefined) return found;
  }
  const walks = sort === 'recent' ? planned.map(asSet) : planned;
  const columns = sort === 'recent' ? sql`c.party_id` : sql`c.name_order, c.party_id`;
  const pages = walks.map((walk) => pageOf(walk, columns, sort, limit, after));
  // Walks of one list may meet the same party; their union has it once.
  const { rows } = await sql<{ party_id: string; name_order?: string }>`
    ${withHits(walks)} select c.party_id ${sort === 'recent' ? sql`` : sql`, c.name_order::text as name_order`}
    from (${sql.join(pages, sql` union `)}) c ${orderBy(sort)} limit ${limit}`.execute(tx);
  return rows.map(({ party_id, name_order }) => ({ partyId: party_id, nameOrder: name_order ?? '0' }));
}

/**
 * The latest of whom everything that is asked holds, found by asking the latest entered one by one; undefined where too few are met soon, as
 * where the latest all came from one district.
 */
async function findAmongLatest(tx: Tx, { tenantId }: FindScope, { kind, orders, branches }: ListQuestion, asks: readonly Sql[], limit: number, after: ListPlace | undefined): Promise<readonly ListPlace[] | undefined> {
  const beyondPlace = after === undefined ? sql`` : sql`and ${beyond(after, 'recent')}`;
  for (const window of orders.length + branches.length > 0 ? LATEST_NAMED : LATEST_WINDOWS) {
    const { rows } = await sql<{ party_id: string }>`
      select c.party_id from (
        select c.party_id, c.name_order from ${sql.table(spellingTables[kind])} c
        where c.tenant_id = ${tenantId} and c.spelling_no = 0 ${beyondPlace} order by c.party_id desc limit ${window * limit}
      ) c where ${sql.join(asks, sql` and `)} limit ${limit}`.execute(tx);
    if (rows.length >= limit) return rows.map(({ party_id }) => ({ partyId: party_id, nameOrder: '0' }));
    if (rows.length * LEAST_SHARE < limit) break;
  }
  return undefined;
}

/** How many a list holds, counted up to 1000 and looking at a bounded number of rows. */
export async function countMatches(tx: Tx, scope: ListScope, question: ListQuestion): Promise<ListCount> {
  const { walks, unasked } = await planWalks(tx, scope, question);
  const looked = walks.map((walk) => sql`(${walked(walk, sql`c.name_order, c.party_id`, walk.finds, sql`order by c.name_order, c.party_id limit ${MOST_LOOKED_AT + 1}`)})`);
  const { rows } = await sql<{ looked_at: number; counted: number }>`
    ${withHits(walks, sql`looked as materialized (${sql.join(looked, sql` union `)})`)}
    select (select count(*)::integer from looked) as looked_at,
      (select count(*)::integer from (select from looked c where ${sql.join([sql`true`, ...unasked], sql` and `)} limit ${MOST_COUNTED + 1}) counted) as counted`.execute(tx);
  const { looked_at = 0, counted = 0 } = rows[0] ?? {};
  return { count: Math.min(counted, MOST_COUNTED), isAtLeast: counted > MOST_COUNTED || looked_at > MOST_LOOKED_AT };
}

/** What must hold of a row `c` of the spellings, that its party is one of a question's. */
export async function asksOf(tx: Tx, scope: FindScope, question: ListQuestion): Promise<readonly RawBuilder<unknown>[]> {
  return (await planWalks(tx, scope, question)).asks;
}

/** Whose names a question asks for, as sets of party ids that are each found by one index and in no order. */
export async function setsOfNames(tx: Tx, { tenantId }: FindScope, { kind, conditions, orders, branches }: ListQuestion): Promise<readonly RawBuilder<unknown>[]> {
  const spellings = sql.table(spellingTables[kind]);
  if (conditions.length > 0) {
    const { sorted } = await sortBySize(tx, tenantId, conditions, false);
    const [first = [], ...rest] = sorted;
    return [sql`select t.party_id from (select t.name_order, t.party_id from search_tokens t where t.tenant_id = ${tenantId} and ${isOneOf(first)} offset 0) t
      where ${sql.join([sql`true`, ...rest.map((set) => sql`exists (select from search_tokens o where o.tenant_id = ${tenantId} and o.token = any(${[...set]}::bigint[]) and o.name_order = t.name_order and o.party_id = t.party_id offset 0)`)], sql` and `)}`];
  }
  const within = ({ from, to }: OrderRange): Sql => sql`select s.party_id from ${spellings} s where s.tenant_id = ${tenantId} and s.spelling_no = 0 and s.name_order >= ${from.toString()}::bigint and s.name_order <= ${to.toString()}::bigint`;
  return [...orders.map(within), ...branches.map((branch) => sql`select h.party_id from (${branchHits(tenantId, spellings, branch)}) h`)];
}

/** What must hold of a party by its id, or of the party that it was merged into. */
export function holdsOfParty({ tenantId }: FindScope, kind: PartyKind, asks: readonly RawBuilder<unknown>[]): PartyQuestion {
  // What the id is called out there may be called alike in here: it is read in a part where nothing else is named.
  return (partyId) => sql`exists (select from (
      select case when p.merged_into is null then p.party_id else (
        with recursive up as (
          select p.party_id, p.merged_into
          union all
          select o.party_id, o.merged_into from up join parties o on o.tenant_id = ${tenantId} and o.party_id = up.merged_into
        ) select up.party_id from up where up.merged_into is null) end as party_id
      from parties p where p.tenant_id = ${tenantId} and p.party_id = ${partyId} offset 0) kept
    join ${sql.table(spellingTables[kind])} c on c.tenant_id = ${tenantId} and c.party_id = kept.party_id and c.spelling_no = 0
    where ${sql.join([sql`true`, ...asks], sql` and `)} offset 0)`;
}

/** One walk's rows: a set is sorted first and asked then, row by row, until the page is full. */
function pageOf(walk: Walk, columns: Sql, sort: ListSort, limit: number, after: ListPlace | undefined): Sql {
  const { source, finds, asks, hits } = walk;
  const found = sql.join([...finds, ...(after === undefined ? [] : [beyond(after, sort)])], sql` and `);
  if (hits === undefined) return sql`(${walked(walk, columns, [found, ...asks], sql`${orderBy(sort)} limit ${limit}`)})`;
  return sql`(select ${columns} from (select c.* from ${source} c where ${found} ${orderBy(sort)} offset 0) c where ${sql.join([sql`true`, ...asks], sql` and `)} limit ${limit})`;
}

/** Rows of a walk for which something holds; of each of its spans by itself, in the given order. */
function walked({ source, spans }: Pick<Walk, 'source' | 'spans'>, columns: Sql, holds: readonly Sql[], inOrder: Sql): Sql {
  if (spans === undefined) return sql`select ${columns} from ${source} c where ${sql.join(holds, sql` and `)} ${inOrder}`;
  const ends = (of: (span: OrderRange) => bigint): readonly string[] => spans.map((span) => of(span).toString());
  return sql`select ${columns} from unnest(${ends(({ from }) => from)}::bigint[], ${ends(({ to }) => to)}::bigint[]) as span (lowest, highest) cross join lateral (
      select c.name_order, c.party_id from ${source} c where ${sql.join(holds, sql` and `)} and c.name_order >= span.lowest and c.name_order <= span.highest ${inOrder}) c ${inOrder}`;
}

/** The sets that are made before the walk. */
function withHits(walks: readonly Walk[], more?: Sql): Sql {
  const sets = walks.flatMap(({ source, hits }) => (hits === undefined ? [] : [sql`${source} as materialized (${hits})`]));
  const all = more === undefined ? sets : [...sets, more];
  return all.length === 0 ? sql`` : sql`with ${sql.join(all)}`;
}

/** A walk whose rows are all found first, to be put into another order than the index has. */
function asSet(walk: Walk, at: number): Walk {
  if (walk.hits !== undefined || walk.isEverybody === true) return walk;
  return { source: sql.ref(`latest_${at}`), hits: walked(walk, sql`c.name_order, c.party_id`, walk.finds, sql``), finds: [sql`true`], asks: walk.asks };
}

/** A walk along one index. */
interface Walk {
  /** The table, or the set made first, that is walked. */
  readonly source: Sql;
  /** What the index itself finds. */
  readonly finds: readonly Sql[];
  /** What is asked of each row. */
  readonly asks: readonly Sql[];
  /** Only these parts of the index. */
  readonly spans?: readonly OrderRange[];
  /** A set that is made first. */
  readonly hits?: Sql;
  /** Nothing narrows it: its order is that of a table's index. */
  readonly isEverybody?: boolean;
}

/** The walks of a list, and what must hold of every row that any of them finds. */
interface Plan {
  readonly walks: readonly Walk[];
  readonly asks: readonly Sql[];
  /** Those of them that a row may not fulfil though a walk found it. */
  readonly unasked: readonly Sql[];
  /** Whether so many hold each condition by itself that some are met soon among any people. */
  readonly isCommon: boolean;
}

async function planWalks(tx: Tx, { tenantId }: FindScope, question: ListQuestion): Promise<Plan> {
  const { kind, conditions, orders, branches, partyIds, staffOf } = question;
  const spellings = sql.table(spellingTables[kind]);
  // By the index, of which every column is known.
  const has = (set: readonly number[]): Sql =>
    sql`exists (select from search_tokens t where t.tenant_id = ${tenantId} and ${isOneOf(set)} and t.name_order = c.name_order and t.party_id = c.party_id offset 0)`;
  const lies = ({ from, to }: OrderRange): Sql => sql`c.name_order >= ${from.toString()}::bigint and c.name_order <= ${to.toString()}::bigint`;
  const inOrders = orders.map(lies);
  const isNamed = inOrders.length + branches.length > 0;
  const all = conditions.map(has);
  if (partyIds !== undefined || staffOf !== undefined) {
    const listed = sql`s.tenant_id = ${tenantId} and s.spelling_no = 0 ${partyIds === undefined ? sql`` : sql`and s.party_id = any(${[...partyIds]}::uuid[])`}`;
    const staff = staffOf === undefined ? sql`` : sql`and s.party_id in (${staffIds(tenantId, staffOf)})`;
    const named = isNamed ? [sql`(${sql.join([...inOrders, ...branches.map((branch) => isSpelled(tenantId, spellings, branch))], sql` or `)})`] : [];
    const asks = [...all, ...named];
    return { walks: [{ source: sql.ref('hits'), hits: sql`select s.name_order, s.party_id from ${spellings} s where ${listed} ${staff}`, finds: [sql`true`], asks }], asks, unasked: asks, isCommon: false };
  }
  // A page and its count are one question: what it takes to plan it is measured once.
  const { sorted, least, dense, isNameCommon } = await (measured.get(question) ?? measure(tx, tenantId, question, spellings));
  const [first, ...rest] = sorted;
  const spelled = branches.map((branch) => isSpelled(tenantId, spellings, branch));
  if (first !== undefined && branches.length > 0 && least < SMALL_SET) {
    // Fewer hold the rarest condition than are spelled so.
    const hits = sql`select distinct t.name_order, t.party_id from search_tokens t where t.tenant_id = ${tenantId} and ${isOneOf(first)}`;
    const asks = [...rest.map(has), sql`(${sql.join([...inOrders, ...spelled], sql` or `)})`];
    return { walks: [{ source: sql.ref('hits'), hits, finds: [sql`true`], asks }], asks, unasked: asks, isCommon: false };
  }
  const ranges: Pick<Walk, 'finds' | 'asks' | 'spans'>[] = isNamed ? inOrders.map((range) => ({ finds: [range], asks: [] })) : [{ finds: [], asks: [] }];
  const sets: SpelledBranch[] = [];
  for (const branch of branches) {
    if (branch.beginning !== undefined && dense.has(branch)) {
      ranges.push({ finds: [], asks: [isSpelled(tenantId, spellings, branch)], spans: ordersOfTwoSyllables(branch.beginning.syllable, branch.beginning.letter) });
      sets.push({ ...branch, onlyOthers: true });
      continue;
    }
    const letters = dense.has(branch) && branch.beginning === undefined ? ordersOfSyllable(branch.range.from.charAt(0)) : undefined;
    if (letters === undefined) {
      sets.push(branch);
      continue;
    }
    // Too many to be sorted, so enough to be met soon among those whose names begin with the letter.
    ranges.push({ finds: [lies(letters)], asks: [isSpelled(tenantId, spellings, branch)] });
    sets.push({ ...branch, onlyOthers: true });
  }
  const walks = ranges.flatMap(({ finds, asks, spans }): Walk[] => {
    const within = spans === undefined ? {} : { spans };
    if (first === undefined) return [{ source: spellings, finds: [sql`c.tenant_id = ${tenantId}`, sql`c.spelling_no = 0`, ...finds], asks, ...within, isEverybody: finds.length === 0 && spans === undefined }];
    return first.map((token) => ({ source: sql.table('search_tokens'), finds: [sql`c.tenant_id = ${tenantId}`, sql`c.token = ${token}::bigint`, ...finds], asks: [...asks, ...rest.map(has)], ...within }));
  });
  for (const [at, branch] of sets.entries()) walks.push({ source: sql.ref(`hits_${at}`), hits: branchHits(tenantId, spellings, branch), finds: [sql`true`], asks: all });
  const named = isNamed ? [sql`(${sql.join([...inOrders, ...spelled], sql` or `)})`] : [];
  // Walks of one token hold it, and sets of names are of such names.
  const unasked = [...(sets.length === 0 ? rest.map(has) : all), ...(ranges.some(({ asks }) => asks.length > 0) ? named : [])];
  return { walks, asks: [...all, ...named], unasked, isCommon: all.length + named.length > 0 && (first === undefined || least >= LARGE_SET) && (!isNamed || isNameCommon) };
}

/** Of a row `t`. One token is asked for as such: an array would be made ready for the index again for each row. */
function isOneOf(set: readonly number[]): Sql {
  const [token, ...others] = set;
  return token !== undefined && others.length === 0 ? sql`t.token = ${token}::bigint` : sql`t.token = any(${[...set]}::bigint[])`;
}

/** What decides how a list is walked. */
interface Measured {
  /** Conditions, the rarest first, and how many hold that one. */
  readonly sorted: readonly (readonly number[])[];
  readonly least: number;
  readonly dense: ReadonlySet<SpelledBranch>;
  /** Whether very many are named so; only known where the latest are asked for. */
  readonly isNameCommon: boolean;
}

const measured = new WeakMap<ListQuestion, Promise<Measured>>();

function measure(tx: Tx, tenantId: number, question: ListQuestion, spellings: Sql): Promise<Measured> {
  const { conditions, orders, branches, sort } = question;
  const measuring = (async (): Promise<Measured> => {
    const { sorted, least } = await sortBySize(tx, tenantId, conditions, branches.length > 0 || sort === 'recent');
    // Where a rare condition is walked, nobody asks how many are spelled so.
    const dense = conditions.length === 0 || least >= SMALL_SET ? await findDense(tx, tenantId, spellings, branches) : new Set<SpelledBranch>();
    const isNameCommon = sort === 'recent' && (dense.size > 0 || (orders.length > 0 && (await areManyWithin(tx, tenantId, spellings, orders))));
    return { sorted, least, dense, isNameCommon };
  })();
  measured.set(question, measuring);
  return measuring;
}

/** Whether very many names lie in the ranges. */
async function areManyWithin(tx: Tx, tenantId: number, spellings: Sql, orders: readonly OrderRange[]): Promise<boolean> {
  const parts = orders.map(({ from, to }) => sql`(select from ${spellings} s where s.tenant_id = ${tenantId} and s.spelling_no = 0 and s.name_order >= ${from.toString()}::bigint and s.name_order <= ${to.toString()}::bigint limit ${LARGE_SET})`);
  const { rows } = await sql<{ size: number }>`select count(*)::integer as size from (${sql.join(parts, sql` union all `)}) many`.execute(tx);
  return (rows[0]?.size ?? 0) >= LARGE_SET;
}

/** The branches by which more names are found than should be sorted for a page. */
async function findDense(tx: Tx, tenantId: number, spellings: Sql, branches: readonly SpelledBranch[]): Promise<ReadonlySet<SpelledBranch>> {
  const open = branches.filter(({ onlyOthers }) => onlyOthers !== true);
  if (open.length === 0) return new Set();
  // As the index has them, whatever the pinyin must be besides: that many rows are read.
  const sizes = open.map(({ by, range }, at) => {
    const found = sql`select from ${spellings} s where ${spelledSo(tenantId, { by, range })} order by ${sql.ref(`s.${by}`)} limit ${DENSE_SET}`;
    return sql`(select count(*)::integer from (${found}) dense) as ${sql.ref(`size_${at}`)}`;
  });
  const { rows } = await sql<Record<string, number>>`select ${sql.join(sizes)}`.execute(tx);
  return new Set(open.filter((_, at) => (rows[0]?.[`size_${at}`] ?? 0) >= DENSE_SET));
}

/** Spellings in a range of an index; few enough to be sorted. */
function branchHits(tenantId: number, spellings: Sql, branch: SpelledBranch): Sql {
  const hits = (also: Sql): Sql => sql`select s.name_order, s.party_id from ${spellings} s where ${spelledSo(tenantId, branch)} ${also}`;
  const others = hits(sql`and s.spelling_no > 0`);
  if (branch.onlyOthers === true) return sql`select distinct o.name_order, o.party_id from (${others}) o`;
  const syllable = firstSyllable(branch);
  // Each part by the index that holds all that it asks for.
  return syllable === undefined ? sql`select distinct a.name_order, a.party_id from (${hits(sql``)}) a` : sql`${hits(sql`and ${syllable}`)} union ${others}`;
}

/** Of a row `s`: that its name's own first syllable is the branch's. zhan and g is not zhang and g, though the letters are the same. */
function firstSyllable({ beginning }: SpelledBranch): Sql | undefined {
  const orders = beginning === undefined ? undefined : ordersOfWholeSyllable(beginning.syllable);
  return orders === undefined ? undefined : sql`s.name_order >= ${orders.from.toString()}::bigint and s.name_order <= ${orders.to.toString()}::bigint`;
}

function isSpelled(tenantId: number, spellings: Sql, branch: SpelledBranch): Sql {
  const syllable = firstSyllable(branch);
  const begins = syllable === undefined ? sql`` : sql`and (s.spelling_no > 0 or (${syllable}))`;
  return sql`exists (select from ${spellings} s where ${spelledSo(tenantId, branch)} ${begins} and s.party_id = c.party_id offset 0)`;
}

function spelledSo(tenantId: number, { by, range, pinyin }: SpelledBranch): Sql {
  const column = sql.ref(`s.${by}`);
  return sql`s.tenant_id = ${tenantId} and ${column} >= ${range.from} and ${column} < ${range.to} ${pinyin === undefined ? sql`` : sql`and s.pinyin >= ${pinyin.from} and s.pinyin < ${pinyin.to}`}`;
}

/** Who works for an organisation, or for one merged into it, as papers or departments say (class A, B), and the agent. */
function staffIds(tenantId: number, { organisationId, partyId, today }: NonNullable<ListQuestion['staffOf']>): Sql {
  return sql`select coalesce(p.merged_into, e.party_id) from employments e join parties p on p.tenant_id = ${tenantId} and p.party_id = e.party_id
      where e.tenant_id = ${tenantId} and e.superseded_at is null and e.trust_class in ('A', 'B') and e.started_on <= ${today} and (e.ended_on is null or e.ended_on >= ${today})
        and e.organisation_id in (select o.party_id from parties o where o.tenant_id = ${tenantId} and (o.party_id = ${organisationId} or o.merged_into = ${organisationId}))
      union all select ${partyId}::uuid`;
}

/** Conditions, the rarest first, and how many hold that one; counting stops where a set is large. */
async function sortBySize(tx: Tx, tenantId: number, conditions: readonly (readonly number[])[], needsSize: boolean): Promise<{ readonly sorted: readonly (readonly number[])[]; readonly least: number }> {
  if (conditions.length === 0 || (conditions.length === 1 && !needsSize)) return { sorted: conditions, least: LARGE_SET };
  const sizes = conditions.map(
    (set, at) => sql`(select count(*)::integer from (select from search_tokens t where t.tenant_id = ${tenantId} and ${isOneOf(set)} limit ${LARGE_SET}) set) as ${sql.ref(`size_${at}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(sizes)}`.execute(tx);
  const sizeOf = (at: number): number => rows[0]?.[`size_${at}`] ?? 0;
  const order = [...conditions.entries()].sort(([a], [b]) => sizeOf(a) - sizeOf(b));
  return { sorted: order.map(([, set]) => set), least: sizeOf(order[0]?.[0] ?? 0) };
}

function beyond({ nameOrder, partyId }: ListPlace, sort: ListSort): Sql {
  if (sort === 'recent') return sql`c.party_id < ${partyId}::uuid`;
  return sort === 'name' ? sql`(c.name_order, c.party_id) > (${nameOrder}::bigint, ${partyId}::uuid)` : sql`(c.name_order, c.party_id) < (${nameOrder}::bigint, ${partyId}::uuid)`;
}

function orderBy(sort: ListSort): Sql {
  // Ids are UUIDv7: the latest entered is the greatest.
  if (sort === 'recent') return sql`order by c.party_id desc`;
  return sort === 'name' ? sql`order by c.name_order, c.party_id` : sql`order by c.name_order desc, c.party_id desc`;
}
