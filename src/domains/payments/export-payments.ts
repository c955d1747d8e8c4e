// What the lists of payments look like as sheets: everything that the conditions leave, batch by batch.
import type { Words } from '../../policy/index.ts';
import { type TableColumn, type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type BatchQuestion, type BatchRow, listBatches } from './batch-store.ts';
import { type DoubtQuestion, listDoubts, type ListedDoubt } from './doubt-store.ts';
import { type InstalmentQuestion, type InstalmentRow, listInstalments } from './instalment-store.ts';
import { type GivenBefore, readGivenBefore } from './paid-before.ts';
import type { PaymentParts } from './ports.ts';
import { owedFen } from './repayment.ts';
import { listRepayments, type RepaymentQuestion, type RepaymentRow } from './repayment-store.ts';
import { namesOf } from './tell-payments.ts';
import { batchStateWords, doubtWords, instalmentStateWords, repaymentStateWords } from './words.ts';

type Exporting = Scope<'payment.export'>;
type Language = 'zh' | 'en';
type Conditions<Question> = Omit<Question, 'after' | 'limit'>;
type Named<Row> = Row & { readonly name: string };

const BATCH = 1000;

interface Column<Row> {
  readonly zh: string;
  readonly en: string;
  readonly type?: TableColumn<Row>['type'];
  readonly value: (row: Row) => string | number | null;
}

interface Sheet<Row> {
  readonly name: Words;
  readonly format: TableFormat;
  readonly language: Language;
  readonly columns: readonly Column<Row>[];
  /** A page of rows behind the last one seen. */
  readonly page: (last: Row | undefined) => Promise<readonly Row[]>;
}

function write<Row>({ name, format, language, columns, page }: Sheet<Row>): Promise<TableFile> {
  async function* rows(): AsyncGenerator<readonly Row[], void, undefined> {
    for (let last: Row | undefined; ; ) {
      const found = await page(last);
      yield found;
      last = found.at(-1);
      if (found.length < BATCH) return;
    }
  }
  return writeTable({
    format,
    fileName: name[language],
    sheetName: name[language],
    columns: columns.map((column) => ({ heading: column[language], type: column.type ?? 'text', value: column.value })),
    rows: rows(),
  });
}

async function named<Row extends { readonly partyId: string }>(tx: Tx, scope: Exporting, parts: Pick<PaymentParts, 'people' | 'protector'>, rows: readonly Row[]): Promise<readonly Named<Row>[]> {
  const names = await namesOf(tx, scope, parts, rows);
  return rows.map((row) => ({ ...row, name: names.nameOf(row.partyId) ?? '' }));
}

/** Where a page of instalments ended, in the order asked for. */
export function placeOfInstalment({ sort }: Pick<InstalmentQuestion, 'sort'>, row: InstalmentRow): readonly (string | number)[] {
  return [sort === 'amount' ? row.amountFen : row.dueOn, row.instalmentId];
}

/** Instalments. */
export function writeInstalments(tx: Tx, scope: Exporting, parts: PaymentParts, conditions: Conditions<InstalmentQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<Named<InstalmentRow>>({
    name: { zh: '分期发放', en: 'Instalments' }, format, language,
    page: async (last) => named(tx, scope, parts, await listInstalments(tx, scope, { ...conditions, after: last && placeOfInstalment(conditions, last), limit: BATCH })),
    columns: [
      { zh: '办件编号', en: 'Case', value: ({ caseNumber }) => caseNumber },
      { zh: '姓名或单位', en: 'Payee', value: ({ name }) => name },
      { zh: '政策', en: 'Policy', value: ({ policyId }) => policyId },
      { zh: '待遇', en: 'Benefit', value: ({ benefitId }) => benefitId },
      { zh: '辖区', en: 'Jurisdiction', value: ({ jurisdictionCode }) => jurisdictionCode },
      { zh: '第几期', en: 'Instalment', type: 'number', value: ({ instalmentNumber }) => instalmentNumber },
      { zh: '应发日期', en: 'Due', type: 'date', value: ({ dueOn }) => dueOn },
      { zh: '金额（元）', en: 'Amount (yuan)', type: 'money', value: ({ amountFen }) => amountFen },
      { zh: '其中抵扣（元）', en: 'Set off (yuan)', type: 'money', value: ({ offsetFen }) => offsetFen },
      { zh: '状态', en: 'State', value: ({ state }) => instalmentStateWords[state][language] },
      { zh: '付过几次', en: 'Attempts', type: 'number', value: ({ attempts }) => attempts },
    ],
  });
}

