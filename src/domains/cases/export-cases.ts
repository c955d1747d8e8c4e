// Cases as a list shows them, as a table to take along.
import type { CaseItem } from '../../contract/cases-endpoints.ts';
import { type TableFile, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import type { CaseTools } from './cases-parts.ts';
import { tellItems } from './describe-case.ts';
import { type CaseFilter, listCases } from './list-cases.ts';

const PAGE = 200;

/** Writes the list that the filter gives. @throws Refusal export-too-large. */
export async function exportCases(tx: Tx, scope: Scope<'case.export'>, tools: CaseTools, filter: CaseFilter, format: 'xlsx' | 'csv', now: Date, language: 'zh' | 'en'): Promise<TableFile> {
  const reading = scopeAlso(scope, 'case.read');
  async function* pages(): AsyncGenerator<readonly CaseItem[], void, undefined> {
    for (let cursor: string | undefined; ; ) {
      const { rows, nextCursor } = await listCases(tx, reading, filter, { limit: PAGE, cursor }, now);
      yield await tellItems(tx, reading, tools, rows, language);
      if (nextCursor === null) return;
      cursor = nextCursor;
    }
  }
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return writeTable<CaseItem>({
    format,
    fileName: say('办件', 'cases'),
    sheetName: say('办件', 'Cases'),
    columns: [
      { heading: say('办件编号', 'Case'), type: 'text', value: ({ caseNumber }) => caseNumber },
      { heading: say('姓名', 'Name'), type: 'text', value: ({ subject }) => subject.name },
      { heading: say('用人单位', 'Employer'), type: 'text', value: ({ employer }) => employer?.name ?? null },
      { heading: say('待遇', 'Benefit'), type: 'text', value: ({ benefitTitle }) => benefitTitle[language] },
      { heading: say('哪一期', 'Time'), type: 'text', value: ({ period }) => (period === 'once' ? say('一次', 'once') : period) },
      { heading: say('到哪一步', 'State'), type: 'text', value: ({ statusWords }) => statusWords },
      { heading: say('最晚', 'Due'), type: 'date', value: ({ dueOn }) => dueOn },
      { heading: say('系统算的（元）', 'Worked out (yuan)'), type: 'money', value: ({ expectedFen }) => expectedFen },
      { heading: say('给予（元）', 'Granted (yuan)'), type: 'money', value: ({ grantedFen }) => grantedFen },
    ],
    rows: pages(),
  });
}
