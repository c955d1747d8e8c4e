// The SQL that keeps what searches and lists read in step with the registry: rows derived from parties, written anew when a party changes.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { bigintArray, byteaArray, integerArray, smallintArray, textArray, uuidArray } from '../../storage/sql-arrays.ts';
import { type FactStatement, knownFacts } from './known-facts.ts';
import type { Scope } from '../permissions/index.ts';
import type { AnyScope, PartyKind } from './party.ts';
import { makeSearchRows, type SearchRows } from './search-rows.ts';
import { packTokens, type SearchBook, unpackTokens } from './search-tokens.ts';

/** For which day parties are listed, and as of when. */
export interface SearchDay {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly now: Date;
}

interface Member {
  readonly party_id: string;
  readonly kept_id: string;
}

/** A circle of jurisdictions would be a mistake of the data; it ends here. */
const MOST_LEVELS = 10;
const spellingTables = { person: 'person_spellings', organisation: 'organisation_spellings' } as const;

/**
 * Writes the search rows of parties anew: those of the party in force hold the names and facts of all that were merged into it; a merged or
 * deleted party has none. A handful of statements for any number of parties.
 */
export async function writeSearchRows(tx: Tx, scope: AnyScope, book: SearchBook, kind: PartyKind, partyIds: readonly string[], { today, now }: SearchDay): Promise<void> {
  if (partyIds.length === 0) return;
  const members = await readMembers(tx, scope, kind, partyIds);
  const keptIds = [...new Set(members.map(({ kept_id }) => kept_id))];
  const touched = [...new Set([...partyIds, ...members.map(({ party_id }) => party_id)])];
  const fresh = await makeRows(tx, scope, book, kind, members, keptIds, { today, now });
  await replaceRows(tx, scope, kind, touched, fresh);
}

/** The rows that belong together with the asked parties, each with the party in force. Merges are few: the plain case is two look-ups by index. */
async function readMembers(tx: Tx, { tenantId }: AnyScope, kind: PartyKind, partyIds: readonly string[]): Promise<readonly Member[]> {
  const kept = new Set<string>();
  // Up to the parties in force; a merge never leads back, so a party that was asked about needs no second look.
  const asked = new Set(partyIds);
  for (let next: readonly string[] = [...asked]; next.length > 0; ) {
    const { rows } = await sql<{ party_id: string; merged_into: string | null }>`
      select party_id, merged_into from parties
      where tenant_id = ${tenantId} and party_id = any(${uuidArray(next)}::uuid[]) and kind = ${kind} and status in ('active', 'merged')`.execute(tx);
    const above = new Set<string>();
    for (const { party_id, merged_into } of rows) {
      if (merged_into === null) kept.add(party_id);
      else if (!asked.has(merged_into)) above.add(merged_into);
    }
    for (const id of above) asked.add(id);
    next = [...above];
  }
  // And down to all that were merged into them.
  const members: Member[] = [...kept].map((id) => ({ party_id: id, kept_id: id }));
  const keptOf = new Map(members.map(({ party_id, kept_id }) => [party_id, kept_id]));
  for (let next: readonly string[] = [...kept]; next.length > 0; ) {
    const { rows } = await sql<{ party_id: string; merged_into: string }>`
      select party_id, merged_into from parties
      where tenant_id = ${tenantId} and merged_into is not null and merged_into = any(${uuidArray(next)}::uuid[])`.execute(tx);
    const below: string[] = [];
    for (const { party_id, merged_into } of rows) {
      const keptId = keptOf.get(merged_into);
      if (keptId === undefined || keptOf.has(party_id)) continue;
      keptOf.set(party_id, keptId);
      members.push({ party_id, kept_id: keptId });
      below.push(party_id);
    }
    next = below;
  }
  return members;
}

/** A party that was added in this transaction, with everything that is known of it. */
export interface Newcomer {
  readonly partyId: string;
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly statements: readonly FactStatement[];
  readonly employments: readonly { readonly organisationId: string; readonly startedOn: string; readonly endedOn: string | null }[];
}

