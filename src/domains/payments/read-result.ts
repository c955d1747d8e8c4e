// Reads the file that a bank answers with: which payment, how much, what became of it, when, and why not.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { cellPlace, readDateText, readSheet, type SheetRow } from '../../spreadsheet/index.ts';
import type { Outcome } from './instalment.ts';
import { totalWords } from './write-bank-file.ts';

/** One row of a result. */
export interface ResultLine {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly paymentNumber: string;
  readonly fen: number;
  readonly outcome: Outcome;
  /** `YYYY-MM-DD`; null where the file gives none. */
  readonly on: string | null;
  readonly bankReference: string | null;
  readonly reason: string | null;
}

type Field = 'paymentNumber' | 'amount' | 'outcome' | 'on' | 'bankReference' | 'reason';

// As banks and our own file head their columns.
const headings: Readonly<Record<Field, readonly string[]>> = {
  paymentNumber: ['付款编号', '付款单号', '客户流水号', 'payment number'],
  amount: ['金额（元）', '金额(元)', '金额', '交易金额', 'amount (yuan)', 'amount'],
  outcome: ['结果', '处理结果', '交易状态', '状态', 'result', 'status'],
  on: ['日期', '交易日期', '处理日期', 'date'],
  bankReference: ['银行流水号', '交易流水号', 'bank reference', 'reference'],
  reason: ['原因', '失败原因', '备注', 'reason'],
};
// Failures before successes, and a success only where nothing else is said: 不成功, 部分成功 and unpaid hold the word, and no money moved or not all of it.
const outcomes: readonly (readonly [RegExp, Outcome])[] = [
  [/退汇|退票|退回|return/i, 'returned'],
  [/失败|未成功|不成功|没有成功|拒绝|fail|reject|unsuccessful/i, 'failed'],
  [/^(?:(?:交易|处理|付款|支付|转账|汇款|代发|发放|入账)?成功|已(?:付|付款|支付|发放|入账)|paid|success|successful|succeeded)$/i, 'paid'],
];
const needed: readonly Field[] = ['paymentNumber', 'amount', 'outcome'];
const MOST_ROWS = 20_000;

/** A file read: its rows, and what is wrong with rows that cannot be read. */
export interface ReadResult {
  readonly lines: readonly ResultLine[];
  readonly problems: readonly ErrorDetail[];
}

/**
 * Reads a result, xlsx or CSV. Our own last line with the sums is passed over.
 * @throws Refusal `sheet-…` for a file that is no such table
 */
export async function readResult(fileName: string, bytes: Uint8Array): Promise<ReadResult> {
  const known = new Set(Object.values(headings).flat());
  const sheet = await readSheet({ fileName, bytes }, { isHeading: (text) => known.has(plain(text)), limits: { rows: MOST_ROWS } });
  const columns = Object.fromEntries((Object.keys(headings) as Field[]).map((field) => [field, findColumn(sheet.headings, headings[field])])) as Record<Field, number>;
  const missing = needed.filter((field) => columns[field] === -1);
  if (missing.length > 0) {
    await sheet.close();
    throw new Refusal('sheet-columns-missing', { columns: missing.map((field) => headings[field][0] ?? field).join('、') });
  }
  const lines: ResultLine[] = [];
  const problems: ErrorDetail[] = [];
  for await (const rows of sheet.rows()) {
    for (const row of rows) {
      const read = readLine(row, columns);
      if (read === undefined) continue;
      if ('problems' in read) problems.push(...read.problems);
      else lines.push(read.line);
    }
  }
  return { lines, problems };
}

function readLine({ number, cells }: SheetRow, columns: Readonly<Record<Field, number>>): { readonly line: ResultLine } | { readonly problems: readonly ErrorDetail[] } | undefined {
  const textOf = (field: Field): string => cells[columns[field]]?.text ?? '';
  const paymentNumber = textOf('paymentNumber');
  if ((totalWords as readonly string[]).includes(paymentNumber)) return undefined;
  const problems: ErrorDetail[] = [];
  const wrong = (field: Field, zh: string, en: string): void => void problems.push({ field: columns[field] === -1 ? String(number) : cellPlace(number, columns[field]), zh, en });
  if (paymentNumber === '') wrong('paymentNumber', '这一行没有付款编号。', 'This row has no payment number.');
  const shown = cells[columns.amount]?.shown;
  const fen = readFen(shown ?? textOf('amount'));
  if (fen === undefined && shown !== undefined) {
    wrong('amount', `金额按它的数字格式显示为 ${shown}，不是多少元。请把格式改成“常规”，写成 24000.00 这样，单位是元。`, `The amount is shown as ${shown} by its number format, which is not in yuan. Set the format to General and write it like 24000.00, in yuan.`);
  } else if (fen === undefined) wrong('amount', '金额读不出来，请写成 24000.00 这样，单位是元。', 'The amount cannot be read; write it like 24000.00, in yuan.');
  const outcome = readOutcome(textOf('outcome'));
  if (outcome === undefined) wrong('outcome', '结果要写“成功”“失败”或“退汇”。', 'The result has to be success, failed or returned.');
  const onText = textOf('on').slice(0, 10);
  const on = onText === '' ? null : (readDateText(onText) ?? undefined);
  if (on === undefined) wrong('on', '日期读不出来，请写成 2026-06-30 这样。', 'The date cannot be read; write it like 2026-06-30.');
  if (problems.length > 0 || fen === undefined || outcome === undefined || on === undefined) return { problems };
  return { line: { row: number, paymentNumber, fen, outcome, on, bankReference: textOf('bankReference') || null, reason: textOf('reason').slice(0, 500) || null } };
}

/** What became of it, in the words of banks, with or without their code: `成功`, `交易成功（0000）`. */
function readOutcome(text: string): Outcome | undefined {
  const told = text.normalize('NFKC').replaceAll(/[\d\s():：,，、。.\-[\]【】]/g, '');
  return outcomes.find(([words]) => words.test(told))?.[1];
}

/** Yuan as banks write them, in fen: `24,000.00`, `￥24000`. */
function readFen(text: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text.normalize('NFKC').replaceAll(/[,¥\s元]/g, ''));
  if (match === null) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

function findColumn(found: readonly string[], names: readonly string[]): number {
  for (const name of names) {
    const at = found.findIndex((text) => plain(text) === name);
    if (at !== -1) return at;
  }
  return -1;
}
