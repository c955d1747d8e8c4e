// One worker of a load of cases: takes the next range of people, makes their cases with everything that belongs to them, and copies them in one transaction.
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { openKeys } from '../adapters/cryptography/sm4-protector.ts';
import { caseColumnsOf, caseEventDataOf, caseProgressOf, sealCaseText, tasksOf } from '../domains/cases/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { CopyRows } from './copy-rows.ts';
import { copyTables } from './copy-tables.ts';
import { casesOfPlace, type CaseSetting, type CaseSubject, makeCase, makeFilings, type SeededCase, type SeededFiling } from './seeded-cases.ts';
import { addDecision, type DecidingCity, decisionColumns, decisionsOf, type UnnumberedDecision } from './seeded-decisions.ts';

/** What a worker is started with; everything can be posted to it. */
export interface CaseWorkerTask {
  readonly url: string;
  readonly keysFile: string;
  readonly tenantId: number;
  readonly setting: CaseSetting;
  readonly city: DecidingCity;
  readonly people: number;
  readonly cases: number;
  /** The first person of each range, in order, and how many people a range has. */
  readonly starts: readonly string[];
  readonly rangeSize: number;
  /** Shared by all workers: the next range that nobody has taken. */
  readonly next: Int32Array;
  /** No case was there when the load began. */
  readonly isFresh: boolean;
}

/** What a worker tells of each range. */
export interface CasesLoaded {
  readonly made: number;
  readonly already: number;
}

const RECORDED_BY = 'job:seed';
const CHINA_MS = 8 * 3_600_000;

const tables = {
  applications: ['tenant_id', 'application_id', 'applicant_id', 'channel', 'import_id', 'jurisdiction_code', 'filed_at', 'filed_by'],
  cases: [
    'tenant_id', 'case_id', 'case_number', 'application_id', 'applicant_id', 'subject_id', 'employer_id', 'policy_id', 'benefit_id', 'period', 'jurisdiction_code', 'pack_hash', 'settings_year', 'status',
    'step_number', 'due_on', 'look_on', 'missing_year', 'lateness', 'holds', 'engine_status', 'expected_fen', 'decision_id', 'granted_fen', 'plan_id', 'progress', 'version', 'filed_at', 'changed_at',
  ],
  case_events: ['tenant_id', 'case_id', 'event_number', 'kind', 'schema_version', 'happened_at', 'actor_kind', 'account_id', 'department_id', 'data'],
  case_texts: ['tenant_id', 'case_id', 'text_id', 'audience', 'text_sealed', 'written_at', 'account_id', 'department_id'],
  case_tasks: ['tenant_id', 'case_id', 'department_id', 'act', 'assignee_id', 'due_on', 'status', 'jurisdiction_code', 'policy_id', 'benefit_id'],
  decisions: decisionColumns,
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Table = keyof typeof tables;
type Rows = Readonly<Record<Table, CopyRows>>;

/** The tables that a load of cases fills. */
export const caseTables = Object.keys(tables) as Table[];

async function work(task: CaseWorkerTask): Promise<void> {
  const { url, keysFile, tenantId, setting, city, starts, isFresh } = task;
  const protector = await openKeys({ path: keysFile, hasSealedData: async () => true });
  const connection = { connectionString: url, options: '-c timezone=UTC -c synchronous_commit=off', application_name: 'wutong seed' };
  const reader = new pg.Client(connection);
  const writer = new pg.Client(connection);
  for (const client of [reader, writer]) {
    client.on('error', () => {});
    await client.connect();
  }
  // The copy of one range runs while the next is made.
  let copying: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const range = Atomics.add(task.next, 0, 1);
      if (range >= starts.length) break;
      const subjects = await readSubjects(reader, task, range);
      const filings = subjects.flatMap(({ count, ...subject }) => makeFilings(setting, subject, count));
      const known = isFresh ? new Set<string>() : await findPresent(reader, tenantId, filings);
      const missing = filings.filter(({ caseId }) => !known.has(caseId));
      const rows = Object.fromEntries(caseTables.map((table) => [table, new CopyRows()])) as unknown as Rows;
      const numbers = await takeNumbers(reader, tenantId, 'case_numbers', missing.map(keyOfFiling));
      const decisions: UnnumberedDecision[] = [];
      for (const [at, filing] of missing.entries()) {
        const made = makeCase(setting, filing, numberOfCase(filing, numbers));
        addCase(rows, tenantId, protector, made);
        decisions.push(...decisionsOf(filing, made));
        // Lets the copy of the range before go on.
        if (at % 200 === 0) await new Promise((resume) => setImmediate(resume));
      }
      // In the order in which they were made, as far as one range goes.
      decisions.sort((a, b) => a.stored.decidedAt.getTime() - b.stored.decidedAt.getTime());
      const counts = await takeNumbers(reader, tenantId, 'decision_counters', decisions.map(keyOfDecision));
      const numberOf = new Map<string, string>();
      for (const [at, decision] of decisions.entries()) {
        numberOf.set(decision.stored.decisionId, addDecision(rows.decisions, tenantId, protector, city, decision, counts(keyOfDecision(decision)), (id) => numberOf.get(id) ?? ''));
        if (at % 200 === 0) await new Promise((resume) => setImmediate(resume));
      }
      await copying;
      const told: CasesLoaded = { made: filings.length, already: known.size };
      copying = copyTables(writer, tables, rows).then(() => parentPort?.postMessage(told));
      copying.catch(() => {});
    }
    await copying;
  } finally {
    await reader.end();
    await writer.end();
  }
}