/** Writes the search rows of parties that nobody else knows of yet: nothing is read back, and nothing stands in the way. */
export async function addSearchRows(tx: Tx, { tenantId }: AnyScope, book: SearchBook, kind: PartyKind, newcomers: readonly Newcomer[], { today, now }: SearchDay): Promise<void> {
  if (newcomers.length === 0) return;
  const isNow = ({ startedOn, endedOn }: Newcomer['employments'][number]): boolean => startedOn <= today && (endedOn === null || endedOn >= today);
  const employers = await readKept(tx, tenantId, [...new Set(newcomers.flatMap(({ employments }) => employments.filter(isNow).map(({ organisationId }) => organisationId)))]);
  const above = await readJurisdictionsAbove(tx, tenantId);
  const fresh = newcomers.map(({ partyId, name, jurisdictionCode, statements, employments }): [string, SearchRows] => {
    const facts = new Map([...knownFacts(statements, { on: today, knownAt: now })].map(([fact, { value }]) => [fact, value]));
    const employerIds = employments.filter(isNow).map(({ organisationId }) => employers.get(organisationId) ?? organisationId);
    return [partyId, makeSearchRows({ kind, names: [name], jurisdictionCodes: above(jurisdictionCode), employerIds, facts }, book)];
  });
  await insertRows(tx, tenantId, kind, new Map(fresh), new Set());
}

/** The parties in force of those that were merged, by the id asked for. */
async function readKept(tx: Tx, tenantId: number, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (partyIds.length === 0) return new Map();
  const { rows } = await sql<{ party_id: string; merged_into: string }>`
    select party_id, merged_into from parties where tenant_id = ${tenantId} and party_id = any(${uuidArray(partyIds)}::uuid[]) and merged_into is not null`.execute(tx);
  return new Map(rows.map(({ party_id, merged_into }) => [party_id, merged_into]));
}

async function makeRows(
  tx: Tx,
  { tenantId }: AnyScope,
  book: SearchBook,
  kind: PartyKind,
  members: readonly Member[],
  keptIds: readonly string[],
  { today, now }: SearchDay,
): Promise<ReadonlyMap<string, SearchRows>> {
  const ids = members.map(({ party_id }) => party_id);
  const keptOf = new Map(members.map(({ party_id, kept_id }) => [party_id, kept_id]));
  if (ids.length === 0) return new Map();
  const named = kind === 'person' ? sql.table('people') : sql.table('organisations');
  const { rows: parties } = await sql<{ party_id: string; name: string; jurisdiction_code: string }>`
    select party_id, name, jurisdiction_code from ${named} where tenant_id = ${tenantId} and party_id = any(${uuidArray(ids)}::uuid[])`.execute(tx);
  const { rows: former } = await sql<{ party_id: string; name: string }>`
    select party_id, name from party_names where tenant_id = ${tenantId} and party_id = any(${uuidArray(ids)}::uuid[]) order by recorded_at desc, name_id`.execute(tx);
  const { rows: statements } = await sql<StatementColumns>`
    select party_id, statement_id, trust_class, as_of, valid_from, valid_to, recorded_at, corrects, facts, recognised
    from fact_statements where tenant_id = ${tenantId} and party_id = any(${uuidArray(ids)}::uuid[])`.execute(tx);
  const { rows: employments } = kind === 'person'
    ? await sql<{ party_id: string; organisation_id: string }>`
        select e.party_id, coalesce(o.merged_into, e.organisation_id) as organisation_id
        from employments e join parties o on o.tenant_id = ${tenantId} and o.party_id = e.organisation_id
        where e.tenant_id = ${tenantId} and e.party_id = any(${uuidArray(ids)}::uuid[]) and e.superseded_at is null
          and e.started_on <= ${today} and (e.ended_on is null or e.ended_on >= ${today})`.execute(tx)
    : { rows: [] };
  const above = await readJurisdictionsAbove(tx, tenantId);
  const groups = new Map(keptIds.map((id) => [id, { name: '', code: '', others: [] as string[], statements: [] as FactStatement[], employers: [] as string[] }]));
  const groupOf = (partyId: string) => groups.get(keptOf.get(partyId) ?? '');
  for (const { party_id, name, jurisdiction_code } of parties) {
    const group = groupOf(party_id);
    if (group === undefined) continue;
    if (keptOf.get(party_id) === party_id) Object.assign(group, { name, code: jurisdiction_code });
    else group.others.push(name);
  }
  for (const { party_id, name } of former) groupOf(party_id)?.others.push(name);
  for (const row of statements) groupOf(row.party_id)?.statements.push(readStatement(row));
  for (const { party_id, organisation_id } of employments) groupOf(party_id)?.employers.push(organisation_id);
  const fresh = new Map<string, SearchRows>();
  for (const [partyId, { name, code, others, statements: said, employers }] of groups) {
    if (name === '') continue;
    const facts = new Map([...knownFacts(said, { on: today, knownAt: now })].map(([fact, { value }]) => [fact, value]));
    fresh.set(partyId, makeSearchRows({ kind, names: [name, ...others], jurisdictionCodes: above(code), employerIds: employers, facts }, book));
  }
  return fresh;
}