/** Doubts, without what people wrote about them. */
export function writeDoubts(tx: Tx, scope: Exporting, parts: PaymentParts, conditions: Conditions<DoubtQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<Named<ListedDoubt> & { readonly earlier: GivenBefore | undefined }>({
    name: { zh: '发放疑点', en: 'Payment doubts' }, format, language,
    page: async (last) => {
      const rows = await listDoubts(tx, scope, { ...conditions, after: last?.doubtId, limit: BATCH });
      const earlier = await readGivenBefore(tx, scope, parts, rows);
      return (await named(tx, scope, parts, rows)).map((row) => ({ ...row, earlier: row.aboutId === null ? undefined : earlier.get(row.aboutId) }));
    },
    columns: [
      { zh: '办件编号', en: 'Case', value: ({ caseNumber }) => caseNumber },
      { zh: '姓名或单位', en: 'Payee', value: ({ name }) => name },
      { zh: '待遇', en: 'Benefit', value: ({ benefitId }) => benefitId },
      { zh: '第几期', en: 'Instalment', type: 'number', value: ({ instalmentNumber }) => instalmentNumber },
      { zh: '应发日期', en: 'Due', type: 'date', value: ({ dueOn }) => dueOn },
      { zh: '金额（元）', en: 'Amount (yuan)', type: 'money', value: ({ amountFen }) => amountFen },
      { zh: '疑点', en: 'Doubt', value: ({ kind }) => doubtWords[kind][language] },
      { zh: '核对的事项', en: 'Fact', value: ({ fact }) => fact },
      { zh: '以前付过的办件', en: 'Paid before by', value: ({ earlier }) => earlier?.caseNumber ?? null },
      { zh: '以前付的金额（元）', en: 'Paid before (yuan)', type: 'money', value: ({ earlier }) => earlier?.fen ?? null },
      { zh: '发现', en: 'Since', value: ({ openedAt }) => openedAt.toISOString() },
      { zh: '处理', en: 'Settled as', value: ({ settledAs }) => (settledAs === null ? null : settlementWords[settledAs][language]) },
    ],
  });
}

const settlementWords = {
  pay: { zh: '照发', en: 'pay' },
  wait: { zh: '改天再核对', en: 'look again later' },
  cancel: { zh: '不发', en: 'do not pay' },
  gone: { zh: '已经没有', en: 'gone' },
} as const;

/** Batches. */
export function writeBatches(tx: Tx, scope: Exporting, conditions: Conditions<BatchQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<BatchRow>({
    name: { zh: '付款批次', en: 'Payment batches' }, format, language,
    page: (last) => listBatches(tx, scope, { ...conditions, after: last?.batchId, limit: BATCH }),
    columns: [
      { zh: '批次号', en: 'Number', value: ({ batchNumber }) => batchNumber },
      { zh: '辖区', en: 'Jurisdiction', value: ({ jurisdictionCode }) => jurisdictionCode },
      { zh: '状态', en: 'State', value: ({ state }) => batchStateWords[state][language] },
      { zh: '笔数', en: 'Payments', type: 'number', value: ({ sentCount, lineCount }) => sentCount ?? lineCount },
      { zh: '金额（元）', en: 'Amount (yuan)', type: 'money', value: ({ sentFen, totalFen }) => sentFen ?? totalFen },
      { zh: '编制', en: 'Prepared', value: ({ preparedAt }) => preparedAt.toISOString() },
      { zh: '交银行', en: 'Sent', value: ({ sentAt }) => sentAt?.toISOString() ?? null },
      { zh: '办结', en: 'Closed', value: ({ closedAt }) => closedAt?.toISOString() ?? null },
    ],
  });
}

/** Repayments, without what people wrote about them. */
export function writeRepayments(tx: Tx, scope: Exporting, parts: PaymentParts, conditions: Conditions<RepaymentQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  return write<Named<RepaymentRow>>({
    name: { zh: '追回', en: 'Repayments' }, format, language,
    page: async (last) => named(tx, scope, parts, await listRepayments(tx, scope, { ...conditions, after: last?.repaymentId, limit: BATCH })),
    columns: [
      { zh: '追回编号', en: 'Number', value: ({ repaymentNumber }) => repaymentNumber },
      { zh: '姓名或单位', en: 'Debtor', value: ({ name }) => name },
      { zh: '依据', en: 'Rests on', value: ({ document }) => document },
      { zh: '状态', en: 'State', value: ({ state }) => repaymentStateWords[state][language] },
      { zh: '要还（元）', en: 'Asked back (yuan)', type: 'money', value: ({ amountFen }) => amountFen },
      { zh: '已还（元）', en: 'Received (yuan)', type: 'money', value: ({ receivedFen }) => receivedFen },
      { zh: '已抵扣（元）', en: 'Set off (yuan)', type: 'money', value: ({ offsetFen }) => offsetFen },
      { zh: '已核销（元）', en: 'Written off (yuan)', type: 'money', value: ({ writtenOffFen }) => writtenOffFen },
      { zh: '还欠（元）', en: 'Owed (yuan)', type: 'money', value: (row) => (row.state === 'cancelled' ? 0 : owedFen(row)) },
    ],
  });
}
