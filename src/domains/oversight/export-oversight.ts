// What the lists of oversight look like as sheets, without what people wrote.
import { type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { listCandidates, type CandidateRow, type PlanRow } from './inspection-store.ts';
import type { OversightParts } from './oversight.ts';
import { listReports, type ReportQuestion, type ReportRow } from './report-store.ts';

type Language = 'zh' | 'en';

const BATCH = 1000;
const reportWords = {
  received: { zh: '已收到', en: 'received' },
  examining: { zh: '核查中', en: 'examining' },
  upheld: { zh: '属实', en: 'upheld' },
  'not-upheld': { zh: '不属实', en: 'not upheld' },
  unclear: { zh: '查不清', en: 'unclear' },
} as const;
const postWords = { yes: { zh: '在岗', en: 'at the post' }, no: { zh: '不在岗', en: 'not at the post' }, 'not-met': { zh: '没见到', en: 'not met' } } as const;
const useWords = { useful: { zh: '起作用', en: 'useful' }, partly: { zh: '部分起作用', en: 'partly' }, not: { zh: '没起作用', en: 'not' } } as const;

/** Reports: when, where, how far. */
export function writeReports(tx: Tx, scope: Scope<'report.read'>, conditions: Omit<ReportQuestion, 'after' | 'limit'>, format: TableFormat, language: Language): Promise<TableFile> {
  async function* rows(): AsyncGenerator<readonly ReportRow[], void, undefined> {
    for (let after: string | undefined; ; ) {
      const found: readonly ReportRow[] = await listReports(tx, scope, { ...conditions, after, limit: BATCH });
      yield found;
      after = found.at(-1)?.reportId;
      if (found.length < BATCH) return;
    }
  }
  const name = { zh: '举报', en: 'Reports' }[language];
  const heading = (zh: string, en: string): string => ({ zh, en })[language];
  return writeTable({
    format, fileName: name, sheetName: name, rows: rows(),
    columns: [
      { heading: heading('收到', 'Made'), type: 'text', value: ({ madeAt }) => madeAt.toISOString() },
      { heading: heading('辖区', 'Jurisdiction'), type: 'text', value: ({ jurisdictionCode }) => jurisdictionCode },
      { heading: heading('实名', 'Named'), type: 'text', value: ({ partyId }) => (partyId === null ? heading('否', 'no') : heading('是', 'yes')) },
      { heading: heading('状态', 'State'), type: 'text', value: ({ state }) => reportWords[state][language] },
      { heading: heading('办结', 'Settled'), type: 'text', value: ({ answeredAt }) => answeredAt?.toISOString() ?? null },
    ],
  });
}

/** Who was drawn, and what was found. */
export function writeCandidates(tx: Tx, scope: Scope<'inspection.read'>, parts: Pick<OversightParts, 'payments'>, plan: PlanRow, format: TableFormat, language: Language): Promise<TableFile> {
  type Row = CandidateRow & { readonly name: string; readonly employer: string };
  async function* rows(): AsyncGenerator<readonly Row[], void, undefined> {
    for (let after = 0; ; ) {
      const found: readonly CandidateRow[] = await listCandidates(tx, scope, plan.planId, { isDrawn: true, after, limit: BATCH });
      const names = await parts.payments.people.readNames(tx, scope.tenantId, found.flatMap(({ partyId, employerId }) => (employerId === null ? [partyId] : [partyId, employerId])));
      yield found.map((row) => ({ ...row, name: names.get(row.partyId) ?? '', employer: names.get(row.employerId ?? '') ?? '' }));
      const last = found.at(-1);
      if (last === undefined || found.length < BATCH) return;
      after = last.place;
    }
  }
  const heading = (zh: string, en: string): string => ({ zh, en })[language];
  const name = heading('抽查名单', 'Inspection');
  return writeTable({
    format, fileName: name, sheetName: name, rows: rows(),
    columns: [
      { heading: heading('顺序', 'Place'), type: 'number', value: ({ place }) => place },
      { heading: heading('姓名或单位', 'Name'), type: 'text', value: (row) => row.name },
      { heading: heading('用人单位', 'Employer'), type: 'text', value: ({ employer }) => employer },
      { heading: heading('检查日期', 'Visited'), type: 'date', value: ({ visitedOn }) => visitedOn },
      { heading: heading('在岗', 'At the post'), type: 'text', value: ({ atPost }) => (atPost === null ? null : postWords[atPost][language]) },
      { heading: heading('作用', 'Usefulness'), type: 'text', value: ({ usefulness }) => (usefulness === null ? null : useWords[usefulness][language]) },
    ],
  });
}
