// Reports of fraud: made by anybody with a receipt to follow them by, examined and answered by officers.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { readCases } from '../cases/index.ts';
import { groupCode, makeCode, readCode } from '../decisions/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { nameActor } from '../registry/index.ts';
import { isAnswered, type OversightParts } from './oversight.ts';
import { findByCode, getReport, hasJurisdiction, insertMessage, insertReport, readTopJurisdiction, type ReportRow, updateReport } from './report-store.ts';
import { sealText } from './sealed-columns.ts';

type Sealing = Pick<OversightParts, 'protector'>;

/** What somebody reports. */
export interface NewReport {
  readonly text: string;
  readonly jurisdictionCode: string | undefined;
  readonly contact: string | undefined;
  readonly isNamed: boolean;
}

/** Takes a report. @returns the receipt's code, which is kept nowhere in the clear @throws Refusal jurisdiction-unknown, sign-in-required */
export async function makeReport(tx: Tx, scope: Scope<'report.make'>, { protector }: Sealing, report: NewReport, now: Date): Promise<string> {
  const { tenantId, actor } = scope;
  const partyId = report.isNamed ? (actor.capacity.kind === 'person' || actor.capacity.kind === 'agent' ? actor.capacity.partyId : undefined) : null;
  if (partyId === undefined) throw new Refusal('sign-in-required');
  if (report.jurisdictionCode !== undefined && !(await hasJurisdiction(tx, scope, report.jurisdictionCode))) throw new Refusal('jurisdiction-unknown', { code: report.jurisdictionCode });
  const reportId = newId();
  const code = makeCode();
  await insertReport(tx, scope, {
    reportId,
    jurisdictionCode: report.jurisdictionCode ?? (await readTopJurisdiction(tx, scope)),
    partyId,
    textSealed: sealText(protector, tenantId, { table: 'fraud_reports', column: 'text_sealed' }, reportId, report.text),
    contactSealed: report.contact === undefined ? null : sealText(protector, tenantId, { table: 'fraud_reports', column: 'contact_sealed' }, reportId, report.contact),
    codeDigest: digestOf(protector, tenantId, code),
    madeAt: now,
  });
  return groupCode(code);
}

/** The report behind a receipt. @throws Refusal report-code-unknown, alike for what is no code */
export async function followReport(tx: Tx, scope: Scope<'report.make'>, { protector }: Sealing, typed: string): Promise<ReportRow> {
  const code = readCode(typed);
  const row = code === undefined ? undefined : await findByCode(tx, scope, digestOf(protector, scope.tenantId, code));
  if (row === undefined) throw new Refusal('report-code-unknown');
  return row;
}

/** Whoever made a report adds to it. @throws Refusal report-code-unknown, report-over */
export async function addToReport(tx: Tx, scope: Scope<'report.make'>, parts: Sealing, typed: string, text: string, now: Date): Promise<ReportRow> {
  const row = await followReport(tx, scope, parts, typed);
  if (isAnswered(row.state)) throw new Refusal('report-over');
  await write(tx, scope, parts, row.reportId, 'reporter', text, now);
  return row;
}

/** An officer examines a report: tells or asks whoever made it, and says which case it is about. @throws Refusal not-found, report-over */
export async function askReporter(tx: Tx, scope: Scope<'report.handle'>, parts: Sealing, reportId: string, { text, caseId }: { readonly text: string; readonly caseId: string | undefined }, now: Date): Promise<ReportRow> {
  const row = await getReport(tx, scope, reportId, true);
  if (isAnswered(row.state)) throw new Refusal('report-over');
  if (caseId !== undefined) {
    const [found] = await readCases(tx, jobScope(scope.tenantId, 'oversight', 'case.read'), [caseId]);
    if (found === undefined || scope.reach.kind !== 'jurisdictions' || !scope.reach.codes.includes(found.jurisdictionCode)) throw new Refusal('not-found');
  }
  await write(tx, scope, parts, reportId, 'office', text, now);
  await updateReport(tx, scope, reportId, { state: 'examining', ...(caseId === undefined ? {} : { caseId }) });
  return getReport(tx, scope, reportId);
}

/** An officer settles a report. @throws Refusal not-found, report-over */
export async function answerReport(tx: Tx, scope: Scope<'report.handle'>, { protector }: Sealing, reportId: string, { outcome, text }: { readonly outcome: 'upheld' | 'not-upheld' | 'unclear'; readonly text: string }, now: Date): Promise<ReportRow> {
  const row = await getReport(tx, scope, reportId, true);
  if (isAnswered(row.state)) throw new Refusal('report-over');
  const answerSealed = sealText(protector, scope.tenantId, { table: 'fraud_reports', column: 'answer_sealed' }, reportId, text);
  await updateReport(tx, scope, reportId, { state: outcome, answerSealed, answeredBy: nameActor(scope.actor), answeredAt: now });
  return getReport(tx, scope, reportId);
}

async function write(tx: Tx, scope: Scope<'report.make' | 'report.handle'>, { protector }: Sealing, reportId: string, side: 'reporter' | 'office', text: string, now: Date): Promise<void> {
  const messageId = newId();
  await insertMessage(tx, scope, { reportId, messageId, side, textSealed: sealText(protector, scope.tenantId, { table: 'report_messages', column: 'text_sealed' }, `${reportId}/${messageId}`, text), writtenAt: now });
}

function digestOf(protector: Protector, tenantId: number, code: string): Uint8Array {
  return protector.digest(tenantId, `report-receipt:${code}`);
}
