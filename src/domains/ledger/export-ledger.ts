// What the lists of the ledger look like as sheets: everything that the conditions leave, batch by batch, one unit in a file.
import { type TableColumn, type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Budget, FundState, Part, Side, Unit } from './account.ts';
import { reasonWords, roleWords, unitWords } from './amount-words.ts';
import { type BudgetQuestion, listBudgets } from './budget-store.ts';
import { listParts, type PartQuestion } from './part-store.ts';
import { type EntryQuestion, fundStates, type LedgerEntry, listEntries, readJurisdictionNames, type StateQuestion } from './state-store.ts';

type Language = 'zh' | 'en';
type Reading = Scope<'ledger.read'>;
type Conditions<Question> = Omit<Question, 'after' | 'limit' | 'unit'>;

/** How a file is asked for. */
export interface Sheet {
  readonly unit: Unit;
  readonly format: TableFormat;
  readonly language: Language;
}

const BATCH = 1000;

interface Column<Row> {
  readonly zh: string;
  readonly en: string;
  readonly type?: TableColumn<Row>['type'];
  readonly width?: number;
  readonly value: (row: Row) => string | number | null;
}

/** A column of amounts: money in yuan, anything else by number. */
function amountsOf<Row>(unit: Unit, zh: string, en: string, value: (row: Row) => number | null): Column<Row> {
  return { zh: `${zh}（${unitWords[unit].zh}）`, en: `${en} (${unitWords[unit].en})`, type: unit === 'fen' ? 'money' : 'number', value };
}

function write<Row>({ format, language }: Sheet, names: { readonly zh: string; readonly en: string }, columns: readonly Column<Row>[], rows: AsyncIterable<readonly Row[]>): Promise<TableFile> {
  const name = names[language];
  return writeTable({ format, fileName: name, sheetName: name, columns: columns.map((column) => ({ heading: column[language], type: column.type ?? 'text', ...(column.width === undefined ? {} : { width: column.width }), value: column.value })), rows });
}

/** Batches of a list until it ends. */
async function* batches<Row, After>(read: (after: After | undefined) => Promise<readonly Row[]>, end: (last: Row) => After): AsyncGenerator<readonly Row[], void, undefined> {
  for (let after: After | undefined; ; ) {
    const found = await read(after);
    yield found;
    const last = found.at(-1);
    if (last === undefined || found.length < BATCH) return;
    after = end(last);
  }
}

type Named<Row> = Row & { readonly jurisdictionName: string };

