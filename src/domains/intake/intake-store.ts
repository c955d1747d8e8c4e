// The only SQL of intake: applications in lists, promised papers, and applications for lists with their rows.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** Whose applications are asked for. */
export type ApplicationsOf = { readonly applicantIds: readonly string[] } | { readonly jurisdictionCodes: readonly string[] } | 'all';

/** An application as a list shows it. */
export interface ApplicationRow {
  readonly applicationId: string;
  readonly applicantId: string;
  readonly channel: 'person' | 'agent' | 'window' | 'list';
  readonly jurisdictionCode: string;
  readonly filedAt: Date;
}

type Reading = Scope<'application.read'>;
type Working = Scope<'application.work'>;

/** Applications, the newest first. */
export async function listApplications(tx: Tx, scope: Reading, of: ApplicationsOf, page: { readonly before: string | undefined; readonly limit: number }): Promise<readonly ApplicationRow[]> {
  let query = tx.selectFrom('applications').select(['application_id', 'applicant_id', 'channel', 'jurisdiction_code', 'filed_at']).where('tenant_id', '=', scope.tenantId);
  if (of !== 'all') {
    if ('applicantIds' in of) query = query.where('applicant_id', 'in', [...of.applicantIds]);
    else query = query.where('jurisdiction_code', 'in', [...of.jurisdictionCodes]);
  }
  if (page.before !== undefined) query = query.where('application_id', '<', page.before);
  const rows = await query.orderBy('application_id', 'desc').limit(page.limit).execute();
  return rows.map((row) => ({
    applicationId: row.application_id,
    applicantId: row.applicant_id,
    channel: row.channel as ApplicationRow['channel'],
    jurisdictionCode: row.jurisdiction_code,
    filedAt: row.filed_at,
  }));
}

/** A paper that the applicant offers to bring later. */
export interface OfferedPromise {
  readonly paper: string;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
}

/** Adds what is promised with an application. */
export async function insertPromises(tx: Tx, scope: Scope<'application.file'>, applicationId: string, promises: readonly OfferedPromise[]): Promise<void> {
  if (promises.length === 0) return;
  await tx
    .insertInto('application_promises')
    .values(promises.map(({ paper, dueOn }) => ({ tenant_id: scope.tenantId, application_id: applicationId, paper, due_on: dueOn })))
    .execute();
}

/** What was promised with an application, the earliest day first. */
export async function listPromises(tx: Tx, scope: Reading, applicationId: string): Promise<readonly OfferedPromise[]> {
  const rows = await tx
    .selectFrom('application_promises')
    .select(['paper', 'due_on'])
    .where('tenant_id', '=', scope.tenantId)
    .where('application_id', '=', applicationId)
    .orderBy('due_on')
    .orderBy('paper')
    .execute();
  return rows.map((row) => ({ paper: row.paper, dueOn: row.due_on }));
}

/** A benefit of a list. */
export interface ListedBenefit {
  readonly policyId: string;
  readonly benefitId: string;
  readonly period: string;
}

/** What becomes of a row. */
export type RowOutcome = 'filed' | 'exists' | 'unlikely' | 'left' | 'refused' | 'checking';

/** Rows by outcome; `missing` are those of the filed of which facts are missing. */
export type ListCounts = Readonly<Record<RowOutcome | 'missing', number>>;

/** No row yet. */
const noRows: ListCounts = { filed: 0, exists: 0, unlikely: 0, left: 0, refused: 0, checking: 0, missing: 0 };

/** An application for a list. */
export interface ApplicationList {
  readonly applicationId: string;
  readonly importId: string;
  readonly organisationId: string;
  readonly accountId: string | null;
  readonly agentId: string;
  readonly toldBy: readonly string[];
  readonly benefits: readonly ListedBenefit[];
  readonly evidenceIds: readonly string[];
  readonly filesUnlikely: boolean;
  readonly state: 'waiting' | 'running' | 'done' | 'stopped';
  readonly rowsTotal: number;
  readonly rowsDone: number;
  readonly counts: ListCounts;
  readonly failures: number;
  readonly filedAt: Date;
  readonly finishedAt: Date | null;
}

