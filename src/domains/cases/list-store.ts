// The SQL of lists of cases: each walks ranges of one index, one for each jurisdiction and state, or one department's tasks, or puts a small set
// into order that is found first, so that a page costs the same however many cases there are.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { PartyMatches } from '../registry/index.ts';
import { caseStatuses, type CaseStatus } from './case.ts';
import { type CaseRow, readCases } from './case-store.ts';
import type { CaseWords } from './list-words.ts';

/** The orders of a list: what is due first, or the newest first. */
export type CaseSort = 'deadline' | 'newest';

/** What a list shows. */
export interface CaseQuestion {
  readonly sort: CaseSort;
  /** Cases of these jurisdictions; undefined where the caller reaches a party's cases wherever they are. */
  readonly jurisdictions?: readonly string[] | undefined;
  /** Cases about these parties or asked for by them: what a person or an agent reaches. */
  readonly partyIds?: readonly string[] | undefined;
  /** Cases about this person, by all ids that mean it. */
  readonly subjectIds?: readonly string[] | undefined;
  readonly employerIds?: readonly string[] | undefined;
  readonly words?: CaseWords | undefined;
  readonly statuses?: readonly CaseStatus[] | undefined;
  readonly benefit?: { readonly policyId: string; readonly benefitId: string } | undefined;
  /** Only what waits for this department, of it what somebody took, or nobody. */
  readonly queue?: { readonly departmentId: string; readonly assigneeId?: string | null } | undefined;
  readonly isHeld?: boolean | undefined;
  /** Due on this day or before. */
  readonly dueBy?: string | undefined;
}

/** Where a page ended. */
export interface CasePlace {
  readonly dueOn: string | null;
  readonly caseId: string;
}

/** How many there are: exact up to a ceiling, at least so many beyond it. */
export interface CaseCount {
  readonly count: number;
  readonly isAtLeast: boolean;
}

type Sql = RawBuilder<unknown>;

const MOST_COUNTED = 10_000;
/** Among so many cases those are counted that words mean very many of. */
const MOST_LOOKED_AT = 2000;
/** How many of the first cases are asked whether they are meant, for each row of a page: at first, and in all before it is found otherwise. */
const FIRST_WINDOW = 20;
const ALL_WINDOWS = 400;
/** How much further than the share of those met so far says. */
const FURTHER = 1.5;
const isTrue = sql`true`;
/** What conditions and orders ask of a case. */
const columns = sql`c.tenant_id, c.case_id, c.case_number, c.due_on, c.status, c.jurisdiction_code, c.policy_id, c.benefit_id, c.holds, c.subject_id, c.employer_id`;
/** What puts a case in its place in the order: the indexes that are walked have nothing else, so that no row is looked at before it is its turn. */
const keysOf = (sort: CaseSort): Sql => (sort === 'newest' ? sql`c.case_id` : sql`c.case_id, c.due_on`);

/** A page of a list. */
interface FoundPage<T> {
  readonly found: readonly T[];
  /** How many there are behind the place, where finding them told. */
  readonly count?: CaseCount;
}

/** One page of a list after a place. */
export async function findCasePage(tx: Tx, scope: Scope<'case.read'>, question: CaseQuestion, limit: number, after?: CasePlace): Promise<FoundPage<CaseRow>> {
  const { found: ids, ...counted } = await findIds(tx, scope.tenantId, question, limit, after);
  const cases = new Map((await readCases(tx, scope, ids)).map((row) => [row.caseId, row]));
  return { found: ids.flatMap((id) => cases.get(id) ?? []), ...counted };
}

async function findIds(tx: Tx, tenantId: number, question: CaseQuestion, limit: number, after: CasePlace | undefined): Promise<FoundPage<string>> {
  const order = orderOf(question.sort);
  const isBeyond = beyond(question.sort, after);
  if (asksEach(question)) {
    const among = await findAmongFirst(tx, tenantId, question, limit, after);
    if (among !== undefined) return among;
  }
  const found = rowsOf(tenantId, question, { columns: keysOf(question.sort), order, beyond: isBeyond, limit });
  const { rows } = await sql<{ case_id: string }>`${withMeant(question)} select c.case_id from (${found}) c ${order} limit ${limit}`.execute(tx);
  return { found: rows.map((row) => row.case_id) };
}