interface StatementColumns {
  readonly party_id: string;
  readonly statement_id: string;
  readonly trust_class: string;
  readonly as_of: string;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly recorded_at: Date;
  readonly corrects: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly recognised: Readonly<Record<string, string>> | null;
}

/** A statement as far as knowing which fact stands needs it. */
function readStatement(row: StatementColumns): FactStatement {
  return {
    statementId: row.statement_id,
    partyId: row.party_id,
    origin: '共享',
    trustClass: row.trust_class as FactStatement['trustClass'],
    departmentId: null,
    evidenceId: null,
    deliveryId: null,
    purpose: '',
    asOf: row.as_of,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    recordedAt: row.recorded_at,
    recordedBy: '',
    corrects: row.corrects,
    facts: row.facts,
    recognised: row.recognised,
  };
}

/** Tells for a jurisdiction: itself and those above it, without the topmost. */
async function readJurisdictionsAbove(tx: Tx, tenantId: number): Promise<(code: string) => readonly string[]> {
  const { rows } = await sql<{ code: string; parent_code: string | null }>`select code, parent_code from jurisdictions where tenant_id = ${tenantId}`.execute(tx);
  const parents = new Map(rows.map(({ code, parent_code }) => [code, parent_code]));
  return (code) => {
    const path: string[] = [];
    for (let at = code, parent = parents.get(at); typeof parent === 'string' && path.length < MOST_LEVELS; at = parent, parent = parents.get(at)) path.push(at);
    return path;
  };
}

async function replaceRows(tx: Tx, { tenantId }: AnyScope, kind: PartyKind, touched: readonly string[], fresh: ReadonlyMap<string, SearchRows>): Promise<void> {
  const spellings = sql.table(spellingTables[kind]);
  const { rows: old } = await sql<{ party_id: string; name_order: string; tokens: Uint8Array }>`
    delete from ${spellings} where tenant_id = ${tenantId} and party_id = any(${uuidArray(touched)}::uuid[])
    returning party_id, name_order::text, tokens`.execute(tx);
  const gone: TokenRow[] = [];
  const kept = new Set<string>();
  for (const { party_id, name_order, tokens } of old) {
    if (tokens === null) continue;
    const now = fresh.get(party_id);
    const isSameOrder = now?.nameOrder.toString() === name_order;
    const current = new Set(isSameOrder ? now?.tokens : []);
    for (const token of unpackTokens(tokens)) {
      if (current.has(token)) kept.add(`${party_id} ${token}`);
      else gone.push({ token, nameOrder: name_order, partyId: party_id });
    }
  }
  if (gone.length > 0) {
    await sql`
      delete from search_tokens t using unnest(${bigintArray(gone.map(({ token }) => token))}::bigint[], ${bigintArray(gone.map(({ nameOrder }) => BigInt(nameOrder)))}::bigint[], ${uuidArray(gone.map(({ partyId }) => partyId))}::uuid[])
        as gone (token, name_order, party_id)
      where t.tenant_id = ${tenantId} and t.token = gone.token and t.name_order = gone.name_order and t.party_id = gone.party_id`.execute(tx);
  }
  await insertRows(tx, tenantId, kind, fresh, kept);
}

interface TokenRow {
  readonly token: number;
  readonly nameOrder: string;
  readonly partyId: string;
}

async function insertRows(tx: Tx, tenantId: number, kind: PartyKind, fresh: ReadonlyMap<string, SearchRows>, kept: ReadonlySet<string>): Promise<void> {
  const spelled = [...fresh].flatMap(([partyId, { nameOrder, spellings, tokens }]) =>
    spellings.map(({ pinyin, initials }, at) => ({ partyId, at, nameOrder, pinyin, initials, tokens: at === 0 ? packTokens(tokens) : null })),
  );
  if (spelled.length === 0) return;
  await sql`
    insert into ${sql.table(spellingTables[kind])} (tenant_id, party_id, spelling_no, name_order, pinyin, initials, tokens)
    select ${tenantId}, * from unnest(${uuidArray(spelled.map(({ partyId }) => partyId))}::uuid[], ${smallintArray(spelled.map(({ at }) => at))}::smallint[],
      ${bigintArray(spelled.map(({ nameOrder }) => nameOrder))}::bigint[], ${textArray(spelled.map(({ pinyin }) => pinyin))}::text[],
      ${textArray(spelled.map(({ initials }) => initials))}::text[], ${byteaArray(spelled.map(({ tokens }) => tokens))}::bytea[])`.execute(tx);
  const { tokens, places, parties } = inIndexOrder(fresh, kept);
  if (tokens.length === 0) return;
  // Ten rows a party: its id and its order are sent once, and each row says whose it is.
  await sql`
    insert into search_tokens (tenant_id, token, name_order, party_id)
    select ${tenantId}, one.token, (${bigintArray(parties.map(([, { nameOrder }]) => nameOrder))}::bigint[])[one.place], (${uuidArray(parties.map(([partyId]) => partyId))}::uuid[])[one.place]
    from unnest(${bigintArray(tokens)}::bigint[], ${integerArray(places)}::integer[]) as one (token, place)`.execute(tx);
}