/** Adds an application for a list with a row for each person and benefit. */
export async function insertList(
  tx: Tx,
  scope: Scope<'application.file-list'>,
  list: Omit<ApplicationList, 'state' | 'rowsTotal' | 'rowsDone' | 'counts' | 'failures' | 'finishedAt'>,
  partyIds: readonly string[],
): Promise<void> {
  const { applicationId, benefits } = list;
  await tx
    .insertInto('application_lists')
    .values({
      tenant_id: scope.tenantId,
      application_id: applicationId,
      import_id: list.importId,
      organisation_id: list.organisationId,
      account_id: list.accountId,
      agent_id: list.agentId,
      told_by: [...list.toldBy],
      benefits: JSON.stringify(benefits),
      evidence_ids: [...list.evidenceIds],
      files_unlikely: list.filesUnlikely,
      state: 'waiting',
      rows_total: partyIds.length * benefits.length,
      counts: JSON.stringify(noRows),
      filed_at: list.filedAt,
    })
    .execute();
  const column = (pick: (benefit: ListedBenefit) => string): string[] => benefits.map(pick);
  await sql`
    insert into application_rows (tenant_id, application_id, row_number, party_id, policy_id, benefit_id, period)
    select ${scope.tenantId}, ${applicationId}, row_number() over (order by person.place, benefit.place), person.party_id, benefit.policy_id, benefit.benefit_id, benefit.period
    from unnest(${[...partyIds]}::uuid[]) with ordinality as person (party_id, place),
      unnest(${column(({ policyId }) => policyId)}::text[], ${column(({ benefitId }) => benefitId)}::text[], ${column(({ period }) => period)}::text[])
        with ordinality as benefit (policy_id, benefit_id, period, place)`.execute(tx);
}

/** An application for a list by its id; whoever calls asks whether the scope reaches it. */
export async function findList(tx: Tx, scope: Reading | Scope<'application.file-list'>, applicationId: string): Promise<ApplicationList | undefined> {
  const row = await lists(tx, scope).where('application_id', '=', applicationId).executeTakeFirst();
  return row === undefined ? undefined : readList(row);
}

/** Those of these applications that are for lists. */
export async function readLists(tx: Tx, scope: Reading, applicationIds: readonly string[]): Promise<readonly ApplicationList[]> {
  if (applicationIds.length === 0) return [];
  return (await lists(tx, scope).where('application_id', 'in', [...applicationIds]).execute()).map(readList);
}

/** The unfinished applications for an import, the newest first. */
export async function listUnfinished(tx: Tx, scope: Scope<'application.file-list'>, importId: string): Promise<readonly ApplicationList[]> {
  const rows = await lists(tx, scope).where('import_id', '=', importId).where('state', '<>', 'done').orderBy('application_id', 'desc').execute();
  return rows.map(readList);
}

/** Lets a list that was stopped go on. */
export async function resumeList(tx: Tx, scope: Scope<'application.file-list'>, applicationId: string): Promise<void> {
  await tx.updateTable('application_lists').set({ state: 'running', failures: 0 }).where('tenant_id', '=', scope.tenantId).where('application_id', '=', applicationId).where('state', '=', 'stopped').execute();
}

/** The oldest list that waits for work, locked until the transaction ends; those that others work on are left out. */
export async function lockNextList(tx: Tx, scope: Working): Promise<ApplicationList | undefined> {
  const row = await lists(tx, scope).where('state', 'in', ['waiting', 'running']).orderBy('application_id').limit(1).forUpdate().skipLocked().executeTakeFirst();
  return row === undefined ? undefined : readList(row);
}

/** A row that waits. */
export interface WaitingRow extends ListedBenefit {
  readonly rowNumber: number;
  readonly partyId: string;
}

/** The first rows that wait. */
export async function listWaiting(tx: Tx, scope: Working, applicationId: string, limit: number): Promise<readonly WaitingRow[]> {
  const rows = await tx
    .selectFrom('application_rows')
    .select(['row_number', 'party_id', 'policy_id', 'benefit_id', 'period'])
    .where('tenant_id', '=', scope.tenantId)
    .where('application_id', '=', applicationId)
    .where('outcome', 'is', null)
    .orderBy('row_number')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ rowNumber: row.row_number, partyId: row.party_id, policyId: row.policy_id, benefitId: row.benefit_id, period: row.period }));
}

/** What became of a row. */
export interface SettledRow {
  readonly rowNumber: number;
  readonly outcome: RowOutcome;
  readonly caseId: string | null;
  readonly detailSealed: Uint8Array | null;
}

/** Writes what became of rows, and how far the list is; `finishedAt` where no row waits any more. */
export async function settleRows(tx: Tx, scope: Working, list: Pick<ApplicationList, 'applicationId' | 'rowsDone'> & { readonly counts: ListCounts }, rows: readonly SettledRow[], finishedAt: Date | null): Promise<void> {
  const { applicationId, rowsDone, counts } = list;
  if (rows.length > 0) {
    await sql`
      update application_rows as one set outcome = said.outcome, case_id = said.case_id, detail_sealed = said.detail_sealed
      from unnest(${rows.map(({ rowNumber }) => rowNumber)}::integer[], ${rows.map(({ outcome }) => outcome)}::text[], ${rows.map(({ caseId }) => caseId)}::uuid[],
        ${rows.map(({ detailSealed }) => (detailSealed === null ? null : Buffer.from(detailSealed)))}::bytea[]) as said (row_number, outcome, case_id, detail_sealed)
      where one.tenant_id = ${scope.tenantId} and one.application_id = ${applicationId} and one.row_number = said.row_number`.execute(tx);
  }
  await tx
    .updateTable('application_lists')
    .set({ state: finishedAt === null ? 'running' : 'done', rows_done: rowsDone, counts: JSON.stringify(counts), failures: 0, finished_at: finishedAt })
    .where('tenant_id', '=', scope.tenantId)
    .where('application_id', '=', applicationId)
    .execute();
}

