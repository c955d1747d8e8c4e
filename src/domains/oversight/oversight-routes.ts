// The HTTP of oversight.
import { z } from 'zod';
import { Refusal } from '../../contract/errors.ts';
import {
  addToReportEndpoint, answerReportEndpoint, askBackEndpoint, askReporterEndpoint, type CandidateView, closeFindingEndpoint, decideFindingEndpoint, drawInspectionEndpoint, exportCandidates, exportFindings,
  exportPlans, exportReports,
  type FindingDetail, type FindingView, type FollowedReport, followReportEndpoint, getFindingEndpoint, getPlanEndpoint, getReportEndpoint, listCandidatesEndpoint, listFindingsEndpoint, listPlansEndpoint,
  listReportsEndpoint, type ListedReport, makeReportEndpoint, planInspectionEndpoint, type PlanView, recordFindingEndpoint, recordVisitEndpoint, type ReportDetail, type ReportView,
} from '../../contract/oversight-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import type { Tx } from '../../storage/database.ts';
import { reply, type Route, route, type Scope } from '../permissions/index.ts';
import { nameActor } from '../registry/index.ts';
import { writeCandidates, writeFindings, writePlans, writeReports } from './export-oversight.ts';
import { askBack, closeFinding, decideFinding, recordFinding } from './find.ts';
import { type FindingRow, getFinding, readLiabilities } from './finding-store.ts';
import { drawInspection, isRepeatable, planInspection, recordVisit } from './inspect.ts';
import { countVisits, getPlan, listPlans, type PlanRow } from './inspection-store.ts';
import { nameCandidates, type NamedCandidate, type NamedFinding, nameFindings, type OpenedReport, throughCandidates, throughFindings, throughReports } from './open-rows.ts';
import type { OversightParts } from './oversight.ts';
import { pageThrough } from './page-through.ts';
import { getReport, readMessages, type ReportRow } from './report-store.ts';
import { addToReport, answerReport, askReporter, followReport, makeReport } from './reports.ts';
import { openText } from './sealed-columns.ts';

/** The routes of oversight. */
export function oversightRoutes(parts: OversightParts): readonly Route[] {
  return [...reportRoutes(parts), ...inspectionRoutes(parts), ...findingRoutes(parts)];
}

