// Loads seeded cases of the people of a tenant: by COPY, some thousand people at a time, each time in one transaction.
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { caseColumnsOf, sealCaseText, tasksOf } from '../domains/cases/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { CopyRows } from './copy-rows.ts';
import { casesOfPlace, type CaseSetting, type CaseSubject, makeCase, makeFilings, type SeededCase, type SeededFiling } from './seeded-cases.ts';

/** What a load needs. */
interface CaseLoad {
  /** The owner's address. */
  readonly url: string;
  readonly tenantId: number;
  readonly protector: Protector;
  readonly setting: CaseSetting;
  readonly cases: number;
  readonly batchSize?: number;
  readonly onProgress?: (progress: { readonly done: number; readonly of: number; readonly perSecond: number }) => void;
}

/** What a load did. */
export interface CaseLoadOutcome {
  /** Seeded cases that are there now, and those of them that an earlier run had loaded. */
  readonly cases: number;
  readonly already: number;
  readonly seconds: number;
}

const BATCH = 4000;
const RECORDED_BY = 'job:seed';

const tables = {
  applications: ['tenant_id', 'application_id', 'applicant_id', 'channel', 'import_id', 'jurisdiction_code', 'filed_at', 'filed_by'],
  cases: [
    'tenant_id', 'case_id', 'case_number', 'application_id', 'applicant_id', 'subject_id', 'employer_id', 'policy_id', 'benefit_id', 'period', 'jurisdiction_code', 'pack_hash', 'settings_year', 'status',
    'step_number', 'due_on', 'look_on', 'missing_year', 'lateness', 'holds', 'engine_status', 'expected_fen', 'decision_id', 'granted_fen', 'progress', 'version', 'filed_at', 'changed_at',
  ],
  case_events: ['tenant_id', 'case_id', 'event_number', 'kind', 'schema_version', 'happened_at', 'actor_kind', 'account_id', 'department_id', 'data'],
  case_texts: ['tenant_id', 'case_id', 'text_id', 'audience', 'text_sealed', 'written_at', 'account_id', 'department_id'],
  case_tasks: ['tenant_id', 'case_id', 'department_id', 'act', 'assignee_id', 'due_on', 'status', 'jurisdiction_code', 'policy_id', 'benefit_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Table = keyof typeof tables;
type Rows = Readonly<Record<Table, CopyRows>>;
const names = Object.keys(tables) as Table[];

/**
 * Loads cases of the people that are there, spread evenly over them. The same load again adds only what is missing.
 * @throws RangeError where there are no people, or more cases are wanted than the benefits allow for so many.
 */
export async function loadCases({ url, tenantId, protector, setting, cases, batchSize = BATCH, onProgress = () => {} }: CaseLoad): Promise<CaseLoadOutcome> {
  const started = performance.now();
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c synchronous_commit=off', application_name: 'wutong seed' });
  await client.connect();
  try {
    const { rows: counted } = await client.query<{ people: number }>(`select count(*)::integer as people from parties where tenant_id = $1 and kind = 'person' and status = 'active'`, [tenantId]);
    const people = counted[0]?.people ?? 0;
    if (people === 0) throw new RangeError('there are no people whose cases could be made');
    // The wall that also stands before the owner would refuse COPY.
    for (const table of names) await client.query(`alter table ${table} no force row level security`);
    let place = 0;
    let made = 0;
    let already = 0;
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const subjects = await readSubjects(client, tenantId, after, batchSize);
      const last = subjects.at(-1);
      if (last === undefined) break;
      after = last.partyId;
      const filings = subjects.flatMap((subject) => makeFilings(setting, subject, casesOfPlace(place++, people, cases)));
      already += await loadFilings(client, tenantId, protector, setting, filings);
      made += filings.length;
      onProgress({ done: made, of: cases, perSecond: made / ((performance.now() - started) / 1000) });
    }
    for (const table of names) await client.query(`vacuum (analyze) ${table}`);
    return { cases: made, already, seconds: (performance.now() - started) / 1000 };
  } finally {
    for (const table of names) await client.query(`alter table ${table} force row level security`).catch(() => {});
    await client.end();
  }
}

/** People after an id, with where they work now. */
async function readSubjects(client: pg.ClientBase, tenantId: number, after: string, limit: number): Promise<readonly CaseSubject[]> {
  const { rows } = await client.query<{ party_id: string; jurisdiction_code: string; created_at: Date; employer_id: string | null }>(
    `select p.party_id, d.jurisdiction_code, p.created_at, (
       select e.organisation_id from employments e where e.tenant_id = $1 and e.party_id = p.party_id and e.superseded_at is null and e.ended_on is null order by e.started_on desc, e.employment_id limit 1) as employer_id
     from parties p join people d on d.tenant_id = $1 and d.party_id = p.party_id
     where p.tenant_id = $1 and p.party_id > $2 and p.kind = 'person' and p.status = 'active' order by p.party_id limit $3`,
    [tenantId, after, limit],
  );
  return rows.map((row) => ({ partyId: row.party_id, jurisdictionCode: row.jurisdiction_code, employerId: row.employer_id, recordedAtMs: row.created_at.getTime() }));
}

/** Loads the cases of filings that are not there, in one transaction. @returns how many were there. */
async function loadFilings(client: pg.ClientBase, tenantId: number, protector: Protector, setting: CaseSetting, filings: readonly SeededFiling[]): Promise<number> {
  if (filings.length === 0) return 0;
  await client.query('begin');
  try {
    const { rows: present } = await client.query<{ case_id: string }>('select case_id from cases where tenant_id = $1 and case_id = any($2::uuid[])', [tenantId, filings.map(({ caseId }) => caseId)]);
    const known = new Set(present.map(({ case_id }) => case_id));
    const missing = filings.filter(({ caseId }) => !known.has(caseId));
    const numbers = await takeNumbers(client, tenantId, missing);
    const rows = Object.fromEntries(names.map((table) => [table, new CopyRows()])) as unknown as Rows;
    for (const filing of missing) addCase(rows, tenantId, protector, makeCase(setting, filing, numbers(filing)));
    for (const table of names) if (!rows[table].isEmpty) await copy(client, table, rows[table]);
    await client.query('commit');
    return known.size;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Takes numbers of each jurisdiction and year from the city's own counters. */
async function takeNumbers(client: pg.ClientBase, tenantId: number, filings: readonly SeededFiling[]): Promise<(filing: SeededFiling) => string> {
  const keyOf = ({ subject, filedAtMs }: SeededFiling): string => `${subject.jurisdictionCode}-${new Date(filedAtMs + CHINA_MS).getUTCFullYear()}`;
  const next = new Map<string, number>();
  for (const filing of filings) next.set(keyOf(filing), (next.get(keyOf(filing)) ?? 0) + 1);
  // In one order, so that two loads at once never wait for each other in a circle.
  for (const [key, count] of [...next].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [code, year] = key.split('-');
    const { rows } = await client.query<{ last_number: number }>(
      `insert into case_numbers (tenant_id, jurisdiction_code, year, last_number) values ($1, $2, $3, $4)
       on conflict (tenant_id, jurisdiction_code, year) do update set last_number = case_numbers.last_number + $4 returning last_number`,
      [tenantId, code, Number(year), count],
    );
    next.set(key, (rows[0]?.last_number ?? 0) - count + 1);
  }
  return (filing) => {
    const key = keyOf(filing);
    const number = next.get(key) ?? 0;
    next.set(key, number + 1);
    return `${key}-${String(number).padStart(6, '0')}`;
  };
}

const CHINA_MS = 8 * 3_600_000;

function addCase(rows: Rows, tenantId: number, protector: Protector, { row, events, texts, channel }: SeededCase): void {
  const c = caseColumnsOf(tenantId, row);
  const { caseId } = row;
  const filedAt = row.filedAt.getTime();
  rows.applications.row(8).integer(tenantId).uuid(row.applicationId).uuid(row.applicantId).text(channel).null().text(row.jurisdictionCode).instant(filedAt).text(RECORDED_BY);
  rows.cases.row(tables.cases.length)
    .integer(tenantId).uuid(c.case_id).text(c.case_number).uuid(c.application_id).uuid(c.applicant_id).uuid(c.subject_id).uuid(c.employer_id).text(c.policy_id).text(c.benefit_id).text(c.period)
    .text(c.jurisdiction_code).text(c.pack_hash).integer(c.settings_year).text(c.status).integer(c.step_number).date(c.due_on).date(c.look_on);
  whole(rows.cases, c.missing_year).smallint(c.lateness).integer(c.holds).text(c.engine_status);
  amount(amount(rows.cases, c.expected_fen).uuid(c.decision_id), c.granted_fen).jsonb(row.progress).integer(c.version).instant(filedAt).instant(row.changedAt.getTime());
  for (const { number, kind, schemaVersion, at, actor, data } of events) {
    rows.case_events.row(10).integer(tenantId).uuid(caseId).integer(number).text(kind).smallint(schemaVersion).instant(at.getTime()).text(actor.kind).uuid(actor.accountId).uuid(actor.departmentId).jsonb(data);
  }
  for (const { textId, words, atMs, accountId, departmentId } of texts) {
    rows.case_texts.row(8).integer(tenantId).uuid(caseId).uuid(textId).text('everybody').bytes(sealCaseText(protector, tenantId, { caseId, textId }, words)).instant(atMs).uuid(accountId).uuid(departmentId);
  }
  for (const { departmentId, act, assigneeId, dueOn } of tasksOf(row)) {
    rows.case_tasks.row(10).integer(tenantId).uuid(caseId).uuid(departmentId).text(act).uuid(assigneeId).date(dueOn).text(row.status).text(row.jurisdictionCode).text(row.policyId).text(row.benefitId);
  }
}

function whole(rows: CopyRows, value: number | null): CopyRows {
  return value === null ? rows.null() : rows.integer(value);
}

function amount(rows: CopyRows, value: number | null): CopyRows {
  return value === null ? rows.null() : rows.bigint(value);
}

async function copy(client: pg.ClientBase, table: Table, rows: CopyRows): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} (${tables[table].join(', ')}) from stdin (format binary)`));
  const finished = once(stream, 'finish');
  stream.end(rows.finish());
  await finished;
}