/** Counts a failure; a list that fails too often is stopped. */
export async function countFailure(tx: Tx, scope: Working, applicationId: string, most: number): Promise<void> {
  await sql`
    update application_lists set failures = failures + 1, state = case when failures + 1 >= ${most} then 'stopped' else state end
    where tenant_id = ${scope.tenantId} and application_id = ${applicationId} and state in ('waiting', 'running')`.execute(tx);
}

/** A row of a list with what became of it. */
export interface ListRowRow extends WaitingRow {
  readonly outcome: RowOutcome | null;
  readonly caseId: string | null;
  readonly detailSealed: Uint8Array | null;
}

/** Rows of a list behind a number, in their order. */
export async function listRows(
  tx: Tx,
  scope: Reading,
  applicationId: string,
  question: { readonly after: number; readonly outcome?: RowOutcome | undefined; readonly limit: number },
): Promise<readonly ListRowRow[]> {
  let query = tx.selectFrom('application_rows').selectAll().where('tenant_id', '=', scope.tenantId).where('application_id', '=', applicationId).where('row_number', '>', question.after);
  if (question.outcome !== undefined) query = query.where('outcome', '=', question.outcome);
  const rows = await query.orderBy('row_number').limit(question.limit).execute();
  return rows.map((row) => ({
    rowNumber: row.row_number,
    partyId: row.party_id,
    policyId: row.policy_id,
    benefitId: row.benefit_id,
    period: row.period,
    outcome: row.outcome as RowOutcome | null,
    caseId: row.case_id,
    detailSealed: row.detail_sealed,
  }));
}

/** Rows of lists that speak of these parties, with what became of them. */
export async function listRowsOf(tx: Tx, scope: Scope<'held-data.read'>, partyIds: readonly string[]): Promise<readonly (ListedBenefit & { readonly outcome: string | null; readonly filedAt: Date })[]> {
  if (partyIds.length === 0) return [];
  const rows = await tx
    .selectFrom('application_rows as one')
    .innerJoin('application_lists as list', (join) => join.onRef('list.tenant_id', '=', 'one.tenant_id').onRef('list.application_id', '=', 'one.application_id'))
    .select(['one.policy_id', 'one.benefit_id', 'one.period', 'one.outcome', 'list.filed_at'])
    .where('one.tenant_id', '=', scope.tenantId)
    .where('one.party_id', 'in', [...partyIds])
    .orderBy('list.filed_at')
    .orderBy('one.row_number')
    .execute();
  return rows.map((row) => ({ policyId: row.policy_id, benefitId: row.benefit_id, period: row.period, outcome: row.outcome, filedAt: row.filed_at }));
}

/** Deletes the rows of lists that speak of these parties; their cases stay where they are. @returns how many went. */
export async function deleteRowsOf(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  if (partyIds.length === 0) return 0;
  const { numDeletedRows } = await tx.deleteFrom('application_rows').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  return Number(numDeletedRows);
}

function lists(tx: Tx, scope: Scope) {
  return tx.selectFrom('application_lists').selectAll().where('tenant_id', '=', scope.tenantId);
}

type Row = Awaited<ReturnType<ReturnType<typeof lists>['executeTakeFirstOrThrow']>>;

function readList(row: Row): ApplicationList {
  return {
    applicationId: row.application_id,
    importId: row.import_id,
    organisationId: row.organisation_id,
    accountId: row.account_id,
    agentId: row.agent_id,
    toldBy: row.told_by,
    // Written by insertList and settleRows, and by nothing else.
    benefits: row.benefits as unknown as readonly ListedBenefit[],
    evidenceIds: row.evidence_ids,
    filesUnlikely: row.files_unlikely,
    state: row.state as ApplicationList['state'],
    rowsTotal: row.rows_total,
    rowsDone: row.rows_done,
    // Those of before know of fewer outcomes.
    counts: { ...noRows, ...(row.counts as unknown as Partial<ListCounts>) },
    failures: row.failures,
    filedAt: row.filed_at,
    finishedAt: row.finished_at,
  };
}