interface TokensToWrite {
  readonly tokens: readonly number[];
  /** Beside each token the place of its party, counted from 1. */
  readonly places: readonly number[];
  readonly parties: readonly (readonly [string, SearchRows])[];
}

/** Tokens to be written in the order of the index: neighbours are written together. Rows of `kept` are there already. */
function inIndexOrder(fresh: ReadonlyMap<string, SearchRows>, kept: ReadonlySet<string>): TokensToWrite {
  const parties = [...fresh].sort(([a, { nameOrder: ofA }], [b, { nameOrder: ofB }]) => (ofA < ofB ? -1 : ofA > ofB ? 1 : a < b ? -1 : 1));
  const holders = new Map<number, number[]>();
  for (const [at, [partyId, rows]] of parties.entries()) {
    for (const token of rows.tokens) {
      if (kept.size > 0 && kept.has(`${partyId} ${token}`)) continue;
      const places = holders.get(token);
      if (places === undefined) holders.set(token, [at + 1]);
      else places.push(at + 1);
    }
  }
  const sorted = { tokens: [] as number[], places: [] as number[], parties };
  for (const token of Float64Array.from(holders.keys()).sort()) {
    for (const place of holders.get(token) ?? []) {
      sorted.tokens.push(token);
      sorted.places.push(place);
    }
  }
  return sorted;
}

/** A party of which something begins or ends on a day. */
export interface Turning {
  readonly partyId: string;
  readonly kind: PartyKind;
}

/**
 * Parties of which a statement or an employment begins after `since` and by `to`, or ended in between; by id, after `after`.
 * Looks at every statement: once a day, in the background.
 */
export async function listTurning(
  tx: Tx,
  scope: Scope<'search.follow'>,
  { since, to, after, limit }: { readonly since: string; readonly to: string; readonly after: string | undefined; readonly limit: number },
): Promise<readonly Turning[]> {
  const { tenantId } = scope;
  const { rows } = await sql<Turning>`
    select p.party_id as "partyId", p.kind from parties p
    where p.tenant_id = ${tenantId} and p.status = 'active' and (${after ?? null}::uuid is null or p.party_id > ${after ?? null}::uuid)
      and p.party_id in (
        -- What was said of a merged party counts for the one that stays.
        select coalesce(own.merged_into, own.party_id) from parties own where own.tenant_id = ${tenantId} and own.party_id in (
        select party_id from fact_statements where tenant_id = ${tenantId} and ((valid_from > ${since}::date and valid_from <= ${to}::date) or (valid_to >= ${since}::date and valid_to < ${to}::date))
        union
        select party_id from employments where tenant_id = ${tenantId} and superseded_at is null and ((started_on > ${since}::date and started_on <= ${to}::date) or (ended_on >= ${since}::date and ended_on < ${to}::date))
        )
      )
    order by p.party_id limit ${limit}`.execute(tx);
  return rows;
}

/** Up to which day the search rows were followed; undefined before the first time. */
export async function readFollowedDay(tx: Tx, scope: Scope<'search.follow'>): Promise<string | undefined> {
  const row = await tx.selectFrom('search_days').select('followed_to').where('tenant_id', '=', scope.tenantId).executeTakeFirst();
  return row?.followed_to;
}

/** Writes down that the search rows are true for `day`. */
export async function writeFollowedDay(tx: Tx, scope: Scope<'search.follow'>, day: string): Promise<void> {
  await tx
    .insertInto('search_days')
    .values({ tenant_id: scope.tenantId, followed_to: day })
    .onConflict((conflict) => conflict.columns(['tenant_id']).doUpdateSet({ followed_to: day }))
    .execute();
}