function reportRoutes(parts: OversightParts): readonly Route[] {
  const messagesOf = async (tx: Tx, scope: Scope<'report.make' | 'report.read' | 'report.handle'>, reportId: string) =>
    (await readMessages(tx, scope, reportId)).map(({ messageId, side, textSealed, writtenAt }) => ({
      side, text: openText(parts.protector, scope.tenantId, { table: 'report_messages', column: 'text_sealed' }, `${reportId}/${messageId}`, textSealed) ?? '', writtenAt: writtenAt.toISOString(),
    }));
  const open = (tenantId: number, { reportId }: ReportRow, column: 'text_sealed' | 'contact_sealed' | 'answer_sealed', sealed: Uint8Array | null) => openText(parts.protector, tenantId, { table: 'fraud_reports', column }, reportId, sealed);
  const followed = async (tx: Tx, scope: Scope<'report.make'>, row: ReportRow): Promise<FollowedReport> => ({
    state: row.state, madeAt: row.madeAt.toISOString(), answer: open(scope.tenantId, row, 'answer_sealed', row.answerSealed), answeredAt: row.answeredAt?.toISOString() ?? null, messages: await messagesOf(tx, scope, row.reportId),
  });
  const whole = async (tx: Tx, scope: Scope<'report.read' | 'report.handle'>, row: ReportRow): Promise<ReportDetail> => ({
    ...tellReport(row),
    partyId: row.partyId,
    text: open(scope.tenantId, row, 'text_sealed', row.textSealed) ?? '',
    contact: open(scope.tenantId, row, 'contact_sealed', row.contactSealed),
    answer: open(scope.tenantId, row, 'answer_sealed', row.answerSealed),
    messages: await messagesOf(tx, scope, row.reportId),
  });
  return [
    route(makeReportEndpoint, async ({ tx, scope, body, now }) => {
      const { text, jurisdictionCode, contact, isNamed } = body;
      // Nothing of it goes to the trail but that a report was made: whoever reports may stay unknown.
      return reply({ receiptCode: await makeReport(tx, scope, parts, { text, jurisdictionCode, contact, isNamed }, now) }, { status: 201 });
    }),
    route(followReportEndpoint, async ({ tx, scope, body }) => followed(tx, scope, await followReport(tx, scope, parts, body.receiptCode))),
    route(addToReportEndpoint, async ({ tx, scope, body, now }) => followed(tx, scope, await addToReport(tx, scope, parts, body.receiptCode, body.text, now))),
    route(listReportsEndpoint, async ({ tx, scope, query: { state, jurisdictionCode, q, sort, limit, cursor }, audit }) => {
      const { items, next } = await pageThrough({ ...throughReports(tx, scope, parts, { state, jurisdictionCode, q, sort }), limit, after: readIdCursor(cursor) });
      audit({ detail: { reports: items.length } });
      return { items: items.map(tellListedReport), nextCursor: next === null ? null : writeCursor([next]) };
    }),
    route(exportReports, async ({ tx, scope, query: { state, jurisdictionCode, q, sort, format }, language, audit }) => {
      const file = await writeReports(tx, scope, parts, { state, jurisdictionCode, q, sort }, format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),
    route(getReportEndpoint, async ({ tx, scope, params, audit }) => {
      audit({ object: { kind: 'fraud-report', id: params.reportId } });
      return whole(tx, scope, await getReport(tx, scope, params.reportId));
    }),
    route(askReporterEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'fraud-report', id: params.reportId }, detail: { caseId: body.caseId ?? null } });
      return whole(tx, scope, await askReporter(tx, scope, parts, params.reportId, { text: body.text, caseId: body.caseId }, now));
    }),
    route(answerReportEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'fraud-report', id: params.reportId }, detail: { outcome: body.outcome } });
      return whole(tx, scope, await answerReport(tx, scope, parts, params.reportId, body, now));
    }),
  ];
}

