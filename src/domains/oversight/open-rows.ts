// Opens rows of oversight for lists: reports with how they begin, candidates and findings with names and numbers of their cases.
import type { Tx } from '../../storage/database.ts';
import { readCases } from '../cases/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { type FindingQuestion, type FindingRow, listFindings } from './finding-store.ts';
import { type CandidateQuestion, type CandidateRow, listCandidates } from './inspection-store.ts';
import type { OversightParts } from './oversight.ts';
import type { ReadThrough } from './page-through.ts';
import { listReports, type ReportQuestion, type ReportRow } from './report-store.ts';
import { openText } from './sealed-columns.ts';

/** A report with what it says. */
export type OpenedReport = ReportRow & { readonly text: string };
/** A candidate with names. */
export type NamedCandidate = CandidateRow & { readonly name: string | null; readonly employerName: string | null; readonly caseNumber: string };
/** A finding with whose case it is. */
export type NamedFinding = FindingRow & { readonly name: string | null; readonly caseNumber: string };

type Sought<Question> = Omit<Question, 'after' | 'limit'> & { readonly q: string };
type Through<Row, Opened, Place> = Omit<ReadThrough<Row, Opened, Place>, 'limit' | 'after'>;

/** Reports, searched in what they say. */
export function throughReports(tx: Tx, scope: Scope<'report.read'>, { protector }: Pick<OversightParts, 'protector'>, { q, ...question }: Sought<ReportQuestion>): Through<ReportRow, OpenedReport, string> {
  return {
    q,
    read: (after, limit) => listReports(tx, scope, { ...question, after, limit }),
    placeOf: ({ reportId }) => reportId,
    open: async (rows) => rows.map((row) => ({ ...row, text: openText(protector, scope.tenantId, { table: 'fraud_reports', column: 'text_sealed' }, row.reportId, row.textSealed) ?? '' })),
    textsOf: ({ text }) => [text],
  };
}

/** Candidates of a plan, searched by name, employer and number of the case. */
export function throughCandidates(tx: Tx, scope: Scope<'inspection.read'>, parts: Pick<OversightParts, 'payments'>, planId: string, { q, ...question }: Sought<CandidateQuestion>): Through<CandidateRow, NamedCandidate, number> {
  return {
    q,
    read: (after, limit) => listCandidates(tx, scope, planId, { ...question, after: after ?? 0, limit }),
    placeOf: ({ place }) => place,
    open: (rows) => nameCandidates(tx, scope.tenantId, parts, rows),
    textsOf: ({ name, employerName, caseNumber }) => [name, employerName, caseNumber],
  };
}

/** Names candidates. */
export async function nameCandidates(tx: Tx, tenantId: number, parts: Pick<OversightParts, 'payments'>, rows: readonly CandidateRow[]): Promise<readonly NamedCandidate[]> {
  const names = await parts.payments.people.readNames(tx, tenantId, [...new Set(rows.flatMap(({ partyId, employerId }) => (employerId === null ? [partyId] : [partyId, employerId])))]);
  const numbers = await numbersOf(tx, tenantId, rows);
  return rows.map((row) => ({ ...row, name: names.get(row.partyId) ?? null, employerName: names.get(row.employerId ?? '') ?? null, caseNumber: numbers.get(row.caseId)?.caseNumber ?? '' }));
}

/** Findings, searched by name and number of the case. */
export function throughFindings(tx: Tx, scope: Scope<'inspection.read'>, parts: Pick<OversightParts, 'payments'>, { q, ...question }: Sought<FindingQuestion>): Through<FindingRow, NamedFinding, string> {
  return {
    q,
    read: (after, limit) => listFindings(tx, scope, { ...question, after, limit }),
    placeOf: ({ findingId }) => findingId,
    open: (rows) => nameFindings(tx, scope.tenantId, parts, rows),
    textsOf: ({ name, caseNumber }) => [name, caseNumber],
  };
}

/** Names findings by whose case they are about. */
export async function nameFindings(tx: Tx, tenantId: number, parts: Pick<OversightParts, 'payments'>, rows: readonly FindingRow[]): Promise<readonly NamedFinding[]> {
  const cases = await numbersOf(tx, tenantId, rows);
  const names = await parts.payments.people.readNames(tx, tenantId, [...new Set([...cases.values()].map(({ subjectId }) => subjectId))]);
  return rows.map((row) => ({ ...row, name: names.get(cases.get(row.caseId)?.subjectId ?? '') ?? null, caseNumber: cases.get(row.caseId)?.caseNumber ?? '' }));
}

async function numbersOf(tx: Tx, tenantId: number, rows: readonly { readonly caseId: string }[]) {
  const cases = await readCases(tx, jobScope(tenantId, 'oversight', 'case.read'), [...new Set(rows.map(({ caseId }) => caseId))]);
  return new Map(cases.map((one) => [one.caseId, one]));
}
