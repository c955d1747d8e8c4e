// What the lists of publicity look like as sheets: lists, the entries of one as they are posted, objections without what people wrote.
import { type TableColumn, type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { type ObjectionFilter, type OpenedObjection, pageObjections } from './object.ts';
import { answerDueOn, type ListState, type ObjectionState, type PublicList } from './publicity.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { countObjections, type ListQuestion, listListsOf } from './publicity-store.ts';
import { type OpenedEntry, pageEntries } from './view-lists.ts';

type Language = 'zh' | 'en';
type Words = Readonly<Record<Language, string>>;
type Column<Row> = readonly [heading: Words, type: TableColumn<Row>['type'], value: TableColumn<Row>['value']];

const BATCH = 500;
const listStates: Readonly<Record<ListState, Words>> = { gathering: { zh: '编制中', en: 'being gathered' }, open: { zh: '公示中', en: 'published' }, closed: { zh: '已撤下', en: 'withdrawn' }, 'taken-back': { zh: '已撤回', en: 'taken back' } };
const objectionStates: Readonly<Record<ObjectionState, Words>> = {
  open: { zh: '待答复', en: 'waiting for an answer' }, dismissed: { zh: '不成立', en: 'dismissed' }, upheld: { zh: '成立', en: 'upheld' }, remedied: { zh: '已纠正', en: 'put right' },
};

function write<Row>(name: string, format: TableFormat, language: Language, columns: readonly Column<Row>[], rows: AsyncIterable<readonly Row[]>): Promise<TableFile> {
  return writeTable({ format, fileName: name, sheetName: name.slice(0, 31), rows, columns: columns.map(([heading, type, value]) => ({ heading: heading[language], type, value })) });
}

/** Which lists there are. */
export function writeLists(tx: Tx, scope: Scope<'publicity.read'>, conditions: Omit<ListQuestion, 'after' | 'limit'>, format: TableFormat, language: Language): Promise<TableFile> {
  type Row = PublicList & { readonly objections: number };
  async function* rows(): AsyncGenerator<readonly Row[], void, undefined> {
    for (let after: ListQuestion['after']; ; ) {
      const found = await listListsOf(tx, scope, { ...conditions, after, limit: BATCH });
      const counts = await countObjections(tx, scope, found.map(({ listId }) => listId));
      yield found.map((list) => ({ ...list, objections: counts.get(list.listId)?.all ?? 0 }));
      after = found.at(-1);
      if (found.length < BATCH) return;
    }
  }
  return write<Row>({ zh: '公示名单目录', en: 'Public lists' }[language], format, language, [
    [{ zh: '待遇', en: 'Benefit' }, 'text', ({ titles }) => titles.benefit[language]],
    [{ zh: '政策', en: 'Policy' }, 'text', ({ titles }) => titles.policy[language]],
    [{ zh: '辖区', en: 'Jurisdiction' }, 'text', ({ jurisdictionCode }) => jurisdictionCode],
    [{ zh: '状态', en: 'State' }, 'text', ({ state }) => listStates[state][language]],
    [{ zh: '公示开始', en: 'Opened' }, 'date', ({ opensOn }) => opensOn],
    [{ zh: '公示到', en: 'Until' }, 'date', ({ untilOn }) => untilOn],
    [{ zh: '工作日', en: 'Working days' }, 'number', ({ workingDays }) => workingDays],
    [{ zh: '项数', en: 'Entries' }, 'number', ({ entries }) => entries],
    [{ zh: '异议', en: 'Objections' }, 'number', ({ objections }) => objections],
  ], rows());
}

/** The entries of a list as they are posted: numbers masked. */
export function writeEntries(tx: Tx, scope: Scope<'publicity.read'>, parts: Pick<PublicityParts, 'protector'>, list: PublicList, q: string, format: TableFormat, language: Language): Promise<TableFile> {
  async function* rows(): AsyncGenerator<readonly OpenedEntry[], void, undefined> {
    for (let after: number | null = 0; after !== null; ) {
      const page: Awaited<ReturnType<typeof pageEntries>> = await pageEntries(tx, scope, parts, list, { after, limit: BATCH, isPublic: false, q });
      yield page.entries;
      after = page.next;
    }
  }
  return write<OpenedEntry>({ zh: `公示名单 ${list.opensOn}`, en: `Public list ${list.opensOn}` }[language], format, language, [
    [{ zh: '序号', en: 'No.' }, 'number', ({ place }) => place],
    [{ zh: '姓名或单位', en: 'Name' }, 'text', ({ name }) => name],
    [{ zh: '证件号码', en: 'Identity number' }, 'text', ({ number }) => number],
    [{ zh: '用人单位', en: 'Employer' }, 'text', ({ employerName }) => employerName],
    [{ zh: '金额（元）', en: 'Amount (yuan)' }, 'money', ({ amountFen }) => amountFen],
  ], rows());
}

/** Objections: to what, when, until when, what came of them. */
export function writeObjections(tx: Tx, scope: Scope<'objection.read'>, parts: Pick<PublicityParts, 'protector' | 'cases'>, conditions: Omit<ObjectionFilter, 'after' | 'limit'>, format: TableFormat, language: Language): Promise<TableFile> {
  async function* rows(): AsyncGenerator<readonly OpenedObjection[], void, undefined> {
    for (let after: string | null | undefined; after !== null; ) {
      const page: Awaited<ReturnType<typeof pageObjections>> = await pageObjections(tx, scope, parts, { ...conditions, after, limit: BATCH });
      yield page.objections;
      after = page.next;
    }
  }
  return write<OpenedObjection>({ zh: '公示异议', en: 'Objections' }[language], format, language, [
    [{ zh: '提出', en: 'Made' }, 'date', ({ madeAt }) => dayOf(madeAt)],
    [{ zh: '最晚答复', en: 'To be answered by' }, 'date', ({ madeAt }) => answerDueOn(dayOf(madeAt), parts.cases.calendar)],
    [{ zh: '待遇', en: 'Benefit' }, 'text', ({ list }) => list.titles.benefit[language]],
    [{ zh: '辖区', en: 'Jurisdiction' }, 'text', ({ jurisdictionCode }) => jurisdictionCode],
    [{ zh: '对谁', en: 'About' }, 'text', ({ entry }) => entry.name],
    [{ zh: '状态', en: 'State' }, 'text', ({ state }) => objectionStates[state][language]],
    [{ zh: '答复', en: 'Answered' }, 'date', ({ answeredAt }) => (answeredAt === null ? null : dayOf(answeredAt))],
  ], rows());
}