function inspectionRoutes(parts: OversightParts): readonly Route[] {
  const tell = (tenantId: number, row: NamedCandidate): CandidateView => ({
    caseId: row.caseId, caseNumber: row.caseNumber, place: row.place, partyId: row.partyId, name: row.name, employerId: row.employerId, employerName: row.employerName,
    isDrawn: row.isDrawn, atPost: row.atPost, usefulness: row.usefulness, visitedOn: row.visitedOn,
    note: openText(parts.protector, tenantId, { table: 'inspection_candidates', column: 'note_sealed' }, `${row.planId}/${row.caseId}`, row.noteSealed),
  });
  return [
    route(planInspectionEndpoint, async ({ tx, scope, body, now, audit }) => {
      const plan = await planInspection(tx, scope, { ...body, benefitId: body.benefitId ?? null }, now);
      audit({ object: { kind: 'inspection-plan', id: plan.planId } });
      return reply(tellPlan(plan), { status: 201, location: `/inspection-plans/${plan.planId}` });
    }),
    route(drawInspectionEndpoint, async ({ tx, scope, params, now, audit }) => {
      const plan = await drawInspection(tx, scope, params.planId, now);
      audit({ object: { kind: 'inspection-plan', id: plan.planId }, detail: { seed: plan.seed, candidates: plan.candidates } });
      return tellPlan(plan);
    }),
    route(listPlansEndpoint, async ({ tx, scope, query: { state, jurisdictionCode, q, sort, limit, cursor } }) => {
      const plans = await listPlans(tx, scope, { state, jurisdictionCode, q, sort, after: readIdCursor(cursor), limit: limit + 1 });
      const page = plans.slice(0, limit);
      const visits = await countVisits(tx, scope, page.map(({ planId }) => planId));
      return { items: page.map((plan) => tellPlan(plan, visits.get(plan.planId))), nextCursor: plans.length > limit ? writeCursor([page.at(-1)?.planId ?? '']) : null };
    }),
    route(exportPlans, async ({ tx, scope, query: { state, jurisdictionCode, q, sort, format }, language, audit }) => {
      const file = await writePlans(tx, scope, { state, jurisdictionCode, q, sort }, format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),
    route(getPlanEndpoint, async ({ tx, scope, params }) => {
      const plan = await getPlan(tx, scope, params.planId);
      return { ...tellPlan(plan, (await countVisits(tx, scope, [plan.planId])).get(plan.planId)), isRepeatable: await isRepeatable(tx, scope, plan) };
    }),
    route(listCandidatesEndpoint, async ({ tx, scope, params, query: { drawn, visit, q, limit, cursor }, audit }) => {
      await getPlan(tx, scope, params.planId);
      audit({ object: { kind: 'inspection-plan', id: params.planId } });
      const { items, next } = await pageThrough({ ...throughCandidates(tx, scope, parts, params.planId, { isDrawn: drawn, visit, q }), limit, after: readPlace(cursor) });
      return { items: items.map((row) => tell(scope.tenantId, row)), nextCursor: next === null ? null : writeCursor([next]) };
    }),
    route(exportCandidates, async ({ tx, scope, params, query: { who, visit, q, format }, language, audit }) => {
      const plan = await getPlan(tx, scope, params.planId);
      const file = await writeCandidates(tx, scope, parts, plan, { isDrawn: who === 'drawn' ? true : undefined, visit, q }, format, language);
      audit({ object: { kind: 'inspection-plan', id: params.planId }, detail: { rows: file.rows } });
      return file;
    }),
    route(recordVisitEndpoint, async ({ tx, scope, params, body: { atPost, usefulness, visitedOn, note }, now, audit }) => {
      audit({ object: { kind: 'inspection-plan', id: params.planId }, detail: { caseId: params.caseId, atPost } });
      const row = await recordVisit(tx, scope, parts, params.planId, params.caseId, { atPost, usefulness: usefulness ?? null, visitedOn, note }, now);
      const [named] = await nameCandidates(tx, scope.tenantId, parts, [row]);
      if (named === undefined) throw new Refusal('not-found');
      return tell(scope.tenantId, named);
    }),
  ];
}

function findingRoutes(parts: OversightParts): readonly Route[] {
  const whole = async (tx: Tx, scope: Parameters<typeof readLiabilities>[1], row: FindingRow): Promise<FindingDetail> => {
    const { tenantId } = scope;
    const liabilities = await readLiabilities(tx, scope, row.findingId);
    const names = await parts.payments.people.readNames(tx, tenantId, liabilities.map(({ partyId }) => partyId));
    const [named] = await nameFindings(tx, tenantId, parts, [row]);
    if (named === undefined) throw new Refusal('not-found');
    return {
      ...tellFinding(named),
      isOwn: row.foundBy === nameActor(scope.actor),
      text: openText(parts.protector, tenantId, { table: 'findings', column: 'text_sealed' }, row.findingId, row.textSealed) ?? '',
      decision: openText(parts.protector, tenantId, { table: 'findings', column: 'decision_sealed' }, row.findingId, row.decisionSealed),
      liabilities: liabilities.map((one) => ({ ...one, name: names.get(one.partyId) ?? null })),
    };
  };
  return [
    route(recordFindingEndpoint, async ({ tx, scope, body: { caseId, planId, reportId, text, recommenderIds }, now, audit }) => {
      const row = await recordFinding(tx, scope, parts, { caseId, planId, reportId, text, recommenderIds }, now);
      audit({ object: { kind: 'finding', id: row.findingId }, detail: { caseId } });
      return reply(await whole(tx, scope, row), { status: 201, location: `/findings/${row.findingId}` });
    }),
    route(listFindingsEndpoint, async ({ tx, scope, query: { state, jurisdictionCode, caseId, q, sort, limit, cursor }, audit }) => {
      const { items, next } = await pageThrough({ ...throughFindings(tx, scope, parts, { state, jurisdictionCode, caseId, q, sort }), limit, after: readIdCursor(cursor) });
      audit({ detail: { findings: items.length } });
      return { items: items.map(tellFinding), nextCursor: next === null ? null : writeCursor([next]) };
    }),
    route(exportFindings, async ({ tx, scope, query: { state, jurisdictionCode, caseId, q, sort, format }, language, audit }) => {
      const file = await writeFindings(tx, scope, parts, { state, jurisdictionCode, caseId, q, sort }, format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),
    route(getFindingEndpoint, async ({ tx, scope, params, audit }) => {
      audit({ object: { kind: 'finding', id: params.findingId } });
      return whole(tx, scope, await getFinding(tx, scope, params.findingId));
    }),
    route(decideFindingEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'finding', id: params.findingId }, detail: { outcome: body.outcome } });
      const document = body.outcome === 'confirmed' ? body.document : null;
      return whole(tx, scope, await decideFinding(tx, scope, parts, params.findingId, { outcome: body.outcome, reason: body.reason, document }, now));
    }),
    route(closeFindingEndpoint, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'finding', id: params.findingId } });
      return whole(tx, scope, await closeFinding(tx, scope, parts, params.findingId, now));
    }),
    route(askBackEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const wish = { payments: body.payments.map(({ paymentId, fen }) => ({ paymentId, fen })), reason: body.reason, terms: body.terms };
      const asked = await askBack(tx, scope, parts, params.findingId, wish, now);
      audit({ object: { kind: 'finding', id: params.findingId }, detail: { repaymentId: asked.repaymentId, fen: asked.amountFen } });
      return reply(asked, { status: 201, location: `/repayments/${asked.repaymentId}` });
    }),
  ];
}