/** Very many are meant, so the first cases have some of them: those are asked, as many as the share of those met says. Undefined where that is too many. */
async function findAmongFirst(tx: Tx, tenantId: number, question: CaseQuestion, limit: number, after: CasePlace | undefined): Promise<FoundPage<string> | undefined> {
  const order = orderOf(question.sort);
  const met: string[] = [];
  let place = after;
  let looked = 0;
  for (let most = FIRST_WINDOW * limit; most > 0; ) {
    const first = rowsOf(tenantId, question, { columns: keysOf(question.sort), order, beyond: beyond(question.sort, place), limit: most, withoutWords: true });
    const { rows } = await sql<{ case_id: string; due_on?: string; met: boolean }>`
      ${withMeant(question)} select ${question.sort === 'newest' ? sql`` : sql`c.due_on::text as due_on, `}c.case_id, ${isMeant(tenantId, question.words)} as met from (select c.* from (${first}) c ${order} limit ${most} offset 0) c ${order}`.execute(tx);
    for (const row of rows) if (row.met) met.push(row.case_id);
    const last = rows.at(-1);
    const isThrough = rows.length < most || last === undefined;
    // Those that were asked are counted, none is asked once more for a number.
    if (met.length >= limit || isThrough) return { found: met.slice(0, limit), count: { count: Math.min(met.length, MOST_COUNTED), isAtLeast: !isThrough || met.length > MOST_COUNTED } };
    place = { dueOn: last.due_on ?? null, caseId: last.case_id };
    looked += rows.length;
    const further = Math.ceil(((limit - met.length) / Math.max(1, met.length)) * looked * FURTHER);
    most = Math.min(ALL_WINDOWS * limit - looked, Math.max(FIRST_WINDOW * limit, further));
  }
  return undefined;
}

/** How many a list holds, counted up to ten thousand; of words that mean very many, among the first cases. */
export async function countCases(tx: Tx, scope: Scope<'case.read'>, question: CaseQuestion): Promise<CaseCount> {
  const { tenantId } = scope;
  const isAsked = asksEach(question);
  const most = isAsked ? MOST_LOOKED_AT : MOST_COUNTED;
  const rows = rowsOf(tenantId, question, { columns: sql`c.case_id`, order: sql``, beyond: () => isTrue, limit: most + 1, withoutWords: isAsked });
  const { rows: counts } = await sql<{ counted: number; looked_at: number }>`
    ${withMeant(question)} select count(*) filter (where ${isAsked ? isMeant(tenantId, question.words) : isTrue})::integer as counted, count(*)::integer as looked_at
    from (select c.* from (${rows}) c limit ${most + 1} offset 0) c`.execute(tx);
  const { counted = 0, looked_at = 0 } = counts[0] ?? {};
  return { count: Math.min(counted, MOST_COUNTED), isAtLeast: looked_at > most };
}

const meantSubjects = sql.ref('meant_subjects');
const meantEmployers = sql.ref('meant_employers');

/** Whether rows have a deadline: `untold` is what is open while the notice of holidays that its deadline hangs on is not out. */
type Days = 'told' | 'untold' | 'any';

/** How the rows of a list are wanted. */
interface Wanted {
  readonly columns: Sql;
  readonly order: Sql;
  /** That a row lies behind the place where the page before ended. */
  readonly beyond: (table: 'c' | 't', days: Days) => Sql;
  readonly limit: number;
  /** Leaves out what would be asked of each row about the words. */
  readonly withoutWords?: boolean;
}