/** The people of a range who have cases, with how many, and where they work now. */
async function readSubjects(client: pg.ClientBase, { tenantId, starts, rangeSize, people, cases }: CaseWorkerTask, range: number): Promise<readonly (CaseSubject & { readonly count: number })[]> {
  const { rows } = await client.query<{ party_id: string; place: number; jurisdiction_code: string; created_at: Date; name: string; employer_id: string | null; employer_name: string | null }>(
    `select s.party_id, s.place, d.jurisdiction_code, s.created_at, d.name, w.organisation_id as employer_id, w.name as employer_name
     from (
       select p.party_id, p.created_at, ($4 + row_number() over (order by p.party_id) - 1)::integer as place
       from parties p where p.tenant_id = $1 and p.party_id >= $2 and ($3::uuid is null or p.party_id < $3) and p.kind = 'person' and p.status = 'active'
     ) s
     join people d on d.tenant_id = $1 and d.party_id = s.party_id
     left join lateral (
       select e.organisation_id, o.name from employments e join organisations o on o.tenant_id = $1 and o.party_id = e.organisation_id
       where e.tenant_id = $1 and e.party_id = s.party_id and e.superseded_at is null and e.ended_on is null order by e.started_on desc, e.employment_id limit 1
     ) w on true
     where ((s.place + 1)::bigint * $5) / $6 > (s.place::bigint * $5) / $6 order by s.party_id`,
    [tenantId, starts[range], starts[range + 1] ?? null, range * rangeSize, cases, people],
  );
  return rows.map((row) => ({
    partyId: row.party_id,
    jurisdictionCode: row.jurisdiction_code,
    employerId: row.employer_id,
    recordedAtMs: row.created_at.getTime(),
    name: row.name,
    employerName: row.employer_name,
    count: casesOfPlace(row.place, people, cases),
  }));
}

/** Cases that an earlier run has loaded. */
async function findPresent(client: pg.ClientBase, tenantId: number, filings: readonly SeededFiling[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ case_id: string }>('select case_id from cases where tenant_id = $1 and case_id = any($2::uuid[])', [tenantId, filings.map(({ caseId }) => caseId)]);
  return new Set(rows.map(({ case_id }) => case_id));
}

/** Whose counter a number comes from: a jurisdiction's or a department's, and the year. */
interface CounterKey {
  readonly owner: string;
  readonly year: number;
}

const keyOfFiling = ({ subject, filedAtMs }: SeededFiling): CounterKey => ({ owner: subject.jurisdictionCode, year: new Date(filedAtMs + CHINA_MS).getUTCFullYear() });
const keyOfDecision = ({ stored }: UnnumberedDecision): CounterKey => ({ owner: stored.departmentId, year: Number(stored.on.slice(0, 4)) });