async function* named<Row extends { readonly jurisdictionCode: string }>(tx: Tx, scope: Reading, rows: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Named<Row>[], void, undefined> {
  const names = await readJurisdictionNames(tx, scope);
  for await (const batch of rows) yield batch.map((row) => ({ ...row, jurisdictionName: names.get(row.jurisdictionCode) ?? row.jurisdictionCode }));
}

function potColumns<Row extends { readonly jurisdictionName: string; readonly fund: string; readonly year: number }>(): readonly Column<Row>[] {
  return [
    { zh: '辖区', en: 'Jurisdiction', value: ({ jurisdictionName }) => jurisdictionName },
    { zh: '资金', en: 'Fund', value: ({ fund }) => fund },
    { zh: '年度', en: 'Year', type: 'number', value: ({ year }) => year },
  ];
}

/** How funds stand. */
export function writeFundStates(tx: Tx, scope: Reading, conditions: Conditions<StateQuestion>, sheet: Sheet): Promise<TableFile> {
  const { unit, language } = sheet;
  const rows = batches<FundState, NonNullable<StateQuestion['after']>>((after) => fundStates(tx, scope, { ...conditions, unit, after, limit: BATCH }), (last) => [last.jurisdictionCode, last.fund, last.unit, last.year]);
  const amounts = (zh: string, en: string, key: 'budget' | 'free' | 'committed' | 'paying' | 'paid' | 'receivable' | 'recovered' | 'writtenOff') => amountsOf<Named<FundState>>(unit, zh, en, (row) => row[key]);
  const columns: readonly Column<Named<FundState>>[] = [
    ...potColumns<Named<FundState>>(),
    { zh: '预算', en: 'Budget', value: ({ isOpen }) => (isOpen ? { zh: '已定', en: 'set' } : { zh: '待安排', en: 'not set' })[language] },
    amounts('预算数', 'Budget', 'budget'),
    amounts('可用', 'Free', 'free'),
    amounts('已约定', 'Committed', 'committed'),
    amounts('支付中', 'At the bank', 'paying'),
    amounts('已支付', 'Paid', 'paid'),
    amounts('应追回', 'Receivable', 'receivable'),
    amounts('已追回', 'Recovered', 'recovered'),
    amounts('已核销', 'Written off', 'writtenOff'),
  ];
  return write(sheet, { zh: '资金情况', en: 'Funds' }, columns, named(tx, scope, rows));
}

const kindWords = {
  posted: { zh: '入账', en: 'booked' },
  pending: { zh: '挂起', en: 'pending' },
  post: { zh: '挂起转入账', en: 'pending booked' },
  void: { zh: '挂起作废', en: 'pending voided' },
} as const;

/** The transfers that match. */
export function writeEntries(tx: Tx, scope: Reading, conditions: Omit<EntryQuestion, 'after' | 'limit'>, sheet: Sheet): Promise<TableFile> {
  const { unit, language } = sheet;
  const question = { ...conditions, account: { ...conditions.account, unit } };
  const rows = batches<LedgerEntry, NonNullable<EntryQuestion['after']>>((after) => listEntries(tx, scope, { ...question, after, limit: BATCH }), (last) => [last.recordedAt.toISOString(), last.transferId]);
  const tellSide = ({ fund, year, role }: Side): string => `${fund} ${year} ${roleWords[role][language]}`;
  const columns: readonly Column<Named<LedgerEntry>>[] = [
    { zh: '时间', en: 'At', value: ({ recordedAt }) => recordedAt.toISOString() },
    { zh: '辖区', en: 'Jurisdiction', value: ({ jurisdictionName }) => jurisdictionName },
    { zh: '事由', en: 'For', value: ({ reason }) => reasonWords[reason][language] },
    { zh: '方式', en: 'Kind', value: ({ kind }) => kindWords[kind][language] },
    { zh: '从', en: 'From', width: 36, value: ({ from }) => tellSide(from) },
    { zh: '到', en: 'To', width: 36, value: ({ to }) => tellSide(to) },
    amountsOf(unit, '数额', 'Amount', ({ amount }) => amount),
    { zh: '文号', en: 'Document', value: ({ document }) => document },
    { zh: '办件', en: 'Case', value: ({ caseId }) => caseId },
    { zh: '约定', en: 'Part', value: ({ partId }) => partId },
    { zh: '批次', en: 'Batch', value: ({ batchId }) => batchId },
    { zh: '分录编号', en: 'Transfer', value: ({ transferId }) => transferId },
    { zh: '记账人', en: 'By', value: ({ recordedBy }) => recordedBy },
  ];
  return write(sheet, { zh: '总账分录', en: 'Ledger entries' }, columns, named(tx, scope, rows));
}

/** The promised parts that match. */
export function writeParts(tx: Tx, scope: Reading, conditions: Conditions<PartQuestion>, sheet: Sheet): Promise<TableFile> {
  const { unit } = sheet;
  const rows = batches<Part, NonNullable<PartQuestion['after']>>((after) => listParts(tx, scope, { ...conditions, unit, after, limit: BATCH }), (last) => [last.recordedAt.toISOString(), last.partId]);
  const amounts = (zh: string, en: string, key: 'amount' | 'committed' | 'paying' | 'paid' | 'released' | 'receivable' | 'recovered' | 'writtenOff') => amountsOf<Named<Part>>(unit, zh, en, (row) => row[key]);
  const columns: readonly Column<Named<Part>>[] = [
    { zh: '时间', en: 'At', value: ({ recordedAt }) => recordedAt.toISOString() },
    ...potColumns<Named<Part>>(),
    amounts('数额', 'Amount', 'amount'),
    amounts('已约定', 'Committed', 'committed'),
    amounts('支付中', 'At the bank', 'paying'),
    amounts('已支付', 'Paid', 'paid'),
    amounts('已放开', 'Released', 'released'),
    amounts('应追回', 'Receivable', 'receivable'),
    amounts('已追回', 'Recovered', 'recovered'),
    amounts('已核销', 'Written off', 'writtenOff'),
    { zh: '办件', en: 'Case', value: ({ caseId }) => caseId },
    { zh: '约定编号', en: 'Part', value: ({ partId }) => partId },
  ];
  return write(sheet, { zh: '约定', en: 'Commitments' }, columns, named(tx, scope, rows));
}

const stateWords = {
  proposed: { zh: '待复核', en: 'proposed' },
  confirmed: { zh: '已定', en: 'confirmed' },
  withdrawn: { zh: '已撤回', en: 'taken back' },
} as const;

/** The budgets that match. */
export function writeBudgets(tx: Tx, scope: Reading, conditions: Conditions<BudgetQuestion>, sheet: Sheet): Promise<TableFile> {
  const { unit, language } = sheet;
  const rows = batches<Budget, NonNullable<BudgetQuestion['after']>>((after) => listBudgets(tx, scope, { ...conditions, unit, after, limit: BATCH }), (last) => [last.proposedAt.toISOString(), last.budgetId]);
  const columns: readonly Column<Named<Budget>>[] = [
    ...potColumns<Named<Budget>>(),
    amountsOf(unit, '预算数', 'Budget', ({ amount }) => amount),
    amountsOf(unit, '原来', 'Before', ({ before }) => before),
    { zh: '文号', en: 'Document', value: ({ reference }) => reference },
    { zh: '状态', en: 'State', value: ({ state }) => stateWords[state][language] },
    { zh: '提出', en: 'Proposed at', value: ({ proposedAt }) => proposedAt.toISOString() },
    { zh: '提出人', en: 'Proposed by', value: ({ proposedBy }) => proposedBy },
    { zh: '办结', en: 'Settled at', value: ({ settledAt }) => settledAt?.toISOString() ?? null },
    { zh: '复核人', en: 'Settled by', value: ({ settledBy }) => settledBy },
  ];
  return write(sheet, { zh: '预算', en: 'Budgets' }, columns, named(tx, scope, rows));
}