/** The rows of a page, and perhaps more: the first of each range that the list walks, with the columns that are asked about. */
function rowsOf(tenantId: number, question: CaseQuestion, { columns: wanted, order, beyond: isBeyond, limit, withoutWords = false }: Wanted): Sql {
  const { jurisdictions, partyIds, statuses, benefit, queue, sort, dueBy, words } = question;
  // Only open cases have a deadline; the indexes of deadlines hold nothing else.
  const isDue = (table: 'c' | 't', days: Days): readonly Sql[] => {
    const dueOn = sql.ref(`${table}.due_on`);
    if (dueBy !== undefined) return [sql`${dueOn} is not null and ${dueOn} <= ${dueBy}::date`];
    return sort === 'newest' || days === 'any' ? [] : [days === 'untold' ? sql`${dueOn} is null` : sql`${dueOn} is not null`];
  };
  /** What a case and a department's task are narrowed by alike. */
  const narrow = (table: 'c' | 't', isInRanges: boolean, days: Days = 'told'): readonly Sql[] => [
    sql`${sql.ref(`${table}.tenant_id`)} = ${tenantId}`,
    isBeyond(table, days),
    ...isDue(table, days),
    ...(benefit === undefined ? [] : [sql`${sql.ref(`${table}.policy_id`)} = ${benefit.policyId} and ${sql.ref(`${table}.benefit_id`)} = ${benefit.benefitId}`]),
    ...(statuses === undefined || isInRanges ? [] : [sql`${sql.ref(`${table}.status`)} = any(${[...statuses]}::text[])`]),
    ...(jurisdictions === undefined || isInRanges ? [] : [sql`${sql.ref(`${table}.jurisdiction_code`)} = any(${[...jurisdictions]}::text[])`]),
  ];
  const meant = words === undefined || withoutWords ? [] : [areMeant(tenantId, words)];
  const and = (asked: readonly Sql[]): Sql => sql.join(asked, sql` and `);

  if (partyIds !== undefined) {
    const own = (column: string): Sql => sql`(select ${wanted} from cases c
      where ${and([...narrow('c', false), ...askedOfRow(question), ...meant, sql`${sql.ref(`c.${column}`)} = any(${[...partyIds]}::uuid[])`])} ${order} limit ${limit})`;
    return sql`${own('subject_id')} union ${own('applicant_id')}`;
  }
  const set = setOf(tenantId, question);
  if (set !== undefined) {
    const waits = queue === undefined ? [] : [sql`exists (select from case_tasks t where t.tenant_id = ${tenantId} and t.case_id = c.case_id and ${isFor(queue)} offset 0)`];
    return sql`(select ${wanted} from (${set} offset 0) c where ${and([...narrow('c', false, queue === undefined ? 'told' : 'any'), ...askedOfRow(question), ...meant, ...waits])} ${order} limit ${limit})`;
  }
  if (queue !== undefined) {
    const inOrder = sort === 'deadline' ? sql`order by t.due_on, t.case_id` : sql`order by t.case_id desc`;
    const ofDays = (days: Days): Sql => sql`select t.* from case_tasks t where ${and([isFor(queue), ...narrow('t', false, days)])} ${inOrder}`;
    const most = meant.length === 0 ? sql`limit ${limit}` : sql``;
    // What waits for a department waits for it also while nobody can tell by when: those come last.
    const tasks = sort === 'deadline' && dueBy === undefined ? sql`select t.* from ((${ofDays('told')} ${most}) union all (${ofDays('untold')} ${most})) t ${inOrder}` : ofDays('told');
    // The case itself is looked at only where the words need it: of all else the task has its own.
    if (meant.length === 0) return sql`(${tasks} limit ${limit})`;
    return sql`(select ${wanted} from (${tasks} offset 0) t cross join lateral (select c.* from cases c where c.tenant_id = ${tenantId} and c.case_id = t.case_id offset 0) c
      where ${and([isTrue, ...meant])} limit ${limit})`;
  }
  // One range of an index for each jurisdiction, and for each state where the index has them apart.
  const byState = statuses ?? (sort === 'newest' && dueBy === undefined && benefit === undefined ? undefined : caseStatuses);
  const ofState = byState === undefined ? sql`` : sql`cross join unnest(${[...byState]}::text[]) as s (status)`;
  const within = and([...narrow('c', true), sql`c.jurisdiction_code = j.code`, byState === undefined ? isTrue : sql`c.status = s.status`]);
  // By age, what is due by a day is a small set of each range and put into order.
  const range = dueBy !== undefined && sort === 'newest' ? sql`(select ${columns} from cases c where ${within} offset 0)` : undefined;
  const walked = range === undefined ? sql`select ${wanted} from cases c where ${and([within, ...meant])}` : sql`select ${wanted} from ${range} c where ${and([isTrue, ...meant])}`;
  return sql`(select r.* from unnest(${[...(jurisdictions ?? [])]}::text[]) as j (code) ${ofState} cross join lateral (${walked} ${order} limit ${limit}) r)`;
}

/** A set that is found first, where something narrows the list to few; undefined where ranges are walked. */
function setOf(tenantId: number, { subjectIds, employerIds, words, isHeld, jurisdictions }: CaseQuestion): Sql | undefined {
  const set = (found: Sql): Sql => sql`select ${columns} from cases c where c.tenant_id = ${tenantId} and ${found}`;
  const bySubject = (ids: readonly string[]): Sql => set(sql`c.subject_id = any(${[...ids]}::uuid[])`);
  const byEmployer = (ids: readonly string[]): Sql => set(sql`c.employer_id = any(${[...ids]}::uuid[])`);
  if (subjectIds !== undefined) return bySubject(subjectIds);
  if (words?.kind === 'numbers') return set(sql`c.case_number = any(${[...words.caseNumbers]}::text[])`);
  if (words?.kind === 'parties' && words.subjects.kind === 'few' && words.employers.kind === 'few') {
    return sql`${bySubject(words.subjects.partyIds)} union ${byEmployer(words.employers.partyIds)}`;
  }
  if (employerIds !== undefined) return byEmployer(employerIds);
  if (isHeld !== true) return undefined;
  return set(sql`c.holds > 0 ${jurisdictions === undefined ? sql`` : sql`and c.jurisdiction_code = any(${[...jurisdictions]}::text[])`}`);
}

