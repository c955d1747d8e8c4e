// What the lists of oversight look like as sheets, without what people wrote.
import { type TableColumn, type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import type { FindingQuestion } from './finding-store.ts';
import { type CandidateQuestion, countVisits, listPlans, type PlanQuestion, type PlanRow } from './inspection-store.ts';
import { type NamedCandidate, type NamedFinding, type OpenedReport, throughCandidates, throughFindings, throughReports } from './open-rows.ts';
import type { OversightParts } from './oversight.ts';
import { readThrough } from './page-through.ts';
import type { ReportQuestion } from './report-store.ts';

type Language = 'zh' | 'en';
type Words = Readonly<Record<Language, string>>;
type Column<Row> = readonly [heading: Words, type: TableColumn<Row>['type'], value: TableColumn<Row>['value']];
/** The conditions of a list, with the words that are looked for. */
type Sought<Question> = Omit<Question, 'after' | 'limit'> & { readonly q: string };

const BATCH = 500;
const reportWords = {
  received: { zh: '已收到', en: 'received' },
  examining: { zh: '核查中', en: 'examining' },
  upheld: { zh: '属实', en: 'upheld' },
  'not-upheld': { zh: '不属实', en: 'not upheld' },
  unclear: { zh: '查不清', en: 'unclear' },
} as const;
const planWords = { planned: { zh: '待抽取', en: 'to be drawn' }, drawn: { zh: '已抽取', en: 'drawn' } } as const;
const postWords = { yes: { zh: '在岗', en: 'at the post' }, no: { zh: '不在岗', en: 'not at the post' }, 'not-met': { zh: '没见到', en: 'not met' } } as const;
const useWords = { useful: { zh: '起作用', en: 'useful' }, partly: { zh: '部分起作用', en: 'partly' }, not: { zh: '没起作用', en: 'not' } } as const;
const findingWords = { open: { zh: '待决定', en: 'to be decided' }, confirmed: { zh: '已认定', en: 'confirmed' }, dismissed: { zh: '不成立', en: 'dismissed' }, closed: { zh: '已了结', en: 'closed' } } as const;

function write<Row>(name: Words, format: TableFormat, language: Language, columns: readonly Column<Row>[], rows: AsyncIterable<readonly Row[]>): Promise<TableFile> {
  return writeTable({ format, fileName: name[language], sheetName: name[language], rows, columns: columns.map(([heading, type, value]) => ({ heading: heading[language], type, value })) });
}

const day = (at: Date | null): string | null => (at === null ? null : dayOf(at));

/** Reports: when, where, how far. */
export function writeReports(tx: Tx, scope: Scope<'report.read'>, parts: Pick<OversightParts, 'protector'>, conditions: Sought<ReportQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<OpenedReport>({ zh: '举报', en: 'Reports' }, format, language, [
    [{ zh: '收到', en: 'Made' }, 'date', ({ madeAt }) => day(madeAt)],
    [{ zh: '辖区', en: 'Jurisdiction' }, 'text', ({ jurisdictionCode }) => jurisdictionCode],
    [{ zh: '实名', en: 'Named' }, 'text', ({ partyId }) => ({ zh: partyId === null ? '否' : '是', en: partyId === null ? 'no' : 'yes' })[language]],
    [{ zh: '状态', en: 'State' }, 'text', ({ state }) => reportWords[state][language]],
    [{ zh: '办结', en: 'Settled' }, 'date', ({ answeredAt }) => day(answeredAt)],
  ], readThrough(throughReports(tx, scope, parts, conditions), BATCH));
}

/** Plans: of what, how many, how far. */
export function writePlans(tx: Tx, scope: Scope<'inspection.read'>, conditions: Omit<PlanQuestion, 'after' | 'limit'>, format: TableFormat, language: Language): Promise<TableFile> {
  type Row = PlanRow & { readonly visited: number };
  async function* rows(): AsyncGenerator<readonly Row[], void, undefined> {
    for (let after: string | undefined; ; ) {
      const found = await listPlans(tx, scope, { ...conditions, after, limit: BATCH });
      const visits = await countVisits(tx, scope, found.map(({ planId }) => planId));
      yield found.map((plan) => ({ ...plan, visited: visits.get(plan.planId) ?? 0 }));
      after = found.at(-1)?.planId;
      if (found.length < BATCH) return;
    }
  }
  return write<Row>({ zh: '检查计划', en: 'Inspection plans' }, format, language, [
    [{ zh: '名称', en: 'Title' }, 'text', ({ title }) => title],
    [{ zh: '辖区', en: 'Jurisdiction' }, 'text', ({ jurisdictionCode }) => jurisdictionCode],
    [{ zh: '政策', en: 'Policy' }, 'text', ({ policyId }) => policyId],
    [{ zh: '待遇', en: 'Benefit' }, 'text', ({ benefitId }) => benefitId],
    [{ zh: '状态', en: 'State' }, 'text', ({ state }) => planWords[state][language]],
    [{ zh: '要抽', en: 'Wanted' }, 'number', ({ wanted }) => wanted],
    [{ zh: '候选', en: 'Candidates' }, 'number', ({ candidates }) => candidates],
    [{ zh: '已查', en: 'Visited' }, 'number', ({ visited }) => visited],
    [{ zh: '编制', en: 'Planned' }, 'date', ({ plannedAt }) => day(plannedAt)],
    [{ zh: '抽取', en: 'Drawn' }, 'date', ({ drawnAt }) => day(drawnAt)],
    [{ zh: '随机数', en: 'Seed' }, 'text', ({ seed }) => seed],
  ], rows());
}

/** Who was drawn, and what was found. */
export function writeCandidates(tx: Tx, scope: Scope<'inspection.read'>, parts: Pick<OversightParts, 'payments'>, plan: PlanRow, conditions: Sought<CandidateQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<NamedCandidate>({ zh: '抽查名单', en: 'Inspection' }, format, language, [
    [{ zh: '顺序', en: 'Place' }, 'number', ({ place }) => place],
    [{ zh: '姓名或单位', en: 'Name' }, 'text', ({ name }) => name],
    [{ zh: '用人单位', en: 'Employer' }, 'text', ({ employerName }) => employerName],
    [{ zh: '办件编号', en: 'Case' }, 'text', ({ caseNumber }) => caseNumber],
    [{ zh: '抽中', en: 'Drawn' }, 'text', ({ isDrawn }) => ({ zh: isDrawn ? '是' : '否', en: isDrawn ? 'yes' : 'no' })[language]],
    [{ zh: '检查日期', en: 'Visited' }, 'date', ({ visitedOn }) => visitedOn],
    [{ zh: '在岗', en: 'At the post' }, 'text', ({ atPost }) => (atPost === null ? null : postWords[atPost][language])],
    [{ zh: '作用', en: 'Usefulness' }, 'text', ({ usefulness }) => (usefulness === null ? null : useWords[usefulness][language])],
    // Last, so that it is easily cut out: with the seed it gives the place in the lot again.
    [{ zh: '抽签编号', en: 'Id in the lot' }, 'text', ({ caseId }) => caseId],
  ], readThrough(throughCandidates(tx, scope, parts, plan.planId, conditions), BATCH));
}

/** Findings: about whose case, how far, by which document. */
export function writeFindings(tx: Tx, scope: Scope<'inspection.read'>, parts: Pick<OversightParts, 'payments'>, conditions: Sought<FindingQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<NamedFinding>({ zh: '检查结论', en: 'Findings' }, format, language, [
    [{ zh: '姓名或单位', en: 'Name' }, 'text', ({ name }) => name],
    [{ zh: '办件编号', en: 'Case' }, 'text', ({ caseNumber }) => caseNumber],
    [{ zh: '辖区', en: 'Jurisdiction' }, 'text', ({ jurisdictionCode }) => jurisdictionCode],
    [{ zh: '状态', en: 'State' }, 'text', ({ state }) => findingWords[state][language]],
    [{ zh: '文号', en: 'Document' }, 'text', ({ document }) => document],
    [{ zh: '提出', en: 'Found' }, 'date', ({ foundAt }) => day(foundAt)],
    [{ zh: '决定', en: 'Decided' }, 'date', ({ decidedAt }) => day(decidedAt)],
    [{ zh: '了结', en: 'Closed' }, 'date', ({ closedAt }) => day(closedAt)],
  ], readThrough(throughFindings(tx, scope, parts, conditions), BATCH));
}