const counters = {
  case_numbers: { owner: 'jurisdiction_code', year: 'year', last: 'last_number', type: 'text' },
  decision_counters: { owner: 'department_id', year: 'number_year', last: 'last_count', type: 'uuid' },
} as const;

/**
 * Takes as many numbers as there are keys from the city's own counters, at once and for good, so that no worker waits for another's copy.
 * @returns the next number of a key, one after the other
 */
async function takeNumbers(client: pg.ClientBase, tenantId: number, table: keyof typeof counters, keys: readonly CounterKey[]): Promise<(key: CounterKey) => number> {
  const { owner, year, last, type } = counters[table];
  const wanted = new Map<string, CounterKey & { readonly count: number }>();
  const nameOf = (key: CounterKey): string => `${key.owner} ${key.year}`;
  for (const key of keys) wanted.set(nameOf(key), { ...key, count: (wanted.get(nameOf(key))?.count ?? 0) + 1 });
  const next = new Map<string, number>();
  if (wanted.size > 0) {
    // In one order, so that two workers never wait for each other in a circle.
    const all = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    const { rows } = await client.query<{ owner: string; year: number; last: number }>(
      `insert into ${table} (tenant_id, ${owner}, ${year}, ${last}) select $1, a.owner, a.year, a.count from unnest($2::${type}[], $3::integer[], $4::integer[]) with ordinality as a (owner, year, count, place) order by a.place
       on conflict (tenant_id, ${owner}, ${year}) do update set ${last} = ${table}.${last} + excluded.${last} returning ${owner}::text as owner, ${year} as year, ${last} as last`,
      [tenantId, all.map((one) => one.owner), all.map((one) => one.year), all.map((one) => one.count)],
    );
    for (const row of rows) next.set(nameOf(row), row.last - (wanted.get(nameOf(row))?.count ?? 0) + 1);
  }
  return (key) => {
    const number = next.get(nameOf(key)) ?? 0;
    next.set(nameOf(key), number + 1);
    return number;
  };
}

function numberOfCase(filing: SeededFiling, numbers: (key: CounterKey) => number): string {
  const key = keyOfFiling(filing);
  return `${key.owner}-${key.year}-${String(numbers(key)).padStart(6, '0')}`;
}

function addCase(rows: Rows, tenantId: number, protector: Protector, { row, events, texts, channel }: SeededCase): void {
  const c = caseColumnsOf(tenantId, row);
  const { caseId } = row;
  const filedAt = row.filedAt.getTime();
  rows.applications.row(8).integer(tenantId).uuid(row.applicationId).uuid(row.applicantId).text(channel).null().text(row.jurisdictionCode).instant(filedAt).text(RECORDED_BY);
  rows.cases.row(tables.cases.length)
    .integer(tenantId).uuid(c.case_id).text(c.case_number).uuid(c.application_id).uuid(c.applicant_id).uuid(c.subject_id).uuid(c.employer_id).text(c.policy_id).text(c.benefit_id).text(c.period)
    .text(c.jurisdiction_code).text(c.pack_hash).integer(c.settings_year).text(c.status).integer(c.step_number).date(c.due_on).date(c.look_on);
  whole(rows.cases, c.missing_year).smallint(c.lateness).integer(c.holds).text(c.engine_status);
  amount(amount(rows.cases, c.expected_fen).uuid(c.decision_id), c.granted_fen).uuid(c.plan_id).jsonb(caseProgressOf(row)).integer(c.version).instant(filedAt).instant(row.changedAt.getTime());
  for (const event of events) {
    const { number, kind, schemaVersion, at, actor } = event;
    rows.case_events.row(10).integer(tenantId).uuid(caseId).integer(number).text(kind).smallint(schemaVersion).instant(at.getTime()).text(actor.kind).uuid(actor.accountId).uuid(actor.departmentId).jsonb(caseEventDataOf(event));
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

if (parentPort !== null) await work(workerData as CaseWorkerTask);