/** What no index of a walk finds: asked of each row. */
function askedOfRow({ subjectIds, employerIds, isHeld }: CaseQuestion): readonly Sql[] {
  return [
    ...(subjectIds === undefined ? [] : [sql`c.subject_id = any(${[...subjectIds]}::uuid[])`]),
    ...(employerIds === undefined ? [] : [sql`c.employer_id = any(${[...employerIds]}::uuid[])`]),
    ...(isHeld === true ? [sql`c.holds > 0`] : []),
  ];
}

/** Whether the words mean so many that each case of a walk is asked about them. */
function asksEach(question: CaseQuestion): boolean {
  const { words, partyIds } = question;
  return words?.kind === 'parties' && partyIds === undefined && setOf(0, question) === undefined;
}

/** That a row `c` is what the words mean. */
function areMeant(tenantId: number, words: CaseWords | undefined): Sql {
  if (words === undefined) return isTrue;
  if (words.kind === 'numbers') return sql`c.case_number = any(${[...words.caseNumbers]}::text[])`;
  const isOne = (matches: PartyMatches, id: Sql, set: Sql): Sql => {
    switch (matches.kind) {
      case 'few':
        return sql`${id} = any(${[...matches.partyIds]}::uuid[])`;
      case 'among':
        return sql`${id} in (select party_id from ${set})`;
      case 'many':
        return matches.holds(id);
    }
  };
  return sql`(${isOne(words.subjects, sql.ref('c.subject_id'), meantSubjects)} or ${isOne(words.employers, sql.ref('c.employer_id'), meantEmployers)})`;
}

/** Whether the case of a row `c` is what the words mean: the row has no more than the case's place in the order. */
function isMeant(tenantId: number, words: CaseWords | undefined): Sql {
  return sql`(select ${areMeant(tenantId, words)} from (select o.subject_id, o.employer_id from cases o where o.tenant_id = ${tenantId} and o.case_id = c.case_id offset 0) c)`;
}

/** The ids that words mean, read once for a statement. */
function withMeant({ words }: CaseQuestion): Sql {
  if (words?.kind !== 'parties') return sql``;
  const sets = ([[words.subjects, meantSubjects], [words.employers, meantEmployers]] as const).flatMap(([matches, set]) => (matches.kind === 'among' ? [sql`${set} as materialized (${matches.ids})`] : []));
  return sets.length === 0 ? sql`` : sql`with ${sql.join(sets)}`;
}

/** That a task `t` is one of a queue. */
function isFor({ departmentId, assigneeId }: NonNullable<CaseQuestion['queue']>): Sql {
  const whose = assigneeId === undefined ? sql`` : assigneeId === null ? sql`and t.assignee_id is null` : sql`and t.assignee_id = ${assigneeId}::uuid`;
  return sql`t.department_id = ${departmentId}::uuid ${whose}`;
}

function orderOf(sort: CaseSort): Sql {
  return sort === 'newest' ? sql`order by c.case_id desc` : sql`order by c.due_on, c.case_id`;
}

function beyond(sort: CaseSort, after: CasePlace | undefined): Wanted['beyond'] {
  if (after === undefined) return () => isTrue;
  const { dueOn, caseId } = after;
  return (table, days) => {
    const [dueColumn, idColumn] = [sql.ref(`${table}.due_on`), sql.ref(`${table}.case_id`)];
    if (sort === 'newest') return sql`${idColumn} < ${caseId}::uuid`;
    const told = dueOn === null ? sql`false` : sql`(${dueColumn}, ${idColumn}) > (${dueOn}::date, ${caseId}::uuid)`;
    const untold = dueOn === null ? sql`${idColumn} > ${caseId}::uuid` : isTrue;
    return days === 'told' ? told : days === 'untold' ? untold : sql`(${told} or ${dueColumn} is null and ${untold})`;
  };
}
