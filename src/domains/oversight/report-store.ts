// The SQL of reports of fraud and of what was written after them.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { ReportState } from './oversight.ts';

/** A report as stored. */
export interface ReportRow {
  readonly reportId: string;
  readonly jurisdictionCode: string;
  readonly partyId: string | null;
  readonly textSealed: Uint8Array;
  readonly contactSealed: Uint8Array | null;
  readonly caseId: string | null;
  readonly state: ReportState;
  readonly answerSealed: Uint8Array | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly madeAt: Date;
  readonly version: number;
}

/** What was written after a report. */
export interface MessageRow {
  readonly reportId: string;
  readonly messageId: string;
  readonly side: 'reporter' | 'office';
  readonly textSealed: Uint8Array;
  readonly writtenAt: Date;
}

type Officer = Scope<'report.read' | 'report.handle'>;

/** The topmost jurisdiction of the city, where a report names none. */
export async function readTopJurisdiction(tx: Tx, scope: Scope<'report.make'>): Promise<string> {
  const row = await tx.selectFrom('jurisdictions').select('code').where('tenant_id', '=', scope.tenantId).where('parent_code', 'is', null).orderBy('code').executeTakeFirstOrThrow();
  return row.code;
}

/** Whether the city has a jurisdiction. */
export async function hasJurisdiction(tx: Tx, scope: Scope<'report.make'>, code: string): Promise<boolean> {
  return (await tx.selectFrom('jurisdictions').select('code').where('tenant_id', '=', scope.tenantId).where('code', '=', code).executeTakeFirst()) !== undefined;
}

/** Adds a report. */
export async function insertReport(tx: Tx, scope: Scope<'report.make'>, row: Pick<ReportRow, 'reportId' | 'jurisdictionCode' | 'partyId' | 'textSealed' | 'contactSealed' | 'madeAt'> & { readonly codeDigest: Uint8Array }): Promise<void> {
  await tx
    .insertInto('fraud_reports')
    .values({
      tenant_id: scope.tenantId,
      report_id: row.reportId,
      jurisdiction_code: row.jurisdictionCode,
      party_id: row.partyId,
      text_sealed: Buffer.from(row.textSealed),
      contact_sealed: row.contactSealed === null ? null : Buffer.from(row.contactSealed),
      code_digest: Buffer.from(row.codeDigest),
      state: 'received',
      made_at: row.madeAt,
    })
    .execute();
}

/** The report that a receipt's code belongs to; undefined where there is none. */
export async function findByCode(tx: Tx, scope: Scope<'report.make'>, codeDigest: Uint8Array): Promise<ReportRow | undefined> {
  const row = await tx.selectFrom('fraud_reports').selectAll().where('tenant_id', '=', scope.tenantId).where('code_digest', '=', Buffer.from(codeDigest)).executeTakeFirst();
  return row === undefined ? undefined : rowOfReport(row);
}

/** A report, locked where it is to be changed. @throws Refusal not-found, for one out of reach too. */
export async function getReport(tx: Tx, scope: Officer, reportId: string, isLocked = false): Promise<ReportRow> {
  let query = tx.selectFrom('fraud_reports').selectAll().where('tenant_id', '=', scope.tenantId).where('report_id', '=', reportId).where('jurisdiction_code', 'in', codesOf(scope));
  if (isLocked) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfReport(row);
}

/** Which reports to list; `after` is the id of the last one seen. */
export interface ReportQuestion {
  readonly state: ReportState | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly sort: 'newest' | 'oldest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** Reports in reach that match. */
export async function listReports(tx: Tx, scope: Officer, { state, jurisdictionCode, sort, after, limit }: ReportQuestion): Promise<readonly ReportRow[]> {
  let query = tx.selectFrom('fraud_reports').selectAll().where('tenant_id', '=', scope.tenantId).where('jurisdiction_code', 'in', codesOf(scope));
  if (state !== undefined) query = query.where('state', '=', state);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (after !== undefined) query = query.where('report_id', sort === 'newest' ? '<' : '>', after);
  return (await query.orderBy('report_id', sort === 'newest' ? 'desc' : 'asc').limit(limit).execute()).map(rowOfReport);
}

/** Writes what changed of a report that was locked before. */
export async function updateReport(tx: Tx, scope: Scope<'report.handle'>, reportId: string, change: Partial<Pick<ReportRow, 'state' | 'caseId' | 'answerSealed' | 'answeredBy' | 'answeredAt'>>): Promise<void> {
  await tx
    .updateTable('fraud_reports')
    .set((set) => ({
      version: set('version', '+', 1),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.caseId === undefined ? {} : { case_id: change.caseId }),
      ...(change.answerSealed === undefined || change.answerSealed === null ? {} : { answer_sealed: Buffer.from(change.answerSealed) }),
      ...(change.answeredBy === undefined ? {} : { answered_by: change.answeredBy }),
      ...(change.answeredAt === undefined ? {} : { answered_at: change.answeredAt }),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('report_id', '=', reportId)
    .execute();
}

/** Adds a message. */
export async function insertMessage(tx: Tx, scope: Scope<'report.make' | 'report.handle'>, message: MessageRow): Promise<void> {
  await tx
    .insertInto('report_messages')
    .values({ tenant_id: scope.tenantId, report_id: message.reportId, message_id: message.messageId, side: message.side, text_sealed: Buffer.from(message.textSealed), written_at: message.writtenAt })
    .execute();
}

/** The messages of a report, the first first. */
export async function readMessages(tx: Tx, scope: Scope<'report.make' | 'report.read' | 'report.handle'>, reportId: string): Promise<readonly MessageRow[]> {
  const rows = await tx.selectFrom('report_messages').selectAll().where('tenant_id', '=', scope.tenantId).where('report_id', '=', reportId).orderBy('message_id').execute();
  return rows.map((row) => ({ reportId: row.report_id, messageId: row.message_id, side: row.side as MessageRow['side'], textSealed: row.text_sealed, writtenAt: row.written_at }));
}

function codesOf({ reach }: Officer): string[] {
  return reach.kind === 'jurisdictions' ? [...reach.codes] : [''];
}

type DatabaseRow = Awaited<ReturnType<typeof anyRow>>;
// Only for its type: what a row of the table is.
const anyRow = (tx: Tx) => tx.selectFrom('fraud_reports').selectAll().executeTakeFirstOrThrow();

function rowOfReport(row: DatabaseRow): ReportRow {
  return {
    reportId: row.report_id,
    jurisdictionCode: row.jurisdiction_code,
    partyId: row.party_id,
    textSealed: row.text_sealed,
    contactSealed: row.contact_sealed,
    caseId: row.case_id,
    state: row.state as ReportState,
    answerSealed: row.answer_sealed,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at,
    madeAt: row.made_at,
    version: row.version,
  };
}

/** Reports that parties made under their names. */
export async function listHeldReports(tx: Tx, scope: Scope<'held-data.read'>, partyIds: readonly string[]): Promise<readonly ReportRow[]> {
  const rows = await tx.selectFrom('fraud_reports').selectAll().where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).orderBy('report_id').execute();
  return rows.map(rowOfReport);
}

/** Takes the names from reports of parties; what they say stays. @returns how many */
export async function unnameReports(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const result = await tx.updateTable('fraud_reports').set({ party_id: null, contact_sealed: null }).where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  return Number(result.numUpdatedRows);
}
