// The file for the bank: one line a payment, numbers as text, amounts in figures and in capitals, and a last line to compare sums by.
import { hash } from 'node:crypto';
import { Refusal } from '../../contract/errors.ts';
import { uppercaseAmount } from '../../contract/uppercase-amount.ts';
import { type TableColumn, type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { openAccount } from './batch-account.ts';
import { type BatchRow, getBatch, type PaymentRow, readLines } from './batch-store.ts';
import type { PaymentParts } from './ports.ts';

/** One line of the file. */
interface FileLine {
  readonly paymentNumber: string;
  readonly holderName: string;
  readonly bankName: string;
  readonly number: string;
  readonly fen: number;
  readonly remark: string;
}

/** Words by which the last line is known; a result that carries it along is read without it. */
export const totalWords = ['合计', 'Total'] as const;

/**
 * The file of a batch that was sent; the same each time, for as long as it is asked for.
 * @throws Refusal not-found, batch-state-unfit
 */
export async function writeBankFile(tx: Tx, scope: Scope<'payment.send'>, { protector }: Pick<PaymentParts, 'protector'>, batchId: string, format: TableFormat, language: 'zh' | 'en'): Promise<TableFile & { readonly batch: BatchRow }> {
  const batch = await getBatch(tx, scope, batchId);
  if (batch.state !== 'sent' && batch.state !== 'closed') throw new Refusal('batch-state-unfit', { state: batch.state });
  const payments = await readLines(tx, scope, batchId, ['sent', 'paid', 'failed', 'returned']);
  const lines = payments.map((payment): FileLine => {
    const account = openAccount(protector, scope.tenantId, payment);
    if (account === undefined) throw new Error('a payment was sent without an account');
    return { paymentNumber: payment.paymentNumber, ...account, fen: payment.amountFen, remark: batch.batchNumber };
  });
  const total: FileLine = {
    paymentNumber: language === 'zh' ? totalWords[0] : totalWords[1],
    holderName: language === 'zh' ? `共 ${lines.length} 笔` : `${lines.length} payments`,
    bankName: '',
    number: '',
    fen: lines.reduce((sum, { fen }) => sum + fen, 0),
    remark: checksum(payments),
  };
  const columns = fileColumns.map(({ zh, en, ...column }): TableColumn<FileLine> => ({ ...column, heading: { zh, en }[language] }));
  const name = language === 'zh' ? `付款批次 ${batch.batchNumber}` : `Batch ${batch.batchNumber}`;
  return { ...(await writeTable({ format, fileName: name, sheetName: language === 'zh' ? '付款' : 'Payments', columns, rows: [[...lines, total]] })), batch };
}

const fileColumns: readonly (Omit<TableColumn<FileLine>, 'heading'> & { readonly zh: string; readonly en: string })[] = [
  { zh: '付款编号', en: 'Payment number', type: 'text', width: 26, value: (line) => line.paymentNumber },
  { zh: '收款户名', en: 'Account name', type: 'text', width: 20, value: (line) => line.holderName },
  { zh: '开户银行', en: 'Bank', type: 'text', width: 24, value: (line) => line.bankName },
  { zh: '收款账号', en: 'Account number', type: 'text', width: 26, value: (line) => line.number },
  { zh: '金额（元）', en: 'Amount (yuan)', type: 'money', width: 16, value: (line) => line.fen },
  { zh: '金额大写', en: 'Amount in words', type: 'text', width: 40, value: (line) => uppercaseAmount(line.fen) },
  { zh: '批次号或校验码', en: 'Batch number or checksum', type: 'text', width: 24, value: (line) => line.remark },
];

/** Sixteen hexadecimal figures over numbers and amounts of all lines: the same lines, the same figures. */
function checksum(payments: readonly Pick<PaymentRow, 'paymentNumber' | 'amountFen'>[]): string {
  return hash('sha256', payments.map(({ paymentNumber, amountFen }) => `${paymentNumber} ${amountFen}\n`).join('')).slice(0, 16);
}