function tellReport({ reportId, jurisdictionCode, partyId, contactSealed, caseId, state, madeAt, answeredAt }: ReportRow): ReportView {
  return { reportId, jurisdictionCode, isNamed: partyId !== null, hasContact: contactSealed !== null, caseId, state, madeAt: madeAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null };
}

/** Characters of a report that stand in the queue. */
const EXCERPT = 40;

function tellListedReport(report: OpenedReport): ListedReport {
  const characters = Array.from(report.text.replaceAll(/\s+/g, ' '));
  return { ...tellReport(report), excerpt: characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : characters.join('') };
}

function tellPlan({ plannedBy: _planner, drawnBy: _drawer, plannedAt, drawnAt, ...plan }: PlanRow, visited = 0): PlanView {
  return { ...plan, plannedAt: plannedAt.toISOString(), drawnAt: drawnAt?.toISOString() ?? null, visited };
}

function tellFinding({ findingId, caseId, caseNumber, name, jurisdictionCode, planId, reportId, state, document, foundAt, decidedAt, closedAt }: NamedFinding): FindingView {
  return { findingId, caseId, caseNumber, name, jurisdictionCode, planId, reportId, state, document, foundAt: foundAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null, closedAt: closedAt?.toISOString() ?? null };
}

const ID = z.uuid();

function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = ID.safeParse(readCursor(cursor, 1)?.[0]);
  if (!id.success) throw new Refusal('cursor-invalid');
  return id.data;
}

function readPlace(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [place] = readCursor(cursor, 1) ?? [];
  if (typeof place !== 'number' || !Number.isSafeInteger(place) || place < 0 || place > 10_000_000) throw new Refusal('cursor-invalid');
  return place;
}
